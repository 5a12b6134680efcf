"""Which commit a project stands at, and whether its notebooks are still as they were committed."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said

_MARK: Final = "data/raw/datapackage.json"
"""A file every project has: git knows it if the project is what its repository holds, and not only lies within one."""

_OID: Final = "# branch.oid "  # how `git status` begins the line with the commit

_RESTED_ON: Final = (
    "data/raw",
    "data/processed",
    "digital_diplomacy",
    "notebooks",
    "pyproject.toml",
    "requirements.lock",
)
"""What results can rest on; changes elsewhere in the repository do not count."""


@dataclass(frozen=True)
class Commit:
    """The commit a project stands at.

    Attributes
    ----------
    id : str
        Hexadecimal digits, as many as git's hash has.
    changed : bool
        Whether anything results can rest on is not as that commit holds it.
    """

    id: str
    changed: bool


def head(root: Path) -> Commit | None:
    """The commit of a project; None where it is in no repository of its own, or there is no git."""
    if _git(root, "ls-files", "--error-unmatch", "--", _MARK) is None:
        return None
    said = _git(root, "status", "--porcelain=v2", "--branch", "--", *_RESTED_ON)
    lines = (said or b"").decode(errors="replace").splitlines()
    found = next((line.removeprefix(_OID) for line in lines if line.startswith(_OID)), "")
    # Before the first commit git answers "(initial)".
    return Commit(found, any(not line.startswith("#") for line in lines)) if found.isalnum() else None


def _git(root: Path, *words: str) -> bytes | None:
    """What git answers; None if it refuses or there is none."""
    try:
        said = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return None if said.returncode else said.stdout


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


def changed(name: str, cells: Iterable[int]) -> Said:
    """What a reader has to know of a notebook that is not as committed, and what can be done."""
    return said(
        "notebooks/{name}.ipynb is not as committed (code cells {numbers}): these results are of your version of it. "
        "Keep it under another name; `git checkout -- notebooks/{name}.ipynb` brings the standard one back",
        name=name,
        numbers=", ".join(map(str, cells)),
    )


def _committed(root: Path, path: str) -> bytes | None:
    return _git(root, "show", f"HEAD:./{path}")


def _codes(content: bytes) -> list[str | None]:
    try:
        cells: list[dict[str, Any]] = json.loads(content)["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        return []
