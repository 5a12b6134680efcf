"""Expected values come from the documents' own print or are worked by hand in the comments."""

import datetime as dt
import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.printed import (
    Convention,
    Interval,
    UnreadableError,
    grim,
    grim_sample_sizes,
    read,
    read_date,
    total,
    write,
)

# How the documents print: 000 uses one comma for both purposes, 001 and 004 decimal commas and no-break blanks,
# 002 and 003 English marks.
ONE_COMMA = Convention("ru", ",", ",")
RUSSIAN = Convention("ru", ",", "\u00a0")
ENGLISH = Convention("en", ".", ",")
MARKS = [
    *(Convention.of(lang) for lang in ("kk", "ru", "en")),
    *(
        Convention(None, decimal, grouping)
        for decimal, grouping in product(".,", [None, " ", "\u202f", "\u2009", "'", "’"])
    ),
    Convention(None, ",", "."),
]


@pytest.mark.parametrize(
    ("text", "convention", "value"),
    [
        ("18,200", ONE_COMMA, "18200"),
        ("1,220,000", ONE_COMMA, "1220000"),
        ("364, 547", ONE_COMMA, "364547"),
        ("102,875.", ONE_COMMA, "102875"),
        ("94К", ONE_COMMA, "94000"),
        ("1,65 млрд", ONE_COMMA, "1650000000"),
        ("миллиард твитов", ONE_COMMA, "1000000000"),
        ("одиннадцать", ONE_COMMA, "11"),
        ("15.47 миллионов", RUSSIAN, "15470000"),
        ("741 000 человек", RUSSIAN, "741000"),
        ("81,9%", RUSSIAN, "81.9"),
        ("16,54 процента", RUSSIAN, "16.54"),
        ("полтора десятка лет", RUSSIAN, "15"),
        ("более полутора десятилетий", RUSSIAN, "15"),
        ("17.73 million", ENGLISH, "17730000"),
        ("3,700", ENGLISH, "3700"),
        ("two million euros", ENGLISH, "2000000"),
        ("sixty-six percent", ENGLISH, "66"),
        ("more than 1.6 billion", ENGLISH, "1600000000"),
        ("1,05 млн", RUSSIAN, "1050000"),
        ("416,3 тыс", RUSSIAN, "416300"),
    ],
)
def test_figures_of_the_documents_are_read(text, convention, value):
    assert read(text, convention=convention).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "last_digit"),
    [
        ("1,05 млн", "1050000", "1045000", "1055000", "10000"),  # 0.01 million = 10000, half of it 5000
        ("11,0 млн", "11000000", "10950000", "11050000", "100000"),
        ("94К", "94000", "93500", "94500", "1000"),
        ("10 825", "10825", "10824.5", "10825.5", "1"),
        ("12,50", "12.50", "12.495", "12.505", "0.01"),
        ("2.0", "2.0", "1.95", "2.05", "0.1"),
        ("−5%", "-5", "-5.5", "-4.5", "1"),
        ("3×10^6", "3000000", "2500000", "3500000", "1000000"),
        ("2,5·10⁶", "2500000", "2450000", "2550000", "100000"),
        ("1e6", "1000000", "500000", "1500000", "1000000"),
        ("1 млн 200 тыс", "1200000", "1199500", "1200500", "1000"),
    ],
)
def test_interval_is_half_a_unit_of_the_last_printed_digit(text, value, low, high, last_digit):
    printed = read(text)
    assert (printed.value, printed.low, printed.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert printed.last_digit == Decimal(last_digit)
    assert str(printed.value) == value


def test_truncation_runs_one_unit_away_from_zero():
    assert (read("1,05 млн").low_truncated, read("1,05 млн").high_truncated) == (1050000, 1060000)
    assert (read("−1,5").low_truncated, read("−1,5").high_truncated) == (Decimal("-1.6"), Decimal("-1.5"))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("одиннадцать", 11, 11),  # a count below a thousand is exact
        ("жиырма бес", 25, 25),
        ("fifty", 50, 50),
        ("about fifty", 45, 55),  # told roughly, its tens are uncertain
        ("about eleven", Decimal("10.5"), Decimal("11.5")),
        ("sixty-six percent", Decimal("65.5"), Decimal("66.5")),  # a share is measured, not counted
        ("two million", 1_500_000, 2_500_000),  # as "2 million"
        ("двадцать тысяч", 19_500, 20_500),  # as "20 тысяч"
        ("about twenty million", 15_000_000, 25_000_000),
        ("one thousand two hundred", 1150, 1250),  # told to the hundreds
        ("twelve hundred", 1150, 1250),
        ("ten hundred", 500, 1500),  # as "one thousand": a count is exact only below a thousand
        ("two thousand and five", Decimal("2004.5"), Decimal("2005.5")),
        ("полтора миллиона", 1_250_000, 1_750_000),  # told in halves: a quarter of a million on either side
        ("two and a half million", 2_250_000, 2_750_000),
        ("екі жарым миллион", 2_250_000, 2_750_000),
        ("полмиллиона", 250_000, 750_000),
        ("two decades", 15, 25),
    ],
)
def test_words_are_exact_counts_or_rounded_at_their_last_place(text, low, high):
    assert (read(text).low, read(text).high) == (low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("двадцать одна", 21),
        ("трехсот сорока пяти", 345),
        ("пятьюстами", 500),
        ("сто двадцать тысяч", 120_000),
        ("жеті жүз елу", 750),
        ("мың тоғыз жүз тоқсан бір", 1991),
        ("он бес мың", 15_000),
        ("one hundred and five", 105),
        ("two million five hundred thousand", 2_500_000),
        ("half a million", 500_000),
        ("жарты миллион", 500_000),
        ("он", 10),
        ("3 жүз", 300),
        ("минус пять", -5),
    ],
)
def test_number_words_compose(text, value):
    assert read(text).value == value


