"""The first or last day of what a period covers."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

Verdicts: TypeAlias = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Interviews were held from 3 May to 28 May 2022. "
            "The first respondents were questioned on 1 May 2022.",
            "fails",
        ),
        (
            "Interviews were held from 3 May to 28 May 2022. "
            "The first of these talks took place on 3 May 2022.",
            "holds",
        ),
        (
            "We watched 40 accounts between 10 January and 30 January 2023. Altogether 812 messages were collected; "
            "the last message was posted on 29 January 2023.",
            "holds",
        ),
        ("Forms came in from 3 June to 28 June 2022. Reminders went out on 15 June 2022.", "holds"),
        ("The survey lasted from 3 June to 28 June 2022; a reminder was sent on 2 July 2022.", "fails"),
        ("Опрос шёл с 1 по 20 мая 2022 года. Напоминание отправлено 27 мая 2022 года.", "fails"),
        ("Опрос проводился с 12 по 30 апреля 2021 года. Последние анкеты собраны 4 мая 2021 года.", "fails"),
        ("Опрос проводился с 12 по 30 апреля 2021 года. Первые ответы получены 13 апреля.", "holds"),
        (
            "Сұхбаттар 2022 жылғы 3 мамыр мен 28 мамыр аралығында жүргізілді. "
            "Алғашқы сұхбат 2022 жылғы 1 мамырда өткізілді.",
            "fails",
        ),
        ("Сауалнама 2021 жылғы 12 сәуірден 30 сәуірге дейін өтті. Соңғы жауап 30 сәуірде келді.", "holds"),
    ],
)  # fmt: skip
def test_what_a_survey_gathers_first_and_last_comes_in_while_it_lasts(
    verdicts: Verdicts, text: str, verdict: str
) -> None:
    assert verdicts(text, "dates_within") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The survey ran from 3 May to 28 May 2022. The last election was held on 12 June 2022.",
        "The survey ran from 3 May to 28 May 2022. The last answers were published on 12 June 2022.",
        "Applications were accepted from 1 March to 20 March 2023. "
        "The last application came in on 25 March, after the deadline.",
        "The call was open from March to May 2023. The last application came in on 25 June 2023.",
        "Приём обращений шёл с 1 по 20 марта 2023 года. Последнее обращение рассмотрено 2 апреля 2023 года.",
        "Өтініштер 2023 жылғы 1 наурыздан 20 наурызға дейін қабылданды. "
        "Соңғы өтініш мерзімнен кейін, 25 наурызда түсті.",
    ],
)  # fmt: skip
def test_later_steps_and_what_is_told_to_lie_outside_are_no_contradiction(verdicts: Verdicts, text: str) -> None:
    assert verdicts(text, "dates_within") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We coded posts of 20 missions between 1 March 2022 and 31 May 2022. The relay began on 16 "
            "April 2022, well inside the period studied.",
            ["holds"],
        ),
        (
            "We coded posts of 20 missions between 1 March 2022 and 31 May 2022. A post on floods published "
            "on 12 July 2022 is also part of our corpus.",
            ["fails"],
        ),
        (
            "We coded posts of 20 missions between 1 March 2022 and 31 May 2022. The most viewed post was "
            "published on 9 April 2022.",
            ["holds"],
        ),
        (
            "We coded posts of 20 missions between 1 March 2022 and 31 May 2022. A post of 12 July 2022 is "
            "not part of our corpus.",
            [],
        ),
        (
            "Calls took place from 3 to 20 May 2023.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nThe "
            "last call, with a student, was recorded on 24 May 2023.",
            ["fails"],
        ),
        (
            "Выборка охватывает период с 1 марта по 30 июня 2022 года. Запись о выставке, появившаяся 12 "
            "мая 2022 года, входит в наш корпус.",
            ["holds"],
        ),
        (
            "Выборка охватывает период с 1 марта по 30 июня 2022 года. Пост о выставке от 12 июля 2022 года "
            "тоже попадает в выборку.",
            ["fails"],
        ),
        (
            "Выборка охватывает период с 1 марта по 30 июня 2022 года. Пост о выставке от 12 июля 2022 года "
            "не входит в корпус.",
            [],
        ),
        (
            "Мы собирали записи с 1 марта по 30 июня 2022 года. Самая популярная запись опубликована 9 "
            "апреля 2022 года.",
            ["holds"],
        ),
        (
            "Таңдау 2022 жылғы 1 наурыздан 30 маусымға дейінгі кезеңді қамтиды. 2022 жылғы 12 шілдеде "
            "шыққан жазба да корпусқа кіреді.",
            ["fails"],
        ),
        (
            "Таңдау 2022 жылғы 1 наурыздан 30 маусымға дейінгі кезеңді қамтиды. 2022 жылғы 12 мамырда "
            "шыққан жазба корпусқа енген.",
            ["holds"],
        ),
        (
            "Таңдау 2022 жылғы 1 наурыздан 30 маусымға дейінгі кезеңді қамтиды. 2022 жылғы 12 шілдедегі "
            "жазба корпусқа кірген емес.",
            [],
        ),
    ],
)
def test_what_a_corpus_holds_or_a_survey_ends_with_is_of_its_period(
    verdicts: Verdicts, text: str, wanted: list[str]
) -> None:
    assert verdicts(text, "dates_within") == wanted
