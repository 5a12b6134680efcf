"""What a person, a log or another program is told while notebooks run."""

import json
import re
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TextIO

from digital_diplomacy import errors, labels
from digital_diplomacy.labels.refusals import told

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

    from digital_diplomacy.reproduction.outcomes import Outcome
    from digital_diplomacy.runs.results import Failure

STATES: Final = {"waiting": "dim", "running": "cyan", "done": "green", "reused": "blue", "failed": "bold red"}
_SHOWN_FIRST: Final = ("running", "failed", "done", "waiting", "reused")
_AROUND_TABLE: Final = 6  # lines of a terminal that title, heading and the line on what is left out take
_COMMAND: Final = re.compile(r"^(?=\s*(?:::|##\[))", re.MULTILINE)
_NAMED: Final = 10  # runs named in a failure they share
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")


class Progress(Protocol):
    """What the runner tells while it works; ``cell`` from several threads."""

    def plan(self, folders: Sequence[str]) -> None:
        """Take note of what will run."""

    def cell(self, folder: str, done: int, total: int) -> None:
        """Tell how far a run is."""

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""

    def close(self) -> None:
        """Say what is left to say, and end."""


class Tally:
    """How far all runs are: their states, cells, and how long the rest will take."""

    def __init__(self, lang: str = "en") -> None:
        self.lang = lang
        self.states: dict[str, str] = {}
        self.cells: dict[str, tuple[int, int]] = {}
        self.seconds: dict[str, float] = {}
        self.started: dict[str, float] = {}
        self._first: float | None = None

    def plan(self, folders: Sequence[str]) -> None:
        """Begin with all runs waiting."""
        self.states = dict.fromkeys(folders, "waiting")

    def cell(self, folder: str, done: int, total: int) -> None:
        """A run has come so far."""
        now = time.monotonic()
        self._first = now if self._first is None else self._first
        self.started.setdefault(folder, now)
        if self.states[folder] == "waiting":
            self.states[folder] = "running"
        self.cells[folder] = (done, total)

    def finish(self, outcome: "Outcome") -> None:
        """A run has ended."""
        self.states[outcome.run.folder], self.seconds[outcome.run.folder] = outcome.state, outcome.seconds

    def count(self, *states: str) -> int:
        """Runs in any of the states."""
        return sum(state in states for state in self.states.values())

    @property
    def finished(self) -> int:
        """Runs that need nothing more."""
        return self.count("done", "reused", "failed")

    def left(self) -> str:
        """How long the rest will take at the pace so far, in words; empty while nobody can say."""
        running = [self.cells[folder] for folder, state in self.states.items() if state == "running"]
        begun = sum(done / total for done, total in running if total)
        ended = self.count("done", "failed") + begun
        if self._first is None or not ended or self.finished == len(self.states):
            return ""
        rest = self.count("waiting", "running") - begun
        left = duration((time.monotonic() - self._first) * rest / ended, self.lang)
        return _word("left", self.lang, duration=left)


def _word(code: str, lang: str, **values: object) -> str:
    return labels.text(f"run.{code}", lang, **values)


