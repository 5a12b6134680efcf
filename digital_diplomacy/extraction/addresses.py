"""Dates inside web addresses of a list of references."""

import re
from typing import Final

import pandas as pd

from digital_diplomacy.extraction.tokens import Figure, Marked, Row
from digital_diplomacy.frames import records

_ADDRESS: Final = re.compile(r"(?:https?://|www\.|doi\.org/|\b10\.\d{4,}/)[^\s<>«»]+")


_IN_ADDRESS: Final = re.compile(
    r"(?<!\d)(?<!\d\.)(?P<year>(?:19[89]|20[0-3])\d)(?:(?P<mark>[/_.-]?)(?P<month>0[1-9]|1[0-2])(?:(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]))?)?(?![\d])"
)


def addressed(blocks: pd.DataFrame, document: str) -> list[Row]:
    """Dates inside the web addresses of the list of references."""
    return [
        _in_address(block, date, document)
        for block in records(blocks[blocks["in_references"].astype(bool)])
        for match in _ADDRESS.finditer(str(block["text"]))
        for date in list(_IN_ADDRESS.finditer(str(block["text"]), match.start(), match.end()))[:1]
    ]


def _in_address(block: Row, date: re.Match[str], document: str) -> Row:
    start = int(str(block["start"]))
    paragraph = int(str(block["paragraph"]))
    month, day = date["month"], date["day"]
    said = "-".join(part for part in (date["year"], month, day) if part) if month else date["year"]
    return {
        "claim_id": f"{document}-a{start + date.start()}", "document": document, "locator": block["locator"],
        "entity": "", "measure": "date", "platform": "", "period": "", "value": None, "value_date": said, "low": None,
        "high": None, "unit": "date", "bound": "exact", "as_printed": date.group(), "reading": "implied",
        "kind": "date", "language": "en", "sentence": block["text"], "start": start + date.start(),
        "end": start + date.end(), "paragraph": paragraph, "sentence_number": -paragraph, "table": "", "row": "",
        "column": "", "in_references": True,
    }  # fmt: skip


def is_in_address(figure: Figure, sentence: Marked) -> bool:
    """Whether a figure is a date inside a web address."""
    return any(match.start() <= figure.start < match.end() for match in _ADDRESS.finditer(sentence.text))
