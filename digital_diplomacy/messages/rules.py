"""Which messages a publisher counts, as conditions on the declared table: true, false, or not known.

The rules stand in ``rules.csv``. Those of Brand Analytics are the ones Oleinikova 2024 prints below its table; a post
exactly seven days old is not older than seven days.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import ibis
from ibis.expr.types import BooleanValue, Table

from digital_diplomacy.errors import ArgumentError

_COMMENTS: Final = ("comment", "reply")
_HOURS: Final = 24


@dataclass(frozen=True)
class Rule:
    """One condition: on which platform (``*``: on all), what is tested, and with which value."""

    platform: str
    test: str
    value: str
    said: str


@cache
def _packaged() -> dict[str, tuple[Rule, ...]]:
    with Path(__file__).with_name("rules.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = dict.fromkeys(row["publisher"] for row in rows)
    return {
        name: tuple(
            Rule(row["platform"], row["test"], row["value"], row["said"]) for row in rows if row["publisher"] == name
        )
        for name in names
    }


def publishers() -> tuple[str, ...]:
    """Codes of the publishers whose rules are known; ``all`` leaves nothing out.

    Examples
    --------
    >>> publishers()
    ('brand-analytics', 'all')
    """
    return tuple(_packaged())


def rules_of(publisher: str) -> tuple[Rule, ...]:
    """The rules of a publisher.

    Raises
    ------
    ArgumentError
        If there are none of that name.
    """
    if publisher not in _packaged():
        raise ArgumentError(
            "no rules of {publisher!r}; known: {known}", publisher=publisher, known=", ".join(publishers())
        )
    return _packaged()[publisher]


def judged(table: Table, rules: Sequence[Rule], country: str) -> Table:
    """The table with ``counted``: whether the rules count a message; missing where its row does not tell.

    Parameters
    ----------
    table : Table
        Of the declared columns.
    rules : sequence of Rule
        All must hold.
    country : str
        ISO 3166 alpha-3 code of the country asked about.
    """
    # A branch for each platform with rules of its own: files of the others are not read for what only they ask.
    own = list(dict.fromkeys(rule.platform for rule in rules if rule.platform != "*"))
    branches: list[tuple[Table, tuple[str, ...]]] = [
        (table.filter(table.platform == platform), ("*", platform)) for platform in own
    ]
    branches.append((table.filter(table.platform.notin(own)) if own else table, ("*",)))
    judged_ones = [
        part.mutate(counted=ibis.and_(*(_test(part, rule, country) for rule in rules if rule.platform in platforms)))
        for part, platforms in branches
    ]
    return ibis.union(*judged_ones) if own else judged_ones[0]


def _test(table: Table, rule: Rule, country: str) -> BooleanValue:
    if rule.test == "none":
        return ibis.literal(True)
    if rule.test == "visibility":
        return table.visibility.isin(rule.value.split())
    if rule.test == "country":
        return table.country == country
    if rule.test == "comment_days":
        # Hours, since a day that a clock is put back has more of them in engines that know of zones.
        young = table.time <= table.parent_time + ibis.interval(hours=_HOURS * int(rule.value))
        return ~table.kind.isin(_COMMENTS) | young
    raise ArgumentError("unknown test {test!r} in the rules", test=rule.test)
