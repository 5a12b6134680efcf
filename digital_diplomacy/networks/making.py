"""Network-making power: programmers, on whom their own kind depends, and switchers, through whom kinds meet.

Castells names both and gives formulas for neither. The measures are definitions of this package, beside their nearest
published relatives: within-module degree and participation, brokerage roles, structural holes.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from digital_diplomacy.networks.arrays import Floats, Graph, Integers, node_rows, symmetrised, together
from digital_diplomacy.networks.brokerage import (
    ROLES,
    constraint,
    open_way_counts,
    open_ways,
    participation_values,
    role_counts,
)
from digital_diplomacy.networks.nulls import exceedance

LEAST: Final = 5
"""Actors a type needs before one of them can be called unusual for it."""

CROSSING: Final = ("itinerant", "representative", "gatekeeper", "liaison")
"""Roles of a broker whose pair is not wholly of its own type."""

_STEPS: Final = 10_000
_ROUND: Final = 100  # steps between which communities that have settled leave the iteration
_PRECISION: Final = 1e-10
_LISTED: Final = 500_000  # ways a -> v -> b up to which listing them once is quicker than counting them in each deal


def attention_shares(network: Graph) -> sparse.csr_array:
    """P_uv = w_uv / s_u, the share of u's attention that v receives; rows of those who pay any sum to 1."""
    senders, _, weights = _ties(network)
    paid = np.bincount(senders, weights=weights, minlength=network.n)
    shares = weights / paid[senders]
    return sparse.csr_array((shares, network.weights.indices, network.weights.indptr), shape=network.weights.shape)


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


def _coordination(network: Graph) -> Callable[[Integers], Floats]:
    """A function of types: open ways a -> v -> b, without a -> b, of every v whose three actors are of one type.

    It is called for every deal of types. All open ways of a small network are listed once; in a large one they are
    counted anew, among the ties within types.
    """
    senders, receivers, _ = _ties(network)
    paid, received = (np.bincount(ends, minlength=network.n) for ends in (senders, receivers))
    if float(paid @ received) > _LISTED:
        return partial(_counted, network)
    first, broker, last = open_ways(network)

    def listed(types: Integers) -> Floats:
        kind = types[broker]
        alike = (types[first] == kind) & (types[last] == kind)
        return np.bincount(broker[alike], minlength=network.n).astype(float)

    return listed


def _counted(network: Graph, types: Integers) -> Floats:
    senders, receivers, _ = _ties(network)
    same = types[senders] == types[receivers]
    ends = np.concatenate([[0], np.cumsum(np.bincount(senders[same], minlength=network.n))])
    cut = sparse.csr_array((np.ones(int(same.sum())), receivers[same], ends), shape=network.weights.shape)
    return open_way_counts(cut)


