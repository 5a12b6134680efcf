"""Edges from single statements: chosen, counted, checked, and cut to a neighbourhood."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError, joined, said
from digital_diplomacy.tables import EDGES, validate

Weight = Literal["count", "documents", "printed"]
Column = Sequence[str] | str | None

_TIE: Final = ["source", "target", "relation"]
_EDGES: Final = [*_TIE, "weight"]


def build(
    relations: pd.DataFrame,
    *,
    relation: Column = None,
    document: Column = None,
    period: Column = None,
    measure: Column = None,
    weight: Weight = "count",
    senders: Literal["source", "platform"] = "source",
) -> pd.DataFrame:
    """Edges of the statements chosen by relation, document, period and measure (default: all of them).

    Parameters
    ----------
    relations : DataFrame
        One statement a row: ``relation_id, source, target, relation, platform, period, weight, measure, unit, base,
        document``.
    weight : {"count", "documents", "printed"}
        Number of statements, number of documents that make one, or the printed figure. Printed figures need one
        relation, one measure, one unit, one base, and one figure a pair: readers of two platforms, or of two dates,
        are not added.
    senders : {"source", "platform"}
        Who stands at the tail: the source, or the platform the statement goes through (rows without one are left
        out), so that the readers of each platform count apart.

    Returns
    -------
    DataFrame
        ``EDGES``, sorted by source, target, relation; empty if nothing is chosen.

    Raises
    ------
    TableError
        If a statement ties an actor to itself, or a figure is zero or negative.
    ValueError
        If printed figures cannot stand in one network.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"relation_id": ["a", "b"], "source": ["doc", "doc"], "target": ["x", "x"],
    ...     "relation": "cites", "platform": "", "period": "", "weight": [float("nan")] * 2, "measure": "", "unit": "",
    ...     "base": "", "document": ["000", "001"]})
    >>> networks.build(said)["weight"].tolist()
    [2.0]
    """
    chosen = {"relation": relation, "document": document, "period": period, "measure": measure}
    return checked_edges(_ties(chosen_rows(relations, chosen), weight=weight, senders=senders)[_EDGES])


def edge_list(relations: pd.DataFrame) -> pd.DataFrame:
    """All edges by number of statements, with a column ``documents``: those that state the tie, joined by blanks.

    Parameters
    ----------
    relations : DataFrame
        Statements, as :func:`build` takes them.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["a", "a"], "target": "b", "relation": "uses", "document": ["000", "001"]}
    >>> networks.edge_list(pd.DataFrame({"relation_id": ["1", "2"], "weight": 1.0, **ends}))
      source target relation  weight documents
    0      a      b     uses     2.0   000 001
    """
    return _ties(relations, weight="count", senders="source")


def _ties(chosen: pd.DataFrame, *, weight: Weight, senders: Literal["source", "platform"]) -> pd.DataFrame:
    """One row a tie, with its weight and the documents that state it; statements without a sender are left out."""
    rows = chosen.assign(source=lambda frame: frame[senders]).dropna(subset="source")
    rows = rows[rows["source"] != ""]
    _refuse_loops(rows, "relation_id")
    if weight == "printed":
        _refuse_mixture(rows)
    groups = rows.groupby(_TIE, sort=True)
    edges = groups.agg(
        statements=("document", "size"),
        printed=("weight", "first"),
        documents=("document", lambda said: " ".join(sorted(set(said)))),
    ).reset_index()
    weights = {
        "count": edges["statements"],
        "documents": edges["documents"].str.count(" ") + 1,
        "printed": edges["printed"],
    }
    if weight not in weights:
        raise ArgumentError("unknown weight {weight!r}; allowed: {weights}", weight=weight, weights=", ".join(weights))
    return edges.assign(weight=weights[weight].astype(float))[[*_EDGES, "documents"]]


def chosen_rows(relations: pd.DataFrame, chosen: Mapping[str, Column]) -> pd.DataFrame:
    """The rows whose columns hold a wanted value; a column whose wanted value is None does not choose."""
    rows = relations
    for column, wanted in chosen.items():
        if wanted is not None:
            rows = rows[rows[column].isin([wanted] if isinstance(wanted, str) else list(wanted))]
    return rows


def _refuse_loops(rows: pd.DataFrame, name: str) -> None:
    loops = rows.loc[rows["source"] == rows["target"], name]
    if len(loops):
        raise TableError(
            "{loops}: an actor tied to itself; attention goes to others, so leave the row out",
            loops=", ".join(map(str, loops)),
        )


def _refuse_mixture(rows: pd.DataFrame) -> None:
    """Printed figures stand in one network only if they count the same thing, of the same people, once a pair."""
    for column in ("relation", "measure", "unit", "base"):
        found = sorted(rows[column].fillna("").unique())
        if len(found) > 1:
            raise ArgumentError(
                "printed weights of more than one {column} ({found}) are not added; choose one",
                column=column,
                found=", ".join(found),
            )
    bare = rows.loc[rows["weight"].isna(), "relation_id"]
    if len(bare):
        raise ArgumentError("no printed figure in {bare}; choose a measure, or weight='count'", bare=", ".join(bare))
    twice = rows.loc[rows.duplicated(_TIE, keep=False), "relation_id"]
    if len(twice):
        raise ArgumentError(
            "several printed figures for one pair ({twice}) are not added; choose a period, a document, or "
            "senders='platform'",
            twice=", ".join(twice),
        )


def checked_edges(edges: pd.DataFrame) -> pd.DataFrame:
    """The edges validated and sorted; refuses an actor tied to itself."""
    checked = validate(edges, EDGES)
    _refuse_loops(checked, "source")
    return checked.sort_values(_TIE, ignore_index=True)


def check_actors(edges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Rows of what is wrong between edges and actors: ``actor_id, reason`` (``duplicate`` or ``unknown``).

    Parameters
    ----------
    edges : DataFrame
        ``source, target``.
    actors : DataFrame
        ``actor_id``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    >>> networks.check_actors(ties, pd.DataFrame({"actor_id": ["a", "b", "a"]}))
      actor_id     reason
    0        a  duplicate
    1        c    unknown
    """
    twice = actors.loc[actors["actor_id"].duplicated(), "actor_id"].unique()
    ends = pd.unique(pd.concat([edges["source"], edges["target"]]))
    unknown = sorted(set(ends) - set(actors["actor_id"]))
    return pd.DataFrame(
        {"actor_id": [*twice, *unknown], "reason": ["duplicate"] * len(twice) + ["unknown"] * len(unknown)}
    )


