"""The answer of the page: what not to quote, and how much the audit can see."""

import pandas as pd
import pytest

from digital_diplomacy import claims, labels

PARSED = pd.DataFrame(
    {"claim_id": ["001-001", "001-002", "001-003", "001-004"], "entity": ["KAZ", "KAZ", "UZB", "UZB"]}
)
FINDINGS = pd.DataFrame(
    {
        "relation_id": ["002_phone_users", "002_qamshy_year", "001_population"],
        "verdict": ["fails", "fails", "holds"],
        "claims": ["001-001", "001-002 001-003", "001-003 001-001"],
        "unit": ["percent", "date", "persons"],
        "left": ["130.5%", "2023", ""],
        "right": ["100", "2018", ""],
        "left_low": [130.45, 2023.0, 1.0],
        "left_high": [130.55, 2023.997, 1.0],
        "right_low": [100.0, 2018.0, 1.0],
        "right_high": [100.0, 2018.997, 1.0],
    }
)
RELATIONS = pd.DataFrame(
    {
        "relation_id": ["001_population", "002_phone_users", "002_qamshy_year"],
        "matter": ["substance", "substance", "reference"],
    }
)


def said(code: str, country: str = "KAZ", findings: pd.DataFrame = FINDINGS) -> pd.DataFrame:
    return claims.answer(PARSED, findings, RELATIONS, country=country, lang="en")[f"sentence.answer_claims_{code}"]


def test_contradictions_of_substance_are_named_and_those_of_references_counted() -> None:
    assert "130.5%" in said("quote")["named"].item()
    counts = said("counts").iloc[0]
    assert (counts["relations_count"], counts["fails_count"]) == (3, 2)
    assert (counts["substance_count"], counts["reference_count"]) == (1, 1)


def test_contradictions_of_the_countrys_own_figures_are_named_first() -> None:
    foreign = FINDINGS.iloc[[0]].assign(
        relation_id="001_statcounter_sum", claims="001-003", left_low=102, left_high=103
    )
    both = pd.concat([foreign, FINDINGS])
    matter = pd.concat([RELATIONS, pd.DataFrame({"relation_id": ["001_statcounter_sum"], "matter": ["substance"]})])
    for country, is_first in (("KAZ", "130.5%"), ("UZB", "102.5%")):
        rows = claims.answer(PARSED, both, matter, country=country, lang="en")["sentence.answer_claims_quote"]
        assert is_first in rows["named"].item().split("; ")[0]


def test_the_reach_counts_figures_in_any_relation_and_in_none() -> None:
    reach = said("reach").iloc[0]
    assert (reach["claims_count"], reach["related_count"], reach["alone_count"]) == (4, 3, 1)


@pytest.mark.parametrize(("country", "count", "fails"), [("KAZ", 2, 2), ("UZB", 2, 1)])
def test_a_countrys_figures_are_counted(country: str, count: int, fails: int) -> None:
    row = said("country", country).iloc[0]
    assert (row["claims_count"], row["fails_count"]) == (count, fails)
    assert said("no_country", country).empty


def test_a_country_nobody_speaks_of_is_said_to_be_absent() -> None:
    assert said("country", "KGZ").empty
    assert said("no_country", "KGZ")["country"].tolist() == ["KGZ"]


def test_without_a_contradiction_nothing_is_named() -> None:
    agreeing = FINDINGS[FINDINGS["verdict"] == "holds"]
    assert said("quote", findings=agreeing).empty
    assert said("counts", findings=agreeing).empty
    assert said("none", findings=agreeing)["relations_count"].tolist() == [1]
    assert said("none").empty


def test_a_narrowed_figure_is_told_by_its_ends_not_by_a_middle_nobody_printed() -> None:
    """15.47M / 81.9% × 63.5% leaves 11,973,816 to 12,015,104 of "12 million"; its middle stands in no document."""
    rise = FINDINGS.iloc[[0]].assign(
        relation_id="x_social_users_rise", unit="users", left_low=11_845_000, left_high=11_855_000,
        right_low=11_973_816, right_high=12_015_104,
    )  # fmt: skip
    matter = pd.DataFrame({"relation_id": ["x_social_users_rise"], "matter": ["substance"]})
    rows = claims.answer(PARSED, rise, matter, country="KAZ", lang="en")["sentence.answer_claims_quote"]
    assert "11.97M to 12.02M" in rows["named"].item()
    assert "11.99M" not in rows["named"].item()


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_sentence_has_its_fields_in_every_language(lang: str) -> None:
    for code, rows in claims.answer(PARSED, FINDINGS, RELATIONS, country="KAZ", lang=lang).items():
        for row in rows.to_dict("records"):
            assert labels.text(code, lang, **row)


def test_without_figures_nothing_is_said_of_their_reach() -> None:
    empty = FINDINGS.assign(claims="")
    told = claims.answer(PARSED.head(0), empty, RELATIONS, country="KAZ", lang="en")
    assert told["sentence.answer_claims_reach"].empty
    assert len(claims.answer(PARSED, empty, RELATIONS, country="KAZ", lang="en")["sentence.answer_claims_reach"]) == 1
