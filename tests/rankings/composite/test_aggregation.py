from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite import means
from digital_diplomacy.rankings.composite.aggregation import (
    aggregate,
    aggregate_levels,
    codes_of,
    index_weights,
    methods_by_aggregate,
    weights_of,
)
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.methods import METHODS, method_of
from digital_diplomacy.rankings.places import ranks
from digital_diplomacy.rankings.robustness.ranges import rounded_ranks

TREE = pd.DataFrame(
    {
        "code": ["a", "b", "c", "d", "left", "right", "index"],
        "parent": ["left", "left", "right", "right", "index", "index", ""],
        "weight": [1.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0],
    }
)
TABLE = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB", "KGZ"],
        "a": [4.0, 1.0, 2.0],
        "b": [1.0, 4.0, 2.0],
        "c": [2.0, 8.0, 3.0],
        "d": [8.0, 2.0, 3.0],
    }
)
FLAT = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index"] * 3 + [""]})


def flat(*rows: list[float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["a", "b", "c"]).assign(entity=[f"u{k + 1}" for k in range(len(rows))])


def made_of(table: pd.DataFrame, tree: pd.DataFrame = FLAT, **options: object) -> pd.DataFrame:
    return aggregate(table, tree, **options).values  # type: ignore[arg-type]  # noqa: PD011 -- the attribute of a step


def index_of(table: pd.DataFrame, tree: pd.DataFrame = FLAT, **options: object) -> list[float]:
    return made_of(table, tree, **options)["index"].tolist()


def score(spec: object, *values: float, weights: list[float] | None = None) -> float:
    given_weights = np.ones(len(values)) if weights is None else np.array(weights)
    return float(method_of(spec).combine(np.array([values]), given_weights)[0])  # type: ignore[arg-type]


def test_weights_count_within_their_parent() -> None:
    # left (1 x 4 + 3 x 1) / 4 = 1.75, right (2 + 8) / 2 = 5, index (2 x 1.75 + 5) / 3 = 8.5 / 3
    made = made_of(TABLE, TREE).iloc[0]
    assert made[["left", "right"]].tolist() == [1.75, 5.0]
    assert made["index"] == pytest.approx(8.5 / 3)


def test_each_level_has_a_mean_of_its_own() -> None:
    # geometric within: left 4^(1/4) = sqrt 2, right 4; harmonic above: 3 / (2 / sqrt 2 + 1 / 4)
    made = made_of(TABLE, TREE, method=["geometric", "harmonic"]).iloc[0]
    assert made["index"] == pytest.approx(3 / (2**0.5 + 0.25))
    by_code = {"left": "geometric", "right": "geometric", "index": "harmonic"}
    assert made_of(TABLE, TREE, method=by_code).iloc[0]["index"] == made["index"]


def test_means_of_1_2_and_4() -> None:
    assert score("arithmetic", 1, 2, 4) == pytest.approx(7 / 3)
    assert score("geometric", 1, 2, 4) == pytest.approx(2)
    assert score("harmonic", 1, 2, 4) == pytest.approx(12 / 7)
    assert score({"name": "generalised", "power": 2}, 1, 2, 4) == pytest.approx(7**0.5)
    assert score({"name": "generalised", "power": -1}, 1, 2, 4) == pytest.approx(12 / 7)
    assert score({"name": "generalised", "power": 0}, 1, 2, 4) == pytest.approx(2)


def test_generalised_mean_of_1_2_and_3_with_power_2_is_the_root_of_14_thirds() -> None:
    assert score({"name": "generalised", "power": 2}, 1, 2, 3) == pytest.approx((14 / 3) ** 0.5)


def test_generalised_mean_passes_over_a_missing_value() -> None:
    # the mean of 1 and 9 is 5
    assert score({"name": "generalised", "power": 2}, 1, np.nan, 3) == pytest.approx(5**0.5)


def test_generalised_mean_of_tiny_and_huge_values_neither_overflows_nor_vanishes() -> None:
    assert score({"name": "generalised", "power": 3}, 1e150, 1e150) == pytest.approx(1e150)
    assert score({"name": "generalised", "power": -3}, 1e-150, 1e-150) == pytest.approx(1e-150)


def test_penalised_mean_takes_off_or_adds_the_spread_within_a_unit() -> None:
    # mean 100, population variance (100 + 0 + 100) / 3: 100 -+ 200 / 3 / 100; sample variance 100: 100 -+ 1
    assert score("mpi", 90, 100, 110) == pytest.approx(100 - 2 / 3)
    assert score({"name": "mpi", "penalty": "positive"}, 90, 100, 110) == pytest.approx(100 + 2 / 3)
    assert score({"name": "mpi", "spread": "sample"}, 90, 100, 110) == pytest.approx(99)
    assert score({"name": "adjusted_mpi", "penalty": "positive"}, 90, 100, 110) == pytest.approx(100 + 2 / 3)


def test_goalposts_of_the_adjusted_index_lie_half_a_range_around_the_reference() -> None:
    # range 20, so 50 -+ 10: the reference scores 100, and 60 scores 130
    low, high = means.reference_goalposts(np.array([[40.0], [np.nan], [60.0]]), np.array([50.0]))
    assert [low.item(), high.item()] == [40.0, 60.0]


def test_ordered_average_of_yager() -> None:
    # Yager 1988: weights .2 .3 .1 .4 and arguments .6 1 .3 .5 give .2 + .18 + .05 + .12 = .55
    spec = {"name": "owa", "order_weights": [0.2, 0.3, 0.1, 0.4]}
    assert score(spec, 0.6, 1, 0.3, 0.5) == pytest.approx(0.55)


def test_quantifier_takes_the_best_or_the_worst_share() -> None:
    assert score({"name": "owa", "quantifier": [0, 0.5]}, 1, 2, 3, 4) == pytest.approx(3.5)
    assert score({"name": "owa", "quantifier": [0.5, 1]}, 1, 2, 3, 4) == pytest.approx(1.5)
    assert score({"name": "owa", "quantifier": [0, 1]}, 1, 2, 9, weights=[1, 1, 2]) == pytest.approx(21 / 4)


def test_ordered_average_shares_the_places_over_what_is_there() -> None:
    # the better half of 4 and 2 is 4
    assert score({"name": "owa", "quantifier": [0, 0.5]}, 4, np.nan, 2) == 4


def test_mean_min_lies_between_the_mean_and_the_minimum() -> None:
    # mean 4, minimum 1: 4 - .5 (sqrt(9 + 16) - 4) = 3.5
    assert score({"name": "mean_min", "strength": 0.5, "smoothing": 4}, 1, 4, 7) == pytest.approx(3.5)
    assert score({"name": "mean_min", "strength": 1}, 1, 4, 7) == 1
    assert score({"name": "mean_min", "strength": 0}, 1, 4, 7) == 4


@given(
    st.lists(st.floats(0.5, 50), min_size=2, max_size=6),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "owa", "mean_min", "generalised"]),
)
def test_every_mean_lies_between_the_smallest_and_the_largest_value(values: list[float], name: str) -> None:
    options = {"owa": {"quantifier": [0.3, 0.8]}, "mean_min": {"strength": 0.5}, "generalised": {"power": 3}}
    found = score({"name": name, **options.get(name, {})}, *values)
    assert min(values) * (1 - 1e-12) <= found <= max(values) * (1 + 1e-12)


