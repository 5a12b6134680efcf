"""Numbers that are parts of a whole have its unit: of these, of what a genitive names, or listed behind a colon."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting
from digital_diplomacy.sources import read_paper


def units(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(read_paper(path)).figures["unit"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A genitive without a noun that is its own: those asked did it, and no news, questions or answers are counted.
        ("Сұралғандардың 742 хабарды тексерген, 279 сұрақ қойған.", ["persons", "persons"]),
        ("Елшіліктердің 40 парақшасы бар.", ["items"]),
        ("Жазылушылар 2,3 млн адамға жетті. Оның ішінде Telegram – 1,4 млн, X – 0,9 млн.", ["persons"] * 3),
        ("Of those asked, 387 have no account.", ["persons"]),
        # 267 + 145 = 412
        ("Курстардан 412 қызметкер өтті: 267 шетелдегі мекемелерден, 145 орталық аппараттан.", ["persons"] * 3),
        # «22 + 16 = 38 places» are places: one noun for all parts counts itself.
        ("Орталық 38 адамға арналған: оңтүстікте 22 орын, солтүстікте 16 орын.", ["persons", "items", "items"]),
        ("Министр выступал перед прессой 23 раза.", ["items"]),
        ("Расходы выросли в 2,5 раза.", ["times"]),
        ("The clip was played 410,000 times.", ["views"]),
        ("Output has grown 3 times.", ["times"]),
        ("Бейнежазба 640 мың рет қаралды.", ["views"]),
        ("We got 54 answers, of which 33 arrived within two days and 12 later.", ["items", "items", "days", "items"]),
    ],
)
def test_a_number_has_the_unit_of_what_it_is_part_of(text: str, expected: list[str], tmp_path: Path) -> None:
    assert units(text, tmp_path) == expected
