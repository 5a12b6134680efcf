"""No sentence tells two numbers as different that it prints alike, or a range without anything between its ends."""

import math
import re

import pandas as pd
import pytest

from digital_diplomacy import labels, messages, readings
from digital_diplomacy.figures import fill_sentences, labelled
from digital_diplomacy.figures.parts.wording import cell, number, value_with_interval


def said(code: str, lang: str, **row: object) -> str:
    [line] = fill_sentences(pd.DataFrame([row]), code, lang=lang)
    return line.replace("\xa0", " ").replace(",", "." if lang != "en" else ",")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_two_numbers_that_differ_are_told_so(lang: str) -> None:
    row = {"entity": "KAZ", "first_period": "2020", "last_period": "2024", "measure": "internet_users_pct"}
    told = said("finding.internet_users_over_time_up", lang, **row, first_pct=93.41, last_pct=93.43, unit="percent")
    assert "93.41" in told
    assert "93.43" in told
    told = said("finding.internet_users_over_time_up", lang, **row, first_pct=93.41, last_pct=95.0, unit="percent")
    assert "93.4 " in told.replace("%", " ").replace(".-", " ")
    # A correlation outside of what chance gives is not told as its end.
    ends = {"value": 0.8449999, "low": 0.8450001, "high": 0.95, "p": 0.01, "movers": 1, "n": 5}
    periods = {"first_period": "2023-08", "second_period": "2023-09"}
    told = said("finding.messages_moved_moved", lang, **periods, **ends)
    numbers = re.findall(r"0\.8\d+", told)
    assert len(numbers) == len(set(numbers)) == 2


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_what_is_not_zero_is_not_told_as_zero(lang: str) -> None:
    for value, digits in ((0.04, "0.04"), (-0.012, "0.01"), (0.96, "1"), (0.0, "0")):
        assert digits in number(value, lang, unit="percentage_points").replace(",", ".")
        assert digits in cell("change_pct", value, lang).replace(",", ".")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("code", [code for code in labels.codes() if "{low}" in labels.raw(code, "en")])
def test_a_range_without_width_is_one_number(code: str, lang: str) -> None:
    fields = dict.fromkeys(labels.fields(code, lang), "x") | {"low": "7", "high": "7"}
    told = labels.text(code, lang, **fields)
    assert not re.search(r"\b7\s?%?(?: to |–| до | … | мен | және )7\b(?!\s?пайыз)", told)
    fields |= {"high": "9"}
    assert "9" in labels.text(code, lang, **fields) or "high" not in fields or "{high}" not in labels.raw(code, lang)


def test_ends_that_are_alike_keep_their_names() -> None:
    fields = {"horizon": 1, "level": "95%", "reading": "r", "best_model": "b", "error_pct": 2}
    ends = {"least_pct": "85", "most_pct": "85", "least_model": "line", "most_model": "bass"}
    told = labels.text("sentence.backtest", "en", **fields, **ends)
    assert "85% (line, bass) contain" in told
    told = labels.text("sentence.backtest", "en", **fields, **ends | {"most_model": "line"})
    assert "85% (line) contain" in told
    told = labels.text("sentence.backtest", "en", **fields, **ends | {"most_pct": "86"})
    assert "85% (line) to 86% (bass)" in told


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_most_uneven_platform_is_told_apart_from_the_least_or_as_the_same(lang: str) -> None:
    def told(first: float, last: float) -> str:
        rows = pd.DataFrame({"group": ["twitter", "telegram"], "measure": "top_share_1", "value": [first, last]})
        found = messages.most_uneven(rows)
        return said(f"sentence.messages_uneven_{found['case'].iloc[0]}", lang, **found.iloc[0])

    assert "12.34" in told(12.34, 12.3)
    assert "12.3 " in told(12.34, 12.3).replace("%", " ")
    alike = told(12.3, 12.3)
    assert alike.count("12.3") == 1
    assert "Telegram" not in alike
    assert told(30.0, 20.04).count("20.04") == 0  # one decimal where one is enough
    assert "1.0" not in told(30.0, 20.04)  # a hundredth of the authors is no measured number


