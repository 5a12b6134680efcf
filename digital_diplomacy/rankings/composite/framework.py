"""The framework of a composite index: which indicators make up which aggregates, with which weights, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from digital_diplomacy.errors import TableError, joined, said
from digital_diplomacy.tables import validate

_TOLD: Final = 5  # cells that one refusal names
_OPTIONAL: Final[Mapping[str, Any]] = {
    "name": "",
    "direction": 1,
    "weight": 1.0,
    "unit": "",
    "denominator": "",
    "target": np.nan,
    "goalpost_low": np.nan,
    "goalpost_high": np.nan,
    "source": "",
    "reason": "",
}
"""Columns a framework may leave out, and what they then hold."""

_TEXTS: Final = pd.StringDtype(na_value=np.nan)

ENTITY: Final = "entity"
PERIOD: Final = "period"


def _text() -> pa.Column:
    return pa.Column(str, coerce=True)


def _finite(column: str) -> pa.Check:
    return pa.Check(lambda frame: frame[column].isna() | np.isfinite(frame[column]), error=f"{column} is finite")


FRAMEWORK: Final = pa.DataFrameSchema(
    {
        "code": pa.Column(str, pa.Check.str_length(min_value=1), coerce=True),
        "name": _text(),
        "parent": _text(),
        "direction": pa.Column(int, pa.Check.isin((-1, 1)), coerce=True),
        "weight": pa.Column(float, pa.Check.ge(0), coerce=True),
        "unit": _text(),
        "denominator": _text(),
        "target": pa.Column(float, nullable=True, coerce=True),
        "goalpost_low": pa.Column(float, nullable=True, coerce=True),
        "goalpost_high": pa.Column(float, nullable=True, coerce=True),
        "source": _text(),
        "reason": _text(),
    },
    checks=[
        *(_finite(column) for column in ("weight", "target", "goalpost_low", "goalpost_high")),
        pa.Check(
            lambda frame: ~(frame["goalpost_low"] >= frame["goalpost_high"]), error="goalpost_low < goalpost_high"
        ),
    ],
    unique=["code"],
    strict=True,
    name="framework",
)
"""One row per indicator or aggregate: code, name, parent (empty for the index itself), direction (1 more is better, -1
less is), weight (relative within its parent, at least 0), unit, denominator (a column of the values), target (in
``unit``), goalpost_low and goalpost_high (in ``unit``), source, reason (why it weighs what it weighs)."""


@dataclass(frozen=True)
class Hierarchy:
    """The tree a framework describes.

    Attributes
    ----------
    indicators : tuple of str
        Codes without children, in the order of the framework.
    aggregates : tuple of str
        All other codes, children before parents; the last is the index.
    parent : mapping of code to code
        Of every code but the index.
    children : mapping of code to tuple of codes
        Of every aggregate, in the order of the framework.
    height : mapping of code to int
        0 for an indicator, 1 + the largest height of its children for an aggregate. This is the level at which an
        aggregate is made: 1 pillars of indicators, 2 what pillars make up, and so on.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = pd.DataFrame({"code": ["a", "b", "c", "p", "index"], "parent": ["p", "p", "index", "index", ""]})
    >>> found = rankings.hierarchy(rankings.check_framework(tree))
    >>> found.index, found.levels, found.below("p")
    ('index', 2, ('a', 'b'))
    >>> found.indicators, found.aggregates
    (('a', 'b', 'c'), ('p', 'index'))
    """

    indicators: tuple[str, ...]
    aggregates: tuple[str, ...]
    parent: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    height: Mapping[str, int]

    @property
    def index(self) -> str:
        """Code of the index itself."""
        return self.aggregates[-1]

    @property
    def levels(self) -> int:
        """Height of the index: how many times something is aggregated."""
        return self.height[self.index]

    def below(self, code: str) -> tuple[str, ...]:
        """Indicators under ``code``, in the order of the framework; an indicator is under itself."""
        if code not in self.children:
            return (code,)
        found = {leaf for child in self.children[code] for leaf in self.below(child)}
        return tuple(leaf for leaf in self.indicators if leaf in found)


def check_framework(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with every declared column (``FRAMEWORK``), or a refusal.

    Parameters
    ----------
    framework : DataFrame
        At least ``code`` and ``parent``; columns left out hold what an unweighted index of more-is-better has.

    Raises
    ------
    TableError
        Naming duplicate codes, unknown parents, several roots or none, cycles, and parents whose children all weigh 0.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.check_framework(tree)["weight"].tolist()
    [1.0, 1.0, 1.0]
    """
    given = _content(framework)
    checked = framework.reset_index(drop=True) if given and _is_as_declared(given) else _completed(framework)
    _refuse_no_tree(_content(checked) or _Content((object(),), checked))  # an object of its own equals no other
    return checked


