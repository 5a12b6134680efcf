"""Units of numbers by what stands around them, in three languages."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

LEADS = {
    "en": "Report of the ministry on its work online and the results.",
    "ru": "Отчёт министерства о работе в сети и о её итогах за год.",
    "kk": "Министрліктің желідегі жұмысы туралы жылдық есебі берілді.",
}


def told(text: str, lang: str, folder: Path) -> list[tuple[float, str]]:
    path = folder / "paper.txt"
    path.write_text(f"{LEADS[lang]}\n\n{text}\n", encoding="utf-8")
    figures = drafting.review(sources.read_paper(path)).figures
    return [(round(value, 4), unit) for value, unit in zip(figures["value"], figures["unit"], strict=True)]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The reply rate has thus risen by 21 points.", [(21, "percentage_points")]),
        ("ru", "Доля ответов выросла на 9 пунктов.", [(9, "percentage_points")]),
        ("kk", "Жауап беру үлесі 7 тармаққа өсті.", [(7, "percentage_points")]),
        ("en", "Two requests in three were answered.", [(66.6667, "percent")]),
        ("en", "Two offices in three cities were closed.", [(2, "items"), (3, "items")]),
        ("kk", "Елшіліктердің төрттен бірінде мұндай тәртіп бар.", [(25, "percent")]),
        ("en", "Each officer works an eight-hour day.", [(8, "hours")]),
        ("kk", "Орташа мерзім 5 тәулік болды.", [(5, "days")]),
        ("en", "Every fifth message (12,296) was in English.", [(20, "percent"), (12296, "messages")]),
        ("ru", "Каждое пятое сообщение (12 296) вышло на английском.", [(20, "percent"), (12296, "messages")]),
        ("ru", "Число подписчиков (без пересечений) составляет 1 873 400.", [(1_873_400, "followers")]),
        ("ru", "Число зарегистрированных достигло 14,2 млн.", [(14_200_000, "persons")]),
        ("en", "The gap between 54% and 61% is small.", [(54, "percent"), (61, "percent")]),
        ("ru", "Различие между 80 % и 81 % ничего не значит.", [(80, "percent"), (81, "percent")]),
        (
            "kk",
            "Халқы 19,8 млн адам, оның 12,3 млн қалада, 7,5 млн ауылда тұрады.",
            [(19_800_000, "persons"), (12_300_000, "persons"), (7_500_000, "persons")],
        ),
        (
            "en",
            "Expenditure came to KZT 4.2 billion, of which 2.6 billion went on paper and 1.6 billion on transport.",
            [(4.2e9, "KZT"), (2.6e9, "KZT"), (1.6e9, "KZT")],
        ),
    ],
)
def test_units_are_told_around_a_number(lang: str, text: str, wanted: list[tuple[float, str]], tmp_path: Path) -> None:
    assert told(text, lang, tmp_path) == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Услуги оказывали три оператора. Первый из них обслуживал 11,37 млн пользователей (44,0 %)."),
        ("ru", "На 100 домохозяйств приходится 54 подключения против 51 годом ранее."),
        ("en", "Two requests in three (67%) were answered, and 46% within the legal limit."),
        ("en", "A ministry assigns 3.5 officers, and each spends 1.2 hours of an eight-hour day on replies."),
    ],
)
def test_what_is_told_of_something_else_alarms_nobody(lang: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"{LEADS[lang]}\n\n{text}\n", encoding="utf-8")
    assert "fails" not in set(drafting.review(sources.read_paper(path)).findings["verdict"])


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("ru", "За день поступило 870 записей.", [(870, "messages")]),
        ("ru", "На страницах ведомства вышло 3 276 публикаций.", [(3276, "messages")]),
        ("ru", "Результаты изложены в 13 публикациях, из них 4 вышли в журнале.", [(13, "items"), (4, "items")]),
        ("ru", "В регистратуре сделано 140 записей на приём.", [(140, "items")]),
        ("ru", "В системе заведено 640 учётных записей.", [(640, "accounts")]),
        ("ru", "Просмотры самой заметной записи — 1,41 млн.", [(1_410_000, "views")]),
        ("ru", "Отработано 1 166 жалоб, ещё 292 к концу квартала ждали ответа.", [(1166, "appeals"), (292, "appeals")]),
        ("ru", "У страницы 35 к подписчиков.", [(35_000, "followers")]),
        ("ru", "На ответ отводится 15 рабочих дней.", [(15, "days")]),
        ("en", "The law allows 15 working days for a reply.", [(15, "days")]),
        ("en", "The office was open for 36 full business hours.", [(36, "hours")]),
    ],
)
def test_records_and_spans_are_told_by_their_kind(
    lang: str, text: str, wanted: list[tuple[float, str]], tmp_path: Path
) -> None:
    assert told(text, lang, tmp_path) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The ministry spent 240 thousand lari on it.", [(240000, "unstated")]),
        ("ru", "За год поступило 2 400 обращений. Отклонено было 600 (25 %).",
         [(2400, "appeals"), (600, "appeals"), (25, "percent")]),
        ("en", "The office got 2,400 appeals from 1,200 users. In the north it was 600 (25%).",
         [(2400, "appeals"), (1200, "users"), (600, "appeals"), (25, "percent")]),
        ("kk", "Жыл бойы 2 400 өтініш түсті. Қабылданбағаны – 600 (25 %).",
         [(2400, "appeals"), (600, "appeals"), (25, "percent")]),
        ("en", "The project cost USD 45 for 12 offices.", [(45, "dollars"), (12, "items")]),
        ("ru", "Бюджет: USD 300, EUR 20 и RUB 4 500.", [(300, "dollars"), (20, "EUR"), (4500, "RUB")]),
        ("kk", "Бюджеті KZT 300 мың, 12 адамға.", [(300_000, "KZT"), (12, "persons")]),
        ("en", "The grant of 45 million rupees paid for 300 posters.", [(45e6, "unstated"), (300, "items")]),
        ("en", "A reader pays 40 Polish zloty or 1,200 yen.", [(40, "unstated"), (1200, "unstated")]),
        ("ru", "Грант составил 300 тыс. лари и 12 тыс. злотых.", [(300000, "unstated"), (12000, "unstated")]),
        ("ru", "Опрос прошёл в пяти аймаках и 12 префектурах.", [(5, "regions"), (12, "regions")]),
        ("en", "The study covered 12 oblasts and 26 cantons.", [(12, "regions"), (26, "regions")]),
        ("en", "Accounts of 126 consular posts were found.", [(126, "items")]),
        ("en", "The account published 126 posts.", [(126, "messages")]),
        ("en", "Greek was used in 9,346 posts, English in 7,390, Dutch in 3,912, and Thai in 988.",
         [(9346, "messages"), (7390, "messages"), (3912, "messages"), (988, "messages")]),
        ("ru", "По-английски написано 4 310 сообщений, по-арабски 2 150, по-турецки 870 и по-китайски 95.",
         [(4310, "messages"), (2150, "messages"), (870, "messages"), (95, "messages")]),
        ("en", "We met 41 teachers: 20 in towns, 14 in villages and 7 elsewhere.",
         [(41, "persons"), (20, "persons"), (14, "persons"), (7, "persons")]),
        ("en", "In May it had 318,400 followers, in June 461,700. The increase of 143,300 was uneven.",
         [(318400, "followers"), (461700, "followers"), (143300, "followers")]),
        ("ru", "В мае было 12 410 пользователей, в июне 15 900. Прирост составил 3 490.",
         [(12410, "users"), (15900, "users"), (3490, "users")]),
    ],
)  # fmt: skip
def test_money_places_lists_and_changes_have_the_unit_of_their_words(
    lang: str, text: str, wanted: list[tuple[float, str]], tmp_path: Path
) -> None:
    assert told(text, lang, tmp_path) == wanted
