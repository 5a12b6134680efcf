"""Tables of researchers' own: what becomes a number, what stays a text, and which identifiers are one."""

from pathlib import Path

import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources import read_own_table, read_table
from digital_diplomacy.sources.identifiers import normal_form, plain_text
from digital_diplomacy.sources.numbers import has_decimal_commas, numbers


def table(folder: Path, text: str) -> Path:
    path = folder / "values.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" mfa ", "mfa"),
        ("mfa\u00a0kz\u202f", "mfa kz"),
        ("m\u200bf\ufeffa\u00ad", "mfa"),
        ("e\u0301lyse\u0301e", "\u00e9lys\u00e9e"),
        ("a  b", "a  b"),
        ("Ⅳ", "Ⅳ"),
    ],
)
def test_the_normal_form_changes_form_only(text: str, expected: str) -> None:
    assert normal_form(text) == expected
    assert normal_form(expected) == expected


@pytest.mark.parametrize(
    ("cell", "text"), [(2.0, "2"), (2.5, "2.5"), (True, "true"), (10**20, "1" + "0" * 20), ("2.0", "2.0")]
)
def test_cells_of_a_spreadsheet_are_whole_where_they_are(cell: object, text: str) -> None:
    assert plain_text(cell) == text


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["0,6", "1"], [0.6, 1.0]),
        (["1 250,5", "3\u00a0000"], [1250.5, 3000.0]),
        (["1,203", "2"], [None, 2.0]),  # a thousand and more, or little more than one
        (["0,5", "1.5"], [None, 1.5]),
        (["1,203,300"], [None]),
        (["1_000", "nan", "inf", "", "1e400", "0x10"], [None] * 6),
        (["-3", "+4", ".5", "6.", "1e3"], [-3.0, 4.0, 0.5, 6.0, 1000.0]),
    ],
)
def test_numbers_are_what_people_write(cells: list[str], found: list[float | None]) -> None:
    assert numbers(cells) == found


def test_one_cell_in_two_habits_decides_nothing() -> None:
    assert not has_decimal_commas(["1,203"])
    assert has_decimal_commas(["1,203", "0,5"])
    assert not has_decimal_commas([])


def test_numbers_beyond_what_a_float_holds_stay_texts(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "entity,user,n\na,1436278513418522630,1\nb,,2\n"))
    assert found["user"].tolist() == ["1436278513418522630", None]
    assert found["n"].tolist() == [1.0, 2.0]


def test_names_in_any_case_give_way_to_exact_ones(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "Entity,USERS,users\na,1,2\n"), required=("entity", "users"))
    assert found.to_dict("list") == {"entity": ["a"], "USERS": [1.0], "users": [2.0]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("entity,period\nKAZ,2020\nKAZ ,2021\n", r"'KAZ' \(line 2\) and 'KAZ ' \(line 3\) differ only"),
        ("entity,period\nKAZ,2020\nUZB,2020.0\n", r"'2020' \(line 2\) and '2020.0' \(line 3\)"),
        ("code,parent\na,top\u00a0\ntop,\n", r"'top\\xa0' \(line 2\) and 'top' \(line 3\)"),
        ("Entity,ENTITY\na,b\n", r"column 'ENTITY' stands twice"),
        ("entity,,x\na,b,1\n", r"column 2 has no name in line 1"),
        ("entity,x\na\x00,1\n", r"NUL|control character"),
    ],
)
def test_doubtful_tables_are_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_table(table(tmp_path, text))


def test_decimal_commas_are_said_with_their_rows(tmp_path: Path) -> None:
    found = read_own_table(table(tmp_path, 'code,parent,weight\na,index,"0,6"\nindex,,1\n'))
    assert found.frame["weight"].tolist() == [0.6, 1.0]
    assert [dict(remark.named) for remark in found.remarks] == [
        {"file": "values.csv", "column": "weight", "cells": "a: '0,6'"}
    ]


