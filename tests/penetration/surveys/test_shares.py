"""Intervals at their ends and for complex designs, tests of shares, and the comparison with reference results."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, chi2_contingency, chisquare, norm, t
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportions_ztest

from digital_diplomacy import penetration as pen
from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.surveys import comparisons as cp
from digital_diplomacy.penetration.surveys import contingency as ct
from digital_diplomacy.penetration.surveys import shares as sh
from digital_diplomacy.tables import ESTIMATES, FINDINGS, PAIRS

EMPTY = pd.DataFrame({name: pd.Series(dtype=object) for name in ESTIMATES.columns})
NAMED = {
    "entity": "KAZ",
    "group": "",
    "period": "2020",
    "measure": "yes",
    "base": "respondents",
    "source_id": "example",
}


def counts(*rows, **columns):
    """Rows of (group, measure, successes, n)."""
    frame = pd.DataFrame(rows, columns=["group", "measure", "successes", "n"])
    return frame.assign(**{**{name: text for name, text in NAMED.items() if name not in frame.columns}, **columns})


def shares(*rows, **columns):
    """Rows of (platform, value, half a unit of the last digit) as a document prints them."""
    frame = pd.DataFrame(rows, columns=["platform", "value", "half"])
    frame = frame.assign(low=frame["value"] - frame["half"], high=frame["value"] + frame["half"])
    named = {"entity": "KAZ", "period": "2018", "measure": "trust_full", "unit": "percent", "base": "respondents"}
    return pen.printed_figures(frame.drop(columns="half").assign(**{**named, **columns}), source_id="example")


TRUST = shares(("a", 16.54, 0.005), ("b", 12.52, 0.005))


# Intervals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 20, 1000.5])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_jeffreys_ends_at_0_and_1_where_nobody_or_everybody_answers_yes(n, level):
    tail = (1 - level) / 2
    low, high = pen.share_interval([0, n], [n, n], method="jeffreys", level=level)
    assert (low[0], high[1]) == (0, 1)
    assert high[0] == pytest.approx(beta.ppf(1 - tail, 0.5, n + 0.5), rel=1e-12)
    assert low[1] == pytest.approx(beta.ppf(tail, n + 0.5, 0.5), rel=1e-12)


def test_jeffreys_one_above_the_end_is_the_quantile_of_the_beta_distribution():
    low, high = pen.share_interval([1], [10], method="jeffreys")
    assert (low[0], high[0]) == pytest.approx((beta.ppf(0.025, 1.5, 9.5), beta.ppf(0.975, 1.5, 9.5)), rel=1e-12)


def test_korn_graubard_interval_worked_by_hand():
    # n = 400, deff 2, 15 degrees of freedom: effective 200 * (1.9659 / 2.1314)^2 = 170.14
    sample = counts(("", "yes", 100, 400), deff=2.0)
    row = pen.users_share(sample, method="clopper_pearson", design_df=15).iloc[0]
    size = 200 * (t.ppf(0.975, 399) / t.ppf(0.975, 15)) ** 2
    assert size == pytest.approx(170.14, abs=0.01)
    expected = (beta.ppf(0.025, size / 4, 3 * size / 4 + 1), beta.ppf(0.975, size / 4 + 1, 3 * size / 4))
    assert (row["low"] / 100, row["high"] / 100) == pytest.approx(expected, rel=1e-10)
    assert row["n"] == 400


def test_many_degrees_of_freedom_change_nothing():
    sample = counts(("", "yes", 100, 400), deff=2.0)
    wide = pen.users_share(sample, method="clopper_pearson", design_df=399)
    pd.testing.assert_frame_equal(wide, pen.users_share(sample, method="clopper_pearson"))
    with pytest.raises(ValueError, match="design_df 0 must be above 0"):
        pen.users_share(sample, design_df=0)


@pytest.mark.parametrize(
    ("design_df", "n", "is_refused"),
    [(0, 400, True), (-1, 400, True), (0.5, 400, False), (15, 1, True), (15, 2, False)],
)
def test_a_design_has_degrees_of_freedom_and_a_sample_two_respondents(design_df, n, is_refused):
    sample = counts(("", "yes", 1, n))
    if is_refused:
        with pytest.raises(ValueError, match=f"design_df {design_df} must be above 0, and every n above 1"):
            pen.users_share(sample, design_df=design_df)
        return
    # Wilson's interval of the effective size, by its formula.
    size = n * (t.ppf(0.975, n - 1) / t.ppf(0.975, design_df)) ** 2
    z, p = norm.ppf(0.975), 1 / n
    middle, half = p + z**2 / (2 * size), z * math.sqrt(p * (1 - p) / size + z**2 / (4 * size**2))
    row = pen.users_share(sample, design_df=design_df).iloc[0]
    assert [row["low"], row["high"]] == pytest.approx(
        [100 * (middle - half) / (1 + z**2 / size), 100 * (middle + half) / (1 + z**2 / size)], rel=1e-9
    )


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0, "percent", ""),
        (100.0, "percent", ""),
        (-0.01, "percent", "share outside 0 to 100 percent of its base"),
        (100.01, "percent", "share outside 0 to 100 percent of its base"),
        (50.0, "persons", "not a share in percent"),
        (math.nan, "percent", "missing share"),
    ],
)
def test_what_is_a_share_in_percent(value, unit, said):
    rows = TRUST.assign(value=[50.0, value], unit=["percent", unit], low=math.nan, high=math.nan, interval="none")
    if not said:
        sh.check_percent(rows)
        return
    with pytest.raises(TableError, match=f"{said}: KAZ/b/2018/trust_full/example\\."):
        sh.check_percent(rows)


@pytest.mark.parametrize(
    ("sizes", "deff", "is_refused"),
    [((0, 10), 1, True), ((10, 9), 1, True), ((10, 10), 1, False), ((10, 20), 0, True), ((10, 20), 0.5, False)],
)
def test_sizes_of_a_sensitivity_are_above_0_and_in_order(sizes, deff, is_refused):
    if is_refused:
        with pytest.raises(ValueError, match="must be above 0 and in order"):
            pen.share_sensitivity(TRUST, sizes=sizes, deff=deff)
        return
    found = pen.share_sensitivity(TRUST, sizes=sizes, deff=deff)
    assert found["n"].tolist() == [sizes[0]] * 2 + [sizes[1]] * 2
    # The lower end of 16.535 and the upper end of 16.545 percent of the effective size.
    low, _ = pen.share_interval(0.16535 * sizes[0] / deff, sizes[0] / deff)
    _, high = pen.share_interval(0.16545 * sizes[0] / deff, sizes[0] / deff)
    assert [found["low"].iloc[0], found["high"].iloc[0]] == pytest.approx([100 * low, 100 * high])


def test_a_share_without_interval_is_its_own_end_and_one_without_upper_end_has_none():
    bare = TRUST.assign(interval=["none", "bound"], low=[1.0, 12.515], high=[99.0, math.nan])
    found = pen.share_sensitivity(bare, sizes=(100, 100))
    low, high = pen.share_interval(16.54, 100)
    assert [found["low"].iloc[0], found["high"].iloc[0]] == pytest.approx([100 * low, 100 * high])
    assert [math.isnan(found["low"].iloc[1]), math.isnan(found["high"].iloc[1])] == [False, True]


def test_both_sides_of_a_comparison_have_one_base_and_are_told_apart_by_one_column():
    two = counts(("a", "yes", 5, 10), ("b", "yes", 6, 10))
    other = two.assign(base=["adults", "users"])
    printed = shares(("a", 50.0, 0.5), ("b", 60.0, 0.5))
    for compare, rows in (
        (pen.share_difference, other),
        (pen.share_test, other),
        (sh.beside, printed.assign(base=["adults", "users"])),
    ):
        with pytest.raises(TableError, match="shares of different bases cannot be compared: KAZ/"):
            compare(rows, left="a", right="b", by="group")
        with pytest.raises(ValueError, match="by='measure' is not one of entity, group, period"):
            compare(rows, left="a", right="b", by="measure")
    found = sh.beside(printed, left="b", right="a", by="group").iloc[0]
    assert (found["value_left"], found["value_right"], found["entity"]) == (60, 50, "KAZ")
    assert sh.same_key("group") == ["entity", "period", "measure", "source_id"]
    assert pen.share_test(two, left="b", right="b", by="group")["n"].tolist() == [20]
    for row in (
        pen.share_test(two, left="a", right="b", by="group"),
        pen.share_difference(two, left="a", right="b", by="group"),
    ):
        assert row["n"].tolist() == [20]


def test_a_design_effect_multiplies_the_smallest_paired_sample():
    # Most overlap: six answers must differ, n * 0.0402 / 2 >= 6 from 299 on.
    # Least overlap: z^2 * 0.2906 / 0.0402^2 * 2 = 1381.5.
    row = pen.smallest_sample(TRUST, left="a", right="b", paired=True, deff=2).iloc[0]
    assert (row["low"], row["high"]) == (299, 1382)
    one, two = (pen.smallest_sample(TRUST, left="a", right="b", deff=d)["value"].iloc[0] for d in (1, 2))
    assert 2 * one - 2 <= two <= 2 * one
    with pytest.raises(ValueError, match="deff 0 must be above 0"):
        pen.smallest_sample(TRUST, left="a", right="b", deff=0)


def test_printed_shares_of_different_bases_are_not_compared():
    other = pd.concat([TRUST.head(1), TRUST.tail(1).assign(base="adults")])
    for test in (pen.smallest_sample, cp.share_tests, cp.check_differences):
        with pytest.raises(TableError, match="different bases"):
            test(other, left="a", right="b")


# Two shares -------------------------------------------------------------------------------------------------------


def test_mcnemar_of_agrestis_approval_ratings():
    # Agresti 2002, Categorical Data Analysis, table 10.1: 794 twice yes, 150 and 86 changed, of 1600:
    # (150 - 86)^2 / (150 + 86) = 17.36
    p = float(cp.mcnemar_p(944 / 1600, 880 / 1600, 794 / 1600, 1600))
    assert p == pytest.approx(math.erfc(math.sqrt(64**2 / 236 / 2)), rel=1e-9)


def test_two_proportions_are_the_chi_square_of_their_table():
    # 60 of 100 and 30 of 80
    table = [[60, 40], [30, 50]]
    p = float(cp.two_proportion_p(0.6, 30 / 80, 100, 80))
    assert p == pytest.approx(chi2_contingency(table, correction=False).pvalue, rel=1e-10)
    found = ct.share_test(counts(("a", "yes", 60, 100), ("b", "yes", 30, 80)), left="a", right="b", by="group")
    assert found["value"].iloc[0] == pytest.approx(p)
    assert found["n"].iloc[0] == 180
    assert set(found.columns) == set(PAIRS.columns)


@pytest.mark.parametrize(("b", "c"), [(0, 5), (1, 9), (6, 6), (10, 14), (24, 0), (13, 12), (40, 20), (150, 86)])
def test_mcnemar_is_that_of_statsmodels(b, c):
    both, neither = 30, 17
    n = both + neither + b + c
    expected = mcnemar([[both, b], [c, neither]], exact=b + c < 25, correction=False).pvalue
    assert float(cp.mcnemar_p((both + b) / n, (both + c) / n, both / n, n)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("yes", "n"), [((60, 30), (100, 80)), ((3, 0), (40, 55)), ((999, 900), (1000, 1000))])
def test_two_proportions_are_those_of_statsmodels(yes, n):
    expected = proportions_ztest(yes, n)[1]
    assert float(cp.two_proportion_p(yes[0] / n[0], yes[1] / n[1], *n)) == pytest.approx(expected, rel=1e-9)


def test_a_test_of_two_shares_is_the_test_of_their_table_whatever_the_designs():
    # Of 100 with design effect 3 and of 80 with 1: the effects' mean in the table, 80 / 180 * 3 + 100 / 180 = 17 / 9.
    rows = pd.concat([counts(("a", "yes", 60, 100), deff=3.0), counts(("b", "yes", 30, 80), deff=1.0)])
    table = ct.chi_square(rows).set_index("measure")["value"]
    assert table["design_effect_mean"] == pytest.approx(17 / 9)
    found = ct.share_test(rows, left="a", right="b", by="group")["value"].item()
    assert found == pytest.approx(table["p_value"], rel=1e-9)


def test_equal_or_constant_shares_are_no_evidence():
    assert cp.two_proportion_p([0, 1, 0.5], [0, 1, 0.5], 10, 20).tolist() == [1, 1, 1]
    assert cp.mcnemar_p([0.3, 0], [0.3, 0], [0.3, 0], 10).tolist() == [1, 1]


def test_a_design_effect_is_a_smaller_sample():
    half = counts(("a", "yes", 30, 50), ("b", "yes", 15, 40))
    whole = counts(("a", "yes", 60, 100), ("b", "yes", 30, 80), deff=2.0)
    tests = [ct.share_test(rows, left="a", right="b", by="group")["value"].iloc[0] for rows in (half, whole)]
    assert tests[0] == pytest.approx(tests[1])


def test_p_values_over_sample_sizes_worked_by_hand():
    # z = 0.0402 / sqrt(2 * 0.1453 * 0.8547 / 1000) = 2.550, p = 0.01077
    found = cp.share_tests(TRUST, left="a", right="b", sizes=[500, 1000])
    assert list(found["group"]) == ["n_500", "n_1000"]
    assert list(found["n"]) == [500, 1000]
    z = 0.0402 / math.sqrt(2 * 0.1453 * 0.8547 / 1000)
    assert found["value"].iloc[1] == pytest.approx(math.erfc(z / math.sqrt(2)), rel=1e-9)
    ends = [float(cp.two_proportion_p(p, q, 1000, 1000)) for p, q in ((0.16545, 0.12515), (0.16535, 0.12525))]
    assert found[["low", "high"]].iloc[1].tolist() == pytest.approx(ends)
    assert set(found["interval"]) == {"rounding"}


@pytest.mark.parametrize("paired", [False, True])
def test_p_value_bounds_hold_every_share_and_joint_table(paired):
    rows = shares(("a", 40, 3), ("b", 30, 2))
    found = cp.share_tests(rows, left="a", right="b", sizes=[300], paired=paired).iloc[0]
    for p in np.linspace(0.37, 0.43, 7):
        for q in np.linspace(0.28, 0.32, 5):
            for joint in np.linspace(max(0, p + q - 1), min(p, q), 5):
                value = cp.mcnemar_p(p, q, joint, 300) if paired else cp.two_proportion_p(p, q, 300, 300)
                assert found["low"] * (1 - 1e-9) <= value <= found["high"] * (1 + 1e-9)


def test_shares_whose_rounding_meets_may_be_equal():
    rows = shares(("a", 40, 1), ("b", 39, 1))
    for paired in (False, True):
        assert cp.share_tests(rows, left="a", right="b", paired=paired)["high"].tolist() == [1] * 6


def test_a_share_printed_as_a_lower_bound_leaves_a_bound():
    rows = shares(("a", 60, 0), ("b", 30, 0))
    rows.loc[0, ["high", "interval"]] = [np.nan, "bound"]
    found = cp.share_tests(rows, left="a", right="b", sizes=[100]).iloc[0]
    assert found["interval"] == "bound"
    assert found["low"] == pytest.approx(float(cp.two_proportion_p(1.0, 0.3, 100, 100)))


def test_verdicts_follow_the_range_of_p_values():
    found = cp.check_differences(TRUST, left="a", right="b", sizes=[90, 500, 1000], paired=True)
    assert list(found["verdict"]) == ["fails", "cannot be checked", "holds"]
    assert set(found.columns) == set(FINDINGS.columns)
    # The smallest samples of the two extreme joint tables are where the verdict changes (up to rounding).
    sizes = pen.smallest_sample(TRUST, left="a", right="b", paired=True).iloc[0]
    exact = TRUST.assign(low=TRUST["value"], high=TRUST["value"])
    near = [int(sizes["low"]) - 1, int(sizes["low"]), int(sizes["high"]) - 1, int(sizes["high"])]
    found = cp.check_differences(exact, left="a", right="b", sizes=near, paired=True)
    assert list(found["verdict"]) == ["fails", "cannot be checked", "cannot be checked", "holds"]


def test_differences_of_several_measures_are_checked_at_once():
    rows = pd.concat([TRUST, TRUST.assign(measure="trust_none")])
    found = cp.check_differences(rows, left="a", right="b", sizes=[1000])
    assert len(found) == 2
    with pytest.raises(TableError, match="unique"):
        cp.share_tests(rows, left="a", right="b")


def test_bad_sizes_and_levels_are_refused():
    with pytest.raises(ValueError, match="must be above 0"):
        cp.share_tests(TRUST, left="a", right="b", sizes=[0])
    with pytest.raises(ValueError, match="level 95 is outside"):
        cp.check_differences(TRUST, left="a", right="b", level=95)


# Tables of answers ------------------------------------------------------------------------------------------------


def test_chi_square_of_agrestis_party_identification():
    # Agresti 2007, An Introduction to Categorical Data Analysis, table 2.5: X^2 = 30.1 with 2 degrees of freedom
    table = {"women": (762, 327, 468), "men": (484, 239, 477)}
    parties = ("democrat", "independent", "republican")
    rows = counts(*[(sex, party, number, sum(cells)) for sex, cells in table.items()
                    for party, number in zip(parties, cells, strict=True)])  # fmt: skip
    found = ct.chi_square(rows).set_index("measure")["value"]
    expected = chi2_contingency(list(table.values()))
    assert found["chi_square"] == pytest.approx(30.1, abs=0.05)
    assert found["chi_square"] == pytest.approx(expected.statistic, rel=1e-12)
    assert found["p_value"] == pytest.approx(expected.pvalue, rel=1e-9)
    assert found["smallest_expected"] == pytest.approx(expected.expected_freq.min())
    assert (found["degrees_of_freedom"], found["design_effect_mean"]) == (2, 1)


def test_respondents_of_no_answer_are_an_answer():
    # 20 and 10 of 100 and 50 gave neither answer
    rows = counts(("a", "y", 30, 100), ("a", "n", 50, 100), ("b", "y", 20, 50), ("b", "n", 20, 50))
    found = ct.chi_square(rows).set_index("measure")["value"]
    assert found["chi_square"] == pytest.approx(chi2_contingency([[30, 50, 20], [20, 20, 10]]).statistic)
    assert found["degrees_of_freedom"] == 2


def test_mean_design_effect_worked_by_hand():
    # Two samples of 50, so each has weight 1 - 1/2; two answers with pooled shares 0.5:
    # mean = (0.5 * 0.5 * (1 + 1 + 3 + 3)) / (4 * 0.25) = 2
    rows = counts(("a", "y", 30, 50), ("a", "n", 20, 50), ("b", "y", 20, 50), ("b", "n", 30, 50))
    found = ct.chi_square(rows.assign(deff=[1.0, 1.0, 3.0, 3.0])).set_index("measure")["value"]
    assert found["design_effect_mean"] == pytest.approx(2)
    # 4 * 5^2 / 25 = 4, corrected 2
    assert (found["chi_square"], found["chi_square_corrected"]) == pytest.approx((4, 2))
    same = ct.chi_square(rows.assign(deff=1.7)).set_index("measure")["value"]
    assert same["design_effect_mean"] == pytest.approx(1.7)


def test_the_smaller_sample_has_the_greater_weight_in_the_mean_design_effect():
    # Samples of 100 and 50 weigh 1 - 2/3 and 1 - 1/3, answers of a pooled half 1/2 each:
    # ((1/3) (1 + 1) / 2 + (2/3) (3 + 3) / 2) / ((1/3 + 2/3) 2 / 2) = 7/3
    rows = counts(("a", "y", 50, 100), ("a", "n", 50, 100), ("b", "y", 25, 50), ("b", "n", 25, 50))
    found = ct.chi_square(rows.assign(deff=[1.0, 1.0, 3.0, 3.0])).set_index("measure")["value"]
    assert found["design_effect_mean"] == pytest.approx(7 / 3)
    assert found["smallest_expected"] == 25
    assert found["chi_square"] == pytest.approx(0, abs=1e-12)


def test_an_answer_that_nobody_gave_is_none():
    rows = counts(
        ("a", "y", 30, 50), ("a", "n", 20, 50), ("a", "x", 0, 50),
        ("b", "y", 20, 50), ("b", "n", 30, 50), ("b", "x", 0, 50),
    )  # fmt: skip
    found = ct.chi_square(rows).set_index("measure")["value"]
    assert (found["chi_square"], found["degrees_of_freedom"], found["smallest_expected"]) == pytest.approx((4, 1, 25))


def test_goodness_of_fit_of_mendels_peas():
    # Mendel 1866: 315, 108, 101, 32 against 9 : 3 : 3 : 1 gives X^2 = 0.470
    peas = dict(zip(("ry", "wy", "rg", "wg"), (315, 108, 101, 32), strict=True))
    rows = counts(*[("", pea, number, 556) for pea, number in peas.items()])
    expected = pd.DataFrame({"measure": list(peas), "share_pct": [100 * part / 16 for part in (9, 3, 3, 1)]})
    found = ct.goodness_of_fit(rows, expected).set_index("measure")["value"]
    assert found["chi_square"] == pytest.approx(0.470, abs=5e-4)
    assert found["p_value"] == pytest.approx(chisquare(list(peas.values()), 556 / 16 * np.array([9, 3, 3, 1])).pvalue)
    doubled = ct.goodness_of_fit(rows.assign(deff=2.0), expected).set_index("measure")["value"]
    assert doubled["chi_square_corrected"] == pytest.approx(found["chi_square"] / 2)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("a", "y", 8, 10), ("a", "n", 5, 10), ("b", "y", 1, 10), ("b", "n", 1, 10)), "sum to more than n"),
        ((("a", "y", 8, 10), ("a", "n", 1, 11), ("b", "y", 1, 10), ("b", "n", 1, 10)), "have different n"),
        ((("a", "y", 8, 10), ("a", "n", 1, 10), ("b", "y", 1, 10)), "missing in this one"),
        ((("a", "y", 8, 10), ("a", "n", 2, 10)), "needs two samples and answers"),
        (
            (("a", "y", 10, 10), ("a", "n", 0, 10), ("b", "y", 10, 10), ("b", "n", 0, 10)),
            "needs two samples and answers",
        ),
    ],
)
def test_bad_tables_are_refused_by_sample(rows, said):
    with pytest.raises(TableError, match=f"{said}.*: KAZ/"):
        ct.chi_square(counts(*rows))


def test_bad_expectations_are_refused():
    rows = counts(("", "y", 5, 10), ("", "n", 5, 10))
    for expected, said in (
        ([("y", 50.0), ("n", 60.0)], "sum to 100"),
        ([("y", 50.0), ("maybe", 50.0)], r"answers must be those expected \(y, maybe\): KAZ"),
    ):
        with pytest.raises(TableError, match=said):
            ct.goodness_of_fit(rows, pd.DataFrame(expected, columns=["measure", "share_pct"]))


def test_no_rows_give_no_tests():
    none = counts()
    assert cp.share_tests(EMPTY, left="a", right="b").empty
    assert cp.check_differences(EMPTY, left="a", right="b").empty
    assert ct.share_test(none, left="a", right="b").empty
    assert ct.chi_square(none).empty
    assert ct.goodness_of_fit(none, pd.DataFrame({"measure": ["y"], "share_pct": [100.0]})).empty


# Reference results ------------------------------------------------------------------------------------------------

Z2 = 1.959963984540054**2

FILES = {
    # Closed forms where nobody answers yes: Wilson z^2 / (n + z^2), Clopper-Pearson 1 - 0.025^(1/n). A design effect of
    # 2 halves n. Everybody of 5: Jeffreys ends at 1.
    "shares.csv": f"""case,successes,n,deff,method,level,low,high
