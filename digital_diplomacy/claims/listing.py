"""What the documents list, who doubts it, and where two lists speak of the same thing."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError, TableError

_SHARED: Final = {True: "notice.listed_by_several", False: "notice.listed_by_one"}


def crossing(
    ideas: pd.DataFrame, crosswalk: pd.DataFrame, *names: str, left: Sequence[str] = (), right: Sequence[str] = ()
) -> pd.DataFrame:
    """Items of one list by items of another, and on what each meeting rests.

    Parameters
    ----------
    ideas, crosswalk : DataFrame
        The raw tables of these names.
    *names : str
        Which crosswalk; of several the pairs are taken together.
    left, right : sequence of str
        Lists (``list_id``) whose items are all shown, met or not; by default the lists that occur on the left, and on
        the right the items that occur.

    Returns
    -------
    DataFrame
        The table ``matrix``; ``cell`` is ``document`` where a document puts the two together, ``reading`` where this
        package does, or empty. Rows are grouped by list if there are several.

    Raises
    ------
    ValueError
        If there is no such crosswalk or list, naming those there are.
    TableError
        If a pair holds an item that none of the lists shown has, naming it.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> found = claims.crossing(sources.load("ideas"), sources.load("crosswalk"), "conditions_objectives")
    >>> found.loc[found["cell"] != "", ["row", "column", "cell"]]
                          row                     column     cell
    2      item.smart_economy     item.objective_economy  reading
    3   item.smart_management  item.objective_government  reading
    13  item.smart_population       item.objective_human  reading
    """
    unknown = [name for name in names if name not in set(crosswalk["crosswalk"])]
    if unknown or not names:
        known = ", ".join(sorted(set(crosswalk["crosswalk"])))
        raise ArgumentError(
            "no crosswalk {unknown}; there are {known}",
            unknown=", ".join(map(repr, unknown)) or "is named",
            known=known,
        )
    pairs = crosswalk[crosswalk["crosswalk"].isin(names)]
    rows = _items(ideas, left or _lists_of(ideas, pairs["left"]))
    columns = list(_items(ideas, right)["item_id"]) if right else _in_order(ideas, pairs["right"])
    _refuse(pairs, list(rows["item_id"]), columns, ", ".join(names))
    grid = rows[["list_id", "item_id"]].merge(pd.DataFrame({"right": columns}), how="cross")
    grid = grid.merge(
        pairs.rename(columns={"left": "item_id"}), on=["item_id", "right"], how="left", validate="one_to_one"
    )
    made = grid.assign(
        row_group="list." + grid["list_id"] if len(set(grid["list_id"])) > 1 else "",
        row="item." + grid["item_id"],
        column=[code if "." in code else f"item.{code}" for code in grid["right"]],
        cell=grid["basis"].fillna(""),
        count=float("nan"),
        documents=grid["document"].fillna(""),
        source_id="crosswalk",
    )
    return tables.validate(made[list(tables.MATRIX.columns)], tables.MATRIX)


def _items(ideas: pd.DataFrame, lists: Sequence[str]) -> pd.DataFrame:
    """Items of the lists, in the order of the lists and of their positions."""
    unknown = [code for code in lists if code not in set(ideas["list_id"])]
    if unknown:
        raise ArgumentError(
            "no list {unknown}; there are {list_id}",
            unknown=", ".join(unknown),
            list_id=", ".join(sorted(set(ideas["list_id"]))),
        )
    kept = ideas[ideas["list_id"].isin(lists)]
    place = kept["list_id"].map(list(lists).index)
    return kept.assign(place=place).sort_values(["place", "position"], ignore_index=True)


def _lists_of(ideas: pd.DataFrame, items: "pd.Series[str]") -> list[str]:
    return list(dict.fromkeys(ideas.loc[ideas["item_id"].isin(items), "list_id"]))


def _in_order(ideas: pd.DataFrame, codes: "pd.Series[str]") -> list[str]:
    """Items by list and position, then what is no item (countries), each once."""
    items = _items(ideas, _lists_of(ideas, codes))["item_id"]
    return [*items[items.isin(codes)], *dict.fromkeys(code for code in codes if "." in code)]


def _refuse(pairs: pd.DataFrame, rows: list[str], columns: list[str], name: str) -> None:
    lost = [*pairs.loc[~pairs["left"].isin(rows), "left"], *pairs.loc[~pairs["right"].isin(columns), "right"]]
    if lost:
        raise TableError(
            "crosswalk {name}: {lost} stands in none of the lists shown; name its list too",
            name=name,
            lost=", ".join(lost),
        )


def meetings(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row of counts of a crossing.

    Parameters
    ----------
    matrix : DataFrame
        What ``crossing`` returns.

    Returns
    -------
    DataFrame
        rows_count and met_count (rows with a meeting), pairs_count, stated_count (put together by a document),
        read_count (by this package) and case: ``stated``, or ``read`` where no document puts any together.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> cells = pd.DataFrame({"row": ["a", "a", "b"], "column": ["x", "y", "x"], "cell": ["document", "reading", ""]})
    >>> claims.meetings(cells).T
                       0
    rows_count         2
    met_count          1
    pairs_count        2
    stated_count       1
    read_count         1
    case          stated
    """
    met = matrix[matrix["cell"] != ""]
    row = {
        "rows_count": matrix["row"].nunique(),
        "met_count": met["row"].nunique(),
        "pairs_count": len(met),
        "stated_count": int((met["cell"] == "document").sum()),
        "read_count": int((met["cell"] == "reading").sum()),
        "case": "stated" if (met["cell"] == "document").any() else "read",
    }
    return pd.DataFrame([row])


