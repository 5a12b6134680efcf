"""Sensitivity of a composite index: which uncertain input moves scores and ranks, and which indicator holds them up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from SALib.sample import sobol as saltelli

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.pipeline import said_by_code
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.robustness.draws import rank_draws
from digital_diplomacy.rankings.robustness.scenarios import Model, evaluate, model
from digital_diplomacy.rankings.robustness.standing import made_standing, rank_spread
from digital_diplomacy.rankings.robustness.workable import refuse_unworkable
from digital_diplomacy.rankings.rows import estimates

_FLAT: Final = 1e-12  # an output whose deviation is this small beside its size varies by rounding alone
_BLOCK: Final = 2048  # runs evaluated at once

ALL_UNITS: Final = "all_units"
"""Entity of rows about the ranking as a whole."""


@dataclass(frozen=True)
class SobolIndices:
    """Shares of the variance of each output that inputs account for, shape (inputs, outputs) each.

    Attributes
    ----------
    first : ndarray
        By an input alone.
    total : ndarray
        By an input and all its interactions.
    first_low, first_high, total_low, total_high : ndarray
        Ends of bootstrap intervals; missing without resamples.
    used : ndarray, shape (inputs,)
        Base samples used.
    """

    first: Floats
    total: Floats
    first_low: Floats
    first_high: Floats
    total_low: Floats
    total_high: Floats
    used: Floats


@dataclass(frozen=True)
class Sensitivity:
    """Sobol indices of an index.

    Attributes
    ----------
    indices : DataFrame
        Estimates, see `sobol`.
    runs : int
        Runs made.
    failures : DataFrame
        ``cause`` and ``draws``, the number of runs that failed of it. Base samples with a failed run are left out of
        the indices they belong to, whose ``n`` says how many are left.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.2, 0.6, 1], "y": [1.0, 0.5, 0.4, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps, factors = rankings.EDITION_STEPS, [{"factor": "weights", "spread": 0.5}]
    >>> found = rankings.sobol(table, tree, steps, factors, samples=8, resamples=0, rng=np.random.default_rng(1))
    >>> found.runs, len(found.failures)  # 8 samples times two inputs and two more
    (32, 0)
    """

    indices: pd.DataFrame
    runs: int
    failures: pd.DataFrame


def sobol_design(groups: Sequence[str], *, samples: int, rng: np.random.Generator) -> Floats:
    """Places of inputs for Sobol indices, shape (samples, groups + 2, inputs): A, A with a group from B each, B.

    Parameters
    ----------
    groups : sequence of str
        Group of every input; names in the order in which they first occur. An input of its own is a group of one.
    samples : int
        Base samples, a power of 2, without which the sequence loses its balance.
    rng : numpy.random.Generator
        Scrambles the sequence.

    References
    ----------
    A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto and S. Tarantola, Variance based sensitivity analysis of
    model output: design and estimator for the total sensitivity index, 2010, Computer Physics Communications 181,
    pp. 259-270.
    """
    if samples < 2 or samples & (samples - 1):
        raise ArgumentError("samples is {samples}; a power of 2 expected, such as 1024", samples=samples)
    names = [f"x{number}" for number in range(len(groups))]
    problem = {"num_vars": len(groups), "names": names, "bounds": [[0.0, 1.0]] * len(groups)}
    several = len(set(groups)) < len(groups)
    if several:
        problem["groups"] = list(groups)
    flat = saltelli.sample(problem, samples, calc_second_order=False, scramble=True, seed=rng)
    design = np.asarray(flat, dtype=float).reshape(samples, -1, len(groups))
    if several and len(set(groups)) == 1:  # SALib takes a single group for none
        return design[:, [0, -1, -1]]
    return design


def sobol_indices(
    a: Floats,
    b: Floats,
    mixed: Iterable[Floats],
    *,
    resamples: int = 0,
    level: float = 0.9,
    rng: np.random.Generator | None = None,
) -> SobolIndices:
    """First-order and total Sobol indices by Jansen's estimators, which do not depend on the mean of the output.

    With V the variance over A and B together, an input accounts for 1 - mean((B - M)^2) / (2 V) alone and for
    mean((A - M)^2) / (2 V) in total, where M is the output of A with the input taken from B.

    Parameters
    ----------
    a, b : ndarray, shape (samples, outputs)
        Outputs of the two independent samples; missing where a run failed.
    mixed : iterable of ndarray, shape (samples, outputs)
        M of each input; taken one at a time.
    resamples : int
        Bootstrap samples of base samples; 0 gives no intervals.
    level : float
        Share of the resamples between the ends of an interval.
    rng : numpy.random.Generator, optional
        Source of chance, needed for resamples.

    Returns
    -------
    SobolIndices
        Missing for outputs that do not vary.

    Raises
    ------
    ArgumentError
        If there are resamples and no ``rng``.

    References
    ----------
    M. J. W. Jansen, Analysis of variance designs for model output, 1999, Computer Physics Communications 117,
    pp. 35-43.

    Examples
    --------
    >>> import numpy as np
    >>> from digital_diplomacy import rankings
    >>> a, b = np.array([[1.0], [2], [3], [4]]), np.array([[4.0], [3], [2], [1]])
    >>> found = rankings.sobol_indices(a, b, [a, b])  # the first input changes nothing, the second everything
    >>> found.total.ravel().tolist()  # the mean square of -3, -1, 1 and 3 is 5, and 2 V = 2.5
    [0.0, 1.75]
    """
    if resamples and rng is None:
        raise ArgumentError("resamples need an rng")
    share = np.full(len(a), 1 / len(a))
    counts = rng.multinomial(len(a), share, size=resamples).astype(float) if rng is not None else np.empty((0, len(a)))
    weights = np.vstack([np.ones(len(a)), counts])
    found = []
    for one in mixed:
        kept = ~np.isnan(a + b + one).any(axis=1)
        pair = _jansen(a[kept], b[kept], one[kept], weights[:, kept])
        ends = [_ends(part, level) for part in pair]
        found.append([pair[0][0], pair[1][0], *ends[0], *ends[1], np.full(a.shape[1], kept.sum())])
    parts = [np.stack(part) for part in zip(*found, strict=True)]
    first, total, first_low, first_high, total_low, total_high, used = parts
    return SobolIndices(first, total, first_low, first_high, total_low, total_high, used[:, 0])


def _ends(estimated: Floats, level: float) -> tuple[Floats, Floats]:
    """Ends of the bootstrap interval: the first row is the estimate, the others are its resamples."""
    if len(estimated) == 1:
        return np.full_like(estimated[0], np.nan), np.full_like(estimated[0], np.nan)
    low, high = simulated.middle(estimated[1:], level)
    # Resamples repeat base samples and can all miss the estimate on one side.
    return np.minimum(low, estimated[0]), np.maximum(high, estimated[0])


def _jansen(a: Floats, b: Floats, mixed: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Both indices for each row of weights of the samples, shape (rows, outputs) each."""
    size = weights.sum(axis=1, keepdims=True)
    middle = (a.mean(axis=0) + b.mean(axis=0)) / 2 if len(a) else 0.0
    both = weights @ (a - middle) + weights @ (b - middle)
    squares = weights @ (a - middle) ** 2 + weights @ (b - middle) ** 2
    # The sample variance of both samples together, 2 n values with divisor 2 n - 1.
    variance = (squares - both**2 / (2 * size)) / (2 * size - 1)
    flat = np.sqrt(np.maximum(variance[0], 0)) <= _FLAT * np.abs(np.vstack([a, b])).max(axis=0, initial=0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, total = (weights @ (side - mixed) ** 2 / (2 * size * variance) for side in (b, a))
    return np.where(flat, np.nan, 1 - first), np.where(flat, np.nan, total)


def sobol(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    factors: Sequence[Mapping[str, Any]],
    *,
    samples: int,
    rng: np.random.Generator,
    resamples: int = 100,
    level: float = 0.9,
    period: str = "",
    source_id: str = "",
) -> Sensitivity:
    """Sobol indices of the score and of the rank of every unit, and of the mean shift of all ranks.

    Inputs are independent: weights with a spread are uniform factors before a family is scaled to 1, Dirichlet weights
    are gamma variables before it is; with ``grouped`` they are one input together.

    Parameters
    ----------
    values, framework, steps, factors, period
        As in :func:`simulate`.
    samples : int
        Base samples, a power of 2; there are ``samples (inputs + 2)`` runs.
    rng : numpy.random.Generator
        Scrambles the sequence, and draws resamples.
    resamples, level
        As in :func:`sobol_indices`.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    Sensitivity
        Estimates: group is the input; measures ``score_first_order_method``, ``score_total_method`` and
        ``rank_first_order_method``, ``rank_total_method`` for each unit; ``rank_shift_first_order_method`` and
        ``rank_shift_total_method`` for ``ALL_UNITS``, of the mean absolute difference from the ranks as declared.
        Values are shares of variance, missing where an output does not vary; by chance, estimates can leave 0 to 1. The
        interval (``simulation``) is that of the bootstrap; n is the base samples used.

    Raises
    ------
    ValueError, TableError
        As in :func:`simulate`, whose reference holds here, too.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.5, 1], "y": [0.0, 0.6, 0.5, 1]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps, factors = rankings.EDITION_STEPS, [{"factor": "weights", "spread": 0.5, "grouped": True}]
    >>> found = rankings.sobol(table, tree, steps, factors, samples=8, resamples=0, rng=np.random.default_rng(1))
    >>> rows = found.indices[found.indices["measure"] == "score_total_method"]
    >>> rows[["entity", "group", "value"]].round(1)  # weights move only the score of B, and nothing else does
       entity    group  value
    9       A  weights    NaN
    10      B  weights    0.6
    11      C  weights    NaN
    12      D  weights    NaN
    """
    drawn_from = model(values, framework, steps, factors, period=period)
    refuse_unworkable(drawn_from)
    _refuse_shared_names(drawn_from)
    design = sobol_design(drawn_from.groups, samples=samples, rng=rng)
    failed: Counter[str] = Counter()
    a, b = (_outputs(drawn_from, design[:, column], failed) for column in (0, -1))
    mixed = (_outputs(drawn_from, design[:, column], failed) for column in range(1, design.shape[1] - 1))
    found = sobol_indices(a, b, mixed, resamples=resamples, level=level, rng=rng)
    if not found.used.any():
        raise TableError(
            "no base sample is complete: {items}", items="; ".join(f"{n} times: {cause}" for cause, n in failed.items())
        )
    failures = pd.DataFrame(failed.most_common(), columns=["cause", "draws"]).astype({"draws": int})
    inputs = list(dict.fromkeys(drawn_from.groups))
    rows = _sobol_rows(found, drawn_from, inputs).assign(
        interval="simulation" if resamples else "none", level=level if resamples else np.nan
    )
    shaped = estimates(rows, period=drawn_from.period, unit="variance_share", base="units_ranked", source_id=source_id)
    return Sensitivity(shaped, design.shape[0] * design.shape[1], failures)


def _refuse_shared_names(drawn_from: Model) -> None:
    """Refuse a factor named like a code whose weight varies: the two would count as one input."""
    singles = len(drawn_from.singles)
    shared = sorted(set(drawn_from.groups[:singles]) & set(drawn_from.groups[singles:]))
    if shared:
        raise ArgumentError(
            "factor {shared!r} has the name of a code of the framework; give the factor a name of its own",
            shared=shared[0],
        )


def _outputs(drawn_from: Model, positions: Floats, failed: Counter[str]) -> Floats:
    """Scores, ranks and the mean shift of ranks in each run, shape (runs, 2 units + 1); missing in a failed run."""
    units = len(drawn_from.entities)
    nominal = rank_draws(drawn_from.nominal[None])[0].astype(float)
    outputs = np.full((len(positions), 2 * units + 1), np.nan)
    for start in range(0, len(positions), _BLOCK):
        drawn = evaluate(drawn_from, positions[start : start + _BLOCK])
        good = np.flatnonzero(drawn.cause == "")
        failed.update(drawn.cause[drawn.cause != ""])
        places = rank_draws(drawn.scores[good]).astype(float)
        outputs[start + good, :units] = drawn.scores[good]
        outputs[start + good, units:-1] = places
        outputs[start + good, -1] = np.abs(places - nominal).mean(axis=1)
    return outputs


def _sobol_rows(found: SobolIndices, drawn_from: Model, inputs: list[str]) -> pd.DataFrame:
    units = len(drawn_from.entities)
    entities = [*drawn_from.entities, *drawn_from.entities, ALL_UNITS]
    outputs = ["score"] * units + ["rank"] * units + ["rank_shift"]
    shape = found.first.shape
    frames = []
    for name in ("first", "total"):
        order = "first_order" if name == "first" else "total"
        frames.append(
            pd.DataFrame(
                {
                    "entity": np.tile(np.array(entities, dtype=object), shape[0]),
                    "group": np.repeat(np.array(inputs, dtype=object), shape[1]),
                    "measure": np.tile(np.array([f"{output}_{order}_method" for output in outputs]), shape[0]),
                    "value": getattr(found, name).ravel(),
                    "low": getattr(found, f"{name}_low").ravel(),
                    "high": getattr(found, f"{name}_high").ravel(),
                    "n": np.repeat(found.used, shape[1]).astype(float),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def leave_one_out(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    *,
    period: str = "",
    source_id: str = "",
) -> pd.DataFrame:
    """Scores and ranks of every unit when one indicator at a time is left out.

    Weights of its siblings are shared out; an aggregate without indicators goes with it.

    Parameters
    ----------
    values, framework, steps
        As `pipeline.run` takes them.
    period : str
        The period whose units are ranked; to be said only if there are several.
    source_id : str
        Name of the table the values come from.

    Returns
    -------
    DataFrame
        Estimates: measures ``score_left_out`` and ``rank_left_out`` for each unit and indicator left out (the group),
        without interval; ``rank_leave_one_out`` with the rank as declared and the least and the greatest of these
        (interval ``sensitivity``; n is the number of indicators).

    Raises
    ------
    TableError
        If the index does not exist without an indicator, naming it.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.6, 1], "y": [1.0, 0.9, 0.7, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> found = rankings.leave_one_out(table, tree, rankings.EDITION_STEPS)
    >>> rows = found[found["measure"] == "rank_leave_one_out"]
    >>> rows[["entity", "value", "low", "high"]]  # D is first by x and last by y
       entity  value  low  high
    16      A    3.0  1.0   4.0
    17      B    1.0  1.0   3.0
    18      C    1.0  1.0   3.0
    19      D    3.0  1.0   4.0
    """
    checked = check_framework(framework)
    stated = made_standing(values, checked, steps, period)
    frames, places = [], [stated["rank"]]
    for code in hierarchy(checked).indicators:
        left = without(checked, code)
        gone = set(checked["code"]) - set(left["code"])
        try:
            found = made_standing(values, left, [_forget(step, gone) for step in steps], period)
        except TableError as error:
            raise TableError("without {code!r} there is no index: {error}", code=code, error=error) from error
        places.append(found["rank"])
        for measure in ("score", "rank"):
            rows = found[measure].rename("value").reset_index()
            frames.append(rows.assign(group=code, measure=f"{measure}_left_out", unit=measure, interval="none"))
    rows = pd.concat([*frames, rank_spread(places, "rank_leave_one_out")], ignore_index=True)
    return estimates(rows, period=period, base="units_ranked", source_id=source_id)


def without(framework: pd.DataFrame, code: str) -> pd.DataFrame:
    """A checked framework without an indicator, and without the aggregates that are then empty.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["a", "b", "p", "q", "index"], "parent": ["p", "q", "index", "index", ""]})
    >>> without(check_framework(tree), "a")["code"].tolist()
    ['b', 'q', 'index']
    """
    left = framework[framework["code"] != code]
    parent = str(framework.set_index("code").loc[code, "parent"])
    if parent and parent not in set(left["parent"]):
        return without(left, parent)
    return left.reset_index(drop=True)


def _forget(step: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    """A step without what its arguments say of codes that are gone."""
    return {
        argument: {code: said for code, said in given.items() if code not in gone}
        if said_by_code(argument, given)
        else given
        for argument, given in step.items()
    }
