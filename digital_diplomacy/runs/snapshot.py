"""The files a run depends on, as they are at one moment: hashed once, compared with what results have noted."""

import csv
import hashlib
import io
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said
from digital_diplomacy.runs import dependencies, software, translations
from digital_diplomacy.runs.dependencies import PACKAGE
from digital_diplomacy.runs.verified import Verified

DESCRIPTORS: Final = ("data/raw/datapackage.json", "data/processed/datapackage.json")
DOCUMENTS: Final = "data/raw/documents.csv"
"""Table of the documents that every page names."""

LOCK: Final = software.LOCK
_SAID_ONLY: Final = ("title", "description", "sources", "licenses", "rights")
"""Parts of a table's descriptor that pages repeat and that no loader heeds."""

_COMING_AND_GOING: Final = ("__pycache__", ".ipynb_checkpoints")

_CELL: Final = {"cell_type", "source"}  # what every cell of a notebook has

_WRITING: Final = ("runs/outputs.py", "runs/parameters.py")
"""Modules beside `kernels` that make the figures, tables and executed notebook of every run."""

_PAGES: Final = (
    "pages/front.py",
    "pages/glossary.py",
    "pages/key.py",
    "pages/reports.py",
    "reproduction/finishing.py",
    "reproduction/provenance.py",
    "runs/catalogues.py",
    "runs/paragraphs.py",
    "runs/translations.py",
    "labels/__init__.py",
)
"""Modules that make only pages and metadata."""


@dataclass(frozen=True)
class Source:
    """A notebook file as far as results depend on it: code apart from what only pages show."""

    codes: tuple[str, ...]
    hashes: tuple[str, ...]
    kernel: str
    narrative: str


