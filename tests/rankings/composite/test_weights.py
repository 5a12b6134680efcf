from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite import balancing
from digital_diplomacy.rankings.composite.aggregation import codes_of, methods_by_aggregate, weights_of
from digital_diplomacy.rankings.composite.balancing import (
    Problem,
    balance_objective,
    balanced_weights,
    informative_weights,
)
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.objective import (
    components,
    critic_weights,
    deviation_weights,
    entropy_weights,
)
from digital_diplomacy.rankings.composite.weights import effective_weights, weigh

TREE = pd.DataFrame(
    {
        "code": ["a", "b", "c", "d", "left", "right", "index"],
        "parent": ["left", "left", "right", "right", "index", "index", ""],
        "weight": [1.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0],
        "reason": ["", "asked of experts", "", "", "", "", ""],
    }
)
FLAT = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index"] * 3 + [""]})

STAR = pd.DataFrame({"code": [*"abcd", "index"], "parent": ["index"] * 4 + [""]})


def table(seed: int = 3, units: int = 40) -> pd.DataFrame:
    """Four indicators that share a factor, the last least."""
    rng = np.random.default_rng(seed)
    factor = rng.normal(size=units)
    noise = rng.normal(size=(units, 4)) * [0.5, 1.0, 1.5, 3.0]
    frame = pd.DataFrame(50 + 10 * (factor[:, None] + noise), columns=list("abcd"))
    return frame.assign(entity=[f"u{k}" for k in range(units)])


def weights_by(framework: pd.DataFrame) -> dict[str, float]:
    return dict(zip(framework["code"], framework["weight"], strict=True))


def problem(correlation: str = "pearson", targets: list[float] | None = None) -> Problem:
    checked = check_framework(STAR)
    tree = hierarchy(checked)
    return Problem(
        x=table()[list("abcd")].to_numpy(),
        weights=weights_of(checked),
        places=np.array([codes_of(tree).index(code) for code in "abcd"]),
        tree=tree,
        methods=methods_by_aggregate("arithmetic", checked),
        targets=np.array(targets or [0.25] * 4),
        by_rank=correlation == "spearman",
    )


def test_equal_weights_are_equal_within_each_parent() -> None:
    found = weigh(table(), TREE, method="equal").framework
    assert weights_by(found) == {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5, "left": 0.5, "right": 0.5, "index": 1}
    assert set(found["reason"].iloc[:6]) == {"equal within left", "equal within right", "equal within index"}


def test_weights_of_experts_are_scaled_and_keep_their_reason() -> None:
    found = weigh(table(), TREE, method="expert").framework
    assert weights_by(found) == pytest.approx(
        {"a": 0.25, "b": 0.75, "c": 0.5, "d": 0.5, "left": 2 / 3, "right": 1 / 3, "index": 1}
    )
    assert found["reason"].iloc[:2].tolist() == ["given, no reason stated", "asked of experts"]
    given = weigh(table(), TREE, method="expert", weights={"c": 4.0}).framework
    assert weights_by(given)["c"] == pytest.approx(0.8)


def test_entropy_by_hand() -> None:
    # shares of a: 1/4, 3/4, entropy (.25 ln 4 + .75 ln 4/3) / ln 2 = .811278; of b: 1/2, 1/2, entropy 1; of c: 0, 1,
    # entropy 0; what is left of 1: .188722, 0, 1
    found = entropy_weights(np.array([[1.0, 2.0, 0.0], [3.0, 2.0, 5.0]]))
    assert found.tolist() == pytest.approx([0.1887218755 / 1.1887218755, 0, 1 / 1.1887218755])


def test_critic_by_hand() -> None:
    # scaled a: 0 .5 1, b: 0 .5 1, c: 1 .5 0; deviations equal; correlations ab 1, ac -1, bc -1:
    # conflicts a 0 + 2, b 0 + 2, c 2 + 2, so weights .25 .25 .5
    x = np.array([[0.0, 0.0, 9.0], [1.0, 5.0, 6.0], [2.0, 10.0, 3.0]])
    assert critic_weights(x).tolist() == pytest.approx([0.25, 0.25, 0.5])


def test_critic_turns_indicators_of_which_less_is_better() -> None:
    # c turned agrees with b, and a has the conflict: a 0 1 .5 against 0 .5 1, r = .5: conflicts a .5 + .5, b .5, c .5
    x = np.array([[0.0, 0.0, 9.0], [2.0, 5.0, 6.0], [1.0, 10.0, 3.0]])
    assert critic_weights(x, directions=np.array([1.0, 1.0, -1.0])).tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert critic_weights(x * [1, 1, -1]).tolist() == pytest.approx([0.5, 0.25, 0.25])


