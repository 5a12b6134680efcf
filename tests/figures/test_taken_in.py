"""What is said under a figure of rows that were taken in."""

import math

import pandas as pd

from digital_diplomacy.figures.parts import wording


def test_few_are_named_and_many_counted() -> None:
    codes = ["ABW", "AFG", "AGO", "ALB", "AND", "ARE", "ARG", "ARM", "AUS", "AUT", "AZE", "BDI", "BEL"]
    rows = pd.DataFrame({"entity": codes, "source_id": "own/World Bank"})
    assert wording.own_line(rows.head(2), "en")[0].startswith(
        "Only from a table that was taken in, without figures of other sources: Aruba, Afghanistan."
    )
    assert wording.own_line(rows, "en")[0].startswith(
        "Only from a table that was taken in, without figures of other sources: 13 countries"
    )
    assert wording.own_line(rows.assign(source_id="internet_users"), "en") == []


def test_an_edition_is_cited_by_its_title_and_a_table_of_one_s_own_as_such() -> None:
    assert wording.name("source_id", "edition/World Bank, 2026-07-13", "en") == "World Bank, 2026-07-13"
    assert wording.name("source_id", "own/Statistics office", "en") == "Statistics office, your own table"


def test_a_value_with_ends_that_are_none_is_told_without_them() -> None:
    assert wording.value_with_interval(80.0, None, None, "en") == "80"  # type: ignore[arg-type]
    assert wording.value_with_interval(80.0, math.nan, math.nan, "en") == "80"
