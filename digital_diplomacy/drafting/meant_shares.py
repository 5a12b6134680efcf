"""Shares that do not fit although words name their part and their whole, or that one misprint explains."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import Question, is_attached
from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.called import is_form
from digital_diplomacy.drafting.elsewhere import noun_shared
from digital_diplomacy.drafting.known import OF_ANY
from digital_diplomacy.drafting.operands import is_operand
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.tried import listed
from digital_diplomacy.drafting.unjudged import are_of_one_unit
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

SHARE: Final = 1.5
"""Times up to which what is told may miss what it should be, and still be meant."""


THREE: Final = 3


EDGE: Final = re.compile(r"[\ue000-\uf0ff;]")


NAME: Final = 5


NAMES: Final = re.compile(r"[^\W\d_]{5,}")


def of_named(sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """A share of the one count of its noun, or that its words name: "5,400 visits. 4,698, or 78 % of visits"."""
    named = {one.claim_id for one in sought.named}
    found = {
        one.values: one
        for one in sound
        if (
            (one.left[1].claim_id in named and (one.level in (2, 3) or _is_only_of_unit(one, sought)))
            or (one.left[0].counted and one.level <= 1)
            or (one.level <= 1 and _names_whole(sought, one))
        )
        and one.left[0] in sought.said.figures and is_attached(sought.said, one.left[0], sought.told)
        and one.left[0].start < sought.told.start
        and (one.left[0].counted == one.left[1].counted or (not one.left[0].counted and _names_whole(sought, one)))
        and reckoned.is_near(one.kind, one.left, one.right, SHARE)
    }  # fmt: skip
    return next(iter(found.values())) if len(found) == 1 else None


def is_of_another(sought: Sought, whole: Figure) -> bool:
    """Whether a share names behind it something else that it is of: "120 people, or 32 % of women".

    A cell of a table is told by the words that call it, and stands in no sentence.
    """
    noun = noun_shared(sought.said, sought.told)
    return (
        noun != ""
        and not whole.table
        and not sought.said.has("follows")
        and noun[:NAME] not in OF_ANY
        and not sought.is_named_with(noun[:NAME], whole)
    )


def _is_only_of_unit(trial: Trial, sought: Sought) -> bool:
    """Whether a whole told far before has the noun of its part for a unit, one misprint explains it, and nothing fits.

    Nothing: no number of the whole paper, of whatever name, is what the share would be of.
    """
    part, whole = trial.left
    is_noun = part.unit == whole.unit and part.unit not in ("items", "unstated", "", *MONEY, *DURATIONS)
    if not is_noun or not reckoned.mended(trial.kind, trial.left, trial.right):
        return False
    others = [one for said in sought.body for one in said.figures if is_operand(one) and (one.value or 0) > 0]
    return not any(reckoned.fits(trial.kind, (part, one), trial.right) for one in others)


def _names_whole(sought: Sought, trial: Trial) -> bool:
    """Whether "of all" and the noun of the whole stand right behind a share: "264,000, which is 46 % of all votes"."""
    said, whole = sought.said, trial.left[1]
    behind = EDGE.split(said.plain[said.place(sought.told) + 1 :])[0]
    noun = noun_of(whole)[:NAME]
    is_all = any(match.start() > said.place(sought.told) for _, _, match in said.find("of_all"))
    rivals = [one for one in sought.near if one.level <= 1 and noun_of(one.figure)[:NAME] == noun]
    return len(noun) == NAME and noun in behind[:_CLOSE_BEHIND].casefold() and is_all and len(rivals) == 1


_CLOSE_BEHIND: Final = 30


def of_both(sound: Sequence[Trial], sought: Sought) -> Trial | None:
    """What follows from the only count of the sentence before and the only one of this: "1,084 … of 1,204, so 92 %"."""
    said, before, share = sought.said, sought.before, sought.told
    if before is None or not said.has("so_told"):
        return None
    here, there = ([one for one in each.figures if one is not share and not one.is_date] for each in (said, before))
    if len(here) != 1 or len(there) != 1 or here[0].start > share.start or not are_of_one_unit(*here, *there):
        return None
    whole = max(*here, *there, key=lambda one: one.value or 0)
    told_in, other = (said, before) if whole in here else (before, said)
    noun = NAMES.match(told_in.plain[told_in.place(whole) + 1 :].lstrip())
    words = [word.casefold() for word in NAMES.findall(other.plain)]
    if noun is None or not any(is_form(noun.group().casefold(), word, said.language) for word in words):
        return None  # tractors are no part of people
    found = [
        one
        for one in sound
        if {*one.left} == {here[0], there[0]}
        and reckoned.is_near(one.kind, one.left, one.right, SHARE)
        and reckoned.mended(one.kind, one.left, one.right)
    ]
    return found[0] if found else None


def of_listed(near: Sequence[Trial], sought: Sought, question: Question) -> Trial | None:
    """The share that follows from parts just told, of the one its words name: "culture (738) … Culture thus leads"."""
    if question.asked != "share" or not sought.is_alone or not sought.said.has("follows"):
        return None
    found = [one for one in near if one in listed(sought) and reckoned.is_near(one.kind, one.left, one.right, SHARE)]
    return found[0] if len(found) == 1 else None


def is_of(said: Marked, trial: Trial, share: Figure) -> bool:
    """Whether words say that the one count is part of the other, and the share stands behind both."""
    part, whole = trial.left
    first, last = sorted((part, whole), key=lambda one: one.start)
    if share.start < last.start:
        return False
    between = said.plain[said.place(first) : said.place(last)]
    of_them = [named["n"] for _, named, _ in said.find("of_them")]
    counts = [one for one in said.figures if one.is_whole and one.start < part.start]
    if part in of_them and counts and counts[-1] is whole:
        return is_attached(said, part, share)
    is_told = any(
        {part, whole} <= set(named.values()) for rule in ("n_of_m", "of_them") for _, named, _ in said.find(rule)
    ) or any(said.place(first) < match.start() < said.place(last) for _, _, match in said.find("including"))
    is_bare = last is part and not part.counted and is_attached(said, part, share) and whole.counted != ""
    is_near = reckoned.is_near(trial.kind, trial.left, trial.right, SHARE)
    is_pair = _is_pair(said, trial, share) and is_near and reckoned.mended(trial.kind, trial.left, share) > 0
    return (is_told or (is_bare and is_near) or is_pair) and ";" not in between


def _is_pair(said: Marked, trial: Trial, share: Figure) -> bool:
    """Whether a sentence tells two sums of money and what one is of the other: "$2.9 million against $3.1, or 95 %"."""
    told = [one for one in said.figures if not one.is_date]
    return (
        len(told) == THREE
        and told[-1] is share
        and {*told[:2]} == {*trial.left}
        and trial.left[0].unit == trial.left[1].unit in MONEY
        and is_attached(said, told[1], share)
        and not (said.has("from_to") or said.has("asks_less") or said.has("more_than") or said.has("earlier_told"))
    )
