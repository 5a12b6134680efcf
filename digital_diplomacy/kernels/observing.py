"""What the results of a kernel rest on besides its code, seen by an audit hook and noted outside the kernel.

Files read (and looked for in vain), folders listed, environment variables asked for, programs started, connections
opened. Tables of the project that were there before stay as they are: to open one for writing, to rename or to remove
it is refused. What a library reads or writes by its own C code, without Python (pyarrow's and DuckDB's readers), is not
seen, nor is a mere question whether a file exists.

References
----------
Python's audit events: https://docs.python.org/3/library/audit_events.html
"""

import gc
import importlib.util
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from types import FrameType
from typing import Any, Final

from digital_diplomacy.errors import NamelessWarning, NotebookError
from digital_diplomacy.kernels import sharing, telling
from digital_diplomacy.runs.results import Observed

VARIABLE: Final = "DIGITAL_DIPLOMACY_OBSERVE"
"""Environment variable with the file to note in and the folder to watch; taken away before the first cell."""

_PACKAGE: Final = str(Path(__file__).parents[1])
_CREATING: Final = os.O_TRUNC | getattr(os, "O_DIRECTORY", 0)  # an emptied file is no input, nor is a folder
_READ, _SOUGHT, _MADE, _LISTED, _VARIABLE, _UNREPEATABLE = "RSMLVU"
"""First letter of a note: a file read, one looked for in vain, one made by the run itself, and so on."""

