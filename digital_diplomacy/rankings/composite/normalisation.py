"""Normalising: indicators in different units onto one scale on which more is better."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from digital_diplomacy.errors import ArgumentError, Said, TableError, said
from digital_diplomacy.rankings.composite.framework import (
    ENTITY,
    check_framework,
    check_values,
    hierarchy,
    replace_columns,
)
from digital_diplomacy.rankings.composite.steps import (
    Floats,
    Options,
    Step,
    blocks,
    by_code,
    centred,
    choose,
    names,
    notes,
    refuse_constant,
    refuse_empty,
)

_TIES: Final = ("average", "min", "max", "dense", "ordinal")


def _extent(x: Floats) -> tuple[Floats, Floats]:
    return np.nanmin(x, axis=0), np.nanmax(x, axis=0)


def _min_max(x: Floats, sign: Floats, *, low: float = 0.0, high: float = 1.0) -> Floats:
    worst, best = _extent(x * sign)
    scaled: Floats = (x * sign - worst) / (best - worst) * (high - low) + low
    return scaled


def _z_score(x: Floats, sign: Floats, *, mean: float = 0.0, sd: float = 1.0) -> Floats:
    deviations = centred(x * sign)
    largest = np.nanmax(np.abs(deviations), axis=0)
    scaled = deviations / largest  # squares of very small or large deviations would leave the range of doubles
    scores: Floats = scaled / np.nanstd(scaled, axis=0, ddof=1) * sd + mean
    return scores


def _z_score_min_max(x: Floats, sign: Floats, *, low: float = 0.0, high: float = 1.0) -> Floats:
    return _min_max(_z_score(x, sign), np.ones_like(sign), low=low, high=high)


def _rank(x: Floats, sign: Floats, *, ties: str = "average") -> Floats:
    return np.asarray(rankdata(x * sign, method=ties, axis=0, nan_policy="omit"), dtype=float)


def _borda(x: Floats, sign: Floats, *, ties: str = "average") -> Floats:
    return _rank(x, sign, ties=ties) - 1


def _percentile(x: Floats, sign: Floats, *, ties: str = "average") -> Floats:
    shares: Floats = _borda(x, sign, ties=ties) / (np.sum(~np.isnan(x), axis=0) - 1)
    return shares


def _distance_to_target(x: Floats, sign: Floats, *, target: npt.ArrayLike, cap: bool = True) -> Floats:
    worst = _extent(x * sign)[0]
    reached = (x * sign - worst) / (np.asarray(target, float) * sign - worst)
    shares: Floats = np.minimum(reached, 1) if cap else reached
    return shares


def _distance_to_reference(x: Floats, sign: Floats, *, reference: int, cap: bool = False) -> Floats:
    return _distance_to_target(x, sign, target=x[reference], cap=cap)


def _distance_to_maximum(x: Floats, sign: Floats) -> Floats:
    worst, best = _extent(x * sign)
    return 1 - (best - x * sign) / (best - worst)


def _fraction_of_maximum(x: Floats, sign: Floats) -> Floats:
    lowest, highest = _extent(x)
    with np.errstate(divide="ignore", invalid="ignore"):  # the branch not taken may divide by zero
        return np.where(sign > 0, x / highest, lowest / x)


def _goalposts(
    x: Floats,
    sign: Floats,
    *,
    goalpost_low: npt.ArrayLike,
    goalpost_high: npt.ArrayLike,
    low: float = 0.0,
    high: float = 1.0,
    cap: bool = True,
    log: bool = False,
) -> Floats:
    ends = np.asarray(goalpost_low, float), np.asarray(goalpost_high, float)
    at, bottom, top = (np.log(part) for part in (x, *ends)) if log else (x, *ends)
    share = np.where(sign > 0, at - bottom, top - at) / (top - bottom)
    scores: Floats = (np.clip(share, 0, 1) if cap else share) * (high - low) + low
    return scores


def _none(x: Floats, sign: Floats) -> Floats:
    return x * sign


METHODS: Final[Mapping[str, Callable[..., Floats]]] = {
    "min_max": _min_max,
    "z_score": _z_score,
    "z_score_min_max": _z_score_min_max,
    "rank": _rank,
    "percentile": _percentile,
    "borda": _borda,
    "distance_to_target": _distance_to_target,
    "distance_to_reference": _distance_to_reference,
    "distance_to_maximum": _distance_to_maximum,
    "fraction_of_maximum": _fraction_of_maximum,
    "goalposts": _goalposts,
    "none": _none,
}
"""Methods of `normalise_columns`, where their formulas stand."""

_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "min_max": ("low", "high"),
    "z_score": ("mean", "sd"),
    "z_score_min_max": ("low", "high"),
    "rank": ("ties",),
    "percentile": ("ties",),
    "borda": ("ties",),
    "distance_to_target": ("cap",),
    "distance_to_reference": ("cap",),
    "goalposts": ("low", "high", "cap", "log"),
}
_SPREAD: Final = ("min_max", "z_score", "z_score_min_max", "percentile", "distance_to_maximum", "distance_to_reference")


def normalise_columns(x: Floats, method: str, *, directions: npt.ArrayLike = 1, **options: Any) -> Floats:
    """Normalise indicators; afterwards more is better.

    With s the direction and worst, best the least and greatest of s x:

    - ``min_max`` (low, high): low + (high - low) (s x - worst) / (best - worst)
    - ``z_score`` (mean, sd): mean + sd (s x - average) / sample standard deviation
    - ``z_score_min_max`` (low, high): the first of the second, the same as ``min_max`` for a single indicator
    - ``rank``, ``borda``, ``percentile`` (ties): 1 to n for the best, 0 to n - 1, 0 to 1
    - ``distance_to_target`` (target, cap): (s x - worst) / (s target - worst), at most 1 if capped
    - ``distance_to_reference`` (reference, a row; cap): the same, the target being a unit
    - ``distance_to_maximum``: 1 - (best - s x) / (best - worst)
    - ``fraction_of_maximum``: x / max, or min / x where less is better
    - ``goalposts`` (goalpost_low, goalpost_high, low, high, cap, log): the share of the way from the worse post to the
      better, of logarithms if so wished, held between 0 and 1 if capped, and then stretched from low to high
    - ``none``: s x

    Parameters
    ----------
    x : ndarray, shape (units, ...)
        Units on the first axis; missing values stay missing.
    method : str
        One of ``METHODS``.
    directions : array-like, broadcast with x[0]
        1 where more is better, -1 where less is.
    **options
        As listed above; per indicator where they broadcast with x[0].

    Returns
    -------
    ndarray, shape of x
        Without spread the result of a division by zero is missing or infinite; `normalise` refuses such indicators.

    References
    ----------
    OECD and Joint Research Centre, Handbook on Constructing Composite Indicators, 2008, OECD Publishing, step 5.
    United Nations Development Programme, Human Development Report, technical note 1 (goalposts, logarithm of income).

    Examples
    --------
    >>> normalise_columns(np.array([[1.0, 10.0], [3.0, 20.0]]), "min_max", directions=[1, -1]).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    sign = np.asarray(directions, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return METHODS[choose("method", method, METHODS)](np.asarray(x, dtype=float), sign, **options)


def normalise(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "min_max",
    low: float = 0.0,
    high: float = 1.0,
    mean: float = 0.0,
    sd: float = 1.0,
    ties: str = "average",
    cap: bool = True,
    log: bool = False,
    reference: str = "",
    over: str | None = None,
    by_indicator: Options | None = None,
) -> Step:
    """Bring every indicator onto one scale on which more is better.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them. Targets and goalposts are the framework's.
    method : str
        One of ``METHODS``; formulas in `normalise_columns`.
    low, high : float
        Ends of the scale of ``min_max``, ``z_score_min_max`` and ``goalposts``.
    mean, sd : float
        Of ``z_score``; sd above 0.
    ties : str
        Rule of the rank methods: average, min, max, dense or ordinal (in the order of the rows).
    cap : bool
        Nothing above 1 for ``distance_to_target`` and ``distance_to_reference``, nothing beyond ``goalposts``.
    log : bool
        Take logarithms first (``goalposts``), which need values above 0.
    reference : str
        Entity of ``distance_to_reference``.
    over : str, optional
        ``period`` or ``panel``: whose distribution sets the scale; to be said if there are several periods, unless
        every indicator has goalposts. Only a panel-wide scale (or goalposts, or targets) makes scores comparable over
        time.
    by_indicator : mapping of code to mapping, optional
        Other options for single indicators, the method included.

    Returns
    -------
    Step
        Values normalised; all directions of indicators in the framework are now 1, and units are emptied.

    Raises
    ------
    TableError
        Naming indicators without values, without spread, without the target or goalposts they need, or with values
        that a method forbids.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ"], "users": [90.0, 70.0, 80.0]})
    >>> tree = pd.DataFrame({"code": ["users", "index"], "parent": ["index", ""]})
    >>> rankings.normalise(table, tree, high=100).values["users"].tolist()
    [100.0, 0.0, 50.0]
    """
    tree = check_framework(framework)
    table = check_values(values, tree)
    codes = list(hierarchy(tree).indicators)
    given = {"method": method, "low": low, "high": high, "mean": mean, "sd": sd, "ties": ties, "cap": cap, "log": log}
    options = by_code(codes, {**given, "reference": reference}, by_indicator)
    described = {str(row["code"]): row for _, row in tree.iterrows()}
    columns = {code: table[code].to_numpy(float, copy=True) for code in codes}
    # Goalposts are fixed beforehand: whose distribution is meant makes no difference to them.
    fixed = all(options[code]["method"] == "goalposts" for code in codes)
    for rows in blocks(table, "panel" if fixed and over is None else over):
        for code in codes:
            _check_options(options[code])
            columns[code][rows] = _one(table, rows, code, options[code], described[code])
    indicator = tree["code"].isin(codes)
    oriented = tree.assign(
        direction=tree["direction"].where(~indicator, 1),
        unit=tree["unit"].where(~indicator, ""),
    )
    return Step(replace_columns(table, columns), oriented, notes())


def _check_options(options: Mapping[str, Any]) -> None:
    choose("method", options["method"], METHODS)
    choose("ties", options["ties"], _TIES)
    if not options["low"] < options["high"]:
        raise ArgumentError(
            "low is {low} and high {high}; low must be below high", low=options["low"], high=options["high"]
        )
    if not options["sd"] > 0:
        raise ArgumentError("sd is {sd}; it must be above 0", sd=options["sd"])


def _one(
    table: pd.DataFrame, rows: npt.NDArray[np.intp], code: str, options: Mapping[str, Any], row: pd.Series
) -> Floats:
    """One indicator of one block of units, normalised."""
    refuse_empty(table, [code], rows)
    method, x = options["method"], table[code].to_numpy(float)[rows]
    if method in _SPREAD:
        refuse_constant(table, [code], rows, said("method {method!r}", method=method))
    used = {name: options[name] for name in _OPTIONS.get(method, ())}
    if method == "distance_to_target":
        used["target"] = _target(x * row["direction"], code, row)
    if method == "distance_to_reference":
        used["reference"] = _reference(table.iloc[rows], code, options["reference"], row["direction"])
    if method == "goalposts":
        used |= _posts(table.iloc[rows], code, row, log=options["log"])
    if method == "fraction_of_maximum":
        part = table.iloc[rows]
        _refuse_below(part, code, 0 if row["direction"] > 0 else np.nextafter(0, 1), said("a fraction of the maximum"))
    return normalise_columns(x, method, directions=row["direction"], **used)


def _target(oriented: Floats, code: str, row: pd.Series) -> float:
    if np.isnan(row["target"]):
        raise TableError(
            "framework, {code!r}: no target; give one, or choose another method for this indicator", code=code
        )
    if row["target"] * row["direction"] <= np.nanmin(oriented):
        raise TableError(
            "framework, {code!r}: target {target:g} is no better than the worst value; the distance to it has no "
            "meaning; correct the target or the direction",
            code=code,
            target=row["target"],
        )
    return float(row["target"])


def _reference(part: pd.DataFrame, code: str, entity: str, direction: int) -> int:
    found = np.flatnonzero(part[ENTITY] == entity)
    if len(found) != 1:
        raise ArgumentError("reference is {entity!r}; give one entity of the values, in every period", entity=entity)
    oriented = part[code].to_numpy(float) * direction
    if not oriented[found[0]] > np.nanmin(oriented):
        raise TableError(
            "values, column {code!r}: the reference {part} is missing or has the worst value, so that no distance "
            "to it exists; choose another reference",
            code=code,
            part=names(part)[found[0]],
        )
    return int(found[0])


def _posts(part: pd.DataFrame, code: str, row: pd.Series, *, log: bool) -> dict[str, float]:
    posts = {name: float(row[name]) for name in ("goalpost_low", "goalpost_high")}
    if any(np.isnan(post) for post in posts.values()):
        raise TableError("framework, {code!r}: goalposts are missing; give goalpost_low and goalpost_high", code=code)
    if log and posts["goalpost_low"] <= 0:
        raise TableError(
            "framework, {code!r}: goalpost_low is {goalpost_low:g}; a logarithm needs more than 0",
            code=code,
            goalpost_low=posts["goalpost_low"],
        )
    if log:
        _refuse_below(part, code, np.nextafter(0, 1), said("a logarithm"))
    return posts


def _refuse_below(part: pd.DataFrame, code: str, least: float, needed_by: Said) -> None:
    low = part[part[code] < least]
    if len(low):
        cells = ", ".join(f"{unit}: {cell:g}" for unit, cell in zip(names(low), low[code], strict=True))
        bound = said("0 or more") if least == 0 else said("above 0")
        raise TableError(
            "values, column {code!r}: {cells}; {needed_by} needs values {bound}; correct them, or choose another "
            "method for this indicator",
            code=code,
            cells=cells,
            needed_by=needed_by,
            bound=bound,
        )
    if least == 0 and part[code].max() == 0:
        raise TableError(
            "values, column {code!r}: the maximum is 0 and has no fractions; choose another method", code=code
        )
