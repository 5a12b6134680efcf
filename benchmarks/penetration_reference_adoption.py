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

Only files that exist are compared; a model, a ceiling's parameter or a country that is not known here is counted and
named. A number agrees within 1e-4, absolute up to 1 and relative above; coverage within
half a forecast.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from reference_counts import UnknownCaseError, lacking

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

Case = tuple[str, bool | None, str]

INPUT: Final = ("iso3", "year", "value")
FIT: Final = ("iso3", "model", "cap", "n", "par1", "v1", "par2", "v2", "par3", "v3", "rss", "sigma", "aic", "at_cap")
PREDICTION: Final = ("iso3", "model", "cap", "year", "fit", "pi95_lower", "pi95_upper")
BACKTEST: Final = ("iso3", "model", "origin", "h", "forecast", "lower", "upper", "actual", "error")
SUMMARY: Final = ("model", "h", "mae", "covered")


def run(directory: Path | str) -> list[Case]:
    """Every case: its name, whether it agrees (None: not known here), and the largest difference found in it."""
    folder = Path(directory)
    folder = folder / "adoption" if (folder / "adoption").is_dir() else folder
    if not (folder / "adoption_input.csv").is_file():
        return []
    cases: list[Case] = []
    for name, part in (("adoption_fit.csv", _fitted), ("adoption_backtest.csv", _backtested)):
        if (folder / name).is_file():
            try:
                cases += part(folder, _table(folder / "adoption_input.csv", INPUT), name)
            except UnknownCaseError as error:
                cases.append((name, None, str(error)))
    return cases


def _fitted(folder: Path, observed: pd.DataFrame, name: str) -> Iterator[Case]:
    later = folder / "adoption_prediction.csv"
    yield from _fits(
        observed, _table(folder / name, FIT), _table(later, PREDICTION) if later.is_file() else pd.DataFrame()
    )


def _backtested(folder: Path, observed: pd.DataFrame, name: str) -> Iterator[Case]:
    wanted = _table(folder / name, BACKTEST)
    is_known = wanted["model"].isin(MODELS) & wanted["iso3"].isin(observed["iso3"])
    for country, model in wanted.loc[~is_known, ["iso3", "model"]].drop_duplicates().itertuples(index=False):
        yield f"back-test {country} {model}", None, "the model, or the country, is not known"
    summary = folder / "adoption_backtest_summary.csv"
    means = _table(summary, SUMMARY) if summary.is_file() else pd.DataFrame()
    if is_known.any():
        yield from _backtest(observed, wanted[is_known], means)


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """A reference table; Namibia's code is no missing value."""
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    lacking(path, list(frame), columns)
    return frame


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
    return name, worst <= tolerance, f"largest difference {worst:g}"


def _fits(observed: pd.DataFrame, wanted: pd.DataFrame, later: pd.DataFrame) -> Iterator[Case]:
    for row in wanted.to_dict("records"):
        past = observed[observed["iso3"] == row["iso3"]].sort_values("year").head(int(row["n"]))
        cap = None if pd.isna(row["cap"]) else float(row["cap"])
        series = _series(past)
        settings: dict[str, Any] = {"models": [row["model"]], "ceiling_max": cap}
        name = f"{row['iso3']} {row['model']} {'no bound' if cap is None else f'up to {cap:g}'}"
        named = {row[f"par{place}"] for place in (1, 2, 3)}
        if past.empty or row["model"] not in MODELS or not named <= PARAMETERS.keys():
            yield name, None, "the model, a parameter of it, or the country is not known"
            continue
        fit = fits.adoption_fits(series, **settings).iloc[0]
        shift = fits.EPOCH - (int(past["year"].min()) - 1)
        names = [PARAMETERS[row[f"par{place}"]] for place in (1, 2, 3)]
        values = [fit[column] + (shift if column == "inflection" else 0) for column in names]
        yield _compared(f"{name}: parameters", values, [row["v1"], row["v2"], row["v3"]])
        yield _compared(
            f"{name}: fit", [fit["rss"], fit["residual_sd"], fit["aic"]], [row["rss"], row["sigma"], row["aic"]]
        )
        at_cap = cap is not None and fit["ceiling"] >= cap * (1 - 1e-6)
        yield f"{name}: at the bound", at_cap == (str(row["at_cap"]).upper() == "TRUE"), ""
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
        name = f"back-test summary {row['model']} {row['h']}"
        if (MODELS.get(row["model"]), row["h"]) not in own.index:
            yield name, None, "the model, or the horizon, is not known"
            continue
        found = own.loc[(MODELS[row["model"]], row["h"])]
        yield _compared(f"{name}: error", [found["miss"]["mean"]], [row["mae"]])
        half = 0.5 / float(found["covered"]["size"])
        yield _compared(f"{name}: coverage", [found["covered"]["mean"]], [row["covered"]], tolerance=half)
