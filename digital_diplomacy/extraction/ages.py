"""Whether a number is an age, told of people or of nobody."""

import re
from typing import Final

from digital_diplomacy.extraction.units import noun_before

_AGE: Final = re.compile(
    r"\bage of\b|\b(?:older|younger) than\b|старше|младше|моложе|\baged?\b|жастан|жасқа", re.IGNORECASE
)


def is_age(printed: str, before: str, behind: str) -> bool:
    """Whether a bare number is an age: "over the age of 18", "aged 25", «63 жас», the first of «22 мен 63 жас»."""
    if re.match(r"\s*-?year-olds?\b|\s+(?:or|and) (?:older|over|above)\b|\s+(?:лет )?и (?:старше|более лет)\b", behind):
        return True
    if re.match(
        r"\s*(?:[мбп]ен\s+\d+\s+|[-–]\s?\d+\s+)?жас(?:тан|қа|та|тағы|ында)?\b(?! \w*(?:адам|маман|ұрпақ))", behind
    ):
        return True
    if tells_age(printed, before, behind):
        return True
    if _BOUND.match(printed) and not re.match(r"\s*[^\W\d_]", behind) and _are_people(before):
        return True
    return bool(_AGE.search(printed) or re.search(r"\b(?:aged?|в возрасте)\s+$", before, re.IGNORECASE))


def tells_age(printed: str, before: str, behind: str) -> bool:
    """Whether words say how old someone is: «тех, кому за 60», «50 және одан үлкен»."""
    said = f"{before[-_AGE_SAID:]}{re.split(r'[0-9]', printed)[0]}"
    if _MEAN_AGE.search(before[-_AGE_SAID:]) and not re.match(r"\s*(?:%|per ?cent|процент|пайыз)", behind):
        return True
    return _WHOM.search(said) is not None or (
        _BY_AGE.search(before) is not None
        and re.match(r"\s*(?:және|и|and)\s+(?:одан|older|over|старше)", behind) is not None
    )


_MEAN_AGE: Final = re.compile(
    r"\b(?:mean|median|average) age\b[^.;:()\d]{0,28}$|(?<!\w)(?:средн\w+|медианн\w+) возраст(?!\w)[^.;:()\d]{0,24}$|"
    r"(?<!\w)орташа жас(?:ы|тары)?(?!\w)[^.;:()\d]{0,20}$",
    re.IGNORECASE,
)


_AGE_SAID: Final = 40


_WHOM: Final = re.compile(
    r"(?<!\w)кому\s+(?:уже |ещ[её] |исполнилось )?(?:нет |не исполнилось )?"
    r"(?:за|до|от|под|больше|меньше|более|менее|свыше)?\s*$",
    re.IGNORECASE,
)


_BY_AGE: Final = re.compile(r"жасы бойынша|жас топтары|по возрасту|возрастн\w+ групп|by age|age groups", re.IGNORECASE)


def _are_people(before: str) -> bool:
    """Whether an age is told of people: "women over", "600 pupils; of them 100 are under"."""
    if _WHO.search(before):
        return True
    return bool(_ARE.search(before)) and noun_before(re.sub(r"[;:()]", " ", before), "en") == "persons"


_BOUND: Final = re.compile(r"(?:over|under|above|below)\s", re.IGNORECASE)


_ARE: Final = re.compile(r"\b(?:are|were|is|was)\s+$", re.IGNORECASE)


_WHO: Final = re.compile(
    r"\b(?:those|people|adults|women|men|persons|citizens|residents|respondents|users)\s+$", re.IGNORECASE
)
