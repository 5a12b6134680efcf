"""Switchers: who connects different networks.

Castells (2011) has two sides of network-making power: to program specific networks, and to switch *different* networks.
So the networks must be told apart before one can say who connects them; here they are the layers of a multilayer
network, ties of different kinds among the same actors. A bridge between types of actors inside one network is none.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.chance.nulls import check_draws, max_statistic_p, standardised
from digital_diplomacy.networks.graphs.arrays import Floats, Integers
from digital_diplomacy.tables import ESTIMATES, validate

LAYERS: Final[Mapping[str, str]] = {
    "proposed_by": "goals",
    "instructed_by": "goals",
    "addresses": "dialogue",
    "responds_to": "dialogue",
    "run_by": "steering",
    "regulated_by": "steering",
}
"""The networks of a state that hears, by relation: who sets its goals, who speaks and answers, who runs and regulates
the means. Each pair of relations is one question asked of the documents, which is why it is one network. Use, opinion,
measuring, membership and bans are none of the three: a restriction severs a tie rather than makes one."""

MOST_LAYERS: Final = 62
MOST_PAIRS: Final = 200_000
"""Pairs of neighbours up to which they are listed: of a network of more only ``layers_joined`` is told."""

_LEVEL: Final = 0.95


def layered(edges: pd.DataFrame, layers: Mapping[str, str] = LAYERS) -> pd.DataFrame:
    """Ties with the network each belongs to: ``source, target, layer``; relations that belong to none are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": ["run_by", "uses"]})
    >>> networks.layered(ties).to_numpy().tolist()
    [['a', 'b', 'steering']]
    """
    named = edges.assign(layer=edges["relation"].map(dict(layers)))
    return named.dropna(subset="layer")[["source", "target", "layer"]].drop_duplicates(ignore_index=True)


def switching_power(
    ties: pd.DataFrame,
    names: pd.Index,
    *,
    rng: np.random.Generator,
    draws: int = 999,
) -> pd.DataFrame:
    """How many actors of different networks meet through an actor (``ESTIMATES``); they may meet through others too.

    - ``layers_joined``: networks in which v has a tie; ``n`` is their number in all.
    - ``switched_pairs``: S_v, the pairs {a, b} of v's neighbours that are not tied to each other and have no network in
      common in their ties to v: one reaches v in one network, the other in another. Direction is ignored, since either
      side may use the switch.
    - ``switched_pairs_expected``: its mean, with the middle 95 per cent, when the networks are dealt to the tied pairs
      at random, as many of each; who is tied to whom stays.
    - ``switcher_p``: S_v less its mean over its standard deviation, against the largest such score of *any* actor in a
      draw; it holds for all actors together, whose number is ``n``. Missing where no deal changes S_v.

    Parameters
    ----------
    ties : DataFrame
        ``source, target, layer``; rows with an end outside ``names`` are passed over.
    names : Index
        Actors of the network.
    rng : Generator
        Deals the layers.

    Returns
    -------
    DataFrame
        Empty if there are fewer than two networks.

    References
    ----------
    Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.
    Kivelä, M., Arenas, A., Barthelemy, M., Gleeson, J. P., Moreno, Y., Porter, M. A. (2014). Multilayer networks.
    Journal of Complex Networks 2(3), 203-271.
    Burt, R. S. (1992). Structural Holes. Harvard University Press.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["s", "s"], "target": ["a", "b"], "layer": ["money", "ideas"]})
    >>> found = networks.switching_power(ties, pd.Index(["a", "b", "s"]), rng=np.random.default_rng(1), draws=99)
    >>> found.loc[found["entity"] == "s", ["measure", "value"]]  # a and b meet through s, however networks are dealt
                        measure  value
    2             layers_joined    2.0
    5            switched_pairs    1.0
    8   switched_pairs_expected    1.0
    11               switcher_p    NaN
    """
    check_draws(draws)
    order = names.sort_values()
    pairs, masks, many = _masks(ties, order)
    if many < 2:
        return validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    joined = np.array([int(mask).bit_count() for mask in _united(pairs, masks, len(order))], dtype=float)
    degree = np.bincount(pairs.ravel(), minlength=len(order)).astype(float)
    if float((degree * (degree - 1)).sum()) / 2 > MOST_PAIRS:
        alone = _rows(order, "layers_joined", joined, "count", n=many)
        return validate(alone.assign(group="", source_id=""), ESTIMATES)
    centre, left, right = _open_pairs(pairs, len(order))
    switched = _switched(centre, masks[left] & masks[right], len(order))
    rows = [
        _rows(order, "layers_joined", joined, "count", n=many),
        _rows(order, "switched_pairs", switched, "pairs", n=np.nan),
    ]
    busy, place = np.unique(centre, return_inverse=True)  # the others switch nothing in any deal
    null = np.empty((draws, len(busy)))
    for number in range(draws):
        dealt = rng.permutation(masks)
        null[number] = _switched(place, dealt[left] & dealt[right], len(busy))
    rows += _against(order, switched, null, busy)
    return validate(pd.concat(rows).assign(group="", source_id=""), ESTIMATES)


def _masks(ties: pd.DataFrame, names: pd.Index) -> tuple[Integers, Integers, int]:
    """Tied pairs, shape (pairs, 2), smaller end first; the layers of each as bits; how many layers there are."""
    inside = ties[ties["source"].isin(names) & ties["target"].isin(names)]
    codes, kinds = pd.factorize(inside["layer"], sort=True)
    if len(kinds) > MOST_LAYERS:
        raise ArgumentError(
            "{count} networks; at most {most_layers} are told apart", count=len(kinds), most_layers=MOST_LAYERS
        )
    ends = np.column_stack([names.get_indexer(pd.Index(inside[end])) for end in ("source", "target")])
    pairs, number = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    masks = np.zeros(len(pairs), dtype=np.int64)
    np.bitwise_or.at(masks, number.ravel(), np.left_shift(np.int64(1), codes.astype(np.int64)))
    return pairs.astype(np.int64), masks, len(kinds)


def _united(pairs: Integers, masks: Integers, actors: int) -> Integers:
    """The layers of each actor as bits."""
    found = np.zeros(actors, dtype=np.int64)
    for end in (0, 1):
        np.bitwise_or.at(found, pairs[:, end], masks)
    return found


def _open_pairs(pairs: Integers, actors: int) -> tuple[Integers, Integers, Integers]:
    """Centre v of every pair of v's neighbours that are not tied, and the numbers of the two tied pairs."""
    tied = set(map(tuple, pairs.tolist()))
    near: list[list[tuple[int, int]]] = [[] for _ in range(actors)]
    for number, (one, other) in enumerate(pairs.tolist()):
        near[one].append((other, number))
        near[other].append((one, number))
    found = [
        (centre, first, second)
        for centre, around in enumerate(near)
        for place, (a, first) in enumerate(around)
        for b, second in around[place + 1 :]
        if (min(a, b), max(a, b)) not in tied
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _switched(centre: Integers, common: Integers, actors: int) -> Floats:
    return np.bincount(centre[common == 0], minlength=actors).astype(float)


def _against(names: pd.Index, switched: Floats, null: Floats, busy: Integers) -> list[pd.DataFrame]:
    """Rows of what chance gives; ``null`` has a column for each of the ``busy`` actors."""
    ends = np.zeros((3, len(names)))
    ends[:2, busy] = simulated.middle(null, _LEVEL)
    ends[2, busy] = null.mean(axis=0)
    low, high, mean = ends
    expected = _rows(names, "switched_pairs_expected", mean, "pairs", n=len(null)).assign(
        low=np.minimum(low, mean), high=np.maximum(high, mean), interval="simulation", level=_LEVEL
    )
    scores, drawn = standardised(switched[busy], null)
    chances = np.full(len(names), np.nan)
    chances[busy] = max_statistic_p(scores, drawn)
    return [expected, _rows(names, "switcher_p", chances, "probability", n=float((~np.isnan(scores)).sum()))]


def _rows(names: pd.Index, measure: str, values: Floats, unit: str, *, n: float) -> pd.DataFrame:
    blank = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, "period": "", "base": ""}
    return pd.DataFrame({"entity": names, "measure": measure, "value": values, "unit": unit, "n": float(n), **blank})
