"""What a figure on penetration found, as the one row that fills its title; no row where it found nothing."""

import math
from collections.abc import Mapping

import pandas as pd

from digital_diplomacy import readings
from digital_diplomacy.errors import ArgumentError

HALF: float = 50.0
"""Percent of the population from which most people are online."""


def percent_change(series: pd.DataFrame, entity: str, *, breaks: pd.DataFrame | None = None) -> pd.DataFrame:
    """First and last value of an entity in percent, and the direction of the change that intervals leave sure.

    Parameters
    ----------
    series : DataFrame
        Estimates in percent of one measure, group and source.
    entity : str
        Code of the entity read.
    breaks : DataFrame, optional
        ``measure, period`` of changes in what a measure counts (the table ``breaks``).

    Returns
    -------
    DataFrame
        As `readings.change`, with ``first_pct`` and ``last_pct`` in place of ``first`` and ``last``; where a break lies
        between the two, a rise or fall has the case ``redefined``.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> series = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> found = penetration.percent_change(penetration.within(series, "2014/2024"), "KAZ")
    >>> found[["first_period", "first_pct", "last_period", "last_pct", "case"]]
      first_period  first_pct last_period  last_pct case
    0         2014       66.0        2024   93.3917   up
    """
    found = readings.change(series, entity).rename(columns={"first": "first_pct", "last": "last_pct"})
    if found.empty or breaks is None:
        return found
    first, last = found["first_period"].iloc[0], found["last_period"].iloc[0]
    periods = breaks.loc[breaks["measure"] == found["measure"].iloc[0], "period"].str.split("/")
    between = any(first < period[0] and period[-1] <= last for period in periods)
    return found.assign(case=found["case"].mask(found["case"].isin(["up", "down"]) & between, "redefined"))


def half_online(series: pd.DataFrame, entity: str, *, level: float = HALF) -> pd.DataFrame:
    """The first year in which a share of the population was online, and how many others were there before.

    A share reaches the level somewhere between the last year known below it and the first year known at it, so that
    years without a value, and a series that begins above the level, leave open who came first.

    Parameters
    ----------
    series : DataFrame
        Estimates by year in percent of the population, one row an entity and year.
    entity : str
        Code of the entity asked about.
    level : float
        Percent to be reached.

    Returns
    -------
    DataFrame
        One row, none for an entity without values: ``entity``, ``level_pct``, ``period`` (empty if never), ``earlier``
        and ``unclear`` (how many of the others reached it in an earlier year for certain, and of how many the years
        known do not tell), ``others``, ``measure``, ``last_period``, ``last_pct`` and ``case``: ``reached``, ``open``
        if some of the others are unclear, ``alone`` if there are no others, ``already`` if the first value is at the
        level, or ``never``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> from digital_diplomacy.penetration.rows import estimates
    >>> rows = pd.DataFrame({"entity": ["A", "A", "B"], "period": ["2001", "2002", "2001"], "value": [40, 55, 60.0]})
    >>> rows = estimates(rows, measure="internet_users_pct", unit="percent", base="population", source_id="x")
    >>> penetration.half_online(rows, "A")[["period", "earlier", "others", "case"]].to_numpy().tolist()
    [['2002', 1, 1, 'reached']]
    """
    known = series.dropna(subset=["value"]).sort_values("period", kind="stable")
    reached = {str(code): _reached(rows, level) for code, rows in known.groupby("entity")}
    if entity not in reached:
        return pd.DataFrame()
    below, year = reached.pop(entity)
    earlier = sum(at <= below for _, at in reached.values())
    unclear = sum(at > below and under + 1 < year for under, at in reached.values())
    case = "never" if math.isinf(year) else "already" if math.isinf(below) else "alone" if not reached else "reached"
    row = {"entity": entity, "level_pct": level, "period": "" if math.isinf(year) else str(int(year))}
    row |= {"others": len(reached), "earlier": earlier, "unclear": unclear}
    last = known[known["entity"] == entity].iloc[-1]
    row |= {"measure": last["measure"], "last_period": last["period"], "last_pct": last["value"]}
    return pd.DataFrame([row | {"case": "open" if case == "reached" and unclear else case}])


def _reached(rows: pd.DataFrame, level: float) -> tuple[float, float]:
    """The last year known below a level before it is reached, and the first at it; infinite where there is none."""
    years, at = rows["period"].str[:4].astype(float), rows["value"] >= level
    first = float(years[at].min()) if at.any() else math.inf
    before = years[years < first]
    return (float(before.max()) if len(before) else -math.inf), first


