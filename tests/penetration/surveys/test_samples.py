"""Sample sizes: what chance leaves of a fit, which round size a grid makes likely, how many are enough."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from digital_diplomacy import penetration as pen
from digital_diplomacy import sources
from digital_diplomacy.penetration.surveys.samples import at_least
from digital_diplomacy.printed import grim_pass_probability

REPOSITORY = Path(__file__).parents[3]
SIX = ["12,52 процента", "19,51 процента", "61,64 процента", "16,54 процента", "12,22", "65,28 процента"]
# The ministry's report as a newspaper quotes it, national shares of two decimals, with the six above.
FOURTEEN = ["31.92", "20.88", "17.16", "32.76", "18.64", "10.48", "24.81", "12.44", *SIX]


def answers(texts, **columns):
    frame = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": texts, "unit": "percent", "bound": "exact"})
    return frame.assign(**columns)


def told(rows):
    return dict(zip(rows["measure"], rows["value"], strict=True))


def test_three_sizes_for_six_percentages_are_what_chance_gives():
    # Six figures fit a size n with probability about (n / 10,000)^6: the sum up to 4,000 is about
    # 10,000 * 0.4^7 / 7 = 2.34, and three or more have probability 1 - exp(-2.34) (1 + 2.34 + 2.34^2 / 2) = 0.41.
    found = told(pen.compatible_samples(answers(SIX), source_id="x"))
    assert found["compatible_samples"] == 3
    assert found["compatible_samples_by_chance"] == pytest.approx(2.34, abs=0.03)
    assert found["compatible_samples_p"] == pytest.approx(0.41, abs=0.02)
    assert pen.read_chance(pen.compatible_samples(answers(SIX), source_id="x"), p="compatible_samples_p")[
        "reading"
    ].tolist() == ["chance"]


def test_chance_agrees_with_random_digits():
    # Two figures of one decimal fit a size n with probability about (n / 1,000)^2: 0.17 sizes up to 80 on average.
    figures = np.random.default_rng(5).integers(0, 1000, (300, 2))
    rows = answers([f"{figure / 10:.1f}" for figure in figures.ravel()], pair=np.repeat(np.arange(300), 2).astype(str))
    drawn = pen.compatible_samples(rows, source_id="x", by="pair", largest=80)
    fitting = drawn.loc[drawn["measure"] == "compatible_samples", "value"]
    by_chance = drawn.loc[drawn["measure"] == "compatible_samples_by_chance", "value"]
    assert len(fitting) == len(by_chance) == 300
    assert fitting.std() > 0
    assert by_chance.tolist() == pytest.approx([fitting.mean()] * 300, abs=4 * fitting.std() / 300**0.5)
    assert by_chance.tolist() == pytest.approx([0.17] * 300, abs=0.03)


def test_probability_of_so_many_successes_is_the_binomial_one_for_equal_chances():
    for successes in range(7):
        assert at_least(np.full(6, 0.3), successes) == pytest.approx(binom.sf(successes - 1, 6, 0.3))
    assert at_least(np.array([1.0, 0.5, 0.0]), 2) == pytest.approx(0.5)
    assert at_least(np.array([]), 1) == 0


def test_ten_of_fourteen_shares_of_the_ministrys_report_lie_on_the_grid_of_2500():
    # A share of 2,500 is a multiple of 0.04: all but 24.81, 16.54, 12.22 and 19.51 are. Ten or more of fourteen at one
    # quarter each: sum of C(14, k) 3^(14 - k) / 4^14, k = 10 to 14, is
    # (1001 * 81 + 364 * 27 + 91 * 9 + 14 * 3 + 1) / 4^14 = 91,771 / 268,435,456 = 0.000342; times 40 sizes 0.0137.
    found = told(pen.likely_sample(answers(FOURTEEN), source_id="x"))
    assert (found["likely_sample"], found["figures_that_fit"]) == (2500, 10)
    assert found["figures_that_fit_by_chance"] == pytest.approx(3.5)
    assert found["likely_sample_p"] == pytest.approx(91_771 / 4**14)
    assert found["likely_sample_p_any"] == pytest.approx(40 * 91_771 / 4**14)


def test_more_sizes_tried_ask_for_stronger_evidence():
    # 400 sizes instead of 40: 400 * 0.000342 = 0.137
    rows = pen.likely_sample(answers(FOURTEEN), source_id="x", sizes=range(10, 4001, 10))
    assert told(rows)["likely_sample_p_any"] == pytest.approx(400 * 91_771 / 4**14)
    assert pen.read_chance(rows, p="likely_sample_p_any")["reading"].tolist() == ["chance"]


def test_figures_too_coarse_to_fail_are_left_out_and_six_alone_tell_nothing():
    found = pen.likely_sample(answers([*FOURTEEN, "48.4", "10.6", "44.8"]), source_id="x")
    assert set(found["n"]) == {14}
    alone = pen.read_chance(pen.likely_sample(answers(SIX), source_id="x"), p="likely_sample_p_any")
    assert alone["reading"].tolist() == ["chance"]
    assert pen.likely_sample(answers(["48.4"]), source_id="x").empty
    assert pen.read_chance(pen.likely_sample(answers(SIX).head(0), source_id="x"), p="likely_sample_p_any").empty


def test_the_tables_hold_the_fourteen_shares():
    trust = sources.load("trust_survey", root=REPOSITORY)
    report = sources.load("kz_headlines", root=REPOSITORY).query("base == 'respondents'")
    every = pd.concat([trust, report]).drop_duplicates(["entity", "period", "measure", "platform"])
    found = pen.read_chance(pen.likely_sample(every, source_id="x"), p="likely_sample_p_any")
    assert found[["n", "likely_sample", "figures_that_fit", "reading"]].to_numpy().tolist() == [
        [14, 2500, 10, "beyond_chance"]
    ]


def test_a_likely_sample_needs_sizes():
    for sizes in ([], [0, 100]):
        with pytest.raises(ValueError, match="needs sizes of at least 1"):
            pen.likely_sample(answers(SIX), source_id="x", sizes=sizes)


def test_a_figure_that_fits_everywhere_is_no_evidence():
    assert grim_pass_probability(["12.5"], 1000) == 1
    found = told(pen.compatible_samples(answers(["12.5"]), source_id="x", largest=2000))
    assert found["compatible_samples_by_chance"] > 1000
    assert found["compatible_samples_p"] > 0.05


@pytest.mark.parametrize(("first", "second"), [(16.54, 12.52), (12.22, 19.51), (65.28, 61.64), (50, 40), (3, 1)])
def test_the_smallest_sample_is_the_first_that_the_test_of_shares_calls_significant(first, second):
    # 16.54 against 12.52 percent: 3.8415 * 2 * 0.1453 * 0.8547 / 0.0402^2 = 590.4, so 591.
    frame = pd.DataFrame({"platform": ["a", "b"], "value": [first, second]}).assign(
        low=lambda rows: rows["value"], high=lambda rows: rows["value"], entity="KAZ", period="2018",
        measure="trust_full", unit="percent", base="respondents",
    )  # fmt: skip
    shares = pen.printed_figures(frame, source_id="example")
    n = int(pen.smallest_sample(shares, left="a", right="b")["value"].item())
    p_values = pen.share_tests(shares, left="a", right="b", sizes=[n - 1, n])["value"].tolist()
    assert p_values[0] >= 0.05 > p_values[1]
    assert first != 16.54 or n == 591


def test_samples_by_chance_are_summed_up_to_the_largest_itself() -> None:
    """Of each size the share of the 10,000 figures below 100 that some share of it prints as, once for each figure."""
    table = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": ["33.33", "66.67"]})
    table = table.assign(unit="percent", bound="exact")
    for largest in (1, 40):
        expected = 0.0
        for n in range(1, largest + 1):
            exact = [Decimal(100 * k) / Decimal(n) for k in range(n)]
            printed = {one.quantize(Decimal("0.01"), way) for one in exact for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
            expected += (len(printed - {Decimal(100)}) / 10_000) ** 2
        found = pen.compatible_samples(table, source_id="made", largest=largest).set_index("measure")["value"]
        assert found["compatible_samples_by_chance"] == pytest.approx(expected)
