"""Drafts on dates of works cited: in the entry, in its web address, in the text, and when it was looked at."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.addresses import is_in_address
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_AUTHOR: Final = re.compile(r"[(\[]\s*(?:[^()\[\]]*;\s*)?(?P<author>[^\W\d_][\w.’'-]+)[^()\[\];]{0,60}?,?\s*$")
_NARRATED: Final = re.compile(
    r"(?P<author>[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]{2,})"
    r"(?:,? (?:and|&|и|және|мен) [A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]+| et al\.?| и др\.| және т\.б\.)?"
    r"(?:\s(?:study|article|book|paper|work|account|review|еңбегінде|зерттеуінде|мақаласында|кітабында|жұмысында|еңбегі|"
    r"зерттеуі|мақаласы|кітабы))?\s*\(\s*$"
)
_CASES: Final = re.compile(
    r"(?:[дтн][ыі]ң|[ғг][ае]|[қк][ае]|н?[ыі]|[дт][ыі]|[дтн][ае]н?|[мбп]ен|ше|ша|['’]s?|у|ым|ом|е)", re.IGNORECASE
)
"""Endings a name may take in the text: «Сейітованың (2018)», "Browne's (1982)", «Иванову (2019)»."""
_FIRST: Final = re.compile(r"[^\W\d_][\w’'-]*")
"""An author named in the text, with the year of the work in brackets: "Manor (2019)"."""
_OPENING: Final = re.compile(r"^[^()]{2,80}\(\s*$")
"""An entry that opens with its author and the year in brackets; years behind it are of the title."""
_NEAR: Final = 45
"""Characters before a date that tell what it dates."""


def dates_of_works(sentences: Sequence[Marked], texts: Mapping[int, str]) -> Iterator[Draft]:
    """Years of works against the addresses they stand at, the days they were looked at, and the citations of them.

    Parameters
    ----------
    sentences : sequence of Marked
        All sentences with figures.
    texts : mapping of int to str
        Paragraphs by their number, whose openings name the works.
    """
    entries: dict[int, list[tuple[Marked, Figure]]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            if one.is_date and one.in_references and _is_listed(said):
                entries[said.paragraph].append((said, one))
    for dates in entries.values():
        yield from _within(dates)
    works = {paragraph: year for paragraph, dates in entries.items() if (year := _published(dates)) is not None}
    heads = {paragraph: re.sub(r"^[\W\d_]+", "", texts.get(paragraph, "")).casefold() for paragraph in entries}
    for said in sentences:
        yield from _cited(said, works, entries, heads)


def _is_listed(said: Marked) -> bool:
    """Whether all dates of a sentence stand in the list of references, not in a citation of the text."""
    first = said.figures[0]
    is_cited = _AUTHOR.search(said.text[: first.start]) is not None and not is_accessed(said, first)
    return not is_cited and not any(one.unit != "date" and not one.in_references for one in said.figures)


def _within(dates: "list[tuple[Marked, Figure]]") -> Iterator[Draft]:
    year = _published(dates)
    if year is None:
        yield from _looked_at(dates)
        return
    for said, one in dates:
        if one is year:
            continue
        if is_in_address(one, said):
            words = f"{year.printed} … {one.printed}"
            yield draft("same_date", [year], [one], "address", words, matter="reference")
        elif is_accessed(said, one):
            words = f"{year.printed} … {one.printed}"
            yield draft("date_order", [year], [one], "accessed", words, matter="reference")
    yield from _address_looked_at(dates)


def _looked_at(dates: "list[tuple[Marked, Figure]]") -> Iterator[Draft]:
    """The date in the address of a work without a year, and the day it was looked at."""
    if len(dates) == 2:
        yield from _address_looked_at(dates)


def _address_looked_at(dates: "list[tuple[Marked, Figure]]") -> Iterator[Draft]:
    """The one date in the address of a work, and the one day it was looked at."""
    addressed = [one for said, one in dates if is_in_address(one, said)]
    accessed = [one for said, one in dates if is_accessed(said, one)]
    if len(addressed) == len(accessed) == 1:
        words = f"{addressed[0].printed} … {accessed[0].printed}"
        yield draft("date_order", addressed, accessed, "accessed", words, matter="reference")


def _published(dates: "list[tuple[Marked, Figure]]") -> Figure | None:
    """The one year or day of publication of an entry; none where it names several."""
    own = [
        one
        for said, one in dates
        if not is_in_address(one, said) and not is_accessed(said, one) and "/" not in one.date
    ]
    titles = {one.date[:4] for one in own}
    opening = [
        one
        for said, one in dates
        if own and one is own[0] and _OPENING.search(said.text[: one.start]) and said.text[one.end :].startswith(")")
    ]
    if opening:
        return opening[0]
    return own[0] if len(titles) == 1 else None


def is_accessed(said: Marked, one: Figure) -> bool:
    """Whether a date is the day a work was looked at."""
    before = said.text[max(0, one.start - _NEAR) : one.start]
    (accessed,) = patterns("accessed", "")
    return bool(accessed.search(before)) or bool(re.search(r"\[\s*$", before) and len(one.date) == 10)


def _cited(
    said: Marked,
    works: "dict[int, Figure]",
    entries: "Mapping[int, list[tuple[Marked, Figure]]]",
    heads: Mapping[int, str],
) -> Iterator[Draft]:
    """A year in a citation by author and year, against the entries of that name, which must be of one year."""
    for one in said.figures:
        if not one.is_date or len(one.date) != 4 or said.paragraph in works:
            continue
        author = _AUTHOR.search(said.text[: one.start]) or _NARRATED.search(said.text[: one.start])
        if author is None or said.text[one.end : one.end + 3].lstrip()[:1] not in (")", ":", ",", ";"):
            continue
        name = author["author"].casefold()
        opened = [paragraph for paragraph, head in heads.items() if head.startswith(name)]
        opened = opened or [paragraph for paragraph, head in heads.items() if _is_in_a_case(name, head)]
        named = [paragraph for paragraph in opened if paragraph in works]
        same = [paragraph for paragraph in named if works[paragraph].date[:4] == one.date[:4]]
        others = {
            each.date[:4]
            for paragraph in opened
            for entry, each in entries[paragraph]
            if not is_accessed(entry, each) and not is_in_address(each, entry)
        }
        is_sure = same or len({works[paragraph].date[:4] for paragraph in named}) == 1
        if not named or not is_sure or (not same and one.date[:4] in others):
            continue
        work = works[(same or named)[0]]
        words = f"{author['author']} {one.printed} … {work.printed}"
        yield draft("same_date", [one], [work], "cited", words, matter="reference")


def _is_in_a_case(name: str, head: str) -> bool:
    """Whether a name of the text is a form of the one that an entry opens with; «Иванова» is not taken for «Иванов»."""
    first = _FIRST.match(head)
    word = first.group() if first else ""
    if len(word) < _SHORTEST:
        return False
    if name.startswith(word):
        return _CASES.fullmatch(name[len(word) :]) is not None
    return word.endswith("а") and name in (f"{word[:-1]}ой", f"{word[:-1]}ы", f"{word[:-1]}у")


_SHORTEST: Final = 4
"""Letters of a name that may take an ending."""


def papers_own(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Received before accepted, as journals print it."""
    found: dict[str, Figure] = {}
    for said in sentences:
        for one in said.figures:
            if not one.is_date or one.in_references or len(one.date) != 10:
                continue
            before = said.text[max(0, one.start - _NEAR) : one.start]
            behind = said.text[one.end : one.end + _NEAR]
            for rule in ("received", "accepted"):
                (pattern,) = patterns(rule, "")
                is_said = re.search(rf"(?:{pattern.pattern})(?:\s(?:в|к|by|for)?\s?\w+)?\W*$", before, re.IGNORECASE)
                if is_said or re.match(rf"[^\W\d_]{{0,2}}\s+(?:{pattern.pattern})", behind, re.IGNORECASE):
                    found.setdefault(rule, one)
    if len(found) == 2 and abs(found["received"].paragraph - found["accepted"].paragraph) <= 3:
        words = f"{found['received'].printed} … {found['accepted'].printed}"
        yield draft("date_order", [found["received"]], [found["accepted"]], "received", words)
