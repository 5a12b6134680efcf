"""Numbers that are parts of a whole have its unit: of these, of what a genitive names, or listed behind a colon."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting
from digital_diplomacy.extraction.divided import wholes_told
from digital_diplomacy.printed import Convention, find
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


@pytest.mark.parametrize(
    ("text", "own", "told", "wholes"),
    [
        # they are those counted before in the sentence, or in its paragraph
        ("Жиынға 40 адам келді, олардың 12 сұрақ қойған, 9 хат жазған.", ["persons", "items", "messages"], [],
         ["", "persons", "persons"]),
        ("Жиынға 40 адам келді, олардың 52 сұрақ қойған.", ["persons", "items"], [], ["", ""]),  # forty hold no 52
        ("Жиынға 40 адам келді, олардың 40 сұрақ қойған.", ["persons", "items"], [], ["", "persons"]),
        ("Үлесі 40 пайыз, олардың 12 сұрақ қойған.", ["percent", "items"], [], ["", ""]),
        ("Олардың 12 сұрақ қойған.", ["items"], [("percent", 40), ("users", 40)], ["users"]),
        ("Олардың 12 сұрақ қойған.", ["items"], [("users", 12)], ["users"]),
        ("Олардың 12 сұрақ қойған.", ["items"], [("users", 11)], [""]),
        ("Жазылғандардың 12 парақшасы бар.", ["items"], [], [""]),  # what is theirs
        ("Жазылғандардың 12 сұрақ қойған; 9 хат жазған.", ["items", "messages"], [], ["persons", ""]),
        ("Жазылғандардың 12 сұрақ қойған, 9 жыл өткен.", ["items", "years"], [], ["persons", ""]),
    ],
)  # fmt: skip
def test_a_kazakh_genitive_divides(text: str, own: list[str], told: list[tuple[str, float]], wholes: list[str]) -> None:
    found = find(text, convention=Convention.of("kk"))
    assert wholes_told(found, own, text, "kk", told, [True] * len(own)) == wholes


@pytest.mark.parametrize(
    ("text", "own", "governs", "wholes"),
    [
        ("Of these, 12 came, 9 left.", [None, None], [False, False], ["users", "users"]),
        ("Of these, 12 came, 9 hats were left.", [None, "items"], [False, True], ["users", ""]),
        ("Of these, 12 came, 9 hats were left.", [None, None], [False, True], ["users", ""]),
        ("Of towns, 12 came.", [None], [False], [""]),
        ("Of these, 41 came.", [None], [False], [""]),  # more than the forty told
        ("Of these, 12.5 came.", [None], [False], [""]),
    ],
)
def test_of_these_divides_the_count_told_before(
    text: str, own: list[str | None], governs: list[bool], wholes: list[str]
) -> None:
    found = find(text, convention=Convention.of("en"))
    assert wholes_told(found, own, text, "en", [("users", 40)], governs) == wholes
