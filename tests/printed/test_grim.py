"""How often random digits would pass the GRIM test: counted one by one, and as the R package scrutiny prints it."""

import pytest

from digital_diplomacy.printed import UnreadableError, grim, grim_pass_probability, grim_steps


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
