"""An index in the Excel workbook of the COIN Tool, where every thing has its fixed place, as values and framework.

References
----------
W. Becker, D. Benavente, M. Dominguez-Torreiro, C. Moura, A. Neves, M. Saisana and D. Vertesy, COIN Tool User Guide,
2019, EUR 29899 EN, Publications Office of the European Union, doi:10.2760/523877. The places of the cells are those
that COINr's ``import_coin_tool`` reads.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import TableError, said
from digital_diplomacy.sources.coin_files import CoinFile
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.numbers import plain_number
from digital_diplomacy.sources.remarks import Remark, listed
from digital_diplomacy.sources.workbooks import is_workbook, read_sheets, sheet_names

DATABASE: Final = "Database"
FRAMEWORK: Final = "Framework"

_WEIGHT, _DIRECTION, _LOW, _HIGH, _NAME, _CODE, _UNITS = 7, 8, 9, 10, 15, 16, 17
_LEVELS: Final = {14: "sub-pillar", 13: "pillar", 12: "sub-index", 11: "index"}
"""Rows of the sheet Database above the values: from the nearest to an indicator to the index."""
_UNIT_NAME, _UNIT_CODE, _FIRST = 1, 2, 4
"""Columns B, C and E, counted from 0."""
_TITLE: Final = "dimension/indicator"
_CODES, _WEIGHTS = 2, 4
"""Columns C and E of the sheet Framework; the title heads the column of names."""
_EMPTY: Final = ("", "n/a", "--")


def is_coin_tool(path: Path | str) -> bool:
    """Whether a workbook has the two sheets of the COIN Tool that are filled in.

    Parameters
    ----------
    path : Path or str
        Any file; one that is no workbook is none of the tool.

    Examples
    --------
    >>> import tempfile
    >>> import openpyxl
    >>> from pathlib import Path
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> book = openpyxl.Workbook()
    >>> sheets = book.create_sheet("Database"), book.create_sheet("Framework")
    >>> book.save(Path(folder.name) / "tool.xlsx")
    >>> sources.is_coin_tool(Path(folder.name) / "tool.xlsx")
    True
    >>> folder.cleanup()
    """
    return is_workbook(Path(path)) and {DATABASE, FRAMEWORK} <= set(sheet_names(Path(path)))


def read_coin_tool(path: Path | str) -> CoinFile:
    """Values and framework of a workbook of the COIN Tool.

    Parameters
    ----------
    path : Path or str
        ``.xlsx`` or ``.xlsm`` with the sheets ``Database`` (names and codes of units in columns B and C from row 17, an
        indicator in each column from E, above it weight, direction, goalposts, what it is part of, name and code) and
        ``Framework`` (codes, weights and names of what is made of them). ``n/a`` is missing.

    Returns
    -------
    CoinFile
        An indicator without any value is left out with a remark, as the tool does; a level with one code for all
        indicators is passed over, since it makes nothing of several.

    Raises
    ------
    SourceError
        If the file cannot be read.
    TableError
        Naming the cell that is no number, the code that the framework lacks, or a part that belongs to two wholes.

    Examples
    --------
    >>> import tempfile
    >>> import openpyxl
    >>> from pathlib import Path
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path, book = Path(folder.name) / "tool.xlsx", openpyxl.Workbook()
    >>> cells = {"E7": 1, "E8": 1, "E11": "Index", "E15": "Posts a day", "E16": "posts"}
    >>> sheet = book.create_sheet("Database")
    >>> for cell, value in {**cells, "B17": "Kazakhstan", "C17": "KAZ", "E17": 2.5}.items():
    ...     sheet[cell] = value
    >>> sheet = book.create_sheet("Framework")
    >>> heads = {"C4": "Code", "E4": "Weight", "H4": "Dimension/indicator", "C5": "Index", "E5": 1, "H5": "Diplomacy"}
    >>> for cell, value in heads.items():
    ...     sheet[cell] = value
    >>> book.save(path)
    >>> sources.read_coin_tool(path).values
      entity        name  posts
    0    KAZ  Kazakhstan    2.5
    >>> folder.cleanup()
    """
    file = Path(path)
    sheets = dict(read_sheets(file, only=(DATABASE, FRAMEWORK)))
    rows = {number: cells for number, (_, cells) in enumerate(sheets[DATABASE], start=1)}
    named = [place for place, cell in enumerate(rows.get(_CODE, [])) if place >= _FIRST and cell.strip() not in _EMPTY]
    _refuse_uncoded(rows, named, file)
    units = [number for number in rows if number >= _UNITS and _cell(rows, number, _UNIT_CODE)]
    if not named or not units:
        raise TableError(
            "{file}, sheet {database!r}: no {what} is filled in; codes of indicators stand in row {code} from "
            "column E, codes of units in column C from row {units}",
            file=file,
            database=DATABASE,
            what=said("unit") if named else said("indicator"),
            code=_CODE,
            units=_UNITS,
        )
    columns = {place: [_number(rows, number, place, file) for number in units] for place in named}
    filled = [place for place in named if any(value is not None for value in columns[place])]
    codes = {place: _cell(rows, _CODE, place) for place in filled}
    twice = [place for place in filled if list(codes.values()).index(codes[place]) < filled.index(place)]
    if twice:
        where = f"{_letter(twice[0])}{_CODE}"
        raise TableError(
            "{file}, sheet {database!r}, cell {where}: {codes!r} stands twice; name one anew",
            file=file,
            database=DATABASE,
            where=where,
            codes=codes[twice[0]],
        )
    values = pd.DataFrame({codes[place]: pd.Series(columns[place], dtype=float) for place in filled})
    values.insert(0, "entity", [_cell(rows, number, _UNIT_CODE) for number in units])
    if all(_cell(rows, number, _UNIT_NAME) for number in units):
        values.insert(1, "name", [_cell(rows, number, _UNIT_NAME) for number in units])
    framework = _framework(rows, codes, sheets[FRAMEWORK], file)
    empty = [_cell(rows, _NAME, place) for place in named if place not in filled]
    left = [name for name in empty if name]  # codes without a name are places that the tool keeps free
    gone = [Remark("coin_empty", {"file": file.name, "columns": listed(left)})] if left else []
    named_as = {"file": file.name, "tool": "COIN Tool", "sheets": f"{DATABASE} + {FRAMEWORK}"}
    return CoinFile(values, framework, (Remark("coin_tool", named_as), *gone))


_Rows = Mapping[int, Sequence[str]]


def _cell(rows: _Rows, number: int, place: int) -> str:
    """A cell in normal form; nothing where the workbook says that there is nothing."""
    cells = rows.get(number, ())
    text = normal_form(cells[place]) if place < len(cells) else ""
    return "" if text.casefold() in _EMPTY else text


def _letter(place: int) -> str:
    """The letter of a column of Excel, counted from 0: 26 letters, then two of them."""
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _number(rows: _Rows, number: int, place: int, file: Path) -> float | None:
    text = _cell(rows, number, place)
    found = plain_number(text) if text else None
    if text and found is None:
        raise TableError(
            "{file}, sheet {database!r}, cell {place}{number}: {text!r} is no number; write one, or n/a where there "
            "is none",
            file=file,
            database=DATABASE,
            place=_letter(place),
            number=number,
            text=text[:40],
        )
    return found


def _refuse_uncoded(rows: _Rows, named: list[int], file: Path) -> None:
    """Refuse values that belong to no indicator, or to no unit."""
    for number, cells in rows.items():
        given = [place for place in range(_FIRST, len(cells)) if number >= _UNITS and _cell(rows, number, place)]
        if given and not _cell(rows, number, _UNIT_CODE):
            raise TableError(
                "{file}, sheet {database!r}, row {number}: values without a code of the unit in column C",
                file=file,
                database=DATABASE,
                number=number,
            )
        lost = [place for place in given if place not in named]
        if lost:
            where = f"{_letter(lost[0])}{number}"
            raise TableError(
                "{file}, sheet {database!r}, cell {where}: a value without a code of the indicator in row {code}",
                file=file,
                database=DATABASE,
                where=where,
                code=_CODE,
            )


def _framework(rows: _Rows, codes: Mapping[int, str], sheet: list[tuple[str, list[str]]], file: Path) -> pd.DataFrame:
    """Indicators with what they are part of, then the parts with what these are part of, the index last."""
    own = {place: [_cell(rows, level, place) for level in _LEVELS] for place in codes}
    passed = [number for number in range(len(_LEVELS) - 1) if len({path[number] for path in own.values()}) == 1]
    paths = {place: [one for at, one in enumerate(path) if at not in passed and one] for place, path in own.items()}
    loose = [codes[place] for place, path in own.items() if not path[-1]]
    if loose:
        raise TableError(
            "{file}, sheet {database!r}: {loose} is part of no index; row 11 names it",
            file=file,
            database=DATABASE,
            loose=listed(loose),
        )
    described = _described(sheet, file)
    parents: dict[str, str] = {}
    for path in paths.values():
        for part, whole in zip(path, [*path[1:], ""], strict=True):
            if parents.setdefault(part, whole) != whole:
                raise TableError(
                    "{file}, sheet {database!r}: {part!r} is part of {parents!r} and of {whole!r}; keep one",
                    file=file,
                    database=DATABASE,
                    part=part,
                    parents=parents[part],
                    whole=whole,
                )
    unknown = [part for part in parents if part not in described]
    if unknown:
        raise TableError(
            "{file}, sheet {framework!r}: no row for {unknown}, which {database} names; add it",
            file=file,
            framework=FRAMEWORK,
            unknown=listed(unknown),
            database=DATABASE,
        )
    below = [
        {
            "code": code,
            "name": _cell(rows, _NAME, place) or code,
            "parent": paths[place][0],
            "direction": _number(rows, _DIRECTION, place, file),
            "weight": _number(rows, _WEIGHT, place, file),
            "goalpost_low": _number(rows, _LOW, place, file),
            "goalpost_high": _number(rows, _HIGH, place, file),
        }
        for place, code in codes.items()
    ]
    above = [{"code": part, "parent": whole, **described[part]} for part, whole in parents.items()]
    return pd.DataFrame([*below, *above])


def _described(sheet: list[tuple[str, list[str]]], file: Path) -> dict[str, dict[str, object]]:
    """Name and weight of everything the sheet Framework lists, by its code."""
    rows = {number: cells for number, (_, cells) in enumerate(sheet, start=1)}
    heads = (
        (number, place)
        for number, cells in rows.items()
        for place, cell in enumerate(cells)
        if normal_form(cell).casefold() == _TITLE
    )
    start, names = next(heads, (0, 0))
    if not start:
        raise TableError(
            "{file}, sheet {framework!r}: no column 'Dimension/indicator'; keep the sheet as the tool has it",
            file=file,
            framework=FRAMEWORK,
        )
    found: dict[str, dict[str, object]] = {}
    for number in (number for number in rows if number > start):
        code = _cell(rows, number, _CODES)
        if code:
            weight = _cell(rows, number, _WEIGHTS)
            found.setdefault(code, {"name": _cell(rows, number, names) or code, "weight": plain_number(weight)})
    return found
