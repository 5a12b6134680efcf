"""Dividing indicators by what makes units of different size comparable: population, area, income."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.framework import check_framework, check_values, replace_columns
from digital_diplomacy.rankings.composite.steps import Step, cell_notes, choose, names


def denominate(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "ratio",
    scale: Mapping[str, float] | float = 1.0,
) -> Step:
    """Divide every indicator that names a denominator by it: value / (denominator / scale).

    Parameters
    ----------
    values : DataFrame
        As `check_values` takes them, with a column per denominator (above 0, in its own unit).
    framework : DataFrame
        Column ``denominator`` names a column of the values, or is empty. Target and goalposts are those of the
        denominated indicator.
    method : str
        ``ratio`` or ``none``.
    scale : float or mapping of code to float
        Units of the denominator per unit of the result: 1000 gives a value per thousand. Above 0.

    Returns
    -------
    Step
        Values divided; missing, with a note, where the denominator is missing. In the framework the denominator has
        moved into the unit (``seats / population``), so that nothing is divided twice.

    Raises
    ------
    TableError
        Naming denominators that are no column, no number, or not above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> posts = pd.DataFrame({"entity": ["KAZ", "UZB"], "posts": [20.0, 36.0], "people": [10.0, 12.0]})
    >>> tree = pd.DataFrame({"code": ["posts", "index"], "parent": ["index", ""], "denominator": ["people", ""]})
    >>> rankings.denominate(posts, tree, scale=100).values["posts"].tolist()
    [200.0, 300.0]
    """
    tree = check_framework(framework)
    table = check_values(values, tree)
    choose("method", method, ("ratio", "none"))
    if method == "none":
        return Step(table, tree, cell_notes(table, [], *_nothing(table)))
    by = {str(row.code): str(row.denominator) for row in tree.itertuples() if row.denominator != ""}
    factors = _factors(scale, by)
    divisors = pd.DataFrame({code: _divisor(table, column) / factors[code] for code, column in by.items()})
    before = table[list(by)].to_numpy(float)
    after = before / divisors.to_numpy(float).reshape(before.shape)
    lost = ~np.isnan(before) & np.isnan(after)
    reason = np.where(lost, [f"denominator {column} is missing" for column in by.values()], "")
    unit = tree["unit"].where(tree["denominator"] == "", tree["unit"] + " / " + tree["denominator"])
    return Step(
        values=replace_columns(table, {code: after[:, number] for number, code in enumerate(by)}),
        framework=tree.assign(unit=unit, denominator=""),
        notes=cell_notes(table, list(by), before, after, reason),
    )


def _nothing(values: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    empty = np.empty((len(values), 0))
    return empty, empty, empty.astype(str)


def _factors(scale: Mapping[str, float] | float, by: Mapping[str, str]) -> dict[str, float]:
    given = dict(scale) if isinstance(scale, Mapping) else dict.fromkeys(by, float(scale))
    strangers = [code for code in given if code not in by]
    if strangers:
        raise ArgumentError(
            "scale names {strangers}, which no indicator with a denominator is",
            strangers=", ".join(map(repr, strangers)),
        )
    wrong = {code: factor for code, factor in given.items() if not (np.isfinite(factor) and factor > 0)}
    if wrong:
        raise ArgumentError("scale must be a number above 0; found {wrong}", wrong=wrong)
    return {code: given.get(code, 1.0) for code in by}


def _divisor(values: pd.DataFrame, column: str) -> pd.Series:
    if column not in values:
        raise TableError("values: no column {column!r}; the framework names it as a denominator", column=column)
    numbers = pd.to_numeric(values[column], errors="coerce").astype(float)
    wrong = (numbers.isna() & values[column].notna()) | (numbers <= 0) | np.isinf(numbers)
    if wrong.any():
        cells = zip(names(values[wrong]), values.loc[wrong, column], strict=True)
        said = "; ".join(f"{unit}: {cell!r}" for unit, cell in cells)
        raise TableError(
            "values, column {column!r}: {said} is no number above 0 to divide by; correct it, or leave the cell "
            "empty if it is unknown",
            column=column,
            said=said,
        )
    return numbers
