import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.correlations import (
    correlation_p_values,
    correlations,
    flagged,
    parent_correlations,
    sibling_correlations,
)
from digital_diplomacy.rankings.diagnostics import (
    alpha,
    cronbach_alpha,
    principal_components,
    rank_changes,
    scores_and_ranks,
    statistics,
    strengths,
    without_elements,
)

TREE = pd.DataFrame(
    {
        "code": ["a", "b", "c", "d", "left", "right", "index"],
        "parent": ["left", "left", "right", "right", "index", "index", ""],
    }
)
TABLE = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB", "KGZ", "TJK"],
        "a": [1.0, 2.0, 3.0, 4.0],
        "b": [2.0, 1.0, 4.0, 3.0],
        "c": [4.0, 3.0, 2.0, 1.0],
        "d": [1.0, 1.0, 2.0, np.nan],
        "left": [1.5, 1.5, 3.5, 3.5],
        "right": [2.5, 2.0, 2.0, 1.0],
        "index": [2.0, 1.75, 2.75, 2.25],
    }
)


def test_statistics_of_1_2_2_and_a_missing_value() -> None:
    table = pd.DataFrame({"entity": list("wxyz"), "a": [0.0, 2.0, 2.0, np.nan]})
    found = statistics(table, ["a"]).set_index("measure")["value"]
    # mean 4/3, deviations -4/3 2/3 2/3: variance (16 + 4 + 4) / 9 / 2 = 4/3
    assert found["indicator_mean"] == pytest.approx(4 / 3)
    assert found["indicator_deviation"] == pytest.approx((4 / 3) ** 0.5)
    # m3 = (-64 + 8 + 8) / 27 / 3, m2 = 24 / 9 / 3; g1 = m3 / m2^1.5 = -.70711; G1 = g1 sqrt(6) / 1
    assert found["indicator_skewness"] == pytest.approx(-(0.5**0.5) * 6**0.5)
    assert np.isnan(found["indicator_kurtosis"])
    assert found["indicator_available"] == 0.75
    assert found[["indicator_nonzero", "indicator_unique", "indicator_most_frequent"]].tolist() == [2 / 3, 2 / 3, 2 / 3]


def test_statistics_of_constant_and_empty_indicators_are_missing_not_wrong() -> None:
    found = statistics(pd.DataFrame({"a": [5.0, 5.0], "b": [np.nan, np.nan]}), ["a", "b"]).set_index(
        ["entity", "measure"]
    )["value"]
    assert found["a", "indicator_deviation"] == 0
    assert np.isnan(found["a", "indicator_skewness"])
    assert np.isnan(found["b", "indicator_mean"])
    assert found["b", "indicator_available"] == 0


def test_alpha_by_hand() -> None:
    # variances 1 and 1, covariance .5: 2 (1 - 2 / 3) = 2/3
    assert alpha(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])) == pytest.approx(2 / 3)
    assert np.isnan(alpha(np.array([[1.0], [2.0]])))
    # x and 1 - x: their sum does not vary, but for the last binary digit of what arithmetic makes of it
    x = np.array([0.0, 1 / 3, 2 / 3, 1.0])
    assert np.isnan(alpha(np.column_stack([100 * x, 100 - 100 * x + 1e-14])))


def test_alpha_stands_for_every_level_under_an_aggregate() -> None:
    found = cronbach_alpha(TABLE, TREE)
    keys = list(zip(found["entity"], found["group"], found["n"], strict=True))
    assert keys == [("left", "level_1", 2), ("right", "level_1", 2), ("index", "level_1", 4), ("index", "level_2", 2)]
    # left: variances 5/3, covariance of 1 2 3 4 and 2 1 4 3 is (.75 + .75 + .75 + .75) / 3 = 1: 2 (1 - 10/3 / 16/3)
    assert found["value"].iloc[0] == pytest.approx(0.75)


def test_correlations_take_the_units_that_have_both() -> None:
    found = correlations(TABLE, ["a", "c", "d"]).set_index(["left", "right"])
    assert found.loc[("a", "c"), "value"] == -1
    # a 1 2 3 and d 1 1 2: covariance .5, deviations 1 and 1/3^.5
    assert found.loc[("a", "d"), "value"] == pytest.approx(0.5 * 3**0.5)
    assert found["n"].to_dict() == {("a", "c"): 4, ("a", "d"): 3, ("c", "d"): 3}


def test_what_is_constant_but_for_binary_noise_goes_with_nothing() -> None:
    noise = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [50.0, 50 + 1e-14, 50 - 1e-14, 50]})
    for method in ("pearson", "spearman", "kendall"):
        assert correlations(noise, ["a", "b"], method=method)["value"].isna().all()


def test_spearman_and_kendall_of_one_swap() -> None:
    # 1 2 3 4 against 2 1 4 3: rho 1 - 6 x 4 / 60, tau (4 - 2) / 6
    assert correlations(TABLE, ["a", "b"], method="spearman")["value"].tolist() == pytest.approx([0.6])
    assert correlations(TABLE, ["a", "b"], method="kendall")["value"].tolist() == pytest.approx([1 / 3])


def test_correlation_of_a_constant_is_missing() -> None:
    assert correlations(TABLE.assign(b=1.0), ["a", "b"])["value"].isna().all()


def test_p_value_of_a_correlation_of_a_half() -> None:
    # r = .6 of 4 units: t = .6 sqrt(2 / .64) = 1.06066; with 2 degrees p = 1 - t / sqrt(t^2 + 2) = .4
    assert correlation_p_values(correlations(TABLE, ["a", "b"]))["value"].tolist() == pytest.approx([0.4])


