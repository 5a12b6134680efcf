"""From an executed notebook to files: figures, tables, and the notebook itself without what varies between runs."""

import base64
import copy
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import NotebookError

KEY: Final = "digital_diplomacy"
"""Metadata key of the outputs that `digital_diplomacy.figures.show` and its kin make."""

NARROW: Final = ".narrow.svg"
"""How the file of a figure's drawing for telephones ends; in an executed notebook its type is `NARROW_SVG`."""

NARROW_SVG: Final = "image/svg+xml;width=narrow"

_MORE: Final = ("said", "evidence", "brief", "topic", "view")
"""What some outputs carry besides what all do: the answer its sentences and evidence, a figure whose title tells a
finding its topic, a page to play with its kind."""


_FRAMED: Final = re.compile(r'<iframe [^>]*srcdoc="([^"]*)"')
"""A page to play with stands in a frame of the notebook, escaped."""


_ERROR_MARK: Final = {"papermill-error-cell-tag"}
"""Tag of the cells papermill adds in front of a failing one; they would shift every cell number."""


_CELL_FILE: Final = re.compile(r"(\bipykernel_)\d+")
"""Folder of the names that ipykernel gives to cells in warnings and tracebacks: it ends in the process id."""
_INSTALLED: Final = re.compile(r"(?:\b[A-Za-z]:)?[\\/][^\n:'\"]*?[\\/](?=site-packages[\\/])")
"""The folder in which libraries lie, which warnings and errors name."""


_FILE_NAME: Final = re.compile(r"\w(?:[\w.-]*\w)?")
_LONGEST_NAME: Final = 200  # bytes; systems take 255, endings and marks of files being written included


_ERASED: Final = re.compile("[^\n\b]\b")


