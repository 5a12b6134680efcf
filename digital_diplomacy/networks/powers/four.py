"""The four powers of a network society, measured in one connected system and set beside what chance alone would give.

Castells tells four powers apart: networking power (of those inside a network over those outside), network power (of
the standards that coordinate it), networked power (of some actors over others inside), and network-making power (of
programmers, who set a network's goals, and switchers, who connect networks). He gives no formula for any of them and
no quantification is accepted in the literature. Those here are this package's reading of him; each names its nearest
published relatives. An edge u -> v is attention or dependence that u pays to v, and P_uv = w_uv / sum_v w_uv its share.

Everything is measured in the largest connected part of the network: pieces that nothing joins have no common core, and
nobody in one has power over anybody in another.

References
----------
Castells, M. (2009). Communication Power. Oxford University Press, 42-47.
Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.graphs.arrays import (
    NETWORK,
    Graph,
    Loops,
    Orientation,
    graph,
    network_row,
    subgraph,
    together,
)
from digital_diplomacy.networks.graphs.components import largest_component
from digital_diplomacy.networks.graphs.naming import names_given
from digital_diplomacy.networks.measures.brokers import actor_rows, attention_shares, attention_together
from digital_diplomacy.networks.measures.centrality import DAMPING, pagerank_values
from digital_diplomacy.networks.powers.networking import Told, networking_power
from digital_diplomacy.networks.powers.programming import GOALS, programming_power
from digital_diplomacy.networks.powers.standards import standard_powers
from digital_diplomacy.networks.powers.switching import switching_power
from digital_diplomacy.readings import apart
from digital_diplomacy.tables import ESTIMATES, PAIRS, named, validate

Rescaling = Literal["equal_totals"] | Mapping[str, float]

POWERS: Final = ("networking", "network", "networked")
"""Those of Castells' four powers that one sentence tells, in his order; the fourth, network-making, has two sides."""

ALL: Final = "all_relations"
"""Group of what is measured over all relations together."""

RESCALED: Final = "rescaled"
"""Group of powers over several relations whose weights were brought to one scale."""


