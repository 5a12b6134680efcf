"""Putting finished results in place: whole folders, whole files, and one run at a time."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import BusyError, ParameterError
from digital_diplomacy.runs.plan import CRATE, RESULT
from digital_diplomacy.runs.snapshot import read_json
from digital_diplomacy.unfinished import is_running, replace, sweep

STAGING: Final = ".staging-"
PRIVATE: Final = "dd-kernel-"  # folders of single kernels; the process that made them is named behind
_SHORT: Final = 72  # bytes: an address of a socket in a folder of a kernel ends within the 104 that macOS allows
_REPLACED: Final = ".replaced-"
_LOCK: Final = ".running"  # it also tells that a folder is one of results
_RECORD: Final = "run.json"
# What may stand in a reports folder before the first run: of the project itself, of other commands, of a file browser.
_BESIDE: Final = (".gitignore", ".cache", ".in-process.json", "sweeps", ".DS_Store")
_MADE: Final = re.compile(
    r"(figures|tables)/[^/]+\.(svg|png|csv|html)|(index|made)\.html|notebook\.ipynb|(result|ro-crate-metadata)\.json"
    r"|runs\.csv"
)
"""What runs leave in a folder of theirs, for one that does not say so itself."""


@contextmanager
def only_run(out: Path, *, lock: str = _LOCK) -> Iterator[None]:
    """Hold a folder for results for this process; the system lets go of it when the process ends, however it ends.

    Parameters
    ----------
    out : Path
        The folder, which is made.
    lock : str
        Name of the file that is held; the usual one also says that the folder is one of `reproduce`.

    Raises
    ------
    BusyError
        If another run writes to the folder, naming its process.
    """
    from filelock import FileLock, Timeout  # where nothing is written, not needed

    held, named = FileLock(out / lock), out / f"{lock}-process"
    try:
        held.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            "process {holder} is writing to {out}; wait for it, end it, or choose another folder with --out",
            holder=_read(named) or "?",
            out=out,
        ) from None
    try:
        write_text(named, str(os.getpid()))
        yield
    finally:
        named.unlink(missing_ok=True)
        held.release()  # its file stays: to remove it would let two hold what each takes for the lock


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def check_own(out: Path) -> None:
    """Refuse a folder for results that holds files, but none that says that they are results.

    Raises
    ------
    ParameterError
        Naming the folder and a file in it.
    """
    if (out / _LOCK).is_file() or "digital_diplomacy" in (read_json(out / _RECORD) or {}):
        return
    strange = sorted(path.name for path in out.glob("*") if path.name not in _BESIDE) if out.is_dir() else []
    if strange:
        raise ParameterError(
            "{folder} holds files that are no results of this command ({name}); choose a new or empty folder with "
            "--out",
            folder=out,
            name=strange[0],
        )


def check_places(folders: Iterable[Path]) -> None:
    """Refuse to replace folders that hold anything but results.

    Raises
    ------
    ParameterError
        Naming the first such folder.
    """
    for folder in folders:
        if folder.exists() and not (folder / RESULT).is_file() and (not folder.is_dir() or any(folder.iterdir())):
            raise ParameterError(
                "{folder} holds files that are no results of this command; choose another --out", folder=folder
            )


def recover(out: Path) -> None:
    """Undo what an interrupted run left: half-moved folders come back, staging folders go."""
    for old in out.glob(f"*/{_REPLACED}*"):
        final = old.with_name(old.name.removeprefix(_REPLACED))
        if final.exists():
            _remove(old, final)
        else:
            old.rename(final)
    sweep(out)
    for staging in out.glob(f"{STAGING}*"):
        if staging.is_dir():
            shutil.rmtree(staging, ignore_errors=True)
        else:
            staging.unlink()
    for private in private_place().glob(f"{PRIVATE}*-*"):
        process = private.name.removeprefix(PRIVATE).partition("-")[0]
        if process.isdigit() and not is_running(int(process)):
            shutil.rmtree(private, ignore_errors=True)


def private_place() -> Path:
    """Where folders of single kernels are made: with temporary files, unless sockets' addresses get too long there."""
    place, other = Path(tempfile.gettempdir()), Path("/tmp")  # noqa: S108 - the folder made in there is private
    is_other = os.name != "nt" and not has_room(place) and os.access(other, os.W_OK | os.X_OK)
    return other if is_other else place


def has_room(place: Path) -> bool:
    """Whether sockets in a kernel's folder below ``place`` have addresses of a length the system allows."""
    return len(os.fsencode(place)) <= _SHORT


def swap(new: Path, final: Path) -> None:
    """Put a finished folder in place of an old one: two renames, and `recover` mends an interruption between them."""
    final.parent.mkdir(parents=True, exist_ok=True)
    old = final.with_name(f"{_REPLACED}{final.name}")
    if final.exists():
        final.rename(old)
    new.rename(final)
    _remove(old, final)


def _remove(old: Path, final: Path) -> None:
    """Remove results that others stand in place of; what somebody else put among them is carried over."""
    if not old.is_dir():
        return
    said = read_json(old / RESULT) or {}
    made = {*said["files"], RESULT, CRATE} if isinstance(said.get("files"), dict) else None
    for path in sorted(path for path in old.rglob("*") if not path.is_dir() or path.is_symlink()):
        name = path.relative_to(old).as_posix()
        if name not in made if made is not None else not _MADE.fullmatch(name):
            target = _free(final / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _free(path: Path) -> Path:
    """The path, or the first with a number behind its stem where nothing is."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if not os.path.lexists(one))


def write_text(path: Path, text: str) -> None:
    """Write a file in one step: a reader sees the old one or the new one, with the rights any file gets."""
    replace(path, text.encode("utf-8"))
