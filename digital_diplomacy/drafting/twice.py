"""Drafts of one quantity told twice: the same noun, words, platform, time and unit in two sentences."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final, NamedTuple

from digital_diplomacy.drafting.elsewhere import is_told_apart
from digital_diplomacy.drafting.misprints import are_equal, are_swapped, digits, may_be_misprint
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_WINDOW: Final = 75
"""Characters on either side of a figure whose words tell what it counts."""
_STEM: Final = 5
"""Letters of a word that stand for it: cases and numbers change what is behind them."""
_ALIKE: Final = 0.5
_RECALLED: Final = 0.34
_LEAST_WORDS: Final = 2
_MOST_COMPARED: Final = 300
"""Later figures of the same kind that one is compared with, the nearest first."""
_LEAST_COUNT: Final = 10
"""Smaller whole numbers count something new in every sentence."""
_NOTHING_SPECIAL: Final = ("percentage_points", "times", "rank", "date", "", "years", "days", "months", "hours")
_COMMON: Final = frozenset(
    word[:_STEM]
    for word in (files("digital_diplomacy.drafting") / "common_words.txt").read_text(encoding="utf-8").split()
)


class _Told(NamedTuple):
    """A figure, its sentence, and the stems of the words that tell what it counts."""

    one: Figure
    said: Marked
    words: frozenset[str]


def _with_later(told: Iterable[_Told], alike: Callable[[Figure], Hashable]) -> Iterator[tuple[_Told, Sequence[_Told]]]:
    """Each figure in reading order, with the next ones that are alike."""
    groups: dict[Hashable, list[_Told]] = defaultdict(list)
    placed = []
    for each in told:
        group = groups[alike(each.one)]
        group.append(each)
        placed.append((each, group, len(group)))
    for each, group, place in placed:
        yield each, group[place : place + _MOST_COMPARED]


def twice(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Two figures in different sentences that count one thing by nearly the same words."""
    told = (
        _Told(one, said, _words(said, one))
        for said in sentences
        if not said.has("from_to")
        for one in said.figures
        if _tells_a_quantity(one) and not one.in_references
    )
    for (first, said, words), later in _with_later(told, _what):
        for second, again, others in later:
            shared = words & others
            if len(shared) < _LEAST_WORDS or said.number == again.number:
                continue
            if not _counts_alike(word_behind(said, first), word_behind(again, second)):
                continue
            if _is_of_named(said, first) != _is_of_named(again, second):
                continue
            if is_average(said, first) != is_average(again, second):
                continue
            recalled = again.has("recall")
            if not _is_it_or_misprint(first, said, second, again):
                continue
            if first.unit == "percent" and not recalled:  # answers to two questions are told in the same words
                continue
            if len(shared) / len(words | others) >= (_RECALLED if recalled else _ALIKE):
                named = f"{first.printed} … {second.printed} ({', '.join(sorted(shared))})"
                yield draft("same_quantity", [first], [second], "recalled" if recalled else "twice", named,
                            sure="words" if recalled else "place")  # fmt: skip
                break


def is_average(said: Marked, one: Figure) -> bool:
    """Whether a figure is told of each of something: "18 pupils per teacher" are not all pupils."""
    place = said.place(one)
    before = re.split(r"[\ue000-\uf8ff;:()]", said.plain[max(0, place - _WINDOW) : place])[-1]
    behind = re.split(r"[\ue000-\uf8ff;:(),]", said.plain[place + 1 : place + 1 + _WINDOW])[0]
    return _AVERAGE.search(f"{before} {behind}") is not None


_AVERAGE: Final = re.compile(
    r"\b(?:per|average|mean|median|each|every|apiece)\b|"
    r"(?<!\w)(?:в среднем|средн\w+|медиан\w+|на (?:одн(?:ого|у|о)|кажд\w+|душу)|приходи\w+|кажд\w+)(?!\w)|"
    r"(?<!\w)(?:орташа|әр|әрбір|шаққанда|жан басына|бір \w+(?:[ғг][ае]|[қк][ае]|[дт][ае]))(?!\w)",
    re.IGNORECASE,
)


def _is_of_named(said: Marked, one: Figure) -> bool:
    """Whether a figure is told as some of those its sentence opens with: "Of the completed interviews, 1,408"."""
    return _OF_NAMED[said.language].match(said.plain[: said.place(one)]) is not None


