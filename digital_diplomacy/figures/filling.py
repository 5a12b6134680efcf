"""Sentences filled from the rows of a result, and what a table's cells say in words."""

import math
from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.figures.parts import wording
from digital_diplomacy.readings import same

_COMPARED: Final = ("first", "last")  # fields of a sentence that have one number of decimals
_HALF_A_PERCENT: Final = 0.5  # what a share published as 0 % may be short of, however many decimals its publisher cut


@wording.in_own_names
def fill_sentences(frame: pd.DataFrame, code: str, *, lang: str = "en") -> list[str]:
    """The sentences of `show_sentences`, or the one that says there is none: its own, ``no_<code>``, where a condition
    can leave no row though the tables hold figures, otherwise the same for all.

    Parameters
    ----------
    frame : DataFrame
        Its columns are the fields of the text.
    code : str
        A label; where there is one that ends in ``_zero``, rows in which the fields it leaves out are 0 take it: "none
        of" for "0 of".
    lang : str
        Language of the sentences.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> rows = pd.DataFrame({"count": [3]})
    >>> [figures.fill_sentences(rows, "notice.alt_rows", lang=lang) for lang in ("en", "ru")]
    [['3 rows'], ['Строк: 3']]
    """
    labels.check_language(lang)
    if frame.empty:
        own = f"no_{code}"
        return [labels.text(own if labels.is_known(own) else "notice.no_sentence", lang)]
    told = fields_of(frame, lang, labels.fields(code, lang))
    codes = _codes(frame, code, lang)
    return [labels.text(one, lang, **row) for one, row in zip(codes, told, strict=True)]


def _codes(frame: pd.DataFrame, code: str, lang: str) -> list[str]:
    """The label of each row: its own, or the one for none."""
    none = f"{code}_zero"
    if not labels.is_known(none):
        return [code] * len(frame)
    counts = frame[sorted(labels.fields(code, lang) - labels.fields(none, lang))]
    return [none if (row == 0).all() else code for row in counts.to_numpy()]


def fields_of(frame: pd.DataFrame, lang: str, used: frozenset[str]) -> list[dict[str, str]]:
    """Every row as words; a missing value is said to be missing.

    A value is rounded by the width of its interval only where the text tells the interval, too. Numbers of one sentence
    that differ are told so that they do (`_apart`).
    """
    absent = labels.text("notice.no_value", lang)
    plain = free_text(frame)
    made = []
    for row in frame.astype(object).to_dict("records"):
        told = {str(key): said_of(str(key), value, plain, lang) or absent for key, value in row.items()}
        within = _intervals(row, lang, used)
        told |= _without_interval(row, lang) | within | _alike(row, used, lang) | _rounded_to_nothing(row, lang)
        if "p" in row and "low" not in row and isinstance(row.get("high"), float):  # the most p is without a document
            told["high"] = wording.cell("p", row["high"], lang) or absent
        made.append(told | _apart(row, told, used, frozenset(within), lang))
    return made


def _apart(
    row: Mapping[Hashable, object],
    told: Mapping[str, str],
    used: frozenset[str],
    within: frozenset[str],
    lang: str,
) -> dict[str, str]:
    """Numbers of a sentence that differ and were told as the same, with the decimals that tell them apart.

    Those of one interval are told by its width, which says how far digits make sense.
    """
    numbers = {
        str(key): float(value)
        for key, value in row.items()
        if key in used and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not wording.is_plain(str(key))
    }
    again: dict[str, str] = {}
    for one, other in combinations(numbers, 2):
        if told[one] != told[other] or {one, other} <= within or same(numbers[one], numbers[other]):
            continue
        places = next(
            (
                place
                for place in range(wording.MOST_DECIMALS)
                if round(numbers[one], place) != round(numbers[other], place)
            ),
            wording.MOST_DECIMALS,
        )
        # One that has fewer decimals of its own, as what is published has, gets none that nobody printed.
        again |= {
            name: wording.rounded(numbers[name], lang, places=min(places, wording.own_decimals(numbers[name])))
            for name in (one, other)
        }
    return again


