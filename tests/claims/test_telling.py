"""Figures and findings told to readers: quotations in their language, places and arithmetic in that of the page."""

import re

import pandas as pd
import pytest

from digital_diplomacy import claims, labels, sources
from digital_diplomacy.claims.summaries import arithmetic_in
from digital_diplomacy.claims.telling import (
    _at_least,
    _behind,
    _extent,
    _in_words,
    _month,
    _quotations,
    numeral_in,
    place_in,
    restated,
)

QUOTED = re.compile(r"<q lang=\"(?:ru|en)\">.*?</q>")


DAYS = ("first_day", "last_day")


@pytest.fixture(scope="module")
def published() -> dict[str, pd.DataFrame]:
    printed, documents, relations = (sources.load(name) for name in ("claims", "documents", "claim_relations"))
    parsed = claims.parse(printed, documents)
    shown = claims.evidence(sources.load("claim_evidence"), load=sources.load)
    found = claims.check(parsed, relations, shown)
    return {
        "printed": printed, "documents": documents, "relations": relations, "parsed": parsed, "shown": shown,
        "found": found,
    }  # fmt: skip


def told_in(published: dict[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    made = [published[name] for name in ("printed", "parsed", "documents")]
    return claims.tell(*made, lang, evidence=published["shown"])


def row(**changed: object) -> "pd.Series[object]":
    plain = {"as_printed": "12,5%", "unit": "percent", "bound": "exact", "value": 12.5, "low": 12.45, "high": 12.55}
    return pd.Series(plain | changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "12,5 %"),
        ({"as_printed": "12.50", "unit": "users", "low": 12.495, "high": 12.505}, "12,50"),
        ({"bound": "at_least"}, "≥12,5 %"),
        ({"as_printed": "1.65", "unit": "users", "value": 1.65e9, "low": 1.645e9, "high": 1.655e9}, "1 650 000 000"),
        ({"value": float("nan"), "unit": "items", "low": 2700.0, "high": 2800.0, "bound": "about"}, "~2 700–2 800"),
        ({"as_printed": "twelve"}, ""),
        ({"unit": "date"} | dict(zip(DAYS, pd.to_datetime(["2020-03-01", "2020-03-31"]), strict=True)), "март 2020 г."),
        ({"unit": "date", "first_day": pd.Timestamp(2020, 1, 1), "last_day": pd.Timestamp(2020, 12, 31)}, "2020"),
        ({"unit": "date", "first_day": pd.Timestamp(1901, 1, 1), "last_day": pd.Timestamp(2000, 12, 31)}, "1901–2000"),
    ],
)  # fmt: skip
def test_a_printed_figure_becomes_a_number_of_the_language_to_the_digit_printed(
    changed: dict[str, object], said: str
) -> None:
    assert re.sub(r"\s", " ", numeral_in(row(**changed), "ru")) == said


def test_places_are_told_in_words_and_an_unknown_one_in_its_own() -> None:
    assert place_in("table 1, row Kazakhstan, column YouTube", "kk") == "1-кесте, Қазақстан жолы, YouTube бағаны"
    assert place_in("reference list, item 17, DOI", "ru") == "список литературы, пункт 17, DOI"
    assert place_in("table 1, margin", "ru") == "таблица 1, margin"


def test_no_place_of_the_project_lacks_its_label() -> None:
    """In Russian no place keeps a whole word of the table that has no name in it."""
    places = sources.load("claims")["locator"].unique()
    assert [part for place in places for part in place.split(", ")
            if re.match("[a-z]{3}", part) and place_in(part, "ru") == part] == []  # fmt: skip


def test_places_in_english_are_the_words_of_the_table() -> None:
    """So that no place is described by another's words."""
    places = sources.load("claims")["locator"].unique()
    assert [place for place in places if place_in(place, "en") != place] == []


