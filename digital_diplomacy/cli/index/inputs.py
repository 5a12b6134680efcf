"""The tables of an index as people bring them: values, framework and steps, with what was assumed to read them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy.cli.app import refuse
from digital_diplomacy.cli.countries import countries_among
from digital_diplomacy.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.sources import OwnTable, Remark
    from digital_diplomacy.sources.grids import Grid

_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MARK: Final = re.compile(r"-9{2,}")
"""What survey programs write where a number is missing."""

_ROUNDED: Final = 0.005  # half a unit of the second decimal
_LEAST_RANKED: Final = 5  # units: fewer whole numbers may be 1, 2, 3 without being places
_LEAST_SUMMED: Final = 4  # units, a sum among them: of fewer one is that of the others too easily
_UNITS: Final = (
    *("uCode", "iso3", "iso_a3", "country code", "country_code", "country", "country name", "unit", "страна", "объект"),
    *("ел", "мемлекет", "нысан"),
)
"""What people call the column of units, the likeliest first."""

ALIASES: Final = {
    "entity": _UNITS,
    "name": ("uName", "country name", "название", "атауы"),
    "period": ("Time", "year", "год", "жыл"),
}

_FRAMEWORK_WORDS: Final = {
    "code": ("код", "indicator", "показатель", "көрсеткіш"),
    "name": ("название", "наименование", "атауы"),
    "parent": ("родитель", "группа", "group", "тобы", "топ"),
    "direction": ("направление", "бағыты", "бағыт"),
    "weight": ("вес", "салмағы", "салмақ"),
    "unit": ("единица", "единица измерения", "ед. изм.", "өлшем бірлігі"),
    "denominator": ("знаменатель", "бөлімі", "бөлгіш"),
    "target": ("цель", "мақсат"),
    "source": ("источник", "дереккөз"),
    "reason": ("обоснование", "негіздеме"),
}
"""What people call the columns of a framework."""

MISSING: Final = (
    *("n/a", "N/A", "n.a.", "NA", "..", "...", "…", "-", "–", "—", "н/д", "Н/Д", "н.д.", "нет данных"),
    *("x", "X", "х", "Х", "д/ж", "дерек жоқ", "деректер жоқ"),
)
"""What stands for a missing number in tables of statistics offices."""

_FACTORS: Final[tuple[Mapping[str, Any], ...]] = (
    {"factor": "weights", "spread": 0.25},
    {"factor": "choice", "step": "normalise", "options": [{"method": "min_max"}, {"method": "z_score"}]},
)
"""What is uncertain if the steps file does not say: weights by a quarter either way, and how values are normalised."""


_PERCENT: Final = re.compile(r"%|(?:\b|_)(?:pct|percent|per cent|share|процент|дол[яи]|пайыз|үлес)", re.IGNORECASE)
"""What says that an indicator is told in percent, in its code, name or unit."""


@dataclass(frozen=True)
class Inputs:
    """Values and framework, what was assumed to read them, and the codes of units by the names the file gives them."""

    values: "pd.DataFrame"
    framework: "pd.DataFrame"
    remarks: "tuple[Remark, ...]"
    units: Mapping[str, str]


def read_inputs(values: Path, framework: Path | None) -> Inputs:
    """The two tables: plain ones, those of COINr, in files of their own or one workbook, or that of the COIN Tool."""
    from digital_diplomacy import rankings, sources

    is_tool = framework is None and sources.is_coin_tool(values)
    is_coin = framework is None or sources.is_coin(framework)
    if framework is None or is_coin:
        if framework is None and not is_tool and not sources.is_coin(values):
            refuse(
                "{values}: a framework is needed, too: a second file, or a workbook with the sheets iData and iMeta "
                "(COINr) or Database and Framework (COIN Tool); --draft framework.csv begins one",
                values=values,
            )
        coin = sources.read_coin_tool(values) if is_tool else sources.read_coin(values, framework)
        table, tree, remarks = coin.values, rankings.check_framework(coin.framework), coin.remarks  # noqa: PD011 (a field)
    else:
        known = rankings.FRAMEWORK.columns
        described = _read_framework(framework, list(known))
        tree = rankings.check_framework(described.frame)
        columns = columns_of(tree)
        aliases = {name: [one for one in others if one not in columns] for name, others in ALIASES.items()}
        given = read_values(values, columns, aliases)
        table, left = units_only(given.frame, values)
        stay = given.frame["entity"].isin(table["entity"])
        sources.refuse_texts(given, columns, values.name, keep=stay.tolist())
        _refuse_marks_of_missing(given, columns, values.name)
        left = [*left, *_ranks(table, tree, values.name), *_scaled(tree, framework.name)]
        remarks = (*described.remarks, *given.remarks, *left, *_unused(table, tree, values.name))
    _refuse_periods(table, values.name)
    remarks = (*remarks, *_mixed(table, tree, values.name))
    coded, named = _with_codes(table, values)
    if not is_coin:
        places = [place for place, is_kept in zip(given.places, stay, strict=True) if is_kept]
        _refuse_twice(coded, places, values.name)
    units = dict(zip(table["entity"], coded["entity"], strict=True))
    if "name" in coded:
        units = dict(zip(coded["name"], coded["entity"], strict=True)) | units
    return Inputs(coded, tree, (*remarks, *named), units)


def read_values(
    values: Path, columns: Sequence[str] = (), aliases: Mapping[str, Sequence[str]] = ALIASES
) -> "OwnTable":
    """The table of values; its first column holds the units whatever it is called, if its cells are names.

    A table with indicators in its rows is made wide, and rows that stand twice count once.
    """
    from digital_diplomacy.sources import read_own_table
    from digital_diplomacy.sources.grids import read_grid
    from digital_diplomacy.sources.long_form import once, widened
    from digital_diplomacy.sources.numbers import plain_number

    grid = read_grid(values, [(name,) for name in columns])
    if not columns or not {name.casefold() for name in columns} <= {name.casefold() for name in grid.header}:
        grid = read_grid(values, [("entity", *aliases["entity"])])
    grid = _without_units(once(grid, values), values)
    grid = widened(grid, columns, ("entity", *aliases["entity"]), values) or grid
    first = grid.header[0]
    names = [cells[0].strip() for _, cells in grid.rows]
    is_known = {name.casefold() for name in grid.header} & {"entity", *map(str.casefold, aliases["entity"])}
    if first and not is_known and first not in columns and all(name and plain_number(name) is None for name in names):
        aliases = {**aliases, "entity": (*aliases["entity"], first)}
    aliases = {**aliases, "period": (*aliases["period"], *_years(grid, columns, aliases["entity"]))}
    return read_own_table(values, required=("entity", *columns), aliases=aliases, missing=MISSING, grid=grid)


def _without_units(grid: "Grid", values: Path) -> "Grid":
    """The table without a line below its header that tells the units of its columns, which is said."""
    from digital_diplomacy.sources import Remark

    told = [cell.strip() for cell in grid.rows[0][1]]
    if len(grid.rows) < 2 or told[0] or not any(told) or any(map(_DIGIT.search, told)):
        return grid
    remark = Remark("line_of_units", {"file": values.name, "texts": _listed(list(filter(None, told)))})
    return replace(grid, rows=grid.rows[1:], remarks=(*grid.remarks, remark))


def _years(grid: "Grid", columns: Sequence[str], units: Sequence[str]) -> list[str]:
    """The column of years that tells rows of one unit apart, whatever it is called; none if each unit has one row."""
    known = [name.casefold() for name in grid.header]
    at = next((known.index(name.casefold()) for name in ("entity", *units) if name.casefold() in known), 0)
    names = [cells[at].strip() for _, cells in grid.rows]
    if len(set(names)) == len(names):
        return []
    found = []
    for place, header in enumerate(grid.header):
        cells = [row[place].strip() for _, row in grid.rows]
        told = set(zip(names, cells, strict=True))
        if place != at and header not in columns and all(map(_YEAR.fullmatch, cells)) and len(told) == len(names):
            found.append(header)
    return found


def _read_framework(framework: Path, known: list[str]) -> "OwnTable":
    """The framework; a plain list of indicators with their weights has one index above all of them, which is said."""
    import pandas as pd

    from digital_diplomacy.sources import Remark, read_own_table

    flat = read_own_table(framework, required=("code",), names=known, aliases=_FRAMEWORK_WORDS)
    if "parent" in flat.frame:
        return flat
    if "direction" not in flat.frame:
        refuse(
            "{file}: neither parent nor direction stands beside the indicators; add a column direction (1 where more "
            "is better, -1 where less), or begin with --draft framework.csv",
            file=framework,
        )
    top = "index" if "index" not in set(flat.frame["code"]) else f"{framework.stem} index"
    whole = pd.DataFrame([{"code": top, "parent": "", "direction": 1, "weight": 1}])
    frame = pd.concat([flat.frame.assign(parent=top), whole], ignore_index=True)
    told = Remark("flat_framework", {"file": framework.name, "index": top})
    return replace(flat, frame=frame, remarks=(*flat.remarks, told))


def _refuse_marks_of_missing(given: "OwnTable", columns: Sequence[str], file: str) -> None:
    """Refuse -99, -999 and the like where no other number of the column is below 0: they mark missing ones."""
    from digital_diplomacy.errors import TableError
    from digital_diplomacy.sources.remarks import listed_places

    for name in columns:
        cells = given.frame[name]
        below = [(place, cell) for place, cell in zip(given.places, cells, strict=True) if cell < 0]
        if below and all(_MARK.fullmatch(f"{cell:g}") for _, cell in below):
            raise TableError(
                "{path}, column {name!r}: what marks missing numbers stands among numbers of 0 and more: {cells}; "
                "leave these cells empty",
                path=file,
                name=name,
                cells=listed_places((place, f"{cell:g}") for place, cell in below),
            )


def _ranks(table: "pd.DataFrame", tree: "pd.DataFrame", file: str) -> "list[Remark]":
    """A remark on indicators that are places, 1 the first, though the framework says that more of them is better."""
    from digital_diplomacy.sources import Remark

    more = [
        str(code) for code, way in tree[["code", "direction"]].itertuples(index=False) if way == 1 and code in table
    ]
    groups = [group for _, group in table.groupby("period")] if "period" in table else [table]
    held = [code for code in more if all(_are_places(group[code].dropna()) for group in groups)]
    return [Remark("ranks_as_values", {"file": file, "columns": _listed(held)})] if held else []


def _scaled(tree: "pd.DataFrame", file: str) -> "list[Remark]":
    """A remark on weights that are written as shares of a whole and do not sum to it: what is used are their shares.

    Weights such as 2 and 1, which tell how many times one counts another, need no sum; half a unit of the second
    decimal of each is rounding.
    """
    from digital_diplomacy.sources import Remark

    sums = []
    for parent, weights in tree[tree["parent"].notna() & (tree["parent"] != "")].groupby("parent")["weight"]:
        total = float(weights.sum())
        if (weights < 1).any() and (weights <= 1).all() and round(abs(total - 1), 6) > _ROUNDED * len(weights):
            sums.append(f"{parent} {total:.4g}")
    return [Remark("weights_scaled", {"file": file, "sums": _listed(sums)})] if sums else []


def _are_places(cells: "pd.Series[Any]") -> bool:
    """Whether numbers are their own places from the least on, those that tie sharing one: 1, 2, 2, 4, 5."""
    return len(cells) >= _LEAST_RANKED and bool((cells.rank(method="min") == cells).all())


def _refuse_twice(table: "pd.DataFrame", places: Sequence[str], file: str) -> None:
    """Refuse two rows of one unit and period, with where they stand."""
    from digital_diplomacy.errors import TableError

    keys = list(zip(table["entity"], table["period"] if "period" in table else [""] * len(table), strict=True))
    first: dict[tuple[str, str], int] = {}
    for at, key in enumerate(keys):
        before = first.setdefault(key, at)
        if before != at:
            raise TableError(
                "{path}: {first} and {second} are both of {unit} and differ; keep one, or call the "
                "column that tells them apart period",
                path=file,
                first=places[before],
                second=places[at],
                unit=" ".join(filter(None, map(str, key))),
            )


def _refuse_periods(table: "pd.DataFrame", file: str) -> None:
    """Refuse what is no period, before anything is computed; an empty one is told with its row."""
    from digital_diplomacy import labels

    for period in dict.fromkeys(table["period"].dropna().astype(str) if "period" in table else ()):
        try:
            labels.period(period, "en") if period.strip() else None
        except ArgumentError as error:
            refuse("{path}: {error}", path=file, error=error)


def units_only(table: "pd.DataFrame", file: Path) -> "tuple[pd.DataFrame, list[Remark]]":
    """The rows of units: sums and means of others are none, nor are notes below the table, and none has a rank."""
    from digital_diplomacy.sources import Remark, intake

    units = [str(unit) for unit in dict.fromkeys(table["entity"]) if unit]
    described = intake.statistics_of(units)
    others = [unit for unit in units if unit not in described and not intake.is_no_unit(unit, among_countries=True)]
    has_countries = len(countries_among(others, file.name)) * 2 > len(others)
    rest = table.drop(columns="entity")
    bare = set(table.loc[(rest.isna() | (rest == "")).all(axis=1), "entity"])
    left = [
        unit
        for unit in units
        if unit in described
        or intake.is_no_unit(unit, among_countries=has_countries)
        or (unit in bare and intake.is_note(unit))
    ]
    remarks = [Remark("units_left", {"file": file.name, "names": _listed(left)})] if left else []
    kept = table[~table["entity"].isin(left)].reset_index(drop=True)
    whole = _sum_of_others(kept)
    if not whole:
        return kept, remarks
    remarks.append(Remark("sum_of_others", {"file": file.name, "name": whole}))
    return kept[kept["entity"] != whole].reset_index(drop=True), remarks


def _sum_of_others(table: "pd.DataFrame") -> str:
    """The one unit whose every number is the sum of those of all others, in two columns or more; else nothing."""
    import numpy as np

    numbers = table.select_dtypes("number").dropna(axis="columns")
    if len(table) < _LEAST_SUMMED or numbers.shape[1] < 2 or table["entity"].duplicated().any():
        return ""
    cells = numbers.to_numpy()
    is_whole = (np.isclose(2 * cells, cells.sum(axis=0)) & (cells > 0)).all(axis=1)
    return str(table["entity"].to_numpy()[is_whole][0]) if is_whole.sum() == 1 else ""


def columns_of(tree: "pd.DataFrame") -> list[str]:
    """Columns of the values that the framework names: indicators, and denominators that are none of its codes."""
    inner, codes = set(tree["parent"]), list(tree["code"])
    named = [*(code for code in codes if code not in inner), *filter(None, tree["denominator"])]
    return list(dict.fromkeys(named))


def _unused(table: "pd.DataFrame", tree: "pd.DataFrame", file: str) -> "list[Remark]":
    """The remark that columns of the values have no part in the index."""
    from digital_diplomacy.sources import Remark

    used = {"entity", "period", "name", *columns_of(tree)}
    further = ", ".join(str(column) for column in table if column not in used)
    return [Remark("unused", {"file": file, "columns": further})] if further else []


def _mixed(table: "pd.DataFrame", tree: "pd.DataFrame", file: str) -> "list[Remark]":
    """A remark for each indicator in percent of which some values may be fractions of 1."""
    import pandas as pd

    from digital_diplomacy.sources import Remark, maybe_fractions

    told = []
    for code, *texts in tree[["code", "name", "unit"]].itertuples(index=False):
        if code not in table or not any(_PERCENT.search(str(text)) for text in (code, *texts)):
            continue
        periods = table["period"].astype(str) if "period" in table else ""
        rows = pd.DataFrame({"entity": table["entity"], "group": "", "period": periods, "value": table[code]})
        odd = rows[maybe_fractions(rows.assign(value=pd.to_numeric(rows["value"], errors="coerce")))]
        if len(odd):
            cells = _listed(
                [f"{' '.join(filter(None, (one, when)))}: {value}" for one, _, when, value in odd.to_numpy()]
            )
            told.append(Remark("mixed_units", {"file": file, "column": code, "count": str(len(odd)), "cells": cells}))
    return told


def _with_codes(table: "pd.DataFrame", file: Path) -> "tuple[pd.DataFrame, list[Remark]]":
    """The values with countries by their codes where most units are names of countries; others keep their names."""
    from digital_diplomacy import sources
    from digital_diplomacy.sources import Remark

    units = [unit for unit in dict.fromkeys(table["entity"]) if unit]
    if "name" in table:
        return table, []
    found = countries_among(units, file.name)
    named = {unit: code for unit, code in found.items() if unit != code}
    kept = [unit for unit in units if unit not in found]
    doubtful = sources.doubtful_names(units, file.name)
    counts = {"file": file.name, "count": str(len(named)), "total": str(len(units))}
    remarks = [Remark("countries", counts)] if named else []
    if kept:
        remarks.append(Remark("own_units", {"file": file.name, "names": _listed(kept)}))
    return table.assign(entity=table["entity"].map(lambda unit: named.get(unit, unit))), [*remarks, *doubtful]


def _listed(names: Sequence[str]) -> str:
    from digital_diplomacy.sources.remarks import listed

    return listed(names)


def read_declaration(path: Path | None) -> "tuple[list[dict[str, Any]], tuple[Mapping[str, Any], ...], bool]":
    """Steps and uncertain factors of a file, or the plain index; and whether the factors are the usual ones."""
    from digital_diplomacy import rankings

    if path is None:
        return rankings.default_steps(), _FACTORS, True
    import tomllib  # other commands do not wait for it

    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        refuse("{path}: no TOML in UTF-8: {error}", path=path, error=error)
    unknown = sorted(set(given) - {"steps", "factors"})
    if unknown:
        refuse("{path}: {unknown!r} is not understood; [[steps]] and [[factors]] are", path=path, unknown=unknown[0])
    steps, factors = given.get("steps", rankings.default_steps()), tuple(given.get("factors", _FACTORS))
    try:
        rankings.resolve(steps)
        rankings.read_factors(factors)
    except (ValueError, AttributeError, TypeError) as error:
        refuse("{path}: {error}", path=path, error=error)
    return steps, factors, "factors" not in given


_BY_PERIOD: Final = ("impute", "treat", "normalise")
"""Steps that look at other units, of one period or of all."""


def plain_steps(
    inputs: Inputs, steps: "list[dict[str, Any]]", file: str
) -> "tuple[list[dict[str, Any]], list[Remark]]":
    """The plain index as the values allow it: each period by itself, few units untreated, and what is left unused."""
    from digital_diplomacy.rankings.composite.treatment import MIN_UNITS
    from digital_diplomacy.sources import Remark

    table = inputs.values  # noqa: PD011 (a field)
    least = int(table.groupby("period")["entity"].size().min() if "period" in table else len(table))
    if least < 2:
        refuse("{file}: an index ranks units beside each other, and there is one alone; two are needed", file=file)
    apart, remarks = _by_period(table, steps, file)
    ends = [name for name in ("target", "goalpost_low", "goalpost_high") if inputs.framework[name].notna().any()]
    remarks += [Remark("goalposts_left", {"file": file, "columns": ", ".join(ends)})] if ends else []
    if least >= MIN_UNITS:
        return apart, remarks
    none = {"step": "treat", "method": "none", "reason": f"fewer than {MIN_UNITS} units"}
    untreated = [none if one["step"] == "treat" else one for one in apart]
    return untreated, [*remarks, Remark("untreated", {"file": file, "count": str(MIN_UNITS)})]


def _by_period(
    table: "pd.DataFrame", steps: "list[dict[str, Any]]", file: str
) -> "tuple[list[dict[str, Any]], list[Remark]]":
    """The steps over several periods, each period by itself, which is said; others as they are."""
    from digital_diplomacy.sources import Remark

    if "period" not in table or table["period"].nunique() < 2:
        return steps, []
    apart = [{**step, "over": "period"} if step["step"] in _BY_PERIOD else step for step in steps]
    return apart, [Remark("by_period", {"file": file})]


def workable_factors(
    inputs: Inputs, steps: Sequence[Mapping[str, Any]], period: str
) -> "tuple[tuple[Mapping[str, Any], ...], list[Remark]]":
    """The usual factors without options that cannot work with the steps, and what was left out."""
    from digital_diplomacy import rankings
    from digital_diplomacy.sources import Remark

    drawn_from = rankings.model(inputs.values, inputs.framework, steps, _FACTORS, period=period)
    failing = set(rankings.unworkable_options(drawn_from)["option"])
    weights, choice = _FACTORS
    options = [option for number, option in enumerate(choice["options"]) if number not in failing]
    if len(options) == len(choice["options"]):
        return _FACTORS, []
    gone = ", ".join(str(option["method"]) for option in choice["options"] if option not in options)
    factors = (weights, {**choice, "options": options}) if len(options) > 1 else (weights,)
    return factors, [Remark("default_choice", {"options": gone})]
