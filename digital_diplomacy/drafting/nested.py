"""Drafts of parts told of a whole before them: "of which", «из них», «оның ішінде», or a smaller number of its noun.

The whole is the count before that is of the part's unit: in its sentence, else in the one in front of it. Where several
would do it is the only one that is large enough. A number of the same noun further on is drafted only as a part.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.bases import noun_of
from digital_diplomacy.drafting.elsewhere import is_average, is_elsewhere
from digital_diplomacy.drafting.referring import ALL_OF_THEM
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_TIMES: Final = (*DURATIONS, "places")
_GENERAL: Final = ("items", "unstated")
_NUMBER: Final = "[\ue000-\uf0ff]"
_SIGN: Final = r"(?:US)?\s?[$€₸₽]?\s?"
_AHEAD: Final = {
    "en": rf"\b(?:(?:of|out of|among) (?:them|these|those|it|this|which|whom)|including|of these \w+)"
    rf"(?: [a-z]+){{0,2}},? {_SIGN}(?P<n>{_NUMBER})",
    "ru": rf"(?<!\w)(?:(?:из|среди) (?:них|этих|этого|которых)|в том числе|включая)(?: [а-яё]+){{0,2}}[,:]? "
    rf"(?:[–—] )?(?P<n>{_NUMBER})",
    "kk": r"(?<!\w)(?:олардың|оның|соның|бұлардың|осының)\s(?:ішінде |ішінен )?(?:[а-яёәғқңөұүһі]+ ){0,2}"
    rf"(?P<n>{_NUMBER})",
}
"""Parts behind the words that call them so."""
_BEHIND: Final = {
    "en": rf"{_SIGN}(?P<n>{_NUMBER})(?: [^\W\d_]+){{0,2}} of (?:them|these|those|it|this|which|whom)\b",
    "ru": rf"(?P<n>{_NUMBER})(?: [^\W\d_]+){{0,2}} из (?:них|этих|этого|которых)(?!\w)",
}
"""Parts before them; Kazakh has none."""
_OTHERS: Final = re.compile(
    r"\b(?:other|others|another|further|additional|more|new|remaining)\b|"
    r"(?<!\w)(?:друг\w+|ещ[её]|дополнительн\w+|нов\w+|остальн\w+|прочи\w+)(?!\w)|"
    r"(?<!\w)(?:басқа|тағы|қосымша|жаңа|қалған|өзге)(?!\w)",
    re.IGNORECASE,
)
_AROUND: Final = 25
_BACK: Final = 3
_LEAST: Final = 10


def nested(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """What is told as a part of the count before it."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    for place, said in enumerate(body):
        near = [one for one in body[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        before = near[-1] if near and said.number - near[-1].number == 1 else None
        yield from _of_them(said, before)
        yield from _further(said)
        yield from _of_noun(said, near)


_FAR: Final = 10
"""Times its whole that a misprinted part may be; what is more is of something else."""


def _of_them(said: Marked, before: Marked | None) -> Iterator[Draft]:
    shapes = [shapes[said.language] for shapes in (_AHEAD, _BEHIND) if said.language in shapes]
    for match in (found for shape in shapes for found in re.finditer(shape, said.plain, re.IGNORECASE)):
        part = said.at(match["n"])
        if not _counts(part) or ALL_OF_THEM.search(match.group()):
            continue
        here = [one for one in said.figures if one.start < part.start and said.place(one) < match.start()]
        whole = _whole(part, here)
        if whole is None and before is not None and not any(_counts(one) for one in here):
            whole = _whole(part, before.figures)
        if whole is not None and (part.value or 0) <= _FAR * (whole.value or 0):
            yield draft("nesting", [part], [whole], "n_of_m", f"{whole.printed} … {said.words(match)}")


def _whole(part: Figure, told: Sequence[Figure]) -> Figure | None:
    """The count told last that may hold a part; of several the only one that is not too small."""
    counts = [one for one in told if _counts(one)]
    may = [one for one in counts if _may_hold(part, one)] or [one for one in counts if are_of_one_unit(part, one)]
    if len(may) < 2:
        return may[0] if may else None
    large = [one for one in may if (one.value or 0) >= (part.value or 0)]
    alike = [one for one in large if are_of_one_unit(part, one)] or large
    return alike[-1] if len(alike) == 1 or (alike and are_of_one_unit(part, alike[-1])) else None


def _may_hold(part: Figure, one: Figure) -> bool:
    if are_of_one_unit(part, one):
        return not (part.counted and one.counted) or is_of_people(part) or part.counted == one.counted
    is_bare = part.unit in _GENERAL and not part.counted
    return is_bare and one.unit not in MONEY and not is_of_people(one)


def _further(said: Marked) -> Iterator[Draft]:
    """Further parts of a whole a sentence has told one of: "seven of the 11 …; six …", «85 зерттеудің 34-і, 29-ы»."""
    for words, named, _ in said.find("n_of_m"):
        first, whole = named["n"], named["m"]
        if not (_counts(first) and _counts(whole)) or (first.value or 0) > (whole.value or 0):
            continue
        rest = [one for one in said.figures if one.start > max(first.start, whole.start) and one.unit != "percent"]
        parts = [one for one in rest if _counts(one) and not one.counted and _may_hold(one, whole)]
        if not parts or parts != rest or not all(_is_bare(said, one) for one in parts):
            continue
        if all((one.value or 0) <= (whole.value or 0) for one in parts):
            for one in parts:
                yield draft("nesting", [one], [whole], "n_of_m", f"{words} … {one.printed}", sure="place")
            if sum(one.value or 0 for one in (first, *parts)) <= (whole.value or 0):
                told = f"{whole.printed}: {' + '.join(one.printed for one in (first, *parts))}"
                yield draft("nesting", [first, *parts], [whole], "included", told, sure="place")


def _is_bare(said: Marked, one: Figure) -> bool:
    """Whether a number stands without a noun: "six – that …", «29-ы мазмұнды»."""
    behind = said.plain[said.place(one) + 1 :]
    shape = (
        r"\S*-?(?:с?[ыі])(?!\w)" if said.language == "kk" else r"\S*\s?(?:[–—,;.]|$|\w+(?:ли|ло|лись|ны|ed|re|ve)\b)"
    )
    return re.match(shape, behind) is not None


def _of_noun(said: Marked, near: Sequence[Marked]) -> Iterator[Draft]:
    """A smaller number of a noun of which the sentences before tell one: "54 embassies. Twelve embassies …"."""
    if any(said.has(rule) for rule in ("up", "down", "from_to", "against")) or is_elsewhere(said.plain, said.language):
        return
    for part in said.figures:
        noun = noun_of(part) if _counts(part) else ""
        own = [one for one in said.figures if noun and noun_of(one) == noun]
        ahead = said.plain[max(0, said.place(part) - _AROUND) : said.place(part)] if noun else ""
        if not noun or len(own) != 1 or _OTHERS.search(ahead) or is_average(said, part):
            continue
        told = [(one, each) for each in near for one in each.figures if _counts(one) and noun_of(one) == noun]
        values = {one.value for one, _ in told}
        wholes = [(one, each) for one, each in told if (one.value or 0) > (part.value or 0)]
        if len(values) != 1 or not wholes:
            continue
        whole, where = wholes[0]
        is_told = is_elsewhere(where.plain, said.language) or _OTHERS.search(where.plain) or where.has("from_to")
        is_other_time = part.period and whole.period and part.period != whole.period
        if (whole.value or 0) >= _LEAST and are_of_one_unit(part, whole) and not is_told and not is_other_time:
            yield draft("nesting", [part], [whole], "n_of_m", f"{whole.printed} … {part.printed}", sure="place")


def _counts(one: Figure) -> bool:
    is_amount = one.unit in MONEY and one.value is not None
    return (is_amount or one.is_whole) and one.bound == "exact" and one.unit not in _TIMES and (one.value or 0) > 0
