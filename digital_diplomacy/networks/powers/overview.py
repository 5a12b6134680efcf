"""One row an actor: what a network of a researcher's own says of each, side by side."""

import numpy as np
import pandas as pd

from digital_diplomacy.networks.graphs.arrays import Graph
from digital_diplomacy.networks.graphs.naming import shown
from digital_diplomacy.tables import ESTIMATES, validate

WITHIN = ("core_ratio", "dependence", "net_dependence", "pagerank")
"""Measured within each relation."""

OVER_ALL = ("goals_set", "programmer_p", "switched_pairs", "switcher_p")
"""Measured over all relations together."""


def actor_table(
    whole: Graph,
    actors: pd.DataFrame,
    attention: pd.DataFrame,
    measured: pd.DataFrame,
    *,
    standards: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What was measured of every actor, a row each, those that most attend to first.

    Parameters
    ----------
    whole : Graph
        The ties of all relations, each pair once.
    actors : DataFrame
        ``actor_id`` (unique), and ``type`` and ``label``.
    attention : DataFrame
        Rows of :func:`attention_received` of that network.
    measured : DataFrame
        Rows of :func:`powers` and :func:`network_making_power`.
    standards : DataFrame, optional
        ``actor_id, standard``.

    Returns
    -------
    DataFrame
        ``actor_id, label, type``; ``in_degree`` and ``out_degree``, or ``degree`` if undirected; ``in_degree_p``;
        ``standards``, if given; the measures of ``WITHIN``, of several relations each as ``<measure>:<relation>``; and
        those of ``OVER_ALL`` that were measured. Missing where an actor is outside the part that was measured.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"], "relation": "uses", "weight": 1.0})
    >>> whole, rng = networks.graph(ties), np.random.default_rng(1)
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> measured = networks.powers(ties, actors, rng=rng, draws=9, rewirings=0)
    >>> found = networks.actor_table(whole, actors, networks.attention_received(whole), measured)
    >>> found[["actor_id", "in_degree", "out_degree", "dependence"]]
      actor_id  in_degree  out_degree  dependence
    0        a        2.0         1.0         2.0
    1        b        1.0         1.0         1.0
    2        c        0.0         1.0         0.0
    """
    frame = pd.DataFrame({"actor_id": actors["actor_id"].astype(str)})
    given = actors["label"] if "label" in actors else pd.Series("", index=actors.index)
    frame["label"] = [shown(code, label) for code, label in zip(actors["actor_id"], given, strict=True)]
    frame["type"] = actors["type"].astype(str).to_numpy()
    received = _values(attention, "in_degree", frame)
    paid = pd.Series(np.diff(whole.weights.indptr), index=whole.names).reindex(frame["actor_id"]).to_numpy(dtype=float)
    columns = {"in_degree": received, "out_degree": paid} if whole.directed else {"degree": received}
    frame = frame.assign(**columns, in_degree_p=_values(attention, "in_degree_p", frame))
    if standards is not None:
        used = standards.drop_duplicates().groupby("actor_id").size()
        frame["standards"] = used.reindex(frame["actor_id"]).fillna(0.0).to_numpy(dtype=float)
    rows = validate(measured, ESTIMATES)
    groups = sorted(set(rows.loc[rows["measure"] == "dependence", "group"]))
    for group in groups:
        for measure in WITHIN:
            name = measure if len(groups) == 1 else f"{measure}:{group}"
            frame[name] = _values(rows[rows["group"] == group], measure, frame)
    for measure in OVER_ALL:
        if (rows["measure"] == measure).any():
            frame[measure] = _values(rows, measure, frame)
    first = "in_degree" if whole.directed else "degree"
    return frame.sort_values([first, "actor_id"], ascending=[False, True], kind="stable", ignore_index=True)


def _values(rows: pd.DataFrame, measure: str, frame: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    found = rows[rows["measure"] == measure].set_index("entity")["value"]
    return found.reindex(frame["actor_id"]).to_numpy(dtype=float)
