"""Draws of weights and the ranks they give, beside slow and plain ways to find the same."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import gammaincinv
from scipy.stats import rankdata

from digital_diplomacy.rankings.composite.framework import check_framework, hierarchy
from digital_diplomacy.rankings.composite.methods import method_of
from digital_diplomacy.rankings.robustness import draws as module
from digital_diplomacy.rankings.robustness.draws import (
    _add_bytes,
    _coarsely,
    _shared_places,
    count_above,
    count_ranks,
    draw_weights,
    place_weights,
    rank_draws,
    sample_weights,
    score_draws,
    weight_model,
)

# a and b make up p, c is the only child of q; p and q weigh 3 to 1.
TREE = check_framework(
    pd.DataFrame(
        {"code": ["a", "b", "c", "p", "q", "index"], "parent": ["p", "p", "q", "index", "index", ""],
         "weight": [3.0, 1.0, 5.0, 3.0, 1.0, 7.0]}
    )
)  # fmt: skip


def test_a_model_of_weights_is_that_of_the_tree() -> None:
    model = weight_model(TREE, spread=0.2)
    assert dict(zip(model.codes, model.shares, strict=True)) == {
        "a": 0.75, "b": 0.25, "c": 1.0, "p": 0.75, "q": 0.25, "index": 1.0,
    }  # fmt: skip
    families = [[model.codes[place] for place in family] for family in model.families]
    assert sorted(map(sorted, families)) == [["a", "b"], ["c"], ["p", "q"]]
    assert [model.codes[place] for place in model.varied] == ["a", "b", "p", "q"]  # an only child weighs 1
    assert (model.spread, model.concentration) == (0.2, None)
    for levels, varied in (([0], ["a", "b"]), ([1], ["p", "q"]), ([0, 1], ["a", "b", "p", "q"]), ([], [])):
        chosen = weight_model(TREE, concentration=5.0, levels=levels)
        assert [chosen.codes[place] for place in chosen.varied] == varied
    assert len(weight_model(TREE).varied) == 0
    assert weight_model(TREE, concentration=5.0).concentration == 5.0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"spread": 0.2, "concentration": 5.0}, "not by both"),
        ({"spread": 0.0}, "spread is 0.0; it must be above 0 and at most 1"),
        ({"spread": 1.01}, "spread is 1.01"),
        ({"concentration": 0.0}, "concentration is 0.0; it must be above 0 and finite"),
        ({"concentration": np.inf}, "concentration is inf"),
        ({"spread": 0.2, "levels": [0, 2]}, r"levels \[2\] do not exist; weights stand at levels 0 to 1"),
        ({"spread": 0.2, "levels": [-1]}, r"levels \[-1\] do not exist"),
    ],
)
def test_weights_that_cannot_vary_so_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        weight_model(TREE, **options)  # type: ignore[arg-type]
    assert weight_model(TREE, spread=1.0).spread == 1.0


def test_places_of_uniform_weights_by_hand() -> None:
    model = weight_model(TREE, spread=0.2)
    found = pd.DataFrame(
        place_weights(model, np.array([[0.0, 1.0, 0.5, 0.5], [0.5, 0.5, 0.25, 1.0]])), columns=list(model.codes)
    )
    # 0.75 by 0.8 and 0.25 by 1.2; 0.75 by 0.9 and 0.25 by 1.2
    assert found["a"].tolist() == pytest.approx([0.6 / 0.9, 0.75])
    assert found["b"].tolist() == pytest.approx([0.3 / 0.9, 0.25])
    assert found["p"].tolist() == pytest.approx([0.75, 0.675 / 0.975])
    assert found["q"].tolist() == pytest.approx([0.25, 0.3 / 0.975])
    assert found[["c", "index"]].to_numpy().tolist() == [[1, 1], [1, 1]]


def test_places_of_dirichlet_weights_are_shares_of_gamma_quantiles() -> None:
    model = weight_model(TREE, concentration=4.0, levels=[0])
    found = place_weights(model, np.array([[0.3, 0.8]]))[0]
    gammas = gammaincinv([3.0, 1.0], [0.3, 0.8])
    assert found[[model.codes.index(code) for code in "ab"]] == pytest.approx(gammas / gammas.sum())
    nothing = weight_model(TREE.assign(weight=[1.0, 0.0, 1, 1, 1, 1]), concentration=4.0, levels=[0])
    assert place_weights(nothing, np.array([[0.3, 0.8]]))[0][[nothing.codes.index(code) for code in "ab"]].tolist() == [
        1,
        0,
    ]


@pytest.mark.parametrize("options", [{"spread": 0.5}, {"concentration": 20.0}])
def test_drawn_weights_sum_to_1_within_each_parent_around_their_shares(options: dict[str, float]) -> None:
    drawn = draw_weights(TREE, **options, draws=4000, rng=np.random.default_rng(2))
    model = weight_model(TREE, **options)
    assert drawn.shape == (4000, 6)
    for family in model.families:
        assert drawn[:, family].sum(axis=1) == pytest.approx(np.ones(4000))
    assert drawn.mean(axis=0) == pytest.approx(model.shares, abs=0.02)
    again = sample_weights(model, draws=4000, rng=np.random.default_rng(2))
    assert (drawn == again).all()
    if "concentration" in options:  # Dirichlet with parameters 15 and 5: variance 15 * 5 / (20^2 * 21)
        assert drawn[:, model.codes.index("a")].var() == pytest.approx(75 / 8400, rel=0.1)


SCORES = {
    "apart": np.random.default_rng(1).normal(size=(50, 9)),
    "tied": np.random.default_rng(2).integers(-2, 3, (50, 9)).astype(float),
    "signed zeros": np.array([[0.0, -0.0, 1e-300, -1e-300, 5.0]] * 3),
    "last digits": 1 + np.random.default_rng(3).integers(0, 4, (40, 6)) * 2.0**-52,
    "last digits below zero": -1 - np.random.default_rng(4).integers(0, 4, (40, 6)) * 2.0**-52,
    "crowded": np.random.default_rng(5).normal(size=(3, 300)),
    "wide": np.array([[-1e308, 1e308, 0.0, 1.0]] * 2),
    "mixed": np.vstack([np.linspace(0, 1, 8), np.r_[np.zeros(4), np.ones(4)], np.linspace(1, 0, 8)]),
    "all alike": np.full((2, 4), 7.0),
    "two": np.array([[1.0, 2.0], [2.0, 1.0]]),
}


@pytest.mark.parametrize("name", SCORES)
@pytest.mark.parametrize("block", [1, 7, 64])
def test_ranks_of_draws_are_competition_ranks(name: str, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RANKED", block)
    before = SCORES[name].copy()
    assert (rank_draws(SCORES[name]) == rankdata(-SCORES[name], method="min", axis=1)).all()
    assert (before == SCORES[name]).all()


def test_ranks_of_255_units_fit_into_a_byte_and_of_256_do_not() -> None:
    for units, kind in ((255, np.uint8), (256, np.uint16)):
        ranks = rank_draws(np.arange(units, dtype=float)[None, :])
        assert ranks.dtype == kind
        assert ranks[0].tolist() == list(range(units, 0, -1))


@pytest.mark.parametrize("draws", [1, 7, 8, 9, 2040, 2041])
@pytest.mark.parametrize("tied", [False, True])
def test_ranks_and_pairs_are_counted_one_by_one(draws: int, tied: bool) -> None:
    chance = np.random.default_rng(draws)
    scores = chance.integers(0, 4, (draws, 6)).astype(float) if tied else chance.normal(size=(draws, 6))
    scores[:, 0] += 9  # surely above all others
    ranks = rank_draws(scores)
    above = (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)
    assert (count_above(ranks) == above).all()
    assert (count_ranks(ranks) == np.array([[(ranks[:, unit] == rank).sum() for rank in range(1, 7)]
                                            for unit in range(6)])).all()  # fmt: skip


def test_bytes_of_a_word_are_added_without_running_over() -> None:
    words = np.array([[1, 2, 3, 4, 5, 6, 7, 8], [255] * 8, [0, 255, 0, 255, 1, 0, 0, 0]], dtype=np.uint8)
    assert _add_bytes(words.view(np.uint64)).ravel().tolist() == [36, 2040, 511]


@pytest.mark.parametrize("name", ["arithmetic", "geometric"])
@pytest.mark.parametrize("is_drawn", [False, True])
def test_scores_of_draws_are_means_of_means_one_by_one(
    name: str, is_drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BLOCK", 2)
    chance = np.random.default_rng(5)
    tree = hierarchy(TREE)
    weights = draw_weights(TREE, spread=0.5, draws=5, rng=chance)
    x = chance.uniform(1, 9, (5, 4, 3) if is_drawn else (4, 3))
    found = score_draws(x, weights, tree, {code: method_of(name) for code in tree.aggregates})
    share = pd.DataFrame(weights, columns=list(weight_model(TREE).codes))
    column = {code: number for number, code in enumerate(tree.indicators)}
    for draw in range(5):
        own, w = (x[draw] if is_drawn else x), share.loc[draw]
        a, b, c = (own[:, column[code]] for code in "abc")
        if name == "arithmetic":
            expected = w["p"] * (w["a"] * a + w["b"] * b) + w["q"] * c
        else:
            expected = (a ** w["a"] * b ** w["b"]) ** w["p"] * c ** w["q"]
        assert found[draw] == pytest.approx(expected)


def test_missing_values_are_passed_over_by_arithmetic_means_of_draws() -> None:
    tree = hierarchy(TREE)
    weights = draw_weights(TREE, spread=0.5, draws=3, rng=np.random.default_rng(5))
    x = np.array([[np.nan, 4.0, 1.0], [2.0, 4.0, 1.0]])[:, ["abc".index(code) for code in tree.indicators]]
    found = score_draws(x, weights, tree, {code: method_of("arithmetic") for code in tree.aggregates})
    share = pd.DataFrame(weights, columns=list(weight_model(TREE).codes))
    assert found[:, 0] == pytest.approx(4 * share["p"] + share["q"])  # b alone makes up p


def test_coarse_scores_settle_draws_in_which_they_all_differ() -> None:
    order, are_apart = _coarsely(np.array([[0.0, 2.0, 1.0], [0.0, 1.0, 1.0], [0.5, 0.5 + 1e-12, 2.0]]))
    assert are_apart.tolist() == [True, False, False]
    assert order[0].tolist() == [0, 2, 1]
    for scores in ([[7.0, 7.0]], [[-1e308, 1e308]], np.arange(3000.0)[None]):  # all alike, too wide, too many
        assert not _coarsely(np.array(scores))[1].any()


def test_a_run_of_equal_scores_shares_the_place_of_its_last() -> None:
    places = np.array([[5, 4, 3, 2, 1]] * 3, dtype=np.uint8)
    same = np.array([[True, False, True, True], [False] * 4, [True] * 4])
    assert _shared_places(places, same).tolist() == [[4, 4, 1, 1, 1], [5, 4, 3, 2, 1], [1] * 5]
