"""How far actors move from one period to the next, beside what moves when nothing has changed."""

from collections.abc import Iterator
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.chance.nulls import Array, check_draws, max_statistic_p, p_value, standardised
from digital_diplomacy.networks.chance.sampling import Values
from digital_diplomacy.networks.graphs.arrays import NETWORK
from digital_diplomacy.readings import apart
from digital_diplomacy.tables import ESTIMATES, named_as, validate

Dealt = Literal["messages", "blocks"]

DEALT: Final = ("messages", "blocks")
_TIE: Final = ["source", "target", "relation"]
_LEVEL: Final = 0.95
_SIGNIFICANT: Final = 0.05  # largest p of what is told to stand out

_Ints = np.ndarray[Any, np.dtype[np.int64]]


def mobility(
    before: pd.DataFrame,
    after: pd.DataFrame,
    values: Values,
    *,
    measure: str,
    rng: np.random.Generator,
    dealt: Dealt = "blocks",
    draws: int = 999,
    source_id: str = "",
) -> pd.DataFrame:
    """How ranks change between two periods, and whether more than if nothing had changed (``ESTIMATES``).

    Of each actor with a tie in either period:

    - ``<measure>_rank_before`` and ``<measure>_rank_after``: 1 is the largest value, equals share the better rank.
    - ``<measure>_rank_change``: rank before less rank after, above 0 for who has risen.
    - ``<measure>_rank_change_expected``: mean and middle 95 per cent of the changes if nothing has changed between the
      periods and what is observed falls into either by lot: messages one by one, or whole blocks, where those of one
      time belong together.
    - ``<measure>_rank_change_p``: chance that *any* actor then moves as far for its kind, either way (Westfall and
      Young's, of changes in standard deviations); ``n`` is how many actors that holds for.

    Of the ``network``:

    - ``<measure>_rank_correlation``: Spearman's, of the values; ``n`` actors.
    - ``<measure>_rank_correlation_expected`` and ``<measure>_rank_correlation_p``: the same if nothing has changed, and
      the chance of a correlation as low or lower: a small one says that positions did move.
    - ``<measure>_rank_persistence_p``: the chance of a correlation as high or higher if ranks after had nothing to do
      with ranks before (actors permuted): a large one says that there are no positions to move from.

    Parameters
    ----------
    before, after : DataFrame
        ``source, target, relation, weight`` of the two periods, and ``period`` (as days) for blocks, of which
        none is in both. Weights are numbers of messages.
    values : callable
        As `rank_intervals` takes it. An actor it does not name has value 0, as who has no tie.
    measure : str
        Code of what is ranked.
    rng : Generator
        Deals messages or blocks, and permutes.
    dealt : {"messages", "blocks"}
        What falls into either period by lot. Blocks need several periods in each; messages are taken for independent,
        and where they come in bursts, p is too small.
    draws : int
        At least 1.

    Raises
    ------
    ValueError
        If ``dealt`` is unknown.
    TableError
        If weights are no whole numbers, or for blocks a period is in both or there are fewer than two in either.

    References
    ----------
    Manor, I., Segev, E. (2020). Social media mobility: leveraging Twitter networks in online diplomacy. Global Policy
    11(2), 233-244.
    Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall, chapter 15.
    Westfall, P. H., Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.
    Spearman, C. (1904). The proof and measurement of association between two things. American Journal of Psychology
    15(1), 72-101.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b", "c"], "target": ["x", "x", "y"], "relation": "forwards"}
    >>> before = pd.DataFrame({**ends, "weight": [5.0, 5.0, 5.0]})
    >>> after = pd.DataFrame({**ends, "target": ["y", "y", "x"], "weight": [5.0, 5.0, 5.0]})
    >>> received, rng = networks.dependence_received, np.random.default_rng(1)
    >>> found = networks.mobility(before, after, received, measure="dependence", rng=rng, dealt="messages", draws=99)
    >>> rows = found[found["measure"] == "dependence_rank_change"]
    >>> rows.loc[rows["entity"].isin(["x", "y"]), ["entity", "value"]].to_numpy().tolist()  # x from 1 to 2
    [['x', -1.0], ['y', 1.0]]
    """
    if dealt not in DEALT:
        raise ArgumentError("unknown scheme {scheme!r}; allowed: {schemes}", scheme=dealt, schemes=", ".join(DEALT))
    both = (before, after)
    names = pd.Index(sorted({str(name) for part in both for end in ("source", "target") for name in part[end]}))
    first, last = (_valued(_summed(part), values, names) for part in both)
    drawn = [tuple(_valued(part, values, names) for part in pair) for pair in _dealt(before, after, dealt, rng, draws)]
    null = np.array([_ranks(one) - _ranks(other) for one, other in drawn])
    null_alike = np.array([_alike(one, other) for one, other in drawn])
    unrelated = np.array([_alike(first, rng.permutation(last)) for _ in range(draws)])
    rows = [*_of_actors(names, _ranks(first), _ranks(last), null), *_of_network(first, last, null_alike, unrelated)]
    frame = pd.DataFrame(rows, columns=["entity", "measure", "unit", "value", "low", "high", "n"])
    known = frame["low"].notna()
    return validate(
        frame.assign(
            measure=measure + "_" + frame["measure"],
            interval=np.where(known, "simulation", "none"),
            level=np.where(known, _LEVEL, np.nan),
            group="",
            period="",
            base="",
            source_id=source_id,
        ),
        ESTIMATES,
    )


