"""Compares `reproduce` in three languages with an earlier commit of this repository: processor time, and ratios.

    python benchmarks/reproduction.py DIR [--base COMMIT] [--whole] [NOTEBOOK ...]

DIR is filled: the base commit's files, taken from git, with their environment, and what both versions make; both are
needed as `make setup` leaves them. Each notebook is executed by one
and at once by the other, so that both meet the same minute of the machine; each time a process starts anew and imports
everything. ``--whole`` also executes in one go the notebooks that both have, then all there are now, then again
without sharing between languages, and at last asks when there is nothing to do. Seconds are processor time of all
processes.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

BASE: Final = "e858e5e"
_ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("notebooks", nargs="*", help="all that both have, if none is named")
    parser.add_argument("--base", default=BASE, help="the commit to compare with")
    parser.add_argument("--whole", action="store_true", help="also all notebooks in one go")
    given = parser.parse_args()
    base = checked_out(given.base, given.directory.resolve() / "base")
    common = [name for name in names(_ROOT) if name in names(base)]
    print(f"{'CPU s':24} {given.base:>8} {'now':>8} {'ratio':>6}")
    totals = [0.0, 0.0]
    for name in given.notebooks or common:
        spent = [reproduced(base, given.directory, name), reproduced(_ROOT, given.directory, name)]
        totals = [total + seconds for total, seconds in zip(totals, spent, strict=True)]
        row(name, *spent)
    row("one after another", *totals)
    if given.whole:
        before = reproduced(base, given.directory, *common)
        row("these in one go", before, reproduced(_ROOT, given.directory, *common))
        row("all there are now", before, reproduced(_ROOT, given.directory))
        row("without sharing", before, reproduced(_ROOT, given.directory, "--no-share"))
        print(f"{'nothing to do':24} {'':8} {reproduced(_ROOT, given.directory, is_forced=False):8.2f}")


def row(name: str, before: float, now: float) -> None:
    """Print one comparison."""
    print(f"{name:24} {before:8.1f} {now:8.1f} {now / before:6.2f}", flush=True)


def names(root: Path) -> list[str]:
    """Names of a version's notebooks."""
    return sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))


def checked_out(commit: str, place: Path) -> Path:
    """The files of a commit, in an environment of the libraries that its own lock names."""
    found = subprocess.run(["git", "archive", commit], cwd=_ROOT, capture_output=True, check=False)
    if found.returncode:
        raise SystemExit(f"{commit} is not in this repository: {found.stderr.decode().strip()}")
    place.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(place, filter="data")
    subprocess.run(["make", "setup", f"PYTHON={sys.executable}"], cwd=place, check=True)
    return place


def reproduced(root: Path, directory: Path, *asked: str, is_forced: bool = True) -> float:
    """Seconds of processor time that a version takes."""
    out = directory.resolve() / ("now" if root == _ROOT else "before")
    options = [*asked, "--out", str(out), *(["--force"] if is_forced else [])]
    before = os.times()
    subprocess.run(
        [root / ".venv/bin/python", "-m", "digital_diplomacy", "reproduce", "--quiet", *options],
        cwd=root,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # as users have it
        check=True,
    )
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
