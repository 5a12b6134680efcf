"""What every step of a composite index returns: the values, the framework, and a note on each cell it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from digital_diplomacy.errors import ArgumentError, Said, TableError, joined, said
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD
from digital_diplomacy.tables import validate

Floats = npt.NDArray[np.float64]
Options = Mapping[str, Mapping[str, Any]]
"""Options of single indicators: code to the keyword arguments that differ from those of the step."""

NOTES: Final = pa.DataFrameSchema(
    {
        "entity": pa.Column(str, coerce=True),
        "period": pa.Column(str, coerce=True),
        "code": pa.Column(str, coerce=True),
        "before": pa.Column(float, nullable=True, coerce=True),
        "after": pa.Column(float, nullable=True, coerce=True),
        "reason": pa.Column(str, pa.Check.str_length(min_value=1), coerce=True),
    },
    strict=True,
    name="notes",
)
"""One row per cell, unit or indicator that a step treated for a reason of its own (imputed, winsorised, removed), not
one per cell it rescaled: entity (empty if a whole indicator is meant), period (empty without periods), code (empty if a
whole unit is meant), before and after (in the unit the step found; missing where there is no number), reason."""


@dataclass(frozen=True)
class Step:
    """What a step leaves behind.

    Attributes
    ----------
    values : DataFrame
        As `check_values` returns them; `aggregate` adds one column per aggregate.
    framework : DataFrame
        As `check_framework` returns it.
    notes : DataFrame
        Table ``NOTES``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABC"), "x": [0.0, 50, 100]})
    >>> tree = pd.DataFrame({"code": ["x", "index"], "parent": ["index", ""]})
    >>> step = rankings.normalise(table, tree, method="min_max", low=0, high=1)
    >>> step.values["x"].tolist(), step.framework["code"].tolist(), len(step.notes)
    ([0.0, 0.5, 1.0], ['x', 'index'], 0)
    """

    values: pd.DataFrame
    framework: pd.DataFrame
    notes: pd.DataFrame


def notes(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """``rows`` as the table ``NOTES``, with empty columns for what they leave out; no rows by default.

    Examples
    --------
    >>> notes(pd.DataFrame({"entity": ["KAZ"], "reason": ["too few indicators"]}))["code"].tolist()
    ['']
    """
    if rows is None or rows.empty:
        return _no_notes().copy()
    open_columns = {name: np.nan if name in ("before", "after") else "" for name in NOTES.columns if name not in rows}
    return validate(rows.assign(**open_columns), NOTES)


@cache
def _no_notes() -> pd.DataFrame:
    """The empty table; most steps of most indices note nothing."""
    return validate(pd.DataFrame(columns=list(NOTES.columns)), NOTES)


def cell_notes(
    values: pd.DataFrame, codes: list[str], before: Floats, after: Floats, reason: npt.NDArray[np.str_]
) -> pd.DataFrame:
    """Notes on the cells of ``codes`` (columns) in ``values`` (rows) that have a reason.

    Parameters
    ----------
    values : DataFrame
        Names the units, shape (units, any).
    codes : list of str
        Name the columns of the arrays.
    before, after : ndarray, shape (units, codes)
        Numbers found and left by the step.
    reason : ndarray of str, shape (units, codes)
        Empty where there is nothing to note.
    """
    units, columns = np.nonzero(reason != "")
    period = values[PERIOD].astype(str).to_numpy() if PERIOD in values else np.full(len(values), "")
    frame = {
        "entity": values[ENTITY].astype(str).to_numpy()[units],
        "period": period[units],
        "code": np.asarray(codes, dtype=object)[columns],
        "before": before[units, columns],
        "after": after[units, columns],
        "reason": reason[units, columns],
    }
    return notes(pd.DataFrame(frame))


def names(values: pd.DataFrame) -> list[str]:
    """One name per unit for messages: the entity, with its period if there are several.

    Examples
    --------
    >>> names(pd.DataFrame({"entity": ["KAZ"], "period": [2020]}))
    ['KAZ/2020']
    """
    key = [ENTITY, *([PERIOD] if PERIOD in values else [])]
    return ["/".join(map(str, row)) for row in values[key].itertuples(index=False, name=None)]


def choose(name: str | Said, value: str, allowed: Iterable[str]) -> str:
    """Return ``value`` if it is among ``allowed``; otherwise refuse it, naming what is."""
    options = list(allowed)
    if value not in options:
        raise ArgumentError(
            "unknown {name} {value!r}; allowed: {options}", name=name, value=value, options=", ".join(options)
        )
    return value


def centred(x: Floats) -> Floats:
    """Deviations from the mean of each column, missing values left out.

    The mean is taken twice: a sum of large numbers loses the digits in which they differ.
    """
    once = x - np.nanmean(x, axis=0)
    twice: Floats = once - np.nanmean(once, axis=0)
    return twice


def blocks(values: pd.DataFrame, over: str | None) -> list[npt.NDArray[np.intp]]:
    """Rows whose distribution is taken together: those of each period, or all.

    Parameters
    ----------
    values : DataFrame
        As `check_values` returns them.
    over : str, optional
        ``period`` or ``panel``; has to be said only if there are several periods, where it makes a difference.

    Raises
    ------
    ValueError
        If there are several periods and ``over`` is not said.
    """
    if over is not None:
        choose("over", over, ("period", "panel"))
    several = PERIOD in values and len(values[PERIOD].unique()) > 1
    if several and over is None:
        raise ArgumentError(
            "values have several periods: say over='period' (each apart) or over='panel' (all together)"
        )
    if not several or over == "panel":
        return [np.arange(len(values))]
    return [np.flatnonzero(values[PERIOD] == period) for period in sorted(values[PERIOD].unique())]


def refuse_empty(values: pd.DataFrame, codes: Iterable[str], rows: npt.NDArray[np.intp]) -> None:
    """Refuse indicators without any value among ``rows``."""
    empty = [code for code in codes if values[code].iloc[rows].isna().all()]  # one column: rows of a frame are a copy
    if empty:
        when = _within(values, rows)
        raise TableError(
            "values, column {empty}: every value is missing{when}; give values or take the indicator out of the "
            "framework",
            empty=", ".join(map(repr, empty)),
            when=when,
        )


def _within(values: pd.DataFrame, rows: npt.NDArray[np.intp]) -> Said | str:
    """In which period, if only one of several is looked at."""
    return said(" in period {period}", period=values[PERIOD].iloc[rows[0]]) if len(rows) < len(values) else ""


def refuse_constant(
    values: pd.DataFrame, codes: Iterable[str], rows: npt.NDArray[np.intp], needed_by: Said, *, also: Said | str = ""
) -> None:
    """Refuse indicators with one value for all ``rows``: they tell no unit from another."""
    flat = [code for code in codes if (column := values[code].iloc[rows]).min() == column.max()]
    if flat:
        part = values.iloc[rows]
        when, told = _within(values, rows), "{code!r} is {value:g} for every unit{when}"
        same = joined((said(told, code=c, value=part[c].dropna().iloc[0], when=when) for c in flat), ", ")
        raise TableError(
            "values, column {same}; {needed_by} needs a spread: take the indicator out of the framework, or give it "
            "goalposts and the method 'goalposts'{also}",
            same=same,
            needed_by=needed_by,
            also=also,
        )


def by_code(
    codes: Iterable[str], options: Mapping[str, Any], by_indicator: Options | None
) -> dict[str, dict[str, Any]]:
    """Options of every indicator: those of the step, with what ``by_indicator`` says otherwise.

    Raises
    ------
    ValueError
        Naming unknown indicators and unknown options.
    """
    own = by_indicator or {}
    known = list(codes)
    strangers = [code for code in own if code not in known]
    if strangers:
        raise ArgumentError(
            "by_indicator names {strangers}, no indicator of the framework", strangers=", ".join(map(repr, strangers))
        )
    for code, wanted in own.items():
        unknown = [name for name in wanted if name not in options]
        if unknown:
            said = ", ".join(map(repr, unknown))
            raise ArgumentError(
                "by_indicator, {code!r}: unknown option {said}; allowed: {options}",
                code=code,
                said=said,
                options=", ".join(options),
            )
    return {code: {**options, **own.get(code, {})} for code in known}
