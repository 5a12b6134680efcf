"""A month of counts that were handed on: what they tell, and of suppressed ones no more than anyone can conclude."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.messages import authors, counting
from digital_diplomacy.messages.aggregates import ALL, MESSAGES, SUPPRESSED, aggregate_estimates, read_counts
from digital_diplomacy.messages.summaries import Summary
from digital_diplomacy.messages.suppression import attack
from digital_diplomacy.tables import ESTIMATES, validate

_KEY: Final = ["platform", "period", "measure"]
_MONTH: Final = ["platform", "year", "month"]


@dataclass(frozen=True, eq=False)
class Handed:
    """What is known of a month of which only counts are at hand.

    Attributes
    ----------
    days : DataFrame
        ``ESTIMATES``: messages of each platform, and of ``all`` together, on each day; a suppressed count has no value
        and the bounds that anyone can conclude.
    total : float
        Messages of all platforms in the month, which are always published.
    published, suppressed : int
        How many counts of the month are.
    """

    days: pd.DataFrame
    total: float
    published: int
    suppressed: int


def handed(path: Path, *, month: str, country: str) -> tuple[Summary, Handed]:
    """A month out of a file of counts; what counts do not tell is empty.

    Parameters
    ----------
    path : Path
        A file that `aggregates.write_counts` made.
    month : str
        As 2023-09.
    country : str
        ISO 3166 alpha-3 code, the entity of every row.

    Raises
    ------
    ArgumentError
        If it is no month, or the file holds no counts of it.
    """
    counting.days_of(month)
    every = read_counts(path)
    rows = every[every["period"].str[: len(month)] == month].reset_index(drop=True)
    if rows.empty:
        known = ", ".join(sorted(set(every["period"].str[: len(month)])))
        raise ArgumentError(
            "{path}: no counts of {month}; the file holds those of {known}", path=path, month=month, known=known or "–"
        )
    bounds = attack(rows)
    hidden = int((rows["status"] == SUPPRESSED).sum())
    whole = rows[(rows["platform"] == ALL) & (rows["period"] == month) & (rows["measure"] == MESSAGES)]
    found = aggregate_estimates(rows, bounds, country=country, source="messages_counts")
    finite = found.assign(high=found["high"].replace(np.inf, np.nan))
    return _summary(finite), Handed(
        days=_days(rows, bounds, country),
        total=float(whole["value"].sum(min_count=1)),
        published=len(rows) - hidden,
        suppressed=hidden,
    )


def _days(rows: pd.DataFrame, bounds: pd.DataFrame, country: str) -> pd.DataFrame:
    """Messages by day; one kind of interval in a line, which is a point where the count is published."""
    days = rows[(rows["measure"] == MESSAGES) & (rows["period"].str.len() > len("2023-09"))]
    both = days.merge(bounds, on=_KEY, how="left", validate="one_to_one")
    fixed = {"entity": country, "measure": "messages_day", "unit": "messages", "base": "public_messages"}
    made = both[["platform", "period", "value", "low", "high"]].rename(columns={"platform": "group"})
    made = made.assign(
        low=made["low"].fillna(made["value"]),
        high=made["high"].fillna(made["value"]).replace(np.inf, np.nan),
        interval="bound",
        level=np.nan,
        n=np.nan,
        source_id="messages_counts",
        **fixed,
    )
    return validate(made.sort_values(["group", "period"], kind="stable", ignore_index=True), ESTIMATES)


def _summary(estimates: pd.DataFrame) -> Summary:
    counts = [*_MONTH, "messages", "authors", "undecided", "left_out", "authorless"]
    frequencies = pd.DataFrame(columns=[*_MONTH, "messages", "authors"])
    return Summary(
        counts=pd.DataFrame(columns=counts),
        estimates=estimates,
        daily=pd.DataFrame(columns=["platform", "local_day", "messages", "authors"]),
        hourly=pd.DataFrame(columns=["platform", "local_hour", "messages"]),
        languages=pd.DataFrame(columns=["platform", "language", "messages", "authors"]),
        kinds=pd.DataFrame(columns=["platform", "kind", "messages"]),
        concentration=authors.concentration(frequencies),
        frequencies=frequencies,
        newcomers=pd.DataFrame(columns=[*_MONTH, "new", "returning"]),
    )
