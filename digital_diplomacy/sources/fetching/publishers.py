"""Publishers whose figures are fetched, and series that stand before a table of the project: both are data."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import ArgumentError

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Publisher:
    """Who publishes: where, under which terms, and what has to be given to ask for figures.

    Attributes
    ----------
    publisher, title : str
        Code and name; the module of this room that reads the files has the code for a name.
    address, bulk : str
        Addresses with fields in braces; empty where figures are read from a file or a given address alone.
    needs : str
        What fills the fields, apart by blanks: ``indicator``, ``country``, ``period``.
    page : str
        For people.
    licence, licence_title, licence_address : str
        As the publisher states them.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> world = fetching.PUBLISHERS["worldbank"]
    >>> world.title, world.needs, world.licence
    ('World Bank', 'indicator', 'CC-BY-4.0')
    """

    publisher: str
    title: str
    address: str
    bulk: str
    needs: str
    page: str
    licence: str
    licence_title: str
    licence_address: str


@dataclass(frozen=True)
class Series:
    """A series that stands before a table of the project.

    Attributes
    ----------
    publisher, indicator : str
        Whose it is, and its code there.
    table : str
        The table of the project.
    measure, unit, base : str
        Codes of what is measured; empty where the reader tells several apart.
    said : str
        What the publisher's own words for the unit must hold; empty where they give none.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> series = fetching.SERIES["worldbank", "IT.NET.USER.ZS"]
    >>> series.table, series.measure, series.unit, series.base
    ('internet_users', 'internet_users_pct', 'percent', 'population')
    """

    publisher: str
    indicator: str
    table: str
    measure: str
    unit: str
    base: str
    said: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


PUBLISHERS: Final = {row["publisher"]: Publisher(**row) for row in _rows("publishers.csv")}
"""Every publisher by code."""

SERIES: Final = {(row["publisher"], row["indicator"]): Series(**row) for row in _rows("series.csv")}
"""Every known series by publisher and code."""


def publisher_of(code: str) -> Publisher:
    """A publisher by code.

    Raises
    ------
    ArgumentError
        Naming those there are.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> fetching.publisher_of("worldbank").licence
    'CC-BY-4.0'
    """
    if code not in PUBLISHERS:
        raise ArgumentError(
            "{code!r} is no publisher known here; there are: {known}", code=code, known=", ".join(PUBLISHERS)
        )
    return PUBLISHERS[code]


def series_of(publisher: str, indicator: str) -> Series:
    """A series; one that stands before no table of the project has no table, and its own code for a measure.

    Examples
    --------
    >>> series_of("worldbank", "IT.NET.USER.ZS").table, series_of("worldbank", "SP.POP.TOTL").measure
    ('internet_users', 'sp_pop_totl')
    """
    known = SERIES.get((publisher, indicator))
    return known or Series(publisher, indicator, "", slug(indicator), "", "", "")


def slug(text: str) -> str:
    """A text as part of a name: small letters and digits, apart by underscores.

    Examples
    --------
    >>> slug("IT.NET.USER.ZS"), slug("2026-07-13")
    ('it_net_user_zs', '2026_07_13')
    """
    return "_".join("".join(char if char.isascii() and char.isalnum() else " " for char in text.lower()).split())
