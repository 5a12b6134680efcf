"""What a run was seen to rest on makes its results stale when it changes, or is never trusted."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy.runs import plan
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import Snapshot
from digital_diplomacy.runs.verified import Verified

LONG_AGO = 10**18  # nanoseconds since the epoch: before any run


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("outside")
    (place / "far.csv").write_text("a\n1\n")
    return place


@pytest.fixture
def ran(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Observed], Callable[[], tuple[str, ...]]]:
    """Results of a run that was seen to rest on something; gives the reasons to run again, as often as asked."""
    path = write_notebook("one", ["import mine, locale", "country"])
    (project / "data/my").mkdir()
    (project / "data/my/a.csv").write_text("a\n1\n")
    os.utime(project / "data/my", ns=(LONG_AGO, LONG_AGO))
    monkeypatch.delenv("LC_ALL", raising=False)
    folder = project / "reports/one/en"

    def finish(observed: Observed) -> Callable[[], tuple[str, ...]]:
        now = Snapshot(project)
        depends = plan.record(
            plan.before(path, {}, now),
            notebook=path,
            lang="en",
            inputs=observed,
            shown=[],
            started_ns=time.time_ns() + 1,
            now=now,
        )
        folder.mkdir(parents=True)
        result = {"notebook": "one", "lang": "en", "shown": [], "files": {}, "dependencies": depends, "parameters": {}}
        (folder / plan.RESULT).write_text(json.dumps(result))
        (folder / plan.CRATE).write_text('{"@graph": [{"endTime": "2026"}]}')
        return lambda: tuple(map(str, plan.decide(path, {}, folder, Snapshot(project)).reasons))

    return finish


Ran = Callable[[Observed], Callable[[], tuple[str, ...]]]


def test_a_file_more_or_less_in_a_listed_folder_is_a_change(ran: Ran, project: Path) -> None:
    reasons = ran(Observed(("data/my/",)))
    assert reasons() == ()
    (project / "data/my/a.csv").write_text("a\n2\n")  # only its name was read
    (project / "data/my/__pycache__").mkdir()
    assert reasons() == ()
    (project / "data/my/b.csv").write_text("")
    assert reasons() == ("names in data/my/ changed",)
    (project / "data/my/b.csv").unlink()
    assert reasons() == ()
    (project / "data/my/a.csv").rename(project / "data/my/c.csv")
    assert reasons() == ("names in data/my/ changed",)


def test_a_listed_folder_that_goes_or_comes_is_a_change(ran: Ran, project: Path) -> None:
    reasons = ran(Observed(("data/my/", "data/none/")))
    assert reasons() == ()
    (project / "data/none").mkdir()
    (project / "data/my").rename(project / "data/other")
    assert sorted(reasons()) == ["data/none/, which was not there, is there", "names in data/my/ is missing"]


def test_a_file_outside_that_changes_or_goes_is_a_change(ran: Ran, outside: Path) -> None:
    far = outside / "far.csv"
    reasons = ran(Observed((far.as_posix(),)))
    assert reasons() == ()
    far.write_text("a\n99\n")
    assert reasons() == (f"{far.as_posix()} changed",)
    far.unlink()
    assert reasons() == (f"{far.as_posix()} is missing",)


def test_a_file_looked_for_in_vain_is_a_change_once_it_is_there(ran: Ran, project: Path) -> None:
    reasons = ran(Observed(("data/more.csv",)))
    assert reasons() == ()
    (project / "data/more.csv").write_text("a\n")
    assert reasons() == ("data/more.csv, which was not there, is there",)


def test_a_variable_asked_for_that_changes_is_a_change(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEASON", "winter")
    monkeypatch.delenv("YEAR", raising=False)
    reasons = ran(Observed((), ("SEASON", "YEAR")))
    assert reasons() == ()
    monkeypatch.setenv("OTHER", "x")
    assert reasons() == ()
    monkeypatch.setenv("YEAR", "2024")
    monkeypatch.setenv("SEASON", "spring")
    assert reasons() == ("the environment variable SEASON changed", "the environment variable YEAR changed")


def test_no_value_of_a_variable_is_stored(ran: Ran, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "verysecret")
    ran(Observed((), ("TOKEN",)))
    assert "verysecret" not in (project / "reports/one/en/result.json").read_text()


def test_the_locale_counts_where_its_module_is_imported(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = ran(Observed())
    assert reasons() == ()
    monkeypatch.setenv("LC_ALL", "kk_KZ.UTF-8")
    assert reasons() == ("the environment variable LC_ALL changed",)


def test_a_module_that_now_stands_before_an_installed_one_is_a_change(ran: Ran, project: Path) -> None:
    reasons = ran(Observed())
    (project / "unrelated.py").write_text("")
    assert reasons() == ()
    (project / "mine.py").write_text("")
    assert reasons() == ("module mine is new",)


def test_what_started_a_program_is_never_reused_and_says_so(ran: Ran, project: Path) -> None:
    reasons = ran(Observed((), (), ("connection example.org", "program bash")))
    said = ("never reused: it opened a connection to example.org", "never reused: it started the program bash")
    assert reasons() == said
    result = plan.read_result(project / "reports/one/en")
    assert result is not None
    assert not plan.is_stale(result, project / "notebooks/one.ipynb", Snapshot(project))  # nothing is older


def test_a_large_folder_is_listed_once(ran: Ran, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(500):
        (project / f"data/my/{number}.csv").touch()
    os.utime(project / "data/my", ns=(LONG_AGO, LONG_AGO))
    reasons = ran(Observed(("data/my/",)))
    monkeypatch.setattr("digital_diplomacy.runs.verified._SETTLED", -1)
    now = Snapshot(project)
    assert now.seen("data/my/") is not None
    now.outputs.remember()
    asked: list[Path] = []
    found = Verified.hash

    def noting(self: Verified, file: Path, hash_of: Callable[[Path], str | None], of: str = "") -> str | None:
        return found(self, file, lambda path: asked.append(path) or hash_of(path), of)

    monkeypatch.setattr(Verified, "hash", noting)
    assert reasons() == ()
    assert project / "data/my" not in asked
    (project / "data/my/more.csv").touch()
    assert reasons() == ("names in data/my/ changed",)
