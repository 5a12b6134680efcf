"""Drafts of stated lengths of lists against the entries that follow: in the sentence, in brackets, or as items."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from digital_diplomacy.drafting.parallel import verbs_listed
from digital_diplomacy.drafting.told_lists import OPENS, by_clauses, told
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_LONGEST: Final = 30
"""Entries up to which a list is counted."""
FOLLOWING: Final = 100
"""Paragraphs and items looked at behind a sentence."""
_WORDS: Final = 9
"""Words an entry of a list may have within a sentence; longer ones are clauses."""
_REACH: Final = 60
"""Characters between the number and the noun it counts, and between that and what opens the list."""
_NUMBERED: Final = re.compile(r"(?:^|[\s(:;,])(?:\(?(\d{1,2})[).]\)?|([a-zа-яәғқңөұүһі])\))\s")
_PARAGRAPHS: Final = 30
"""Paragraphs looked at for the ordinals that open the points of a list."""
_AT_LAST: Final = re.compile(r"\W*(?:наконец|finally|соңында|and|и|және),?\s+", re.IGNORECASE)
_NAME: Final = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'.-]*(?: [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'.-]*){0,3}"
_AT_ONCE: Final = re.compile(
    r"(?:[\s-]+[^\W\d_][\w’'-]*){0,3}(?:(?:\s+[^\W\d_][\w’'-]*){0,3}\s[\uf100-\uf8ff](?:\s+[^\W\d_][\w’'-]*)?)?:(?=\s|$)"
)
_DASHED: Final = re.compile(
    r"(?:[\s-]+[^\W\d_][\w’'-]*){0,4}\s[–—]\s(?P<list>(?:[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}, )+"
    r"[^,;:()–—\ue000-\uf8ff]{1,60}?)(?:\s[–—]\s|\.?\s*$)"
)
"""Short entries between two dashes, or behind one that ends the sentence: "four aims – reach, talk, aid, trust"."""
_LEAST_DASHED: Final = 3
_FEW: Final = 12
_DURATIONS: Final = ("years", "months", "weeks", "days")
"""Units of numbers that may stand between a list's length and the list: "four priorities for the next three years:"."""
_NAMES_BEFORE: Final = 600
"""Characters before a number within which the names it counts stand."""
_NOTED: Final = re.compile(r"\s*\([^()]*[\ue000-\uf8ff][^()]*\)")
"""What brackets tell of an entry: "Kazakh (61 %)", «подготовительный (2025–2026 гг.)»."""
_CLOSED: Final = re.compile(r"[.:;]?\s*$")


def lengths(said: Marked, following: list[dict[str, Any]], rest: str = "") -> Iterator[Draft]:
    """A number of things with a noun that lists are made of, and the entries behind it.

    Parameters
    ----------
    said : Marked
        A sentence.
    following : list of dict
        The blocks behind it, if it ends its paragraph.
    rest : str
        What follows it in its paragraph.

    Returns
    -------
    iterator of Draft
        Of kind ``list_length``.
    """
    for number in said.figures:
        if number.role == "length" and number.value is not None:
            yield Draft("list_length", (number,), (), "list_end", number.printed, constant=int(number.value))
            continue
        if not number.is_whole or number.table or not 2 <= (number.value or 0) <= _LONGEST or number.bound != "exact":
            continue
        place = said.place(number)
        before = _told_before(said, number, place)
        if before is not None:
            yield before
            continue
        noun = _noun(said, place)
        made = (
            _told_at_once(said, number, place, following) if noun is None else _counted(said, number, noun, following)
        )
        first = next(iter([*_dashed(said, number, place), *made]), None)
        if first is not None:
            why, words, count = first
            yield Draft("list_length", (number,), (), why, words, constant=count)
        else:
            yield from told(said, number, rest)


def _told_before(said: Marked, number: Figure, place: int) -> Draft | None:
    """Names that a number behind them counts: "Georgia and Peru, both of which", «Перу, Чад и Мали, все три»."""
    (joined,) = patterns("conjunction", said.language)
    listed = re.compile(
        rf"(?P<list>{_NAME}(?:, {_NAME})*,? (?:{joined.pattern}) {_NAME}),?\s+(?:all |все |(?:the )?)?$", re.UNICODE
    ).search(said.plain[max(0, place - _NAMES_BEFORE) : place])
    is_of_them = re.match(r"\s+(?:of (?:which|whom|them)|из (?:них|которых))\b|\s*де\b", said.plain[place + 1 :])
    if listed is None or is_of_them is None:
        return None
    count = entries(listed["list"], said.language, stated=int(number.value or 0))
    words = f"{listed['list']}, {number.printed}"
    return None if count is None else Draft("list_length", (number,), (), "list_before", words, constant=count)


