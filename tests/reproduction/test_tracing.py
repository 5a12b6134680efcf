import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digital_diplomacy.errors import NotebookError
from digital_diplomacy.reproduction import finishing, processed
from digital_diplomacy.reproduction.tracing import as_text, sliced_tables, trace
from digital_diplomacy.runs import plan
from digital_diplomacy.runs.notebooks import Run, find_notebooks
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import Snapshot, sha256

TABLES = {
    "claims": 'claim_id,document,locator,as_printed\n1,000,table 1,"18,200"\n2,000,page 3,29\n3,001,page 9,\n',
    "documents": "document,short\n000,Almash 2018\n001,Zhussupova 2021\n",
    "index": "iso3,value\nKAZ,0.9\n",
}
LOADED = """from digital_diplomacy import figures, sources
figures_read = sources.load("parsed")
values = sources.load("index")
kept = figures_read[figures_read["document"] == "000"]"""


def describe(project: Path, folder: str, names: list[str]) -> None:
    entries = [
        {"name": name, "path": f"{name}.csv", "title": f"Table {name}", "sources": [{"title": f"Source of {name}"}]}
        for name in names
    ]
    (project / f"data/{folder}/datapackage.json").write_text(json.dumps({"resources": entries}))


@pytest.fixture
def figure(project: Path, write_notebook: Callable[..., Path]) -> Path:
    """A figure drawn from a processed table, in a run that also read another table and drew that."""
    for name, content in TABLES.items():
        (project / f"data/raw/{name}.csv").write_text(content)
    (project / "data/processed/parsed.csv").write_text("claim_id,value\n1,18200\n")
    describe(project, "raw", list(TABLES))
    describe(project, "processed", ["parsed"])
    processed.stamp_tables(project / "stamp.json", {"parsed": ["claims"]}, ["digital_diplomacy.errors"], project)
    codes = [LOADED, 'figures.show(kept, name="drawn")', 'figures.show(values, name="other")']
    write_notebook("one", codes)
    time.sleep(0.01)  # clocks of files tick slower than those of processes
    notebook = find_notebooks(project)["one"]
    run = Run(notebook, "en", {name: parameter.default for name, parameter in notebook.parameters.items()})
    now, folder = Snapshot(project), project / "reports/one/en"
    known, started = plan.before(notebook.path, run.values, now), time.time_ns()
    (folder / "figures").mkdir(parents=True)
    executed = json.loads(notebook.path.read_text())
    shown = []
    for cell in executed["cells"]:
        name = next((name for name in ("drawn", "other") if f'name="{name}"' in cell["source"]), "")
        if name:
            (folder / f"figures/{name}.svg").write_text(f"<svg>{name}</svg>")
            described = {"kind": "figure", "name": name, "title": f"Figure {name}"}
            cell["outputs"] = [
                {"output_type": "display_data", "data": {}, "metadata": {"digital_diplomacy": described}}
            ]
            files = {f"figures/{name}.svg": sha256(folder / f"figures/{name}.svg")}
            shown.append({**described, "alt": "", "files": files})
    (folder / "notebook.ipynb").write_text(json.dumps(executed))
    inputs = ["data/processed/parsed.csv", "data/raw/index.csv", "data/raw/documents.csv"]
    depends = plan.record(
        known,
        notebook=notebook.path,
        lang="en",
        inputs=Observed(tuple(inputs)),
        shown=["drawn", "other"],
        started_ns=started,
        now=now,
    )
    described = {"notebook": "one", "lang": "en", "parameters": run.values, "changed": {}, "shown": shown}
    finishing.finish(folder, {**described, "dependencies": depends}, now, started="2024-01-01", ended="2024-01-01")
    return folder / "figures/drawn.svg"


def chain(figure: Path, project: Path) -> list[dict[str, str]]:
    return trace(figure, root=project, stamp=project / "stamp.json")


def test_the_chain_leads_from_the_figure_to_the_printed_figures(figure: Path, project: Path) -> None:
    found = [(link["step"], link["what"], link["where"]) for link in chain(figure, project)]
    assert found == [
        ("figure", "Figure drawn", "reports/one/en/figures/drawn.svg"),
        ("run", "compare = ['UZB', 'RUS'], country = 'KAZ', edition = 2024, lang = 'en'", "reports/one/en"),
        ("cell", 'figures.show(kept, name="drawn")', "notebooks/one.ipynb, cell 4 (cell-3)"),
        ("processed", "Table parsed", "data/processed/parsed.csv"),
        ("raw", "Table claims", "data/raw/claims.csv"),
        ("source", "Source of claims", ""),
        ("printed", "18,200", "000 (Almash 2018), table 1"),
        ("printed", "29", "000 (Almash 2018), page 3"),
    ]


