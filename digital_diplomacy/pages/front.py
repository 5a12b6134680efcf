"""The pages in front of all results: what was found in each language, a brief of one page, a list of what is there."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import __version__, labels
from digital_diplomacy.pages.blanks import unbroken
from digital_diplomacy.pages.directions import isolated
from digital_diplomacy.pages.glossary import glossary
from digital_diplomacy.pages.key import key
from digital_diplomacy.pages.reports import HEAD, size_of, spoken, stored_title, templates
from digital_diplomacy.runs.notebooks import question
from digital_diplomacy.runs.outputs import NARROW, answer_of
from digital_diplomacy.runs.results import Failure

LIST: Final = "pages.js"
"""What lies beside a page: pages ask it for the one before, the one after and the same one in other languages."""

PATTERNS: Final = ("index.*.html", "brief.*.html", "glossary.*.html")
"""Pages that stand for a language and are out of date where it has no results any more."""

_PICTURED: Final = 3  # pictures of a brief that is to stay on one sheet


def front_pages(
    results: Sequence[Mapping[str, Any]], failures: Mapping[str, Failure], root: Path, out: Path
) -> dict[str, str]:
    """The first pages of a reports folder.

    Parameters
    ----------
    results : sequence of mapping
        Stored results in reading order, each with ``folder`` and ``is_stale``.
    failures : mapping of folder to Failure
        Runs that failed in the run just ended; the pages say so.
    root : Path
        The project, whose documents the pages name.
    out : Path
        The reports folder, where the sizes of pictures are read.

    Returns
    -------
    dict of str to str
        Name to content: ``index.<lang>.html``, ``brief.<lang>.html`` and ``glossary.<lang>.html`` for every language
        with results, ``index.html`` that leads to the reader's language, and `LIST`.
    """
    found = {lang: [_section(result, out) for result in results if result["lang"] == lang] for lang in labels.LANGUAGES}
    sections = {lang: notebooks for lang, notebooks in found.items() if notebooks}
    first = next((lang for lang in ("en", *sections) if lang in sections), "en")
    shown = sections or {first: []}
    made = {"index.html": _template("door").render(lang=first, codes=list(shown)), LIST: _list(results, out)}
    for lang, notebooks in shown.items():
        others = [code for code in shown if code != lang]
        known = {"lang": lang, "others": others, "notebooks": notebooks, "version": __version__}
        index = _template("index").render(**known, failures=_together(failures, lang), documents=key(root))
        pictured = [notebook for notebook in notebooks if notebook["brief"] and notebook["picture"]][:_PICTURED]
        brief = _template("brief").render(**known, pictured=pictured)
        terms = _template("glossary").render(lang=lang, others=others, terms=glossary(lang))
        pages = {"index": index, "brief": brief, "glossary": terms}
        made |= {f"{name}.{lang}.html": unbroken(isolated(page, lang), lang) for name, page in pages.items()}
    return made


def _together(failures: Mapping[str, Failure], lang: str) -> list[tuple[Failure, list[str]]]:
    """Each failure once, as it was said in a language, with the folders of a notebook's runs that ended in it."""
    found: dict[tuple[object, ...], list[str]] = {}
    for folder, failure in failures.items():
        alike = (folder.partition("/")[0], failure.cell, failure.name, failure.neutral(_language(folder)))
        found.setdefault(alike, []).append(folder)
    return [(failures[min(one, key=lambda folder: _language(folder) != lang)], one) for one in found.values()]


def _language(folder: str) -> str:
    """The language of a run, with which the name of its folder begins."""
    return folder.partition("/")[2].partition("_")[0]


def _template(name: str) -> Any:
    return templates().get_template(f"{name}.html.j2")


def _section(result: Mapping[str, Any], out: Path) -> dict[str, Any]:
    lang, values, answer = result["lang"], result["parameters"], answer_of(result["shown"])
    named = [name for name in values if name == "country" or name in result.get("changed", {})]
    kinds = {kind: [entry for entry in result["shown"] if entry["kind"] == kind] for kind in _KINDS}
    return {
        "folder": result["folder"],
        "title": stored_title(result["notebook"], lang, out / result["folder"]),
        "question": question(result["notebook"], lang),
        "answer": answer["said"],
        "brief": answer["said"][: answer.get("brief", 1)],
        "picture": _picture(result, out),
        "parameters": "; ".join(spoken(name, values[name], lang) for name in named),
        "is_stale": result["is_stale"],
        **{f"{kind}s": entries for kind, entries in kinds.items()},
    }


_KINDS: Final = ("figure", "table", "notice")


def _picture(result: Mapping[str, Any], out: Path) -> dict[str, Any] | None:
    """The first figure the answer rests on, as it is drawn for a column beside words, with the room it takes."""
    figures = {entry["name"]: entry for entry in result["shown"] if entry["kind"] == "figure"}
    folder = out / result["folder"] / "figures"
    for name in answer_of(result["shown"])["evidence"]:
        drawn = [folder / f"{name}{ending}" for ending in (NARROW, ".svg") if (folder / f"{name}{ending}").is_file()]
        if name in figures and drawn:
            with drawn[0].open(encoding="utf-8") as stream:
                return {**figures[name], "file": drawn[0].name, "size": size_of(stream.read(HEAD))}
    return None


def _list(results: Sequence[Mapping[str, Any]], out: Path) -> str:
    """A script of one statement: pages opened from a disk may run a script beside them, but read no other file."""
    pages = [
        {
            "notebook": result["notebook"],
            "folder": result["folder"].rpartition("/")[2],
            "lang": result["lang"],
            "title": stored_title(result["notebook"], result["lang"], out / result["folder"]),
            "language": labels.text("page.language", result["lang"]),
        }
        for result in results
    ]
    said = json.dumps(pages, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return f"window.DD_PAGES = {said};\n"