@pytest.mark.parametrize(
    "text", ["18,200", "1.234", "1,234", "10.000", "102,875.", "364, 547", "2,700-2,800", "1,234%"]
)
def test_two_readings_are_refused_without_a_convention(text):
    with pytest.raises(UnreadableError, match=r"decimal and grouping marks|grouping comma"):
        read(text)
    with pytest.raises(UnreadableError):
        read(text, convention=Convention(lang="ru"))


def test_refusal_names_text_and_readings():
    with pytest.raises(UnreadableError, match=r"'18,200' cannot be read: it can mean 18200 or 18\.200"):
        read("18,200")
    assert issubclass(UnreadableError, ValueError)
    assert issubclass(UnreadableError, DigitalDiplomacyError)


def test_convention_decides_between_two_readings():
    assert read("1.234", convention=Convention(decimal=".")).value == Decimal("1.234")
    assert read("1.234", convention=Convention(decimal=",", grouping=".")).value == 1234
    assert read("1,234", convention=ENGLISH).value == 1234
    assert read("1,234", convention=Convention.of("kk")).value == Decimal("1.234")


def test_convention_without_the_printed_mark_decides_nothing():
    with pytest.raises(UnreadableError, match=r"2345 or 2\.345"):
        read("2.345", convention=RUSSIAN)
    with pytest.raises(UnreadableError, match=r"1234 or 1\.234"):
        read("1,234", convention=Convention(grouping=" "))


