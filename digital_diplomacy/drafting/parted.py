"""Drafts of wholes whose parts stand in clauses, sentences or list items beside one another, one of them "the rest"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from digital_diplomacy.drafting.bases import told_pairs
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, may_be_added
from digital_diplomacy.extraction.kinds_of_two import both_kinds
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked

_LEAST: Final = 20
"""Smaller wholes are too often the sum of others by chance."""
_BACK: Final = 3
"""Sentences of a paragraph looked back at for a whole."""
_NEAR: Final = 0.15
"""What parts that leave nothing out may miss their whole by, of it; where they do by more, it is of something else."""
_SHORT: Final = 0.05
"""The same where the whole stands in another paragraph."""
_MOST: Final = 12
_SHARES: Final = 3
_TIMES: Final = (*DURATIONS, "places")
_OF_EACH: Final = re.compile(
    r"[дтн][ыі]ң\s[\ue000-\uf0ff]|\b(?:of|among|из|среди)\s(?:the )?[^\W\d_]+\s[\ue000-\uf0ff]", re.IGNORECASE
)
"""A number of each kind, not all of it: "of the men 200, of the women 180"."""
_ITEM: Final = re.compile(r"^[^\ue000-\uf8ff]{3,90}?(?:[–—:-]\s*|\s)[\ue000-\uf0ff][^\ue000-\uf8ff]{0,25}[;,.]?\s*$")


def parted(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "In all 96 replied. (…) From small states we had 40 answers, from the others 56", and the like."""
    body = [one for one in sentences if not one.figures[0].table and not one.figures[0].in_references]
    for place, said in enumerate(body):
        near = [one for one in body[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        yield from _others(said, near)
        yield from _both(said, near)
        yield from _exactly(said, near)
        yield from _together(said)
    yield from _items(body)


def _others(said: Marked, near: Sequence[Marked]) -> Iterator[Draft]:
    """A count, that of "the others", and the one number before that they may make up."""
    for _, named, _ in said.find("of_others"):
        rest, counts = named["n"], _counts(said)
        if rest not in counts or said.has("including"):
            continue
        before = [one for one in counts if one.start < rest.start]
        if len(before) == 1:
            wholes = [one for each in near for one in _counts(each) if _is_noun(one, before[0], rest)]
            yield from _summed([*before, rest], wholes)
        elif not before and len(counts) == 1 and near and said.number - near[-1].number == 1:
            told = _counts(near[-1])
            if len(told) == 2 and (told[0].value or 0) > (told[1].value or 0):  # whole and part
                yield from _summed([told[1], rest], [told[0]], is_rest=True)
        return


def _is_noun(one: Figure, *parts: Figure) -> bool:
    nouns = {part.counted for part in parts} - {""}
    return len(nouns) == 1 and one.counted in nouns


def _both(said: Marked, near: Sequence[Marked]) -> Iterator[Draft]:
    """Two kinds that leave no third: those in towns and in villages, women and men."""
    for _, named, match in both_kinds(said):
        parts = [named["a"], named["b"]]
        end = said.plain.find(";", match.end())
        end = end if end >= 0 else len(said.plain)
        others = [one for one in _counts(said) if match.start() <= said.place(one) < end and one not in parts]
        with_shares = [pair.part for pair in told_pairs(said)]
        is_of_each = said.has("overlap") or _OF_EACH.search(match.group()) is not None
        if others or is_of_each or not all(one in _counts(said) and one not in with_shares for one in parts):
            continue
        here = [one for one in _counts(said) if one.start < parts[0].start]
        told = here or [one for each in near for one in _counts(each)]
        yield from _summed(parts, told)


def _summed(parts: Sequence[Figure], wholes: Sequence[Figure], *, is_rest: bool = False) -> Iterator[Draft]:
    """The sum of parts, if only one number told before may be it."""
    summed = sum(one.value or 0 for one in parts)
    found: dict[float, Figure] = {}
    for one in wholes:
        value = one.value or 0
        is_larger = value > max(part.value or 0 for part in parts)
        is_one = all(are_of_one_unit(one, part) for part in parts) or (is_rest and may_be_added(*parts, one))
        if is_larger and abs(summed - value) <= _NEAR * value and is_one:
            found.setdefault(value, one)
    if len(found) == 1:
        yield replace(_sum(parts, next(iter(found.values()))), lends=is_rest)


def _sum(parts: Sequence[Figure], whole: Figure) -> Draft:
    told = " + ".join(one.printed for one in parts)
    return draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {told}", sure="place")


def _exactly(said: Marked, near: Sequence[Marked]) -> Iterator[Draft]:
    """Counts that are all their sentence tells, or one of it and one of that before, and a number told before."""
    counts = _counts(said)
    runs = [(counts, near)] if 2 <= len(counts) <= _MOST else []
    if len(counts) == 1 and near and said.number - near[-1].number == 1 and len(_counts(near[-1])) == 1:
        runs.append(([*_counts(near[-1]), *counts], near[:-1]))
    if len(counts) > 2:
        first = counts[0]
        is_part = any(pair.part is first for pair in told_pairs(said))
        if not is_part and first.value == sum(one.value or 0 for one in counts[1:]) and (first.value or 0) >= _LEAST:
            yield _sum(counts[1:], first)
    for parts, told in runs:
        summed = sum(one.value or 0 for one in parts)
        wholes = [one for each in reversed(told) for one in _counts(each) if one.value == summed]
        if wholes and summed >= _LEAST and all(are_of_one_unit(wholes[0], one) for one in parts):
            yield _sum(parts, wholes[0])
            return


def _together(said: Marked) -> Iterator[Draft]:
    """ "Berlin (84), Ankara (79) and Oslo (71); these three have 234": as many parts before as the words say."""
    for _, named, _ in said.find("these_together"):
        number, total = named["k"], named["t"]
        parts = [one for one in _counts(said) if one.start < number.start]
        parts = [one for one in parts if are_of_one_unit(one, total)][-int(number.value or 0) :]
        if len(parts) == number.value and len(parts) > 1:
            yield from _summed(parts, [total])


def _items(body: Sequence[Marked]) -> Iterator[Draft]:
    """Items of a list with one count each, the last of them "other", and the number told before they make up."""
    run: list[Marked] = []
    for place, said in enumerate([*body, None]):
        is_item = (
            said is not None and len(_counts(said)) == 1 == len(said.figures) and _ITEM.match(said.plain) is not None
        )
        if said is not None and is_item and (not run or said.paragraph == run[-1].paragraph + 1):
            run.append(said)
            continue
        if len(run) >= _SHARES:
            yield from _listed(run, body[: place - len(run)])
        run = [said] if said is not None and is_item else []


def _listed(run: Sequence[Marked], before: Sequence[Marked]) -> Iterator[Draft]:
    parts = [_counts(one)[0] for one in run]
    summed = sum(one.value or 0 for one in parts)
    is_closed = bool(run[-1].has("closing"))
    found: dict[float, Figure] = {}
    for each in before:
        for one in _counts(each):
            off = abs(summed - (one.value or 0))
            if (one.value or 0) >= _LEAST and (off == 0 or (is_closed and off <= _SHORT * (one.value or 0))):
                found.setdefault(one.value or 0, one)
    if summed in found or len(found) == 1:
        yield replace(_sum(parts, found.get(summed) or next(iter(found.values()))), lends=True)


def _counts(said: Marked) -> list[Figure]:
    return [
        one
        for one in said.figures
        if one.is_whole and one.bound == "exact" and not one.table and one.unit not in _TIMES and (one.value or 0) > 0
    ]
