"""Drafts that are of other things, of another whole or of another time, whatever the place of their figures says."""

from collections.abc import Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.repeated import is_told_apart
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit
from digital_diplomacy.extraction.tokens import Marked

_FAR: Final = 10.0
"""Times by which no misprint of a digit sets a part above its whole; of a share twice as much."""
_HUNDRED: Final = 100.0


def is_doubted(one: Draft, sentences: Sequence[Marked]) -> bool:
    """Whether something other than a misprint tells the figures of a draft apart."""
    return (
        are_of_other_things(one)
        or is_base_of_rate(one)
        or is_of_another(one, sentences)
        or is_of_another_time(one, sentences)
    )


def are_of_other_things(one: Draft) -> bool:
    """Whether a part, its whole and its share are so far from one another that one of them counts something else."""
    if one.kind not in ("nesting", "share_of_base") or one.why not in ("n_of_m", "n_of_m_share"):
        return False
    values = [float(each.value or 0) for each in (*one.left, *one.right)]
    if one.kind == "nesting":
        return values[0] > _FAR * values[1]
    part, whole, share = values
    told = share * whole / _HUNDRED
    return part > 2 * _FAR * told or told > 2 * _FAR * part


def is_base_of_rate(one: Draft) -> bool:
    """Whether a difference is a round number above both of its sides: "for every 100 homes 54, against 51"."""
    if one.kind != "difference":
        return False
    value = float(one.right[0].value or 0)
    is_round = value in (_HUNDRED, 10 * _HUNDRED, 100 * _HUNDRED)
    return is_round and value > max(float(each.value or 0) for each in one.left)


def is_of_another(one: Draft, sentences: Sequence[Marked]) -> bool:
    """Whether the share of a part that only its place joins to a whole is that of another whole told there before."""
    if one.why != "n_of_m_share" or one.kind != "share_of_base" or one.sure != "place":
        return False
    part, whole = one.left
    share = one.right[0]
    if reckoned.fits("share_of_base", one.left, share):
        return False
    return any(
        each is not whole and each.is_whole and are_of_one_unit(each, part) and (each.value or 0) > (part.value or 0)
        and (each.sentence, each.start) < (part.sentence, part.start)
        and reckoned.fits("share_of_base", (part, each), share)
        for said in sentences if said.paragraph == part.paragraph for each in said.figures
    )  # fmt: skip


def is_of_another_time(one: Draft, sentences: Sequence[Marked]) -> bool:
    """Whether what is taken for a figure told again is told as one of another time, of a part or of a plan."""
    if one.kind != "same_quantity" or one.why not in ("recalled", "again", "twice"):
        return False
    (first,), (second,) = one.left, one.right
    if first.value == second.value:
        return False
    return any(second in said.figures and is_told_apart(said, second) for said in sentences)