def shown(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs (description, data) of the named outputs of an executed notebook, in order."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            described = output.get("metadata", {}).get(KEY)
            if described:
                yield described, output["data"]


def write_outputs(notebook: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """Write every named figure (SVG, also for telephones, PNG, CSV of its rows), table (CSV) and page to play with.

    Returns
    -------
    list of dict
        ``kind, name, title, alt, files`` per named output; ``files`` maps relative path to SHA-256. Of the answer also
        ``said``, its sentences, and ``evidence``, the names of the figures and tables they rest on; of a figure whose
        title tells a finding also its ``topic``, of a page to play with ``view``, its kind.

    Raises
    ------
    NotebookError
        If two outputs of a kind bear one name: one would overwrite the other. If the notebook does not show what its
        answer rests on.
    """
    written: list[dict[str, Any]] = []
    for described, data in shown(notebook):
        kind, name = described["kind"], described.get("name", "")
        _check_name(name)
        if name and any(entry["kind"] == kind and entry["name"].casefold() == name.casefold() for entry in written):
            raise NotebookError(
                "two outputs are named {name!r}; give each figure and table a name of its own", name=name
            )
        files = {}
        for path, content in _files(kind, name, data):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            files[path] = hashlib.sha256(content).hexdigest()
        written.append(
            {
                "kind": kind,
                "name": name,
                "title": described.get("title", ""),
                "alt": described.get("alt", ""),
                "files": files,
                **{part: described[part] for part in _MORE if part in described},
            }
        )
    _check_evidence(written)
    return written


def _check_name(name: object) -> None:
    """Refuse a name that is no name of a file, or that of a file elsewhere."""
    if not isinstance(name, str) or (name and not _FILE_NAME.fullmatch(name)) or len(name.encode()) > _LONGEST_NAME:
        raise NotebookError(
            "an output is named {name!r}; names of figures and tables are names of files: letters, digits, hyphens, "
            "underscores and dots within, at most {longest} bytes",
            name=name if isinstance(name, str) else str(type(name)),
            longest=_LONGEST_NAME,
        )


def answer_of(written: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The answer among named outputs, as `write_outputs` returns it; one of no sentence where there is none."""
    return next((entry for entry in written if entry["kind"] == "answer"), {"said": [], "evidence": []})


def _check_evidence(written: Sequence[Mapping[str, Any]]) -> None:
    there = {entry["name"] for entry in written if entry["kind"] in ("figure", "table", "notice")}
    absent = [name for name in answer_of(written)["evidence"] if name not in there]
    if absent:
        raise NotebookError(
            "the answer rests on {absent!r}, which is no figure or table of this notebook", absent=absent[0]
        )


def _files(kind: str, name: str, data: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    if kind == "figure":
        yield f"figures/{name}.svg", "".join(data["image/svg+xml"]).encode()
        if NARROW_SVG in data:
            yield f"figures/{name}{NARROW}", "".join(data[NARROW_SVG]).encode()
        yield f"figures/{name}.png", base64.b64decode("".join(data["image/png"]))
        if "text/csv" in data:
            yield f"figures/{name}.csv", "".join(data["text/csv"]).encode()
    elif kind == "table":
        yield f"tables/{name}.csv", "".join(data["text/csv"]).encode()
    elif kind == "view" and (framed := _FRAMED.search("".join(data["text/html"]))):
        yield f"figures/{name}.html", html.unescape(framed[1]).encode()


def cell_ids(path: Path) -> Counter[str]:
    """How often a notebook's file gives each id to a cell; cells of formats before 4.5 have none."""
    return Counter(cell.get("id", "") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def stable(notebook: dict[str, Any], parameters: dict[str, Any], ids: Mapping[str, int]) -> dict[str, Any]:
    """A copy without times, durations, random identifiers and machine paths, so that equal runs give equal bytes.

    Parameters
    ----------
    notebook : dict
        As executed.
    parameters : dict
    ids : mapping
        As `cell_ids` gives them of the notebook's file; a cell whose id is not there once was given a random one.
    """
    clean = copy.deepcopy(notebook)
    metadata = clean["metadata"]
    clean["metadata"] = {name: metadata[name] for name in ("kernelspec", "language_info") if name in metadata}
    clean["metadata"][KEY] = {"parameters": parameters}
    clean["cells"] = unmarked(clean["cells"])
    for number, cell in enumerate(clean["cells"]):
        kept = {name: value for name, value in cell["metadata"].items() if name in ("tags", "jupyter")}
        cell["metadata"] = {name: value for name, value in kept.items() if value}  # papermill adds empty lists of tags
        if ids.get(cell.get("id", ""), 0) != 1:
            cell["id"] = f"cell-at-{number}"
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["id"] = f"injected-{number}"
        if "outputs" in cell:
            cell["outputs"] = [_nameless(output) for output in _joined(cell["outputs"])]
    return clean


def unmarked(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cells without those that papermill adds in front of a failing one."""
    return [cell for cell in cells if not _ERROR_MARK & set(cell["metadata"].get("tags", []))]


def _joined(outputs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Outputs with what was printed between two others as one of each stream: how it was cut depends on the moment."""
    texts: dict[str, list[str]] = {}
    for output in [*outputs, {"output_type": "end"}]:
        if output["output_type"] == "stream":
            texts.setdefault(output["name"], []).append("".join(output["text"]))
            continue
        for name in sorted(texts, reverse=True):  # stdout, then stderr, as kernels flush them
            yield {"name": name, "output_type": "stream", "text": overwritten("".join(texts[name]))}
        texts.clear()
        if output["output_type"] != "end":
            yield output


def overwritten(text: str) -> str:
    """Printed text as it stands on a screen in the end: a progress bar as its last state, not as all before it too.

    A backspace takes the character before it away; what follows a carriage return is written over the line's beginning,
    as in JupyterLab.

    Examples
    --------
    >>> overwritten("10 %\\r50 %\\r100 %\\ndone\\r\\nabc\\rX")
    '100 %\\ndone\\nXbc'
    """
    while "\b" in text and (shorter := _ERASED.sub("", text)) != text:
        text = shorter
    if "\r" not in text:
        return text
    return "\n".join(_last_state(line) if "\r" in line else line for line in text.split("\n"))


def _last_state(line: str) -> str:
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return shown


def _nameless(output: dict[str, Any]) -> dict[str, Any]:
    """An output without the process id in the names of cells' files and the folder of those of libraries."""
    if output["output_type"] == "stream":
        return output | {"text": _placeless(output["text"])}
    if output["output_type"] == "error":
        return output | {"traceback": [_placeless(line) for line in output["traceback"]]}
    return output


def _placeless(text: str) -> str:
    return _INSTALLED.sub("", _CELL_FILE.sub(r"\1", text))


def write_notebook(notebook: dict[str, Any], path: Path) -> None:
    """Write a notebook as sorted, indented JSON, as Jupyter does."""
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
