"""Which lines of a foreign table are its header, and what each column holds."""

import re
from collections.abc import Sequence
from dataclasses import replace

from digital_diplomacy.sources.countries import whole_names
from digital_diplomacy.sources.grids import Line
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.contents import by_content
from digital_diplomacy.sources.intake.kinds import PERCENT, Kind
from digital_diplomacy.sources.intake.model import Answers, Column, Question
from digital_diplomacy.sources.intake.platforms import known_platforms, platform_of
from digital_diplomacy.sources.intake.titles import is_of_others
from digital_diplomacy.sources.intake.words import (
    SCALES,
    dated,
    fold,
    is_everybody,
    is_missing,
    period_of,
    roles,
    stems,
    unit,
    unmarked,
    without_unit,
    words,
)  # fmt: skip
from digital_diplomacy.sources.remarks import listed

KEYS = ("entity", "code", "period", "platform", "series", "unit", "multiplier")
_NAMES = {"country": "entity"}
_ABOVE = 60  # lines that may stand above a header

_WHOLES = ("population", "inhabitants", "households", "gdp", "населен", "жител", "ввп", "халық", "халқы", "жіө")
"""What headers of counts of a country's people, or of its product, hold."""

_PER_THOUSAND = re.compile(r"(?<!\d)10{0,2}[ ,.\u00a0\u202f]?000(?!\d)")
"""What figures are told for, in a line above a table: of 1,000 people or of more."""


def header_lines(lines: Sequence[Line], answers: Answers) -> tuple[int, int] | None:
    """The first and last line of the header; nothing if no line names what stands below it.

    Keys, years or columns that were answered name it, and countries above a line that begins with a year.
    """
    asked = {fold(name) for name in answers.columns if not name.startswith("#")}
    for at, (_, cells) in enumerate(lines[:_ABOVE]):
        filled = [cell for cell in cells if cell.strip()]
        years = [cell for cell in filled if period_of(cell)]
        named = {role for cell in filled for role in roles(cell)} & {"entity", "code", "period", "platform"}
        known = named or asked & {fold(cell) for cell in filled} or _names_countries(lines, at)
        if len(filled) > 1 and (known or (len(years) > 1 and not whole_names(map(unmarked, filled)))):
            return (at - 1 if at and _spans(lines[at - 1][1], cells) else at), at + _below(lines, at)
    return None


def _names_countries(lines: Sequence[Line], at: int) -> bool:
    below = lines[at + 1][1] if at + 1 < len(lines) else []
    return len(whole_names(map(unmarked, lines[at][1]))) > 1 and bool(period_of(next(filter(str.strip, below), "")))


