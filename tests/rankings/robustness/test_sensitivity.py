from collections import Counter

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.rankings.robustness import sensitivity
from digital_diplomacy.rankings.robustness.clones import indicator_clones
from digital_diplomacy.rankings.robustness.scenarios import model
from digital_diplomacy.rankings.robustness.sensitivity import (
    ALL_UNITS,
    _ends,
    _outputs,
    leave_one_out,
    sobol,
    sobol_design,
    sobol_indices,
)

# Ishigami function sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on (-pi, pi)^3. With a = 7, b = 0.1, its variance is
# a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 = 13.8446; the parts are V1 = (1 + b pi^4/5)^2 / 2 = 4.3459,
# V2 = a^2/8 = 6.125, V3 = 0, and V13 = 8 b^2 pi^8 / 225 = 3.3737.
VARIANCE = 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5
FIRST = np.array([(1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 49 / 8, 0.0]) / VARIANCE
INTERACTION = 8 * 0.01 * np.pi**8 / 225 / VARIANCE
TOTAL = FIRST + np.array([INTERACTION, 0.0, INTERACTION])

TREE = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})


def ishigami(places: np.ndarray) -> np.ndarray:
    x1, x2, x3 = np.moveaxis(2 * np.pi * places - np.pi, -1, 0)
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def steps(normalise: dict[str, object] | None = None) -> list[dict[str, object]]:
    skipped = {"method": "none", "reason": "not needed"}
    return [
        *({"step": step, **skipped} for step in ("denominate", "screen", "impute", "treat")),
        {"step": "normalise", **(normalise or skipped)},
        {"step": "weigh", **skipped},
        {"step": "aggregate", "method": "arithmetic"},
    ]


def values(**columns: list[float]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"entity": [f"u{number}" for number in range(count)], **columns})


@pytest.mark.parametrize("shift", [0.0, 10.0])
def test_indices_of_the_ishigami_function_are_the_analytic_ones_wherever_it_lies(shift: float) -> None:
    design = sobol_design(["x1", "x2", "x3"], samples=4096, rng=np.random.default_rng(1))
    output = ishigami(design)[..., None] + shift
    rng = np.random.default_rng(2)
    mixed = [output[:, column] for column in range(1, 4)]
    found = sobol_indices(output[:, 0], output[:, -1], mixed, resamples=200, rng=rng)
    assert found.first[:, 0] == pytest.approx(FIRST, abs=0.02)
    assert found.total[:, 0] == pytest.approx(TOTAL, abs=0.02)
    assert (found.total_low <= found.total).all()
    assert (found.total <= found.total_high).all()
    plain = sobol_indices(output[:, 0] - shift, output[:, -1] - shift, [one - shift for one in mixed])
    assert found.first == pytest.approx(plain.first, abs=1e-9)


def test_a_design_swaps_one_group_at_a_time() -> None:
    design = sobol_design(["x", "w", "w"], samples=4, rng=np.random.default_rng(1))
    assert design.shape == (4, 4, 3)
    first, last = design[:, 0], design[:, -1]
    assert (design[:, 1] == np.column_stack([last[:, 0], first[:, 1:]])).all()
    assert (design[:, 2] == np.column_stack([first[:, 0], last[:, 1:]])).all()


def test_runs_that_failed_are_left_out_of_the_indices_they_belong_to() -> None:
    output = ishigami(sobol_design(["x1", "x2", "x3"], samples=256, rng=np.random.default_rng(1)))[..., None]
    output[5, 2] = np.nan
    found = sobol_indices(output[:, 0], output[:, -1], [output[:, column] for column in range(1, 4)])
    assert found.used.tolist() == [256, 255, 256]
    assert not np.isnan(found.first).any()


def test_an_output_that_does_not_vary_has_no_indices() -> None:
    flat = np.full((8, 1), 0.1) + np.linspace(0, 1e-16, 8)[:, None]
    assert np.isnan(sobol_indices(flat, flat, [flat]).total).all()


