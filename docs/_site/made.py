"""Parts of pages made at the build from their one source, where a page has a comment such as ``made: tables``."""

import ast
import csv
import importlib
import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from sphinx.pycode import ModuleAnalyzer

from digital_diplomacy import labels
from digital_diplomacy.pages.glossary import glossary

DOCS: Final = Path(__file__).parents[1]
REPOSITORY: Final = DOCS.parent
LANGUAGES: Final = tuple(lang for lang in labels.LANGUAGES if (DOCS / lang).is_dir())
"""Languages that have pages of their own."""

PACKAGE: Final = "digital_diplomacy"
MARK: Final = re.compile(r"^<!-- made: (?P<what>[\w.]+)(?: (?P<of>[\w.]+))? -->$", re.MULTILINE)

CONTENTS: Final = {
    "Қазақша": ["kk/start", "kk/own_tables", "kk/adapt", "kk/questions", "kk/meaning", "kk/glossary"],
    "Русский": ["ru/start", "ru/own_tables", "ru/adapt", "ru/questions", "ru/meaning", "ru/glossary"],
    "English": ["en/start", "en/own_tables", "en/adapt", "en/questions", "en/meaning", "en/glossary"],
    "Guides": ["fetch", "indices", "networks", "messages", "scan", "*"],
    "Running": ["runs", "faults", "windows", "binder", "translate"],
    "Evidence": ["documents", "claims", "replication", "quality"],
    "Development": ["architecture", "decisions"],
    "Reference": ["reference/tables", "reference/results", "reference/*"],
}
"""Parts of the site and their pages in order; a star takes what nobody named, so that a new guide is in at once."""


def fill(_: Any, docname: str, source: list[str]) -> None:
    """Put what is made in the place of its comment (event ``source-read`` of Sphinx)."""
    source[0] = MARK.sub(lambda found: part(found["what"], found["of"] or "", docname), source[0])


def part(what: str, of: str, docname: str = "") -> str:
    """A part of a page in Markdown.

    Parameters
    ----------
    what : str
        contents, room, tables, glossary or decisions.
    of : str
        The room or the language, where there are several.
    docname : str
        The page it is for.

    Raises
    ------
    ValueError
        If nothing of that name is made.
    """
    makers = {"contents": contents, "tables": tables, "decisions": decisions}
    if what == "room":
        return room(of)
    if what == "glossary":
        return terms(of)
    if what not in makers:
        raise ValueError(f"{docname}: nothing called {what!r} is made; known: room, glossary, {', '.join(makers)}")
    return makers[what]()


def contents() -> str:
    """The tables of contents by which the site is walked; on the page itself its own list is enough."""
    named = {page for pages in CONTENTS.values() for page in pages} | {"index"}
    others = [path.stem for path in sorted(DOCS.glob("*.md")) if path.stem not in named]
    return "\n\n".join(
        "\n".join([f"```{{toctree}}\n:hidden:\n:glob:\n:caption: {caption}\n", *_with(pages, others), "```"])
        for caption, pages in CONTENTS.items()
    )


def _with(pages: Sequence[str], others: Sequence[str]) -> list[str]:
    return [one for page in pages for one in (others if page == "*" else [page])]


# ---- reference ------------------------------------------------------------------------------------------------------