@pytest.mark.parametrize(
    ("arithmetic", "numerals", "said"),
    [
        ("2.5 + 2 = 4.5 > 2", {"2": "два", "2.5": "2,5"}, "2,5 + два = 4,5 > два"),
        ("17 of 170", {"17": "x"}, "x of 170"),
        ("12.5% [12.45; 12.55] ≥ 12", {"12": "x", "12.5%": "12,5 %"}, "12,5 % [12,45; 12,55] ≥ x"),
        ("1.5 = [1; 2.5]", {}, "1.5 = [1; 2,5]"),
        ("first = 1; 3", {"first": "«first»"}, "«first» = 1; 3"),
    ],
)
def test_printed_figures_are_replaced_whole_and_computed_ones_take_the_marks(
    arithmetic: str, numerals: dict[str, str], said: str
) -> None:
    assert restated(arithmetic, numerals, "ru") == said


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "≥80%"), ("ru", "≥80\N{NO-BREAK SPACE}%"), ("kk", "≥80\N{NO-BREAK SPACE}%")]
)
@pytest.mark.parametrize("sign", "=≠<>≤≥+×/−")
def test_behind_another_sign_that_of_a_bound_stands_in_brackets_and_behind_its_own_once(
    lang: str, told: str, sign: str
) -> None:
    bound = numeral_in(row(as_printed="more than 80%", bound="at_least", value=80.0, low=79.5, high=80.5), lang)
    assert bound == told
    said = restated(f"83 {sign} more than 80%", {"more than 80%": bound}, lang)
    assert said == f"83 {sign} {told[1:] if sign == '≥' else f'({told})'}"
    assert restated("more than 80% = 80", {"more than 80%": bound}, lang) == f"{told} = 80"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_sentence_on_the_documents_has_two_signs_in_a_row(published: dict[str, pd.DataFrame], lang: str) -> None:
    tables = published["relations"], published["documents"], lang
    rows = [
        claims.read_out(published["found"], told_in(published, lang), *tables, verdict=verdict)
        for verdict in ("holds", "cannot be checked")
    ]
    reasons = [QUOTED.sub("", reason) for frame in rows for reason in frame["reason"]]
    assert [said for said in reasons if re.search(r"[=≠<>≤≥+×/−] ?[≤≥]", said)] == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_outside_quotations_no_cell_has_english_words_or_decimal_points(
    published: dict[str, pd.DataFrame], lang: str
) -> None:
    told = told_in(published, lang)
    made = [
        claims.read_out(published["found"], told, published["relations"], published["documents"], lang, verdict=verdict)
        for verdict in ("fails", "approximate", "cannot be checked")
    ]
    made += [claims.narrowings(published["parsed"], published["relations"], told, lang)]
    rows = claims.matrix(published["printed"], published["found"], published["relations"])
    made += [claims.described(rows, published["found"], told, published["documents"], lang)]
    texts = [
        QUOTED.sub("", cell)
        for frame in made
        for name in ("explanation", "printed", "reason", "claim", "arithmetic", "against", "worked")
        if name in frame
        for cell in frame[name].dropna()
    ]
    assert len(texts) > 900
    assert [text for text in texts if re.search(r"\d\.\d", text)] == []
    assert [text for text in texts if re.search(r"\b[a-z]{2,} [a-z]{2,}\b", text)] == []


def test_a_finding_is_read_out_with_quotations_places_and_the_arithmetic_in_words(
    published: dict[str, pd.DataFrame],
) -> None:
    told = told_in(published, "en")
    failing = claims.read_out(
        published["found"], told, published["relations"], published["documents"], "en", verdict="fails"
    )
    assert failing["matter"].tolist() == ["substance"] * 8 + ["reference"] * 8
    phones = failing[failing["kind"] == "share_of_persons"].iloc[0]
    assert phones["printed"] == '<q lang="en">130.5%</q> (results, foreign experience paragraph)'
    # 130.5 stands for 130.45 to 130.55, which is 30.45 above 100 at the least.
    assert phones["reason"].startswith("First side: from 130.45 to 130.55; second side: 100.")
    assert "by at least 30.45. 130.5% [130.45; 130.55] > 100" in phones["reason"]
    videos = failing[failing["documents"] == "000"].iloc[0]
    assert "by at least 264,230." in videos["reason"]  # 440,605.5 - 176,375.5
    states = failing[failing["documents"] == "000 001"].iloc[0]
    assert states["printed"].startswith('<q lang="ru">210 стран</q> (Almash 2018, introduction, paragraph 3); ')


