"""Raking, post-stratification and the errors of weighted shares: worked by hand, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.surveys import weighting as w
from digital_diplomacy.tables import ESTIMATES

NAMED = {"entity": "KAZ", "period": "2020", "source_id": "example"}


def margins(**totals):
    """One variable a keyword: its categories and totals."""
    rows = [(name, category, total) for name, cells in totals.items() for category, total in cells.items()]
    return pd.DataFrame(rows, columns=["variable", "category", "total"])


def people(*rows):
    """Rows of (number of respondents, sex, age, answer)."""
    return pd.DataFrame(
        [(sex, age, answer) for number, sex, age, answer in rows for _ in range(number)],
        columns=["sex", "age", "answer"],
    )


def value(frame, measure):
    return frame.set_index("measure").at[measure, "value"]


# Raking -----------------------------------------------------------------------------------------------------------

SURVEY = people((7, "f", "young", 1), (9, "f", "old", 0), (12, "m", "young", 0), (7, "m", "old", 1))


def test_raking_worked_by_hand():
    # Cells x, 5 - x / 10 - x, 5 + x keep the odds ratio 7 * 7 / (9 * 12) = 49 / 108:
    # 108 x (5 + x) = 49 (5 - x)(10 - x), or 59 x^2 + 1275 x - 2450 = 0
    x = (-1275 + math.sqrt(1275**2 + 4 * 59 * 2450)) / (2 * 59)
    found = w.rake(SURVEY, margins(sex={"f": 5, "m": 15}, age={"young": 10, "old": 10}))
    cells = found.groupby(["sex", "age"])["weight"].sum()
    expected = {("f", "young"): x, ("f", "old"): 5 - x, ("m", "young"): 10 - x, ("m", "old"): 5 + x}
    assert cells.to_dict() == pytest.approx(expected, rel=1e-9)


def test_one_variable_needs_one_round():
    found = w.rake(SURVEY, margins(sex={"f": 52, "m": 48}), most_rounds=1)
    assert found.groupby("sex")["weight"].first().to_dict() == pytest.approx({"f": 52 / 16, "m": 48 / 19})


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.integers(1, 9), min_size=6, max_size=6),
    st.lists(st.integers(1, 50), min_size=2, max_size=2),
    st.lists(st.integers(1, 50), min_size=3, max_size=3),
)
def test_raked_weights_meet_every_margin_and_keep_every_odds_ratio(counts, sexes, ages):
    rows = [(counts[3 * i + j], sex, age, 0) for i, sex in enumerate("fm") for j, age in enumerate("abc")]
    share = {"sex": np.array(sexes) / sum(sexes), "age": np.array(ages) / sum(ages)}
    totals = margins(sex=dict(zip("fm", share["sex"], strict=True)), age=dict(zip("abc", share["age"], strict=True)))
    found = w.rake(people(*rows), totals)
    for name, keys in (("sex", "fm"), ("age", "abc")):
        sums = found.groupby(name)["weight"].sum()
        assert [sums[key] for key in keys] == pytest.approx(list(share[name]), rel=1e-9)
    cells = found.groupby(["sex", "age"])["weight"].sum().to_numpy().reshape(2, 3)
    before = np.array(counts, dtype=float).reshape(2, 3)
    odds = [table[0, 0] * table[1, 1:] / (table[1, 0] * table[0, 1:]) for table in (cells, before)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-9)


def test_the_scale_of_starting_weights_does_not_matter_and_the_input_is_untouched():
    before = SURVEY.assign(base=2.0)
    totals = margins(sex={"f": 5, "m": 15}, age={"young": 10, "old": 10})
    found = w.rake(before, totals, weight="base")
    assert found["weight"].to_numpy() == pytest.approx(w.rake(SURVEY, totals)["weight"].to_numpy())
    assert list(before.columns) == ["sex", "age", "answer", "base"]


def test_numbers_and_texts_name_the_same_category():
    found = w.rake(pd.DataFrame({"age": [1, 2]}), margins(age={"1": 3, "2": 4}))
    assert found["weight"].tolist() == [3, 4]


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (margins(sex={"f": 1}), r"margin `sex`: respondents without a total, categories: m"),
        (margins(sex={"f": 1, "m": 1, "x": 1}), r"margin `sex`: no respondents.*: x"),
        (margins(sex={"f": 1, "m": 0}), r"margin `sex`: total must be a number above 0: m"),
        (margins(region={"a": 1}), r"margin `region`.*lack the column `region`"),
        (margins(sex={"f": 1, "m": 1}, age={"young": 1, "old": 2}), r"different totals: `sex` 2, `age` 3"),
        (pd.concat([margins(sex={"f": 1, "m": 1})] * 2), r"margin `sex`: stands twice: f; m"),
        (margins(sex={"f": 1, "m": 1}).drop(columns="total"), r"margins lack the column `total`"),
    ],
)
def test_bad_margins_are_named(totals, said):
    with pytest.raises(TableError, match=said):
        w.rake(SURVEY, totals)


def test_a_missing_category_is_a_category_without_total():
    with pytest.raises(TableError, match=r"margin `sex`: respondents without a total, categories: \(empty\)"):
        w.rake(SURVEY.assign(sex=SURVEY["sex"].mask(SURVEY["sex"] == "m")), margins(sex={"f": 1, "m": 1}))


def test_weights_that_cannot_meet_all_margins_are_refused():
    # All women are young and all men old, so both variables have the same margins or none.
    sample = people((3, "f", "young", 1), (3, "m", "old", 1))
    with pytest.raises(TableError, match=r"margin `sex`: after 50 rounds category [fm] has weight .* instead of"):
        w.rake(sample, margins(sex={"f": 5, "m": 5}, age={"young": 7, "old": 3}), most_rounds=50)


def test_bad_starting_weights_and_rounds_are_refused():
    totals = margins(sex={"f": 1, "m": 1})
    with pytest.raises(TableError, match="starting weight `base` must be a number above 0; it is not in row 1"):
        w.rake(SURVEY.assign(base=0), totals, weight="base")
    with pytest.raises(TableError, match="no column `base`"):
        w.rake(SURVEY, totals, weight="base")
    with pytest.raises(TableError, match="no respondents to weight"):
        w.rake(SURVEY.head(0), totals)
    with pytest.raises(ValueError, match="most_rounds 0"):
        w.rake(SURVEY, totals, most_rounds=0)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ([1.0, 2.0, 1.0], [1, 2]),
        (["1", "2", "1"], [1.0, 2.0]),
        (["1.0", "2.00", "1.0"], ["1", "2"]),
        ([" a", "b\N{NO-BREAK SPACE}", "a "], ["a", "b"]),
        (
            ["e\N{COMBINING ACUTE ACCENT}", "b", "\N{LATIN SMALL LETTER E WITH ACUTE}"],
            ["\N{LATIN SMALL LETTER E WITH ACUTE}", "b"],
        ),
        ([True, False, True], ["True", "False"]),
        ([-1.0, 1.5, -1.0], [-1, 1.5]),
    ],
)
def test_categories_have_one_form(given, known):
    totals = pd.DataFrame({"variable": "x", "category": known, "total": [30, 70]})
    sample = pd.DataFrame({"x": given})
    assert w.rake(sample, totals)["weight"].tolist() == [15, 70, 15]
    cells = pd.DataFrame({"x": known, "total": [30, 70]})
    assert w.poststratify(sample, cells)["weight"].tolist() == [15, 70, 15]


def test_a_gap_among_codes_is_named_alone_and_two_forms_of_one_category_are_refused():
    totals = pd.DataFrame({"variable": "x", "category": [1, 2], "total": [30, 70]})
    with pytest.raises(TableError, match=r"without a total, categories: \(empty\)$"):
        w.rake(pd.DataFrame({"x": [1, 2, None]}), totals)
    with pytest.raises(TableError, match=r"margin `x`: stands twice: 1"):
        w.rake(pd.DataFrame({"x": [1, 1]}), totals.assign(category=["1", "1.0"]))


# Post-stratification ----------------------------------------------------------------------------------------------

CELLS = pd.DataFrame({"sex": ["f", "m"], "total": [60.0, 40.0]})


def test_poststratified_weights_are_cell_totals_over_respondents():
    found = w.poststratify(SURVEY, CELLS)
    assert found.groupby("sex")["weight"].first().to_dict() == {"f": 60 / 16, "m": 40 / 19}


def test_cells_of_two_variables():
    cells = pd.DataFrame({"sex": ["f", "f", "m", "m"], "age": ["young", "old"] * 2, "total": [7.0, 18.0, 36.0, 28.0]})
    found = w.poststratify(SURVEY, cells)
    assert found.groupby(["sex", "age"])["weight"].first().to_dict() == {
        ("f", "young"): 1, ("f", "old"): 2, ("m", "young"): 3, ("m", "old"): 4,
    }  # fmt: skip
    with pytest.raises(TableError, match=r"cells: respondents without a total, categories: m/old"):
        w.poststratify(SURVEY, cells.head(3))


def test_poststratified_share_and_error_worked_by_hand():
    # Women 4 of 10 yes with 60 % of the population, men 5 of 20 with 40 %: 0.6 * 0.4 + 0.4 * 0.25 = 0.34.
    # Residuals and weights as after raking to one variable, below: 30 / 29 * 101.4 / 10^4.
    sample = people((4, "f", "", 1), (6, "f", "", 0), (5, "m", "", 1), (15, "m", "", 0))
    found = w.weighted_share(sample, CELLS, answer="answer", method="poststratification", **NAMED)
    assert value(found, "answer") == pytest.approx(34)
    assert value(found, "standard_error") == pytest.approx(math.sqrt(30 / 29 * 101.4))
    # Weights 6 (ten times) and 2 (twenty times): 30 * (10 * 36 + 20 * 4) / 100^2 = 1.32
    assert value(found, "kish_design_effect") == pytest.approx(1.32)
    assert value(found, "design_effect") == pytest.approx(30 * 30 / 29 * 0.01014 / (0.34 * 0.66))
    assert set(found["base"]) == {"population"}
    assert set(found.columns) == set(ESTIMATES.columns)


def test_raking_to_one_variable_is_poststratification():
    sample = people((4, "f", "a", 1), (6, "f", "b", 0), (5, "m", "b", 1), (15, "m", "a", 0), (3, "m", "a", None))
    raked = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    celled = w.weighted_share(sample, CELLS, answer="answer", method="poststratification", **NAMED)
    pd.testing.assert_frame_equal(raked, celled)


def test_a_cell_of_one_respondent_leaves_the_error_unknown():
    sample = people((1, "f", "", 1), (3, "m", "", 0))
    with pytest.raises(TableError, match=r"one respondent leaves the error unknown.*: f"):
        w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    with pytest.raises(TableError, match=r"one respondent leaves the error unknown.*: f"):
        w.weighted_share(sample, CELLS, answer="answer", method="poststratification", **NAMED)


# Errors after raking ----------------------------------------------------------------------------------------------


def test_error_after_raking_one_variable_is_that_of_deviations_from_its_categories():
    # Weights 6 and 2 of 100; residuals of women 0.6 (4) and -0.4 (6), of men 0.75 (5) and -0.25 (15), over 100:
    # 30 / 29 * (36 * (4 * 0.36 + 6 * 0.16) + 4 * (5 * 0.5625 + 15 * 0.0625)) / 10^4 = 30 / 29 * 101.4 / 10^4
    sample = people((4, "f", "", 1), (6, "f", "", 0), (5, "m", "", 1), (15, "m", "", 0))
    found = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    assert value(found, "answer") == pytest.approx(34)
    assert value(found, "standard_error") == pytest.approx(100 * math.sqrt(30 / 29 * 101.4) / 100)


def test_who_was_not_asked_counts_for_the_weights_and_adds_nothing_to_the_error():
    # Weights 20 and 40 / 3; 2 of 3 answered in each category, one yes: share 0.5 of a size of 200 / 3. Residuals
    # +-0.5, of who did not answer none: 6 / 5 * (2 * 10^2 + 2 * (20 / 3)^2) / (200 / 3)^2 = 6 / 5 * 0.065
    sample = people(
        (1, "f", "", 1), (1, "f", "", 0), (1, "f", "", None), (1, "m", "", 1), (1, "m", "", 0), (1, "m", "", None)
    )
    found = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    assert value(found, "answer") == pytest.approx(50)
    assert value(found, "standard_error") == pytest.approx(100 * math.sqrt(6 / 5 * 0.065))


def test_an_answer_that_the_margins_determine_has_no_sampling_error():
    sample = people((4, "f", "", 1), (6, "m", "", 0))
    found = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    assert value(found, "answer") == pytest.approx(60)
    assert value(found, "standard_error") == pytest.approx(0, abs=1e-6)


def test_equal_weights_give_the_error_of_a_simple_random_sample():
    # n / (n - 1) * p q / n with n = 35, 14 yes
    found = w.weighted_share(
        SURVEY.assign(all="x"), margins(all={"x": 35}), answer="answer", base="respondents", **NAMED
    )
    assert value(found, "standard_error") == pytest.approx(100 * math.sqrt(0.4 * 0.6 / 34))
    assert value(found, "kish_design_effect") == 1
    assert value(found, "design_effect") == pytest.approx(35 / 34)


def test_linearised_error_agrees_with_the_jackknife():
    # Of 800 people, 280 young and 160 old women and 120 young and 240 old men, every second man and every second young
    # person was asked: raking finds the 800 again. Their share: (0.9 * 280 + 0.5 * 160 + 0.6 * 120 + 0.2 * 240) / 800.
    asked = [(126, "f", "y", 1), (14, "f", "y", 0), (80, "f", "o", 1), (80, "f", "o", 0)]
    asked += [(18, "m", "y", 1), (12, "m", "y", 0), (24, "m", "o", 1), (96, "m", "o", 0)]
    totals = margins(sex={"f": 440, "m": 360}, age={"y": 400, "o": 400})

    def share(groups):
        return w.weighted_share(people(*groups), totals, answer="answer", **NAMED)

    found, n = share(asked), 450
    assert value(found, "answer") == pytest.approx(56.5)
    # Efron & Stein 1981, Annals of Statistics 9, 586-596: each of the n is left out once. Those of one group leave the
    # same share behind, so one of each will do, counted as often as there are.
    numbers = np.array([number for number, *_ in asked])
    without = [[(number - (k == left), *rest) for k, (number, *rest) in enumerate(asked)] for left in range(8)]
    left = np.array([value(share(groups), "answer") for groups in without])
    around = left - numbers @ left / n
    assert value(found, "standard_error") == pytest.approx(math.sqrt((n - 1) / n * (numbers @ around**2)), rel=0.02)


def test_those_not_asked_count_for_the_weights_only():
    sample = people((4, "f", "", 1), (6, "f", "", 0), (10, "f", "", None), (5, "m", "", 1), (15, "m", "", 0))
    found = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED)
    # Each woman weighs 3, each man 2; of those asked 30 + 40: (4 * 3 + 5 * 2) / 70
    assert value(found, "answer") == pytest.approx(100 * 22 / 70)
    assert found["n"].unique().tolist() == [30]


def test_when_all_agree_the_interval_rests_on_kishs_effective_size():
    sample = people((10, "f", "", 1), (20, "m", "", 1))
    row = w.weighted_share(sample, margins(sex={"f": 60, "m": 40}), answer="answer", **NAMED).iloc[0]
    # Wilson at share 1 and n = 30 / 1.32: lower end n / (n + z^2)
    n = 30 / 1.32
    assert (row["value"], row["high"]) == (100, 100)
    assert row["low"] == pytest.approx(100 * n / (n + 1.959964**2), rel=1e-6)


def test_bad_answers_and_methods_are_refused():
    totals = margins(sex={"f": 1, "m": 1})
    with pytest.raises(TableError, match="must hold 1 for yes and 0 for no; it does not in row 1"):
        w.weighted_share(SURVEY.assign(answer=2), totals, answer="answer", **NAMED)
    with pytest.raises(TableError, match="nobody answered"):
        w.weighted_share(SURVEY.assign(answer=None), totals, answer="answer", **NAMED)
    with pytest.raises(TableError, match="no column `vote`"):
        w.weighted_share(SURVEY, totals, answer="vote", **NAMED)
    with pytest.raises(ValueError, match="unknown method 'calibration'; allowed: raking"):
        w.weighted_share(SURVEY, totals, answer="answer", method="calibration", **NAMED)
    with pytest.raises(ValueError, match="weights must be 0 or more"):
        w.kish_design_effect([])


def test_of_many_bad_starting_weights_the_first_ten_rows_are_named():
    many = people((12, "f", "young", 1)).assign(base=-1)
    with pytest.raises(TableError, match=r"not in row 1, 2, 3, 4, 5, 6, 7, 8, 9, 10$"):
        w.rake(many, margins(sex={"f": 1}), weight="base")