def test_one_mark_for_both_groups_plain_counts_only():
    assert read("1,537", convention=ONE_COMMA).value == 1537
    assert read("1,65 млрд", convention=ONE_COMMA).value == 1_650_000_000
    for text in ("1,537 млн", "12,345%"):
        with pytest.raises(UnreadableError, match="can mean"):
            read(text, convention=ONE_COMMA)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15.47", "15.47"),
        ("81,9", "81.9"),
        ("0,125", "0.125"),
        ("1,000.5", "1000.5"),
        ("1.000,5", "1000.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,567", "1234.567"),
        ("1\u2009234", "1234"),
        ("741\u00a0000", "741000"),
        ("1.234.567", "1234567"),
        ("1'234'567", "1234567"),
        ("1’234.5", "1234.5"),
        ("1234,567", "1234.567"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("۱۲٫۵", "12.5"),
    ],
)
@pytest.mark.parametrize("convention", [None, ONE_COMMA, RUSSIAN, ENGLISH])
def test_an_only_reading_is_taken_whatever_the_convention(text, value, convention):
    assert read(text, convention=convention).value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "K", "млн", "тысячи", "миллионы", "thousands", "12K3", "1O,5", "5b", "12m", "x5", "5x", "№ 5",
        "«5»", "5)",
        "1,2,3", "1,,5", "12,34,567", "1,000,00", "1 000 00", "007", "00,5", ".5", "5..", "1.5.2", "18.11.2024",
        "1٢", "١۲",
        "24/7", "3/4", "½", "5½", "1 2/3", "±5", "5 ± 1", "5 6", "12 34", "1,5 1,6", "5 и 6", "- 5", "-5-6", "5 -6",
        "1 млн 1000 тыс",  # nobody writes two million so: each term is below the scale before it
        "два миллиона ноль миллионов",  # a scale comes once
        "1,05 млн тыс", "тысяч миллион", "миллион 200", "2 миллиона 5", "twenty eleven", "пять двадцать",
        "бес он", "сто сто",
        "9-5", "5-5", "5% – 6", "10-12-2020", "2021-01", "более около 5", "about 5+", "от 5-6", "between 5-6",
        "5 and 6",
        "in 2016", "в 2015", "2019 года", "2000 год", "2017 г.", "август 2017", "2016 жылы",
        "every third", "треть", "две трети", "үштен бір", "half", "2th", "21th", "22 места", "5 орын", "три места",
        "twenty бес", "сто and five", "онда", "оны", "его", "5 кошек", "1\n234", "5 процентов человек", "1e6e6",
    ],
)  # fmt: skip
def test_what_is_not_understood_whole_is_refused(text):
    with pytest.raises(UnreadableError):
        read(text)


def test_digits_of_two_scripts_are_refused():
    with pytest.raises(UnreadableError, match="two scripts"):
        read("1٢")


def test_a_sentence_is_refused():
    with pytest.raises(UnreadableError, match="longer than 120"):
        read("пять " * 40)


def test_digits_that_fit_no_arithmetic_are_refused():
    with pytest.raises(UnreadableError, match="more than 100 digits"):
        read("9" * 101)


def test_words_of_another_language_than_the_documents_are_refused():
    assert read("он", convention=Convention(lang="kk")).value == 10
    with pytest.raises(UnreadableError, match="'он' is not a word"):
        read("он", convention=RUSSIAN)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("около 2 миллионов", "about"),
        ("порядка 5 тыс.", "about"),
        ("almost 42%", "at_most"),
        ("nearly 200", "at_most"),
        ("почти 42%", "at_most"),
        ("42 пайыз дерлік", "at_most"),
        ("≈5", "about"),
        ("60 пайызға жуық", "about"),
        ("шамамен 20 мың", "about"),
        ("более 80 %", "at_least"),
        ("больше 364 тысяч", "at_least"),
        ("at least 60%", "at_least"),
        ("100+ countries", "at_least"),
        ("14 миллионнан астам", "at_least"),
        ("14 миллионнан аса", "at_least"),
        ("5%-дан астам", "at_least"),
        ("80 пайыздан кем емес", "at_least"),
        ("более миллиона человек", "at_least"),
        ("хотя бы одно", "at_least"),
        ("до 5%", "at_most"),
        ("up to 5%", "at_most"),
        ("не более чем на 5%", "at_most"),
        ("5 миллионға дейін", "at_most"),
        ("80 пайыздан кем", "at_most"),
        ("5%", "exact"),
    ],
)
def test_words_of_bound_are_kept(text, bound):
    assert read(text).bound == bound


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 per cent", "percent"), ("12 пайыздан астам", "percent"), ("٥٪", "percent"), ("60%-ы", "percent"),
        ("2 п.п.", "percentage_points"), ("3 percentage points", "percentage_points"),
        ("742 аккаунта", "accounts"), ("210 стран", "countries"), ("три года", "years"), ("2000 лет", "years"),
        ("7 дней", "days"), ("5 млн тенге", "KZT"), ("€5 million", "EUR"), ("5 миллион адам", "persons"), ("5", ""),
    ],
)  # fmt: skip
def test_recognised_units_are_named(text, unit):
    assert read(text).unit == unit


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("29 место", 29), ("38-е место", 38), ("38-м месте", 38), ("38th", 38), ("1st", 1), ("112th", 112),
        ("38-ші орын", 38),
        ("29-орында", 29), ("second", 2), ("the second place", 2), ("вторая", 2), ("третьей", 3),
        ("twenty-first", 21),
        ("двадцать первый", 21), ("жиырма бірінші", 21),
    ],
)  # fmt: skip
def test_ranks_are_exact(text, place):
    printed = read(text)
    assert (printed.value, printed.low, printed.high, printed.unit) == (place, place, place, "rank")


