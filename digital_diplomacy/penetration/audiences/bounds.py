"""What printed figures leave open of people nobody counted: behind audiences, beside answers, in two places at once."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy.penetration.audiences.people import Range, audience_range, frechet_bounds
from digital_diplomacy.penetration.audiences.platforms import MARKET, ends
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates, refuse

_ELSEWHERE: Final = "*"  # every platform without a figure, as one set of unknown size
_PART: Final = ["entity", "period", "source_id", "base"]


def audience_bounds(
    figures: pd.DataFrame, *, population: pd.DataFrame | None = None, outside: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Fewest and most distinct people who can stand behind the audiences of several platforms.

    Parameters
    ----------
    figures : DataFrame
        Estimates, one row a platform: persons or accounts, or shares in percent of one base. A suppressed count has its
        bounds alone, a platform that is only named nothing.
    population : DataFrame, optional
        Estimates of the population of the same entities; its largest upper end caps the number. Shares are of 100.
    outside : DataFrame, optional
        Estimates of those on no platform at all, listed or not, with the entity, period, source, unit and base of the
        audiences, one row each.

    Returns
    -------
    DataFrame
        Estimates, measure ``distinct_people`` without a value, interval ``bound``, n the number of platforms with a
        figure. Group the audiences' measure: at least the largest audience (all others within it), at most the sum
        (nobody on two) or everybody. With those outside the row is about people on any platform at all: everybody
        but those outside, who limit it from below too. Where a platform is only named and nobody outside is counted,
        there is no most: the group ends on ``_incomplete`` and the row has a lower end only. Figures that contradict
        each other give a row without ends. An account is taken for one person: several accounts of one person lower
        both ends.

    Raises
    ------
    TableError
        If an audience is negative or above the population, a share passes 100 percent, no audience of a market has a
        figure, or a market has two rows of those outside, naming the row.

    References
    ----------
    Fréchet 1935, Fundamenta Mathematicae 25, 379-387; Hailperin 1965, American Mathematical Monthly 72, 343-359 (linear
    programmes, `audience_range`).

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> penetration.audience_bounds(figures)[["low", "high", "n"]]  # from the largest audience alone to the sum of all
             low        high    n
    0  6750000.0  16890500.0  6.0
    """
    refuse(figures, figures["value"] < 0, "negative audience")
    refuse(figures, (figures["unit"] == "percent") & (figures["value"] > 100), "share above 100 percent of its base")
    told = _has_figure(figures).groupby([figures[name] for name in MARKET]).transform("any")
    refuse(figures, ~told.astype(bool), "no audience has a figure")
    records = [
        _bounds(dict(zip(MARKET, key, strict=True)), market, population, outside)
        for key, market in figures.groupby(MARKET, sort=False)
    ]
    return estimates(pd.DataFrame(records), interval="bound") if records else estimates(figures.head(0))


