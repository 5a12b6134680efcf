"""Figures that answer what a cue asks, in whatever order a sentence tells them; every relation worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting import reckoned

HOLD = [
    # 160 - 143 = 17; 46 + 52 = 98; 12 - 7 = 5; 71 - 63 = 8.
    ("The ministry closed 17 consulates in the decade, leaving 143 of the 160 that existed in 2010.", (17, 143, 160)),
    ("Посольств у страны 98, консульств – 46, то есть на 52 меньше.", (98, 46, 52)),
    ("Рейтингте Алматы 12-орыннан 7-орынға шықты, бес саты жоғары.", (12, 7, 5)),
    ("Ghana advanced to 63rd from 71st a year before, having climbed eight places.", (63, 71, 8)),
    # 4.8 / 4.0 = 1.2; 67.6 / 52 = 1.3.
    ("Exports came to $4.8 billion; a year earlier they had stood at $4.0 billion, which makes for growth of 20%.",
     (4.8e9, 4e9, 20)),
    ("Число подписчиков, составлявшее в январе 52 тыс., к декабрю достигло 67,6 тыс. – прирост 30 %.",
     (52e3, 67.6e3, 30)),
    # 96 / 120 = 0.8; 1638 / 2340 = 0.7; 143 / 286 = 0.5.
    ("Ninety-six of the 120 municipalities, 80%, have a page.", (96, 120, 80)),
    ("Голосовали 2 340 делегатов. «За» высказались 1 638, или 70 %.", (2340, 1638, 70)),
    ("The portal offers 286 services in two languages. One hundred and forty-three of them, half of the total, need no "
     "visit.", (286, 143, 50)),
    # 7.8 million / 1500 = 5200; 5.4 million / 36 = 150,000; 540 / 36 = 15.
    ("Средний чек – 5 200 тенге: 1 500 покупателей оставили 7,8 млн тенге.", (5200, 1500, 7.8e6)),
    ("Ведомство 36 қызметкерге 5,4 млн теңге сыйақы берді, әрқайсысына 150 мың теңгеден тиді.", (36, 5.4e6, 150e3)),
    ("Собраны сообщения 540 аккаунтов 36 государств; в среднем на государство приходится 15 аккаунтов.", (540, 36, 15)),
    # 412 + 588 = 1000; 630 + 420 = 1050; 7.0 + 5.5 = 12.5.
    ("Respondents aged 18–29 gave 412 answers, the older ones 588, 1,000 altogether.", (412, 588, 1000)),
    ("Опрошено 1 050 человек, 630 из них – женщины; мужчин, стало быть, 420.", (1050, 630, 420)),
    ("The budget of the programme, $12.5 million, is split between training ($7.0 million) and equipment ($5.5 "
     "million).", (12.5e6, 7e6, 5.5e6)),
    # No word adds 4,216 and 3,787 up to 8,003.
    ("Letters came from 8,003 people. It was a long winter.\n\nOffices answered.\n\nLawyers wrote "
     "back to 4,216 people, and clerks to 3,787 people.", (4216, 3787, 8003)),
    # 40 - 31.2 = 8.8; 253 - 198 = 55; 186.4 - 182.7 = 3.7; 119 + 84 = 203.
    ("На программу выделено 40 млрд тенге; к маю выплачено 31,2 млрд тенге, или 78 %. Остаток – 8,8 млрд.",
     (40e9, 31.2e9, 8.8e9)),
    ("По плану предстояло построить 253 школы, введено 198. Не завершено строительство 55 школ, из них 34 – по вине "
     "подрядчиков, 21 – из-за документации.", (253, 198, 55)),
    ("Бюджеттен 186,4 млрд теңге бөлінді. Игерілгені – 182,7 млрд теңге. Игерілмеген қаражат 3,7 млрд теңгені құрады, "
     "оның ішінде 2,1 млрд теңге – үнем, 1,6 млрд теңге – қарыз.", (186.4e9, 182.7e9, 3.7e9)),
    ("119 каналға жүйе орнатылды. Бұған дейін ол 84 каналда болған еді, қазір 203 каналда жұмыс істейді.",
     (119, 84, 203)),
    # 1 - 54.9 / 58.4 = 6.0 %; 738 / 2460 = 30 %; 7120 / 12460 = 57 %; 9 / 20 = 45 %; 1.14 / 1.25 = 91 %.
    ("Energy intensity improved from 58.4 to 54.9 kWh per tonne of ore, or by 6.0%.", (58.4, 54.9, 6)),
    ("Coders read 2,460 posts. Each got a frame: culture (738), economy (664), politics (590), and daily life (468). "
     "Culture therefore leads with 30 per cent.", (738, 2460, 30)),
    ("Из 12 460 вагонов 5 340 принадлежат компании, 7 120 – частникам. Доля частников, таким образом, 57%.",
     (7120, 12460, 57)),
    ("Шығын 20 млрд теңге болды: мектептерге 9 млрд, жолдарға 6 млрд, саябақтарға 5 млрд теңге. Демек, мектептерге "
     "қаражаттың 45%-ы жұмсалды.", (9e9, 20e9, 45)),
    ("Охват скринингами составил 1,14 млн человек при плане 1,25 млн (91%).", (1.14e6, 1.25e6, 91)),
    # 738,480 / 18,462 = 40; 1312 / 24 = 54.7; 96 + 208 + 1296 = 1600.
    ("The firm employs 18,462 people.\n\nIt was a long year.\n\nEmployees completed 738,480 hours of training, which "
     "equals 40 hours per person.", (738480, 18462, 40)),
    ("Письма получили 24 конторы: 1 312 писем, в среднем по 55 писем на контору.", (1312, 24, 55)),
    ("Опрошено 1 600 респондентов.\n\nПодписку оформили 96 участников опроса, или 6%. Они довольны. Ещё 208 "
     "респондентов (13%) готовы платить, 1 296 респондентов (81%) платить не намерены.", (96, 208, 1296, 1600)),
]  # fmt: skip

FAIL = [
    # 61.4 - 54.9 = 6.5; 3.6 - 2.7 = 0.9; 45 - 34 = 11; 12 - 9 = 3.
    ("Turnout was 61.4% in cities and 54.9% in villages, 7.5 points apart.", (61.4, 54.9, 7.5)),
    ("Затраты упали с 3,6 млн до 2,7 млн тенге, экономия составила 0,5 млн.", (3.6e6, 2.7e6, 5e5)),
    ("Республика поднялась на девять строк и стала 34-й; в прошлом рейтинге она была 45-й.", (9, 34, 45)),
    ("Орташа қарау мерзімі 12 күннен 9 күнге қысқарды, яғни 5 күн үнемделді.", (12, 9, 5)),
    # 18,600 / 12,000 = 1.55; 340 / 5 = 68; 960 / 60 = 16.
    ("Postage cost the agency €18,600 last year for 12,000 letters, i.e. €1.65 a letter.", (18600, 12000, 1.65)),
    ("В пяти филиалах работают 340 сотрудников, то есть в среднем 78 на филиал.", (5, 340, 78)),
    ("Әр мұғалімге 14 оқушыдан келеді: 60 мұғалім 960 оқушыны оқытады.", (14, 60, 960)),
    # 3,360 / 4,800 = 70 %; 1,120 / 3,500 = 32 %.
    ("Всего подано 4 800 заявок, удовлетворено 3 360 – 75 %.", (4800, 3360, 75)),
    ("Women hold 1,120 of the 3,500 posts in the service, or 23 per cent.", (1120, 3500, 23)),
    # 18 + 9 + 6 = 33; 4 + 5 + 3 = 12; 8 + 5 = 13.
    ("Letters came from 31 countries; 18 of these are in Europe, nine in Asia and six in the Americas.",
     (31, 18, 9, 6)),
    ("Результаты изложены в 13 публикациях: четыре статьи в журналах, пять – в сборниках, три – в книгах.",
     (13, 4, 5, 3)),
    ("Проведено 14 заседаний, восемь очных и пять заочных.", (14, 8, 5)),
    # 34 - 28.9 = 5.1; 480 - 402 = 78; 34 - 28.9 = 5.1.
    ("Из 34 тысяч вагонов, заявленных на апрель, дорога подала лишь 28,9 тысячи, или 85%. Недостача – 6,1 тысячи "
     "вагонов.", (34e3, 28.9e3, 6.1e3)),
    ("Of the 480 wells drilled, 402 (84%) are in use. Unused are 87.", (480, 402, 87)),
    ("Сатып алынған 34 мың вагонның 28,9 мыңы жеткізілді, яғни 85%. Жетпегені – 6,1 мың вагон.", (34e3, 28.9e3, 6.1e3)),
    # 5.2 / 4.6 = 1.13; 7.8 / 6.0 = 1.3; 2150 / 1720 = 1.25.
    ("Training costs amounted to US$5.2 million (2023: US$4.6 million), growth of 31%.", (5.2e6, 4.6e6, 31)),
    ("Шығын 7,8 млрд теңге болды (2022 жылы – 6,0 млрд теңге), өсім 13%.", (7.8e9, 6e9, 13)),
    ("Средний платёж – 2 150 тенге; два года назад он составлял 1 720 тенге, рост – 20%.", (2150, 1720, 20)),
    # 58.4 - 51.6 = 6.8; 55 - 49 = 6.
    ("Помощью удовлетворены 58,4% жителей, не удовлетворены 29,7%, затруднились 11,9%. По сравнению с замером 2021 "
     "года (51,6%) удовлетворённость выросла на 7,8 п.п.", (58.4, 51.6, 7.8)),
    ("Полностью доверяют телевидению 49%, не доверяют – 38%, затруднились с ответом 13%. В 2022 году уровень доверия "
     "телевидению составлял 55%: за два года он упал на 9 процентных пунктов.", (49, 55, 9)),
    # 118 / 427 = 27.6 %; 416 / 640 = 65 %; 9 / 20 = 45 %.
    ("Ақпаратты тексеретінін 427 студент айтты. Олардың 118-і ғана кері іздеу тәсілін біледі, яғни тексеретіндердің "
     "31,6 пайызы.", (427, 118, 31.6)),
    ("В опросе участвовали 640 учителей. Из них 416 прошли курсы за последние два года, то есть 60 %.", (640, 416, 60)),
    ("Expenditure was $20 million: schools ($9 million), roads ($6 million), parks ($5 million). Schools took 54% of "
     "the budget.", (20e6, 9e6, 54)),
    # 1312 / 24 = 54.7.
    ("The 24 offices answered 1,312 letters, on average 57 letters per office.", (1312, 24, 57)),
    # 31.9 + 38.6 + 18.3 = 88.8.
    ("Аккаунттардың 84,3 мың жазылушысы бар. Facebook-те 31,9 мың, Instagram-да 38,6 мың, Telegram-да 18,3 мың "
     "жазылушы бар.", (31.9e3, 38.6e3, 18.3e3, 84.3e3)),
]  # fmt: skip

NOTHING = [
    "The service has 24 staff. It answered 31,000 letters, 12% of them within a day.",
    "Prices rose by 8% in 2021 and by 15% in 2022; the index of 2023 stood at 124.",
    "It costs 250 tenge per month, the fine is 40,000 tenge and 300 people paid it.",
    "The ministry of a country of 80 million had 2.4 million followers, 30 for every thousand inhabitants.",
    "The site had 14 million visits, 3 million more than planned. In 2019 it had 12 million.",
    "Самый молодой участник – 19 лет, самый старший – 71 год, средний возраст – 38 лет.",
    "Тираж вырос на 20 %, цена – на 15 %, выручка достигла 36 млн тенге, а в 2019 году было 25 млн.",
    "Эксперты (11 человек) поставили политике в среднем 3,4 балла из 5.",
    "Курсы прошли 615 сотрудников, в том числе 402 дипломата и 183 административных работника.",
    "Бағасы 2 500 теңге болатын кітап 15 пайызға қымбаттады, таралымы 3 000 дана.",
    "Қор 2019 жылы 500 грант берсе, биыл грант саны 20 пайызға көп, бюджеті 700 млн теңге.",
    "Куплено 40 автобусов и 12 троллейбусов. Остальные 15 взяты в аренду.",
    "Of 480 wells, 402 (84%) are in use. Another 35 were unfinished.",
    "Из 480 колодцев работают 402 (84 %). Ещё 35 остались недостроенными.",
    "Расходы составили 6,3 млрд тенге (2022 г. – 5,4 млрд тенге), налоги выросли на 26%.",
    "Семеро из 11 считают, что деньги лучше вложить в обучение; шестеро – что их нужно сократить.",
    "Output grew from 1,675 hours in 1950 to 7,839 hours in 1990. Two broadcasters accounted for 4,311 hours: one with "
    "2,410 hours and the other with 1,901 hours.",
    "Площадь под пшеницей сократится с 13,2 до 12,4 млн гектаров, зато под масличными вырастет до 3,3 млн гектаров – "
    "на 400 тысяч больше прошлогодних 2,9 млн.",
    "Respondents were 600: women (360), men (240). Turnout among women was 72%, so we are content.",
    "Trust in courts is 67%. In 2024 trust in the army was 58%, up 4 percentage points.",
    "Доверие к судам – 67%. Доверие к армии составило 58%, по сравнению с прошлым годом оно выросло на 4 п. п.",
    "Раньше работали 54 школы и 31 центр, теперь – 92 школы.",
    "Сайтты 427 студент біледі. Олардың 118-і оған жазылған, 31 пайызы пікір қалдырған.",
]


def _drafted(tmp_path: Path, text: str) -> list[tuple[list[float], str]]:
    """The values of every draft and its verdict."""
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    value = dict(zip(found.figures["claim_id"], found.figures["value"], strict=True))
    verdict = dict(zip(found.findings["relation_id"], found.findings["verdict"], strict=True))
    return [
        (
            sorted(value[name] for side in (one.left, one.right) if pd.notna(side) for name in side.split()),
            verdict[one.relation_id],
        )
        for one in found.relations.itertuples()
    ]


@pytest.mark.parametrize(("text", "values"), HOLD)
def test_what_is_asked_is_answered_in_any_order(tmp_path: Path, text: str, values: tuple[float, ...]) -> None:
    found = _drafted(tmp_path, text)
    assert any(one == pytest.approx(sorted(values)) and verdict in ("holds", "approximate") for one, verdict in found)


@pytest.mark.parametrize(("text", "values"), FAIL)
def test_what_can_mean_nothing_else_fails(tmp_path: Path, text: str, values: tuple[float, ...]) -> None:
    assert (pytest.approx(sorted(values)), "fails") in _drafted(tmp_path, text)


@pytest.mark.parametrize("text", NOTHING)
def test_figures_that_do_not_belong_together_raise_no_alarm(tmp_path: Path, text: str) -> None:
    assert [one for one in _drafted(tmp_path, text) if one[1] == "fails"] == []


def test_chance_is_what_share_of_figures_of_a_form_would_fit(one) -> None:  # type: ignore[no-untyped-def]
    # Of whole numbers up to 100, one is 100 - 60; of whole percents a hundredth is 60 of 100.
    ends = [one(100.0), one(60.0)]
    assert reckoned.chance("difference", ends, one(40.0)) == pytest.approx(0.01)
    share = one(60.0, "percent", low=59.5, high=60.5)
    assert reckoned.chance("share_of_base", [one(60.0), one(100.0)], share) == pytest.approx(0.01)


def test_a_misprint_is_one_digit_or_two_exchanged(one) -> None:  # type: ignore[no-untyped-def]
    # 100 - 60 = 40 and 103 - 60 = 43; 57 is two digits off 60.
    told = one(43.0, printed="43")
    ends = [one(100.0, printed="100"), one(60.0, printed="60")]
    assert reckoned.mended("difference", ends, told) == 2
    # 43: 8 + 9 digits and a swap; 100: 8 + 9 + 9 digits, a swap that changes nothing and one that opens with 0;
    # 60: 8 + 9 digits, the swap opens with 0.
    assert reckoned.slips([*ends, told]) == (8 + 9 + 1) + (8 + 9 + 9) + (8 + 9)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The centre has 240 employees, including 60 women, 25%.", ["holds"]),
        ("The centre has 240 employees, including 60 women, 35%.", ["fails"]),  # 60 of 240 are 25%
        ("The centre has 240 staff, including 60 teachers (35%).", ["fails"]),
    ],
)
def test_a_share_behind_a_part_that_is_included_is_of_its_whole(tmp_path: Path, text: str, verdicts: list[str]) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    review = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    shares = set(review.relations.loc[review.relations["kind"] == "share_of_base", "relation_id"])
    assert review.findings.loc[review.findings["relation_id"].isin(shares), "verdict"].tolist() == verdicts
