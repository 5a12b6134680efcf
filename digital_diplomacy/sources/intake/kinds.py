"""Tables of the project that a user's own can stand before, and the figures each of them takes."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import ArgumentError

PERCENT: Final = "percent"
INDEX: Final = "index"
RANK: Final = "rank"
"""Units whose figures have bounds."""

YEARLY: Final = "internet_users"
RANKED: Final = "un_egdi"
"""Tables with a layout of their own."""


@dataclass(frozen=True)
class Measure:
    """A kind of figure: its label code, and the codes of its unit and of the base it refers to."""

    code: str
    unit: str
    base: str


@dataclass(frozen=True)
class Kind:
    """What a table of the project takes: measures, whether they are about platforms, and which may not be missing.

    A ranking needs every column that its ranks and index rest on; other tables take what there is.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> kind = intake.kind_of("internet_users")
    >>> kind.measure("internet_users_pct").unit, kind.is_yearly
    ('percent', True)
    """

    table: str
    measures: tuple[Measure, ...]
    is_grouped: bool
    needed: tuple[str, ...] = ()

    @property
    def is_yearly(self) -> bool:
        """Whether its figures are single ones, a year each."""
        return self.table in (YEARLY, RANKED)

    def measure(self, code: str) -> Measure:
        """The measure of that code."""
        return next(one for one in self.measures if one.code == code)


def _read() -> dict[str, Kind]:
    with Path(__file__).with_name("kinds.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    tables = dict.fromkeys(row["table"] for row in rows)
    of = {table: [row for row in rows if row["table"] == table] for table in tables}
    return {
        table: Kind(
            table,
            tuple(Measure(row["measure"], row["unit"], row["base"]) for row in found),
            any(row["grouped"] for row in found),
            tuple(row["measure"] for row in found if row["needed"]),
        )
        for table, found in of.items()
    }


TABLES: Final = _read()
"""Every such table by its name."""


def kind_of(table: str) -> Kind:
    """What a table takes.

    Raises
    ------
    ValueError
        Naming the tables there are.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.kind_of("internet_users").measures
    (Measure(code='internet_users_pct', unit='percent', base='population'),)
    """
    if table not in TABLES:
        raise ArgumentError(
            "{table!r} takes no table of your own; these do: {tables}", table=table, tables=", ".join(TABLES)
        )
    return TABLES[table]