def test_what_decides_alone_accounts_for_everything_and_what_never_matters_for_nothing() -> None:
    # The index of the second unit is (a + 1) / 2 with a in {1, 3}, whichever of two equal tables is taken; that of the
    # first is always 0, and no rank ever changes.
    table = values(a=[0.0, 1.0], b=[0.0, 1.0])
    by = [{"by_indicator": {"a": {"high": high}}} for high in (1.0, 3.0)]
    factors = [
        {"factor": "choice", "step": "normalise", "options": by},
        {"factor": "imputation", "values": [table, table.copy()]},
    ]
    found = sobol(table, TREE, steps({"method": "min_max"}), factors, samples=64, rng=np.random.default_rng(1))
    rows = found.indices.set_index(["measure", "group", "entity"])["value"]
    assert rows[("score_first_order_method", "choice_normalise", "u1")] == pytest.approx(1)
    # The mean squared difference of 64 balanced pairs, 2, over twice their variance, 1 with the divisor 2 * 64 - 1.
    assert rows[("score_total_method", "choice_normalise", "u1")] == pytest.approx(127 / 128)
    assert rows[("score_total_method", "imputation", "u1")] == pytest.approx(0)
    assert np.isnan(rows[("score_total_method", "choice_normalise", "u0")])
    assert np.isnan(rows[("rank_total_method", "choice_normalise", "u1")])
    assert found.runs == 64 * 4


def test_independent_weights_of_like_indicators_matter_alike_for_score_and_rank() -> None:
    # Scores (w_a, w_b) / (w_a + w_b) depend on both weights in the same way, up to the sign; a thousandth keeps the
    # units from tying as declared.
    factors = [{"factor": "weights", "spread": 0.5}]
    table = values(a=[1.0, 0.0], b=[0.0, 1.001])
    found = sobol(table, TREE, steps(), factors, samples=1024, rng=np.random.default_rng(1))
    rows = found.indices.set_index(["measure", "entity", "group"])["value"]
    for measure in ("score", "rank"):
        a, b = rows[(f"{measure}_total_method", "u0", "a")], rows[(f"{measure}_total_method", "u0", "b")]
        assert a == pytest.approx(b, abs=0.06)
        assert a + b >= 1 - 0.02
    assert rows[("rank_shift_total_method", ALL_UNITS, "a")] > 0
    assert (found.indices["interval"] == "simulation").all()


def test_dirichlet_weights_in_one_group_account_for_everything() -> None:
    factors = [{"factor": "weights", "concentration": 4.0, "grouped": True}]
    found = sobol(values(a=[1.0, 0.0], b=[0.0, 1.0]), TREE, steps(), factors, samples=64, rng=np.random.default_rng(1))
    assert found.indices["group"].unique().tolist() == ["weights"]
    rows = found.indices.set_index(["measure", "entity"])["value"]
    assert rows[("score_first_order_method", "u0")] == pytest.approx(1)


def test_every_measure_of_sensitivity_has_a_label() -> None:
    table = values(a=[1.0, 0.0], b=[0.0, 1.0])
    factors = [{"factor": "weights", "spread": 0.5}]
    found = sobol(table, TREE, steps(), factors, samples=4, rng=np.random.default_rng(1), resamples=0).indices
    for frame in (found, leave_one_out(table, TREE, steps())):
        for prefix in ("measure", "unit", "base"):
            assert all(labels.text(f"{prefix}.{code}", "kk") for code in frame[prefix].unique())
    assert labels.entity(ALL_UNITS, "ru")


def test_samples_that_are_no_power_of_two_are_refused() -> None:
    with pytest.raises(ValueError, match="samples is 100; a power of 2 expected"):
        sobol_design(["x"], samples=100, rng=np.random.default_rng(1))


def test_resamples_without_a_generator_are_refused() -> None:
    with pytest.raises(ValueError, match="resamples need an rng"):
        sobol_indices(np.ones((4, 1)), np.ones((4, 1)), [], resamples=5)


def test_leaving_out_an_indicator_gives_ranks_worked_by_hand() -> None:
    # Index (a + b) / 2: 2.5, 2, 1. Without a the order is b: 1, 3, 2; without b it is a: 4, 1, 0.
    rows = leave_one_out(values(a=[4.0, 1.0, 0.0], b=[1.0, 3.0, 2.0]), TREE, steps())
    wide = rows.set_index(["measure", "group", "entity"])["value"]
    assert [wide[("rank_left_out", "a", f"u{number}")] for number in range(3)] == [3, 1, 2]
    assert [wide[("score_left_out", "b", f"u{number}")] for number in range(3)] == [4, 1, 0]
    spread = rows[rows["measure"] == "rank_leave_one_out"].set_index("entity")
    assert spread[["low", "value", "high"]].to_numpy().tolist() == [[1, 1, 3], [1, 2, 2], [2, 3, 3]]
    assert (spread["interval"] == "sensitivity").all()


