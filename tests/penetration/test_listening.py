"""The listening state: shares of a counted whole, and what the tables of headline figures, channels and stages say."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, penetration, sources
from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.headlines import counted_shares
from digital_diplomacy.printed import Convention, UnreadableError, read

REPOSITORY = Path(__file__).parents[2]


def counts(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"entity": "KAZ", "period": None, "measure": list(values), "value": list(values.values())})


def shares(frame: pd.DataFrame, *parts: str) -> pd.DataFrame:
    return counted_shares(frame, parts=parts, whole="akimats", base="regions", source_id="example")


# Shares of a counted whole


def test_shares_of_a_census_are_the_quotients_without_a_width() -> None:
    # 4 / 17 = 23.529 %, 7 / 17 = 41.176 %
    found = shares(counts(akimats=17, centres=4, controls=7), "centres", "controls")
    assert found["measure"].tolist() == ["centres_pct", "controls_pct"]
    assert found["value"].round(3).tolist() == [23.529, 41.176]
    assert found["low"].tolist() == found["value"].tolist() == found["high"].tolist()
    assert found["n"].tolist() == [17, 17]
    assert found["period"].tolist() == ["", ""]  # a day of counting that is not told


def test_parts_come_in_the_order_asked_for() -> None:
    found = shares(counts(akimats=17, centres=4, controls=7), "controls", "centres")
    assert found["measure"].tolist() == ["controls_pct", "centres_pct"]


def test_none_and_all_are_shares_too() -> None:
    assert shares(counts(akimats=17, centres=0, controls=17), "centres", "controls")["value"].tolist() == [0, 100]


def test_without_part_or_whole_there_is_no_share() -> None:
    assert shares(counts(akimats=17), "centres").empty
    assert shares(counts(centres=4), "centres").empty
    assert shares(counts(akimats=17).head(0), "centres").empty


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (counts(akimats=17, centres=18), r"KAZ/centres: 18 is more than the whole akimats \(17\)"),
        (counts(akimats=17, centres=-1), "not a count of whole units: KAZ//centres"),
        (counts(akimats=17, centres=4.5), "not a count of whole units: KAZ//centres"),
        (counts(akimats=0, centres=0), "nothing was counted in the whole"),
        (pd.concat([counts(akimats=17, centres=4)] * 2), "a count stands twice: KAZ//akimats"),
    ],
)
def test_impossible_counts_are_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(TableError, match=said):
        shares(frame, "centres")


def test_the_table_given_is_left_as_it_was() -> None:
    frame = counts(akimats=17, centres=4)
    before = frame.copy()
    shares(frame, "centres")
    pd.testing.assert_frame_equal(frame, before)


# The tables


def test_channels_are_those_document_001_prints() -> None:
    table = sources.load("appeals_and_channels", root=REPOSITORY)
    assert dict(zip(table["measure"], table["value"], strict=True)) == {
        "akimats": 17,
        "akimats_with_call_centre": 4,
        "regions_with_mobile_public_control": 7,
        "appeals_considered": 1_900_000,
        "appeals_exclusive_competence_pct": 80,
        "protest_participants_pct": 5,
    }


def test_headlines_agree_with_the_documents_that_print_them() -> None:
    headlines = sources.load("kz_headlines", root=REPOSITORY).query("publisher == 'DataReportal' and platform.isna()")
    printed = sources.load("datareportal", root=REPOSITORY)
    both = headlines.merge(printed, on=["entity", "period", "measure"], suffixes=("", "_printed"))
    assert len(both) == 9
    assert (both["low_printed"] <= both["value"]).all()
    assert (both["value"] <= both["high_printed"]).all()


@pytest.mark.parametrize(("edition", "year"), [("2021", 2019), ("2023", 2021), ("2024", 2022), ("2026", 2024)])
def test_each_edition_repeats_the_series_of_one_earlier_year(edition: str, year: int) -> None:
    headlines = sources.load("kz_headlines", root=REPOSITORY)
    chosen = headlines.query("publisher == 'DataReportal' and measure == 'internet_users_pct'")
    chosen = chosen[chosen["edition"] == f"Digital {edition}"]
    printed = penetration.printed_figures(chosen, source_id="kz_headlines")
    series = penetration.internet_users(sources.load("internet_users", root=REPOSITORY), countries=["KAZ"])
    lag = penetration.penetration_lag(printed, series)
    fits = lag[(lag["low"] <= 0) & (lag["high"] >= 0)]
    reference = int(printed["period"].iloc[0][:4])
    assert [reference - int(group.removeprefix("lag_")) for group in fits["group"]] == [year]


def test_a_share_and_its_users_agree_within_one_edition() -> None:
    # 11.85 of 17.73 million is 66.84 %, printed 66.8
    edition = sources.load("kz_headlines", root=REPOSITORY).query("edition == 'Digital 2023' and platform.isna()")
    value = dict(zip(edition["measure"], edition["value"], strict=True))
    share = 100 * value["social_media_users"] / value["internet_users"]
    assert share == pytest.approx(value["social_media_users_of_internet_users_pct"], abs=0.05)


def test_printed_characters_give_value_and_rounding_interval() -> None:
    headlines = sources.load("kz_headlines", root=REPOSITORY).query("bound == 'exact' and read_from != 'derived'")
    marks = [Convention("ru", ",", " "), Convention("en", ".", ",")]
    checked = 0
    for row in headlines.to_dict("records"):
        said = [Decimal(repr(row[column])) for column in ("value", "low", "high")]
        for convention in marks[:1] if "млн" in row["as_printed"] or "милл" in row["as_printed"] else marks[::-1]:
            try:
                found = read(row["as_printed"], convention=convention)
            except UnreadableError:
                continue
            assert [found.value, found.low, found.high] == said or found.value != said[0], row["as_printed"]
            checked += found.value == said[0]
            break
    assert checked >= len(headlines) / 2


def test_pages_are_named_for_what_was_read_on_them() -> None:
    headlines = sources.load("kz_headlines", root=REPOSITORY)
    assert headlines.loc[headlines["read_from"] == "page", "page"].notna().all()
    assert headlines.loc[headlines["read_from"] != "page", "page"].isna().all()


def test_the_ladder_has_three_stages_and_every_code_a_text() -> None:
    ladder = sources.load("participation_ladder", root=REPOSITORY)
    assert set(ladder["stage"]) == {"inform", "engage", "empower"}
    assert set(ladder["document"]) == {"001", "003", "004"}
    for column in ("stage", "practice", "standing"):
        assert [code for code in ladder[column].unique() if f"{column}.{code}" not in labels.codes(f"{column}.")] == []


def test_nothing_that_empowers_is_in_use() -> None:
    ladder = sources.load("participation_ladder", root=REPOSITORY)
    assert "in_use" not in set(ladder.loc[ladder["stage"] == "empower", "standing"])


@pytest.mark.parametrize("name", ["kz_headlines", "appeals_and_channels"])
@pytest.mark.parametrize("column", ["measure", "unit", "base", "platform", "read_from"])
def test_every_code_of_a_table_has_a_text(name: str, column: str) -> None:
    table = sources.load(name, root=REPOSITORY)
    found = table[column].dropna().unique() if column in table else []
    assert [code for code in found if f"{column}.{code}" not in labels.codes(f"{column}.")] == []


def test_bounds_contain_their_values() -> None:
    for name in ("kz_headlines", "appeals_and_channels"):
        table = sources.load(name, root=REPOSITORY)
        assert (table["low"] <= table["value"]).all()
        assert (table["value"] <= table["high"].fillna(np.inf)).all()
