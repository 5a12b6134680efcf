"""Which ties stand out against an even spread of their ends' weight."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers


def disparity(network: Graph) -> pd.DataFrame:
    """How surprising each tie's weight is to each of its ends: ``source, target, weight, alpha_source, alpha_target,
    alpha_min``.

    alpha = (1 - w / s)^(k - 1) is the chance that a tie takes at least the share w / s of its end's strength s, if that
    were cut into k pieces at random; k and s are those of the source's outgoing and of the target's incoming ties, or
    of all ties in an undirected network. 1 for an end with a single tie. A backbone keeps the ties whose ``alpha_min``
    is below a threshold such as 0.05.

    Raises
    ------
    ValueError
        If all weights are equal: the shares then tell the number of ties of an end and nothing of the ties.

    References
    ----------
    Serrano, M. A., Boguñá, M., Vespignani, A. (2009). Extracting the multiscale backbone of complex weighted networks.
    PNAS 106(16), 6483-6488.
    """
    rows, columns, weights = network.pairs()
    if not has_backbone(weights):
        raise ArgumentError(
            "all {count} weights are {weights:g}: a disparity filter compares weights and is undefined where they "
            "are equal; draw every tie",
            count=len(weights),
            weights=weights[0],
        )
    ties = network.binary
    source = _alpha(weights, rows, ties.sum(axis=1), network.weights.sum(axis=1))
    target = _alpha(weights, columns, ties.sum(axis=0), network.weights.sum(axis=0))
    return pd.DataFrame(
        {
            "source": network.names[rows],
            "target": network.names[columns],
            "weight": weights,
            "alpha_source": source,
            "alpha_target": target,
            "alpha_min": np.minimum(source, target),
        }
    )


def has_backbone(weights: npt.ArrayLike) -> bool:
    """Whether a disparity filter is defined: weights that differ, or fewer than two of them.

    Examples
    --------
    >>> from digital_diplomacy import networks
    >>> networks.has_backbone([1.0, 1.0]), networks.has_backbone([1.0, 2.0])
    (False, True)
    """
    given = np.asarray(weights, dtype=float)
    return len(given) < 2 or float(np.ptp(given)) > 0


def _alpha(weights: Floats, ends: Integers, degree: Floats, strength: Floats) -> Floats:
    rest = np.maximum(1 - weights / strength[ends], 0)  # rounding can take a single tie's share above 1
    return np.asarray(np.where(degree[ends] == 1, 1.0, rest ** (degree[ends] - 1)))
