"""How the ties of a network were gathered, as far as they tell it: chance has a say in what that left open alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from digital_diplomacy.networks.graphs.arrays import Graph

_LEAST: Final = 3  # actors with ties, of whom one can be the centre; fewer are a pair
_TWO: Final = ("one side", "the other")
_SIDE: Final = 2  # actors at least on either side


@dataclass(frozen=True)
class Design:
    """What the ties leave no choice in.

    Attributes
    ----------
    ego : str
        The one actor that every tie has as an end, or nothing: ties of others were then not gathered.
    senders, receivers : tuple of str
        The two sides between which all ties lie, sorted, or nothing. Of a directed network nobody of one side is turned
        to, and nobody of the other turns to anybody; of an undirected one they are the two types of actors.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "b"], "target": ["x", "x", "y"]})
    >>> networks.design(networks.graph(ties))
    Design(ego='', senders=('a', 'b'), receivers=('x', 'y'))
    """

    ego: str = ""
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


def design(network: Graph, types: Mapping[str, str] | None = None) -> Design:
    """Whether all ties are those of one actor, or lie between two sides; neither is told of a network without ties.

    Parameters
    ----------
    network : Graph
    types : mapping of str to str, optional
        Type by actor. An undirected network has two sides if there are two types and no tie within either.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["mfa", "b", "mfa"], "target": ["a", "mfa", "b"]})
    >>> networks.design(networks.graph(ties)).ego
    'mfa'
    """
    rows, columns, _ = network.pairs()
    tied = np.union1d(rows, columns)
    if len(tied) < _LEAST:
        return Design()
    if len(tied) > _LEAST or network.directed:
        shared = [end for end in {int(rows[0]), int(columns[0])} if bool(((rows == end) | (columns == end)).all())]
        if len(shared) == 1:
            return Design(ego=str(network.names[shared[0]]))
    if network.directed:
        senders, receivers = np.unique(rows), np.unique(columns)
        apart = not np.intersect1d(senders, receivers).size
        sides = ([*network.names[senders]], [*network.names[receivers]]) if apart else None
    else:
        sides = _two_types(network, types or {})
    if sides is None or min(map(len, sides)) < _SIDE:
        return Design()
    return Design(senders=tuple(map(str, sides[0])), receivers=tuple(map(str, sides[1])))


def _two_types(network: Graph, types: Mapping[str, str]) -> "tuple[list[str], list[str]] | None":
    """Names by their type, if there are two and every tie joins them."""
    of = np.array([types.get(str(name), "") for name in network.names])
    kinds = sorted(set(of))
    rows, columns, _ = network.pairs()
    if len(kinds) != len(_TWO) or (of[rows] == of[columns]).any():
        return None
    first, second = ([str(name) for name in network.names[of == kind]] for kind in kinds)
    return first, second
