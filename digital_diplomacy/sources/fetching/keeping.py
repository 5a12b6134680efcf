"""Editions of publishers among the tables of data/raw: written once, never over another, and one of them read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.companions import accompany, leave
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import Publisher, series_of, slug
from digital_diplomacy.sources.files import one_at_a_time, read_package, replace, write_package
from digital_diplomacy.sources.registry import FETCHED, IN_FRONT, covers, replaced_column
from digital_diplomacy.sources.schemas import table_schema
from digital_diplomacy.tables import validate

USED: Final = ("internet_users", "statcounter_2020", "datareportal", "brand_analytics_2023", "un_egdi")
"""Tables that notebooks read from an edition, if the user wants it."""
_YEARLY: Final = {"entity": "iso3", "period": "year", "value": "internet_users_pct"}
_TYPES: Final = {
    "number": ("value", "low", "high", "internet_users_pct", "egdi", "epi", "osi", "hci", "tii"),
    "integer": ("year", "edition", "rank"),
}
_SAID: Final = {
    "entity": "Country the figure is about, ISO 3166 alpha-3",
    "period": "What the figure refers to, ISO 8601",
    "measure": "What is measured, code",
    "platform": "Platform, code; empty if the figure is about none",
    "as_printed": "The figure as the publisher's file has it",
    "value": "The figure as a number in the row's unit",
    "low": "Lower end of the rounding interval, where the publisher's digits are a sign of precision",
    "high": "Upper end of the rounding interval",
    "unit": "Unit, code; empty if it is told by the title alone",
    "base": "Population the figure refers to, code",
    "bound": "How the publisher qualifies the figure",
    "place": "Where in the file the figure stands",
}


@dataclass(frozen=True)
class Edition:
    """A table of data/raw that was fetched.

    Attributes
    ----------
    name : str
        Of the table; holds the edition.
    publisher, series, edition : str
    table : str
        The table of the project it can stand before; empty if none.
    countries : tuple of str
        Those asked for; none for all.
    period : str
        That asked for; empty for all.
    retrieved : str
        UTC, ISO 8601.
    used : bool
        Whether it is read in front of its table now.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     [edition] = fetching.editions(root)
    ...     edition.edition, edition.table, edition.countries, edition.used
    ('2026-07-13', 'internet_users', ('KAZ',), False)
    """

    name: str
    publisher: str
    series: str
    edition: str
    table: str
    countries: tuple[str, ...]
    period: str
    retrieved: str
    used: bool


def editions(root: Path) -> list[Edition]:
    """All editions that were fetched, the older before the newer of a series.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     [one.edition for one in fetching.editions(root)]
    ['2026-07-13']
    """
    resources = read_package(root, "raw")["resources"]
    used = {name for one in resources for name in one.get(IN_FRONT, [])}
    found = [_edition(one, one["name"] in used) for one in resources if FETCHED in one]
    return sorted(found, key=lambda one: (one.publisher, one.series, one.edition, one.retrieved, one.name))


def _edition(resource: dict[str, Any], used: bool) -> Edition:
    said = resource[FETCHED]
    return Edition(
        resource["name"], said["publisher"], said["series"], said["edition"], said["table"], tuple(said["countries"]),
        said["period"], said["files"][0]["retrieved"], used,
    )  # fmt: skip


def known_edition(root: Path, name: str) -> Edition:
    """An edition by the name of its table.

    Raises
    ------
    FetchError
        ``no_edition``, naming those there are.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     fetching.known_edition(root, name).series
    'IT.NET.USER.ZS'
    """
    found = {one.name: one for one in editions(root)}
    if not found:
        raise FetchError("nothing_fetched", name=name)
    if name not in found:
        raise FetchError("no_edition", name=name, names=", ".join(found))
    return found[name]


@one_at_a_time
def keep(
    published: Published, bodies: Sequence[Received], publisher: Publisher, query: Query, *, root: Path
) -> tuple[str, bool]:
    """Write an edition and its description to data/raw; nothing is written unless all can be.

    Parameters
    ----------
    published : Published
    bodies : sequence of Received
        The files it was read from.
    publisher, query
    root : Path
        The project's folder.

    Returns
    -------
    str
        The name of the table.
    bool
        Whether it is new; the same figures of the same edition are there once.

    Raises
    ------
    FetchError
        ``rule`` if a figure breaks a rule of the table it would stand before.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     published = fetching.read(world, bodies, query)
    ...     fetching.keep(published, bodies, world, query, root=root)
    ...     fetching.keep(published, bodies, world, query, root=root)
    ('worldbank_it_net_user_zs_2026_07_13', True)
    ('worldbank_it_net_user_zs_2026_07_13', False)
    """
    package = read_package(root, "raw")
    resources = {one["name"]: one for one in package["resources"]}
    series = series_of(publisher.publisher, published.series)
    frame = _laid_out(published.figures, series.table)
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    edition = published.edition or bodies[0].retrieved[:10]
    for one in resources.values():
        if FETCHED in one and one["hash"] == digest and one[FETCHED]["series"] == published.series:
            return str(one["name"]), False
    name = _free(f"{publisher.publisher}_{slug(published.series)}_{slug(edition)}", resources)
    day = max(body.retrieved for body in bodies)[:10]
    resource = _described(name, edition, frame, published, publisher, resources.get(series.table, {}), day)
    resource |= {"hash": digest, "bytes": len(content)} | covers(frame, series.table)
    resource[FETCHED] = {
        "publisher": publisher.publisher, "series": published.series, "edition": edition,
        "isStated": bool(published.edition), "table": series.table, "unit": published.unit,
        "countries": list(query.countries), "period": query.period, "files": [_file(body) for body in bodies],
    }  # fmt: skip
    _check(frame, resource, bodies[0])
    package["resources"] = [*package["resources"], resource]
    # The table first: until the descriptor names it, nobody reads it.
    replace(root / "data" / "raw" / f"{name}.csv", content)
    write_package(package, root, "raw")
    return name, True


def _free(name: str, resources: dict[str, Any]) -> str:
    """The name, or the first with a number behind it that no table has."""
    names = (f"{name}{'' if number == 1 else f'_{number}'}" for number in range(1, len(resources) + 2))
    return next(one for one in names if one not in resources)


def _file(body: Received) -> dict[str, Any]:
    said = {"address": body.address} if body.address else {"file": body.name}
    return said | {"hash": f"sha256:{body.sha256}", "bytes": len(body.content), "retrieved": body.retrieved}


def _laid_out(figures: pd.DataFrame, table: str) -> pd.DataFrame:
    """The columns of the table they can stand before, or all."""
    if table == "internet_users":
        kept = [*_YEARLY, "as_printed", "place"]
        return figures[kept].rename(columns=_YEARLY)
    if "rank" in figures:
        return figures.astype({"rank": "Int64"})
    return figures


def _described(
    name: str,
    edition: str,
    frame: pd.DataFrame,
    published: Published,
    publisher: Publisher,
    target: dict[str, Any],
    day: str,
) -> dict[str, Any]:
    known = {one["name"]: one for one in target.get("schema", {}).get("fields", [])}
    kinds = {column: kind for kind, columns in _TYPES.items() for column in columns}
    stated = published.edition or "not stated"
    page = publisher.page.format(indicator=published.series)
    licence = {"name": publisher.licence, "title": publisher.licence_title, "path": publisher.licence_address}
    code = f"{published.series}: " if "indicator" in publisher.needs and published.series != published.title else ""
    named = f"{publisher.title}, {code}{published.title}"
    source = {"title": f"{named}{f' ({published.citation})' if published.citation else ''}", "path": page}
    source |= {"version": f"edition {stated}", "accessed": day}
    terms = publisher.licence_title or "not stated"
    return {
        "name": name, "type": "table", "path": f"{name}.csv", "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "title": f"{named}, {edition}",
        "description": f"Fetched from {publisher.title}; edition {stated}; unit stated: {published.unit or 'none'}.",
        "sources": [source], "licenses": [{key: text for key, text in licence.items() if text}],
        "rights": f"Figures of {publisher.title}, under its terms: {terms}. No licence of this project covers them.",
        "schema": {"fields": [_field(column, kinds.get(column, "string"), known) for column in map(str, frame)],
                   "primaryKey": _key(frame), "missingValues": [""]},
    }  # fmt: skip


def _field(column: str, kind: str, known: dict[str, Any]) -> dict[str, Any]:
    """A column as the table it can stand before describes it; years and editions may be others than there."""
    said = known.get(column, {"title": column.replace("_", " ").capitalize(), "description": _SAID.get(column, column)})
    field = {"name": column, "type": kind} | {key: said[key] for key in ("title", "description", "unit") if key in said}
    free = ("enum", "required") if column not in ("iso3", "year", "edition") else ("enum", "minimum", "maximum")
    rules = {key: rule for key, rule in said.get("constraints", {}).items() if key not in free}
    return field | ({"constraints": rules} if rules else {})


def _key(frame: pd.DataFrame) -> list[str]:
    for key in (["edition", "iso3"], ["iso3", "year"]):
        if set(key) <= set(frame):
            return key
    return ["entity", "period", "measure", "platform"]


def _check(frame: pd.DataFrame, resource: dict[str, Any], body: Received) -> None:
    """Refuse what `sources.load` would refuse, before anything is written."""
    try:
        blank = frame.astype(object).where(frame.notna() & (frame != ""), None)
        validate(blank, table_schema(resource), where=body.name, key=resource["schema"]["primaryKey"])
    except TableError as error:
        raise FetchError("rule", file=body.name, reason=error.sentence) from error


@one_at_a_time
def use(name: str, *, root: Path, further: Mapping[str, pd.DataFrame] | None = None) -> list[str]:
    """Read an edition in front of its table: its countries, or editions of a ranking, are then read from there.

    Parameters
    ----------
    name : str
    root : Path
        The project's folder.
    further : mapping of table name to DataFrame, optional
        What has to stand before other tables of the project with it, as weights and exceptions of an index.

    Returns
    -------
    list of str
        Editions that stood there with some of these and no longer do; they stay among the tables.

    Raises
    ------
    FetchError
        ``not_used`` if notebooks do not read this kind of table so, ``several_periods``, ``no_name`` if figures have no
        name for a platform, ``own_before`` if a table of the user's own has figures on one of the countries.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     fetching.use(name, root=root)  # none is given up for it
    ...     [(one.edition, one.used) for one in fetching.editions(root)]
    []
    [('2026-07-13', True)]
    """
    edition = known_edition(root, name)
    package = read_package(root, "raw")
    resources = {one["name"]: one for one in package["resources"]}
    if edition.table not in USED:
        raise FetchError("not_used", name=name, tables=", ".join(USED))
    frame = _held(resources[name], root)
    periods = set(frame.get("period", []))
    if edition.table == "statcounter_2020" and len(periods) > 1:
        raise FetchError("several_periods", name=name, count=str(len(periods)))
    nameless = [one for one in dict.fromkeys(frame.get("platform", [])) if one and not labels.is_known(f"group.{one}")]
    if nameless:
        raise FetchError("no_name", name=name, platforms=", ".join(nameless[:12]))
    target = resources[edition.table]
    before = [other for other in target.get(IN_FRONT, []) if other != name]
    key = replaced_column(edition.table, frame)
    common = {other: _common(frame, _held(resources[other], root), key) for other in before}
    own = [other for other in before if common[other] and FETCHED not in resources[other]]
    if own:
        raise FetchError("own_before", name=own[0], countries=", ".join(common[own[0]][:8]))
    gone = [other for other in before if common[other]]
    target[IN_FRONT] = [*(other for other in before if other not in gone), name]
    leave(package, gone)
    accompany(package, name, further or {}, root=root)
    write_package(package, root, "raw")
    return gone


@one_at_a_time
def release(name: str, *, root: Path) -> bool:
    """Read an edition no longer; it stays among the tables.

    Returns
    -------
    bool
        Whether it was read before.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     fetching.use(name, root=root)
    ...     fetching.release(name, root=root), fetching.release(name, root=root)
    []
    (True, False)
    """
    known_edition(root, name)
    package = read_package(root, "raw")
    found = [one for one in package["resources"] if name in one.get(IN_FRONT, [])]
    for one in found:
        one[IN_FRONT] = [other for other in one[IN_FRONT] if other != name]
        if not one[IN_FRONT]:
            del one[IN_FRONT]
    if found:
        leave(package, name)
        write_package(package, root, "raw")
    return bool(found)


def _held(resource: dict[str, Any], root: Path) -> pd.DataFrame:
    return pd.read_csv(root / "data" / "raw" / resource["path"], dtype=str, keep_default_na=False)


def _common(left: pd.DataFrame, right: pd.DataFrame, key: str) -> list[str]:
    return sorted(set(left[key]) & set(right[key]))
