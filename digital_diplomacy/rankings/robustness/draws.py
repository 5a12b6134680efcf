"""Draws of a composite index as arrays: weights, scores and ranks of all units over many draws at once.

Nothing here knows of frames. Rows are draws, columns units or codes, so that a block of draws is a matrix product where
all means are arithmetic, and a few passes over a block where they are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaincinv

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.aggregation import aggregate_levels, codes_of, index_weights, weights_of
from digital_diplomacy.rankings.composite.framework import Hierarchy, hierarchy
from digital_diplomacy.rankings.composite.methods import Method
from digital_diplomacy.rankings.composite.steps import Floats

Bools = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.unsignedinteger[Any]]
_BLOCK: Final = 128
"""Draws aggregated at once where means are not all arithmetic: their arrays stay in a processor's cache."""

_RANKED: Final = 256  # draws ranked at once, for the same reason
_CROWDED: Final = 5  # steps for each pair of units, below which draws in which no two share one are too rare


@dataclass(frozen=True)
class WeightModel:
    """How the weights of a framework vary.

    Attributes
    ----------
    codes : tuple of str
        Columns of drawn weights, as `aggregation.codes_of` orders them.
    shares : ndarray, shape (codes,)
        Stated weights, summing to 1 within each parent; the index has 1.
    families : tuple of ndarray
        Positions in ``codes`` of each aggregate's children.
    varied : ndarray
        Positions in ``codes`` of the weights that vary; an only child weighs 1 whatever is drawn and is not among them.
    spread : float or None
        Largest relative change of a weight before the family is scaled back to 1.
    concentration : float or None
        Sum of the parameters of the Dirichlet distribution within each family; larger is nearer the stated weights.
    """

    codes: tuple[str, ...]
    shares: Floats
    families: tuple[npt.NDArray[np.intp], ...]
    varied: npt.NDArray[np.intp]
    spread: float | None
    concentration: float | None


def weight_model(
    framework: pd.DataFrame,
    *,
    spread: float | None = None,
    concentration: float | None = None,
    levels: Sequence[int] | None = None,
) -> WeightModel:
    """Which weights of a framework vary, and how far.

    Parameters
    ----------
    framework : DataFrame
        As `check_framework` returns it.
    spread : float, optional
        Above 0, at most 1: weights are uniform between ``1 - spread`` and ``1 + spread`` times the stated ones.
    concentration : float, optional
        Above 0: weights of a family follow a Dirichlet distribution with the stated shares as means. Without either,
        weights are as stated.
    levels : sequence of int, optional
        Heights of the codes whose weights vary, 0 for indicators; all by default.

    Raises
    ------
    ValueError
        If both spread and concentration are given, one is out of bounds, or a level does not exist.
    """
    tree = hierarchy(framework)
    _check_variation(tree, spread, concentration, levels)
    codes = codes_of(tree)
    place = {code: number for number, code in enumerate(codes)}
    families = tuple(np.array([place[child] for child in tree.children[code]]) for code in tree.aggregates)
    shares = weights_of(framework).copy()
    shares[-1] = 1.0
    for family in families:
        shares[family] /= shares[family].sum()
    varies = spread is not None or concentration is not None
    chosen = range(tree.levels) if levels is None else levels
    varied = [
        place[code]
        for code in codes
        if varies and code != tree.index and tree.height[code] in chosen and len(tree.children[tree.parent[code]]) > 1
    ]
    return WeightModel(codes, shares, families, np.array(varied, dtype=np.intp), spread, concentration)


def _check_variation(
    tree: Hierarchy, spread: float | None, concentration: float | None, levels: Sequence[int] | None
) -> None:
    if spread is not None and concentration is not None:
        raise ArgumentError("weights vary by `spread` or by `concentration`, not by both")
    if spread is not None and not 0 < spread <= 1:
        raise ArgumentError(
            "spread is {spread}; it must be above 0 and at most 1, so that no weight is negative", spread=spread
        )
    if concentration is not None and not 0 < concentration < np.inf:
        raise ArgumentError(
            "concentration is {concentration}; it must be above 0 and finite", concentration=concentration
        )
    unknown = sorted(set(levels or ()) - set(range(tree.levels)))
    if unknown:
        raise ArgumentError(
            "levels {unknown} do not exist; weights stand at levels 0 to {levels}",
            unknown=unknown,
            levels=tree.levels - 1,
        )