def test_dates_that_contradict_each_other_are_told_as_dates(published: dict[str, pd.DataFrame]) -> None:
    told = told_in(published, "en")
    frames = (published["relations"], published["documents"])
    failing = claims.read_out(published["found"], told, *frames, "en", verdict="fails")
    reasons = failing.loc[failing["kind"] == "same_date", "reason"].tolist()
    assert "May 18, 2020 and May 2019 should be one date, but share no day. May 18, 2020 ≠ May 2019" in reasons
    assert any(reason.startswith("2020 and Mar 2021 should be one date") for reason in reasons)  # a figure's period


def test_a_date_of_another_table_stays_the_date_where_it_is_contradicted(published: dict[str, pd.DataFrame]) -> None:
    arithmetic = "2019 > Feb 6, 2018 (#14; v. 2018)"
    row = pd.Series({"reason": f"contradiction: {arithmetic}", "unit": "date"})
    assert _in_words(row, arithmetic, "en") == "2019 should not come after Feb 6, 2018 (#14; v. 2018), but does."
    assert _in_words(row, "20% (2020) > Mar 2019", "en") == "2020 should not come after Mar 2019, but does."


def test_an_entry_of_the_documents_own_list_is_told_in_words() -> None:
    said = "2017 ≤ 2018-02-06 (#14; v. 2018)"
    assert arithmetic_in(said, "ru") == "2017 ≤ 2018-02-06 (список литературы, пункт 14; версия 2018 г.)"


def test_a_range_is_told_with_the_ends_that_are_printed(published: dict[str, pd.DataFrame]) -> None:
    told = told_in(published, "en").set_index("claim_id").loc["002-028"]
    assert (told["quoted"], told["numeral"]) == ('<q lang="en">2,700 to 2,800</q>', "~2,700–2,800")
    assert (told["low"], told["high"]) == (2700, 2800)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_row_of_the_matrix_says_what_it_is_and_against_what(
    published: dict[str, pd.DataFrame], lang: str
) -> None:
    rows = claims.matrix(published["printed"], published["found"], published["relations"])
    made = claims.described(rows, published["found"], told_in(published, lang), published["documents"], lang)
    assert made[["document", "position", "claim", "printed"]].notna().all(axis=None)
    first = made[(made["document"] == "000") & (made["position"] == 28)].iloc[0]
    assert (first["value"], first["low"], first["high"]) == (18_200, 18_199.5, 18_200.5)
    limit = made[(made["document"] == "002") & (made["position"] == 25)].iloc[0]  # more than 15 thousand
    assert (limit["low"], pd.isna(limit["value"]), pd.isna(limit["high"])) == (15_000, True, True)
    phones = made[made["kind"] == "share_of_persons"].iloc[0]
    assert phones["against"] == ""  # a share alone, against 100
    assert "[130.45; 130.55] > 100" in phones["worked"].replace(",", ".")  # 130.5 may be 130.45 to 130.55
    assert made["worked"].isna().equals(made["kind"].isna())  # who stands in a relation says how it was judged
    barnes = made[(made["document"] == "001") & (made["position"] == 90)].iloc[0]
    assert barnes["against"] == '<q lang="ru">1954 году</q>'


@pytest.mark.parametrize("document", ["000", "001", "002", "003", "004"])
def test_every_document_can_be_looked_at_alone(published: dict[str, pd.DataFrame], document: str) -> None:
    """Two of the five narrow none of their own figures down: then there is no row, and no refusal."""
    frames = [published[name] for name in ("parsed", "relations")]
    rows = claims.narrowings(*frames, told_in(published, "en"), "en", document=document)
    assert set(rows["document"]) == ({document} if document in ("000", "001", "002") else set())


