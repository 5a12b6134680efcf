"""Coefficients of a model in which every unit takes one of several states, for many observations at once.

A dyad takes one of four states, a single tie one of two. The chance of a state is proportional to the exponential of
its terms times the coefficients, so that both are one concave problem, solved by Newton's steps.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.models.terms import TIES, Floats

_STEPS: Final = 40
_DONE: Final = 1e-8
_FAR: Final = 60.0  # in standardised terms: beyond any odds, so that a search that gets there has no end
_CELLS: Final = 4_000_000  # numbers held at once
_DEPENDENT: Final = 1e-9


def probabilities(choices: Floats, coefficients: Floats) -> Floats:
    """The chance of each state of each unit, shape (..., units, states)."""
    logits = choices @ coefficients
    logits -= logits.max(axis=-1, keepdims=True)
    raised = np.exp(logits)
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def fit(choices: Floats, totals: Floats) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Coefficients at which the expected terms are those observed.

    Parameters
    ----------
    choices : array, shape (units, states, p) or (draws, units, states, p)
        What each state adds to the terms; one for all draws, or one for each.
    totals : array, shape (draws, p)
        Terms observed, summed over units.

    Returns
    -------
    (array of shape (draws, p), array of shape (draws, p, p), array of shape (draws,))
        Coefficients, their inverse information, and whether there are any: where a term or a sum of terms is as large
        or as small as it can be, they have no finite value, and a term that never varies in its draw has none at all
        (infinite). What is found of one draw depends on no other.
    """
    scale = np.abs(choices).max(axis=(-3, -2))  # of shape (p,) or (draws, p)
    never = scale == 0
    scale = np.where(never, 1.0, scale)
    shared = choices.ndim == 3
    units = choices.shape[-3] * choices.shape[-2] * choices.shape[-1]
    size = max(1, _CELLS // units)
    parts = []
    for start in range(0, len(totals), size):
        some = slice(start, start + size)
        block = choices / scale if shared else choices[some] / scale[some, None, None]
        parts.append(_newton(block, totals[some] / (scale if shared else scale[some])))
    found, inverse, finite = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    found, inverse = found / scale, inverse / scale[..., :, None] / scale[..., None, :]
    return np.where(never, np.inf, found), inverse, finite & ~never.any(axis=-1)


def _newton(choices: Floats, totals: Floats) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Steps of every draw until it stands, or is too far off ever to: then it stays, whatever the others still do."""
    draws, terms = totals.shape
    found = np.zeros((draws, terms))
    done, moving = np.zeros(draws, dtype=bool), np.ones(draws, dtype=bool)
    for _ in range(_STEPS):
        expected, information = _moments(choices, found)
        step = np.linalg.solve(_raised(information), (totals - expected)[:, :, None])[:, :, 0]
        longest = np.abs(step).max(axis=1)
        step *= np.minimum(1.0, 2.0 / np.maximum(longest, 1e-300))[:, None]
        found[moving] += step[moving]
        far = np.abs(found).max(axis=1) > _FAR
        done |= moving & ~far & (longest < _DONE)
        moving &= ~done & ~far
        if not moving.any():
            break
    inverse = np.linalg.inv(_raised(_moments(choices, found)[1]))
    return found, np.asarray(inverse, dtype=float), done


def _raised(information: Floats) -> Floats:
    """The information with so little added that a matrix without inverse gets one, and others keep theirs."""
    terms = information.shape[-1]
    added = 1e-12 * (1 + np.trace(information, axis1=-2, axis2=-1)[:, None, None])
    return np.asarray(information + added * np.eye(terms))


def _moments(choices: Floats, coefficients: Floats) -> tuple[Floats, Floats]:
    """Expected terms, shape (draws, p), and their covariance, shape (draws, p, p)."""
    units, states, terms = choices.shape[-3:]
    draws = len(coefficients)
    flat = choices.reshape(*choices.shape[:-3], units * states, terms)
    chance = _chances(flat, coefficients, units, states)
    weighted = flat * chance[:, :, None]
    means = weighted.reshape(draws, units, states, terms).sum(axis=2)
    second = np.swapaxes(weighted, 1, 2) @ flat
    return means.sum(axis=1), second - np.swapaxes(means, 1, 2) @ means


def _chances(flat: Floats, coefficients: Floats, units: int, states: int) -> Floats:
    logits = (flat @ coefficients[:, :, None])[:, :, 0].reshape(len(coefficients), units, states)
    logits -= logits.max(axis=2, keepdims=True)
    raised = np.exp(logits)
    return np.asarray((raised / raised.sum(axis=2, keepdims=True)).reshape(len(coefficients), units * states))


def refuse_dependent(choices: Floats, codes: tuple[str, ...]) -> None:
    """Refuse terms that others determine."""
    rows = (choices[:, 1:] - choices[:, :1]).reshape(-1, len(codes))
    scaled = rows / np.maximum(np.linalg.norm(rows, axis=0), 1e-300)
    for count in range(1, len(codes) + 1):
        if np.linalg.matrix_rank(scaled[:, :count], tol=_DEPENDENT) < count:
            raise ArgumentError(
                "term {code} is determined by {others}; leave one out",
                code=codes[count - 1],
                others=", ".join(codes[: count - 1]) or "–",
            )


def refuse_separated(choices: Floats, observed: npt.NDArray[np.int64], codes: tuple[str, ...]) -> None:
    """Refuse an observation whose terms are as large, or as small, as they can be: no coefficient is best.

    A linear programme looks for coefficients under which no unit prefers another state to its own, and some unit
    prefers its own (Albert & Anderson 1984; Konis 2007).
    """
    units = np.arange(len(choices))
    rows = (choices[units, observed][:, None] - choices).reshape(-1, len(codes))
    rows = np.unique(rows, axis=0)
    if not _separable(rows):
        return
    needed = [code for place, code in enumerate(codes) if not _separable(np.delete(rows, place, axis=1))]
    raise ArgumentError(
        "the ties are told without exception by {terms}, so that no estimate is finite; leave such terms out, or take "
        "a network where they have exceptions",
        terms=", ".join([code for code in needed if code != TIES] or needed or codes),
    )


def _separable(rows: Floats) -> bool:
    from scipy.optimize import linprog  # half a second to import, and most commands fit no model

    if rows.shape[1] == 0:
        return False
    scaled = rows / np.maximum(np.abs(rows).max(axis=0), 1e-300)
    found = linprog(-scaled.sum(axis=0), A_ub=-scaled, b_ub=np.zeros(len(scaled)), bounds=(-1, 1), method="highs")
    return bool(-found.fun > 1e-7)
