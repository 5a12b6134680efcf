"""One word for one thing, and one dash, in every text of a language: figures, pages, commands, refusals, notebooks."""

import re
from collections.abc import Callable

import pytest

Texts = Callable[[str], list[tuple[str, str]]]

FORBIDDEN = {
    "kk": {
        r"баспагер": "жариялаушы",
        r"пәрмен": "команда",
        r"опция": "параметр",
        r"қайта жіберу|хабарламасын жібереді": "қайта тарату",
        r"профил": "бейін",
        r"балл?дар\b": "ұпай",
        r"мәлімдеме(?!сі емес)": "тұжырым",
        r"GRIM тест": "GRIM сынағы",
        r"[Тт]аралу деңгей": "ену деңгейі",
        r"[Өө]лшенген орташа": "салмақталған орташа",
        r"[Іі]ріктеу қате|[Іі]ріктеме қателі": "іріктеме қатесі",
        r"біркелкісіздік сүзгі": "айырмашылық сүзгісі",
        r"желілік билік": "желі билігі",
        r"\bтип(?:і|ін|інен|іне|тер|тері|терді)?\b": "түр",
        r"(?<!Заттар )\bинтернет": "Интернет",
        r"Интернет пайдаланушылар(?!ы)": "Интернет пайдаланушылары",
        r"[Бб]айланыс орталығы": "колл-орталық",
        r"(?<!-)\b[Тт]үсті революция": "түрлі-түсті революция",
        r"[Нн]ұсқар": "бағыттама",
        r"[Пп]аспорт": "төлқұжат",
        r"жасақтама": "қамтылым",
        r"т\. б\.": "т.б.",
        r"Австри|Австрали": "Аустрия, Аустралия, as figures name them",
        r"\bқойма": "репозиторий",
        r"\bбал(?:ы|дар)\b|баллға": "ұпай",
        r"\bинтервал": "аралық",
        r"%\s(?:мен|пен)\b": "% бен",  # пайыз бен
    },
    "ru": {
        r"площадк|площадок": "платформа",
        r"call-центр": "колл-центр",
        r"соцсет": "социальные сети",
        r"\bинтернет(?:а|е|ом|у)?\b(?! вещей)": "Интернет",
        r"учётн\w+ запис": "аккаунт",
        r"высказывани": "утверждение",
        r"сетев(?:ая|ой) власт": "власть сети",
        r"(?<=\w )(?:Рейтинг|Индекс|Коэффициент|Колонка)": "a small letter within a sentence",
        r"[Ии]здания(?:х|м)? обзора|\bИздание\b": "выпуск",
        r"\bостов": "костяк",
        r"\bопрошенн(?:ых|ым|ому)\b": "респондент",
        r"\bхранилищ": "репозиторий",
        r"\b[Вв]ердикт": "вывод",
        r"\bрасчёт\w* перебора|файл расчёта|ни одного расчёта": "запуск",
        r"\bне ясн[оы]\b": "неясно",
        r"[A-Z][a-zà-ž]+ & [A-Z]": "и, between two authors",
        r"\bet al\.": "и др.",
    },
}
"""Forms that must not occur, by language, each with the word that stands for the thing."""

DASH = {"range.forms", "notice.power_undefined"}  # which name the dash itself


@pytest.mark.parametrize(
    ("lang", "form"), [(lang, form) for lang, forms in FORBIDDEN.items() for form in forms], ids=str
)
def test_one_word_stands_for_one_thing(lang: str, form: str, texts: Texts) -> None:
    assert [(where, text) for where, text in texts(lang) if re.search(form, text)] == [], FORBIDDEN[lang][form]


@pytest.mark.parametrize("lang", FORBIDDEN)
def test_words_are_parted_by_one_dash_that_of_numbers_has_no_blanks(lang: str, texts: Texts) -> None:
    assert [where for where, text in texts(lang) if " – " in text and where not in DASH] == []


@pytest.mark.parametrize(
    ("lang", "text", "form"),
    [
        ("kk", "баспагер айтқан", r"баспагер"),
        ("kk", "5 % мен 10 % аралығы", r"%\s(?:мен|пен)\b"),
        ("ru", "рейтинги согласуются (по Коэффициенту)", r"(?<=\w )(?:Рейтинг|Индекс|Коэффициент|Колонка)"),
    ],
)
def test_forbidden_forms_are_found(lang: str, text: str, form: str) -> None:
    assert form in FORBIDDEN[lang]
    assert re.search(form, text)
