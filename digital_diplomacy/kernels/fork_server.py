"""The process kernels are forked from: it imports the libraries once, then forks a child for every request.

`forking` starts it and asks it; it ends with the process that started it, and every child with it. A request comes with
the end of a socket on which the child reports, and on which at last its exit code is reported.
"""

import atexit
import builtins
import contextlib
import ctypes
import gc
import importlib
import io
import json
import logging
import os
import pickle
import selectors
import signal
import socket
import struct
import sys
import traceback
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

PRELOADED: Final = (
    "numpy",
    "pandas",
    "pandas.plotting",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "scipy.stats",
    "scipy.optimize",
    "statsmodels.api",
    "statsmodels.formula.api",
    "statsmodels.stats.proportion",
    "networkx",
    "igraph",
    "pandera.pandas",
    "pandera.io.pandas_io",
    "pandera.backends.pandas.builtin_checks",  # Spark warns where what pandera sets is gone
    "frictionless",
    "babel.numbers",
    "babel.dates",
    "digital_diplomacy.claims",
    "digital_diplomacy.figures",
    "digital_diplomacy.networks",
    "digital_diplomacy.penetration",
    "digital_diplomacy.rankings",
    "digital_diplomacy.sources",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "pandas.io.formats.html",
    "pycountry.db",
    "fontTools.subset",
    "digital_diplomacy.kernels.observing",
    "digital_diplomacy.kernels.sharing",
    "digital_diplomacy.kernels.rehearsal",
)
"""What notebooks import; one that is not installed is passed over."""

MESSAGES: Final = "digital_diplomacy.messages"
"""Imported only where a notebook names it, for the engines that come with it."""

ASKED_BY: Final = {
    "scipy.stats": ("scipy", "digital_diplomacy.penetration", "digital_diplomacy.rankings"),
    "scipy.optimize": ("scipy",),
    "statsmodels.stats.proportion": ("statsmodels", "digital_diplomacy.penetration"),
    "statsmodels.api": ("statsmodels",),
    "statsmodels.formula.api": ("statsmodels",),
    "seaborn": ("seaborn",),
    "networkx": ("networkx",),
    "igraph": ("igraph",),
    **{
        name: (name,)
        for name in (
            "digital_diplomacy.claims",
            "digital_diplomacy.networks",
            "digital_diplomacy.penetration",
            "digital_diplomacy.rankings",
            MESSAGES,
        )
    },
}
"""What not every notebook needs, by what notebooks that do import: a second that others need not wait for."""

KERNEL: Final = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.debugger_backport",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "sqlite3",
    "tornado.platform.asyncio",
)
"""What every kernel imports before the first cell."""

INLINE: Final = "module://matplotlib_inline.backend_inline"
HEADER: Final = struct.Struct("!Q")
"""In front of each request: how many bytes it has."""

_LOOK: Final = 1.0  # seconds between looks whether the requester is still there
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h

_SET_BY_KERNELS: Final[dict[str, str]] = {}
"""Environment variables that importing a kernel sets."""


def serve(descriptor: int, requester: int, libraries: Iterable[str]) -> NoReturn:
    """Import the libraries, then fork a child per request until the process ``requester`` is gone."""
    del sys.path[0]  # the folder it happened to be started in; a kernel has its own
    control = socket.socket(fileno=descriptor)
    _adopt_orphans()
    preload(libraries)
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(woken, selectors.EVENT_READ)
    children: dict[int, socket.socket] = {}
    while True:
        ready = selector.select(_LOOK)
        if os.getppid() != requester:  # a process it has forked may hold the socket open
            _end_all(children)
        for key, _ in ready:
            if key.fileobj is control:
                request = _receive(control)
                if request is None:
                    _end_all(children)
                _fork(*request, children, (control, woken, wake, selector))
            else:
                woken.recv(4096)
                _reap(children)


