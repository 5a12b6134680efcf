"""What a person sees while notebooks run: a live table on a terminal, plain lines elsewhere."""

import time
from collections.abc import Sequence
from typing import Final, Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from digital_diplomacy.reproduction.execution import Failure

STATES: Final = {"waiting": "dim", "running": "cyan", "done": "green", "reused": "blue", "failed": "bold red"}


class Progress(Protocol):
    """What the runner tells while it works."""

    def plan(self, folders: Sequence[str]) -> None: ...
    def cell(self, folder: str, done: int, total: int) -> None: ...
    def finish(self, folder: str, state: str, seconds: float, failure: Failure | None) -> None: ...
    def close(self) -> None: ...


class PlainProgress:
    """One line when a notebook is finished: for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._total = self._finished = 0

    def plan(self, folders: Sequence[str]) -> None:
        self._total = len(folders)

    def cell(self, folder: str, done: int, total: int) -> None:
        """Cells are not worth a line each."""

    def finish(self, folder: str, state: str, seconds: float, failure: Failure | None) -> None:
        self._finished += 1
        took = f" in {seconds:.1f} s" if state != "reused" else ""
        self._console.print(f"[{self._finished}/{self._total}] {folder}: {state}{took}", markup=False, soft_wrap=True)
        if failure:
            print_failure(self._console, folder, failure)

    def close(self) -> None:
        """Nothing stays open."""


class LiveProgress:
    """A table that changes in place: state, cells done, and seconds of every run, and how many are left."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._rows: dict[str, tuple[str, str, float]] = {}
        self._started: dict[str, float] = {}
        self._failures: list[tuple[str, Failure]] = []
        self._live = Live(get_renderable=self._table, console=console, refresh_per_second=4, transient=False)

    def plan(self, folders: Sequence[str]) -> None:
        self._rows = dict.fromkeys(folders, ("waiting", "", 0.0))
        self._live.start()

    def cell(self, folder: str, done: int, total: int) -> None:
        self._started.setdefault(folder, time.perf_counter())
        if self._rows[folder][0] in ("waiting", "running"):
            self._rows[folder] = ("running", f"{done}/{total}" if total else "starting", 0.0)

    def finish(self, folder: str, state: str, seconds: float, failure: Failure | None) -> None:
        self._rows[folder] = (state, self._rows[folder][1], seconds)
        if failure:
            self._failures.append((folder, failure))

    def close(self) -> None:
        self._live.stop()
        for folder, failure in self._failures:
            print_failure(self._console, folder, failure)

    def _table(self) -> Table:
        left = sum(state in ("waiting", "running") for state, _, _ in self._rows.values())
        table = Table(title=f"{len(self._rows) - left} of {len(self._rows)} finished", title_justify="left")
        for heading, justify in (("run", "left"), ("state", "left"), ("cells", "right"), ("seconds", "right")):
            table.add_column(heading, justify=justify)  # type: ignore[arg-type]
        now = time.perf_counter()
        for folder, (state, cells, seconds) in self._rows.items():
            took = now - self._started[folder] if state == "running" else seconds
            table.add_row(folder, Text(state, style=STATES[state]), cells, f"{took:.1f}" if took else "")
        return table


def print_failure(console: Console, folder: str, failure: Failure) -> None:
    """Cell, error and traceback of a failed run."""
    where = f"cell {failure.cell}" if failure.cell else "outside any cell"
    console.print(
        f"\n{folder}, {where}: {failure.name}: {failure.message}", style="bold red", markup=False, soft_wrap=True
    )
    for part in (failure.source, failure.traceback):
        if part:
            console.print(part, markup=False, highlight=False, soft_wrap=True)
    console.print("")
