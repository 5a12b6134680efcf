"""What the documents date: in which order it began, and how far two dates of one thing lie apart."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy import tables
from digital_diplomacy.claims.quantities import span
from digital_diplomacy.errors import ArgumentError

ORDERS: Final = ("before", "undecided", "after")
"""Whether the thing of a matrix's column began before the one of its row, as far as the printed dates tell."""

DAYS_IN_YEAR: Final = 365.2425  # mean of the Gregorian calendar

_TOLD: Final = ["event", "document", "told", "listed", "dated_in", "value", "low", "high", "unit", "verdict"]


def dated(events: pd.DataFrame, *, kinds: Sequence[str] = (), entity: str = "") -> pd.DataFrame:
    """The datings of some kinds of event, ready to be drawn.

    Parameters
    ----------
    events : DataFrame
        The raw table ``events``.
    kinds : sequence of str
        Kinds of event to keep, in the order wanted; all of them, by first date, if empty.
    entity : str
        ISO 3166 alpha-3 code of the country to keep; all of them if empty.

    Returns
    -------
    DataFrame
        The table ``events``: kinds in their order, events of a kind by the first day any document gives them, datings
        of one event together.

    Raises
    ------
    ValueError
        If no event is of a kind asked for, naming those there are.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> found = claims.dated(sources.load("events"), kinds=["programme"], entity="KAZ")
    >>> found.loc[found["document"] == "000", ["event", "period", "extent"]]
                           event      period      extent
    0  digital_kazakhstan_launch        2017      within
    2  digital_kazakhstan_decree  2017-12-12      within
    4    digital_kazakhstan_term   2018/2022  throughout
    """
    unknown = [kind for kind in kinds if kind not in set(events["event_kind"])]
    if unknown:
        raise ArgumentError(
            "no event of kind {unknown}; kinds: {event_kind}",
            unknown=", ".join(unknown),
            event_kind=", ".join(sorted(set(events["event_kind"]))),
        )
    chosen = events["event_kind"].isin(kinds or events["event_kind"]) & (events["entity"].isin([entity]) | (not entity))
    rows = events[chosen].assign(source_id="events", day=lambda frame: [_days(period)[0] for period in frame["period"]])
    rows["first"] = rows.groupby(["event_kind", "event"])["day"].transform("min")
    order = list(kinds) or list(rows.sort_values("first", kind="stable")["event_kind"].unique())
    rows["kind_place"] = rows["event_kind"].map(order.index)
    rows = rows.sort_values(["kind_place", "first", "event", "document", "day"], kind="stable")
    return tables.validate(rows[list(tables.EVENTS.columns)], tables.EVENTS)


def _days(period: str) -> tuple[Any, Any]:
    """First and last day of a period that is never empty."""
    ends = span(period)
    if ends is None:
        raise ArgumentError("an event without a period has no place in a chronology")
    return ends


def beginnings(events: pd.DataFrame) -> pd.DataFrame:
    """Between which days each event began, whatever document dates it.

    Parameters
    ----------
    events : DataFrame
        The table ``events``.

    Returns
    -------
    DataFrame
        event, first_day, last_day, documents (joined by blanks), in order of first appearance. What lasted throughout
        its period began within the first date of it (a protest of 2013/2014 within 2013). Of several datings all days
        are kept, so that an order is certain only if it holds for each.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"]).query("event == 'simmel'")
    >>> claims.beginnings(rows)[["event", "first_day", "last_day"]]  # he lived from 1858 to 1918
        event   first_day    last_day
    0  simmel  1858-01-01  1858-12-31
    """
    begun = [
        _days(period.split("/")[0] if extent == "throughout" else period)
        for period, extent in events[["period", "extent"]].itertuples(index=False, name=None)
    ]
    rows = events.assign(first_day=[first for first, _ in begun], last_day=[last for _, last in begun])
    grouped = rows.groupby("event", sort=False)
    return grouped.agg(
        first_day=("first_day", "min"),
        last_day=("last_day", "max"),
        documents=("document", lambda codes: " ".join(sorted(set(codes)))),
    ).reset_index()


