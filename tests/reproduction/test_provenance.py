"""The validator asks the web for two JSON-LD contexts; here it is given the terms that a crate uses, and nothing else.

The terms are those of https://w3id.org/ro/crate/1.1/context and https://w3id.org/ro/terms/workflow-run/context.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from digital_diplomacy import __version__
from digital_diplomacy.reproduction import finishing, provenance
from digital_diplomacy.runs import plan
from digital_diplomacy.runs.notebooks import Run, find_notebooks
from digital_diplomacy.runs.plan import CRATE
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import Snapshot, sha256

COMMIT = {"id": "3c" * 20, "changed": True}
STARTED, ENDED = "2024-01-01T10:00:00.000+00:00", "2024-01-01T10:00:02.500+00:00"
EGDI = {
    "name": "egdi",
    "path": "egdi.csv",
    "title": "E-government index",
    "sources": [{"title": "UN DESA", "path": "https://publicadministration.un.org/egovkb"}, {"title": "Unlinked"}],
    "licenses": [{"name": "other-un-terms", "title": "United Nations terms of use"}],
    "rights": "All values: the United Nations.",
}
SCHEMA_TERMS = (
    *("CreateAction", "CreativeWork", "Dataset", "PropertyValue", "SoftwareApplication", "SoftwareSourceCode"),
    *(
        "about",
        "actionStatus",
        "alternateName",
        "contentSize",
        "copyrightNotice",
        "datePublished",
        "description",
        "encodingFormat",
    ),
    *("endTime", "hasPart", "instrument", "isBasedOn", "license", "mentions", "name", "object", "programmingLanguage"),
    *("agent", "author", "identifier", "isPartOf", "publisher", "Organization", "Person"),
    *("result", "softwareRequirements", "softwareVersion", "startTime", "url", "value", "version", "ComputerLanguage"),
)
CONTEXTS = {
    "https://w3id.org/ro/crate/1.1/context": {
        **{term: f"http://schema.org/{term}" for term in SCHEMA_TERMS},
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    },
    "https://w3id.org/ro/terms/workflow-run/context": {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
}


class Web:
    """What the validator's client reaches: two documents, and an error for every other address."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, url: str, **_: object) -> Any:
        self.asked.append(url)
        response = Response()
        response.status_code = 200 if url in CONTEXTS else 404
        response.content = json.dumps({"@context": CONTEXTS.get(url, {})}).encode()
        return response


class Response:
    status_code: int
    content: bytes
    headers = {"Content-Type": "application/ld+json"}  # noqa: RUF012 - never changed

    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def text(self) -> str:
        return self.content.decode()


NAMES = (
    'a"b', "it's", "<script>alert(1)</script>", "=cmd|'/c calc'!A1", "-rf", "run", "agent", "./", "#run", "\u202eabc",
    "қ" * 80, "😀", "\u0439", "\u0438\u0306", "Case", "case", "a b", "%2e%2e", "notebooks/one.ipynb",
    "requirements.lock", "parameter/country", "a\nb", "\x07", "\u2028", '{"@id": "./"}',
)  # fmt: skip
"""What files, tables, sources, licences and figures may be called: markup, formulas, twins, names of a crate's own."""


@pytest.fixture
def folder(project: Path, write_notebook: Callable[..., Path]) -> Path:
    """Results of one run that read a described table and a file of no table."""
    return made(project, write_notebook, EGDI, {"own notes.txt": "n"})


@pytest.fixture
def named(project: Path, write_notebook: Callable[..., Path]) -> Path:
    """Results of one run of a table and files all of whose names are hostile."""
    every = "".join(NAMES)
    source = [{"title": name, "path": name} for name in NAMES]
    licences = [{"name": name, "title": every, "path": name} for name in NAMES]
    licences += [{"path": name} for name in (*NAMES, "https://e.org/a b?c=<d>", "javascript:alert(1)", "https://[x")]
    table = EGDI | {"title": every + "\ud800", "sources": source, "licenses": licences, "rights": every + "\udcff"}
    files = {name: "n" for name in NAMES if "/" not in name and len(name.encode()) < 250}
    return made(project, write_notebook, table, files | {"odd\udcff": "n"}, figure=every)


