"""Finding, reading, writing and sealing the tables that ``datapackage.json`` describes."""

import copy
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import SourceError, TableError, joined, said
from digital_diplomacy.sources.files import (
    DESCRIPTOR,
    changing,
    read_bytes,
    read_package,
    replace,
    text_cells,
    write_package,
)
from digital_diplomacy.sources.schemas import primary_key, table_schema
from digital_diplomacy.tables import MAX_REPORTED, edition_source, own_source, validate

FOLDERS: Final = ("raw", "processed")
IN_FRONT: Final = "inFront"
"""What a table's entry calls the tables of a user whose countries are read instead of its own."""

FETCHED: Final = "fetched"
"""What the entry of an edition of a publisher calls where, when and how it was fetched."""

ACCOMPANIES: Final = "accompanies"
"""What the entry of a table that says how another is to be read calls that other one."""

COVERS: Final = "covers"
"""What the entry of a table calls the editions that are read from it alone, also where it has no row on one."""

ROWS: Final = "rowCount"
"""What such an entry calls its rows: there may be none, where a table must have some."""

BY_EDITION: Final = ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")
"""Tables whose editions are replaced whole: a rank is one among all states, and two sources have no common ranking."""

_REMEMBERED: Final = 64  # tables kept as validated, by their bytes: a megabyte each at most


def project_root(start: Path | str | None = None) -> Path:
    """The nearest folder at or above ``start`` (default: working directory) that holds ``data/raw/datapackage.json``.

    Raises
    ------
    SourceError
        Saying how to get the tables.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> (sources.project_root() / "data" / "raw" / "datapackage.json").is_file()
    True
    """
    here = Path("" if start is None else start).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw" / DESCRIPTOR).is_file():
            return folder
    raise SourceError(
        "no data/raw/{descriptor} in {here} or above it; the tables are part of the repository, not of the "
        "installed package: clone it and work inside the clone",
        descriptor=DESCRIPTOR,
        here=here,
    )


@contextmanager
def trial(*, root: Path | str | None = None) -> Iterator[Path]:
    """A temporary copy of the project's tables, for trying out what writes to them; gone when the block ends.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> with sources.trial() as root:
    ...     (root / "data" / "raw" / "stances.csv").unlink()
    ...     (sources.project_root() / "data" / "raw" / "stances.csv").is_file()
    True
    """
    with TemporaryDirectory() as folder:
        shutil.copytree(project_root(root) / "data", Path(folder) / "data")
        yield Path(folder)


def names(folder: str | None = None, *, root: Path | str | None = None) -> list[str]:
    """Names of the tables in ``raw``, in ``processed``, or (by default) in both.

    Parameters
    ----------
    folder : {"raw", "processed"}, optional
        Whose tables.
    root : Path or str, optional
        As in `load`.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> "un_egdi" in sources.names("raw"), "un_egdi" in sources.names("processed")
    (True, False)
    >>> sources.names("processed")
    ['claims_parsed', 'egdi_by_edition', 'network_by_relation']
    """
    base = project_root() if root is None else Path(root)
    wanted = FOLDERS if folder is None else (folder,)
    return [resource["name"] for place in wanted for resource in read_package(base, place)["resources"]]


def _find(name: str, root: Path) -> tuple[str, dict[str, Any]]:
    for folder in FOLDERS:
        for resource in read_package(root, folder)["resources"]:
            if resource["name"] == name:
                return folder, resource
    for folder in FOLDERS:
        if (root / "data" / folder / f"{name}.csv").is_file():
            raise SourceError(
                "data/{folder}/{name}.csv is not listed in data/{folder}/{descriptor}; describe it there "
                "(docs/en/adapt.md shows how) before it is used",
                folder=folder,
                name=name,
                descriptor=DESCRIPTOR,
            )
    raise SourceError("unknown table {name!r}; known tables: {names}", name=name, names=", ".join(names(root=root)))


def describe(name: str, *, root: Path | str | None = None) -> dict[str, Any]:
    """The descriptor's entry for a table: title, description, schema, sources, licences, path, hash (a copy).

    Parameters
    ----------
    name : str
        A table of ``raw`` or ``processed``.
    root : Path or str, optional
        As in `load`.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> entry = sources.describe("un_egdi_editions")
    >>> entry["file"], entry["schema"]["primaryKey"]
    ('data/raw/un_egdi_editions.csv', ['edition'])
    """
    base = project_root() if root is None else Path(root)
    folder, resource = _find(name, base)
    entry = copy.deepcopy(resource)
    entry["file"] = f"data/{folder}/{resource['path']}"
    package = read_package(base, folder)
    for inherited in ("licenses", "sources"):
        entry.setdefault(inherited, package.get(inherited, []))
    return entry


