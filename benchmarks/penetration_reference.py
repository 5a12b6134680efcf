"""Compares shares, markets, audiences, weighting and adoption curves with results computed elsewhere.

    python benchmarks/penetration_reference.py DIR

DIR holds CSV files (UTF-8); those that are there are read, further columns are ignored. ``case`` names a row in the
report. An empty cell of a result asks for nothing. Lists stand in one cell, separated by ``;``. Numbers agree within
the tolerance named below, relative above 1 and absolute below.

shares.csv (1e-9)
    case, successes, n, method (wilson, jeffreys, clopper_pearson, agresti_coull), level, low, high (0 to 1); optional
    deff (1) and design_df (degrees of freedom of the design, for Korn and Graubard's interval; none).
differences.csv (1e-9)
    case, successes1, n1, successes2, n2, level, difference, low, high (0 to 1, first minus second, Newcombe's hybrid
    score); optional deff1, deff2 (1).
tests.csv (1e-9)
    case, kind, share1, share2, n1, p_value. kind two_proportion: pooled, two-sided, with n2; kind mcnemar: with joint,
    the share of yes to both questions.
chi_square.csv (1e-9)
    One row for each cell of a table of samples and answers: case, sample, answer, count, n (size of the sample);
    optional deff (1). Results in any one row of the case, or in all: statistic, corrected (by the mean design effect),
    df, p_value (of the corrected statistic).
concentration.csv (1e-9)
    case, shares, measure, value, low, high. measure: hhi (0 to 1), hhi_printed (sum of squares of the shares as given),
    concentration_ratio (0 to 1, of the ``k`` largest), shannon (nats), hill_0, hill_1, hill_2, gini (not corrected for
    the number of shares), theil (nats); all but hhi_printed after closure. low and high are the measure's bounds while
    each share stays within lows and highs (lists), and, where ``total`` is given, the shares sum to it; all three
    results empty: no shares within their intervals have that total. Optional: k (3), lows, highs, total.
compositions.csv (1e-9)
    case, kind (closure, clr, ilr, replace_zeros), parts, values; optional small (for replace_zeros). The i-th ilr
    coordinate is sqrt(i / (i + 1)) ln(geometric mean of the first i parts / part i + 1).
frechet.csv (1e-7)
    case, sizes, low, high: fewest and most people on at least at_least of the platforms. sizes is a list of numbers
    (platforms 1, 2, ...) or of name=number; overlaps a list of name&name=number (people on all the named); a range is
    low..high; both results empty: the figures contradict each other. Optional: overlaps, population (number or range;
    none), at_least (1: the union; all: the intersection), among (list of the platforms counted; all).
raking.csv with raking_margins.csv (1e-6)
    raking.csv has one row for each respondent: case, respondent, expected (weight), a column for each variable named in
    the margins, and optional start (weight to start from; 1). raking_margins.csv: case, variable, category, total.
weighted_shares.csv (1e-6)
    Shares of the respondents of raking.csv: case, answer (a column of raking.csv, 1 or 0), share, standard_error (0 to
    1), kish_design_effect; optional method (raking; poststratification needs a case with a single variable).
grim.csv (exact)
    case, percent (as printed), n, possible (true or false).
grim_sizes.csv (exact)
    case, percents (list), n_max, sizes (list).
adoption_*.csv (1e-4)
    See benchmarks/penetration_reference_adoption.py.

Prints how many cases of each kind are within tolerance and lists the others. A case of a kind, method or measure that
is not known here, a file without its columns and one that nothing reads are counted and named; the others are compared.
The exit status is 1 if a case is not within tolerance, 2 if nothing could be compared.
"""

import csv
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from reference_counts import Counts, UnknownCaseError, lacking

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.penetration.audiences.compositions import closure, clr, ilr, replace_zeros
from digital_diplomacy.penetration.audiences.markets import unevenness, unevenness_bounds
from digital_diplomacy.penetration.audiences.people import audience_range
from digital_diplomacy.penetration.surveys.comparisons import mcnemar_p, two_proportion_p
from digital_diplomacy.penetration.surveys.contingency import chi_square
from digital_diplomacy.penetration.surveys.shares import share_difference, users_share
from digital_diplomacy.penetration.surveys.weighting import rake, weighted_share
from digital_diplomacy.printed import grim, grim_sample_sizes

Row = dict[str, str]
Cases = dict[str, list[Row]]
Pairs = list[tuple[str, object, object]]
"""Name of a result, what was found, what is expected: numbers, lists of numbers, truths, or None for "impossible"."""

Result = tuple[str, bool | None, str]
"""Case, whether it agrees (None: not known here), and what was found and expected."""

