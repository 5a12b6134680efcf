"""Whether words tell that a number is of another place, time or part than one told before."""

import re
from typing import Final

from digital_diplomacy.extraction.russian import look_up
from digital_diplomacy.extraction.tokens import Figure, Marked

_NEAR: Final = 75
"""Characters around a figure in which words say that it is of each of something."""
_NAMED: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Вв]о?|[Нн]а|[Уу])\s+[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w+")
_KAZAKH: Final = re.compile(r"(?<!\w)[А-ЯЁӘҒҚҢӨҰҮҺІ]\w+[дт][ае]\s")
_ANOTHER: Final = re.compile(
    r"\b(?:last|previous|next) (?:year|month|week)|\b(?:a year|years?|months?) (?:ago|earlier|before)|\bearlier|"
    r"\b(?:planned|expected|targets?|targeted|forecasts?|projected|initially|of (?:these|them|those|which|whom)|"
    r"of the (?=[\ue000-\uf0ff])|including|other|further|additional|another|second|"
    r"more than|less than|up from|down from|against)\b|"
    r"(?<!\w)(?:прошл\w+|предыдущ\w+|год(?:ом)? (?:назад|ранее)|ранее|план\w*|"
    r"ожида\w*|прогноз\w*|из (?:них|которых)|в том числе|включая|ещ[её]|втор\w+|друг\w+|против)(?!\w)|"
    r"(?<!\w)(?:былтыр\w*|өткен (?:жыл|ай)\w*+(?! салыстыр)|бұрын\w*|жоспар\w*|күтіл\w*|болжам\w*|олардың|оның ішінде|"
    r"соның ішінде|басқа|өзге|тағы|екінші|биыл|"
    r"(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)да(?:ғы)?)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a number is of another time, of a part, or of a plan."""


def is_elsewhere(clause: str, lang: str) -> bool:
    """Whether a clause opens with a place by its name.

    Examples
    --------
    >>> is_elsewhere("In Aktau ", "en"), is_elsewhere("In all ", "en"), is_elsewhere("Ақтауда ", "kk")
    (True, False, True)
    """
    return _NAMED.search(clause) is not None or (lang == "kk" and _KAZAKH.search(clause) is not None)


def noun_shared(said: Marked, share: Figure) -> str:
    """The noun that a share names behind it as what it is a share of: "20 % of ballots", «20 % бюллетеней»."""
    named = _NOUN[said.language].match(said.plain, said.place(share) + 1) if said.language in _NOUN else None
    known = look_up(named["noun"]) if named and said.language == "ru" else None
    is_other = named is None or (
        known is not None and (known.verb or not (known.noun or named["noun"].endswith(("ых", "их"))))
    )
    return "" if is_other or named is None else named["noun"].casefold()


_NOUN: Final = {
    "en": re.compile(r"\s*(?:%|per ?cent)\s+of (?:the |all |these |those )?(?P<noun>[a-z]{3,})", re.IGNORECASE),
    "ru": re.compile(r"\s*(?:%|процент\w*)\s+(?:от |из )?(?P<noun>(?!был|стал)[а-яё]{3,})", re.IGNORECASE),
}


def is_told_apart(said: Marked, one: Figure) -> bool:
    """Whether words of a sentence tell a number as one of another time, of a part or of a plan.

    Behind the number only its own clause counts: «17 450 адамға жетіп, былтырғыдан 493-ке артты» is the number itself.
    """
    place = said.place(one)
    before = said.plain[said.plain.rfind(";", 0, place) + 1 : place]
    behind = re.split(r"[,;:()\ue000-\uf8ff]", said.plain[place + 1 :])[0]
    is_end = any(named.get("a") is one for _, named, _ in said.find("from_to"))
    return is_end or _ANOTHER.search(f"{before}\ue000{behind}") is not None


def narrowing(said: Marked, one: Figure) -> str:
    """The words of a clause that narrows what a number counts: "46 teachers who hold a degree".

    It opens with a relative pronoun or a Russian participle behind the noun, or closes before a Kazakh number with a
    participle. Whether it tells of a part, or only names again what was told, its words say.
    """
    place, lang = said.place(one), said.language
    behind = _CLAUSE[lang].match(said.plain, place + 1) if lang in _CLAUSE else None
    before = _PARTICIPLE.search(said.plain[:place]) if lang == "kk" else None
    found = behind or before
    return found["words"] if found else ""


_CLAUSE: Final = {
    "en": re.compile(r"(?: [a-z]+){0,2} (?:who|which|whose)(?P<words>(?: [^\W\d_]+)+)"),
    "ru": re.compile(
        r"(?: [а-яё]+){0,2}, (?:котор[а-яё]+ |(?=[а-яё]+(?:вш|щ|нн)[а-яё]{2,4}\b))(?P<words>[^\W\d_]+(?: [^\W\d_]+)*)"
    ),
}
_PARTICIPLE: Final = re.compile(r"(?P<words>(?:[^\W\d_]+ ){1,3}(?<=ған |ген |қан |кен |тын |тін |бар |жоқ ))$")


def is_average(said: Marked, one: Figure) -> bool:
    """Whether a figure is told of each of something: "18 pupils per teacher" are not all pupils."""
    place = said.place(one)
    before = re.split(r"[\ue000-\uf8ff;:()]", said.plain[max(0, place - _NEAR) : place])[-1]
    behind = re.split(r"[\ue000-\uf8ff;:(),]", said.plain[place + 1 : place + 1 + _NEAR])[0]
    return _AVERAGE.search(f"{before} {behind}") is not None


_AVERAGE: Final = re.compile(
    r"\b(?:per|average|mean|median|each|every|apiece)\b|"
    r"(?<!\w)(?:в среднем|средн\w+|медиан\w+|на (?:одн(?:ого|у|о)|кажд\w+|душу)|приходи\w+|кажд\w+)(?!\w)|"
    r"(?<!\w)(?:орташа|әр|әрбір|шаққанда|жан басына|бір (?!жыл)\w+(?:[ғг][ае]|[қк][ае]|[дт][ае]))(?!\w)",
    re.IGNORECASE,
)
