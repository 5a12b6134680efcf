"""How many planted inconsistencies and known relations the drafts of ``digital-diplomacy claims scan`` find.

Planted: papers of twelve sentences or so in Kazakh, Russian and English, each with figures that must agree; in some of
them one figure is changed. Found is a planted change if a draft that fails names a figure of its paragraph; a draft
that fails anywhere else is false. The wording of the papers was written before the patterns that read them.

Run from the project's folder:

    .venv/bin/python benchmarks/claims_drafts.py --planted 200 --seed 7
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from digital_diplomacy import drafting, sources

Maker = Callable[[random.Random, bool], dict[str, str]]


def _spelled(value: float, lang: str, decimals: int = 1) -> str:
    said = f"{value:.{decimals}f}"
    return said if lang == "en" else said.replace(".", ",")


def _other(rng: random.Random, value: int, low: int, high: int) -> int:
    """A different whole number within the limits."""
    return rng.choice([one for one in range(low, high + 1) if one != value])


def growth(rng: random.Random, wrong: bool) -> dict[str, str]:
    first = rng.randint(15, 60) / 10
    factor = rng.choice([1.12, 1.25, 1.31, 1.47, 1.6])
    second = round(first * factor, 1)
    percent = round((second / first - 1) * 100)
    said = percent + rng.choice([9, 12, 17, 30]) if wrong else percent
    a, b = ({lang: _spelled(value, lang) for lang in ("kk", "ru", "en")} for value in (first, second))
    return {
        "en": rng.choice(
            [
                f"The audience of the portal grew from {a['en']} million to {b['en']} million people, an increase of {said}%.",
                f"Between January and December the number of visitors rose by {said}%, from {a['en']} to {b['en']} million.",
                f"Subscribers of the channel increased from {a['en']} million to {b['en']} million, that is, by {said} percent.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Аудитория портала выросла с {a['ru']} млн до {b['ru']} млн человек, то есть на {said}%.",
                f"За год число посетителей увеличилось на {said}%: с {a['ru']} до {b['ru']} млн.",
                f"Количество подписчиков канала возросло с {a['ru']} миллиона до {b['ru']} миллиона (рост на {said} %).",
            ]
        ),
        "kk": rng.choice(
            [
                f"Порталдың аудиториясы {a['kk']} млн адамнан {b['kk']} млн адамға дейін, яғни {said}%-ға өсті.",
                f"Бір жылда келушілер саны {a['kk']} миллионнан {b['kk']} миллионға жетіп, {said} пайызға артты.",
                f"Арнаға жазылушылар саны {said}%-ға көбейді: {a['kk']} млн-нан {b['kk']} млн-ға дейін.",
            ]
        ),
    }


def decline(rng: random.Random, wrong: bool) -> dict[str, str]:
    first = rng.randint(400, 900)
    second = round(first * rng.choice([0.55, 0.7, 0.82]))
    percent = round((1 - second / first) * 100)
    said = percent + rng.choice([8, 11, 20]) if wrong else percent
    return {
        "en": rng.choice(
            [
                f"The number of complaints fell from {first} to {second}, a drop of {said}%.",
                f"Complaints decreased by {said} per cent: from {first} to {second}.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Число жалоб сократилось с {first} до {second}, или на {said}%.",
                f"Жалоб стало меньше: их количество снизилось на {said} % – с {first} до {second}.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Шағымдар саны {first}-ден {second}-ге дейін, яғни {said}%-ға азайды.",
                f"Шағымдар {said} пайызға кеміді: {first} шағымнан {second} шағымға дейін.",
            ]
        ),
    }


def points(rng: random.Random, wrong: bool) -> dict[str, str]:
    first, step = rng.randint(31, 60), rng.randint(4, 19)
    second = first + step
    said = _other(rng, step, 2, 25) if wrong else step
    return {
        "en": rng.choice(
            [
                f"Trust in online services rose from {first}% to {second}%, by {said} percentage points.",
                f"The share of satisfied citizens went up by {said} percentage points, from {first} to {second} percent.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Доверие к онлайн-услугам выросло с {first}% до {second}%, на {said} процентных пунктов.",
                f"Доля довольных граждан увеличилась на {said} п.п. – с {first} до {second} %.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Онлайн қызметтерге сенім {first}%-дан {second}%-ға дейін, яғни {said} пайыздық тармаққа өсті.",
                f"Риза азаматтардың үлесі {said} пайыздық тармаққа артты: {first}%-дан {second}%-ға дейін.",
            ]
        ),
    }


def absolute(rng: random.Random, wrong: bool) -> dict[str, str]:
    first, step = rng.randint(120, 400), rng.randint(21, 90)
    second = first + step
    said = _other(rng, step, 12, 99) if wrong else step
    return {
        "en": rng.choice(
            [
                f"The list of accounts grew from {first} to {second} accounts, by {said} accounts.",
                f"In 2019 there were {first} embassies online, in 2021 there were {second} embassies, {said} more.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Перечень вырос с {first} до {second} аккаунтов, то есть на {said} аккаунтов.",
                f"Число сайтов увеличилось на {said}: с {first} до {second}.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Тізім {first} аккаунттан {second} аккаунтқа дейін, яғни {said} аккаунтқа өсті.",
                f"Сайттар саны {said}-ге артты: {first} сайттан {second} сайтқа дейін.",
            ]
        ),
    }


def n_of_m(rng: random.Random, wrong: bool) -> dict[str, str]:
    whole = rng.randint(40, 180)
    part = rng.randint(9, whole - 9)
    percent = round(100 * part / whole)
    said = percent + rng.choice([-7, 6, 11]) if wrong else percent
    return {
        "en": rng.choice(
            [
                f"Of the {whole} embassies studied, {part} ({said}%) keep an account.",
                f"{part} of {whole} ministries, or {said}%, answered within a day.",
                f"In all, {part} out of {whole} respondents ({said} per cent) agreed.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Из {whole} изученных посольств {part} ({said}%) ведут страницу.",
                f"{part} из {whole} министерств, или {said}%, ответили в течение дня.",
                f"Согласились {part} из {whole} респондентов ({said} %).",
            ]
        ),
        "kk": rng.choice(
            [
                f"Зерттелген {whole} елшіліктің {part}-і ({said}%) парақша жүргізеді.",
                f"{whole} министрліктің {part}-ы, яғни {said}%, бір күн ішінде жауап берді.",
                f"{whole} респонденттен {part} адам ({said} %) келіскен.",
            ]
        ),
    }


def part_above(rng: random.Random, wrong: bool) -> dict[str, str]:
    whole = rng.randint(14, 40)
    part = whole + rng.randint(1, 9) if wrong else rng.randint(3, whole - 1)
    return {
        "en": rng.choice(
            [
                f"Such centres work in {part} of the {whole} regions.",
                f"{part} out of {whole} agencies have published a plan.",
            ]
        ),
        "ru": rng.choice(
            [
                f"Такие центры работают в {part} из {whole} регионов.",
                f"План опубликовали {part} ведомств из {whole}.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Мұндай орталықтар {whole} өңірдің {part}-інде жұмыс істейді.",
                f"{whole} ведомствоның {part}-і жоспарын жариялады.",
            ]
        ),
    }


def base(rng: random.Random, wrong: bool) -> dict[str, str]:
    whole, percent = rng.choice([600, 800, 1200, 1500]), rng.choice([12, 24, 36, 55, 64])
    count = whole * percent // 100
    said = count + rng.choice([-30, 25, 60]) if wrong else count
    return {
        "en": rng.choice(
            [
                f"{percent}% of the {whole} people surveyed, or {said} people, read the news online.",
                f"Among {whole} respondents {percent}% ({said} people) have never filed a request.",
            ]
        ),
        "ru": rng.choice(
            [
                f"{percent}% из {whole} опрошенных, то есть {said} человек, читают новости в сети.",
                f"Среди {whole} респондентов {percent} % ({said} человек) ни разу не подавали обращений.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Сауалнамаға қатысқан {whole} адамның {percent}%-ы, яғни {said} адам, жаңалықты желіден оқиды.",
                f"{whole} респонденттің {percent} %-ы ({said} адам) ешқашан өтініш бермеген.",
            ]
        ),
    }


def hundred(rng: random.Random, wrong: bool) -> dict[str, str]:
    first, second = rng.randint(31, 48), rng.randint(18, 30)
    third = 100 - first - second + (rng.choice([-8, 7, 13]) if wrong else 0)
    return {
        "en": rng.choice(
            [
                f"{first}% of respondents answered yes, {second}% answered no, and the remaining {third}% were undecided.",
                f"Appeals were divided as follows: {first}% concerned housing, {second}% roads and the other {third}% everything else.",
            ]
        ),
        "ru": rng.choice(
            [
                f"«Да» ответили {first}% респондентов, «нет» – {second}%, остальные {third}% затруднились.",
                f"Обращения распределились так: {first} % касались жилья, {second} % – дорог, оставшиеся {third} % – прочего.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Респонденттердің {first}%-ы «иә» деп, {second}%-ы «жоқ» деп жауап берді, қалған {third}%-ы қиналды.",
                f"Өтініштер былай бөлінді: {first}%-ы тұрғын үйге, {second}%-ы жолға, қалған {third}%-ы басқа мәселелерге қатысты.",
            ]
        ),
    }


def above_hundred(rng: random.Random, wrong: bool) -> dict[str, str]:
    first, second = rng.randint(38, 49), rng.randint(24, 33)
    third = 101 - first - second + rng.randint(2, 20) if wrong else 99 - first - second - rng.randint(1, 4)
    return {
        "en": f"Asked which source they trust most, {first}% of those polled named television, {second}% the internet and {third}% newspapers.",
        "ru": f"На вопрос о главном источнике новостей {first}% опрошенных назвали телевидение, {second}% – интернет, {third}% – газеты.",
        "kk": f"Жаңалықтың басты көзі туралы сұраққа сұралғандардың {first}%-ы теледидарды, {second}%-ы интернетті, {third}%-ы газетті атады.",
    }


_WORDS = {
    "en": ["education", "healthcare", "transport", "energy", "trade", "culture", "tourism"],
    "ru": ["образование", "здравоохранение", "транспорт", "энергетика", "торговля", "культура", "туризм"],
    "kk": ["білім беру", "денсаулық сақтау", "көлік", "энергетика", "сауда", "мәдениет", "туризм"],
}
_NUMERALS = {
    "en": ["three", "four", "five", "six", "seven"],
    "ru": ["три", "четыре", "пять", "шесть", "семь"],
    "kk": ["үш", "төрт", "бес", "алты", "жеті"],
}
_OF_MANY = {"три": "приоритета", "четыре": "приоритета"}


def _joined(words: list[str], lang: str) -> str:
    conjunction = {"en": "and", "ru": "и", "kk": "және"}[lang]
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def listed(rng: random.Random, wrong: bool) -> dict[str, str]:
    count = rng.randint(3, 6)
    said = _other(rng, count, 3, 7) if wrong else count
    number = {lang: words[said - 3] for lang, words in _NUMERALS.items()}
    items = {lang: rng.sample(words, count) for lang, words in _WORDS.items()}
    form = rng.randrange(3)
    if form == 2:
        lines = {lang: "\n".join(f"{n}) {w};" for n, w in enumerate(words, 1)) for lang, words in items.items()}
        return {
            "en": f"The strategy rests on {number['en']} principles:\n{lines['en']}",
            "ru": f"Стратегия опирается на следующие принципы, их {number['ru']}:\n{lines['ru']}"
            if said > 4
            else f"Стратегия опирается на {number['ru']} принципа:\n{lines['ru']}",
            "kk": f"Стратегия {number['kk']} қағидатқа сүйенеді:\n{lines['kk']}",
        }
    whole = {lang: _joined(words, lang) for lang, words in items.items()}
    noun = _OF_MANY.get(number["ru"], "приоритетов")
    if form == 1:
        return {
            "en": f"The programme covers {number['en']} areas ({whole['en']}).",
            "ru": f"Программа охватывает {number['ru']} {noun.replace('приоритет', 'сектор')} ({whole['ru']}).",
            "kk": f"Бағдарлама {number['kk']} саланы ({whole['kk']}) қамтиды.",
        }
    return {
        "en": f"The ministry named {number['en']} priorities: {whole['en']}.",
        "ru": f"Министерство назвало {number['ru']} {noun}: {whole['ru']}.",
        "kk": f"Министрлік {number['kk']} басымдықты атады: {whole['kk']}.",
    }


def twice(rng: random.Random, wrong: bool) -> dict[str, str]:
    first = rng.randint(1100, 4800)
    second = first + rng.choice([90, 180, 270, -90]) if wrong else first
    return {
        "en": rng.choice(
            [
                f"The study analyses {first} posts of embassies.\n\nAltogether {second} posts of embassies were analysed.",
                f"A total of {first} citizens took part in the survey.\n\nAs noted above, {second} citizens took part in the survey.",
            ]
        ),
        "ru": rng.choice(
            [
                f"В работе проанализировано {first} сообщений посольств.\n\nВсего было проанализировано {second} сообщений посольств.",
                f"В опросе приняли участие {first} граждан.\n\nКак отмечено выше, в опросе участвовали {second} граждан.",
            ]
        ),
        "kk": rng.choice(
            [
                f"Жұмыста елшіліктердің {first} хабарламасы талданды.\n\nБарлығы елшіліктердің {second} хабарламасы талданды.",
                f"Сауалнамаға {first} азамат қатысты.\n\nЖоғарыда айтылғандай, сауалнамаға {second} азамат қатысты.",
            ]
        ),
    }


def table(rng: random.Random, wrong: bool) -> dict[str, str]:
    parts = [rng.randint(110, 900) for _ in range(3)]
    total = sum(parts) + (rng.choice([-90, 18, 100]) if wrong else 0)
    heads = {
        "en": ("Platform", "Posts", "Total", "Table 1. Posts by platform"),
        "ru": ("Платформа", "Сообщения", "Всего", "Таблица 1. Сообщения по платформам"),
        "kk": ("Платформа", "Хабарламалар", "Барлығы", "1-кесте. Платформалар бойынша хабарламалар"),
    }
    names = ("Facebook", "Instagram", "Telegram")
    made = {}
    for lang, (first, second, last, caption) in heads.items():
        rows = [
            f"{first}\t{second}",
            *(f"{name}\t{part}" for name, part in zip(names, parts, strict=True)),
            f"{last}\t{total}",
        ]
        made[lang] = f"{caption}\n\n" + "\n".join(rows)
    return made


def times(rng: random.Random, wrong: bool) -> dict[str, str]:
    small, factor = rng.randint(110, 300), rng.randint(2, 5)
    large = small * factor
    said = _other(rng, factor, 2, 7) if wrong else factor
    words = {"en": ("twice" if said == 2 else f"{said} times"), "ru": f"{said} раза" if said < 5 else f"{said} раз"}
    return {
        "en": f"The ministry has {large} thousand followers, {words['en'] if said != 2 else '2 times'} more than the agency with {small} thousand followers.",
        "ru": f"У министерства {large} тысяч подписчиков, в {words['ru']} больше, чем у агентства ({small} тысяч подписчиков).",
        "kk": f"Министрліктің {large} мың жазылушысы бар, бұл агенттіктегі {small} мың жазылушыдан {said} есе көп.",
    }


def ages(rng: random.Random, wrong: bool) -> dict[str, str]:
    low, high = rng.randint(16, 29), rng.randint(35, 64)
    a, b = (high, low) if wrong else (low, high)
    return {
        "en": rng.choice(
            [
                f"The panel covers residents aged {a} to {b} years.",
                f"Citizens between {a} and {b} years of age took part.",
            ]
        ),
        "ru": rng.choice([f"Опрошены жители в возрасте от {a} до {b} лет.", f"В панель вошли граждане {a}–{b} лет."]),
        "kk": rng.choice(
            [
                f"Сауалнамаға {a} жастан {b} жасқа дейінгі тұрғындар қатысты.",
                f"Панельге {a}–{b} жас аралығындағы азаматтар кірді.",
            ]
        ),
    }


def rank(rng: random.Random, wrong: bool) -> dict[str, str]:
    places = rng.randint(60, 190)
    place = places + rng.randint(2, 30) if wrong else rng.randint(5, places - 5)
    return {
        "en": f"The country took {place}th place among {places} states.",
        "ru": f"Страна заняла {place}-е место среди {places} государств.",
        "kk": f"Ел {places} мемлекет ішінде {place}-орынды иеленді.",
    }


def reference(rng: random.Random, wrong: bool) -> dict[str, str]:
    year = rng.randint(2012, 2019)
    other = year + rng.choice([-1, 1, 2])
    form = rng.randrange(3)
    cited = other if wrong and form == 0 else year
    in_address = other if wrong and form == 1 else year
    seen = year - 1 if wrong and form == 2 else year + 1
    name = rng.choice(["Author", "Reader", "Writer", "Editor"])  # nobody's works, so nobody's names
    russian = {"Author": "Автор", "Reader": "Читатель", "Writer": "Писатель", "Editor": "Редактор"}[name]
    return {
        "en": f"Digital tools change the work of embassies ({name}, {cited}).\n\nReferences\n\n"
        f"1. {name} I. ({year}). Digital tools of embassies. https://example.org/{in_address}/05/tools (accessed 12.03.{seen})",
        "ru": f"Цифровые средства меняют работу посольств ({russian}, {cited}).\n\nСписок литературы\n\n"
        f"1. {russian} И. Цифровые средства посольств. {year}. URL: https://example.org/{in_address}/05/tools (дата обращения: 12.03.{seen})",
        "kk": f"Цифрлық құралдар елшіліктердің жұмысын өзгертеді ({russian}, {cited}).\n\nПайдаланылған әдебиеттер тізімі\n\n"
        f"1. {russian} И. Елшіліктердің цифрлық құралдары. {year}. URL: https://example.org/{in_address}/05/tools (қаралған күні: 12.03.{seen})",
    }


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        growth, decline, points, absolute, n_of_m, part_above, base, hundred, above_hundred, listed, twice, table,
        times, ages, rank,
    )
}  # fmt: skip

_FILLER = {
    "en": [
        "In 2019 there were 1,204 accounts, in 2020 there were 1,377 accounts.",
        "About 90% of young people use the internet, 74% use messengers and 61% watch videos.",
        "The law was adopted on 12 May 2018 and came into force in 2020.",
        "Twitter has 330 million users and Instagram more than 1 billion.",
        "Three embassies opened pages, and 12 posts a week appear on each of them.",
    ],
    "ru": [
        "В 2019 году было 1204 аккаунта, в 2020 году – 1377 аккаунтов.",
        "Интернетом пользуются 90% молодых людей, мессенджерами – 74%, видео смотрят 61%.",
        "Закон принят 12 мая 2018 года и вступил в силу в 2020 году.",
        "У Twitter 330 млн пользователей, у Instagram – более 1 млрд.",
        "Три посольства открыли страницы, на каждой выходит 12 публикаций в неделю.",
    ],
    "kk": [
        "2019 жылы 1204 аккаунт, 2020 жылы 1377 аккаунт болды.",
        "Жастардың 90%-ы интернетті, 74%-ы мессенджерлерді пайдаланады, 61%-ы бейне көреді.",
        "Заң 2018 жылғы 12 мамырда қабылданып, 2020 жылы күшіне енді.",
        "Twitter желісінің 330 млн, Instagram желісінің 1 млрд-тан астам пайдаланушысы бар.",
        "Үш елшілік парақша ашты, әрқайсысында аптасына 12 жазба шығады.",
    ],
}


def paper(rng: random.Random, lang: str, wanted: int) -> list[tuple[str, str, bool]]:
    """Paragraphs of a paper in order: kind, text, and whether something wrong was planted in it."""
    kinds = rng.sample(list(MAKERS), 8)
    bad = set(rng.sample([*kinds, "reference"], wanted))
    parts = [(kind, MAKERS[kind](rng, kind in bad)[lang], kind in bad) for kind in kinds]
    parts += [("filler", text, False) for text in rng.sample(_FILLER[lang], 3)]
    rng.shuffle(parts)
    return [*parts, ("reference", reference(rng, "reference" in bad)[lang], "reference" in bad)]


def drafted(text: str, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures and findings of a text, as the command makes them."""
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(path))
    return found.figures, found.findings