METHODS: Final = ("wilson", "jeffreys", "clopper_pearson", "agresti_coull")

NAMED: Final = {"entity": "", "group": "", "period": "", "measure": "x", "base": "", "source_id": ""}


def judge_share(rows: list[Row]) -> Pairs:
    row = rows[0]
    _one_of(row, "method", METHODS)
    counts = pd.DataFrame(
        [{**NAMED, "successes": row["successes"], "n": row["n"], "deff": _optional(row, "deff", 1.0)}]
    )
    counts = counts.astype({"successes": float, "n": float})
    df = float(row["design_df"]) if row.get("design_df") else None
    found = users_share(counts, method=row["method"], level=_optional(row, "level", 0.95), design_df=df).iloc[0]
    return [(end, found[end] / 100, _number(row, end)) for end in ("low", "high")]


def judge_difference(rows: list[Row]) -> Pairs:
    row = rows[0]
    sides = [
        {**NAMED, "entity": side, "successes": float(row[f"successes{side}"]), "n": float(row[f"n{side}"]),
         "deff": _optional(row, f"deff{side}", 1.0)} for side in ("1", "2")
    ]  # fmt: skip
    level = _optional(row, "level", 0.95)
    found = share_difference(pd.DataFrame(sides), left="1", right="2", level=level).iloc[0]
    names = {"difference": "value", "low": "low", "high": "high"}
    return [(name, found[column] / 100, _number(row, name)) for name, column in names.items()]


def judge_test(rows: list[Row]) -> Pairs:
    row = rows[0]
    one, two, n = (float(row[name]) for name in ("share1", "share2", "n1"))
    if row["kind"] == "two_proportion":
        return [("p_value", float(two_proportion_p(one, two, n, float(row["n2"]))), _number(row, "p_value"))]
    if row["kind"] == "mcnemar":
        return [("p_value", float(mcnemar_p(one, two, float(row["joint"]), n)), _number(row, "p_value"))]
    raise UnknownCaseError(f"unknown kind {row['kind']!r}")


def judge_chi_square(rows: list[Row]) -> Pairs:
    counts = pd.DataFrame(
        [
            {**NAMED, "group": row["sample"], "measure": row["answer"], "successes": float(row["count"]),
             "n": float(row["n"]), "deff": _optional(row, "deff", 1.0)} for row in rows
        ]
    )  # fmt: skip
    found = chi_square(counts).set_index("measure")["value"]
    names = {"statistic": "chi_square", "corrected": "chi_square_corrected", "df": "degrees_of_freedom"}
    names["p_value"] = "p_value"
    expected = {name: next((_number(row, name) for row in rows if row.get(name)), None) for name in names}
    return [(name, found[code], expected[name]) for name, code in names.items() if expected[name] is not None]


def judge_concentration(rows: list[Row]) -> Pairs:
    row = rows[0]
    shares, measure, k = _list(row["shares"]), row["measure"], int(_optional(row, "k", 3))
    measures = {**unevenness(shares, k=k), "hhi_printed": float((shares**2).sum())}
    _one_of(row, "measure", tuple(measures))
    value = float(measures[measure])
    found: Pairs = [("value", value, _number(row, "value"))]
    if not row.get("lows"):
        return found
    lows, highs = _list(row["lows"]), _list(row["highs"])
    total = float(row["total"]) if row.get("total") else None
    bounds = unevenness_bounds(lows, highs, total=total, k=k)
    if bounds is None or not (row.get("value") or row.get("low") or row.get("high")):
        return [("bounds", bounds, (row["low"], row["high"]) if row.get("low") or row.get("high") else None)]
    low, high = bounds["hhi" if measure == "hhi_printed" else measure]
    if measure == "hhi_printed":
        low, high = (low * total**2, high * total**2) if total else ((lows**2).sum(), (highs**2).sum())
    return [*found, ("low", low, _number(row, "low")), ("high", high, _number(row, "high"))]


def judge_composition(rows: list[Row]) -> Pairs:
    row = rows[0]
    parts = _list(row["parts"])
    kinds: dict[str, Callable[[], object]] = {
        "closure": lambda: closure(parts),
        "clr": lambda: clr(parts),
        "ilr": lambda: ilr(parts),
        "replace_zeros": lambda: replace_zeros(parts, float(row["small"])),
    }
    _one_of(row, "kind", tuple(kinds))
    return [("values", kinds[row["kind"]](), _list(row["values"]))]


