"""What fitted curves can and cannot say, and which of their forecasts may be shown as forecasts."""

import math
from typing import Any, Final

import pandas as pd

from digital_diplomacy.penetration.adoption.curves import LEAST_IMITATION
from digital_diplomacy.penetration.adoption.fits import EPOCH, FITS
from digital_diplomacy.penetration.adoption.forecasts import BASELINES
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates, findings, told_apart
from digital_diplomacy.tables import validate

_TOP: Final = 100.0  # percent


def check_adoption(fits: pd.DataFrame) -> pd.DataFrame:
    """What the flags of fitted curves say, as findings.

    Parameters
    ----------
    fits : DataFrame
        ``FITS``.

    Returns
    -------
    DataFrame
        Findings. Kind ``adoption_estimable`` for a curve that cannot be estimated; otherwise ``adoption_bound`` (no
        parameter ended at its bound), ``adoption_ceiling`` (the ceiling is not below the last observation),
        ``adoption_step`` (the curve goes on from the last observation without a step down) and ``adoption_inflection``
        (the observations reach the inflection).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2016)
    >>> logistic = 80 / (1 + np.exp(-0.5 * (years - 2007)))
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": logistic})
    >>> series = penetration.internet_users(table, countries=["KAZ"])
    >>> found = penetration.check_adoption(penetration.adoption_fits(series, models=["logistic"]))
    >>> found[["kind", "verdict"]]
                      kind verdict
    0       adoption_bound   holds
    1     adoption_ceiling   holds
    2        adoption_step   holds
    3  adoption_inflection   holds
    """
    rows = validate(fits, FITS, where="adoption").to_dict("records")
    return findings([record for row in rows for record in _findings({str(key): cell for key, cell in row.items()})])


