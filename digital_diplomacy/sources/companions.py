"""Tables that say how another one is to be read, and stand with it before those of the project."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.sources.files import replace
from digital_diplomacy.sources.registry import ACCOMPANIES, COVERS, IN_FRONT, ROWS

_FREE: Final = ("enum",)  # editions may be others than those of the project's table


def accompany(package: dict[str, Any], name: str, further: Mapping[str, pd.DataFrame], *, root: Path) -> None:
    """Write tables beside one that was taken in, and put them before the project's tables of their kind.

    Parameters
    ----------
    package : dict
        The descriptor of data/raw, which is changed; writing it is the caller's.
    name : str
        Of the table they belong to.
    further : mapping of table name to DataFrame
        By the project's table that each stands before; its editions are then read from there alone, also those that
        have no row.
    root : Path
    """
    leave(package, name)
    resources = {one["name"]: one for one in package["resources"]}
    for table, frame in further.items():
        own, target, main = f"{name}_{table}", resources[table], resources[name]
        content = frame.to_csv(index=False, lineterminator="\n").encode()
        replace(root / "data" / "raw" / f"{own}.csv", content)
        package["resources"].append(_described(own, frame, target, main, content))
        target[IN_FRONT] = [*target.get(IN_FRONT, []), own]


def _described(
    own: str, frame: pd.DataFrame, target: Mapping[str, Any], main: Mapping[str, Any], content: bytes
) -> dict[str, Any]:
    fields = [_field(field) for field in target["schema"]["fields"] if field["name"] in frame]
    return {
        "name": own, "type": "table", "path": f"{own}.csv", "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "title": f"{main['title']}: {target['title']}",
        "description": f"Found in the figures of {main['name']}.",
        **{key: main[key] for key in ("sources", "licenses", "rights") if key in main},
        "schema": {"fields": fields, "primaryKey": target["schema"]["primaryKey"], "missingValues": [""]},
        ACCOMPANIES: main["name"], COVERS: main[COVERS], ROWS: len(frame),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content),
    }  # fmt: skip


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    rules = field.get("constraints", {})
    loosened = {key: rule for key, rule in rules.items() if field["name"] != "edition" or key not in _FREE}
    return {**field, "constraints": loosened}


def leave(package: dict[str, Any], names: str | Iterable[str]) -> None:
    """Take the tables that stand with some out of the descriptor, as they are made anew whenever one is used."""
    mains = {names} if isinstance(names, str) else set(names)
    gone = {one["name"] for one in package["resources"] if one.get(ACCOMPANIES) in mains}
    package["resources"] = [one for one in package["resources"] if one["name"] not in gone]
    for one in package["resources"]:
        kept = [other for other in one.get(IN_FRONT, []) if other not in gone]
        if IN_FRONT in one and kept != one[IN_FRONT]:
            one[IN_FRONT] = kept
            if not kept:
                del one[IN_FRONT]
