"""What each figure of a sentence counts, by its own words, its heads, its neighbours and the noun before it."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.carried import OF_LISTS, carried, measured_on, of_list_ahead, of_series
from digital_diplomacy.extraction.divided import wholes_told
from digital_diplomacy.extraction.graded import SCORE
from digital_diplomacy.extraction.measures import (
    duration_before,
    goes_on_measuring,
    is_part_of,
    tells_place,
)
from digital_diplomacy.extraction.nouns import noun_unit
from digital_diplomacy.extraction.own_units import (
    COUNTED_BELOW,
    NO_HEAD,
    OWN_UNITS,
    POSSESSED,
    ROUNDED,
    THEM_BEFORE,
    Around,
    governed,
    is_alone_with_adverb,
    is_small,
    own_unit,
)
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY
from digital_diplomacy.extraction.told_on import are_more_points, are_those_who, fund, is_per
from digital_diplomacy.extraction.units import (
    CLAUSE,
    is_rate,
    merged,
    noun_before,
    noun_behind,
    people_did,
    unit_of_rate,
)
from digital_diplomacy.extraction.whose import is_collective
from digital_diplomacy.printed import Found, Printed

_NEIGHBOURS: Final = 40
"""Figures of a sentence on either side of one that may lend it their unit."""


def units_of(found: Sequence[Found], text: str, around: Around) -> list[str]:
    """Unit of every figure: its own, that of the noun behind, of headers, of its neighbours, of the noun before."""
    own = [own_unit(one, found, text, around) for one in found]
    governs = [bool((governed(one, text, around.language) or NO_HEAD).word) for one in found]
    own = [None if _is_of_counted(place, own, governs, found, text) else unit for place, unit in enumerate(own)]
    for place, whole in enumerate(wholes_told(found, own, text, around.language, around.told, governs)):
        own[place] = whole or own[place]
    units = list(own)
    for place, unit in enumerate(own):
        if unit is None and goes_on_measuring(place, own, found, text, around.language):
            units[place] = ""
        elif unit is None:
            units[place] = _inherited(place, own, found, text, around, units) or _of_before(
                place, units, found, text, around
            )
            if _of_them(place, units, found, text, around.told) is not None:
                own[place] = units[place]
    for place in range(2, len(units)):
        units[place] = _of_list(place, units, own, governs, found, text) or units[place]
    return [unit or "" for unit in units]


def _is_of_counted(
    place: int, own: Sequence[str | None], governs: Sequence[bool], found: Sequence[Found], text: str
) -> bool:
    """Whether a number before a verb of people is a part of things: «25 млн абонентов; из них 19 млн пользуются»."""
    one = found[place]
    if not place or own[place] != "persons" or governs[place] or one.figure is None or one.figure.unit:
        return False
    before = found[place - 1].figure
    is_of_things = own[place - 1] in ("items", "accounts") and before is not None and before.value >= one.figure.value
    return is_of_things and THEM_BEFORE.search(text, 0, one.start) is not None


def _of_list(
    place: int,
    units: Sequence[str | None],
    own: Sequence[str | None],
    governs: Sequence[bool],
    found: Sequence[Found],
    text: str,
) -> str:
    """Unit of the last of a list of bare numbers, however small: "German in 7,390, Dutch in 912, Thai in 98"."""
    before, figure = units[place - 1], found[place].figure
    is_bare = not governs[place] and units[place] == "items" and own[place - 1] is None and not governs[place - 1]
    if not is_bare or figure is None or figure.last_digit != 1 or before != units[place - 2]:
        return ""
    is_count = before not in (None, "", "items", "percent", *OWN_UNITS, *DURATIONS, *MONEY)
    is_joined = _LAST_OF_LIST.fullmatch(_between(found, text, place - 1, place)) is not None
    return str(before) if is_count and is_joined and _LIST_ENDS.match(text, found[place].end) else ""


_LAST_OF_LIST: Final = re.compile(
    r"(?:[^\W\d_]|[\s-]){0,40}?,?\s(?:and|и|және|а)\s(?:[^\W\d_]+[\s–—-]{1,3}){0,4}", re.IGNORECASE
)
"""What stands between the last two numbers of a list, each told of a thing of its own."""
_LIST_ENDS: Final = re.compile(r"\s*(?:(?:elsewhere|others?|more)\s*)?[.;,)]|\s*$", re.IGNORECASE)


def _of_before(place: int, units: Sequence[str | None], found: Sequence[Found], text: str, around: Around) -> str:
    """Unit of the number before one that stands for itself: "from 15 to 27 accounts; in Kazakh, from 2 to 9"."""
    figure = found[place].figure
    if figure is None or figure.last_digit < 1:
        return _of_alike(figure, units, found[:place]) or measured_on(figure, units, around.last)
    counts = [(unit, value) for unit, value in around.told if unit not in MONEY]
    told = next((unit for unit, value in counts if value >= figure.value), "items")
    if figure.last_digit >= COUNTED_BELOW and (money := fund(text, float(figure.value), around.told, around.money)):
        return money
    is_of_them = around.language == "kk" and POSSESSED.search(found[place].text) is not None
    return (
        (of_series(place, units, found) if is_of_them else "")
        or _underwent(place, units, found, text)
        or _same_count(text, found[place], counts)
        or _going_on(place, units, found, text, is_of_them=is_of_them)
        or _done_by_people(place, units, found, text, around.language, told)
        or carried(place, units, found, text, around)
        or _told_of_one(figure, text, found[place].start, counts)
        or (told if is_of_them or _OPENS.search(text, 0, found[place].start) else "items")
    )


def _wholes(place: int, units: Sequence[str | None], found: Sequence[Found]) -> list[str]:
    """Units of the counts before a number that it may be a part of."""
    figure, before = found[place].figure, zip(found[:place], units, strict=False)
    return [str(unit) for one, unit in before if figure is not None and _may_be_of(figure, one.figure, unit)]


def _underwent(place: int, units: Sequence[str | None], found: Sequence[Found], text: str) -> str:
    """Unit of those of whom a number underwent something: "11,842 migrants; 97 were deported"; "" for none."""
    one = found[place]
    if not (_UNDERWENT.match(text, one.end) and _OPENS.search(text, 0, one.start)):
        return ""
    wholes = _wholes(place, units, found)
    return wholes[-1] if wholes and wholes[-1] not in MONEY else ""


def _done_by_people(
    place: int, units: Sequence[str | None], found: Sequence[Found], text: str, lang: str, told: str
) -> str:
    """Unit of a number that words say to be of people, or of what they are told of; "" where none do."""
    before, behind = text[: found[place].start], text[found[place].end :]
    if lang != "kk" and are_those_who(before, units):
        return "persons"
    if place and units[place - 1] == "persons" and is_alone_with_adverb(behind):
        return "persons"
    if not people_did(before, behind, lang):
        return ""
    wholes = _wholes(place, units, found)
    return wholes[-1] if wholes else told if told != "items" else "persons"


_UNDERWENT: Final = re.compile(r"\s+(?:were|are|had been|have been)\s+[a-z]+(?:ed|ing|nt|wn)\b", re.IGNORECASE)
"""What the subject of a clause underwent: "11,842 migrants; 97 were deported"."""


def _same_count(text: str, one: Found, counts: Sequence[tuple[str, float]]) -> str:
    """Unit of the last count told, if words say that a number goes on telling it; "" if not."""
    return counts[0][0] if counts and _THIS_COUNT.search(text, 0, one.start) else ""


_THIS_COUNT: Final = re.compile(
    r"\b(?:this|that) (?:number|figure|count)\b[^.;:\d]{0,25}$|"
    r"(?<!\w)(?:это число|этот показатель)(?!\w)[^.;:\d]{0,30}$|"
    r"(?<!\w)бұл (?:сан|көрсеткіш)(?:ы|і)?(?!\w)[^.;:\d]{0,25}$|"
    r"\b(?:increase|growth|rise|gain|decrease|decline|drop|fall|loss|difference|gap)"
    r"(?: (?:of|was|is|came to|comes to|amounted to|makes|made|equals|being))?\s$|"
    r"(?<!\w)(?:прирост|рост|увеличение|снижение|сокращение|убыль|разница|разрыв)"
    r"(?:,? (?:составил[аои]?|равен|равна|равный|равная|равное|в|на|достиг(?:ла|ло)?))?\s$",
    re.IGNORECASE,
)
"""What goes on telling the last count: "a year before, this number was 34,910", "the increase of 1,240"."""


def _going_on(place: int, units: Sequence[str | None], found: Sequence[Found], text: str, *, is_of_them: bool) -> str:
    """Unit of the last count of a sentence, where a bare number is as large as it, one of it or a part of it."""
    figure = found[place].figure
    for other in range(place - 1, -1, -1):
        near, unit = found[other].figure, units[other]
        if is_of_them and unit == "items" and POSSESSED.search(found[other].text):
            return "items"
        if near is None or near.last_digit < 1 or unit in (None, "", "items", "percent", "places", *OWN_UNITS):
            continue
        if figure is None or tells_place(found[other], str(unit), text, figure):
            continue
        is_like = _alike(figure, near) and unit not in DURATIONS[1:]
        is_part = is_part_of(text, found[other].end, found[place]) and _may_be_of(figure, near, unit)
        return str(unit) if is_of_them or is_like or is_part else ""
    return ""


def _of_alike(figure: Printed | None, units: Sequence[str | None], before: Sequence[Found]) -> str:
    """Unit of the last neighbour with as many decimals, if people, what they make, or a time; "" of any other."""
    alike = [
        unit
        for one, unit in zip(before, units, strict=False)
        if figure is not None and one.figure is not None and one.figure.last_digit == figure.last_digit
    ]
    return str(alike[-1]) if alike and alike[-1] in (*OF_LISTS, *DURATIONS[1:]) else ""


def _told_of_one(figure: Printed, text: str, start: int, counts: Sequence[tuple[str, float]]) -> str:
    """Unit of what is told of one account, or of "that of" one: "That of the small country had 182,000"."""
    is_large = figure.last_digit >= COUNTED_BELOW and "followers" in dict(counts)
    if is_large and _FOLLOWED.search(text, 0, start):
        return "followers"
    return _people_told(counts, figure) if _THAT_OF.match(text) else ""


_FOLLOWED: Final = re.compile(
    r"\b(?:account|page|channel) |(?<!\w)(?:аккаунт|страниц[аеу]|канал)(?!\w)|(?<!\w)(?:аккаунты?|"
    r"парақша(?:сы)?|арна(?:сы)?)(?!\w)",
    re.IGNORECASE,
)
"""One of what is followed: a number of thousands behind it is of followers, where the paragraph tells of them."""
_THAT_OF: Final = re.compile(r"\W*(?:that|those) of\b", re.IGNORECASE)


def _people_told(counts: Sequence[tuple[str, float]], figure: Printed) -> str:
    """Unit of the last count told before that stands for no inhabitants: "That of the small one had 182,000"."""
    return next((unit for unit, value in counts if unit not in ("persons", "countries") and value >= figure.value), "")


def _may_be_of(part: Printed, whole: Printed | None, unit: str | None) -> bool:
    """Whether a count told before may be that of which a part is told: "of the 1,150 firms, 437 answered"."""
    is_count = whole is not None and whole.last_digit >= 1 and unit not in (None, "", *ROUNDED, *OWN_UNITS)
    return is_count and unit not in DURATIONS[1:] and whole is not None and whole.value >= part.value


_OPENS: Final = re.compile(
    r"(?:^|[;:(]|,\s+(?:а|и|and|but)|\b(?:of (?:them|these|whom|which),?|another|a further)|"
    r"(?<!\w)(?:из (?:них|которых)|[её]щ[её]|олардың|тағы))\s*(?:(?:only|just|about|лишь|только|тек)\s+)?$",
    re.IGNORECASE,
)
"""What stands before a number that is the subject of its clause."""


def _averaged(place: int, own: Sequence[str | None], found: Sequence[Found], text: str) -> str:
    """Unit of a mean without a noun: that of the last larger count, and not of what it is told per; "" for none."""
    figure = found[place].figure
    if figure is None or _MEAN.search(text, 0, found[place].start) is None:
        return ""
    for other in range(place - 1, -1, -1):
        near, unit = found[other].figure, own[other]
        if near is not None and unit and unit not in (*ROUNDED, *OWN_UNITS) and near.value > figure.value:
            return unit
    return ""


_MEAN: Final = re.compile(
    r"(?:\b(?:mean|median|average|averaging|on average)|(?<!\w)в среднем(?: по)?|(?<!\w)орта есеппен|"
    r"(?<!\w)орташа)[\s,:–—]+$",
    re.IGNORECASE,
)


def _of_whole_ahead(place: int, own: Sequence[str | None], found: Sequence[Found], text: str) -> str:
    """Unit of the whole right behind a number: "71 of the 90 embassies"; "" where none is."""
    if place + 1 == len(own) or not own[place + 1] or not _OF.fullmatch(_between(found, text, place, place + 1)):
        return ""
    part, whole = found[place].figure, found[place + 1].figure
    is_count = part is not None and whole is not None and part.last_digit == whole.last_digit == 1
    return str(own[place + 1]) if is_count else ""


def _inherited(
    place: int,
    own: Sequence[str | None],
    found: Sequence[Found],
    text: str,
    around: Around,
    units: Sequence[str | None],
) -> str:
    figure = found[place].figure
    if (told := _told_on(place, units, found, text, around)) is not None:
        return told
    if mean := _averaged(place, own, found, text):
        return mean
    if ahead := _of_whole_ahead(place, own, found, text) or of_list_ahead(place, own, found, text):
        return ahead
    is_part = _SHARED.match(text, found[place].end) is not None
    order = [*range(place - 1, -1, -1)[:_NEIGHBOURS], *range(place + 1, len(own))[:_NEIGHBOURS]]
    for other in order:
        near, unit = found[other].figure, own[other]
        if unit == SCORE and near is not None and figure is not None and _may_be_score(figure, near):
            return SCORE
        if (
            unit
            and near is not None
            and figure is not None
            and unit not in (*OWN_UNITS, "places")
            and (near.value != 1 or figure.value <= 1)
            and not (unit == "items" and _GROUPS.match(text, found[other].end))
            and not tells_place(found[other], unit, text, figure)
            and (
                _alike(figure, near)
                or (is_part and _may_hold(figure, near))
                or (
                    is_part
                    and unit != "percent"
                    and figure.last_digit == near.last_digit == 1
                    and _SHARED_NEAR.match(text, found[other].end)
                )
            )
            and not is_per(text[found[place].end :], unit, around.language)
            and not (other < place and unit in DURATIONS and _tells_when(found[other], found[place], text))
            and not is_rate(_between(found, text, place, other))
            and _PER.fullmatch(_between(found, text, place, other)) is None
            and not (
                other > place and unit in MONEY and len(_WORDS.findall(_between(found, text, place, other))) > _APART
            )
        ):
            return str(unit)
    return _of_noun_before(place, own, found, text, around.language)


def _may_be_score(figure: Printed, near: Printed) -> bool:
    """Whether a number may be of the scale that one beside it is of."""
    return near.last_digit == figure.last_digit and (figure.last_digit < 1 or figure.value <= _HUNDRED)


def _tells_when(one: Found, other: Found, text: str) -> bool:
    """Whether a span of time only says when or how fast: "33 within two days and 12 later"."""
    if _INSTEAD.fullmatch(text, one.end, other.start):
        return False
    return _WITHIN.search(text, 0, one.start) is not None or _WHEN_KK.search(one.text) is not None


_INSTEAD: Final = re.compile(
    r"\s+(?:instead of|rather than|or|to|not|against|вместо|а не|против|до|или)\s+", re.IGNORECASE
)
_WITHIN: Final = re.compile(
    r"(?:\b(?:within|in|after|for|over|every|per|during)|(?<!\w)(?:за|в течение|через|после|спустя|в))\s+$",
    re.IGNORECASE,
)
_WHEN_KK: Final = re.compile(
    r"(?:ай|апта|күн|жыл|сағат|минут)(?:[ыі]?н?[дт]?[ае]|ына|іне|[дт]ан|[дт]ен|ға|ге)$", re.IGNORECASE
)


def _is_listed_share(place: int, own: Sequence[str | None], found: Sequence[Found], text: str) -> bool:
    """Whether a number stands in a list whose last has the sign of all: "45, 35, 12 and 8 per cent"."""
    for other in range(place + 1, len(own)):
        joined = _LISTED.fullmatch(_between(found, text, other - 1, other))
        figure = found[other - 1].figure
        if joined is None or figure is None or figure.value > _HUNDRED:
            return False
        if own[other] is not None or joined["and"]:
            return own[other] == "percent" and joined["and"] is not None
    return False


_HUNDRED: Final = 100
_LISTED: Final = re.compile(r"\s*(?:,\s*|,?\s(?P<and>and|и|және|мен|пен|бен)\s+)", re.IGNORECASE)


def _told_on(place: int, units: Sequence[str | None], found: Sequence[Found], text: str, around: Around) -> str | None:
    """Unit of the number that one goes on telling: one "of them", one of a list of shares, or points of shares."""
    of_them = _of_them(place, units, found, text, around.told)
    if of_them is None and _is_listed_share(place, units, found, text):
        return "percent"
    if of_them is not None or not place:
        return of_them
    between = _between(found, text, place - 1, place)
    is_of_points = are_more_points(units[:place], between, text[found[place].end :], around.language)
    return "percentage_points" if is_of_points else None


def _of_noun_before(place: int, own: Sequence[str | None], found: Sequence[Found], text: str, lang: str) -> str:
    figure, start = found[place].figure, found[place].start
    if place and (them := _MANY.fullmatch(text, found[place - 1].end, start)) and _is_implied_share(found[place - 1]):
        return noun_behind(text[found[place - 1].end :], lang) or _of_one(them["noun"], lang)
    clause = text[max(0, start - CLAUSE) : start]
    if told := duration_before(clause, lang) or unit_of_rate(clause, lang):
        return told
    before = noun_before(clause, lang)
    if before and is_per(text[found[place].end :], before, lang):
        return ""
    if not before and is_collective(text[max(0, start - CLAUSE) : start]):
        before = "persons"
    if before == "percent" and "percent" in own[:place]:
        before = None  # the word is that of a share told before: «яғни 20 пайызы, ал 9 300-і»
    if before == "persons" and is_rate(_LAST_CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]):
        return ""  # people per something are no people
    if before and figure is not None and (figure.last_digit >= 1 or before in (*MONEY, "percent")):
        return before
    return ""


_MANY: Final = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}(?P<noun>[^\W\d_]+)\s+\(")
"""What is told as a share in words and counted in brackets: «каждое пятое сообщение (12 296)»."""


def _is_implied_share(one: Found) -> bool:
    return one.figure is not None and one.figure.unit == "percent" and one.figure.bound == "about"


def _of_one(word: str, lang: str) -> str:
    return merged(noun_unit(word, lang))


def _of_them(
    place: int,
    own: Sequence[str | None],
    found: Sequence[Found],
    text: str,
    told: Sequence[tuple[str, float]],
) -> str | None:
    """Unit of the count before a number that is one "of them": "1,260 workshops, 840 of them for children".

    Where its sentence has none before, it is that of the last count told that is large enough.
    """
    figure, one = found[place].figure, found[place]
    if figure is None or figure.last_digit < 1 or _BOTH.fullmatch(one.text):
        return None
    if not (_THEM_BEHIND.match(text, one.end) or THEM_BEFORE.search(text, 0, one.start)):
        return None
    for other in range(place - 1, -1, -1):
        near, unit = found[other].figure, own[other]
        if near is not None and near.last_digit >= 1 and near.value >= figure.value and unit not in (None, *ROUNDED):
            return None if unit in (*OWN_UNITS, *DURATIONS[1:]) else unit
    counts = [unit for unit, value in told if value >= figure.value and unit not in (*ROUNDED, *OWN_UNITS, *DURATIONS)]
    return counts[0] if counts and not any(own[:place]) else None


_BOTH: Final = re.compile(r"both|об[ае]|екеуі", re.IGNORECASE)
"""The two just named, and no part of a count told before: "from Georgia and Azerbaijan, both of which offered"."""
_THEM_BEHIND: Final = re.compile(r"\s+(?:of (?:them|these|those|whom|which)|из (?:них|которых))\b", re.IGNORECASE)
_LAST_CLAUSE: Final = re.compile(r"[,;]\s")
_NEAR: Final = 60
"""Characters before a number in which words say that it is a rate."""
_GROUPS: Final = re.compile(
    r"\s+(?:groups?|arms|categor\w+|parts|kinds|types|classes|samples|waves|rounds|групп\w*|категори\w*|част\w+|вид\w*|тип\w*|"
    r"топ\w*|санат\w*|бөлік\w*|түр\w*)\b",
    re.IGNORECASE,
)
"""What things are divided into, and not the things."""
_PER: Final = re.compile(r"\s*(?:per|for every|на каждые|на)\s*", re.IGNORECASE)
_OF: Final = re.compile(
    r"\s*(?:(?:out )?of(?: (?:the|all|our|these|those|all the))?|из(?: (?:всех|этих))?)\s*", re.IGNORECASE
)
_WORDS: Final = re.compile(r"[^\W\d_]{4,}")
_APART: Final = 2
"""Words between two numbers from which the second one's currency is not the first one's."""


_SHARED: Final = re.compile(r"\s*\(\s*\d[\d.,]*\s*(?:%|per ?cent|проц|пайыз)", re.IGNORECASE)
"""A share in brackets: the number before it is a part of what was counted."""
_SHARED_NEAR: Final = re.compile(rf"(?:\s+[^\W\d_]+){{0,3}}{_SHARED.pattern}", re.IGNORECASE)
"""The same behind a number with its noun: "868 students (37%)"."""


def _may_hold(part: Printed, whole: Printed) -> bool:
    return part.last_digit >= 1 and whole.unit not in ("percent", *OWN_UNITS) and whole.value >= part.value


def _between(found: Sequence[Found], text: str, place: int, other: int) -> str:
    first, last = sorted((place, other))
    return text[found[first].end : found[last].start]


def _alike(figure: Printed, near: Printed) -> bool:
    """Whether two figures of a sentence may count the same: both with decimals below a thousand, or both scaled."""
    if near.unit == "percent" or figure.last_digit < 1:
        return near.unit == "percent" and figure.last_digit == near.last_digit and figure.last_digit < 1
    return (figure.last_digit >= COUNTED_BELOW) == (near.last_digit >= COUNTED_BELOW) and is_small(figure) == is_small(
        near
    )
