"""What a month comes to: its figures beside printed ones, its days and authors, and the answer of the notebook."""

import calendar
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy import special

from digital_diplomacy import readings
from digital_diplomacy.messages import synthetic
from digital_diplomacy.messages.aggregates import ALL
from digital_diplomacy.messages.months import HOLDERS, Month, ties_of
from digital_diplomacy.tables import ESTIMATES, validate

LEVEL: Final = 0.05
"""Largest p of a day that is told to stand out."""

_KEY: Final = ["platform", "year", "month"]
_TOP: Final = "top_share_"
_HUNDRED: Final = 100


def source_of(month: Month) -> str:
    """What figures name as their source: the messages counted, or a month that nobody wrote.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 9_000]})
    >>> asked = {"month": "2023-09", "publisher": "all", "country": "KAZ", "zone": "UTC"}
    >>> messages.source_of(messages.read_month("", **asked, printed=printed))
    'messages_synthetic'
    """
    if month.handed is not None:
        return "messages_counts"
    return "messages" if month.known is None else "messages_synthetic"


def absence(month: Month, ties: pd.DataFrame) -> str:
    """The label that says why there is no network: counts that were handed on hold none, or the messages no ties.

    It is empty where there are ties.

    Parameters
    ----------
    month : Month
    ties : DataFrame
        The ties of the relation asked about, from `ties_of`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 9_000]})
    >>> asked = {"month": "2023-09", "publisher": "all", "country": "KAZ", "zone": "UTC"}
    >>> month = messages.read_month("", **asked, printed=printed)
    >>> [messages.absence(month, messages.ties_of(month, code)) for code in ("forwards", "quotes")]  # none is quoted
    ['', 'notice.messages_no_ties']
    """
    return "notice.messages_counts" if month.handed is not None else "notice.messages_no_ties" if ties.empty else ""


def counted(month: Month) -> pd.DataFrame:
    """Messages and authors by platform (``ESTIMATES``), the platform with most messages first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"] * 2
    >>> printed = pd.DataFrame({"platform": ["telegram"] * 2 + ["vkontakte"] * 2, "measure": measures})
    >>> printed["value"] = [90_000, 9_000, 120_000, 800]
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> messages.counted(found)[["group", "measure", "value"]].head(2)
           group         measure   value
    0  vkontakte  messages_month  1224.0
    1   telegram  messages_month   918.0
    """
    rows = month.summary.estimates
    sizes = rows[rows["measure"] == "messages_month"].groupby("group")["value"].sum()
    order = rows["group"].map(sizes.rank(ascending=False, method="first"))
    kind = (rows["measure"] != "messages_month").astype(int)
    placed = rows.assign(kind=kind, order=order).sort_values(["kind", "order", "period"], kind="stable")
    return validate(placed.drop(columns=["kind", "order"]).assign(source_id=source_of(month)), ESTIMATES)