def planted(total: int, seed: int, *, is_talkative: bool) -> None:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    false: Counter[str] = Counter()
    sound: Counter[str] = Counter()
    per_paper, number = 4, 0
    with tempfile.TemporaryDirectory() as folder:
        while sum(seen.values()) < total:
            lang = ("kk", "ru", "en")[number % 3]
            number += 1
            parts = paper(rng, lang, min(per_paper, total - sum(seen.values())))
            figures, findings = drafted("\n\n".join(text for _, text, _ in parts), Path(folder))
            fails = findings[findings["verdict"] == "fails"]
            said = figures.set_index("claim_id")["sentence"]
            left = [" ¦ ".join(said[one] for one in str(ids).split() if one in said.index) for ids in fails["claims"]]
            kinds = list(fails["kind"])
            taken: set[int] = set()
            for kind, text, is_bad in parts:
                own = {
                    place
                    for place, words in enumerate(left)
                    if all(any(word in block for block in text.split("\n")) for word in words.split(" ¦ "))
                }
                key = f"{kind}/{lang}"
                taken |= own if is_bad else set()
                if is_bad:
                    seen[key] += 1
                    hit[key] += bool(own)
                    if not own and is_talkative:
                        print("missed", key, "|", text.replace("\n", " ⏎ "))
                else:
                    sound[key] += 1
            for place, words in enumerate(left):
                if place not in taken:
                    false[f"{kinds[place]}/{lang}"] += 1
                    if is_talkative:
                        print("false", kinds[place], "|", words)
    _report(seen, hit, false, sound)


def _report(seen: Counter[str], hit: Counter[str], false: Counter[str], sound: Counter[str]) -> None:
    for kind in sorted({key.split("/")[0] for key in seen}):
        cells = [f"{lang} {hit[f'{kind}/{lang}']}/{seen[f'{kind}/{lang}']}" for lang in ("kk", "ru", "en")]
        print(f"{kind:14} {'  '.join(cells)}")
    found, all_of, wrong = sum(hit.values()), sum(seen.values()), sum(false.values())
    print(f"planted: {found} of {all_of} found ({100 * found / all_of:.1f}%)")
    alarms = found + wrong
    print(f"false alarms: {wrong} of {alarms} failing drafts ({100 * wrong / max(alarms, 1):.1f}%), "
          f"{sum(sound.values())} sound paragraphs: {dict(false)}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--planted", type=int, default=0, help="inconsistencies to plant")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="print what is missed and what is false")
    given = parser.parse_args()
    if given.planted:
        planted(given.planted, given.seed, is_talkative=given.show)
    else:
        parser.print_usage(sys.stderr)


if __name__ == "__main__":
    main()
