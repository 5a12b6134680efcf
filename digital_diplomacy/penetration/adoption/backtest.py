"""Forecasts from the past set against what came: curves, a straight drift and the last value, over many countries."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.adoption.curves import student
from digital_diplomacy.penetration.adoption.forecasts import (
    BASELINES,
    CURVES,
    LARGEST_HORIZON,
    REASONS,
    Series,
    all_series,
    check_ceilings,
    check_horizons,
    check_level,
    check_models,
    forecast,
)
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates
from digital_diplomacy.penetration.surveys.shares import share_interval
from digital_diplomacy.tables import PAIRS, validate

HORIZONS: Final = (1, 2, 3, 4, 5)  # years ahead
LEAST_OBSERVATIONS: Final = 10  # before the first forecast of a series

_CELL: Final = ["entity", "measure", "source_id", "origin", "horizon"]
_SAME_DAY: Final = 1e-6  # years


def _number() -> pa.Column:
    return pa.Column(float, nullable=True, coerce=True)


BACKTEST: Final = pa.DataFrameSchema(
    {
        **{name: pa.Column(str, coerce=True) for name in ("entity", "measure", "source_id", "model", "origin")},
        "horizon": pa.Column(int, pa.Check.in_range(1, LARGEST_HORIZON), coerce=True),
        "period": pa.Column(str, coerce=True),
        "n": pa.Column(int, coerce=True),
        **{name: _number() for name in ("value", "low", "high", "level")},
        "actual": pa.Column(float, coerce=True),
        "error": _number(),
        "covered": _number(),
        "unit": pa.Column(str, coerce=True),
        "reason": pa.Column(str, pa.Check.isin(("", *REASONS)), coerce=True),
    },
    unique=[*_CELL, "model"],
    strict=True,
    name="backtest",
)
"""One row a forecast: made at ``origin`` from the ``n`` observations up to it for ``period``, ``horizon`` years later;
value and prediction interval, what was observed, error (forecast minus observed, in ``unit``), whether the interval
covers it (1 or 0, missing without an interval), and the reason if there is no forecast."""


def adoption_backtest(
    series: pd.DataFrame,
    *,
    models: Sequence[str] = (*CURVES, *BASELINES),
    origins: Sequence[str] | None = None,
    horizons: Sequence[int] = HORIZONS,
    least: int = LEAST_OBSERVATIONS,
    ceiling_max: float | None = 100.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Forecasts from rolling origins beside what was then observed; nothing after an origin is used for its forecasts.

    Parameters
    ----------
    series : DataFrame
        Estimates, as `adoption.adoption_fits` takes them.
    models : sequence of str
        Of ``CURVES`` and ``BASELINES``.
    origins : sequence of str, optional
        Dates of last observations; by default every observation with at least ``least`` before and including it.
    horizons : sequence of int
        Whole years ahead, 1 to 10; one named twice counts once.
    least : int
        Observations needed at an origin.
    ceiling_max : float, optional
        As in `adoption.adoption_fits`.
    level : float
        Of the prediction intervals, above 0 and below 1.

    Returns
    -------
    DataFrame
        ``BACKTEST``, only for periods that were observed. A model that cannot be estimated at an origin has rows with
        the reason and no forecast.

    Raises
    ------
    TableError, ValueError
        As in `adoption.adoption_forecast`; and if a horizon is not a whole number from 1 to 10.

    References
    ----------
    Tashman 2000, International Journal of Forecasting 16, 437-450.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2012)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 20.0 + 2 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> found = penetration.adoption_backtest(series, models=["naive"], origins=["2009"], horizons=[1, 2])
    >>> found[["origin", "period", "value", "actual"]].round(2)  # the last value, 38, beside what came
      origin period  value  actual
    0   2009   2010   38.0    40.0
    1   2009   2011   38.0    42.0
    """
    check_level(level)
    check_models(models, (*CURVES, *BASELINES))
    check_ceilings(ceiling_max)
    check_horizons(horizons)
    chosen = None if origins is None else [years(origin) for origin in origins]
    records = [
        record
        for one in all_series(series, ceiling_max=ceiling_max)
        for past, targets in _cuts(one, chosen, list(dict.fromkeys(horizons)), least)
        for model in models
        for record in _records(past, model, targets, ceiling_max=ceiling_max, level=level)
    ]
    return validate(pd.DataFrame(records, columns=list(BACKTEST.columns)), BACKTEST, where="adoption")


