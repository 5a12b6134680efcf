"""From the blocks of a paper to a draft of the table of claims."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final, NamedTuple, TypeAlias

import pandas as pd

from digital_diplomacy.extraction.context import Context, measure
from digital_diplomacy.extraction.counting import units_of
from digital_diplomacy.extraction.dating import ages_told, lives, with_implied, year_told
from digital_diplomacy.extraction.four_digits import counted, counts
from digital_diplomacy.extraction.groups import without_groups
from digital_diplomacy.extraction.habits import habit
from digital_diplomacy.extraction.heads import is_of_percent
from digital_diplomacy.extraction.lists import Length, is_title, lengths, row_numbers, told_lengths, unmarked
from digital_diplomacy.extraction.masks import citation_years, masked
from digital_diplomacy.extraction.own_units import ROUNDED, Around, governed, is_small
from digital_diplomacy.extraction.scales import scale_named, scaled, without_scale
from digital_diplomacy.extraction.sentences import Sentence, language, sentences
from digital_diplomacy.extraction.tokens import MONEY
from digital_diplomacy.extraction.units import is_in_percent, unit_named
from digital_diplomacy.frames import records
from digital_diplomacy.printed import Convention, Found, Printed, find

COLUMNS: Final = (
    "claim_id", "document", "locator", "entity", "measure", "platform", "period", "value", "value_date", "low",
    "high", "unit", "bound", "as_printed", "reading", "kind", "language", "sentence", "start", "end", "paragraph",
    "sentence_number", "table", "row", "column", "in_references", "role", "counted",
)  # fmt: skip

Block: TypeAlias = Mapping[Hashable, Any]
"""A row of what ``sources.read_paper`` returns."""

_IN: Final = re.compile(
    r"\s?(?:%|per ?cent|проц\w*\.?)?\s?(?:in|for|by|during|в|во|за|к|на)?\s?(?:the |early |late )?", re.IGNORECASE
)


class _Said(NamedTuple):
    """A sentence of a block with what it takes to read it: its text as it may be read, and the lengths of lists."""

    block: Block
    sentence: Sentence
    plain: str
    language: str
    number: int
    lengths: tuple[Length, ...] = ()
    is_of_kinds: bool = False
    """Whether another column of its table names what it counts and its own names something else than the caption."""


def scan(blocks: pd.DataFrame, *, document: str = "NEW") -> pd.DataFrame:
    """Every printed figure and date of a paper as a draft of the table of claims, in reading order.

    Parameters
    ----------
    blocks : DataFrame
        What ``sources.read_paper`` returns: one row a paragraph, heading, list item, footnote or cell.
    document : str
        The document's id.

    Returns
    -------
    DataFrame
        ``COLUMNS``. value, low and high are numbers in ``unit`` (both ends of a printed range stand in low and high,
        with value missing), value_date and period ISO 8601. ``reading`` is number, date, implied (an idiom or the
        sentence says it) or refused (digits with several meanings: no value). start and end are offsets in the texts
        of all blocks joined by line feeds. entity, measure, platform, period and kind are guesses from the sentence.
        ``role`` tells what a reviewer may want first: ``figure``; ``length``, the number or ordinal that closes a list;
        ``period``, a date beside a figure of its sentence that it dates; ``citation``, the year of a source named in
        the text; ``reference``, anything in a list of references. in_references holds for the last two.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import extraction, sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("In 2023 the network had 11.85 million users, 60.8 % of the population.")
    >>> extraction.scan(sources.read_paper(path))[["claim_id", "as_printed", "value", "low", "high", "unit"]]
      claim_id           as_printed       value          low         high     unit
    0  NEW-001                 2023         NaN          NaN          NaN     date
    1  NEW-002  11.85 million users  11850000.0  11845000.00  11855000.00    users
    2  NEW-003               60.8 %        60.8        60.75        60.85  percent
    >>> folder.cleanup()
    """
    said = list(_sentences(blocks))
    conventions = _conventions(said)
    rows: list[dict[str, object]] = []
    year, money = None, ""
    for one in said:
        found = _found(one, conventions[one.language], year)
        made = list(_rows(one, found, _told_before(rows, one), money, _last_told(rows, one)))
        rows += made
        money = next((str(row["unit"]) for row in reversed(made) if _is_sum(row)), money)
        dates = [told for finding in found if (told := year_told(finding)) is not None]
        year = dates[-1] if dates and not one.block["in_references"] else year
    frame = pd.DataFrame(rows, columns=COLUMNS[2:])
    frame.insert(0, "document", document)
    frame.insert(0, "claim_id", [f"{document}-{number:03}" for number in range(1, len(frame) + 1)])
    for name in ("value", "low", "high"):
        frame[name] = frame[name].astype(float)
    return frame.assign(table=frame["table"].astype("Int64").astype(object))


def _sentences(blocks: pd.DataFrame) -> Iterator[_Said]:
    main = _main_language(blocks)
    numbered = row_numbers(blocks)
    listed = lengths(blocks, numbered)
    split = [
        (index, block, sentence, plain)
        for index, block in zip(blocks.index, records(blocks), strict=True)
        for sentence, plain in _split(block, is_row_number=index in numbered)
    ]
    cells = blocks[blocks["kind"] == "cell"]
    told_of = cells[cells["row_header"] != ""]
    kinds = {table: frozenset(heads) for table, heads in told_of.groupby("table")["column_header"]}
    told = told_lengths([plain for _, _, _, plain in split])
    for place, (index, block, sentence, text) in enumerate(split):
        of_list = listed.get(index, []) if sentence.start == 0 else []
        of_words = [told[place]] if place in told else []
        plain = ages_told(masked(text))
        lang, column = language(plain, main), str(block["column_header"])
        is_of_kinds = bool(column) and _is_of_kinds(block, kinds.get(block["table"], frozenset()), main)
        yield _Said(block, sentence, plain, lang, place + 1, (*of_list, *of_words), is_of_kinds)


def _is_of_kinds(block: Block, others: frozenset[str], lang: str) -> bool:
    column = str(block["column_header"])
    if unit_named([str(block["caption"])], lang) in MONEY or is_of_percent(str(block["caption"])):
        return False
    if _ONLY_NUMBER.fullmatch(column):
        return False
    is_named = re.search(r"[^\W\d_]{3,}", column) is not None and unit_named([column], lang) is None
    return is_named and any(unit_named([other], lang) not in (None, "percent") for other in others if other != column)


_ONLY_NUMBER: Final = re.compile(r"\W*(?:number|count|число|количество|кол-во|саны)\W*", re.IGNORECASE)
"""Heads that say only that something is counted; what it is, the caption says."""


def _split(block: Block, *, is_row_number: bool) -> Iterator[tuple[Sentence, str]]:
    """The sentences of a block, each with its text as it may be read."""
    whole = str(block["text"])
    text = without_scale(unmarked(block, is_row_number=is_row_number), str(block["kind"]))
    for start, end, said in sentences(text):
        yield Sentence(start, end, whole[start:end]), said


def _main_language(blocks: pd.DataFrame) -> str:
    """The language most characters of the paper's paragraphs are in."""
    sizes: Counter[str] = Counter()
    for text in blocks["text"]:
        letters = sum(character.isalpha() for character in str(text))
        if letters:  # a cell of digits has no language
            sizes[language(masked(str(text)))] += letters
    sizes.setdefault("en", 0)
    return max(sizes, key=sizes.__getitem__)


