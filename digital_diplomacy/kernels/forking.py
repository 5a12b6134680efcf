"""Asks a process that has imported the libraries to fork a child for every kernel, or whole run.

The process itself is `fork_server`; here it is started, asked, replaced when the library was changed, and ended.
"""

import atexit
import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import DigitalDiplomacyError, Said, said
from digital_diplomacy.kernels import fork_server

STABLE: Final = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""What would make equal runs differ: hash order, threaded sums (and threads do not survive a fork), a warning."""

_AT_IMPORT: Final = ("PYTHON", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS_", "MKL_", "LANG", "LC_", "TZ", "HOME", "XDG_")
_PACKAGE: Final = Path(__file__).parents[1]

_lock = threading.Lock()
_current: "Server | None" = None
_retired: list["Server"] = []  # replaced, with children that still run
_pins: list[None] = []
_refused: str | Said = ""  # why no server can be had in this process


class ForkError(DigitalDiplomacyError, RuntimeError):
    """There is no server to fork from; an ordinary kernel does the same more slowly."""


def unavailable() -> str | Said:
    """Why notebooks cannot be executed in forked kernels here, in words; empty if they can."""
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        return said("this system cannot fork processes")
    return _refused


def server(libraries: Sequence[str] = ()) -> "Server":
    """The server of this process, started when first asked for and again when it ended or the library was changed.

    Parameters
    ----------
    libraries : sequence of str
        What it imports if it is started now; `fork_server.PRELOADED` if none are named.

    Raises
    ------
    ForkError
        Where processes cannot be forked, or a server ended before it forked anything.
    """
    global _current, _refused
    with _lock:
        if _current is not None and _current.owner != os.getpid():
            _current = None  # this process was itself forked; the server belongs to its parent
            _retired.clear()
        if _current is not None and _current.ended():
            if not _current.served:
                _refused = said("the process kernels are forked from could not be started")
            _current.close()
            _current = None
        if _current is not None and not _pins and _current.version != _version():
            _retired.append(_current)  # kernels it has forked go on with the code they began with
            _current = None
        _end_retired(idle_only=True)
        if unavailable():
            raise ForkError(unavailable())
        if _current is None:
            _current = Server(libraries)
            atexit.register(_current.close)
        return _current


@contextlib.contextmanager
def one_version(libraries: Sequence[str] = ()) -> Iterator[None]:
    """Fork everything in the block from one state of the library, even if its files change meanwhile."""
    with contextlib.suppress(ForkError):  # whoever needs a server is told
        server(libraries)
    with _lock:
        _pins.append(None)
    try:
        yield
    finally:
        with _lock:
            _pins.pop()


def libraries_for(imported: Collection[str]) -> list[str]:
    """What to import before notebooks are executed that import these: all but what is used by those that import others.

    Examples
    --------
    >>> "networkx" in libraries_for({"pandas"}), libraries_for({"digital_diplomacy.messages"})[-1]
    (False, 'digital_diplomacy.messages')
    """
    named = {*imported, *(name.partition(".")[0] for name in imported)}
    every, asked_by = (*fork_server.PRELOADED, fork_server.MESSAGES), fork_server.ASKED_BY
    return [name for name in every if name not in asked_by or named.intersection(asked_by[name])]


def stop() -> None:
    """End the server of this process, if there is one, and with it everything forked from it."""
    global _current
    with _lock:
        if _current is not None:
            _current.close()
        _current = None
        _end_retired(idle_only=False)


def _end_retired(*, idle_only: bool) -> None:
    for old in list(_retired):
        if not idle_only or not any(child.poll() is None for child in old.children):
            old.close()
            _retired.remove(old)


def _version() -> int:
    """Changes whenever a file of the library does: a long-lived server must not fork kernels with old code."""
    files = [path for ending in ("py", "csv", "j2") for path in _PACKAGE.rglob(f"*.{ending}")]
    return hash(tuple((str(path), path.stat().st_mtime_ns) for path in sorted(files)))


def at_import(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that libraries read when they are imported."""
    return {name: value for name, value in environment.items() if name.startswith(_AT_IMPORT)}


