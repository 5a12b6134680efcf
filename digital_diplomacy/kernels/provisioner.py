"""Kernels for jupyter_client: forked from the server of this process where possible, started anew elsewhere.

`ForkProvisioner` is registered as the kernel provisioner ``digital-diplomacy-fork``, which any kernel specification may
name; `PrivateKernelManager` is what this package's own runs use.
"""

import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any, Final

import psutil
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, Integer, Unicode

from digital_diplomacy.errors import NotebookError, Said, said
from digital_diplomacy.kernels import fork_server, forking, observing
from digital_diplomacy.labels.refusals import reader_language, told
from digital_diplomacy.runs.places import PRIVATE, has_room, private_place

_FIRST_NUDGE: Final = 0.1  # seconds: a kernel that is there answers in a few thousandths
_TOLD: Final = 10  # lines of a kernel's output
_LOGGER: Final = logging.getLogger("digital_diplomacy")
_said: set[str] = set()


_alive: set["ForkProvisioner"] = set()


def end_all() -> None:
    """End every kernel this process still runs, as after an interrupt."""
    for provisioner in list(_alive):
        if provisioner.process is not None:
            provisioner.process.kill()


def say_once(reason: str | Said) -> None:
    """Warn that ordinary kernels are used, once for each reason, in the reader's language."""
    if str(reason) not in _said:
        _said.add(str(reason))
        what = said("notebooks run in ordinary kernels, which start more slowly: {reason}", reason=reason)
        _LOGGER.warning("%s", told(what, reader_language()))


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a process that has imported the libraries; an ordinary one where that cannot be."""

    memory_limit = Integer(0, help="Bytes a kernel may take for itself; 0 for no limit.").tag(config=True)
    log_file = Unicode("", help="Where a forked kernel's own streams go.").tag(config=True)
    went_over = False
    child: forking.Child | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel and return how to connect to it."""
        _alive.add(self)
        environment = dict(kwargs.get("env") or os.environ)
        cwd = os.fspath(kwargs.get("cwd") or Path.cwd())
        reason = _unforkable(cmd, environment, cwd)
        if not reason:
            try:
                return await self._fork(cmd[3:], environment, cwd)
            except forking.ForkError as error:
                reason = error.sentence
        if reason != _OTHER:
            say_once(reason)
        if observing.VARIABLE in environment:
            if reason == _OTHER:
                raise NotebookError(
                    "the notebook's kernel starts {program}, not an IPython kernel of this environment, so that the "
                    "files it reads are not seen and its results could not be trusted later; choose the kernel of this "
                    "environment",
                    program=cmd[0],
                )
            cmd = [*cmd, f"--IPKernelApp.extra_extensions={observing.__name__}"]
        return await super().launch_kernel(cmd, **kwargs)

    async def _fork(self, arguments: list[str], environment: dict[str, str], cwd: str) -> Any:
        request = {
            "arguments": arguments,
            "environment": environment,
            "cwd": cwd,
            "log": self.log_file or os.devnull,
        }
        child = forking.server().fork(f"{fork_server.__name__}:kernel", request)
        while not child.pid and child.returncode is None:
            await _readable(child.fileno())
            child.receive(timeout=0)
        if not child.pid:
            raise forking.ForkError("the process kernels are forked from could not start one")
        self.child = child  # also when the process is forgotten
        self.process = child  # type: ignore[assignment]  # it answers as a Popen does
        self.pid, self.pgid, self.cwd = child.pid, child.pid, cwd
        return self.connection_info

    async def poll(self) -> int | None:
        """The exit code, or None while it runs; a kernel above its memory limit is ended here."""
        status: int | None = await super().poll()
        if status is None and self.memory_limit and self.pid and own_memory(self.pid) > self.memory_limit:
            self.went_over = True
            await self.kill()
        return status

    async def cleanup(self, restart: bool = False) -> None:
        """Forget the kernel."""
        await super().cleanup(restart=restart)
        if not restart:
            _alive.discard(self)

    async def wait(self) -> int | None:
        """Wait for the end; sooner noticed than by the parent class's looking ten times a second."""
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait() if self.process is not None else 0


_OTHER: Final = "not an IPython kernel of this environment"


def _unforkable(cmd: list[str], environment: dict[str, str], cwd: str) -> str | Said:
    """Why a kernel has to be started anew, or nothing."""
    if not _is_this_python(Path(cmd[0])) or "ipykernel_launcher" not in cmd:
        return _OTHER
    if cmd[1:3] != ["-m", "ipykernel_launcher"]:
        return said("the kernel's specification starts Python with {argument}", argument=cmd[1])
    if (Path(cwd) / "matplotlibrc").exists():
        return said("{folder} has a matplotlibrc, which is read when matplotlib is imported", folder=cwd)
    try:
        expected = forking.at_import(forking.server().environment)
    except forking.ForkError as error:
        return error.sentence
    found = forking.at_import(environment)
    differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if not differing:
        return ""
    return said("{variable} differs from what the libraries were imported with", variable=differing[0])


