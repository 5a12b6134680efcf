"""What a bare number counts by words around it: points told on, those who, money of a budget, what it is told per."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.nouns import MEASURED_UNIT, noun_unit
from digital_diplomacy.extraction.tokens import MONEY, patterns
from digital_diplomacy.extraction.units import merged

_ENDS: Final = re.compile(r"\s*(?:[.,;:)]|$)")
_THOSE_WHO: Final = re.compile(
    r"\b(?:those|people|anyone) (?:who|whom|whose)\b|(?<!\w)те(?:х|м|ми)?,\s+(?:у )?(?:кто|кого|кому|чь[ияё]\w*)(?!\w)",
    re.IGNORECASE,
)
_FUNDS: Final = re.compile(
    r"\b(?:budget|fund|cost|spen[dt]|grant|financ|revenue|turnover|profit|income|losses|debt|invest|salar|EBITDA)\w*|"
    r"(?<!\w)(?:бюджет|средств|финансир|расход|затрат|прибыл|выручк|доход|EBITDA|себестоим|налог|инвестиц|зарплат|"
    r"смет|долг(?!о)|қаражат|қаржы|шығын|табыс|пайда(?!лан)|кіріс(?!п)|салық|жалақы|инвестиц|сома)",
    re.IGNORECASE,
)
_IN_MEASURES: Final = re.compile(r"(?:^|[.;]\s+)(?:In|В)\s+(?P<noun>[^\W\d_]+),?\s", re.IGNORECASE)
_PER_NOUN: Final = re.compile(
    r"\s+(?:per|(?:for|from|to|in) (?:each|every)|(?:на|от|у|в) (?:кажд|одн)\w+)\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE
)


def are_more_points(units: Sequence[str | None], between: str, behind: str, lang: str) -> bool:
    """Whether a number goes on telling points: «потеряло 14 процентных пунктов, а соцсети прибавили 18».

    Parameters
    ----------
    units : sequence of str
        Of the figures of its sentence before it, the last one its neighbour.
    between, behind : str
        What stands between the two, and behind the number.
    lang : str

    Examples
    --------
    >>> are_more_points(["percentage_points"], " points, and the radio lost ", ".", "en")
    True
    >>> are_more_points(["percentage_points"], " points, and the radio lost ", " listeners.", "en")
    False
    """
    if not units or units[-1] != "percentage_points" or _ENDS.match(behind) is None:
        return False
    return any(pattern.search(between) for way in ("up", "down") for pattern in patterns(way, lang))


def are_those_who(before: str, units: Sequence[str | None]) -> bool:
    """Whether the only thing a sentence counts are "those who" did something, in numbers, shares and years."""
    is_alone = all(unit in (None, "", "persons", "percent", "items", "years", "date") for unit in units)
    return is_alone and _THOSE_WHO.search(before) is not None


def fund(text: str, value: float, told: Sequence[tuple[str, float]], money: str = "") -> str:
    """Currency of a scaled number without a noun; "" where nothing says that it is a sum.

    It is that of the sum told before that is as large where words of money stand beside it, and of the last sum of the
    paper where it goes on telling that one, or counts thousands of millions, as hardly anything but money is.
    """
    is_of_money = _FUNDS.search(text) is not None
    if is_of_money and (known := next((unit for unit, whole in told if unit in MONEY and whole >= value), "")):
        return known
    if told and told[0][0] in MONEY and _MILLION <= value <= told[0][1]:
        return told[0][0]
    return money if is_of_money or value >= _BILLION else ""


_MILLION: Final = 1e6
_BILLION: Final = 1e9


def is_measured_ahead(before: str) -> bool:
    """Whether a sentence opens by the measure its numbers are in.

    Examples
    --------
    >>> is_measured_ahead("In tonnes, grain came to "), is_measured_ahead("In schools, grain came to ")
    (True, False)
    """
    match = _IN_MEASURES.search(before)
    return match is not None and noun_unit(match["noun"], "en" if match["noun"].isascii() else "ru") == MEASURED_UNIT


def is_per(behind: str, unit: str, lang: str) -> bool:
    """Whether a number is told per what another counts.

    Examples
    --------
    >>> is_per(" per country), missions", "countries", "en"), is_per(" per year", "countries", "en")
    (True, False)
    """
    match = _PER_NOUN.match(behind)
    if match is None:
        return False
    return unit in (merged(noun_unit(match["noun"], lang)), merged(noun_unit(f"{match['noun']}s", lang)))
