"""A new folder for the results of a command: whole, or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from digital_diplomacy.cli.app import refuse
from digital_diplomacy.unfinished import MARK, is_running, sweep

_WHOLE: Final = "-whole"
"""Behind the name of what is whole and is moving into its place: a killed command's is moved by the next."""


def check_fresh(out: Path) -> None:
    """Refuse a folder for results that holds anything but what a killed command left unfinished."""
    for place in out.glob(f"{MARK}*{_WHOLE}"):
        process = place.name.removeprefix(MARK).removesuffix(_WHOLE)
        if process.isdecimal() and place.is_dir() and not place.is_symlink() and not is_running(int(process)):
            _settle(place, out)
    is_taken = out.is_dir() and any(not path.name.startswith(MARK) for path in out.iterdir())
    if is_taken or (out.exists() and not out.is_dir()):
        refuse("--out {out}: it exists and is not empty; choose a new folder", out=out)


def _settle(place: Path, out: Path) -> None:
    """Move what is whole into its folder, where some of it may be already."""
    for path in sorted(place.iterdir()):
        path.rename(out / path.name)
    place.rmdir()


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A place to write to, whose content stands in ``out`` once all is written; nothing is left of half of it."""
    was_there = out.exists()
    place = out / f"{MARK}{os.getpid()}"
    place.mkdir(parents=True)
    try:
        yield place
        check_fresh(out)  # another command may have written to it meanwhile
        _settle(place.rename(place.with_name(f"{place.name}{_WHOLE}")), out)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        sweep(out)
        if not was_there:
            with suppress(OSError):  # it is not empty: the results are there
                out.rmdir()
