"""The pipeline as data: order, refusals, rerunning, and where values and weights come from."""

import json

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.pipeline import STEPS, default_steps, load_steps, origin, resolve, run

TREE = pd.DataFrame(
    {
        "code": ["a", "b", "index"],
        "parent": ["index", "index", ""],
        "direction": [1, -1, 1],
        "weight": [3.0, 1.0, 1.0],
        "denominator": ["people", "", ""],
        "source": ["survey", "register", ""],
        "reason": ["counts thrice", "", ""],
    }
)
VALUES = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB", "KGZ", "TJK", "TKM", "AFG"],
        "a": [40.0, 30.0, np.nan, 10.0, 20.0, np.nan],
        "b": [5.0, 3.0, 1.0, 4.0, 2.0, np.nan],
        "people": [10.0, 10.0, 10.0, 10.0, 10.0, 10.0],
    }
)
STEPS_BY_HAND = [
    {"step": "denominate"},
    {"step": "screen", "available": 0.5},
    {"step": "impute", "method": "mean"},
    {"step": "treat", "method": "none", "reason": "no outliers"},
    {"step": "normalise", "high": 100},
    {"step": "weigh", "method": "none", "reason": "weights of the framework"},
    {"step": "aggregate"},
]


def test_index_by_hand():
    scores = run(VALUES, TREE, STEPS_BY_HAND).scores.set_index("entity")
    # a / 10: 4, 3, missing, 1, 2; the mean of four is 2.5; min-max over 1 to 4: 100, 66.7, 50, 0, 33.3.
    # b turned around over 1 to 5: 0, 50, 100, 25, 75. Weights 3 to 1.
    expected = {"KAZ": 75.0, "UZB": 62.5, "KGZ": 62.5, "TJK": 6.25, "TKM": 43.75}
    assert scores["index"].to_dict() == pytest.approx(expected)
    assert list(scores) == ["a", "b", "index"]


def test_order_of_rows_does_not_matter():
    index = run(VALUES, TREE, default_steps()).scores
    shuffled = run(VALUES.iloc[::-1], TREE, default_steps()).scores
    together = shuffled.merge(index, on="entity", validate="one_to_one")
    assert together["index_x"].to_numpy() == pytest.approx(together["index_y"].to_numpy())


def test_result_can_be_made_again_from_what_it_stores():
    first = run(VALUES, TREE, STEPS_BY_HAND)
    stored = json.loads(json.dumps(first.steps))
    again = run(first.stages[0].values, first.stages[0].framework, stored)
    pd.testing.assert_frame_equal(first.scores, again.scores)
    assert again.steps == first.steps
    assert first.steps[1] == {
        "step": "screen", "method": "available", "available": 0.5, "nonzero": 0.05, "keep": None, "remove": None
    }  # fmt: skip


def test_notes_name_their_step():
    notes = run(VALUES, TREE, STEPS_BY_HAND).notes
    assert notes[["number", "step", "entity", "code"]].to_numpy().tolist() == [
        [2, "screen", "AFG", ""],
        [3, "impute", "KGZ", "a"],
    ]


def test_origin_of_an_imputed_value_and_its_weight():
    found = origin(run(VALUES, TREE, STEPS_BY_HAND), "KGZ", "a")
    values = found[found["quantity"] == "value"]
    assert values["step"].tolist() == ["given", "impute", "normalise"]
    assert values["reason"].tolist()[:2] == ["survey", "mean"]
    assert values["after"].tolist()[1:] == pytest.approx([2.5, 50.0])
    weights = found[found["quantity"] == "weight"]
    assert weights[["step", "after", "reason"]].to_numpy().tolist() == [["given", 3.0, "counts thrice"]]


def test_origin_of_an_aggregate_leads_to_what_it_is_made_of():
    found = origin(run(VALUES, TREE, STEPS_BY_HAND), "KAZ", "index")
    assert list(dict.fromkeys(found["code"])) == ["index", "a", "b"]
    made = found[(found["code"] == "index") & (found["quantity"] == "value")]
    assert made[["step", "after"]].to_numpy().tolist() == [["aggregate", 75.0]]
    assert made["reason"].str.contains('method "arithmetic"').all()


def test_origin_of_a_unit_that_was_removed_says_why():
    found = origin(run(VALUES, TREE, STEPS_BY_HAND), "AFG", "b")
    assert found.loc[found["step"] == "screen", "reason"].tolist() == [
        "removed: 0.000 of the indicators, below 0.500"
    ]  # fmt: skip


def test_weights_made_by_a_step_are_traced():
    steps = [*STEPS_BY_HAND[:5], {"step": "weigh", "method": "equal"}, STEPS_BY_HAND[6]]
    found = origin(run(VALUES, TREE, steps), "KAZ", "a")
    changed = found[(found["quantity"] == "weight") & (found["step"] == "weigh")]
    assert changed["before"].tolist() == [3.0]
    assert changed["reason"].ne("").all()


