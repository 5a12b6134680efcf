"""Who chooses back, against every network in which everybody chooses as many."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from digital_diplomacy.networks import Graph, graph, returned
from digital_diplomacy.networks.chance import returning
from digital_diplomacy.networks.chance.returning import drawn_pairs, moments


def pairs_in_every_network(paid: tuple[int, ...]) -> np.ndarray:
    """How many pairs are mutual in each network in which actor i attends to paid[i] others."""
    n = len(paid)
    rows = [list(itertools.combinations([j for j in range(n) if j != i], many)) for i, many in enumerate(paid)]
    return np.array(
        [
            sum(i in choice[j] and j in choice[i] for i, j in itertools.combinations(range(n), 2))
            for choice in itertools.product(*rows)
        ]
    )


def network(pairs: list[tuple[int, int]], actors: int) -> Graph:
    frame = pd.DataFrame({"source": [f"a{u:05}" for u, _ in pairs], "target": [f"a{v:05}" for _, v in pairs]})
    return graph(frame, nodes=[f"a{u:05}" for u in range(actors)])


def rng() -> np.random.Generator:
    return np.random.default_rng(20)


@pytest.mark.parametrize(
    "paid", [(2, 1, 3, 1), (1, 1, 1, 1), (2, 2, 2, 0), (1, 2, 0, 3), (3, 3, 2, 3), (1, 4, 2, 0, 2)]
)
def test_mean_and_variance_are_those_of_every_network(paid: tuple[int, ...]) -> None:
    every = pairs_in_every_network(paid)
    assert moments(np.array(paid, dtype=float), len(paid)) == pytest.approx((every.mean(), every.var()))


@pytest.mark.parametrize("paid", [(2, 1, 3, 1), (1, 1, 1, 1), (2, 2, 2, 0), (1, 4, 2, 0, 2), (1, 1, 1, 1, 1, 1)])
def test_networks_are_drawn_as_often_as_there_are_such_among_all(paid: tuple[int, ...]) -> None:
    every = pairs_in_every_network(paid)
    drawn = drawn_pairs(np.array(paid), len(paid), rng=rng(), draws=20_000)
    assert len(drawn) == 20_000
    for pairs in range(max(every.max(), drawn.max()) + 1):
        chance = (every == pairs).mean()
        # Four standard errors of a share of 20,000; nothing where no network has as many pairs.
        assert abs((drawn == pairs).mean() - chance) <= 4 * math.sqrt(chance * (1 - chance) / 20_000)


def test_a_network_drawn_in_parts_is_drawn_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "_AT_ONCE", 7)
    assert len(drawn_pairs(np.array([2, 1, 1]), 3, rng=rng(), draws=5)) == 5


def test_six_ties_among_six_have_whole_pairs_as_the_ends_and_the_p_of_all_networks() -> None:
    # Everybody chooses one of five others: 5^6 = 15,625 networks. Three pairs are mutual in 15 of them (as many ways
    # are there to pair six actors); so p = 2 x 15 / 15,625 = 0.00192.
    every = pairs_in_every_network((1,) * 6)
    assert (len(every), (every == 3).sum()) == (15_625, 15)
    row = returned(network([(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)], 6), rng=rng()).iloc[0]
    assert (row["value"], row["expected"]) == (1, pytest.approx(15 / 25 * 2 / 6))
    assert [row["low"] * 3, row["high"] * 3] == pytest.approx(np.quantile(every, [0.025, 0.975], method="inverted_cdf"))
    assert row["p"] == pytest.approx(2 * 15 / 15_625, abs=4 * 2 * math.sqrt(15 / 15_625 / 9_999))


def test_one_returned_pair_where_few_are_expected_has_the_chance_of_one_or_more() -> None:
    # Two of 20 choose one other each: mutual with chance 1 / 19^2, twice of which is 0.0055. A normal number with that
    # mean and variance gave the chance of more than half a pair as 10^-21.
    row = returned(network([(0, 1), (1, 0)], 20), rng=rng()).iloc[0]
    assert row["p"] == pytest.approx(2 / 361, abs=4 * 2 * math.sqrt(1 / 361 / 9_999))
    assert (row["low"], row["high"]) == (0, 0)


@pytest.mark.parametrize("paid", [(3, 2, 2, 3), (2, 3, 3, 2), (4, 4, 3, 4, 2)])
def test_dense_networks_have_the_ends_and_the_p_of_all_networks(paid: tuple[int, ...]) -> None:
    n, every = len(paid), pairs_in_every_network(paid)
    pairs = [(u, v) for u, many in enumerate(paid) for v in [w for w in range(n) if w != u][:many]]
    mutual = sum((v, u) in pairs for u, v in pairs) / 2
    row = returned(network(pairs, n), rng=rng()).iloc[0]
    scale = 2 / len(pairs)
    assert row["value"] == pytest.approx(mutual * scale)
    assert row["expected"] == pytest.approx(every.mean() * scale)
    assert row["low"] == pytest.approx(np.quantile(every, 0.025, method="inverted_cdf") * scale)
    assert row["high"] == pytest.approx(np.quantile(every, 0.975, method="inverted_cdf") * scale)
    assert row["p"] == pytest.approx(min(1, 2 * min((every >= mutual).mean(), (every <= mutual).mean())), abs=0.03)


def test_returned_ties_that_cannot_vary_have_no_p() -> None:
    row = returned(network([(u, v) for u in range(4) for v in range(4) if u != v], 4), rng=rng()).iloc[0]
    assert row["value"] == row["expected"] == 1
    assert np.isnan(row[["low", "high", "p"]].astype(float)).all()


def circle(actors: int, reach: int) -> list[tuple[int, int]]:
    return [(u, (u + step) % actors) for u in range(actors) for step in range(1, reach + 1)]


def test_a_sparse_network_too_large_to_draw_has_a_poisson_number_and_a_p_not_too_small() -> None:
    # 10,000 actors choose one other each: the mean is 10,000 x 9,999 / 2 / 9,999^2 = 0.50005; the bound 0.0001 or so.
    pairs = [(1, 0) if u == 1 else (u, v) for u, v in circle(10_000, 1)]
    row = returned(network(pairs, 10_000), rng=rng()).iloc[0]
    assert row["value"] == 2 / 10_000
    assert 2 * (1 - math.exp(-0.50005)) < row["p"] < 2 * (1 - math.exp(-0.50005)) + 0.0003
    assert (row["low"], row["high"] * 5_000) == (0, stats.poisson(0.50005).ppf(0.975))


def test_a_large_network_has_a_normal_number_of_whole_pairs() -> None:
    # 300 actors choose 16 others each: the mean is 300 x 299 / 2 x (16 / 299)^2 = 128.43 pairs.
    row = returned(network(circle(300, 16), 300), rng=rng()).iloc[0]
    mean, variance = moments(np.full(300, 16.0), 300)
    assert mean == pytest.approx(128.43, abs=0.01)
    low, high = stats.norm(mean, math.sqrt(variance)).ppf([0.025, 0.975])
    assert [row["low"] * 2400, row["high"] * 2400] == pytest.approx([round(low), round(high)])
    drawn = drawn_pairs(np.full(300, 16), 300, rng=rng(), draws=1_000)
    # Drawn quantiles are within three pairs of it; the mean within four standard errors.
    assert np.abs(np.quantile(drawn, [0.025, 0.975]) - [low, high]).max() < 3
    assert abs(drawn.mean() - mean) < 4 * math.sqrt(variance / 1_000)


def test_the_same_start_gives_the_same_numbers() -> None:
    found = [returned(network(circle(9, 2), 9), rng=rng()) for _ in range(2)]
    pd.testing.assert_frame_equal(*found)


def test_what_no_draw_reaches_has_the_chance_of_one_draw_more_and_never_none() -> None:
    # Twelve actors choose one each and six pairs are mutual: 10,395 of 11^12 networks, 3 in 10^9. None of 9,999 is one.
    pairs = [(u, u + 1 if u % 2 == 0 else u - 1) for u in range(12)]
    assert returned(network(pairs, 12), rng=rng())["p"].item() == pytest.approx(2 * (1 + 0) / (1 + 9_999))


@pytest.mark.parametrize(
    ("ties", "draws"), [(1, 9_999), (1_000, 9_999), (1_001, 9_990), (4_000, 2_500), (5_003, 1_999), (10**6, 1_999)]
)
def test_ten_million_ties_are_drawn_and_never_fewer_networks_than_two_thousand(ties: int, draws: int) -> None:
    assert returning._number_of_draws(ties) == draws


@pytest.mark.parametrize(
    ("mutual", "tail"),
    [
        (0, math.exp(-2)),
        (5, 1 - math.exp(-2) * (1 + 2 + 2 + 4 / 3 + 2 / 3)),  # five or more
        (2, 1),
        (3, 1 - math.exp(-2) * (1 + 2 + 2)),  # three or more are less likely than three or fewer
    ],
)
def test_a_poisson_number_of_two_by_hand(mutual: int, tail: float) -> None:
    found = returning._poisson(2.0, 0.001, mutual)
    assert (found.mean, found.low, found.high) == (2, 0, 5)  # 0.0166 lie above five, 0.0527 above four
    assert found.p == pytest.approx(min(1, 2 * (tail + 0.001)))


@pytest.mark.parametrize(("mutual", "p"), [(120, 0.0512), (80, 0.0512), (100, 1), (101, 0.9601), (110, 0.3421)])
def test_a_normal_number_has_half_a_pairs_correction(mutual: int, p: float) -> None:
    """Twice the normal tails beyond 1.95, 0.05 and 0.95 (tables of the normal distribution)."""
    found = returning._normal(100.2, 10.0, mutual) if mutual == 100 else returning._normal(100.0, 10.0, mutual)
    assert found.p == pytest.approx(p, abs=1e-4)
    assert (found.low, found.high) == ((81 if mutual == 100 else 80), 120)


def test_each_way_of_knowing_a_chance_has_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three who choose one other each: mean 3/4, variance 3/16, so that a Poisson number is (1 - e^-3/4) 3/4 apart."""
    paid, apart = np.array([1, 1, 1]), (1 - math.exp(-0.75)) * 0.75
    drawn = returning._of_choices(paid, 3, 1, rng())
    assert (drawn.mean, drawn.low, drawn.high, drawn.p) == (0.75, 0, 1, 1)
    monkeypatch.setattr(returning, "_WIDE", 0.1875)
    spread = math.sqrt(0.1875)
    assert returning._of_choices(paid, 3, 2, rng()).p == pytest.approx(2 * stats.norm.cdf(-(2 - 0.75 - 0.5) / spread))
    monkeypatch.setattr(returning, "_APART", apart + 1e-12)
    three = 1 - math.exp(-0.75) * (1 + 0.75 + 0.75**2 / 2)
    assert returning._of_choices(paid, 3, 3, rng()).p == pytest.approx(2 * (three + apart))
    monkeypatch.setattr(returning, "_APART", apart - 1e-12)
    assert returning._of_choices(paid, 3, 3, rng()).p < 0.001
    assert math.isnan(returning._of_choices(np.array([1, 1]), 2, 1, rng()).p)  # two have nobody else


@pytest.mark.parametrize(("paid", "expected"), [((1, 1), (1, 0)), ((1, 0), (0, 0)), ((2, 2, 2), (3, 0))])
def test_moments_of_networks_that_cannot_vary(paid: tuple[int, ...], expected: tuple[float, float]) -> None:
    assert moments(np.array(paid, dtype=float), len(paid)) == pytest.approx(expected)


def test_nothing_is_told_of_networks_without_ties_or_direction() -> None:
    pair = pd.DataFrame({"source": ["a"], "target": ["b"]})
    for bare in (graph(pair, directed=False), graph(pair.head(0), nodes=["a", "b", "c"])):
        found = returned(bare, rng=rng())
        assert list(found.columns) == ["value", "expected", "low", "high", "p"]
        assert found.to_numpy().shape == (1, 5)
        assert found.isna().all(axis=None)