def distance_to_median(series: pd.DataFrame, entity: str) -> pd.DataFrame:
    """How far an entity is from the middle of the others, in the first and the last year that all have a value of.

    Parameters
    ----------
    series : DataFrame
        Estimates by year in percent, one row an entity and year.
    entity : str
        Code of the entity asked about.

    Returns
    -------
    DataFrame
        One row, none without two common years: ``entity``, ``others``, ``first_period``, ``first_gap_pct``,
        ``last_period``, ``last_gap_pct`` (percentage points between the entity and the median of the others, without
        their sign), ``right`` and ``case``: ``below`` or ``above`` in both years, ``risen`` from below to above,
        or ``fallen``, with ``_one`` after it where there is but one other, which is no median.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> from digital_diplomacy.penetration.rows import estimates
    >>> rows = pd.DataFrame({"entity": list("AABBCC"), "period": ["2001", "2002"] * 3})
    >>> rows["value"] = [10.0, 40.0, 30.0, 50.0, 50.0, 52.0]
    >>> rows = estimates(rows, measure="internet_users_pct", unit="percent", base="population", source_id="x")
    >>> penetration.distance_to_median(rows, "A")[["first_gap_pct", "last_gap_pct", "case"]].to_numpy().tolist()
    [[30.0, 11.0, 'below']]
    """
    wide = series.set_index(["period", "entity"])["value"].unstack()  # noqa: PD010 - no cell has two values
    wide = wide.dropna().sort_index()
    others = [code for code in wide.columns if code != entity]
    if entity not in wide.columns or not others or len(wide) < 2:
        return pd.DataFrame()
    gap = wide[entity] - wide[others].median(axis=1)
    first, last = float(gap.iloc[0]), float(gap.iloc[-1])
    under = max(first, last) <= 0 or (first < 0 < last)
    case = ("below" if last <= 0 else "risen") if under else "above" if min(first, last) >= 0 else "fallen"
    row = {"entity": entity, "others": len(others), "first_period": wide.index[0], "first_gap_pct": abs(first)}
    row |= {"last_period": wide.index[-1], "last_gap_pct": abs(last), "right": others[0]}
    return pd.DataFrame([row | {"case": case if len(others) > 1 else f"{case}_one"}])


def extremes(rows: pd.DataFrame, *, smallest: bool = False) -> pd.DataFrame:
    """The first and the last of some figures by size, and whether intervals tell the first from the second.

    Parameters
    ----------
    rows : DataFrame
        Estimates of one measure and unit, one row for each ``group``.
    smallest : bool
        Whether the smallest figure is the first.

    Returns
    -------
    DataFrame
        One row, none for fewer than two figures: ``entity``, ``period``, ``n`` (how many are compared), ``group`` and
        ``top`` (code and value of the first), ``second_group``, ``last_group``, ``last_value`` and ``case``: ``clear``,
        or ``close`` if the intervals of the first and the second meet.

    Raises
    ------
    ValueError
        If the figures have several units, or a code stands twice.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020")
    >>> penetration.extremes(figures)[["group", "top", "second_group", "last_group", "case"]]
           group    top second_group last_group   case
    0  pinterest  37.72      youtube  instagram  clear
    """
    known = rows.dropna(subset=["value"]).sort_values("value", ascending=smallest, kind="stable")
    if len(known) < 2:
        return pd.DataFrame()
    if len(known["unit"].unique()) > 1 or known["group"].duplicated().any():
        raise ArgumentError("extremes compare one figure of each {column} in one unit; select the rows", column="group")
    first, second, last = known.iloc[0], known.iloc[1], known.iloc[-1]
    smaller, larger = (first, second) if smallest else (second, first)
    close = _end(larger, "low") <= _end(smaller, "high")
    row = {"entity": first["entity"], "period": first["period"], "n": len(known), "group": first["group"]}
    row |= {"top": first["value"], "second_group": second["group"], "last_group": last["group"]}
    return pd.DataFrame([row | {"last_value": last["value"], "case": "close" if close else "clear"}])


def writers_found(ratios: pd.DataFrame) -> pd.DataFrame:
    """Where authors write most, unless counts are suppressed: then only of how many platforms it is known.

    Parameters
    ----------
    ratios : DataFrame
        From `messages_per_author`.

    Returns
    -------
    DataFrame
        As `extremes`; where ratios lie within bounds alone one row with ``period``, ``n`` (platforms), ``known`` (those
        with a value) and ``case`` ``hidden``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"group": ["vkontakte", "telegram"], "period": "2023-09", "value": [3.5, None]})
    >>> penetration.writers_found(rows)
        period  n  known    case
    0  2023-09  2      1  hidden
    """
    known = int(ratios["value"].notna().sum())
    if known == len(ratios):
        return extremes(ratios)
    period = ratios["period"].iloc[0]
    return pd.DataFrame([{"period": period, "n": len(ratios), "known": known, "case": "hidden"}])


