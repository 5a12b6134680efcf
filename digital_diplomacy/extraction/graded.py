"""Numbers that count nothing but stand on a scale or a ladder: points of a mark, places of a ranking, people told as
«семеро», and measures by their signs."""

import re
from typing import Final

SCORE: Final = "score"
"""Unit of points of a scale."""
_FULL_MARKS: Final = frozenset({5, 7, 10, 12, 20, 50, 100})
"""Numbers of points a scale may have: "4.6 out of 5"."""
_OUT_OF: Final = re.compile(
    r"\s*(?:points?|marks?|stars?|балл\w*|ұпай\w*)?\s*(?:\(?(?:out )?of|/|из|"
    r"по шкале (?:от \d )?до)\s+(?:возможных\s+)?"
    r"(?P<full>\d{1,3})(?![\d.,]*\d|\s?%)\)?(?P<rest>[^.;:]{0,12})",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\s*(?:$|[.,;:)–—(]|points?\b|marks?\b|балл|on average|in\b|and\b|for\b|against\b|by\b|и\s|в\s|у\s|против)",
    re.IGNORECASE,
)
_RATED: Final = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)|rat(?:ed?|es|ing|ings)|marks?|marked|grades?|graded|satisfaction|stars?)\b|"
    r"(?<!\w)(?:балл|оцен|рейтинг|удовлетвор|поставил)|(?<!\w)(?:ұпай|балл|балд|бағала|бағас|қанағаттан)",
    re.IGNORECASE,
)
_OF_FULL: Final = re.compile(
    r"(?:\d(?:[.,]\d+)?|\w+)\s*(?:points?|marks?|stars?|балл\w*|ұпай\w*)?\s*(?:out of|из|of|/)\s+(?:возможных\s+)?$",
    re.IGNORECASE,
)
_KK_FULL: Final = re.compile(
    r"(?:-?(?:тен|тан|ден|дан|нан)|\s+бал(?:л|д)\w+|\s+ұпай\w+)\s+(?:орта есеппен\s+)?\d[\d,]*\s+(?:балл|ұпай)",
    re.IGNORECASE,
)

_RU_PLACES: Final = r"мест(?:о|а)?|позици\w+|строч\w+|строк(?:а|и|у)?|ступен\w+|пункт(?:а|ов)? рейтинга"
_STEPS: Final = {
    "en": re.compile(r"\s+(?:places?|positions?|rungs?|ranks?|spots?|notch(?:es)?|slots?|steps?)\b", re.IGNORECASE),
    "ru": re.compile(rf"\s+(?:{_RU_PLACES})(?!\w)(?!\s+из\b)", re.IGNORECASE),
    "kk": re.compile(r"\s+(?:саты\w*|орын(?:ға|ды|нан)?|позиция\w*|тұғыр\w*|саты)(?!\w)", re.IGNORECASE),
}
_MOVED: Final = {
    "en": re.compile(
        r"\b(?:up|down|climb\w*|ris(?:e|en|ing)|rose|gain\w*|los(?:t|e|es|ing)|slip\w*|drop\w*|fall\w*|fell|mov(?:ed?|ing)|"
        r"jump\w*|advanc\w+|improv\w+|declin\w+|higher|lower|ahead|behind|above|below|slid|sank|ascend\w*)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:подня|подним|поднял|опуст|опуска|потеря|теря|сниз|переме|вверх|вниз|выше|ниже|прибав|улучш|ухудш|"
        r"отыгра|продвин|рост|вырос|упал|упа[лд]|скатил|взлет|подъ[её]м|выиграл|поднима|отста|опереж|отыгр)",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"(?<!\w)(?:көтеріл|төменде|жоғарыла|жоғалт|жылжы|ілгеріле|түсті|түсіп|алға|артта|өсті|құлды|озды|төмен|жоғары)",
        re.IGNORECASE,
    ),
}
_RANKED: Final = re.compile(
    r"\b(?:rank\w*|\d+(?:st|nd|rd|th))\b|(?<!\w)(?:рейтинг|индекс|мест[оеа](?!\w)|\d+-[ейм](?!\w))|(?<!\w)(?:орын|орны|рейтинг)",
    re.IGNORECASE,
)
"""Words and forms that say a ranking is told of."""

