"""One number of one noun told twice: the same, misprinted, or another one."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting.misprints import is_carried
from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]


def verdicts(tmp_path: Path, text: str, *why: str) -> list[str]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings[["relation_id", "verdict"]].merge(
        found.relations[["relation_id", "kind", "why"]], on="relation_id"
    )
    return [str(verdict) for verdict in rows[rows["why"].isin(why or ("again", "misprint"))]["verdict"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The letter was answered by 346 mayors. Among the 346 mayors 120 were women.", ["holds"]),
        ("The letter was answered by 346 mayors. Among the 364 mayors 120 were women.", ["fails"]),
        ("The letter was answered by 346 mayors. Among 512 mayors of the south 120 were women.", []),  # others
        ("Анкету заполнили 1 283 учителя. Среди 1 238 учителей 640 живут в сёлах.", ["fails"]),
        ("Сұраққа 1 346 мұғалім жауап берді. 1 364 мұғалімнің ішінен көбі ауылда тұрады.", ["fails"]),
        ("Опрос 1 680 жителей проведён по почте. Из 1 860 опрошенных 1 023 живут в сёлах.", ["fails"]),
        ("In all 1,270 citizens took part.\n\nAs noted above, 2,390 citizens took part.", []),  # no misprint
        ("In all 1,270 citizens took part.\n\nAs noted above, 2,390 pupils took part.", []),
        ("Портал открыт для всех, в его перечне 352 услуги. Число услуг увеличилось с 176 до 352.", ["holds"]),
        (  # others, whatever words they share
            "In spring 1,270 citizens took part by post, mostly pensioners.\n\n"
            "As noted above, in autumn 2,390 citizens took part, mostly students.",
            [],
        ),
        ("The portal lists 352 services. In four years the number of services rose to 352.", ["holds"]),
        ("The portal lists 352 services. In four years the number of clerks rose to 352.", []),
    ],
)
def test_a_number_taken_up_is_the_one_told(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert verdicts(tmp_path, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Abstract\n\nWe read 31,415 letters sent by 218 schools.\n\nData\n\nAll 281 schools were visited.",
        "We read 31,415 letters.\n\nIn the end the 31,451 letters were coded.",
        "We filmed 72 lessons.\n\nTeachers liked the 27 lessons.",
        "Аннотация. Изучены 430 писем 18 школ.\n\nДанные. Все 340 писем прочитаны дважды.",
        "Опрошено 2 318 жителей. Мы благодарим всех 2 381 участников опроса.",
        "Прочитано 41 650 писем.\n\nИтак, 41 560 писем – немало.",
        "Түйін. Мақалада 216 мектеп қарастырылады.\n\nНәтижесінде 261 мектеп қалды.",
        "Сауалнамаға 1 460 адам қатысты. Сұралған 1 640 қатысушының көбі қалада тұрады.",
        "Біз 52 360 хабарлама оқыдық.\n\nСонымен, 53 260 хабарлама – аз емес.",
    ],
)
def test_a_misprint_of_a_number_told_as_known_fails(tmp_path: Path, text: str) -> None:
    assert verdicts(tmp_path, text).count("fails") == 1


@pytest.mark.parametrize(
    "text",
    [
        "We wrote to 96 clubs. Within a week 36 had answered. Four of the 36 answers were short.",
        "The study is of 36 states.\n\nAmong 36 countries Peru is ninth.",
        "Собраны письма 27 государств.\n\nСреди 27 стран Перу занимает девятое место.",
        "Мақалада 27 мемлекет қарастырылады.\n\n27 елдің ішінде Перу тоғызыншы орында.",
        "Опрошено 1 624 жителя. Далее – о погоде. Все 1 624 респондента живут в области.",
    ],
)
def test_the_same_number_of_one_noun_is_drafted(tmp_path: Path, text: str) -> None:
    assert verdicts(tmp_path, text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "The survey had 1,350 respondents. In the second wave the 1,530 respondents were younger.",
        "In Peru 120 schools answered. In Chad 130 schools answered. All 130 schools are rural.",
        "In 2019 there were 64 clubs. In 2023 the 84 clubs had pages.",
        "The number of schools rose from 218 to 281. All 281 schools have pages.",
        "We read 218 letters. Another 281 letters came later.",
        "Программой охвачены 48 школ. Ещё 84 школы ждут очереди. Из 84 школ 12 сельские.",
        "В 2019 году было 64 школы. В 2023 году из 84 школ 41 вела страницу.",
        "Былтыр 216 мектеп қатысты. Биыл 261 мектептің ішінен 40-ы жеңді.",
        "216 мектеп қатысты. Тағы 261 мектептің оқушылары кейін келді.",
        "Each school has 18 pupils on average. All 81 pupils came.",
    ],
)
def test_other_numbers_of_a_noun_are_left_alone(tmp_path: Path, text: str) -> None:
    assert "fails" not in verdicts(tmp_path, text)


def test_a_carried_digit_is_one_off(one: Made) -> None:
    pairs = [("2,912", "3,012", True), ("2,912", "3,112", False), ("999", "1,000", False), ("47", "48", True)]
    for first, second, is_one in pairs:
        figures = [one(float(text.replace(",", "")), printed=text) for text in (first, second)]
        assert is_carried(*figures) is is_one


def test_what_is_recalled_is_not_the_number_beside_it(tmp_path: Path) -> None:
    text = (
        "Страницы есть у 36 школ из 215 школ области. Таким образом, у 215 школ, о которых шла речь выше, мало страниц."
    )
    assert "fails" not in verdicts(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report has four recommendations – openness, speed, training and money.", ["holds"]),
        ("The report has five recommendations – openness, speed, training, money.", ["fails"]),
        ("В отчёте три вывода – открытость, скорость, обучение, деньги.", ["fails"]),
        ("Есепте төрт ұсыным бар – ашықтық, жылдамдық, оқыту, ақша.", ["holds"]),
        ("Нәтиже 9 мақалада жарияланды: үшеуі журналда, төртеуі жинақта, екеуі кітапта.", []),
        ("The findings are in 9 papers: three in journals, four in volumes, two in books.", []),
    ],
)
def test_entries_behind_a_dash_and_parts_with_their_numbers(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert verdicts(tmp_path, text, "list_colon") == expected


def test_a_list_of_propositions_is_counted(tmp_path: Path) -> None:
    text = "Автор төрт тұжырым ұсынады:\n\n1. Желі өседі.\n\n2. Тіл маңызды.\n\n3. Оқу керек."
    assert verdicts(tmp_path, text, "list_items") == ["fails"]
