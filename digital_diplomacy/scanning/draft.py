"""From the blocks of a paper to a draft of the table of claims."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

import pandas as pd

from digital_diplomacy.printed import Convention, Found, Printed, find
from digital_diplomacy.scanning.context import entity, kind, measure, platform
from digital_diplomacy.scanning.habits import habit
from digital_diplomacy.scanning.masks import citation_years, masked
from digital_diplomacy.scanning.sentences import Sentence, language, sentences
from digital_diplomacy.scanning.units import noun_before, noun_behind, unit_named

COLUMNS: Final = (
    "claim_id",
    "document",
    "locator",
    "entity",
    "measure",
    "platform",
    "period",
    "value",
    "value_date",
    "low",
    "high",
    "unit",
    "bound",
    "as_printed",
    "reading",
    "kind",
    "language",
    "sentence",
    "start",
    "end",
    "paragraph",
    "sentence_number",
    "table",
    "row",
    "column",
    "in_references",
)

COUNTED_BELOW: Final = 1000
"""Whole numbers below it are counted where they count things."""


class _Said(NamedTuple):
    """A sentence of a block, with what it takes to place and read it."""

    block: "pd.Series[object]"
    sentence: Sentence
    language: str
    number: int


def scan(blocks: pd.DataFrame, *, document: str = "NEW") -> pd.DataFrame:
    """Every printed figure and date of a paper as a draft of the table of claims, in reading order.

    Parameters
    ----------
    blocks : DataFrame
        What ``sources.read_paper`` returns: one row a paragraph, heading, list item, footnote or cell, with ``text``,
        ``start`` (offset in the whole text), ``paragraph``, ``locator``, ``table``, ``row``, ``column``,
        ``row_header``, ``column_header`` and ``in_references``.
    document : str
        The document's id.

    Returns
    -------
    DataFrame
        ``COLUMNS``, of which value, low and high are numbers in ``unit`` (both ends of a printed range stand in low
        and high, with value missing), value_date and period ISO 8601, ``reading`` is number, date, implied or refused
        (digits with several meanings: no value), start and end are offsets in the whole text, and entity, measure,
        platform, period and kind are guesses from the sentence.
    """
    said = list(_sentences(blocks))
    conventions = _conventions(said)
    rows = [row for one in said for row in _rows(one, conventions[one.language])]
    frame = pd.DataFrame(rows, columns=COLUMNS[2:])
    frame.insert(0, "document", document)
    frame.insert(0, "claim_id", [f"{document}-{number:03}" for number in range(1, len(frame) + 1)])
    for name in ("value", "low", "high"):
        frame[name] = frame[name].astype(float)
    return frame


def _sentences(blocks: pd.DataFrame) -> Iterator[_Said]:
    main = language(" ".join(blocks["text"]))
    number = 0
    for _, block in blocks.iterrows():
        for sentence in sentences(str(block["text"])):
            number += 1
            yield _Said(block, sentence, language(masked(sentence.text), main), number)


def _conventions(said: Sequence[_Said]) -> dict[str, Convention]:
    texts: dict[str, list[str]] = defaultdict(list)
    for one in said:
        texts[one.language].append(masked(one.sentence.text))
    return {lang: habit(of, lang) for lang, of in texts.items()}


def _rows(said: _Said, convention: Convention) -> Iterator[dict[str, object]]:
    text = said.sentence.text
    plain = masked(text)
    found = find(plain, convention=convention)
    if not found:
        return
    units = _units(found, text, said)
    cited = citation_years(text)
    for place, (one, unit) in enumerate(zip(found, units, strict=True)):
        in_references = bool(said.block["in_references"]) or any(a <= one.start and one.end <= b for a, b in cited)
        if in_references and one.date is None and unit == "items":
            continue
        yield _row(one, unit, said) | _guessed(found, place, unit, said) | {"in_references": in_references}


def _units(found: Sequence[Found], text: str, said: _Said) -> list[str]:
    """Unit of every figure: its own, that of the noun behind, of headers, of its neighbours, of the noun before."""
    own = [_own_unit(one, text, said) for one in found]
    return [unit if unit is not None else _inherited(place, own, found, text, said) for place, unit in enumerate(own)]


def _own_unit(one: Found, text: str, said: _Said) -> str | None:
    if one.date is not None:
        return "date"
    if one.figure is None:
        return ""
    if one.figure.unit:
        return one.figure.unit
    behind = noun_behind(text[one.end :], said.language)
    if behind:
        return behind
    if behind == "" and _is_small(one.figure):
        return "items"
    headers = [str(said.block[name]) for name in ("column_header", "row_header", "caption")]
    return unit_named(headers, said.language)


def _is_small(figure: Printed) -> bool:
    return figure.last_digit == 1 and abs(figure.value) < COUNTED_BELOW


def _inherited(place: int, own: Sequence[str | None], found: Sequence[Found], text: str, said: _Said) -> str:
    figure = found[place].figure
    order = [*range(place - 1, -1, -1), *range(place + 1, len(own))]
    for other in order:
        near, unit = found[other].figure, own[other]
        if (
            unit
            and near is not None
            and figure is not None
            and unit not in ("rank", "years", "date")
            and _alike(figure, near)
        ):
            return unit
    before = noun_before(text[: found[place].start], said.language)
    if before and figure is not None:
        return before
    return "items" if figure is not None and figure.last_digit >= 1 else ""


def _alike(figure: Printed, near: Printed) -> bool:
    """Whether two figures of a sentence may count the same: both with decimals below a thousand, or both scaled."""
    if near.unit == "percent":
        return figure.last_digit == near.last_digit and figure.last_digit < 1
    return (figure.last_digit >= COUNTED_BELOW) == (near.last_digit >= COUNTED_BELOW) and not _is_small(figure)


def _row(one: Found, unit: str, said: _Said) -> dict[str, object]:
    block, sentence = said.block, said.sentence
    offset = int(str(block["start"])) + sentence.start
    return {
        "locator": block["locator"],
        "unit": unit,
        "as_printed": one.text if not "\ufffc" in one.text else sentence.text[one.start : one.end],
        "language": said.language,
        "sentence": sentence.text,
        "start": offset + one.start,
        "end": offset + one.end,
        "paragraph": block["paragraph"],
        "sentence_number": said.number,
        "table": block["table"],
        "row": block["row_header"],
        "column": block["column_header"],
    } | _values(one, unit)


def _values(one: Found, unit: str) -> dict[str, object]:
    empty = {"value": None, "value_date": "", "low": None, "high": None, "bound": "exact"}
    if one.date is not None:
        return empty | {"value_date": one.date.period, "bound": one.date.bound, "reading": "date"}
    if one.figure is None:
        return empty | {"reading": "refused"}
    figure = one.figure
    low, high = figure.ends or _limits(figure, unit)
    value = None if figure.ends else figure.value
    return empty | {"value": value, "low": low, "high": high, "bound": figure.bound, "reading": "number"}


def _limits(figure: Printed, unit: str) -> tuple[Decimal, Decimal]:
    """The rounding interval; whole numbers of things below a thousand are counted, in digits and in words alike."""
    is_counted = _is_small(figure) and unit not in ("percent", "") and figure.bound != "about"
    return (figure.value, figure.value) if is_counted else (figure.low, figure.high)


def _guessed(found: Sequence[Found], place: int, unit: str, said: _Said) -> dict[str, object]:
    one, text = found[place], said.sentence.text
    before, behind = text[: one.start], text[one.end :]
    headers = f"{said.block['row_header']} {said.block['column_header']} {said.block['caption']}"
    value = float(one.figure.value) if one.figure is not None else None
    on, about = platform(f"{headers} {before}", behind), entity(f"{headers} {before}", behind)
    code = kind(unit, value, text, before)
    return {
        "entity": about,
        "platform": on,
        "measure": measure(unit, code, on),
        "period": "" if one.date is not None else _period(found, place),
        "kind": code,
    }


def _period(found: Sequence[Found], place: int) -> str:
    """The date told last before a figure in its sentence, else first behind it."""
    dates = [one.date.period for one in reversed(found[:place]) if one.date] + [
        one.date.period for one in found[place + 1 :] if one.date
    ]
    return dates[0] if dates else ""