def made(
    project: Path,
    write_notebook: Callable[..., Path],
    table: dict[str, Any],
    files: dict[str, str],
    *,
    figure: str = "Карта",
) -> Path:
    (project / "data/raw/egdi.csv").write_text("iso3\nKAZ\n")
    (project / "data/raw/datapackage.json").write_text(json.dumps({"resources": [table]}))
    (project / "requirements.lock").write_text("pandas==3.1.1\n")
    for name, text in files.items():
        (project / name).write_text(text)
    write_notebook("one", ["1"])
    time.sleep(0.01)  # clocks of files tick slower than those of processes
    notebook = find_notebooks(project)["one"]
    run = Run(notebook, "kk", {name: parameter.default for name, parameter in notebook.parameters.items()})
    now, place = Snapshot(project), project / "reports/one/kk"
    known, started = plan.before(notebook.path, run.values, now), time.time_ns()
    (place / "figures").mkdir(parents=True)
    (place / "figures/map.svg").write_text("<svg/>")
    (place / "notebook.ipynb").write_text("{}")
    (place / "index.html").write_text("<html/>")
    shown = [
        {"kind": "figure", "name": "map", "title": figure, "alt": "", "files": {"figures/map.svg": "not looked at"}}
    ]
    inputs = (
        ["data/raw/egdi.csv", "notebooks/one.ipynb", *files] if figure != "Карта" else ["data/raw/egdi.csv", *files]
    )
    depends = plan.record(
        known,
        notebook=notebook.path,
        lang="kk",
        inputs=Observed(tuple(inputs)),
        shown=["map"],
        started_ns=started,
        now=now,
    )
    described = {
        "notebook": "one",
        "lang": "kk",
        "parameters": run.values,
        "changed": {},
        "shown": shown,
        "commit": COMMIT,
    }
    finishing.finish(place, {**described, "dependencies": depends}, now, started=STARTED, ended=ENDED)
    return place


