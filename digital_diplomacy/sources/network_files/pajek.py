"""Pajek's networks as ties and actors: arcs, edges, lists and matrices, two modes, relations and times.

Readers of others were tried first: networkx (3.6) drops vertices of equal names, reads ``*Arcs :2`` as a tie and makes
arcs of edges; igraph (1.0) refuses unnamed relations and times; neither keeps relations or decodes ``&#1052;``.

References
----------
Batagelj, V., Mrvar, A. Pajek reference manual, http://mrvar.fdv.uni-lj.si/pajek; Pajek format,
http://vladowiki.fmf.uni-lj.si/doku.php?id=pajek:faq:format (relations, times, two-mode networks).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from digital_diplomacy.errors import TableError, said
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.network_files.model import Parts, Row, beside, decoded, left_out
from digital_diplomacy.sources.numbers import plain_number
from digital_diplomacy.sources.remarks import Remark, listed

_TOKEN: Final = re.compile(r'"([^"]*)"|(\[[^\]"]*\])|(\S+)')
_BREAKS: Final = re.compile(r"\r\n|\n|\r")
_SECTION: Final = re.compile(r"\*\s*([A-Za-z_]+)\s*(.*)")
_RELATION: Final = re.compile(r":\s*(\d+)\s*(?:\"([^\"]*)\"|(\S+))?")
_COMMENT: Final = re.compile(r'"[^"\r\n]*"|/\*.*?\*/', re.DOTALL)
_MOST: Final = 5_000_000  # vertices; a larger number is a slip of the pen, and would fill the memory

_SHAPES: Final = frozenset({"ellipse", "box", "diamond", "triangle", "cross", "empty", "house", "man", "woman"})
_PARAMETERS: Final = """
s_size x_fact y_fact phi r q ic bc bw lc la lr lphi lsize fos font w c p s a ap l lp h1 h2 a1 a2 k1 k2 url
"""
_DRAWING: Final = frozenset(_PARAMETERS.split())
_OWN: Final = ("actor_id", "label", "type", "x", "y", "source", "target", "weight", "period", "drawn")
"""Parameters of a vertex or a line that say how Pajek draws it."""

Tokens = Sequence[tuple[str, str]]
"""Words of a line, each with what it is: ``quoted``, ``time`` or ``bare``."""


@dataclass(frozen=True)
class _Section:
    name: str
    argument: str
    place: str
    lines: list[tuple[str, Tokens]]


@dataclass(frozen=True)
class _Vertices:
    """Names by number; how many of how many modes; and what else is said of each."""

    names: Mapping[str, str]
    first_mode: int | None
    actors: list[Row]
    drawn: set[str]


def parse_pajek(text: str, where: str, file: str) -> Parts:
    """Ties and actors of one network of Pajek.

    Actors are named by their labels, or by their numbers where labels repeat. A relation is that of the section
    (``*Arcs :2 "aid"``), or its number, or else the label of the line. Times stand in a column ``period`` as the file
    writes them.

    Raises
    ------
    TableError
        Naming line and section that are not understood.
    """
    sections = _sections(text, where)
    vertices, remarks = _vertices(sections, where, file)
    left = {f"*Network {part.argument}" for part in sections if part.name == "network" and part.argument}
    left |= vertices.drawn
    ties: list[Row] = []
    for section in sections:
        if section.name in _LINES:
            ties += _LINES[section.name](section, vertices, where, left)
    if any("period" in row.cells for row in ties):
        remarks = (*remarks, Remark("periods", {"file": file}))
    if words := [row.cells["relation"] for row in ties if row.cells.get("relation_is_label")]:
        remarks = (*remarks, Remark("labels_are_relations", {"file": file, "words": listed(words)}))
    plain = [
        Row(row.place, {name: cell for name, cell in row.cells.items() if name != "relation_is_label"}, row.is_directed)
        for row in ties
    ]
    return Parts(plain, vertices.actors, None, (*remarks, *left_out(file, left)))


def _sections(text: str, where: str) -> list[_Section]:
    sections: list[_Section] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", _without_comments(text, where)), start=1):
        place, plain = f"line {number}", line.strip()
        if not plain or plain.startswith("%"):
            continue
        if opened := _SECTION.fullmatch(plain):
            name = opened[1].lower()
            name = "vertices" if name in ("vertex", "vertice") else name
            if name not in ("network", "vertices", *_LINES):
                raise TableError(
                    "{where}, {place}: section '*{opened}' is not read; *Vertices, *Arcs, *Edges, *Arcslist, "
                    "*Edgeslist and *Matrix are",
                    where=where,
                    place=place,
                    opened=opened[1],
                )
            sections.append(_Section(name, opened[2].strip(), place, []))
        elif sections:
            sections[-1].lines.append((place, _tokens(plain)))
        else:
            raise TableError(
                "{where}, {place}: {plain!r} stands before any section; *Vertices is expected first",
                where=where,
                place=place,
                plain=plain[:40],
            )
    return sections


def _without_comments(text: str, where: str) -> str:
    """The text without what stands between ``/*`` and ``*/`` outside labels, its lines where they were.

    Lines that begin with ``%`` are comments whole, quotes and all.
    """
    bare = re.sub(r"(?m)^[ \t]*%.*$", "", text)
    plain = _COMMENT.sub(
        lambda found: found[0] if found[0][0] == '"' else " " + "".join(_BREAKS.findall(found[0])), bare
    )
    if (opened := re.search(r'(?m)^(?:[^"\r\n]|"[^"\r\n]*")*?(/\*)', plain)) is not None:
        line = len(_BREAKS.findall(plain[: opened.start(1)])) + 1
        raise TableError(
            "{where}, line {line}: a comment begins with '/*' and nothing ends it; put '*/' behind it",
            where=where,
            line=line,
        )
    return plain


def _tokens(line: str) -> Tokens:
    kinds = ("quoted", "time", "bare")
    return [
        (decoded(found[place]), kinds[place])
        for found in (match.groups() for match in _TOKEN.finditer(line))
        for place in range(3)
        if found[place] is not None
    ]


def _vertices(sections: Sequence[_Section], where: str, file: str) -> tuple[_Vertices, tuple[Remark, ...]]:
    found = [section for section in sections if section.name == "vertices"]
    if len(found) != 1:
        raise TableError(
            "{where}: {count} sections *Vertices; one network with one is expected", where=where, count=len(found)
        )
    counts = re.findall(r"\d{1,9}", found[0].argument)
    given = _vertex_lines(found[0], where)
    count = int(counts[0]) if counts else len(given)
    beyond = next((number for number in given if int(number) > count), None)
    if beyond is not None or count > _MOST:
        what = said("vertex {number} is described", number=beyond) if beyond else said("that many are not read")
        raise TableError(
            "{where}, {place}: {count} vertices are announced, {what}; mend the number",
            where=where,
            place=found[0].place,
            count=count,
            what=what,
        )
    first = int(counts[1]) if len(counts) > 1 and int(counts[1]) < count else None
    labels = {
        str(number): given.get(str(number), ("", {}))[1].get("label", str(number)) for number in range(1, count + 1)
    }
    # Labels that differ in form only are refused later, with all other identifiers.
    twice = [label for label, times in Counter(labels.values()).items() if times > 1]
    names = {number: number for number in labels} if twice else labels
    drawn: set[str] = set()
    actors = []
    for number, name in names.items():
        place, values = given.get(number, (f"vertex {number}", {}))
        drawn |= values.pop("drawn", set())
        mode = {} if first is None else {"type": f"mode {1 if int(number) <= first else 2}"}
        actors.append(Row(place, {**values, **mode, "actor_id": name, "label": labels[number]}))
    remarks: tuple[Remark, ...] = (Remark("equal_names", {"file": file, "names": listed(twice)}),) if twice else ()
    remarks = (*remarks, Remark("two_modes", {"file": file})) if first is not None else remarks
    return _Vertices(names, first, actors, drawn), remarks


def _vertex_lines(section: _Section, where: str) -> dict[str, tuple[str, dict[str, Any]]]:
    given: dict[str, tuple[str, dict[str, Any]]] = {}
    for place, tokens in section.lines:
        number = tokens[0][0].lstrip("0")
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            raise TableError(
                "{where}, {place}: {tokens!r} is no number of a vertex", where=where, place=place, tokens=tokens[0][0]
            )
        if number in given:
            raise TableError(
                "{where}, {place}: vertex {number} stands in {given} too; keep one",
                where=where,
                place=place,
                number=number,
                given=given[number][0],
            )
        given[number] = (place, _vertex(tokens[1:], f"{where}, {place}"))
    return given


def _vertex(tokens: Tokens, where: str) -> dict[str, Any]:
    """Label, place and time of a vertex, and what else is said of its drawing."""
    values: dict[str, Any] = {}
    rest = [text for text, kind in tokens if kind != "time"]
    times = [text for text, kind in tokens if kind == "time"]
    if rest and normal_form(rest[0]):
        values["label"] = rest[0]
    numbers = 1
    while numbers < len(rest) and numbers < 4 and plain_number(rest[numbers]) is not None:
        numbers += 1
    if numbers > 2:
        values |= {"x": plain_number(rest[1]), "y": plain_number(rest[2])}
    drawn = rest[numbers:]
    if drawn and drawn[0].lower() in _SHAPES:
        values["drawn"] = {"shapes"}
        drawn = drawn[1:]
    if drawn and numbers == 1 and "drawn" not in values and drawn[0].lower() not in _DRAWING:
        raise TableError(
            "{where}: {drawn!r} is not understood; set labels with blanks in quotation marks",
            where=where,
            drawn=drawn[0],
        )
    further, how = _further(drawn)
    values["drawn"] = {*values.get("drawn", ()), *how}
    return further | values | ({"period": _period(times)} if times else {})


def _further(words: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """Pairs of name and value: those of programs that keep attributes here, and names of those that say how to draw."""
    pairs = dict(zip(words[::2], [*words[1::2], ""], strict=False))
    drawing = {name for name in pairs if name.lower() in _DRAWING}
    return {beside(name, _OWN): value for name, value in pairs.items() if name not in drawing}, drawing


def _period(times: Sequence[str]) -> str:
    return ",".join(time.strip("[] ") for time in times)


def _relation(section: _Section) -> str | None:
    found = _RELATION.match(section.argument)
    return None if found is None else next(filter(None, (found[2], found[3], found[1])))


def _end(token: str, vertices: _Vertices, where: str) -> str:
    number = token.lstrip("0")
    if number not in vertices.names:
        raise TableError(
            "{where}: {token!r} is no number of one of the {count} vertices",
            where=where,
            token=token,
            count=len(vertices.names),
        )
    return vertices.names[number]


def _pairs(section: _Section, vertices: _Vertices, where: str, left: set[str]) -> Iterator[Row]:
    """Ties of *Arcs and *Edges, a line each."""
    for place, given in section.lines:
        tokens, relation = given, _relation(section)
        if (numbered := re.fullmatch(r"(\d+):", tokens[0][0])) and len(tokens) > 1:
            relation, tokens = numbered[1], tokens[1:]
        if len(tokens) < 2:
            raise TableError(
                "{where}, {place}: {tokens!r} alone; a tie has two ends", where=where, place=place, tokens=tokens[0][0]
            )
        ends = [_end(tokens[at][0], vertices, f"{where}, {place}") for at in (0, 1)]
        values: dict[str, Any] = {"source": ends[0], "target": ends[1], "weight": "1"}
        times = [text for text, kind in tokens[2:] if kind == "time"]
        rest = [text for text, kind in tokens[2:] if kind != "time"]
        if rest and (plain_number(rest[0]) is not None or len(rest) % 2):
            values["weight"] = rest.pop(0)
        label = next((value for name, value in zip(rest[::2], rest[1::2], strict=False) if name.lower() == "l"), None)
        if label is not None:
            values |= {"label": label} if relation else {"relation": label, "relation_is_label": True}
        further, drawn = _further(rest)
        left |= drawn - {"l", "L"}
        values = further | values
        values |= {"period": _period(times)} if times else {}
        yield Row(place, ({"relation": relation} if relation else {}) | values, section.name == "arcs")


def _lists(section: _Section, vertices: _Vertices, where: str, _left: set[str]) -> Iterator[Row]:
    """Ties of *Arcslist and *Edgeslist: a vertex and all it is tied to."""
    relation = _relation(section)
    for place, tokens in section.lines:
        ends = [_end(text, vertices, f"{where}, {place}") for text, _ in tokens]
        for target in ends[1:]:
            values = {"source": ends[0], "target": target, "weight": "1"}
            yield Row(place, values | ({"relation": relation} if relation else {}), section.name == "arcslist")


def _matrix(section: _Section, vertices: _Vertices, where: str, _left: set[str]) -> Iterator[Row]:
    """Ties of *Matrix: a row a vertex, or in two modes a row each of the first and a column each of the second."""
    names = list(vertices.names.values())
    first = vertices.first_mode
    rows, columns = (names, names) if first is None else (names[:first], names[first:])
    cells = [(place, text) for place, tokens in section.lines for text, _ in tokens]
    if len(cells) != len(rows) * len(columns):
        raise TableError(
            "{where}, {place}: {count} cells in the matrix, {count_2} x {count_3} are expected",
            where=where,
            place=section.place,
            count=len(cells),
            count_2=len(rows),
            count_3=len(columns),
        )
    relation = _relation(section)
    for at, (place, text) in enumerate(cells):
        weight = plain_number(text)
        if weight is None:
            raise TableError("{where}, {place}: {text!r} is no number", where=where, place=place, text=text)
        if weight:
            values = {"source": rows[at // len(columns)], "target": columns[at % len(columns)], "weight": text}
            yield Row(place, values | ({"relation": relation} if relation else {}), first is None)


_LINES: Final[Mapping[str, Callable[[_Section, _Vertices, str, set[str]], Iterator[Row]]]] = {
    "arcs": _pairs,
    "edges": _pairs,
    "arcslist": _lists,
    "edgeslist": _lists,
    "matrix": _matrix,
}