class Snapshot:
    """The files of a project and of this package as they are now, each read and hashed once, when first asked for.

    One snapshot serves one command: what it has hashed before a run started stays what the run was given.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.outputs = Verified(self.root / "reports" / ".cache" / "outputs.json")
        self._hashes: dict[str | Path, str | None] = {}
        self._seen: dict[str, str | None] = {}
        self._stamps: dict[Path, tuple[int, ...]] = {}
        self._sources: dict[Path, Source | None] = {}
        self._labels: dict[tuple[str | None, frozenset[str]], dict[str, str]] = {}
        self._modules: dict[Path, dict[str, Path]] = {}
        self._found: dict[str, str | None] = {}
        self._translated: dict[Path, bool] = {}
        self._described: dict[str, str | None] = {}
        self._told: dict[tuple[str, ...], str] = {}
        self._changed: dict[tuple[tuple[str, str | None], ...], list[Said]] = {}
        self._finding, self._environment = threading.Lock(), None  # type: tuple[threading.Lock, dict[str, Any] | None]

    def file(self, path: str | Path) -> str | None:
        """SHA-256 of a file, given from the project's folder or in full; None if there is none."""
        if path not in self._hashes:
            full = self.root / path
            if full not in self._hashes:
                self._stamps[full] = _stamp(full)  # before it is read: what changes meanwhile is another file
                self._hashes[full] = self.outputs.hash(full, sha256)
            self._hashes[path] = self._hashes[full]
        return self._hashes[path]

    def as_read(self, path: str) -> str | None:
        """As `seen`, of a run that has just ended: what changed after it was hashed for another is hashed again."""
        full = self.root / path
        if path.endswith("/") or not full.is_relative_to(self.root):
            return self.outputs.hash(full, listing if path.endswith("/") else sha256)
        self.file(path)
        if self._stamps[full] != _stamp(full):
            del self._hashes[path], self._hashes[full]
        self._seen[path] = self.file(path)
        return self._seen[path]

    def seen(self, path: str) -> str | None:
        """Hash of what a run was seen to rest on: a file or, with ``/`` at the end, the names in a folder."""
        if path not in self._seen:
            full = self.root / path
            self._seen[path] = self.outputs.hash(full, listing) if path.endswith("/") else self._content(full)
        return self._seen[path]

    def _content(self, full: Path) -> str | None:
        return self.file(full) if full.is_relative_to(self.root) else self.outputs.hash(full, sha256)

    def source(self, path: Path) -> Source | None:
        """A notebook by its path; None if there is none, or it is none."""
        if path not in self._sources:
            self._sources[path] = _source(path)
        return self._sources[path]

    def relative(self, path: str) -> str:
        """A path as results name it: from the project's folder where it lies in there."""
        full = self.root / path
        return (full.relative_to(self.root) if full.is_relative_to(self.root) else full).as_posix()

    def module_files(self, path: Path) -> dict[str, Path]:
        """Names and files of the modules a notebook imports."""
        source = self.source(path)
        if path not in self._modules:
            self._modules[path] = dependencies.modules_used(source.codes if source else (), self.root)
        return self._modules[path]

    def modules(self, path: Path) -> dict[str, str | None]:
        """Hashes of the modules a notebook imports, and of those that execute it."""
        return {name: self.module(name) for name in sorted([*self.module_files(path), *self.executing])}

    def translation(self, path: Path, lang: str) -> str:
        """One hash of the catalogue of a notebook's prose in a language, and of whether it has any."""
        if path not in self._translated:
            self._translated[path] = translations.is_translated(path)
        return hash_of([self._translated[path], self.file(translations.catalogue(path, lang))])

    @cached_property
    def beside(self) -> set[str]:
        """Names of the modules and packages in the project's folder, where notebooks find them first."""
        packages = (path.parent for path in self.root.glob("*/__init__.py"))
        return {path.stem for path in [*self.root.glob("*.py"), *packages]}

    @cached_property
    def executing(self) -> list[str]:
        """Names of the modules that make the figures, tables and executed notebook of every run."""
        files = [path for path in (PACKAGE / "kernels").glob("*.py") if path.stem != "__init__"]
        files += [PACKAGE / name for name in _WRITING]
        return [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in files]

    def module(self, name: str) -> str | None:
        """Hash of a module, or of a data file of a package, by the name `dependencies.modules_used` gives it."""
        if name not in self._found:  # every run asks for most of them
            place = dependencies.located(name, self.root)
            self._found[name] = self.file(place) if place else None
        return self._found[name]

    def changed_modules(self, stored: Mapping[str, str | None]) -> list[Said]:
        """How modules differ from what they were; runs that differ in language alone rest on the same ones."""
        asked = tuple(stored.items())
        if asked not in self._changed:
            self._changed[asked] = list(changes(module_named, stored, self.module))
        return self._changed[asked]

    @cached_property
    def page_maker(self) -> str:
        """One hash of the modules and templates that write pages and metadata."""
        files = [
            self.root / DOCUMENTS,
            *(PACKAGE / name for name in _PAGES),
            *sorted((PACKAGE / "pages" / "templates").iterdir()),
        ]
        return hash_of([self.file(path) for path in files])

    @cached_property
    def texts(self) -> dict[str, dependencies.Texts]:
        """Hashes of every label, by the file they stand in."""
        files = {path.stem: self.outputs.hash(path, _label_digests, "texts") for path in dependencies.label_files()}
        return {name: json.loads(found) for name, found in files.items() if found}

    def labels(self, lang: str | None, shown: Iterable[str]) -> dict[str, str]:
        """Hashes of the label files in a language, but for titles of figures and tables not shown."""
        asked = (lang, frozenset(shown))
        if asked not in self._labels:
            self._labels[asked] = dependencies.label_hashes(self.texts, *asked)
        return self._labels[asked]

    def page_labels(self, lang: str, notebook: str) -> str:
        """Hash of the texts only the pages of a notebook say."""
        return dependencies.page_label_hash(self.texts, lang, notebook)

    @cached_property
    def tables(self) -> dict[str, dict[str, Any]]:
        """Descriptors of the tables by their file's path; licences and sources of the package where they have none."""
        found = {}
        for place in DESCRIPTORS:
            package = read_json(self.root / place) or {}
            inherited = {name: package[name] for name in ("licenses", "sources") if name in package}
            for resource in package.get("resources", []):
                found[f"{Path(place).parent.as_posix()}/{resource['path']}"] = inherited | resource
        return found

    def table(self, path: str) -> str | None:
        """Hash of what a descriptor says of a table that can change what is loaded; None where it is not described."""
        if path not in self._described:
            described = self.tables.get(path)
            heeded = {part: said for part, said in (described or {}).items() if part not in _SAID_ONLY}
            self._described[path] = hash_of(heeded) if described else None
        return self._described[path]

    def said(self, paths: Iterable[str]) -> str:
        """One hash of titles, sources and licences of tables."""
        asked = tuple(sorted(path for path in paths if path in self.tables))
        if asked not in self._told:
            self._told[asked] = hash_of([[self.tables[path].get(part) for part in _SAID_ONLY] for path in asked])
        return self._told[asked]

    @cached_property
    def installed(self) -> dict[str, str]:
        """Versions of the installed distributions by name."""
        return {name: version for name, (version, _) in self._installed.items()}

    @cached_property
    def _installed(self) -> software.Installed:
        return software.installed()

    @property
    def environment(self) -> dict[str, Any]:
        """The software as it is now; found out once, by one of the threads that ask."""
        with self._finding:
            if self._environment is None:
                lock = self.file(LOCK)
                self._environment = software.environment(self.root, lock, self._installed, self.outputs)
            return self._environment


