"""The unit a number has by its own words, the noun it governs, its heads, and what stands right beside it."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from digital_diplomacy.extraction.ages import is_age
from digital_diplomacy.extraction.compounds import POSTS, compound_unit, is_no_message, is_of_staff, is_online
from digital_diplomacy.extraction.graded import MEASURED, SCORE, are_people, is_of_places, is_told_of_ranks, score_unit
from digital_diplomacy.extraction.heads import unit_of_cell
from digital_diplomacy.extraction.measures import (
    duration_behind,
    is_in_measures,
    is_multiple,
    unit_of_occasions,
)
from digital_diplomacy.extraction.nouns import MEASURED_UNIT, noun_unit
from digital_diplomacy.extraction.phrases import Head, head_behind
from digital_diplomacy.extraction.russian import look_up
from digital_diplomacy.extraction.tokens import MONEY
from digital_diplomacy.extraction.told_on import is_measured_ahead
from digital_diplomacy.extraction.units import are_points, is_number_of, merged, noun_behind
from digital_diplomacy.extraction.whose import are_held, unit_of_whole
from digital_diplomacy.printed import Found, Printed

_JOINED_TENS: Final = r"(?:он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан)\s(?:бір|үш|бес)"
"""Numbers whose last word alone would be another word with the ending of what is somebody's: «он бесі»."""
POSSESSED: Final = re.compile(
    r"(?:\d-?(?:[еа]у)?|(?:мың|млн|млрд|миллион|миллиард)-?|(?:ек|үш|төрт|бес|алт|жет)[еа]у|"
    rf"сегіз|тоғыз|жиырма|отыз|елу|алпыс|жетпіс|сексен|тоқсан|екі|төрт|алты|жеті|{_JOINED_TENS})"
    r"(?:с?[ыі]|с?[ыі]н|с?[ыі]нде|с?[ыі]нда|с?[ыі]ның|с?[ыі]нің)(?:\s[^\W\d_]+)?$",
    re.IGNORECASE,
)
THEM_BEFORE: Final = re.compile(
    r"(?:\b(?:of (?:them|these|whom|which),?|the (?:other|remaining))|"
    r"(?<!\w)из (?:них|которых|этого числа|общего числа)|"
    r"(?<!\w)в том числе|"
    r"(?<!\w)(?:олардың|оның ішінде|соның ішінде))\s+(?:(?:only|just|about|some|лишь|только|около|тек|ішінде)\s+)?$",
    re.IGNORECASE,
)
COUNTED_BELOW: Final = 1000
"""Whole numbers below it are counted where they count things."""


ROUNDED: Final = ("percent", "percentage_points", "times", SCORE, "")
"""Units of what is measured and not counted: even small whole numbers of them are rounded."""


class Around(NamedTuple):
    """What stands around the figures of a sentence.

    Parameters
    ----------
    language : str
    heads : tuple of str
        The heads of its cell, the nearest first.
    told : tuple of (str, float)
        Units and values of the counts told before it in its paragraph, the last first: a number without a noun may be
        of the nearest that is as large.
    money : str
        The currency of the last sum of millions told in the paper; "" for none.
    last : tuple of (str, float, float)
        Units, values and last digits of what the sentence before counts or measures.
    """

    language: str
    heads: tuple[str, ...] = ()
    told: tuple[tuple[str, float], ...] = ()
    money: str = ""
    last: tuple[tuple[str, float, float], ...] = ()


OWN_UNITS: Final = ("rank", "years", "date", "times", "percentage_points", SCORE)
"""Units that no number takes from its neighbours."""
_OLDEST: Final = 120


_CODES: Final = {"KZT": "KZT", "USD": "dollars", "EUR": "EUR", "RUB": "RUB"}


