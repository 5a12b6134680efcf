"""Adoption over time: fitted curves with their flags, and forecasts by curves, a straight drift or the last value."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.adoption.curves import SHAPES, Array, Curve, fitted, inflection, student
from digital_diplomacy.penetration.adoption.forecasts import (
    BASELINES,
    CURVES,
    REASONS,
    Outcome,
    Series,
    all_series,
    bootstrap,
    check_ceilings,
    check_level,
    check_models,
    fit,
    forecast,
    largest,
)
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates
from digital_diplomacy.tables import validate

EPOCH: Final = 2000.0  # inflections are told in years after it


def _number(*, nullable: bool = True) -> pa.Column:
    return pa.Column(float, nullable=nullable, coerce=True)


FITS: Final = pa.DataFrameSchema(
    {
        **{name: pa.Column(str, coerce=True) for name in ("entity", "measure", "source_id", "model", "period", "unit")},
        "n": pa.Column(int, pa.Check.ge(1), coerce=True),
        "last_value": _number(nullable=False),
        "next_value": _number(),
        "ceiling_limit": _number(),
        **{
            name + end: _number()
            for name in ("ceiling", "rate", "innovation", "imitation", "inflection")
            for end in ("", "_se")
        },
        **{name: _number() for name in ("rss", "residual_sd", "aic")},
        **{
            name: pa.Column(bool, coerce=True) for name in ("at_bound", "below_last", "steps_down", "before_inflection")
        },
        "reason": pa.Column(str, pa.Check.isin(("", *REASONS)), coerce=True),
    },
    unique=["entity", "measure", "source_id", "model"],
    strict=True,
    name="fits",
)
"""One row a series and curve: period observed, n, last observation, the curve a year after it, largest ceiling allowed
(missing if it is given or has none), the parameters with standard errors (rates per year; inflection in years after
2000), residual sum of squares and standard deviation, Akaike's criterion; whether a parameter ended at its bound, the
ceiling lies below the last observation, the curve a year after it does, the observations end before the inflection; and
why there is no estimate, if there is none."""


def adoption_fits(
    series: pd.DataFrame,
    *,
    models: Sequence[str] = CURVES,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
) -> pd.DataFrame:
    """Curves fitted to each series by least squares, with standard errors and flags.

    Parameters
    ----------
    series : DataFrame
        Estimates whose period is one date; percent lie within 0 to 100, shares within 0 to 1, other units are not
        negative. Periods may have gaps. Rows with the same entity, measure, unit, base and source are one series.
    models : sequence of str
        Of ``CURVES``.
    ceiling : float, optional
        A given ceiling in the series' unit; then it is not fitted.
    ceiling_max : float, optional
        Largest ceiling the fit may choose, in the series' unit; None lets it pass the whole base.

    Returns
    -------
    DataFrame
        ``FITS``. A series that cannot be estimated has a row with the reason and no parameters. A parameter at its
        bound has no standard error: normal theory does not hold there.

    Raises
    ------
    TableError
        If a value is missing or outside its unit's range, or a period is not one date, naming the rows; if an entity's
        measure comes in several groups.
    ValueError
        If a model is unknown or a ceiling is not above 0.

    Notes
    -----
    Before the inflection a ceiling is hardly identified and grows with the data (Van den Bulte & Lilien 1997): the flag
    ``before_inflection`` says so.

    References
    ----------
    Van den Bulte & Lilien 1997, Marketing Science 16, 338-353; for the curves see `curves.fit_curve`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2016)
    >>> logistic = 80 / (1 + np.exp(-0.5 * (years - 2007)))
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": logistic})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> found = penetration.adoption_fits(series, models=["logistic"])
    >>> found[["model", "ceiling", "rate"]].round(3)
          model  ceiling  rate
    0  logistic     80.0   0.5
    """
    outcomes = _outcomes(series, models, ceiling=ceiling, ceiling_max=ceiling_max)
    limit = ceiling_max if ceiling is None else None
    records = [_record(outcome, limit) for outcome in outcomes]
    return validate(pd.DataFrame(records, columns=list(FITS.columns)), FITS, where="adoption")


def adoption_parameters(
    series: pd.DataFrame,
    *,
    models: Sequence[str] = CURVES,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Parameters of the fitted curves with confidence intervals.

    Parameters
    ----------
    series, models, ceiling, ceiling_max
        As in :func:`adoption_fits`.
    level : float
        Confidence level, above 0 and below 1.

    Returns
    -------
    DataFrame
        Estimates, group the model, period ``first/last``: ``adoption_ceiling`` (the series' unit), ``adoption_rate``
        (logistic, Gompertz), ``adoption_innovation`` and ``adoption_imitation`` (Bass), all per year, and
        ``adoption_inflection``, the time of fastest growth, in years after 2000. Student's t on n minus the fitted
        parameters; no interval at a bound. A curve that cannot be estimated has one row without a value.

    Raises
    ------
    TableError, ValueError
        As in :func:`adoption_fits`; and if ``level`` is not between 0 and 1.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2016)
    >>> logistic = 80 / (1 + np.exp(-0.5 * (years - 2007)))
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": logistic})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> found = penetration.adoption_parameters(series, models=["logistic"])
    >>> found[["measure", "value", "unit"]].round(3)
                   measure  value              unit
    0     adoption_ceiling   80.0           percent
    1        adoption_rate    0.5          per_year
    2  adoption_inflection    7.0  years_after_2000
    """
    check_level(level)
    outcomes = _outcomes(series, models, ceiling=ceiling, ceiling_max=ceiling_max)
    rows = [row for outcome in outcomes for row in _parameter_rows(outcome, level)]
    return _estimates(rows)