def load(name: str, *, root: Path | str | None = None, in_front: bool = True) -> pd.DataFrame:
    """One table, typed and validated.

    Parameters
    ----------
    name : str
        Name of a resource in ``data/raw/datapackage.json`` or ``data/processed/datapackage.json``.
    root : Path or str, optional
        The project's folder; by default it is looked for from the working directory upwards.
    in_front : bool
        Whether tables that were taken in stand before it; without them it is what its documents print.

    Returns
    -------
    DataFrame
        Columns as described; whole numbers as Int64, missing codes as missing. Where a user's table stands before it,
        that table's countries are read from there, and a further column ``source_id`` says where each row is from.

    Raises
    ------
    SourceError
        If the table is unlisted, its file is missing, or its SHA-256 is not the descriptor's.
    TableError
        If a cell breaks its column's rules, naming file, row key, column and rule.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> table = sources.load("un_egdi")
    >>> table.loc[(table["iso3"] == "KAZ") & (table["edition"] == 2024), ["rank", "egdi"]]
          rank     egdi
    2210    24  0.90093
    """
    base = project_root() if root is None else Path(root)
    folder, resource = _find(name, base)
    where = f"data/{folder}/{resource['path']}"
    content = read_bytes(base / where, where)
    found, expected = _sha256(content), str(resource.get("hash", "")).removeprefix("sha256:")
    if found != expected:
        raise SourceError(
            "{where} was changed: its SHA-256 is {found}, the descriptor says {expected}; restore the file, or if "
            "the change is intended run `digital-diplomacy seal {name}`",
            where=where,
            found=found,
            expected=expected or said("nothing"),
            name=name,
        )
    frame = _validated(content, json.dumps(resource), where).copy()
    _check_foreign_keys(frame, resource, where, base)
    for own in resource.get(IN_FRONT, []) if in_front else []:
        described = describe(own, root=base)
        main = describe(described[ACCOMPANIES], root=base) if ACCOMPANIES in described else described
        source = (edition_source if FETCHED in main else own_source)(labels.on_one_line(main["title"]))
        held = load(own, root=base) if described.get(ROWS, 1) else frame.iloc[:0]
        frame = _behind(frame, held, name, source, described.get(COVERS, []))
    return frame


def entity_column(frame: pd.DataFrame) -> str:
    """The column of countries."""
    return "iso3" if "iso3" in frame else "entity"


def replaced_column(name: str, frame: pd.DataFrame) -> str:
    """The column of what is read from one source whole: countries, or editions of a ranking."""
    return "edition" if name in BY_EDITION else entity_column(frame)


def covers(frame: pd.DataFrame, table: str) -> dict[str, list[int]]:
    """The entry of a table on the editions it holds, where editions are what is replaced."""
    return {COVERS: sorted({int(one) for one in frame["edition"]})} if table in BY_EDITION else {}


def _behind(frame: pd.DataFrame, own: pd.DataFrame, name: str, source: str, covered: Sequence[object]) -> pd.DataFrame:
    """The table with the countries (or editions) of a user's table from there, whole, and the source of every row.

    No country is put together from two sources: a line through figures of both would show a step that is none.
    """
    given = frame if "source_id" in frame else frame.assign(source_id=name)
    key = replaced_column(name, frame)
    kept = given[~given[key].isin({*own[key], *covered})]
    rows = own.reindex(columns=frame.columns).assign(source_id=source)
    types = {column: kind for column, kind in frame.dtypes.items() if column != "source_id"}
    return pd.concat([kept, rows.astype(types)], ignore_index=True)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=_REMEMBERED)
def _validated(content: bytes, described: str, where: str) -> pd.DataFrame:
    """The table of a file's bytes and its descriptor's entry; others refer to it more than once in a notebook."""
    resource = json.loads(described)
    text = text_cells(content, resource["schema"].get("missingValues", [""]), where)
    for field in resource["schema"]["fields"]:
        if field["type"] == "boolean" and field["name"] in text:
            text[field["name"]] = text[field["name"]].astype(object).replace({"true": True, "false": False})
    return validate(text, table_schema(resource), where=where, key=primary_key(resource))


