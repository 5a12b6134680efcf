"""Drafts that follow from others: rates of differences, shares of the parts of a whole, what is left, multiples."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.asked import is_attached
from digital_diplomacy.drafting.elsewhere import is_average
from digital_diplomacy.drafting.known import beside, stems
from digital_diplomacy.drafting.operands import are_alike, is_operand
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_NO_RATE: Final = ("percent", "percentage_points", "rank", "places", "times", "date")


def rates(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """A rate told with a difference, of both its ends: "(1,130) … grew by 45, or 4 %", "a gap of 18, or 9 %".

    The rate is told as a share that the difference is of one of the ends, or right behind the difference.
    """
    told = list(drafts)
    said_of = {one.claim_id: said for said in sentences for one in said.figures}
    shares: dict[str, tuple[Figure, Figure | None]] = {}
    for one in told:
        if one.kind == "share_of_base":
            shares[one.left[0].claim_id] = (one.right[0], one.left[1])
        elif one.kind == "growth_over_base":
            shares[one.left[1].claim_id] = (one.right[0], None)
    made = {tuple(each.claim_id for each in one.right) for one in told if one.kind in ("growth_rate", "decline_rate")}
    for one in told:
        if one.kind != "difference" or one.left[0].unit in _NO_RATE or any(each.table for each in one.left):
            continue
        rate, base = shares.get(one.right[0].claim_id) or (_behind(said_of, one.right[0]), None)
        if rate is not None and (rate.claim_id,) not in made:
            yield from _rate(one, rate, base)


def remainders(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """What was not done of a whole, behind the part of it that was: "Spent were 36 million (90 %). Not spent: 4"."""
    said_of = {one.claim_id: place for place, said in enumerate(sentences) for one in said.figures}
    for one in drafts:
        if one.kind != "share_of_base" or any(each.table for each in one.left):
            continue
        part, whole = one.left
        place = said_of[part.claim_id]
        before, behind = sentences[place], sentences[place + 1 : place + 2]
        for said in behind if whole.sentence <= part.sentence else ():
            numbers = [each for each in said.figures if not each.is_date and each.unit != "percent"]
            is_next = said.paragraph == before.paragraph and len(numbers) == 1 and said.number == before.number + 1
            if not is_next or not are_of_one_unit(part, whole, numbers[0]) or not _is_denied(before, said):
                continue
            rest = numbers[0]
            if rest.bound == "exact" and reckoned.is_near("difference", (whole, part), rest, _TIMES):
                words = f"{whole.printed} … {part.printed} … {rest.printed}"
                yield draft("difference", [whole, part], [rest], "change_amount", words, sure="place")


_TIMES: Final = 3.0
_DENIED: Final = {
    "en": re.compile(r"\b(?:not|never|un)[ -]?(?P<verb>[a-z]{4,})", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)не\s?(?P<verb>[а-яё]{4,})", re.IGNORECASE),
    "kk": re.compile(r"(?<!\w)(?P<verb>[а-яәғқңөұүһі]{3,}?)[мбп][ае](?:ген|ған|ді|ды|й\w*)(?!\w)", re.IGNORECASE),
}
"""A verb that is denied: "not spent", «не освоено», «игерілмеді»."""
_STEM: Final = 5


def _is_denied(before: Marked, said: Marked) -> bool:
    """Whether a sentence denies what the one before says."""
    told = before.plain.casefold()
    return any(
        match["verb"].casefold()[:_STEM] in told for match in _DENIED[said.language].finditer(said.plain)
    ) and not any(True for _ in _DENIED[said.language].finditer(before.plain))


def multiples(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """A multiple that nothing makes, alone in its sentence: of the only two shares before, of which it names one again.

    "85 % of letters to the portal are answered, 37.5 % on pages. A letter to the portal was 3.2 times as likely".
    """
    made = {each.claim_id for one in drafts if one.kind == "ratio" for each in one.right}
    for before, said in pairwise(sentences):
        told = [one for one in said.figures if not one.is_date]
        is_next = before.paragraph == said.paragraph and before.number == said.number - 1
        if not is_next or len(told) != 1 or told[0].unit != "times" or told[0].claim_id in made or told[0].table:
            continue
        ends = sorted((one for one in before.figures if one.unit == "percent"), key=lambda one: -(one.value or 0))
        named = [beside(before, one) & stems(said) for one in ends]
        is_meant = len(ends) == _PAIR and named[0] != named[1] and reckoned.is_near("ratio", ends, told[0], _SLIP)
        if is_meant and reckoned.mended("ratio", ends, told[0]):
            words = " … ".join(one.printed for one in (*ends, *told))
            yield draft("ratio", ends, told, "asked_ratio", words, sure="place")


_SLIP: Final = 1.5
"""Times up to which a misprinted multiple may miss what two shares come to."""


def hundreds(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Shares told with the counts that make up a whole: they leave nothing out, and so are all of it."""
    told = list(drafts)
    said_of = {one.claim_id: said for said in sentences for one in said.figures}
    known = {frozenset(each.claim_id for each in one.left) for one in told if one.kind.startswith("sum_")}
    for one in told:
        if one.kind != "sum_of_parts" or not all(each.is_whole and not each.table for each in one.left):
            continue
        shares = [share for each in one.left if (share := _share_of(said_of[each.claim_id], each)) is not None]
        is_each = len({share.claim_id for share in shares}) == len(one.left)
        is_near = abs(sum(share.value or 0 for share in shares) - _ALL) <= _FAR
        is_near = is_near if len(shares) > _PAIR else sum(share.value or 0 for share in shares) == _ALL
        are_known = frozenset(share.claim_id for share in shares) in known
        if is_each and is_near and not are_known and reckoned.fits("sum_of_parts", one.left, one.right[0]):
            words = " + ".join(share.printed for share in shares)
            yield Draft("sum_to_100", tuple(shares), (), "hundred_rest", words, "place", exhaustive=True)