def test_a_pillar_goes_with_its_only_indicator_and_so_do_its_options() -> None:
    tree = pd.DataFrame({"code": ["a", "b", "p", "q", "x"], "parent": ["p", "q", "x", "x", ""]})
    ends = {"method": "min_max", "by_indicator": {"a": {"high": 2.0}}}
    rows = leave_one_out(values(a=[4.0, 1.0, 0.0], b=[1.0, 3.0, 2.0]), tree, steps(ends))
    wide = rows.set_index(["measure", "group", "entity"])["value"]
    assert [wide[("score_left_out", "a", f"u{number}")] for number in range(3)] == [0, 1, 0.5]


_PLAIN = [
    *({"step": step, "method": "none", "reason": "x"} for step in ("denominate", "screen", "impute", "treat")),
    {"step": "normalise", "low": 1.0, "high": 100.0},
    {"step": "weigh", "method": "none", "reason": "x"},
    {"step": "aggregate"},
]


def test_a_factor_named_like_a_code_is_refused_and_a_group_bears_its_own_name() -> None:
    tree = pd.DataFrame({"code": ["error", "b", "index"], "parent": ["index", "index", ""]})
    table = pd.DataFrame({"entity": list("KUT"), "error": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 2.0]})
    error = {"factor": "error", "distribution": "normal", "size": {"b": 0.1}}
    weights = {"factor": "weights", "spread": 0.2}
    with pytest.raises(ValueError, match="factor 'error' has the name of a code"):
        sobol(table, tree, _PLAIN, [weights, error], samples=4, rng=np.random.default_rng(1))
    named = [{**weights, "grouped": True, "name": "all weights"}, error]
    found = sobol(table, tree, _PLAIN, named, samples=4, rng=np.random.default_rng(1))
    assert set(found.indices["group"]) == {"error", "all weights"}


def test_codes_may_be_called_like_arguments_of_steps() -> None:
    tree = pd.DataFrame({"code": ["method", "low", "index"], "parent": ["index", "index", ""]})
    table = pd.DataFrame({"entity": list("KUT"), "method": [1.0, 2.0, 4.0], "low": [3.0, 1.0, 2.0]})
    found = leave_one_out(table, tree, _PLAIN)
    # Without "low", `method` alone decides: K last, T first.
    rows = found[(found["measure"] == "rank_left_out") & (found["group"] == "low")].set_index("entity")["value"]
    assert rows[["K", "U", "T"]].tolist() == [3, 2, 1]
    copied = indicator_clones(table, tree, _PLAIN)
    assert set(copied["group"]) == {"", "method", "low"}


def test_two_is_the_smallest_power_of_two_that_can_be_drawn() -> None:
    assert sobol_design(["x", "y"], samples=2, rng=np.random.default_rng(1)).shape == (2, 4, 2)
    for samples in (0, 1, 3):
        with pytest.raises(ValueError, match=f"samples is {samples}; a power of 2 expected"):
            sobol_design(["x", "y"], samples=samples, rng=np.random.default_rng(1))


def jansen(a: np.ndarray, b: np.ndarray, mixed: np.ndarray) -> tuple[float, float]:
    """The estimators as they are written down, of one output: the variance is that of both samples, divisor 2n - 1."""
    variance = np.var(np.concatenate([a, b]), ddof=1)
    return 1 - np.mean((b - mixed) ** 2) / (2 * variance), np.mean((a - mixed) ** 2) / (2 * variance)


def test_indices_and_their_resamples_are_jansens_written_down() -> None:
    chance = np.random.default_rng(3)
    a, b, mixed = chance.normal(size=(3, 9, 2)) + np.array([0.0, 5.0])
    found = sobol_indices(a, b, [mixed, a], resamples=40, level=0.5, rng=np.random.default_rng(4))
    counts = np.random.default_rng(4).multinomial(9, np.full(9, 1 / 9), size=40)
    for number, one in enumerate((mixed, a)):
        for output in (0, 1):
            own = [each[:, output] for each in (a, b, one)]
            drawn = np.array([jansen(*(np.repeat(each, times) for each in own)) for times in counts])
            for name, value, resampled in zip(("first", "total"), jansen(*own), drawn.T, strict=True):
                assert getattr(found, name)[number, output] == pytest.approx(value)
                low, high = np.quantile(resampled, [0.25, 0.75], method="weibull")
                assert getattr(found, f"{name}_low")[number, output] == pytest.approx(min(low, value))
                assert getattr(found, f"{name}_high")[number, output] == pytest.approx(max(high, value))


