"""Lists by the numbers of their items: the marks are no figures, but the last one says how many items there are."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from digital_diplomacy.extraction.masks import BLANK
from digital_diplomacy.frames import records

_GAP: Final = 3
"""Blocks of other text that may stand between two items of one list."""
_SHORTEST: Final = 2
_NUMBER_COLUMN: Final = re.compile(r"\W*(?:№|n|no|nr|#|п/п|р/с)?\W*", re.IGNORECASE)
_HEADING_NUMBER: Final = re.compile(r"(?:\d{1,2}\.)*\d{1,2}(?:\.\s+|\s+(?![а-яёәғқңөұүһіa-z]{3,}))|[IVX]+\.\s+")
_SECTION_NUMBER: Final = re.compile(r"(?:\d{1,2}\.){2,4}\s+(?=[«\"“]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
"""The number of a paragraph, "4.1.", which closes with a full stop before a capital letter."""
_ORDINALS: Final = (
    (
        "first",
        r"во-первых|на перв(?:ой|ом)(?! мест)|firstly|first of all|at the first (?:stage|step|level)|"
        r"біріншіден|бірінші (?:кезеңде|сатыда|деңгейде)",
    ),
    ("2", r"во-вторых|на втор(?:ой|ом)(?! мест)|secondly|at the second|екіншіден|екінші (?:кезеңде|сатыда|деңгейде)"),
    ("3", r"в-третьих|на треть(?:ей|ем)(?! мест)|thirdly|at the third|үшіншіден|үшінші (?:кезеңде|сатыда|деңгейде)"),
    (
        "4",
        r"в-четв[её]ртых|на четв[её]рт(?:ой|ом)(?! мест)|fourthly|at the fourth|төртіншіден|"
        r"төртінші (?:кезеңде|сатыда|деңгейде)",
    ),
    ("5", r"в-пятых|fifthly|бесіншіден"),
    ("6", r"в-шестых|sixthly|алтыншыдан"),
    ("7", r"в-седьмых|seventhly|жетіншіден"),
)
_ORDINAL: Final = re.compile("|".join(rf"(?P<n{name}>\b(?:{shape})\b)" for name, shape in _ORDINALS), re.IGNORECASE)
_LAST: Final = re.compile(
    r"[;.]\s*(?:и\s+)?(?:наконец|последн\w+|finally|last(?:ly)?|соңында|ақырында)\b", re.IGNORECASE
)


class Length(NamedTuple):
    """How many items a list has, and where in its block that is printed or told."""

    start: int
    end: int
    size: int
    is_told: bool


def is_title(block: Mapping[Hashable, Any]) -> bool:
    """Whether a block is a heading, or looks like one: a short line without a mark at its end.

    Examples
    --------
    >>> is_title({"kind": "paragraph", "text": "Annual report for 2023"}), is_title({"kind": "cell", "text": "2023"})
    (True, False)
    """
    text = str(block["text"]).strip()
    if block["kind"] in ("heading", "caption"):
        return True
    return block["kind"] in ("paragraph", "item") and len(text) <= _LONGEST_TITLE and _TITLE.fullmatch(text) is not None


_LONGEST_TITLE: Final = 140
_TITLE: Final = re.compile(r"(?:[\d.IVX]+\s+)?[«“\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ](?:[^.!?;:\n]|[.:](?=\s?\S))*[^.!?;:…,\s]")
"""A line that begins with a capital letter and ends without a mark."""


def unmarked(block: Mapping[Hashable, Any], *, is_row_number: bool) -> str:
    """The block's text with the mark of a list, the number of a heading or of a row blanked, as long as before."""
    text = str(block["text"])
    if is_row_number:
        return BLANK * len(text)
    kind = "heading" if is_title(block) else str(block["kind"])
    numbered = {"heading": _HEADING_NUMBER, "paragraph": _SECTION_NUMBER}.get(kind)
    match = numbered.match(text) if numbered is not None else None
    marked = match.end() if match else int(block["marker"])
    return BLANK * marked + text[marked:]


def row_numbers(blocks: pd.DataFrame) -> frozenset[int]:
    """Cells that only number the rows of their table."""
    cells = blocks[(blocks["kind"] == "cell") & blocks["text"].str.fullmatch(r"\d{1,3}[.)]?")]
    found: set[int] = set()
    for _, column in cells.groupby(["table", "table_column"]):
        numbers = [int(re.sub(r"\D", "", text)) for text in column["text"]]
        is_head = _NUMBER_COLUMN.fullmatch(column["column_header"].iloc[0]) is not None
        if is_head and numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= _SHORTEST:
            found |= set(column.index)
    return frozenset(found)


def lengths(blocks: pd.DataFrame, numbered: frozenset[int]) -> dict[int, list[Length]]:
    """Lengths of lists and of tables with numbered rows, by the index of the block that closes them."""
    found: dict[int, list[Length]] = {}
    for index in [*_ends_of_lists(blocks), *_ends_of_columns(blocks, numbered)]:
        text = str(blocks.at[index, "text"])
        digits = re.search(r"\d+", text)
        if digits:
            found.setdefault(index, []).append(Length(digits.start(), digits.end(), int(digits.group()), False))
    return found


def _ends_of_lists(blocks: pd.DataFrame) -> Iterator[int]:
    items = blocks[(blocks["kind"] == "item") & blocks["number"].notna() & ~blocks["in_references"]]
    items = items[~items.index.isin(_sections(blocks, items))]
    expected, last, at = 1, None, -_GAP
    for index, number in zip(items.index, items["number"].astype(int), strict=True):
        is_next = number == expected and (expected == 1 or index - at <= _GAP + 1)
        if not is_next and expected > _SHORTEST and last is not None:
            yield last
        expected = expected + 1 if is_next else 2 if number == 1 else 1
        last, at = (index, index) if is_next or number == 1 else (None, at)
    if expected > _SHORTEST and last is not None:
        yield last


def _sections(blocks: pd.DataFrame, items: pd.DataFrame) -> frozenset[int]:
    """Numbered headings among the items: titles with text that is no item below them."""
    kinds = dict(zip(blocks.index, blocks["kind"], strict=True))
    return frozenset(
        int(index)
        for index, block in zip(items.index, records(items), strict=True)
        if is_title(block) and kinds.get(index + 1, "item") in ("paragraph", "cell", "caption", "heading")
    )


def _ends_of_columns(blocks: pd.DataFrame, numbered: frozenset[int]) -> Iterator[int]:
    columns = blocks.loc[sorted(numbered)].groupby(["table", "table_column"])
    yield from (int(column.index[-1]) for _, column in columns)


def told_lengths(sentences: Sequence[str]) -> dict[int, Length]:
    """Enumerations by ordinals ("firstly … thirdly"), by the place of the sentence with the last of them.

    What is told as finally or last behind the last ordinal is one more.
    """
    said = [
        (place, match, 1 if match.lastgroup == "nfirst" else int(str(match.lastgroup)[1:]))
        for place, text in enumerate(sentences)
        for match in _ORDINAL.finditer(text)
    ]
    found = {}
    for number, (place, match, count) in enumerate(said):
        following = said[number + 1][2] if number + 1 < len(said) else 1
        is_next = number > 0 and said[number - 1][2] == count - 1
        if is_next and following <= count:
            more = _LAST.search(sentences[place][match.end() :]) is not None
            found[place] = Length(match.start(), match.end(), count + more, True)
    return found
