"""What fitted curves can and cannot say, and which of their forecasts may be shown as forecasts."""

import math
from typing import Any, Final

import pandas as pd

from digital_diplomacy.penetration.adoption import EPOCH, FITS
from digital_diplomacy.penetration.curves import LEAST_IMITATION
from digital_diplomacy.penetration.forecasts import BASELINES
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.penetration.rows import estimates, findings
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
    """
    rows = validate(fits, FITS, where="adoption").to_dict("records")
    return findings([record for row in rows for record in _findings({str(key): cell for key, cell in row.items()})])


def sound_forecasts(series: pd.DataFrame, forecasts: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """What of some forecasts may be shown as such: the rest is cut off where the observations end.

    Parameters
    ----------
    series : DataFrame
        Estimates, the observations the forecasts were made from.
    forecasts : DataFrame
        From `adoption_forecast`.
    checks : DataFrame
        From `check_adoption`, of the same series and models.

    Returns
    -------
    DataFrame
        The forecasts' rows. After the last observation only those of curves that no check fails or leaves open, and of
        lines that do not run into 0 or 100 percent; up to it all, without intervals, as the fit they are.

    References
    ----------
    Van den Bulte & Lilien 1997, Marketing Science 16, 338-353 (ceilings below or about the last observation).
    """
    key = ["entity", "measure", "source_id"]
    ends = series.assign(last=series["period"].map(years)).groupby(key)["last"].max().reset_index()
    rows = forecasts.merge(ends, on=key, how="inner", validate="many_to_one")
    ahead = rows["period"].map(years).astype(float) > rows["last"]
    models = rows[[*key, "group"]].astype(str).agg(":".join, axis=1) if len(rows) else pd.Series(dtype=str)
    failed = models.isin(_failed(checks)) | models.isin(models[_stuck(rows)])
    kept = rows[~ahead | ~failed]
    fit = ~ahead[kept.index]
    return estimates(kept.assign(low=kept["low"].mask(fit), high=kept["high"].mask(fit), level=kept["level"].mask(fit)))


def left_out(forecasts: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """Why models have no forecast among `sound_forecasts`, one row a model.

    Parameters
    ----------
    forecasts, checks : DataFrame
        As in `sound_forecasts`.

    Returns
    -------
    DataFrame
        ``group`` (the model), ``kind`` (of the first check that does not hold; ``adoption_line`` for a line that runs
        into 0 or 100 percent), ``verdict`` and ``reason`` (the arithmetic).
    """
    rows = checks[checks["verdict"] != "holds"]
    curves = rows.assign(group=rows["relation_id"].str.split(":").str[-1].astype(object)).drop_duplicates("group")
    curves = curves[curves["group"].isin(forecasts["group"])]
    lines = forecasts[_stuck(forecasts)].drop_duplicates("group")
    reasons = [f"{row['period']}: {row['value']:g}" for row in lines.to_dict("records")]
    lines = lines.assign(kind="adoption_line", verdict="fails", reason=pd.Series(reasons, lines.index, dtype=object))
    columns = ["group", "kind", "verdict", "reason"]
    return pd.concat([curves[columns], lines[columns]], ignore_index=True)


def _stuck(forecasts: pd.DataFrame) -> pd.Series:
    """Rows of straight lines and last values that are at the end of what percent allow, or have no value."""
    return forecasts["group"].isin(BASELINES) & ~forecasts["value"].between(0, _TOP, inclusive="neither")


def _failed(checks: pd.DataFrame) -> set[str]:
    """``entity:measure:source:model`` of every curve with a check that does not hold."""
    named = checks.loc[checks["verdict"] != "holds", "relation_id"].str.split(":")
    return {":".join([entity, measure, source, model]) for _, source, entity, measure, model in named}


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
    said = f"{ceiling:.4g} {'<' if row['below_last'] else '>='} {last:.4g}"
    found.append(_finding(row, "ceiling", _verdict(row["below_last"]), said, top, (row["measure"], last)))
    if not row["below_last"]:  # a ceiling below the last observation says the same of every later year
        said = f"{row['next_value']:.4g} {'<' if row['steps_down'] else '>='} {last:.4g}"
        step = ("adoption_next", row["next_value"])
        found.append(_finding(row, "step", _verdict(row["steps_down"]), said, step, (row["measure"], last)))
    if math.isnan(row["inflection"]):  # a Bass curve that grows fastest at its launch
        return found
    said = f"{row['inflection'] + EPOCH:.1f} {'>' if row['before_inflection'] else '<='} {end + EPOCH:.1f}"
    observed = ("adoption_last_observation", end)
    turned = _finding(row, "inflection", _verdict(row["before_inflection"]), said, turn, observed)
    return [*found, {**turned, "unit": "years_after_2000"}]


def _bounds(row: dict[str, Any]) -> str:
    """Each parameter that has a bound, and its bound."""
    pairs = [(row["ceiling"], row["ceiling_limit"]), (row["imitation"], LEAST_IMITATION)]
    return "; ".join(f"{value:.4g} / {limit:g}" for value, limit in pairs if not math.isnan(value + limit))


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
        "reason": f"{row['model']}: {reason}",
        "claims": "",
    }