def order(rows: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """Whether each of some events began before each of some others.

    Parameters
    ----------
    rows, columns : DataFrame
        The table ``events``, of the things compared; an event stands in one of them only.

    Returns
    -------
    DataFrame
        The table ``matrix``; ``cell`` is one of ``ORDERS`` and speaks of the column: ``before`` if its last possible
        day lies before the first possible day of the row's event, ``after`` if its first lies after the row's last,
        ``undecided`` if the days overlap.

    References
    ----------
    Allen, J. F. (1983). Maintaining knowledge about temporal intervals. Communications of the ACM 26(11), 832-843: the
    relations "before" and its inverse; all others leave the order of two moments open.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> fixed = {"event_kind": "k", "entity": "KAZ", "dated_in": "text", "bound": "exact", "document": "001"}
    >>> fixed |= {"extent": "within", "source_id": "events"}
    >>> protest = pd.DataFrame([{"event": "p", "period": "2003", **fixed}])
    >>> sites = pd.DataFrame([fixed | {"event": "a", "period": "2002"}, fixed | {"event": "b", "period": "2003"}])
    >>> claims.order(protest, sites)["cell"].tolist()
    ['before', 'undecided']
    """
    crossed = beginnings(rows).merge(beginnings(columns), how="cross", suffixes=("", "_column"))
    crossed["cell"] = "undecided"
    crossed.loc[crossed["last_day_column"] < crossed["first_day"], "cell"] = "before"
    crossed.loc[crossed["first_day_column"] > crossed["last_day"], "cell"] = "after"
    both = crossed["documents"] + " " + crossed["documents_column"]
    made = crossed.assign(
        row_group="",
        row="event." + crossed["event"],
        column="event." + crossed["event_column"],
        count=float("nan"),
        documents=[" ".join(sorted(set(codes.split()))) for codes in both],
        source_id="events",
    )
    return tables.validate(made[list(tables.MATRIX.columns)], tables.MATRIX)


def told_twice(events: pd.DataFrame) -> pd.DataFrame:
    """Dates that one document gives to one thing in two places, and how far they lie apart.

    Parameters
    ----------
    events : DataFrame
        The table ``events``.

    Returns
    -------
    DataFrame
        event, document, told (the first date), listed and dated_in (the other date, and where it stands), value
        (difference of the calendar years), low and high (years between the two: the least and the most that their
        precision allows), unit, and verdict: ``agree`` if one day satisfies both, otherwise ``differ``. Those farthest
        apart come first.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["definition"]).query("event == 'term_social_network'")
    >>> claims.told_twice(rows)[["told", "listed", "value", "verdict"]]
       told listed  value verdict
    0  1954   1975   21.0  differ
    """
    firsts = events.sort_values("dated_in", key=lambda places: places.map(tables.DATED_IN.index), kind="stable")
    firsts = firsts.drop_duplicates(["event", "document"])
    key = ["event", "document"]
    pairs = firsts[[*key, "period", "dated_in"]].merge(events, on=key, suffixes=("_told", ""), validate="one_to_many")
    pairs = pairs[pairs["dated_in"] != pairs["dated_in_told"]].reset_index(drop=True)
    gaps = [_gap(told, listed) for told, listed in zip(pairs["period_told"], pairs["period"], strict=True)]
    made = pairs.assign(
        told=pairs["period_told"],
        listed=pairs["period"],
        value=(pairs["period_told"].str[:4].astype(int) - pairs["period"].str[:4].astype(int)).abs().astype(float),
        low=[low for low, _ in gaps],
        high=[high for _, high in gaps],
        unit="years",
        verdict=[
            "agree" if _meet(*pair) else "differ" for pair in zip(pairs["period_told"], pairs["period"], strict=True)
        ],
    )
    return made.sort_values(["low", "high", "event"], ascending=[False, False, True], ignore_index=True)[_TOLD]


def _gap(told: str, listed: str) -> tuple[float, float]:
    """Least and most years between two dates; 0 at least if they may be the same day.

    Examples
    --------
    >>> _gap("1954", "1975")
    (20.0, 22.0)
    >>> _gap("2017", "2017-12-12")[0]
    0.0
    """
    (first, last), (other_first, other_last) = sorted((_days(told), _days(listed)))
    least = max(0, (other_first - last).days)
    most = max(other_last - first, last - other_first)
    return round(least / DAYS_IN_YEAR, 2), round(most.days / DAYS_IN_YEAR, 2)


def _meet(told: str, listed: str) -> bool:
    """Whether one day satisfies both dates."""
    (_, last), (other_first, _) = sorted((_days(told), _days(listed)))
    return bool(other_first <= last)


def extents(events: pd.DataFrame) -> pd.DataFrame:
    """From when to when the things of each kind are dated.

    Returns
    -------
    DataFrame
        One row with ``<kind>_count`` (things) and ``<kind>_period`` (ISO 8601, years) for every kind of event; no row
        without events.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"]).query("event in ['simmel', 'moreno']")
    >>> claims.extents(rows)
       life_count life_period
    0           2   1858/1974
    """
    found: dict[str, object] = {}
    for kind, rows in events.groupby("event_kind", sort=False):
        years = [year for period in rows["period"] for year in (period[:4], period.split("/")[-1][:4])]
        first, last = min(years), max(years)
        found |= {f"{kind}_count": rows["event"].nunique()}
        found |= {f"{kind}_period": first if first == last else f"{first}/{last}"}
    return pd.DataFrame([found] if found else [])


def latest(events: pd.DataFrame) -> pd.DataFrame:
    """How many things are dated, and the last of them; no row without events.

    Returns
    -------
    DataFrame
        entity (of the last), events_count, period (from the first to the last year), event, last_period.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"]).query("event in ['simmel', 'moreno']")
    >>> claims.latest(rows)[["events_count", "period", "event", "last_period"]]
       events_count     period   event last_period
    0             2  1858/1974  moreno   1889/1974
    """
    if events.empty:
        return pd.DataFrame()
    years = extents(events.assign(event_kind="all")).iloc[0]
    last = max(events.index, key=lambda row: _days(str(events.at[row, "period"]))[1])
    row = {"entity": events.at[last, "entity"], "events_count": years["all_count"], "period": years["all_period"]}
    return pd.DataFrame([row | {"event": events.at[last, "event"], "last_period": events.at[last, "period"]}])


def half_since(events: pd.DataFrame) -> pd.DataFrame:
    """The latest year since which at least half of the dated things took place; no row without events.

    Returns
    -------
    DataFrame
        events_count, later_count (of that year or later, by the first date of each), year.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> dates = pd.DataFrame({"event": ["a", "b", "c"], "period": ["2001", "2015-02", "2017"]})
    >>> claims.half_since(dates).iloc[0].tolist()
    [3, 2, 2015]
    """
    if events.empty:
        return pd.DataFrame()
    years = events["period"].str[:4].astype(int).groupby(events["event"]).min().sort_values(ascending=False)
    year = int(years.iloc[(len(years) - 1) // 2])
    return pd.DataFrame([{"events_count": len(years), "later_count": int((years >= year).sum()), "year": year}])


def count_orders(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row of counts of the table ``order`` makes: pairs_count and before_count, undecided_count, after_count.

    Parameters
    ----------
    matrix : DataFrame
        What ``order`` returns.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> cells = pd.DataFrame({"cell": ["before", "before", "undecided"]})
    >>> claims.count_orders(cells)
       pairs_count  before_count  undecided_count  after_count
    0            3             2                1            0
    """
    counts = {f"{cell}_count": int((matrix["cell"] == cell).sum()) for cell in ORDERS}
    return pd.DataFrame([{"pairs_count": len(matrix), **counts}])


def farthest(told: pd.DataFrame) -> pd.DataFrame:
    """How many of the dates of `told_twice` differ, and those farthest apart; no row if none differs.

    Returns
    -------
    DataFrame
        compared_count, differ_count, event, document, told, listed, dated_in, and value (difference of the calendar
        years).

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["definition"])
    >>> found = claims.farthest(claims.told_twice(rows))
    >>> found[["event", "told", "listed", "value"]]
                     event  told listed  value
    0  term_social_network  1954   1975   21.0
    """
    differing = told[told["verdict"] == "differ"]
    first = differing.head(1)[["event", "document", "told", "listed", "dated_in", "value"]]
    return first.assign(compared_count=len(told), differ_count=len(differing)).reset_index(drop=True)


def undated(events: pd.DataFrame, entity: str) -> pd.DataFrame:
    """The country as ``entity`` if the documents date nothing about it; otherwise no row.

    Parameters
    ----------
    events : DataFrame
        The table ``events``, as ``dated`` returns it.
    entity : str
        ISO 3166 alpha-3.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"])
    >>> claims.undated(rows, "KAZ")["entity"].tolist(), claims.undated(rows, "DEU")["entity"].tolist()
    (['KAZ'], [])
    """
    return pd.DataFrame({"entity": [] if (events["entity"] == entity).any() else [entity]})


def extent_of(events: pd.DataFrame, entity: str) -> pd.DataFrame:
    """What the documents date about one country; no row if nothing.

    Parameters
    ----------
    events : DataFrame
        The table ``events``, as ``dated`` returns it.
    entity : str
        ISO 3166 alpha-3.

    Returns
    -------
    DataFrame
        entity, events_count (things, not datings), documents_count, period (from the first to the last of them).

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = claims.dated(sources.load("events"), kinds=["life"])
    >>> claims.extent_of(rows, "DEU")[["events_count", "period"]]
       events_count     period
    0             1  1858/1918
    """
    own = events[events["entity"] == entity]
    if own.empty:
        return pd.DataFrame(columns=["entity", "events_count", "documents_count", "period"])
    ends = [(*_days(period), period) for period in own["period"]]
    first = min(ends)[2].split("/")[0]
    last = max(ends, key=lambda end: end[1])[2].split("/")[-1]
    row = {
        "entity": entity,
        "events_count": own["event"].nunique(),
        "documents_count": own["document"].nunique(),
        "period": first if first == last else f"{first}/{last}",
    }
    return pd.DataFrame([row])
