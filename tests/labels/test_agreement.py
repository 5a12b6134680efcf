"""Kazakh endings and "and" behind numbers, worked by hand from how the numbers are spoken."""

import re

import pytest

from digital_diplomacy import labels
from digital_diplomacy.labels.agreement import agreed, inside, spoken

FORMS = {  # dative, ablative, genitive, accusative, locative, "and"
    "0": "0-ге 0-ден 0-дің 0-ді 0-де 0 мен",  # нөлге, нөлден
    "1": "1-ге 1-ден 1-дің 1-ді 1-де 1 мен",  # бірге, бірден
    "2": "2-ге 2-ден 2-нің 2-ні 2-де 2 мен",  # екіге, екіден
    "3": "3-ке 3-тен 3-тің 3-ті 3-те 3 пен",  # үшке, үштен
    "4": "4-ке 4-тен 4-тің 4-ті 4-те 4 пен",  # төртке
    "5": "5-ке 5-тен 5-тің 5-ті 5-те 5 пен",  # беске
    "6": "6-ға 6-дан 6-ның 6-ны 6-да 6 мен",  # алтыға
    "7": "7-ге 7-ден 7-нің 7-ні 7-де 7 мен",  # жетіге
    "8": "8-ге 8-ден 8-дің 8-ді 8-де 8 бен",  # сегізге
    "9": "9-ға 9-дан 9-дың 9-ды 9-да 9 бен",  # тоғызға
    "10": "10-ға 10-нан 10-ның 10-ды 10-да 10 мен",  # онға, оннан
    "20": "20-ға 20-дан 20-ның 20-ны 20-да 20 мен",  # жиырмаға
    "30": "30-ға 30-дан 30-дың 30-ды 30-да 30 бен",  # отызға
    "40": "40-қа 40-тан 40-тың 40-ты 40-та 40 пен",  # қырыққа
    "50": "50-ге 50-ден 50-дің 50-ді 50-де 50 мен",  # елуге, елуден
    "60": "60-қа 60-тан 60-тың 60-ты 60-та 60 пен",  # алпысқа
    "70": "70-ке 70-тен 70-тің 70-ті 70-те 70 пен",  # жетпіске
    "80": "80-ге 80-нен 80-нің 80-ді 80-де 80 мен",  # сексенге, сексеннен
    "90": "90-ға 90-нан 90-ның 90-ды 90-да 90 мен",  # тоқсанға, тоқсаннан
    "100": "100-ге 100-ден 100-дің 100-ді 100-де 100 бен",  # жүзге
    "2026": "2026-ға 2026-дан 2026-ның 2026-ны 2026-да 2026 мен",  # ... жиырма алтыға
    "1000": "1000-ға 1000-нан 1000-ның 1000-ды 1000-да 1000 мен",  # мыңға, мыңнан
    "2000000": "2000000-ға 2000000-нан 2000000-ның 2000000-ды 2000000-да 2000000 мен",  # миллионға
    "1048576": "1048576-ға 1048576-дан 1048576-ның 1048576-ны 1048576-да 1048576 мен",  # rows of Excel: ... алтыдан
}


@pytest.mark.parametrize(("number", "forms"), FORMS.items())
@pytest.mark.parametrize("written", ["ге ден дің ді де мен", "қа тан ның ны та пен"])
def test_what_follows_a_number_sounds_like_its_last_word(number: str, forms: str, written: str) -> None:
    *endings, word = written.split()
    said = " ".join([*(f"{number}-{ending}" for ending in endings), f"{number} {word} 1"])
    assert agreed(said, "kk") == f"{forms} 1"


