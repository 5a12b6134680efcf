"""Audiences of accounts as a document prints them, how much one exceeds another, and how they grew.

Platforms abbreviate large counts, so zeros that close a printed audience may be digits or only fill up its places
(18,200 for 18.2K). Where that changes an interval, both readings are rows: the measure with ``FILLED`` behind its name
is the one in which they are no digits.
"""

from typing import Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.rows import estimates

FILLED: Final = "_filled"

_ACCOUNT = ["entity", "group", "measure", "source_id"]


def audiences(table: pd.DataFrame) -> pd.DataFrame:
    """Audiences with the interval of their printed digits, in both readings of closing zeros.

    Parameters
    ----------
    table : DataFrame
        Table ``ministry_audiences``, with one figure of followers per ministry, platform and period.

    Returns
    -------
    DataFrame
        Estimates, group platform, unit that of the table. Of platforms with a figure that closing zeros leave open,
        every figure stands twice, the second time under ``followers`` and ``FILLED``.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rows = rankings.audiences(sources.load("ministry_audiences"))
    >>> own = rows[(rows["entity"] == "KAZ") & (rows["group"] == "twitter") & (rows["period"] == "2018-02")]
    >>> own[["measure", "value", "low", "high"]]  # 23,900 may end in two digits or in two zeros
                 measure    value      low     high
    5          followers  23900.0  23899.5  23900.5
    12  followers_filled  23900.0  23850.0  23950.0
    """
    rows = table[table["measure"] == "followers"].reset_index(drop=True)
    is_open = (rows["low"] != rows["low_filled"]) | (rows["high"] != rows["high_filled"])
    wide = rows[rows["platform"].isin(rows.loc[is_open, "platform"])]
    wide = wide.assign(low=wide["low_filled"], high=wide["high_filled"], measure="followers" + FILLED)
    both = pd.concat([rows, wide], ignore_index=True)
    frame = both[["period", "measure", "value", "low", "high", "unit"]].assign(
        entity=both["iso3"], group=both["platform"]
    )
    return estimates(frame, base="ministry_accounts", source_id="ministry_audiences")


def audience_ratio(rows: pd.DataFrame, reference: str) -> pd.DataFrame:
    """How many times the audience of each entity is that of ``reference``, same platform and period.

    Parameters
    ----------
    rows : DataFrame
        Estimates as `audiences` returns them.
    reference : str
        Entity in the denominator; its audience must be above 0.

    Returns
    -------
    DataFrame
        Estimates, unit ``times``; the interval divides low by high and high by low, both in one reading of closing
        zeros. Empty without ``reference``.

    Raises
    ------
    ArgumentError
        If an audience of ``reference`` may be 0.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rows = rankings.audiences(sources.load("ministry_audiences"))
    >>> ratio = rankings.audience_ratio(rows, "KAZ")
    >>> ratio.loc[ratio["group"] == "facebook", ["entity", "period", "value"]].round(2)  # 364547 / 11668
      entity   period  value
    0    RUS  2018-02  31.24
    """
    key = ["group", "period", "measure", "source_id"]
    below = rows.loc[rows["entity"] == reference, [*key, "value", "low", "high"]]
    if (below["low"] <= 0).any():
        raise ArgumentError("an audience of {reference} may be 0; a ratio to it is not defined", reference=reference)
    both = rows[rows["entity"] != reference].merge(below, on=key, suffixes=("", "_below"), validate="many_to_one")
    frame = both[["entity", "group", "period", "source_id"]].assign(
        value=both["value"] / both["value_below"],
        low=both["low"] / both["high_below"],
        high=both["high"] / both["low_below"],
    )
    frame["measure"] = _named("audience_ratio", both["measure"])
    return estimates(frame, unit="times", base="ministry_accounts")


def audience_growth(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth of each audience from its first to its last period.

    Parameters
    ----------
    rows : DataFrame
        Estimates as `audiences` returns them.

    Returns
    -------
    DataFrame
        Estimates, unit ``percent`` of the first figure, period from first to last; accounts with one period only are
        left out. The interval compares low with high and high with low, both in one reading of closing zeros.

    Raises
    ------
    ArgumentError
        If a first audience may be 0.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rows = rankings.audiences(sources.load("ministry_audiences"))
    >>> grown = rankings.audience_growth(rows)
    >>> grown.loc[grown["group"] == "facebook", ["entity", "period", "value"]].round(2)  # 11668 / 10825 - 1
      entity           period  value
    0    KAZ  2017-08/2018-02   7.79
    """
    ordered = rows.sort_values([*_ACCOUNT, "period"], kind="stable")
    first = ordered.groupby(_ACCOUNT, as_index=False).first()
    last = ordered.groupby(_ACCOUNT, as_index=False).last()
    both = first.merge(last, on=_ACCOUNT, suffixes=("_first", "_last"), validate="one_to_one")
    both = both[both["period_first"] < both["period_last"]]
    if (both["low_first"] <= 0).any():
        raise ArgumentError("a first audience may be 0; growth from it is not defined")
    frame = both[_ACCOUNT].assign(
        measure=_named("audience_growth", both["measure"]),
        period=both["period_first"] + "/" + both["period_last"],
        value=100 * (both["value_last"] / both["value_first"] - 1),
        low=100 * (both["low_last"] / both["high_first"] - 1),
        high=100 * (both["high_last"] / both["low_first"] - 1),
    )
    return estimates(frame, unit="percent", base="ministry_accounts")


def audiences_compared(rows: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Audiences, how many times those of others are that of ``entity``, and how each grew, in one frame.

    Returns
    -------
    DataFrame
        Estimates of the measures of ``rows``, ``audience_ratio`` and ``audience_growth``; only the reading in which
        closing zeros are digits, which has the same values. Empty without ``entity``.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rows = rankings.audiences(sources.load("ministry_audiences"))
    >>> found = rankings.audiences_compared(rows, "KAZ")
    >>> found.loc[found["group"] == "facebook", ["entity", "measure", "period", "value"]].round(2)
       entity          measure           period      value
    0     KAZ        followers          2017-08   10825.00
    1     KAZ        followers          2018-02   11668.00
    7     RUS        followers          2018-02  364547.00
    11    RUS   audience_ratio          2018-02      31.24
    15    KAZ  audience_growth  2017-08/2018-02       7.79
    """
    own = set(rows.loc[rows["entity"] == entity, "group"])
    shown = rows[rows["group"].isin(own)]
    parts = [shown, audience_ratio(shown, entity), audience_growth(shown)]
    both = pd.concat([part for part in parts if len(part)] or [shown], ignore_index=True)
    return both[~both["measure"].str.endswith(FILLED)].reset_index(drop=True)


def _named(name: str, measures: "pd.Series[str]") -> "pd.Series[str]":
    """The name of a result, marked where it rests on closing zeros being no digits."""
    return name + measures.str.endswith(FILLED).map({True: FILLED, False: ""})
