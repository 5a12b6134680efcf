"""Nothing leaves the machine: no notebook, no reader and no command but `data fetch` opens a connection."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "digital_diplomacy"
OFFLINE = REPOSITORY / ".ci/offline"
ADDRESS = "http://example.org/a"
REACHING = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib", "urllib3", "xmlrpc"}
MAY_REACH = {
    "sources/fetching": "`data fetch`",
    "messages/cluster.py": "counts on Spark, where --remote says",
    "kernels/fork_server.py": "sockets between processes of one machine",
    "kernels/forking.py": "the same",
}
"""Files that import what can reach other machines, and for what."""

SHOWN = [
    "import pandas as pd",
    "from digital_diplomacy import figures, labels, sources",
    "rows = pd.DataFrame({'entity': ['KAZ', 'UZB'], 'group': '', 'period': '2020', 'measure': 'index_rank', 'value': "
    "[1.0, 2.0], 'low': float('nan'), 'high': float('nan'), 'interval': 'none', 'level': float('nan'), 'unit': 'rank', "
    "'base': '', 'n': float('nan'), 'source_id': ''})",
    "figures.show(figures.plot_ranking, rows, name='one', lang=lang, title='T')",
    "figures.show(figures.plot_map, rows.assign(measure='internet_users_pct', unit='percent', value=[50.0, 60.0]), "
    "name='two', lang=lang, title='M')",
]


def offline(notes: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(OFFLINE), "OFFLINE_NOTES": str(notes)}


def reproduce(project: Path, notes: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"{before}\nfrom digital_diplomacy.cli import main\nmain()"
    words = [sys.executable, "-c", code, "reproduce", "--lang", "en", "--out", "made"]
    return subprocess.run(words, cwd=project, env=offline(notes), capture_output=True, text=True)


@pytest.mark.parametrize(
    "asks", ["urllib.request.urlopen('http://example.org')", "socket.create_connection(('192.0.2.1', 80))"]
)
def test_the_guard_refuses_and_notes_what_would_leave(tmp_path: Path, asks: str) -> None:
    words = [sys.executable, "-c", f"import socket, urllib.request\n{asks}"]
    done = subprocess.run(words, env=offline(tmp_path / "notes"), capture_output=True, text=True)
    assert done.returncode == 1
    assert "nothing is to leave this machine" in done.stderr
    assert (tmp_path / "notes").is_file()


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_a_reproduction_opens_no_connection(
    kernels: str, project: Path, write_notebook: Callable[..., Path], few_libraries: str
) -> None:
    """Runner, fork server and kernels; `.ci/run` reproduces every notebook behind the same guard."""
    notes = project / "notes"
    write_notebook("shows", SHOWN)
    refused = "from digital_diplomacy.kernels import forking; forking._refused = 'the test forbids it'"
    done = reproduce(project, notes, few_libraries + (refused if kernels == "ordinary" else ""))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"one.svg", "two.svg"} <= {path.name for path in (project / "made/shows/en/figures").glob("*")}
    assert not notes.exists(), notes.read_text()


def test_a_notebook_that_would_reach_out_is_noticed(
    project: Path, write_notebook: Callable[..., Path], few_libraries: str
) -> None:
    notes = project / "notes"
    write_notebook(
        "asks",
        ["import contextlib, socket", "with contextlib.suppress(Exception): socket.gethostbyname('example.org')"],
    )
    done = reproduce(project, notes, few_libraries)
    assert done.returncode == 0, done.stderr
    assert notes.read_text() == "socket.gethostbyname example.org\n"


def test_ci_reproduces_every_notebook_behind_the_guard() -> None:
    lines = (REPOSITORY / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "make reproduce" in line and ".ci/offline" not in line] == []
    assert any("make reproduce" in line for line in lines)


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.partition(".")[0] for name in found if not name.startswith("urllib.parse")} - {"digital_diplomacy"}


def test_what_can_reach_other_machines_is_imported_by_few_files() -> None:
    reaching = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if imported(path) & REACHING}
    assert [path for path in sorted(reaching) if not path.startswith(tuple(MAY_REACH))] == []
    assert [place for place in MAY_REACH if not any(path.startswith(place) for path in reaching)] == []


@pytest.mark.parametrize(
    "words",
    [
        ("index", f"{ADDRESS}.csv", "framework.csv"),
        ("index", "values.csv", f"{ADDRESS}.csv"),
        ("network", f"{ADDRESS}.graphml"),
        ("network", "ties.csv", "--nodes", f"{ADDRESS}.csv"),
        ("messages", f"{ADDRESS}.jsonl", "--zone", "UTC", "--tables-only"),
        ("messages", "s3://example/a.parquet", "--zone", "UTC", "--tables-only"),
        ("claims", "scan", f"{ADDRESS}.pdf"),
        ("data", "add", f"{ADDRESS}.xlsx", "--source", "s"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_an_address_in_the_place_of_a_file_is_a_file_that_is_not_there(
    words: tuple[str, ...],
    tmp_path: Path,
    give: Callable[..., tuple[object, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Readers of tables would fetch what has the form of an address."""
    import socket

    reached: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *said, **_: reached.append(said))
    (tmp_path / "values.csv").write_text("entity,a\nx,1\ny,2\nz,3\n")
    (tmp_path / "framework.csv").write_text("code,parent\nindex,\na,index\n")
    (tmp_path / "ties.csv").write_text("source,target\na,b\nb,c\n")
    out = () if words[0] == "data" else ("--out", "o")
    code, _, said = give(*words, *out, "--lang", "en", cwd=tmp_path)
    assert (code, reached) == (2, []), said
    assert "no such file" in said
