"""A reviewer's tables of a paper, and what they add to tables of data/raw: all of it, or nothing."""

import hashlib
import re
import shutil
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import Said, SourceError, TableError
from digital_diplomacy.formulas import inert
from digital_diplomacy.labels import refusals
from digital_diplomacy.sources.countries import is_open_state, whole_names
from digital_diplomacy.sources.files import (
    DESCRIPTOR,
    TAKING,
    changing,
    read_bytes,
    read_package,
    replace,
    text_cells,
    written,
)
from digital_diplomacy.sources.grids import read_grid
from digital_diplomacy.sources.identifiers import unseen
from digital_diplomacy.sources.numbers import numbers
from digital_diplomacy.sources.registry import describe, project_root
from digital_diplomacy.sources.schemas import primary_key, table_schema
from digital_diplomacy.tables import validate
from digital_diplomacy.unfinished import all_at_once

YES: Final = ("yes", "да", "иә")
_NO: Final = ("no", "нет", "жоқ")
_FLAGS: Final = {
    **dict.fromkeys(("true", "истина", "ақиқат", "1"), True),
    **dict.fromkeys(("false", "ложь", "жалған", "0"), False),
}
"""How spreadsheets write what is so and what is not in the languages of their users."""

_FORMULA: Final = ("'=", "'+", "'-", "'@")
_SHOWN: Final = 8  # faults in one message; more would hide the first


@dataclass(frozen=True)
class Reviewed:
    """Rows a reviewer accepted.

    Attributes
    ----------
    rows : DataFrame
        Texts of their cells, the empty ones missing.
    places : tuple of str
        Where each stands in its file.
    left_out : int
        Rows whose ``accepted`` is empty.
    file : str
        Name of the file.
    lang : str
        Language of messages.
    """

    rows: pd.DataFrame
    places: tuple[str, ...]
    left_out: int
    file: str
    lang: str = "en"

    def where(self, row: int, key: str) -> str:
        """File, line and key of a row, for messages."""
        name = str(self.rows[key].iloc[row])
        line = re.search(r"\d+", self.places[row])
        if line is None:
            return f"{self.file}, {self.places[row]} ({name})"
        return labels.text("taking.line", self.lang, file=self.file, line=line.group(), key=name)


def read_reviewed(path: Path, columns: Collection[str], *, lang: str = "en") -> Reviewed:
    """The rows of a table whose column ``accepted`` says yes.

    Raises
    ------
    SourceError
        If there is no such file, or it is no table.
    TableError
        If a column is missing or stands twice, or ``accepted`` says anything but yes, да or иә, or no, нет or жоқ,
        which leave a row out as an empty cell does, naming file and line.
    """
    wanted = [(name,) for name in ("accepted", *columns)]
    grid = read_grid(path, wanted)
    grid.refuse_without(wanted, path.name)
    twice = [name for name in grid.header if name and grid.header.count(name) > 1]
    if twice:
        raise TableError(labels.text("taking.columns", lang, file=path.name, column=twice[0]))
    at = [grid.header.index(name) for name in columns]
    said = [(place, cells, cells[grid.header.index("accepted")].strip()) for place, cells in grid.rows]
    said = [(place, cells, "" if text.casefold() in _NO else text) for place, cells, text in said]
    wrong = [f"{_line(place)} «{text}»" for place, _, text in said if text and text.casefold() not in YES]
    if wrong:
        words = ", ".join(YES)
        raise TableError(labels.text("taking.accepted", lang, file=path.name, cells=_few(wrong), words=words))
    kept = [(place, [_plain(cells[number]) for number in at]) for place, cells, text in said if text]
    rows = pd.DataFrame([cells for _, cells in kept], columns=list(columns), dtype=object)
    return Reviewed(rows, tuple(place for place, _ in kept), len(said) - len(kept), path.name, lang)


