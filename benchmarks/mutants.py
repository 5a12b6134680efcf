"""Small changes to the library, drawn at random: does a test of the room notice each?

    python benchmarks/mutants.py ROOM [ROOM ...] [--sample 20] [--seed 1] [--only NUMBER ...] [--beside ROOM ...]

A room is a folder or module of the package, or a line of one (penetration, messages/counting.py,
penetration/growth.py:80). Changes are made one at a time in a copy of what git holds, and undone: a comparison, an
operator, a number by one, a bound, a condition, `min` for `max`, a statement or a value returned left out
(`mutations.py`). Then run the tests of the room, and of those beside it, and the examples of its docstrings, that lead
to the changed definition (`mutants_tests.py`), the nearest first, and then all tests of these rooms, until one fails. A
change is killed if a test fails, or goes on where it ended without the change; a test that fails, or goes on, without
any change is left out and named. A change has survived if all others passed; where they did not end in time that is
said, and the change does not count as killed. Prints each change with what killed it and CPU seconds, and a line a
room; --only takes some of the same sample again. What survives is judged by people: either nothing that a caller can
see has changed, or a test is missing.
"""

import argparse
import ast
import contextlib
import importlib
import importlib.util
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mutants_tests
import mutations
import pytest

TOP: Final = Path(__file__).parents[1]
PACKAGE: Final = "digital_diplomacy"
BELOW: Final = (
    "errors", "labels", "tables", "frames", "formulas", "printed", "readings", "runs.software", "kernels.forking",
)  # fmt: skip
"""Rooms that import few others (pyproject.toml holds it): not imported anew, unless one of them is changed."""

MEMORY: Final = 6 * 2**30  # bytes a changed program may fill
SLOW: Final = 15.0  # CPU seconds of a test that begin to look like a loop without end
NO_TIME: Final = "no time in "
NOT_COLLECTED: Final = "collecting "
NO_END: Final = "no end in time"


@dataclass(frozen=True)
class Change:
    """A place of a module, by its number, and which of its choices is made there."""

    path: Path
    place: int
    choice: int


@dataclass(frozen=True)
class Limits:
    """How many of the nearest tests run for a change, their CPU seconds, and those of all tests of its room."""

    tests: int
    seconds: float
    whole: float


class Recorder:
    """The first test that fails, or takes so long that the process ends there; some tests are left out."""

    def __init__(self, told: Path, left_out: Iterable[str]) -> None:
        self.failed: str | None = None
        self.told = told
        self.left_out = frozenset(left_out)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if function_of(item.nodeid) not in self.left_out]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        def stopped(*_: object) -> None:
            self.told.write_text(json.dumps(NO_TIME + nodeid))
            os._exit(0)

        signal.signal(signal.SIGPROF, stopped)
        signal.setitimer(signal.ITIMER_PROF, SLOW)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.failed is None:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.failed is None:
            self.failed = f"{NOT_COLLECTED}{report.nodeid}"


def function_of(test: str) -> str:
    """A test without its parameters."""
    return test.partition("[")[0]


