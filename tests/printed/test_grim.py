"""How often random digits would pass the GRIM test: counted one by one, and as the R package scrutiny prints it."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest

from digital_diplomacy.printed import (
    UnreadableError,
    grim,
    grim_mean,
    grim_mean_pass_probability,
    grim_pass_probability,
    grim_steps,
)


@pytest.mark.parametrize(
    ("percent", "n", "passing"),
    [
        # scrutiny 0.4.0, examples of grim_ratio: "83.29" with n = 21 is inconsistent in 79 of 100 cases; a mean of two
        # decimals has the grid of a percentage of none. "5.14" percent with n = 83: grim_total 10,000 - 83 = 9,917.
        ("83", 21, 21 / 100),
        ("5.14", 83, 83 / 10_000),
        ("65.28", 2500, 0.25),
        # With n = 8 and whole percentages 0, 12|13, 25, 37.5 -> 38, 50, 62|63, 75, 87.5 -> 88: 8 shares and two halves
        # that round to even below (12.5 -> 12, 62.5 -> 62).
        ("12", 8, 10 / 100),
        ("12", 100, 1.0),
        ("12", 5000, 1.0),
    ],
)
def test_probability_is_the_share_of_figures_that_pass(percent, n, passing):
    assert grim_pass_probability([percent], n) == pytest.approx(passing)


@pytest.mark.parametrize(("text", "digits"), [("{:.0f}", 0), ("{:.1f}", 1)])
def test_probability_agrees_with_trying_every_figure(text, digits):
    figures = [text.format(step / 10**digits) for step in range(100 * 10**digits)]
    for n in (1, 2, 3, 7, 8, 16, 40, 99, 100, 101, 160, 333, 999, 1000):
        passed = sum(grim(figure, n) for figure in figures)
        assert grim_pass_probability([figures[0]], n) == pytest.approx(passed / len(figures)), n


def test_independent_figures_multiply():
    assert grim_pass_probability(["65.28", "12.52", "48.4"], 500) == pytest.approx(0.05 * 0.05 * 0.5)


def test_more_decimals_are_a_finer_grid():
    assert [grim_steps(text) for text in ("5", "5.1", "5.12", "5,12 процента")] == [100, 1000, 10_000, 10_000]


def test_figures_that_are_no_percentages_are_refused():
    with pytest.raises(ValueError, match="no single exact percentage"):
        grim_pass_probability(["около 5%"], 10)
    with pytest.raises(UnreadableError, match="no printed digits"):
        grim_pass_probability(["пять"], 10)
    for percents, n in (([], 10), (["5"], 0)):
        with pytest.raises(ValueError, match="at least one percentage and n of at least 1"):
            grim_pass_probability(percents, n)


# Means of scales ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["100.1%", "100.5", "101", "101%", "-1%", "-0.1"])
def test_a_share_outside_of_the_whole_is_no_percentage(text):
    with pytest.raises(ValueError, match="is no percentage from 0 to 100"):
        grim(text, 10)


def test_nothing_and_the_whole_are_percentages_of_any_sample():
    assert [grim(text, n) for text in ("0%", "100%", "100.0") for n in (1, 7, 1000)] == [True] * 9


def printed_means(n, items, decimals):
    """Every mean below 2 that whole-numbered answers can print as, by Decimal's own rounding, half up and half even."""
    step = Decimal(1).scaleb(-decimals)
    exact = [Decimal(whole) / Decimal(n * items) for whole in range(2 * n * items + 1)]
    return {str(mean.quantize(step, rounding=way)) for mean in exact for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


@pytest.mark.parametrize(
    ("n", "items", "decimals"), [(7, 1, 1), (8, 1, 2), (8, 4, 2), (5, 5, 2), (40, 2, 2), (3, 3, 0)]
)
def test_a_mean_passes_if_some_whole_numbers_print_so(n, items, decimals):
    possible = printed_means(n, items, decimals)
    for step in range(2 * 10**decimals):
        mean = f"{step / 10**decimals:.{decimals}f}"
        assert grim_mean(mean, n, items=items) == (mean in possible), mean


def test_items_are_as_good_as_people():
    # 145 / 28 = 5.179 and 146 / 28 = 5.214: no 5.19. 436 / 84 = 5.1905.
    assert [grim_mean("5.19", 28), grim_mean("5.19", 28, items=3), grim_mean("5.19", 84)] == [False, True, True]
    assert grim_mean("5,19", 84)


@pytest.mark.parametrize(("n", "items", "decimals"), [(7, 1, 1), (8, 4, 2), (5, 5, 2), (40, 2, 2)])
def test_probability_of_a_mean_is_the_share_of_decimals_that_pass(n, items, decimals):
    means = [f"{step / 10**decimals:.{decimals}f}" for step in range(10**decimals)]
    passed = sum(grim_mean(mean, n, items=items) for mean in means)
    assert grim_mean_pass_probability(means[0], n, items=items) == pytest.approx(passed / len(means))


def test_a_mean_is_no_percentage():
    with pytest.raises(ValueError, match="no single exact mean"):
        grim_mean("51.9%", 10)
    for text in ("-5.19", "5.1-5.2", "more than 5.19"):
        with pytest.raises(ValueError, match="no single exact mean"):
            grim_mean(text, 10)
    assert grim_mean("0.0", 10)
    with pytest.raises(ValueError, match="at least 1 answer and 1 item, not 10 and 0"):
        grim_mean("5.19", 10, items=0)
    with pytest.raises(UnreadableError, match="no printed digits"):
        grim_mean("пять", 10)


def test_a_mean_in_thousands_leaves_nothing_out() -> None:
    assert grim_mean_pass_probability("5 thousand", 28) == 1.0
