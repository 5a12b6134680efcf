"""Editions: figures pinned down by the other figures of their edition, changes beyond rounding, editions left out."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import penetration as pen
from digital_diplomacy import sources
from digital_diplomacy.penetration.audiences.editions import edition_changes, editions_without, pinned_figures

REPOSITORY = Path(__file__).parents[3]
COLUMNS = ["period", "measure", "value", "low", "high", "unit", "base"]
FIRST = [
    ("2021-01", "internet_users", 15.47e6, 15.465e6, 15.475e6, "persons", "population"),
    ("2021-01", "internet_users_pct", 81.9, 81.85, 81.95, "percent", "population"),
    ("2021-01", "social_media_users", 12e6, 11.5e6, 12.5e6, "persons", "population"),
    ("2021-01", "social_media_users_pct", 63.5, 63.45, 63.55, "percent", "population"),
]
SECOND = [
    ("2023-01", "social_media_users", 11.85e6, 11.845e6, 11.855e6, "persons", "population"),
    ("2023-01", "social_media_users_pct", 60.8, 60.75, 60.85, "percent", "population"),
]


def printed(*rows, entity="KAZ"):
    return pen.printed_figures(pd.DataFrame(rows, columns=COLUMNS).assign(entity=entity), source_id="example")


def row(frame, measure):
    return frame[frame["measure"] == measure].iloc[0]


def test_twelve_million_are_pinned_down_by_their_share_of_the_implied_population():
    # Population 15.465 / 0.8195 = 18.87126 to 15.475 / 0.8185 = 18.90654 million; users 0.6345 * 18.87126 = 11.97382 to
    # 0.6355 * 18.90654 = 12.01511 million.
    found = row(pinned_figures(printed(*FIRST)), "social_media_users")
    assert (found["low"], found["high"]) == pytest.approx((11.97382e6, 12.01511e6), abs=10)
    assert found["value"] == 12e6


def test_the_fall_of_social_media_users_is_beyond_rounding():
    # 11.845 - 12.01511 = -0.17011 and 11.855 - 11.97382 = -0.11882 million; shares 60.75 - 63.55 and 60.85 - 63.45,
    # where 11.855 million of at least 11.845 / 0.6085 = 19.466 million are no narrower.
    found = edition_changes(printed(*FIRST, *SECOND))
    users, share = row(found, "social_media_users"), row(found, "social_media_users_pct")
    assert (users["low"], users["high"]) == pytest.approx((-0.17011e6, -0.11882e6), abs=10)
    assert (share["low"], share["high"]) == pytest.approx((-2.8, -2.6))
    assert (share["first"], share["last"], share["period"]) == (63.5, 60.8, "2021-01/2023-01")
    assert set(found["direction"]) == {"fell"}
    assert share["unit"] == "percentage_points"


def test_rounding_alone_leaves_the_direction_open():
    # Without shares 12 million may be 11.5 and 11.85 million more.
    found = edition_changes(printed(FIRST[2], SECOND[0]))
    assert found["direction"].tolist() == ["open"]
    assert found["low"].item() < 0 < found["high"].item()


def test_a_rise_rises_for_any_country_and_the_first_and_last_edition_count():
    rows = printed(
        ("2020-01", "internet_users_pct", 50, 49.5, 50.5, "percent", "population"),
        ("2022-01", "internet_users_pct", 90, 89.5, 90.5, "percent", "population"),
        ("2024-01", "internet_users_pct", 70, 69.5, 70.5, "percent", "population"),
        entity="UZB",
    )
    found = edition_changes(rows).iloc[0]
    assert (found["entity"], found["direction"], found["low"], found["high"]) == ("UZB", "rose", 19, 21)


def test_a_share_printed_with_few_digits_is_pinned_by_its_count():
    # 50 % may be 49.5 to 50.5; with 10.00 million of 20.00 million (20 = 15 / 0.75) it is 49.9 to 50.1.
    rows = printed(
        ("2020", "a", 15e6, 14.995e6, 15.005e6, "persons", "population"),
        ("2020", "a_pct", 75, 74.95, 75.05, "percent", "population"),
        ("2020", "b", 10e6, 9.995e6, 10.005e6, "persons", "population"),
        ("2020", "b_pct", 50, 49.5, 50.5, "percent", "population"),
    )
    share = row(pinned_figures(rows), "b_pct")
    # 100 * 9.995 / (15.005 / 0.7495) = 49.925; 100 * 10.005 / (14.995 / 0.7505) = 50.075
    assert (share["low"], share["high"]) == pytest.approx((49.925, 50.075), abs=1e-3)


def test_figures_that_share_no_population_and_growth_stay_as_printed():
    rows = printed(
        ("2020", "a", 15e6, 14.995e6, 15.005e6, "persons", "population"),
        ("2020", "a_pct", 75, 74.95, 75.05, "percent", "population"),
        ("2020", "b", 15e6, 14.995e6, 15.005e6, "persons", "population"),
        ("2020", "b_pct", 50, 49.95, 50.05, "percent", "population"),
        ("2019/2020", "a_growth", 1e6, 0.5e6, 1.5e6, "persons", "population"),
    )
    pd.testing.assert_frame_equal(pinned_figures(rows), rows)
    assert edition_changes(rows).empty


def test_an_open_bound_leaves_an_open_end():
    first = printed(("2018-01", "internet_users", 14e6, 14e6, None, "persons", "population"))
    found = edition_changes(pd.concat([first, printed(FIRST[0])])).iloc[0]
    assert pd.isna(found["low"])
    assert found["high"] == pytest.approx(15.475e6 - 14e6)
    assert found["direction"] == "open"


def test_nothing_printed_changes_nothing():
    empty = printed()
    assert edition_changes(empty).empty
    assert pinned_figures(empty).empty


def test_the_tables_tell_the_fall_with_the_publishers_caveat():
    table = sources.load("datareportal", root=REPOSITORY)
    found = edition_changes(pen.printed_figures(table, source_id="datareportal"))
    fell = found.loc[found["direction"] == "fell", ["measure", "last_period"]]
    assert fell["measure"].tolist() == ["social_media_users", "social_media_users_pct"]
    warned = table.loc[table["caveat"].notna(), ["measure", "period"]].rename(columns={"period": "last_period"})
    pd.testing.assert_frame_equal(fell.reset_index(drop=True), warned.reset_index(drop=True), check_dtype=False)


def test_every_edition_is_compared_or_named():
    headlines = sources.load("kz_headlines", root=REPOSITORY).query("publisher == 'DataReportal' and platform.isna()")
    compared = set(headlines.loc[headlines["measure"] == "internet_users_pct", "edition"])
    without = editions_without(headlines, measure="internet_users_pct")
    assert without["edition"].tolist() == ["Digital 2018", "Digital 2020", "Digital 2025"]
    assert compared | set(without["edition"]) == set(headlines["edition"])
    assert not compared & set(without["edition"])
    assert editions_without(headlines.head(0), measure="internet_users_pct").empty


def test_figures_are_paired_within_their_edition_group_and_base():
    # A population of 20 million; the users of a group, or the share of something else, are pinned by no other.
    rows = printed(
        ("2020", "a", 15e6, 14.995e6, 15.005e6, "persons", "population"),
        ("2020", "a_pct", 75, 74.95, 75.05, "percent", "population"),
        ("2020", "b", 10e6, 9e6, 11e6, "persons", "population"),
        ("2020", "b_pct", 50, 49.95, 50.05, "percent", "adults"),
        ("2020", "c", 10e6, 9e6, 11e6, "persons", "population"),
        ("2020", "c_growth_pct", 50, 49.95, 50.05, "percent", "population"),
    )
    pd.testing.assert_frame_equal(pinned_figures(rows), rows)
    women = rows.assign(group=["", "", "women", "", "", ""], base="population")
    pd.testing.assert_frame_equal(pinned_figures(women), women)


def test_a_value_outside_what_is_left_moves_to_the_nearer_end():
    # The population is 19.97 to 20.03 million, so that 50 % of it are 9.98 to 10.02; printed are "more than 9" and 11.
    edition = [
        ("2020", "a", 15e6, 14.995e6, 15.005e6, "persons", "population"),
        ("2020", "a_pct", 75, 74.95, 75.05, "percent", "population"),
        ("2020", "b_pct", 50, 49.95, 50.05, "percent", "population"),
    ]
    least, most = 0.4995 * 14.995e6 / 0.7505, 0.5005 * 15.005e6 / 0.7495
    for value, low, high, end in ((9e6, 9e6, None, least), (11e6, None, 11e6, most), (10e6, 9e6, 11e6, 10e6)):
        rows = printed(*edition, ("2020", "b", value, low, high, "persons", "population"))
        found = row(pinned_figures(rows), "b")
        assert found["value"] == pytest.approx(end)
        assert (found["low"], found["high"]) == pytest.approx((least, most))


@pytest.mark.parametrize(
    ("first", "last", "direction"),
    [
        ((50, 49.5, 50.5), (51, 50.5, 51.5), "open"),  # 0 to 2
        ((50, 49.5, 50.5), (51.1, 50.6, 51.6), "rose"),
        ((51, 50.5, 51.5), (50, 49.5, 50.5), "open"),  # -2 to 0
        ((51.1, 50.6, 51.6), (50, 49.5, 50.5), "fell"),
    ],
)
def test_a_change_that_rounding_may_make_nothing_is_open(first, last, direction):
    rows = printed(
        *((period, "m", *figure, "percent", "adults") for period, figure in (("2021", last), ("2020", first)))
    )
    found = edition_changes(rows).iloc[0]
    assert found["direction"] == direction
    assert (found["first_period"], found["first"], found["last_period"], found["last"]) == (
        "2020", first[0], "2021", last[0],
    )  # fmt: skip
    assert (found["value"], found["low"], found["high"]) == pytest.approx(
        (last[0] - first[0], last[1] - first[2], last[2] - first[1])
    )
    assert (found["period"], found["unit"]) == ("2020/2021", "percentage_points")


def test_one_edition_changes_nothing_and_another_base_is_another_series():
    rows = printed(
        ("2020", "m", 50, 49.5, 50.5, "percent", "adults"),
        ("2021", "m", 60, 59.5, 60.5, "percent", "population"),
        ("", "n", 50, 49.5, 50.5, "percent", "adults"),
        ("2021", "n", 60, 59.5, 60.5, "percent", "adults"),
    )
    assert edition_changes(rows).empty


def test_an_edition_without_a_figure_is_told_by_the_first_figure_it_has():
    table = pd.DataFrame(
        [
            ("P", "two", "KAZ", "2021", "b", "2"), ("P", "two", "KAZ", "2021", "a", "1"),
            ("P", "one", "KAZ", "2022", "c", "3"), ("P", "one", "UZB", "2022", "x", "4"),
            ("P", "six", "KAZ", "2020", "x", "5"), ("P", "six", "KAZ", "2020", "y", "6"),
            ("P", "ten", "KAZ", "2019", "z", "7"), ("P", "ten", "KAZ", "2018", "z", "8"),
        ],
        columns=["publisher", "edition", "entity", "period", "measure", "as_printed"],
    )  # fmt: skip
    found = editions_without(table, measure="x")
    assert list(found.columns) == ["publisher", "edition", "entity", "period", "measure", "as_printed"]
    assert found[["edition", "period", "measure", "as_printed"]].to_numpy().tolist() == [
        ["ten", "2018", "z", "8"], ["two", "2021", "a", "1"], ["one", "2022", "c", "3"],
    ]  # fmt: skip
    assert found.index.tolist() == [0, 1, 2]