@pytest.mark.parametrize(
    ("text", "ends", "low", "high"),
    [
        ("2002–2004", (2002, 2004), "2001.5", "2004.5"),
        ("от 18 до 29 лет", (18, 29), "17.5", "29.5"),
        ("18 бен 29 аралығында", (18, 29), "17.5", "29.5"),
        ("18-ден 29-ға дейін", (18, 29), "17.5", "29.5"),
        ("5-6 %", (5, 6), "4.5", "6.5"),
        ("5%–6%", (5, 6), "4.5", "6.5"),
        ("3,5-4 млн", (3_500_000, 4_000_000), "3450000", "4500000"),  # 3.5 ± 0.05 and 4 ± 0.5 million
        ("500 тыс – 1 млн", (500_000, 1_000_000), "499500", "1500000"),
        ("два-три миллиона", (2_000_000, 3_000_000), "1500000", "3500000"),
        ("between one hundred and five and three hundred", (105, 300), "104.5", "300.5"),
    ],
)
def test_ranges_keep_their_ends_and_outer_limits(text, ends, low, high):
    printed = read(text)
    assert printed.ends == ends
    assert (printed.low, printed.high) == (Decimal(low), Decimal(high))
    assert printed.value == Decimal(sum(ends)) / 2


def test_ranges_follow_the_convention():
    printed = read("around 2,700 to 2,800", convention=ENGLISH)
    assert printed.ends == (2700, 2800)
    assert (printed.value, printed.bound) == (2750, "about")


# ---------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("18.11.2024 г.", "2024-11-18"), ("31 января 2017 года", "2017-01-31"), ("September 09, 2023", "2023-09-09"),
        ("12 December 2017", "2017-12-12"), ("12th of December, 2017", "2017-12-12"),
        ("2017 жылғы 31 қаңтар", "2017-01-31"),
        ("13/04/2021", "2021-04-13"), ("04/13/2021", "2021-04-13"), ("05/05/2021", "2021-05-05"),
        ("2021-01-31", "2021-01-31"),
        ("١٢.٠٥.٢٠٢٠", "2020-05-12"),
        ("август 2017", "2017-08"), ("в январе 2021 года", "2021-01"), ("Sept 2023", "2023-09"),
        ("тамыз 2017", "2017-08"),
        ("2023 жылғы қыркүйек", "2023-09"), ("2023 жылдың қыркүйегінде", "2023-09"), ("2021-01", "2021-01"),
        ("08.2017", "2017-08"),
        ("январь–март 2021 года", "2021-01/2021-03"), ("December 2017 – March 2018", "2017-12/2018-03"),
        ("I кв. 2018", "2018-01/2018-03"), ("2018 Q3", "2018-07/2018-09"),
        ("в первом квартале 2018 года", "2018-01/2018-03"),
        ("2018 жылғы IV тоқсан", "2018-10/2018-12"), ("I полугодие 2018", "2018-01/2018-06"),
        ("в первой половине 2018 года", "2018-01/2018-06"),
        ("H2 2018", "2018-07/2018-12"),
        ("осень 2023", "2023-09/2023-11"), ("2023 жылғы күз", "2023-09/2023-11"),
        ("2017 г.", "2017"), ("in 2016", "2016"), ("2016 жылы", "2016"), ("2018-2022 годы", "2018/2022"),
        ("с 2018 по 2022 год", "2018/2022"), ("2018/2022", "2018/2022"),
        ("the 1990s", "1990/1999"), ("на 1 января 2021 года", "2021-01-01"),
        ("в 1990-х годах", "1990/1999"), ("1990-шы жылдары", "1990/1999"),
        ("XIX век", "1801/1900"), ("ХХ век", "1901/2000"), ("21st century", "2001/2100"), ("20 ғасыр", "1901/2000"),
        ("11th century", "1001/1100"), ("XXII век", "2101/2200"),
    ],
)  # fmt: skip
def test_dates_are_read(text, period):
    assert read_date(text).period == period


