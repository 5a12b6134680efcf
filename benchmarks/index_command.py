"""Measure the command on own tables: CPU seconds and the time to its first line, on 40 countries and 12 indicators.

    python benchmarks/index_command.py [--draws 10000] [--turns 3]

Tables have gaps and outliers. The command runs as a process of its own; CPU seconds are those of the process, imports
included, and stand beside those of importing the libraries it uses and nothing else, in turns.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

COUNTRIES = [
    *("KAZ", "UZB", "KGZ", "TJK", "TKM", "RUS", "BLR", "AZE", "ARM", "GEO", "MDA", "UKR", "EST", "LVA"),
    *("LTU", "POL", "CZE", "SVK", "HUN", "ROU", "BGR", "SRB", "HRV", "SVN", "AUT", "DEU", "FRA", "ESP"),
    *("ITA", "GRC", "TUR", "MNG", "CHN", "JPN", "KOR", "IND", "PAK", "DNK", "SWE", "FIN"),
]
IMPORTS = "import openpyxl, digital_diplomacy.rankings, digital_diplomacy.figures, digital_diplomacy.pages.documents"


def write_tables(folder: Path) -> None:
    """Values with 37 gaps, seven of them Tajikistan's, and three outliers; a framework of three pillars."""
    rng = np.random.default_rng(1)
    codes = [f"i{number}" for number in range(12)]
    cells = np.exp(rng.normal(size=(40, 12)) * 0.5 + 2).round(2)
    cells[[1, 5, 20], [2, 2, 1]] = 900.0
    cells[3, :7] = np.nan
    places = rng.choice([place for place in range(480) if place // 12 not in (1, 3, 5, 20)], 30, replace=False)
    cells.ravel()[places] = np.nan
    values = pd.DataFrame(cells, columns=codes)
    values.insert(0, "entity", COUNTRIES)
    values.to_csv(folder / "values.csv", index=False)
    pillars = [f"p{number // 4}" for number in range(12)]
    rows = [*zip(codes, pillars, strict=True), ("p0", "x"), ("p1", "x"), ("p2", "x"), ("x", "")]
    pd.DataFrame(rows, columns=["code", "parent"]).to_csv(folder / "framework.csv", index=False)


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU seconds of a command, and seconds on the clock until its first line (to its end, if it says nothing)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout or sys.stdin
        output.readline()
        first = time.monotonic() - start
        output.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, first


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    write_tables(folder)
    environment = [sys.executable, "-m", "digital_diplomacy", "index", "values.csv", "framework.csv"]
    os.environ["PYTHONUNBUFFERED"] = ""
    found = []
    for turn in range(given.turns):
        command = [*environment, "--draws", str(given.draws), "--out", f"out{turn}"]
        found.append((*timed(command, folder), timed([sys.executable, "-c", IMPORTS], folder)[0]))
    cpu, first, imports = np.median(np.array(found), axis=0)
    print(f"index, {given.draws:,} draws: {cpu:.1f} CPU s, first line after {first:.2f} s on the clock")
    print(f"imports alone: {imports:.1f} CPU s; the command takes {cpu / imports:.1f} times as long")


if __name__ == "__main__":
    main()
