"""Networks drawn from a model of ties."""

from typing import Final

import numpy as np
import numpy.typing as npt

from digital_diplomacy.networks.models.fitting import probabilities
from digital_diplomacy.networks.models.terms import DECAY, MUTUAL, SHARED, Bools, Floats, Terms

Counts = npt.NDArray[np.int64]

SWEEPS: Final = 40  # visits to every pair of actors before a network is taken


def draw_states(
    choices: Floats, coefficients: Floats, *, draws: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """States of independent units, shape (draws, units): exact draws, each unit from its own chances."""
    edges = np.cumsum(probabilities(choices, coefficients), axis=1)[:, :-1]
    found = np.zeros((draws, len(choices)), dtype=np.int64)
    drawn = rng.random((draws, len(choices)))
    for state in range(edges.shape[1]):
        found += drawn > edges[:, state]
    return found


def draw_networks(terms: Terms, coefficients: Floats, *, draws: int, rng: np.random.Generator) -> Bools:
    """Networks whose ties depend on each other, shape (draws, n, n), by Gibbs' sampler.

    Every network is the end of a chain of its own. The first half of the chains begins without a tie, the other half
    with all of them; where the two halves have not met, the model is close to degenerate.
    """
    n = len(terms.covariates)
    whole = np.zeros((n, n, draws), dtype=np.int64)
    whole[:, :, draws // 2 :] = (1 - np.eye(n, dtype=np.int64))[:, :, None]
    partners = np.einsum("ikd,kjd->ijd", whole, whole)
    fixed = terms.covariates @ coefficients[: terms.covariates.shape[2]]
    returned = coefficients[terms.codes.index(MUTUAL)] if terms.mutual else 0.0
    weight = coefficients[terms.codes.index(SHARED)] if terms.shared else 0.0
    worth = weight * (1 - np.exp(-DECAY)) ** np.arange(n)
    rows, columns = np.nonzero(~np.eye(n, dtype=bool))
    for _ in range(SWEEPS):
        for place in rng.permutation(len(rows)):
            i, j = rows[place], columns[place]
            logit = fixed[i, j] + returned * whole[j, i] + _change(whole, partners, worth, i, j)
            _set(whole, partners, i, j, rng.random(draws) * (1 + np.exp(-logit)) < 1)
    return np.moveaxis(whole, -1, 0) > 0


def _change(whole: Counts, partners: Counts, worth: Floats, i: int, j: int) -> Floats:
    """What the tie i -> j adds to the weighted shared partners of each network (see `terms.changes`), weighted."""
    here = whole[i, j]
    first, second = whole[i] * whole[j], whole[:, i] * whole[:, j]
    beside = first * worth[partners[i] - here * first] + second * worth[partners[:, j] - here * second]
    return np.asarray(np.exp(DECAY) * (worth[0] - worth[partners[i, j]]) + beside.sum(axis=0))


def _set(whole: Counts, partners: Counts, i: int, j: int, new: Bools) -> None:
    moved = new - whole[i, j]
    partners[i] += moved * whole[j]
    partners[:, j] += moved * whole[:, i]
    whole[i, j] = new
