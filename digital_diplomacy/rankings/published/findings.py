"""What each figure of the rankings found, as the fields of its title: one row, or none where there is nothing to tell.

A column ``case`` chooses among the wordings. Every reading holds for any country and edition.
"""

import math
from typing import Final

import pandas as pd

from digital_diplomacy import readings
from digital_diplomacy.rankings.published.exceptions import COMPONENTS

_DIGITS: Final = 2  # significant digits of how many times one audience is another
_THIRD: Final = 1 / 3
_NORMAL_95: Final = 1.959964  # quantile of the normal distribution
_NONE: Final = pd.DataFrame()
_WHEN: Final = ("first", "last")


def review_place(review: pd.DataFrame, entity: str) -> pd.DataFrame:
    """The place of a ministry in one edition, or its bounds: ``entity, value, low, high, n, period, case``.

    Parameters
    ----------
    review : DataFrame
        As `review_ranks` returns it, of one edition.
    entity : str
        ISO 3166 alpha-3.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ"], "value": 38.0, "low": 38.0, "high": 38.0, "n": 210, "period": "2016"})
    >>> rankings.review_place(table, "KAZ")[["entity", "value", "n", "period", "case"]]
      entity  value    n period   case
    0    KAZ   38.0  210   2016  place
    >>> len(rankings.review_place(table, "UZB"))  # nothing is known of its place
    0
    """
    own = review[review["entity"] == entity]
    if own.empty:
        return _NONE
    row = own.iloc[0]
    case = "bounds" if pd.isna(row["value"]) else "place"
    columns = ["entity", "value", "low", "high", "n", "period"]
    return pd.DataFrame([{column: row[column] for column in columns} | {"case": case}])


def audience_lead(ratio: pd.DataFrame, entity: str) -> pd.DataFrame:
    """Which of two ministries has the larger audiences on every network, and how many times.

    Parameters
    ----------
    ratio : DataFrame
        As `audience_ratio` returns it, for the reference ``entity``.
    entity : str
        The reference.

    Returns
    -------
    DataFrame
        Case ``lead``: ``left`` (the larger), ``right``, ``least`` and ``most`` times, ``n`` networks, ``period``. Case
        ``mixed``: ``entity``, on how many of ``n`` comparisons it has ``more`` and ``fewer`` for certain.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rows = rankings.audiences(sources.load("ministry_audiences"))
    >>> ratio = rankings.audience_ratio(rows[rows["period"] == "2018-02"], "KAZ")
    >>> rankings.audience_lead(ratio, "KAZ")[["left", "right", "least", "most", "n"]]  # 12458 / 1254 and 94000 / 1645
      left right  least  most  n
    0  RUS   KAZ    9.9  57.0  4
    """
    if ratio.empty:
        return _NONE
    ends = ratio.groupby(["entity", "group", "period"]).agg(
        low=("low", "min"), value=("value", "first"), high=("high", "max")
    )
    fewer, more = int((ends["low"] > 1).sum()), int((ends["high"] < 1).sum())
    others = ends.index.unique("entity")
    if len(others) > 1 or len(ends) not in (fewer, more):
        return pd.DataFrame([{"entity": entity, "more": more, "fewer": fewer, "n": len(ends), "case": "mixed"}])
    times = ends["value"] if fewer else 1 / ends["value"]
    left, right = (others[0], entity) if fewer else (entity, others[0])
    least, most = _rounded(float(times.min())), _rounded(float(times.max()))
    period = ends.index.get_level_values("period").max()
    row = {"left": left, "right": right, "least": least, "most": most, "n": len(ends), "period": period}
    return pd.DataFrame([row | {"case": "lead"}])


def _rounded(value: float) -> float:
    digits = _DIGITS - 1 - math.floor(math.log10(value))
    return round(value, digits) if digits > 0 else float(round(value))