@dataclass(frozen=True)
class _Content:
    """What a framework with every column says; equal ones are looked through once, as every step asks."""

    cells: tuple[Any, ...]
    framework: pd.DataFrame = field(compare=False)


def _content(framework: pd.DataFrame) -> _Content | None:
    """The content, to the bit; none where columns are missing or no numbers and texts."""
    if list(framework.columns) != list(FRAMEWORK.columns):
        return None
    columns = [column for _, column in framework.items()]
    kinds = [column.dtype.kind if isinstance(column.dtype, np.dtype) else "" for column in columns]
    cells = [
        (str(column.dtype), column.to_numpy().tobytes() if kind in ("i", "f") else tuple(column.tolist()))
        for column, kind in zip(columns, kinds, strict=True)
    ]
    is_plain = all(isinstance(held, bytes) or all(isinstance(cell, str) for cell in held) for _, held in cells)
    return _Content(tuple(cells), framework) if is_plain else None


@lru_cache(maxsize=64)
def _refuse_no_tree(content: _Content) -> None:
    """Refuse a framework, complete and typed, whose codes make up no index."""
    checked = content.framework
    _refuse_loose_ends(checked)
    hierarchy(checked)
    children = checked[checked["parent"] != ""]
    weightless = children.groupby("parent", sort=True)["weight"].sum().loc[lambda sums: sums == 0]
    if len(weightless):
        raise TableError(
            "framework: every weight below {index} is 0; give one child some weight",
            index=", ".join(map(repr, weightless.index)),
        )