def judge_frechet(rows: list[Row]) -> Pairs:
    row = rows[0]
    figures = _figures(row["sizes"]) | _figures(row.get("overlaps", ""))
    population = _range(row["population"]) if row.get("population") else None
    among = [name.strip() for name in row["among"].split(";")] if row.get("among") else None
    counted = int(_optional(row, "at_least", 1))
    found = audience_range(figures, population=population, at_least=counted, among=among)
    if found is None or not (row["low"] or row["high"]):
        impossible = not (row["low"] or row["high"])
        return [("bounds", found, None if impossible else (row["low"], row["high"]))]
    return [(end, at, _number(row, end)) for end, at in zip(("low", "high"), found, strict=True)]


def judge_raking(rows: list[Row], margins: list[Row]) -> Pairs:
    weights = rake(*_survey(rows, margins), weight="start")["weight"]
    return [
        (row["respondent"], float(weight), _number(row, "expected")) for row, weight in zip(rows, weights, strict=True)
    ]


def judge_weighted_share(row: Row, rows: list[Row], margins: list[Row]) -> Pairs:
    people, totals = _survey(rows, margins)
    method, answer = row.get("method") or "raking", row["answer"]
    _one_of({"method": method}, "method", ("raking", "poststratification"))
    if method == "poststratification":
        if len(totals["variable"].unique()) != 1:
            raise UnknownCaseError("post-stratification is compared for a single variable only")
        totals = totals.drop(columns="variable").rename(columns={"category": totals["variable"].iloc[0]})
    found = weighted_share(
        people.assign(**{answer: people[answer].replace("", None).astype(float)}),
        totals, answer=answer, entity="", period="", source_id="", method=method, weight="start",
    ).set_index("measure")["value"]  # fmt: skip
    values = {"share": found[answer] / 100, "standard_error": found["standard_error"] / 100}
    values["kish_design_effect"] = found["kish_design_effect"]
    return [(name, value, _number(row, name)) for name, value in values.items()]


def judge_grim(rows: list[Row]) -> Pairs:
    row = rows[0]
    return [("possible", grim(row["percent"], int(row["n"])), row["possible"].strip().casefold() in ("true", "1"))]


def judge_grim_sizes(rows: list[Row]) -> Pairs:
    row = rows[0]
    percents = [text.strip() for text in row["percents"].split(";")]
    return [
        ("sizes", grim_sample_sizes(percents, n_max=int(row["n_max"])), [int(size) for size in _list(row["sizes"])])
    ]


def _one_of(row: Row, name: str, known: tuple[str, ...]) -> None:
    if row[name] not in known:
        raise UnknownCaseError(f"unknown {name} {row[name]!r}; known: {', '.join(known)}")


KINDS: Final[dict[str, tuple[Callable[[list[Row]], Pairs], float, tuple[str, ...]]]] = {
    "shares": (judge_share, 1e-9, ("successes", "n", "method", "low", "high")),
    "differences": (judge_difference, 1e-9, ("successes1", "n1", "successes2", "n2")),
    "tests": (judge_test, 1e-9, ("kind", "share1", "share2", "n1", "p_value")),
    "chi_square": (judge_chi_square, 1e-9, ("sample", "answer", "count", "n")),
    "concentration": (judge_concentration, 1e-9, ("shares", "measure")),
    "compositions": (judge_composition, 1e-9, ("kind", "parts", "values")),
    "frechet": (judge_frechet, 1e-7, ("sizes", "low", "high")),
    "grim": (judge_grim, 0.0, ("percent", "n", "possible")),
    "grim_sizes": (judge_grim_sizes, 0.0, ("percents", "n_max", "sizes")),
}
LONG: Final = ("chi_square",)  # several rows a case
WEIGHTS: Final = 1e-6


def run(directory: Path) -> Iterator[tuple[str, list[Result]]]:
    """Each kind of case that the directory holds, with its results."""
    for kind, (judge, tolerance, columns) in KINDS.items():
        rows, unusable = _loaded(directory, kind, columns)
        cases = _cases(rows) if kind in LONG else [(row["case"], [row]) for row in rows]
        yield kind, unusable + [_judge(case, tolerance, judge, own) for case, own in cases]
    respondents, no_people = _loaded(directory, "raking", ("respondent", "expected"))
    totals, no_margins = _loaded(directory, "raking_margins", ("variable", "category", "total"))
    shares, no_shares = _loaded(directory, "weighted_shares", ("answer", "share", "standard_error"))
    people, margins = dict(_cases(respondents)), dict(_cases(totals))
    judged = [_judge(case, WEIGHTS, judge_raking, own, margins.get(case, [])) for case, own in people.items()]
    yield "raking", no_people + no_margins + judged
    surveys = [(row, people.get(row["case"], []), margins.get(row["case"], [])) for row in shares]
    judged = [
        _judge(f"{given[0]['case']} {given[0]['answer']}", WEIGHTS, judge_weighted_share, *given) for given in surveys
    ]
    yield "weighted_shares", no_shares + judged
    yield "adoption", adoption(directory)
    named = {*KINDS, "raking", "raking_margins", "weighted_shares"}
    others = [path.name for path in sorted(directory.glob("*.csv")) if path.stem not in named]
    yield "files", [(name, None, "nothing reads it") for name in others if not name.startswith("adoption_")]


