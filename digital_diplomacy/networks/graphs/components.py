"""The connected part of a network in which powers are measured: between pieces nothing is inside or outside."""

from collections.abc import Iterable
from typing import Final

import igraph
import numpy as np
import pandas as pd

COUNTRY: Final = "country"


def largest_component(ties: pd.DataFrame, *, nodes: Iterable[str] = ()) -> list[str]:
    """Actors of the largest connected part, direction ignored, sorted; of equal parts the first by name.

    Parameters
    ----------
    ties : DataFrame
        ``source, target``.
    nodes : iterable of str
        Further actors, who may have no tie.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> networks.largest_component(pd.DataFrame({"source": ["a", "c", "d"], "target": ["b", "d", "e"]}), nodes=["f"])
    ['c', 'd', 'e']
    """
    names = sorted({*ties["source"], *ties["target"], *nodes})
    if not names:
        return []
    return [names[place] for place in max(_parts(ties, names), key=lambda part: (len(part), -part[0]))]


def equal_parts(ties: pd.DataFrame) -> int:
    """How many connected parts are as large as the largest, direction ignored: above 1, none is the largest.

    Parameters
    ----------
    ties : DataFrame
        ``source, target``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> networks.equal_parts(pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"]}))
    2
    """
    sizes = [len(part) for part in _parts(ties, sorted({*ties["source"], *ties["target"]}))]
    return sizes.count(max(sizes, default=0))


def _parts(ties: pd.DataFrame, names: list[str]) -> list[list[int]]:
    """Places in the names, part by part."""
    ends = np.searchsorted(names, ties[["source", "target"]].to_numpy(dtype=str))
    return list(igraph.Graph(n=len(names), edges=ends.tolist()).connected_components(mode="weak"))


def within(ties: pd.DataFrame, actors: Iterable[str]) -> pd.DataFrame:
    """The ties both of whose ends are among these actors."""
    inside = set(actors)
    return ties[ties["source"].isin(inside) & ties["target"].isin(inside)]


def system_of(statements: pd.DataFrame, actors: pd.DataFrame, country: str) -> pd.DataFrame:
    """The statements of one connected system: those with an end in a country, as far as they hang together.

    Parameters
    ----------
    statements : DataFrame
        ``source, target``, of the relations that make the system.
    actors : DataFrame
        ``actor_id, country``.
    country : str
        ISO 3166 alpha-3 code.

    Returns
    -------
    DataFrame
        The rows of the largest connected part among them; none if nobody of the country is named.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["a", "b", "x"], "target": ["b", "c", "y"]})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c", "x", "y"], "country": ["KAZ", "KAZ", "", "KAZ", ""]})
    >>> networks.system_of(said, actors, "KAZ")  # x and y hang together with nobody else
      source target
    0      a      b
    1      b      c
    """
    home = set(actors.loc[actors[COUNTRY] == country, "actor_id"])
    near = statements[statements["source"].isin(home) | statements["target"].isin(home)]
    return within(near, largest_component(near))
