"""Lists of a census crossed: documents by what they share or name, types of actor by types, and what is found there."""

from collections.abc import Collection

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.graphs.building import actor_types, checked_edges
from digital_diplomacy.networks.measures.actors import SOURCE
from digital_diplomacy.tables import MATRIX, validate


def check_least(least: int) -> None:
    """Refuse fewer than two documents: what one alone cites is shared with none.

    Raises
    ------
    ValueError
        If ``least`` is below 2.

    Examples
    --------
    >>> from digital_diplomacy.networks.powers import crossings
    >>> crossings.check_least(1)
    Traceback (most recent call last):
    ...
    digital_diplomacy.errors.ArgumentError: least is 1, but what documents share at least 2 of them cite
    """
    if least < 2:
        raise ArgumentError("least is {least}, but what documents share at least 2 of them cite", least=least)


def shared_by_document(cited: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """The sources that several documents cite, by all documents that cite any (``MATRIX``).

    Parameters
    ----------
    cited : DataFrame
        Edges from documents to those they cite.
    least : int
        Documents that must cite a source for it to be shown, 2 at least; those cited by most come first.

    Raises
    ------
    ValueError
        If ``least`` is below 2.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["document_000", "document_001"], "target": "manor", "relation": "cites", "weight": 1.0}
    >>> networks.shared_by_document(pd.DataFrame(ends))[["row", "column", "cell"]]
                row               column   cell
    0  entity.manor  entity.document_000  cites
    1  entity.manor  entity.document_001  cites
    """
    check_least(least)
    ties = checked_edges(cited)
    count = ties.groupby("target")["source"].nunique()
    rows = _ranked(count[count >= least])
    cells = ties.assign(row=ties["target"], column=ties["source"], cell="cites")
    return _crossed(cells, rows, sorted(set(ties["source"])), "entity")


def shared_found(cited: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """How many sources are shared, and which documents share none; no row without citations.

    Parameters
    ----------
    cited : DataFrame
        Edges from documents to those they cite.
    least : int
        Documents that must cite a source for it to be shared, 2 at least.

    Returns
    -------
    DataFrame
        n (sources), value (shared), least, documents (numbers of those that share none, joined by blanks), case:
        ``all`` share one, or ``some``.

    Raises
    ------
    ValueError
        If ``least`` is below 2.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> documents = ["document_000", "document_001", "document_002"]
    >>> ends = {"source": documents, "target": ["manor", "manor", "castells"]}
    >>> networks.shared_found(pd.DataFrame({**ends, "relation": "cites", "weight": 1.0}))
       n  value  least documents  case
    0  2      1      2       002  some
    """
    check_least(least)
    ties = checked_edges(cited)
    if ties.empty:
        return pd.DataFrame()
    count = ties.groupby("target")["source"].nunique()
    shared = set(count[count >= least].index)
    alone = sorted(set(ties["source"]) - set(ties.loc[ties["target"].isin(shared), "source"]))
    row: dict[str, object] = {"n": len(count), "value": len(shared), "least": least}
    row |= {"documents": " ".join(name.removeprefix("document_") for name in alone)}
    return pd.DataFrame([row | {"case": "some" if alone else "all"}])


def sources_by_document(cited: pd.DataFrame, home: Collection[str]) -> pd.DataFrame:
    """How many each document cites, and how many of these another cites too, or are among ``home``.

    Parameters
    ----------
    cited : DataFrame
        Edges from documents to those they cite.
    home : collection of str
        Actors counted apart, such as those of a country.

    Returns
    -------
    DataFrame
        document (its number), cited_count, shared_count, home_count; the longest list first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> pairs = {"source": ["document_000", "document_000", "document_001"], "target": ["manor", "mfa", "manor"]}
    >>> cited = pd.DataFrame({**pairs, "relation": "cites", "weight": 1.0})
    >>> networks.sources_by_document(cited, home=["mfa"])
      document  cited_count  shared_count  home_count
    0      000            2             1           1
    1      001            1             1           0
    """
    ties = checked_edges(cited)
    count = ties.groupby("target")["source"].transform("nunique")
    rows = pd.DataFrame(
        {
            "document": ties["source"].str.removeprefix("document_"),
            "cited_count": 1,
            "shared_count": (count > 1).astype(int),
            "home_count": ties["target"].isin(set(home)).astype(int),
        }
    )
    sums = rows.groupby("document", as_index=False).sum()
    return sums.sort_values(["cited_count", "document"], ascending=[False, True], ignore_index=True)


def sources_of_pairs(cited: pd.DataFrame) -> pd.DataFrame:
    """How many sources each two documents both cite, most first; pairs that share none are left out.

    Parameters
    ----------
    cited : DataFrame
        Edges from documents to those they cite.

    Returns
    -------
    DataFrame
        document, other_document (their numbers), both_count.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> pairs = {"source": ["document_000", "document_000", "document_001"], "target": ["manor", "mfa", "manor"]}
    >>> networks.sources_of_pairs(pd.DataFrame({**pairs, "relation": "cites", "weight": 1.0}))
      document other_document  both_count
    0      000            001           1
    """
    ties = checked_edges(cited)
    ties = ties.assign(document=ties["source"].str.removeprefix("document_"))[["document", "target"]]
    met = ties.merge(ties.rename(columns={"document": "other_document"}), on="target")
    met = met[met["document"] < met["other_document"]]
    pairs = met.groupby(["document", "other_document"])["target"].nunique().rename("both_count").reset_index()
    order = ["both_count", "document", "other_document"]
    return pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)


def means_by_document(used: pd.DataFrame) -> pd.DataFrame:
    """Means of communication by the documents that say who uses them, with the number of statements (``MATRIX``).

    Parameters
    ----------
    used : DataFrame
        Statements with ``target`` (the means) and ``document``; those that most documents name come first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> used = pd.DataFrame({"target": ["twitter", "facebook", "twitter"], "document": ["000", "000", "001"]})
    >>> networks.means_by_document(used)[["row", "column", "count"]]
                   row               column  count
    0   entity.twitter  entity.document_000    1.0
    1   entity.twitter  entity.document_001    1.0
    2  entity.facebook  entity.document_000    1.0
    3  entity.facebook  entity.document_001    NaN
    """
    documents = sorted(set(used["document"]))
    named = used.groupby("target")["document"].nunique()
    order = _ranked(named, used.groupby("target").size())
    cells = used.groupby(["target", "document"]).size().rename("count").reset_index()
    cells = cells.assign(row=cells["target"], column="document_" + cells["document"], cell="statements")
    return _crossed(cells, order, [f"document_{number}" for number in documents], "entity")


def means_found(matrix: pd.DataFrame) -> pd.DataFrame:
    """The means that most documents name: entity, value (documents), n (of them), others, case: most or tie.

    Parameters
    ----------
    matrix : DataFrame
        What :func:`means_by_document` returns.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> used = pd.DataFrame({"target": ["twitter", "facebook", "twitter"], "document": ["000", "000", "001"]})
    >>> networks.means_found(networks.means_by_document(used))
        entity  value  n  others  case
    0  twitter      2  2       1  most
    """
    named = matrix[matrix["cell"] != ""].groupby("row", sort=False)["column"].nunique()
    if named.empty:
        return pd.DataFrame()
    return _most(named, matrix["column"].nunique())


def types_met(ties: pd.DataFrame, actors: pd.DataFrame, *, without: Collection[str] = ()) -> pd.DataFrame:
    """From which types of actor to which distinct ties go, as counts (``MATRIX``).

    Parameters
    ----------
    ties : DataFrame
        Edges; a pair tied by several relations counts once.
    actors : DataFrame
        ``actor_id, type``.
    without : collection of str
        Types whose ties are left out; those that send most come first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "x"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x"], "type": ["state", "state", "media"]})
    >>> networks.types_met(ties, actors)[["row", "column", "count"]]
              row      column  count
    0  type.state  type.media    1.0
    1  type.state  type.state    1.0
    """
    single = checked_edges(ties).drop_duplicates(["source", "target"])
    types = actor_types(single, actors)
    typed = pd.DataFrame({"row": single["source"].map(types), "column": single["target"].map(types)})
    typed = typed[~typed["row"].isin(set(without))]
    cells = typed.groupby(["row", "column"]).size().rename("count").reset_index().assign(cell="ties")
    order = _ranked(typed.groupby("row").size())
    return _crossed(cells, order, _ranked(typed.groupby("column").size()), "type")


def types_found(matrix: pd.DataFrame, *, least: int = 10) -> pd.DataFrame:
    """The largest share of a type's ties that goes to one other type, among types that send at least ``least`` ties.

    Parameters
    ----------
    matrix : DataFrame
        What :func:`types_met` returns.
    least : int
        Ties a type must send.

    Returns
    -------
    DataFrame
        type, other_type (label codes), value (ties to it), n (ties of the type). No row if no type sends as many.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "x"], "relation": "uses", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "x"], "type": ["state", "state", "media"]})
    >>> networks.types_found(networks.types_met(ties, actors), least=2)  # one of the two ties of states
        type other_type  value  n
    0  state      media      1  2
    """
    sent = matrix.groupby("row")["count"].transform("sum")
    rows = matrix.assign(n=sent, share=matrix["count"] / sent)
    rows = rows[(rows["n"] >= least) & (rows["row"] != rows["column"]) & rows["share"].notna()]
    if rows.empty:
        return pd.DataFrame()
    one = rows.sort_values(["share", "n", "row"], ascending=[False, False, True]).iloc[0]
    codes = {"type": one["row"].removeprefix("type."), "other_type": one["column"].removeprefix("type.")}
    return pd.DataFrame([codes | {"value": int(one["count"]), "n": int(one["n"])}])


def attention_found(rows: pd.DataFrame) -> pd.DataFrame:
    """The actor that most others turn to: entity, value, least, others (as many as it), case: most or tie.

    Parameters
    ----------
    rows : DataFrame
        Rows of one measure (``ESTIMATES``), with the range without each document.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> rows = pd.DataFrame({"entity": ["mfa", "press"], "value": [5.0, 2.0], "low": [3.0, 1.0]})
    >>> networks.attention_found(rows)
      entity  value  least  others  case
    0    mfa      5      3       1  most
    """
    if rows.empty:
        return pd.DataFrame()
    top = rows[rows["value"] == rows["value"].max()].sort_values("entity")
    row = {"entity": top["entity"].iloc[0], "value": int(top["value"].iloc[0]), "least": int(top["low"].iloc[0])}
    return pd.DataFrame([row | {"others": len(top), "case": "most" if len(top) == 1 else "tie"}])


def means_by_user(used: pd.DataFrame, users: Collection[str]) -> pd.DataFrame:
    """Means of communication by those who use them, with the number of statements (``MATRIX``).

    Parameters
    ----------
    used : DataFrame
        Statements with ``source`` (the user) and ``target`` (the means).
    users : collection of str
        Users shown; those of most means, and the means of most users, come first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> used = pd.DataFrame({"source": ["mfa", "mfa", "press"], "target": ["twitter", "facebook", "twitter"]})
    >>> networks.means_by_user(used, ["mfa", "press"])[["row", "column", "count"]]
                   row        column  count
    0   entity.twitter    entity.mfa    1.0
    1   entity.twitter  entity.press    1.0
    2  entity.facebook    entity.mfa    1.0
    3  entity.facebook  entity.press    NaN
    """
    rows = used[used["source"].isin(set(users))]
    cells = rows.groupby(["target", "source"]).size().rename("count").reset_index()
    cells = cells.rename(columns={"target": "row", "source": "column"}).assign(cell="statements")
    order = _ranked(rows.groupby("target")["source"].nunique(), rows.groupby("target").size())
    columns = _ranked(rows.groupby("source")["target"].nunique(), rows.groupby("source").size())
    return _crossed(cells, order, columns, "entity")


def users_found(matrix: pd.DataFrame) -> pd.DataFrame:
    """Who uses most means: entity, value (means), n (of them), others, case: most or tie; no row without users.

    Parameters
    ----------
    matrix : DataFrame
        What :func:`means_by_user` returns.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> used = pd.DataFrame({"source": ["mfa", "mfa", "press"], "target": ["twitter", "facebook", "twitter"]})
    >>> networks.users_found(networks.means_by_user(used, ["mfa", "press"]))
      entity  value  n  others  case
    0    mfa      2  2       1  most
    """
    used = matrix[matrix["cell"] != ""].groupby("column", sort=False)["row"].nunique()
    return _most(used, matrix["row"].nunique()) if len(used) else pd.DataFrame()


def _most(counts: "pd.Series[int]", n: int) -> pd.DataFrame:
    top = counts[counts == counts.max()]
    row = {"entity": str(top.index[0]).removeprefix("entity."), "value": int(top.iloc[0]), "n": n, "others": len(top)}
    return pd.DataFrame([row | {"case": "most" if len(top) == 1 else "tie"}])


def _ranked(*counts: "pd.Series[int]") -> list[str]:
    """Names by falling counts, the first deciding, equals by name."""
    names = sorted(str(name) for name in counts[0].index)
    return sorted(names, key=lambda name: tuple(-int(count[name]) for count in counts))


def _crossed(cells: pd.DataFrame, rows: list[str], columns: list[str], kind: str) -> pd.DataFrame:
    """Every row by every column, with what is known of the pair; the count is missing where cells hold none."""
    if not rows:
        return validate(pd.DataFrame(columns=list(MATRIX.columns)), MATRIX)
    grid = pd.DataFrame({"row": rows}).merge(pd.DataFrame({"column": columns}), how="cross")
    known = cells[["row", "column", "cell"]].assign(count=cells["count"] if "count" in cells else float("nan"))
    made = grid.merge(known, on=["row", "column"], how="left", validate="one_to_one")
    told = pd.DataFrame(
        {
            "row_group": "",
            "row": f"{kind}." + made["row"],
            "column": f"{kind}." + made["column"],
            "cell": made["cell"].fillna(""),
            "count": made["count"].astype(float),
            "documents": "",
            "source_id": SOURCE,
        }
    )
    return validate(told, MATRIX)
