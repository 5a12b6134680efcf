"""Every figure of a short text and no other, at the last place where a rule holds and one place beyond it."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.extraction import scan, told_apart
from digital_diplomacy.extraction.sentences import language

# As printed, the value (and the interval of its last digit, where it was not counted), unit, bound, and how it was read
# where its digits alone do not say it.
FIGURES: Final = [
    # What stands around a number tells what it counts; a noun of no known unit makes it a number of things.
    ("Охвачены 5 млн. человек и 7 тыс. школ.",
     ["5 млн. человек = 5000000 [4500000 5500000] persons", "7 тыс. = 7000 [6500 7500] items"]),
    ("Тексерумен 5 млн адам мен 7 мың мектеп қамтылды.",
     ["5 млн адам = 5000000 [4500000 5500000] persons", "7 мың = 7000 [6500 7500] items"]),
    ("Estimates range from 900 to 3 million people.",
     ["900 = 900 persons implied", "3 million people = 3000000 [2500000 3500000] persons"]),
    ("The number fell from 900 to 600 thousand people.",
     ["900 = 900000 [899500 900500] persons implied", "600 thousand people = 600000 [599500 600500] persons"]),
    ("Followers of all accounts rose to 3.2 million there.",
     ["3.2 million = 3200000 [3150000 3250000] followers"]),
    ("The mean number of followers is high (median 4,112).",
     ["4,112 = 4112 [4111.5 4112.5] followers"]),
    ("Trust stands at 54 per cent, 17 percentage points more than the 37 per cent of the ministry.",
     ["54 per cent = 54 [53.5 54.5] percent", "17 percentage points = 17 [16.5 17.5] percentage_points",
      "37 per cent = 37 [36.5 37.5] percent"]),
    ("It costs between €20,000 and €240,000 now.",
     ["between €20,000 and €240,000 = 20000..240000 EUR"]),
    ("The budget is KZT 275 million now, or $600,000.",
     ["275 million = 275000000 [274500000 275500000] KZT", "$600,000 = 600000 [599999.5 600000.5] dollars"]),
    ("Television lost 12 points and stands at 44%.",
     ["12 = 12 [11.5 12.5] percentage_points", "44% = 44 [43.5 44.5] percent"]),
    ("They asked 19 of 20 ministries in 17 regions.",
     ["19 = 19 items", "20 = 20 items", "17 regions = 17 regions"]),
    ("Call 8 800 080-77-77 at 14:30 for version 3.1 of ISO 3166.", []),
    ("Доля голосовой связи упала до 27,7%.", ["до 27,7% = 27.7 [27.65 27.75] percent"]),
    ("Жазылушылар саны 23 200-ге артық.", ["23 200-ге = 23200 [23199.5 23200.5] followers"]),
    ("Зерттеуге 54 аккаунт алынды.", ["54 аккаунт = 54 accounts"]),
    ("Олардың 67,4 мыңы – әйелдер.", ["67,4 мыңы = 67400 [67350 67450] persons"]),
    ("The number of embassies rose from 40 to 46 there.",
     ["40 = 40 items", "46 = 46 items"]),
    ("The share fell from 2.4 million to 3.1 million users.",
     ["2.4 million = 2400000 [2350000 2450000] users", "3.1 million users = 3100000 [3050000 3150000] users"]),
    ("The share fell from 40 % to 46 %.",
     ["40 % = 40 [39.5 40.5] percent", "46 % = 46 [45.5 46.5] percent"]),
    ("Доля выросла с 40 до 46 процентов.",
     ["40 = 40 [39.5 40.5] percent", "46 процентов = 46 [45.5 46.5] percent"]),
    ("Доля выросла с 1,2 до 2,4 млн человек.",
     ["1,2 = 1200000 [1150000 1250000] persons implied", "2,4 млн человек = 2400000 [2350000 2450000] persons"]),
    ("Саны 1,2 млн-нан 2,4 млн-ға дейін өсті.",
     ["1,2 млн = 1200000 [1150000 1250000] items", "2,4 млн-ға дейін = 2400000 [2350000 2450000] items"]),
    ("Саны 40-тан 46-ға дейін өсті.",
     ["40 = 40 items", "46-ға дейін = 46 items"]),
    ("The number rose from 999 to 1,000 schools.",
     ["999 = 999 items", "1,000 = 1000 [999.5 1000.5] items"]),
    ("The number rose from 998 to 999 schools.",
     ["998 = 998 items", "999 = 999 items"]),
    ("The number rose from 1 to 3 thousand users.",
     ["1 = 1000 [500 1500] users implied", "3 thousand users = 3000 [2500 3500] users"]),
    ("The age rose from 40 to 46 years.",
     ["from 40 to 46 years = 40..46 years"]),
    ("Георг Зиммель (1858–1918) писал о сети.",
     ["1858 = 1858 date", "1918 = 1918 date"]),
    ("Георг Зиммель (1858–1878) писал о сети.",
     ["1858 = 1858 date", "1878 = 1878 date"]),
    ("Георг Зиммель (1858–1877) писал о сети.",
     ["1858–1877 = 1858/1877 date"]),
    ("Георг Зиммель (1858–1968) писал о сети.",
     ["1858 = 1858 date", "1968 = 1968 date"]),
    ("Георг Зиммель (1858–1969) писал о сети.",
     ["1858–1969 = 1858/1969 date"]),
    ("It was told in 2019-2011 there.",
     ["2019 = 2019 date", "2011 = 2011 date"]),
    ("It was told in 2011-2019 there.",
     ["2011-2019 = 2011/2019 date"]),
    ("It was seen on 03.04.2019 in 2018.",
     ["03.04.2019 = 2019 date implied", "2018 = 2018 date"]),
    ("В 2018 году указ от 12 декабря вышел. В том же году сеть росла.",
     ["2018 году = 2018 date", "12 декабря = 2018-12-12 date implied", "В том же году = 2018 date implied"]),
    ("2018 жылы 12 желтоқсанға дейін жабылды. Сол жылы ашылды.",
     ["2018 жылы 12 желтоқсанға = 2018-12-12 date", "Сол жылы = 2018 date implied"]),
    ("Centres work in 5 of the 17 regions.",
     ["5 = 5 regions", "17 regions = 17 regions"]),
    ("Из 17 регионов у 4 есть центры.",
     ["17 регионов = 17 regions", "4 = 4 regions"]),
    ("17 өңірдің 4-інде орталық бар.",
     ["17 өңірдің = 17 regions", "4-інде = 4 regions"]),
    ("Министрліктің 360 мың жазылушысы бар, бұл агенттіктегі 120 мың жазылушыдан 3 есе көп.",
     [
         "360 мың жазылушысы = 360000 [359500 360500] followers",
         "120 мың жазылушыдан = 120000 [119500 120500] followers",
         "3 есе = 3 times",
     ]),
    ("The panel covers residents aged 18 to 59 years.",
     ["18 to 59 years = 18..59 years"]),
    ("Опрошены жители от 18 до 59 лет.",
     ["от 18 до 59 лет = 18..59 years"]),
    ("Число школ выросло с 40 до 60 школ, на 20.",
     ["40 = 40 items", "60 = 60 items", "20 = 20 items"]),
    ("It has 999 schools and 1,000 schools and 12.5 schools.",
     ["999 = 999 items", "1,000 = 1000 [999.5 1000.5] items", "12.5 = 12.5 [12.45 12.55] "]),
    ("Средний возраст 25 лет, 12,5 ± 2,5 балла.",
     ["25 лет = 25 years", "12,5 = 12.5 [12.45 12.55] score", "2,5 = 2.5 [2.45 2.55] score"]),
    ("It has 12 very large schools, 7 [3] old towns, 8** users, 5 of them.",
     ["12 = 12 items", "7 = 7 items", "8 = 8 users", "5 = 5 users"]),
    ("Table 1. Audience, 2019\n\nCountry\tUsers, thousand\tShare, %\nPeru\t210\t12.5\nChad\t1.5 million\t11.5",
     [
         "2019 = 2019 date",
         "210 = 210000 [209500 210500] users implied",
         "12.5 = 12.5 [12.45 12.55] percent",
         "1.5 million = 1500000 [1450000 1550000] users",
         "11.5 = 11.5 [11.45 11.55] percent",
     ]),
    ("№\tCountry\tPosts\n1\tPeru\t1811\n2\tChad\t25\n3\tMali\t26",
     ["1811 = 1811 [1810.5 1811.5] messages", "25 = 25 messages", "3 = 3 items length", "26 = 26 messages"]),
    ("№\tCountry\tPosts\n1\tPeru\t1811\n3\tChad\t25",
     ["1 = 1 items", "1811 = 1811 [1810.5 1811.5] messages", "3 = 3 items", "25 = 25 messages"]),
    ("Firstly, roads. Secondly, schools. Thirdly, trade. Finally, health.",
     ["Thirdly = 3 items implied length"]),
    ("Firstly, roads. Secondly, schools; finally health.",
     ["Secondly = 3 items implied length"]),
    ("Firstly, roads. Thirdly, schools.",
     []),
    ("Secondly, roads. Firstly, schools.",
     []),
    # A rate told behind both figures is not between them.
    ("It has 13 and 12 users, much for every town.",
     ["13 = 13 users", "12 users = 12 users"]),
    ("Во-первых, дороги. Во-вторых, школы. В-третьих, связь.",
     ["В-третьих = 3 items implied length"]),
    ("Біріншіден, жол. Екіншіден, мектеп.",
     ["Екіншіден = 2 items implied length"]),
    ("Tasks:\n\n1) roads;\n\n2) schools.",
     ["2 = 2 items length"]),
    ("Tasks:\n\n1) roads.",
     []),
    ("12 of 15 (p < 0.05) [4, 5] (Smith 2014: 15) see Table 3 and Fig. 2.1, No. 15, doi:10.1234/5678, +7 "
     "(727) 123-45-67.",
     ["12 = 12 items", "15 = 15 items", "2014 = 2014 date citation"]),
    ("According to (Smith 2014) and (in May 2014) and (site.kz 2023) there are 12.",
     ["2014 = 2014 date citation", "May 2014 = 2014-05 date", "2023 = 2023 date citation", "12 = 12 items"]),
    ("They asked about five towns and spent about five hours.",
     ["five = 5 items", "about five hours = 5 [4.5 5.5] hours about"]),
    ("It grew to 12.5 and 13.5 percent.",
     ["12.5 = 12.5 [12.45 12.55] percent", "13.5 percent = 13.5 [13.45 13.55] percent"]),
    ("It has 12 users and 13, 5,000 and 14.",
     ["12 users = 12 users", "13 = 13 users", "5,000 = 5000 [4999.5 5000.5] users", "14 = 14 users"]),
    ("The number of users was 12.",
     ["12 = 12 users"]),
    ("The number in schools was 12.",
     ["12 = 12 items"]),
    ("Число в школах составило 12.",
     ["12 = 12 items"]),
]  # fmt: skip
# As printed (with "_" for blanks), period, country, platform, kind, measure and language; "-" for none.
AROUND: Final = [
    ("Kazakhstan has 12 schools on Facebook, and Peru has 15 schools on Telegram and the internet.",
     ["12 - KAZ facebook count items en", "15 - PER facebook count items en"]),
    ("There are 12 schools in Kazakhstan on Facebook.",
     ["12 - KAZ facebook count items en"]),
    ("По прогнозу, в сети будет 12 школ Казахстана.",
     ["12 - KAZ - forecast items ru"]),
    ("The goal is 12 schools, and 40% of them.",
     ["12 - - - target items en", "40% - - - target share en"]),
    ("Number rose by 5% there.",
     ["5% - - - growth share_growth en"]),
    ("Number rose by 5 percentage points there.",
     ["5_percentage_points - - - growth percentage_points_growth en"]),
    ("In a survey 40% agreed.",
     ["40% - - - survey_share share en"]),
    ("In a town 40% agreed.",
     ["40% - - - observation share en"]),
    ("It has 999 schools and 1,000 schools and 12.5 schools.",
     ["999 - - - count items en", "1,000 - - - observation items en", "12.5 - - - observation - en"]),
    ("It has 12 million dollars and 5 million users on Facebook and 7 million users on the internet, 9 "
     "million users.",
     [
         "12_million_dollars - - facebook observation amount en",
         "5_million_users - - facebook observation social_media_users en",
         "7_million_users - - facebook observation social_media_users en",
         "9_million_users - - facebook observation social_media_users en",
     ]),
    ("In 2018 it had 12 schools. It had 15 schools in 2019, 16 by 2020.",
     [
         "2018 - - - date date en",
         "12 2018 - - count items en",
         "15 2019 - - count items en",
         "2019 - - - date date en",
         "16 2020 - - count items en",
         "by_2020 - - - date date en",
     ]),
    ("В Facebook и Telegram 12 школ.",
     ["12 - - telegram count items ru"]),
    ("Это Қазақстан, 12 школ.",
     ["12 - KAZ - count items kk"]),
]  # fmt: skip


def figures(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    return told_apart(scan(blocks), blocks)


def shown(one: Any) -> str:
    if one.value_date:
        value = one.value_date
    elif one.value == one.value:
        value = f"{one.value:.10g}" + ("" if one.low == one.high else f" [{one.low:.10g} {one.high:.10g}]")
    else:
        value = f"{one.low:.10g}..{one.high:.10g}"
    marks = (("exact", one.bound), ("number date", one.reading), ("figure period", one.role))
    return " ".join([f"{one.as_printed} = {value} {one.unit}", *(said for usual, said in marks if said not in usual)])


@pytest.mark.parametrize(("text", "told"), FIGURES)
def test_every_figure_of_a_text_is_read_and_nothing_else(tmp_path: Path, text: str, told: list[str]) -> None:
    assert [shown(one) for one in figures(tmp_path, text).itertuples()] == told


@pytest.mark.parametrize(("text", "told"), AROUND)
def test_what_the_words_around_say_of_a_figure(tmp_path: Path, text: str, told: list[str]) -> None:
    columns = ["as_printed", "period", "entity", "platform", "kind", "measure", "language"]
    rows = figures(tmp_path, text)[columns].itertuples(index=False)
    assert [" ".join(cell.replace(" ", "_") or "-" for cell in row) for row in rows] == told


@pytest.mark.parametrize(
    ("size", "paper", "said"),
    [(79, "kk", "kk"), (80, "kk", "ru"), (79, "ru", "ru"), (79, "en", "ru")],
)
def test_one_kazakh_letter_makes_a_sentence_short_of_eighty_characters_kazakh_in_a_kazakh_paper(
    size: int, paper: str, said: str
) -> None:
    text = "Қостанай " + "дорога " * 20
    assert language(text[:size], paper) == said
