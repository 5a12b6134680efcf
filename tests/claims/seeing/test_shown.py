"""What readers are told of misprints and faults, in three languages."""

import datetime as dt

import pandas as pd
import pytest

from digital_diplomacy import claims, figures, labels, tables
from digital_diplomacy.claims.seeing.shown import _day, _shortest

TOLD = pd.DataFrame(
    {
        "claim_id": ["002-001", "002-002"],
        "claim": ["Users", "Users"],
        "quoted": ["“40%”", "“70%”"],
        "place": ["paragraph 1", "paragraph 2"],
        "numeral": ["40%", "70%"],
        "value": [40.0, float("nan")],
    }
)


def counted(**columns: int | list[int]) -> pd.DataFrame:
    rows = pd.DataFrame({"claim_id": ["002-001", "002-002"], "document": ["002", "002"], "relations_count": [1, 0]})
    for kind in ("digit", "swap", "mark", "misprints"):
        rows[f"{kind}_count"], rows[f"{kind}_revealed"] = [10, 10], [5, 0]
    return rows.assign(**columns)


def fault(**columns: object) -> pd.DataFrame:
    row = {"system": 1, "sets_count": 2, "size": 1, "set": 1, "claim_id": "002-001", "document": "002",
           "unit": "percent",

           "low": 69.5, "high": float("nan"), "misprint": "70%", "misprint_kind": "digit"}  # fmt: skip
    return pd.DataFrame([row | columns])


def test_shares_are_of_all_misprints_and_no_interval_is_claimed() -> None:
    rows = tables.validate(claims.noticed(counted()), tables.ESTIMATES)
    assert rows[["value", "n", "interval"]].to_numpy().tolist() == [[25.0, 20.0, "none"]]
    assert claims.sight(counted(), TOLD)[["of_hundred", "blind_count", "related_count"]].to_numpy().tolist() == [
        [25, 1, 1]
    ]
    assert claims.blind(counted(), TOLD)["printed"].tolist() == ["“70%” (paragraph 2)"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Figures of which no misprint would be noticed: 0; with no misprint that could be tried so: 1."),
        ("ru", "замечена ни одна опечатка: 0; которые так испытать нельзя: 1."),
        ("kk", "байқалмайтын көрсеткіштер: 0; осылай сынауға келмейтіндері: 1."),
    ],
)
def test_a_figure_without_a_misprint_to_try_is_told_apart_from_those_nobody_watches(lang: str, told: str) -> None:
    rows = counted(misprints_count=[10, 0], misprints_revealed=[5, 0])  # the second is printed so that none is readable
    found = claims.sight(rows, TOLD)
    assert found[["figures_count", "blind_count", "untried_count"]].to_numpy().tolist() == [[2, 0, 1]]
    assert claims.by_document(rows)[["figures_count", "blind_count", "untried_count"]].to_numpy().tolist() == [
        [2, 0, 1]
    ]
    assert told in figures.fill_sentences(found, "sentence.claims_power", lang=lang)[0].replace("\u00a0", " ")


def test_without_misprints_nothing_is_said() -> None:
    none = counted(misprints_count=0, misprints_revealed=0)
    assert claims.sight(none, TOLD).empty
    assert claims.noticed(none).empty


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_an_open_end_and_a_misprint_are_told(lang: str) -> None:
    row = claims.faults(fault(), TOLD, lang).iloc[0]
    assert row["needed"].startswith("≥ 69")
    assert row["misprint"] == f"70% ({labels.text('misprint.digit', lang)})"
    assert row["case"] == labels.text("fault.several", lang)


@pytest.mark.parametrize(
    ("low", "high", "period"),
    [
        # 1 May is day 121 of 365, so 120 / 365; 31 May is 150 / 365; 31 December 364 / 365.
        (2019 + 120 / 365, 2019 + 150 / 365, "2019-05"),
        (2017.0, 2017 + 364 / 365, "2017"),
        (2020 + 138 / 366, 2020 + 138 / 366, "2020-05-18"),
    ],
)
def test_a_date_is_told_as_the_day_month_or_year_it_would_need(low: float, high: float, period: str) -> None:
    rows = fault(claim_id="002-002", unit="date", low=low, high=high)
    assert claims.faults(rows, TOLD, "en")["needed"].tolist() == [labels.period(period, "en")]


def test_a_relation_counts_by_its_figure_that_is_hardest_to_hit() -> None:
    rows = pd.DataFrame({"relation_id": ["a", "a", "b"], "kind": "order", "verdict": "holds", "forms_count": 10,
                         "claim_id": ["002-001", "002-002", "002-001"], "passing_count": [9, 6, 0],
                         "pass_probability": [0.9, 0.6, 0.0]})  # fmt: skip
    assert claims.weak(rows).to_numpy().tolist() == [[2, 1, 1]]
    assert claims.passed(rows, TOLD)["pass_pct"].tolist() == [60.0, 0.0]


