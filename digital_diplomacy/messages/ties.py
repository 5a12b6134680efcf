"""Who passes on, mentions, answers or quotes whom, as expressions that any engine of ibis computes; and their periods.

An account pays attention to those whose messages it passes on or quotes, whom it answers, and whom it mentions in words
of its own: platforms list the names of a message passed on as mentions too, and put whom one answers among them, and
neither is counted twice. The weight of a tie is a number of messages.
"""

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, StringValue, Table

from digital_diplomacy.errors import ArgumentError

RELATIONS: Final = ("forwards", "mentions", "replies_to", "quotes")
"""What ties accounts: messages passed on, mentions, answers, quotations."""

LENGTHS: Final[Mapping[str, int]] = {"day": 10, "month": 7, "year": 4}
"""Periods by how many characters of an ISO date name them."""

Names = Mapping[str, Sequence[str]]
"""Accounts by platform, as they stand in the table."""

_DATE: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD: Final = re.compile(rf"({_DATE})(?:/({_DATE}))?")
_KEY: Final = ["platform", "relation", "period", "source", "target"]


def pointing(table: Table, relations: Sequence[str] = RELATIONS) -> Table:
    """Every time a message points to another account: ``platform, relation, local_day, source, target``.

    ``source``, the author, is missing where the message has none.

    Parameters
    ----------
    table : Table
        Of the declared columns.
    relations : sequence of str
        Of `RELATIONS`.

    Raises
    ------
    ArgumentError
        If a relation is unknown, or there is none.
    """
    wrong = [code for code in relations if code not in RELATIONS]
    if wrong or not relations:
        raise ArgumentError(
            "no relation {wrong} of messages; there are {known}", wrong=", ".join(wrong), known=", ".join(RELATIONS)
        )
    parts = [_of_relation(table, code) for code in dict.fromkeys(relations)]
    return reduce(lambda above, below: above.union(below), parts)


def _of_relation(table: Table, relation: str) -> Table:
    if relation == "mentions":
        own = table.filter((table.kind != "repost") & (table.mentioned.length() > 0))
        named = own.select("platform", "local_day", "author", "replied", target=own.mentioned.unique().unnest())
        chosen = named.filter(~(named.target == named.replied).fill_null(False))
    else:
        column = "replied" if relation == "replies_to" else "forwarded"
        is_meant = table[column].notnull()  # noqa: PD004 - no frame of pandas
        if column == "forwarded":
            is_meant &= (table.kind == "quote") if relation == "quotes" else (table.kind != "quote")
        chosen = table.filter(is_meant)
        chosen = chosen.mutate(target=chosen[column])
    return chosen.select(
        "platform", "local_day", relation=ibis.literal(relation), source=chosen.author, target=chosen.target
    )


def among(platform: StringValue, account: StringValue, names: Names) -> BooleanValue:
    """Whether an account is one of those named."""
    each = [(platform == code) & account.isin(list(accounts)) for code, accounts in sorted(names.items()) if accounts]
    return ibis.or_(*each).fill_null(False) if each else ibis.literal(False)


def ties(table: Table, *, relations: Sequence[str] = RELATIONS, by: str = "month", names: Names | None = None) -> Table:
    """How many messages of an account point to another: ``platform, relation, period, source, target, weight``.

    Parameters
    ----------
    table : Table
        Of the declared columns.
    relations : sequence of str
        Of `RELATIONS`.
    by : {"day", "month", "year"}
        What a period is.
    names : mapping of str to sequence of str, optional
        Accounts by platform, as the table has them, of which both ends must be one; all unless given.

    Returns
    -------
    Table
        Accounts that point to themselves are left out (`reach` counts them).

    Raises
    ------
    ArgumentError
        If a relation or kind of period is unknown.
    """
    if by not in LENGTHS:
        raise ArgumentError("unknown period {by!r}; allowed: {known}", by=by, known=", ".join(LENGTHS))
    every = pointing(table, relations)
    every = every.filter(every.source.notnull() & (every.source != every.target))  # noqa: PD004 - no frame of pandas
    if names is not None:
        every = every.filter(among(every.platform, every.source, names) & among(every.platform, every.target, names))
    dated = every.mutate(period=every.local_day.cast("string").substr(0, LENGTHS[by]))
    return dated.group_by(_KEY).agg(weight=dated.count()).order_by(_KEY)