class Server:
    """The parent's side of a fork server."""

    def __init__(self, libraries: Sequence[str] = ()) -> None:
        own, theirs = socket.socketpair()
        self.owner, self.version, self.served = os.getpid(), _version(), False
        self.environment = os.environ | STABLE
        self.children: weakref.WeakSet[Child] = weakref.WeakSet()
        self._socket, self._sending = own, threading.Lock()
        arguments = f"{theirs.fileno()}, {os.getpid()}, {tuple(libraries or fork_server.PRELOADED)!r}"
        code = f"from {fork_server.__name__} import serve; serve({arguments})"
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code],
                env=self.environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt from the terminal is the parent's to handle
            )

    @property
    def pid(self) -> int:
        """Process id of the server."""
        return self._process.pid

    def ended(self) -> bool:
        """Whether the server's process is gone."""
        return self._process.poll() is not None

    def fork(self, task: str, request: Mapping[str, Any]) -> "Child":
        """A child that does ``task`` (``module:function``) with the request; it reports on the returned object.

        Raises
        ------
        ForkError
            If the server has ended.
        """
        own, theirs = socket.socketpair()
        content = pickle.dumps((task, dict(request)))
        try:
            with theirs, self._sending:
                socket.send_fds(self._socket, [fork_server.HEADER.pack(len(content))], [theirs.fileno()])
                self._socket.sendall(content)
        except OSError as error:
            own.close()
            raise ForkError("the process kernels are forked from has ended ({error})", error=error) from error
        child = Child(self, own)
        self.children.add(child)
        return child

    def close(self) -> None:
        """End the server and everything forked from it."""
        if os.getpid() != self.owner:
            return
        self._socket.close()  # the server ends its children, then itself
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # still importing: it has forked nothing yet
            self._process.kill()
            self._process.wait()


class Child:
    """A forked process as its requester sees it; it can stand in for a `subprocess.Popen`.

    Attributes
    ----------
    pid : int
        0 until the child has reported.
    returncode : int or None
        Exit code, or the negative number of the signal that ended it.
    is_orphan : bool
        Whether it ended because its server did.
    """

    def __init__(self, origin: Server, connection: socket.socket) -> None:
        self._server, self._socket, self._buffer = origin, connection, b""
        self.pid, self.returncode, self.is_orphan = 0, None, False  # type: tuple[int, int | None, bool]
        self.stdin = self.stdout = self.stderr = None
        self._due = 0  # signal that came before the child had said which process it is

    def receive(self, timeout: float | None = None) -> list[dict[str, Any]]:
        """Reports that came meanwhile, waiting up to ``timeout`` seconds for the first; none if it has ended."""
        if self.returncode is not None:
            return []
        self._socket.settimeout(timeout)
        try:
            content = self._socket.recv(65536)
        except (BlockingIOError, TimeoutError):
            return []
        except OSError:
            content = b""
        if not content:
            self._end(-signal.SIGKILL, orphan=True)
            return []
        *lines, self._buffer = (self._buffer + content).split(b"\n")
        reports = [json.loads(line) for line in lines]
        for report in reports:
            if "pid" in report:
                self.pid, self._server.served = report["pid"], True
                if self._due:
                    self._signal(self._due)
            if "status" in report:
                self._end(report["status"], orphan=False)
        return reports

    def _end(self, status: int, *, orphan: bool) -> None:
        self.returncode, self.is_orphan = status, orphan
        self._socket.close()

    def fileno(self) -> int:
        """The socket its reports come on."""
        return self._socket.fileno()

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        self.receive(timeout=0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end; the exit code, or None if it still runs after ``timeout`` seconds."""
        while self.returncode is None and (self.receive(timeout) or timeout is None):
            pass
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the child and the processes it started; one that is only being forked gets it once it is there."""
        if self.poll() is not None:
            return
        if self.pid:
            self._signal(number)
        else:
            self._due = number

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)
