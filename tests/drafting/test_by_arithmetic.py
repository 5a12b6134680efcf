"""Sums, differences, rates and points that arithmetic of many digits tells, in prose and in tables, worked by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources

HOLD = [
    # 2185 + 1275 = 3460; 9815 + 5270 + 3321 = 18,406; 12.4 + 31.7 + 4.2 = 48.3.
    ("The panel covers 3,460 households (2,185 in villages and 1,275 in towns), with 36 interviews and 14 group talks.",
     (2185, 1275, 3460)),
    ("За месяц зафиксировано 18 406 публикаций.\n\n- нейтральные – 9 815\n\n- положительные – 5 270\n\n- "
     "отрицательные – "
     "3 321", (9815, 5270, 3321, 18406)),
    ("Бір айда 18 406 хабарлама тіркелді.\n\n- бейтарап – 9 815\n\n- жағымды – 5 270\n\n- жағымсыз – 3 321",
     (9815, 5270, 3321, 18406)),
    ("Первый вариант обойдётся в 12,4 млрд тенге. Второй потребует 31,7 млрд тенге. Третий самый дешёвый – 4,2 "
     "млрд тенге. "
     "Он и быстрее. Все варианты стоят 48,3 млрд тенге.", (12.4e9, 31.7e9, 4.2e9, 48.3e9)),
    # A bare number counts what it is added to: 7318 + 6918 = 14,236; 1106 + 736 = 1842.
    ("Зарегистрировано 14 236 новорождённых. Из них 7 318 – мальчики, 6 918 – девочки.", (7318, 6918, 14236)),
    # 29,905 - 24,618 = 5287; 5630 - 4118 = 1512; 372 - 189 = 183.
    ("Отрицательное сальдо миграции составило 5 287 человек.\n\nРождаемость выросла.\n\nЧисло прибывших "
     "составило 24 618 "
     "человек, выбывших – 29 905 человек.", (5287, 24618, 29905)),
    ("5 630 адам шақырылды, 4 118 адам келді. Қалған 1 512 адамға қоңырау шалынды.", (4118, 1512, 5630)),
    ("The search found 2,561 records. Read in full were 372 records. Of these 189 did not qualify. The review "
     "covers 183 "
     "studies.", (372, 189, 183)),
    # 47.2 + 31.5 = 78.7; 63.4 + 36.6 = 100; 91.7 + 8.3 = 100.
    ("Of users 47.2% were fully satisfied, 31.5% rather satisfied, 12.9% dissatisfied and 8.4% unsure. Positive "
     "ratings "
     "thus came to 78.7%.", (47.2, 31.5, 78.7)),
    ("Ауыл оқушыларының үлесі – 63,4% (6 340), қаланікі – 36,6% (3 660).", (63.4, 36.6)),
    ("В 2024 году интернетом пользовались 91,7% жителей.\n\nНиже приведены расходы.\n\nЧисло сёл – 312.\n\nНе "
     "пользуются "
     "интернетом 8,3%.", (91.7, 8.3)),
    # 100 * 5706 / 1,142,506 = 0.5; 100 * (228 / 209 - 1) = 9.09.
    ("The population was 1,148,212 on 1 January. Compared with the year before (1,142,506) it grew by 5,706 people, or "
     "0.5%.", (1142506, 1148212, 0.5)),
    ("Зарплата выпускников – 228 тыс. тенге, остальных – 209 тыс. тенге; разрыв равен 19 тыс. тенге, или 9%.",
     (209e3, 228e3, 9)),
    # 172 - 138 = 34.
    ("Вокзал обслужил 172 тысячи пассажиров. Год назад было 138 тысяч пассажиров, разница – 34 тысячи.",
     (172e3, 138e3, 34e3)),
]  # fmt: skip
FAIL = [
    # 61.8 - 47.3 = 14.5; 41.7 - 37.5 = 4.2; 78.9 - 71.4 = 7.5.
    ("A year on, 61.8% of graduates had work against 47.3% of the others; the net effect is put at 16.5 "
     "percentage points.",
     (61.8, 47.3, 16.5)),
    ("Доля пользователей планшетов выросла на 3,2 п.п. и достигла 41,7% (в 2022 году – 37,5%).", (41.7, 37.5, 3.2)),
    ("Қамту 78,9%-ға жетті (2021 жылы 71,4%), яғни 5,7 пайыздық тармаққа.", (78.9, 71.4, 5.7)),
    # 172 - 138 = 34; 41.3 - 38.6 = 2.7; 2914 - 137 = 2777.
    ("Семей вокзалы 172 мың жолаушыға қызмет көрсетті. Былтыр 138 мың жолаушы болған, айырма – 43 мың.",
     (172e3, 138e3, 43e3)),
    ("Предусмотрено 41,3 млрд тенге. Освоено 38,6 млрд тенге, или 93,5%. Не освоено 7,2 млрд тенге.",
     (41.3e9, 38.6e9, 7.2e9)),
    ("We received 2,914 answers, of which 137 were left incomplete. The study therefore uses 2,677 cases.",
     (2914, 137, 2677)),
    # 9815 + 5270 + 3321 = 18,406, so that their shares are all: 53.3 + 28.6 + 13.0 = 94.9.
    ("Бір айда 18 406 хабарлама тіркелді.\n\n- бейтарап – 9 815 (53,3%)\n\n- жағымды – 5 270 (28,6%)\n\n- "
     "жағымсыз – 3 321 "
     "(13,0%)", (53.3, 28.6, 13.0)),
]  # fmt: skip
NO_ALARM = [
    "Exports rose to 61.8% of output against 47.3% in Norway; imports fell by 6.5 percentage points.",
    "Телевидению доверяют 49,3%. В 2022 году радио доверяли 41,0%, а газеты потеряли 3,5 процентного пункта.",
    "Елшіліктің X желісінде 1 240, Facebook-те 3 380 жазылушысы бар. Консулдықта 960 жазылушы.",
    "Женщины составляют 51,2% пользователей и 38,9% авторов. Среди подростков видео смотрят 72,4%.",
    "Вокзал обслужил 172 тысячи пассажиров. Автовокзал принял 138 тысяч пассажиров. Разница в цене – 43 тенге.",
    "Предусмотрено 41,3 млрд тенге. Освоено 38,6 млрд тенге, или 93,5%. Министерство не просило 7,2 млрд тенге.",
    "The search found 3,418 records; after removal of 906 duplicates, 2,512 were screened.",
    "1 250 мектептің 830-ында (66,4%) сайт, 610-ында (48,8%) желідегі парақша бар.",
]
BALANCE = {
    # 4812 - 3907 = 905; 5140 - 4466 = 674; 5210 - 5033 = 177.
    "en": ("Trade", "Exports", "Imports", "Balance"),
    "ru": ("Торговля", "Вывоз", "Ввоз", "Сальдо"),
    "kk": ("Сауда", "Шығарылғаны", "Әкелінгені", "Теңгерім"),
    "unnamed": ("Trade", "Outward", "Inward", "Column"),
}


def reviewed(text: str, tmp_path: Path) -> "drafting.Review":
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path))


def sides(found: "drafting.Review", rows: pd.DataFrame) -> list[list[float]]:
    values = dict(zip(found.figures["claim_id"], found.figures["value"].astype(float), strict=True))
    told = rows["left"] + rows["right"].map(lambda right: f" {right}" if isinstance(right, str) else "")
    return [sorted(round(abs(values[one]), 6) for one in row.split()) for row in told]


def of_verdict(found: "drafting.Review", verdict: str) -> list[list[float]]:
    held = found.findings.loc[found.findings["verdict"] == verdict, "relation_id"]
    return sides(found, found.relations[found.relations["relation_id"].isin(held)])


@pytest.mark.parametrize(("text", "figures"), HOLD)
def test_numbers_that_fit_are_drafted_and_hold(text: str, figures: tuple[float, ...], tmp_path: Path) -> None:
    assert sorted(map(float, figures)) in of_verdict(reviewed(text, tmp_path), "holds")


@pytest.mark.parametrize(("text", "figures"), FAIL)
def test_numbers_that_can_only_be_meant_fail(text: str, figures: tuple[float, ...], tmp_path: Path) -> None:
    assert sorted(map(float, figures)) in of_verdict(reviewed(text, tmp_path), "fails")


@pytest.mark.parametrize("text", NO_ALARM)
def test_what_is_of_different_things_does_not_fail(text: str, tmp_path: Path) -> None:
    assert of_verdict(reviewed(text, tmp_path), "fails") == []


@pytest.mark.parametrize("heads", BALANCE.values(), ids=BALANCE)
def test_a_column_is_the_difference_of_two_whatever_its_head(heads: tuple[str, ...], tmp_path: Path) -> None:
    name, *columns = heads
    rows = [("2021", "4 812", "3 907", "905"), ("2022", "5 140", "4 466", "674"), ("2023", "5 033", "5 210", "−177")]
    table = "\n".join("\t".join(row) for row in [("", *columns), *rows])
    held = of_verdict(reviewed(f"{name}\n\n{table}", tmp_path), "holds")
    assert [905, 3907, 4812] in held
    assert [177, 5033, 5210] in held


def test_a_column_of_shares_under_total_is_all_of_it_too(tmp_path: Path) -> None:
    rows = [
        "Reason\tMen\tWomen\tTotal",
        "Cost\t41.3\t37.0\t39.2",
        "Distance\t26.4\t24.5\t25.5",
        "Time\t20.1\t24.8\t22.4",
        "Other\t12.2\t13.7\t19.2",
    ]
    found = reviewed("Table 3. Main reason (percent)\n\n" + "\n".join(rows), tmp_path)
    # 39.2 + 25.5 + 22.4 + 19.2 = 106.3
    assert of_verdict(found, "fails") == [[19.2, 22.4, 25.5, 39.2]]


TABLE = {
    "en": "Table 1. Internet users, thousand people\n\nRegion\t2022\t2023\t2024\n",
    "ru": "Таблица 1. Пользователи интернета, тыс. человек\n\nРегион\t2022\t2023\t2024\n",
    "kk": "1-кесте. Интернет пайдаланушылар, мың адам\n\nӨңір\t2022\t2023\t2024\n",
}
ROWS = {
    "en": ("North", "South", "Total"), "ru": ("Север", "Юг", "Всего"), "kk": ("Солтүстік", "Оңтүстік", "Барлығы"),
}  # fmt: skip
TOLD = {
    # 9232.1 - 8961.8 = 270.3; 100 * (9232.1 / 8708.4 - 1) = 6.01.
    "en": "In 2024 the number of users went up by 270.3 thousand people. In two years it grew by 6.0%.",
    "ru": "За 2024 год число пользователей выросло на 270,3 тыс. человек. За два года рост составил 6,0%.",
    "kk": "2024 жылы пайдаланушылар саны 270,3 мың адамға артты. Екі жылда олар 6,0%-ға өсті.",
}


@pytest.mark.parametrize("lang", TABLE)
def test_a_change_of_the_text_is_that_of_two_cells(lang: str, tmp_path: Path) -> None:
    cells = ["3 295,7\t3 371,5\t3 428,6", "5 412,7\t5 590,3\t5 803,5", "8 708,4\t8 961,8\t9 232,1"]
    rows = "\n".join(f"{name}\t{row}" for name, row in zip(ROWS[lang], cells, strict=True))
    rows = rows.replace(",", ".").replace(" ", ",") if lang == "en" else rows
    text = f"{TABLE[lang]}{rows}\n\n{TOLD[lang]}"
    held = of_verdict(reviewed(text, tmp_path), "holds")
    assert [270300, 8961800, 9232100] in held
    assert [6, 8708400, 9232100] in held


def test_a_bare_number_has_the_unit_of_those_it_is_added_to(tmp_path: Path) -> None:
    text = "За год зарегистрировано 14 236 новорождённых. Из них 7 318 – мальчики, 6 918 – девочки."
    found = reviewed(text, tmp_path).figures
    assert set(found["unit"]) == {"persons"}


@pytest.mark.parametrize(
    "text",
    [
        "Visitors left 8,000 comments in the year. "
        "Complaints made up 2,400 comments, or 30%, and thanks another 1,600, or 20%.",
        "Жители прислали 8 000 сообщений за год. "
        "Жалобы составили 2 400 сообщений, или 30 %, благодарности ещё 1 600, или 20 %.",
        "Тұрғындар бір жылда 8 000 хабарлама жіберді. "
        "Шағым 2 400 хабарлама немесе 30 % болды, алғыс тағы 1 600 немесе 20 %.",
    ],
)  # fmt: skip
def test_parts_whose_shares_leave_a_rest_are_no_misprinted_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    assert "sum_of_parts" not in set(found.relations["kind"])
    assert list(found.findings["verdict"]).count("fails") == 0
