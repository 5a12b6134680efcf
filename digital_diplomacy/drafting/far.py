"""Answers of which one figure stands near and the other anywhere: what a sentence names by its noun.

"Replies grew by 62.4 %": one number of replies stands in the paragraph, the other pages before. Only what fits is
drafted, and only if all that was tried would hardly fit by chance.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.asked import Question, is_attached, questions
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.known import Known
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_BACK: Final = 3
_STEM: Final = 5
_SHORT: Final = 3
_LEAST: Final = 10
_MOST: Final = 12
"""Figures of the nouns of a sentence that are tried."""
_CHANCE: Final = 0.1
_CHANCE_AFAR: Final = 0.03
"""The same where the word that asks stands at another figure."""
_FACTOR: Final = 3
_KINDS: Final[dict[str, tuple[reckoned.Kind, ...]]] = {
    "apart": ("difference",), "growth": ("growth_rate", "decline_rate"), "share": ("share_of_base",),
    "each": ("ratio",),
}  # fmt: skip
_NO_COUNT: Final = ("percent", "percentage_points", "times", "rank", "places", "date")


def far(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """What figures come from that nothing explains, where words name the noun of what stands far away."""
    counts = [(one, _noun(one)) for said in body for one in said.figures if _may_count(one)]
    for place, said in enumerate(body):
        named = _named(said, counts)
        for told in said.figures if named else ():
            if told.claim_id in known.results or told.bound not in ("exact", "about") or not told.value or told.is_date:
                continue
            before = body[place - 1] if place and body[place - 1].paragraph == said.paragraph else None
            asked = [one for one in questions(said, told, before) if one.asked in _KINDS]
            near = [
                one
                for each in body[max(0, place - _BACK) : place + 1] if each.paragraph == said.paragraph
                for one in each.figures if one is not told and _may_count(one)
            ]  # fmt: skip
            found = next((made for one in asked if (made := _answer(one, said, near, named)) is not None), None)
            if found is not None and not known.explains((*found.left, told)):
                yield found


def _noun(one: Figure) -> str:
    """The beginning of the noun that a figure counts, by which it is known in another form."""
    return re.sub("y$", "", noun_of(one)[:_STEM].casefold())


def _named(said: Marked, counts: Sequence[tuple[Figure, str]]) -> list[Figure]:
    """Figures of other sentences, one of each value, whose noun a sentence names."""
    words = re.findall(r"\w+", said.plain.casefold())
    begun = {word[:length] for word in words for length in range(_SHORT, _STEM + 1)}
    found = {one.value: one for one, noun in reversed(counts) if noun in begun and one.sentence != said.number}
    near = sorted(found.values(), key=lambda one: abs(one.sentence - said.number))
    return near[:_MOST]


def _answer(question: Question, said: Marked, near: Sequence[Figure], named: Sequence[Figure]) -> Draft | None:
    """The nearest pair that fits, if all pairs as near would hardly by chance."""
    told, chance = question.told, 0.0
    most = _CHANCE if question.is_near or question.asked == "share" else _CHANCE_AFAR
    for one, other, kind in product(reversed(near), named, _KINDS[question.asked]):
        left = _operands(kind, one, other, question, said)
        if left is None:
            continue
        chance += reckoned.chance(kind, left, told)
        if chance > most:
            return None
        if reckoned.fits(kind, left, told):
            words = " … ".join(each.printed for each in (*left, told))
            why = f"asked_{'growth' if 'rate' in kind else kind.split('_')[0]}"
            return draft(kind, left, [told], why, f"{words} ({question.words})", sure="place", lends=True)
    return None


def _operands(
    kind: reckoned.Kind, one: Figure, other: Figure, question: Question, said: Marked
) -> tuple[Figure, Figure] | None:
    """Both figures in the order of a kind, if they may be such."""
    told = question.told
    high, low = sorted((one, other), key=lambda each: -(each.value or 0))
    is_one = are_of_one_unit(one, other) and high.value != low.value
    if kind == "ratio":
        is_total = high is one and (are_of_one_unit(one, told) or {one.unit, told.unit} & {"items", "unstated"})
        is_before = one in said.figures and one.start < told.start
        return (one, other) if is_total and is_before and other.unit not in MONEY else None
    if kind == "share_of_base":
        is_part = low is one and (one not in said.figures or is_attached(said, one, told))
        return (one, other) if is_one and is_part else None
    if kind == "difference":
        return (high, low) if is_one and are_of_one_unit(high, told) else None
    is_way = question.way in ("", "up" if kind == "growth_rate" else "down")
    is_near = (high.value or 0) <= _FACTOR * (low.value or 0)
    pair = (low, high) if kind == "growth_rate" else (high, low)
    return pair if is_one and is_way and is_near else None


def _may_count(one: Figure) -> bool:
    is_told = operands.is_operand(one) and one.bound == "exact" and not one.in_references
    return is_told and one.unit not in _NO_COUNT and one.unit not in DURATIONS and (one.value or 0) >= _LEAST
