"""Words and numbers of figures and tables: the cells of result tables as readers see them, in one language."""

import math
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from typing import Final, ParamSpec, TypeVar

import pandas as pd

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import LabelError

P = ParamSpec("P")
R = TypeVar("R")

_OWN_NAMED: Final = 12  # entities named under a figure; more would fill it
LABELLED: Final = {
    "measure": "measure",
    "unit": "unit",
    "base": "base",
    "group": "group",
    "platform": "platform",
    "programme": "entity",
    "verdict": "verdict",
    "matter": "matter",
    "proposition": "proposition",
    "interval": "interval",
    "relation": "relation",
    "type": "type",
    "other_type": "type",
    "kind": "kind",
    "bound": "bound",
    "source_id": "source",
    "notebook": "notebook",
    "hand": "hand",
    "conflict": "conflict",
    "stage": "stage",
    "practice": "practice",
    "standing": "standing",
    "read_from": "read_from",
    "direction": "direction",
    "reading": "reading",
    "event_kind": "event_kind",
    "dated_in": "dated_in",
    "list_id": "list",
    "item_kind": "item_kind",
    "item_id": "item",
    "cell": "cell",
    "figure": "figure",
    "advice": "advice",
    "least_model": "group",
    "most_model": "group",
    "best_model": "group",
    "first_group": "group",
    "second_group": "group",
    "last_group": "group",
    "other_group": "group",
}
"""Columns of codes and the prefix under which their labels stand."""

OWN: Final = ("measure", "unit", "base", "group", "platform", "programme", "relation", "type", "kind", "source_id")
"""Those of them that may hold codes of a researcher's own, which has no label and then is its own name."""

NAMED: Final = ("entity", "left", "right", "country", "iso3", "author", "holder")
"""Columns that hold countries or other named entities."""

DOCUMENTS: Final = ("document", "documents", "other_document")
"""Columns of one document, or of several separated by blanks, which readers know by author and year."""

CODED: Final = {"event": "event", "row": "", "column": "", "row_group": ""}
"""Columns of codes that name their own kind of label (``item.goal_allies``), and the kind meant if they do not."""

PERIODS: Final = ("period", "told", "listed")
"""Columns of ISO 8601 periods."""

PLAIN: Final = ("year", "edition")
"""Columns of whole numbers that people write without grouping marks."""

BOUNDING: Final = ("rounding", "bound")
"""Kinds of interval whose ends are bounds: nothing may lie beyond them."""

ONE_DECIMAL: Final = ("share_low", "share_high", "top", "last_value", "net")
"""Columns told to one decimal, as are all columns named ``..._pct`` and ``..._by_chance``."""

CHANCES: Final = ("_p", "_p_any")
"""Endings of columns of probabilities under chance, told by `chance`, as is a column ``p``."""

PERCENTS: Final = ("percent", "percentage_points", "percent_per_year")
"""Units whose values have at most one decimal where no interval tells how sure they are: a survey knows no more."""

MAX_DECIMALS: Final = 6
MOST_DECIMALS: Final = 10  # of two numbers that nothing else tells apart
LEAST_CHANCE: Final = 0.001  # a probability below it is told as that
KEPT_DECIMALS: Final = 2  # decimals people print themselves; a number that has no more is left as it is
MIN_DIGITS: Final = 4  # significant digits kept of a computed number
LARGE: Final = 1_000.0  # from here on the width of an interval may round before the decimal mark, too
_WORDS: Final = re.compile(r"[^\W\d_]")
_DATED: Final = re.compile(r"\((\d{4}-\d{2}(?:-\d{2})?)\)")
_NUMBER: Final = re.compile(r"(?<![\w.,/:-])\d+(?:\.\d+)?(?![\w,/]|\.\d|-\d)")
_NOISE: Final = 1e-9  # a width of 0.0001 must not count as a hair less
COMPACT_FROM: Final = 10_000.0  # from here on axes write thousand and million in words


