"""Sets of figures that may answer a question, by how far they are told from the figure asked of."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting import operands, reckoned
from digital_diplomacy.drafting.asked import Question, is_attached, questions
from digital_diplomacy.drafting.bases import told_pairs
from digital_diplomacy.drafting.called import beside as words_beside
from digital_diplomacy.drafting.called import called_cells, is_form
from digital_diplomacy.drafting.known import ahead, beside, named, stems
from digital_diplomacy.drafting.operands import Near, Tried
from digital_diplomacy.drafting.reckoned import Kind
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.unjudged import are_of_one_unit
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_NO_CHANGE: Final = ("percent", "percentage_points", "rank", "places", "times")
_HUNDRED: Final = 100
_FACTOR: Final = 3
"""Times up to which both ends of a change may be apart; others seldom are of one thing."""
_NAMED: Final = 15
_FAR: Final = 20
_TENTH: Final = 0.11
_RARE: Final = 0.3
_BASES: Final = 12
"""Wholes looked at that shares before were told of."""
_ADJECTIVE: Final = ("ый", "ий", "ой")
_RESTS: Final = 6
_WHOLES: Final = 3
_LEVELS: Final = 3
_NEXT_BEFORE: Final = 2
"""Level of the sentence before."""


def tried(sought: Sought) -> "list[tuple[Question, list[Trial]]]":
    """Every question asked of a figure, with the figures that may answer, the nearest first."""
    told, said = sought.told, sought.said
    asked = [
        one
        for one in questions(said, told, sought.before)
        if one.asked != "share" or one.is_near or sought.called or not sought.known.has(told)
    ]
    if told.unit == "percent" and said.has("follows") and listed(sought):
        asked = [one for one in asked if one.asked == "share"]
    return [(one, sorted(_OF[one.asked](one, sought), key=lambda trial: trial[:2])) for one in asked]


def _apart(question: Question, sought: Sought) -> Iterator[Trial]:
    told = question.told
    ends = {"percentage_points": ("percent",), "places": ("rank",)}.get(told.unit, ())
    for one in _ends(sought, ends):
        if ends or _may_differ_by(one.operands, told):
            yield Trial(*one[:2], "difference", one.operands, told)
    for earlier, later in _from_named(question, sought) if not ends else ():
        high, low = sorted((earlier, later), key=lambda one: -(one.value or 0))
        if _may_differ_by((high, low), told):
            yield Trial(_NAMED, 0, "difference", (high, low), told)


_BRACKETED: Final = re.compile(r"[^\ue000-\uf0ff;()]{0,40}\([^\ue000-\uf0ff;()]{0,25}")
"""What stands between a change and what it is from, in brackets behind it."""


def _from_named(question: Question, sought: Sought) -> Iterator[tuple[Figure, Figure]]:
    """What was earlier, told beside a change, and what it came to, told before by the same words.

    "It is 20 % more (2021: 72,900)": what is 20 % more stands sections before, beside one of the words of the change.
    """
    said, told = sought.said, question.told
    if not said.has("earlier_told") or any(said.has(rule) for rule in ("from_to", "against")):
        return
    here = [one for one in said.figures if one is not told and operands.is_operand(one) and one.unit not in _NO_CHANGE]
    here = [one for one in here if one.unit not in DURATIONS]
    at_it = [one for one in here if _BRACKETED.fullmatch(said.plain, said.place(told) + 1, said.place(one))]
    ends = at_it if len(at_it) == 1 else here
    if len(ends) != 1:
        return
    earlier = ends[0]
    words = beside(said, told) | beside(said, earlier)
    for later in {one.value: one for one in sought.named_in(words)[: 2 * _BASES]}.values():  # the first told of equals
        is_up = (later.value or 0) > (earlier.value or 0)
        is_far = not 1 / _FACTOR < (later.value or 0) / (earlier.value or 1) < _FACTOR
        is_bare = at_it == [earlier] and not re.search(r"[^\W\d_]", earlier.printed)  # its noun is that of the change
        is_one = are_of_one_unit(later, earlier) or operands.are_alike(later, earlier) or is_bare
        if later in said.figures or is_far or not is_one or later.value == earlier.value:
            continue
        if question.way and is_up != (question.way == "up"):
            continue
        yield earlier, later


def _shares(question: Question, sought: Sought) -> Iterator[Trial]:
    told = question.told
    for one in operands.shares(sought.near, sought.order, is_above=(told.value or 0) > _HUNDRED):
        yield Trial(*one[:2], "share_of_base", one.operands, told)
    yield from listed(sought)
    yield from _of_named(sought)
    yield from _of_called("share_of_base", sought)


def listed(sought: Sought) -> list[Trial]:
    """A part of a whole, told in the sentence before, that alone is named beside a share which is alone in its own."""
    if not sought.is_alone or sought.before is None:
        return []
    words, found = beside(sought.said, sought.told), {}
    for parts, whole in sought.known.divided:
        here = [one for one in parts if one in sought.before.figures]
        for one in here:
            if words & ahead(sought.before, one):
                found[one.claim_id] = Trial(_NEXT_BEFORE, 0, "share_of_base", (one, whole), sought.told)
    return list(found.values()) if len(found) == 1 else []


def _times(question: Question, sought: Sought) -> Iterator[Trial]:
    for one in _ends(sought):
        if one.operands[0].unit not in _NO_CHANGE[1:]:
            yield Trial(*one[:2], "ratio", one.operands, question.told)
    for ends in _from_named(question, sought):
        high, low = sorted(ends, key=lambda one: -(one.value or 0))
        yield Trial(_NAMED, 0, "ratio", (high, low), question.told)
    yield from _of_called("ratio", sought)


def _of_called(kind: Kind, sought: Sought) -> Iterator[Trial]:
    for one in sought.called:
        yield Trial(1, 1, kind, one.figures, sought.told)


def _rates(question: Question, sought: Sought) -> Iterator[Trial]:
    found = operands.quotients if question.asked == "each" else operands.exchanged
    for one in found(sought.near, sought.order, question.told):
        of_times = one.operands[1].unit == question.told.unit in DURATIONS  # "4 hours at best, 212 at worst"
        if not of_times and not sought.known.explains((*one.operands, question.told)):
            yield Trial(*one[:2], "ratio", one.operands, question.told)
    told = question.told
    around = {one.figure.claim_id for one in sought.near}
    totals = [one.figure for one in sought.near if one.figure.unit == told.unit] if question.asked == "each" else []
    for total in totals:
        is_here = total in sought.said.figures
        for count in sought.named_in(stems(sought.said) if is_here else beside(sought.said, told))[:_BASES]:
            is_known = count.claim_id in around or not 1 < (count.value or 0) < (total.value or 0)
            if not is_known and (total.value or 0) > (told.value or 0):
                yield Trial(_NAMED, 0, "ratio", (total, count), question.told)


def _sums(question: Question, sought: Sought) -> Iterator[Trial]:
    told = question.told
    found = operands.runs if question.asked == "all" else operands.by_sentence
    near = sought.near if question.asked == "all" else [one for one in sought.near if not _is_rate(one, sought)]
    for one in found(near, sought.order, told):
        if question.asked == "all" or _may_make_up(told, one.operands, sought.said):
            yield Trial(*one[:2], "sum_of_parts", one.operands, told)


def _earlier(sought: Sought, may_be: Sequence[str] = ()) -> Figure | None:
    """The only figure beside a change that its sentence tells as what was before: one end can be no other."""
    said, told = sought.said, sought.told
    if not said.has("earlier_told") or any(said.has(rule) for rule in ("from_to", "against", "more_than")):
        return None
    apart = [one for one in said.figures if one is not told and not one.is_date and one.unit not in DURATIONS]
    is_one = len(apart) == 1 and operands.is_operand(apart[0])
    return apart[0] if is_one and (not may_be or apart[0].unit in may_be) else None


def _of_its_words(pairs: Sequence[Tried], earlier: Figure, sought: Sought) -> list[Tried]:
    """Of the ends in the sentence before, the one that shares most words with a change, if one does."""
    near = [one for one in pairs if all(1 / _FACTOR < _times_of(each, earlier) < _FACTOR for each in one.operands)]
    said = sought.said
    words = {word.casefold() for word in _WORDS.findall(said.plain)} - _UNITS
    shared = []
    for one in near:
        other = one.operands[0] if one.operands[1] is earlier else one.operands[1]
        told_in = next((each for each in sought.body[: sought.place] if other in each.figures), None)
        if told_in is not None and told_in.paragraph == said.paragraph:
            own = {*words_beside(told_in, other)} - _UNITS
            shared.append((sum(any(is_form(word, each, said.language) for each in own) for word in words), one))
    most = max((count for count, _ in shared), default=0)
    return [one for count, one in shared if count == most] if most else near


_WORDS: Final = re.compile(r"[^\W\d_]{4,}")
_UNITS: Final = frozenset({
    "тенге", "теңге", "теңгесі", "млрд", "пайыз", "процентов", "процента", "адам", "человек", "million", "billion",
    "people", "tenge", "dollars", "percent",
})  # fmt: skip
"""Words of units, by which nothing is known again."""


def _times_of(one: Figure, other: Figure) -> float:
    return (one.value or 0) / (other.value or 1)


def _ends(sought: Sought, may_be: Sequence[str] = ()) -> Iterator[Tried]:
    """Two figures of one kind; beyond a table only where one of them stands in the sentence itself."""
    earlier = _earlier(sought, may_be)
    pairs = list(operands.pairs(sought.near, sought.order, may_be))
    if earlier is not None:
        pairs = _of_its_words([one for one in pairs if earlier in one.operands], earlier, sought)
    for one in pairs:
        is_beyond = all(sought.said.paragraph - each.paragraph > 1 for each in one.operands)
        if not is_beyond:
            yield one


def _is_rate(one: Near, sought: Sought) -> bool:
    """Whether what stands right at a figure of its sentence says that it is of each: "$26 for each request"."""
    said, figure = sought.said, one.figure
    if one.level > 1:
        return False
    place = said.place(figure)
    return any(0 <= match.start() - place <= _AT for _, _, match in said.find("asks_each"))


_AT: Final = 8
"""Characters between a figure and the "each" that it is told of."""


def _may_differ_by(ends: Sequence[Figure], told: Figure) -> bool:
    """Whether figures that count one thing may be so far apart; one of them may bear another name for it."""
    if any(one.unit in ("percent", "rank", "times") for one in ends):
        return False
    alike = [operands.are_alike(one, told) for one in ends]
    return all(alike) or (any(alike) and are_of_one_unit(*ends, told))


def _grown(question: Question, sought: Sought) -> Iterator[Trial]:
    for one in _ends(sought):
        high, low = one.operands
        is_far = (high.value or 0) > _FACTOR * (low.value or 0) and (question.told.value or 0) < _HUNDRED * _FACTOR / 2
        if high.unit in _NO_CHANGE or is_far:
            continue
        if question.way in ("up", ""):
            yield Trial(*one[:2], "growth_rate", (low, high), question.told)
        if question.way in ("down", ""):
            yield Trial(*one[:2], "decline_rate", (high, low), question.told)
    if _earlier(sought, ("percent",)) is not None:  # points are often told as per cent
        for one in _ends(sought, ("percent",)):
            apart = Trial(*one[:2], "difference", one.operands, question.told)
            if apart.holds:
                yield apart
    for earlier, later in _from_named(question, sought):
        kind: Kind = "growth_rate" if (later.value or 0) > (earlier.value or 0) else "decline_rate"
        yield Trial(_NAMED, 0, kind, (earlier, later), question.told)


def _of_named(sought: Sought) -> Iterator[Trial]:
    """The count that a share is told of, in a whole named far before, told of by other shares or the total of a table.

    A share with decimals may be of any count of the paper, if by chance none would fit.
    """
    share, known = sought.told, sought.known
    around = {one.claim_id for one in [*(each.figure for each in sought.near), share]}
    for part, words in _parts_of(sought):
        named = [*sought.named, *sought.named_in(words)][: 2 * _BASES]
        told_of = [*known.totals, *list(known.bases.values())[-_BASES:], *reversed(named)]
        bases = {one.value: (_NAMED, one) for one in told_of if _may_hold(part, one, is_named=one in named)}
        cells = called_cells(sought.said, known.tables)
        any_of = [*cells, *_rarely_met(share, [one for one in known.counts if _may_hold(part, one)])]
        found = {one.value: (_FAR, one) for one in any_of if _may_hold(part, one)} | bases
        for level, base in found.values():
            is_far = base.claim_id not in around or share.paragraph - base.paragraph > 1
            if is_far or part.claim_id not in around or base.table:
                yield Trial(level, 0, "share_of_base", (part, base), share)


def _may_hold(part: Figure, base: Figure, *, is_named: bool = False) -> bool:
    if (base.value or 0) <= (part.value or 0):
        return False
    is_any = is_named and {part.unit, base.unit}.isdisjoint({*MONEY, *DURATIONS})
    return is_any or operands.are_alike(part, base) or operands.may_be_of(part, base)


def _rarely_met(share: Figure, counts: Sequence[Figure]) -> list[Figure]:
    """The nearest counts of which hardly any would fit a share with decimals by chance: their logarithms are spread."""
    low, high = reckoned.span(share)
    step = high - low
    if not 0 < step <= _TENTH:
        return []
    near = sorted(counts, key=lambda one: (one.sentence > share.sentence, abs(one.sentence - share.sentence)))
    return near[: int(_RARE * (share.value or 0) / step)]


def _parts_of(sought: Sought) -> Iterator[tuple[Figure, set[str]]]:
    """Counts that a share may be told of: beside it, else the only one of the sentence before or behind it."""
    said, share = sought.said, sought.told
    beside_it = [one for one in said.figures if one.is_whole and is_attached(said, one, share)]
    for part in beside_it:
        ahead_of = re.split(r"[\ue000-\uf0ff;]", said.plain[: said.place(part)])[-1]
        yield part, named(ahead_of)
    if beside_it:
        return
    for at in (sought.place - 1, sought.place + 1):
        other = sought.body[at] if 0 <= at < len(sought.body) else said
        counts = [one for one in other.figures if operands.is_operand(one) and one.unit not in _NO_CHANGE]
        is_next = other is not said and other.paragraph == said.paragraph and len(counts) == 1 and counts[0].is_whole
        is_told = sought.is_alone if at < sought.place else bool(beside(said, share) & beside(other, counts[0])
                                                                 if is_next else False)  # fmt: skip
        if is_next and is_told:
            yield counts[0], beside(other, counts[0])


def _may_make_up(told: Figure, parts: Sequence[Figure], said: Marked) -> bool:
    """Whether parts are of one noun; of shares, three or more behind the first of their sentence."""
    if told.unit == "percent":
        shares = [one for one in said.figures if one.unit == "percent"]
        return shares[0] is told and len(parts) >= _LEVELS
    nouns = {one.counted for one in parts if not one.counted.endswith(_ADJECTIVE)}
    return len(nouns - {"", told.counted}) <= 1


def _rests(question: Question, sought: Sought) -> Iterator[Trial]:
    """What was taken from a whole told before, and what is left of it."""
    near, order, told = sought.near, sought.order, question.told
    alike = [one for one in near if one.figure.unit not in _NO_CHANGE and operands.are_alike(one.figure, told)]
    before = [one for one in reversed(alike) if one.order < order]
    behind = [one for one in alike if one.order > order]
    for pair in (before[1::-1], behind[:2], behind[1::-1]):
        if len(pair) > 1:
            yield from _left_of(pair[:1], pair[1], sought)
    for size in range(1, min(len(before), _RESTS) + 1):
        run = before[:size]
        wholes = [*before[size : size + _WHOLES], *(behind[:_WHOLES] if size == 1 else [])]
        for whole in wholes:
            yield from _left_of(run, whole, sought)


def _left_of(run: Sequence[Near], whole: Near, sought: Sought) -> Iterator[Trial]:
    figures = (*(one.figure for one in reversed(run)), sought.told)
    if (whole.figure.value or 0) > max(one.value or 0 for one in figures):
        level = max(one.level for one in (*run, whole))
        yield Trial(level, abs(sought.order - whole.order), "sum_of_parts", figures, whole.figure)


_OF: Final[dict[str, Callable[[Question, Sought], Iterator[Trial]]]] = {
    "apart": _apart, "growth": _grown, "share": _shares, "times": _times, "each": _rates, "exchange": _rates,
    "all": _sums, "parts": _sums, "rest": _rests,
}  # fmt: skip


def is_tied(question: Question, trial: Trial, sought: Sought) -> bool:
    """Whether words or places tie the figures to one another, and not only arithmetic."""
    if question.asked in ("share", "times") and any(one.figures == trial.left for one in sought.called):
        return True
    if question.asked == "share":
        return _is_share_tied(question, trial, sought)
    if question.asked == "parts":
        return trial.level <= _LEVELS and (question.told.sentence <= trial.left[0].sentence or sought.is_alone)
    return question.is_near


def _is_share_tied(question: Question, trial: Trial, sought: Sought) -> bool:
    said = sought.said
    part, base = trial.left
    if trial.level >= _NAMED:
        return True
    if not trial.distance and trial.level == _NEXT_BEFORE:
        return said.has("follows") != ""
    if said.has("so_told") and part not in said.figures and base not in said.figures and trial.level <= _LEVELS:
        return all((base.value or 0) >= (one.figure.value or 0) for one in sought.near if one.level <= _LEVELS
                   and operands.are_alike(one.figure, base))  # fmt: skip
    if part in said.figures:
        is_told = base in said.figures and base.start > part.start and trial.level == 0
        of_plan = is_told and said.has("told_elsewhere") and is_attached(said, base, question.told)
        return bool(of_plan) or is_attached(said, part, question.told)
    counts = [one for one in said.figures if not one.is_date and one.unit not in _NO_CHANGE]
    if counts == [base] and (base, question.told) not in told_pairs(said):
        return trial.level <= _LEVELS  # "The response rate was 71 %: 2,700 people were invited"
    return sought.is_alone and part.sentence == base.sentence and trial.level <= _NEXT_BEFORE
