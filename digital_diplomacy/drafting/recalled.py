"""Drafts of what a sentence recalls in the words it was told in, and of a page whose followers are counted twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.elsewhere import is_average, is_told_apart
from digital_diplomacy.drafting.misprints import are_equal, are_swapped, digits, may_be_misprint
from digital_diplomacy.drafting.stems import stems, word_behind
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_WINDOW: Final = 75
"""Characters on either side of a figure whose words tell what it counts."""
_ALIKE: Final = 0.5
_LEAST_WORDS: Final = 2
_MOST_COMPARED: Final = 300
"""Later figures of the same kind that one is compared with, the nearest first."""
_LEAST_COUNT: Final = 10
"""Smaller whole numbers count something new in every sentence."""
_NOTHING_SPECIAL: Final = ("percentage_points", "times", "rank", "date", "", "years", "days", "months", "hours")


def recalled(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """A figure of a sentence that recalls what was told before, and the nearest one before it in nearly its words.

    The words of a recalled figure need not name the platform and the time again.
    """
    told = [
        (one, said)
        for said in sentences
        for one in said.figures
        if one.value is not None
        and one.value >= _LEAST_COUNT
        and one.unit not in _NOTHING_SPECIAL
        and not one.in_references
        and not one.table
    ]
    for place, (second, said) in enumerate(told):
        if not said.has("recall") or len([one for one in said.figures if one.unit == second.unit]) > 1:
            continue
        words = _words(said, second)
        for first, before in reversed(told[max(0, place - _MOST_COMPARED) : place]):
            if first.unit != second.unit or not _may_be_recalled(first, before, second, said):
                continue
            if _is_beside_it(first, before, second) or not _is_it_or_misprint(first, before, second, said):
                continue
            shared = words & (others := _words(before, first))
            if len(shared) >= _LEAST_WORDS and len(shared) / min(len(words), len(others)) >= _ALIKE:
                named = f"{first.printed} … {second.printed} ({', '.join(sorted(shared))})"
                yield draft("same_quantity", [first], [second], "recalled", named)
                break


def _is_it_or_misprint(first: Figure, said: Marked, second: Figure, again: Marked) -> bool:
    """Whether two figures are equal, or differ as a misprint does and count the same noun.

    Words in common do not make two figures one: exports of two countries, a total and those of it that came back, what
    was taken and what was used again are told in the same words. Only what differs by a digit is likely one of them.
    """
    is_of_one_page = first.entity != "" and first.platform != "" and first.entity == second.entity
    if are_equal(first, second) or (is_of_one_page and first.platform == second.platform):
        return True
    if is_told_apart(again, second):
        return False
    if not may_be_misprint(first, second) or _are_of_two_rounds(said, again):
        return False
    noun = word_behind(said, first)
    is_long = are_swapped(first, second) or len(digits(first)) >= _TELLING_DIGITS
    return is_long or (noun != "" and noun == word_behind(again, second))


def _are_of_two_rounds(said: Marked, again: Marked) -> bool:
    """Whether a sentence tells other figures in the words of another: "mean 3.6, 14 below", "mean 3.9, 11 below"."""
    if len(said.figures) != len(again.figures):
        return False
    other = [one for one, its in zip(said.figures, again.figures, strict=True) if not are_equal(one, its)]
    return len(other) >= _LEAST_OTHER


_LEAST_OTHER: Final = 2
"""Figures that differ where no misprint made them."""


def _is_beside_it(first: Figure, before: Marked, second: Figure) -> bool:
    """Whether a neighbour of a figure is the one recalled: "74 of 412 groups … the 412 groups"."""
    is_told = any(each.unit == second.unit and each.value == second.value for each in before.figures)
    return is_told and first.value != second.value


def _may_be_recalled(first: Figure, before: Marked, second: Figure, said: Marked) -> bool:
    is_other_time = first.period and second.period and first.period != second.period
    is_elsewhere = before.number != said.number and before.language == said.language
    if is_average(before, first) != is_average(said, second):
        return False
    return is_elsewhere and not is_other_time and _counts_alike(word_behind(before, first), word_behind(said, second))


_TELLING_DIGITS: Final = 3
_LEAST_LONG: Final = 100


def pages(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """One country's count on one platform, told twice in the paper and no more often."""
    told: dict[tuple[str, str, str], list[tuple[Figure, Marked]]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            is_count = one.value is not None and one.value >= _LEAST_LONG and one.unit in _COUNTED_ON_PLATFORMS
            if is_count and one.entity and one.platform and not one.in_references:
                told[one.entity, one.platform, one.unit].append((one, said))
    for figures in told.values():
        if len(figures) != 2 or any(said.has("up") or said.has("from_to") for _, said in figures):
            continue
        (first, said), (second, other) = figures
        if said.number != other.number and not (first.period and second.period and first.period != second.period):
            words = f"{first.printed} … {second.printed} ({first.platform})"
            yield draft("same_quantity", [first], [second], "page", words, sure="place")


_COUNTED_ON_PLATFORMS: Final = ("followers", "users", "accounts", "views", "messages")


def _counts_alike(first: str, second: str) -> bool:
    """Whether two nouns may be of one thing: "1,860 parents" are not "19,280 teachers"."""
    return not first or not second or first == second


def _words(said: Marked, one: Figure) -> frozenset[str]:
    """Stems of the words around a figure, within its clause."""
    place = said.place(one)
    before = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[max(0, place - _WINDOW) : place])[-1]
    behind = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[place + 1 : place + 1 + _WINDOW])[0]
    return stems(f"{before} {behind}")
