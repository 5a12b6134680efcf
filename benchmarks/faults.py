"""Faults that take real waiting: endless and greedy cells, a full file system, two at once, an odd place.

    python benchmarks/faults.py DIR [--ties 1000000]

Each case runs the command in projects below DIR and prints what it promised, how it ended and after how many seconds.
With `--ties`, a random network of so many ties among a twentieth as many actors is measured too. A full file system
needs the right to mount one; where there is none, the case says so.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

CELLS = {
    "good": "print(6 * 7)",
    "endless": "while True: pass",
    "greedy": "held = bytearray(3_000_000_000)",
}
TIMED = ("run.json", "ro-crate-metadata.json")


def make_project(folder: Path) -> Path:
    """A project with a notebook a case and no tables."""
    for name in ("raw", "processed"):
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / "datapackage.json").write_text('{"resources": []}')
    (folder / "notebooks").mkdir()
    for name, code in CELLS.items():
        empty = {"cell_type": "code", "outputs": [], "execution_count": None}
        cells = [
            {**empty, "id": "p", "metadata": {"tags": ["parameters"]}, "source": 'lang = "en"  # language'},
            {**empty, "id": "c", "metadata": {}, "source": code},
        ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(content))
    return folder


def command(project: Path, *words: object, **variables: str) -> subprocess.Popen[str]:
    """The command, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "digital_diplomacy", *map(str, words)],
        cwd=project,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate()
    return process.returncode, said


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in TIMED)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def limits(base: Path) -> Iterator[tuple[str, bool]]:
    project = make_project(base / "limits")
    words = ("reproduce", "good", "endless", "greedy", "--lang", "en", "--time-limit", 5, "--memory-limit", 800)
    code, said = ended(command(project, *words))
    yield "an endless cell is ended and told", code == 1 and "the cell took more than 5 s" in said
    yield "a greedy cell is ended and told", "greedy/en, cell 2" in said
    yield "what ran beside them is done", "1 executed, 0 unchanged, 2 failed" in said


def no_room(base: Path) -> Iterator[tuple[str, bool]]:
    project, small = make_project(base / "room"), base / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=False)
    if mounted.returncode:
        yield "a full file system: cannot be mounted here", True
        return
    try:
        code, said = ended(command(project, "reproduce", "good", "--lang", "en", "--out", small / "out"))
        yield "a full file system is told without a traceback", code > 0 and "No space left on device" in said
    finally:
        subprocess.run(["umount", small], check=True)
    code, _ = ended(command(project, "reproduce", "good", "--lang", "en", "--out", small / "out"))
    yield "with room the same command is done", code == 0


def at_once(base: Path) -> Iterator[tuple[str, bool]]:
    project = make_project(base / "both")
    both = [command(project, "reproduce", "good", "--lang", "en") for _ in range(2)]
    told = [ended(process) for process in both]
    codes = sorted(code for code, _ in told)
    yield "of two at once one is done, the other refused or after it", codes in ([0, 2], [0, 0])
    yield "the refused one is told who writes", codes == [0, 0] or any("is writing to" in said for _, said in told)


def odd_place(base: Path) -> Iterator[tuple[str, bool]]:
    plain = make_project(base / "plain")
    odd = make_project(base / "a folder 'with' \"quotes\" және кириллица")
    first, _ = ended(command(plain, "reproduce", "good", "--lang", "en"))
    strange = {"HOME": "/proc/none", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONWARNINGS": "ignore"}
    before = os.umask(0o077)
    second, _ = ended(command(odd, "reproduce", "good", "--lang", "en", **strange))
    os.umask(before)
    same = contents(plain / "reports/good") == contents(odd / "reports/good")
    yield "blanks, quotes, Cyrillic, no home, another locale and zone: done", first == second == 0
    yield "the same bytes", same


def ties(base: Path, count: int) -> Iterator[tuple[str, bool]]:
    rng = np.random.default_rng(1)
    drawn = np.unique(rng.integers(0, max(count // 20, 10), size=(count, 2)), axis=0)
    drawn = drawn[drawn[:, 0] != drawn[:, 1]]
    path = base / "ties.csv"
    path.write_text("source,target\n" + "".join(f"a{a},a{b}\n" for a, b in drawn.tolist()))
    code, said = ended(command(base, "network", path, "--draws", 1, "--rewirings", 0, "--out", base / "network"))
    yield f"{len(drawn)} ties are measured: {said.splitlines()[-1]}", code == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ties", type=int, default=0)
    given = parser.parse_args()
    base = given.folder.resolve()
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    cases = [limits(base), no_room(base), at_once(base), odd_place(base)]
    cases += [ties(base, given.ties)] if given.ties else []
    held, total, began = 0, 0, time.monotonic()
    for case in cases:
        for promise, is_held in case:
            held, total = held + is_held, total + 1
            print(f"{'held' if is_held else 'BROKEN':7}{time.monotonic() - began:7.0f} s  {promise}", flush=True)
    print(f"{held} of {total} promises held")
    raise SystemExit(held != total)


if __name__ == "__main__":
    main()
