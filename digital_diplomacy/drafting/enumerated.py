"""Sums of all counts of a sentence that names what they make up: "The offices are 24 ministries, 68 departments, …".

The whole may be told anywhere in the paper, with the noun that the sentence names; how many such wholes there are
decides whether a sum of small numbers is a chance. It fails only where the sentence says that it tells all of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.known import Known
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked

_LEAST: Final = 10
_MOST: Final = 9
_THREE: Final = 3
_STEM: Final = 5
_SHORT: Final = 3
_CHANCE: Final = 0.07
_TIMES: Final = 1.15
"""Times up to which parts may miss a whole that they are said to make up."""


def enumerated(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """All counts of a sentence, and the count of a noun it names that they make up, or are said to."""
    wholes: dict[str, list[Figure]] = {}
    for said in body:
        for one in said.figures:
            noun = _stem(noun_of(one))
            if _may_add(one) and (one.value or 0) >= _LEAST and len(noun) >= _SHORT:
                wholes.setdefault(noun, []).append(one)
    for said in body:
        parts = _parts(said)
        if not _THREE <= len(parts) <= _MOST or known.explains(parts):
            continue
        text = said.plain.casefold()
        named = {one.value: one for noun, told in wholes.items() if _names(text, noun) for one in reversed(told)}
        others = [one for one in named.values() if one not in said.figures and one.value and _is_one(one, parts)]
        found = [one for one in others if reckoned.fits("sum_of_parts", parts, one)]
        total = float(sum(one.value or 0 for one in parts))
        if found and len(others) / total <= _CHANCE:
            yield _draft(parts, found[0], is_said=False)
        elif not found and (whole := _missed(said, parts, others, wholes)) is not None:
            yield _draft(parts, whole, is_said=True)


def _names(text: str, noun: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(noun)}", text) is not None


def _missed(
    said: Marked, parts: Sequence[Figure], wholes: Sequence[Figure], counted: Mapping[str, Sequence[Figure]]
) -> Figure | None:
    """The only whole of the noun of the first part, of which a sentence says that it tells all, and misses it."""
    noun = noun_of(parts[0])
    if not noun or not said.has("tells_all") or any(said.has(rule) for rule in ("several", "of_them", "n_of_m")):
        return None
    if any(one.unit == "percent" for one in said.figures) or any(_counts_others(one, noun, counted) for one in parts):
        return None
    same = [one for one in wholes if noun_of(one) == noun and one.sentence < parts[0].sentence]
    if len(same) != 1 or same[0].bound != "exact" or not reckoned.is_near("sum_of_parts", parts, same[0], _TIMES):
        return None
    return same[0] if reckoned.mended("sum_of_parts", parts, same[0]) else None


def _counts_others(part: Figure, noun: str, counted: Mapping[str, Sequence[Figure]]) -> bool:
    """Whether a part counts what the paper counts elsewhere too: 12 nurses, but not the "12 of the south"."""
    own = noun_of(part)
    return own not in ("", noun) and any(one.sentence != part.sentence for one in counted.get(_stem(own), ()))


def _stem(noun: str) -> str:
    return re.sub("y$", "", noun[:_STEM].casefold())  # "body", "bodies"


def _parts(said: Marked) -> list[Figure]:
    """Its counts, without one that only says how many parts there are."""
    counts = [one for one in said.figures if not one.is_date and one.unit != "percent"]
    rest = [one for one in counts[1:] if _may_add(one)]
    if counts and counts[0].value == len(counts) - 1:
        return rest if len(rest) == len(counts) - 1 else []
    return counts if all(_may_add(one) for one in counts) else []


def _is_one(whole: Figure, parts: Sequence[Figure]) -> bool:
    return all(are_of_one_unit(one, whole) for one in parts)


def _may_add(one: Figure) -> bool:
    return one.is_whole and one.bound == "exact" and operands.is_operand(one) and one.unit not in DURATIONS


def _draft(parts: Sequence[Figure], whole: Figure, *, is_said: bool) -> Draft:
    words = f"{' + '.join(one.printed for one in parts)} … {whole.printed}"
    sure: Literal["words", "place"] = "words" if is_said else "place"
    return draft("sum_of_parts", parts, [whole], "numbers_alone", words, sure=sure, lends=True)