@pytest.mark.parametrize("text", ["10th century", "X век", "23rd century", "XXIII ғасыр", "0 century", "I век"])
def test_centuries_without_figures_of_years_are_refused(text):
    """Before the eleventh a number is more likely something else; years of the future are none that were counted."""
    with pytest.raises(UnreadableError, match="no such date"):
        read_date(text)


def test_a_date_covers_first_to_last_day():
    found = read_date("февраль 2020")
    assert (found.start, found.end, found.precision) == (dt.date(2020, 2, 1), dt.date(2020, 2, 29), "month")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_month_of_every_language_is_known(lang):
    names = {
        "en": "January February March April May June July August September October November December",
        "ru": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    }[lang]
    assert [read_date(f"{name} 2021").start.month for name in names.split()] == list(range(1, 13))


def test_kazakh_months_are_known_with_endings():
    names = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
    assert [read_date(f"2021 жылғы {name}").start.month for name in names.split()] == list(range(1, 13))
    inflected = (
        "қаңтарында ақпанында наурызында сәуірінде мамырында маусымында шілдесінде тамызында қыркүйегінде қазанында "
        "қарашасында желтоқсанында"
    )
    assert [read_date(f"2021 жылдың {name}").start.month for name in inflected.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    ("text", "bound"),
    [("by 2030", "at_most"), ("до 2030 года", "at_most"), ("2030 жылға дейін", "at_most"), ("с 2004 года", "at_least"),
     ("2016 жылдан бастап", "at_least"), ("around 1990", "about"), ("in 2016", "exact")],
)  # fmt: skip
def test_dates_keep_their_bound(text, bound):
    assert read_date(text).bound == bound


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2021", "2021-04-03 or 2021-03-04"),
        ("01-02-2017", "2017-02-01 or 2017-01-02"),
        ("2011-12", "month 12 of 2011, or the years 2011 and 2012"),
        ("2000s", "2000 to 2009 or 2000 to 2099"),
        ("зима 2023", "two years"),
        ("31.02.2017", "no such date"),
        ("2020-2018", "do not rise"),
        ("2016-2018 – 2018-2020", "no date or period is understood"),  # the second begins before the first has ended
        ("5 March 2018 – 5 March 2018", "no date or period is understood"),
        ("0999", "no year"),
    ],
)
def test_dates_with_two_meanings_are_refused(text, reason):
    with pytest.raises(UnreadableError, match=reason):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "12", "18.11.24", "1 июля", "в декабре", "конец 2017", "V кв. 2018", "maпт 2020", "2305-560X.2014", "1991s"],
)
def test_dates_not_understood_are_refused(text):
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_date(text)


def test_full_stops_are_day_first_outside_english():
    assert read_date("03.04.2021", "ru").start == dt.date(2021, 4, 3)
    assert read_date("13.03.2024", "en").start == dt.date(2024, 3, 13)
    with pytest.raises(UnreadableError, match="can mean"):
        read_date("03.04.2021", "en")
    with pytest.raises(ValueError, match="allowed: kk, ru, en"):
        read_date("2016", "fr")


# ------------------------------------------------------------------------------------------------------------ intervals


def test_interval_arithmetic_is_exact():
    a, b = Interval(1, 2), Interval(Fraction(1, 3), 5)
    assert a + b == Interval(Fraction(4, 3), 7)
    assert a - b == Interval(-4, Fraction(5, 3))  # 1 - 5 and 2 - 1/3
    assert a * Interval(-3, 4) == Interval(-6, 8)
    assert a / b == Interval(Fraction(1, 5), 6)  # 1 / 5 and 2 / (1/3)
    assert -a == Interval(-2, -1)
    assert a.scaled(-10) == Interval(-20, -10)
    assert 1 + a == Interval(2, 3)
    assert 1 - a == Interval(-1, 0)
    assert 1 / a == Interval(Fraction(1, 2), 1)
    assert total([a, a, 3 * a]) == Interval(5, 10)
    assert total([]) == Interval(0, 0)


def test_tenths_do_not_drift():
    tenth = Interval(Fraction("0.1"), Fraction("0.1"))
    assert total([tenth] * 3) == Interval(Fraction("0.3"), Fraction("0.3"))


