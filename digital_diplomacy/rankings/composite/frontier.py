"""Benefit of the doubt: every unit is scored with the weights that suit it best, found by a linear programme."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.steps import Floats


def benefit_of_doubt(x: Floats, *, share_low: float = 0.0, share_high: float = 1.0) -> Floats:
    """Best score a unit can reach with weights of its own choice under which no unit scores above 1.

    For each unit, the sum of weight times value is made as large as possible over weights of at least 0 for which that
    sum is at most 1 for every unit. A missing value counts as 0, so that a unit is scored on what it has and is no
    better a benchmark for it.

    Parameters
    ----------
    x : ndarray, shape (units, children)
        At least 0, more is better; missing as NaN.
    share_low, share_high : float
        Smallest and largest part of the unit's own score that each of its children may make up, 0 to 1.

    Returns
    -------
    ndarray, shape (units,)
        0 to 1; missing for a unit without values.

    Raises
    ------
    TableError
        If a unit has too few or too many values for the shares to sum to 1, naming the row.

    References
    ----------
    L. Cherchye, W. Moesen, N. Rogge and T. Van Puyenbroeck, An introduction to 'benefit of the doubt' composite
    indicators, 2007, Social Indicators Research 82, pp. 111-145.
    T. Kuosmanen, Data envelopment analysis with missing data, 2009, Journal of the Operational Research Society 60,
    pp. 1767-1774.

    Examples
    --------
    >>> benefit_of_doubt(np.array([[4.0, 1.0], [1.0, 4.0], [2.0, 2.0]])).round(3).tolist()
    [1.0, 1.0, 0.8]
    """
    largest = np.fmax.reduce(x, axis=0, initial=0.0)
    filled = np.nan_to_num(x) / np.where(largest > 0, largest, 1.0)  # weights are free, so a scale changes no score
    filled = filled[:, largest > 0]
    known = ~np.isnan(x)[:, largest > 0]
    scores = np.full(len(x), np.nan)
    for row in np.flatnonzero(~np.isnan(x).all(axis=1)).tolist():
        scores[row] = _score(filled, row, known[row], share_low, share_high)
    return scores


def _score(x: Floats, row: int, known: npt.NDArray[np.bool_], share_low: float, share_high: float) -> float:
    own, children = x[row], int(known.sum())
    if not share_low * children <= 1 <= share_high * children:
        raise TableError(
            "benefit of the doubt, row {row}: {children} values cannot each make up between {share_low} and "
            "{share_high} of a score; widen the shares",
            row=row + 1,
            children=children,
            share_low=share_low,
            share_high=share_high,
        )
    rules, ends = [x], [np.ones(len(x))]
    for share, sign in ((share_low, 1.0), (share_high, -1.0)):
        if 0 < share < 1:
            limits = sign * (share * own[None, :] - np.diag(own))[known]
            rules.append(limits)
            ends.append(np.zeros(len(limits)))
    found = linprog(-own, A_ub=np.vstack(rules), b_ub=np.concatenate(ends), bounds=(0, None), method="highs")
    if not found.success:
        raise TableError(
            "benefit of the doubt, row {row}: the linear programme has no solution ({message})",
            row=row + 1,
            message=found.message,
        )
    return min(-float(found.fun), 1.0)  # the solver's own tolerance may lift a best score by its last digits
