"""The words around and inside printed figures in Kazakh, Russian and English, and what each of them does.

A word's entry carries a one-letter code, so that a figure's wording becomes a short string of codes with a grammar of
its own (``reading``):

====  =====================================================================================
w     cardinal number word below a thousand; its group (see ``CARDINALS``) says where it may stand
o     ordinal number word
q     one and a half, a half
h     "and a half" behind a number
s     scale word or its abbreviation (thousand, млн, K)
%     percent, percentage points
b, p  words of bound or approximation before (b) and behind (p) a figure
t     "to", "до": between the ends of a range, or a bound before a figure
f     "from", "от": before a range, or a bound before a figure
m     "between", "аралығында": makes "and" a mark of range
&     "and"
u     counted word, with its factor (a decade is ten years)
k     "place" in a ranking
i     preposition that may also stand before a year, so the figure must say what it counts
v     article
====  =====================================================================================
"""

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple


class Entry(NamedTuple):
    """What a word does: code, value, group, and the languages it belongs to."""

    code: str
    value: Decimal | str
    group: str
    languages: frozenset[str]


ALL: Final = frozenset({"kk", "ru", "en"})


def _listed(words: str) -> list[str]:
    return words.split()


# Endings a Kazakh numeral may carry; possessives are left out ("оны" is "him", not ten).
_KK_CASES: Final = _listed(
    "ға ге қа ке ны ні ды ді ты ті ның нің дың дің тың тің да де та те дан ден тан тен нан нен мен бен пен"
)
_KK_POSSESSIVES: Final = _listed(
    "ы і сы сі ын ін сын сін ына іне сына сіне ында інде сында сінде ынан інен сынан сінен ының інің сының сінің"
)
_KK_COLLECTIVES: Final = [
    f"{many}{case}"
    for many in ("еу", "ау")
    for case in ("і", "ы", "ін", "ын", "інің", "ының", "іне", "ына", "інде", "ында")
]
"""«3-еуі» as «үшеуі»: that many of them."""
_KK_ENDINGS: Final = ("", *_KK_CASES, *_KK_POSSESSIVES, *_listed("дағы дегі тағы тегі"))
_KK_POSSESSED: Final = frozenset(
    _listed(
        "екі төрт алты жеті екеу үшеу төртеу бесеу алтау жетеу сегіз тоғыз жиырма отыз елу алпыс жетпіс сексен тоқсан"
    )
)
"""Number words whose possessive forms count, too: «төртеуі»; «үшін» is "for", «жүзі» a face, «бірі» one of them."""
_KK_OTHER_WORDS: Final = frozenset({"онда"})  # "there", not "in ten"
KK_FROM: Final = frozenset({"дан", "ден", "тан", "тен", "нан", "нен"})
KK_TO: Final = frozenset({"ға", "ге", "қа", "ке"})
KK_THAN: Final = frozenset(_listed("артық артығы көп көбі жоғары асады асты асқан кем аз төмен"))
"""Words that bound a number in the ablative alone: «50-ден көп» is more than 50, «50-ге көп» by how much more."""

_SOFT: Final = ("", *_listed("а у ом е ы ов ам ами ах"))
_RU_ORDINAL: Final = _listed("ый ой ий ая ое ые ого ому ым ом ую ых ыми")

