"""What the documents list, who doubts it, and where two lists speak of the same thing."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from digital_diplomacy import tables
from digital_diplomacy.errors import TableError

BASES: Final = ("document", "reading")
"""Whether a document puts two items together, or this package does."""


def crossing(
    ideas: pd.DataFrame, crosswalk: pd.DataFrame, name: str, *, left: Sequence[str] = (), right: Sequence[str] = ()
) -> pd.DataFrame:
    """Items of one list by items of another, and on what each meeting rests.

    Parameters
    ----------
    ideas, crosswalk : DataFrame
        The raw tables of these names.
    name : str
        Which crosswalk.
    left, right : sequence of str
        Lists (``list_id``) whose items are all shown, met or not; by default the lists that occur on the left, and on
        the right the items that occur.

    Returns
    -------
    DataFrame
        The table ``matrix``; ``cell`` is one of ``BASES``, or empty. Rows are grouped by list if there are several.

    Raises
    ------
    ValueError
        If there is no such crosswalk or list, naming those there are.
    TableError
        If a pair holds an item that none of the lists shown has, naming it.
    """
    pairs = crosswalk[crosswalk["crosswalk"] == name]
    if pairs.empty:
        raise ValueError(f"no crosswalk {name!r}; there are {', '.join(sorted(set(crosswalk['crosswalk'])))}")
    rows = _items(ideas, left or _lists_of(ideas, pairs["left"]))
    columns = list(_items(ideas, right)["item_id"]) if right else _in_order(ideas, pairs["right"])
    _refuse(pairs, list(rows["item_id"]), columns, name)
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
        raise ValueError(f"no list {', '.join(unknown)}; there are {', '.join(sorted(set(ideas['list_id'])))}")
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
        raise TableError(f"crosswalk {name}: {', '.join(lost)} stands in none of the lists shown; name its list too")


def meetings(matrix: pd.DataFrame) -> pd.DataFrame:
    """One row of counts of a crossing.

    Returns
    -------
    DataFrame
        rows_count and met_count (rows with a meeting), pairs_count, stated_count (put together by a document) and
        read_count (by this package).
    """
    met = matrix[matrix["cell"] != ""]
    row = {
        "rows_count": matrix["row"].nunique(),
        "met_count": met["row"].nunique(),
        "pairs_count": len(met),
        "stated_count": int((met["cell"] == "document").sum()),
        "read_count": int((met["cell"] == "reading").sum()),
    }
    return pd.DataFrame([row])


def all_meetings(crossings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The counts of `meetings` for several crossings, named by the figures that draw them (column ``figure``)."""
    return pd.concat([meetings(matrix).assign(figure=name) for name, matrix in crossings.items()], ignore_index=True)[
        ["figure", "rows_count", "met_count", "pairs_count", "stated_count", "read_count"]
    ]


def examples_in(matrix: pd.DataFrame, entity: str) -> pd.DataFrame:
    """How many rows of a crossing with countries meet one country: entity, rows_count, met_count; one row always."""
    met = matrix[(matrix["column"] == f"entity.{entity}") & (matrix["cell"] != "")]
    row = {"entity": entity, "rows_count": matrix["row"].nunique(), "met_count": met["row"].nunique()}
    return pd.DataFrame([row])


def count_lists(ideas: pd.DataFrame) -> pd.DataFrame:
    """One row of counts of what the documents print: lists_count, items_count, documents_count."""
    printed = ideas.dropna(subset=["document"])
    counts = {"lists_count": printed["list_id"].nunique(), "items_count": len(printed)}
    return pd.DataFrame([counts | {"documents_count": printed["document"].nunique()}])