def _told_at_once(
    said: Marked, number: Figure, place: int, following: list[dict[str, Any]]
) -> Iterator[tuple[str, str, int]]:
    """Entries behind a number, one or two words and a colon: "four neighbours: …"; any noun may be listed so."""
    opened = _AT_ONCE.match(said.plain, place + 1)
    if opened is None or (number.value or 0) > _FEW:
        return
    if opened.group() == ":" and " " not in number.printed.strip() and not _named_before(said, number, place):
        return  # "three:" names nothing that is listed
    listed = said.plain[opened.end() :]
    if opened.group() == ":" and "(" in listed:
        return
    if not listed.strip():
        below, last = items(following, is_open=True)
        if below > 1:
            yield "list_items", f"{number.printed}{opened.group()} 1–{below}: {last}", below
        return
    if (told_by := _by_clauses(said, number)) > 1:
        yield "list_ordinals", f"{number.printed}{opened.group()} {told_by}", told_by
        return
    count = entries(listed, said.language, stated=int(number.value or 0))
    is_sure = _is_of_names(listed) and not _is_ended(listed, said.language, int(number.value or 0))
    if count is not None and count > 1 and (count == number.value or is_sure):
        yield "list_colon", f"{number.printed}{opened.group()} {listed.strip()}", count


def _is_ended(listed: str, language: str, stated: int) -> bool:
    """Whether a semicolon ends a list of the stated length, and something else is told behind it."""
    first, _, more = listed.partition(";")
    plain = re.sub(r"\s?\([^()]*\)", "", first)
    told = (first.count(",") + 1, plain.count(",") + 1, entries(first, language, stated=stated))
    return "," in first and more != "" and stated in told


def _is_of_names(listed: str) -> bool:
    """Whether what stands behind a noun and a colon is a list, and no clause about what was counted."""
    if re.match("\\s*[\ue000-\uf0ff]", listed):
        return False  # a value is told of them: "over 20 ministries: 0.65; redrawn 0.43 to 0.85"
    if re.search(r";|(?:^|\s)\(?[\da-zа-я]\)\s", listed):
        return True
    return _CLAUSE.search(listed) is None


_CLAUSE: Final = re.compile(
    r"\b(?:they|it)\s|(?<!\w)(?:их|его|е[её])\s+\w+\s+\w+(?:[еёи]т|[уюая]т|л[аои]?)(?!\w)|(?<!\w)(?:они|он|она|оно)\s",
    re.IGNORECASE,
)


def _named_before(said: Marked, number: Figure, place: int) -> bool:
    """Whether what is listed stands before its number: «Этапов — три:», "The aims are two:", «міндет төртеу:»."""
    if said.language == "kk" and _COLLECTIVE.search(number.printed):
        return True
    return _NAMED_BEFORE[said.language].search(said.plain[:place]) is not None


_OF_THEM: Final = re.compile(
    r"(?:екеуі|үшеуі|төртеуі|бесеуі|алтауы|жетеуі|біреуі|сегізі|тоғызы|оны|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|один|одна|одно|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять)\b",
    re.IGNORECASE,
)
_COLLECTIVE: Final = re.compile(r"(?:екеу|үшеу|төртеу|бесеу|алтау|жетеу)", re.IGNORECASE)
_NAMED_BEFORE: Final = {
    "en": re.compile(
        r"[a-z]{3,}s\b[^\ue000-\uf8ff.;:()]{0,40}(?:\s[–—]|(?<!there )\b(?:are|were|number|"
        r"numbered))\s+(?:only |just )?$"
    ),
    "ru": re.compile(
        r"[а-яё]{3,}[^\ue000-\uf8ff.;:()]{0,40}\s[–—]\s(?:их |всего )?$|[а-яё]{2,}(?:ов|ев|ей|ий|"
        r"ач)\s+(?:всего |здесь )?$",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"[а-яёәғқңөұүһі]{3,}[^\ue000-\uf8ff.;:()]{0,40}\s[–—]\s$", re.IGNORECASE),
}


