"""What a figure without a unit of its own counts: the noun behind it, its column, or its neighbours."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from digital_diplomacy.extraction.counted_words import is_done_by_people, listed
from digital_diplomacy.extraction.nouns import COUNTING, MEASURED_UNIT, is_plural, noun_unit
from digital_diplomacy.extraction.phrases import head_behind, substantive_unit
from digital_diplomacy.extraction.russian import is_dative, is_genitive_plural, is_singular, look_up
from digital_diplomacy.extraction.tokens import MONEY
from digital_diplomacy.printed import counted_unit

_RATE: Final = re.compile(
    r"\bper (?:1|one|thousand|million|head|capita)|\b(?:for|in) every\b|"
    r"(?<!\w)на\s+(?:1\s?0|тысяч|кажд|одн|душу)|шаққан",
    re.IGNORECASE,
)
_REACH_BEFORE: Final = 12
CLAUSE: Final = 600
"""Characters before a number within which those words stand."""


def noun_behind(text: str, lang: str, before: str = "") -> str | None:
    """Unit of the noun that the number before a text governs; "" for a noun of no known unit, nothing for none."""
    head = head_behind(text, lang, before)
    return None if head is None else merged(head.unit)


def merged(unit: str) -> str:
    """The unit a noun is merged into; things are merged into none."""
    return "" if unit in (MEASURED_UNIT, COUNTING, "items") else unit


def people_did(before: str, behind: str, lang: str) -> bool:
    """Whether the word right before a number or behind it tells what people do: «на вопросы ответили 1 160»."""
    words = _WORDS.findall(before[-_WORD_LONG:])[-1:] if _ENDS_IN_WORD.search(before) else []
    words += [match[1]] if (match := _NEXT.match(behind)) else []
    if lang == "en" and _IT_DID.search(before):
        return False
    if lang == "ru":
        if _MET.search(before):
            return False
        words = [look_up(word).verb for word in words]
    return any(is_done_by_people(word, lang, may_be_bodies=True) for word in words) and lang != "kk"


_IT_DID: Final = re.compile(r"\bit\s+[a-z]+\s+$", re.IGNORECASE)
"""What a thing did: "it passed 9,000 on"."""
_MET: Final = re.compile(
    r"(?<!\w)(?:норм|стандарт|требовани|критери|услови)(?:ам?|у|е|ю|ям|ям)\s+\w+\s+$", re.IGNORECASE
)
"""What meets a standard is no people: «требованиям отвечали 380»."""
_ENDS_IN_WORD: Final = re.compile(r"[^\W\d_]\s+$")
_NEXT: Final = re.compile(r"\s+([^\W\d_]+)")
_WORD_LONG: Final = 30
"""Characters that hold the word before a number."""


def noun_before(text: str, lang: str) -> str | None:
    """Unit of the last counted word before a figure in its clause: "число пользователей составило".

    Where the clause has none, in what stands before its bracket or colon: "followers (median 4,112)". Of "followers of
    all accounts" the followers are counted.
    """
    outer = _CLOSED.sub(" ", text)
    while True:
        if _POPULATION.search(outer):
            return "persons"
        if (
            lang == "ru"
            and (alone := _ALONE.search(outer) or _NUMBER_OF_ALL.search(outer))
            and (unit := substantive_unit(alone["word"]))
        ):
            return unit
        found = _last_noun(re.split(r"[;:()]", outer)[-1], lang)
        opened = max(outer.rfind(":"), outer.rfind("(") if outer.rfind("(") > outer.rfind(")") else -1)
        if found or found == "" or opened < 0:
            return found
        outer = outer[:opened]


_CLOSED: Final = re.compile(r"\([^()]*\)")
"""What is told in brackets between a noun and its number: "followers (of all kinds) came to 4,112"."""
_ALONE: Final = re.compile(
    r"(?<!\w)(?P<word>\w+[иы]хс?я?)\s+(?:был[оиа]|стало|насчитывалось|оказалось|осталось|набралось|больше)\s+$",
    re.IGNORECASE,
)
"""An adjective that stands for people before a verb and their number: «приезжих было 8,0 млн»."""
_NUMBER_OF_ALL: Final = re.compile(
    r"(?<!\w)(?:числ[оае]м?|количеств[оае]м?)\s+(?P<word>[а-яё]+[иы]х(?:ся)?)\s+"
    r"(?:(?:[а-яё]+\s+)?[а-яё]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись|ет|ит|яет)\s+(?:до\s+)?|[–—-]\s+)$",
    re.IGNORECASE,
)
"""«Число зарегистрированных достигло»: people, whatever they did."""
_POPULATION: Final = re.compile(
    r"(?:\bpopulation(?: of [^\W\d_]+)?(?: is| was| stood at)?|(?<!\w)население(?: [^\W\d_]+)?|"
    r"(?<!\w)численность населения|"
    r"(?<!\w)халық(?: саны)?)[\s:–—-]*$",
    re.IGNORECASE,
)


def is_number_of(before: str, lang: str) -> bool:
    """Whether the words before a number tell how many things of no unit there are: «число абонентов достигло».

    Examples
    --------
    >>> is_number_of("Число абонентов мобильной связи на конец года достигло ", "ru")
    True
    >>> is_number_of("Число пользователей достигло ", "ru"), is_number_of("The number of calls fell to ", "en")
    (False, True)
    >>> is_number_of("Тіркелген ұлттық домендердің саны ", "kk")
    True
    """
    match = _NUMBER[lang].search(before[-_TAIL:])
    if match is None:
        return False
    words = _WORDS.findall(match["of"])
    if lang == "kk":
        return _KK_OF_NONE.fullmatch(words[-1]) is None and not _unit(words[-1], "kk")
    if lang == "ru":
        noun = next((word for word in words if (known := look_up(word)).noun and not known.is_adjective), "")
        return noun != "" and not is_singular(noun) and not _unit(noun, "ru")
    noun = next((word for word in words if is_plural(word)), "")
    return noun != "" and not _unit(noun, "en")


_KK_OF_NONE: Final = re.compile(
    r"жиынтық|жалпы|орташа|нақты|барлық|ең|көп|(?:о|со|бұ|осы)(?:лардың|ның)", re.IGNORECASE
)
"""Words before «саны» that name nothing."""
_NUMBER: Final = {
    "en": re.compile(r"\bnumber of (?P<of>[^,;:.()\d]{3,})$", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:числ[оа]м?|количеств[оа]м?)\s(?P<of>[^,;:.()\d]{4,})$", re.IGNORECASE),
    "kk": re.compile(r"(?P<of>[^\W\d_]{3,})\sсан(?:ы|ын)(?!\w)[^,;.()\d]*$", re.IGNORECASE),
}


def _last_noun(clause: str, lang: str) -> str | None:
    tail = clause[-_TAIL:]
    if lang == "ru" and (opening := _OPENING.search(tail)) is not None:
        tail = f"{opening['noun']} "
    tail = _AMONG.sub(" ", tail)
    tail = _PRICED.sub(" ", _PER_ONE.sub(" ", _ABOUT_IT.sub(_kept, tail) if lang == "kk" else tail))
    if _LEGAL.search(tail):
        return ""
    words = _WORDS.findall(_MADE_UP.sub(" ", tail) if lang == "en" else tail)
    if words and noun_unit(words[-1], lang) == "items":
        return ""  # «абоненттері – 63 500»: no noun before it is what is counted
    if lang == "ru" and _is_label(tail):
        return ""
    words = _subjects(words, lang)
    near = list(pairwise(["", *words]))[-_REACH_BEFORE:]
    named = [
        (place, _unit(word, lang))
        for place, (before, word) in enumerate(near)
        if not (
            _tells_where(before, word, lang)
            or _is_one(word, lang)
            or _is_of_one(place, near, lang)
            or (lang == "ru" and _is_of_one_adjective(before, word, tail))
        )
    ]
    told = [(place, unit) for place, unit in named if unit]
    if lang == "en" and len(told) > 1:
        (first, head), (last, _) = told[-2:]
        said = [word.casefold() for _, word in near[first + 1 : last]]
        if said[:1] == ["of"] and all(word in _OF_ALL for word in said[1:]):
            return head
    if told and told[-1][1] in (*MONEY, "percent") and _LABELLED.search(tail):
        return _last_noun(re.split(r",\s", tail)[-1], lang) or ""
    return told[-1][1] if told else None


def _subjects(words: list[str], lang: str) -> list[str]:
    """Words without articles, without owners of what is counted, and without those for whom something is."""
    if lang == "en":  # "in the province" tells where as "in province" does
        return [word for place, word in enumerate(words) if word.casefold() != "the" or place + 1 == len(words)]
    if lang == "ru":
        return [word for word in words if not is_dative(word)]
    owners = [place for place in range(len(words) - 1) if _is_owned(words[: place + 2])]
    return [
        word
        for place, word in enumerate(words)
        if place not in owners and (_KK_TO_ONE.search(word) is None or counted_unit(word, "kk"))
    ]


_AMONG: Final = re.compile(r"\s(?:среди|among)\s[^,;:–—]+(?=\s[–—-]\s+$)", re.IGNORECASE)
"""Those among whom something is counted: «мужчин среди авторов жалоб – 1 874»."""


_KK_TO_ONE: Final = re.compile(r"(?<![лдт][ае]р)(?:[ғқ]а|[гк]е)$", re.IGNORECASE)
"""A dative in the singular, of whom something is for: «операторға»."""


def _is_of_one_adjective(before: str, word: str, tail: str) -> bool:
    """Whether an adjective in the singular stands right before a noun, without a number between them."""
    is_singular_form = _OF_ONE_THING.fullmatch(before) is not None and look_up(before).is_adjective
    return is_singular_form and f"{before} {word}" in tail


_OF_ONE_THING: Final = re.compile(r"(?!всего)[а-яё]+(?:[её]й|ой|[ую]ю|[ая]я|[ое]го|[ое]му|[ое]е)", re.IGNORECASE)
"""Adjectives in the singular, which say that a noun of two readings is one thing: «самой заметной записи»."""
_PRICED: Final = re.compile(
    r"\d\s?(?:(?:thousand|million|billion|trillion|тыс|млн|млрд|трлн|мың)\.?\s)?"
    r"(?:tenge|dollars|euros?|roubles|rubles|тенге|долларов|евро|рублей|теңге\w*|доллар\w*)"
    r"(?=(?:,\s|\s(?:and|и|және|то|but)\s|\s[^\W\d_]+,\s)[^\d]*[^\W\d_]{4}[^\d]*$)",
    re.IGNORECASE,
)
"""Money of a number of its own, before another clause: "28.4 billion tenge and would fill"."""
_LABELLED: Final = re.compile(r",\s[^\W\d_][^,\d]*\s[–—-]\s+$")
"""Behind a comma, words of their own before a dash name what a number counts: «на 2 млн тенге, недостатков – 7»."""


def _kept(match: re.Match[str]) -> str:
    """What is counted before what it is about: «шағым байланысқа –»."""
    first = match.group().split()[0]
    return f"{first} " if _unit(first, "kk") == "appeals" else ""


def _is_one(word: str, lang: str) -> bool:
    """Whether a noun stands in the singular, of which no number is told behind it: "the country had …"."""
    if lang == "ru":
        return _unit(word, "ru") in _THINGS and is_singular(word)
    return lang == "en" and word.casefold() in _SINGULAR


def _is_of_one(place: int, near: list[tuple[str, str]], lang: str) -> bool:
    """Whether a Kazakh country or region is told in the singular, and not as how many there are: «ел аудиториясын»."""
    word = near[place][1].casefold()
    is_one = lang == "kk" and word in ("ел", "мемлекет", "облыс", "өңір", "аймақ")
    return is_one and not any(behind.startswith("сан") for _, behind in near[place + 1 : place + 2])


_THINGS: Final = ("countries", "regions", "accounts", "websites", "messages", "houses", "appeals")


_SINGULAR: Final = frozenset({
    "country", "region", "province", "account", "person", "citizen", "resident", "house", "website", "site", "post",
    "message", "user", "author", "state",
})  # fmt: skip


def _is_owned(words: list[str]) -> bool:
    """Whether a Kazakh clause ends in what somebody has, which is what is counted: «азаматтардың сұрақтары – 120»."""
    owner, owned = ["", "", *words][-2:]
    return (
        _GENITIVE.search(owner) is not None
        and _OWNED.search(owned) is not None
        and noun_unit(owned, "kk") != COUNTING
        and _COUNTED_OWNED.match(owned) is None
    )


def _is_label(tail: str) -> bool:
    """Whether a Russian clause is a matter told before a dash, with those it is of: «розыск родственников – 12»."""
    match = _LABEL.search(tail)
    if match is None:
        return False
    matter = look_up(match["matter"])
    is_thing = bool(matter.noun) and not (matter.is_adjective or matter.is_animate or matter.is_other)
    return is_thing and noun_unit(match["matter"], "ru") == "" and _unit(match["whose"], "ru") == "persons"


_ABOUT_IT: Final = re.compile(r"(?:[^\W\d_]+\s)?[^\W\d_]+(?:ға|ге|қа|ке)\s+[–—-]\s+$")
"""What a Kazakh number is about, before a dash: «шағым … тұрғын үйге – 187»."""
_LABEL: Final = re.compile(
    r"(?:^|[;:,]\s*)(?:[–—-]\s+)?(?P<matter>[а-яё]{4,})\s+(?P<whose>[а-яё]{4,})"
    r"\s+[–—-]\s+$",
    re.IGNORECASE,
)
_GENITIVE: Final = re.compile(r"\w{2}(?:[дтн][ыі]ң)$", re.IGNORECASE)
_OWNED: Final = re.compile(r"\w{3}(?:[лдт][ае]р)?(?:с?[ыі])$", re.IGNORECASE)
_COUNTED_OWNED: Final = re.compile(
    r"сан|жалп|орташ|көб|үлес|басым|бөліг|жартыс|қалған|бәрі|барлығ|"
    r"шамас",
    re.IGNORECASE,
)
"""Words that only say how many of what is named before them."""
_OPENING: Final = re.compile(
    r"(?:^|[.!?]\s|[,–—]\s)\s*(?P<noun>\w{3,}(?:[оеё]в|[еи]й|[бвгджзклмнпрстфхцчшщ]))\s+"
    r"(?:на|об?|от|по|из|для|с|к|в|со|при|за)\s[^,;:.\d]{3,80}\s"
    r"(?:был[оаи]?|поступил[оаи]?|насчитывалось|насчитывается|оказалось|подан[оаы]?|получен[оаы]?|стало|осталось|"
    r"зарегистрирован[оаы]?|выявлен[оаы]?|проведен[оаы]?|проведён[оаы]?|больше|меньше)\s+(?:всего\s+)?(?:\d[\d\s]*,\s+[^\W\d_]+\s+)?$",
    re.IGNORECASE,
)
"""A noun that opens a clause before what it is about: «жалоб на действия сотрудников было»."""
_LEGAL: Final = re.compile(
    r"(?:заңды тұлға\w*|юридическ\w+ лиц\w*|legal (?:entities|persons))[\s:–—-]*$", re.IGNORECASE
)
"""Persons by law that are no people."""
_PER_ONE: Final = re.compile(
    r"\b(?:per|for (?:each|every))\s+[a-z]+|(?<!\w)(?:на|у)\s+(?:одн|кажд)\w+\s+[а-яё]+|"
    r"(?<!\w)(?:бір|әр|әрбір)\s+[а-яёәғқңөұүһі]+(?:ға|ге|қа|ке|на|не)(?!\w)",
    re.IGNORECASE,
)
"""What something is told per, and not counted."""
_TAIL: Final = 240
"""Characters of a clause that hold the words looked at before a number."""
_WORDS: Final = re.compile(r"[^\W\d_][\w’'-]*")
_MADE_UP: Final = re.compile(r"\baccount(?:s|ed|ing)? for\b", re.IGNORECASE)
"""Here no accounts are counted."""
_OF_ALL: Final = frozenset({"all", "the", "these", "those", "its", "our", "their", "both", "official"})


_POINTS: Final = re.compile(
    r"\s(?:points?|пункт(?:а|ов|ам)?|тармақ\w*|пункт(?:ке|тен)?)\b(?!\s+(?:out|of|scale))", re.IGNORECASE
)


def are_points(text: str) -> bool:
    """Whether a figure is of points, which are percentage points where shares stand around it."""
    return _POINTS.match(text) is not None


def _tells_where(before: str, word: str, lang: str) -> bool:
    """Whether a word only says where something is counted: "in the region", «в области», «облыста»."""
    if lang == "kk":
        return re.search(r"(?:[дт][ае]|нда|нде|[дт]ағы|[дт]егі)$", word, re.IGNORECASE) is not None or (
            _unit(word, "kk") in _THINGS and _KK_FROM_ONE.search(word) is not None
        )
    if before.casefold() in ("из", "с", "от", "from") and _unit(word, lang) in _THINGS:
        return lang == "en" or not is_genitive_plural(word)
    return before.casefold() in ("in", "across", "within", "в", "во", "по")


_KK_FROM_ONE: Final = re.compile(r"(?<![лдт][ае]р)(?:[дт][ае]н|нан|нен)$", re.IGNORECASE)
"""An ablative in the singular: «облыстан 1 306 келді»."""


def unit_named(texts: Iterable[str], lang: str) -> str | None:
    """Unit that a header or caption names, the nearest text first; money, wherever it is named, is what is counted."""
    texts = list(texts)
    if texts and re.search(r"%|per ?cent|процент|пайыз", texts[0], re.IGNORECASE):
        return "percent"
    if len(texts) > 1 and is_in_percent(texts[-1]) and not _OTHERWISE.search(texts[0]):
        return "percent"
    words = [word for text in texts for word in _NAMED.findall(_BY[lang].sub("", _within(text, lang)))]
    found = [unit for word in words if (unit := _unit(word, lang))]
    return next((unit for unit in found if unit in MONEY), found[0] if found else None)


def is_in_percent(caption: str) -> bool:
    """Whether a caption ends by saying that its cells are percent.

    Examples
    --------
    >>> is_in_percent("Languages of messages, %"), is_in_percent("Share of messages in percent, by year")
    (True, False)
    """
    return _IN_PERCENT.search(caption) is not None


_IN_PERCENT: Final = re.compile(
    r"(?:[,(]\s*(?:(?:в|in)\s)?|\s(?:в|in)\s)(?:%|per ?cent\w*|процент\w*|пайыз\w*)(?:\s[^\W\d_]+){0,4}\)?[\s.]*$",
    re.IGNORECASE,
)
"""How a caption ends that says what its cells are: "Languages of messages, %", «…, % опрошенных»."""
_OTHERWISE: Final = re.compile(
    r"[,(]\s*[^\W\d_]|[€$₸₽№]|\b(?:numbers?|count|total number|n|base|mean|median|rank)\b|"
    r"(?<!\w)(?:число|количество|численность|кол-во|абс|чел|человек|база|средн\w+|место|млн|тыс|"
    r"саны|адам|орташа|орны|орын|мың)(?!\w)",
    re.IGNORECASE,
)
"""Heads of columns of another unit than the caption's."""
_NAMED: Final = re.compile(r"%|US\$|[€₸₽$]|[^\W\d_][\w’'-]*")


