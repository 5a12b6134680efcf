"""What the command on a network of a researcher's own has found, before it is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.networks import Design, Graph, TieModel


@dataclass(frozen=True, eq=False)
class Results:
    """One network as it was read, and what was measured of it.

    Attributes
    ----------
    ties : DataFrame
        ``EDGES`` that were measured; an undirected tie stands both ways.
    actors : DataFrame
        ``actor_id, type`` and further columns.
    written : DataFrame
        The ties as the file has them, an undirected one once, with the file's further columns.
    rows : DataFrame
        The rows of the file that the ties come from, turned as the ties are measured.
    measured : DataFrame
        Rows of the four powers, relation by relation.
    tables : mapping of str to DataFrame
        ``standards`` and ``universe``, if given.
    goals : collection of str
        Relations that say who sets goals.
    is_directed : bool
    model : TieModel, optional
        What makes a tie likely, if it was asked for.
    undirected : int
        Ties that the file gives without a direction beside ties with one; each counts both ways.
    seed : int
        Start of the random numbers of what is drawn only to be told.
    """

    ties: "pd.DataFrame"
    actors: "pd.DataFrame"
    written: "pd.DataFrame"
    rows: "pd.DataFrame"
    measured: "pd.DataFrame"
    tables: "Mapping[str, pd.DataFrame]"
    goals: Collection[str]
    is_directed: bool
    model: "TieModel | None" = None
    undirected: int = 0
    seed: int = 1
    _returned: "dict[str, pd.Series[Any]]" = field(default_factory=dict)
    _designs: "dict[str, Design]" = field(default_factory=dict)

    @cached_property
    def relations(self) -> list[str]:
        """Sorted."""
        return sorted(set(self.ties["relation"]))

    @cached_property
    def whole(self) -> "Graph":
        """The ties of all relations, each pair once."""
        return self.graph(self.written)

    def graph(self, ties: "pd.DataFrame") -> "Graph":
        """Some of the ties among all actors, each pair once."""
        from digital_diplomacy import networks

        return networks.graph(
            ties[["source", "target"]], nodes=self.actors["actor_id"], directed=self.is_directed, parallel="once"
        )

    @cached_property
    def attention(self) -> "pd.DataFrame":
        """How many attend to each actor, beside what chance gives, over all relations."""
        return self.attended()

    def attended(self, relation: str = "") -> "pd.DataFrame":
        """How many attend to each actor by a relation, or by all, beside what chance gives where it has a choice."""
        import numpy as np

        from digital_diplomacy import networks

        how = self.design(relation)
        network = self.graph(self._part(relation))
        rows = networks.attention_received(network, receivers=how.receivers or None)
        if how.ego:
            untold = rows["measure"].isin(["in_degree_expected", "in_degree_p"])
            rows.loc[untold, ["value", "low", "high"]] = np.nan
        return rows

    def design(self, relation: str = "") -> "Design":
        """How the ties of a relation, or of all, were gathered."""
        from digital_diplomacy import networks

        if relation not in self._designs:
            types = dict(zip(self.actors["actor_id"].astype(str), self.actors["type"].astype(str), strict=True))
            self._designs[relation] = networks.design(self.graph(self._part(relation)), types)
        return self._designs[relation]

    def _part(self, relation: str) -> "pd.DataFrame":
        return self.written[self.written["relation"] == relation] if relation else self.written

    def returned(self, relation: str = "") -> "pd.Series[Any]":
        """How many ties of a relation, or of all together, are returned, beside what chance gives; drawn once."""
        import numpy as np

        from digital_diplomacy import networks

        if relation not in self._returned:
            found = networks.returned(self.graph(self._part(relation)), rng=np.random.default_rng(self.seed))
            self._returned[relation] = found.iloc[0]
        return self._returned[relation]
