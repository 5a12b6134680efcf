"""Correlations within a composite index: with parents, within families, with what indicators were divided by."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.objective import Correlation, correlation_matrix
from digital_diplomacy.tables import PAIRS, validate

MEASURES: Final[dict[Correlation, str]] = {
    "pearson": "pearson_r",
    "spearman": "spearman_rho",
    "kendall": "kendall_tau_b",
}
"""Coefficients and the codes of their measures."""

_NOISE: Final = 1e-12  # of a column's size: below it differences are those of binary arithmetic


def correlations(
    values: pd.DataFrame, left: Sequence[str], right: Sequence[str] | None = None, *, method: Correlation = "pearson"
) -> pd.DataFrame:
    """Correlation of each pair of columns, over the units that have both.

    Parameters
    ----------
    values : DataFrame
        One row per unit.
    left : sequence of str
        Columns.
    right : sequence of str, optional
        Columns each of ``left`` is paired with, such as denominators; without it every pair of ``left`` is taken once.
    method : str
        One of ``MEASURES``.

    Returns
    -------
    DataFrame
        Pairs: both columns, value -1 to 1, n units with both; missing where a column is constant. No interval: the
        units of an index are usually all there are (see `correlation_p_values` for samples).

    Raises
    ------
    ValueError
        If the method is unknown, or a column is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 1.0]})
    >>> round(float(rankings.correlations(table, ["a", "b"])["value"].iloc[0]), 9)
    -1.0
    """
    pairs = [(a, b) for k, a in enumerate(left) for b in (left[k + 1 :] if right is None else right)]
    return pair_correlations(values, pairs, method=method)


def pair_correlations(
    values: pd.DataFrame, pairs: Sequence[tuple[str, str]], *, method: Correlation = "pearson"
) -> pd.DataFrame:
    """Correlations of the pairs of columns named, as `correlations` gives them.

    Parameters
    ----------
    values : DataFrame
        One row per unit.
    pairs : sequence of (str, str)
        Columns.
    method : str
        One of ``MEASURES``.

    Raises
    ------
    ArgumentError
        If no such correlation is known, or the values lack a column of a pair.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 4, 9, 16], "c": [4.0, 3, 2, 1]})
    >>> found = rankings.pair_correlations(table, [("a", "b"), ("a", "c")], method="spearman")
    >>> found[["left", "right", "value", "n"]].round(6)
      left right  value    n
    0    a     b    1.0  4.0
    1    a     c   -1.0  4.0
    """
    if method not in MEASURES:
        raise ArgumentError(
            "unknown correlation {method!r}; allowed: {measures}", method=method, measures=", ".join(MEASURES)
        )
    columns = list(dict.fromkeys(code for pair in pairs for code in pair))
    absent = [code for code in columns if code not in values]
    if absent:
        raise ArgumentError(
            "values have no column {absent}; aggregate first, or mend the names", absent=", ".join(map(repr, absent))
        )
    table = values[columns].astype(float)
    flat = (table.max() - table.min() <= _NOISE * table.abs().max()).to_numpy()
    table = table.mask(np.broadcast_to(flat, table.shape), table * 0)  # binary noise of a constant goes with nothing
    place = {code: number for number, code in enumerate(columns)}
    found = np.clip(correlation_matrix(table.to_numpy(float), method), -1, 1)
    known = table.notna().to_numpy(float)
    both = known.T @ known
    frame = pd.DataFrame(pairs, columns=["left", "right"]).astype(str)
    frame["value"] = [found[place[a], place[b]] for a, b in pairs]
    frame["n"] = [both[place[a], place[b]] for a, b in pairs]
    return validate(_completed(frame, MEASURES[method], "coefficient"), PAIRS)


def _completed(frame: pd.DataFrame, measure: str, unit: str) -> pd.DataFrame:
    return frame.assign(
        measure=measure, unit=unit, low=np.nan, high=np.nan, interval="none", level=np.nan, source_id=""
    )


def correlation_p_values(pairs: pd.DataFrame) -> pd.DataFrame:
    """Two-sided p-values of Pearson's correlations, if the units were a random sample: Student's t with n - 2 degrees.

    Parameters
    ----------
    pairs : DataFrame
        Pairs of measure ``pearson_r``, as `correlations` returns them.

    Returns
    -------
    DataFrame
        Pairs, 0 to 1; missing with fewer than three units.

    Raises
    ------
    ArgumentError
        If the pairs are not those of Pearson's correlation.

    References
    ----------
    Student, Probable error of a correlation coefficient, 1908, Biometrika 6, pp. 302-310.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> pairs = rankings.correlations(pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 3, 2, 4]}), ["a", "b"])
    >>> pairs["value"].round(6).tolist(), rankings.correlation_p_values(pairs)["value"].round(6).tolist()  # n 4: 1 - r
    ([0.8], [0.2])
    """
    if not (pairs["measure"] == MEASURES["pearson"]).all():
        raise ArgumentError("p-values are those of Pearson's correlation; compute the pairs with method='pearson'")
    r, free = pairs["value"].to_numpy(float), pairs["n"].to_numpy(float) - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(r) * np.sqrt(free / (1 - r**2))
        p = np.where(free > 0, 2 * stats.t.sf(t, np.maximum(free, 1)), np.nan)
    return validate(
        _completed(pairs[["left", "right", "n"]].assign(value=p), "correlation_p_value", "probability"), PAIRS
    )


def parent_correlations(
    values: pd.DataFrame, framework: pd.DataFrame, *, method: Correlation = "pearson", ancestors: bool = False
) -> pd.DataFrame:
    """Correlation of every indicator and aggregate with its parent, or with all aggregates above it.

    Parameters
    ----------
    values, framework : DataFrame
        As `aggregate` returns them.
    method : str
        One of ``MEASURES``.
    ancestors : bool
        Whether to go on from the parent to the index.

    Returns
    -------
    DataFrame
        Pairs; left the code, right the aggregate.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1], "index": [1.0, 4, 7]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.parent_correlations(table, tree)[["left", "right", "value"]].round(6)
      left  right  value
    0    a  index    1.0
    1    b  index   -1.0
    """
    tree = hierarchy(check_framework(framework))
    pairs = []
    for code in framework["code"].astype(str):
        above = tree.parent.get(code)
        while above is not None:
            pairs.append((code, above))
            above = tree.parent.get(above) if ancestors else None
    return pair_correlations(values, pairs, method=method)


def sibling_correlations(
    values: pd.DataFrame, framework: pd.DataFrame, *, method: Correlation = "pearson"
) -> pd.DataFrame:
    """Correlation of every two children of one parent, as pairs: near 1 they say the same, below 0 they cancel out.

    Parameters
    ----------
    values, framework, method
        As for `parent_correlations`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1], "index": [1.0, 4, 7]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.sibling_correlations(table, tree)[["left", "right", "value"]].round(6)
      left right  value
    0    a     b   -1.0
    """
    tree = hierarchy(check_framework(framework))
    pairs = [
        (a, b)
        for code in tree.aggregates
        for k, a in enumerate(tree.children[code])
        for b in tree.children[code][k + 1 :]
    ]
    return pair_correlations(values, pairs, method=method)


def flagged(pairs: pd.DataFrame, *, low: float = -np.inf, high: float = np.inf) -> pd.DataFrame:
    """The pairs whose value is at most ``low`` or at least ``high``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1], "c": [1.0, 3, 1]})
    >>> pairs = rankings.correlations(table, ["a", "b", "c"])
    >>> rankings.flagged(pairs, low=-0.9)[["left", "right", "value"]].round(6)
      left right  value
    0    a     b   -1.0
    """
    return pairs[(pairs["value"] <= low) | (pairs["value"] >= high)].reset_index(drop=True)
