"""Lists, places and orders of dates that a text tells, with the verdicts a reader expects."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

KINDS = {"list_length", "rank_within", "date_order", "same_date"}
TOLD = [
    (
        "The programme sets five targets for 2027:\n1. roads\n2. schools\n3. clinics\n4. trade",
        "list_length fails",
    ),
    (
        "It sets four targets for 2027: roads, schools, clinics and trade.",
        "list_length ok",
    ),
    (
        "Four steps would answer most of the complaints: (1) one booking system; (2) a telephone line; (3) "
        "pages that carry a date; (4) answers within 48 hours.",
        "list_length ok",
    ),
    (
        "Five steps would answer most of the complaints: (1) one booking system for all missions; (2) a "
        "telephone line that is answered; (3) pages that carry a date; (4) answers within 48 hours; (5) "
        "payment by card; (6) forms in English.",
        "list_length fails",
    ),
    (
        "The four reasons given most often for mistrust were outdated pages, unanswered questions, "
        "advertising and copied news.",
        "list_length ok",
    ),
    (
        "The four reasons given most often were outdated pages, unanswered questions, advertising, slow "
        "answers and copied news.",
        "list_length fails",
    ),
    (
        "Three languages are used on the page: Kazakh, Russian and English.",
        "list_length ok",
    ),
    (
        "The index has five dimensions – presence, reach, dialogue, content.",
        "list_length fails",
    ),
    (
        "There are three main barriers: first, the cost; second, the lack of skills; third, distrust.",
        "list_length ok",
    ),
    (
        "There are four main barriers: first, the cost; second, the lack of skills; third, distrust.",
        "list_length fails",
    ),
    (
        "The ministry runs three channels, namely Telegram, YouTube and Instagram.",
        "list_length ok",
    ),
    (
        "The ministry runs four channels, namely Telegram, YouTube and Instagram.",
        "list_length fails",
    ),
    (
        "The report makes three recommendations. First, pages should carry a date. Second, questions should "
        "be answered. Third, staff should be trained.",
        "list_length ok",
    ),
    (
        "The report makes four recommendations. First, pages should carry a date. Second, questions should "
        "be answered. Third, staff should be trained.",
        "list_length fails",
    ),
    (
        "The plan rests on three pillars:\n• skills\n• networks\n• trust",
        "list_length ok",
    ),
    (
        "The plan rests on four pillars:\n• skills\n• networks\n• trust",
        "list_length fails",
    ),
    (
        "We test three hypotheses: a) trust grows with age; b) trust grows with income; c) trust falls with distance.",
        "list_length ok",
    ),
    (
        "We test two hypotheses: a) trust grows with age; b) trust grows with income; c) trust falls with distance.",
        "list_length fails",
    ),
    (
        "Its three members are Peru, Chad and Mali.",
        "list_length ok",
    ),
    (
        "The six countries compared are Peru, Chad, Mali, Iran and Laos.",
        "list_length fails",
    ),
    (
        "Programmes go out in two languages, Kazakh (61%) and Russian (39%).",
        "list_length ok",
    ),
    (
        "Автор выносит на защиту четыре положения:\n1. Рост неравномерен.\n2. Связи взаимны.\n3. Язык важен.",
        "list_length fails",
    ),
    (
        "На защиту выносятся три положения:\n1. Рост неравномерен.\n2. Связи взаимны.\n3. Язык важен.",
        "list_length ok",
    ),
    (
        "Программа решает пять задач: 1) дороги; 2) школы; 3) клиники; 4) торговля.",
        "list_length fails",
    ),
    (
        "Программа решает четыре задачи: 1) дороги; 2) школы; 3) клиники; 4) торговля.",
        "list_length ok",
    ),
    (
        "Телеканал выходит на шести языках: казахском, русском, английском, китайском и турецком.",
        "list_length fails",
    ),
    (
        "Телеканал выходит на пяти языках: казахском, русском, английском, китайском и турецком.",
        "list_length ok",
    ),
    (
        "Названы три причины: во-первых, цена; во-вторых, навыки; в-третьих, недоверие.",
        "list_length ok",
    ),
    (
        "Названы четыре причины: во-первых, цена; во-вторых, навыки; в-третьих, недоверие.",
        "list_length fails",
    ),
    (
        "Тремя главными причинами стали цена, навыки и недоверие.",
        "list_length ok",
    ),
    (
        "Четырьмя главными препятствиями оказались цена, навыки и недоверие.",
        "list_length fails",
    ),
    (
        "Работа состоит из введения, трёх глав, заключения и списка литературы.",
        "-",
    ),
    (
        "Министерство ведёт три канала: в «Телеграме», на YouTube и в Instagram.",
        "list_length ok",
    ),
    (
        "Министерство ведёт четыре канала: в «Телеграме», на YouTube и в Instagram.",
        "list_length fails",
    ),
    (
        "План опирается на три направления:\n– навыки;\n– сети;\n– доверие.",
        "list_length ok",
    ),
    (
        "План опирается на пять направлений:\n– навыки;\n– сети;\n– доверие.",
        "list_length fails",
    ),
    (
        "Выделены четыре группы: а) молодые; б) средние; в) старшие; г) пожилые.",
        "list_length ok",
    ),
    (
        "Выделены пять групп: а) молодые; б) средние; в) старшие; г) пожилые.",
        "list_length fails",
    ),
    (
        "Из трёх стран – Перу, Чада и Мали – ответила одна.",
        "list_length ok",
    ),
    (
        "2024 жылға төрт міндет қойылды: 1) бірыңғай орталық ашу; 2) қосымша жасау; 3) консулдарды оқыту; 4) "
        "деректерді жариялау; 5) бейнеқабылдау енгізу.",
        "list_length fails",
    ),
    (
        "2024 жылға төрт міндет қойылды: 1) бірыңғай орталық ашу; 2) қосымша жасау; 3) консулдарды оқыту; 4) "
        "деректерді жариялау.",
        "list_length ok",
    ),
    (
        "Бағдарламада бес міндет шешіледі:\n1. жол салу;\n2. мектеп ашу;\n3. емхана жөндеу;\n4. сауда.",
        "list_length fails",
    ),
    (
        "Бағдарламада төрт міндет шешіледі:\n1. жол салу;\n2. мектеп ашу;\n3. емхана жөндеу;\n4. сауда.",
        "list_length ok",
    ),
    (
        "Қорғауға үш тұжырым ұсынылады:\n1. Өсу біркелкі емес.\n2. Байланыс өзара.\n3. Тіл маңызды.",
        "list_length ok",
    ),
    (
        "Қорғауға төрт тұжырым ұсынылады:\n1. Өсу біркелкі емес.\n2. Байланыс өзара.\n3. Тіл маңызды.",
        "list_length fails",
    ),
    (
        "Зерттеу үш сұраққа жауап іздейді: кімге жауап беріледі, қандай тілде және қаншалықты жылдам.",
        "list_length ok",
    ),
    (
        "Болашақта екі бағытты дамыту қажет: жауаптардың мазмұнын талдау, пайдаланушылармен сұхбат.",
        "list_length ok",
    ),
    (
        "Болашақта үш бағытты дамыту қажет: жауаптардың мазмұнын талдау, пайдаланушылармен сұхбат.",
        "list_length fails",
    ),
    (
        "Арна алты тілде таратылады: қазақ, орыс, ағылшын, қытай және түрік.",
        "list_length fails",
    ),
    (
        "Арна бес тілде таратылады: қазақ, орыс, ағылшын, қытай және түрік.",
        "list_length ok",
    ),
    (
        "Үш себеп аталды: біріншіден, баға; екіншіден, дағды; үшіншіден, сенімсіздік.",
        "list_length ok",
    ),
    (
        "Төрт себеп аталды: біріншіден, баға; екіншіден, дағды; үшіншіден, сенімсіздік.",
        "list_length fails",
    ),
    (
        "Негізгі бағыт үшеу: дағды, желі және сенім.",
        "list_length ok",
    ),
    (
        "Негізгі бағыт төртеу: дағды, желі және сенім.",
        "list_length fails",
    ),
    (
        "Бұл үш ел – Перу, Чад және Мали – жауап берді.",
        "list_length ok",
    ),
    (
        "We asked 12 people: most of them, 8, agreed, and the rest did not.",
        "-",
    ),
    (
        "Two people came: one from Peru, one from Chad.",
        "-",
    ),
    (
        "Ответили 14 стран: в Европе, Азии и Америке их доля растёт.",
        "-",
    ),
    (
        "The survey lists four problems, among them cost and distance.",
        "-",
    ),
    (
        "Three of the five ministries, Health, Trade and Energy, replied.",
        "-",
    ),
    (
        "The five largest posts, including Paris, Rome and Bonn, replied.",
        "-",
    ),
    (
        "Пять крупнейших посольств, в том числе в Париже, Риме и Бонне, ответили.",
        "-",
    ),
    (
        "Бес елшілік, оның ішінде Париж, Рим және Бонн, жауап берді.",
        "-",
    ),
    (
        "Four ministries replied: Health, Trade and two others.",
        "-",
    ),
    (
        "Two goals were set: to teach staff and, by 2027, to answer every letter, whatever its language.",
        "-",
    ),
    (
        "The article was received on 14 June 2022 and accepted on 3 March 2022.",
        "date_order fails",
    ),
    (
        "The article was received on 14 March 2022, revised on 2 May 2022 and accepted on 3 June 2022.",
        "date_order ok ; date_order ok ; date_order ok",
    ),
    (
        "Постановление от 17 октября 2024 г. вступает в силу с 1 января 2025 г.",
        "date_order ok",
    ),
    (
        "Постановление от 17 октября 2024 г. вступает в силу с 1 января 2023 г.",
        "date_order fails",
    ),
    (
        "Работа обсуждена на заседании кафедры 12 мая 2024 г. (протокол № 9), предзащита прошла 20 июня 2024 г.",
        "date_order ok",
    ),
    (
        "Работа обсуждена на заседании кафедры 12 мая 2024 г., защита прошла 20 июня 2023 г.",
        "date_order fails",
    ),
    (
        "Жұмыс 2024 жылғы 16 мамырда талқыланды, қорғау 2024 жылғы 27 қыркүйекте өтеді.",
        "date_order ok",
    ),
    (
        "Жұмыс 2024 жылғы 16 мамырда талқыланды, қорғау 2023 жылғы 27 қыркүйекте өтеді.",
        "date_order fails",
    ),
    (
        "The law was adopted on 3 May 2021 and came into force on 1 January 2022.",
        "date_order ok",
    ),
    (
        "The law was adopted on 3 May 2023 and came into force on 1 January 2022.",
        "date_order fails",
    ),
    (
        "Форум открылся 4 июня 2023 года и закрылся 6 июня 2023 года.",
        "date_order ok",
    ),
    (
        "The fair opened on 4 June 2023 and closed on 2 June 2023.",
        "date_order fails",
    ),
    (
        "The embassy in Rome opened in 2019, that in Bonn closed in 2015.",
        "-",
    ),
    (
        "The institute was founded in 1992 and dissolved in 1987.",
        "date_order fails",
    ),
    (
        "The institute in Rome was founded in 1992, that in Bonn dissolved in 1987.",
        "-",
    ),
    (
        "Заң 2021 жылғы 3 мамырда қабылданған, 2022 жылғы 1 қаңтарда күшіне енді.",
        "date_order ok",
    ),
    (
        "Мақала 2023 жылғы 5 қыркүйекте түсті, 2023 жылғы 2 маусымда қабылданды.",
        "date_order fails",
    ),
    (
        "In 2023 the ministry adopted a plan; the plan of 2019 came into force late.",
        "-",
    ),
    (
        "The contest was launched in May 2022; results of the one launched in 2021 were published in 2020.",
        "-",
    ),
    (
        "Общество основано в 1931 году, устав утверждён в 1928 году.",
        "-",
    ),
    (
        "Within its subregion, which counts five countries, it is now placed second.",
        "rank_within ok",
    ),
    (
        "Within its subregion, which counts five countries, it is now placed seventh.",
        "rank_within fails",
    ),
    (
        "Among 16 provinces it ranks 17th.",
        "rank_within fails",
    ),
    (
        "Среди 16 областей она на 17-м месте.",
        "rank_within fails",
    ),
    (
        "16 облыстың ішінде 17-орында.",
        "rank_within fails",
    ),
    (
        "Он занял 14-е место из 12.",
        "rank_within fails",
    ),
    (
        "In the group of five states it is sixth.",
        "rank_within fails",
    ),
    (
        "В группе из пяти стран она шестая.",
        "rank_within fails",
    ),
    (
        "Индекс охватывает 130 стран. Страна занимает 142-е место.",
        "rank_within fails",
    ),
    (
        "Рейтингке 130 ел енген. Ел 142-орында.",
        "rank_within fails",
    ),
    (
        "Of 24 provinces, Aru came third and Bor 25th.",
        "rank_within ok ; rank_within fails",
    ),
    (
        "Of its 12 staff, the second secretary answers letters.",
        "-",
    ),
    (
        "Among 16 provinces, 12 answered by the 17th of May.",
        "-",
    ),
    (
        "It sets five targets for 2027:\n\n(a) fibre in every village;\n(b) one portal;\n(c) training;\n(d) a law.",
        "list_length fails",
    ),
    (
        "Ол үшін бес міндет шешіледі:\n\nа) қызметкерлерді оқыту;\nә) сайттарды жаңарту;\nб) жауап беру;\nв) қорғау.",
        "list_length fails",
    ),
    (
        "Программа выполняется в два этапа: подготовительный (2025–2026 гг.) и основной (2027–2029 гг.).",
        "list_length ok",
    ),
    (
        "Программа выполняется в три этапа: подготовительный (2025–2026 гг.) и основной (2027–2029 гг.).",
        "list_length fails",
    ),
    (
        "Ставятся три задачи:\n\nа) описать сеть;\nб) найти центр;\nв) сравнить языки.",
        "list_length ok",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_a_text_tells_is_drafted_and_judged_as_a_reader_would(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    review = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    verdicts = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
    found = [
        f"{row.kind} {'fails' if verdicts[row.relation_id] == 'fails' else 'ok'}"
        for row in review.relations.itertuples()
        if row.kind in KINDS and "list_end" not in row.relation_id
    ]
    assert sorted(found) == ([] if expected == "-" else sorted(one.strip() for one in expected.split(";")))
