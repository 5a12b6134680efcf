"""Cases of uncertainty and sensitivity: stored samples replayed draw by draw, and Sobol indices of stored designs."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from composite_reference_cases.results import Case, guarded
from composite_reference_cases.steps import close, compare, framework_of, read
from digital_diplomacy.rankings.composite.aggregation import codes_of, methods_by_aggregate, weights_of
from digital_diplomacy.rankings.composite.framework import hierarchy
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.robustness.draws import count_ranks, rank_draws, score_draws
from digital_diplomacy.rankings.robustness.sensitivity import sobol_indices
from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty, rank_estimates

MEANS = {"amean": "arithmetic", "gmean": "geometric", "hmean": "harmonic"}
NORMS = {"minmax": ("min_max", "low", "high"), "zscore": ("z_score", "mean", "sd")}
INPUTS = ("winmax", "normalisation", "weight_set", "aggregation")


def cases(folder: Path) -> Iterator[Case]:
    """Every case of this part whose files are there."""
    stored = sorted(folder.glob("18_in_noisy_weights_*.csv"))
    if stored and all((folder / f"{name}.csv").is_file() for name in ("in_asem_imeta", "04_example_screened")):
        weights = read(folder, stored[0].stem)
        for kind, samples in (("ua", "18_ua_samples"), ("sa", "18_sa_samples_and_output")):
            if (folder / f"{samples}.csv").is_file():
                yield from guarded("replayed", _replayed, folder, kind, read(folder, samples), weights)
    yield from guarded("design", _design, folder)
    yield from guarded("ishigami", _ishigami, folder)


def _replayed(folder: Path, kind: str, samples: pd.DataFrame, weights: pd.DataFrame) -> Iterator[Case]:
    """Scores and ranks of every draw of a stored sample, statistics of the ranks, and the mean shift of ranks."""
    entities, scores = _scores(folder, samples, weights)
    nominal = _nominal(folder).loc[entities]
    every = np.vstack([nominal.to_numpy(), scores])
    columns = ["Nominal", *(f"r_{rep}" for rep in samples["rep"])]
    found = pd.DataFrame(every.T, columns=columns).assign(entity=entities)
    if (folder / f"18_{kind}_nominal.csv").is_file():
        ours = pd.DataFrame(
            {"entity": entities, "Score": nominal.to_numpy(), "Rank": _ranks(nominal.to_numpy()[None])[0]}
        )
        yield compare(f"{kind} nominal", ours, read(folder, f"18_{kind}_nominal"))
    if (folder / f"18_{kind}_scores.csv").is_file():
        yield compare(f"{kind} scores", found, read(folder, f"18_{kind}_scores"))
    if (folder / f"18_{kind}_ranks.csv").is_file():
        ours = pd.DataFrame(_ranks(every).T, columns=columns).assign(entity=entities)
        yield compare(f"{kind} ranks", ours, read(folder, f"18_{kind}_ranks"))
    good = ~np.isnan(scores).any(axis=1)
    ranks = rank_draws(scores[good])
    if (folder / f"18_{kind}_rankstats.csv").is_file():
        # Only the first two parts of a design for Sobol indices, A and B, are independent draws.
        inputs = sum(column in samples for column in INPUTS)
        independent = len(samples) if kind == "ua" else 2 * len(samples) // (inputs + 2)
        drawn = rank_draws(scores[:independent][good[:independent]])
        ours = _statistics(entities, nominal, drawn)
        yield compare(f"{kind} statistics of ranks", ours, read(folder, f"18_{kind}_rankstats"))
    if "mean_abs_rank_change" in samples:
        shift = np.abs(ranks.astype(float) - _ranks(nominal.to_numpy()[None])).mean(axis=1)
        agree = close(shift, samples.loc[good, "mean_abs_rank_change"])
        yield f"{kind} mean shift of ranks", bool(agree.all()), f"{(~agree).sum()} runs differ"


def _scores(folder: Path, samples: pd.DataFrame, weights: pd.DataFrame) -> tuple[list[str], np.ndarray]:
    """Scores of every draw, shape (draws, units); draws with the same steps are scored together."""
    scores, entities = np.empty((0, 0)), []
    for (winmax, norm, mean), part in samples.groupby(["winmax", "normalisation", "aggregation"]):
        name, *arguments = str(norm).split("_")
        method, *options = NORMS[name]
        normalise = {"method": method, **dict(zip(options, map(float, arguments), strict=True))}
        values, framework = _normalised(folder, int(winmax), tuple(normalise.items()))
        tree = hierarchy(framework)
        entities = values["entity"].tolist()
        scores = scores if scores.size else np.full((len(samples), len(entities)), np.nan)
        drawn = weights.set_index("iCode").loc[list(codes_of(tree)), part["weight_set"]].to_numpy(float).T
        methods = methods_by_aggregate(MEANS[re.sub("^a_", "", str(mean))], framework)
        x = values[list(tree.indicators)].to_numpy(float)
        scores[part.index] = score_draws(x, drawn, tree, methods)
    return entities, scores


@cache
def _normalised(
    folder: Path, winmax: int, normalise: tuple[tuple[str, object], ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Normalised values and the framework after treating with so many winsorised values."""
    skipped = {"method": "none", "reason": "done in the values given"}
    steps = [
        *({"step": step, **skipped} for step in ("denominate", "screen", "impute")),
        {"step": "treat", "winmax": winmax, "mirror": False},
        {"step": "normalise", **dict(normalise)},
        {"step": "weigh", **skipped},
        {"step": "aggregate", "method": "arithmetic"},
    ]
    index = run(read(folder, "04_example_screened"), framework_of(read(folder, "in_asem_imeta")), steps)
    return index.scores, index.framework


