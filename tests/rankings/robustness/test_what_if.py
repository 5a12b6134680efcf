"""What would bring a unit to another rank, and how far missing values reach: worked by hand, properties, refusals."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.places import ranks
from digital_diplomacy.rankings.robustness.missing_bounds import missing_bounds
from digital_diplomacy.rankings.robustness.what_if import indicator_change, smallest_weight_change, weight_change


def steps(normalise: dict[str, Any] | None = None, method: Any = "arithmetic", **others: Any) -> list[dict[str, Any]]:
    """All steps; those not given are skipped."""
    names = ["denominate", "screen", "impute", "treat", "normalise", "weigh"]
    given_steps = {"normalise": normalise} | others
    skipped = {"method": "none", "reason": "not wanted here"}
    return [{"step": name, **(given_steps.get(name) or skipped)} for name in names] + [
        {"step": "aggregate", "method": method}
    ]


def tree(*codes: str, **columns: list[Any]) -> pd.DataFrame:
    """Indicators of one index; further columns hold a value per indicator."""
    frame = pd.DataFrame({"code": [*codes, "index"], "parent": ["index"] * len(codes) + [""]})
    rest = {"unit": "", "direction": 1, "weight": 1.0, "goalpost_low": np.nan, "goalpost_high": np.nan}
    return frame.assign(**{name: [*cells, rest[name]] for name, cells in columns.items()})


def table(**columns: list[float]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    return pd.DataFrame({"entity": list("ABCDEFGH"[:size]), **columns})


def needed(rows: pd.DataFrame) -> dict[str, float]:
    return rows[rows["measure"].isin(["value_needed", "weight_needed"])].set_index("group")["value"].to_dict()


# one indicator --------------------------------------------------------------------------------------------------------


def test_change_in_an_arithmetic_index_by_hand():
    # weights 3 and 1: A = (3 * 2 + 1 * 2) / 4 = 2, B = (3 * 4 + 4) / 4 = 4, C = 9. To reach B: 3 x + 2 = 16, so that
    # x = 14 / 3; or 6 + y = 16, y = 10, beyond the largest y there is, 9
    values = table(x=[2.0, 4, 9], y=[2.0, 4, 9])
    rows = indicator_change(values, tree("x", "y", weight=[3.0, 1.0]), steps(), entity="A", rank=2)
    assert needed(rows)["x"] == pytest.approx(14 / 3, rel=1e-9)
    assert np.isnan(needed(rows)["y"])
    assert rows["value"].iloc[[0, 2]].tolist() == [2, 2]
    last = rows[rows["measure"] == "value_needed"].iloc[0]
    assert (last["low"], last["high"], last["interval"]) == (last["value"], 9, "bound")
    assert set(rows["n"]) == {3}
    # with wider bounds the second is possible
    wide = indicator_change(
        values, tree("x", "y", weight=[3.0, 1.0]), steps(), entity="A", rank=2, bounds={"y": (0, 20)}
    )
    assert needed(wide)["y"] == pytest.approx(10, rel=1e-9)


def test_the_scale_moves_with_the_value():
    # min-max 0 to 100 of 0, 40, 80, 100: once A is above 40, B is the lowest and has 0, so B = (0 + 40) / 2 = 20.
    # A = 50 (v - 40) / 60 reaches 20 at v = 64; with the scale held fixed it would be 80.
    values = table(x=[0.0, 40, 80, 100], y=[0.0, 40, 80, 100])
    normalise = {"method": "min_max", "low": 0, "high": 100}
    rows = indicator_change(values, tree("x", "y"), steps(normalise), entity="A", rank=3)
    assert needed(rows) == pytest.approx({"x": 64, "y": 64}, rel=1e-9)


@pytest.mark.parametrize(
    ("posts", "entity", "rank", "ends"),
    [
        # One indicator: A 2, B 4, C 9. A leads from 9 on, up to the upper goalpost, or to the largest value there is.
        ((0.0, 10.0), "A", 1, (9, 9, 10)),
        ((np.nan, np.nan), "A", 1, (9, 9, 9)),
        # C is last below 2, down to the lower goalpost; without one nobody is known to have less than 2.
        ((0.0, 10.0), "C", 3, (2, 0, 2)),
        ((np.nan, np.nan), "C", 3, (np.nan, np.nan, np.nan)),
        ((3.0, 5.0), "A", 1, (np.nan, np.nan, np.nan)),  # the goalpost stands before what is needed
    ],
)
def test_a_value_moves_as_far_as_goalposts_or_else_the_values_there_are(
    posts: tuple[float, float], entity: str, rank: int, ends: tuple[float, float, float]
) -> None:
    framework = tree("x", goalpost_low=[posts[0]], goalpost_high=[posts[1]])
    rows = indicator_change(table(x=[2.0, 4, 9]), framework, steps(), entity=entity, rank=rank)
    row = rows[rows["measure"] == "value_needed"].iloc[0]
    assert row[["value", "low", "high"]].tolist() == pytest.approx(ends, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(("rank", "least"), [(3, 2.0), (2, 3.0), (1, 5.0)])
def test_scores_that_jump_are_met_on_the_side_that_holds_the_rank(rank: int, least: float) -> None:
    """Ranks for scores: A has one place more from the value of another on, and nothing between them."""
    values = table(x=[1.0, 2, 3, 5])
    found = needed(indicator_change(values, tree("x"), steps({"method": "rank"}), entity="A", rank=rank))["x"]
    assert found == pytest.approx(least, abs=1e-6)
    scores = run(values.assign(x=[found, 2, 3, 5]), tree("x"), steps({"method": "rank"})).scores["index"]
    assert ranks(scores)[0] <= rank


def test_less_is_better_moves_down():
    # x is a cost: scores -x + y. A = -8 + 5, B = -4 + 5: A reaches B at x = 4
    values = table(x=[8.0, 4, 1], y=[5.0, 5, 6])
    rows = indicator_change(values, tree("x", "y", direction=[-1, 1]), steps(), entity="A", rank=2)
    assert needed(rows)["x"] == pytest.approx(4, rel=1e-9)
    row = rows[rows["measure"] == "value_needed"].iloc[0]
    assert (row["low"], row["high"]) == (1, row["value"])


def test_change_in_a_geometric_index_goes_through_logarithm_and_root():
    # income 100 to 75 000 by logarithm, health 20 to 85; A: income 1000, health 52.5, so 0.5 and
    # ln(10) / ln(750) = 0.347824. B has sqrt(0.5 * 0.6). A reaches it with income ln(v / 100) = 0.6 ln 750,
    # v = 100 * 750^0.6
    values = table(health=[52.5, 52.5], income=[1000.0, 100 * 750**0.6])
    framework = tree("health", "income", goalpost_low=[20.0, 100.0], goalpost_high=[85.0, 75_000.0])
    normalise = {"method": "goalposts", "by_indicator": {"income": {"log": True}}}
    rows = indicator_change(values, framework, steps(normalise, "geometric"), entity="A", rank=1)
    assert needed(rows)["income"] == pytest.approx(100 * 750**0.6, rel=1e-6)
    # or with health: h * 0.347824 = 0.5 * 0.6, h = 0.862505, 20 + 65 h = 76.0628
    assert needed(rows)["health"] == pytest.approx(20 + 65 * 0.3 / (np.log(10) / np.log(750)), rel=1e-6)


def test_a_worse_rank_is_reached_downwards():
    # A = 9 falls behind B = 4 just below x = -1 (score (x + 9) / 2 < 4), and that is below the smallest x, 4
    values = table(x=[9.0, 4, 2], y=[9.0, 4, 2])
    assert np.isnan(needed(indicator_change(values, tree("x", "y"), steps(), entity="A", rank=2))["x"])
    wide = {"x": (-5.0, 9.0)}
    rows = indicator_change(values, tree("x", "y"), steps(), entity="A", rank=2, bounds=wide)
    assert needed(rows)["x"] == pytest.approx(-1, abs=1e-6)
    assert needed(rows)["x"] < -1


def test_a_rank_already_held_needs_no_change():
    values = table(x=[9.0, 4, 2], y=[9.0, 4, 2])
    assert needed(indicator_change(values, tree("x", "y"), steps(), entity="B", rank=2)) == {"x": 4, "y": 4}


def test_an_indicator_the_unit_lacks_is_left_out():
    values = table(x=[1.0, 4, 5], y=[np.nan, 4, 5])
    rows = indicator_change(values, tree("x", "y"), steps(impute={"method": "median"}), entity="A", rank=2)
    assert set(rows["group"]) == {"x"}


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=3, max_size=6), st.integers(1, 6))
@settings(max_examples=3, deadline=None)
def test_the_needed_value_is_enough_and_less_is_not(cells: list[tuple[int, int]], rank: int):
    values = table(x=[float(a) for a, _ in cells], y=[float(b) for _, b in cells])
    rank = min(rank, len(cells))

    def place(x: float) -> float:
        made = run(values.assign(x=values["x"].mask(values["entity"] == "A", x)), tree("x", "y"), steps())
        return float(ranks(made.scores["index"]).iloc[0])

    now = float(values["x"].iloc[0])
    found = needed(indicator_change(values, tree("x", "y"), steps(), entity="A", rank=rank, bounds={"x": (-200, 300)}))
    better = rank <= place(now)
    assert place(found["x"]) <= rank if better else place(found["x"]) >= rank
    if abs(found["x"] - now) > 1e-6:
        less = now + (found["x"] - now) * (1 - 1e-6)
        assert place(less) > rank if better else place(less) < rank


def test_wrong_questions_are_refused():
    values = table(x=[9.0, 4, 2])
    with pytest.raises(ValueError, match="no unit 'Z' with a score; the first with one: A, B, C"):
        indicator_change(values, tree("x"), steps(), entity="Z", rank=1)
    with pytest.raises(ValueError, match="rank is 4; choose 1 to 3"):
        indicator_change(values, tree("x"), steps(), entity="A", rank=4)
    panel = pd.concat([values.assign(period="2020"), values.assign(period="2022")])
    with pytest.raises(ValueError, match="several periods; keep the one"):
        indicator_change(panel, tree("x"), steps(), entity="A", rank=1)


# weights --------------------------------------------------------------------------------------------------------------


def test_weights_of_two_parts_by_hand():
    # A (1, 0), B (0, 2): A leads where w > 2 (1 - w), w > 2 / 3. C is behind under all weights.
    values = table(x=[1.0, 0, 0], y=[0.0, 2, 0])
    rows = weight_change(run(values, tree("x", "y"), steps()), entity="A", rank=1)
    assert needed(rows) == pytest.approx({"x": 2 / 3, "y": 1 / 3}, abs=1e-5)
    assert rows.loc[rows["measure"] == "weight_now", "value"].tolist() == [0.5, 0.5]
    assert set(rows["unit"]) == {"share"}


def test_no_weights_help_a_unit_that_is_behind_everywhere():
    values = table(x=[1.0, 2, 0], y=[1.0, 2, 0])
    assert all(
        np.isnan(v) for v in needed(weight_change(run(values, tree("x", "y"), steps()), entity="A", rank=1)).values()
    )


def test_weights_need_no_change_for_a_rank_held():
    values = table(x=[1.0, 2, 0], y=[1.0, 2, 0])
    assert needed(weight_change(run(values, tree("x", "y"), steps()), entity="A", rank=2)) == {"x": 0.5, "y": 0.5}


@given(st.integers(0, 1000), st.integers(1, 4))
@settings(max_examples=12, deadline=None)
def test_no_weights_of_a_fine_grid_are_nearer(seed: int, rank: int):
    rng = np.random.default_rng(seed)
    x, now = rng.random((6, 3)), np.full(3, 1 / 3)
    found = smallest_weight_change(x, now, 0, rank)
    grid = np.array([(a, b, 60 - a - b) for a, b in product(range(61), repeat=2) if a + b <= 60]) / 60
    scores = grid @ x.T
    holds = (scores[:, 1:] > scores[:, :1] + 1e-9).sum(axis=1) < rank
    if not holds.any():
        return
    assert np.abs(found - now).sum() <= np.abs(grid[holds] - now).sum(axis=1).min() + 1e-4
    assert found.sum() == pytest.approx(1)
    assert ((x @ found)[1:] > (x @ found)[0]).sum() < rank


@pytest.mark.parametrize(
    "method", ["geometric", "harmonic", {"name": "generalised", "power": 3}, {"name": "generalised", "power": -2}]
)
def test_weights_for_other_means_bring_the_rank(method: Any):
    rng = np.random.default_rng(4)
    values = table(x=rng.uniform(1, 9, 7).tolist(), y=rng.uniform(1, 9, 7).tolist(), z=rng.uniform(1, 9, 7).tolist())
    made = run(values, tree("x", "y", "z"), steps(method=method))
    last = made.scores.sort_values("index")["entity"].iloc[2]
    weights = needed(weight_change(made, entity=last, rank=4))
    again = run(values, tree("x", "y", "z", weight=list(weights.values())), steps(method=method))
    assert ranks(again.scores.set_index("entity")["index"])[last] <= 4


def test_weights_of_one_pillar():
    framework = pd.DataFrame(
        {"code": ["x", "y", "z", "pillar", "index"], "parent": ["pillar", "pillar", "index", "index", ""]}
    )
    values = table(x=[1.0, 0], y=[0.0, 2], z=[5.0, 5])
    rows = weight_change(run(values, framework, steps()), entity="A", rank=1, parent="pillar")
    assert needed(rows) == pytest.approx({"x": 2 / 3, "y": 1 / 3}, abs=1e-5)


def test_weights_of_what_is_no_mean_are_refused():
    values = table(x=[1.0, 2, 0], y=[1.0, 2, 3])
    with pytest.raises(ValueError, match="no smallest change of weights for the method 'copeland'"):
        weight_change(run(values, tree("x", "y"), steps(method="copeland")), entity="A", rank=1)
    with pytest.raises(ValueError, match="'x' is no aggregate"):
        weight_change(run(values, tree("x", "y"), steps()), entity="A", rank=1, parent="x")
    gap = run(table(x=[1.0, 2, 0], y=[1.0, np.nan, 3]), tree("x", "y"), steps())
    with pytest.raises(TableError, match="B: a part of 'index' has no score"):
        weight_change(gap, entity="A", rank=1)
    panel = pd.concat([values.assign(period="2020"), values.assign(period="2022")])
    with pytest.raises(ValueError, match="several periods"):
        weight_change(run(panel, tree("x", "y"), steps()), entity="A", rank=1)


# missing values -------------------------------------------------------------------------------------------------------


def test_bounds_of_missing_values_by_hand():
    # 0 to 100: A (0, ?) 0 to 50; B (40, 0) 20; C (80, 100) 90; D (100, 50) 75. A can pass B alone.
    values = table(x=[0.0, 40, 80, 100], y=[np.nan, 0, 100, 50])
    normalise = {"method": "min_max", "low": 0, "high": 100}
    found = missing_bounds(run(values, tree("x", "y"), steps(normalise, impute={"method": "median"})))
    scores, places = found[found["measure"] == "index_missing"], found[found["measure"] == "rank_missing"]
    assert scores[["low", "high"]].to_numpy().tolist() == [[0, 50], [20, 20], [90, 90], [75, 75]]
    # imputed by the median of 0, 50, 100: (0 + 50) / 2 = 25
    assert scores["value"].tolist() == [25, 20, 90, 75]
    assert places[["low", "value", "high"]].to_numpy().tolist() == [[3, 3, 4], [3, 4, 4], [1, 1, 1], [2, 2, 2]]
    assert set(found["interval"]) == {"bound"}


@pytest.mark.parametrize(("lang", "scale"), [("en", "scale"), ("ru", "шкал"), ("kk", "шкала")])
def test_bounds_are_told_for_the_scale_of_the_values_there_are(lang: str, scale: str) -> None:
    # A (100, 10) 55, E (0, 100) 50; D (?, 0) at most 50 on the scale of 0 to 100, so A leads wherever D lies on it.
    values, normalise = table(x=[100.0, 0, 50, np.nan, 0], y=[1.0, 9, 5, 0, 10]), {"method": "min_max"}
    made = [
        run(given, tree("x", "y"), steps(normalise, impute={"method": "median"}))
        for given in (values, values.fillna(1000))
    ]
    places = missing_bounds(made[0]).query("measure == 'rank_missing'").set_index("entity")
    assert places.loc["A", ["low", "high"]].tolist() == [1, 1]
    # With a thousand the scale would reach to it: A (10, 10) 10 falls behind E.
    scores = made[1].scores.set_index("entity")["index"]
    assert scores["E"] > scores["A"]
    assert scale in labels.text("index.lead_missing_sure", lang, leader="A")


def test_bounds_without_imputation_are_those_with_it():
    values = table(x=[0.0, 40, 80, 100], y=[np.nan, 0, 100, 50])
    normalise = {"method": "min_max", "low": 0, "high": 100}
    with_it, without = (
        missing_bounds(run(values, tree("x", "y"), steps(normalise, impute=step)))
        for step in ({"method": "median"}, None)
    )
    places = with_it["measure"] == "rank_missing"
    assert with_it.loc[places, "high"].tolist() == without.loc[places, "high"].tolist()


def test_a_scale_without_ends_goes_to_the_extremes_of_the_units():
    # z-scores of (0, 1, 2) are -1, 0, 1: the unit without y has x = 0 and y from -1 to 1, so -0.5 to 0.5
    values = table(x=[0.0, 1, 2, 1], y=[0.0, 1, 2, np.nan])
    framework = tree("x", "y")
    found = missing_bounds(run(values, framework, steps({"method": "z_score"})))
    row = found[(found["entity"] == "D") & (found["measure"] == "index_missing")].iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((-0.5, 0.5))


def test_each_period_has_its_own_ranks():
    values = pd.concat([table(x=[1.0, 2], y=[1.0, np.nan]).assign(period=p) for p in ("2020", "2022")])
    values.loc[values["period"] == "2022", "y"] = [3.0, 5.0]
    found = missing_bounds(run(values, tree("x", "y"), steps({"method": "min_max", "over": "panel"})))
    places = found[found["measure"] == "rank_missing"].set_index(["entity", "period"])
    assert set(places["n"]) == {2}
    assert places.loc[("B", "2022"), ["low", "high"]].tolist() == [1, 1]


@given(st.integers(0, 500))
@settings(max_examples=4, deadline=None)
def test_any_filling_within_the_scale_keeps_to_the_bounds(seed: int):
    rng = np.random.default_rng(seed)
    whole = pd.DataFrame(rng.uniform(0, 1, (6, 3)), columns=list("xyz"))
    holed = whole.mask(rng.random((6, 3)) < 0.3)
    holed.loc[0] = whole.loc[0]
    framework = tree("x", "y", "z", goalpost_low=[0.0] * 3, goalpost_high=[1.0] * 3)
    declared = steps({"method": "goalposts"}, impute={"method": "mean"})
    entity = list("ABCDEF")
    made = [run(part.assign(entity=entity), framework, declared) for part in (holed, whole)]
    found = missing_bounds(made[0])
    scores = found[found["measure"] == "index_missing"]
    assert (scores["low"].to_numpy() <= made[1].scores["index"].to_numpy() + 1e-12).all()
    assert (made[1].scores["index"].to_numpy() <= scores["high"].to_numpy() + 1e-12).all()
    places = found[found["measure"] == "rank_missing"]
    assert (
        ranks(made[1].scores["index"])
        .between(places["low"].reset_index(drop=True), places["high"].reset_index(drop=True))
        .all()
    )


def test_bounds_for_what_may_fall_are_refused():
    values = table(x=[1.0, 2, 3], y=[1.0, 2, np.nan])
    with pytest.raises(ValueError, match="no bounds for the method copeland"):
        missing_bounds(run(values, tree("x", "y"), steps(method="copeland")))


def test_needed_weights_reach_the_rank_whatever_the_unit_of_the_scores() -> None:
    # Scores of 0 to a millionth: a solver's absolute tolerance is as large as all of them.
    x = np.random.default_rng(3).random((12, 4))
    last = int(np.argmin(x.sum(axis=1)))
    found = [smallest_weight_change(x * unit, np.full(4, 0.25), last, 8) for unit in (1, 1e-6)]
    assert (((np.delete(x, last, axis=0) - x[last]) @ found[1]) > 0).sum() <= 7
    np.testing.assert_allclose(found[1], found[0], atol=1e-4)