def _completed(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with every column, typed as declared."""
    given = _with_defaults(_spelled(framework))
    for name in ("direction", "weight", "target", "goalpost_low", "goalpost_high"):
        _refuse_words(given, name)
    fractions = pd.to_numeric(given["direction"], errors="coerce") % 1 != 0
    if fractions.any():
        said = ", ".join(map(repr, given.loc[fractions, "code"]))
        raise TableError(
            "framework, column `direction`: {said} has neither 1 nor -1; write 1 if more is better", said=said
        )
    ends = given[["goalpost_low", "goalpost_high"]].apply(pd.to_numeric, errors="coerce")
    turned = ends["goalpost_low"] >= ends["goalpost_high"]
    if turned.any():
        raise TableError(
            "framework: {codes}: goalpost_low is not below goalpost_high; give the smaller number as goalpost_low, "
            "also where less is better: direction says so",
            codes=", ".join(map(repr, given.loc[turned, "code"])),
        )
    texts = ("name", "parent", "unit", "denominator", "source", "reason")
    empty = {name: given[name].astype(object).fillna("") for name in texts}  # one without a word was read as numbers
    filled = given.assign(**empty)
    content = _content(filled)
    return filled.reset_index(drop=True) if content and _is_as_declared(content) else validate(filled, FRAMEWORK)


def _spelled(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with its columns' names in small letters, if they are known; refused without code and parent."""
    known = {str(name): str(name).strip().casefold() for name in framework.columns}
    taken = set(framework.columns)
    renamed = {name: low for name, low in known.items() if low in FRAMEWORK.columns and low not in taken}
    twice = [low for low in renamed.values() if list(renamed.values()).count(low) > 1]
    if twice:
        raise TableError(
            "framework: several columns are called {twice!r} but for capital letters; keep one", twice=twice[0]
        )
    spelled = framework.rename(columns=renamed)
    unknown = [str(name) for name in spelled.columns if name not in FRAMEWORK.columns]
    for name in ("code", "parent"):
        if name not in spelled:
            has = ", ".join(map(str, framework.columns))
            raise TableError(
                "framework: no column `{name}`; there are {has}. Every code names its parent", name=name, has=has
            )
    if unknown:
        raise TableError(
            "framework: column `{unknown}` has no meaning; known are {columns}",
            unknown=unknown[0],
            columns=", ".join(FRAMEWORK.columns),
        )
    return spelled


def _with_defaults(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with columns left out, and empty cells, holding what an unweighted index of more-is-better has."""
    given = framework.assign(**{name: value for name, value in _OPTIONAL.items() if name not in framework})
    for name in ("direction", "weight"):
        empty = given[name].isna() | (given[name].astype(str).str.strip() == "")
        if empty.any():
            given = given.assign(**{name: given[name].astype(object).where(~empty, _OPTIONAL[name]).infer_objects()})
    return given


def _refuse_words(framework: pd.DataFrame, name: str) -> None:
    """Refuse cells that are no numbers, in the words of the table."""
    column = framework[name]
    wrong = pd.to_numeric(column, errors="coerce").isna() & column.notna()
    if wrong.any():
        rows = framework.loc[wrong, ["code", name]].astype(str).itertuples(index=False, name=None)
        cells = ", ".join(f"{code}: {cell!r}" for code, cell in rows)
        of_direction = said("write 1 if more is better, -1 if less")
        cure = of_direction if name == "direction" else said("write it as in 0.6")
        raise TableError("framework, column `{name}`: {cells} is no number; {cure}", name=name, cells=cells, cure=cure)


@lru_cache(maxsize=64)
def _is_as_declared(content: _Content) -> bool:
    """Whether nothing is left to type or to refuse: every step asks, and validating fully would cost more than most."""
    framework = content.framework
    numbers = framework[["weight", "target", "goalpost_low", "goalpost_high"]]
    texts = framework.drop(columns=["direction", *numbers.columns])
    typed = framework["direction"].dtype == int and all(map(pd.api.types.is_float_dtype, numbers.dtypes))
    if not typed or not texts.map(lambda cell: isinstance(cell, str)).all(axis=None):
        return False
    return bool(
        (framework["code"] != "").all()
        and framework["code"].is_unique
        and framework["direction"].isin((-1, 1)).all()
        and (framework["weight"] >= 0).all()
        and not np.isinf(numbers.to_numpy()).any()
        and not (framework["goalpost_low"] >= framework["goalpost_high"]).any()
    )


def _refuse_loose_ends(framework: pd.DataFrame) -> None:
    reserved = [code for code in (ENTITY, PERIOD) if code in set(framework["code"])]
    if reserved:
        raise TableError(
            "framework: {reserved!r} names units, not an indicator or aggregate; choose another code",
            reserved=reserved[0],
        )
    roots = framework.loc[framework["parent"] == "", "code"].tolist()
    if len(roots) != 1:
        found = ", ".join(map(repr, roots)) or said("none")
        raise TableError("framework: one code has no parent, the index itself; found {found}", found=found)
    unknown = framework[~framework["parent"].isin([*framework["code"], ""])]
    if len(unknown):
        loose = joined(
            said("parent {parent!r} of {code!r}", parent=r.parent, code=r.code) for r in unknown.itertuples()
        )
        raise TableError(
            "framework: {loose} is no code of the framework; add a row for it or mend the name", loose=loose
        )
    if len(framework) == 1:
        raise TableError("framework: {roots!r} has no indicators; add rows whose parent it is", roots=roots[0])


def hierarchy(framework: pd.DataFrame) -> Hierarchy:
    """The tree of a framework as `check_framework` returns it.

    Raises
    ------
    TableError
        If codes are each other's parents in a circle, naming them.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = pd.DataFrame({"code": ["speed", "price", "web", "index"], "parent": ["web", "web", "index", ""]})
    >>> found = rankings.hierarchy(rankings.check_framework(tree))
    >>> dict(found.children)
    {'web': ('speed', 'price'), 'index': ('web',)}
    >>> found.height["web"], found.height["index"]
    (1, 2)
    """
    return _tree(tuple(framework["code"].tolist()), tuple(framework["parent"].tolist()))


@lru_cache(maxsize=64)
def _tree(codes: tuple[str, ...], parents: tuple[str, ...]) -> Hierarchy:
    parent = {str(c): str(p) for c, p in zip(codes, parents, strict=True) if p != ""}
    children: dict[str, list[str]] = {}
    for code, above in parent.items():
        children.setdefault(above, []).append(code)
    height = {str(code): 0 for code in codes if code not in children}
    waiting = set(codes) - set(height)
    while waiting:
        ready = {code for code in waiting if all(child in height for child in children[code])}
        if not ready:
            circle = ", ".join(sorted(map(repr, waiting)))
            raise TableError(
                "framework: a cycle among the parents of {circle}; every code must lead to the index", circle=circle
            )
        height |= {code: 1 + max(height[child] for child in children[code]) for code in ready}
        waiting -= ready
    order = {code: number for number, code in enumerate(codes)}
    aggregates = sorted(children, key=lambda code: (height[code], order[code]))
    return Hierarchy(
        indicators=tuple(str(code) for code in codes if code not in children),
        aggregates=tuple(aggregates),
        parent=parent,
        children={code: tuple(below) for code, below in children.items()},
        height=height,
    )


def check_values(values: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """The values with every indicator as numbers, or a refusal.

    Parameters
    ----------
    values : DataFrame
        One row per unit: ``entity``, ``period`` if there are several, one column per indicator in its unit, and any
        further columns (denominators, groups). Missing values are allowed.
    framework : DataFrame
        As `check_framework` returns it.

    Raises
    ------
    TableError
        Naming missing columns, units given twice, and cells that are no finite numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> tree = rankings.check_framework(pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""]}))
    >>> rankings.check_values(pd.DataFrame({"entity": ["KAZ", "UZB"], "a": ["1.5", None]}), tree)["a"].tolist()
    [1.5, nan]
    >>> rankings.check_values(pd.DataFrame({"entity": ["KAZ", "KAZ"], "a": [1.5, 2.0]}), tree)
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: values: KAZ given more than once; keep one row
    """
    wanted = hierarchy(framework).indicators
    missing = [code for code in (ENTITY, *wanted) if code not in values]
    if missing:
        raise TableError("values: no column {missing}; the framework names it", missing=", ".join(map(repr, missing)))
    _refuse_doubtful(values)
    key = [ENTITY, *([PERIOD] if PERIOD in values else [])]
    texts = {name: values[name].astype(str) for name in key if values[name].dtype != _TEXTS}
    named = (values.assign(**texts) if texts else values).reset_index(drop=True)
    if len(set(zip(*(named[name].tolist() for name in key), strict=True))) < len(named):
        twice = named[named.duplicated(key)]
        said = ", ".join("/".join(row) for row in twice[key].astype(str).itertuples(index=False, name=None))
        raise TableError("values: {said} given more than once; keep one row", said=said)
    if named.empty:
        raise TableError("values: no rows; give one row per unit")
    loose = [code for code in wanted if named[code].dtype != float or np.isinf(named[code].to_numpy()).any()]
    return replace_columns(named, {code: _numbers(named, code, key) for code in loose}) if loose else named


def _refuse_doubtful(values: pd.DataFrame) -> None:
    """Refuse columns given twice, and rows that do not say which unit and period they are of."""
    twice = values.columns[values.columns.duplicated()].unique()
    if len(twice):
        raise TableError("values: column {twice} given more than once; keep one", twice=", ".join(map(repr, twice)))
    for column in (ENTITY, PERIOD):
        if column not in values:
            continue
        cells = zip(values[column].isna().tolist(), values[column].tolist(), strict=True)
        empty = [number for number, (gone, cell) in enumerate(cells) if gone or not str(cell).strip()]
        if empty:
            raise TableError(
                "values, row {row}: column {column!r} is empty; name the unit and, if there are several, the period of "
                "every row",
                row=empty[0] + 1, column=column,
            )  # fmt: skip


def replace_columns(values: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """The values with some columns replaced or added, in one go: wide frames are slow to change column by column."""
    kept = values.drop(columns=[code for code in columns if code in values])
    both = pd.concat([kept, pd.DataFrame(dict(columns), index=values.index)], axis=1)
    return both[[*values.columns, *(code for code in columns if code not in values)]]


def _numbers(values: pd.DataFrame, code: str, key: list[str]) -> pd.Series:
    column = pd.to_numeric(values[code], errors="coerce").astype(float)
    wrong = values[(column.isna() & values[code].notna()) | np.isinf(column)]
    if len(wrong):
        rows = wrong[[*key, code]].to_numpy()
        cells = [f"{'/'.join(map(str, row[:-1]))}: {row[-1]!r}" for row in rows[:_TOLD]]
        said = "; ".join([*cells, f"… (+{len(rows) - _TOLD})"] if len(rows) > _TOLD else cells)
        raise TableError(
            "values, column {code!r}: {said} is no finite number; leave the cell empty if it is missing",
            code=code,
            said=said,
        )
    return column
