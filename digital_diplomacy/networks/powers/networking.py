"""Networking power: what those inside a network have over those outside, by who is inside and who attends to whom.

Castells gives no formula; the measures are definitions of this package, beside their nearest published relatives.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance.nulls import (
    Tail,
    check_draws,
    is_comparing,
    p_value,
    reoriented_shares,
    rewirings_of,
)
from digital_diplomacy.networks.graphs.arrays import NETWORK, Floats, Graph, node_rows, to_igraph, together
from digital_diplomacy.networks.measures.core_periphery import MOST_ACTORS, core_periphery
from digital_diplomacy.tables import ESTIMATES, validate

Members = npt.NDArray[np.bool_]
Row = dict[str, object]
Told: TypeAlias = Callable[[int, int], None]
"""Called with how many networks have been rewired, and how many will be."""

_LEVEL: Final = 0.95


def networking_power(
    network: Graph,
    *,
    rng: np.random.Generator,
    core: Collection[str] | None = None,
    universe: pd.DataFrame | None = None,
    draws: int = 999,
    rewirings: int = 99,
    mutual: bool = False,
    told: Told | None = None,
) -> pd.DataFrame:
    """Power of those included over those excluded (``ESTIMATES``).

    - ``core_ratio``, each actor: k / max k, where k is the largest number such that the actor lies in the k-core by
      ties in both directions (a returned tie counts twice). 1 for the innermost core.
    - ``core_weight``, each actor of up to 500, with ``core_fit``: Borgatti and Everett's continuous coreness.
    - ``core_members``: number of members of the core, which is the innermost k-core unless ``core`` declares it.
    - ``inclusion``, each type of a declared universe and ``network``: its members in the core as a share of all of them
      (``n``), absent ones among these.
    - ``exclusion_asymmetry``: X = w(P->C) / [w(P->C) + w(C->P)], of the attention that crosses the border of core C and
      periphery P the share that goes inwards; 1/2 if neither depends more on the other, missing if nothing crosses.
      ``n`` is the number of dyads that cross. Its null model turns dyads round by the toss of a coin; p is two-sided,
      and missing where nobody both attends and is attended to, since no tie could be turned round there.
      The innermost k-core is the same in every draw, since it counts ties in both directions.
    - ``core_density``: ties in the core as a share of its c (c - 1) ordered pairs; ``core_order``: the largest k. Their
      null model rewires ties, keeping how many each actor pays and receives, and, unless the core is declared, finds
      the core anew; p is that of values as large.

    A null model whose draws all equal what was observed compares with nothing, such as that of a star, of which nothing
    can be rewired: its p is missing. ``told`` is called after each rewired network.

    Parameters
    ----------
    network : Graph
        Directed.
    rng : Generator
        Turns dyads round and rewires ties.
    core : collection of str, optional
        Members of the core; by default the innermost k-core.
    universe : DataFrame, optional
        ``actor_id, type`` of everybody who could be inside; without it no inclusion is told.
    draws, rewirings : int
        Of the two null models; without rewirings their rows are left out.
    mutual : bool
        Whether ties have no direction, so that each stands both ways: rewired ties then do so, too.
    told : callable, optional
        Called with the number of rewired networks done and wanted.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.
    Borgatti, S. P., Everett, M. G. (2000). Models of core/periphery structures. Social Networks 21(4), 375-395.
    Maslov, S., Sneppen, K. (2002). Specificity and stability in topology of protein networks. Science 296, 910-913.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["p", "q", "a"], "target": ["a", "a", "p"], "weight": 1.0})
    >>> network = networks.graph(ties)
    >>> found = networks.networking_power(network, core=["a"], rng=np.random.default_rng(1), draws=9, rewirings=0)
    >>> found.loc[found["measure"] == "exclusion_asymmetry", ["value", "n"]].round(3)  # two of three ties go inwards
       value    n
    4  0.667  2.0
    """
    orders = _orders(network)
    inside = _members(network, orders, core)
    rows = [_row("core_members", float(inside.sum()), "actors", n=network.n)]
    if universe is not None:
        rows += _inclusion(network.names[inside], universe)
    rows += _asymmetry(network, inside, rng=rng, draws=draws)
    drawn_from = replace(network, directed=False) if mutual else network
    rows += _density(drawn_from, inside, orders, declared=core is not None, rng=rng, rewirings=rewirings, told=told)
    whole = pd.DataFrame(rows).assign(group="", period="", base="", source_id=network.source_id)
    parts = [
        node_rows(network, _ratio(orders), measure="core_ratio", unit="share", group=""),
        validate(whole, ESTIMATES),
    ]
    if network.n <= MOST_ACTORS:
        parts.append(core_periphery(network, rng=rng).assign(group=""))
    return together(parts)


def _row(measure: str, value: float, unit: str, *, n: float = np.nan, entity: str = NETWORK) -> Row:
    blank = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan}
    return {"entity": entity, "measure": measure, "value": value, "unit": unit, "n": float(n), **blank}


def _against(measure: str, value: float, null: Floats, unit: str, *, tail: Tail, n: float = np.nan) -> list[Row]:
    """A value of the network, its mean under the null model with the middle 95 per cent of draws, and p."""
    known = null[~np.isnan(null)]
    mean = float(known.mean()) if len(known) else np.nan
    low, high = simulated.middle(known, _LEVEL)
    ends = {"low": float(np.fmin(low, mean)), "high": float(np.fmax(high, mean))}
    chance = p_value(value, null, tail=tail) if is_comparing(value, known) else np.nan
    return [
        _row(measure, value, unit, n=n),
        {**_row(f"{measure}_expected", mean, unit, n=len(null)), **ends, "interval": "simulation", "level": _LEVEL},
        _row(f"{measure}_p", chance, "probability", n=len(null)),
    ]


def _orders(network: Graph) -> Floats:
    return np.asarray(to_igraph(network).coreness(mode="all"), dtype=float)


def _ratio(orders: Floats) -> Floats:
    return np.asarray(orders / orders.max(initial=1))


def _members(network: Graph, orders: Floats, core: Collection[str] | None) -> Members:
    """Who is in the core: those declared, or the innermost k-core; nobody in a network without ties."""
    if core is None:
        return np.asarray(orders == orders.max(initial=1))
    absent = sorted(set(core) - set(network.names))
    if absent:
        raise TableError(
            "core: {absent} not in the network; declare members that have a tie, or `nodes`",
            absent=", ".join(absent[:10]),
        )
    return np.asarray(network.names.isin(list(core)))


def _inclusion(members: pd.Index, universe: pd.DataFrame) -> list[Row]:
    missing = [column for column in ("actor_id", "type") if column not in universe]
    if missing:
        raise TableError(
            "universe: column `{missing}` is missing. Expected columns: actor_id, type.", missing=missing[0]
        )
    twice = universe.loc[universe["actor_id"].duplicated(), "actor_id"]
    unknown = sorted(set(members) - set(universe["actor_id"]))
    if len(twice) or unknown:
        wrong = ", ".join(map(repr, [*twice, *unknown][:10]))
        raise TableError(
            "universe: {wrong} listed twice, or in the core and not listed; list everybody once", wrong=wrong
        )
    bare = universe.loc[universe["type"].isna() | (universe["type"].astype(str) == ""), "actor_id"]
    if len(bare):
        raise TableError("universe: no type of {bare}; give everybody one", bare=", ".join(map(repr, bare[:10])))
    included = universe["actor_id"].isin(members)
    parts = [(str(kind), part) for kind, part in included.groupby(universe["type"].astype(str), sort=True)]
    return [
        _row("inclusion", float(part.mean()), "share", n=len(part), entity=entity)
        for entity, part in [*parts, (NETWORK, included)]
    ]


def exclusion_asymmetry(network: Graph, inside: Members) -> tuple[float, Floats, Floats]:
    """X of a core, and the weights of every crossing dyad towards the core and away from it.

    Examples
    --------
    >>> from digital_diplomacy.networks.graphs.arrays import graph
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["c", "c", "a"], "weight": [2.0, 1.0, 1.0]})
    >>> value, inward, outward = exclusion_asymmetry(graph(ties), np.array([False, False, True]))
    >>> value, inward.tolist(), outward.tolist()
    (0.75, [2.0, 1.0], [1.0, 0.0])
    """
    rows, columns, weights = network.pairs()
    crossing = inside[rows] != inside[columns]
    rows, columns, weights = rows[crossing], columns[crossing], weights[crossing]
    towards = inside[columns]
    outer, inner = np.where(towards, rows, columns), np.where(towards, columns, rows)
    _, dyad = np.unique(outer * network.n + inner, return_inverse=True)
    inward = np.asarray(np.bincount(dyad, weights=weights * towards), dtype=float)
    outward = np.asarray(np.bincount(dyad, weights=weights * ~towards), dtype=float)
    total = float(weights.sum())
    return float(inward.sum()) / total if total else float("nan"), inward, outward


def _asymmetry(network: Graph, inside: Members, *, rng: np.random.Generator, draws: int) -> list[Row]:
    check_draws(draws)
    value, inward, outward = exclusion_asymmetry(network, inside)
    rows, columns, _ = network.pairs()
    is_one_way = not np.intersect1d(rows, columns).size  # from one side to another: turned round, none could be there
    is_open = len(inward) and not is_one_way
    null = reoriented_shares(inward, outward, rng=rng, draws=draws) if is_open else np.full(draws, np.nan)
    return _against("exclusion_asymmetry", value, null, "share", tail="two_sided", n=len(inward))


def _density(
    network: Graph,
    inside: Members,
    orders: Floats,
    *,
    declared: bool,
    rng: np.random.Generator,
    rewirings: int,
    told: Told | None,
) -> list[Row]:
    sides = 1 if network.directed else 2  # a tie without direction stands both ways in what is measured
    observed = {"core_density": sides * density_within(network, inside), "core_order": float(orders.max(initial=0))}
    units = {"core_density": "share", "core_order": "count"}
    if rewirings < 1 or not network.ties:
        return [_row(code, value, units[code]) for code, value in observed.items()]
    null = np.empty((rewirings, 2))
    for number, drawn in enumerate(rewirings_of(network, rng=rng, draws=rewirings)):
        found = sides * np.asarray(drawn.coreness(mode="all"), dtype=float)
        members = inside if declared else _members(network, found, None)
        among = drawn.induced_subgraph(np.flatnonzero(members).tolist()).ecount()
        null[number] = _density_of(members, sides * among), found.max(initial=0)
        if told is not None:
            told(number + 1, rewirings)
    compared = [
        _against(code, value, null[:, number], units[code], tail="greater")
        for number, (code, value) in enumerate(observed.items())
    ]
    return [row for rows in compared for row in rows]


def density_within(network: Graph, inside: Members) -> float:
    """Ties among the members, each once, as a share of their ordered pairs; missing below two members."""
    rows, columns, _ = network.pairs()
    return _density_of(inside, float((inside[rows] & inside[columns]).sum()))


def _density_of(members: Members, ties: float) -> float:
    size = int(members.sum())
    return ties / (size * (size - 1)) if size > 1 else float("nan")