def _dashed(said: Marked, number: Figure, place: int) -> Iterator[tuple[str, str, int]]:
    opened = _DASHED.match(said.plain, place + 1)
    if opened and opened.group()[1] in "–—" and " " not in number.printed.strip():
        return  # "three – " names nothing that is listed
    count = entries(opened["list"], said.language, stated=int(number.value or 0)) if opened else None
    if opened is not None and count is not None and count >= _LEAST_DASHED:
        yield "list_colon", f"{number.printed}{opened.group()}", count


def _noun(said: Marked, place: int) -> int | None:
    """End of the noun behind a number that a list is of, or in front of it ("priorities, there are five")."""
    for pattern in patterns("list_noun", said.language):
        behind = re.compile(r"(?:[\s-]+[^\W\d_]+){0,3}?\s*").match(said.plain, place + 1)
        match = pattern.search(said.plain, place + 1, place + 1 + _REACH)
        if match and not re.search(r"[,;:()\ue000-\uf8ff]", said.plain[place + 1 : match.start()]):
            return match.end()
        before = list(pattern.finditer(said.plain, max(0, place - 25), place))
        if not before or behind is None:
            continue
        if re.fullmatch(r"[,\s–—-]*(?:их|их всего|всего)?\s*", said.plain[before[-1].end() : place]):
            return place + 1
    return None


def _counted(
    said: Marked, number: Figure, noun: int, following: list[dict[str, Any]]
) -> Iterator[tuple[str, str, int]]:
    rest = said.plain[noun:]
    bracket = re.match(r"[^\W\d_\s]*(?:\s+[^\W\d_][\w-]*){0,2}\s*\((?P<list>[^()]*)\)", rest)
    if bracket:
        count = entries(bracket["list"], said.language, stated=int(number.value or 0))
        if count is not None and count > 1:
            yield "list_brackets", f"{number.printed} … ({bracket['list']})", count
        return
    colon = re.search(r":|\.\.\.|…", rest)
    opened = rest[: colon.start()] if colon else rest
    if (
        any(said.at(one).unit not in _DURATIONS for one in re.findall(r"[\ue000-\uf0ff]", opened))
        or len(opened) > _REACH * 2
    ):
        return
    if colon and rest[colon.end() :].strip():
        listed = rest[colon.end() :]
        stated = int(number.value or 0)
        if (told_by := _by_clauses(said, number)) > 1:
            yield "list_ordinals", f"{number.printed} … {told_by}", told_by
            return
        of_verbs = verbs_listed(listed, said.language, stated=stated)
        count = of_verbs or entries(listed, said.language, stated=stated)
        is_names = _is_of_names(listed) and not _is_ended(listed, said.language, stated)
        is_sure = of_verbs is not None or is_names
        if count is not None and count > 1 and (count == number.value or is_sure):
            yield "list_colon", f"{number.printed} …: {listed.strip()}", count
    elif said.text.rstrip().endswith((":", ".")) and (colon or len(opened) < _REACH):
        count, last = items(following, is_open=bool(colon))
        if count > 1:
            yield "list_items", f"{number.printed} … 1–{count}: {last}", count
        opened_by = _by_ordinals(following) if count < 2 else 0
        if opened_by >= (number.value or 0):
            yield "list_ordinals", f"{number.printed} … {opened_by}", opened_by


def _by_clauses(said: Marked, number: Figure) -> int:
    """How many clauses behind a colon open with ordinals, as printed: the last of them is a figure."""
    return by_clauses(said.text[number.end :].partition(":")[2])


def _by_ordinals(following: list[dict[str, Any]]) -> int:
    """How many paragraphs in a row of ordinals open with the next one: "Firstly", "The second factor", "Third"."""
    count = 0
    for block in following[:_PARAGRAPHS]:
        if block["kind"] == "heading":
            break
        opened = _AT_LAST.sub("", str(block["text"]))
        count += count < len(OPENS) and OPENS[count].match(opened) is not None
    return count


