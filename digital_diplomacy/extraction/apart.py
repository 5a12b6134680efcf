"""Figures told apart that were read as one or in the wrong unit: ends of changes, years backwards, addresses."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any, Final

import pandas as pd

from digital_diplomacy.extraction.addresses import addressed
from digital_diplomacy.extraction.own_units import ROUNDED
from digital_diplomacy.extraction.parts import count_parts
from digital_diplomacy.extraction.table_units import of_parts, of_repeated, of_totals
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked, Row, by_sentence, in_order, mark
from digital_diplomacy.frames import records

_NUMERAL: Final = re.compile(r"\d(?:[\d.,\s\u00a0\u202f]*\d)?")
_BARE: Final = re.compile(rf"{_NUMERAL.pattern}(?:-\w{{2,3}})?")
"""A number without unit or scale, in Kazakh with its case: «38-ден 52 пайызға»."""
_CHANGED: Final = re.compile(
    r"(?:подорож|подешев|расшир|взлет|подск|урез|ускор|замедл|удлин|вырос|вырас|упал|упад|сниз|сократ|увелич|уменьш|возрос|повыс|повыш|подня|удво|довед|довел|дош)\w*\s(?:[^\W\d_]+\s){0,3}$",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"(?<!\d)(?P<first>1[5-9]\d\d|20\d\d)\s?[-–—]\s?(?P<second>1[5-9]\d\d|20\d\d)(?!\d)")
_APART: Final = re.compile(
    r"\b(?:difference|gap|distance|interval) between\b|(?<!\w)(?:различи\w+|разниц\w+|разрыв\w*|отличи\w+) между(?!\w)|"
    r"(?<!\w)(?:арасындағы|аралығындағы) (?:айырма|алшақтық)",
    re.IGNORECASE,
)
"""Two figures, and no range: "the gap between 54% and 61%"."""
_FROM: Final = re.compile(
    r"^(?:from|с|со|от|between|между)\s|арасындағы$|аралығындағы$|\d[^\d]*(?:[нтд][ае]н)\b", re.IGNORECASE
)
"""What makes a range the two ends of a change; "2,700 to 2,800" alone is one figure that leaves both open."""
_COUNTED_BELOW: Final = 1000


def told_apart(figures: pd.DataFrame, blocks: pd.DataFrame | None = None) -> pd.DataFrame:
    """The draft of claims with one row for each figure that a relation may name.

    "From 40 to 46 percent" is read as a range; where the sentence tells of a change it is two figures. A figure whose
    unit or scale stands behind another one ("from 2.4 to 3.1 million") gets it; its reading is then ``implied``. Two
    years in the wrong order are two dates. Dates inside web addresses become figures.

    Parameters
    ----------
    figures : DataFrame
        What ``scan`` returns.
    blocks : DataFrame, optional
        What ``sources.read_paper`` returns, for addresses.

    Returns
    -------
    DataFrame
        The same columns, claim_ids counted anew in reading order.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import extraction, sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("The share rose from 40 to 46 percent.")
    >>> drafted = extraction.scan(sources.read_paper(path))
    >>> drafted["as_printed"].tolist(), extraction.told_apart(drafted)["as_printed"].tolist()
    (['from 40 to 46 percent'], ['40', '46 percent'])
    >>> folder.cleanup()
    """
    document = str(figures["document"].iloc[0]) if len(figures) else "NEW"
    said = [_apart(rows) for rows in by_sentence(records(figures))]
    for before, after in pairwise(said):
        _count_them(before, after)
        _count_what_grew(before, after)
    _count_the(said)
    count_parts(said)
    rows: list[Row] = [row for each in said for row in each]
    if blocks is not None:
        cells = records(blocks[blocks["kind"] == "cell"])
        for given in (of_totals, of_parts, of_repeated):
            given(rows, cells)
        rows += addressed(blocks, document)
    types = figures.dtypes.to_dict() if len(figures) else dict.fromkeys(("value", "low", "high"), float)
    frame = pd.DataFrame(rows, columns=figures.columns).astype(types)
    ordered = frame.sort_values(["start", "end"], kind="stable", ignore_index=True)
    return ordered.assign(claim_id=[f"{document}-{number:03}" for number in range(1, len(ordered) + 1)])


def _apart(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of one sentence, told apart."""
    for change in (_ends_of_changes, _years_backwards, _shared_units):
        rows = [{**row, "claim_id": str(place)} for place, row in enumerate(in_order(rows))]
        rows = change(rows, mark(rows))
    return rows


_THEM: Final = re.compile(
    r"\b(?:them|these|those|whom|which)\b|(?<!\w)(?:них|этих|которых|олардың|оның|бұлардың)(?!\w)", re.IGNORECASE
)