_SYSTEM: Final = (
    *("/bin", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/nix", "/proc", "/run", "/sbin", "/snap", "/sys", "/usr"),
    *("/Library", "/System"),
)
_OWN_TO_USER: Final = (
    *(".cache", ".config/matplotlib", ".fonts", ".ipython", ".jupyter", ".keras", ".local/share/fonts"),
    *(".local/share/jupyter", ".matplotlib", "Library"),
)
"""Below the user's home: caches, fonts, and settings that are compared on their own (`runs.software`)."""

_INSTALLED: Final = re.compile(r"[\\/](site-packages|dist-packages|ipykernel_\d+)[\\/]")
_IMPORTING: Final = ("importlib", "_frozen_importlib", "pkgutil", "zipimport")
_ABOUT_MACHINE: Final = ("ctypes.util", "matplotlib.font_manager", "platform", "uuid")
"""Modules that ask programs of the system about the machine: for libraries, fonts, its name."""

_SET_BY_KERNELS: Final = ("JPY_", "IPYTHONDIR", VARIABLE)
_BETWEEN: Final = ("os", "_collections_abc", "collections.abc", "posixpath", "ntpath")
"""Modules that stand between the code that asks for an environment variable and the place where it is kept."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_TRUNC
_TABLES: Final = ("raw", "processed")
"""Folders below ``data`` whose files notebooks read and never change."""

_NEW_PYTHON: Final = re.compile(r"\.popen_(spawn|forkserver|loky)\w*$")
_AF_UNIX: Final = 1


def request(root: Path, notes: Path) -> dict[str, str]:
    """What to put into a kernel's environment so that what it depends on is noted in ``notes``."""
    return {VARIABLE: f"{notes}{os.pathsep}{root.resolve()}"}


def read(notes: Path, root: Path) -> Observed:
    """What was noted: paths below ``root`` relative to it, with ``/`` between folders, others in full; all sorted."""
    if not notes.is_file():
        return Observed()
    base, found = root.resolve(), {kind: dict[str, None]() for kind in (_READ, _LISTED, _VARIABLE, _UNREPEATABLE)}
    made: set[Path] = set()
    for note in filter(None, os.fsdecode(notes.read_bytes()).split("\0")):
        kind, said = note[0], note[1:]
        if kind in (_VARIABLE, _UNREPEATABLE):
            found[kind][said] = None
            continue
        path = Path(said)
        if kind == _MADE:
            made.add(path)
        elif not made & {path, *path.parents} and (kind == _LISTED or path.is_file() == (kind == _READ)):
            name = (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()
            found[_LISTED if kind == _LISTED else _READ][name] = None
    files = sorted([*found[_READ], *(f"{name.rstrip('/')}/" for name in found[_LISTED])])
    return Observed(tuple(files), tuple(sorted(found[_VARIABLE])), tuple(sorted(found[_UNREPEATABLE])))


_OVER: Final = threading.Event()
_COLLECTED: Final = (50_000, 2, 2)
"""New objects, and looks at them, after which garbage in cycles is looked for: with Python's 700 that takes a twentieth
of the time of a notebook, and hardly anything is found but figures that have been drawn."""


def start(environment: MutableMapping[str, str]) -> None:
    """Watch this process from now on, if its environment asks for it; the hook cannot be taken away again."""
    said = environment.pop(VARIABLE, "")
    if said:
        target, _, root = said.partition(os.pathsep)
        watch = _Watch(target, root, environment)
        for module in list(sys.modules.values()):  # what is loaded already will not be opened again
            watch.read_if_own(getattr(module, "__file__", None) or "")
        os.environ._data = os.environb._data = _Variables(os.environ._data, watch.asked)  # type: ignore[attr-defined]
        sys.addaudithook(watch)
        gc.set_threshold(*_COLLECTED)
        # A page is in one language: what has no name there fails the run, in one's own cells it is its own name.
        warnings.filterwarnings("error", category=NamelessWarning)


def stop() -> None:
    """Note nothing more in this process, whose cells are done: what pages are made of is no input of the notebook."""
    _OVER.set()


def load_ipython_extension(shell: Any) -> None:
    """Watch an ordinary kernel, and let it keep what its listener has not yet read; called before the first cell."""
    import zmq

    from digital_diplomacy.kernels import strings

    strings.keep_as_python()
    thread = shell.kernel.iopub_thread
    thread.schedule(lambda: thread.socket.setsockopt(zmq.SNDHWM, 0))
    telling.attach(shell)
    start(os.environ)
    os.environ.pop(sharing.VARIABLE, None)  # only forked kernels share, whose code is the same


class _Variables(dict[Any, Any]):
    """Where ``os.environ`` keeps its values; says which are asked for."""

    def __init__(self, values: dict[Any, Any], asked: Callable[[Any], None]) -> None:
        super().__init__(values)
        self._asked = asked

    def __getitem__(self, key: Any) -> Any:
        self._asked(key)
        return super().__getitem__(key)


class _Watch:
    """The audit hook of one process, with what it has noted already."""

    def __init__(self, notes: str, root: str, environment: MutableMapping[str, str]) -> None:
        self._notes, self._inside, self._known = os.path.abspath(notes), _below(os.path.realpath(root)), set[str]()  # noqa: PTH100
        places = [_PACKAGE, sys.prefix, *_of_the_machine(environment)]
        folders = [_below(os.path.realpath(place)) for place in places if place]
        self._passed_over = tuple(folder for folder in folders if not self._inside.startswith(folder))
        self._kept = tuple(_below(os.path.realpath(os.path.join(root, "data", name))) for name in _TABLES)  # noqa: PTH118
        self._installed = tuple(_below(os.path.realpath(place)) for place in (_PACKAGE, sys.prefix))
        self._takers: dict[str, Callable[[tuple[Any, ...]], None]] = {
            "open": self._open,
            "sqlite3.connect": lambda said: self.read(_database(said[0])),
            "os.listdir": lambda said: self._list(said[0]),
            "os.scandir": lambda said: self._list(said[0]),
            "os.mkdir": lambda said: self._make(said[0]),
            "os.remove": lambda said: self._keep(said[0]),
            "os.truncate": lambda said: self._keep(said[0]),
            "shutil.rmtree": lambda said: self._keep(said[0], with_parents=True),
            "os.rename": self._rename,
            "subprocess.Popen": lambda said: self._program(said[0] or said[1]),
            "os.exec": lambda said: self._program(said[0]),
            "os.posix_spawn": lambda said: self._program(said[0]),
            "os.spawn": lambda said: self._program(said[1]),
            "os.startfile": lambda said: self._program(said[0]),
            "os.system": lambda said: self._program(os.fsdecode(said[0]).split(None, 1)),
            "import": self._import,
            "socket.connect": lambda said: self._connect(said[0], said[1]),
            "socket.sendto": lambda said: self._connect(said[0], said[1]),
        }

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an event that tells of something results may rest on."""
        taker = self._takers.get(event)
        if taker is not None and not _OVER.is_set():
            taker(arguments)

    def _note(self, kind: str, said: str) -> None:
        note = f"{kind}{said}"
        if note not in self._known:
            self._known.add(note)
            # One write a note: a kernel may be killed at any moment, and its forked children note in the same file.
            # They may close every descriptor before they become another program, so that none is kept open.
            handle = os.open(self._notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            try:
                os.write(handle, os.fsencode(f"{note}\0"))
            finally:
                os.close(handle)

    def _counts(self, full: str) -> bool:
        if full.startswith(self._inside):
            return not full.startswith(self._passed_over)
        return not full.startswith(self._passed_over) and not _INSTALLED.search(full)

    def _open(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = arguments
        if isinstance(mode, str):
            reads, makes = "r" in mode or mode.startswith("a+"), mode[:1] in ("w", "x")
        else:
            reads = flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY and not flags & _CREATING
            makes = bool(flags & os.O_TRUNC or flags & os.O_EXCL)
        if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & _WRITING:
            self._keep(path)
        if makes:
            self._make(path)
        elif reads:
            self.read(path, may_be_missing=True)

    def read(self, path: Any, *, may_be_missing: bool = False) -> None:
        """Note a file that is read, or that is looked for and not there."""
        text = _text(path)
        if text:
            full = _source(os.path.realpath(text))
            if f"{_MADE}{full}" not in self._known and self._counts(full):
                sought = may_be_missing and not os.path.exists(full)  # noqa: PTH110 - pathlib is slow
                self._note(_SOUGHT if sought else _READ, full)

    def read_if_own(self, path: str) -> None:
        """Note a module that is loaded already; of the thousands of libraries' the links need not be followed."""
        if not path.startswith(self._passed_over) and not _INSTALLED.search(path):
            self.read(path)

    def _make(self, path: Any) -> None:
        text = _text(path)
        full = os.path.realpath(text) if text else ""
        if full and not os.path.isdir(full) and f"{_READ}{full}" not in self._known and self._counts(full):  # noqa: PTH112
            self._note(_MADE, full)

    def _keep(self, path: Any, *, with_parents: bool = False) -> None:
        """Refuse what would change a table of the project that the run did not make, or move a folder that holds some.

        Raises
        ------
        NotebookError
            Naming the file.
        """
        text = _by_number(path) if isinstance(path, int) else _text(path)
        if not text:
            return
        full = os.path.realpath(text)
        above = with_parents and any(kept.startswith(_below(full)) for kept in self._kept)
        if (above or full.startswith(self._kept)) and f"{_MADE}{full}" not in self._known and os.path.exists(full):  # noqa: PTH110
            raise NotebookError(
                "{path}: notebooks read the tables of a project and do not change them; write to another file",
                path=os.path.relpath(full, self._inside),
            )

    def _rename(self, arguments: tuple[Any, ...]) -> None:
        old, new = map(_text, arguments[:2])
        for path in arguments[:2]:
            self._keep(path, with_parents=True)
        if old and new and f"{_MADE}{os.path.realpath(old)}" in self._known:
            self._make(new)

    def _list(self, place: Any) -> None:
        text = os.curdir if place is None else _by_number(place) if isinstance(place, int) else _text(place)
        if text and not _asked_by(_IMPORTING, deep=False):
            full = os.path.realpath(text)
            if self._counts(_below(full)):
                self._note(_LISTED, full)

    def _program(self, said: Any) -> None:
        if not _asked_by(_ABOUT_MACHINE):
            first = said if isinstance(said, str | bytes | os.PathLike) else next(iter(said or ["?"]), "?")
            self._note(_UNREPEATABLE, f"program {os.path.basename(os.fsdecode(first))}")  # noqa: PTH119

    def _import(self, arguments: tuple[Any, ...]) -> None:
        if _NEW_PYTHON.search(arguments[0]):
            self._note(_UNREPEATABLE, "program python (multiprocessing)")

    def _connect(self, connection: Any, address: Any) -> None:
        if connection.family == _AF_UNIX and _asked_by(("multiprocessing.connection",)):
            return  # between the processes of one run
        caller = _caller()
        if caller and caller.f_code.co_name == "socketpair":  # how Windows makes two sockets that belong together
            return
        where = address[0] if isinstance(address, tuple) else address
        self._note(_UNREPEATABLE, f"connection {os.fsdecode(where)}")

    def asked(self, key: Any) -> None:
        """Note an environment variable that the notebook, or a module of the project, asks for."""
        name, frame = os.fsdecode(key), None if _OVER.is_set() else _caller()
        while frame and frame.f_globals.get("__name__") in _BETWEEN:
            frame = frame.f_back
        if frame is None:
            return
        file = frame.f_code.co_filename
        is_own = file.startswith(self._inside) and not file.startswith(self._installed)
        is_cell = frame.f_globals.get("__name__") == "__main__"
        if (is_cell or is_own) and not name.startswith(_SET_BY_KERNELS):
            self._note(_VARIABLE, name)


def _of_the_machine(environment: MutableMapping[str, str]) -> Iterator[str]:
    """Folders of Python, the system, caches, fonts and the kernel itself, which are no input of a notebook."""
    yield sys.base_prefix
    yield from _SYSTEM
    for name in ("IPYTHONDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR", "SYSTEMROOT", "PROGRAMFILES"):
        yield environment.get(name, "")
    yield os.path.dirname(environment.get(sharing.VARIABLE, ""))  # noqa: PTH120 - all notebooks share in there, too
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib refuses where there is no home
    yield from (os.path.join(home, place) for place in _OWN_TO_USER)  # noqa: PTH118


def _below(folder: str) -> str:
    """A folder as the beginning of the paths in it."""
    return os.path.join(folder, "")  # noqa: PTH118 - the hook runs at every open; pathlib opens none but is slow


def _asked_by(modules: tuple[str, ...], *, deep: bool = True) -> bool:
    """Whether code of one of the modules is the nearest below the hook, or with ``deep`` any on the way."""
    frame = _caller()
    while frame:
        name = str(frame.f_globals.get("__name__"))
        if any(name == module or name.startswith(f"{module}.") for module in modules):
            return True
        frame = frame.f_back if deep else None
    return False


def _caller() -> FrameType | None:
    """The code that did what the hook was told of."""
    frame: FrameType | None = sys._getframe(1)
    while frame and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame


def _by_number(descriptor: int) -> str:
    """The folder behind an open descriptor; nothing where the system does not tell."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115
    except OSError:
        return ""


def _database(said: Any) -> str:
    """The file of an SQLite database, given by path or address; nothing for one in memory."""
    text = _text(said) or ""
    path = text.removeprefix("file:").partition("?")[0] if text.startswith("file:") else text
    return "" if path == ":memory:" else path


def _text(path: Any) -> str:
    return os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""


def _source(path: str) -> str:
    """The module behind compiled code: a cache file comes and goes, its source is what was read."""
    if not path.endswith(".pyc"):
        return path
    try:
        return importlib.util.source_from_cache(path)
    except ValueError:
        return path