_PAIR: Final = 2
"""Two counts may make up a whole by chance, so that their shares are held to nothing."""
_ALL: Final = 100
_FAR: Final = 30
"""Percent by which shares may miss all of a whole whose counts add up."""


def last_shares(_: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The share of the one part of a whole that is left: "55 % for the first and 30 % for the second. The rest 15"."""
    told = list(drafts)
    of_base = [one for one in told if one.kind == "share_of_base"]
    shares = {(one.left[0].claim_id, one.left[1].claim_id): one.right[0] for one in of_base}
    hundreds = [one.left for one in told if one.kind in ("sum_to_100", "sum_at_most_100")]
    for one in told:
        if one.kind != "sum_of_parts" or any(each.table for each in one.left):
            continue
        (whole,) = one.right
        of = {part: shares.get((part.claim_id, whole.claim_id)) for part in one.left}
        left = [part for part, share in of.items() if share is None]
        for run in hundreds if len(left) == 1 and len(of) >= _PAIR else ():
            last = [share for share in run if share not in of.values()]
            if len(run) == len(of) and last == [run[-1]] and last[0].bound == "exact":
                words = f"{whole.printed} … {left[0].printed} … {last[0].printed}"
                yield draft("share_of_base", [left[0], whole], last, "asked_share", words, sure="place")


def amounts(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """What a rate of growth comes to, told beside it: "12,450 … 19,176. A growth of 54 %, or 6,726"."""
    told = list(drafts)
    said_of = {one.claim_id: said for said in sentences for one in said.figures}
    made = {each.claim_id for one in told if one.kind == "difference" for each in one.right}
    for one in told:
        if one.kind not in ("growth_rate", "decline_rate") or any(each.table for each in one.left):
            continue
        (rate,), said = one.right, said_of[one.right[0].claim_id]
        high, low = sorted(one.left, key=lambda each: -(each.value or 0))
        beside_it = [
            each for each in said.figures
            if is_operand(each) and each not in one.left and each.claim_id not in made and each.bound == "exact"
            and are_alike(each, high) and is_attached(said, each, rate) and not is_average(said, each)
        ]  # fmt: skip
        if len(beside_it) == 1 and reckoned.is_near("difference", (high, low), beside_it[0], _TIMES):
            words = f"{high.printed} … {low.printed} … {beside_it[0].printed}"
            yield draft("difference", [high, low], beside_it, "change_amount", words, sure="place", lends=True)


def _share_of(said: Marked, count: Figure) -> Figure | None:
    """The one share right beside a count: "9,815 (53.3%)", "53.3% (9,815)"."""
    behind = _behind({count.claim_id: said}, count)
    if behind is not None:
        return behind
    ahead = [one for one in said.figures if one.start < count.start and not one.is_date]
    is_share = bool(ahead) and ahead[-1].unit == "percent" and said.plain[: said.place(count)].endswith("(")
    return ahead[-1] if is_share else None


def _behind(said_of: Mapping[str, Marked], amount: Figure) -> Figure | None:
    """The percentage told right behind an amount: "by 4,582, or 0.4 %"."""
    said = said_of[amount.claim_id]
    behind = [one for one in said.figures if one.start > amount.start and not one.is_date]
    is_rate = bool(behind) and behind[0].unit == "percent" and bool(behind[0].value)
    return behind[0] if is_rate and is_attached(said, amount, behind[0]) else None


def _rate(one: Draft, rate: Figure, base: Figure | None) -> Iterator[Draft]:
    """The rate between both ends of a difference, from the one it is told of, else from the one it fits."""
    high, low = one.left
    ways = {"growth_rate": (low, high), "decline_rate": (high, low)}
    for kind, ends in ways.items():
        fits = reckoned.fits(kind, ends, rate)  # type: ignore[arg-type]
        if fits and (base is None or base is ends[0]):
            words = f"{ends[0].printed} … {ends[1].printed} … {rate.printed}"
            yield draft(kind, ends, [rate], "change_percent", words, sure="place")
            return