_Row = tuple[str, str, str, float, float, float, float]


def _of_actors(names: pd.Index, first: Array, last: Array, null: Array) -> Iterator[_Row]:
    change, none = first - last, np.nan
    scores, drawn = standardised(change, null)
    chances = max_statistic_p(np.abs(scores), np.abs(drawn))
    tested = float((~np.isnan(chances)).sum())
    low, high = simulated.middle(null, _LEVEL)
    middle = null.mean(axis=0)
    for place, name in enumerate(names):
        yield name, "rank_before", "rank", first[place], none, none, none
        yield name, "rank_after", "rank", last[place], none, none, none
        yield name, "rank_change", "places", change[place], none, none, none
        ends = min(low[place], middle[place]), max(high[place], middle[place])
        yield name, "rank_change_expected", "places", middle[place], *ends, none
        yield name, "rank_change_p", "probability", chances[place], none, none, tested


def _of_network(first: Array, last: Array, null: Array, unrelated: Array) -> Iterator[_Row]:
    alike, none, actors = _alike(first, last), np.nan, float(len(first))
    yield NETWORK, "rank_correlation", "correlation", alike, none, none, actors
    known = null[~np.isnan(null)]
    if len(known):
        low, high = simulated.middle(known, _LEVEL)
        middle = float(known.mean())
        ends = min(float(low), middle), max(float(high), middle)
        yield NETWORK, "rank_correlation_expected", "correlation", middle, *ends, none
    yield NETWORK, "rank_correlation_p", "probability", p_value(alike, null, tail="less"), none, none, none
    yield NETWORK, "rank_persistence_p", "probability", p_value(alike, unrelated), none, none, none


def _summed(edges: pd.DataFrame) -> pd.DataFrame:
    return edges.groupby(_TIE, sort=True)["weight"].sum().reset_index()


def _valued(ties: pd.DataFrame, values: Values, names: pd.Index) -> Array:
    """The value of every actor by ties that stand once; 0 for who is not among them."""
    if ties.empty:
        return np.zeros(len(names))
    return np.asarray(values(ties).reindex(names, fill_value=0.0), dtype=float)


def _ranks(values: Array) -> Array:
    ordered = np.sort(-values)
    return np.asarray(np.searchsorted(ordered, -values, side="left") + 1, dtype=float)


def _alike(one: Array, other: Array) -> float:
    """Spearman's rank correlation; missing if either side is all equal."""
    ranks = [_middle_ranks(side) for side in (one, other)]
    if any(np.ptp(side) == 0 for side in ranks):
        return float("nan")
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _middle_ranks(values: Array) -> Array:
    """Ranks of which equals share the mean."""
    ordered = np.sort(values)
    ends = [np.searchsorted(ordered, values, side=side) for side in ("left", "right")]
    return np.asarray((ends[0] + ends[1] + 1) / 2, dtype=float)


