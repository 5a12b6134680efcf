"""Objects of JSON as rows of a table: each key a column, those within others behind a point."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.messages.intake.documents import Found
from digital_diplomacy.messages.intake.shapes import Shape, reader
from digital_diplomacy.messages.table import Message, Unread, words_of

_DEEPEST: Final = 8  # objects within each other that make columns


def cells(value: Any) -> dict[str, Any]:
    """The columns of an object; a list is its JSON, as tables of other tools have it.

    Examples
    --------
    >>> cells({"user": {"id": 7, "name": "A"}, "tags": ["a", "b"], "text": None})
    {'user.id': 7, 'user.name': 'A', 'tags': '["a", "b"]', 'text': None}
    """
    return dict(_pairs(value, "", _DEEPEST)) if isinstance(value, dict) else {}


def _pairs(value: Mapping[str, Any], before: str, deep: int) -> Iterator[tuple[str, Any]]:
    for key, within in value.items():
        if isinstance(within, dict) and within and deep:
            yield from _pairs(within, f"{before}{key}.", deep - 1)
        else:
            yield (
                f"{before}{key}",
                json.dumps(within, ensure_ascii=False) if isinstance(within, list | dict) else within,
            )


def header(values: Sequence[Found]) -> list[str]:
    """All columns of the first objects, in their order."""
    return list(dict.fromkeys(name for _, value in values for name in cells(value)))


def messages(values: Iterator[Found | Unread], shape: Shape, names: Sequence[str]) -> Iterator[Message | Unread]:
    """Messages of objects; a key that an object lacks is an empty cell."""
    read = reader(shape, names)
    for found in values:
        if isinstance(found, Unread):
            yield found
            continue
        line, value = found
        if not isinstance(value, dict):
            yield Unread(line, "object", type(value).__name__)
            continue
        row = cells(value)
        try:
            yield read([row.get(name) for name in names])
        except ValueError as error:
            yield Unread(line, "fields", words_of(error))
