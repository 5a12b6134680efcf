"""Sums without a word: numbers of one sentence make up another of the paper, or would but for one misprint."""

from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.tried import Known
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 100
"""Smaller numbers add up too often."""
_MOST: Final = 8
_CHANCE: Final = 0.01
_SLIP: Final = 0.03
_PAIR: Final = 2
_ENDLESS: Final = 400
"""Numbers of a paper looked at for a sum."""


def alone(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """All numbers of one unit that a sentence tells, and the one number of the paper that they make up."""
    yield from _shared(known)
    told = [one for said in body for one in said.figures if _may_add(one)][:_ENDLESS]
    wholes = {one.value: one for one in reversed(told)}
    for said in body:
        by_unit: dict[str, list[Figure]] = {}
        for one in said.figures:
            if _may_add(one):
                by_unit.setdefault(one.unit, []).append(one)
        for parts in by_unit.values():
            if not _PAIR <= len(parts) <= _MOST or known.explains(parts) or len({one.value for one in parts}) == 1:
                continue
            total = sum(one.value or 0 for one in parts)
            others = [one for one in wholes.values() if one not in parts and are_of_one_unit(one, parts[0])]
            chance = len(others) / total
            whole = wholes.get(total)
            if whole is not None and whole in others and chance < _CHANCE:
                yield _draft(parts, whole)
            elif whole is None:
                slipped = _slipped(parts, [one for one in others if one.claim_id in known.bases])
                if slipped is not None:
                    yield _draft(parts, slipped)


def _shared(known: Known) -> Iterator[Draft]:
    """Counts of one paragraph, each told as a share of one base, that make it up: "96 (6 %). Others: 1,504 (94 %)"."""
    shared: dict[tuple[str, int], dict[str, Figure]] = {}
    for part, base in known.shares:
        if part.is_whole and not part.table:
            shared.setdefault((base.claim_id, part.paragraph), {})[part.claim_id] = part
    for (base_id, _), told in shared.items():
        parts, base = list(told.values()), known.bases[base_id]
        if len(parts) >= _PAIR and sum(one.value or 0 for one in parts) == base.value and not known.explains(parts):
            yield _draft(sorted(parts, key=lambda one: (one.sentence, one.start)), base)


def _may_add(one: Figure) -> bool:
    is_count = one.is_whole and one.bound == "exact" and operands.is_operand(one) and not one.in_references
    return is_count and (one.value or 0) >= _LEAST and one.unit not in ("places", "unstated")


def _slipped(parts: Sequence[Figure], wholes: Sequence[Figure]) -> Figure | None:
    """The one whole of other shares that the parts miss by one misprint."""
    found = [one for one in wholes if reckoned.mended("sum_of_parts", parts, one)]
    if len(found) != 1:
        return None
    chance = reckoned.chance("sum_of_parts", parts, found[0]) * reckoned.slips((*parts, found[0]))
    return found[0] if chance * len(wholes) <= _SLIP else None


def _draft(parts: Sequence[Figure], whole: Figure) -> Draft:
    words = f"{' + '.join(one.printed for one in parts)} … {whole.printed}"
    return draft("sum_of_parts", parts, [whole], "numbers_alone", words, sure="place")