def index_course(index: pd.DataFrame, entity: str) -> pd.DataFrame:
    """First and last index of a state, with how many of the others shown stood above it in each of the two editions.

    Values of two editions are not on one scale, places among the same states are comparable.

    Parameters
    ----------
    index : DataFrame
        Estimates as `index_values` returns them, of the states compared.
    entity : str
        The state.

    Returns
    -------
    DataFrame
        The columns of `readings.change`, ``first_above``, ``last_above``, ``first_n`` and ``last_n`` (the others
        shown), of the first and last edition that has others; ``case`` is missing, but ``ahead`` where no other is
        certainly above in either, and ``alone`` where fewer than two editions have others.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> index = rankings.index_values(sources.load("egdi_by_edition").query("iso3 in ['KAZ', 'UZB', 'RUS']"))
    >>> found = rankings.index_course(index, "KAZ")
    >>> found[["first_period", "first", "first_above", "last_period", "last", "last_above"]]
      first_period  first  first_above last_period   last  last_above
    0         2003  0.387            1        2024  0.901           0
    """
    known = index[index["value"].notna()]
    beside = known.groupby("period")["entity"].transform("nunique") > 1
    moved = readings.change(known[beside], entity)
    if moved.empty:
        alone = readings.change(index, entity)
        rounded = readings.apart({when: alone[when].iloc[0] for when in _WHEN}, decimals=3) if len(alone) else {}
        return alone.assign(**rounded, case="alone") if len(alone) else _NONE
    row = moved.iloc[0]
    ends = {when: readings.standing(index[index["period"] == row[f"{when}_period"]], entity) for when in _WHEN}
    if any(end.empty for end in ends.values()):
        return _NONE
    counts = {f"{when}_above": int(end["above"].iloc[0]) for when, end in ends.items()}
    counts |= {f"{when}_n": int(end["n"].iloc[0]) - 1 for when, end in ends.items()}
    values = readings.apart({when: row[when] for when in _WHEN}, decimals=3)
    told = moved.drop(columns=["case"]).assign(**values, **counts)
    return told if counts["first_above"] or counts["last_above"] else told.assign(case="ahead")


def agreement_found(agreement: pd.DataFrame) -> pd.DataFrame:
    """In how many editions every index follows to the last digit, and the edition where most do not.

    Parameters
    ----------
    agreement : DataFrame
        As `agreement` of the published index returns it.

    Returns
    -------
    DataFrame
        ``count`` editions of ``total``; in case ``some`` also ``edition``, ``off`` and ``states``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> counts = pd.DataFrame({"period": ["2022", "2024"], "group": "index_agrees", "value": [193, 101], "n": 193})
    >>> rankings.agreement_found(counts)
       count  total  edition  off  states  case
    0      1      2     2024   92     193  some
    """
    agreeing = agreement[agreement["group"] == "index_agrees"]
    off = agreeing["n"] - agreeing["value"]
    counts = {"count": int((off == 0).sum()), "total": len(agreeing)}
    if agreeing.empty or (off == 0).all():
        return pd.DataFrame([counts | {"case": "all"}]).iloc[: len(agreeing)]
    worst = agreeing.loc[off == off.max()].iloc[0]
    told = {"edition": int(worst["period"]), "off": int(off.max()), "states": int(worst["n"])}
    return pd.DataFrame([counts | told | {"case": "some"}])


def weights_found(weights: pd.DataFrame) -> pd.DataFrame:
    """In how many editions equal weights reproduce every index, and how far from a third a weight may be at most.

    Parameters
    ----------
    weights : DataFrame
        As `fit_weights` returns them.

    Returns
    -------
    DataFrame
        ``count`` editions of ``total``, ``most``: the farthest end of an interval from a third, in percentage points.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> rows = pd.DataFrame({"period": "2022", "group": ["osi", "hci", "tii"], "low": 0.331, "high": 0.335})
    >>> rankings.weights_found(rows)  # 0.331 is 0.2333 points below a third, rounded up
       count  total  most
    0      1      1   0.3
    """
    if weights.empty:
        return _NONE
    inside = (weights["low"] <= _THIRD) & (weights["high"] >= _THIRD)
    equal = inside.groupby(weights["period"]).all()
    farthest = max(abs(weights["low"] - _THIRD).max(), abs(weights["high"] - _THIRD).max())
    most = math.ceil(1000 * farthest) / 10
    return pd.DataFrame([{"count": int(equal.sum()), "total": len(equal), "most": most}])


def component_places(profile: pd.DataFrame, entity: str) -> pd.DataFrame:
    """The places of a state in the three components: ``entity, osi, hci, tii, period``.

    Parameters
    ----------
    profile : DataFrame
        As `edition_profile` returns it.
    entity : str
        The state.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load("un_egdi"), sources.load("un_egdi_exceptions")]
    >>> components = rankings.edition_values(*tables, 2024)
    >>> framework = rankings.edition_framework(sources.load("un_egdi_editions"), 2024)
    >>> profile = rankings.edition_profile(components, framework, entity="KAZ", edition=2024)
    >>> rankings.component_places(profile, "KAZ")
      entity period  osi  hci  tii
    0    KAZ   2024   10   42   41
    >>> int((components["osi"] > 0.93903).sum())  # states with more online services, before Kazakhstan's place
    9
    """
    own = profile[(profile["entity"] == entity) & (profile["unit"] == "rank")].set_index("group")
    if not set(COMPONENTS) <= set(own.index):
        return _NONE
    places = {code: int(own["value"][code]) for code in COMPONENTS}
    return pd.DataFrame([{"entity": entity, "period": own["period"].iloc[0], **places}])


