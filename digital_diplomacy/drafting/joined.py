"""Drafts of a number told again, joined by a model that learned from noted papers how such numbers are told.

Equal numbers are drafted, so that a misprint would show, if the model finds it likely by words and place that they are
one. Of numbers that differ as a misprint does, only one that nothing else explains is drafted, and only if its likeness
to one number told before stands out: by another set of weights, whose threshold lets few pass.
"""

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from digital_diplomacy.drafting.elsewhere import is_average, is_told_apart, narrowing
from digital_diplomacy.drafting.misprints import are_swapped, digits, may_be_misprint, significant
from digital_diplomacy.drafting.nearness import FEATURES, Told, stem_of, stems, unit_of
from digital_diplomacy.drafting.unjudged import BARE, Draft, are_of_one_unit, draft, unit_lent
from digital_diplomacy.extraction import kazakh
from digital_diplomacy.extraction.tokens import Figure, Marked

LIKELY: Final = 0.25
"""Probability from which equal numbers are drafted as one."""
SURE: Final = 0.92
"""Probability from which numbers that differ are drafted as one that is misprinted."""
APART: Final = 1.0
"""Log odds by which the likest number told before must be likelier than any other one."""
ARITHMETIC: Final = ("difference", "growth_rate", "decline_rate", "ratio", "share_of_base", "sum_of_parts")
"""Kinds of drafts that explain a number: it is no misprint of another."""
_MOST: Final = 24
"""Numbers before a later one that it is set against: as many of the first as of the last ones."""
_DRAFTED: Final = 2
"""Numbers before a later one that it is drafted with: what a third one adds, the others bear out."""
_LEAST_DIGITS: Final = 2
_UNKNOWN: Final = ("", "date")
_NEVER_MISPRINTED: Final = ("rank", "times", "places", *_UNKNOWN)

Pair = tuple[int, int]


