"""What steps share: notes on cells, options of single indicators, blocks of rows, and refusals by name."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError, said
from digital_diplomacy.rankings.composite.steps import (
    blocks,
    by_code,
    cell_notes,
    centred,
    names,
    notes,
    refuse_constant,
    refuse_empty,
)

PANEL = pd.DataFrame(
    {"entity": ["K", "U", "K", "U"], "period": ["2021", "2021", "2020", "2020"], "a": [1.0, 1.0, 2.0, 3.0],
     "b": [np.nan, np.nan, 5.0, 5.0]}
)  # fmt: skip
COLUMNS = ["entity", "period", "code", "before", "after", "reason"]


def test_notes_on_cells_are_whole_rows() -> None:
    reason = np.array([["", "capped"], ["", ""], ["filled", ""], ["", ""]])
    before, after = np.arange(8.0).reshape(4, 2), -np.arange(8.0).reshape(4, 2)
    found = cell_notes(PANEL, ["a", "b"], before, after, reason)
    expected = [("K", "2021", "b", 1.0, -1.0, "capped"), ("K", "2020", "a", 4.0, -4.0, "filled")]
    pd.testing.assert_frame_equal(found, pd.DataFrame(expected, columns=COLUMNS))
    once = cell_notes(PANEL.drop(columns="period"), ["a", "b"], before, after, reason)
    assert once["period"].tolist() == ["", ""]


def test_notes_without_rows_have_their_columns_and_are_not_shared() -> None:
    for empty in (notes(), notes(pd.DataFrame({"entity": []}))):
        assert empty.columns.tolist() == COLUMNS
        assert len(empty) == 0
    changed = notes()
    changed["more"] = 1
    assert notes().columns.tolist() == COLUMNS
    filled = notes(pd.DataFrame({"entity": ["K"], "reason": ["why"]})).iloc[0]
    assert (filled["period"], filled["code"]) == ("", "")
    assert filled[["before", "after"]].isna().all()


def test_blocks_are_periods_in_order_or_everything() -> None:
    apart = [rows.tolist() for rows in blocks(PANEL, "period")]
    assert apart == [[2, 3], [0, 1]]
    assert [rows.tolist() for rows in blocks(PANEL, "panel")] == [[0, 1, 2, 3]]
    one = PANEL[PANEL["period"] == "2020"].reset_index(drop=True)
    for over in (None, "period", "panel"):
        assert [rows.tolist() for rows in blocks(one, over)] == [[0, 1]]
        assert [rows.tolist() for rows in blocks(one.drop(columns="period"), over)] == [[0, 1]]
    with pytest.raises(ValueError, match="several periods: say over='period'"):
        blocks(PANEL, None)
    with pytest.raises(ValueError, match="unknown over 'year'; allowed: period, panel"):
        blocks(one, "year")
    assert names(PANEL)[1:3] == ["U/2021", "K/2020"]
    assert names(PANEL[["entity"]])[:2] == ["K", "U"]


def test_indicators_without_values_or_spread_are_named_with_their_period_if_it_is_not_all() -> None:
    late, all_rows = np.array([0, 1]), np.arange(4)
    with pytest.raises(TableError, match="column 'b': every value is missing in period 2021; give values"):
        refuse_empty(PANEL, ["a", "b"], late)
    refuse_empty(PANEL, ["a", "b"], all_rows)
    with pytest.raises(TableError, match="column 'b': every value is missing; give values"):
        refuse_empty(PANEL.assign(b=np.nan), ["a", "b"], all_rows)
    with pytest.raises(TableError, match=r"column 'a' is 1 for every unit in period 2021; it needs a spread.*'goal"):
        refuse_constant(PANEL, ["a"], late, said("it"))
    with pytest.raises(TableError, match=r"column 'b' is 5 for every unit; it needs a spread: take .*, or else$"):
        refuse_constant(PANEL, ["a", "b"], all_rows, said("it"), also=", or else")
    refuse_constant(PANEL, ["a"], all_rows, said("it"))


def test_options_of_an_indicator_stand_over_those_of_the_step() -> None:
    found = by_code(["a", "b"], {"low": 0, "high": 1}, {"b": {"high": 9}})
    assert found == {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 9}}
    assert by_code(["a"], {"low": 0}, None) == {"a": {"low": 0}}
    with pytest.raises(ValueError, match="by_indicator names 'x', 'y', no indicator of the framework"):
        by_code(["a"], {"low": 0}, {"x": {}, "a": {}, "y": {}})
    with pytest.raises(ValueError, match="by_indicator, 'a': unknown option 'top', 'end'; allowed: low"):
        by_code(["a"], {"low": 0}, {"a": {"top": 1, "low": 1, "end": 1}})


def test_deviations_are_from_the_mean_of_what_is_there_even_of_large_numbers() -> None:
    assert centred(np.array([[1.0, 1e16], [np.nan, 1e16 + 2], [5.0, 1e16 + 4]])).tolist() == pytest.approx(
        np.array([[-2, -2], [np.nan, 0], [2, 2]]), nan_ok=True
    )  # fmt: skip
