"""Rows of the table of relations with their figures looked up, and equations by the figures they name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from digital_diplomacy.claims.propagation import Memory
from digital_diplomacy.claims.quantities import Claim, claim_of
from digital_diplomacy.claims.relations import EQUATIONS, KINDS, Outcome, Relation
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.frames import rows_of

MOST_LINKED: Final = 12
"""Equations that may narrow a figure, the nearest first; fewer only leave its interval wider, which proves less."""


def known_of(claims: pd.DataFrame, evidence: pd.DataFrame | None = None) -> dict[str, Claim]:
    """Every figure a relation may name, by its id."""
    frames = [claims] if evidence is None else [claims, evidence]
    return {str(row["claim_id"]): claim_of(row) for frame in frames for row in rows_of(frame)}


def stated_of(relations: pd.DataFrame) -> "list[Stated]":
    """The rows of the relations in their order."""
    return [Stated(place, row) for place, row in enumerate(rows_of(relations), start=1)]


@dataclass(frozen=True)
class Stated:
    """One row of the relations, before its claims are looked up."""

    place: int
    row: Mapping[Any, Any]

    @cached_property
    def relation_id(self) -> str:
        """Its identifier in the table."""
        return str(self.row["relation_id"])

    @cached_property
    def sides(self) -> dict[str, list[str]]:
        """The ids on the left and on the right."""
        return {side: [] if pd.isna(self.row[side]) else str(self.row[side]).split() for side in ("left", "right")}

    @cached_property
    def names(self) -> frozenset[str]:
        """All its ids."""
        return frozenset(self.sides["left"] + self.sides["right"])

    def ids(self, side: str) -> list[str]:
        """Identifiers of the claims on one side, in order."""
        return self.sides[side]

    def text(self, column: str) -> str:
        """What a column says of it; empty where it says nothing."""
        value = self.row.get(column)
        return "" if value is None or pd.isna(value) else str(value)

    def is_equation(self, known: Mapping[str, Claim]) -> bool:
        """Whether it says what figures of one document must equal."""
        ids = [*self.ids("left"), *self.ids("right")]
        documents = {known[claim_id].document if claim_id in known else "" for claim_id in ids}
        return self.row["kind"] in EQUATIONS and not self.text("caveat") and len(documents) == 1 and "" not in documents

    def relation(self, known: Mapping[str, Claim]) -> Relation:
        """It with its claims looked up.

        Raises
        ------
        ArgumentError
            If a claim is not known.
        """
        unknown = [claim_id for side in ("left", "right") for claim_id in self.ids(side) if claim_id not in known]
        if unknown:
            raise ArgumentError("claim {unknown!r} is not in the table of claims", unknown=unknown[0])
        return Relation(
            relation_id=self.relation_id,
            left=[known[claim_id] for claim_id in self.ids("left")],
            right=[known[claim_id] for claim_id in self.ids("right")],
            is_exhaustive=bool(self.row["exhaustive"]),
            constant=None if pd.isna(self.row["constant"]) else float(self.row["constant"]),
            named=self.text("named"),
        )

    def outcome(self, known: Mapping[str, Claim]) -> Outcome:
        """What its two sides come to.

        Raises
        ------
        TableError
            Naming its row, if its kind is unknown or its claims do not fit it.
        """
        where = f"claim_relations, row {self.place} ({self.relation_id})"
        try:
            return KINDS[self.row["kind"]](self.relation(known))
        except KeyError as error:
            raise TableError(
                "{where}: unknown kind {error}; allowed: {kinds}", where=where, error=error, kinds=", ".join(KINDS)
            ) from error
        except ValueError as error:
            raise TableError("{where}: {error}", where=where, error=error) from error


class Equations:
    """Equations by the figures they name.

    Parameters
    ----------
    stated : iterable of Stated
        Rows of the relations; those that are no equations are left out.
    known : mapping of str to Claim
        Every figure by its id.
    """

    def __init__(self, stated: Iterable[Stated], known: Mapping[str, Claim]) -> None:
        self._all = {one.relation_id: one for one in stated if one.is_equation(known)}
        self._order = {relation_id: place for place, relation_id in enumerate(self._all)}
        self._naming: dict[str, list[str]] = defaultdict(list)
        for relation_id, one in self._all.items():
            for name in one.names:
                self._naming[name].append(relation_id)
        self.memory = Memory()

    def linked(self, ids: Iterable[str], *, but: Collection[str] = (), without: str = "") -> list[Stated]:
        """The equations that reach one of the ids, directly or over other equations, in their order.

        Parameters
        ----------
        ids : iterable of str
            Figures.
        but : collection of str
            Equations that are left out.
        without : str, optional
            A figure; equations that name it are left out.
        """
        near, reached, found = list(ids), set(ids), dict[str, None]()
        while near and len(found) < MOST_LINKED:
            more = {one for name in near for one in self._naming.get(name, ()) if one not in found and one not in but}
            layer = [one for one in sorted(more, key=self._order.__getitem__) if without not in self._all[one].names]
            found |= dict.fromkeys(layer[: MOST_LINKED - len(found)])
            near = [name for one in layer for name in self._all[one].names if name not in reached]
            reached.update(near)
        return [self._all[one] for one in sorted(found, key=self._order.__getitem__)]
