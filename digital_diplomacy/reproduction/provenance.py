"""How a run's results came about, for machines: a Process Run Crate beside them, in JSON-LD.

References
----------
Leo, S., Crusoe, M. R., Rodríguez-Navas, L., et al. (2024). Recording provenance of workflow runs with RO-Crate.
PLOS ONE 19(9), e0309210.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from digital_diplomacy import __version__
from digital_diplomacy.runs.plan import ABSENT, CRATE, HOW_MADE
from digital_diplomacy.runs.snapshot import LOCK, Snapshot, read_json, sha256

_CONTEXT: Final = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
_PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_PYTHON: Final = "https://www.python.org/"
_PROJECT: Final = "#digital-diplomacy"
_CONTRIBUTORS: Final = "#contributors"
_AGENT: Final = "#agent"
_EXECUTOR: Final = "papermill"
"""Library that executes a notebook; what it executes is among its inputs."""

_MEDIA: Final = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}

Entity = dict[str, Any]


def described_inputs(result: Mapping[str, Any], now: Snapshot) -> list[dict[str, Any]]:
    """What a run read: ``path, kind, sha256, title, sources, licenses, rights``; the last four as its descriptor says.

    Files that no descriptor lists have their path for a title, and neither source nor licence. The kind is ``file``;
    ``folder`` of one whose names were listed; ``absent`` of what was looked for and not there.
    """
    found = []
    for path, hashed in result["dependencies"]["inputs"].items():
        table = now.tables.get(path, {})
        found.append(
            {
                "path": path,
                "kind": "absent" if hashed == ABSENT else "folder" if path.endswith("/") else "file",
                "sha256": None if hashed == ABSENT else hashed,
                "title": table.get("title", path),
                "sources": [_with(("title", "path"), source) for source in table.get("sources", [])],
                "licenses": [_with(("name", "title", "path"), licence) for licence in table.get("licenses", [])],
                "rights": table.get("rights", ""),
            }
        )
    return found


def _with(parts: Iterable[str], described: Mapping[str, Any]) -> dict[str, str]:
    return {part: str(described.get(part, "")) for part in parts}


def write(folder: Path, result: Mapping[str, Any], now: Snapshot, *, started: str, ended: str) -> None:
    """Write the crate's metadata into a folder that holds everything else of a run.

    Parameters
    ----------
    folder : Path
    result : mapping
        What ``result.json`` says.
    now : Snapshot
    started, ended : str
        ISO 8601 with offset from UTC.
    """
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    inputs = [entry for entry in described_inputs(result, now) if entry["kind"] != "absent"]
    graph = [
        *_heads(result, [name for name in files if name != CRATE], inputs, ended),
        _action(result, [name for name in files if name != CRATE], inputs, started, ended),
        *_people(),
        *_program(result, now),
        *(_input(entry) for entry in inputs),
        *_licences(inputs),
        *(_parameter(name, value) for name, value in result["parameters"].items()),
        *(_output(folder, name, result) for name in files if name != CRATE),
    ]
    content = json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    (folder / CRATE).write_bytes(f"{content}\n".encode(errors="replace"))  # halves of surrogates are no UTF-8


def times(folder: Path) -> tuple[str, str]:
    """When the run whose results lie in ``folder`` started and ended, as its crate says; two empty texts without."""
    graph = (read_json(folder / CRATE) or {}).get("@graph")
    entities = [entity for entity in graph if isinstance(entity, dict)] if isinstance(graph, list) else []
    action: Entity = next((entity for entity in entities if entity.get("@type") == "CreateAction"), {})
    return str(action.get("startTime", "")), str(action.get("endTime", ""))


def _identifier(text: str) -> str:
    """A name of anything as part of an identifier."""
    return quote(text, errors="surrogatepass")


def _refer(ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": identifier} for identifier in ids]


def _single(values: list[Any]) -> Any:
    """One value as itself, as JSON-LD's compact form has it."""
    return values[0] if len(values) == 1 else values


