"""All that is measured of one relation whose ties are dated by day: who stands out, ranks, mobility, powers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from digital_diplomacy.networks.chance.choices import attention_received
from digital_diplomacy.networks.chance.mobility import mobility
from digital_diplomacy.networks.chance.sampling import rank_intervals
from digital_diplomacy.networks.graphs.arrays import graph
from digital_diplomacy.networks.graphs.naming import names_given
from digital_diplomacy.networks.powers.four import dependence_received, powers
from digital_diplomacy.networks.powers.networking import Told
from digital_diplomacy.tables import EDGES, ESTIMATES, named, validate

_TIE = ["source", "target", "relation"]
_BLOCKS = 2  # days that must differ before days can be drawn anew


@dataclass(frozen=True, eq=False)
class Dated:
    """A network of one relation over some days.

    Attributes
    ----------
    ties : DataFrame
        ``EDGES`` of all days together.
    attention : DataFrame
        How many attend to each actor beside chance (`attention_received`).
    ranks : DataFrame
        Ranks by dependence, days drawn anew (`rank_intervals`); empty with fewer than two days.
    moved : DataFrame
        Ranks from one part of the days to the other (`mobility`); empty if either has fewer than two days with ties.
    powers : DataFrame
        The four powers (`powers`).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b"] * 2, "target": ["c"] * 4, "relation": "forwards", "weight": 1.0}
    >>> days = pd.DataFrame({**ends, "period": ["2023-09-01", "2023-09-01", "2023-09-02", "2023-09-03"]})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> halves = days[:3], days[3:]
    >>> found = networks.dated(days, actors, halves=halves, rng=np.random.default_rng(1), draws=9, rewirings=0)
    >>> found.ties["weight"].tolist(), found.moved.empty  # the second part has one day
    ([2.0, 2.0], True)
    """

    ties: pd.DataFrame
    attention: pd.DataFrame
    ranks: pd.DataFrame
    moved: pd.DataFrame
    powers: pd.DataFrame


def dated(
    days: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    halves: tuple[pd.DataFrame, pd.DataFrame],
    rng: np.random.Generator,
    draws: int = 999,
    rewirings: int = 99,
    source_id: str = "",
    told: Told | None = None,
) -> Dated:
    """Whom others attend to, ranks, mobility and powers of one relation, each empty where the days do not allow it.

    Parameters
    ----------
    days : DataFrame
        ``source, target, relation, weight, period``; a row a tie and day.
    actors : DataFrame
        ``actor_id, type``, and ``label`` if known, of everybody; who has no tie belongs to the network.
    halves : two DataFrames
        The rows of ``days`` before and after, for what moves.
    rng : Generator
        Draws of every null model.
    draws, rewirings, told
        As for `powers`.
    source_id : str
        Of all rows.

    Raises
    ------
    ValueError
        If there are several relations, or fewer than one draw.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b"], "target": ["c", "c"], "relation": "forwards", "weight": 1.0}
    >>> days = pd.DataFrame({**ends, "period": ["2023-09-01", "2023-09-02"]})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> rng = np.random.default_rng(1)
    >>> found = networks.dated(days, actors, halves=(days[:1], days[1:]), rng=rng, draws=9, rewirings=0)
    >>> networks.first_found(found.ranks)[["entity", "value"]].to_numpy().tolist()
    [['c', 1.0]]
    """
    rows = days.groupby(_TIE, sort=True)["weight"].sum().reset_index()
    ties = validate(rows[[*_TIE, "weight"]], EDGES)
    nothing = validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    if ties.empty:
        return Dated(ties, nothing, nothing, nothing, nothing)
    names = names_given(actors, relations=ties["relation"])
    everybody = list(actors["actor_id"])

    def received(edges: pd.DataFrame) -> "pd.Series[float]":
        return dependence_received(edges, nodes=everybody)

    is_drawn = days["period"].nunique() >= _BLOCKS
    is_halved = all(part["period"].nunique() >= _BLOCKS for part in halves)
    ranks = moved = nothing
    if is_drawn:
        ranks = rank_intervals(
            days, received, measure="dependence", scheme="blocks", rng=rng, draws=draws, source_id=source_id
        )
    if is_halved:
        moved = mobility(*halves, dependence_received, measure="dependence", rng=rng, draws=draws, source_id=source_id)
    return Dated(
        ties=ties,
        attention=named(attention_received(graph(ties, nodes=everybody, source_id=source_id)), names),
        ranks=named(ranks, names),
        moved=named(moved, names),
        powers=powers(
            ties, actors, nodes=everybody, rng=rng, draws=draws, rewirings=rewirings, source_id=source_id, told=told
        ),
    )
