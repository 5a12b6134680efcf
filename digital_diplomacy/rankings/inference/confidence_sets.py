"""Places of units whose scores are estimates: confidence sets for ranks, under sampling uncertainty alone.

A percentile interval of simulated ranks does not cover the true rank when scores lie close together. The sets here rest
on tests of all differences instead: a unit is surely above another only if a test that allows for every comparison made
says so. How a score was built (weights, normalisation, indicators) is another uncertainty and never enters here.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.inference.contrasts import Bools, Floats, contrasts, critical, family, rejected
from digital_diplomacy.rankings.places import rank_intervals, ranks
from digital_diplomacy.rankings.rows import estimates
from digital_diplomacy.tables import PAIRS, validate

SIDES: Final = ("both", "best", "worst")
"""Ends a set of ranks is closed at: both, or only the best or the worst place a unit may hold."""

CORRECTIONS: Final = ("holm", "bonferroni")
SIMULTANEOUS: Final = ("bonferroni", "independence")

_PASSED_ON: Final = ("period", "base", "source_id")


def rank_sets(
    scores: pd.DataFrame,
    *,
    covariance: npt.ArrayLike | None = None,
    simultaneous: bool = True,
    side: str = "both",
    stepdown: bool = True,
    level: float = 0.95,
    draws: int = 10_000,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Confidence sets for the ranks of units, from estimated scores and their standard errors.

    All differences of two units are tested one way and the other against the largest studentised difference of normal
    errors; the test is repeated without what it rejected until nothing more is rejected (stepdown). The best rank of a
    unit is 1 + the units found above it, the worst is the number of units less those found below it.

    Parameters
    ----------
    scores : DataFrame
        ``entity, value, standard_error`` (the unit of the value, at least 0), one row per unit, a larger value is
        better; ``period``, ``base`` and ``source_id`` are passed on.
    covariance : array-like, shape (units, units), optional
        Of the estimates, in the order of the rows; replaces ``standard_error``. By default they are independent.
    simultaneous : bool
        All sets hold together with probability ``level`` (a ranking is read as a whole); otherwise each holds by itself
        (one unit, chosen before looking).
    side : str
        One of ``SIDES``; ``best`` leaves the worst rank open and ``worst`` the best, which makes the other end sharper.
    stepdown : bool
        Repeat the test. The sets are never larger for it.
    level : float
        Probability of coverage, above 0 and below 1.
    draws : int
        Draws of the normal errors behind each critical value.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    DataFrame
        Estimates, unit ``rank``, interval ``confidence``, n units; measure ``rank_simultaneous_sampling`` or
        ``rank_marginal_sampling``. Units tied in truth have every rank they share in their set.

    Raises
    ------
    TableError
        If a unit is given twice, a number is missing, or the covariance is none.

    References
    ----------
    M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries, 2024, Review of Economic Studies 91, pp. 476-518.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": ["A", "B", "C"], "value": [9.0, 5.0, 4.9], "standard_error": 0.2})
    >>> rankings.rank_sets(scores, rng=np.random.default_rng(1))[["entity", "low", "high"]].to_numpy().tolist()
    [['A', 1.0, 1.0], ['B', 2.0, 3.0], ['C', 2.0, 3.0]]
    """
    _check_options(side, SIDES, level, draws)
    checked = _check_scores(scores, known_errors=covariance is not None)
    all_pairs = contrasts(checked, covariance, draws, rng)
    size = len(checked)
    families = [(None, family(size))] if simultaneous else [(hub, family(size, hub, side)) for hub in range(size)]
    above = [rejected(all_pairs, tested, level, stepdown=stepdown, hub=hub) for hub, tested in families]
    low, high = _places(above)
    kind = "simultaneous" if simultaneous else "marginal"
    return _rank_rows(checked, low, high, side, f"rank_{kind}_sampling", level)


