"""Lists by ordinals, stages of a body and names cited in a case, in three languages; verdicts worked out by hand."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def verdicts(tmp_path: Path, text: str, kind: str) -> list[tuple[str, str]]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    printed = found.figures.set_index("claim_id")["as_printed"]
    told = dict(zip(found.findings["relation_id"], found.findings["verdict"], strict=True))
    rows = found.relations[found.relations["kind"] == kind]
    return [
        (printed[str(left).split()[0]], told[number])
        for number, left in zip(rows["relation_id"], rows["left"], strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Видны три тенденции. Во-первых, цены. Во-вторых, спрос. В-третьих, долги.", ("три", "holds")),
        ("Видны четыре тенденции. Во-первых, цены. Во-вторых, спрос. В-третьих, долги.", ("четыре", "fails")),
        ("Four lessons follow. The first is about money, the second about time, the third about patience.",
         ("Four", "fails")),
        ("Үш қорытынды шығады. Біріншісі баға туралы, екіншісі уақыт туралы, үшіншісі төзім туралы.", ("Үш", "holds")),
        ("Ең көп оқылатын үш арна – Мәскеудегі (12 740), Анкарадағы (8 315) және Берлиндегі (6 902) арналар.",
         ("үш", "holds")),
    ],
)  # fmt: skip
def test_a_list_told_by_ordinals_or_shares_is_counted(tmp_path: Path, text: str, found: tuple[str, str]) -> None:
    assert found in verdicts(tmp_path, text, "list_length")


@pytest.mark.parametrize(
    "text",
    [
        "The programme has three stages. The first took a year, the second is under way.",
        "Программа включает три этапа. Первый этап завершён в 2021 году. Второй начался в 2022 году.",
    ],
)
def test_a_list_that_goes_on_elsewhere_is_not_said_to_be_short(tmp_path: Path, text: str) -> None:
    assert verdicts(tmp_path, text, "list_length") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Peru, which began its satellite channel in 2002 and moved to streams in 2019, is one.", [("2002", "holds")]),
        ("The centre was founded in 1998 and renamed in 1995.", [("1998", "fails")]),
        ("Центр основан в 1998 году и преобразован в 1995 году.", [("1998 году", "fails")]),
        ("Орталық 1998 жылы құрылды және 2004 жылы қайта құрылды.", [("1998 жылы", "holds")]),
        ("The forum opened in 2019 for visitors from abroad and the hall closed in 2015.", []),
        ("The country introduced visas in 2019 and the ministry renamed them in 2015.", []),
    ],
)
def test_a_body_is_founded_before_it_is_changed(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(tmp_path, text, "date_order") == found


@pytest.mark.parametrize(
    ("cited", "entry", "verdict"),
    [
        ("Омаровтың (2018) айтуынша, солай.", "1. Омаров Г. Цифрлық орта. – Алматы: Білім, 2019. – 90 б.", "fails"),
        ("Б. Омаровтың еңбегінде (2019) солай.", "1. Омаров Б. Цифрлық орта. – Алматы: Білім, 2019. – 90 б.", "holds"),
        ("It is so in Barker's study (2011).", "Barker, D. R. (2012) Radio. Leeds: Hill.\nAllen, C. (2015) Air. Ely.",
         "fails"),
    ],
)  # fmt: skip
def test_a_name_in_a_case_is_that_of_its_entry(tmp_path: Path, cited: str, entry: str, verdict: str) -> None:
    heading = "References" if cited.isascii() else "Әдебиеттер тізімі"
    found = verdicts(tmp_path, f"{cited}\n\n{heading}\n\n{entry}\n", "same_date")
    assert [told for _, told in found] == [verdict]


def test_dates_of_the_paper_behind_its_references_are_its_own(tmp_path: Path) -> None:
    text = (
        "Әдебиеттер тізімі\n\n1. Омаров Г. Цифрлық орта. – Алматы: Білім, 2019. – 90 б.\n\n"
        "Мақала редакцияға 14.09.2024 түсті, жариялауға 03.08.2024 қабылданды.\n"
    )
    assert ("14.09.2024", "fails") in verdicts(tmp_path, text, "date_order")


@pytest.mark.parametrize(
    "text",
    [
        "The exhibition was open from 12 June 2024 to 3 June 2024.",
        "Interviews were held from 12 May to 3 May 2022.",
        "Опрос проведён с 17 мая 2024 года по 4 марта 2024 года.",
        "Опрос проведён с 17 мая по 4 марта 2024 года.",
        "The polls took place between 12 June 2024 and 3 June 2024.",
        "Сауалнама 2024 жылғы 17 мамырдан 2024 жылғы 4 наурызға дейін жүргізілді.",
        "Сауалнама 2024 жылғы 17 мамырдан 4 наурызға дейін жүргізілді.",
        "Registration is open until 3 March 2025, and the conference will be held on 20 February 2025.",
        "Заявки принимаются до 3 марта 2025 года; итоги подведут 20 февраля 2025 года.",
        "Тіркелу 2025 жылғы 1 мамырға дейін ашық, конференция 2025 жылғы 15 сәуірде өтеді.",
    ],
)
def test_a_period_told_backwards_and_a_call_behind_its_event_fail(tmp_path: Path, text: str) -> None:
    assert [verdict for _, verdict in verdicts(tmp_path, text, "date_order")] == ["fails"]


@pytest.mark.parametrize(
    "text",
    [
        "Interviews were held from 3 May to 12 May 2022.",
        "The conference was moved from 17 May 2024 to 4 March 2024.",
        "We compared messages from 5 May 2024 and 3 March 2023.",
        "Итоги сравнили с 5 мая 2024 года и 3 марта 2023 года.",
        "Форум перенесли с 17 мая 2024 года на 4 марта 2024 года.",
        "Форум 2024 жылғы 17 мамырдан 2024 жылғы 4 наурызға ауыстырылды.",
        "Registration is open until 3 March 2025, and the conference will be held on 20 April 2025.",
        "Results of the last call were published on 1 February 2025, and applications close on 3 March 2025.",
    ],
)
def test_periods_in_order_and_days_that_were_moved_do_not(tmp_path: Path, text: str) -> None:
    assert "fails" not in [verdict for _, verdict in verdicts(tmp_path, text, "date_order")]