def check_lines(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Whether straight lines and last values stay within what percent allow, as findings.

    Parameters
    ----------
    forecasts : DataFrame
        From `adoption_forecast`, in percent.

    Returns
    -------
    DataFrame
        Findings, kind ``adoption_line``, one a series and baseline: it fails if a forecast is 0 or 100 percent or
        beyond, where it was cut off; without a value it cannot be checked, and the reason is how many were observed.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2010)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 5.0 + 10 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])  # a straight line, 5 to 95
    >>> ahead = penetration.adoption_forecast(series, periods=["2012"], models=["drift", "naive"])
    >>> penetration.check_lines(ahead)[["verdict", "reason"]]
      verdict     reason
    0   fails  2012: 100
    1   holds   2012: 95
    """
    rows = forecasts[forecasts["group"].isin(BASELINES)]
    records = []
    for (entity, measure, source_id, model), line in rows.groupby(
        ["entity", "measure", "source_id", "group"], sort=False
    ):
        stuck = line[~line["value"].between(0, _TOP, inclusive="neither")]
        last = (stuck if len(stuck) else line.tail(1)).iloc[0]
        verdict = "cannot be checked" if pd.isna(last["value"]) else "fails" if len(stuck) else "holds"
        named = {"source_id": source_id, "entity": entity, "measure": measure, "model": model, "unit": last["unit"]}
        is_known = pd.notna(last["value"])
        said = f"{last['period']}: {told_apart(last['value'], _TOP)[0]}" if is_known else f"n = {last['n']:g}"
        end = ("adoption_next", last["value"])
        records.append(_finding(named, "line", verdict, said, end, ("adoption_limit", _TOP)))
    return findings(records)


def sound_forecasts(series: pd.DataFrame, forecasts: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """The forecasts that may be shown: those that may not are cut off where the observations end.

    Parameters
    ----------
    series : DataFrame
        Estimates, the observations the forecasts were made from.
    forecasts : DataFrame
        From `adoption_forecast`.
    checks : DataFrame
        From `check_adoption` and `check_lines`, of the same series and models.

    Returns
    -------
    DataFrame
        The forecasts' rows. After the last observation only those of models all whose checks hold; up to it all,
        without intervals, as the fit they are.

    References
    ----------
    Van den Bulte & Lilien 1997, Marketing Science 16, 338-353 (ceilings below or about the last observation).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2010)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 5.0 + 10 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])  # a straight line, 5 to 95
    >>> ahead = penetration.adoption_forecast(series, periods=["2012"], models=["drift", "naive"])
    >>> penetration.sound_forecasts(series, ahead, penetration.check_lines(ahead))[["group", "value"]].round(2)
       group  value
    0  naive   95.0
    """
    rows = forecasts.assign(ahead=_ahead(series, forecasts))
    failed = checks.loc[checks["verdict"] != "holds", "relation_id"].str.split(":").str[1:].map(tuple)
    names = list(rows[["source_id", "entity", "measure", "group"]].itertuples(index=False, name=None))
    sound = ~pd.Series(names, index=rows.index, dtype=object).isin(set(failed))
    kept = rows[~rows["ahead"] | sound]
    ends = {name: kept[name].where(kept["ahead"]) for name in ("low", "high", "level")}
    return estimates(kept.assign(**{str(name): column for name, column in ends.items()}))


def forecast_counts(series: pd.DataFrame, forecasts: pd.DataFrame, sound: pd.DataFrame) -> pd.DataFrame:
    """How many models were tried, how many are carried on, and how far: one row, none without forecasts.

    Parameters
    ----------
    series, forecasts : DataFrame
        As in `sound_forecasts`.
    sound : DataFrame
        What it returned.

    Returns
    -------
    DataFrame
        ``models``, ``drawn``, ``last_period`` (the last one observed) and ``period`` (the last one forecast).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> years = np.arange(2000, 2010)
    >>> table = pd.DataFrame({"iso3": "KAZ", "year": years, "internet_users_pct": 5.0 + 10 * (years - 2000)})
    >>> series = penetration.internet_users(table, countries=["KAZ"])  # a straight line, 5 to 95
    >>> ahead = penetration.adoption_forecast(series, periods=["2012"], models=["drift", "naive"])
    >>> sound = penetration.sound_forecasts(series, ahead, penetration.check_lines(ahead))
    >>> penetration.forecast_counts(series, ahead, sound)
       models  drawn last_period period
    0       2      1        2009   2012
    """
    if forecasts.empty:
        return pd.DataFrame()
    drawn = sound.loc[_ahead(series, sound) & sound["value"].notna(), "group"].nunique()
    ends = {"last_period": series["period"].max(), "period": forecasts["period"].max()}
    return pd.DataFrame([{"models": forecasts["group"].nunique(), "drawn": drawn, **ends}])


def _ahead(series: pd.DataFrame, forecasts: pd.DataFrame) -> pd.Series:
    """Rows after the last observation of their series."""
    key = ["entity", "measure", "source_id"]
    last = series.assign(last=series["period"].map(years).astype(float)).groupby(key)["last"].max()
    ends = forecasts[key].merge(last.reset_index(), on=key, how="left", validate="many_to_one")["last"]
    return forecasts["period"].map(years).astype(float) > pd.Series(ends.to_numpy(), index=forecasts.index)


def _findings(row: dict[str, Any]) -> list[dict[str, object]]:
    """The findings of one fit."""
    if row["reason"]:
        said = f"n = {row['n']}" if row["reason"] == "too_few" else row["period"]
        return [_finding(row, "estimable", "cannot be checked", said, ("adoption_ceiling", math.nan), ("", math.nan))]
    ceiling, last, limit = row["ceiling"], row["last_value"], row["ceiling_limit"]
    top, turn = ("adoption_ceiling", ceiling), ("adoption_inflection", row["inflection"])
    end = years(row["period"].split("/")[1]) - EPOCH
    found = []
    if row["at_bound"] or not math.isnan(limit):
        said = _bounds(row)
        found.append(_finding(row, "bound", _verdict(row["at_bound"]), said, top, ("adoption_limit", limit)))
    said = f" {'<' if row['below_last'] else '>='} ".join(_compared(ceiling, last, row))
    found.append(_finding(row, "ceiling", _verdict(row["below_last"]), said, top, (row["measure"], last)))
    if not row["below_last"]:  # a ceiling below the last observation says the same of every later year
        said = f" {'<' if row['steps_down'] else '>='} ".join(_compared(row["next_value"], last, row))
        step = ("adoption_next", row["next_value"])
        found.append(_finding(row, "step", _verdict(row["steps_down"]), said, step, (row["measure"], last)))
    if math.isnan(row["inflection"]):  # a Bass curve that grows fastest at its launch
        return found
    said = f"{row['inflection'] + EPOCH:.1f} {'>' if row['before_inflection'] else '<='} {end + EPOCH:g}"
    observed = ("adoption_last_observation", end)
    turned = _finding(row, "inflection", _verdict(row["before_inflection"]), said, turn, observed)
    return [*found, {**turned, "unit": "years_after_2000"}]


def _compared(left: float, right: float, row: dict[str, Any]) -> tuple[str, str]:
    """Two values of a series: percent to one decimal, others to four digits."""
    return told_apart(left, right) if row["unit"] == "percent" else (f"{left:.4g}", f"{right:.4g}")


def _bounds(row: dict[str, Any]) -> str:
    """Each parameter that has a bound, and its bound."""
    top = _compared(row["ceiling"], row["ceiling_limit"], row)
    pairs = [(row["ceiling"], row["ceiling_limit"], *top)]
    pairs.append((row["imitation"], LEAST_IMITATION, f"{row['imitation']:.4g}", f"{LEAST_IMITATION:g}"))
    return "; ".join(f"{one} / {two}" for value, limit, one, two in pairs if not math.isnan(value + limit))


def _verdict(flag: bool) -> str:
    return "fails" if flag else "holds"


def _finding(
    row: dict[str, Any], kind: str, verdict: str, reason: str, left: tuple[str, float], right: tuple[str, float]
) -> dict[str, object]:
    return {
        "relation_id": f"adoption_{kind}:{row['source_id']}:{row['entity']}:{row['measure']}:{row['model']}",
        "kind": f"adoption_{kind}",
        "documents": "",
        "left": left[0],
        "left_low": left[1],
        "left_high": left[1],
        "right": right[0],
        "right_low": right[1],
        "right_high": right[1],
        "unit": row["unit"],
        "verdict": verdict,
        "reason": reason,
        "claims": "",
    }
