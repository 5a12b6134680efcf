"""The declared result tables every metric returns and every figure draws, and the one way to validate a frame.

estimates
    One value with its interval per row. Key ``entity, group, period, measure, source_id``.
pairs
    A measure of two entities, with its interval.
edges, positions
    A network and its drawing.
findings
    A relation between published figures, both sides as intervals, and the verdict.
events
    Something a document dates, and how. Key ``event, document, dated_in``.
matrix
    What meets in a cell of two lists. Key ``row, column``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from digital_diplomacy.errors import Said, TableError, joined, said

INTERVALS: Final = ("none", "rounding", "confidence", "prediction", "simulation", "bound", "sensitivity")
"""What an interval says: nothing known, printed digits, sampling, a forecast, a simulation, logical bounds, or the
range a value takes when one source at a time is left out."""

VERDICTS: Final = ("holds", "approximate", "fails", "cannot be checked")

EXTENTS: Final = ("within", "throughout")
"""Whether an event happened at some time within its period, or filled it."""

DATED_IN: Final = ("text", "reference_list", "address")
"""Where a document dates something: its text, its reference list, or an address or identifier in that list."""

MADE_BY: Final = {
    "estimates": "most functions of penetration, rankings and networks, such as penetration.users_share",
    "pairs": "functions that compare two, such as rankings.score_differences",
    "edges": "networks.take_in and networks.build",
    "positions": "networks.layout",
    "findings": "claims.check",
    "events": "claims.dated",
    "matrix": "claims.crossing and claims.order",
}
"""Who returns each declared table, for those who bring another."""

_NAMES: Final = "names"  # attribute of a frame

MAX_REPORTED: Final = 10  # offending cells named in one error; more would hide the first

_TYPED: Final = {"string[python]": "str", "string[pyarrow]": "str"}  # pandas' names of the type pandera gives text

_ORDERED: Final = "ordered"  # pandera's name of the rule of three columns

_PERIOD = r"^(\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?)?$"


def _text() -> pa.Column:
    return pa.Column(str, coerce=True)


def _number(*, nullable: bool = False) -> pa.Column:
    return pa.Column(float, nullable=nullable, coerce=True)


def _ordered(low: str, value: str, high: str) -> pa.Check:
    """Low, value and high in this order; a missing end counts as unbounded."""
    return pa.Check(
        lambda frame: ~((frame[low] > frame[value]) | (frame[value] > frame[high])),
        error=f"{low} <= {value} <= {high}",
        name=_ORDERED,
        statistics={"low": low, "value": value, "high": high},
    )


ESTIMATES: Final = pa.DataFrameSchema(
    {
        "entity": _text(),
        "group": _text(),
        "period": pa.Column(str, pa.Check.str_matches(_PERIOD), coerce=True),
        "measure": _text(),
        "value": _number(nullable=True),
        "low": _number(nullable=True),
        "high": _number(nullable=True),
        "interval": pa.Column(str, pa.Check.isin(INTERVALS), coerce=True),
        "level": pa.Column(float, pa.Check.in_range(0, 1), nullable=True, coerce=True),
        "unit": _text(),
        "base": _text(),
        "n": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "source_id": _text(),
    },
    checks=_ordered("low", "value", "high"),
    unique=["entity", "group", "period", "measure", "source_id"],
    strict=True,
    ordered=False,
    name="estimates",
)
"""entity (ISO 3166 alpha-3, WORLD or a label code), group (what tells rows of one entity apart; may be empty), period
(ISO 8601), measure (label code), value, low, high (in ``unit``), interval (one of ``INTERVALS``), level (0 to 1, only
for probabilistic intervals), unit, base (population the value refers to), n (sample size), source_id (table name)."""

PAIRS: Final = pa.DataFrameSchema(
    {
        "left": _text(),
        "right": _text(),
        "measure": _text(),
        "value": _number(nullable=True),
        "low": _number(nullable=True),
        "high": _number(nullable=True),
        "interval": pa.Column(str, pa.Check.isin(INTERVALS), coerce=True),
        "level": pa.Column(float, pa.Check.in_range(0, 1), nullable=True, coerce=True),
        "unit": _text(),
        "n": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "source_id": _text(),
    },
    checks=_ordered("low", "value", "high"),
    unique=["left", "right", "measure", "source_id"],
    strict=True,
    name="pairs",
)
"""Two entities (or two measures), what is compared, value with interval, unit, n (units compared), source_id."""

EDGES: Final = pa.DataFrameSchema(
    {
        "source": _text(),
        "target": _text(),
        "relation": _text(),
        "weight": pa.Column(float, pa.Check.gt(0), coerce=True),
    },
    unique=["source", "target", "relation"],
    strict=True,
    name="edges",
)
"""source pays attention to, or depends on, target; relation (label code); weight (larger is stronger, above 0)."""

POSITIONS: Final = pa.DataFrameSchema(
    {
        "actor_id": pa.Column(str, unique=True, coerce=True),
        "type": _text(),
        "label": _text(),
        "x": _number(),
        "y": _number(),
        "size": pa.Column(float, pa.Check.ge(0), coerce=True),
    },
    strict=True,
    name="positions",
)
"""Where each actor is drawn (x, y in plot units), its type, its name in the figure's language, and the value its
size shows."""

FINDINGS: Final = pa.DataFrameSchema(
    {
        "relation_id": pa.Column(str, unique=True, coerce=True),
        "kind": _text(),
        "documents": _text(),
        "left": _text(),
        "left_low": _number(nullable=True),
        "left_high": _number(nullable=True),
        "right": _text(),
        "right_low": _number(nullable=True),
        "right_high": _number(nullable=True),
        "unit": _text(),
        "verdict": pa.Column(str, pa.Check.isin(VERDICTS), coerce=True),
        "reason": _text(),
        "claims": _text(),
    },
    strict=True,
    name="findings",
)
"""relation_id, kind of relation, documents (joined by blanks), both sides in words and as intervals in ``unit``,
verdict (one of ``VERDICTS``), reason (the arithmetic in words), claims (claim_ids joined by blanks)."""

EVENTS: Final = pa.DataFrameSchema(
    {
        "event": _text(),
        "event_kind": _text(),
        "entity": _text(),
        "period": pa.Column(str, [pa.Check.str_matches(_PERIOD), pa.Check.str_length(min_value=4)], coerce=True),
        "extent": pa.Column(str, pa.Check.isin(EXTENTS), coerce=True),
        "dated_in": pa.Column(str, pa.Check.isin(DATED_IN), coerce=True),
        "bound": _text(),
        "document": _text(),
        "source_id": _text(),
    },
    unique=["event", "document", "dated_in"],
    strict=True,
    name="events",
)
"""event (label code ``event.<code>`` or ``entity.<code>``), event_kind (label code), entity (ISO 3166 alpha-3 or
WORLD), period (ISO 8601, as precise as printed), extent (one of ``EXTENTS``), dated_in (one of ``DATED_IN``), bound
(exact, about, at_least or at_most), document (its number), source_id (table name)."""

MATRIX: Final = pa.DataFrameSchema(
    {
        "row_group": _text(),
        "row": _text(),
        "column": _text(),
        "cell": _text(),
        "count": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "documents": _text(),
        "source_id": _text(),
    },
    unique=["row", "column"],
    strict=True,
    name="matrix",
)
"""row_group, row, column (whole label codes, such as ``item.goal_allies``; the group may be empty), cell (label code
``cell.<code>``; empty where nothing meets), count (what the cell counts, if it counts), documents (numbers of those
that say it, joined by blanks), source_id (table name). Rows and columns stand in the order of their first use."""


EXCHANGES: Final = pa.DataFrameSchema(
    {
        "relation_id": _text(),
        "people": _text(),
        "partner": _text(),
        "channel": _text(),
        "way": pa.Column(str, pa.Check.isin(["asks", "answers", "tells"]), coerce=True),
        "period": _text(),
        "document": _text(),
        "source_id": _text(),
    },
    unique=["relation_id"],
    strict=True,
    name="exchanges",
)
"""relation_id (of a statement), people and partner (entity codes), channel (entity code; empty if none is named), way
(people ask, the partner answers, or tells them something unasked), period, document (its number), source_id."""


_OWN_SOURCE: Final = "own/"
_EDITION_SOURCE: Final = "edition/"


def own_source(title: str) -> str:
    """The ``source_id`` of rows of a user's own table, which is told by its title instead of a label.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.own_source("National Statistical Committee"), tables.own_title("own/National Statistical Committee")
    ('own/National Statistical Committee', 'National Statistical Committee')
    """
    return f"{_OWN_SOURCE}{title}"


def edition_source(title: str) -> str:
    """The ``source_id`` of rows of an edition that was fetched from a publisher.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.edition_source("World Bank, 2026-07-13")
    'edition/World Bank, 2026-07-13'
    """
    return f"{_EDITION_SOURCE}{title}"


def is_edition(source_id: str) -> bool:
    """Whether rows of this ``source_id`` were fetched from a publisher.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.is_edition("edition/World Bank, 2026-07-13"), tables.is_edition("own/National Statistical Committee")
    (True, False)
    """
    return source_id.startswith(_EDITION_SOURCE)


def own_title(source_id: str) -> str:
    """The title of a table that was taken in, a user's own or an edition, by its ``source_id``; empty for any other.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.own_title("own/National Statistical Committee"), tables.own_title("un_egdi")
    ('National Statistical Committee', '')
    """
    kept = (_OWN_SOURCE, _EDITION_SOURCE)
    return source_id.partition("/")[2] if source_id.startswith(kept) else ""


_TOGETHER: Final = "\N{INFORMATION SEPARATOR ONE}"  # in no title


def together(source_ids: Iterable[str]) -> str:
    """The ``source_id`` of rows that rest on several tables at once, as a line over editions of one ranking does.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.sources_of(tables.together(["un_egdi", "edition/E-Government Knowledgebase, 2026", "un_egdi"]))
    ['un_egdi', 'edition/E-Government Knowledgebase, 2026']
    """
    return _TOGETHER.join(dict.fromkeys(source_ids))


def sources_of(source_id: str) -> list[str]:
    """The tables that a ``source_id`` names.

    Examples
    --------
    >>> from digital_diplomacy import tables
    >>> tables.sources_of("un_egdi"), tables.sources_of("")
    (['un_egdi'], [''])
    """
    return source_id.split(_TOGETHER)


class _Names(dict[str, str]):
    """Names that frames share: pandas copies deeply what a frame carries, at every selection of rows or a column."""

    def __deepcopy__(self, memo: dict[int, object]) -> "_Names":
        return self


def named(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """A copy of the frame that carries names of a researcher's own codes (``entity.embassy_7``) to whatever draws it.

    Selecting, sorting and validating rows keeps them; `labels.own_names` says what they are.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import tables
    >>> rows = tables.named(pd.DataFrame({"entity": ["embassy_7", "KAZ"]}), {"entity.embassy_7": "Embassy"})
    >>> tables.names_of(rows[rows["entity"] == "KAZ"])
    {'entity.embassy_7': 'Embassy'}
    """
    copied = frame.copy()
    copied.attrs[_NAMES] = _Names(names)
    return copied


def named_as(frame: pd.DataFrame, *frames: pd.DataFrame) -> pd.DataFrame:
    """A frame with the names that those it was made of carry.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import tables
    >>> rows = tables.named(pd.DataFrame({"entity": ["embassy_7"]}), {"entity.embassy_7": "Embassy"})
    >>> tables.names_of(tables.named_as(pd.DataFrame({"entity": ["embassy_7"], "value": [1]}), rows))
    {'entity.embassy_7': 'Embassy'}
    """
    own = names_of(*frames)
    return named(frame, own) if own else frame


def names_of(*frames: pd.DataFrame) -> dict[str, str]:
    """The names that frames carry, all together; of one code the last.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import tables
    >>> rows = tables.named(pd.DataFrame({"entity": ["embassy_7"]}), {"entity.embassy_7": "Embassy"})
    >>> tables.names_of(rows, pd.DataFrame({"entity": ["KAZ"]}))
    {'entity.embassy_7': 'Embassy'}
    """
    return {code: name for frame in frames for code, name in frame.attrs.get(_NAMES, {}).items()}


def validate(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, *, where: str = "", key: list[str] | None = None
) -> pd.DataFrame:
    """Return ``frame`` with its columns typed and ordered as declared, or refuse it.

    Parameters
    ----------
    frame : DataFrame
        Any frame; it is not changed.
    schema : pandera DataFrameSchema
        One of the tables declared here, or one built from a descriptor.
    where : str
        Name of the file or step, put in front of the message.
    key : list of str, optional
        Columns that name a row in the message; by default those the schema declares unique.

    Returns
    -------
    DataFrame
        A new frame with a plain integer index.

    Raises
    ------
    TableError
        Naming row key, column, value and rule of the first offending cells.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import tables
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": ["cites"], "weight": [2]})
    >>> tables.validate(ties, tables.EDGES)["weight"].tolist()  # whole numbers become numbers
    [2.0]
    >>> tables.validate(ties.assign(weight=0), tables.EDGES)
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: edges: row 1 (a/b/cites), column `weight`: 0 breaks greater_than(0).
    """
    columns = list(schema.columns)
    missing = [name for name in columns if name not in frame.columns]
    unknown = [str(name) for name in frame.columns if name not in columns]
    if missing or unknown:
        wrong = [said("column `{name}` is missing", name=name) for name in missing]
        wrong += [said("column `{name}` is not declared", name=name) for name in unknown[:MAX_REPORTED]]
        if len(unknown) > MAX_REPORTED:
            wrong.append(said("nor are {count} more", count=len(unknown) - MAX_REPORTED))
        makers = MADE_BY.get(str(schema.name))
        made = said(" Such a table is returned by {makers}.", makers=makers) if makers else ""
        raise TableError(
            "{where}: {wrong}. Declared columns: {columns}.{made}",
            where=where or schema.name,
            wrong=joined(wrong),
            columns=", ".join(columns),
            made=made,
        )
    ordered = frame if list(frame.columns) == columns else frame.loc[:, columns]
    plain = ordered.reset_index(drop=True)
    types = zip(columns, plain.dtypes.array, strict=True)
    counted = [name for name, held in types if held.kind in "iu" and str(schema.columns[name].dtype) == "float64"]
    whole = plain.assign(**{name: plain[name].astype(float) for name in counted}) if counted else plain
    if _fits(whole, schema):
        return whole
    typed = _typed(plain, schema)
    if typed is not None and _fits(typed, schema):
        return typed
    try:
        return schema.validate(plain, lazy=True)
    except SchemaErrors as error:
        named = key or list(schema.unique or []) or columns[:1]
        raise TableError(_message(error.failure_cases, plain, named, where or str(schema.name))) from error


def _typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame | None:
    """The frame with the types of its columns, by pandera's own rules; None where a cell cannot have its type."""
    try:
        typed = {name: c.dtype.coerce(frame[name]) if c.coerce else frame[name] for name, c in schema.columns.items()}
    except Exception:  # of many kinds; the closer look says in which cell
        return None
    return pd.DataFrame(typed)