def in_own_names(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with the names that the frames given to it carry (`tables.named`)."""

    @wraps(function)
    def told(*given: P.args, **options: P.kwargs) -> R:
        flat = [part for one in (*given, *options.values()) for part in (one if isinstance(one, tuple) else (one,))]
        frames = [part for part in flat if isinstance(part, pd.DataFrame)]
        with labels.own_names(tables.names_of(*frames)):
            return function(*given, **options)

    return told


def differs(values: pd.Series) -> bool:
    """Whether a column holds more than one value."""
    return len(values.unique()) > 1


def missing(value: object) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value == "" or bool(pd.isna(value))  # type: ignore[call-overload]


def name(column: str, code: str, lang: str) -> str:
    """What a reader sees for a code of that column; the empty code is empty."""
    parts = tables.sources_of(code) if column == "source_id" else [code]
    return "; ".join(_name(column, part, lang) for part in parts if part)


def _name(column: str, code: str, lang: str) -> str:
    if column in DOCUMENTS:
        return ", ".join(labels.document(part, lang) for part in code.split())
    if column in LABELLED:
        kind = LABELLED[column]
        if title := tables.own_title(code) if column == "source_id" else "":
            named = labels.on_one_line(title)
            return named if tables.is_edition(code) else labels.text("notice.own_source", lang, title=named)
        return labels.name(kind, code, lang) if column in OWN else labels.text(f"{kind}.{code}", lang)
    if column in CODED:
        return coded(code if "." in code else f"{CODED[column]}.{code}", lang)
    if column in NAMED:
        return side(code, lang) if column in ("left", "right") else labels.entity(code, lang)
    return _plain_name(column, code, lang)


def _plain_name(column: str, code: str, lang: str) -> str:
    """A period or a language as it is called; any other code is its own name."""
    if column == "language":
        return labels.language(code, lang)
    return labels.period(code, lang) if column in PERIODS or column.endswith("_period") else code


def arithmetic(text: str, lang: str) -> str:
    """The arithmetic of a finding with the marks of the language; with words in it, it quotes and is left as printed.

    Examples
    --------
    >>> arithmetic("2020: 81.9 >= 80; 2500000 / 9500000 = 26.32 %", "kk").replace(chr(160), " ")
    '2020: 81,9 ≥ 80; 2 500 000 / 9 500 000 = 26,32 %'
    >>> arithmetic("more than 1.6 billion", "kk")
    'more than 1.6 billion'
    """
    if _WORDS.search(text):
        return text
    text = text.replace(">=", "≥").replace("<=", "≤").replace(" - ", " \N{MINUS SIGN} ")
    text = text.replace(" %", "%" if lang == "en" else "\N{NO-BREAK SPACE}%")
    text = _DATED.sub(lambda found: f"({labels.period(found[1], lang)})", text)
    return _NUMBER.sub(lambda found: labels.digits(found[0], lang), text)


def coded(code: str, lang: str) -> str:
    """Name of a whole label code; an event without a label of its own is the thing it is an event of.

    Examples
    --------
    >>> coded("entity.KAZ", "en"), coded("event.simmel", "en")
    ('Kazakhstan', 'Georg Simmel')
    """
    kind, _, rest = code.partition(".")
    if kind == "entity" or (kind == "event" and not labels.is_known(code)):
        return labels.entity(rest, lang)
    return labels.text(code, lang)


def side(code: str, lang: str) -> str:
    """Name of one side of a pair: a measure if one is labelled so, otherwise an entity."""
    try:
        return labels.text(f"measure.{code}", lang)
    except LabelError:
        return labels.entity(code, lang)


def pairs(rows: pd.DataFrame, lang: str) -> list[str]:
    """Both sides of every pair."""
    return [
        labels.text("notice.pair", lang, left=side(left, lang), right=side(right, lang))
        for left, right in rows[["left", "right"]].itertuples(index=False, name=None)
    ]


def decimals(value: float, *, width: float = math.nan, unit: str = "") -> int:
    """Decimals to print of a number: all of a short one, of a computed one those that its interval leaves sense.

    Negative where the interval leaves no sense to the last digits of a large number: -3 means whole thousands. Two
    digits of the width are told, and never fewer than four significant digits before the decimal mark.

    Examples
    --------
    >>> decimals(12.52), decimals(93.3917), decimals(0.4873123), decimals(1234567.0)
    (2, 2, 4, 0)
    >>> decimals(61.23456, width=2.5), decimals(18_871_263.0, width=35_273.0)
    (1, -3)
    """
    own = own_decimals(value)
    known = math.isfinite(width) and width > 0
    if unit in PERCENTS and math.isnan(width):
        return min(own, _one_or_more(value))
    if own <= KEPT_DECIMALS and not (known and abs(value) >= LARGE):
        return own
    digits = MIN_DIGITS - 1 - math.floor(math.log10(abs(value)))
    if not known:
        return min(own, MAX_DECIMALS, max(0, digits))
    places = 1 - math.floor(math.log10(width) + _NOISE)
    return min(own, MAX_DECIMALS, max(places, min(0, digits)))


def column_decimals(values: Iterable[float]) -> int:
    """Decimals for all numbers of a column: enough to distinguish a hundredth of their range, at least one.

    Examples
    --------
    >>> from digital_diplomacy import figures
    >>> [figures.column_decimals(values) for values in ([12.3456, 98.7], [0.61234, 0.9], [5.0])]
    [1, 3, 1]
    """
    known = [value for value in values if math.isfinite(value)]
    reach = max(known) - min(known) if known else 0.0
    if reach <= 1e-12 * max(map(abs, known), default=0.0):  # equal but for the noise of binary arithmetic
        return 1
    return min(MAX_DECIMALS, max(1, 2 - math.floor(math.log10(reach))))


def own_decimals(value: float) -> int:
    """Decimals that a number has itself."""
    text = f"{value:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def number(value: float, lang: str, *, width: float = math.nan, unit: str = "") -> str:
    """A number with the digits that mean something; one too small for them is about zero.

    Percent of which no interval is known have one decimal at most.

    Examples
    --------
    >>> number(93.3917, "en"), number(18_871_263.0, "en", width=35_273.0), number(2e-9, "en")
    ('93.39', '18,871,000', '≈ 0')
    >>> number(93.3917, "en", unit="percent"), number(12.52, "en", width=0.01, unit="percent")
    ('93.4', '12.52')
    """
    said = rounded(value, lang, places=decimals(value, width=width, unit=unit))
    return f"≈ {labels.number(0, lang)}" if 0 < abs(value) < 0.5 / 10**MAX_DECIMALS else said


def chance(value: float, lang: str) -> str:
    """A probability under chance: two digits that mean something, more where 0.05 or 1 would be told in its place.

    Examples
    --------
    >>> [chance(value, "en") for value in (0.4190, 0.01367, 0.002, 0.000342, 1.0, 0.9996, 0.0504)]
    ['0.42', '0.014', '0.002', '< 0.001', '1', '0.9996', '0.0504']
    """
    if value < LEAST_CHANCE:
        return f"< {labels.number(LEAST_CHANCE, lang)}"
    places = 1 - math.floor(math.log10(value) + _NOISE)
    while places < MAX_DECIMALS and round(value, places) in (0.05, 1.0) and round(value, places) != value:
        places += 1
    return labels.number(value, lang, decimals=min(places, own_decimals(value)))


def bound(value: float, lang: str, *, upper: bool, unit: str = "") -> str:
    """A number that is a bound, rounded away from what it bounds: at least 10.049 is at least 10.04.

    Examples
    --------
    >>> bound(10.0494, "en", upper=False), bound(10.0414, "en", upper=True), bound(60.0, "en", upper=False)
    ('10.04', '10.05', '60')
    """
    places = decimals(value, unit=unit)
    scaled = _scaled(value, places)
    return rounded((math.ceil(scaled) if upper else math.floor(scaled)) / 10**places, lang, places=places)


def rounded(value: float, lang: str, *, places: int) -> str:
    """A number with so many decimals, or, below zero, with so many digits before the mark rounded away."""
    return signed(labels.number(round(value, places) if places < 0 else value, lang, decimals=max(0, places)))


def signed(text: str) -> str:
    """A formatted number with a minus sign in place of a hyphen."""
    return text.replace("-", "\N{MINUS SIGN}")


def value_with_interval(
    value: float, low: float, high: float, lang: str, *, unit: str = "", least: int | None = None, kind: str = ""
) -> str:
    """``value (low–high)`` with as many of the three as are known, and at least so many decimals; an interval of no
    width is left out. Ends of some kinds of interval are bounds (`both_ends`).

    Examples
    --------
    >>> [value_with_interval(60.974, 55.813, 66.127, "en", least=least) for least in (None, 1)]
    ['61 (56–66)', '61.0 (55.8–66.1)']
    >>> value_with_interval(12.5, 12.45, 12.55, "ru")
    '12,5 (12,45–12,55)'
    >>> value_with_interval(float("nan"), 3.0, float("nan"), "en"), value_with_interval(12.5, None, None, "en")
    ('≥ 3', '12.5')
    """
    # An end that is the value is where something begins, as a value that is just enough does: no doubt about it.
    width = math.nan if missing(low) or missing(high) or (value in (low, high) and low < high) else high - low
    said = "" if missing(value) else number(value, lang, width=width, unit=unit)
    if said and least is not None and least > decimals(value, width=width, unit=unit):
        said = rounded(value, lang, places=least)
    elif said:
        least = decimals(value, width=width, unit=unit)
    ends = interval_text(low, high, lang, least=least, unit=unit, kind=kind)
    if not ends or (said and low == high):
        return said
    return f"{said} ({ends})" if said else ends


def interval_text(
    low: float, high: float, lang: str, *, least: int | None = None, unit: str = "", kind: str = ""
) -> str:
    """Both ends of an interval with at least so many decimals, or the one that is known with its sign."""
    if missing(low) and missing(high):
        return ""
    if missing(high):
        return labels.text("notice.at_least", lang, value=bound(low, lang, upper=False, unit=unit))
    if missing(low):
        return labels.text("notice.at_most", lang, value=bound(high, lang, upper=True, unit=unit))
    first, last = both_ends(low, high, lang, least=least, kind=kind)
    if first == last:
        return first
    return labels.text("notice.from_to", lang, low=first, high=last) if low < 0 else f"{first}–{last}"


def both_ends(low: float, high: float, lang: str, *, least: int | None = None, kind: str = "") -> tuple[str, str]:
    """Both ends of an interval with the same number of decimals; those that are bounds are rounded away from it.

    What rounding or logic leaves has ends that nothing may lie beyond. Ends of other kinds, as of a confidence
    interval, are rounded as any number, a half towards the middle, so that both move alike.

    Examples
    --------
    >>> both_ends(8.921, 9.1, "en"), both_ends(102.765, 102.915, "en")
    (('8.92', '9.10'), ('102.77', '102.91'))
    >>> both_ends(14_723_500.0, 14_734_500.0, "en", kind="rounding")
    ('14,723,000', '14,735,000')
    """
    places = max(decimals(end, width=high - low) for end in (low, high))
    places = places if least is None else max(least, places)
    half = 0.0 if kind in BOUNDING else 0.5
    first = math.floor(_scaled(low, places) + half) / 10**places
    last = math.ceil(_scaled(high, places) - half) / 10**places
    return rounded(first, lang, places=places), rounded(last, lang, places=places)


def _scaled(value: float, places: int) -> float:
    """A number in units of its last digit told, without what binary arithmetic adds behind."""
    return round(value * 10.0**places, 6)


def cell(column: str, value: object, lang: str) -> str:
    """One cell of any table in words of the language; a missing one is empty."""
    if missing(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return _number_cell(column, float(value), lang)  # type: ignore[arg-type]
    return arithmetic(str(value), lang) if column == "reason" else name(column, str(value), lang)


def is_plain(column: str) -> bool:
    """Whether a column holds whole numbers that name something, as years do."""
    return column in PLAIN or column.endswith(("_year", "_edition"))


def _number_cell(column: str, value: float, lang: str) -> str:
    if is_plain(column):
        return str(int(value))
    if column == "level":
        return labels.number(100 * value, lang, decimals=decimals(round(100 * value, 4))) + (
            "%" if lang == "en" else "\N{NO-BREAK SPACE}%"
        )
    if (column == "p" or column.endswith(CHANCES)) and 0 <= value <= 1:
        return chance(value, lang)
    if column == "correlation":
        return signed(labels.number(value, lang, decimals=min(2, own_decimals(value))))
    one = column in ONE_DECIMAL or column.endswith(("_pct", "_by_chance"))
    return signed(labels.number(value, lang, decimals=_one_or_more(value))) if one else number(value, lang)


def _one_or_more(value: float) -> int:
    """One decimal, and those it takes until a number that is not zero is not told as zero."""
    if value == 0 or abs(value) < 0.5 / 10**MAX_DECIMALS:
        return 1
    return max(1, next(places for places in range(1, MAX_DECIMALS + 1) if round(value, places) != 0))


def told(
    rows: pd.DataFrame, panel: Sequence[str], columns: Sequence[str], *, source: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Columns that must be named because they differ within a panel, and those that differ only between panels.

    The source is named only where rows agree in everything else, that is in the columns of ``source``.
    """
    within = [column for column in columns if varies(rows, panel, column)]
    across = [column for column in columns if column not in within and differs(rows[column])]
    return within + (["source_id"] if varies(rows, source, "source_id") else []), across


def varies(rows: pd.DataFrame, panel: Sequence[str], column: str) -> bool:
    """Whether a column holds several codes in rows that agree in those of a panel."""
    first: dict[tuple[str, ...], str] = {}
    codes = zip(*(rows[name].tolist() for name in panel), strict=True)
    return any(first.setdefault(of, code) != code for of, code in zip(codes, rows[column].tolist(), strict=True))


def joined(codes: Sequence[Hashable], columns: Sequence[str], lang: str) -> str:
    """Names of several codes of one row, separated by commas; empty ones are passed over."""
    names = (name(column, str(code), lang) for column, code in zip(columns, codes, strict=True))
    return ", ".join(text for text in names if text)


def joined_rows(rows: pd.DataFrame, columns: Sequence[str], lang: str) -> list[str]:
    """`joined` for every row."""
    if not columns:
        return [""] * len(rows)
    return [joined(codes, columns, lang) for codes in zip(*(rows[name].tolist() for name in columns), strict=True)]


def unit_and_base(unit: str, base: str, lang: str) -> str:
    """Unit of an axis and the base its values refer to, as one says them: percent of the population.

    Pairs with a way of their own to be said are labelled ``unit_of.<unit>.<base>``; of any other the base follows the
    unit in brackets.

    Examples
    --------
    >>> unit_and_base("percent", "population", "en"), unit_and_base("percent", "population", "kk")
    ('% of population', 'халықтың %-ы')
    >>> unit_and_base("accounts", "accounts", "en"), unit_and_base("rank", "states_assessed", "en")
    ('accounts', 'place among the states assessed in the edition')
    """
    own = f"unit_of.{unit}.{base}"
    if base and labels.is_known(own):
        return labels.text(own, lang)
    of = f" ({name('base', base, lang)})" if base and base != unit else ""
    return name("unit", unit, lang) + of


def source_line(source_ids: Iterable[str], lang: str) -> list[str]:
    """The line that names the sources, in order of first use; none if no row has a source."""
    parts = [part for code in dict.fromkeys(source_ids) for part in tables.sources_of(code)]
    names = list(dict.fromkeys(name("source_id", part, lang) for part in parts if part))
    if not names:
        return []
    return [
        labels.text(
            "notice.source" if len(names) == 1 else "notice.sources", lang, sources="; ".join(names).rstrip(".")
        )
    ]


def own_line(rows: pd.DataFrame, lang: str) -> list[str]:
    """The line that names the entities whose rows come from tables of the reader's own; none if none do."""
    own = rows.loc[rows["source_id"].map(lambda code: bool(tables.own_title(code))), "entity"]
    codes = list(dict.fromkeys(own))
    if len(codes) > _OWN_NAMED:
        return [labels.text("notice.own_rows_many", lang, count=labels.number(len(codes), lang))]
    names = [labels.entity(code, lang) for code in codes]
    return [labels.text("notice.own_rows", lang, entities=", ".join(names))] if names else []
