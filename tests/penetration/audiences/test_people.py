"""Markets, compositions and audiences: worked by hand, bounds that hold simulated truths, refusals."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.audiences import compositions as co
from digital_diplomacy.penetration.audiences import markets as ma
from digital_diplomacy.penetration.audiences import people as au
from digital_diplomacy.penetration.audiences.platforms import concentration
from digital_diplomacy.penetration.rows import printed_figures
from digital_diplomacy.tables import ESTIMATES

EMPTY = pd.DataFrame({name: pd.Series(dtype=object) for name in ESTIMATES.columns})
STATCOUNTER = [(37.72, 0.005), (20.41, 0.005), (14.89, 0.005), (13.54, 0.005), (11.3, 0.05), (4.98, 0.005)]


def market(*rows, **columns):
    """Rows of (platform, value, half a unit of the last digit)."""
    frame = pd.DataFrame(rows, columns=["platform", "value", "half"])
    frame = frame.assign(low=frame["value"] - frame["half"], high=frame["value"] + frame["half"])
    named = {"entity": "KAZ", "period": "2020", "measure": "share", "unit": "percent", "base": "page_views"}
    return printed_figures(frame.drop(columns="half").assign(**{**named, **columns}), source_id="example")


def statcounter():
    return market(*[(f"p{number}", share, half) for number, (share, half) in enumerate(STATCOUNTER)])


def at(frame, measure, column="value"):
    return frame.set_index("measure").at[measure, column]


# Unevenness -------------------------------------------------------------------------------------------------------


def test_indices_worked_by_hand():
    # Shares 0.5, 0.3, 0.2: sum of squares 0.38; Gini: (0.2 + 0.3 + 0.1) * 2 / (2 * 3 * 1) = 0.2
    found = ma.unevenness([50, 30, 20], k=2)
    entropy = -(0.5 * math.log(0.5) + 0.3 * math.log(0.3) + 0.2 * math.log(0.2))
    expected = {
        "hhi": 0.38, "concentration_ratio": 0.8, "shannon": entropy, "hill_0": 3, "hill_1": math.exp(entropy),
        "hill_2": 1 / 0.38, "gini": 0.2, "theil": math.log(3) - entropy,
    }  # fmt: skip
    assert {name: float(value) for name, value in found.items()} == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("shares", "gini"), [([1, 1, 1, 1], 0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25)])
def test_gini_of_equality_and_of_a_monopoly(shares, gini):
    assert float(ma.unevenness(shares)["gini"]) == pytest.approx(gini)


def test_bounds_worked_by_hand():
    # Shares that sum to 100 within half a unit of 50, 30, 20: least even 50.5, 30, 19.5, most even 49.5, 30, 20.5
    low, high = [49.5, 29.5, 19.5], [50.5, 30.5, 20.5]
    found = ma.unevenness_bounds(low, high, total=100)
    assert found["hhi"] == pytest.approx((0.495**2 + 0.3**2 + 0.205**2, 0.505**2 + 0.3**2 + 0.195**2), rel=1e-12)


def test_shares_that_cannot_sum_to_the_total_have_no_bounds():
    low, high = zip(*[(share - half, share + half) for share, half in STATCOUNTER], strict=True)
    assert ma.unevenness_bounds(low, high, total=100) is None
    assert ma.unevenness_bounds(low, high, total=102.84) is not None


SCHUR = ("hhi", "concentration_ratio", "shannon", "hill_1", "hill_2", "gini", "theil")
INTERVALS = st.lists(st.tuples(st.floats(0, 50), st.floats(0, 20)), min_size=2, max_size=5)


@settings(deadline=None, max_examples=80)
@given(INTERVALS, st.booleans(), st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_bounds_hold_every_market_within_the_intervals(intervals, equal, seed, k):
    low = np.array([start for start, _ in intervals])
    width = np.array([intervals[0][1] if equal else step for _, step in intervals]) + 0.01
    inside = low + width * np.random.default_rng(seed).random((200, len(low)))
    corners = np.array(list(product(*zip(low, low + width, strict=True))))
    rows = np.concatenate([inside, corners[corners.sum(axis=1) > 0]])
    found, bounds = ma.unevenness(rows, k=k), ma.unevenness_bounds(low, low + width, k=k)
    for name in SCHUR:
        assert bounds[name][0] <= found[name].min() + 1e-12  # sums in another order differ in the last place
        assert found[name].max() <= bounds[name][1] + 1e-12
    total = float(inside[0].sum())
    known = ma.unevenness_bounds(low, low + width, total=total, k=k)
    one = ma.unevenness(inside[0], k=k)
    for name in SCHUR:
        assert known[name][0] - 1e-9 <= float(one[name]) <= known[name][1] + 1e-9
        assert bounds[name][0] - 1e-9 <= known[name][0] <= known[name][1] <= bounds[name][1] + 1e-9


def test_bounds_are_attained():
    # A fine grid of a small box comes close to both ends of every index.
    low, high = np.array([50.0, 20.0, 5.0]), np.array([60.0, 45.0, 6.0])
    rows = np.array(list(product(*[np.linspace(a, b, 81) for a, b in zip(low, high, strict=True)])))
    found, bounds = ma.unevenness(rows, k=2), ma.unevenness_bounds(low, high, k=2)
    for name in SCHUR:
        assert (found[name].min(), found[name].max()) == pytest.approx(bounds[name], abs=2e-4)


def test_the_level_between_the_ends_that_is_most_even_is_found():
    # 30 stays, the other two move from 10 to 100 together: least at (30^2) / 30 = 30, where all are equal.
    assert ma.unevenness_bounds([30, 10, 10], [30, 100, 100])["hhi"][0] == pytest.approx(1 / 3)
    # 40 and 20 stay, one moves from 25 to 50: least at (40^2 + 20^2) / 60 = 33.3, sum of squares 2000 + 1111.1
    squares = (40**2 + 20**2 + (100 / 3) ** 2) / (60 + 100 / 3) ** 2
    assert ma.unevenness_bounds([40, 20, 25], [40, 20, 50])["hhi"][0] == pytest.approx(squares, rel=1e-12)


def test_many_platforms_and_open_ends_keep_sure_bounds():
    rng = np.random.default_rng(3)
    low = rng.random(18) * 5
    width = rng.random(18)
    found = ma.unevenness(low + width * rng.random((500, 18)))
    for total in (None, float((low + width / 2).sum())):
        bounds = ma.unevenness_bounds(low, low + width, total=total)
        mine = found if total is None else ma.unevenness(low + width / 2)
        for name in SCHUR:
            assert bounds[name][0] <= mine[name].min() <= mine[name].max() <= bounds[name][1]
    assert ma.unevenness_bounds([60, 10], [np.inf, 10])["hhi"] == pytest.approx((3700 / 4900, 1.0))


def test_equal_widths_need_no_corners():
    low = np.arange(40.0)
    found, bounds = ma.unevenness(low + 0.5), ma.unevenness_bounds(low, low + 1)
    assert all(bounds[name][0] <= float(found[name]) <= bounds[name][1] for name in SCHUR)


@pytest.mark.parametrize(("low", "high"), [([2], [1]), ([0], [0])])
def test_impossible_intervals_are_refused(low, high):
    with pytest.raises(ValueError, match="must be able to pass 0"):
        ma.unevenness_bounds(low, high)


def test_bad_shares_are_refused():
    for shares in ([-1, 2], [0, 0], [np.nan, 1]):
        with pytest.raises(ValueError, match="0 or more"):
            ma.unevenness(shares)
    with pytest.raises(ValueError, match="k=0"):
        ma.unevenness([1], k=0)


def test_concentration_bounds_of_statcounter_are_those_of_the_corners():
    found = concentration(statcounter())
    corners = np.array(list(product(*[(share - half, share + half) for share, half in STATCOUNTER])))
    index = ma.unevenness(corners)
    for measure, name in (("hhi_closed", "hhi"), ("gini", "gini"), ("theil", "theil"), ("shannon", "shannon")):
        factor = 1e4 if measure == "hhi_closed" else 1
        ends = (factor * index[name].min(), factor * index[name].max())
        assert (at(found, measure, "low"), at(found, measure, "high")) == pytest.approx(ends, rel=1e-9)


def test_shares_of_102_84_have_no_index_with_the_sum_100():
    row = concentration(statcounter()).set_index("measure").loc["hhi_sum_100"]
    assert row[["value", "low", "high"]].isna().all()
    assert row["interval"] == "none"


def test_shares_that_can_sum_to_100_have_bounds_without_a_value():
    row = concentration(market(("a", 50, 0.5), ("b", 30, 0.5), ("c", 20, 0.5))).set_index("measure").loc["hhi_sum_100"]
    assert (row["low"], row["high"]) == pytest.approx((3770.5, 3830.5))
    assert math.isnan(row["value"])


def test_counts_have_no_index_with_the_sum_100():
    assert "hhi_sum_100" not in set(concentration(market(("a", 5, 0.5), ("b", 3, 0.5), unit="accounts"))["measure"])


# Compositions -----------------------------------------------------------------------------------------------------


def test_log_ratios_worked_by_hand():
    # Parts 1, 2, 4: geometric mean 2, so clr = -ln 2, 0, ln 2;
    # ilr: sqrt(1/2) ln(1/2), sqrt(2/3) ln(sqrt(2) / 4) = -sqrt(2/3) * 1.5 ln 2
    ln2 = math.log(2)
    assert co.clr([1, 2, 4]) == pytest.approx([-ln2, 0, ln2])
    assert co.ilr([1, 2, 4]) == pytest.approx([-math.sqrt(1 / 2) * ln2, -math.sqrt(2 / 3) * 1.5 * ln2])


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=6), st.floats(0.1, 10))
def test_log_ratios_do_not_depend_on_the_total_and_ilr_keeps_distances(parts, factor):
    scaled = np.array(parts) * factor
    assert co.clr(scaled) == pytest.approx(co.clr(parts), abs=1e-9)
    assert co.clr(parts).sum() == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(co.ilr(parts)) == pytest.approx(np.linalg.norm(co.clr(parts)), abs=1e-9)


def test_multiplicative_replacement_keeps_total_and_ratios():
    # 0.6, 0.4, 0 with 0.01: 0.594, 0.396, 0.01
    found = co.replace_zeros([0.6, 0.4, 0], 0.01)
    assert found == pytest.approx([0.594, 0.396, 0.01])
    assert found.sum() == pytest.approx(1)
    assert found[0] / found[1] == pytest.approx(1.5)


def test_closed_shares_keep_the_total_before_closure():
    found = co.closed_shares(statcounter())
    closed = found[found["measure"] == "closed_share"]
    total = found[found["measure"] == "total_before_closure"].iloc[0]
    assert closed["value"].sum() == pytest.approx(100)
    assert (total["value"], total["low"], total["high"]) == pytest.approx((102.84, 102.765, 102.915))
    # Facebook-like first share: 37.715 / (37.715 + 65.12 + 0.07) up to 37.725 / (37.725 + 65.12 - 0.07)
    assert (closed["low"].iloc[0], closed["high"].iloc[0]) == pytest.approx(
        (100 * 37.715 / (37.715 + 65.12 + 0.07), 100 * 37.725 / (37.725 + 65.12 - 0.07))
    )


@pytest.mark.parametrize("kind", co.LOG_RATIOS)
def test_log_ratio_intervals_hold_every_corner(kind):
    found = co.log_ratios(statcounter(), kind=kind)
    corners = np.array(list(product(*[(share - half, share + half) for share, half in STATCOUNTER])))
    ratios = (co.clr if kind == "clr" else co.ilr)(corners)
    assert found["low"].to_numpy() == pytest.approx(ratios.min(axis=0))
    assert found["high"].to_numpy() == pytest.approx(ratios.max(axis=0))
    assert list(found["group"]) == [f"p{number}" for number in range(6)][kind == "ilr" :]


def test_a_share_printed_as_zero_has_a_log_ratio_without_a_low_end():
    # 0.0 is below 0.05: 0.65 * 0.05 = 0.0325 stands in for it, the rest shrinks by 1 - 0.0325 / 100
    found = co.log_ratios(market(("a", 60, 0.05), ("b", 40, 0.05), ("c", 0, 0.05))).set_index("group")
    parts = np.array([60 * (1 - 0.000325), 40 * (1 - 0.000325), 0.0325])
    assert found["value"].to_numpy() == pytest.approx(co.clr(parts))
    assert found["low"].isna().to_dict() == {"a": False, "b": False, "c": True}
    assert found["high"].isna().to_dict() == {"a": True, "b": True, "c": False}


def test_bad_compositions_are_refused():
    with pytest.raises(ValueError, match="replace zeros first"):
        co.clr([0, 1])
    with pytest.raises(ValueError, match="together below the total"):
        co.replace_zeros([0, 1], 2)
    with pytest.raises(ValueError, match="together below the total"):
        co.replace_zeros([0, 1], 1)  # nothing would be left of the other part
    with pytest.raises(ValueError, match="one of them above 0"):
        co.closure([0, 0])
    with pytest.raises(ValueError, match="unknown kind 'alr'"):
        co.log_ratios(EMPTY, kind="alr")
    with pytest.raises(TableError, match=r"0 without an upper end has no log-ratio: KAZ/c"):
        co.log_ratios(market(("a", 1, 0), ("c", 0, 0)))
    with pytest.raises(TableError, match=r"above 100 percent.*KAZ/a"):
        co.closed_shares(market(("a", 101, 0.5), ("b", 1, 0.5)))


# Audiences --------------------------------------------------------------------------------------------------------


def key(name):
    return frozenset(name)


def test_frechet_bounds_worked_by_hand():
    # 60 + 50 + 70 - 2 * 100 < 0; 90 + 80 - 100 = 70
    assert au.frechet_bounds([60, 50, 70], 100) == ((70, 100), (0, 50))
    assert au.frechet_bounds([90, 80], 100) == ((90, 100), (70, 80))
    assert au.frechet_bounds([30]) == ((30, 30), (30, 30))
    with pytest.raises(ValueError, match="between 0 and the population 100"):
        au.frechet_bounds([101], 100)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=4))
def test_without_overlaps_the_programmes_give_frechets_bounds(sizes):
    figures = {key("abcd"[place]): (float(size), float(size)) for place, size in enumerate(sizes)}
    union, everywhere = au.frechet_bounds([float(size) for size in sizes], 100.0)
    assert au.audience_range(figures, population=(100, 100)) == pytest.approx(union, abs=1e-7)
    found = au.audience_range(figures, population=(100, 100), at_least=len(sizes))
    assert found == pytest.approx(everywhere, abs=1e-7)


def test_union_of_two_with_a_known_overlap_is_exact():
    # 60 + 50 - 20 = 90
    figures = {key("a"): (60, 60), key("b"): (50, 50), key("ab"): (20, 20)}
    assert au.audience_range(figures) == pytest.approx((90, 90))
    assert au.audience_range(figures, at_least=2) == pytest.approx((20, 20))


def test_union_of_three_with_pairwise_overlaps_worked_by_hand():
    # a = b = c = 40, each pair 20: union 120 - 60 + t, all three t from 0 (20 + 20 of 40) to 20
    figures = {key(name): (40.0, 40.0) for name in "abc"} | {key(name): (20.0, 20.0) for name in ("ab", "ac", "bc")}
    assert au.audience_range(figures) == pytest.approx((60, 80))
    assert au.audience_range(figures, population=(70, 70)) == pytest.approx((60, 70))
    assert au.audience_range(figures, at_least=3) == pytest.approx((0, 20))
    assert au.audience_range(figures, at_least=2) == pytest.approx((20, 60))


def test_intervals_are_constraints():
    # 60 +- 1, 50 +- 1, overlap 20 to 30: 59 + 49 - 30 = 78 to 61 + 51 - 20 = 92
    figures = {key("a"): (59, 61), key("b"): (49, 51), key("ab"): (20, 30)}
    assert au.audience_range(figures) == pytest.approx((78, 92))


def test_an_open_end_leaves_the_union_open():
    assert au.audience_range({key("a"): (60, np.inf), key("b"): (50, 50)}) == (60, math.inf)


def test_contradicting_figures_have_no_bounds():
    assert au.audience_range({key("a"): (60, 60), key("b"): (50, 50), key("ab"): (55, 55)}) is None
    assert au.audience_range({key("a"): (60, 60)}, population=(50, 50)) is None
    # Pairwise possible, together not: three sets of half the people cannot be disjoint.
    disjoint = {key(name): (50.0, 50.0) for name in "abc"} | {key(name): (0.0, 0.0) for name in ("ab", "ac", "bc")}
    assert au.audience_range(disjoint, population=(100, 100)) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1), st.floats(0, 1), st.floats(0, 0.02))
def test_bounds_hold_a_simulated_population(platforms, seed, known, rounding):
    rng = np.random.default_rng(seed)
    mass = rng.dirichlet(np.full(2**platforms, 0.4))
    groups = ((np.arange(2**platforms)[:, None] >> np.arange(platforms)) & 1) == 1
    names = "abcde"[:platforms]
    figures = {}
    for size in (1, 2, 3):
        for chosen in {
            tuple(sorted(rng.choice(platforms, size=min(size, platforms), replace=False))) for _ in range(9)
        }:
            if size == 1 or rng.random() < known:
                share = float(mass[groups[:, list(chosen)].all(axis=1)].sum())
                figures[frozenset(names[place] for place in chosen)] = (max(0.0, share - rounding), share + rounding)
    counted = sorted(frozenset().union(*figures))
    columns = [names.index(name) for name in counted]
    for at_least in range(1, len(counted) + 1):
        truth = mass[groups[:, columns].sum(axis=1) >= at_least].sum()
        low, high = au.audience_range(figures, population=(1, 1), at_least=at_least)
        assert low - 1e-7 <= truth <= high + 1e-7


def test_twelve_platforms_are_few_enough_and_thirteen_too_many():
    figures = {frozenset([f"p{number}"]): (10.0, 10.0) for number in range(12)}
    assert au.audience_range(figures, population=(100, 100)) == pytest.approx((10, 100))
    with pytest.raises(ValueError, match="13 platforms; bounds need 1 to 12"):
        au.audience_range(figures | {frozenset(["x"]): (1.0, 1.0)})


@pytest.mark.parametrize(
    ("figures", "options", "said"),
    [
        ({key("a"): (2, 1)}, {}, "in order"),
        ({key("a"): (-1, 1)}, {}, "0 or more"),
        ({key("a"): (1, 1)}, {"at_least": 2}, "at_least=2"),
        ({key("a"): (1, 1)}, {"among": ["b"]}, "does not fit the platforms a"),
        ({}, {}, "0 platforms"),
    ],
)
def test_bad_ranges_are_refused(figures, options, said):
    with pytest.raises(ValueError, match=said):
        au.audience_range(figures, **options)


ACCOUNTS = {"unit": "accounts", "base": "accounts", "measure": "accounts"}


def test_distinct_people_without_overlaps_lie_between_the_largest_and_the_sum():
    found = au.distinct_people(market(("a", 6.8e6, 5e4), ("b", 2.4e6, 5e4), **ACCOUNTS)).iloc[0]
    assert (found["low"], found["high"], found["unit"], found["n"]) == (6.75e6, 9.3e6, "persons", 2)
    assert (found["group"], found["measure"], found["interval"]) == ("accounts", "distinct_people", "bound")


def test_distinct_people_with_overlaps_and_a_population():
    audiences = market(("a", 60, 0), ("b", 50, 0), ("c", 40, 0), **ACCOUNTS)
    overlaps = market(("a&b", 30, 0), **{**ACCOUNTS, "measure": "joint"})
    everybody = market(("", 90, 5), unit="persons", measure="population")
    # a or b: 80; c within it or outside, but no more than 95 in all
    row = au.distinct_people(audiences, overlaps=overlaps, population=everybody).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((80, 95))
    row = au.distinct_people(audiences, overlaps=overlaps, at_least=2).iloc[0]
    # fewest: c outside a and b, 30; most: c among the 50 on exactly one of them, 30 + 40
    assert (row["measure"], row["low"], row["high"]) == ("people_on_2", pytest.approx(30), pytest.approx(70))


def test_infeasible_overlaps_give_a_row_without_bounds_and_the_figures_at_fault():
    audiences = market(("a", 60, 0), ("b", 20, 0), ("c", 40, 0), base="respondents")
    overlaps = market(("a&b", 25, 0), ("a&c", 10, 0), base="respondents")
    row = au.distinct_people(audiences, overlaps=overlaps).iloc[0]
    assert row[["low", "high", "value"]].isna().all()
    found = au.check_overlaps(audiences, overlaps=overlaps)
    assert dict(zip(found["kind"] + " " + found["left"], found["verdict"], strict=True)) == {
        "overlap_possible a&b": "fails",
        "overlap_possible a&c": "holds",
        "overlaps_together share": "fails",
    }
    assert found["reason"].iloc[-1] == "b = 20; a&b = 25"
    assert (found["right_low"].iloc[0], found["right_high"].iloc[0]) == pytest.approx((0, 20))


def test_overlaps_possible_one_by_one_may_fail_together():
    halves = [(name, 50, 0) for name in "abc"]
    overlaps = market(*[(name, 0, 0) for name in ("a&b", "a&c", "b&c")], base="respondents")
    found = au.check_overlaps(market(*halves, base="respondents"), overlaps=overlaps)
    assert list(found["verdict"]) == ["holds"] * 3 + ["fails"]
    assert found["reason"].iloc[-1].endswith("population = 100")


def test_bad_audiences_are_refused():
    audiences = market(("a", 60, 0), ("b", 50, 0))
    with pytest.raises(TableError, match=r"above 100 percent.*KAZ/x"):
        au.distinct_people(market(("x", 110, 0.5)))
    with pytest.raises(TableError, match=r"overlap must join by & platforms of a, b: KAZ/a&c"):
        au.distinct_people(audiences, overlaps=market(("a&c", 1, 0)))
    with pytest.raises(TableError, match=r"overlap of no market.*KAZ/a&b"):
        au.distinct_people(audiences, overlaps=market(("a&b", 1, 0), base="adults"))
    with pytest.raises(TableError, match="printed twice for one market"):
        au.distinct_people(audiences, overlaps=market(("a&b", 1, 0), ("b&a", 1, 0)))
    people = pd.concat([market(("", 9, 0), unit="persons", measure=name) for name in ("x", "y")])
    with pytest.raises(TableError, match="more than one population"):
        au.distinct_people(market(("a", 1, 0), **ACCOUNTS), population=people)


def test_persons_behind_accounts_worked_by_hand():
    # 90 to 110 persons for 190 to 210 accounts: 0.4286 to 0.5789 persons for each account
    accounts = market(("a", 200, 10), **ACCOUNTS)
    persons = market(("a", 100, 10), unit="persons", base="respondents", measure="users")
    factors = au.correction_factors(accounts, persons)
    row = factors.iloc[0]
    assert (row["value"], row["low"], row["high"]) == pytest.approx((0.5, 90 / 210, 110 / 190))
    later = market(("a", 400, 0), period="2021", **ACCOUNTS)
    found = au.persons_from_accounts(later, factors).iloc[0]
    assert (found["value"], found["low"], found["high"]) == pytest.approx((200, 400 * 90 / 210, 400 * 110 / 190))
    assert (found["measure"], found["unit"], found["period"]) == ("persons_behind_accounts", "persons", "2021")


def test_a_platforms_own_factor_goes_before_the_general_one():
    factors = market(("", 0.8, 0.1), ("a", 0.5, 0.1), unit="persons_per_account", measure="persons_per_account")
    found = au.persons_from_accounts(market(("a", 100, 0), ("b", 100, 0), **ACCOUNTS), factors)
    assert found["value"].tolist() == [50, 80]
    assert au.persons_from_accounts(market(("b", 100, 0), **ACCOUNTS), factors[factors["group"] == "a"]).empty


def test_bad_factors_are_refused():
    accounts = market(("a", 100, 0), **ACCOUNTS)
    with pytest.raises(TableError, match="factor must be above 0: KAZ/a"):
        au.persons_from_accounts(accounts, market(("a", 0, 0), unit="persons_per_account"))
    with pytest.raises(TableError, match="not a factor"):
        au.persons_from_accounts(accounts, accounts)
    with pytest.raises(TableError, match="not a number of accounts"):
        au.persons_from_accounts(market(("a", 50, 0)), accounts)
    with pytest.raises(TableError, match="not a number of accounts"):
        au.correction_factors(market(("a", 50, 0)), accounts.assign(unit="persons"))
    for least in (0, 100):  # a number of accounts may be 0 by its value, or by the low end of its rounding alone
        with pytest.raises(TableError, match="number of accounts must be above 0"):
            au.correction_factors(market(("a", least, least), **ACCOUNTS), accounts.assign(unit="persons"))
    with pytest.raises(TableError, match="not a number of persons"):
        au.correction_factors(accounts, accounts)


def test_no_rows_give_no_rows():
    for found in (au.distinct_people(EMPTY), co.closed_shares(EMPTY), co.log_ratios(EMPTY),
                  au.correction_factors(EMPTY, EMPTY), au.persons_from_accounts(EMPTY, EMPTY)):  # fmt: skip
        assert found.empty
    assert au.check_overlaps(EMPTY, overlaps=EMPTY).empty