def beside_printed(month: Month, printed: pd.DataFrame) -> pd.DataFrame:
    """What was counted beside what is printed of the same country and month.

    Parameters
    ----------
    month : Month
    printed : DataFrame
        ``entity, period, platform, measure, as_printed, low, high``.

    Returns
    -------
    DataFrame
        ``platform, measure, value, low, high`` (counted, within its bounds), ``scaled`` (times the scale of the
        month), ``as_printed``, and ``verdict``: ``holds`` where the counted figure, scaled, can round to the printed
        one, ``cannot be checked`` where the messages hold none of the platform, otherwise ``fails``; those that cannot
        be checked come last. Empty where nothing is printed of the month.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = {"entity": "KAZ", "period": "2023-09", "platform": "telegram", "as_printed": ["3,7 млн", "503 тыс"]}
    >>> printed = pd.DataFrame({**rows, "measure": ["messages_month", "authors_month"], "value": [3_700_000, 503_000]})
    >>> printed = printed.assign(low=[3_650_000, 502_500], high=[3_750_000, 503_500])
    >>> asked = {"month": "2023-09", "publisher": "brand-analytics", "country": "KAZ", "zone": "UTC"}
    >>> found = messages.read_month("", **asked, printed=printed)
    >>> messages.beside_printed(found, printed)[["measure", "value", "scaled", "verdict"]]
              measure    value     scaled verdict
    0  messages_month  37000.0  3700000.0   holds
    1   authors_month   5030.0   503000.0   holds
    """
    same = printed[(printed["entity"] == month.country) & (printed["period"] == month.month)]
    ours = counted(month).rename(columns={"group": "platform"})[["platform", "measure", "value", "low", "high"]]
    both = ours.merge(
        same[["platform", "measure", "as_printed", "low", "high"]],
        on=["platform", "measure"],
        how="outer",
        suffixes=("", "_printed"),
        validate="one_to_one",
        indicator=True,
    )
    # In the order of the counts, whatever pandas' outer join makes of it; a count of what is not printed has no row.
    order = {pair: place for place, pair in enumerate(zip(ours["platform"], ours["measure"], strict=True))}
    places = [order.get(pair, len(order)) for pair in zip(both["platform"], both["measure"], strict=True)]
    both = both.assign(place=places).query("_merge != 'left_only'").sort_values("place", kind="stable")
    both = both.reset_index(drop=True)
    most = both["high"].fillna(both["value"]) * month.scale
    least = both["value"].fillna(both["low"]) * month.scale  # a suppressed count has bounds alone
    most = most.where(most.notna(), np.inf)
    meets = (least <= both["high_printed"]) & (most >= both["low_printed"])
    verdict = np.where(least.isna(), "cannot be checked", np.where(meets, "holds", "fails"))
    told = both.assign(scaled=both["value"] * month.scale, verdict=verdict)
    return told[["platform", "measure", "value", "low", "high", "scaled", "as_printed", "verdict"]]


def agreement(beside: pd.DataFrame) -> pd.DataFrame:
    """How many of the printed figures are met: ``value`` of ``counted``, those counted here too, of ``n`` in all.

    One row, none where nothing is printed.

    Parameters
    ----------
    beside : DataFrame
        What `beside_printed` gives.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> messages.agreement(pd.DataFrame({"verdict": ["holds", "fails", "cannot be checked"]})).to_numpy().tolist()
    [[1, 2, 3]]
    """
    if beside.empty:
        return pd.DataFrame()
    met, counted_too = (int(beside["verdict"].isin(codes).sum()) for codes in (["holds"], ["holds", "fails"]))
    return pd.DataFrame({"value": [met], "counted": [counted_too], "n": [len(beside)]})


def not_met(month: Month) -> pd.DataFrame:
    """How many accounts of the table no message is of or points to: ``value`` of ``n``, one row; none if all are met.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [9_000, 2_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> messages.not_met(found).to_numpy().tolist()  # twenty authors, thirty accounts
    [[10, 30]]
    """
    unmet = len(month.network.unmet)
    return pd.DataFrame({"value": [unmet], "n": [month.network.listed]}) if unmet else pd.DataFrame()


