"""What is drafted of a paper already, and the words its figures stand beside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from digital_diplomacy.drafting import operands
from digital_diplomacy.drafting.called import totals_of
from digital_diplomacy.drafting.grids import Grid
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Figure, Marked

RESULTS: Final = frozenset({
    "difference", "growth_rate", "decline_rate", "growth_over_base", "ratio", "share_of_base", "sum_of_parts",
})  # fmt: skip
"""Kinds whose right side is what the left comes to."""


_CHANGES: Final = frozenset({"difference", "growth_rate", "decline_rate"})


_COUNT: Final = 10


_EDGE: Final = re.compile(r"[\ue000-\uf0ff;:()]")


_ASIDE: Final = re.compile(r"\([^()\ue000-\uf0ff]*\)")
"""Brackets without a figure, that set no words apart."""


_IN_BRACKET: Final = re.compile(r"[\ue000-\uf0ff](?P<noun>[^\ue000-\uf8ff(),;:]{0,45})\($")


_SCALES: Final = re.compile(r"[mb]illion|миллион\w*|миллиард\w*|тысяч\w*", re.IGNORECASE)


_FIGURES: Final = re.compile(r"[\ue000-\uf0ff(;]")


OF_ANY: Final = frozenset({
    "total", "whole", "share", "those", "these", "their", "which", "other", "about", "общег", "общей", "всего", "доля",
    "долю", "доли", "соста", "котор", "барлы", "жалпы", "үлесі", "бүкіл", "құрай", "болды", "пайыз", "проце", "жылға",
    "жылғы",
})  # fmt: skip
"""Stems that name nothing."""


@dataclass
class Known:
    """What is drafted already: results, what figures stand together, and counts that shares were told of."""

    results: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    together: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    bases: dict[str, Figure] = field(default_factory=dict)
    shares: list[tuple[Figure, Figure]] = field(default_factory=list)
    divided: list[tuple[tuple[Figure, ...], Figure]] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    totals: list[Figure] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)
    by_stem: dict[str, list[tuple[int, Figure]]] = field(default_factory=dict)

    def read(self, body: Sequence[Marked]) -> None:
        """Remember beside which words whole numbers stand, and the totals of tables."""
        self.totals = totals_of(self.tables)
        for place, said in enumerate(body):
            for one in said.figures:
                if operands.is_operand(one) and one.is_whole and (one.value or 0) >= _COUNT:
                    self.counts.append(one)
                if operands.is_operand(one) and one.is_whole:
                    for stem in beside(said, one):
                        self.by_stem.setdefault(stem, []).append((place, one))

    def add(self, one: Draft) -> None:
        """Note what a draft states."""
        self.together.append((one.kind, frozenset(each.claim_id for each in (*one.left, *one.right))))
        told = {each.claim_id for each in one.right}
        if one.kind in RESULTS and one.kind != "sum_of_parts":
            self.results |= told
        if one.kind in _CHANGES:
            self.changes |= told
        if one.kind == "sum_of_parts":
            self.divided.append((one.left, one.right[0]))
        if one.kind in ("share_of_base", "sum_of_parts"):
            base = one.left[1] if one.kind == "share_of_base" else one.right[0]
            self.bases[base.claim_id] = base
        if one.kind == "share_of_base":
            self.shares.append((one.left[0], one.left[1]))

    def has(self, figure: Figure) -> bool:
        """Whether a figure stands in any draft."""
        return any(figure.claim_id in ids for _, ids in self.together)

    def explains(self, figures: Iterable[Figure]) -> bool:
        """Whether a result of figures is drafted."""
        wanted = {one.claim_id for one in figures}
        return any(wanted <= ids for kind, ids in self.together if kind in RESULTS)


_STEM: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]{5,}")


def named(text: str) -> set[str]:
    """Stems of the words of a text that name something."""
    return {word[:_STEM].casefold() for word in _WORD.findall(text)} - OF_ANY


def beside(said: Marked, one: Figure) -> set[str]:
    """Stems of the words of a figure, up to the next figure or mark on either side."""
    place = said.place(one)
    ahead, behind = said.plain[:place], said.plain[place + 1 :]
    bracket = _IN_BRACKET.search(ahead) if ")" in _FIGURES.split(behind)[0] else None
    if bracket is not None:  # the share of a count has its words
        ahead, behind = f"{ahead[: bracket.start()]} {_SCALES.sub(' ', bracket['noun'])}", behind.partition(")")[2]
    ahead, behind = _ASIDE.sub(" ", ahead), _ASIDE.sub(" ", behind)
    text = f"{_EDGE.split(ahead)[-1]} {_EDGE.split(behind)[0]}"
    return named(text)


def stems(said: Marked) -> set[str]:
    """Stems of all words of a sentence."""
    return named(said.plain)


def ahead(said: Marked, one: Figure) -> set[str]:
    """Stems of the words right before a figure, up to a bracket, a comma or another figure."""
    text = re.split(r"[\ue000-\uf0ff;:,)]", said.plain[: said.place(one)])[-1]
    behind = re.split(r"[\ue000-\uf0ff;:,(.]", said.plain[said.place(one) + 1 :])[0]
    return named(f"{text} {behind}")
