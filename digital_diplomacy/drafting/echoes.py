"""Drafts of a number taken up by its noun: "487 people read the page. Among the 487 readers of the page, 292 …"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.misprints import are_swapped, digits
from digital_diplomacy.drafting.twice import is_average, is_common
from digital_diplomacy.drafting.unjudged import Draft, draft, is_of_people
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 10
_LONG: Final = 3
"""Digits of numbers of which two that changed places tell a misprint."""
_STEM: Final = 4
_SHORTEST: Final = 5
"""Letters of a word that tells what is counted."""
_NEXT: Final = re.compile(r"(?:-[^\W\d_]+)?((?:\s+[^\W\d_][\w’'-]*){1,2})")
_TAKEN_UP: Final = re.compile(
    r"(?:\b(?:of|among|out of) (?:the |these |those )?|(?<!\w)(?:из|среди) (?:этих |названных )?|^)$", re.IGNORECASE
)
"""What stands before a number that was told before."""
_AMONG_KK: Final = re.compile(r"\w+[нтд][ыі]ң\b|\w+(?:ларынан|лерінен|дан|ден|тан|тен|нан|нен)\b")


def echoed(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """A number of a noun told as known, and the one number before it whose sentence has all words of its noun.

    It is the same, or has two digits that changed places; other numbers are of something else.
    """
    told: list[tuple[Figure, Marked]] = []
    for said in sentences:
        if said.figures[0].table or said.figures[0].in_references:
            continue
        for one in said.figures:
            if _is_count(one) and not is_average(said, one):
                words = _taken_up(said, one)
                found = [each for each in told if words and _is_told_by(words, one, said, *each)]
                equal = [first for first, _ in found if first.value == one.value]
                swapped = [first for first, _ in found if len(digits(one)) >= _LONG and are_swapped(first, one)]
                if equal or len(swapped) == 1:
                    first = (equal or swapped)[-1]
                    named = f"{first.printed} … {one.printed} {words[0]}"
                    yield draft("same_quantity", [first], [one], "recalled", named, sure="place")
        told += [(one, said) for one in said.figures if _is_count(one) and not is_average(said, one)]


def _is_count(one: Figure) -> bool:
    return one.is_whole and one.bound == "exact" and (one.value or 0) >= _LEAST and not one.in_references


def _taken_up(said: Marked, one: Figure) -> list[str]:
    """The words behind a number that is told as known; none where it is told as new."""
    place = said.place(one)
    match = _NEXT.match(said.plain, place + 1)
    words = match[1].split() if match else []
    if said.language == "kk":
        words = words[:1] if words and _AMONG_KK.fullmatch(words[0].casefold()) else []
    elif not _TAKEN_UP.search(said.plain[:place]) or _opens(said, place):
        words = []
    return [word.casefold() for word in words if len(word) >= _SHORTEST and not is_common(word.casefold())]


def _opens(said: Marked, place: int) -> bool:
    """Whether nothing stands before a number, which then may be new."""
    return not said.plain[:place].strip()


def _is_told_by(words: Sequence[str], one: Figure, said: Marked, first: Figure, before: Marked) -> bool:
    if first.unit != one.unit and not (is_of_people(first) and is_of_people(one)):
        return False
    if before.language != said.language or (first.period and one.period and first.period != one.period):
        return False
    if any(each.has(rule) for each in (said, before) for rule in ("up", "down", "from_to")):
        return False
    own = {word.casefold()[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", before.plain)}
    return all(word[:_STEM] in own for word in words)
