"""Numbers that divide a whole: the count told before "of these", or what a Kazakh genitive names."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.graded import SCORE
from digital_diplomacy.extraction.tokens import DURATIONS
from digital_diplomacy.extraction.whose import unit_of_whole
from digital_diplomacy.printed import Found

_OF_THESE: Final = re.compile(
    r"\W*(?:(?:of|among) (?:these|them|those|which|whom)|including|из них|из этого числа|среди них|в том числе|"
    r"олардың(?: ішінде)?|солардың|(?:оның|соның) ішінде|олардан)(?!\w)",
    re.IGNORECASE,
)
"""How a sentence opens that divides the count told before it."""
_GENITIVE: Final = re.compile(
    r"(?:(?:[^\W\d_]{3,}|(?<!\w)(?:о|бұ|мұ|со))[лдт][ае]р(?:[ыі])?(?:[дтн][ыі]ң)|(?<!\w)соның)\s+"
    r"(?:тек\s+|ғана\s+|шамамен\s+)?$",
    re.IGNORECASE,
)
_THEM: Final = re.compile(r"(?:о|со|бұ|осы|мұ)(?:лар[дтн]ың|ның)\s", re.IGNORECASE)
_OWNED: Final = re.compile(
    r"(?:\s+[^\W\d_]+){0,2}?\s+(?!(?:өзі|әлі|енді|ірі|екі|кіші|ескі)(?!\w))"
    r"[^\W\d_]{2,}(?<![дтғг])(?<![аеәоөұүыі]н)[ыі](?!\w)",
    re.IGNORECASE,
)
"""What a genitive needs somewhere: a noun that is its own, "40 парақшасы"; without one the number itself is."""
_COUNTED_OWNER: Final = re.compile(
    r"(?:\d|мың|млн|млрд)\s?[^\W\d_]+[дтн][ыі]ң\s+$|(?:адам|азамат)н?ың\s+$", re.IGNORECASE
)
"""A counted noun whose parts follow: «140 500 адамның 115 210 жоғары баға қойды»."""
_PEOPLE: Final = ("persons", "users", "followers", "respondents", "authors")
_THINGS: Final = ("items", "appeals", "messages", "views")
"""What people make: behind a genitive of people their number is no number of it."""
_CLAUSE_ENDS: Final = re.compile(r"[;.]\s|:\s")


def wholes_told(
    found: Sequence[Found],
    own: Sequence[str | None],
    text: str,
    language: str,
    told: Sequence[tuple[str, float]],
    governs: Sequence[bool],
) -> list[str]:
    """Unit of the whole that each figure is a part of; "" where it is none.

    A Kazakh genitive before a number needs a noun with the ending of what is owned. Where none follows, the number is
    a part of what the genitive names, and so are the further ones of its clause: «Жазылғандардың 269 сұрақ қойған, 161
    жауап алған» are people.

    Parameters
    ----------
    found : sequence of Found
        The figures of a sentence.
    own : sequence of str
        Their own units; nothing for a number without any.
    text : str
        The sentence.
    language : str
    told : sequence of (str, float)
        Units and values of the counts told before in the paragraph, the last first.
    governs : sequence of bool
        Whether a noun follows each that it may count.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> text = "Жазылғандардың 269 сұрақ қойған, 161 жауап алған."
    >>> found = find(text, convention=Convention.of("kk"))
    >>> wholes_told(found, ["items", "items"], text, "kk", (), [True, True])
    ['persons', 'persons']
    """
    units = [""] * len(found)
    opens = _OF_THESE.match(text)
    whole, end = "", -1
    for place, one in enumerate(found):
        figure, unit = one.figure, own[place]
        if figure is None or figure.last_digit < 1 or unit not in (None, *_THINGS):
            continue
        before = text[: one.start]
        if place and language == "kk" and _COUNTED_OWNER.search(before) and not _OWNED.match(text, one.end):
            holder = found[place - 1].figure
            if holder is not None and holder.value >= figure.value and own[place - 1] in _PEOPLE:
                whole, end = str(own[place - 1]), one.start
        if language == "kk" and (genitive := _GENITIVE.search(before)) and not _OWNED.match(text, one.end):
            is_them = _THEM.match(genitive.group()) is not None
            named = "" if is_them else unit_of_whole(before, "kk", is_owned=True)
            whole, end = named or _told(told, found[:place], own, float(figure.value)), one.start
        elif (
            opens is not None
            and unit is None
            and not governs[place]
            and (of_these := _told(told, (), (), float(figure.value)))
        ):
            units[place] = of_these
            continue
        if whole and not (_CLAUSE_ENDS.search(text, end, one.start) or _OWNED.match(text, one.end)):
            units[place] = whole
    return units


def _told(told: Sequence[tuple[str, float]], before: Sequence[Found], own: Sequence[str | None], value: float) -> str:
    """Unit of the last count that is as large, in the sentence or the paragraph before it."""
    for one, unit in zip(reversed(before), reversed(own[: len(before)]), strict=True):
        if one.figure is not None and unit not in (None, "", *_NO_WHOLE) and float(one.figure.value) >= value:
            return str(unit)
    return next((unit for unit, count in told if count >= value and unit not in _NO_WHOLE), "")


_NO_WHOLE: Final = ("percent", "percentage_points", "times", "rank", "places", "date", SCORE, *DURATIONS)
