"""The head of the phrase that a number governs: the noun it counts, whatever noun that is."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digital_diplomacy.extraction import russian
from digital_diplomacy.extraction.counted_words import is_done_by_people, listed
from digital_diplomacy.extraction.nouns import MEASURED_UNIT, is_plural, lemma, noun_unit


class Head(NamedTuple):
    """What a number governs.

    Parameters
    ----------
    word : str
        The noun in its dictionary form; "" where the phrase has adjectives alone, or people are told by a verb.
    unit : str
        The unit it is merged into, "" for none.
    """

    word: str
    unit: str


_WORD: Final = re.compile(r"\s*([^\W\d_](?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[\w’'-])*)")
_STOP_WORDS: Final = (
    "of in on at for to from by with and or but as is are was were be been has have had can will would "
    "may that which who than while when after before during since per vs и или но а в во на с со к ко о "
    "об у по до из от для при за над под что который которая которые которых это как чем же бы ли не "
    "был была были было будет будут есть составил составила составило составили мен бен пен және немесе "
    "через лично онлайн дистанционно очно заочно среди вне via through online into about against among арқылы "
    "abroad overall fewer more less higher lower кемінде бірақ үшін туралы болды болып бойынша қарай ретінде "
    "қана сайын арасында ішінде ішінен тиіс керек"
)
_STOP: Final = frozenset(_STOP_WORDS.split())
MARKS: Final = re.compile(r"(?:\*{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\s?\[\d[\d,; –-]*\])|\.(?= [a-zа-яәғқңөұүһі])")
"""Marks of notes and the full stop of an abbreviation, which may stand between a number and its noun."""
_REACH: Final = 4
"""Words looked at behind a number, adjectives among them."""
_OF_THE: Final = re.compile(
    r"\s+of (?:the|these|those|all|our|its|their)(?: [a-z]+(?:s['’]|['’]s)?){0,1}? "
    r"(?P<noun>[a-z]+(?<![sui])s)\b(?!['’])"
)
_MORE: Final = re.compile(
    r"\s+(?:more|fewer)(?=\s+(?!than\b|in\b|on\b|for\b|or\b|and\b)[a-z])|\s+(?:больше|меньше)(?=\s(?!чем\b)[а-яё]{4})",
    re.IGNORECASE,
)
"""What may stand between a number and its noun: "1,250 more teachers"."""
_EN_VERB: Final = re.compile(
    r"said|saw|took|went|came|gave|made|told|knew|read|wrote|found|held|kept|met|ran|won|lost|paid|chose|spoke|use|"
    r"say|agree|prefer|trust|follow|live|own|never|also|still|only|already|did|do|does|per|each|them|they|we|he|she|you|it|this|these|those|"
    r"goes|comes|became|began|felt|thought|left|sold|stood|rose|fell|grew|got|brought|could|should|must|might|did|not|both|either|"
    r"there|here|now|then|today|respectively|apiece|apart|ago|earlier|later|the|a|an",
    re.IGNORECASE,
)
"""Words that no noun in front of them is needed for: what "160 saw a reply" counts was told before."""
_COMPOUND: Final = re.compile(
    r"\s+(?P<noun>заңды тұлға\w*|елді мекен\w*|юридическ\w+ лиц\w*|legal (?:entities|persons))", re.IGNORECASE
)
"""Persons by law that are no people, and settlements whose first word alone is a country."""
_EN_COSTS: Final = re.compile(
    r"\s+(?:[€$£₸\d]|(?:about|over|around|nearly|almost|some|only|a|an|the|it|them|us|as|more|less|up|no)\b)"
)
"""What follows a verb in -s: "a desk of five officers costs about"."""
_EN_PAST: Final = re.compile(r"[a-z]{3,}(?<!hundr)(?<!ne)ed", re.IGNORECASE)
_EN_OBJECT: Final = re.compile(
    r"\s+(?:the|a|an|to|in|by|that|it|for|on|no|not|as|with|at|from|both|all|their|his|her)\b"
)
_EN_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|did|will|would|can|could|may|must|take|took|came|went|got|gave|made|"
    r"stay|stand|remain|make|include|work|live|say|use|[a-z]{2,}(?<!hundr)ed(?!-))\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"(?:(?!\b(?:and|but|or)\b)[^.,;:()–—])*")
_EN_OPENS: Final = re.compile(
    r"(?:^|[.,;:)–—]|\b(?:and|but|while|whereas|when|that|of (?:whom|which|them|these)|only|just|another|some))\s*$",
    re.IGNORECASE,
)
"""What stands before the subject of a clause."""
_RU_SUBSTANTIVE: Final = re.compile(r"\w{3,}(?:[уюая]щ|вш)(?:их|ых)(?:ся)?", re.IGNORECASE)
"""A participle of people where no noun is behind it: «57 ведущих и …»."""
_RU_PASSIVE: Final = re.compile(r"\w{3,}(?:[её]нн|анн)(?:их|ых)", re.IGNORECASE)
_RU_ENDED: Final = re.compile(r"\s+(?:и|а|или|в|на|по|из|за|к)\s|\s*[.,;:)–—]|\s*$", re.IGNORECASE)
_KK_VERB: Final = re.compile(
    r"\w{1,2}пт[ыі]|(?:өс|түс|ас|ұш)(?:т[ыі]|іп|ып|ті|кен|қан)|\w{2,}(?:[лр][дт][ыі]|[аеыійі]д[ыі]|[қкс]т[ыі]|ған|ген|қан|кен|[ыі]п|атын|етін|маған|меген|у(?:ге|ға)?)|"
    r"ғана|тек|да|де|екен\w*|жоқ|бар|деп|деді|еді|бұрын|кейін",
    re.IGNORECASE,
)
_KK_DOING: Final = re.compile(r"[^\W\d_]{4,}[аеуү]у$|\w{3,}[рлтмзс]у$", re.IGNORECASE)
"""A noun of doing, which stands right behind a number without a case: «56 тексеру», «40 қоңырау»."""
_KK_POSSESSED: Final = re.compile(
    r"\w{2,}?(?:с?(?<![дт])(?<!да[ғг])(?<!де[ғг])(?<!та[ғг])(?<!те[ғг])[ыі])"
    r"(?:н|нда|нде|ның|нің|на|не|нан|нен)?",
    re.IGNORECASE,
)

_KK_PLACE: Final = re.compile(
    r"(?:қала|ауыл|аудан|облыс|өңір|ел|шетел|желі|интернет|портал)(?:лар|лер|дар|дер|тар|тер)?[дт][ае]", re.IGNORECASE
)
"""Where something is told, and not what is counted."""
_ENDED: Final = re.compile(r"\s*(?:[.,;:)]|$)")
_KK_IN_LANGUAGE: Final = re.compile(r"тіл(?:дер)?інде", re.IGNORECASE)
_KK_OF_PLACE: Final = re.compile(
    r"(?:шетел|ауыл|қала|\w{3,}стан|\w{3,}ия)(?:дық|дік|лық|лік)|қазақ|өзбек|қырғыз|орыс|ұйғыр", re.IGNORECASE
)
"""A people, or an adjective of a place that ends a phrase and stands for its people."""
_KK_OWNER: Final = re.compile(r"\w{2}[дтн][ыі]ң$", re.IGNORECASE)


_KK_OF_MANY: Final = re.compile(r"\w{2,}[лдт][ае]р[ыі](?:н|н[ыі]ң|н[ае]|нд[ае]|нан|нен|мен)?", re.IGNORECASE)
"""A plural that is somebody's: no number stands before a plural, so it counts the noun in front of that."""
_KK_MANY: Final = re.compile(
    r"\w{2,}(?:лар|лер|дар|дер|тар|тер)(?:[ғг][ае]|[дт][ае]|[дт][ае]н|мен|пен|бен)", re.IGNORECASE
)
"""A plural in a case tells what a number is for or from, as none stands before a plural: «267 мекемелерден»."""
_KK_NO_PLURAL: Final = ("dollars", "KZT", "EUR", "RUB", MEASURED_UNIT)
"""Units whose words look like plurals: «АҚШ долларын»."""
_KK_ADJECTIVE: Final = re.compile(
    r"(?:л[ыі]|т[ыі]|[лдт](?:ық|ік)|ғы|гі|қы|кі|ған|ген|қан|кен|атын|етін|лас|лес|ша|ше|жаңа|ірі|жас|үлкен|шағын|өзге|басқа)$",
    re.IGNORECASE,
)


