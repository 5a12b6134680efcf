"""Compares ways to execute notebooks, all in one run: wall clock, processor time, memory, and ratios between them.

    python benchmarks/notebooks.py DIR [--light] [--sweep 100] [--own] [--kernels 500] [--only NAME ...]

DIR is filled: a project of eight generated notebooks (tables, regressions, networks, three drawings of 5000 rows; with
``--light`` two of 300) and what each contender makes of them. Memory is the largest sum of proportional set sizes of a
contender with all its processes. ``loop`` is papermill's command once a notebook; ``two processes`` are two that call
papermill's function again and again; the others take all notebooks at once, two at a time where they can. The package's
own contenders also write pages, files and provenance. jupyter-cache is left out where it is not installed.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import psutil

NOTEBOOKS: Final = 8
PARAMETERS: Final = 'country = "KAZ"  # country in question\nseed = 1  # of the random numbers\nlang = "en"  # language'
_START: Final = (
    "import matplotlib.pyplot as plt\nimport networkx as nx\nimport numpy as np\nimport pandas as pd",
    "import seaborn as sns\nimport statsmodels.api as sm\nfrom digital_diplomacy import labels",
)
LIGHT: Final = (
    *_START,
    "rng = np.random.default_rng(seed)\nframe = pd.DataFrame(rng.normal(size=(2000, 4)), columns=list('abcd'))\n"
    "frame['group'] = rng.choice(['x', 'y', 'z'], 2000)\nframe.groupby('group').agg(['mean', 'std'])",
    "model = sm.OLS(frame['a'], sm.add_constant(frame[['b', 'c', 'd']])).fit()\nmodel.params",
    "sns.scatterplot(frame.head(300), x='a', y='b', hue='group')\nplt.title(labels.country(country, lang));",
    "graph = nx.barabasi_albert_graph(300, 3, seed=seed)\n"
    "ranks = pd.Series(nx.betweenness_centrality(graph, k=40, seed=seed)).nlargest(10)\nranks",
    "nx.draw_networkx(graph.subgraph(range(60)), nx.circular_layout(graph), node_size=9, with_labels=False);",
)
REALISTIC: Final = (
    *_START,
    "rng = np.random.default_rng(seed)\nframe = pd.DataFrame(rng.normal(size=(5000, 4)), columns=list('abcd'))\n"
    "frame['group'] = rng.choice(['x', 'y', 'z'], 5000)\nframe.groupby('group').agg(['mean', 'std'])",
    "model = sm.OLS(frame['a'], sm.add_constant(frame[['b', 'c', 'd']])).fit()\nmodel.summary()",
    "sns.scatterplot(frame, x='a', y='b', hue='group')\nplt.title(labels.country(country, lang));",
    "graph = nx.barabasi_albert_graph(300, 3, seed=seed)\n"
    "ranks = pd.Series(nx.betweenness_centrality(graph, seed=seed)).nlargest(10)\nranks",
    "nx.draw_networkx(graph, nx.spring_layout(graph, seed=seed), node_size=9, with_labels=False);",
    "sns.catplot(frame, x='group', y='c', kind='violin');",
)


@dataclass(frozen=True)
class Measured:
    """What a contender took: seconds of wall clock and processor, megabytes, and runs."""

    name: str
    wall: float
    cpu: float
    memory: float
    runs: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--light", action="store_true", help="generated notebooks that compute and draw little")
    parser.add_argument("--sweep", type=int, default=0, metavar="N", help="also N parameterisations of one notebook")
    parser.add_argument("--peer-sweep", type=int, default=0, metavar="N", help="papermill's share of them; all if 0")
    parser.add_argument("--own", action="store_true", help="also this project's own notebooks")
    parser.add_argument("--kernels", type=int, default=0, metavar="N", help="also N kernels in a row, and what is left")
    parser.add_argument("--skip", action="store_true", help="not the generated notebooks")
    parser.add_argument("--only", nargs="*", default=[], help="names of contenders")
    parser.add_argument("--contender", help=argparse.SUPPRESS)
    parser.add_argument("--rest", nargs="*", default=[], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.contender:
        INSIDE[given.contender](given.directory, given.rest)
        return
    cells = LIGHT if given.light else REALISTIC
    write_project(given.directory, cells)
    if given.kernels:
        report_left(given.kernels, given.directory)
        return
    how = "light" if given.light else "realistic"
    if not given.skip:
        table(f"{NOTEBOOKS} {how} notebooks", compare(given.directory, given.directory, given.only))
    if given.sweep:
        table(f"{given.sweep} {how} parameterisations", compare_sweep(given.directory, given))
    if given.own:
        table("the project's own", compare(Path(__file__).parents[1], given.directory / "own", given.only))


def write_project(root: Path, generated: Sequence[str]) -> None:
    """A project folder with the generated notebooks."""
    for folder in ("raw", "processed"):
        place = root / "data" / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "datapackage.json").write_text('{"resources": []}')
    (root / "notebooks").mkdir(exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number in range(1, NOTEBOOKS + 1):
        codes = [PARAMETERS.replace("seed = 1", f"seed = {number}"), *generated]
        cells: list[dict[str, Any]] = [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# Notebook {number}"}
        ]
        cells += [
            {
                "cell_type": "code",
                "id": f"cell-{place}",
                "metadata": {"tags": ["parameters"]} if place == 0 else {},
                "source": code,
                "outputs": [],
                "execution_count": None,
            }
            for place, code in enumerate(codes)
        ]
        content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (root / "notebooks" / f"made_{number}.ipynb").write_text(json.dumps(content))


def compare(root: Path, scratch: Path, only: Sequence[str]) -> list[Measured]:
    """Every contender on all notebooks of a project."""
    paths = [str(path) for path in sorted((root / "notebooks").glob("*.ipynb"))]
    scratch.mkdir(parents=True, exist_ok=True)
    made = scratch / "made"
    made.mkdir(exist_ok=True)
    python = sys.executable
    loop = [[python, "-m", "papermill", "--no-progress-bar", path, str(made / Path(path).name)] for path in paths]
    contenders: dict[str, Callable[[], Sequence[Sequence[str]]]] = {
        "papermill, loop": lambda: loop,
        "papermill, two processes": lambda: [inside("two", made, *paths)],
        "nbconvert": lambda: [
            [python, "-m", "nbconvert", "--to=notebook", "--execute", f"--output-dir={made}", *paths]
        ],
        "jupyter-cache": lambda: [inside("cache", scratch, *paths)],
        "forked kernels": lambda: [inside("own", root, str(scratch / "forked"), "kernels")],
        "in process": lambda: [inside("own", root, str(scratch / "either"), "in-process")],
        "nothing to do": lambda: [inside("own", root, str(scratch / "forked"), "reuse")],
    }
    if importlib.util.find_spec("jupyter_cache") is None:
        del contenders["jupyter-cache"]
        print("jupyter-cache is not installed")
    wanted = {name: command for name, command in contenders.items() if not only or name in only}
    if "in process" in wanted:  # the first time finds out which notebooks give the same bytes
        measure("", inside("own", root, str(scratch / "either"), "in-process"), runs=len(paths), cwd=root)
    return [measure(name, *command(), runs=len(paths), cwd=root) for name, command in wanted.items()]


def compare_sweep(root: Path, given: argparse.Namespace) -> list[Measured]:
    """One notebook with many parameter values."""
    peers, runs = given.peer_sweep or given.sweep, given.sweep
    made = root / "made"
    found = [
        measure("papermill, two processes", inside("two-sweep", made, str(root), str(peers)), runs=peers, cwd=root),
        measure("forked kernels", inside("sweep", root, "swept", str(runs), "kernels"), runs=runs, cwd=root),
    ]
    measure("", inside("sweep", root, "either-swept", "1", "in-process"), runs=1, cwd=root)
    either = inside("sweep", root, "either-swept", str(runs), "in-process")
    return [*found, measure("in process", either, runs=runs, cwd=root)]


def inside(contender: str, directory: Path, *rest: str) -> list[str]:
    """A command that runs this file as one of the contenders."""
    return [sys.executable, __file__, str(directory), "--contender", contender, "--rest", *rest]


def measure(name: str, *commands: Sequence[str], runs: int, cwd: Path) -> Measured:
    """Run commands one after another and watch them with all their processes."""
    watch = Memory()
    before, begun = os.times(), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        for command in commands:
            process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said)
            watch.process = psutil.Process(process.pid)
            if process.wait():
                said.seek(0)
                raise SystemExit(f"{name or command}: {said.read().decode()[-2000:]}")
    wall, after = time.perf_counter() - begun, os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Measured(name, wall, cpu, watch.end(), runs)


class Memory(threading.Thread):
    """Looks again and again how much memory a process and its descendants take."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.process: psutil.Process | None = None
        self._most, self._ended = 0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look until the end is asked for."""
        while not self._ended.wait(0.5):
            total = 0
            try:
                for process in [self.process, *self.process.children(recursive=True)] if self.process else []:
                    total += process.memory_full_info().pss
            except psutil.Error:
                continue
            self._most = max(self._most, total)

    def end(self) -> float:
        """The most that was seen, in megabytes."""
        self._ended.set()
        self.join()
        return self._most / 2**20


def table(title: str, found: Sequence[Measured]) -> None:
    """Print what was measured, a run's share beside papermill's in two processes."""
    share = {measured.name: measured.wall / measured.runs for measured in found}
    base = share.get("papermill, two processes")
    loop = share.get("papermill, loop")
    print(f"\n{title:28} {'wall s':>8} {'CPU s':>8} {'MB':>6} {'of two':>7} {'of loop':>7}")
    for measured in found:
        ratios = [f"{share[measured.name] / by:7.2f}" if by else f"{'':7}" for by in (base, loop)]
        print(f"{measured.name:28} {measured.wall:8.2f} {measured.cpu:8.2f} {measured.memory:6.0f} {' '.join(ratios)}")


def report_left(number: int, root: Path) -> None:
    """Execute a short notebook many times in kernels of their own, and print what is left afterwards."""
    import papermill

    from digital_diplomacy.runs.places import PRIVATE

    path = root / "short.ipynb"
    content = json.loads((root / "notebooks" / "made_1.ipynb").read_text())
    content["cells"] = content["cells"][:2]
    path.write_text(json.dumps(content))
    process, before, begun = psutil.Process(), (0, 0, 0), time.perf_counter()
    for done in range(number + 1):
        papermill.execute_notebook(
            str(path), None, parameters={"seed": done}, engine_name="digital_diplomacy", progress_bar=False
        )
        if done == 0:
            before = _held(process)
    folders = list(Path(tempfile.gettempdir()).glob(f"{PRIVATE}{process.pid}-*"))
    print(f"{number} kernels in {time.perf_counter() - begun:.0f} s; files, threads, processes before and after:")
    print(before, _held(process), f"; folders left: {len(folders)}")


def _held(process: psutil.Process) -> tuple[int, int, int]:
    return process.num_fds(), process.num_threads(), len(process.children(recursive=True))


# ---- contenders that need a process of their own --------------------------------------------------------------------


def _papermill(task: tuple[str, str, dict[str, Any]]) -> None:
    import papermill

    source, target, values = task
    papermill.execute_notebook(source, target, parameters=values, progress_bar=False)


def _two(tasks: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_papermill, tasks))


def two(made: Path, paths: Sequence[str]) -> None:
    """papermill in two processes."""
    _two([(path, str(made / Path(path).name), {"lang": "en"}) for path in paths])


def two_sweep(made: Path, rest: Sequence[str]) -> None:
    """papermill in two processes, one notebook with many values."""
    source, number = str(Path(rest[0]) / "notebooks" / "made_1.ipynb"), int(rest[1])
    _two([(source, str(made / f"{seed}.ipynb"), {"seed": seed, "lang": "en"}) for seed in range(number)])


def cache(scratch: Path, paths: Sequence[str]) -> None:
    """jupyter-cache, its processes side by side."""
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    store = get_cache(str(scratch / "cache"))
    store.clear_cache()
    for path in paths:
        store.add_nb_to_project(path)
    load_executor("local-parallel", store).run_and_cache()


def own(root: Path, rest: Sequence[str]) -> None:
    """This package on a project's notebooks: in kernels, in process where shown, or with nothing left to do."""
    from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all

    out, how = rest
    outcomes = run_all(
        plan_runs(find_notebooks(root), [], {}, ("en",), {}),
        root=root,
        out=Path(out),
        jobs=2,
        force=how != "reuse",
        progress=PlainProgress(sys.stdout),
        in_process=how == "in-process",
    )
    _must_be_whole(outcomes)


def sweep(root: Path, rest: Sequence[str]) -> None:
    """This package on one notebook with many values."""
    from digital_diplomacy.reproduction import PlainProgress, Run, find_notebooks, run_all

    out, number, how = rest
    notebook = find_notebooks(root)["made_1"]
    values = {name: parameter.default for name, parameter in notebook.parameters.items()}
    runs = [Run(notebook, "en", values | {"seed": seed}) for seed in range(int(number))]
    outcomes = run_all(
        runs,
        root=root,
        out=root / out,
        jobs=2,
        force=True,
        progress=PlainProgress(sys.stdout),
        in_process=how == "in-process",
    )
    _must_be_whole(outcomes)


def _must_be_whole(outcomes: Sequence[Any]) -> None:
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed:
        raise SystemExit(f"{failed[0].run.folder}: {failed[0].failure}")


INSIDE: Final[dict[str, Callable[[Path, Sequence[str]], None]]] = {
    "two": two,
    "two-sweep": two_sweep,
    "cache": cache,
    "own": own,
    "sweep": sweep,
}

if __name__ == "__main__":
    main()
