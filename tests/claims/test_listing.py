"""Lists crossed and counted, worked by hand."""

import pandas as pd
import pytest

from digital_diplomacy import claims
from digital_diplomacy.errors import TableError

IDEAS = pd.DataFrame(
    [
        ("goal_b", "goals", "goal", 2, "000", "Free speech"),
        ("goal_a", "goals", "goal", 1, "000", "Find friends"),
        ("risk_a", "risks", "risk", 1, "001", "Leaks"),
        ("stage_a", "stages", "stage", 1, "000", "first"),
        ("stage_b", "stages", "stage", 2, None, None),
    ],
    columns=["item_id", "list_id", "item_kind", "position", "document", "as_printed"],
).assign(author=None, locator="somewhere")
PAIRS = pd.DataFrame(
    [
        ("x", "goal_a", "stage_b", "reading", None),
        ("x", "goal_b", "stage_a", "document", "000"),
        ("y", "goal_a", "entity.USA", "document", "000"),
    ],
    columns=["crosswalk", "left", "right", "basis", "document"],
)


def cells(matrix: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(matrix[["row", "column", "cell"]].itertuples(index=False, name=None))


def test_every_item_meets_every_other_in_the_order_of_the_lists() -> None:
    matrix = claims.crossing(IDEAS, PAIRS, "x")
    assert cells(matrix) == [
        ("item.goal_a", "item.stage_a", ""),
        ("item.goal_a", "item.stage_b", "reading"),
        ("item.goal_b", "item.stage_a", "document"),
        ("item.goal_b", "item.stage_b", ""),
    ]
    assert matrix["documents"].tolist() == ["", "", "000", ""]
    assert set(matrix["row_group"]) == {""}


def test_lists_without_a_meeting_are_shown_when_named_and_grouped() -> None:
    matrix = claims.crossing(IDEAS, PAIRS, "y", left=["risks", "goals"])
    assert matrix["row"].tolist() == ["item.risk_a", "item.goal_a", "item.goal_b"]
    assert matrix["row_group"].tolist() == ["list.risks", "list.goals", "list.goals"]
    assert matrix["cell"].tolist() == ["", "document", ""]


def test_a_whole_list_on_the_right_shows_items_nothing_meets() -> None:
    alone = PAIRS[PAIRS["right"] == "stage_a"]
    assert claims.crossing(IDEAS, alone, "x")["column"].unique().tolist() == ["item.stage_a"]
    whole = claims.crossing(IDEAS, alone, "x", right=["stages"])
    assert whole["column"].unique().tolist() == ["item.stage_a", "item.stage_b"]


def test_unknown_crosswalks_and_lists_are_refused_naming_the_known() -> None:
    with pytest.raises(ValueError, match="no crosswalk 'z'; there are x, y"):
        claims.crossing(IDEAS, PAIRS, "z")
    with pytest.raises(ValueError, match="no list hopes; there are goals, risks, stages"):
        claims.crossing(IDEAS, PAIRS, "x", left=["hopes"])


def test_a_pair_outside_the_lists_shown_is_refused_by_name() -> None:
    with pytest.raises(TableError, match="crosswalk x: goal_a, goal_b stands in none of the lists shown"):
        claims.crossing(IDEAS, PAIRS, "x", left=["risks"])


def test_meetings_are_counted_by_whose_word_they_rest_on() -> None:
    matrix = claims.crossing(IDEAS, PAIRS, "x", left=["goals", "risks"])
    row = claims.meetings(matrix).iloc[0].to_dict()
    assert row == {
        "rows_count": 3,
        "met_count": 2,
        "pairs_count": 2,
        "stated_count": 1,
        "read_count": 1,
        "case": "stated",
    }
    assert claims.meetings(matrix.replace("document", "reading"))["case"].tolist() == ["read"]
    both = claims.all_meetings({"f": matrix, "g": matrix})
    assert both["figure"].to_dict() == {0: "f", 1: "g"}


def test_examples_of_a_country_without_one_are_none() -> None:
    matrix = claims.crossing(IDEAS, PAIRS, "y")
    assert claims.examples_in(matrix, "USA").iloc[0].tolist() == ["USA", 2, 1, "some"]
    assert claims.examples_in(matrix, "KAZ").iloc[0].tolist() == ["KAZ", 2, 0, "none"]


def test_items_no_document_prints_are_not_counted_as_printed() -> None:
    matrix = claims.lists_by_document(IDEAS)
    assert matrix[["row", "column", "count"]].dropna().to_numpy().tolist() == [
        ["item_kind.goal", "entity.document_000", 2],
        ["item_kind.risk", "entity.document_001", 1],
        ["item_kind.stage", "entity.document_000", 1],
    ]
    assert len(matrix) == 6
    assert claims.count_lists(IDEAS).iloc[0].tolist() == [3, 4, 2]


def test_items_stand_in_the_order_of_documents_and_lists() -> None:
    assert claims.in_lists(IDEAS)["item_id"].tolist() == ["goal_a", "goal_b", "stage_a", "stage_b", "risk_a"]


def test_entries_that_differ_only_in_case_and_blanks_are_one() -> None:
    twice = pd.concat([IDEAS, IDEAS.head(1).assign(item_id="goal_c", position=3, as_printed="free  Speech")])
    row = claims.repeated(twice).iloc[0]
    assert row.tolist() == ["goals", "000", 3, 2, "free  Speech"]
    assert claims.repeated(IDEAS).empty


def test_one_entry_in_two_lists_is_not_repeated() -> None:
    assert claims.repeated(IDEAS.assign(as_printed="same").drop_duplicates("list_id")).empty


def test_several_crosswalks_are_crossed_together_and_none_is_refused() -> None:
    both = pd.concat([PAIRS[:2], PAIRS.iloc[[0]].assign(crosswalk="z", left="risk_a", right="stage_a")])
    matrix = claims.crossing(IDEAS, both, "x", "z", left=["goals", "risks"], right=["stages"])
    assert [row for row, _, cell in cells(matrix) if cell] == ["item.goal_a", "item.goal_b", "item.risk_a"]
    # Both goals and the one risk meet a stage.
    assert claims.meetings_by_list(matrix).iloc[0].to_dict() == {
        "goals_count": 2, "goals_met_count": 2, "risks_count": 1, "risks_met_count": 1,
    }  # fmt: skip
    with pytest.raises(ValueError, match="no crosswalk is named; there are x, y"):
        claims.crossing(IDEAS, PAIRS)


def test_kinds_that_several_documents_list_stand_first_under_their_own_head() -> None:
    shared = pd.concat([IDEAS, IDEAS.iloc[[0]].assign(item_id="risk_b", item_kind="risk", document="000")])
    matrix = claims.lists_by_document(shared)
    # Risks: one item each in 000 and 001; goals: two items, in 000 alone.
    assert matrix["row"].drop_duplicates().tolist()[:2] == ["item_kind.risk", "item_kind.goal"]
    assert matrix["row_group"].drop_duplicates().tolist() == ["notice.listed_by_several", "notice.listed_by_one"]
    assert claims.most_listed(matrix).iloc[0].tolist() == ["risk", 2, 2, "most"]
    assert claims.most_listed(claims.lists_by_document(IDEAS))["case"].tolist() == ["tie"]
    assert claims.most_listed(matrix[:0]).empty


def test_those_who_believe_and_doubt_stand_on_their_sides_and_debates_come_first() -> None:
    stances = pd.DataFrame(
        [
            ("riordan", "shows_opinion", "sceptic", "000"),
            ("fromm", "shows_opinion", "sceptic", "001"),
            ("fromm", "net_balances", "optimist", "001"),
            ("riordan", "net_balances", "sceptic", "000"),
        ],
        columns=["holder", "proposition", "stance", "document"],
    )
    told = claims.debates(stances, "en")
    assert told["proposition"].tolist() == ["net_balances", "shows_opinion"]
    assert told["sceptic"].tolist() == ["Shaun Riordan", "Shaun Riordan, Erich Fromm"]
    assert told["optimist"].isna().tolist() == [False, True]
    assert told["documents"].tolist() == ["000 001", "000 001"]


def test_bodies_stand_under_what_they_are_to_a_document() -> None:
    rows = pd.DataFrame(
        [("001", "iwep", "works_at"), ("003", "iei", "works_at"), ("003", "kazakhstan_today", "publishes")],
        columns=["document", "body", "role"],
    )
    told = claims.bodies(rows, "en").set_index("document")
    assert told.loc["003", ["works_at", "publishes"]].tolist() == [
        "Institute of Eurasian Integration",
        "Kazakhstan Today",
    ]
    assert told.loc["001"].isna().tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("met", "counts"),
    [
        (["document", "document", ""], [3, 2, 2, 2, 0, "stated"]),
        (["reading", "reading", ""], [3, 2, 2, 0, 2, "read"]),
        (["reading", "document", "reading"], [3, 3, 3, 1, 2, "stated"]),
        (["", "", ""], [3, 0, 0, 0, 0, "read"]),
    ],
)
def test_a_crossing_is_stated_where_a_document_puts_any_pair_together(met: list[str], counts: list[object]) -> None:
    found = claims.meetings(pd.DataFrame({"row": ["a", "b", "c"], "column": "x", "cell": met}))
    assert found.iloc[0].tolist() == counts
