"""Files as they lie on disk: descriptors, tables as text cells, and writing without leaving halves."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import pandas as pd

from digital_diplomacy.archives import too_large
from digital_diplomacy.cells import csv_fault, is_too_long, too_long
from digital_diplomacy.endless import refuse_endless
from digital_diplomacy.errors import SourceError, TableError, said
from digital_diplomacy.unfinished import TAKING as TAKING
from digital_diplomacy.unfinished import replace as replace
from digital_diplomacy.unfinished import settle

DESCRIPTOR: Final = "datapackage.json"
_LOCK: Final = ".changing"
_INSIDE: Final = re.compile(r"(?!\.)[^/\\:\0]+(/(?!\.)[^/\\:\0]+)*")
"""Paths below a folder: none that is absolute, leads up, or is an address (Data Package v2, "path")."""
_MOST_BYTES: Final = 4_000_000_000  # of a file that is read as a whole: six million cells of 600 characters
_PATIENCE: Final = 60  # seconds: to check and write the largest table takes a few

_P = ParamSpec("_P")
_R = TypeVar("_R")


def read_package(root: Path, folder: str) -> dict[str, Any]:
    """The descriptor of ``data/<folder>``.

    Raises
    ------
    SourceError
        If it is missing, is not JSON, or lacks what every table needs: name, path, and fields with name and type.
    """
    where = f"data/{folder}/{DESCRIPTOR}"
    if (root / "data" / folder / TAKING).is_dir():  # another command is moving them now, or was killed doing so
        with changing(root):
            pass
    refuse_endless(root / where)
    try:
        package = json.loads((root / where).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceError("{where} is missing; restore it from the repository", where=where) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            "{where}, line {lineno}: not valid JSON ({msg})", where=where, lineno=error.lineno, msg=error.msg
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            "{where}: byte {start} is not UTF-8; save the file as UTF-8", where=where, start=error.start
        ) from error
    except RecursionError as error:
        raise SourceError("{where}: nested too deeply to be a data package", where=where) from error
    try:
        for resource in package["resources"]:
            _check_resource(resource)
    except (KeyError, TypeError) as error:
        raise SourceError(
            "{where} is not as a data package should be ({kind}: {error}); `frictionless validate {where}` says more",
            where=where,
            kind=type(error).__name__,
            error=error,
        ) from error
    for resource in package["resources"]:
        if not _INSIDE.fullmatch(str(resource["path"])):
            raise SourceError(
                "{where}: the path {path!r} of {name} does not lie in that folder; a table is a file beside its "
                "description",
                where=where,
                path=str(resource["path"]),
                name=resource["name"],
            )
    return dict(package)


def written(package: dict[str, Any]) -> bytes:
    """A descriptor as it stands on disk."""
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def write_package(package: dict[str, Any], root: Path, folder: str) -> None:
    """Write the descriptor of ``data/<folder>``; only then go the files of tables that it names no more.

    Whoever reads in between, or after a command that was killed, finds every table that is named.
    """
    place = root / "data" / folder
    before = {str(one["path"]) for one in read_package(root, folder)["resources"]}
    replace(place / DESCRIPTOR, written(package))
    for path in sorted(before - {str(one["path"]) for one in package["resources"]}):
        (place / path).unlink(missing_ok=True)


def _check_resource(resource: dict[str, Any]) -> None:
    """Raise KeyError or TypeError where what every table needs is not there."""
    _ = resource["name"], resource["path"]
    _ = [(field["name"], field["type"]) for field in resource["schema"]["fields"]]


def read_bytes(path: Path, where: str) -> bytes:
    """The file's content, or a refusal that names it."""
    refuse_endless(path)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("{where} is missing; restore it from the repository", where=where) from error
    except OSError as error:
        why = said(error.strerror or str(error))
        raise SourceError("{where} cannot be read: {strerror}", where=where, strerror=why) from error


def read_own_bytes(path: Path) -> bytes:
    """The content of a researcher's own file, or a refusal that names files with nearly its name."""
    check_there(path)
    return read_bytes(path, str(path))


def check_there(path: Path) -> None:
    """Refuse a researcher's own file that is not there, naming files with nearly its name."""
    if not path.exists():
        beside = [one.name for one in sorted(path.parent.glob("*")) if one.is_file()]
        near = get_close_matches(path.name, beside, n=3)
        if near:
            told = "{path}: there is no such file; with nearly its name there are {near}"
            raise SourceError(told, path=path, near=", ".join(near))
        raise SourceError("{path}: there is no such file", path=path)
    refuse_endless(path)
    if path.is_file() and path.stat().st_size > _MOST_BYTES:
        raise too_large(path, _MOST_BYTES)


def text_cells(content: bytes, missing: list[str], where: str) -> pd.DataFrame:
    """A table of comma-separated values as text, so that no parser guesses types (Namibia is ``NA``) or rounds digits.

    Parameters
    ----------
    content : bytes
        UTF-8 without byte order mark, lines ended by a line feed, one header line.
    missing : list of str
        Codes of missing cells.
    where : str
        Name of the file for messages.

    Raises
    ------
    TableError
        Naming the row if its number of cells is not that of the header.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError(
            "{where}: byte {start} is not UTF-8; save the file as UTF-8", where=where, start=error.start
        ) from error
    if text.startswith("\ufeff") or "\r" in text:
        raise TableError(
            "{where}: byte order mark or carriage returns found; save as UTF-8 without mark, lines ended by LF",
            where=where,
        )
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        what = csv_fault(error) if isinstance(error, csv.Error) else error
        raise TableError("{where}: not a table of comma-separated values ({error})", where=where, error=what) from error
    for number, row in enumerate(rows, start=1):
        if is_too_long(row):
            raise TableError("{path}, {place}: {what}", path=where, place=f"row {number}", what=too_long())
        if len(row) != len(header):
            raise TableError(
                "{where}: row {number} ({row}) has {count} cells, the header {count_2}",
                where=where,
                number=number,
                row="/".join(row[:2]),
                count=len(row),
                count_2=len(header),
            )
    if not rows or len(set(header)) < len(header):
        raise TableError(
            "{where}: {what}",
            where=where,
            what=said("a column name stands twice") if rows else said("the table has no rows"),
        )
    cells = pd.DataFrame(rows, columns=header, dtype=str)
    return cells.mask(cells.isin(missing))


@contextmanager
def changing(root: Path) -> Iterator[None]:
    """Hold the tables of a project while their description is read, changed and written: one command at a time.

    What a command that was killed had begun to move into place is moved there first.

    Raises
    ------
    SourceError
        If another command holds them for longer than such a change takes.
    """
    from filelock import FileLock, Timeout

    folder = root / "data"
    try:
        with FileLock(folder / _LOCK, timeout=_PATIENCE):
            for left in folder.glob(f"*/{TAKING}"):
                settle(left.parent)
            yield
    except Timeout:
        raise SourceError(
            "another command is changing the tables of {folder}; try again when it has ended", folder=folder
        ) from None


def one_at_a_time(change: Callable[_P, _R]) -> Callable[_P, _R]:
    """A function that changes the tables of its ``root``, which are held while it does."""

    @wraps(change)
    def held(*args: _P.args, **options: _P.kwargs) -> _R:
        with changing(Path(str(options["root"]))):
            return change(*args, **options)

    return held
