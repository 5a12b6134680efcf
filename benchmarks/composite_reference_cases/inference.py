"""Confidence sets for ranks against csranks, and joint rank ranges against Klein, Wright and Wieczorek (2020).

``cases(folder)`` reads, where they are there:

30_csranks_*.csv with ``L_min, L_max, U_min, U_max``
    Ends of the sets lie within the range over several seeds of csranks. Rows are grouped by ``data, simultaneous,
    cstype, stepdown``; coverage is 95 %. Where a difference is so near the critical value that few seeds do not settle
    it, the end lies within what three Monte Carlo errors of csranks' own draws (20,000; marginal sets 10,000) allow.
30_csranks_tau_best_worst_<data>_<subject>.csv
    Members of the sets of the best and worst; columns ``best3``, ``worst10``, ...
30_csranks_multinom_exact.csv
    Exact sets for counts, by ``cstype, multcorr, simultaneous``. Stored marginal sets named after Bonferroni are those
    of Holm (they reject p = 0.0033 among 22 tests, above 0.05 / 22), so they differ from ours where the two do.
30_irank_frank_exact.csv
    Ranks and shares of ranks of tied values; omega is the weight of the worst of the shared places.
30_maxt_critical_values.csv
    Critical values, within four Monte Carlo errors of both simulations.
31_klein_wright_wieczorek_*.csv
    Rank ranges by ``data, alpha, method``, exact; the ends of the intervals at rtol 1e-10.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import stats

from composite_reference_cases.results import Case, each, stored
from digital_diplomacy.rankings.inference.confidence_sets import (
    count_rank_sets,
    critical_value,
    joint_rank_ranges,
    rank_sets,
    tau_best,
)
from digital_diplomacy.rankings.places import ranks

LEVEL: Final = 0.95
PEER_DRAWS: Final = {True: 20_000, False: 10_000}  # simultaneous or not
DRAWS: Final = 100_000  # a borderline pair then falls where nearly all seeds of the peer let it fall
SIDE: Final = {"two-sided": "both", "lower": "best", "upper": "worst"}
TIES: Final = {"0": "min", "05": "average", "1": "max"}
INPUT: Final = "30_in_{}.csv"


def cases(folder: Path) -> Iterator[Case]:
    """Name, agreement and detail of every case in ``folder``."""
    for pattern, judge in (
        ("30_csranks_*.csv", _csranks),
        ("30_irank_frank*.csv", _ties),
        ("30_maxt_critical_values*.csv", _critical_values),
        ("31_*.csv", _joint),
    ):
        yield from each(sorted(folder.glob(pattern)), judge)


def _csranks(file: Path) -> Iterator[Case]:
    """The results of csranks, told by their columns."""
    columns = stored(file, nrows=0).columns
    if "L_min" in columns:
        yield from _ranges(file)
    elif "multcorr" in columns:
        yield from _counts(file)
    elif any(re.fullmatch(r"(best|worst)\d+", name) for name in columns):
        yield from _members(file)
    elif not {"se"} & set(columns):  # scores with their errors are inputs of the others
        yield file.stem, None, f"no result is known by its columns {', '.join(columns)}"


def _table(file: Path) -> pd.DataFrame:
    return stored(file, float_precision="round_trip", keep_default_na=False, na_values=["NA", "NaN"])


def _scores(rows: pd.DataFrame, value: str = "score", error: str = "se", name: str = "unit") -> pd.DataFrame:
    kept = rows.dropna(subset=[value, error])
    return pd.DataFrame(
        {
            "entity": kept[name].astype(str).to_numpy(),
            "value": kept[value].to_numpy(float),
            "standard_error": kept[error].to_numpy(float),
        }
    )


def _ends(name: str, units: pd.Series, found: pd.DataFrame, expected: pd.DataFrame) -> Case:
    """``expected``: smallest and largest allowed low and high, and the rank."""
    low, high = found["low"].to_numpy(), found["high"].to_numpy()
    inside = (expected["L_min"] <= low) & (low <= expected["L_max"])
    inside &= (expected["U_min"] <= high) & (high <= expected["U_max"])
    inside &= expected["rank"] == found["value"].to_numpy()
    said = [f"{unit}: {a:g}-{b:g}" for unit, a, b, right in zip(units, low, high, inside, strict=True) if not right]
    return name, bool(inside.all()), "; ".join(said)


def _ranges(file: Path) -> Iterator[Case]:
    for key, rows in _table(file).groupby(["data", "simultaneous", "cstype", "stepdown"], sort=False):
        rows = rows.reset_index(drop=True)
        name, simultaneous = f"{file.name} {' '.join(map(str, key))}", bool(key[1])
        options: dict[str, Any] = {"simultaneous": simultaneous, "side": SIDE[str(key[2])], "stepdown": bool(key[3])}

        def sets(level: float, rows: pd.DataFrame = rows, options: dict[str, Any] = options) -> pd.DataFrame:
            return rank_sets(_scores(rows), level=level, draws=DRAWS, rng=np.random.default_rng(30), **options)

        case = _ends(name, rows["unit"], sets(LEVEL), rows)
        if not case[1]:
            reach = 3 * np.sqrt(LEVEL * (1 - LEVEL) / PEER_DRAWS[simultaneous])
            case = (name, _allowed(sets(LEVEL - reach), sets(LEVEL + reach), rows), case[2])
        yield case


def _allowed(narrow: pd.DataFrame, wide: pd.DataFrame, rows: pd.DataFrame) -> bool:
    """Whether the stored ends lie between those of a level a little lower and a little higher."""
    low = (wide["low"] <= rows["L_min"]) & (rows["L_max"] <= narrow["low"])
    high = (narrow["high"] <= rows["U_min"]) & (rows["U_max"] <= wide["high"])
    return bool((low & high).all())


def _counts(file: Path) -> Iterator[Case]:
    for key, rows in _table(file).groupby(["cstype", "multcorr", "simultaneous"], sort=False):
        rows = rows.reset_index(drop=True)
        given = pd.DataFrame({"entity": rows["category"].astype(str), "value": rows["count"]})
        found = count_rank_sets(
            given, side=SIDE[str(key[0])], correction=str(key[1]).lower(), simultaneous=bool(key[2]), level=LEVEL
        )
        expected = rows.assign(L_min=rows["L"], L_max=rows["L"], U_min=rows["U"], U_max=rows["U"])
        yield _ends(f"{file.name} {' '.join(map(str, key))}", rows["category"], found, expected)


def _members(file: Path) -> Iterator[Case]:
    data, subject = file.stem.removeprefix("30_csranks_tau_best_worst_").rsplit("_", 1)
    source = file.parent / INPUT.format(data)
    if not source.exists():
        return
    given = _scores(_table(source), f"{subject}_score", f"{subject}_se", "jurisdiction")
    expected, rng = _table(file), np.random.default_rng(30)
    for column in expected.columns[1:]:
        kind, tau = re.fullmatch(r"(best|worst)(\d+)", column).groups()  # type: ignore[union-attr]
        found = tau_best(given, int(tau), worst=kind == "worst", level=LEVEL, draws=DRAWS, rng=rng)
        wanted = set(expected.loc[expected[column].astype(str).str.upper() == "TRUE", "unit"])
        differ = sorted(wanted ^ set(found["entity"]))
        yield f"{file.name} {column}", not differ, ", ".join(differ)


def _ties(file: Path) -> Iterator[Case]:
    table = _table(file)
    for column in table.columns[1:]:
        kind, omega, increasing = re.fullmatch(r"(irank|frank)_omega(\d+)(_increasing)?", column).groups()  # type: ignore[union-attr]
        found = ranks(-table["x"] if increasing else table["x"], method=TIES[omega])
        found = found / len(table) if kind == "frank" else found
        agrees = np.allclose(found, table[column], rtol=1e-10, atol=0)
        yield f"{file.name} {column}", agrees, "" if agrees else f"{found.tolist()}"


def _critical_values(file: Path) -> Iterator[Case]:
    for row in _table(file).to_dict("records"):
        data, subject = str(row["data"]).split(" ")
        source = file.parent / INPUT.format(data)
        if not source.exists():
            continue
        given, level = _scores(_table(source), f"{subject}_score", f"{subject}_se", "jurisdiction"), float(row["level"])
        rng = np.random.default_rng(30)
        found = critical_value(given, level=level, draws=DRAWS, rng=rng)
        # Density at the quantile from the neighbouring quantiles; both simulations err, by their numbers of draws.
        near = [critical_value(given, level=level + d, draws=20_000, rng=rng) for d in (-0.005, 0.005)]
        slope = (near[1] - near[0]) / 0.01
        error = slope * np.sqrt(level * (1 - level) * (1 / DRAWS + 1 / float(row["draws"])))
        difference = found - float(row["critical_value"])
        said = f"differs by {difference:.4f}, Monte Carlo error {error:.4f}"
        yield f"{file.name} {row['data']} {level}", abs(difference) <= 4 * error, said


def _joint(file: Path) -> Iterator[Case]:
    for key, rows in _table(file).groupby(["data", "alpha", "method"], sort=False):
        rows = rows.reset_index(drop=True)
        level, method = 1 - float(str(key[1])), str(key[2])
        found = joint_rank_ranges(_scores(rows), method=method, level=level)
        expected = rows.rename(columns={"rank_L": "L_min", "rank_U": "U_min"})
        expected = expected.assign(L_max=expected["L_min"], U_max=expected["U_min"])
        name = f"{file.name} {' '.join(map(str, key))}"
        yield _ends(name, rows["unit"], found, expected)
        each = 1 - (1 - level) / len(rows) if method == "bonferroni" else level ** (1 / len(rows))
        half = stats.norm.ppf((1 + each) / 2) * rows["se"]
        agrees = np.allclose(rows["score"] - half, rows["lower"], rtol=1e-10) and np.allclose(
            rows["score"] + half, rows["upper"], rtol=1e-10
        )
        yield f"{name} intervals", agrees, "ends of the intervals differ"
