"""What columns of a table are of one another, where their rows bear it out."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def verdicts(tmp_path: Path, table: str) -> list[tuple[str, str, str]]:
    (tmp_path / "paper.txt").write_text(f"{table}\n\n", encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings[["relation_id", "verdict"]].merge(
        found.relations[["relation_id", "kind", "words"]], on="relation_id"
    )
    return list(zip(rows["kind"], rows["words"], rows["verdict"], strict=True))


def told(tmp_path: Path, table: str) -> list[tuple[str, str]]:
    return [(kind, verdict) for kind, _, verdict in verdicts(tmp_path, table)]


def test_a_column_beside_one_that_makes_a_hundred_should_too(tmp_path: Path) -> None:
    table = (
        "Таблица 1. Частота чтения, %\n\nОтвет\tМужчины\tЖенщины\nЕжедневно\t42\t39\nИногда\t35\t38\nНикогда\t23\t{}"
    )
    assert told(tmp_path, table.format(23)) == [("sum_to_100", "holds"), ("sum_to_100", "holds")]
    assert told(tmp_path, table.format(32)) == [("sum_to_100", "holds"), ("sum_to_100", "fails")]
    # so far off, they may be answers of which several are allowed
    assert told(tmp_path, table.format(63)) == [("sum_at_most_100", "holds")]
    several = table.replace("Частота чтения", "Частота чтения (несколько ответов)")
    assert told(tmp_path, several.format(32)) == []


def test_rows_make_a_hundred_where_two_others_do(tmp_path: Path) -> None:
    table = (
        "3-кесте. Хабар тілі, %\n\n"
        "Желі\tқазақша\tорысша\tағылшынша\nБірінші\t52\t40\t8\nЕкінші\t45\t45\t10\nҮшінші\t61\t{}\t7"
    )
    found = told(tmp_path, table.format(32))
    assert found.count(("sum_to_100", "holds")) == 3
    assert told(tmp_path, table.format(23)).count(("sum_to_100", "fails")) == 1


@pytest.mark.parametrize(
    "table",
    [
        "Table 1. Schools\n\nDistrict\t2021\t2022\nNorth\t118\t121\nSouth\t204\t210\nEast\t96\t99\nProvince\t418\t{}",
        "Таблица 1. Школы\n\n"
        "Район\t2021\t2022\nПо области\t418\t{}\nСеверный\t118\t121\nЮжный\t204\t210\nЗападный\t96\t99",
        "1-кесте. Мектептер\n\n"
        "Аудан\t2021\t2022\nАлғабас\t118\t121\nҚаратал\t204\t210\nАқсу\t96\t99\nОблыс бойынша\t418\t{}",
    ],
)
def test_a_row_is_the_sum_of_the_others_where_another_column_says_so(tmp_path: Path, table: str) -> None:
    assert told(tmp_path, table.format(430)) == [("sum_of_parts", "holds"), ("sum_of_parts", "holds")]
    assert told(tmp_path, table.format(403)) == [("sum_of_parts", "holds"), ("sum_of_parts", "fails")]
    assert told(tmp_path, table.replace("418", "517").format(403)) == []


def test_shares_of_the_total_of_a_column(tmp_path: Path) -> None:
    table = (
        "Table 2. Letters by topic\n\n"
        "Topic\tLetters\tShare, %\nVisas\t240\t48.0\nTrade\t160\t32.0\nOther\t100\t{}\nTotal\t500\t100.0"
    )
    shares = [verdict for kind, verdict in told(tmp_path, table.format("20.0")) if kind == "share_of_base"]
    assert shares == ["holds", "holds", "holds"]
    shares = [verdict for kind, verdict in told(tmp_path, table.format("25.0")) if kind == "share_of_base"]
    assert shares == ["holds", "holds", "fails"]


def test_growth_and_difference_of_two_columns(tmp_path: Path) -> None:
    table = (
        "Таблица 2. Заявки\n\nВид\t2021\t2022\t{}\nВизы\t400\t500\t{}\nСправки\t200\t230\t{}\nПаспорта\t500\t600\t{}"
    )
    assert told(tmp_path, table.format("Рост, %", "25,0", "15,0", "20,0")) == [("growth_rate", "holds")] * 3
    found = told(tmp_path, table.format("Рост, %", "25,0", "15,0", "26,0"))
    assert found == [("growth_rate", "holds"), ("growth_rate", "holds"), ("growth_rate", "fails")]
    assert told(tmp_path, table.format("Прирост", "100", "30", "100")) == [("difference", "holds")] * 3
    assert told(tmp_path, table.format("Рост, %", "12,0", "18,0", "20,0")) == []
    assert told(tmp_path, table.format("Доля, %", "25,0", "15,0", "20,0")) == []


def _table(caption: str, *rows: str) -> str:
    return "\n".join([f"{caption}\n", *(row.replace(" | ", "\t") for row in rows)])


@pytest.mark.parametrize(
    ("caption", "heads", "wrong"),
    [
        ("Table 1. Letters, thousand", "Town | Women | Men | Total", "12.3"),
        ("Таблица 1. Письма, тыс.", "Город | Женщины | Мужчины | Всего", "12,3"),
        ("1-кесте. Хаттар, мың", "Қала | Әйелдер | Ерлер | Барлығы", "12,3"),
    ],
)
def test_rows_add_up_to_the_column_called_total(tmp_path: Path, caption: str, heads: str, wrong: str) -> None:
    # 12.4 + 10.1 = 22.5; 9.8 + 8.7 = 18.5; 6.2 + 5.9 = 12.1; 3.1 + 2.8 = 5.9
    rows = ["Aba | 12.4 | 10.1 | 22.5", "Bor | 9.8 | 8.7 | 18.5", "Cor | 6.2 | 5.9 | 12.1", "Dar | 3.1 | 2.8 | 5.9"]
    if "," in wrong:
        rows = [row.replace(".", ",") for row in rows]
    right = told(tmp_path, _table(caption, heads, *rows))
    assert right == [("sum_of_parts", "holds")] * 4
    rows[2] = rows[2].replace("12,1" if "," in wrong else "12.1", wrong)
    assert told(tmp_path, _table(caption, heads, *rows)).count(("sum_of_parts", "fails")) == 1


def test_a_column_told_as_difference_may_fall(tmp_path: Path) -> None:
    rows = [
        "Region | 2022 | 2023 | Change",
        "Europe | 412 | 437 | 25",
        "Asia | 318 | 351 | 33",
        "Africa | 126 | 119 | -7",
    ]
    assert told(tmp_path, _table("Table 1. Staff", *rows)) == [("difference", "holds")] * 3
    rows[3] = "Africa | 126 | 119 | -9"
    assert told(tmp_path, _table("Table 1. Staff", *rows)).count(("difference", "fails")) == 1
    rows[2] = "Asia | 318 | 351 | 43"
    assert told(tmp_path, _table("Table 1. Staff", *rows)) == []


def test_a_column_of_quotients(tmp_path: Path) -> None:
    # 288 / 24 = 12; 330 / 30 = 11; 208 / 16 = 13; 270 / 20 = 13.5
    rows = ["Посольство | Сотрудники | Расходы, млн тенге | На одного сотрудника, млн тенге", "Берн | 24 | 288 | 12,0",
            "Рим | 30 | 330 | 11,0", "Сеул | 16 | 208 | 13,0", "Прага | 20 | 270 | 13,5"]  # fmt: skip
    assert told(tmp_path, _table("Таблица 1. Расходы", *rows)) == [("ratio", "holds")] * 4
    rows[4] = "Прага | 20 | 270 | 15,3"
    assert told(tmp_path, _table("Таблица 1. Расходы", *rows)).count(("ratio", "fails")) == 1


def test_a_column_of_shares_of_the_column_beside_it(tmp_path: Path) -> None:
    # 399 / 420 = 361 / 380 = 95 %; 405 / 450 = 90 %
    rows = ["Ай | Келіп түскені | Қаралғаны | Үлесі, %", "Қаңтар | 420 | 399 | 95,0", "Ақпан | 380 | 361 | 95,0",
            "Наурыз | 450 | 405 | {}"]  # fmt: skip
    right = _table("1-кесте. Өтініштер", *rows).format("90,0")
    assert told(tmp_path, right) == [("share_of_base", "holds")] * 3
    wrong = _table("1-кесте. Өтініштер", *rows).format("92,0")
    assert told(tmp_path, wrong).count(("share_of_base", "fails")) == 1


def test_places_go_with_the_figures_beside_them(tmp_path: Path) -> None:
    rows = ["Country | Index | Rank", "Peru | 0.93 | 1", "Chad | 0.86 | 2", "Mali | 0.75 | {}", "Laos | 0.73 | {}",
            "Cuba | 0.61 | 5"]  # fmt: skip
    assert told(tmp_path, _table("Table 1. Index", *rows).format(3, 4)) == [("rank_agreement", "holds")]
    assert told(tmp_path, _table("Table 1. Index", *rows).format(4, 3)) == [("rank_agreement", "fails")]
    away = _table("Table 1. Index", *rows).format(4, 3).replace("0.93", "0.50")
    assert told(tmp_path, away) == []


@pytest.mark.parametrize("number", ["23", "33"])
def test_heads_of_ages_are_heads(tmp_path: Path, number: str) -> None:
    # 42 + 38 + 20 = 47 + 33 + 20 = 51 + 26 + 23 = 100
    rows = [
        "Answer | Under 30 | 30–49 | 50 and over",
        "Yes | 42 | 47 | 51",
        "No | 38 | 33 | 26",
        f"None | 20 | 20 | {number}",
    ]
    expected = [("sum_to_100", "holds")] * 2 + [("sum_to_100", "holds" if number == "23" else "fails")]
    assert told(tmp_path, _table("Table 1. Trust by age, %", *rows)) == expected
    spans = [rows[0].replace("Under 30", "18–29").replace("50 and over", "50+"), *rows[1:]]
    assert told(tmp_path, _table("Table 1. Trust, %", *spans)) == expected


def test_a_head_over_two_columns_stands_over_both(tmp_path: Path) -> None:
    rows = ["\t2022\t\t2023\t", "Край | число | % | число | %", "Север | 240 | 48,0 | 300 | 50,0",
            "Юг | 160 | 32,0 | 180 | 30,0", "Запад | 100 | 20,0 | 120 | {}",
            "Итого | 500 | 100,0 | 600 | 100,0"]  # fmt: skip
    found = told(tmp_path, _table("Таблица 1. Ответы", *rows).format("20,0"))
    assert found.count(("share_of_base", "holds")) == 6
    assert found.count(("sum_to_100", "holds")) == 2
    found = told(tmp_path, _table("Таблица 1. Ответы", *rows).format("24,0"))
    assert {("share_of_base", "fails"), ("sum_to_100", "fails")} <= set(found)


def test_a_share_in_brackets_is_a_column_of_its_own(tmp_path: Path) -> None:
    rows = [
        "Day | Letters",
        "Monday | 240 (24.0%)",
        "Tuesday | 260 (26.0%)",
        "Friday | 500 ({}%)",
        "Total | 1,000 (100%)",
    ]
    found = told(tmp_path, _table("Table 1. Letters", *rows).format("50.0"))
    assert found.count(("share_of_base", "holds")) == 3
    assert ("sum_of_parts", "holds") in found
    assert ("share_of_base", "fails") in told(tmp_path, _table("Table 1. Letters", *rows).format("55.0"))


@pytest.mark.parametrize(
    "table",
    [
        _table("Table 1. Largest towns", "Town | Pupils", "Aba | 300", "Bor | 200", "Total | 900"),
        _table("Table 1. Towns", "Town | Pupils", "Aba | 300", "of which girls | 150", "Bor | 200", "Total | 500"),
        _table("Table 1. Towns", "Town | Average age", "Aba | 31", "Bor | 29", "Total | 30"),
        _table("Таблица 1. Города", "Город | Доля, %", "Аба | 31", "Бор | 29", "По стране | 30"),
        _table("Table 1. Use, % (several answers)", "Site | Men | Women", "A | 61 | 60", "B | 29 | 30", "C | 10 | 40"),
        _table("1-кесте. Ірі қалалар", "Қала | Оқушылар", "Аба | 300", "Бор | 200", "Барлығы | 900"),
        _table(
            "Table 1. Towns",
            "Town | 2021 | 2022",
            "Aba | 300 | 310",
            "Bor | – | 200",
            "Cor | 50 | 40",
            "Total | 420 | 550",
        ),
    ],
)
def test_lines_that_need_not_add_up_do_not_fail(tmp_path: Path, table: str) -> None:
    assert "fails" not in [verdict for _, verdict in told(tmp_path, table)]


@pytest.mark.parametrize(
    "table",
    [
        "State\tPosts\tShare of posts, %\nKazakhstan\t420\t{}\nMongolia\t336\t40.0"
        "\nAzerbaijan\t84\t10.0\nTotal\t840\t100.0",
        "Страна\tЗаписи\tДоля, %\nГрузия\t336\t40.0\nКазахстан\t420\t{}\nАрмения\t84\t10.0\nВсего\t840\t100.0",
        "Ел\tЖазба\tҮлесі, %\nҚазақстан\t420\t{}\nТүркия\t336\t40.0\nӨзбекстан\t84\t10.0\nБарлығы\t840\t100.0",
    ],
)
def test_a_country_among_others_is_not_their_total(tmp_path: Path, table: str) -> None:
    found = told(tmp_path, table.format("50.0"))
    kinds = [kind for kind, verdict in found if verdict == "holds"]
    assert kinds.count("share_of_base") == 3
    assert kinds.count("sum_of_parts") == 2  # of posts, and of shares to the hundred
    assert ("share_of_base", "fails") in told(tmp_path, table.format("58.0"))


def test_a_country_is_the_total_of_its_provinces_where_none_is_called_so(tmp_path: Path) -> None:
    table = "Region\tSchools\nAkmola\t210\nAtyrau\t140\nKostanay\t250\nKazakhstan\t600"
    assert told(tmp_path, table) == [("sum_of_parts", "holds")]