def tau_best(scores: pd.DataFrame, tau: int, *, worst: bool = False, **options: object) -> pd.DataFrame:
    """Units that may be among the ``tau`` best: with probability ``level`` none of the true ones is missing.

    Parameters
    ----------
    scores : DataFrame
        As for `rank_sets`.
    tau : int
        1 to the number of units.
    worst : bool
        Ask for the ``tau`` worst instead.
    **options
        ``covariance``, ``stepdown``, ``level``, ``draws`` and ``rng`` of `rank_sets`.

    Returns
    -------
    DataFrame
        The rows of `rank_sets` (simultaneous, one-sided) whose best rank is at most ``tau``; with ``worst``, whose
        worst rank is among the last ``tau``.

    Raises
    ------
    ArgumentError
        If ``tau`` is below 1 or above the number of units.

    References
    ----------
    Mogstad et al. 2024, as for `rank_sets`, section on the identity of the tau-best.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": ["A", "B", "C"], "value": [9.0, 5.0, 4.9], "standard_error": 0.2})
    >>> found = rankings.tau_best(scores, 2, draws=1000, rng=np.random.default_rng(1))
    >>> found[["entity", "low", "high"]]  # A surely, and B or C; worse places than these are not excluded
      entity  low  high
    0      A  1.0   3.0
    1      B  2.0   3.0
    2      C  2.0   3.0
    """
    if not 1 <= tau <= len(scores):
        raise ArgumentError("tau is {tau}; choose 1 to {count}, the number of units", tau=tau, count=len(scores))
    side = "worst" if worst else "best"
    rows = rank_sets(scores, simultaneous=True, side=side, **options)  # type: ignore[arg-type]
    member = rows["high"] > len(rows) - tau if worst else rows["low"] <= tau
    return rows[member].reset_index(drop=True)


def joint_rank_ranges(scores: pd.DataFrame, *, method: str = "bonferroni", level: float = 0.95) -> pd.DataFrame:
    """Ranks compatible with simultaneous confidence intervals of all scores: wider than `rank_sets`, without chance.

    Parameters
    ----------
    scores : DataFrame
        As for `rank_sets`.
    method : str
        ``bonferroni`` holds for any dependence; ``independence`` is a little narrower and needs independent estimates.
    level : float
        Probability that all ranges hold together, above 0 and below 1.

    Returns
    -------
    DataFrame
        Estimates of measure ``rank_joint_sampling``, unit ``rank``, interval ``confidence``, n units.

    References
    ----------
    M. Klein, T. Wright, J. Wieczorek, A joint confidence region for an overall ranking of populations, 2020, Journal of
    the Royal Statistical Society C 69, pp. 589-606.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": ["A", "B", "C"], "value": [9.0, 5.0, 4.9], "standard_error": 0.2})
    >>> rankings.joint_rank_ranges(scores)[["low", "high"]].to_numpy().tolist()
    [[1.0, 1.0], [2.0, 3.0], [2.0, 3.0]]
    """
    _check_options(method, SIMULTANEOUS, level)
    checked = _check_scores(scores)
    each = 1 - (1 - level) / len(checked) if method == "bonferroni" else level ** (1 / len(checked))
    half = stats.norm.ppf((1 + each) / 2) * checked["standard_error"]
    ends = rank_intervals(checked["value"] - half, checked["value"] + half)
    low, high = ends["low"].to_numpy(), ends["high"].to_numpy()
    return _rank_rows(checked, low, high, "both", "rank_joint_sampling", level)


