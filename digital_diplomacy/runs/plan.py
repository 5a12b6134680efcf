"""What a run depends on, kept with its results; and by comparison whether they can stay, and if not, why.

The results name every dependency with its hash: code cells, parameter values, modules, labels, files the kernel was
seen to read, the software. Later the same files are hashed again, so that asking needs no knowledge of what a notebook
does, no import of it and no list kept by hand (a "verifying trace").

References
----------
Mokhov, A., Mitchell, N., Peyton Jones, S. (2018). Build systems à la carte. Proceedings of the ACM on Programming
Languages 2 (ICFP).
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from digital_diplomacy.errors import NotebookError
from digital_diplomacy.runs import dependencies, software, translations
from digital_diplomacy.runs.dependencies import PACKAGE
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import (
    DESCRIPTORS,
    Snapshot,
    changes,
    has_parts,
    hash_of,
    read_json,
    sha256,
)

RESULT: Final = "result.json"
PAGE: Final = "index.html"
HOW_MADE: Final = "made.html"
CRATE: Final = "ro-crate-metadata.json"
"""Metadata of a run's Process Run Crate; it holds times, so that its hash stands nowhere."""

PAGES: Final = (PAGE, HOW_MADE, CRATE)
"""What can be written from the other files of a run, without running it."""

_FORMAT: Final = 2  # of what `record` returns; results in another are not understood
ABSENT: Final = "absent"
"""Stands for the hash of a file that was looked for and not there, or a folder."""

_DID: Final = {"program": "started the program", "connection": "opened a connection to"}