def draw_weights(
    framework: pd.DataFrame,
    *,
    spread: float | None = None,
    concentration: float | None = None,
    levels: Sequence[int] | None = None,
    draws: int,
    rng: np.random.Generator,
) -> Floats:
    """Weights drawn around those of a framework, shape (draws, codes), summing to 1 within each parent.

    Columns are those of `aggregation.codes_of`, the index last with weight 1. Options as for `weight_model`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""], "weight": 1.0})
    >>> drawn = rankings.draw_weights(tree, spread=0.2, draws=1000, rng=np.random.default_rng(1))
    >>> drawn.shape, bool((drawn[:, 0] <= 0.6).all())
    ((1000, 3), True)
    """
    model = weight_model(framework, spread=spread, concentration=concentration, levels=levels)
    return sample_weights(model, draws=draws, rng=rng)


def sample_weights(model: WeightModel, *, draws: int, rng: np.random.Generator) -> Floats:
    """Independent draws of the weights, shape (draws, codes)."""
    shape = (len(model.varied), draws)
    if model.concentration is None:
        return _weights(model, _spread(model, rng.random(shape)), draws)
    means = model.shares[model.varied, None]
    return _weights(model, rng.standard_gamma(model.concentration * means, shape), draws)


def place_weights(model: WeightModel, positions: Floats) -> Floats:
    """Weights at given places of their distributions, shape (draws, codes).

    Parameters
    ----------
    model : WeightModel
        Which weights vary.
    positions : ndarray, shape (draws, varied)
        Between 0 and 1: quantiles of the independent uniform factors, or of the independent gamma variables whose
        shares within a family follow the Dirichlet distribution.

    References
    ----------
    L. Devroye, Non-Uniform Random Variate Generation, 1986, Springer, chapter XI.4 (Dirichlet from gamma variables).
    """
    if model.concentration is None:
        return _weights(model, _spread(model, positions.T), len(positions))
    shape = model.concentration * model.shares[model.varied, None]
    drawn = np.zeros((len(model.varied), len(positions)))
    some = shape[:, 0] > 0
    drawn[some] = gammaincinv(shape[some], positions.T[some])
    return _weights(model, drawn, len(positions))


def _spread(model: WeightModel, positions: Floats) -> Floats:
    """Stated shares times their factors, shape (varied, draws)."""
    factors: Floats = 2 * positions
    factors -= 1  # in place from here: each new array of this size costs as much as the sum done in it
    factors *= model.spread or 0
    factors += 1
    factors *= model.shares[model.varied, None]
    return factors


def _weights(model: WeightModel, varied: Floats, draws: int) -> Floats:
    """All weights, families scaled to 1; stored by code, because families are scaled row by row."""
    drawn = np.empty((len(model.codes), draws))
    drawn[:] = model.shares[:, None]
    drawn[model.varied] = varied
    with np.errstate(invalid="ignore"):  # a family whose weights are all drawn as 0 has no shares, and no score
        for family in model.families:
            drawn[family] /= drawn[family].sum(axis=0)
    return drawn.T


def score_draws(
    x: Floats,
    weights: Floats,
    tree: Hierarchy,
    methods: Mapping[str, Method],
    *,
    thresholds: Mapping[str, float] | None = None,
) -> Floats:
    """Scores of the index for all units and draws, shape (draws, units).

    Parameters
    ----------
    x : ndarray, shape (units, indicators) or (draws, units, indicators)
        Normalised values, columns as ``tree.indicators``, missing as NaN.
    weights : ndarray, shape (draws, codes)
        As `draw_weights` returns them.
    tree, methods, thresholds
        As `aggregation.aggregate_levels` takes them.

    Returns
    -------
    ndarray, shape (draws, units)
        Larger is better; missing where `aggregation.aggregate_levels` leaves the index missing.

    Examples
    --------
    >>> from digital_diplomacy.rankings.composite.methods import method_of
    >>> tree = hierarchy(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
    >>> drawn = np.array([[0.5, 0.5, 1.0], [0.8, 0.2, 1.0]])
    >>> score_draws(np.array([[1.0, 4.0]]), drawn, tree, {"index": method_of("geometric")}).round(4).tolist()
    [[2.0], [1.3195]]
    """
    if all(method.name == "arithmetic" for method in methods.values()) and not np.isnan(x).any():
        parts = index_weights(weights, tree)[:, : len(tree.indicators)]
        collapsed: Floats = parts @ x.T if x.ndim == 2 else np.matmul(x, parts[..., None])[..., 0]
        return collapsed
    scores = np.empty((len(weights), x.shape[-2]))
    for start in range(0, len(weights), _BLOCK):
        rows = slice(start, start + _BLOCK)
        part = x if x.ndim == 2 else x[rows]
        scores[rows] = aggregate_levels(part, weights[rows], tree, methods, thresholds=thresholds)[..., -1]
    return scores