def most_messages(month: Month) -> pd.DataFrame:
    """The platform with most messages, as the fields of a title: one row, none without messages.

    Returns
    -------
    DataFrame
        group, value, share (percent of all platforms' messages), total, n (platforms), equals (how many have as many),
        authors; case: ``one`` of one platform, ``sure``, ``equal`` where several have most, or ``open`` where messages
        of which the rules do not tell whether they count could put another first, ``hidden`` where counts of platforms
        are suppressed.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"] * 2
    >>> printed = pd.DataFrame({"platform": ["telegram"] * 2 + ["vkontakte"] * 2, "measure": measures})
    >>> printed["value"] = [100_000, 10_000, 300_000, 800]
    >>> asked = {"month": "2023-09", "publisher": "brand-analytics", "country": "KAZ", "zone": "UTC"}
    >>> found = messages.read_month("", **asked, printed=printed)
    >>> messages.most_messages(found)[["group", "value", "share", "case"]].to_numpy().tolist()
    [['vkontakte', 3000.0, 75.0, 'sure']]
    """
    rows = month.summary.estimates
    every = rows.assign(most=rows["high"].fillna(rows["value"]))
    sent = every[every["measure"] == "messages_month"].groupby("group")[["value", "most"]].sum()
    total = float(sent["value"].sum()) if month.handed is None else month.handed.total
    if not sent["value"].sum():
        return pd.DataFrame()
    first = str(sent["value"].idxmax())
    most, others = float(sent["value"].max()), sent["most"].drop(first)
    equals = int((sent["value"] == most).sum())
    rival = "equal" if equals > 1 else "open" if others.max() >= most else "sure"
    own = rows[(rows["measure"] == "authors_month") & (rows["group"] == first)]
    told = {
        "group": first,
        "value": most,
        "share": round(100 * most / total, 1),
        "total": total,
        "n": len(sent),
        "equals": equals,
        "authors": float(own["value"].sum()),
        "case": "one" if others.empty else rival,
    }
    if month.handed is not None and (rows["interval"] == "bound").any():
        told["case"] = "hidden"
    return pd.DataFrame([told])


def by_day(month: Month) -> pd.DataFrame:
    """Messages of each platform and day (``ESTIMATES``, measure ``messages_day``); a day without any is 0.

    Counts that were handed on have days of all platforms together besides (``all``), and bounds where one is
    suppressed.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 9_000]})
    >>> asked = {"month": "2023-09", "publisher": "brand-analytics", "country": "KAZ", "zone": "UTC"}
    >>> rows = messages.by_day(messages.read_month("", **asked, printed=printed))
    >>> len(rows), float(rows["value"].sum())
    (30, 900.0)
    """
    if month.handed is not None:
        return month.handed.days
    days = _days(month)
    found = month.summary.daily
    dated = found[["platform", "messages"]].assign(period=pd.to_datetime(found["local_day"]).dt.strftime("%Y-%m-%d"))
    dated = dated.astype({"platform": "str", "period": "str"})  # a month without messages has columns of no type
    every = dated[["platform"]].drop_duplicates().merge(pd.DataFrame({"period": days}, dtype="str"), how="cross")
    rows = every.merge(dated, on=["platform", "period"], how="left", validate="one_to_one")
    rows = rows.rename(columns={"platform": "group", "messages": "value"}).fillna({"value": 0.0})
    rows = rows.sort_values(["group", "period"], kind="stable", ignore_index=True)
    fixed = {"entity": month.country, "measure": "messages_day", "unit": "messages", "base": "public_messages"}
    return _plain(rows.assign(**fixed), month)


def _days(month: Month) -> list[str]:
    if month.month:
        year, number = map(int, month.month.split("-"))
        return [f"{month.month}-{day:02}" for day in range(1, calendar.monthrange(year, number)[1] + 1)]
    seen = pd.to_datetime(month.summary.daily["local_day"])
    return list(pd.date_range(seen.min(), seen.max()).strftime("%Y-%m-%d")) if len(seen) else []


def _plain(rows: pd.DataFrame, month: Month) -> pd.DataFrame:
    """Counts of everything there is: no interval."""
    nothing = {"low": np.nan, "high": np.nan, "level": np.nan, "n": np.nan}
    return validate(rows.assign(**nothing, interval="none", source_id=source_of(month)), ESTIMATES)


