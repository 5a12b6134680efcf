"""All that is counted of a month under a publisher's rules, and the counts as estimates within bounds."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.messages import authors, counting, cubes
from digital_diplomacy.messages.engine import Connection, computed, messages
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

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["vkontakte"], "messages": [5], "authors": [2]})
    >>> known = messages.synthetic.write_month(
    ...     path, totals, month="2023-09", country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(1)
    ... )
    >>> with messages.opened([path]) as connection:
    ...     found = messages.summary(connection, publisher="all", country="KAZ")
    >>> found.frequencies  # five messages of two authors: one each, and three more by 1 : 0.57, that is 1.9 and 1.1
        platform  year  month  messages  authors
    0  vkontakte  2023      9         2        1
    1  vkontakte  2023      9         3        1
    >>> folder.cleanup()
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


def summary(connection: Connection, *, publisher: str, country: str, month: str | None = None) -> Summary:
    """Everything that is counted, in the engine a connection leads to.

    Parameters
    ----------
    connection : Connection
        Of `engine.opened` or `cluster.connected`, with the files of the declared table.
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

    Examples
    --------
    Of a chat in Telegram nobody has said of which country it is, so that its messages may count under the rules.

    >>> import json
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "result.json"
    >>> written = {"id": 1, "type": "message", "date_unixtime": "1694813400", "from_id": "user5", "text": "Сәлем"}
    >>> chat = {"name": "Chat", "type": "public_supergroup", "id": 77, "messages": [written, {**written, "id": 2}]}
    >>> length = path.write_text(json.dumps(chat))
    >>> taken = messages.take_in([path], Path(folder.name), zone="Asia/Almaty", key=bytes(range(32)))
    >>> with messages.opened([taken.path]) as connection:
    ...     found = messages.summary(connection, publisher="brand-analytics", country="KAZ", month="2023-09")
    >>> found.estimates[["group", "period", "measure", "low", "high"]]
          group   period         measure  low  high
    0  telegram  2023-09  messages_month  0.0   2.0
    1  telegram  2023-09   authors_month  0.0   1.0
    >>> folder.cleanup()
    """
    everything = judged(messages(), rules_of(publisher), country)
    chosen = counting.in_month(everything, month) if month else everything
    found = computed(connection, counting.cells(chosen))
    named = cubes.languages_of(found)[: counting.MOST_LANGUAGES]
    profiled = computed(connection, counting.profiles(chosen, named))
    counted, frequencies = cubes.counts(found, profiled), cubes.frequencies(profiled)
    return Summary(
        counts=counted,
        estimates=estimates(counted, cubes.possible(found, profiled), country=country, source=publisher),
        daily=cubes.daily(found, profiled),
        hourly=cubes.hourly(found),
        languages=_languages(connection, chosen, found, profiled, named),
        kinds=cubes.kinds(found),
        concentration=authors.concentration(frequencies),
        frequencies=frequencies,
        newcomers=_newcomers(connection, everything, profiled, month),
    )


def _languages(
    connection: Connection, chosen: Table, found: pd.DataFrame, profiled: pd.DataFrame, named: list[str]
) -> pd.DataFrame:
    """By sums where they tell it; with a further look where authors of several months or many languages overlap."""
    if cubes.of_one_month(profiled) and len(cubes.languages_of(found)) == len(named):
        return cubes.languages(found, profiled, named)
    return computed(connection, counting.languages(counting.surely(chosen)))


def _newcomers(connection: Connection, everything: Table, profiled: pd.DataFrame, month: str | None) -> pd.DataFrame:
    """By sums where all there is is of one month, and nobody can have written before; else with a further look."""
    if month is None:
        if cubes.of_one_month(profiled):
            return cubes.newcomers(profiled)
        return computed(connection, authors.newcomers(counting.surely(everything)))
    first, after = counting.days_of(month)
    before = messages().aggregate(day=messages().local_day.min())
    if not (computed(connection, before)["day"] < pd.Timestamp(first)).any():
        return cubes.newcomers(profiled)
    rows = computed(connection, authors.newcomers(counting.surely(everything.filter(everything.local_day < after))))
    return rows[(rows["year"] == first.year) & (rows["month"] == first.month)].reset_index(drop=True)


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