def duration(seconds: float, lang: str = "en") -> str:
    """A span of time as people say it.

    Examples
    --------
    >>> duration(0.44), duration(48.4), duration(100), duration(7300)
    ('0.4 s', '48 s', '2 min', '2 h 2 min')
    >>> duration(7300, "ru")
    '2 ч 2 мин'
    """
    if seconds < 90:
        shown = labels.number(round(seconds, 1), lang, decimals=1) if seconds < 10 else f"{seconds:.0f}"
        return _word("duration_seconds", lang, seconds=shown)
    minutes = round(seconds / 60)
    if minutes < 90:
        return _word("duration_minutes", lang, minutes=minutes)
    return _word("duration_hours", lang, hours=minutes // 60, minutes=minutes % 60)


class PlainProgress:
    """A line when a notebook is finished, those that stay as they are in one line: for logs and pipes.

    Examples
    --------
    >>> from io import StringIO
    >>> from digital_diplomacy import reproduction, sources
    >>> notebook = reproduction.find_notebooks(sources.project_root())["rankings"]
    >>> done = reproduction.Outcome(reproduction.Run(notebook, "en"), "done", 2.5)
    >>> stream = StringIO()
    >>> progress = reproduction.PlainProgress(stream)
    >>> progress.plan([done.run.folder])
    >>> progress.cell(done.run.folder, 1, 4)
    >>> progress.finish(done)
    >>> progress.close()
    >>> stream.getvalue().strip()
    '[1/1] rankings/en: done in 2.5 s'
    """

    def __init__(self, stream: TextIO, lang: str = "en") -> None:
        self._stream, self._tally, self._lang = stream, Tally(lang), lang
        self._failed: list[Outcome] = []

    def plan(self, folders: Sequence[str]) -> None:
        """Take note of what will run."""
        self._tally.plan(folders)

    def cell(self, folder: str, done: int, total: int) -> None:
        """Cells are not worth a line each; the first tells that all that could stay has been found."""
        if not self._tally.started:
            self._say_unchanged()
        self._tally.cell(folder, done, total)

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""
        self._tally.finish(outcome)
        if outcome.state == "reused" and not outcome.reasons:
            return
        said = _word("rewritten", self._lang)
        if outcome.state != "reused":
            seconds = labels.number(round(outcome.seconds, 1), self._lang, decimals=1)
            said = _word("after", self._lang, said=_word(f"state_{outcome.state}", self._lang), seconds=seconds)
        said += f" ({in_short(outcome.reasons, self._lang)})" if outcome.reasons else ""
        said += f": {_where(outcome.failure, self._lang)}, {outcome.failure.name}" if outcome.failure else ""
        said += "".join(f"; {told(remark, self._lang)}" for remark in outcome.remarks if remark not in outcome.reasons)
        left = self._tally.left()
        at = f"[{self._tally.finished}/{len(self._tally.states)}]"
        self._say(f"{at} {outcome.run.folder}: {said}{f'; {left}' if left else ''}")
        self._failed += [outcome] if outcome.failure else []

    def close(self) -> None:
        """Say what is left to say, and end."""
        if not self._tally.started:
            self._say_unchanged()
        for said in described(self._failed, self._lang):
            self._say(f"\n{said}\n")

    def _say_unchanged(self) -> None:
        reused, total = self._tally.count("reused"), len(self._tally.states)
        if reused:
            self._say(_word("unchanged", self._lang, reused=reused, total=total))

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class QuietProgress:
    """Failures only."""

    def __init__(self, stream: TextIO, lang: str = "en") -> None:
        self._stream, self._lang = stream, lang
        self._failed: list[Outcome] = []

    def plan(self, folders: Sequence[str]) -> None:
        """Not worth a line."""

    def cell(self, folder: str, done: int, total: int) -> None:
        """Not worth a line."""

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""
        self._failed += [outcome] if outcome.failure else []

    def close(self) -> None:
        """Say what is left to say, and end."""
        for said in described(self._failed, self._lang):
            print(f"{said}\n", file=self._stream, flush=True)


class JsonProgress:
    """One JSON object a line for every event: for other programs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def plan(self, folders: Sequence[str]) -> None:
        """Take note of what will run."""
        self.say("plan", runs=list(folders))

    def cell(self, folder: str, done: int, total: int) -> None:
        """Tell how far a run is."""
        self.say("cell", run=folder, done=done, total=total)

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""
        self.say(
            "finish",
            run=outcome.run.folder,
            parameters=outcome.run.values,
            state=outcome.state,
            seconds=round(outcome.seconds, 3),
            reasons=list(map(str, outcome.reasons)),
            remarks=list(map(str, outcome.remarks)),
            failure=asdict(outcome.failure) if outcome.failure else None,
        )

    def close(self) -> None:
        """Nothing stays open."""

    def say(self, event: str, **told: Any) -> None:
        """Write one event."""
        line = json.dumps({"event": event, **told})  # in letters that every encoding has
        with self._lock:
            self._stream.write(f"{line}\n")
            self._stream.flush()


class LiveProgress:
    """A table that changes in place: state, cells and seconds of each run; how many stay as they are; time left.

    Examples
    --------
    >>> from io import StringIO
    >>> from rich.console import Console
    >>> from digital_diplomacy import reproduction, sources
    >>> notebook = reproduction.find_notebooks(sources.project_root())["rankings"]
    >>> done = reproduction.Outcome(reproduction.Run(notebook, "en"), "reused", 0)
    >>> progress = reproduction.LiveProgress(Console(file=StringIO()))
    >>> progress.plan([done.run.folder, "claims/en"])
    >>> progress.finish(done)
    >>> progress.cell("claims/en", 1, 4)
    >>> progress.headline().partition(", about")[0]
    '1 of 2 finished, 1 unchanged (50%)'
    >>> progress.close()
    """

    def __init__(self, console: "Console | None" = None, lang: str = "en") -> None:
        self._given, self._tally, self._lang = console, Tally(lang), lang
        self._failures: list[Outcome] = []
        self._remarked: list[Outcome] = []
        self._live: Live | None = None
        self._lock, self._starting = threading.Lock(), threading.Lock()

    @cached_property
    def _console(self) -> "Console":
        from rich.console import Console

        return self._given or Console()

    def plan(self, folders: Sequence[str]) -> None:
        """Take note of what will run."""
        self._tally.plan(folders)

    def cell(self, folder: str, done: int, total: int) -> None:
        """Note it; the table appears with the first, so that it is not there where nothing runs."""
        from rich.live import Live

        with self._lock:
            self._tally.cell(folder, done, total)
        with self._starting:  # a lock of its own: drawing the table takes the other one
            if self._live is None:
                self._live = Live(get_renderable=self._table, console=self._console, refresh_per_second=4)
                self._live.start()

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""
        with self._lock:
            self._tally.finish(outcome)
            self._failures += [outcome] if outcome.failure else []
            self._remarked += [outcome] if outcome.remarks else []

    def close(self) -> None:
        """Say what is left to say, and end."""
        if self._live is not None:
            self._live.stop()
        for outcome in self._remarked:
            said = f"{outcome.run.folder}: {'; '.join(told(remark, self._lang) for remark in outcome.remarks)}"
            self._console.print(said, markup=False, highlight=False, soft_wrap=True)
        for said in described(self._failures, self._lang):
            self._console.print(f"\n{said}\n", style="red", markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> "RenderableType":
        from rich.table import Table
        from rich.text import Text

        with self._lock:
            states, title, now = dict(self._tally.states), self.headline(), time.monotonic()
        order = sorted(states, key=lambda folder: _SHOWN_FIRST.index(states[folder]))
        room = max(self._console.height - _AROUND_TABLE, 1)
        table = Table(
            title=title, title_justify="left", caption=_left_out(len(order) - room, self._lang), caption_justify="left"
        )
        for heading, justify in (("run", "left"), ("state", "left"), ("cells", "right"), ("seconds", "right")):
            table.add_column(_word(heading, self._lang), justify=justify)  # type: ignore[arg-type]
        for folder in order[:room]:
            state, (done, total) = states[folder], self._tally.cells.get(folder, (0, 0))
            starting = _word("starting", self._lang) if state == "running" else ""
            cells = f"{done}/{total}" if total else starting
            seconds = now - self._tally.started[folder] if state == "running" else self._tally.seconds.get(folder, 0)
            said = Text(_word(f"state_{state}", self._lang), style=STATES[state])
            table.add_row(folder, said, cells, f"{seconds:.1f}" if seconds else "")
        return table

    def headline(self) -> str:
        """What stands above the table."""
        tally = self._tally
        total, reused, failed = len(tally.states), tally.count("reused"), tally.count("failed")
        parts = [_word("finished", self._lang, finished=tally.finished, total=total)]
        parts += [_word("unchanged_share", self._lang, reused=reused, share=f"{reused / total:.0%}")] if reused else []
        parts += [_word("failed_count", self._lang, failed=failed)] if failed else []
        return ", ".join([*parts, *filter(None, [tally.left()])])


def _left_out(rows: int, lang: str) -> str:
    return _word("rows_more", lang, rows=rows) if rows > 0 else ""


def in_short(reasons: Sequence[errors.Said | str], lang: str = "en") -> str:
    """The first reason, and how many more there are."""
    first, more = told(reasons[0], lang), len(reasons) - 1
    return _word("first_reason", lang, reason=first, more=more) if more else first


_OWN: Final = frozenset(name for name in vars(errors) if name.endswith("Error")) | {"UnreadableError"}
"""Names of the errors of this package."""


def described(outcomes: "Sequence[Outcome]", lang: str = "en") -> list[str]:
    """Cell, error, code and traceback of failed runs: one text a failure, which names all runs that ended in it."""
    return [_described(failure, folders, lang) for failure, folders in _together(outcomes, lang)]


def _together(outcomes: "Sequence[Outcome]", lang: str) -> "list[tuple[Failure, list[str]]]":
    """Each failure once, as it was said in a language, with the folders of the runs that ended in it, in their order.

    A notebook mostly fails alike in every language: what differs then is the language of what is said, and at most
    where in memory something lay.
    """
    found: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in outcomes:
        failure = outcome.failure
        if failure:
            text = _ADDRESS.sub("0x", failure.neutral(outcome.run.lang))
            alike = (outcome.run.notebook.path, failure.cell, failure.source, failure.name, text)
            found.setdefault(alike, []).append(outcome)
    first = (min(one, key=lambda outcome: outcome.run.lang != lang).failure for one in found.values())
    return [(failure, [outcome.run.folder for outcome in one])
            for failure, one in zip(first, found.values(), strict=True) if failure]  # fmt: skip


def _described(failure: "Failure", folders: Sequence[str], lang: str) -> str:
    named = ", ".join(folders[:_NAMED])
    if len(folders) > _NAMED:
        named = _word("first_reason", lang, reason=named, more=len(folders) - _NAMED)
    # What an error of the package says is all there is to know; the page of the run holds the way it came there.
    traced = "" if failure.name in _OWN else failure.traceback
    parts = (f"{named}, {_where(failure, lang)}: {failure.name}: {failure.message}", failure.source, traced)
    # A line of a notebook's own is no command to a service that reads commands out of what is printed.
    return _COMMAND.sub("| ", "\n".join(part for part in parts if part))


def _where(failure: "Failure", lang: str) -> str:
    return _word("cell", lang, cell=failure.cell) if failure.cell else _word("nowhere", lang)


class Annotating:
    """Tells another progress everything, and GitHub Actions of each failure, which it shows beside the notebook.

    Parameters
    ----------
    inner : Progress
    workspace : Path
        The checked out repository: names of files count from there.
    stream : text stream
        Standard error by default, so that standard output stays what it would be elsewhere.
    """

    def __init__(self, inner: Progress, *, workspace: Path, stream: TextIO | None = None) -> None:
        self._inner, self._workspace, self._stream = inner, workspace.resolve(), stream
        self._failed: list[Outcome] = []

    def plan(self, folders: Sequence[str]) -> None:
        """Take note of what will run."""
        self._inner.plan(folders)

    def cell(self, folder: str, done: int, total: int) -> None:
        """Tell how far a run is."""
        self._inner.cell(folder, done, total)

    def finish(self, outcome: "Outcome") -> None:
        """Tell how a run ended."""
        self._inner.finish(outcome)
        self._failed += [outcome] if outcome.failure else []

    def close(self) -> None:
        """Say what is left to say, and end."""
        self._inner.close()
        notebooks = {outcome.run.folder: outcome.run.notebook.path.resolve() for outcome in self._failed}
        for failure, folders in _together(self._failed, "en"):
            notebook = notebooks[folders[0]]
            inside = notebook.is_relative_to(self._workspace)
            said = annotation(
                (notebook.relative_to(self._workspace) if inside else notebook).as_posix(),
                _line_of(notebook, failure.cell),
                ", ".join([*folders, *([f"cell {failure.cell}"] if failure.cell else [])]),
                f"{failure.name}: {failure.message}",
            )
            print(said, file=self._stream or sys.stderr, flush=True)


def annotation(file: str, line: int, title: str, message: str) -> str:
    """A workflow command that marks a line of a file as wrong.

    Examples
    --------
    >>> annotation("notebooks/a.ipynb", 7, "a/en, cell 2", "50 % of rows:\\nnone")
    '::error file=notebooks/a.ipynb,line=7,title=a/en%2C cell 2::50 %25 of rows:%0Anone'
    """
    properties = {"file": file, "line": str(line), "title": title}
    said = ",".join(f"{name}={_escaped(value, also=':,')}" for name, value in properties.items())
    return f"::error {said}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    """Text with the characters that end a workflow command, or one of its properties, as per-cent codes."""
    return "".join(f"%{ord(letter):02X}" if letter in f"%\r\n{also}" else letter for letter in text)


def _line_of(notebook: Path, cell: int) -> int:
    """Line of the notebook's file where the source of a cell (1-based) begins; 1 where that cannot be told."""
    try:
        lines = notebook.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 1
    found = [number for number, line in enumerate(lines, start=1) if re.match(r'\s*"source":', line)]
    return found[cell - 1] if 0 < cell <= len(found) else 1
