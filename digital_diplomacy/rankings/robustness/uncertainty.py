"""Method uncertainty of ranks: what the places of units would be under other defensible choices, weights and errors.

Only counts are kept: how often each unit took each rank, and stood above each other one. Every statistic is exact for
the draws made, and memory does not grow with their number.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.robustness.draws import count_above, count_ranks, rank_draws
from digital_diplomacy.rankings.robustness.scenarios import draw, model
from digital_diplomacy.rankings.robustness.workable import refuse_unworkable
from digital_diplomacy.rankings.rows import estimates
from digital_diplomacy.tables import PAIRS, validate

Counts = npt.NDArray[np.int64]

_BLOCK: Final = 2040  # draws held at once; part of what a generator's stream means, so that results are repeatable


@dataclass(frozen=True)
class Uncertainty:
    """What a simulation leaves behind.

    Attributes
    ----------
    entities : tuple of str
        Units ranked.
    period : str
        The period they are ranked in; empty if there is none.
    nominal : ndarray, shape (units,)
        Ranks of the index as declared.
    counts : ndarray, shape (units, ranks)
        Draws in which a unit took a rank; the first column is rank 1.
    above : ndarray, shape (units, units)
        Draws in which the unit of the row stood strictly above that of the column; shape (0, 0) if not counted.
    draws : int
        Draws made, failed ones included.
    failures : DataFrame
        ``cause`` and ``draws``, the number that failed of it; empty if none did. All else is about the other draws.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 1], [1, 8]]),
    ...     above=np.array([[0, 8], [1, 0]]), draws=10, failures=pd.DataFrame({"cause": ["gap"], "draws": [1]}),
    ... )
    >>> found.used
    9
    """

    entities: tuple[str, ...]
    period: str
    nominal: Counts
    counts: Counts
    above: Counts
    draws: int
    failures: pd.DataFrame

    @property
    def used(self) -> int:
        """Draws that did not fail."""
        return self.draws - int(self.failures["draws"].sum())


def simulate(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    factors: Sequence[Mapping[str, Any]],
    *,
    draws: int,
    rng: np.random.Generator,
    period: str = "",
    pairs: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Uncertainty:
    """Rank the units again and again, with all uncertain factors drawn independently.

    Units are those the index as declared ranks, and ranks are competition ranks among them.

    Parameters
    ----------
    values, framework, steps, period
        As in :func:`leave_one_out`.
    factors : sequence of mappings
        What is uncertain; see `factors.read_factors`.
    draws : int
        At least 1.
    rng : numpy.random.Generator
        Source of chance.
    pairs : bool
        Whether it is counted which unit stands above which; of many units that takes a quarter of the time, and ranks
        do not need it.
    progress : callable, optional
        Told after every block how many draws are done.

    Raises
    ------
    ValueError
        If a factor or an argument is unknown or senseless, or a choice has an option that can never work.
    TableError
        If the index as declared does not exist, or every draw failed, naming the causes.

    References
    ----------
    M. Saisana, A. Saltelli and S. Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality
    assessment of composite indicators, 2005, Journal of the Royal Statistical Society A 168, pp. 307-323.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [1.0, 0.4, 0.3, 0], "y": [1.0, 0.3, 0.4, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps, factors = rankings.EDITION_STEPS, [{"factor": "weights", "spread": 0.5}]
    >>> found = rankings.simulate(table, tree, steps, factors, draws=1000, rng=np.random.default_rng(1))
    >>> (found.counts / found.used).round(1)  # A leads in both; whether B or C is ahead depends on which weighs more
    array([[1. , 0. , 0. , 0. ],
           [0. , 0.5, 0.5, 0. ],
           [0. , 0.5, 0.5, 0. ],
           [0. , 0. , 0. , 1. ]])
    """
    if draws < 1:
        raise ArgumentError("draws is {draws}; at least 1 expected", draws=draws)
    drawn_from = model(values, framework, steps, factors, period=period)
    refuse_unworkable(drawn_from)
    units = len(drawn_from.entities)
    counts = np.zeros((units, units), dtype=np.int64)
    above = np.zeros((units, units) if pairs else (0, 0), dtype=np.int64)
    failed: Counter[str] = Counter()
    for start in range(0, draws, _BLOCK):
        drawn = draw(drawn_from, draws=min(_BLOCK, draws - start), rng=rng)
        good = drawn.cause == ""
        failed.update(drawn.cause[~good])
        ranks = rank_draws(drawn.scores if good.all() else drawn.scores[good])
        counts += count_ranks(ranks)
        if pairs:
            above += count_above(ranks)
        if progress is not None:
            progress(start + len(good))
    failures = pd.DataFrame(failed.most_common(), columns=["cause", "draws"]).astype({"draws": int})
    if failed.total() == draws:
        raise TableError(
            "every draw failed: {value}", value="; ".join(f"{n} times: {cause}" for cause, n in failed.most_common(5))
        )
    nominal = rank_draws(drawn_from.nominal[None])[0].astype(np.int64)
    return Uncertainty(drawn_from.entities, drawn_from.period, nominal, counts, above, draws, failures)


def rank_estimates(found: Uncertainty, *, level: float = 0.9, source_id: str = "") -> pd.DataFrame:
    """Ranks as estimates: as declared, and the mean and the median over draws.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.
    level : float
        Share of the draws between the ends of the interval of the median, above 0 and below 1; 0.9 leaves out 5 % on
        either side. Quantiles interpolate between ranks.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates: measures ``rank_nominal``, ``rank_mean_method``, and ``rank_median_method`` with its interval
        (``simulation``); n is the number of draws used.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 2], [2, 8]]),
    ...     above=np.array([[0, 8], [2, 0]]), draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rankings.rank_estimates(found)[["entity", "measure", "value"]]
      entity             measure  value
    0      A        rank_nominal    1.0
    1      B        rank_nominal    2.0
    2      A    rank_mean_method    1.2
    3      B    rank_mean_method    1.8
    4      A  rank_median_method    1.0
    5      B  rank_median_method    2.0
    """
    low, middle, high = (_quantile(found.counts, q) for q in _ends(level))
    rows = [
        _rows(found, "rank_nominal", found.nominal),
        _rows(found, "rank_mean_method", _mean(found.counts)),
        _rows(found, "rank_median_method", middle, low=low, high=high, interval="simulation", level=level),
    ]
    return estimates(pd.concat(rows, ignore_index=True), unit="rank", base="units_ranked", source_id=source_id)


def rank_errors(found: Uncertainty, *, level: float = 0.9, source_id: str = "") -> pd.DataFrame:
    """Monte Carlo standard errors of the figures of `rank_estimates`: what more draws would still change.

    Parameters
    ----------
    found, level, source_id
        As for `rank_estimates`.

    Returns
    -------
    DataFrame
        Estimates: measures ``rank_mean_method_error``, ``rank_median_method_error``, ``rank_low_method_error`` and
        ``rank_high_method_error``.

    References
    ----------
    R. S. Woodruff, Confidence intervals for medians and other position measures, 1952, Journal of the American
    Statistical Association 47, pp. 635-646 (the interval of a quantile from that of its probability).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[50, 50], [50, 50]]),
    ...     above=np.array([[0, 50], [50, 0]]), draws=100, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rows = rankings.rank_errors(found)
    >>> rows.loc[rows["measure"] == "rank_mean_method_error", ["entity", "value"]]  # sqrt(0.25 / 100)
      entity  value
    0      A   0.05
    1      B   0.05
    """
    places = np.arange(1, found.counts.shape[1] + 1)
    variance = found.counts @ places**2 / found.used - _mean(found.counts) ** 2
    rows = [_rows(found, "rank_mean_method_error", np.sqrt(np.maximum(variance, 0) / found.used))]
    names = ("rank_low_method_error", "rank_median_method_error", "rank_high_method_error")
    for name, q in zip(names, _ends(level), strict=True):
        reach = np.sqrt(q * (1 - q) / found.used)
        ends = [_quantile(found.counts, end) for end in (max(q - reach, 0), min(q + reach, 1))]
        rows.append(_rows(found, name, (ends[1] - ends[0]) / 2))
    return estimates(pd.concat(rows, ignore_index=True), unit="rank", base="units_ranked", source_id=source_id)


def top_probability(found: Uncertainty, *, places: int, source_id: str = "") -> pd.DataFrame:
    """Share of draws in which each unit is among the first ``places``.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.
    places : int
        1 to the number of units.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates: measure ``top_probability_method``, group ``top_<places>``, 0 to 1; the interval (``simulation``,
        Wilson, 0.95) is the Monte Carlo error alone.

    Raises
    ------
    ValueError
        If ``places`` is below 1 or above the number of units.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 2], [2, 8]]),
    ...     above=np.array([[0, 8], [2, 0]]), draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rows = rankings.top_probability(found, places=1)
    >>> rows[["entity", "group", "value", "low", "high"]].round(3)  # Wilson's interval of 8 in 10
      entity  group  value    low   high
    0      A  top_1    0.8  0.490  0.943
    1      B  top_1    0.2  0.057  0.510
    """
    if not 1 <= places <= len(found.entities):
        raise ArgumentError(
            "places is {places}; 1 to {count}, the units ranked, expected", places=places, count=len(found.entities)
        )
    value, low, high = _share(found.counts[:, :places].sum(axis=1), found.used)
    rows = _rows(found, "top_probability_method", value, low=low, high=high, interval="simulation", level=_MONTE_CARLO)
    return estimates(rows.assign(group=f"top_{places}"), unit="share", base="units_ranked", source_id=source_id)


def above_probability(found: Uncertainty, *, entities: Sequence[str] = (), source_id: str = "") -> pd.DataFrame:
    """Share of draws in which one unit stands strictly above another.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.
    entities : sequence of str
        Units to compare with each other; all by default.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Pairs: measure ``above_probability_method``, 0 to 1, for each pair both ways, since the two sum to less than 1
        where units tie; the interval (``simulation``, Wilson, 0.95) is the Monte Carlo error alone.

    Raises
    ------
    ValueError
        If an entity is not ranked, or pairs were not counted.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 2], [2, 8]]),
    ...     above=np.array([[0, 8], [2, 0]]), draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rankings.above_probability(found)[["left", "right", "value"]]
      left right  value
    0    A     B    0.8
    1    B     A    0.2
    """
    unknown = [entity for entity in entities if entity not in found.entities]
    if unknown:
        raise ArgumentError("entities {unknown} are not ranked", unknown=", ".join(unknown))
    chosen = [number for number, entity in enumerate(found.entities) if not entities or entity in entities]
    left, right = (side.ravel() for side in np.meshgrid(chosen, chosen, indexing="ij"))
    left, right = left[left != right], right[left != right]
    value, low, high = _share(pairs_counted(found)[left, right], found.used)
    ends = {"low": low, "high": high, "interval": "simulation", "level": _MONTE_CARLO}
    return _pairs(found, left, right, "above_probability_method", value, source_id, **ends)


def pairs_counted(found: Uncertainty) -> Counts:
    """``above``, or the refusal of what needs it."""
    if found.above.shape != (len(found.entities),) * 2:
        raise ArgumentError("which unit stands above which was not counted; simulate with pairs=True")
    return found.above


def dominance(found: Uncertainty, *, source_id: str = "") -> pd.DataFrame:
    """Pairs of units of which the left one's ranks dominate the right one's stochastically, in the first order.

    Left dominates if for every r it is at least as often among the first r as right, and for some r more often.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Pairs: measure ``rank_dominance_method``; the value is the largest difference of the two shares, above 0.

    References
    ----------
    J. Hadar and W. R. Russell, Rules for ordering uncertain prospects, 1969, American Economic Review 59, pp. 25-34.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 2], [2, 8]]),
    ...     above=np.array([[0, 8], [2, 0]]), draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rankings.dominance(found)[["left", "right", "value"]]  # first in 8 draws of 10 rather than in 2
      left right  value
    0    A     B    0.6
    """
    reached = found.counts.cumsum(axis=1)
    rows = []
    for left, own in enumerate(reached):
        ahead = own - reached
        wins = np.flatnonzero((ahead >= 0).all(axis=1) & (ahead > 0).any(axis=1))
        rows.append((np.full(len(wins), left), wins, ahead[wins].max(axis=1) / found.used))
    left_side, right_side, value = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    return _pairs(found, left_side, right_side, "rank_dominance_method", value, source_id)


def acceptability(found: Uncertainty) -> pd.DataFrame:
    """Share of draws in which each unit takes each rank.

    Parameters
    ----------
    found : Uncertainty
        From `simulate`.

    Returns
    -------
    DataFrame
        ``entity``, ``rank``, ``share`` (0 to 1) and ``error`` (Monte Carlo standard error), one row for each unit and
        rank, zeros included.

    References
    ----------
    R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
    2001, Operations Research 49, pp. 444-454.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> found = rankings.Uncertainty(
    ...     entities=("A", "B"), period="", nominal=np.array([1, 2]), counts=np.array([[8, 2], [2, 8]]),
    ...     above=np.array([[0, 8], [2, 0]]), draws=10, failures=pd.DataFrame({"cause": [], "draws": []}),
    ... )
    >>> rankings.acceptability(found).round(3)  # the error is sqrt(0.8 x 0.2 / 10)
      entity  rank  share  error
    0      A     1    0.8  0.126
    1      A     2    0.2  0.126
    2      B     1    0.2  0.126
    3      B     2    0.8  0.126
    """
    units, ranks = found.counts.shape
    share = found.counts.ravel() / found.used
    return pd.DataFrame(
        {
            "entity": np.repeat(np.array(found.entities, dtype=object), ranks),
            "rank": np.tile(np.arange(1, ranks + 1), units),
            "share": share,
            "error": np.sqrt(share * (1 - share) / found.used),
        }
    )


_MONTE_CARLO: Final = 0.95  # level of intervals that hold only the error of having drawn finitely often


def _ends(level: float) -> tuple[float, float, float]:
    if not 0 < level < 1:
        raise ArgumentError("level is {level}; it must be above 0 and below 1", level=level)
    return (1 - level) / 2, 0.5, (1 + level) / 2


def _mean(counts: Counts) -> Floats:
    mean: Floats = counts @ np.arange(1, counts.shape[1] + 1) / counts.sum(axis=1)
    return mean


def _quantile(counts: Counts, q: float) -> Floats:
    """Quantile of each unit's ranks, interpolated between order statistics as `numpy.quantile` does by default."""
    total = int(counts[0].sum())
    at = q * (total - 1)
    reached = counts.cumsum(axis=1)
    below, above = ((reached <= place).sum(axis=1) + 1 for place in (np.floor(at), np.ceil(at)))
    quantile: Floats = below + (at - np.floor(at)) * (above - below)
    return quantile