def test_without_resamples_there_are_no_ends() -> None:
    a, b = np.random.default_rng(3).normal(size=(2, 8, 1))
    found = sobol_indices(a, b, [b])
    assert np.isnan([found.first_low, found.first_high, found.total_low, found.total_high]).all()
    assert found.first[0, 0] == 1  # the output follows the one input that was taken from the other sample


@pytest.mark.parametrize(
    ("ends", "level", "told"),
    [
        ([0.5, *np.linspace(0, 1, 11)], 0.8, (0.02, 0.98)),
        ([0.5, *np.linspace(0, 1, 11)], 0.5, (0.2, 0.8)),
        ([-3.0, *np.linspace(0, 1, 11)], 0.8, (-3, 0.98)),  # the estimate may lie beyond all its resamples
        ([3.0, *np.linspace(0, 1, 11)], 0.8, (0.02, 3)),
    ],
)
def test_an_interval_holds_the_share_of_resamples_named_and_the_estimate(
    ends: list[float], level: float, told: tuple[float, float]
) -> None:
    """Of 11 resamples the ends have the ranks 12 x 0.1 = 1.2 and 10.8, or 12 x 0.25 = 3 and 9."""
    low, high = _ends(np.array(ends)[:, None], level)
    assert (low[0], high[0]) == pytest.approx(told)


@pytest.mark.parametrize(("step", "is_flat"), [(1e-12, True), (4e-12, False), (0.0, True)])
@pytest.mark.parametrize("size", [1.0, -1000.0])
def test_an_output_is_flat_if_it_varies_by_no_more_than_rounding(step: float, is_flat: bool, size: float) -> None:
    a, b = (size * (1 + step * np.array([[0.0], [1.0], [side]])) for side in (0.0, 1.0))
    found = sobol_indices(a, b, [a])
    assert np.isnan([found.first[0, 0], found.total[0, 0]]).all() == is_flat
    nothing = np.zeros((3, 1))
    assert np.isnan(sobol_indices(nothing, nothing, [nothing]).first).all()


def test_runs_are_evaluated_in_blocks_that_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table, factors = values(a=[1.0, 0.0, 0.3], b=[0.0, 1.0, 0.8]), [{"factor": "weights", "spread": 0.5}]

    def found() -> pd.DataFrame:
        made = sobol(table, TREE, steps(), factors, samples=8, resamples=3, level=0.6, rng=np.random.default_rng(1))
        assert made.runs == 8 * 4
        return made.indices

    whole = found()
    monkeypatch.setattr(sensitivity, "_BLOCK", 3)
    pd.testing.assert_frame_equal(found(), whole)
    assert set(whole["n"]) == {8}
    assert set(whole["level"]) == {0.6}
    assert set(zip(whole["entity"], whole["group"], strict=True)) == {
        (entity, group) for entity in ("u0", "u1", "u2", ALL_UNITS) for group in ("a", "b")
    }  # fmt: skip
    none = sobol(table, TREE, steps(), factors, samples=8, resamples=0, rng=np.random.default_rng(1)).indices
    assert set(none["interval"]) == {"none"}
    assert none[["level", "low", "high"]].isna().all(axis=None)


def test_the_shift_of_ranks_is_the_mean_over_units_of_places_from_those_declared() -> None:
    # As declared u0, u1, u2 are first to third (.6, .5, .1). Weight 1 on b puts them second, first, third (.3, .9, .1).
    drawn_from = model(values(a=[0.9, 0.1, 0.1], b=[0.3, 0.9, 0.1]), TREE, steps(),
                       [{"factor": "weights", "spread": 1.0}])  # fmt: skip
    failed: Counter[str] = Counter()
    outputs = _outputs(drawn_from, np.array([[0.5, 0.5], [0.0, 0.5]]), failed)
    assert outputs == pytest.approx(np.array([[0.6, 0.5, 0.1, 1, 2, 3, 0], [0.3, 0.9, 0.1, 2, 1, 3, 2 / 3]]))
    assert not failed
