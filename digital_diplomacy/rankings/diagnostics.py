"""Diagnostics of a composite index: its indicators in numbers, how they agree, where a unit is strong or weak."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.framework import (
    ENTITY,
    PERIOD,
    Hierarchy,
    check_framework,
    check_values,
    hierarchy,
)
from digital_diplomacy.rankings.composite.methods import Spec
from digital_diplomacy.rankings.composite.objective import components
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.places import ranks
from digital_diplomacy.rankings.rows import estimates

MAX_COMPONENTS: Final = 5
"""Principal components reported at most; more have no names in figures."""

_NOISE: Final = 1e-12  # of all covariances: below it their sum is what binary arithmetic leaves of zero


def _plain(frame: pd.DataFrame, *, unit: str, measure: str = "") -> pd.DataFrame:
    """Rows without intervals as estimates."""
    given = frame.assign(**{name: "" for name in ("group", "period") if name not in frame})
    named = given.assign(measure=measure) if measure else given
    return estimates(named.assign(low=np.nan, high=np.nan), unit=unit, interval="none", source_id="")


def statistics(values: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """What the values of each indicator look like.

    Parameters
    ----------
    values : DataFrame
        One row per unit.
    codes : sequence of str
        Columns.

    Returns
    -------
    DataFrame
        Estimates: entity the code, unit ``indicator_unit``, n values, measures ``indicator_minimum``, ``_maximum``,
        ``_mean``, ``_median``, ``_deviation`` (sample), ``_skewness`` and ``_kurtosis`` (bias-corrected; both 0 for the
        normal distribution); and with unit ``share`` ``indicator_available`` (of the units), ``_nonzero``, ``_unique``
        and ``_most_frequent`` (of the values: not zero, different from each other, equal to the commonest). Missing
        where there are too few values; skewness and kurtosis also where all are equal.

    References
    ----------
    D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998, The Statistician 47,
    pp. 183-189.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"users": [10.0, 20.0, 20.0, None]})
    >>> found = rankings.statistics(table, ["users"]).set_index("measure")["value"]
    >>> found[["indicator_mean", "indicator_median", "indicator_available", "indicator_most_frequent"]].round(3)
    measure
    indicator_mean             16.667
    indicator_median           20.000
    indicator_available         0.750
    indicator_most_frequent     0.667
    Name: value, dtype: float64
    """
    rows: list[dict[str, object]] = []
    for code in codes:
        known = values[code].dropna().to_numpy(float)
        shares = _shares(known, len(values))
        moments = _moments(known)
        rows += [
            {"entity": code, "measure": name, "value": number, "n": len(known)} for name, number in moments.items()
        ]
        rows += [
            {"entity": code, "measure": name, "value": number, "n": len(values)} for name, number in shares.items()
        ]
    frame = pd.DataFrame(rows, columns=["entity", "measure", "value", "n"])
    is_share = frame["measure"].isin(_shares(np.ones(1), 1))
    parts = [_plain(frame[~is_share], unit="indicator_unit"), _plain(frame[is_share], unit="share")]
    return pd.concat(parts, ignore_index=True)


def _moments(known: Floats) -> dict[str, float]:
    varied = len(known) > 0 and known.min() < known.max()
    return {
        "indicator_minimum": known.min() if len(known) else np.nan,
        "indicator_maximum": known.max() if len(known) else np.nan,
        "indicator_mean": known.mean() if len(known) else np.nan,
        "indicator_median": float(np.median(known)) if len(known) else np.nan,
        "indicator_deviation": known.std(ddof=1) if len(known) > 1 else np.nan,
        "indicator_skewness": float(stats.skew(known, bias=False)) if varied and len(known) > 2 else np.nan,
        "indicator_kurtosis": float(stats.kurtosis(known, bias=False)) if varied and len(known) > 3 else np.nan,
    }


def _shares(known: Floats, units: int) -> dict[str, float]:
    counts = np.unique(known, return_counts=True)[1]
    size = len(known) or np.nan
    return {
        "indicator_available": len(known) / units,
        "indicator_nonzero": float((known != 0).sum()) / size,
        "indicator_unique": len(counts) / size,
        "indicator_most_frequent": float(counts.max(initial=0)) / size,
    }


def alpha(x: Floats) -> float:
    """Cronbach's alpha of the columns of ``x``, shape (units, items): how far they measure one thing.

    Covariances are those over the units that have both items. Missing with fewer than two items, or where their sum
    does not vary but for the noise of binary arithmetic.

    References
    ----------
    L. J. Cronbach, Coefficient alpha and the internal structure of tests, 1951, Psychometrika 16, pp. 297-334.

    Examples
    --------
    >>> alpha(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    1.0
    """
    covariance = pd.DataFrame(x).cov().to_numpy(float)
    items, total = len(covariance), covariance.sum()
    if items < 2 or not np.isfinite(total) or total <= _NOISE * np.abs(covariance).sum():
        return np.nan
    return float(items / (items - 1) * (1 - np.trace(covariance) / total))


def cronbach_alpha(values: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Cronbach's alpha of what stands under each aggregate, at every level below it.

    Parameters
    ----------
    values, framework : DataFrame
        As `aggregate` returns them; levels whose codes are no columns of the values are left out.

    Returns
    -------
    DataFrame
        Estimates: entity the aggregate, group ``level_<k>`` (items are 1 the indicators under it, 2 the aggregates made
        of indicators, and so on), at most 1, n items; only where there are two items.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 3, 4], "index": [1.5, 2.5, 3.5]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.cronbach_alpha(table, tree)[["entity", "group", "value", "n"]]  # 2 (1 - 2 / 4): both vary as one
      entity    group  value    n
    0  index  level_1    1.0  2.0
    """
    tree = hierarchy(check_framework(framework))
    rows: list[dict[str, object]] = []
    for code in tree.aggregates:
        for level in range(1, tree.height[code] + 1):
            items = [item for item in _under(code, tree) if tree.height[item] == level - 1 and item in values]
            if len(items) > 1:
                found = alpha(values[items].to_numpy(float))
                rows.append({"entity": code, "group": f"level_{level}", "value": found, "n": len(items)})
    frame = pd.DataFrame(rows, columns=["entity", "group", "value", "n"])
    return _plain(frame, measure="cronbach_alpha", unit="coefficient")


def _under(code: str, tree: Hierarchy) -> list[str]:
    """All codes below ``code``, at every depth."""
    found = []
    for child in tree.children.get(code, ()):
        found += [child, *_under(child, tree)]
    return found


def principal_components(values: pd.DataFrame, framework: pd.DataFrame, parent: str, *, count: int = 2) -> pd.DataFrame:
    """Principal components of the children of an aggregate: the loadings, and the share of variance of each component.

    Parameters
    ----------
    values, framework : DataFrame
        As `aggregate` returns them; units without all children are left out.
    parent : str
        An aggregate.
    count : int
        Components wanted, 1 to ``MAX_COMPONENTS``, and at most the number of children.

    Returns
    -------
    DataFrame
        Estimates, group ``component_<k>``: measure ``component_loading`` (-1 to 1) with entity the child, and
        ``component_variance`` (0 to 1) with entity the parent.

    Raises
    ------
    TableError
        If a child is constant or too few units have all children.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 6], "index": [1.5, 3, 4.5]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> found = rankings.principal_components(table, tree, "index", count=1)
    >>> found[["entity", "measure", "value"]].round(3)  # they vary as one: loadings of 1 / sqrt(2)
      entity             measure  value
    0      a   component_loading  0.707
    1      b   component_loading  0.707
    2  index  component_variance  1.000
    """
    tree = hierarchy(check_framework(framework))
    if parent not in tree.children or not 1 <= count <= MAX_COMPONENTS:
        raise ArgumentError(
            "parent is {parent!r}, count {count}; an aggregate and 1 to {max_components} expected",
            parent=parent,
            count=count,
            max_components=MAX_COMPONENTS,
        )
    children = list(tree.children[parent])
    complete = values[children].dropna().to_numpy(float)
    if len(complete) < 3 or (complete.min(axis=0) == complete.max(axis=0)).any():
        raise TableError(
            "components of {parent!r}: {count} units have all children, or one child is constant",
            parent=parent,
            count=len(complete),
        )
    loadings, deviations = components(complete)
    shares = deviations**2 / np.sum(deviations**2)
    kept = range(min(count, len(shares)))
    wide = pd.DataFrame({f"component_{k + 1}": loadings[:, k] for k in kept}).assign(entity=children)
    long = wide.melt(id_vars="entity", var_name="group", value_name="value").assign(measure="component_loading")
    whole = pd.DataFrame({"group": [f"component_{k + 1}" for k in kept], "value": shares[: len(kept)]})
    parts = [
        _plain(long, unit="coefficient"),
        _plain(whole.assign(entity=parent), measure="component_variance", unit="share"),
    ]
    return pd.concat(parts, ignore_index=True)


def scores_and_ranks(
    values: pd.DataFrame, codes: Sequence[str], *, ties: str = "min", within: str | None = None
) -> pd.DataFrame:
    """Score and rank of every unit in each indicator or aggregate.

    Parameters
    ----------
    values : DataFrame
        ``entity``, ``period`` if there are several, and ``codes`` as columns, more being better.
    ties : str
        What tied units share; see `ranks`.
    within : str, optional
        Column of groups; ranks count within a group. They always count within a period.

    Returns
    -------
    DataFrame
        Estimates, group the code: measures ``index_score`` (unit ``score``) and ``index_rank`` (unit ``rank``, n units
        ranked), missing where the score is.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ"], "index": [0.9, 0.7, 0.7]})
    >>> found = rankings.scores_and_ranks(table, ["index"])
    >>> found.loc[found["measure"] == "index_rank", ["entity", "value", "n"]]
      entity  value    n
    3    KAZ    1.0  3.0
    4    UZB    2.0  3.0
    5    KGZ    2.0  3.0
    """
    by = [column for column in (PERIOD if PERIOD in values else None, within) if column is not None]
    parts = []
    for code in codes:
        frame = values[[ENTITY]].assign(group=code, value=values[code].astype(float))
        frame["period"] = values[PERIOD].astype(str) if PERIOD in values else ""
        keys = [values[column] for column in by] or [pd.Series(0, index=values.index)]
        grouped = frame.groupby(keys, sort=False)["value"]
        places = grouped.transform(lambda scores: ranks(scores, method=ties))
        scored = frame.assign(n=grouped.transform("count"), measure="index_score", unit="score")
        parts += [scored, scored.assign(value=places, measure="index_rank", unit="rank")]
    rows = pd.concat(parts, ignore_index=True).assign(low=np.nan, high=np.nan)
    return estimates(rows, interval="none", source_id="")


def strengths(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    entity: str,
    *,
    count: int = 5,
    unique_share: float = 0.0,
    last: bool = True,
    without: Collection[str] = (),
) -> pd.DataFrame:
    """The indicators in which a unit ranks best and worst.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them, of one period; indicators of direction -1 are turned. For a
        comparison within a group of units pass only its rows.
    entity : str
        The unit.
    count : int
        Indicators on either side, at least 1; those of equal rank in the order of the framework.
    unique_share : float
        Indicators with a smaller share of different values, 0 to 1, are left out: many units tie in them.
    last : bool
        Whether an indicator in which no unit ranks lower counts as a weakness; without it a last place that many share
        does not crowd out others.
    without : collection of str
        Indicators that count as neither, such as those the unit has no observed value of.

    Returns
    -------
    DataFrame
        Estimates: entity the indicator, group ``strength`` (best first) or ``weakness`` (worst last), measure
        ``indicator_rank``, n units ranked.

    Raises
    ------
    ValueError
        If the unit is not there exactly once.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> columns = {"speed": [9.0, 5, 1], "price": [3.0, 2, 1], "users": [90.0, 95, 99]}
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ"], **columns})
    >>> tree = pd.DataFrame({"code": [*columns, "index"], "parent": ["index"] * 3 + [""], "direction": [1, -1, 1, 1]})
    >>> rankings.strengths(table, tree, "KAZ", count=1)[["entity", "group", "value"]]  # a low price is good
      entity     group  value
    0  speed  strength    1.0
    1  users  weakness    3.0
    """
    checked = check_framework(framework)
    table = check_values(values, checked)
    own = table.index[table[ENTITY] == entity]
    if len(own) != 1 or count < 1:
        raise ArgumentError(
            "{entity!r} has {count} rows and count is {count_2}; one row and at least 1 expected",
            entity=entity,
            count=len(own),
            count_2=count,
        )
    directions = checked.set_index("code")["direction"]
    rows = []
    for code in hierarchy(checked).indicators:
        known = table[code].dropna()
        if (
            code not in without
            and len(known)
            and known.nunique() / len(known) >= unique_share
            and own[0] in known.index
        ):
            places = ranks(known * directions[code])
            place = places[own[0]]
            rows.append({"entity": code, "value": place, "n": len(known), "is_last": place == places.max()})
    frame = pd.DataFrame(rows, columns=["entity", "value", "n", "is_last"]).sort_values("value", kind="stable")
    best = frame.head(count)
    worst = frame[last | ~frame["is_last"].astype(bool)].tail(count)
    sides = pd.concat(
        [best.assign(group="strength"), worst[~worst["entity"].isin(best["entity"])].assign(group="weakness")]
    )
    return _plain(sides.drop(columns="is_last"), measure="indicator_rank", unit="rank")


def without_elements(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    level: int = 0,
    method: Spec | Sequence[Spec] | Mapping[str, Spec] = "arithmetic",
) -> pd.DataFrame:
    """The index without each indicator or aggregate in turn.

    Parameters
    ----------
    values, framework, method
        As for `aggregate`; a method by aggregate must not name those left out.
    level : int
        Height of what is left out: 0 indicators, 1 aggregates of indicators, and so on, below the index.

    Returns
    -------
    DataFrame
        ``entity``, ``period`` if there are several, ``nominal`` (the index with everything), and a column for each
        element left out, named by its code.

    Raises
    ------
    ArgumentError
        If nothing below the index stands on ``level``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["A", "B"], "x": [1.0, 3.0], "y": [5.0, 1.0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> rankings.without_elements(table, tree)
      entity  nominal    x    y
    0      A      3.0  5.0  1.0
    1      B      2.0  1.0  3.0
    """
    checked = check_framework(framework)
    tree = hierarchy(checked)
    elements = [code for code in checked["code"] if tree.height[code] == level and code != tree.index]
    if not elements:
        raise ArgumentError(
            "level is {level}; nothing below the index stands there, 0 to {levels} expected",
            level=level,
            levels=tree.levels - 1,
        )
    scores = check_values(values, checked)[[ENTITY, *([PERIOD] if PERIOD in values else [])]]
    for code in ("", *elements):
        rest = _without(code, checked) if code else checked
        made = aggregate(values, rest, method=method)
        scores = scores.assign(**{code or "nominal": made.values[tree.index]})  # noqa: PD011 -- the attribute of a step
    return scores


def _without(code: str, framework: pd.DataFrame) -> pd.DataFrame:
    """The framework without a code, what stands under it, and parents left without children."""
    tree = hierarchy(framework)
    gone = {code, *_under(code, tree)}
    above = tree.parent.get(code)
    while above is not None and all(child in gone for child in tree.children[above]):
        gone.add(above)
        above = tree.parent.get(above)
    return framework[~framework["code"].isin(gone)].reset_index(drop=True)


def rank_changes(scores: pd.DataFrame) -> pd.DataFrame:
    """How far ranks move, in the mean over units, when the scores of ``nominal`` are replaced by those of each column.

    Parameters
    ----------
    scores : DataFrame
        As `without_elements` returns them, of one period.

    Returns
    -------
    DataFrame
        Estimates: entity the column, measure ``mean_rank_change`` (absolute, in places), n units with both ranks.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": list("ABC"), "nominal": [3.0, 2, 1], "x": [1.0, 2, 3], "y": [3.0, 1, 2]})
    >>> rankings.rank_changes(scores)[["entity", "value", "n"]].round(3)  # (2 + 0 + 2) / 3 and (0 + 1 + 1) / 3
      entity  value    n
    0      x  1.333  3.0
    1      y  0.667  3.0
    """
    nominal = ranks(scores["nominal"])
    columns = [column for column in scores if column not in (ENTITY, PERIOD, "nominal")]
    moved = {column: (ranks(scores[column]) - nominal).abs() for column in columns}
    rows = {column: (change.mean(), change.count()) for column, change in moved.items()}
    frame = pd.DataFrame([(column, *row) for column, row in rows.items()], columns=["entity", "value", "n"])
    return _plain(frame, measure="mean_rank_change", unit="places")
