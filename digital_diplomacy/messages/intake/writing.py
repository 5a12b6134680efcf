"""Messages into the declared table, a batch at a time; the file appears when it is whole."""

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from digital_diplomacy import unfinished
from digital_diplomacy.messages.declared import mark_in, marked
from digital_diplomacy.messages.hashing import hashed
from digital_diplomacy.messages.table import HASHED, SCHEMA, Message
from digital_diplomacy.messages.times import local

BATCH: Final = 20_000  # messages held at once
_PLAIN: Final = ("platform", "kind", "visibility", "language")


@dataclass(frozen=True)
class Rules:
    """How identifiers, days and countries of messages are made.

    Attributes
    ----------
    zone : ZoneInfo
        Whose days and hours they are.
    key : bytes or None
        For hashes; None keeps identifiers as they are.
    country : str or None
        Of every place not named in ``places``.
    places : mapping of str to str
        Country by a place's identifier or name, in small letters, without sign.
    """

    zone: ZoneInfo
    key: bytes | None
    country: str | None
    places: Mapping[str, str]


def batch_of(messages: Sequence[Message], rules: Rules) -> pa.RecordBatch:
    """Messages as rows of the declared table."""
    days, hours = local([one.time for one in messages], rules.zone)
    columns: dict[str, Any] = {name: list(map(attrgetter(name), messages)) for name in (*_PLAIN, "text_length")}
    platforms = columns["platform"]
    for name in HASHED:
        found = zip(platforms, map(attrgetter(name), messages), strict=True)
        columns[name] = [identifier(platform, text, rules.key) if text else None for platform, text in found]
    columns["mentioned"] = [
        [text for who in one.mentioned if (text := identifier(one.platform, who, rules.key))] if one.mentioned else []
        for one in messages
    ]
    columns["country"] = [_country(one, rules) for one in messages]
    times = {"time": [one.time for one in messages], "parent_time": [one.parent_time for one in messages]}
    arrays = [
        pa.array(days.astype("datetime64[D]"), pa.date32()) if field.name == "local_day"
        else pa.array(hours) if field.name == "local_hour"
        else pa.array(times[field.name], pa.int64()).cast(field.type) if field.name in times
        else pa.array(columns[field.name], field.type)
        for field in SCHEMA
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def identifier(platform: str, name: str | None, key: bytes | None) -> str | None:
    """An identifier as the table has it: hashed, or as it is; none if it is empty."""
    if not name:
        return None
    return name.encode("utf-8", "replace").decode() if key is None else hashed(platform, name, key)


def _country(message: Message, rules: Rules) -> str | None:
    if rules.places:
        for name in (*message.names, message.place or ""):
            if found := rules.places.get(name.lower().removeprefix("@")):
                return found
    return rules.country


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to, which takes its place when the block ends well and is gone if it does not.

    What a run that was killed has left there is gone first.
    """
    beside = unfinished.beside(path)
    try:
        yield beside
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        for left in (beside, second(beside)):
            left.unlink(missing_ok=True)


def second(beside: Path) -> Path:
    """Where such a file is written again without some of its rows."""
    return beside.with_name(f"{beside.name}2")


@contextmanager
def table(path: Path, mark: str) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """What takes batches of a Parquet file, in which the mark of the key is noted (`hashing.mark_of`)."""
    with pq.ParquetWriter(path, marked(mark), compression="zstd", write_page_index=True) as writer:
        yield lambda batch: writer.write_batch(batch, row_group_size=1 << 20)


@contextmanager
def lines(path: Path, header: Sequence[str]) -> Iterator[Callable[[Sequence[object]], None]]:
    """What takes rows of a CSV file."""
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        yield writer.writerow


def without(source: Path, target: Path, repeated: np.ndarray[Any, np.dtype[np.int64]]) -> None:
    """The rows of a file but those with the numbers given, which are sorted."""
    file, start = pq.ParquetFile(source), 0
    with table(target, mark_in(file.schema_arrow)) as write:
        for batch in file.iter_batches(batch_size=BATCH):
            low, high = np.searchsorted(repeated, [start, start + batch.num_rows])
            keep = np.ones(batch.num_rows, dtype=bool)
            keep[repeated[low:high] - start] = False
            write(pa.RecordBatch.from_arrays(batch.filter(pa.array(keep)).columns, schema=SCHEMA))
            start += batch.num_rows
