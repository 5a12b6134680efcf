"""Compares adoption curves and their back-test with reference results; `penetration_reference.py` runs this module.

The directory (or its folder ``adoption``) holds

adoption_input.csv
    ``iso3, year, value``: percent of the base.
adoption_fit.csv
    ``iso3, model, cap, n, par1, v1, par2, v2, par3, v3, rss, sigma, aic, at_cap``: curves fitted to the first n years
    of a country; cap is the largest ceiling allowed, empty for none. Parameters are the ceiling ``L`` and ``k, t0`` or
    ``p, q``, with time counted from one year before the country's first observation.
adoption_prediction.csv
    ``iso3, model, cap, year, fit, pi95_lower, pi95_upper``: the same curves in later years.
adoption_backtest.csv
    ``iso3, model, origin, h, forecast, lower, upper, actual, error, covered``: ceilings up to 100; models ``logistic``,
    ``gompertz``, ``bass``, ``drift``, ``last_value``; the last two have no interval.
adoption_backtest_summary.csv
    ``model, h, mae, covered``: means over adoption_backtest.csv.

Only files that exist are compared. A number agrees within 1e-4, absolute up to 1 and relative above; coverage within
half a forecast.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.penetration.adoption import backtest, fits

TOLERANCE: Final = 1e-4
MODELS: Final = {
    "logistic": "logistic",
    "gompertz": "gompertz",
    "bass": "bass",
    "drift": "drift",
    "last_value": "naive",
}
PARAMETERS: Final = {"L": "ceiling", "k": "rate", "t0": "inflection", "p": "innovation", "q": "imitation"}

Case = tuple[str, bool, float]


def run(directory: Path | str) -> list[Case]:
    """Every case: its name, whether it agrees, and the largest difference found in it."""
    folder = Path(directory)
    folder = folder / "adoption" if (folder / "adoption").is_dir() else folder
    if not (folder / "adoption_input.csv").is_file():
        return []
    observed = pd.read_csv(folder / "adoption_input.csv", keep_default_na=False)
    cases: list[Case] = []
    if (folder / "adoption_fit.csv").is_file():
        wanted = _table(folder / "adoption_fit.csv")
        later = folder / "adoption_prediction.csv"
        cases += _fits(observed, wanted, _table(later) if later.is_file() else pd.DataFrame())
    if (folder / "adoption_backtest.csv").is_file():
        wanted = _table(folder / "adoption_backtest.csv")
        summary = folder / "adoption_backtest_summary.csv"
        cases += _backtest(observed, wanted, _table(summary) if summary.is_file() else pd.DataFrame())
    return cases


def _table(path: Path) -> pd.DataFrame:
    """A reference table; Namibia's code is no missing value."""
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def _series(observed: pd.DataFrame) -> pd.DataFrame:
    named = {"entity": observed["iso3"], "period": observed["year"].astype(str), "value": observed["value"]}
    # The reference intervals are in points; those of a share in percent are not.
    constants = {"group": "", "measure": "internet_users_pct", "unit": "persons", "base": "population", "n": None}
    ends = {"low": None, "high": None, "interval": "none", "level": None, "source_id": "reference"}
    return pd.DataFrame(named).assign(**constants, **ends)


def _compared(name: str, found: Sequence[float], expected: Sequence[float], *, tolerance: float = TOLERANCE) -> Case:
    """Differences relative to numbers above 1; where the reference has no number none is asked for."""
    pairs = [(float(a), float(b)) for a, b in zip(found, expected, strict=True) if not pd.isna(b)]
    gaps = [abs(a - b) / max(1.0, abs(b)) for a, b in pairs]
    worst = max((float("inf") if pd.isna(gap) else gap for gap in gaps), default=0.0)
    return name, worst <= tolerance, worst