def adoption_forecast(
    series: pd.DataFrame,
    *,
    periods: Sequence[str],
    models: Sequence[str] = (*CURVES, *BASELINES),
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Forecasts with prediction intervals, by curves, by a straight drift and by the last value.

    Parameters
    ----------
    series, ceiling, ceiling_max
        As in :func:`adoption_fits`.
    periods : sequence of str
        Dates. Curves answer at any of them, so that they can be drawn through the observations; the two others only
        after the last observation, and have no rows before. A date named twice counts once.
    models : sequence of str
        Of ``CURVES`` and ``BASELINES``.
    level : float
        Of the prediction intervals, above 0 and below 1.

    Returns
    -------
    DataFrame
        Estimates of the series' measure, group the model. No value or interval passes 0 or what the unit allows (100
        percent): errors of shares are those of angles. Drift and last value stop at ``ceiling_max``, too. A model that
        cannot be estimated has rows without a value. A curve that runs below the last observation is carried on from
        where it runs, since least squares do not bind it to that observation; `check_adoption` fails it for that, and
        `sound_forecasts` leaves it out.

    Raises
    ------
    TableError, ValueError
        As in :func:`adoption_fits`; and if ``level`` is not between 0 and 1.

    References
    ----------
    Curves: see `bounded.share_prediction`. Drift and last value: Hyndman & Athanasopoulos 2021, Forecasting: Principles
    and Practice, section 5.5; here with Student's t, for shares in angles, and for uneven steps as a random walk in
    continuous time.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2016)
    >>> logistic = 80 / (1 + np.exp(-0.5 * (years - 2007)))
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": logistic})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> found = penetration.adoption_forecast(series, periods=["2020"], models=["logistic", "naive"])
    >>> found[["group", "value"]].round(2)  # 80 / (1 + exp(-6.5)), and the value of 2015
          group  value
    0  logistic  79.88
    1     naive  78.56
    """
    check_level(level)
    periods = list(dict.fromkeys(periods))
    times = np.array([years(period) for period in periods])
    check_models(models, (*CURVES, *BASELINES))
    check_ceilings(ceiling, ceiling_max)
    rows = []
    for one in all_series(series, ceiling_max=ceiling_max):
        for model in models:
            shown = times > one.times[-1] if model in BASELINES else np.ones(len(times), dtype=bool)
            ends, _ = forecast(one, model, times[shown], ceiling=ceiling, ceiling_max=ceiling_max, level=level)
            named = [period for period, show in zip(periods, shown, strict=True) if show]
            low, middle, high = (np.clip(end, 0, largest(one)) for end in (ends[1], ends[0], ends[2]))
            rows += _forecast_rows(one, model, named, (middle, low, high), level)
    return _estimates(rows)


def adoption_bootstrap(
    series: pd.DataFrame,
    *,
    periods: Sequence[str],
    rng: np.random.Generator,
    draws: int = 999,
    models: Sequence[str] = CURVES,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Forecasts by curves with prediction intervals from resampled residuals.

    Parameters
    ----------
    series, models, ceiling, ceiling_max
        As in :func:`adoption_fits`.
    periods, level
        As in :func:`adoption_forecast`.
    rng : numpy.random.Generator
        The only source of chance.
    draws : int
        Refits a curve, at least 100.

    Returns
    -------
    DataFrame
        Estimates of the series' measure, group ``<model>_bootstrap``; the value is the median of the draws. One row
        more a curve, measure ``adoption_failed_refits``, counts the refits without a minimum, which are left out.

    Raises
    ------
    TableError, ValueError
        As in :func:`adoption_forecast`; and if there are fewer than 100 draws.

    Notes
    -----
    Residuals, for shares those of angles, are centred and scaled by ``sqrt(n / (n - parameters))``; each draw is the
    curve, minus the error of its refit, plus a new residual. Neighbouring residuals of real series are alike, which
    neither this nor the delta method allows for.

    References
    ----------
    Davison & Hinkley 1997, Bootstrap Methods and their Application, sections 6.3 and 7.2.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2016)
    >>> logistic = 80 / (1 + np.exp(-0.5 * (years - 2007)))
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": logistic})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> rng = np.random.default_rng(1)
    >>> found = penetration.adoption_bootstrap(series, periods=["2020"], rng=rng, draws=100, models=["logistic"])
    >>> found[["measure", "value"]].round(2)
                      measure  value
    0      internet_users_pct  79.88
    1  adoption_failed_refits   0.00
    """
    check_level(level)
    if draws < 100:
        raise ArgumentError("{draws} draws do not settle an interval; at least 100", draws=draws)
    times = np.array([years(period) for period in periods])
    rows: list[dict[str, object]] = []
    for one, model, curve, _ in _outcomes(series, models, ceiling=ceiling, ceiling_max=ceiling_max):
        ends, failed = np.full((3, len(times)), np.nan), float("nan")
        if curve is not None:
            drawn = bootstrap(one, curve, times, rng=rng, draws=draws, ceiling=ceiling, ceiling_max=ceiling_max)
            failed = draws - len(drawn)
            if len(drawn):
                ends = np.stack([np.median(drawn, axis=0), *simulated.middle(drawn, level)])
        group = f"{model}_bootstrap"
        rows += _forecast_rows(one, group, periods, (ends[0], ends[1], ends[2]), level)
        counted = {"group": group, "period": one.period, "measure": "adoption_failed_refits", "unit": "count"}
        rows.append({**one.shared, **counted, "base": "adoption_refits", "value": failed, "n": draws})
    return _estimates(rows)