def _count_them(before: Sequence[Row], after: Sequence[Row]) -> None:
    """Give a bare number of "them" the unit of the only count in the sentence before: "612 diplomats. Of them 408"."""
    first, last = before[0], after[0]
    is_next = (
        first["paragraph"] == last["paragraph"]
        and int(str(last["sentence_number"])) - int(str(first["sentence_number"])) == 1
    )
    if not is_next or not any(row["unit"] == "items" for row in after) or not _THEM.search(str(last["sentence"])):
        return
    counts = [one for one in mark(before).figures if one.is_whole and one.unit not in DURATIONS]
    if len({one.unit for one in counts}) != 1 or counts[0].unit in ("items", "unstated", ""):
        return
    ordered = in_order(after)
    named = mark([{**row, "claim_id": str(place)} for place, row in enumerate(ordered)])
    for _, them, _ in named.find("of_them"):
        place = int(them["n"].claim_id)
        row = ordered[place]
        is_told_here = any(one.is_whole for one in named.figures[:place])  # "5,480 complaints, of which 3,562"
        if row["unit"] == "items" and not is_told_here and isinstance(row, dict):
            row["unit"] = counts[0].unit
            for one in named.figures[place + 1 :]:
                other = ordered[int(one.claim_id)]
                is_part = _SHARED_BEHIND.match(named.plain, named.place(one) + 1) is not None
                if is_part and other["unit"] == "items" and not other["counted"] and isinstance(other, dict):
                    other["unit"] = counts[0].unit


_SHARED_BEHIND: Final = re.compile(
    r"(?:-[^\W\d_]{1,4})?\s*(?:\(|,\s*)(?:(?:or|или|яғни|немесе)\s+)?[\ue000-\uf0ff]\s*(?:%|per ?cent|проц|пайыз)"
)
"""Behind a further part of what "them" are: "5,980 (or 23 %)"."""


def _count_what_grew(before: Sequence[Row], after: Sequence[Row]) -> None:
    """Give a bare number that something grew to the unit of the only count in the sentence before."""
    if not any(row["unit"] == "items" and not row["counted"] for row in after):
        return
    ordered = in_order(after)
    named = mark([{**row, "claim_id": str(place)} for place, row in enumerate(ordered)])
    for _, grown, _ in named.find("grown_to"):
        row = ordered[int(grown["b"].claim_id)]
        counts = [one for one in mark(before).figures if one.is_whole and one.unit not in (*DURATIONS, "unstated", "")]
        if row["unit"] == "items" and not row["counted"] and len(counts) == 1 and isinstance(row, dict):
            row["unit"] = counts[0].unit


_LEAST_RECALLED: Final = 20
_THE: Final = re.compile(
    r"(?:\bof (?:the|these|those|all|all the)|(?<!\w)из (?:этих|всех|тех|опрошенных))\s+$", re.IGNORECASE
)


def _count_the(said: Sequence[Sequence[Row]]) -> None:
    """Give the numbers of "168 of the 480" the unit that 480 had when they were told."""
    told: dict[float | None, str] = {}
    for rows in said:
        bare = [row for row in rows if row["unit"] == "items" and not row["counted"] and not pd.isna(row["value"])]
        if any(float(str(row["value"])) in told for row in bare):
            ordered = in_order(rows)
            named = mark([{**row, "claim_id": str(place)} for place, row in enumerate(ordered)])
            for _, parts, _ in named.find("n_of_m"):
                part, whole = (ordered[int(parts[name].claim_id)] for name in ("n", "m"))
                unit = told.get(parts["m"].value)
                is_the = whole in bare and _THE.search(named.text, 0, parts["m"].start) is not None
                for row in (part, whole):
                    if unit and is_the and row in bare and isinstance(row, dict):
                        row["unit"] = unit
        for row in rows:
            is_count = row["unit"] not in (*DURATIONS, "items", "percent", "unstated", "", "date", "rank", "times")
            if is_count and not pd.isna(row["value"]) and float(str(row["value"])) >= _LEAST_RECALLED:
                told[float(str(row["value"]))] = str(row["unit"])


def _ends_of_changes(rows: Sequence[Row], said: Marked) -> Sequence[Row]:
    """Ranges in a sentence of a change as two figures each."""
    is_apart = _APART.search(said.text) is not None
    is_told = is_apart or any(said.has(way) for way in ("up", "down", "altered"))
    if not is_told and all(one.unit != "times" for one in said.figures):
        return rows
    return [end for row in rows for end in (_two_ends(row) if _is_change(row) else [row])]


