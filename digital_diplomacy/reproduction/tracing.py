"""From a figure's or table's file back to what was printed: run, cell, tables read, their sources, printed figures."""

import ast
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import labels
from digital_diplomacy.errors import NotebookError, said
from digital_diplomacy.reproduction import processed
from digital_diplomacy.runs import outputs, plan
from digital_diplomacy.runs.parameters import INJECTED
from digital_diplomacy.runs.snapshot import Snapshot, sha256

STEPS: Final = ("figure", "run", "cell", "processed", "raw", "source", "printed")
_SHOWN: Final = 8  # printed figures of a table that the text names


@dataclass(frozen=True)
class Link:
    """One link of the chain.

    Attributes
    ----------
    step : str
        One of `STEPS`.
    what : str
        Title of a figure or table, parameters of a run, code of a cell, printed characters of a figure.
    where : str
        File, cell, address, or document and place in it.
    sha256 : str
        Of the file, where it is one.
    """

    step: str
    what: str
    where: str
    sha256: str = ""


@dataclass(frozen=True)
class _Words:
    """How tables, documents and places in them are called in a language."""

    lang: str
    placed: Callable[[str], str]

    def title(self, described: Mapping[str, Any]) -> str:
        """The title of a table or source; one that has it in no other language keeps its own."""
        return labels.titled(described["title"], self.lang) or labels.on_one_line(str(described["title"]))

    def document(self, code: str, short: str) -> str:
        """A document by code, author and year."""
        named = labels.document(code, self.lang) if self.lang != "en" else code
        return f"{code} ({short if named == code else named})"


def trace(
    file: Path, *, root: Path, stamp: Path, lang: str = "en", placed: Callable[[str], str] = str
) -> list[dict[str, str]]:
    """The chain from a figure's or table's file to the printed figures.

    Parameters
    ----------
    file : Path
        Such as ``reports/rankings/en/figures/egdi_over_time.svg``.
    root : Path
        The project.
    stamp : Path
        What `processed.stamp_tables` wrote.
    lang : str
        BCP 47 code of the language of titles and documents; what a run showed stays in its own.
    placed : callable
        What a place in a document is called in that language.

    Returns
    -------
    list of dict
        ``step, what, where, sha256``, in order of `STEPS` but table by table from ``raw`` on. All printed figures of a
        table are listed: which rows a figure draws is its cell's business.

    Raises
    ------
    NotebookError
        If the file is no figure or table of a run, is not as the run wrote it, or data were changed since.
    """
    now = Snapshot(root)
    folder, result, entry = _found(file.resolve())
    name = file.resolve().relative_to(folder).as_posix()
    number, cell, codes = _cell(folder, entry)
    notebook = f"notebooks/{result['notebook']}.ipynb"
    links = [
        Link("figure", entry["title"] or entry["name"], now.relative(str(file.resolve())), result["files"][name]),
        Link("run", _parameters(result), now.relative(str(folder)), result["code"]),
        Link(
            "cell",
            "".join(cell["source"]),
            labels.text("trace.in_cell", lang, notebook=notebook, cell=number, name=cell.get("id", "")),
        ),
        *_tables(_read_by(codes, entry["name"], result, now), result, now, stamp, _Words(lang, placed)),
    ]
    return [asdict(link) for link in links]


def _found(file: Path) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    """Folder and result of the run that wrote a file, and its entry among what was shown."""
    for folder in file.parents:
        result = plan.read_result(folder)
        if result is not None and "dependencies" in result:
            break
    else:
        raise NotebookError(
            "{file} is no file of a run: no {result} lies in a folder above it", file=file, result=plan.RESULT
        )
    name = file.relative_to(folder).as_posix()
    entry = next((one for one in result["shown"] if name in one["files"]), None)
    if entry is None:
        known = ", ".join(path for one in result["shown"] for path in one["files"])
        raise NotebookError(
            "{file}: the run in {folder} wrote no figure or table of that name; it wrote {known}",
            file=file,
            folder=folder,
            known=known,
        )
    if sha256(file) != result["files"][name]:
        raise NotebookError(
            "{file} is {state}: its SHA-256 should be {files}; run `digital-diplomacy reproduce {notebook}` and "
            "trace the new file",
            file=file,
            state=said("not as the run wrote it") if file.is_file() else said("missing"),
            files=result["files"][name],
            notebook=result["notebook"],
        )
    return folder, result, entry


def _parameters(result: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in result["parameters"].items())