def _spans(upper: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the line above names groups of columns: nothing above the countries, something further right."""
    place = next((at for at, cell in enumerate(cells) if "entity" in roles(cell)), 0)
    filled = [at for at, cell in enumerate(upper) if cell.strip()]
    return bool(filled) and min(filled) > place and len(upper) > 1


def _below(lines: Sequence[Line], at: int) -> int:
    """How many of the next lines belong to the header: no key in them, and only words, units and years.

    Where the key is nameless any names will do below it, but no figures and no marks of missing ones; so they will in
    a third line.
    """
    if at + 2 >= len(lines):
        return 0
    cells, upper = lines[at + 1][1], lines[at][1]
    keys = [place for place, cell in enumerate(upper) if {"entity", "code"} & roles(cell)]
    is_nameless = not keys and bool(upper) and not upper[0].strip()
    keys = [0] if is_nameless else keys
    if not keys or any(place < len(cells) and cells[place].strip() for place in keys):
        return 0
    filled = [cell for cell in cells if cell.strip()]
    years = sum(bool(period_of(cell)) for cell in filled)
    named = sum(bool(roles(cell) or unit(cell)) for cell in filled)
    is_one = (is_nameless and _are_names(filled)) or (
        bool(filled) and years + named == len(filled) and (named > 0 or years > 1)
    )
    return int(is_one) + int(is_one and _is_third(lines, at + 2, keys))


def _is_third(lines: Sequence[Line], at: int, keys: Sequence[int]) -> bool:
    """Whether a line names parts of what the two lines above it name: several names and nothing else, no key."""
    if at + 1 >= len(lines):
        return False
    cells = lines[at][1]
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and _are_names(filled) and not any(cells[key].strip() for key in keys if key < len(cells))


def _are_names(filled: Sequence[str]) -> bool:
    return bool(filled) and not any(re.search(r"\d", cell) or is_missing(cell) for cell in filled)


def is_header_of_another(cells: Sequence[str]) -> bool:
    """Whether a line below a table is the header of another one: a word for countries, and only periods and headers."""
    filled = [cell for cell in cells if cell.strip()]
    named = [roles(cell) for cell in filled[1:]]
    return (
        len(filled) > 1
        and bool({"entity", "code"} & roles(filled[0]))
        and all(one or period_of(cell) for one, cell in zip(named, filled[1:], strict=True))
    )


def parts_of(lines: Sequence[Line], first: int, last: int) -> list[tuple[str, ...]]:
    """The texts of the header above each column, from above; a merged cell stands above all it spans."""
    width = max(len(cells) for _, cells in lines[first : last + 1])
    levels = []
    for number in range(first, last + 1):
        cells = [normal_form(cell) for cell in lines[number][1]] + [""] * (width - len(lines[number][1]))
        if number < last:
            cells = [_spanning(cells, lines[last][1], place) for place in range(width)]
        levels.append(cells)
    return [tuple(dict.fromkeys(filter(None, (level[place] for level in levels)))) for place in range(width)]


def _spanning(cells: Sequence[str], lower: Sequence[str], place: int) -> str:
    if place < len(lower) and lower[place].strip() and not cells[place]:
        return next((cell for cell in reversed(cells[:place]) if cell), "")
    return cells[place]


def columns_of(
    parts: Sequence[tuple[str, ...]],
    rows: Sequence[Line],
    kind: Kind,
    answers: Answers,
    above: Sequence[str] = (),
) -> tuple[list[Column], list[Question]]:
    """Every column with what it holds, and what has to be asked of them; ``above`` are the texts over the table."""
    told = {found for text in above if (found := unit(text))}
    unit_above = told.pop() if len(told) == 1 else ""
    columns = [_column(place, texts, kind, answers, unit_above) for place, texts in enumerate(parts)]
    columns = _told_in_percent(by_content(columns, rows, has_country=bool(answers.country)), parts, kind, answers)
    columns = _with_platforms(columns, kind, answers)
    columns = [_scaled(one, kind, unit_above) for one in _default_measure(columns, kind)]
    asked = _questions(columns, rows, kind, answers)
    return columns, asked or _told_above(columns, parts, kind, answers, above)


def _with_platforms(columns: list[Column], kind: Kind, answers: Answers) -> list[Column]:
    """The columns; those called after platforms hold figures of these, if no column names platforms and two are so."""
    if not kind.is_grouped or any(one.role == "platform" for one in columns):
        return columns
    known = known_platforms(answers)
    named = {one.place: one.header for one in columns if not one.role and platform_of(one.header, known)}
    if len(named) < 2:
        return columns
    return [replace(one, role="value", platform=one.header) if one.place in named else one for one in columns]


def _told_in_percent(
    columns: list[Column], parts: Sequence[tuple[str, ...]], kind: Kind, answers: Answers
) -> list[Column]:
    """The columns; of those called after one share the one in percent holds it, and those without a unit are counts."""
    shares = {one.code for one in kind.measures if one.unit == PERCENT} - {*answers.columns.values()}
    named = {one.place for one in columns if any(unit(text) == PERCENT for text in parts[one.place])}
    told = {(one.role, one.period) for one in columns if one.role in shares and one.place in named}
    kept = [
        replace(one, role="") if (one.role, one.period) in told and one.place not in named else one for one in columns
    ]
    return kept if told else columns


def _scaled(column: Column, kind: Kind, unit_above: str) -> Column:
    """A column of counts in the scale told above the table, if it names no unit itself."""
    counts = {one.code for one in kind.measures if one.unit != PERCENT}
    is_bare = not column.scale and not any(map(unit, column.header.split(" / ")))
    takes = column.role in counts or (column.role == "value" and len(counts) == len(kind.measures))
    return replace(column, scale=unit_above) if takes and is_bare and unit_above in SCALES else column


def _told_above(
    columns: Sequence[Column], parts: Sequence[tuple[str, ...]], kind: Kind, answers: Answers, above: Sequence[str]
) -> list[Question]:
    """A question where the lines above the table tell of another unit, or of other things, than its figures are of.

    It is about columns that say nothing themselves, if the user has not said which hold the figures.
    """
    codes = {one.code: one.unit for one in kind.measures}
    if answers.unit or {*answers.columns.values()} & {*codes}:
        return []
    meant = [{role for text in texts for role in roles(dated(unmarked(text))[0])} for texts in parts]
    bare = [one for one in columns if one.role in codes and not meant[one.place] & {*codes}]
    percent = [one for one in bare if codes[one.role] == PERCENT and not any(map(unit, parts[one.place]))]
    other = next((text for text in above if unit(text) not in ("", PERCENT) or _PER_THOUSAND.search(text)), "")
    if percent and other and not any(unit(text) == PERCENT for text in above):
        return [Question("unit_above", {"text": other, "measure": percent[0].role}, "--unit", example=PERCENT)]
    strange = next((text for text in above if is_of_others(text)), "")
    if not strange and not any(column.role == "series" for column in columns):
        strange = _without(stems(codes), above)
    known = any(roles(text) & {*codes} and fold(text) not in fold(strange) for text in above)
    if bare and strange and not known:
        said, example = {"text": strange, "measure": bare[0].role}, bare[0].header or f"#{bare[0].place + 1}"
        return [Question("about_others", said, "--column", after=f"={bare[0].role}", example=example)]
    return []


def _without(named: frozenset[str], above: Sequence[str]) -> str:
    """The first of the lines above a table that names an indicator, if none of them has a word of its measures.

    An indicator has a unit, or begins or ends with what is counted of something: a share, a number, a level.
    """
    ends = [(text, re.findall(r"[^\W\d_]+", fold(text))) for text in above]
    telling = [text for text, found in ends if found[1:] and (unit(text) or {found[0], found[-1]} & words("counted"))]
    return "" if not named or any(stem in text.casefold() for text in above for stem in named) else "".join(telling[:1])


def _column(place: int, texts: tuple[str, ...], kind: Kind, answers: Answers, unit_above: str) -> Column:
    header = " / ".join(unmarked(text) for text in texts)
    period = next((found for text in texts if (found := period_of(text))), "")
    years = [dated(unmarked(text)) for text in texts]
    if not period and sum(bool(year) for _, year in years) == 1:
        texts, period = tuple(text for text, _ in years if text), "".join(year for _, year in years)
    # "Years" merged above 2020, 2021 says no more than they do.
    named = [text for text in texts if not period_of(text) and not (period and "period" in roles(text))]
    units = [found for text in texts if (found := unit(text))]
    is_either = len({one.unit == PERCENT for one in kind.measures}) > 1
    units = units or [unit_above] * bool(unit_above and is_either)
    answered = {fold(name): role for name, role in answers.columns.items()}
    role = next((answered[name] for name in (f"#{place + 1}", fold(header), *map(fold, texts)) if name in answered), "")
    scale = next((one for one in units if one in SCALES), "")
    if role:
        return Column(place, header, _NAMES.get(role, role), period, scale)
    known = {one for text in [*named, " ".join(named)] for one in roles(text)}
    return Column(place, header, _role(known, named, units, period, kind), period, scale)


def _role(known: set[str], named: Sequence[str], units: Sequence[str], period: str, kind: Kind) -> str:
    """What a column holds by the meanings of its header; nothing where they do not tell."""
    measures = [one for one in kind.measures if one.code in known and _agrees(one.unit, units)]
    keys = [key for key in KEYS if key in known and not period]
    is_value = _agrees(kind.measures[0].unit, units)
    is_of_all = bool(named) and all(map(is_everybody, named))
    is_bare = is_of_all or (bool(period) and not any(without_unit(text) for text in named if not is_everybody(text)))
    if len(measures) == 1:
        return measures[0].code
    if keys or "ignore" in known:
        return keys[0] if keys else "-"
    is_only_share = "some_share" in known and [one.unit for one in kind.measures] == [PERCENT]
    return "value" if is_value and ("value" in known or is_bare or is_only_share) else ""


def _agrees(measured: str, units: Sequence[str]) -> bool:
    """Whether a header's unit can be that of a measure."""
    return all((one == PERCENT) == (measured == PERCENT) for one in units)


def _default_measure(columns: list[Column], kind: Kind) -> list[Column]:
    """Columns of values hold the measure, where there is one only and no series names it."""
    if len(kind.measures) > 1 or any(column.role == "series" for column in columns):
        return columns
    code = kind.measures[0].code
    has_own = any(column.role == code and not column.period for column in columns)
    return [replace(one, role="-" if has_own else code) if one.role == "value" else one for one in columns]


def _questions(columns: list[Column], rows: Sequence[Line], kind: Kind, answers: Answers) -> list[Question]:
    held = {column.role for column in columns}
    spare = [one for one in columns if not one.role and _holds(one, rows)]
    named = {"columns": listed(one.header or f"#{one.place + 1}" for one in columns)}
    counted, told = ([one for one in spare if _is_counted(one, rows) is is_so] for is_so in (True, False))
    likely = next((one for one in counted if not _of_wholes(one.header)), counted[0] if counted else None)
    example = _common(likely) if likely else "#1"
    asked = []
    if not (held & {"entity", "code"} or any(one.entity for one in columns)) and not answers.country:
        asked.append(_which_country(spare, rows, named))
    held_by = [one for one in columns if one.role in ("value", *(each.code for each in kind.measures))]
    if "period" not in held and not answers.period and not any(one.period for one in held_by or columns):
        first = next((one for one in spare if _holds_years(one, rows)), None)
        asked.append(
            Question("period", named, "--column", after="=period", example=_called(first))
            if first
            else Question("period", named, "--period", example="2024")
        )
    if kind.is_grouped and "platform" not in held and not any(one.platform for one in columns):
        asked.append(
            Question(
                "platform", named, "--column", after="=platform", example=_called((told or spare)[0]) if spare else "#1"
            )
        )
    if not held & {"value", *(one.code for one in kind.measures)}:
        codes = listed(one.code for one in kind.measures)
        said = {**named, "measures": codes}
        asked.append(Question("measure", said, "--column", after=f"={kind.measures[0].code}", example=example))
    lacking = [code for code in kind.needed if code not in held and not held & {"value", "series"}]
    if lacking and len(lacking) < len(kind.needed):
        said = {**named, "measures": listed(lacking)}
        asked.append(Question("measures", said, "--column", after=f"={lacking[0]}", example=example))
    nameless = [one for one in spare if not one.header]
    if nameless and not asked:
        place = f"#{nameless[0].place + 1}"
        asked.append(Question("nameless", {"column": place}, "--column", before=f"{place}=", example="-"))
    return asked or _twice(columns)


def _which_country(spare: Sequence[Column], rows: Sequence[Line], named: dict[str, str]) -> Question:
    """Which column names the countries: perhaps one where a country stands among its regions."""
    for one in spare:
        if whole_names({unmarked(cells[one.place]) for _, cells in rows if len(cells) > one.place} - {""}):
            return Question("country", named, "--column", after="=country", example=one.header or f"#{one.place + 1}")
    return Question("country", named, "--country", example="KGZ")


def _called(column: Column) -> str:
    """How an option names a column."""
    return column.header or f"#{column.place + 1}"


def _common(column: Column) -> str:
    """How an option names a column and all others that have its name and another year."""
    names = [text for text in column.header.split(" / ") if not period_of(text)]
    return names[0] if column.period and names and names[0] else _called(column)


def _is_counted(column: Column, rows: Sequence[Line]) -> bool:
    """Whether most that a column says are figures and not names."""
    texts = [text for _, cells in rows if not is_missing(text := unmarked(cells[column.place]))]
    return sum(text[:1].isdigit() for text in texts) * 2 > len(texts) and not all(map(period_of, texts))


def _holds_years(column: Column, rows: Sequence[Line]) -> bool:
    """Whether all that a column says are years or other periods."""
    texts = [cells[column.place] for _, cells in rows if not is_missing(cells[column.place])]
    return bool(texts) and all(map(period_of, texts))


def _of_wholes(header: str) -> bool:
    """Whether a header tells how many or how much there is in all: no example of a column of shares.

    Examples
    --------
    >>> _of_wholes("Population, mln"), _of_wholes("Численность населения"), _of_wholes("Online")
    (True, True, False)
    """
    return any(word in header.casefold() for word in _WHOLES)


def _twice(columns: Sequence[Column]) -> list[Question]:
    """A question where two columns hold the same."""
    first: dict[tuple[str, str], Column] = {}
    for one in columns:
        other = first.setdefault(
            (one.role, f"{one.entity} {one.platform} {one.period}" if one.role not in KEYS else ""), one
        )
        if other is not one and one.role not in ("", "-", "series", "unit", "multiplier"):
            named = {"left": other.header, "right": one.header, "role": one.role}
            return [Question("twice", named, "--column", after="=-", example=one.header)]
    return []


def _holds(column: Column, rows: Sequence[Line]) -> bool:
    return any(len(cells) > column.place and not is_missing(cells[column.place]) for _, cells in rows)