# group Z: zero; U: 1 to 9; E: 10 to 19 in one word; T: tens; C: hundreds in one word; H: a hundred that is multiplied
CARDINALS: Final[dict[str, dict[str, str]]] = {
    "ru": {
        "Z0": "ноль нуль ноля нуля нолю нулю нолем нулем ноле нуле",
        "U1": "один одна одно одну одного одной одному одним одною одном",
        "U2": "два две двух двум двумя двое двоих двоим двоими",
        "U3": "три трех трем тремя трое троих троим троими",
        "U4": "четыре четырех четырем четырьмя четверо четверых четверым",
        "U5": "пять пяти пятью пятеро пятерых пятерым",
        "U6": "шесть шести шестью шестеро шестерых шестерым",
        "U7": "семь семи семью семеро семерых семерым",
        "U8": "восемь восьми восемью восьмью восьмеро восьмерых",
        "U9": "девять девяти девятью девятеро девятерых",
        "E10": "десять десяти десятью десятеро десятерых",
        "T40": "сорок сорока",
        "T90": "девяносто девяноста",
        "C100": "сто ста",
        "C200": "двести двухсот двумстам двумястами двухстах",
        "C300": "триста трехсот тремстам тремястами трехстах",
        "C400": "четыреста четырехсот четыремстам четырьмястами четырехстах",
    },
    "en": {
        "Z0": "zero nil",
        **{f"U{n}": w for n, w in enumerate(_listed("one two three four five six seven eight nine"), 1)},
        **{
            f"E{n}": w
            for n, w in enumerate(
                _listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 10
            )
        },
        **{f"T{n}0": w for n, w in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)},
        "H100": "hundred",
    },
    "kk": {
        "Z0": "нөл",
        "U1": "бір біреу",
        "U2": "екі екеу",
        "U3": "үш үшеу",
        "U4": "төрт төртеу",
        "U5": "бес бесеу",
        "U6": "алты алтау",
        "U7": "жеті жетеу",
        "U8": "сегіз",
        "U9": "тоғыз",
        **{f"T{n}0": w for n, w in enumerate(_listed("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан"), 1)},
        "H100": "жүз",
    },
}
_RU_TEENS: Final = "один две три четыр пят шест сем восем девят"
_RU_FIFTIES: Final = "пят шест сем восем"
_RU_ORDINALS: Final[dict[str, str]] = {
    "U1": "перв",
    "U2": "втор",
    "U4": "четверт",
    "U5": "пят",
    "U6": "шест",
    "U7": "седьм",
    "U8": "восьм",
    "U9": "девят",
    "E10": "десят",
    "T20": "двадцат",
    "T30": "тридцат",
    "T40": "сороков",
    "T50": "пятидесят",
    "T60": "шестидесят",
    "T70": "семидесят",
    "T80": "восьмидесят",
    "T90": "девяност",
    "C100": "сот",
}
_EN_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
_EN_TENTHS: Final = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
_KK_ORDINALS: Final = "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы"
_KK_TENTHS: Final = "оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы"

# group S: may stand alone for one of it; G: alone only behind a bound ("более тысячи"); P: never alone; A: abbreviation
_SCALES: Final[dict[str, dict[str, str]]] = {
    "ru": {
        "S1000": "тысяча тысячу тысячей тысячью тысяче",
        "G1000": "тысячи",
        "P1000": "тысяч тысячам тысячами тысячах",
        "S10": "десяток",
        "G10": "десятка",
        "P10": "десятки десятков десяткам десятками десятках",
        **{
            f"{group}{power}": " ".join(stem + ending for ending in endings)
            for stem, power in (("миллион", 10**6), ("миллиард", 10**9), ("триллион", 10**12))
            for group, endings in (("S", ["", "у", "ом", "е", "а"]), ("P", ["ы", "ов", "ам", "ами", "ах"]))
        },
    },
    "en": {
        **{
            f"S{p}": w
            for p, w in (
                (12, "dozen"),
                (1000, "thousand"),
                (10**6, "million"),
                (10**9, "billion"),
                (10**12, "trillion"),
            )
        },
        **{
            f"P{p}": w
            for p, w in ((1000, "thousands"), (10**6, "millions"), (10**9, "billions"), (10**12, "trillions"))
        },
    },
    "kk": {"S1000": "мың", "S1000000": "миллион", "S1000000000": "миллиард", "S1000000000000": "триллион"},
}
_ABBREVIATIONS: Final = {
    "тыс": 10**3,
    "млн": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "млрд": 10**9,
    "bn": 10**9,
    "bln": 10**9,
}
_ABBREVIATIONS_12: Final = ("трлн", "trln", "tn")
# Letter case matters here: a small m may be metres or minutes, and a small b bits.
_LETTERS: Final = {"K": 10**3, "k": 10**3, "К": 10**3, "к": 10**3, "M": 10**6, "М": 10**6, "B": 10**9}