def powers(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    rng: np.random.Generator,
    core: Collection[str] | None = None,
    universe: pd.DataFrame | None = None,
    standards: pd.DataFrame | None = None,
    goals: pd.DataFrame | None = None,
    layers: pd.DataFrame | None = None,
    rescaling: Rescaling | None = None,
    nodes: Iterable[str] = (),
    orientation: Orientation = "as_given",
    loops: Loops = "refuse",
    draws: int = 999,
    rewirings: int = 99,
    mutual: bool = False,
    source_id: str = "",
    told: Told | None = None,
) -> pd.DataFrame:
    """The four powers of one relation (``ESTIMATES``): a row for each actor, type or standard, and measure.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation, weight``; weights above 0, larger is stronger.
    actors : DataFrame
        ``actor_id`` (unique) and ``type``, of at least every actor of the network.
    rng : Generator
        Draws orientations, rewirings, adoptions, setters of goals, and deals of layers.
    core : collection of str, optional
        Who is inside; by default the innermost k-core (see :func:`networking_power`).
    universe : DataFrame, optional
        ``actor_id, type`` of everybody who could be inside, present or absent. Without it no inclusion is told.
    standards : DataFrame, optional
        Two-mode data ``actor_id, standard`` (see :func:`standard_powers`). Without it there are no rows of network
        power, which ties among actors do not tell. Every adopter is an actor of the network; those outside its largest
        part are passed over, as are goals and layers there.
    goals : DataFrame, optional
        ``source, target``: who has goals set by whom (see :func:`programming_power`). Without it there are no rows of
        programmers.
    layers : DataFrame, optional
        ``source, target, layer``: ties of several networks among the actors (see :func:`switching_power`). Without it
        there are no rows of switchers.
    rescaling : {"equal_totals"} or mapping of relation to factor, optional
        How weights of several relations become comparable before they are added: each divided by its relation's total,
        or multiplied by a factor. Without it one relation is expected; audiences, ownership and citations are
        different quantities.
    nodes : iterable of str
        Further actors, who may have no tie.
    orientation : {"as_given", "reversed"}
        Whether ``source`` is who pays attention, or who receives it.
    loops : {"refuse", "drop"}
        What becomes of an actor tied to itself.
    draws, rewirings : int
        Draws from the other null models (at least 1), and rewired networks (0 leaves those rows out).
    mutual : bool
        Whether ties have no direction, so that each stands both ways (see :func:`networking_power`).
    told : callable, optional
        Called after each rewired network with the number done and the number wanted.
    source_id : str
        The table the edges come from.

    Returns
    -------
    DataFrame
        Group is the relation, or ``rescaled``. The row ``system_actors`` holds how many actors the measured part has,
        and in ``n`` how many there are in all. Rows ``*_p`` hold p = (b + 1) / (m + 1); rows ``*_expected`` the mean
        of the null model with the middle 95 per cent of its draws. The rows carry the actors' labels to figures.

    Raises
    ------
    ValueError
        If several relations would be mixed without a rescaling.
    TableError
        Naming actors without a type, members of the core that are not in the network or the universe, and what is
        called ``network``, as rows of the whole are.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "relation": "follows", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> found = networks.powers(ties, actors, rng=np.random.default_rng(1), draws=9, rewirings=0)
    >>> found.loc[found["measure"] == "net_dependence", ["entity", "value"]]  # two depend on c, which depends on none
       entity  value
    17      a   -1.0
    18      b   -1.0
    19      c    2.0
    """
    _refuse_reserved(actors, universe, standards)
    ties, group = one_relation(edges, rescaling)
    adopters = () if standards is None else standards["actor_id"]
    whole = graph(ties, nodes={*nodes, *adopters}, orientation=orientation, loops=loops, source_id=source_id)
    types = actors.set_index("actor_id")["type"]
    whole.codes(types)  # refuses actors without a type before anything is computed
    network = _largest(whole)
    parts = [
        network_row(network, network.n, measure="system_actors", unit="actors", n=float(whole.n)),
        networking_power(
            network, core=core, universe=universe, rng=rng, draws=draws, rewirings=rewirings, mutual=mutual, told=told
        ),
    ]
    if standards is not None:
        names = list(network.names)
        adopted = standards[standards["actor_id"].isin(names)]
        if len(adopted):
            parts.append(standard_powers(tie_table(network), adopted, actors=names, rng=rng, draws=draws))
    parts.append(networked_power(network))
    if goals is not None:
        parts.append(programming_power(goals, types.reindex(network.names), rng=rng, draws=draws))
    if layers is not None:
        parts.append(switching_power(layers, network.names, rng=rng, draws=draws))
    own = names_given(actors, relations=edges["relation"])
    return named(together(parts).assign(group=group, source_id=source_id), own)


def network_making_power(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    goals: Collection[str] = GOALS,
    rng: np.random.Generator,
    draws: int = 999,
    source_id: str = "",
) -> pd.DataFrame:
    """Programmers and switchers over all relations together, each being a network of its own (``ESTIMATES``).

    Weights play no part, so that relations need not be brought to one scale.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation``.
    actors : DataFrame
        ``actor_id`` (unique) and ``type``.
    goals : collection of str
        Those of the relations whose target sets goals for the source; without one there are no programmers.

    Returns
    -------
    DataFrame
        Group ``all_relations``; rows of :func:`programming_power` and :func:`switching_power` in the largest connected
        part, and ``system_actors``.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["plan", "body"], "target": ["head", "head"], "relation": ["run_by", "uses"]})
    >>> actors = pd.DataFrame({"actor_id": ["plan", "body", "head"], "type": ["programme", "state", "state"]})
    >>> found = networks.network_making_power(ties, actors, rng=np.random.default_rng(1), draws=9)
    >>> found.loc[found["measure"] == "layers_joined", ["entity", "value"]]
      entity  value
    1   body    1.0
    2   head    2.0
    3   plan    1.0
    """
    network = _largest(graph(edges[["source", "target"]].drop_duplicates().assign(weight=1.0)))
    everybody = len({*edges["source"], *edges["target"]})
    types = actors.set_index("actor_id")["type"].reindex(network.names)
    setting = edges[edges["relation"].isin(list(goals))]
    parts = [
        network_row(network, network.n, measure="system_actors", unit="actors", n=float(everybody)),
        programming_power(setting, types, rng=rng, draws=draws),
        switching_power(edges.rename(columns={"relation": "layer"}), network.names, rng=rng, draws=draws),
    ]
    rows = together(parts).assign(group=ALL, source_id=source_id)
    return named(rows, names_given(actors, relations=edges["relation"]))


