"""Small changes to the library, drawn at random: does a test of the room notice each?

    python benchmarks/mutants.py ROOM [ROOM ...] [--sample 20] [--seed 1] [--only NUMBER ...] [--beside ROOM ...]

A room is a folder or module of the package (penetration, rankings/composite, messages/counting.py); its tests are those
of tests/ and the examples of its docstrings. Changes are made one at a time in a copy of what git holds, and undone: a
comparison, an operator, a number by one, a bound, a condition, `min` for `max`, a statement or a value returned left
out (`mutations.py`). A change is killed if a test fails, or takes ten times its time; first those tests that enter the
changed function, the quickest first, then all that enter its module. Prints each change with what killed it, and a
line a room; --only takes some of the same sample again. What survives is judged by people: either nothing a caller can
see has changed, or a test is missing.
"""

import argparse
import ast
import builtins
import contextlib
import importlib
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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import mutations
import pytest

TOP: Final = Path(__file__).parents[1]
PACKAGE: Final = "digital_diplomacy"
BELOW: Final = ("errors", "labels", "tables", "frames", "formulas", "printed", "readings", "runs", "kernels")
"""Rooms that import none whose tests are run (pyproject.toml holds it), so that they need not be imported anew."""

MEMORY: Final = 6 * 2**30  # bytes a changed program may fill


@dataclass(frozen=True)
class Change:
    """A place of a module, by its number, and which of its choices is made there."""

    path: Path
    place: int
    choice: int


@dataclass(frozen=True)
class Tests:
    """Seconds of every test that passes, and the functions each enters: (file, line of the def)."""

    seconds: dict[str, float]
    entered: dict[str, frozenset[tuple[str, int]]]

    def entering(self, file: str, function: int | None) -> list[str]:
        """Tests that enter a function, or any function of its file; all, if nothing in the file is ever entered."""
        hit = [test for test, seen in self.entered.items() if (file, function) in seen]
        if function is None:
            hit = [test for test, seen in self.entered.items() if any(name == file for name, _ in seen)]
        return sorted(hit, key=lambda test: self.seconds[test])