def test_weigh_uses_the_directions_of_the_framework() -> None:
    frame = pd.DataFrame({"entity": ["u", "v", "w"], "a": [0.0, 2, 1], "b": [0.0, 5, 10], "c": [9.0, 6, 3]})
    found = weigh(frame, FLAT.assign(direction=[1, 1, -1, 1]), method="critic").framework
    assert found["weight"].tolist() == pytest.approx([0.5, 0.25, 0.25, 1])


def test_standard_deviations_pass_over_missing_values() -> None:
    # deviations 1 and 3
    assert deviation_weights(np.array([[0.0, 0.0], [2.0, np.nan], [np.nan, 6.0]])).tolist() == [0.25, 0.75]


def test_components_of_two_indicators_load_alike() -> None:
    # the correlation matrix [[1, r], [r, 1]] has vectors (1, 1) and (1, -1), variances 1 + r and 1 - r
    x = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])  # r = .5
    loadings, deviations = components(x)
    assert loadings[:, 0].tolist() == pytest.approx([0.5**0.5, 0.5**0.5])
    assert (deviations**2).tolist() == pytest.approx([1.5, 0.5])


def test_weights_of_the_first_component_are_not_turned_by_the_sign_of_the_solver() -> None:
    found = weigh(table(), TREE, method="pca").framework
    assert (found["weight"] > 0).all()
    assert weights_by(found)["a"] == pytest.approx(0.5)  # two indicators load alike
    assert found["reason"].iloc[0].startswith("first principal component of left, ")
    assert "% of the variance" in found["reason"].iloc[0]


def test_loadings_of_both_signs_are_refused_or_set_to_0_and_noted() -> None:
    frame = table()
    frame["c"] = 100 - frame["a"] + frame["c"] / 10
    with pytest.raises(TableError, match="loadings of both signs, c against the others"):
        weigh(frame, FLAT, method="pca")
    made = weigh(frame, FLAT, method="pca", mixed_signs="zero")
    assert weights_by(made.framework)["c"] == 0
    assert made.notes["code"].tolist() == ["c"]
    assert "loading is negative" in made.notes["reason"].iloc[0]


def test_weights_of_higher_levels_are_those_of_the_aggregates() -> None:
    found = weights_by(weigh(table(), TREE, method="standard_deviation", level=2).framework)
    frame = table()
    spread = {"left": (frame["a"] + 3 * frame["b"]).std() / 4, "right": (frame["c"] + frame["d"]).std() / 2}
    assert found["left"] == pytest.approx(spread["left"] / sum(spread.values()))
    assert found["a"] == 1  # the level below keeps its weights


def test_balanced_weights_reach_targets_that_can_be_reached() -> None:
    found = balanced_weights(problem())
    assert (found >= 0).all()
    assert balance_objective(problem().misfit(found)) < 1e-20
    assert np.ptp(problem().correlations(found)) < 1e-9


def test_targets_are_matched_by_code_whatever_their_order() -> None:
    wanted = {"d": 3.0, "c": 2.0, "b": 2.0, "a": 2.0}
    found = weigh(table(), STAR, method="balanced", level=1, targets=wanted).framework
    again = weigh(table(), STAR, method="balanced", level=1, targets=dict(sorted(wanted.items()))).framework
    assert weights_by(found) == weights_by(again)
    reached = problem().correlations(found["weight"].to_numpy()[:4])
    assert reached / reached.sum() == pytest.approx([2 / 9, 2 / 9, 2 / 9, 1 / 3], abs=1e-6)


def test_rank_correlations_are_balanced_no_worse_than_by_equal_weights() -> None:
    by_rank = problem("spearman")
    found = balanced_weights(by_rank)
    assert balance_objective(by_rank.misfit(found)) <= balance_objective(by_rank.misfit(np.ones(4)))
    assert (found >= 0).all()


def test_informative_weights_have_the_largest_sum_of_correlations() -> None:
    best = problem().correlations(informative_weights(problem())).sum()
    rng = np.random.default_rng(5)
    assert all(problem().correlations(rng.uniform(0.01, 1, 4)).sum() <= best + 1e-9 for _ in range(50))


def test_reported_correlations_are_those_of_the_weights_returned() -> None:
    found = weigh(table(), STAR, method="balanced", level=1).framework
    said = [float(reason.split()[-1]) for reason in found["reason"].iloc[:4]]
    assert said == pytest.approx(problem().correlations(found["weight"].to_numpy()[:4]), abs=5e-4)


