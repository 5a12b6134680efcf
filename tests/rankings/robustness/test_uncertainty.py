from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.aggregation import methods_by_aggregate, weights_of
from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.robustness import uncertainty
from digital_diplomacy.rankings.robustness.draws import (
    count_above,
    count_ranks,
    draw_weights,
    place_weights,
    rank_draws,
    score_draws,
    weight_model,
)
from digital_diplomacy.rankings.robustness.factors import read_factors
from digital_diplomacy.rankings.robustness.overview import tiers
from digital_diplomacy.rankings.robustness.scenarios import evaluate, model

TREE = check_framework(pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]}))
DEEP = check_framework(
    pd.DataFrame(
        {
            "code": ["a", "b", "c", "d", "p", "q", "x"],
            "parent": ["p", "p", "q", "q", "x", "x", ""],
            "weight": [1.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0],
        }
    )
)
SPREAD = [{"factor": "weights", "spread": 0.5}]
_SAME = {"method": "none", "reason": "values are scores already"}


def steps(normalise: dict[str, object] | None = None, aggregate: object = "arithmetic") -> list[dict[str, object]]:
    skipped = {"method": "none", "reason": "not needed"}
    return [
        *({"step": step, **skipped} for step in ("denominate", "screen", "impute", "treat")),
        {"step": "normalise", **(normalise or skipped)},
        {"step": "weigh", **skipped},
        {"step": "aggregate", "method": aggregate},
    ]


def values(**columns: list[float]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"entity": [f"u{number}" for number in range(count)], **columns})


def simulate(table: pd.DataFrame, *, draws: int = 4000, **options: object) -> uncertainty.Uncertainty:
    given = {"framework": TREE, "steps": steps(), "factors": SPREAD, **options}
    return uncertainty.simulate(table, **given, draws=draws, rng=np.random.default_rng(7))  # type: ignore[arg-type]


def test_two_units_with_uniform_weights_have_the_probability_worked_by_hand() -> None:
    # Weights are 1 + e and 1 + f with e, f uniform on (-1/2, 1/2). Scores of (1, 0) and (0, 1.2) are in the order
    # 1 + e > 1.2 (1 + f), that is e > 0.2 + 1.2 f. With y = 1 + f on (0.5, 1.5), the chance is the mean of
    # max(0, 1.5 - 1.2 y) for y up to 1.25, capped at 1: at y = 0.5 it is 0.9, and it falls to 0 at y = 1.25, a triangle
    # of area 0.75 * 0.9 / 2 = 0.3375.
    found = simulate(values(a=[1.0, 0.0], b=[0.0, 1.2]), draws=200_000)
    pairs = uncertainty.above_probability(found, source_id="toy").set_index(["left", "right"])
    value = pairs.loc[("u0", "u1"), "value"]
    error = np.sqrt(0.3375 * 0.6625 / 200_000)
    assert abs(value - 0.3375) < 4 * error
    assert pairs.loc[("u0", "u1"), "low"] < value < pairs.loc[("u0", "u1"), "high"]
    assert value + pairs.loc[("u1", "u0"), "value"] == 1


def test_dirichlet_weights_with_one_parameter_each_are_uniform() -> None:
    # Concentration 2 over two equal weights is Dirichlet(1, 1): the share w of the first is uniform on (0, 1), and
    # w > 1.5 (1 - w) for w > 0.6, so that the first unit leads in 40 % of the draws.
    factors = [{"factor": "weights", "concentration": 2.0}]
    found = simulate(values(a=[1.0, 0.0], b=[0.0, 1.5]), factors=factors, draws=100_000)
    assert found.above[0, 1] / found.used == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / 100_000))


def test_places_of_dirichlet_weights_follow_the_same_distribution_as_draws() -> None:
    framework = weight_model(DEEP, concentration=8.0)
    rng = np.random.default_rng(3)
    placed = place_weights(framework, rng.random((40_000, len(framework.varied))))
    drawn = draw_weights(DEEP, concentration=8.0, draws=40_000, rng=rng)
    assert np.allclose(placed.mean(axis=0), drawn.mean(axis=0), atol=0.01)
    # Beta(2, 6): mean 1/4, variance 2 * 6 / (8^2 * 9) = 1 / 48.
    assert placed[:, 0].mean() == pytest.approx(0.25, abs=0.005)
    assert placed[:, 0].var() == pytest.approx(1 / 48, rel=0.05)


