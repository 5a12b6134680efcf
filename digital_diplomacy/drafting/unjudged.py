"""A draft of a relation: what must hold, why it was drafted, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from digital_diplomacy.claims import ONE_UNIT
from digital_diplomacy.extraction.tokens import Figure, ids


@dataclass(frozen=True)
class Draft:
    """A relation to be judged, with the words it was read from.

    Parameters
    ----------
    kind : str
        One of ``claims.KINDS``.
    left, right : tuple of Figure
        Both sides.
    why : str
        Code of the rule that drafted it (label ``scan.why_<code>``).
    words : str
        What made it, as printed.
    sure : {"words", "place"}
        Whether words say it, or only the place of its figures suggests it.
    exhaustive : bool
        Whether the parts leave nothing out.
    constant : int, optional
        Entries counted.
    matter : {"substance", "reference"}
        What the text says, or dates of works it cites.
    lends : bool
        Whether arithmetic that hardly comes about by chance joins the figures, so that a bare number is of their unit.
    """

    kind: str
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    why: str
    words: str
    sure: Literal["words", "place"] = "words"
    exhaustive: bool = False
    constant: int | None = None
    matter: Literal["substance", "reference"] = "substance"
    lends: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, ids(self.left), ids(self.right)


def draft(
    kind: str,
    left: Sequence[Figure],
    right: Sequence[Figure],
    why: str,
    words: str,
    *,
    sure: Literal["words", "place"] = "words",
    matter: Literal["substance", "reference"] = "substance",
    lends: bool = False,
) -> Draft:
    """A draft without entries counted and without a claim to leave nothing out."""
    return Draft(kind, tuple(left), tuple(right), why, words, sure, matter=matter, lends=lends)


def is_of_people(one: Figure) -> bool:
    """Whether a figure counts people, under whichever name."""
    return ONE_UNIT.get(one.unit, one.unit) == "persons"


def are_of_one_unit(*figures: Figure) -> bool:
    """Whether figures count the same, under whichever name."""
    return len({ONE_UNIT.get(one.unit, one.unit) for one in figures}) == 1


def unit_lent(*figures: Figure) -> str:
    """The one unit of figures of which others are bare numbers, that count what these do if arithmetic joins them.

    Empty where they are of one unit anyway, or of several, and where the last, which is the whole, is bare and most
    of its parts are.
    """
    told = [one for one in figures if one.unit != BARE or one.counted]
    units = {one.unit for one in told}
    is_one = len({ONE_UNIT.get(unit, unit) for unit in units}) == 1
    is_told = is_one and (figures[-1] in told or 2 * len(told) >= len(figures))
    return min(units) if is_told and not are_of_one_unit(*figures) else ""


BARE: Final = "items"
"""Unit of a number beside which no noun stands."""
