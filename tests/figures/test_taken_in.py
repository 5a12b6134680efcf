"""What is said under a figure of rows that were taken in."""

import math

import pandas as pd

from digital_diplomacy import figures
from digital_diplomacy.figures import wording
from digital_diplomacy.penetration.rows import estimates


def test_few_are_named_and_many_counted() -> None:
    codes = ["ABW", "AFG", "AGO", "ALB", "AND", "ARE", "ARG", "ARM", "AUS", "AUT", "AZE", "BDI", "BEL"]
    rows = pd.DataFrame({"entity": codes, "source_id": "own/World Bank"})
    assert wording.own_line(rows.head(2), "en")[0].startswith("From a table that was taken in: Aruba, Afghanistan.")
    assert wording.own_line(rows, "en")[0].startswith("From a table that was taken in: 13 countries")
    assert wording.own_line(rows.assign(source_id="internet_users"), "en") == []


def test_a_map_takes_countries_of_a_table_taken_in_among_the_others() -> None:
    rows = pd.DataFrame({"entity": ["KAZ", "UZB"], "period": "2023", "value": [92.9, 89.0]})
    rows["source_id"] = ["edition/World Bank, 2026-07-13", "internet_users"]
    shown = estimates(rows, measure="internet_users_pct", unit="percent", base="population")
    told = " ".join(" ".join(text.get_text().split()) for text in figures.plot_map(shown, lang="en").texts)
    assert "From a table that was taken in: Kazakhstan." in told
    assert "World Bank, 2026-07-13." in told
    assert "your own" not in told


def test_a_value_with_ends_that_are_none_is_told_without_them() -> None:
    assert wording.value_with_interval(80.0, None, None, "en") == "80"  # type: ignore[arg-type]
    assert wording.value_with_interval(80.0, math.nan, math.nan, "en") == "80"
