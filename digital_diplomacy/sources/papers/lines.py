"""Lines of text as blocks: paragraphs broken over lines and pages joined, lists, headings and tables told apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from digital_diplomacy.printed import lexicon
from digital_diplomacy.sources.papers.blocks import Block, heads_references
from digital_diplomacy.sources.papers.captions import SCALED_UNIT


class Line(NamedTuple):
    """A line as printed, with its page, whether it is set as a heading, and its cells if it is a row of a table."""

    text: str
    page: int | None = None
    is_heading: bool = False
    cells: tuple[str | None, ...] = ()


_MARKER: Final = re.compile(r"(?:[-–•*]\s*)?(?P<number>\d{1,3})(?:\\?[.)]|\.\))\s*(?=[^\W\d_]|[«\"“*(\[]|\d{4}\b)")
_BULLET: Final = re.compile(r"[-–—•▪◦●]\s+")
_FOOTNOTE: Final = re.compile(r"(?:\*{1,3}|[¹²³⁴-⁹]{1,2}|\[\^\d+\]:?)\s*(?=\S)")
_ENTRY: Final = re.compile(
    r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]+(?:(?:,? [^()\d]{0,80})?\((?:19|20)\d\d[a-zа-я]?\)\.\s|"
    r",?\s(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?){1,3}(?:[^()\d]{0,80}(?:\([Ee]ds?\.?\)\s)?\((?:19|20)\d\d[a-zа-я]?\)[.,:]?\s|"
    r".{10,}(?:\s//\s|\.\s[–—-]\s).*(?:19|20)\d\d))"
)
"""An entry of a list of references, by author and year."""
_HEADING: Final = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*$")
_CAPTION: Final = re.compile(
    r"(?:таблица|рисунок|рис\.|диаграмма|кесте|сурет|table|figure|fig\.|chart)\s*\d|"
    r"(?:таблица|кесте|table)[.:]\s+(?=[^\W\d_])|"
    r"\d{1,2}(?:\.\d{1,2})?\s?-\s?(?:кесте|сурет|диаграмма)\b",
    re.IGNORECASE,
)
_LONGEST_WORD: Final = 100  # letters of a word for a number, and a few more
_HEADS: Final = 3  # rows of a table's head at most
_YEAR: Final = re.compile(
    r"(?:\b[QH1-4]\s?(?:кв\.?|тоқсан\w*)?\s?)?(?<!\d)(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d){1,2})?(?![\d%])"
)
_RULE: Final = re.compile(r"\|?[\s:|+=-]+\|?")
_BAR: Final = re.compile(r" \| |[│┃]")
"""What parts the cells of a row in a text, where no bar opens it; one alone may part anything."""
_CLOSED: Final = re.compile(r"[.!?:;…]['»”\")\]*]*\s*$|[»”\")\]]\s*$")
_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])(?P<text>[^*\n]{0,2000}?[^\s*])\1(?![\w*])")
_TAG: Final = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|br|p|span)\s*/?>", re.IGNORECASE)


def clean(text: str) -> str:
    """One normal form, without marks of emphasis, soft hyphens and zero-width characters; no-break blanks stay."""
    bare = unicodedata.normalize("NFC", text)
    bare = re.sub(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", bare)
    bare = _TAG.sub("", bare)
    for _ in range(2):
        bare = _EMPHASIS.sub(lambda found: found["text"], bare)
    return re.sub(r"\\([*_#\[\]()<>~.-])", r"\1", bare)


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks of lines of which empty ones part paragraphs."""
    table = 0
    for part in _parts(lines):
        rows = _rows(part)
        if rows:
            table += 1
            yield from cells(rows, table, part[0].page)
        else:
            yield _block(part)


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: a paragraph, a list item, the rows of a table."""
    part: list[Line] = []
    is_parted = False
    for line in lines:
        if not line.text.strip() and not line.cells:
            is_parted = True
            continue
        if part and _begins(line, part, is_parted):
            yield part
            part = []
        part.append(line)
        is_parted = False
    if part:
        yield part


def _begins(line: Line, part: Sequence[Line], is_parted: bool) -> bool:
    """Whether a line begins something new rather than going on with what is above it."""
    text, above = line.text.strip(), part[-1].text.strip()
    if _is_row(line) or _is_row(part[-1]):
        return is_parted or _is_row(line) != _is_row(part[-1])
    if line.is_heading or part[-1].is_heading or _HEADING.match(text) or _HEADING.match(above):
        return not (line.is_heading and part[-1].is_heading and not is_parted)
    if _CAPTION.match(part[0].text.strip()) and SCALED_UNIT.fullmatch(text):
        return True
    if _opens(text, above) or (len(part) == 1 and heads_references(above)):
        return True
    goes_on = text[:1].islower() and not _CLOSED.search(above)
    if above.endswith(("-", "‐")) and text[:1].islower():
        goes_on = True
    if is_parted and _closes_a_bracket(text, part):
        goes_on = True
    if is_parted:
        return not goes_on or (SCALED_UNIT.fullmatch(text) is not None and not above[-1:].isdigit())
    return (
        not goes_on
        and _CLOSED.search(above) is not None
        and text[:1].isupper()
        and len(above) < 0.8 * len(max((one.text for one in part), key=len)) + 0.1
    )


def _opens(text: str, above: str) -> bool:
    """Whether a line opens an item, footnote, caption or list of references, or an entry of one."""
    if _MARKER.match(text) or _BULLET.match(text) or _FOOTNOTE.match(text) or _CAPTION.match(text):
        return True
    return heads_references(text) or (_ENTRY.match(text) is not None and _CLOSED.search(above) is not None)


def _closes_a_bracket(text: str, part: Sequence[Line]) -> bool:
    """Whether a line closes the bracket that the lines above it have left open."""
    above = " ".join(line.text for line in part)
    return above.count("(") == above.count(")") + 1 and re.match(r"[^()]*\)", text) is not None


def _is_row(line: Line) -> bool:
    text = line.text.strip()
    is_drawn = (text.startswith("|") and text.count("|") > 1) or len(_BAR.findall(text)) > 1
    return bool(line.cells) or "\t" in text or is_drawn


def _rows(part: Sequence[Line]) -> list[list[str | None]]:
    """Cells of every row, if the lines are a table of tabs, bars or cells."""
    if not all(map(_is_row, part)):
        return []
    rows: list[list[str | None]] = []
    for line in part:
        if line.cells:
            rows.append([cell if cell is None else clean(cell).strip() for cell in line.cells])
            continue
        text = line.text.strip("\n")
        text = re.sub("[│┃]", "|", text)
        if "|" in text and _RULE.fullmatch(text.strip()):
            continue
        split = text.split("\t") if "\t" in text else text.strip().strip("|").split("|")
        rows.append([clean(cell).strip() for cell in split])
    return rows


def cells(printed: Sequence[Sequence[str | None]], table: int, page: int | None) -> Iterator[Block]:
    """Cells with the heads of their rows and columns; heads of several rows are told as one.

    A cell that reaches over several columns has nothing (``None``) in the others; a head does for each of them.
    """
    rows = [[cell or "" for cell in row] for row in printed]
    heads = _heads(rows)
    named = _spread(printed[:heads])
    for number, row in enumerate(rows, start=1):
        is_head = number <= heads
        label = next((cell for cell in row if re.search(r"[^\W\d_]", cell)), "")
        if not label and row and (_SPAN.fullmatch(row[0]) or _YEAR.fullmatch(row[0])):
            label = row[0]
        for place, cell in enumerate(row):
            if cell:
                yield Block(
                    "cell",
                    cell,
                    page,
                    table,
                    number,
                    place + 1,
                    row_header="" if is_head or cell == label else label,
                    column_header="" if is_head else _head(named, place),
                    is_head=is_head,
                )


def _heads(rows: Sequence[Sequence[str]]) -> int:
    """How many rows are heads: without a digit behind the first cell, or of years and words over rows that are none."""
    count = 0
    for number, row in enumerate(rows[:_HEADS], start=1):
        is_named = not any(re.search(r"\d", cell) for cell in row[1:])
        is_dated = _names_years(row[1:]) and not any(_names_years(other[1:]) for other in rows[number:])
        is_worded = number == 1 and _is_worded(row, rows[1:])
        if (
            number == len(rows)
            or not (is_named or is_dated or is_worded)
            or (number > 1 and not _goes_below(row, rows, count))
        ):
            break
        count = number
    return count


_SPAN: Final = re.compile(r"\W*\d+\s?(?:[–—-]\s?\d+|\+)\W*|[<>≤≥]\s?\d+")


def _is_worded(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row with numbers in it is one of heads: words over bare numbers, "Under 30", "Per 1,000 people"."""
    said = [(place, cell) for place, cell in enumerate(row) if place and cell]
    if any(not _LETTERS.search(cell) and not _SPAN.fullmatch(cell) for _, cell in said):
        return False
    under = {place: [other[place] for other in below if place < len(other) and other[place]] for place, _ in said}
    below_them = [cell for cells in under.values() for cell in cells]
    are_bare = all(re.search(r"\d", cell) and not _LETTERS.search(cell) for cell in below_them)
    is_spanned = sum(_SPAN.fullmatch(cell) is not None for _, cell in said) > 1
    is_headed = is_spanned or any(_LETTERS.search(cell) for _, cell in said)
    return are_bare and bool(below_them) and is_headed and not any(_SPAN.fullmatch(cell) for cell in below_them)