def rank_draws(scores: Floats) -> Ranks:
    """Competition ranks in every draw, shape (draws, units): 1 for the highest score, ties share the best place.

    Parameters
    ----------
    scores : ndarray, shape (draws, units)
        Finite numbers, compared exactly.

    Examples
    --------
    >>> rank_draws(np.array([[0.9, 0.7, 0.7, 0.1], [1.0, 2.0, 3.0, 4.0]])).tolist()
    [[1, 2, 2, 4], [4, 3, 2, 1]]
    """
    ranks = np.empty(scores.shape, dtype=np.min_scalar_type(scores.shape[1]))
    for start in range(0, len(scores), _RANKED):
        ranks[start : start + _RANKED] = _rank_block(np.ascontiguousarray(scores[start : start + _RANKED]), ranks.dtype)
    return ranks


def _rank_block(scores: Floats, kind: np.dtype[np.unsignedinteger[Any]]) -> Ranks:
    """Ranks of a few draws: where coarse scores tell all units apart from those, elsewhere from the scores."""
    order, are_apart = _coarsely(scores)
    if not are_apart.any():
        return _rank_closely(scores, kind)
    ranks = _placed(order, _falling(scores.shape, kind))
    if not are_apart.all():
        ranks[~are_apart] = _rank_closely(scores[~are_apart], kind)
    return ranks


def _coarsely(scores: Floats) -> tuple[npt.NDArray[np.int64], Bools]:
    """Each draw's units from low to high by their scores in steps of the range, and the draws which that settles.

    A step and the position of a unit share a number of 31 bits, and such numbers are sorted several times as fast as
    scores. Rounding to steps never turns the order of two scores; it can only make them equal.
    """
    draws, units = scores.shape
    digits = (units - 1).bit_length()
    steps = (1 << 31 - digits) - 1
    low, high = scores.min(), scores.max()
    with np.errstate(over="ignore", divide="ignore"):
        scale = steps / (high - low)
    if _CROWDED * units**2 > steps or not 0 < scale < np.inf:
        return np.empty((0, units), dtype=np.int64), np.zeros(draws, dtype=bool)
    above = scores - low
    above *= scale
    keys = above.astype(np.int32)
    keys <<= digits
    keys |= np.arange(units, dtype=np.int32)
    keys.sort(axis=1)
    leading = keys >> digits
    keys &= (1 << digits) - 1
    return keys.astype(np.int64), (leading[:, 1:] != leading[:, :-1]).all(axis=1)


def _rank_closely(scores: Floats, kind: np.dtype[np.unsignedinteger[Any]]) -> Ranks:
    """Ranks by the digits of the scores, and by the scores themselves where these are alike in all but the last."""
    order, is_clear = _ascending(scores)
    places = _falling(scores.shape, kind)
    if not is_clear:
        ascending = np.take_along_axis(scores, order, axis=1)
        wrong = (ascending[:, 1:] < ascending[:, :-1]).any(axis=1)
        order[wrong] = np.argsort(scores[wrong], axis=1)
        ascending[wrong] = np.take_along_axis(scores[wrong], order[wrong], axis=1)
        same = ascending[:, 1:] == ascending[:, :-1]
        places = _shared_places(places, same) if same.any() else places
    return _placed(order, places)


def _falling(shape: tuple[int, ...], kind: np.dtype[np.unsignedinteger[Any]]) -> Ranks:
    """Places of units in ascending order of scores that all differ."""
    return np.broadcast_to(np.arange(shape[1], 0, -1, dtype=kind), shape)


def _placed(order: npt.NDArray[np.int64], places: Ranks) -> Ranks:
    """Places of units in their own order; ``order`` says which unit stands where, draw by draw, and is used up."""
    order += (np.arange(len(order)) * order.shape[1])[:, None]
    ranks = np.empty(order.size, dtype=places.dtype)
    ranks[order.ravel()] = places.ravel()
    return ranks.reshape(order.shape)


