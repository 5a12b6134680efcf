"""`data fetch`, `data use` and `data diff`, as a person gives them."""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
GUIDE = REPOSITORY / "docs" / "fetch.md"
EXAMPLES = REPOSITORY / "docs" / "examples"
NOON = 1795953600  # 2026-11-29T12:00:00Z
Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("raw", "processed"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / folder / "datapackage.json", tmp_path / "data" / folder)
    for name in ("internet_users", "statcounter_2020"):
        shutil.copy(REPOSITORY / "data" / "raw" / f"{name}.csv", tmp_path / "data" / "raw")
    shutil.copytree(EXAMPLES, tmp_path / "docs" / "examples")
    for path in (tmp_path / "docs" / "examples").glob("*.*"):  # an edition without a name has the day of its file
        os.utime(path, (NOON, NOON))
    (tmp_path / "notebooks").symlink_to(REPOSITORY / "notebooks")
    return tmp_path


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An address on this machine that gives two pages, as the World Bank's would."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("digital_diplomacy.sources.fetching.connecting.wait_turn", lambda *_: None)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = int(re.findall(r"page=(\d+)", self.path)[-1]) if "page=" in self.path else 1
            name = {"id": "IT.NET.USER.ZS", "value": "Individuals using the Internet (% of population)"}
            row = {"indicator": name, "country": {"id": "KZ", "value": "Kazakhstan"}, "countryiso3code": "KAZ"}
            head = {"page": page, "pages": 2, "per_page": 1, "total": 2, "lastupdated": "2026-07-13"}
            content = json.dumps([head, [row | {"date": str(2021 + page), "value": 90.0 + page}]]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v2?format=json"
        server.shutdown()


def test_what_the_guide_shows_runs_as_it_says(run: Run) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    examples = re.findall(r"```console\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert len(examples) >= 5
    for commands, told in examples:
        out = ""
        for command in commands.splitlines():
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)][1:]
            code, said, err = run(*words)
            assert (code, err) == (0, ""), command
            out += said
        # Which notebooks there are is no matter of this guide: those it names have to be among them.
        names = [re.findall(r"^Notebooks that read \w+: (.*)\.$", text, re.MULTILINE) for text in (told, out)]
        assert {one for line in names[0] for one in line.split(", ")} <= {
            one for line in names[1] for one in line.split(", ")
        }
        said = [re.sub(r"(?m)^(Notebooks that read \w+: ).*", r"\1", text) for text in (told, out)]
        assert said[0] == said[1]


def test_all_pages_are_fetched_and_nothing_is_left_half(run: Run, project: Path, bank: str) -> None:
    code, out, err = run("data", "fetch", "worldbank", "--indicator", "IT.NET.USER.ZS", "--address", bank)
    assert (code, err) == (0, "")
    assert "worldbank_it_net_user_zs_2026_07_13: 2 figures, 2022–2023" in out
    assert [path.suffix for path in (project / "data" / "fetched").iterdir() if path.stat().st_size] == []
    package = json.loads((project / "data" / "raw" / "datapackage.json").read_text("utf-8"))
    assert [file["address"].count("page=2") for file in package["resources"][-1]["fetched"]["files"]] == [0, 1]
    before = sorted(project.rglob("*.csv"))
    assert "are here already" in run("data", "fetch", "worldbank", "--address", bank)[1]
    assert sorted(project.rglob("*.csv")) == before


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_offline_it_says_so_and_uses_what_is_here(
    run: Run, bank: str, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    gone = ["data", "fetch", "worldbank", "--address", "http://127.0.0.1:9/", "--lang", lang]
    code, out, err = run(*gone)
    assert (code, out) == (2, "")
    assert "127.0.0.1" in err
    run("data", "fetch", "worldbank", "--address", bank)
    code, out, err = run(*gone)
    assert code == 0
    assert "127.0.0.1" in err
    assert "worldbank_it_net_user_zs_2026_07_13" in out


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fetch", "worldbank"], "--indicator"),
        (["fetch", "statcounter", "--countries", "KAZ"], "--period"),
        (["fetch", "egovkb"], "--file"),
        (["fetch", "worldbank", "--indicator", "X", "--countries", "ATL"], "ATL"),
        (["fetch", "worldbank", "--file", "nowhere.json"], "nowhere.json"),
        (["fetch", "worldbank", "--address", "http://example.org/a"], "https"),
        (["fetch", "worldbank", "--file", "docs/examples/worldbank.json", "--sha256", "0" * 64], "SHA-256"),
        (["use", "nothing"], "nothing"),
        (["diff", "claims"], "claims"),
    ],
)
def test_a_refusal_names_what_is_wrong_in_the_language(
    run: Run, project: Path, words: list[str], said: str, lang: str
) -> None:
    before = sorted(project.rglob("*"))
    code, out, err = run("data", *words, "--lang", lang)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert sorted(project.rglob("*")) == before


def test_a_dry_run_writes_nothing(run: Run, project: Path) -> None:
    before = sorted(project.rglob("*"))
    code, out, _ = run(
        "data", "fetch", "worldbank", "--file", "docs/examples/worldbank.json", "--dry-run", "--lang", "ru"
    )
    assert code == 0
    assert "Казахстан" in out
    assert sorted(project.rglob("*")) == before


def test_an_unknown_publisher_is_refused_naming_those_there_are(run: Run) -> None:
    code, _, err = run("data", "fetch", "gapminder")
    assert code == 2
    assert "worldbank, itu, owid, statcounter, egovkb, datareportal, brand_analytics" in err


def test_what_differs_is_written_to_a_file(run: Run, project: Path) -> None:
    run("data", "fetch", "worldbank", "--file", "docs/examples/worldbank.json", "--countries", "KAZ")
    code, _, _ = run("data", "diff", "internet_users", "--out", "revised.csv")
    assert code == 0
    lines = (project / "revised.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "entity,period,measure,platform,kind,old,new,change"
    assert [line.split(",")[4] for line in lines[1:]] == ["changed", "added"]


def test_the_newest_edition_is_compared_with_the_one_before_it_and_others_by_date(run: Run, project: Path) -> None:
    text = (EXAMPLES / "worldbank.json").read_text(encoding="utf-8")
    (project / "old.json").write_text(
        text.replace("2026-07-13", "2026-01-28").replace("92.1", "92.2"), encoding="utf-8"
    )
    for file in ("docs/examples/worldbank.json", "old.json"):
        assert run("data", "fetch", "worldbank", "--file", file, "--countries", "KAZ")[0] == 0
    old, new = "worldbank_it_net_user_zs_2026_01_28", "worldbank_it_net_user_zs_2026_07_13"
    for words in (
        ["internet_users"],
        [new],
        ["internet_users", "2026-01-28", "2026-07-13"],
        [new, old],
        [new, old, new],
    ):
        code, out, err = run("data", "diff", *words, "--lang", "ru")
        assert (code, err) == (0, "")
        assert out.startswith(f"{old} → {new}: изменено 1, добавлено 0, убрано 0; равны 2,")
        assert "92.2 → 92.1 (-0.1)" in out
    assert run("data", "diff", "internet_users", "2026-02-30")[0] == 2
