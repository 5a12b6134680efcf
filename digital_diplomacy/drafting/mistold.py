"""Drafts of a number told again at the end of a paper, in the words it was told in, with two of its digits swapped.

Two numbers of three digits and one unit hardly ever differ by neighbours that changed places; where the later one has
no word that the earlier has not, nothing else can be meant.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from digital_diplomacy.drafting.called import is_form
from digital_diplomacy.drafting.elsewhere import is_told_apart
from digital_diplomacy.drafting.misprints import are_swapped, digits
from digital_diplomacy.drafting.twice import is_average
from digital_diplomacy.drafting.unjudged import BARE, Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_CLOSING: Final = 0.8
"""Part of a paper's sentences from which they may sum up."""
_LEAST: Final = 3
"""Digits of a number, and letters of a word, that tell something."""
_WORDS: Final = 2
"""Words that both have, at least."""
_LONG: Final = 5
"""Digits of which one word in common is enough."""
_HEAD: Final = re.compile(
    r"\b(?:number|count) of\b|(?<!\w)(?:число|числа|количеств\w+|численност\w+|саны\w*)(?!\w)", re.IGNORECASE
)
"""Words that open what is counted as a whole."""
_WHO: Final = ("users", "followers", "subscribers", "respondents")
_NO_NUMBER: Final = ("", "rank", "times", "years", "percentage_points", "places")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_EDGE: Final = re.compile(r"[\ue000-\uf0ff;:,()]")
_ASIDE: Final = re.compile(r"\([^()\ue000-\uf0ff]*\)")
_NEUTRAL: Final = re.compile(
    r"reach\w*|amount\w*|total\w*|stands?|stood|thus|over|the|and|that|"
    r"достиг\w*|дости[гж]\w*|состав\w*|насчит\w*|равн\w+|таким|образом|итак|всего|млн|млрд|тыс|уже|"
    r"жет\w+|құра\w+|тең|бол\w+|сонымен|демек|барлығы|мың",
    re.IGNORECASE,
)
"""Words that say that there is a number, not what it counts."""


def mistold(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "Users numbered 13.5 million … The number of users is 15.3 million": one of the two is misprinted."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    told = [(said, one) for said in body for one in said.figures if _may_be_told(one)]
    values = [one.value for said in sentences for one in said.figures]
    for place, said in enumerate(body):
        if place < _CLOSING * len(body):
            continue
        for later in said.figures:
            if not _may_be_told(later) or values.count(later.value) > 1 or is_told_apart(said, later):
                continue
            found = {one.value: one for other, one in reversed(told) if _is_it(other, one, said, later)}
            if len(found) == 1:
                first = next(iter(found.values()))
                words = f"{first.printed} … {later.printed}"
                yield draft("same_quantity", [first], [later], "recalled", words, sure="place", lends=True)


def _may_be_told(one: Figure) -> bool:
    is_number = one.value is not None and not one.is_date and one.bound == "exact"
    return is_number and one.unit not in _NO_NUMBER and len(digits(one).rstrip("0")) >= _LEAST


def _is_it(other: Marked, first: Figure, said: Marked, later: Figure) -> bool:
    """Whether a number told before can only be a later one with two digits swapped."""
    if other.number >= said.number or not are_swapped(first, later) or not _are_of_one_kind(first, later):
        return False
    if is_average(other, first) != is_average(said, later) or _is_of_another(first, later):
        return False
    told = [*dict.fromkeys(word.casefold() for word in _WORD.findall(other.plain))]
    own = [word.casefold() for word in _WORD.findall(_clause(said, later)) if not _is_neutral(word, said.language)]
    shared = [word for word in own if any(is_form(word, each, said.language) for each in told)]
    is_headed = _HEAD.search(_clause(said, later)) is not None and _HEAD.search(other.plain) is not None
    least = 1 if is_headed or len(digits(first).rstrip("0")) >= _LONG else _WORDS
    return len(shared) >= least and len(shared) == len(own)


def _are_of_one_kind(first: Figure, later: Figure) -> bool:
    if are_of_one_unit(first, later):
        return True
    if any(one.unit == BARE for one in (first, later)):
        return "percent" not in (first.unit, later.unit)
    return all(is_of_people(one) or one.unit in _WHO for one in (first, later))


def _is_of_another(first: Figure, later: Figure) -> bool:
    return any(
        one and other and one != other
        for one, other in (
            (first.period, later.period), (first.platform, later.platform), (first.entity, later.entity),
        )
    )  # fmt: skip


def _clause(said: Marked, one: Figure) -> str:
    """The words of a figure, up to the next mark or number on either side; a rank is no number but one of its words."""
    place = said.place(one)
    ranks = {said.place(each) for each in said.figures if each.unit == "rank"}
    plain = "".join(" " if at in ranks else letter for at, letter in enumerate(said.plain))
    ahead, behind = _ASIDE.sub(" ", plain[:place]), _ASIDE.sub(" ", plain[place + 1 :])
    return f"{_EDGE.split(ahead)[-1]} {_EDGE.split(behind)[0]}"


@lru_cache(5_000)
def _is_neutral(word: str, language: str) -> bool:
    return _NEUTRAL.fullmatch(word) is not None or any(
        one.fullmatch(word.casefold()) for one in patterns("says_only", language)
    )
