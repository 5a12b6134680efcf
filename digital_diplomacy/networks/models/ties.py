"""What makes a tie likely: an exponential random graph model of a directed network, with intervals by simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.models.fitting import fit, refuse_dependent, refuse_separated
from digital_diplomacy.networks.models.simulating import draw_networks, draw_states
from digital_diplomacy.networks.models.terms import (
    TIES,
    Bools,
    Floats,
    Terms,
    changes,
    dyad_choices,
    dyad_states,
    read_terms,
)
from digital_diplomacy.tables import ESTIMATES, PAIRS, validate

_APART: Final = 5.0  # standard errors between chains from no tie and from all ties, behind which they have not met
_DRAWS: Final = 100  # fewer say nothing of the ends of an interval
_LEAST_FINITE: Final = 0.5
_ENDLESS: Final = 10.0  # standard errors off the estimate where a draw has no finite one
_BLOCK: Final = 2_000_000  # numbers of one draw's choices held at once


@dataclass(frozen=True, eq=False)
class TieModel:
    """A fitted model of ties.

    Attributes
    ----------
    estimates : DataFrame
        The table ``estimates``, rows of every term: ``tie_log_odds`` (the coefficient), ``tie_standard_error``, and
        ``tie_odds_ratio`` (of a step: yes against no, or two standard deviations of a number over all pairs). ``n`` is
        the number of ordered pairs. An interval without ends is as wide as can be.
    comparisons : DataFrame
        The table ``pairs``: the term whose step moves the odds most, on the logarithmic scale, less every other
        (``tie_effect_difference``, unit ``log_ratio``); an interval above 0 tells the two apart.
    exact : bool
        Whether dyads are independent in the model, so that the estimate is of maximum likelihood and simulated
        networks are exact draws; otherwise the estimate is of maximum pseudo-likelihood.
    ties, actors, draws : int
        Ties and actors of the network, networks simulated.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abbcdea"), "target": list("bacdecd")})
    >>> model = networks.tie_model(networks.graph(ties), ["mutual"], draws=200, rng=np.random.default_rng(1))
    >>> model.exact, model.actors, model.ties
    (True, 5, 7)
    """

    estimates: pd.DataFrame
    comparisons: pd.DataFrame
    exact: bool
    ties: int
    actors: int
    draws: int


def tie_model(
    network: Graph,
    terms: Sequence[str],
    *,
    attributes: pd.DataFrame | None = None,
    dyads: Mapping[str, pd.DataFrame] | None = None,
    draws: int = 1000,
    level: float = 0.95,
    rng: np.random.Generator,
) -> TieModel:
    """What makes a tie likely, all terms taken together.

    The logarithm of the odds of a tie, given all other ties, is the sum of what it adds to the terms, each times its
    coefficient. While dyads are independent (any terms but ``shared_partners``) the likelihood is that of four states
    of each dyad, and is maximised as it is; otherwise the pseudo-likelihood is, and standard errors read off it would
    be too small. So intervals come from networks simulated from the fit, each fitted again: (estimate of a simulated
    network less that of the observed one) / standard error, whose size below which ``level`` of them lie, times the
    standard error of the observed network, is the interval's half (symmetric bootstrap t).

    Parameters
    ----------
    network : Graph
        Directed; a tie is there or is not, its weight is not read.
    terms : sequence of str
        ``mutual`` (ties both ways), ``same:NAME`` (equal attribute), ``difference:NAME`` (its absolute difference),
        ``sender:NAME``, ``receiver:NAME`` (the attribute of who attends, of who is attended to), ``dyad:NAME`` (cell of
        a matrix), ``shared_partners`` (geometrically weighted i -> k -> j, decay 0.5). The number of ties is always in.
    attributes : DataFrame
        ``entity`` and a column for each NAME, a row for each actor.
    dyads : mapping of str to DataFrame, shape (n, n)
        Matrices over the actors by NAME, from row to column; the diagonal is never read.
    draws : int
        Networks simulated, at least 100.
    level : float
        Level of each interval, above 0 and below 1.
    rng : numpy.random.Generator
        Source of chance.

    Raises
    ------
    ArgumentError
        If the network is undirected, a term is unknown or determined by others, ties are told by a term without
        exception (no finite estimate), or simulated networks show the model to be close to degenerate.
    TableError
        If an actor has no value, or two.

    References
    ----------
    Holland, P. W., Leinhardt, S. (1981). An exponential family of probability distributions for directed graphs.
    Journal of the American Statistical Association 76(373), 33-50.
    Frank, O., Strauss, D. (1986). Markov graphs. Journal of the American Statistical Association 81(395), 832-842.
    Strauss, D., Ikeda, M. (1990). Pseudolikelihood estimation for social networks. Journal of the American Statistical
    Association 85(409), 204-212.
    van Duijn, M. A. J., Gile, K. J., Handcock, M. S. (2009). A framework for the comparison of maximum pseudo
    likelihood and maximum likelihood estimation of exponential family random graph models. Social Networks 31(1),
    52-62.
    Schmid, C. S., Desmarais, B. A. (2017). Exponential random graph models with big networks: maximum pseudolikelihood
    estimation and the parametric bootstrap. IEEE International Conference on Big Data, 116-121.
    Hall, P. (1988). On symmetric bootstrap confidence intervals. Journal of the Royal Statistical Society B 50(1),
    35-45.
    Gelman, A. (2008). Scaling regression inputs by dividing by two standard deviations. Statistics in Medicine 27(15),
    2865-2873.

    Examples
    --------
    Of ten pairs three are tied one way and two both ways: the odds of a tie are 3 : 10 if it is not answered, and 4 : 3
    if it is.

    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abbccde"), "target": list("bacbdec")})
    >>> model = networks.tie_model(networks.graph(ties), ["mutual"], draws=200, rng=np.random.default_rng(1))
    >>> rows = model.estimates.query("measure == 'tie_odds_ratio'")
    >>> rows[["entity", "value"]].round(3).to_numpy().tolist()  # 3/10, and (4/3) / (3/10)
    [['ties', 0.3], ['mutual', 4.444]]
    """
    _refuse_arguments(network, draws, level)
    table = pd.DataFrame({"entity": []}) if attributes is None else attributes
    read = read_terms(network, terms, table, dyads or {})
    tied = network.binary.toarray() > 0
    fitted = _of_dyads(read, tied, draws, rng) if not read.shared else _of_ties(read, tied, draws, rng)
    ends = _intervals(fitted, level)
    fixed: dict[str, Any] = {"level": level, "source_id": network.source_id, "n": float(network.n * (network.n - 1))}
    return TieModel(
        estimates=_estimates(read, fitted, ends, fixed),
        comparisons=_comparisons(read, fitted, fixed),
        exact=not read.shared,
        ties=int(tied.sum()),
        actors=network.n,
        draws=draws,
    )


@dataclass(frozen=True, eq=False)
class _Fitted:
    """Coefficients observed and their errors, shape (p,); those of simulated networks, as they are and studentised."""

    value: Floats
    error: Floats
    simulated: Floats
    pivots: Floats


def _refuse_arguments(network: Graph, draws: int, level: float) -> None:
    if not network.directed:
        raise ArgumentError("a model of ties needs a directed network; this one is undirected")
    if draws < _DRAWS or not 0 < level < 1:
        raise ArgumentError(
            "draws is {draws} and level is {level}; draws must be at least {least}, level between 0 and 1",
            draws=draws,
            level=level,
            least=_DRAWS,
        )


def _of_dyads(terms: Terms, tied: Bools, draws: int, rng: np.random.Generator) -> _Fitted:
    """Maximum likelihood, and exact draws: dyads are independent of each other."""
    choices = dyad_choices(terms)
    observed = dyad_states(tied)
    refuse_dependent(choices, terms.codes)
    refuse_separated(choices, observed, terms.codes)
    value, inverse, _ = fit(choices, _totals(choices, observed[None]))
    states = draw_states(choices, value[0], draws=draws, rng=rng)
    again, inverses, finite = fit(choices, _totals(choices, states))
    return _finite(terms, value[0], inverse[0], again, inverses, finite)


def _totals(choices: Floats, states: npt.NDArray[np.int64]) -> Floats:
    """Terms of each draw, shape (draws, p)."""
    found = np.zeros((len(states), choices.shape[2]))
    for state in range(choices.shape[1]):
        found += (states == state).astype(float) @ choices[:, state]
    return found


def _of_ties(terms: Terms, tied: Bools, draws: int, rng: np.random.Generator) -> _Fitted:
    """Maximum pseudo-likelihood, and networks at the ends of Markov chains."""
    choices, totals = _tie_choices(terms, tied[None])
    refuse_dependent(choices[0], terms.codes)
    refuse_separated(choices[0], tied[~np.eye(len(tied), dtype=bool)].astype(np.int64), terms.codes)
    value, inverse, _ = fit(choices, totals)
    simulated = draw_networks(terms, value[0], draws=draws, rng=rng)
    _refuse_degenerate(simulated, int(tied.sum()))
    size = max(1, _BLOCK // choices.size)
    parts = [fit(*_tie_choices(terms, simulated[start : start + size])) for start in range(0, draws, size)]
    again, inverses, finite = (np.concatenate(kind) for kind in zip(*parts, strict=True))
    return _finite(terms, value[0], inverse[0], again, inverses, finite)


def _tie_choices(terms: Terms, tied: Bools) -> tuple[Floats, Floats]:
    """Of each network what the two states of every tie add, shape (draws, ties, 2, p), and the sums observed."""
    pairs = ~np.eye(tied.shape[1], dtype=bool)
    added = changes(terms, tied)[:, pairs]
    there = tied[:, pairs]
    return np.stack([np.zeros_like(added), added], axis=2), (added * there[:, :, None]).sum(axis=1)


def _refuse_degenerate(simulated: Bools, observed: int) -> None:
    counts = simulated.sum(axis=(1, 2)).astype(float)
    half = len(counts) // 2
    below, above = counts[:half], counts[half:]
    error = max(float(np.hypot(below.std(), above.std())) / half**0.5, 1e-12)
    if abs(below.mean() - above.mean()) > _APART * error + 1 or not counts.min() <= observed <= counts.max():
        raise ArgumentError(
            "the model is close to degenerate: networks simulated from it have {low:.0f} ties on average if they begin "
            "without any and {high:.0f} if they begin with all, and {observed} were observed; leave shared_partners "
            "out, or add terms that explain the ties",
            low=below.mean(),
            high=above.mean(),
            observed=observed,
        )


def _finite(terms: Terms, value: Floats, inverse: Floats, again: Floats, inverses: Floats, finite: Bools) -> _Fitted:
    """How far simulated networks' estimates lie off; refused is an observation whose hardly ever are finite.

    A coefficient without bounds lies infinitely far off; the others of such a draw are read by the observed error.
    """
    if finite.mean() < _LEAST_FINITE:
        raise ArgumentError(
            "{share:.0%} of the networks simulated from the model have no finite estimate of {terms}: the network has "
            "too few ties, or too few pairs without; leave terms out",
            share=1 - finite.mean(),
            terms=", ".join(terms.codes),
        )
    error = np.sqrt(np.diagonal(inverse))
    errors = np.where(finite[:, None], np.sqrt(np.diagonal(inverses, axis1=1, axis2=2)), error)
    pivots = (again - value) / errors
    endless = ~finite[:, None] & (np.abs(pivots) > _ENDLESS)
    return _Fitted(value, error, again[finite], np.where(endless, np.copysign(np.inf, pivots), pivots))


def _intervals(fitted: _Fitted, level: float) -> tuple[Floats, Floats]:
    """Ends of each interval; where more simulated networks than its level leaves out have no estimate, it has none."""
    far = simulated.bound(np.abs(fitted.pivots), level)
    width = np.where(np.isinf(far), np.nan, far) * fitted.error
    return np.asarray(fitted.value - width), np.asarray(fitted.value + width)


def _estimates(terms: Terms, fitted: _Fitted, ends: tuple[Floats, Floats], fixed: dict[str, Any]) -> pd.DataFrame:
    low, high = ends
    error = fitted.simulated.std(axis=0, ddof=1)
    blank = np.full(len(error), np.nan)
    parts = {
        "tie_log_odds": (fitted.value, low, high, "log_ratio"),
        "tie_standard_error": (error, blank, blank, "log_ratio"),
        "tie_odds_ratio": (*(np.exp(part * terms.steps) for part in (fitted.value, low, high)), "ratio"),
    }
    rows = [
        pd.DataFrame({"entity": terms.codes, "measure": name, "value": value, "low": least, "high": most, "unit": unit})
        for name, (value, least, most, unit) in parts.items()
    ]
    found = pd.concat(rows, ignore_index=True).assign(group="", period="", base="", interval="confidence", **fixed)
    plain = found["measure"] == "tie_standard_error"
    return validate(
        found.assign(interval=found["interval"].mask(plain, "none"), level=found["level"].mask(plain)), ESTIMATES
    )


def _comparisons(terms: Terms, fitted: _Fitted, fixed: dict[str, Any]) -> pd.DataFrame:
    """How much more the first term moves the odds than every other, by size, steps being comparable."""
    level = float(fixed["level"])
    places = [place for place, code in enumerate(terms.codes) if code != TIES]
    signed = np.copysign(terms.steps, fitted.value)
    sizes, drawn = fitted.value * signed, fitted.simulated * signed
    first = max(places, key=lambda place: sizes[place], default=0)
    rows = []
    for other in places:
        if other != first:
            value = sizes[first] - sizes[other]
            least, most = simulated.middle(drawn[:, first] - drawn[:, other], level)
            low, high = 2 * value - most, 2 * value - least
            rows.append(
                {"left": terms.codes[first], "right": terms.codes[other], "value": value, "low": low, "high": high}
            )
    named = pd.DataFrame(rows, columns=["left", "right", "value", "low", "high"])
    named = named.assign(low=named[["low", "value"]].min(axis=1), high=named[["high", "value"]].max(axis=1))
    return validate(
        named.assign(measure="tie_effect_difference", interval="confidence", unit="log_ratio", **fixed), PAIRS
    )