def _ascending(scores: Floats) -> tuple[npt.NDArray[np.int64], bool]:
    """Each draw's units from low to high by the leading binary digits of their scores, and whether those settle it.

    Numbers are sorted in less than half the time of their positions, so each unit's position takes the place of the
    last digits of its score. As integers, the bits of floating-point numbers are in the order of the numbers once those
    of negative ones are turned; adding 0 makes of -0.0 a 0.0.
    """
    units = scores.shape[1]
    digits = (units - 1).bit_length()
    keys = (scores + 0.0).view(np.int64)
    negative = keys < 0
    if negative.any():
        keys[negative] ^= np.int64(np.iinfo(np.int64).max)
    keys &= np.int64(-1 << digits)
    keys |= np.arange(units)
    keys.sort(axis=1)
    leading = keys >> digits
    keys &= np.int64((1 << digits) - 1)
    return keys, bool((leading[:, 1:] != leading[:, :-1]).all())


def _shared_places(places: Ranks, same: Bools) -> Ranks:
    """Places of scores in ascending order, where a run of equal scores shares the best place, that of its last.

    Places fall from left to right, so the largest place among the ends of runs at or after a unit is that of its own.
    """
    ends = np.column_stack([~same, np.ones(len(same), dtype=bool)])
    best: Ranks = np.maximum.accumulate(np.where(ends, places, 0)[:, ::-1], axis=1)[:, ::-1]
    return best.astype(places.dtype)


def count_ranks(ranks: Ranks) -> npt.NDArray[np.int64]:
    """How often each unit takes each rank, shape (units, ranks): row is the unit, column the rank less 1."""
    units = ranks.shape[1]
    counts = np.bincount((ranks + np.arange(units) * (units + 1)).ravel(), minlength=units * (units + 1))
    return counts.reshape(units, units + 1)[:, 1:]


_PACK: Final = 2040
"""Draws compared at once: 255 words of 8 bytes, the most that can be added before a byte overflows."""


def count_above(ranks: Ranks) -> npt.NDArray[np.int64]:
    """How often the unit of the row stands strictly above the unit of the column, shape (units, units)."""
    units = ranks.shape[1]
    tied = int(ranks.sum(dtype=np.int64)) != len(ranks) * units * (units + 1) // 2  # a tie only lowers the sum
    above = np.zeros((units, units), dtype=np.int64)
    for start in range(0, len(ranks), _PACK):
        rows = np.ascontiguousarray(ranks[start : start + _PACK].T)
        above += _count_block(rows, tied=tied)
    return above


def _count_block(rows: Ranks, *, tied: bool) -> npt.NDArray[np.int64]:
    """`count_above` of a few draws, whose ranks stand by unit."""
    units, draws = rows.shape
    best, worst = rows.min(axis=1), rows.max(axis=1)
    order = np.argsort(best, kind="stable")
    columns = np.zeros((units, -(-draws // 8) * 8), dtype=rows.dtype)
    columns[:, :draws] = rows[order]
    # Beyond these units stand only those whose best rank is worse than the unit's worst.
    ends = np.searchsorted(best[order], worst[order], side="right")
    wins = _count_pairs(columns, ends, np.less)
    apart = np.arange(units) >= np.maximum(ends, np.arange(1, units + 1))[:, None]
    wins[apart] = draws
    losses = _count_pairs(columns, ends, np.greater) if tied else np.triu(draws - wins, 1)
    wins += losses.T
    back = np.empty_like(order)
    back[order] = np.arange(units)
    return wins[back[:, None], back]


def _count_pairs(columns: Ranks, ends: npt.NDArray[np.intp], compare: np.ufunc) -> npt.NDArray[np.int64]:
    """True comparisons, draw by draw, of each row with those after it and before its end; zero elsewhere.

    Rows are a multiple of 8 and at most ``_PACK`` long: eight draws are added at a time, as the bytes of a word, and
    bytes are added up once, at the end.
    """
    units, draws = columns.shape
    true = np.empty((units, draws), dtype=bool)
    words = true.view(np.uint64)
    sums = np.zeros((units, units), dtype=np.uint64)
    for unit, end in enumerate(ends.tolist()):
        later = end - unit - 1
        if later > 0:
            compare(columns[unit], columns[unit + 1 : end], out=true[:later])
            np.add.reduce(words[:later], axis=1, out=sums[unit, unit + 1 : end])
    return _add_bytes(sums)


def _add_bytes(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Sum of the eight bytes of each word: four sums of two, side by side, then their sum in the highest sixteen bits.

    References
    ----------
    H. S. Warren, Hacker's Delight, 2nd edition, 2013, Addison-Wesley, chapter 5 (counting by dividing and conquering).
    """
    every_other = np.uint64(0x00FF00FF00FF00FF)
    pairs = (words & every_other) + (words >> np.uint64(8) & every_other)
    pairs *= np.uint64(0x0001000100010001)
    pairs >>= np.uint64(48)
    return pairs.view(np.int64)