none,0,10,,wilson,0.95,0,{Z2 / (10 + Z2)}
none exact,0,10,1,clopper_pearson,0.95,0,{1 - 0.025**0.1}
deff,0,20,2,wilson,0.95,0,{Z2 / (10 + Z2)}
everybody,5,5,,jeffreys,0.95,,1
""",
    # Newcombe 1998, table II, example (a), 56/70 and 48/80, with the hybrid score interval written out
    "differences.csv": "case,successes1,n1,successes2,n2,level,difference,low,high,remark\n"
    "a,56,70,48,80,0.95,0.2,,,x\n",
    "tests.csv": f"""case,kind,share1,share2,n1,n2,joint,p_value
mcnemar,mcnemar,0.59,0.55,1600,,0.49625,{math.erfc(math.sqrt(64**2 / 236 / 2))}
two,two_proportion,0.6,0.4,50,50,,{math.erfc(math.sqrt(2))}
""",
    "chi_square.csv": """case,sample,answer,count,n,deff,statistic,corrected,df
t,a,y,30,50,1,4,2,1
t,a,n,20,50,1,,,
t,b,y,20,50,3,,,
t,b,n,30,50,3,,,
""",
    "concentration.csv": """case,shares,measure,k,value,lows,highs,total,low,high
hhi,50;30;20,hhi,,0.38,,,,,
printed,50;30;20,hhi_printed,,3800,49.5;29.5;19.5,50.5;30.5;20.5,,3700.75,3900.75
sum,50;30;20,hhi_printed,,,49.5;29.5;19.5,50.5;30.5;20.5,100,3770.5,3830.5
no sum,52;30;20,hhi,,,51.5;29.5;19.5,52.5;30.5;20.5,100,,
gini,50;30;20,gini,,0.2,,,,,
two,50;30;20,concentration_ratio,2,0.8,,,,,
""",
    "compositions.csv": f"case,kind,parts,values,small\nc,clr,1;2;4,{-math.log(2)};0;{math.log(2)},\n"
    "z,replace_zeros,0.6;0.4;0,0.594;0.396;0.01,0.01\n",
    "frechet.csv": """case,sizes,population,overlaps,at_least,among,low,high