def _outcomes(
    series: pd.DataFrame, models: Sequence[str], *, ceiling: float | None, ceiling_max: float | None
) -> list[Outcome]:
    check_models(models, CURVES)
    check_ceilings(ceiling, ceiling_max)
    found = all_series(series, ceiling_max=ceiling_max)
    return [fit(one, model, ceiling=ceiling, ceiling_max=ceiling_max) for one in found for model in models]


def _estimates(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Estimates; a level belongs to an interval."""
    shared = ["entity", "group", "measure", "unit", "base", "source_id"]
    names = [*shared, "period", "value", "low", "high", "interval", "level", "n"]
    frame = pd.DataFrame(rows, columns=names)
    return estimates(frame.assign(level=frame["level"].where(frame["low"].notna())))


def _named_parameters(curve: Curve) -> dict[str, tuple[float, float]]:
    """Parameters by name with standard errors; none at a bound. The inflection counts years after the epoch."""
    names = ("ceiling", *SHAPES[curve.model].names)
    errors = np.sqrt(np.diag(curve.covariance))
    told = {name: (float(curve.parameters[place]), float(errors[place])) for place, name in enumerate(names)}
    year, error = inflection(curve)
    told["inflection"] = year - EPOCH, error
    if curve.free == 2:
        told["ceiling"] = told["ceiling"][0], math.nan
    return {name: (value, math.nan if name in curve.at_bound else error) for name, (value, error) in told.items()}


def _record(outcome: Outcome, limit: float | None) -> dict[str, object]:
    """One row of ``FITS``."""
    series, model, curve, reason = outcome
    last = float(series.observed[-1])
    record: dict[str, object] = {name: series.shared[name] for name in ("entity", "measure", "source_id", "unit")}
    record |= {"model": model, "period": series.period, "n": len(series.times), "last_value": last, "reason": reason}
    record |= {"ceiling_limit": math.nan if limit is None else limit}
    record |= dict.fromkeys(("at_bound", "below_last", "steps_down", "before_inflection"), False)
    if curve is None:
        return record
    for name, (value, error) in _named_parameters(curve).items():
        record |= {name: value, f"{name}_se": error}
    following = float(fitted(curve, series.times[-1:] + 1)[0][0])
    return record | {
        "next_value": following,
        "steps_down": following < last,
        "rss": curve.rss,
        "residual_sd": curve.residual_sd,
        "aic": curve.aic,
        "at_bound": bool(curve.at_bound),
        "below_last": bool(curve.parameters[0] < last),
        "before_inflection": bool(inflection(curve)[0] > series.times[-1]),
    }


def _parameter_rows(outcome: Outcome, level: float) -> list[dict[str, object]]:
    series, model, curve, _ = outcome
    common = {**series.shared, "group": model, "period": series.period, "interval": "confidence", "level": level}
    common["n"] = len(series.times)
    if curve is None:
        return [{**common, "measure": "adoption_ceiling"}]
    quantile = student(level, curve.n - curve.free)
    units = {"ceiling": series.shared["unit"], "inflection": "years_after_2000"}
    return [
        {
            **common,
            "measure": f"adoption_{name}",
            "unit": units.get(name, "per_year"),
            "base": series.shared["base"] if name == "ceiling" else "",
            "value": value,
            "low": value - quantile * error,
            "high": value + quantile * error,
        }
        for name, (value, error) in _named_parameters(curve).items()
    ]


def _forecast_rows(
    series: Series, group: str, periods: Sequence[str], ends: tuple[Array, Array, Array], level: float
) -> list[dict[str, object]]:
    common = {**series.shared, "group": group, "interval": "prediction", "level": level, "n": len(series.times)}
    cells = zip(periods, *ends, strict=True)
    return [{**common, "period": period, "value": v, "low": low, "high": high} for period, v, low, high in cells]
