"""A sentence with its figures as single characters: where they stand, and what is printed there."""

from typing import Any

import pytest

from digital_diplomacy.extraction.tokens import by_sentence, figure_of, ids, in_order, mark, patterns, sentence_start

TEXT = "From 1,200 users to five in 2019."


def row(printed: str, base: int = 100, text: str = TEXT, **said: Any) -> dict[str, Any]:
    start = base + text.index(printed)
    told = {
        "claim_id": f"NEW-{printed}", "unit": "users", "value": 5.0, "low": None, "high": 6, "bound": "exact",
        "as_printed": printed, "value_date": "", "entity": None, "platform": "", "period": "", "language": "en",
        "paragraph": 3, "sentence_number": 7, "table": None, "row": "", "column": "", "in_references": False,
        "role": "figure", "sentence": text, "start": start, "end": start + len(printed),
    }  # fmt: skip
    return told | said


ROWS = [row("2019", unit="date", value=None, value_date="2019"), row("five"), row("1,200 users")]


def test_every_figure_is_one_character_at_its_place() -> None:
    said = mark(ROWS)
    assert [figure.printed for figure in said.figures] == ["1,200 users", "five", "2019"]
    assert said.plain == "From \ue000 users to \ue001 in \uf102."
    assert said.places == (5, 16, 21)
    assert [said.place(figure) for figure in said.figures] == [5, 16, 21]
    assert [said.at(said.plain[place]).printed for place in said.places] == ["1,200 users", "five", "2019"]
    assert (said.text, said.language, said.number, said.paragraph) == (TEXT, "en", 7, 3)
    assert ids(said.figures) == "NEW-1,200 users NEW-five NEW-2019"


def test_words_of_a_match_are_those_printed() -> None:
    said = mark(ROWS)
    words, named, match = next(said.find("from_to"))
    assert words == "From 1,200 users to five"
    assert {name: figure.printed for name, figure in named.items()} == {"a": "1,200 users", "b": "five"}
    assert match.start() == 0
    assert said.has("from_to") == words
    assert said.has("down") == ""
    with pytest.raises(ValueError, match="has no rule 'nothing'"):
        patterns("nothing", "en")


def test_a_figure_holds_what_its_row_says_with_offsets_in_its_sentence() -> None:
    figure = figure_of(row("1,200 users"), 100)
    assert (figure.start, figure.end, figure.value, figure.low, figure.high) == (5, 16, 5.0, None, 6.0)
    assert (figure.entity, figure.table, figure.paragraph, figure.sentence, figure.role) == ("", "", 3, 7, "figure")
    assert not figure.is_date
    assert figure_of(ROWS[0], 100).is_date


@pytest.mark.parametrize(
    ("value", "unit", "is_whole"),
    [(5.0, "users", True), (5.5, "users", False), (None, "users", False), (5.0, "percent", False),
     (5.0, "years", False), (5.0, "rank", False), (0.0, "items", True)],
)  # fmt: skip
def test_whole_numbers_of_things_may_count(value: float | None, unit: str, is_whole: bool) -> None:
    assert figure_of(row("five", value=value, unit=unit), 100).is_whole is is_whole


def test_sentences_stand_in_their_order_and_their_figures_as_printed() -> None:
    later = row("five", sentence_number=9)
    assert [[each["sentence_number"] for each in rows] for rows in by_sentence([later, *ROWS])] == [[7, 7, 7], [9]]
    assert [each["as_printed"] for each in in_order(ROWS)] == ["1,200 users", "five", "2019"]


def test_where_a_sentence_begins_is_told_by_all_its_figures() -> None:
    text = "5 of 5 and 6."
    second = row("5", text=text) | {"start": 105, "end": 106}
    six = row("6", text=text)
    assert sentence_start([second, six]) == 100  # the first 5 would put the 6 elsewhere
    assert sentence_start([row("5", text=text)]) == 100
    lost = row("5", text=text) | {"as_printed": "seven", "start": 140, "end": 145}
    assert sentence_start([lost]) == 140


def test_figures_within_another_have_no_character_of_their_own() -> None:
    inner = row("1,200") | {"claim_id": "inner"}
    said = mark([*ROWS, inner])
    assert len(said.figures) == 4
    assert said.plain.count("\ue000") + said.plain.count("\ue001") + said.plain.count("\ue002") == 2


def test_characters_of_icon_fonts_are_blanks_and_no_figures() -> None:
    text = "\uf0b7 From 1,200 users \ue000 to five"
    said = mark([row("1,200 users", text=text), row("five", text=text)])
    assert said.plain == "  From \ue000 users   to \ue001"
    assert said.text == text


def test_a_date_may_be_the_first_figure() -> None:
    said = mark([row("2019", text="2019 saw five.", unit="date"), row("five", text="2019 saw five.")])
    assert said.plain == "\uf100 saw \ue001."
    assert [said.at(char).printed for char in "\uf100\ue001"] == ["2019", "five"]


def test_2048_figures_of_a_sentence_have_a_character_each() -> None:
    text = "5 " * 2050
    one = row("5", text=text)
    rows = [one | {"claim_id": f"{n}", "start": 100 + 2 * n, "end": 101 + 2 * n} for n in range(2050)]
    said = mark(rows)
    assert len(said.figures) == 2050
    assert [said.plain.count(digit) for digit in ("5", chr(0xE000), chr(0xE000 + 2047))] == [2, 1, 1]
    assert said.plain.endswith(f"{chr(0xE000 + 2047)} 5 5 ")


def test_semicolons_part_clauses() -> None:
    text = "It had 12 and 13; then 14; so."
    said = mark([row(printed, text=text) for printed in ("12", "13", "14")])
    assert [said.clause(one) for one in said.figures] == [0, 0, 1]
    assert {number: [one.printed for one in each] for number, each in said.by_clause.items()} == {
        0: ["12", "13"],
        1: ["14"],
    }
