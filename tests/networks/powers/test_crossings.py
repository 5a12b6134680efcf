"""Documents, means and types crossed, and what titles say of them."""

import pandas as pd

from digital_diplomacy.networks.powers import crossings

CITED = pd.DataFrame(
    [("document_000", "a"), ("document_000", "b"), ("document_001", "a"), ("document_001", "c"), ("document_002", "d")],
    columns=["source", "target"],
).assign(relation="cites", weight=1.0)
USED = pd.DataFrame(
    [("people", "net", "000"), ("people", "net", "000"), ("people", "net", "001"), ("state", "tv", "001")],
    columns=["source", "target", "document"],
)


def grid(matrix: pd.DataFrame, values: str) -> dict[tuple[str, str], object]:
    kept = matrix[matrix["cell"] != ""]
    return dict(zip(zip(kept["row"], kept["column"], strict=True), kept[values], strict=True))


def test_shared_sources_stand_beside_every_document_also_one_that_shares_none() -> None:
    shared = crossings.shared_by_document(CITED)
    assert set(shared["column"]) == {"entity.document_000", "entity.document_001", "entity.document_002"}
    assert set(grid(shared, "cell")) == {("entity.a", "entity.document_000"), ("entity.a", "entity.document_001")}
    assert crossings.shared_found(CITED).iloc[0][["n", "value", "documents", "case"]].tolist() == [4, 1, "002", "some"]
    assert crossings.shared_found(CITED, least=1)["case"].item() == "all"
    assert crossings.shared_by_document(CITED, least=3).empty


def test_lists_are_counted_by_document_and_by_pair() -> None:
    rows = crossings.sources_by_document(CITED, {"b", "d"})
    assert rows.to_numpy().tolist() == [["000", 2, 1, 1], ["001", 2, 1, 0], ["002", 1, 0, 1]]
    assert crossings.sources_of_pairs(CITED).to_numpy().tolist() == [["000", "001", 1]]


def test_statements_of_means_are_counted_by_document_and_by_user() -> None:
    by_document = crossings.means_by_document(USED)
    assert grid(by_document, "count")["entity.net", "entity.document_000"] == 2.0
    found = crossings.means_found(by_document).iloc[0]
    assert found[["entity", "value", "n", "case"]].tolist() == ["net", 2, 2, "most"]
    by_user = crossings.means_by_user(USED, ["people", "state"])
    assert grid(by_user, "count") == {("entity.net", "entity.people"): 3.0, ("entity.tv", "entity.state"): 1.0}
    assert crossings.users_found(by_user)["case"].item() == "tie"  # each uses one of two
    assert crossings.means_by_user(USED, []).empty
    assert crossings.users_found(crossings.means_by_user(USED, [])).empty


def test_types_are_crossed_by_distinct_ties_without_the_types_left_out() -> None:
    actors = pd.DataFrame({"actor_id": list("abcd"), "type": ["citizens", "state", "state", "document"]})
    ties = pd.DataFrame(
        [
            ("a", "b", "addresses"),
            ("a", "b", "follows"),
            ("a", "c", "addresses"),
            ("b", "c", "cites"),
            ("d", "a", "cites"),
        ],
        columns=["source", "target", "relation"],
    ).assign(weight=1.0)
    met = crossings.types_met(ties, actors, without=["document"])
    assert grid(met, "count") == {("type.citizens", "type.state"): 2.0, ("type.state", "type.state"): 1.0}
    found = crossings.types_found(met, least=2).iloc[0]
    assert found[["type", "other_type", "value", "n"]].tolist() == ["citizens", "state", 2, 2]
    assert crossings.types_found(met, least=3).empty


def test_the_first_is_named_and_equals_are_counted() -> None:
    blank = {"group": "", "period": "", "measure": "in_degree", "interval": "sensitivity", "level": None}
    rows = pd.DataFrame({"entity": ["a", "b"], "value": [5.0, 3.0], "low": [1.0, 3.0], "high": [5.0, 3.0]}).assign(
        **blank
    )
    found = crossings.attention_found(rows).iloc[0]
    assert found[["entity", "value", "least", "case"]].tolist() == ["a", 5, 1, "most"]
    tied = crossings.attention_found(rows.assign(value=5.0)).iloc[0]
    assert tied[["others", "case"]].tolist() == [2, "tie"]
    assert crossings.attention_found(rows.head(0)).empty
