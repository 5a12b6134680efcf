"""A figure that is asked what it comes from, in its paper, and a set of figures that may answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.called import Called, Lists, called
from digital_diplomacy.drafting.known import Known, beside
from digital_diplomacy.drafting.operands import Near
from digital_diplomacy.drafting.reckoned import Kind
from digital_diplomacy.extraction.tokens import Figure, Marked

_REACH: Final = 200
"""Sentences looked back at for what words name."""


_NEXT: Final = 5


class Trial(NamedTuple):
    """Figures that may answer: of a level and at a distance, as both sides of a relation of a kind."""

    level: int
    distance: int
    kind: Kind
    left: tuple[Figure, ...]
    right: Figure

    @property
    def holds(self) -> bool:
        """Whether the figures answer the question within their rounding."""
        return reckoned.fits(self.kind, self.left, self.right)

    @property
    def is_exact(self) -> bool:
        return reckoned.is_exact(self.kind, self.left, self.right)

    @property
    def chance(self) -> float:
        """How likely figures of this form would answer it by chance."""
        return reckoned.chance(self.kind, self.left, self.right)

    @property
    def values(self) -> tuple[float | None, ...]:
        """The values of the figures tried."""
        return tuple(one.value for one in self.left)


@dataclass
class Sought:
    """A figure in its paper."""

    body: Sequence[Marked]
    place: int
    told: Figure
    known: Known

    @property
    def said(self) -> Marked:
        """The sentence of the figure asked about."""
        return self.body[self.place]

    @property
    def before(self) -> Marked | None:
        """The sentence before in its paragraph."""
        said = self.body[self.place - 1] if self.place else None
        return said if said is not None and said.paragraph == self.said.paragraph else None

    def paragraph_before(self, most: int) -> list[Marked]:
        """Sentences before in its paragraph, the nearest first."""
        near = self.body[max(0, self.place - most) : self.place]
        return [one for one in reversed(near) if one.paragraph == self.said.paragraph]

    @cached_property
    def near(self) -> list[Near]:
        """The figures around it."""
        return operands.around(self.body, self.place, self.told)

    @property
    def order(self) -> int:
        """Where it stands among the figures around it."""
        return operands.order_of(self.body, self.place, self.told)

    def around_of(self, other: Figure) -> list[Marked]:
        """Its sentence, and that of another figure near."""
        near = self.body[max(0, self.place - _NEXT) : self.place + _NEXT]
        return [each for each in near if each is self.said or other in each.figures]

    def is_named_with(self, word: str, other: Figure) -> bool:
        """Whether the sentence that tells another figure has a word: «поступило 9 275», and "71 % of those"."""
        return any(other in each.figures and word in each.plain.casefold() for each in self.body[: self.place + 1])

    @cached_property
    def called(self) -> list[Called]:
        """Figures told elsewhere that its words call."""
        return called(self.body, self.place, self.told, Lists(self.known.divided, self.known.tables))

    @cached_property
    def is_alone(self) -> bool:
        """Whether its sentence tells no other figure."""
        return all(one is self.told or one.is_date for one in self.said.figures)

    @cached_property
    def named(self) -> list[Figure]:
        """Figures told before beside a word that stands beside this one: "the population of 6 million"."""
        return self.named_in(beside(self.said, self.told))

    def named_in(self, words: set[str]) -> list[Figure]:
        """Figures told before beside a word of these, the last first."""
        found = {
            one.claim_id: (place, one)
            for stem in words
            for place, one in self.known.by_stem.get(stem, ())
            if self.place - _REACH <= place < self.place
        }
        return [one for _, one in sorted(found.values(), key=lambda pair: (-pair[0], pair[1].start))]
