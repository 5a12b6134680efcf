"""Places of the Digital Diplomacy Review: bounds, shares of those ranked, moves between editions."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.rows import estimates


@pytest.fixture(scope="module")
def review() -> pd.DataFrame:
    tables = map(sources.load, ["digital_diplomacy_review", "digital_diplomacy_review_order"])
    return rankings.review_ranks(*tables)


def stated(*rows: tuple[str, int | None, int | None, int | None, int | None, str]) -> pd.DataFrame:
    """Rows of a review of nine: entity, edition, place, bounds stated, kind."""
    columns = ["entity", "edition", "rank", "rank_low", "rank_high", "kind"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:5], "Int64"))
    return frame.assign(ranked_count=frame["edition"].where(frame["edition"].isna(), 9))


def order(*pairs: tuple[int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["edition", "ahead", "behind"])


def places(*rows: tuple[str, str, float, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entity", "period", "value", "low", "high", "n"])
    return estimates(frame, measure="ddr_rank", unit="rank", interval="bound", source_id="x")


def test_a_place_printed_without_an_edition_is_in_no_edition(review: pd.DataFrame):
    # Almash (2018) prints "4th place" of Russia and no edition
    russia = review[(review["entity"] == "RUS") & review["group"].str.startswith("place_document")]
    assert russia[["value", "period", "group"]].to_numpy().tolist() == [[4, "", "place_document_undated"]]
    assert russia["n"].isna().all()
    assert "RUS" not in set(review.loc[review["period"] == "2017", "entity"])


def test_kazakhstan_38_is_printed_and_44_derived(review: pd.DataFrame):
    # Almash (2018): place 38 of 210 in 2016, six places lost in 2017: 38 + 6 = 44, of 209
    rows = review[review["entity"] == "KAZ"].set_index("period")
    assert rows.loc["2016", ["value", "low", "high", "n", "group"]].tolist() == [38, 38, 38, 210, "place_document"]
    assert rows.loc["2017", ["value", "n", "group"]].tolist() == [44, 209, "place_derived"]


@pytest.mark.parametrize(
    ("entity", "low", "high"),
    [
        # places 1 to 5 are printed and five ministries are "in the first ten": they share 6 to 10
        ("MEX", 6, 10),
        # behind Ukraine at 11; Papua New Guinea is last at 210
        ("DEU", 12, 209),
        # behind Lithuania at 18
        ("UZB", 19, 209),
        # ahead of China at 125; 11 is Ukraine's
        ("IRN", 12, 124),
        # fourth Arab state, between 39 and 50
        ("KWT", 40, 49),
        # behind Jordan at 50; 51 and 52 are South Africa's and Armenia's
        ("IRQ", 53, 124),
        # an African state behind South Africa at 51, ahead of Kyrgyzstan
        ("UGA", 53, 123),
        # the title of Almash's reference 5: behind Uganda, ahead of China
        ("KGZ", 54, 124),
        # behind Abkhazia at 91
        ("TUN", 92, 209),
    ],
)
def test_bounds_of_2016_by_hand(review: pd.DataFrame, entity: str, low: int, high: int):
    row = review[(review["entity"] == entity) & (review["period"] == "2016")].iloc[0]
    assert np.isnan(row["value"])
    assert (row["low"], row["high"], row["interval"], row["group"]) == (low, high, "bound", "place_interval")


def test_no_bound_is_looser_than_what_one_source_alone_says(review: pd.DataFrame):
    table = sources.load("digital_diplomacy_review").dropna(subset=["edition", "rank_low"])
    known = table.assign(period=table["edition"].astype(str)).merge(review, on=["entity", "period"])
    assert len(known) == len(table)
    assert ((known["low"] >= known["rank_low"]) & (known["high"] <= known["rank_high"])).all()


def test_every_order_told_fits_the_bounds(review: pd.DataFrame):
    table = sources.load("digital_diplomacy_review_order")
    ends = review.set_index(["entity", "period"])[["low", "high"]]
    for edition, ahead, behind in table[["edition", "ahead", "behind"]].itertuples(index=False, name=None):
        first, second = ends.loc[(ahead, str(edition))], ends.loc[(behind, str(edition))]
        assert first["low"] < second["low"]
        assert first["high"] < second["high"]


def test_editions_are_bounded_apart():
    # A is ahead of B in 2016 only
    table = stated(
        ("A", 2016, None, None, None, "interval"),
        ("B", 2016, 2, 2, 2, "exact"),
        ("A", 2017, None, 5, None, "interval"),
        ("B", 2017, 2, 2, 2, "exact"),
    )
    rows = rankings.review_ranks(table, order((2016, "A", "B"))).set_index(["entity", "period"])
    assert rows.loc[("A", "2016"), ["low", "high"]].tolist() == [1, 1]
    assert rows.loc[("A", "2017"), ["low", "high"]].tolist() == [5, 9]


def test_an_order_that_contradicts_places_is_refused():
    table = stated(("A", 2016, 3, 3, 3, "exact"), ("B", 2016, 2, 2, 2, "exact"))
    with pytest.raises(TableError, match="no ranking of 9 fits"):
        rankings.review_ranks(table, order((2016, "A", "B")))


def test_shares_of_those_ranked(review: pd.DataFrame):
    # 37 / 210 = 17.619 %, 43 / 209 = 20.574 %, 18 / 210 = 8.571 %, 208 / 210 = 99.048 %: those ahead
    shares = rankings.rank_shares(review).set_index(["entity", "period"])
    assert shares.loc[("KAZ", "2016"), "value"] == 17.6
    assert shares.loc[("KAZ", "2017"), "value"] == 20.6
    assert shares.loc[("UZB", "2016"), ["low", "high"]].tolist() == [8.6, 99.0]
    assert set(shares["unit"]) == {"percent"}
    assert "" not in {period for _, period in shares.index}


def test_places_lost_and_gained(review: pd.DataFrame):
    # Kazakhstan 38 to 44, Armenia 52 to 34; Azerbaijan from within 19 to 209 to 47: -162 to 28
    moves = rankings.rank_moves(review).set_index("entity")
    assert moves.loc["KAZ", ["value", "low", "high", "period", "group"]].tolist() == [
        6,
        6,
        6,
        "2016/2017",
        "place_derived",
    ]
    assert moves.loc["ARM", "value"] == -18
    assert np.isnan(moves.loc["AZE", "value"])
    assert moves.loc["AZE", ["low", "high"]].tolist() == [47 - 209, 47 - 19]
    assert "RUS" not in moves.index


def test_moves_need_two_dated_places_and_one_a_year():
    one = places(("A", "2016", 3, 3, 3, 9))
    assert rankings.rank_moves(one).empty
    twice = pd.concat([one, one.assign(source_id="x", group="other")], ignore_index=True)
    with pytest.raises(ValueError, match="A has two places in 2016"):
        rankings.rank_moves(twice)
    more = pd.concat([twice.assign(entity="B", period="2017"), twice], ignore_index=True)
    with pytest.raises(ValueError, match="A has two places in 2016"):  # the first of several, with its own edition
        rankings.rank_moves(more)


def test_ranking_lists_printed_places_first_and_keeps_its_argument():
    rows = places(
        ("A", "2016", np.nan, 1, 4, 9),
        ("B", "2016", 7, 7, 7, 9),
        ("C", "2016", 2, 2, 2, 9),
        ("C", "2017", 1, 1, 1, 8),
    )
    before = rows.copy()
    found = rankings.ranking(rows, "2016")
    assert found["entity"].tolist() == ["C", "B", "A"]
    # ahead: 1 / 9 = 11.11 %, 6 / 9 = 66.67 %, from none to 3 / 9 = 33.33 %
    assert found["share_low"].tolist() == [11.1, 66.7, 0.0]
    assert found["share_high"].tolist() == [11.1, 66.7, 33.3]
    pd.testing.assert_frame_equal(rows, before)
