"""Measure draws per CPU second and memory, beside a plain numpy kernel, scikit-criteria and pymcdm if installed.

    OMP_NUM_THREADS=1 python benchmarks/rankings_speed.py [--units 210] [--indicators 40] [--draws 100000]

A draw is: new weights, the scores of all units, and their ranks. Ours holds the statistics of the ranks, too (each
unit's distribution, and how often each stands above each other one); the peers score and rank one set of weights a
call. The plain kernel has the tree written out by hand and does no more than weights, scores, ranks and the counts of
ranks, in the same blocks; it takes turns with ours, since the machine's other work changes times. Ours counts pairs of
units, too, unless it is told not to: both are timed with and without them. All take normalised values; peers use flat
weighted means, which is what they have. CPU seconds are those of the process, reading of tables included; memory is its
greatest resident size.
"""

import argparse
import importlib
import os
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.rankings.robustness.sensitivity import sobol
from digital_diplomacy.rankings.robustness.uncertainty import simulate

SPREAD = 0.25
BLOCK = 2040  # draws at once, as ours


def problem(units: int, indicators: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and a framework in three levels: pillars of four indicators, two halves, the index."""
    rng = np.random.default_rng(1)
    codes = [f"i{number}" for number in range(indicators)]
    pillars = [f"p{number}" for number in range(-(-indicators // 4))]
    rows = [(code, pillars[number // 4]) for number, code in enumerate(codes)]
    rows += [(pillar, f"half{number % 2}") for number, pillar in enumerate(pillars)]
    rows += [(half, "index") for half in sorted({parent for _, parent in rows[indicators:]})] + [("index", "")]
    values = pd.DataFrame(rng.lognormal(size=(units, indicators)), columns=codes)
    values.insert(0, "entity", [f"u{number}" for number in range(units)])
    return values, pd.DataFrame(rows, columns=["code", "parent"])


def steps(aggregation: object) -> list[dict[str, Any]]:
    """A plain pipeline onto 1 to 100, so that every mean exists."""
    skipped = {"method": "none", "reason": "generated values need no such step"}
    return [
        *({"step": step, **skipped} for step in ("denominate", "screen", "impute", "treat")),
        {"step": "normalise", "method": "min_max", "low": 1.0, "high": 100.0},
        {"step": "weigh", **skipped},
        {"step": "aggregate", "method": aggregation},
    ]


def megabytes() -> float:
    """Greatest resident size of the process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(task: Callable[[], object]) -> float:
    """CPU seconds of a task."""
    start = time.process_time()
    task()
    return time.process_time() - start


def ours(
    values: pd.DataFrame, framework: pd.DataFrame, aggregation: object, draws: int, *, pairs: bool = True
) -> float:
    """Draws per CPU second, statistics of ranks included, from tables to counts."""
    rng, given = np.random.default_rng(1), [{"factor": "weights", "spread": SPREAD}]
    declared = steps(aggregation)
    return draws / seconds(lambda: simulate(values, framework, declared, given, draws=draws, rng=rng, pairs=pairs))


def kernel(values: pd.DataFrame, draws: int, *, pairs: bool) -> float:
    """Draws per CPU second of plain numpy: weights of three levels, scores, ranks and their counts, pairs if wanted."""
    x = values.drop(columns="entity").to_numpy(float)
    x = 1 + 99 * (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    rng, units, indicators = np.random.default_rng(1), len(x), x.shape[1]
    pillar = np.arange(indicators) // 4
    half = np.arange(pillar[-1] + 1) % 2
    counts, above = np.zeros((units, units), dtype=np.int64), np.zeros((units, units), dtype=np.int64)
    offsets = np.arange(units) * units

    def families(level: np.ndarray, count: int) -> np.ndarray:
        drawn = 1 + SPREAD * (2 * rng.random((len(level), count)) - 1)
        for family in np.unique(level):
            drawn[level == family] /= drawn[level == family].sum(axis=0)
        return drawn

    def task() -> None:
        for start in range(0, draws, BLOCK):
            count = min(BLOCK, draws - start)
            upper = families(np.zeros(2, dtype=int), count)
            weights = families(pillar, count) * (families(half, count) * upper[half])[pillar]
            ranks = np.argsort(np.argsort(-(weights.T @ x.T), axis=1), axis=1)
            counts[:] += np.bincount((ranks + offsets).ravel(), minlength=units * units).reshape(units, units)
            for unit in range(units if pairs else 0):
                above[unit] += (ranks[:, unit, None] < ranks).sum(axis=0)

    return draws / seconds(task)


def beside_kernel(values: pd.DataFrame, framework: pd.DataFrame, draws: int, turns: int = 5) -> npt.NDArray[np.float64]:
    """Draws per CPU second in turns: ours, ours without pairs and the kernel; and the medians of the two ratios."""
    rates = np.array(
        [
            (
                ours(values, framework, "arithmetic", draws),
                ours(values, framework, "arithmetic", draws, pairs=False),
                kernel(values, draws, pairs=False),
            )
            for _ in range(turns)
        ]
    )
    return np.array([*np.median(rates, axis=0), *np.median(rates[:, :2] / rates[:, 2:], axis=0)])


def sobol_seconds(values: pd.DataFrame, framework: pd.DataFrame, samples: int) -> tuple[int, float]:
    """Runs, and CPU seconds, of Sobol indices of every unit's score and rank: indicator weights and two choices."""
    norms = [{"low": 1.0}, {"method": "z_score", "mean": 50, "sd": 10}]
    means = [{"method": "arithmetic"}, {"method": ["arithmetic", "geometric", "arithmetic"]}]
    factors: list[dict[str, Any]] = [
        {"factor": "weights", "spread": SPREAD, "levels": [0]},
        {"factor": "choice", "step": "normalise", "options": norms},
        {"factor": "choice", "step": "aggregate", "options": means},
    ]
    start = time.process_time()
    made = sobol(values, framework, steps("arithmetic"), factors, samples=samples, rng=np.random.default_rng(1))
    return made.runs, time.process_time() - start


def peer_scikit_criteria(x: np.ndarray, weights: np.ndarray) -> Callable[[], object]:
    """Weighted sums of scikit-criteria, one set of weights a call."""
    simple = importlib.import_module("skcriteria.agg.simple")
    data = importlib.import_module("skcriteria")
    model = simple.WeightedSumModel()
    objectives = [max] * x.shape[1]
    return lambda: [model.evaluate(data.mkdm(x, objectives, weights=row)).rank_ for row in weights]


def peer_pymcdm(x: np.ndarray, weights: np.ndarray) -> Callable[[], object]:
    """Weighted sums of pymcdm one set of weights a call."""
    methods = importlib.import_module("pymcdm.methods")
    helpers = importlib.import_module("pymcdm.helpers")
    model = methods.WSM(normalization_function=lambda column, **_: column)
    types = np.ones(x.shape[1])
    return lambda: [helpers.rrankdata(model(x, row, types)) for row in weights]


PEERS = {"scikit-criteria": peer_scikit_criteria, "pymcdm": peer_pymcdm}


def main() -> None:
    """Print one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=210)
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--peer-draws", type=int, default=200)
    parser.add_argument("--samples", type=int, default=1024, help="base samples of the Sobol indices, a power of 2")
    given = parser.parse_args()
    if os.environ.get("OMP_NUM_THREADS") != "1":
        print("OMP_NUM_THREADS is not 1: matrix products may use several processors")
    values, framework = problem(given.units, given.indicators)
    ours(values, framework, "arithmetic", 100)  # first use of every library, which would count against the first line
    speed, alone, plain, whole, alike = beside_kernel(values, framework, given.draws // 2)
    print(f"ours, arithmetic means       {speed:12,.0f} draws/s   {megabytes():6.0f} MB")
    print(f"ours, without pairs          {alone:12,.0f} draws/s")
    ratios = f"ours is {whole:.2f}, without pairs {alike:.2f} times as fast"
    print(f"plain numpy, without pairs   {plain:12,.0f} draws/s   {ratios}")
    slow = kernel(values, max(given.draws // 50, 1), pairs=True)
    print(f"plain numpy, with pairs      {slow:12,.0f} draws/s   ours is {speed / slow:.2f} times as fast")
    mixed = ours(values, framework, ["geometric", "arithmetic", "harmonic"], given.draws // 5)
    print(f"ours, a mean for each level  {mixed:12,.0f} draws/s   {megabytes():6.0f} MB")
    runs, taken = sobol_seconds(values, framework, given.samples)
    print(f"ours, Sobol indices          {runs:12,} runs in {taken:.2f} s   {megabytes():6.0f} MB")
    x = 1 + 99 * np.random.default_rng(1).random((given.units, given.indicators))
    weights = np.random.default_rng(2).dirichlet(np.ones(given.indicators), given.peer_draws)
    for name, peer in PEERS.items():
        try:
            task = peer(x, weights)
        except ModuleNotFoundError as error:
            print(f"{name}: left out, {error.name} is not installed")
            continue
        rate = given.peer_draws / seconds(task)
        print(f"{name:28} {rate:12,.0f} draws/s   ours is {speed / rate:,.0f} times as fast")


if __name__ == "__main__":
    main()
