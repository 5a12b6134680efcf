"""What result tables say in words, in a notebook and where nothing displays them."""

import pandas as pd
import pytest

from digital_diplomacy import figures, tables

ROWS = pd.DataFrame(
    {
        "entity": ["UZB", "KAZ"],
        "group": "",
        "period": ["2024", "2022"],
        "measure": "egdi_rank",
        "value": [63.0, 28.0],
        "low": [62.0, 28.0],
        "high": [63.0, 28.0],
        "level": None,
        "source_id": "un_egdi",
    }
)


def test_a_table_in_words_has_headers_names_and_intervals_in_the_language() -> None:
    before = ROWS.copy()
    told = figures.labelled(ROWS[["entity", "group", "period", "value", "low", "high", "level"]], lang="ru")
    assert told.to_dict("list") == {
        "Страна или организация": ["Узбекистан", "Казахстан"],
        "Период": ["2024", "2022"],
        "Значение": ["63 (62–63)", "28"],
    }
    pd.testing.assert_frame_equal(ROWS, before)
    assert figures.labelled(ROWS, lang="kk").shape == (2, 5)  # without the two columns that hold nothing
    assert figures.labelled(ROWS.head(0)).empty


def test_quotations_are_in_quotation_marks_and_own_names_are_told() -> None:
    told = figures.labelled(pd.DataFrame({"as_printed": ["12,50"], "value": [12.5]}), lang="en")
    assert told.iloc[0, 0] == "“12,50”"
    rows = tables.named(pd.DataFrame({"entity": ["embassy_7"]}), {"entity.embassy_7": "Посольство"})
    assert figures.labelled(rows, lang="ru").iloc[0, 0] == "Посольство"


def test_a_plain_session_prints_words_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    figures.show_table(ROWS[["entity", "value", "low", "high"]], title="Ranks", lang="en")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["Ranks"]
    assert lines[2] == ["Uzbekistan", "63", "(62–63)"]
    figures.show_sentences(ROWS.assign(n=193.0), "sentence.egdi_rank", lang="en")
    assert capsys.readouterr().out.startswith("Uzbekistan: rank 63 of the 193 states")
    figures.show_table(ROWS.head(0), title="Ranks", lang="en", about="UZB")
    figures.show(figures.plot_series, ROWS.head(0), title="Ranks", lang="en", about="UZB")
    said = capsys.readouterr().out
    sentence = "Ranks: with these parameters the tables of this package hold no figure on this for Uzbekistan."
    assert said.count(sentence) == 2
    # Some are cited by two documents where none is by five: "there is none" would be wrong of "several".
    figures.show(figures.plot_matrix, ROWS.head(0), name="network_citations", lang="en", absent="notice.none_so_often")
    assert capsys.readouterr().out.rstrip().endswith("none is cited by as many documents as the parameter asks for.")
    assert "{" not in said


MOVED = {"entity": "KAZ", "first": 83, "first_period": "2003", "last": 24, "last_period": "2024", "case": "down"}


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (pd.DataFrame([MOVED]), "Kazakhstan: rank 83 in 2003, 24 in 2024, a better one for certain"),
        (pd.DataFrame(), "Kazakhstan: ranked in fewer than two editions"),
    ],
)
def test_a_finding_is_told_by_its_case(finding: pd.DataFrame, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    figures.show_finding(finding, "egdi_rank_over_time", lang="en", about="KAZ")
    assert capsys.readouterr().out.strip() == said


def test_a_finding_of_two_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="has 2 rows; give one"):
        figures.show_finding(ROWS, "egdi_rank_over_time", lang="en")
