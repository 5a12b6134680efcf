"""What texts need once their values stand in them: Kazakh that follows the number before it, one full stop at an end.

Kazakh endings and the word for "and" sound like what they follow, and behind a number that is its last word as spoken:
8,92 ends in *екі* (two) and takes *мен*, 9,15 in *бес* (five) and takes *пен*. Endings are those of cases (*10-ға*) and
those that say how many of what was named before (*12 елдің 10-ы*, *10-ында*); all of them are *бәрі*, both *екеуі*.
"""

import re
from functools import cache
from typing import Final

from digital_diplomacy.labels.columns import locale

_VOWELS: Final = frozenset("аәеиоөұүыі")
_BACK: Final = frozenset("аоұы")
_UNITS: Final = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS: Final = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_POWERS: Final = ((100, "жүз"), (1_000, "мың"), (1_000_000, "миллион"), (1_000_000_000, "миллиард"))
_SHORT: Final = {"%": "пайыз", "мың": "мың", "млн": "миллион", "млрд": "миллиард"}

_SOUNDS: Final = {
    **dict.fromkeys("аәеёиоөұүыіэюя", ("н", "н", "", "д", "д", "мен")),
    **dict.fromkeys("лруй", ("д", "д", "", "д", "д", "мен")),
    **dict.fromkeys("мнң", ("н", "д", "", "д", "н", "мен")),
    **dict.fromkeys("жз", ("д", "д", "", "д", "д", "бен")),
}
"""By the last sound: how the genitive, accusative, dative, locative and ablative begin, and the word for "and"."""

_HARD: Final = ("т", "т", "", "т", "т", "пен")  # behind a voiceless consonant, and behind б, в, г, д
_DATIVE: Final = {(True, True): "қа", (True, False): "ке", (False, True): "ға", (False, False): "ге"}
_VOWEL_OF_CASE: Final = ("іы", "іы", "еа", "еа", "еа")  # behind a front vowel, behind a back one
_LAST: Final = ("ң", "", "", "", "н")
_CASES: Final = ("[ндт][ыі]ң", "[ндт][ыі]", "[ғгқк][ае]", "[дт][ае]", "[ндт][ае]н")
_OWNED: Final = "с?[ыі](?:н(?:[ыі]ң|[ае]н|[ае]|д[ае])?)?"  # 10-ы, 10-ында: so many of what was named before

_NUMBER: Final = r"(?P<number>(?<![\d.,])\d(?:[\d\u00a0\u202f ]*\d)?(?:[.,]\d+)?)"
_AND: Final = re.compile(rf"{_NUMBER}(?P<unit>\s?%|\s(?:мың|млн|млрд))?(?P<blank>\s)(?:мен|бен|пен)(?=\s)")
_ENDING: Final = re.compile(rf"{_NUMBER}-(?P<ending>{'|'.join((*_CASES, _OWNED))})(?!\w)")
_OF_ALL: Final = re.compile(
    rf"(?P<told>{_NUMBER}\s(?:[^\s\d:;,.]+\s){{0,4}}?[^\s\d]+[ндт][ыі]ң\s)(?P=number)-(?P<ending>{_OWNED})(?!\w)"
)
_BOTH: Final = "2"
_NESTED: Final = re.compile(r"«[^»]*«[^»]*»[^«]*»")
_INNER: Final = {"«": "„", "»": "“"}
_EQUALS_LESS: Final = re.compile(r"(?<=\bp )= (?=<)")  # a p below the least that is told: p < 0.001
_ADJECTIVE_OR_LATIN: Final = re.compile(r"(?:ая|яя|ое|ее|ые|ие|ый|ий|ой)$|^[A-Za-z]")
_LONG: Final = 5  # letters from which the beginning of a name is no other word's
_CHANGED: Final = "аеийоуыэюяaeiouy"
_OF_A_COUNTRY: Final = re.compile(r"ск(?:ая|ое|ие|ий|ой|их|им|ими|ого|ому|ом|ую)$")
_STOPS: Final = re.compile(r"(?<=\w)\.\.(?!\.)")


def agreed(text: str, lang: str) -> str:
    """A filled text as the language writes it: one full stop where an abbreviation ends a sentence, one sign behind p;
    in Kazakh, "and" and the endings behind numbers as they are spoken.

    Examples
    --------
    >>> agreed("21 мар. 2006 г.. Один из показателей", "ru")
    '21 мар. 2006 г. Один из показателей'
    >>> agreed("8,92 мен 9,15 аралығында; 0,5 мен 1; 1-ден 20-ге дейін", "kk")
    '8,92 мен 9,15 аралығында; 0,5 пен 1; 1-ден 20-ға дейін'
    >>> agreed("12 елдің 10-інде", "kk"), agreed("5 құжаттың 2-ында", "kk")  # онында, екісінде
    ('12 елдің 10-ында', '5 құжаттың 2-сінде')
    >>> agreed("12 елдің 12-сінде", "kk"), agreed("2 елдің 2-сінен", "kk")
    ('12 елдің бәрінде', '2 елдің екеуінен')
    """
    said = _EQUALS_LESS.sub("", _STOPS.sub(".", text))
    if lang != "kk":
        return said
    said = _OF_ALL.sub(_all, said)
    said = _AND.sub(lambda found: f"{found['number']}{found['unit'] or ''}{found['blank']}{_and(found)}", said)
    return _ENDING.sub(lambda found: f"{found['number']}-{_ending(found['ending'], spoken(found['number']))}", said)


