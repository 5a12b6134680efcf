"""The numbers of every figure, table and sentence as the repository keeps them, and whether a run gives them again.

A file a notebook in ``data/baseline``: every row of every figure and table behind its name, as plain CSV, so that a
change of a number shows as a change of a line. It is kept in one language; numbers are the same in all, and in the
others only numbers are compared. Pictures are not: fonts and libraries draw them otherwise without changing a value.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from digital_diplomacy.errors import TableError
from digital_diplomacy.runs import outputs, plan
from digital_diplomacy.runs.places import write_text

FOLDER: Final = Path("data", "baseline")
TOLERANCES: Final = "tolerances.csv"
LANG: Final = "en"
"""The language the baseline is kept in."""

ANSWER: Final = "answer"
TITLES: Final = "titles"
"""Names of what is kept of a notebook's sentences: those of its answer, and those that figures and notices bear."""

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SPOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NAMED: Final = 5  # cells that name a row to its reader

Row = list[str]
Exhibits = dict[str, list[Row]]
"""Rows of each figure and table, the first of them the names of the columns, by ``figures/<name>`` and the like."""


@dataclass(frozen=True)
class Tolerance:
    """How far a number may lie from the one that is kept.

    Attributes
    ----------
    notebook, exhibit, column : str
        What it holds for; empty for any.
    absolute : float
        In the unit of the column.
    relative : float
        As a share of the number that is kept.
    """

    notebook: str
    exhibit: str
    column: str
    absolute: float
    relative: float

    def holds_for(self, *place: str) -> bool:
        """Whether it is meant for a notebook, exhibit and column."""
        return all(
            mine in ("", one) for mine, one in zip((self.notebook, self.exhibit, self.column), place, strict=True)
        )

    def allows(self, kept: float, found: float) -> bool:
        """Whether two numbers are the same within it."""
        return abs(kept - found) <= self.absolute + self.relative * abs(kept)


_USUAL: Final = Tolerance("", "", "", absolute=1e-9, relative=1e-6)
"""Of a number that no draw went into: sums in another order differ by 1e-12 or so, searches for a minimum by 1e-7."""


@dataclass(frozen=True)
class Difference:
    """One value that is not as it is kept.

    Attributes
    ----------
    notebook, lang, exhibit : str
    row : int
        Of the file of the run, the first row of numbers being 1; 0 where it concerns no row.
    named : tuple of str
        What stands left of the value in its row.
    column : str
        Empty where a whole row or exhibit differs.
    kept, found : str
        Empty for what is not there.
    """

    notebook: str
    lang: str
    exhibit: str
    row: int
    named: tuple[str, ...]
    column: str
    kept: str
    found: str


def exhibits(folder: Path, shown: Iterable[Mapping[str, Any]]) -> Exhibits:
    """What one run shows in numbers: rows of its figures and tables, the sentences it tells and its titles.

    Parameters
    ----------
    folder : Path
        Where its results lie.
    shown : iterable of mapping
        Named outputs, as `outputs.write_outputs` returns them.
    """
    told = list(shown)
    files = sorted(file for entry in told for file in entry["files"] if file.endswith(".csv"))
    read = {file.removesuffix(".csv"): _rows((folder / file).read_text(encoding="utf-8")) for file in files}
    answer = [[str(sentence)] for sentence in outputs.answer_of(told)["said"]]
    titles = [[entry["name"], entry["title"]] for entry in told if entry["title"] and entry["kind"] != "answer"]
    spoken = {ANSWER: [["sentence"], *answer], TITLES: [["name", "title"], *titles]}
    return {name: rows for name, rows in {**spoken, **read}.items() if len(rows) > 1 or name in read}


def _rows(text: str) -> list[Row]:
    return list(csv.reader(io.StringIO(text)))


