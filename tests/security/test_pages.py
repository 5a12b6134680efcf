"""What a page may load, and how long a table a workbook takes."""

import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from digital_diplomacy.cli.index import tables as index_tables
from digital_diplomacy.cli.remarks import sentences
from digital_diplomacy.labels import LANGUAGES
from digital_diplomacy.pages.documents import Section, document_page
from digital_diplomacy.pages.workbook import write_workbook

TEMPLATES = Path(index_tables.__file__).parents[2] / "pages" / "templates"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def allowed(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_every_page_says_that_it_loads_nothing_from_elsewhere() -> None:
    heads = [path for path in TEMPLATES.glob("*.html.j2") if "<head>" in path.read_text()]
    pages = [path.read_text() for path in heads] + [document_page("T", [Section("S")], lang="en")]
    assert len(pages) == 3
    for page in pages:
        found = POLICY.search(page)
        assert found
        assert found.start() < page.index("<title>")  # before anything could load
        policy = allowed(found[1])
        assert {"'none'"} == {*policy["object-src"], *policy["base-uri"], *policy["form-action"]}
        sources = {source for name in ("default-src", "connect-src") for source in policy[name]}
        assert sources == {"'self'", "file:", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"}
        assert set(policy) == {"default-src", "connect-src", "object-src", "base-uri", "form-action"}


def test_a_table_too_long_for_the_workbook_stands_as_csv_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Made:
        steps: tuple[object, ...] = ()

    monkeypatch.setattr(index_tables, "_LONGEST", 3)
    tables = {"scores": pd.DataFrame({"entity": ["a", "b", "c"]}), "ranks": pd.DataFrame({"entity": list("abcd")})}
    told = index_tables.write_tables(tables, Made(), (), tmp_path, names={}, lang="en")  # type: ignore[arg-type]
    assert load_workbook(tmp_path / "index.xlsx").sheetnames == ["scores"]
    assert {path.name for path in tmp_path.iterdir()} == {"scores.csv", "ranks.csv", "index.xlsx", "steps.json"}
    assert sentences(told, "en") == ["Longer than 3 rows and so left out of the workbook, as CSV alone: ranks.csv."]
    assert all("ranks.csv" in sentences(told, lang)[0] for lang in LANGUAGES)
    more = {"scores": tables["scores"]}
    assert index_tables.write_tables(more, Made(), (), tmp_path, names={}, lang="en") == []  # type: ignore[arg-type]


def test_a_text_of_a_workbook_is_a_text(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds a control character; remove it"):
        write_workbook({"s": pd.DataFrame({"a": ["x\0y"]})}, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