def test_weights_vary_only_at_the_levels_named_and_sum_to_one_within_a_parent() -> None:
    drawn = draw_weights(DEEP, spread=0.5, levels=[1], draws=100, rng=np.random.default_rng(1))
    assert np.allclose(drawn[:, :4], [0.25, 0.75, 0.5, 0.5])
    assert np.allclose(drawn[:, 4] + drawn[:, 5], 1)
    assert drawn[:, 4].std() > 0
    # The largest share: 2 (1.5) against 1 (0.5), the smallest 2 (0.5) against 1 (1.5).
    assert drawn[:, 4].max() <= 3 / 3.5
    assert drawn[:, 4].min() >= 1 / 2.5


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", ["geometric", "harmonic"]])
def test_draws_with_stated_weights_are_the_index_itself(aggregate: object) -> None:
    table = values(a=[1.0, 4.0, 2.0], b=[3.0, 5.0, 2.5], c=[2.0, 2.0, 9.0], d=[1.0, 6.0, 3.0])
    scores = run(table, DEEP, steps(aggregate=aggregate)).scores["x"]
    methods = methods_by_aggregate(aggregate, DEEP)
    x = table[list("abcd")].to_numpy()
    drawn = score_draws(x, np.tile(weights_of(DEEP), (3, 1)), hierarchy(DEEP), methods)
    assert drawn == pytest.approx(np.tile(scores, (3, 1)), rel=1e-12)
    each = score_draws(np.stack([x] * 3), np.tile(weights_of(DEEP), (3, 1)), hierarchy(DEEP), methods)
    assert each == pytest.approx(drawn, rel=1e-12)


@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=20))
def test_ranks_are_competition_ranks_and_counts_are_theirs(scores: list[list[int]]) -> None:
    table = np.array(scores, dtype=float)
    ranks = rank_draws(table)
    assert (ranks == rankdata(-table, method="min", axis=1)).all()
    assert (count_ranks(ranks).sum(axis=1) == len(table)).all()
    assert (count_above(ranks) == (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)).all()


def test_pairs_are_counted_over_more_draws_and_units_than_a_byte_holds() -> None:
    scores = np.random.default_rng(1).random((5000, 300))
    ranks = rank_draws(scores)
    expected = (scores[:, 17] > scores[:, 290]).sum()
    assert count_above(ranks)[17, 290] == expected
    assert count_above(ranks)[290, 17] == 5000 - expected
    assert ranks.max() == 300


def test_statistics_of_ranks_are_those_of_the_draws() -> None:
    ranks = rank_draws(np.random.default_rng(2).random((37, 6)))
    counts = count_ranks(ranks)
    none = pd.DataFrame({"cause": [], "draws": []}).astype({"draws": int})
    found = uncertainty.Uncertainty(tuple("abcdef"), "", np.arange(1, 7), counts, count_above(ranks), 37, none)
    rows = uncertainty.rank_estimates(found).set_index(["measure", "entity"])
    median = rows.loc["rank_median_method"]
    assert median["value"].to_numpy() == pytest.approx(np.median(ranks, axis=0))
    assert median["low"].to_numpy() == pytest.approx(np.quantile(ranks, 0.05, axis=0))
    assert median["high"].to_numpy() == pytest.approx(np.quantile(ranks, 0.95, axis=0))
    assert rows.loc["rank_mean_method", "value"].to_numpy() == pytest.approx(ranks.mean(axis=0))
    errors = uncertainty.rank_errors(found).set_index(["measure", "entity"])
    expected = ranks.std(axis=0) / np.sqrt(37)
    assert errors.loc["rank_mean_method_error", "value"].to_numpy() == pytest.approx(expected)
    top = uncertainty.top_probability(found, places=2)
    assert top["value"].sum() == pytest.approx(2)
    assert uncertainty.acceptability(found)["share"].sum() == pytest.approx(6)


