"""Drafts that can only be a misreading: what they compare is further apart than any misprint puts it.

A paper that is wrong is nearly right: a digit is another one, two have changed places, a mark has moved. A share that
is hundreds of times too large, a part that is many times its whole, or a change above both its ends tell that the
figures have nothing to do with one another. So does a share or a sum that fits others of its paper, not these.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit
from digital_diplomacy.extraction.tokens import Figure

_FACTOR: Final = 5.0
"""Times that what is told may miss what it should be, and still be meant."""
_TEN: Final = (0.01, 0.1, 10.0, 100.0)
"""Times by which a moved mark or a missing zero changes a number."""
_OVERLAP: Final = 1.3
"""Times their whole that parts may come to; those that come to more are not parts beside one another."""
_ALL: Final = 100.0
_LARGE: Final = 1000
"""Wholes that the parts of others hardly make up by chance."""
_CHANCE: Final = 0.03
"""Chance up to which figures that fit are taken for those that were meant."""

Drafts = Mapping[tuple[str, str, str], Draft]


def believable(drafts: Drafts) -> Iterator[Draft]:
    """Drafts that hold, or that a paper may have got wrong."""
    shares = [one for one in drafts.values() if one.kind == "share_of_base"]
    held = [one for one in shares if _holds(one)]
    fitting = {one.right[0].claim_id for one in held if _is_no_chance(one)}
    bases = {one.left[1].claim_id: one.left[1] for one in held}
    for one in drafts.values():
        if one.kind == "sum_of_parts" and not _holds(one):
            yield from _of_total(one)
        elif one.kind != "share_of_base" or _holds(one):
            if _may_be(one):
                yield one
        elif one.right[0].claim_id not in fitting and not _is_of_other(one, bases.values()) and _may_be(one):
            yield one


def _holds(one: Draft) -> bool:
    if one.kind not in _RECKONED or not all(each.value for each in one.left):
        return False
    return reckoned.fits(_RECKONED[one.kind], one.left, one.right[0])


_RECKONED: Final[dict[str, reckoned.Kind]] = {
    "difference": "difference", "share_of_base": "share_of_base", "sum_of_parts": "sum_of_parts"
}  # fmt: skip


def _is_no_chance(one: Draft) -> bool:
    return reckoned.chance("share_of_base", one.left, one.right[0]) <= _CHANCE


def _may_be(one: Draft) -> bool:
    """Whether figures are near enough for a slip."""
    values = [each.value for each in (*one.left, *one.right)]
    if any(value is None or value <= 0 for value in values):
        return True
    if one.kind == "nesting":
        times = _FACTOR if len(one.left) == 1 else _OVERLAP
        return sum(float(each.value or 0) for each in one.left) <= times * float(one.right[0].value or 0)
    if one.kind == "sum_at_most_100":
        return sum(float(each.value or 0) for each in one.left) <= _ALL or _may_come_to_all(one.left)
    if one.kind not in ("difference", "share_of_base") or len(one.left) != 2:
        return True
    kind = _RECKONED[one.kind]
    low, high = reckoned.result(kind, [reckoned.span(each) for each in one.left])
    first, last = reckoned.span(one.right[0])
    if high <= 0 or reckoned.is_near(kind, one.left, one.right[0], _FACTOR):
        return True
    is_moved = any(ten * first <= high and low <= ten * last for ten in _TEN)
    return is_moved or reckoned.mended(kind, one.left, one.right[0]) > 0


def _may_come_to_all(shares: Sequence[Figure]) -> bool:
    """Whether shares are above all of it by no more than another first digit of one of them makes up."""
    total = sum(float(one.value or 0) for one in shares)
    return total - max(float(one.value or 0) for one in shares) < _ALL


def _is_of_other(one: Draft, bases: Iterable[Figure]) -> bool:
    """Whether a share is exactly that of its part in what other shares are of, told before, and not of this whole."""
    part, whole = one.left
    return any(
        base.value != whole.value
        and float(base.value or 0) > float(part.value or 0)
        and base.sentence <= part.sentence
        and are_of_one_unit(base, whole)
        and reckoned.fits("share_of_base", (part, base), one.right[0])
        for base in bases
    )


def _of_total(one: Draft) -> Iterator[Draft]:
    """A sum without the one figure that is no part of it, if the others come to just the total: a price per piece."""
    total = one.right[0]
    if any(each.value == total.value for each in one.left):
        return  # what is as large as the whole is no part beside others
    if len(one.left) > 2 and (total.value or 0) >= _LARGE:
        for fewer in combinations(one.left, len(one.left) - 1):
            if reckoned.fits("sum_of_parts", fewer, total):
                words = " + ".join(each.printed for each in fewer)
                yield Draft(one.kind, fewer, one.right, one.why, f"{words} … {total.printed}", "place", lends=one.lends)
                return
    yield one
