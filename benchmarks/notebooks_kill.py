"""A sweep killed at random moments and resumed, compared byte by byte with one that was left alone.

    python benchmarks/notebooks_kill.py DIR [--moments 20] [--runs 24] [--seed 1]

Each moment: a fresh sweep, SIGKILL to its process after a time drawn evenly from the length of an undisturbed sweep,
then the same command again to the end. What holds times (run.json, the crates' metadata) and the note on which
notebooks run without a kernel are left out of the comparison; so is nothing else.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

TIMED = ("run.json", "ro-crate-metadata.json", ".in-process.json")

CELLS = (
    'edition = 2000  # a number\nlang = "en"  # language',
    "import numpy as np\nimport pandas as pd\nfrom IPython.display import display",
    "values = pd.DataFrame({'x': np.random.default_rng(edition).normal(size=1000)})",
    'described = {"kind": "table", "name": "t", "title": "T", "alt": "A"}\n'
    'data = {"text/plain": "t", "text/html": values.describe().to_html(), "text/csv": values.to_csv(index=False)}\n'
    'display(data, raw=True, metadata={"digital_diplomacy": described})',
)


def make_project(folder: Path) -> Path:
    """A project with one notebook and no tables."""
    for place in ("data/raw", "data/processed", "notebooks"):
        (folder / place).mkdir(parents=True)
    for place in ("raw", "processed"):
        (folder / "data" / place / "datapackage.json").write_text('{"resources": []}')
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": [] if number else ["parameters"]},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "notebooks/one.ipynb").write_text(json.dumps(content))
    return folder


def start(project: Path, out: Path, runs: int) -> subprocess.Popen[bytes]:
    """Start the sweep."""
    over = f"edition={','.join(map(str, range(2000, 2000 + runs)))}"
    command = [sys.executable, "-m", "digital_diplomacy", "sweep", "one", "--over", over, "--out", str(out), "--quiet"]
    return subprocess.Popen(command, cwd=project)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file compared."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in TIMED]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def left_running(project: Path) -> list[int]:
    """Processes that still work in the project after half a minute; one that imports libraries ends after that."""
    deadline = time.monotonic() + 30
    while (found := working_in(project)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def working_in(folder: Path) -> list[int]:
    """Processes whose working directory is a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def main() -> None:
    """Kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--runs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    project = make_project(options.folder.resolve() / "project")
    began = time.perf_counter()
    if start(project, options.folder.resolve() / "whole", options.runs).wait() != 0:
        raise SystemExit("the undisturbed sweep failed")
    length, whole = time.perf_counter() - began, contents(options.folder / "whole")
    print(f"undisturbed: {options.runs} runs, {len(whole)} files, {length:.1f} s")
    chance, same = random.Random(options.seed), 0  # noqa: S311 - moments to kill at
    for number in range(1, options.moments + 1):
        out, moment = options.folder.resolve() / f"killed-{number}", chance.uniform(0, length)
        process = start(project, out, options.runs)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept = len(list(out.glob("one/*/result.json")))
        code = start(project, out, options.runs).wait()
        is_same, orphans = code == 0 and contents(out) == whole, left_running(project)
        same += is_same and not orphans
        verdict = "same bytes" if is_same else f"DIFFERENT (exit {code})"
        verdict += f", LEFT RUNNING {orphans}" if orphans else ""
        print(f"killed after {moment:5.2f} s with {kept:3} of {options.runs} runs kept: {verdict}", flush=True)
        shutil.rmtree(out)
    print(f"{same} of {options.moments}")


if __name__ == "__main__":
    main()