def _conventions(said: Sequence[_Said]) -> dict[str, Convention]:
    texts: dict[str, list[str]] = defaultdict(list)
    for one in said:
        texts[one.language].append(one.plain)
    return {lang: habit(of, lang) for lang, of in texts.items()}


def _found(said: _Said, convention: Convention, year: int | None) -> list[Found]:
    """Figures of a sentence in order, with what only the paper around it tells."""
    text = said.sentence.text
    found = counted(find(said.plain, convention=convention), said.plain, said.language)
    found = [_with_article(one, said.plain) for one in found]
    found = without_groups(lives(found, text), said.plain, said.block)
    found = with_implied(found, said.plain, said.language, year)
    if said.block["kind"] == "cell":
        if unit_named([str(said.block["column_header"])], said.language):
            found = counts(found)
        if not _is_name_of_row(said.block):
            found = scaled(found, scale_named(_headers(said.block)), is_head=_is_head(said.block))
    listed = [_counted(one, text) for one in said.lengths]
    kept = [one for one in found if not any(one.overlaps(other.start, other.end) for other in listed)]
    return sorted([*kept, *listed], key=lambda one: one.start)


def _with_article(one: Found, text: str) -> Found:
    """A finding that begins with a bare hundred, with the "a" before it: "a hundred years"."""
    is_bare = one.figure is not None and _HUNDRED.match(one.text) is not None
    if not is_bare or text[max(0, one.start - 2) : one.start].casefold() != "a ":
        return one
    return replace(one, start=one.start - 2, text=text[one.start - 2 : one.end])


_HUNDRED: Final = re.compile(r"(?:hundred|thousand|million|billion)\b", re.IGNORECASE)


