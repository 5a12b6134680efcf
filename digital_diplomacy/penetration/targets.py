"""A programme's targets against the series of their own year, and against figures of other years."""

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd

from digital_diplomacy.penetration.rows import KEY, estimates, findings, told_apart


def _dated(targets: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Targets beside the series' value of the target's own year; targets without either are left out."""
    return targets.merge(series, on=["entity", "measure", "period"], validate="many_to_one", suffixes=("", "_observed"))


def target_gaps(targets: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Target, observed value of the target's own year, and their difference, programme by programme.

    Parameters
    ----------
    targets : DataFrame
        Estimates; the period is the year by which the target should be reached, the group is the programme.
    series : DataFrame
        Estimates by year, of the same measures.

    Returns
    -------
    DataFrame
        Estimates, and ``programme``, which is empty where no programme is named: three for each target whose year the
        series covers, group ``target``, group ``observed`` (source: the series), and group ``gap`` (observed minus
        target, in percentage points for percent). What several programmes set for one year stands side by side.

    Examples
    --------
    Two programmes that set 80 and 90 percent for 2020, of which 85.9 was reached:

    >>> import pandas as pd
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> stated = pd.concat([stated, stated.assign(programme="connected", value=90.0, low=89.5, high=90.5)])
    >>> stated = stated.rename(columns={"programme": "platform"})
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = penetration.target_gaps(targets, series)
    >>> found.loc[found["group"] != "observed", ["programme", "group", "value"]]
                programme   group    value
    0  digital_kazakhstan  target  80.0000
    2  digital_kazakhstan     gap   5.9426
    3           connected  target  90.0000
    5           connected     gap  -4.0574
    """
    both = _dated(targets, series)
    both["programme"] = both["group"]
    observed: dict[str, Any] = {
        name: both[f"{name}_observed"] for name in ("value", "low", "high", "interval", "unit", "base", "source_id")
    }
    unit = both["unit"].where(both["unit"] != "percent", "percentage_points")
    gap: dict[str, Any] = {
        "value": both["value_observed"] - both["value"],
        "low": float("nan"),
        "high": float("nan"),
        "unit": unit,
    }
    parts = [
        both.assign(group="target"),
        both.assign(group="observed", **observed).drop_duplicates(["programme", *KEY]),
        both.assign(group="gap", interval="none", **gap),
    ]
    rows = pd.concat(parts).sort_index(kind="stable")
    found = [estimates(own).assign(programme=name) for name, own in rows.groupby("programme", sort=False)]
    return pd.concat(found or [estimates(rows).assign(programme="")], ignore_index=True)


def first_reached(targets: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """The first observation of a series at or above each of its targets.

    Parameters
    ----------
    targets : DataFrame
        Estimates, of any number of years and programmes.
    series : DataFrame
        Estimates by year, of the same measures.

    Returns
    -------
    DataFrame
        entity, measure, target, period, value, low, high, unit, source_id (of the series): the first observation at or
        above each value that is set as a target, whoever sets it and for whichever years, and ``series_period``, the
        first of the series, before which nothing is known; no row for a target never reached or without a series.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> penetration.first_reached(targets, series)[["target", "period", "value"]]  # the first year at or above 80 %
       target period    value
    0    80.0   2019  81.8776
    """
    goals = targets[["entity", "measure", "value"]].rename(columns={"value": "target"}).drop_duplicates()
    both = goals.merge(series, on=["entity", "measure"], validate="many_to_many")
    both = both[both["value"] >= both["target"]].sort_values("period", kind="stable")
    first = both.groupby(["entity", "measure", "target"], sort=False).head(1).sort_index()
    begun = series.groupby(["entity", "measure"])["period"].min().rename("series_period").reset_index()
    told = first.merge(begun, on=["entity", "measure"], how="left", validate="many_to_one")
    columns = ["entity", "measure", "target", "period", "value", "low", "high", "unit", "source_id", "series_period"]
    return told[columns]


def check_targets(targets: pd.DataFrame, series: pd.DataFrame, *, cited: pd.DataFrame) -> pd.DataFrame:
    """Whether targets were reached in their own year, and what figures of other years can say.

    Parameters
    ----------
    targets : DataFrame
        Estimates; the period is the target's year, empty if none is printed.
    series : DataFrame
        Estimates by year, of the same measures.
    cited : DataFrame
        Estimates of the same measures that a document puts beside a target.

    Returns
    -------
    DataFrame
        Findings. Kind ``target_own_year``: observed against target; without a year or a series it cannot be checked.
        Kind ``target_other_year``: a cited figure of another year says nothing about the target's year.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> cited = series[series["period"] == "2023"]
    >>> penetration.check_targets(targets, series, cited=cited)[["kind", "verdict"]]
                    kind            verdict
    0    target_own_year              holds
    1  target_other_year  cannot be checked
    """
    records = [_own_year(target, series) for target in targets.to_dict("records")]
    pairs = targets.merge(cited, on=["entity", "measure"], suffixes=("", "_cited"))
    pairs = pairs[pairs["period_cited"].str[:4] != pairs["period"]]
    return findings(records + [_other_year(pair) for pair in pairs.to_dict("records")])


def dated_targets(targets: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Targets beside the series' value of their own year, one row each.

    Parameters
    ----------
    targets, series : DataFrame
        As in `target_gaps`.

    Returns
    -------
    DataFrame
        ``entity``, ``programme`` (the target's group), ``measure``, ``period``, ``target``, ``observed_pct``,
        ``gap_pct``, ``reading`` (reached or missed), ``first_period`` (of the first observation at or above the target,
        empty if there is none), ``series_period`` (of the first of all), ``source_id`` of the series; no row for a
        target without a year or a series.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = penetration.dated_targets(targets, series)
    >>> found[["period", "target", "observed_pct", "reading", "first_period"]]
      period  target  observed_pct  reading first_period
    0   2020    80.0       85.9426  reached         2019
    """
    both = _dated(targets, series)
    reached = both["value_observed"] >= both["value"]
    return (
        both[["entity", "group", "measure", "period"]]
        .rename(columns={"group": "programme"})
        .assign(
            target=both["value"],
            observed_pct=both["value_observed"],
            gap_pct=both["value_observed"] - both["value"],
            reading=reached.map({True: "reached", False: "missed"}),
            first_period=[_first_period(one, series, one["value"]) for one in both.to_dict("records")],
            series_period=[_first_period(one, series, -math.inf) for one in both.to_dict("records")],
            source_id=both["source_id_observed"],
        )
    )


def _first_period(target: dict[Hashable, Any], series: pd.DataFrame, least: float) -> str:
    """The first period in which the target's series has that much or more; empty if there is none."""
    same = (series["entity"] == target["entity"]) & (series["measure"] == target["measure"])
    return str(min(series.loc[same & (series["value"] >= least), "period"], default=""))


def drawn_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets as a figure shows them: as one group, or by programme where several have a target in one year.

    Parameters
    ----------
    targets : DataFrame
        Estimates of one entity and measure; the group is the programme.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets").assign(group="a")
    >>> penetration.drawn_targets(targets)["group"].tolist()
    ['target']
    """
    return targets if targets["period"].duplicated().any() else targets.assign(group="target")


def targets_found(targets: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """What a title says of targets and the series of their own years: one row, none without such a target.

    Parameters
    ----------
    targets, series : DataFrame
        As in `target_gaps`, of one entity.

    Returns
    -------
    DataFrame
        Of one target its row of `dated_targets` without the programme, with ``case`` reached or missed; of several
        entity, targets (how many), reached (how many of them) and the case ``several``.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> stated = sources.load("programme_targets").query("measure == 'internet_users_pct'")
    >>> targets = penetration.printed_figures(stated, source_id="programme_targets")
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> penetration.targets_found(targets, series)[["target", "case"]].to_numpy().tolist()
    [[80.0, 'reached']]
    """
    found = dated_targets(targets, series).rename(columns={"reading": "case"}).drop(columns="programme")
    if len(found) < 2:
        return found
    row = {"entity": found["entity"].iloc[0], "targets": len(found), "reached": int((found["case"] == "reached").sum())}
    return pd.DataFrame([{**row, "case": "several"}])


def verdict_counts(found: pd.DataFrame) -> pd.DataFrame:
    """How many targets were reached in their own year, missed, or cannot be checked: one row, none without targets.

    Parameters
    ----------
    found : DataFrame
        From `check_targets`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> found = pd.DataFrame({"kind": ["target_own_year"] * 2, "verdict": ["holds", "cannot be checked"]})
    >>> penetration.verdict_counts(found)
       targets  reached  missed  unchecked
    0        2        1       0          1
    """
    own = found.loc[found["kind"] == "target_own_year", "verdict"]
    verdicts = {"reached": "holds", "missed": "fails", "unchecked": "cannot be checked"}
    row = {"targets": len(own), **{name: int((own == verdict).sum()) for name, verdict in verdicts.items()}}
    return pd.DataFrame([row]).head(min(len(own), 1))


def _finding(target: dict[Hashable, Any], kind: str, left: dict[str, object]) -> dict[str, object]:
    """A finding whose right side is the target."""
    set_by = f":{target['group']}" if target["group"] else ""  # two programmes may set one for the same year
    name = f"{kind}:{target['source_id']}{set_by}:{target['entity']}:{target['measure']}:{target['period']}"
    right = {"right": target["measure"] + "_target", "right_low": target["low"], "right_high": target["high"]}
    return {"relation_id": name, "kind": kind, "documents": "", "unit": target["unit"], "claims": "", **left, **right}


def _own_year(target: dict[Hashable, Any], series: pd.DataFrame) -> dict[str, object]:
    same = (series["entity"] == target["entity"]) & (series["measure"] == target["measure"])
    found = series.loc[same & (series["period"] == target["period"]), "value"]
    if found.empty:
        left = {"left": target["measure"], "left_low": None, "left_high": None}
        reason = f"{target['period'] or '?'}: ? >= {target['value']:g}"
        return _finding(target, "target_own_year", {**left, "verdict": "cannot be checked", "reason": reason})
    value = float(found.iloc[0])
    reached = value >= target["value"]
    told = told_apart(value, target["value"])
    reason = f"{target['period']}: {told[0]} {'>=' if reached else '<'} {told[1]}"
    left = {"left": target["measure"], "left_low": value, "left_high": value}
    return _finding(target, "target_own_year", {**left, "verdict": "holds" if reached else "fails", "reason": reason})


def _other_year(pair: dict[Hashable, Any]) -> dict[str, object]:
    reason = f"{pair['value_cited']:g} ({pair['period_cited']}); {pair['value']:g} ({pair['period'] or '?'})"
    left = {"left": pair["measure"], "left_low": pair["low_cited"], "left_high": pair["high_cited"]}
    row = _finding(pair, "target_other_year", {**left, "verdict": "cannot be checked", "reason": reason})
    return {**row, "relation_id": f"{row['relation_id']}:{pair['period_cited']}"}
