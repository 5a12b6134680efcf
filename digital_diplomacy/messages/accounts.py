"""Accounts that are known: whose they are, in a table of a researcher's own; and the network of those who hold them."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.cells import separator_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.messages.engine import Connection, computed
from digital_diplomacy.messages.hashing import hashed
from digital_diplomacy.messages.ties import RELATIONS, met, reach, ties

LARGEST: Final = 500
"""Accounts of a network of everybody; one of more needs a table of those that are meant."""

_NEEDED: Final = ("platform", "account", "actor")
_MORE: Final = ("type", "label", "country")
_SAME: Final[Mapping[str, str]] = {"x": "twitter", "vk": "vkontakte", "ok": "odnoklassniki"}
_UNTYPED: Final = "actor"
_TIES: Final = 250_000  # by day, of a network of everybody


@dataclass(frozen=True)
class Accounts:
    """Accounts whose holders are known.

    Attributes
    ----------
    rows : DataFrame
        ``platform, account`` (as given), ``known_as`` (as the table of messages may have it; several rows an account),
        ``actor``.
    actors : DataFrame
        ``actor_id, type, label, country``, a row an actor; label and country may be empty.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> given = pd.DataFrame({"platform": ["X", "telegram"], "account": ["@MFA", "channel5"], "actor": "mfa"})
    >>> found = messages.known_accounts(given, key=None)
    >>> found.rows[["platform", "known_as"]].to_numpy().tolist()
    [['twitter', '@MFA'], ['twitter', '@mfa'], ['twitter', 'MFA'], ['twitter', 'mfa'], \
['telegram', 'channel5'], ['telegram', '@channel5']]
    >>> found.actors["actor_id"].tolist()
    ['mfa']
    """

    rows: pd.DataFrame
    actors: pd.DataFrame

    @property
    def names(self) -> dict[str, list[str]]:
        """Accounts by platform, as the table of messages may have them.

        Examples
        --------
        >>> import pandas as pd
        >>> from digital_diplomacy import messages
        >>> given = pd.DataFrame({"platform": ["vk"], "account": ["-77"], "actor": ["KAZ"]})
        >>> messages.known_accounts(given, key=None).names
        {'vkontakte': ['-77', '@-77']}
        """
        return {str(code): list(part) for code, part in self.rows.groupby("platform", sort=True)["known_as"]}


def known_accounts(frame: pd.DataFrame, *, key: bytes | None, where: str = "accounts") -> Accounts:
    """A table of accounts, hashed as the messages are.

    Parameters
    ----------
    frame : DataFrame
        ``platform`` (code), ``account`` (identifier or name, with @ or without, in any case), ``actor`` (code of who
        holds it, such as an ISO 3166 alpha-3 code); ``type``, ``label`` and ``country`` of the actor if known. An
        account that tools call by number here and by name there takes two rows.
    key : bytes or None
        With which the messages were hashed.
    where : str
        What the table is called in errors.

    Raises
    ------
    TableError
        Naming the column that is missing, the row with an empty cell, or the account that two actors hold; or the
        actor whose rows disagree on what it is.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> given = pd.DataFrame({"platform": "twitter", "account": ["@mfa", "@MFA"], "actor": ["KAZ", "UZB"]})
    >>> messages.known_accounts(given, key=None)
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: accounts: row 2: @MFA (twitter) is held by UZB, and above by KAZ; keep one row
    """
    return _known(frame, key, where, [f"row {number}" for number in range(1, len(frame) + 1)])


def _known(frame: pd.DataFrame, key: bytes | None, where: str, places: Sequence[str]) -> Accounts:
    """The same of rows that stand at these places."""
    missing = [name for name in _NEEDED if name not in frame]
    if missing:
        raise TableError(
            "{where}: column `{missing}` is missing; needed are {needed}",
            where=where,
            missing=missing[0],
            needed=", ".join(_NEEDED),
        )
    given = frame[[*_NEEDED, *(name for name in _MORE if name in frame)]].fillna("").astype(str)
    given = given.apply(lambda cells: cells.str.strip())
    for place, row in zip(places, given.to_dict("records"), strict=True):
        empty = next((name for name in _NEEDED if not row[name]), "")
        if empty:
            raise TableError("{where}: {place}: `{empty}` is empty", where=where, place=place, empty=empty)
    platforms = given["platform"].str.lower().map(lambda code: _SAME.get(code, code))
    given = given.assign(platform=platforms)
    return Accounts(_hashed(given, key, where, places), _actors(given, where))


def read_accounts(path: str | Path, *, key: bytes | None) -> Accounts:
    """A table of accounts from a CSV file in UTF-8, as `known_accounts` returns it.

    Raises
    ------
    TableError
        As `known_accounts`, or if there is no such file or it is no such CSV.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "accounts.csv"
    >>> length = path.write_text("platform,account,actor,type\\ntwitter,@mfa,KAZ,ministry\\n")
    >>> messages.read_accounts(path, key=bytes(range(32))).actors[["actor_id", "type"]].to_numpy().tolist()
    [['KAZ', 'ministry']]
    >>> folder.cleanup()
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator_of(text))
        rows = [(f"line {reader.line_num}", row) for row in reader]
    except FileNotFoundError as error:
        raise TableError("{given}: no such file; check the name", given=path) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError("{path}: no CSV in UTF-8 that can be read; save it as such", path=path) from error
    filled = [(at, row) for at, row in rows if any(isinstance(cell, str) and cell.strip() for cell in row.values())]
    frame = pd.DataFrame([row for _, row in filled], columns=list(rows[0][1]) if rows else [])
    return _known(frame, key, str(path), [at for at, _ in filled])


