"""The software results rest on besides this project's own: Python, the lock, libraries and their settings.

Libraries are those this package requires, and those they require in turn. Each counts by its version and, where
notebooks compute with it, by what was edited in it after it was installed. Only modules newer than the list of files
written with them are looked into, so that asking takes less than a tenth of a second; an edit that puts the old time
back, and one of compiled code, is not seen.
"""

import base64
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said
from digital_diplomacy.runs.verified import Verified

LOCK: Final = "requirements.lock"
_OWN: Final = "digital-diplomacy"
_REQUIRES: Final = re.compile(r"^Requires-Dist: ([\w.-]+)(?!.*\bextra\b)", re.MULTILINE)
_PASSED_OVER: Final = {"..", "test", "tests"}  # no notebook imports what lies in these
_LISTED: Final = re.compile(r'^"?([^",\n]+\.py)"?,sha256=', re.MULTILINE)
_TOOLS: Final = ("ipykernel", "ipython", "jinja2", "jupyter", "nb", "papermill", "rich", "tornado", "typer")
"""Beginnings of the names of what runs notebooks and computes nothing: it counts by version alone."""

_SOON: Final = 10.0  # seconds for which what was found in a library is good
_looked: dict[Path, tuple[float, tuple[tuple[str, str], ...]]] = {}
_SEARCHED: Final = "PYTHONPATH"
"""Environment variable whose folders come before the installed libraries."""


Installed = Mapping[str, tuple[str, Path]]


def installed() -> dict[str, tuple[str, Path]]:
    """Version and metadata folder of each installed distribution by name, from the names of the folders alone."""
    folders = [found for place in reversed(sys.path) for found in Path(place or ".").glob("*.dist-info")]
    parts = ((folder, *folder.name.removesuffix(".dist-info").rpartition("-")) for folder in folders)
    return {_normal(name): (version, folder) for folder, name, _, version in parts}


def environment(root: Path, lock: str | None, found: Installed, known: Verified) -> dict[str, Any]:
    """What results keep of the software, and what it is compared with later.

    Parameters
    ----------
    root : Path
        The project.
    lock : str or None
        Hash of its lock file.
    found : mapping
        As `installed` returns it.
    known : Verified
        Remembers what the libraries' metadata say.

    Returns
    -------
    dict
        ``Python``; ``requirements.lock``, its hash; ``packages``, versions of what this package requires, and
        ``beneath``, of what that requires in turn; ``edited``, hashes of modules that are not as they were installed;
        ``settings``, hashes of matplotlib's own settings and of the path Python searches first, where there are any.
    """
    wanted = required(found)
    beneath = _closure(wanted, found, known)
    computing = [name for name in wanted if not name.startswith(_TOOLS)]
    folders = [found[name][1] for name in sorted({*computing, *_closure(computing, found, known)} & found.keys())]
    return {
        "Python": _python(),
        LOCK: lock,
        "packages": {name: found[name][0] if name in found else None for name in wanted},
        "beneath": {name: found[name][0] for name in beneath},
        "edited": {path: sha for folder in folders for path, sha in _edited(folder, known)},
        "settings": {"matplotlibrc": _matplotlib(root), _SEARCHED: _short(os.environ.get(_SEARCHED))},
    }


_NOTED: Final = ("packages", "beneath", "edited", "settings")


def is_noted(stored: Any) -> bool:
    """Whether software is noted as `environment` does, or by another version of this package in other parts."""
    return isinstance(stored, dict) and all(isinstance(stored.get(name, {}), dict) for name in _NOTED)


def changes(stored: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Said]:
    """How the software of stored results and today's differ, in words."""
    if stored.keys() != now.keys():
        yield said("the software was noted by another version of this package")
        return
    if stored["Python"] != now["Python"]:
        yield said("{name} {old} is now {new}", name="Python", old=stored["Python"], new=now["Python"])
    if stored[LOCK] != now[LOCK]:
        yield said("{what} changed", what=LOCK)
    for kind in ("packages", "beneath"):
        for name in _differing(stored[kind], now[kind]):
            new = now[kind].get(name) or said("not installed")
            yield said("{name} {old} is now {new}", name=name, old=stored[kind].get(name), new=new)
    for name in _differing(stored["edited"], now["edited"]):
        yield said("{name}, a module of an installed library, changed", name=name)
    for name in _differing(stored["settings"], now["settings"]):
        yield said("{what} changed", what=name)