def test_contradictions_are_counted_once_each() -> None:
    rows = pd.concat([fault(), fault(set=2), fault(system=2, sets_count=1, misprint=None)])
    assert claims.located(rows).to_numpy().tolist() == [[2, 1, 1, 1]]


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (69.5, 71.0, "percent", "69.5–71%"),
        (69.4996, float("nan"), "percent", "≥ 69.5%"),  # three decimals
        (float("nan"), 0.0627, "persons", "≤ 0.063"),
        (999.4, 1000.6, "persons", "999.4–1,001"),  # whole from a thousand on
        (1000.4, 1999.6, "persons", "1,000–2,000"),
        (-2.5, -1000.6, "persons", "-2.5–-1,001"),
    ],
)
def test_needed_intervals_are_rounded_by_their_size(low: float, high: float, unit: str, said: str) -> None:
    [needed] = claims.faults(fault(unit=unit, low=low, high=high), TOLD, "en")["needed"]
    assert needed.replace("\N{MINUS SIGN}", "-") == said


def test_a_percent_sign_stands_apart_but_in_english_and_no_end_is_any() -> None:
    assert claims.faults(fault(), TOLD, "ru")["needed"].tolist() == ["≥ 69,5\N{NO-BREAK SPACE}%"]
    open_ends = fault(low=float("nan"), high=float("nan"))
    assert claims.faults(open_ends, TOLD, "kk")["needed"].tolist() == [labels.text("fault.any", "kk")]


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ((2019, 1, 1), (2019, 12, 31), "2019"),
        ((2019, 1, 1), (2021, 12, 31), "2019/2021"),
        ((2019, 1, 1), (2019, 11, 30), "2019-01/2019-11"),
        ((2019, 2, 1), (2019, 12, 31), "2019-02/2019-12"),
        ((2020, 2, 1), (2020, 2, 29), "2020-02"),
        ((2020, 2, 1), (2020, 2, 28), "2020-02-01/2020-02-28"),
        ((2020, 2, 2), (2020, 2, 29), "2020-02-02/2020-02-29"),
        ((2020, 2, 2), (2020, 2, 2), "2020-02-02"),
    ],
)
def test_days_are_told_as_years_or_months_where_these_are_whole(
    first: tuple[int, int, int], last: tuple[int, int, int], period: str
) -> None:
    assert _shortest(dt.date(*first), dt.date(*last)) == period


def test_a_decimal_year_is_a_day() -> None:
    # 1 March is the 60th day of 2019, and the 61st of 2020
    assert [_day(2019 + 59 / 365), _day(2020 + 60 / 366), _day(2020.0)] == [
        dt.date(2019, 3, 1), dt.date(2020, 3, 1), dt.date(2020, 1, 1),
    ]  # fmt: skip


def test_faults_are_told_with_all_their_candidates() -> None:
    rows = pd.concat([fault(), fault(set=2, claim_id="002-002", document="003", misprint=None)])
    told = claims.faults(rows, TOLD, "en")
    assert told[["contradiction", "candidate", "documents", "printed"]].to_numpy().tolist() == [
        [1, 1, "002", "“40%” (paragraph 1)"], [1, 2, "003", "“70%” (paragraph 2)"],
    ]  # fmt: skip
    assert told["misprint"].isna().tolist() == [False, True]
    unquoted = TOLD.assign(quoted="")
    assert claims.faults(fault(), unquoted, "en")["printed"].tolist() == ["40%"]
    assert claims.faults(fault(sets_count=1), TOLD, "en")["case"].tolist() == [labels.text("fault.one", "en")]


def test_weak_and_strict_tests_are_counted_at_one_half_and_one_of_twenty() -> None:
    rows = pd.DataFrame({"relation_id": list("abcdefg"), "verdict": ["holds"] * 6 + ["fails"],
                         "pass_probability": [0.5, 0.51, 0.05, 0.051, 0.9, 0.01, 1.0]})  # fmt: skip
    assert claims.weak(rows).to_numpy().tolist() == [[6, 2, 2]]
    assert claims.weak(rows.iloc[6:]).empty
    assert claims.located(fault().iloc[:0]).empty


def test_kinds_of_misprints_are_counted_and_those_that_are_not_there_left_out() -> None:
    found = claims.kinds(counted(swap_count=0, swap_revealed=0), "en")
    assert found[["misprints_count", "revealed_count", "revealed_pct"]].to_numpy().tolist() == [[20, 5, 25.0]] * 2
    assert found["misprint_kind"].tolist() == [labels.text(f"misprint.{kind}", "en") for kind in ("digit", "mark")]
    assert claims.by_document(counted()).to_numpy().tolist() == [["002", 25.0, 1, 2, 0]]
    assert claims.by_document(counted(misprints_count=0)).empty
    noted = claims.noticed(counted()).iloc[0]
    assert (noted["entity"], noted["low"], noted["high"], noted["unit"]) == ("document_002", 25.0, 25.0, "percent")


def test_what_is_seen_of_related_figures_leaves_out_those_in_no_relation_and_tells_numbers_apart() -> None:
    rows = counted()
    cells = {"unit": ["date", "count", "count"], "relations_count": [1, 2, 0]}
    two = pd.concat([rows.head(1)] * 3).assign(**cells, digit_count=[30, 10, 60], digit_revealed=[24, 3, 0])
    found = claims.sight_of_related(two)
    assert found.to_dict("records") == [
        {"digit_count": 40, "digit_revealed": 27, "digit_pct": 67.5,
         "numbers_count": 10, "numbers_revealed": 3, "numbers_pct": 30.0}
    ]  # fmt: skip
    dates = claims.sight_of_related(two.head(1))
    assert dates[["digit_pct", "numbers_count", "numbers_pct"]].to_numpy().tolist() == [[80, 0, 0]]
    assert claims.sight_of_related(two.tail(1)).empty