def nested(text: str) -> str:
    """Quotation marks within quotation marks in the form that Kazakh and Russian give to inner ones.

    Examples
    --------
    >>> nested("последнее — «Запуск «Цифрового Казахстана»»"), nested("«a» и «b»")
    ('последнее — «Запуск „Цифрового Казахстана“»', '«a» и «b»')
    """
    if not _NESTED.search(text):
        return text
    said, depth = [], 0
    for letter in text:
        depth += letter == "«"
        said.append(_INNER.get(letter, letter) if depth > 1 else letter)
        depth -= letter == "»"
    return "".join(said)


def spoken(number: str) -> str:
    """The last word of a number as Kazakh says it; of a decimal fraction that of its decimals.

    Examples
    --------
    >>> [spoken(number) for number in ("0", "40", "2024", "1 500", "176 374,5", "2,80")]
    ['нөл', 'қырық', 'төрт', 'жүз', 'бес', 'сексен']
    """
    whole, _, decimals = number.replace(".", ",").partition(",")
    value = int(re.sub(r"\D", "", decimals or whole))
    if value == 0 or value % 10:
        return _UNITS[value % 10]
    if value % 100:
        return _TENS[value // 10 % 10]
    return next(word for power, word in reversed(_POWERS) if value % power == 0)


def _and(found: re.Match[str]) -> str:
    unit = (found["unit"] or "").strip()
    return _sounds(_SHORT[unit] if unit else spoken(found["number"]))[-1]


def _ending(written: str, word: str) -> str:
    """An ending, written in any of its forms, in the form that follows the word."""
    is_back = next(letter for letter in reversed(word) if letter in _VOWELS) in _BACK
    if re.fullmatch(_OWNED, written):
        like_word = str.maketrans("ыіае", "ыыаа" if is_back else "ііее")
        return ("с" if word[-1] in _VOWELS else "") + written.removeprefix("с").translate(like_word)
    case = next(number for number, form in enumerate(_CASES) if re.fullmatch(form, written))
    sounds = _sounds(word)
    if written[0] in "ғгқк":
        return _DATIVE[sounds is _HARD, is_back]
    vowel = _VOWEL_OF_CASE[case][is_back]
    return f"{sounds[case]}{vowel}{_LAST[case]}"


def _all(found: re.Match[str]) -> str:
    """So many of as many: both, or all of them; one of one stays."""
    if found["number"] == "1":
        return found[0]
    word = "екеу" if found["number"] == _BOTH else "бәр"
    return found["told"] + word + found["ending"].removeprefix("с").translate(str.maketrans("ыа", "іе"))


def _sounds(word: str) -> tuple[str, ...]:
    return _SOUNDS.get(word[-1], _HARD)


def inside(name: str, lang: str) -> str:
    """A name within a sentence: its first word with a small letter, if that is a word and no abbreviation, proper name
    (that of a country, in any case, or of the Internet) or part of one, whose second word has a capital, too.

    In Russian a surname or a country follows the noun it belongs to (*статья Сурмы*), so that there only an adjective
    or a word in Latin letters begins a proper name (*Северная Корея*).

    Examples
    --------
    >>> inside("Коэффициент тау-b Кендалла", "ru"), inside("Опрос Института", "ru"), inside("Саудовская Аравия", "ru")
    ('коэффициент тау-b Кендалла', 'опрос Института', 'Саудовская Аравия')
    >>> inside("PageRank", "ru"), inside("ВВП", "ru"), inside("Digital Diplomacy Review", "en")
    ('PageRank', 'ВВП', 'Digital Diplomacy Review')
    >>> inside("Қазақстанның бағдарламалары", "kk"), inside("Бағдарламалар", "kk")
    ('Қазақстанның бағдарламалары', 'бағдарламалар')
    """
    first = re.match(r"([^\W\d_]+)(?: (\w))?", name)
    if first is None or not first[1][1:].islower() or _is_proper(first[1], lang):
        return name
    noun = lang == "ru" and not _ADJECTIVE_OR_LATIN.search(first[1])
    return name if (first[2] or "").isupper() and not noun else name[0].lower() + name[1:]


def _is_proper(word: str, lang: str) -> bool:
    """Whether a word is the name of a country or of the Internet; Russian adjectives of countries are none."""
    return word.startswith(_proper(lang)) and not (lang == "ru" and _OF_A_COUNTRY.search(word))


@cache
def _proper(lang: str) -> tuple[str, ...]:
    """How proper names begin: countries of one word in the Unicode CLDR, long ones without the vowels of their case."""
    names = [name for code, name in locale(lang).territories.items() if code.isalpha() and name.isalpha()]
    stems = [name.rstrip(_CHANGED) for name in names]
    begun = [stem if len(stem) >= _LONG else name for name, stem in zip(names, stems, strict=True)]
    return ("Internet", "Интернет", *(beginning for beginning in begun if len(beginning) >= _LONG))