def _is_change(row: Row) -> bool:
    is_range = row["reading"] == "number" and pd.isna(row["value"]) and not pd.isna(row["low"])
    if not is_range or row["unit"] == "years" or len(_NUMERAL.findall(str(row["as_printed"]))) != 2:
        return False
    return _FROM.search(str(row["as_printed"])) is not None


def _two_ends(row: Row) -> Iterator[Row]:
    numerals = list(_NUMERAL.finditer(str(row["as_printed"])))
    text, start = str(row["as_printed"]), int(str(row["start"]))
    word = _SCALE.match(text, numerals[0].end())
    scaled = word.end() if word else numerals[0].end()
    for name, first, last in (("low", numerals[0].start(), scaled), ("high", numerals[1].start(), len(text))):
        value = float(str(row[name]))
        low, high = _rounded(numerals[name == "high"].group(), value, str(row["unit"]))
        is_bare = name == "low" and scaled == numerals[0].end() and abs(_number(numerals[0].group()) - value) > 1e-9
        yield {
            **row, "as_printed": text[first:last].rstrip(), "start": start + first,
            "end": start + first + len(text[first:last].rstrip()), "value": value, "low": low, "high": high,
            "reading": "implied" if is_bare else "number", "bound": "exact",
        }  # fmt: skip


_SCALE: Final = re.compile(
    r"\s*(?:[^\W\d_]*[%.]|[^\W\d_]*(?:млн|млрд|тыс|mill|bill|thous|мың)[^\W\d_]*\.?)", re.IGNORECASE
)
"""A sign or word of scale behind the first of two numerals: "40% to 46%", "2 million to 3 million"."""


