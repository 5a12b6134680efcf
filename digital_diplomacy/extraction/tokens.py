"""A sentence whose figures are single characters, so that patterns of words can be looked for between them."""

import csv
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, TypeAlias

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.extraction import kazakh
from digital_diplomacy.frames import records

_NUMBER: Final = 0xE000
_DATE: Final = 0xF100
_END: Final = 0xF900
_NUMBERS: Final = "\ue000-\uf0ff"
_DATES: Final = "\uf100-\uf8ff"
_NUMERAL: Final = re.compile(r"\d(?:[\d.,\s\u00a0\u202f]*\d)?")
_SLOT: Final = re.compile(r"(?<!\?P)<(@?)(\w+)>")
_GAP: Final = f"(?:[^{_NUMBERS};]{{0,70}}?)"
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff]")
"""Characters of icon fonts and bullets, which stand for figures here."""
MOST_MARKED: Final = _END - _DATE
"""Figures up to which a sentence has a character for each."""
MONEY: Final = ("EUR", "KZT", "RUB", "dollars")
DURATIONS: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")

Row: TypeAlias = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Figure:
    """A row of the draft of claims, as rules need it; ``start`` and ``end`` are offsets in its sentence."""

    claim_id: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    printed: str
    date: str
    entity: str
    platform: str
    period: str
    language: str
    paragraph: int
    sentence: int
    table: str
    row: str
    column: str
    in_references: bool
    start: int
    end: int
    role: str
    counted: str

    @property
    def is_date(self) -> bool:
        """Whether it is one of time: a year, a day, a span."""
        return self.unit == "date"

    @property
    def is_whole(self) -> bool:
        """Whether it may count things: a whole number that is no share, time or multiple."""
        return (
            self.value is not None
            and self.value % 1 == 0
            and self.unit not in ("percent", "percentage_points", "times", "years", "date", "rank", "score")
        )


@dataclass(frozen=True)
class Marked:
    """A sentence with every figure as one character.

    Parameters
    ----------
    text : str
        As printed.
    plain : str
        The same with the digits (or words) of each figure replaced by its character.
    figures : tuple of Figure
        In order.
    places : tuple of int
        Where in ``plain`` the character of each stands.
    language : str
    number, paragraph : int
        Of the sentence and its paragraph.
    """

    text: str
    plain: str
    figures: tuple[Figure, ...]
    places: tuple[int, ...]
    language: str
    number: int
    paragraph: int

    def at(self, character: str) -> Figure:
        """The figure a character stands for."""
        code = ord(character)
        return self.figures[code - (_DATE if code >= _DATE else _NUMBER)]

    def find(self, rule: str) -> Iterator[tuple[str, dict[str, Figure], re.Match[str]]]:
        """Every match of a rule's patterns of the sentence's language: words, figures by name, and the match."""
        if rule not in self._matches:
            self._matches[rule] = [
                (
                    self.words(match),
                    {name: self.at(one) for name, one in match.groupdict().items() if one and len(name) == 1},
                    match,
                )
                for pattern in patterns(rule, self.language)
                for match in pattern.finditer(self.plain)
            ]
        return iter(self._matches[rule])

    def has(self, rule: str) -> str:
        """The first words a rule's patterns find; "" for none."""
        return next((words for words, _, _ in self.find(rule)), "")

    def words(self, match: re.Match[str]) -> str:
        """What is printed where a pattern matched."""
        return re.sub(f"[{_NUMBERS}{_DATES}]", lambda one: self._digits(one.group()), match.group()).strip()

    def _digits(self, character: str) -> str:
        start, end = _core(self.text, self.at(character))
        return self.text[start:end]

    def place(self, figure: Figure) -> int:
        """Where its character stands."""
        return self._places[figure.claim_id]

    def clause(self, figure: Figure) -> int:
        """Which of the clauses between semicolons a figure stands in."""
        return bisect_left(self._semicolons, self.place(figure))

    @cached_property
    def by_clause(self) -> dict[int, list[Figure]]:
        """The figures of each clause between semicolons, in order."""
        found: defaultdict[int, list[Figure]] = defaultdict(list)
        for one in self.figures:
            found[self.clause(one)].append(one)
        return found

    @cached_property
    def _semicolons(self) -> list[int]:
        return [at for at, mark in enumerate(self.plain) if mark == ";"]

    @cached_property
    def _matches(self) -> dict[str, list[tuple[str, dict[str, Figure], re.Match[str]]]]:
        """What rules have found so far: several drafts ask for the same."""
        return {}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {figure.claim_id: place for figure, place in zip(self.figures, self.places, strict=True)}