_PHRASES: Final[dict[str, dict[str, dict[str, str]]]] = {
    "ru": {
        "b": {
            "about": "около|порядка|примерно|приблизительно|ориентировочно|в районе|≈|~|∼|≃",
            "at_least": "более|более чем|больше|больше чем|свыше|не менее|не меньше|не менее чем|не меньше чем|"
            "как минимум|минимум|по меньшей мере|по крайней мере|хотя бы|немногим более|немногим больше|чуть более|"
            "чуть больше|немного более|немного больше|старше|>|≥|⩾",
            "at_most": "менее|менее чем|меньше|меньше чем|не более|не более чем|не больше|не больше чем|не свыше|"
            "максимум|чуть менее|чуть меньше|немногим менее|почти|практически|без малого|младше|моложе|<|≤|⩽",
        },
        "t": {"at_most": "до", "": "по"},
        "f": {"at_least": "от", "": "с|со"},
        "m": {"": "между"},
        "&": {"": "и"},
        "i": {"": "на|из|в|во|у|за"},
        "h": {"0.5": "с половиной"},
        "q": {"1.5": "полтора|полторы|полутора", "0.5": "пол"},
        "sign": {"-": "минус", "+": "плюс"},
    },
    "en": {
        "b": {
            "about": "about|around|approximately|approx|roughly|circa|ca|some|close to|an estimated|"
            "in the region of|≈|~|∼|≃",
            "at_least": "more than|over|at least|above|no less than|not less than|no fewer than|not fewer than|"
            "greater than|exceeding|in excess of|upwards of|a minimum of|just over|older than|"
            "over the age of|above the age of|>|≥|⩾",
            "at_most": "less than|fewer than|under|below|at most|no more than|not more than|not exceeding|a maximum of|"
            "up to|just under|nearly|almost|younger than|under the age of|below the age of|<|≤|⩽",
        },
        "t": {"": "to"},
        "f": {"": "from"},
        "m": {"": "between"},
        "&": {"": "and"},
        "i": {"": "by|in|of"},
        "v": {"": "the|a|an"},
        "h": {"0.5": "and a half"},
        "q": {"0.5": "half|half a|half an", "1.5": "one and a half"},
        "sign": {"-": "minus", "+": "plus"},
    },
    "kk": {
        "b": {
            "about": "шамамен|≈|~|∼|≃",
            "at_least": "кемінде|кем дегенде|ең кемі|ең аз дегенде|>|≥|⩾",
            "at_most": "ең көбі|ең көп дегенде|<|≤|⩽",
        },
        "p": {
            "about": "жуық|жуығы|жуығын|таяу|шамасында|төңірегінде",
            "at_least": "астам|астамы|астамын|астамының|"
            "аса|артық|артығы|көп|көбі|жоғары|кем емес|аз емес|асады|асты|асқан",
            "at_most": "дейін|кем|аз|төмен|артық емес|көп емес|аспайды|аспайтын|дерлік",
        },
        "m": {"": "аралығында|арасында|аралығындағы|арасындағы"},
        "&": {"": "мен|бен|пен"},
        "h": {"0.5": "жарым"},
        "q": {"0.5": "жарты"},
        "sign": {"-": "минус", "+": "плюс"},
    },
}
PHRASE_LENGTH: Final = 4

_PERCENT: Final[dict[str, dict[str, str]]] = {
    "percent": {
        "ru": f"процент({'|'.join(_SOFT)})|проц",
        "en": "percent|per cent",
        "kk": "пайыз|процент|пайыздық|проценттік",
    },
    "percentage_points": {
        "ru": rf"п п|пп|процентн(ый|ого|ых|ому|ым|ыми) пункт({'|'.join(_SOFT)})",
        "en": "percentage points?|per ?cent points?|pct points?|pct pts?|pp|ppts?|p p",
        "kk": "пайыздық (?:тармақ|пункт)|п т|пт|п п|пп",
    },
}

