"""Tables kept as JSON: records in a list or a line each, columns by name, the World Bank's service, and JSON-stat.

JSON-stat 2.0 (json-stat.org/full) keeps a cube: ``id`` names its dimensions, ``size`` says how many categories each
has, and ``value`` holds the figures in row-major order, as a list or by their place in it. Numbers keep their digits.
"""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import prod
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.archives import MOST_FILLED, too_many
from digital_diplomacy.errors import TableError

_ENDINGS: Final = (".json", ".jsonl", ".ndjson")
_PAIR: Final = {"id", "value"}  # of a thing that the World Bank's service names by code and words


def json_rows(text: str, path: Path) -> list[tuple[str, list[str]]] | None:
    """The rows of a table kept as JSON with their header first and where each stands; nothing if the text is no JSON.

    Raises
    ------
    TableError
        If a file called ``.json`` or ``.jsonl`` is none, or if what it holds is no table.
    """
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        found = _loaded(text)
    except (json.JSONDecodeError, RecursionError) as error:
        if path.suffix.lower() not in _ENDINGS:
            return None  # a table may well begin with a bracket
        where = getattr(error, "lineno", 1)
        raise TableError("{path}, line {line}: not valid JSON; save the table as CSV", path=path, line=where) from error
    cube = found.get("dataset", found) if isinstance(found, dict) else None
    if isinstance(cube, dict) and {"dimension", "value"} <= cube.keys():
        table = _cube(cube, path)
    else:
        records = _records(found)
        if records is None:
            raise TableError("{path}: the JSON holds no table, that is, no list of records; save it as CSV", path=path)
        table = _flat(records, path)
    header, *rows = table
    return [("line 1", header), *((f"row {number}", row) for number, row in enumerate(rows, start=1))]


def _loaded(text: str) -> Any:
    """What the text holds: a document, or a record a line."""
    read = partial(json.loads, parse_float=str, parse_int=str, parse_constant=str)
    try:
        return read(text)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
            raise
        return [_line(line, number, read) for number, line in enumerate(text.splitlines()) if line.strip()]


def _line(line: str, above: int, read: Callable[[str], Any]) -> Any:
    try:
        return read(line)
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg, "\n" * above, above) from error


def _records(found: Any) -> list[dict[str, Any]] | None:
    """What a document holds as records, one a row: itself, its one list of them, or columns of equal length."""
    if isinstance(found, list):
        if found and all(isinstance(one, dict) for one in found):
            return found
        if found and all(isinstance(one, list) for one in found) and len(found) > 1:
            header, *rows = found
            return [dict(itertools.zip_longest([str(name) for name in header], row[: len(header)])) for row in rows]
    within = found if isinstance(found, list) else list(found.values()) if isinstance(found, dict) else []
    lists = [one for one in within if isinstance(one, list) and one]
    is_flat = not any(isinstance(cell, dict | list) for one in lists for cell in one)
    if isinstance(found, dict) and is_flat and lists == within and len({len(one) for one in lists}) == 1:
        return [dict(zip(found, row, strict=True)) for row in zip(*lists, strict=True)]
    tables = [one for one in lists if all(isinstance(row, dict) for row in one)]
    return tables[0] if len(tables) == 1 else None


def _flat(records: Sequence[Mapping[str, Any]], path: Path) -> list[list[str]]:
    """Records as rows below their header, each as wide as it."""
    rows = [dict(_parts(record)) for record in records]
    header = list(dict.fromkeys(name for row in rows for name in row))
    if len(header) * len(rows) > MOST_FILLED:
        raise too_many(path)
    return [header, *([row.get(name, "") for name in header] for row in rows)]


def _parts(record: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    """The cells of a record, those of records within it under both names."""
    found: list[tuple[str, str]] = []
    for name, cell in record.items():
        called = f"{above} {name}".strip()
        if isinstance(cell, dict) and cell.keys() == _PAIR:
            found += [(called, _text(cell["value"])), (f"{called} id", _text(cell["id"]))]
        elif isinstance(cell, dict):
            found += _parts(cell, called)
        else:
            found.append((called, _text(cell)))
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


def _cube(cube: Mapping[str, Any], path: Path) -> list[list[str]]:
    """A cube of JSON-stat as a row a figure: codes of its categories, words where they say more, and the value."""
    try:
        dimensions = cube["dimension"]
        names = [str(name) for name in cube.get("id") or dimensions["id"]]
        sizes = [int(size) for size in cube.get("size") or dimensions["size"]]
        if prod(sizes) * (2 * len(names) + 1) > MOST_FILLED:
            raise too_many(path)
        columns = [_categories(name, dimensions[name]) for name in names]
        whole = [len(cells) for _, cells in columns] == sizes
        kept = cube["value"]
        places = kept.items() if isinstance(kept, dict) else enumerate(kept)
        values = {int(place): _text(value) for place, value in places}
    except (KeyError, TypeError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise TableError("{path}: a cube of JSON-stat with parts missing; save the table as CSV", path=path)
    header = [name for names_of, _ in columns for name in names_of]
    rows = itertools.product(*(cells for _, cells in columns))
    told = ([*itertools.chain.from_iterable(row), values.get(place, "")] for place, row in enumerate(rows))
    return [[*header, "value"], *told]


def _categories(name: str, dimension: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The names of a dimension's columns and the cells of each of its categories in order."""
    category = dimension["category"]
    index, words = category.get("index"), category.get("label") or {}
    if isinstance(index, dict):
        codes = sorted(index, key=lambda code: int(index[code]))
    else:
        codes = [str(code) for code in (index or words)]
    called = str(dimension.get("label") or name)
    said = [str(words.get(code, code)) for code in codes]
    if said == codes:
        return [name], [[code] for code in codes]
    if called.casefold() == name.casefold():
        return [called], [[word] for word in said]
    return [name, called], [[code, word] for code, word in zip(codes, said, strict=True)]