def backtest_summary(backtest: pd.DataFrame) -> pd.DataFrame:
    """Coverage of the prediction intervals and mean absolute error, by model and horizon.

    Parameters
    ----------
    backtest : DataFrame
        ``BACKTEST`` of one measure, source and level.

    Returns
    -------
    DataFrame
        Estimates, entity ``WORLD``, group the model, period the first and last one forecast:
        ``adoption_coverage_h<years>`` (percent of the forecasts), ``adoption_error_h<years>`` (percentage points for
        percent), and ``adoption_not_estimated``, how many forecasts a model could not make. Models are compared on the
        same forecasts: a country's origin and horizon counts if every model answers. Forecasts of one country resemble
        each other, so the confidence intervals take countries as the units drawn; for one country there is none.

    Raises
    ------
    TableError
        If the table is not ``BACKTEST``.
    ValueError
        If it holds several measures, sources or levels.

    References
    ----------
    Cochran 1977, Sampling Techniques, section 6.3 (variance of a ratio). Korn & Graubard 1998, Survey Methodology 24,
    193-201 (shares with a design effect, here with Wilson's interval). Coverage that is far below its level tells that
    the errors are not what the method assumes.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2012)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 20.0 + 2 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> made = penetration.adoption_backtest(series, models=["naive"], origins=["2008", "2009"], horizons=[1])
    >>> found = penetration.backtest_summary(made)
    >>> found.loc[found["measure"] == "adoption_error_h1", ["group", "value", "n"]].round(6)  # 2 points a year
       group  value    n
    0  naive    2.0  1.0
    """
    table = _one_table(backtest)
    if table.empty:
        return estimates(table.assign(group="", low=math.nan, high=math.nan))
    level = float(table["level"].iloc[0])
    named = {"entity": "WORLD", "period": f"{table['period'].min()}/{table['period'].max()}"}
    named["source_id"] = table["source_id"].iloc[0]
    rows: list[dict[str, object]] = []
    for (model, horizon), part in _answered(table).groupby(["model", "horizon"], sort=False):
        common = {**named, "group": str(model), "level": level, "base": "forecasts", "interval": "confidence"}
        error = {"measure": f"adoption_error_h{horizon}", "unit": _difference(part), **_mean_error(part, level)}
        rows += [{**common, **error}, {**common, "measure": f"adoption_coverage_h{horizon}", **_coverage(part, level)}]
    missing = table["value"].isna().groupby(table["model"], sort=False).agg(["sum", "size"])
    counted = {"measure": "adoption_not_estimated", "unit": "count", "base": "forecasts"}
    rows += [
        {**named, **counted, "group": str(model), "value": float(cell["sum"]), "n": float(cell["size"])}
        for model, cell in missing.iterrows()
    ]
    frame = pd.DataFrame(rows, columns=[*named, *counted, "group", "value", "low", "high", "interval", "level", "n"])
    return estimates(frame.assign(level=frame["level"].where(frame["low"].notna())))