def test_panel_runs_and_origin_asks_for_the_period():
    panel = pd.concat(
        [VALUES.assign(period=year, a=VALUES["a"] + number) for number, year in enumerate(["2020", "2021"])]
    )
    steps = [
        STEPS_BY_HAND[0],
        STEPS_BY_HAND[1],
        {"step": "impute", "method": "latest"},
        {"step": "impute", "method": "mean", "over": "period"},
        STEPS_BY_HAND[3],
        {"step": "normalise", "over": "panel"},
        *STEPS_BY_HAND[5:],
    ]
    index = run(panel, TREE, steps)
    assert list(index.scores)[:2] == ["entity", "period"]
    assert len(index.scores) == 10
    assert len(origin(index, "KGZ", "a", period="2021"))
    with pytest.raises(ValueError, match="periods are to be said"):
        origin(index, "KGZ", "a")


@pytest.mark.parametrize("name", list(STEPS))
def test_a_step_left_out_is_refused(name):
    with pytest.raises(ValueError, match=f"'{name}' not declared"):
        resolve([step for step in STEPS_BY_HAND if step["step"] != name])


def changed(position: int, **step: object) -> list[dict[str, object]]:
    return [*STEPS_BY_HAND[:position], step, *STEPS_BY_HAND[position + 1 :]]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (changed(0, step="denominte"), "step 1: unknown step 'denominte'; allowed: denominate"),
        (changed(0, method="none"), "step 1 has no name"),
        (changed(1, step="screen", availble=0.5), r"step 2 \(screen\): unknown argument 'availble'"),
        (changed(3, step="treat", method="none"), r"step 4 \(treat\): method = 'none' skips it; say why"),
        (changed(3, step="treat", method="none", reason="x", winmax=3), "takes a reason only; found 'winmax'"),
        (changed(6, step="aggregate", method="none", reason="x"), "without it there is no index"),
        (changed(5, step="weigh"), r"step 6 \(weigh\): argument 'method' is required"),
        ([STEPS_BY_HAND[1], STEPS_BY_HAND[0], *STEPS_BY_HAND[2:]], "'denominate' stands after 'screen'"),
        (changed(1, step="screen", available=float("nan")), "arguments must be text, numbers"),
    ],
)
def test_steps_that_cannot_be_run_are_refused(steps, message):
    with pytest.raises(ValueError, match=message):
        resolve(steps)


def test_refusal_of_a_step_names_the_step():
    with pytest.raises(TableError, match=r"step 5 \(normalise\): values, column 'b' is 1 for every unit"):
        run(VALUES.assign(b=1.0), TREE, STEPS_BY_HAND)
    with pytest.raises(ValueError, match=r"step 3 \(impute\): unknown method 'zero'"):
        run(VALUES, TREE, changed(2, step="impute", method="zero"))


def test_negative_values_under_a_geometric_mean_are_refused():
    steps = [*changed(4, step="normalise", method="z_score")[:6], {"step": "aggregate", "method": "geometric"}]
    with pytest.raises(TableError, match=r"step 7 \(aggregate\): aggregate 'index'"):
        run(VALUES, TREE, steps)


def test_skipping_normalisation_still_turns_indicators_around():
    scores = run(VALUES, TREE, changed(4, step="normalise", method="none", reason="same unit")).scores
    assert scores.set_index("entity").loc["KAZ", "b"] == -5.0


def test_steps_from_toml():
    text = "\n".join(
        "[[steps]]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in step.items())
        for step in STEPS_BY_HAND
    )
    assert load_steps(text) == STEPS_BY_HAND


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps = ", "no TOML"),
        ("[[steps]]\nstep = 'screen'\n[other]", r"one table \[\[steps\]\].*found 'other'"),
        ("steps = 3", r"one table \[\[steps\]\]"),
        ("[[steps]]\nstep = 'screen'", "'denominate', 'impute'"),
    ],
)
def test_toml_that_is_no_pipeline_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        load_steps(text)


@pytest.mark.parametrize(("entity", "code"), [("XYZ", "a"), ("KAZ", "z")])
def test_origin_of_the_unknown_is_refused(entity, code):
    with pytest.raises(ValueError, match="is no"):
        origin(run(VALUES, TREE, STEPS_BY_HAND), entity, code)


def test_arguments_are_not_changed():
    values, tree = VALUES.copy(), TREE.copy()
    run(VALUES, TREE, default_steps())
    pd.testing.assert_frame_equal(VALUES, values)
    pd.testing.assert_frame_equal(TREE, tree)