_COLLECTIVE: Final = re.compile(
    r"(?:дво|тро)(?:е|их|им|ими)|(?:четвер|пятер|шестер|семер|восьмер|девятер|десятер)(?:о|ых|ым|ыми)", re.IGNORECASE
)
_NOT_PEOPLE: Final = re.compile(r"\s+(?:сут(?:ок|ки)|дверей|ворот|ножниц|брюк|очков|саней)", re.IGNORECASE)

MEASURED: Final = re.compile(
    r"\s?(?:[KMGTkКМГТк](?:[Bb]|bit|bps|бит|б|Б|байт)(?:/?s|/с|ps|it/s|ит/с)?|[MG]bps|[kKMGT]i?B|"
    r"(?:тыс\.?\s)?(?:k|c|m|d)?m[²³23]?|(?:к|с|м|д)?м[²³23]?|(?:кв|куб|шаршы|текше)\.?\s?(?:к|с)?м|"
    r"sq\.?\s?k?m|cu\.?\s?m|k?g|к?г(?=\s*(?:/|на\s))|kt|Mt|мл|ml|л|L|"
    r"га|ha|°[CС]|[kMGTкМГТ]?W(?:\s?·?h)?(?:/\w+)?|[кМГТ]?Вт(?:[\s·⋅*]?(?:ч|сағ)\w*)?\S*|[kMкМ]?V|[кМ]?В(?=\s*[.,;)]|$)|"
    r"мс|ms|[kMGкМГ]?(?:Hz|Гц)|Гкал|[tт](?!\.\s?[едк])|ц(?:/га)?|MW|п\.\s?л|ppm|dB|дБ|bbl)(?!\w|[.’'](?:\w|\s\w\.))"
)
"""Signs of measure that no code stands for; a number of them counts no items."""


def score_unit(value: float, printed: str, before: str, behind: str, lang: str) -> str:
    """``score`` of a number of points of a scale or of the points it has; "" of any other.

    Examples
    --------
    >>> score_unit(4.6, "4.6", "The app is rated ", " out of 5.", "en")
    'score'
    >>> score_unit(5, "5", "The app is rated 4.6 out of ", ".", "en"), score_unit(18, "18", "In all, ", " of 54", "en")
    ('score', '')
    """
    if lang == "kk":
        return SCORE if value in _FULL_MARKS and _KK_FULL.match(behind) else ""
    match = _OUT_OF.match(behind)
    if match is not None:
        is_full = int(match["full"]) in _FULL_MARKS and value <= int(match["full"]) and _ENDS.match(match["rest"])
        is_marked = value % 1 != 0 or _RATED.search(before) is not None
        return SCORE if is_full and is_marked and "%" not in printed else ""
    given = _OF_FULL.search(before) if value in _FULL_MARKS and _ENDS.match(behind) else None
    if given is None:
        return ""
    is_mark = re.match(r"\d+[.,]\d", given.group()) is not None or _RATED.search(before) is not None
    return SCORE if is_mark else ""


def is_of_places(before: str, behind: str, lang: str) -> bool:
    """Whether a number tells by how many places of a ranking something moved.

    Examples
    --------
    >>> is_of_places("The country ranks 58th, down ", " places from 53rd.", "en")
    True
    >>> is_of_places("В зале занято ", " мест.", "ru")
    False
    """
    step = _STEPS[lang].match(behind)
    if step is None or "\n" in step.group():
        return False
    around = f"{before[-_NEAR:]}{behind[: _NEAR // 2]}"
    is_moved = _MOVED[lang].search(around) is not None
    return is_moved and _RANKED.search(f"{before}{behind[step.end() :]}") is not None


def is_told_of_ranks(text: str) -> bool:
    """Whether a sentence tells of a ranking or of moves in it.

    Examples
    --------
    >>> is_told_of_ranks("It rose by 12 positions."), is_told_of_ranks("The grant has 340 places.")
    (True, False)
    """
    return any(shape.search(text) for shape in (_RANKED, *_MOVED.values()))


_NEAR: Final = 90
"""Characters around a number in which a verb says that it is of a move."""


def are_people(printed: str, behind: str, lang: str) -> bool:
    """Whether a Russian number told as a group stands for people: «семеро из одиннадцати», not «двое суток»."""
    return lang == "ru" and _COLLECTIVE.fullmatch(printed) is not None and _NOT_PEOPLE.match(behind) is None
