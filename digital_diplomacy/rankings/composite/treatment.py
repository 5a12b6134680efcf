"""Outliers: winsorising and transforming indicators whose skewness and kurtosis betray them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError, said
from digital_diplomacy.rankings.composite.framework import (
    PERIOD,
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
    cell_notes,
    centred,
    choose,
    notes,
    refuse_constant,
    refuse_empty,
)

MIN_UNITS: Final = 4  # kurtosis divides by n - 3


def skewness(x: Floats) -> Floats:
    """Bias-corrected skewness of each column, missing values left out; missing below three values or without spread.

    References
    ----------
    D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998, The Statistician 47,
    pp. 183-189 (G1).

    Examples
    --------
    >>> float(skewness(np.array([1.0, 2.0, 3.0])))
    0.0
    """
    n, moments = _moments(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        g = moments[3] / moments[2] ** 1.5
        found: Floats = np.where(n > 2, g * np.sqrt(n * (n - 1)) / (n - 2), np.nan)
    return found


def kurtosis(x: Floats) -> Floats:
    """Bias-corrected excess kurtosis of each column, missing values left out; missing below four values.

    References
    ----------
    D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, 1998, The Statistician 47,
    pp. 183-189 (G2).
    """
    n, moments = _moments(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        g = moments[4] / moments[2] ** 2 - 3
        found: Floats = np.where(n > 3, ((n + 1) * g + 6) * (n - 1) / ((n - 2) * (n - 3)), np.nan)
    return found


def _moments(x: Floats) -> tuple[Floats, dict[int, Floats]]:
    """Number of values, and central moments of deviations in units of the largest, so that none under- or overflows."""
    n = np.sum(~np.isnan(x), axis=0).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviations = centred(x)
        largest = np.max(np.abs(np.where(np.isnan(deviations), 0, deviations)), axis=0)
        scaled = deviations / largest
        return n, {power: np.nansum(scaled**power, axis=0) / n for power in (2, 3, 4)}


@dataclass(frozen=True)
class Rule:
    """When a distribution passes: skewness within its bound, or kurtosis below its own."""

    skewness: float = 2.0
    kurtosis: float = 3.5

    def passes(self, x: Floats) -> bool:
        """Whether one indicator, shape (units,), needs no treatment."""
        return bool(abs(skewness(x)) < self.skewness) or bool(kurtosis(x) < self.kurtosis)


def winsorise(x: Floats, *, winmax: int = 5, rule: Rule = Rule(), force: bool = False) -> Floats:
    """Move the most extreme values to the next one, until the rule is met or ``winmax`` values have been moved.

    The end is chosen by the sign of the skewness each time. Values tied at an end are moved together or not at all: if
    that would move more than ``winmax``, or leave a single value, nothing more is moved.

    Parameters
    ----------
    x : ndarray, shape (units,)
        May hold missing values.
    winmax : int
        Most values to move, at both ends together.
    rule : Rule
        When to stop.
    force : bool
        Go on to ``winmax`` even where the rule is met, also from the start.

    Returns
    -------
    ndarray, shape (units,)

    Examples
    --------
    >>> winsorise(np.array([1.0, 2, 3, 4, 5, 6, 7, 90]))
    array([1., 2., 3., 4., 5., 6., 7., 7.])
    """
    y = np.array(x, dtype=float)
    moved = {"high": np.zeros(len(y), bool), "low": np.zeros(len(y), bool)}
    while force or not rule.passes(y):
        end, extreme = ("high", np.nanmax(y)) if skewness(y) >= 0 else ("low", np.nanmin(y))
        at = y == extreme
        inside = y[~at & ~np.isnan(y)]
        other = moved["low" if end == "high" else "high"]
        if np.sum(at) + np.sum(other) > winmax or len(np.unique(inside)) < 2:
            break
        y[at] = inside.max() if end == "high" else inside.min()
        moved[end] = at
    return y


def _log(x: Floats) -> Floats:
    return np.asarray(np.log(x - np.nanmin(x) + 0.01 * np.ptp(x[~np.isnan(x)])), dtype=float)


def _log_plus_one(x: Floats) -> Floats:
    return np.asarray(np.log(x - np.nanmin(x) + 1), dtype=float)


def _log_to_maximum(x: Floats) -> Floats:
    low, high = np.nanmin(x), np.nanmax(x)
    if high <= 1:
        raise ArgumentError(
            "'log_to_maximum' needs a maximum above 1, found {high:g}; rescale, or take 'log'", high=high
        )
    return np.asarray(np.log((high - 1) * (x - low) / (high - low) + 1), dtype=float)


def _box_cox(x: Floats, *, power: float) -> Floats:
    positive = x - np.nanmin(x) + 1
    return np.asarray(np.log(positive) if power == 0 else (positive**power - 1) / power, dtype=float)


TRANSFORMS: Final[Mapping[str, Callable[..., Floats]]] = {
    "log": _log,
    "log_plus_one": _log_plus_one,
    "log_to_maximum": _log_to_maximum,
    "box_cox": _box_cox,
}
"""``log``: ln(x - min + range / 100); ``log_plus_one``: ln(x - min + 1), which depends on the unit;
``log_to_maximum``: ln((max - 1) (x - min) / (max - min) + 1), for maxima above 1; ``box_cox``:
((x - min + 1)^power - 1) / power, or the logarithm for power 0."""

METHODS: Final = ("none", "winsorise", *TRANSFORMS)
"""What a stage of the treatment may be."""


def transform(x: Floats, method: str, *, mirror: bool = True, power: float = 0.5) -> Floats:
    """Bend a skewed indicator; mirrored where the long tail is at the low end, and always rising.

    Parameters
    ----------
    x : ndarray, shape (units,)
        At least two different values; may hold missing ones.
    method : str
        One of ``TRANSFORMS``.
    mirror : bool
        Turn a negatively skewed indicator around before and after, since a logarithm would only lengthen its tail.
    power : float
        Of ``box_cox``.

    References
    ----------
    G. E. P. Box, D. R. Cox, An analysis of transformations, 1964, Journal of the Royal Statistical Society B 26,
    pp. 211-252.

    Examples
    --------
    >>> transform(np.array([0.0, 9.0, 99.0]), "box_cox", power=0).round(3).tolist()
    [0.0, 2.303, 4.605]
    """
    bend = TRANSFORMS[choose("transformation", method, TRANSFORMS)]
    options = {"power": power} if method == "box_cox" else {}
    if mirror and skewness(x) < 0:
        # Turned around within its own range, so that what depends on the maximum still does.
        return -bend(np.nanmax(x) + np.nanmin(x) - x, **options)
    return bend(x, **options)


def treat(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "winsorise",
    then: str = "log",
    winmax: int = 5,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    combine: bool = False,
    force: bool = False,
    mirror: bool = True,
    power: float = 0.5,
    over: str | None = None,
    by_indicator: Options | None = None,
) -> Step:
    """Treat indicators that fail the rule on skewness and kurtosis: first ``method``, and ``then`` if they still fail.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.
    method, then : str
        Stages, of ``METHODS``. The second replaces the first, and works on the untreated indicator, unless ``combine``.
    winmax : int
        Most values to winsorise in an indicator.
    skewness, kurtosis : float
        An indicator passes if its absolute skewness is below the first or its excess kurtosis below the second.
    combine : bool
        Apply the second stage to what the first left.
    force : bool
        Apply the first stage to indicators that pass, too; winsorising then goes on to ``winmax``.
    mirror, power
        As for `transform`.
    over : str, optional
        ``period`` or ``panel``: whose distribution is judged; to be said if there are several periods.
    by_indicator : mapping of code to mapping, optional
        Other options for single indicators.

    Returns
    -------
    Step
        A note for every value winsorised and every indicator transformed, with skewness and kurtosis before and after.

    Raises
    ------
    TableError
        Naming indicators without values, without spread, or with fewer than four values.

    References
    ----------
    OECD and Joint Research Centre, Handbook on Constructing Composite Indicators, 2008, OECD Publishing.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCDEFG"), "x": [1.0, 2, 3, 4, 5, 6, 100]})
    >>> tree = pd.DataFrame({"code": ["x", "index"], "parent": ["index", ""]})
    >>> step = rankings.treat(table, tree)
    >>> step.values["x"].tolist()  # the outlier is held at the next largest value
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0]
    """
    tree = check_framework(framework)
    table = check_values(values, tree)
    codes = list(hierarchy(tree).indicators)
    bounds = {"skewness": skewness, "kurtosis": kurtosis}
    stages = {"method": method, "then": then, "winmax": winmax, "combine": combine, "force": force}
    options = by_code(codes, {**stages, **bounds, "mirror": mirror, "power": power}, by_indicator)
    treated = [code for code in codes if _check_options(options[code])["method"] != "none"]
    before = table[treated].to_numpy(float)
    after, cells = before.copy(), np.full(before.shape, "", dtype=object)
    whole: list[dict[str, str]] = []
    for rows in blocks(table, over) if treated else []:
        _refuse(table, treated, rows)
        period = str(table[PERIOD].iloc[rows[0]]) if len(rows) < len(table) else ""
        for number, code in enumerate(treated):
            after[rows, number], said = _treat_one(before[rows, number], code, options[code])
            if said.startswith("winsorised"):
                cells[rows, number] = np.where(_moved(before[rows, number], after[rows, number]), said, "")
            elif said:
                whole.append({"code": code, "period": period, "reason": said})
    found = [cell_notes(table, treated, before, after, cells), notes(pd.DataFrame(whole) if whole else None)]
    columns = dict(zip(treated, after.T, strict=True))
    return Step(replace_columns(table, columns), tree, pd.concat(found, ignore_index=True))


def _treat_one(x: Floats, code: str, options: Mapping[str, Any]) -> tuple[Floats, str]:
    try:
        return _two_stages(x, options)
    except ValueError as error:
        raise TableError("values, column {code!r}: {error}", code=code, error=error) from error


def _moved(before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    moved: npt.NDArray[np.bool_] = (before != after) & ~np.isnan(before)
    return moved


def _check_options(options: dict[str, Any]) -> dict[str, Any]:
    for stage in ("method", "then"):
        choose(stage, options[stage], METHODS)
    for name in ("skewness", "kurtosis", "winmax"):
        if not options[name] >= 0:
            raise ArgumentError("{name} is {options}; it must be 0 or more", name=name, options=options[name])
    return options


def _refuse(values: pd.DataFrame, codes: list[str], rows: npt.NDArray[np.intp]) -> None:
    refuse_empty(values, codes, rows)
    also = said(" and leave it untreated (by_indicator, method 'none')")
    refuse_constant(values, codes, rows, said("the rule on skewness and kurtosis"), also=also)
    few = [code for code in codes if values.iloc[rows][code].count() < MIN_UNITS]
    if few:
        raise TableError(
            "values, column {few}: fewer than {min_units} values, too few for a kurtosis; judge over='panel', or "
            "leave the indicator untreated (by_indicator, method 'none')",
            few=", ".join(map(repr, few)),
            min_units=MIN_UNITS,
        )


def _two_stages(x: Floats, options: Mapping[str, Any]) -> tuple[Floats, str]:
    """One indicator treated, and what was done to it in words."""
    rule = Rule(options["skewness"], options["kurtosis"])
    if rule.passes(x) and not options["force"]:
        return x, ""
    first = _stage(x, options["method"], rule, options, force=options["force"])
    if options["then"] == "none" or rule.passes(first):
        return first, _said(options["method"], x, first, rule)
    second = _stage(first if options["combine"] else x, options["then"], rule, options, force=False)
    name = f"{options['method']}, then {options['then']}" if options["combine"] else options["then"]
    return second, _said(name, x, second, rule)


def _stage(x: Floats, name: str, rule: Rule, options: Mapping[str, Any], *, force: bool) -> Floats:
    if name == "none":
        return x
    if name == "winsorise":
        return winsorise(x, winmax=options["winmax"], rule=rule, force=force)
    return transform(x, name, mirror=options["mirror"], power=options["power"])


def _said(name: str, x: Floats, y: Floats, rule: Rule) -> str:
    shown = [f"{float(skewness(part)):.2f}, {float(kurtosis(part)):.2f}" for part in (x, y)]
    verdict = "" if rule.passes(y) else "; still fails the rule"
    done = "winsorised" if name == "winsorise" else name
    return f"{done}: skewness, kurtosis {shown[0]} -> {shown[1]}{verdict}"
