"""A draft of a relation: what must hold, why it was drafted, and how sure that is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from digital_diplomacy.claims import ONE_UNIT
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, ids


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
        """Kind and figures, by which two drafts are the same."""
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


def names_its_noun(one: Figure) -> bool:
    """Whether a number of no unit stands beside its noun; what follows a Kazakh one need not be that.

    «19,8 млн адам, оның 12,3 млн қалада тұрады»: those in towns are people as well.
    """
    return one.counted != "" and not (one.language == "kk" and _OF_ANY.search(one.counted) is not None)


_OF_ANY: Final = re.compile(
    r"(?:(?<!\w)\w{2,}[дт][ае](?:ғы|гі)?|ған|ген|қан|кен|электронды[қ]?|жоғары|орташа|төмен|ғана|толық|ішінара|жартылай)$"
)
"""Kazakh words that follow a number but are no noun in the form that is counted: places, ways and what is done."""


def unit_lent(*figures: Figure) -> str:
    """The one unit of figures of which others are bare numbers, that count what these do if arithmetic joins them.

    Empty where they are of one unit anyway, or of several. To the largest, which is the whole, only others that all
    tell their unit, one of them with its noun, lend it.
    """
    told = [one for one in figures if one.unit != BARE or names_its_noun(one)]
    units = {one.unit for one in told}
    is_one = len({ONE_UNIT.get(unit, unit) for unit in units}) == 1
    whole = max(figures, key=lambda one: one.value or 0)
    is_plain = len(told) == len(figures) - 1 and any(one.counted or _NOUN.search(one.printed) for one in told)
    is_told = is_one and (whole in told or is_plain)
    return min(units) if is_told and not are_of_one_unit(*figures) else ""


_NOUN: Final = re.compile(r"\d\s?[^\W\d_]{4,}")


def may_be_added(*figures: Figure) -> bool:
    """Whether arithmetic may join figures to a sum: of one unit, or things under several names.

    "1,400 people were asked: 546 answers name skills, …" counts things twice over; money and time are never things.
    """
    if are_of_one_unit(*figures) or unit_lent(*figures):
        return True
    units = {ONE_UNIT.get(one.unit, one.unit) for one in figures}
    return BARE in units and len(units) <= _TWO and units.isdisjoint(_NO_THINGS)


_TWO: Final = 2
_NO_THINGS: Final = frozenset({*MONEY, *DURATIONS, "percent", "percentage_points", "times", "date", "rank", "places"})
BARE: Final = "items"
"""Unit of a number beside which no noun stands."""