def test_infinite_ends_stay_infinite():
    many = Interval(2, math.inf)
    assert many + 1 == Interval(3, math.inf)
    assert -many == Interval(-math.inf, -2)
    assert many * Interval(0, 1) == Interval(0, math.inf)
    assert 1 / many == Interval(0, Fraction(1, 2))
    assert Interval(Decimal("-Infinity"), Decimal("0.5")) == Interval(-math.inf, Fraction(1, 2))


def test_dividing_by_an_interval_with_zero_is_refused():
    for divisor in (Interval(-1, 1), Interval(0, 1)):
        with pytest.raises(ValueError, match=r"cannot divide \[1, 2\] by .*contains zero"):
            Interval(1, 2) / divisor


@pytest.mark.parametrize("ends", [(2, 1), (0.5, 1), (1, math.nan), (math.inf, math.inf), ("1", 2), (Decimal("NaN"), 1)])
def test_ends_that_make_no_interval_are_refused(ends):
    with pytest.raises(ValueError, match="interval"):
        Interval(*ends)


def test_intervals_touch_overlap_and_contain():
    a = Interval(1, 2)
    assert a.overlaps(Interval(2, 3))
    assert a.disjoint(Interval(Fraction("2.001"), 3))
    assert a.contains(Decimal("1.5"))
    assert not a.contains(3)


def test_bounds_open_the_interval():
    # Who says "at least 60" chose 60 as a bound: 59.6 would not do.
    assert read("at least 60%").interval() == Interval(60, math.inf)
    assert read("до 5%").interval() == Interval(-math.inf, 5)
    assert read("almost 42%").interval() == Interval(-math.inf, 42)
    assert read("about 50").interval() == Interval(45, 55)
    assert read("81,9%").interval(reading="truncated") == Interval(Fraction("81.9"), 82)


@pytest.mark.parametrize(
    ("text", "filled", "truncated"),
    [
        ("18,200", (18_150, 18_250), (18_200, 18_300)),  # the last digit that is no zero counts hundreds
        ("1,220,000", (1_215_000, 1_225_000), (1_220_000, 1_230_000)),
        ("10,825", (10_824.5, 10_825.5), (10_825, 10_826)),
        ("790 тысяч", (785_000, 795_000), (790_000, 800_000)),
        ("11,0 млн", (10_950_000, 11_050_000), (11_000_000, 11_100_000)),  # a zero behind the mark is a digit
        ("80%", (79.5, 80.5), (80, 81)),  # told to the percent
        ("210 стран", (210, 210), (210, 210)),  # a count
        ("210", (209.5, 210.5), (210, 211)),  # of what is not said, so perhaps a measure, told to the unit
        ("2,700 to 2,800", (2_650, 2_850), (2_700, 2_900)),
    ],
)
def test_closing_zeros_have_two_readings(text, filled, truncated):
    printed = read(text, convention=Convention(None, ",", ",") if "," in text and "млн" not in text else None)
    assert (float(printed.low_filled), float(printed.high_filled)) == filled
    assert (float(printed.low_truncated), float(printed.high_truncated)) == truncated


def test_the_convention_decides_what_closing_zeros_are():
    digits, filler = (read("18,200", convention=Convention("ru", ",", ",", zeros)) for zeros in ("digits", "filler"))
    assert (digits.low, digits.low_filled) == (Decimal("18199.5"), Decimal("18199.5"))
    assert (filler.low, filler.low_filled) == (18_150, 18_150)


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("7 years", "seven years"),
        ("15 лет", "пятнадцать лет"),
        ("5 евро", "пять евро"),
        ("300 стран", "триста стран"),
        ("3 жүз", "үш жүз"),
        ("about 50", "about fifty"),
        ("about 20 million", "about twenty million"),
        ("20 million", "twenty million"),
        ("66 percent", "sixty-six percent"),
        ("between 105 and 300", "between one hundred and five and three hundred"),
        ("10 лет", "десять лет"),
    ],
)
def test_a_number_in_digits_is_read_as_in_words(digits, words):
    names = ("value", "low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated", "ends", "unit")
    one, other = read(digits), read(words)
    assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]


def test_printed_parts_agree_with_their_whole():
    # 12 million is printed as 63.5 % of all: 11.5 to 12.5 million over 0.6345 to 0.6355 holds 18.9 million.
    share = read("63,5%").interval().scaled(Fraction(1, 100))
    assert (read("12 миллионов").interval() / share).contains(18_900_000)


