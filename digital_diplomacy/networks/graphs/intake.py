"""Ties and actors of a researcher's own: checked row by row, in the shape the measures take."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, Said, TableError, said
from digital_diplomacy.networks.graphs.building import Column, checked_edges, chosen_rows
from digital_diplomacy.tables import MAX_REPORTED, PAIRS, validate

UNTYPED: Final = "actor"
"""Type of an actor whose table names none."""

_TIE: Final = ["source", "target", "relation"]
_EDGES: Final = [*_TIE, "weight"]


def take_in(
    edges: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    relation: Column = None,
    period: Column = None,
    directed: bool = True,
    reverse: bool = False,
    loops: Literal["refuse", "drop"] = "refuse",
    duplicates: Literal["refuse", "sum"] = "refuse",
    dangling: Literal["refuse", "add"] = "refuse",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Edges (``EDGES``) and actors of the chosen relation and period, or a refusal that names the rows.

    Parameters
    ----------
    edges : DataFrame
        ``source, target, relation, weight``, and ``period`` if a period is chosen; source pays attention to target, or
        depends on it. A missing weight is refused, not taken for 1.
    actors : DataFrame
        ``actor_id`` and ``type``, one row per actor; may be empty, and then every end of a tie is added untyped.
    relation, period : str or sequence of str, optional
        Which to keep; by default all, as long as a tie stands once.
    directed : bool
        If not, each tie counts in both directions with its whole weight.
    reverse : bool
        Take source and target the other way round, for a table whose arrows show influence rather than attention.
    loops : {"refuse", "drop"}
        What to do with an actor tied to itself.
    duplicates : {"refuse", "sum"}
        What to do with a tie that stands in several rows of one relation, or of several periods.
    dangling : {"refuse", "add"}
        What to do with an end that ``actors`` does not list: it is refused, or added untyped.

    Returns
    -------
    edges : DataFrame
        ``EDGES``, sorted.
    actors : DataFrame
        The actors given, isolates included, and those added; sorted by actor_id.

    Raises
    ------
    TableError
        Naming row numbers (from 1) and actors.
    ValueError
        If nothing is left of the relation or period, naming those there are.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "relation": "uses", "weight": [2.0, 1.0]})
    >>> edges, actors = networks.take_in(ties, pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"}))
    >>> len(edges), actors["actor_id"].tolist()
    (2, ['a', 'b', 'c'])
    >>> networks.take_in(ties, pd.DataFrame({"actor_id": ["a"], "type": "state"}))
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: actors: no row for b, which edges name; list or add them: `--dangling add`
    """
    chosen = _chosen(edges.reset_index(drop=True), relation, period)
    _refuse_weights(chosen)
    ties = chosen.rename(columns={"source": "target", "target": "source"}) if reverse else chosen
    ties = _without_loops(ties, loops)
    if not directed:
        ties = pd.concat([ties, ties.rename(columns={"source": "target", "target": "source"})])
    ties = _once(ties, duplicates, directed=directed)
    listed = _with_ends(ties, actors, dangling if len(actors) else "add")
    return checked_edges(ties[_EDGES]), listed


def _named(rows: Sequence[object] | pd.Index) -> Said:
    """Row numbers as people count them."""
    numbers = [str(int(str(row)) + 1) for row in dict.fromkeys(rows)]
    more = f", … (+{len(numbers) - MAX_REPORTED})" if len(numbers) > MAX_REPORTED else ""
    which = ", ".join(numbers[:MAX_REPORTED]) + more
    return said("row {which}", which=which) if len(numbers) == 1 else said("rows {which}", which=which)


def _chosen(edges: pd.DataFrame, relation: Column, period: Column) -> pd.DataFrame:
    rows = edges
    for column, wanted in (("relation", relation), ("period", period)):
        if wanted is None:
            continue
        if column not in edges:
            raise ArgumentError(
                "a {column} is chosen and the ties have no column {column!r}; add it or choose none", column=column
            )
        known = sorted(edges[column].dropna().astype(str).unique())
        rows = chosen_rows(rows.assign(**{column: rows[column].astype(str)}), {column: wanted})
        if rows.empty:
            raise ArgumentError(
                "no tie of {column} {wanted!r}; there are {known}",
                column=column,
                wanted=wanted,
                known=", ".join(known) or said("none"),
            )
    if rows.empty:
        raise TableError("edges: no rows; a network needs at least one tie")
    return rows


