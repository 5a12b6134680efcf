"""Whether everything a notebook prints is kept while other work takes the processors.

    python benchmarks/notebooks_output.py DIR [--times 10] [--burners 2] [--lines 12000] [--records 30000] [--ways ...]

One notebook flushes its lines one by one, the next logs its records, each of which the logging module flushes. Each is
executed again and again in the three ways there are: in a forked kernel, in an ordinary one, and in process. What the
stored notebook holds is compared with what was printed. Ends with 1 if a line is missing or out of its place.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.kernels import execution, forking, inprocess
from digital_diplomacy.pages.reports import notebook_page
from digital_diplomacy.runs.notebooks import Notebook, Run
from digital_diplomacy.runs.results import Limits

WAYS: Final = ("forked", "ordinary", "in process")
LINES: Final = "for number in range({}):\n    print(f'{{number:06d}}', flush=True)"
RECORDS: Final = (
    "import logging\nlogging.basicConfig(format='%(message)s', level=logging.INFO)\n"
    "for number in range({}):\n    logging.info('%06d', number)"
)


def main() -> int:
    """Print a table of what was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--burners", type=int, default=2, help="processes that do nothing but take time")
    parser.add_argument("--lines", type=int, default=12_000)
    parser.add_argument("--records", type=int, default=30_000)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=WAYS)
    given = parser.parse_args()
    cases = {"lines": (LINES, given.lines), "records": (RECORDS, given.records)}
    print(f"{'way':12} {'printed':16} kept in each of {given.times} runs, and how long it took", flush=True)
    lost = False
    with burning(given.burners):
        for way in given.ways:
            for name, (code, number) in cases.items():
                print(f"{way:12} {number} {name:10}", end="", flush=True)
                for kept, seconds in measure(given.directory, way, code.format(number), number, given.times):
                    lost |= kept != number
                    print(f" {kept} in {seconds:.0f} s", end="", flush=True)
                print(flush=True)
    return int(lost)


@contextmanager
def burning(number: int) -> Iterator[None]:
    """Processes that take all the time they get."""
    context = multiprocessing.get_context("spawn")
    burners = [context.Process(target=burn, daemon=True) for _ in range(number)]
    for burner in burners:
        burner.start()
    try:
        yield
    finally:
        for burner in burners:
            burner.terminate()


def burn() -> None:
    """Take time for as long as the benchmark lives, however it ends."""
    begun_by = os.getppid()
    while os.getppid() == begun_by:
        sum(range(100_000))


def measure(root: Path, way: str, code: str, number: int, times: int) -> Iterator[tuple[int, float]]:
    """How many lines of each run are kept, in their order, and its seconds."""
    run = write_notebook(root, code)
    for turn in range(times):
        began = time.perf_counter()
        place = root / "made" / way.replace(" ", "-") / str(turn)
        place.mkdir(parents=True, exist_ok=True)
        yield lines_kept(execute(run, root, place, way), number), time.perf_counter() - began


def write_notebook(root: Path, code: str) -> Run:
    """A notebook of one cell, and its run."""
    path = root / "notebooks" / "talking.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content))
    return Run(Notebook("talking", path, {}, "Talking", 1), "en")


def execute(run: Run, root: Path, place: Path, way: str) -> dict[str, Any]:
    """The executed notebook as it is stored."""
    forking._refused = "an ordinary kernel is asked for" if way == "ordinary" else ""
    begin = inprocess.execute if way == "in process" else execution.execute
    options = {"on_cell": lambda *_: None, "limits": Limits()}
    result = partial(begin, run, root, place, notebook_page, **options)()  # type: ignore[arg-type]
    if result.failure:
        raise SystemExit(f"{way}: {result.failure}")
    stored: dict[str, Any] = json.loads((place / "notebook.ipynb").read_text(encoding="utf-8"))
    return stored


def lines_kept(executed: dict[str, Any], number: int) -> int:
    """How many of the lines stand where they should."""
    texts = ["".join(output["text"]) for cell in executed["cells"] for output in cell.get("outputs", [])]
    found = "".join(texts).splitlines()
    return sum(line == f"{place:06d}" for place, line in zip(range(number), found, strict=False))


if __name__ == "__main__":
    raise SystemExit(main())