@given(st.lists(st.floats(0.5, 50), min_size=3, max_size=3))
def test_means_are_ordered_as_their_powers(values: list[float]) -> None:
    found = [score({"name": "generalised", "power": power}, *values) for power in (-2, -1, 0, 1, 2)]
    assert all(a <= b * (1 + 1e-12) for a, b in pairwise(found))


def test_weights_are_shared_out_over_the_children_that_are_there() -> None:
    table = flat([1, np.nan, 4], [np.nan, np.nan, np.nan])
    tree = FLAT.assign(weight=[1, 5, 2, 1])
    assert index_of(table, tree)[0] == 3  # (1 + 2 x 4) / 3
    assert np.isnan(index_of(table, tree)[1])


def test_too_few_children_withhold_an_aggregate_and_say_so() -> None:
    table = flat([1, np.nan, np.nan], [1, 2, np.nan])
    found = index_of(table, threshold=2 / 3)
    assert np.isnan(found[0])
    assert found[1] == 1.5
    assert aggregate(table, FLAT, threshold=2 / 3).notes[["entity", "code", "reason"]].to_numpy().tolist() == [
        ["u1", "index", "1 of 3 children available, threshold 0.666667"]
    ]


def test_thresholds_go_by_level() -> None:
    table = TABLE.assign(a=[np.nan, 1.0, 2.0])
    made = made_of(table, TREE, threshold=[0.6, 0.5])
    assert np.isnan(made["left"].iloc[0])
    assert made["index"].iloc[0] == made["right"].iloc[0]


