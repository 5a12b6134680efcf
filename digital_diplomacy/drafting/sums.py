"""Drafts of totals told in running text, and of changes told in the sentence behind."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.stems import stems
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_AROUND: Final = 50
"""Sentences in which the share of those who do is looked for."""
_MOST_PARTS: Final = 6
"""Counts up to which a sentence is taken to tell the parts of its total."""


def sums(said: Marked) -> Iterator[Draft]:
    """ "640 teachers and 1,860 parents, in all 2,500", and a count made of others."""
    for words, named, _ in said.find("in_all"):
        total = named["t"]
        is_share = total in shares_in_all(said)
        before = [one for one in said.figures if one.start < total.start and not one.is_date]
        before = [one for one in before if not _TOGETHER.match(said.plain, said.place(one) + 1)]
        parts = [one for one in before if _is_share(one)] if is_share else before
        is_count = total.is_whole and all(_may_be_part(one) for one in parts) and not _is_only(words, total, parts)
        if 2 <= len(parts) <= _MOST_PARTS and (is_share or is_count):
            told = " + ".join(one.printed for one in parts)
            yield draft("sum_of_parts", parts, [total], "in_all", f"{told} … {words}")
    for words, named, match in said.find("made_of"):
        parts = [one for one in said.figures if said.place(one) >= match.end() and not one.is_date]
        ratio = sum(one.value or 0 for one in parts) / (named["t"].value or 1)
        is_alike = all(one.unit == named["t"].unit for one in parts) and 1 / 2 < ratio < 2
        if 2 <= len(parts) <= _MOST_PARTS and is_alike and all(map(_may_be_part, [*parts, named["t"]])):
            yield draft("sum_of_parts", parts, [named["t"]], "divided", words, sure="place")


_TOGETHER: Final = re.compile(r"\s(?:қосқанда|together|вместе)(?!\w)", re.IGNORECASE)
"""What stands behind the number of the parts themselves: «екеуін қосқанда»."""


def summed_before(before: Marked, said: Marked) -> Iterator[Draft]:
    """What shares come to, told behind them or in a sentence of its own: "Rounded, they add up to 99.9 %"."""
    for whole in shares_in_all(said):
        here = [one for one in said.figures if one.start < whole.start and not one.is_date]
        is_next = before.paragraph == said.paragraph and before.number == said.number - 1
        parts = shares_told(said) if here else shares_told(before) if is_next else []
        is_unread = any(re.search(r"\d\s?%", each.plain) for each in (before, said))
        if is_unread or not 2 < len(parts) <= _MOST_PARTS or any(one.bound != "exact" for one in parts):
            continue
        told = " + ".join(one.printed for one in parts)
        if not here:
            yield draft("sum_of_parts", parts, [whole], "in_all", f"{told} … {whole.printed}")
        if abs((whole.value or 0) - _ALL) < 1:
            yield Draft("sum_to_100", tuple(parts), (), "hundred_rest", f"{told} … {whole.printed}", exhaustive=True)


def shares_in_all(said: Marked) -> list[Figure]:
    """Shares of a sentence that its words call the total of others: "in all 100 %"; all of a whole always is one."""
    found = []
    for words, named, _ in said.find("in_all"):
        total = named["t"]
        before = [one for one in said.figures if one.start < total.start and _is_share(one)]
        is_all = abs((total.value or 0) - _ALL) < 1  # rounded
        if _is_share(total) and (is_all or (before and not _is_only(words, total, before))):
            found.append(total)
    return found


def shares_told(said: Marked) -> list[Figure]:
    """Shares told in a sentence, without those that are the total of others."""
    totals = shares_in_all(said)
    told = [one for one in said.figures if _is_share(one) and one not in totals and not _is_error(said, one)]
    again = {one for before, one in pairwise(told) if _is_again(said, before, one)}
    told = [one for one in told if one not in again]
    return told[:-1] if len(told) > 2 and _is_total(told) else told


def _is_total(told: Sequence[Figure]) -> bool:
    """Whether the last of shares that come to more than all is what the others come to: "…, together 99.9 %"."""
    low, high = (sum(each) for each in zip(*(reckoned.span(one) for one in told[:-1]), strict=True))
    least, most = reckoned.span(told[-1])
    return low <= most and least <= high and sum(one.value or 0 for one in told) > _ALL


def _is_error(said: Marked, one: Figure) -> bool:
    """Whether a share is how far others may be off."""
    place = said.place(one)
    return _ERROR.search(said.plain, max(0, place - _LONGEST), place) is not None


_LONGEST: Final = 80
"""Characters before a share that such words may fill."""
_ERROR: Final = re.compile(
    r"(?:\berrors?|\bmargin|±|(?<!\w)погрешност\w*|(?<!\w)ошибк\w*|(?<!\w)қателі\w*|(?<!\w)ауытқу\w*)[^\ue000-\uf8ff;,]{0,25}$",
    re.IGNORECASE,
)


def _is_again(said: Marked, before: Figure, one: Figure) -> bool:
    """Whether a bracket tells the same share in digits: "three in five (60%)"."""
    between = said.plain[said.place(before) + 1 : said.place(one)]
    is_worded = re.search(r"\d", before.printed) is None
    return is_worded and re.fullmatch(r"[^\ue000-\uf8ff;.()]{0,20}\(\s*", between) is not None


_ALL: Final = 100
"""Percent that are all of a whole."""


def _is_only(words: str, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether «всего» says "only", as it may before less than what was told before it."""
    least = max((one.value or 0 for one in parts), default=0)
    return words.casefold().startswith("всего") and (total.value or 0) < least