def actor_types(edges: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Type of each actor, by actor_id; refuses actors listed twice and edges that name an unlisted one."""
    wrong = check_actors(edges, actors)
    if len(wrong):
        named = [
            said("{actor!r} is {why}", actor=row.actor_id, why=said(str(row.reason))) for row in wrong.itertuples()
        ]
        raise TableError("actors: {named}; list every actor of the edges exactly once", named=joined(named))
    return actors.set_index("actor_id")["type"]


def actors_of(actors: pd.DataFrame, *countries: str) -> list[str]:
    """Identifiers of the actors of these countries (ISO 3166 alpha-3), sorted; empty if the table has none.

    Parameters
    ----------
    actors : DataFrame
        ``actor_id, country``.
    *countries : str
        ISO 3166 alpha-3.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> actors = pd.DataFrame({"actor_id": ["mfa", "press", "senate"], "country": ["KAZ", "UZB", "KAZ"]})
    >>> networks.actors_of(actors, "KAZ")
    ['mfa', 'senate']
    """
    return sorted(actors.loc[actors["country"].isin(countries), "actor_id"])


def actors_near(edges: pd.DataFrame, start: Iterable[str], *, radius: int = 1) -> pd.DataFrame:
    """The ties (``EDGES``) with an end fewer than ``radius`` steps, in either direction, from an actor of ``start``.

    With radius 1 these are all ties of the starting actors; ties among their neighbours are left out.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    start : iterable of str
        Identifiers of actors.
    radius : int
        Steps, at least 1.

    Raises
    ------
    ArgumentError
        If ``radius`` is below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "d"], "relation": "uses", "weight": 1.0})
    >>> networks.actors_near(ties, ["a"], radius=2)[["source", "target"]]  # all ties of a and of its neighbour b
      source target
    0      a      b
    1      b      c
    """
    if radius < 1:
        raise ArgumentError("radius is {radius}; at least 1 expected", radius=radius)
    checked = checked_edges(edges)
    within = set(start)
    for _ in range(radius - 1):
        touched = checked[checked["source"].isin(within) | checked["target"].isin(within)]
        within = set(touched["source"]) | set(touched["target"])  # theirs are among them
    return checked_edges(checked[checked["source"].isin(within) | checked["target"].isin(within)])


def shared_targets(edges: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """The ties (``EDGES``) to those who receive attention from at least ``least`` distinct senders.

    Parameters
    ----------
    edges : DataFrame
        ``EDGES``.
    least : int
        Distinct senders.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b", "b"], "target": ["x", "x", "y"], "relation": "cites", "weight": 1.0})
    >>> networks.shared_targets(ties)[["source", "target"]]
      source target
    0      a      x
    1      b      x
    """
    checked = checked_edges(edges)
    return checked_edges(checked[checked.groupby("target")["source"].transform("nunique") >= least])


def count_relations(relations: pd.DataFrame) -> pd.DataFrame:
    """What each relation holds (``relation, statements, ties, senders, receivers, in_documents``), the largest first.

    A tie is a distinct pair of source and target; the other columns count distinct actors and documents.

    Parameters
    ----------
    relations : DataFrame
        Statements: ``relation_id, source, target, relation, document``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> columns = {"source": ["a", "a", "b"], "target": ["x", "x", "y"], "relation": ["cites", "cites", "uses"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2", "3"], **columns, "document": ["000", "001", "001"]})
    >>> networks.count_relations(said)
      relation  statements  ties  senders  receivers  in_documents
    0    cites           2     1        1          1             2
    1     uses           1     1        1          1             1
    """
    pairs = relations.assign(pair=relations["source"] + " " + relations["target"])
    counts = pairs.groupby("relation", sort=True).agg(
        statements=("relation_id", "size"),
        ties=("pair", "nunique"),
        senders=("source", "nunique"),
        receivers=("target", "nunique"),
        in_documents=("document", "nunique"),
    )
    return counts.sort_values("statements", ascending=False, kind="stable").reset_index()


def count_works(bibliography: pd.DataFrame) -> pd.DataFrame:
    """Distinct works by document, language and decade: ``documents, language, period, works``.

    A work listed twice in one document (same authors and title) counts once; ``period`` is the decade of the year the
    entry prints, such as ``2010/2019``, and empty if it prints none. Unknown languages stand as an empty text.

    Parameters
    ----------
    bibliography : DataFrame
        The table ``bibliography``: ``document, authors, title, language, year``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> works = pd.DataFrame({"document": "000", "authors": ["A", "A", "B"], "title": ["t", "t", "u"], "language": ""})
    >>> networks.count_works(works.assign(year=[2014, 2014, 2009]))  # A's work is listed twice
      documents language     period  works
    0       000           2000/2009      1
    1       000           2010/2019      1
    """
    works = bibliography.drop_duplicates(["document", "authors", "title"])
    decade = works["year"].astype("Int64") // 10 * 10
    periods = decade.map(lambda year: f"{year}/{year + 9}", na_action="ignore").astype(object)
    named = pd.DataFrame({"documents": works["document"], "language": works["language"], "period": periods}).fillna("")
    return named.groupby(["documents", "language", "period"], sort=True).size().rename("works").reset_index()