def test_a_unit_that_is_better_throughout_dominates() -> None:
    found = simulate(values(a=[3.0, 2.0, 1.0], b=[3.0, 1.0, 2.0]))
    pairs = uncertainty.dominance(found)
    assert {("u0", "u1"), ("u0", "u2")} <= set(zip(pairs["left"], pairs["right"], strict=True))
    assert pairs.loc[(pairs["left"] == "u0"), "value"].eq(1).all()


def test_equal_units_tie_in_every_draw() -> None:
    rng = np.random.default_rng(5)
    table = values(**{code: [*rng.random(8), *[0.3] * 5] for code in "abcd"})
    found = simulate(table, framework=DEEP, draws=3000)
    assert (found.above[8:, 8:] == 0).all()
    assert (found.counts[8:] == found.counts[8]).all()


def test_the_order_of_units_does_not_matter() -> None:
    rng = np.random.default_rng(6)
    table = values(a=list(rng.random(9)), b=list(rng.random(9)))
    found, turned = simulate(table), simulate(table.iloc[::-1].reset_index(drop=True))
    assert turned.entities == found.entities[::-1]
    assert (turned.counts[::-1] == found.counts).all()
    assert (turned.above[::-1, ::-1] == found.above).all()


def test_the_same_generator_gives_the_same_counts_and_the_input_is_untouched() -> None:
    table = values(a=[1.0, 2.0, 3.0], b=[3.0, 2.5, 1.0])
    before = table.copy()
    first, second = simulate(table), simulate(table)
    assert (first.counts == second.counts).all()
    pd.testing.assert_frame_equal(table, before)


def test_nothing_is_kept_for_each_draw() -> None:
    table = values(a=[1.0, 2.0, 3.0], b=[3.0, 2.5, 1.0])
    few, many = simulate(table, draws=10), simulate(table, draws=10_000)
    shapes = [(found.counts.shape, found.above.shape) for found in (few, many)]
    assert shapes == [((3, 3), (3, 3))] * 2
    assert many.counts.sum() == 30_000


def test_failed_draws_are_counted_with_their_cause() -> None:
    # Min-max from 0 gives the last unit a 0, which a geometric mean does not take; min-max from 1 works with both.
    factors = [
        {"factor": "choice", "step": "aggregate", "options": [{"method": "arithmetic"}, {"method": "geometric"}]},
        {"factor": "choice", "step": "normalise", "options": [{"low": 0.0}, {"low": 0.5}]},
    ]
    table = values(a=[3.0, 2.0, 0.0], b=[1.0, 2.0, 3.0])
    found = simulate(table, factors=factors, steps=steps({"method": "min_max"}), draws=1000)
    assert found.failures["cause"].tolist() == ["method 'geometric' of 'index' met a value that is not above 0"]
    assert found.used == found.counts[0].sum() == 1000 - found.failures["draws"].sum()
    assert 700 < found.used < 800


@pytest.mark.parametrize(
    ("normalise", "aggregate", "options", "said"),
    [
        ({"method": "min_max"}, "arithmetic", [{}, {"method": "distance_to_target"}], "option 2 .*no target"),
        ({"low": 1.0, "high": 2.0}, "geometric", [{}, {"method": "z_score"}], "option 2 .*not above 0"),
        ({"low": 1.0, "high": 2.0}, "harmonic", [{"low": 0.0}, {}], r"option 1 \(low = 0.0\) .*not above 0"),
        ({"low": 1.0, "high": 2.0}, "geometric", [{"low": -1.0}, {"method": "z_score"}], "option 1 .*not above 0"),
    ],
)
def test_an_option_that_can_never_work_is_refused(
    normalise: dict[str, object], aggregate: str, options: list[dict[str, object]], said: str
) -> None:
    factors = [{"factor": "choice", "step": "normalise", "options": options}, *SPREAD]
    table = values(a=[3.0, 2.0, 1.0], b=[1.0, 2.0, 4.0])
    with pytest.raises(ValueError, match=f"factor 'choice_normalise': {said}"):
        simulate(table, factors=factors, steps=steps(normalise, aggregate), draws=10)


