"""CPU seconds and memory of the commands on own tables by the number of rows, beside an earlier version of the package.

    python benchmarks/rows.py [--rows 20000 100000 1000000] [--index 1000 10000] [--beside DIR] [--limit 600]

``long`` is a CSV of country, day and value, each value another one, taken in whole (``data add``); ``twice`` the same
with every figure of a country and year told again and again, which is refused, naming the first lines; ``wide`` has
years in 60 columns; ``names`` has units that are no countries; ``index`` is a table of units and five indicators with
its framework (``--draws 0``). DIR is an earlier tree of the package, run in turns with this one, each in its own
process. In time linear in length, ten times the rows cost ten times the seconds.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pycountry

ROOT: Final = Path(__file__).parents[1]
_DAYS: Final = [f"{2010 + day // 360}-{day % 360 // 30 + 1:02}-{day % 30 + 1:02}" for day in range(360 * 15) if
                day % 360 // 30 != 1 or day % 30 < 28]  # fmt: skip
_MEASURED: Final = """
import atexit, resource, sys
def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stderr.write(f"\\n{used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss // 1024}")
atexit.register(tell)
from digital_diplomacy.cli import main
main()
"""


def tables(rows: int, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Files of so many rows, by name, with the words of the command that reads them."""
    rng = random.Random(4)  # noqa: S311
    codes = [one.alpha_3 for one in pycountry.countries]
    path = folder / "long.csv"
    with path.open("w") as stream:
        stream.write("Country,Date,Value\n")
        stream.writelines(
            f"{codes[n // len(_DAYS) % len(codes)]},{_DAYS[n % len(_DAYS)]},{rng.uniform(0, 100):.6f}\n"
            for n in range(rows)
        )
    yield "long", ["data", "add", "long.csv", "--as", "datareportal", "--column", "Value=internet_users_pct"]
    with (folder / "twice.csv").open("w") as stream:
        stream.write("Country,Year,Value\n")
        stream.writelines(
            f"{codes[n % len(codes)]},{1960 + n // len(codes) % 60},{rng.uniform(0, 100):.2f}\n" for n in range(rows)
        )
    yield "twice", ["data", "add", "twice.csv"]
    with (folder / "wide.csv").open("w") as stream:
        stream.write(",".join(["Country", *map(str, range(1960, 2020))]) + "\n")
        stream.writelines(
            ",".join([codes[n % len(codes)], *(f"{rng.uniform(0, 100):.1f}" for _ in range(60))]) + "\n"
            for n in range(rows)
        )
    yield "wide", ["data", "add", "wide.csv"]
    with (folder / "names.csv").open("w") as stream:
        stream.write("Country,Year,Value\n")
        stream.writelines(f"unit {n},2020,{rng.uniform(0, 100):.2f}\n" for n in range(rows))
    yield "names", ["data", "add", "names.csv"]


def index(units: int, folder: Path) -> tuple[str, list[str]]:
    """An index of so many units, with the words of its command."""
    rng = random.Random(5)  # noqa: S311
    (folder / "framework.csv").write_text("code,parent\nindex,\n" + "".join(f"i{n},index\n" for n in range(5)))
    with (folder / "values.csv").open("w") as stream:
        stream.write("entity,i0,i1,i2,i3,i4\n")
        stream.writelines(
            f"u{n}," + ",".join(f"{rng.uniform(0, 100):.3f}" for _ in range(5)) + "\n" for n in range(units)
        )
    return "index", ["index", "values.csv", "framework.csv", "--draws", "0"]


def measured(words: list[str], folder: Path, tree: Path, limit: float) -> tuple[float, int, int] | None:
    """CPU seconds, megabytes and the code that the command ends with; nothing if it takes too long."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.rmtree(folder / "index", ignore_errors=True)
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    more = ["--source", "A committee", "--licence", "CC0-1.0"] if words[0] == "data" else []
    asked = [sys.executable, "-c", _MEASURED, *words, *more, "--lang", "en"]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    try:
        said = subprocess.run(
            asked, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    seconds, memory = said.stderr.rpartition("\n")[2].split()
    return float(seconds), int(memory), said.returncode


def compare(name: str, rows: int, words: list[str], folder: Path, trees: list[Path], limit: float) -> None:
    """A line for each version, the second with the ratio of this one to it."""
    every = []
    for tree in trees:
        found = measured(words, folder, tree, limit)
        every.append(found)
        told = f"{found[0]:9.1f}{found[1]:8}{found[2]:6}" if found else f"  over {limit:.0f} s"
        both = [one[0] for one in every if one]
        ratio = f"{both[0] / both[1]:12.2f}" if len(both) == 2 else ""
        print(f"{name if tree == trees[0] else '  earlier':12}{rows:12,}{told}{ratio}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--index", type=int, nargs="*", default=[1_000, 10_000, 1_000_000])
    parser.add_argument("--beside", type=Path, help="folder of an earlier version of the project")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a version is stopped")
    given = parser.parse_args()
    trees = [ROOT, *([given.beside.resolve()] if given.beside else [])]
    print(f"{'':12}{'rows':>12}{'CPU s':>9}{'MB':>8}{'code':>6}  of the earlier")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for rows in given.rows:
            for name, words in tables(rows, folder):
                compare(name, rows, words, folder, trees, given.limit)
        for units in given.index:
            name, words = index(units, folder)
            compare(name, units, words, folder, trees, given.limit)


if __name__ == "__main__":
    main()