_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


def _goes_below(row: Sequence[str], rows: Sequence[Sequence[str]], count: int) -> bool:
    """Whether a row names columns further, with figures below it, rather than being the first that is filled."""
    return any(row[1:]) and any(re.search(r"\d", cell) for below in rows[count + 1 :] for cell in below[1:])


def _spread(heads: Sequence[Sequence[str | None]]) -> list[list[str]]:
    """Heads over each column they reach over; below one that does not, nothing is what an upper head covers."""
    spread: list[list[str]] = []
    for number, row in enumerate(heads):
        said: list[str] = []
        for place, cell in enumerate(row):
            above = heads[number - 1][place] if number and place < len(heads[number - 1]) else None
            is_left_out = cell is None and above is None
            if cell == "" and number + 1 < len(heads) and place < len(heads[number + 1]):
                is_left_out = len(set(below := [one for one in heads[number + 1] if one])) < len(below)
            said.append(cell or (said[-1] if is_left_out and place else ""))
        spread.append(said)
    return spread


def _head(heads: Sequence[Sequence[str]], place: int) -> str:
    said = (row[place] for row in heads if place < len(row) and row[place])
    return "; ".join(dict.fromkeys(said))


def _names_years(cells: Sequence[str]) -> bool:
    """Whether cells name years or parts of them, and no other number: "2021", "2022", "Change, %"."""
    said = [cell for cell in cells if cell]
    dated = [cell for cell in said if _YEAR.search(cell)]
    return bool(dated) and not any(re.search(r"\d", _YEAR.sub("", cell)) for cell in said)