def test_an_option_that_works_with_some_weights_or_some_other_choice_is_kept() -> None:
    # Scores of the means of a and b are positive for all only where a weighs enough: 3 w - (1 - w) > 0.
    tree = check_framework(pd.DataFrame({"code": ["a", "b", "p", "x"], "parent": ["p", "p", "x", ""]}))
    table = values(a=[3.0, 4.0], b=[-1.0, -1.0])
    factors = [
        {"factor": "weights", "spread": 1.0},
        {"factor": "choice", "step": "normalise", "options": [_SAME, _SAME]},
    ]
    found = simulate(table, framework=tree, factors=factors, steps=steps(aggregate=["arithmetic", "geometric"]))
    assert 0 < found.used < found.draws


def test_progress_is_told_after_every_block() -> None:
    told: list[int] = []
    simulate(values(a=[1.0, 2.0], b=[2.0, 1.5]), draws=5000, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 5000
    assert len(told) > 1


def test_an_index_that_always_fails_is_refused() -> None:
    factors = [{"factor": "error", "distribution": "normal", "size": {"a": 50.0}}]
    table = values(a=[1e-9] * 12, b=[1.0] * 12)
    with pytest.raises(TableError, match="every draw failed: 20 times: method 'geometric' of 'index'"):
        simulate(table, factors=factors, steps=steps(aggregate="geometric"), draws=20)


def test_options_of_a_choice_are_equally_likely_whatever_the_sample() -> None:
    # All places lie in the lowest fifth of the factor's range: the first of five options, not all five.
    options = [{"method": "min_max", "high": float(high)} for high in range(1, 6)]
    factors = [{"factor": "choice", "step": "normalise", "options": options}]
    table = values(a=[0.0, 1.0], b=[0.0, 1.0])
    uncertain = model(table, TREE, steps({"method": "min_max"}), factors)
    places = np.array([[0.01], [0.1], [0.19], [0.21], [0.99]])
    assert evaluate(uncertain, places).scores[:, 1].tolist() == [1, 1, 1, 2, 5]


def test_normal_errors_have_the_stated_size() -> None:
    # The difference of two scores is 0.1 + (e1 - e2) / 2, of sd 0.2 sqrt(2) / 2 = 0.1414: Phi(0.7071) = 0.7602.
    factors = [{"factor": "error", "distribution": "normal", "size": {"a": 0.2}}]
    found = simulate(values(a=[0.7, 0.5], b=[0.0, 0.0]), factors=factors, draws=4000)
    assert found.above[0, 1] / 4000 == pytest.approx(0.7602, abs=4 * np.sqrt(0.76 * 0.24 / 4000))


def test_rounding_errors_stay_within_the_half_width_and_are_normalised_anew() -> None:
    size = pd.DataFrame({"entity": ["u0"], "a": [0.5]})
    factors = [{"factor": "error", "distribution": "uniform", "size": size}]
    table = values(a=[5.0, 0.0, 10.0], b=[1.0, 0.0, 1.0])
    uncertain = model(table, TREE, steps({"method": "min_max"}), factors)
    drawn = evaluate(uncertain, np.random.default_rng(1).random((300, 1))).scores
    # a of the first unit is 0.45 to 0.55 after min-max, b is 1: the index 0.725 to 0.775.
    assert drawn[:, 0].min() >= 0.725
    assert drawn[:, 0].max() <= 0.775
    assert drawn[:, 0].std() == pytest.approx(0.05 / np.sqrt(12), rel=0.1)
    assert (drawn[:, 1] == 0).all()


def test_imputed_values_carry_over_to_the_ranks() -> None:
    frames = [values(a=[1.0, 2.0], b=[1.0, 1.0]), values(a=[3.0, 2.0], b=[1.0, 1.0])]
    factors = [{"factor": "imputation", "values": frames}]
    found = simulate(frames[0], factors=factors, draws=2000)
    assert found.above[0, 1] / 2000 == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / 2000))


