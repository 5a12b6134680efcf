import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.cli.runs import answers
from digital_diplomacy.errors import BusyError
from digital_diplomacy.reproduction import Outcome, PlainProgress, find_notebooks, plan_runs, run_all, runner
from digital_diplomacy.runs.places import is_running, only_run

TIMED = ("run.json", "ro-crate-metadata.json")
NOT_REPORTS = shutil.ignore_patterns("reports", "log")
LONG = 600  # seconds after which something hangs; the machine may be slow and busy

SHOWN = """
from IPython.display import display
def shown(kind, name, data):
    described = {"kind": kind, "name": name, "title": "T", "alt": "A"}
    display({"text/plain": name} | data, raw=True, metadata={"digital_diplomacy": described})
svg = f"<svg xmlns='http://www.w3.org/2000/svg' data-country='{country}'/>"
shown("figure", "map", {"image/svg+xml": svg, "image/png": "iVBORw0KGgo="})
shown("table", "ranks", {"text/html": "<table><tr><td>1</td></tr></table>", "text/csv": f"country\\n{country}\\n"})
"""


def reproduce(
    project: Path,
    *names: str,
    given: dict[str, str] | None = None,
    langs: Sequence[str] = ("en",),
    force: bool = False,
    jobs: int = 2,
) -> list[Outcome]:
    runs = plan_runs(find_notebooks(project), names, given or {}, langs, {})
    with (project / "log").open("a") as log:
        return run_all(
            runs,
            root=project,
            out=project / "reports",
            jobs=jobs,
            force=force,
            progress=PlainProgress(log),
        )


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def timeless(folder: Path) -> dict[str, bytes]:
    """Every file but those that hold times."""
    return {name: content for name, content in files(folder).items() if not name.endswith(TIMED)}


def record(project: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project / "reports/run.json").read_text())
    return found


