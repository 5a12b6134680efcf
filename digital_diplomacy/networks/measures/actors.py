"""Measures of attention and dependence: who receives them, from whom, and how far that rests on one document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Graph, graph, node_rows, together
from digital_diplomacy.networks.graphs.building import Column, actor_types, build, checked_edges, chosen_rows
from digital_diplomacy.networks.measures import centrality, cohesion
from digital_diplomacy.networks.measures.brokers import attention_together
from digital_diplomacy.networks.measures.centrality import DAMPING
from digital_diplomacy.tables import ESTIMATES, PAIRS, validate

SOURCE: Final = "relations"
"""The table of statements that what is measured here comes from."""


def _by_relation(
    edges: pd.DataFrame, compute: Callable[[Graph], pd.DataFrame], *, nodes: Iterable[str] = ()
) -> pd.DataFrame:
    """``compute`` applied to the network of each relation apart, with the relation as group."""
    named = list(nodes)
    return together(
        compute(graph(part, nodes=named, source_id=SOURCE)).assign(group=code)
        for code, part in checked_edges(edges).groupby("relation", sort=True)
    )


def _all_relations(edges: pd.DataFrame, nodes: Iterable[str] = ()) -> Graph:
    """The network in which a pair tied by several relations is one tie without weight."""
    return graph(checked_edges(edges), nodes=nodes, parallel="once", source_id=SOURCE)


def degrees(edges: pd.DataFrame, *, nodes: Iterable[str] = ()) -> pd.DataFrame:
    """In- and out-degree (``ESTIMATES``): distinct actors that attend to one, and that one attends to.

    Two actors tied by several relations count once. ``nodes`` adds actors without a tie, whose degrees are 0.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    nodes : iterable of str
        Further actors, who may have no tie.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "relation": "uses", "weight": 1.0})
    >>> found = networks.degrees(ties)
    >>> found.loc[found["measure"] == "in_degree", ["entity", "value"]]
      entity  value
    0      a    0.0
    1      b    0.0
    2      c    2.0
    """
    return centrality.degrees(_all_relations(edges, nodes)).assign(group="")


def strengths(edges: pd.DataFrame, *, nodes: Iterable[str] = (), unit: str = "statements") -> pd.DataFrame:
    """In- and out-strength (``ESTIMATES``): sums of weights within each relation, which is the group.

    ``unit`` is the unit of the weights; relations are never added up.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    nodes : iterable of str
        Further actors, who may have no tie.
    unit : str
        Of the weights.

    References
    ----------
    Barrat, A., Barthélemy, M., Pastor-Satorras, R., Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101(11), 3747-3752.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "relation": "uses", "weight": [2.0, 3.0]})
    >>> found = networks.strengths(ties)
    >>> found.loc[found["entity"] == "c", ["group", "measure", "value"]]
      group       measure  value
    2  uses   in_strength    5.0
    5  uses  out_strength    0.0
    """
    return _by_relation(edges, lambda network: centrality.strengths(network, unit=unit), nodes=nodes)


def shares(edges: pd.DataFrame) -> pd.DataFrame:
    """Share of a sender's attention that goes to each receiver (``PAIRS``): P_uv = w_uv / sum_v w_uv, one relation.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES`` of one relation.

    Raises
    ------
    ValueError
        If the edges hold more than one relation.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "relation": "uses", "weight": [3.0, 1.0]})
    >>> networks.shares(ties)[["left", "right", "value"]]
      left right  value
    0    a     b   0.75
    1    a     c   0.25
    """
    checked = checked_edges(edges)
    found = sorted(set(checked["relation"]))
    if len(found) > 1:
        raise ArgumentError("shares need one relation, found {found}", found=", ".join(found))
    sent = checked.groupby("source")["weight"].transform("sum")
    return _pairs(checked["source"], checked["target"], checked["weight"] / sent, measure="attention_share", n=np.nan)


def _pairs(left: pd.Series, right: pd.Series, value: pd.Series, *, measure: str, n: pd.Series | float) -> pd.DataFrame:
    frame = pd.DataFrame({"left": left, "right": right, "value": value, "n": n})
    fixed = {"measure": measure, "interval": "none", "unit": "share", "source_id": SOURCE}
    return validate(frame.assign(**fixed, low=np.nan, high=np.nan, level=np.nan), PAIRS)


def dependence(edges: pd.DataFrame, *, nodes: Iterable[str] = ()) -> pd.DataFrame:
    """Dependence received within each relation (``ESTIMATES``): D_j = sum_u w_uj / s_u, s_u the out-strength of u.

    Between 0 and the number of senders; the D_j of a relation sum to that number. A receiver on whom k senders
    depend wholly, and no other, has D = k. The measure is a definition of this project: Castells names the
    power of actors over actors inside a network but gives no formula for it.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    nodes : iterable of str
        Further actors, who may have no tie.

    References
    ----------
    Castells, M. (2009). Communication Power. Oxford University Press, 42-47.
    Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "a", "b"], "target": ["b", "c", "c"]}
    >>> ties = pd.DataFrame({**ends, "relation": "uses", "weight": [3.0, 1.0, 1.0]})
    >>> networks.dependence(ties)[["entity", "value"]]  # c: a quarter of a's attention, and all of b's
      entity  value
    0      a   0.00
    1      b   0.75
    2      c   1.25
    """

    def one(network: Graph) -> pd.DataFrame:
        return node_rows(network, attention_together(network), measure="dependence", unit="full_dependents")

    return _by_relation(edges, one, nodes=nodes)


def pagerank(edges: pd.DataFrame, *, nodes: Iterable[str] = (), damping: float = DAMPING) -> pd.DataFrame:
    """PageRank within each relation (``ESTIMATES``): attention is passed on along the ties, in proportion to weight.

    Values of a relation sum to 1. A share ``1 - damping`` is spread evenly, as is all that reaches an actor without
    outgoing ties.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    nodes : iterable of str
        Further actors, who may have no tie.
    damping : float
        Share of attention that is passed on, 0 to 1.

    References
    ----------
    Page, L., Brin, S., Motwani, R., Winograd, T. (1999). The PageRank Citation Ranking: Bringing Order to the Web.
    Stanford InfoLab, technical report 1999-66.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "relation": "uses", "weight": 1.0})
    >>> networks.pagerank(ties)[["entity", "value"]].round(3)  # by symmetry
      entity  value
    0      a    0.5
    1      b    0.5
    """

    def one(network: Graph) -> pd.DataFrame:
        return centrality.pagerank(network, damping=damping)

    return _by_relation(edges, one, nodes=nodes)


def coreness(edges: pd.DataFrame, *, nodes: Iterable[str] = ()) -> pd.DataFrame:
    """Largest k such that the actor lies in the k-core (``ESTIMATES``), all relations, direction and weight ignored.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    nodes : iterable of str
        Further actors, who may have no tie.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abca"), "target": list("bcad"), "relation": "uses", "weight": 1.0})
    >>> networks.coreness(ties)[["entity", "value"]]  # a, b and c make a triangle; d has one tie
      entity  value
    0      a    2.0
    1      b    2.0
    2      c    2.0
    3      d    1.0
    """
    return cohesion.coreness(_all_relations(edges, nodes)).assign(group="")


def core(edges: pd.DataFrame, *, k: int = 2) -> pd.DataFrame:
    """The ties (``EDGES``) of the k-core: the largest part where each actor has ties with at least k others.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    k : int
        Others that each actor must be tied to.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269-287.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abca"), "target": list("bcad"), "relation": "uses", "weight": 1.0})
    >>> networks.core(ties)[["source", "target"]]
      source target
    0      a      b
    1      b      c
    2      c      a
    """
    checked = checked_edges(edges)
    numbers = coreness(checked).set_index("entity")["value"]
    inside = (checked["source"].map(numbers) >= k) & (checked["target"].map(numbers) >= k)
    return checked_edges(checked[inside])


def reciprocity(edges: pd.DataFrame) -> pd.DataFrame:
    """Share of tied pairs' directions that are returned by any relation (``ESTIMATES``, entity ``network``).

    Of the distinct ordered pairs u -> v, the share whose v -> u exists too; 0 to 1, no row without ties. ``n`` is the
    number of ordered pairs.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, 507-515.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "a", "c"], "relation": "uses", "weight": 1.0})
    >>> networks.reciprocity(ties)[["value", "n"]].round(3)  # two of three are returned
       value    n
    0  0.667  3.0
    """
    network = _all_relations(edges)
    if network.ties == 0:
        return together([])
    found = cohesion.reciprocity(network)
    return found[found["measure"] == "reciprocity"].assign(group="").reset_index(drop=True)


def mixing(edges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """To which types each type of actor turns (``PAIRS``): share of its distinct ties that go to a type.

    ``left`` is the sender's type, ``right`` the receiver's; the shares of one sender's type sum to 1. ``n`` is the
    number of the sender's ties. Relations are not weighed against each other: a pair tied by several counts once.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id, type``, of every end of a tie.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "x"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x"], "type": ["state", "state", "media"]})
    >>> networks.mixing(ties, actors)[["left", "right", "value", "n"]]
        left  right  value    n
    0  state  media    0.5  2.0
    1  state  state    0.5  2.0
    """
    counts = _type_counts(edges, actors)
    sent = counts.groupby("left")["ties"].transform("sum")
    return _pairs(counts["left"], counts["right"], counts["ties"] / sent, measure="mixing", n=sent.astype(float))


def _type_counts(edges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    ties = checked_edges(edges).drop_duplicates(["source", "target"])
    types = actor_types(ties, actors)
    typed = pd.DataFrame({"left": ties["source"].map(types), "right": ties["target"].map(types)})
    return typed.groupby(["left", "right"], sort=True).size().rename("ties").reset_index()


def assortativity(edges: pd.DataFrame, actors: pd.DataFrame, *, without: Sequence[str] = ()) -> pd.DataFrame:
    """How far ties stay within a type of actor (``ESTIMATES``, entity ``network``).

    r = (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i), where e_ij is the share of distinct ties from type i to j, and
    a_i and b_i its row and column sums. 1 if every tie stays within its type, 0 if ties ignore types, negative if they
    cross them; missing if all ties join one type, no row without ties. ``n`` is the number of ties.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id, type``, of every end of a tie.
    without : sequence of str
        Types whose own ties are left out, as `types_met` leaves them out.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126, equation (2).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abxy"), "target": list("bayx"), "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x", "y"], "type": ["state", "state", "media", "media"]})
    >>> networks.assortativity(ties, actors)[["value", "n"]]  # every tie stays within its type
       value    n
    0    1.0  4.0
    """
    types = actor_types(checked_edges(edges), actors)
    kept = edges[~edges["source"].map(types).isin(set(without))]
    network = _all_relations(kept)
    if network.ties == 0:
        return together([])
    return cohesion.type_assortativity(network, types).assign(group="")


MEASURES: Final[Mapping[str, Callable[..., pd.DataFrame]]] = {
    "in_degree": degrees,
    "in_strength": strengths,
    "dependence": dependence,
    "pagerank": pagerank,
    "coreness": coreness,
}
"""What :func:`leave_one_document_out` can repeat without a document."""


def leave_one_document_out(
    relations: pd.DataFrame, measure: str, *, relation: Column = None, as_rank: bool = False
) -> pd.DataFrame:
    """A measure of every actor with the range it takes when each document in turn is left out (``ESTIMATES``).

    A hand-coded census has no sampling model; what it can show is how far a value rests on one document. The set of
    actors stays the same, so an actor nobody else mentions falls to 0, or to the last place.

    Parameters
    ----------
    relations : DataFrame
        Statements, as :func:`build` takes them; ties are weighed by their number of statements.
    measure : str
        One of ``MEASURES``.
    relation : str or sequence of str, optional
        Relations to keep; by default all.
    as_rank : bool
        Give the rank within its group (1 receives most; equals share the better rank) instead of the value.

    Returns
    -------
    DataFrame
        Interval kind ``sensitivity``; ``n`` is the number of documents that state a tie to the actor.

    Raises
    ------
    ArgumentError
        If no such measure is known.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b"], "target": "c", "relation": "uses", "document": ["000", "001"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2"], "weight": 1.0, **ends})
    >>> found = networks.leave_one_document_out(said, "in_degree")
    >>> found.loc[found["entity"] == "c", ["value", "low", "high", "n"]]  # without either document one tie is left
       value  low  high    n
    2    2.0  1.0   2.0  2.0
    """
    if measure not in MEASURES:
        raise ArgumentError(
            "unknown measure {measure!r}; allowed: {measures}", measure=measure, measures=", ".join(MEASURES)
        )
    rows = chosen_rows(relations, {"relation": relation})
    nodes = sorted({*rows["source"], *rows["target"]})
    full = _values(rows, measure, nodes)
    if full.empty:
        return together([])
    whole = _ranked(full["value"]) if as_rank else full["value"]
    runs = {"": whole}
    for document in sorted(set(rows["document"])):
        part = _values(rows[rows["document"] != document], measure, nodes)["value"]
        kept = part.reindex(full.index, fill_value=0.0)
        runs[document] = _ranked(kept) if as_rank else kept
    table = pd.DataFrame(runs)
    ends = full.assign(value=whole, low=table.min(axis=1), high=table.max(axis=1), interval="sensitivity").reset_index()
    shown = ends.assign(n=_documents(rows, ends))
    named = shown.assign(measure=f"{measure}_rank", unit="rank") if as_rank else shown
    return validate(named, ESTIMATES)


def _values(rows: pd.DataFrame, measure: str, nodes: list[str]) -> pd.DataFrame:
    found = MEASURES[measure](build(rows), nodes=nodes)
    return found[found["measure"] == measure].set_index(["entity", "group"])


def _ranked(values: pd.Series) -> pd.Series:
    return values.groupby(level="group").rank(method="min", ascending=False)


def _documents(rows: pd.DataFrame, ends: pd.DataFrame) -> pd.Series:
    """Number of documents that state a tie to each entity: within its relation, or in any if it has no group."""
    by_relation = rows.groupby(["target", "relation"])["document"].nunique()
    over_all = rows.groupby("target")["document"].nunique()
    keys = zip(ends["entity"], ends["group"], strict=True)
    return pd.Series(
        [float(by_relation.get(key, 0) if key[1] else over_all.get(key[0], 0)) for key in keys], index=ends.index
    )


def leading(estimates: pd.DataFrame, *, n: int = 15) -> pd.DataFrame:
    """The ``n`` first rows of each measure and group, best first: lowest ranks, otherwise largest values above 0.

    Rows equal to the n-th are kept too, so that no name decides who is shown; equal rows stand in the order of names.

    Parameters
    ----------
    estimates : DataFrame
        ``ESTIMATES``, of any measures and groups.
    n : int
        Rows wanted of each.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["c", "c", "b"], "relation": "uses", "weight": 1.0})
    >>> networks.leading(networks.degrees(ties), n=1)[["measure", "entity", "value"]]
          measure entity  value
    0   in_degree      c    2.0
    1  out_degree      a    2.0
    """
    rows = validate(estimates, ESTIMATES)
    rows = rows[(rows["value"] > 0) | (rows["unit"] == "rank")]
    key = rows["value"].where(rows["unit"] == "rank", -rows["value"])
    best = rows.assign(key=key).sort_values(["measure", "group", "key", "entity"], kind="stable")
    place = best.groupby(["measure", "group"])["key"].rank(method="min")
    return validate(best[place <= n].drop(columns="key"), ESTIMATES)
