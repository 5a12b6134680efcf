"""One network as a sparse matrix: read from a table of edges, handed to igraph, and its results as rows."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from digital_diplomacy.errors import ArgumentError, Said, TableError, joined, said
from digital_diplomacy.tables import ESTIMATES, MAX_REPORTED, validate

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Loops: TypeAlias = Literal["refuse", "drop"]
Parallel: TypeAlias = Literal["refuse", "sum", "once"]
Orientation: TypeAlias = Literal["as_given", "reversed"]

NETWORK: Final = "network"
"""Entity of a result that describes the network as a whole."""

_VALIDATED_WHOLE: Final = 2_000  # rows; above, the first and last rows stand for columns that are made alike


@dataclass(frozen=True, eq=False)
class Graph:
    """A network without self-loops and parallel edges, its actors in the order of their names.

    Attributes
    ----------
    names : Index of str, shape (n,)
        Unique and sorted; isolates are part of the network.
    weights : csr_array of float, shape (n, n)
        ``weights[u, v]`` is the strength of the tie u -> v, above 0 where there is one; symmetric if undirected, each
        tie then standing in both triangles.
    directed : bool
        Whether u -> v and v -> u are different ties.
    source_id : str
        The table its ties come from, which all that is measured of it names; empty if none is known.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "c", "a"], "weight": [2.0, 1.0, 3.0]})
    >>> network = networks.graph(ties, nodes=["d"])
    >>> network.n, network.ties, list(network.names)
    (4, 3, ['a', 'b', 'c', 'd'])
    >>> network.matrix(weighted=True).toarray()
    array([[0., 2., 1., 0.],
           [3., 0., 0., 0.],
           [0., 0., 0., 0.],
           [0., 0., 0., 0.]])
    >>> network.lengths(weighted=True)  # a strong tie is short
    [0.5, 1.0, 0.3333333333333333]
    >>> [found.tolist() for found in network.pairs()]
    [[0, 0, 1], [1, 2, 0], [2.0, 1.0, 3.0]]
    >>> network.binary.toarray()[0].tolist(), network.received.toarray()[0].tolist()
    ([0.0, 1.0, 1.0, 0.0], [0.0, 3.0, 0.0, 0.0])
    >>> network.united.ties, network.built.ecount()  # a and b, and a and c
    (2, 3)
    >>> codes, kinds = network.codes(pd.Series({"a": "state", "b": "citizens", "c": "state", "d": "media"}))
    >>> codes.tolist(), list(kinds)
    ([2, 0, 2, 1], ['citizens', 'media', 'state'])
    """

    names: pd.Index
    weights: sparse.csr_array
    directed: bool
    source_id: str = ""

    @property
    def n(self) -> int:
        """Number of actors."""
        return len(self.names)

    @property
    def ties(self) -> int:
        """Number of ties; an undirected one counts once."""
        return int(self.weights.nnz if self.directed else self.weights.nnz // 2)

    @cached_property
    def binary(self) -> sparse.csr_array:
        """The same ties with weight 1."""
        ones = np.ones(self.weights.nnz)
        return sparse.csr_array((ones, self.weights.indices, self.weights.indptr), shape=self.weights.shape)

    @cached_property
    def received(self) -> sparse.csr_array:
        """Weights by receiver: ``received[v, u]`` is the tie u -> v."""
        return self.weights if not self.directed else self.weights.T.tocsr()

    @cached_property
    def united(self) -> "Graph":
        """The undirected network with a tie of weight 1 where there is one in either direction."""
        return symmetrised(self, rule="union")

    @cached_property
    def built(self) -> igraph.Graph:
        """The ties for igraph, without weights; shared, so it must not be changed (see `to_igraph`)."""
        return to_igraph(self)

    def lengths(self, *, weighted: bool) -> list[float] | None:
        """How long igraph takes each tie to be: 1 / weight, a strong tie being short, or 1 (None)."""
        return (1 / self.pairs()[2]).tolist() if weighted else None

    def matrix(self, *, weighted: bool) -> sparse.csr_array:
        """The weights, or ones in their places."""
        return self.weights if weighted else self.binary

    def pairs(self) -> tuple[Integers, Integers, Floats]:
        """Source, target and weight of each tie by position; an undirected tie once, its first actor as source."""
        rows = np.repeat(np.arange(self.n), np.diff(self.weights.indptr))
        columns, weights = self.weights.indices.astype(np.int64), self.weights.data
        kept = slice(None) if self.directed else rows < columns
        return rows[kept], columns[kept], weights[kept]

    def codes(self, types: pd.Series) -> tuple[Integers, pd.Index]:
        """Type of each actor as a position among the sorted types, and those types.

        Parameters
        ----------
        types : Series
            Type by actor, the actor in the index; further actors may stand in it.

        Raises
        ------
        TableError
            Naming actors that are listed twice, or have no type.
        """
        twice = types.index[types.index.duplicated()].unique()
        if len(twice):
            raise TableError("types: {twice} listed more than once; give each actor one type", twice=_listed(twice))
        found = types.reindex(self.names)
        bare = found.index[found.isna().to_numpy()]
        if len(bare):
            raise TableError("types: no type of {bare}; give every actor of the network one", bare=_listed(bare))
        codes, kinds = pd.factorize(found.astype(str), sort=True)
        return codes.astype(np.int64), pd.Index(kinds)


def graph(
    edges: pd.DataFrame,
    *,
    nodes: Iterable[str] = (),
    closed: bool = False,
    directed: bool = True,
    loops: Loops = "refuse",
    parallel: Parallel = "refuse",
    orientation: Orientation = "as_given",
    source_id: str = "",
) -> Graph:
    """A network from edges ``source, target, weight`` (further columns are not read, but see ``parallel``).

    Parameters
    ----------
    edges : DataFrame
        ``source`` and ``target`` are texts or integers, ``weight`` (1 if there is no such column) is above 0, larger
        being stronger. If there is a column ``relation`` it holds one relation, unless ties count once.
    nodes : iterable of str
        Further actors, who may have no tie.
    closed : bool
        Refuse an edge with an end that is not in ``nodes``.
    directed : bool
        Whether source and target differ in kind. An undirected network must name each tie once: a pair given both ways
        is parallel, so that a directed file is not taken for an undirected one by mistake.
    loops : {"refuse", "drop"}
        What becomes of a tie of an actor to itself.
    parallel : {"refuse", "sum", "once"}
        What becomes of several edges of one pair: refused, weights added, or one tie of weight 1, in which case all
        ties have weight 1 and may be of several relations.
    orientation : {"as_given", "reversed"}
        Whether ``source`` is who pays attention, or who receives it.
    source_id : str
        The table the edges come from, for the rows of all that is measured of them.

    Returns
    -------
    Graph
        The same one whatever the order of the rows, up to the rounding of sums.

    Raises
    ------
    TableError
        Naming the rows with a missing name or weight, a weight that is not above 0, a loop, a parallel edge, or an
        actor that is not in ``nodes``.
    ValueError
        If several relations would be added up.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [2.0, 1.0]})
    >>> found = networks.graph(ties, nodes=["z"])
    >>> list(found.names), found.weights.toarray()[0].tolist()
    (['a', 'b', 'c', 'z'], [0.0, 2.0, 0.0, 0.0])
    """
    _refuse_options(loops=loops, parallel=parallel, orientation=orientation)
    _refuse_relations(edges, parallel)
    wanted = pd.Index(list(nodes), dtype=object).astype(str).unique()
    rows, columns, names = _positions(edges, wanted, closed=closed)
    weights = _weights(edges)
    inside = rows != columns
    if not inside.all():
        if loops == "refuse":
            raise TableError(_named(edges, ~inside, "an actor tied to itself; leave it out or choose loops='drop'"))
        rows, columns, weights = rows[inside], columns[inside], weights[inside]
    if orientation == "reversed":
        rows, columns = columns, rows
    if not directed:
        rows, columns = np.minimum(rows, columns), np.maximum(rows, columns)
    matrix = sparse.csr_array((weights, (rows, columns)), shape=(len(names), len(names)))
    if matrix.nnz < len(weights) and parallel == "refuse":
        _refuse_parallel(edges, rows, columns, inside)
    matrix.sort_indices()
    if parallel == "once":
        matrix.data[:] = 1
    whole = matrix if directed else _both(matrix)
    return Graph(names=names, weights=whole, directed=directed, source_id=source_id)


def _refuse_options(**chosen: str) -> None:
    allowed = {
        "loops": ("refuse", "drop"),
        "parallel": ("refuse", "sum", "once"),
        "orientation": ("as_given", "reversed"),
    }
    for option, value in chosen.items():
        if value not in allowed[option]:
            raise ArgumentError(
                "unknown {option} {value!r}; allowed: {allowed}",
                option=option,
                value=value,
                allowed=", ".join(allowed[option]),
            )


def _refuse_relations(edges: pd.DataFrame, parallel: Parallel) -> None:
    missing = [column for column in ("source", "target") if column not in edges]
    if missing:
        raise TableError(
            "edges: column `{missing}` is missing; edges need source, target and weight", missing=missing[0]
        )
    found = sorted(edges["relation"].dropna().astype(str).unique()) if "relation" in edges else []
    if len(found) > 1 and parallel != "once":
        raise ArgumentError(
            "a network of one relation expected, found {found}; weights of several relations are not added: choose "
            "one, or parallel='once' to count ties without weight",
            found=", ".join(found),
        )


def _positions(edges: pd.DataFrame, nodes: pd.Index, *, closed: bool) -> tuple[Integers, Integers, pd.Index]:
    """Source and target of each row as positions among the sorted names, and those names."""
    ends = pd.concat([edges["source"], edges["target"]], ignore_index=True)
    missing = np.asarray(ends.isna() | (ends == ""), dtype=bool)
    if missing.any():
        wrong = missing[: len(edges)] | missing[len(edges) :]
        raise TableError(_named(edges, wrong, "the name of an end is missing; name both source and target"))
    if pd.api.types.is_float_dtype(ends) or pd.api.types.is_bool_dtype(ends):
        raise TableError(
            "edges: names are {dtype}; read source and target as text, so that no name is changed", dtype=ends.dtype
        )
    codes, uniques = pd.factorize(ends)
    found = pd.Index(np.asarray(uniques, dtype=object)).astype(str)
    if closed and not found.isin(nodes).all():
        strange = (~found.isin(nodes))[codes]
        wrong = strange[: len(edges)] | strange[len(edges) :]
        raise TableError(_named(edges, wrong, "an actor that is not among the nodes; add it or mend the name"))
    names = pd.Index(sorted(set(found) | set(nodes)), dtype=found.dtype)
    places = names.get_indexer(found)[codes].astype(np.int64)
    return places[: len(edges)], places[len(edges) :], names


def _weights(edges: pd.DataFrame) -> Floats:
    if "weight" not in edges:
        return np.ones(len(edges))
    numbers = pd.to_numeric(edges["weight"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = ~((numbers > 0) & np.isfinite(numbers))
    if wrong.any():
        raise TableError(_named(edges, wrong, "a weight must be a number above 0; leave out a tie that is not there"))
    return numbers.copy()


def _refuse_parallel(edges: pd.DataFrame, rows: Integers, columns: Integers, inside: npt.NDArray[np.bool_]) -> None:
    twice = np.zeros(len(edges), dtype=bool)
    twice[inside] = pd.DataFrame({"row": rows, "column": columns}).duplicated(keep=False).to_numpy()
    advice = "a pair named more than once, in an undirected network either way round; choose parallel='sum' or 'once'"
    raise TableError(_named(edges, twice, advice))


def _named(edges: pd.DataFrame, wrong: npt.NDArray[np.bool_], what: str) -> Said:
    """The message for rows that are wrong: number, both ends, weight."""
    first = np.flatnonzero(wrong)[:MAX_REPORTED]
    shown = edges.iloc[first]
    weights = shown["weight"] if "weight" in edges else [1] * len(shown)
    rows = zip(first + 1, shown["source"], shown["target"], weights, strict=True)
    named = [
        said("row {number} ({source} -> {target}, weight {weight})", number=n, source=s, target=t, weight=w)
        for n, s, t, w in rows
    ]
    if wrong.sum() > MAX_REPORTED:
        named.append(said("... and {count} more", count=int(wrong.sum()) - MAX_REPORTED))
    return said("edges: {rows}: {what}.", rows=joined(named, ", "), what=said(what))


def _listed(names: pd.Index) -> str:
    more = f" and {len(names) - MAX_REPORTED} more" if len(names) > MAX_REPORTED else ""
    return ", ".join(map(repr, names[:MAX_REPORTED])) + more


def _both(upper: sparse.csr_array) -> sparse.csr_array:
    matrix = (upper + upper.T).tocsr()
    matrix.sort_indices()
    return matrix


def symmetrised(network: Graph, *, rule: Literal["union", "sum"]) -> Graph:
    """The undirected network of the same actors; an undirected network is returned as it is.

    ``union``: a tie where there is one in either direction, of weight 1. ``sum``: the weights of both directions
    added.
    """
    if rule not in ("union", "sum"):
        raise ArgumentError("unknown rule {rule!r}; allowed: union, sum", rule=rule)
    if not network.directed:
        return network if rule == "sum" else replace(network, weights=network.binary)
    joint = _both(network.weights)
    whole = replace(network, weights=joint, directed=False)
    return whole if rule == "sum" else replace(whole, weights=whole.binary)


def reversed_graph(network: Graph) -> Graph:
    """The network with every tie turned round."""
    return replace(network, weights=network.received)


def subgraph(network: Graph, kept: npt.NDArray[np.bool_]) -> Graph:
    """The network among the actors of ``kept``, shape (n,)."""
    inside = np.flatnonzero(kept)
    matrix = network.weights[inside][:, inside].tocsr()
    matrix.sort_indices()
    return replace(network, names=network.names[inside], weights=matrix)


def to_igraph(network: Graph, *, weights: Literal["strength", "distance"] | None = None) -> igraph.Graph:
    """The network for igraph, actors by position.

    Edge attribute ``weight``: none, the strength of the tie, or its distance 1 / strength (a strong tie is short;
    Newman, M. E. J., 2001, Physical Review E 64, 016132).
    """
    rows, columns, strength = network.pairs()
    built = igraph.Graph(n=network.n, edges=np.column_stack([rows, columns]), directed=network.directed)
    if weights is not None:
        built.es["weight"] = (strength if weights == "strength" else 1 / strength).tolist()
    return built


@contextmanager
def seeded(rng: np.random.Generator) -> Iterator[None]:
    """Within the block igraph draws from ``rng``; afterwards from Python's ``random`` again, as it does by default."""
    igraph.set_random_number_generator(random.Random(int(rng.integers(2**63))))  # noqa: S311 - no secret is drawn
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def node_rows(
    network: Graph,
    values: npt.ArrayLike,
    *,
    measure: str,
    unit: str,
    group: str = "",
    half_width: npt.ArrayLike | None = None,
    n: float = np.nan,
) -> pd.DataFrame:
    """One value per actor (``ESTIMATES``), in the order of ``network.names``.

    ``half_width`` makes a confidence interval of level 0.95, cut at 0; ``n`` is the size of the sample behind it.
    """
    rows = _rows(network, network.names, np.asarray(values, dtype=float), measure=measure, unit=unit, group=group, n=n)
    if half_width is not None:
        width = np.asarray(half_width, dtype=float)
        low = np.maximum(rows["value"] - width, np.minimum(rows["value"], 0))
        rows = rows.assign(low=low, high=rows["value"] + width, interval="confidence", level=0.95)
    return _checked(rows)


