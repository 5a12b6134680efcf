"""Authors: how many write how much, how unevenly, and who had not written before."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.lorenz import curve, gini, top_share
from digital_diplomacy.messages.counting import activity

TOPS: Final = (1.0, 10.0)  # percent of the authors
_KEY: Final = ["platform", "year", "month"]


def frequencies(table: Table) -> Table:
    """How many ``authors`` wrote how many ``messages``, by platform and month.

    Parameters
    ----------
    table : Table
        Of the declared columns.

    Returns
    -------
    Table
        ``platform, year, month, messages, authors``. It tells all that evenness is made of, in a few thousand rows
        whatever the number of authors.
    """
    each = activity(table)
    return each.group_by(*_KEY, "messages").agg(authors=each.count()).order_by(*_KEY, "messages")


def newcomers(table: Table) -> Table:
    """Of each month's authors, those in the table for the first time, and those who had written before.

    Parameters
    ----------
    table : Table
        Of the declared columns, of several months.

    Returns
    -------
    Table
        ``platform, year, month, new, returning``. In a platform's first month nobody can be known to return.
    """
    known = table.filter(table.author.notnull())  # noqa: PD004 - no frame of pandas
    number = known.local_day.year() * 12 + known.local_day.month() - 1
    seen = known.group_by(platform=known.platform, author=known.author, number=number).agg(messages=known.count())
    begun = seen.mutate(first=seen.number.min().over(group_by=["platform", "author"]))
    both = begun.group_by("platform", "number").agg(
        new=begun.count(where=begun.number == begun.first), returning=begun.count(where=begun.number > begun.first)
    )
    return both.select(
        "platform",
        year=(both.number // 12).cast("int32"),
        month=(both.number % 12 + 1).cast("int32"),
        new=both.new,
        returning=both.returning,
    ).order_by(*_KEY)


def lorenz(rows: pd.DataFrame) -> pd.DataFrame:
    """The Lorenz curve of frequencies: what part of the messages the least active part of the authors wrote.

    Authors who wrote equally much lie on one straight piece, so that a point for each number of messages is the whole
    curve.

    Parameters
    ----------
    rows : DataFrame
        ``messages`` (1 or more, each once) and ``authors`` of one platform and month.

    Returns
    -------
    DataFrame
        ``authors_share`` and ``messages_share``, 0 to 1, from (0, 0) to (1, 1).

    Raises
    ------
    ArgumentError
        If there are no authors, or a number is below 1 or stands twice.

    References
    ----------
    Lorenz 1905, Publications of the American Statistical Association 9, 209-219; Gastwirth 1971, Econometrica 39,
    1037-1039.

    Examples
    --------
    >>> lorenz(pd.DataFrame({"messages": [1, 6], "authors": [2, 1]})).round(3).to_numpy().tolist()
    [[0.0, 0.0], [0.667, 0.25], [1.0, 1.0]]
    """
    ordered = rows.sort_values("messages")
    messages, authors = ordered["messages"].to_numpy(dtype=np.int64), ordered["authors"].to_numpy(dtype=np.int64)
    if not len(ordered) or (messages < 1).any() or (authors < 1).any() or ordered["messages"].duplicated().any():
        raise ArgumentError("frequencies must be numbers of messages, 1 or more, each once, with 1 author or more")
    people, written = curve(messages, authors)
    return pd.DataFrame({"authors_share": people, "messages_share": written})


def concentration(rows: pd.DataFrame, *, tops: Sequence[float] = TOPS) -> pd.DataFrame:
    """How unevenly authors write, by platform and month.

    Parameters
    ----------
    rows : DataFrame
        What `frequencies` gives.
    tops : sequence of float
        Percent of the authors, above 0 and below 100.

    Returns
    -------
    DataFrame
        ``platform, year, month, authors, messages, messages_per_author, gini`` (0 all alike, towards 1 one author
        writes all; one minus twice the area under the Lorenz curve) and ``top_share_<percent>`` (percent of the
        messages by the most active authors; where they end within a group that wrote equally much, that part of it).
        All authors are counted, none is sampled: nothing is uncertain but what was not collected.

    Raises
    ------
    ArgumentError
        If a top is not above 0 and below 100, or the frequencies are none.

    References
    ----------
    Gini 1912, Variabilita e mutabilita; Gastwirth 1971, Econometrica 39, 1037-1039 (by the Lorenz curve).

    Examples
    --------
    >>> rows = pd.DataFrame({"platform": "x", "year": 2023, "month": 9, "messages": [1, 6], "authors": [2, 1]})
    >>> found = concentration(rows, tops=[50])  # half of three authors: the first with 6, half of one with 1 of 8
    >>> found[["gini", "top_share_50"]].round(4).to_numpy().tolist()
    [[0.4167, 81.25]]
    """
    if not all(0 < top < 100 for top in tops):
        raise ArgumentError("tops {tops} must be percent of the authors, above 0 and below 100", tops=list(tops))
    records = []
    for key, group in rows.groupby(_KEY, sort=True):
        points = lorenz(group)
        people, written = points["authors_share"].to_numpy(), points["messages_share"].to_numpy()
        authors, messages = int(group["authors"].sum()), int((group["authors"] * group["messages"]).sum())
        shares = {f"top_share_{top:g}": 100 * top_share(people, written, top / 100) for top in tops}
        named = dict(zip(_KEY, key, strict=True))
        told = {"authors": authors, "messages": messages, "messages_per_author": messages / authors}
        records.append({**named, **told, "gini": gini(people, written), **shares})
    columns = [*_KEY, "authors", "messages", "messages_per_author", "gini", *(f"top_share_{top:g}" for top in tops)]
    return pd.DataFrame(records, columns=columns)
