"""A month wholly read: its counts, its network and, of a month that nobody wrote, what must come out."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.handed_counts import is_counts
from digital_diplomacy.messages import counting, rules, synthetic
from digital_diplomacy.messages.accounts import Accounts, Network, network, read_accounts
from digital_diplomacy.messages.declared import mark_in, schema_of
from digital_diplomacy.messages.engine import Connection, messages, opened
from digital_diplomacy.messages.handed import Handed, handed
from digital_diplomacy.messages.hashing import PLAIN, mark_of
from digital_diplomacy.messages.summaries import Summary, summary
from digital_diplomacy.messages.synthetic import Known
from digital_diplomacy.messages.ties import RELATIONS, halves, in_periods, within

SCALE: Final = 100
"""How many printed messages one of a synthetic month stands for."""

HOLDERS: Final = 30
"""Actors of a synthetic month who pass on each other's messages, each with an account on every platform."""

PREVIOUS: Final = "previous"
"""The month before, whichever it is: for many runs, each of its own month."""

_FORWARDS: Final = 25  # on each platform
_KEY: Final = "messages.key"
_FILES: Final = ("messages.parquet", "aggregate.csv")
_NOBODY: Final = Network(
    days=pd.DataFrame(columns=["source", "target", "relation", "weight", "period"]).astype({"weight": float}),
    actors=pd.DataFrame(columns=["actor_id", "type", "label", "country"], dtype="str"),
    reach=pd.DataFrame(),
    unmet=pd.DataFrame(columns=["platform", "account", "actor"]),
    listed=0,
)
_PRINTED: Final = {"messages_month": "messages", "authors_month": "authors"}


@dataclass(frozen=True)
class Month:
    """What was found in a month.

    Attributes
    ----------
    summary : Summary
        What is counted under the rules.
    network : Network
        Ties of messages that the rules count.
    country, month, publisher : str
        What was asked for.
    scale : int
        How many messages one stands for: 1, or more in a synthetic month.
    known : Known, optional
        Of a synthetic month, what must come out.
    handed : Handed, optional
        Of a month of which only counts were handed on, what they tell; its network is empty.
    before : str
        Another month whose ties are compared with those of this one; empty if none is.
    days_before : DataFrame, optional
        Its ties by day, as those of the network.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> found.scale, int(found.known.counts["messages"].iloc[0])
    (100, 900)
    """

    summary: Summary
    network: Network
    country: str
    month: str
    publisher: str
    scale: int = 1
    known: Known | None = None
    handed: Handed | None = None
    before: str = ""
    days_before: pd.DataFrame | None = None


def read_month(
    source: str,
    *,
    month: str,
    publisher: str,
    country: str,
    zone: str,
    printed: pd.DataFrame,
    accounts: str = "",
    before: str = "",
) -> Month:
    """A month out of a table of messages, or a synthetic one.

    Parameters
    ----------
    source : str
        Folder the command has written, a Parquet file of the declared table, or a table of counts that was handed on
        (`aggregates`); empty for a synthetic month.
    month : str
        As 2023-09.
    publisher : str
        Whose rules decide what counts.
    country : str
        ISO 3166 alpha-3 code of the country asked about.
    zone : str
        IANA name of the zone of a synthetic month; a table has its own.
    printed : DataFrame
        ``platform, measure, value`` of a month as printed (``messages_month``, ``authors_month``), by whose sizes a
        synthetic month is made.
    accounts : str
        CSV file of known accounts (`read_accounts`); the key beside the table hashes them, if there is one.
    before : str
        Another month of the table whose ties are compared with those of this one (`compared`), as 2023-08, or
        ``previous``; the halves of the month are unless given.

    Raises
    ------
    ValueError
        If publisher, month or zone is none, there is no such table, it has no counts of the month, or accounts are
        given and the key of the table is not beside it.
    SourceError
        If a table of messages lacks columns.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 9_000]})
    >>> asked = {"month": "2023-09", "publisher": "brand-analytics", "country": "KAZ", "zone": "Asia/Almaty"}
    >>> found = messages.read_month("", **asked, printed=printed)
    >>> found.summary.counts[["messages", "authors"]].to_numpy().tolist()
    [[900, 90]]
    """
    counting.days_of(month)
    other = _before(before, month)
    if not source:
        if other:
            raise ArgumentError("before {before!r}: a synthetic month stands alone; give a source, or no month before",
                                before=before)  # fmt: skip
        return _synthetic(printed, month=month, publisher=publisher, country=country, zone=zone)
    table = _found(source)
    if is_counts(table):
        if accounts:
            raise ArgumentError(
                "accounts {accounts!r}: counts that were handed on hold no accounts; give the table of messages as "
                "source, or no accounts",
                accounts=accounts,
            )
        counted, rest = handed(table, month=month, country=country)
        return Month(counted, _NOBODY, country, month, publisher, handed=rest)
    known = read_accounts(accounts, key=_key_of(table)) if accounts else None
    with opened([table]) as connection:
        found = month_of(connection, month=month, publisher=publisher, country=country, accounts=known)
        if not other:
            return found
        sure = _counting(other, publisher, country)
        return _beside(found, other, network(connection, sure, known))