def _within(text: str, lang: str) -> str:
    """A head without what only tells where and of whom: «Поголовье в хозяйствах респондентов» counts no respondents."""
    if lang == "en":
        return _WHERE.sub("", text)
    if lang == "kk":
        return _KK_DWELLING.sub(
            " ", _KK_OWNER.sub(lambda found: found["owned" if _unit(found["owned"], "kk") else 0], text)
        )
    match = _RU_WHERE.search(text) if lang == "ru" else None
    if match is None:
        return text
    known = (look_up(word) for word in _WORDS.findall(text[: match.start()]))
    is_named = any(one.noun and one.is_nominative and listed(one.noun, "ru") != COUNTING for one in known)
    behind = text.rfind(",")
    return text[: match.start()] + (text[behind:] if behind > match.start() else "") if is_named else text


_KK_DWELLING: Final = re.compile(r"тұрғын(?=\sүй)", re.IGNORECASE)
"""A dwelling is no dweller."""
_KK_OWNER: Final = re.compile(r"[^\W\d_]{2,}[дтн][ыі]ң\s+(?P<owned>[^\W\d_]{2,}[ыі])(?!\w)", re.IGNORECASE)
"""An owner and what is his, which is what a head counts: «азаматтардың өтініштері»."""
_RU_WHERE: Final = re.compile(r"(?<!\w)(?:в|во|на|у|среди|для|из|от|при|между)\s", re.IGNORECASE)
_WHERE: Final = re.compile(r"\b(?:among|for|from|at|reported by|according to)\b.*", re.IGNORECASE)
_BY: Final = {
    "en": re.compile(r"\b(?:by|per|across|in)\s+(?:[a-z]+ (?:and|or) )?[a-z]+", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:по|в разрезе|в|на)\s+(?:[а-яё]+ и )?(?:(?:одн|кажд)\w+ )?[а-яё]+", re.IGNORECASE),
    "kk": re.compile(
        r"[^\W\d_]+\s+(?:бойынша|кесінде\w*|бөлінісінде)|(?:бір|әр)\s+[^\W\d_]+(?:[ғг]а|[ғг]е|[қк]а|[қк]е|на|не)(?!\w)",
        re.IGNORECASE,
    ),
}
"""What the rows of a table are, and not what is counted in them: "Subscriptions by region", «Участники по странам»."""