def count_rank_sets(
    counts: pd.DataFrame,
    *,
    simultaneous: bool = True,
    side: str = "both",
    correction: str = "holm",
    level: float = 0.95,
) -> pd.DataFrame:
    """Confidence sets for the ranks of answers to one question, exact for samples of any size.

    Of the answers that chose one of two categories, half chose the first if both are equally common; each pair is
    tested by this binomial distribution one way and the other.

    Parameters
    ----------
    counts : DataFrame
        ``entity, value``: how often each category was chosen (whole, at least 0), every respondent counted once.
    simultaneous, side, level
        As for `rank_sets`.
    correction : str
        One of ``CORRECTIONS`` for the number of tests.

    Returns
    -------
    DataFrame
        Estimates as `rank_sets` returns them.

    Raises
    ------
    TableError
        If a count is no whole number, or below 0.

    References
    ----------
    S. Bazylik, M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, Finite- and large-sample inference for ranks using
    multinomial data with an application to ranking political parties, 2022.
    S. Holm, A simple sequentially rejective multiple test procedure, 1979, Scandinavian Journal of Statistics 6,
    pp. 65-70.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> answers = pd.DataFrame({"entity": ["yes", "no", "unsure"], "value": [60, 30, 28]})
    >>> rankings.count_rank_sets(answers)[["low", "high"]].to_numpy().tolist()
    [[1.0, 1.0], [2.0, 3.0], [2.0, 3.0]]
    """
    _check_options(side, SIDES, level)
    _check_options(correction, CORRECTIONS, level)
    checked = _check_scores(counts, known_errors=True)
    number = checked["value"].to_numpy()
    if (number < 0).any() or (number % 1 != 0).any():
        raise TableError("counts: every value must be a whole number of at least 0; give counts, not shares")
    p_values = stats.binom.sf(number[:, None] - 1, number[:, None] + number, 0.5)
    size = len(checked)
    families = [family(size)] if simultaneous else [family(size, hub, side) for hub in range(size)]
    above = [_below_level(p_values, tested, 1 - level, correction) for tested in families]
    low, high = _places(above)
    kind = "simultaneous" if simultaneous else "marginal"
    return _rank_rows(checked, low, high, side, f"rank_{kind}_sampling", level)


