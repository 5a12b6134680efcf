"""Drafts of shares whose base stands anywhere before them: it is what several shares beside one another are all of."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Final, NamedTuple

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.elsewhere import is_elsewhere
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.nouns import lemma
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_LEAST: Final = 10
"""Smaller wholes are seldom what shares are taken of."""
_MOST: Final = 400
"""Counts looked back at for a base, of them one of each value."""
_FACTOR: Final = 3.0
"""Times up to which a printed share may miss that of its base; one further off is of something else."""
_HUNDRED: Final = 100
_TIMES: Final = (*DURATIONS, "places")
_LAST: Final = re.compile(r"[^\W\d_]{3,}$")
_ITEM: Final = 120
"""Characters of an entry of a list, at most."""
_CHANCE: Final = 0.001
"""By which shares beside one another may all be of a count that they have no noun in common with."""
_PROVEN: Final = 2
"""Shares that must be of a base before another is told to be none of it."""


class Pair(NamedTuple):
    """A count and the share told of it."""

    part: Figure
    share: Figure


def bases(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "We asked 800. (…) Read 400 (50 %), listened 240 (30 %), neither 160 (10 %)": the third is of the 800 too."""
    counts: list[tuple[int, Figure]] = []
    proven: Counter[str] = Counter()
    told = {said.number: told_pairs(said) for said in sentences if not said.figures[0].table}
    items = _items(sentences, told)
    for place, said in enumerate(sentences):
        if said.figures[0].table or said.figures[0].in_references:
            continue
        pairs = told[said.number]
        for group in [items[said.number]] if said.number in items else _groups(said, pairs):
            nested = _parts_before(told, said, place) if len(group) > 1 else []
            before = _before([*counts, *nested], said, place, group) if group else []
            whole = _shared(group, before) if len(group) > 1 else None
            if len(group) > 1 and (whole is None or whole.paragraph != said.paragraph):
                whole = _by_figures(group, counts, said, whole)
            if whole is None:
                for pair in group:
                    at = next(at for at in range(place, len(sentences)) if pair.part in sentences[at].figures)
                    yield from _alone(pair, sentences[at], at, before, proven)
                continue
            proven[whole.claim_id] += sum(is_share_of(one, whole) for one in group)
            rivals = [one for _, one in before if one.paragraph in (said.paragraph, whole.paragraph)]
            yield from _of(group, whole, rivals)
            yield from _made_up(group, whole, said)
        shares = [pair.part for pair in pairs]
        counts += [(place, one) for one in said.figures if _may_be_base(one) and one not in shares]
        counts = counts[-_MOST:]


def _parts_before(told: Mapping[int, Sequence[Pair]], said: Marked, place: int) -> list[tuple[int, Figure]]:
    """Counts of the sentence before that are themselves a share of something: "1,856 met it (58 %). Of them 742 …"."""
    pairs = [pair for pair in told.get(said.number - 1, ()) if pair.part.paragraph == said.paragraph]
    return [(place - 1, pair.part) for pair in pairs]


def told_pairs(said: Marked) -> list[Pair]:
    """Counts of a sentence with the share told of each, no share twice, and none that tells a change."""
    found: dict[str, Pair] = {}
    for rule in ("share_told", "share_in_words"):
        for _, named, match in said.find(rule):
            part, share = named["n"], named["p"]
            is_in_words = re.search(r"\d", share.printed) is None
            if not (_may_be_part(part) and _may_be_share(share)) or (rule == "share_in_words" and not is_in_words):
                continue
            start = said.plain.rfind(";", 0, match.start()) + 1
            if not _tells_change(said, start, match.end()):
                found.setdefault(share.claim_id, Pair(part, share))
    return sorted(found.values(), key=lambda one: one.part.start)


def _items(sentences: Sequence[Marked], told: Mapping[int, Sequence[Pair]]) -> dict[int, list[Pair]]:
    """Short paragraphs one after another that tell a count and its share each: one group, told at the first of them."""
    runs: list[list[Marked]] = []
    for said in sentences:
        figures = [one for one in said.figures if not one.is_date]
        if said.figures[0].table or len(told[said.number]) != 1 or len(figures) != 2 or len(said.plain) > _ITEM:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and (last.number, last.paragraph) == (said.number - 1, said.paragraph - 1):
            runs[-1].append(said)
        else:
            runs.append([said])
    found: dict[int, list[Pair]] = {}
    for run in runs:
        if len(run) > 1:
            found |= {said.number: [] for said in run}
            found[run[0].number] = [pair for said in run for pair in told[said.number]]
    return found


def is_share_of(pair: Pair, whole: Figure) -> bool:
    """Whether a share is that of its count in a whole, within the rounding it is printed with."""
    real = _HUNDRED * (pair.part.value or 0) / (whole.value or 1)
    return abs(real - (pair.share.value or 0)) <= _rounding(pair.share)


