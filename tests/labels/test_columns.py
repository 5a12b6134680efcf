"""Languages are the columns of the files of texts; one is offered when it has every text."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.errors import LabelError
from digital_diplomacy.labels import columns


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files; the order of languages is that of the first, quotation marks and ends of lines are the files' own."""
    (tmp_path / "core.csv").write_text("code,ru,en\nunit.day,день,day\n", newline="")
    counts = 'code,en,ru\r\n"count.days.one","{n} day",{n} день\r\ncount.days.few,{n} days,{n} дня\r\n'
    (tmp_path / "b.csv").write_text(f'{counts}count.days.other,"{{n}} days",{{n}} дня\r\nnote.a,"a,\nb",c', newline="")
    return tmp_path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_the_projects_languages_are_complete() -> None:
    assert labels.LANGUAGES[:3] == ("kk", "ru", "en")
    assert [code for lang in labels.LANGUAGES for code in columns.missing(labels._texts(), lang)] == []


@pytest.mark.parametrize(
    "path", sorted(columns.FOLDER.rglob("*.csv")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_row_of_texts_has_a_cell_a_language(path: Path) -> None:
    """A comma without quotation marks would put Kazakh words into Russian titles."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *found = csv.reader(stream)
    assert [row for row in found if len(row) != len(header)] == []


def test_a_new_column_changes_nothing_else(folder: Path) -> None:
    before = {path.name: rows(path) for path in folder.iterdir()}
    assert [path.name for path in columns.add("ky", folder)] == ["b.csv", "core.csv"]
    assert columns.declared(folder) == ("ru", "en", "ky")
    assert (folder / "b.csv").read_bytes().startswith(b'code,en,ru,ky\r\n"count.days.one","{n} day",')
    for name, old in before.items():
        assert rows(folder / name) == [row | {"ky": ""} for row in old]


def test_a_new_column_stands_in_errors_and_helps_too(folder: Path) -> None:
    for name in ("refusals", "help"):
        (folder / name).mkdir()
        (folder / name / "a.csv").write_text(
            'en,ru\n"the file, {name}, is empty","файл {name} пуст"\n', encoding="utf-8"
        )
    assert [path.parent.name for path in columns.add("ky", folder)][2:] == ["help", "refusals"]
    text = (folder / "refusals" / "a.csv").read_text(encoding="utf-8")
    assert text == 'en,ru,ky\n"the file, {name}, is empty","файл {name} пуст",\n'
    assert columns.untranslated("ky", folder)[0] == ("help/a.csv", "the file, {name}, is empty")
    assert columns.untranslated("ru", folder) == []


def test_a_new_language_brings_the_plural_forms_only_it_has(folder: Path) -> None:
    columns.add("ar", folder)  # zero, one, two, few, many, other (CLDR)
    added = [row for row in rows(folder / "b.csv") if row["code"] in ("count.days.zero", "count.days.two")]
    assert [(row["en"], row["ru"], row["ar"]) for row in added] == [("{n} days", "{n} дня", "")] * 2
    lacks = columns.missing(columns.read(folder), "ar")
    assert [code.rpartition(".")[2] for code in lacks] == ["few", "many", "one", "other", "two", "zero", "a", "day"]


def test_forms_a_language_does_not_have_are_not_missing(folder: Path) -> None:
    columns.add("ky", folder)  # one, other (CLDR)
    assert "count.days.few" not in columns.missing(columns.read(folder), "ky")
    assert columns.missing(columns.read(folder), "ru") == ["count.days.many"]


@pytest.mark.parametrize(
    ("lang", "said"), [("ru", "ru has a column"), ("xx", "'xx' is no language"), ("../ru", "is no language")]
)
def test_a_language_that_is_there_or_unknown_is_refused_and_nothing_written(folder: Path, lang: str, said: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(LabelError, match=said):
        columns.add(lang, folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_files_with_other_columns_or_a_code_twice_are_refused(folder: Path) -> None:
    (folder / "c.csv").write_text("code,en,uz\n")
    with pytest.raises(LabelError, match=r"labels/c\.csv: its columns differ from those of labels/core\.csv in ru, uz"):
        columns.read(folder)
    (folder / "c.csv").write_text("code,en,ru\nunit.day,day,день\n")
    with pytest.raises(LabelError, match=r"labels/core\.csv: code 'unit\.day' is defined twice"):
        columns.read(folder)


@pytest.mark.parametrize("lang", ["ky", "ar"])
def test_a_begun_language_is_not_offered_and_says_what_is_missing_until_it_is_whole(tmp_path: Path, lang: str) -> None:
    """In a copy of the package, as whoever adds a language to the repository meets it."""
    package = tmp_path / "digital_diplomacy"
    for path in Path(labels.__file__).parents[1].rglob("*"):
        if path.suffix in (".py", ".csv"):
            copy = package / path.relative_to(Path(labels.__file__).parents[1])
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    place = package / "labels"
    columns.add(lang, place)
    count = len(columns.missing(columns.read(place), lang))

    def said() -> str:
        code = f"from digital_diplomacy import labels as l; print(l.LANGUAGES); print(l.refusal({lang!r}))"
        known = {**os.environ, "PYTHONPATH": str(tmp_path)}
        return subprocess.run([sys.executable, "-P", "-c", code], env=known, text=True, capture_output=True).stdout

    offered, why, *_ = said().splitlines()
    assert lang not in offered
    assert f"language '{lang}' is not complete: {count} of its texts are missing" in why
    for path in place.glob("*.csv"):
        content = [row | {lang: row["en"]} for row in rows(path)]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, content[0])
            writer.writeheader()
            writer.writerows(content)
    assert f"'{lang}'" in said().splitlines()[0]
