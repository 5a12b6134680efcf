"""Putting finished results in place: whole folders, whole files, and one run at a time."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import BusyError, ParameterError
from digital_diplomacy.runs.plan import RESULT

STAGING: Final = ".staging-"
PRIVATE: Final = "dd-kernel-"  # folders of single kernels; the process that made them is named behind
_SHORT: Final = 72  # bytes: an address of a socket in a folder of a kernel ends within the 104 that macOS allows
_REPLACED: Final = ".replaced-"
_LOCK: Final = ".running"


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold a reports folder for this process; a lock whose process is gone is taken over.

    Raises
    ------
    BusyError
        If another run writes to the folder, naming its process.
    """
    lock = out / _LOCK
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            holder = lock.read_text(encoding="ascii").strip() if lock.exists() else ""
            if holder.isdigit() and is_running(int(holder)):
                raise BusyError(
                    "process {holder} is writing to {out}; wait for it, end it, or choose another folder with --out",
                    holder=holder,
                    out=out,
                ) from None
            lock.unlink(missing_ok=True)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(str(os.getpid()))
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """Whether there is such a process; one that has ended and that nobody has collected, as in containers, is none."""
    import psutil  # only where something was left behind, as it takes longer to import than most commands to answer

    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


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
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(final)
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
    shutil.rmtree(old, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    """Write beside the file, then rename: a reader sees the old file or the new one."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f"{STAGING}{path.name}-", delete=False, encoding="utf-8"
    ) as stream:
        stream.write(text)
    Path(stream.name).chmod(0o644)
    Path(stream.name).replace(path)
