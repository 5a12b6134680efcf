"""Lorenz points and top shares: by hand, against known distributions and repeated samples, refusals."""

import math

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy import penetration as pen
from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import ESTIMATES, validate


def units(values, **columns):
    named = {"entity": "KAZ", "period": "2023", "measure": "messages", "source_id": "example", "base": "authors"}
    return pd.DataFrame({"value": values}).assign(**{**named, **columns})


def test_points_worked_by_hand_and_their_area_is_the_gini():
    # 1, 2, 5 of 8: 1/8, 3/8, 1. Area by trapezoids (1/8 + (1/8 + 3/8) + (3/8 + 1)) / 6 = 1/3; Gini 1 - 2/3.
    points = pen.lorenz_points([5, 1, 2])
    assert points["held_share"].tolist() == pytest.approx([0, 1 / 8, 3 / 8, 1])
    area = float(np.trapezoid(points["held_share"], points["units_share"]))
    assert 1 - 2 * area == pytest.approx(1 / 3)
    assert 1 - 2 * area == pytest.approx(float(pen.unevenness([5, 1, 2])["gini"]))


def test_equal_units_hold_their_number_and_order_does_not_matter():
    even = pen.lorenz_points([3, 3, 3, 3])
    assert even["held_share"].tolist() == pytest.approx(even["units_share"].tolist())
    pd.testing.assert_frame_equal(pen.lorenz_points([5, 1, 2]), pen.lorenz_points([1, 2, 5]))


def test_a_top_that_ends_within_a_unit_takes_part_of_it():
    # Of 40, 30, 20, 5, 5 the top 30 % are one unit and a half: 40 + 15.
    found = pen.top_shares(units([5, 40, 20, 30, 5]), tops=[30])
    assert found[["measure", "interval"]].to_numpy().tolist() == [["top_share_30", "none"]]
    assert found["value"].item() == pytest.approx(55)
    assert validate(found, ESTIMATES)["n"].item() == 5


def test_top_shares_of_an_exponential_distribution_are_those_of_the_formula():
    # The top p of an exponential hold p (1 - ln p): 0.1 (1 + 2.3026) = 0.33026, 0.01 (1 + 4.6052) = 0.05605.
    quantiles = -np.log(1 - (np.arange(200_000) + 0.5) / 200_000)
    found = pen.top_shares(units(quantiles))
    assert found["value"].tolist() == pytest.approx([5.605, 33.026], abs=0.01)


def test_intervals_of_samples_cover_as_often_as_they_say():
    rng, truth, hits, errors, values = np.random.default_rng(4), 33.026, 0, [], []
    for _ in range(60):
        row = pen.top_shares(units(rng.exponential(size=400)), tops=[10], sampled=True).iloc[0]
        hits += int(row["low"] <= truth <= row["high"])
        values.append(row["value"])
        errors.append((row["high"] - row["low"]) / 2 / 1.96)
    assert 52 <= hits <= 60
    assert np.mean(errors) == pytest.approx(np.std(values, ddof=1), rel=0.25)


def test_a_top_of_less_than_one_unit_has_no_interval():
    found = pen.top_shares(units([1, 2, 3, 4]), sampled=True)
    assert found["low"].isna().all()


def test_wholes_are_kept_apart_and_nothing_gives_nothing():
    rows = pd.concat([units([1, 1]), units([3, 1], entity="RUS")])
    assert pen.top_shares(rows, tops=[50])["value"].tolist() == [50, 75]
    assert pen.top_shares(rows.head(0)).empty


def test_impossible_values_are_refused():
    with pytest.raises(TableError, match="missing or negative value"):
        pen.top_shares(units([1, -1]))
    with pytest.raises(TableError, match="without any value above 0"):
        pen.top_shares(units([0, 0]))
    with pytest.raises(ValueError, match=r"tops \[0\] must be percent"):
        pen.top_shares(units([1]), tops=[0])
    with pytest.raises(ValueError, match="one of them above 0"):
        pen.lorenz_points([])


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_usual_tops_have_names(lang):
    assert all("%" in labels.text(f"measure.top_share_{top:g}", lang) for top in pen.TOPS)


@pytest.mark.parametrize(
    ("low", "high"),
    [([50, 30], [49, 31]), ([50, 30], [51, 29]), ([0, 0], [0, 0]), ([-5, -5], [0, 0]), ([math.nan, 30], [50, 31])],
)
def test_ends_that_are_not_in_order_or_all_nothing_are_refused(low: list[float], high: list[float]) -> None:
    with pytest.raises(
        ValueError, match="low end must not be above its high end, and one share must be able to pass 0"
    ):
        pen.unevenness_bounds(low, high)


def test_a_share_below_nothing_counts_as_nothing_and_one_above_it_will_do() -> None:
    # Shares of 0 to 0 and 0 to 2: all is the second's, so the index is 1 in either closed form.
    assert pen.unevenness_bounds([-3, 0], [0, 2])["hhi"] == pytest.approx((1, 1))
    # 1 + 3 and 2 + 4 are the least and the most that these can sum to; a total between them is one that they can have.
    ends = {total: pen.unevenness_bounds([1, 3], [2, 4], total=total) for total in (3.9, 4, 5, 6, 6.1)}
    assert [found is None for found in ends.values()] == [True, False, False, False, True]
    assert ends[4]["hhi"] == pytest.approx((10 / 16, 10 / 16))  # (1 + 9) / 16
    assert ends[6]["hhi"] == pytest.approx((20 / 36, 20 / 36))  # (4 + 16) / 36