def sha256(path: Path) -> str | None:
    """Hash of a file's content; None where there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def listing(folder: Path) -> str | None:
    """Hash of the names in a folder, in any order, but for those that come and go with running and looking."""
    try:
        names = sorted(os.fsencode(name) for name in os.listdir(folder) if name not in _COMING_AND_GOING)  # noqa: PTH208
    except OSError:
        return None
    return hashlib.sha256(b"\0".join(names)).hexdigest()


def _label_digests(path: Path) -> str:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return json.dumps(dependencies.label_digests(rows))


def _stamp(path: Path) -> tuple[int, ...]:
    """What differs once a file is another; nothing where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def hash_of(said: Any) -> str:
    """Hash of anything that JSON can hold."""
    content = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()  # halves of surrogates, as JSON may hold


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a file; None where there is none, or no object."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def has_parts(found: Any, parts: Mapping[str, type]) -> bool:
    """Whether what was stored is an object with these parts, of these kinds: somebody may have written to it."""
    return isinstance(found, dict) and all(isinstance(found.get(name), kind) for name, kind in parts.items())


def _source(path: Path) -> Source | None:
    content = read_json(path)
    cells = (content or {}).get("cells")
    if content is None or not isinstance(cells, list) or not all({*cell} >= _CELL for cell in cells):
        return None
    coded = [cell for cell in cells if cell["cell_type"] == "code"]
    codes = tuple("".join(cell["source"]) for cell in coded)
    hashes = tuple(
        hash_of([code, sorted(cell.get("metadata", {}).get("tags", []))])
        for cell, code in zip(coded, codes, strict=True)
    )
    kernel = str(content.get("metadata", {}).get("kernelspec", {}).get("name", ""))
    told = [cell if cell["cell_type"] != "code" else [cell.get("id"), cell.get("metadata")] for cell in cells]
    return Source(codes, hashes, kernel, hash_of([told, content.get("metadata")]))


def changes(
    what: Callable[[str], object], stored: Mapping[str, str | None], now: Callable[[str], str | None]
) -> Iterator[Said]:
    """How hashes differ from stored ones; ``what`` tells of a name what it is the name of."""
    for name, old in stored.items():
        new = now(name)
        if new is None:
            yield said("{what} is missing", what=what(name))
        elif old is None:
            yield said("{what} is new, or changed while the notebook ran", what=what(name))
        elif new != old:
            yield said("{what} changed", what=what(name))


def module_named(name: str) -> Said:
    """What is told of a module."""
    return said("module {name}", name=name)


def description_of(name: str) -> Said:
    """What is told of a table's descriptor."""
    return said("description of {name}", name=name)
