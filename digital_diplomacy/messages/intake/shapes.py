"""Which columns of a tool's table hold what, as data: the tools in ``shapes.csv``, and a researcher's own mapping.

Where the columns of the tools are said: 4CAT, ``map_item`` in ``datasources/`` of github.com/digitalmethodsinitiative/
4cat (its ``timestamp`` is the clock of the server, so that only ``unix_timestamp`` is a time); twarc, github.com/
DocNow/twarc-csv; CrowdTangle, help.crowdtangle.com; YouTube Data Tools, github.com/bernorieder/YouTube-Data-Tools;
minet, github.com/medialab/minet, ``types.py`` of each platform; GDELT 2.0 Event Database Codebook (61 columns, no
header; DATEADDED, column 60, is in UTC). An event of GDELT is a report: its author is the site that published it.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.cells import separator_of
from digital_diplomacy.errors import ArgumentError, SourceError
from digital_diplomacy.formulas import inert
from digital_diplomacy.messages.intake.cells import FLAGS, LOST, NOBODY, account, filled, first, host, listed, plain
from digital_diplomacy.messages.intake.opening import why
from digital_diplomacy.messages.table import KINDS, VISIBILITIES, Message
from digital_diplomacy.messages.times import microseconds, zone

HEADER: Final = ("field", "how", "column", "values")
_FIELDS: Final = ("platform", "author", "message", "time", "kind", "place", "parent", "parent_time", "visibility",
                  "language", "text_length", "mentioned", "forwarded", "replied")  # fmt: skip
_IDENTIFIERS: Final = ("author", "message", "place", "parent", "forwarded", "replied")
_CLOCK: Final = "clock"  # of the time, where a table keeps it in a column of its own
_SETTINGS: Final = ("naive_zone", "time_format", "escapes", "")
_HOWS: Final = ("column", "constant", "joined", "account", "first", "list", "host", "must", "public_if",
                *(f"{kind}_if" for kind in KINDS))  # fmt: skip
_GDELT: Final = 61  # columns of an event


@dataclass(frozen=True)
class Entry:
    """One line: a field, how it is made, of which columns (the first filled of several), and words for its values."""

    name: str
    how: str
    columns: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    must: bool = False


@dataclass(frozen=True)
class Shape:
    """A tool's table.

    Attributes
    ----------
    name : str
        Its code.
    entries : tuple of Entry
        What its columns hold; of several for one field the first that gives something counts.
    """

    name: str
    entries: tuple[Entry, ...]

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header has a column for everything this table must have."""
        known = set(header)
        wanted = [entry.columns for entry in self.entries if entry.must]
        return bool(wanted) and all(known & set(columns) for columns in wanted)

    def constant(self, name: str) -> str:
        """What is set for the whole table; empty if nothing is."""
        return next((entry.columns[0] for entry in self.entries if entry.name == name and entry.how == "constant"), "")


