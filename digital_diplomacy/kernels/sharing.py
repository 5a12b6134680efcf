"""Sibling runs of a notebook, which differ in language alone, compute what has no language once.

In the kernels of siblings the functions of the rooms that compute are wrapped. The first call with given arguments
leaves its result in a folder the siblings share, and the same call in a sibling takes it from there, after it has read
again the files the first had read: so they are noted as this run's inputs, too, and known to be unchanged. What is
drawn or said is never taken: it has a language.

Results can be taken because such functions compute from nothing but their arguments. What can be seen of that is
checked: a call that warned, wrote, listed a folder, changed an argument or returned one is made again in each run. The
state a generator of random numbers is left in is part of the result. Only kernels forked from one process share, whose
code is the same, and only notebooks of plain statements (`is_plain`), which cannot catch an error to look where it came
from.
"""

import ast
import contextlib
import dataclasses
import functools
import hashlib
import io
import json
import os
import pickle
import shutil
import sys
import tempfile
import time
import types
import warnings
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.places import PRIVATE, private_place
from digital_diplomacy.runs.snapshot import hash_of, sha256

VARIABLE: Final = "DIGITAL_DIPLOMACY_SHARE"
"""Environment variable with the folder siblings share; taken away before the first cell."""

ROOMS: Final = ("claims", "networks", "penetration", "rankings", "sources")
"""Packages whose public functions compute, or read tables."""

_OUTLINES: Final = "figures.kinds.maps"
"""Module that asks for the outlines of countries, which have no language either."""

_CLEARING: Final = ("messages", "read_month")
"""Room and function that may write files, all of which it clears away; the rest of the room takes less time than it
takes to see what it was given."""

_WORTH: Final = 0.004  # seconds of computing below which storing a result gains nothing
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SOFTWARE: Final = tuple(
    os.path.join(os.path.realpath(place), "")  # noqa: PTH118 - asked at every opening of a file
    for place in {str(_PACKAGE), sys.prefix, sys.base_prefix}
)
_NOT_PLAIN: Final = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.AsyncWith,
    ast.Global,
    ast.Nonlocal,
)
_ACTING: Final = ("glob", "open", "os", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "urllib")
"""Beginnings of the names of audit events that say more than that something is computed."""

_ONLOOKERS: Final = ("<frozen importlib", str(Path(__file__).with_name("observing.py")))
"""Beginnings of the names of files whose code opens others though no data is read: for a module, or to take a note."""

_READS: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """A folder outside the project for what is shared; if this process dies, a later one clears it away."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PRIVATE}{os.getpid()}-", dir=private_place()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folders(runs: Sequence[Run], place: Path) -> dict[str, Path]:
    """The folder each run with siblings shares with them, made below ``place``, by the folder of the run."""
    groups: dict[str, list[Run]] = {}
    for run in runs:
        values = {name: value for name, value in run.values.items() if name != "lang"}
        groups.setdefault(hash_of([str(run.notebook.path), repr(values)]), []).append(run)
    found: dict[str, Path] = {}
    for name, group in groups.items():
        if len(group) > 1 and is_plain(group[0].notebook.path):
            (place / name).mkdir(parents=True, exist_ok=True)
            found |= {run.folder: place / name for run in group}
    return found


def is_plain(notebook: Path) -> bool:
    """Whether a notebook consists of statements that define and catch nothing and are Python throughout."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        coded = [cell for cell in cells if cell["cell_type"] == "code"]
        trees = [ast.parse("".join(cell["source"])) for cell in coded]
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return False
    tags = {tag for cell in coded for tag in cell.get("metadata", {}).get("tags", [])}
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return "raises-exception" not in tags and not any(isinstance(node, _NOT_PLAIN) or _patches(node) for node in nodes)


def _patches(node: ast.AST) -> bool:
    """Whether a statement gives a module or other object a new attribute."""
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del)


def request(folder: Path | None) -> dict[str, str]:
    """What to put into a kernel's environment so that it shares results in a folder, or, without one, in none.

    Also in none that the environment of whoever runs names: what lies there is loaded, and nobody knows who made it.
    """
    return {VARIABLE: str(folder or "")}


