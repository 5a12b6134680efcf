"""Whether the tables of data/processed are still those of the raw tables, and from which of them each was built."""

import errno
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import Said, said
from digital_diplomacy.runs import dependencies, software
from digital_diplomacy.runs.places import write_text
from digital_diplomacy.runs.snapshot import Snapshot, changes, description_of, has_parts, module_named, read_json

_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def tables_to_build(stamp: Path, now: Snapshot, wanted: Iterable[str], modules: Collection[str]) -> list[Said]:
    """Why the tables of data/processed have to be built again; empty if they are those of the raw tables and modules.

    Parameters
    ----------
    stamp : Path
        File that `stamp_tables` wrote.
    now : Snapshot
    wanted : iterable of str
        Names of the tables that are to be there.
    modules : collection of str
        Dotted names of the modules that build them; what those import counts too.
    """
    stored = read_json(stamp)
    if stored is None or not _is_whole(stored):
        return [said("the tables of data/processed were not built here yet")]
    # While no module has changed, they import the same ones as before: no need to parse them all.
    reasons = [*changes(module_named, stored["modules"], now.module)]
    reasons += [said("other modules build them now")] if stored["asked"] != sorted(modules) else []
    for table in stored["tables"].values():
        reasons += changes(str, table["files"], now.file)
        reasons += changes(description_of, table["descriptions"], now.table)
    reasons += software.changes(stored["environment"], now.environment)
    paths = {described["name"]: path for path, described in now.tables.items()}
    reasons += [
        said("{path} is described but not built", path=paths[name])
        for name in wanted
        if paths[name] not in stored["tables"]
    ]
    return list(dict.fromkeys(reasons))


def _is_whole(stored: Mapping[str, Any]) -> bool:
    return (
        has_parts(stored, {"asked": list, "tables": dict, "modules": dict, "environment": dict})
        and all(has_parts(table, {"files": dict, "descriptions": dict}) for table in stored["tables"].values())
        and software.is_noted(stored["environment"])
    )


def stamp_tables(stamp: Path, built: Mapping[str, Collection[str]], modules: Collection[str], root: Path) -> None:
    """Note what the tables of data/processed were built from, for `tables_to_build` and for tracing a figure.

    Parameters
    ----------
    stamp : Path
        Written; its folder is made if missing.
    built : mapping
        Name of each table built to the names of the tables it was built from.
    modules : collection of str
        As for `tables_to_build`.
    root : Path
        The project.
    """
    now = Snapshot(root)  # a new one: the tables have just been written
    paths = {described["name"]: path for path, described in now.tables.items()}
    tables = {}
    for name, made_from in built.items():
        involved = [paths[name], *(paths[other] for other in sorted(made_from))]
        tables[paths[name]] = {
            "files": {path: now.file(path) for path in involved},
            "descriptions": {path: now.table(path) for path in involved},
        }
    used = dependencies.modules_used([f"import {name}" for name in modules], now.root)
    content = {
        "asked": sorted(modules),
        "tables": tables,
        "modules": {name: now.file(path) for name, path in used.items()},
        "environment": now.environment,
    }
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        write_text(stamp, json.dumps(content, indent=1, sort_keys=True) + "\n")
    except OSError as error:
        if error.errno not in _NOT_ALLOWED:  # in a project that may only be read, they are built again the next time
            raise


def made_from(stamp: Path, table: str) -> dict[str, str | None] | None:
    """Paths of a processed table and of those it was built from, with their hashes; None where that is not noted."""
    stored = read_json(stamp) or {}
    noted = stored["tables"].get(table) if _is_whole(stored) else None
    return dict(noted["files"]) if noted else None
