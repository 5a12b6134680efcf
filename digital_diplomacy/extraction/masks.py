"""What looks like a figure and is none: addresses, references, numbers of pages, sections, tables and codes."""

import re
from functools import lru_cache
from typing import Final

BLANK: Final = "\ufffc"
"""Stands for every character that is not to be read; the reader of figures stops at it."""

_NUMBERS: Final = r"\d+(?:\s?[-–—,;]\s?\d+)*"
_CITED: Final = r"(?:[СсCcPp]{1,2}\.|с\.|бет\.?)"
_MASKS: Final = tuple(
    re.compile(shape, re.IGNORECASE | re.VERBOSE)
    for shape in (
        r"(?:https?://|www\.|doi\.org/)[^\s<>«»]+",
        r"[\w.+-]+@[\w-]+\.[\w.-]+",
        r"\bdoi:?\s*10\.\d{4,}\s*/\s*[^\s<>,;]+",
        r"\b10\.\d{4,}/[^\s<>,;]+",
        r"\bis[bs]n(?:[- ]1[03])?:?\s*[\dxх-]{8,}(?:\s[\dxх-]+)*",
        r"\borcid\S*\s*[\dx-]+|\b\d{4}-\d{4}-\d{4}-\d{3}[\dx]\b",
        rf"\[\s*{_NUMBERS}(?:\s*[,;:]\s*(?:{_CITED}|№)?\s*{_NUMBERS})*\s*\]",
        r"\^?\{[^{}]{0,12}\}",
        rf"(?:№|\bno\.|\bnr\.|\#)\s*{_NUMBERS}(?:\s?\(\d+\))?",
        r"\b(?:web|industry|индустрия|diplomacy|дипломатия|society|общество)\s\d\.\d\b",
        r"\b(?:windows|android|ios|boeing|airbus|iphone|galaxy|python|http|usb|bluetooth|wi-fi|office|gpt|chatgpt)[\s-]\d+(?:\.\d+)*\b",
        r"\b(?:SPSS(?:\sStatistics)?|Stata|NVivo|MAXQDA|EViews|ATLAS\.ti|SmartPLS|Gephi|Excel|AMOS|SAS|(?-i:R))\s(?:v\.?\s?)?\d+(?:\.\d+)*\b"
        r"(?!\s?%|[.,]\d)",
        r"\b(?:scope|(?-i:Tier|Phase|Охват[аеу]?|Қамту))\s[1-4](?:(?:,\s|\s(?:and|or|to|и|мен|және)\s|\s?[–/+-]\s?)[1-4])*\b"
        r"(?!\s?%|[.,]?\d|\s(?:школ|сел|район|област|город|млн|тыс|мектеп|аудан))",
        r"(?<![\d,.])8[\s(-]{1,2}\d{3}[\s)-]{1,2}\d{2,3}[\s-]\d{2,4}(?:[\s-]\d\d)?(?!\d)",
        r"\b(?:телефон\w*|тел\.|факс\w*|phone|fax|tel\.|байланыс)[:\s]{1,2}[+(]?\d[\d\s()-]{3,}\d",
        r"\b(?:кабинет\w*|каб\.|комнат[аеы]|корпус(?:[ае]|ы)?|подъезд\w*|терминал\w*|аудитори[яи]|бөлме\w*)\s(?:№\s?)?\d{1,4}\b"
        r"(?!\s?[–—-]\s?\d|[.,]\d|\s?%|\s\d{3})",
        r"\b\d{1,2}-(?:й|м|го|ый|ом)\s(?:этаж|подъезд|корпус|кабинет|пункт)\w*|\b\d{1,3}-(?:қабат|бап|тармақ|кабинет|бөлме|қосымша|тарау)\w*",
        r"(?<=[\w,.;(]\s)(?:Ro(?-i:o)m|Ter(?-i:m)inal|Ga(?-i:t)e)\s\d{1,3}\b|^(?:Room|Terminal|Gate)\s\d{1,3}\b",
        r"\bC5\s?\+\s?1\b|\b[СC]5\+1\b|\b[GБ]-?(?:7|20|8)\b",
        r"(?<!\w)ст\.\s?\d+(?:[-.]\d+)*(?:\s*[,–-]\s*\d+)*",
        r"\b(?:not|n’t|n't|may|can|cannot|could)\s(?:\w+\s)?add up to\s(?:more than\s|less than\s|"
        r"exactly\s)?(?:a\shundred|100)(?:\s?%|\sper\s?cent)?",
        r"\bв\sсумме\s(?:не\sда(?:ют|[её]т)|превыша[юе]т|больше|(?:могут\s)?превышать)\s(?:более\s|менее\s|больше\s)?100(?:\s?%)?",
        r"(?<!\w)қосындысы\s100\s?(?:%|пайыз)(?:-?\w+)?\s(?:асады|аспайды|асып|асуы|артық|тең емес)",
        r"(?<!\d)(?:8|\+?7)[\s(-]{1,2}\d{3,4}[\s)-]{1,2}\d{2,3}[\s-]\d\d[\s-]\d\d(?!\d)",
        r"(?:\+\d[\d\s()-]{8,}\d|\b8?\s?\(\d{3,5}\)\s?[\d-]{6,}\d)",
        r"\b(?:таблиц\w*|табл\.|рисун\w*|рис\.|кесте\w*|сурет\w*|диаграмм\w*|table|figure|fig\.|chart|приложени\w*|"
        r"appendix|глав[аеуы]|тарау|chapter|section|building|form|раздел\w*|пункт\w*|стать[яиею]|article|annex|(?:sub)?paragraph|subsection|clause|абзац\w*|(?:под)?пункт\w*|параграф\w*)\s+(?:№\s*)?\d+(?:\.\d+)*",
        r"\b(?:vol\.?|volume|issue\.?|iss\.|том|т\.|вып\.?|выпуск|сер\.|бөлім(?=\s*\d+(?:\s*[.,;:)–—]|$))|шығ\.)\s*\d+(?:\s?[(]\d+[)])?",
        rf"\b(?:[pсб]{{1,2}}|p\.p|с\.с|стр|бет)\.\s?{_NUMBERS}",
        r"\b\d+\s?(?:p(?!\.\s?p)|pp|с|стр|б)\.(?=\s*(?:$|[;.,/\ufffc–—-]|[A-ZА-Я]))",
        r"\b\d+(?:[-–]\d+)?\s?-?\s?(?:бет(?:тер\w*|те|інде)?)\b",
        r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])",
        r"\b\d+(?:\.\d+)+-?\s?(?:нұсқа|релиз)\w*",
        r"(?<!\d)(?<!\d\s)\d{3,5}\s(?:қысқа\s|телефон\s)?нөмірі\s(?:бойынша|арқылы)|(?<!\w)по\s(?:[а-яё]+\s){0,2}номеру\s\d{3,5}\b|"
        r"\b(?:call|dial|hot\s?line|help\s?line|phone|telephone)\b[^.;]{0,50}\s(?:on|at)\s\d{3,5}(?=[.,;)]|$)",
        r"(?<!\w)(?:пп?|ч|абз|подп)\.\s?\d+(?:[.,]\d+)*(?=\s(?:ст|п|ч|абз)\.|\s(?:стать|пункт|част)\w+)",
        r"\b(?:counter|window|desk|gate|platform|bay)s?\s\d{1,2}(?:(?:,|\sand|\sor)\s\d{1,2})*(?=\s*[.,;)]|\s(?:on|at|in|and)\b|$)",
        r"(?<!\w)(?:окн[ео]|окнах|зале|стойк[еи]|стойках)\s(?:№\s?)?\d{1,2}(?:(?:,|\sи)\s\d{1,2})*(?!\s?%|[.,]\d|\s(?:млн|тыс))",
        r"(?<!\w)дом[ае]?\s\d{1,3}(?:/\d+)?(?=\s(?:по|на)\s(?:улиц|проспект)|,\s(?:ул\.|просп))|"
        r"(?<!\w)(?:улиц\w+|проспект\w*|ул\.|пр\.)\s(?:[А-ЯЁ][\w-]+,?\s){1,3}\d{1,3}(?:/\d+)?(?=[.,;)]|$)",
        r"\b\d{1,4}\s(?-i:[A-Z])\w+\s(?:(?-i:[A-Z])\w+\s)?(?-i:Street|Avenue|Road|Square|Lane)\b",
        r"(?<!\w)\d{1,2}(?:(?:,|\s(?:және|мен))\s\d{1,2})*-(?:терезе|үй|бөлме|кабинет|зал|қақпа)\w*",
        r"\b(?:see|cf\.|in|to)\s(?:foot)?notes?\s\d{1,3}(?:(?:,|\sand)\s\d{1,3})*|(?<!\w)(?:сноск\w+|прим\.|сілтеме\w*)\s\d{1,3}",
        r"\b(?:two|three|four|multi)-(?:factor|way|step|tier|sided|level|track|stage)\b|"
        r"(?<!\w)(?:екі|үш|төрт|көп)\s(?:сатылы|факторлы|жақты|деңгейлі|кезеңді)|(?<!\w)тоқсанда(?:ғы)?(?!\w)",
        r"\b(?:version|verson|ver\.|версия|версии|нұсқа\w*|релиз)\s?\d+(?:\.\d+)*(?![\d.]*\s?(?:жыл|год|г\.)|[\d.]*-с?[ыі])",
        r"^\W*(?:session|abstract|panel|module|theme|topic|part|секция|тезисы?|панель|модуль|тема|часть|блок|тақырып|бөлім|"
        r"топтама)\s\d{1,2}(?:\.\d+)*(?=\s*(?:[.:–—]\s|[.:]?\s*$))",
        r"^\s*\d{1,2}\.\s+(?=[«“\"]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^.!?\s]*[\s,:])",
        r"\b(?:мысал|пример|example|exhibit|вставка|box|слайд|slide|лекция|дәріс|lecture|lesson|сабақ|урок|вопрос|сұрақ|question|"
        r"задани[ея]|тапсырма|exercise|шаг|step|қадам)\s+(?:№\s*)?\d{1,2}(?=\s*(?:[.:)–—-]|$))",
        r"\b(?:серия|series)\s\d+\b|\b\d+-(?:серия|том)\b",
        r"\b(?:ISO(?:/IEC)?|ГОСТ|СТ РК|RFC)\s?(?:Р\s)?\d[\d.:-]*",
        r"\bиндекс[:\s]\s?\d{5,6}\b",
        r"\b\d+\s?\(\d+\)",
        r"(?<=\((?:19|20)\d\d)[a-zа-я]?:\s?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?(?=\))",
        r"\bp\s?[<>=≤≥]\s?0?[.,]\d+",
        r"\b(?:grant|грант)\b(?:[\s:(,–-]|n[or]\.?|№|\#|of|under|number|agreement|contract|номер\w*|нөмір\w*|договор\w*|ИРН|IRN|(?-i:[A-ZА-Я]+)){0,6}?(?!\d[\d\s.,]*(?:млн|тыс|млрд|million|thousand|billion|мың|[KkMmТт]\b|%|тенге|теңге))[a-z]*\d[\w.]*(?:,\s*[a-z]*\d[\w.]*)*",
        r"\b(?:протокол\w*|код(?:ы|а|у|ом|е|ов|ам|ами|ах|тар\w{0,4}|[ыі])?|codes?|jel|удк|удс|udc|мрнти|ббк|индекс\sпочт\w*)\b[^.\n]{0,20}?[a-z]*\d[\w.]*(?:,\s*[a-z]*\d[\w.]*)*",
    )
)
_DIGIT: Final = re.compile(r"\d")
_OF_LETTERS: Final = tuple(mask for mask in _MASKS if mask.search("www.a.kz {a} a@a.kz") or mask.search("two-way"))
"""Those that need no digit to find something: addresses, and marks of citation in braces."""
_NO_WORD: Final = re.compile(r"\S{1000,}")
"""What is longer than any word, number or address: rules try it from each of its characters to its end."""
_ASKED_ABOUT: Final = re.compile(
    r"\b(?:ask\w*|talk\w*|spe[ao]k\w*|spoke\w*|kn[oe]w\w*|thin[gk]\w*|learn\w*|told|tell\w*|question\w*|information|"
    r"data|stor(?:y|ies)|facts|concern\w*|worr\w+|wr[io]te\w*)\s+(?P<about>about)\b",
    re.IGNORECASE,
)
"""Here "about" says what is asked, and nothing of how exact the number behind it is."""
_NO_UNIT: Final = re.compile(
    r"(?<=\d)\s(?P<about>годом|месяцем|неделей|кварталом|дн[её]м)\s(?:ранее|раньше|позже|позднее)(?!\w)|"
    r"(?<!\w)(?P<quarter>тоқсан)\s(?:сайын|бойы|ішінде|басында|соңында|қорытынды)",
    re.IGNORECASE,
)
"""Words of time that are no unit of the number before them and no number: «16,0 годом ранее», «тоқсан сайын»."""
_ALONG_SCALE: Final = re.compile(r"(?<=\d)\s(?P<along>по)\s\d{1,3}-?\s?балль", re.IGNORECASE)
"""A preposition before a scale, and no end of a range: «8,1 по 10-балльной шкале»."""
_SUM_OF_ALL: Final = re.compile(
    r"\b(?:not|n’t|may|can|cannot|could) (?:\w+ )?add up to (?:more than |"
    r"less than )?(?:a|one) hundred\b",
    re.IGNORECASE,
)
"""Here a hundred is all there is."""
_LIST_MARK: Final = re.compile(r"(?:^|(?<=[\s(:;,]))\(?(?P<number>\d{1,2})\)(?=\s)")
_CITATION: Final = re.compile(
    r"\((?P<author>[^()\d%]{2,80}?),?\s(?P<year>(?:19|20)\d\d)[a-zа-я]?(?P<pages>\s?[:,]\s?(?:pp?\.\s?|с\.\s?)?\d+(?:\s?[-–—]\s?\d+)?)?\)"
)
_NO_AUTHOR: Final = re.compile(
    r"(?:^|\s)(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"в|с|до|по|к|in|since|by|until|from)\w{0,7}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 12)
