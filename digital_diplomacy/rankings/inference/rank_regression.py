"""Whether one ranking follows from another: regression of ranks on ranks, with standard errors that know of both.

Ranks are estimated: every unit's depends on all values. Standard errors of ordinary least squares take them for given
and may be too large or too small.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.inference.contrasts import Floats
from digital_diplomacy.tables import ESTIMATES, validate

INTERCEPT: Final = "intercept"
_DEPENDENT: Final = 1e-9
_NAMED: Final = 10
_PLACES: Final = 10  # that sentences compare; a slope of one place in another is a fraction of a place


def rank_regression(
    values: pd.DataFrame,
    *,
    outcome: str,
    predictor: str,
    covariates: Sequence[str] = (),
    by: str = "",
    omega: float = 1.0,
    level: float = 0.95,
    source_id: str = "",
) -> pd.DataFrame:
    """How the ranks of one quantity follow from those of another.

    Ranks run from 0 to 1 and grow with the value: the rank of v is the share of units below v, plus ``omega`` times the
    share equal to it, plus (1 - ``omega``) / n (so that 1 is the empirical distribution function). Ordinary least
    squares gives the coefficients. Their covariance is that of the influence of every unit: through its own residual,
    and through every rank that its two values move.

    Parameters
    ----------
    values : DataFrame
        A row for each unit, with the columns named below; numbers, but for ``by``.
    outcome, predictor : str
        Columns that are ranked, among all units.
    covariates : sequence of str
        Columns that stay as they are.
    by : str
        Column of groups, which have coefficients of their own; ranks are still those among all units.
    omega : float
        0 to 1, what tied units share: 1 the highest of their ranks, 0 the lowest.
    level : float
        Level of each interval, above 0 and below 1.

    Returns
    -------
    DataFrame
        Estimates. Entity is the predictor, a covariate or ``intercept``, group the group: ``rank_slope`` (ranks of the
        outcome per rank of the predictor, or per unit of a covariate; interval ``confidence``), and
        ``rank_slope_standard_error``; n units.

    Raises
    ------
    TableError
        If a value is missing or no number.
    ArgumentError
        If columns determine each other, or a group has no more units than coefficients.

    References
    ----------
    Chetverikov, D., Wilhelm, D. (2023). Inference for rank-rank regressions. arXiv:2310.15512.
    Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution. Annals of Mathematical
    Statistics 19(3), 293-325 (the slope without ties and covariates).

    Examples
    --------
    Five countries, and their ministries: only the last two places are changed. The slope is that of 1, 2, 3, 5, 4 on
    1, 2, 3, 4, 5.

    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> values = pd.DataFrame({"country": [1, 3, 4, 8, 9], "ministry": [10, 20, 30, 50, 40]})
    >>> found = rankings.rank_regression(values, outcome="ministry", predictor="country")
    >>> found.loc[found["measure"] == "rank_slope", ["entity", "value"]].round(6).to_numpy().tolist()
    [['intercept', 0.06], ['country', 0.9]]
    """
    _refuse(values, outcome, predictor, covariates, by, omega, level)
    first, second = (_indicators(_numbers(values, name), omega) for name in (outcome, predictor))
    rest = np.column_stack([np.ones(len(values)), *(_numbers(values, name) for name in covariates)])
    codes = [INTERCEPT, predictor, *covariates]
    groups = values[by].astype(str) if by else pd.Series("", index=values.index)
    parts = []
    for group in sorted(groups.unique()):
        inside = (groups == group).to_numpy()
        slopes, errors = _fit(first, second, rest, inside, codes)
        parts.append(_rows(codes, slopes, errors, group=group, n=int(inside.sum()), level=level))
    found = pd.concat(parts, ignore_index=True)
    return validate(found.assign(period="", base="", source_id=source_id), ESTIMATES)


def _refuse(
    values: pd.DataFrame, outcome: str, predictor: str, covariates: Sequence[str], by: str, omega: float, level: float
) -> None:
    if not 0 <= omega <= 1 or not 0 < level < 1:
        raise ArgumentError(
            "omega is {omega} and level is {level}; omega is from 0 to 1, level between 0 and 1",
            omega=omega,
            level=level,
        )
    if len({outcome, predictor, *covariates}) < 2 + len(covariates) or INTERCEPT in (predictor, *covariates):
        raise ArgumentError(
            "outcome, predictor and covariates are {names}; name each column once, none of them `intercept`",
            names=", ".join([outcome, predictor, *covariates]),
        )
    if by and values[by].isna().any():
        raise TableError(
            "values: `{by}` is missing in {count} rows; fill it", by=by, count=int(values[by].isna().sum())
        )


def _numbers(values: pd.DataFrame, name: str) -> Floats:
    numbers = pd.to_numeric(values[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = np.flatnonzero(~np.isfinite(numbers))
    if len(wrong):
        raise TableError(
            "values: `{name}` is no number in rows {rows}; leave these units out, or say what they hold",
            name=name,
            rows=", ".join(str(place + 1) for place in wrong[:_NAMED]) + (", …" if len(wrong) > _NAMED else ""),
        )
    return numbers


def _indicators(numbers: Floats, omega: float) -> Floats:
    """What unit i (row) adds to the rank of unit j (column) times n: 1 below it, omega equal to it, 0 above it.

    A unit counts wholly for itself.
    """
    below = numbers[:, None] < numbers
    return np.asarray(below + omega * (numbers[:, None] == numbers), dtype=float)


def _ranks(indicators: Floats) -> Floats:
    """The mean of each column; below omega = 1 a unit itself is brought up to a whole one."""
    return np.asarray(indicators.mean(axis=0) + (1 - indicators[0, 0]) / len(indicators))


def _fit(
    first: Floats, second: Floats, rest: Floats, inside: "np.ndarray[tuple[int], np.dtype[np.bool_]]", codes: list[str]
) -> tuple[Floats, Floats]:
    """Coefficients of the units inside, and standard errors to which every unit adds its influence."""
    outcome, ranked = _ranks(first), _ranks(second)
    design = np.insert(rest, 1, ranked, axis=1)[inside]
    _refuse_dependent(design, codes)
    slopes = np.asarray(np.linalg.lstsq(design, outcome[inside], rcond=None)[0], dtype=float)
    residuals = outcome[inside] - design @ slopes
    moved = first[:, inside] - slopes[1] * second[:, inside] - np.delete(design, 1, axis=1) @ np.delete(slopes, 1)
    influence = np.zeros((len(first), len(codes)))
    for place in range(len(codes)):
        others = np.delete(design, place, axis=1)
        weights = np.asarray(np.linalg.lstsq(others, design[:, place], rcond=None)[0], dtype=float)
        left = design[:, place] - others @ weights
        told = np.zeros(len(first))
        told[inside] = residuals * left
        told += moved @ left / len(first)
        told += _projected(second[:, inside], design, place, weights) @ residuals / len(first)
        influence[:, place] = told / (left @ left / len(first))
    return slopes, np.asarray(np.sqrt((influence**2).sum(axis=0)) / len(first))


def _projected(second: Floats, design: Floats, place: int, weights: Floats) -> Floats:
    """Residuals of a column on the others, a unit's indicators (row) standing for the ranks."""
    if place == 1:
        return np.asarray(second - np.delete(design, 1, axis=1) @ weights)
    plain = np.delete(design, [1, place], axis=1) @ np.delete(weights, 1 - (place < 1))
    return np.asarray(design[:, place] - weights[1 - (place < 1)] * second - plain)


