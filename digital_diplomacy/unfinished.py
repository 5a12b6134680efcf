"""Files are written beside their place and then renamed; what a killed process left of that is swept by the next."""

import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_HOST: Final = re.sub(r"[^A-Za-z0-9]", "", platform.node())[:20] or "here"
MARK: Final = f".unfinished-{_HOST}-"
"""Beginning of the names of what is being written here; the process that writes it is named behind.

Numbers of processes say nothing on another computer, or in another container, that writes into the same folder.
"""

TAKING: Final = ".taking"
"""A folder among others' files with files that are whole and stand in their places from now on, whatever ends the
command that wrote them."""

_OURS: Final = re.compile(rf"{re.escape(MARK)}(?P<process>\d+)(?P<file>-[0-9a-f]{{8}}-.+)?", re.DOTALL)
_LONGEST: Final = 120  # bytes of a name that is kept: systems take 255, and a letter may take six


def is_running(process: int) -> bool:
    """Whether there is such a process; one that has ended and that nobody has collected, as in containers, is none.

    Examples
    --------
    >>> import os
    >>> is_running(os.getpid())
    True
    """
    import psutil  # only where something was left behind, as it takes longer to import than most commands to answer

    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def beside(path: Path) -> Path:
    """Where to write what shall become ``path``; what killed processes left in that folder is gone.

    Examples
    --------
    >>> from pathlib import Path
    >>> beside(Path("scores.csv")).name.startswith(".unfinished-")
    True
    """
    sweep(path.parent)
    name = path.name.encode()[-_LONGEST:].decode(errors="ignore")
    return path.with_name(f"{MARK}{os.getpid()}-{secrets.token_hex(4)}-{name}")


def sweep(folder: Path) -> None:
    """Remove what processes that run no more left unfinished in a folder; files of anybody else stay.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = tempfile.TemporaryDirectory()
    >>> size = (Path(folder.name) / ".unfinished-notes").write_text("mine")
    >>> sweep(Path(folder.name))
    >>> [path.name for path in Path(folder.name).iterdir()]
    ['.unfinished-notes']
    >>> folder.cleanup()
    """
    for left in folder.glob(f"{MARK}*"):
        found = _OURS.fullmatch(left.name)
        if not found or left.is_symlink() or left.is_dir() == bool(found["file"]) or is_running(int(found["process"])):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):  # another command sweeps as well
                left.unlink()


def replace(path: Path, content: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old file or the new one, never half of it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = tempfile.TemporaryDirectory()
    >>> replace(Path(folder.name) / "a.csv", b"x")
    >>> [path.name for path in Path(folder.name).iterdir()]
    ['a.csv']
    >>> folder.cleanup()

    Raises
    ------
    OSError
        Naming the file, which is then as it was.
    """
    if path.is_file() and path.read_bytes() == content:
        return
    part = beside(path)
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error  # writing tells no name of its own
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def all_at_once(folder: Path) -> Iterator[Path]:
    """A folder to write files into, which all stand in their places below ``folder`` once the block has ended well.

    What a killed command had left of such a move is moved first; what it had not written as a whole is gone.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = tempfile.TemporaryDirectory()
    >>> with all_at_once(Path(folder.name)) as stage:
    ...     written = [(stage / name).write_text("x") for name in ("a.csv", "b.csv")]
    >>> sorted(path.name for path in Path(folder.name).iterdir())
    ['a.csv', 'b.csv']
    >>> folder.cleanup()
    """
    sweep(folder)
    settle(folder)
    stage = folder / f"{MARK}{os.getpid()}"
    try:
        stage.mkdir()
        yield stage
        stage.rename(folder / TAKING)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    settle(folder)


def settle(folder: Path) -> None:
    """Move what is whole into its places: those of its names below ``folder``, in the order of these names."""
    whole = folder / TAKING
    if not whole.is_dir():
        return
    with suppress(FileNotFoundError):  # another command, which came upon it as well, has moved it
        for path in sorted(path for path in whole.rglob("*") if not path.is_dir()):
            place = folder / path.relative_to(whole)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
        shutil.rmtree(whole)
