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
    assert told(tmp_path, table.format(63)) == []  # so far off, they may be answers of which several are allowed
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