ends = st.fractions(min_value=-50, max_value=50, max_denominator=20)
intervals = st.tuples(ends, ends).map(lambda pair: Interval(min(pair), max(pair)))


@settings(max_examples=80, deadline=None)
@given(intervals, intervals, st.integers(0, 4), st.integers(0, 4))
def test_every_operation_contains_the_results_of_its_members(a, b, i, j):
    x, y = a.low + (a.high - a.low) * Fraction(i, 4), b.low + (b.high - b.low) * Fraction(j, 4)
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    if not b.contains(0):
        assert (a / b).contains(x / y)


# -------------------------------------------------------------------------------------------------------------- writing


written = st.tuples(st.integers(-(10**13), 10**13), st.integers(0, 6)).map(
    lambda pair: Decimal(pair[0]).scaleb(-pair[1])
)


@settings(max_examples=250, deadline=None)
@given(written, st.sampled_from(MARKS))
def test_reading_inverts_writing(value, convention):
    printed = read(write(value, convention=convention), convention=convention)
    assert printed.value == value
    assert printed.last_digit == Decimal(1).scaleb(value.as_tuple().exponent)
    assert printed.interval().contains(value)


@settings(max_examples=80, deadline=None)
@given(written, st.integers(0, 4), st.sampled_from(MARKS))
def test_rounding_interval_contains_what_was_rounded(value, decimals, convention):
    printed = read(write(value, convention=convention, decimals=decimals), convention=convention)
    assert printed.low <= value <= printed.high


@settings(max_examples=80, deadline=None)
@given(
    written.filter(lambda value: value > 0),
    st.sampled_from(["тыс.", "млн", "млрд", "million", "%", "миллионнан астам"]),
)
def test_words_behind_a_number_only_scale_it(value, word):
    convention = Convention(None, ",", " ")
    scale = {"тыс.": 10**3, "млн": 10**6, "млрд": 10**9, "million": 10**6, "%": 1, "миллионнан астам": 10**6}[word]
    printed = read(f"{write(value, convention=convention)} {word}", convention=convention)
    assert printed.value == value * scale
    assert printed.high - printed.low == printed.last_digit


parts = st.sampled_from(
    ["1", "23", "456", "0", ",", ".", " ", "\u00a0", "-", "–", "%", "К", "M", "тыс", "млн", " million ", "пять",
     " двадцать ",
     "около ",
     "до ", " to ", " and ", "-е", " место", "²", "٣", "\n", "(", "ё", "е+", "×10^", "бес", " астам",
     "year", "/"]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(parts, max_size=7).map("".join))
def test_any_text_is_read_or_refused(text):
    for lang in (None, "ru"):
        try:
            printed = read(text, convention=Convention(lang))
        except UnreadableError:
            continue
        assert printed.low <= printed.value <= printed.high
        assert printed.text == text
    try:
        date = read_date(text)
    except UnreadableError:
        return
    assert date.start <= date.end


@settings(max_examples=80, deadline=None)
@given(written.map(abs))
def test_what_the_digits_settle_no_convention_changes(value):
    text = f"{value:f}"
    try:
        printed = read(text)
    except UnreadableError:
        return
    assert {read(text, convention=convention).value for convention in MARKS} == {printed.value}


def test_writing_uses_the_marks_of_the_convention():
    value = Decimal("1234567.5")
    assert write(value, convention=ENGLISH) == "1,234,567.5"
    assert write(value, convention=RUSSIAN) == "1\u00a0234\u00a0567,5"
    assert write(value, convention=Convention(decimal=","), decimals=2) == "1234567,50"
    assert write(-3, convention=Convention()) == "-3"


@pytest.mark.parametrize(
    ("value", "convention", "decimals", "reason"),
    [
        (Decimal("1.5"), Convention(), None, "no decimal mark"),
        (Decimal("1.234"), ONE_COMMA, None, "one mark for both"),
        (Decimal("1234.5"), ONE_COMMA, None, "cannot be written"),
        (Decimal("NaN"), ENGLISH, None, "finite"),
        (1.5, ENGLISH, None, "finite Decimal or int"),
        (1, ENGLISH, -1, "0 or more"),
    ],
)
def test_writing_refuses_what_would_not_be_read_back(value, convention, decimals, reason):
    with pytest.raises(ValueError, match=reason):
        write(value, convention=convention, decimals=decimals)