def with_codes(reviewed: Reviewed) -> tuple[Reviewed, dict[str, str]]:
    """The rows with countries that stand by their names in ``entity`` by their codes, and these codes by name.

    Georgia alone may be the state of the USA, and stays.
    """
    names = [name for name in dict.fromkeys(reviewed.rows["entity"]) if name]
    found = whole_names(names)
    if is_open_state(found):
        return reviewed, {}
    named = {name: code for name, code in found.items() if name != code}
    rows = reviewed.rows.assign(entity=[named.get(name, name) for name in reviewed.rows["entity"]])
    return dataclass_replace(reviewed, rows=rows), named


def read_reviewed_if_any(path: Path, columns: Collection[str], *, lang: str = "en") -> Reviewed:
    """The same of a table that need not be there, nor have rows under its header: a paper may tell no relation."""
    lines = path.read_bytes().splitlines() if path.is_file() else []
    if sum(1 for line in lines if line.strip()) > 1:
        return read_reviewed(path, columns, lang=lang)
    return Reviewed(pd.DataFrame(columns=list(columns), dtype=object), (), 0, path.name, lang)


def _line(place: str) -> str:
    """The number of a line, without the word for it."""
    line = re.search(r"\d+", place)
    return line.group() if line else place


def _plain(cell: str) -> str | None:
    """A cell without the apostrophe that keeps spreadsheets from taking it for a formula; an empty one is missing."""
    text = cell[1:] if cell.startswith(_FORMULA) else cell
    return text.strip() or None


def _few(said: list[str], *, mark: str = "; ") -> str:
    more = f"{mark}… (+{len(said) - _SHOWN})" if len(said) > _SHOWN else ""
    return mark.join(said[:_SHOWN]) + more


def typed(reviewed: Reviewed, name: str, *, root: Path | str | None = None) -> pd.DataFrame:
    """Accepted rows with the types of a project's table.

    Raises
    ------
    TableError
        Naming file, line, column and rule of each cell that the description of the table does not allow.
    """
    resource = describe(name, root=root)
    schema, key = table_schema(resource), primary_key(resource)
    fields = resource["schema"]["fields"]
    frame = reviewed.rows.reindex(columns=[field["name"] for field in fields]).astype(object)
    for field in fields:
        if field["type"] == "boolean":
            cells = frame[field["name"]]
            frame[field["name"]] = cells.map(lambda cell: _FLAGS.get(str(cell).strip().casefold(), cell)).astype(object)
        elif field["type"] == "number":
            frame[field["name"]] = pd.Series(_numbers(frame[field["name"]]), index=frame.index, dtype=object)
    frame = frame.where(frame.notna(), None)
    _refuse_empty(frame, fields, reviewed)
    _refuse_texts(frame, key[0], reviewed)
    said = []
    for row in range(len(frame)):
        try:
            validate(frame.iloc[[row]], schema, where=reviewed.where(row, key[0]), key=key)
        except TableError as error:
            said.append(refusals.told(error, reviewed.lang).rstrip("."))
    if said:
        raise TableError(labels.text("taking.fault", reviewed.lang, said=_few(said), name=DESCRIPTOR))
    return validate(frame, schema, where=reviewed.file, key=key)


def _refuse_empty(frame: pd.DataFrame, fields: list[dict[str, Any]], reviewed: Reviewed) -> None:
    """Name the lines in which columns that must say something do not, column by column."""
    said = []
    for field in fields:
        needed = field.get("constraints", {}).get("required", False)
        lines = [
            _line(reviewed.places[row])
            for row in range(len(frame))
            if needed and frame[field["name"]].iloc[row] is None
        ]
        if lines:
            named = {"file": reviewed.file, "column": field["name"], "lines": _few(lines, mark=", ")}
            said.append(labels.text("taking.empty", reviewed.lang, **named))
    if said:
        raise TableError(" ".join(said))


