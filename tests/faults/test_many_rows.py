"""Tables of very many rows: read in time that grows with their length, or refused at once; what is wrong is counted."""

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from digital_diplomacy import archives, labels
from digital_diplomacy.errors import DigitalDiplomacyError, TableError
from digital_diplomacy.labels import refusals
from digital_diplomacy.printed import Convention, UnreadableError, read, reading
from digital_diplomacy.sources import grids, intake, workbooks
from digital_diplomacy.sources.intake import cells

from .conftest import Command

HABITS = [Convention(), Convention(decimal=".", grouping=","), Convention(decimal=",", grouping="."),
          Convention("ru", ",", " ", "filler"), Convention("en", ".", ",", "digits")]  # fmt: skip


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize(
    "text",
    ["0.5", "0,5", "12.5", "85,93", "7.1234", "0.123", "1234.567", "1234.5", "100.00", "0.0", "0.000", "00.5", "12.345",
     "012.5", "123456789.12345678901234567", "1.23456789012345678", "12,", ".5", "1000", "12.50"],
)  # fmt: skip
def test_plain_decimals_are_read_as_figures_of_any_form_are(text: str, habit: Convention) -> None:
    try:
        expected = repr(reading._read_bare(text, text, habit))
    except UnreadableError as error:
        expected = str(error)
    try:
        found = repr(read(text, convention=habit))
    except UnreadableError as error:
        found = str(error)
    assert found == expected


def test_a_cell_that_stands_in_many_rows_is_read_a_few_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three numerals in 3,000 rows; they are read to see whether any is open, whether all are shares, and to take."""
    asked: Counter[str] = Counter()

    def counted(text: str, *, convention: Convention) -> Any:
        asked[text] += 1
        return read(text, convention=convention)

    monkeypatch.setattr(cells, "read", counted)
    path = tmp_path / "long.csv"
    days = [f"20{year}-{month:02}-{day:02}" for year in range(10, 20) for month in range(1, 11) for day in range(1, 11)]
    rows = [f"{code},{day},{50 + at % 3}.5" for code in ("KAZ", "KGZ", "UZB") for at, day in enumerate(days)]
    path.write_text("Country,Date,Value\n" + "\n".join(rows) + "\n")
    kind, answers = intake.kind_of("datareportal"), intake.Answers(columns={"Value": "internet_users_pct"})
    found = intake.read_foreign(path, kind, answers)
    assert len(found.frame) == 3000
    assert (len(found.questions), len(found.faults)) == (0, 0)
    assert set(asked) == {"50.5", "51.5", "52.5"}
    assert max(asked.values()) <= 3


def test_of_very_many_faults_the_first_are_told_and_all_are_counted(tmp_path: Path, command: Command) -> None:
    """2,500 values of one country and year: the first stands, the others are told again."""
    path = tmp_path / "twice.csv"
    path.write_text("Country,Year,Value\n" + "".join(f"KAZ,2020,{50 + row / 100:.2f}\n" for row in range(2500)))
    found = intake.read_foreign(path, intake.kind_of("internet_users"))
    assert (len(found.faults), found.further) == (1000, 1499)
    assert found.faults[0].named == {"place": "line 3", "other": "line 2", "entity": "KAZ", "period": "2020"}
    refused = command("data", "add", str(path), "--source", "A", "--lang", "en", cwd=Path(__file__).parents[2])
    assert refused.code == 2
    assert "to be mended (2499)" in refused.err
    assert "(+2299)" in refused.err


def test_rows_of_one_kind_of_fault_are_told_once_each(tmp_path: Path) -> None:
    """A row of years whose country is unknown is one fault, however many years it has."""
    path = tmp_path / "wide.csv"
    path.write_text(
        "Country,2019,2020,2021\nKazakhstan,1.5,2.5,3.5\nAtlantis,1.5,2.5,3.5\nHyperborea,1.5,2.5,seven-ish\n"
    )
    found = intake.read_foreign(path, intake.kind_of("internet_users"))
    told = [(one.code, one.named["place"]) for one in found.faults]
    assert told == [("no_country", "line 3"), ("no_country", "line 4"), ("unreadable", "line 4")]
    assert found.further == 0


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xlsx"])
def test_a_table_of_too_many_cells_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    rows = [["entity", "x", "y"], *([f"u{number}", "1.5", "2.5"] for number in range(20))]
    path = tmp_path / name
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    else:
        mark = "," if name == "a.csv" else "   "
        path.write_text("\n".join(mark.join(row) for row in rows) + "\n")
    assert len(grids.read_grid(path).rows) == 20
    workbooks._loaded.cache_clear()
    for room in (archives, grids):
        monkeypatch.setattr(room, "MOST_FILLED", 40)
    with pytest.raises(DigitalDiplomacyError, match="it has more than") as refused:
        grids.read_grid(path)
    assert "DuckDB" in refusals.told(refused.value, lang)


def test_a_workbook_without_formulas_is_read_as_one_with_them(tmp_path: Path) -> None:
    """The second is read twice, as its formulas have no part in the values."""
    for name, last in (("plain.xlsx", "2"), ("formula.xlsx", "=1+1")):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (["entity", "x"], ["a", 0.5], ["b", last]):
            sheet.append(row)
        sheet["B2"].number_format = "0%"
        book.save(tmp_path / name)
    shown = grids.read_lines(tmp_path / "plain.xlsx", as_shown=True).rows
    assert [row for _, row in shown] == [["entity", "x"], ["a", "50%"], ["b", "2"]]
    with pytest.raises(TableError, match="B3"):
        grids.read_lines(tmp_path / "formula.xlsx")
    with zipfile.ZipFile(tmp_path / "formula.xlsx") as archive:
        assert "<f>" in archive.read("xl/worksheets/sheet1.xml").decode()