def entries(listed: str, language: str, *, stated: int = 0) -> int | None:
    """Entries of a list within a sentence; None if they cannot be counted for sure.

    Where the last entries are joined by several words for "and", each of which may stand inside an entry, the count
    nearest to the one stated is taken: a list is only said to have another length if no reading has that one.

    Examples
    --------
    >>> entries("education, health and trade", "en"), entries("а) связь; б) наука и техника; в) спорт", "ru")
    (3, 3)
    >>> entries("roads, schools, etc.", "en") is None
    True
    >>> [entries("economy, travel, living and nature and people", "en", stated=number) for number in (2, 4, 5, 9)]
    [4, 4, 5, 5]
    """
    text = _CLOSED.sub("", _NOTED.sub("", listed).strip())
    if any(pattern.search(text) for pattern in patterns("open_end", language)):
        return None
    if len(told := marks(text)) > 1:
        return len(told) if _is_series(told) else None
    if ";" in text:
        parts = [part for part in text.split(";") if part.strip()]
        (joined,) = patterns("conjunction", language)
        is_open = re.search(rf",\s*(?:{joined.pattern})", parts[-1], re.IGNORECASE) is not None
        return min(max(stated, len(parts)), len(parts) + is_open)
    if re.search(r"[.!?]\s", text) or re.search("[\ue000-\uf8ff–—]", text):
        return None
    return _by_commas(text, language, stated)


def _is_series(marks: "list[str]") -> bool:
    if all(mark.isdigit() for mark in marks):
        return [int(mark) for mark in marks] == list(range(1, len(marks) + 1))
    return len(set(marks)) == len(marks)


def _by_commas(text: str, language: str, stated: int) -> int | None:
    chunks = [part.strip() for part in text.split(",")]
    if all(_OF_THEM.match(chunk) for chunk in chunks):
        return None  # parts with their numbers: «үшеуі …, бесеуі …»
    (joined,) = patterns("conjunction", language)
    last = chunks[-1]
    begins = joined.match(last)
    links = [match for match in joined.finditer(last) if match.start() > 0]
    if any(pattern.search(chunk) for chunk in chunks for pattern in patterns("relative", language)):
        return None
    each = [*chunks[:-1], *(part for part in joined.split(last) if part.strip())]
    if not all(chunks) or any(len(part.split()) > _WORDS for part in each):
        return None
    if len(chunks) > 1 and not begins and not links:
        return len(chunks)
    if len(links) > 1 or (begins and links):
        most = len(chunks) + len(links)
        return min(max(stated, len(chunks) + (not begins)), most) if len(chunks) > 1 else None
    return len(chunks) + len(links)


def _lettered(following: list[dict[str, Any]]) -> tuple[int, str]:
    """Entries of a list by letters, or by numbers in brackets, that stands in paragraphs of its own."""
    told: list[str] = []
    last = ""
    for block in following[:_LONGEST]:
        text = str(block["text"])
        if block["kind"] not in ("paragraph", "item") or not is_lettered(text):
            break
        told += marks(text)
        last = text
    is_list = len(told) > 1 and told[0] in ("a", "а", "1") and _is_series(told)
    return (len(told), last) if is_list else (0, "")


def is_lettered(text: str) -> bool:
    """Whether a paragraph opens with the letter or number of an entry: "a) water"."""
    return _LETTER.match(text) is not None


def marks(text: str) -> list[str]:
    """The letters or numbers of the entries within a text.

    Examples
    --------
    >>> marks("a) water; b) roads; c) parks")
    ['a', 'b', 'c']
    """
    return [match.group(1) or match.group(2) for match in _NUMBERED.finditer(f" {text} ")]


_LETTER: Final = re.compile(r"\(?[a-zа-яәғқңөұүһі1-9]\)\s")


def items(following: list[dict[str, Any]], *, is_open: bool) -> tuple[int, str]:
    """Items of a list in the blocks behind a sentence, and the last of them; 0 where none follows.

    Numbers count where every item has one: the list ends where they begin again. Bullets count only behind a colon.
    """
    count, last = _lettered(following) if is_open else (0, "")
    if count:
        return count, last
    numbered: bool | None = None
    for block in following:
        if block["kind"] != "item":
            break
        number = None if pd.isna(block["number"]) else int(block["number"])
        if numbered is None:
            numbered = number is not None
        if numbered != (number is not None) or (number is not None and number != count + 1):
            break
        count, last = count + 1, str(block["text"])
    return (count, last) if numbered or is_open else (0, "")