def keep(root: Path, notebook: str, given: Exhibits) -> Path:
    """Write the baseline of a notebook anew."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerows([name, *row] for name, rows in given.items() for row in rows)
    path = root / FOLDER / f"{notebook}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, written.getvalue())
    return path


def kept(root: Path, notebook: str) -> Exhibits | None:
    """The baseline of a notebook; None where none is kept."""
    path = root / FOLDER / f"{notebook}.csv"
    if not path.is_file():
        return None
    found: Exhibits = {}
    for number, (name, *row) in enumerate(_rows(path.read_text(encoding="utf-8")), start=1):
        rows = found.setdefault(name, [])
        if rows and len(row) != len(rows[0]):
            raise TableError(
                "{path}, line {number}: {count} cells where {name} has {columns} columns; "
                "write the baseline anew: digital-diplomacy reproduce --write-baseline",
                path=path.relative_to(root).as_posix(), number=number, count=len(row), name=name, columns=len(rows[0]),
            )  # fmt: skip
        rows.append(row)
    return found


def tolerances(root: Path) -> list[Tolerance]:
    """The tolerances that ``tolerances.csv`` states with their reasons, single columns first, then the usual one."""
    path = root / FOLDER / TOLERANCES
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    stated = [
        Tolerance(row["notebook"], row["exhibit"], row["column"], float(row["absolute"]), float(row["relative"]))
        for row in csv.DictReader(io.StringIO(text))
    ]
    return [*sorted(stated, key=lambda one: -sum(map(bool, (one.notebook, one.exhibit, one.column)))), _USUAL]


def differences(root: Path, folder: Path, notebook: str, lang: str) -> list[Difference] | None:
    """Where the results of a run differ from the baseline by more than their tolerance.

    Parameters
    ----------
    root : Path
        The project, with ``data/baseline``.
    folder : Path
        Results of the run.
    notebook, lang : str

    Returns
    -------
    list of Difference, or None
        None where the notebook has no baseline.
    """
    before = kept(root, notebook)
    if before is None:
        return None
    after, stated = exhibits(folder, (plan.read_result(folder) or {}).get("shown", [])), tolerances(root)
    found = []
    for name in dict.fromkeys([*before, *after]):
        pair = before.get(name, []), after.get(name, [])
        for row, named, column, old, new in _compared(name, *pair, [notebook, name], stated, words=lang == LANG):
            found.append(Difference(notebook, lang, name, row, named, column, old, new))
    return found


Found = tuple[int, tuple[str, ...], str, str, str]


def _compared(
    name: str, before: list[Row], after: list[Row], place: Sequence[str], stated: Sequence[Tolerance], *, words: bool
) -> Iterator[Found]:
    """Differences of one exhibit."""
    if not before or not after or before[0] != after[0]:
        old_head, new_head = (", ".join(rows[0]) if rows else "" for rows in (before, after))
        yield 0, (), "", old_head, new_head
        return
    columns = before[0]
    allowed = [next(one for one in stated if one.holds_for(*place, column)) for column in columns]
    for old, new, number in _paired(before[1:], after[1:], columns, words=words):
        if old is None or new is None:
            told = [", ".join(cell for cell in row or [] if cell) for row in (old, new)]
            yield number, (), "", told[0], told[1]
            continue
        for at, column in enumerate(columns):
            if not _same(old[at], new[at], allowed[at], words=words, spoken=name in (ANSWER, TITLES)):
                yield number, tuple(cell for cell in new[:at] if cell)[:_NAMED], column, old[at], new[at]


def _paired(
    before: list[Row], after: list[Row], columns: Row, *, words: bool
) -> Iterator[tuple[Row | None, Row | None, int]]:
    """Rows that are about the same thing, each with its number in the run; those of one side alone with None.

    Rows are told by what is no measured number in them. Where as many are left on either side, whose words differ, they
    are taken in order: a verdict has changed, say.
    """
    if not words or _names(before, columns) == _names(after, columns):
        yield from ((old, new, number) for number, (old, new) in enumerate(zip_longest(before, after), start=1))
        return
    place = {name: number for number, name in enumerate(_names(after, columns))}
    left = []
    for name, old in zip(_names(before, columns), before, strict=True):
        number = place.pop(name, None)
        if number is None:
            left.append(old)
        else:
            yield old, after[number], number + 1
    more = sorted(place.values())
    if len(left) == len(more):
        yield from ((old, after[number], number + 1) for old, number in zip(left, more, strict=True))
        return
    yield from ((old, None, 0) for old in left)
    yield from ((None, after[number], number + 1) for number in more)


_TIMES: Final = ("period", "year", "edition", "document", "level")  # numbers that name a row


def _names(rows: list[Row], columns: Row) -> list[tuple[object, ...]]:
    """A name for each row, told apart by a count where several have the same."""
    met: dict[tuple[object, ...], int] = {}
    names = []
    for row in rows:
        pairs = zip(columns, row, strict=True)
        name: tuple[object, ...] = tuple(
            "" if _NUMBER.fullmatch(cell) and column not in _TIMES else cell for column, cell in pairs
        )
        met[name] = met.get(name, 0) + 1
        names.append((*name, met[name]))
    return names


def _same(old: str, new: str, allowed: Tolerance, *, words: bool, spoken: bool) -> bool:
    if old == new:
        return True
    if spoken:
        return not words or _same_sentence(old, new, allowed)
    if _NUMBER.fullmatch(old):
        return bool(_NUMBER.fullmatch(new)) and allowed.allows(float(old), float(new))
    return not words and bool(old) == bool(new)


def _same_sentence(old: str, new: str, allowed: Tolerance) -> bool:
    """Whether two sentences tell the same numbers, decimals within a unit of the last digit or what is stated; their
    words may be others."""
    pairs = list(zip_longest(_SPOKEN.findall(old), _SPOKEN.findall(new)))
    return all(None not in pair and _near(*pair, allowed) for pair in pairs)


def _near(old: str, new: str, allowed: Tolerance) -> bool:
    if old == new:
        return True
    parts = [text.replace(",", "") for text in (old, new)]
    if any(text.count(".") > 1 for text in parts):  # a version, say
        return False
    decimals = max(len(text.partition(".")[2]) for text in parts)
    kept, found = map(float, parts)
    # A rounded number can fall to either side; a whole one is mostly a count or a rank.
    return bool(decimals and abs(kept - found) <= 1.000001 * 10.0**-decimals) or allowed.allows(kept, found)
