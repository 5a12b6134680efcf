"""Number words in running text that count nothing: "one of", "at first", "the first leaders"."""

import re
from typing import Final

from digital_diplomacy.printed.model import Printed

_ONLY: Final = re.compile(
    r"(?:ещ[её]|лишь|только|всего|единственн\w+|хотя бы|only|just|further|single|exactly|тағы|тек|ғана|бар болғаны)\s+$",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"\s+(?:из|of|другой|друг|another|by one|и то(?:т|й|го)?\s+же)\b", re.IGNORECASE)
_OF_A_NUMBER: Final = re.compile(r"\s+(?:из|of)\s+(?:the\s+)?(?:\d|два|двух|тр[её]х|четыр|пяти|шести|семи|восьми|девяти|десяти|"
                                 r"two|three|four|five|six|seven|eight|nine|ten)", re.IGNORECASE)  # fmt: skip
_SIDE_BEFORE: Final = re.compile(
    r"(?:ни|no|any|each|every|another|not|другой|другому|such a|as|с|кез келген|ешбір|әр)\s+$", re.IGNORECASE
)
_PLURAL: Final = re.compile(r"(?:ые|ых|ыми|ие|их|ими)$", re.IGNORECASE)
_FIRST_PHRASES: Final = re.compile(
    r"\s*(?:половин\w+|half\b|жартыс\w+|очередь|взгляд|попавш\w+|встречн\w+|лиц\w*|руководител\w*|of all|and foremost|glance|sight|hand\b|name|lady|"
    r"party|parties|world|language|thought|кезекте|кезек)",
    re.IGNORECASE,
)
_MANNER: Final = re.compile(
    r"\s*(?:раза\b|decade\b|contact\b|(?:показател|индикатор|вопрос|критери|индекс|компонент|измерени|"
    r"indicator|question|criterion|index\b|dimension|component|measure\b|көрсеткіш|сұрақ|өлшем)\w*)",
    re.IGNORECASE,
)
_ONCE: Final = re.compile(r"(?:first|перв\w+|бірінші|алғаш\w+) (?:time|раз|рет)\b", re.IGNORECASE)
_TO_LAST: Final = re.compile(r"\s+to last\b", re.IGNORECASE)
_OWN: Final = re.compile(r"\b(?:our|their|its|his|her|my)\s+$", re.IGNORECASE)
_BY: Final = re.compile(
    r"(?:\bпо|\bна|\bс|\bв|\bво|\bon the|\bby the|\bin the|\bfor the|(?:\bof )?\b(?:our|its|the))\s+$", re.IGNORECASE
)
"""An ordinal that only names which one: "for the first time", «по первому показателю»."""
_SHARED: Final = re.compile(r"\s*(?:[–—-]\s*)?(?:(?:with|has|имеет|составляет)\s)?\d[\d.,]*\s?%")
"""An ordinal with its share: "the second 25 %"."""
_THAT_ONE: Final = re.compile(r"\s+(?:of (?:these|them|those|which)|из (?:них|этих|которых))\b", re.IGNORECASE)
_RANKED: Final = re.compile(
    r"\b(?:came|comes|come|coming|rank\w*|plac\w+|finish\w*|is|was|were|are|stands?|stood|be|been|in|at|занял\w*|стал\w*|мест\w+)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LISTING: Final = re.compile(r"(?:^|[.;:]\s*|\bat\s+|\bво?-|\bв-)$", re.IGNORECASE)
_BEFORE: Final = 80
"""Characters before a number that tell what it does."""
_DURATIONS: Final = frozenset(
    {"years", "months", "weeks", "days", "hours", "minutes", "seconds", "percent", "KZT", "EUR", "dollars"}
)


def is_idle(text: str, start: int, end: int, figure: Printed | None) -> bool:
    """Whether a number told in words counts nothing where it stands.

    One of, one another, no one; at first, first of all, firstly; ordinals in the plural; an ordinal in a name (the
    Fourth Industrial Revolution). Numbers in digits always count.

    Examples
    --------
    >>> from digital_diplomacy.printed import read
    >>> is_idle("one of them", 0, 3, read("one")), is_idle("one year", 0, 8, read("one year"))
    (True, False)
    """
    said, before = text[start:end], text[max(0, start - _BEFORE) : start]
    if figure is None or any(char.isdigit() for char in said) or figure.ends is not None:
        return False
    if figure.unit == "rank":
        return _is_idle_ordinal(before, said, text[end:])
    if figure.value == 1 and figure.bound == "at_least" and _is_any(said, figure.unit, text[end:]):
        return True
    if figure.value == 1 and _KK_ONCE.match(said + text[end : end + 12]):
        return True
    return figure.value == 1 and figure.bound == "exact" and _is_idle_one(before, figure.unit, text[end:])


def _is_any(said: str, unit: str, behind: str) -> bool:
    """Whether one at least says no more than that there is any: «хотя бы в одной сети», "more than one answer"."""
    if unit == "times" or _WHERE.search(said):
        return True
    return unit == "" and _ANY.match(behind) is not None


_WHERE: Final = re.compile(r"(?:^|\s)(?:в|во|на|из|у|с|in|on|of)\s", re.IGNORECASE)
_ANY: Final = re.compile(
    r"\s+(?:answers?|responses?|options?|choices?|ответ\w*|вариант\w*|(?:[а-яёәғқңөұүһі]+\s)?[а-яёәғқңөұүһі]{2,}[дт][ае]|жауап\w*)(?!\w)",
    re.IGNORECASE,
)
_KK_ONCE: Final = re.compile(
    r"бір (?:жыл(?:да)?|ай(?:да)?|апта(?:да)?|күн(?:де)?)(?=\s|$)(?!\s+(?:ғана|уақыт))", re.IGNORECASE
)
"""A span that only says how long ago or how often: «бір жыл бұрын», «бір аптада»."""


def _is_idle_one(before: str, unit: str, behind: str) -> bool:
    if _OF.match(behind):
        return not _OF_A_NUMBER.match(behind)
    if _SIDE_BEFORE.search(before):
        return True
    return unit not in _DURATIONS and not _ONLY.search(before)


def _only_names(before: str, said: str, behind: str) -> bool:
    """Whether an ordinal only says which one, or when: "for the first time", "our first survey", "the second 25 %"."""
    if _ONCE.match(f"{said}{behind}") or _TO_LAST.match(behind):
        return True
    if said.casefold() == "first" and _OWN.search(before):
        return True
    if _SHARED.match(behind) or (_MANNER.match(behind) and (_BY.search(before) or not before)):
        return True
    closes = said.casefold() == "first" and re.match(r"\s*(?:[;,.]|$)", behind) is not None
    return (closes or _THAT_ONE.match(behind) is not None) and not _RANKED.search(before)


def _is_idle_ordinal(before: str, said: str, behind: str) -> bool:
    first, *further = said.split()
    if _PLURAL.search(first) and not further:
        return True
    if re.search(r"one of (?:the|its|our) $|одн\w+ из $", before, re.IGNORECASE):
        return True
    if _only_names(before, said, behind):
        return True
    if _FIRST_PHRASES.match(behind) or (_LISTING.search(before) and re.match(r"\s*[,:]|\s+of all", behind)):
        return True
    if re.fullmatch(r"second", said, re.IGNORECASE) and not re.search(
        r"\b(?:the|a|its|their|our|came|comes|ranks?|ranked|placed|finished|stands|stood|lies|now)\s+$", before
    ):
        return not re.match(r"\s+(?:place|position|most|largest)", behind)
    is_name = first[:1].isupper() and bool(before.strip()) and re.match(r"\s+[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]", behind) is not None
    return is_name or re.search(r"(?:в|во|with|at|for)-$", before, re.IGNORECASE) is not None
