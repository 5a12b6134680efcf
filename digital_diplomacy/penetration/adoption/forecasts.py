"""One series at a time: its curve or the reason why there is none, and forecasts by curve, drift or last value."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.adoption.bounded import angle, ends, from_angle, share_prediction
from digital_diplomacy.penetration.adoption.curves import SHAPES, Array, Curve, fit_curve, fitted, student
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates, refuse

CURVES: Final = tuple(SHAPES)
"""Fitted curves."""

BASELINES: Final = ("drift", "naive")
"""Forecasts without a curve: the mean yearly change carried on, and the last value."""

REASONS: Final = ("too_few", "not_growing", "not_converged")
"""Why a curve cannot be estimated: fewer observations than parameters plus one; no growth along a straight line, of
which a constant series is a case; the search found no minimum."""

LARGEST_HORIZON: Final = 10
"""Years ahead; further ones have no label."""

_SERIES: Final = ["entity", "measure", "unit", "base", "source_id"]
_LARGEST: Final = {"percent": 100.0, "share": 1.0}  # of units that are parts of a base
_NO_VARIANCE: Final = 1e-20  # squared noise of arithmetic


class Series(NamedTuple):
    """Observations in order of time (years as numbers), the columns all rows share, and the periods as given."""

    shared: dict[str, str]
    times: Array
    observed: Array
    periods: list[str]

    @property
    def period(self) -> str:
        """First and last period observed."""
        return f"{self.periods[0]}/{self.periods[-1]}"


class Outcome(NamedTuple):
    """A series, a model, and its curve or the reason why there is none."""

    series: Series
    model: str
    curve: Curve | None
    reason: str


def all_series(series: pd.DataFrame, *, ceiling_max: float | None) -> list[Series]:
    """The series of a table of estimates, in order of first appearance.

    Raises
    ------
    TableError
        If a value is missing, outside its unit's range or above the largest ceiling, a period is not one date, or a
        series has several groups.
    """
    rows = estimates(series)
    refuse(rows, rows["value"].isna(), "missing value; leave out periods without an observation")
    tops = rows["unit"].map(_LARGEST).astype(float).fillna(math.inf)
    refuse(rows, ~rows["value"].between(0, tops), "value outside what its unit allows (percent: 0 to 100)")
    top = math.inf if ceiling_max is None else ceiling_max
    refuse(rows, rows["value"] > top, f"value above ceiling_max {top:g}; state the ceiling in the series' unit")
    refuse(rows, ~rows["period"].str.fullmatch(r"\d{4}(-\d{2}){0,2}"), "a curve needs periods of one date")
    groups = rows.groupby(_SERIES, sort=False)
    refuse(rows, groups["group"].transform("min") != groups["group"].transform("max"), "several groups in one series")
    timed = rows.assign(time=rows["period"].map(years).astype(float))
    return [_one_series(part) for _, part in timed.groupby(_SERIES, sort=False)]


def _one_series(rows: pd.DataFrame) -> Series:
    ordered = rows.sort_values("time", kind="stable")
    shared = {name: str(ordered[name].iloc[0]) for name in _SERIES}
    times, observed = (ordered[name].to_numpy(dtype=float) for name in ("time", "value"))
    return Series(shared, times, observed, ordered["period"].tolist())


def largest(series: Series) -> float:
    """The most its unit allows: 100 for percent, 1 for shares, otherwise no limit."""
    return _LARGEST.get(series.shared["unit"], math.inf)


def fit(series: Series, model: str, *, ceiling: float | None = None, ceiling_max: float | None = 100.0) -> Outcome:
    """One curve for one series, or the reason why there is none."""
    parameters = 3 if ceiling is None else 2
    if len(series.times) < parameters + 1:
        return Outcome(series, model, None, "too_few")
    if not (series.times - series.times.mean()) @ (series.observed - series.observed.mean()) > 0:
        return Outcome(series, model, None, "not_growing")
    curve = fit_curve(series.times, series.observed, model, ceiling=ceiling, ceiling_max=ceiling_max)
    return Outcome(series, model, curve, "") if curve.converged else Outcome(series, model, None, "not_converged")


def forecast(
    series: Series,
    model: str,
    times: Array,
    *,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
    level: float = 0.95,
) -> tuple[tuple[Array, Array, Array], str]:
    """Value, lower and upper end at some times for one series, and the reason if there are none."""
    if model in BASELINES:
        return straight(series, times, level=level, drift=model == "drift", ceiling_max=ceiling_max)
    _, _, curve, reason = fit(series, model, ceiling=ceiling, ceiling_max=ceiling_max)
    if curve is None:
        missing = np.full(len(times), np.nan)
        return (missing, missing, missing), reason
    past = series.times, series.observed
    return share_prediction(curve, past, times, whole=largest(series), level=level), ""


def straight(
    series: Series, times: Array, *, level: float, drift: bool, ceiling_max: float | None
) -> tuple[tuple[Array, Array, Array], str]:
    """The last value, or the line from the first to the last observation carried on, as a random walk.

    It stops at 0, at the largest ceiling and at what the unit allows. Errors of shares are steps in angles, those of
    other units steps in the unit. A walk that never left its line shows nothing of its errors, and has no interval.
    """
    steps, whole = np.diff(series.times), largest(series)
    freedom = int((steps > 0).sum()) - drift
    if freedom < 1 or len(steps) < 2:
        missing = np.full(len(times), np.nan)
        return (missing, missing, missing), "too_few"
    span, ahead = series.times[-1] - series.times[0], times - series.times[-1]
    slope, noise = _walk(steps, series.observed, freedom, drift=drift)
    _, variance = _walk(steps, angle(series.observed, whole), freedom, drift=drift)
    if noise <= _NO_VARIANCE * max(slope**2, 1):
        variance = math.nan
    top = whole if ceiling_max is None else min(ceiling_max, whole)
    value = np.clip(series.observed[-1] + slope * ahead, 0, top)
    half = student(level, freedom) * np.sqrt(variance * (ahead + (ahead**2 / span if drift else 0)))
    low, high = (np.clip(end, 0, top) for end in ends(value, half, whole))
    return (value, np.minimum(low, value), np.maximum(high, value)), ""


def _walk(steps: Array, values: Array, freedom: int, *, drift: bool) -> tuple[float, float]:
    """Slope of the line from the first to the last value, 0 without drift, and the variance a year of steps off it."""
    slope = float((values[-1] - values[0]) / steps.sum()) if drift else 0.0
    even = steps > 0
    return slope, float((((np.diff(values) - slope * steps)[even]) ** 2 / steps[even]).sum()) / freedom


def bootstrap(
    series: Series,
    curve: Curve,
    times: Array,
    *,
    rng: np.random.Generator,
    draws: int,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
) -> Array:
    """Drawn forecasts of a fitted curve, one row a refit that converged, one column a time; shares stay within the
    whole, since their errors are drawn in angles."""
    whole = largest(series)
    through, ahead = (angle(fitted(curve, at)[0], whole) for at in (series.times, times))
    residuals = angle(series.observed, whole) - through
    residuals = (residuals - residuals.mean()) * math.sqrt(curve.n / (curve.n - curve.free))
    drawn = []
    for _ in range(draws):
        values = from_angle(through + rng.choice(residuals, size=curve.n), whole)
        new = rng.choice(residuals, size=len(times))
        again = fit_curve(series.times, values, curve.model, ceiling=ceiling, ceiling_max=ceiling_max, start=curve)
        if again.converged:
            drawn.append(from_angle(2 * ahead - angle(fitted(again, times)[0], whole) + new, whole))
    return np.array(drawn).reshape(len(drawn), len(times))


def periods_ahead(series: pd.DataFrame, *, horizon: int) -> list[str]:
    """The periods of one series and those of the years that follow its last one.

    Parameters
    ----------
    series : DataFrame
        Estimates whose period is one date.
    horizon : int
        Years ahead, 1 to 10.

    Returns
    -------
    list of str
        In order of time; empty for an empty series.

    Raises
    ------
    ValueError
        If the horizon is not a whole number from 1 to 10.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> penetration.periods_ahead(pd.DataFrame({"period": ["2017", "2020"]}), horizon=2)
    ['2017', '2020', '2021', '2022']
    """
    check_horizons([horizon])
    known = sorted(series["period"])
    return known + [f"{int(last[:4]) + ahead}{last[4:]}" for last in known[-1:] for ahead in range(1, horizon + 1)]


def check_horizons(horizons: Sequence[int]) -> None:
    """Refuse what is no list of whole years ahead."""
    if any(horizon not in range(1, LARGEST_HORIZON + 1) for horizon in horizons):
        raise ArgumentError(
            "horizons {horizons} must be whole years from 1 to {largest_horizon}",
            horizons=list(horizons),
            largest_horizon=LARGEST_HORIZON,
        )


def check_models(models: Sequence[str], allowed: Sequence[str]) -> None:
    """Refuse what is no list of allowed models."""
    unknown = [model for model in models if model not in allowed]
    if unknown or isinstance(models, str):
        raise ArgumentError(
            "models {models!r}: unknown {unknown}; allowed, as a list: {allowed}",
            models=models,
            unknown=unknown,
            allowed=", ".join(allowed),
        )


def check_ceilings(*ceilings: float | None) -> None:
    """Refuse a ceiling that is no number above 0."""
    for ceiling in ceilings:
        if ceiling is not None and not 0 < ceiling < math.inf:
            raise ArgumentError("ceiling {ceiling} is not a number above 0", ceiling=ceiling)


def check_level(level: float) -> None:
    """Refuse a level that is not between 0 and 1."""
    if not 0 < level < 1:
        raise ArgumentError("level {level} is not between 0 and 1", level=level)
