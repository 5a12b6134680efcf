"""Cases of ranks, statistics, correlations, alphas, components, strengths and comparisons: files 09_ and 11_ to 17_."""

import re
from collections.abc import Iterator
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
from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.framework import hierarchy
from digital_diplomacy.rankings.composite.objective import components
from digital_diplomacy.rankings.correlations import (
    correlation_p_values,
    correlations,
    flagged,
    pair_correlations,
    parent_correlations,
)
from digital_diplomacy.rankings.diagnostics import (
    alpha,
    cronbach_alpha,
    rank_changes,
    scores_and_ranks,
    statistics,
    strengths,
    without_elements,
)
from digital_diplomacy.rankings.places import ranks

STATISTICS = {
    "Min": "indicator_minimum",
    "Max": "indicator_maximum",
    "Mean": "indicator_mean",
    "Median": "indicator_median",
    "Std": "indicator_deviation",
    "Skew": "indicator_skewness",
    "Kurt": "indicator_kurtosis",
    "Frc.Avail": "indicator_available",
    "Frc.NonZero": "indicator_nonzero",
    "Frc.Unique": "indicator_unique",
    "Frc.Same": "indicator_most_frequent",
}
LOW_AVAILABLE, LOW_NONZERO, LOW_UNIQUE, SKEW, KURTOSIS = 0.65, 0.5, 0.5, 2.0, 3.5  # the reference's own limits
LOW_CORRELATION = 0.5  # least correlation with a denominator that the reference reports
DROPPED = ("LPI", "Forest")  # indicators the reference drops in its comparison


def with_metadata(folder: Path) -> pd.DataFrame | None:
    """Rows of the metadata that are indicators or aggregates, in the reference's order."""
    meta = read(folder, "in_asem_imeta")
    return None if meta is None else meta[meta["Type"].isin(["Indicator", "Aggregate"])]


def component_cases(folder: Path) -> Iterator[Case]:
    """09_pca_*, 20_bli_pca_*: loadings and first-component weights, whatever their sign."""
    meta = with_metadata(folder)
    values = read(folder, "04_example_aggregated")
    if meta is None or values is None:
        return
    for path in sorted(folder.glob("09_pca_l*_rotation.csv")):
        wanted = stored(path).set_index("iCode")
        spread = read(folder, path.stem.replace("rotation", "sdev"))
        loadings, deviations = components(values[list(wanted.index)].to_numpy(float))
        yield compare(path.stem, turned(loadings, wanted.to_numpy(float)), wanted)
        if spread is not None:
            shares = deviations**2 / (deviations**2).sum()
            yield compare(path.stem.replace("rotation", "sdev"), [deviations, shares], spread[["sdev", "var_share"]].T)
    for path in sorted(folder.glob("09_pca_weights_level*.csv")):
        yield from weight_table_case(path, meta, values, int(path.stem[-1]))
    treated, wanted = read(folder, "04_example_treated"), read(folder, "09_pca_all_weights")
    if treated is not None and wanted is not None:
        rows = wanted[wanted["Level"] == 1]
        loadings, _ = components(treated[list(rows["iCode"])].to_numpy(float))
        weights = rows[["Weight"]].to_numpy(float)
        yield compare("09_pca_all_weights", turned(loadings[:, :1], weights), weights)
    meta, path = read(folder, "20_bli_in_imeta"), folder / "20_bli_pca_weights_l1.csv"
    better = read(folder, "20_bli_norm_minmax")
    if meta is not None and better is not None and path.is_file():
        yield from weight_table_case(path, meta, better, 1)