def all_meetings(crossings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The counts of `meetings` for several crossings, named by the figures that draw them (column ``figure``).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> cells = pd.DataFrame({"row": ["a", "a", "b"], "column": ["x", "y", "x"], "cell": ["document", "reading", ""]})
    >>> claims.all_meetings({"risks": cells})
      figure  rows_count  met_count  pairs_count  stated_count  read_count
    0  risks           2          1            2             1           1
    """
    return pd.concat([meetings(matrix).assign(figure=name) for name, matrix in crossings.items()], ignore_index=True)[
        ["figure", "rows_count", "met_count", "pairs_count", "stated_count", "read_count"]
    ]


def examples_in(matrix: pd.DataFrame, entity: str) -> pd.DataFrame:
    """How many rows of a crossing with countries meet one country: entity, rows_count, met_count, case; one row always.

    ``case`` is ``some`` or ``none``.

    Parameters
    ----------
    matrix : DataFrame
        What ``crossing`` returns, with countries as columns.
    entity : str
        ISO 3166 alpha-3.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> cells = pd.DataFrame({"row": ["a", "b"], "column": ["entity.KAZ", "entity.UZB"], "cell": "document"})
    >>> claims.examples_in(cells, "KAZ")
      entity  rows_count  met_count  case
    0    KAZ           2          1  some
    """
    met = matrix[(matrix["column"] == f"entity.{entity}") & (matrix["cell"] != "")]
    row = {"entity": entity, "rows_count": matrix["row"].nunique(), "met_count": met["row"].nunique()}
    row |= {"case": "none" if met.empty else "some"}
    return pd.DataFrame([row])


def count_lists(ideas: pd.DataFrame) -> pd.DataFrame:
    """One row of counts of what the documents print: lists_count, items_count, documents_count.

    Parameters
    ----------
    ideas : DataFrame
        The table ``ideas``: list_id, document.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> items = pd.DataFrame({"list_id": ["goals", "goals", "risks"], "document": ["000", "000", None]})
    >>> claims.count_lists(items)  # what no document prints is not counted
       lists_count  items_count  documents_count
    0            1            2                1
    """
    printed = ideas.dropna(subset=["document"])
    counts = {"lists_count": printed["list_id"].nunique(), "items_count": len(printed)}
    return pd.DataFrame([counts | {"documents_count": printed["document"].nunique()}])


def in_lists(ideas: pd.DataFrame) -> pd.DataFrame:
    """Every item in the order of documents, lists and positions, for a table.

    Parameters
    ----------
    ideas : DataFrame
        The table ``ideas``.

    Returns
    -------
    DataFrame
        document, item_kind, list_id, position, item_id, author.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> found = claims.in_lists(sources.load("ideas").query("list_id in ['processes', 'goals']"))
    >>> found[["document", "list_id"]].value_counts().to_dict()
    {('000', 'goals'): 5, ('001', 'processes'): 3}
    """
    first = ideas.groupby("list_id")["document"].transform("min")
    rows = ideas.assign(by=first).sort_values(["by", "item_kind", "list_id", "position"], ignore_index=True)
    return rows[["document", "item_kind", "list_id", "position", "item_id", "author"]]


def lists_by_document(ideas: pd.DataFrame) -> pd.DataFrame:
    """How many items of each kind each document lists.

    Parameters
    ----------
    ideas : DataFrame
        The table ``ideas``: item_kind, document.

    Returns
    -------
    DataFrame
        The table ``matrix``: kinds by documents, ``count`` items; kinds that most documents list first, and of those
        the ones with most items. Items that no document prints are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> items = pd.DataFrame({"item_kind": ["goal", "goal", "risk", "risk"], "document": ["000", "000", "000", "001"]})
    >>> claims.lists_by_document(items)[["row", "column", "count"]]  # risks first: two documents list some
                  row               column  count
    0  item_kind.risk  entity.document_000    1.0
    1  item_kind.risk  entity.document_001    1.0
    2  item_kind.goal  entity.document_000    2.0
    3  item_kind.goal  entity.document_001    NaN
    """
    printed = ideas.dropna(subset=["document"])
    counts = printed.groupby(["item_kind", "document"]).size().reset_index(name="count")
    totals = counts.groupby("item_kind")["count"].sum().reset_index()
    totals["shared"] = totals["item_kind"].map(counts.groupby("item_kind").size())
    kinds = totals.sort_values(["shared", "count", "item_kind"], ascending=[False, False, True])
    kinds = kinds.assign(row_group=kinds["shared"].gt(1).map(_SHARED))[["item_kind", "row_group"]]
    grid = kinds.merge(pd.DataFrame({"document": sorted(set(printed["document"]))}), how="cross")
    made = grid.merge(counts, on=["item_kind", "document"], how="left", validate="one_to_one")
    made = made.assign(
        row="item_kind." + made["item_kind"],
        column="entity.document_" + made["document"],
        cell=["" if missing else "listed" for missing in made["count"].isna()],
        documents="",
        source_id="ideas",
    )
    return tables.validate(made[list(tables.MATRIX.columns)], tables.MATRIX)


def most_listed(matrix: pd.DataFrame) -> pd.DataFrame:
    """The kind of item that most documents list.

    Parameters
    ----------
    matrix : DataFrame
        What `lists_by_document` returns.

    Returns
    -------
    DataFrame
        One row: item_kind (label code), listing_count (documents that list it), all_count (documents), case: ``most``
        if no other kind is listed by as many, otherwise ``tie``. No row without items.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> items = pd.DataFrame({"item_kind": ["goal", "goal", "risk", "risk"], "document": ["000", "000", "000", "001"]})
    >>> claims.most_listed(claims.lists_by_document(items))
      item_kind  listing_count  all_count  case
    0      risk              2          2  most
    """
    listing = matrix[matrix["cell"] != ""].groupby("row", sort=False)["column"].nunique()
    if listing.empty:
        return pd.DataFrame()
    row = {
        "item_kind": str(listing.idxmax()).removeprefix("item_kind."),
        "listing_count": int(listing.max()),
        "all_count": matrix["column"].nunique(),
        "case": "most" if (listing == listing.max()).sum() == 1 else "tie",
    }
    return pd.DataFrame([row])


def meetings_by_list(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row: of each list on the left of a crossing ``<list>_count`` and ``<list>_met_count``.

    Parameters
    ----------
    matrix : DataFrame
        What ``crossing`` returns of several lists.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> cells = pd.DataFrame({"row_group": ["list.goals"] * 2, "row": ["item.a", "item.b"], "cell": ["document", ""]})
    >>> claims.meetings_by_list(cells)
       goals_count  goals_met_count
    0            2                1
    """
    found: dict[str, int] = {}
    for group, rows in matrix.groupby("row_group", sort=False):
        name = str(group).removeprefix("list.")
        met = rows.loc[rows["cell"] != "", "row"]
        found |= {f"{name}_count": rows["row"].nunique(), f"{name}_met_count": met.nunique()}
    return pd.DataFrame([found])


def debates(stances: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Who believes and who doubts each proposition, by name.

    Parameters
    ----------
    stances : DataFrame
        The table ``stances``: holder, proposition, stance (optimist, sceptic or both), document.
    lang : str
        Language of the names.

    Returns
    -------
    DataFrame
        proposition (label code), optimist, both, sceptic (names, missing where there is none), documents that tell of
        it; what is believed and doubted first, then by the number of those named.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> found = claims.debates(sources.load("stances"), "en").query("proposition == 'new_diplomacy'")
    >>> found[["optimist", "sceptic", "documents"]]
    stance     optimist        sceptic documents
    3       Almash 2018  Shaun Riordan       000
    """
    named = stances.assign(name=[labels.entity(holder, lang) for holder in stances["holder"]])
    wide = named.pivot_table(index="proposition", columns="stance", values="name", aggfunc=", ".join)
    rows = wide.reindex(columns=["optimist", "both", "sceptic"])
    by = named.groupby("proposition")
    rows["documents"] = by["document"].agg(lambda codes: " ".join(sorted(set(codes))))
    rows["debated"] = rows["both"].notna() | (rows["optimist"].notna() & rows["sceptic"].notna())
    rows["count"] = by.size()
    ordered = rows.reset_index().sort_values(["debated", "count", "proposition"], ascending=[False, False, True])
    return ordered[["proposition", "optimist", "both", "sceptic", "documents"]].reset_index(drop=True)


def bodies(affiliations: pd.DataFrame, lang: str) -> pd.DataFrame:
    """How bodies relate to each document, by name: document, works_at, funds, publishes, receives; missing where none.

    Parameters
    ----------
    affiliations : DataFrame
        The table ``affiliations``: document, body, role.
    lang : str
        Language of the names.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> rows = sources.load("affiliations").query("document == '003'")
    >>> claims.bodies(rows, "en")[["works_at", "publishes"]].iloc[0].tolist()
    ['Institute of Eurasian Integration', 'Kazakhstan Today']
    """
    named = affiliations.assign(name=[labels.text(f"body.{body}", lang) for body in affiliations["body"]])
    wide = named.pivot_table(index="document", columns="role", values="name", aggfunc="; ".join)
    return wide.reindex(columns=["works_at", "funds", "publishes", "receives"]).reset_index()


def repeated(ideas: pd.DataFrame) -> pd.DataFrame:
    """Lists that print an entry more than once.

    Parameters
    ----------
    ideas : DataFrame
        The table ``ideas``: list_id, document, as_printed.

    Returns
    -------
    DataFrame
        list_id, document, items_count (entries printed), distinct_count, as_printed (the repeated ones). Two entries
        are one if their printed characters are, but for case and blanks.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> items = pd.DataFrame({"list_id": "goals", "document": "000", "as_printed": ["Image", "Trade", "IMAGE"]})
    >>> claims.repeated(items)
      list_id document  items_count  distinct_count as_printed
    0   goals      000            3               2      IMAGE
    """
    said = ideas.dropna(subset=["as_printed"])
    said = said.assign(key=said["as_printed"].str.casefold().str.split().str.join(" "))
    grouped = said.groupby(["list_id", "document"], sort=True)
    made = grouped.agg(items_count=("key", "size"), distinct_count=("key", "nunique")).reset_index()
    twice = said[said.duplicated(["list_id", "key"])].groupby("list_id")["as_printed"].agg("; ".join)
    made = made[made["items_count"] > made["distinct_count"]]
    return made.merge(twice.reset_index(), on="list_id", validate="one_to_one").reset_index(drop=True)
