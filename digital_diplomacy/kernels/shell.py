"""IPython's kernel without its sockets: cells are executed in this process, messages kept instead of sent."""

import asyncio
import io
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets import default

from digital_diplomacy.kernels import execution, observing, sharing, telling
from digital_diplomacy.pages import reports
from digital_diplomacy.runs.notebooks import Notebook, Run

_ENGINE: Final = "digital_diplomacy_in_process"

_ANY: Final[dict[str, Any]] = {
    "cells": [
        {"cell_type": "markdown", "source": "text", "metadata": {}},
        {"cell_type": "code", "source": "1", "metadata": {}, "outputs": []},
    ]
}
# Converters and templates are imported and compiled with the first page: once for all processes forked from this one.
reports.notebook_page(Run(Notebook("", Path("nowhere/notebooks/any.ipynb"), {}, "", 0), "en"), _ANY, [])


class KeepingSession(Session):
    """Keeps messages, as they would have arrived, where others send them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kept: list[dict[str, Any]] = []

    def send(  # type: ignore[override]
        self,
        stream: Any,  # noqa: ARG002
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        **more: Any,  # noqa: ARG002
    ) -> Any:
        """Keep a message."""
        is_message = isinstance(msg_or_type, dict)
        message = msg_or_type if is_message else self.msg(msg_or_type, content=content, parent=parent)
        arrived = self.unpack(self.pack(message["content"]))
        self.kept.append({**message, "content": arrived, "msg_type": message["header"]["msg_type"]})
        return message


class Stream(io.TextIOBase):
    """Standard output or error of a notebook: what is written becomes a message, and goes to the log at once."""

    encoding = "UTF-8"
    errors = None

    def __init__(self, name: str, session: KeepingSession, log: io.FileIO, descriptor: int) -> None:
        super().__init__()
        self.name, self._session, self._log, self._descriptor = name, session, log, descriptor

    def write(self, text: str) -> int:
        """Keep text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._session.send(None, "stream", {"name": self.name, "text": text})
        self._log.write(text.encode(errors="replace"))
        return len(text)

    def fileno(self) -> int:
        """The descriptor that other programs write to."""
        return self._descriptor

    def isatty(self) -> bool:
        """No terminal."""
        return False

    def writable(self) -> bool:
        """Yes."""
        return True


class Printed:
    """What other programs and C code print on a descriptor, taken up after each cell."""

    def __init__(self, name: str, descriptor: int) -> None:
        self.name = name
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - kept as long as the process
        os.dup2(self._file.fileno(), descriptor)

    def take(self, session: KeepingSession) -> None:
        """Turn what has come since the last time into a message."""
        end = os.lseek(self._file.fileno(), 0, os.SEEK_CUR)
        text = os.pread(self._file.fileno(), end, 0).decode(errors="replace")
        if text:
            session.send(None, "stream", {"name": self.name, "text": text})
        os.ftruncate(self._file.fileno(), 0)
        os.lseek(self._file.fileno(), 0, os.SEEK_SET)


class App(IPKernelApp):
    """The kernel application without what connects it to others."""

    log_path = ""

    @default("session")
    def _session(self) -> KeepingSession:
        return KeepingSession(parent=self)

    def _nothing(self, **options: Any) -> None:
        """Nobody connects to this kernel."""

    init_connection_file = init_poller = init_sockets = init_heartbeat = _nothing
    write_connection_file = log_connection_info = init_signal = _nothing

    def init_io(self) -> None:
        """Keep what is printed."""
        log = io.FileIO(self.log_path, "a")
        self.printed = [Printed("stdout", 1), Printed("stderr", 2)]
        sys.stdout = Stream("stdout", self.session, log, 1)
        sys.stderr = Stream("stderr", self.session, log, 2)
        self.patch_io()

    def init_kernel(self) -> None:
        """Make the kernel."""
        self.kernel = self.kernel_class.instance(  # type: ignore[attr-defined]
            parent=self,
            session=self.session,
            iopub_socket=object(),
            shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )


class InProcessClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, executing in this process; it deals with messages as it does with those of a kernel."""

    def __init__(self, nb_man: Any, app: App, on_cell: Callable[[int, int], None], **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._app, self._on_cell = app, on_cell

    def execute(self, **options: Any) -> Any:  # noqa: ARG002
        """Execute every cell, up to one that fails."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = self._app.session.unpack(
            self._app.session.pack(self._app.kernel.language_info)
        )
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:  # noqa: ARG002
        """Execute one cell."""
        if cell.cell_type == "code" and cell.source.strip():
            cell.outputs = []
            self.clear_before_next_output = False
            self._run(cell, cell_index)
        self._on_cell(cell_index + 1, len(self.nb.cells))
        return cell

    def _run(self, cell: Any, cell_index: int) -> None:
        kernel, session = self._app.kernel, self._app.session
        # After an error there is no queue of further requests to empty: they are made one by one.
        content = {"code": cell.source, "store_history": True, "stop_on_error": False}
        request = session.msg("execute_request", content)
        kernel.set_parent([], request)
        asyncio.get_event_loop().run_until_complete(kernel.execute_request(None, [], request))
        for printed in self._app.printed:
            printed.take(session)
        kept, session.kept = session.kept, []
        reply = None
        for message in kept:
            if message["msg_type"] == "execute_reply":
                reply = message["content"]
                continue
            message["parent_header"] = request["header"]
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:  # nothing here says that it is idle
                continue
        allowed = "raises-exception" in cell.metadata.get("tags", [])
        if reply and reply["status"] == "error" and not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, reply)


def perform(request: Mapping[str, Any], report: Callable[..., None]) -> None:
    """Execute a run here, in a process forked for it, write its files, and report what became of it."""
    report(pid=os.getpid())
    papermill_engines.register(_ENGINE, _engine(request["log"]))
    run = request["run"]
    options = {"on_cell": lambda done, total: report(cell=done, total=total)}
    executed, failure, _ = execution.papermill_once(run, _ENGINE, options)
    observing.stop()
    shown, failure = execution.finish(run, executed, failure, request["staging"], request["render"])
    report(done=shown, failure=vars(failure) if failure else None)
    os._exit(0)  # nothing of the notebook's own is to run after its results are written


def _engine(log: str) -> Any:
    """A papermill engine that executes one notebook in this process, which is then good for nothing else."""

    class Engine(NBClientEngine):  # type: ignore[misc]
        """papermill's engine without a kernel."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:  # noqa: ARG003
            """Execute the cells of the notebook a manager holds."""
            options["on_start"](nb_man.nb)
            asyncio.set_event_loop(asyncio.new_event_loop())
            App.log_path = log
            app = App.instance()
            app.initialize(["--HistoryManager.hist_file=:memory:"])
            telling.attach(app.shell)
            observing.start(os.environ)
            sharing.start(os.environ)
            return InProcessClient(nb_man, app, options["on_cell"], record_timing=False).execute()

    return Engine
