"""Answers that contradict the file they are given to, or are about nothing it holds: none is passed over in silence."""

from collections.abc import Iterable, Mapping, Sequence

from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.intake.model import Answers, Column
from digital_diplomacy.sources.intake.words import fold, period_of
from digital_diplomacy.sources.remarks import Remark, listed

_NAMING = ("entity", "code")


def strange_names(given: Answers, lines: Iterable[Line], columns: Sequence[Column]) -> list[Remark]:
    """A fault for every column, country or platform that an answer names and no cell of the file does."""
    named = {"--column": given.columns, "--entity": given.entities, "--platform": given.platforms}
    if not any(named.values()):
        return []
    cells = set(map(fold, {cell for _, row in lines for cell in row} | {one.header for one in columns}))
    places = {f"#{one.place + 1}" for one in columns}
    return [
        Remark("strange_name", {"option": option, "text": name})
        for option, answers in named.items()
        for name in answers
        if name not in places and fold(name) not in cells and (option, name) != ("--entity", "*")
    ]


def wrong_period(given: Answers, periods: Iterable[str], *, is_yearly: bool) -> list[Remark]:
    """A fault if the period given is none, or if the file names that of every figure (``periods``, "" where not)."""
    if not given.period:
        return []
    found = period_of(given.period)
    if not found or (is_yearly and len(found) > len("2020")):
        return [Remark("no_period", {"period": given.period})]
    told = list(dict.fromkeys(periods))
    if told and all(text.strip() for text in told):
        return [Remark("period_told", {"period": given.period, "found": listed(told)})]
    return []


def other_countries(
    given: Answers, entities: Mapping[str, str], places: Mapping[str, str], columns: Sequence[Column]
) -> list[Remark]:
    """A fault for every name that is that of another country than the one given for all figures."""
    named = {"given": given.country, "column": next((one.header for one in columns if one.role in _NAMING), "")}
    return [
        Remark("other_country", {"place": places[name], "text": name, "code": code} | named)
        for name, code in entities.items()
        if given.country and name in places and code not in ("", "-", given.country)
    ]
