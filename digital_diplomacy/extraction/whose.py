"""What a number without a noun is one of: "Among the firms visited, 214", «Рейстердің 26-сы», "3,500 invited"."""

import re
from typing import Final

from digital_diplomacy.extraction.nouns import COUNTING, is_plural, noun_unit
from digital_diplomacy.extraction.russian import is_genitive_plural, look_up
from digital_diplomacy.extraction.units import merged

_EN_AMONG: Final = re.compile(
    r"(?:^|[.;:–—]\s|,\s)\W*(?:of|among|out of)\s+(?P<of>[a-z][a-z -]{2,60}?),\s+(?:only\s+|just\s+)?$", re.IGNORECASE
)
_RU_AMONG: Final = re.compile(
    r"(?:^|[.;:–—]\s|,\s)\W*(?:из|среди)\s+(?:общего числа\s|числа\s)?(?P<of>[а-яё][а-яё -]{4,60}?),?\s+"
    r"(?:только\s+|лишь\s+)?$",
    re.IGNORECASE,
)
_KK_OWNER: Final = re.compile(
    r"(?P<of>[а-яёәғқңөұүһі]{3,}[лдт][ае]р(?:ы|і)?(?:дың|дің|ның|нің|тың|тің))(?P<in>\s(?:ішінде|ішінен|арасында))?\s+$",
    re.IGNORECASE,
)
_KK_THESE: Final = re.compile(
    r"(?:о|бұ|со|осы|а|мұ)лар|екеу|адам(?:ы|дар)?|сан|жалп|бөліг|құрам|көп|барлық", re.IGNORECASE
)
"""Owners that name nothing: «олардың», «барлығының»."""
_PEOPLE: Final = re.compile(r"\w{3,}(?:(?:вш|[уюая]щ)(?:их|ихся)|(?:нн|ят|т|ен)ых)(?:ся)?", re.IGNORECASE)
"""Participles that stand for people where no noun agrees with them: «среди получивших работу»."""
_HELD: Final = re.compile(
    r"\s+(?:(?:were|was|had been|are)\s+)?(?:invited|contacted|approached|interviewed|surveyed|polled|enrolled|"
    r"recruited|questioned|hired|employed|appointed|dismissed|promoted|deported|detained|fined|convicted|relocated|"
    r"trained|admitted|arrested|injured|killed|wounded|evacuated|vaccinated|infected)\b"
    r"(?=\s*(?:[.,;:)]|$|\s(?:in|by|and|at|for|from|to|on)\b))",
    re.IGNORECASE,
)
_WERE: Final = re.compile(
    r"(?<!\w)(?:назначен[оы]|уволен[оы]|повышен[оы] в должности|депортирован[оы]|задержан[оы]|"
    r"оштрафован[оы]|осужден[оы]|"
    r"награжден[оы]|аттестован[оы]|приглашен[оы]|опрошен[оы]|зачислен[оы]|обучен[оы]|эвакуирован[оы]|"
    r"трудоустроен[оы]|госпитализирован[оы]|"
    r"проголосовал[ои]|откликнул(?:ись|ось))\s+$",
    re.IGNORECASE,
)
_BY_THEM: Final = re.compile(
    r"\b(?:followed|used|visited|attended|read|joined|trusted|known|heard|"
    r"chosen) by (?:some |about |only |over )?$",
    re.IGNORECASE,
)
_COLLECTIVE: Final = re.compile(
    r"\b(?:enrol?ments?|attendance|membership|participation|headcount|workforce|readership|ridership|intake)\b"
    r"(?!\s(?:rate|share|fee|index|ratio|level)s?\b)[^.;:()\ue000-\uf8ff]{0,60}$|"
    r"(?<!\w)(?:посещаемость|контингент\w*|набор)(?!\w)(?!\s(?:данных|мер|инструмент|показател|документ))[^.;:()]{0,60}$|"
    r"(?<!\w)контингент\w*(?!\w)[^.;:()]{0,60}$",
    re.IGNORECASE,
)
"""Words that count people though they name none."""


def unit_of_whole(before: str, lang: str, *, is_owned: bool = False) -> str:
    """Unit of what the words before a number divide, ``items`` of things of no unit; "" where they divide nothing.

    Parameters
    ----------
    before : str
        The sentence up to the number.
    lang : str
    is_owned : bool
        Whether a Kazakh number has the ending of what is somebody's: «26-сы».

    Examples
    --------
    >>> unit_of_whole("Among households surveyed, ", "en"), unit_of_whole("Of the women asked, ", "en")
    ('items', 'persons')
    >>> unit_of_whole("Среди получивших постоянную работу ", "ru"), unit_of_whole("Из обследованных школ ", "ru")
    ('persons', 'items')
    >>> unit_of_whole("Рейстердің ", "kk", is_owned=True), unit_of_whole("Олардың ", "kk", is_owned=True)
    ('items', '')
    """
    if lang == "kk":
        owner = _KK_OWNER.search(before)
        is_divided = owner is not None and (is_owned or owner["in"] is not None)
        return _of_word(owner["of"], "kk") if is_divided and owner and not _KK_THESE.match(owner["of"]) else ""
    match = (_EN_AMONG if lang == "en" else _RU_AMONG).search(before)
    if match is None:
        return ""
    words = re.findall(r"[^\W\d_-]+", match["of"])
    return _english(words) if lang == "en" else _russian(words)


def _of_word(word: str, lang: str) -> str:
    unit = noun_unit(word, lang)
    return "" if unit == COUNTING else merged(unit) or "items"


def _english(words: list[str]) -> str:
    """Unit of the first plural of a phrase, which is what is divided: "households in towns"."""
    plural = next((word for word in words if is_plural(word)), "")
    if not plural and len(words) > 1 and words[0].casefold() == "those":
        return "persons"  # "of those asked"
    return _of_word(plural, "en") if plural.casefold() not in _EN_THESE else ""


_RU_THESE: Final = frozenset(
    {"этот", "весь", "тот", "они", "остальной", "который", "последний", "такой", "другой", "прочий"}
)
_EN_THESE: Final = frozenset({"", "others", "whites", "cases", "results", "points", "percents", "years", "times"})


def _russian(words: list[str]) -> str:
    """Unit of the noun that the first words of a phrase agree with; of participles alone, people."""
    for word in words:
        known = look_up(word)
        if known.noun and not known.is_adjective and not _PEOPLE.fullmatch(word):
            if is_genitive_plural(word):
                return _of_word(word, "ru")
            break
    if not words:
        return ""
    first = look_up(words[0])
    is_alone = (
        len(words) == 1 and first.is_adjective and words[0].endswith(("ых", "их")) and first.adjective not in _RU_THESE
    )
    return "persons" if is_alone or _PEOPLE.fullmatch(words[0]) else ""


def are_held(before: str, behind: str) -> bool:
    """Whether words beside a number tell what is done to people: "3,500 invited", «Опрошено 1 160».

    Examples
    --------
    >>> are_held("", " invited)"), are_held("Опрошено ", "."), are_held("", " built")
    (True, True, False)
    """
    return any((_HELD.match(behind), _WERE.search(before), _BY_THEM.search(before)))


def is_collective(before: str) -> bool:
    """Whether the subject of a clause is a word for how many people there are.

    Examples
    --------
    >>> is_collective("Enrolment stood at "), is_collective("The attendance rate was ")
    (True, False)
    """
    return _COLLECTIVE.search(before) is not None