def head_behind(text: str, lang: str, before: str = "") -> Head | None:
    """The noun that the number before a text governs, with adjectives between; nothing where none does.

    Examples
    --------
    >>> head_behind(" новых сельских школ построено", "ru"), head_behind(" приняли участие", "ru")
    (Head(word='школа', unit=''), None)
    >>> head_behind(" wooden board games were lent", "en"), head_behind(" attended coding classes.", "en")
    (Head(word='game', unit=''), Head(word='', unit='persons'))
    >>> head_behind(" мектеп оқушысы келді", "kk")
    Head(word='оқушысы', unit='persons')
    """
    if (more := _MORE.match(text)) is not None:
        text = " " * more.end() + text[more.end() :]
    if lang == "en" and (among := _OF_THE.match(text)):
        return Head(lemma(among["noun"], "en"), noun_unit(among["noun"], "en"))
    if (compound := _COMPOUND.match(text)) is not None:
        return Head(compound["noun"].casefold(), "")
    marks = MARKS.match(text)
    words = list(_words(text, marks.end() if marks else 0))
    if lang == "en":
        return _english(words, text, before)
    return _russian(words, text) if lang == "ru" else _kazakh(words)


def _words(text: str, place: int) -> Iterator[re.Match[str]]:
    """Words behind a number up to a mark or a word that no phrase goes over."""
    for _ in range(_REACH):
        match = _WORD.match(text, place)
        if match is None or match[1].casefold() in _STOP:
            return
        yield match
        place = match.end()