_OTHER_MONEY: Final = re.compile(r"(?:[£¥₹₴₺]|\b(?:GBP|CNY|UZS|KGS|CHF|JPY|TRY))\s?$")
"""Money that no unit stands for; it counts no items."""
_OTHER_MONEY_BEHIND: Final = re.compile(
    r"\s(?:[A-Z][a-z]+\s)?(?:afghani|baht|birr|dong|drams?|forint|kip|lari|lei|leva|manat|naira|ringgit|renminbi|som|"
    r"taka|tugrik|yen|yuan|zloty)\b"
)
"""Such money without a plural of its own, by which it would be known as a noun."""


_SCORED: Final = re.compile(
    r"\b(?:scor|mark|grade|rating|index)\w*|(?<!\w)(?:балл|оцен|индекс|ұпай|бағ[ае]с)", re.IGNORECASE
)
"""Here points are those of a scale."""


_OF_SHARES: Final = re.compile(
    r"\b(?:shares?|proportions?|percentages?|penetration|coverage|turnout|[a-z]+ rates?)\b|"
    r"(?<!\w)(?:дол[яиюей]{1,2}|удельн\w+ вес\w*|охват\w*|проникновени\w+|явк\w+)(?!\w)|(?<!\w)(?:үлес|қамту)\w*",
    re.IGNORECASE,
)
"""Here points are those of shares."""


_CODE: Final = re.compile(r"\b(KZT|USD|EUR|RUB)\s?$")


_PLACE: Final = re.compile(
    r"\b(?:took|take[ns]?|occup\w+|holds?|held|in|at|only) (?:place|position|rank)\s$", re.IGNORECASE
)
"""Before a place of a ranking that is no ordinal: "took only place 161"."""
_SIZE: Final = re.compile(r"\b[nN]\s?=\s?$")
_SURVEY: Final = re.compile(
    r"\b(?:survey|poll|respondent|interview|questionnaire)|(?<!\w)(?:опрос|респондент|анкет|интервью|сауалнама)",
    re.IGNORECASE,
)
"""The size of a sample, and what is a sample of people."""
_PREDICATE: Final = re.compile(r"\s[–—-]\s(?P<noun>[^\W\d_]+)")


_AGENT: Final = re.compile(r"\s+(?P<who>[^\W\d_]{2,}уш[іы][^\W\d_]*)")
"""Who does what the Kazakh noun before it names."""
_NO_DWELLING: Final = re.compile(
    r"\s+(?:шаруашылы\w*|дружбы|культуры|отдыха|престарелых|ребенка|ребёнка|творчества|быта|техники|правительства)",
    re.IGNORECASE,
)
"""Behind houses: households, and houses that serve for something."""


def _is_no_dwelling(one: Found, text: str, lang: str) -> bool:
    """Whether houses are no dwellings but bodies or halls."""
    word = re.search(r"(?P<kind>[^\W\d_]+)\s+\w+$", one.text) if lang != "ru" else None
    if lang == "kk" and one.text.endswith("үйі"):
        return True  # «достық үйі»
    return _NO_DWELLING.match(text, one.end) is not None or (
        word is not None and lang == "en" and re.search(r"(?:ship|ing|ure)$", word["kind"]) is not None
    )


def own_unit(one: Found, found: Sequence[Found], text: str, around: Around) -> str | None:
    """The unit a number has of itself, by its sign, the words beside it or what it tells; none where none is told."""
    if one.date is not None:
        return "date"
    if one.figure is None or one.figure.unit:
        return _printed_unit(one, one.figure, text, around.language) if one.figure is not None else ""
    if text[one.end :].lstrip().startswith("±"):
        deviation = next((other for other in found if other.start > one.end and other.figure is not None), None)
        return own_unit(deviation, found, text, around) or "" if deviation is not None else ""
    if is_age(one.text, text[: one.start], text[one.end :]):
        is_too_old = around.language == "kk" and one.figure.value > _OLDEST
        return "persons" if is_too_old else "years"  # «800 жас қатысты» are the young
    said_beside = _told_ahead(text, one.start) or _beside(one, found, text, around)
    if said_beside is not None:
        return said_beside
    unit = _named(one, one.figure, text, around)
    is_alone = one.figure.last_digit >= COUNTED_BELOW and not (governed(one, text, around.language) or NO_HEAD).word
    return None if unit == "persons" and is_alone and _is_behind_money(one, found, text) else unit


