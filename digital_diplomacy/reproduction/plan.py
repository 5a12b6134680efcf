"""What a run depends on, as one key; and whether results already there are those of that key, unharmed."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from digital_diplomacy import __version__

RESULT: Final = "result.json"
_PACKAGE: Final = Path(__file__).parents[1]


def surroundings(root: Path) -> str:
    """One hash of everything all runs share: library, labels, tables, lock and Python version.

    A change in any of them runs every notebook again: coarse, but it never keeps a stale figure.
    """
    files = [
        *_PACKAGE.rglob("*.py"),
        *_PACKAGE.rglob("*.csv"),
        *_PACKAGE.rglob("*.j2"),
        *(root / "data").rglob("*.csv"),
        *(root / "data").rglob("*.json"),
        *root.glob("requirements.lock"),
    ]
    digest = hashlib.sha256(f"{__version__} {platform.python_version()}".encode())
    for name, content in sorted(_named(files, root)):
        digest.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


def _named(files: Iterable[Path], root: Path) -> Iterable[tuple[str, bytes]]:
    for path in files:
        base = _PACKAGE if path.is_relative_to(_PACKAGE) else root
        yield path.relative_to(base).as_posix(), path.read_bytes()


def key(notebook: Path, values: Mapping[str, Any], shared: str) -> str:
    """Hash of a run's notebook, its parameter values and the surroundings; of a missing notebook, no run's key."""
    said = json.dumps(values, sort_keys=True, ensure_ascii=False)
    source = hashlib.sha256(notebook.read_bytes()).hexdigest() if notebook.is_file() else ""
    return hashlib.sha256(f"{source} {said} {shared}".encode()).hexdigest()


def read_result(folder: Path) -> dict[str, Any] | None:
    """The stored result of a folder, or None if there is none or it is not whole."""
    try:
        result: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None
    return result


def is_current(folder: Path, wanted: str) -> bool:
    """Whether ``folder`` holds the results of key ``wanted`` with every file as it was written."""
    result = read_result(folder)
    if result is None or result.get("key") != wanted:
        return False
    return all(
        (folder / name).is_file() and hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
        for name, expected in result["files"].items()
    )
