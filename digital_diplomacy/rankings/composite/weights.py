"""Weights of a composite index: equal, chosen by people, read off the data, or balanced; each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError, said
from digital_diplomacy.rankings.composite.aggregation import (
    aggregate,
    codes_of,
    index_weights,
    methods_by_aggregate,
    weights_of,
)
from digital_diplomacy.rankings.composite.balancing import GOALS, Problem, balanced_weights, informative_weights
from digital_diplomacy.rankings.composite.framework import check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.methods import Spec
from digital_diplomacy.rankings.composite.objective import KERNELS, components
from digital_diplomacy.rankings.composite.steps import Floats, Step, notes
from digital_diplomacy.rankings.rows import estimates

METHODS: Final = ("equal", "expert", "pca", *KERNELS, *GOALS)
"""Ways to weigh."""

MIXED_SIGNS: Final = ("refuse", "zero")
"""What to do with a component whose loadings have both signs: refuse it, or give those against it no weight."""

CORRELATIONS: Final = ("pearson", "spearman")

_SMALL: Final = 1e-9  # a loading or weight this near 0, of largest 1, is 0


def weigh(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str,
    level: int | None = None,
    weights: Mapping[str, float] | None = None,
    targets: Mapping[str, float] | None = None,
    mixed_signs: str = "refuse",
    correlation: str = "pearson",
    aggregation: Spec | Sequence[Spec] | Mapping[str, Spec] = "arithmetic",
) -> Step:
    """The framework with weights that sum to 1 within each parent, and the reason of each.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them; normalised. All periods count together.
    method : str
        ``equal``; ``expert``: the framework's own weights, or ``weights``; ``pca``: loadings on the first principal
        component of the children of each parent; ``entropy``, ``standard_deviation``, ``critic``; ``balanced``: so that
        the correlations of all children at a level with the index stand as ``targets``; ``informative``: so that those
        correlations have the largest sum.
    level : int, optional
        Weigh only the children of aggregates made at this level, 1 for those of pillars of indicators; the others keep
        their weights. Without it all levels, lower ones first. ``balanced`` and ``informative`` need one.
    weights : mapping of code to float, optional
        For ``expert``: at least 0, within a parent; codes left out keep the weight of the framework.
    targets : mapping of code to float, optional
        For ``balanced``: wanted correlations in proportion, above 0, matched by code; equal ones by default.
    mixed_signs : str
        For ``pca``, one of ``MIXED_SIGNS``; weights set to 0 are noted.
    correlation : str
        For ``balanced`` and ``informative``: ``pearson`` or ``spearman``.
    aggregation : method, sequence or mapping
        How aggregates are made where weights of their parents are wanted; see `aggregate`.

    Returns
    -------
    Step
        The values as given.

    Raises
    ------
    ValueError
        If an option is unknown or senseless.
    TableError
        If the data give no weights, naming parent and indicator, or every weight within a parent is 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB"], "a": [0.0, 1.0], "b": [0.0, 3.0]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.weigh(table, tree, method="standard_deviation").framework["weight"].tolist()
    [0.25, 0.75, 1.0]
    """
    checked = check_framework(framework)
    table = check_values(values, checked)
    _check_options(method, level, weights, targets, mixed_signs, correlation, hierarchy(checked).levels)
    if method in GOALS:
        found, reasons = _optimised(table, checked, method, int(level or 0), targets, correlation, aggregation)
        return Step(table, _written(checked, found, reasons), notes())
    if weights is not None:
        checked = check_framework(_written(checked, _known(weights, checked, "weights"), {}))
    return _by_parent(table, checked, method, level, mixed_signs, aggregation)


def _check_options(
    method: str,
    level: int | None,
    weights: Mapping[str, float] | None,
    targets: Mapping[str, float] | None,
    mixed_signs: str,
    correlation: str,
    levels: int,
) -> None:
    choices = ((method, METHODS, "method"), (mixed_signs, MIXED_SIGNS, "mixed_signs"))
    for value, allowed, option in (*choices, (correlation, CORRELATIONS, "correlation")):
        if value not in allowed:
            raise ArgumentError(
                "unknown {option} {value!r}; allowed: {allowed}", option=option, value=value, allowed=", ".join(allowed)
            )
    if level is not None and level not in range(1, levels + 1):
        raise ArgumentError("level is {level}; the framework has levels 1 to {levels}", level=level, levels=levels)
    if level is None and method in GOALS:
        raise ArgumentError(
            "method {method!r} needs a level, 1 to {levels}: one optimisation weighs the children there",
            method=method,
            levels=levels,
        )
    for option, given, needed in (("weights", weights, "expert"), ("targets", targets, "balanced")):
        if given is not None and method != needed:
            raise ArgumentError(
                "{option} belong to method {needed!r}, not to {method!r}", option=option, needed=needed, method=method
            )


def _known(given: Mapping[str, float], framework: pd.DataFrame, option: str) -> dict[str, float]:
    unknown = [code for code in given if code not in set(framework["code"])]
    wrong = [code for code, number in given.items() if not (np.isfinite(number) and number >= 0)]
    if unknown or wrong:
        if unknown:
            raise ArgumentError("{option}: unknown codes {codes}", option=option, codes=unknown)
        raise ArgumentError(
            "{option}: {code!r} has {number}, not a number of at least 0",
            option=option, code=wrong[0], number=given[wrong[0]],
        )  # fmt: skip
    return dict(given)


def _written(framework: pd.DataFrame, weights: Mapping[str, float], reasons: Mapping[str, str]) -> pd.DataFrame:
    rows = zip(framework["code"], framework["weight"], framework["reason"], strict=True)
    written = [(weights.get(code, weight), reasons.get(code, reason)) for code, weight, reason in rows]
    return framework.assign(weight=[weight for weight, _ in written], reason=[reason for _, reason in written])


def _by_parent(
    table: pd.DataFrame,
    framework: pd.DataFrame,
    method: str,
    level: int | None,
    mixed_signs: str,
    aggregation: Spec | Sequence[Spec] | Mapping[str, Spec],
) -> Step:
    tree = hierarchy(framework)
    said: list[dict[str, object]] = []
    for parent in tree.aggregates:
        if level not in (None, tree.height[parent]):
            continue
        children = list(tree.children[parent])
        made = table if set(children) <= set(tree.indicators) else _aggregated(table, framework, aggregation)
        found, reasons, dropped = _weights_within(made, framework, parent, children, method, mixed_signs)
        said += [{"entity": "", "code": code, "reason": reasons[code]} for code in dropped]
        framework = check_framework(_written(framework, found, reasons))
    return Step(table, framework, notes(pd.DataFrame(said) if said else None))


def _aggregated(
    table: pd.DataFrame, framework: pd.DataFrame, aggregation: Spec | Sequence[Spec] | Mapping[str, Spec]
) -> pd.DataFrame:
    made = aggregate(table, framework, method=aggregation)
    return made.values  # noqa: PD011 -- the attribute of a step


def _weights_within(
    made: pd.DataFrame, framework: pd.DataFrame, parent: str, children: list[str], method: str, mixed_signs: str
) -> tuple[dict[str, float], dict[str, str], list[str]]:
    """Weights and reasons of the children of one parent, and those whose weight was set to 0."""
    if method in ("equal", "expert"):
        return *_given(framework, parent, children, method), []
    rows = framework.set_index("code").loc[children]
    x = made[children].to_numpy(float)
    _refuse_useless(x, children, parent, method)
    if method != "entropy":  # shares of a sum have no direction
        x = x * rows["direction"].to_numpy(float)
    if method == "pca":
        return _loadings(x, parent, children, mixed_signs)
    kernel: Callable[[Floats], Floats] = KERNELS[method]
    found = kernel(x) if len(children) > 1 else np.ones(1)
    if not np.isfinite(found).all():
        raise TableError(
            "weights of {parent!r}: {method} gives none to {children}; weigh equally",
            parent=parent,
            method=method,
            children=", ".join(map(repr, children)),
        )
    reason = f"{method.replace('_', ' ')} over {len(x)} units"
    return dict(zip(children, found.tolist(), strict=True)), dict.fromkeys(children, reason), []


def _given(
    framework: pd.DataFrame, parent: str, children: list[str], method: str
) -> tuple[dict[str, float], dict[str, str]]:
    rows = framework.set_index("code").loc[children]
    if method == "equal":
        return dict.fromkeys(children, 1 / len(children)), dict.fromkeys(children, f"equal within {parent}")
    weights = rows["weight"] / rows["weight"].sum()
    reasons = rows["reason"].where(rows["reason"] != "", "given, no reason stated")
    return dict(zip(children, weights, strict=True)), dict(zip(children, reasons, strict=True))


def _refuse_useless(x: Floats, children: list[str], parent: str, method: str) -> None:
    for code, column in zip(children, x.T, strict=True):
        known = column[~np.isnan(column)]
        if len(known) < 2 or known.min() == known.max():
            few = said("has fewer than two values")
            what = few if len(known) < 2 else said("is constant ({value})", value=known[0])
            raise TableError(
                "weights of {parent!r}: indicator {code!r} {what}; remove it before {method}, or weigh equally",
                parent=parent,
                code=code,
                what=what,
                method=method,
            )
        if method == "entropy" and known.min() < 0:
            raise TableError(
                "weights of {parent!r}: indicator {code!r} has values below 0 ({min}), and entropy is that of "
                "shares of a sum; normalise to a range from 0 up",
                parent=parent,
                code=code,
                min=known.min(),
            )


def _loadings(
    x: Floats, parent: str, children: list[str], mixed_signs: str
) -> tuple[dict[str, float], dict[str, str], list[str]]:
    complete = x[~np.isnan(x).any(axis=1)]
    if len(complete) < 3 or (complete.min(axis=0) == complete.max(axis=0)).any():
        raise TableError(
            "weights of {parent!r}: {count} units have all of {children}, too few or too alike for a principal "
            "component; impute first",
            parent=parent,
            count=len(complete),
            children=", ".join(children),
        )
    loadings, deviations = components(x)
    first = loadings[:, 0]
    against = [code for code, loading in zip(children, first, strict=True) if loading < -_SMALL]
    if against and mixed_signs == "refuse":
        raise TableError(
            "weights of {parent!r}: the first principal component has loadings of both signs, {against} against the "
            "others; check directions, regroup them, or choose mixed_signs='zero'",
            parent=parent,
            against=", ".join(against),
        )
    kept = np.maximum(first, 0.0)
    share = deviations[0] ** 2 / np.sum(deviations**2)
    reason = f"first principal component of {parent}, {share:.0%} of the variance"
    reasons = {code: f"{reason}; its loading is negative" if code in against else reason for code in children}
    return dict(zip(children, (kept / kept.sum()).tolist(), strict=True)), reasons, against


def _optimised(
    table: pd.DataFrame,
    framework: pd.DataFrame,
    method: str,
    level: int,
    targets: Mapping[str, float] | None,
    correlation: str,
    aggregation: Spec | Sequence[Spec] | Mapping[str, Spec],
) -> tuple[dict[str, float], dict[str, str]]:
    tree = hierarchy(framework)
    parents = [code for code in tree.aggregates if tree.height[code] == level]
    free = [child for parent in parents for child in tree.children[parent]]
    wanted = dict.fromkeys(free, 1.0) if targets is None else _targets(targets, framework, free)
    _aggregated(table, framework, aggregation)  # refuses what the methods are not defined for, naming it
    problem = Problem(
        x=table[list(tree.indicators)].to_numpy(float),
        weights=weights_of(framework),
        places=np.array([codes_of(tree).index(code) for code in free]),
        tree=tree,
        methods=methods_by_aggregate(aggregation, framework),
        targets=np.array([wanted[code] for code in free]) / sum(wanted.values()),
        by_rank=correlation == "spearman",
    )
    found = balanced_weights(problem) if method == "balanced" else informative_weights(problem)
    reached = dict(zip(free, problem.correlations(found).tolist(), strict=True))
    by_code = dict(zip(free, found.tolist(), strict=True))
    total = {code: sum(by_code[child] for child in tree.children[tree.parent[code]]) for code in free}
    aim = (
        "correlation with the index as wanted" if method == "balanced" else "largest sum of correlations with the index"
    )
    reasons = {code: f"{aim}; {correlation} {reached[code]:.3f}" for code in free}
    return {code: by_code[code] / total[code] for code in free}, reasons


def _targets(targets: Mapping[str, float], framework: pd.DataFrame, free: list[str]) -> dict[str, float]:
    known = _known(targets, framework, "targets")
    unmatched = sorted(set(free) ^ set(known))
    if unmatched or min(known.values()) <= 0:
        low = said("every target must be above 0")
        wrong = said("{codes} do not match", codes=", ".join(unmatched)) if unmatched else low
        raise ArgumentError("targets: {wrong}; name each of {free} once", wrong=wrong, free=", ".join(free))
    return known


def effective_weights(framework: pd.DataFrame) -> pd.DataFrame:
    """The part of the index that each indicator and aggregate makes up where every mean is arithmetic.

    Parameters
    ----------
    framework : DataFrame
        As `check_framework` takes it.

    Returns
    -------
    DataFrame
        Estimates: entity the code, measure ``effective_weight``, unit ``share`` (0 to 1), no interval. Indicators sum
        to 1, and the children of each aggregate to its own share.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""], "weight": [1, 3, 1]})
    >>> rankings.effective_weights(tree)["value"].tolist()
    [0.25, 0.75, 1.0]
    """
    checked = check_framework(framework)
    tree = hierarchy(checked)
    parts = dict(zip(codes_of(tree), index_weights(weights_of(checked), tree).tolist(), strict=True))
    frame = pd.DataFrame({"entity": checked["code"], "value": checked["code"].map(parts)})
    frame = frame.assign(period="", low=np.nan, high=np.nan)
    return estimates(frame, measure="effective_weight", unit="share", interval="none", source_id="")