def _rounding(share: Figure) -> float:
    low, high = share.low, share.high
    half = (high - low) / 2 if low is not None and high is not None else 0.0
    if half > 0:
        return half * 1.001
    digits = re.search(r"[.,](\d+)", share.printed)
    return 0.5 * 10.0 ** -(len(digits[1]) if digits else 0) * 1.001


def _groups(said: Marked, pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs that stand beside one another with no other count in between; "of them" opens another group."""
    group: list[Pair] = []
    for pair in pairs:
        if group:
            between = said.plain[said.place(group[-1].share) : said.place(pair.part)]
            others = [
                one
                for one in said.figures
                if group[-1].share.start < one.start < pair.part.start and not one.is_date and one.unit != "percent"
            ]
            opens = any(
                said.place(group[-1].share) < match.start() < said.place(pair.part)
                for rule in ("of_them", "including")
                for _, _, match in said.find(rule)
            )
            if others or opens or len(between) > 160:
                yield group
                group = []
        group.append(pair)
    if group:
        yield group


def _before(
    counts: Sequence[tuple[int, Figure]], said: Marked, place: int, group: Sequence[Pair]
) -> list[tuple[int, Figure]]:
    """Counts told before a group, in its sentence too, that may hold the largest of its parts; the last told first."""
    first = group[0].part
    here = [(place, one) for one in said.figures if one.start < first.start and _may_be_base(one)]
    largest = max(pair.part.value or 0 for pair in group)
    return [(at, one) for at, one in reversed([*counts, *here]) if (one.value or 0) > largest and _may_hold(first, one)]


def _shared(group: Sequence[Pair], before: Sequence[tuple[int, Figure]]) -> Figure | None:
    """The one count that most of the shares beside one another are of; nothing where two values would do."""
    scored: dict[float, tuple[int, Figure]] = {}
    for _, one in before:  # the first told of a value stands last
        hits = sum(is_share_of(pair, one) for pair in group)
        scored[one.value or 0] = (hits, one)
    if not scored:
        return None
    best = max(hits for hits, _ in scored.values())
    found = [one for hits, one in scored.values() if hits == best]
    if len(found) > 1:
        found = [one for one in found if one.counted and one.counted in {pair.part.counted for pair in group}]
    misses = len(group) - best
    if len(found) != 1 or best == 0:
        return None
    is_made_up = sum(pair.part.value or 0 for pair in group) == found[0].value
    is_sure = best >= _PROVEN or is_made_up
    return found[0] if is_sure and best >= misses else None


def _by_figures(
    group: Sequence[Pair], counts: Sequence[tuple[int, Figure]], said: Marked, known: Figure | None
) -> Figure | None:
    """The one count told before, of whichever noun, that all shares beside one another are of, by no chance.

    One of their own paragraph goes before one further off; ``known`` is what their noun tells.
    """
    largest = max(pair.part.value or 0 for pair in group)
    here = [one for one in said.figures if one.start < group[0].part.start and _may_be_base(one)]
    wide = {one.value: one for one in [*(one for _, one in counts), *here] if (one.value or 0) > largest}
    is_money = any(pair.part.unit in MONEY for pair in group)
    fits = [
        one
        for one in wide.values()
        if all(is_share_of(pair, one) for pair in group) and is_money == (one.unit in MONEY)
    ]
    own = [one for one in fits if one.paragraph == said.paragraph]
    chance = len(wide) * prod(2 * _rounding(pair.share) / _HUNDRED for pair in group)
    if chance > _CHANCE:
        return known
    return own[0] if len(own) == 1 else known or (fits[0] if len(fits) == 1 else None)


def _of(group: Sequence[Pair], whole: Figure, rivals: Sequence[Figure] = ()) -> Iterator[Draft]:
    """Shares of a whole, but for those that are of another noun, or exactly those of another count near."""
    for part, share in group:
        real = _HUNDRED * (part.value or 0) / (whole.value or 1)
        pair = Pair(part, share)
        is_other = not _may_hold(part, whole) or any(is_share_of(pair, one) for one in rivals)
        if is_other and not is_share_of(pair, whole):
            continue
        is_near = (share.value or 0) / _FACTOR <= real <= (share.value or 0) * _FACTOR
        if is_near or reckoned.mended("share_of_base", (part, whole), share):
            words = f"{whole.printed} … {part.printed} … {share.printed}"
            yield draft("share_of_base", [part, whole], [share], "carried", words, sure="place")


def _made_up(group: Sequence[Pair], whole: Figure, said: Marked) -> Iterator[Draft]:
    """The sums of counts and of shares, where one of the two makes up all of the whole."""
    parts, shares = [pair.part for pair in group], [pair.share for pair in group]
    summed = sum(one.value or 0 for one in parts)
    of_all = sum(one.value or 0 for one in shares)
    are_all = summed == whole.value
    are_hundred = abs(of_all - _HUNDRED) <= sum(map(_rounding, shares))
    if not are_all and not are_hundred:
        return
    if said.has("several") or any(one.bound != "exact" for one in shares):
        return
    told = " + ".join(one.printed for one in parts)
    yield draft("sum_of_parts", parts, [whole], "divided", f"{whole.printed}: {told}", sure="place")
    if len(shares) == _PROVEN and not are_hundred:
        return  # one of two is not that of its count, which is drafted
    words = " + ".join(one.printed for one in shares)
    yield Draft("sum_to_100", tuple(shares), (), "hundred_rest", words, "place", exhaustive=True)


def _alone(
    pair: Pair, said: Marked, place: int, before: Sequence[tuple[int, Figure]], proven: Counter[str]
) -> Iterator[Draft]:
    """A share with no other beside it: of the one count of its noun that fits, or of a base known by others."""
    fits = [(at, one) for at, one in before if is_share_of(pair, one)]
    words = said.plain[max(0, said.place(pair.part) - 80) : said.place(pair.share) + 60]
    names_all = any(said.find("all_of_them")) and _names_all(said, words)
    near = {one.value: one for at, one in fits if place - at <= 1 and _is_alike(pair.part, one)}
    kin = {one.value: one for _, one in fits if _is_kin(pair.part, one) or proven[one.claim_id] >= _PROVEN}
    if not fits and (asked := _asked_here(pair, said)) is not None:
        yield from _of([pair], asked)
        return
    for found in (near, kin):
        if len(found) == 1:
            ((_, whole),) = found.items()
            proven[whole.claim_id] += 1
            yield from _of([pair], whole)
            return
        if found:
            return
    known = {one.value: one for _, one in before if proven[one.claim_id] >= _PROVEN or _is_noun(pair.part, one)}
    is_own = any(at == place or one.paragraph == said.paragraph for at, one in before if one.value not in known)
    if names_all and len(known) == 1 and not fits and not is_own and not is_elsewhere(words, said.language):
        yield from _of([pair], next(iter(known.values())))


def _asked_here(pair: Pair, said: Marked) -> Figure | None:
    """The whole its own sentence names: "We asked 960; 576 replied, a response rate of 60 %", "of 40 ships 30"."""
    for _, named, _ in said.find("n_of_m"):
        if named["n"] is pair.part and _may_be_base(named["m"]) and (named["m"].value or 0) > (pair.part.value or 0):
            return named["m"]
    if not any(said.place(pair.part) < match.start() for _, _, match in said.find("rate_named")):
        return None
    counts = [one for one in said.figures if not one.is_date and one.unit != "percent"]
    is_two = len(counts) == 2 and counts[1] is pair.part and (counts[0].value or 0) > (counts[1].value or 0)
    return counts[0] if is_two and _may_be_base(counts[0]) and _may_hold(pair.part, counts[0]) else None


def _names_all(said: Marked, words: str) -> bool:
    return any(match.group() in words for _, _, match in said.find("all_of_them"))


def _tells_change(said: Marked, start: int, end: int) -> bool:
    return any(
        start <= match.start() < end
        for rule in ("up", "down", "from_to", "against", "more_than")
        for _, _, match in said.find(rule)
    )


def _may_be_part(one: Figure) -> bool:
    return (
        one.is_whole
        and one.bound in ("exact", "about")
        and not one.table
        and one.unit not in _TIMES
        and bool(one.value)
    )


def _may_be_share(one: Figure) -> bool:
    is_known = one.bound == "exact" or (one.bound == "about" and re.search(r"\d", one.printed) is None)
    return one.unit == "percent" and one.value is not None and is_known and 0 < one.value < _HUNDRED


def _may_be_base(one: Figure) -> bool:
    return _may_be_part(one) and one.bound == "exact" and (one.value or 0) >= _LEAST


def _may_hold(part: Figure, one: Figure) -> bool:
    """Whether a count may be of what a part is of: money of money, people of people, anything of what is not told."""
    if part.period and one.period and part.period != one.period:
        return False
    is_nameless = part.language == "kk" or not part.counted or not one.counted  # what follows there need be no noun
    if are_of_one_unit(part, one):
        return is_nameless or _is_alike(part, one)
    if part.unit in MONEY or one.unit in MONEY:
        return not part.counted and part.unit in ("items", "unstated") and (part.value or 0) >= 1e6
    return "items" in (part.unit, one.unit) and is_nameless


def _is_alike(part: Figure, one: Figure) -> bool:
    return are_of_one_unit(part, one) and (
        part.counted == one.counted or not part.counted or not one.counted or is_of_people(part)
    )


def _is_noun(part: Figure, one: Figure) -> bool:
    noun = noun_of(part)
    return bool(noun) and noun == noun_of(one)


def noun_of(one: Figure) -> str:
    """The noun a figure counts, or that of its unit, which is printed with it."""
    word = None if one.counted else _LAST.search(one.printed)
    return one.counted if word is None else lemma(word[0], one.language)


def _is_kin(part: Figure, one: Figure) -> bool:
    """Whether two counts are of one noun, or of a unit that is more than things and people in general."""
    general = ("items", "unstated", "persons")
    return _is_noun(part, one) or (part.unit not in general and are_of_one_unit(part, one))