def _is_this_python(found: Path) -> bool:
    """By the folder too: the Python of a virtual environment is a link to another one."""
    own = Path(sys.executable)
    return found == own or (found.exists() and found.samefile(own) and found.parent.samefile(own.parent))


async def _readable(descriptor: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)


def own_memory(pid: int) -> int:
    """Bytes a process and those it started take for themselves, shared pages left out; 0 once it has ended."""
    total = 0
    try:
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            total += each.memory_full_info().uss
    except psutil.Error:
        return total
    return total


class NoKernelError(NotebookError, RuntimeError):
    """A kernel did not come up; what jupyter_client raises then is a RuntimeError."""


class QuickClient(AsyncKernelClient):
    """Is ready as soon as both channels answer, while the parent class then still waits for silence; loses no output.

    ZeroMQ drops what a listener has not read once 1,000 messages wait, unless both ends are told to keep all.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.rcvhwm = 0
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ask until an answer comes on the shell channel and its end is announced on the output channel."""
        patience, deadline = _FIRST_NUDGE, time.monotonic() + (timeout or 60)
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            if await self._answered(asked, patience):
                return
            if not await self._async_is_alive():
                raise NoKernelError(
                    "the notebook's kernel ended before it answered; see that IPython's kernel starts here: "
                    "`python -m ipykernel --version`"
                )
            patience = min(2 * patience, 1.0)
        raise NoKernelError(
            "the notebook's kernel did not answer within {seconds} seconds; run it again when the "
            "machine has less to do",
            seconds=f"{timeout or 60:g}",
        )

    async def _answered(self, asked: str, patience: float) -> bool:
        try:
            while True:
                message = await self.get_shell_msg(timeout=patience)
                if message["parent_header"].get("msg_id") == asked:
                    break
            self._handle_kernel_info_reply(message)
            while True:
                message = await self.get_iopub_msg(timeout=patience)
                said = (message["parent_header"].get("msg_id"), message["content"].get("execution_state"))
                if said == (asked, "idle"):
                    return True
        except Empty:
            return False


class PrivateKernelManager(AsyncKernelManager):
    """Gives every kernel a folder of its own for its sockets and files, a stable environment, and a fork if it can.

    Sockets in a folder cannot collide as ports do that another kernel takes meanwhile, and the folder takes everything
    with it in the end.
    """

    memory_limit = Integer(0, help="Bytes a kernel may take for itself; 0 for no limit.").tag(config=True)
    extra_environment = Dict(help="Variables added to the kernel's environment.").tag(config=True)
    private: Path | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(client_class=f"{__name__}.{QuickClient.__name__}", **options)

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        if self.private is None:
            self._settle()
        environment = dict(options.pop("env", None) or os.environ) | forking.STABLE
        environment |= {"IPYTHONDIR": str(self.private), **self.extra_environment}  # no start-up files of the user's
        return await super()._async_pre_start_kernel(env=environment, **options)

    def _settle(self) -> None:
        self.private = private_folder()
        self.connection_file = str(self.private / "connection.json")
        if os.name != "nt" and has_room(self.private.parent):
            self.transport, self.ip = "ipc", str(self.private / "k")
        self.kernel_id = self.kernel_id or str(uuid.uuid4())
        self.provisioner = ForkProvisioner(
            kernel_id=self.kernel_id,
            kernel_spec=self.kernel_spec,
            parent=self,
            memory_limit=self.memory_limit,
            log_file=str(self.private / "log"),
        )

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            self.remove_private_folder()

    cleanup_resources = _async_cleanup_resources

    def remove_private_folder(self) -> None:
        """Remove the folder of the kernel's own, with all it holds."""
        if self.private is not None:
            shutil.rmtree(self.private, ignore_errors=True)

    def ending(self) -> Said:
        """How a kernel that is gone came to its end, and the last it said to nobody."""
        provisioner = self.provisioner
        process = getattr(provisioner, "process", None)
        status = process.poll() if process is not None else None
        if getattr(provisioner, "went_over", False):
            return said("took more than {memory} MB of memory", memory=f"{self.memory_limit / 2**20:.0f}")
        if status is None:
            return said("ended")
        if status == -signal.SIGKILL:
            return said("was ended by {signal}, perhaps by the system for want of memory", signal="SIGKILL")
        if status < 0:
            return said("was ended by {signal}", signal=signal.Signals(-status).name)
        return said("ended with exit code {status}", status=status)

    def last_words(self) -> str:
        """The end of what a forked kernel printed or its crash left, whether or not it reached the notebook."""
        log = self.private / "log" if self.private else None
        return tail(log.read_text(encoding="utf-8", errors="replace")) if log and log.is_file() else ""

    @property
    def was_orphaned(self) -> bool:
        """Whether the kernel ended because the process it was forked from did."""
        return bool(getattr(getattr(self.provisioner, "child", None), "is_orphan", False))


def private_folder() -> Path:
    """A new folder for one kernel, named after this process so that a later one may clear it away."""
    return Path(tempfile.mkdtemp(prefix=f"{PRIVATE}{os.getpid()}-", dir=private_place()))


def tail(text: str) -> str:
    """The last lines of a text that say something."""
    return "\n".join([line for line in text.splitlines() if line.strip()][-_TOLD:])
