"""The four powers of a hand-coded census of statements: how far each value rests on a single document."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.building import Column, build, chosen_rows
from digital_diplomacy.networks.measures.actors import SOURCE
from digital_diplomacy.networks.powers.four import powers
from digital_diplomacy.networks.powers.programming import GOALS
from digital_diplomacy.networks.powers.switching import LAYERS, layered
from digital_diplomacy.tables import ESTIMATES, validate

_KEY: Final = ["entity", "group", "measure"]
_CHANCE: Final = "_p"
_COUNTED: Final = ("core_ratio", "dependence", "goals_set", "layers_joined", "switched_pairs", "reach", "coverage")
"""What an actor or standard that nobody names, or that hangs together with nothing, has none of."""


def census_powers(
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    relation: Column,
    adoption: Column = None,
    goals: Collection[str] = GOALS,
    layers: Mapping[str, str] = LAYERS,
    standard_types: Sequence[str] = ("platform",),
    rng: np.random.Generator,
    draws: int = 999,
    rewirings: int = 99,
) -> pd.DataFrame:
    """The four powers of chosen relations, with the range each takes when a document is left out (``ESTIMATES``).

    A census has no sampling model, so there is no confidence interval. Ties are weighed by their number of statements;
    of several relations each is divided by its total first, which declares a statement of a rare relation worth more.

    Parameters
    ----------
    statements : DataFrame
        Table ``relations``: ``source, target, relation, document`` and what :func:`build` reads.
    actors : DataFrame
        ``actor_id`` and ``type``.
    relation : str or sequence of str
        Relations whose ties make the network.
    adoption : str or sequence of str, optional
        Relation by which an actor of the network uses a standard, such as ``uses``; without it there are no rows of
        network power. It must not be among the relations of the network, or a standard would cover its own ties.
    goals : collection of str
        Those of the relations whose target sets goals for the source.
    layers : mapping of relation to layer
        The different networks that a switcher connects, by relation of the network.
    standard_types : sequence of str
        Types of actor that count as standards.
    rng : Generator
        For the null models.
    draws, rewirings : int
        See :func:`powers`; null models are drawn anew without each document.

    Returns
    -------
    DataFrame
        Rows of :func:`powers`, interval ``sensitivity`` where a value has one, p values among them. Where a document is
        all that names an actor, or ties it to the others, the actor's counts fall to 0 and its p rises to 1. Empty if
        there are no such statements.

    Raises
    ------
    ValueError
        If the relation of adoption is one of the network's.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b"], "target": "c", "relation": "uses", "document": ["000", "001"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2"], "weight": 1.0, **ends})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> rng = np.random.default_rng(1)
    >>> found = networks.census_powers(said, actors, relation="uses", rng=rng, draws=9, rewirings=0)
    >>> own = found[(found["entity"] == "c") & (found["measure"] == "dependence")]
    >>> own[["value", "low", "high", "interval"]]
        value  low  high     interval
    16    2.0  1.0   2.0  sensitivity
    """
    wanted = [relation] if isinstance(relation, str) else list(relation or ())
    adopted = [adoption] if isinstance(adoption, str) else list(adoption or ())
    both = sorted(set(wanted) & set(adopted))
    if both:
        raise ArgumentError(
            "{both} makes ties and adoption; a standard would cover the ties that define it", both=", ".join(both)
        )
    rows = chosen_rows(statements, {"relation": [*wanted, *adopted]})
    measured = partial(
        _powers,
        actors=actors, relation=wanted, adoption=adopted, goals=goals, layers=layers, types=standard_types,
        rng=rng, draws=draws, rewirings=rewirings,
    )  # fmt: skip
    full = measured(rows)
    if full.empty:
        return full
    runs = [_completed(measured(rows[rows["document"] != left]), full) for left in sorted(set(rows["document"]))]
    return _ranged(full, pd.concat(runs))


def _completed(rows: pd.DataFrame, full: pd.DataFrame) -> pd.DataFrame:
    """What is no longer measured: counts of 0, and p of 1."""
    keys = full.loc[full["value"].notna(), _KEY].merge(rows[[*_KEY, "value"]], on=_KEY, how="left", validate="1:1")
    fallen = keys["measure"].isin(_COUNTED)
    chance = keys["measure"].str.endswith(_CHANCE)
    blank = pd.Series(np.select([fallen, chance], [0.0, 1.0], default=np.nan), index=keys.index)
    return keys.assign(value=keys["value"].fillna(blank))


def _ranged(full: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The rows with the least and the largest value of the runs, widened to hold their own."""
    ends = runs.groupby(_KEY)["value"].agg(["min", "max"]).reset_index()
    merged = full.merge(ends, on=_KEY, how="left", validate="one_to_one")
    plain = (merged["interval"] == "none") & merged["value"].notna() & merged["min"].notna()
    found = merged.assign(
        low=merged["low"].where(~plain, np.fmin(merged["min"], merged["value"])),
        high=merged["high"].where(~plain, np.fmax(merged["max"], merged["value"])),
        interval=merged["interval"].where(~plain, "sensitivity"),
    )
    return validate(found.drop(columns=["min", "max"]), ESTIMATES)


def _powers(
    statements: pd.DataFrame,
    *,
    actors: pd.DataFrame,
    relation: list[str],
    adoption: list[str],
    goals: Collection[str],
    layers: Mapping[str, str],
    types: Sequence[str],
    rng: np.random.Generator,
    draws: int,
    rewirings: int,
) -> pd.DataFrame:
    edges = build(statements, relation=relation)
    if edges.empty:
        return validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    names = sorted({*edges["source"], *edges["target"]})
    standards = _standards(statements, actors, names, adoption, types) if adoption else None
    setting, several = edges[edges["relation"].isin(list(goals))], layered(edges, layers)
    return powers(
        edges,
        actors,
        rng=rng,
        standards=standards if standards is not None and len(standards) else None,
        goals=setting if len(setting) else None,
        layers=several if len(several) else None,
        rescaling="equal_totals" if len(relation) > 1 else None,
        draws=draws,
        rewirings=rewirings,
        source_id=SOURCE,
    )


def _standards(
    statements: pd.DataFrame, actors: pd.DataFrame, names: list[str], adoption: list[str], types: Sequence[str]
) -> pd.DataFrame:
    """Who of the network uses which standard: ``actor_id, standard``, a row each."""
    kind = actors.set_index("actor_id")["type"]
    rows = chosen_rows(statements, {"relation": adoption, "source": names})
    rows = rows[rows["target"].map(kind).isin(types)]
    pairs = rows[["source", "target"]].drop_duplicates()
    return pairs.set_axis(["actor_id", "standard"], axis=1)
