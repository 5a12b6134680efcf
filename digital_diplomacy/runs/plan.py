"""What a run depends on, kept with its results; and by comparison whether they can stay, and if not, why.

The results name every dependency with its hash: code cells, parameter values, modules, labels, files the kernel was
seen to read, the software. Later the same files are hashed again, so that asking needs no knowledge of what a notebook
does, no import of it and no list kept by hand (a "verifying trace").

References
----------
Mokhov, A., Mitchell, N., Peyton Jones, S. (2018). Build systems à la carte. Proceedings of the ACM on Programming
Languages 2 (ICFP).
"""

import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from digital_diplomacy.errors import NotebookError, Said, said
from digital_diplomacy.runs import dependencies, software, translations
from digital_diplomacy.runs.dependencies import PACKAGE
from digital_diplomacy.runs.results import Observed
from digital_diplomacy.runs.snapshot import (
    DESCRIPTORS,
    Snapshot,
    changes,
    description_of,
    has_parts,
    hash_of,
    module_named,
    read_json,
    sha256,
)
from digital_diplomacy.runs.verified import mark

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

_IN_C: Final = {
    "locale": ("LANG", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC", "LC_TIME"),
    "datetime": ("TZ",),
    "time": ("TZ",),
}
"""Environment variables that a module has the system read, so that nobody sees it, by the module."""

_YES, _NO = "yes", "no"  # what is remembered of a crate

_NAMES_TABLES: Final = re.compile(r"\b(names|describe|datapackage)\b")  # code that asks for the list of tables


@dataclass(frozen=True)
class Decision:
    """Whether a run's results stay (``reuse``), its pages are written anew (``rewrite``) or it runs (``rerun``).

    Attributes
    ----------
    state : str
    reasons : tuple of Said or str
        Why, in words; empty for ``reuse``.
    """

    state: str
    reasons: tuple[Said | str, ...] = ()


def read_result(folder: Path) -> dict[str, Any] | None:
    """The stored result of a folder, or None if there is no whole one; to be looked at, not to be changed."""
    path = folder / RESULT
    marked = mark(path)
    return _read_result(path, marked) if marked else None


@lru_cache(maxsize=64)  # one command asks for the same ones again; of a sweep there are too many to keep
def _read_result(path: Path, marked: tuple[int, ...]) -> dict[str, Any] | None:  # noqa: ARG001 - another file, another result
    found = read_json(path)
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
    changed: Collection[str] = (),
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
    changed : collection of str
        Tables and descriptions that are others than when the kernel started, or gone. Their hash is left out as well,
        and that of a table which is not there while its folder's description changed: it may have come and gone.
    """
    source = now.source(notebook)
    whole = any(_NAMES_TABLES.search(code) for code in source.codes) if source else True
    modules = set(now.module_files(notebook).values())
    paths = sorted({path for path in inputs.files if _counts(now.root / path, now, modules, whole)})
    variables = {*inputs.variables, *_read_in_c(source.codes if source else ())}
    return {
        **known,
        "labels": now.labels(_spoken(lang, known["parameters"]), shown),
        "inputs": {path: _as_read(path, started_ns, now, changed) for path in paths},
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


def never_reused(result: Mapping[str, Any]) -> list[Said]:
    """Why a run's results are never reused, if they are not: what it did whose outcome nobody can tell beforehand."""
    depends = result.get("dependencies", {})
    done = depends["unrepeatable"] if depends.get("format") == _FORMAT else []
    return [_done(*one.split(" ", 1)) for one in done]


def _done(kind: str, name: str = "") -> Said:
    if kind == "program":
        return said("never reused: it started the program {name}", name=name)
    if kind == "moment":
        return said("never reused: what it shows holds the date of the run ({name})", name=name)
    return said("never reused: it opened a connection to {name}", name=name)


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


def _as_read(path: str, started_ns: int, now: Snapshot, changed: Collection[str]) -> str | None:
    if path in changed or _unsteady(now.root / path, started_ns):
        return None
    has_come_and_gone = f"{path.rpartition('/')[0]}/datapackage.json" in changed and not (now.root / path).exists()
    return None if has_come_and_gone else now.as_read(path) or ABSENT


def _unsteady(path: Path, started_ns: int) -> bool:
    return path.exists() and path.stat().st_mtime_ns >= started_ns


def _page(notebook: Path, lang: str, paths: Iterable[str], now: Snapshot) -> dict[str, str]:
    return {
        "program of the pages": now.page_maker,
        f"texts of the pages in {lang}": now.page_labels(lang, notebook.stem),
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
        return Decision("rerun", (said("there were no results"),))
    outdated = [*_outdated(result, notebook, values, now), *never_reused(result)]
    harmed = list(_harmed(result, folder, now))
    again = outdated + [told for name, told in harmed if name not in PAGES]
    if again:
        return Decision("rerun", tuple(again))
    pages = [*_outdated_pages(result, notebook, now), *(told for _, told in harmed)]
    refused = translations.refused(notebook, result["lang"]) if pages else None
    if refused:
        return Decision("rerun", (refused,))
    return Decision("rewrite", tuple(pages)) if pages else Decision("reuse")


def is_stale(result: Mapping[str, Any], notebook: Path, now: Snapshot) -> bool:
    """Whether a stored result is older than what it depends on; its files are not looked at."""
    return any(_outdated(result, notebook, result["parameters"], now)) or any(_outdated_pages(result, notebook, now))


_BECOMES: Final = {
    "reuse": said("nothing has changed"),
    "rewrite": said("only its pages are written anew"),
    "rerun": said("runs"),
}


def explain(folder: str, decision: Decision, lang: str = "en") -> str:
    """What will happen to a run and why, for people: a line, and one more a reason."""
    from digital_diplomacy.labels.refusals import told  # imported here: runs that are only looked up need no words

    why = [f"    {told(reason, lang)}" for reason in decision.reasons]
    return "\n".join([f"{folder}: {told(_BECOMES[decision.state], lang)}", *why])


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


def _outdated(result: Mapping[str, Any], notebook: Path, values: Mapping[str, Any], now: Snapshot) -> Iterator[Said]:
    """Why a run would give other figures or tables."""
    stored, source = result.get("dependencies", {}), now.source(notebook)
    if stored.get("format") != _FORMAT:
        yield said("the results are of another version of this package")
        return
    if source is None:
        yield said("{what} is missing", what=now.relative(str(notebook)))
        return
    yield from _cells(stored["cells"], source.hashes)
    if stored["kernel"] != source.kernel:
        yield said("kernel {old!r} is now {new!r}", old=stored["kernel"], new=source.kernel)
    for name in sorted({*stored["parameters"], *values}):
        old, new = stored["parameters"].get(name), values.get(name)
        if repr(old) != repr(new):  # 1, 1.0 and true are equal but not the same
            yield said("parameter {name}: {old!r} is now {new!r}", name=name, old=old, new=new)
    yield from now.changed_modules(stored["modules"])
    labels = now.labels(_spoken(result["lang"], values), _shown(result))
    yield from changes(
        lambda name: said("labels/{name}.csv in {lang}", name=name, lang=result["lang"]),
        dict.fromkeys(labels) | stored["labels"],
        labels.get,
    )
    yield from _new_modules(stored["modules"], source.codes, now)
    yield from _inputs(stored["inputs"], now)
    for name, old in stored["variables"].items():
        if old != software.variable(name):
            yield said("the environment variable {name} changed", name=name)
    yield from changes(description_of, stored["tables"], now.table)
    yield from software.changes(stored["environment"], now.environment)


def _shown(result: Mapping[str, Any]) -> list[str]:
    return [entry["name"] for entry in result["shown"]]


def _cells(old: list[str], new: tuple[str, ...]) -> Iterator[Said]:
    if len(old) != len(new):
        yield said("{old} code cells are now {new}", old=len(old), new=len(new))
        return
    pairs = enumerate(zip(old, new, strict=True), start=1)
    yield from (said("code cell {number} changed", number=number) for number, (was, is_now) in pairs if was != is_now)


def _new_modules(stored: Mapping[str, Any], codes: Iterable[str], now: Snapshot) -> Iterator[Said]:
    """Modules that stand beside the notebooks' project now and would be imported in place of others."""
    written = "\n".join(codes)
    for name in sorted(now.beside - stored.keys()):
        if re.search(rf"\b{re.escape(name)}\b", written):
            yield said("{what} is new", what=module_named(name))


def _inputs(stored: Mapping[str, str | None], now: Snapshot) -> Iterator[Said]:
    """How the files read and folders listed differ from what they were."""
    there = {path: sha for path, sha in stored.items() if sha != ABSENT}
    yield from changes(str, {path: sha for path, sha in there.items() if not path.endswith("/")}, now.seen)
    folders = {path: sha for path, sha in there.items() if path.endswith("/")}
    yield from changes(lambda folder: said("names in {folder}", folder=folder), folders, now.seen)
    new = sorted(path for path in stored.keys() - there.keys() if now.seen(path))
    yield from (said("{path}, which was not there, is there", path=path) for path in new)


def _outdated_pages(result: Mapping[str, Any], notebook: Path, now: Snapshot) -> Iterator[Said]:
    """Why only what surrounds figures and tables would be other; asked when nothing of `_outdated` holds."""
    stored, source = result["dependencies"], now.source(notebook)
    if source and stored["narrative"] != source.narrative:
        yield said("text between the code cells changed")
    for what, new in _page(notebook, result["lang"], stored["inputs"], now).items():
        if stored["page"].get(what) != new:
            yield said("{what} changed", what=_around(what, result["lang"]))


def _around(what: str, lang: str) -> Said:
    """A part of `_page` in words, which may be told in other languages; its key is English."""
    known = (
        said("program of the pages"),
        said("texts of the pages in {lang}", lang=lang),
        said("translation of the prose to {lang}", lang=lang),
        said("title, source or licence of a table"),
    )
    return next((one for one in known if str(one) == what), Said(what))


def _harmed(result: Mapping[str, Any], folder: Path, now: Snapshot) -> Iterator[tuple[str, Said]]:
    """Files of a result that are not as they were written, with what is wrong."""
    for name, expected in result["files"].items():
        found = now.outputs.hash(os.path.join(folder, name), sha256)  # noqa: PTH118 - there are hundreds
        if found != expected:
            yield name, _output_gone(name) if found is None else _output_changed(name)
    files = hash_of(result["files"])
    described = now.outputs.hash(folder / CRATE, lambda crate: _describes(read_json(crate), result), files)
    if described != _YES:
        yield CRATE, _output_gone(CRATE) if described is None else _output_changed(CRATE)


def _output_gone(name: str) -> Said:
    return said("{what} is missing", what=said("output {name}", name=name))


def _output_changed(name: str) -> Said:
    return said("{what} changed", what=said("output {name}", name=name))


def _describes(crate: Mapping[str, Any] | None, result: Mapping[str, Any]) -> str:
    """`_YES` if a crate's metadata are whole and name a result's files with their hashes; it holds times besides."""
    graph = (crate or {}).get("@graph")
    if not isinstance(graph, list) or not all(isinstance(entity, dict) for entity in graph):
        return _NO
    named = {str(entity.get("@id")): entity.get("sha256") for entity in graph}
    wanted = {quote(name): sha for name, sha in result["files"].items()}
    return _YES if wanted.items() <= named.items() and any(entity.get("endTime") for entity in graph) else _NO