def origins(name: str) -> dict[str, str]:
    """Public names of a room, each with the module it is written in.

    A module without a list of its names offers all that it writes itself and explains.
    """
    module = importlib.import_module(f"{PACKAGE}.{name}")
    if not hasattr(module, "__all__"):
        explained = ModuleAnalyzer.for_module(module.__name__).find_attr_docs()
        own = [one for one, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
        named = [*(one for scope, one in explained if not scope), *own]
        return {one: module.__name__ for one in dict.fromkeys(named) if not one.startswith("_")}
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    imported = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    found = {alias.asname or alias.name: str(node.module) for node in imported for alias in node.names}
    return {one: found.get(one, module.__name__) for one in module.__all__}


def room(name: str) -> str:
    """Every public name of a room with its docstring, below the module it is written in."""
    written: dict[str, list[str]] = {}
    for one, origin in origins(name).items():
        written.setdefault(origin, []).append(one)
    full = f"{PACKAGE}.{name}"
    lines = [*_listed(full, written), ""]
    for origin, names in sorted(written.items()):
        inner = origin.removeprefix(f"{full}.")
        if len(written) > 1:
            said = inspect.getdoc(importlib.import_module(origin)) or ""
            lines += [f"## `{inner}`", "", _first_paragraph(said) if origin != full else "", ""]
        lines += ["```{eval-rst}", f".. currentmodule:: {full}", ""]
        lines += [line for one in names for line in _entry(full, origin, one)]
        lines += ["```", ""]
    return "\n".join(lines)


def _listed(room: str, written: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A table of the functions and classes of a room, each with its summary."""
    yield from ["```{eval-rst}", f".. currentmodule:: {room}", "", ".. list-table::", "   :widths: auto", ""]
    for one in sorted(name for names in written.values() for name in names if not _is_plain(room, name)):
        said = inspect.getdoc(getattr(importlib.import_module(room), one)) or ""
        yield from [f"   * - :py:obj:`{one}`", f"     - {_first_paragraph(said)}"]
    yield "```"


def _first_paragraph(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _is_plain(room: str, name: str) -> bool:
    """Whether a name stands for a value, which has no docstring of its own."""
    value = getattr(importlib.import_module(room), name)
    return not (inspect.isfunction(value) or inspect.isclass(value))


def _entry(room: str, origin: str, name: str) -> Iterator[str]:
    """A public name for Sphinx: functions and classes from their docstrings, values from the text below them."""
    value = getattr(importlib.import_module(room), name)
    if not _is_plain(room, name):
        yield from [f".. {'autoclass' if inspect.isclass(value) else 'autofunction'}:: {name}", ""]
        return
    said = ModuleAnalyzer.for_module(origin).find_attr_docs().get(("", name), [])
    yield from [f".. py:data:: {name}", "", *(f"   {line}" for line in said), ""]


# ---- tables ---------------------------------------------------------------------------------------------------------

_RULES: Final = {"enum": "one of", "minimum": "from", "maximum": "to", "pattern": "pattern"}


def tables() -> str:
    """The data dictionary: every raw table with its columns, units, sources and licence."""
    descriptor = json.loads((REPOSITORY / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    resources = sorted(descriptor["resources"], key=lambda one: str(one["name"]))
    columns = sum(len(one["schema"]["fields"]) for one in resources)
    with (REPOSITORY / "data" / "raw" / "documents.csv").open(encoding="utf-8", newline="") as file:
        numbered = ", ".join(f"{_prose(row['short'])} {row['document']}" for row in csv.DictReader(file))
    counted = f"{len(resources)} tables, {columns} columns. The documents have numbers in the tables: {numbered}."
    listed = "\n".join(f"- [`{one['name']}`](#{one['name']}): {_prose(one['title'])}" for one in resources)
    return "\n\n".join([counted, listed, *(_table(one) for one in resources)])


def _table(resource: Mapping[str, Any]) -> str:
    schema = resource["schema"]
    keys = schema.get("primaryKey", [])
    facts = {
        "Key": ", ".join(f"`{key}`" for key in ([keys] if isinstance(keys, str) else keys)),
        "Missing": ", ".join(f"`{code}`" for code in schema.get("missingValues", []) if code),
        "Source": "; ".join(map(_source, resource.get("sources", []))),
        "Licence": "; ".join(map(_source, resource["licenses"])),
        "Rights": _prose(resource.get("rights", "")),
    }
    told = "\n".join(f"- {fact}: {text}" for fact, text in facts.items() if text)
    columns = ["| column | type | unit | what it holds |", "| --- | --- | --- | --- |", *map(_column, schema["fields"])]
    heading = f"## {resource['name']}"
    return "\n\n".join(
        [heading, f"{_prose(resource['title'])}.", _prose(resource["description"]), told, "\n".join(columns)]
    )


def _column(field: Mapping[str, Any]) -> str:
    rules = field.get("constraints", {})
    said = [f"{words} `{_rule(rules[rule])}`" for rule, words in _RULES.items() if rule in rules]
    if rules.get("required"):
        said.insert(0, "never missing")
    text = f"{_prose(field['title'])}. {_prose(field.get('description', ''))}".strip()
    more = f" ({'; '.join(said)})" if said else ""
    unit = _prose(str(field.get("unit", "")))
    return f"| `{field['name']}` | {field['type']} | {unit} | {text}{more} |"


def _rule(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("|", "\\|")


def _source(source: Mapping[str, str]) -> str:
    said = _prose(source.get("title") or source.get("name") or source.get("path", ""))
    path = source.get("path", "")
    return f"[{said}]({path})" if path.startswith("http") else said


def _prose(text: str) -> str:
    """A text of ours on one line of Markdown: code stays code, and nothing else is read as a mark."""
    parts = re.split(r"(`[^`]+`)", " ".join(text.split()))
    escaped = (re.sub(r"([|*_<>\[\]#])", r"\\\1", part) for part in parts[::2])
    code = (part.replace("|", "\\|") for part in parts[1::2])
    return "".join(part for pair in zip_longest(escaped, code, fillvalue="") for part in pair)


# ---- words and decisions --------------------------------------------------------------------------------------------


def terms(lang: str) -> str:
    """The glossary in one language, with the names of each term in the others."""
    return "\n\n".join(
        "\n\n".join(
            [
                f"## {_prose(term.name)}",
                _prose(term.definition) + (f" ({_prose(term.cited)})" if term.cited else ""),
                "*"
                + " · ".join(
                    f'<span lang="{other}">{_prose(name)}</span>' for other, name in term.names.items() if other != lang
                )
                + "*",
            ]
        )
        for term in glossary(lang)
    )


def decisions() -> str:
    """The decisions of the project with their reasons, from the page on how its parts fit together."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    return page.partition("## Decisions, with the reason\n")[2].partition("\n## ")[0].strip()