def _adopt_orphans() -> None:
    """Processes that outlive the kernel that started them become the server's, which ends them with itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def preload(libraries: Iterable[str]) -> None:
    """Import what kernels and notebooks use, so that it is as if each kernel had imported it itself."""
    from digital_diplomacy.kernels import strings

    gc.disable()  # here for good; meanwhile hardly anything is garbage, and looking for it slows every import down
    os.environ["MPLBACKEND"] = INLINE
    before = dict(os.environ)
    # pandas asks at import whether it stands in a kernel, and otherwise sizes its tables for a terminal; and it notes
    # the name of the encoding that its output has.
    # Without a home it says so in English, and keeps its cache elsewhere.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    sys.stdout.reconfigure(encoding="UTF-8")  # type: ignore[union-attr]
    for names in (KERNEL, libraries):
        for name in names:
            with _without_address_checker(), contextlib.suppress(ImportError):
                importlib.import_module(name)
            if "pandas" in sys.modules:
                strings.keep_as_python()  # before tables are declared, whose types go by it
        if names is KERNEL:
            _SET_BY_KERNELS.update({name: value for name, value in os.environ.items() if before.get(name) != value})
    logging.getLogger("matplotlib").setLevel(logging.NOTSET)
    del builtins.get_ipython  # type: ignore[attr-defined]
    del os.environ["MPLBACKEND"]
    # The inline backend ties itself to the shell it finds when it is imported: each kernel has to do that anew.
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]
    gc.freeze()  # a collection in a child would otherwise touch, and so copy, every page


@contextlib.contextmanager
def _without_address_checker() -> Iterator[None]:
    """Hide what jsonschema would import to check web addresses: it takes more than a second, and nobody asks for it."""
    name = "rfc3987_syntax"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


def _receive(control: socket.socket) -> tuple[bytes, int] | None:
    try:
        header, descriptors, _, _ = socket.recv_fds(control, HEADER.size, 1)
        if len(header) < HEADER.size:
            return None
        content = bytearray()
        (size,) = HEADER.unpack(header)
        while len(content) < size:
            part = control.recv(size - len(content))
            if not part:
                return None
            content += part
    except OSError:
        return None
    return bytes(content), descriptors[0]


def _fork(content: bytes, descriptor: int, children: dict[int, socket.socket], own: tuple[Any, ...]) -> None:
    connection, parent = socket.socket(fileno=descriptor), os.getpid()
    task, request = pickle.loads(content)  # noqa: S301 - from the process that started this one
    module, _, function = task.partition(":")
    if module not in sys.modules:  # for every child to come
        with _without_address_checker():
            importlib.import_module(module)
        gc.freeze()
    pid = os.fork()
    if pid:
        children[pid] = connection
        return
    status = 1
    try:
        for resource in (*own, *children.values()):
            resource.close()
        _become_child(parent)
        _prepare(request)
        status = getattr(sys.modules[module], function)(request, _reporter(connection)) or 0
        atexit._run_exitfuncs()  # an exit of the notebook's own is as clean as an interpreter's
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)  # into the log; the kernel's own stream has no listener yet
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def _become_child(parent: int) -> None:
    """A process group of its own, the signals of a new process, and an end no later than the server's."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # the server ended before that took effect
        os._exit(1)


def _prepare(request: Mapping[str, Any]) -> None:
    """Environment, folder, streams, garbage and chance as a process started by itself would have them."""
    gc.enable()
    os.environ.clear()
    os.environ.update(request["environment"] | _SET_BY_KERNELS)
    os.chdir(request["cwd"])
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    import numpy as np

    np.random.seed()  # noqa: NPY002 - the global generator is the notebook's to use; each starts it anew


def _reporter(connection: socket.socket) -> Callable[..., None]:
    def report(**said: Any) -> None:
        connection.sendall(json.dumps(said).encode() + b"\n")

    return report


def _reap(children: dict[int, socket.socket]) -> None:
    """Report children that ended, and end what they have left running."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None:
            return
        if ended.si_pid in children:  # not yet collected, so its number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(ended.si_pid, signal.SIGKILL)
        pid, status = os.waitpid(ended.si_pid, 0)
        connection = children.pop(pid, None)
        if connection is not None:
            with connection, contextlib.suppress(OSError):
                connection.sendall(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode() + b"\n")


def _end_all(children: Mapping[int, socket.socket]) -> NoReturn:
    for pid in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    import psutil

    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            process.kill()
    os._exit(0)


def kernel(request: Mapping[str, Any], report: Callable[..., None]) -> None:
    """Be an ordinary kernel from here on; reported as soon as its sockets are there."""
    from ipykernel.kernelapp import IPKernelApp

    from digital_diplomacy.kernels import observing, sharing, telling

    class App(IPKernelApp):
        """The kernel application, which keeps what its listener has not yet read, however much it is."""

        def init_iopub(self, context: Any) -> None:
            """Open the output channel."""
            context.sndhwm = 0
            super().init_iopub(context)

    sys.argv = [sys.modules["ipykernel"].__path__[0] + "_launcher.py", *request["arguments"]]
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    app = App.instance(parent_handle=os.getppid())
    app.initialize(request["arguments"])
    # What is printed goes to the log at once: the last lines before a crash never reach the notebook.
    log = io.TextIOWrapper(io.FileIO(request["log"], "a"), encoding="utf-8", errors="replace", write_through=True)
    sys.stdout.echo = sys.stderr.echo = log  # type: ignore[union-attr]
    if observing.VARIABLE in os.environ:  # a run of this package
        telling.attach(app.shell)
    observing.start(os.environ)
    sharing.start(os.environ)
    report(pid=os.getpid())
    app.start()