# Counted words, by the code of their unit; "лет" and its kin tell a duration from a year.
_UNITS: Final[dict[str, dict[str, str]]] = {
    "persons": {
        "ru": "человек|человека|людей|люди|людям|людьми|чел|граждан(|ин|ина|е|ам|ами|ах)|жител(ь|я|и|ей|ям|ями|ях)|"
        "казахстан(ец|ца|цы|цев|цам|цами|цах)",
        "en": "people|persons?|citizens?|residents?|inhabitants?|kazakhstanis?|adults?",
        "kk": "адам|азамат|тұрғын|қазақстандық",
    },
    "users": {"ru": "пользовател(ь|я|и|ей|ю|ям|ем|ями|ях)", "en": "users?", "kk": "пайдаланушы|қолданушы"},
    "followers": {
        "ru": f"(подписчик|фолловер)(и|{'|'.join(_SOFT)})|читател(ь|я|и|ей|ю|ям|ем|ями|ях)",
        "en": "followers?|subscribers?",
        "kk": "жазылушы",
    },
    "accounts": {
        "ru": f"аккаунт({'|'.join(_SOFT)})|учетн(ая|ой|ую|ые|ых|ым|ыми) запис(ь|и|ью|ей|ям|ями|ях)",
        "en": "accounts?",
        "kk": "аккаунт",
    },
    "places": {
        "ru": "позици(я|и|ю|ей|й|ям|ями|ях)|строч(ка|ки|ку|кой|ек|кам|ками|ках)",
        "en": "positions?|places",
        "kk": "саты|позиция",
    },
    "views": {"ru": f"просмотр({'|'.join(_SOFT)})", "en": "views?", "kk": "қаралым"},
    "messages": {
        "ru": f"сообщени(е|я|й|ям|ями|ях)|(твит|пост)({'|'.join(_SOFT)})",
        "en": "messages?|tweets?|posts?",
        "kk": "хабарлама|жазба|твит",
    },
    "authors": {"ru": f"автор({'|'.join(_SOFT)})", "en": "authors?", "kk": "автор"},
    "countries": {
        "ru": "стран(|а|ы|у|е|ам|ами|ах)|государств(|а|о|у|ом|е|ам|ами|ах)",
        "en": "country|countries",
        "kk": "ел|мемлекет",
    },
    "regions": {
        "ru": f"(регион|акимат)({'|'.join(_SOFT)})|област(ь|и|ей|ям|ями|ях)",
        "en": "regions?|akimats?|provinces?",
        "kk": "өңір|облыс|аймақ|әкімдік",
    },
    "years": {"ru": "лет|год(|а|у|ы|ов|ам|ами|ах|е)", "en": "years?", "kk": "жыл"},
    "months": {"ru": "месяц(|а|у|ем|е|ы|ев|ам|ами|ах)", "en": "months?", "kk": "ай"},
    "weeks": {"ru": "недел(я|и|ю|ь|е|ям|ями|ях)", "en": "weeks?", "kk": "апта"},
    "days": {"ru": "день|дня|дней|дни|дням|днями|днях|сутки|суток", "en": "days?", "kk": "күн"},
    "minutes": {"ru": f"минут({'|'.join(_SOFT)})|мин", "en": "minutes?|mins?", "kk": "минут"},
    "seconds": {"ru": f"секунд({'|'.join(_SOFT)})|сек", "en": "seconds|secs?", "kk": "секунд"},
    "times": {"ru": "раза?|раз", "en": "times|fold", "kk": "есе|рет"},
    "respondents": {"ru": f"респондент({'|'.join(_SOFT)})", "en": "respondents?", "kk": "респондент"},
    "websites": {
        "ru": f"(веб-)?сайт({'|'.join(_SOFT)})|веб-страниц(|а|ы|у|е|ам|ами|ах)",
        "en": "(web)?sites?",
        "kk": "(веб-)?сайт",
    },
    "appeals": {"ru": "обращени(е|я|й|ям|ями|ях)", "en": "appeals?", "kk": "өтініш"},
    "houses": {"ru": f"дом({'|'.join(_SOFT)})", "en": "houses?", "kk": "үй"},
    "hours": {"ru": "час(|а|ов|ы|ам|ами|ах)|ч", "en": "hours?", "kk": "сағат"},
    "EUR": {"ru": "евро", "en": "euros?|eur", "kk": "еуро"},
    "KZT": {"ru": "тенге", "en": "tenge|kzt", "kk": "теңге"},
    "RUB": {"ru": "рубл(ь|я|ей|и|ям|ями|ях)|руб", "en": "roubles?|rubles?|rub", "kk": "рубль"},
    "dollars": {"ru": f"доллар({'|'.join(_SOFT)})|долл", "en": "dollars?|usd", "kk": "доллар"},
}
_DECADES: Final = {"ru": "десятилети(е|я|й|ю|ем|и|ям|ями|ях)", "en": "decades?", "kk": "онжылдық"}
CURRENCY_SIGNS: Final = {"€": "EUR", "₸": "KZT", "₽": "RUB", "$": "dollars", "US$": "dollars"}
DURATION_WORDS: Final = frozenset({"лет", "years"})
"""Words behind a number like 2000 that make it a span of years and not a year."""

# "три места" are three seats and "29 место" a rank: the forms that count things need an ordinal in front.
_PLACES: Final = {"ru": {"rank": "место месту местом месте", "oblique": "места"}, "en": {"oblique": "place position"}}


def _spread(words: dict[str, str], code: str, lang: str) -> dict[str, Entry]:
    """Entries of a table whose keys are a group letter and a number."""
    return {
        word: Entry(code, Decimal(key[1:]), key[0], frozenset({lang}))
        for key, forms in words.items()
        for word in forms.split()
    }