def test_effective_weights_multiply_down_the_tree() -> None:
    found = effective_weights(TREE).set_index("entity")["value"]
    # a 1/4 of 2/3, b 3/4 of 2/3, c and d 1/2 of 1/3
    assert found.to_dict() == pytest.approx(
        {"a": 1 / 6, "b": 1 / 2, "c": 1 / 6, "d": 1 / 6, "left": 2 / 3, "right": 1 / 3, "index": 1}
    )


def test_zero_weights_everywhere_are_refused() -> None:
    with pytest.raises(TableError, match="every weight below 'right' is 0"):
        weigh(table(), TREE, method="expert", weights={"c": 0.0, "d": 0.0})


@pytest.mark.parametrize("method", ["entropy", "critic", "standard_deviation", "pca"])
def test_constant_and_empty_indicators_are_refused_by_name(method: str) -> None:
    with pytest.raises(TableError, match=r"weights of 'index': indicator 'b' is constant \(7.0\)"):
        weigh(table().assign(b=7.0), FLAT, method=method)
    with pytest.raises(TableError, match="indicator 'b' has fewer than two values"):
        weigh(table().assign(b=np.nan), FLAT, method=method)


def test_entropy_of_values_below_0_is_refused() -> None:
    with pytest.raises(TableError, match=r"indicator 'a' has values below 0 \(-"):
        weigh(table().assign(a=table()["a"] - 60), FLAT, method="entropy")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"method": "votes"}, "unknown method 'votes'; allowed: equal, expert, pca"),
        ({"method": "equal", "level": 3}, "the framework has levels 1 to 2"),
        ({"method": "balanced"}, "method 'balanced' needs a level"),
        ({"method": "equal", "weights": {"a": 1.0}}, "weights belong to method 'expert'"),
        ({"method": "expert", "weights": {"z": 1.0}}, "unknown codes"),
        ({"method": "expert", "weights": {"a": -1.0}}, "'a' has -1.0"),
        ({"method": "balanced", "level": 1, "targets": {"a": 1.0}}, "b, c, d do not match"),
        ({"method": "pca", "mixed_signs": "keep"}, "unknown mixed_signs"),
        ({"method": "balanced", "level": 1, "correlation": "kendall"}, "unknown correlation"),
    ],
)
def test_senseless_options_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        weigh(table(), TREE, **options)  # type: ignore[arg-type]


def test_a_search_starts_with_all_alike_and_with_each_favoured_four_times() -> None:
    assert [start.tolist() for start in balancing._starts(2)] == [
        [0.2, 0.2], pytest.approx([0.8, 0.2]), pytest.approx([0.2, 0.8]),
    ]  # fmt: skip


@pytest.mark.parametrize(("starts", "kept"), [(1, [1]), (2, [1, 2]), (3, [1, 2]), (4, [1, 2, 3]), (5, [1, 2, 3])])
def test_simplexes_search_from_the_better_half_of_the_starts_and_anew_from_where_they_ended(
    monkeypatch: pytest.MonkeyPatch, starts: int, kept: list[int]
) -> None:
    asked: list[tuple[float, object, str]] = []

    class Ended:
        def __init__(self, x: np.ndarray) -> None:
            self.x = x

    def step(objective: object, at: np.ndarray, *, bounds: object, method: str, options: object) -> Ended:
        asked.append((float(at[0]), bounds, method))
        return Ended(at - 0.25)

    monkeypatch.setattr(balancing, "minimize", step)
    given = [np.array([float(number), 0.0]) for number in range(starts, 0, -1)]
    found = balancing._searched(lambda free: float(free[0]), given, 0.125)
    assert [at for at, *_ in asked] == [*kept, *(number - 0.25 for number in kept)]
    assert {(str(bounds), method) for _, bounds, method in asked} == {("[(0.125, 1.0), (0.125, 1.0)]", "Nelder-Mead")}
    assert found.tolist() == [0.5, -0.5]


def test_balance_is_the_mean_square_of_what_shares_miss() -> None:
    assert balance_objective(np.array([0.3, -0.1, 0.0, -0.2])) == pytest.approx(0.14 / 4)
    found = problem().correlations(np.ones(4))
    assert problem().misfit(np.ones(4)) == pytest.approx(found / found.sum() - 0.25)


@pytest.mark.parametrize("search", [balanced_weights, informative_weights])
def test_weights_found_stay_within_their_bounds(search: Callable[[balancing.Problem], np.ndarray]) -> None:
    held = replace(problem(), least=0.1)
    found = search(held)
    assert found.min() >= 0.1
    assert found.max() <= 1
