"""An index laid open: its normalised cells, its parts with their means, and the ranking that follows."""

import json

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import rankings

TREE = pd.DataFrame(
    {
        "code": ["a", "b", "c", "left", "index"],
        "parent": ["left", "left", "index", "index", ""],
        "direction": [1, -1, 1, 1, 1],
        "weight": [1.0, 3.0, 1.0, 2.0, 1.0],
    }
)
TABLE = pd.DataFrame(
    {"entity": list("KLMN"), "a": [0.0, 1, 2, 4], "b": [10.0, 20, 30, np.nan], "c": [1.0, 2, np.nan, 5]}
)


def steps(method: object, *, impute: str = "none", **making: object) -> list[dict[str, object]]:
    """Everything from 0 to 1 and nothing else done to it."""
    skipped = [
        {"step": step, "method": "none", "reason": "as it is"} for step in ("denominate", "screen", "treat", "weigh")
    ]
    filling = {"step": "impute", "method": impute, **({"reason": "gaps stay"} if impute == "none" else {})}
    normalising = {"step": "normalise", "method": "min_max"}
    denominate, screen, treat, weigh = skipped
    return [denominate, screen, filling, treat, normalising, weigh, {"step": "aggregate", "method": method, **making}]


def test_cells_are_normalised_and_say_what_nobody_observed() -> None:
    cells, _, _ = rankings.reweighable(rankings.run(TABLE, TREE, steps("arithmetic", impute="median")))
    own = cells[cells["entity"] == "N"].set_index("code")
    # b of N is the median 20 of 10, 20 and 30; less is better: (30 - 20) / (30 - 10) = 0.5.
    assert own.loc["b", ["value", "kind"]].tolist() == [0.5, "imputed"]
    assert own.loc["a", ["value", "kind"]].tolist() == [1.0, "observed"]
    open_cells, _, _ = rankings.reweighable(rankings.run(TABLE, TREE, steps("arithmetic")))
    assert open_cells.loc[open_cells["kind"] == "missing", ["entity", "code"]].to_numpy().tolist() == [
        ["M", "c"],
        ["N", "b"],
    ]


def test_parts_have_the_means_of_their_levels_and_the_directions_given() -> None:
    method = ["arithmetic", {"name": "generalised", "power": 0.5}]
    _, parts, _ = rankings.reweighable(rankings.run(TABLE, TREE, steps(method, threshold=[0.5, 1.0])))
    by_code = parts.set_index("code")
    assert by_code["direction"].tolist() == [1, -1, 1, 1, 1]
    assert by_code.loc[["left", "index"], "level"].tolist() == [1, 2]
    assert [json.loads(text) for text in by_code.loc[["left", "index"], "method"]] == [
        {"name": "arithmetic"},
        method[1],
    ]
    assert by_code.loc[["left", "index"], "threshold"].tolist() == [0.5, 1.0]


def test_weights_are_those_the_index_was_made_with() -> None:
    declared = steps("arithmetic")
    declared[5] = {"step": "weigh", "method": "equal"}
    _, parts, _ = rankings.reweighable(rankings.run(TABLE, TREE, declared))
    assert parts.set_index("code").loc[["a", "b", "c", "left"], "weight"].tolist() == [0.5, 0.5, 0.5, 0.5]


def test_weights_that_a_mean_finds_itself_cannot_be_moved() -> None:
    made = rankings.run(TABLE, TREE, steps(["benefit_of_doubt", "arithmetic"]))
    assert rankings.fixed_because(made) == "own_weights"
    with pytest.raises(ValueError, match="own_weights"):
        rankings.reweighable(made)


@pytest.mark.parametrize(("periods", "pooled", "why"), [(2, True, "pooled"), (2, False, ""), (1, True, "")])
def test_units_compared_over_periods_cannot_be_weighed_in_one(periods: int, pooled: bool, why: str) -> None:
    panel = pd.concat([TABLE.assign(period=str(2020 + number)) for number in range(periods)])
    declared = steps("copeland", pooled=pooled)
    declared[4] = {"step": "normalise", "method": "min_max", "over": "panel"}
    made = rankings.run(panel, TREE, declared)
    assert rankings.fixed_because(made) == why