def _alike(row: Mapping[Hashable, object], used: frozenset[str], lang: str) -> dict[str, str]:
    """A first and a last value of one sentence with as many decimals as the other: 0.397, then 0.800."""
    pair = {name: number_of(row[name]) for name in _COMPARED if name in used and isinstance(row.get(name), float)}
    if len(pair) < len(_COMPARED) or not all(map(math.isfinite, pair.values())):
        return {}
    places = max(map(wording.decimals, pair.values()))
    return {name: wording.rounded(value, lang, places=places) for name, value in pair.items()} if places > 0 else {}


def _without_interval(row: Mapping[Hashable, object], lang: str) -> dict[str, str]:
    """The value of a row that has a unit and no whole interval, which decides on its digits, and the end it has."""
    ends = {end: number_of(row.get(end)) for end in ("low", "high")}
    value = row.get("value")
    if "unit" not in row or not isinstance(value, int | float) or not any(math.isnan(end) for end in ends.values()):
        return {}
    known = {name: end for name, end in ends.items() if not math.isnan(end)}
    unit = str(row["unit"])
    told = {name: wording.bound(end, lang, upper=name == "high", unit=unit) for name, end in known.items()}
    return told if math.isnan(value) else told | {"value": wording.number(value, lang, unit=unit)}


def _rounded_to_nothing(row: Mapping[Hashable, object], lang: str) -> dict[str, str]:
    """Published shares of people that are 0 and have no interval: somebody may be hidden by rounding."""
    if not str(row.get("measure", "")).endswith("_pct") or not math.isnan(number_of(row.get("low"))):
        return {}
    zero = [str(key) for key, value in row.items() if key == "value" or str(key).endswith("_pct") if value == 0]
    return dict.fromkeys(zero, f"< {labels.number(_HALF_A_PERCENT, lang)}")


def _intervals(row: Mapping[Hashable, object], lang: str, used: frozenset[str]) -> dict[str, str]:
    """Fields of a row that are a value and its interval, with as many digits as the interval leaves sense."""
    told: dict[str, str] = {}
    for name in [str(key) for key in row if str(key) in used and (key == "low" or str(key).endswith("_low"))]:
        stem = name.removesuffix("low")
        low, high = number_of(row[name]), number_of(row.get(f"{stem}high"))
        kind = str(row.get("interval", "bound"))  # rows that do not say it tell what rounding and arithmetic leave
        told |= _ends(name, f"{stem}high", low, high, lang, unit=str(row.get("unit", "")), kind=kind)
        middle = stem.removesuffix("_") or "value"
        value = number_of(row[middle]) if isinstance(row.get(middle), int | float) else math.nan
        if low <= value <= high:
            told[middle] = wording.number(value, lang, width=high - low)
    return told


def _ends(first: str, last: str, low: float, high: float, lang: str, *, unit: str, kind: str) -> dict[str, str]:
    """Both ends of an interval, or the one that is known, rounded as the bound it is."""
    if wording.missing(low) or wording.missing(high):
        known = {first: (low, False), last: (high, True)}
        return {
            name: wording.bound(end, lang, upper=upper, unit=unit)
            for name, (end, upper) in known.items()
            if not wording.missing(end)
        }
    return dict(zip((first, last), wording.both_ends(low, high, lang, kind=kind), strict=True))


def free_text(frame: pd.DataFrame) -> tuple[str, ...]:
    """Columns whose words are printed as they stand: the sides of a finding are sentences, not codes."""
    return ("left", "right") if "verdict" in frame.columns else ()


def said_of(column: str, value: object, plain: tuple[str, ...], lang: str) -> str:
    """A cell in words; of columns in ``plain`` as it stands."""
    return str(value) if column in plain and not wording.missing(value) else wording.cell(column, value, lang)


def number_of(value: object) -> float:
    """A cell as a number; not a number where it is missing."""
    return float("nan") if wording.missing(value) else float(str(value))