def copied(base: Path) -> Path:
    """What git holds of this repository, and what is new in it, copied below a folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        target = base / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(TOP / name, target)
    return base


def modules(top: Path, room: str) -> list[Path]:
    """The modules of a room, or the one that is named."""
    where = top / PACKAGE / room
    found = [where] if where.suffix == ".py" else sorted(where.rglob("*.py"))
    if not found or not found[0].exists():
        raise SystemExit(f"{room}: no such room or module in {PACKAGE}/")
    return found


def drawn(paths: Sequence[Path], *, sample: int, rng: random.Random) -> list[Change]:
    """Places of the modules at random, each with one of its choices at random; every place is as likely."""
    all_places = [
        (path, number, len(place.choices))
        for path in paths
        for number, place in enumerate(mutations.places(ast.parse(path.read_text())))
    ]
    chosen = rng.sample(all_places, min(sample, len(all_places)))
    return [Change(path, number, rng.randrange(choices)) for path, number, choices in chosen]


def every(path: Path, line: int) -> list[Change]:
    """Every change of a line."""
    there = enumerate(mutations.places(ast.parse(path.read_text())))
    return [Change(path, number, n) for number, one in there if one.line == line for n in range(len(one.choices))]


def within(top: Path, seconds: float, tests: Sequence[str], left_out: Iterable[str] = ()) -> tuple[str | None, float]:
    """The first of some tests that fails in the time, run in a process of its own, and the CPU seconds spent.

    ``NO_END`` where the process ended before they did.
    """
    told = top / "told.json"
    told.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            told.write_text(json.dumps(_run(top, Recorder(told, left_out), seconds, tests)))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    end = time.monotonic() + 20 * seconds
    while (ended := os.wait4(child, os.WNOHANG))[0] == 0:
        if time.monotonic() > end:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            ended = os.wait4(child, 0)
            break
        time.sleep(0.05)
    spent = ended[2].ru_utime + ended[2].ru_stime
    return (json.loads(told.read_text()) if told.exists() else NO_END), spent


def _run(top: Path, recorder: Recorder, seconds: float, tests: Sequence[str]) -> str | None:
    """Runs pytest in the forked process, in the copy."""
    os.setpgid(0, 0)
    os.chdir(top)
    os.environ |= {"PYTHONPATH": str(top), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.dont_write_bytecode = False
    sys.path[:] = [str(top), *(path for path in sys.path if Path(path).resolve() not in (TOP, TOP / "benchmarks"))]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with (top / "output.txt").open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    try:
        _import_tested(tests)
    except Exception as error:  # a change may break whatever stands in a module
        traceback.print_exc()
        return f"{NOT_COLLECTED}{type(error).__name__}"
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={top / 'temporary'}", f"--rootdir={top}"]
    options += ["--assert=plain"]  # nobody reads why a test failed, and rewriting every module takes longer than most
    code = pytest.main([*options, *tests], plugins=[recorder])
    # Without tests there is nothing to fail; an end without a failed test is pytest's own, as after a broken import.
    return recorder.failed or (None if code in (0, 5) else f"pytest ended with {int(code)}")


def _import_tested(tests: Iterable[str]) -> None:
    """The modules whose examples are run, before pytest does it: it would run them anew, and put them in the place of
    functions of their names, if their package was not there."""
    for file in {test.partition("::")[0] for test in tests if test.startswith(PACKAGE)}:
        importlib.import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def preload(top: Path, rooms: Iterable[str]) -> None:
    """What the tests import but is not changed, once, before the processes part: it takes longer than most tests."""
    sys.path.insert(0, str(top))
    names = ["numpy", "pandas", "pandera.pandas", "scipy.stats", "scipy.optimize", "hypothesis", "networkx", "igraph"]
    names += [f"{PACKAGE}.{below}" for below in BELOW]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            importlib.import_module(name)
    changed = [Path(PACKAGE, room.partition(":")[0]).with_suffix("") for room in rooms]
    imported = [Path(*name.split(".")) for name in sys.modules if name.partition(".")[0] == PACKAGE]
    if any(module.is_relative_to(room) for module in imported for room in changed):
        # A changed module would not be read again, nor would those that took a function from it.
        for module in imported:
            del sys.modules[".".join(module.parts)]


def known(top: Path, rooms: Iterable[str]) -> list[mutants_tests.Definition]:
    """What the rooms and their tests define."""
    folders = [top / base / room for room in rooms for base in (PACKAGE, "tests")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [one for path in paths for one in mutants_tests.definitions(top, path)]


class Sound:
    """Which tests pass without any change; those that do not are left out."""

    def __init__(self, top: Path, limits: Limits) -> None:
        self.top = top
        self.limits = limits
        self.passed: set[str] = set()
        self.left_out: set[str] = set()

    def has(self, failed: str) -> bool:
        """Whether a test that failed passes as it is, so that the change is to blame."""
        test = function_of(failed.removeprefix(NO_TIME))
        if test not in self.passed:
            (self.left_out if within(self.top, self.limits.seconds, [test])[0] else self.passed).add(test)
        return test in self.passed


def killer(
    top: Path, change: Change, nearest: Sequence[str], whole: Sequence[str], limits: Limits, sound: Sound
) -> tuple[str | None, float]:
    """What notices a change: a test, or the time it takes; ``NO_END``, None for nothing; and CPU seconds spent."""
    failed, spent = None, 0.0
    passed: frozenset[str] = frozenset()
    for tests, seconds in ((nearest[: limits.tests], limits.seconds), (whole, limits.whole)):
        while tests:
            failed, more = _with(top, change, seconds, tests, sound.left_out | passed)
            spent += more
            if failed is None:
                passed = frozenset(tests)
            if failed is None or failed == NO_END:
                break
            if "::" in failed:
                is_sound = sound.has(failed)
            elif not (is_sound := within(top, seconds, tests, sound.left_out | passed)[0] != failed):
                failed = NO_END  # pytest does not get so far as to run them, with or without the change
                break
            if is_sound:
                return failed, spent
    return failed, spent


def _with(
    top: Path, change: Change, seconds: float, tests: Sequence[str], left_out: Iterable[str]
) -> tuple[str | None, float]:
    """The first of some tests that fails with a change, which is made and undone."""
    source = change.path.read_text()
    # Two changes may be as long as each other and made within a second, which is all that Python looks at.
    compiled = Path(importlib.util.cache_from_source(str(change.path)))
    try:
        change.path.write_text(mutations.mutated(source, change.place, change.choice))
        compiled.unlink(missing_ok=True)
        return within(top, seconds, tests, left_out)
    finally:
        change.path.write_text(source)
        compiled.unlink(missing_ok=True)


def rooms_tests(top: Path, rooms: Iterable[str]) -> list[str]:
    """Where all tests and examples of some rooms stand."""
    named = [f"{base}{room}" for room in rooms for base in ("tests/", "tests/test_", f"{PACKAGE}/")]
    return [name for name in named if (top / name).exists()]


def judged(top: Path, room: str, changes: dict[int, Change], beside: Sequence[str], limits: Limits) -> int:
    """Makes some changes, by their numbers, and prints what became of each; how many were killed."""
    rooms = (room.split("/")[0], *beside)
    defined, whole, sound = known(top, rooms), rooms_tests(top, rooms), Sound(top, limits)
    killed = 0
    for number, change in changes.items():
        place = mutations.places(ast.parse(change.path.read_text()))[change.place]
        tests = mutants_tests.nearest(change.path, place.line, defined, top)
        before, after = (" ".join(ast.unparse(node).split()) for node in (place.node, place.choices[change.choice]))
        by, spent = killer(top, change, tests, whole, limits, sound)
        verdict = "SURVIVED" if by is None else "UNKNOWN" if by == NO_END else "killed"
        killed += verdict == "killed"
        where = f"{change.path.relative_to(top / PACKAGE).as_posix()}:{place.line}"
        print(f"{number:3} {verdict}  {where}  {before[:110]}  ->  {after[:110]}", flush=True)
        print(f"      {by or 'all tests'}, {len(tests)} lead there, {spent:.1f} CPU s", flush=True)
    print(f"{room}: {killed} of {len(changes)} killed", flush=True)
    for test in sorted(sound.left_out):
        print(f"left out, as it fails or goes on without any change: {test}", flush=True)
    return len(sound.left_out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="+", metavar="ROOM")
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", default=[], help="numbers of the sample")
    parser.add_argument("--beside", nargs="*", default=[], metavar="ROOM", help="further rooms whose tests are run")
    parser.add_argument("--tests", type=int, default=40, help="at most so many of the nearest tests, before all")
    parser.add_argument("--seconds", type=float, default=40, help="CPU seconds that they may take")
    parser.add_argument("--whole", type=float, default=400, help="CPU seconds that all tests of the room may take")
    asked = parser.parse_args()
    os.nice(5)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    limits = Limits(asked.tests, asked.seconds, asked.whole)
    with tempfile.TemporaryDirectory(prefix="mutants_") as folder:
        top = copied(Path(folder).resolve())
        preload(top, asked.rooms)
        left_out = 0
        for room in asked.rooms:
            name, _, line = room.partition(":")
            rng = random.Random(f"{asked.seed} {room}")  # noqa: S311
            paths = modules(top, name)
            changes = every(paths[0], int(line)) if line else drawn(paths, sample=asked.sample, rng=rng)
            numbered = {n: change for n, change in enumerate(changes, 1) if not asked.only or n in asked.only}
            left_out += judged(top, name, numbered, asked.beside, limits)
    return int(left_out > 0)


if __name__ == "__main__":
    sys.exit(main())
