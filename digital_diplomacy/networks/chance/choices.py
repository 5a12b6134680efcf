"""Who is chosen more than if everybody chose as many others at random.

Everybody keeps the number of others it attends to, and whom is left to chance: random networks of given outdegrees. In
an undirected network the ties fall on any pairs. Both give exact distributions, so that nothing is drawn by lot.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.networks.chance.nulls import holm
from digital_diplomacy.networks.graphs.arrays import Floats, Graph, Integers, node_rows, together
from digital_diplomacy.tables import ESTIMATES, named_as, validate

Members = npt.NDArray[np.bool_]

_LEVEL: Final = 0.95
_TAIL: Final = (40.0, 200)  # standard deviations and actors above the mean behind which a chance is below 1e-16
_LEAST: Final = 1e-12  # what rounding leaves of a smaller chance is noise


def attention_received(network: Graph, *, receivers: Collection[str] | None = None) -> pd.DataFrame:
    """How many attend to an actor, beside what chance gives (``ESTIMATES``, rows for each actor).

    - ``in_degree``: how many others attend to it, or are tied to it; ``n`` is how many there are.
    - ``in_degree_expected``: the mean, with the middle 95 per cent, if everybody attended to as many others as it does,
      but at random. Every other actor u attends to v with chance d_u / (n - 1), independently, so that the number
      follows a Poisson binomial distribution; in an undirected network it is hypergeometric.
    - ``in_degree_p``: the chance of as many or more, adjusted by Holm for all actors together. Missing where chance
      leaves no choice, because everybody attends to all others or to nobody.

    Parameters
    ----------
    network : Graph
        Isolates in it could be attended to.
    receivers : collection of str, optional
        Who alone could be attended to, as platforms by ministries: chance then chooses among these, ``n`` is how many
        others attend to anybody, and expectation and p of all other actors are missing. Of an undirected network it is
        one of two sides between which all ties lie: chance lets them fall on pairs of the two, and ``n`` is how many
        the other side has.

    References
    ----------
    Wasserman, S. S. (1977). Random directed graph distributions and the triad census in social networks. Journal of
    Mathematical Sociology 5(1), 61-86.
    Hong, Y. (2013). On computing the distribution function for the Poisson binomial distribution. Computational
    Statistics & Data Analysis 59, 41-51.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2),
    65-70.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"]})
    >>> rows = networks.attention_received(networks.graph(ties))
    >>> rows.loc[rows["entity"] == "c", "value"].round(9).tolist()  # p: 3 actors x 1/2 x 1/2
    [2.0, 1.0, 0.75]
    """
    paid = np.diff(network.weights.indptr)
    received = np.diff(network.received.tocsr().indptr) if network.directed else paid
    open_to = np.ones(network.n, dtype=bool) if receivers is None else network.names.isin(list(receivers))
    others = np.full(network.n, network.n - 1)
    if receivers is not None:
        others = np.full(network.n, (paid > 0).sum())
        if not network.directed:
            others = np.where(open_to, (~open_to).sum(), open_to.sum())
    chosen = _choices(paid, received, open_to) if network.directed else _pairs(received, others, network.ties)
    counted = node_rows(network, received, measure="in_degree", unit="actors").assign(n=others.astype(float))
    expected = node_rows(network, chosen.mean, measure="in_degree_expected", unit="actors").assign(
        low=np.minimum(chosen.low, chosen.mean),
        high=np.maximum(chosen.high, chosen.mean),
        interval="simulation",
        level=_LEVEL,
    )
    chances = holm(chosen.above)
    tested = float((~np.isnan(chances)).sum())
    p = node_rows(network, chances, measure="in_degree_p", unit="probability", n=tested)
    return together([counted, validate(expected, ESTIMATES), p])


@dataclass(frozen=True, eq=False)
class _Chosen:
    """What chance gives every actor: mean, ends of the middle 95 per cent, the chance of as many as it has or more."""

    mean: Floats
    low: Floats
    high: Floats
    above: Floats


def _choices(paid: Integers, received: Integers, open_to: Members) -> _Chosen:
    """Chosen by others, each at random among those open to be; all actors that choose alike have the same others."""
    actors = len(paid)
    mean, low, high, above = (np.full(actors, np.nan) for _ in range(4))
    if actors < 2 or not open_to.any():
        return _Chosen(mean, low, high, above)
    among = open_to.sum() - open_to  # nobody chooses itself
    chances, place, counts = np.unique(paid / np.maximum(among, 1), return_inverse=True, return_counts=True)
    total = float((counts * chances).sum())
    size = min(actors, math.ceil(total + _TAIL[0] * math.sqrt(total)) + _TAIL[1])
    turns = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size)
    factors = 1 - chances[:, None] + chances[:, None] * turns
    # The logarithm of a factor that vanishes must stay a number, for one of them is taken away again.
    logs = np.log(np.where(np.abs(factors) < _LEAST, _LEAST, factors))
    whole = counts @ logs
    for number, own in enumerate(_places(place, len(chances))):
        masses = np.maximum(np.fft.irfft(np.conj(np.exp(whole - logs[number])), size), 0.0)
        below = np.cumsum(masses)
        upper = np.r_[np.cumsum(masses[::-1])[::-1], 0.0]
        mean[own] = total - chances[number]
        ends = ((1 - _LEVEL) / 2 - _LEAST, (1 + _LEVEL) / 2 - _LEAST)
        low[own], high[own] = np.searchsorted(below, ends).astype(float)
        above[own] = np.clip(upper[np.minimum(received[own], size)], _LEAST, 1.0)
    free = (chances > 0) & (chances < 1)
    others = (counts * free).sum() - free[place]
    blank = np.where(open_to, 0.0, np.nan)  # who cannot be chosen has no chance of being so
    return _Chosen(mean + blank, low + blank, high + blank, np.where(others > 0, above, np.nan) + blank)


def _places(place: Integers, kinds: int) -> list[Integers]:
    """The positions of every kind."""
    order = np.argsort(place, kind="stable")
    return np.split(order, np.cumsum(np.bincount(place, minlength=kinds))[:-1])


def _pairs(degree: Integers, others: Integers, ties: int) -> _Chosen:
    """Ties that fall on any pairs there can be: of all pairs as many as there are ties, some of them an actor's own.

    Every actor can be tied to ``others``, so that there are half as many pairs as these sum up to.
    """
    from scipy import stats  # takes longer to import than most networks to be measured, and few are undirected

    pairs = int(others.sum()) // 2
    found = stats.hypergeom(pairs, others, ties)
    low, high = (np.asarray(found.ppf(end), dtype=float) for end in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2))
    above = np.asarray(found.sf(degree - 1), dtype=float)
    known = 0 < ties < pairs
    blank = np.full(len(degree), np.nan)
    mean = others * ties / pairs if pairs else blank  # scipy's own divides by zero where all are tied
    return _Chosen(mean, low, high, np.maximum(above, _LEAST) if known else blank)


def chosen_found(estimates: pd.DataFrame, *, level: float = 0.05) -> pd.DataFrame:
    """Whom most attend to, and whether that is more than chance gives: one row, none where nobody is attended to.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`attention_received` of one network.
    level : float
        Largest p, of all actors together, of who is told to stand out.

    Returns
    -------
    DataFrame
        entity (of equals the first by code), value, low, high (the middle 95 per cent by chance, of equals from the
        least to the largest), p (of equals the least), n (actors tested), firsts (how many have as many), beyond (how
        many stand out), case: ``beyond`` if anybody does, ``none`` if not, ``untested`` if chance leaves no choice; of
        several firsts with ``_equal`` behind it.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"]})
    >>> rows = networks.attention_received(networks.graph(ties))
    >>> networks.chosen_found(rows)[["entity", "value", "p", "beyond", "case"]].round(9).to_numpy().tolist()
    [['c', 2.0, 0.75, 0, 'none']]
    """
    rows = validate(estimates, ESTIMATES)
    counted, expected, chance = (
        rows[rows["measure"] == code].set_index("entity")[["value", "low", "high"]].to_dict("index")
        for code in ("in_degree", "in_degree_expected", "in_degree_p")
    )
    most = max((row["value"] for row in counted.values()), default=0.0)
    if not most > 0:
        return pd.DataFrame()
    first = sorted(str(name) for name, row in counted.items() if row["value"] == most)
    tested = [row["value"] for row in chance.values() if not math.isnan(row["value"])]
    beyond = sum(p <= level for p in tested)
    case = "beyond" if beyond else "none" if tested else "untested"
    told = {
        "entity": first[0],
        "value": most,
        "low": min((expected[name]["low"] for name in first if name in expected), default=np.nan),
        "high": max((expected[name]["high"] for name in first if name in expected), default=np.nan),
        "p": float(f"{min((chance[name]['value'] for name in first if name in chance), default=np.nan):.2g}"),
        "n": len(tested),
        "firsts": len(first),
        "beyond": beyond,
        "case": case if len(first) == 1 else f"{case}_equal",
    }
    return named_as(pd.DataFrame([told]), estimates)
