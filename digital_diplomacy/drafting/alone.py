"""Sums without a word: numbers near one another make up another, or would but for one misprint.

A sum of many digits hardly comes about by chance, so that no word need ask for it: how many sets of numbers are as
near as the one that fits decides whether it is drafted.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.asked import questions
from digital_diplomacy.drafting.enumerated import enumerated
from digital_diplomacy.drafting.known import Known
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, may_be_added, unit_lent
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked

_LEAST: Final = 100
"""Smaller numbers add up too often."""
_MOST: Final = 8
_CHANCE: Final = 0.01
_CHANCE_OF_TWO: Final = 0.005
_CHANCE_ASKED: Final = 0.05
"""The same where a word says that the number is all of others."""
_CHANCE_OF_SENTENCE: Final = 0.01
_SLIP: Final = 0.03
_PAIR: Final = 2
_ENDLESS: Final = 400
"""Numbers of a paper looked at for a sum."""
_NEAR: Final = 14
"""Numbers before and behind another that may be its parts."""
_FAR: Final = 9
"""Paragraphs between a number and its parts."""
_NO_SUM: Final = ("percent", "percentage_points", "times", "date", "rank", "places", "score", "years")


def alone(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """Numbers that make up another: those near it, those of a sentence, or counts that shares of it are told of."""
    yield from _shared(known)
    yield from _of_sentences(body, known)
    yield from enumerated(body, known)
    yield from _near_by(body, known)
    yield from _shares_together(body)


def _of_sentences(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """All numbers of one unit that a sentence tells, and the one number of the paper that they make up."""
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
            if whole is not None and whole in others and chance < _CHANCE_OF_SENTENCE:
                yield _draft(parts, whole)
            elif whole is None:
                slipped = _slipped(parts, [one for one in others if one.claim_id in known.bases])
                if slipped is not None:
                    yield _draft(parts, slipped)


def _near_by(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """Numbers told one after the other, or two of those near, that make up one told before or behind them."""
    told = [(said, one) for said in body for one in said.figures if _may_be_added(one)]
    numbers = [one for _, one in told]
    for place, (said, whole) in enumerate(told):
        around = [
            at
            for at in range(max(0, place - 2 * _NEAR), min(len(told), place + 2 * _NEAR + 1))
            if at != place
            and abs(numbers[at].paragraph - whole.paragraph) <= _FAR
            and (numbers[at].value or 0) < (whole.value or 0)
        ]
        alike = [at for at in around if _may_be_one(numbers[at], whole)]
        beside = [at for at in around if _is_beside(numbers[at], whole) and may_be_added(numbers[at], whole)]
        for near in (alike, beside):
            before, behind = [at for at in near if at < place][-_NEAR:], [at for at in near if at > place][:_NEAR]
            found = _first(said, whole, numbers, before, behind) if len(near) >= _PAIR else None
            if found is not None and not known.explains([*found, whole]):
                yield _draft(_with_totals(found, whole, known), whole)
                break


def _may_be_one(one: Figure, whole: Figure) -> bool:
    """Whether figures may count one thing: of a unit, or one of them of none that is told."""
    return one.unit == whole.unit or are_of_one_unit(one, whole) or unit_lent(one, whole) != ""


def _is_beside(one: Figure, whole: Figure) -> bool:
    return one.paragraph == whole.paragraph and abs(one.sentence - whole.sentence) <= 1


def _with_totals(parts: Sequence[Figure], whole: Figure, known: Known) -> list[Figure]:
    """Parts of which some make up a number told between them, as this number and the others."""
    for divided, total in known.divided:
        if {*divided} < {*parts} and total not in (*parts, whole):
            return [one for one in parts if one not in divided] + [total]
    return list(parts)


def _first(
    said: Marked, whole: Figure, told: Sequence[Figure], before: Sequence[int], behind: Sequence[int]
) -> list[Figure] | None:
    """The nearest set that makes a number up, if as many as are as near would by chance hardly do."""
    values = {at: told[at].value or 0 for at in (*before, *behind)}
    halves = {at: _half(told[at]) for at in values}
    wanted, half = whole.value or 0, _half(whole)
    for sets, most in ((_runs(told, before, behind), _CHANCE), (_pairs(told, before, behind), _CHANCE_OF_TWO)):
        chance = 0.0
        for parts in sets:
            slack = half + sum(halves[at] for at in parts)
            chance += (2 * slack or 1.0) / (2 * wanted)
            if chance > _CHANCE_ASKED:
                break
            if abs(sum(values[at] for at in parts) - wanted) > slack + _TINY * wanted:
                continue
            found = [told[at] for at in sorted(parts)]
            is_meant = chance <= most or _is_asked(said, whole)
            if is_meant and _are_one(found, whole) and reckoned.fits("sum_of_parts", found, whole):
                return found
    return None


def _is_asked(said: Marked, whole: Figure) -> bool:
    """Whether a word says of a number that it is all of others."""
    return any(one.asked == "all" and one.is_near for one in questions(said, whole))


def _are_one(parts: Sequence[Figure], whole: Figure) -> bool:
    """Whether parts are of one unit with their whole; beside it in one sentence they may bear names of their own."""
    if are_of_one_unit(*parts, whole) or unit_lent(*parts, whole):
        return True
    spans = {one.sentence for one in parts}
    is_listed = len(spans) == 1 and (len(parts) > _PAIR or whole.sentence in spans)
    return all(_is_beside(one, whole) for one in parts) and is_listed and may_be_added(*parts, whole)


_TINY: Final = 1e-9


def _runs(told: Sequence[Figure], before: Sequence[int], behind: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Numbers one after the other, those right beside first: of one sentence, or all of those of several."""
    for gap in range(_NEAR):
        for side in (behind, before[::-1]):
            spans = [told[at].sentence for at in side]
            for end in range(gap + _PAIR, min(gap + _MOST, len(side)) + 1):
                is_whole = (gap == 0 or spans[gap - 1] != spans[gap]) and (
                    end == len(side) or spans[end] != spans[end - 1]
                )
                if is_whole or spans[gap] == spans[end - 1]:
                    yield tuple(side[gap:end])


