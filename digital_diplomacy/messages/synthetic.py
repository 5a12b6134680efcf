"""Months of messages that nobody wrote, of any size, whose every count is known beforehand.

For tests, teaching and measuring: the totals are those asked for, to the message and the author; authors write as
unevenly as people do (a law of Zipf); who passes on whose messages is known; and messages stand among them that a
publisher's rules must leave out. They say nothing of any real author or month.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.messages.accounts import Accounts, known_accounts
from digital_diplomacy.messages.declared import marked
from digital_diplomacy.messages.hashing import hashed, mark_of
from digital_diplomacy.messages.table import SCHEMA
from digital_diplomacy.messages.times import local, zone

_BATCH: Final = 250_000
_KEY: Final = b"names of nobody, for every month"
_LANGUAGES: Final = (("ru", 0.55), ("kk", 0.35), ("en", 0.05), (None, 0.05))
_HOUR: Final = 3_600_000_000
_OLD: Final = 8 * 24 * _HOUR  # age in microseconds of what a comment that is left out stands under
_LEFT_OUT: Final = 50  # of so many messages that count there is one more that does not

_Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Known:
    """What must come out of a synthetic month.

    Attributes
    ----------
    counts : DataFrame
        ``platform, messages, authors, left_out``.
    forwards : DataFrame
        ``platform, source, target, weight``: how often an account passed on another's messages.
    """

    counts: pd.DataFrame
    forwards: pd.DataFrame


def write_month(
    path: Path,
    totals: pd.DataFrame,
    *,
    month: str,
    country: str,
    zone_name: str,
    rng: np.random.Generator,
    exponent: float = 0.8,
    accounts: int = 50,
    forwards: int = 1_000,
) -> Known:
    """Write a synthetic month as one Parquet file of the declared table, a batch at a time.

    Parameters
    ----------
    path : Path
        The file.
    totals : DataFrame
        ``platform, messages, authors``: what the rules of a publisher are to count, messages at least authors.
    month : str
        As 2023-09, by the clock of ``zone_name``.
    country : str
        ISO 3166 alpha-3 code of every place, but for those that are left out.
    zone_name : str
        IANA name of a time zone.
    rng : Generator
        Decides times, languages and who passes on whom; totals do not depend on it.
    exponent : float
        Of Zipf's law: the author of rank r writes in proportion to r to minus this power, and at least once.
    accounts : int
        The most active authors of a platform pass on each other's messages.
    forwards : int
        How many of the messages of a platform are passed on, at most half of those by these accounts.

    Returns
    -------
    Known

    Raises
    ------
    ArgumentError
        If a platform has more authors than messages, or none of either.
    """
    counts, edges = [], []
    with pq.ParquetWriter(path, marked(mark_of(_KEY)), compression="zstd") as writer:
        for row in totals.sort_values("platform").to_dict("records"):
            platform, messages, authors = str(row["platform"]), int(row["messages"]), int(row["authors"])
            written = zipf(messages, authors, exponent)
            names = pa.array([hashed(platform, str(number), _KEY) for number in range(authors)])
            passed_on = _forwards(written[:accounts], forwards, rng)
            plan = _Plan(platform, country, written, names, passed_on, _bounds(month, zone_name), zone_name)
            left_out = 0
            for batch in _batches(plan, rng):
                writer.write_batch(batch)
                left_out += batch.num_rows
            counts.append((platform, messages, authors, left_out - messages))
            edges.append(_edges(platform, passed_on, names))
    return Known(
        pd.DataFrame(counts, columns=["platform", "messages", "authors", "left_out"]),
        pd.concat(edges, ignore_index=True),
    )


def holders(platforms: Iterable[str], actors: int) -> Accounts:
    """Who holds the accounts that pass on each other's messages: each actor one on every platform, as active on all.

    Parameters
    ----------
    platforms : iterable of str
        Codes.
    actors : int
        As many as there are ``accounts`` in `write_month`; they are called A1, A2, ...

    Examples
    --------
    >>> found = holders(["telegram", "vkontakte"], 2)
    >>> found.actors["actor_id"].tolist(), found.rows["account"].drop_duplicates().tolist()
    (['A1', 'A2'], ['0', '1'])
    """
    rows = [(platform, str(number), f"A{number + 1}") for platform in platforms for number in range(actors)]
    return known_accounts(pd.DataFrame(rows, columns=["platform", "account", "actor"]), key=_KEY)


def zipf(messages: int, authors: int, exponent: float) -> _Ints:
    """How many messages each author wrote, the most active first: one each, and the rest by Zipf's law.

    Parameters
    ----------
    messages, authors : int
        Totals, which come out exactly (largest remainders, lower ranks first).
    exponent : float
        0 or more.

    Returns
    -------
    array of int, shape (authors,)

    Raises
    ------
    ArgumentError
        If there are fewer messages than authors, or no author.

    References
    ----------
    Zipf 1949, Human Behavior and the Principle of Least Effort.

    Examples
    --------
    >>> zipf(11, 3, 1.0).tolist()  # 8 more by 6 : 3 : 2, that is 4.36, 2.18, 1.45; the one left goes to .45
    [5, 3, 3]
    """
    if not 1 <= authors <= messages:
        raise ArgumentError(
            "{messages} messages cannot be of {authors} authors; every author writes one or more",
            messages=messages,
            authors=authors,
        )
    weights = np.arange(1, authors + 1, dtype=float) ** -exponent
    parts = (messages - authors) * weights / weights.sum()
    whole = np.floor(parts).astype(np.int64)
    rest = messages - authors - int(whole.sum())
    whole[np.argsort(-(parts - whole), kind="stable")[:rest]] += 1
    written: _Ints = whole + 1
    return written


@dataclass(frozen=True)
class _Plan:
    platform: str
    country: str
    written: _Ints
    names: pa.Array
    forwards: _Ints
    bounds: tuple[int, int]
    zone: str


def _bounds(month: str, zone_name: str) -> tuple[int, int]:
    """First and last microsecond of a month by the clock of a zone."""
    start = pd.Timestamp(f"{month}-01", tz=zone(zone_name))
    end = start + pd.offsets.MonthBegin(1)
    return start.value // 1_000, end.value // 1_000


def _forwards(written: _Ints, count: int, rng: np.random.Generator) -> _Ints:
    """Who passes on whom: rows of source and target; never itself, at most half of what it wrote."""
    room = np.repeat(np.arange(len(written)), written // 2)
    if len(written) < 2 or not len(room):
        return np.empty((0, 2), dtype=np.int64)
    source = np.sort(rng.choice(room, size=min(count, len(room)), replace=False))
    target = rng.integers(0, len(written) - 1, size=len(source))
    return np.column_stack([source, target + (target >= source)])


def _edges(platform: str, passed_on: _Ints, names: pa.Array) -> pd.DataFrame:
    pairs = pd.DataFrame(passed_on, columns=["source", "target"])
    found = pairs.groupby(["source", "target"]).size().reset_index(name="weight")
    named = {side: [names[number].as_py() for number in found[side]] for side in ("source", "target")}
    return found.assign(platform=platform, **named)[["platform", "source", "target", "weight"]]


def _batches(plan: _Plan, rng: np.random.Generator) -> Iterator[pa.RecordBatch]:
    """All rows of a platform, authors in mixed order, and behind each batch those that are left out."""
    total, ends = int(plan.written.sum()), np.cumsum(plan.written)
    firsts = ends - plan.written
    step = _coprime(total, int(rng.integers(1, total + 1)))
    targets = _targets(plan, firsts)
    for start in range(0, total, _BATCH):
        # Each number below the total once, in mixed order, without holding them all.
        numbers = (np.arange(start, min(start + _BATCH, total), dtype=np.int64) * step) % total
        who = np.searchsorted(ends, numbers, side="right")
        yield _rows(plan, who, numbers, targets, rng)
        more = len(numbers) // _LEFT_OUT
        if more:
            yield _left_out(plan, who[:more], numbers[:more], rng)


def _coprime(total: int, wished: int) -> int:
    step = max(wished % total, 1)
    # Products must fit into 64 bits, and every remainder come once.
    step = min(step, (2**62) // max(total, 1))
    while gcd(step, total) != 1:
        step += 1
    return step


def _targets(plan: _Plan, firsts: _Ints) -> dict[int, int]:
    """Whom a message passes on, by its number: the first messages of an account are its forwards."""
    found: dict[int, int] = {}
    taken: dict[int, int] = {}
    for source, target in plan.forwards.tolist():
        found[int(firsts[source]) + taken.get(source, 0)] = target
        taken[source] = taken.get(source, 0) + 1
    return found


def _rows(plan: _Plan, who: _Ints, numbers: _Ints, targets: dict[int, int], rng: np.random.Generator) -> pa.RecordBatch:
    """Messages that count."""
    forwarded: list[str | None] = [None] * len(who)
    kinds = np.full(len(who), "post", dtype=object)
    is_comment = rng.random(len(who)) < 0.4
    kinds[is_comment] = "comment"
    if targets:
        known = np.fromiter(targets, dtype=np.int64)
        for place in np.flatnonzero(np.isin(numbers, known)):
            forwarded[place] = plan.names[targets[int(numbers[place])]].as_py()
            kinds[place] = "repost"
    times = rng.integers(*plan.bounds, size=len(who))
    parent = np.where(kinds == "comment", times - rng.integers(0, 7 * 24 * _HOUR, size=len(who), endpoint=True), -1)
    columns = {"kind": kinds, "forwarded": forwarded, "country": [plan.country] * len(who)}
    return _batch(plan, who, numbers, times, parent, columns, rng)


def _left_out(plan: _Plan, who: _Ints, numbers: _Ints, rng: np.random.Generator) -> pa.RecordBatch:
    """Messages that do not count: for friends; on Odnoklassniki under old posts, on Telegram of another country."""
    times = rng.integers(*plan.bounds, size=len(who))
    open_to, kind, parent, country = "friends", "post", np.full(len(who), -1), plan.country
    if plan.platform == "odnoklassniki":
        open_to, kind, parent = "public", "comment", times - _OLD
    if plan.platform == "telegram":
        open_to, country = "public", "RUS" if plan.country != "RUS" else "KAZ"
    columns = {"kind": [kind] * len(who), "country": [country] * len(who), "visibility": [open_to] * len(who)}
    return _batch(plan, who, numbers, times, parent, {**columns, "prefix": "x"}, rng)


def _batch(
    plan: _Plan,
    who: _Ints,
    numbers: _Ints,
    times: _Ints,
    parent: _Ints,
    columns: dict[str, object],
    rng: np.random.Generator,
) -> pa.RecordBatch:
    size = len(who)
    days, hours = local(times, zone(plan.zone))
    words = [code for code, _ in _LANGUAGES]
    drawn = rng.choice(len(words), size=size, p=[share for _, share in _LANGUAGES])
    prefix = columns.get("prefix", plan.platform[0])
    found: dict[str, object] = {
        "platform": pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, dtype=np.int8)), [plan.platform]),
        "author": pa.DictionaryArray.from_arrays(pa.array(who.astype(np.int32)), plan.names),
        "message": pa.compute.binary_join_element_wise(str(prefix), pa.array(numbers).cast(pa.string()), ""),
        "time": pa.array(times),
        "local_day": pa.array(days.astype("datetime64[D]")),
        "local_hour": pa.array(hours),
        "parent_time": pa.array(parent, mask=parent < 0),
        "visibility": ["public"] * size,
        "language": pa.DictionaryArray.from_arrays(pa.array(drawn.astype(np.int8)), words),
        "text_length": pa.array(rng.integers(1, 280, size=size, dtype=np.int32)),
        "mentioned": pa.array([[]] * size, pa.list_(pa.string())),
    }
    found |= {name: value for name, value in columns.items() if name != "prefix"}
    arrays = [_column(found.get(field.name), field, size) for field in SCHEMA]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _column(value: object, field: pa.Field, size: int) -> pa.Array:
    if value is None:
        return pa.nulls(size, field.type)
    array = value if isinstance(value, pa.Array) else pa.array(value, field.type)
    return array if array.type == field.type else array.cast(field.type)
