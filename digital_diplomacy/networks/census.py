"""The four powers of a hand-coded census of statements: how far each value rests on a single document."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.networks.building import Column, build, chosen_rows
from digital_diplomacy.networks.powers import powers
from digital_diplomacy.networks.sampling import leave_one_out
from digital_diplomacy.tables import ESTIMATES, validate

_CHANCE: Final = ("_p", "_expected")


def census_powers(
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    relation: Column,
    adoption: Column = None,
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
    standard_types : sequence of str
        Types of actor that count as standards.
    rng : Generator
        For the null models.
    draws, rewirings : int
        See :func:`powers`; null models are drawn for all documents together only.

    Returns
    -------
    DataFrame
        Rows of :func:`powers`, interval ``sensitivity`` where a value has one; empty if there are no such statements.

    Raises
    ------
    ValueError
        If the relation of adoption is one of the network's.
    """
    wanted = [relation] if isinstance(relation, str) else list(relation or ())
    adopted = [adoption] if isinstance(adoption, str) else list(adoption or ())
    both = sorted(set(wanted) & set(adopted))
    if both:
        raise ValueError(f"{', '.join(both)} makes ties and adoption; a standard would cover the ties that define it")
    rows = chosen_rows(statements, {"relation": [*wanted, *adopted]})
    ties = chosen_rows(rows, {"relation": wanted})
    names = sorted({*ties["source"], *ties["target"]})
    if not names:
        return validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    measured = partial(_powers, actors=actors, names=names, relation=wanted, adoption=adopted, types=standard_types)
    full = measured(rows, rng=rng, draws=draws, rewirings=rewirings)
    # What chance gives is not asked of each document's absence, so one draw is enough there.
    plain = leave_one_out(rows, partial(measured, rng=rng, draws=1, rewirings=0))
    drawn = full["measure"].str.endswith(_CHANCE) | ~full["interval"].eq("none")
    key = ["entity", "group", "measure"]
    ends = plain.loc[plain["interval"] == "sensitivity", [*key, "value", "low", "high"]].rename(
        columns={"value": "own"}
    )
    joined = full[~drawn].drop(columns=["low", "high"]).merge(ends, on=key, how="left", validate="one_to_one")
    known = joined["low"].notna()
    ranged = joined.assign(
        low=np.fmin(joined["low"], joined["value"]),
        high=np.fmax(joined["high"], joined["value"]),
        interval=joined["interval"].where(~known, "sensitivity"),
    )
    return validate(pd.concat([ranged.drop(columns="own"), full[drawn]], ignore_index=True), ESTIMATES)


def _powers(
    statements: pd.DataFrame,
    *,
    actors: pd.DataFrame,
    names: list[str],
    relation: list[str],
    adoption: list[str],
    types: Sequence[str],
    rng: np.random.Generator,
    draws: int,
    rewirings: int,
) -> pd.DataFrame:
    edges = build(statements, relation=relation)
    if edges.empty:
        return validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    standards = _standards(statements, actors, names, adoption, types) if adoption else None
    several = len(relation) > 1
    return powers(
        edges,
        actors,
        rng=rng,
        standards=standards if standards is not None and len(standards) else None,
        rescaling="equal_totals" if several else None,
        nodes=names,
        draws=draws,
        rewirings=rewirings,
    )


def _standards(
    statements: pd.DataFrame, actors: pd.DataFrame, names: list[str], adoption: list[str], types: Sequence[str]
) -> pd.DataFrame:
    """Who of the network uses which standard: ``actor_id, standard``, a row each."""
    kind = actors.set_index("actor_id")["type"]
    rows = chosen_rows(statements, {"relation": adoption, "source": names})
    rows = rows[rows["target"].map(kind).isin(types)]
    pairs = rows[["source", "target"]].drop_duplicates()
    return pairs.set_axis(["actor_id", "standard"], axis=1).reset_index(drop=True)


def power_marks(estimates: pd.DataFrame, *, n: int = 5) -> dict[str, list[str]]:
    """Whom a drawing marks: ``core`` (the innermost core), ``switcher`` and ``programmer`` (the ``n`` first of each).

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers`.
    n : int
        At most so many switchers and programmers, of values above 0; of equals the first by code.

    Returns
    -------
    dict of str to list of str
        Sorted by code.
    """
    rows = validate(estimates, ESTIMATES)
    inside = rows[(rows["measure"] == "core_ratio") & (rows["value"] == 1)]
    return {"core": sorted(set(inside["entity"]))} | {
        code: _first(rows[rows["measure"] == measure], n)
        for code, measure in (("switcher", "cross_brokerage"), ("programmer", "programmer_z"))
    }


def _first(rows: pd.DataFrame, n: int) -> list[str]:
    above = rows[rows["value"] > 0].sort_values(["value", "entity"], ascending=[False, True], kind="stable")
    return sorted(above["entity"].head(n))
