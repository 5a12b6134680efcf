"""The answer on where a country stands, for countries of every kind and in every language."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import figures, rankings, sources
from digital_diplomacy.rankings.rows import estimates

PREFIX = "sentence.answer_rankings_"


def places(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entity", "period", "value", "low", "high"])
    counted = frame.assign(n=np.where(frame["period"] == "", np.nan, 200), group="place_exact")
    counted.loc[frame["period"] == "", "group"] += "_undated"
    return estimates(counted, measure="ddr_rank", unit="rank", interval="bound", source_id="digital_diplomacy_review")


INDEX = estimates(
    pd.DataFrame({"entity": ["KAZ", "UZB"], "value": [5, 8], "low": [5, 7], "high": [5, 9], "n": 100}),
    period="2020",
    measure="egdi_rank",
    unit="rank",
    source_id="un_egdi",
)
REVIEW = places(
    ("KAZ", "2016", 38, 38, 38),
    ("KAZ", "2017", 44, 44, 44),
    ("ARM", "2016", 50, 50, 50),
    ("ARM", "2017", 30, 30, 30),
    ("GEO", "2016", 20, 20, 20),
    ("GEO", "2017", 20, 20, 20),
    ("UZB", "2016", np.nan, 19, 199),
    ("RUS", "", 4, 4, 4),
)


def said(entity: str, *, edition: int = 2020) -> dict[str, pd.DataFrame]:
    found = rankings.answer(REVIEW, INDEX, entity=entity, edition=edition)
    return {code.removeprefix(PREFIX): rows for code, rows in found.items() if len(rows)}


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("KAZ", ["place", "fell", "egov", "limits"]),
        ("ARM", ["place", "rose", "egov_none", "limits"]),
        ("GEO", ["place", "stayed", "egov_none", "limits"]),
        ("UZB", ["bounds", "egov_range", "limits"]),
        ("RUS", ["undated", "egov_none", "limits"]),
        ("JPN", ["absent", "egov_none", "limits"]),
    ],
)
def test_each_country_gets_the_sentences_that_hold_for_it(entity: str, expected: list[str]):
    assert list(said(entity)) == expected


def test_numbers_of_the_answer():
    # ahead: 37 / 200 = 18.5 %, 43 / 200 = 21.5 %; six places lost; Armenia 50 to 30, twenty gained
    kazakhstan = said("KAZ")
    assert kazakhstan["place"][["value", "n", "share_value"]].to_numpy().tolist() == [[38, 200, 18.5]]
    fell = kazakhstan["fell"].iloc[0]
    assert fell[["value", "share_value", "places", "period", "period_first"]].tolist() == [44, 21.5, 6, "2017", "2016"]
    assert said("ARM")["rose"]["places"].tolist() == [20]
    # ahead: 18 / 200 = 9 %, 198 / 200 = 99 %
    assert said("UZB")["bounds"][["share_low", "share_high"]].to_numpy().tolist() == [[9, 99]]
    # of the edition most is known of, 2016: three places printed, one bounded
    assert said("JPN")["limits"][["period", "n", "printed", "bounded"]].to_numpy().tolist() == [["2016", 200, 3, 1]]


def test_an_edition_without_the_country_gives_no_rank():
    assert said("KAZ", edition=2010)["egov_none"].to_numpy().tolist() == [["KAZ", 2010]]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("entity", ["KAZ", "ARM", "GEO", "UZB", "RUS", "JPN"])
def test_every_sentence_is_filled_in_every_language(entity: str, lang: str):
    for name, rows in said(entity).items():
        for line in figures.fill_sentences(rows, PREFIX + name, lang=lang):
            assert "{" not in line
            assert "no value" not in line


def test_answer_for_countries_of_either_table_both_and_none():
    review = rankings.review_ranks(*map(sources.load, ["digital_diplomacy_review", "digital_diplomacy_review_order"]))
    tables = map(sources.load, ["un_egdi", "un_egdi_editions", "un_egdi_exceptions"])
    ranks = rankings.index_ranks(rankings.by_edition(*tables))
    both, listed = {*review["entity"]}, sorted(set(ranks["entity"]))
    for entity in sorted({*sorted(both & {*listed})[::5], *sorted(both - {*listed}), *listed[::12], "XKX"}):
        found = rankings.answer(review, ranks, entity=entity, edition=2010)
        told = {code: rows for code, rows in found.items() if len(rows)}
        lines = [line for code, rows in told.items() for line in figures.fill_sentences(rows, code, lang="en")]
        assert 3 <= len(lines) <= 5


def test_audiences_beside_places():
    # two audiences grew by 7.0 (as bounds 6.9 to 7.2) and 31.3 (30.6 to 32.1) percent while six places were lost; a
    # ministry of which only one side is known has no row
    growth = estimates(
        pd.DataFrame(
            {
                "entity": ["KAZ", "KAZ", "RUS"],
                "group": ["instagram", "twitter", "twitter"],
                "value": [7.0, 31.3, 1.0],
                "low": [6.94, 30.66, 0.9],
                "high": [7.11, 32.04, 1.1],
            }
        ),
        period="2017-08/2018-02",
        measure="audience_growth",
        unit="percent",
        source_id="ministry_audiences",
    )
    found = rankings.audiences_and_place(growth, rankings.rank_moves(REVIEW))
    assert found["entity"].tolist() == ["KAZ"]
    assert found[["n", "low", "high", "places", "since"]].to_numpy().tolist() == [[2, 6.9, 32.1, 6, "2016–2017"]]
    line = figures.fill_sentences(found, "sentence.audiences_and_place", lang="en")[0]
    assert "growth is from 6.9 to 32.1%" in line
    # The second reading of closing zeros is another interval of the same audience, not another audience.
    wide = growth.iloc[[1]].assign(measure="audience_growth_filled", low=30.0, high=33.0)
    again = rankings.audiences_and_place(pd.concat([growth, wide]), rankings.rank_moves(REVIEW))
    assert again[["n", "low", "high"]].to_numpy().tolist() == [[2, 6.9, 33.0]]
    # What bounds allow is never told narrower: from 6.98 to 33.02.
    bound = rankings.audiences_and_place(growth.assign(low=6.98, high=33.02), rankings.rank_moves(REVIEW))
    assert bound[["low", "high"]].to_numpy().tolist() == [[6.9, 33.1]]
    assert rankings.audiences_and_place(growth.iloc[:0], rankings.rank_moves(REVIEW)).empty