def differences_found(differences: pd.DataFrame) -> pd.DataFrame:
    """How many published values of an edition follow from the components to the last digit, and the farthest one.

    Parameters
    ----------
    differences : DataFrame
        As `index_differences` returns it.

    Returns
    -------
    DataFrame
        ``value`` of ``n`` states, ``period``, ``most``: the farthest, in units of the last digit; case ``all`` or
        ``some``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> ends = {"low": [-0.9, -0.2, 0.6], "high": [0.3, 1.0, 1.8]}
    >>> rows = pd.DataFrame({"period": "2018", "value": [-0.3, 0.4, 1.2], **ends})
    >>> rankings.differences_found(rows)  # the third cannot be 0
       count  total period  most  case
    0      2      3   2018   1.2  some
    """
    if differences.empty:
        return _NONE
    inside = (differences["low"] <= 0) & (differences["high"] >= 0)
    row = {"count": int(inside.sum()), "total": len(inside), "period": differences["period"].iloc[0]}
    most = round(float(differences["value"].abs().max()), 1)
    return pd.DataFrame([row | {"most": most, "case": "all" if inside.all() else "some"}])


def method_range(places: pd.DataFrame, entity: str) -> pd.DataFrame:
    """The ranks of a state under other methods beside that of the declared one.

    Parameters
    ----------
    places : DataFrame
        As `rank_estimates` returns it.
    entity : str
        The state.

    Returns
    -------
    DataFrame
        ``entity, best, worst, declared, period``; case ``fixed`` where all draws inside the level give one rank.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> measures = ["rank_nominal", "rank_median_method"]
    >>> ends = {"value": [24.0, 25], "low": [np.nan, 22], "high": [np.nan, 27]}
    >>> places = pd.DataFrame({"entity": "KAZ", "period": "2024", "measure": measures, **ends})
    >>> rankings.method_range(places, "KAZ")
      entity  best  worst  declared period   case
    0    KAZ    22     27        24   2024  range
    """
    own = places[places["entity"] == entity]
    found = own[own["measure"] == "rank_median_method"]
    if found.empty:
        return _NONE
    row, declared = found.iloc[0], int(own.loc[own["measure"] == "rank_nominal", "value"].iloc[0])
    ends = {"best": int(row["low"]), "worst": int(row["high"]), "declared": declared, "period": row["period"]}
    case = "fixed" if ends["best"] == ends["worst"] == ends["declared"] else "range"
    return pd.DataFrame([{"entity": entity, **ends, "case": case}])


def component_needed(changes: pd.DataFrame, aim: pd.DataFrame) -> pd.DataFrame:
    """The rise of one component that reaches the rank aimed at, and how many components have room for that.

    Where components weigh differently each takes a rise of its own.

    Parameters
    ----------
    changes, aim : DataFrame
        As `edition_changes` and `edition_aim` return them.

    Returns
    -------
    DataFrame
        ``entity, goal`` (rank), ``period``, the least ``rise`` and the ``most``, both rounded up to three decimals, for
        ``count`` of ``total`` components; case ``first`` (already there), ``none`` (no component has room), ``one``
        rise for all, or ``several``.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> aim = pd.DataFrame({"entity": ["KAZ"], "now": [24], "goal": [20]})
    >>> measures = ["value_now", "value_now", "value_needed", "value_needed"]
    >>> values = [0.84, 0.92, 0.9, np.nan]
    >>> changes = pd.DataFrame({"group": ["hci", "tii"] * 2, "measure": measures, "value": values, "period": "2024"})
    >>> rankings.component_needed(changes, aim)  # 0.90 - 0.84; the other has no room
      entity  goal period  total  count  rise  most case
    0    KAZ    20   2024      2      1  0.06  0.06  one
    """
    if aim.empty:
        return _NONE
    now, needed = (_by_group(changes, f"value_{when}") for when in ("now", "needed"))
    rise = (1000 * (needed - now).dropna()).round(6).map(math.ceil) / 1000
    row = _aimed(changes, aim) | {"total": len(now), "count": len(rise)}
    least, most = rise.min(), rise.max()
    case = "none" if rise.empty else "one" if least == most else "several"
    case = "first" if aim["now"].iloc[0] == aim["goal"].iloc[0] else case
    return pd.DataFrame([row | {"rise": least, "most": most, "case": case}])