def joined(sentences: Sequence[Marked], drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Numbers told again, and those that only a misprint tells from one told before."""
    told = Told(sentences)
    yield from _again(told)
    yield from _misprinted(told, drafts)


def _again(told: Told) -> Iterator[Draft]:
    """Of the numbers equal to a later one that are likely it: the likest."""
    likely: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for first, later in equals(told):
        chance = probability("again", told.likeness(first, later))
        if chance >= LIKELY:
            likely[later].append((chance, first))
    for later, found in likely.items():
        for _, first in sorted(found)[-_DRAFTED:]:
            yield _draft("again", told, first, later)


def _misprinted(told: Told, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A number that is likely another one told before, of which one digit, or the order of two, is wrong."""
    found: dict[int, dict[float, tuple[float, int]]] = defaultdict(dict)
    kinds = (*ARITHMETIC, "sum_to_100")
    explained = {each.claim_id for one in drafts if one.kind in kinds for each in (*one.left, *one.right)}
    explained |= {one.right[0].claim_id for one in drafts if one.kind == "same_quantity"}
    for first, later in misprints(told, explained):
        one, other = told.figures[first], told.figures[later]
        odds = log_odds("misprint", [*told.likeness(first, later), float(are_swapped(one, other))])
        value = float(one.value or 0)
        found[later][value] = max(found[later].get(value, (-math.inf, 0)), (odds, first))
    for later, by_value in found.items():
        (odds, first), *others = sorted(by_value.values(), reverse=True)
        if _chance(odds) >= SURE and all(odds - other >= APART for other, _ in others):
            yield _draft("misprint", told, first, later)


def _draft(why: str, told: Told, first: int, later: int) -> Draft:
    one, other = told.figures[first], told.figures[later]
    named = ", ".join(told.shared_words(first, later))
    words = f"{one.printed} … {other.printed}" + (f" ({named})" if named else "")
    return draft("same_quantity", [one], [other], why, words, sure="place", lends=True)


def equals(told: Told) -> Iterator[Pair]:
    """Equal numbers of one unit, or one of them without a noun, the later one last."""
    groups: dict[float, list[int]] = defaultdict(list)
    for at, one in enumerate(told.figures):
        if one.value and one.bound in ("exact", "about") and one.unit not in _UNKNOWN and not _is_all(one):
            before = groups[one.value]
            half = _MOST // 2
            for first in before if len(before) <= _MOST else [*before[:half], *before[-half:]]:
                if _may_be_one(told, first, at):
                    yield first, at
            before.append(at)


def _is_all(one: Figure) -> bool:
    """Whether a share is all of something, whatever that is."""
    return one.unit == "percent" and one.value == 100


def misprints(told: Told, explained: Collection[str]) -> Iterator[Pair]:
    """Numbers that a misprint tells apart; the later one stands nowhere else, and is not explained."""
    values = Counter(one.value for one in told.figures)
    before: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(told.figures):
        if not one.value or one.bound != "exact" or one.unit in _NEVER_MISPRINTED or len(digits(one)) < _LEAST_DIGITS:
            continue
        keys = misprint_keys(one)
        if values[one.value] == 1 and one.claim_id not in explained:
            near = sorted({each for key in keys for each in before[key][-_MOST:]})
            near = [
                each
                for each in near
                if may_be_misprint(told.figures[each], one)
                and _is_of_one_noun(told, each, at)
                and not _is_narrowed(told, each, at)
                and not _is_change_told(told, each, at)
                and not _are_others_other(told, each, at)
            ]
            if near and (one.table or not _is_told_apart(told.said(at), one)):
                yield from ((first, at) for first in near)
        for key in keys:
            before[key].append(at)


def misprint_keys(one: Figure) -> list[str]:
    """What two numbers have in common that differ by one digit, or by two that changed places."""
    text = digits(one)
    return ["".join(sorted(text)), *(f"{text[:at]}?{text[at + 1 :]}" for at in range(len(text)))]


def _may_be_one(told: Told, first: int, later: int) -> bool:
    one, other = told.figures[first], told.figures[later]
    if one.table and told.place(first) == told.place(later):
        return False
    if BARE not in (one.unit, other.unit) and _have_other_nouns(one, other):
        return False
    units = (unit_of(one), unit_of(other))
    is_bare = BARE in units and "percent" not in units
    return are_of_one_unit(one, other) or (is_bare and unit_lent(one, other) != "")


def _is_told_apart(said: Marked, one: Figure) -> bool:
    """Whether words, or an ordinal ("in the second wave"), tell that a number is another one."""
    return any(each.unit == "rank" for each in said.figures) or is_told_apart(said, one)


def _is_of_one_noun(told: Told, first: int, later: int) -> bool:
    """Whether two figures may be one, and neither nouns nor an average tell them apart, nor the year of a cell."""
    one, other = told.figures[first], told.figures[later]
    averages = {not each.table and is_average(told.said(at), each) for at, each in ((first, one), (later, other))}
    is_timed = len({each.period for each in (one, other) if each.period}) > 1 and bool(one.table) != bool(other.table)
    is_of_one_noun = len(averages) == 1 and not _have_other_nouns(one, other)
    return is_of_one_noun and not is_timed and _may_be_one(told, first, later)


def _have_other_nouns(one: Figure, other: Figure) -> bool:
    """Whether each stands beside a noun of its own: "346 mayors" and "346 teachers", but not "346 people"."""
    nouns = {_noun(each) for each in (one, other) if not _ANYBODY.match(each.counted)}
    return one.language == other.language and len(nouns - {""}) > 1


def _noun(one: Figure) -> str:
    """By what letters the noun of a figure is known, in Kazakh without its endings: «курс» and «курстың»."""
    return stem_of(kazakh.stem(one.counted) if one.language == "kk" else one.counted)


_ANYBODY: Final = re.compile(
    r"(?:people|persons?|respondents?|participants?|человек|люд|лиц|участник|респондент|опрошенн|адам|қатысушы|кісі|жан(?!\w))",
    re.IGNORECASE,
)
"""Nouns that whoever is counted may have."""


def _is_narrowed(told: Told, first: int, later: int) -> bool:
    """Whether a clause tells the later number as that of a part, by words that the first one's sentence has not."""
    one, said = told.figures[later], told.said(later)
    names_again = said.language == "kk" and told.is_known(later)  # «сұралған 1 640 қатысушы»
    words = frozenset() if one.table or names_again else stems(narrowing(said, one))
    return bool(words) and not words & told.around[first]


def _is_change_told(told: Told, first: int, later: int) -> bool:
    """Whether a figure beside one of two says by how much they differ: 15.1 are 11.5 and 3.6."""
    one, other = told.figures[first], told.figures[later]
    change = abs(float(other.value or 0) - float(one.value or 0))
    beside = (*told.beside(first), *told.beside(later))
    return any(each.unit == other.unit and math.isclose(each.value or 0, change) for each in beside)


def _are_others_other(told: Told, first: int, later: int) -> bool:
    """Whether both stand among other figures of which none is told again, or are shares of other people."""
    unit = told.figures[later].unit
    figures = [told.said(at).figures for at in (first, later)]
    shares = [[one for one in those if one.unit == unit] for those in figures]
    exact = [[one for one in those if significant(one) > 1] for those in figures]
    is_parallel = told.said(first).paragraph == told.said(later).paragraph and _are_disjoint(exact, 3)
    return is_parallel or (unit == "percent" and (_are_disjoint(shares, 2) or told.are_contrasted(first, later)))


def _are_disjoint(figures: Sequence[Sequence[Figure]], least: int) -> bool:
    values = [{each.value for each in those} for those in figures]
    return min(map(len, values)) >= least and values[0].isdisjoint(values[1])


@cache
def _weights(question: str) -> tuple[float, ...]:
    """The weights of a question, that of no feature first."""
    with (files("digital_diplomacy.drafting") / "joined_weights.csv").open(encoding="utf-8") as stream:
        rows = {row["feature"]: float(row[question]) for row in csv.DictReader(stream) if row[question]}
    names = ("always", *FEATURES, *(("swapped",) if question == "misprint" else ()))
    return tuple(rows[name] for name in names)


def log_odds(question: str, likeness: Sequence[float]) -> float:
    """Log odds that two figures are one thing told twice."""
    constant, *weights = _weights(question)
    return constant + sum(weight * value for weight, value in zip(weights, likeness, strict=True))


def probability(question: str, likeness: Sequence[float]) -> float:
    """Probability that two figures are one thing told twice."""
    return _chance(log_odds(question, likeness))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
