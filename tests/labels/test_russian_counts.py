"""Russian texts ask for the form of what a number counts, and of the verb beside it: 1 связь, 2 связи, 5 связей."""

import re

import pandas as pd
import pymorphy3
import pytest

from digital_diplomacy import figures, labels

WORDS = pymorphy3.MorphAnalyzer()
COUNTS = (
    r"(?:[a-z_]*count|n|first_n|last_n|total|all|shown|known|whole|rows|models|states|editions|pairs|actors|members|"
    r"others|movers|beyond|agree|failed|draws|akimats|units|tables|documents_n|likely_sample|figures_that_fit|value|low)"
)
"""Fields that hold how many there are; a value and a low end may, unless a percent sign follows."""

OF_A_NUMBER = {"требует", "связывает", "называют", "противоречат", "соответствуют", "обращает"}
"""Verbs whose subject is another word of their text: the number says how many they speak of."""

IMPERSONAL = {"опрошено", "напечатано"}  # of a noun in the genitive before them, whatever the number
OF_TIES = {"finding.network_platforms_tie"}  # several are first, so never one


def bare(text: str) -> list[str]:
    """Counts without forms beside a noun in the plural, or beside a verb that they are the subject of."""
    found = []
    for field in re.finditer(rf"(?:(?P<before>[а-яё]+) )?\{{{COUNTS}\}}(?! %)(?: (?P<behind>[а-яё]+))?", text):
        before, behind = (WORDS.parse(word)[0].tag if word else None for word in (field["before"], field["behind"]))
        noun = behind is not None and behind.POS in ("NOUN", "ADJF", "PRTF") and "plur" in behind
        verbs = [
            word
            for word, tag in ((field["before"], before), (field["behind"], behind))
            if tag is not None and tag.POS in ("VERB", "PRTS") and word not in OF_A_NUMBER | IMPERSONAL
        ]
        if noun or verbs:
            found.append(field[0])
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("из {n} государств", ["из {n} государств"]),
        ("относятся {value}", ["относятся {value}"]),
        ("{later_count} датированы", ["{later_count} датированы"]),
        ("из {n:|# государства|# государств|# государств|# государства}", []),
        ("документы называют {value} из {others} средств", ["{others} средств"]),
        ("приходится {value} % сообщений", []),
        ("государств — {n}, из них", []),
    ],
)
def test_bare_counts_are_found(text: str, found: list[str]) -> None:
    assert bare(text) == found


def test_counts_ask_for_the_form_of_what_stands_beside_them() -> None:
    texts = {code: row["ru"] for code, row in labels._texts().items() if not code.startswith("count.")}
    places = {"sentence.answer_chronology_order", "fetching.fault.outside"}  # another sentence begins behind the number
    told = {code: bare(text) for code, text in texts.items() if code not in OF_TIES | places}
    assert {code: found for code, found in told.items() if found} == {}


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        (
            "sentence.rank_fixed",
            {"period": "2024", "value": "1", "n": "191"},
            "Выпуск 2024 года: единственное возможное место имеет 1 из 191 государства.",
        ),
        (
            "sentence.rank_fixed",
            {"period": "2024", "value": "177", "n": "193"},
            "Выпуск 2024 года: единственное возможное место имеют 177 из 193 государств.",
        ),
        (
            "sentence.answer_citations_country",
            {"n": "99", "country": "Кыргызстан", "value": "1"},
            "Из процитированных авторов и организаций (99) к самой стране (Кыргызстан) относится 1.",
        ),
        (
            "finding.world_penetration_highest",
            {"entity": "Дания", "period": "2022", "value": "97,7", "n": "181"},
            "Дания, 2022: в сети 97,7 %, это самая высокая доля среди 181 страны",
        ),
        (
            "finding.claims_power",
            {"of_hundred": "58"},
            "Из каждых 100 возможных опечаток в напечатанных показателях было бы замечено 58",
        ),
        (
            "finding.messages_ranks_open",
            {"n": "1", "actors": "30"},
            "Кто первый, неясно: до первого места доходит отрезок 1 из 30 акторов",
        ),
        (
            "finding.audiences_compared_lead",
            {"left": "Россия", "right": "Казахстан", "period": "2018", "least": "1,1", "most": "2,4"},
            "Россия: подписчиков у министерства иностранных дел больше в 1,1–2,4 раза "
            "(страна для сравнения: Казахстан, 2018)",
        ),
    ],
)
def test_numbers_and_words_agree(code: str, values: dict[str, str], said: str) -> None:
    assert labels.text(code, "ru", **values) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", "ОАЭ, 2023: в сети 100 %; большей доли нет ни у одной из 181 страны"),
        ("en", "United Arab Emirates, 2023: 100% online; none of 181 countries has a higher share"),
    ],
)
def test_none_is_said_where_the_count_is_0(lang: str, said: str) -> None:
    row = {"entity": "ARE", "period": "2023", "value": 100, "above": 0, "n": 181}
    assert figures.fill_sentences(pd.DataFrame([row]), "finding.world_penetration_between", lang=lang) == [said]
