"""The declared table in files: whether a Parquet file holds it, and with which key its identifiers were hashed."""

from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages.table import SCHEMA

_KEY: Final = b"digital_diplomacy.key"


def marked(mark: str) -> pa.Schema:
    """The declared columns, and in the file's own notes which key it was (`hashing.mark_of`); nothing if not known."""
    return SCHEMA.with_metadata({_KEY: mark.encode()} if mark else {})


def mark_in(schema: pa.Schema) -> str:
    """What a file notes of its key; empty where it notes nothing."""
    return bytes((schema.metadata or {}).get(_KEY, b"")).decode("ascii", "replace")


def is_meant(names: Collection[str]) -> bool:
    """Whether more than half of the declared columns are there: such a file is this table, whole or not.

    Examples
    --------
    >>> from digital_diplomacy.messages.table import SCHEMA
    >>> is_meant(SCHEMA.names[:9]), is_meant(["platform", "author", "message", "time", "language"])
    (True, False)
    """
    return 2 * len(set(names) & set(SCHEMA.names)) > len(SCHEMA.names)


def schema_of(path: Path) -> pa.Schema:
    """The columns of a file that holds the declared table, in any order and beside others.

    Raises
    ------
    SourceError
        Naming the file and the columns that are missing or of a type that cannot be theirs, or if it is no Parquet.
    """
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException) as error:
        raise SourceError("{path}: no table of messages; no Parquet file can be read there", path=path) from error
    missing = [name for name in SCHEMA.names if name not in schema.names]
    if missing:
        raise SourceError(
            "{path}: no whole table of messages; the missing columns are {missing}; take the file as "
            "`digital-diplomacy messages` has written it, or name its columns in a mapping",
            path=path,
            missing=", ".join(missing),
        )
    wrong = [field for field in SCHEMA if not _fits(schema.field(field.name).type, field)]
    if wrong:
        found = ", ".join(f"{field.name} ({schema.field(field.name).type})" for field in wrong)
        needed = ", ".join(f"{field.name} ({field.type})" for field in wrong)
        raise SourceError(
            "{path}: no table of messages; columns of another type than theirs: {found}; needed: {needed}",
            path=path,
            found=found,
            needed=needed,
        )
    return schema


def _fits(found: pa.DataType, field: pa.Field) -> bool:
    """Whether a column of that type can hold what is declared: text of any kind, whole numbers of any width."""
    if pa.types.is_dictionary(found):
        return _fits(found.value_type, field)
    if pa.types.is_null(found):
        return bool(field.nullable)
    if pa.types.is_timestamp(field.type):
        return pa.types.is_timestamp(found) and found.tz is not None
    if pa.types.is_list(field.type):
        return (pa.types.is_list(found) or pa.types.is_large_list(found)) and _is_text(found.value_type)
    tests = {pa.string(): _is_text, pa.date32(): pa.types.is_date}
    return bool(tests.get(field.type, _is_number)(found))


def _is_text(found: pa.DataType) -> bool:
    return bool(pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_null(found))


def _is_number(found: pa.DataType) -> bool:
    """Whole numbers, and those that pandas keeps as fractions where some are missing."""
    return bool(pa.types.is_integer(found) or pa.types.is_floating(found))
