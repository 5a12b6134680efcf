"""Coverage of confidence sets for ranks when all units are equal in truth: the hardest case, and a common one.

    python benchmarks/rankings_coverage.py [--units 38] [--replications 1000] [--draws 1000] [--level 0.95]

Scores of units with one mean are drawn again and again. A simultaneous set covers if every unit's set holds every place
the tied units share, 1 to n. The naive sets are percentile intervals of ranks simulated around the drawn scores; they
are judged more kindly: they cover if each holds the middle of the shared places, (n + 1) / 2. Joint ranges are those of
Klein, Wright and Wieczorek. Prints the share of replications covered with two Monte Carlo standard errors; the exit
status is 1 if the simultaneous sets miss the level by more.
"""

import argparse
import sys

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from digital_diplomacy.rankings.inference.confidence_sets import joint_rank_ranges, rank_sets


def naive_ends(
    scores: npt.NDArray[np.float64], *, level: float, draws: int, rng: np.random.Generator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Percentile interval of each unit's simulated rank, standard errors 1."""
    simulated = rankdata(-(scores + rng.standard_normal((draws, len(scores)))), axis=1)
    low, high = np.quantile(simulated, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def covered(units: int, *, level: float, draws: int, rng: np.random.Generator) -> tuple[bool, bool, bool]:
    """Whether the simultaneous sets, the joint ranges and the naive sets of one replication cover."""
    drawn = rng.standard_normal(units)
    names = [f"U{number:03d}" for number in range(units)]
    scores = pd.DataFrame({"entity": names, "value": drawn, "standard_error": 1.0})
    sets = rank_sets(scores, level=level, draws=draws, rng=rng)
    joint = joint_rank_ranges(scores, level=level)
    low, high = naive_ends(drawn, level=level, draws=draws, rng=rng)
    whole = [bool(((found["low"] == 1) & (found["high"] == units)).all()) for found in (sets, joint)]
    middle = (units + 1) / 2
    return whole[0], whole[1], bool(((low <= middle) & (middle <= high)).all())


def main() -> int:
    """Simulate, print three shares, and say whether the simultaneous sets cover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=38)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--level", type=float, default=0.95)
    given = parser.parse_args()
    rng = np.random.default_rng(2024)
    found = np.array(
        [covered(given.units, level=given.level, draws=given.draws, rng=rng) for _ in range(given.replications)]
    )
    shares = found.mean(axis=0)
    errors = 2 * np.sqrt(np.maximum(shares * (1 - shares), given.level * (1 - given.level)) / given.replications)
    print(f"{given.units} equal units, {given.replications} replications, level {given.level}")
    for name, share, error in zip(
        ("simultaneous sets", "joint ranges", "naive percentiles"), shares, errors, strict=True
    ):
        print(f"{name:<20}{share:.3f} +/- {error:.3f}")
    return 0 if abs(shares[0] - given.level) <= errors[0] else 1


if __name__ == "__main__":
    sys.exit(main())