def _nominal(folder: Path) -> pd.Series:
    """Scores of the example as it stands: five winsorised values, 0 to 100, arithmetic means."""
    values, framework = _normalised(folder, 5, (("method", "min_max"), ("low", 0.0), ("high", 100.0)))
    tree = hierarchy(framework)
    methods = methods_by_aggregate("arithmetic", framework)
    x = values[list(tree.indicators)].to_numpy(float)
    return pd.Series(score_draws(x, weights_of(framework)[None], tree, methods)[0], index=values["entity"])


def _ranks(scores: np.ndarray) -> np.ndarray:
    """Ranks as numbers; missing in draws that failed."""
    good = ~np.isnan(scores).any(axis=1)
    found = np.full(scores.shape, np.nan)
    found[good] = rank_draws(scores[good])
    return found


def _statistics(entities: list[str], nominal: pd.Series, ranks: np.ndarray) -> pd.DataFrame:
    """Mean, median and the middle nine tenths of the ranks, one row for each unit."""
    counts = count_ranks(ranks)
    stated = _ranks(nominal.to_numpy()[None])[0].astype(int)
    none = pd.DataFrame({"cause": [], "draws": []}).astype({"draws": int})
    rows = rank_estimates(Uncertainty(tuple(entities), "", stated, counts, np.zeros_like(counts), len(ranks), none))
    wide = {measure: part.set_index("entity") for measure, part in rows.groupby("measure")}
    median = wide["rank_median_method"]
    frame = {
        "Nominal": wide["rank_nominal"]["value"],
        "Mean": wide["rank_mean_method"]["value"],
        "Median": median["value"],
        "Q5": median["low"],
        "Q95": median["high"],
    }
    return pd.DataFrame(frame).reset_index()


def _design(folder: Path) -> Iterator[Case]:
    """Sobol indices of the stored sensitivity analysis of the index."""
    if not all((folder / f"18_sa_{name}.csv").is_file() for name in ("samples_and_output", "indices")):
        return
    output = read(folder, "18_sa_samples_and_output")["mean_abs_rank_change"].to_numpy(float)
    yield from _indices("sa", output, read(folder, "18_sa_indices"))


def _ishigami(folder: Path) -> Iterator[Case]:
    """Sobol indices of a function whose indices are known."""
    if all((folder / f"18_ishigami_{name}.csv").is_file() for name in ("sample", "indices")):
        output = read(folder, "18_ishigami_sample")["y"].to_numpy(float)
        yield from _indices("ishigami", output, read(folder, "18_ishigami_indices"))


def _indices(name: str, output: np.ndarray, wanted: pd.DataFrame) -> Iterator[Case]:
    """Totals exactly; first-order indices lie within what they differ by when the output is shifted.

    The reference estimates them without centring, so that they depend on the mean of the output; the formula is applied
    here to the output as stored, which shows that the runs are read in the order meant, and is no part of the package.
    """
    inputs = len(wanted)
    a, b, *mixed = np.split(output[:, None], inputs + 2)
    found = sobol_indices(a, b, mixed)
    total = close(found.total[:, 0], wanted["STi"])
    yield f"{name} total indices", bool(total.all()), f"ours {found.total[:, 0].tolist()}"
    variance = np.concatenate([a, b]).var(ddof=1)
    if "Variance" in wanted:
        agree = close(np.full(inputs, variance), wanted["Variance"])
        yield f"{name} variance", bool(agree.all()), f"ours {variance}"
    uncentred = np.array([(b * (one - a)).mean() / variance for one in mixed])
    first = close(uncentred, wanted["Si"])
    yield f"{name} first-order indices, not centred", bool(first.all()), f"ours {uncentred.tolist()}"
    shifted = sobol_indices(a + 10, b + 10, [one + 10 for one in mixed])
    same = close(shifted.first, found.first)
    yield f"{name} first-order indices do not depend on the mean", bool(same.all()), f"{shifted.first - found.first}"
