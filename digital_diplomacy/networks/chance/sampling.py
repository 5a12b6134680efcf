"""How far a value rests on the data at hand: resampling of sampled networks, leaving out documents of a census.

A bootstrap needs a sampling model: ties, or blocks of time, drawn from more that could have been drawn. A census coded
by hand has none; there, what can be shown is the range of a value when each document in turn is left out.
"""

from collections.abc import Callable, Iterator
from typing import Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.chance.nulls import check_draws
from digital_diplomacy.tables import ESTIMATES, named_as, validate

Compute = Callable[[pd.DataFrame], pd.DataFrame]
Values = Callable[[pd.DataFrame], "pd.Series[float]"]
Scheme = Literal["ties", "blocks", "actors"]

SCHEMES: Final = ("ties", "blocks", "actors")
_KEY: Final = ["entity", "group", "period", "measure", "source_id"]
_TIE: Final = ["source", "target", "relation"]


def rank_intervals(
    edges: pd.DataFrame,
    values: Values,
    *,
    measure: str,
    scheme: Scheme,
    rng: np.random.Generator,
    draws: int = 999,
    level: float = 0.95,
    group: str = "",
    source_id: str = "",
) -> pd.DataFrame:
    """Rank of every actor of a sampled network with its interval (``ESTIMATES``, unit ``rank``).

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation, weight``, and ``period`` for blocks: one row a pair and period. They are a sample;
        of a census use :func:`leave_one_out`.
    values : callable
        Takes such edges without ``period``, one row a pair, and returns a value for each actor, by name, such as
        ``dependence_received``. It names all actors itself, so that one without ties keeps a value; an actor without a
        value in a draw has no rank in it.
    measure : str
        Code of what is ranked; 1 is the largest value, equals share the better rank.
    scheme : {"ties", "blocks", "actors"}
        ``ties``: draw with replacement as many rows as there are (a tie drawn k times has k times its weight).
        ``blocks``: draw whole periods, where ties of one time belong together. ``actors``: leave out each actor in turn
        with its ties, the jackknife of nodes: nothing is drawn, and who is left out has the rank that ``values`` gives
        it without ties, or none.
    rng : Generator
        Draws rows or periods; unused for ``actors``, but to be given.
    draws : int
        Bootstrap draws; unused for ``actors``, which takes as many as there are actors.
    level : float
        Of the percentile interval, above 0 and below 1; checked, but unused for ``actors``, whose interval holds every
        rank met.

    Returns
    -------
    DataFrame
        Measure ``<measure>_rank``. Interval ``confidence`` (percentiles of bootstrapped ranks, widened where needed to
        hold the observed rank), or ``sensitivity`` for ``actors`` (least and greatest rank); ``n`` is the number of
        draws with a rank.

    Raises
    ------
    ValueError
        For an unknown scheme, or a level that is none.
    TableError
        If blocks are wanted and there are fewer than two periods.

    References
    ----------
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall.
    Künsch, H. R. (1989). The jackknife and the bootstrap for general stationary observations. Annals of Statistics
    17(3), 1217-1241.
    Snijders, T. A. B., Borgatti, S. P. (1999). Non-parametric standard errors and tests for network statistics.
    Connections 22(2).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b", "c"], "target": ["x", "x", "y"]}
    >>> ties = pd.DataFrame({**ends, "relation": "uses", "weight": 1.0})
    >>> values, rng = networks.dependence_received, np.random.default_rng(1)
    >>> found = networks.rank_intervals(ties, values, measure="dependence", scheme="actors", rng=rng)
    >>> found.loc[found["entity"].isin(["x", "y"]), ["entity", "value", "low", "high"]]  # without a, x and y are equal
      entity  value  low  high
    3      x    1.0  1.0   1.0
    4      y    2.0  1.0   2.0
    """
    if scheme not in SCHEMES:
        raise ArgumentError("unknown scheme {scheme!r}; allowed: {schemes}", scheme=scheme, schemes=", ".join(SCHEMES))
    if not 0 < level < 1:
        raise ArgumentError("level is {level}; above 0 and below 1 expected, such as 0.95", level=level)
    ranks = _ranks(values(_summed(edges)))
    samples = _samples(edges, scheme, rng, draws)
    runs = pd.DataFrame({number: _ranks(values(drawn)) for number, drawn in enumerate(samples)}).reindex(ranks.index)
    rows = _with_ends(ranks, runs, level=None if scheme == "actors" else level)
    texts = {"group": group, "period": "", "measure": f"{measure}_rank", "unit": "rank", "base": ""}
    interval, known = ("sensitivity", np.nan) if scheme == "actors" else ("confidence", level)
    return validate(rows.assign(interval=interval, level=known, **texts, source_id=source_id), ESTIMATES)


def _summed(edges: pd.DataFrame) -> pd.DataFrame:
    return edges.groupby(_TIE, sort=True)["weight"].sum().reset_index()


def _ranks(values: "pd.Series[float]") -> "pd.Series[float]":
    return values.rank(method="min", ascending=False)


