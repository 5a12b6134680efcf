import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from digital_diplomacy.errors import said
from digital_diplomacy.reproduction import Outcome, Run, progress
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


def failing(lang: str, message: str = "no column 'a' at 0x7f01", name: str = "b") -> Outcome:
    failure = Failure(3, "1 / 0", "KeyError", message, f"Traceback\n{message}")
    return Outcome(Run(Notebook(name, Path(f"{name}.ipynb"), {}, "", 3), lang), "failed", 2.0, failure)


ALIKE = [failing("kk"), failing("ru", "no column 'a' at 0x7f99"), failing("en"), failing("en", name="c")]
UNLIKE = failing("en", "no text for 'a' in en")


def test_a_failure_that_languages_share_is_told_once_and_names_them() -> None:
    told = []
    for make in (PlainProgress, QuietProgress):
        stream = io.StringIO()
        progress = make(stream)
        progress.plan(["b/kk", "b/ru", "b/en", "c/en"])
        for one in ALIKE:
            progress.cell(one.run.folder, 1, 3)
            progress.finish(one)
        progress.close()
        told.append(stream.getvalue())
    screen = Console(record=True, width=200, file=io.StringIO())
    live = LiveProgress(screen)
    live.plan(["b/kk", "b/ru", "b/en", "c/en"])
    for one in ALIKE:
        live.finish(one)
    live.close()
    for text in (*told, screen.export_text()):
        assert text.count("Traceback") == 2
        assert "b/kk, b/ru, b/en, cell 3: KeyError: no column 'a' at 0x7f01" in text
        assert "c/en, cell 3: KeyError" in text


def test_failures_that_differ_are_told_apart() -> None:
    stream = io.StringIO()
    progress = QuietProgress(stream)
    progress.finish(failing("kk"))
    progress.finish(UNLIKE)
    progress.close()
    assert stream.getvalue().count("Traceback") == 2


def test_github_is_told_once_of_a_failure_that_languages_share(tmp_path: Path) -> None:
    stream = io.StringIO()
    progress = Annotating(QuietProgress(io.StringIO()), workspace=tmp_path, stream=stream)
    for one in ALIKE[:3]:
        progress.finish(one)
    progress.close()
    assert stream.getvalue().count("::error") == 1
    assert "title=b/kk%2C b/ru%2C b/en%2C cell 3" in stream.getvalue()


def test_a_result_that_is_never_reused_is_told_of_once() -> None:
    said = "never reused: it started the program bash"
    stream = io.StringIO()
    progress = PlainProgress(stream)
    progress.plan(["a/en", "b/en"])
    run = Run(Notebook("a", Path("a.ipynb"), {}, "", 3), "en")
    progress.finish(Outcome(run, "done", 2.0, reasons=("there were no results",), remarks=(said,)))
    progress.finish(Outcome(run, "done", 2.0, reasons=(said,), remarks=(said,)))
    progress.close()
    assert stream.getvalue().splitlines() == [
        f"[1/2] a/en: done in 2.0 s (there were no results); {said}",
        f"[1/2] a/en: done in 2.0 s ({said})",
    ]


def test_reasons_are_told_in_the_language_of_the_line_and_in_english_to_programs() -> None:
    why = (said("{what} changed", what=said("module {name}", name="claims.sides")), said("there were no results"))
    noted = (said("never reused: it started the program {name}", name="bash"),)
    run = Run(Notebook("a", Path("a.ipynb"), {}, "", 3), "en")
    lines = {}
    for lang in ("kk", "ru"):
        stream = io.StringIO()
        watched = PlainProgress(stream, lang)
        watched.plan(["a/en", "b/en"])
        watched.finish(Outcome(run, "done", 2.0, reasons=why, remarks=noted))
        lines[lang] = stream.getvalue().strip()
    assert "(claims.sides модулі өзгерді және тағы 1)" in lines["kk"]
    assert "bash бағдарламасы іске қосылған" in lines["kk"]
    assert "(изменилось: модуль claims.sides и ещё 1)" in lines["ru"]
    assert "запускалась программа bash" in lines["ru"]
    stream = io.StringIO()
    progress.JsonProgress(stream).finish(Outcome(run, "done", 2.0, reasons=why, remarks=noted))
    told = json.loads(stream.getvalue())
    assert told["reasons"] == ["module claims.sides changed", "there were no results"]
    assert told["remarks"] == ["never reused: it started the program bash"]


def test_an_error_of_the_package_is_told_without_its_way_through_the_library() -> None:
    trace = 'Traceback (most recent call last):\n  File "library.py", line 1'
    run = SimpleNamespace(lang="en", folder="mine/en", notebook=SimpleNamespace(path="mine.ipynb"))
    for name, is_traced in (("LabelError", False), ("ArgumentError", False), ("ZeroDivisionError", True)):
        failure = Failure(3, "1 / 0", name, "what is wrong", trace)
        (told,) = progress.described([SimpleNamespace(run=run, failure=failure)])  # type: ignore[list-item]
        assert told.startswith(f"mine/en, cell 3: {name}: what is wrong\n1 / 0")
        assert (trace in told) == is_traced


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ru", "[1/1] rankings/en: выполнено, 2,5 с"), ("kk", "[1/1] rankings/en: орындалды, 2,5 с")],
)
def test_a_line_is_told_in_the_user_s_language(lang: str, said: str) -> None:
    notebook = Notebook("rankings", Path("rankings.ipynb"), {}, "Rankings", 1)
    done = Outcome(Run(notebook, "en"), "done", 2.5)
    stream = io.StringIO()
    progress = PlainProgress(stream, lang)
    progress.plan([done.run.folder])
    progress.finish(done)
    progress.close()
    assert stream.getvalue().strip() == said


def test_a_failure_told_in_the_language_of_its_run_is_still_one() -> None:
    """The English line stands in every traceback; what is told behind it differs by language."""
    trace = "Traceback\nTableError: a.csv: empty"
    told = {"kk": "a.csv: бос", "ru": "a.csv: пусто", "en": "a.csv: empty"}
    failures = {
        lang: Failure(3, "", "TableError", said, trace if lang == "en" else f"{trace}\nTableError: {said}")
        for lang, said in told.items()
    }
    other = Failure(
        3, "", "TableError", "b.csv: пусто", "Traceback\nTableError: b.csv: empty\nTableError: b.csv: пусто"
    )
    notebook = Notebook("b", Path("b.ipynb"), {}, "", 3)
    outcomes = [Outcome(Run(notebook, lang), "failed", 2.0, one) for lang, one in failures.items()]
    outcomes.append(Outcome(Run(notebook, "ru"), "failed", 2.0, other))
    for lang, words in told.items():
        first, second = progress.described(outcomes, lang)
        assert first.startswith("b/kk, b/ru, b/en")
        assert f"TableError: {words}" in first
        assert "b.csv" in second
