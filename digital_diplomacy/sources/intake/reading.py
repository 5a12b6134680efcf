"""A foreign table as figures by country and period, with all that is asked of it, wrong in it or left out of it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.errors import Said, TableError
from digital_diplomacy.printed import Convention
from digital_diplomacy.sources.countries import alpha_2, is_open_state, near_countries
from digital_diplomacy.sources.grids import BLANKS_SAID, Line, read_lines
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.abouts import Cell, cells_of
from digital_diplomacy.sources.intake.breakdowns import rows_on_everybody
from digital_diplomacy.sources.intake.cells import Figure, UnfitError, are_shares, bare, convention, figure, is_open
from digital_diplomacy.sources.intake.country_cells import country_of, plain_name
from digital_diplomacy.sources.intake.faults import Faults
from digital_diplomacy.sources.intake.given import other_countries, strange_names, wrong_period
from digital_diplomacy.sources.intake.headers import columns_of, header_lines, parts_of
from digital_diplomacy.sources.intake.kinds import PERCENT, Kind
from digital_diplomacy.sources.intake.measured import in_unit
from digital_diplomacy.sources.intake.model import Answers, Column, Question, Reading
from digital_diplomacy.sources.intake.platforms import known_platforms, platform_of
from digital_diplomacy.sources.intake.rows import first_table, rows_of
from digital_diplomacy.sources.intake.words import (
    fold,
    is_missing,
    is_total,
    period_of,
    statistics_of,
    words,
)  # fmt: skip
from digital_diplomacy.sources.mixed_units import maybe_fractions
from digital_diplomacy.sources.remarks import Remark, listed

_DEFINED: Final = re.compile(r"\s*\([^()]*\)\s*$")  # whose group of countries it is: Europe (UN)
_COUNTRY: Final = re.compile(r"\b(?:countr(?:y|ies)|стран[аы]?|ел(?:дер)?)\b")  # headers of columns of countries


EVERY_OTHER: Final = "*"
"""The name under which an answer leaves out every row that is of no country."""

COLUMNS: Final = (
    "entity", "period", "measure", "platform", "as_printed", "value", "low", "high", "unit", "base", "bound", "place",
)  # fmt: skip


_OF_ONE: Final = ("entity", "period", "measure", "platform")  # what one figure alone is of


def folded_cells(path: Path | str) -> frozenset[str]:
    """Every text of a table file as words are compared, so that one can ask whether a name stands in it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "accounts.csv"
    >>> pd.DataFrame({"Страна": ["Казахстан*"], "Учётные записи": ["14,1"]}).to_csv(path, index=False, sep=";")
    >>> sorted(intake.folded_cells(path))
    ['14,1', 'казахстан', 'страна', 'учетные записи']
    >>> intake.fold("КАЗАХСТАН") in intake.folded_cells(path)
    True
    >>> folder.cleanup()
    """
    return frozenset(fold(cell) for _, cells in read_lines(Path(path), as_shown=True).rows for cell in cells)


def read_foreign(path: Path | str, kind: Kind, answers: Answers | None = None) -> Reading:
    """A table of any common form as figures of a kind.

    Parameters
    ----------
    path : Path or str
        Text in any common encoding with any common separator, an Excel or OpenDocument workbook, or a table pasted from
        a page; one row a country and year, or years as columns; lines above and below the table may say something.
    kind : Kind
        What the figures are.
    answers : Answers, optional
        What the file does not say.

    Returns
    -------
    Reading
        Nothing of it may be used while it has questions or faults.

    Raises
    ------
    SourceError, TableError
        If the file is no table.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "users.csv"
    >>> table = pd.DataFrame({"Страна": ["Киргизия", "Казахстан"], "2020": ["72,0", "85,9"]})
    >>> table.to_csv(path, index=False, sep=";", encoding="cp1251")
    >>> intake.read_foreign(path, intake.kind_of("internet_users")).frame[["entity", "period", "value"]]
      entity period  value
    0    KAZ   2020   85.9
    1    KGZ   2020   72.0
    >>> folder.cleanup()
    """
    where, given = Path(path), answers or Answers()
    found = read_lines(where, [sorted(words("entity") | words("code") | words("period"))], as_shown=True)
    at = header_lines(found.rows, given)
    if at is None and (named := _unknown_header(found.rows)):
        raise TableError(
            "{where}: no word of the line that names the columns is known ({columns}); say what they hold, such as "
            '--column "{first}=country"',
            where=where,
            columns=listed(named),
            first=named[0],
        )
    if at is None and max(len(cells) for _, cells in found.rows) == 1:
        raise TableError(
            "{where}: every line is one cell; set commas, semicolons, tabs or bars between cells, or name the mark in "
            "a first line, such as sep=^",
            where=where,
        )
    if at is None:
        raise TableError(
            "{where}: no line names the columns; put a line above the figures, such as Country;Year;Value "
            "(Страна;Год;Значение, Ел;Жыл;Мәні)",
            where=where,
        )
    parts = parts_of(found.rows, *at)
    over = [text for _, cells in found.rows[: at[0]] for text in _told(cells)]
    below, titles, further = first_table(found.rows[at[1] + 1 :], parts, over)
    kept, told, faults = rows_of(below, parts, where, pasted=found.separator == BLANKS_SAID)
    told += [Remark("more_tables", {"file": where.name, "place": further})] if further else []
    over += [*titles, found.sheet] if found.sheet else titles
    columns, asked = columns_of(parts, kept, kind, given, over)
    kept, left, open_parts = rows_on_everybody(kept, columns, given, where)
    told, asked = [*told, *left], asked or open_parts
    remarks = [*found.remarks, *_above(found.rows[: at[0]], where), *told]
    used = tuple(column for column in columns if column.role not in ("", "-"))
    own = cells_of(kept, columns, kind, replace(given, period=""))
    faults += strange_names(given, found.rows, columns)
    faults += wrong_period(given, (one.about.period for one in own), is_yearly=kind.is_yearly)
    if asked or faults:
        return Reading(pd.DataFrame(columns=list(COLUMNS)), used, tuple(asked), tuple(faults), tuple(remarks))
    spare = [column.header for column in columns if column.role in ("", "-") and column.header]
    remarks += [Remark("columns_left", {"file": where.name, "columns": listed(spare)})] if spare else []
    return _figures(list(cells_of(kept, columns, kind, given)), kind, given, where, used, remarks)


def _unknown_header(lines: Sequence[Line]) -> list[str]:
    """The names of columns in a language that is not known here: the first line with several words and no figures."""
    filled = ([normal_form(cell) for cell in cells if cell.strip()] for _, cells in lines[:-1])
    return next((cells for cells in filled if len(cells) > 1 and not any(re.search(r"\d", one) for one in cells)), [])


def _told(cells: Sequence[str]) -> list[str]:
    """What a line above the table says, whole and cell by cell: a comma within it may have parted it."""
    texts = list(filter(None, map(normal_form, cells)))
    return texts if len(texts) < 2 else [", ".join(texts), *texts]


def _above(lines: Sequence[Line], where: Path) -> list[Remark]:
    texts = [" ".join(filter(None, map(normal_form, cells))) for _, cells in lines]
    return [Remark("above_left", {"file": where.name, "lines": listed(texts)})] if texts else []


def _figures(
    cells: list[Cell], kind: Kind, given: Answers, where: Path, used: tuple[Column, ...], remarks: list[Remark]
) -> Reading:
    """Cells read and put in order, with everything that keeps one from being read."""
    entities, left = _entities(cells, given)
    platforms = _platforms(cells, given) if kind.is_grouped else {}
    cells[:], asked = in_unit(cells, kind, where, remarks, used)
    if asked:
        return Reading(pd.DataFrame(columns=list(COLUMNS)), used, tuple(asked), (), tuple(remarks))
    kept, strange = _sorted_out(cells, entities, left, platforms, where, remarks)
    cells.clear()
    questions: list[Question] = []
    faults, records = Faults(), dict[str, list[object]]({name: [] for name in COLUMNS})
    if not kept and not strange:
        raise TableError("{where}: no row holds a figure of a country", where=where)
    if not kept:
        named = {
            "series": listed(one.about.series for one in strange),
            "measures": listed(m.code for m in kind.measures),
            "header": next((one.header or f"#{one.place + 1}" for one in used if one.role == "series"), "Indicator"),
        }
        after = f"={kind.measures[0].code}"
        asked = [Question("series", named, "--column", after=after, example=normal_form(strange[0].about.series))]
        return _reading(records, used, asked, faults, remarks, where)
    _tell_unknown(kept, entities, given, faults)
    _tell_platforms(kept, platforms, faults)
    places = {one.about.name: one.place for one in reversed(kept)} if given.country else {}
    for fault in other_countries(given, entities, places, used):
        faults.add(fault.code, fault.named)
    groups = dict[str, list[Cell]]()
    for one in kept:
        groups.setdefault(one.about.measure, []).append(one)
    lone = _lone(kept, entities, given, used)
    kept.clear()  # of a long table, what was read is let go
    while groups:
        code = next(iter(groups))
        group = groups.pop(code)
        texts = {text: bare(text) for text in {one.text: None for one in group}}
        habit = convention(texts.values(), given.decimal)
        asked = _asked(texts, kind, code, given, habit)
        questions += asked
        if not asked:
            _take(group, texts, kind, code, given, habit, entities, platforms, records, faults)
    questions += lone
    found = _reading(records, used, questions, faults, remarks, where)
    return found if given.unit else replace(found, remarks=(*found.remarks, *_mixed(found.frame, where)))


def _mixed(frame: pd.DataFrame, where: Path) -> list[Remark]:
    """A remark for each measure in percent of which some figures may be fractions of 1."""
    told = []
    for code, rows in frame[frame["unit"] == PERCENT].groupby("measure", sort=True):
        odd = rows[maybe_fractions(rows.rename(columns={"platform": "group"}))]
        if len(odd):
            cells = listed(
                f"{place} ({entity} {period}): {text}"
                for place, entity, period, text in odd[["place", "entity", "period", "as_printed"]].to_numpy()
            )
            told.append(
                Remark("mixed_units", {"file": where.name, "column": str(code), "count": str(len(odd)), "cells": cells})
            )
    return told


def _sorted_out(
    cells: Sequence[Cell],
    entities: Mapping[str, str],
    left: Collection[str],
    platforms: Mapping[str, str],
    where: Path,
    remarks: list[Remark],
) -> tuple[list[Cell], list[Cell]]:
    """Cells with figures of the kind, and those of other series; what is left out is added to the remarks."""
    gone, absent, strange, kept, notes = (list[Cell]() for _ in range(5))
    for one in cells:
        if one.about.name in left or platforms.get(one.about.platform) == "-":
            gone.append(one)
        elif is_missing(one.text):
            (absent if entities.get(one.about.name) or not one.about.name else notes).append(one)
        else:
            (kept if one.about.measure else strange).append(one)
    file = {"file": where.name}
    if gone:
        remarks.append(Remark("totals_left", file | {"rows": listed(one.about.name for one in gone)}))
    if absent:
        shown = listed(f"{one.about.name} {one.about.period}".strip() for one in absent)
        remarks.append(Remark("no_figures", file | {"count": str(len(absent)), "cells": shown}))
    if notes:
        remarks.append(Remark("notes_left", file | {"lines": listed(one.about.name for one in notes)}))
    if strange and kept:
        remarks.append(Remark("series_left", file | {"series": listed(one.about.series for one in strange)}))
    filled = [one.place for one in kept if one.about.is_filled]
    if filled:
        remarks.append(Remark("filled_down", file | {"rows": listed(filled)}))
    return kept, strange


def _reading(
    records: dict[str, list[object]],
    used: tuple[Column, ...],
    questions: list[Question],
    faults: Faults,
    remarks: list[Remark],
    where: Path,
) -> Reading:
    frame = pd.DataFrame({name: records.pop(name) for name in COLUMNS})
    again = frame.duplicated([*_OF_ONE, "as_printed"])
    if again.any():
        remarks.append(Remark("rows_again", {"file": where.name, "rows": listed(frame.loc[again, "place"])}))
        frame = frame[~again]
    _tell_doubled(frame, faults)
    _tell_authors(frame, faults)
    ordered = frame.sort_values(["entity", "measure", "platform", "period"], kind="stable", ignore_index=True)
    return Reading(ordered, used, tuple(questions), tuple(faults.first), tuple(remarks), faults.further)


def _asked(texts: Mapping[str, str], kind: Kind, code: str, given: Answers, habit: Convention) -> list[Question]:
    """What is open about the figures of a measure, by their texts and what these are without marks."""
    unclear = [text for text, plain in texts.items() if is_open(plain, habit)]
    if unclear:
        return [Question("decimal", {"cells": listed(unclear)}, "--decimal", example=",")]
    if kind.measure(code).unit == PERCENT and not given.unit and are_shares(texts.values(), habit):
        return [Question("unit", {"cells": listed(texts)}, "--unit", example="share")]
    return []


def _take(
    group: Sequence[Cell],
    texts: Mapping[str, str],
    kind: Kind,
    code: str,
    given: Answers,
    habit: Convention,
    entities: Mapping[str, str],
    platforms: Mapping[str, str],
    records: dict[str, list[object]],
    faults: Faults,
) -> None:
    """Add every cell of a measure to the records or, if it is no figure of it, to the faults."""
    columns = records.values()
    measure = kind.measure(code)
    is_share = given.unit == "share" and measure.unit == PERCENT
    known: dict[tuple[str, str], Figure | UnfitError] = {}
    for one in group:
        about, key = one.about, (one.text, one.scale)
        period = period_of(about.period)
        if not period or (kind.is_yearly and len(period) > len("2020")):
            faults.add("period", _named(one) | {"period": about.period})
            continue
        if given.today and period[:4] > given.today[:4]:
            faults.add("future", _named(one) | {"period": period})
            continue
        found = known.get(key)
        if found is None:
            try:
                found = figure(texts[one.text], measure, habit, scale=one.scale, is_share=is_share)
            except UnfitError as error:
                found = error
            known[key] = found
        if isinstance(found, UnfitError):
            faults.add(found.code, _named(one) | found.named)
            continue
        if kind.is_yearly and (found.bound != "exact" or found.is_range):
            faults.add("bound", _named(one))
            continue
        entity = given.country or entities.get(about.name, "")
        if not entity or (platforms and not platforms[about.platform]):
            continue  # a fault of its own tells that it is not known
        row = (
            entity, period, code, platforms.get(about.platform, ""),
            texts[one.text], found.value, found.low, found.high, measure.unit, measure.base, found.bound, one.place,
        )  # fmt: skip
        for column, value in zip(columns, row, strict=True):
            column.append(value)


def _named(one: Cell) -> dict[str, str | Said]:
    """Where a cell stands, what is in it and of which country, for the words of a fault."""
    return {"place": one.place, "text": normal_form(one.text), "entity": one.about.name}


def _entities(cells: Sequence[Cell], given: Answers) -> tuple[dict[str, str], set[str]]:
    """Codes by names, and names of totals and groups of countries, whose rows are left out."""
    abouts = dict.fromkeys(one.about for one in cells)
    named = {one.name: normal_form(one.code) for one in reversed(abouts) if not one.is_filled}
    answered = {fold(name): code for name, code in given.entities.items() if name != EVERY_OTHER}
    short = {text for name, code in named.items() for text in (name, code) if re.fullmatch("[A-Z]{2}", text)}
    left, codes = set(statistics_of(name for name in named if fold(name) not in answered)), dict[str, str]()
    for name, code in named.items():
        if name in left:
            continue
        if fold(name) in answered:
            codes[name] = answered[fold(name)]
        elif (
            is_total(plain_name(name))
            or {fold(plain_name(name)), fold(_DEFINED.sub("", name))} & words("aggregate")
            or (fold(code) in words("aggregate") and not country_of(name))
        ):
            left.add(name)
        else:
            found = _agreed(country_of(name), country_of(code), name, code, several=len(short) > 1)
            codes[name] = found or given.entities.get(EVERY_OTHER, "")
        if codes.get(name) == "-":
            left.add(name)
    return codes, left


def _agreed(by_name: str, by_code: str, name: str, code: str, *, several: bool) -> str:
    """The one country that name and code mean; nothing if they mean two or none."""
    shorts = [alpha_2(text) for text in (code, name) if re.fullmatch("[A-Z]{2}", text)]
    if by_name and shorts and shorts[0] == by_name:
        return by_name
    if by_name and by_code:
        return by_name if by_name == by_code else ""
    return by_name or by_code or (shorts[0] if shorts and several else "")


def _tell_unknown(cells: Sequence[Cell], entities: Mapping[str, str], given: Answers, faults: Faults) -> None:
    """A fault for every name and code of which no country is known, with its rows and the countries it may mean."""
    if given.country:
        return
    places = dict[tuple[str, str], dict[str, None]]()
    for one in cells:
        if not entities.get(one.about.name):
            places.setdefault((one.about.name, normal_form(one.about.code)), {})[one.place] = None
    for (name, code), rows in places.items():
        faults.make(("country", name, code), partial(_no_country, name, code, rows))


def _no_country(name: str, code: str, rows: Iterable[str]) -> Remark:
    told = {"place": listed(rows), "text": name or code}
    if not told["text"]:
        return Remark("unnamed", told)
    if country_of(name) and country_of(code):
        return Remark("two_countries", {**told, "code": code})
    near = near_countries(plain_name(name))
    said = listed(f"{code} ({other})" for other, code in near.items())
    if not near:
        return Remark("no_country", told)
    return Remark("country", {**told, "near": said, "example": next(iter(near.values()))})


def _lone(cells: Sequence[Cell], entities: Mapping[str, str], given: Answers, used: Sequence[Column]) -> list[Question]:
    """Georgia without another country beside it is a country or a state of the USA, if its column does not say."""
    named = {one.about.name: one.about for one in cells if entities.get(one.about.name, "-") != "-"}
    answered = {fold(name) for name in given.entities}
    is_called = any(_COUNTRY.search(fold(one.header)) for one in used if one.role == "entity")
    names_countries = is_called and all(code not in ("", "-") for code in entities.values())
    if (
        given.country
        or names_countries
        or answered & set(map(fold, named))
        or not is_open_state({plain_name(name): "GEO" for name in named})
    ):
        return []
    has_code = any(country_of(one.code) == "GEO" for one in named.values())
    return [] if has_code else [Question("georgia", {}, "--entity", before="Georgia=", example="GEO")]


def _platforms(cells: Sequence[Cell], given: Answers) -> dict[str, str]:
    """Label codes by the names of platforms."""
    known = known_platforms(given)
    return {text: platform_of(text, known) for text in {one.about.platform for one in cells}}


def _tell_platforms(cells: Sequence[Cell], platforms: Mapping[str, str], faults: Faults) -> None:
    for one in cells if platforms else ():
        if not platforms[one.about.platform]:
            faults.add("platform", {"place": one.place, "text": normal_form(one.about.platform)})


def _tell_doubled(frame: pd.DataFrame, faults: Faults) -> None:
    """A fault for every second figure of one country, period and measure."""
    key = [*_OF_ONE]
    again = frame[frame.duplicated(key, keep=False)]
    firsts = again.drop_duplicates(key)
    pairs = again.merge(firsts[[*key, "place"]], on=key, suffixes=("", "_first"), validate="many_to_one")
    second = pairs[again.duplicated(key).to_numpy()]
    for place, other, entity, period in zip(
        second["place"], second["place_first"], second["entity"], second["period"], strict=True
    ):
        faults.add("doubled", {"place": place, "other": other, "entity": entity, "period": period})


def _tell_authors(frame: pd.DataFrame, faults: Faults) -> None:
    """A fault for every number of authors that is not one to as many as the messages: each has written one at least."""
    key = ["entity", "period", "platform"]
    messages, authors = (frame[frame["measure"] == name] for name in ("messages_month", "authors_month"))
    both = authors.merge(messages[[*key, "high", "place", "as_printed"]], on=key, suffixes=("", "_messages"))
    wrong = both[(both["high"] < 1) | (both["low"] > both["high_messages"])]
    columns = ["place", "place_messages", "entity", "as_printed", "as_printed_messages"]
    for place, other, entity, text, count in wrong[columns].itertuples(index=False):
        faults.add("authors", {"place": place, "other": other, "entity": entity, "text": text, "messages": count})
