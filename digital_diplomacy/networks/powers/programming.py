"""Programmers: who sets the goals of a network.

Castells (2011) calls network-making the power to program specific networks according to the interests and values of
the programmers, and gives no formula. Setting goals is a relation of its own, which ties of attention do not tell: a
programme is proposed by somebody, a body is instructed by somebody. The count and its null model are this package's.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.networks.chance.nulls import check_draws, max_statistic_p
from digital_diplomacy.networks.graphs.arrays import Floats, Integers
from digital_diplomacy.networks.graphs.components import within
from digital_diplomacy.tables import ESTIMATES, validate

GOALS: Final = ("instructed_by", "proposed_by")
"""Relations whose target sets goals for the source."""


def programming_power(
    goals: pd.DataFrame,
    types: pd.Series,
    *,
    rng: np.random.Generator,
    draws: int = 999,
) -> pd.DataFrame:
    """Whose goals are set by whom (``ESTIMATES``, a row for each actor and measure).

    - ``goals_set``: G_j, the number of programmes, bodies and ideas whose goals j sets; ``n`` is their number in all,
      one that takes goals from two counted twice.
    - ``programmer_p``: chance gives every goal to a setter drawn from the candidates alike, which are the actors of the
      types that set any goal; p_j = (b + 1) / (m + 1), b counting the draws in which *any* candidate sets as many as j.
      So p holds for all candidates together (see :func:`max_statistic_p`); ``n`` is their number. Missing for actors
      who are no candidates, and where there is but one candidate, who would have set every goal anyway.

    Parameters
    ----------
    goals : DataFrame
        ``source, target``: the goals of source are set by target; rows with an end outside the network are passed over.
    types : Series
        Type by actor, of every actor of the network.
    rng : Generator
        Draws setters.

    Returns
    -------
    DataFrame
        Empty if there are no goals.

    References
    ----------
    Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.
    Westfall, P. H., Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> goals = pd.DataFrame({"source": ["plan", "law", "body"], "target": ["head", "head", "court"]})
    >>> kinds = pd.Series({"plan": "programme", "law": "programme", "body": "state", "head": "state", "court": "state"})
    >>> found = networks.programming_power(goals, kinds, rng=np.random.default_rng(1), draws=99)
    >>> found.loc[(found["measure"] == "goals_set") & (found["value"] > 0), ["entity", "value", "n"]]
      entity  value    n
    1  court    1.0  3.0
    2   head    2.0  3.0
    """
    check_draws(draws)
    pairs = within(goals, types.index)[["source", "target"]].drop_duplicates().sort_values(["source", "target"])
    if pairs.empty:
        return validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES)
    names = types.index.sort_values()
    setting = set(types.reindex(pairs["target"]))
    candidates = np.flatnonzero(types.reindex(names).isin(setting))
    places = names.get_indexer(pd.Index(pairs["source"])), names.get_indexer(pd.Index(pairs["target"]))
    counts = np.bincount(places[1], minlength=len(names)).astype(float)
    drawn = _drawn(places[0], candidates, len(names), rng=rng, draws=draws)
    chances = np.full(len(names), np.nan)
    if len(candidates) > 1:
        chances[candidates] = max_statistic_p(counts[candidates], drawn[:, candidates])
    columns = (
        ("goals_set", counts, "count", float(len(pairs))),
        ("programmer_p", chances, "probability", float(len(candidates))),
    )
    blank = {"low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, "period": "", "base": ""}
    fixed = {**blank, "group": "", "source_id": ""}
    rows = [
        pd.DataFrame({"entity": names, "measure": code, "value": values, "unit": unit, "n": number, **fixed})
        for code, values, unit, number in columns
    ]
    return validate(pd.concat(rows), ESTIMATES)


def _drawn(sources: Integers, candidates: Integers, actors: int, *, rng: np.random.Generator, draws: int) -> Floats:
    """Goals set by every actor in every draw, shape (draws, actors); nobody sets its own."""
    counts = np.zeros((draws, actors))
    for source in sources:
        others = candidates[candidates != source]
        counts[np.arange(draws), rng.choice(others, size=draws)] += 1
    return counts


def goals_stated(statements: pd.DataFrame, *, actors: Collection[str] | None = None) -> pd.DataFrame:
    """What the documents state in words: who sets goals, how often, and in which documents.

    Parameters
    ----------
    statements : DataFrame
        ``source, target, relation, document``, one statement a row.
    actors : collection of str, optional
        Those of one system; by default everybody.

    Returns
    -------
    DataFrame
        ``entity, value, n, documents``: statements in which the actor sets a goal, of how many in all, and the
        documents joined by blanks; most first, equals by name. A tie stated twice in one document counts once.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["plan", "body"], "target": ["head", "head"],
    ...     "relation": ["proposed_by", "instructed_by"], "document": ["001", "000"]})
    >>> networks.goals_stated(said).to_numpy().tolist()
    [['head', 2, 2, '000 001']]
    """
    chosen = statements[statements["relation"].isin(list(GOALS))]
    chosen = chosen if actors is None else within(chosen, actors)
    once = chosen.drop_duplicates(["source", "target", "document"])
    counts = once.groupby("target", sort=True).agg(
        value=("document", "size"), documents=("document", lambda said: " ".join(sorted(set(said))))
    )
    rows = counts.rename_axis("entity").reset_index().assign(n=len(once))
    ordered = rows.sort_values(["value", "entity"], ascending=[False, True], kind="stable", ignore_index=True)
    return ordered[["entity", "value", "n", "documents"]]
