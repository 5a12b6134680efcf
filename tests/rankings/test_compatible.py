"""Extremes of a correlation over all orders that fit bounds, worked by hand and against every such order."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError

PEERS = {"kendall": stats.kendalltau, "spearman": stats.spearmanr}


def scores(values: dict[str, float]) -> pd.DataFrame:
    frame = pd.DataFrame({"entity": list(values), "value": list(values.values())})
    return frame.assign(measure="egdi_rank", low=frame["value"], high=frame["value"], source_id="un_egdi")


def bounded(ends: dict[str, tuple[int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame([(name, low, high) for name, (low, high) in ends.items()], columns=["entity", "low", "high"])
    return frame.assign(value=np.nan, measure="ddr_rank", source_id="un_egdi")


def test_two_units_that_share_two_places():
    # A to D are fixed, E and F share places 5 and 6: in order tau is 1; else one of 15 pairs is inverted, 13 / 15, and
    # rho is 1 - 6 * 2 / (6 * 35) = 1 - 2 / 35
    left = scores(dict(zip("ABCDEF", range(1, 7), strict=True)))
    right = bounded({name: (k, k) for k, name in enumerate("ABCD", 1)} | {"E": (5, 6), "F": (5, 6)})
    found = [rankings.compatible_correlation(left, right, method=method).iloc[0] for method in PEERS]
    assert [(row["low"], row["high"]) for row in found] == [
        pytest.approx((13 / 15, 1)),
        pytest.approx((1 - 2 / 35, 1)),
    ]
    assert found[0][["right", "measure", "interval", "n"]].tolist() == [
        "ddr_rank_compatible",
        "kendall_tau_b",
        "bound",
        6,
    ]
    assert np.isnan(found[0]["value"])


def test_the_worst_order_is_found_among_many():
    # E0 to E9 are fixed in order; E10 to E15 may hold any of places 11 to 16, of 720 orders one is the reverse: 15 of
    # 120 pairs inverted, tau = (105 - 15) / 120 = 0.75. Orders drawn at random hardly ever hit it.
    left = scores({f"E{k}": float(k) for k in range(16)})
    right = bounded({f"E{k}": (k + 1, k + 1) if k < 10 else (11, 16) for k in range(16)})
    found = rankings.compatible_correlation(left, right).iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((0.75, 1))


@pytest.mark.parametrize("method", PEERS)
@pytest.mark.parametrize("seed", range(12))
def test_ends_are_those_of_every_order_that_fits(method: str, seed: int):
    # bounds around a hidden order, so that one fits; a sixth unit that the left side does not have holds a place too
    rng = np.random.default_rng(seed)
    places = rng.permutation(7)[:6] + 1
    low, high = np.maximum(1, places - rng.integers(0, 4, 6)), np.minimum(7, places + rng.integers(0, 4, 6))
    x = rng.integers(0, 6, 5).astype(float)
    x[0], x[1] = 6.0, -1.0  # never all tied
    every = [
        PEERS[method](x, order[:5]).statistic
        for order in permutations(range(1, 8), 6)
        if all(a <= place <= b for a, place, b in zip(low, order, high, strict=True))
    ]
    right = bounded({name: (int(a), int(b)) for name, a, b in zip("ABCDEF", low, high, strict=True)})
    found = rankings.compatible_correlation(scores(dict(zip("ABCDE", x, strict=True))), right, method=method).iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((min(every), max(every)), abs=1e-12)


def test_points_leave_no_range():
    # of the 10 pairs of (1,2,3,4,5) and (2,1,3,5,4) two are inverted: (8 - 2) / 10 = 0.6
    right = bounded({name: (k, k) for name, k in zip("ABCDE", [2, 1, 3, 5, 4], strict=True)})
    found = rankings.compatible_correlation(scores(dict(zip("ABCDE", range(1, 6), strict=True))), right).iloc[0]
    assert (found["low"], found["high"]) == pytest.approx((0.6, 0.6))


def test_refusals():
    left = scores(dict(zip("ABCDE", range(1, 6), strict=True)))
    taken = bounded({name: (k, k) for name, k in zip("ABCDE", [1, 1, 3, 4, 5], strict=True)})
    with pytest.raises(TableError, match="no order fits the bounds"):
        rankings.compatible_correlation(left, taken)
    with pytest.raises(ValueError, match="unknown coefficient 'pearson'; allowed: kendall, spearman"):
        rankings.compatible_correlation(left, taken, method="pearson")
    assert rankings.compatible_correlation(left, taken.iloc[:4]).empty


def test_bounds_of_the_review_are_wider_than_those_of_a_greedy_choice():
    # Any one order inside the bounds has a coefficient between the ends. Two such orders: units with bounds take, in
    # the order of the index or against it, the first free place of their own, those with the nearest last place first.
    review = rankings.review_ranks(*map(sources.load, ["digital_diplomacy_review", "digital_diplomacy_review_order"]))
    tables = map(sources.load, ["un_egdi", "un_egdi_editions", "un_egdi_exceptions"])
    ranks = rankings.index_ranks(rankings.by_edition(*tables))
    left, right = ranks[ranks["period"] == "2016"], review[review["period"] == "2016"]
    known = left.set_index("entity")["value"]
    for method, peer in PEERS.items():
        found = rankings.compatible_correlation(left, right, method=method).iloc[0]
        assert found["n"] == 44  # 47 named; the European Union, Abkhazia and the Holy See are not in the survey
        for sign in (1, -1):
            waiting = right.assign(wished=sign * right["entity"].map(known)).sort_values(["high", "low", "wished"])
            held: dict[str, int] = {}
            for row in waiting.itertuples():
                held[row.entity] = next(p for p in range(int(row.low), 211) if p not in held.values())
            shared = [entity for entity in held if entity in known]
            value = peer([known[entity] for entity in shared], [held[entity] for entity in shared]).statistic
            assert found["low"] - 1e-12 <= value <= found["high"] + 1e-12
