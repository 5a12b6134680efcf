"""Cells of more characters than any figure or name has: refused in words, at once, and the same in every process."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from digital_diplomacy.cells import LONGEST, csv_fault
from digital_diplomacy.errors import DigitalDiplomacyError, TableError
from digital_diplomacy.labels import LANGUAGES, refusals
from digital_diplomacy.messages.aggregates import read_counts
from digital_diplomacy.sources.files import text_cells
from digital_diplomacy.sources.grids import read_lines

SAID = {
    "en": "a cell has more than 131072 characters; either a quotation mark before it is not closed",
    "ru": "в ячейке больше 131072 символов; либо перед ней не закрыта кавычка",
    "kk": "ұяшықта 131072 таңбадан көп; не оның алдындағы тырнақша жабылмаған",
}
LONG = "x y" * 50_000


@pytest.fixture(params=[131_072, 1 << 30], ids=["as Python starts", "once messages were read"])
def limit(request: pytest.FixtureRequest) -> Iterator[int]:
    """What the csv module refuses by itself is one number for a whole process."""
    before = csv.field_size_limit(request.param)
    yield request.param
    csv.field_size_limit(before)


def every_language(refused: pytest.ExceptionInfo[DigitalDiplomacyError], place: dict[str, str]) -> None:
    for lang in LANGUAGES:
        told = refusals.told(refused.value, lang)
        assert SAID[lang] in told, lang
        assert place[lang] in told, lang
        assert "field" not in told
        assert len(told) < 500


LINE_3 = {"en": "line 3", "ru": "строка 3", "kk": "3-жол"}


@pytest.mark.usefixtures("limit")
@pytest.mark.parametrize("cell", [LONG, f'"{LONG}"', f'"{"a" * 60}{"b,c" * 50_000}"'], ids=["bare", "quoted", "commas"])
def test_a_cell_too_long_is_refused_in_every_language_with_its_line(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"country,year,value\nKAZ,2020,1\nKAZ,2021,{cell}\nKAZ,2022,3\n", encoding="utf-8")
    with pytest.raises(TableError) as refused:
        read_lines(path)
    every_language(refused, LINE_3)


def test_the_longest_cell_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"country,note\nKAZ,{'x' * LONGEST}\n", encoding="utf-8")
    assert len(read_lines(path).rows[1][1][1]) == LONGEST


def test_a_cell_too_long_of_a_workbook_is_refused_with_its_row_and_not_printed(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["country", "year", "value"], ["KAZ", 2020, 1], ["KAZ", 2021, "HERE"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as whole, ZipFile(tmp_path / "b.xlsx", "w", ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name).replace(b"HERE", b"x" * (LONGEST + 1)))
    with pytest.raises(TableError) as refused:
        read_lines(tmp_path / "b.xlsx")
    every_language(refused, {"en": "row 3", "ru": "строка 3", "kk": "3-"})


def test_what_separates_cells_is_not_looked_for_in_fifty_million_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def counted(stream: io.StringIO, *args: object, **named: object) -> Iterator[list[str]]:
        read.append(len(stream.getvalue()))
        return reader(stream, *args, **named)  # type: ignore[arg-type,call-overload,no-any-return]

    reader = csv.reader
    monkeypatch.setattr(csv, "reader", counted)
    path, size = tmp_path / "a.csv", 10_000_000
    path.write_text(f'country,year,value\nKAZ,2020,"{"x" * size}"\n', encoding="utf-8")
    with pytest.raises(TableError):
        read_lines(path)
    assert len([one for one in read if one > size]) == 1


@pytest.mark.usefixtures("limit")
def test_tables_of_the_project_and_counts_say_it_too(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        text_cells(f"a,b\n1,{LONG}\n".encode(), [], "t.csv")
    every_language(refused, dict.fromkeys(LANGUAGES, "t.csv"))
    (tmp_path / "counts.csv").write_text(f"platform,period\n{LONG},1\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"counts\.csv"):
        read_counts(tmp_path / "counts.csv")


@pytest.mark.parametrize(
    ("text", "said", "russian"),
    [
        ('a,"b', "a quotation mark is not closed", "кавычка не закрыта"),
        ('a,"b"c', "a closing quotation mark stands within a cell; write it twice", "внутри ячейки стоит"),
        ("a\rb,c", "a line ends in the midst of a cell that is not in quotation marks", "строка обрывается посреди"),
    ],
)
def test_what_the_csv_module_says_is_said_in_words(text: str, said: str, russian: str) -> None:
    with pytest.raises(csv.Error) as refused:
        list(csv.reader([text], strict=True))
    found = csv_fault(refused.value)
    assert str(found) == said
    assert refusals.told(found, "ru").startswith(russian)
    assert refusals.told(found, "kk") not in (said, str(refused.value))
