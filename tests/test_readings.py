"""What a table says in one row: expected rows are read off the small tables by eye."""

import pandas as pd
import pytest

from digital_diplomacy import readings


def rows(*given: tuple[str, str, float, float | None, float | None], **fixed: object) -> pd.DataFrame:
    """Estimates of entity, period, value, low and high."""
    made = pd.DataFrame(given, columns=["entity", "period", "value", "low", "high"])
    plain = {"group": "", "measure": "users_share", "unit": "percent", "base": "", "source_id": "itu", "level": None}
    known = made["low"].notna() | made["high"].notna()
    return made.assign(**plain, n=float("nan"), interval=known.map({True: "rounding", False: "none"}), **fixed)


def test_change_reads_the_first_and_the_last_period_whatever_the_order() -> None:
    made = rows(("KAZ", "2024", 24.0, 24, 25), ("KAZ", "2010", 46.0, 45, 47), ("RUS", "2010", 1.0, None, None))
    row = readings.change(made, "KAZ").iloc[0]
    assert row[["first_period", "last_period"]].tolist() == ["2010", "2024"]
    assert row[["first", "first_low", "first_high", "last", "difference"]].tolist() == [46.0, 45.0, 47.0, 24.0, -22.0]
    assert row["case"] == "down"


@pytest.mark.parametrize(
    ("first", "last", "case"),
    [
        ((10.0, 9.0, 11.0), (12.0, 11.5, 12.5), "up"),
        ((10.0, 9.0, 11.0), (12.0, 11.0, 12.5), "unclear"),  # both may be 11
        ((10.0, 10.0, 10.0), (10.0, 10.0, 10.0), "same"),
        ((10.0, 9.5, 10.5), (10.0, 9.5, 10.5), "unclear"),  # printed alike, not known to be equal
        ((10.0, None, None), (10.0, None, None), "same"),
        ((10.0, 9.0, None), (99.0, 98.0, 100.0), "unclear"),  # the first has no upper end
    ],
)
def test_change_says_no_more_than_the_intervals_allow(
    first: tuple[float, ...], last: tuple[float, ...], case: str
) -> None:
    made = rows(("KAZ", "2020", *first), ("KAZ", "2021", *last))  # type: ignore[arg-type]
    assert readings.change(made, "KAZ")["case"].tolist() == [case]


def test_one_period_is_no_change() -> None:
    assert readings.change(rows(("KAZ", "2020", 1.0, None, None)), "KAZ").empty
    assert readings.change(rows(("KAZ", "2020", 1.0, None, None)), "UZB").empty


def test_change_does_not_join_two_sources() -> None:
    made = pd.concat([rows(("KAZ", "2020", 1.0, None, None)), rows(("KAZ", "2021", 2.0, None, None)).assign(group="x")])
    with pytest.raises(ValueError, match="the rows of 'KAZ' have several of group: '', 'x'; choose one"):
        readings.change(made, "KAZ")


def test_of_many_sources_the_first_four_are_named() -> None:
    made = rows(*(("KAZ", str(year), 1.0, None, None) for year in range(2019, 2024)))
    with pytest.raises(ValueError, match="several of group: 'a', 'b', 'c', 'd'; choose one"):
        readings.change(made.assign(group=list("edcba")), "KAZ")


def test_standing_counts_who_is_certainly_above_and_below() -> None:
    made = rows(
        ("KAZ", "2024", 50.0, 48, 52),
        ("RUS", "2024", 70.0, 69, 71),
        ("UZB", "2024", 51.0, 50, 53),
        ("KGZ", "2024", 1.0, 0, 2),
    )
    row = readings.standing(made, "KAZ").iloc[0]
    assert row[["n", "above", "below", "unclear", "case"]].tolist() == [4, 1, 1, 1, "unclear"]
    assert row[["highest", "highest_value", "lowest", "lowest_value"]].tolist() == ["RUS", 70.0, "KGZ", 1.0]


@pytest.mark.parametrize(("entity", "case"), [("RUS", "highest"), ("KGZ", "lowest"), ("KAZ", "between")])
def test_standing_names_both_ends(entity: str, case: str) -> None:
    made = rows(("KAZ", "2024", 50.0, 48, 52), ("RUS", "2024", 70.0, 69, 71), ("KGZ", "2024", 1.0, 0, 2))
    assert readings.standing(made, entity)["case"].tolist() == [case]


def test_standing_needs_others_and_one_row_each() -> None:
    assert readings.standing(rows(("KAZ", "2024", 50.0, None, None)), "KAZ").empty
    made = rows(("KAZ", "2024", 50.0, None, None), ("KAZ", "2023", 49.0, None, None))
    with pytest.raises(ValueError, match="'KAZ' has several rows; choose one period"):
        readings.standing(made, "KAZ")
    mixed = pd.concat(
        [
            made.head(1),
            rows(
                ("RUS", "2024", 1.0, None, None),
            ).assign(unit="rank"),
        ]
    )
    with pytest.raises(ValueError, match="the rows have several of unit: 'percent', 'rank'; choose one"):
        readings.standing(mixed, "KAZ")


@pytest.mark.parametrize(
    ("first", "last", "case"),
    [
        ((21, 173), (22, 193), "mixed"),  # 12.1 %, then 11.4 %: the rank fell, the share rose
        ((106, 173), (145, 193), "up"),  # 61.3 %, then 75.1 %
        ((83, 173), (24, 193), "down"),
        ((21, 2), (22, 3), "up"),  # the n of a few rows is no number of those ranked
    ],
)
def test_a_rank_whose_share_moves_the_other_way_tells_no_rise_or_fall(
    first: tuple[int, int], last: tuple[int, int], case: str
) -> None:
    places = (("AUT", "2003", first[0], first[0], first[0]), ("AUT", "2024", last[0], last[0], last[0]))
    made = rows(*places).assign(unit="rank", n=[first[1], last[1]])
    found = readings.change(made, "AUT").iloc[0]
    assert (found["case"], found["first_n"], found["last_n"]) == (case, first[1], last[1])
