"""Figures that idioms tell without a number to read: shares, orders of magnitude, top lists, parts of centuries."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from digital_diplomacy.printed.date_patterns import roman_number
from digital_diplomacy.printed.lexicon import look_up
from digital_diplomacy.printed.model import Bound, Precision, Printed, PrintedDate

Meaning = Printed | PrintedDate
_Build = Callable[[re.Match[str]], Meaning | None]

_MORE: Final = r"(?P<more>(?:более|больше|свыше|не менее|more than|over|at least|above)\s+(?:чем\s+)?)?"
_LESS: Final = r"(?P<less>(?:менее|меньше|не более|less than|fewer than|under|at most)\s+(?:чем\s+)?)?"
_ALMOST: Final = r"(?:(?:почти|практически|около|примерно|almost|nearly|about|around|roughly|шамамен)\s+)?"
_BOUNDED: Final = rf"\b{_MORE}{_LESS}{_ALMOST}"
_KK_MORE: Final = r"(?P<more>(?<=н[ае]н)\s+(?:астам|артық|артығ|көп|көб)\w*)?"
_NO_PART: Final = r"(?!\s+(?:of the )?(?:года|году|год|века|веке|year|century|\d|жыл))"
_NO_ORDINAL: Final = r"(?<!ой )(?<!ая )(?<!ую )(?<!first )(?<!second )(?<!last )(?<!ші )(?<!шы )"


def find_idioms(text: str, lang: str | None) -> Iterator[tuple[int, int, Meaning]]:
    """Start, end and meaning of every idiom; none overlap.

    A share told as one in *n* or *m* of *n* is about the share, from *m* in *n* + 1/2 to *m* in *n* - 1/2; orders of
    magnitude ("thousands of") are at least one of them; a place in a top list is at most its length.

    Examples
    --------
    >>> [(text[start:end], str(found.value), found.unit) for text in ["every third story", "online 24/7"]
    ...  for start, end, found in find_idioms(text, "en")]
    [('every third', '33.333333', 'percent'), ('24/7', '24', 'hours_per_day')]
    """
    taken = 0
    found = [
        (match.start(), match.end(), meaning)
        for pattern, build in _TABLE.get(lang or "", []) + _TABLE[""]
        for match in pattern.finditer(text)
        if (meaning := build(match)) is not None
    ]
    for start, end, meaning in sorted(found, key=lambda one: (one[0], -one[1])):
        if start >= taken:
            yield start, end, meaning
            taken = end


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    entry = look_up(word)
    return int(entry.value) if entry is not None and entry.code in "wo" else None


def _printed(match: re.Match[str], value: Decimal, low: Decimal, high: Decimal, unit: str, bound: Bound) -> Printed:
    return Printed(match.group(), value, low, high, low, high, low, high, Decimal(1), bound, unit)


def _exact(match: re.Match[str], value: int, unit: str, bound: Bound = "exact") -> Printed:
    return _printed(match, *(Decimal(value),) * 3, unit, bound)


def _share(match: re.Match[str], part: int, whole: int) -> Printed | None:
    if not 0 < part < whole <= 100:
        return None
    shares = (Fraction(part, whole), Fraction(2 * part, 2 * whole + 1), Fraction(2 * part, 2 * whole - 1))
    value, low, high = (Decimal(round(share * 10**8)).scaleb(-6) for share in shares)
    parts = match.groupdict()
    bound: Bound = "at_least" if parts.get("more") else "at_most" if parts.get("less") else "about"
    return _printed(match, value, low, min(high, Decimal(100)), "percent", bound)


_FOLDS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def _fold(match: re.Match[str]) -> Printed:
    value = Decimal(_FOLDS[match["n"].casefold()])
    return _printed(match, value, value - Decimal("0.5"), value + Decimal("0.5"), "times", "exact")


_MULTIPLES: Final = {
    "twice": 2, "thrice": 3, "doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4,
    "вдвое": 2, "втрое": 3, "вчетверо": 4, "впятеро": 5, "удвоил": 2, "утроил": 3, "удвоит": 2, "утроит": 3, "удвоят": 2, "утроят": 3,
}  # fmt: skip


def _multiple(match: re.Match[str]) -> Printed:
    """ "twice as many", «вырос втрое»."""
    value = Decimal(_MULTIPLES[match["n"].casefold()])
    return _printed(match, value, value - Decimal("0.5"), value + Decimal("0.5"), "times", "exact")


def _manifold(match: re.Match[str]) -> Printed | None:
    """«екі еселенді»."""
    number = _number(match["n"])
    half = Decimal("0.5")
    return None if number is None else _printed(match, Decimal(number), number - half, number + half, "times", "exact")


def _one_in(match: re.Match[str]) -> Printed | None:
    whole = _number(match["n"])
    return None if whole is None else _share(match, 1, whole)


def _of_parts(match: re.Match[str]) -> Printed | None:
    part = _PARTS.get(match["m"].casefold()) or _number(match["m"])
    whole = _WHOLES.get(match["n"].casefold()) or _number(match["n"])
    return None if part is None or whole is None else _share(match, part, whole)


def _of_a(match: re.Match[str]) -> Printed | None:
    """ "a third", "two thirds"; "a second" is none."""
    part = 1 if match["m"].casefold() in ("a", "an") else _number(match["m"])
    return None if part is None else _share(match, part, _WHOLES[match["n"].casefold()])


def _fixed(part: int, whole: int) -> _Build:
    return lambda match: _share(match, part, whole)


_PARTS: Final = {"бірі": 1, "екісі": 2, "үші": 3, "төрті": 4}

_WHOLES: Final = {
    "thirds": 3, "third": 3, "quarters": 4, "quarter": 4, "fourths": 4, "fifths": 5, "fifth": 5, "tenths": 10, "tenth": 10,
    "трети": 3, "четверти": 4, "пятых": 5, "десятых": 10, "пятая": 5, "десятая": 10,
}  # fmt: skip

_SIZES: Final = {
    "тройк": 3, "четверк": 4, "четвёрк": 4, "пятерк": 5, "пятёрк": 5, "шестерк": 6, "шестёрк": 6, "семерк": 7, "семёрк": 7,
    "восьмерк": 8, "восьмёрк": 8, "девятк": 9, "десятк": 10, "двадцатк": 20, "тридцатк": 30, "сороковк": 40,
    "пятидесятк": 50, "сотн": 100,
    "үштік": 3, "үштіг": 3, "бестік": 5, "бестіг": 5, "ондық": 10, "ондығ": 10, "жиырмалық": 20, "отыздық": 30, "отыздығ": 30,
    "елулік": 50, "елуліг": 50, "жүздік": 100, "жүздіг": 100,
}  # fmt: skip
_SIZE: Final = "|".join(sorted(_SIZES, key=len, reverse=True))


def _top(match: re.Match[str]) -> Printed | None:
    said = match["n"].casefold()
    size = _SIZES.get(said) or _number(said)
    if size is None or size < 2:
        return None
    return _exact(match, size, "rank", "at_most")


def _top_of(match: re.Match[str]) -> Printed | None:
    size = _number(match["n"])
    return None if size is None or size < 3 else _exact(match, size, "rank", "at_most")


def _group(match: re.Match[str]) -> Printed:
    return _exact(match, _SIZES[match["n"].casefold()], "items")


_MAGNITUDES: Final = {
    "десятки": 10, "десятков": 10, "сотни": 100, "тысячи": 1000, "миллионы": 10**6, "миллиарды": 10**9,
    "tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
    "ондаған": 10, "жүздеген": 100, "мыңдаған": 1000, "миллиондаған": 10**6, "миллиардтаған": 10**9,
    "тысяч": 1000, "миллионов": 10**6, "мың": 1000, "миллион": 10**6,
}  # fmt: skip


def _magnitude(match: re.Match[str]) -> Printed | None:
    before = re.search(r"(\w+)\s+$", match.string[: match.start()])
    entry = look_up(before[1]) if before else None
    if entry is not None and entry.code in "wqs":
        return None  # "две тысячи" is a number
    parts = match.groupdict()
    value = _MAGNITUDES[match["n"].casefold()] * _MAGNITUDES.get((parts.get("s") or "").casefold(), 1)
    return _exact(match, value, "years" if parts.get("years") else "", "at_least")


def _span_of_years(match: re.Match[str]) -> Printed:
    return _exact(match, 10 if re.match(r"десятил|decade|онжыл", match["n"], re.IGNORECASE) else 100, "years")


def _round_the_clock(match: re.Match[str]) -> Printed:
    return _exact(match, 24, "hours_per_day")


_DURATION: Final = {
    "second": "seconds",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}


def _single(match: re.Match[str]) -> Printed:
    return _exact(match, 1, _DURATION[match["n"].casefold()])


def _half_year(match: re.Match[str]) -> Printed:
    half = Decimal("0.5")
    return _printed(match, half, half, half, "years", "exact")


def _day(match: re.Match[str]) -> Printed:
    return _exact(match, 1, "days")


def _both(match: re.Match[str]) -> Printed:
    return _exact(match, 2, "")


def _leader(match: re.Match[str]) -> Printed:
    return _exact(match, 1, "rank")


def _period(first: int, last: int, precision: Precision, bound: Bound) -> PrintedDate:
    return PrintedDate(dt.date(first, 1, 1), dt.date(last, 12, 31), precision, bound)


def _part_of_century(match: re.Match[str]) -> PrintedDate | None:
    said = match["n"]
    number = int(said) if said.isdigit() else roman_number(said.casefold())
    return _period(number * 100 - 99, number * 100, "century", "about") if number and 11 <= number <= 22 else None


def _first_decade(match: re.Match[str]) -> PrintedDate | None:
    said = match["n"]
    number = int(said) if said.isdigit() else roman_number(said.casefold())
    return _period(number * 100 - 99, number * 100 - 90, "year", "exact") if number and 11 <= number <= 22 else None


def _early(match: re.Match[str]) -> PrintedDate:
    return _period(int(match["n"]), int(match["n"]), "year", "about")


def _decades(match: re.Match[str]) -> PrintedDate | None:
    first, last = int(match["n"]), int(match["s"])
    return _period(first, last + 9, "year", "exact") if last > first else None


_ROMAN: Final = r"[IVXХІ]{1,5}|\d{2}"
_RU_PART: Final = r"(?:начал|кон(?:ец|ц)|середин)\w*"
_RU_CENTURY: Final = r"\s*(?:век\w*|вв?\.)"
_EN_THINGS: Final = (
    r"(?!(?:year|month|week|day|hour|minute|thousand|million|billion|time|point)s?\b)[a-z]{4,}(?:s|ople|ren)"
)
_NO_PLURAL: Final = r"(?!(?:\s+[a-z-]+)??\s+(?!(?:was|has|is|does|always|less|says)\b)[a-z-]+(?:s|ople|ren)\b)"
"""Two of three, and not two in three places: no noun follows."""
_RU_ALONE: Final = r"(?!\w)(?=\s*(?:$|[.,;:()–—-])|\s+(?:не|ещё|уже|так)\s|\s+\w{2,}(?:л|ла|ло|ли|лся|лась|лись|лось|ют|ут|ят|ат|ет|ит|ены|аны)\b)"
_SHAPES: Final[dict[str, list[tuple[str, _Build]]]] = {
    "": [(r"(?<![\d./])24\s?/\s?7(?![\d./])", _round_the_clock)],
    "ru": [
        (r"(?<!\w)(?P<n>вдвое|втрое|вчетверо|впятеро)(?!\w)", _multiple),
        (r"(?<!\w)(?P<n>удвоил|утроил|удвоит|утроит|удвоят|утроят)(?:а|о|и)?с[ья](?!\w)", _multiple),
        (rf"{_BOUNDED}кажд(?:ый|ая|ое|ого|ой|ому|ым|ом|ую)\s+(?P<n>\w+?(?:ый|ой|ий|ая|ое|ья|ье|ого|его|ьего|ому|ему|ым|им|ом|ем|ую|ью|ьей|ей))\b(?!\s+(?:год|раз|день|месяц))", _one_in),
        (rf"{_BOUNDED}(?P<m>двое|трое|четверо|пятеро|шестеро|семеро|семь|восемь|девять)\s+из\s+(?P<n>трех|трёх|четырех|четырёх|пяти|десяти)\b(?!\s+(?:лет|дней|месяцев|стран|регионов|област|город|министерств|посольств))", _of_parts),
        (rf"{_BOUNDED}(?P<m>два|две|три|четыре|семь|девять)\s+(?!тысяч|миллион|миллиард)[а-яё]{{4,}}\s+из\s+(?P<n>трех|трёх|четырех|четырёх|пяти|десяти){_RU_ALONE}", _of_parts),
        (rf"{_BOUNDED}(?P<m>две|три|четыре|одна|девять|семь|восемь)\s+(?P<n>трети|четверти|пятых|десятых|пятая|десятая)\b", _of_parts),
        (rf"{_BOUNDED}\b(?:одна\s+)?трет(?:ь|и|ью)\b(?!\s+(?:место|раз))", _fixed(1, 3)),
        (rf"{_BOUNDED}\bчетверт(?:ь|и|ью)\b{_NO_PART}", _fixed(1, 4)),
        (rf"{_BOUNDED}{_NO_ORDINAL}(?<!\bс )\bполовин(?:а|ы|у|е|ой)\b{_NO_PART}", _fixed(1, 2)),
        (rf"\b(?:в|во|из|замыка\w+|закрыва\w+|покину\w+)\s+(?:(?:перв|лучш|ведущ|мирово)\w+\s+)(?P<n>{_SIZE})(?:а|у|е|ой|и)\b", _top),
        (rf"\b(?:в|во|из)\s+(?P<n>(?:{_SIZE})(?<!десятк)(?<!сотн))(?:у|е|ой|и)\b", _group),
        (r"(?<!\w)топ[- ]?(?P<n>\d{1,3})\b", _top),
        (r"\bв\s+число\s+(?P<n>\d{1,3}|\w+)\s+(?:самых|наиболее|лучших|ведущих)", _top),
        (r"(?<!\d\s)\b(?P<n>десятки|сотни|тысячи|миллионы|миллиарды)(?:\s+(?P<s>тысяч|миллионов))?(?P<years>\s+лет\b)?(?=\s+\w+(?:ов|ев|ей|ан|ек|ц|й|н|к|х|т|лет)\b|(?<=лет))", _magnitude),
        (r"\bпоследне(?:го|е|м|му)\s+(?P<n>столети\w+|десятилети\w+|век\w*)", _span_of_years),
        (r"(?<!\w)пол(?:у)?года(?!\w)", _half_year),
        (r"(?<=в течение )(?:одних )?суток(?!\w)|(?<=(?<!\d )(?<!двое )(?<!трое )за )сутки(?!\w)", _day),
        (r"\bоб(?:а|е|оих|еих|оим|еим|оими|еими)\b", _both),
        (
            r"(?<!из )(?<!\w)сам(?:ый|ая|ое|ой|ым|ого|ую)\s+(?:популярн|крупн|посещаем|читаем)\w*"
            r"(?:ый|ая|ое|ой|ым|ого|ую)\b",
            _leader,
        ),
        (r"(?<!\w)(?:лидирует|лидировал\w?|возглавляет)\b", _leader),
        (rf"\b(?:(?:в|с|к|на)\s+)?{_RU_PART}\s+(?P<n>{_ROMAN})(?:{_RU_CENTURY}|(?=\s+[–—-]\s+{_RU_PART}\s+[IVXХІ]))", _part_of_century),
        (rf"\bперв(?:ое|ого|ом)\s+десятилети\w+\s+(?P<n>{_ROMAN})(?:-?го)?{_RU_CENTURY}", _first_decade),
        (r"\bначал\w+\s+(?P<n>(?:19|20)00)-?\s?(?:х|ых)(?:\s+г(?:г\.?|од\w+))?", _early),
    ],
    "en": [
        (r"\b(?P<n>twice|thrice)(?=\s+(?:as|the|that|more|what|its)\b)", _multiple),
        (r"\b(?P<n>doubled|tripled|trebled|quadrupled)\b(?!\s+(?:as|up|down)\b)", _multiple),
        (r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten)fold\b", _fold),
        (rf"{_BOUNDED}every\s+(?P<n>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b(?!\s+(?:year|day|month|week|time))", _one_in),
        (rf"{_BOUNDED}(?:one|1)\s+(?:in|out of)(?:\s+every)?\s+(?P<n>\w+)\b(?!\s+(?:year|day|month|thousand|million))", _one_in),
        (rf"{_BOUNDED}(?P<m>two|three|four|five|six|seven|eight|nine)\s+(?:in|out of)\s+(?:every\s+)?(?P<n>three|four|five|ten)\b(?!\s+(?:years?|days?|months?|countries|regions|cities|thousand|million))", _of_parts),
        (rf"{_BOUNDED}(?P<m>two|three|four|seven|nine)\s+{_EN_THINGS}\s+(?:in|out of)\s+(?P<n>three|four|five|ten)\b{_NO_PLURAL}", _of_parts),
        (rf"{_BOUNDED}(?P<m>one|two|three|four|seven|nine|a|an)[ -](?P<n>thirds?|quarters?|fourths|fifths?|tenths?)\b(?!\s+(?:of\s+(?:19|20)|party|place))", _of_a),
        (rf"{_BOUNDED}\bhalf\s+(?:of|the)\b(?!\s+(?:(?:the|a)\s+)?(?:year|century|(?:19|20)\d\d))", _fixed(1, 2)),
        (r"\btop[- ](?P<n>\d{1,3}|three|five|ten|twenty|thirty|fifty|hundred)\b", _top),
        (r"\b(?:among|into|of|in)\s+the\s+(?:world's\s+)?(?P<n>\d{1,3}|\w+)\s+(?:most|best|leading|largest)\b", _top_of),
        (r"(?<!\d\s)\b(?P<n>tens|dozens|hundreds|thousands|millions|billions)\s+of(?:\s+(?P<s>thousands|millions)\s+of)?(?P<years>\s+years)?(?=\s+\w|(?<=years))", _magnitude),
        (r"\b(?:last|past|previous)\s+(?P<n>century|decade)\b", _span_of_years),
        (r"\ba\s+single\s+(?P<n>second|minute|hour|day|week|month|year)\b", _single),
        (r"\bboth(?=\s+of\b|\s+(?:countries|regions|platforms|networks|surveys|groups|cities)\b)", _both),
        (r"\bthe\s+(?:absolute|undisputed|clear)\s+leader\b|\branks?\s+first\b", _leader),
        (r"\bthe\s+most\s+\w+(?:\s+\w+)?\s+in\s+the\s+(?:world|country|region)\b", _leader),
        (rf"\b(?:the\s+)?(?:early|late|mid|beginning|end|start|turn)(?:\s+of)?(?:\s+the)?[ -](?P<n>{_ROMAN})(?:st|nd|rd|th)?\s+century", _part_of_century),
        (rf"\bfirst\s+decade\s+of\s+the\s+(?P<n>{_ROMAN})(?:st|nd|rd|th)?\s+century", _first_decade),
        (r"\bearly\s+(?P<n>(?:19|20)00)s\b", _early),
        (r"\b(?P<n>(?:19|20)\d0)s\s+and\s+(?P<s>(?:19|20)\d0)s\b", _decades),
    ],
    "kk": [
        (r"(?<!\w)әр(?:бір)?\s+(?P<n>\w+?(?:ншы|нші|інші|ыншы|шы|ші))(?:с[ыі](?:н|н[ыі]ң|н[ае]|нд[ае]|нен|мен)?)?(?!\w)(?!\s+(?:жыл|күн|ай))", _one_in),
        (rf"(?<!\w)(?P<n>\w+?)(?:тен|тан|ден|дан|нан|нен)\s+(?P<m>бірі|бір|екісі|екі|үші|үш|төрті|төрт)(?:не|ін|нің|нан|нде|нен|сі|ге|ке)?(?!\w){_KK_MORE}", _of_parts),
        (rf"(?<!\w)(?<!шы )(?<!ші )(?:тең\s+)?жартысы(?:нан|на|н|ның)?(?!\w){_KK_MORE}", _fixed(1, 2)),
        (r"(?<!\w)(?P<n>\w+?)\s+есел(?:ен|е)(?!м)\w+", _manifold),
        (r"(?<!\w)ширегі(?:н|не|нің)?(?!\w)", _fixed(1, 4)),
        (rf"(?<!\w)(?:алғашқы|үздік|бірінші)\s+(?P<n>{_SIZE})(?:қа|ке|та|те|ына|іне|ында|інде|ы|і)?(?!\w)", _top),
        (r"(?<!\w)топ[- ]?(?P<n>\d{1,3})(?!\w)", _top),
        (r"(?<!\w)(?P<n>ондаған|жүздеген|мыңдаған|миллиондаған|миллиардтаған)(?:\s+(?P<s>мың|миллион))?(?P<years>\s+жыл)?(?=\s+\w|(?<=жыл))", _magnitude),
        (r"(?<!\w)соңғы\s+(?P<n>онжылдық|ғасыр)\w*", _span_of_years),
        (rf"(?<!\w)(?P<n>{_ROMAN})\s+ғасыр\w*\s+(?:бас|соң|орта)\w+", _part_of_century),
    ],
}  # fmt: skip

_TABLE: Final = {
    lang: [(re.compile(shape, re.IGNORECASE), build) for shape, build in shapes] for lang, shapes in _SHAPES.items()
}