def score_differences(
    scores: pd.DataFrame,
    *,
    entity: str | None = None,
    covariance: npt.ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 10_000,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Differences of two scores with intervals that hold for all returned pairs together.

    Parameters
    ----------
    scores, covariance, level, draws, rng
        As for `rank_sets`; ``unit`` of the scores is passed on.
    entity : str, optional
        Only its differences to all others, which makes the intervals narrower.

    Returns
    -------
    DataFrame
        Pairs of measure ``score_difference_sampling``: left minus right, interval ``confidence``, n units.

    Raises
    ------
    ArgumentError
        If a unit of the pairs has no score.

    References
    ----------
    Mogstad et al. 2024, as for `rank_sets`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": ["A", "B", "C"], "value": [9.0, 5.0, 4.9], "standard_error": 0.2})
    >>> found = rankings.score_differences(scores, draws=1000, rng=np.random.default_rng(1))
    >>> found.assign(apart=(found["low"] > 0) | (found["high"] < 0))[["left", "right", "value", "apart"]].round(1)
      left right  value  apart
    0    A     B    4.0   True
    1    A     C    4.1   True
    2    B     C    0.1  False
    """
    _check_options("both", SIDES, level, draws)
    checked = _check_scores(scores, known_errors=covariance is not None)
    names = checked["entity"].to_numpy()
    if entity is not None and entity not in names:
        raise ArgumentError(
            "no unit {entity!r} among the scores; the first are {names}", entity=entity, names=", ".join(names[:5])
        )
    all_pairs = contrasts(checked, covariance, draws, rng)
    hub = None if entity is None else int(np.flatnonzero(names == entity)[0])
    threshold = critical(all_pairs, family(len(names), hub), level, hub)
    first, second = np.triu_indices(len(names), 1) if hub is None else _to_all(len(names), hub)
    value = checked["value"].to_numpy()[first] - checked["value"].to_numpy()[second]
    inverse = all_pairs.inverse[first, second]
    half = np.divide(threshold, inverse, out=np.zeros(len(value)), where=inverse > 0)
    frame = pd.DataFrame({"left": names[first], "right": names[second], "value": value})
    ends = {"low": value - half, "high": value + half, "interval": "confidence", "level": level, "n": len(names)}
    constants = {name: checked[name].iloc[0] if name in checked else "" for name in ("unit", "source_id")}
    return validate(frame.assign(measure="score_difference_sampling", **ends, **constants), PAIRS)


def critical_value(
    scores: pd.DataFrame,
    *,
    covariance: npt.ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 10_000,
    rng: np.random.Generator,
) -> float:
    """Quantile ``level`` of the largest studentised difference of any two units that are equal in truth.

    Parameters are those of `rank_sets`. For units of equal standard errors it is the studentised range over the square
    root of 2.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scores = pd.DataFrame({"entity": ["A", "B"], "value": [9.0, 5.0], "standard_error": 0.2})
    >>> found = rankings.critical_value(scores, draws=100_000, rng=np.random.default_rng(1))
    >>> round(found, 1)  # of two units it is the normal quantile of 0.975, which is 1.96
    2.0
    """
    _check_options("both", SIDES, level, draws)
    checked = _check_scores(scores, known_errors=covariance is not None)
    return critical(contrasts(checked, covariance, draws, rng), family(len(checked)), level)


def _check_options(choice: str, allowed: tuple[str, ...], level: float, draws: int | None = None) -> None:
    if choice not in allowed:
        raise ArgumentError("unknown choice {choice!r}; allowed: {allowed}", choice=choice, allowed=", ".join(allowed))
    many = 1 if draws is None else draws
    if not 0 < level < 1 or many < 1:
        raise ArgumentError(
            "level is {level} and draws is {draws}; level must be between 0 and 1, draws at least 1",
            level=level,
            draws=many,
        )
    if draws is not None and draws < (least := simulated.least_draws(level)):
        raise ArgumentError(
            "{draws} draws do not settle what is exceeded with probability {rest:.3g}; at least {least}",
            draws=draws,
            rest=1 - level,
            least=least,
        )


def _check_scores(scores: pd.DataFrame, *, known_errors: bool = False) -> pd.DataFrame:
    wanted = ["entity", "value", *([] if known_errors else ["standard_error"])]
    missing = [name for name in wanted if name not in scores]
    if missing:
        raise TableError("scores: no column {missing}", missing=", ".join(map(repr, missing)))
    rows = scores.reset_index(drop=True)
    if len(rows) < 2 or rows["entity"].duplicated().any():
        twice = rows.loc[rows["entity"].duplicated(), "entity"].tolist()
        raise TableError(
            "scores: {count} rows, given twice: {twice}; give two units or more, each once",
            count=len(rows),
            twice=twice or "none",
        )
    numbers = {name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in wanted[1:]}
    wrong = {name: ~np.isfinite(cells) | (cells < 0) & (name == "standard_error") for name, cells in numbers.items()}
    if any(cells.any() for cells in wrong.values()):
        said = [f"{unit}, `{name}`" for name in wrong for unit in rows.loc[wrong[name], "entity"].astype(str)]
        raise TableError(
            "scores: {said}: no finite number, or an error below 0; mend or leave out the unit", said="; ".join(said)
        )
    return rows.assign(**numbers)


def _to_all(size: int, hub: int) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    return np.full(size - 1, hub), np.delete(np.arange(size), hub)


def _places(above: list[Bools]) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Best and worst rank of each unit, from the rejections of one family for all, or of one for each."""
    size = len(above[0])
    own = above * size if len(above) == 1 else above
    low = [1 + int(found[:, hub].sum()) for hub, found in enumerate(own)]
    high = [size - int(found[hub].sum()) for hub, found in enumerate(own)]
    return np.array(low), np.array(high)


def _below_level(p_values: Floats, asked: Bools, alpha: float, correction: str) -> Bools:
    """Which hypotheses of the family are rejected."""
    tested = p_values[asked]
    order = np.argsort(tested, kind="stable")
    left = len(tested) - np.arange(len(tested)) if correction == "holm" else np.full(len(tested), len(tested))
    kept = np.logical_and.accumulate(tested[order] <= alpha / left)
    found = np.zeros(len(tested), dtype=bool)
    found[order] = kept
    outcome = np.zeros_like(asked)
    outcome[asked] = found
    return outcome


def _rank_rows(
    scores: pd.DataFrame,
    low: npt.NDArray[np.int_],
    high: npt.NDArray[np.int_],
    side: str,
    measure: str,
    level: float,
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "entity": scores["entity"],
            "value": ranks(scores["value"]),
            "low": 1.0 if side == "worst" else low,
            "high": float(len(scores)) if side == "best" else high,
            "level": level,
            "n": float(len(scores)),
            **{name: scores.get(name, "") for name in _PASSED_ON},
        }
    )
    return estimates(frame, measure=measure, unit="rank", interval="confidence")