def test_decimal_commas_of_many_columns_are_one_remark(tmp_path: Path) -> None:
    text = "entity;a;b;c\nKAZ;0,6;1;2,5\nUZB;7;2;1,25\n"
    assert [(remark.code, remark.named.get("columns")) for remark in read_own_table(table(tmp_path, text)).remarks] == [
        ("separator", None),
        ("decimal_commas_columns", "a, c"),
    ]


def test_periods_become_iso_and_what_is_none_stays(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text(
        "entity;period;x\nKAZ;2020Q3;1\nKAZ;III кв. 2020 г.;2\nUZB;2019;3\nUZB;wave 2;4\nUZB;2011-12;5\n", "utf-8"
    )
    found = read_own_table(str(path))
    assert found.frame["period"].tolist() == ["2020-07/2020-09", "2020-07/2020-09", "2019", "wave 2", "2011-12"]
    assert [remark.named["cells"] for remark in found.remarks if remark.code == "periods_read"] == [
        "2020Q3: 2020-07/2020-09, III кв. 2020 г.: 2020-07/2020-09"
    ]


@pytest.mark.parametrize("written", ["2020.0", "2020.00", "2020,0"])
def test_a_year_that_a_spreadsheet_took_for_a_number_is_a_year(tmp_path: Path, written: str) -> None:
    path = tmp_path / "values.csv"
    path.write_text(f"entity;period;x\nKAZ;{written};1\nUZB;{written};2\n", "utf-8")
    assert read_own_table(path).frame["period"].tolist() == ["2020", "2020"]


@pytest.mark.parametrize(
    ("period", "said"),
    [("2019/20", "the years 2019 and 2020, or one year"), ("03/04/2021", "2021-04-03 or 2021-03-04"),
     ("начало 2020 года", "it lies in 2020")],
)  # fmt: skip
def test_a_period_that_can_be_two_is_refused_with_its_line(tmp_path: Path, period: str, said: str) -> None:
    path = tmp_path / "values.csv"
    path.write_text(f"entity,period,x\nKAZ,2020,1\nKAZ,{period},2\n", "utf-8")
    with pytest.raises(TableError, match=rf"values\.csv, line 3, column 'period': .*{said}"):
        read_own_table(path)


def test_a_header_of_two_lines_names_columns_by_its_lower_one(tmp_path: Path) -> None:
    """Cells merged across columns and down, as statistics offices set tables; equal names take their group before."""
    head = "Table 7;;;;;\nentity;period;Reach;;Quality;\n;;users;posts;posts;days\n"
    text = head + "KAZ;2023;7;8;9;10\nUZB;2023;1;2;3;4\n"
    read = read_own_table(table(tmp_path, text), required=["entity", "users", "days"])
    assert read.frame.iloc[0].to_dict() == {
        "entity": "KAZ", "period": "2023", "users": 7, "Reach posts": 8, "Quality posts": 9, "days": 10,
    }  # fmt: skip
    assert len(read.frame) == 2
    assert "two_lines" in [remark.code for remark in read.remarks]


@pytest.mark.parametrize(
    "second",
    [
        "UZB;2;x",  # a unit stands in it
        ";2;3",  # figures stand in it
    ],
)
def test_a_row_of_the_table_is_no_second_line_of_its_header(tmp_path: Path, second: str) -> None:
    with pytest.raises(TableError, match="column 3 has no name"):
        read_own_table(table(tmp_path, f"entity;users;\n{second}\nKAZ;7;8\n"), required=["entity"])


def test_marks_of_footnotes_behind_figures_are_left_out_and_told(tmp_path: Path) -> None:
    text = "entity;posts;days;power;kind\nKAZ;210*;2,9\u00b9;10\u2076;a*\nUZB;1 210;3,5 [2];7;b\n"
    read = read_own_table(table(tmp_path, text))
    assert read.frame["posts"].tolist() == [210, 1210]
    assert read.frame["days"].tolist() == [2.9, 3.5]
    assert read.frame["power"].tolist() == ["10\u2076", "7"]  # a million, not ten with a footnote
    assert read.frame["kind"].tolist() == ["a*", "b"]
    told = next(remark for remark in read.remarks if remark.code == "marks_left")
    assert told.named["cells"] == "posts: '210*', days: '2,9\u00b9', '3,5 [2]'"