def busiest_day(days: pd.DataFrame) -> pd.DataFrame:
    """The day with most messages of all platforms together, beside what chance gives: one row, none without messages.

    If every message fell on any day alike, apart from all others, a day's number would be binomial; p is the chance
    that *any* of the days has as many, at most the number of days times that of one (Bonferroni). Messages answer each
    other and come in bursts, so that a small p says that days differ, not that something happened.

    Parameters
    ----------
    days : DataFrame
        What `by_day` gives.

    Returns
    -------
    DataFrame
        period, value, mean (of a day), n (days), equals (days with as many), p, case: ``found`` if p is 0.05 or less,
        otherwise ``none``; of several days with as many ``equal_found`` and ``equal``; ``single`` if there is one day;
        ``hidden`` if a total of a day is suppressed: then only n and how many are (value).

    References
    ----------
    Dunn, O. J. (1961). Multiple comparisons among means. Journal of the American Statistical Association 56, 52-64.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> days = pd.DataFrame({"period": ["2023-09-01", "2023-09-02"], "value": [3.0, 1.0]})
    >>> messages.busiest_day(days)[["period", "mean", "p", "case"]]  # 2 days x (4 + 1) / 16 = 0.625
           period  mean     p  case
    0  2023-09-01   2.0  0.62  none
    """
    totals = days[days["group"] == ALL] if "group" in days else days[:0]
    every = (days if totals.empty else totals).groupby("period", sort=True)["value"].sum(min_count=1)
    hidden = int(every.isna().sum()) if totals.size else int(days["value"].isna().sum())
    if hidden:
        return pd.DataFrame([{"value": hidden, "n": len(every), "case": "hidden"}])
    total = float(every.sum())
    if not total:
        return pd.DataFrame()
    most, n = float(every.max()), len(every)
    # The chance of k or more of N with chance q each is the regularised incomplete beta function I_q(k, N - k + 1).
    one = float(special.betainc(most, total - most + 1, 1 / n)) if n > 1 else 1.0
    p = min(1.0, n * one)
    ends = readings.apart({"value": most, "mean": total / n}, decimals=0)
    equals = int((every == most).sum())
    told = {"period": every.idxmax(), **ends, "n": n, "equals": equals, "p": float(f"{p:.2g}")}
    cases = ("equal_found", "equal") if equals > 1 else ("found", "none")
    return pd.DataFrame([told | {"case": "single" if n == 1 else cases[0] if p <= LEVEL else cases[1]}])


def unevenness(month: Month) -> pd.DataFrame:
    """What part of the messages the most active authors wrote (``ESTIMATES``), by platform, the most uneven first.

    A hundredth or a tenth of the authors stands there only where it is one author at least.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 10_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> messages.unevenness(found)["measure"].tolist()
    ['top_share_1', 'top_share_10']
    """
    table = month.summary.concentration
    names = [name for name in table.columns if str(name).startswith(_TOP)]
    rows = table.melt([*_KEY, "authors"], names, var_name="measure").rename(columns={"platform": "group"})
    least = np.array([_HUNDRED / _percent(name) for name in rows["measure"]])
    rows = rows[rows["authors"].to_numpy(dtype=float) >= least]
    period = [f"{year}-{number:02}" for year, number in zip(rows["year"], rows["month"], strict=True)]
    fixed = {"entity": month.country, "unit": "percent", "base": "public_messages"}
    made = _plain(rows.assign(**fixed, period=period).drop(columns=["year", "month", "authors"]), month)
    first = made[made["measure"] == "top_share_1"].set_index(["group", "period"])["value"]
    order = [-first.get((group, period), 0.0) for group, period in zip(made["group"], made["period"], strict=True)]
    placed = made.assign(order=order).sort_values(["order", "group", "period", "measure"], kind="stable")
    return placed.drop(columns="order").reset_index(drop=True)


def _percent(measure: object) -> float:
    return float(str(measure).removeprefix(_TOP))