def _spellings(account: str) -> Iterator[str]:
    """As tools write an account: as it stands, in small letters, with the sign and without."""
    bare = account.removeprefix("@")
    yield from dict.fromkeys((account, account.lower(), bare, bare.lower(), f"@{bare.lower()}"))


def _hashed(given: pd.DataFrame, key: bytes | None, where: str, places: Sequence[str]) -> pd.DataFrame:
    held: dict[tuple[str, str], str] = {}
    rows = []
    for place, (platform, account, actor) in zip(places, given[list(_NEEDED)].to_numpy().tolist(), strict=True):
        for spelling in _spellings(account):
            other = held.setdefault((platform, spelling), actor)
            if other != actor:
                raise TableError(
                    "{where}: {place}: {account} ({platform}) is held by {actor}, and above by {other}; keep one row",
                    where=where,
                    place=place,
                    account=account,
                    platform=platform,
                    actor=actor,
                    other=other,
                )
            rows.append((platform, account, spelling if key is None else hashed(platform, spelling, key), actor))
    return pd.DataFrame(rows, columns=["platform", "account", "known_as", "actor"]).drop_duplicates(
        ["platform", "known_as"], ignore_index=True
    )


def _actors(given: pd.DataFrame, where: str) -> pd.DataFrame:
    told = given.reindex(columns=["actor", *_MORE], fill_value="")
    for column in _MORE:
        kinds = told[told[column] != ""].drop_duplicates(["actor", column])
        twice = kinds[kinds["actor"].duplicated()]
        if len(twice):
            raise TableError(
                "{where}: the rows of {actor} disagree on `{column}`; make them equal",
                where=where,
                actor=twice["actor"].iloc[0],
                column=column,
            )
    found = told.groupby("actor", sort=True)[list(_MORE)].max().reset_index().rename(columns={"actor": "actor_id"})
    return found.assign(type=found["type"].where(found["type"] != "", _UNTYPED))


