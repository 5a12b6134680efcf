"""Drafts of a number told again in running text: they hold as printed, and are there so that a misprint would show.

Two equal numbers are one where nothing tells them apart and they speak for themselves: by four digits, by words beside
both or near both, or by the noun that both count. "The three" are the last three things told before.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from digital_diplomacy.claims import ONE_UNIT
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.elsewhere import is_average
from digital_diplomacy.drafting.known import OF_ANY
from digital_diplomacy.drafting.misprints import digits, significant
from digital_diplomacy.drafting.mistold import Told
from digital_diplomacy.drafting.stems import is_common, stems
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_AHEAD: Final = 70
_BEHIND: Final = 45
"""Characters before and behind a figure whose words say what it is of."""
_STEM: Final = 5
_SPEAKING: Final = 4
"""Digits of a number that is not met twice by chance."""
_LONG: Final = 3
_LEAST: Final = 2
"""Digits of a number for which one word beside it, or two near it, are enough; a shorter one takes three."""
_FEW: Final = 10
_BACK: Final = 3
"""Sentences back to which a number told as known is looked for where one of the two has no noun."""
_MOST: Final = 60
"""Equal numbers told before, the first and the last, that one is set against."""
_NEVER: Final = ("date", "rank", "times", "places", "percentage_points", "", "years", "months", "weeks")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NUMBER: Final = re.compile(r"[\ue000-\uf0ff]")
_EDGE: Final = re.compile(r"[\ue000-\uf0ff;:()]")
_THE: Final = {
    "en": re.compile(r"\b(?:all|the|the other|these|those|our|its|same|all the|all of the) $", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:вс[еёх]+|всем|этих|этим|эти|указанны[хе]|названны[хе]|данны[хе]|тех же|те же) $",
                     re.IGNORECASE),
    "kk": re.compile(r"(?<!\w)(?:барлық|осы|бұл|аталған|сол) $", re.IGNORECASE),
}  # fmt: skip
_COLLECTIVE: Final = re.compile(r"(?:ек|үш|төрт|бес|алт|жет)[еа]у[іы](?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """A figure as it is told, and the words around it, looked up only where another is equal to it."""

    told: Told

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """Stems right beside it, and those of its part of the sentence."""
        return _words_of(self.told.said, self.told.figure)

    @cached_property
    def all_said(self) -> frozenset[str]:
        """Stems of its sentence."""
        return stems(self.told.said.plain)


def told_again(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Equal numbers of one unit in two sentences: the first, the last and the likest told before each."""
    groups: dict[tuple[str, float], list[_Told]] = defaultdict(list)
    few: list[Figure] = []
    for said in sentences:
        if said.figures[0].table or said.figures[0].in_references:
            continue
        for one in said.figures:
            if _may_be_told_again(one):
                told = _Told(Told(one, said))
                group = groups[ONE_UNIT.get(one.unit, one.unit), float(one.value or 0)]
                yield from _again([*group[:_MOST], *group[_MOST:][-_MOST:]], told)
                group.append(told)
            if one.is_whole and 1 < (one.value or 0) < _FEW:
                yield from _the_few(few[-_MOST:], said, one)
                few.append(one)


def _again(before: Sequence[_Told], told: _Told) -> Iterator[Draft]:
    same = [each for each in before if _are_one(each, told)]
    likest = sorted(same, key=lambda each: -len(each.words[1] & told.words[1]))[:1]
    for first in dict.fromkeys(each.told.figure for each in (*same[:1], *same[-1:], *likest)):
        yield _draft(first, told.told.figure)


def _draft(first: Figure, later: Figure) -> Draft:
    return draft("same_quantity", [first], [later], "again", f"{first.printed} … {later.printed}", sure="place")


def _may_be_told_again(one: Figure) -> bool:
    is_told = one.value is not None and one.bound in ("exact", "about") and not one.is_date
    return is_told and one.unit not in _NEVER and (one.value or 0) >= (1 if digits(one).strip("0") else _FEW)


def _are_one(first: _Told, later: _Told) -> bool:
    """Whether nothing tells two equal numbers apart, and digits, words or the noun say that they are one."""
    one, other = first.told.figure, later.told.figure
    apart = later.told.said.number - first.told.said.number
    if not apart:
        return False
    if one.period and other.period and not (one.period in other.period or other.period in one.period):
        return False
    if one.platform and other.platform and one.platform != other.platform:
        return False
    size, in_sentence = significant(other), len(first.all_said & later.all_said)
    if size >= _SPEAKING or (size >= _LONG and in_sentence >= _LEAST) or (one.period and in_sentence and other.period):
        return True
    is_noun = first.told.noun == later.told.noun != "" or (
        later.told.is_definite and apart <= _BACK and not (first.told.noun and later.told.noun)
    )
    if is_noun and (other.value or 0) >= _FEW:
        return True
    beside, around = (len(own & others) for own, others in zip(first.words, later.words, strict=True))
    return around > _LEAST or (size >= _LEAST and (around == _LEAST or beside > 0))


def _the_few(before: Sequence[Figure], said: Marked, one: Figure) -> Iterator[Draft]:
    """The last small number of its noun before one told as known, "the four countries", where both are the same."""
    is_the = _THE[said.language].search(said.plain[: said.place(one)]) is not None
    if not (is_the or _COLLECTIVE.fullmatch(one.printed)) or is_average(said, one):
        return
    noun = noun_of(one)
    near = [each for each in before if noun_of(each) == noun] or [each for each in before if each.counted]
    if near and near[-1].value == one.value:
        yield _draft(near[-1], one)


def _words_of(said: Marked, one: Figure) -> tuple[frozenset[str], frozenset[str]]:
    place = said.place(one)
    ahead, behind = said.plain[max(0, place - _AHEAD) : place], said.plain[place + 1 : place + 1 + _BEHIND]
    start = max(ahead.rfind(mark) for mark in ";.") + 1
    end = min((at for mark in ";." if (at := behind.find(mark)) >= 0), default=len(behind))
    near = f"{_EDGE.split(ahead[start:])[-1]} {_EDGE.split(behind[:end])[0]}"
    return _stems(near), _stems(_NUMBER.sub(" ", f"{ahead[start:]} {behind[:end]}"))


def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text) if not is_common(word))
    return frozenset(word[:_STEM] for word in words if len(word) >= _STEM) - OF_ANY
