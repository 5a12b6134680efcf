"""Dates in the order of a schedule, and periods told backwards."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def verdicts(folder: Path, text: str) -> list[str]:
    """Verdicts of the drafts of dates in order."""
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    review = drafting.review(sources.read_paper(path), document="NEW")
    told = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
    rows = review.relations[review.relations["kind"] == "date_order"]
    return [str(told.get(name)) for name in rows["relation_id"]]


@pytest.mark.parametrize(
    "text",
    [
        "Full papers are to be submitted by 30 November 2023; the editors will "
        "notify authors of their decision on 15 January 2024.",
        "Registration is open until 3 March 2025, and the conference will be held on 20 April 2025.",
        "Interviews ended on 4 May 2024. The findings were released on 9 June 2024.",
        "Заявки принимаются до 3 марта 2025 года; итоги подведут 20 марта 2025 года.",
        "Сроки проведения: с 4 марта 2024 года по 17 мая 2024 года. Заключение утверждено 14 июня 2024 года.",
        "Өтінімдер 2025 жылғы 3 наурызға дейін қабылданады; нәтижелер 2025 жылғы 20 наурызда жарияланады.",
        "Сауалнама 2024 жылғы 17 мамырда аяқталды. Есеп 2024 жылғы 2 маусымда жарияланды.",
    ],
)
def test_a_schedule_in_order_holds(tmp_path: Path, text: str) -> None:
    assert verdicts(tmp_path, text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "Full papers are to be submitted by 30 November 2023; the editors will "
        "notify authors of their decision on 15 October 2023.",
        "Applications close on 3 March 2025. The winners will be announced on 20 February 2025.",
        "The survey was carried out until 30 November 2024. The report was published on 15 October 2024.",
        "The exhibition was open from 12 June 2024 to 3 June 2024.",
        "The mission worked from 17 May 2024 to 4 March 2024.",
        "Заявки принимаются до 3 марта 2025 года; итоги подведут 20 февраля 2025 года.",
        "Регистрация открыта до 1 мая 2025 года. Конференция состоится 15 апреля 2025 года.",
        "Опрос завершён 17 мая 2024 года. Отчёт опубликован 2 апреля 2024 года.",
        "Опрос проведён с 17 мая 2024 года по 4 марта 2024 года.",
        "Выставка работала с 12 июня 2024 года по 3 июня 2024 года.",
        "Өтінімдер 2025 жылғы 3 наурызға дейін қабылданады; нәтижелер 2025 жылғы 20 ақпанда жарияланады.",
        "Тіркелу 2025 жылғы 1 мамырға дейін ашық. Конференция 2025 жылғы 15 сәуірде өтеді.",
        "Сауалнама 2024 жылғы 17 мамырда аяқталды. Есеп 2024 жылғы 2 сәуірде жарияланды.",
        "Сауалнама 2024 жылғы 17 мамырдан 2024 жылғы 4 наурызға дейін жүргізілді.",
    ],
)
def test_a_schedule_out_of_order_fails(tmp_path: Path, text: str) -> None:
    assert verdicts(tmp_path, text) == ["fails"]


@pytest.mark.parametrize(
    "text",
    [
        "The conference was moved from 17 May 2024 to 4 March 2024.",
        "The survey of last year was published on 15 October 2024; applications close on 3 March 2025.",
        "Форум перенесли с 17 мая 2024 года на 4 марта 2024 года.",
        "Результаты прошлого конкурса опубликованы 1 февраля 2025 года; заявки принимаются до 3 марта 2025 года.",
        "Закон принят 4 мая 2023 года, а опрос проведён 1 марта 2023 года.",
        "Өткен байқаудың нәтижелері 2025 жылғы 1 ақпанда жарияланды; өтінімдер "
        "2025 жылғы 3 наурызға дейін қабылданады.",
        "Форум 2024 жылғы 17 мамырдан 2024 жылғы 4 наурызға ауыстырылды.",
        "The share fell between 2019 and 2023. Data were collected on 4 May 2024.",
    ],
)
def test_dates_of_other_schedules_are_quiet(tmp_path: Path, text: str) -> None:
    assert "fails" not in verdicts(tmp_path, text)