def test_every_measure_has_a_label() -> None:
    found = simulate(values(a=[1.0, 2.0, 3.0], b=[3.0, 2.5, 1.0]), draws=50)
    frames = [uncertainty.rank_estimates(found), uncertainty.rank_errors(found)]
    frames += [uncertainty.top_probability(found, places=1), uncertainty.above_probability(found)]
    frames.append(uncertainty.dominance(found))
    for frame in frames:
        for measure in frame["measure"].unique():
            assert labels.text(f"measure.{measure}", "kk")
        for unit in frame["unit"].unique():
            assert labels.text(f"unit.{unit}", "ru")


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ({"factor": "wind"}, "unknown factor 'wind'; allowed: choice, weights, error, imputation"),
        ({"factor": "weights"}, "factor 'weights' needs 'spread', needs 'concentration'"),
        ({"factor": "weights", "spread": 0.1, "sprad": 1}, "takes no 'sprad'"),
        ({"factor": "choice", "step": "treat", "options": [{}]}, "has 1 options; what is uncertain has at least two"),
        ({"factor": "error", "distribution": "beta", "size": {}}, "unknown distribution 'beta'"),
    ],
)
def test_a_factor_that_says_nothing_is_refused(factor: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_factors([factor])


def test_factors_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"names \['weights'\] are given twice"):
        read_factors([*SPREAD, *SPREAD])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"spread": 1.5}, "spread is 1.5"),
        ({"concentration": 0.0}, "concentration is 0.0"),
        ({"spread": 0.1, "concentration": 1.0}, "not by both"),
        ({"spread": 0.1, "levels": [4]}, r"levels \[4\] do not exist; weights stand at levels 0 to 0"),
    ],
)
def test_weights_out_of_bounds_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        weight_model(TREE, **options)  # type: ignore[arg-type]


def test_an_error_of_no_indicator_is_refused() -> None:
    factors = [{"factor": "error", "distribution": "normal", "size": {"z": 1.0}}]
    with pytest.raises(ValueError, match="size names z, no indicator of the framework"):
        simulate(values(a=[1.0, 2.0], b=[1.0, 2.0]), factors=factors, draws=5)


def test_an_unknown_argument_of_an_option_is_refused_before_any_draw() -> None:
    factors = [{"factor": "choice", "step": "normalise", "options": [{"method": "min_max"}, {"highest": 3}]}]
    with pytest.raises(ValueError, match="unknown argument 'highest'"):
        simulate(values(a=[1.0, 2.0], b=[1.0, 2.0]), factors=factors, steps=steps({"method": "min_max"}))


def test_places_beyond_the_units_and_unknown_units_are_refused() -> None:
    found = simulate(values(a=[1.0, 2.0], b=[1.0, 2.0]), draws=5)
    with pytest.raises(ValueError, match="places is 3; 1 to 2"):
        uncertainty.top_probability(found, places=3)
    with pytest.raises(ValueError, match="entities KAZ are not ranked"):
        uncertainty.above_probability(found, entities=["KAZ"])
    with pytest.raises(ValueError, match="level is 1"):
        uncertainty.rank_estimates(found, level=1)


def _declared(normalise: dict[str, Any], **aggregate: Any) -> list[dict[str, Any]]:
    skipped = {"method": "none", "reason": "not wanted here"}
    first = [{"step": step, **skipped} for step in ("denominate", "screen", "impute", "treat")]
    return [
        *first,
        {"step": "normalise", **normalise},
        {"step": "weigh", **skipped},
        {"step": "aggregate", **aggregate},
    ]


_PAIR = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})


def test_draws_compare_units_with_those_of_all_periods_if_they_are_pooled() -> None:
    rows = [
        ("K", "1", 1.0, 3.0),
        ("U", "1", 4.0, 6.0),
        ("K", "2", 2.0, 5.0),
        ("U", "2", 3.0, 9.0),
        ("T", "1", 0.0, 0.0),
    ]
    table = pd.DataFrame(rows, columns=["entity", "period", "a", "b"])
    steps = _declared({"over": "panel"}, method="copeland", pooled=True)
    pooled = model(table, _PAIR.assign(weight=[2, 1, 1]), steps, [{"factor": "weights", "spread": 0.1}], period="2")
    drawn = evaluate(pooled, np.full((2, 2), 0.5))
    # K in 2 beats K and T in 1 and loses to U in both: 0. U in 2 beats these three and, on a, loses to itself in 1: 2.
    assert pooled.nominal.tolist() == [0, 2]
    assert drawn.scores.tolist() == [[0, 2], [0, 2]]


