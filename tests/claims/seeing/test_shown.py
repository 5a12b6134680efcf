"""What readers are told of misprints and faults, in three languages."""

import pandas as pd
import pytest

from digital_diplomacy import claims, figures, labels, tables

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
        ("en", "Of 0 figures no misprint would be noticed; 1 figure has no misprint that could be tried so."),
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