def unit_of_rate(before: str, lang: str) -> str:
    """Unit of what a clause tells per something: "Training hours per employee went from 16"; "" for none.

    Examples
    --------
    >>> texts = (("Training hours per employee went from ", "en"), ("Число писем на одного жителя – ", "ru"))
    >>> [unit_of_rate(*text) for text in texts]
    ['hours', 'items']
    """
    if not any(word in before for word in _PER_WORDS[lang]):
        return ""
    clause = re.split(r"[;:]|(?<!\d)[.]|, (?:while|and|а|но|ал)\s", before)[-1]
    told = list(_TOLD_PER[lang].finditer(clause))
    if not told:
        return ""
    noun = told[-1]["noun"]
    if lang == "en" and not is_plural(noun):
        return ""
    counted = counted_unit(noun, lang)
    unit = _unit(noun, lang)
    if noun_unit(noun, lang) == MEASURED_UNIT or unit == "persons":
        return ""
    return counted if counted in _SPANS else unit or "items"


_PER_WORDS: Final = {"en": (" per ", " each ", " every "), "ru": (" на ",), "kk": ("шаққан",)}
"""Without one of them no rate is told."""
_SPANS: Final = ("hours", "days", "minutes", "seconds", "weeks", "months", "KZT", "EUR", "RUB", "dollars")
_TOLD_PER: Final = {
    "en": re.compile(
        r"(?<!\d )\b(?P<noun>[a-z]+)(?: (?!per\b)[a-z]+ed)?,? (?:per|for (?:each|"
        r"every)) (?:1\d*(?:,000)* )?(?!cent)[a-z]+",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:числ\w+|количеств\w+|"
        r"дол[яи])\s+(?:[а-яё]+[ыи]х\s+)?(?P<noun>[а-яё]{3,})\s+(?:в расч[её]те\s+)?на\s+"
        r"(?:одн\w+|кажд\w+|1\d*(?:[\s\u00a0]000)*|тысячу|душу)(?!\w)",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"(?:ға|ге|қа|ке|на|не) шаққан(?:да|"
        r"дағы)\s+(?:[а-яёәғқңөұүһі]+\s+){0,2}?(?P<noun>[а-яёәғқңөұүһі]{3,})(?:тар|тер|дар|дер|лар|лер)?\s+саны",
        re.IGNORECASE,
    ),
}


def is_rate(text: str) -> bool:
    """Whether words tell a rate: "per 1,000 births", «на 10 тыс. населения», «бір оқушыға шаққанда»."""
    return bool(_RATE.search(text))


@lru_cache(maxsize=1 << 14)
def _unit(word: str, lang: str) -> str:
    return merged(noun_unit(word, lang))