def _check_foreign_keys(frame: pd.DataFrame, resource: dict[str, Any], where: str, root: Path) -> None:
    for foreign in resource["schema"].get("foreignKeys", []):
        fields, reference = foreign["fields"], foreign["reference"]
        own = [fields] if isinstance(fields, str) else fields
        other = [reference["fields"]] if isinstance(reference["fields"], str) else reference["fields"]
        target = reference.get("resource", "")
        known = load(target, root=root) if target else frame
        allowed = set(known[other].dropna().itertuples(index=False, name=None))
        rows = frame[own].dropna()
        bad = [(int(str(row[0])), row[1:]) for row in rows.itertuples(name=None) if row[1:] not in allowed]
        if bad:
            lines = [
                said(
                    "row {row}, column `{column}`: {value!r} is not in {table}.{others}",
                    row=row + 1, column=", ".join(own), value="/".join(map(str, value)),
                    table=target or said("the same table"), others=", ".join(other),
                )
                for row, value in bad[:MAX_REPORTED]
            ]  # fmt: skip
            if len(bad) > MAX_REPORTED:
                lines.append(said("... and {count} more", count=len(bad) - MAX_REPORTED))
            raise TableError("{where}: {lines}.", where=where, lines=joined(lines))


def save(name: str, frame: pd.DataFrame, *, root: Path | str | None = None) -> Path:
    """Write a processed table, sorted by its key, and its hash into ``data/processed/datapackage.json``.

    Parameters
    ----------
    name : str
        A table described in ``data/processed/datapackage.json``.
    frame : DataFrame
        Validated against that description before anything is written.

    Raises
    ------
    SourceError
        If the name is that of a raw table: those are sources and never written.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> with sources.trial() as root:
    ...     table = sources.load("network_by_relation")
    ...     sources.save("network_by_relation", table.head(3), root=root).name
    ...     len(sources.load("network_by_relation", root=root))
    'network_by_relation.csv'
    3
    """
    base = project_root() if root is None else Path(root)
    folder, resource = _find(name, base)
    if folder != "processed":
        raise SourceError("{name} is a raw table; only tables of data/processed are written", name=name)
    where = f"data/{folder}/{resource['path']}"
    key = primary_key(resource)
    checked = validate(frame, table_schema(resource), where=where, key=key).sort_values(
        key, kind="stable", ignore_index=True
    )
    for column in checked.select_dtypes("boolean"):
        checked[column] = checked[column].map({True: "true", False: "false"})
    content = checked.to_csv(index=False, lineterminator="\n").encode()
    replace(base / where, content)
    _store_hash(base, folder, name, content)
    return base / where


def seal(name: str, *, root: Path | str | None = None) -> str:
    """Accept a table as it now stands: validate it, then store its SHA-256 and size in its descriptor.

    Parameters
    ----------
    name : str
        A table of ``raw`` or ``processed``.
    root : Path or str, optional
        As in `load`.

    Returns
    -------
    str
        The SHA-256 now stored.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> with sources.trial() as root:
    ...     path = root / "data" / "raw" / "stances.csv"
    ...     size = path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))  # two rows are left
    ...     digest = sources.seal("stances", root=root)
    ...     sources.describe("stances", root=root)["hash"] == f"sha256:{digest}"
    ...     len(sources.load("stances", root=root))
    True
    2
    """
    base = project_root() if root is None else Path(root)
    folder, resource = _find(name, base)
    where = f"data/{folder}/{resource['path']}"
    content = read_bytes(base / where, where)
    _check_foreign_keys(_validated(content, json.dumps(resource), where), resource, where, base)
    _store_hash(base, folder, name, content)
    return _sha256(content)


def _store_hash(root: Path, folder: str, name: str, content: bytes) -> None:
    found = {"hash": f"sha256:{_sha256(content)}", "bytes": len(content)}
    if describe(name, root=root).items() >= found.items():  # a project that cannot be written to is in order as it is
        return
    with changing(root):
        package = read_package(root, folder)
        for resource in package["resources"]:
            if resource["name"] == name:
                resource |= found
        write_package(package, root, folder)
