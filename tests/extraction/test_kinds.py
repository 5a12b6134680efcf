"""Figures of the kinds papers tell, a sentence each, with values and units noted by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import extraction, sources

PEOPLE = {"persons", "users", "followers", "authors", "respondents"}
FIGURES = [
    (
        "Семеро из 11 опрошенных согласны, шестеро против.",
        "7 persons; 11 persons; 6 persons",
    ),
    (
        "В отделе работают пятеро, двое из них – внештатно.",
        "5 persons; 2 persons",
    ),
    (
        "Курсы окончили 24 сотрудника, трое получили отличие.",
        "24 persons; 3 persons",
    ),
    (
        "Четверо дипломатов ответили в срок.",
        "4 persons",
    ),
    (
        "Мнения восьмерых экспертов разошлись.",
        "8 persons",
    ),
    (
        "Из 12 стажёров девятеро остались на службе.",
        "12 persons; 9 persons",
    ),
    (
        "За проект голосовали десятеро депутатов.",
        "10 persons",
    ),
    (
        "У троих участников не было аккаунта.",
        "3 persons",
    ),
    (
        "Сараптама тобында он бір адам болды, жетеуі қолдады, төртеуі қарсы шықты.",
        "11 persons; 7 persons; 4 persons",
    ),
    (
        "Он екі тағылымгердің тоғызы қызметте қалды.",
        "12 persons; 9 persons",
    ),
    (
        "24 қызметкердің үшеуі үздік атанды.",
        "24 persons; 3 persons",
    ),
    (
        "Seven of the 11 experts agreed and six did not.",
        "7 persons; 11 persons; 6 persons",
    ),
    (
        "Of the 12 trainees, nine stayed in the service and three left.",
        "12 persons; 9 persons; 3 persons",
    ),
    (
        "The department has five staff, two of them part-time.",
        "5 persons; 2 persons",
    ),
    (
        "A dozen diplomats replied in time.",
        "12 persons",
    ),
    (
        "The plants produced 412.5 GWh of electricity, 66.0 GWh of it from wind.",
        "412.5 unstated; 66 unstated",
    ),
    (
        "Greenhouse gas emissions fell to 310 thousand t from 325 thousand t.",
        "310000 unstated; 325000 unstated",
    ),
    (
        "The network is 1,240 km long and covers 86 km².",
        "1240 unstated; 86 unstated",
    ),
    (
        "Average download speed reached 84.6 Mbit/s, against 52.1 Mbit/s a year before.",
        "84.6 unstated; 52.1 unstated",
    ),
    (
        "The archive holds 3.2 TB of data.",
        "3.2 unstated",
    ),
    (
        "The ship carried 24,500 tonnes of grain.",
        "24500 unstated",
    ),
    (
        "The reservoir holds 18 million m³ of water.",
        "18000000 unstated",
    ),
    (
        "Paper use fell from 46 t to 31 t.",
        "46 unstated; 31 unstated",
    ),
    (
        "The province has an area of 178,000 square kilometres.",
        "178000 unstated",
    ),
    (
        "The line carries 500 kV.",
        "500 unstated",
    ),
    (
        "The house uses 9.2 kWh per square metre.",
        "9.2 unstated",
    ),
    (
        "Yields reached 14.2 centners per hectare.",
        "14.2 unstated",
    ),
    (
        "Потребление электроэнергии – 412,5 ГВт·ч, из них 66,0 ГВт·ч из возобновляемых источников.",
        "412.5 unstated; 66 unstated",
    ),
    (
        "Выбросы парниковых газов: 310 тыс. т (2022 г. – 325 тыс. т).",
        "310000 unstated; 325000 unstated",
    ),
    (
        "Протяжённость сети – 12,4 тыс. км, площадь покрытия – 86 тыс. кв. км.",
        "12400 unstated; 86000 unstated",
    ),
    (
        "Средняя скорость загрузки достигла 84,6 Мбит/с (годом ранее – 52,1 Мбит/с).",
        "84.6 unstated; 52.1 unstated",
    ),
    (
        "Объём архива – 3,2 Тбайт.",
        "3.2 unstated",
    ),
    (
        "Сбор зерна составил 24,5 млн тонн, урожайность – 14,2 ц/га.",
        "24500000 unstated; 14.2 unstated",
    ),
    (
        "Водохранилище вмещает 18 млн куб. м воды.",
        "18000000 unstated",
    ),
    (
        "Расход бумаги сократился с 46 т до 31 т.",
        "46 unstated; 31 unstated",
    ),
    (
        "На одного абонента приходится 19,2 ГБ в месяц.",
        "19.2 unstated",
    ),
    (
        "Выработка солнечных станций – 240 млн кВт·ч.",
        "240000000 unstated",
    ),
    (
        "Мощность станции – 50 МВт.",
        "50 unstated",
    ),
    (
        "Электр энергиясын тұтыну 412,5 ГВт·сағ болды, оның 66,0 ГВт·сағ-ы жаңартылатын көздерден.",
        "412.5 unstated; 66 unstated",
    ),
    (
        "Шығарындылар 310 мың т болды (2022 ж. – 325 мың т).",
        "310000 unstated; 325000 unstated",
    ),
    (
        "Желінің ұзындығы – 12,4 мың км, аумағы – 86 мың шаршы км.",
        "12400 unstated; 86000 unstated",
    ),
    (
        "Орташа жылдамдық 84,6 Мбит/с-қа жетті.",
        "84.6 unstated",
    ),
    (
        "Облыста 24,5 мың тонна астық жиналды.",
        "24500 unstated",
    ),
    (
        "Мұрағат көлемі – 3,2 ТБ.",
        "3.2 unstated",
    ),
    (
        "Станция қуаты – 50 МВт.",
        "50 unstated",
    ),
    (
        "К сети подключены 62 тыс. домохозяйств и 4,1 тыс. предприятий.",
        "62000 items; 4100 items",
    ),
    (
        "Выдано 18,4 тыс. виз и 3,2 тыс. паспортов.",
        "18400 items; 3200 items",
    ),
    (
        "На портале 1,2 млн записей и 340 тыс. документов.",
        "1200000 items; 340000 items",
    ),
    (
        "Обучение прошли 5,6 тыс. госслужащих.",
        "5600 persons",
    ),
    (
        "За год принято 3,6 млн звонков, в среднем 300 тыс. в месяц.",
        "3600000 items; 300000 items",
    ),
    (
        "Парк насчитывает 2,3 тыс. машин.",
        "2300 items",
    ),
    (
        "Услугой воспользовались 48 тыс. семей.",
        "48000 items",
    ),
    (
        "В архиве 120 тыс. снимков, 15 тыс. из них оцифрованы.",
        "120000 items; 15000 items",
    ),
    (
        "Продано 310 тыс. билетов.",
        "310000 items",
    ),
    (
        "Проведено 1,4 тыс. проверок.",
        "1400 items",
    ),
    (
        "Some 62 thousand households and 4.1 thousand firms are connected.",
        "62000 items; 4100 items",
    ),
    (
        "The posts issued 18.4 thousand visas.",
        "18400 items",
    ),
    (
        "The portal has 1.2 million records.",
        "1200000 items",
    ),
    (
        "The centre took 3.6 million calls, 300,000 a month on average.",
        "3600000 items; 300000 items",
    ),
    (
        "The service was used by 48,000 families.",
        "48000 items",
    ),
    (
        "The archive has 120,000 photographs, of which 15,000 are scanned.",
        "120000 items; 15000 items",
    ),
    (
        "310 thousand tickets were sold.",
        "310000 items",
    ),
    (
        "There are 286 post offices in the province, 198 of them in rural areas.",
        "286 items; 198 items",
    ),
    (
        "Women hold 1,120 of the 3,500 posts in the public service.",
        "1120 items; 3500 items",
    ),
    (
        "The ministry has 640 posts, of which 52 are vacant.",
        "640 items; 52 items",
    ),
    (
        "The number of inns rose by 1,000. The countries of Moldova and Armenia, both of which run hotels, copy it.",
        "1000 items; 2 countries",
    ),
    (
        "Nine of 14 senior posts are held by women.",
        "9 items; 14 items",
    ),
    (
        "The embassy published 640 posts in May.",
        "640 messages",
    ),
    (
        "Желіге 62 мың үй шаруашылығы және 4,1 мың кәсіпорын қосылған.",
        "62000 items; 4100 items",
    ),
    (
        "Былтыр 18,4 мың виза берілді.",
        "18400 items",
    ),
    (
        "Порталда 1,2 млн жазба бар, оның 340 мыңы ашық.",
        "1200000 messages; 340000 messages",
    ),
    (
        "Қызметті 48 мың отбасы пайдаланды.",
        "48000 items",
    ),
    (
        "Орталық 3,6 млн қоңырау қабылдады, айына орта есеппен 300 мың.",
        "3600000 items; 300000 items",
    ),
    (
        "Мұрағатта 120 мың сурет сақтаулы.",
        "120000 items",
    ),
    (
        "310 мың билет сатылды.",
        "310000 items",
    ),
    (
        "1,4 мың тексеру жүргізілді.",
        "1400 items",
    ),
    (
        "Letters posted per inhabitant dropped from 14.8 to 3.7.",
        "14.8 items; 3.7 items",
    ),
    (
        "The number of messages per day rose from 12.4 to 18.6.",
        "12.4 messages; 18.6 messages",
    ),
    (
        "Training hours per employee went from 16 to 24.",
        "16 hours; 24 hours",
    ),
    (
        "Число писем на одного жителя сократилось с 14,8 до 3,7.",
        "14.8 items; 3.7 items",
    ),
    (
        "На одного сотрудника пришлось 24 часа обучения (в 2022 году – 16).",
        "24 hours; 16 hours",
    ),
    (
        "Бюджет – 840 тенге на жителя.",
        "840 KZT",
    ),
    (
        "Бір қызметкерге 24 сағат оқудан келеді.",
        "24 hours",
    ),
    (
        "Бір тұрғынға шаққанда хат саны 14,8-ден 3,7-ге дейін азайды.",
        "14.8 items; 3.7 items",
    ),
    (
        "Страна стоит на 58-м месте среди 210, потеряв за год пять строк (было 53-е).",
        "58 rank; 210 items; 5 places; 53 rank",
    ),
    (
        "По первому показателю вуз поднялся на шесть мест (в 2014 году – 17-е).",
        "6 places; 17 rank",
    ),
    (
        "Город занял 14-е место, поднявшись на три ступени с 17-го.",
        "14 rank; 3 places; 17 rank",
    ),
    (
        "Область опустилась с девятого места на двенадцатое.",
        "9 rank; 12 rank",
    ),
    (
        "Страна потеряла четыре пункта рейтинга и оказалась на 31-й позиции.",
        "4 places; 31 rank",
    ),
    (
        "Университет – двадцать первый среди 60 вузов.",
        "21 rank; 60 items",
    ),
    (
        "Страна замыкает первую двадцатку.",
        "20 rank",
    ),
    (
        "The country came second among 24 provinces.",
        "2 rank; 24 regions",
    ),
    (
        "The country ranks 58th of 193 states, up five places from 63rd.",
        "58 rank; 193 countries; 5 places; 63 rank",
    ),
    (
        "The university climbed six spots to 17th.",
        "6 places; 17 rank",
    ),
    (
        "It is 86th in the ranking, having slipped eleven ranks since 2018, when it was 75th.",
        "86 rank; 11 places; 75 rank",
    ),
    (
        "On the second index the province was ninth; a year earlier it had been twelfth.",
        "9 rank; 12 rank",
    ),
    (
        "The state stands second to last, in 23rd place.",
        "23 rank",
    ),
    (
        "Ел 58-орында тұр, бір жылда бес орын жоғалтты.",
        "58 rank; 5 places",
    ),
    (
        "Қазақстан 27 елдің ішінде тоғызыншы орында, бұрын 14-орында еді: бес саты жоғарылады.",
        "27 countries; 9 rank; 14 rank; 5 places",
    ),
    (
        "Облыс 17-орыннан 14-орынға көтеріліп, үш орынға алға жылжыды.",
        "17 rank; 14 rank; 3 places",
    ),
    (
        "Эксперты поставили политике 3,4 балла из 5.",
        "3.4 score; 5 score",
    ),
    (
        "Средняя оценка – 4,2 балла по пятибалльной шкале.",
        "4.2 score",
    ),
    (
        "Удовлетворённость выросла с 3,8 до 4,1 балла.",
        "3.8 score; 4.1 score",
    ),
    (
        "The experts gave the policy 3.4 points out of 5 on average.",
        "3.4 score; 5 score",
    ),
    (
        "The app is rated 4.6 out of 5.",
        "4.6 score; 5 score",
    ),
    (
        "Respondents scored the service 7.8 out of 10.",
        "7.8 score; 10 score",
    ),
    (
        "Қызметке 10 балдан 7,8 балл берілді.",
        "10 score; 7.8 score",
    ),
    (
        "The index rose from 0.5284 to 0.6012, by 0.0728.",
        "0.5284 unstated; 0.6012 unstated; 0.0728 unstated",
    ),
    (
        "Cohen's kappa was 0.81.",
        "0.81 unstated",
    ),
    (
        "Индекс онлайн-услуг составил 0,8425 против 0,7712 в 2020 году.",
        "0.8425 unstated; 0.7712 unstated",
    ),
    (
        "Коэффициент Джини равен 0,34, плотность сети – 0,08.",
        "0.34 unstated; 0.08 unstated",
    ),
    (
        "Каппа Коэна равна 0,77.",
        "0.77 unstated",
    ),
    (
        "Индекс 0,6012-ге жетті, бұрын 0,5284 болған.",
        "0.6012 unstated; 0.5284 unstated",
    ),
    (
        "Желінің тығыздығы – 0,06, кластерлену коэффициенті – 0,58.",
        "0.06 unstated; 0.58 unstated",
    ),
    (
        "The human development index stands at 0.802.",
        "0.802 unstated",
    ),
    (
        "The correlation is 0.64 (n = 48).",
        "0.64 unstated; 48 items",
    ),
    (
        "Корреляция – 0,64 (n = 48).",
        "0.64 unstated; 48 items",
    ),
    (
        "Выручка компании – 214,5 млрд тенге. Чистая прибыль – 32,2 млрд (15,0 % выручки), EBITDA – 79,4 млрд.",
        "214500000000 KZT; 32200000000 KZT; 15 percent; 79400000000 KZT",
    ),
    (
        "Company revenue was 2.4 billion dollars. Net profit came to 0.3 billion, EBITDA to 0.8 billion.",
        "2400000000 dollars; 300000000 dollars; 800000000 dollars",
    ),
    (
        "The budget is €5.6 million. Of this, 3.1 million goes to salaries, 1.4 million to rent and 1.1 "
        "million to training.",
        "5600000 EUR; 3100000 EUR; 1400000 EUR; 1100000 EUR",
    ),
    (
        "Бюджет 42,5 млрд теңге. Оның 17,0 млрд-ы жалақыға, 12,5 млрд-ы жөндеуге жұмсалды.",
        "42500000000 KZT; 17000000000 KZT; 12500000000 KZT",
    ),
    (
        "Компанияның табысы 8,4 млрд теңге болды. Таза пайда – 1,2 млрд.",
        "8400000000 KZT; 1200000000 KZT",
    ),
    (
        "The airline paid £4.2 million in fees, ¥310 million in taxes and CHF 60,000 in fines.",
        "4200000 unstated; 310000000 unstated; 60000 unstated",
    ),
    (
        "Соседи тратят 70 центов на жителя, у нас – 12 тиын.",
        "70 unstated; 12 unstated",
    ),
    (
        "Each letter cost 45 cents in 2019 and 60 cents in 2023.",
        "45 unstated; 60 unstated",
    ),
    (
        "Расходы составили 960 млн тенге, из них 420 млн – на оборудование, 540 млн – на зарплату.",
        "960000000 KZT; 420000000 KZT; 540000000 KZT",
    ),
    (
        "Tickets are sold at 12.50 euros and the pass at 340 euros.",
        "12.5 EUR; 340 EUR",
    ),
    (
        "Средняя сумма договора – 71 млн тенге; три крупнейших потянули на 1,9 млрд.",
        "71000000 KZT; 3 items; 1900000000 KZT",
    ),
    (
        "За год поступило 64 800 обращений.\n\nЧаще всего граждане пишут так: паспорт – 25 920, гражданство "
        "– 16 200, нотариат – 12 960, прочее – 9 720.",
        "64800 appeals; 25920 appeals; 16200 appeals; 12960 appeals; 9720 appeals",
    ),
    (
        "Былтыр 64 800 өтініш түсті. Азаматтар мына мәселелер бойынша жүгінеді: паспорт – 25 920, азаматтық "
        "– 16 200, нотариат – 12 960, басқалары – 9 720.",
        "64800 appeals; 25920 appeals; 16200 appeals; 12960 appeals; 9720 appeals",
    ),
    (
        "The desk took 1,200 calls. Citizens asked about passports (480), visas (360), births (240) and "
        "other matters (120).",
        "1200 items; 480 items; 360 items; 240 items; 120 items",
    ),
    (
        "Of 2,400 messages, 1,200 were about travel, 720 about visas and 480 about culture.",
        "2400 messages; 1200 messages; 720 messages; 480 messages",
    ),
    (
        "Из 3 000 ответов 1 500 даны на русском языке, 900 – на английском, 600 – на местном.",
        "3000 items; 1500 items; 900 items; 600 items",
    ),
    (
        "Біз тапқан 85 зерттеудің 34-і (40 %) жазылушыларды, 29-ы хабарлама мазмұнын, 15-і ғана жауаптарды зерттейді.",
        "85 items; 34 items; 40 percent; 29 items; 15 items",
    ),
    (
        "Елшіліктер 6 500 хабарлама жазды. Оның 2 600-ы (40 %) сапарлар туралы, 1 625-і (25 %) мәдениет "
        "туралы, 975-і (15 %) экономика туралы, қалған 1 300-і (20 %) консулдық мәселелер туралы.",
        "6500 messages; 2600 messages; 40 percent; 1625 messages; 25 percent; 975 messages; 15 percent; 1300 "
        "messages; 20 percent",
    ),
    (
        "Жауаптардың тоғызын бот, 25-ін адам жазған.",
        "9 items; 25 items",
    ),
    (
        "400 жазылушының 120-сы студент, 80-і мұғалім.",
        "400 followers; 120 followers; 80 followers",
    ),
    (
        "Қазақстан елшіліктерінің жазылушылары 720 мыңнан 936 мыңға өсті, 30 %-ға көбейді.",
        "720000 followers; 936000 followers; 30 percent",
    ),
    (
        "Еуропалық 11 мемлекет 9 240 жауап берді, бір мемлекетке 840 жауаптан келеді; азиялық 16 мемлекет 8 "
        "352 жауап берді, яғни орта есеппен 522.",
        "11 countries; 9240 items; 840 items; 16 countries; 8352 items; 522 items",
    ),
    (
        "Missions from 21 European states sent 8,169 replies (mean 389 per state), missions from the other "
        "41 states 6,417.",
        "21 countries; 8169 items; 389 items; 41 countries; 6417 items",
    ),
    (
        "Сұрақтар күрт көбейді: азаматтардың сұрақтары 2 150-ден 5 375-ке дейін, яғни 2,5 есе артты.",
        "2150 items; 5375 items; 2.5 times",
    ),
    (
        "The ministry of a country of 80 million had 2.4 million followers. That of a country of 1.3 million "
        "had 182,000.",
        "80000000 persons; 2400000 followers; 1300000 persons; 182000 followers",
    ),
    (
        "2022 жылғы 1 қаңтар мен 31 желтоқсан аралығында 640 хабарлама жарияланды.",
        "640 messages",
    ),
    (
        "Құжаттар 2023 жылғы 4 сәуір мен 12 мамыр аралығында қабылданды.",
        "2023-04-04/2023-05-12 date",
    ),
    (
        "Жоспар 2026 жылға дейін орындалады.",
        "2026 date",
    ),
    (
        "Бағдарлама 2025–2028 жылдарға арналған.",
        "2025/2028 date",
    ),
    (
        "Кеңес 2021 жылдың 3 наурызынан 20 наурызына дейін өтті.",
        "2021-03-03/2021-03-20 date",
    ),
    (
        "The questionnaire was open from 4 September to 15 October 2023.",
        "2023-09-04/2023-10-15 date",
    ),
    (
        "Data were collected between 1 March and 30 April 2022.",
        "2022-03-01/2022-04-30 date",
    ),
    (
        "Анкета была открыта с 4 сентября по 15 октября 2023 года.",
        "2023-09-04/2023-10-15 date",
    ),
    (
        "Сбор данных шёл в период между 1 марта и 30 апреля 2022 г.",
        "2022-03-01/2022-04-30 date",
    ),
    (
        "The archive covers March 2019 to June 2021.",
        "2019-03/2021-06 date",
    ),
    (
        "Статья поступила в редакцию 12.03.2023, принята 5.06.2023.",
        "2023-03-12 date; 2023-06-05 date",
    ),
    (
        "The ISO 27001 audit of the 5G network and the G20 page found 14 faults during COVID-19.",
        "14 items",
    ),
    (
        "Industry 4.0 and Web 2.0 are named in 12 of 40 speeches.",
        "12 items; 40 items",
    ),
    (
        "Протокол № 9 от совета: рассмотрено 14 вопросов.",
        "14 items",
    ),
    (
        "See section 3.2, article 14 and pp. 112–118 of law No. 219; it has 64 articles.",
        "64 items",
    ),
    (
        "Статья 17 Закона № 219-V, пункт 4, глава 3: в законе 64 статьи.",
        "64 items",
    ),
    (
        "DOI 10.1234/abcd.2023.45 lists 31 sources.",
        "31 items",
    ),
    (
        "Қазақстан Республикасының 2015 жылғы 24 қарашадағы № 418-V Заңының 17-бабында 12 талап бар.",
        "12 items",
    ),
    (
        "По статье 8 и ст. 12 закона подано 31 жалоба.",
        "31 appeals",
    ),
    (
        "Кабинет 305, телефон 74-53-12, 2-й этаж: приём ведут 3 консула.",
        "3 persons",
    ),
    (
        "Form N-400 and Boeing 737 flights carried 5,400 people from Terminal 2.",
        "5400 persons",
    ),
    (
        "Room 12, Building 4: 6 desks are open.",
        "6 items",
    ),
    (
        "Windows 11 and Android 13 are used on 64 of 80 devices.",
        "64 items; 80 items",
    ),
    (
        "В формате C5+1 прошли 4 встречи, в «Большой семёрке» (G7) – 2.",
        "4 items; 2 items",
    ),
    (
        "На Windows 10 работают 64 из 80 компьютеров, приказ № 12/3 вступил в силу.",
        "64 items; 80 items",
    ),
    (
        "Отчёт министерства за 2023 год\n\nВ министерство поступило 640 обращений.",
        "640 appeals",
    ),
    (
        "Annual report 2023\n\nThe ministry received 640 appeals.",
        "640 appeals",
    ),
    (
        "Министрліктің 2023 жылғы есебі\n\nМинистрлікке 640 өтініш түсті.",
        "640 appeals",
    ),
    (
        "12.1 Overview\n\nThe province has 640 schools.\n\n12.2 Households\n\nIt has 310 clubs.",
        "640 items; 310 items",
    ),
    (
        "1. Introduction\n\nThere were 640 schools.\n\n2. Methods\n\nWe saw 12 clubs.\n\n3. Results\n\nWe "
        "found 9 faults.",
        "640 items; 12 items; 9 items",
    ),
    (
        "1. Кіріспе\n\nОблыста 640 мектеп бар.\n\n2. Әдістер\n\nБіз 12 клуб көрдік.\n\n3. Нәтижелер\n\nБіз 9 "
        "қате таптық.",
        "640 items; 12 items; 9 items",
    ),
    (
        "Figures for 2023 are provisional.",
        "-",
    ),
    (
        "2023 жылғы деректер алдын ала берілген.",
        "-",
    ),
    (
        "Данные за 2023 год предварительные.",
        "-",
    ),
    (
        "By age, 24% were under 30, 43% were between 30 and 49, 25% between 50 and 64, and 8% 65 or over.",
        "24 percent; 43 percent; 25 percent; 8 percent",
    ),
    (
        "Young people hardly call: 5% of those under 30 did so, compared with 22% of those aged 50 and over.",
        "5 percent; 22 percent",
    ),
    (
        "По возрасту: до 30 лет – 31 %, 30–49 лет – 38 %, 50 лет и старше – 31 %.",
        "31 percent; 38 percent; 31 percent",
    ),
    (
        "Среди опрошенных 18–29 лет доверяют 42 %, среди 30–44-летних – 37 %, старше 60 лет – 21 %.",
        "42 percent; 37 percent; 21 percent",
    ),
    (
        "Жасы бойынша: 30-ға дейін – 31 %, 30–49 жас – 38 %, 50 және одан жоғары – 31 %.",
        "31 percent; 38 percent; 31 percent",
    ),
    (
        "18–29 жастағылардың 42 %-ы, 30–44 жастағылардың 37 %-ы, 60 жастан асқандардың 21 %-ы сенеді.",
        "42 percent; 37 percent; 21 percent",
    ),
    (
        "The survey covers adults aged 18 to 65.",
        "18~65 years",
    ),
    (
        "Опрошены жители от 18 до 65 лет.",
        "18~65 years",
    ),
    (
        "The province passed the mark for the first time. 64% used the website first.",
        "64 percent",
    ),
    (
        "80 % вопросов решены с первого раза.",
        "80 percent",
    ),
    (
        "More than one answer was possible; 47 per cent named cost.",
        "47 percent",
    ),
    (
        "БҰҰ-ға мүше 187 мемлекет кемінде бір желіде тіркелген.",
        "187 countries",
    ),
    (
        "The first of these has 30% of the weight, the second 25%, the third 45%.",
        "30 percent; 25 percent; 45 percent",
    ),
    (
        "Первый из них имеет вес 30 %, второй – 25 %, третий – 45 %.",
        "30 percent; 25 percent; 45 percent",
    ),
    (
        "As several answers were allowed, the shares do not add up to a hundred.",
        "-",
    ),
    (
        "Доли в сумме превышают 100 %, так как ответов было несколько.",
        "-",
    ),
    (
        "Бірнеше жауап таңдауға болатындықтан, үлестердің қосындысы 100 %-дан асады.",
        "-",
    ),
    (
        "The survey reached 1,204 households in 38 villages; 61 of them had no electricity.",
        "1204 items; 38 items; 61 items",
    ),
    (
        "One hundred and twelve embassies (of 140) replied within two weeks.",
        "112 items; 140 items; 2 weeks",
    ),
    (
        "The hotline handled 2,310 calls a day, 96 an hour.",
        "2310 items; 96 items",
    ),
    (
        "Each consul served 412 citizens on average, against 380 a year before.",
        "412 persons; 380 persons",
    ),
    (
        "The ministry employs 1,840 people: 1,120 at headquarters and 720 abroad.",
        "1840 persons; 1120 persons; 720 persons",
    ),
    (
        "Of the 640 posts published in May, 412 carried a picture and 96 a video.",
        "640 messages; 412 messages; 96 messages",
    ),
    (
        "The page gained 12,400 followers in a year and now has 86,300.",
        "12400 followers; 86300 followers",
    ),
    (
        "The fee went up from $35 to $50, and the fine from $120 to $150.",
        "35 dollars; 50 dollars; 120 dollars; 150 dollars",
    ),
    (
        "The tender was worth 3.4 billion tenge; five companies bid, two of them from abroad.",
        "3400000000 KZT; 5 items; 2 items",
    ),
    (
        "A typical reply has 42 words, takes 3.5 hours and gets 17 likes.",
        "42 items; 3.5 hours; 17 items",
    ),
    (
        "The archive holds 3,120 photographs, 415 hours of film and 92 maps.",
        "3120 items; 415 hours; 92 items",
    ),
    (
        "The median age of the staff is 37, and 44% are under 35.",
        "37 years; 44 percent; 35 years",
    ),
    (
        "The plan covers 14 of the country's 17 regions and all three large cities.",
        "14 regions; 17 regions; 3 items",
    ),
    (
        "Water use fell by 18 million m³ to 240 million m³.",
        "18000000 unstated; 240000000 unstated",
    ),
    (
        "The average wait is 12 minutes (9 in the morning, 16 in the afternoon).",
        "12 minutes; 9 minutes; 16 minutes",
    ),
    (
        "In a third of the cases (214 of 642) the answer came within a day.",
        "33.333333 percent; 214 items; 642 items",
    ),
    (
        "About 40 per cent said yes; one in five could not say.",
        "40 percent; 20 percent",
    ),
    (
        "Опрошено 1 204 домохозяйства в 38 сёлах; в 61 из них нет света.",
        "1204 items; 38 items; 61 items",
    ),
    (
        "С 2015 по 2023 год число представительств выросло с 86 до 104, или на 21 %.",
        "86 items; 104 items; 21 percent",
    ),
    (
        "Явка составила 68,4 %, на 3,2 п. п. больше, чем в 2019 году (65,2 %).",
        "68.4 percent; 3.2 percentage_points; 65.2 percent",
    ),
    (
        "Сто двенадцать посольств (из 140) ответили в течение двух недель.",
        "112 items; 140 items; 2 weeks",
    ),
    (
        "На одного консула приходится 412 граждан, годом ранее – 380.",
        "412 persons; 380 persons",
    ),
    (
        "В министерстве работают 1 840 человек: 1 120 в центральном аппарате и 720 за рубежом.",
        "1840 persons; 1120 persons; 720 persons",
    ),
    (
        "Из 640 публикаций, вышедших в мае, 412 с фотографией и 96 с видео.",
        "640 items; 412 items; 96 items",
    ),
    (
        "За год страница прибавила 12 400 подписчиков, сейчас их 86 300.",
        "12400 followers; 86300 followers",
    ),
    (
        "Сбор вырос с 35 до 50 долларов, штраф – со 120 до 150 долларов.",
        "35 dollars; 50 dollars; 120 dollars; 150 dollars",
    ),
    (
        "Сумма закупки – 3,4 млрд тенге; заявки подали пять компаний, две из них иностранные.",
        "3400000000 KZT; 5 items; 2 items",
    ),
    (
        "В среднем ответ состоит из 42 слов, готовится 3,5 часа и получает 17 отметок.",
        "42 items; 3.5 hours; 17 items",
    ),
    (
        "В архиве 3 120 снимков, 415 часов хроники и 92 карты.",
        "3120 items; 415 hours; 92 items",
    ),
    (
        "Программа охватывает 14 из 17 областей и три крупных города.",
        "14 regions; 17 regions; 3 items",
    ),
    (
        "Ожидание в среднем 12 минут (утром 9, днём 16).",
        "12 minutes; 9 minutes; 16 minutes",
    ),
    (
        "В трети случаев (214 из 642) ответ дан в тот же день.",
        "33.333333 percent; 214 items; 642 items",
    ),
    (
        "Делегация из 24 человек посетила девять городов за 11 дней.",
        "24 persons; 9 items; 11 days",
    ),
    (
        "Курс обойдётся в 18 тыс. тенге на человека, всего нужно 216 млн.",
        "18000 KZT; 216000000 KZT",
    ),
    (
        "Больше всего жалоб на связь – 412, на дороги – 305, на жильё – 187.",
        "412 appeals; 305 appeals; 187 appeals",
    ),
    (
        "Число студентов из-за рубежа достигло 31,2 тыс., из них 12,6 тыс. – девушки.",
        "31200 persons; 12600 persons",
    ),
    (
        "38 ауылдағы 1 204 үй шаруашылығы сұралды; олардың 61-інде жарық жоқ.",
        "38 items; 1204 items; 61 items",
    ),
    (
        "2015–2023 жылдары өкілдіктер саны 86-дан 104-ке, яғни 21 %-ға өсті.",
        "86 items; 104 items; 21 percent",
    ),
    (
        "Қатысу 68,4 % болды, бұл 2019 жылғыдан (65,2 %) 3,2 пайыздық тармаққа көп.",
        "68.4 percent; 65.2 percent; 3.2 percentage_points",
    ),
    (
        "140 елшіліктің жүз он екісі екі апта ішінде жауап берді.",
        "140 items; 112 items; 2 weeks",
    ),
    (
        "Жедел желі тәулігіне 2 310 қоңырау қабылдады, сағатына 96.",
        "2310 items; 96 items",
    ),
    (
        "Бір консулға 412 азаматтан келеді, бір жыл бұрын 380 болған.",
        "412 persons; 380 persons",
    ),
    (
        "Министрлікте 1 840 адам жұмыс істейді: 1 120-сы орталық аппаратта, 720-сы шетелде.",
        "1840 persons; 1120 persons; 720 persons",
    ),
    (
        "Мамырда шыққан 640 жарияланымның 412-сі суретпен, 96-сы бейнемен берілген.",
        "640 items; 412 items; 96 items",
    ),
    (
        "Парақшаға бір жылда 12 400 жазылушы қосылды, қазір олар 86 300.",
        "12400 followers; 86300 followers",
    ),
    (
        "Алым 35-тен 50 долларға, айыппұл 120-дан 150 долларға өсті.",
        "35 dollars; 50 dollars; 120 dollars; 150 dollars",
    ),
    (
        "Сатып алу сомасы – 3,4 млрд теңге; бес компания өтінім берді, екеуі шетелдік.",
        "3400000000 KZT; 5 items; 2 items",
    ),
    (
        "Бағдарлама 17 облыстың 14-ін және үш ірі қаланы қамтиды.",
        "17 regions; 14 regions; 3 items",
    ),
    (
        "Күту уақыты орта есеппен 12 минут (таңертең 9, түстен кейін 16).",
        "12 minutes; 9 minutes; 16 minutes",
    ),
    (
        "24 адамнан тұратын делегация 11 күнде тоғыз қаланы аралады.",
        "24 persons; 11 days; 9 items",
    ),
    (
        "Мұрағатта 3 120 сурет, 415 сағат хроника және 92 карта бар.",
        "3120 items; 415 hours; 92 items",
    ),
    (
        "Шетелден келген студенттер саны 31,2 мыңға жетті, оның 12,6 мыңы – қыздар.",
        "31200 persons; 12600 persons",
    ),
    (
        "Жалпы 642 жағдайдың 214-інде жауап сол күні берілді.",
        "642 items; 214 items",
    ),
    (
        "Ең көп шағым байланысқа – 412, жолға – 305, тұрғын үйге – 187.",
        "412 appeals; 305 appeals; 187 appeals",
    ),
    (
        "Елшіліктердің үштен бірі ғана жауап берді, бестен екісі үнсіз қалды.",
        "33.333333 percent; 40 percent",
    ),
    (
        "Курс бір адамға 18 мың теңгеге түседі, барлығы 216 млн керек.",
        "18000 KZT; 216000000 KZT",
    ),
    (
        "Table 1. Replies by channel\n\nChannel\tNumber\tShare, %\nE-mail\t120\t60\nPhone\t80\t40\nTotal\t200\t100",
        "120 items; 60 percent; 80 items; 40 percent; 200 items; 100 percent",
    ),
    (
        "Table 2. Budget, million tenge\n\nItem\t2022\t2023\nSalaries\t420\t460\nRent\t110\t125",
        "420000000 KZT; 460000000 KZT; 110000000 KZT; 125000000 KZT",
    ),
    (
        "Таблица 1. Посетители по возрасту (%)\n\nВозраст\tДа\tНет\n18–29\t62\t38\n30–49\t55\t45\n50 и старше\t41\t59",
        "62 percent; 38 percent; 55 percent; 45 percent; 41 percent; 59 percent",
    ),
    (
        "Таблица 2. Сеть\n\nПоказатель\t2021\t2023\nПосольства, ед.\t86\t89\nПодписчики, "
        "тыс.\t720\t936\nДоля ответов, %\t34\t48\nСредний срок ответа, часов\t31\t22\nПлотность сети\t0,06\t0,08",
        "86 items; 89 items; 720000 followers; 936000 followers; 34 percent; 48 percent; 31 hours; 22 hours; "
        "0.06 unstated; 0.08 unstated",
    ),
    (
        "1-кесте. Жауаптар түрі\n\nТүрі\tСаны\tҮлесі, %\nАқпарат\t120\t60\nБас тарту\t80\t40\nБарлығы\t200\t100",
        "120 items; 60 percent; 80 items; 40 percent; 200 items; 100 percent",
    ),
    (
        "2-кесте. Көрсеткіштер\n\nКөрсеткіш\t2021\t2023\nЖазылушылар, мың\t720\t936\nЖауап үлесі, "
        "%\t34\t48\nКүту уақыты, сағат\t31\t22\nБюджет, млн теңге\t420\t460",
        "720000 followers; 936000 followers; 34 percent; 48 percent; 31 hours; 22 hours; 420000000 KZT; 460000000 KZT",
    ),
    (
        "Table 3. Ranks\n\nState\tRank\tScore\nAru\t3\t0.81\nBor\t17\t0.64",
        "3 rank; 0.81 unstated; 17 rank; 0.64 unstated",
    ),
    (
        "Table 4. Waste\n\nYear\tTonnes\tPer head, kg\n2021\t4,120\t312\n2023\t3,870\t288",
        "4120 unstated; 312 unstated; 3870 unstated; 288 unstated",
    ),
    (
        "Таблица 3. Время ответа\n\nВремя\tОтветов\nдо 1 часа\t120\n1–6 часов\t310\nболее суток\t70",
        "120 items; 310 items; 70 items",
    ),
]


def told(path: Path, text: str) -> list[str]:
    """Value and unit of every figure that is not only a date beside one; people of any kind are people."""
    (path / "paper.txt").write_text(text, encoding="utf-8")
    figures = extraction.told_apart(extraction.scan(sources.read_paper(path / "paper.txt")))
    return [shown(row) for _, row in figures[figures["role"] != "period"].iterrows()]


def shown(row: "pd.Series[str]") -> str:
    if row["unit"] == "date":
        return f"{row['value_date']} date"
    value = f"{row['low']:g}~{row['high']:g}" if pd.isna(row["value"]) else f"{row['value']:.12g}"
    unit = row["unit"] or "unstated"
    return f"{value} {'persons' if unit in PEOPLE else unit}"


@pytest.mark.parametrize(("text", "noted"), FIGURES)
def test_every_figure_has_the_value_and_unit_a_reader_notes(tmp_path: Path, text: str, noted: str) -> None:
    wanted = [] if noted == "-" else [one.strip() for one in noted.split(";")]
    assert sorted(told(tmp_path, text)) == sorted(
        " ".join([*one.split()[:-1], "persons" if one.split()[-1] in PEOPLE else one.split()[-1]]) for one in wanted
    )
