"""All that is counted of a month under a publisher's rules, and the counts as estimates within bounds."""

from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.messages import authors, counting
from digital_diplomacy.messages.engine import computed, messages
from digital_diplomacy.messages.rules import judged, rules_of
from digital_diplomacy.tables import ESTIMATES, validate

_KEY: Final = ["platform", "year", "month"]
_UNITS: Final = {"messages": ("messages", "public_messages"), "authors": ("authors", "authors")}


@dataclass(frozen=True)
class Summary:
    """What is counted of a month (or of all there is).

    Attributes
    ----------
    counts : DataFrame
        ``platform, year, month, messages, authors, undecided, left_out, authorless`` (`counting.counts`).
    estimates : DataFrame
        The declared table ``estimates``: measures ``messages_month`` and ``authors_month`` of each platform. Value and
        low end are what the rules count for sure; the high end is what they count if every message whose row does not
        tell counts, and if every message without author has one of its own.
    daily, hourly, languages, kinds : DataFrame
        As the functions of `counting` of these names.
    concentration, frequencies, newcomers : DataFrame
        As the functions of `authors` of these names.
    """

    counts: pd.DataFrame
    estimates: pd.DataFrame
    daily: pd.DataFrame
    hourly: pd.DataFrame
    languages: pd.DataFrame
    kinds: pd.DataFrame
    concentration: pd.DataFrame
    frequencies: pd.DataFrame
    newcomers: pd.DataFrame


def summary(
    connection: duckdb.DuckDBPyConnection, *, publisher: str, country: str, month: str | None = None
) -> Summary:
    """Everything that is counted, in the engine a connection of `engine.opened` leads to.

    Parameters
    ----------
    connection : DuckDBPyConnection
        With the files of the declared table.
    publisher : str
        Whose rules decide what counts (`rules.publishers`).
    country : str
        ISO 3166 alpha-3 code of the country asked about.
    month : str, optional
        As 2023-09; all months unless given. Who is new is told from all months in either case.

    Raises
    ------
    ValueError
        If publisher or month is none.
    """
    everything = judged(messages(), rules_of(publisher), country)
    chosen = counting.in_month(everything, month) if month else everything
    counted = computed(connection, counting.counts(chosen))
    sure = counting.surely(chosen)
    frequencies = computed(connection, authors.frequencies(sure))
    return Summary(
        counts=counted,
        estimates=estimates(counted, _possible(connection, chosen, counted), country=country, source=publisher),
        daily=computed(connection, counting.daily(sure)),
        hourly=computed(connection, counting.hourly(sure)),
        languages=computed(connection, counting.languages(sure)),
        kinds=computed(connection, counting.kinds(sure)),
        concentration=authors.concentration(frequencies),
        frequencies=frequencies,
        newcomers=_of_month(computed(connection, authors.newcomers(counting.surely(everything))), month),
    )


def _possible(connection: duckdb.DuckDBPyConnection, chosen: Table, counted: pd.DataFrame) -> pd.DataFrame:
    """What may count; the same where nothing is open, without another look at the files."""
    if not counted["undecided"].any():
        return counted[[*_KEY, "messages", "authors", "authorless"]]
    return computed(connection, counting.possible(chosen))


def _of_month(rows: pd.DataFrame, month: str | None) -> pd.DataFrame:
    if month is None:
        return rows
    year, number = map(int, month.split("-"))
    return rows[(rows["year"] == year) & (rows["month"] == number)].reset_index(drop=True)


def estimates(counted: pd.DataFrame, possible: pd.DataFrame, *, country: str, source: str) -> pd.DataFrame:
    """Counts as the declared table ``estimates``.

    Parameters
    ----------
    counted, possible : DataFrame
        What `counting.counts` and `counting.possible` give.
    country : str
        ISO 3166 alpha-3 code, the entity of every row.
    source : str
        Whose rules they are.

    Returns
    -------
    DataFrame
        Estimates. Authors have a high end above those counted where messages have none: such a message may be anyone's.
    """
    both = counted.merge(possible, on=_KEY, how="left", suffixes=("", "_most"), validate="one_to_one")
    both["authors_most"] = both["authors_most"] + both["authorless_most"]
    period = [f"{year}-{month:02}" for year, month in zip(both["year"], both["month"], strict=True)]
    rows = []
    for measure, (unit, base) in _UNITS.items():
        value, most = both[measure].astype(float), both[f"{measure}_most"].fillna(both[measure]).astype(float)
        is_open = most > value
        rows.append(
            pd.DataFrame(
                {
                    "entity": country,
                    "group": both["platform"],
                    "period": period,
                    "measure": f"{measure}_month",
                    "value": value,
                    "low": value.where(is_open),
                    "high": most.where(is_open),
                    "interval": np.where(is_open, "bound", "none"),
                    "level": np.nan,
                    "unit": unit,
                    "base": base,
                    "n": np.nan,
                    "source_id": source,
                }
            )
        )
    return validate(pd.concat(rows, ignore_index=True), ESTIMATES)
