"""Weights found by optimising correlations with the index: balanced as wanted, or as large as possible together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import least_squares, minimize
from scipy.stats import rankdata

from digital_diplomacy.rankings.composite.aggregation import aggregate_levels, codes_of
from digital_diplomacy.rankings.composite.framework import Hierarchy
from digital_diplomacy.rankings.composite.methods import Method
from digital_diplomacy.rankings.composite.steps import Floats

GOALS: Final = ("balanced", "informative")
"""Correlations with the index in wanted proportions, or of the largest sum."""

LEAST: Final = 1e-9  # of a largest weight of 1; a parent of which every weight is 0 would have no value
_EXACT: Final = 1e-15  # tolerance of least squares: a balance that can be met is met to the last digits
_ROUNDS: Final = 2  # a simplex begun anew leaves the edge on which the first one fell flat
_TILT: Final = 4.0  # how much more one component weighs than the others in the starts that favour it


@dataclass(frozen=True)
class Problem:
    """What is optimised.

    Attributes
    ----------
    x : ndarray, shape (units, indicators)
        Normalised values.
    weights : ndarray, shape (codes,)
        Weights of the framework, of which those at ``places`` are free.
    places : ndarray of int, shape (components,)
        Where the components stand in the order of `codes_of`.
    tree : Hierarchy
    methods : mapping of aggregate to Method
    targets : ndarray, shape (components,)
        Wanted proportions of the correlations, summing to 1.
    by_rank : bool
        Spearman's instead of Pearson's correlation.
    least : float
        Smallest weight allowed, the largest being 1. Below 0 it gives what weights of any sign could reach, to compare
        with; such weights are no use in an index.
    """

    x: Floats
    weights: Floats
    places: npt.NDArray[np.int_]
    tree: Hierarchy
    methods: dict[str, Method]
    targets: Floats
    by_rank: bool = False
    least: float = LEAST

    def correlations(self, free: Floats) -> Floats:
        """Correlation of each component with the index under the weights ``free`` of the components."""
        weights = self.weights.copy()
        weights[self.places] = free
        made = aggregate_levels(self.x, weights, self.tree, self.methods)
        whole = np.concatenate([self.x, made], axis=1)
        columns = whole[:, [*self.places, len(codes_of(self.tree)) - 1]]
        columns = columns[~np.isnan(columns).any(axis=1)]
        if self.by_rank:
            columns = rankdata(columns, axis=0)
        found: Floats = np.corrcoef(columns.T)[-1, :-1]
        return found

    def misfit(self, free: Floats) -> Floats:
        """Share of each correlation in their sum less the wanted one."""
        found = self.correlations(free)
        misfit: Floats = found / found.sum() - self.targets
        return misfit


def balance_objective(misfit: Floats) -> float:
    """Mean squared misfit of the shares of correlations; 0 is a perfect balance."""
    return float(np.mean(misfit**2))


def balanced_weights(problem: Problem) -> Floats:
    """Weights of at least 0 under which correlations with the index stand in the wanted proportions as nearly as found.

    Least squares with bounds from several fixed starts (all equal, and each component favoured in turn); rank
    correlations, which move in steps, are then searched from there by simplexes.

    References
    ----------
    P. Paruolo, M. Saisana and A. Saltelli, Ratings and rankings: voodoo or science?, 2013, Journal of the Royal
    Statistical Society A 176, pp. 609-634.
    """
    smooth = replace(problem, by_rank=False)
    bounds, exact = (problem.least, 1.0), {"xtol": _EXACT, "ftol": _EXACT, "gtol": _EXACT}
    starts = _starts(len(problem.places))
    found = [least_squares(smooth.misfit, start, bounds=bounds, jac="3-point", **exact).x for start in starts]

    def objective(free: Floats) -> float:
        return balance_objective(problem.misfit(free))

    return _searched(objective, found, problem.least) if problem.by_rank else min(found, key=objective)


def informative_weights(problem: Problem) -> Floats:
    """Weights of at least 0 under which the correlations of the components with the index have the largest sum."""

    smooth = replace(problem, by_rank=False)
    bounds = [(problem.least, 1.0)] * len(problem.places)
    starts = _starts(len(problem.places))
    found = [minimize(lambda free: -smooth.correlations(free).sum(), start, bounds=bounds).x for start in starts]

    def objective(free: Floats) -> float:
        return -float(problem.correlations(free).sum())

    return _searched(objective, found, problem.least) if problem.by_rank else min(found, key=objective)


def _starts(components: int) -> list[Floats]:
    even = np.full(components, 1 / (1 + _TILT))
    return [even, *(np.where(np.arange(components) == favoured, even * _TILT, even) for favoured in range(components))]


def _searched(objective: Callable[[Floats], float], starts: Sequence[Floats], least: float) -> Floats:
    """The best of simplex searches from the better half of the starts, each begun anew once where it ended."""
    found = sorted(starts, key=objective)[: 1 + len(starts) // 2]
    bounds, adaptive = [(least, 1.0)] * len(found[0]), {"adaptive": True}
    for _ in range(_ROUNDS):
        ends = [minimize(objective, at, bounds=bounds, method="Nelder-Mead", options=adaptive) for at in found]
        found = [end.x for end in ends]
    return min(found, key=objective)
