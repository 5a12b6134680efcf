"""Documents, means and types crossed, and what titles say of them."""

from collections.abc import Callable

import pandas as pd
import pytest

from digital_diplomacy.errors import ArgumentError
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
    assert crossings.shared_found(CITED.head(3))["case"].item() == "all"  # both documents cite a
    assert crossings.shared_by_document(CITED, least=3).empty


@pytest.mark.parametrize("least", [1, 0])
@pytest.mark.parametrize("shared", [crossings.shared_by_document, crossings.shared_found])
def test_what_one_document_alone_cites_is_not_shared(shared: Callable[..., pd.DataFrame], least: int) -> None:
    with pytest.raises(ArgumentError, match=f"least is {least}, but what documents share at least 2 of them cite"):
        shared(CITED, least=least)


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


def test_nothing_crossed_is_nothing_found() -> None:
    assert crossings.shared_found(CITED.head(0)).empty
    assert crossings.means_found(crossings.means_by_document(USED.head(0))).empty
    assert crossings.attention_found(pd.DataFrame()).empty


def test_lists_are_plain_tables_whose_equals_stand_by_name() -> None:
    lists = crossings.sources_by_document(CITED.iloc[::-1], set()), crossings.sources_of_pairs(CITED)
    more = crossings.sources_by_document(pd.concat([CITED, CITED.assign(target="z").tail(1)]), set())
    assert more["document"].tolist() == ["000", "001", "002"]  # each has two now
    for frame in (*lists, more):
        assert frame.index.tolist() == list(range(len(frame)))


def test_of_means_in_as_many_documents_and_of_users_of_as_many_that_with_most_statements_is_named() -> None:
    said = [("a", "net", "000"), ("b", "tv", "000"), ("b", "tv", "000")]
    used = pd.DataFrame(said, columns=["source", "target", "document"])
    means = crossings.means_found(crossings.means_by_document(used))
    assert means.to_dict("records") == [{"entity": "tv", "value": 1, "n": 1, "others": 2, "case": "tie"}]
    users = crossings.users_found(crossings.means_by_user(used, ["a", "b"]))
    assert users.to_dict("records") == [{"entity": "b", "value": 1, "n": 2, "others": 2, "case": "tie"}]


@pytest.mark.parametrize(
    ("counts", "least", "found"),
    [
        ({"x y": 3, "x x": 7, "y x": 5, "y y": 15}, 10, ["x", "y", 3, 10]),  # 3 of 10 against 5 of 20
        ({"x y": 3, "x x": 7, "y x": 9}, 10, ["x", "y", 3, 10]),  # all of 9, but 9 are few
        ({"x y": 3, "x x": 7, "y x": 9}, 9, ["y", "x", 9, 9]),
        ({"x y": 5, "x x": 5, "y x": 10, "y y": 10}, 10, ["y", "x", 10, 20]),  # equal shares: that of more
        ({"x y": 5, "x x": 5, "a y": 5, "a a": 5}, 10, ["a", "y", 5, 10]),  # and then by name
    ],
)
def test_the_largest_share_between_types(counts: dict[str, float], least: int, found: list[object]) -> None:
    rows = [{"row": f"type.{pair[0]}", "column": f"type.{pair[2]}", "count": float(n)} for pair, n in counts.items()]
    assert crossings.types_found(pd.DataFrame(rows), least=least).to_numpy().tolist() == [found]


def test_a_type_is_told_of_from_ten_ties_on() -> None:
    ten = pd.DataFrame({"row": ["type.x"], "column": ["type.y"], "count": [10.0]})
    assert len(crossings.types_found(ten)) == 1
    assert crossings.types_found(ten.assign(count=9.0)).empty


def test_of_equals_the_first_by_name_is_told_with_its_own_least() -> None:
    rows = pd.DataFrame({"entity": ["b", "a", "c"], "value": [4.0, 4.0, 3.0], "low": [3.0, 2.0, 1.0]})
    assert crossings.attention_found(rows).to_numpy().tolist() == [["a", 4, 2, 2, "tie"]]
