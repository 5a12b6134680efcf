"""Tables as people keep them, whatever separates their cells: a header, rows of text and where each stands."""

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.archives import MOST_FILLED, too_many
from digital_diplomacy.cells import csv_fault, is_too_long, too_long
from digital_diplomacy.errors import Said, TableError, either, joined, said
from digital_diplomacy.formulas import as_written
from digital_diplomacy.sources.eurostat import eurostat_rows, is_eurostat
from digital_diplomacy.sources.foreign_formats import refuse_other_text
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.packages import packaged_rows
from digital_diplomacy.sources.records import json_rows
from digital_diplomacy.sources.remarks import Remark, listed
from digital_diplomacy.sources.spreadsheets import is_spreadsheet, read_spreadsheet
from digital_diplomacy.sources.texts import AS_TABLE, read_content
from digital_diplomacy.sources.workbooks import hidden_parts, is_workbook, read_sheets

_BLANKS: Final = "  "
BLANKS_SAID: Final = "runs of blanks"
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", _BLANKS: BLANKS_SAID}
_CELLS_SAID: Final = "cells of a sheet"
_SHOWN: Final[tuple[bool, list[str], list[str]]] = (False, [], [])  # nothing of a sheet is hidden
_MARKS: Final = tuple(mark for mark in _SEPARATORS if mark != _BLANKS)
_RUNS: Final = re.compile(r"(?<=[^\s,;|]) {2,}(?=[^\s,;|])")
"""Blanks between cells of a table pasted from a page; beside another separator they only align."""

_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[;,\t]*(?:\r\n|\n|\r|$)', re.IGNORECASE)
_WITHIN: Final = re.compile(r"(?<=\d),(?=\d)|,(?=\s)")
"""A comma that separates no cells: between digits, or before a blank."""

_QUOTED: Final = re.compile(r"""\s*"((?:[^"]|"")*)"[;,\t]*\s*""")
"""A line that is one cell in quotation marks, as programs write rows whose separator they did not know."""

_RULE: Final = re.compile(r"\s*:?-{3,}:?\s*")
"""A cell of the line that Markdown draws below a header."""

_TEXT_FORMULA: Final = re.compile(r'="([^"]*)"')
"""A cell as programmes write it so that Excel keeps it as a text."""

_NUMBER: Final = re.compile(r"[-+<>≈~]?\s*\d[\d\s.,'%]*$")
"""A cell of figures, which names no column."""

_KEPT: Final = 2**16  # texts of cells that are kept once: names and periods stand in a long table again and again
_SAMPLE: Final = 200  # lines looked at to find what separates cells,
_LOOKED_AT: Final = 2_000_000  # and characters of them: a cell may lack its end
_ABOVE: Final = 50  # lines that may stand above a header

Line = tuple[str, list[str]]
"""Where a row stands (``line 3``) and its cells."""

Wanted = Sequence[Sequence[str]]
"""Columns a table must have, each by the names it may bear, in any case."""