def test_an_error_that_no_logarithm_has_fails_a_draw_and_is_no_missing_value() -> None:
    table = pd.DataFrame({"entity": list("KUT"), "a": [0.01, 1.0, 2.0], "b": [1.0, 2.0, 3.0]})
    posts = _PAIR.assign(goalpost_low=0.001, goalpost_high=10.0)
    error = {"factor": "error", "distribution": "normal", "size": {"a": 1.0}}
    steps = _declared({"method": "goalposts", "log": True})
    found = uncertainty.simulate(table, posts, steps, [error], draws=100, rng=np.random.default_rng(1))
    assert found.failures["cause"].tolist() == ["a value with its error cannot be normalised"]
    # K alone is below 0 in about half of the draws.
    assert 40 < found.failures["draws"].item() < 90


@pytest.mark.parametrize(("entities", "said"), [(["K", "Z"], "Z, which has no values"), (["K", "K"], "more than once")])
def test_sizes_of_errors_of_unknown_or_repeated_units_are_refused(entities: list[str], said: str) -> None:
    table = pd.DataFrame({"entity": list("KU"), "a": [1.0, 2.0], "b": [1.0, 3.0]})
    size = pd.DataFrame({"entity": entities, "a": 0.1})
    error = {"factor": "error", "distribution": "normal", "size": size}
    with pytest.raises(ValueError, match=said):
        uncertainty.simulate(table, _PAIR, _declared({}), [error], draws=2, rng=np.random.default_rng(1))


@pytest.mark.parametrize("units", [1, 2, 40, 256, 257])
@pytest.mark.parametrize("scale", ["close", "below zero", "zeros of both signs", "mixed", "far but for two"])
def test_ranks_are_exact_however_close_scores_are(units: int, scale: str) -> None:
    rng = np.random.default_rng(units)
    shape = (300, units)  # more draws than are ranked at once
    steps_apart = np.spacing(1.0) * rng.integers(0, 2 * units + 2, shape)
    far = rng.permuted(np.tile(np.arange(1.0, units + 1), (300, 1)), axis=1)
    far[::3, 0] = np.nextafter(far[::3, -1], rng.choice([-np.inf, np.inf], 100))  # in a third of the draws
    scores = {
        "close": 1 + steps_apart,
        "below zero": -1 - steps_apart,
        "zeros of both signs": rng.choice([-0.0, 0.0, 1.0, -1.0], shape),
        "mixed": rng.normal(size=shape) * rng.choice([1e-300, 1.0, 1e300], shape),
        "far but for two": far,
    }[scale]
    kept = scores.copy()
    assert (rank_draws(scores) == 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)).all()
    assert (scores == kept).all()


def test_without_pairs_ranks_are_the_same_and_what_needs_pairs_is_refused() -> None:
    table = values(a=[1.0, 0.0, 0.5], b=[0.0, 1.2, 0.7])
    whole, ranks_alone = simulate(table, draws=500), simulate(table, draws=500, pairs=False)
    assert (whole.counts == ranks_alone.counts).all()
    assert ranks_alone.above.size == 0
    for asked in (uncertainty.above_probability, tiers):
        with pytest.raises(ValueError, match="was not counted; simulate with pairs=True"):
            asked(ranks_alone)


def test_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="draws is 0; at least 1 expected"):
        simulate(values(a=[1.0, 0.0], b=[0.0, 1.2]), draws=0)


@pytest.mark.parametrize(
    ("hits", "draws", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_of_draws_have_the_intervals_of_newcombe(hits: int, draws: int, low: float, high: float) -> None:
    """Newcombe R. G. (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
    857-872, table I, method 3."""
    share, *ends = uncertainty._share(np.array([hits]), draws)
    assert share.tolist() == [hits / draws]
    assert [round(float(end[0]), 4) for end in ends] == [low, high]


def test_no_share_of_draws_leaves_0_to_1_by_rounding() -> None:
    """The upper end of all draws is exactly 1, and that of 369 numbers of draws up to 2,000 lies above it in floats."""
    ends = [uncertainty._share(np.array([0, draws]), draws)[1:] for draws in range(1, 300)]
    assert {(float(low[0]), float(high[1])) for low, high in ends} == {(0.0, 1.0)}
