"""How often intervals of a model of ties cover the truth they were drawn from.

    python benchmarks/ties_coverage.py [--actors 18] [--networks 500] [--draws 500] [--shared]

Networks are drawn from a model with known coefficients (ties, two groups of actors, a number of who is attended to,
mutuality; with --shared also shared partners) and fitted again. Prints the share of intervals of level 0.95 that hold
the truth, term by term, with two Monte Carlo standard errors, and how many networks were refused; the exit status is 1
if a share misses 0.93 to 0.97 by more than these.
"""

import argparse
import sys
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import networks
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.models.simulating import draw_networks
from digital_diplomacy.networks.models.terms import read_terms

TRUTH = {"ties": -2.2, "same:group": 0.9, "receiver:size": 0.3, "mutual": 1.2, "shared_partners": 0.2}
LEVEL, ALLOWED = 0.95, (0.93, 0.97)


def table_of(actors: int) -> pd.DataFrame:
    """Two groups, and numbers evenly from -1 to 1 that do not follow them."""
    names = [f"a{number:03}" for number in range(actors)]
    sizes = np.linspace(-1, 1, actors)
    return pd.DataFrame({"entity": names, "group": np.resize(["x", "x", "y"], actors), "size": np.roll(sizes, 1)})


def drawn(
    table: pd.DataFrame, terms: list[str], count: int, rng: np.random.Generator
) -> Iterator[tuple[networks.Graph, npt.NDArray[np.float64]]]:
    """Networks of the model, and its coefficients in the order of its terms."""
    names = table["entity"].to_numpy()
    empty = networks.graph(pd.DataFrame({"source": [], "target": []}, dtype=str), nodes=names)
    read = read_terms(empty, terms, table, {})
    truth = np.array([TRUTH[code] for code in read.codes])
    for tied in draw_networks(read, truth, draws=count, rng=rng):
        ends = np.nonzero(tied)
        yield networks.graph(pd.DataFrame({"source": names[ends[0]], "target": names[ends[1]]}), nodes=names), truth


def main() -> int:
    """Draw, fit, and say how often the intervals cover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actors", type=int, default=18)
    parser.add_argument("--networks", type=int, default=500)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--shared", action="store_true")
    given = parser.parse_args()
    rng = np.random.default_rng(2024)
    table, terms = table_of(given.actors), [code for code in TRUTH if code != "ties"]
    terms = terms if given.shared else terms[:-1]
    hits, refused = [], 0
    for network, truth in drawn(table, terms, given.networks, rng):
        try:
            model = networks.tie_model(network, terms, attributes=table, draws=given.draws, level=LEVEL, rng=rng)
        except ArgumentError:
            refused += 1
            continue
        rows = model.estimates[model.estimates["measure"] == "tie_log_odds"]
        hits.append(~((rows["low"] > truth) | (rows["high"] < truth)).to_numpy())
    shares = np.mean(hits, axis=0)
    error = 2 * float(np.sqrt(LEVEL * (1 - LEVEL) / len(hits)))
    print(f"{given.actors} actors, {len(hits)} networks, {refused} refused, {given.draws} draws; ± {error:.3f}")
    for code, share in zip(["ties", *terms], shares, strict=True):
        print(f"{code:20}{share:.3f}")
    return int(bool((shares < ALLOWED[0] - error).any() or (shares > ALLOWED[1] + error).any()))


if __name__ == "__main__":
    sys.exit(main())
