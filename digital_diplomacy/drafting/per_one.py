"""Drafts of how many fall to one, where the total and the count stand beside it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.nouns import lemma
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 2
_FAR: Final = 40
"""Sentences looked back at for a count that only one number is of."""
_STEM: Final = 4
_ENDING: Final = 6
_FACTOR: Final = 2.0
"""Times up to which a printed rate may miss that of its totals; one further off is of something else."""
_BACK: Final = 2
"""Sentences looked back at for what a rate is worked out from."""
_NO_RATE: Final = ("percent", "percentage_points", "times", "rank", "date", "places")
_TIMES: Final = ("years", "months", "weeks", "days")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_PEOPLE: Final = frozenset({"человек", "person", "head", "capita", "адам"})


def per_one(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "A desk of five officers costs €400,000, i.e. €80,000 per officer": total, count and rate."""
    body = [one for one in sentences if not one.figures[0].table and not one.figures[0].in_references]
    rates = {named["r"].claim_id for said in body for _, named, _ in said.find("rate_of")}
    for place, said in enumerate(body):
        before = [*reversed(body[max(0, place - _FAR) : place])]
        near = [said, *(one for one in before[:_BACK] if one.paragraph == said.paragraph)]
        for words, named, match in said.find("rate_of"):
            rate = named["r"]
            if rate.value and rate.bound == "exact" and rate.unit not in _NO_RATE:
                unit = match.groupdict().get("unit") or ""
                yield from _worked_out(rate, unit, near, before, rates, words)


def _nouns(words: str, lang: str) -> set[str]:
    return {lemma(word, lang) for word in _WORD.findall(words)}


def _worked_out(
    rate: Figure, unit: str, near: Sequence[Marked], before: Sequence[Marked], rates: set[str], words: str
) -> Iterator[Draft]:
    """The rate against the nearest total and count whose quotient it is, or that alone may be meant."""
    nouns = _nouns(unit, rate.language)
    told = [(said, one) for said in near for one in said.figures if _may_be_end(one, rate, rates)]
    totals = [one for _, one in told if _is_total(one, rate)]
    pairs = [
        (total, one) for said, one in told if _is_count(said, one, nouns, rate) for total in totals if total is not one
    ]
    fits = [one for one in pairs if _fits(*one, rate)]
    first = _nouns(unit.split()[0], rate.language) if unit else set()  # "per rural school" is not of all schools
    sure = [one.claim_id for said, one in told if first and _is_count(said, one, first, rate)]
    is_norm = near[0].has("told_elsewhere") != ""  # what is planned need not be what is
    near_by = [one for one in pairs if not is_norm and _may_be(*one, rate) and one[1].claim_id in sure]
    if not fits and not near_by and nouns:  # the count may be told once, at the start
        far = {
            one.value: one
            for said in before
            for one in said.figures
            if _is_count(said, one, nouns, rate) and not one.table
        }
        fits = [(total, one) for one in far.values() for total in totals if len(far) == 1 and _fits(total, one, rate)]
    is_one = len({(total.value, count.value) for total, count in near_by}) == 1
    if not fits and not (nouns and is_one):
        return
    total, count = (fits or near_by)[0]
    what = f"{total.printed} … {count.printed} … {words}"
    yield draft("ratio", [total, count], [rate], "average", what, sure="place")


def _may_be_end(one: Figure, rate: Figure, rates: set[str]) -> bool:
    is_known = one.value is not None and one.bound in ("exact", "about") and not one.table
    return (
        is_known
        and one.unit not in (*_NO_RATE, *_TIMES)
        and one.claim_id not in rates
        and one.claim_id != rate.claim_id
    )


def _is_count(said: Marked, one: Figure, nouns: set[str], rate: Figure) -> bool:
    if not one.is_whole or (one.value or 0) < _LEAST:
        return False
    behind = re.match(r"[^\ue000-\uf8ff,;:.()]*", said.plain[said.place(one) + 1 :])
    if nouns & {lemma(word, one.language) for word in _WORD.findall(behind[0] if behind else "")[:2]}:
        return True
    if not nouns:
        return not are_of_one_unit(one, rate)
    if nouns & _PEOPLE and is_of_people(one):
        return True
    counted = noun_of(one)
    if one.language != "kk":
        return counted in nouns
    return any(_same_stem(counted, noun) for noun in nouns)


def _same_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)  # no Kazakh case is taken off
    size = max(_STEM, len(short) - _ENDING // 2)
    return len(short) >= _STEM and short[:size] == long[:size] and len(long) - len(short) <= _ENDING


def _is_total(one: Figure, rate: Figure) -> bool:
    if are_of_one_unit(one, rate):
        return True
    return "items" in (one.unit, rate.unit) and not (one.counted and rate.counted)


def _fits(total: Figure, count: Figure, rate: Figure) -> bool:
    real = (total.value or 0) / (count.value or 1)
    half = ((rate.high or 0) - (rate.low or 0)) / 2 if rate.high is not None and rate.low is not None else 0
    return abs(real - (rate.value or 0)) <= max(half, 0.005 * (rate.value or 0))


def _may_be(total: Figure, count: Figure, rate: Figure) -> bool:
    real = (total.value or 0) / (count.value or 1)
    return (rate.value or 0) / _FACTOR <= real <= (rate.value or 0) * _FACTOR