def _refuse_weights(rows: pd.DataFrame) -> None:
    weights = rows["weight"].astype(float)
    for wrong, what in (
        (~np.isfinite(weights), "has no finite weight; fill it in"),
        (weights < 0, "has a negative weight; attention is 0 or more, so turn the tie round or leave it out"),
        (weights == 0, "has weight 0; leave the row out, no attention is no tie"),
    ):
        if wrong.any():
            raise TableError("edges: {index} {what}", index=_named(rows.index[wrong]), what=said(what))


def _without_loops(ties: pd.DataFrame, loops: str) -> pd.DataFrame:
    own = ties["source"] == ties["target"]
    if own.any() and loops == "refuse":
        names = ", ".join(sorted(set(ties.loc[own, "source"]))[:MAX_REPORTED])
        raise TableError(
            "edges: {index} ties an actor to itself ({names}); leave it out, or drop loops: `--loops drop`",
            index=_named(ties.index[own]),
            names=names,
        )
    return ties[~own]


def _once(ties: pd.DataFrame, duplicates: str, *, directed: bool) -> pd.DataFrame:
    twice = ties.duplicated(_TIE, keep=False)
    if twice.any() and duplicates == "refuse":
        first = "/".join(ties.loc[twice, _TIE].iloc[0])
        other = "" if directed else said(", counting an undirected tie in both directions")
        raise TableError(
            "edges: {index} state one tie several times{other} ({first}); keep one row, choose a period, or sum "
            "them: `--duplicates sum`",
            index=_named(ties.index[twice]),
            other=other,
            first=first,
        )
    return _summed(ties)


def _with_ends(ties: pd.DataFrame, actors: pd.DataFrame, dangling: str) -> pd.DataFrame:
    listed = actors.assign(type=actors["type"].where(actors["type"].astype(str) != "", UNTYPED).fillna(UNTYPED))
    twice = listed["actor_id"].duplicated()
    if twice.any():
        names = ", ".join(sorted(set(listed.loc[twice, "actor_id"]))[:MAX_REPORTED])
        raise TableError("actors: {names} listed more than once; keep one row for each", names=names)
    missing = sorted({*ties["source"], *ties["target"]} - set(listed["actor_id"]))
    if missing and dangling == "refuse":
        raise TableError(
            "actors: no row for {missing}, which edges name; list or add them: `--dangling add`",
            missing=", ".join(missing[:MAX_REPORTED]),
        )
    ends = pd.DataFrame({"actor_id": missing, "type": UNTYPED, "label": missing})
    known = [column for column in ends if column in listed]
    added = pd.concat([listed, ends[known]], ignore_index=True) if missing else listed
    return added.sort_values("actor_id", ignore_index=True)


def two_mode(edges: pd.DataFrame, actors: pd.DataFrame, *, senders: Column, receivers: Column) -> pd.DataFrame:
    """The ties (``EDGES``) from actors of some types to actors of others: the two-mode network of both.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id, type``.
    senders, receivers : str or sequence of str
        Types of actor on either side.

    Raises
    ------
    ValueError
        If a type stands on both sides, or no tie joins them.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["x", "a"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x"], "type": ["state", "state", "platform"]})
    >>> networks.two_mode(ties, actors, senders="state", receivers="platform")
      source target relation  weight
    0      a      x     uses     1.0
    """
    left, right = ({side} if isinstance(side, str) else set(side or ()) for side in (senders, receivers))
    if left & right:
        raise ArgumentError(
            "type {left} on both sides; a two-mode network has two kinds", left=", ".join(sorted(left & right))
        )
    checked, types = checked_edges(edges), actors.set_index("actor_id")["type"]
    kept = checked["source"].map(types).isin(left) & checked["target"].map(types).isin(right)
    if not kept.any():
        raise ArgumentError(
            "no tie from {left} to {right}; choose other types",
            left=", ".join(sorted(left)),
            right=", ".join(sorted(right)),
        )
    return checked_edges(checked[kept])