def _told_ahead(text: str, start: int) -> str | None:
    """Unit that the words right before a number tell: a place of a ranking, the size of a sample; nothing for none."""
    if _PLACE.search(text, 0, start):
        return "rank"
    return "respondents" if _SIZE.search(text, 0, start) and _SURVEY.search(text) else None


def _is_behind_money(one: Found, found: Sequence[Found], text: str) -> bool:
    """Whether the figure before is a sum, which is divided on: "of KZT 4.2 billion, 2.6 billion went on paper"."""
    before = next((each for each in reversed(found) if each.start < one.start and each.figure is not None), None)
    is_unit = before is not None and before.figure is not None and before.figure.unit in MONEY
    return is_unit or (before is not None and _CODE.search(text[: before.start]) is not None)


def _printed_unit(one: Found, figure: Printed, text: str, lang: str) -> str | None:
    """The unit printed behind a number, unless that word only begins what it counts, or is none of it."""
    if _is_owner(one, lang):
        return None
    if lang == "en" and (unit := _compound(one, text)):
        return unit
    if figure.unit == "times" and (told := unit_of_occasions(one.text, text[: one.start], text[one.end :])):
        return told
    if figure.unit == "places" and not is_told_of_ranks(text):
        return "items"  # "a grant of 340 places"
    if lang == "kk" and (agent := _AGENT.match(text, one.end)) and noun_unit(agent["who"], "kk") == "persons":
        return "persons"  # «10 өтініш берушінің»
    return "items" if figure.unit == "houses" and _is_no_dwelling(one, text, lang) else figure.unit


def _compound(one: Found, text: str) -> str:
    """Unit of posts of staff, and of nouns of two words."""
    if POSTS.search(one.text) and is_of_staff(text):
        return "items"
    return compound_unit(one.text, text[one.end :])


NO_HEAD: Final = Head("", "")


def _is_owner(one: Found, lang: str) -> bool:
    """Whether a Kazakh number of them has a noun behind it that it does not count: «29-ы хабарлама мазмұнын»."""
    return lang == "kk" and _OF_THEM_ALL.match(one.text) is not None


_OF_THEM_ALL: Final = re.compile(r"\d[\d\s\u00a0]*-(?:с?[ыі]|с?[ыі]н|с?[ыі]н[ае])\s+[^\W\d_]")


def _beside(one: Found, found: Sequence[Found], text: str, around: Around) -> str | None:
    """Unit that a code before a figure or a sign behind it tells, or words that no noun changes."""
    if (code := _CODE.search(text[: one.start])) is not None:
        return _CODES[code[1]]
    if (
        is_in_measures(around.heads, around.language)
        or MEASURED.match(text, one.end)
        or _OTHER_MONEY.search(text[: one.start])
        or _OTHER_MONEY_BEHIND.match(text, one.end)
    ):
        return ""
    if _INHABITED.search(text[: one.start]) and not (governed(one, text, around.language) or NO_HEAD).word:
        return "persons"
    if told := _told_beside(one, text, around.language):
        return told
    is_scored = are_points(text[one.end :]) and _SCORED.search(text[: one.start])
    if is_scored or is_measured_ahead(text[: one.start]):
        return ""
    is_among_shares = _OF_SHARES.search(text[: one.start]) is not None or any(
        other.figure is not None and other.figure.unit == "percent" for other in found
    )
    return "percentage_points" if is_among_shares and are_points(text[one.end :]) else None


def _told_beside(one: Found, text: str, lang: str) -> str:
    """``times`` of a multiple, the span of a Kazakh adjective, or what points, places and people words tell."""
    if is_multiple(text[: one.start]):
        return "times"
    return duration_behind(text[one.end :], lang) or _graded(one, text, lang)


