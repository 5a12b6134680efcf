"""Number words in running text that count nothing: "one of", "at first", "the first leaders"."""

import re
from typing import Final

from digital_diplomacy.printed.model import Printed

_ONLY: Final = re.compile(
    r"(?:(?<=\S\s)(?:ещ[её]|тағы)|лишь|только|всего|единственн\w+|хотя бы|only|just|further|single|exactly|тек|ғана|бар болғаны)\s+$",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"\s+(?:из|of|другой|друг|another|by one|и то(?:т|й|го)?\s+же)\b", re.IGNORECASE)
_OF_A_NUMBER: Final = re.compile(r"\s+(?:из|of)\s+(?:the\s+)?(?:\d|два|двух|тр[её]х|четыр|пяти|шести|семи|восьми|девяти|десяти|"
                                 r"two|three|four|five|six|seven|eight|nine|ten)", re.IGNORECASE)  # fmt: skip
_SIDE_BEFORE: Final = re.compile(
    r"(?:ни|no|any|each|every|another|not|другой|другому|such a|as|с|кез келген|ешбір|әр)\s+$", re.IGNORECASE
)
_ALONE: Final = re.compile(
    r"\s*(?:[.,;)–—]|$)|\s+(?:in|by|among|of|on|with|from|this|last|after|behind|среди|из|в|болды|болып|болған|тұр|шықты)"
    r"(?!\w)(?!\s+(?:these|them|those|which|all)\b)|\s+(?:and|и|және)\s(?-i:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])",
    re.IGNORECASE,
)
"""What stands behind an ordinal that no noun follows."""
_HIGHEST: Final = re.compile(
    r"[\s-]+(?:most|least|[a-z]{3,}est|places?|positions?)\b|\s+по\s+(?:величин|числ|количеств|размер|популярност|объ[её]м|значени)",
    re.IGNORECASE,
)
"""What makes it a place of its own: "the second most popular", «второй по величине»."""
_IS: Final = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|came|comes?|coming|finish\w*|stands?|stood|remain\w*|now|rank\w*|placed|rated)|"
    r"[–—-]|(?<!\w)(?:он[ао]?|(?:стал|был|остал|оказал)\w*)|(?-i:\b[А-ЯЁ][а-яё]{2,})|(?<!\w)бойынша(?:\s\w+)?)\s+(?:only\s|just\s|now\s|лишь\s)?$",
    re.IGNORECASE,
)
_IN_A_RANKING: Final = re.compile(
    r"\b(?:rank\w*|places?|placed|positions?|league)\b|\d(?:st|nd|rd|th)\b|(?<!\w)(?:мест(?:о|а|е|у|ом)|позици\w+|рейтинг\w*|"
    r"орын\w*|орнын?\w*)(?!\w)|\d-(?:е|я|ю|й|м|го|орын\w*)(?!\w)",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(
    r"(?:^|[.;:]\s*|\bat\s+|\b(?:во?|with|for)-|one of (?:the|its|our)\s|одн\w+ из\s)$", re.IGNORECASE
)
"""Before an ordinal that opens a list, or is one of several."""
_EDITION: Final = re.compile(r"\s+(?:annual|consecutive|ежегодн\w+)\b", re.IGNORECASE)
_PRIMACY: Final = re.compile(
    r"(?:(?<!\w)(?:явля|стал|был)\w*|\b(?:is|was|are|were|became|become)\s+the)\s+$", re.IGNORECASE
)
"""Before what is told to be the first of its kind: «является первым этапом»."""
_BY: Final = re.compile(r"(?:(?<!\w)по|\b(?:by|on)(?: the)?)\s+$", re.IGNORECASE)
"""Before an ordinal that says by which of several something is told: «по первому показателю»."""
_SPAN: Final = re.compile(
    r"\s+(?:years?|quarter|half|months?|weeks?|waves?|stage|time|год|квартал|полугоди|месяц|недел|раз|волн|этап|"
    r"жыл|тоқсан|жартыжылдық|ай|апта|кезең|рет)",
    re.IGNORECASE,
)
"""Spans and rounds, of which an ordinal only says which."""
_PART_OF_NAMED: Final = re.compile(r"\s+[a-z]+ of the [A-Z]")
"""A numbered part of what has a name: "the eighth task of the Address"."""
_TIME: Final = re.compile(r"\s+раз(?!\w)", re.IGNORECASE)
_BEFORE: Final = 80
"""Characters before a number that tell what it does."""
_DURATIONS: Final = frozenset(
    {"years", "months", "weeks", "days", "hours", "minutes", "seconds", "percent", "KZT", "EUR", "dollars"}
)


def is_idle(text: str, start: int, end: int, figure: Printed | None, *, is_dated: bool = False) -> bool:
    """Whether a number told in words counts nothing where it stands.

    One of, one another, no one; a quarter of a year in Kazakh; ordinals that tell no place of a ranking but only
    which one ("the second stage"). Numbers in digits always count. In a sentence with a date (``is_dated``) an
    ordinal before a noun tells what was the first of its kind.

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
        return _is_idle_ordinal(before, said, text[end:], is_dated=is_dated)
    if figure.value == 1 and figure.bound == "at_least" and _is_any(said, figure.unit, text[end:]):
        return True
    if said.casefold().startswith("тоқсан") and _OF_A_YEAR.search(before):
        return True
    if figure.value == 1 and _KK_ONCE.match(said + text[end : end + 12]):
        return True
    return figure.value == 1 and figure.bound == "exact" and _is_idle_one(before, figure.unit, text[end:])


_OF_A_YEAR: Final = re.compile(
    r"(?:өткен|осы|бұл|әр|келесі|соңғы|жыл(?:дың|ғы)|биыл(?:ғы)?|нш[іы]|\d-)\s*$", re.IGNORECASE
)
"""Before a quarter of a year, which Kazakh calls as it does ninety."""


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


def _is_idle_ordinal(before: str, said: str, behind: str, *, is_dated: bool) -> bool:
    """Whether an ordinal is no place of a ranking: it only says which one, or when ("the first year")."""
    first, *further = said.split()
    if further or not (before + behind).strip():
        return False
    if _HIGHEST.match(behind) or (_TIME.match(behind) and not first.casefold().startswith(("перв", "втор"))):
        return False
    if (_EDITION.match(behind) or _PART_OF_NAMED.match(behind)) and first.casefold() != "first":
        return False
    if _ALONE.match(behind) is None or _NAMES.search(before):
        return not (_PRIMACY.search(before) or (is_dated and not _SPAN.match(behind) and not _BY.search(before)))
    return not (_IS.search(before) or _IN_A_RANKING.search(f"{before} {behind}"))
