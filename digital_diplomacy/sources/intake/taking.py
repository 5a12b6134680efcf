"""A user's table among those of data/raw: written with its descriptor, named by the table it stands before, removed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError, SourceError, said
from digital_diplomacy.sources.companions import accompany, leave
from digital_diplomacy.sources.files import one_at_a_time, read_package, replace, write_package
from digital_diplomacy.sources.intake.kinds import RANKED, YEARLY, Kind
from digital_diplomacy.sources.intake.model import Answers, Reading
from digital_diplomacy.sources.registry import ACCOMPANIES, FETCHED, IN_FRONT, covers, replaced_column

_YEARLY: Final = {"entity": "iso3", "period": "year", "value": "internet_users_pct"}
_RANKED: Final = {"entity": "iso3", "period": "edition"}
_KEYS: Final = {YEARLY: ["iso3", "year"], RANKED: ["edition", "iso3"]}
_ANSWERS: Final = "answers"
_LASTING: Final = ("columns", "entities", "platforms")
"""Answers that hold of other files, too; a column known by its number alone does not."""

_NOTHING: Final = Answers()
_TYPES: Final = {
    "value": "number",
    "low": "number",
    "high": "number",
    "internet_users_pct": "number",
    "year": "integer",
    "edition": "integer",
    "rank": "integer",
    **dict.fromkeys(("egdi", "epi", "osi", "hci", "tii"), "number"),
}


@dataclass(frozen=True)
class Origin:
    """Where a table is from: the file, who published it, under which licence and at which address.

    Examples
    --------
    >>> from pathlib import Path
    >>> from digital_diplomacy.sources import intake
    >>> intake.Origin(Path("users.csv"), source="National Statistical Committee", licence="CC-BY-4.0").file.name
    'users.csv'
    """

    file: Path
    source: str
    licence: str
    address: str = ""


def own_tables(root: Path) -> dict[str, str]:
    """The project's table by the name of each table of a user, or edition of a publisher, that stands before it.

    Parameters
    ----------
    root : Path
        The project's folder.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import intake
    >>> intake.own_tables(sources.project_root())  # nobody's table stands before those of the project
    {}
    """
    resources = read_package(root, "raw")["resources"]
    beside = {one["name"] for one in resources if ACCOMPANIES in one}
    return {own: str(one["name"]) for one in resources for own in one.get(IN_FRONT, []) if own not in beside}


def remembered(kind: Kind, *, root: Path) -> Answers:
    """What was answered of tables of this kind before: what headers mean, and names of countries and platforms.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import intake
    >>> with sources.trial() as root:
    ...     path, kind = root / "users.csv", intake.kind_of("internet_users")
    ...     pd.DataFrame({"Country": ["Kirgisia"], "2020": [72.0]}).to_csv(path, index=False)
    ...     answers = intake.Answers(entities={"Kirgisia": "KGZ"})
    ...     origin = intake.Origin(path, source="National Statistical Committee", licence="CC-BY-4.0")
    ...     intake.add(intake.read_foreign(path, kind, answers), kind, origin, root=root, answers=answers)
    ...     intake.remembered(kind, root=root).entities
    'own_internet_users'
    {'Kirgisia': 'KGZ'}
    """
    known = read_package(root, "raw").get(_ANSWERS, {}).get(kind.table, {})
    columns, entities, platforms = (dict(known.get(name, {})) for name in _LASTING)
    return Answers(columns=columns, entities=entities, platforms=platforms)


@one_at_a_time
def add(
    reading: Reading,
    kind: Kind,
    origin: Origin,
    *,
    root: Path,
    answers: Answers = _NOTHING,
    further: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Write a table and its description to data/raw; nothing is written unless all can be.

    The description keeps the answers that hold of other files, too, and keeps them when the table is taken out again.

    Parameters
    ----------
    reading : Reading
        Without questions and faults.
    kind : Kind
        What its figures are.
    origin : Origin
        Where they are from.
    root : Path
        The project's folder.
    answers : Answers, optional
        What was answered of the file.
    further : mapping of table name to DataFrame, optional
        What has to stand before other tables of the project with it, as weights and exceptions of an index.

    Returns
    -------
    str
        The name of the new table.

    Raises
    ------
    ValueError
        If the reading has questions or faults.
    SourceError
        If the same file is there already, or another table of a user has figures on one of the countries.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import intake
    >>> with sources.trial() as root:
    ...     path, kind = root / "users.csv", intake.kind_of("internet_users")
    ...     pd.DataFrame({"Country": ["Kyrgyzstan"], "2020": [72.0]}).to_csv(path, index=False)
    ...     origin = intake.Origin(path, source="National Statistical Committee", licence="CC-BY-4.0")
    ...     intake.add(intake.read_foreign(path, kind), kind, origin, root=root)
    ...     intake.own_tables(root)
    'own_internet_users'
    {'own_internet_users': 'internet_users'}
    """
    if reading.questions or reading.faults or reading.frame.empty:
        raise ArgumentError("the reading is not finished; answer its questions and mend its faults first")
    digest = hashlib.sha256(origin.file.read_bytes()).hexdigest()
    package = read_package(root, "raw")
    resources = {one["name"]: one for one in package["resources"]}
    before = resources[kind.table].get(IN_FRONT, [])
    frame = laid_out(reading, kind)
    _refuse_known(frame, kind, [resources[own] for own in before], digest, root)
    name = next(
        name
        for name in (
            f"own_{kind.table}{'' if number == 1 else f'_{number}'}" for number in range(1, len(resources) + 2)
        )
        if name not in resources
    )
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    resource = _resource(name, frame, kind, origin, resources[kind.table])
    resource |= {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
    resource |= covers(frame, kind.table)
    resource["takenFrom"] = {"file": _called(origin.file), "hash": f"sha256:{digest}", "columns": _mapping(reading)}
    resources[kind.table][IN_FRONT] = [*before, name]
    _remember(package, kind, answers)
    package["resources"] = [*package["resources"], resource]
    # The table first: until the descriptor names it, nobody reads it.
    replace(root / "data" / "raw" / f"{name}.csv", content)
    accompany(package, name, further or {}, root=root)
    write_package(package, root, "raw")
    return name


def _remember(package: dict[str, Any], kind: Kind, answers: Answers) -> None:
    given = {name: {text: code for text, code in getattr(answers, name).items() if not text.startswith("#")}
             for name in _LASTING}  # fmt: skip
    known = package.get(_ANSWERS, {}).get(kind.table, {})
    kept = {name: {**known.get(name, {}), **told} for name, told in given.items() if told or known.get(name)}
    if kept:
        package[_ANSWERS] = {**package.get(_ANSWERS, {}), kind.table: kept}


def _refuse_known(frame: pd.DataFrame, kind: Kind, before: list[dict[str, Any]], digest: str, root: Path) -> None:
    for own in before:
        taken = own.get("takenFrom", {})
        again = said("`digital-diplomacy data remove {name}` takes it out", name=own["name"])
        if taken.get("hash") == f"sha256:{digest}":
            raise SourceError(
                "{file} is there already, as the table {name}; {again}",
                file=taken["file"],
                name=own["name"],
                again=again,
            )
        held = pd.read_csv(root / "data" / "raw" / own["path"], dtype=str, keep_default_na=False)
        key = replaced_column(kind.table, held)
        common = sorted(set(held[key]) & set(frame[key].astype(str)))
        if common:
            raise SourceError(
                "{common}: your table {name} (from {file}) has figures already, and two of yours cannot stand "
                "before one table; {again}",
                common=", ".join(common),
                name=own["name"],
                file=taken.get("file"),
                again=again,
            )


def laid_out(reading: Reading, kind: Kind) -> pd.DataFrame:
    """What was read in the columns of the table it stands before.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> folder = tempfile.TemporaryDirectory()
    >>> path, kind = Path(folder.name) / "index.csv", intake.kind_of("un_egdi")
    >>> row = {"Страна": "Казахстан", "Год": 2026, "Место": 1, "EGDI": 0.9, "OSI": 0.9, "HCI": 0.8, "TII": 1.0}
    >>> pd.DataFrame([row]).to_csv(path, index=False)
    >>> intake.laid_out(intake.read_foreign(path, kind), kind)
       edition iso3  rank  egdi  osi  hci  tii  epi
    0     2026  KAZ     1   0.9  0.9  0.8  1.0  NaN
    >>> folder.cleanup()
    """
    frame = reading.frame
    if kind.table == RANKED:
        by_cell = frame.set_index(["period", "entity", "measure"])["value"]
        wide = by_cell.unstack("measure").reset_index()  # noqa: PD010 - a second figure of one cell was refused
        order = ["period", "entity", *(one.code for one in kind.measures)]
        return (
            wide.reindex(columns=order)
            .rename(columns=_RANKED)
            .rename_axis(columns=None)
            .astype({"edition": int, "rank": "Int64"})
        )
    if kind.table == YEARLY:
        kept = ["entity", "period", "value", "as_printed", "low", "high", "place"]
        return frame[kept].rename(columns=_YEARLY).astype({"year": int})
    return frame if kind.is_grouped else frame.drop(columns="platform")


def _resource(name: str, frame: pd.DataFrame, kind: Kind, given: Origin, target: dict[str, Any]) -> dict[str, Any]:
    origin = Origin(given.file, *map(labels.on_one_line, (given.source, given.licence, given.address)))
    known = {one["name"]: one for one in target["schema"]["fields"]}
    fields = []
    for column in frame.columns:
        said = known.get(
            column,
            {"title": column.replace("_", " ").capitalize(), "description": _SAID[column]} if column in _SAID else {},
        )
        constraints = {
            key: rule for key, rule in said.get("constraints", {}).items() if column not in ("year", "edition")
        }
        field = {
            "name": column,
            "type": _TYPES.get(column, "string"),
            **{k: v for k, v in said.items() if k in ("title", "description", "unit")},
        }
        fields.append(field | ({"constraints": constraints} if constraints else {}))
    key = _KEYS.get(kind.table, ["entity", "period", "measure"])
    licence = {"name": origin.licence} if origin.licence else {"name": "notspecified", "title": "not stated"}
    return {
        "name": name, "type": "table", "path": f"{name}.csv", "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "title": origin.source,
        "description": f"A user's table, from {_called(given.file)}; its countries stand before those of {kind.table}.",
        "sources": [_source(origin)], "licenses": [licence], "rights": _rights(origin),
        "schema": {"fields": fields, "primaryKey": [*key, *(["platform"] if kind.is_grouped else [])],
                   "missingValues": [""]},
    }  # fmt: skip


def _called(file: Path) -> str:
    """The name of a file as a description tells it, which is text, whatever the system takes for a name."""
    return labels.on_one_line(file.name)


_WEB: Final = re.compile(r"(https?://[\w.-]+)(/\S*)?")


def _source(origin: Origin) -> dict[str, str]:
    """Publisher, vintage, day of taking in, and address; whatever else was given as one stands in a note."""
    file, address = f"taken in from the file {_called(origin.file)}, as it was given", origin.address.strip()
    web = _WEB.fullmatch(address)
    told = f"; address as given: {address}" if address else "; no address was given"
    where = {"path": f"{web[1]}{web[2] or '/'}"} if web else {"note": f"{file}{told}"}
    today = datetime.now(UTC).date().isoformat()
    return {"title": origin.source, **where, "version": "as the file was given", "accessed": today}


def _rights(origin: Origin) -> str:
    stated = (
        f"the licence stated when it was taken in is {origin.licence}" if origin.licence else "no licence was stated"
    )
    return (
        f"A user's own table: the figures belong to {origin.source}; {stated}. No licence of this project covers them."
    )


_SAID: Final = {
    "as_printed": "The figure as the file prints it, without marks of footnotes",
    "low": "Lower end of the rounding interval",
    "high": "Upper end of the rounding interval",
    "place": "Line or row of the file",
}


def _mapping(reading: Reading) -> dict[str, str]:
    return {column.header or f"#{column.place + 1}": column.role for column in reading.columns}


@one_at_a_time
def remove(name: str, *, root: Path) -> None:
    """Take a user's table out again; the tables of the project cannot be.

    Parameters
    ----------
    name : str
        As `own_tables` lists it.
    root : Path
        The project's folder.

    Raises
    ------
    SourceError
        If there is no such table of a user, naming those there are.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import intake
    >>> with sources.trial() as root:
    ...     path, kind = root / "users.csv", intake.kind_of("internet_users")
    ...     pd.DataFrame({"Country": ["Kyrgyzstan"], "2020": [72.0]}).to_csv(path, index=False)
    ...     origin = intake.Origin(path, source="National Statistical Committee", licence="CC-BY-4.0")
    ...     name = intake.add(intake.read_foreign(path, kind), kind, origin, root=root)
    ...     intake.remove(name, root=root)
    ...     intake.own_tables(root)
    {}
    """
    package = read_package(root, "raw")
    own = dict.fromkeys([*own_tables(root), *(one["name"] for one in package["resources"] if FETCHED in one)])
    if name not in own:
        there = ", ".join(own) or said("none")
        raise SourceError(
            "{name!r} is no table that `data add` or `data fetch` took in; there are: {there}", name=name, there=there
        )
    leave(package, name)
    package["resources"] = [one for one in package["resources"] if one["name"] != name]
    for one in package["resources"]:
        if name in one.get(IN_FRONT, []):
            one[IN_FRONT] = [other for other in one[IN_FRONT] if other != name]
            if not one[IN_FRONT]:
                del one[IN_FRONT]
    write_package(package, root, "raw")