def _end(row: pd.Series, end: str) -> float:
    """An end of the interval; where none is printed, the value itself."""
    found = row.get(end, math.nan)
    return float(row["value"] if pd.isna(found) else found)


def forecast_reach(ahead: pd.DataFrame, sound: pd.DataFrame) -> pd.DataFrame:
    """How many models may be carried on, and where their intervals lead together.

    Parameters
    ----------
    ahead, sound : DataFrame
        All forecasts, and those that `sound_forecasts` keeps.

    Returns
    -------
    DataFrame
        One row, none without forecasts: ``models``, ``drawn``, ``period`` (the last one forecast), ``low_pct`` and
        ``high_pct`` (the ends of all their intervals together) and ``case``: ``some``, ``open`` where the intervals
        leave everything from 0 to 100 percent, ``bare`` where no model has an interval and the ends are those of the
        values, ``few`` where the observations are too few for any model, or else ``none``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> ahead = pd.DataFrame({"group": ["logistic", "drift"], "period": "2030", "value": [95.0, 99.0]})
    >>> sound = ahead.head(1).assign(low=90.0, high=97.0)
    >>> penetration.forecast_reach(ahead, sound)
       models  drawn period  low_pct  high_pct  case
    0       2      1   2030     90.0      97.0  some
    """
    if ahead.empty:
        return pd.DataFrame()
    last = ahead["period"].max()
    kept = sound[(sound["period"] == last) & sound["value"].notna()]
    row = {"models": ahead["group"].nunique(), "drawn": kept["group"].nunique(), "period": last}
    known = kept[["low", "high"]].notna().all(axis=1)
    bounds = kept[known] if known.any() else kept.assign(low=kept["value"], high=kept["value"])
    low, high = bounds["low"].min(), bounds["high"].max()
    if kept.empty:
        case = "none" if ahead.loc[ahead["period"] == last, "value"].notna().any() else "few"
    elif known.any():
        case = "open" if round(low, 1) <= 0 and round(high, 1) >= 100 else "some"
    else:
        case = "bare"
    return pd.DataFrame([row | {"low_pct": low, "high_pct": high, "case": case}])


def coverage_found(reading: pd.DataFrame) -> pd.DataFrame:
    """What all horizons of a back-test say of the intervals together.

    Parameters
    ----------
    reading : DataFrame
        From `backtest_reading`.

    Returns
    -------
    DataFrame
        One row, none without a horizon: ``level``, ``least_pct``, ``most_pct`` over all models and horizons, and
        ``case``: ``intervals_narrow``, ``intervals_hold`` or, where horizons differ, ``intervals_differ``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"level": 0.95, "least_pct": [60.0, 70.0], "most_pct": [80.0, 85.0]})
    >>> rows["reading"] = "intervals_narrow"
    >>> penetration.coverage_found(rows)
       level  least_pct  most_pct              case
    0   0.95       60.0      85.0  intervals_narrow
    """
    if reading.empty:
        return pd.DataFrame()
    cases = reading["reading"].unique()
    row = {"level": reading["level"].iloc[0], "least_pct": reading["least_pct"].min()}
    case = cases[0] if len(cases) == 1 else "intervals_differ"
    return pd.DataFrame([row | {"most_pct": reading["most_pct"].max(), "case": case}])