def was_seen(traceback: str) -> bool:
    """Whether a traceback tells of this module, which no single run has in the way."""
    return Path(__file__).name in traceback and str(_PACKAGE.name) in traceback


def start(environment: MutableMapping[str, str]) -> None:
    """Share results from now on, if the environment of this forked kernel asks for it."""
    folder = environment.pop(VARIABLE, "")
    if not folder:
        return
    watch = _Watch()
    sys.addaudithook(watch.hook)
    for room in ROOMS:
        module = sys.modules.get(f"{_PACKAGE.name}.{room}")
        for name in getattr(module, "__all__", ()):
            function = getattr(module, name)
            if isinstance(function, types.FunctionType):
                setattr(module, name, _shared(function, Path(folder), watch))
    room, name = _CLEARING
    module = sys.modules.get(f"{_PACKAGE.name}.{room}")
    if module is not None:
        setattr(module, name, _shared(getattr(module, name), Path(folder), watch, clears=True))
    maps = sys.modules.get(f"{_PACKAGE.name}.{_OUTLINES}")
    if maps is not None:
        # The same for every notebook: left in the folder above that of the siblings.
        maps.outlines = functools.cache(_shared(maps.outlines.__wrapped__, Path(folder).parent, watch))  # type: ignore[attr-defined]


class _Watch:
    """What a call does besides computing: files it reads, and what a sibling would miss: acts on files, warnings."""

    def __init__(self) -> None:
        self.is_on, self.acts, self.warned, self.read = False, False, False, set[str]()

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an audit event."""
        if not self.is_on or event.partition(".")[0] not in _ACTING:
            return
        if sys._getframe(1).f_code.co_filename.startswith(_ONLOOKERS):
            return
        if event == "open":
            path, mode, flags = arguments
            if not isinstance(path, str | bytes | os.PathLike):
                return
            full = os.path.realpath(os.fsdecode(path))
            reads = mode in ("r", "rb") or (mode is None and flags & ~_READS == 0)
            if not full.startswith(_SOFTWARE):
                self.read |= {full} if reads else set()
                self.acts |= not reads
        else:
            self.acts = True

    @contextlib.contextmanager
    def look(self) -> Iterator[None]:
        """Watch what is done in the block; a warning that is shown is noted, and shown as ever."""
        self.is_on, self.acts, self.warned, self.read = True, False, False, set()
        show = warnings.showwarning

        def told(*said: Any, **more: Any) -> None:
            self.warned = True
            show(*said, **more)

        warnings.showwarning = told
        try:
            yield
        finally:
            warnings.showwarning = show
            self.is_on = False


class _Key(pickle.Pickler):
    """Writes arguments so that equal ones give equal bytes, and finds the generators of random numbers among them."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=5)
        self.fast = True  # equal strings are equal, whether or not they are one object
        pandas = sys.modules.get("pandas")
        self._frames = pandas.DataFrame if pandas else ()
        self._cells = (pandas.api.extensions.ExtensionArray, pandas.api.extensions.ExtensionDtype) if pandas else ()
        self.generators: list[Any] = []

    def reducer_override(self, value: Any) -> Any:
        """Leave out what objects only remember to save time; refuse what is not fixed by its name."""
        if isinstance(value, types.FunctionType | type):
            return _by_name(value)
        if hasattr(value, "bit_generator"):
            self.generators.append(value.bit_generator)
        if isinstance(value, self._frames):  # however it keeps its columns together
            columns = [column.array for _, column in value.items()]
            return _parts, (type(value), [value.columns, value.index, value.attrs, columns])
        if isinstance(value, self._cells):
            return _parts, (type(value), _unremembered(value.__reduce_ex__(5)))
        if dataclasses.is_dataclass(value):
            parts = [getattr(value, field.name) for field in dataclasses.fields(value)]
            return _parts, (type(value), parts)
        if hasattr(value, "indptr"):  # a sparse matrix, which notes what it has found out of itself
            return _parts, (type(value), [value.shape, value.data, value.indices, value.indptr])
        return NotImplemented