@cache
def _rows() -> list[dict[str, str]]:
    with (files("digital_diplomacy.extraction") / "relation_words.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def patterns(rule: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of a rule that hold in a language.

    ``<a>`` is a number, ``<@a>`` a date, ``~`` words between, ``{DAT}`` a class of Kazakh endings or verbs.

    Examples
    --------
    >>> bool(patterns("accessed", "ru")[0].search("дата обращения: 12.03.2019"))
    True
    """
    found = [row["pattern"] for row in _rows() if row["rule"] == rule and row["language"] in ("", language)]
    if not found and not any(row["rule"] == rule for row in _rows()):
        raise ArgumentError("relation_words.csv has no rule {rule!r}", rule=rule)
    return tuple(re.compile(_expanded(pattern), re.IGNORECASE) for pattern in found)


def _slot(slot: re.Match[str]) -> str:
    """A date, or a number with the sign of a currency that may stand before it."""
    return f"(?P<{slot[2]}>[{_DATES}])" if slot[1] else rf"(?:(?:US)?[$€₸₽]\s?)?(?P<{slot[2]}>[{_NUMBERS}])"


def _expanded(pattern: str) -> str:
    slots = _SLOT.sub(_slot, kazakh.expanded(pattern))
    return slots.replace("~", _GAP)


def marked(figures: pd.DataFrame) -> list[Marked]:
    """The sentences that hold figures, in reading order."""
    return [mark(rows) for rows in by_sentence(records(figures))]


def by_sentence(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of the draft of claims by their sentences, these in reading order."""
    told: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        told[int(str(row["sentence_number"]))].append(row)
    return [told[number] for number in sorted(told)]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows of one sentence as they are printed."""
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def mark(rows: Iterable[Row]) -> Marked:
    """The rows of one sentence as that sentence."""
    ordered = in_order(rows)
    text = str(ordered[0]["sentence"])
    base = sentence_start(ordered)
    found = [figure_of(row, base) for row in ordered]
    plain, places, size, last = [], [], 0, 0
    for place, figure in enumerate(found):
        start, end = _core(text, figure)
        if start >= last and place < MOST_MARKED:
            plain += [_PRIVATE.sub(" ", text[last:start]), chr((_DATE if figure.is_date else _NUMBER) + place)]
            size, last = size + start - last + 1, end
        places.append(max(size - 1, 0))
    first, rest = found[0], _PRIVATE.sub(" ", text[last:])
    return Marked(
        text, "".join([*plain, rest]), tuple(found), tuple(places), first.language, first.sentence, first.paragraph
    )


def _core(text: str, figure: Figure) -> tuple[int, int]:
    """The digits of a figure, from the first to the last; all its characters where it is in words, or a date."""
    digits = None if figure.is_date else list(_NUMERAL.finditer(text, figure.start, figure.end))
    return (digits[0].start(), digits[-1].end()) if digits else (figure.start, figure.end)


def sentence_start(rows: Sequence[Row]) -> int:
    """Offset of a sentence in the whole text, told by where its figures are printed."""
    first = rows[0]
    text = str(first["sentence"])
    known = [(int(one["start"]), int(one["end"]), str(one["as_printed"])) for one in rows]
    for match in re.finditer(re.escape(str(first["as_printed"])), text):
        base = int(first["start"]) - match.start()
        if all(text[start - base : end - base] == said for start, end, said in known):
            return base
    return int(first["start"]) - max(text.find(str(first["as_printed"])), 0)


def figure_of(row: Row, base: int) -> Figure:
    """A row of the draft of claims."""

    def number(name: str) -> float | None:
        return None if pd.isna(row[name]) else float(str(row[name]))

    def said(name: str) -> str:
        return "" if pd.isna(row[name]) else str(row[name])

    return Figure(
        claim_id=said("claim_id"), unit=said("unit"), value=number("value"), low=number("low"), high=number("high"),
        bound=said("bound"), printed=said("as_printed"), date=said("value_date"), entity=said("entity"),
        platform=said("platform"), period=said("period"), language=said("language"),
        paragraph=int(str(row["paragraph"])), sentence=int(str(row["sentence_number"])), table=said("table"),
        row=said("row"), column=said("column"), in_references=bool(row["in_references"]),
        role=said("role"), counted=said("counted") if "counted" in row else "",
        start=int(str(row["start"])) - base, end=int(str(row["end"])) - base,
    )  # fmt: skip


def ids(figures: Sequence[Figure]) -> str:
    """Claim ids as a relation holds them."""
    return " ".join(figure.claim_id for figure in figures)
