"""How like two figures are told, as numbers: words near both, the place they stand at, what each counts.

Words are known by the letters they open with and weigh by how few sentences of the paper have them; no vocabulary is
needed. What a model makes of these numbers, ``joined`` says.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

from digital_diplomacy.claims import ONE_UNIT
from digital_diplomacy.drafting.misprints import significant
from digital_diplomacy.extraction.tokens import Figure, Marked
from digital_diplomacy.printed import lexicon

FEATURES: Final = (
    "words", "share_of_words", "rarest_near", "one_sentence", "cell_and_text", "two_cells", "one_unit",
    "told_as_known", "others_of_unit", "digits",
)  # fmt: skip
"""Rare words that both sentences have; their part of the words of the one that has less; the rarest that stands near
both figures; where the two stand; whether they are of one unit; whether the later one is told as known; how many others
of its unit stand in its sentence; how many digits they have."""
_STEM: Final = 5
_TOKEN: Final = re.compile(r"[\ue000-\uf8ff]|[^\W\d_]+|[;:(),.]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_UNSEEN: Final = 20
"""Sentences that a paper is counted as if it had besides: in a short one any word would be common otherwise."""
_UNSEEN_SHORT: Final = 6
"""As many of them are taken to have a word that is shorter than a stem; the commonest words are short ones."""
_ADJECTIVE: Final = re.compile(
    r"(?<!\w)(?P<adjective>[а-яё]{2,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ого|его|ому|ему|ыми|ими|ую)|"
    r"[^\W\d_]{2,}(?:[лдт](?:ық|ік)|[ғг][ыі]|[қк][ыі])|[a-z]{2,}(?:al|ic|ish|an|er|ive))\s(?P<noun>[^\W\d_]{4,})",
    re.IGNORECASE,
)
"""An adjective by its ending, and the word behind it."""
_NAMED: Final = 3
"""Words named of a draft."""
_FALL: Final = 4.0
"""Words from a figure at which what a word weighs has fallen to a half."""
_LEAST: Final = 0.15
_STEPS: Final = {";": 3.0, ":": 3.0}
"""Words that a mark between a figure and a word stands for; another figure stands for as many as a semicolon."""
_MARK: Final = 1.5
_FIGURE: Final = 3.0
_MOST_WORDS: Final = 5.0
_MOST_OTHERS: Final = 3
_MOST_DIGITS: Final = 4
_DEFINITE: Final = {
    "en": re.compile(r"\b(?:the|these|those|all|all the|all of the|our|its|same) $", re.IGNORECASE),
    "ru": re.compile(
        r"(?<!\w)(?:вс[еёх]+|этих|этим|эти|указанны[хе]|названны[хе]|данны[хе]|тех же|те же|из|среди|всего) $",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"(?<!\w)(?:барлық|осы|бұл|сол|аталмыш|дәл сол|[^\W\d_]{3,}[ғгқк][ае]н) $", re.IGNORECASE),
}
"""Words before a number by which it is told as known."""


class Told:
    """The figures of a paper with the words they are told in, those of its list of references left out."""

    def __init__(self, sentences: Sequence[Marked]) -> None:
        body = [said for said in sentences if not said.figures[0].in_references]
        self.figures = [one for said in body for one in said.figures]
        self._said = [said for said in body for _ in said.figures]

    @cached_property
    def near(self) -> list[dict[str, float]]:
        """Stems near each figure with what they weigh: less, the farther they stand; of a cell its row and column."""
        tokens = {said.number: _tokens(said) for said in self._said}
        pairs = zip(self.figures, self._said, strict=True)
        return [_of_cell(one) or _near(tokens[said.number], said.place(one)) for one, said in pairs]

    @cached_property
    def around(self) -> list[frozenset[str]]:
        """Stems of the sentence of each figure; of a cell its row and column."""
        of_sentence = {said.number: stems(said.plain) for said in self._said}
        pairs = zip(self.figures, self._said, self.near, strict=True)
        return [frozenset(near) if one.table else of_sentence[said.number] for one, said, near in pairs]

    @cached_property
    def rarity(self) -> "defaultdict[str, float]":
        """What a stem weighs: less, the more sentences or rows have it; a short one as if others had it, too."""
        places = {self.place(at): stems for at, stems in enumerate(self.around)}
        met = Counter(stem for stems in places.values() for stem in stems)
        many = len(places) + _UNSEEN + 1

        def weight(stem: str, count: int) -> float:
            unseen = _UNSEEN_SHORT if len(stem) < _STEM else 0
            return math.log(many / (count + unseen + 0.5)) / math.log(many)

        return defaultdict(lambda: weight("-" * _STEM, 1), {stem: weight(stem, count) for stem, count in met.items()})

    @cached_property
    def _paragraphs(self) -> "defaultdict[int, list[Figure]]":
        found: defaultdict[int, list[Figure]] = defaultdict(list)
        for one, said in zip(self.figures, self._said, strict=True):
            found[said.paragraph].append(one)
        return found

    def place(self, at: int) -> tuple[str, str]:
        """The sentence, or the row of a table, that a figure stands in."""
        one = self.figures[at]
        return (one.table, one.row) if one.table else ("", str(self._said[at].number))

    def said(self, at: int) -> Marked:
        """The sentence of a figure."""
        return self._said[at]

    def beside(self, at: int) -> list[Figure]:
        """The figures of the paragraph of one."""
        return self._paragraphs[self._said[at].paragraph]

    def is_known(self, at: int) -> bool:
        """Whether a number is told as known: "the 346 mayors"."""
        one, said = self.figures[at], self._said[at]
        return not one.table and _DEFINITE[said.language].search(said.plain[: said.place(one)]) is not None

    def shared_words(self, first: int, later: int) -> list[str]:
        """The words near both figures that tell most, as they are printed by the later one."""
        near, others, one = self.near[first], self.near[later], self.figures[later]
        text = f"{one.row} {one.column}" if one.table else self._said[later].plain
        printed = {stem_of(word): word for word in reversed(_LETTERS.findall(text))}
        stems = sorted(near.keys() & others, key=lambda stem: (-near[stem] * others[stem] * self.rarity[stem], stem))
        return [printed[stem] for stem in stems[:_NAMED] if stem in printed]

    def are_contrasted(self, first: int, later: int) -> bool:
        """Whether a noun has another adjective beside each figure: «городских читателей», «сельских читателей»."""
        if self.figures[first].table or self.figures[later].table:
            return False
        one, other = ({stem_of(pair["noun"]): stem_of(pair["adjective"]) for pair in _ADJECTIVE.finditer(
            self._said[at].plain)} for at in (first, later))  # fmt: skip
        around, around_later = self.around[first], self.around[later]
        shared = one.keys() & other
        return any(one[noun] not in around_later and other[noun] not in around for noun in shared)

    def likeness(self, first: int, later: int) -> list[float]:
        """The numbers that ``FEATURES`` name, of two figures in the order of the text."""
        one, other = self.figures[first], self.figures[later]
        near, near_later, weights = self.near[first], self.near[later], self.rarity
        around, around_later = self.around[first], self.around[later]
        shared = sum(weights[stem] for stem in around & around_later)
        least = min(sum(weights[stem] for stem in stems) for stems in (around, around_later))
        rarest = max((near[stem] * near_later[stem] * weights[stem] for stem in near.keys() & near_later), default=0.0)
        cells = bool(one.table) + bool(other.table)
        unit, others = unit_of(other), () if other.table else self._said[later].figures
        found = {
            "words": min(shared, _MOST_WORDS), "share_of_words": shared / (least or 1.0), "rarest_near": rarest,
            "one_sentence": self._said[first] is self._said[later], "cell_and_text": cells == 1,
            "two_cells": cells == 2, "one_unit": one.unit == other.unit, "told_as_known": self.is_known(later),
            "others_of_unit": min(sum(unit_of(each) == unit for each in others if each is not other), _MOST_OTHERS),
            "digits": min(max(significant(one), significant(other)), _MOST_DIGITS),
        }  # fmt: skip
        return [float(found[name]) for name in FEATURES]


def _of_cell(one: Figure) -> dict[str, float]:
    return (
        {stem_of(word): 1.0 for word in _LETTERS.findall(f"{one.row} {one.column}") if not _is_of_number(word)}
        if one.table
        else {}
    )


def _tokens(said: Marked) -> list[tuple[int, str]]:
    """Words, figures and marks of a sentence with the places they stand at."""
    return [(match.start(), match.group()) for match in _TOKEN.finditer(said.plain)]


def _near(tokens: Sequence[tuple[int, str]], place: int) -> dict[str, float]:
    found = dict[str, float]()
    at = bisect_left(tokens, (place, ""))
    for words in (tokens[at - 1 :: -1] if at else (), tokens[at + 1 :]):
        for stem, weight in _weighed(words):
            found[stem] = max(found.get(stem, 0.0), weight)
    return found


def _weighed(tokens: Iterable[tuple[int, str]]) -> Iterator[tuple[str, float]]:
    steps = 0.0
    for _, word in tokens:
        if not word.isalpha():
            steps += _FIGURE if word > "\ue000" else _STEPS.get(word, _MARK)
            continue
        if _is_of_number(word):
            continue
        steps += 1
        weight = 1 / (1 + steps / _FALL)
        if weight < _LEAST:
            return
        if len(word) > 2:
            yield stem_of(word), weight


@lru_cache(10_000)
def _is_of_number(word: str) -> bool:
    """Whether a word is part of how a number is printed: "thousand", "percent"."""
    known = lexicon.look_up(word)
    return known is not None and known.code in ("s", "%")


def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that have three letters at least."""
    return frozenset(map(stem_of, _WORD.findall(text)))


def stem_of(word: str) -> str:
    """The letters by which a word is known."""
    return word.casefold()[:_STEM]


def unit_of(one: Figure) -> str:
    """What a figure counts, under one name."""
    return ONE_UNIT.get(one.unit, one.unit)