@pytest.fixture
def entities(folder: Path) -> dict[str, dict[str, Any]]:
    graph = json.loads((folder / CRATE).read_text())["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


@pytest.fixture
def validate_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """Messages of the validator about a crate; empty if it is valid for the profile and for RO-Crate."""
    services = pytest.importorskip("rocrate_validator.services")
    from rocrate_validator.models import Severity
    from rocrate_validator.utils.http import HttpRequester

    web = Web()
    monkeypatch.setattr(HttpRequester, "__getattr__", lambda _self, name: getattr(web, name))

    def messages(folder: Path) -> list[str]:
        settings = {
            "rocrate_uri": str(folder),
            "profile_identifier": "process-run-crate",
            "requirement_severity": Severity.RECOMMENDED,
            "cache_path": tmp_path / "cache",
        }
        found = [str(issue.message) for issue in services.validate(settings).get_issues()]
        assert set(web.asked) <= set(CONTEXTS)
        return found

    return messages


@pytest.fixture
def validate(folder: Path, validate_in: Callable[[Path], list[str]]) -> Callable[[], list[str]]:
    """The same of the crate of ``folder``."""
    return lambda: validate_in(folder)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries the validator uses
def test_the_crate_is_valid_for_the_validator(validate: Callable[[], list[str]]) -> None:
    assert validate() == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_crate_of_hostile_names_is_as_valid_as_another(named: Path, validate_in: Callable[[Path], list[str]]) -> None:
    """Each thing has one identifier, which is an address or a name within the crate; names stay as they are."""
    graph = json.loads((named / CRATE).read_text(encoding="utf-8"))["@graph"]
    identifiers = [entity["@id"] for entity in graph]
    assert len(set(identifiers)) == len(identifiers)
    assert [one for one in identifiers if not re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", one)] == []
    known = {entity["@id"]: entity for entity in graph}
    referred = set(re.findall(r'(?<!\\)\{"@id": "([^"]+)"\}', json.dumps(graph)))
    assert {one for one in referred - set(known) if not one.startswith("https://w3id.org/ro/")} == set()
    called = {entity.get("alternateName") for entity in graph}
    assert {name for name in NAMES if "/" not in name and len(name.encode()) < 250} <= called
    assert known["./"]["@type"] == "Dataset"
    assert "javascript:alert(1)" not in known
    assert validate_in(named) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_validator_notices_a_run_without_a_program(folder: Path, validate: Callable[[], list[str]]) -> None:
    content = json.loads((folder / CRATE).read_text())
    for entity in content["@graph"]:
        if entity["@id"] == "#run":
            del entity["instrument"], entity["agent"]
    (folder / CRATE).write_text(json.dumps(content))
    messages = validate()
    assert any("MUST have an instrument" in message for message in messages)
    assert any("SHOULD have an agent" in message for message in messages)


def test_the_run_names_notebook_parameters_inputs_outputs_and_times(entities: dict[str, dict[str, Any]]) -> None:
    run = entities["#run"]
    assert (run["startTime"], run["endTime"]) == (STARTED, ENDED)
    assert entities[run["instrument"]["@id"]]["name"] == "papermill"
    assert run["object"][0] == {"@id": "#notebooks/one.ipynb"}
    given = [entities[reference["@id"]] for reference in run["object"][1:]]
    assert [entity.get("alternateName", entity["name"]) for entity in given] == [
        "data/raw/egdi.csv",
        "own notes.txt",
        "country",
        "compare",
        "edition",
        "lang",
    ]
    assert entities["#parameter/compare"]["value"] == ["UZB", "RUS"]
    results = {reference["@id"] for reference in run["result"]}
    assert results == {"figures/map.svg", "index.html", "made.html", "notebook.ipynb", "result.json"}


def test_inputs_carry_hash_source_and_licence(entities: dict[str, dict[str, Any]], project: Path) -> None:
    table = entities["#read/data/raw/egdi.csv"]
    assert table["sha256"] == sha256(project / "data/raw/egdi.csv")
    assert table["isBasedOn"] == ["https://publicadministration.un.org/egovkb", "Unlinked"]
    assert table["license"] == {"@id": "#licence/other-un-terms"}
    assert entities["#licence/other-un-terms"]["description"] == "United Nations terms of use"
    assert table["copyrightNotice"] == "All values: the United Nations."
    assert not {"license", "copyrightNotice"} & entities["#read/own%20notes.txt"].keys()


def test_outputs_carry_their_hash_and_title(entities: dict[str, dict[str, Any]], folder: Path) -> None:
    for name in ("figures/map.svg", "index.html", "made.html", "notebook.ipynb", "result.json"):
        assert entities[name]["sha256"] == sha256(folder / name)
    assert entities["figures/map.svg"]["name"] == "Карта"
    assert entities["figures/map.svg"]["encodingFormat"] == "image/svg+xml"


def test_software_is_named_with_versions(entities: dict[str, dict[str, Any]], project: Path) -> None:
    needs = [entities[reference["@id"]] for reference in entities["#notebooks/one.ipynb"]["softwareRequirements"]]
    versions = {entity["name"]: entity.get("softwareVersion") for entity in needs}
    assert {"digital-diplomacy", "pandas", "papermill", "requirements.lock"} <= versions.keys()
    assert versions["pandas"].startswith("3.")
    assert entities["#requirements.lock"]["sha256"] == sha256(project / "requirements.lock")


def test_version_and_commit_stand_in_the_crate_and_on_the_page(
    entities: dict[str, dict[str, Any]], folder: Path
) -> None:
    project = entities[entities["#notebooks/one.ipynb"]["isPartOf"]["@id"]]
    assert (project["version"], project["identifier"]) == (__version__, f"swh:1:rev:{'3c' * 20}")
    assert "changes" in project["description"]
    page = (folder / "made.html").read_text()
    assert f"digital-diplomacy {__version__}, коммит" in page
    assert f"{'3c' * 20}</code> (оған кірмеген өзгерістері бар)" in page
    assert json.loads((folder / "result.json").read_text())["commit"] == COMMIT


def test_the_crate_points_to_nothing_that_is_not_there(entities: dict[str, dict[str, Any]], folder: Path) -> None:
    """References lead to entities of the crate, relative names to files in it; the package itself is on no index."""

    def pointed(value: Any) -> Iterator[str]:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one["@id"]

    named = {target for entity in entities.values() for value in entity.values() for target in pointed(value)}
    absent = named - entities.keys()
    assert absent == {"https://w3id.org/ro/crate/1.1"}
    inside = {*entities, *(one["url"] for one in entities.values() if "url" in one)}
    for name in inside - {"./", CRATE}:
        assert name.startswith(("#", "https://")) or (folder / unquote(name)).is_file()
    assert not [name for name in inside if "digital" in name and not name.startswith("#")]


def test_the_times_are_read_back(folder: Path) -> None:
    assert provenance.times(folder) == (STARTED, ENDED)
    (folder / CRATE).unlink()
    assert provenance.times(folder) == ("", "")


def test_the_page_says_in_the_runs_language_how_it_was_made(folder: Path) -> None:
    page = (folder / "made.html").read_text()
    for said in (
        "Бұл қалай жасалды",
        "Ел (<code>country</code>)",
        "&#39;KAZ&#39;",
        "<code>data/raw/egdi.csv</code>",
        'href="https://publicadministration.un.org/egovkb"',
        "other-un-terms",
        sha256(folder / "figures/map.svg") or "",
        'href="../../index.kk.html"',
        'href="index.html"',
        'href="ro-crate-metadata.json"',
        "<td><code>pandas</code></td>",
    ):
        assert said in page
    assert 'href=""' not in page
    assert "көрсетілмеген" in page  # source and licence of the file that is no table
