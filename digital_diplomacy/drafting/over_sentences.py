"""Drafts of changes told over two sentences: the ends in the first, or one end in each."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.claims import ONE_UNIT
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_UP: Final = {
    "en": r"\b(?:increase|growth|rise|gain|jump)\b",
    "ru": r"(?<!\w)(?:рост|роста|прирост|прироста|увеличени[ея]|прибавк[аи])(?!\w)",
    "kk": r"(?<!\w)(?:өсім|өсу|артым|ұлғаю)(?:і|ы)?(?!\w)",
}
_DOWN: Final = {
    "en": r"\b(?:decrease|decline|drop|fall|reduction|cut|loss)\b",
    "ru": r"(?<!\w)(?:снижени[ея]|сокращени[ея]|падени[ея]|уменьшени[ея]|спад|спада|убыль|убыли)(?!\w)",
    "kk": r"(?<!\w)(?:төмендеу|кему|азаю|қысқару)(?:і|ы)?(?!\w)",
}
_OPENED: Final = {
    "en": re.compile(r"(?:This|That|It|The (?:\w+ ){0,2}?\w+) (?:is|was|makes?|made|means?|meant|came to|amount(?:s|ed) to)\b", re.I),
    "ru": re.compile(r"(?:Это|Таким образом|\w+(?: \w+){0,2})(?:\s[—–-]|\s(?:составил|равн)\w*|\s)", re.I),
    "kk": re.compile(r"(?:Бұл|Яғни|Демек|\w+(?: \w+){0,2})\s", re.I),
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
        r"\b(?:had been|there had been|had stood at|(?:a |one )?years? (?:earlier|before|ago)|the year before|previously|"
        r"last year|it was|they were|there were|it stood at)\b",
        re.I,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:(?:годом|месяцем|кварталом) (?:ранее|раньше)|год назад|в прошлом году|до этого|прежде|ранее|раньше|"
        r"был[оаи]?|составлял[оаи]?|насчитывалось)(?!\w)",
        re.I,
    ),
    "kk": re.compile(
        r"(?<!\w)(?:бұрын|былтыр|өткен жылы|бір жыл бұрын|болған|болды|болатын|құраған|еді)(?!\w)", re.I
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
    if len(ends) != 1 or len(numbers) != 1 or others or len(said.figures) != 1 or not _OPENED[said.language].match(said.plain):
        return
    ((earlier, later),) = ends
    yield from _drafted(before, said, earlier, later, numbers[0])


def other_end_before(before: Marked, said: Marked) -> Iterator[Draft]:
    """ "There are 460 buses. A year earlier there were 400; the growth is 15 %": one end in each sentence."""
    if not _follows(before, said) or before.has("from_to") or before.has("against") or before.has("more_than"):
        return
    numbers = [one for one in said.figures if not one.is_date]
    if len(numbers) != 2 or said.has("from_to") or not _THEN[said.language].search(said.plain[: said.place(numbers[1])]):
        return
    counts = [one for one in before.figures if _is_end(one)]
    earlier, change = numbers
    if not counts or not _is_end(earlier) or before.has("up") and len(counts) > 1:
        return
    later = counts[0]
    is_first = later is next(one for one in before.figures if not one.is_date)
    inner = counts[1:]
    if not is_first or (inner and not before.has("including")) or not _same_thing(later, earlier, said):
        return
    if later.period and earlier.period and later.period <= earlier.period:
        return
    yield from _drafted(before, said, earlier, later, change)


def _drafted(before: Marked, said: Marked, earlier: Figure, later: Figure, change: Figure) -> Iterator[Draft]:
    """The change that a noun of the second sentence names, if both ends go its way."""
    is_up, is_down = (re.search(words[said.language], said.plain, re.IGNORECASE) for words in (_UP, _DOWN))
    if bool(is_up) == bool(is_down) or None in (earlier.value, later.value, change.value) or change.bound != "exact":
        return
    first, last = float(earlier.value or 0), float(later.value or 0)
    if _alike(earlier) != _alike(later) and not (earlier.unit == "items" and not earlier.counted):
        return
    if first <= 0 or last <= 0 or (first < last) != bool(is_up) or max(first, last) > _FACTOR * min(first, last):
        return
    told = f"{earlier.printed} … {later.printed} … {change.printed}"
    if change.unit == "percent":
        if earlier.unit in _NO_END:
            return
        kind = "growth_rate" if is_up else "decline_rate"
        yield draft(kind, [earlier, later], [change], "change_percent", told, sure="place")
    elif earlier.unit == later.unit and (change.unit == later.unit or change.unit == "items") and later.unit != "percent":
        sides = [later, earlier] if is_up else [earlier, later]
        yield draft("difference", sides, [change], "change_amount", told, sure="place")


def _follows(before: Marked, said: Marked) -> bool:
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1
    is_table = any(one.table for one in (*before.figures, *said.figures))
    return is_next and not is_table and not _COMPARED.search(said.plain) and ";" not in before.plain


def _alike(one: Figure) -> str:
    return ONE_UNIT.get(one.unit, one.unit)


def _is_end(one: Figure) -> bool:
    return one.value is not None and one.bound == "exact" and one.unit not in (*_NO_END, *_DURATIONS)


def _same_thing(later: Figure, earlier: Figure, said: Marked) -> bool:
    """Whether the second sentence names no other thing than the first."""
    return not earlier.counted or earlier.counted == later.counted