def populations_found(shared: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Whether the figures of each edition agree on one population, with the last one they agree on.

    Parameters
    ----------
    shared : DataFrame
        From `check_population`.
    people : DataFrame
        From `common_population`.

    Returns
    -------
    DataFrame
        One row, none without a pair: ``pairs``, ``agree``, ``period``, ``low`` and ``high`` of the last common
        population and ``case``: ``all``, ``some`` or ``none``.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> edition = sources.load("datareportal").query("period == '2023-01'")
    >>> rows = penetration.printed_figures(edition, source_id="datareportal")
    >>> implied = penetration.implied_population(rows)
    >>> shared, people = penetration.check_population(implied), penetration.common_population(implied)
    >>> penetration.populations_found(shared, people)[["pairs", "agree", "case", "period"]]
       pairs  agree case   period
    0      3      3  all  2023-01
    """
    if shared.empty:
        return pd.DataFrame()
    agree = int((shared["verdict"] == "holds").sum())
    case = "none" if people.empty or not agree else "all" if agree == len(shared) else "some"
    row: dict[str, object] = {"pairs": len(shared), "agree": agree, "case": case}
    if case != "none":
        last = people.sort_values("period", kind="stable").iloc[-1]
        row |= {"period": last["period"], "low": last["low"], "high": last["high"]}
    return pd.DataFrame([row])


def repeats_found(compared: pd.DataFrame) -> pd.DataFrame:
    """How many years back the value lies that most editions of a publisher repeat.

    Parameters
    ----------
    compared : DataFrame
        From `penetration_lag`.

    Returns
    -------
    DataFrame
        One row, none without an edition: ``editions``, ``repeats`` (how many editions repeat the series' value of the
        same number of years before), ``group`` (``lag_<years>``) and ``case``: ``repeated``, ``same`` where that is
        the value of the edition's own year, or ``new`` if none does.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> ends = {"low": [-0.05, 2.0], "high": [0.05, 3.0]}
    >>> rows = pd.DataFrame({"period": ["2023", "2024"], "group": ["lag_1", "lag_0"], **ends})
    >>> penetration.repeats_found(rows)  # the interval of the first holds 0
       editions  repeats  group      case
    0         2        1  lag_1  repeated
    """
    if compared.empty:
        return pd.DataFrame()
    matches = compared[(compared["low"] <= 0) & (compared["high"] >= 0)]
    lags = matches.groupby("group")["period"].nunique().sort_values(ascending=False, kind="stable")
    row: dict[str, object] = {"editions": compared["period"].nunique()}
    if lags.empty:
        return pd.DataFrame([row | {"repeats": 0, "group": "", "case": "new"}])
    case = "same" if lags.index[0] == "lag_0" else "repeated"
    return pd.DataFrame([row | {"repeats": int(lags.iloc[0]), "group": lags.index[0], "case": case}])


def people_found(bounds: pd.DataFrame) -> pd.DataFrame:
    """The fewest people of the population that the audiences need, and whether they limit the number above.

    Parameters
    ----------
    bounds : DataFrame
        From `audience_shares`.

    Returns
    -------
    DataFrame
        One row, that of the audience which needs most people; none without one: ``group``, ``period``, ``unit``,
        ``low``, ``high`` and ``case``: ``open`` if nothing but everybody limits them from above, else ``bounded``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> ends = {"low": [35.0, 63.0], "high": [85.0, 100.0]}
    >>> rows = pd.DataFrame({"group": ["accounts", "users"], "period": "2020", **ends})
    >>> penetration.people_found(rows)
       group period     unit   low   high  case
    0  users   2020  percent  63.0  100.0  open
    """
    if bounds.empty:
        return pd.DataFrame()
    top = bounds.sort_values("low", ascending=False, kind="stable").iloc[0]
    limited = not pd.isna(top["high"]) and top["high"] < 100
    row: Mapping[str, object] = {
        "group": top["group"],
        "period": top["period"],
        "unit": "percent",
        "low": top["low"],
        "high": top["high"],
        "case": "bounded" if limited else "open",
    }
    return pd.DataFrame([row])


def leaders(named: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Who comes first in two rankings that count different things.

    Parameters
    ----------
    named : DataFrame
        Estimates in the order of the first ranking; one without a value is named without a figure.
    shares : DataFrame
        Estimates of the second.

    Returns
    -------
    DataFrame
        One row, none unless both have rows: ``first_group`` and ``other_group``, ``period`` (from the first ranking's
        to the second's, where they are two), and ``case``: ``same``, ``differ``, ``unprinted``, if the first of the
        first ranking is named without a figure, or ``open``, if the largest figure of a ranking is another's as well,
        or not told from it by their intervals.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> named = pd.DataFrame({"group": ["vkontakte", "instagram"], "value": [None, 6.8], "period": "2020"})
    >>> shares = pd.DataFrame({"group": ["facebook", "pinterest"], "value": [13.54, 37.72], "period": "2020"})
    >>> penetration.leaders(named, shares)
      first_group other_group period       case
    0   vkontakte   pinterest   2020  unprinted
    """
    if named.empty or shares["value"].isna().all():
        return pd.DataFrame()
    is_named = bool(pd.isna(named["value"].iloc[0]))
    first, second = (named if is_named else _by_size(named)), _by_size(shares)
    told = {"first_group": first["group"].iloc[0], "other_group": second["group"].iloc[0]}
    told["period"] = "/".join(sorted({first["period"].iloc[0], second["period"].iloc[0]}))
    if _is_close(second) or (not is_named and _is_close(first)):
        return pd.DataFrame([told | {"case": "open"}])
    case = "unprinted" if is_named else "same" if told["first_group"] == told["other_group"] else "differ"
    return pd.DataFrame([told | {"case": case}])


def _by_size(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")


def _is_close(rows: pd.DataFrame) -> bool:
    """Whether the first of figures by size is not told from the second."""
    return len(rows) > 1 and _end(rows.iloc[1], "high") >= _end(rows.iloc[0], "low")