def test_a_gap_is_rounded_down_from_a_thousand_on_to_whole_numbers() -> None:
    told = [_at_least(gap, "en") for gap in (999.999, 1000.9, 1500.5, 2.6)]
    assert told == ["999.99", "1,000", "1,500", "2.6"]


def test_quotations_stand_in_the_order_of_the_relation_each_place_once() -> None:
    told = pd.DataFrame(
        [("002-001", "002", "“5”", "page 1"), ("001-002", "001", "“6”", "page 2"), ("002-003", "002", "“7”", "page 1"),
         ("egdi", "", "", "")],
        columns=["claim_id", "document", "quoted", "place"],
    )  # fmt: skip
    alone = _quotations(["002-003", "002-001", "egdi", "missing"], told, "en")
    assert alone == "“7”, “5” (page 1)"
    both = _quotations(["002-001", "001-002", "002-003"], told, "en").split("; ")
    assert [one.partition(" (")[0] for one in both] == ["“5”, “7”", "“6”"]
    assert all(labels.document(document, "en") in one for document, one in zip(("002", "001"), both, strict=True))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (100.0, 100.0, "100"),
        (100.456, 100.456, "100.46"),
        (1.25, 11.25, "1|12"),  # ten apart: whole numbers that hold both ends
        (1.25, 11.0, "1.25|11"),
        (1.254, 2.756, "1.25|2.76"),
    ],
)
def test_an_extent_is_told_in_whole_numbers_from_ten_on(low: float, high: float, said: str) -> None:
    ends = said.split("|")
    words = {"low": ends[0], "high": ends[-1]}
    whole = said if len(ends) == 1 else labels.text("sentence.claims_words_extent", "en", **words)
    assert _extent(low, high, "en") == whole


@pytest.mark.parametrize(
    ("years", "month"),
    [(2022.0, "2022-01"), (2022 + 1 / 12, "2022-02"), (2022 + 11 / 12, "2022-12"), (2022.999, "2022-12"),
     (2022 + 1 / 12 - 1e-12, "2022-02"), (2022 + 1 / 12 - 0.001, "2022-01"), (985.5, "0985-07")],
)  # fmt: skip
def test_a_moment_in_years_is_the_month_it_lies_in(years: float, month: str) -> None:
    assert _month(years, "en") == labels.period(month, "en")


@pytest.mark.parametrize(
    ("sign", "numeral", "said"),
    [
        ("", "≥80", "≥80"),
        ("≥ ", "≥80", "80"),
        ("> ", "≥80", "(≥80)"),
        ("+ ", "80", "80"),
        ("≤ ", "≤5", "5"),
        ("= ", "~5", "~5"),
        ("− ", "~2,700–2,800", "(~2,700–2,800)"),
        ("≤ ", "2002–2004", "2002–2004"),
    ],
)
def test_a_bound_behind_a_sign(sign: str, numeral: str, said: str) -> None:
    assert _behind(sign, numeral) == said


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_gap_is_told_from_the_nearer_ends_of_both_sides(side: str) -> None:
    ends = {"left": (1.0, 2.0), "right": (5.25, 9.0)} if side == "left" else {"left": (5.25, 9.0), "right": (1.0, 2.0)}
    spans = {
        f"{name}_{end}": value for name, own in ends.items() for end, value in zip(("low", "high"), own, strict=True)
    }
    found = _in_words(pd.Series({"reason": "contradiction: a ≠ b", "unit": "percent", **spans}), "a ≠ b", "en")
    assert "3.25" in found
    assert found == labels.text("sentence.claims_words_equal", "en", gap="3.25",
                                **{name: _extent(*own, "en") for name, own in ends.items()})  # fmt: skip
    names = pd.Series({"reason": "contradiction: a ≠ b", "unit": "", **spans})
    assert _in_words(names, "a ≠ b", "en") == labels.text("sentence.claims_words_names", "en")