def _counted(length: Length, text: str) -> Found:
    value = (Decimal(length.size),) * 7
    figure = Printed(text[length.start : length.end], *value, last_digit=Decimal(1), unit="items")
    return Found(length.start, length.end, figure.text, figure, is_implied=length.is_told)


def _told_before(rows: Sequence[Mapping[str, object]], said: _Said) -> tuple[tuple[str, float], ...]:
    """Counts told in the paragraph of a sentence, the last first, which its bare numbers may be of."""
    if said.block["kind"] == "cell":
        return ()
    near = takewhile(lambda row: row["paragraph"] == said.block["paragraph"], reversed(rows))
    return tuple(
        (str(row["unit"]), float(str(row["value"])))
        for row in near
        if row["unit"] in _TOLD and row["value"] is not None
    )


def _last_told(rows: Sequence[Mapping[str, object]], said: _Said) -> tuple[tuple[str, float, float], ...]:
    """What the sentence before, in the same paragraph, counts or measures: units, values, last printed digits."""
    if said.block["kind"] == "cell":
        return ()
    near = [
        row
        for row in takewhile(lambda row: row["paragraph"] == said.block["paragraph"], reversed(rows))
        if row["sentence_number"] == said.number - 1 and row["unit"] not in _UNTOLD and row["value"] is not None
    ]
    return tuple((str(row["unit"]), float(str(row["value"])), _last_digit(str(row["as_printed"]))) for row in near)


def _last_digit(printed: str) -> float:
    """A tenth for a number with decimals and no scale, else one."""
    return 0.1 if re.search(r"\d[.,]\d{1,2}(?!\d)", printed) and not _SCALED.search(printed) else 1.0


_SCALED: Final = re.compile(r"тыс|млн|млрд|трлн|мың|thousand|million|billion|trillion|\d\s?[kKmMb]\b", re.IGNORECASE)
_UNTOLD: Final = ("date", "percentage_points", "times", "rank", "places")
"""Units that no later sentence goes on telling without a word."""


def _is_sum(row: Mapping[str, object]) -> bool:
    return row["unit"] in MONEY and row["value"] is not None and float(str(row["value"])) >= _LARGE_SUM


_LARGE_SUM: Final = 1e6
"""Money from which a paper is taken to tell sums: a bare number of billions in it is money."""
_TOLD: Final = (
    "items", "persons", "users", "followers", "respondents", "authors", "appeals", "messages", *MONEY,
)  # fmt: skip
"""Units of counts whose noun a later sentence leaves out."""


def _rows(
    said: _Said,
    found: Sequence[Found],
    told: tuple[tuple[str, float], ...],
    money: str,
    last: tuple[tuple[str, float, float], ...],
) -> Iterator[dict[str, object]]:
    if not found:
        return
    drops_caption = said.is_of_kinds and not is_in_percent(str(said.block["caption"]))
    heads = tuple(_headers(said.block))[: -1 if drops_caption else None]
    units = units_of(found, said.sentence.text, Around(said.language, heads, told, money, last))
    context = Context.of(said.sentence.text, " ".join(str(said.block[name]) for name in _HEADS))
    has_figure = _is_dating(said) or any(one.figure is not None and one.figure.unit != "rank" for one in found)
    cited = citation_years(said.sentence.text)
    for place, (one, unit) in enumerate(zip(found, units, strict=True)):
        in_list = bool(said.block["in_references"])
        is_cited = any(a <= one.start and one.end <= b for a, b in cited)
        if in_list and one.date is None:
            continue
        is_length = any((one.start, one.end) == (length.start, length.end) for length in said.lengths)
        role = (
            "length"
            if is_length
            else "reference"
            if in_list
            else "citation"
            if is_cited
            else "period"
            if one.date is not None and has_figure  # it only dates a figure of its sentence, its column or below
            else "figure"
        )
        placed = {"in_references": in_list or is_cited, "role": role, "counted": _counted_word(one, said)}
        yield _row(one, unit, said) | _guessed(found, place, unit, said, context) | placed


def _is_dating(said: _Said) -> bool:
    """Whether dates of a sentence only date what stands below or beside it: in heads, titles and notes on the data."""
    is_name = said.block["kind"] == "cell" and not said.block["row_header"]
    return is_name or _is_head(said.block) or is_title(said.block) or _OF_DATA.search(said.sentence.text) is not None


_OF_DATA: Final = re.compile(
    r"^\W*(?:данные|показатели|цифры|сведения)\s(?:за|на|по)\b|^\W*(?:figures|data|values)\s(?:for|of|as)\b|"
    r"(?<!\w)жыл(?:ғы|дың)\s(?:деректер|көрсеткіштер|мәліметтер)(?!\w)|"
    r"\bas (?:at|of)\b|по состоянию на|жағдай бойынша|күнгі жағдай",
    re.IGNORECASE,
)
"""Sentences whose dates are those of the data of the paper: "Figures for 2023 are provisional"."""