def test_parents_and_siblings_come_from_the_framework() -> None:
    parents = parent_correlations(TABLE, TREE)
    assert list(zip(parents["left"], parents["right"], strict=True))[:2] == [("a", "left"), ("b", "left")]
    above = parent_correlations(TABLE, TREE, ancestors=True)
    assert ("a", "index") in set(zip(above["left"], above["right"], strict=True))
    pairs = sibling_correlations(TABLE, TREE)
    assert list(zip(pairs["left"], pairs["right"], strict=True)) == [("a", "b"), ("c", "d"), ("left", "right")]


def test_flags_name_pairs_that_cancel_out_or_repeat_each_other() -> None:
    pairs = correlations(TABLE, ["a", "b", "c"])
    assert flagged(pairs, low=-0.9)[["left", "right"]].to_numpy().tolist() == [["a", "c"]]
    assert flagged(pairs, high=0.5)[["left", "right"]].to_numpy().tolist() == [["a", "b"]]
    assert flagged(pairs).empty


def test_components_of_two_indicators_explain_half_of_one_plus_r() -> None:
    found = principal_components(TABLE, TREE, "left").set_index(["measure", "group", "entity"])["value"]
    # r = .6
    assert found["component_variance"].tolist() == pytest.approx([0.8, 0.2])
    assert found["component_loading", "component_1"].tolist() == pytest.approx([0.5**0.5] * 2)


def test_ranks_count_within_periods_and_groups() -> None:
    table = TABLE.assign(period="2020", region=["n", "s", "s", "n"])
    found = scores_and_ranks(table, ["index"], within="region").set_index(["measure", "entity"])
    assert found.loc["index_rank"]["value"].to_dict() == {"KAZ": 2, "UZB": 2, "KGZ": 1, "TJK": 1}
    assert set(found.loc["index_rank"]["n"]) == {2}


def test_ties_follow_the_rule_named() -> None:
    for rule, wanted in {"min": [3, 3, 1, 1], "max": [4, 4, 2, 2], "average": [3.5, 3.5, 1.5, 1.5]}.items():
        found = scores_and_ranks(TABLE, ["left"], ties=rule)
        assert found.loc[found["measure"] == "index_rank", "value"].tolist() == wanted


def test_strengths_turn_indicators_of_which_less_is_better() -> None:
    tree = TREE.assign(direction=[-1, 1, 1, 1, 1, 1, 1])
    found = strengths(TABLE, tree, "KAZ", count=2)
    assert found[["entity", "group", "value"]].to_numpy().tolist() == [
        ["a", "strength", 1],
        ["c", "strength", 1],
        ["d", "weakness", 2],
        ["b", "weakness", 3],
    ]


def test_last_places_and_indicators_of_few_values_can_be_passed_over() -> None:
    # a is a last place; d has two values among three
    found = strengths(TABLE, TREE, "KAZ", count=1, last=False)
    assert found["entity"].tolist() == ["c", "b"]
    assert "d" not in strengths(TABLE, TREE, "KAZ", count=4, unique_share=0.7)["entity"].tolist()


def test_leaving_out_an_element_shares_its_weight_over_its_siblings() -> None:
    table = TABLE[["entity", "a", "b", "c", "d"]]
    found = without_elements(table, TREE)
    # without b: left is a, 1; right 2.5
    assert found.loc[0, ["nominal", "b"]].tolist() == [2.0, 1.75]
    assert without_elements(table, TREE, level=1).loc[0, ["left", "right"]].tolist() == [2.5, 1.5]


def test_a_pillar_of_one_indicator_goes_with_it() -> None:
    tree = TREE[TREE["code"] != "b"]
    assert without_elements(TABLE, tree).loc[0, "a"] == 2.5


def test_mean_change_of_rank_counts_places() -> None:
    scores = pd.DataFrame({"entity": ["u", "v", "w"], "nominal": [3.0, 2.0, 1.0], "a": [1.0, 2.0, 3.0]})
    # u from 1 to 3, w from 3 to 1
    assert rank_changes(scores)["value"].tolist() == pytest.approx([4 / 3])


def test_every_code_has_a_label() -> None:
    frames = [
        statistics(TABLE, ["a"]),
        cronbach_alpha(TABLE, TREE),
        principal_components(TABLE, TREE, "left"),
        scores_and_ranks(TABLE, ["a"]).assign(group=""),
        strengths(TABLE, TREE, "KAZ", count=1),
        rank_changes(TABLE[["entity", "a"]].assign(nominal=TABLE["b"])),
        correlations(TABLE, ["a", "b"]),
        correlation_p_values(correlations(TABLE, ["a", "b"])),
    ]
    for frame in frames:
        for column in ("measure", "unit", "group"):
            for code in set(frame[column]) if column in frame else ():
                assert not code or labels.text(f"{column}.{code}", "kk")


def test_senseless_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown correlation 'cosine'"):
        correlations(TABLE, ["a", "b"], method="cosine")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no column 'z'"):
        correlations(TABLE, ["a", "z"])
    with pytest.raises(ValueError, match="method='pearson'"):
        correlation_p_values(correlations(TABLE, ["a", "b"], method="kendall"))
    with pytest.raises(ValueError, match="'RUS' has 0 rows"):
        strengths(TABLE, TREE, "RUS")
    with pytest.raises(ValueError, match="parent is 'a'"):
        principal_components(TABLE, TREE, "a")
    with pytest.raises(TableError, match="3 units have all children, or one child is constant"):
        principal_components(TABLE.assign(c=1.0), TREE, "right")
    with pytest.raises(ValueError, match="level is 7"):
        without_elements(TABLE, TREE, level=7)