def _largest(network: Graph) -> Graph:
    """The largest connected part; a network without ties is left as it is."""
    if network.ties == 0:
        return network
    inside = largest_component(tie_table(network), nodes=network.names)
    return subgraph(network, np.asarray(network.names.isin(inside)))


def _refuse_reserved(actors: pd.DataFrame, universe: pd.DataFrame | None, standards: pd.DataFrame | None) -> None:
    """Rows of the network as a whole are called after it, so that nothing else may be."""
    given = {"actors": (actors, "actor_id"), "universe": (universe, "type"), "standards": (standards, "standard")}
    for table, (frame, column) in given.items():
        if frame is not None and column in frame and (frame[column] == NETWORK).any():
            raise TableError(
                "{table}: {column} {network!r} stands for the network as a whole; rename it",
                table=table,
                column=column,
                network=NETWORK,
            )


def one_relation(edges: pd.DataFrame, rescaling: Rescaling | None) -> tuple[pd.DataFrame, str]:
    """The ties (``source, target, weight``) of one relation, or of several on one scale, and the name of the group.

    Raises
    ------
    ValueError
        If several relations come without a rescaling, or a relation has no factor above 0.
    """
    relations = sorted(edges["relation"].astype(str).unique())
    columns = ["source", "target", "weight"]
    if rescaling is None:
        if len(relations) > 1:
            raise ArgumentError(
                "powers are computed within one relation, found {relations}; choose one, or declare a rescaling "
                "under which their weights may be added",
                relations=", ".join(relations),
            )
        return edges[columns], relations[0] if relations else ""
    if rescaling == "equal_totals":
        factors = edges["relation"].map(1 / edges.groupby("relation")["weight"].sum())
    elif isinstance(rescaling, Mapping):
        wrong = [code for code in relations if not rescaling.get(code, 0) > 0]
        if wrong:
            raise ArgumentError("rescaling: no factor above 0 for {wrong}", wrong=", ".join(wrong))
        factors = edges["relation"].map(dict(rescaling))
    else:
        raise ArgumentError(
            "unknown rescaling {rescaling!r}; allowed: 'equal_totals', or a factor for each relation",
            rescaling=rescaling,
        )
    scaled = edges.assign(weight=edges["weight"] * factors)
    return scaled.groupby(columns[:2], sort=True)["weight"].sum().reset_index(), RESCALED


def tie_table(network: Graph) -> pd.DataFrame:
    """The ties by name: ``source, target, weight``."""
    rows, columns, weights = network.pairs()
    return pd.DataFrame({"source": network.names[rows], "target": network.names[columns], "weight": weights})