def reach(table: Table, *, relations: Sequence[str] = RELATIONS, names: Names | None = None) -> Table:
    """How much of what points to somebody the network of some accounts holds, by platform and relation.

    Parameters
    ----------
    table, relations, names
        As for `ties`.

    Returns
    -------
    Table
        ``platform, relation``; ``pointing`` (a message counts for each account it points to), of these ``nameless``
        (without author) and ``own`` (to the author itself); ``from_named`` and ``to_named`` (one end is among the
        names), ``kept`` (both are, and differ).
    """
    every = pointing(table, relations)
    sent, met = ibis.literal(True), ibis.literal(True)
    if names is not None:
        sent, met = among(every.platform, every.source, names), among(every.platform, every.target, names)
    sent = every.source.notnull() & sent  # noqa: PD004 - no frame of pandas
    own = (every.source == every.target).fill_null(False)
    grouped = every.group_by("platform", "relation")
    return grouped.agg(
        pointing=every.count(),
        nameless=every.count(where=every.source.isnull()),  # noqa: PD003 - no frame of pandas
        own=every.count(where=own),
        from_named=every.count(where=sent),
        to_named=every.count(where=met),
        kept=every.count(where=sent & met & ~own),
    ).order_by("platform", "relation")


def met(table: Table, names: Names) -> Table:
    """Which of the accounts named write, or are pointed to: ``platform, account``."""
    wrote = table.select("platform", account=table.author)
    pointed = pointing(table)
    both = wrote.union(pointed.select("platform", account=pointed.target))
    return both.filter(among(both.platform, both.account, names)).distinct().order_by("platform", "account")


def in_periods(rows: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Ties by day as ties of periods of any length, which may overlap.

    Parameters
    ----------
    rows : DataFrame
        ``period`` (ISO days) and ``weight``, and what tells ties apart.
    periods : sequence of str
        ISO 8601, as 2023, 2023-09, 2023-09-15 or 2023-03/2023-08 (both ends within).

    Returns
    -------
    DataFrame
        The same columns; ``period`` is one of those given, without rows where nothing lies in it.

    Raises
    ------
    ArgumentError
        If one is no period, or ends before it begins.

    Examples
    --------
    >>> days = pd.DataFrame({"source": "a", "target": "b", "period": ["2023-08-31", "2023-09-01"], "weight": [2, 3]})
    >>> in_periods(days, ["2023-09", "2023-08/2023-09"])[["period", "weight"]].to_numpy().tolist()
    [['2023-09', 3], ['2023-08/2023-09', 5]]
    """
    key = [column for column in rows.columns if column not in ("period", "weight")]
    parts = []
    for period in periods:
        inside = rows[within(rows["period"], period)]
        summed = inside.groupby(key, as_index=False, sort=True)["weight"].sum().assign(period=period)
        parts.append(summed[list(rows.columns)])
    return pd.concat(parts, ignore_index=True) if parts else rows.head(0)


def check_periods(periods: Sequence[str]) -> list[tuple[str, str]]:
    """First and last date of each period, as ISO 8601 of any length.

    Raises
    ------
    ArgumentError
        If one is no period, or ends before it begins.

    Examples
    --------
    >>> check_periods(["2023", "2023-03/2023-08"])
    [('2023', '2023'), ('2023-03', '2023-08')]
    """
    ends = []
    for period in periods:
        found = _PERIOD.fullmatch(period)
        first, last = (found[1], found[2] or found[1]) if found else ("1", "0")
        if first[: len(last)] > last[: len(first)]:
            raise ArgumentError(
                "{period!r} is no period; write it as 2023, 2023-09, 2023-09-15 or 2023-03/2023-08", period=period
            )
        ends.append((first, last))
    return ends


def within(days: "pd.Series[str]", period: str) -> "pd.Series[bool]":
    """Which ISO days lie in a period."""
    [(first, last)] = check_periods([period])
    return (days.str.slice(0, len(first)) >= first) & (days.str.slice(0, len(last)) <= last)


def halves(month: str) -> tuple[str, str]:
    """The two halves of a month as periods, for what changes within it; the first is not the longer.

    Examples
    --------
    >>> halves("2024-02")
    ('2024-02-01/2024-02-14', '2024-02-15/2024-02-29')
    """
    days = pd.Period(month, freq="M").days_in_month
    middle = days // 2
    return f"{month}-01/{month}-{middle:02}", f"{month}-{middle + 1:02}/{month}-{days:02}"
