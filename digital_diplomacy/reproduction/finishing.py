"""The last files of a run's results: the page on how they were made, the list of all with hashes, the crate.

Also writes pages anew where only what surrounds figures and tables has changed, without running the notebook.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from digital_diplomacy.errors import NotebookError
from digital_diplomacy.pages import reports
from digital_diplomacy.reproduction import provenance
from digital_diplomacy.reproduction.committed import Commit
from digital_diplomacy.runs import outputs, plan, translations
from digital_diplomacy.runs.notebooks import Run
from digital_diplomacy.runs.parameters import INJECTED, TAG
from digital_diplomacy.runs.snapshot import Snapshot, sha256


def finish(folder: Path, result: Mapping[str, Any], now: Snapshot, *, started: str, ended: str) -> None:
    """Complete a folder that holds a run's notebook, page, figures and tables.

    Parameters
    ----------
    folder : Path
    result : mapping
        ``notebook, lang, parameters, changed, shown, dependencies`` of the run, and its ``commit`` where there is one.
    now : Snapshot
        The one its dependencies were noted with.
    started, ended : str
        ISO 8601 with offset from UTC; they go into the crate's metadata and nowhere else.
    """
    made = {name: _sha(folder, name) for name in _names(folder) if name not in (plan.RESULT, *plan.PAGES)}
    described = {**result, "code": plan.code_hash(result["dependencies"]), "files": made}
    inputs = provenance.described_inputs(described, now)
    (folder / plan.HOW_MADE).write_bytes(reports.how_made_page(described, inputs).encode(errors="replace"))
    described["files"] = {name: _sha(folder, name) for name in _names(folder) if name not in (plan.RESULT, plan.CRATE)}
    content = json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / plan.RESULT).write_bytes(f"{content}\n".encode(errors="backslashreplace"))  # as JSON escapes them
    provenance.write(folder, described, now, started=started, ended=ended)


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _sha(folder: Path, name: str) -> str | None:
    return sha256(folder / name)


def rewrite(run: Run, old: Path, place: Path, now: Snapshot, commit: Commit | None = None) -> None:
    """Make a run's results anew from those in ``old``: same figures, tables and outputs; text and pages as of now.

    Parameters
    ----------
    run : Run
    old : Path
        Results whose code, parameters, data and software are unchanged.
    place : Path
        An empty folder.
    now : Snapshot
    commit : Commit, optional
        The one the project stands at; the results are those of the run all the same.
    """
    result = plan.read_result(old)
    if result is None:
        raise NotebookError("{old} holds no results that pages could be written from; run the notebook", old=old)
    started, ended = provenance.times(old)
    for name in result["files"]:
        if name not in plan.PAGES:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(old / name, place / name)
    executed = json.loads((place / "notebook.ipynb").read_text(encoding="utf-8"))
    source = json.loads(run.notebook.path.read_text(encoding="utf-8"))
    clean = outputs.stable(retold(executed, source), run.values, outputs.cell_ids(run.notebook.path))
    told = translations.told(clean, run.notebook.path, run.lang)
    outputs.write_notebook(told, place / "notebook.ipynb")
    (place / plan.PAGE).write_text(reports.notebook_page(run, told, result["shown"]), encoding="utf-8")
    kept = {name: value for name, value in result.items() if name not in ("files", "code")}
    depends = plan.retold(result["dependencies"], notebook=run.notebook.path, lang=run.lang, now=now)
    kept["commit"] = asdict(commit) if commit else None
    kept["parameters"] = run.values  # in the notebook's order, which the stored result has lost
    finish(place, {**kept, "dependencies": depends}, now, started=started, ended=ended)


def retold(executed: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, Any]:
    """An executed notebook with the text of its source as it is now; code cells keep their outputs.

    Parameters
    ----------
    executed, source : mapping
        Notebooks whose code cells are the same, but for the injected one.
    """
    run = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    injected = [cell for cell in run if INJECTED in cell["metadata"].get("tags", [])]
    ended = iter(cell for cell in run if INJECTED not in cell["metadata"].get("tags", []))
    cells: list[dict[str, Any]] = []
    for cell in source["cells"]:
        if cell["cell_type"] == "code":
            known = {"id": cell["id"]} if "id" in cell else {}
            cells.append({**next(ended), **known, "metadata": cell["metadata"]})
        else:
            cells.append({**cell, "source": "".join(cell["source"])})
        if TAG in cell["metadata"].get("tags", []):
            cells += injected
    metadata = {**executed["metadata"], "kernelspec": source["metadata"].get("kernelspec", {})}
    return {**executed, "cells": cells, "metadata": metadata}