def _before(before: str, month: str) -> str:
    """The month that another is compared with; nothing if none is asked for."""
    if not before:
        return ""
    first, _ = counting.days_of(month)
    if before != PREVIOUS:
        counting.days_of(before)
        return before
    year, number = (first.year, first.month - 1) if first.month > 1 else (first.year - 1, 12)
    return f"{year}-{number:02}"


def _beside(month: Month, name: str, other: Network) -> Month:
    """The month with the ties of another; who was met in either is an actor of both."""
    actors = pd.concat([month.network.actors, other.actors]).drop_duplicates("actor_id", ignore_index=True)
    return replace(month, network=replace(month.network, actors=actors), before=name, days_before=other.days)


def _found(source: str) -> Path:
    """The file a source means: the table of messages of a folder, or else its table of counts."""
    path = Path(source)
    names = [path / name for name in _FILES] if path.is_dir() else [path]
    found = next((name for name in names if name.exists()), names[0])
    try:
        found.open("rb").close()  # seen by whoever records what a run reads; the engine's own reading is not
    except OSError as error:
        raise ArgumentError(
            "source {source!r}: no table of messages; give a folder that `digital-diplomacy messages` has written",
            source=source,
        ) from error
    return found


def _key_of(table: Path) -> bytes | None:
    """The key of a table's identifiers, which stands beside it; none if they are plain, or nobody knows.

    Raises
    ------
    ArgumentError
        If it is not there, or is that of another table: no account would be found, and nobody would know why.
    """
    mark, secret = mark_in(schema_of(table)), table.with_name(_KEY)
    key = secret.read_bytes() if secret.exists() and mark != PLAIN else None
    if mark and mark != mark_of(key):
        raise ArgumentError(
            "{table}: names of accounts can be compared with its identifiers only by the key they are hashed with; put "
            "it beside the table as {name}",
            table=table,
            name=_KEY,
        )
    return key


def month_of(
    connection: Connection,
    *,
    month: str | None,
    publisher: str,
    country: str,
    accounts: Accounts | None = None,
    relations: Sequence[str] = RELATIONS,
) -> Month:
    """Counts and network of a month in the engine a connection of `opened` leads to.

    Parameters
    ----------
    connection : Connection
        With the files of the declared table.
    month : str, optional
        As 2023-09; all months unless given.
    publisher, country
        As for `summary`.
    accounts, relations
        As for `network`.

    Raises
    ------
    ValueError
        As `summary` and `network`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["telegram"], "messages": [90], "authors": [3]})
    >>> asked = {"month": "2023-09", "country": "KAZ", "zone_name": "Asia/Almaty"}
    >>> known = messages.synthetic.write_month(path, totals, **asked, rng=np.random.default_rng(1), forwards=9)
    >>> with messages.opened([path]) as connection:
    ...     found = messages.month_of(connection, month="2023-09", publisher="all", country="KAZ")
    >>> len(messages.ties_of(found, "forwards")) == len(known.forwards)
    True
    >>> folder.cleanup()
    """
    counted = summary(connection, publisher=publisher, country=country, month=month)
    tied = network(connection, _counting(month, publisher, country), accounts, relations=relations)
    return Month(counted, tied, country=country, month=month or "", publisher=publisher)


def _counting(month: str | None, publisher: str, country: str) -> Table:
    """Messages of a month, or all, that the rules count for sure."""
    chosen = counting.in_month(messages(), month) if month else messages()
    return counting.surely(rules.judged(chosen, rules.rules_of(publisher), country))