def test_another_figure_of_the_run_leads_to_its_own_table(figure: Path, project: Path) -> None:
    found = chain(figure.with_name("other.svg"), project)
    assert [link["where"] for link in found if link["step"] in ("processed", "raw")] == ["data/raw/index.csv"]


def test_files_are_named_with_their_hash(figure: Path, project: Path) -> None:
    hashes = {link["where"]: link["sha256"] for link in chain(figure, project)}
    for name in ("reports/one/en/figures/drawn.svg", "data/processed/parsed.csv", "data/raw/claims.csv"):
        assert hashes[name] == sha256(project / name)


def test_the_text_shortens_long_lists_of_printed_figures(figure: Path, project: Path) -> None:
    links: list[dict[str, Any]] = chain(figure, project)
    assert "printed   29  [000 (Almash 2018), page 3]" in as_text(links)
    assert as_text([*links[:-2], *[links[-1]] * 20]).endswith("… and 12 more")


def test_the_chain_is_told_in_the_reader_s_language(figure: Path, project: Path) -> None:
    links = trace(figure, root=project, stamp=project / "stamp.json", lang="ru", placed=lambda place: f"<{place}>")
    said = as_text([*links, *[links[-1]] * 8], "ru")
    assert "напечатано 18,200  [000 (Алмаш 2018), <table 1>]" in said
    assert "notebooks/one.ipynb, ячейка 4 (cell-3)" in said
    assert "вычислено  Table parsed" in said  # a table of one's own keeps the title it was given
    assert said.splitlines()[-1].strip() == "… и ещё 2"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("notebooks/one.ipynb", "is no file of a run"),
        ("reports/one/en/notebook.ipynb", r"wrote no figure or table of that name; it wrote figures/drawn\.svg"),
        ("reports/one/en/figures/unknown.svg", "wrote no figure or table of that name"),
    ],
)
def test_files_that_no_run_drew_are_refused(figure: Path, project: Path, path: str, said: str) -> None:
    with pytest.raises(NotebookError, match=said):
        chain(project / path, project)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("reports/one/en/figures/drawn.svg", "is not as the run wrote it: its SHA-256 should be"),
        ("data/processed/parsed.csv", r"parsed\.csv is not as it was when the figure was made; run .* reproduce one"),
        (
            "data/raw/claims.csv",
            r"parsed\.csv: what it was built from is not noted, or has changed since",
        ),
        ("stamp.json", "what it was built from is not noted"),
    ],
)
def test_a_chain_with_a_changed_link_is_refused(figure: Path, project: Path, path: str, said: str) -> None:
    (project / path).write_text("changed")
    with pytest.raises(NotebookError, match=said):
        chain(figure, project)


def test_a_missing_figure_is_refused(figure: Path, project: Path) -> None:
    figure.unlink()
    with pytest.raises(NotebookError, match="is missing"):
        chain(figure, project)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["a = load('one')", "b = load('two')", "show(a, name='seen')"], {"one"}),
        (["a, b = map(sources.load, ['one', 'two'])", "show(b, name='seen')"], {"one", "two"}),
        (["a = load('one')\nb = f(a)\nc = load('two')", "c = b\nshow(c, name='seen')"], {"one", "two"}),
        (["parts = []\nparts.append(load('one'))\nx = load('two')", "show(parts, name='seen')"], {"one"}),
        (["a = {}\na['k'] = load('one')", "show(a, name='seen')"], {"one"}),
        (["a = load('one')", "show(load('two'), name='seen')\nshow(a, name='after')"], {"two"}),
        (["a = 'one'\nb = load('two')", "show(b, name='seen')"], {"two"}),
        (["%matplotlib inline", "a = load('one')", "show(a, name='seen')"], {"one"}),
    ],
)
def test_a_slice_holds_the_tables_a_figure_rests_on(codes: list[str], expected: set[str]) -> None:
    assert sliced_tables(codes, "seen", ["one", "two"]) == expected
