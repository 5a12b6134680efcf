"""What a publisher revised: two editions of a table, row by row, told apart from what only more digits change."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pandas as pd

from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.files import read_bytes, text_cells
from digital_diplomacy.sources.registry import FETCHED, describe, entity_column

_KEYS: Final = (["edition", "iso3"], ["iso3", "year"], ["entity", "period", "measure", "platform"],
                ["entity", "period", "measure"])  # fmt: skip
_VALUES: Final = ("internet_users_pct", "value", "rank", "egdi", "epi", "osi", "hci", "tii")
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True)
class Difference:
    """What differs between two editions.

    Attributes
    ----------
    old, new : str
        Names of the tables.
    rows : DataFrame
        ``entity``, ``period``, ``measure``, ``platform``, ``kind`` (added, removed, changed), ``old``, ``new`` as they
        are written, ``change`` (new minus old; missing where one is).
    same, rounded : int
        Figures that are equal, and those that differ by less than half of the last digit of the table with fewer.
    left : int
        Figures outside what both editions were asked for.
    beyond : int
        Figures of the older one on countries or years of which the newer one has nothing at all: not known to be
        removed, as a file may hold fewer of either.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     text = bodies[0].content.decode().replace("2026-07-13", "2027-01-28").replace("93.3917004231", "93.39")
    ...     size = (root / "later.json").write_text(text, encoding="utf-8")
    ...     bodies = fetching.given([root / "later.json"])
    ...     later, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     found = fetching.compare(name, later, root=root)  # two of three are equal, of one there are fewer digits
    ...     found.same, found.rounded, len(found.rows)
    (2, 1, 0)
    """

    old: str
    new: str
    rows: pd.DataFrame
    same: int
    rounded: int
    left: int
    beyond: int


def compare(old: str, new: str, *, root: Path) -> Difference:
    """The figures of two tables of one layout.

    Parameters
    ----------
    old, new : str
        Names of tables of data/raw.
    root : Path
        The project's folder.

    Returns
    -------
    Difference
        Of the countries and periods that both were asked for: a country nobody asked for was not removed.

    Raises
    ------
    FetchError
        ``unlike`` if the tables have not the same layout.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> with sources.trial() as root:
    ...     bodies = fetching.given([sources.project_root() / "docs" / "examples" / "worldbank.json"])
    ...     world, query = fetching.publisher_of("worldbank"), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    ...     name, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     text = bodies[0].content.decode().replace("2026-07-13", "2027-01-28").replace("94.1", "94.6")
    ...     size = (root / "later.json").write_text(text, encoding="utf-8")
    ...     bodies = fetching.given([root / "later.json"])
    ...     later, _ = fetching.keep(fetching.read(world, bodies, query), bodies, world, query, root=root)
    ...     rows = fetching.compare(name, later, root=root).rows
    ...     rows[["entity", "period", "kind", "old", "new", "change"]].to_numpy().tolist()
    [['KAZ', '2025', 'changed', '94.1', '94.6', 0.5]]
    """
    left, right = _figures(old, root), _figures(new, root)
    scopes = [_scope(name, root) for name in (old, new)]
    inside = [frame[_within(frame, scopes)] for frame in (left, right)]
    if not set(left["measure"]) & set(right["measure"]):
        raise FetchError("unlike", old=old, new=new)
    known = _reached(*inside)
    steps = [_steps(frame) for frame in (left, right)]
    key = ["entity", "period", "measure", "platform"]
    both = inside[0][known].merge(inside[1], on=key, how="outer", suffixes=("_old", "_new"), validate="one_to_one")
    told = [_told(one, steps) for one in both.to_dict("records")]
    rows = pd.DataFrame([one for one in told if one["kind"] in ("added", "removed", "changed")],
                        columns=[*key, "kind", "old", "new", "change"])  # fmt: skip
    count = {kind: sum(one["kind"] == kind for one in told) for kind in ("same", "rounded")}
    outside = len(left) + len(right) - sum(map(len, inside))
    return Difference(old, new, rows, count["same"], count["rounded"], outside, int((~known).sum()))


def _figures(name: str, root: Path) -> pd.DataFrame:
    """The figures of a table as they are written, a row each."""
    resource = describe(name, root=root)
    content = read_bytes(root / resource["file"], resource["file"])
    cells = text_cells(content, resource["schema"].get("missingValues", [""]), resource["file"])
    key = next((key for key in _KEYS if set(key) <= set(cells)), None)
    values = [column for column in _VALUES if column in cells]
    if key is None or not values:
        raise FetchError("unlike", old=name, new="—")
    long = cells[[*key, *values]].melt(id_vars=key, value_vars=values, var_name="column", value_name="text")
    names = {entity_column(cells): "entity", "year": "period", "edition": "period"}
    long = long.rename(columns=names).dropna(subset="text")
    long["measure"] = long["measure"] if "measure" in long else long["column"]
    long["platform"] = long["platform"].fillna("") if "platform" in long else ""
    return long[["entity", "period", "measure", "platform", "text"]].reset_index(drop=True)


def _scope(name: str, root: Path) -> tuple[tuple[str, ...], str]:
    """Countries and period that an edition was asked for; none for all."""
    said = describe(name, root=root).get(FETCHED, {})
    return tuple(said.get("countries", ())), str(said.get("period", ""))


def _within(frame: pd.DataFrame, scopes: Sequence[tuple[tuple[str, ...], str]]) -> "pd.Series[bool]":
    kept = pd.Series(data=True, index=frame.index)
    for countries, period in scopes:
        if countries:
            kept &= frame["entity"].isin(countries)
        if period:
            first, last = (period.split("/") * 2)[:2]
            kept &= (frame["period"].str[: len(first)] >= first) & (frame["period"].str[: len(last)] <= last)
    return kept


def _reached(old: pd.DataFrame, new: pd.DataFrame) -> "pd.Series[bool]":
    """Which figures of the older table are of countries and of a time that the newer one speaks of."""
    if new.empty:
        return pd.Series(data=False, index=old.index)
    return old["entity"].isin(set(new["entity"])) & old["period"].between(new["period"].min(), new["period"].max())


@dataclass(frozen=True)
class _Steps:
    """How finely a table writes a measure: the most decimals and the most significant digits of any of its figures."""

    decimals: int
    digits: int


def _steps(frame: pd.DataFrame) -> dict[str, _Steps]:
    found = {}
    for measure, group in frame.groupby("measure"):
        numbers = [Decimal(text) for text in group["text"]]
        decimals = max(max(-int(one.as_tuple().exponent), 0) for one in numbers)
        found[str(measure)] = _Steps(decimals, max(len(one.normalize().as_tuple().digits) for one in numbers))
    return found


def _told(one: dict[Any, Any], steps: Sequence[dict[str, _Steps]]) -> dict[str, Any]:
    """A figure of both editions, or of one, with what became of it."""
    key = {name: one[name] for name in ("entity", "period", "measure", "platform")}
    old, new = one["text_old"], one["text_new"]
    if pd.isna(old) or pd.isna(new):
        kind = "added" if pd.isna(old) else "removed"
        return {
            **key,
            "kind": kind,
            "old": "" if pd.isna(old) else old,
            "new": "" if pd.isna(new) else new,
            "change": None,
        }
    before, after = Decimal(old), Decimal(new)
    room = max(_room(value, table[one["measure"]]) for value, table in zip((before, after), steps, strict=True))
    kind = "same" if before == after else "rounded" if abs(after - before) <= room else "changed"
    return {**key, "kind": kind, "old": old, "new": new, "change": float(after - before)}


def _room(value: Decimal, steps: _Steps) -> Decimal:
    """Half a unit of the last digit that a table could have written of a value.

    Zeros at the end are often not written, so that a single figure does not show how finely it is given; all figures of
    the measure together do. A table is kept to so many decimals or to so many significant digits, and which of the two
    is the coarser one is not known of it: that one is allowed.
    """
    by_digits = value.adjusted() - steps.digits + 1 if value else -steps.decimals
    return _HALF.scaleb(max(-steps.decimals, by_digits))