_IN_C: Final = {
    "locale": ("LANG", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC", "LC_TIME"),
    "datetime": ("TZ",),
    "time": ("TZ",),
}
"""Environment variables that a module has the system read, so that nobody sees it, by the module."""

_NAMES_TABLES: Final = re.compile(r"\b(names|describe|datapackage)\b")  # code that asks for the list of tables


@dataclass(frozen=True)
class Decision:
    """Whether a run's results stay (``reuse``), its pages are written anew (``rewrite``) or it runs (``rerun``).

    Attributes
    ----------
    state : str
    reasons : tuple of str
        Why, in words; empty for ``reuse``.
    """

    state: str
    reasons: tuple[str, ...] = ()


def read_result(folder: Path) -> dict[str, Any] | None:
    """The stored result of a folder, or None if there is none or it is not whole."""
    found = read_json(folder / RESULT)
    return found if found is not None and _is_whole(found) else None


_RESULT_PARTS: Final = {
    **dict.fromkeys(("notebook", "lang"), str),
    **dict.fromkeys(("parameters", "files", "dependencies"), dict),
    "shown": list,
}
_SHOWN_PARTS: Final = {**dict.fromkeys(("kind", "name", "title", "alt"), str), "files": dict}
_DEPENDENCY_PARTS: Final = {
    "cells": list,
    **dict.fromkeys(("kernel", "narrative"), str),
    **dict.fromkeys(("parameters", "modules", "environment", "labels", "inputs", "variables", "tables", "page"), dict),
    "unrepeatable": list,
}


def _is_whole(found: Mapping[str, Any]) -> bool:
    """Whether a result has the parts that are read from it; of another version's dependencies none are."""
    if not has_parts(found, _RESULT_PARTS) or not all(has_parts(entry, _SHOWN_PARTS) for entry in found["shown"]):
        return False
    depends = found["dependencies"]
    if depends.get("format") != _FORMAT:
        return True
    return (
        has_parts(depends, _DEPENDENCY_PARTS)
        and all(isinstance(said, str) for said in (*depends["unrepeatable"], *depends["cells"]))
        and software.is_noted(depends["environment"])
    )


def before(notebook: Path, values: Mapping[str, Any], now: Snapshot) -> dict[str, Any]:
    """What is known of a run's dependencies before it starts: hashes of the files as it will be given them.

    Parameters
    ----------
    notebook : Path
    values : mapping
        All parameter values.
    now : Snapshot
    """
    source = now.source(notebook)
    if source is None:
        raise NotebookError("{notebook} is missing or is no Jupyter notebook", notebook=notebook)
    return {
        "format": _FORMAT,
        "cells": list(source.hashes),
        "kernel": source.kernel,
        "narrative": source.narrative,
        "parameters": dict(values),
        "modules": now.modules(notebook),
        "environment": now.environment,
    }


def record(
    known: Mapping[str, Any],
    *,
    notebook: Path,
    lang: str,
    inputs: Observed,
    shown: Iterable[str],
    started_ns: int,
    now: Snapshot,
) -> dict[str, Any]:
    """A finished run's dependencies, as its result keeps them under ``dependencies``.

    Parameters
    ----------
    known : mapping
        As `before` gave it.
    notebook : Path
    lang : str
        The run's language.
    inputs : Observed
        What the kernel was seen to rest on.
    shown : iterable of str
        Names of the figures and tables shown, or said to have no rows.
    started_ns : int
        When the kernel started, in nanoseconds since the epoch. A file changed since then may have been read before or
        after: its hash is left out, so that the run does not count as current.
    now : Snapshot
        The one `before` was given.
    """
    source = now.source(notebook)
    whole = any(_NAMES_TABLES.search(code) for code in source.codes) if source else True
    modules = set(now.module_files(notebook).values())
    paths = sorted({path for path in inputs.files if _counts(now.root / path, now, modules, whole)})
    variables = {*inputs.variables, *_read_in_c(source.codes if source else ())}
    return {
        **known,
        "labels": now.labels(_spoken(lang, known["parameters"]), shown),
        "inputs": {path: _as_read(path, started_ns, now) for path in paths},
        "variables": {name: software.variable(name) for name in sorted(variables)},
        "unrepeatable": list(inputs.unrepeatable),
        "tables": {path: now.table(path) for path in paths if path in now.tables},
        "page": _page(notebook, lang, paths, now),
    }


def retold(stored: Mapping[str, Any], *, notebook: Path, lang: str, now: Snapshot) -> dict[str, Any]:
    """The dependencies of results whose pages alone were written anew."""
    source = now.source(notebook)
    told = source.narrative if source else stored["narrative"]
    return {**stored, "narrative": told, "page": _page(notebook, lang, stored["inputs"], now)}


def never_reused(result: Mapping[str, Any]) -> list[str]:
    """Why a run's results are never reused, if they are not: what it did whose outcome nobody can tell beforehand."""
    depends = result.get("dependencies", {})
    done = depends["unrepeatable"] if depends.get("format") == _FORMAT else []
    parts = (said.partition(" ") for said in done)
    return [f"never reused: it {_DID.get(kind, kind)} {name}" for kind, _, name in parts]


def code_hash(stored: Mapping[str, Any]) -> str:
    """One hash of a notebook's code cells: the version of what ran, whatever the text around it says."""
    return hash_of(stored["cells"])


def _read_in_c(codes: Iterable[str]) -> set[str]:
    modules = {name for code in codes for name in dependencies.imports(code)}
    return {variable for name in modules & _IN_C.keys() for variable in _IN_C[name]}


def _spoken(lang: str, values: Mapping[str, Any]) -> str | None:
    return lang if "lang" in values else None


def _counts(path: Path, now: Snapshot, modules: set[Path], whole: bool) -> bool:
    """Whether a file seen open is an input: no part of the software; of descriptors single tables count."""
    if path in modules or path.suffix == ".pyc" or path.is_relative_to(PACKAGE) or path.is_relative_to(sys.prefix):
        return False
    return whole or path not in [now.root / place for place in DESCRIPTORS]


def _as_read(path: str, started_ns: int, now: Snapshot) -> str | None:
    return None if _unsteady(now.root / path, started_ns) else now.seen(path) or ABSENT


def _unsteady(path: Path, started_ns: int) -> bool:
    return path.exists() and path.stat().st_mtime_ns >= started_ns


def _page(notebook: Path, lang: str, paths: Iterable[str], now: Snapshot) -> dict[str, str]:
    return {
        "program of the pages": now.page_maker,
        f"texts of the pages in {lang}": dependencies.page_label_hash(now.rows, lang, notebook.stem),
        f"translation of the prose to {lang}": now.translation(notebook, lang),
        "title, source or licence of a table": now.said(paths),
    }


def decide(notebook: Path, values: Mapping[str, Any], folder: Path, now: Snapshot) -> Decision:
    """Whether the results in ``folder`` are those a run would give now.

    Parameters
    ----------
    notebook : Path
    values : mapping
        All parameter values of the run.
    folder : Path
        Where its results are, if there are any.
    now : Snapshot
    """
    result = read_result(folder)
    if result is None:
        return Decision("rerun", ("no results yet",))
    outdated = [*_outdated(result, notebook, values, now), *never_reused(result)]
    harmed = list(_harmed(result, folder, now))
    again = outdated + [said for name, said in harmed if name not in PAGES]
    if again:
        return Decision("rerun", tuple(again))
    pages = [*_outdated_pages(result, notebook, now), *(said for _, said in harmed)]
    refused = translations.refusal(notebook, result["lang"]) if pages else ""
    if refused:
        return Decision("rerun", (refused,))
    return Decision("rewrite", tuple(pages)) if pages else Decision("reuse")


def is_stale(result: Mapping[str, Any], notebook: Path, now: Snapshot) -> bool:
    """Whether a stored result is older than what it depends on; its files are not looked at."""
    return any(_outdated(result, notebook, result["parameters"], now)) or any(_outdated_pages(result, notebook, now))


def explain(folder: str, decision: Decision) -> str:
    """What will happen to a run and why, for people: a line, and one more a reason."""
    said = {"reuse": "nothing has changed", "rewrite": "only its pages are written anew", "rerun": "runs"}
    return "\n".join([f"{folder}: {said[decision.state]}", *(f"    {reason}" for reason in decision.reasons)])


def rests_on(folder: Path) -> dict[str, list[str]]:
    """Names of all that the results in a folder rest on, by kind; empty if there are none."""
    stored = (read_result(folder) or {}).get("dependencies", {})
    if stored.get("format") != _FORMAT:
        return {}
    labels = [f"labels/{name}.csv" for name in stored["labels"]]
    packages = [f"{name} {version}" for name, version in stored["environment"]["packages"].items()]
    parameters = [f"{name} = {value!r}" for name, value in stored["parameters"].items()]
    files, modules, variables = list(stored["inputs"]), list(stored["modules"]), list(stored["variables"])
    found = {"parameters": parameters, "files": files, "modules": modules, "labels": labels, "software": packages}
    return found | ({"environment variables": variables} if variables else {})


def _outdated(result: Mapping[str, Any], notebook: Path, values: Mapping[str, Any], now: Snapshot) -> Iterator[str]:
    """Why a run would give other figures or tables."""
    stored, source = result.get("dependencies", {}), now.source(notebook)
    if stored.get("format") != _FORMAT:
        yield "the results are of another version of this package"
        return
    if source is None:
        yield f"{now.relative(str(notebook))} is missing"
        return
    yield from _cells(stored["cells"], source.hashes)
    if stored["kernel"] != source.kernel:
        yield f"kernel {stored['kernel']!r} is now {source.kernel!r}"
    for name in sorted({*stored["parameters"], *values}):
        old, new = stored["parameters"].get(name), values.get(name)
        if repr(old) != repr(new):  # 1, 1.0 and true are equal but not the same
            yield f"parameter {name}: {old!r} is now {new!r}"
    yield from changes("module {}", stored["modules"], now.module)
    labels = now.labels(_spoken(result["lang"], values), _shown(result))
    yield from changes(f"labels/{{}}.csv in {result['lang']}", dict.fromkeys(labels) | stored["labels"], labels.get)
    yield from _new_modules(stored["modules"], source.codes, now)
    yield from _inputs(stored["inputs"], now)
    for name, old in stored["variables"].items():
        if old != software.variable(name):
            yield f"the environment variable {name} changed"
    yield from changes("description of {}", stored["tables"], now.table)
    yield from software.changes(stored["environment"], now.environment)


def _shown(result: Mapping[str, Any]) -> list[str]:
    return [entry["name"] for entry in result["shown"]]


def _cells(old: list[str], new: tuple[str, ...]) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{len(old)} code cells are now {len(new)}"
        return
    yield from (f"code cell {n} changed" for n, (a, b) in enumerate(zip(old, new, strict=True), start=1) if a != b)


def _new_modules(stored: Mapping[str, Any], codes: Iterable[str], now: Snapshot) -> Iterator[str]:
    """Modules that stand beside the notebooks' project now and would be imported in place of others."""
    said = "\n".join(codes)
    for name in sorted(now.beside - stored.keys()):
        if re.search(rf"\b{re.escape(name)}\b", said):
            yield f"module {name} is new"


def _inputs(stored: Mapping[str, str | None], now: Snapshot) -> Iterator[str]:
    """How the files read and folders listed differ from what they were."""
    there = {path: sha for path, sha in stored.items() if sha != ABSENT}
    yield from changes("{}", {path: sha for path, sha in there.items() if not path.endswith("/")}, now.seen)
    yield from changes("names in {}", {path: sha for path, sha in there.items() if path.endswith("/")}, now.seen)
    yield from (f"{path}, which was not there, is there" for path in stored.keys() - there.keys() if now.seen(path))


def _outdated_pages(result: Mapping[str, Any], notebook: Path, now: Snapshot) -> Iterator[str]:
    """Why only what surrounds figures and tables would be other; asked when nothing of `_outdated` holds."""
    stored, source = result["dependencies"], now.source(notebook)
    if source and stored["narrative"] != source.narrative:
        yield "text between the code cells changed"
    for what, new in _page(notebook, result["lang"], stored["inputs"], now).items():
        if stored["page"].get(what) != new:
            yield f"{what} changed"


def _harmed(result: Mapping[str, Any], folder: Path, now: Snapshot) -> Iterator[tuple[str, str]]:
    """Files of a result that are not as they were written, with what is wrong."""
    for name, expected in result["files"].items():
        found = now.outputs.hash(folder / name, sha256)
        if found != expected:
            yield name, f"output {name} {'is missing' if found is None else 'changed'}"
    if not (folder / CRATE).is_file():
        yield CRATE, f"output {CRATE} is missing"
    elif not _describes(read_json(folder / CRATE), result):
        yield CRATE, f"output {CRATE} changed"


def _describes(crate: Mapping[str, Any] | None, result: Mapping[str, Any]) -> bool:
    """Whether a crate's metadata are whole and name the files of a result with their hashes; it holds times besides."""
    graph = (crate or {}).get("@graph")
    if not isinstance(graph, list) or not all(isinstance(entity, dict) for entity in graph):
        return False
    named = {str(entity.get("@id")): entity.get("sha256") for entity in graph}
    wanted = {quote(name): sha for name, sha in result["files"].items()}
    return wanted.items() <= named.items() and any(entity.get("endTime") for entity in graph)
