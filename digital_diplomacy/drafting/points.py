"""Drafts of percentage points between two shares, and of a gap whose other end stands in the sentence before."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.operands import are_alike, is_operand
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked

_FACTOR: Final = 4.0
"""Times up to which points told may miss those between the shares, and still be meant."""
_PAIR: Final = 2
_REACH: Final = 60
_STEM: Final = 4
_OTHER: Final = re.compile(
    r"[;:]|\b(?:while|whereas|but|although)\b|(?<!\w)(?:а|но|зато|тогда как|при этом|ал|бірақ|дегенмен)(?!\w)",
    re.IGNORECASE,
)
"""What sets a share and points of something else apart."""
_THAT_IS: Final = re.compile(
    r"[^()\ue000-\uf8ff;]{0,20}\)\W{0,3}(?:that is|i\.e\.|or|то есть|т\. ?е\.|или|это|яғни|немесе|бұл)(?!\w)",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(
    r"\b(?:effect|gap|difference|margin|distance|spread)\b|(?<!\w)(?:эффект\w*|разниц\w+|разрыв\w*|отрыв\w*|расхождени\w+)(?!\w)|"
    r"(?<!\w)(?:әсер\w*|айырма\w*|алшақ\w*)(?!\w)",
    re.IGNORECASE,
)
"""Nouns of what lies between two shares."""
_NAMED: Final = re.compile(r"[;,(]\s(?:[^\W\d_]+\s){1,2}[–—-]\s(?:[^\W\d_]+\s)?$")
"""Any noun that the points are said to be: "95.0 against 99.5 %; shortfall – 4.5 points"."""


def points(said: Marked) -> Iterator[Draft]:
    """Points between the only two shares of a sentence, of which one is told as the earlier or a noun says between."""
    told = [one for one in said.figures if one.unit == "percentage_points" and one.value]
    shares = [one for one in said.figures if one.unit == "percent" and one.value is not None and one.bound == "exact"]
    others = [one for one in said.figures if one not in (*told, *shares) and not one.is_date]
    if len(told) == _PAIR + 1 and not shares:
        shares, told = told[:_PAIR], told[_PAIR:]
    if len(told) != 1 or len(shares) != _PAIR or said.figures[0].table or told[0].bound != "exact":
        return
    if any(one.unit not in DURATIONS and is_operand(one) for one in others):
        return
    high, low = sorted(shares, key=lambda one: -(one.value or 0))
    fits = reckoned.fits("difference", (high, low), told[0])
    is_meant = _is_before(said, shares, told[0]) or _is_between(said, shares, told[0])
    if fits or (is_meant and reckoned.is_near("difference", (high, low), told[0], _FACTOR)):
        words = f"{high.printed} … {low.printed} … {told[0].printed}"
        yield draft("difference", [high, low], told, "change_points", words, sure="words" if is_meant else "place")


def _is_before(said: Marked, shares: list[Figure], change: Figure) -> bool:
    """Whether one of two shares stands in brackets with its time, and nothing parts the other from the change."""
    first, second = shares
    opened = said.plain[said.place(first) : said.place(second)]
    span = sorted((said.place(first), said.place(change)))
    behind = said.plain[said.place(second) + 1 : said.place(change)]
    is_told_on = said.place(change) < said.place(second) or _THAT_IS.match(behind) is not None
    is_bracketed = re.search(r"\([^()]*$", opened) is not None and is_told_on
    is_timed = re.search(r"[\uf100-\uf8ff]", opened) is not None or said.has("earlier_told") != ""
    return is_bracketed and is_timed and _OTHER.search(said.plain[slice(*span)]) is None


def _is_between(said: Marked, shares: list[Figure], change: Figure) -> bool:
    """Whether a noun of what lies between two shares stands between them and the change told last."""
    place, last = said.place(change), max(said.place(one) for one in shares)
    between = said.plain[max(last, place - _REACH) : place]
    if last > place:
        return False
    changed = any(said.has(rule) for rule in ("asks_more", "asks_less"))
    return _EFFECT.search(between) is not None or (_NAMED.search(between) is not None and not changed)


def left_over(before: Marked, said: Marked) -> Iterator[Draft]:
    """ "3,176 replies came, of which 164 were set aside. The analysis rests on 3,012": what is left of a whole.

    The number is alone in its sentence, and comes to what is left, or would but for one misprint.
    """
    numbers = [one for one in said.figures if not one.is_date and one.unit not in DURATIONS]
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1
    if not is_next or len(numbers) != 1 or not is_operand(numbers[0]) or (numbers[0].value or 0) < _LEAST:
        return
    for words, named, _ in before.find("of_them"):
        part, rest = named["n"], numbers[0]
        wholes = [one for one in before.figures if one.start < part.start and is_operand(one)]
        if not wholes or not (part.value or 0) + (rest.value or 0) < _NEARLY * (wholes[-1].value or 0):
            continue
        ends = (wholes[-1], part)
        is_misprint = reckoned.is_near("difference", ends, rest, _NEARLY) and reckoned.mended("difference", ends, rest)
        if reckoned.fits("difference", ends, rest) or is_misprint:
            told = f"{ends[0].printed} … {words} … {rest.printed}"
            yield draft("difference", ends, [rest], "change_amount", told, sure="place", lends=True)


_LEAST: Final = 100
_NEARLY: Final = 1.1
"""Times up to which what is left may be off, so that nothing else is meant."""


def gaps_since(before: Marked, said: Marked) -> Iterator[Draft]:
    """ "It had 172 students. A year ago there were 138, a difference of 34": one end in the sentence before."""
    if before.paragraph != said.paragraph or before.number != said.number - 1:
        return
    if said.has("from_to") or said.has("more_than"):
        return
    for words, named, _ in said.find("gap"):
        gap = named["c"]
        here = [one for one in said.figures if one is not gap and not one.is_date and one.unit not in DURATIONS]
        there = [one for one in before.figures if not one.is_date and one.unit not in DURATIONS]
        if gap.value is None or gap.bound != "exact" or gap.table or len(here) != 1 or len(there) != 1:
            return
        high, low = sorted((*here, *there), key=lambda one: -(one.value or 0))
        are_one = are_of_one_unit(high, low) and (are_of_one_unit(high, gap) or are_alike(gap, high))
        is_one_noun = said.has("earlier_told") != "" and here[0].counted[:_STEM] == there[0].counted[:_STEM]
        fits = reckoned.fits("difference", (high, low), gap)
        is_near = is_one_noun and reckoned.is_near("difference", (high, low), gap, _FACTOR)
        if are_one and high.unit != "percent" and high.value != low.value and (fits or is_near):
            told = f"{high.printed} … {low.printed} … {words}"
            yield draft("difference", [high, low], [gap], "change_amount", told, sure="place", lends=True)
        return