def _refuse_dependent(design: Floats, codes: list[str]) -> None:
    if len(design) <= len(codes):
        raise ArgumentError(
            "{units} units cannot carry {count} coefficients; leave columns out or join groups",
            units=len(design),
            count=len(codes),
        )
    scaled = design / np.maximum(np.linalg.norm(design, axis=0), 1e-300)
    for count in range(2, len(codes) + 1):
        if np.linalg.matrix_rank(scaled[:, :count], tol=_DEPENDENT) < count:
            raise ArgumentError(
                "{code} is the same for all units, or determined by {others}; leave one out",
                code=codes[count - 1],
                others=", ".join(codes[: count - 1]),
            )


def _rows(codes: list[str], slopes: Floats, errors: Floats, *, group: str, n: int, level: float) -> pd.DataFrame:
    width = float(stats.norm.ppf((1 + level) / 2)) * errors
    shared = {"entity": codes, "group": group, "n": float(n), "unit": "ratio"}
    ends = {"low": slopes - width, "high": slopes + width, "interval": "confidence", "level": level}
    blank = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan}
    return pd.concat(
        [
            pd.DataFrame({**shared, "measure": "rank_slope", "value": slopes, **ends}),
            pd.DataFrame({**shared, "measure": "rank_slope_standard_error", "value": errors, **blank}),
        ],
        ignore_index=True,
    )


def rank_sentences(estimates: pd.DataFrame, *, outcome: str, predictor: str, lang: str) -> list[str]:
    """Whether one ranking follows from another, a sentence for each group.

    It does, or runs against it, where the interval of the slope leaves out 0; otherwise it does not stand out from
    chance.

    Parameters
    ----------
    estimates : DataFrame
        As `rank_regression` returns them.
    outcome, predictor : str
        As they were named there; called by their labels ``says.NAME``, or by these names.
    lang : str
        BCP 47 code.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> values = pd.DataFrame({"country": [1, 3, 4, 8, 9], "ministry": [10, 20, 30, 50, 40]})
    >>> found = rankings.rank_regression(values, outcome="ministry", predictor="country")
    >>> [told] = rankings.rank_sentences(found, outcome="ministry", predictor="country", lang="en")
    >>> print(told.partition(" (")[0])
    The rank by “ministry” follows from that by “country”: 10 places higher in the latter go with 9.0 in the former
    """
    names = {"outcome": outcome, "predictor": predictor}
    fields = {key: labels.or_own(f"says.{code}", code, lang) for key, code in names.items()}
    slopes = estimates[(estimates["measure"] == "rank_slope") & (estimates["entity"] == predictor)]
    said = []
    for row in slopes.to_dict("records"):
        case = "follows" if row["low"] > 0 else "against" if row["high"] < 0 else "unclear"
        numbers = {end: labels.number(_PLACES * row[end], lang, decimals=1) for end in ("value", "low", "high")}
        shown = {"level": labels.number(100 * row["level"], lang), "n": labels.number(int(row["n"]), lang)}
        told = labels.text(f"rank_slope.{case}", lang, **fields, **numbers, **shown)
        said.append(f"{row['group']}: {told}" if row["group"] else told)
    return said
