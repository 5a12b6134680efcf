"""The ties a dense network is drawn by: those heavier than chance would make them, and what holds it together."""

from typing import Final

import igraph
import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import graph
from digital_diplomacy.networks.graphs.backbone import disparity, has_backbone
from digital_diplomacy.networks.graphs.building import checked_edges

ALPHA: Final = 0.15
"""Level up to which a tie counts as heavier than chance."""


def skeleton(edges: pd.DataFrame, *, alpha: float = ALPHA) -> pd.DataFrame:
    """Some of the edges (``EDGES``): the backbone of each relation by the disparity filter, and a spanning tree.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    alpha : float
        Ties of which chance would make at most this share so heavy, seen from either end, are kept; 0 keeps the tree
        alone, 1 every tie.

    Returns
    -------
    DataFrame
        Every actor keeps a tie and every component stays whole, by a spanning tree of the least alphas: shares of
        strength compare between relations where weights do not. A relation whose weights are all equal keeps its ties.

    Raises
    ------
    ValueError
        If the weights of no relation differ: then there is nothing to choose by, and every tie is to be drawn.

    References
    ----------
    Serrano, M. Á., Boguñá, M., Vespignani, A. (2009). Extracting the multiscale backbone of complex weighted networks.
    PNAS 106(16), 6483-6488.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "c"], "relation": "cites"})
    >>> networks.skeleton(ties.assign(weight=[9.0, 1.0, 9.0]), alpha=0)[["source", "target"]].to_numpy().tolist()
    [['a', 'b'], ['b', 'c']]
    """
    if not 0 <= alpha <= 1:
        raise ArgumentError("alpha is {alpha}; from 0 to 1 expected", alpha=alpha)
    checked = checked_edges(edges)
    parts = list(checked.groupby("relation", sort=True))
    if parts and not any(has_backbone(part["weight"]) for _, part in parts):
        raise ArgumentError(
            "the weights of every relation are equal: a disparity filter compares weights and is undefined; draw "
            "every tie"
        )
    tested = pd.concat([_tested(part).assign(relation=code) for code, part in parts])
    least = tested["alpha_min"]
    names = sorted({*tested["source"], *tested["target"]})
    ends = np.searchsorted(names, tested[["source", "target"]].to_numpy(dtype=str))
    whole = igraph.Graph(n=len(names), edges=ends.tolist())
    tree = np.zeros(len(tested), dtype=bool)
    tree[whole.spanning_tree(weights=least.tolist(), return_tree=False)] = True
    return checked_edges(tested.loc[tree | (least <= alpha), list(checked.columns)])


def _tested(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties of one relation with their least alpha, which is 0, and so kept, where their weights are all equal."""
    if has_backbone(ties["weight"]):
        return disparity(graph(ties))
    return ties[["source", "target", "weight"]].assign(alpha_min=0.0)
