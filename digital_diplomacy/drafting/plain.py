"""What a sentence plainly says a figure was worked out from, whether it holds or not.

Arithmetic that holds is no reason to be asked, and arithmetic that fails none to be left out: where words name the
operands, these are drafted. What the sentence itself names goes before whatever fits; what stands before it is taken
only where nothing near fits.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, questions
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.operands import are_alike, is_operand
from digital_diplomacy.drafting.plain_changes import OVER, change_named, change_told
from digital_diplomacy.drafting.plain_shares import (
    counts,
    share_beside,
    share_in_order,
    share_named,
    share_of_this,
    share_told,
)
from digital_diplomacy.drafting.sought import Sought, Trial

_PAIR: Final = 2
_BACK: Final = 4
"""Sentences of a paragraph looked back at for what is divided."""
_STEM: Final = 4
_NEARLY: Final = {"difference": 4.0, "ratio": 2.0, "sum_of_parts": 1.2}
_RATE: Final = 3.0
"""Times up to which what is told may miss what it should be, and still be meant."""


def named(sought: Sought) -> "tuple[Question, Trial] | None":
    """What words of its own sentence say that a figure is worked out from."""
    return _read(sought, _NAMED)


def told(sought: Sought) -> "tuple[Question, Trial] | None":
    """What it is worked out from by what was told right before."""
    return _read(sought, _TOLD)


def _read(
    sought: Sought, readings: "Mapping[str, tuple[Callable[[Question, Sought], Trial | None], ...]]"
) -> "tuple[Question, Trial] | None":
    if sought.told.bound not in ("exact", "about") or not sought.told.value or sought.said.has("told_elsewhere"):
        return None
    for question in questions(sought.said, sought.told, sought.before):
        for read in readings.get(question.asked, ()):
            found = read(question, sought)
            if found is not None and _may_be(found, sought):
                return question, found
    return None


def _may_be(trial: Trial, sought: Sought) -> bool:
    """Whether figures are told exactly, miss each other by a slip at most, and are no changes themselves."""
    is_exact = all(one.bound == "exact" for one in trial.left)
    is_near = reckoned.is_near(trial.kind, trial.left, trial.right, _NEARLY.get(trial.kind, _RATE))
    is_slip = is_near or reckoned.mended(trial.kind, trial.left, trial.right) > 0
    return is_exact and is_slip and not any(one.claim_id in sought.known.changes for one in trial.left)


def _total(question: Question, sought: Sought) -> Trial | None:
    """What the sentence before tells of several times, told as the total of them."""
    said, before, told = sought.said, sought.before, question.told
    if before is None or not question.is_near or before.number != said.number - 1:
        return None
    if any(one is not told and counts(one) and are_alike(one, told) for one in said.figures):
        return None
    parts = [one for one in before.figures if is_operand(one) and one.bound == "exact" and are_alike(one, told)]
    periods = {one.period for one in parts} - {""}
    if len(parts) < _PAIR or len(periods) != len(parts) or not OVER.search(said.plain):
        return None
    return Trial(_PAIR, 0, "sum_of_parts", tuple(parts), told)


def _each(question: Question, sought: Sought) -> Trial | None:
    """What is told of each of a noun that one number near counts, and the only number of its own noun to divide."""
    said, rate = sought.said, question.told
    if not question.is_near or said.has("told_on_scale") or said.has("told_for_time"):
        return None
    near = [said, *sought.paragraph_before(_BACK)]
    totals = [one for one in said.figures if one is not rate and counts(one) and are_alike(one, rate)]
    words = said.plain.casefold()
    dividing = {
        one.value: one
        for each in near
        for one in each.figures
        if counts(one) and one not in (*totals, rate) and len(noun_of(one)) >= _STEM and noun_of(one)[:_STEM] in words
    }
    if len(totals) != 1 or len(dividing) != 1:
        return None
    total, count = totals[0], next(iter(dividing.values()))
    if not 1 < (count.value or 0) < (total.value or 0) or count in said.figures or are_alike(count, total):
        return None
    return Trial(_PAIR, 0, "ratio", (total, count), rate)


def _rest(question: Question, sought: Sought) -> Trial | None:
    """What is left of a whole of which the sentence before tells a part by its share: "1.58, or 65 % of … The rest"."""
    said, before, told = sought.said, sought.before, question.told
    if before is None or not question.is_near or not sought.is_alone or before.number != said.number - 1:
        return None
    if _FURTHER.search(said.plain[: said.place(told)]):
        return None
    found = [(part, whole) for part, whole in sought.known.shares if part in before.figures and are_alike(part, told)]
    if len({part.claim_id for part, _ in found}) != 1 or not are_alike(found[0][1], told):
        return None
    return Trial(_PAIR, 0, "difference", found[0][::-1], told)


_FURTHER: Final = re.compile(
    r"(?:\b(?:another|further)|(?<!\w)[её]щ[её]|(?<!\w)тағы)\s(?:(?:about|около|шамамен)\s)?$", re.IGNORECASE
)
"""Words by which a number is some of what is left and need not be all: "Another 35 were unfinished"."""
_NAMED: Final = {
    "share": (share_named,), "apart": (change_named,), "growth": (change_named,), "times": (change_named,),
}  # fmt: skip
_TOLD: Final = {
    "share": (share_beside, share_told, share_of_this, share_in_order), "apart": (change_told,),
    "growth": (change_told,), "times": (change_told,), "all": (_total,), "each": (_each,), "rest": (_rest,),
}  # fmt: skip