def test_a_run_writes_notebook_page_figures_tables_index_and_record(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("good", [SHOWN])
    [outcome] = reproduce(project, given={"country": "UZB"})
    folder = project / "reports" / outcome.run.folder
    assert record(project)["commit"] is None
    assert outcome.state == "done"
    assert set(files(folder)) == {
        "notebook.ipynb",
        "index.html",
        "made.html",
        "ro-crate-metadata.json",
        "result.json",
        "figures/map.svg",
        "figures/map.png",
        "tables/ranks.csv",
    }
    assert "data-country='UZB'" in (folder / "figures/map.svg").read_text()
    assert (folder / "tables/ranks.csv").read_text() == "country\nUZB\n"
    assert '<img src="figures/map.svg" alt="A"' in (folder / "index.html").read_text()
    assert f'href="{outcome.run.folder}/index.html#map"' in (project / "reports/index.en.html").read_text()
    assert '"notebook": "good"' in (project / "reports/pages.js").read_text()
    said = record(project)
    assert said["summary"] == {"done": 1, "failed": 0, "reused": 0}
    assert said["runs"][0]["parameters"]["country"] == "UZB"
    assert [entry["name"] for entry in said["runs"][0]["shown"]] == ["map", "ranks"]


def test_a_failing_notebook_leaves_the_others_finished_and_names_cell_and_error(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("bad", ["x = 1", "raise ValueError('boom ' + country)"])
    write_notebook("good", ["country"])
    outcomes = {outcome.run.notebook.name: outcome for outcome in reproduce(project)}
    assert outcomes["good"].state == "done"
    failure = outcomes["bad"].failure
    assert failure is not None
    assert (failure.name, failure.message) == ("ValueError", "boom KAZ")
    stored = json.loads((project / "notebooks/bad.ipynb").read_text())
    assert "boom" in "".join(stored["cells"][failure.cell - 1]["source"])
    assert "boom" in (project / "reports/failed/bad-en.ipynb").read_text()
    log = (project / "log").read_text()
    assert f"bad/en, cell {failure.cell}: ValueError: boom KAZ" in log
    assert "Traceback" in log
    assert "boom KAZ" in (project / "reports/index.en.html").read_text()
    assert record(project)["runs"][0]["failure"]["cell"] == failure.cell


def test_a_kernel_that_dies_fails_only_its_own_run(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("dead", ["import os; os._exit(1)"])
    write_notebook("good", ["country"])
    outcomes = {outcome.run.notebook.name: outcome for outcome in reproduce(project)}
    assert outcomes["good"].state == "done"
    assert outcomes["dead"].failure is not None
    assert "died" in outcomes["dead"].failure.message.lower()


def test_results_stay_when_a_later_run_fails(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("one", [SHOWN])
    reproduce(project)
    before = files(project / "reports/one/en")
    write_notebook("one", [SHOWN, "1 / 0"])
    [outcome] = reproduce(project)
    assert outcome.state == "failed"
    assert files(project / "reports/one/en") == before
    write_notebook("one", [SHOWN, "1 / 1"])
    reproduce(project)
    assert not (project / "reports/failed/one-en.ipynb").exists()


def test_unchanged_runs_are_reused_and_changed_or_harmed_ones_are_not(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", [SHOWN])
    assert [outcome.state for outcome in reproduce(project)] == ["done"]
    assert [outcome.state for outcome in reproduce(project)] == ["reused"]
    assert [outcome.state for outcome in reproduce(project, force=True)] == ["done"]
    (project / "reports/one/en/figures/map.svg").write_text("harmed")
    assert [outcome.state for outcome in reproduce(project)] == ["done"]
    (project / "requirements.lock").write_text("pandas==3.1.1\n")
    assert [outcome.state for outcome in reproduce(project)] == ["done"]
    write_notebook("one", [SHOWN, "2"])
    assert [outcome.state for outcome in reproduce(project)] == ["done"]


def test_two_runs_give_the_same_bytes_serial_or_side_by_side_in_any_folder(
    project: Path, write_notebook: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    write_notebook("one", [SHOWN, "hash('text'), {'b', 'a', 'c'}"])
    write_notebook("two", [SHOWN])
    reproduce(project, force=True, jobs=1)
    before = timeless(project / "reports")
    other = shutil.copytree(project, tmp_path_factory.mktemp("a") / "Дип ломатия 'y'", ignore=NOT_REPORTS)
    reproduce(other, jobs=2)
    assert timeless(other / "reports") == before


def test_a_run_tells_its_commit_and_pages_written_anew_the_one_they_were_written_at(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    def commit() -> str:
        named = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
        for words in (["init", "-q"], ["add", "data", "notebooks"], ["commit", "-qm", "one"]):
            subprocess.run(["git", *named, *words], cwd=project, check=True)
        said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, check=True)
        return said.stdout.strip()

    path = write_notebook("one", ["1"])
    first = commit()
    reproduce(project)
    assert record(project)["commit"] == record(project)["runs"][0]["commit"] == {"id": first, "changed": False}
    assert first in (project / "reports/one/en/made.html").read_text()
    path.write_text(path.read_text().replace("Title of one", "Another title"))
    second = commit()
    path.write_text(path.read_text().replace("Another title", "A third title"))
    [outcome] = reproduce(project)
    assert outcome.state == "reused"
    assert record(project)["runs"][0]["commit"] == {"id": second, "changed": True}
    made = (project / "reports/one/en/made.html").read_text()
    assert f"{second}</code> (with changes that are not in it)" in made
    assert first not in made


def test_pages_written_anew_are_those_a_run_would_give(project: Path, write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("one", [SHOWN, "2"])
    reproduce(project)
    content = json.loads(path.read_text())
    told = {"cell_type": "markdown", "id": "told", "metadata": {}, "source": ["Read this:\n", "a line."]}
    path.write_text(json.dumps({**content, "cells": [*content["cells"][:3], told, *content["cells"][3:]]}))
    [outcome] = reproduce(project)
    assert (outcome.state, tuple(map(str, outcome.reasons))) == ("reused", ("text between the code cells changed",))
    rewritten = timeless(project / "reports")
    reproduce(project, force=True)
    assert timeless(project / "reports") == rewritten


def test_two_outputs_of_one_name_are_refused(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("twice", [SHOWN, "shown('table', 'ranks', {'text/csv': ''})"])
    [outcome] = reproduce(project)
    assert outcome.failure is not None
    assert "two outputs are named 'ranks'" in outcome.failure.message


ANSWER = """
described = {"kind": "answer", "name": "answer", "title": "Forty-two.", "said": ["Forty-two.", "Not more."],
             "evidence": ["map"]}
display({"text/plain": "Forty-two.", "text/markdown": "Forty-two.\\n\\nNot more."}, raw=True,
        metadata={"digital_diplomacy": described})
"""


def test_the_answer_stands_first_on_page_and_index_and_in_the_record(
    project: Path, write_notebook: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook("good", [SHOWN, ANSWER])
    [outcome] = reproduce(project)
    page = (project / "reports" / outcome.run.folder / "index.html").read_text()
    assert page.count("<p>Forty-two.</p>") == 1  # lifted, not repeated
    assert page.index("<p>Forty-two.</p>") < page.index('id="map"')
    assert '<a href="#map">T</a>' in page
    index = (project / "reports/index.en.html").read_text()
    assert index.index("<p>Forty-two.</p>") < index.index("figures/map.svg")
    assert f'<a href="{outcome.run.folder}/index.html#map">T</a>' in index
    run = record(project)["runs"][0]
    assert (run["question"], run["answer"], run["evidence"]) == ("", ["Forty-two.", "Not more."], ["map"])
    assert answers([outcome], project / "reports") == ["", outcome.run.folder, "  Forty-two.", "  Not more."]


def test_an_answer_that_rests_on_nothing_shown_fails_the_run(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("boast", [SHOWN, ANSWER.replace('["map"]', '["no_such"]')])
    [outcome] = reproduce(project)
    assert outcome.failure is not None
    assert "the answer rests on 'no_such', which is no figure or table" in outcome.failure.message


def test_pages_name_the_documents_and_change_with_their_table(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("good", [SHOWN])
    table = project / "data/raw/documents.csv"
    table.write_text('document,authors,year,title,container,lang,doi\n000,"A <b>",2018,Roles,Journal,ru,10.1/x\n')
    [outcome] = reproduce(project)
    page = project / "reports" / outcome.run.folder / "index.html"
    for text in (page.read_text(), (project / "reports/index.en.html").read_text()):
        said = '<span lang="und">A &lt;b&gt;</span>, <span lang="ru">2018. Roles. Journal</span>'
        assert f"<strong>Almash 2018</strong>: {said}" in text
        assert 'href="https://doi.org/10.1/x"' in text
    table.write_text(table.read_text().replace("Roles", "Rules"))
    [outcome] = reproduce(project)
    assert outcome.state == "reused"  # no figure depends on it
    assert "Rules" in page.read_text()


def test_notebooks_do_not_see_each_other(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("a", ["import os, builtins; os.environ['LEFT'] = '1'; builtins.left = 1; os.chdir('/')"])
    write_notebook(
        "b",
        [
            "import os, builtins",
            "assert 'LEFT' not in os.environ",
            "assert not hasattr(builtins, 'left')",
            "assert os.path.isdir('notebooks')",
        ],
    )
    assert [outcome.state for outcome in reproduce(project, jobs=1)] == ["done", "done"]


INTERRUPTED = """
import signal
import sys
from pathlib import Path
from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by all that shells start in the background
    root = Path(sys.argv[1])
    runs = plan_runs(find_notebooks(root), [], {}, ("en",), {})
    run_all(runs, root=root, out=root / "reports", jobs=2, force=True, progress=PlainProgress(sys.stdout))
"""


@pytest.mark.skipif(os.name == "nt", reason="process groups are signalled differently there")
def test_an_interrupt_leaves_whole_reports_and_no_process(
    project: Path, write_notebook: Callable[..., Path], few_libraries: str, comes_true: Callable[..., bool]
) -> None:
    write_notebook("one", [SHOWN])
    reproduce(project)
    before = files(project / "reports/one")
    write_notebook(
        "slow",
        [
            f"import os; from pathlib import Path; Path({str(project)!r}, 'started').write_text(str(os.getpid()))",
            f"import time; time.sleep({LONG})",
        ],
    )
    write_notebook("one", [f"import time; time.sleep({LONG})"])
    script = project / "interrupted.py"
    script.write_text(few_libraries + INTERRUPTED)
    with (project / "log").open("a") as log:
        process = subprocess.Popen([sys.executable, script, project], start_new_session=True, stdout=log, stderr=log)
    deadline = time.monotonic() + LONG
    while not (project / "started").exists() or not (project / "started").read_text():
        assert time.monotonic() < deadline, "the slow notebook never started"
        assert process.poll() is None, (project / "log").read_text()
        time.sleep(0.05)
    kernel = int((project / "started").read_text())
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(LONG) != 0
    assert files(project / "reports/one") == before
    assert not list((project / "reports").glob(".staging*"))
    assert comes_true(lambda: not is_running(kernel))  # the notebook would still be asleep


def test_a_folder_left_half_moved_comes_back(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("one", [SHOWN])
    reproduce(project)
    before = files(project / "reports/one/en")
    (project / "reports/one/en").rename(project / "reports/one/.replaced-en")
    (project / "reports/.staging-x").mkdir()
    assert [outcome.state for outcome in reproduce(project)] == ["reused"]
    assert files(project / "reports/one/en") == before
    assert not (project / "reports/.staging-x").exists()


def test_a_second_run_into_the_same_folder_is_refused_and_a_dead_ones_lock_is_taken_over(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", [SHOWN])
    (project / "reports").mkdir()
    with only_run(project / "reports"), pytest.raises(BusyError, match=f"process {os.getpid()} is writing to"):
        reproduce(project)
    (project / "reports/.running-process").write_text("4000000")  # of one that was killed
    assert [outcome.state for outcome in reproduce(project)] == ["done"]
    assert not (project / "reports/.running-process").exists()


def test_the_longest_notebook_starts_first(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("a_short", ["1"])
    write_notebook("b_long", ["1", "2", "3"])
    reproduce(project, jobs=1)
    log = (project / "log").read_text()
    assert log.index("b_long/en: done") < log.index("a_short/en: done")


def test_the_index_tells_runs_of_one_notebook_apart_and_marks_old_ones(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("one", [SHOWN])
    reproduce(project, given={"edition": "2020"})
    reproduce(project, given={"edition": "2022", "country": "UZB"})
    index = (project / "reports/index.en.html").read_text()
    assert "Kazakhstan; 2020" in index
    assert "Uzbekistan; 2022" in index
    assert "earlier version" not in index
    write_notebook("one", [SHOWN, "1"])
    reproduce(project)
    assert (project / "reports/index.en.html").read_text().count("earlier version") == 2


@pytest.mark.parametrize("content", ["{", '{"cells": null}', '{"cells": [{}]}'])
def test_a_notebook_that_is_none_fails_and_the_others_are_done(
    project: Path, write_notebook: Callable[..., Path], content: str
) -> None:
    write_notebook("good", [SHOWN])
    write_notebook("odd", [SHOWN])
    assert {outcome.state for outcome in reproduce(project)} == {"done"}
    (project / "notebooks/odd.ipynb").write_text(content)
    good, odd = reproduce(project, force=True)
    assert good.state == "done"
    assert odd.state == "failed"
    assert odd.failure is not None
    assert odd.failure.message.startswith("odd.ipynb is not a Jupyter notebook")
    assert "odd.ipynb is not a Jupyter notebook" in (project / "reports/index.en.html").read_text()


def test_prose_is_in_the_language_of_the_run_or_the_run_fails(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    """The catalogues are written here as gettext has them."""
    write_notebook("told", ["1"])
    write_notebook("own", ["1"])
    place = project / "notebooks" / "locale" / "kk"
    place.mkdir(parents=True)
    (place / "told.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Title of told"\nmsgstr "Айтылғанның атауы"\n')
    outcomes = {outcome.run.folder: outcome for outcome in reproduce(project, langs=("kk", "ru"))}
    assert {folder: outcome.state for folder, outcome in outcomes.items()} == {
        "told/kk": "done",
        "told/ru": "failed",
        "own/kk": "done",
        "own/ru": "done",
    }
    failure = outcomes["told/ru"].failure
    assert failure is not None
    assert "locale/ru/told.po: не все абзацы блокнота told.ipynb переведены на ru" in failure.message
    executed = json.loads((project / "reports/told/kk/notebook.ipynb").read_text(encoding="utf-8"))
    assert executed["cells"][0]["source"] == "# Айтылғанның атауы"
    assert "<h1>Айтылғанның атауы</h1>" in (project / "reports/told/kk/index.html").read_text(encoding="utf-8")
    assert '<h1 lang="en">Title of own</h1>' in (project / "reports/own/kk/index.html").read_text(encoding="utf-8")
    (place / "told.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Title of told"\nmsgstr "Басқа атау"\n')
    states = {one.run.folder: (one.state, tuple(map(str, one.reasons))) for one in reproduce(project, langs=("kk",))}
    assert states == {"told/kk": ("reused", ("translation of the prose to kk changed",)), "own/kk": ("reused", ())}
    assert "<h1>Басқа атау</h1>" in (project / "reports/told/kk/index.html").read_text(encoding="utf-8")


def test_the_record_has_a_line_for_every_value_of_a_run_and_says_what_it_was_given() -> None:
    run = {"state": "done", "files": {"б.csv": "«1»\n", "a": {}}, "shown": [], "reasons": [None, 0.5, [True]]}
    record = {"runs": [run, {}, run], "seconds": 0.1, "packages": {}, "summary": {"done": 2}}
    written = runner._laid_out(record)
    assert json.loads(written) == record
    # 4 values a run, 2 runs with values, their 4 braces and the empty run; runs' 2 brackets, summary's 1 value and
    # 2 braces, 2 plain values, and the 2 outermost braces.
    assert len(written.splitlines()) == 8 + 4 + 1 + 2 + 3 + 2 + 2
