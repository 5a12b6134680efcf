"""Lists whose entries open with a verb, figures among them or not."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

Verdicts: TypeAlias = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Эксперты предлагают пять мер: продлить практику до девяти месяцев, ввести наставничество, "
            "обязать работодателя заключать договор заранее, расширить сельскую квоту и наладить учёт "
            "результатов через год после выхода.",
            "holds",
        ),
        (
            "Эксперты предлагают шесть мер: продлить практику до девяти месяцев, ввести "
            "наставничество, обязать работодателя заключать договор заранее, расширить сельскую квоту "
            "и наладить учёт результатов.",
            "fails",
        ),
        ("Поставлены три задачи: создать портал, обучить 120 сотрудников и проверить данные.", "holds"),
        ("Поставлены четыре задачи: создать портал, обучить 120 сотрудников и проверить данные.", "fails"),
        ("Есть два предложения: сократить сроки и ввести штрафы.", "holds"),
        ("Намечены четыре шага: собрать заявки; провести отбор; обучить людей; оценить итоги.", "holds"),
        ("The plan has three tasks: to open 40 schools, to train staff and to pay them on time.", "holds"),
        ("The plan has four tasks: to open 40 schools, to train staff and to pay them on time.", "fails"),
        ("We had two aims: to map the accounts, and to count their posts.", "holds"),
        (
            "The report makes three recommendations: to extend the scheme by a year, to raise the "
            "quota to 30 per cent, and to publish results.",
            "holds",
        ),
        ("The strategy has five goals: to cut costs, to save water, to plant trees.", "fails"),
        ("The ministry set four priorities: to listen, to answer, to explain and to learn.", "holds"),
        ("Сарапшылар үш шара ұсынады: мерзімді ұзарту, 120 адамды оқыту және есепті жолға қою.", "holds"),
        ("Сарапшылар төрт шара ұсынады: мерзімді ұзарту, 120 адамды оқыту және есепті жолға қою.", "fails"),
        ("Екі ұсыныс бар: мерзімді қысқарту және айыппұл енгізу.", "holds"),
        (
            "Бес міндет қойылды: портал құру, мамандарды оқыту, деректерді тексеру, есеп беру және қорытынды шығару.",
            "holds",
        ),
        ("Үш бағыт белгіленді: жолдарды жөндеу, суды үнемдеу, ағаш отырғызу.", "holds"),
        ("Төрт қадам жасалады: өтінім жинау, іріктеу, оқыту және бағалау.", "holds"),
    ],
)
def test_a_list_of_verbs_is_counted(verdicts: Verdicts, text: str, verdict: str) -> None:
    assert verdicts(text, "list_length") == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Эксперты предлагают три меры: ввести наставничество, чтобы новички не уходили, и продлить срок.",
        "Есть две задачи: ввести и закрепить наставничество, продлить срок.",
        "The plan has two tasks: to find and train staff, to pay them.",
        "Екі міндет бар: портал құру және іске қосу, мамандарды оқыту.",
        "Три меры уже приняты: наставничество, квоты, договоры, а также и др.",
    ],
)
def test_what_may_be_counted_otherwise_is_quiet(verdicts: Verdicts, text: str) -> None:
    assert "fails" not in verdicts(text, "list_length")