def _synthetic(printed: pd.DataFrame, *, month: str, publisher: str, country: str, zone: str) -> Month:
    totals = synthetic_totals(printed)
    held = synthetic.holders(totals["platform"], HOLDERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.parquet"
        known = synthetic.write_month(
            path, totals, month=month, country=country, zone_name=zone, rng=np.random.default_rng(_seed(month)),
            accounts=HOLDERS, forwards=_FORWARDS,
        )  # fmt: skip
        with opened([path]) as connection:
            found = month_of(connection, month=month, publisher=publisher, country=country, accounts=held)
    return Month(found.summary, found.network, country, month, publisher, scale=SCALE, known=known)


def _seed(month: str) -> int:
    """Another month has another lot, and always the same."""
    return int(month.replace("-", "")) if month.replace("-", "").isdigit() else 0


def synthetic_totals(printed: pd.DataFrame, *, scale: int = SCALE) -> pd.DataFrame:
    """Sizes of a synthetic month (``platform, messages, authors``): those printed, divided by ``scale`` and rounded.

    Parameters
    ----------
    printed : DataFrame
        ``platform, measure, value``; platforms without either figure are left out.
    scale : int
        How many printed messages one stands for.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [90_000, 120]})
    >>> messages.synthetic_totals(printed).to_numpy().tolist()
    [['telegram', 900, 1]]
    """
    rows = printed[printed["measure"].isin(list(_PRINTED))]
    sizes = rows.pivot_table(index="platform", columns="measure", values="value", aggfunc="first").reindex(
        columns=list(_PRINTED)
    )
    small = (sizes.dropna() / scale).round().clip(lower=1).astype(int).rename(columns=_PRINTED)
    return small.rename_axis(index="platform", columns=None).reset_index()


def ties_of(month: Month, relation: str, *, days: bool = False) -> pd.DataFrame:
    """Ties of one relation in the month: ``EDGES``, or with ``period`` by day.

    Parameters
    ----------
    month : Month
    relation : str
        Of `ties.RELATIONS`.
    days : bool
        Whether each day stands apart.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [900_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> float(messages.ties_of(found, "forwards")["weight"].sum())
    25.0
    """
    rows = month.network.days[month.network.days["relation"] == relation].reset_index(drop=True)
    if days:
        return rows
    summed = rows.groupby(["source", "target", "relation"], sort=True)["weight"].sum().reset_index()
    return summed[["source", "target", "relation", "weight"]]


def compared(month: Month, periods: Sequence[str] = ()) -> dict[str, str]:
    """The two periods whose ties are compared: ``first_period`` and ``second_period``.

    Parameters
    ----------
    month : Month
    periods : sequence of str
        Of several the first and the last; without them the month before and this one if both were asked for, or else
        the halves of the month, or of all days with ties.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [900_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> list(messages.compared(found).values())
    ['2023-09-01/2023-09-15', '2023-09-16/2023-09-30']
    """
    if len(periods) > 1:
        first, second = periods[0], periods[-1]
    elif month.before:
        first, second = month.before, month.month
    elif month.month:
        first, second = halves(month.month)
    else:
        days = sorted(set(month.network.days["period"]))
        middle = len(days) // 2
        early, late = days[:middle] or days, days[middle:]
        first, second = (f"{part[0]}/{part[-1]}" if part else "" for part in (early, late))
    return {"first_period": first, "second_period": second}


def halves_of(month: Month, relation: str, periods: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ties of one relation by day in the two periods that are compared (`compared`).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [900_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> first, last = messages.halves_of(found, "forwards")
    >>> first["period"].max() <= "2023-09-15" < last["period"].min(), len(first) > 0
    (True, True)
    """
    rows = ties_of(month, relation, days=True)
    if month.days_before is not None:
        earlier = month.days_before
        rows = pd.concat([earlier[earlier["relation"] == relation], rows], ignore_index=True)
    if rows.empty:
        return rows, rows
    first, last = (rows[within(rows["period"], period)] for period in compared(month, periods).values())
    return first, last


def ties_by_period(month: Month, periods: Sequence[str]) -> pd.DataFrame:
    """Ties of the network in periods of any length: ``source, target, relation, weight, period``.

    Parameters
    ----------
    month : Month
    periods : sequence of str
        ISO 8601, as 2023-09 or 2023-03/2023-08.

    Raises
    ------
    ArgumentError
        If one is no period.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> measures = ["messages_month", "authors_month"]
    >>> printed = pd.DataFrame({"platform": "telegram", "measure": measures, "value": [900_000, 9_000]})
    >>> found = messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=printed)
    >>> rows = messages.ties_by_period(found, ["2023-09", "2023-10/2023-12"])
    >>> rows.groupby("period")["weight"].sum().to_dict()
    {'2023-09': 25.0}
    """
    return in_periods(month.network.days, periods)
