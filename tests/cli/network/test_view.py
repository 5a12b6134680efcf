"""The page to play with that the command on own networks writes: its ties, statements and documents are the file's."""

import json
import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from digital_diplomacy.cli import app, join

ROWS = [
    "source,target,relation,weight,Document,statement",
    "kz,uz,cites,1,Report A,kz names uz",
    "kz,uz,cites,2,Доклад Б,",
    "uz,kz,cites,1,Report A,=uz answers",
    "kg,kz,asks,1,,",
]


def data_of(folder: Path, *options: str, rows: list[str] = ROWS, lang: str = "en") -> dict[str, Any]:
    """What the page holds that the command makes of a file."""
    (folder / "ties.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    words = ["network", str(folder / "ties.csv"), "--out", str(folder / "out"), "--lang", lang, "--dangling", "add"]
    words += ["--draws", "19", "--rewirings", "0", "--duplicates", "sum", *options]
    join(words)
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    page = (folder / "out" / "network.html").read_text(encoding="utf-8")
    [content] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(content)
    return found


def said(data: dict[str, Any]) -> list[tuple[str, ...]]:
    """Source, target, relation, document and words of every statement."""
    found = []
    for tie, document, words, _ in data["statements"]:
        source, target, relation, _ = data["ties"][tie]
        ends = (data["actors"][source][0], data["actors"][target][0])
        found.append((*ends, data["relations"][relation]["code"], data["documents"][document]["code"], words))
    return sorted(found)


def test_the_page_tells_the_statements_of_the_file_and_is_linked_from_the_first(tmp_path: Path) -> None:
    data = data_of(tmp_path)
    assert said(data) == [
        ("kg", "kz", "asks", "", ""),
        ("kz", "uz", "cites", "Report A", "kz names uz"),
        ("kz", "uz", "cites", "Доклад Б", ""),
        ("uz", "kz", "cites", "Report A", "=uz answers"),
    ]
    assert sorted(tie[3] for tie in data["ties"]) == [1, 1, 3]
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert '<a class="play" href="network.html">Open the network' in index


def test_ties_turned_round_keep_their_statements(tmp_path: Path) -> None:
    assert said(data_of(tmp_path, "--reverse")) == [
        ("kz", "kg", "asks", "", ""),
        ("kz", "uz", "cites", "Report A", "=uz answers"),
        ("uz", "kz", "cites", "Report A", "kz names uz"),
        ("uz", "kz", "cites", "Доклад Б", ""),
    ]


def test_an_undirected_tie_has_the_statements_of_both_orders(tmp_path: Path) -> None:
    data = data_of(tmp_path, "--undirected")
    assert not data["directed"]
    assert sorted(tie[3] for tie in data["ties"]) == [1, 4]
    found = said(data)
    assert len(found) == 4
    assert len({row[:3] for row in found}) == 2


def test_a_file_without_documents_has_ties_alone(tmp_path: Path) -> None:
    data = data_of(tmp_path, rows=["source,target", "a,b", "b,c"], lang="kk")
    assert (data["documents"], data["statements"], len(data["ties"])) == ([], [], 2)
