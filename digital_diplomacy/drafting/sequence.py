"""Drafts of days in the order that adverbs tell, «затем, 5 июня», or that mending tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_DAY: Final = len("2024-05-04")
_BACK: Final = 2
"""Sentences back to the day told last."""
_EARLIER: Final = {
    "en": r"\b(?:before (?:that|this|then)|prior to (?:that|this)|earlier(?! than)|beforehand)\b",
    "ru": r"(?<!\w)(?:до (?:этого|того)|перед (?:этим|тем)|ранее|раньше(?! чем)|накануне)(?!\w)",
    "kk": r"(?<!\w)(?:бұ|о|со)дан\s+(?:бұрын|бұрынырақ|ерте\w*)|(?<!\w)(?:оның|бұның|мұның|соның)\s+алдында(?!\w)",
}
_LATER: Final = {
    "en": r"\b(?:after (?:that|this|which)|later(?! than)|then|thereafter|subsequently|afterwards|followed(?! by))\b",
    "ru": r"(?<!\w)(?:после (?:этого|того|чего)|затем|потом|позднее|позже|впоследствии|спустя)(?!\w)",
    "kk": r"(?:(?<!\w)(?:одан|бұдан|содан)|[\ue000-\uf0ff])\s+(?:кейін|соң)(?!\w)|"
    r"(?<!\w)(?:кейіннен|артынша)(?!\w)",
}
"""Adverbs that tell whether a day comes before or after the one told last."""
_MENDED: Final = {
    "en": r"(?P<what>[a-z]{4,})\s+(?:was|were|had been)\s+(?:\w+ly\s+)?"
    r"(?:repaired|fixed|mended|extinguished|put out|resolved|restored|eliminated|lifted|healed)\b",
    "ru": r"(?P<what>[а-яё]{4,})\s+(?:был[аои]?\s+)?(?:\w+ью\s+)?"
    r"(?:устран|ликвидир|потуш|исправ|локализ|снят|урегулир)\w*",
    "kk": r"(?P<what>[а-яәғқңөұүһі]{3,})\s[^\ue000-\uf0ff.;]{0,40}(?:жөнде|жойыл|сөндір|түзе|реттел)\w*",
}
"""What was mended: what it did came before."""
_OTHERWISE: Final = re.compile(
    r"\b(?:planned|postponed|expected|would|will|unlike|instead|again|another|next)\b|"
    r"(?<!\w)(?:планир|перен[её]с|ожида|будет|друг|снова|вновь|повторн|следующ)\w*|"
    r"(?<!\w)(?:жоспар|ауыстыр|басқа|қайта|келесі)\w*",
    re.IGNORECASE,
)
"""Words of what was meant to be, or of another time."""


def in_sequence(said: Marked) -> Iterator[Draft]:
    """The two days of a sentence whose second one has an adverb of order before it."""
    days = _days(said)
    if len(days) == 2 and said.language in _EARLIER and not _OTHERWISE.search(said.plain):
        first, second = days
        yield from _ordered(first, second, said, said.plain[said.place(first) + 1 : said.place(second)])


def over_sentences(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """The only day of a sentence and the one told last, where an adverb or the thing mended tells the order."""
    last: tuple[Marked, Figure] | None = None
    for said in sentences:
        dates = [one for one in said.figures if one.is_date]
        days = _days(said) if said.language in _EARLIER else []
        if last is not None and len(days) == 1 and 0 < said.number - last[0].number <= _BACK:
            before, first = last
            if said.paragraph == before.paragraph and not _OTHERWISE.search(f"{before.plain} {said.plain}"):
                yield from _told_since(before, first, said, days[0])
        last = (said, days[0]) if len(days) == 1 else None if dates else last


def _told_since(before: Marked, first: Figure, said: Marked, day: Figure) -> Iterator[Draft]:
    if said.number - before.number == 1:
        yield from _ordered(first, day, said, said.plain[: said.place(day)])
    mended = re.search(_MENDED[said.language], said.plain, re.IGNORECASE)
    if mended is not None and _is_named(mended["what"].casefold(), before.text):
        yield draft("date_order", [first], [day], "sequence", f"{first.printed} … {mended.group()} {day.printed}")


def _is_named(word: str, text: str) -> bool:
    """Whether a text has a noun in one of its forms."""
    return (
        re.search(rf"(?<!\w){re.escape(word[: max(_SHORTEST, len(word) - _ENDING)])}", text, re.IGNORECASE) is not None
    )


_SHORTEST: Final = 3
_ENDING: Final = 2
"""Letters by which a noun is known in any case: all but its last two, three at least."""


def _days(said: Marked) -> list[Figure]:
    """The days of a sentence; none where it tells other dates too."""
    dates = [one for one in said.figures if one.is_date]
    is_plain = all(len(one.date) == _DAY and one.bound == "exact" for one in dates)
    return dates if is_plain and not any(one.in_references or one.table for one in dates) else []


def _ordered(first: Figure, second: Figure, said: Marked, between: str) -> Iterator[Draft]:
    """The two days by the adverbs of a text, if these say one thing."""
    found = [
        (re.search(shapes[said.language], between, re.IGNORECASE), sides)
        for shapes, sides in ((_EARLIER, (second, first)), (_LATER, (first, second)))
    ]
    told = [(match, sides) for match, sides in found if match is not None]
    if len(told) == 1:
        match, (left, right) = told[0]
        yield draft("date_order", [left], [right], "sequence", f"{first.printed} … {match.group()} … {second.printed}")
