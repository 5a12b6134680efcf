"""Heads of tables that scale their numbers; each value is the printed number times the word of the head."""

from decimal import Decimal
from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.extraction.scales import scale_named, scaled, without_scale
from digital_diplomacy.printed import Convention, find


@pytest.mark.parametrize(
    ("head", "cell", "value", "half"),
    [
        # 2540 thousand is 2,540,000, printed to the thousand: half of one is 500
        ("Users, thousand", "2540", 2_540_000, 500),
        ("Users (thousands)", "2540", 2_540_000, 500),
        ("Users in millions", "2.5", 2_500_000, 50_000),
        ("Аудитория, млн", "1,5", 1_500_000, 50_000),
        ("Пользователи, тыс. чел.", "210", 210_000, 500),
        ("Пайдаланушылар, мың", "2015", 2_015_000, 500),
        ("млрд теңге", "3", 3_000_000_000, 500_000_000),
        # "per thousand" divides; a cell with its own scale has it already
        ("Sites per thousand residents", "210", 210, 0),
        ("Users, thousand", "1.5 million", 1_500_000, 50_000),
    ],
)
def test_a_head_scales_the_numbers_of_its_column(
    tmp_path: Path, head: str, cell: str, value: float, half: float
) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"Country\t{head}\tShare, %\nPeru\t{cell}\t12.5\nChad\t{cell}\t11.5\n", encoding="utf-8")
    figures = drafting.review(sources.read_paper(path)).figures
    own = figures[figures["column"] == head]
    assert (
        list(own[["value", "low", "high"]].itertuples(index=False, name=None))
        == [(value, value - half, value + half)] * 2
    )
    assert set(figures.loc[figures["column"] == "Share, %", "value"]) == {12.5, 11.5}
    if head != "Sites per thousand residents":
        assert set(figures["column"]) == {head, "Share, %"}  # the word of the head is no figure


def test_the_word_of_scale_of_a_head_is_blanked_in_cells_as_long_as_a_head_and_in_captions() -> None:
    head = "Users, thousand"
    short, long = head.rjust(80, "x"), head.rjust(81, "x")
    for text, kind in ((short, "cell"), (long, "caption")):
        blanked = without_scale(text, kind)
        assert (len(blanked), "thousand" in blanked, blanked[:60]) == (len(text), False, text[:60])
    for text, kind in ((long, "cell"), (head, "paragraph"), ("Sites per thousand residents", "cell")):
        assert without_scale(text, kind) == text


def test_the_nearest_head_that_says_anything_of_a_scale_decides() -> None:
    assert scale_named(["2019", "Users, mln", "Users, thousand"]) == 1_000_000
    assert scale_named(["Share, %", "Users, thousand"]) == 1
    assert scale_named(["млрд теңге"]) == 1_000_000_000
    assert scale_named(["Revenue, $ trillion"]) == 1_000_000_000_000
    assert scale_named([]) == scale_named(["Users"]) == 1


def test_a_scaled_figure_keeps_its_interval_and_what_has_a_scale_or_unit_stays() -> None:
    figures = find("2.5; 40 %; 3 million; 5th; 12 to 15", convention=Convention.of("en"))
    found = scaled(figures, 1000)
    told = [(one.text, one.figure.value, one.figure.low, one.figure.high) for one in found if one.figure is not None]
    assert told == [
        ("2.5", 2500, 2450, 2550), ("40 %", 40, Decimal("39.5"), Decimal("40.5")),
        ("3 million", 3_000_000, 2_500_000, 3_500_000), ("5th", 5, 5, 5), ("12 to 15", 13_500, 11_500, 15_500),
    ]  # fmt: skip
    assert found[4].figure is not None
    assert found[4].figure.ends == (12_000, 15_000)
    assert found[0].figure is not None
    assert (found[0].figure.last_digit, found[0].is_implied, found[1].is_implied) == (100, True, False)
    assert scaled(figures, 1) == figures
    [year] = find("2015", convention=Convention.of("en"))
    assert [one.figure.value for one in scaled([year], 1000) if one.figure is not None] == [2_015_000]
    assert scaled([year], 1000, is_head=True) == [year]
    [counted] = find("thirteen", convention=Convention.of("en"))  # exact by itself, and to half a thousand below a head
    assert [(one.figure.low, one.figure.high) for one in scaled([counted], 1000) if one.figure] == [(12_500, 13_500)]