def _fits(observed: pd.DataFrame, wanted: pd.DataFrame, later: pd.DataFrame) -> Iterator[Case]:
    for row in wanted.to_dict("records"):
        past = observed[observed["iso3"] == row["iso3"]].sort_values("year").head(int(row["n"]))
        cap = None if pd.isna(row["cap"]) else float(row["cap"])
        series = _series(past)
        settings: dict[str, Any] = {"models": [row["model"]], "ceiling_max": cap}
        fit = fits.adoption_fits(series, **settings).iloc[0]
        name = f"{row['iso3']} {row['model']} {'no bound' if cap is None else f'up to {cap:g}'}"
        shift = fits.EPOCH - (int(past["year"].min()) - 1)
        names = [PARAMETERS[row[f"par{place}"]] for place in (1, 2, 3)]
        values = [fit[column] + (shift if column == "inflection" else 0) for column in names]
        yield _compared(f"{name}: parameters", values, [row["v1"], row["v2"], row["v3"]])
        yield _compared(
            f"{name}: fit", [fit["rss"], fit["residual_sd"], fit["aic"]], [row["rss"], row["sigma"], row["aic"]]
        )
        at_cap = cap is not None and fit["ceiling"] >= cap * (1 - 1e-6)
        yield f"{name}: at the bound", at_cap == (str(row["at_cap"]).upper() == "TRUE"), 0.0
        if len(later):
            yield from _predictions(name, series, settings, _same_fit(later, row))


def _same_fit(later: pd.DataFrame, row: dict[Any, Any]) -> pd.DataFrame:
    same = (later["iso3"] == row["iso3"]) & (later["model"] == row["model"])
    same &= later["cap"].isna() if pd.isna(row["cap"]) else later["cap"] == row["cap"]
    found: pd.DataFrame = later.loc[same]
    return found


def _predictions(name: str, series: pd.DataFrame, settings: dict[str, Any], wanted: pd.DataFrame) -> Iterator[Case]:
    periods = [str(int(year)) for year in wanted["year"]]
    found = fits.adoption_forecast(series, periods=periods, **settings)
    for made, row in zip(found.to_dict("records"), wanted.to_dict("records"), strict=True):
        expected = [row["fit"], row["pi95_lower"], row["pi95_upper"]]
        yield _compared(f"{name}: {made['period']}", [made["value"], made["low"], made["high"]], expected)


def _backtest(observed: pd.DataFrame, wanted: pd.DataFrame, summary: pd.DataFrame) -> Iterator[Case]:
    made = backtest.adoption_backtest(
        _series(observed[observed["iso3"].isin(wanted["iso3"])]),
        origins=[str(origin) for origin in sorted(wanted["origin"].unique())],
        horizons=[int(horizon) for horizon in sorted(wanted["h"].unique())],
        least=5,
    )
    keyed = wanted.assign(named=wanted["model"].map(MODELS), origin=wanted["origin"].astype(str))
    both = keyed.merge(
        made,
        how="left",
        left_on=["iso3", "named", "origin", "h"],
        right_on=["entity", "model", "origin", "horizon"],
        suffixes=("", "_made"),
        validate="one_to_one",
    )
    for row in both.to_dict("records"):
        name = f"back-test {row['iso3']} {row['model']} {row['origin']}+{row['h']}"
        found = [row["value"], row["low"], row["high"], row["actual_made"], row["error_made"]]
        expected = [row["forecast"], row["lower"], row["upper"], row["actual"], row["error"]]
        yield _compared(name, found, expected)
    own = made.assign(miss=made["error"].abs()).groupby(["model", "horizon"])[["miss", "covered"]].agg(["mean", "size"])
    for row in summary.to_dict("records"):
        found = own.loc[(MODELS[row["model"]], row["h"])]
        name = f"back-test summary {row['model']} {row['h']}"
        yield _compared(f"{name}: error", [found["miss"]["mean"]], [row["mae"]])
        half = 0.5 / float(found["covered"]["size"])
        yield _compared(f"{name}: coverage", [found["covered"]["mean"]], [row["covered"]], tolerance=half)
