"""A pandera schema from a table's entry in ``datapackage.json``.

pandera reads names, types and simple constraints; this adds in one place what it drops: whole numbers that may be
missing, dates, ``true``/``false``, and enumerations as plain text.
"""

import re
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from frictionless import Schema, fields
from pandera.io.pandas_io import from_frictionless_schema

from digital_diplomacy.errors import SourceError

_TYPES: Final[dict[str, tuple[type, object]]] = {
    "string": (fields.StringField, str),
    "number": (fields.NumberField, float),
    "integer": (fields.IntegerField, pd.Int64Dtype()),
    "boolean": (fields.BooleanField, pd.BooleanDtype()),
    "date": (fields.DateField, "datetime64[s]"),
}
"""Per type of the descriptor: frictionless' field and the column's dtype."""


def table_schema(resource: dict[str, Any]) -> pa.DataFrameSchema:
    """The schema of one resource: columns, types, constraints and primary key.

    Raises
    ------
    SourceError
        If a field has a type this package does not read, or a pattern that is none.
    """
    described = resource["schema"]["fields"]
    for field in described:
        where = f"{resource['name']}: field {field['name']!r}"
        if field["type"] not in _TYPES:
            raise SourceError(
                "{where} has type {type!r}; allowed: {types}", where=where, type=field["type"], types=", ".join(_TYPES)
            )
        try:
            re.compile(field.get("constraints", {}).get("pattern", ""))
        except re.error as error:
            raise SourceError(
                "{where} has a pattern that is no regular expression: {error}", where=where, error=error
            ) from error
    # Built field by field: a whole descriptor would be checked against the standard's own schema each time a table is
    # read, which costs more than reading it. `make validate` does that check.
    built = Schema(
        fields=[
            _TYPES[field["type"]][0](name=field["name"], constraints=field.get("constraints", {}))
            for field in described
        ]
    )
    read = from_frictionless_schema(built).columns
    # Not by `update_column`, which copies the whole schema twice for each of its columns.
    columns = {
        field["name"]: pa.Column(**read[field["name"]].properties | {"dtype": _TYPES[field["type"]][1], "coerce": True})
        for field in described
    }
    # pandera marks a key of one column unique; a longer key must be unique as a whole.
    return pa.DataFrameSchema(columns, unique=primary_key(resource) or None, strict=True, name=resource["name"])


def primary_key(resource: dict[str, Any]) -> list[str]:
    """Names of the key columns; a key of one column may be declared as a plain string."""
    key = resource["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)