def _english(words: list[re.Match[str]], text: str, before: str) -> Head | None:
    told: list[str] = []
    for place, match in enumerate(words):
        word = match[1]
        if told and is_plural(told[-1]) and (not is_plural(word) or _EN_COSTS.match(text, match.end())):
            break
        if _EN_VERB.fullmatch(word) or (
            _EN_PAST.fullmatch(word) and _is_verb(match, text, before if not place else "")
        ):
            if not place and is_done_by_people(word.casefold(), "en"):
                return Head("", "persons")
            break
        told.append(word)
    if not told:
        return None
    heads = [word for word in told if is_plural(word)]
    if not heads and _EN_OPENS.search(before) and len(told) == 1 and not _ENDED.match(text, words[0].end()):
        return None  # "61 keep a page": a verb, as no noun is plural
    return Head(lemma(heads[-1], "en"), noun_unit(heads[-1], "en")) if heads else Head("", "")


def _is_verb(match: re.Match[str], text: str, before: str) -> bool:
    """Whether a word in -ed is what the counted did: "560 attended classes", not "560 registered voters came"."""
    if _EN_OBJECT.match(text, match.end()):
        return True
    if listed(match[1].casefold(), "en") == "items" or not _EN_OPENS.search(before):
        return False
    clause = _CLAUSE.match(text, match.end())
    is_done = is_done_by_people(match[1].casefold(), "en", may_be_bodies=True)
    return is_done and not (clause and _EN_FINITE.search(clause.group()))


def _russian(words: list[re.Match[str]], text: str) -> Head | None:
    for place, match in enumerate(words):
        word = match[1]
        known = russian.look_up(word)
        if known.is_other:
            return Head("", "persons") if is_done_by_people(known.verb, "ru") else None
        if known.adjective and (known.is_adjective or not known.noun) and not _is_last(place, words):
            continue
        if known.adjective and known.is_adjective:
            return _substantive(word, text[match.end() :])
        return Head(known.noun or word.casefold(), noun_unit(word, "ru"))
    return None


_PRONOUNS: Final = frozenset({"весь", "который", "этот", "такой", "свой", "каждый", "сам", "тот", "иной", "самый"})


def _is_last(place: int, words: list[re.Match[str]]) -> bool:
    """Whether no noun follows a word that may be an adjective."""
    if place + 1 >= len(words):
        return True
    after = russian.look_up(words[place + 1][1])
    return after.is_other or not (after.noun or after.adjective)


def _substantive(word: str, behind: str) -> Head | None:
    """An adjective that stands for a noun: «6 приглашённых», «120 малых»."""
    known = russian.look_up(word)
    if known.adjective in _PRONOUNS:
        return None
    after = _WORD.match(behind)
    verb = russian.look_up(after[1]).verb if after else ""
    is_done = is_done_by_people(verb, "ru", may_be_bodies=True)  # «40 иногородних получили»
    is_of_people = (
        is_done or _RU_SUBSTANTIVE.fullmatch(word) or (_RU_PASSIVE.fullmatch(word) and _RU_ENDED.match(behind))
    )
    return Head(known.adjective, listed(known.adjective, "ru") or ("persons" if is_of_people else ""))


