"""Words and numbers of cells, as readers see them."""

import math

import pandas as pd
import pytest

from digital_diplomacy import labels
from digital_diplomacy.figures import filling, html_tables
from digital_diplomacy.figures.parts import marks, wording


def test_documents_are_named_by_author_and_year() -> None:
    assert wording.cell("document", "000", "ru") == "Алмаш 2018"
    assert wording.cell("documents", "001 004", "ru") == "Жусупова 2021, Олейникова 2024"
    assert wording.cell("document", "mine", "ru") == "mine"


def test_shares_of_a_column_have_one_decimal_each() -> None:
    assert [wording.cell("share_low", value, "ru") for value in (9.0, 18.1, 100.0)] == ["9,0", "18,1", "100,0"]


@pytest.mark.parametrize(
    ("value", "width", "said"),
    [
        (93.3917, math.nan, "93.39"),  # a series without uncertainty keeps four significant digits
        (12.52, 2.06, "12.52"),  # two decimals are what people print: kept, however wide the interval
        (-4.0426, 0.1, "−4.04"),  # two digits of a width of 0.10
        (18_888_888.9, 35_273.0, "18,889,000"),  # two digits of 35,273 are thousands
        (1_045_000.0, 1_909_650.0, "1,045,000"),  # four significant digits stay before the mark
        (440_666.0, 1.0, "440,666"),  # what rounding leaves of a count printed to the unit
        (0.0, math.nan, "0"),
        (3e-9, math.nan, "≈ 0"),
    ],
)
def test_numbers_keep_the_digits_their_interval_leaves_sense(value: float, width: float, said: str) -> None:
    assert wording.number(value, "en", width=width) == said


def test_a_lone_bound_is_never_rounded_past_what_it_bounds() -> None:
    # 1,900,000 appeals of at most 18,906,536 people are 10.0494 for each hundred: at least 10.05 would be false
    assert wording.interval_text(10.0494, math.nan, "en") == "≥ 10.04"
    assert wording.interval_text(math.nan, 46.3712, "en") == "≤ 46.38"
    assert wording.interval_text(22_239_500.0, math.nan, "en") == "≥ 22,239,500"


def test_sentences_round_a_value_by_the_interval_in_its_row() -> None:
    ends = pd.DataFrame([{"left_low": 11_973_816.4, "left_high": 12_015_104.2, "low": 10.0494, "high": math.nan}])
    fields = filling.fields_of(ends, "en", frozenset(ends.columns))[0]
    assert (fields["left_low"], fields["left_high"]) == ("11,973,000", "12,016,000")
    assert (fields["low"], fields["high"]) == ("10.04", labels.text("notice.no_value", "en"))
    row = pd.DataFrame([{"networks": 58.7424, "networks_low": 52.8682, "networks_high": 64.6169}])
    assert filling.fields_of(row, "en", frozenset(row.columns))[0] == {
        "networks": "59",
        "networks_low": "52",
        "networks_high": "65",
    }


@pytest.mark.parametrize(
    ("kind", "low", "high", "said"),
    [
        # 15.47 million less 741 thousand, each as far as its rounding goes: 15,465,000 - 741,500 and so on
        ("rounding", 14_723_500.0, 14_734_500.0, "14,723,000–14,735,000"),
        ("bound", 14_723_500.0, 14_734_500.0, "14,723,000–14,735,000"),
        ("bound", -35_273.4, 18_871_263.0, "\N{MINUS SIGN}35,280 to 18,871,270"),
        ("rounding", 12.515, 12.525, "12.515–12.525"),
        ("rounding", 99.81, 100.0, "99.81–100.00"),
        ("confidence", 52.8682, 64.6169, "53–65"),
        ("simulation", 52.8682, 64.6169, "53–65"),
        ("prediction", 52.8682, 64.6169, "53–65"),
        ("sensitivity", 52.8682, 64.6169, "53–65"),
    ],
)
def test_ends_of_what_rounding_and_logic_leave_are_rounded_away_from_it(
    kind: str, low: float, high: float, said: str
) -> None:
    assert wording.interval_text(low, high, "en", kind=kind) == said
    row = pd.DataFrame([{"value": math.nan, "low": low, "high": high, "interval": kind, "unit": "persons"}])
    told = filling.fields_of(row, "en", frozenset({"low", "high"}))[0]
    assert (told["low"], told["high"]) == tuple(said.replace(" to ", "–").split("–"))
    assert said in html_tables.table_html(row, title="t", lang="en")
    untold = html_tables.table_html(row.drop(columns="interval"), title="t", lang="en")
    assert wording.interval_text(low, high, "en", kind="bound") in untold


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (102.765, 102.915, "102.77–102.91"),  # 102.84 ± 0.075: as far from the middle on both sides
        (15_489_500.0, 16_890_500.0, "15,490,000–16,890,000"),  # 16,190,000 ± 700,500
        (0.125, 0.125, "0.125"),  # no width: nothing to round by
    ],
)
def test_halves_at_both_ends_go_towards_the_middle(low: float, high: float, said: str) -> None:
    assert wording.interval_text(low, high, "en") == said


def test_a_value_told_without_its_interval_keeps_its_digits() -> None:
    row = pd.DataFrame([{"value": 0.8958, "low": 0.8, "high": 1.0}])
    assert filling.fields_of(row, "en", frozenset({"value"}))[0]["value"] == "0.8958"


def test_a_value_outside_its_row_s_interval_keeps_its_own_digits() -> None:
    row = pd.DataFrame([{"value": 93.3917, "low": 8.921, "high": 9.1}])
    assert filling.fields_of(row, "en", frozenset(row.columns))[0] == {"value": "93.39", "low": "8.92", "high": "9.10"}