def _dealt(
    before: pd.DataFrame, after: pd.DataFrame, dealt: Dealt, rng: np.random.Generator, draws: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Both periods of every draw."""
    check_draws(draws)
    if dealt == "blocks":
        yield from _blocks(before, after, rng, draws)
    else:
        yield from _messages(before, after, rng, draws)


def _blocks(
    before: pd.DataFrame, after: pd.DataFrame, rng: np.random.Generator, draws: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    for part in (before, after):
        if "period" not in part or part["period"].nunique() < 2:
            raise TableError(
                "edges: blocks are periods, of which at least two are needed; name them in column `period`"
            )
    shared = sorted(set(before["period"]) & set(after["period"]))
    if shared:
        raise TableError("edges: {period} is in both periods; it can be in one", period=shared[0])
    both = pd.concat([before, after], ignore_index=True)
    block, names = pd.factorize(both["period"], sort=True)
    ties = both[_TIE].drop_duplicates().sort_values(_TIE, ignore_index=True)
    tie = pd.MultiIndex.from_frame(ties).get_indexer(pd.MultiIndex.from_frame(both[_TIE]))
    weights, many = both["weight"].to_numpy(dtype=float), before["period"].nunique()
    for _ in range(draws):
        is_first = np.zeros(len(names), dtype=bool)
        is_first[rng.permutation(len(names))[:many]] = True
        inside = is_first[block]
        first, last = (np.bincount(tie[side], weights[side], minlength=len(ties)) for side in (inside, ~inside))
        yield _weighed(ties, np.asarray(first, dtype=float)), _weighed(ties, np.asarray(last, dtype=float))


def _weighed(ties: pd.DataFrame, weights: Array) -> pd.DataFrame:
    """The ties that have a weight, with it."""
    kept = weights > 0
    return ties[kept].assign(weight=weights[kept])


def _messages(
    before: pd.DataFrame, after: pd.DataFrame, rng: np.random.Generator, draws: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    both = _summed(pd.concat([before, after]))
    weights = np.concatenate([part["weight"].to_numpy(dtype=float) for part in (before, after)])
    if (weights != np.round(weights)).any():
        raise TableError("edges: weights must be whole numbers of messages to be dealt by lot; deal blocks instead")
    total: _Ints = both["weight"].to_numpy(dtype=np.int64)
    many = int(before["weight"].sum())
    for _ in range(draws):
        drawn = rng.multivariate_hypergeometric(total, many, method="marginals")
        first = np.asarray(drawn, dtype=float)
        yield _weighed(both[_TIE], first), _weighed(both[_TIE], total - first)


def mobility_found(estimates: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Whether positions lasted, and who moved, as the fields of a sentence: one row, none without a correlation.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`mobility`.
    measure : str
        What was ranked.

    Returns
    -------
    DataFrame
        value (correlation), low, high, interval (if nothing has changed; all to two decimals), p (of one as low, to two
        digits), persistence_p, n (actors), movers (how many stand out), entity (who of them moved furthest), before,
        after (its ranks), case: ``moved`` if the correlation is lower than by chance, ``some`` if it is not and yet
        somebody stands out, ``lasted`` if positions lasted beyond chance, ``unsettled`` if they are not even told from
        ranks dealt by lot.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b", "c"], "target": ["x", "x", "y"], "relation": "forwards"}
    >>> ties = pd.DataFrame({**ends, "weight": 5.0})
    >>> received, rng = networks.dependence_received, np.random.default_rng(1)
    >>> rows = networks.mobility(ties, ties, received, measure="dependence", rng=rng, dealt="messages", draws=19)
    >>> networks.mobility_found(rows, "dependence")[["value", "n", "movers"]].round(9).to_numpy().tolist()
    [[1.0, 5.0, 0.0]]
    """
    table = validate(estimates, ESTIMATES)
    rows = table.assign(measure=table["measure"].str.removeprefix(f"{measure}_"))
    found = rows[rows["entity"] == NETWORK].set_index("measure")[["value", "low", "high", "interval", "n"]]
    whole: dict[Any, dict[Any, Any]] = found.to_dict("index")
    alike = whole.get("rank_correlation", {}).get("value", np.nan)
    if np.isnan(alike):
        return pd.DataFrame()
    each = rows[rows["entity"] != NETWORK].set_index(["entity", "measure"])["value"]
    actors = each.unstack("measure")  # noqa: PD010 - every pair is there once
    moved = actors[actors["rank_change_p"] <= _SIGNIFICANT]
    order = moved["rank_change"].abs().sort_values(ascending=False, kind="stable").index
    furthest = moved.loc[order[0]].to_dict() if len(order) else {}
    expected = whole.get("rank_correlation_expected", {})
    p, persistence = (whole[f"rank_{name}_p"]["value"] for name in ("correlation", "persistence"))
    told = {
        **apart({"value": alike} | {end: expected.get(end, np.nan) for end in ("low", "high")}, decimals=2),
        "interval": expected.get("interval", "none"),
        "p": float(f"{p:.2g}"),
        "persistence_p": float(f"{persistence:.2g}"),
        "n": whole["rank_correlation"]["n"],
        "movers": float(len(moved)),
        "entity": str(order[0]) if len(order) else "",
        "before": furthest.get("rank_before", np.nan),
        "after": furthest.get("rank_after", np.nan),
        "case": _case(p, len(moved), persistence),
    }
    return named_as(pd.DataFrame([told]), estimates)


def _case(p: float, movers: int, persistence: float) -> str:
    """Which sentence tells of the moves: of all together, of some actors, of none, or that nothing can be told."""
    if p <= _SIGNIFICANT:
        return "moved"
    if movers:
        return "some"
    return "lasted" if persistence <= _SIGNIFICANT else "unsettled"
