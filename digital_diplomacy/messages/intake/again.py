"""Tables of messages that were taken in before, taken in again: a batch of rows at a time, none hashed twice."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from digital_diplomacy.errors import Said, said
from digital_diplomacy.messages.declared import mark_in
from digital_diplomacy.messages.hashing import PLAIN
from digital_diplomacy.messages.intake.opening import Part
from digital_diplomacy.messages.intake.writing import Rules, identifier
from digital_diplomacy.messages.table import HASHED, KINDS, SCHEMA, VISIBILITIES, Unread
from digital_diplomacy.messages.times import FIRST, LAST, local

_BATCH: Final = 1 << 17  # rows held at once
_LISTED: Final = SCHEMA.field("mentioned").type


def batches(part: Part, rules: Rules) -> Iterator[pa.RecordBatch | Unread]:
    """Rows of a table of messages as they stand, with days and hours of the zone asked for.

    Identifiers stay as they are, unless the file says that they are plain and there is a key. Where no country is
    known, it is that of ``rules``. A row that cannot be a message is told by its number.
    """
    file, before = pq.ParquetFile(part.path), 0
    is_plain = mark_in(file.schema_arrow) == PLAIN
    for batch in file.iter_batches(batch_size=_BATCH, columns=SCHEMA.names):
        columns = {name: _as_declared(batch.column(name), SCHEMA.field(name)) for name in SCHEMA.names}
        faults = _faults(columns)
        yield from (Unread(before + row + 1, "fields", why) for row, why in sorted(faults.items()))
        before += batch.num_rows
        keep = np.ones(batch.num_rows, dtype=bool)
        keep[list(faults)] = False
        kept = {name: cells.filter(pa.array(keep)) for name, cells in columns.items()}
        if keep.any():
            yield _made(kept, rules, is_plain=is_plain)


def _as_declared(cells: pa.Array, field: pa.Field) -> pa.Array:
    if pa.types.is_timestamp(field.type) or field.name in ("local_day", "local_hour"):
        return cells.cast(field.type, safe=False)  # finer than microseconds are not kept; days are made anew
    return cells.cast(field.type)


def _faults(columns: dict[str, pa.Array]) -> dict[int, Said]:
    """Why rows cannot be messages, by their place in the batch."""
    time = columns["time"].cast(pa.int64())
    found: dict[int, Said] = {}
    for name, known in (("visibility", VISIBILITIES), ("kind", KINDS)):
        cells = columns[name]
        strange = pc.invert(pc.is_in(cells, pa.array(known)))
        if SCHEMA.field(name).nullable:
            strange = pc.and_(strange, pc.is_valid(cells))
        for row in _rows(strange):
            found[row] = said(
                "{what} {value!r:.60} is none of {known}", what=name, value=cells[row].as_py(), known=", ".join(known)
            )
    in_time = pc.fill_null(pc.and_(pc.greater_equal(time, FIRST), pc.less(time, LAST)), False)
    for row in _rows(pc.invert(in_time)):
        found[row] = said("{value!r:.60} is not a time of 1990 to 2099", value=columns["time"][row].as_py())
    named = pc.fill_null(pc.not_equal(columns["platform"], ""), False)
    return found | dict.fromkeys(_rows(pc.invert(named)), said("no platform"))


def _rows(wanted: pa.Array) -> list[int]:
    return [int(row) for row in np.flatnonzero(wanted.to_numpy(zero_copy_only=False))]


def _made(columns: dict[str, pa.Array], rules: Rules, *, is_plain: bool) -> pa.RecordBatch:
    days, hours = local(columns["time"].cast(pa.int64()).to_numpy(), rules.zone)
    made: dict[str, pa.Array] = {
        "local_day": pa.array(days.astype("datetime64[D]"), pa.date32()),
        "local_hour": pa.array(hours, pa.int8()),
    }
    if rules.country is not None:
        made["country"] = pc.fill_null(columns["country"], rules.country)
    if is_plain and rules.key is not None:
        made |= _hashed(columns, rules.key)
    return pa.RecordBatch.from_arrays([made.get(name, columns[name]) for name in SCHEMA.names], schema=SCHEMA)


def _hashed(columns: dict[str, pa.Array], key: bytes) -> dict[str, pa.Array]:
    platforms: list[Any] = columns["platform"].to_pylist()
    made = {
        name: pa.array(
            [identifier(*one, key) for one in zip(platforms, columns[name].to_pylist(), strict=True)], pa.string()
        )
        for name in HASHED
    }
    lists = zip(platforms, columns["mentioned"].to_pylist(), strict=True)
    mentioned = [[text for who in names or () if (text := identifier(of, who, key))] for of, names in lists]
    return made | {"mentioned": pa.array(mentioned, _LISTED)}