def networked_power(network: Graph, *, group: str = "") -> pd.DataFrame:
    """Power of actors over others inside (``ESTIMATES``, a row for each actor and measure).

    - ``dependence``: D_j = sum_u P_uj, 0 to the number of those who pay attention; a receiver on whom k actors depend
      wholly, and no other, has D = k.
    - ``net_dependence``: D_j - 1, or D_j where j pays no attention itself. Above 0 for actors who are depended on more
      than they depend; it sums to 0 over the network if nobody pays nothing.
    - ``pagerank``: dependence passed on along the ties, damping 0.85; sums to 1.

    The nearest relatives are asymmetric dependence in exchange and status by choices received.

    Parameters
    ----------
    network : Graph
        Directed.
    group : str
        Of the rows: the relation.

    References
    ----------
    Emerson, R. M. (1962). Power-dependence relations. American Sociological Review 27(1), 31-41.
    Katz, L. (1953). A new status index derived from sociometric analysis. Psychometrika 18(1), 39-43.
    Page, L., Brin, S., Motwani, R., Winograd, T. (1999). The PageRank Citation Ranking: Bringing Order to the Web.
    Stanford InfoLab, technical report 1999-66.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "c"], "weight": [3.0, 1.0, 1.0]})
    >>> found = networks.networked_power(networks.graph(ties))
    >>> found.loc[found["measure"] == "dependence", ["entity", "value"]]  # b: three quarters of a; c: the rest, and b
      entity  value
    0      a   0.00
    1      b   0.75
    2      c   1.25
    """
    received = attention_together(network)
    pays = np.diff(network.weights.indptr) > 0
    ranks = pagerank_values(network, weighted=True, damping=DAMPING)
    columns = {
        "dependence": (received, "full_dependents"),
        "net_dependence": (received - pays, "full_dependents"),
        "pagerank": (ranks, "share"),
    }
    return actor_rows(network, columns, group=group)


def dependence_received(edges: pd.DataFrame, *, nodes: Iterable[str] = ()) -> "pd.Series[float]":
    """D_j by actor, as in :func:`networked_power`, for computing it again and again on resampled edges.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, weight``.
    nodes : iterable of str
        Further actors, who may have no tie.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "c"], "weight": [3.0, 1.0, 1.0]})
    >>> networks.dependence_received(ties).to_dict()
    {'a': 0.0, 'b': 0.75, 'c': 1.25}
    """
    network = graph(edges, nodes=nodes)
    return pd.Series(attention_together(network), index=network.names)


def dyadic_power(network: Graph) -> pd.DataFrame:
    """Power of one actor over another (``PAIRS``): P_uj - P_ju, the share of u's attention j has less the reverse.

    One row for each tied pair, the stronger side at the left (of equals, the first by name), so that values lie between
    0 and 1, where 1 is an actor who attends to nobody else and is ignored.

    Parameters
    ----------
    network : Graph
        Directed.

    References
    ----------
    Emerson, R. M. (1962). Power-dependence relations. American Sociological Review 27(1), 31-41.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"], "weight": [1.0, 1.0, 3.0]})
    >>> networks.dyadic_power(networks.graph(ties))[["left", "right", "value"]]  # b over a: 1 - 1/4; c over b: 3/4
      left right  value
    0    b     a   0.75
    1    c     b   0.75
    """
    shares = attention_shares(network)
    balance = (shares.T.tocsr() - shares).tocsr()  # row j, column u: P_uj - P_ju
    rows, columns = (network.binary + network.received).nonzero()
    once = rows < columns
    values = np.asarray(balance[rows[once], columns[once]], dtype=float).ravel()
    turned = values < 0
    left, right = np.where(turned, columns[once], rows[once]), np.where(turned, rows[once], columns[once])
    frame = pd.DataFrame({"left": network.names[left], "right": network.names[right], "value": np.abs(values)})
    texts = {"measure": "dyadic_power", "interval": "none", "unit": "share", "source_id": network.source_id}
    return validate(frame.assign(**texts, low=np.nan, high=np.nan, level=np.nan, n=np.nan), PAIRS)