def _fits(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Whether a frame is valid as it is; a no means only that it has to be looked at more closely, and typed.

    The rules are the schema's own. pandera prepares for what may be wrong, which takes it twenty milliseconds however
    small the frame is, and metrics validate many small ones.
    """
    if schema.parsers or schema.index is not None or any(c.parsers or c.regex for c in schema.columns.values()):
        return False
    cells, gaps = dict(frame.items()), {}
    for name, column in schema.columns.items():
        if str(cells[name].dtype) != _TYPED.get(str(column.dtype), str(column.dtype)):
            return False
        gaps[name] = bool(cells[name].array.isna().any())
        if (gaps[name] and not column.nullable) or (column.unique and not cells[name].is_unique):
            return False
        if column.checks and not _keep(cells[name].dropna() if gaps[name] else cells[name], column.checks):
            return False
    keys = list(schema.unique or [])
    if any(gaps[name] for name in keys):
        alike = bool(frame.duplicated(keys).any())
    else:
        alike = bool(keys) and len(set(zip(*(cells[name].tolist() for name in keys), strict=True))) < len(frame)
    return not alike and all(_in_order(cells, check) or check(frame).check_passed for check in schema.checks)


def _keep(cells: "pd.Series[Any]", checks: Iterable[pa.Check]) -> bool:
    """Whether the cells of a column, none of them empty, keep its rules.

    Each different cell is asked once. What is not known here, and what seems broken, is left to pandera.
    """
    known = cells.dtype.kind in "iuf" or isinstance(cells.dtype, pd.StringDtype)
    different = set(cells.tolist()) if known else set()
    for check in checks:
        rule = _RULES.get(check.name) if known else None
        if not (rule and rule(different, **(check.statistics or {}))) and not check(cells).check_passed:
            return False
    return True


def _within(cells: set[Any], min_value: Any, max_value: Any, include_min: bool, include_max: bool) -> bool:
    least, most = (min(cells), max(cells)) if cells else (None, None)
    return least is None or (
        (least > min_value or (include_min and least == min_value))
        and (most < max_value or (include_max and most == max_value))
    )


def _matches(cell: str, pattern: str) -> bool:
    """Whether a text matches; of others than plain letters and signs, engines of patterns think differently."""
    return cell.isascii() and cell.isprintable() and re.match(pattern, cell) is not None


_RULES: Final[Mapping[str | None, Callable[..., bool]]] = {
    "isin": lambda cells, allowed_values: cells <= {*allowed_values},
    "greater_than": lambda cells, min_value: not cells or min(cells) > min_value,
    "greater_than_or_equal_to": lambda cells, min_value: not cells or min(cells) >= min_value,
    "less_than": lambda cells, max_value: not cells or max(cells) < max_value,
    "less_than_or_equal_to": lambda cells, max_value: not cells or max(cells) <= max_value,
    "in_range": _within,
    "str_matches": lambda cells, pattern: all(_matches(cell, pattern) for cell in cells),
}
"""pandera's own rules of one cell by the names and arguments they have there."""


def _in_order(columns: "Mapping[Any, pd.Series[Any]]", check: pa.Check) -> bool:
    if check.name != _ORDERED or check.statistics is None:
        return False
    names = check.statistics
    low, value, high = (columns[names[part]].to_numpy() for part in ("low", "value", "high"))
    return not bool(((low > value) | (value > high)).any())


def _message(cases: pd.DataFrame, frame: pd.DataFrame, key: list[str], where: str) -> Said:
    """One line per offending cell: row, key, column, value, and the first rule it breaks."""
    lines: dict[tuple[object, str], Said] = {}
    untyped = set(cases.loc[cases["check"].astype(str).str.startswith("coerce_dtype"), "column"])
    for case in cases.sort_values("index", key=pd.isna, kind="stable").to_dict("records"):
        if case["column"] in untyped and not str(case["check"]).startswith("coerce_dtype"):
            continue  # a column that cannot be typed fails every further check, which says nothing new
        column = str(case["column"]) if case["schema_context"] == "Column" else ", ".join(key)
        rule = _rule(str(case["check"]))
        if pd.isna(case["index"]):
            lines[None, f"{column}{rule}"] = said(
                "column `{column}`: {value} breaks {rule}", column=column, value=case["failure_case"], rule=rule
            )
            continue
        row = int(case["index"])
        named = "/".join(str(frame.at[row, name]) for name in key if name in frame.columns)
        value = _quoted(frame.at[row, column]) if column in frame.columns else repr(named)
        told = "row {row} ({named}), column `{column}`: {value} breaks {rule}"
        lines.setdefault((row, column), said(told, row=row + 1, named=named, column=column, value=value, rule=rule))
    found = list(lines.values())
    more = [said("... and {count} more", count=len(found) - MAX_REPORTED)] if len(found) > MAX_REPORTED else []
    return said("{where}: {lines}.", where=where, lines=joined([*found[:MAX_REPORTED], *more]))


def _quoted(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _rule(check: str) -> Said | str:
    """pandera's name of a check in the words of a table's author."""
    if "uniqueness" in check or check == "unique":
        return said("unique key")
    if check == "not_nullable":
        return said("required")
    return check.replace("coerce_dtype(", "type(")
