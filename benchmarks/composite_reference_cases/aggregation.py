"""Cases of aggregation and weights: files 07_, 08_, 10_, 20_, 40_ and 50_; objectives optimised no worse."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from composite_reference_cases.results import (
    Case,
    compare,
    framework_of,
    guarded,
    read,
    reweighted,
    scores_of,
    stored,
    table_of,
)
from digital_diplomacy.rankings.composite.aggregation import aggregate, codes_of, methods_by_aggregate, weights_of
from digital_diplomacy.rankings.composite.balancing import (
    Problem,
    balance_objective,
    balanced_weights,
    informative_weights,
)
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.means import reference_goalposts
from digital_diplomacy.rankings.composite.methods import method_of
from digital_diplomacy.rankings.composite.objective import critic_weights, deviation_weights, entropy_weights
from digital_diplomacy.rankings.composite.outranking import copeland, outranking
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.composite.weights import effective_weights
from digital_diplomacy.rankings.places import ranks

METHOD = {"amean": "arithmetic", "gmean": "geometric", "hmean": "harmonic", "copeland": "copeland", "cop": "copeland"}
LETTER = {"g": "geometric", "a": "arithmetic", "h": "harmonic"}


def number_of(text: str) -> float:
    """A number as file names write it: ``m1`` is -1, ``0p5`` is 0.5."""
    return float(text.replace("p", ".").replace("m", "-"))


def spec_of(name: str) -> object:
    """The method, or methods by level, that the name of a result stands for."""
    if power := re.search(r"genmean_p(\w+?)(_|$)", name):
        return {"name": "generalised", "power": number_of(power[1])}
    if mixed := re.search(r"mixed_([gah]+)$", name):
        return [LETTER[letter] for letter in mixed[1]]
    found = [METHOD[word] for word in name.split("_") if word in METHOD]
    return found if len(found) > 1 else found[0]


def aggregation_cases(folder: Path) -> Iterator[Case]:
    """08_agg_*: every aggregate, with complete data and with missing data."""
    meta = read(folder, "in_asem_imeta")
    if meta is None:
        return
    custom = read(folder, "07_in_weights_custom")
    for path in sorted(folder.glob("08_agg_*.csv")):
        missing = "_na_" in path.stem
        values = read(folder, "08_in_normalised_raw_with_na" if missing else "08_in_normalised_1_100")
        if values is None:
            continue
        framework = framework_of(meta, None if path.stem.endswith("_equal") else custom)
        threshold = re.search(r"thresh_(\w+)$", path.stem)
        shares = [number_of(part) for part in threshold[1].split("_")] if threshold and threshold[1] != "none" else [0]
        method = spec_of(path.stem.removeprefix("08_agg_").split("_thresh")[0])
        wanted = table_of(stored(path, na_values=["NA"], keep_default_na=False))
        found = aggregate(
            table_of(values), framework, method=method, threshold=shares[0] if len(shares) == 1 else shares
        )
        made = list(hierarchy(found.framework).aggregates)
        scores = scores_of(found).loc[wanted["entity"], made]
        exact = "copeland" in path.stem and "amean" not in path.stem
        yield compare(path.stem, scores, wanted[made], exact=exact)


def outranking_cases(folder: Path) -> Iterator[Case]:
    """08_copeland_flat_*, 08_outrank_*: all indicators at once."""
    values, weights = read(folder, "08_in_normalised_1_100"), read(folder, "07_in_weights_custom")
    if values is None or weights is None:
        return
    table = values.set_index("uCode")
    given = weights.set_index("iCode")["Weight"].loc[list(table.columns)].to_numpy(float)
    shares = outranking(table.to_numpy(float), given)
    if (wanted := read(folder, "08_copeland_flat_custom")) is not None:
        scores = pd.Series(copeland(table.to_numpy(float), given), table.index)
        yield compare("08_copeland_flat_custom", scores[wanted["uCode"]], wanted["score"], exact=True)
    if (wanted := read(folder, "08_outrank_matrix_custom")) is not None:
        square = wanted.set_index("uCode")
        found = pd.DataFrame(np.nan_to_num(shares), table.index, table.index).loc[square.index, square.columns]
        yield compare("08_outrank_matrix_custom", found, square)
    if (wanted := read(folder, "08_outrank_summary")) is not None:
        dominant = int((shares == 1).sum())
        found = [dominant, dominant / (len(table) * (len(table) - 1) / 2)]
        yield compare("08_outrank_summary", found, wanted.iloc[0])


def weight_cases(folder: Path) -> Iterator[Case]:
    """07_*: effective weights; 40_objective_weights_python: weights read off the data."""
    meta = read(folder, "in_asem_imeta")
    for kind in ("equal", "custom"):
        wanted = read(folder, f"07_effective_weights_{kind}")
        if meta is None or wanted is None:
            continue
        found = effective_weights(reweighted(framework_of(meta), wanted)).set_index("entity")["value"]
        yield compare(f"07_effective_weights_{kind}", found[wanted["iCode"]], wanted["EffWeight"])
    wanted, values = read(folder, "40_objective_weights_python"), read(folder, "20_bli_in_idata")
    if wanted is None or values is None:
        return
    x = values[list(wanted["iCode"])].to_numpy(float)
    types = wanted["type"].to_numpy(float)
    for column in wanted.columns[2:]:
        if (found := objective(column, x, types)) is not None:
            yield compare(f"40_objective_weights_python {column}", found, wanted[column])


def objective(column: str, x: Floats, types: Floats) -> Floats | None:
    """Weights by the method a column is named after; None for methods the package leaves out."""
    package, method = column.split("_", 1)
    if method == "critic":  # pymcdm passes over the directions
        return critic_weights(x, directions=types if package == "skc" else 1.0)
    if method == "equal":
        return np.full(len(types), 1 / len(types))
    kernel = {"entropy": entropy_weights, "standard_deviation": deviation_weights, "std": deviation_weights}.get(method)
    return None if kernel is None else kernel(x)


def optimised_cases(folder: Path) -> Iterator[Case]:
    """10_opt_*: the objective reached, no worse than the reference's.

    Where the reference's weights are of both signs, an index cannot use them; the search is then repeated with weights
    of both signs, to compare like with like, and the weights of at least 0 are held against theirs without the others.
    """
    meta, values = read(folder, "in_asem_imeta"), read(folder, "04_example_normalised")
    if meta is None or values is None:
        return
    framework = check_framework(framework_of(meta))
    tree = hierarchy(framework)
    table = table_of(values)[list(tree.indicators)].to_numpy(float)
    for path in sorted(folder.glob("10_opt_*_weights.csv")):
        stem = path.stem.removesuffix("_weights")
        shares, fit = read(folder, stem), read(folder, f"{stem}_fit")
        level = re.search(r"level(\d)", stem)
        if shares is None or fit is None or level is None:
            continue
        codes = list(
            meta.loc[(meta["Level"] == int(level[1])) & meta["Type"].isin(["Indicator", "Aggregate"]), "iCode"]
        )
        theirs = stored(path).set_index("iCode")["Weight"].loc[codes].to_numpy(float)
        targets = shares["Desired"].to_numpy(float)
        problem = Problem(
            x=table,
            weights=weights_of(framework),
            places=np.array([codes_of(tree).index(code) for code in codes]),
            tree=tree,
            methods=methods_by_aggregate("arithmetic", framework),
            targets=targets / targets.sum(),
            by_rank="spearman" in stem,
        )
        yield from reached_cases(stem, problem, theirs, float(fit["objective"].iloc[0]))


def reached_cases(stem: str, problem: Problem, theirs: Floats, reported: float) -> Iterator[Case]:
    """Objectives of our weights of at least 0, and of both signs where theirs are, against theirs."""
    informative = "infomax" in stem
    solve = informative_weights if informative else balanced_weights

    def lost(weights: Floats) -> float:
        if informative:
            return -float(problem.correlations(weights).sum())
        return balance_objective(problem.misfit(weights))

    limit = reported if informative else float(np.exp(reported))
    slack = 1e-9 * abs(limit) if informative else 1e-20  # a balance met to the last digits is met
    ours = solve(problem)
    if (theirs >= 0).all():
        yield stem, lost(ours) <= max(limit, lost(theirs)) + slack, f"{lost(ours)}, theirs {limit}"
        return
    usable = np.maximum(theirs, 0.0)
    yield (
        f"{stem}, at least 0",
        lost(ours) <= lost(usable) + slack,
        f"{lost(ours)}, theirs without signs {lost(usable)}",
    )
    free = lost(solve(replace(problem, least=-1.0)))
    yield f"{stem}, both signs", free <= min(limit, lost(theirs)) + slack, f"{free}, theirs {limit}"


def better_life_cases(folder: Path) -> Iterator[Case]:
    """20_bli_agg_*: a second framework, aggregates and ranks."""
    meta = read(folder, "20_bli_in_imeta")
    for path in sorted(folder.glob("20_bli_agg_*.csv")):
        norm, *_ = words = path.stem.removeprefix("20_bli_agg_").split("_")
        values = read(folder, f"20_bli_norm_{norm}")
        if meta is None or values is None:
            continue
        wanted = table_of(stored(path, na_values=["NA"], keep_default_na=False))
        found = aggregate(table_of(values), framework_of(meta), method=METHOD[words[-1]])
        made = list(hierarchy(found.framework).aggregates)
        scores = scores_of(found).loc[wanted["entity"], made]
        yield compare(path.stem, scores, wanted[made])
        yield compare(f"{path.stem} rank", ranks(scores[made[-1]]), wanted["rank"], exact=True)


def noncompensatory_cases(folder: Path) -> Iterator[Case]:
    """50_*: penalised, ordered and geometric means, distances and frontiers, equal weights."""
    raw, scaled = read(folder, "20_bli_in_idata"), read(folder, "50_compind_norm_z100_10")
    if raw is None or scaled is None:
        return
    x, z = (table_of(table).drop(columns="entity").to_numpy(float) for table in (raw, scaled))
    directions = read(folder, "20_bli_in_imeta")
    signs = 1.0 if directions is None else directions.set_index("iCode")["Direction"].loc[scaled.columns[1:]].to_numpy()
    standard = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1) * signs
    equal = np.ones(x.shape[1])
    for name in ("50_mpi", "50_owa", "50_geom_equal", "50_wroclaw", "50_mean_min_corrected", "50_bod_lp"):
        wanted = read(folder, name)
        for column in [] if wanted is None else wanted.columns[1:]:
            data = z if name in ("50_mpi", "50_mean_min_corrected") else standard if name == "50_wroclaw" else x
            found = method_of(spec_of_column(column, x.shape[1])).combine(data, equal)
            yield compare(f"{name} {column}", 1 - found if name == "50_wroclaw" else found, wanted[column])
    yield from adjusted_cases(folder)


def spec_of_column(column: str, children: int) -> dict[str, object]:
    """The method a column of a 50_ file is named after, with its options."""
    if order := re.fullmatch(r"owa_(more_than|at_least)_(\d+)", column):
        share = int(order[2]) / children
        return {"name": "owa", "quantifier": (0, share) if order[1] == "at_least" else (1 - share, 1)}
    if column.startswith("mpi_"):
        spread = "population" if "population_sd" in column else "sample"
        return {"name": "mpi", "spread": spread, "penalty": "negative" if column.endswith("minus") else "positive"}
    if column.startswith("mmf_"):
        numbers = dict(re.findall(r"(alpha|beta)(\d+)", column))
        strength, smoothing = (decimal(numbers.get(key, "0")) for key in ("alpha", "beta"))
        return {"name": "mean_min", "strength": strength, "smoothing": smoothing}
    if share_low := re.search(r"min_share_0(\d+)", column):
        return {"name": "benefit_of_doubt", "share_low": float(f"0.{share_low[1]}")}
    return {"name": {"bod": "benefit_of_doubt", "geom_equal": "geometric", "wroclaw": "wroclaw"}[column]}


def decimal(digits: str) -> float:
    """A number as columns write it: ``05`` is one half, ``1`` is 1."""
    return float(re.sub("^0(?=.)", "0.", digits))


def adjusted_cases(folder: Path) -> Iterator[Case]:
    """50_ampi: goalposts around a reference, over all periods, then the penalised mean."""
    wanted, values, reference = (read(folder, name) for name in ("50_ampi", "50_in_ampi", "50_in_ampi_reference"))
    if wanted is None or values is None or reference is None:
        return
    codes = list(reference["iCode"])
    x, middle = values[codes].to_numpy(float), reference["goalpost_reference"].to_numpy(float)
    low, high = reference_goalposts(x, middle)
    scaled = 70 + 60 * (x - low) / (high - low)
    for penalty, column in (("negative", "ampi_minus_exact"), ("positive", "ampi_plus_exact")):
        found = method_of({"name": "adjusted_mpi", "penalty": penalty}).combine(scaled, np.ones(len(codes)))
        yield compare(f"50_ampi {column}", found, wanted[column])


def cases(folder: Path) -> Iterator[Case]:
    """Every case of the directory."""
    for part in (
        aggregation_cases,
        outranking_cases,
        weight_cases,
        optimised_cases,
        better_life_cases,
        noncompensatory_cases,
    ):
        yield from guarded(part.__name__, part, folder)
