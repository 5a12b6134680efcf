"""The framework of an index: what it accepts, its tree, and refusals that name row, column and cure."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.framework import check_framework, check_values, hierarchy, replace_columns


def tree(*pairs: tuple[str, str], **columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame({"code": [code for code, _ in pairs], "parent": [parent for _, parent in pairs]})
    return frame.assign(**columns)


THREE_LEVELS = tree(("a", "p"), ("b", "p"), ("c", "q"), ("p", "index"), ("q", "index"), ("index", ""))


def test_columns_left_out_hold_an_unweighted_index_of_more_is_better():
    checked = check_framework(tree(("a", "index"), ("index", "")))
    assert checked["weight"].tolist() == [1.0, 1.0]
    assert checked["direction"].tolist() == [1, 1]
    assert checked[["target", "goalpost_low", "goalpost_high"]].isna().all().all()


def test_tree_has_children_before_parents_and_the_index_last():
    shape = hierarchy(check_framework(THREE_LEVELS))
    assert shape.indicators == ("a", "b", "c")
    assert shape.aggregates == ("p", "q", "index")
    assert shape.index == "index"
    assert shape.levels == 2
    assert shape.below("index") == ("a", "b", "c")
    assert shape.below("q") == ("c",)


def test_indicator_may_hang_beside_aggregates():
    shape = hierarchy(check_framework(tree(("a", "p"), ("b", "index"), ("p", "index"), ("index", ""))))
    assert shape.height == {"a": 0, "b": 0, "p": 1, "index": 2}


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (tree(("a", "index"), ("a", "index"), ("index", "")), "'a'.*unique key"),
        (tree(("a", "b"), ("b", "a"), ("c", "index"), ("index", "")), "cycle among the parents of 'a', 'b'"),
        (tree(("a", "pillar"), ("index", "")), "parent 'pillar' of 'a' is no code"),
        (tree(("a", ""), ("index", "")), "found 'a', 'index'"),
        (tree(("a", "index"), ("b", "index"), ("index", ""), weight=[0, 0, 1]), "every weight below 'index' is 0"),
        (tree(("a", "index"), ("index", ""), weight=[-1, 1]), "weight"),
        (tree(("a", "index"), ("index", ""), weight=[np.inf, 1]), "weight is finite"),
        (tree(("a", "index"), ("index", ""), direction=[2, 1]), "direction"),
        (tree(("a", "index"), ("index", ""), goalpost_low=[5, None], goalpost_high=[5, None]), "is not below "),
        (tree(("index", "")), "'index' has no indicators"),
    ],
)
def test_broken_frameworks_are_refused(frame, message):
    with pytest.raises(TableError, match=message):
        check_framework(frame)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("weight", -1.0, "weight"),
        ("weight", np.inf, "weight is finite"),
        ("parent", "nowhere", "parent 'nowhere' of 'a'"),
        ("parent", "", "one code has no parent"),
        ("code", "b", "unique key"),
        ("code", "entity", "names units"),
        ("direction", 3, "direction"),
        ("goalpost_low", 2.0, "goalpost_low is not below goalpost_high"),
    ],
)
def test_a_framework_changed_since_it_was_found_right_is_looked_through_again(column, cell, message):
    checked = check_framework(THREE_LEVELS.assign(goalpost_low=0.0, goalpost_high=1.0))
    assert check_framework(checked).equals(checked)
    checked.loc[0, column] = cell
    with pytest.raises(TableError, match=message):
        check_framework(checked)


def test_a_tree_is_that_of_the_codes_as_they_now_stand():
    checked = check_framework(THREE_LEVELS)
    assert hierarchy(checked).below("q") == ("c",)
    checked.loc[1, "parent"] = "q"
    assert hierarchy(check_framework(checked)).below("q") == ("b", "c")
    assert hierarchy(check_framework(THREE_LEVELS)).below("q") == ("c",)


def test_weight_of_zero_beside_another_is_allowed():
    frame = tree(("a", "index"), ("b", "index"), ("index", ""), weight=[0, 1, 1])
    assert check_framework(frame)["weight"].tolist() == [0.0, 1.0, 1.0]


FLAT = check_framework(tree(("a", "index"), ("index", "")))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"entity": ["KAZ"]}), "no column 'a'"),
        (pd.DataFrame({"entity": ["KAZ", "KAZ"], "a": [1, 2]}), "KAZ given more than once"),
        (pd.DataFrame({"entity": ["KAZ"], "a": [np.inf]}), "column 'a': KAZ: inf is no finite number"),
        (pd.DataFrame({"entity": ["KAZ"], "a": ["n/a"]}), "column 'a': KAZ: 'n/a' is no finite number"),
        (pd.DataFrame({"entity": [], "a": []}), "no rows"),
    ],
)
def test_broken_values_are_refused(frame, message):
    with pytest.raises(TableError, match=message):
        check_values(frame, FLAT)


def test_same_unit_may_come_in_several_periods():
    frame = pd.DataFrame({"entity": ["KAZ", "KAZ"], "period": [2020, 2021], "a": [1, 2]})
    assert check_values(frame, FLAT)["period"].tolist() == ["2020", "2021"]


def test_replaced_columns_keep_their_place():
    frame = pd.DataFrame({"entity": ["KAZ"], "a": [1.0], "b": [2.0]})
    changed = replace_columns(frame, {"a": [5.0], "new": [7.0]})
    assert list(changed) == ["entity", "a", "b", "new"]
    assert changed.loc[0, ["a", "new"]].tolist() == [5.0, 7.0]


@pytest.mark.parametrize("code", ["entity", "period"])
def test_a_code_that_names_units_is_refused(code: str) -> None:
    named = pd.DataFrame({"code": ["a", code], "parent": [code, ""]})
    with pytest.raises(TableError, match=f"'{code}' names units"):
        check_framework(named)


def test_a_direction_between_the_two_is_not_cut_to_one() -> None:
    bent = pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""], "direction": [1.5, 1.0]})
    with pytest.raises(TableError, match="'a' has neither 1 nor -1"):
        check_framework(bent)


@pytest.mark.parametrize("column", ["entity", "period"])
def test_a_row_that_does_not_say_what_it_is_of_is_refused(column: str) -> None:
    checked = check_framework(pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""]}))
    table = pd.DataFrame({"entity": ["K", "U"], "period": ["2020", "2020"], "a": [1.0, 2.0]})
    with pytest.raises(TableError, match=f"row 2: column '{column}' is empty"):
        check_values(table.assign(**{column: ["K", None]}), checked)


def test_a_column_given_twice_is_refused() -> None:
    checked = check_framework(pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""]}))
    table = pd.DataFrame([["K", 1.0, 2.0]], columns=["entity", "a", "a"])
    with pytest.raises(TableError, match="column 'a' given more than once"):
        check_values(table, checked)


def test_names_of_columns_count_in_any_case_and_empty_cells_hold_what_columns_left_out_hold() -> None:
    frame = pd.DataFrame(
        {"Code": ["a", "index"], "PARENT": ["index", ""], "Direction": [-1, None], "weight": ["2", " "]}
    )
    checked = check_framework(frame)
    assert checked["direction"].tolist() == [-1, 1]
    assert checked["weight"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"code": ["a"], "weight": [1]}), r"no column `parent`; there are code, weight"),
        (
            tree(("a", "index"), ("index", ""), weight=["0,6", "1"]),
            r"column `weight`: a: '0,6' is no number; write it as in 0\.6",
        ),
        (
            tree(("a", "index"), ("index", ""), direction=["up", 1]),
            r"column `direction`: a: 'up' is no number; write 1 if more",
        ),
        (
            tree(("a", "index"), ("index", ""), goalpost_low=["low", None]),
            r"column `goalpost_low`: a: 'low' is no number",
        ),
        (tree(("a", "index"), ("index", ""), Weight=[1, 1], WEIGHT=[1, 1]), r"several columns are called 'weight'"),
        (
            tree(("a", "index"), ("index", ""), colour=["red", ""]),
            r"column `colour` has no meaning; known are code, name",
        ),
    ],
)
def test_a_table_of_a_users_own_is_refused_in_its_words(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(TableError, match=message) as refusal:
        check_framework(frame)
    assert "breaks" not in str(refusal.value)