def _refuse_texts(frame: pd.DataFrame, key: str, reviewed: Reviewed) -> None:
    """Refuse texts that no file or reader holds as they are, and those that a spreadsheet would run.

    They would stand in a table of the project for good, which everybody opens.
    """
    for column in frame:
        for row, text in enumerate(frame[column]):
            if not isinstance(text, str):
                continue
            named = {"where": reviewed.where(row, key), "column": str(column)}
            if found := unseen(text):
                raise TableError(labels.text("taking.unseen", reviewed.lang, **named, character=f"U+{ord(found):04X}"))
            if inert(text) != text:
                shown = labels.on_one_line(text)[:60]
                raise TableError(labels.text("taking.formula", reviewed.lang, **named, text=shown))


def _numbers(column: "pd.Series[Any]") -> list[object]:
    """Cells as numbers, with decimal commas where a spreadsheet put them; what is none stays, to be refused."""
    cells = ["" if pd.isna(cell) else str(cell) for cell in column]
    filled = iter(numbers([cell for cell in cells if cell]))
    found = [(cell, next(filled) if cell else None) for cell in cells]
    return [number if number is not None else cell or None for cell, number in found]


def append(tables: Mapping[str, pd.DataFrame], *, root: Path | str | None = None, is_held: bool = False) -> None:
    """Add rows to tables of data/raw and seal them: all tables are written, or none is.

    Rows that are there keep every character; new ones are put in by the key of their table. The tables are held
    meanwhile (`files.changing`), unless the caller does so already.

    Raises
    ------
    TableError
        If a table with its new rows breaks a rule of its description.
    SourceError
        If a file cannot be written; what was there is put back.
    """
    base = project_root() if root is None else Path(root)
    with nullcontext() if is_held else changing(base):
        _append(tables, base)


def _append(tables: Mapping[str, pd.DataFrame], base: Path) -> None:
    package = read_package(base, "raw")
    resources = {str(one["name"]): one for one in package["resources"]}
    folder, made = base / "data" / "raw", {}
    for name, rows in tables.items():
        resource = resources[name]
        content = _joined(read_bytes(folder / resource["path"], resource["path"]), rows, resource)
        resource |= {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        made[folder / resource["path"]] = content
    made[folder / DESCRIPTOR] = written(package)
    _write_all(made, folder)


def _joined(content: bytes, rows: pd.DataFrame, resource: dict[str, Any]) -> bytes:
    where, key = f"data/raw/{resource['path']}", primary_key(resource)
    there = text_cells(content, [""], where)
    added = rows[list(there.columns)].astype(object)
    for name in added:
        added[name] = [_cell(value) for value in added[name]]
    joined = pd.concat([there.astype(object), added], ignore_index=True).sort_values(key, kind="stable")
    written = joined.to_csv(index=False, lineterminator="\n").encode()
    checked = text_cells(written, [""], where).astype(object)
    validate(checked.replace({"true": True, "false": False}), table_schema(resource), where=where, key=key)
    return written


def _cell(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if pd.isna(value) else str(value)


def _write_all(made: Mapping[Path, bytes], folder: Path) -> None:
    """Write all files into a folder of their own, then move them into place; a failure puts back what was moved.

    Once the folder has its name, all of them stand: what a killed command did not move, the next one does.
    """
    before = {path: path.read_bytes() for path in made}
    try:
        with all_at_once(folder) as stage:
            for path, content in made.items():
                (stage / path.name).write_bytes(content)
    except OSError as error:
        shutil.rmtree(folder / TAKING, ignore_errors=True)
        for path, content in before.items():
            replace(path, content)
        raise SourceError(
            "nothing was taken in: {filename}: {strerror}",
            filename=error.filename or "",
            strerror=Said(error.strerror or str(error)),
        ) from error


def read_described(path: Path, columns: Collection[str], *, lang: str = "en") -> dict[str, str]:
    """The one row of what a scan says of its paper; cells keep their blanks, which may be a mark."""
    if not path.is_file():
        raise SourceError(labels.text("taking.missing", lang, file=str(path)))
    rows = text_cells(path.read_bytes(), [], path.name)
    lost = [name for name in columns if name not in rows]
    if lost or len(rows) != 1:
        named = {"file": path.name, "columns": ", ".join(columns)}
        raise TableError(labels.text("taking.described", lang, **named))
    return {name: str(rows[name].iloc[0]) for name in columns}
