"""A new folder for the results of a command: whole, or not there."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from digital_diplomacy.cli.app import refuse
from digital_diplomacy.cli.streams import has_failed
from digital_diplomacy.unfinished import MARK, is_running, sweep

_WHOLE: Final = "-whole"
"""Behind the name of what is whole and is moving into its place; a killed command's is taken back by the next."""

_OF_DISKS: Final = (errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EROFS)
"""Faults that a write meets long after its file was opened, and that name no file."""

_LIST: Final = ".files"
"""What is moving: a file with the names, sizes and times by which it is known in its place."""


def check_fresh(out: Path) -> None:
    """Refuse a folder for results that holds anything but what a killed command was moving there or left unfinished.

    What it was moving is whole: once somebody has changed it, or where nothing tells what it was, it is moved.
    """
    moved = set[str]()
    for place in _left(out):
        if _is_as_moved(place, out):
            moved |= {name.partition("/")[0] for name in _listed(place)}
        else:
            _settle(place, out)
    is_taken = out.is_dir() and any(not path.name.startswith(MARK) and path.name not in moved for path in out.iterdir())
    if is_taken or (out.exists() and not out.is_dir()):
        refuse("--out {out}: it exists and is not empty; choose a new folder", out=out)


def _left(out: Path) -> Iterator[Path]:
    """What killed commands were moving."""
    for place in out.glob(f"{MARK}*{_WHOLE}"):
        process = place.name.removeprefix(MARK).removesuffix(_WHOLE)
        if process.isdecimal() and place.is_dir() and not place.is_symlink() and not is_running(int(process)):
            yield place


def _known(folder: Path) -> dict[str, list[int]]:
    """The files below a folder, each with its size and time."""
    told = {path.relative_to(folder).as_posix(): path.lstat() for path in folder.rglob("*") if not path.is_dir()}
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in told.items()}


def _listed(place: Path) -> dict[str, list[int]]:
    try:
        return dict(json.loads((place / _LIST).read_bytes()))
    except (OSError, ValueError):
        return {}


def _is_as_moved(place: Path, out: Path) -> bool:
    """Whether what was moved to its place is still what it was, and nothing of somebody else's is in its folders."""
    listed = _listed(place)
    moved = {out / name.partition("/")[0] for name in listed}
    there = [path for one in moved for path in (one, *one.rglob("*")) if path.is_symlink() or path.is_file()]
    stats = [(path.relative_to(out).as_posix(), path.lstat()) for path in there]
    return bool(listed) and all(listed.get(name) == [stat.st_size, stat.st_mtime_ns] for name, stat in stats)


def _settle(place: Path, out: Path) -> None:
    """Move what is whole into its folder, where some of it may be already."""
    for path in sorted(path for path in place.iterdir() if path.name != _LIST):
        path.rename(out / path.name)
    (place / _LIST).unlink(missing_ok=True)
    place.rmdir()


def _take_back(place: Path, out: Path) -> None:
    """Remove what was moving, of which some is in its place."""
    for name in {name.partition("/")[0] for name in _listed(place)}:
        moved = out / name
        if moved.is_dir():
            shutil.rmtree(moved)
        else:
            moved.unlink(missing_ok=True)
    shutil.rmtree(place.rename(place.with_name(place.name.removesuffix(_WHOLE))))


@contextmanager
def naming(out: Path) -> Iterator[None]:
    """Say of a fault of the disk that names no file, such as one without room, where was being written."""
    try:
        yield
    except OSError as error:
        if error.errno in _OF_DISKS and error.filename is None and not has_failed():
            error.filename = str(out)
        raise


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A place to write to, whose content stands in ``out`` once all is written; nothing is left of half of it."""
    was_there = out.exists()
    place = out / f"{MARK}{os.getpid()}"
    whole = place.with_name(f"{place.name}{_WHOLE}")
    try:
        place.mkdir(parents=True)
        with naming(out):
            yield place
        check_fresh(out)  # another command may have written to it meanwhile
        for left in _left(out):
            _take_back(left, out)
        (place / _LIST).write_text(json.dumps(_known(place)), encoding="utf-8")
        place.rename(whole)
        _settle(whole, out)
    finally:
        if whole.is_dir() and _is_as_moved(whole, out):  # interrupted in between
            _take_back(whole, out)
        shutil.rmtree(place, ignore_errors=True)
        sweep(out)
        if not was_there:
            with suppress(OSError):  # it is not empty: the results are there
                out.rmdir()
