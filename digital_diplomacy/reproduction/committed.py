"""Whether the notebooks that come with a project are still as they were committed."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def changed_cells(root: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Code cells (1-based) of each named notebook that differ from what git holds; outputs and text do not count.

    Notebooks git does not know are left out, and all of them where there is no repository, or no git.
    """
    found: dict[str, list[int]] = {}
    for name in names:
        path = f"notebooks/{name}.ipynb"
        old, new = _committed(root, path), (root / path).read_bytes()
        if old is None or old == new:
            continue
        before, after = _codes(old), _codes(new)
        longest = max(len(before), len(after))
        pairs = zip(before + [None] * longest, after + [None] * longest, strict=False)
        cells = [number for number, (one, other) in enumerate(pairs, start=1) if one != other]
        found |= {name: cells} if cells else {}
    return found


def said(name: str, cells: Iterable[int]) -> str:
    """What a reader has to know of a notebook that is not as committed, and what can be done."""
    numbers = ", ".join(map(str, cells))
    return (
        f"notebooks/{name}.ipynb is not as committed (code cells {numbers}): these results are of your version of it. "
        f"Keep it under another name; `git checkout -- notebooks/{name}.ipynb` brings the standard one back"
    )


def _committed(root: Path, path: str) -> bytes | None:
    try:
        shown = subprocess.run(["git", "show", f"HEAD:./{path}"], cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return None if shown.returncode else shown.stdout


def _codes(content: bytes) -> list[str | None]:
    try:
        cells: list[dict[str, Any]] = json.loads(content)["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return []
