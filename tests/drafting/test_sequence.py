"""Days in the order that adverbs tell, or that mending tells."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

Verdicts: TypeAlias = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The list was published on 12 June 2023. Before that, on 3 May 2023, it had been checked by hand.", "holds"),
        ("The list was published on 12 June 2023. Before that, on 3 July 2023, it had been checked by hand.", "fails"),
        ("The forms went out on 5 April 2022, and later, on 20 April 2022, a reminder was sent.", "holds"),
        ("The forms went out on 5 April 2022, and then, on 20 March 2022, a reminder was sent.", "fails"),
        ("The outage hit the portal on 17 May 2024. The outage was repaired on 15 May 2024.", "fails"),
        ("The fault blocked 200 pages on 4 May 2024. The fault was fixed on 6 May 2024.", "holds"),
        (
            "The outage hit the portal on 17 May 2024. Nobody could write. The outage was repaired on 15 May 2024.",
            "fails",
        ),
        ("Из-за сбоя 17 мая 2024 года портал молчал. Писать никто не мог. Сбой устранили 15 мая 2024 года.", "fails"),
        ("The site was tested on 4 March 2021. The mobile version followed on 20 May 2021.", "holds"),
        ("The council met on 9 March 2020. Afterwards, on 2 February 2020, the minutes were signed.", "fails"),
        ("Реестр опубликован 12 июня 2023 года. До этого, 3 мая 2023 года, его сверили вручную.", "holds"),
        ("Реестр опубликован 12 июня 2023 года. До этого, 3 июля 2023 года, его сверили вручную.", "fails"),
        ("Анкеты разосланы 5 апреля 2022 года, а затем, 20 апреля 2022 года, отправлено напоминание.", "holds"),
        ("Анкеты разосланы 5 апреля 2022 года, а затем, 20 марта 2022 года, отправлено напоминание.", "fails"),
        ("Из-за сбоя 17 мая 2024 года портал не открывался. Сбой устранили 15 мая 2024 года.", "fails"),
        ("Пожар начался 4 мая 2024 года на складе. Пожар потушили 6 мая 2024 года.", "holds"),
        ("Совет собрался 9 марта 2020 года. Позднее, 12 марта 2020 года, подписан протокол.", "holds"),
        ("Совет собрался 9 марта 2020 года. После этого, 2 марта 2020 года, подписан протокол.", "fails"),
        ("Тізім 2023 жылғы 12 маусымда жарияланды. Бұдан бұрын, 2023 жылғы 3 мамырда, ол қолмен тексерілді.", "holds"),
        ("Тізім 2023 жылғы 12 маусымда жарияланды. Оның алдында, 2023 жылғы 3 шілдеде, ол қолмен тексерілді.", "fails"),
        ("Сауалнама 2022 жылғы 5 сәуірде таратылды, содан кейін, 2022 жылғы 20 сәуірде, еске салу жіберілді.", "holds"),
        (
            "Сауалнама 2022 жылғы 5 сәуірде таратылды, бір апта өткен соң, одан кейін, 2022 жылғы 20 "
            "наурызда, еске салу жіберілді.",
            "fails",
        ),
        ("Апат 2024 жылғы 17 мамырда болды. Апат салдары 2024 жылғы 15 мамырда жойылды.", "fails"),
        ("Кеңес 2020 жылғы 9 наурызда жиналды. Кейіннен, 2020 жылғы 12 наурызда, хаттамаға қол қойылды.", "holds"),
        ("Ереже 2021 жылғы 15 қазанда талқыланды, екі айдан кейін, 2021 жылғы 15 қыркүйекте, ол таратылды.", "fails"),
        ("Көрме 2022 жылғы 4 мамырда өтті. Бұдан бұрын, 2022 жылғы 1 сәуірде, байқау жарияланды.", "holds"),
    ],
)
def test_days_follow_one_another_as_adverbs_and_mending_tell(verdicts: Verdicts, text: str, verdict: str) -> None:
    assert verdicts(text, "date_order") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The report came out on 5 May 2021. The next round is planned later, on 3 April 2022.",
        "The report of 5 May 2021 names 40 firms. On 3 April 2021 the ministry had 20.",
        "The fault of 17 May 2024 was long. Nobody wrote. Many called. The fault was repaired on 15 May 2024.",
        "The outing was on 17 May 2024. The outage was repaired on 15 May 2024.",
        "Отчёт вышел 5 мая 2021 года. Следующий замер пройдёт позднее, 3 апреля 2021 года.",
        "Отчёт вышел 5 мая 2021 года. На 3 апреля 2021 года в списке было 40 фирм.",
        "Есеп 2021 жылғы 5 мамырда шықты. Келесі өлшем кейіннен, 2021 жылғы 3 сәуірде, жоспарланған.",
        "Есеп 2021 жылғы 5 мамырда шықты. 2021 жылғы 3 сәуірде тізімде 40 фирма болды.",
    ],
)
def test_what_is_planned_or_has_no_adverb_is_in_no_order(verdicts: Verdicts, text: str) -> None:
    assert verdicts(text, "date_order") == []
