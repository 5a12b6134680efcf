"""Tests of all differences of estimated scores at once: the machinery behind confidence sets for ranks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import TableError

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_Spoke = tuple[int, npt.NDArray[np.int_], int]
"""A hub, the units it is compared with, and the sign of the difference hub minus unit (0: its size)."""

_BLOCK: Final = 512  # draws at a time: the differences of one hub then stay in the processor's cache
_SLACK: Final = 1e-8  # relative; a covariance computed in floating point may be this far from positive semi-definite


@dataclass(frozen=True)
class Contrasts:
    """All differences of two scores: studentised, shape (units, units), and what they are under no difference."""

    statistic: Floats
    inverse: Floats  # 1 / standard error of each difference; 0 where there is none
    noise: Floats  # draws of the estimation error, shape (units, draws)


def contrasts(
    scores: pd.DataFrame, covariance: npt.ArrayLike | None, draws: int, rng: np.random.Generator
) -> Contrasts:
    """All differences of the scores, and draws of their errors."""
    value = scores["value"].to_numpy()
    root = np.diag(scores["standard_error"].to_numpy()) if covariance is None else _root(covariance, len(value))
    variance = (root**2).sum(axis=1)
    spread = np.sqrt(np.clip(variance[:, None] + variance - 2 * root @ root.T, 0, None))
    spread[spread <= _SLACK * np.sqrt(np.maximum(variance[:, None], variance))] = 0
    inverse = np.divide(1, spread, out=np.zeros_like(spread), where=spread > 0)
    difference = value[:, None] - value
    # A difference without error is known: its sign decides, and it plays no part in the critical value.
    certain = np.where(difference == 0, 0, np.copysign(np.inf, difference))
    statistic = np.where(spread > 0, difference * inverse, certain)
    drawn = rng.standard_normal((len(value), draws))
    noise = root.diagonal()[:, None] * drawn if covariance is None else root @ drawn
    return Contrasts(statistic, inverse, noise)


def _root(covariance: npt.ArrayLike, size: int) -> Floats:
    """A square root of the covariance: root times its transpose."""
    given = np.asarray(covariance, dtype=float)
    if given.shape != (size, size) or not np.isfinite(given).all() or not np.allclose(given, given.T):
        raise TableError(
            "covariance: {size} rows and columns of finite numbers needed, equal across the diagonal", size=size
        )
    values, vectors = np.linalg.eigh(given)
    if values.min() < -_SLACK * max(values.max(), 0):
        raise TableError(
            "covariance: no such numbers can be (smallest eigenvalue {min:.3g}); check its cells", min=values.min()
        )
    return np.asarray(vectors * np.sqrt(np.clip(values, 0, None)))


def family(size: int, hub: int | None = None, side: str = "both") -> Bools:
    """Which "row is above column" are tested: all, or those that bound the place of ``hub`` on the given side."""
    tested = np.full((size, size), hub is None)
    if hub is not None:
        tested[hub] = side != "best"
        tested[:, hub] = side != "worst"
    np.fill_diagonal(tested, False)
    return tested


def rejected(pairs: Contrasts, asked: Bools, level: float, *, stepdown: bool, hub: int | None = None) -> Bools:
    """Which "row is not above column" are rejected; of a rejected pair the reverse stays among those tested."""
    tested, outcome = asked.copy(), np.zeros_like(asked)
    while tested.any():
        found = tested & (pairs.statistic > critical(pairs, tested, level, hub))
        outcome |= found
        tested &= ~found
        if not found.any() or not stepdown:
            break
    return outcome


def critical(pairs: Contrasts, tested: Bools, level: float, hub: int | None = None) -> float:
    """What the largest noise among the differences tested exceeds with probability 1 - ``level`` at most."""
    largest = np.full(pairs.noise.shape[1], -np.inf)
    spokes = list(_spokes(tested & (pairs.inverse > 0), hub))
    if not spokes:
        return 0.0
    for start in range(0, len(largest), _BLOCK):
        noise = np.ascontiguousarray(pairs.noise[:, start : start + _BLOCK])
        most = largest[start : start + _BLOCK]
        for centre, others, sign in spokes:
            difference = noise[centre] - noise[others]
            difference *= (pairs.inverse[centre, others] * (sign or 1))[:, None]
            if sign == 0:
                np.abs(difference, out=difference)
            np.maximum(most, difference.max(axis=0), out=most)
    return float(simulated.bound(largest, level))


def _spokes(tested: Bools, hub: int | None) -> Iterator[_Spoke]:
    """Pairs grouped by one unit; those tested both ways are visited once, by their size."""
    both, one_way = tested & tested.T, tested & ~tested.T
    centres = range(len(tested)) if hub is None else [hub]
    for centre in centres:
        twice = both[centre] & (np.arange(len(tested)) > centre) if hub is None else both[centre]
        backwards = np.zeros_like(twice) if hub is None else one_way[:, centre]
        for chosen, sign in ((twice, 0), (one_way[centre], 1), (backwards, -1)):
            if chosen.any():
                yield centre, np.flatnonzero(chosen), sign