def substantive_unit(word: str) -> str:
    """Unit of an adjective that stands alone for what it tells of; "" for none.

    Examples
    --------
    >>> substantive_unit("приезжих"), substantive_unit("новых")
    ('persons', '')
    """
    known = russian.look_up(word)
    if known.noun and not known.is_adjective:
        return noun_unit(word, "ru")
    head = _substantive(word, "")
    return "" if head is None else head.unit


def _kazakh_phrase(words: list[re.Match[str]]) -> list[str]:
    """The words of a phrase up to what only tells where, in which language or what was done."""
    told: list[str] = []
    for match in words:
        if _KK_IN_LANGUAGE.fullmatch(match[1]):
            return told[:-1]  # «64 қазақ тілінде» counts neither languages nor Kazakhs
        if _KK_PLACE.fullmatch(match[1]) and not noun_unit(match[1], "kk"):
            break  # «12,3 млн қалада»
        is_done = not told and _KK_DOING.search(match[1]) is not None
        if _KK_VERB.fullmatch(match[1]) and not is_done and not noun_unit(match[1], "kk"):
            break
        told.append(match[1])
    return told


def _kazakh(words: list[re.Match[str]]) -> Head | None:
    told = _kazakh_phrase(words)
    owner = next((place for place, word in enumerate(told) if _KK_OWNER.search(word)), len(told))
    told = told[: owner + 1]  # «540 көшеттің күтімі ерікті топқа»: a genitive ends the phrase
    if not told:
        return None
    known = [(place, unit) for place, word in enumerate(told) if (unit := noun_unit(word, "kk"))]
    is_hall = len(told) > 1 and told[1].casefold() == "үйі" and told[0].casefold() != "тұрғын"
    if not known or is_hall:
        return _kazakh_thing(told)  # «достық үйі» is no dwelling
    place, unit = known[0]
    if (
        place == 1
        and unit not in _KK_NO_PLURAL
        and _KK_OF_MANY.fullmatch(told[1])
        and not _KK_ADJECTIVE.search(told[0])
    ):
        return Head(lemma(told[0], "kk"), noun_unit(told[0], "kk"))  # of «үш университет студенттерінің» the first
    is_bare = _KK_POSSESSED.fullmatch(told[place]) is None
    owned = told[place + 1] if place + 1 < len(told) else ""
    is_owner = _KK_OWNER.search(told[place]) is not None  # of «40 елдің қатарына» and «24 қызметкердің үшеуі» the first
    if is_bare and not is_owner and unit != MEASURED_UNIT and owned.islower() and _KK_POSSESSED.fullmatch(owned):
        return Head(lemma(owned, "kk"), noun_unit(owned, "kk"))  # of «24 ел өкілі» the second is counted
    return Head(lemma(told[place], "kk"), unit)


def _kazakh_thing(told: list[str]) -> Head | None:
    """The head of a phrase without a noun of known unit; a people, or those of a place, if it ends in them."""
    if _KK_OF_PLACE.fullmatch(told[-1]):
        return Head(told[-1].casefold(), "persons")  # «1,2 млн шетелдік келді»
    noun = told[_place_of_noun(told)]
    return None if _KK_MANY.fullmatch(noun) else Head(lemma(noun, "kk"), "")


def _place_of_noun(told: list[str]) -> int:
    """Which of the words behind a Kazakh number it counts: the first but for an adjective or the owner of the second.

    «23 жоба жүзеге асуда» are projects, «24 елшіліктің арнасында» embassies; «5 облыс орталығы» are no regions.
    """
    if len(told) < 2 or _KK_OWNER.search(told[0]):
        return 0
    is_owned = _KK_POSSESSED.fullmatch(told[1]) is not None and _KK_POSSESSED.fullmatch(told[0]) is None
    is_to = re.search(r"\w{2}(?:[ғг][ае]|[қк][ае])$", told[0], re.IGNORECASE) is not None  # «24 сұраққа жауап»
    return int(is_owned or is_to or _KK_ADJECTIVE.search(told[0]) is not None)
