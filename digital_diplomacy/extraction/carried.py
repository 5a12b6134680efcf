"""What a number without a noun carries on: a list, a series of Kazakh parts, or all that the sentence before counts."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.graded import SCORE
from digital_diplomacy.extraction.nouns import is_plural, noun_unit
from digital_diplomacy.extraction.own_units import OWN_UNITS, POSSESSED, Around
from digital_diplomacy.extraction.russian import is_genitive_plural
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY
from digital_diplomacy.printed import Found, Printed


def of_series(place: int, units: Sequence[str | None], found: Sequence[Found]) -> str:
    """Unit of the Kazakh parts before another: «2 304-і құттықтау, … ал 576-сы басқа тақырыпта»; "" where they differ.

    Parameters
    ----------
    place : int
        Of the number among the figures of its sentence.
    units : sequence of str
        Of these, nothing where none is known.
    found : sequence of Found
        The figures.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> found = find("Жазбалардың 304-і қазақша, 76-сы орысша.", convention=Convention.of("kk"))
    >>> of_series(1, ["messages", None], found)
    'messages'
    """
    before = [other for other in range(place) if POSSESSED.search(found[other].text) and units[other]]
    units_before = {str(units[other]) for other in before}
    return units_before.pop() if len(units_before) == 1 and not units_before & {"percent", "items", *OWN_UNITS} else ""


def of_list_ahead(place: int, own: Sequence[str | None], found: Sequence[Found], text: str) -> str:
    """Unit of the last number of a list of places or of two years; "" where a number stands in none.

    Parameters
    ----------
    place : int
        Of the number among the figures of its sentence.
    own : sequence of str
        Their own units, nothing where none is told.
    found : sequence of Found
        The figures.
    text : str
        The sentence.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> text = "Алматыдан 1 004, Түркістаннан 898, Абайдан 598 адам қатысты."
    >>> of_list_ahead(0, [None, None, "persons"], find(text, convention=Convention.of("kk")), text)
    'persons'
    """
    first = found[place].figure
    if year_apart := _BY_YEARS.match(text, found[place].end):
        after = next((other for other in range(place + 1, len(own)) if found[other].start == year_apart.end()), None)
        if after is not None and own[after] in OF_LISTS:
            return str(own[after])
    for other in range(place + 1, len(own)):
        near = found[other].figure
        if first is None or near is None or near.last_digit != 1 or first.last_digit != 1:
            return ""
        if _LIST_STEP.fullmatch(text[found[other - 1].end : found[other].start]) is None:
            return ""
        if own[other] is not None:
            return str(own[other]) if own[other] in OF_LISTS and other - place > 1 else ""
    return ""


_BY_YEARS: Final = re.compile(r",\s(?:ал\s)?\d{4}\s(?:жылы|ж\.|жылдың)\s")
"""Between the numbers of two years, of which only the last has the noun: «2022 жылы 830, 2023 жылы 1 245 жазба»."""
OF_LISTS: Final = (
    "persons",
    "users",
    "respondents",
    "followers",
    "authors",
    "appeals",
    "messages",
    "accounts",
    "items",
)
_LIST_STEP: Final = re.compile(r"(?:,\s|,?\s(?:and|и|және|а|ал)\s)(?:[^\W\d_][\w-]*\s){1,4}(?:[–—-]\s)?", re.IGNORECASE)
"""Between two numbers of a list, each of a place or kind of its own."""


def carried(place: int, units: Sequence[str | None], found: Sequence[Found], text: str, around: Around) -> str:
    """Unit of all that the sentence before counts, if a number that no noun is told of may be a part or the like of it.

    "The list has 45 countries. Visas are waived for 28": nothing else is counted in the second sentence.

    Parameters
    ----------
    place : int
        Of the number among the figures of its sentence.
    units : sequence of str
        Of these, nothing where none is known.
    found : sequence of Found
        The figures.
    text : str
        The sentence.
    around : Around
        With what the sentence before tells.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> text = "Visas are waived for 28."
    >>> found = find(text, convention=Convention.of("en"))
    >>> [carried(0, [None], found, text, Around("en", last=((unit, 45, 1),))) for unit in ("countries", "items")]
    ['countries', '']
    """
    figure = found[place].figure
    told = {unit for unit, _, _ in around.last if unit not in ("percent", "", "unstated", SCORE, *DURATIONS)}
    if (
        figure is None
        or len(told) != 1
        or told <= {"items", *MONEY}
        or _is_named(text[: found[place].start], around.language)
    ):
        return ""
    (unit,) = told
    most = max(value for one, value, _ in around.last if one == unit)
    is_alone = all(one in (None, "", "percent", "percentage_points", "times", "date", unit) for one in units)
    is_like = most / _LEAST_PART <= figure.value <= (most * 10 if figure.value >= _MANY else most)
    return unit if is_alone and is_like else ""


def _is_named(before: str, lang: str) -> bool:
    """Whether a noun of its own names a number behind a dash or colon: «положительных откликов – 1 120»."""
    if lang == "ru":
        words = re.findall(r"[^\W\d_]{3,}", re.split(r"[;:,(]\s", before)[-1])
        return any(is_genitive_plural(word) and not noun_unit(word, "ru") for word in words[:_SUBJECT])
    if lang == "en":
        numbered = _NUMBERED.search(before)
        return numbered is not None and any(map(is_plural, (numbered["noun"] or numbered["label"]).split()))
    label = _LABEL_ENDS.search(before)
    return label is not None and _KK_MANY.search(label["noun"]) is not None


_NUMBERED: Final = re.compile(
    r"(?:^|[;,]\s)(?P<noun>(?:[^\W\d_]+\s){1,4})"
    r"(?:numbered|totall?ed|reached|rose to|fell to|came to|stood at|[–—-]|of)\s$|"
    r"(?P<label>[^\W\d_]+):\s$",
    re.IGNORECASE,
)
_SUBJECT: Final = 3
"""Words of a clause among which its subject is."""
_LABEL_ENDS: Final = re.compile(r"(?P<noun>[^\W\d_]{3,})(?:\s[–—-]|:)\s+$")
_KK_MANY: Final = re.compile(r"[лдт][ае]р(?:[ыі])?$", re.IGNORECASE)
_MANY: Final = 100
_LEAST_PART: Final = 20
"""Times that a whole is larger than a part told without a noun, at most; and smaller than another of as many digits."""


def measured_on(figure: Printed | None, units: Sequence[str | None], last: Sequence[tuple[str, float, float]]) -> str:
    """Unit of the times or shares of the sentence before that a number with decimals goes on telling; "" for none.

    Parameters
    ----------
    figure : Printed, optional
    units : sequence of str
        Of the figures of its sentence.
    last : sequence of (str, float, float)
        Units, values and last digits of the sentence before.

    Examples
    --------
    >>> from digital_diplomacy.printed import read
    >>> measured_on(read("7.8"), [None], [("days", 9.4, 0.1)]), measured_on(read("78.5"), [None], [("days", 9.4, 0.1)])
    ('days', '')
    """
    told = {
        unit
        for unit, value, digit in last
        if digit < 1 and figure is not None and value / 5 <= figure.value <= value * 5
    }
    is_alone = all(unit in (None, "", "date", *told) for unit in units)
    return told.pop() if is_alone and len(told) == 1 and told <= {"percent", *DURATIONS} else ""
