"""The head of the phrase that a number governs, in sentences of our own."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, extraction, sources
from digital_diplomacy.errors import SourceError
from digital_diplomacy.extraction import russian
from digital_diplomacy.extraction.phrases import head_behind

HEADS = [
    (" narrow wooden boats were hired", "en", "boat", ""),
    (" sports clubs", "en", "club", ""),
    (" student groups", "en", "group", ""),
    (" registered beekeepers came", "en", "beekeeper", "persons"),
    (" hectares of wheat", "en", "hectare", "measured"),
    (" новых кирпичных домиков", "ru", "домик", ""),
    (" рабочих мест", "ru", "место", ""),
    (" опытных пасечников", "ru", "пасечник", "persons"),
    (" верблюдов", "ru", "верблюд", "items"),
    (" центнеров зерна", "ru", "центнер", "measured"),
    (" иногородних ответили", "ru", "иногородний", "persons"),
    (" приглашённых и", "ru", "приглашенный", "persons"),
    (" построенных сгорели", "ru", "построенный", ""),
    (" работающих сгорели", "ru", "работающий", "persons"),
    (" новых", "ru", "новый", ""),
    (" жаңа көпір салынды", "kk", "көпір", ""),
    (" аудан тұрғыны келді", "kk", "тұрғыны", "persons"),
    (" агроном келді", "kk", "агроном", "persons"),
]


@pytest.mark.parametrize(("text", "lang", "word", "unit"), HEADS)
def test_a_number_governs_the_head_of_its_phrase(text: str, lang: str, word: str, unit: str) -> None:
    head = head_behind(text, lang)
    assert head is not None
    assert (head.word, head.unit) == (word, unit)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (" stood empty", "en"), (" of the", "en"), (", boats", "en"),
        (" построили сами", "ru"), (" из них", "ru"), (" всего за месяц", "ru"),
        (" келді", "kk"), (" бойынша", "kk"),
    ],
)  # fmt: skip
def test_a_verb_or_preposition_is_governed_by_no_number(text: str, lang: str) -> None:
    assert head_behind(text, lang) is None


def figures(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    return extraction.told_apart(extraction.scan(blocks), blocks)


READ = [
    ("The harbour hired 46 welders. 31 attended evening classes.", ["persons", "persons"]),
    ("They sorted 46 registered parcels.", ["items"]),
    ("The club ran 1,300 outings, 910 of them for children.", ["items", "items"]),
    ("Из 1 300 теплиц 120 отремонтировали.", ["items", "items"]),
    ("На письмо ответили 1 370 (70 %).", ["persons", "percent"]),
    ("Собрано 640 тонн яблок.", ["unstated"]),
    ("Маляр саны 130-дан 156-ға жетті.", ["persons", "persons"]),
    ("Қорға 9 млрд теңге түсті: 5 млрд жолға, 4 млрд теңге көпірге.", ["KZT"] * 3),
]


@pytest.mark.parametrize(("text", "units"), READ)
def test_a_number_without_a_noun_counts_what_its_sentence_tells(tmp_path: Path, text: str, units: list[str]) -> None:
    assert [unit or "unstated" for unit in figures(tmp_path, text)["unit"]] == units


def test_the_noun_a_number_governs_stands_beside_it(tmp_path: Path) -> None:
    read = figures(tmp_path, "Построены 14 светлых теплиц.\n\nFour old mills burned.")
    assert read["counted"].tolist() == ["теплица", "mill"]


def test_a_caption_counts_its_own_head_and_not_whom_it_tells_of(tmp_path: Path) -> None:
    text = "Таблица 1. Поголовье в хозяйствах респондентов\n\nВид\t2020\t2021\nКозы\t1 120\t1 240\nВсего\t3 310\t3 540"
    read = figures(tmp_path, text)
    assert set(read.loc[read["value"].notna(), "unit"]) == {"items"}


def test_a_table_of_bars_that_none_opens_is_a_table(tmp_path: Path) -> None:
    read = figures(tmp_path, "Зал | Зрители | Спектакли\nМалый | 1 540 | 31\nБольшой | 2 300 | 44")
    cells = read[read["value"].notna()]
    assert cells["column"].tolist() == ["Зрители", "Спектакли"] * 2
    assert cells["unit"].tolist() == ["persons", "items"] * 2


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Ремонт шёл полгода.", 0.5, "years"),
        ("Ответ дают в течение суток.", 1, "days"),
        ("Ремонт шёл двое суток.", 2, "days"),
    ],
)
def test_spans_of_time_in_one_word(tmp_path: Path, text: str, value: float, unit: str) -> None:
    read = figures(tmp_path, text)
    assert list(zip(read["value"], read["unit"], strict=True)) == [(value, unit)]


@pytest.mark.parametrize(
    "text", ["In the last quarter of 2021 sales fell.", "В последнем квартале 2021 года был спад."]
)
def test_the_last_quarter_is_the_fourth(tmp_path: Path, text: str) -> None:
    assert figures(tmp_path, text)["value_date"].tolist() == ["2021-10/2021-12"]


def test_a_kazakh_span_of_ages_is_one_figure(tmp_path: Path) -> None:
    read = figures(tmp_path, "Әншілер 19 мен 58 жас аралығында.")
    assert read[["low", "high", "unit"]].to_numpy().tolist() == [[19, 58, "years"]]


@pytest.mark.parametrize(
    "text",
    ["Среди зрителей {} % мужчин и 47 % женщин.", "Among the dancers {}% were men and 47% were women."],
)
def test_halves_of_one_base_are_at_most_all_of_it(tmp_path: Path, text: str) -> None:
    def verdicts(share: int) -> set[str]:
        (tmp_path / "paper.txt").write_text(text.format(share), encoding="utf-8")
        found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
        ids = found.relations.loc[found.relations["kind"] == "sum_at_most_100", "relation_id"]
        return set(found.findings.loc[found.findings["relation_id"].isin(ids), "verdict"])

    assert "fails" not in verdicts(53)
    assert "fails" in verdicts(61)


def test_the_table_of_words_names_each_once() -> None:
    table = pd.read_csv(Path(russian.__file__).with_name("counted_words.csv"))
    nouns = table[~table["unit"].isin(["do", "may_do"])]
    assert nouns[nouns.duplicated(["language", "stem"], keep=False)]["stem"].tolist() == []


def test_without_the_dictionaries_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymorphy3", None)
    russian.look_up.cache_clear()
    russian._analyser.cache_clear()
    with pytest.raises(SourceError, match=r"digital-diplomacy\[scan\]"):
        russian.look_up("теплиц")
    russian._analyser.cache_clear()


@pytest.mark.parametrize(
    ("text", "word", "unit"),
    [
        (" жаңа мектептің оқушылары жазды", "мектеп", ""),  # the schools are new, and their pupils are not counted
        (" мектептің оқушылары жазды", "мектеп", ""),
        (" университет студенттерінің хаты", "университет", ""),
        (" жаңа студенттерінің хаты", "студент", "persons"),
        (" ел өкілі келді", "өкілі", "persons"),
        (" елдің қатарына кірді", "ел", "countries"),
        (" тексеру жүргізілді", "тексеру", ""),
    ],
)
def test_a_kazakh_number_counts_the_owner_or_the_last_of_a_compound(text: str, word: str, unit: str) -> None:
    head = head_behind(text, "kk")
    assert head is not None
    assert (head.word, head.unit) == (word, unit)


@pytest.mark.parametrize(
    ("text", "lang"), [(" мекемелерден келді", "kk"), (" қалада тұрады", "kk"), (" өсіп келді", "kk")]
)
def test_a_kazakh_plural_in_a_case_a_place_or_a_verb_is_not_counted(text: str, lang: str) -> None:
    assert head_behind(text, lang) is None


@pytest.mark.parametrize(
    ("text", "before", "word", "unit"),
    [
        (" more boats came", "", "boat", ""),
        (" more than boats", "", None, None),
        (" registered voters came", "", "voter", "persons"),
        (" attended", "", "", "persons"),
        (" attended classes", "Only ", "", "persons"),
        (" boats costs about", "", "boat", ""),
        (" boats in ports", "", "boat", ""),
        (" of their old boats", "", "boat", ""),
        (" of their very old boats", "", None, None),
        (" legal entities", "", "legal entities", ""),
        (" large", "", "", ""),
        (" very large old wooden boats", "", "", ""),  # the fifth word is not looked at
        (" large old wooden boats", "", "boat", ""),
    ],
)
def test_an_english_number_governs_the_last_plural_before_a_verb(
    text: str, before: str, word: str | None, unit: str | None
) -> None:
    head = head_behind(text, "en", before)
    assert ((None, None) if head is None else (head.word, head.unit)) == (word, unit)
