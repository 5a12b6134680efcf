"""Where an actor stands among the types of a network: what its own type owes it, and the ways that cross it.

These describe positions inside one network. They are not Castells' network-making power: setting goals is measured in
`programming`, connecting networks in `switching`.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers, node_rows, together
from digital_diplomacy.networks.measures.brokerage import ROLES, constraint, participation_values, role_counts

LEAST: Final = 5
"""Actors a type needs before one of them can be called unusual for it."""

_NOISE: Final = 10  # decimals of sums of shares; behind them stands what floating-point arithmetic leaves

CROSSING: Final = ("representative", "gatekeeper", "liaison")
"""Roles of a broker between actors of two types; an itinerant broker's two ends are of one type."""


def attention_shares(network: Graph) -> sparse.csr_array:
    """P_uv = w_uv / s_u, the share of u's attention that v receives; rows of those who pay any sum to 1."""
    senders, _, weights = _ties(network)
    paid = np.bincount(senders, weights=weights, minlength=network.n)
    shares = weights / paid[senders]
    return sparse.csr_array((shares, network.weights.indices, network.weights.indptr), shape=network.weights.shape)


def attention_together(network: Graph) -> Floats:
    """D_v = sum_u P_uv, all shares of others' attention that v receives, without what is left of adding them.

    A tenth and two tenths are three tenths here: sums of fractions that are equal would otherwise differ in their last
    digit, and the order in which they were added would make one of two equals the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy.networks.graphs.arrays import graph
    >>> ends = {"source": ["a", "a", "b", "b", "c", "c"], "target": ["x", "z", "x", "z", "y", "z"]}
    >>> dict(zip("abcxyz", attention_together(graph(pd.DataFrame({**ends, "weight": [1, 9, 2, 8, 3, 7]}))).tolist()))
    {'a': 0.0, 'b': 0.0, 'c': 0.0, 'x': 0.3, 'y': 0.3, 'z': 2.4}
    """
    return np.asarray(np.round(attention_shares(network).sum(axis=0), _NOISE), dtype=float).ravel()


def _ties(network: Graph) -> tuple[Integers, Integers, Floats]:
    senders = np.repeat(np.arange(network.n), np.diff(network.weights.indptr))
    return senders, network.weights.indices.astype(np.int64), network.weights.data


def own_dependence(network: Graph, types: Integers) -> Floats:
    """Dependence received from actors of one's own type: the sum of P_uj over all u of the type of j."""
    senders, receivers, _ = _ties(network)
    return _own(senders, receivers, attention_shares(network).data, types)


def _own(senders: Integers, receivers: Integers, shares: Floats, types: Integers) -> Floats:
    same = types[senders] == types[receivers]
    return np.asarray(np.bincount(receivers[same], weights=shares[same], minlength=len(types)), dtype=float)


def within_type_z(values: npt.ArrayLike, types: Integers, *, least: int = LEAST) -> Floats:
    """How many standard deviations a value lies above the mean of its type.

    z = (value - mean) / sd, both over the type's actors (sd with divisor n: they are all there are). Missing in a type
    of fewer than ``least`` actors, where one actor makes its own mean, and in one whose values are all equal.

    References
    ----------
    Guimerà, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.

    Examples
    --------
    >>> within_type_z([0, 0, 0, 0, 5, 9], np.array([0, 0, 0, 0, 0, 1])).tolist()
    [-0.5, -0.5, -0.5, -0.5, 2.0, nan]
    """
    given = np.asarray(values, dtype=float)
    sizes = np.bincount(types)
    means = np.bincount(types, weights=given) / np.maximum(sizes, 1)
    apart = given - means[types]
    spreads = np.sqrt(np.bincount(types, weights=apart**2) / np.maximum(sizes, 1))
    floor = 1e-12 * np.maximum(1.0, np.abs(means))  # equal values differ by rounding
    defined = (sizes >= least) & (spreads > floor)
    return np.where(defined[types], apart / np.where(defined, spreads, 1.0)[types], np.nan)


def type_positions(network: Graph, types: pd.Series, *, group: str = "") -> pd.DataFrame:
    """What an actor's own type owes it and the ways between types through it (``ESTIMATES``, a row each).

    - ``own_dependence`` sum of P_uj over u of j's type, 0 to the number of those actors; ``own_dependence_z`` its
      z-score within the type, missing below five actors.
    - ``cross_brokerage`` pairs a, b of different types with a -> v -> b and not a -> b.
    - ``participation`` 0 (all attention comes from one type) to below 1; ``one_minus_constraint`` by weights in both
      directions, high where contacts are not tied to each other (below 0 where constraint exceeds 1), missing without
      contacts.

    Parameters
    ----------
    types : Series
        Type by actor.

    References
    ----------
    Guimerà, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126.
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    """
    codes, _ = network.codes(types)
    roles = role_counts(network, codes)
    own = own_dependence(network, codes)
    columns = {
        "own_dependence": (own, "full_dependents"),
        "own_dependence_z": (within_type_z(own, codes), "standard_deviations"),
        "cross_brokerage": (roles[:, [ROLES.index(role) for role in CROSSING]].sum(axis=1), "count"),
        "participation": (participation_values(network, codes, direction="in", weighted=True), "index"),
        "one_minus_constraint": (1 - constraint(network, weighted=True)["value"].to_numpy(dtype=float), "index"),
    }
    return actor_rows(network, columns, group=group)


def actor_rows(network: Graph, columns: Mapping[str, tuple[npt.ArrayLike, str]], *, group: str) -> pd.DataFrame:
    """Rows of every actor for each measure (``ESTIMATES``), from its values, shape (n,), and its unit."""
    blank = np.full(network.n, np.nan)  # one measure is validated for all: they differ in code, unit and value only
    rows = node_rows(network, blank, measure="", unit="", group=group)
    return together(
        rows.assign(measure=code, unit=unit, value=np.asarray(values, dtype=float))
        for code, (values, unit) in columns.items()
    )