def _samples(edges: pd.DataFrame, scheme: Scheme, rng: np.random.Generator, draws: int) -> Iterator[pd.DataFrame]:
    """The edges of every draw, one row a pair."""
    if scheme == "actors":
        for actor in sorted(set(edges["source"]) | set(edges["target"])):
            yield _summed(edges[(edges["source"] != actor) & (edges["target"] != actor)])
        return
    unit = _units(edges, scheme)
    many = int(unit.max()) + 1
    for _ in range(check_draws(draws)):
        times = np.bincount(rng.integers(many, size=many), minlength=many)[unit]
        drawn = edges.assign(weight=edges["weight"].to_numpy(dtype=float) * times)
        yield _summed(drawn[times > 0])


def _units(edges: pd.DataFrame, scheme: Scheme) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number of the unit that each row is drawn with: itself, or its period."""
    if scheme == "ties":
        return np.arange(len(edges))
    if "period" not in edges or edges["period"].nunique(dropna=False) < 2:
        raise TableError("edges: blocks are periods, of which at least two are needed; name them in column `period`")
    return np.asarray(pd.factorize(edges["period"], use_na_sentinel=False)[0], dtype=np.int64)


def _with_ends(ranks: "pd.Series[float]", runs: pd.DataFrame, *, level: float | None) -> pd.DataFrame:
    # Ranks are whole numbers: the nearest drawn ones outwards, so that the interval never claims too much.
    low, high = (runs.min(axis=1).to_numpy(float), runs.max(axis=1).to_numpy(float))
    if level is not None:
        low, high = simulated.middle(runs.to_numpy(float), level, axis=1, whole=True)
    observed = ranks.to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "entity": ranks.index.astype(str),
            "value": observed,
            "low": np.fmin(low, observed),
            "high": np.fmax(high, observed),
            "n": runs.notna().sum(axis=1).to_numpy(dtype=float),
        }
    )


def first_found(estimates: pd.DataFrame) -> pd.DataFrame:
    """Who has the first rank, and whether that is sure: one row, none without ranks.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`rank_intervals`.

    Returns
    -------
    DataFrame
        entity (of equals the first by code), value, low, high (its rank and interval), n (actors whose interval holds
        the first rank, itself among them), actors (all with a rank), case: ``sure`` if nobody else's does, ``open`` if
        several do.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b", "c"], "target": ["x", "x", "y"]}
    >>> ties = pd.DataFrame({**ends, "relation": "uses", "weight": 1.0})
    >>> values, rng = networks.dependence_received, np.random.default_rng(1)
    >>> found = networks.rank_intervals(ties, values, measure="dependence", scheme="actors", rng=rng)
    >>> networks.first_found(found)[["entity", "low", "high", "n", "case"]].to_numpy().tolist()
    [['x', 1.0, 1.0, 2, 'open']]
    """
    rows = validate(estimates, ESTIMATES).dropna(subset=["value"]).sort_values(["value", "entity"], kind="stable")
    if rows.empty:
        return pd.DataFrame()
    first, rivals = rows.iloc[0], int((rows["low"] <= 1).sum())
    told = {name: first[name] for name in ("entity", "value", "low", "high")}
    case = "sure" if rivals == 1 and first["high"] == 1 else "open"
    return named_as(pd.DataFrame([told | {"n": rivals, "actors": len(rows), "case": case}]), estimates)


def leave_one_out(statements: pd.DataFrame, compute: Compute, *, by: str = "document") -> pd.DataFrame:
    """Values with the range they take when each document in turn is left out (``ESTIMATES``).

    Parameters
    ----------
    statements : DataFrame
        One statement a row, with a column ``by``.
    compute : callable
        Takes statements and returns ``ESTIMATES``: for example builds edges and returns their powers. It names all
        actors itself, so that one whom nobody else mentions keeps a value.
    by : str
        Column whose values are left out in turn.

    Returns
    -------
    DataFrame
        The rows of ``compute(statements)``; those without an interval of their own get one of kind ``sensitivity``. A
        run in which a value does not exist widens nothing.

    Raises
    ------
    TableError
        If ``by`` is not a column, or has fewer than two values: then nothing can be left out.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b"], "target": "c", "relation": "uses", "document": ["000", "001"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2"], "weight": 1.0, **ends})
    >>> compute = lambda rows: networks.degrees(networks.build(rows, weight="count"), nodes=["a", "b", "c"])
    >>> found = networks.leave_one_out(said, compute)
    >>> found.loc[(found["entity"] == "c") & (found["measure"] == "in_degree"), ["value", "low", "high"]]
       value  low  high
    2    2.0  1.0   2.0
    """
    if by not in statements or statements[by].nunique() < 2:
        raise TableError(
            "statements: column `{by}` needs at least two values, of which one is left out at a time", by=by
        )
    full = compute(statements)
    runs = [compute(statements[statements[by] != left]) for left in sorted(set(statements[by]))]
    ends = pd.concat(runs).groupby(_KEY)["value"].agg(["min", "max"]).reset_index()
    merged = full.merge(ends, on=_KEY, how="left", validate="one_to_one")
    plain = (merged["interval"] == "none") & merged["value"].notna()
    found = merged.assign(
        low=merged["low"].where(~plain, np.fmin(merged["min"], merged["value"])),
        high=merged["high"].where(~plain, np.fmax(merged["max"], merged["value"])),
        interval=merged["interval"].where(~plain, "sensitivity"),
    )
    return validate(found.drop(columns=["min", "max"]), ESTIMATES)
