"""A pandera schema from a table's entry in ``datapackage.json``.

pandera reads names, types and simple constraints; this adds in one place what it drops: whole numbers that may be
missing, dates, ``true``/``false``, text constraints that match in full, and enumerations as plain text.
"""

from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from pandera.io.pandas_io import from_frictionless_schema

_DTYPES: Final[dict[str, object]] = {
    "string": str,
    "number": float,
    "integer": pd.Int64Dtype(),
    "boolean": pd.BooleanDtype(),
    "date": "datetime64[s]",
    "year": pd.Int64Dtype(),
    "any": str,
}


def table_schema(resource: dict[str, Any]) -> pa.DataFrameSchema:
    """The schema of one resource: columns, types, constraints and primary key.

    Raises
    ------
    ValueError
        If a field has a type this package does not read.
    """
    described = resource["schema"]
    schema = from_frictionless_schema(described)
    for field in described["fields"]:
        if field["type"] not in _DTYPES:
            raise ValueError(
                f"{resource['name']}: field {field['name']!r} has type {field['type']!r}; "
                f"allowed: {', '.join(sorted(_DTYPES))}"
            )
        schema = schema.update_column(field["name"], dtype=_DTYPES[field["type"]], coerce=True)
    # pandera marks a key of one column unique; a longer key must be unique as a whole.
    return pa.DataFrameSchema(schema.columns, unique=primary_key(resource) or None, strict=True, name=resource["name"])


def primary_key(resource: dict[str, Any]) -> list[str]:
    """Names of the key columns; a key of one column may be declared as a plain string."""
    key = resource["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)