def _pairs(told: Sequence[Figure], before: Sequence[int], behind: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Any two numbers, the nearest first."""
    ranked = sorted(
        [*((rank, at) for rank, at in enumerate(before[::-1])), *((rank, at) for rank, at in enumerate(behind))]
    )
    yield from sorted(
        ((one[1], other[1]) for one, other in combinations(ranked, 2) if told[one[1]].value != told[other[1]].value),
        key=lambda pair: sum(rank for rank, at in ranked if at in pair),
    )


def _shares_together(body: Sequence[Marked]) -> Iterator[Draft]:
    """Shares that begin or end a sentence, or stand right before another share, and that share of all of them."""
    for place, said in enumerate(body):
        before = body[place - 1] if place and body[place - 1].paragraph == said.paragraph else None
        for whole in said.figures:
            here = [one for one in said.figures if _is_share(one) and one.start < whole.start]
            there = [one for one in (before.figures if before else ()) if _is_share(one)]
            if not _is_share(whole) or whole.value == _ALL or len(here) + len(there) < _PAIR:
                continue
            most, chance = _CHANCE_OF_SENTENCE, 0.0
            for size in range(_PAIR, _MOST_SHARES + 1):
                for parts in dict.fromkeys(tuple(run) for side in (here, there) for run in (side[:size], side[-size:])):
                    if len(parts) != size:
                        continue
                    chance += (size + 1) * 2 * _half(whole) / _ALL
                    if reckoned.fits("sum_of_parts", parts, whole) and (
                        chance <= most
                        or (chance <= _CHANCE_SHARES and (_is_asked(said, whole) or _are_counted(said, whole, parts)))
                    ):
                        yield _draft(parts, whole)
                        most = chance = _ALL


def _are_counted(said: Marked, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a sentence says of how many things it tells the share: "These three regions have 39 %"."""
    told = [one.value for one in said.figures if one is not whole and one.is_whole and not one.is_date]
    return told == [len(parts)] and all(one.sentence != whole.sentence for one in parts)


_ALL: Final = 100.0
_MOST_SHARES: Final = 4
_CHANCE_SHARES: Final = 0.2
"""Chance up to which shares that a word adds up are taken for meant."""


def _is_share(one: Figure) -> bool:
    return one.unit == "percent" and bool(one.value) and one.bound == "exact" and not one.table


def _half(one: Figure) -> float:
    low, high = reckoned.span(one)
    return (high - low) / 2


def _may_be_added(one: Figure) -> bool:
    is_told = operands.is_operand(one) and one.bound == "exact" and not one.in_references
    return is_told and (one.value or 0) > 0 and one.unit not in _NO_SUM and one.unit not in DURATIONS


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
    return draft("sum_of_parts", parts, [whole], "numbers_alone", words, sure="place", lends=True)