def _number(numeral: str) -> float:
    """A numeral's number, by the usual meaning of its marks."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", numeral)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare) and not bare.startswith("0"):
        return float(re.sub(r"[.,]", "", bare))
    return float(bare.replace(",", ".")) if bare.count(",") + bare.count(".") <= 1 else float(re.sub(r"\D", "", bare))


def _rounded(numeral: str, value: float, unit: str) -> tuple[float, float]:
    """Half a unit of the last digit around a value that a numeral and its scale stand for."""
    number = _number(numeral)
    scale = value / number if number else 1.0
    decimals = len(re.split(r"[.,]", numeral)[-1]) if number % 1 or number != float(re.sub(r"\D", "", numeral)) else 0
    if decimals == 0 and abs(value) < _COUNTED_BELOW and unit not in ROUNDED and scale == 1:
        return value, value
    half = scale * 10.0**-decimals / 2
    return round(value - half, 9), round(value + half, 9)


def _years_backwards(rows: Sequence[Row], said: Marked) -> Sequence[Row]:
    """Two years joined by a dash in the wrong order as two dates."""
    made: list[Row] = []
    gone: set[str] = set()
    offset = int(rows[0]["start"]) - said.figures[0].start
    for match in _YEARS.finditer(said.text):
        inside = [int(one.claim_id) for one in said.figures if match.start() < one.end and one.start < match.end()]
        if inside and match["first"] > match["second"]:
            gone |= {rows[place]["claim_id"] for place in inside}
            made += [_dated(rows[inside[0]], match[name], offset + match.start(name)) for name in ("first", "second")]
    return [*made, *(row for row in rows if row["claim_id"] not in gone)]


def _dated(row: Row, year: str, start: int) -> Row:
    return {
        **row, "value": None, "low": None, "high": None, "value_date": year, "unit": "date", "measure": "date",
        "as_printed": year, "reading": "date", "bound": "exact", "kind": "date", "period": "",
        "start": start, "end": start + len(year),
    }  # fmt: skip


_ABOVE: Final = 2
"""Times up to which a part that exceeds its whole is taken for a misprint."""


def _shared_units(rows: Sequence[Row], said: Marked) -> Sequence[Row]:
    """Numbers without a unit or scale of their own that stand before one that has both."""
    changed = {str(row["claim_id"]): dict(row) for row in rows}
    falls = bool(said.has("down")) and not said.has("up")
    for rule in ("from_to", "span"):
        for _, named, _ in said.find(rule):
            _share(changed, named["a"], named["b"], falls=falls)
    for one in _unbounded(said):
        _end_of_span(changed[one.claim_id], is_changed=_CHANGED.search(said.text, 0, one.start) is not None)
    parts: set[str] = set()
    for _, named, _ in sorted(said.find("n_of_m"), key=lambda pair: abs(pair[1]["m"].start - pair[1]["n"].start)):
        if named["n"].claim_id not in parts and _may_be_part(named["n"], named["m"]):
            parts.add(named["n"].claim_id)
            _count_alike(changed, named["m"], named["n"])
    for pair in [named for rule in ("from_to", "against") for _, named, _ in said.find(rule)]:
        if any(one.counted and _WITH_NOUN.search(other.printed) for one, other in permutations((pair["a"], pair["b"]))):
            continue  # "2,000 hotels, now 3,000 users"
        is_count = pair["b"].is_whole and pair["b"].unit not in DURATIONS
        steps = [by["c"] for _, by, _ in said.find("by") if is_count and by["c"].is_whole]
        _count_alike(changed, pair["b"], pair["a"], *steps)
    return list(changed.values())


_WITH_NOUN: Final = re.compile(r"[^\W\d_]{3,}$")


def _may_be_part(part: Figure, whole: Figure) -> bool:
    """Whether a number may be part of another: no towns of people, and "82 villages of two provinces" are none."""
    is_of_it = part.counted in ("", whole.counted) and part.is_whole and whole.is_whole
    return is_of_it and (part.value or 0) <= (whole.value or 0) * _ABOVE


def _end_of_span(row: dict[Hashable, Any], *, is_changed: bool) -> None:
    """Take a word of bound from a figure that is the end of a span."""
    row["bound"] = "exact"
    printed = str(row["as_printed"])
    led = None if is_changed else _LED.match(printed)
    if led is not None:
        row.update(as_printed=printed[led.end() :], start=int(row["start"]) + led.end())


_LED: Final = re.compile(r"до\s+(?=\d)")
"""A word that here only opens the end of a span."""


_NEAR: Final = 30
_DEADLINE: Final = re.compile(
    r"\b(?:submi(?:t|tted|ssions?)|appl(?:y|ications?)|regist(?:er|ration)|nominations?|carried out|conducted|lasted|"
    r"ran)\b|"
    r"(?<!\w)(?:заявк\w*|подать|подач\w*|регистраци\w*|прислать|проводил\w*|продлил\w*|шла|ш[её]л)(?!\w)|"
    r"(?<!\w)(?:өтінім\w*|тірке\w*|жүргізіл\w*|жалғас\w*)(?!\w)",
    re.IGNORECASE,
)
"""Words of what goes on until a day, or is due on it."""


def _unbounded(said: Marked) -> Iterator[Figure]:
    """Figures whose words of bound say something else here."""
    for one in said.figures:
        if one.printed.startswith("до ") and _CHANGED.search(said.text, 0, one.start):
            yield one  # «упала до 27,7 %» is there, not below it
        if one.is_date and _DEADLINE.search(
            re.split(r";\s", said.text[: one.start])[-1] + said.text[one.end :][:_NEAR]
        ):
            yield one  # "to be submitted by 30 November" sets the day itself
    for rule in ("from_to", "against", "more_than"):
        for _, named, _ in said.find(rule):
            yield from named.values()  # "дейін" ends the span here


def _count_alike(rows: Mapping[str, dict[Hashable, Any]], *alike: Figure) -> None:
    """Give numbers of nothing in particular the unit of the first of those they are set against that has one."""
    units = (str(rows[one.claim_id]["unit"]) for one in alike)
    told = next((unit for unit in units if unit not in ("percent", "items", "rank", "times", "years")), "items")
    for one in alike:
        if rows[one.claim_id]["unit"] == "items":
            rows[one.claim_id]["unit"] = told


def _share(rows: Mapping[str, dict[Hashable, Any]], bare: Figure, full: Figure, *, falls: bool) -> None:
    """Give a bare numeral the unit of another, and its scale if the two would otherwise be thousands of times apart.

    The scale holds for both ends where they then rise, or fall if the sentence says so: "from 2 to 3 million". "From
    900 to 3 million" would fall from 900 million; its 900 stays as printed, and is ``implied``: a reviewer must look.
    """
    printed = _NUMERAL.search(full.printed)
    if bare.counted or _BARE.fullmatch(bare.printed) is None:
        return
    if bare.value is None or full.value is None or printed is None:
        return
    number = _number(printed.group())
    scale = full.value / number if number else 1.0
    numeral, value = _NUMERAL.findall(bare.printed)[0], bare.value
    is_bare = scale >= 1000 and value == _number(numeral)
    is_near = number > 0 and 1 / _FAR < value / number < _FAR
    is_shared = is_bare and (is_near or (value > number if falls else value < number))
    if is_shared:
        value *= scale
    if bare.unit == full.unit and value == bare.value:
        return
    low, high = _rounded(numeral, value, full.unit)
    rows[bare.claim_id].update(value=value, low=low, high=high, unit=full.unit)
    if is_bare:
        rows[bare.claim_id]["reading"] = "implied"


_FAR: Final = 5
"""Times by which two numerals of one scale hardly differ: «с 13,2 до 12,4 млн» is of millions, whatever else grew."""
