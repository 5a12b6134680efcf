"""Brand Analytics: messages and authors by platform, in a table of a page that a user saved.

The publisher has no interface for programs and no layout it keeps to: the table is read as any table a user brings, by
the words of its header, and what it leaves open has to be said.
"""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.pages import page_of, tables_of
from digital_diplomacy.sources.fetching.tabling import frame
from digital_diplomacy.sources.intake.kinds import kind_of
from digital_diplomacy.sources.intake.model import Answers, Reading
from digital_diplomacy.sources.intake.reading import read_foreign
from digital_diplomacy.sources.remarks import Remark

SERIES: Final = "platforms"
_TABLE: Final = "brand_analytics_2023"


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The figures of the one table of a page that has platforms with messages or authors.

    Raises
    ------
    FetchError
        Naming what the page leaves open, or what is wrong in its table.
    """
    body = bodies[0]
    page = page_of(body)
    title = page.title.get_text().strip() if page.title else body.name
    found = [reading for rows in tables_of(page) if (reading := _reading(rows, query, body))]
    if len(found) != 1:
        raise FetchError("tables", file=body.name, count=str(len(found)))
    [reading] = found
    if reading.questions:
        asked = reading.questions[0]
        raise FetchError("open", file=body.name, question=Remark(f"ask.{asked.code}", asked.named))
    if reading.faults:
        first = reading.faults[0]
        raise FetchError("wrong", file=body.name, fault=Remark(f"fault.{first.code}", first.named))
    rows = [{str(name): value for name, value in one.items()} for one in reading.frame.to_dict("records")]
    return Published(SERIES, title, "", frame(rows, body), "", reading.remarks)


def _reading(rows: Sequence[Sequence[str]], query: Query, body: Received) -> Reading | None:
    """A table of the page as figures; nothing if it is about something else."""
    answers = Answers(country=query.countries[0] if len(query.countries) == 1 else "", period=query.period)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(body.name).stem}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter="\t").writerows(rows)
        try:
            reading = read_foreign(path, kind_of(_TABLE), answers)
        except (SourceError, TableError):
            return None
    about = any(column.role in ("authors_month", "messages_month") for column in reading.columns)
    return reading if about else None
