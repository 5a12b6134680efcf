"""Which print of a number a draft stands on, where a paper tells the same count several times.

"We held 36 interviews. (…) Of the 36, six work on it full time (17 %) and nine do not (25 %)": a whole told in the
paragraph of its parts is theirs; else it is meant as the paper told it first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from digital_diplomacy.drafting.operands import may_be_of
from digital_diplomacy.drafting.unjudged import BARE, Draft, are_of_one_unit, is_of_people, may_be_added
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_DIVIDED: Final = ("share_of_base", "ratio")
_Prints: TypeAlias = dict[tuple[float | None, float | None, float | None], list[Figure]]


def settled(drafts: Iterable[Draft], sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Drafts of the same values, each with the print of its whole that is nearest in its paragraph, or the first."""
    prints: _Prints = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            if not (one.is_date or one.table or one.in_references or one.value is None):
                prints[(one.value, one.low, one.high)].append(one)
    for draft in drafts:
        if draft.kind in _DIVIDED:
            part, whole = draft.left
            yield replace(draft, left=(part, _print(whole, part, draft, prints)))
        elif draft.kind == "sum_of_parts":
            whole = _print(draft.right[0], draft.left[0], draft, prints)
            is_same = are_of_one_unit(whole, draft.right[0])
            yield replace(draft, right=(whole,), lends=True) if is_same or may_be_added(*draft.left, whole) else draft
        else:
            yield draft


def _print(whole: Figure, part: Figure, draft: Draft, prints: _Prints) -> Figure:
    if whole.table or whole.sentence == part.sentence:
        return whole
    others = {one.claim_id for one in (*draft.left, *draft.right)} - {whole.claim_id}
    same = [
        one
        for one in prints[(whole.value, whole.low, whole.high)]
        if one is whole or (one.claim_id not in others and _is_one_thing(one, whole, part))
    ]
    return min(same, key=lambda one: _distance(one, part))


def _is_one_thing(one: Figure, whole: Figure, part: Figure) -> bool:
    """Whether two prints count one thing: both name it, or one does and the other is bare or of the part's passage."""
    if are_of_one_unit(one, whole):
        return one.counted == whole.counted or not (one.counted and whole.counted) or is_of_people(one)
    is_bare = BARE in (one.unit, whole.unit) and _NAMELESS.isdisjoint((one.unit, whole.unit))
    return is_bare and (not whole.counted or (one.paragraph == part.paragraph and may_be_of(part, one)))


_NAMELESS: Final = frozenset({*MONEY, *DURATIONS})


def _distance(one: Figure, part: Figure) -> tuple[int, int]:
    """In the part's paragraph the nearest, before it rather than behind; of all others the first told."""
    if part.paragraph != one.paragraph:
        return 2, one.sentence
    back = part.sentence - one.sentence
    return (0, back) if back >= 0 else (1, -back)