def backtest_reading(summary: pd.DataFrame) -> pd.DataFrame:
    """What a summary says of the intervals, one row for each horizon.

    Parameters
    ----------
    summary : DataFrame
        From `backtest_summary`.

    Returns
    -------
    DataFrame
        ``horizon`` (years), ``level``, ``least_pct`` and ``most_pct`` (percent of the intervals of a model that contain
        what came, fewest and most of all models) with ``least_model`` and ``most_model``, and ``reading``:
        ``intervals_narrow`` if the upper end of every model's coverage is below the level, ``intervals_hold`` if none
        is, ``intervals_differ`` if some are. Without an interval of the coverage, that is with one country, there is no
        row.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"group": ["drift", "bass"], "value": [85.0, 95.0], "measure": "adoption_coverage_h1",
    ...     "high": [88.0, 97.0], "level": 0.95})
    >>> penetration.backtest_reading(rows)[["least_model", "most_pct", "reading"]].to_numpy().tolist()
    [['drift', 95.0, 'intervals_differ']]
    """
    records = []
    for horizon in range(1, LARGEST_HORIZON + 1):
        covered = _told(summary, f"adoption_coverage_h{horizon}")
        if covered.empty:
            continue
        least, most = covered.iloc[0], covered.iloc[-1]
        short = covered["high"] < 100 * covered["level"]
        reading = "intervals_narrow" if short.all() else "intervals_differ" if short.any() else "intervals_hold"
        told = {"horizon": horizon, "level": least["level"], "least_pct": least["value"], "least_model": least["group"]}
        records.append({**told, "most_pct": most["value"], "most_model": most["group"], "reading": reading})
    columns = ["horizon", "level", "least_pct", "least_model", "most_pct", "most_model", "reading"]
    return pd.DataFrame(records, columns=columns)


