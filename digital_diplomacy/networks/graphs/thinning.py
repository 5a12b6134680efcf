"""What is drawn of a network: all of it, or ties and actors chosen by its structure, and by which rule."""

from dataclasses import dataclass
from typing import Final, Literal

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Floats, Integers
from digital_diplomacy.networks.graphs.backbone import has_backbone
from digital_diplomacy.networks.graphs.building import checked_edges
from digital_diplomacy.networks.graphs.skeleton import ALPHA, skeleton
from digital_diplomacy.tables import ESTIMATES, validate

MOST_TIES: Final = 1_000
"""Ties up to which all are drawn; more lines on a page cover each other."""

MOST_ACTORS: Final = 300
"""Actors up to which all are drawn; more marks on a page touch each other."""

Rule = Literal["all", "weight", "hubs"]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The part of a network that is drawn.

    Attributes
    ----------
    ties : DataFrame
        ``EDGES``, of the actors drawn.
    rule : {"all", "weight", "hubs"}
        By which ties were chosen among the actors drawn: all of them, the disparity filter (:func:`skeleton`), or
        local degree (:func:`local_degree`).
    core : int
        0 if all actors with a tie are drawn; otherwise k, if they are those of the k-core.
    crowded : bool
        Whether the innermost core itself is too large, and only its best connected members are drawn.
    among : int
        Ties of the network among the actors drawn, chosen or not.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "uses", "weight": 1.0})
    >>> part = networks.drawing(ties)
    >>> part.actors, part.rule, part.among
    (3, 'all', 2)
    """

    ties: pd.DataFrame
    rule: Rule
    core: int
    crowded: bool
    among: int

    @property
    def actors(self) -> int:
        """Number of actors drawn."""
        return len({*self.ties["source"], *self.ties["target"]})


def drawing(edges: pd.DataFrame, *, most_ties: int = MOST_TIES, most_actors: int = MOST_ACTORS) -> Drawing:
    """What to draw of a network so that it can be read, with hubs and cohesion kept.

    Up to ``most_ties`` ties all are drawn. Of more, those heavier than chance where weights differ and enough of them
    are, otherwise those towards hubs. Of more than ``most_actors`` actors those of the largest k-core that
    is not larger, which is the network without its thin outside.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``; of an undirected network each tie once.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "c"], "relation": "r", "weight": 1.0})
    >>> fewer = networks.drawing(ties, most_ties=2)
    >>> networks.drawing(ties).rule, fewer.rule, fewer.actors
    ('all', 'hubs', 3)
    """
    ties = checked_edges(edges)
    names, pairs, _ = _pairs(ties)
    core, crowded = 0, False
    if len(names) > most_actors:
        kept, core, crowded = _core(pairs, len(names), most_actors)
        inside = set(names[kept])
        ties = ties[ties["source"].isin(inside) & ties["target"].isin(inside)].reset_index(drop=True)
    if len(ties) <= most_ties:
        return Drawing(ties, "all", core, crowded, len(ties))
    heavy = _by_weight(ties, most_ties)
    if heavy is not None:
        return Drawing(heavy, "weight", core, crowded, len(ties))
    return Drawing(local_degree(ties, most=most_ties), "hubs", core, crowded, len(ties))


def local_degree(edges: pd.DataFrame, *, most: int = MOST_TIES) -> pd.DataFrame:
    """The ties (``EDGES``) towards local hubs: of every actor those to its floor(d^e) best connected neighbours.

    d is how many neighbours it has, direction and weight ignored, and e the largest exponent at which at most ``most``
    ties remain. Every actor keeps its best connected neighbour; what joins pieces that would fall apart is added, by
    the same rank, and may pass ``most``. Of the rules compared in the reference it keeps connectivity and short
    distances best. Ties of one pair, in either direction or of several relations, stay together.

    Raises
    ------
    ValueError
        If ``most`` is below 1.

    References
    ----------
    Hamann, M., Lindner, G., Meyerhenke, H., Staudt, C. L., Wagner, D. (2016). Structure-preserving sparsification
    methods for social networks. Social Network Analysis and Mining 6, 22.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["hub", "hub", "hub", "a"], "target": ["a", "b", "c", "b"], "relation": "r"})
    >>> networks.local_degree(ties.assign(weight=1.0), most=3)[["source", "target"]].to_numpy().tolist()
    [['hub', 'a'], ['hub', 'b'], ['hub', 'c']]
    """
    if most < 1:
        raise ArgumentError("most is {most}; at least 1 tie expected", most=most)
    ties = checked_edges(edges)
    if len(ties) <= most:
        return ties
    names, pairs, pair_of = _pairs(ties)
    exponents = _exponents(pairs, len(names))
    sizes = np.bincount(pair_of, minlength=len(pairs))
    order = np.argsort(exponents, kind="stable")
    reached = np.cumsum(sizes[order])
    # All pairs of one exponent enter together, or the order of names would choose.
    last = exponents[order[min(int(np.searchsorted(reached, most, side="right")), len(order) - 1)]]
    kept = (exponents < last) | (exponents == 0)
    tree = np.zeros(len(pairs), dtype=bool)
    whole = igraph.Graph(n=len(names), edges=pairs)
    tree[whole.spanning_tree(weights=np.where(kept, -1.0, exponents).tolist(), return_tree=False)] = True
    found: pd.DataFrame = ties[(kept | tree)[pair_of]].reset_index(drop=True)
    return found


def _pairs(ties: pd.DataFrame) -> tuple[npt.NDArray[np.object_], Integers, Integers]:
    """Actors, the tied pairs as positions among them, shape (pairs, 2), and the pair of every tie."""
    codes, names = pd.factorize(pd.concat([ties["source"], ties["target"]]), sort=True)
    ends = np.sort(codes.reshape(2, -1).T, axis=1)
    keys, pair_of = np.unique(ends[:, 0] * len(names) + ends[:, 1], return_inverse=True)
    pairs = np.column_stack(np.divmod(keys, max(len(names), 1)))
    return np.asarray(names, dtype=object), pairs.astype(np.int64), np.asarray(pair_of, dtype=np.int64).ravel()


def _exponents(pairs: Integers, actors: int) -> Floats:
    """The least e at which a pair is kept: seen from an end of d neighbours, log(rank of the other end) / log(d)."""
    near, far = np.concatenate([pairs, pairs[:, ::-1]]).T
    degree = np.bincount(near, minlength=actors)
    order = np.lexsort((far, -degree[far], near))
    ordered = near[order]
    first = np.r_[0, np.flatnonzero(np.diff(ordered)) + 1]
    ranks = np.empty(len(near))
    ranks[order] = np.arange(len(near)) - np.repeat(first, np.diff(np.r_[first, len(near)])) + 1
    own = degree[near]
    found = np.where(own > 1, np.log(ranks) / np.log(np.maximum(own, 2)), 0.0)
    return np.asarray(np.minimum(found[: len(pairs)], found[len(pairs) :]))


def _core(pairs: Integers, actors: int, most: int) -> tuple[npt.NDArray[np.bool_], int, bool]:
    """Who is drawn of a large network, the order of their core, and whether that had to be cut."""
    whole = igraph.Graph(n=actors, edges=pairs)
    orders = np.asarray(whole.coreness(), dtype=np.int64)
    sizes = np.cumsum(np.bincount(orders)[::-1])[::-1]
    fitting = np.flatnonzero(sizes <= most)
    if len(fitting):
        return orders >= fitting[0], int(fitting[0]), False
    top = int(orders.max())
    inside = pairs[(orders[pairs] == top).all(axis=1)]
    degree = np.sort(np.asarray(whole.degree())[inside], axis=1)
    # Pair by pair, the best connected first, so that everybody drawn has a tie that is drawn.
    ends = inside[np.lexsort((-degree[:, 1], -degree[:, 0]))].ravel()
    new = np.zeros(len(ends), dtype=bool)
    new[np.unique(ends, return_index=True)[1]] = True
    kept = np.zeros(actors, dtype=bool)
    kept[ends[: 2 * int((np.cumsum(new)[1::2] <= most).sum())]] = True
    return kept, top, True


def _by_weight(ties: pd.DataFrame, most: int) -> pd.DataFrame | None:
    """The skeleton by weight, if more of it is heavier than chance than only holds it together, and it is no crowd."""
    if not all(has_backbone(part) for _, part in ties.groupby("relation")["weight"]):
        return None
    found, bare = skeleton(ties, alpha=ALPHA), skeleton(ties, alpha=0.0)
    return found if 2 * len(bare) <= len(found) <= most else None


def among_leading(ties: pd.DataFrame, sizes: pd.DataFrame, *, most: int = 15) -> tuple[pd.DataFrame, list[str]]:
    """The ties among the actors that lead in a measure, and the note of a figure of them alone.

    A drawing of more actors than eyes can follow shows a tangle. All ties and no note where there are no more actors
    than ``most``, where too many lead alike, or where the leading have no tie among them.

    Parameters
    ----------
    ties : DataFrame
        Columns ``source`` and ``target``.
    sizes : DataFrame
        ``ESTIMATES`` of one measure: actors with equal values are all kept, or none of them.
    most : int
        Actors drawn at most.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["c", "c", "b"], "relation": "uses", "weight": 1.0})
    >>> sizes = networks.degrees(ties).query("measure == 'in_degree'")
    >>> [(len(found), notes) for found, notes in (networks.among_leading(ties, sizes, most=n) for n in (2, 3))]
    [(1, ['leaders_only']), (3, [])]
    """
    values = validate(sizes, ESTIMATES).set_index("entity")["value"].dropna()
    least = next((value for value in sorted(set(values)) if (values >= value).sum() <= most), float("inf"))
    chosen = values.index[values >= least]
    found = ties[ties["source"].isin(chosen) & ties["target"].isin(chosen)]
    few = len(set(ties["source"]) | set(ties["target"])) <= most
    return (ties, []) if few or found.empty else (found, ["leaders_only"])