def turned(loadings: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Columns with the signs of those of ``wanted``: the sign of a component is arbitrary."""
    return loadings * np.sign((loadings * wanted).sum(axis=0))


def weight_table_case(path: Path, meta: pd.DataFrame, values: pd.DataFrame, level: int) -> Iterator[Case]:
    """First loadings of each group at a level, group by group."""
    wanted = stored(path).set_index("iCode")["Weight"]
    rows = meta[(meta["Level"] == level) & meta["Type"].isin(["Indicator", "Aggregate"])]
    for parent, codes in rows.groupby("Parent")["iCode"]:
        found, _ = components(values[list(codes)].to_numpy(float))
        right = wanted[list(codes)].to_numpy(float)[:, None]
        yield compare(f"{path.stem} {parent}", turned(found[:, :1], right), right)


def rank_cases(folder: Path) -> Iterator[Case]:
    """11_*: scores and ranks, also within groups."""
    values = read(folder, "04_example_aggregated")
    if values is None:
        return
    table = table_of(values)
    for path in sorted(folder.glob("11_*.csv")):
        wanted = stored(path, na_values=["NA"], keep_default_na=False)
        within = next((column for column in wanted if column.endswith("_group")), None)
        codes = [column for column in wanted if column not in ("uCode", "uName", "Rank", within)]
        given = table if within is None else table.merge(wanted.rename(columns={"uCode": "entity"})[["entity", within]])
        found = scores_and_ranks(given, codes, within=within)
        measure = "index_score" if "scores" in path.stem else "index_rank"
        wide = found[found["measure"] == measure].pivot_table("value", "entity", "group")
        yield compare(path.stem, wide.loc[wanted["uCode"], codes], wanted[codes], exact=measure == "index_rank")
        if "Rank" in wanted:
            yield compare(
                f"{path.stem} Rank", ranks(given.set_index("entity")[codes[0]])[wanted["uCode"]], wanted["Rank"]
            )


def statistic_cases(folder: Path) -> Iterator[Case]:
    """12_stats_*, 20_bli_stats: statistics and flags."""
    sources = {"12_stats_raw": "04_example_raw", "12_stats_treated": "04_example_treated"}
    sources |= {"12_stats_pillars": "04_example_aggregated", "20_bli_stats": "20_bli_in_idata"}
    for name, source in sources.items():
        wanted, values = read(folder, name), read(folder, source)
        if wanted is None or values is None:
            continue
        codes = list(wanted["iCode"])
        found = statistics(values, codes).pivot_table("value", "entity", "measure").loc[codes]
        yield compare(name, found[list(STATISTICS.values())], wanted[list(STATISTICS)])
        yield (
            name + " flags",
            bool((flags(found) == wanted[list(flags(found))].to_numpy()).all(axis=None)),
            "flags differ",
        )


def flags(found: pd.DataFrame) -> pd.DataFrame:
    """Flags of the reference from our statistics."""
    low = {"Avail": LOW_AVAILABLE, "NonZero": LOW_NONZERO, "Unique": LOW_UNIQUE}
    made = {f"Flag.{key}": np.where(found[STATISTICS[f"Frc.{key}"]] < end, "LOW", "ok") for key, end in low.items()}
    out = (found["indicator_skewness"].abs() > SKEW) & (found["indicator_kurtosis"] > KURTOSIS)
    return pd.DataFrame(made | {"Flag.SkewKurt": np.where(out, "OUT", "ok")}, index=found.index)


def by_pair(pairs: pd.DataFrame) -> dict[frozenset[str], float]:
    """Values of pairs in either order."""
    names = map(frozenset, zip(pairs["left"], pairs["right"], strict=True))
    return dict(zip(names, pairs["value"], strict=True))


def correlation_cases(folder: Path) -> Iterator[Case]:
    """13_*: matrices, parents, families, flags, denominators, p-values."""
    meta, values = with_metadata(folder), read(folder, "04_example_aggregated")
    if meta is None or values is None:
        return
    framework = framework_of(meta)
    treated = read(folder, "04_example_treated")
    for path in sorted(folder.glob("13_corr_l*_*.csv")):
        kind = path.stem.rsplit("_", 1)[1]
        if kind in ("pearson", "spearman", "kendall") and treated is not None:
            yield matrix_case(path, values if path.stem.startswith("13_corr_l2") else treated, kind)
    raw = read(folder, "04_example_raw")
    if raw is not None and (folder / "13_corr_raw_pairwise_directions.csv").is_file():
        signs = meta.set_index("iCode")["Direction"].astype(float)
        oriented = raw[[code for code in raw if code in signs.index]].apply(lambda column: column * signs[column.name])
        yield matrix_case(folder / "13_corr_raw_pairwise_directions.csv", oriented, "pearson")
    yield from family_cases(folder, values, framework)
    yield from flag_cases(folder, framework)
    yield from p_value_cases(folder, values)


def matrix_case(path: Path, values: pd.DataFrame, method: str) -> Case:
    """A square matrix in long form; the diagonal is left out."""
    wanted = stored(path, na_values=["NA"], keep_default_na=False)
    wanted = wanted[wanted["Var1"] != wanted["Var2"]]
    found = by_pair(correlations(values, list(dict.fromkeys(wanted["Var1"])), method=method))
    named = map(frozenset, zip(wanted["Var1"], wanted["Var2"], strict=True))
    return compare(path.stem, [found[pair] for pair in named], wanted["Correlation"])


def family_cases(folder: Path, values: pd.DataFrame, framework: pd.DataFrame) -> Iterator[Case]:
    """Correlations with parents, with every aggregate above, and with the index where it is significant."""
    if (wanted := read(folder, "13_corr_l1_parent")) is not None:
        found = by_pair(parent_correlations(values, framework))
        named = map(frozenset, zip(wanted["Var1"], wanted["Var2"], strict=True))
        yield compare("13_corr_l1_parent", [found[pair] for pair in named], wanted["Correlation"])
    lineage, wanted = read(folder, "00_lineage"), read(folder, "13_corr_l1_family")
    if lineage is not None and wanted is not None:
        found = by_pair(parent_correlations(values, framework, ancestors=True))
        above = lineage.set_index(lineage.columns[0])
        named = [frozenset((above.at[row.Var2, row.Var1], row.Var2)) for row in wanted.itertuples()]
        yield compare("13_corr_l1_family", [found[pair] for pair in named], wanted["Correlation"])
    for path in sorted(folder.glob("13_corr_l1_*_p*.csv")):
        limit = float("0." + path.stem.rsplit("_p", 1)[1].removeprefix("0").rjust(2, "0"))
        wanted = stored(path, na_values=["NA"], keep_default_na=False)
        pairs = pair_correlations(values, list(zip(wanted["Var1"], wanted["Var2"], strict=True)))
        sure = correlation_p_values(pairs)["value"] < limit
        yield compare(path.stem, pairs["value"].where(sure), wanted["Correlation"])


def flag_cases(folder: Path, framework: pd.DataFrame) -> Iterator[Case]:
    """Pairs of one group that are too much or too little alike, and indicators that follow a denominator."""
    values, raw = read(folder, "04_example_normalised"), read(folder, "04_example_raw")
    for path in sorted(folder.glob("13_corr_flags_*.csv")):
        side, digits = re.fullmatch(r"13_corr_flags_(high|low)_?(m?\d+)", path.stem).groups()  # type: ignore[union-attr]
        limit = float(digits.replace("m0", "-0.").replace("m", "-") if "m" in digits else f"0.{digits[1:]}")
        wanted = stored(path)
        if values is not None:
            indicators = framework[~framework["code"].isin(framework["parent"])]
            groups = [list(rows) for _, rows in indicators.groupby("parent")["code"]]
            siblings = pd.concat([correlations(values, group) for group in groups if len(group) > 1])
            found = by_pair(flagged(siblings, **{side: limit}))
            expected = {frozenset((row.Ind1, row.Ind2)): row.Corr for row in wanted.itertuples()}
            same = found.keys() == expected.keys()
            yield (
                path.stem,
                same and compare("", [found[k] for k in expected], list(expected.values()))[1],
                "pairs differ",
            )
    wanted, whole = read(folder, "13_denom_corr"), read(folder, "in_asem_idata")
    meta = read(folder, "in_asem_imeta")
    if wanted is None or whole is None or raw is None or meta is None:
        return
    denominators = list(meta.loc[meta["Type"] == "Denominator", "iCode"])
    indicators = list(meta.loc[meta["Type"] == "Indicator", "iCode"])
    pairs = flagged(correlations(whole, indicators, denominators), low=-LOW_CORRELATION, high=LOW_CORRELATION)
    found = {(row.left, row.right): row.value for row in pairs.itertuples()}
    expected = {(row.Ind, row.Denom): row.Corr for row in wanted.itertuples()}
    same = found.keys() == expected.keys()
    yield (
        "13_denom_corr",
        same and compare("", [found[k] for k in expected], list(expected.values()))[1],
        "pairs differ",
    )


def p_value_cases(folder: Path, values: pd.DataFrame) -> Iterator[Case]:
    """13_pvals_*: p-values of Pearson's correlations."""
    for path in sorted(folder.glob("13_pvals_*.csv")):
        wanted = stored(path).set_index("iCode")
        found = by_pair(correlation_p_values(correlations(values, list(wanted.index))))
        square = [[0.0 if a == b else found[frozenset((a, b))] for b in wanted.columns] for a in wanted.index]
        yield compare(path.stem, square, wanted)


def alpha_cases(folder: Path) -> Iterator[Case]:
    """14_cronbach_*, 20_bli_cronbach."""
    meta, values, raw = with_metadata(folder), read(folder, "04_example_aggregated"), read(folder, "04_example_raw")
    wanted = read(folder, "14_cronbach_aggregated")
    if meta is not None and values is not None and wanted is not None:
        found = cronbach_alpha(values, framework_of(meta)).set_index(["entity", "group"])["value"]
        keys = [(row.group, f"level_{row.level}") for row in wanted.itertuples()]
        yield compare("14_cronbach_aggregated", [found[key] for key in keys], wanted["alpha"])
    wanted = read(folder, "14_cronbach_raw_pairwise")
    if meta is not None and raw is not None and wanted is not None:
        below = meta[meta["Level"] == 1].groupby("Parent")["iCode"].apply(list)
        found = [alpha(raw[below[group]].to_numpy(float)) for group in wanted["group"]]
        yield compare("14_cronbach_raw_pairwise", found, wanted["alpha"])
    meta, values, wanted = (read(folder, f"20_bli_{name}") for name in ("in_imeta", "norm_minmax", "cronbach"))
    if meta is not None and values is not None and wanted is not None:
        tree = hierarchy(framework_of(meta))
        found = [alpha(values[list(tree.below(group))].to_numpy(float)) for group in wanted["group"]]
        yield compare("20_bli_cronbach", found, wanted["alpha"])


def strength_cases(folder: Path) -> Iterator[Case]:
    """15_*: ranks and values of the listed indicators, and that no better (or worse) ones are left out."""
    meta, whole = with_metadata(folder), read(folder, "in_asem_idata")
    if meta is None or whole is None:
        return
    signs = meta.set_index("iCode")["Direction"].astype(int)
    for path in sorted(folder.glob("15_strengths_*.csv")):
        wanted = stored(path, na_values=["NA"], keep_default_na=False)
        named = re.fullmatch(r"15_strengths_(\w+?)_within_(\w+)_unq(\d+)", path.stem)
        wanted = wanted.assign(uCode=named[1], dset="Raw") if named else wanted
        for (unit, data), rows in wanted.groupby(["uCode", "dset"]):
            values = read(folder, f"04_example_{data.lower()}")
            if values is None:
                continue
            framework = framework_of(meta)
            if data == "Raw":
                framework = framework.assign(direction=framework["code"].map(signs))
            table = table_of(values)
            unique = 0.0
            if named:
                group = whole.set_index("uCode")[named[2]]
                table = table[table["entity"].map(group) == group[unit]]
                unique = float(f"0.{named[3][1:]}")
            yield strength_case(f"{path.stem} {unit} {data}", table, framework, str(unit), rows, unique, bool(named))
    values, wanted = read(folder, "04_example_aggregated"), read(folder, "15_unit_summary")
    if values is not None and wanted is not None:
        found = scores_and_ranks(table_of(values), list(dict.fromkeys(wanted["Code"])))
        wide = found.set_index(["entity", "group", "measure"])["value"]
        keys = list(zip(wanted["uCode"], wanted["Code"], strict=True))
        yield compare("15_unit_summary Score", [wide[*key, "index_score"] for key in keys], wanted["Score"])
        yield compare("15_unit_summary Rank", [wide[*key, "index_rank"] for key in keys], wanted["Rank"], exact=True)


def strength_case(
    name: str, table: pd.DataFrame, framework: pd.DataFrame, unit: str, rows: pd.DataFrame, unique: float, last: bool
) -> Case:
    """Indicators of equal rank at the end of the list may be others; ranks may not.

    The reference passes over last places among all units, though not among those of a group.
    """
    count = int((rows["kind"] == "strength").sum())
    found = strengths(table, framework, unit, count=count, unique_share=unique, last=last)
    every = strengths(table, framework, unit, count=len(framework), unique_share=unique).set_index("entity")["value"]
    own = table.set_index("entity").loc[unit]
    agree = (every[rows["Code"]].to_numpy() == rows["Rank"].to_numpy(float)).all()
    agree &= np.allclose(own[rows["Code"]].to_numpy(float), rows["Value"].to_numpy(float), rtol=1e-10, atol=0)
    for kind in ("strength", "weakness"):
        ours = sorted(found.loc[found["group"] == kind, "value"])
        agree &= ours == sorted(rows.loc[rows["kind"] == kind, "Rank"].astype(float))
    return name, bool(agree), "indicators or ranks differ"


def removal_cases(folder: Path) -> Iterator[Case]:
    """16_*: scores and ranks without each element, and how far ranks move."""
    meta, values = with_metadata(folder), read(folder, "04_example_normalised")
    if meta is None or values is None:
        return
    framework = framework_of(meta)
    for path in sorted(folder.glob("16_remove_l*_scores.csv")):
        level = int(path.stem[len("16_remove_l")])
        found = without_elements(table_of(values), framework, level=level - 1).rename(columns={"nominal": "Nominal"})
        wanted = stored(path).set_index("uCode")
        scores = found.set_index("entity").loc[wanted.index, wanted.columns]
        yield compare(path.stem, scores, wanted)
        places = read(folder, path.stem.replace("scores", "ranks"))
        if places is not None:
            right = places.set_index("uCode")
            yield compare(path.stem.replace("scores", "ranks"), scores.apply(ranks)[right.columns], right, exact=True)
        summary = read(folder, path.stem.replace("scores", "summary"))
        if summary is not None:
            changes = rank_changes(found.rename(columns={"Nominal": "nominal"})).set_index("entity")["value"]
            changes["Nominal"] = 0.0
            yield compare(
                path.stem.replace("scores", "summary"), changes[summary["element"]], summary["mean_abs_rank_change"]
            )


def comparison_cases(folder: Path) -> Iterator[Case]:
    """17_*: the index as built, from z-scores, with other weights, and with indicators dropped."""
    meta, values, zscores = (
        with_metadata(folder),
        read(folder, "04_example_normalised"),
        read(folder, "06_norm_zscore_0_1"),
    )
    custom, wanted = read(folder, "07_in_weights_custom"), read(folder, "17_compare_multi_scores")
    if meta is None or values is None or zscores is None or custom is None or wanted is None:
        return
    framework = framework_of(meta)
    index = hierarchy(framework).index
    runs = {"Nominal": (values, framework), "Zscore": (zscores, framework)}
    runs |= {"Custom": (values, reweighted(framework, custom))}
    if set(DROPPED) <= set(framework["code"]):  # no file says which indicators were dropped
        runs |= {"Dropped": (values, framework[~framework["code"].isin(DROPPED)])}
    made = {name: scores_of(aggregate(table_of(table), tree)) for name, (table, tree) in runs.items()}
    scores = pd.DataFrame({name: table[index] for name, table in made.items()}).loc[wanted["uCode"]]
    yield compare("17_compare_multi_scores", scores, wanted[list(runs)])
    places = scores.apply(ranks)
    if (right := read(folder, "17_compare_multi_ranks")) is not None:
        yield compare("17_compare_multi_ranks", places.loc[right["uCode"]], right[list(runs)], exact=True)
    if (right := read(folder, "17_compare_zscore")) is not None:
        pair = places.loc[right["uCode"], ["Nominal", "Zscore"]]
        moved = pair["Nominal"] - pair["Zscore"]
        yield compare("17_compare_zscore", pair.assign(a=moved, b=moved.abs()), right.iloc[:, 1:], exact=True)
    if (right := read(folder, "17_compare_corr_zscore")) is not None:
        both = pd.concat({name: made[name] for name in ("Nominal", "Zscore")}, axis=1)
        both.columns = ["/".join(name) for name in both.columns]
        pairs = [(f"Nominal/{code}", f"Zscore/{code}") for code in right["iCode"]]
        yield compare(
            "17_compare_corr_zscore", pair_correlations(both, pairs, method="spearman")["value"], right["Correlation"]
        )


def cases(folder: Path) -> Iterator[Case]:
    """Every case of the directory."""
    for part in (
        component_cases,
        rank_cases,
        statistic_cases,
        correlation_cases,
        alpha_cases,
        strength_cases,
        removal_cases,
        comparison_cases,
    ):
        yield from guarded(part.__name__, part, folder)