def _is_share(one: Figure) -> bool:
    return one.unit == "percent" and one.value is not None and not one.table


def _may_be_part(one: Figure) -> bool:
    return one.is_whole and one.bound == "exact" and not one.table


def changed_since(before: Marked, said: Marked) -> Iterator[Draft]:
    """A change "by C" whose two ends stand in the sentence before it."""
    if before.paragraph != said.paragraph or before.number != said.number - 1 or said.has("from_to"):
        return
    for words, named, _ in said.find("changed_by"):
        change = named["c"]
        ends = [one for one in before.figures if not one.is_date]
        alone = [one for one in said.figures if one.unit == change.unit] == [change]
        is_of_two = len(ends) == 2 and ends[0].counted and ends[1].counted and ends[0].counted != ends[1].counted
        is_by = any(one["c"] in ends for _, one, _ in before.find("by"))
        if is_of_two or is_by or said.has("grown_to"):
            continue  # "40 schools and 90 shops", "17 million, 0.5 more", or the end is told with the change
        if len(ends) != 2 or not alone or ends[0].unit != ends[1].unit or ends[0].unit in ("rank", "percent"):
            continue
        told = f"{ends[0].printed} … {ends[1].printed} … {words}"
        if said.has("down"):
            later, earlier = ends[1], ends[0]
            sides = [earlier, later]
        else:
            sides = [ends[1], ends[0]]
        if change.unit == ends[0].unit or change.unit == "items":
            yield draft("difference", sides, [change], "change_amount", told, sure="place")
        elif change.unit == "percent":
            kind = "decline_rate" if said.has("down") else "growth_rate"
            yield draft(kind, ends, [change], "change_percent", told, sure="place")


def alongside(said: Marked) -> Iterator[Draft]:
    """Further counts behind "of 17 regions four …, and … seven": parts of the same whole."""
    for words, named, match in said.find("n_of_m"):
        part, whole = named["n"], named["m"]
        if part.start < whole.start or not whole.is_whole:
            continue
        behind = said.plain[match.end() :]
        for one in said.figures:
            is_same = one.unit == whole.unit and one.unit not in ("items", "persons") and one.is_whole
            if one.start > part.start and is_same and ";" not in behind and not one.table:
                yield draft("nesting", [one], [whole], "n_of_m", f"{words} … {one.printed}", sure="place")


def negations(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Who does not, and who does: shares that exclude each other, of one paragraph, or anywhere if nobody is left."""
    by_paragraph: dict[int, list[Marked]] = defaultdict(list)
    for said in sentences:
        by_paragraph[said.paragraph].append(said)
    for said in sentences:
        for denied, verb in _negated(said):
            near = [other for step in (-1, 0, 1) for other in by_paragraph.get(said.paragraph + step, ())]
            near = [one for one in near if one.number <= said.number + 1][-_AROUND:]
            for other in sentences:
                for share in _affirmed(other, verb) if other is not said or other in near else ():
                    is_rest = (denied.value or 0) % 1 > 0 and round((share.value or 0) + (denied.value or 0), 6) == _ALL
                    is_told = is_rest or (other in near and _may_exclude(said, denied, other, share))
                    if share != denied and is_told:
                        told = f"{denied.printed} … {share.printed} ({verb})"
                        yield draft("sum_at_most_100", [denied, share], [], "negation", told, sure="place")


def _may_exclude(said: Marked, denied: Figure, other: Marked, share: Figure) -> bool:
    """Whether both are about one thing: one platform, a network among all networks, or the same words."""
    if denied.period and share.period and denied.period != share.period:
        return False
    if denied.platform or share.platform:
        wider = denied.platform in _WIDER and share.platform not in ("", "internet", "television")
        return denied.platform == share.platform or wider
    return len(stems(said.plain) & stems(other.plain)) > _LEAST_SHARED


_WIDER: Final = ("internet", "social_networks")
"""Who is on none of them is on no network."""
_LEAST_SHARED: Final = 2


def _negated(said: Marked) -> Iterator[tuple[Figure, str]]:
    """Shares of those who do not, with the stem of what they do not do."""
    shares = [one for one in said.figures if one.unit == "percent" and one.value is not None and not one.table]
    for pattern in patterns("negated", said.language):
        for match in pattern.finditer(said.plain):
            near = [one for one in shares if abs(said.place(one) - match.start()) < _NEAR]
            if len(near) == 1 and not said.has("up") and not said.has("down"):
                yield near[0], match[1].casefold().removeprefix("un").removeprefix("dis")[:_STEM]


_NEAR: Final = 80
"""Characters between a share and the verb that says what its people do."""
_STEM: Final = 5


_ALIKE: Final = (("regis", "accou"), ("зарег", "аккау"), ("тірке", "аккау"))
"""Stems that say the same of people: who has an account is registered."""


def _affirmed(said: Marked, verb: str) -> Iterator[Figure]:
    """Shares of those who do what others do not."""
    plain = said.plain.casefold()
    if any(pattern.search(said.plain) for pattern in patterns("negated", said.language)):
        return
    stems_alike = next((alike for alike in _ALIKE if verb in alike), (verb,))
    at = next((plain.index(stem) for stem in stems_alike if stem in plain), None)
    if at is None or said.has("up") or said.has("down"):
        return
    for one in said.figures:
        is_share = one.unit == "percent" and one.value is not None and not one.table
        if is_share and abs(said.place(one) - at) < _NEAR:
            yield one
