"""Lists told within running text: behind a verb or "namely", with a share each, or by ordinals over sentences."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.nouns import is_plural
from digital_diplomacy.extraction.russian import look_up
from digital_diplomacy.extraction.sentences import sentences
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_MOST: Final = 12
_APART: Final = 2
"""Entries by which a list may differ from its stated length; a greater difference tells of something else."""
_LONGEST: Final = 4
"""Words of an entry; longer ones are clauses."""
_LEAST: Final = 3
_WORDS: Final = r"(?:[\s-]+[^\W\d_][\w’'-]*)"
_NAMELY: Final = re.compile(
    rf"{_WORDS}{{1,4}},?\s+(?:namely|viz\.?|а именно|атап айтқанда)[:,]?\s+(?P<list>[^.;:()\ue000-\uf8ff]+)\.?\s*$",
    re.IGNORECASE,
)
_VERB: Final = {
    "en": re.compile(
        rf"(?P<noun>{_WORDS}{{1,7}}?)\s+(?:are|were|remain)\s+(?P<list>[^.;:()\ue000-\uf8ff]+)\.?\s*$", re.IGNORECASE
    ),
    "ru": re.compile(
        rf"(?P<noun>{_WORDS}{{1,5}}?)\s+(?:стали|оказались|остаются|являются|были)\s+(?P<list>[^.;:()\ue000-\uf8ff]+)\.?\s*$",
        re.IGNORECASE,
    ),
}
_DEFINITE: Final = re.compile(r"(?:\b(?:the|its|their|our|these|those|his|her)\s+(?:\w+\s+){0,1}|^\W*)$", re.IGNORECASE)
"""What stands before the number of a list that a verb tells whole."""
_INSTRUMENTAL: Final = re.compile(r"(?:двумя|тремя|четырьмя|\w+[ья]ю)", re.IGNORECASE)
_PARTLY: Final = re.compile(
    r"\b(?:among|including|such as|especially|mainly|mostly|led by|not|still|also|both|all|either|neither)\b|"
    r"(?<!\w)(?:в том числе|включая|среди|главным образом|прежде всего|не|тоже|также|оба|все)(?!\w)|"
    r"(?<!\w)(?:оның ішінде|соның ішінде|әсіресе|негізінен|бәрі)(?!\w)",
    re.IGNORECASE,
)
_ENTRY: Final = r"[^\W\d_][^,;:().\ue000-\uf8ff]{1,40}?\s*\([^()]*[\ue000-\uf0ff][^()]*\)"
_AND: Final = {"en": r"and", "ru": r"и", "kk": r"және|мен|бен|пен"}
_OPENINGS: Final = (
    r"(?:the )?first(?:ly)?\b|(?:во-)?перв(?:ое|ая|ый|ых)\b|бірінші(?:ден|сі)?\b",
    r"(?:the )?second(?:ly)?\b|(?:во-)?втор(?:ое|ая|ой|ых|ым)\b|екінші(?:ден|сі)?\b",
    r"(?:the )?third(?:ly)?\b|(?:в-)?треть(?:е|я|их)\b|(?:в-)?третий\b|үшінші(?:ден|сі)?\b",
    r"(?:the )?fourth(?:ly)?\b|(?:в-)?четв[её]рт(?:ое|ая|ый|ых)\b|төртінші(?:ден|сі)?\b",
    r"(?:the )?fifth(?:ly)?\b|(?:в-)?пят(?:ое|ая|ый|ых)\b|бесінші(?:ден|сі)?\b",
    r"(?:the )?sixth(?:ly)?\b|(?:в-)?шест(?:ое|ая|ой|ых)\b|алтыншы(?:дан|сы)?\b",
)
OPENS: Final = tuple(re.compile(rf"\W*(?:{shape})", re.IGNORECASE) for shape in _OPENINGS)
_CLAUSES: Final = tuple(
    re.compile(rf"[,;]\s+(?:(?:and|а|и|ал|және)\s+)?(?:{shape})", re.IGNORECASE) for shape in _OPENINGS
)
"""The same over the clauses of one sentence: "The first is about money, the second about time"."""
_ADVERB: Final = re.compile(r"\W*(?:firstly|во-первых|біріншіден)\b", re.IGNORECASE)
_LAST: Final = re.compile(r"\W*(?:finally|last(?:ly)?|наконец|последн\w+|соңында|ақырында|соңғысы)\b", re.IGNORECASE)


def told(said: Marked, number: Figure, rest: str) -> Iterator[Draft]:
    """The list that a number of a sentence counts, if the sentence or what follows it in its paragraph tells it.

    Parameters
    ----------
    said : Marked
        The sentence.
    number : Figure
        A whole number in it.
    rest : str
        What follows the sentence in its paragraph.

    Returns
    -------
    iterator of Draft
        One at most.
    """
    stated, place = int(number.value or 0), said.place(number)
    if not 1 < stated <= _MOST:
        return
    for why, words, count in _found(said, number, place, rest):
        if count == stated or abs(count - stated) <= _APART:
            yield Draft("list_length", (number,), (), why, f"{number.printed} … {words.strip()}", constant=count)
            return


def _found(said: Marked, number: Figure, place: int, rest: str) -> Iterator[tuple[str, str, int]]:
    namely = _NAMELY.match(said.plain, place + 1)
    if namely and (count := _count(namely["list"], said.language, number)):
        yield "list_colon", namely["list"], count
    verb = _VERB[said.language].match(said.plain, place + 1) if said.language in _VERB else None
    if verb and _is_whole(said, number, place, verb) and (count := _count(verb["list"], said.language, number)):
        yield "list_colon", verb["list"], count
    shared = _with_shares(said, place)
    if shared is not None:
        yield "list_brackets", said.words(shared), len(re.findall(_ENTRY, shared["list"]))
    if rest and OPENS[0].match(rest) and re.search(r"[.:]\s*$", said.text):
        count, is_closed = _ordinals(rest)
        if count > 1 and (is_closed or count == number.value):
            yield "list_ordinals", str(count), count


def by_clauses(listed: str) -> int:
    """How many clauses of a text open with the next ordinal; 0 where the first does not.

    Examples
    --------
    >>> by_clauses("біріншіден, жол, екіншіден, су"), by_clauses("roads and water")
    (2, 0)
    """
    count, place = int(OPENS[0].match(listed) is not None), 0
    while 0 < count < len(OPENS) and (clause := _CLAUSES[count].search(listed, place)):
        count, place = count + 1, clause.end()
    return count


def _is_whole(said: Marked, number: Figure, place: int, verb: "re.Match[str]") -> bool:
    """Whether a verb tells the whole list, of things that are named as nouns."""
    if _PARTLY.search(f"{verb['noun']} {verb['list']}"):
        return False
    if said.language == "ru":
        return _INSTRUMENTAL.fullmatch(number.printed) is not None
    return _DEFINITE.search(said.plain[:place]) is not None


def _count(listed: str, language: str, number: Figure) -> int:
    """Entries of a list told in words, 0 where they are not all nouns."""
    (joined,) = patterns("conjunction", language)
    if any(pattern.search(listed) for pattern in patterns("open_end", language)):
        return 0
    chunks = [
        part.strip()
        for part in re.split(
            rf",\s*(?:(?:{joined.pattern})\s+)?|"
            rf"\s+(?:{joined.pattern})\s+",
            listed,
        )
    ]
    if len(chunks) < _LEAST or not all(chunks) or any(len(chunk.split()) > _LONGEST for chunk in chunks):
        return 0
    if len(chunks) != number.value and len(re.findall(joined.pattern, listed)) != 1:
        return 0  # an entry may have an "and" of its own
    named = sum(_is_noun(chunk, language) for chunk in chunks)
    return len(chunks) if 2 * named > len(chunks) else 0


def _is_noun(chunk: str, language: str) -> bool:
    last = chunk.split()[-1].strip("«»\"“”’'.")
    if last[:1].isupper():
        return True
    if language == "en":
        return (
            is_plural(last)
            or re.search(
                r"(?:tion|ment|ness|ity|ing|ance|ence|ship|cy|age|ism|"
                r"ure)$",
                last,
            )
            is not None
        )
    if language == "ru":
        known = [look_up(word.strip("«»")) for word in chunk.split()]
        return any(word.noun and not word.is_adjective and not word.is_other for word in known)
    return True


def _with_shares(said: Marked, place: int) -> "re.Match[str] | None":
    """Entries behind a number and its noun that have a figure in brackets each: "two languages, Kazakh (61%) and …"."""
    joined = _AND[said.language]
    listed = rf"(?P<list>{_ENTRY}(?:,\s*{_ENTRY})*,?\s+(?:{joined})\s+{_ENTRY})"
    shape = rf"{_WORDS}{{1,3}}\s*[,:–—]\s*{listed}(?:\s[^\W\d_]+){{0,3}}\s*(?:[.;]|$)"
    match = re.compile(shape).match(said.plain, place + 1)
    return None if match is None or _PARTLY.search(match.group()) else match


def _ordinals(rest: str) -> tuple[int, bool]:
    """How many sentences open with the next ordinal, and whether the last of them ends the list for sure."""
    count, has_last, is_by_clauses = 0, False, False
    for one in sentences(rest):
        if count < len(OPENS) and OPENS[count].match(one.text):
            count += 1
            place = 0
            while count < len(OPENS) and (clause := _CLAUSES[count].search(one.text, place)):
                count, place, is_by_clauses = count + 1, clause.end(), True
        elif count and _LAST.match(one.text):
            has_last = True
    is_told = not is_by_clauses and _ADVERB.match(rest) is not None
    is_whole = (
        count > 1 if is_told else count >= _LEAST
    )  # of «три этапа. Первый … Второй …» the third is told elsewhere
    return count, is_whole and not has_last