_INHABITED: Final = re.compile(
    r"\b(?:country|nation|state|city|town|village|province|region|district|delegation|team|panel|crew|jury|"
    r"workforce) (?:of|with)\s+(?:about\s+|some\s+|only\s+)?$|"
    r"(?<!\w)(?:стран|город|област|район|государств|сел)\w*\s+с\s+(?:населением|числом жителей)\s+(?:в\s+)?$|"
    r"(?<!\w)(?:халқы|халық(?: саны)?|тұрғыны|тұрғындары)[\s–—]+$",
    re.IGNORECASE,
)
"""Before the number of those who live somewhere: "a country of 1.3 million"."""


def _graded(one: Found, text: str, lang: str) -> str:
    """Unit of points, places and people that the words around a number tell, whatever noun it governs."""
    before, behind = text[: one.start], text[one.end :]
    if one.figure is None or one.figure.last_digit > 1:
        return ""
    if one.figure.last_digit == 1 and is_of_places(before, behind, lang):
        return "places"
    if are_people(one.text, behind, lang) and head_behind(behind, lang) is None:
        return "persons"
    return score_unit(float(one.figure.value), one.text, before, behind, lang)


def _named(one: Found, figure: Printed, text: str, around: Around) -> str | None:
    """Unit that the noun behind a figure names, or the heads of its cell."""
    head = governed(one, text, around.language)
    if head is not None and head.unit == MEASURED_UNIT:
        return ""
    if head is not None and _names_nothing(one, head, figure, text, around.language):
        return None
    behind = None if head is None else merged(head.unit)
    if told := _told_of_whole(one, figure, head, text, around):
        return told
    is_counted = head is not None and (figure.last_digit == 1 or head.word != "")
    if behind or (is_counted and figure.last_digit >= 1):
        is_thing = head is not None and ((head.word == "post" and is_of_staff(text)) or is_no_message(head.word, text))
        if head is not None and is_online(head.word, text):
            return "messages"
        return "items" if is_thing else behind or "items"
    is_at_places = head is None and is_small(figure) and _AT_PLACES.match(text, one.end) and _BARE.search(one.text)
    unit = "items" if is_at_places else unit_of_cell(around.heads, around.language)
    is_of_things = unit is None and figure.last_digit >= 1 and is_number_of(text[: one.start], around.language)
    return "items" if is_of_things else unit


def _names_nothing(one: Found, head: Head, figure: Printed, text: str, lang: str) -> bool:
    """Whether what follows a number is told of others: their parts, "others", an adverb, or what money is for."""
    return (
        (head.unit == "persons" and _is_of_things(one, head, figure, text, lang))
        or (lang == "en" and head.word in ("other", "one"))
        or (not head.word and is_alone_with_adverb(text[one.end :]))
        or _is_for(head, figure, text[one.end :], lang)
    )


def is_alone_with_adverb(behind: str) -> bool:
    """Whether what follows a number only says how often or how: "213 use it daily and 96 weekly".

    Examples
    --------
    >>> is_alone_with_adverb(" weekly."), is_alone_with_adverb(" weekly bulletins.")
    (True, False)
    """
    return _ADVERB.match(behind) is not None


_ADVERB: Final = re.compile(r"\s+(?:[a-z]{3,}ly|often|sometimes|never)(?=\s*(?:[.,;)]|$|\sand\b))", re.IGNORECASE)


