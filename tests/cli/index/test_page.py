"""The page of the documents on indices runs as it stands: its files, its command and its Python."""

import json
import re
import shlex
import sys
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.cli import main

PAGE = Path(__file__).parents[3] / "docs" / "indices.md"
_FILE = re.compile(r"^`(?P<name>[\w.]+)`:\n\n```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^```\n(digital-diplomacy .*?)\n```$", re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the page's files stand and its command has run."""
    folder = tmp_path_factory.mktemp("docs")
    page = PAGE.read_text(encoding="utf-8")
    for found in _FILE.finditer(page):
        (folder / found["name"]).write_text(found["text"], encoding="utf-8")
    command = _COMMAND.search(page)
    assert command is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "argv", [*shlex.split(command[1]), "--draws", "500"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return folder


def test_the_files_of_the_page_make_the_index_it_tells_of(made: Path) -> None:
    page = (made / "my_index" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Digital dialogue index</h1>" in page
    assert "Left out: 1 of 8 units: Turkmenistan (too few values: 0 of 3 indicators)." in page
    assert "Made up: 1 of 21 values were missing and imputed (units: 1): Uzbekistan 1." in page
    assert "Warning" not in page
    for name in re.findall(r"`(\w+\.(?:csv|xlsx|html|json))`", PAGE.read_text(encoding="utf-8")):
        assert (made / name).exists() or (made / "my_index" / name).exists(), name


def test_the_index_links_to_the_page_on_which_it_is_weighed(made: Path) -> None:
    folder = made / "my_index"
    assert '<a class="play" href="ranking.html">' in (folder / "index.html").read_text(encoding="utf-8")
    page = (folder / "ranking.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert data["asked"] == "KAZ"  # the unit of --profile
    assert data["index"]["codes"] == ["accounts", "posts", "response_days", "reach", "dialogue", "index"]
    assert data["index"]["weights"] == [1, 1, 1, 1, 2, 1]
    assert [node["method"]["name"] for node in data["index"]["nodes"]] == ["arithmetic", "arithmetic", "geometric"]
    ranking = pd.read_csv(folder / "ranking.csv").set_index("entity")
    told = dict(zip(data["units"], data["chosen"], strict=True))
    assert {unit: row[:4] for unit, row in told.items()} == {
        unit: ranking.loc[unit, ["rank", "median", "low", "high"]].tolist() for unit in data["units"]
    }
    assert "Left out: 1 of 8 units: Turkmenistan" in page


def test_an_index_that_finds_its_weights_itself_says_why_none_can_be_moved(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (made / "steps.toml").read_text(encoding="utf-8")
    (tmp_path / "steps.toml").write_text(
        given.partition("[[factors]]")[0].replace('["arithmetic", "geometric"]', '["benefit_of_doubt", "arithmetic"]'),
        encoding="utf-8",
    )
    words = ["index", str(made / "values.csv"), str(made / "framework.csv"), "--steps", str(tmp_path / "steps.toml")]
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *words, "--out", str(tmp_path / "out"), "--draws", "0"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "The weights of this index cannot be moved: it is made by benefit of the doubt" in page
    assert 'class="play"' not in page
    assert not (tmp_path / "out" / "ranking.html").exists()


def test_the_python_of_the_page_runs(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    names: dict[str, object] = {}
    for code in _PYTHON.findall(PAGE.read_text(encoding="utf-8")):
        exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 (the page's own lines)
    ranking = eval("rankings.ranking_table(index)", names)  # noqa: S307
    assert ranking["entity"].tolist() == pd.read_csv(made / "my_index" / "ranking.csv")["entity"].tolist()
    bounds = eval("rankings.place_bounds(places, order, count=193)", names)  # noqa: S307
    assert bounds.set_index("entity").loc["UZB", ["low", "high"]].tolist() == [25, 63]