@pytest.mark.parametrize("unit", ["percent", "percentage_points", "percent_per_year"])
def test_percent_without_an_interval_have_one_decimal_in_figures_tables_and_sentences(unit: str) -> None:
    row = pd.DataFrame([{"value": 89.0136, "low": math.nan, "high": math.nan, "unit": unit, "share_pct": -0.04}])
    fields = filling.fields_of(row, "ru", frozenset(row.columns))[0]
    assert (fields["value"], fields["share_pct"]) == ("89,0", "\N{MINUS SIGN}0,04")
    table = html_tables.table_html(row[["value", "low", "high"]].assign(unit=unit), title="t", lang="en")
    assert ">89.0<" in table
    assert wording.value_with_interval(99.77, math.nan, math.nan, "en", unit=unit) == "99.8"
    assert wording.value_with_interval(89.0, math.nan, math.nan, "en", unit=unit) == "89"
    assert wording.value_with_interval(math.nan, 10.8412, math.nan, "en", unit=unit) == "≥ 10.8"
    assert wording.value_with_interval(9.961, math.nan, 10.8412, "en", unit=unit) == "10.0 (≤ 10.9)"


def test_a_lone_end_of_percent_has_one_decimal_in_a_sentence_that_tells_no_other() -> None:
    row = pd.DataFrame([{"value": 9.961, "low": math.nan, "high": 10.8412, "unit": "percent_per_year"}])
    fields = filling.fields_of(row, "en", frozenset({"value", "high"}))[0]
    assert (fields["value"], fields["high"]) == ("10.0", "10.9")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_backtest_is_read_in_words_and_one_decimal(lang: str) -> None:
    told = {"horizon": 5, "level": 0.95, "least_pct": 53.957, "least_model": "logistic", "most_pct": 64.03}
    told |= {"most_model": "naive", "reading": "intervals_narrow"}
    said = filling.fill_sentences(pd.DataFrame([told]), "sentence.backtest", lang=lang)[0].replace(",", ".")
    assert [part in said for part in ("54.0", "64.0", labels.text("group.naive", lang))] == [True] * 3
    best = {"horizon": 5, "group": "drift", "top": 9.1834, "second_group": "gompertz", "alike": 1, "rivals": 4}
    said = filling.fill_sentences(pd.DataFrame([best]), "sentence.backtest_close", lang=lang)[0].replace(",", ".")
    assert [part in said for part in ("9.2", labels.text("group.drift", lang))] == [True] * 2
    assert "drift" not in said.replace(labels.text("group.drift", lang), "")


def test_percent_with_an_interval_keep_the_digits_it_leaves() -> None:
    row = pd.DataFrame([{"value": 16.54, "low": 16.535, "high": 16.545, "unit": "percent"}])
    assert filling.fields_of(row, "en", frozenset(row.columns))[0]["value"] == "16.54"
    assert wording.value_with_interval(61.2345, 58.1, 64.4, "en", unit="percent") == "61.2 (58.1–64.4)"


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_base_of_percent_is_said_with_the_sign(lang: str) -> None:
    bases = [code.removeprefix("base.") for code in labels.codes("base.")]
    assert len(bases) > 20
    for base in bases:
        said = wording.unit_and_base("percent", base, lang)
        assert "%" in said
        assert labels.text("unit.percent", lang) not in said
        assert "(" not in said


def test_units_on_bases_are_said_as_people_say_them() -> None:
    assert wording.unit_and_base("percent", "population", "kk") == "халықтың %-ы"
    assert wording.unit_and_base("percent", "population", "ru") == "%\N{NO-BREAK SPACE}населения"
    assert wording.unit_and_base("persons", "accounts", "en") == "persons, if each account is one"
    assert wording.unit_and_base("times", "ministry_accounts", "en") == "times (accounts of the ministries)"
    assert wording.unit_and_base("percent", "", "en") == "percent"


def test_a_unit_is_not_said_again_as_its_own_base() -> None:
    assert wording.unit_and_base("accounts", "accounts", "en") == "accounts"


def test_a_sentence_without_rows_says_which_condition_nothing_meets() -> None:
    nothing = pd.DataFrame()
    said = filling.fill_sentences(nothing, "sentence.first_reached", lang="en")
    assert said == [labels.text("no_sentence.first_reached", "en")]
    assert filling.fill_sentences(nothing, "sentence.rank", lang="en") == [labels.text("notice.no_sentence", "en")]


def test_arithmetic_of_findings_is_written_in_the_marks_of_the_language() -> None:
    text = "2020: 85.94 >= 80; 90.9 (2023-01); 15470000 - 741000 = 14729000; 176,375 [176374.5]"
    said = wording.cell("reason", text, "kk").replace(chr(160), " ").replace(chr(0x202F), " ")
    assert said == "2020: 85,94 ≥ 80; 90,9 (2023 ж. қаң.); 15 470 000 − 741 000 = 14 729 000; 176,375 [176 374,5]"
    assert wording.cell("reason", "«15.47 M» / 2.5", "kk") == "«15.47 M» / 2.5"
    assert wording.cell("reason", "2011.1 <= 2024.0", "ru") == "2011,1 ≤ 2024,0"  # years have no marks of grouping
    assert wording.cell("reason", "0.05 <= 0.1", "en") == "0.05 ≤ 0.1"


def test_an_interval_of_no_width_has_no_bar_to_explain() -> None:
    census = pd.DataFrame(
        {"value": [23.5], "low": [23.5], "high": [23.5], "interval": ["rounding"], "unit": ["percent"]}
    )
    assert marks.kinds(census) == []
    assert marks.interval_notes(census.assign(level=math.nan), "en") == []
    assert marks.kinds(census.assign(high=24.0)) == ["rounding"]