@cache
def packaged() -> tuple[Shape, ...]:
    """The tools known here, those that ask for more columns first."""
    with Path(__file__).with_name("shapes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = dict.fromkeys(row["shape"] for row in rows)
    shapes = [Shape(name, tuple(_entry(row) for row in rows if row["shape"] == name)) for name in names]
    return tuple(sorted(shapes, key=lambda shape: -sum(entry.must for entry in shape.entries)))


def recognised(header: Sequence[str], shapes: Sequence[Shape]) -> Shape | None:
    """The first shape that a header fits; a row of an event of GDELT is its own header.

    Examples
    --------
    >>> header = ["video_id", "comment_id", "author_name", "text", "published_at", "parent_comment_id"]
    >>> recognised(header, packaged()).name
    'minet_youtube'
    """
    if len(header) == _GDELT and header[0].isdigit() and header[1].isdigit():
        return next((shape for shape in shapes if shape.name == "gdelt_events"), None)
    return next((shape for shape in shapes if shape.fits(header)), None)


def _entry(row: Mapping[str, str]) -> Entry:
    split = (part.partition("=") for part in (row.get("values") or "").split(";") if part.strip())
    columns = (row["column"],) if row["how"] == "constant" else tuple(row["column"].split("|"))
    return Entry(
        row["field"], row["how"], columns, {one.strip(): to.strip() for one, _, to in split}, row.get("must") == "1"
    )


def read_mapping(path: Path) -> Shape:
    """A mapping that a researcher has filled in: the columns of ``HEADER``, a line a field.

    Raises
    ------
    SourceError
        Naming the line whose field or way is unknown, or what has no line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator_of(text)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            "{path}: cannot be read as a mapping ({reason}); save it as CSV in UTF-8", path=path, reason=why(error)
        ) from error
    if not rows or not {"field", "how", "column"} <= set(rows[0]):
        raise SourceError("{path}: a mapping has the columns {names}", path=path, names=", ".join(HEADER))
    entries = []
    for number, row in enumerate(rows, start=2):
        cells = {name: (cell or "").strip() for name, cell in row.items() if isinstance(name, str)}
        if not cells["column"]:
            continue  # left empty in the template
        for name, known in (("field", (*_FIELDS, _CLOCK, *_SETTINGS)), ("how", _HOWS)):
            if cells[name] not in known:
                raise SourceError(
                    "{path}, line {number}: unknown {name} {cell!r}; known: {known}",
                    path=path,
                    number=number,
                    name=name,
                    cell=cells[name],
                    known=", ".join(filter(None, known)),
                )
        entries.append(_entry({**cells, "must": "" if cells["how"] == "constant" else "1"}))
    for name in ("platform", "time"):
        if not any(entry.name == name for entry in entries):
            raise SourceError(
                "{path}: no line for {name}; name its column, or set it with how = constant", path=path, name=name
            )
    shape = Shape("own", tuple(entries))
    if shape.constant("naive_zone"):
        zone(shape.constant("naive_zone"))
    return shape


def template(header: Sequence[str]) -> str:
    """A mapping to fill in, as CSV: a line a field, and behind it the columns of the file to choose from."""
    lines = [",".join((*HEADER, "columns of the file"))]
    known = [*_FIELDS, _CLOCK, *filter(None, _SETTINGS)]
    for number in range(max(len(known), len(header))):
        name = known[number] if number < len(known) else ""
        how = "constant" if name in ("platform", *_SETTINGS) and name else "column" if name else ""
        column = header[number] if number < len(header) else ""
        quoted = inert(column).replace('"', '""')
        lines.append(",".join((name, how, "", "", f'"{quoted}"')))
    return "\n".join(lines) + "\n"


Read = Callable[[Sequence[Any]], Message]
_Cell = Callable[[Sequence[Any]], Any]


def reader(shape: Shape, header: Sequence[str]) -> Read:
    """What makes a message of a row of cells with that header; ArgumentError where a cell is not what it should be."""
    places = {name: number for number, name in reversed(list(enumerate(header)))}
    places |= {f"#{number}": number - 1 for number in range(1, len(header) + 1)}
    makers = {name: _maker(name, shape, places) for name in (*_FIELDS, _CLOCK)}
    named = shape.constant("naive_zone")
    naive: dt.tzinfo | None = zone(named) if named else None
    form = shape.constant("time_format")
    has_text = any(_way(entry, places) for entry in shape.entries if entry.name == "text_length")

    def read(cells: Sequence[Any]) -> Message:
        found = {name: make(cells) for name, make in makers.items()}
        if not found["platform"]:
            raise ArgumentError("no platform")
        for name in _IDENTIFIERS:
            _check_digits(found[name], name)
        clock = found.pop(_CLOCK)
        if clock is not None:
            found["time"] = _at(found["time"], clock)
        parent_time = found["parent_time"]
        kind, visibility = found["kind"] or "post", found["visibility"]
        _check(kind, KINDS, "kind")
        _check(visibility, (None, *VISIBILITIES), "visibility")
        told = found | {
            "time": microseconds(found["time"], naive=naive, form=form),
            "parent_time": None if parent_time is None else microseconds(parent_time, naive=naive, form=form),
            "text_length": len(str(found["text_length"] or "")) if has_text else None,
            "kind": kind,
            "author": None if str(found["author"]).casefold() in NOBODY else found["author"],
            "mentioned": found["mentioned"] or (),
            "names": tuple(filter(None, [found["place"]])),
        }
        return Message(**told)

    return read


def _check_digits(value: str | None, name: str) -> None:
    """Refuse an identifier that a spreadsheet has cut: others were cut to the same."""
    if value is not None and "+" in value and LOST.fullmatch(value):
        raise ArgumentError(
            "{name} {value} is a long number whose last digits a spreadsheet dropped; export the file anew, and open "
            "it as text",
            name=name,
            value=value,
        )


def _at(day: Any, clock: Any) -> Any:
    """A day and the clock from a column beside it as one time; workbooks keep either as what it is."""
    if day is None:
        return None
    date = day.date() if isinstance(day, dt.datetime) else day
    return f"{date} {clock}".strip()


def _check(value: str | None, known: Sequence[str | None], what: str) -> None:
    if value not in known:
        raise ArgumentError(
            "{what} {value!r:.60} is none of {known}",
            what=what,
            value=value,
            known=", ".join(map(str, filter(None, known))),
        )


def _maker(name: str, shape: Shape, places: Mapping[str, int]) -> _Cell:
    """What makes a field of a row: the first of its entries that gives something."""
    entries = [one for one in shape.entries if one.name == name]
    ways = [way for entry in entries if (way := _way(entry, places)) is not None]
    if len(ways) == 1:
        return ways[0]
    return lambda cells: next((found for way in ways if (found := way(cells)) is not None), None)


def _way(entry: Entry, places: Mapping[str, int]) -> _Cell | None:
    """How one entry makes its field; none if the file has none of its columns."""
    if entry.how == "constant":
        return lambda _: entry.columns[0]
    if entry.how == "joined":
        names = entry.columns[0].split(" ")
        numbers = [places[name] for name in names if name in places]
        return _joined(numbers) if len(numbers) == len(names) else None
    numbers = [places[name] for name in entry.columns if name in places]
    if not numbers or entry.how == "must":
        return None
    if entry.how.endswith("_if"):
        value = entry.how.removesuffix("_if")
        return lambda cells: value if any(filled(cells[number]) for number in numbers) else None
    convert = {"column": _same(entry), "account": account, "first": first, "list": listed, "host": host}[entry.how]
    return _picked(numbers, convert)


def _same(entry: Entry) -> Callable[[Any], Any]:
    """The cell, or the word its value has in the mapping; an empty word means missing."""
    if not entry.values:
        return (lambda cell: cell) if entry.name in ("time", "parent_time", "text_length") else plain
    return lambda cell: entry.values.get(str(cell).strip(), plain(cell)) or None


def _picked(numbers: Sequence[int], convert: Callable[[Any], Any]) -> _Cell:
    def pick(cells: Sequence[Any]) -> Any:
        for number in numbers:
            if cells[number] not in FLAGS:
                return convert(cells[number])
        return None

    return pick


def _joined(numbers: Sequence[int]) -> _Cell:
    def join(cells: Sequence[Any]) -> str | None:
        found = [plain(cells[number]) for number in numbers]
        return None if None in found else "/".join(map(str, found))

    return join
