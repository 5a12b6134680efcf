"""UCINET's DL files as ties and actors: matrices, halves of matrices, lists of nodes and edges, two modes.

igraph (1.0) reads three of the formats, takes every file for undirected and knows no matrices of several relations, no
two modes and no halves; networkx has no reader.

References
----------
Borgatti, S. P., Everett, M. G., Freeman, L. C. UCINET help, DL language (analytictech.com/ucinet/help/hs5000.htm) and
Data > Export > DL (13.xsv.htm): what each format holds; a tie without a value is 1; capitals do not tell labels apart.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.network_files.model import Parts, Row
from digital_diplomacy.sources.numbers import plain_number
from digital_diplomacy.sources.remarks import Remark

_PHRASE: Final = re.compile(
    r"""(?P<count>n[rcm]?)\s*=\s*(?P<number>\d{1,9})\b
    | format\s*=\s*(?P<format>\w+)
    | diagonal\s*=?\s*(?P<diagonal>present|absent)\b
    | (?:(?P<kind>row|col|column|matrix|level)s?\s+)?labels?\s*(?::\s*)?(?P<embedded>embedded)\b\s*:?
    | (?:(?P<listed>row|col|column|matrix|level)s?\s+)?labels?\s*:(?P<labels>)
    | (?P<data>data)\s*:""",
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN: Final = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,=]+)')
_MOST: Final = 20_000  # actors: a slip of the pen in the header would fill the memory with a matrix
_KINDS: Final = {"row": "row", "col": "column", "column": "column", "matrix": "matrix", "level": "matrix", "": "both"}

Lines = Sequence[tuple[str, list[str]]]
"""Lines of the data: where each stands, and its words."""


@dataclass(frozen=True)
class _Header:
    """What stands before ``data:``."""

    counts: Mapping[str, int]
    format: str
    has_diagonal: bool
    labels: Mapping[str, Sequence[str]]
    embedded: frozenset[str]

    @property
    def two_modes(self) -> bool:
        return "nr" in self.counts or "nc" in self.counts or self.format.endswith("2")

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        both = self.counts.get("n", 0)
        return self.counts.get("nr", both), self.counts.get("nc", both)


@dataclass(frozen=True)
class _Names:
    """The actors of the rows, or of the columns: known by number or label, which counts in any case."""

    most: int
    embedded: bool
    known: dict[str, str] = field(default_factory=dict)

    def find(self, word: str, where: str) -> str:
        if self.embedded:
            if word.casefold() not in self.known and len(self.known) >= self.most:
                raise TableError(
                    "{where}: {word!r} is one more label than the {most} the header announces",
                    where=where,
                    word=word,
                    most=self.most,
                )
            return self.known.setdefault(word.casefold(), word)
        number = word.lstrip("0") if word.isascii() and word.isdigit() else ""
        if number not in self.known:
            raise TableError(
                "{where}: {word!r} is no number from 1 to {most}; labels in the data are announced by "
                "'labels embedded'",
                where=where, word=word, most=self.most,
            )  # fmt: skip
        return self.known[number]


def parse_dl(text: str, where: str, file: str) -> Parts:
    """Ties and actors of a DL file; rows and columns of two modes are types, several matrices relations.

    Ties run from row to column, in halves of matrices and between two modes both ways alike.

    Raises
    ------
    TableError
        Naming what is not understood: another format, a number of cells other than announced, an unknown label.
    """
    header, lines = _header(text, where)
    rows = _names(header, "row", header.size[0], where)
    columns = rows if not header.two_modes else _names(header, "column", header.size[1], where)
    ties = list(_FORMATS[header.format](header, lines, rows, columns, where))
    if header.two_modes and (both := {*rows.known.values()} & {*columns.known.values()}):
        raise TableError(
            "{where}: {both!r} names a row and a column of two modes; give them different labels",
            where=where,
            both=min(both),
        )
    modes = [(rows, "mode 1"), (columns, "mode 2")] if header.two_modes else [(rows, "")]
    actors = [
        Row(f"{'row' if kind != 'mode 2' else 'column'} {place}", {"actor_id": name} | ({"type": kind} if kind else {}))
        for names, kind in modes
        for place, name in enumerate(names.known.values(), start=1)
    ]
    remarks = (Remark("two_modes", {"file": file}),) if header.two_modes else ()
    return Parts(ties, actors, not header.two_modes and not header.format.endswith("half"), remarks)


def _header(text: str, where: str) -> tuple[_Header, list[tuple[str, list[str]]]]:
    """What the header says, and the lines of the data that hold anything, as words."""
    begun = re.match(r"\s*dl\b[\s,]*", text, re.IGNORECASE)
    if begun is None:
        raise TableError("{where}: it does not begin with DL, as files of UCINET's data language do", where=where)
    at, counts, labels = begun.end(), dict[str, int](), dict[str, list[str]]()
    said, embedded = {"format": "fullmatrix", "diagonal": "present"}, set[str]()
    while at < len(text):
        found = _PHRASE.match(text, at)
        if found is None:
            line = text.count("\n", 0, at) + 1
            met = text[at : at + 30].split("\n")[0]
            raise TableError(
                "{where}, line {line}: {met!r} is no n, nr, nc, nm, format, diagonal, labels or data:",
                where=where,
                line=line,
                met=met,
            )
        at = found.end()
        if found["data"]:
            break
        if found["count"]:
            counts[found["count"].lower()] = int(found["number"])
        elif found["embedded"]:
            embedded.add(_KINDS[(found["kind"] or "").lower()])
        elif found["labels"] is not None:
            names, at = _list(text, at)
            labels[_KINDS[(found["listed"] or "").lower()]] = names
        else:
            said |= {name: found[name].lower() for name in said if found[name]}
        at += len(re.match(r"[\s,]*", text[at:])[0])  # type: ignore[index]
    else:
        raise TableError("{where}: no 'data:'; it stands before the ties", where=where)
    header = _Header(counts, said["format"], said["diagonal"] == "present", labels, frozenset(embedded))
    _check(header, where)
    start = text.count("\n", 0, at) + 1
    lines = [(f"line {number}", _words(line)) for number, line in enumerate(text[at:].split("\n"), start=start)]
    return header, [(place, words) for place, words in lines if words]


def _list(text: str, at: int) -> tuple[list[str], int]:
    """Labels up to the next phrase, and where that begins."""
    names: list[str] = []
    while at < len(text):
        at += len(re.match(r"[\s,=]*", text[at:])[0])  # type: ignore[index]
        found = _TOKEN.match(text, at)
        if found is None or _PHRASE.match(text, at):
            break
        names.append(found[1] or found[2] or found[3])
        at = found.end()
    return names, at


def _words(line: str) -> list[str]:
    return [found[1] or found[2] or found[3] or "" for found in _TOKEN.finditer(line)]


def _check(header: _Header, where: str) -> None:
    if header.format not in _FORMATS:
        raise TableError(
            "{where}: format {format!r} is not read; {formats} are",
            where=where,
            format=header.format,
            formats=", ".join(_FORMATS),
        )
    rows, columns = header.size
    if not rows or not columns or max(rows, columns) > _MOST:
        raise TableError(
            "{where}: {rows} rows and {columns} columns are announced; n, or nr and nc, up to {most}",
            where=where,
            rows=rows,
            columns=columns,
            most=_MOST,
        )
    if header.two_modes and header.format in ("lowerhalf", "upperhalf", "edgelist1", "nodelist1", "nodelist1b"):
        raise TableError(
            "{where}: {format} is of one mode, nr and nc announce two; use n, or edgelist2",
            where=where,
            format=header.format,
        )
    if header.counts.get("nm", 1) > 1 and (header.embedded or not header.format.endswith(("matrix", "half"))):
        raise TableError(
            "{where}: several matrices (nm) are read as plain matrices only, without embedded labels", where=where
        )


def _names(header: _Header, kind: str, most: int, where: str) -> _Names:
    """Labels listed in the header, or numbers; nothing yet where the data bring labels."""
    if header.embedded - {"matrix"} if not header.two_modes else {kind, "both"} & header.embedded:
        return _Names(most, True)
    listed = header.labels.get(kind) or (header.labels.get("both") if kind == "row" or not header.two_modes else None)
    if listed is not None and len(listed) != most:
        raise TableError(
            "{where}: {count} {kind} labels, {most} are announced", where=where, count=len(listed), kind=kind, most=most
        )
    twice = next(
        (name for name in listed or () if sum(name.casefold() == one.casefold() for one in listed or ()) > 1), ""
    )
    if twice:
        raise TableError(
            "{where}: the label {twice!r} stands twice, capitals apart; labels name actors", where=where, twice=twice
        )
    start = "column " if kind == "column" else "row " if header.two_modes else ""
    return _Names(most, False, {
        str(number): listed[number - 1] if listed else f"{start}{number}" for number in range(1, most + 1)
    })  # fmt: skip


def _tie(source: str, target: str, weight: str, place: str, header: _Header, relation: str = "") -> Row:
    values = {"source": source, "target": target, "weight": weight} | ({"relation": relation} if relation else {})
    return Row(place, values, not header.two_modes and not header.format.endswith("half"))


def _matrices(header: _Header, lines: Lines, rows: _Names, columns: _Names, where: str) -> Iterator[Row]:
    """Cells row by row, however they are broken into lines; of halves those on one side of the diagonal."""
    relations = _relations(header, where)
    words = [(word, f"{where}, {place}") for place, line in lines for word in line]
    has_columns, has_rows = ({kind, "both"} & header.embedded for kind in ("column", "row"))
    sizes = [len(_cells(header, row)) + bool(has_rows) for row in range(header.size[0])]
    expected = len(relations) * sum(sizes) + bool(has_columns) * header.size[1]
    if len(words) != expected:
        raise TableError(
            "{where}: {count} words in the data, {expected} are expected by the header",
            where=where,
            count=len(words),
            expected=expected,
        )
    remaining = iter(words)
    heads = [columns.find(*next(remaining)) for _ in range(header.size[1])] if has_columns else []
    cells = [[next(remaining) for _ in range(size)] for _ in relations for size in sizes]
    stubs = [rows.find(*line.pop(0)) for line in cells] if has_rows else []
    heads, stubs = heads or list(columns.known.values()), stubs or list(rows.known.values()) * len(relations)
    if len({*heads}) < header.size[1] or len({*stubs}) < header.size[0]:
        raise TableError("{where}: a label stands twice among the rows or columns; labels name actors", where=where)
    for at, (source, line) in enumerate(zip(stubs, cells, strict=True)):
        for column, (word, place) in zip(_cells(header, at % header.size[0]), line, strict=True):
            if _number(word, place):
                yield _tie(source, heads[column], word, place.rpartition(", ")[2], header, relations[at // len(sizes)])


def _relations(header: _Header, where: str) -> list[str]:
    """A name for each matrix; one alone needs none."""
    count = header.counts.get("nm", 1)
    names = list(header.labels.get("matrix", [str(one) for one in range(1, count + 1)] if count > 1 else [""]))
    if len(names) != count:
        raise TableError(
            "{where}: {count} matrix labels, {count_2} are announced", where=where, count=len(names), count_2=count
        )
    return names


def _cells(header: _Header, row: int) -> list[int]:
    """Columns of a row that stand in the file."""
    sides = {"lowerhalf": range(row + 1), "upperhalf": range(row, header.size[1])}
    every = sides.get(header.format, range(header.size[1]))
    return [column for column in every if header.has_diagonal or header.two_modes or column != row]


def _number(word: str, where: str) -> float:
    number = plain_number(word)
    if number is None:
        raise TableError("{where}: {word!r} is no number", where=where, word=word)
    return number


def _edges(header: _Header, lines: Lines, rows: _Names, columns: _Names, where: str) -> Iterator[Row]:
    """A tie a line, with its value or without."""
    for place, words in lines:
        if len(words) not in (2, 3):
            raise TableError(
                "{where}, {place}: {count} words; a row, a column and perhaps a value are expected",
                where=where,
                place=place,
                count=len(words),
            )
        ends = rows.find(words[0], f"{where}, {place}"), columns.find(words[1], f"{where}, {place}")
        weight = words[2] if len(words) > 2 else "1"
        if _number(weight, f"{where}, {place}"):
            yield _tie(*ends, weight, place, header)


def _nodes(header: _Header, lines: Lines, rows: _Names, columns: _Names, where: str) -> Iterator[Row]:
    """A row a line, and the columns it is tied to."""
    for place, words in lines:
        source = rows.find(words[0], f"{where}, {place}")
        for word in words[1:]:
            yield _tie(source, columns.find(word, f"{where}, {place}"), "1", place, header)


def _counted(header: _Header, lines: Lines, rows: _Names, columns: _Names, where: str) -> Iterator[Row]:
    """Every row in order: to how many it is tied, and to which."""
    if len(lines) != header.size[0]:
        raise TableError(
            "{where}: {count} lines of data, one each of {size} rows is expected",
            where=where,
            count=len(lines),
            size=header.size[0],
        )
    for source, (place, words) in zip(list(rows.known.values()), lines, strict=True):
        if words[0] != str(len(words) - 1):
            raise TableError(
                "{where}, {place}: {words!r} columns are announced, {count} follow",
                where=where,
                place=place,
                words=words[0],
                count=len(words) - 1,
            )
        for word in words[1:]:
            yield _tie(source, columns.find(word, f"{where}, {place}"), "1", place, header)


_FORMATS: Final[Mapping[str, Callable[[_Header, Lines, _Names, _Names, str], Iterator[Row]]]] = {
    "fullmatrix": _matrices,
    "lowerhalf": _matrices,
    "upperhalf": _matrices,
    "edgelist1": _edges,
    "edgelist2": _edges,
    "nodelist1": _nodes,
    "nodelist1b": _counted,
    "nodelist2": _nodes,
}
