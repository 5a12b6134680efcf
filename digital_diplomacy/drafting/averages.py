"""Drafts of averages: "6,000 teachers have 96,000 pupils, 16 pupils per teacher"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.nouns import lemma
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 2
_STEM: Final = 4
_ENDING: Final = 4
_FACTOR: Final = 3.0
"""Times up to which a printed average may miss that of its totals; one further off is of something else."""
_GENERAL: Final = ("percent", "percentage_points", "times", "rank", "date", "years", "places", "unstated", "")


def averages(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """A number per one of something, where its paragraph tells one number of either noun."""
    rates = {named["r"] for said in sentences for _, named, _ in said.find("per_unit")}
    beside: dict[int, list[Figure]] = defaultdict(list)
    for said in sentences:
        beside[said.paragraph] += [one for one in said.figures if one not in rates]
    for said in sentences:
        if said.figures[0].table or said.figures[0].in_references:
            continue
        for words, named, match in said.find("per_unit"):
            rate = named["r"]
            if rate.value is None or rate.bound != "exact" or not rate.counted or rate.unit in _GENERAL:
                continue
            if _BOUND.search(words) or _BOUND.match(said.plain[match.end() :]):
                continue
            paragraph = beside[said.paragraph]
            count = _only(paragraph, lemma(match["unit"], said.language), rate)
            total = _only(paragraph, rate.counted, rate)
            if count is None or total is None or count is total or not _may_be(total, count, rate):
                continue
            told = f"{total.printed} … {count.printed} … {words}"
            yield draft("ratio", [total, count], [rate], "average", told, sure="place")


_BOUND: Final = re.compile(
    r".{0,25}?(?:\b(?:at most|at least|up to|maximum|no more|should|must)\b|(?<!\w)(?:не более|не менее|до|"
    r"должн\w+|норм\w+)(?!\w)|"
    r"(?<!\w)(?:кемінде|аспайды|дейін|тиіс)(?!\w))",
    re.IGNORECASE,
)
"""Words of a norm, which is no average."""


def _only(figures: Sequence[Figure], noun: str, rate: Figure) -> Figure | None:
    """The one number of a noun that a paragraph tells; nothing where parts of it are told too."""
    found = [one for one in figures if one is not rate and one.counted and _is_noun(one, noun) and one.is_whole]
    is_one = len(found) == 1 and found[0].bound == "exact" and (found[0].value or 0) >= _LEAST
    return found[0] if is_one else None


def _is_noun(one: Figure, noun: str) -> bool:
    if one.language != "kk":
        return one.counted == noun
    short, long = sorted((one.counted, noun), key=len)  # no Kazakh case is taken off
    return len(short) >= _STEM and long.startswith(short) and len(long) - len(short) <= _ENDING


def _may_be(total: Figure, count: Figure, rate: Figure) -> bool:
    real = (total.value or 0) / (count.value or 1)
    return (rate.value or 0) / _FACTOR <= real <= (rate.value or 0) * _FACTOR