def _told(summary: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of a measure that have an interval, the smallest value first."""
    rows = summary[summary["measure"] == measure]
    return rows.dropna(subset=["value", "high"]).sort_values("value", kind="stable")


def backtest_best(backtest: pd.DataFrame) -> pd.DataFrame:
    """The model with the smallest mean error of each horizon, and which others cannot be told from it.

    Models are compared on the same forecasts (`backtest_comparison`), which tells apart what two separate intervals of
    their errors may leave open.

    Parameters
    ----------
    backtest : DataFrame
        ``BACKTEST`` of one measure, source and level.

    Returns
    -------
    DataFrame
        ``horizon`` (years), ``group`` (the model) and ``top`` (its mean absolute error), ``second_group`` (of those not
        told from it the one with the smallest error), ``alike`` (how many they are) of ``rivals`` (the other models)
        and ``case``: ``clear`` or ``close``. No row for a horizon without an interval or without a second model.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = [(code, 2000 + t, 20 + step * t * t) for code, step in [("KAZ", 0.2), ("UZB", 0.3)] for t in range(12)]
    >>> table = pd.DataFrame(rows, columns=["iso3", "year", "internet_users_pct"])
    >>> series = penetration.internet_users(table, countries=["KAZ", "UZB"])
    >>> made = penetration.adoption_backtest(series, models=["naive", "drift"], origins=["2010"], horizons=[1])
    >>> penetration.backtest_best(made)[["group", "alike", "rivals", "case"]]  # errors 2.2, 3.3; naive 4.2, 6.3
       group  alike  rivals   case
    0  drift      1       1  close
    """
    summary, records = backtest_summary(backtest), []
    for horizon in range(1, LARGEST_HORIZON + 1):
        errors = _told(summary, f"adoption_error_h{horizon}")
        if len(errors) < 2:
            continue
        best, others = errors.iloc[0], errors.iloc[1:]
        pairs = backtest_comparison(backtest, against=str(best["group"]))
        pairs = pairs[pairs["measure"] == f"adoption_error_difference_h{horizon}"]
        alike = others[others["group"].isin(pairs.loc[~(pairs["low"] > 0), "left"])]
        row = {"horizon": horizon, "group": best["group"], "top": best["value"], "alike": len(alike)}
        row |= {"second_group": (alike if len(alike) else others)["group"].iloc[0], "rivals": len(others)}
        records.append({**row, "case": "close" if len(alike) else "clear"})
    return pd.DataFrame(records, columns=["horizon", "group", "top", "second_group", "alike", "rivals", "case"])


def backtest_unanswered(backtest: pd.DataFrame) -> pd.DataFrame:
    """Horizons for which some of the years that forecasts were made in have no outcome yet in any country.

    Parameters
    ----------
    backtest : DataFrame
        ``BACKTEST``, which has rows for periods that were observed alone.

    Returns
    -------
    DataFrame
        ``horizon`` (years), ``made`` (origins whose forecasts that far ahead have an outcome) and ``unanswered`` (those
        of the other horizons that have none), both in order. No row for a horizon that every origin answers.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = range(2000, 2012)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": [2.0 * (t - 1999) for t in years]})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> made = penetration.adoption_backtest(series, models=["naive"], origins=["2009", "2010"], horizons=[1, 2])
    >>> penetration.backtest_unanswered(made).to_numpy().tolist()  # 2010 and two years are 2012
    [[2, '2009', '2010']]
    """
    every, records = set(backtest["origin"]), []
    for horizon, part in backtest.groupby("horizon"):
        known = set(part["origin"])
        if known < every:
            told = {"made": ", ".join(sorted(known)), "unanswered": ", ".join(sorted(every - known))}
            records.append({"horizon": horizon, **told})
    return pd.DataFrame(records, columns=["horizon", "made", "unanswered"])


def backtest_comparison(backtest: pd.DataFrame, *, against: str = "drift") -> pd.DataFrame:
    """Mean difference of absolute errors between each model and one of them, on the same forecasts.

    Parameters
    ----------
    backtest : DataFrame
        ``BACKTEST`` of one measure, source and level.
    against : str
        The model compared with.

    Returns
    -------
    DataFrame
        Pairs, measure ``adoption_error_difference_h<years>``; above 0: the left model errs more. Confidence intervals
        take countries as the units drawn.

    Raises
    ------
    TableError
        If the table is not ``BACKTEST``.
    ValueError
        If it holds several measures, sources or levels, or ``against`` is not in it.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2012)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 20.0 + 2 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> models = ["naive", "drift"]
    >>> made = penetration.adoption_backtest(series, models=models, origins=["2008", "2009"], horizons=[1])
    >>> found = penetration.backtest_comparison(made, against="naive")
    >>> bool(found["value"][0] < 0)  # on a straight line the drift errs less
    True
    """
    table = _one_table(backtest)
    if len(table) and against not in set(table["model"]):
        raise ArgumentError(
            "model {against!r} is not in this back-test: {unique}",
            against=against,
            unique=", ".join(table["model"].unique()),
        )
    answered = _answered(table)
    base = answered.loc[answered["model"] == against, [*_CELL, "error"]].rename(columns={"error": "base_error"})
    others = answered[answered["model"] != against].merge(base, on=_CELL, validate="many_to_one")
    others = others.assign(worse=others["error"].abs() - others["base_error"].abs())
    rows = [
        {
            "left": str(model),
            "right": against,
            "measure": f"adoption_error_difference_h{horizon}",
            "unit": _difference(part),
            "source_id": part["source_id"].iloc[0],
            **_ends(part["worse"], part["entity"], float(part["level"].iloc[0])),
        }
        for (model, horizon), part in others.groupby(["model", "horizon"], sort=False)
    ]
    return validate(pd.DataFrame(rows, columns=list(PAIRS.columns)), PAIRS, where="adoption")


def _cuts(
    series: Series, origins: Sequence[float] | None, horizons: Sequence[int], least: int
) -> Iterator[tuple[Series, list[tuple[int, str, float]]]]:
    """The series up to each origin, and the horizons, periods and observations that followed."""
    for place, time in enumerate(series.times):
        known = place + 1
        last_of_day = known == len(series.times) or series.times[known] > time
        wanted = origins is None or any(abs(time - origin) < _SAME_DAY for origin in origins)
        if not (last_of_day and wanted and known >= least):
            continue
        distances = np.abs(series.times[:, None] - time - np.array(horizons))
        answers = [
            (horizon, series.periods[spot], float(series.observed[spot]))
            for horizon, spot, distance in zip(horizons, distances.argmin(axis=0), distances.min(axis=0), strict=True)
            if distance < _SAME_DAY
        ]
        if answers:
            past = (series.times[:known], series.observed[:known], series.periods[:known])
            yield Series(series.shared, *past), answers


def _records(
    past: Series, model: str, answers: list[tuple[int, str, float]], *, ceiling_max: float | None, level: float
) -> list[dict[str, object]]:
    """Rows of ``BACKTEST`` of one model at one origin."""
    times = past.times[-1] + np.array([horizon for horizon, *_ in answers], dtype=float)
    ends, reason = forecast(past, model, times, ceiling_max=ceiling_max, level=level)
    named = {name: past.shared[name] for name in ("entity", "measure", "source_id", "unit")}
    named |= {"model": model, "origin": past.periods[-1], "reason": reason}
    return [
        {
            **named,
            "horizon": horizon,
            "period": period,
            "n": len(past.times),
            "value": value,
            "low": low,
            "high": high,
            "level": level,
            "actual": actual,
            "error": value - actual,
            "covered": math.nan if math.isnan(low) else float(low <= actual <= high),
        }
        for (horizon, period, actual), value, low, high in zip(answers, *ends, strict=True)
    ]


def _one_table(backtest: pd.DataFrame) -> pd.DataFrame:
    table = validate(backtest, BACKTEST, where="adoption")
    for name in ("measure", "source_id", "level", "unit"):
        found = table[name].unique().tolist()
        if len(found) > 1:
            raise ArgumentError("a summary takes one {name}, but there are {found}", name=name, found=found)
    return table


def _answered(table: pd.DataFrame) -> pd.DataFrame:
    """Forecasts of the cells where every model answers."""
    complete = table["value"].notna().groupby([table[name] for name in _CELL]).transform("all")
    return table[complete]


def _difference(part: pd.DataFrame) -> str:
    unit = str(part["unit"].iloc[0])
    return "percentage_points" if unit == "percent" else unit


def _mean_error(part: pd.DataFrame, level: float) -> dict[str, object]:
    """Mean absolute error; its interval is taken on the logarithm, so that it stays above 0."""
    ends = _ends(part["error"].abs(), part["entity"], level)
    value, high = float(ends["value"]), float(ends["high"])
    factor = math.exp((high - value) / value) if value > 0 else math.nan
    return {**ends, "low": value / factor, "high": value * factor}


def _coverage(part: pd.DataFrame, level: float) -> dict[str, object]:
    """Percent of the intervals that cover; Wilson's interval for the size left by the likeness within countries."""
    told = part[part["covered"].notna()]
    n = len(told)
    if not n:
        return {"value": math.nan, "unit": "percent", "n": 0.0}
    share, error, countries = _cluster_mean(told["covered"], told["entity"])
    row = {"value": 100 * share, "unit": "percent", "n": float(n)}
    if countries < 2:
        return row
    size = share * (1 - share) / error**2 if error > 0 else float(countries)
    low, high = share_interval([share * size], [size], level=level)
    return {**row, "low": 100 * float(low[0]), "high": 100 * float(high[0])}


def _ends(values: pd.Series, entities: pd.Series, level: float) -> dict[str, Any]:
    """A mean over forecasts with its confidence interval; none for one country."""
    mean, error, countries = _cluster_mean(values, entities)
    half = student(level, countries - 1) * error if countries > 1 else math.nan
    kind = "none" if math.isnan(half) else "confidence"
    ends = {"value": mean, "low": mean - half, "high": mean + half, "interval": kind, "n": float(len(values))}
    return {**ends, "level": level if kind == "confidence" else math.nan}


def _cluster_mean(values: pd.Series, entities: pd.Series) -> tuple[float, float, int]:
    """Mean, its standard error when countries are drawn and not forecasts, and the number of countries."""
    mean = float(values.mean())
    totals = (values - mean).groupby(entities).sum()
    count = len(totals)
    error = math.sqrt(count / (count - 1) * float((totals**2).sum())) / len(values) if count > 1 else math.nan
    return mean, error, count
