"""Drafts of differences that a noun names: "men earned 620 dollars, women 500, a gap of 120"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_NO_END: Final = ("times", "date", "rank", "places", "percentage_points", "unstated", "")
_PAIR: Final = 2
_BARE: Final = ("unstated", "")


def gaps(before: Marked, said: Marked) -> Iterator[Draft]:
    """A gap, difference or margin, and the only two figures of its unit in its sentence, else in the one before."""
    if any(said.has(rule) for rule in ("from_to", "more_than")):
        return
    for words, named, _ in said.find("gap"):
        gap = named["c"]
        if gap.value is None or gap.bound != "exact" or gap.table:
            continue
        ends = _ends(said.figures, gap)
        numbers = [one for one in said.figures if not one.is_date]
        is_next = before.paragraph == said.paragraph and before.number == said.number - 1
        if (
            not ends
            and numbers == [gap]
            and is_next
            and len(_numbers(before)) == _PAIR
            and not is_between_others(before, said)
        ):
            ends = _ends(before.figures, gap)
        if len(ends) != _PAIR:
            continue
        high, low = sorted(ends, key=lambda one: -(one.value or 0))
        if (high.value or 0) > gap.value:
            told = f"{high.printed} … {low.printed} … {words}"
            yield draft("difference", [high, low], [gap], "change_amount", told, sure="place")
        return


def is_between_others(before: Marked, said: Marked) -> bool:
    """Whether a gap is said to be between what the sentence before does not tell of: "between young and old"."""
    named = {
        word[:_STEM].casefold()
        for match in _BETWEEN.finditer(said.plain)
        for word in _WORD.findall(match["of"] or match["of2"] or match["of3"])
    }
    return bool(named - {word[:_STEM].casefold() for word in _WORD.findall(before.plain)})


_STEM: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_BETWEEN: Final = re.compile(
    r"\b(?:between|among)\s(?P<of>[^\W\d_]+(?:\s[^\W\d_]+)?\sand\s[^\W\d_]+)|"
    r"(?<!\w)между\s(?P<of2>[^\W\d_]+(?:\s[^\W\d_]+)?\sи\s[^\W\d_]+)|"
    r"(?<!\w)(?P<of3>[^\W\d_]+\s(?:мен|пен|бен)\s[^\W\d_]+)\s(?:арасын|арасы)",
    re.IGNORECASE,
)
"""What a gap is said to lie between."""


def _numbers(said: Marked) -> list[Figure]:
    return [one for one in said.figures if not one.is_date]


def _ends(figures: Sequence[Figure], gap: Figure) -> list[Figure]:
    """Figures that a gap may lie between; of measures without a unit, only if they stand alone and are alike."""
    numbers = [one for one in figures if not one.is_date]
    if gap.unit in _BARE:
        alike = {(one.unit, one.bound, len(one.printed.replace(",", ".").partition(".")[2])) for one in numbers}
        others = [one for one in numbers if one is not gap and one.value is not None and not one.table]
        return others if len(alike) == 1 and len(numbers) == _PAIR + 1 else []
    return [
        one
        for one in figures
        if one is not gap and one.value is not None and one.bound == "exact" and not one.table
        and one.unit not in _NO_END
        and (one.unit == "percent" if gap.unit == "percentage_points" else are_of_one_unit(one, gap))
    ]  # fmt: skip
