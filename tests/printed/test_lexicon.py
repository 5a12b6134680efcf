"""Every number word, scale and counted word of the three languages, with its value as grammars give it."""

from decimal import Decimal

import pytest

from digital_diplomacy.printed.lexicon import counted_unit, ending, look_up

EN_CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
EN_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
EN_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
KK_ORDINALS = "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы"
KK_TENTHS = "оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы"


def counted(words: str, first: int, step: int = 1) -> dict[int, str]:
    return {first + step * place: word for place, word in enumerate(words.split())}


CARDINALS = {
    "ru": {
        0: "ноль нуля", 1: "один одной", 2: "два двух", 3: "три трёх", 4: "четыре четырех", 5: "пять пяти",
        6: "шесть шестью", 7: "семь", 8: "восемь восьми", 9: "девять девяти", 10: "десять десятью",
        11: "одиннадцать одиннадцати", 12: "двенадцать", 13: "тринадцать", 14: "четырнадцать", 15: "пятнадцать",
        16: "шестнадцать", 17: "семнадцать", 18: "восемнадцать", 19: "девятнадцать девятнадцатью",
        20: "двадцать двадцати", 30: "тридцать тридцатью", 40: "сорок сорока", 50: "пятьдесят пятидесяти",
        60: "шестьдесят шестьюдесятью", 70: "семьдесят", 80: "восемьдесят восьмидесяти", 90: "девяносто девяноста",
        100: "сто ста", 200: "двести двухсот", 300: "триста трехсот", 400: "четыреста", 500: "пятьсот пятисот",
        600: "шестьсот", 700: "семьсот семьюстами", 800: "восемьсот восьмистам", 900: "девятьсот девятистах",
    },
    "en": counted(EN_CARDINALS, 0)
    | counted("twenty thirty forty fifty sixty seventy eighty ninety hundred", 20, 10),
    "kk": counted("нөл бір екі үш төрт бес алты жеті сегіз тоғыз", 0)
    | counted("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз", 10, 10),
}  # fmt: skip
ORDINALS = {
    "ru": {
        1: "первый", 2: "второго", 3: "третья", 4: "четвертое", 5: "пятом", 6: "шестая", 7: "седьмой", 8: "восьмое",
        9: "девятого", 10: "десятый", 11: "одиннадцатый", 12: "двенадцатой", 13: "тринадцатое", 14: "четырнадцатый",
        15: "пятнадцатый", 16: "шестнадцатый", 17: "семнадцатый", 18: "восемнадцатый", 19: "девятнадцатый",
        20: "двадцатое", 30: "тридцатый", 40: "сороковой", 50: "пятидесятый", 60: "шестидесятый", 70: "семидесятый",
        80: "восьмидесятый", 90: "девяностый", 100: "сотый",
    },
    "en": counted(EN_ORDINALS, 1) | counted(EN_TENTHS, 20, 10) | {100: "hundredth"},
    "kk": counted(KK_ORDINALS, 1) | counted(KK_TENTHS, 10, 10) | {100: "жүзінші"},
}  # fmt: skip
SCALES = {
    "ru": {10: "десяток десятков", 10**3: "тысяча тысяч тысячи", 10**6: "миллион миллионов",
           10**9: "миллиард миллиардами", 10**12: "триллион триллионы"},
    "en": {12: "dozen", 10**3: "thousand thousands", 10**6: "million millions", 10**9: "billion billions",
           10**12: "trillion trillions"},
    "kk": {10**3: "мың мыңнан", 10**6: "миллион", 10**9: "миллиард", 10**12: "триллион триллионға"},
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en", "kk"])
@pytest.mark.parametrize(("code", "table"), [("w", CARDINALS), ("o", ORDINALS), ("s", SCALES)])
def test_every_word_of_number_has_its_value(code: str, table: dict[str, dict[int, str]], lang: str) -> None:
    found = {(word, number): look_up(word) for number, words in table[lang].items() for word in words.split()}
    told = {key: None if entry is None else (entry.code, entry.value) for key, entry in found.items()}
    assert told == {key: (code, Decimal(key[1])) for key in found}
    assert all(entry is not None and lang in entry.languages for entry in found.values())


def test_abbreviations_are_scales_of_every_language_and_letters_know_their_case() -> None:
    thousands, millions, billions, trillions = "тыс K k К к", "млн mln mn M М", "млрд bn bln B", "трлн trln tn"
    for power, words in enumerate((thousands, millions, billions, trillions), 1):
        entries = [look_up(word) for word in words.split()]
        assert {(one.code, one.value, one.group, len(one.languages)) for one in entries if one} == {
            ("s", Decimal(1000**power), "A", 3)
        }
        assert None not in entries
    assert [look_up(word) for word in ("m", "b", "м", "онда", "оны", "")] == [None] * 6


@pytest.mark.parametrize(
    ("word", "code", "value", "group", "languages"),
    [
        ("полтора", "q", Decimal("1.5"), "", "ru"),
        ("half", "q", Decimal("0.5"), "", "en"),
        ("жарты", "q", Decimal("0.5"), "", "kk"),
        ("с половиной", "h", Decimal("0.5"), "", "ru"),
        ("and a half", "h", Decimal("0.5"), "", "en"),
        ("жарым", "h", Decimal("0.5"), "", "kk"),
        ("минус", "+", "-", "", "kk ru"),
        ("plus", "+", "+", "", "en"),
        ("не менее чем", "b", "at_least", "", "ru"),
        ("up to", "b", "at_most", "", "en"),
        ("астам", "p", "at_least", "", "kk"),
        ("≈", "b", "about", "", "en kk ru"),
        ("до", "t", "at_most", "", "ru"),
        ("от", "f", "at_least", "", "ru"),
        ("between", "m", "", "", "en"),
        ("%", "%", "percent", "", "en kk ru"),
        ("процентного пункта", "%", "percentage_points", "", "ru"),
        ("пайыздық тармаққа", "%", "percentage_points", "", "kk"),
        ("аккаунт", "u", "accounts", "1", "kk ru"),
        ("decades", "u", "years", "10", "en"),
        ("десятилетий", "u", "years", "10", "ru"),
        ("онжылдықтан", "u", "years", "10", "kk"),
        ("место", "k", "", "rank", "ru"),
        ("места", "k", "", "oblique", "ru"),
        ("орынды", "k", "", "oblique", "kk"),
        ("the", "v", "", "", "en"),
    ],
)
def test_words_around_a_number_say_what_they_do(
    word: str, code: str, value: Decimal | str, group: str, languages: str
) -> None:
    entry = look_up(word)
    assert entry is not None
    assert (entry.code, entry.value, entry.group, " ".join(sorted(entry.languages))) == (code, value, group, languages)


def test_cases_of_kazakh_numbers_are_marked_and_kazakh_alone() -> None:
    inflected = look_up("миллионнан")
    assert inflected is not None
    assert (inflected.group, inflected.languages) == ("S+", frozenset({"kk"}))
    ordinal = look_up("біріншіге")
    assert ordinal is None  # a case of an ordinal is no number


def test_letters_behind_a_number_are_an_order_a_case_or_a_place() -> None:
    said = ("-й", "-ШІ", "th", "-ти", "-дан", "-орын", "-орында", "-ка", "")
    assert [ending(text) for text in said] == [
        "ordinal", "ordinal", "ordinal", "case", "case", "place", "place", "", "",
    ]  # fmt: skip


def test_a_counted_word_is_one_in_its_own_language() -> None:
    assert [counted_unit("сайттар", "ru"), counted_unit("сайтта", "kk"), counted_unit("users", "en")] == [
        "", "websites", "users",
    ]  # fmt: skip
    signs = [counted_unit(word, lang) for word, lang in (("₸", "en"), ("US$", "kk"), ("users", "ru"), ("%", "kk"))]
    assert signs == ["KZT", "dollars", "", "percent"]
    assert counted_unit("five", "en") == ""
