"""What a figure without a unit of its own counts: the noun behind it, its column, or its neighbours."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from digital_diplomacy.extraction.people import is_person
from digital_diplomacy.printed import counted_unit

_WORD: Final = re.compile(r"\s*([^\W\d_][\w’'-]*)")
_STOP_WORDS: Final = (
    "of in on at for to from by with and or but as is are was were be been has have had can will would "
    "may that which who than while when after before during since per vs и или но а в во на с со к ко о "
    "об у по до из от для при за над под что который которая которые которых это как чем же бы ли не "
    "был была были было будет будут есть составил составила составило составили мен бен пен және немесе "
    "через лично онлайн дистанционно очно заочно среди вне via through online into about against among арқылы "
    "abroad overall fewer more less higher lower кемінде бірақ үшін туралы болды болып бойынша қарай ретінде"
)
_STOP: Final = frozenset(_STOP_WORDS.split())
_MARKS: Final = re.compile(r"(?:\*{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\s?\[\d[\d,; –-]*\])|\.(?= [a-zа-яәғқңөұүһі])")
_AGE: Final = re.compile(
    r"\bage of\b|\b(?:older|younger) than\b|старше|младше|моложе|\baged?\b|жастан|жасқа", re.IGNORECASE
)
_RATE: Final = re.compile(
    r"\bper (?:1|one|thousand|million|head|capita)|\b(?:for|in) every\b|"
    r"(?<!\w)на\s+(?:1\s?0|тысяч|кажд|одн|душу)|шаққан",
    re.IGNORECASE,
)
_REACH: Final = 3
"""Words looked at behind a number, adjectives among them."""
_REACH_BEFORE: Final = 12
CLAUSE: Final = 600
"""Characters before a number within which those words stand."""


def noun_behind(text: str, lang: str) -> str | None:
    """Unit of the first counted word behind a figure, with adjectives between; "" for a word of no known unit."""
    if lang == "en" and (among := _OF_THE.match(text)):
        return _unit(among["noun"], lang)
    marks = _MARKS.match(text)
    place, is_followed = (marks.end() if marks else 0), False
    for _ in range(_REACH):
        match = _WORD.match(text, place)
        if match is None or match[1].casefold() in _STOP or _VERB[lang].fullmatch(match[1]):
            break
        found = _unit(match[1], lang)
        if found and not (lang == "en" and _COMPOUND.match(text, match.end()) and not match[1].endswith("s")):
            return found
        if lang == "ru" and _SUBSTANTIVE.match(text, place):
            return "persons"
        is_followed, place = True, match.end()
        if lang == "ru" and not _ADJECTIVE.search(match[1]):  # the head of its phrase; what follows is not counted
            break
    return "" if is_followed else None


_VERB: Final = {
    "en": re.compile(
        r"said|saw|took|went|came|gave|made|told|knew|read|wrote|found|held|kept|met|ran|won|lost|paid|chose|spoke|use|used|"
        r"say|agree|prefer|trust|follow|live|own|never|also|still|only|already|did|do|does|per|each|them|it|this|these|those|"
        r"[a-z]{3,}(?<!hundr)(?<!ne)ed(?= (?:the|a|an|to|in|by|that|it|for|on|no|not)\b)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\w{2,}(?:али|или|ели|яли|ыли|лись|лось|лась|ался|ился|ются|ятся|аются|уется|ается|ают|яют|уют|еют|ируют)|"
        r"(?:вед|жив|мог|бер|ид|наход|говор|счит|хот|уч|смотр)(?:ут|ат|ят|ёт|ет)|не|уже|ещё|еще|также|только|лишь|почти",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"\w{2,}(?:[лр][дт][ыі]|[аеыійі]д[ыі]|[қксп]т[ыі]|ған|ген|қан|кен)|ғана|тек|да|де|екен", re.IGNORECASE
    ),
}
"""Words that no noun in front of them is needed for: what "160 saw a reply" counts was told before."""
_OF_THE: Final = re.compile(
    r"\s+of (?:the|these|those|all|our|its|their)(?: [a-z]+){0,1}? (?P<noun>[a-z]+(?<![sui])s)\b"
)
_SUBSTANTIVE: Final = re.compile(
    r"\s*\w{3,}(?:[уюая]щ|вш|[её]нн|анн)(?:их|ых)(?:\s+(?:и|а|или|в|на|по|из|за|к)\s|\s*[.,;:)–—]|\s*$)", re.IGNORECASE
)
"""A participle without a noun behind it: «57 ведущих и …», «6 приглашённых»."""
_COMPOUND: Final = re.compile(r" [a-z]{2,}(?<![sui])s\b(?! as\b)")
_ADJECTIVE: Final = re.compile(
    r"(?:[ыи]х|[ыи]е|[ыи]й|ой|ая|яя|ую|юю|ое|ее|[ое]го|[ое]му|[ыи]ми|[ыи]м|-\w+)$|^(?:тыс|млн|млрд|трлн)$",
    re.IGNORECASE,
)


def is_age(printed: str, before: str, behind: str) -> bool:
    """Whether a bare number is an age: "over the age of 18", "aged 25", «63 жас», the first of «22 мен 63 жас»."""
    if re.match(r"\s*-?year-olds?\b|\s+(?:or|and) (?:older|over|above)\b|\s+(?:лет )?и (?:старше|более лет)\b", behind):
        return True
    if re.match(
        r"\s*(?:[мбп]ен\s+\d+\s+|[-–]\s?\d+\s+)?жас(?:тан|қа|та|тағы|ында)?\b(?! \w*(?:адам|маман|ұрпақ))", behind
    ):
        return True
    if _BOUND.match(printed) and _WHO.search(before) and not re.match(r"\s*[^\W\d_]", behind):
        return True
    return bool(_AGE.search(printed) or re.search(r"\b(?:aged?|в возрасте)\s+$", before, re.IGNORECASE))


_BOUND: Final = re.compile(r"(?:over|under|above|below)\s", re.IGNORECASE)
_WHO: Final = re.compile(
    r"\b(?:those|people|adults|women|men|persons|citizens|residents|respondents|users)\s+$", re.IGNORECASE
)


def noun_before(text: str, lang: str) -> str | None:
    """Unit of the last counted word before a figure in its clause: "число пользователей составило".

    Where the clause has none, in what stands before its bracket or colon: "followers (median 4,112)". Of "followers of
    all accounts" the followers are counted.
    """
    outer = text
    while True:
        if _POPULATION.search(outer):
            return "persons"
        found = _last_noun(re.split(r"[;:()]", outer)[-1], lang)
        opened = max(outer.rfind(":"), outer.rfind("(") if outer.rfind("(") > outer.rfind(")") else -1)
        if found or opened < 0:
            return found
        outer = outer[:opened]


_POPULATION: Final = re.compile(
    r"(?:\bpopulation(?: of [^\W\d_]+)?(?: is| was| stood at)?|(?<!\w)население(?: [^\W\d_]+)?|"
    r"(?<!\w)численность населения|"
    r"(?<!\w)халық(?: саны)?)[\s:–—-]*$",
    re.IGNORECASE,
)


def _last_noun(clause: str, lang: str) -> str | None:
    tail = clause[-_TAIL:]
    words = _WORDS.findall(_MADE_UP.sub(" ", tail) if lang == "en" else tail)
    near = list(pairwise(["", *words]))[-_REACH_BEFORE:]
    told = [(place, unit) for place, (before, word) in enumerate(near)
            if not _tells_where(before, word, lang) and (unit := _unit(word, lang))]  # fmt: skip
    if lang == "en" and len(told) > 1:
        (first, head), (last, _) = told[-2:]
        said = [word.casefold() for _, word in near[first + 1 : last]]
        if said[:1] == ["of"] and all(word in _OF_ALL for word in said[1:]):
            return head
    return told[-1][1] if told else None


_TAIL: Final = 240
"""Characters of a clause that hold the words looked at before a number."""
_WORDS: Final = re.compile(r"[^\W\d_][\w’'-]*")
_MADE_UP: Final = re.compile(r"\baccount(?:s|ed|ing)? for\b", re.IGNORECASE)
"""Here no accounts are counted."""
_OF_ALL: Final = frozenset({"all", "the", "these", "those", "its", "our", "their", "both", "official"})


def of_these(text: str, lang: str) -> str | None:
    """Unit of the noun that opens a clause as what is divided: "Of the accounts, 112 belong …"."""
    match = _OF_THESE[lang].search(text)
    return _unit(match["noun"], lang) or None if match else None


_OF_THESE: Final = {
    "en": re.compile(
        r"\b(?:of|among)\s+(?:the|these|those|all|all the)\s+(?P<noun>[a-z]+),\s+(?:only\s+|just\s+)?$", re.IGNORECASE
    ),
    "ru": re.compile(
        r"\b(?:из|среди)\s+(?:этих|всех|указанных|данных)\s+(?P<noun>[а-яё]+),?\s+(?:только\s+|лишь\s+)?$",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"\b(?:осы|бұл|аталған)\s+(?P<noun>\w+)\s+(?:ішінде\s+|ішінен\s+)?$", re.IGNORECASE),
}


def is_thing(text: str, lang: str) -> bool:
    """Whether the word right behind a figure is a noun of no known unit: "7 тыс. школ", "7 thousand schools"."""
    marks = _MARKS.match(text)
    match = _WORD.match(text, marks.end() if marks else 0)
    word = match[1].casefold() if match else ""
    return (
        len(word) > 2
        and word not in _STOP
        and match is not None
        and match[1].islower()
        and not _NO_NOUN[lang].search(word)
    )


_NO_NOUN: Final = {
    "en": re.compile(r"(?:[^s]|[usi]s)$|^(?:was|has|does|less|plus|perhaps|always|times|as)$"),
    "ru": re.compile(
        r"(?:ал|ил|ел|ял|ыл|ул|[аиеяоыу]л[аои]|[аиоя]сь|лся|[еуюия]т|ат|ят|ся|ть|ти|но|на|ны|же|ее|ше|ще|ем|ом|ой|ью|ую|уть|ая|яя|ое|[ое]го)$"
        r"|^(?:назад|раньше|против|вместо|ранее|позже|млн|млрд|тыс|долл|руб|чел|проц|раза?|лет|уже|еще|ещё|около|тенге|при|под|над|без|через|между|после|перед)$"
    ),
    "kk": re.compile(
        r"(?:[дт][ыі]|[ғқгк][аіеы]н|[аей]ды|[аеій]ді|[ыі]п|латын|летін|маса|месе|са|се|у|ден|дан|тен|тан|нен|нан|ға|ге|қа|ке)$"
        r"|^(?:деп|астам|жуық|дейін|шамасында|артық|көп|аз|кем|тең|болса|екен|бұрын|кейін|есе|және|яғни|немесе|теңге|доллар|жоғары|төмен)$"
    ),
}
"""Ends of verbs, adverbs and adjectives, and words that are no nouns."""

MEASURED: Final = re.compile(
    r"\s?(?:[KMGTkКМГТк](?:[Bb]|bit|bps|бит|б|байт)(?:/?s|/с|ps|it/s|ит/с)?|[MG]bps|km|км|kg|кг|m²|м²|га|°C|[kMGк]?Wh|кВт\S*|МВт|мс|ms|Hz|Гц|МГц|ГГц)(?!\w)"
)
"""Units of measure that no code stands for; a number of them counts no items."""
_POINTS: Final = re.compile(
    r"\s(?:points?|пункт(?:а|ов|ам)?|тармақ\w*|пункт(?:ке|тен)?)\b(?!\s+(?:out|of|scale))", re.IGNORECASE
)


def are_points(text: str) -> bool:
    """Whether a figure is of points, which are percentage points where shares stand around it."""
    return _POINTS.match(text) is not None


def _tells_where(before: str, word: str, lang: str) -> bool:
    """Whether a word only says where something is counted: "in the region", «в области», «облыста»."""
    if lang == "kk":
        return re.search(r"(?:[дт][ае]|нда|нде|[дт]ағы|[дт]егі)$", word, re.IGNORECASE) is not None
    return before.casefold() in ("in", "across", "within", "в", "во", "по")


def unit_named(texts: Iterable[str], lang: str) -> str | None:
    """Unit that a header or caption names, the nearest text first; money, wherever it is named, is what is counted."""
    texts = list(texts)
    if texts and re.search(r"%|per ?cent|процент|пайыз", texts[0], re.IGNORECASE):
        return "percent"
    words = [word for text in texts for word in re.findall(r"%|US\$|[€₸₽$]|[^\W\d_][\w’'-]*", _BY[lang].sub("", text))]
    found = [unit for word in words if (unit := _unit(word, lang))]
    return next((unit for unit in found if unit in _MONEY), found[0] if found else None)


_MONEY: Final = ("EUR", "KZT", "RUB", "dollars")
_BY: Final = {
    "en": re.compile(r"\b(?:by|per|across|in)\s+(?:[a-z]+ (?:and|or) )?[a-z]+", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:по|в разрезе|в)\s+(?:[а-яё]+ и )?[а-яё]+", re.IGNORECASE),
    "kk": re.compile(r"[^\W\d_]+\s+(?:бойынша|кесінде\w*|бөлінісінде)", re.IGNORECASE),
}
"""What the rows of a table are, and not what is counted in them: "Subscriptions by region", «Участники по странам»."""


def is_rate(text: str) -> bool:
    """Whether words tell a rate: "per 1,000 births", «на 10 тыс. населения», «бір оқушыға шаққанда»."""
    return bool(_RATE.search(text))


_KK_PLURAL: Final = re.compile(
    r"(\w{2,}?)[лдт][ае]р(?:[ыі]н?|[ыі]ның|[ыі]нің|[ыі]на|[ыі]не|[ғг][ае]|[дт][ыі]|[дт][ае]|[дт][ае]н|[дт][ыі]ң)?"
)


@lru_cache(maxsize=1 << 14)
def _unit(word: str, lang: str) -> str:
    found = counted_unit(word, lang)
    if not found and lang == "kk" and (plural := _KK_PLURAL.fullmatch(word.casefold())):
        found = counted_unit(plural[1], lang)
    if not found and all(is_person(part, lang) for part in (word.split("-") if lang == "ru" else [word])):
        return "persons"
    return "" if found in ("years", "months", "days", "weeks", "hours", "times") else found