@pytest.mark.parametrize(
    ("arguments", "reason"), [(("fr",), "language"), ((None, ";"), "decimal"), ((None, None, "_"), "group")]
)
def test_unknown_conventions_are_refused(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        Convention(*arguments)
    with pytest.raises(ValueError, match="unknown language"):
        Convention.of("fr")


# ----------------------------------------------------------------------------------------------------------------- GRIM


def test_grim_of_a_sample_of_2500():
    # One of 2500 is 0.04 percent. 16.54 % would be 413.5 people: 413 are 16.52 % and 414 are 16.56 %. 12.22 % would be
    # 305.5: 305 are 12.20 % and 306 are 12.24 %. 65.28 % are exactly 1632. So two of the three cannot be unweighted
    # shares of 2500 answers.
    assert [grim(percent, 2500) for percent in ("16,54 процента", "12,22", "65,28 процента")] == [False, False, True]


def test_grim_finds_the_sizes_every_share_allows():
    # 111 of 671 are 16.542..., 82 are 12.220..., 438 are 65.275... percent: the smallest sample that allows all three.
    sizes = grim_sample_sizes(["16,54", "12,22", "65,28"], n_max=1300)
    assert sizes == [671, 1227]
    assert grim_sample_sizes(["33.3"], n_max=7) == [3, 6]
    assert grim_sample_sizes(["33.3", "50"], n_max=5) == []


def test_grim_allows_half_up_and_half_to_even():
    # 1 of 8 is 12.5 %: half up prints 13, half to even 12. 3 of 8 are 37.5 %: both print 38, nobody 37.
    assert [grim(percent, 8) for percent in ("13", "12", "38", "37")] == [True, True, True, False]


def test_grim_agrees_with_rounding_every_share():
    for n in range(1, 30):
        shares = [Fraction(100 * k, n) for k in range(n + 1)]
        even = {round(share) for share in shares}
        up = {math.floor(share + Fraction(1, 2)) for share in shares}
        assert {p for p in range(101) if grim(str(p), n)} == even | up


def test_grim_takes_only_single_exact_percentages():
    for text in ("около 5%", "5-6%", "5 лет", "120%"):
        with pytest.raises(ValueError, match="percentage"):
            grim(text, 100)
    with pytest.raises(ValueError, match="at least 1 answer"):
        grim("5%", 0)
    with pytest.raises(UnreadableError, match="no printed digits"):
        grim("пять", 10)
    for arguments in (([], 10), (["5"], 0)):
        with pytest.raises(ValueError, match="n_max"):
            grim_sample_sizes(arguments[0], n_max=arguments[1])


# ------------------------------------------------------------------------------------------------------------ benchmark


SAMPLE = Path(__file__).with_name("printed_reference_sample.csv")


def test_benchmark_finds_the_sample_right(benchmark, capsys):
    module = benchmark("printed_reference")
    assert Counter(verdict for _, verdict, _ in module.run(module.load(SAMPLE))) == {"right": 13}
    assert module.main([str(SAMPLE)]) == 0
    assert "13 texts: 13 right, 0 refused, 0 wrong" in capsys.readouterr().out


def test_benchmark_reports_wrong_and_refused_rows(benchmark, tmp_path, capsys):
    rows = "r1,5 кошек,ru,5,,,number,false\nr2,94К,ru,94,,,number,false\nr3,5,,5,,,number,true\n"
    (tmp_path / "f.csv").write_text("id,text,lang,value,low,high,mode,ambiguous\n" + rows, encoding="utf-8")
    assert benchmark("printed_reference").main([str(tmp_path / "f.csv")]) == 1
    said = capsys.readouterr().out
    assert "0 right, 1 refused, 2 wrong" in said
    assert "wrong: r2 '94К' (number): expected 94 [, ], got 94000" in said


def test_benchmark_refuses_a_file_without_its_columns(benchmark, tmp_path, capsys):
    (tmp_path / "f.csv").write_text("id,text\n1,5\n", encoding="utf-8")
    assert benchmark("printed_reference").main([str(tmp_path / "f.csv")]) == 2
    assert "f.csv has no column lang" in capsys.readouterr().out