def masked(text: str) -> str:
    """The text with everything that is no figure blanked, as long as before.

    Examples
    --------
    >>> [masked(text).replace(BLANK, "_") for text in ("2) roads 12 (p < 0.05)", "tasks: 1) roads; 2) 12 schools")]
    ['__ roads 12 (________)', 'tasks: __ roads; __ 12 schools']
    """
    text = _NO_WORD.sub(lambda found: BLANK * len(found.group()), text)
    for mask in _MASKS if _DIGIT.search(text) else _OF_LETTERS:
        text = mask.sub(lambda found: BLANK * len(found.group()), text)
    idle = [match.span("about") for match in _ASKED_ABOUT.finditer(text)]
    idle += [match.span(match.lastgroup or 0) for match in _NO_UNIT.finditer(text)]
    idle += [match.span("along") for match in _ALONG_SCALE.finditer(text)]
    for start, end in [*idle, *(match.span() for match in _SUM_OF_ALL.finditer(text))]:
        text = text[:start] + BLANK * (end - start) + text[end:]
    for start, end in _list_marks(text):
        text = text[:start] + BLANK * (end - start) + text[end:]
    for start, end in (match.span("pages") for match in _CITATION.finditer(text) if match["pages"]):
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def _list_marks(text: str) -> list[tuple[int, int]]:
    """Where "1) … 2) …" stand in a sentence, if they count from one; otherwise the one that opens it."""
    marks = list(_LIST_MARK.finditer(text))
    numbers = [int(match["number"]) for match in marks]
    is_list = len(marks) > 1 and numbers == list(range(1, len(marks) + 1))
    opening = [match for match in marks[:1] if not text[: match.start()].strip()]
    return [(match.start("number"), match.end()) for match in (marks if is_list else opening)]


def citation_years(text: str) -> list[tuple[int, int]]:
    """Where years of citations in parentheses stand, as in "(Author 2012)" or "(site.kz 2023)"."""
    return [
        match.span("year")
        for match in _CITATION.finditer(text)
        if re.match(r"\s*(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|\S+\.\w{2,3}\b)", match["author"])
        and not _NO_AUTHOR.search(match["author"])
    ]