def in_lists(ideas: pd.DataFrame) -> pd.DataFrame:
    """Every item in the order of documents, lists and positions, for a table.

    Returns
    -------
    DataFrame
        document, item_kind, list_id, position, item_id, author.
    """
    first = ideas.groupby("list_id")["document"].transform("min")
    rows = ideas.assign(by=first).sort_values(["by", "item_kind", "list_id", "position"], ignore_index=True)
    return rows[["document", "item_kind", "list_id", "position", "item_id", "author"]]


def lists_by_document(ideas: pd.DataFrame) -> pd.DataFrame:
    """How many items of each kind each document lists.

    Returns
    -------
    DataFrame
        The table ``matrix``: kinds by documents, ``count`` items; kinds with most items first. Items that no document
        prints are left out.
    """
    printed = ideas.dropna(subset=["document"])
    counts = printed.groupby(["item_kind", "document"]).size().reset_index(name="count")
    totals = counts.groupby("item_kind")["count"].sum().reset_index()
    kinds = totals.sort_values(["count", "item_kind"], ascending=[False, True])[["item_kind"]]
    grid = kinds.merge(pd.DataFrame({"document": sorted(set(printed["document"]))}), how="cross")
    made = grid.merge(counts, on=["item_kind", "document"], how="left", validate="one_to_one")
    made = made.assign(
        row_group="",
        row="item_kind." + made["item_kind"],
        column="entity.document_" + made["document"],
        cell=["" if missing else "listed" for missing in made["count"].isna()],
        documents="",
        source_id="ideas",
    )
    return tables.validate(made[list(tables.MATRIX.columns)], tables.MATRIX)


def stances_matrix(stances: pd.DataFrame) -> pd.DataFrame:
    """Who holds and who doubts what: the table ``matrix``, holders by propositions in the order of the table."""
    return _matrix(stances, row="holder", column="proposition", cell="stance", prefixes=("entity", "proposition"))


def affiliations_matrix(affiliations: pd.DataFrame) -> pd.DataFrame:
    """What each body is to each document: the table ``matrix``, bodies by documents."""
    rows = affiliations.assign(by="document_" + affiliations["document"]).sort_values(["document", "role"])
    return _matrix(rows, row="body", column="by", cell="role", prefixes=("body", "entity"), documents=False)


def _matrix(
    rows: pd.DataFrame, *, row: str, column: str, cell: str, prefixes: tuple[str, str], documents: bool = True
) -> pd.DataFrame:
    """Every row by every column, each in order of first use, with what is known of the pair."""
    grid = rows[[row]].drop_duplicates().merge(rows[[column]].drop_duplicates(), how="cross")
    grid = grid.merge(rows[[row, column, cell, "document"]], on=[row, column], how="left", validate="one_to_one")
    made = pd.DataFrame(
        {
            "row_group": "",
            "row": f"{prefixes[0]}." + grid[row],
            "column": f"{prefixes[1]}." + grid[column],
            "cell": grid[cell].fillna(""),
            "count": float("nan"),
            "documents": grid["document"].fillna("") if documents else "",
            "source_id": {"holder": "stances", "body": "affiliations"}[row],
        }
    )
    return tables.validate(made, tables.MATRIX)


def repeated(ideas: pd.DataFrame) -> pd.DataFrame:
    """Lists that print an entry more than once.

    Returns
    -------
    DataFrame
        list_id, document, items_count (entries printed), distinct_count, as_printed (the repeated ones). Two entries
        are one if their printed characters are, but for case and blanks.
    """
    said = ideas.dropna(subset=["as_printed"])
    said = said.assign(key=said["as_printed"].str.casefold().str.split().str.join(" "))
    grouped = said.groupby(["list_id", "document"], sort=True)
    made = grouped.agg(items_count=("key", "size"), distinct_count=("key", "nunique")).reset_index()
    twice = said[said.duplicated(["list_id", "key"])].groupby("list_id")["as_printed"].agg("; ".join)
    made = made[made["items_count"] > made["distinct_count"]]
    return made.merge(twice.reset_index(), on="list_id", validate="one_to_one").reset_index(drop=True)