def variable(name: str) -> str | None:
    """The beginning of the hash of an environment variable's value, which may be a secret; None where it is not set."""
    return _short(os.environ.get(name))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _short(value: str | None) -> str | None:
    return None if value is None else hashlib.sha256(os.fsencode(value)).hexdigest()[:8]


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def required(found: Installed) -> tuple[str, ...]:
    """Names of the distributions this package requires, read as those of others: `importlib.metadata` loads slowly."""
    return tuple(_requirements(found[_OWN][1] / "METADATA").split())


def _closure(wanted: Iterable[str], found: Installed, known: Verified) -> list[str]:
    """Installed distributions that others require, directly or through one another; those wanted left out."""
    waiting, seen = list(wanted), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in found:
            seen.add(name)
            said = known.hash(found[name][1] / "METADATA", _requirements) or ""
            waiting += said.split()
    return sorted(seen - set(wanted) - {_OWN})


@cache
def _requirements(metadata: Path) -> str:
    head = metadata.read_text(encoding="utf-8", errors="replace").partition("\n\n")[0]
    return " ".join(sorted({_normal(name) for name in _REQUIRES.findall(head)})) or " "


def _edited(folder: Path, known: Verified) -> tuple[tuple[str, str], ...]:
    """Modules of the distribution with this folder of metadata that are not as its list of files says, with hashes."""
    record = folder / "RECORD"
    listed = known.hash(record, _modules, "modules")
    when, found = _looked.get(folder, (-_SOON, ()))
    if listed and time.monotonic() - when > _SOON:  # one command asks more than once
        newer = list(_newer(listed.split("\n"), folder.parent, record.stat().st_mtime_ns))
        found = tuple(_differing_from_list(newer, record)) if newer else ()
        _looked[folder] = (time.monotonic(), found)
    return found


@cache
def _modules(record: Path) -> str:
    """Modules that a distribution consists of, a line each."""
    names = _LISTED.findall(record.read_text(encoding="utf-8"))
    return "\n".join(name for name in names if not _PASSED_OVER.intersection(name.split("/"))) or "\n"


def _newer(names: Iterable[str], site: Path, than: int) -> Iterator[Path]:
    """Those of the modules that were written later than at a moment (in nanoseconds since the epoch)."""
    beginning = os.path.join(site, "")  # noqa: PTH118 - there are thousands, of which hardly one is newer
    for name in names:
        try:
            if os.stat(beginning + name).st_mtime_ns > than:  # noqa: PTH116
                yield site / name
        except OSError:  # it is gone
            continue


def _differing_from_list(paths: Iterable[Path], record: Path) -> Iterator[tuple[str, str]]:
    listed, site = record.read_text(encoding="utf-8"), record.parent.parent
    hashes = dict(re.findall(r"^\"?([^\"\n]+?)\"?,sha256=([^,\n]*),\d*$", listed, re.MULTILINE))
    for name, content in ((path.relative_to(site).as_posix(), path.read_bytes()) for path in paths):
        digest = hashlib.sha256(content)
        if name in hashes and base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode() != hashes[name]:
            yield name, digest.hexdigest()


def _matplotlib(root: Path) -> str | None:
    """Hash of the settings matplotlib would read besides its own, and of the user's styles; None where there are none.

    References
    ----------
    matplotlib, `matplotlib.matplotlib_fname` and `matplotlib.get_configdir`: the places, in this order.
    """
    given, home = os.environ.get("MATPLOTLIBRC", ""), Path(os.path.expanduser("~"))  # noqa: PTH111 - may be missing
    base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") if os.name == "posix" else home
    own = base / "matplotlib" if sys.platform.startswith(("linux", "freebsd")) else home / ".matplotlib"
    config = Path(os.environ.get("MPLCONFIGDIR") or own)
    files = [root / "matplotlibrc", *([Path(given), Path(given) / "matplotlibrc"] if given else [])]
    first = next((path for path in [*files, config / "matplotlibrc"] if path.is_file()), None)
    styles = sorted((config / "stylelib").glob("*.mplstyle"))
    read = [path.read_bytes() for path in [*([first] if first else []), *styles]]
    return hashlib.sha256(json.dumps([content.hex() for content in read]).encode()).hexdigest() if read else None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
