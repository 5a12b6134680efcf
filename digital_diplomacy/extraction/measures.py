"""Measures, spans of time and multiples told by the words around a number, or by heads, captions and figures before."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.compounds import is_measured_head
from digital_diplomacy.extraction.graded import MEASURED
from digital_diplomacy.extraction.nouns import MEASURED_UNIT, noun_unit
from digital_diplomacy.extraction.phrases import head_behind
from digital_diplomacy.extraction.scales import SCALE_WORD
from digital_diplomacy.extraction.units import noun_before, unit_named
from digital_diplomacy.printed import Found, Printed

_SCALED: Final = 1000
_NAMED: Final = re.compile(
    r"[(\[]\s*(?P<bracket>[^()\[\]]+)[)\]]\s*$|,\s*(?P<comma>[^,()]+)$|\b(?:in|в)\s+(?P<in>[^,()]+)$", re.IGNORECASE
)
"""Where a head or caption names the unit of its numbers: "Emissions (thousand tonnes)", «Сбор, тыс. тонн», "in GWh"."""
_SIGN: Final = re.compile(
    r"(?:tCO2e?q?|[kMG]?t\s?CO.?2?|CO.?2\S*|[kMGT]Wh?|[кМГТ]Вт\S*|km.?|км.?|ha|га|kg|кг|tonnes?|tons?|т|л|litres?|m[²³23]|м[²³23]|"
    r"°[CС]|mm|мм|ppm|bbl|boe|ц|dB|дБ|GJ|TJ|ГДж|Гкал)(?!\w)"
)
_OF: Final = re.compile(r"\s+(?:of|per|CO)\b.*", re.IGNORECASE)


def is_in_measures(heads: Sequence[str], lang: str) -> bool:
    """Whether a cell holds a measure, by the head of its column, or of its row or caption where the column names none.

    Examples
    --------
    >>> is_in_measures(("2023", "Power", "Emissions (thousand tonnes of CO2 equivalent)"), "en")
    True
    >>> is_in_measures(("Sites, number", "Power", "Emissions, tonnes"), "en"), is_in_measures(("2023", "Power"), "en")
    (False, False)
    """
    if not heads:
        return False
    if is_measured_head(heads[0], lang) or _names_measure(heads[0], lang):
        return True
    for head in heads[1:]:
        if _names_measure(head, lang):
            return all(unit_named([nearer], lang) is None and _COUNTED.search(nearer) is None for nearer in heads[:1])
    return False


_COUNTED: Final = re.compile(
    r"\b(?:number|count|share|rank|growth|change|ratio|index|rate)\b|%|"
    r"(?<!\w)(?:число|количество|доля|место|рост|прирост|индекс|саны|үлес|өсім)",
    re.IGNORECASE,
)


def _names_measure(head: str, lang: str) -> bool:
    match = _NAMED.search(head)
    if match is None:
        return False
    said = (match["bracket"] or match["comma"] or match["in"]).strip()
    said = SCALE_WORD.sub("", said).lstrip(". ")
    if _SIGN.match(said):
        return True
    words = re.findall(r"[^\W\d_]+", _OF.sub("", said))
    return 0 < len(words) <= _FEW and any(noun_unit(word.casefold(), lang) == MEASURED_UNIT for word in words)


_FEW: Final = 3


def goes_on_measuring(place: int, own: Sequence[str | None], found: Sequence[Found], text: str, lang: str) -> bool:
    """Whether a number without a noun is in the measure of the last one: "1.0 million tonnes, and to Iran 0.5 million".

    Only of numbers that are scaled alike, and where no noun before it is what it counts.
    """
    figure = found[place].figure
    if figure is None or figure.last_digit < _SCALED:
        return False
    for other in range(place - 1, -1, -1):
        near = found[other].figure
        if near is None or own[other] in ("percent", "date", "times", "rank", "percentage_points"):
            continue
        if near.last_digit < _SCALED:
            return False
        if own[other] == "" and _is_measured(found[other], text, lang):
            between = text[found[other].end : found[place].start]
            return not noun_before(re.split(r"[.;]\s|,\s", between)[-1], lang)
        if own[other] is not None:
            return False
    return False


def _is_measured(one: Found, text: str, lang: str) -> bool:
    if MEASURED.match(text, one.end):
        return True
    head = head_behind(text[one.end :], lang, text[: one.start])
    return head is not None and head.unit == MEASURED_UNIT


def is_multiple(before: str) -> bool:
    """Whether words before a number say that it multiplies.

    Examples
    --------
    >>> is_multiple("Output grew, a multiple of "), is_multiple("grew by a factor of "), is_multiple("a list of ")
    (True, True, False)
    """
    return _MULTIPLE.search(before) is not None


_MULTIPLE: Final = re.compile(r"\b(?:multiple|factor) of\s+(?:about |roughly |almost |nearly )?$", re.IGNORECASE)


def unit_of_occasions(printed: str, before: str, behind: str) -> str:
    """Unit of how often something was done, which multiplies nothing: ``views`` or ``items``; "" of a multiple.

    Examples
    --------
    >>> unit_of_occasions("96 раз", "выходил в эфир ", ","), unit_of_occasions("2,5 раза", "вырос в ", ".")
    ('items', '')
    >>> unit_of_occasions("118,7 млн рет", "Жазбалар ", " қаралды")
    'views'
    """
    is_multiple_of = _IN.search(before) or _MANIFOLD.search(printed) or _AS_MANY.match(behind)
    is_often = _OFTEN.search(printed) or (printed.endswith("times") and _DONE.search(before))
    if is_multiple_of or not is_often:
        return ""
    return "views" if _VIEWED.search(before[-_NEAR_VERB:]) or _VIEWED_KK.match(behind) else "items"


_OFTEN: Final = re.compile(r"(?<!\w)(?:раза?|рет)$", re.IGNORECASE)
_MANIFOLD: Final = re.compile(r"(?<!\w)во?\s|\d[.,]\d{1,2}\s+\w+$|(?<!\w)полтора", re.IGNORECASE)
_IN: Final = re.compile(r"(?<!\w)(?:в|во|почти|более чем|около|чем)\s+$", re.IGNORECASE)
_AS_MANY: Final = re.compile(
    r"\s+(?:as|more|less|fewer|the|that|those|its|their|[a-z]+er|больше|меньше|выше|ниже|чаще|реже|быстрее|дороже|дешевле|превы|көп|аз|артық|жоғары|төмен|жиі|өс|арт)",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?!increased|multiplied|expanded|exceeded|raised|reduced|improved|climbed)[a-z]+ed\s+$", re.IGNORECASE
)
_VIEWED: Final = re.compile(
    r"(?<!\w)(?:(?:просм|посм)отр|увидел|прочита|прочли)\w*(?:\s+\w+)?\s+$|\b(?:viewed|watched|played)\s+$",
    re.IGNORECASE,
)
_VIEWED_KK: Final = re.compile(r"\s+(?:қарал|көрілді|көрілген)", re.IGNORECASE)
_NEAR_VERB: Final = 40


def duration_behind(behind: str, lang: str) -> str:
    """The span of time that an adjective and a number tell: "an eight-hour day", "5 working days"; "" for none.

    Examples
    --------
    >>> duration_behind(" апталық тренинг", "kk"), duration_behind(" айлық есеп", "kk"), duration_behind(" ел", "kk")
    ('weeks', 'months', '')
    >>> duration_behind("-hour day", "en"), duration_behind(" рабочих дней", "ru")
    ('hours', 'days')
    """
    match = next((found for shape in _SPANS_BEHIND[lang] if (found := shape.match(behind))), None)
    said = "" if match is None else match["span"].casefold()
    return _SPANS.get(said) or _RU_SPANS.get(said[:3]) or (f"{said}s" if said else "")


_SPANS: Final = {
    "жыл": "years", "ай": "months", "апта": "weeks", "күн": "days", "тәулік": "days", "сағат": "hours",
    "минут": "minutes",
}  # fmt: skip
_SPAN: Final = re.compile(
    rf"\s+(?P<span>{'|'.join(_SPANS)})(?:(?:лық|лік|дық|дік|тық|тік)|(?<=тәулік)(?:т[ае]н?|ке|ті|тің)?)(?!\w)",
    re.IGNORECASE,
)


_EN_SPAN: Final = re.compile(r"-(?P<span>minute|hour|week|month|year|day)(?!\w)(?!-olds?\b)", re.IGNORECASE)
"""Behind a number that is an adjective with it: "an eight-hour day"."""
_EN_DAYS: Final = re.compile(
    r"\s+(?:(?:full|whole|consecutive)\s+)?(?:working|business|calendar|banking|weekday|teaching|school)\s+"
    r"(?P<span>hour|day|week|month|year)s?(?!\w)",
    re.IGNORECASE,
)
_RU_SPANS: Final = {"дня": "days", "дне": "days", "час": "hours", "нед": "weeks", "мес": "months"}
_RU_DAYS: Final = re.compile(
    r"\s+(?:рабоч|календарн|банковск|учебн|полн)[а-яё]{2,3}\s+(?P<span>дня|дней|час|часа|часов|недели|недель|"
    r"месяца|месяцев)(?!\w)",
    re.IGNORECASE,
)
"""Behind a number of spans that are told to be of one kind: "15 working days"."""
_KK_DAYS: Final = re.compile(
    r"\s+(?:жұмыс|күнтізбелік|банк|оқу|толық)\s+(?P<span>күн|сағат|апта|ай)(?:с?[ыі])?"
    r"(?:н[еа]?|нен|нан|нде|нда|н[іы]ң|ге|ға|де|да|ден|дан|л[іы]к|д[іы]к)?(?!\w)",
    re.IGNORECASE,
)
_SPANS_BEHIND: Final = {"kk": (_SPAN, _KK_DAYS), "en": (_EN_SPAN, _EN_DAYS), "ru": (_RU_DAYS,)}


def duration_before(before: str, lang: str) -> str:
    """The span of time that is the subject of a clause: "Hours worked totalled", «Отработано часов –»; "" for none.

    Examples
    --------
    >>> duration_before("Hours worked totalled ", "en"), duration_before("Число отработанных часов составило ", "ru")
    ('hours', 'hours')
    >>> duration_before("Within hours, visitors numbered ", "en")
    ''
    """
    match = _SUBJECT[lang].search(before)
    return "" if match is None else _OF_TIME[match["noun"].casefold()]


_OF_TIME: Final = {
    "hours": "hours", "days": "days", "months": "months", "часов": "hours", "дней": "days", "человеко-часов": "hours",
    "сағат": "hours", "күн": "days",
}  # fmt: skip
_SUBJECT: Final = {
    "en": re.compile(
        r"(?:^\W*|[.;]\s+)(?:(?:the|total|all|number of|staff|training|working|man|person)[\s-]+)*"
        r"(?P<noun>hours|days|months)"
        r"(?:\s[a-z-]+){0,3}?\s(?:totall?ed|amounted to|came to|reached|numbered|stood at|rose to|fell to|were)\s+$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:^\W*|[.;,]\s+)(?:[а-яё]+\s){0,3}(?P<noun>часов|дней|человеко-часов)(?:\s[а-яё]+){0,3}?"
        r"\s(?:составил[оаи]?|достигл[оаи]|насчитывалось|[–—-])\s+$",
        re.IGNORECASE,
    ),
    "kk": re.compile(r"(?<!\w)(?P<noun>сағат|күн)\s(?:саны|көлемі)(?:\s[–—-])?\s+$", re.IGNORECASE),
}


def tells_place(one: Found, unit: str, text: str, figure: Printed) -> bool:
    """Whether a count only says in how many places a larger number was counted: "in 20 regions: 985 in towns"."""
    if unit not in ("countries", "regions") or one.figure is None or figure.value <= one.figure.value:
        return False
    said = f"{text[max(0, one.start - _NEAR) : one.start]}{one.text}"
    return _WHERE.search(said) is not None


_NEAR: Final = 12
_WHERE: Final = re.compile(
    r"(?:\b(?:in|across|within)|(?<!\w)(?:в|во|по))\s+(?:all\s|всех\s)?\d*[^\W_]*(?:\s[^\W\d_]+)?$|"
    r"(?:ел|мемлекет|өңір|облыс|аймақ)(?:де|те|да|та|нде|нда)$",
    re.IGNORECASE,
)


def is_part_of(text: str, end: int, one: Found) -> bool:
    """Whether a number is one of the parts behind a count: "1,600 people: 985 in towns and 715 in villages"."""
    return _PART.match(text, one.end) is not None and ":" in text[end : one.start]


_PART: Final = re.compile(
    r"\s+(?:in|from|at|on|на|в|во|из|от|по)\s|(?:-\w{1,4})?\s*\(\s*\d[\d.,]*\s*(?:%|per ?cent|проц|пайыз)",
    re.IGNORECASE,
)