def power_sentence(estimates: pd.DataFrame, power: str) -> pd.DataFrame:
    """What one power comes to, as the fields of its sentence: one row for each group, none where it was not measured.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers`; several relations may stand together.
    power : {"networking", "network", "networked"}
        Its sentence is the label ``sentence.power_<power>``; of network-making power see :func:`making_said`.

    Returns
    -------
    DataFrame
        ``group`` and, for networking power: members, actors, value (exclusion asymmetry), p; for network power: entity
        (the standard that covers most ties), reach, value (coverage), low, high (middle 95 per cent by chance), p,
        where all shares are percent to one decimal; for networked power: entity (who receives most dependence), value,
        low, high (if known), net, count (actors that receive as much). Both say what low and high are (interval). Of
        equal actors the first by code is named.

    Raises
    ------
    ValueError
        For an unknown power.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "relation": "follows", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> found = networks.powers(ties, actors, rng=np.random.default_rng(1), draws=9, rewirings=0)
    >>> networks.power_sentence(found, "networked")[["group", "entity", "value", "net"]]
         group entity  value  net
    0  follows      c    2.0  2.0
    """
    said = {"networking": _networking, "network": _standard, "networked": _networked}
    if power not in said:
        raise ArgumentError("unknown power {power!r}; allowed: {said}", power=power, said=", ".join(said))
    rows = validate(estimates, ESTIMATES)
    found = [(group, said[power](part)) for group, part in rows.groupby("group", sort=True)]
    return pd.DataFrame([{"group": group, **fields} for group, fields in found if fields])


Fields = dict[str, object]


def _of_network(rows: pd.DataFrame, measure: str, column: str = "value") -> float:
    return _of(rows, NETWORK, measure, column)


def _of(rows: pd.DataFrame, entity: object, measure: str, column: str = "value") -> float:
    found = rows.loc[(rows["entity"] == entity) & (rows["measure"] == measure), column]
    return float(found.iloc[0]) if len(found) else float("nan")


def _kind(rows: pd.DataFrame, entity: object, measure: str) -> str:
    """What the interval of a measure says, so that no range of values is told as a bound."""
    found = rows.loc[(rows["entity"] == entity) & (rows["measure"] == measure), "interval"]
    return str(found.iloc[0]) if len(found) else "none"


def _first(rows: pd.DataFrame, measure: str) -> str | None:
    """Who has the largest value of a measure, if it is above 0."""
    found = rows[(rows["measure"] == measure) & (rows["value"] > 0)]
    best = found.sort_values(["value", "entity"], ascending=[False, True], kind="stable")["entity"]
    return str(best.iloc[0]) if len(best) else None


def _networking(rows: pd.DataFrame) -> Fields:
    if "core_members" not in set(rows["measure"]):
        return {}
    return {
        "members": _of_network(rows, "core_members"),
        "actors": _of_network(rows, "core_members", "n"),
        "value": round(100 * _of_network(rows, "exclusion_asymmetry"), 1),
        "p": _of_network(rows, "exclusion_asymmetry_p"),
    }


def _standard(rows: pd.DataFrame) -> Fields:
    best = _first(rows, "coverage")
    if best is None:
        return {}
    shares = {"reach": _of(rows, best, "reach"), "value": _of(rows, best, "coverage")}
    shares |= {end: _of(rows, best, "coverage_expected", end) for end in ("low", "high")}
    told = apart({name: 100 * share for name, share in shares.items()}, decimals=1)
    kind = _kind(rows, best, "coverage_expected")
    return {"entity": best, **told, "interval": kind, "p": _of(rows, best, "coverage_p")}


def _networked(rows: pd.DataFrame) -> Fields:
    best = _first(rows, "dependence")
    if best is None:
        return {}
    told = {column: _of(rows, best, "dependence", column) for column in ("value", "low", "high")}
    values = rows.loc[rows["measure"] == "dependence", "value"].to_numpy(float)
    count = int(np.isclose(values, told["value"]).sum())
    kind = _kind(rows, best, "dependence")
    return {"entity": best, **told, "interval": kind, "net": _of(rows, best, "net_dependence"), "count": count}
