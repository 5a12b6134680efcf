"""Drafts of changes told over two sentences: the ends in the first, or one end in each."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_UP: Final = {
    "en": r"\b(?:increase|growth|rise|gain|jump)\b",
    "ru": r"(?<!\w)(?:рост|роста|прирост|прироста|увеличени[ея]|прибавк[аи])(?!\w)",
    "kk": r"(?<!\w)(?:өсім|өсу|артым|ұлғаю)(?:і|ы)?(?!\w)",
}
_DOWN: Final = {
    "en": r"\b(?:decrease|decline|drop|fall|reduction|cut|loss|savings?)\b",
    "ru": r"(?<!\w)(?:снижени[ея]|сокращени[ея]|падени[ея]|уменьшени[ея]|спад|спада|убыль|убыли|экономия)(?!\w)",
    "kk": r"(?<!\w)(?:төмендеу|үнем|кему|азаю|қысқару)(?:і|ы)?(?!\w)",
}
_OPENED: Final = {
    "en": re.compile(
        r"(?:This|That|It|The (?:\w+ ){0,2}?\w+) (?:is|was|makes?|made|means?|meant|came to|amount(?:s|ed) to)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?:Это|Таким образом|\w+(?: \w+){0,2})(?:\s[—–-]|\s(?:составил|равн)\w*|\s)", re.IGNORECASE),
    "kk": re.compile(r"(?:Бұл|Яғни|Демек|\w+(?: \w+){0,2})\s", re.IGNORECASE),
}
"""How a sentence opens that names the change of the one before it: "This is", «Прирост составил», «Өсім»."""
_COMPARED: Final = re.compile(
    r"\b(?:than|compared|against|versus|per|expected|planned|target|forecast\w*|average)\b|"
    r"(?<!\w)(?:чем|сравнени\w+|против|план\w*|прогноз\w*|ожида\w+|средн\w+)(?!\w)|"
    r"(?<!\w)(?:қарағанда|салыстыр\w+|жоспар\w*|болжам\w*|күтіл\w+|орташа)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a change may be one against something else."""
_THEN: Final = {
    "en": re.compile(
        r"\b(?:had|had been|there had been|had stood at|(?:a |one )?years? (?:earlier|before|ago)|the year before|"
        r"previously|last year|it was|they were|there were|it stood at)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:(?:годом|месяцем|кварталом) (?:ранее|раньше)|год назад|в прошлом году|до этого|прежде|ранее|раньше|"
        r"был[оаи]?|составлял[оаи]?|насчитывалось)(?!\w)",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"(?<!\w)(?:бұрын|былтыр|өткен жылы|бір жыл бұрын|болған|болды|болатын|құраған|еді)(?!\w)", re.IGNORECASE
    ),
}
"""Words of an earlier time."""
_FACTOR: Final = 4
"""Times up to which two ends of a change in percent may be apart; others seldom are of one thing."""
_DURATIONS: Final = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_NO_END: Final = ("percent", "percentage_points", "rank", "times", "date", "places", "")


def changed_before(before: Marked, said: Marked) -> Iterator[Draft]:
    """ "Posts fell from 80 to 60. This is a fall of 25 %": both ends in the sentence before."""
    numbers = [one for one in said.figures if not one.is_date]
    ends = {(named["a"], named["b"]) for _, named, _ in before.find("from_to")}
    is_told = any(not any(named["c"] in pair for pair in ends) for _, named, _ in before.find("by"))
    if not _follows(before, said) or is_told:
        return
    others = [one for one in before.figures if not one.is_date and not any(one in pair for pair in ends)]
    if (
        len(ends) != 1
        or len(numbers) != 1
        or others
        or len(said.figures) != 1
        or not _OPENED[said.language].match(said.plain)
    ):
        return
    ((earlier, later),) = ends
    yield from _drafted(said, earlier, later, numbers[0])


def other_end_before(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """ "There are 460 buses. A year earlier there were 400; the growth is 15 %": one end in each sentence.

    Where the second sentence names what it counts, the first may stand up to three back.
    """
    for place, said in enumerate(sentences):
        numbers = [one for one in said.figures if not one.is_date and one.unit not in ("rank", *_DURATIONS)]
        if len(numbers) != 2 or said.has("from_to") or not _is_end(numbers[0]) or _COMPARED.search(said.plain):
            continue
        earlier, change = numbers
        if not _THEN[said.language].search(said.plain[: said.place(change)]) or any(one.table for one in numbers):
            continue
        near = [one for one in sentences[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        later = _other_end(earlier, said, near)
        if later is not None and not (later.period and earlier.period and later.period <= earlier.period):
            yield from _drafted(said, earlier, later, change)


_BACK: Final = 3
"""Sentences of a paragraph looked back at for the other end of a change."""


_TOLD: Final = ("from_to", "against", "more_than")


def _other_end(earlier: Figure, said: Marked, near: Sequence[Marked]) -> Figure | None:
    """The one count of the same noun; else the first figure of the sentence before, if what follows are its parts."""
    if earlier.counted:
        same = [
            one
            for each in near
            for one in each.figures
            if _is_end(one) and one.counted == earlier.counted and _within(one, earlier)
        ]
        if same:
            return same[0] if len(same) == 1 else None
    if not near or said.number - near[-1].number != 1:
        return None
    before = near[-1]
    if any(before.has(rule) for rule in _TOLD) or ";" in before.plain:
        return None
    numbers = [one for one in before.figures if not one.is_date]
    if not numbers or not _is_end(numbers[0]) or (len(numbers) > 1 and not before.has("including")):
        return None
    return numbers[0] if not earlier.counted or not numbers[0].counted else None


def _drafted(said: Marked, earlier: Figure, later: Figure, change: Figure) -> Iterator[Draft]:
    """The change that a noun of the second sentence names, if both ends go its way."""
    is_up, is_down = (re.search(words[said.language], said.plain, re.IGNORECASE) for words in (_UP, _DOWN))
    if bool(is_up) == bool(is_down) or None in (earlier.value, later.value, change.value) or change.bound != "exact":
        return
    first, last = float(earlier.value or 0), float(later.value or 0)
    if not are_of_one_unit(earlier, later) and not (earlier.unit == "items" and not earlier.counted):
        return
    if first <= 0 or last <= 0 or (first < last) != bool(is_up) or max(first, last) > _FACTOR * min(first, last):
        return
    told = f"{earlier.printed} … {later.printed} … {change.printed}"
    if change.unit == "percent":
        if earlier.unit in _NO_END:
            return
        kind = "growth_rate" if is_up else "decline_rate"
        yield draft(kind, [earlier, later], [change], "change_percent", told, sure="place")
    elif (
        earlier.unit == later.unit and (change.unit == later.unit or change.unit == "items") and later.unit != "percent"
    ):
        sides = [later, earlier] if is_up else [earlier, later]
        yield draft("difference", sides, [change], "change_amount", told, sure="place")


def _follows(before: Marked, said: Marked) -> bool:
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1
    is_table = any(one.table for one in (*before.figures, *said.figures))
    return is_next and not is_table and not _COMPARED.search(said.plain) and ";" not in before.plain


def _within(one: Figure, other: Figure) -> bool:
    return (one.value or 0) <= _FACTOR * (other.value or 0) and (other.value or 0) <= _FACTOR * (one.value or 0)


def _is_end(one: Figure) -> bool:
    return one.value is not None and one.bound == "exact" and one.unit not in (*_NO_END, *_DURATIONS)