def _parts(*_: Any) -> None:
    """Stands for an object in a key, which is never read."""


def _by_name(value: Any) -> Any:
    """What stands for a function or class in a key: its name; one wrapped by `_shared` has that of what it wraps."""
    if value.__module__ == "__main__":
        raise pickle.PicklingError("what a notebook defined is not known by its name")
    is_wrapped = hasattr(value, "__wrapped__") and getattr(value, "__globals__", None) is globals()
    return (_parts, (value.__module__, value.__qualname__)) if is_wrapped else NotImplemented


def _unremembered(state: Any) -> Any:
    """The state of a pandas array or type without what it has found out of itself."""
    if isinstance(state, dict):
        return {name: part for name, part in state.items() if name != "_cache"} or None
    parts = [_unremembered(part) for part in state] if isinstance(state, tuple) else []
    while parts and parts[-1] is None:
        parts.pop()
    return parts or state


def _written(function: Callable[..., Any], arguments: Any) -> tuple[bytes, list[Any]]:
    stream = io.BytesIO()
    pickler = _Key(stream)
    pickler.dump((os.getppid(), function.__module__, function.__qualname__, arguments))
    return stream.getvalue(), pickler.generators


def _shared(function: Callable[..., Any], folder: Path, watch: _Watch, *, clears: bool = False) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        if watch.is_on:
            return function(*arguments, **options)
        try:
            key = _written(function, (arguments, options))
        except Exception:  # whatever cannot be written is no key
            return function(*arguments, **options)
        place = folder / hashlib.sha256(key[0]).hexdigest()
        with _alone(place.with_suffix(".lock")):
            found, result = _taken(place, key[1])
            if found:
                return result
            before, begun = [generator.state for generator in key[1]], time.process_time()
            with watch.look():
                result = function(*arguments, **options)
            given = arguments, options
            is_private = watch.warned or (watch.acts and not clears)
            is_own = is_private or any(result is each for each in (*arguments, *options.values()))
            if time.process_time() - begun < _WORTH or is_own or not _is_unchanged(function, given, key, before):
                return result
            # What was read of its own and cleared away again, a sibling would note as an input that is not there.
            kept = {path for path in watch.read if not clears or Path(path).exists()}
            return _left(result, place, key[1], kept)

    return call


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock that the system takes back when its holder ends: a sibling waits for what is being computed."""
    import fcntl  # where there is none, nothing is forked

    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _taken(place: Path, generators: Sequence[Any]) -> tuple[bool, Any]:
    """Whether a sibling has left a result that still holds, and the result; generators move on as the sibling's did."""
    if not place.is_file():
        return False, None
    result, files, states = pickle.loads(place.read_bytes())  # noqa: S301 - written by a sibling, in a private folder
    if any(sha256(Path(path)) != known for path, known in files.items()):
        return False, None
    for generator, state in zip(generators, states, strict=True):
        generator.state = state
    return True, result


def _is_unchanged(
    function: Callable[..., Any], arguments: Any, key: tuple[bytes, list[Any]], before: list[Any]
) -> bool:
    """Whether a call has left its arguments as they were, but for the state of generators."""
    written, generators = key
    ended = [generator.state for generator in generators]
    for generator, state in zip(generators, before, strict=True):
        generator.state = state
    try:
        return _written(function, arguments)[0] == written
    finally:
        for generator, state in zip(generators, ended, strict=True):
            generator.state = state


def _left(result: Any, place: Path, generators: Sequence[Any], read: set[str]) -> Any:
    """The result as siblings will read it, left for them; as it is where it cannot be left."""
    files = {path: sha256(Path(path)) for path in read}
    try:
        content = pickle.dumps((result, files, [generator.state for generator in generators]), protocol=5)
        taken = pickle.loads(content)[0]  # noqa: S301 - written a line above
    except Exception:
        return result
    part = place.with_suffix(".part")
    part.write_bytes(content)
    part.replace(place)
    return taken