def most_uneven(rows: pd.DataFrame) -> pd.DataFrame:
    """Where the most active of the authors wrote most, and where least: one row, none without authors.

    They are a hundredth of the authors, or a tenth where one of the platforms and months has too few authors for that.

    Parameters
    ----------
    rows : DataFrame
        What `unevenness` gives.

    Returns
    -------
    DataFrame
        group, value, other_group, other_value, top (percent of the authors, as text), n (platforms and months); case
        ``several``, ``alike`` where the most is the least, or ``one`` where there is one platform and month.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = pd.DataFrame({"group": ["vk", "ok"], "measure": "top_share_1", "value": [30.04, 20.0]})
    >>> messages.most_uneven(rows)[["group", "value", "other_group", "other_value", "case"]].to_numpy().tolist()
    [['vk', 30.0, 'ok', 20.0, 'several']]
    """
    if rows.empty:
        return pd.DataFrame()
    units = rows.groupby("measure").size()
    top = min(units[units == units.max()].index, key=_percent)
    shares = rows[rows["measure"] == top].sort_values(["value", "group"], kind="stable")
    least, most = shares.iloc[0], shares.iloc[-1]
    ends = readings.apart({"value": most["value"], "other_value": least["value"]}, decimals=1)
    is_alike = readings.same(*ends.values())
    case = "one" if len(shares) == 1 else "alike" if is_alike else "several"
    told = {
        "group": most["group"],
        "other_group": least["group"],
        **ends,
        "top": f"{_percent(top):g}",
    }  # as text: of it no decimals are made
    return pd.DataFrame([told | {"n": len(shares), "case": case}])


def forwards_back(month: Month) -> pd.DataFrame:
    """Of a synthetic month, whether its known forwards came back: ``value`` of ``n`` ties; none of any other.

    A tie has come back if it stands between the same actors with the same weight.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [900_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> told = messages.forwards_back(found)
    >>> int(told["value"].iloc[0]) == int(told["n"].iloc[0]) > 0
    True
    """
    if month.known is None:
        return pd.DataFrame()
    known = month.known.forwards
    if known.empty:
        return pd.DataFrame()
    held = synthetic.holders(sorted(set(known["platform"])), HOLDERS).rows.set_index(["platform", "known_as"])["actor"]
    ends = {
        end: [held[pair] for pair in zip(known["platform"], known[end], strict=True)] for end in ("source", "target")
    }
    made = known.assign(**ends).groupby(["source", "target"])["weight"].sum()
    found = ties_of(month, "forwards").set_index(["source", "target"])["weight"].reindex(made.index)
    return pd.DataFrame({"value": [int((found == made).sum())], "n": [len(made)]})


def messages_answer(
    month: Month, printed: pd.DataFrame, *, attention: pd.DataFrame, moved: pd.DataFrame
) -> Mapping[str, pd.DataFrame]:
    """How many wrote how much, how unevenly, and who stands out: label code to the rows that fill its fields.

    Parameters
    ----------
    month : Month
    printed : DataFrame
        Of the sizes of a synthetic month: ``entity, period``; of any other it is not read.
    attention : DataFrame
        What `networks.chosen_found` tells of whom others pass on.
    moved : DataFrame
        What `networks.mobility_found` tells of the halves of the month.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = {"entity": "KAZ", "period": "2023-09", "platform": "telegram"}
    >>> printed = pd.DataFrame({**rows, "measure": ["messages_month", "authors_month"], "value": [90_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> said = messages.messages_answer(found, printed, attention=pd.DataFrame(), moved=pd.DataFrame())
    >>> [code for code, rows in said.items() if len(rows)]
    ['sentence.messages_synthetic', 'sentence.messages_most_one', 'sentence.messages_uneven_one']
    """
    most, uneven = most_messages(month), most_uneven(unevenness(month))
    said = {}
    if month.known is not None and len(most):
        made = printed[["entity", "period"]].drop_duplicates().head(1)
        said["sentence.messages_synthetic"] = made.assign(scale=month.scale)
    if month.handed is not None:
        counts = {"published": month.handed.published, "suppressed": month.handed.suppressed}
        said[f"sentence.messages_counts_{'some' if month.handed.suppressed else 'all'}"] = pd.DataFrame([counts])
    for code, rows in {"most": most, "uneven": uneven, "attention": attention, "moved": moved}.items():
        case = str(rows["case"].iloc[0]) if len(rows) else ""
        if case:
            said[f"sentence.messages_{code}_{case}"] = rows
    return said
