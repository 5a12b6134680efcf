"""Heads of tables that scale their numbers; each value is the printed number times the word of the head."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


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
