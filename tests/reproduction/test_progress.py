import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from digital_diplomacy.reproduction import Outcome, Run
from digital_diplomacy.reproduction.progress import (
    Annotating,
    JsonProgress,
    LiveProgress,
    PlainProgress,
    Progress,
    QuietProgress,
    Tally,
    annotation,
    duration,
)
from digital_diplomacy.runs.notebooks import Notebook
from digital_diplomacy.runs.results import Failure

FAILURE = Failure(3, "1 / 0", "ZeroDivisionError", "division: by 0,\n50% sure", "Traceback")


def outcome(state: str, name: str = "a", *, path: Path = Path("a.ipynb"), reasons: tuple[str, ...] = ()) -> Outcome:
    failure = FAILURE if state == "failed" else None
    return Outcome(
        Run(Notebook(name, path, {}, "", 3), "en"), state, 0.0 if state == "reused" else 2.0, failure, reasons
    )


def watch(progress: Progress) -> None:
    progress.plan(["a/en", "b/en", "c/en", "d/en"])
    progress.finish(outcome("reused", "d"))
    progress.finish(outcome("reused", "c", reasons=("text changed",)))
    progress.cell("a/en", 0, 0)
    progress.cell("b/en", 1, 2)
    progress.finish(outcome("done", "a", reasons=("data/raw/x.csv changed", "module y changed")))
    progress.finish(outcome("failed", "b"))
    progress.close()


def test_plain_lines_say_what_ran_why_and_what_failed() -> None:
    stream = io.StringIO()
    watch(PlainProgress(stream))
    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["[2/4] c/en: unchanged, its pages written anew (text changed)", "2 of 4 unchanged"]
    assert lines[2].startswith("[3/4] a/en: done in 2.0 s (data/raw/x.csv changed and 1 more)")
    assert lines[3] == "[4/4] b/en: failed in 2.0 s: cell 3, ZeroDivisionError"
    assert lines[5] == "b/en, cell 3: ZeroDivisionError: division: by 0,"
    assert lines[-2:] == ["Traceback", ""]


def test_where_nothing_runs_one_line_says_so() -> None:
    stream = io.StringIO()
    progress = PlainProgress(stream)
    progress.plan(["a/en", "b/en"])
    progress.finish(outcome("reused", "a"))
    progress.finish(outcome("reused", "b"))
    progress.close()
    assert stream.getvalue() == "2 of 2 unchanged\n"


def test_quiet_says_failures_alone() -> None:
    stream = io.StringIO()
    watch(QuietProgress(stream))
    assert stream.getvalue().startswith("b/en, cell 3: ZeroDivisionError")
    assert "a/en" not in stream.getvalue()


def test_every_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    watch(JsonProgress(stream))
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["plan", "finish", "finish", "cell", "cell", "finish", "finish"]
    assert events[4] == {"event": "cell", "run": "b/en", "done": 1, "total": 2}
    assert events[5]["reasons"] == ["data/raw/x.csv changed", "module y changed"]
    assert events[6]["failure"]["message"] == FAILURE.message


def test_the_live_table_shows_states_cells_and_how_many_stay() -> None:
    stream = io.StringIO()
    progress = LiveProgress(Console(file=stream, force_terminal=True, width=100, height=30))
    progress.plan(["a/en", "b/en", "c/en", "d/en"])
    progress.finish(outcome("reused", "d"))
    progress.cell("a/en", 3, 7)
    assert "1 of 4 finished, 1 unchanged (25%)" in progress.headline()
    assert "left" in progress.headline()
    progress.finish(outcome("failed", "b"))
    progress.close()
    said = stream.getvalue()
    assert all(part in said for part in ("3/7", "running", "waiting", "unchanged", "failed", "ZeroDivisionError"))


def test_a_table_longer_than_the_terminal_shows_what_runs_and_how_many_more_there_are() -> None:
    stream = io.StringIO()
    progress = LiveProgress(Console(file=stream, force_terminal=True, width=100, height=12))
    progress.plan([f"a/{number}" for number in range(630)])
    progress.cell("a/629", 1, 2)
    progress.close()
    assert "a/629" in stream.getvalue()
    assert "... and 624 more" in stream.getvalue()  # 12 lines but 6 are taken by title and heading


def test_the_live_table_stays_away_where_nothing_runs() -> None:
    stream = io.StringIO()
    progress = LiveProgress(Console(file=stream, force_terminal=True))
    progress.plan(["a/en"])
    progress.finish(outcome("reused", "a"))
    progress.close()
    assert stream.getvalue() == ""


def test_time_left_is_the_time_so_far_times_what_is_left_over_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    tally = Tally()
    tally.plan(["a/en", "b/en", "c/en", "d/en"])
    tally.finish(outcome("reused", "d"))
    assert tally.left() == ""
    tally.cell("a/en", 0, 4)
    tally.cell("b/en", 0, 4)
    clock[0] += 30
    tally.finish(outcome("done", "a"))
    tally.cell("b/en", 2, 4)
    # One run and a half in 30 s; half a run and one more are left: 30 * 1.5 / 1.5 s.
    assert tally.left() == "about 30 s left"


def test_spans_of_time_are_said_in_the_unit_that_fits() -> None:
    assert [duration(seconds) for seconds in (0.44, 89, 90, 5300, 5400)] == [
        "0.4 s",
        "89 s",
        "2 min",
        "88 min",
        "1 h 30 min",
    ]


def test_workflow_commands_escape_what_would_end_them() -> None:
    assert annotation("a:b,c%.ipynb", 2, "x\r\ny", "1:2, 3%\n::error::") == (
        "::error file=a%3Ab%2Cc%25.ipynb,line=2,title=x%0D%0Ay::1:2, 3%25%0A::error::"
    )


def test_a_failure_is_annotated_at_the_cells_line_of_the_notebook(tmp_path: Path) -> None:
    notebook = tmp_path / "project/notebooks/a.ipynb"
    notebook.parent.mkdir(parents=True)
    cells = [{"source": text} for text in ("one", '"source": no', "three")]
    notebook.write_text(json.dumps({"cells": cells}, indent=1))
    inner, stream = io.StringIO(), io.StringIO()
    progress = Annotating(PlainProgress(inner), workspace=tmp_path, stream=stream)
    progress.plan(["a/en"])
    progress.cell("a/en", 0, 3)
    progress.finish(outcome("failed", path=notebook))
    progress.close()
    # Lines: { "cells": [ { source } , { source } , { source: the ninth line.
    assert stream.getvalue() == (
        "::error file=project/notebooks/a.ipynb,line=10,title=a/en%2C cell 3::"
        "ZeroDivisionError: division: by 0,%0A50%25 sure\n"
    )
    assert "a/en: failed" in inner.getvalue()