def network_row(
    network: Graph,
    value: npt.ArrayLike,
    *,
    measure: str,
    unit: str,
    group: str | Sequence[str] = "",
    n: npt.ArrayLike = np.nan,
) -> pd.DataFrame:
    """One value of the network as a whole (``ESTIMATES``, entity ``network``), or one for each of several groups."""
    values = np.atleast_1d(np.asarray(value, dtype=float))
    entities = pd.Index([NETWORK] * len(values))
    return _checked(_rows(network, entities, values, measure=measure, unit=unit, group=group, n=n))


def _rows(
    network: Graph,
    entities: pd.Index,
    values: Floats,
    *,
    measure: str,
    unit: str,
    group: str | Sequence[str],
    n: npt.ArrayLike,
) -> pd.DataFrame:
    texts = {"period": "", "measure": measure, "interval": "none", "unit": unit, "base": ""}
    frame = pd.DataFrame({"entity": entities.to_numpy(), "value": values})
    return frame.assign(
        **texts,
        group=group,
        source_id=network.source_id,
        low=np.nan,
        high=np.nan,
        level=np.nan,
        n=np.broadcast_to(np.asarray(n, dtype=float), len(values)),
    )


def _checked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows validated; of many, whose names are unique and whose other columns are one constant each, some."""
    if len(rows) <= _VALIDATED_WHOLE:
        return validate(rows, ESTIMATES)
    ends = pd.concat([rows.head(_VALIDATED_WHOLE // 2), rows.tail(_VALIDATED_WHOLE // 2)])
    return rows[list(validate(ends, ESTIMATES).columns)]


def together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several results, one below the other (``ESTIMATES``)."""
    frames = [part for part in parts if len(part)]
    return pd.concat(frames, ignore_index=True) if frames else validate(pd.DataFrame(columns=_COLUMNS), ESTIMATES)


_COLUMNS: Final = list(ESTIMATES.columns)