def project(
    edges: pd.DataFrame, *, onto: Literal["source", "target"] = "source", weight: Literal["count", "newman"] = "count"
) -> pd.DataFrame:
    """The one-mode network of a two-mode one: two actors are tied, both ways, by what they share.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES`` of one relation in which no actor both sends and receives.
    onto : {"source", "target"}
        Whose ties are made: senders tied by the receivers they share, or receivers by their senders.
    weight : {"count", "newman"}
        Number shared; or the sum of 1 / (d - 1) over what is shared, d being how many share it, so that what all
        share ties nobody closely.

    Returns
    -------
    DataFrame
        ``EDGES``, relation as given; weights of the two-mode ties are not used.

    Raises
    ------
    ArgumentError
        If the ties are of several relations, or an actor both sends and receives.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Shortest paths, weighted networks, and centrality.
    Physical Review E 64, 016132.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> uses = pd.DataFrame({"source": ["a", "b", "c"], "target": ["x", "x", "x"], "relation": "uses", "weight": 1.0})
    >>> networks.project(uses, weight="newman")["weight"].tolist()[:2]
    [0.5, 0.5]
    """
    checked = checked_edges(edges)
    relations = sorted(set(checked["relation"]))
    if len(relations) > 1:
        raise ArgumentError(
            "a projection needs one relation, found {relations}; choose one", relations=", ".join(relations)
        )
    both = sorted(set(checked["source"]) & set(checked["target"]))
    if both:
        raise ArgumentError(
            "{both} both send and receive; a projection needs two modes", both=", ".join(both[:MAX_REPORTED])
        )
    other = "target" if onto == "source" else "source"
    shared = checked.groupby(other)[onto].transform("size")
    worth = 1.0 if weight == "count" else 1 / (shared - 1).clip(lower=1)
    own = pd.DataFrame({"source": checked[onto], "shared": checked[other], "weight": worth})
    pairs = own.merge(own[["source", "shared"]].rename(columns={"source": "target"}), on="shared")
    pairs = pairs[pairs["source"] != pairs["target"]].assign(relation="".join(relations))
    return checked_edges(_summed(pairs))


def _summed(ties: pd.DataFrame) -> pd.DataFrame:
    """One row a tie with the sum of its weights."""
    return ties.groupby(_TIE, as_index=False, sort=True).agg({"weight": "sum"})[_EDGES]


def aggregate(edges: pd.DataFrame, actors: pd.DataFrame, *, by: str = "country") -> pd.DataFrame:
    """Ties (``EDGES``) between groups of actors: sums of weights by relation; ties within a group are left out.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    actors : DataFrame
        ``actor_id`` and the column ``by``; an actor without a group stands for itself.
    by : str
        What groups, such as ``country`` or ``type``.

    Raises
    ------
    ArgumentError
        If the actors have no column ``by``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "b", "a"], "target": ["x", "x", "b"]}
    >>> ties = pd.DataFrame({**ends, "relation": "follows", "weight": [2.0, 3.0, 9.0]})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x"], "country": ["KAZ", "KAZ", "UZB"]})
    >>> networks.aggregate(ties, actors)  # 2 + 3; what a gives b stays within Kazakhstan
      source target relation  weight
    0    KAZ    UZB  follows     5.0
    """
    checked = checked_edges(edges)
    if by not in actors:
        raise ArgumentError(
            "actors have no column {by!r}; there are {columns}", by=by, columns=", ".join(map(str, actors.columns))
        )
    group = actors.set_index("actor_id")[by]
    group = group.where(group.notna() & (group.astype(str) != ""), group.index.to_series())
    ends = {end: checked[end].map(group).fillna(checked[end]) for end in ("source", "target")}
    between = checked.assign(**ends).query("source != target")
    return checked_edges(_summed(between))


def distinct_pairs(edges: pd.DataFrame, *, measure: str, source_id: str = "") -> pd.DataFrame:
    """The ties of a symmetric network as ``PAIRS``, each once, the strongest first.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES`` of one relation in which every tie stands in both directions with one weight, as :func:`project`
        returns them.
    measure, source_id : str
        Label code of what the weight is, and the table it comes from.

    Raises
    ------
    ValueError
        If a tie has no equal in the other direction.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "relation": "cites", "weight": 2.0})
    >>> networks.distinct_pairs(ties, measure="shared_sources")[["left", "right", "value"]]
      left right  value
    0    a     b    2.0
    """
    checked = checked_edges(edges)
    turned = checked.rename(columns={"source": "target", "target": "source"})
    both = checked.merge(turned, on=_TIE, how="left", suffixes=("", "_turned"), validate="one_to_one")
    alone = both[~np.isclose(both["weight"], both["weight_turned"], rtol=1e-12)]
    if len(alone):
        row = alone.iloc[0]
        raise ArgumentError(
            "{source} -> {target} has no equal tie in the other direction; ties are directed",
            source=row["source"],
            target=row["target"],
        )
    once = checked[checked["source"] < checked["target"]]
    frame = once.rename(columns={"source": "left", "target": "right", "weight": "value"}).drop(columns="relation")
    ordered = frame.sort_values(["value", "left", "right"], ascending=[False, True, True], kind="stable")
    fixed = {"measure": measure, "interval": "none", "unit": "count", "source_id": source_id}
    return validate(ordered.assign(**fixed, low=np.nan, high=np.nan, level=np.nan, n=np.nan), PAIRS)