def _heads(result: Mapping[str, Any], files: list[str], inputs: list[dict[str, Any]], ended: str) -> list[Entity]:
    """The crate's own entities: its metadata file, its root folder, its profile."""
    about = f"notebook {result['notebook']} in {result['lang']}"
    licences = [_licence_id(licence) for licence in _all_licences(inputs)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Results of {about}",
        "description": f"Figures, tables, pages and the executed notebook of one run of {about}.",
        "datePublished": ended[:10],
        "license": _single(_refer(licences)) or "No licence is stated for what this run read.",
        "author": {"@id": _CONTRIBUTORS},
        "publisher": {"@id": _CONTRIBUTORS},
        "conformsTo": {"@id": _PROFILE},
        "hasPart": _refer(map(_identifier, files)),
        "mentions": {"@id": "#run"},
    }
    return [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        root,
        {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
    ]


def _people() -> list[Entity]:
    """Whose work the notebooks are, and who ran one; of the latter nothing is recorded."""
    contributors = {"@type": "Organization", "name": "The digital_diplomacy contributors", "url": HOW_MADE}
    return [
        {"@id": _CONTRIBUTORS, **contributors},
        {"@id": _AGENT, "@type": "Person", "name": "Whoever ran the notebook; no name is recorded"},
    ]


def _action(
    result: Mapping[str, Any], files: list[str], inputs: list[dict[str, Any]], started: str, ended: str
) -> Entity:
    read = [_input_id(entry["path"]) for entry in inputs]
    given = [_notebook_id(result), *read, *map(_parameter_id, result["parameters"])]
    return {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Run of notebook {result['notebook']} in {result['lang']}",
        "description": "Every cell was executed in order in a fresh kernel, with the parameters named here.",
        "agent": {"@id": _AGENT},
        "instrument": {"@id": _software_id((_EXECUTOR, _libraries(result)[_EXECUTOR]))},
        "object": _refer(given),
        "result": _refer(map(_identifier, files)),
        "startTime": started,
        "endTime": ended,
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }


def _notebook_id(result: Mapping[str, Any]) -> str:
    return f"#notebooks/{_identifier(result['notebook'])}.ipynb"


def _program(result: Mapping[str, Any], now: Snapshot) -> list[Entity]:
    """The notebook, the project it is part of, the language, the libraries it ran with, the lock that pins them."""
    software = result["dependencies"]["environment"]
    needed = map(_software_id, _libraries(result).items())
    lock = [{"@id": f"#{LOCK}", "@type": "CreativeWork", "name": LOCK, "sha256": software[LOCK]}]
    lock = lock if software[LOCK] else []
    notebook = {
        "@id": _notebook_id(result),
        "@type": "File",
        "name": result["notebook"],
        "alternateName": f"notebooks/{result['notebook']}.ipynb",
        "encodingFormat": _media(".ipynb"),
        "version": result["code"],
        "isPartOf": {"@id": _PROJECT},
        "programmingLanguage": {"@id": _PYTHON},
        "softwareRequirements": _refer([_PROJECT, *needed, *(one["@id"] for one in lock)]),
        "sha256": now.file(f"notebooks/{result['notebook']}.ipynb"),
    }
    language = {"@id": _PYTHON, "@type": "ComputerLanguage", "name": "Python", "version": software["Python"]}
    libraries = [_library(name, version) for name, version in _libraries(result).items()]
    return [notebook, _project(result), language, *libraries, *lock]


def _project(result: Mapping[str, Any]) -> Entity:
    """The project with its version and, where it is known, the commit: an identifier after ISO/IEC 18670 (SWHID)."""
    made: Entity = {"@id": _PROJECT, "@type": "CreativeWork", "name": "digital-diplomacy", "version": __version__}
    made["author"] = {"@id": _CONTRIBUTORS}
    commit = result.get("commit")
    if commit:
        made["identifier"] = f"swh:1:rev:{commit['id']}"
        made["description"] = "As that commit holds it" + (", with changes besides." if commit["changed"] else ".")
    return made


def _libraries(result: Mapping[str, Any]) -> dict[str, str | None]:
    """Versions of what the package requires by name."""
    return {_EXECUTOR: None, **result["dependencies"]["environment"]["packages"]}


def _library(name: str, version: str | None) -> Entity:
    return {
        "@id": _software_id((name, version)),
        "@type": "SoftwareApplication",
        "name": name,
        "softwareVersion": version or "not installed",
        "url": f"https://pypi.org/project/{name}/",
    }


def _software_id(library: tuple[str, str | None]) -> str:
    name, version = library
    return f"https://pypi.org/project/{name}/{version or ''}"


def _input_id(path: str) -> str:
    # A name within the crate's metadata, apart from those of the run itself: the file stays where it is.
    return f"#read/{_identifier(path)}"


def _input(entry: Mapping[str, Any]) -> Entity:
    made = {
        "@id": _input_id(entry["path"]),
        "@type": "Dataset" if entry["kind"] == "folder" else "File",
        "name": entry["title"],
        "alternateName": entry["path"],
        "encodingFormat": _media(entry["path"]) if entry["kind"] == "file" else "",
        "sha256": entry["sha256"] if entry["kind"] == "file" else "",
        "license": _single(_refer(_licence_id(licence) for licence in entry["licenses"])),
        "copyrightNotice": entry["rights"],
        "isBasedOn": _single([source["path"] or source["title"] for source in entry["sources"]]),
    }
    return {name: value for name, value in made.items() if value}


def _all_licences(inputs: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each licence once, in order of appearance."""
    return list({_licence_id(licence): licence for entry in inputs for licence in entry["licenses"]}.values())


def _licence_id(licence: Mapping[str, Any]) -> str:
    """The address of a licence, if it has one; a name within the crate for what is no address on the web."""
    address = quote(licence["path"].strip(), safe="%/:?#[]@!$&'()*+,;=~", errors="surrogatepass")
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.hostname:
            return address
    return f"#licence/{_identifier(licence['name'] or licence['title'] or licence['path'])}"


def _licences(inputs: Iterable[Mapping[str, Any]]) -> list[Entity]:
    return [
        {
            "@id": _licence_id(licence),
            "@type": "CreativeWork",
            "name": licence["name"] or licence["title"] or licence["path"],
            "description": licence["title"] or licence["name"] or licence["path"],
        }
        for licence in _all_licences(inputs)
    ]


def _parameter_id(name: str) -> str:
    return f"#parameter/{_identifier(name)}"


def _parameter(name: str, value: Any) -> Entity:
    said = value if not isinstance(value, list) or value else "[]"  # JSON-LD drops properties without a value
    return {"@id": _parameter_id(name), "@type": "PropertyValue", "name": name, "value": said}


def _output(folder: Path, name: str, result: Mapping[str, Any]) -> Entity:
    path = folder / name
    titles = {file: entry["title"] for entry in result["shown"] for file in entry["files"] if entry["title"]}
    return {
        "@id": _identifier(name),
        "@type": "File",
        "name": titles.get(name, name),
        "encodingFormat": _media(name),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
    }


def _media(path: str) -> str:
    return _MEDIA.get(Path(path).suffix, "application/octet-stream")