def _counted_word(one: Found, said: _Said) -> str:
    if one.figure is None or one.figure.unit or one.date is not None:
        return ""
    head = governed(one, said.sentence.text, said.language)
    return "" if head is None else head.word


def _is_head(block: Block) -> bool:
    """Whether a cell is the head of its column."""
    is_first = block["kind"] == "cell" and not block["column_header"] and int(block["table_row"]) == 1
    return bool(block["is_head"]) or is_first


def _is_name_of_row(block: Block) -> bool:
    """Whether a cell names its row: the scale of a table is not that of «18–29 лет»."""
    text = str(block["text"])
    return not block["row_header"] and not scale_named([text]) > 1 and _NOUN.search(text) is not None


_NOUN: Final = re.compile(r"\d\W+[^\W\d_]{3,}")


def _headers(block: Block) -> list[str]:
    return [str(block[name]) for name in ("column_header", "row_header", "caption")]


def _row(one: Found, unit: str, said: _Said) -> dict[str, object]:
    block, sentence = said.block, said.sentence
    offset = int(str(block["start"])) + sentence.start
    return {
        "locator": block["locator"],
        "unit": unit,
        "as_printed": sentence.text[one.start : one.end],
        "language": said.language,
        "sentence": sentence.text,
        "start": offset + one.start,
        "end": offset + one.end,
        "paragraph": block["paragraph"],
        "sentence_number": said.number,
        "table": block["table"],
        "row": block["row_header"],
        "column": block["column_header"],
    } | _values(one, unit)


def _values(one: Found, unit: str) -> dict[str, object]:
    empty: dict[str, object] = {"value": None, "value_date": "", "low": None, "high": None, "bound": "exact"}
    if one.date is not None:
        return empty | {
            "value_date": one.date.period,
            "bound": one.date.bound,
            "reading": "implied" if one.is_implied else "date",
        }
    if one.figure is None:
        return empty | {"reading": "refused"}
    figure = one.figure
    low, high = figure.ends or _limits(figure, unit)
    value = None if figure.ends else figure.value
    return empty | {
        "value": value,
        "low": low,
        "high": high,
        "bound": figure.bound,
        "reading": "implied" if one.is_implied else "number",
    }


def _limits(figure: Printed, unit: str) -> tuple[Decimal, Decimal]:
    """The rounding interval; whole numbers of things below a thousand are counted, in digits and in words alike."""
    is_counted = is_small(figure) and unit not in ROUNDED and figure.bound != "about"
    return (figure.value, figure.value) if is_counted else (figure.low, figure.high)


def _guessed(found: Sequence[Found], place: int, unit: str, said: _Said, context: Context) -> dict[str, object]:
    one = found[place]
    value = float(one.figure.value) if one.figure is not None else None
    on, code = context.platform(one.start, one.end), context.kind(unit, value, one.start)
    told = "" if one.date is not None else _period(found, place, said.sentence.text, said.language)
    period = "" if one.date is not None else told or _period_of_heads(said)
    return {
        "entity": context.entity(one.start, one.end),
        "platform": on,
        "measure": measure(unit, code, on),
        "period": period,
        "kind": code,
    }


_HEADS: Final = ("row_header", "column_header", "caption")


def _period(found: Sequence[Found], place: int, text: str, lang: str = "en") -> str:
    """The date right behind a figure ("12 % in 2018"), else the one told last before it, else the first behind it.

    Kazakh dates stand before what they date: «2022 жылғы 64,0 мыңнан 2023 жылы 72,0 мыңға дейін».
    """
    is_dated = lang == "kk" and any(one.date is not None for one in found[:place])
    behind = next((one for one in found[place + 1 : place + 2] if one.date is not None), None)
    if (
        not is_dated
        and behind is not None
        and behind.date is not None
        and _IN.fullmatch(text[found[place].end : behind.start])
    ):
        return behind.date.period
    order = [*range(place - 1, -1, -1), *range(place + 1, len(found))]
    return next((date.period for other in order if (date := found[other].date) is not None), "")


def _period_of_heads(said: _Said) -> str:
    """The one date that the head of a column or row names."""
    for name in ("column_header", "row_header"):
        periods = _periods(str(said.block[name]), said.language)
        if len(periods) == 1:
            return periods[0]
    return ""


@lru_cache(maxsize=1 << 12)
def _periods(text: str, lang: str) -> tuple[str, ...]:
    return tuple(one.date.period for one in find(text, convention=Convention.of(lang)) if one.date is not None)