def weights_needed(changes: pd.DataFrame, aim: pd.DataFrame) -> pd.DataFrame:
    """The weight that must change most for the rank aimed at.

    Parameters
    ----------
    changes, aim : DataFrame
        As `edition_changes` and `edition_aim` return them.

    Returns
    -------
    DataFrame
        ``entity, goal, period``, ``group``, its weight ``first`` and ``last`` in percent; case ``first`` (already
        there), ``none`` (no weights do) or ``other``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> aim = pd.DataFrame({"entity": ["KAZ"], "now": [24], "goal": [20]})
    >>> changes = pd.DataFrame({"group": ["hci", "tii"] * 2, "value": [0.5, 0.5, 0.2, 0.8], "period": "2024"})
    >>> changes["measure"] = ["weight_now", "weight_now", "weight_needed", "weight_needed"]
    >>> rankings.weights_needed(changes, aim)
      entity  goal period  first  last group   case
    0    KAZ    20   2024   50.0  80.0   tii  other
    """
    if aim.empty:
        return _NONE
    now, needed = (_by_group(changes, f"weight_{when}") for when in ("now", "needed"))
    row = _aimed(changes, aim)
    if aim["now"].iloc[0] == aim["goal"].iloc[0]:
        return pd.DataFrame([row | {"case": "first"}])
    moved = (needed - now).dropna()
    if moved.empty:
        return pd.DataFrame([row | {"case": "none"}])
    group = str(moved.abs().idxmax())
    ends = readings.apart({"first": 100 * now[group], "last": 100 * needed[group]}, decimals=1)
    return pd.DataFrame([row | ends | {"group": group, "case": "other"}])


def _by_group(changes: pd.DataFrame, measure: str) -> "pd.Series[float]":
    return changes[changes["measure"] == measure].set_index("group")["value"]


def _aimed(changes: pd.DataFrame, aim: pd.DataFrame) -> dict[str, object]:
    goal = aim.iloc[0]
    return {"entity": goal["entity"], "goal": int(goal["goal"]), "period": changes["period"].iloc[0]}


def rankings_alike(sampled: pd.DataFrame, bounded: pd.DataFrame) -> pd.DataFrame:
    """Whether two rankings agree: a coefficient over printed places, and its bounds over every order that fits.

    Parameters
    ----------
    sampled, bounded : DataFrame
        One row each, as `rank_correlation` and `compatible_correlation` return them, of one coefficient.

    Returns
    -------
    DataFrame
        ``measure, value, n, least, most, total``; case ``alike`` or ``opposed`` where the interval does not meet 0 and
        no order that fits comes nearer to 0 than independent rankings do in 95 % of cases; ``partly`` where only the
        printed places agree; ``unclear`` otherwise.

    References
    ----------
    J. D. Gibbons and S. Chakraborti, Nonparametric Statistical Inference, 4th edition, 2003, chapter 11: the variances
    of both coefficients under independence, without ties.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> sampled = pd.DataFrame({"measure": ["kendall_tau"], "value": [0.6], "low": [0.2], "high": [0.9], "n": [10]})
    >>> bounded = pd.DataFrame({"low": [0.45], "high": [0.8], "n": [20]})
    >>> rankings.rankings_alike(sampled, bounded)[["measure", "value", "least", "most", "case"]]
           measure  value  least  most   case
    0  kendall_tau    0.6   0.45   0.8  alike
    """
    if sampled.empty or bounded.empty:
        return _NONE
    one, other = sampled.iloc[0], bounded.iloc[0]
    ends = [float(row[end]) for row in (one, other) for end in ("low", "high")]
    chance = _by_chance(str(one["measure"]), int(other["n"]))
    case = "partly" if ends[0] > 0 else "unclear"
    if ends[0] > 0 and ends[2] > chance:
        case = "alike"
    elif ends[1] < 0 and ends[3] < -chance:
        case = "opposed"
    told = {"value": round(float(one["value"]), 2), "n": int(one["n"]), "total": int(other["n"])}
    bounds = {"least": math.floor(100 * ends[2]) / 100, "most": math.ceil(100 * ends[3]) / 100}
    return pd.DataFrame([{"measure": one["measure"], **told, **bounds, "case": case}])


def _by_chance(measure: str, n: int) -> float:
    """What 95 % of the coefficients of ``n`` units in independent orders stay below, without their sign."""
    variance = 2 * (2 * n + 5) / (9 * n * (n - 1)) if measure == "kendall_tau_b" else 1 / (n - 1)
    return _NORMAL_95 * math.sqrt(variance)