free,60;50,100,,,,60,100
all,90;80,100,,2,,70,80
known,a=60;b=50,,a&b=20..30,,,80,90
three,40;40;40,,1&2=20;1&3=20;2&3=20,,,60,80
against,60;50,100,1&2=5,,,,
part,60;50;10,100,,1,1;2,60,100
""",
    "raking.csv": "case,respondent,sex,answer,expected\n"
    + "".join(f"c,{i},{'f' if i < 10 else 'm'},{int(i < 4 or 10 <= i < 15)},{6 if i < 10 else 2}\n" for i in range(30)),
    "raking_margins.csv": "case,variable,category,total\nc,sex,f,60\nc,sex,m,40\n",
    "weighted_shares.csv": f"""case,answer,method,share,standard_error,kish_design_effect
c,answer,,0.34,{math.sqrt(30 / 29 * 101.4) / 100},1.32
c,answer,poststratification,0.34,{math.sqrt(30 / 29 * 101.4) / 100},1.32
""",
    # Brown & Heathers' reasoning: 1632 of 2500 are 65.28, none are 16.54
    "grim.csv": "case,percent,n,possible\na,65.28,2500,true\nb,16.54,2500,false\n",
    "grim_sizes.csv": "case,percents,n_max,sizes\na,33.3;66.7,10,3;6;9\n",
}  # fmt: skip


@pytest.fixture
def reference(benchmark):
    return benchmark("penetration_reference")


def write(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_reference_results_agree(reference, tmp_path, capsys):
    write(tmp_path, FILES)
    status = reference.main([str(tmp_path)])
    said = capsys.readouterr().out.splitlines()
    assert "\n".join(line for line in said if "differs" in line) == ""
    assert said == [
        "shares: 4 of 4 agree",
        "differences: 1 of 1 agree",
        "tests: 2 of 2 agree",
        "chi_square: 1 of 1 agree",
        "concentration: 6 of 6 agree",
        "compositions: 2 of 2 agree",
        "frechet: 6 of 6 agree",
        "grim: 2 of 2 agree",
        "grim_sizes: 1 of 1 agree",
        "raking: 1 of 1 agree",
        "weighted_shares: 2 of 2 agree",
        "28 of 28 agree",
    ]
    assert status == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("shares.csv", "jeffreys,0.95,,1", "jeffreys,0.95,,0.99999"),
        ("concentration.csv", "hhi,,0.38", "hhi,,0.380000002"),
        ("concentration.csv", "20.5,100,3770.5", "20.5,100,3770.6"),
        ("concentration.csv", "20.5,100,,", "20.5,100,1,2"),
        ("frechet.csv", "1&2=5,,,,", "1&2=5,,,60,90"),
        ("frechet.csv", "60;50,100,,,,60,100", "60;50,100,,,,,"),
        ("raking.csv", "c,0,f,1,6", "c,0,f,1,6.0001"),
        ("grim.csv", "16.54,2500,false", "16.54,2500,true"),
    ],
)
def test_a_reference_result_that_differs_is_listed(reference, tmp_path, capsys, name, old, new):
    assert old in FILES[name]
    write(tmp_path, FILES | {name: FILES[name].replace(old, new, 1)})
    assert reference.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.count("differs:") == 1


def test_unusable_directories_are_refused(reference, tmp_path, capsys):
    assert reference.main([str(tmp_path / "none")]) == 2
    write(tmp_path, {"grim.csv": "case,percent\na,5\n"})
    assert reference.main([str(tmp_path)]) == 2
    assert "grim.csv has no column n, possible" in capsys.readouterr().out
    assert reference.main(["--help"]) == 0
    assert "raking_margins.csv" in capsys.readouterr().out


@pytest.mark.parametrize(("sizes", "deff"), [([500], 0), ([500], -1), ([500, 0], 1), ([500], math.nan)])
def test_a_test_of_no_respondents_or_no_design_effect_is_refused(sizes, deff):
    with pytest.raises(ValueError, match="must be above 0"):
        cp.share_tests(TRUST, left="a", right="b", sizes=sizes, deff=deff)