def _russian_cardinals() -> dict[str, str]:
    built = {f"E{n}": _declined(stem + "надцат") for n, stem in enumerate(_RU_TEENS.split(), 11)}
    built |= {"T20": _declined("двадцат"), "T30": _declined("тридцат")}
    for n, stem in enumerate(_RU_FIFTIES.split(), 5):
        oblique = "восьми" if stem == "восем" else stem + "и"
        built[f"T{n}0"] = f"{stem}ьдесят {oblique}десяти {stem}ьюдесятью"
    for n, stem in enumerate((*_RU_FIFTIES.split(), "девят"), 5):
        oblique = "восьми" if stem == "восем" else stem + "и"
        built[f"C{n}00"] = f"{stem}ьсот {oblique}сот {oblique}стам {stem}ьюстами {oblique}стах"
    return built


def _declined(stem: str) -> str:
    return f"{stem}ь {stem}и {stem}ью"


def _ordinals() -> dict[str, Entry]:
    russian = {key: " ".join(stem + ending for ending in _RU_ORDINAL) for key, stem in _RU_ORDINALS.items()}
    russian["U3"] = "третий третья третье третьи третьего третьей третьему третью третьим третьем третьих"
    russian |= {
        f"E{n}": " ".join(stem + "надцат" + ending for ending in _RU_ORDINAL)
        for n, stem in enumerate(_RU_TEENS.split(), 11)
    }
    english = {f"{'U' if n < 10 else 'E'}{n}": word for n, word in enumerate(_EN_ORDINALS.split(), 1)}
    english |= {f"T{n}0": word for n, word in enumerate(_EN_TENTHS.split(), 2)} | {"H100": "hundredth"}
    kazakh = {f"U{n}": word for n, word in enumerate(_KK_ORDINALS.split(), 1)} | {"H100": "жүзінші"}
    kazakh |= {f"T{n}0": word for n, word in enumerate(_KK_TENTHS.split(), 1)}
    return _spread(russian, "o", "ru") | _spread(english, "o", "en") | _spread(kazakh, "o", "kk")


def _phrases() -> dict[str, Entry]:
    built: dict[str, Entry] = {}
    for lang, codes in _PHRASES.items():
        for code, values in codes.items():
            for value, words in values.items():
                for word in words.split("|"):
                    languages = built[word].languages | {lang} if word in built else frozenset({lang})
                    number: Decimal | str = Decimal(value) if code in "hq" else value
                    built[word] = Entry("+" if code == "sign" else code, number, "", languages)
    return built


@cache
def _words() -> dict[str, Entry]:
    """All words that stand here letter for letter."""
    built = _phrases() | _ordinals() | _spread(_russian_cardinals(), "w", "ru")
    for lang in ALL:
        built |= _spread(CARDINALS[lang], "w", lang)
    for lang in ("ru", "kk", "en"):
        for word, entry in _spread(_SCALES[lang], "s", lang).items():
            built[word] = entry._replace(languages=built[word].languages | {lang} if word in built else entry.languages)
    shared = [f"{word}ы" for word in _SCALES["kk"]["S1000000"].split() + _SCALES["kk"]["S1000000000"].split()]
    built |= {word: built[word]._replace(languages=built[word].languages | {"kk"}) for word in shared}
    scales = {**_ABBREVIATIONS, **dict.fromkeys(_ABBREVIATIONS_12, 10**12)}
    built |= {word: Entry("s", Decimal(value), "A", ALL) for word, value in scales.items()}
    for lang, places in _PLACES.items():
        built |= {
            word: Entry("k", "", group, frozenset({lang})) for group, forms in places.items() for word in forms.split()
        }
    return built | {"%": Entry("%", "percent", "", ALL), "\u066a": Entry("%", "percent", "", ALL)}


def look_up(word: str) -> Entry | None:
    """The entry of a word or phrase as printed, in any of its inflected forms.

    Examples
    --------
    >>> look_up("одиннадцати").value, look_up("миллионнан").value, look_up("оны") is None
    (Decimal('11'), Decimal('1000000'), True)
    """
    if word in _LETTERS:
        return Entry("s", Decimal(_LETTERS[word]), "A", ALL)
    known = word.casefold().replace("ё", "е")
    return _words().get(known) or _kazakh_case(known) or _pattern(known)