_OF_NAMED: Final = {
    "en": re.compile(r"(?:Of|Among|Out of)\b[^\ue000-\uf8ff]*$"),
    "ru": re.compile(r"(?:Из|Среди|В числе|Из числа)\s[^\ue000-\uf8ff]*$"),
    "kk": re.compile(r"[^\ue000-\uf8ff]*[дтн][ыі]ң(?:\s+(?:ішінде|ішінен|арасында))?\s+$"),
}


def recalled(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """A figure of a sentence that recalls what was told before, and the nearest one before it in nearly its words.

    The words of a recalled figure need not name the platform and the time again.
    """
    told = [
        (one, said)
        for said in sentences
        for one in said.figures
        if one.value is not None
        and one.value >= _LEAST_COUNT
        and one.unit not in _NOTHING_SPECIAL
        and not one.in_references
        and not one.table
    ]
    for place, (second, said) in enumerate(told):
        if not said.has("recall") or len([one for one in said.figures if one.unit == second.unit]) > 1:
            continue
        words = _words(said, second)
        for first, before in reversed(told[max(0, place - _MOST_COMPARED) : place]):
            if first.unit != second.unit or not _may_be_recalled(first, before, second, said):
                continue
            if _is_beside_it(first, before, second) or not _is_it_or_misprint(first, before, second, said):
                continue
            shared = words & (others := _words(before, first))
            if len(shared) >= _LEAST_WORDS and len(shared) / min(len(words), len(others)) >= _ALIKE:
                named = f"{first.printed} … {second.printed} ({', '.join(sorted(shared))})"
                yield draft("same_quantity", [first], [second], "recalled", named)
                break


def _is_it_or_misprint(first: Figure, said: Marked, second: Figure, again: Marked) -> bool:
    """Whether two figures are equal, or differ as a misprint does and count the same noun.

    Words in common do not make two figures one: exports of two countries, a total and those of it that came back, what
    was taken and what was used again are told in the same words. Only what differs by a digit is likely one of them.
    """
    is_of_one_page = first.entity != "" and first.platform != "" and first.entity == second.entity
    if are_equal(first, second) or (is_of_one_page and first.platform == second.platform):
        return True
    if is_told_apart(again, second):
        return False
    if not may_be_misprint(first, second) or _are_of_two_rounds(said, again):
        return False
    noun = word_behind(said, first)
    is_long = are_swapped(first, second) or len(digits(first)) >= _TELLING_DIGITS
    return is_long or (noun != "" and noun == word_behind(again, second))


def _are_of_two_rounds(said: Marked, again: Marked) -> bool:
    """Whether a sentence tells other figures in the words of another: "mean 3.6, 14 below", "mean 3.9, 11 below"."""
    if len(said.figures) != len(again.figures):
        return False
    other = [one for one, its in zip(said.figures, again.figures, strict=True) if not are_equal(one, its)]
    return len(other) >= _LEAST_OTHER


_LEAST_OTHER: Final = 2
"""Figures that differ where no misprint made them."""


def _is_beside_it(first: Figure, before: Marked, second: Figure) -> bool:
    """Whether a neighbour of a figure is the one recalled: "74 of 412 groups … the 412 groups"."""
    is_told = any(each.unit == second.unit and each.value == second.value for each in before.figures)
    return is_told and first.value != second.value


def _may_be_recalled(first: Figure, before: Marked, second: Figure, said: Marked) -> bool:
    is_other_time = first.period and second.period and first.period != second.period
    is_elsewhere = before.number != said.number and before.language == said.language
    if is_average(before, first) != is_average(said, second):
        return False
    return is_elsewhere and not is_other_time and _counts_alike(word_behind(before, first), word_behind(said, second))


def again(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """The same number of the same unit, of three digits or of one period, in sentences with words in common.

    Such a draft holds as printed; it is there so that a misprint of either would show.
    """
    told = (
        _Told(one, said, words)
        for said in sentences
        for words in [stems(said.plain)]
        for one in said.figures
        if one.value is not None and one.unit not in _NOTHING_SPECIAL and not one.in_references and not one.table
    )
    for (first, said, words), later in _with_later(told, lambda one: (_PEOPLE.get(one.unit, one.unit), one.value)):
        noun = word_behind(said, first)
        for second, other, others in later:
            if said.number == other.number:
                continue
            is_named = noun != "" and noun == word_behind(other, second)
            if _is_the_same(other, second) or _is_telling(first, second, words & others, is_named=is_named):
                named = f"{first.printed} … {second.printed} ({', '.join(sorted(words & others))})"
                yield draft("same_quantity", [first], [second], "again", named, sure="place")
                break


def _is_telling(first: Figure, second: Figure, shared: frozenset[str], *, is_named: bool = False) -> bool:
    if first.period and first.period == second.period:
        return len(shared) >= 1
    digits = len(re.sub(r"\D", "", f"{first.value:g}").rstrip("0")) if first.value else 0
    is_long = digits >= _TELLING_DIGITS or (first.unit != "percent" and (first.value or 0) >= _LEAST_LONG)
    if is_named and digits >= _TELLING_DIGITS and first.unit != "percent":
        return not (first.period and second.period)
    return is_long and len(shared) >= _LEAST_WORDS and not (first.period and second.period)


def _is_the_same(said: Marked, one: Figure) -> bool:
    """Whether words say that a number is one told before: "the same 142", "1,600 respondents"."""
    place = said.place(one)
    near = max(0, place - _BEFORE)
    is_said = _THE_SAME.search(said.plain, near, place) is not None or _ASKED.match(said.plain, place + 1) is not None
    return is_said and (one.value or 0) >= _LEAST_COUNT


_BEFORE: Final = 20
_PEOPLE: Final = {"respondents": "persons", "users": "persons", "followers": "persons"}
_THE_SAME: Final = re.compile(
    r"(?:\b(?:the same|these|those|all the)|"
    r"(?<!\w)(?:те же|тех же|этих|указанных|названных|всех)|(?<!\w)(?:аталған|осы|сол|сұралған))\s+$",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(r"\s*(?:respondents|(?:people )?(?:polled|surveyed|asked)|опрошенн|респондент)")
_TELLING_DIGITS: Final = 3
_LEAST_LONG: Final = 100


def pages(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """One country's count on one platform, told twice in the paper and no more often."""
    told: dict[tuple[str, str, str], list[tuple[Figure, Marked]]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            is_count = one.value is not None and one.value >= _LEAST_LONG and one.unit in _COUNTED_ON_PLATFORMS
            if is_count and one.entity and one.platform and not one.in_references:
                told[one.entity, one.platform, one.unit].append((one, said))
    for figures in told.values():
        if len(figures) != 2 or any(said.has("up") or said.has("from_to") for _, said in figures):
            continue
        (first, said), (second, other) = figures
        if said.number != other.number and not (first.period and second.period and first.period != second.period):
            words = f"{first.printed} … {second.printed} ({first.platform})"
            yield draft("same_quantity", [first], [second], "page", words, sure="place")


_COUNTED_ON_PLATFORMS: Final = ("followers", "users", "accounts", "views", "messages")


def _tells_a_quantity(one: Figure) -> bool:
    if one.value is None or one.unit in _NOTHING_SPECIAL or one.table:
        return False
    return one.value >= _LEAST_COUNT or one.value % 1 != 0


def _what(one: Figure) -> Hashable:
    """What is said of a figure; figures of which it is equal may be one."""
    return one.unit, one.entity, one.platform, one.period


_NEXT_WORD: Final = re.compile(r"[-\w’']*?\s+([^\W\d_][\w’'-]{2,})")


def word_behind(said: Marked, one: Figure) -> str:
    """Stem of the word right behind a figure; "" for a short or common one."""
    match = _NEXT_WORD.match(said.plain, said.place(one) + 1)
    stem = match[1].casefold()[:_STEM] if match else ""
    return "" if stem in _COMMON else stem


def is_common(word: str) -> bool:
    """Whether a word is one of those that any two sentences may share.

    Examples
    --------
    >>> is_common("million"), is_common("accounts")
    (True, False)
    """
    return word[:_STEM] in _COMMON


def _counts_alike(first: str, second: str) -> bool:
    """Whether two nouns may be of one thing: "1,860 parents" are not "19,280 teachers"."""
    return not first or not second or first == second


def _words(said: Marked, one: Figure) -> frozenset[str]:
    """Stems of the words around a figure, within its clause."""
    place = said.place(one)
    before = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[max(0, place - _WINDOW) : place])[-1]
    behind = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[place + 1 : place + 1 + _WINDOW])[0]
    return stems(f"{before} {behind}")


def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that are not common ones.

    Examples
    --------
    >>> sorted(stems("Of embassies that were studied, all the embassy pages"))
    ['embas', 'pages', 'studi']
    """
    return frozenset({word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())} - _COMMON)