@dataclass(frozen=True)
class Lines:
    """The filled lines of a table file, what separates their cells, in words, and what was assumed to read them.

    ``sheet`` is the name of the sheet of a workbook.
    """

    rows: tuple[Line, ...]
    separator: str
    remarks: tuple[Remark, ...]
    sheet: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of text cells.

    Attributes
    ----------
    header : tuple of str
        Names of the columns in normal form, as many as cells in a row.
    rows : tuple of (str, list of str)
        Where the row stands, and its cells as they are; rows without any content are left out.
    start : str
        Where the header stands.
    separator : str
        What stands between cells, in words.
    remarks : tuple of Remark
    """

    header: tuple[str, ...]
    rows: tuple[Line, ...]
    start: str
    separator: str
    remarks: tuple[Remark, ...]

    def refuse_without(self, wanted: Wanted, where: str) -> None:
        """Refuse a table that lacks one of the columns, in any case, saying what it has."""
        known = {name.casefold() for name in self.header}
        for names in wanted:
            if not known & {name.casefold() for name in names}:
                column = either(map(repr, names))
                has = ", ".join(self.header[:12]) + (", ..." if len(self.header) > 12 else "")
                raise TableError(
                    "{where}: no column {column}; the table begins at {start} and its columns, separated by "
                    "{separator}, are {has}",
                    where=where,
                    column=column,
                    start=self.start,
                    separator=said(self.separator),
                    has=has,
                )


def read_grid(path: Path, wanted: Wanted = (), *, skip: Collection[str] = ()) -> Grid:
    """A table of a text file or a workbook of Excel or OpenDocument.

    Parameters
    ----------
    path : Path
        Cells apart by commas, semicolons, tabs or bars, with or without a line ``sep=``; or a workbook, whose sheet
        with the wanted columns is read, or else the first that holds anything.
    wanted : sequence of sequences of str
        Lines above the one that holds all these columns are left out with a remark.
    skip : collection of str
        Names of sheets of a workbook that are not looked at.

    Raises
    ------
    SourceError
        If the file is no text or workbook.
    TableError
        Naming the line that is no row of a table.
    """
    found = read_lines(path, wanted, skip=skip)
    return _grid(list(found.rows), wanted, path, found.separator, found.remarks)


def read_lines(path: Path, wanted: Wanted = (), *, as_shown: bool = False, skip: Collection[str] = ()) -> Lines:
    """The filled lines of a text file or a workbook, whichever of them is the header.

    Parameters
    ----------
    path : Path
        As `read_grid` takes it, and a table pasted from a page, whose cells runs of blanks separate; a table of Stata,
        Parquet or JSON (records, JSON-stat, the World Bank's service), or one that Eurostat hands out.
    wanted : sequence of sequences of str
        Columns by which the sheet of a workbook is known.
    as_shown : bool
        Read shares that a workbook shows as percent as it shows them: ``63.5%``, and not ``0.635``.
    skip : collection of str
        Names of sheets of a workbook that are not looked at.

    Raises
    ------
    SourceError
        If the file is no text or workbook.
    TableError
        If it holds nothing, or naming the line that is no row of a table.
    """
    if (is_ods := is_spreadsheet(path)) or is_workbook(path):
        read = read_spreadsheet(path) if is_ods else read_sheets(path, as_shown=as_shown)
        hidden = {} if is_ods else hidden_parts(path)
        read = sorted(read, key=lambda sheet: hidden.get(sheet[0], _SHOWN)[0])
        sheets = [(name, _level(_filled(lines))) for name, lines in read if name not in skip]
        held = [(name, lines) for name, lines in sheets if lines]
        if not held:
            raise TableError("{path}: the workbook holds nothing", path=path)
        name, lines = next((sheet for sheet in held if _header_at(sheet[1], wanted) is not None), held[0])
        for place, cells in lines:
            if is_too_long(cells):
                raise TableError("{path}, {place}: {what}", path=path, place=place, what=too_long())
        others = ", ".join(other for other, _ in held if other != name)
        found: tuple[Remark, ...] = (
            (Remark("sheet", {"file": path.name, "sheet": name, "others": others}),) if others else ()
        )
        return Lines(tuple(lines), _CELLS_SAID, (*found, *_hidden(path, name, *hidden.get(name, _SHOWN))), name)
    if (packaged := packaged_rows(path)) is not None:
        return Lines(tuple(_filled(packaged)), _CELLS_SAID, ())
    content = read_content(path)
    refuse_other_text(content.text, path, AS_TABLE)
    if (kept := json_rows(content.text, path)) is not None:
        return Lines(tuple(_filled(kept)), _CELLS_SAID, content.remarks)
    if is_eurostat(content.text):
        _refuse_many(content.text, "\t", path)
        rows, marks = eurostat_rows(content.text)
        told = listed(f"{mark} ({count})" for mark, count in sorted(marks.items()))
        left = (Remark("status_left", {"file": path.name, "marks": told}),) if marks else ()
        return Lines(tuple(_filled(rows)), _SEPARATORS["\t"], (*content.remarks, *left))
    inner = _unquoted(content.text)
    lines, separator = _split(inner or content.text, path)
    name, remarks = _SEPARATORS.get(separator, repr(separator)), content.remarks
    remarks = (*remarks, Remark("lines_quoted", {"file": path.name})) if inner else remarks
    if separator != "," and (separator != "\t" or path.suffix.lower() == ".csv"):
        shown = {"\t": "⇥ (tab)", _BLANKS: "␣␣ (blanks)"}.get(separator, separator)
        remarks = (*remarks, Remark("separator", {"file": path.name, "separator": shown}))
    return Lines(tuple(_filled(lines)), name, remarks)


def _unquoted(text: str) -> str:
    """The text without the quotation marks around its lines, if they stand around each and cells within; or nothing."""
    if not text.lstrip().startswith('"'):
        return ""
    lines = text.splitlines()
    found = [_QUOTED.fullmatch(line) for line in lines if line.strip()]
    inner = "\n".join(one[1].replace('""', '"') if (one := _QUOTED.fullmatch(line)) else line for line in lines)
    sample = "\n".join(inner[:_LOOKED_AT].split("\n", _SAMPLE)[:_SAMPLE])
    is_table = len(found) > 1 and all(found) and any(_fitness(sample, mark)[0] == 1 for mark in _MARKS)
    return inner if is_table else ""


def _hidden(path: Path, sheet: str, is_hidden: bool, rows: Sequence[str], columns: Sequence[str]) -> list[Remark]:
    """A remark on what of the sheet that was read the workbook hides."""
    parts = [said("the sheet")] if is_hidden else []
    parts += [said("rows {rows}", rows=listed(rows))] if rows else []
    parts += [said("columns {columns}", columns=listed(columns))] if columns else []
    return [Remark("hidden", {"file": path.name, "sheet": sheet, "what": joined(parts)})] if parts else []


def _level(lines: Sequence[Line]) -> list[Line]:
    """Rows of a sheet, all as wide as the widest."""
    width = max((len(cells) for _, cells in lines), default=0)
    return [(place, [*cells, *[""] * (width - len(cells))]) for place, cells in lines]


def _filled(lines: Sequence[Line]) -> list[Line]:
    """Lines that hold something, and not only a rule drawn between others."""
    return [
        (place, cells) for place, cells in lines if not all(_RULE.fullmatch(cell) for cell in cells if cell.strip())
    ]


def _header_at(lines: Sequence[Line], wanted: Wanted) -> int | None:
    for number, (_, cells) in enumerate(lines[:_ABOVE]):
        known = {normal_form(cell).casefold() for cell in cells}
        if wanted and all(known & {name.casefold() for name in names} for names in wanted):
            return number
    return None


def _grid(lines: list[Line], wanted: Wanted, path: Path, separator: str, remarks: tuple[Remark, ...]) -> Grid:
    if not lines:
        raise TableError("{path}: the table has no rows", path=path)
    at, deep = _header(lines, wanted)
    start, cells = lines[at]
    header = _joined(cells, lines[at + 1][1]) if deep else [normal_form(cell) for cell in cells]
    rows = lines[at + 1 + deep :]
    while header and not header[-1] and not any(cell.strip() for _, row in rows for cell in row[len(header) - 1 :]):
        header.pop()  # a separator at the end of every line, or columns that hold nothing
    if not rows:
        raise TableError("{path}: the table has no rows", path=path)
    if all(len(row) == len(header) + 1 for _, row in rows) and {normal_form(row[0]) for _, row in rows} == {*header}:
        header, remarks = ["", *header], (*remarks, Remark("row_names", {"file": path.name}))  # a matrix of R
    for place, row in rows:
        if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
            raise TableError(
                "{path}, {place} ({row}): {count} cells, the header {count_2} (separated by {separator}); add what "
                "is missing, or set cells with the separator in quotation marks",
                path=path,
                place=place,
                row="/".join(row[:2])[:40],
                count=len(row),
                count_2=len(header),
                separator=said(separator),
            )
    if at:
        remarks = (*remarks, Remark("begins", {"file": path.name, "line": start.rpartition(" ")[2]}))
    if deep:
        remarks = (*remarks, Remark("two_lines", {"file": path.name, "columns": listed(filter(None, header))}))
    return Grid(tuple(header), tuple((place, row[: len(header)]) for place, row in rows), start, separator, remarks)


def _header(lines: Sequence[Line], wanted: Wanted) -> tuple[int, int]:
    """The line of the header, and 1 if the next belongs to it."""
    at = _header_at(lines, wanted)
    if at is None:
        pairs = [(place, _joined(*_two(lines, n))) for n, (place, _) in enumerate(lines[:_ABOVE]) if _is_deep(lines, n)]
        found = _header_at(pairs, wanted)
        at = None if found is None else [place for place, _ in lines].index(pairs[found][0])
    at = _by_width(lines) if at is None else at
    return at, int(_is_deep(lines, at))


def _two(lines: Sequence[Line], at: int) -> tuple[list[str], list[str]]:
    return lines[at][1], lines[at + 1][1]


def _is_deep(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line names columns that this one leaves without a name, and holds nothing but names.

    So it is under cells merged across columns. The first column is named above, and by a cell merged down: a row of the
    table has something in it.
    """
    if at + 2 >= len(lines):
        return False
    upper, lower = ([normal_form(cell) for cell in cells] for cells in _two(lines, at))
    first = next((place for place, cell in enumerate(upper) if cell), len(upper))
    names = [cell for cell in lower if cell]
    nameless = [place for place, cell in enumerate(lower) if cell and place < len(upper) and not upper[place]]
    return bool(nameless) and not any(lower[: first + 1]) and not any(map(_NUMBER.match, names))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Names of columns under merged cells: the lower ones, with the upper one before those that stand twice."""
    width = max(len(upper), len(lower))
    above, below = ([*map(normal_form, cells), *[""] * (width - len(cells))] for cells in (upper, lower))
    names, group = [], ""
    for over, name in zip(above, below, strict=True):
        group = over or (group if name else "")
        names.append(f"{group} {name}".strip() if name and below.count(name) > 1 else name or over)
    return names


def _by_width(lines: Sequence[Line]) -> int:
    """The line of the header where no name says it: the first, unless all after others are twice as wide as those."""
    widths = [len(cells) for _, cells in lines]
    for number in range(1, min(len(lines) - 1, _ABOVE)):
        if len(set(widths[number:])) == 1:
            return number if widths[number] > 2 * max(widths[:number]) else 0
    return 0


def _split(text: str, path: Path) -> tuple[list[Line], str]:
    if "\n" not in text:
        text = text.replace("\r", "\n")  # lines as Macs of the last century ended them
    declared = _SEP_LINE.match(text)
    if declared:
        _refuse_many(text, declared[1], path)
        return _rows(text[declared.end() :], declared[1], path, first=2), declared[1]
    sample = "\n".join(text[:_LOOKED_AT].split("\n", _SAMPLE)[:_SAMPLE])
    best = max(_MARKS, key=lambda separator: _fitness(sample, separator))
    best = _around_commas(sample) if best == "," else best
    if _is_pasted(sample, best):
        _refuse_many(text, _BLANKS, path)
        return _columns(text), _BLANKS
    _refuse_many(text, best, path)
    return _rows(text, best, path), best


def _refuse_many(text: str, separator: str, path: Path) -> None:
    """Refuse at once what would take minutes to read and fill the memory."""
    if text.count(separator) + text.count("\n") > MOST_FILLED:
        raise too_many(path)


def _around_commas(sample: str) -> str:
    """The separator whose cells the commas of most lines stand within, as before decimals or a unit; else the comma."""
    least = _fitness(sample, ",")[1]
    for mark in sorted(set(_MARKS) - {","}, key=lambda mark: _fitness(sample, mark), reverse=True):
        share, width = _fitness(sample, mark)
        if width >= max(least, 2) and 2 * share >= 1:
            cells = [row for row in _reader(sample, mark, strict=False) if len(row) == width]
            if all("," not in _WITHIN.sub("", cell) for row in cells for cell in row):
                return mark
    return ","


def _is_pasted(sample: str, best: str) -> bool:
    """Whether runs of blanks cut the lines into more cells than the best separator, or as many in more of the lines."""
    lines = [line.strip() for line in sample.split("\n") if line.strip()]
    if any(c in sample for c in '\t"') or 2 * sum(bool(_RUNS.search(line)) for line in lines) <= len(lines):
        return False
    share, width = _commonest([len(_RUNS.split(line)) for line in lines])
    other, cells = _fitness(sample, best)
    return width > max(cells, 1) or (width == cells and share > other)


def _columns(text: str) -> list[Line]:
    """Lines cut at runs of blanks."""
    return [(f"line {number}", _RUNS.split(line.strip())) for number, line in enumerate(text.splitlines(), start=1)]


def _fitness(sample: str, separator: str) -> tuple[float, int]:
    """How many lines have the commonest number of cells, and that number; nothing where the separator divides none."""
    try:
        widths = [len(row) for row in _reader(sample, separator, strict=False) if any(cell.strip() for cell in row)]
    except csv.Error:
        return (0.0, 0)
    return _commonest(widths)


def _commonest(widths: Sequence[int]) -> tuple[float, int]:
    common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(common) / len(widths), common) if common > 1 else (0.0, max(widths, default=0))


def _rows(text: str, separator: str, path: Path, *, first: int = 1) -> list[Line]:
    reader = _reader(text, separator, strict=True)
    rows: list[Line] = []
    written = lru_cache(_KEPT)(_written)
    try:
        begin = first
        for row in reader:
            if is_too_long(row):
                raise _no_row(path, begin, too_long())
            rows.append((f"line {begin}", [written(cell) for cell in row]))
            begin = reader.line_num + first
    except csv.Error as error:
        raise _no_row(path, begin, csv_fault(error)) from error
    return rows


def _written(cell: str) -> str:
    found = _TEXT_FORMULA.fullmatch(cell)
    return found[1] if found else as_written(cell)


def _no_row(path: Path, begin: int, what: Said) -> TableError:
    return TableError(
        "{path}, line {begin}: not a row of a table ({what}); mend the line", path=path, begin=begin, what=what
    )


def _reader(text: str, separator: str, *, strict: bool) -> Any:
    # Where a blank follows each separator of the first line, it belongs to the separator and not to the cells.
    first = text.lstrip().partition("\n")[0]
    blanks = separator in first and all(part.startswith(" ") for part in first.split(separator)[1:])
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=blanks)
