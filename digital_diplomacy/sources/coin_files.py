"""Tables of an index as COINr takes and writes them (iData, iMeta), turned into values and framework.

References
----------
W. Becker, G. Caperna, M. Del Sorbo, H. Norlen, E. Papadimitriou and M. Saisana, COINr: An R package for developing
composite indicators, 2022, Journal of Open Source Software 7 (78), 4567; the columns are those of its functions
``check_iData`` and ``check_iMeta``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.own_tables import OwnTable, read_own_table
from digital_diplomacy.sources.remarks import Remark, listed
from digital_diplomacy.sources.workbooks import is_workbook, sheet_names

_META: Final = ("iCode", "Parent", "Direction", "Weight", "Type")
_TYPES: Final = ("indicator", "aggregate", "group", "denominator", "other")
_USED: Final[Mapping[str, str]] = {
    "iName": "name",
    "Parent": "parent",
    "Direction": "direction",
    "Weight": "weight",
    "Unit": "unit",
    "Denominator": "denominator",
    "Target": "target",
    "goalpost_lower": "goalpost_low",
    "goalpost_upper": "goalpost_high",
}
"""Columns of iMeta and those of a framework that they are."""

_READ: Final = ("iCode", "Type", "Level", *_USED)
_MISSING: Final = ("NA",)  # as R writes a missing value


@dataclass(frozen=True)
class CoinFile:
    """Values and framework of an index, and what was assumed to read them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> data, meta = Path(folder.name) / "idata.csv", Path(folder.name) / "imeta.csv"
    >>> pd.DataFrame({"uCode": ["KAZ", "UZB"], "speed": [60, 40]}).to_csv(data, index=False)
    >>> head = {"iCode": ["speed", "index"], "Parent": ["index", ""], "Type": ["Indicator", "Aggregate"]}
    >>> pd.DataFrame({**head, "Level": [1, 2], "Direction": 1, "Weight": 1}).to_csv(meta, index=False)
    >>> found = sources.read_coin(data, meta)
    >>> found.values["entity"].tolist(), found.framework["code"].tolist(), [remark.code for remark in found.remarks]
    (['KAZ', 'UZB'], ['speed', 'index'], ['coin'])
    >>> folder.cleanup()
    """

    values: pd.DataFrame
    framework: pd.DataFrame
    remarks: tuple[Remark, ...]


def is_coin(path: Path | str) -> bool:
    """Whether a table, or a sheet of a workbook, is an iMeta, the description of indicators of COINr.

    Parameters
    ----------
    path : Path or str
        A table, or a workbook with a sheet of that kind.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> meta, other = Path(folder.name) / "imeta.csv", Path(folder.name) / "values.csv"
    >>> head = {"iCode": ["speed"], "Parent": "index", "Type": "Indicator", "Direction": 1, "Weight": 1}
    >>> pd.DataFrame(head).to_csv(meta, index=False)
    >>> pd.DataFrame({"entity": ["KAZ"], "speed": [60]}).to_csv(other, index=False)
    >>> sources.is_coin(meta), sources.is_coin(other)
    (True, False)
    >>> folder.cleanup()
    """
    try:
        read_own_table(path, required=_META)
    except TableError:
        return False
    return True


def read_coin(data: Path | str, meta: Path | str | None = None) -> CoinFile:
    """Values and framework of COINr's tables.

    Parameters
    ----------
    data : Path or str
        iData: ``uCode``, ``uName`` and ``Time`` if there are, and a column for every indicator, denominator and group;
        or a workbook with sheets of both, such as COINr exports, where denominators and groups stand in a third one.
    meta : Path or str, optional
        iMeta: ``iCode, Parent, Direction, Weight, Type``, and ``iName, Level, Unit, Target, Denominator`` and posts of
        goals if there are; the workbook itself by default. ``NA`` is a missing value in both.

    Returns
    -------
    CoinFile
        Values with columns ``entity, name, period``; indicators and aggregates as framework. What serves for nothing
        here is named in a remark.

    Raises
    ------
    SourceError
        If a file cannot be read.
    TableError
        If a column is missing, a type is unknown, or levels contradict parents.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> data, meta = Path(folder.name) / "idata.csv", Path(folder.name) / "imeta.csv"
    >>> pd.DataFrame({"uCode": ["KAZ", "UZB"], "speed": [60, None]}).to_csv(data, index=False, na_rep="NA")
    >>> head = {"iCode": ["speed", "index"], "Parent": ["index", ""], "Type": ["Indicator", "Aggregate"]}
    >>> pd.DataFrame({**head, "Level": [1, 2], "Direction": 1, "Weight": 1}).to_csv(meta, index=False)
    >>> sources.read_coin(data, meta).values  # NA of R is a missing value
      entity  speed
    0    KAZ   60.0
    1    UZB    NaN
    >>> folder.cleanup()
    """
    file, described = Path(data), Path(meta if meta is not None else data)
    table = read_own_table(described, required=_META, names=_READ, missing=_MISSING)
    types = table.frame.assign(code=table.frame["iCode"].map(_plain), kind=table.frame["Type"].map(_plain).str.lower())
    _refuse_types(types, described)
    framework = _framework(types, described)
    indicators = list(types.loc[types["kind"] == "indicator", "code"])
    further = list(types.loc[types["kind"].isin(["denominator", "group", "other"]), "code"])
    read = read_own_table(
        file,
        required=("uCode", *indicators),
        names=[*further, "uName", "Time"],
        missing=_MISSING,
    )
    values = read.frame.rename(columns={"uCode": "entity", "uName": "name", "Time": "period"})
    values, joined = _with_units(values, further, file)
    texts = {name: values[name].map(_plain) for name in ("entity", "name", "period") if name in values}
    values = values.assign(**texts)
    said = _remarks(types, values, framework, described, file)
    kept = tuple(remark for part in (table, read) for remark in part.remarks if remark.code != "sheet")
    return CoinFile(values, framework, (*_sheets(file, (table, read), joined), *kept, *joined, *said))


def _plain(cell: object) -> str:
    """A code or a period as text; a year read as a number has no decimals."""
    if cell is None or cell != cell:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _refuse_types(table: pd.DataFrame, path: Path) -> None:
    wrong = table[~table["kind"].isin(_TYPES)]
    if len(wrong):
        said = ", ".join(f"{row.code}: {_plain(row.Type)!r}" for row in wrong.itertuples())
        known = ", ".join(name.capitalize() for name in _TYPES)
        raise TableError(
            "{path}, column 'Type': {said} is unknown; allowed: {known}", path=path, said=said, known=known
        )


def _framework(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Indicators and aggregates; empty cells are left to the framework's own defaults."""
    rows = table[table["kind"].isin(["indicator", "aggregate"])].reset_index(drop=True)
    _refuse_levels(rows, path)
    made = pd.DataFrame({"code": rows["code"]})
    for column, name in _USED.items():
        if column in rows:
            text = name in ("name", "parent", "unit", "denominator")
            made[name] = rows[column].map(_plain) if text else rows[column]
    return made