def _kazakh_case(word: str) -> Entry | None:
    """A Kazakh number or scale word with a case ending, which a plus behind its group marks."""
    return None if word in _KK_OTHER_WORDS else _kazakh_forms().get(word)


@cache
def _kazakh_forms() -> dict[str, Entry]:
    """Every form of them, made once: most words of a text are none."""
    words = [(word, entry) for word, entry in _words().items() if "kk" in entry.languages and entry.code in ("w", "s")]
    built: dict[str, Entry] = {}
    for ending in (*_KK_CASES, *_KK_POSSESSIVES):
        for word, entry in words:
            if entry.code == "s" or ending in _KK_CASES or word in _KK_POSSESSED:
                built.setdefault(word + ending, entry._replace(group=entry.group + "+", languages=frozenset({"kk"})))
    tens = [(word, entry) for word, entry in words if entry.group == "T"]
    for unit, entry in [(word, entry) for word, entry in words if entry.group == "U"]:
        for ten, first in tens:  # «бесі» alone may be another word, «он бесі» is 15 of them
            value = Decimal(first.value) + Decimal(entry.value)
            both = entry._replace(value=value, group="E+", languages=frozenset({"kk"}))
            built.update({f"{ten} {unit}{ending}": both for ending in _KK_POSSESSIVES})
    return built


_OPENED: Final = re.compile(r"учетн|процент|per|pct|пайызд|[пp]$|веб")
"""Words that open a counted phrase or percentage points."""


@cache
def _openings() -> frozenset[str]:
    forms = (*_words(), *_kazakh_forms())
    return frozenset(word.split()[0] for word in forms if " " in word)


def opens_phrase(word: str) -> bool:
    """Whether a word may be the first of several that are one entry; only then the next ones need to be looked at.

    Examples
    --------
    >>> opens_phrase("more"), opens_phrase("percentage"), opens_phrase("embassy")
    (True, True, False)
    """
    known = word.casefold().replace("ё", "е").removesuffix(".")
    return known in _openings() or _OPENED.match(known) is not None


@cache
def _patterns() -> list[tuple[re.Pattern[str], Entry]]:
    def compiled(forms: str, lang: str) -> re.Pattern[str]:
        ending = f"({'|'.join(_KK_ENDINGS)})" if lang == "kk" else ""
        return re.compile(f"({forms}){ending}")

    tables = [("%", unit, "", forms) for unit, forms in _PERCENT.items()]
    tables += [("u", unit, "1", forms) for unit, forms in _UNITS.items()] + [("u", "years", "10", _DECADES)]
    return [
        (compiled(forms, lang), Entry(code, unit, factor, frozenset({lang})))
        for code, unit, factor, table in tables
        for lang, forms in table.items()
    ] + [(compiled("орын|орны", "kk"), Entry("k", "", "oblique", frozenset({"kk"})))]


@cache
def _any_pattern() -> re.Pattern[str]:
    """All of them at once, as most words of a text fit none."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _patterns()))


def _pattern(word: str) -> Entry | None:
    """A counted word; one that two languages share (аккаунт) belongs to both."""
    if _any_pattern().fullmatch(word) is None:
        return None
    found = [entry for pattern, entry in _patterns() if pattern.fullmatch(word)]
    return found[0]._replace(languages=frozenset().union(*(entry.languages for entry in found)))


_ENDINGS: Final = {
    "ordinal": re.compile(
        r"-(й|я|е|го|му|м|ая|ый|ой|ий|ое|ые|ого|ому|ым|ую|ью|ю|ші|шы|нші|ншы|інші|ыншы)|st|nd|rd|th", re.IGNORECASE
    ),
    "case": re.compile(rf"-(ти|и|ми|мя|х|{'|'.join((*_KK_CASES, *_KK_POSSESSIVES, *_KK_COLLECTIVES))})"),
    "place": re.compile(rf"-(орын|орны)({'|'.join(_KK_ENDINGS)})"),
}


def ending(text: str) -> str:
    """What letters behind a hyphen or digits make of the number: ordinal, case, place, or nothing ("")."""
    return next((name for name, pattern in _ENDINGS.items() if pattern.fullmatch(text.casefold())), "")


def counted_unit(word: str, lang: str) -> str:
    """Code of the unit a counted word stands for in a language; "" for a word that is none.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.counted_unit("пользователей", "ru"), printed.counted_unit("дом", "en")
    ('users', '')
    """
    if word in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[word]
    entry = look_up(word)
    return str(entry.value) if entry is not None and entry.code in "u%" and lang in entry.languages else ""