def _block(part: Sequence[Line]) -> Block:
    page = part[0].page
    heading = _HEADING.match(part[0].text.strip())
    if heading or part[0].is_heading:
        said = " ".join(line.text.strip() for line in part)
        return Block("heading", clean(heading["text"] if heading else said), page)
    text = clean(joined([line.text for line in part]))
    if _CAPTION.match(text) and len(text) < 250:
        return Block("caption", text, page)
    marker = _MARKER.match(text)
    if marker:
        return Block("item", text, page, marker=marker.end(), number=int(marker["number"]))
    note = _FOOTNOTE.match(text)
    if note:
        return Block("footnote", text, page, marker=note.end())
    bullet = _BULLET.match(text)
    return replace(Block("item" if bullet else "paragraph", text, page), marker=bullet.end() if bullet else 0)


def _are_numbers(above: str, below: str) -> bool:
    """Whether the last word of a line and the first one below it are numbers in words."""
    words = (re.search(r"[^\W\d_]+$", above), re.match(r"[^\W\d_]+", below))
    entries = [lexicon.look_up(word.group()) for word in words if word is not None]
    return len(entries) == 2 and all(entry is not None and entry.code in "wo" for entry in entries)


def joined(lines: Sequence[str]) -> str:
    """Lines as one; a word parted by a hyphen at the end of a line is whole again, and a span parted at its dash.

    Two words for numbers keep their hyphen, as in forty-six.
    """
    pieces: list[str] = []
    end = ""  # of what stands so far: to look at all of it for every line would take long for many lines
    for line in lines:
        said = line.rstrip(" \t\u00a0").lstrip()
        if re.search(r"[^\W\d_]{2}[-‐]$", end) and said[:1].islower():
            if not _are_numbers(end[:-1], said):
                pieces[-1], end = pieces[-1][:-1], end[:-1]
        elif not (re.search(r"\w[-–/]$", end) and re.match(r"\w", said)) and end:
            said = f" {said}"
        pieces.append(said)
        end = f"{end}{said}"[-_LONGEST_WORD:]
    return "".join(pieces)