def _loaded(directory: Path, kind: str, columns: tuple[str, ...]) -> tuple[list[Row], list[Result]]:
    """The rows of a kind, and what is to be said if its file cannot be used or is empty."""
    path = directory / f"{kind}.csv"
    try:
        rows = load(path, columns)
    except (UnknownCaseError, UnicodeDecodeError) as error:
        return [], [(path.name, None, str(error))]
    return rows, [(path.name, None, "it has no rows")] if path.exists() and not rows else []


def load(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a file, none if there is no such file.

    Raises
    ------
    UnknownCaseError
        If a column is missing.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        lacking(path, list(reader.fieldnames or []), ("case", *columns))
        return [{name: cell or "" for name, cell in row.items() if name} for row in reader]


def _cases(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    found: Cases = {}
    for row in rows:
        found.setdefault(row["case"], []).append(row)
    return list(found.items())


def _judge(case: str, tolerance: float, judge: Callable[..., Pairs], *given: object) -> Result:
    """An answer that cannot be computed is a miss, a case that is not known none; the others go on."""
    try:
        found = judge(*given)
    except UnknownCaseError as error:
        return case, None, str(error)
    except (ValueError, KeyError, DigitalDiplomacyError) as error:
        return case, False, f"{type(error).__name__}: {error}"
    wrong = [f"{name}: found {got}, expected {want}" for name, got, want in found if not _agrees(got, want, tolerance)]
    return case, not wrong, "; ".join(wrong[:5])


def _agrees(found: object, expected: object, tolerance: float) -> bool:
    if isinstance(expected, float) and np.isnan(expected):
        return True  # an empty cell asks for nothing
    if found is None or expected is None or isinstance(expected, (bool, tuple)):
        return found is expected
    got, want = np.atleast_1d(np.asarray(found, dtype=float)), np.atleast_1d(np.asarray(expected, dtype=float))
    if got.shape != want.shape:
        return False
    return bool(((got == want) | (np.abs(got - want) <= tolerance * np.maximum(1.0, np.abs(want)))).all())


def _number(row: Row, name: str) -> float:
    return float(row[name]) if row.get(name) else np.nan


def _optional(row: Row, name: str, default: float) -> float:
    return float(row[name]) if row.get(name) else default


def _list(cell: str) -> np.ndarray:
    return np.array([float(text) for text in cell.split(";") if text.strip()])


def _range(text: str) -> tuple[float, float]:
    low, _, high = text.partition("..")
    return float(low), float(high or low)


def _figures(cell: str) -> dict[frozenset[str], tuple[float, float]]:
    found = {}
    for place, text in enumerate((part for part in cell.split(";") if part.strip()), 1):
        name, _, figure = text.rpartition("=")
        key = frozenset(part.strip() for part in (name or str(place)).split("&"))
        found[key] = _range(figure)
    return found


def _survey(rows: list[Row], margins: list[Row]) -> tuple[pd.DataFrame, pd.DataFrame]:
    if not rows or not margins:
        raise UnknownCaseError("there are no respondents, or no margins, of this case")
    people = pd.DataFrame(rows).assign(start=[_optional(row, "start", 1.0) for row in rows])
    return people, pd.DataFrame(margins)[["variable", "category", "total"]]


def adoption(directory: Path) -> list[Result]:
    """Results of the adoption curves; none if the directory has no such files.

    The module fits curves, which takes a while to import and to run, so it is loaded only when there is work for it.
    """
    path = Path(__file__).with_name("penetration_reference_adoption.py")
    if not path.exists() or not any(directory.glob("**/adoption*.csv")):
        return []
    spec = importlib.util.spec_from_file_location("penetration_reference_adoption", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [(case, agrees, said) for case, agrees, said in module.run(directory)]


def main(arguments: list[str]) -> int:
    """Print the counts of each kind and every miss."""
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    directory = Path(arguments[0])
    if not directory.is_dir():
        print(f"{directory} is no directory")
        return 2
    counts = Counts()
    for kind, results in run(directory):
        for case, agrees, said in results:
            counts.add(kind, case, agrees, said)
    return counts.show()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