def _refuse_levels(rows: pd.DataFrame, path: Path) -> None:
    """Refuse a parent that does not stand one level above its child."""
    if "Level" not in rows:
        return
    level = dict(zip(rows["code"], rows["Level"], strict=True))
    for code, parent in zip(rows["code"], rows["Parent"].map(_plain), strict=True):
        if parent in level and level[parent] != level[code] + 1:
            raise TableError(
                "{path}: {code!r} is at level {level} and its parent {parent!r} at level {level_2}; a parent stands "
                "one level above",
                path=path,
                code=code,
                level=_plain(level[code]),
                parent=parent,
                level_2=_plain(level[parent]),
            )


def _with_units(values: pd.DataFrame, further: list[str], path: Path) -> tuple[pd.DataFrame, tuple[Remark, ...]]:
    """The values with names, groups and denominators that a workbook keeps on a sheet of their own."""
    absent = [column for column in further if column not in values]
    if not is_workbook(path) or (not absent and "name" in values):
        return values, ()
    try:
        units = read_own_table(path, required=("uCode", *absent), names=["uName", "Time"], missing=_MISSING)
    except TableError:
        return values, ()
    own = units.frame.rename(columns={"uCode": "entity", "uName": "name", "Time": "period"})
    new = [column for column in own if column not in values and column != "entity"]
    if not new or own["entity"].duplicated().any():
        return values, ()
    sheet = next((dict(remark.named)["sheet"] for remark in units.remarks if remark.code == "sheet"), "")
    joined = values.merge(own[["entity", *new]], on="entity", how="left", validate="many_to_one")
    return joined, (Remark("coin_units", {"file": path.name, "sheet": sheet, "columns": listed(new)}),)


def _sheets(path: Path, tables: tuple[OwnTable, OwnTable], joined: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """Which sheets were read as iMeta and iData; for files of their own, that they are such tables."""
    sheets = [str(one.named["sheet"]) for table in tables for one in table.remarks if one.code == "sheet"]
    read = " + ".join(dict.fromkeys(sheets))
    seen = {*sheets, *(dict(one.named)["sheet"] for one in joined)}
    others = listed(name for name in sheet_names(path) if name not in seen) if is_workbook(path) else ""
    if read and others:
        return (Remark("coin_some", {"file": path.name, "sheets": read, "others": others}),)
    return (Remark("coin", {"file": path.name, "sheets": read or "iMeta + iData"}),)


def _remarks(
    table: pd.DataFrame, values: pd.DataFrame, framework: pd.DataFrame, meta: Path, data: Path
) -> list[Remark]:
    """What was kept without a use, and what was not read."""
    named = set(framework["denominator"]) if "denominator" in framework else set()
    spare = [
        code
        for code, kind in zip(table["code"], table["kind"], strict=True)
        if kind in ("group", "other") or (kind == "denominator" and code not in named)
    ]
    strangers = [column for column in values if column not in {"entity", "name", "period", *table["code"]}]
    more = {*map(str.casefold, _READ), "code", "kind"}
    unread = [str(column) for column in table if str(column).casefold() not in more]
    absent = [code for code in spare if code not in values]
    found = [
        ("coin_spare", data, [code for code in spare if code in values]),
        ("coin_absent", data, absent),
        ("coin_strangers", data, strangers),
        ("coin_unread", meta, unread),
    ]
    return [Remark(code, {"file": path.name, "columns": listed(columns)}) for code, path, columns in found if columns]
