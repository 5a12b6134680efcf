"""Drafts of numbers told again that speak for themselves: four digits of one unit, or "the three" of three told before.

Such drafts hold as printed; they are there so that a misprint of either would show.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.misprints import digits
from digital_diplomacy.drafting.twice import is_average
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_PEOPLE: Final = {"respondents": "persons", "users": "persons", "followers": "persons", "authors": "persons"}
_SPEAKING: Final = 4
_FEW: Final = 10
_BACK: Final = 12
"""Sentences back to which "the three" are looked for."""
_THE: Final = {
    "en": re.compile(r"\b(?:all (?:the )?|the (?:other )?|these |those )$", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:все |эти |всех |этих |всем )$", re.IGNORECASE),
    "kk": re.compile(r"(?<!\w)(?:осы |бұл |барлық |аталған )?$", re.IGNORECASE),
}
_COLLECTIVE: Final = re.compile(r"(?:ек|үш|төрт|бес|алт|жет)[еа]у[іы](?!\w)", re.IGNORECASE)
_BARE: Final = re.compile(
    r"\s+(?:would|will|are|were|have|had|together|taken|can|could|cost|make|вместе|стоят|дают|имеют|потребуют|"
    r"обойдутся)\b"
)


def repeated(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """The same long number of one unit in two sentences, and small ones told as known."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    told: dict[tuple[str, float], list[tuple[Figure, Marked]]] = defaultdict(list)
    for place, said in enumerate(body):
        for one in said.figures:
            if one.value is None or one.is_date or one.bound != "exact" or one.unit in ("", "rank", "times"):
                continue
            if significant(one) >= _SPEAKING:
                group = told[_PEOPLE.get(one.unit, one.unit), one.value]
                yield from _again(one, said, group)
                group.append((one, said))
            elif _is_the_few(said, one):
                yield from _few(one, body[max(0, place - _BACK) : place + 1])


def _again(one: Figure, said: Marked, group: Sequence[tuple[Figure, Marked]]) -> Iterator[Draft]:
    """The first and the last number before that is the same."""
    before = [first for first, other in group if other.number != said.number and not _are_of_two_times(first, one)]
    for first in dict.fromkeys((*before[:1], *before[-1:])):
        yield draft("same_quantity", [first], [one], "again", f"{first.printed} … {one.printed}", sure="place")


def _are_of_two_times(first: Figure, one: Figure) -> bool:
    return bool(first.period and one.period) and not (first.period in one.period or one.period in first.period)


def _is_the_few(said: Marked, one: Figure) -> bool:
    """Whether a number of two to nine stands for things told before: "the three would cost", «үшеуі»."""
    if not one.is_whole or not 1 < (one.value or 0) < _FEW or is_average(said, one):
        return False
    place = said.place(one)
    if said.language == "kk":
        return _COLLECTIVE.fullmatch(one.printed) is not None
    return _THE[said.language].search(said.plain[:place]) is not None and _BARE.match(said.plain, place + 1) is not None


def _few(one: Figure, near: Sequence[Marked]) -> Iterator[Draft]:
    """The last number of its kind told before a small one that is known, where both are the same."""
    before = [
        each
        for other in near
        for each in other.figures
        if (each.sentence, each.start) < (one.sentence, one.start)
        and each.is_whole
        and each.counted
        and 1 < (each.value or 0) < _FEW
    ]
    if before and before[-1].value == one.value:
        yield draft(
            "same_quantity", [before[-1]], [one], "again", f"{before[-1].printed} … {one.printed}", sure="place"
        )


def significant(one: Figure) -> int:
    """Digits of a number without the zeros that close it, those of its scale among them; 0 for one in words.

    They are those printed where it is printed as one number, and those of its value where it is not: «1 млн 284 мың».
    """
    if not digits(one):
        return 0
    whole = f"{one.value:f}".strip("0").replace(".", "") if one.value else ""
    return len(whole.lstrip("0").rstrip("0"))
