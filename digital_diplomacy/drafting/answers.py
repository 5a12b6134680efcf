"""Drafts of shares that exclude each other: of women and men, yes and no, answers with a middle one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from digital_diplomacy.drafting.hundreds import OF_EACH
from digital_diplomacy.drafting.sums import shares_told
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_SHARE: Final = "[\ue000-\uf0ff]"
_PERCENT: Final = r"\s*(?:%|per ?cent\w*|проц\w*\.?|пайыз\w*)?-?(?:ы|і|ын|ін)?"
_SAID: Final = (
    r"(?:made up|make up|accounted for|account for|comprised?|constituted?|were|are|was|is|answered|said|replied|voted|"
    r"составил[аио]?|составляют|ответил[аио]?|сказал[аио]?|проголосовал[аио]?|құрады|құрайды|деп жауап берді|деді)"
)
_MARK: Final = r"[\"«»“”'’]?"
_BASE: Final = r"(?:respondents|sample|participants|audience|users|followers|readers)"
_LONGEST: Final = 5
"""Shares up to which a sentence tells the answers to one question."""


def opposites(said: Marked) -> Iterator[Draft]:
    """Two shares of which each stands at one of two words that exclude each other and have no base of their own."""
    if sum(one.unit == "percent" for one in said.figures) < 2:
        return
    if said.has("up") or said.has("down") or said.has("from_to"):
        return
    for pattern in patterns("opposite", said.language):
        sides = [_told_of(said, words) for words in pattern.pattern.split("//")]
        for one, other in _by_clause(said, sides[0], sides[1]):
            shares = sorted([*one, *other], key=lambda share: share.start)
            yield draft("sum_at_most_100", shares, [], "hundred", " + ".join(share.printed for share in shares))


def _by_clause(said: Marked, left: list[Figure], right: list[Figure]) -> Iterator[tuple[list[Figure], list[Figure]]]:
    """Both shares of each clause between semicolons that has one of either."""

    def clause(one: Figure) -> int:
        return said.plain.count(";", 0, said.place(one))

    for number in sorted({clause(one) for one in left}):
        one, other = ([each for each in side if clause(each) == number] for side in (left, right))
        if len(one) == len(other) == 1 and one != other:
            yield one, other


def _told_of(said: Marked, words: str) -> list[Figure]:
    """Shares at a word: "women made up 56 %", "56 % were women"; not "56 % of women", whose base are the women."""
    word, *shapes = _shapes(words)
    if word.search(said.plain) is None:
        return []
    found = [said.at(match[1]) for shape in shapes for match in shape.finditer(said.plain)]
    return list(dict.fromkeys(one for one in found if one.unit == "percent" and one.value is not None))


@cache
def _shapes(words: str) -> "list[re.Pattern[str]]":
    """A word, and a share behind and in front of it."""
    named = rf"{_MARK}\b(?:{words})\b{_MARK}"
    shapes = (
        rf"\b(?:{words})\b",
        rf"(?<!of )(?<!among )(?<!(?<!and )for )(?<!for the ){named}"
        rf"(?:\s+{_SAID})?(?:\s+for)?[\s:–—-]*(?:about |only |около |только )?({_SHARE})",
        rf"({_SHARE}){_PERCENT}\s+"
        rf"(?:of (?:the |its |their |[A-Z]\w+[’']s )?{_BASE} )?"
        rf"(?:{_SAID}|[–—-])?\s*{named}(?!\s*(?:{_SAID}\s*)?[\s:–—-]*{_SHARE})",
    )
    return [re.compile(shape, re.IGNORECASE) for shape in shapes]


def _in_brackets(said: Marked, one: Figure) -> bool:
    """Whether a figure only says of how many people: "(n = 802)"."""
    return re.search(r"\(\s*n\s?=\s?$", said.text[: one.start], re.IGNORECASE) is not None


def with_middle(said: Marked) -> Iterator[Draft]:
    """Answers to one question: three shares or more, one of those who are neither for nor against, or of one choice.

    Where the last is of those who gave no answer, nothing is left out.
    """
    shares = shares_told(said)
    others = [one for one in said.figures if one.unit != "percent" and not one.is_date and not _in_brackets(said, one)]
    others = [one for one in others if shares and one.start > shares[0].start]  # who was asked is told before
    middles = [(words, match) for words, _, match in said.find("middle")]
    is_closed = len(shares) > 1 and bool(middles) and _is_last(said, shares, middles[-1][1].start())
    opened = said.plain[: said.place(shares[-2])] if is_closed else said.plain
    if not _LEAST <= len(shares) <= _LONGEST or others or ";" in opened:
        return
    if any(said.has(rule) for rule in ("up", "down", "from_to")) or any(one.bound != "exact" for one in shares):
        return
    dates = {one.date for one in said.figures if one.is_date}
    told = "|".join(one.group() for _, one in middles)
    overlaps = [match for _, _, match in said.find("overlap") if match.group() not in told]
    if len(dates) > 1 or overlaps or len(OF_EACH.findall(said.plain)) > 1:
        return
    single = next((words for words, _, _ in said.find("single") if not _MOST.search(words)), "")
    grades = {words.casefold() for words, _, _ in said.find("graded")}
    asked = middles[-1][0] if len(middles) == 1 or is_closed else ""
    if not middles:
        asked = single or (", ".join(sorted(grades)) if len(grades) > 1 else "")
    elif not is_closed and not any(_is_at(said, one, middles[-1][1].start()) for one in shares):
        return
    words = " + ".join(one.printed for one in shares) + f" ({asked})"
    if is_closed and abs(sum(one.value or 0 for one in shares) - _ALL) <= _FAR:
        yield Draft("sum_to_100", tuple(shares), (), "hundred_rest", words, exhaustive=True)
    elif asked:
        yield draft("sum_at_most_100", shares, [], "hundred", words, sure="words" if middles else "place")


def _is_at(said: Marked, share: Figure, place: int) -> bool:
    """Whether words stand at a share, no comma in between: "7 % could not say", but not "7 %, few could not say"."""
    first, last = sorted((said.place(share), place))
    return last - first <= _AT and re.search("[,;]", said.plain[first:last]) is None


_AT: Final = 40
"""Characters between a share and the words of a middle answer that it is of."""


def _is_last(said: Marked, shares: Sequence[Figure], place: int) -> bool:
    """Whether words stand at the last of shares: behind it, or before it where nothing is behind."""
    last = said.place(shares[-1])
    is_ended = re.fullmatch(rf"{_PERCENT}\W*", said.plain[last + 1 :]) is not None
    return (place > last and _is_at(said, shares[-1], place)) or (is_ended and place > said.place(shares[-2]))


_MOST: Final = re.compile(r"most|best|больше|чаще|көп", re.IGNORECASE)
"""What is named most often may be named beside others."""
_LEAST: Final = 3
_ALL: Final = 100
_FAR: Final = 15
"""Percent by which answers that leave nothing out may miss all of them, and be meant so."""