def test_order_of_rows_and_columns_does_not_matter() -> None:
    whole = made_of(TABLE, TREE).set_index("entity")["index"]
    turned = made_of(TABLE.iloc[::-1][["d", "c", "entity", "b", "a"]], TREE.iloc[::-1])
    assert turned.set_index("entity")["index"].to_dict() == pytest.approx(whole.to_dict())


def test_arguments_are_not_changed() -> None:
    table, tree = TABLE.copy(), TREE.copy()
    aggregate(table, tree, method="copeland")
    pd.testing.assert_frame_equal(table, TABLE)
    pd.testing.assert_frame_equal(tree, TREE)


def test_units_are_compared_within_their_period_unless_pooled() -> None:
    table = flat([1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]).assign(period=["2020", "2020", "2021", "2021"])
    assert index_of(table, method="copeland") == [-1, 1, -1, 1]
    assert index_of(table, method="copeland", pooled=True) == [-3, -1, 1, 3]


def test_draws_of_weights_and_of_values_give_what_single_runs_give() -> None:
    tree = hierarchy(check_framework(TREE))
    rng = np.random.default_rng(1)
    x = rng.uniform(1, 9, (4, 5, 4))
    x[0, 1, 2] = np.nan
    weights = rng.uniform(0.1, 1, (4, 7))
    options = {"generalised": {"power": 2}, "owa": {"quantifier": [0, 0.5]}, "mean_min": {"strength": 1}}
    for name in METHODS:
        methods = methods_by_aggregate({"name": name, **options.get(name, {})}, check_framework(TREE))
        if name in ("mpi", "adjusted_mpi", "benefit_of_doubt"):
            together = aggregate_levels(np.abs(x), weights, tree, methods)
        elif name == "wroclaw":
            methods = methods_by_aggregate(["wroclaw", "arithmetic"], check_framework(TREE))
            together = aggregate_levels(x, weights, tree, methods)
        else:
            together = aggregate_levels(x, weights, tree, methods)
        single = [aggregate_levels(x[k], weights[k], tree, methods) for k in range(4)]
        np.testing.assert_allclose(together, single, rtol=1e-12)
        shared = aggregate_levels(x[1], weights, tree, methods)
        np.testing.assert_allclose(shared[2], aggregate_levels(x[1], weights[2], tree, methods), rtol=1e-12)


def test_effective_weights_times_values_are_the_arithmetic_index() -> None:
    checked = check_framework(TREE)
    tree = hierarchy(checked)
    parts = index_weights(weights_of(checked), tree)
    # a 2/3 x 1/4, b 2/3 x 3/4, c and d 1/3 x 1/2
    assert dict(zip(codes_of(tree), parts, strict=True)) == pytest.approx(
        {"a": 1 / 6, "b": 1 / 2, "c": 1 / 6, "d": 1 / 6, "left": 2 / 3, "right": 1 / 3, "index": 1}
    )
    np.testing.assert_allclose(TABLE[["a", "b", "c", "d"]].to_numpy() @ parts[:4], index_of(TABLE, TREE))


def test_a_forbidden_value_of_a_draw_does_not_pass_for_a_missing_one() -> None:
    tree = hierarchy(check_framework(TREE))
    methods = methods_by_aggregate(["geometric", "arithmetic"], check_framework(TREE))
    x = np.array([[-1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 2.0, 2.0]])
    made = aggregate_levels(x, weights_of(check_framework(TREE)), tree, methods)
    assert np.isnan(made[0]).tolist() == [True, False, True]
    assert made[1].tolist() == pytest.approx([1, 2, 4 / 3])


@pytest.mark.parametrize("method", ["geometric", "harmonic", {"name": "generalised", "power": -1}, "mpi"])
@pytest.mark.parametrize("value", [-1, 0])
def test_a_value_without_a_mean_is_refused_naming_unit_column_value_and_cure(method: object, value: float) -> None:
    with pytest.raises(TableError, match=rf"u2, column 'b': {value}; method .* above 0: normalise to a range above 0"):
        index_of(flat([1, 2, 3], [1, value, 3]), method=method)


@pytest.mark.parametrize(("wrong", "more"), [(10, ""), (11, " and more")])
def test_of_more_than_ten_values_without_a_mean_ten_are_named(wrong: int, more: str) -> None:
    with pytest.raises(TableError, match=rf"u10, column 'a': -10{more}; method") as refused:
        index_of(flat(*([-float(n), 1.0, 1.0] for n in range(1, wrong + 1))), method="geometric")
    assert str(refused.value).count("column 'a'") == 10


