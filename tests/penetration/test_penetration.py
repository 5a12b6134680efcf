"""Shares, populations, growth, platforms and targets: published examples, documents' figures, properties, refusals."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from digital_diplomacy import penetration as pen
from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.growth import years
from digital_diplomacy.tables import ESTIMATES, FINDINGS, PAIRS

EMPTY = pd.DataFrame({name: pd.Series(dtype=object) for name in ESTIMATES.columns})


def counts(*rows, **columns):
    """Rows of (entity, successes, n)."""
    frame = pd.DataFrame(rows, columns=["entity", "successes", "n"])
    named = {"group": "", "period": "2020", "measure": "has_account", "base": "respondents", "source_id": "example"}
    return frame.assign(**{**named, **columns})


def printed(*rows, **columns):
    """Rows of (period, measure, value, low, high, unit, base) as a document prints them."""
    frame = pd.DataFrame(rows, columns=["period", "measure", "value", "low", "high", "unit", "base"])
    return pen.printed_figures(frame.assign(**{"entity": "KAZ", **columns}), source_id="example")


def market(values, *, unit="percent", half=0.0, **columns):
    """One platform a value, with a rounding interval of half a unit on both sides."""
    frame = pd.DataFrame({"value": [float(value) for value in values]})
    frame = frame.assign(low=frame["value"] - half, high=frame["value"] + half, entity="KAZ", period="2020", unit=unit)
    frame = frame.assign(platform=[f"p{number}" for number in range(len(frame))], measure="share", base="page_views")
    return pen.printed_figures(frame.assign(**columns), source_id="example")


def value(frame, measure, column="value"):
    return float(frame.loc[frame["measure"] == measure, column].iloc[0])


# DataReportal's figures as documents 001 and 002 print them, with half a unit of the last printed digit.
EDITION_2021 = [
    ("2021-01", "internet_users", 15.47e6, 15.465e6, 15.475e6, "persons", "population"),
    ("2021-01", "internet_users_pct", 81.9, 81.85, 81.95, "percent", "population"),
    ("2020-01/2021-01", "internet_users_growth", 741e3, 740_999.5, 741_000.5, "persons", "population"),
    ("2020-01/2021-01", "internet_users_growth_pct", 5, 4.5, 5.5, "percent", "internet_users"),
    ("2021-01", "social_media_users", 12e6, 11.5e6, 12.5e6, "persons", "population"),
    ("2021-01", "social_media_users_pct", 63.5, 63.45, 63.55, "percent", "population"),
]
EDITION_2023 = [
    ("2023-01", "internet_users", 17.73e6, 17.725e6, 17.735e6, "persons", "population"),
    ("2023-01", "internet_users_pct", 90.9, 90.85, 90.95, "percent", "population"),
    ("2023-01", "social_media_users", 11.85e6, 11.845e6, 11.855e6, "persons", "population"),
    ("2023-01", "social_media_users_pct", 60.8, 60.75, 60.85, "percent", "population"),
    ("2023-01", "mobile_connections", 25.44e6, 25.435e6, 25.445e6, "connections", "population"),
    ("2023-01", "mobile_connections_pct", 130.5, 130.45, 130.55, "percent", "population"),
]


# Shares -----------------------------------------------------------------------------------------------------------

# Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 95 % limits of methods 3 (score) and 5 (exact).
NEWCOMBE_SINGLE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("successes", "n", "wilson", "exact"), NEWCOMBE_SINGLE)
def test_wilson_and_exact_limits_are_the_published_ones(successes, n, wilson, exact):
    for method, expected in (("wilson", wilson), ("clopper_pearson", exact)):
        low, high = pen.share_interval([successes], [n], method=method)
        assert (low[0], high[0]) == pytest.approx(expected, abs=5e-5)


def test_agresti_coull_worked_by_hand():
    # n + z^2 = 10 + 3.8415 = 13.8415; centre (2 + 1.9207) / 13.8415 = 0.28326;
    # half width 1.95996 * sqrt(0.28326 * 0.71674 / 13.8415) = 0.23737
    low, high = pen.share_interval([2], [10], method="agresti_coull")
    assert (low[0], high[0]) == pytest.approx((0.04589, 0.52063), abs=2e-5)


def test_jeffreys_is_the_beta_interval_inside_and_reaches_the_ends():
    # Brown, Cai & DasGupta 2001: the limits are quantiles of Beta(x + 1/2, n - x + 1/2), but L(0) = 0 and U(n) = 1.
    low, high = pen.share_interval([0, 3, 10], [10, 10, 10], method="jeffreys")
    inside = proportion_confint(3, 10, method="jeffreys")
    assert (low[0], high[2]) == (0.0, 1.0)
    assert (low[1], high[1]) == pytest.approx(inside)
    assert high[0] == pytest.approx(1 - low[2])


def test_jeffreys_limits_where_the_beta_distribution_has_a_closed_form():
    # Half a success of one: Beta(1, 1) is uniform. Half a success of two: Beta(1, 2) has the quantile 1 - sqrt(1 - q).
    low, high = pen.share_interval([0.5, 0.5], [1, 2], method="jeffreys")
    assert low == pytest.approx([0.025, 1 - math.sqrt(0.975)])
    assert high == pytest.approx([0.975, 1 - math.sqrt(0.025)])


@pytest.mark.parametrize("method", pen.METHODS)
def test_intervals_contain_the_share_and_lie_within_0_and_1(method):
    n = 17
    yes = np.arange(n + 1)
    low, high = pen.share_interval(yes, np.full(n + 1, n), method=method)
    assert ((low >= 0) & (low <= yes / n) & (yes / n <= high) & (high <= 1)).all()


@pytest.mark.parametrize("method", pen.METHODS)
def test_interval_narrows_with_n_and_widens_with_level(method):
    low, high = pen.share_interval([30, 300], [100, 1000], method=method)
    assert high[1] - low[1] < high[0] - low[0]
    wide_low, wide_high = pen.share_interval([30], [100], method=method, level=0.99)
    assert wide_high[0] - wide_low[0] > high[0] - low[0]


def test_users_share_is_in_percent_and_keeps_n():
    shares = pen.users_share(counts(("KAZ", 81, 263)))
    row = shares.iloc[0]
    assert (row["unit"], row["interval"], row["level"], row["n"]) == ("percent", "confidence", 0.95, 263)
    assert (row["value"], row["low"], row["high"]) == pytest.approx((100 * 81 / 263, 25.53, 36.62), abs=5e-3)


def test_design_effect_of_two_is_half_the_sample():
    clustered = pen.users_share(counts(("KAZ", 200, 1000), deff=2.0))
    halved = pen.users_share(counts(("KAZ", 100, 500)))
    assert clustered[["value", "low", "high"]].to_numpy() == pytest.approx(halved[["value", "low", "high"]].to_numpy())
    assert clustered["n"].iloc[0] == 1000


def test_metrics_do_not_change_their_argument():
    answers, figures = counts(("KAZ", 2, 10)), printed(*EDITION_2023)
    copies = answers.copy(), figures.copy()
    pen.users_share(answers)
    pen.implied_population(figures)
    pen.growth(figures.assign(group=figures["measure"]))
    pd.testing.assert_frame_equal(answers, copies[0])
    pd.testing.assert_frame_equal(figures, copies[1])


# Newcombe 1998, Statistics in Medicine 17, 873-890, table II: 95 % limits of method 10.
NEWCOMBE_DIFFERENCE = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0000)),
]


@pytest.mark.parametrize(("left", "right", "limits"), NEWCOMBE_DIFFERENCE)
def test_difference_limits_are_the_published_ones(left, right, limits):
    pairs = pen.share_difference(counts(("AAA", *left), ("BBB", *right)), left="AAA", right="BBB")
    assert (pairs["low"].iloc[0], pairs["high"].iloc[0]) == pytest.approx([100 * end for end in limits], abs=5.1e-3)
    other = confint_proportions_2indep(*left, *right, method="newcomb", compare="diff")
    assert (pairs["low"].iloc[0], pairs["high"].iloc[0]) == pytest.approx([100 * end for end in other])


def test_difference_changes_sign_with_the_sides():
    answers = counts(("AAA", 56, 70), ("BBB", 48, 80))
    one = pen.share_difference(answers, left="AAA", right="BBB").iloc[0]
    two = pen.share_difference(answers, left="BBB", right="AAA").iloc[0]
    assert (one["value"], one["low"]) == pytest.approx((-two["value"], -two["high"]))


def test_sensitivity_is_widest_at_the_smallest_sample_and_adds_the_rounding():
    # IEI 2017 prints 15.3 % without a sample size: the lower limit is Wilson's for 15.25 %, the upper one for 15.35 %.
    share = printed(("2017", "has_account", 15.3, 15.25, 15.35, "percent", "adults"), platform="facebook")
    both = pen.share_sensitivity(share, sizes=(500, 4000))
    low, high = pen.share_interval([76.25, 76.75], [500, 500])
    assert list(both["measure"]) == ["has_account_widest", "has_account_narrowest"]
    assert (both["low"].iloc[0], both["high"].iloc[0]) == pytest.approx((100 * low[0], 100 * high[1]))
    width = both["high"] - both["low"]
    assert width.iloc[0] > width.iloc[1]


def test_sensitivity_of_a_share_printed_as_a_lower_bound_has_no_upper_end():
    share = printed(("2017", "main_source", 60, 60, np.nan, "percent", "respondents"))
    both = pen.share_sensitivity(share)
    assert both["high"].isna().all()
    assert (both["low"] < 60).all()


def test_smallest_paired_sample_worked_by_hand():
    # McNemar: n > z^2 (p + q - 2 joint) / (p - q)^2 with z^2 = 3.8415, p = 0.1654, q = 0.1252.
    # joint = 0: 3.8415 * 0.2906 / 0.0402^2 = 690.8, where 691 * 0.2906 = 200.8 answers differ, enough for z.
    # joint = min(p, q): only b answers differ, all one way. Exact: 2 / 2^5 = 0.0625, 2 / 2^6 = 0.03125, so b = 6, and
    # 6 / 0.0402 = 149.3. (The approximation, 3.8415 / 0.0402 = 95.6, would call four of four significant.)
    shares = pd.concat(
        [
            printed(("2018", "trust_full", 16.54, 16.535, 16.545, "percent", "respondents"), platform="a"),
            printed(("2018", "trust_full", 12.52, 12.515, 12.525, "percent", "respondents"), platform="b"),
        ]
    )
    row = pen.smallest_sample(shares, left="a", right="b", paired=True).iloc[0]
    assert (row["low"], row["high"], row["interval"]) == (150, 691, "bound")
    assert row["low"] <= row["value"] <= row["high"]


@pytest.mark.parametrize(
    ("p", "q", "level", "size"),
    [
        (0.1951, 0.1222, 0.95, 83),  # 6 / 0.0729 = 82.3
        (0.6528, 0.6164, 0.95, 165),  # 6 / 0.0364 = 164.8
        (0.6164, 0.6528, 0.95, 165),
        (0.5, 0.4, 0.95, 60),  # 6 / 0.1, a whole number
        (0.5, 0.4, 0.99, 80),  # 2 / 2^7 = 0.0156, 2 / 2^8 = 0.0078: eight of eight
    ],
)
def test_few_discordant_answers_need_the_exact_test(p, q, level, size):
    shares = market([100 * p, 100 * q])
    assert pen.smallest_sample(shares, left="p0", right="p1", paired=True, level=level)["low"].item() == size


def test_exact_test_counts_both_kinds_of_discordant_answers():
    # 100 % and 10 %: joint can only be 0.1, so b = 0.9 n and c = 0. Of 6 it is floor(5.4) = 5, of 7 floor(6.3) = 6.
    shares = market([100, 10])
    found = pen.smallest_sample(shares, left="p0", right="p1", paired=True)
    assert found[["value", "low", "high"]].to_numpy().tolist() == [[7, 7, 7]]
    # 80 % and 20 %: with joint 0 b = 0.8 n, c = 0.2 n. z asks for n > 3.8415 / 0.36 = 10.7. Exact, n = 14: 11 and 3 of
    # 14, 2 * (1 + 14 + 91 + 364) / 2^14 = 0.057; n = 15: 12 and 3, 2 * (1 + 15 + 105 + 455) / 2^15 = 0.035. But n = 16:
    # 12 and 4, 2 * (1 + 16 + 120 + 560 + 1820) / 2^16 = 0.077, and n = 17: 13 and 4, 2 * 3214 / 2^17 = 0.049.
    row = pen.smallest_sample(market([80, 20]), left="p0", right="p1", paired=True).iloc[0]
    assert row["high"] == 17


@pytest.mark.parametrize("paired", [True, False])
def test_equal_shares_never_differ_significantly(paired):
    one = printed(("2018", "x", 50, 49.5, 50.5, "percent", "respondents"), platform="a")
    two = printed(("2018", "x", 50, 49.5, 50.5, "percent", "respondents"), platform="b")
    assert pen.smallest_sample(pd.concat([one, two]), left="a", right="b", paired=paired)["value"].isna().all()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("KAZ", -1, 10), "KAZ/.*`successes`: -1 breaks"),
        (("KAZ", 11, 10), "KAZ.*successes <= n"),
        (("KAZ", 0, 0), "KAZ/.*`n`: 0 breaks"),
    ],
)
def test_impossible_counts_are_refused_by_row(row, said):
    with pytest.raises(TableError, match=said):
        pen.users_share(counts(("SGP", 1, 2), row))


def test_a_share_above_100_percent_is_refused_by_row():
    with pytest.raises(TableError, match=r"outside 0 to 100.*KAZ/facebook/2017/has_account"):
        pen.share_sensitivity(
            printed(("2017", "has_account", 115, 114.5, 115.5, "percent", "adults"), platform="facebook")
        )


def test_bad_arguments_of_shares_are_refused():
    with pytest.raises(ValueError, match="unknown method 'wald'; allowed: wilson"):
        pen.share_interval([1], [2], method="wald")
    with pytest.raises(ValueError, match=r"level 95 is outside"):
        pen.share_interval([1], [2], level=95)
    with pytest.raises(ValueError, match="between 0 and n"):
        pen.share_interval([3], [2])
    with pytest.raises(ValueError, match="in order"):
        pen.share_sensitivity(EMPTY, sizes=(4000, 500))
    with pytest.raises(ValueError, match="by='country'"):
        pen.share_difference(counts(("KAZ", 1, 2)), left="a", right="b", by="country")


def test_shares_of_different_bases_are_not_compared():
    answers = pd.concat([counts(("AAA", 1, 2)), counts(("BBB", 1, 2), base="adults")])
    with pytest.raises(TableError, match="different bases"):
        pen.share_difference(answers, left="AAA", right="BBB")


@pytest.mark.parametrize("method", ["wilson", "jeffreys"])
def test_design_effect_widens_the_range_over_sample_sizes(method):
    share = printed(("2017", "has_account", 20, 20, 20, "percent", "adults"))
    both = pen.share_sensitivity(share, sizes=(500, 4000), deff=2.0, method=method)
    low, high = pen.share_interval([50, 400], [250, 2000], method=method)  # 20 % of 500 / 2 and of 4000 / 2
    assert both["low"].tolist() == pytest.approx(list(100 * low))
    assert both["high"].tolist() == pytest.approx(list(100 * high))
    assert both["n"].tolist() == [500, 4000]


def test_difference_counts_the_respondents_of_both_sides():
    pairs = pen.share_difference(counts(("AAA", 56, 70), ("BBB", 48, 80)), left="AAA", right="BBB")
    assert pairs["n"].tolist() == [150]


@pytest.mark.parametrize("level", [0.49, 0.0, 1.0])
def test_levels_below_one_half_or_of_one_are_refused(level):
    with pytest.raises(ValueError, match=r"outside 0\.5 up to but not 1"):
        pen.share_interval([1], [2], level=level)


def test_largest_joint_share_left_out_is_that_of_frechet():
    # 90 % and 70 %: at least 60 % said both, so b = 0.3 n and c = 0.1 n at most. z asks for 3.8415 * 0.4 / 0.04 = 38.4;
    # exact: n = 39: 11 and 4, 2 * (1 + 15 + 105 + 455 + 1365) / 2^15 = 0.118; n = 50: 15 and 5 of 20,
    # 2 * 21700 / 2^20 = 0.041; n = 47 to 49: 14 and 5 of 19, 2 * 16664 / 2^19 = 0.064. A table between the two extremes
    # leaves most doubt: n = 59, 11.8 + x and x differ; x just above 5: 16 and 6 of 22, 2 * 110056 / 2^22 = 0.052;
    # n = 60, 12 + x and x: 17 and 6 of 23, 2 * 145499 / 2^23 = 0.035.
    assert pen.smallest_sample(market([90, 70]), left="p0", right="p1", paired=True)["high"].item() == 60


@pytest.mark.parametrize(("p", "q", "deff"), [(90, 50, 1.0), (42, 82, 1.7), (31, 78, 1.0), (45, 14, 1.7)])
def test_the_smallest_paired_samples_are_where_every_test_of_the_library_changes(p, q, deff):
    # Every size, and 41 joint tables of each, by the test itself.
    row = pen.smallest_sample(market([p, q]), left="p0", right="p1", paired=True, deff=deff).iloc[0]
    one, two = p / 100, q / 100
    sizes = np.arange(1, int(row["high"]) + 60)
    joints = np.linspace(max(0, one + two - 1), min(one, two), 41)[:, None]
    significant = pen.mcnemar_p(one, two, joints, sizes / deff) < 0.05
    assert row["low"] == sizes[significant.any(axis=0)][0]
    assert row["high"] >= sizes[~significant.all(axis=0)][-1] + 1
    assert row["value"] == sizes[~(pen.mcnemar_p(one, two, one * two, sizes / deff) < 0.05)][-1] + 1
    shares = market([p, q]).assign(low=lambda frame: frame["value"], high=lambda frame: frame["value"])
    near = [int(row["low"]) - 1, int(row["high"]) - 1, *range(int(row["high"]), int(row["high"]) + 12)]
    found = pen.check_differences(shares, left="p0", right="p1", sizes=near, paired=True, deff=deff)
    assert found["verdict"].tolist() == ["fails", "cannot be checked", *["holds"] * 12]


# Populations ------------------------------------------------------------------------------------------------------


def test_implied_population_worked_by_hand():
    # 15.465 / 0.8195 = 18.871263 M, 15.475 / 0.8185 = 18.906536 M
    row = pen.implied_population(printed(*EDITION_2021)).iloc[0]
    assert (row["group"], row["interval"]) == ("internet_users", "rounding")
    assert (row["low"], row["high"]) == pytest.approx((18_871_262.97, 18_906_536.35), abs=0.01)


def test_figures_of_2023_share_one_population_and_those_of_2021_do():
    for edition, low, high in (
        # 17.725 / 0.9095 = 19.488730 M; 25.445 / 1.3045 = 19.505558 M
        (EDITION_2023, 17.725e6 / 0.9095, 25.445e6 / 1.3045),
        (EDITION_2021, 15.465e6 / 0.8195, 15.475e6 / 0.8185),
    ):
        implied = pen.implied_population(printed(*edition))
        common = pen.common_population(implied).iloc[0]
        assert (common["low"], common["high"]) == pytest.approx((low, high))
        assert set(pen.check_population(implied)["verdict"]) == {"holds"}


def test_figures_of_different_editions_share_no_population():
    mixed = [(("2023-01", *row[1:])) for row in EDITION_2021[:2]] + EDITION_2023[4:]
    implied = pen.implied_population(printed(*mixed))
    assert pen.common_population(implied).empty
    finding = pen.check_population(implied).iloc[0]
    assert (finding["left"], finding["right"], finding["verdict"]) == ("internet_users", "mobile_connections", "fails")


def test_growth_in_percent_agrees_with_growth_in_persons():
    # 741 / (15470 - 741) = 5.03 %, printed as 5 %
    finding = pen.check_growth(printed(*EDITION_2021)).iloc[0]
    assert finding["verdict"] == "holds"
    assert "5.03" in finding["reason"]
    assert (finding["right_low"], finding["right_high"]) == pytest.approx(
        (100 * 740.9995 / (15475 - 740.9995), 100 * 741.0005 / (15465 - 741.0005))
    )


def test_growth_that_does_not_agree_fails_and_one_without_percent_cannot_be_checked():
    level, grown, percent = EDITION_2021[0], EDITION_2021[2], EDITION_2021[3]
    wrong = (*percent[:2], 7, 6.5, 7.5, *percent[5:])
    assert list(pen.check_growth(printed(level, grown, wrong))["verdict"]) == ["fails"]
    assert list(pen.check_growth(printed(level, grown))["verdict"]) == ["cannot be checked"]


def test_growth_printed_with_closing_zeros_is_known_to_the_digit_before_them():
    # 740,500 / (15,475,000 - 740,500) = 5.02562 %; 741,500 / (15,465,000 - 741,500) = 5.03617 %
    finding = pen.check_growth(printed(*EDITION_2021, as_printed="as a document prints it")).iloc[0]
    assert (finding["right_low"], finding["right_high"]) == pytest.approx((5.0256201, 5.0361667))


def test_previous_level_is_level_minus_growth():
    # 15465000 - 741000.5 = 14723999.5; 15475000 - 740999.5 = 14734000.5
    row = pen.previous_level(printed(*EDITION_2021)).iloc[0]
    assert (row["period"], row["group"], row["value"]) == ("2020-01", "derived_level", 14_729_000)
    assert (row["low"], row["high"]) == (14_723_999.5, 14_734_000.5)


def test_persons_above_100_percent_are_refused_but_connections_are_not():
    rows = [("2023-01", "internet_users", 11.0, 10.5, 11.5, "persons", "population"),
            ("2023-01", "internet_users_pct", 110, 109.5, 110.5, "percent", "population")]  # fmt: skip
    with pytest.raises(TableError, match=r"above 100 percent.*KAZ//2023-01/internet_users"):
        pen.implied_population(printed(*rows))
    assert "mobile_connections" in set(pen.implied_population(printed(*EDITION_2023))["group"])


def test_a_negative_printed_figure_is_refused():
    with pytest.raises(TableError, match=r"negative figure: KAZ/2023-01/internet_users"):
        printed(("2023-01", "internet_users", -1, -1.5, -0.5, "persons", "population"))


# Growth -----------------------------------------------------------------------------------------------------------


def test_growth_worked_by_hand():
    # 100 to 400 in four years: +300, +300 %, 4^(1/4) - 1 = 41.42 % a year, ln 4 / 4 = 0.3466, doubled every 2 years
    rows = printed(
        *[(year, "users", v, v, v, "persons", "population") for year, v in (("2004", 400), ("2000", 100), ("2002", 7))]
    )
    found = pen.growth(rows)
    assert set(found["period"]) == {"2000/2004"}
    assert value(found, "growth_absolute") == 300
    assert value(found, "growth_percent") == pytest.approx(300)
    assert value(found, "growth_annual") == pytest.approx(100 * (math.sqrt(2) - 1))
    assert value(found, "growth_log") == pytest.approx(math.log(4) / 4)
    assert value(found, "doubling_time") == pytest.approx(2)


def test_growth_intervals_hold_every_pair_of_ends():
    ends = {"2000": (95, 105), "2002": (195, 205)}
    rows = printed(*[(year, "users", sum(e) / 2, *e, "persons", "population") for year, e in ends.items()])
    found = pen.growth(rows)
    rates = [100 * (math.sqrt(b / a) - 1) for a, b in product(*ends.values())]
    assert (value(found, "growth_annual", "low"), value(found, "growth_annual", "high")) == pytest.approx(
        (min(rates), max(rates))
    )
    times = [math.log(2) / (math.log(b / a) / 2) for a, b in product(*ends.values())]
    assert (value(found, "doubling_time", "low"), value(found, "doubling_time", "high")) == pytest.approx(
        (min(times), max(times))
    )


def test_a_shrinking_series_never_doubles():
    rows = printed(*[(year, "users", v, v, v, "persons", "population") for year, v in (("2000", 4), ("2001", 3))])
    assert math.isnan(value(pen.growth(rows), "doubling_time"))


def test_one_observation_has_no_growth():
    assert pen.growth(printed(("2000", "users", 1, 1, 1, "persons", "population"))).empty


def test_months_count_from_their_beginning():
    assert years("2021-01") == 2021
    assert years("2020-07") == pytest.approx(2020.5)


def test_required_growth_of_document_003():
    # (5.0 / 1.6)^(1/12) - 1 = 9.96 % a year; from at least 1.6 to at most 5.5: no more than (5.5 / 1.6)^(1/12) - 1
    start = printed(("2018", "accounts", 1.6e9, 1.6e9, np.nan, "accounts", "accounts"))
    goal = printed(("2030", "accounts_forecast", 5e9, 4.5e9, 5.5e9, "accounts", "accounts"))
    row = pen.required_growth(start, goal).iloc[0]
    assert (row["measure"], row["period"], row["interval"]) == ("required_growth", "2018/2030", "bound")
    assert row["value"] == pytest.approx(9.9607, abs=1e-4)
    assert row["high"] == pytest.approx(100 * ((5.5 / 1.6) ** (1 / 12) - 1))
    assert math.isnan(row["low"])


def test_growth_refuses_zero_ranges_and_sampling_intervals():
    zero = printed(*[(year, "users", v, v, v, "persons", "population") for year, v in (("2000", 0), ("2001", 3))])
    with pytest.raises(TableError, match=r"above 0: KAZ//2000/users"):
        pen.growth(zero)
    with pytest.raises(ValueError, match="'2000/2001' is not one date"):
        pen.growth(printed(("2000/2001", "users", 1, 1, 1, "persons", "population")))
    with pytest.raises(ValueError, match="kind confidence"):
        pen.growth(pen.users_share(counts(("KAZ", 1, 2))))


def test_required_growth_refuses_what_has_nothing_in_common():
    start = printed(("2018", "accounts", 1, 1, 1, "accounts", "accounts"))
    with pytest.raises(ValueError, match="in common"):
        pen.required_growth(start, start.assign(period="2030", unit="persons"))


def test_upper_end_of_absolute_growth_is_last_high_minus_first_low():
    rows = printed(
        ("2000", "users", 100, 95, 105, "persons", "population"),
        ("2002", "users", 200, 190, 210, "persons", "population"),
    )
    found = pen.growth(rows)
    assert (value(found, "growth_absolute", "low"), value(found, "growth_absolute", "high")) == (85, 115)


def test_days_count_as_parts_of_a_year():
    # 1 April 2021 is 3 / 12 of a year; the 2nd is 1 / 365.25 = 0.002738 further
    assert years("2021-04-02") == pytest.approx(2021.252738, abs=1e-6)


# Series -----------------------------------------------------------------------------------------------------------

ITU = pd.DataFrame(
    {"iso3": ["KAZ"] * 5 + ["NAM"], "year": [2019, 2020, 2021, 2022, 2023, 2020],
     "internet_users_pct": [81.8776, 85.9426, 90.924, 92.2969, 92.8785, 62.0]}
)  # fmt: skip


def test_internet_users_keep_the_order_of_the_countries():
    users = pen.internet_users(ITU, countries=["NAM", "KAZ", "NAM", "ZZZ"])
    assert users["entity"].tolist() == ["NAM"] + ["KAZ"] * 5
    users = pen.within(users, "2020/2021")
    assert list(zip(users["entity"], users["period"], strict=True)) == [
        ("NAM", "2020"),
        ("KAZ", "2020"),
        ("KAZ", "2021"),
    ]
    assert set(users["interval"]) == {"none"}


def test_printed_penetration_repeats_the_series_of_two_years_earlier():
    # 81.9 - 81.8776 = 0.0224 and 90.9 - 90.924 = -0.024 lie within 0.05; all other years do not
    users = pen.internet_users(ITU, countries=["KAZ"])
    lag = pen.penetration_lag(printed(*EDITION_2021, *EDITION_2023), users)
    matches = lag[(lag["low"] <= 0) & (lag["high"] >= 0)]
    assert list(zip(matches["period"], matches["group"], strict=True)) == [("2021-01", "lag_2"), ("2023-01", "lag_2")]
    assert matches["value"].to_numpy() == pytest.approx([0.0224, -0.024])


def test_a_figure_over_a_range_belongs_to_the_year_it_ends_in():
    # 90.9 printed for 2020-01/2021-01 is compared with 2021: 90.9 - 90.924 = -0.024
    row = printed(("2020-01/2021-01", "internet_users_pct", 90.9, 90.85, 90.95, "percent", "population"))
    assert pen.penetration_lag(row, itu(), lags=[0])["value"].item() == pytest.approx(-0.024)


def test_platforms_are_compared_in_the_last_period_of_their_measure():
    months = [("2024-01", "telegram", 9.0), ("2024-02", "telegram", 3.0), ("2024-02", "youtube", 5.0)]
    rows = pd.DataFrame(months, columns=["period", "group", "value"]).assign(entity="KAZ", measure="authors_month")
    other = rows.assign(measure="messages_month").head(1)
    rows = pd.concat([rows, other], ignore_index=True)
    last = pen.last_periods(rows)
    assert last[["measure", "period", "group"]].to_numpy().tolist() == [
        ["authors_month", "2024-02", "telegram"],
        ["authors_month", "2024-02", "youtube"],
        ["messages_month", "2024-01", "telegram"],
    ]
    before = pen.periods_before(rows)
    assert before.to_numpy().tolist() == [["KAZ", "authors_month", 2, "2024-01", "2024-02"]]
    assert pen.periods_before(last).empty
    assert pen.last_periods(rows.head(0)).empty
    assert pen.periods_before(rows.head(0)).empty


def test_latest_is_the_last_observation_of_each_country():
    users = pen.latest(pen.internet_users(ITU, countries=["NAM", "KAZ"]))
    assert list(zip(users["entity"], users["period"], strict=True)) == [("NAM", "2020"), ("KAZ", "2023")]


@pytest.mark.parametrize("period", ["2024/2000", "20", "2000-01/2001-01"])
def test_a_period_that_is_not_years_in_order_is_refused(period):
    with pytest.raises(ValueError, match="not YYYY"):
        pen.within(itu(), period)


def test_a_window_keeps_its_first_and_last_year_and_one_year_is_a_window():
    assert pen.within(itu(), "2020/2022")["period"].tolist() == ["2020", "2021", "2022"]
    assert pen.within(itu(), "2021")["period"].tolist() == ["2021"]
    assert pen.within(itu(), "1990").empty


# Platforms --------------------------------------------------------------------------------------------------------


def test_concentration_worked_by_hand():
    # 50, 25, 25: 2500 + 625 + 625 = 3750; entropy 1.5 ln 2, exp = 2^1.5 = 2.828; 1 / 0.375 = 2.667; two largest 75
    found = pen.concentration(market([25, 50, 25]), k=2)
    assert value(found, "hhi_printed") == value(found, "hhi_closed") == 3750
    assert value(found, "shannon") == pytest.approx(1.5 * math.log(2))
    assert value(found, "hill_0") == 3
    assert value(found, "hill_1") == pytest.approx(2**1.5)
    assert value(found, "hill_2") == pytest.approx(8 / 3)
    assert value(found, "concentration_ratio") == pytest.approx(75)


def test_equal_shares_count_as_many_platforms_as_there_are_and_a_monopoly_as_one():
    four, one = pen.concentration(market([7, 7, 7, 7], unit="accounts")), pen.concentration(market([100]))
    for order in ("hill_0", "hill_1", "hill_2"):
        assert value(four, order) == pytest.approx(4)
        assert value(one, order) == pytest.approx(1)


STATCOUNTER = [(37.72, 0.005), (20.41, 0.005), (14.89, 0.005), (13.54, 0.005), (11.3, 0.05), (4.98, 0.005)]


def statcounter():
    rows = [market([share], half=half).assign(group=f"p{number}") for number, (share, half) in enumerate(STATCOUNTER)]
    return pd.concat(rows, ignore_index=True)


def test_statcounter_shares_sum_to_more_than_rounding_allows():
    # 37.72 + 20.41 + 14.89 + 13.54 + 11.3 + 4.98 = 102.84; five times 0.005 and once 0.05 is 0.075
    found = pen.concentration(statcounter())
    assert value(found, "shares_sum") == pytest.approx(102.84)
    assert (value(found, "shares_sum", "low"), value(found, "shares_sum", "high")) == pytest.approx((102.765, 102.915))


def test_hhi_bounds_hold_every_corner_of_the_rounding_box():
    found = pen.concentration(statcounter())
    corners = np.array(list(product(*[(share - half, share + half) for share, half in STATCOUNTER])))
    squares = (corners**2).sum(axis=1)
    closed = 1e4 * squares / corners.sum(axis=1) ** 2
    assert (value(found, "hhi_printed", "low"), value(found, "hhi_printed", "high")) == pytest.approx(
        (squares.min(), squares.max())
    )
    assert value(found, "hhi_closed", "low") <= closed.min()
    assert closed.max() <= value(found, "hhi_closed", "high")


def test_entropy_bounds_hold_every_point_of_the_rounding_box():
    shares = market([60, 35, 5], half=4)
    found = pen.concentration(shares)
    points = np.array(list(product(*[np.linspace(low, high, 7) for low, high in shares[["low", "high"]].to_numpy()])))
    points /= points.sum(axis=1, keepdims=True)
    entropy = -(points * np.log(points)).sum(axis=1)
    assert value(found, "shannon", "low") <= entropy.min()
    assert entropy.max() <= value(found, "shannon", "high")


def test_indices_stay_between_equal_shares_and_a_monopoly():
    # Two platforms of 50 % each, give or take 40: no index below 1 / 2, no entropy above ln 2.
    found = pen.concentration(market([50, 50], half=40))
    assert value(found, "hhi_closed", "low") == pytest.approx(5000)
    assert value(found, "shannon", "high") == pytest.approx(math.log(2))
    assert value(found, "hill_2", "high") == pytest.approx(2)


def test_a_platform_without_any_share_is_not_counted():
    assert value(pen.concentration(market([60, 40, 0])), "hill_0") == 2


def test_counts_have_no_printed_shares():
    found = pen.concentration(market([6.8e6, 2.4e6], unit="accounts", half=5e4))
    assert not {"shares_sum", "hhi_printed"} & set(found["measure"])
    assert (found["low"] <= found["value"]).all()


def test_order_of_platforms_does_not_matter():
    shares = statcounter()
    pd.testing.assert_frame_equal(
        pen.concentration(shares), pen.concentration(shares.iloc[::-1].reset_index(drop=True))
    )


def test_a_list_with_a_platform_only_named_has_no_index():
    table = pd.DataFrame({"platform": ["vkontakte", "instagram", "facebook"], "value": [np.nan, 6.8e6, 2.4e6]})
    table = table.assign(low=table["value"], high=table["value"], entity="KAZ", period="2020", measure="accounts")
    table = table.assign(unit="accounts", base="accounts")
    assert len(pen.printed_figures(table, source_id="example")) == 2
    listed = pen.printed_figures(table, source_id="example", keep_named=True)
    found = pen.concentration(pd.concat([listed, statcounter()]))
    assert found["measure"].tolist()[0] == "platforms_without_figure"
    assert found.loc[0, ["value", "n", "group", "unit"]].tolist() == [1, 3, "accounts", "platforms"]
    assert set(found["group"].iloc[1:]) == {"share"}
    assert "hhi_closed" in set(found["measure"])


def test_bad_markets_are_refused():
    with pytest.raises(TableError, match="negative share: KAZ/p1/2020/share"):
        pen.concentration(market([50, 50]).assign(value=[50, -1], low=np.nan, high=np.nan, interval="none"))
    with pytest.raises(TableError, match=r"above 100 percent.*KAZ/p1/2020/share"):
        pen.concentration(market([50, 101]))
    with pytest.raises(TableError, match="without any share above 0"):
        pen.concentration(market([0, 0]))
    with pytest.raises(ValueError, match="k=0"):
        pen.concentration(market([50, 50]), k=0)


def brand_analytics(platform, messages, authors):
    return printed(
        ("2023-09", "messages_month", *messages, "messages", "public_messages"),
        ("2023-09", "authors_month", *authors, "authors", "authors"),
        platform=platform,
    )


def test_messages_per_author_of_document_004():
    # Instagram: 11.0 M / 1.05 M = 10.48, from 10.95 / 1.055 = 10.379 to 11.05 / 1.045 = 10.574
    # VKontakte: 3.9 M / 288.8 k = 13.50
    figures = pd.concat(
        [
            brand_analytics("instagram", (11.0e6, 10.95e6, 11.05e6), (1.05e6, 1.045e6, 1.055e6)),
            brand_analytics("vkontakte", (3.9e6, 3.85e6, 3.95e6), (288_800, 288_750, 288_850)),
        ]
    )
    found = pen.messages_per_author(figures)
    assert list(found["group"]) == ["vkontakte", "instagram"]
    assert found["value"].to_numpy() == pytest.approx([13.5042, 10.4762], abs=1e-4)
    assert found.loc[1, ["low", "high"]].tolist() == pytest.approx([10.3791, 10.5742], abs=1e-4)


def test_a_suppressed_count_gives_bounds_and_no_value():
    # 5 to 253 messages by 1 to 20 authors: 253 / 1 at most; 5 / 20 is less than the 1 every author has written.
    hidden = brand_analytics("telegram", (None, 5, 253), (None, 1, 20))
    # 953 to 1,201 messages by exactly 100 authors: 9.53 to 12.01.
    half = brand_analytics("odnoklassniki", (None, 953, 1201), (100, 100, 100))
    known = brand_analytics("vkontakte", (900, 900, 900), (200, 200, 200))
    found = pen.messages_per_author(pd.concat([hidden, known, half])).set_index("group")
    assert found["value"].dropna().to_dict() == {"vkontakte": 4.5}
    assert found.loc["telegram", ["low", "high", "interval"]].tolist() == [1, 253, "bound"]
    assert found.loc["odnoklassniki", ["low", "high", "interval"]].tolist() == [9.53, 12.01, "bound"]
    title = pen.writers_found(found.reset_index()).iloc[0]
    assert title[["n", "known", "case"]].tolist() == [3, 1, "hidden"]
    authors = pd.concat([hidden, known, half]).query("measure == 'authors_month'")
    people = pen.audience_bounds(authors).iloc[0]
    assert people[["low", "high", "n", "group"]].tolist() == [200, 320, 3, "authors_month"]
    assert pen.suppressed(authors)[["group", "low", "high"]].to_numpy().tolist() == [["telegram", 1, 20]]


def test_counts_without_value_or_bounds_are_not_read():
    rows = pd.DataFrame({"entity": "KAZ", "period": "2023-09", "measure": "authors_month", "platform": ["a", "b", "c"]})
    rows = rows.assign(unit="authors", base="authors", value=[None, None, 7], low=[None, 1, 7], high=[None, 9, 7])
    found = pen.printed_figures(rows.astype({"value": float, "low": float, "high": float}), source_id="x")
    assert found[["group", "interval"]].to_numpy().tolist() == [["b", "bound"], ["c", "rounding"]]


def test_no_authors_are_refused():
    with pytest.raises(TableError, match=r"authors must be above 0: KAZ/tiktok/2023-09"):
        pen.messages_per_author(brand_analytics("tiktok", (1, 1, 1), (0, 0, 0)))


def test_audience_bounds_are_largest_and_sum_or_population():
    accounts = market([6.8e6, 2.4e6, 2.0e6], unit="accounts", half=5e4)
    free = pen.audience_bounds(accounts).iloc[0]
    assert (free["low"], free["high"], free["interval"], free["n"]) == (6.75e6, 11.35e6, "bound", 3)
    assert math.isnan(free["value"])
    people = printed(("2020", "common_population", 10e6, 9e6, 10.5e6, "persons", "population"))
    assert pen.audience_bounds(accounts, population=people)["high"].iloc[0] == 10.5e6


def test_the_largest_population_caps_an_audience():
    people = printed(
        ("2019", "common_population", 9e6, 8.5e6, 9.5e6, "persons", "population"),
        ("2020", "common_population", 10e6, 9e6, 10.5e6, "persons", "population"),
    )
    accounts = market([6.8e6, 6.4e6], unit="accounts", half=5e4)
    assert pen.audience_bounds(accounts, population=people)["high"].item() == 10.5e6


def test_shares_of_an_audience_are_capped_at_everybody():
    row = pen.audience_bounds(market([70, 60], base="respondents")).iloc[0]
    assert (row["low"], row["high"], row["unit"]) == (70, 100, "percent")


def test_an_audience_above_the_population_is_refused():
    people = printed(("2020", "common_population", 1e6, 1e6, 1e6, "persons", "population"))
    with pytest.raises(TableError, match="above the population's 1000000: KAZ/p0"):
        pen.audience_bounds(market([2e6], unit="accounts"), population=people)


# Targets ----------------------------------------------------------------------------------------------------------

TARGETS = [
    ("2020", "internet_users_pct", 80, 80, np.nan, "percent", "population"),
    ("", "digital_literacy_pct", 80, 80, np.nan, "percent", "citizens"),
]


def itu():
    return pen.internet_users(ITU, countries=["KAZ"])


def test_target_is_compared_with_the_series_of_its_own_year():
    # 85.9426 - 80 = 5.9426
    found = pen.target_gaps(printed(*TARGETS), itu())
    assert list(found["group"]) == ["target", "observed", "gap"]
    assert found["value"].to_numpy() == pytest.approx([80, 85.9426, 5.9426])
    assert list(found["unit"]) == ["percent", "percent", "percentage_points"]


def test_the_target_was_first_reached_the_year_before():
    row = pen.first_reached(printed(*TARGETS), itu()).iloc[0]
    assert (row["period"], row["value"]) == ("2019", 81.8776)


def test_target_holds_by_its_own_year_and_a_later_figure_cannot_tell():
    found = pen.check_targets(printed(*TARGETS), itu(), cited=printed(*EDITION_2023))
    verdicts = dict(zip(found["kind"] + found["left"], found["verdict"], strict=True))
    assert verdicts == {
        "target_own_yearinternet_users_pct": "holds",
        "target_own_yeardigital_literacy_pct": "cannot be checked",
        "target_other_yearinternet_users_pct": "cannot be checked",
    }
    assert found["reason"].iloc[0] == "2020: 85.9 >= 80"


def test_a_target_just_reached_is_reached():
    exact = printed(("2020", "internet_users_pct", 85.9426, 85.9426, 85.9426, "percent", "population"))
    found = pen.check_targets(exact, itu(), cited=EMPTY).iloc[0]
    assert (found["verdict"], found["reason"]) == ("holds", "2020: 85.9 >= 85.9")
    assert pen.first_reached(exact, itu())["period"].tolist() == ["2020"]


def test_a_missed_target_fails():
    missed = printed(("2019", "internet_users_pct", 90, 90, np.nan, "percent", "population"))
    assert list(pen.check_targets(missed, itu(), cited=EMPTY)["verdict"]) == ["fails"]


# Nothing in, nothing out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "schema"),
    [
        (lambda: pen.users_share(counts()), ESTIMATES),
        (lambda: pen.share_sensitivity(EMPTY), ESTIMATES),
        (lambda: pen.share_difference(counts(), left="a", right="b"), PAIRS),
        (lambda: pen.smallest_sample(EMPTY, left="a", right="b"), PAIRS),
        (lambda: pen.implied_population(EMPTY), ESTIMATES),
        (lambda: pen.common_population(EMPTY), ESTIMATES),
        (lambda: pen.check_population(EMPTY), FINDINGS),
        (lambda: pen.check_growth(EMPTY), FINDINGS),
        (lambda: pen.previous_level(EMPTY), ESTIMATES),
        (lambda: pen.growth(EMPTY), ESTIMATES),
        (lambda: pen.required_growth(EMPTY, EMPTY), ESTIMATES),
        (lambda: pen.internet_users(ITU, countries=["ZZZ"]), ESTIMATES),
        (lambda: pen.latest(EMPTY), ESTIMATES),
        (lambda: pen.penetration_lag(EMPTY, EMPTY), ESTIMATES),
        (lambda: pen.concentration(EMPTY), ESTIMATES),
        (lambda: pen.messages_per_author(EMPTY), ESTIMATES),
        (lambda: pen.audience_bounds(EMPTY), ESTIMATES),
        (lambda: pen.target_gaps(EMPTY, EMPTY).drop(columns="programme"), ESTIMATES),
        (lambda: pen.check_targets(EMPTY, EMPTY, cited=EMPTY), FINDINGS),
    ],
)  # fmt: skip
def test_an_empty_table_gives_an_empty_validated_table(found, schema):
    frame = found()
    assert frame.empty
    assert set(frame.columns) == set(schema.columns)


def test_samples_that_fit_the_printed_shares() -> None:
    # Of 8 people 1/8 = 12.5 and 3/8 = 37.5 percent; below 8 no fraction rounds to 12.5 at one decimal.
    table = pd.DataFrame(
        {
            "entity": "KAZ",
            "period": "2018",
            "platform": ["internet", "internet", "television"],
            "as_printed": ["12.5%", "37.5%", "60%"],
            "unit": "percent",
            "bound": ["exact", "exact", "at_least"],
        }
    )
    found = pen.compatible_samples(table, by="platform", source_id="trust_survey", largest=20)
    assert found["group"].unique().tolist() == ["internet"]
    values = found.set_index("measure")["value"]
    assert values["smallest_compatible_sample"] == 8
    assert values["compatible_samples"] == 2  # 8 and 16
    assert found["n"].unique().tolist() == [2]


def test_answers_of_the_same_people_are_taken_together() -> None:
    # Document 001 prints six shares of one survey; up to 4000 only 3681, 3905 and 3978 people give all six.
    texts = ["12,52 процента", "19,51 процента", "61,64 процента", "16,54 процента", "12,22", "65,28 процента"]
    table = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": texts, "unit": "percent", "bound": "exact"})
    found = pen.compatible_samples(table, source_id="trust_survey")
    assert found[["group", "value", "n"]].head(2).to_numpy().tolist() == [["", 3681, 6], ["", 3, 6]]
    printed = [12.52, 19.51, 61.64, 16.54, 12.22, 65.28]
    for size in (3681, 3905, 3978):
        assert [round(100 * round(share * size / 100) / size, 2) for share in printed] == printed


def test_no_sample_may_fit_and_no_rows_give_none() -> None:
    table = pd.DataFrame(
        {"entity": "KAZ", "period": "", "platform": "", "as_printed": ["33.33%"], "unit": "percent", "bound": "exact"}
    )
    found = pen.compatible_samples(table, by="platform", source_id="trust_survey", largest=2)
    assert found.set_index("measure")["value"].isna().tolist() == [True, False, False, False]
    assert pen.compatible_samples(table.head(0), by="platform", source_id="trust_survey").empty


def test_a_forecast_takes_a_share_of_the_projected_population():
    # 5 of 8.5 billion is 58.8 percent; 4.5 / 8.55 = 52.6 to 5.5 / 8.45 = 65.1 with rounding.
    goal = printed(("2030", "accounts_forecast", 5e9, 4.5e9, 5.5e9, "accounts", "accounts"))
    people = printed(("2030", "population", 8.5e9, 8.45e9, 8.55e9, "persons", "population"))
    row = pen.required_share(goal, people).iloc[0]
    assert (row["value"], row["low"], row["high"]) == pytest.approx((100 / 1.7, 100 * 4.5 / 8.55, 100 * 5.5 / 8.45))
    assert (row["unit"], row["base"]) == ("percent", "population")
    assert pen.required_share(goal, people.assign(period="2050")).empty


def test_a_series_is_not_compared_with_years_to_come():
    with pytest.raises(ValueError, match=r"lags \[0, -1\] must be 0 or more years"):
        pen.penetration_lag(printed(*EDITION_2021), itu(), lags=[0, -1])