class Recorder:
    """What pytest tells while it runs: tests that pass, their time, what they enter; the first that fails."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.entered: dict[str, list[tuple[str, int]]] = {}
        self.failed: str | None = None

    def pytest_runtest_logstart(self) -> None:
        builtins.ENTERED = set()  # type: ignore[attr-defined]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.failed is None:
            self.failed = report.nodeid
        if report.when == "teardown":
            self.entered[report.nodeid] = sorted(builtins.ENTERED)  # type: ignore[attr-defined]
        if report.when == "call" and report.passed:
            self.seconds[report.nodeid] = report.duration

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.failed is None:
            self.failed = f"collecting {report.nodeid}"


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
    counts = [[len(place.choices) for place in mutations.places(ast.parse(path.read_text()))] for path in paths]
    all_places = [
        (path, n, choices) for path, many in zip(paths, counts, strict=True) for n, choices in enumerate(many)
    ]
    chosen = rng.sample(all_places, min(sample, len(all_places)))
    return [Change(path, n, rng.randrange(choices)) for path, n, choices in chosen]


def within(top: Path, seconds: float, words: Sequence[str]) -> dict[str, Any]:
    """What pytest tells in a process of its own, from the copy; ``{"failed": "no time"}`` if it takes too long."""
    told = top / "told.json"
    told.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            _run(top, told, seconds, words)
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
    said = json.loads(told.read_text()) if told.exists() else {"failed": "no time"}
    return said | {"cpu": ended[2].ru_utime + ended[2].ru_stime}


def _run(top: Path, told: Path, seconds: float, words: Sequence[str]) -> None:
    """Runs pytest in the forked process and writes down what it tells."""
    os.setpgid(0, 0)
    os.chdir(top)
    os.environ["PYTHONPATH"] = str(top)
    sys.path[:] = [str(top), *(path for path in sys.path if Path(path).resolve() not in (TOP, TOP / "benchmarks"))]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with (top / "output.txt").open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    recorder = Recorder()
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={top / 'temporary'}", f"--rootdir={top}"]
    options += ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
    code = pytest.main([*options, *words], plugins=[recorder])
    # Without tests there is nothing to fail; an end without a failed test is pytest's own, as after a broken import.
    failed = recorder.failed or (None if code in (0, 5) else f"pytest ended with {int(code)}")
    said = {"failed": failed, "seconds": recorder.seconds, "entered": recorder.entered, "imported": list(sys.modules)}
    told.write_text(json.dumps(said))


def preload(top: Path, names: Iterable[str], room: str) -> None:
    """What the tests import but is not changed, once, before the processes part: it takes longer than most tests."""
    if str(top) not in sys.path:
        sys.path.insert(0, str(top))
    kept = () if room == "printed" else tuple(f"{PACKAGE}.{below}" for below in BELOW)
    for name in names:
        ours = name.split(".")[0] in (PACKAGE, "tests", "conftest", "_pytest", "__main__", "__mp_main__")
        if not ours or f"{name}.".startswith(tuple(f"{one}." for one in kept)):
            with contextlib.suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                importlib.import_module(name)


def observed(top: Path, room: str, beside: Sequence[str]) -> Tests:
    """Which tests of a room, and of those beside it, enter which functions: all run once on functions that note it."""
    written = {path: path.read_text() for path in modules(top, room)}
    for path, source in written.items():
        path.write_text(mutations.noted(source, path.relative_to(top).as_posix()))
    told = within(top, 3600, ["--maxfail=1000", *_where(top, (room, *beside))])
    for path, source in written.items():
        path.write_text(source)
    if "seconds" not in told:
        raise SystemExit(f"the tests of {room} did not end: {(top / 'output.txt').read_text()[-2000:]}")
    if told["failed"]:
        print(f"fails unchanged, and is left out: {told['failed']}")
    preload(top, told["imported"], room)
    passing = {test: frozenset(map(tuple, told["entered"][test])) for test in told["seconds"]}
    return Tests(told["seconds"], passing)


def _where(top: Path, rooms: Iterable[str]) -> Iterator[str]:
    folders = (top / base / room for room in rooms for base in ("tests", PACKAGE))
    return (str(folder) for folder in folders if folder.is_dir())


def killer(top: Path, change: Change, tests: Tests) -> tuple[str | None, float]:
    """What notices a change, made and undone: a test, or the time it takes; and the CPU seconds spent."""
    source = change.path.read_text()
    place = mutations.places(ast.parse(source))[change.place]
    file = change.path.relative_to(top).as_posix()
    first = tests.entering(file, place.function)
    then = [test for test in tests.entering(file, None) or list(tests.seconds) if test not in set(first)]
    failed, spent = None, 0.0
    try:
        change.path.write_text(mutations.mutated(source, change.place, change.choice))
        for some in filter(None, (first, then)):
            limit = 20 + 10 * sum(tests.seconds[test] for test in some)
            told = within(top, limit, some)
            failed, spent = told["failed"], spent + told["cpu"]
            if failed:
                break
    finally:
        change.path.write_text(source)
    return failed, spent


def shown(top: Path, change: Change) -> str:
    """Where a change is, with what stands there before and after."""
    place = mutations.places(ast.parse(change.path.read_text()))[change.place]
    before, after = (" ".join(ast.unparse(node).split()) for node in (place.node, place.choices[change.choice]))
    line = getattr(place.node, "lineno", getattr(place.parent, "lineno", 0))
    return f"{change.path.relative_to(top / PACKAGE).as_posix()}:{line}  {before[:110]}  ->  {after[:110]}"


def judged(top: Path, room: str, *, changes: Sequence[Change], tests: Tests, only: Iterable[int]) -> None:
    """Makes the changes of a sample one after another and prints what became of each."""
    counted = {"killed": 0, "survived": 0}
    for number, change in enumerate(changes, 1):
        if only and number not in only:
            continue
        said, (by, spent) = shown(top, change), killer(top, change, tests)
        counted["killed" if by else "survived"] += 1
        end = f"{spent:.1f} CPU s{', ' + by if by else ''}"
        print(f"{number:3} {'killed' if by else 'SURVIVED'}  {said}  ({end})", flush=True)
    print(f"{room}: {counted['killed']} of {sum(counted.values())} killed", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="+", metavar="ROOM")
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", default=[])
    parser.add_argument("--beside", nargs="*", default=[], help="further rooms whose tests are run")
    asked = parser.parse_args()
    os.nice(19)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="mutants_") as folder:
        top = copied(Path(folder).resolve())
        known: dict[str, Tests] = {}
        for room in asked.rooms:
            whole = room.split("/")[0]
            known[whole] = known.get(whole) or observed(top, whole, asked.beside)
            changes = drawn(modules(top, room), sample=asked.sample, rng=random.Random(f"{asked.seed} {room}"))  # noqa: S311
            judged(top, room, changes=changes, tests=known[whole], only=asked.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