OWNED = {  # how many of what was named before: nominative, locative, dative, ablative, genitive, accusative
    "0": "0-і 0-інде 0-іне 0-інен 0-інің 0-ін",  # нөлі
    "1": "1-і 1-інде 1-іне 1-інен 1-інің 1-ін",  # бірі, бірінде
    "2": "2-сі 2-сінде 2-сіне 2-сінен 2-сінің 2-сін",  # екісі
    "3": "3-і 3-інде 3-іне 3-інен 3-інің 3-ін",  # үші
    "4": "4-і 4-інде 4-іне 4-інен 4-інің 4-ін",  # төрті
    "5": "5-і 5-інде 5-іне 5-інен 5-інің 5-ін",  # бесі
    "6": "6-сы 6-сында 6-сына 6-сынан 6-сының 6-сын",  # алтысы
    "7": "7-сі 7-сінде 7-сіне 7-сінен 7-сінің 7-сін",  # жетісі
    "8": "8-і 8-інде 8-іне 8-інен 8-інің 8-ін",  # сегізі
    "19": "19-ы 19-ында 19-ына 19-ынан 19-ының 19-ын",  # он тоғызы
    "10": "10-ы 10-ында 10-ына 10-ынан 10-ының 10-ын",  # оны
    "20": "20-сы 20-сында 20-сына 20-сынан 20-сының 20-сын",  # жиырмасы
    "40": "40-ы 40-ында 40-ына 40-ынан 40-ының 40-ын",  # қырығы
    "50": "50-і 50-інде 50-іне 50-інен 50-інің 50-ін",  # елуі
    "100": "100-і 100-інде 100-іне 100-інен 100-інің 100-ін",  # жүзі
    "1000": "1000-ы 1000-ында 1000-ына 1000-ынан 1000-ының 1000-ын",  # мыңы
}


@pytest.mark.parametrize(("number", "forms"), OWNED.items())
@pytest.mark.parametrize("written", ["ы ында ына ынан ының ын", "сі сінде сіне сінен сінің сін"])
def test_so_many_of_what_was_named_sounds_like_the_number(number: str, forms: str, written: str) -> None:
    assert agreed(" ".join(f"{number}-{ending}" for ending in written.split()), "kk") == forms


def test_ordinals_keep_their_ending() -> None:
    assert agreed("10-шы, 2-інші, 3-ші орын; халықтың 5 %-ы", "kk") == "10-шы, 2-інші, 3-ші орын; халықтың 5 %-ы"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("176\u00a0374,5 мен 176\u00a0375,5 аралығында", "176\u00a0374,5 пен 176\u00a0375,5 аралығында"),  # оннан бес
        ("102,77 мен 102,92 аралығында", "102,77 мен 102,92 аралығында"),  # жүзден жетпіс жеті
        ("0,03 мен 0,62", "0,03 пен 0,62"),  # жүзден үш
        ("11,97\u00a0млн пен 12,02\u00a0млн", "11,97\u00a0млн мен 12,02\u00a0млн"),  # миллион мен
        ("5\u00a0% мен 10\u00a0%", "5\u00a0% бен 10\u00a0%"),  # пайыз бен
        ("2003–2005 пен 2008", "2003–2005 пен 2008"),
        ("2,6 шамасына кем", "2,6 шамасына кем"),
        ("COVID-19 мен тұмау", "COVID-19 бен тұмау"),  # он тоғыз бен
        ("1.5-ті", "1.5-ті"),  # a point, as refusals print it
    ],
)
def test_fractions_and_units_are_heard(written: str, said: str) -> None:
    assert agreed(written, "kk") == said


def test_other_languages_keep_their_words() -> None:
    assert agreed("8 мен 9; 5-ге", "ru") == "8 мен 9; 5-ге"


def test_one_stop_ends_a_sentence() -> None:
    assert agreed("май 2019 г.. 18 мая", "ru") == "май 2019 г. 18 мая"
    assert agreed("2019 ж. мам.. Бірі", "kk") == "2019 ж. мам. Бірі"
    assert agreed("... и ещё 3; ../data; а...", "ru") == "... и ещё 3; ../data; а..."


def test_a_small_p_has_one_sign() -> None:
    assert agreed("(p = < 0,001; p = 0,02)", "ru") == "(p < 0,001; p = 0,02)"


def test_quotations_within_quotations_have_marks_of_their_own() -> None:
    values = {"entity": "Казахстан", "events_count": "3", "period": "2017", "event": "Запуск «Цифрового Казахстана»"}
    said = labels.text("finding.chronology_programmes", "ru", **values)
    assert said.endswith("последнее — «Запуск „Цифрового Казахстана“»")
    assert labels.text("finding.chronology_programmes", "en", **values).count("«") == 1  # as the event has it


def test_spoken_numbers_end_in_their_last_word() -> None:
    assert [spoken(one) for one in ("11", "20", "300", "7000", "5000000", "1000000000")] == [
        "бір", "жиырма", "жүз", "мың", "миллион", "миллиард",
    ]  # fmt: skip


def test_texts_with_bounds_agree() -> None:
    said = labels.text("sentence.claims_words_extent", "kk", low="0,5", high="1")
    assert said == "0,5 пен 1 аралығында"


