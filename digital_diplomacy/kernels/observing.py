"""Which files of the project a kernel opens for reading, seen by an audit hook and noted outside the kernel.

What a library opens by its own C code, without Python (pyarrow's and DuckDB's readers), is not seen.
"""

import importlib.util
import os
import sys
import threading
import warnings
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import NamelessWarning

VARIABLE: Final = "DIGITAL_DIPLOMACY_OBSERVE"
"""Environment variable with the file to note in and the folder to watch; taken away before the first cell."""

_PACKAGE: Final = str(Path(__file__).resolve().parents[1])
_CREATING: Final = os.O_TRUNC | getattr(os, "O_DIRECTORY", 0)  # an emptied file is no input, nor is a folder


def request(root: Path, notes: Path) -> dict[str, str]:
    """What to put into a kernel's environment so that the files it reads below ``root`` are noted in ``notes``."""
    return {VARIABLE: f"{notes}{os.pathsep}{root.resolve()}"}


def read(notes: Path, root: Path) -> list[str]:
    """Files noted that exist, relative to ``root`` with ``/`` between folders, sorted."""
    if not notes.is_file():
        return []
    base = root.resolve()
    paths = {Path(line) for line in notes.read_text(encoding="utf-8").splitlines()}
    return sorted(path.relative_to(base).as_posix() for path in paths if path.is_file())


_OVER: Final = threading.Event()


def start(environment: MutableMapping[str, str]) -> None:
    """Watch this process from now on, if its environment asks for it; the hook cannot be taken away again."""
    said = environment.pop(VARIABLE, "")
    if said:
        target, _, root = said.partition(os.pathsep)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        sys.addaudithook(_hook(handle, root, [_PACKAGE, sys.prefix]))
        # A page is in one language: what has no name there fails the run, in one's own cells it is its own name.
        warnings.filterwarnings("error", category=NamelessWarning)


def stop() -> None:
    """Note nothing more in this process, whose cells are done: what pages are made of is no input of the notebook."""
    _OVER.set()


def load_ipython_extension(shell: Any) -> None:
    """Watch an ordinary kernel, and let it keep what its listener has not yet read; called before the first cell."""
    import zmq

    thread = shell.kernel.iopub_thread
    thread.schedule(lambda: thread.socket.setsockopt(zmq.SNDHWM, 0))
    start(os.environ)


def _hook(handle: int, root: str, without: Iterable[str]) -> Any:
    inside = os.path.join(root, "")  # noqa: PTH118 - the hook runs at every open; pathlib opens none but is slow
    outside = tuple(os.path.join(folder, "") for folder in without)  # noqa: PTH118
    known: set[str] = set()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        path = None if _OVER.is_set() else _opened(event, arguments)
        if path is None:
            return
        full = os.path.realpath(path)
        if full in known or not full.startswith(inside) or full.startswith(outside):
            return
        known.add(full)
        # One write a line: a kernel may be killed at any moment, and its forked children note in the same file.
        os.write(handle, f"{_source(full)}\n".encode())

    return hook


def _opened(event: str, arguments: tuple[Any, ...]) -> str | None:
    """The path an audit event reads, or None."""
    if event == "sqlite3.connect":
        return _text(arguments[0])
    if event != "open":
        return None
    path, mode, flags = arguments
    if isinstance(mode, str):
        reads = "r" in mode or mode.startswith("a+")
    else:
        reads = flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY and not flags & _CREATING
    return _text(path) if reads else None


def _text(path: Any) -> str | None:
    return os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else None


def _source(path: str) -> str:
    """The module behind compiled code: a cache file comes and goes, its source is what was read."""
    if not path.endswith(".pyc"):
        return path
    try:
        return importlib.util.source_from_cache(path)
    except ValueError:
        return path
