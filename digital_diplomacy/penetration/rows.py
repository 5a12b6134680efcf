"""Rows of estimates: from figures as documents print them, and from what the metrics of this part compute."""

from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import filled
from digital_diplomacy.tables import ESTIMATES, FINDINGS, MAX_REPORTED, validate

KEY: Final = ["entity", "group", "period", "measure", "source_id"]
_REST: Final = "other"
"""What publishers call the platforms they do not tell apart: a sum, whose own shares nobody knows."""

_DEFAULTS: Final = {"group": "", "period": "", "base": "", "interval": "none"}


def estimates(frame: pd.DataFrame, **constants: Any) -> pd.DataFrame:
    """A validated table of estimates from any frame that holds some of its columns; other columns are left out.

    Columns named in ``constants`` are set; texts the frame lacks are empty, numbers it lacks are missing. An interval
    without either end says nothing, so its kind is ``none``.
    """
    cells: dict[Any, Any] = dict(frame.items()) | constants
    filled = {name: cells.get(name, _DEFAULTS.get(str(name), np.nan)) for name in ESTIMATES.columns}
    rows = pd.DataFrame(filled, index=frame.index)  # all at once: column by column takes twice as long
    for name, text in _DEFAULTS.items():
        if (absent := rows[name].isna()).any():
            rows[name] = rows[name].astype(object).mask(absent, text)
    if (open_ended := rows["low"].isna() & rows["high"].isna()).any():
        rows["interval"] = rows["interval"].mask(open_ended, "none")
    return validate(rows, ESTIMATES, where="penetration")


def findings(records: list[dict[str, object]]) -> pd.DataFrame:
    """A validated table of findings; an empty list gives an empty table."""
    return validate(pd.DataFrame(records, columns=list(FINDINGS.columns)), FINDINGS, where="penetration")


def refuse(frame: pd.DataFrame, bad: pd.Series, said: str, *, key: list[str] | None = None) -> None:
    """Raise if any row is ``bad``, naming the first rows by their key.

    Raises
    ------
    TableError
        ``said`` with the rows.
    """
    if not bad.any():
        return
    named = [name for name in (key or KEY) if name in frame.columns]
    rows = ["/".join("" if pd.isna(cell) else str(cell) for cell in row) for row in frame.loc[bad, named].to_numpy()]
    more = f"; ... and {len(rows) - MAX_REPORTED} more" if len(rows) > MAX_REPORTED else ""
    raise TableError("penetration: {said}: {rows}{more}.", said=said, rows="; ".join(rows[:MAX_REPORTED]), more=more)


def told_apart(left: float, right: float) -> tuple[str, str]:
    """Two figures to one decimal, or to as many more as it takes that two which differ are told differently.

    Examples
    --------
    >>> told_apart(87.3501, 93.3917), told_apart(79.96, 80), told_apart(80, 80)
    (('87.4', '93.4'), ('79.96', '80'), ('80', '80'))
    """
    for places in range(1, 7):
        texts = [f"{value:.{places}f}".rstrip("0").rstrip(".") for value in (left, right)]
        if texts[0] != texts[1] or left == right:
            break
    return texts[0], texts[1]


def printed_figures(table: pd.DataFrame, *, source_id: str, keep_named: bool = False) -> pd.DataFrame:
    """Figures a document prints, as estimates with their rounding intervals.

    Parameters
    ----------
    table : DataFrame
        Columns ``entity``, ``period``, ``measure``, ``value``, ``low``, ``high``, ``unit``; where it has them also
        ``platform`` (becomes the group) and ``base``.
    source_id : str
        Name of the raw table.
    keep_named : bool
        Keep rows without a value or ends, that is platforms only named.

    Returns
    -------
    DataFrame
        Estimates in the table's order, with the ends of `outer_ends`, without what a publisher sums up as all other
        platforms, which is none and counts as none. A figure with only one end (at least, at most), or with ends and no
        value (a suppressed count), has an interval of kind ``bound``, any other one of kind ``rounding``. Rows without
        a value and ends (platforms only named) are left out unless kept.

    Raises
    ------
    TableError
        If a value is negative, or the key of two rows is the same.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> found = penetration.printed_figures(sources.load("iei_survey_2017"), source_id="iei_survey_2017")
    >>> found.loc[found["measure"] == "main_source", ["group", "value", "low", "high", "interval"]]
                 group  value    low   high  interval
    3         facebook    2.7   2.65   2.75  rounding
    4         internet   18.3  18.25  18.35  rounding
    5  social_networks    4.8   4.75   4.85  rounding
    6       television   60.0  60.00    NaN     bound
    """
    rows = outer_ends(table[table[["value", "low", "high"]].notna().any(axis=1) | keep_named])
    if "platform" in rows.columns:
        rows = rows[rows["platform"].fillna("") != _REST]
    refuse(rows, rows["value"] < 0, "negative figure", key=["entity", "platform", "period", "measure"])
    rows["group"] = rows["platform"] if "platform" in rows.columns else ""
    one_end = rows[["value", "low", "high"]].isna().any(axis=1)
    rows["interval"] = np.where(one_end, "bound", "rounding")
    rows["source_id"] = rows.get("source_id", source_id)
    return estimates(rows)


def outer_ends(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with ends that hold whether the zeros that close a printed figure are digits or not.

    No document says what its closing zeros are, so that "741 000" is anything from 740,500 to 741,500, as the audit of
    the documents' figures reads it and as tables of one's own are read. What is printed stays as it is.

    Parameters
    ----------
    table : DataFrame
        Columns ``low``, ``high``; a table without ``as_printed`` stays.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> rows = sources.load("programme_targets").query("type == 'count'")
    >>> penetration.outer_ends(rows)[["as_printed", "low", "high"]].head(2)
                  as_printed     low    high
    8  around 2,700 to 2,800  2650.0  2850.0
    9                  1,000   500.0  1500.0
    """
    given = table[["low", "high"]]
    if "as_printed" not in table:
        return table.copy()
    ends = [filled(*row) for row in given.to_numpy(dtype=float)]
    found = pd.DataFrame(ends, columns=["low", "high"], index=table.index, dtype=float)
    return table.assign(low=found["low"], high=found["high"])


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Estimates with their measures as columns, as one sentence tells them.

    Parameters
    ----------
    rows : DataFrame
        Estimates; what has the same entity, group, period, source and n becomes one row.

    Returns
    -------
    DataFrame
        Those five columns, and the value of each measure in a column of its name.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> penetration.side_by_side(survey)[["group", "trust_full", "trust_sometimes", "trust_none"]]
                   group  trust_full  trust_sometimes  trust_none
    0  mobile_messengers       12.52            61.64       19.51
    1    social_networks       16.54            65.28       12.22
    """
    key = ["entity", "group", "period", "source_id", "n"]
    codes = list(dict.fromkeys(rows["measure"]))
    parts = [rows.loc[rows["measure"] == code, [*key, "value"]].rename(columns={"value": code}) for code in codes]
    found = rows[key].drop_duplicates()
    for part in parts:
        found = found.merge(part, on=key, how="left", validate="one_to_one")
    return found.reset_index(drop=True)