def _cell(folder: Path, entry: Mapping[str, Any]) -> tuple[int, dict[str, Any], list[str]]:
    """Number (1-based, as the notebook is stored) and cell that showed an output, and the code up to it."""
    notebook = json.loads((folder / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if INJECTED not in cell["metadata"].get("tags", [])]
    for number, cell in enumerate(cells, start=1):
        for described, _ in outputs.shown({"cells": [cell]}):
            if (described["kind"], described.get("name", "")) == (entry["kind"], entry["name"]):
                codes = ["".join(one["source"]) for one in cells[:number] if one["cell_type"] == "code"]
                return number, cell, codes
    raise NotebookError(
        "{folder} shows nothing named {name!r}; run it again", folder=folder / "notebook.ipynb", name=entry["name"]
    )


def _read_by(codes: list[str], shown: str, result: Mapping[str, Any], now: Snapshot) -> list[str]:
    """Paths of the tables that what is shown rests on; all the run has read where the code does not tell."""
    names = {table["name"]: path for path, table in now.tables.items()}
    read = [path for path in result["dependencies"]["inputs"] if path in now.tables]
    used = sliced_tables(codes, shown, names)
    found = [path for path in read if path in {names[name] for name in used}]
    return found or read


def sliced_tables(codes: Iterable[str], shown: str, names: Iterable[str]) -> set[str]:
    """Names of tables loaded for the value that the last cell shows under a name: a slice backwards through the code.

    Parameters
    ----------
    codes : iterable of str
        Code cells in order; the last one shows it.
    shown : str
        Name of the figure or table.
    names : iterable of str
        Names of all tables.

    Examples
    --------
    >>> codes = ["a, b = load('one'), 1", "c = load('two')", "show(plot, a, name='seen')"]
    >>> sliced_tables(codes, "seen", ["one", "two"])
    {'one'}
    """
    cells = [_statements(code) for code in codes]
    last = cells[-1]
    seen = [statement for statement in last if shown in _texts(statement)] or last
    before = [statement for cell in cells[:-1] for statement in cell] + last[: last.index(seen[0])]
    libraries = {name for statement in before for name in _imported(statement)}  # a call of theirs changes none of them
    needed = {name for statement in seen for name in _names(statement)} - libraries
    found = {name for statement in seen for name in _loaded(statement)}
    for statement in reversed(before):
        if _changed(statement) & needed:
            needed |= _names(statement) - libraries
            found |= _loaded(statement)
    return found & set(names)


def _statements(code: str) -> list[ast.stmt]:
    try:
        return ast.parse(code).body
    except SyntaxError:  # a cell with IPython's commands; it ran, but tells nothing here
        return [ast.Pass()]


def _texts(statement: ast.AST) -> set[str]:
    return {
        node.value for node in ast.walk(statement) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _names(statement: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _imported(statement: ast.AST) -> set[str]:
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}


def _loaded(statement: ast.AST) -> set[str]:
    """Texts of a statement that loads tables."""
    loads = any(
        (isinstance(node, ast.Attribute) and node.attr == "load") or (isinstance(node, ast.Name) and node.id == "load")
        for node in ast.walk(statement)
    )
    return _texts(statement) if loads else set()


def _changed(statement: ast.stmt) -> set[str]:
    """Names a statement binds or may change: assigned, part of what is assigned to, or called a method of."""
    found = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= _names(node.value)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value.func
        found |= _names(called.value) if isinstance(called, ast.Attribute) else set()
    return found


def _tables(
    paths: Iterable[str], result: Mapping[str, Any], now: Snapshot, stamp: Path, words: _Words
) -> Iterator[Link]:
    raw: dict[str, None] = {}
    for path in paths:
        stored = result["dependencies"]["inputs"][path]
        if now.file(path) != stored:
            raise NotebookError(
                "{path} is not as it was when the figure was made; run `digital-diplomacy reproduce {notebook}` and "
                "trace the new figure",
                path=path,
                notebook=result["notebook"],
            )
        if not path.startswith("data/processed/"):
            raw[path] = None
            continue
        yield Link("processed", words.title(now.tables[path]), path, str(stored))
        raw |= dict.fromkeys(_origin(path, now, stamp))
    for path in raw:
        yield Link("raw", words.title(now.tables[path]), path, str(now.file(path)))
        for source in now.tables[path].get("sources", []):
            yield Link("source", words.title(source), source.get("path", ""))
        yield from _printed(path, now, words)


def _origin(path: str, now: Snapshot, stamp: Path) -> list[str]:
    """The raw tables a processed one was built from, as they still are."""
    found = processed.made_from(stamp, path)
    if found is None or any(now.file(name) != hashed for name, hashed in found.items()):
        raise NotebookError(
            "{path}: what it was built from is not noted, or has changed since; run `digital-diplomacy process`",
            path=path,
        )
    return [name for name in found if name != path]


def _printed(path: str, now: Snapshot, words: _Words) -> Iterator[Link]:
    """Every figure a raw table holds as printed, with document and place."""
    rows = list(csv.DictReader(io.StringIO((now.root / path).read_text(encoding="utf-8"), newline="")))
    titles = {code: words.document(code, short) for code, short in _titles(now).items()}
    for row in rows if rows and "as_printed" in rows[0] else []:
        if row["as_printed"]:
            document = row.get("document") or row.get("publisher", "")
            place = words.placed(row.get("locator") or row.get("page", ""))
            yield Link("printed", row["as_printed"], ", ".join(filter(None, (titles.get(document, document), place))))


def _titles(now: Snapshot) -> dict[str, str]:
    """Documents by author and year, as the table of documents names them; none in a project without that table."""
    path = now.root / "data/raw/documents.csv"
    if not path.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return {row["document"]: row["short"] for row in rows}


def as_text(links: Iterable[Mapping[str, str]], lang: str = "en") -> str:
    """The chain for people, one line a link; of a table's printed figures the first few, and how many more."""
    steps = {step: labels.text(f"trace.{step}", lang) for step in STEPS}
    wide = max(map(len, steps.values())) + 1
    lines: list[str] = []
    printed = 0
    for link in (*links, {"step": ""}):
        if link["step"] != "printed" and printed > _SHOWN:
            lines.append(" " * wide + labels.text("trace.more", lang, n=printed - _SHOWN))
        printed = printed + 1 if link["step"] == "printed" else 0
        if link["step"] and printed <= _SHOWN:
            what = link["what"].replace("\n", "\n" + " " * wide)
            lines.append(f"{steps[link['step']]:{wide}}{what}" + (f"  [{link['where']}]" if link["where"] else ""))
            lines += [" " * wide + f"sha256 {link['sha256']}"] if link["sha256"] else []
    return "\n".join(lines)