def test_a_name_within_a_sentence_has_a_small_letter() -> None:
    measure = labels.text("measure.kendall_tau_b", "ru")
    values = {"n": "20", "measure": measure, "value": "0,65", "total": "44", "least": "0,03", "most": "0,62"}
    said = labels.text("finding.egdi_ddr_correlation_partly", "ru", **values)
    assert "(коэффициент тау-b Кендалла 0,65)" in said
    names = ("PageRank", "ВКонтакте", "Term “x”")
    assert [inside(name, "en") for name in names] == ["PageRank", "ВКонтакте", "term “x”"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Статья Сурмы", "статья Сурмы"),
        ("Опрос ИЕИ", "опрос ИЕИ"),
        ("Показатели Казахстана в выпусках", "показатели Казахстана в выпусках"),
        ("Бурное развитие сетей", "бурное развитие сетей"),
        ("Северная Корея", "Северная Корея"),
        ("Новые Гебриды", "Новые Гебриды"),
        ("DataReportal Kepios", "DataReportal Kepios"),
        ("Digital Kazakhstan", "Digital Kazakhstan"),
        ("МСЭ", "МСЭ"),
        ("", ""),
    ],
)
def test_a_russian_noun_before_a_name_has_a_small_letter(name: str, said: str) -> None:
    assert inside(name, "ru") == said


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("Қазақстанның цифрландыру бағдарламалары", "kk", "Қазақстанның цифрландыру бағдарламалары"),
        ("Ресейден келген хабарламалар", "kk", "Ресейден келген хабарламалар"),
        ("Интернетті пайдаланатын адамдар", "kk", "Интернетті пайдаланатын адамдар"),
        ("Ресми хабарламалар", "kk", "ресми хабарламалар"),
        ("Казахстанские программы", "ru", "казахстанские программы"),
        ("Индекс развития", "ru", "индекс развития"),
        ("Самые частые слова", "ru", "самые частые слова"),
        ("Kazakhstan’s programmes", "en", "Kazakhstan’s programmes"),
        ("Internet users", "en", "Internet users"),
        ("Indices of growth", "en", "indices of growth"),
    ],
)
def test_a_proper_name_within_a_sentence_keeps_its_capital(name: str, lang: str, said: str) -> None:
    assert inside(name, lang) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("басқа 12 елдің 12-і бұған ертерек жеткен", "басқа 12 елдің бәрі бұған ертерек жеткен"),
        ("5 бағытының 5-іне, қаланың 6 шартының 3-іне", "5 бағытының бәріне, қаланың 6 шартының 3-іне"),
        ("17 өңірлік әкімдіктің 17-сында", "17 өңірлік әкімдіктің бәрінде"),
        ("2 елдің 2-інен анық төмен", "2 елдің екеуінен анық төмен"),
        ("1 500 адамның 1 500-інің", "1 500 адамның бәрінің"),
        ("1 актордың 1-і", "1 актордың 1-і"),  # one of one is no "all"
        ("12 елдің 2-і", "12 елдің 2-сі"),
        ("2012 жылғы 12 елдің 2-і; 2 елдің 1-і", "2012 жылғы 12 елдің 2-сі; 2 елдің 1-і"),
        ("4 елдің 3-і, 3 қаланың 4-і", "4 елдің 3-і, 3 қаланың 4-і"),
    ],
)
def test_as_many_as_there_are_is_all_of_them(written: str, said: str) -> None:
    assert agreed(written, "kk") == said


@pytest.mark.parametrize(
    ("iso", "lang", "said"),
    [
        ("2023-09-01/2023-09-15", "kk", "2023 ж. 1–15 қыр."),
        ("2023-09-01/2023-09-15", "ru", "1–15 сент. 2023 г."),
        ("2023-09-01/2023-09-15", "en", "Sep 1–15, 2023"),
        ("2022-09-16/2023-10-03", "ru", "16 сент. 2022 г. – 3 окт. 2023 г."),
        ("1881/2006-09-11", "ru", "1881 – 11 сент. 2006 г."),
        ("1881/2006-09-11", "en", "1881 – Sep 11, 2006"),
        ("1881/2006", "ru", "1881–2006"),
        ("2022-09-16/2023-10-03", "en", "Sep 16, 2022 – Oct 3, 2023"),
        ("2021-01/2023-01", "kk", "2021 ж. қаң. – 2023 ж. қаң."),
        ("2018/2022-06", "en", "2018 – Jun 2022"),
    ],
)
def test_a_range_says_once_what_its_ends_share(iso: str, lang: str, said: str) -> None:
    assert re.sub(r"\s", " ", labels.period(iso, lang)) == said