def _has_figure(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Whether anything limits an audience: its figure, or the bounds of one that is suppressed."""
    return figures[["value", "low", "high"]].notna().any(axis=1)


def _bounds(
    named: dict[str, Any], market: pd.DataFrame, population: pd.DataFrame | None, outside: pd.DataFrame | None
) -> dict[str, object]:
    listed = market[_has_figure(market)]
    percent = named["unit"] == "percent"
    cap = 100.0 if percent else _cap(population, str(named["entity"]))
    _, low, high = ends(listed)
    refuse(listed, pd.Series(low > cap, index=listed.index), f"audience above the population's {cap:.0f}")
    known = {frozenset([str(code)]): (a, b) for code, a, b in zip(listed["group"], low, high, strict=True)}
    nobody = _outside(named, outside)
    is_open = len(listed) < len(market) and nobody is None
    if len(listed) < len(market) or nobody is not None:
        known[frozenset([_ELSEWHERE])] = (0.0, np.inf)
    everybody = (100.0, 100.0) if percent else ((0.0, cap) if np.isfinite(cap) else None)
    found = audience_range(known, population=everybody, nobody=nobody) or (np.nan, np.nan)
    return {
        **named,
        "group": f"{named['measure']}_incomplete" if is_open else named["measure"],
        "measure": "distinct_people",
        "unit": "percent" if percent else "persons",
        "low": found[0],
        "high": np.nan if is_open or not np.isfinite(found[1]) else found[1],
        "n": len(listed),
    }


def _outside(named: dict[str, Any], outside: pd.DataFrame | None) -> Range | None:
    """Those on no platform, of the same survey as the market."""
    if outside is None:
        return None
    shared = ["entity", "period", "source_id", "unit", "base"]
    rows = outside[(outside[shared] == pd.Series({name: named[name] for name in shared})).all(axis=1)]
    refuse(rows, pd.Series(len(rows) > 1, index=rows.index), "more than one row of those outside")
    if rows.empty:
        return None
    _, low, high = ends(rows)
    return float(low[0]), float(high[0])


def _cap(population: pd.DataFrame | None, entity: str) -> float:
    if population is None:
        return np.inf
    tops = population.loc[population["entity"] == entity, "high"]
    return float(tops.max()) if tops.notna().any() else np.inf


def ranked_total(table: pd.DataFrame, *, source_id: str) -> pd.DataFrame:
    """Sum of a ranking's figures, and the least it can be with those platforms that are named without one.

    Parameters
    ----------
    table : DataFrame
        Columns ``entity``, ``period``, ``measure``, ``position`` (1 the largest; missing where no order is told),
        ``value``, ``low``, ``high``, ``unit``, ``base``.
    source_id : str
        Name of the table.

    Returns
    -------
    DataFrame
        Estimates for each entity, period and measure, n the platforms with a figure: ``ranked_sum`` (of the figures
        printed, with their rounding), and, where a platform is only named, ``ranked_least``: a bound from below, as a
        platform is at least as large as the next one below it that has a figure.

    Raises
    ------
    TableError
        If two rows have one position.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = sources.load("theopenasia_2020")
    >>> penetration.ranked_total(rows, source_id="theopenasia_2020")[["measure", "value", "low", "high"]]
            measure       value         low        high
    0    ranked_sum  16190000.0  15489500.0  16890500.0
    1  ranked_least         NaN  22239500.0         NaN
    """
    key = ["entity", "period", "measure", "unit", "base"]
    twice = table.duplicated([*key, "position"], keep=False) & table["position"].notna()
    refuse(table, twice, "two platforms at one place", key=[*key, "position"])
    rows = table.sort_values("position", kind="stable")
    records: list[dict[str, object]] = []
    for named, ranking in rows.groupby(key, sort=False):
        listed = ranking[ranking["value"].notna()]
        same: dict[str, object] = dict(zip(key, named, strict=True))
        same |= {"group": str(same["measure"]), "n": float(len(listed))}
        sums = {end: listed[end].sum(min_count=len(listed)) for end in ("value", "low", "high")}
        records.append({**same, **sums, "measure": "ranked_sum", "interval": "rounding"})
        if len(listed) < len(ranking):
            placed = ranking["position"].notna()
            least = ranking.loc[placed, "low"].bfill().sum() + ranking.loc[~placed, "low"].sum()
            records.append({**same, "low": least, "measure": "ranked_least", "interval": "bound"})
    columns = [*key, "group", "n", "value", "low", "high", "interval"]
    return estimates(pd.DataFrame(records, columns=columns), source_id=source_id)


def remainder(shares: pd.DataFrame) -> pd.DataFrame:
    """What is left of 100 percent after the printed answers to one question.

    Parameters
    ----------
    shares : DataFrame
        Estimates in percent, one row an answer; a question is what has the same entity, period, source, base and group,
        answers exclude each other.

    Returns
    -------
    DataFrame
        Estimates, measure ``remainder``, n the number of answers; the ends follow from all rounding intervals, and an
        answer printed as "at least" leaves an upper end only. Answers that sum to more than 100 beyond rounding give a
        row without ends.

    Raises
    ------
    TableError
        If a share is not in percent, naming the row.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> answers = survey[survey["group"] == "social_networks"]
    >>> penetration.remainder(answers)[["value", "low", "high", "n"]].round(3)  # 100 - 16.54 - 12.22 - 65.28
       value    low   high    n
    0   5.96  5.945  5.975  3.0
    """
    refuse(shares, shares["unit"] != "percent", "not a share in percent")
    records: list[dict[str, object]] = []
    for key, answers in shares.groupby([*_PART, "group"], sort=False):
        value, low, high = ends(answers)
        most, least = 100 - low.sum(), max(0.0, 100 - high.sum())
        exact = bool(np.isfinite(high).all())
        found = {"value": 100 - value.sum() if exact and most >= 0 else np.nan, "low": least, "high": most}
        if most < 0:
            found |= {"low": np.nan, "high": np.nan}
        found = {name: cell if np.isnan(cell) else max(0.0, cell) for name, cell in found.items()}
        named: dict[str, object] = dict(zip([*_PART, "group"], key, strict=True))
        records.append(named | found | {"n": len(answers), "interval": "rounding" if exact else "bound"})
    columns = [*_PART, "group", "value", "low", "high", "n", "interval"]
    return estimates(pd.DataFrame(records, columns=columns), measure="remainder", unit="percent")


def registered_twice(registered: pd.DataFrame, outside: pd.DataFrame) -> pd.DataFrame:
    """By how much registrations exceed the people registered, if those outside are as many as printed.

    Parameters
    ----------
    registered : DataFrame
        Estimates in percent, one row a platform; their bases may differ, which the caller must say.
    outside : DataFrame
        Estimates of the share on no platform at all, of the same entities, periods and sources, one row each.

    Returns
    -------
    DataFrame
        One row an entity, period and source: ``total`` (sum of registrations) with ``total_low`` and ``total_high``,
        ``outside`` (as printed), ``people`` (100 minus it), ``value``, ``low``, ``high`` (total minus people; where
        above 0, that many percent are second registrations at least), and ``least_outside``: were fewer outside than
        that, no second registration would be needed.

    References
    ----------
    Fréchet 1935, Fundamenta Mathematicae 25, 379-387 (Boole's inequality).

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("iei_survey_2017"), source_id="iei_survey_2017")
    >>> accounts, outside = (survey[survey["measure"] == name] for name in ("has_account", "not_registered"))
    >>> found = penetration.registered_twice(accounts, outside)
    >>> found[["total", "outside", "people", "value"]].round(1)  # 15.3 + 18.5 + 32.9, and 100 - 42
       total  outside  people  value
    0   66.7     42.0    58.0    8.7
    """
    key = ["entity", "period", "source_id"]
    sums = registered.groupby(key, sort=False)[["value", "low", "high"]].sum(min_count=1).reset_index()
    both = sums.merge(outside[[*key, "value"]], on=key, validate="one_to_one", suffixes=("", "_outside"))
    people = 100 - both["value_outside"]
    return both[key].assign(
        total=both["value"], total_low=both["low"], total_high=both["high"], outside=both["value_outside"],
        people=people, value=both["value"] - people, low=both["low"] - people, high=both["high"] - people,
        least_outside=100 - both["value"],
    )  # fmt: skip


def neither(counts: pd.DataFrame, *, parts: Sequence[str], whole: str) -> pd.DataFrame:
    """Fewest and most units of a counted whole that belong to none of several counted parts.

    Parameters
    ----------
    counts : DataFrame
        Columns ``entity``, ``measure``, ``value``; one row for each entity and measure.
    parts : sequence of str
        Measures that count parts of the whole, which may overlap.
    whole : str
        Measure they are part of.

    Returns
    -------
    DataFrame
        One row an entity that has the whole and every part: ``entity``, ``whole``, ``low``, ``high``.

    References
    ----------
    Fréchet 1935, Fundamenta Mathematicae 25, 379-387.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> counts = pd.DataFrame({"entity": "KAZ", "measure": ["akimats", "centre", "app"], "value": [17, 4, 7]})
    >>> penetration.neither(counts, parts=["centre", "app"], whole="akimats")  # 17 - 4 - 7, and 17 - 7
      entity  whole  low  high
    0    KAZ   17.0  6.0  10.0
    """
    rows: list[dict[str, object]] = []
    for entity, own in counts.groupby("entity", sort=False):
        value = own.set_index("measure")["value"]
        if not {whole, *parts} <= set(value.index):
            continue
        total = float(value[whole])
        (least, most), _ = frechet_bounds([float(value[part]) for part in parts], total)
        rows.append({"entity": entity, "whole": total, "low": total - most, "high": total - least})
    return pd.DataFrame(rows, columns=["entity", "whole", "low", "high"])


def part_of_count(count: pd.DataFrame, share: pd.DataFrame) -> pd.DataFrame:
    """How many a printed share of a printed count is, with the interval that both leave.

    Parameters
    ----------
    count : DataFrame
        Estimates of a count.
    share : DataFrame
        Estimates in percent, each taken of every count.

    Returns
    -------
    DataFrame
        One row a pair: ``entity``, ``period``, ``measure`` and ``count`` of the count, ``share_measure``, ``share``,
        ``value``, ``low``, ``high``; an end is missing where a figure is only a bound.

    References
    ----------
    Moore R.E. (1966) Interval Analysis, Prentice-Hall.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = penetration.printed_figures(sources.load("appeals_and_channels"), source_id="appeals_and_channels")
    >>> count = rows[rows["measure"] == "appeals_considered"]
    >>> share = rows[rows["unit"] == "percent"].query("entity == 'KAZ'")
    >>> penetration.part_of_count(count, share)[["count", "share", "value", "low"]]  # 80 % of 1.9 million at least
           count  share      value        low
    0  1900000.0   80.0  1520000.0  1520000.0
    """
    both = count.merge(share, how="cross", suffixes=("", "_share"))
    ends = {end: both[end] * both[f"{end}_share"] / 100 for end in ("value", "low", "high")}
    columns = {"entity": both["entity"], "period": both["period"], "measure": both["measure"], "count": both["value"]}
    return pd.DataFrame(columns | {"share_measure": both["measure_share"], "share": both["value_share"]} | ends)


def per_hundred(count: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """A count for each hundred people of the same entity, with the interval that both leave.

    Parameters
    ----------
    count, people : DataFrame
        Estimates whose period is one date; of several populations the nearest in time is taken.

    Returns
    -------
    DataFrame
        One row a count whose entity has a population: ``entity``, ``period``, ``measure``, ``count``,
        ``people_period``, ``value``, ``low``, ``high``; an end is missing where the count is only a bound.

    References
    ----------
    Moore R.E. (1966) Interval Analysis, Prentice-Hall.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2023-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> phones = rows[rows["measure"] == "mobile_connections"]
    >>> people = penetration.common_population(penetration.implied_population(rows))
    >>> penetration.per_hundred(phones, people)[["count", "value"]].round(1)  # printed as 130.5 %
            count  value
    0  25440000.0  130.5
    """
    both = count.merge(people, on="entity", suffixes=("", "_people"))
    apart = (both["period"].map(years).astype(float) - both["period_people"].map(years).astype(float)).abs()
    both = both.assign(apart=apart).sort_values("apart", kind="stable")
    both = both.drop_duplicates(["entity", "group", "period", "measure", "source_id"]).reset_index(drop=True)
    return both[["entity", "period", "measure"]].assign(
        count=both["value"],
        people_period=both["period_people"],
        value=100 * both["value"] / both["value_people"],
        low=100 * both["low"] / both["high_people"],
        high=100 * both["high"] / both["low_people"],
    )


def audience_shares(bounds: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Bounds on the people behind audiences in percent of all people, so that counts and shares stand on one axis.

    Parameters
    ----------
    bounds : DataFrame
        From `audience_bounds`, in persons or in percent.
    people : DataFrame
        Estimates of the population, as for `per_hundred`.

    Returns
    -------
    DataFrame
        Estimates of measure ``distinct_people_pct``: bounds in persons for each hundred people, which leaves out those
        of entities without a population; bounds in percent as they are. No upper end passes 100.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> bounds = penetration.audience_bounds(figures)
    >>> people = figures.head(1).assign(value=2e7, low=2e7, high=2e7, unit="persons", measure="population")
    >>> penetration.audience_shares(bounds, people)[["unit", "low", "high"]]  # of twenty million
          unit    low     high
    0  percent  33.75  84.4525
    """
    told = []
    for place, unit in bounds["unit"].items():
        row = bounds.loc[[place]]
        if unit != "percent":
            hundred = per_hundred(row, people)
            ends = {end: hundred[end].to_numpy() for end in ("low", "high")}
            row = row.head(len(hundred)).assign(**ends, unit="percent", base="population")
        told.append(row)
    found = pd.concat(told, ignore_index=True) if told else bounds
    return estimates(
        found.assign(value=float("nan"), high=found["high"].clip(upper=100)), measure="distinct_people_pct"
    )