def _is_of_things(one: Found, head: Head, figure: Printed, text: str, lang: str) -> bool:
    """Whether a number only says how many of the things told before did or underwent what follows it.

    «в том числе 612 отозванных», "of 2,500 letters sent, 1,125 came back".
    """
    before = text[: one.start]
    if lang == "ru":
        return head.word != "" and _PART_OF.search(before) is not None and look_up(head.word).is_adjective
    whole = _WHOLE.search(before) if lang == "en" and not head.word else None
    if whole is None or float(whole["many"].replace(",", "")) < figure.value:
        return False
    of = head_behind(before[whole.end("many") :], lang)
    return (
        of is not None
        and of.word != ""
        and merged(of.unit) != "persons"
        and noun_unit(of.word + "s", lang) != "persons"
    )


_PART_OF: Final = re.compile(r"\d.*(?:в том числе|из (?:них|которых)|среди (?:них|которых)|включая)\s+$", re.IGNORECASE)
_WHOLE: Final = re.compile(
    r"\b(?:of|out of) (?:the |all |these )?(?P<many>\d[\d,]*)(?= [^,;.]+, (?:only |just )?$)", re.IGNORECASE
)


def _told_of_whole(one: Found, figure: Printed, head: Head | None, text: str, around: Around) -> str | None:
    """Unit of what words before a bare number divide, or of a noun that a dash sets behind it; nothing for neither."""
    is_bare = head is None or head.word == ""
    if is_bare and figure.last_digit >= 1 and not any(around.heads):
        if are_held(text[: one.start], text[one.end :]):
            return "persons"
        is_owned = POSSESSED.search(one.text) is not None
        if unit := unit_of_whole(text[: one.start], around.language, is_owned=is_owned):
            return unit
    named = _PREDICATE.match(text, one.end) if head is None else None
    if named is None:
        return None
    unit = noun_behind(f" {named['noun']}", around.language) or ""
    is_part = THEM_BEFORE.search(text, 0, one.start) is not None and re.search(r"\d", text[: one.start]) is not None
    return unit if unit == "persons" or (around.language == "kk" and not is_part) else None


_AT_PLACES: Final = re.compile(
    r"\s+(?:[^\W\d_]+\s)?(?:қала|ауыл|аудан|шетел|желі|портал)(?:лар|лер)?[дт][ае](?!\w)", re.IGNORECASE
)
_BARE: Final = re.compile(r"(?:\d|(?<![ыіа])[а-яәіңғүұқөһ])$", re.IGNORECASE)
"""Places told by a number that has no ending: «бес желіде», not «340-ы қалада»."""


def _is_for(head: Head, figure: Printed, behind: str, lang: str) -> bool:
    """Whether a Kazakh noun only tells what money is for: «6,2 млрд отынға»."""
    return lang == "kk" and figure.last_digit >= COUNTED_BELOW and not head.unit and _DATIVE.match(behind) is not None


_DATIVE: Final = re.compile(r"\s+\w+(?:[ғг][ае]|[қк][ае])\b", re.IGNORECASE)


def governed(one: Found, text: str, lang: str) -> Head | None:
    """The head of the phrase a figure governs; a Kazakh number in a case governs none: «130-дан 156-ға жетті»."""
    if lang == "kk" and _IN_A_CASE.search(one.text):
        return None
    return head_behind(text[one.end :], lang, text[: one.start])


_IN_A_CASE: Final = re.compile(
    r"(?:\d-[а-яәғқңөұүһі]+|(?:мың|млн|млрд|миллион|миллиард)-?"
    r"(?:с?[ыі](?:н|ның|нің|на|не|нда|нде)?|[ғқ]а|[гк]е|[дтн][ае]н?|[дтн][ыі]|[дтн][ыі]ң)|"
    rf"(?:[еа]у|сегіз|тоғыз|жиырма|отыз|елу|алпыс|жетпіс|сексен|тоқсан|екі|төрт|алты|жеті|{_JOINED_TENS})с?[ыі](?:н|н[ае]|нд[ае]|н[ыі]ң)?)$",
    re.IGNORECASE,
)


def is_small(figure: Printed) -> bool:
    """Whether it is so small, and printed to its last one, that things may have been counted."""
    return figure.last_digit == 1 and abs(figure.value) < COUNTED_BELOW
