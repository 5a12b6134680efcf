"""A foreign table as figures by country and period, with all that is asked of it, wrong in it or left out of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.countries import alpha_2, is_open_state, near_countries, whole_names
from digital_diplomacy.sources.grids import BLANKS_SAID, Line, read_lines
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.intake.cells import UnfitError, are_shares, bare, convention, figure, is_open
from digital_diplomacy.sources.intake.given import other_countries, strange_names, wrong_period
from digital_diplomacy.sources.intake.headers import columns_of, header_lines, parts_of
from digital_diplomacy.sources.intake.kinds import PERCENT, Kind
from digital_diplomacy.sources.intake.model import Answers, Column, Question, Reading
from digital_diplomacy.sources.intake.words import (
    fold,
    is_missing,
    is_note,
    is_total,
    period_of,
    roles,
    unmarked,
    words,
)  # fmt: skip
from digital_diplomacy.sources.remarks import Remark, listed

COLUMNS: Final = (
    "entity", "period", "measure", "platform", "as_printed", "value", "low", "high", "unit", "base", "bound", "place",
)  # fmt: skip
_NUMBERED: Final = re.compile(r"^(?:[*†‡]+\s*|\[?\d{1,3}[.)\]]\s*)(?=\D)")  # marks and numbers before a name


@dataclass(frozen=True)
class _Cell:
    """A cell that holds a figure, or says that there is none, with the texts that tell what it is about."""

    place: str
    text: str
    scale: str
    keys: Mapping[str, str]


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
    if at is None:
        raise TableError(
            "{where}: no line names the columns; put a line above the figures, such as Country;Year;Value "
            "(Страна;Год;Значение, Ел;Жыл;Мәні)",
            where=where,
        )
    parts = parts_of(found.rows, *at)
    kept, told, faults = _rows(found.rows[at[1] + 1 :], parts, where, pasted=found.separator == BLANKS_SAID)
    columns, asked = columns_of(parts, kept, kind, given)
    remarks = [*found.remarks, *_above(found.rows[: at[0]], where), *told]
    used = tuple(column for column in columns if column.role not in ("", "-"))
    own = _cells(kept, columns, kind, replace(given, period=""))
    faults += strange_names(given, found.rows, columns)
    faults += wrong_period(given, (one.keys["period"] for one in own), is_yearly=kind.is_yearly)
    if asked or faults:
        return Reading(pd.DataFrame(columns=list(COLUMNS)), used, tuple(asked), tuple(faults), tuple(remarks))
    spare = [column.header for column in columns if column.role in ("", "-") and column.header]
    remarks += [Remark("columns_left", {"file": where.name, "columns": listed(spare)})] if spare else []
    return _figures(list(_cells(kept, columns, kind, given)), kind, given, where, used, remarks)


def _above(lines: Sequence[Line], where: Path) -> list[Remark]:
    texts = [" ".join(filter(None, map(normal_form, cells))) for _, cells in lines]
    return [Remark("above_left", {"file": where.name, "lines": listed(texts)})] if texts else []


def _rows(
    lines: Sequence[Line], parts: Sequence[tuple[str, ...]], where: Path, *, pasted: bool
) -> tuple[list[Line], list[Remark], list[Remark]]:
    """The rows of the table as wide as its header, what was left out, and rows that do not fit it."""
    kept: list[Line] = []
    notes, faults, width = [], [], len(parts)
    header = [fold(texts[-1]) if texts else "" for texts in parts]
    for place, cells in lines:
        filled = [cell for cell in cells if cell.strip()]
        first = filled[0]
        is_header = [fold(cell) for cell in cells[:width]] == header
        numbered = len(filled) > 1 and [cell.strip() for cell in filled] == [str(n + 1) for n in range(len(filled))]
        is_country = bool(whole_names([_plain_name(first)]))
        alone = len(filled) == 1 and bool(cells[0].strip())
        if is_header or numbered or (not is_country and (alone or is_note(first))):
            notes.append(" ".join(map(normal_form, filled)))
        # In a pasted table nothing tells which cell of a short row is the empty one.
        elif any(cell.strip() for cell in cells[width:]) or (
            pasted and len(cells) < width and not is_total(_plain_name(first))
        ):
            named = {"place": place, "text": first, "count": str(len(cells)), "header": str(width)}
            faults.append(Remark("width", named))
        else:
            kept.append((place, [*cells[:width], *[""] * (width - len(cells))]))
    told = [Remark("notes_left", {"file": where.name, "lines": listed(notes)})] if notes else []
    return kept, told, faults


def _plain_name(text: str) -> str:
    return _NUMBERED.sub("", unmarked(text))


def _cells(rows: Sequence[Line], columns: Sequence[Column], kind: Kind, given: Answers) -> Iterator[_Cell]:
    keys = {
        column.role: column.place
        for column in reversed(columns)
        if column.role in ("entity", "code", "period", "platform")
    }
    series = [column.place for column in columns if column.role == "series"]
    codes = {one.code for one in kind.measures}
    before = ""
    for place, cells in rows:
        texts = {role: cells[at] for role, at in keys.items()}
        named = texts.get("entity", "") or texts.get("code", "")
        # A cell merged over several rows stands in the first of them.
        filled = {"filled": before} if keys.keys() & {"entity", "code"} and not named.strip() else {}
        before = named if named.strip() else before
        indicator = next((role for at in series for role in sorted(roles(cells[at]) & codes)), "")
        for column in columns:
            if column.role not in (*codes, "value"):
                continue
            about = {**texts, **filled, "measure": column.role if column.role in codes else indicator}
            about["series"] = " ".join(cells[at] for at in series)
            about["period"] = column.period or texts.get("period", "") or given.period
            yield _Cell(place, cells[column.place], column.scale, about)


def _figures(
    cells: Sequence[_Cell], kind: Kind, given: Answers, where: Path, used: tuple[Column, ...], remarks: list[Remark]
) -> Reading:
    """Cells read and put in order, with everything that keeps one from being read."""
    entities, left = _entities(cells, given)
    platforms = _platforms(cells, given) if kind.is_grouped else {}
    gone = [one for one in cells if _name(one) in left or platforms.get(one.keys.get("platform", "")) == "-"]
    absent = [one for one in cells if one not in gone and is_missing(one.text)]
    strange = [one for one in cells if one not in gone and one not in absent and not one.keys["measure"]]
    kept = [one for one in cells if not any(one in group for group in (gone, absent, strange))]
    file = {"file": where.name}
    if gone:
        remarks.append(Remark("totals_left", file | {"rows": listed(_name(one) for one in gone)}))
    if absent:
        shown = listed(f"{_name(one)} {one.keys['period']}".strip() for one in absent)
        remarks.append(Remark("no_figures", file | {"count": str(len(absent)), "cells": shown}))
    if strange and kept:
        remarks.append(Remark("series_left", file | {"series": listed(one.keys["series"] for one in strange)}))
    filled = [one for one in kept if one.keys.get("filled")]
    if filled:
        remarks.append(Remark("filled_down", file | {"rows": listed(one.place for one in filled)}))
    questions: list[Question] = []
    faults: list[Remark] = []
    records: list[dict[str, object]] = []
    if not kept and not strange:
        raise TableError("{where}: no row holds a figure of a country", where=where)
    if not kept:
        named = {
            "series": listed(one.keys["series"] for one in strange),
            "measures": listed(m.code for m in kind.measures),
        }
        return _reading([], used, [Question("series", named, "--column", after="=-", example="Indicator")], [], remarks)
    for code in dict.fromkeys(one.keys["measure"] for one in kept):
        group = [one for one in kept if one.keys["measure"] == code]
        asked = _asked(group, kind, code, given)
        questions += asked
        if not asked:
            _take(group, kind, code, given, entities, platforms, records, faults)
    questions += _lone(kept, entities, given)
    places = {_name(one): one.place for one in reversed(kept)}
    faults += other_countries(given, entities, places, used)
    faults = [*_unknown(kept, entities, given), *_unknown_platforms(kept, platforms), *faults, *_doubled(records)]
    return _reading(records, used, questions, faults, remarks)


def _reading(
    records: list[dict[str, object]],
    used: tuple[Column, ...],
    questions: list[Question],
    faults: list[Remark],
    remarks: list[Remark],
) -> Reading:
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    ordered = frame.sort_values(["entity", "measure", "platform", "period"], kind="stable", ignore_index=True)
    return Reading(ordered, used, tuple(questions), tuple(_distinct(faults)), tuple(remarks))


def _distinct(faults: Sequence[Remark]) -> list[Remark]:
    seen: dict[tuple[object, ...], Remark] = {}
    for one in faults:
        seen.setdefault((one.code, *one.named.items()), one)
    return list(seen.values())


def _asked(group: Sequence[_Cell], kind: Kind, code: str, given: Answers) -> list[Question]:
    texts = [one.text for one in group]
    habit = convention(texts, given.decimal)
    unclear = [one for one in texts if is_open(one, habit)]
    if unclear:
        return [Question("decimal", {"cells": listed(unclear)}, "--decimal", example=",")]
    if kind.measure(code).unit == PERCENT and not given.unit and are_shares(texts, habit):
        return [Question("unit", {"cells": listed(texts)}, "--unit", example="share")]
    return []


def _take(
    group: Sequence[_Cell],
    kind: Kind,
    code: str,
    given: Answers,
    entities: Mapping[str, str],
    platforms: Mapping[str, str],
    records: list[dict[str, object]],
    faults: list[Remark],
) -> None:
    """Add every cell of a measure to the records or, if it is no figure of it, to the faults."""
    measure, habit = kind.measure(code), convention([one.text for one in group], given.decimal)
    is_share = given.unit == "share" and measure.unit == PERCENT
    for one in group:
        named = {"place": one.place, "text": normal_form(one.text), "entity": _name(one)}
        period = period_of(one.keys["period"])
        if not period or (kind.is_yearly and len(period) > len("2020")):
            faults.append(Remark("period", named | {"period": one.keys["period"]}))
            continue
        try:
            found = figure(one.text, measure, habit, scale=one.scale, is_share=is_share)
        except UnfitError as error:
            faults.append(Remark(error.code, named | error.named))
            continue
        if kind.is_yearly and (found.bound != "exact" or found.is_range):
            faults.append(Remark("bound", named))
            continue
        records.append(
            {"entity": given.country or entities.get(_name(one), ""), "period": period, "measure": code,
             "platform": platforms.get(one.keys.get("platform", ""), ""), "as_printed": bare(one.text),
             "value": found.value, "low": found.low, "high": found.high, "unit": measure.unit, "base": measure.base,
             "bound": found.bound, "place": one.place}
        )  # fmt: skip


def _name(one: _Cell) -> str:
    """The country of a cell as the file writes it."""
    keys = one.keys
    return normal_form(keys.get("filled", "") or keys.get("entity", "") or keys.get("code", ""))


def _entities(cells: Sequence[_Cell], given: Answers) -> tuple[dict[str, str], set[str]]:
    """Codes by names, and names of totals and groups of countries, whose rows are left out."""
    named = {_name(one): normal_form(one.keys.get("code", "")) for one in reversed(cells) if not one.keys.get("filled")}
    answered = {fold(name): code for name, code in given.entities.items()}
    short = {text for name, code in named.items() for text in (name, code) if re.fullmatch("[A-Z]{2}", text)}
    left, codes = set(), dict[str, str]()
    for name, code in named.items():
        if fold(name) in answered:
            codes[name] = answered[fold(name)]
        elif (
            is_total(_plain_name(name))
            or fold(_plain_name(name)) in words("aggregate")
            or (fold(code) in words("aggregate") and not _found(name))
        ):
            left.add(name)
        else:
            codes[name] = _agreed(_found(name), _found(code), name, code, several=len(short) > 1)
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


def _found(text: str) -> str:
    plain = _plain_name(text)
    return whole_names([plain]).get(plain, "")


def _unknown(cells: Sequence[_Cell], entities: Mapping[str, str], given: Answers) -> list[Remark]:
    """A fault for every row whose country is not known, with the countries it may mean."""
    if given.country:
        return []
    faults = []
    for one in cells:
        name, code = _name(one), normal_form(one.keys.get("code", ""))
        if entities.get(name):
            continue
        if _found(name) and _found(code):
            faults.append(Remark("two_countries", {"place": one.place, "text": name, "code": code}))
            continue
        near = near_countries(_plain_name(name))
        said = listed(f"{code} ({other})" for other, code in near.items())
        example = next(iter(near.values()), "KGZ")
        told = {"place": one.place, "text": name, "example": example}
        faults.append(Remark("country", {**told, "near": said}) if near else Remark("no_country", told))
    return faults


def _lone(cells: Sequence[_Cell], entities: Mapping[str, str], given: Answers) -> list[Question]:
    """Georgia without another country beside it is a country or a state of the USA."""
    named = {_name(one): one for one in cells if entities.get(_name(one), "-") != "-"}
    answered = {fold(name) for name in given.entities}
    if (
        given.country
        or answered & set(map(fold, named))
        or not is_open_state({_plain_name(name): "GEO" for name in named})
    ):
        return []
    has_code = any(_found(one.keys.get("code", "")) == "GEO" for one in named.values())
    return [] if has_code else [Question("georgia", {}, "--entity", before="Georgia=", example="GEO")]


def _platforms(cells: Sequence[_Cell], given: Answers) -> dict[str, str]:
    """Label codes by the names of platforms."""
    known = known_platforms(given)
    return {text: known.get(fold(text), "") for text in {one.keys.get("platform", "") for one in cells}}


def known_platforms(given: Answers) -> dict[str, str]:
    """Codes of platforms by their codes and names as words are compared, and by those that were answered."""
    codes = labels.codes("platform.")
    known = {fold(labels.text(code, lang)): code.partition(".")[2] for code in codes for lang in labels.LANGUAGES}
    known |= {fold(code.partition(".")[2]): code.partition(".")[2] for code in codes}
    return known | {fold(name): code for name, code in given.platforms.items()}


def _unknown_platforms(cells: Sequence[_Cell], platforms: Mapping[str, str]) -> list[Remark]:
    lacking = [one for one in cells if platforms and not platforms[one.keys.get("platform", "")]]
    return [Remark("platform", {"place": one.place, "text": normal_form(one.keys["platform"])}) for one in lacking]


def _doubled(records: Sequence[Mapping[str, object]]) -> list[Remark]:
    """A fault for every second figure of one country, period and measure."""
    first: dict[tuple[object, ...], Mapping[str, object]] = {}
    faults = []
    for one in records:
        key = tuple(one[name] for name in ("entity", "period", "measure", "platform"))
        other = first.setdefault(key, one)
        if other is not one and one["entity"]:
            named = {"place": one["place"], "other": other["place"], "entity": one["entity"], "period": one["period"]}
            faults.append(Remark("doubled", {name: str(text) for name, text in named.items()}))
    return faults