def _share(hits: Counts, draws: int) -> tuple[Floats, Floats, Floats]:
    """Share of draws with its Wilson interval.

    References
    ----------
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927, Journal of the American
    Statistical Association 22, pp. 209-212.
    """
    z = NormalDist().inv_cdf((1 + _MONTE_CARLO) / 2)
    share = hits / draws
    middle = (share + z**2 / (2 * draws)) / (1 + z**2 / draws)
    reach = z * np.sqrt(share * (1 - share) / draws + z**2 / (4 * draws**2)) / (1 + z**2 / draws)
    return share, np.minimum(middle - reach, share).clip(min=0), np.maximum(middle + reach, share).clip(max=1)


def _rows(found: Uncertainty, measure: str, value: npt.ArrayLike, **columns: Any) -> pd.DataFrame:
    """One row for each unit; without ends there is no interval."""
    ends = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan}
    described = {"entity": list(found.entities), "period": found.period, "measure": measure, "n": found.used}
    return pd.DataFrame({**described, "value": np.asarray(value, float), **ends, **columns})


def _pairs(
    found: Uncertainty,
    left: npt.NDArray[np.intp],
    right: npt.NDArray[np.intp],
    measure: str,
    value: Floats,
    source_id: str,
    **ends: Any,
) -> pd.DataFrame:
    names = np.array(found.entities, dtype=object)
    given = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, **ends}
    described = {"measure": measure, "value": value, "unit": "share", "n": found.used, "source_id": source_id}
    return validate(pd.DataFrame({"left": names[left], "right": names[right], **described, **given}), PAIRS)