def test_numbers_of_one_sentence_are_rounded_until_they_differ() -> None:
    assert readings.apart({"a": 0.5, "b": 0.5000001, "c": float("nan")}, decimals=1) | {"c": 0} == {
        "a": 0.5,
        "b": 0.5000001,
        "c": 0,
    }
    assert readings.apart({"a": 0.1 + 0.2, "b": 0.3}, decimals=1) == {"a": 0.3, "b": 0.3}
    # Of ten messages on the first day and 29 on three: 10 and 9.67, which are not both ten.
    days = pd.DataFrame({"period": ["2023-09-01", "2023-09-02", "2023-09-03"], "value": [10.0, 10, 9]})
    found = messages.busiest_day(days).iloc[0]
    assert (found["value"], found["mean"]) == (10, 9.7)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_first_and_a_last_number_have_as_many_decimals(lang: str) -> None:
    row = {"entity": "UZB", "first_period": "2004", "last_period": "2024", "first_above": 4, "first_n": 4}
    row |= {"last_above": 3, "last_n": 4}
    told = said("finding.egdi_over_time", lang, **row, first=0.397, last=0.8)
    assert "0.397" in told
    assert "0.800" in told
    told = said("finding.egdi_over_time", lang, **row, first=83.0, last=24.0)
    assert "83 " in told.replace("-", " ")
    assert "24.0" not in told


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_what_is_published_gets_no_digit_that_was_not_printed(lang: str) -> None:
    told = said("sentence.egdi_follows", lang, iso3="UZB", edition=2020, index=0.666467, published=0.6665)
    assert "0.66647" in told
    assert re.search(r"0\.6665(?!\d)", told)


def test_what_is_just_enough_is_told_to_its_own_digits() -> None:
    assert value_with_interval(0.89581, 0.89581, 1.0, "en") == "0.8958 (0.8958–1.0000)"


def test_shares_of_a_column_have_one_number_of_decimals() -> None:
    frame = pd.DataFrame({"entity": ["KAZ", "UZB"], "osi": [0.939, 0.8], "n": [3.0, 0.5], "value": [0.1, 0.25]})
    told = labelled(frame, lang="en").to_numpy().tolist()
    assert told == [["Kazakhstan", "0.939", "3", "0.1"], ["Uzbekistan", "0.800", "0.5", "0.25"]]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_share_of_people_published_as_0_is_less_than_half_a_percent(lang: str) -> None:
    # 0 is what rounding leaves of 0.4; an interval says so itself, and what was counted to be nobody is nobody.
    row = {"entity": "PRK", "period": "2012", "measure": "internet_users_pct", "value": 0.0}
    row |= {"unit": "percent", "source_id": "internet_users"}
    sentence = "sentence.answer_internet_users"
    assert "< 0.5" in said(sentence, lang, **row, low=math.nan, high=math.nan)
    assert "<" not in said(sentence, lang, **row | {"value": 0.1}, low=math.nan, high=math.nan)
    assert "<" not in said(sentence, lang, **row, low=0.0, high=0.0)
    change = {"first_period": "2000", "first_pct": 0.0, "last_period": "2012", "last_pct": 0.3}
    told = said("finding.internet_users_over_time_up", lang, **row | change)
    assert told.count("< 0.5") == told.count("<") == 1


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_none_of_a_number_is_said_as_none(lang: str) -> None:
    none, two = (
        said("sentence.answer_ideas_factors", lang, entity="KAZ", met_count=met, rows_count=4) for met in (0, 2)
    )
    assert re.findall(r"\d", none) == ["4"]
    assert sorted(re.findall(r"\d", two)) == ["2", "4"]