@dataclass(frozen=True)
class Network:
    """Ties between those who hold accounts, and what of the messages they are not.

    Attributes
    ----------
    days : DataFrame
        ``source, target, relation, weight, period``: ties between actors by day; `in_periods` makes others.
    actors : DataFrame
        ``actor_id, type, label, country`` of those with an account that writes or is pointed to.
    reach : DataFrame
        What `ties.reach` counts.
    unmet : DataFrame
        ``platform, account, actor``: accounts of the table that no message is of or points to.
    listed : int
        How many accounts the table has; 0 for a network of everybody.
    is_crowded : bool
        Whether there is no network since more accounts are tied than `LARGEST`, and no table says which are meant.

    Examples
    --------
    >>> import json
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "posts.jsonl"
    >>> post = {"id": "1", "author_id": "7", "created_at": "2023-09-15T08:00:00Z"}
    >>> post["entities"] = {"mentions": [{"id": "8", "username": "embassy"}]}
    >>> length = path.write_text(json.dumps(post))
    >>> taken = messages.take_in([path], Path(folder.name), zone="UTC", key=None)
    >>> held = pd.DataFrame({"platform": "twitter", "account": ["7", "8", "9"], "actor": ["KAZ", "UZB", "KGZ"]})
    >>> with messages.opened([taken.path]) as connection:
    ...     found = messages.network(connection, messages.messages(), messages.known_accounts(held, key=None))
    >>> found.days[["source", "target", "relation", "weight", "period"]].to_numpy().tolist()
    [['KAZ', 'UZB', 'mentions', 1.0, '2023-09-15']]
    >>> found.unmet["account"].tolist(), found.actors["actor_id"].tolist()
    (['9'], ['KAZ', 'UZB'])
    >>> folder.cleanup()
    """

    days: pd.DataFrame
    actors: pd.DataFrame
    reach: pd.DataFrame
    unmet: pd.DataFrame
    listed: int
    is_crowded: bool = False


def network(
    connection: Connection,
    table: Table,
    accounts: Accounts | None = None,
    *,
    relations: Sequence[str] = RELATIONS,
) -> Network:
    """The network of those whose accounts are known; of all accounts, if there are few.

    Parameters
    ----------
    connection : Connection
        With the files of the declared table.
    table : Table
        Of the declared columns, the messages that count.
    accounts : Accounts, optional
        Without them every account is an actor of its own, if no more than `LARGEST` are tied.
    relations : sequence of str
        Of `ties.RELATIONS`.

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
    ...     found = messages.network(connection, messages.messages())
    >>> float(found.days["weight"].sum()), len(found.actors)
    (9.0, 3)
    >>> folder.cleanup()
    """
    if accounts is None:
        return _of_everybody(connection, table, relations)
    names = accounts.names
    found = computed(connection, ties(table, relations=relations, by="day", names=names))
    seen = computed(connection, met(table, names))
    holders = {(one.platform, one.known_as): one.actor for one in accounts.rows.itertuples(index=False)}
    for end in ("source", "target"):
        ends = zip(found["platform"], found[end], strict=True)
        found[end] = pd.Series([holders[pair] for pair in ends], dtype="str", index=found.index)
    writing = set(zip(seen["platform"], seen["account"], strict=True))
    known = zip(accounts.rows["platform"], accounts.rows["known_as"], strict=True)
    each = accounts.rows.assign(met=[pair in writing for pair in known])
    key = ["platform", "account", "actor"]
    each = each.sort_values([*key, "met"], kind="stable").drop_duplicates(key, keep="last", ignore_index=True)
    there = set(each.loc[each["met"], "actor"])
    return Network(
        days=_between(found),
        actors=accounts.actors[accounts.actors["actor_id"].isin(there)].reset_index(drop=True),
        reach=computed(connection, reach(table, relations=relations, names=names)),
        unmet=each.loc[~each["met"], ["platform", "account", "actor"]].reset_index(drop=True),
        listed=len(each),
    )


def _of_everybody(connection: Connection, table: Table, relations: Sequence[str]) -> Network:
    found = computed(connection, ties(table, relations=relations, by="day").limit(_TIES + 1))
    names = sorted({*found["source"], *found["target"]})
    is_crowded = len(found) > _TIES or len(names) > LARGEST
    if is_crowded:
        found, names = found.head(0), []
    return Network(
        days=_between(found),
        actors=pd.DataFrame({"actor_id": names, "type": _UNTYPED, "label": "", "country": ""}),
        reach=computed(connection, reach(table, relations=relations)),
        unmet=pd.DataFrame(columns=["platform", "account", "actor"]),
        listed=0,
        is_crowded=is_crowded,
    )


def _between(found: pd.DataFrame) -> pd.DataFrame:
    """Ties of actors: those of all their accounts together, without what stays within one actor."""
    apart = found[found["source"] != found["target"]]
    summed = apart.groupby(["source", "target", "relation", "period"], sort=True)["weight"].sum().reset_index()
    return summed.astype({"weight": float})[["source", "target", "relation", "weight", "period"]]