def community_eigenvector(network: Graph, communities: Integers) -> Floats:
    """Eigenvector centrality among the ties of one's own community, 1 for its most central actor.

    Weights of both directions are added, so that it exists in every connected community; missing for an actor alone in
    its community, and in a community where 10,000 steps do not settle it to 1e-10, its two leading eigenvalues being
    nearly equal. All communities are iterated at once: the ties between them are left out, so their matrix has one
    block a community.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2(1), 113-120.
    """
    joint = symmetrised(network, rule="sum").weights.tocoo()
    same = communities[joint.row] == communities[joint.col]
    inner = (joint.data[same], (joint.row[same], joint.col[same]))
    matrix = sparse.csr_array(inner, shape=network.weights.shape)
    values = np.full(network.n, np.nan)
    places = np.flatnonzero(matrix.sum(axis=1) > 0)
    matrix, blocks, vector = matrix[places][:, places], communities[places], np.ones(len(places))
    for _ in range(_STEPS // _ROUND):
        vector, moved = _iterated(matrix, blocks, vector)
        unsettled = np.isin(blocks, blocks[moved >= _PRECISION])
        values[places[~unsettled]] = vector[~unsettled]
        kept = np.flatnonzero(unsettled)
        places, matrix, blocks, vector = places[kept], matrix[kept][:, kept], blocks[kept], vector[kept]
        if not len(places):
            break
    return values


def _iterated(matrix: sparse.csr_array, blocks: Integers, vector: Floats) -> tuple[Floats, Floats]:
    """A vector after some steps of the power iteration in every block, and how far the last one moved it.

    Half of the block's Rayleigh quotient is added to the diagonal, which keeps eigenvectors and lets two-sided blocks
    converge.
    """
    moved = np.zeros(len(vector))
    for _ in range(_ROUND):
        image = matrix @ vector
        rates = np.bincount(blocks, vector * image) / np.maximum(np.bincount(blocks, vector**2), 1e-300)
        following = image + rates[blocks] / 2 * vector
        following /= _peaks(following, blocks)[blocks]
        moved, vector = np.abs(following - vector), following
        if moved.max(initial=0.0) < _PRECISION:
            break
    return vector, moved


def _peaks(values: Floats, communities: Integers) -> Floats:
    """Largest value of each community; 1 where it is 0."""
    peaks = np.zeros(int(communities.max(initial=-1)) + 1)
    np.maximum.at(peaks, communities, values)
    return np.where(peaks > 0, peaks, 1.0)


def network_making_power(
    network: Graph,
    types: pd.Series,
    *,
    communities: Integers,
    rng: np.random.Generator,
    draws: int = 999,
    group: str = "",
    source_id: str = "relations",
) -> pd.DataFrame:
    """Programmers and switchers (``ESTIMATES``, a row for each actor and measure).

    - ``own_dependence`` sum of P_uj over u of j's type, 0 to the number of those actors; ``programmer_z`` its z-score
      within the type, missing below five actors; ``community_eigenvector``, 0 to 1.
    - ``brokerage_<role>`` pairs a, b with a -> v -> b and not a -> b, by Gould and Fernandez's roles that involve
      another type, and ``cross_brokerage``, their sum; ``participation`` 0 (all attention comes from one type) to below
      1; ``one_minus_constraint`` by weights in both directions, high where contacts are not tied to each other (below 0
      where constraint exceeds 1), missing without contacts.
    - ``programmer_p`` and ``switcher_p``: p = (b + 1) / (m + 1) of own-type dependence, and of brokerage across types,
      as large when the types are dealt to the actors at random, as many of each. Ties stay.

    Parameters
    ----------
    types : Series
        Type by actor.
    communities : ndarray of int, shape (n,)
        Community of every actor.
    rng : Generator
        Deals the types.

    References
    ----------
    Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.
    Guimerà, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126.
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    """
    codes, _ = network.codes(types)
    senders, receivers, _ = _ties(network)
    shares = attention_shares(network).data
    roles = role_counts(network, codes)
    ways = roles[:, ROLES.index("total")]
    own, across = _own(senders, receivers, shares, codes), ways - roles[:, ROLES.index("coordinator")]

    coordinated = _coordination(network)

    def dealt() -> Floats:
        drawn = rng.permutation(codes)
        return np.concatenate([_own(senders, receivers, shares, drawn), ways - coordinated(drawn)])

    chances = exceedance(np.concatenate([own, across]), dealt, draws=draws)
    spread = participation_values(network, codes, direction="in", weighted=True)
    holes = 1 - constraint(network, weighted=True)["value"].to_numpy(dtype=float)
    columns = {
        "own_dependence": (own, "full_dependents"),
        "programmer_z": (within_type_z(own, codes), "standard_deviations"),
        "programmer_p": (chances[: network.n], "probability"),
        "community_eigenvector": (community_eigenvector(network, communities), "index"),
        **{f"brokerage_{role}": (roles[:, ROLES.index(role)], "count") for role in CROSSING},
        "cross_brokerage": (across, "count"),
        "switcher_p": (chances[network.n :], "probability"),
        "participation": (spread, "index"),
        "one_minus_constraint": (holes, "index"),
    }
    return actor_rows(network, columns, group=group, source_id=source_id)


def actor_rows(
    network: Graph, columns: Mapping[str, tuple[npt.ArrayLike, str]], *, group: str, source_id: str
) -> pd.DataFrame:
    """Rows of every actor for each measure (``ESTIMATES``), from its values, shape (n,), and its unit."""
    blank = np.full(network.n, np.nan)  # one measure is validated for all: they differ in code, unit and value only
    rows = node_rows(network, blank, measure="", unit="", group=group, source_id=source_id)
    return together(
        rows.assign(measure=code, unit=unit, value=np.asarray(values, dtype=float))
        for code, (values, unit) in columns.items()
    )