def test_zero_has_a_generalised_mean_of_a_power_above_0() -> None:
    assert index_of(flat([0, 3, 0]), method={"name": "generalised", "power": 1}) == pytest.approx([1])
    with pytest.raises(TableError, match=r"column 'a': -1; .* at least 0"):
        index_of(flat([-1, 3, 0]), method={"name": "generalised", "power": 2})


def test_an_indicator_that_is_not_turned_is_refused() -> None:
    with pytest.raises(TableError, match="'b' still has direction -1"):
        index_of(flat([1, 2, 3]), FLAT.assign(direction=[1, -1, 1, 1]))


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("median", "unknown method 'median'; allowed: arithmetic"),
        ({"name": "generalised"}, "method 'generalised' needs 'power'"),
        ({"name": "arithmetic", "power": 2}, "takes no 'power'; its options: none"),
        ({"name": "mpi", "penalty": "POS"}, "unknown penalty 'POS'; allowed: negative, positive"),
        ({"name": "owa"}, "needs either quantifier"),
        ({"name": "owa", "quantifier": [0.5, 0.5]}, "0 <= first < second <= 1"),
        ({"name": "owa", "order_weights": [0, 0]}, "not all 0"),
        ({"name": "mean_min", "strength": 2}, "strength is 2"),
        (["arithmetic", "geometric"], "method has 2 entries for 1 levels"),
        ({"pillar": "arithmetic"}, "unknown pillar; left out index"),
    ],
)
def test_a_senseless_method_is_refused(method: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        index_of(flat([1, 2, 3]), method=method)


def test_a_threshold_above_1_is_refused() -> None:
    with pytest.raises(ValueError, match="a share of the children from 0 to 1"):
        index_of(flat([1, 2, 3]), threshold=50)


def test_ends_of_rounded_values_give_ends_of_scores_and_ranks() -> None:
    table = flat([3, 3, 3], [2, 2, 2], [2, 2, 2.6])
    low, high = (table.assign(**{code: table[code] + side for code in "abc"}) for side in (-0.2, 0.2))
    made = rounded_ranks(table, low, high, FLAT).set_index(["measure", "entity"])
    assert made.loc[("index_score", "u3"), ["low", "value", "high"]].tolist() == pytest.approx([2.0, 2.2, 2.4])
    # u2 and u3 overlap (1.8 to 2.2 and 2.0 to 2.4); u1 is clear of both
    assert made.loc["index_rank"][["low", "value", "high"]].to_numpy().tolist() == [[1, 1, 1], [2, 3, 3], [2, 2, 3]]
    assert set(made["interval"]) == {"rounding"}


def test_ends_that_do_not_hold_the_value_and_methods_that_fall_are_refused() -> None:
    table = flat([3, 3, 3])
    with pytest.raises(TableError, match="u1, column 'a': the value is not between low and high"):
        rounded_ranks(table, table.assign(a=4.0), table, FLAT)
    with pytest.raises(TableError, match="different units"):
        rounded_ranks(table, table.assign(entity="u9"), table, FLAT)
    with pytest.raises(ValueError, match="method copeland gives no ends"):
        rounded_ranks(table, table, table, FLAT, method="copeland")


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"owa", "generalised", "mean_min", "benefit_of_doubt"}))
@pytest.mark.parametrize("units", [5, 23, 61])
def test_units_with_the_same_values_share_a_rank_wherever_they_stand(method: str, units: int) -> None:
    rng = np.random.default_rng(units)
    row, others = rng.random(9) * 99 + 1, rng.random((2, 9)) * 99 + 1
    codes = [f"i{number}" for number in range(9)]
    tree = pd.DataFrame({"code": [*codes, "index"], "parent": [*["index"] * 9, ""], "weight": [*rng.random(9), 1.0]})
    table = pd.DataFrame(np.vstack([others, *[row] * units]), columns=codes)
    made = aggregate(table.assign(entity=[f"u{number}" for number in range(units + 2)]), tree, method=method)
    places = ranks(vars(made)["values"]["index"])
    assert set(places[2:]) == {places[2]}


def test_a_unit_of_zeros_is_refused_by_the_penalised_mean_without_a_word_of_arithmetic() -> None:
    tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    table = pd.DataFrame({"entity": ["K", "U"], "a": [0.0, 1.0], "b": [0.0, 2.0]})
    with pytest.raises(TableError, match=r"K, column 'a': 0.*method 'mpi' needs values above 0"):
        aggregate(table, tree, method="mpi")
