"""Forms of dates at their last places: first and last day, precision, and the reason of each refusal."""

import datetime as dt

import pytest

from digital_diplomacy.printed import UnreadableError, read_date
from digital_diplomacy.printed.date_patterns import roman_number

READ = {
    "2020-W01": ("2019-12-30", "2020-01-05", "week"),  # the week with the year's first Thursday, 2 January
    "2020-W53": ("2020-12-28", "2021-01-03", "week"),
    "2020-D001": ("2020-01-01", "2020-01-01", "day"),
    "2020-D366": ("2020-12-31", "2020-12-31", "day"),
    "2021-D365": ("2021-12-31", "2021-12-31", "day"),
    "2020-A1": ("2020-01-01", "2020-12-31", "year"),
    "2020-S2": ("2020-07-01", "2020-12-31", "half"),
    "2020-T1": ("2020-01-01", "2020-04-30", "trimester"),
    "2020-T3": ("2020-09-01", "2020-12-31", "trimester"),
    "2020-Q1": ("2020-01-01", "2020-03-31", "quarter"),
    "2020-Q4": ("2020-10-01", "2020-12-31", "quarter"),
    "2020M12": ("2020-12-01", "2020-12-31", "month"),
    "2020-01-01/P1D": ("2020-01-01", "2020-01-01", "day"),
    "2020-01-31/P2W": ("2020-01-31", "2020-02-13", "day"),
    "2019-12-01/P1M": ("2019-12-01", "2019-12-31", "day"),
    "2020-11-15/P3M": ("2020-11-15", "2021-02-14", "day"),
    "2020-02-29/P4Y": ("2020-02-29", "2024-02-28", "day"),
    "2020-01-31/2020-02-01": ("2020-01-31", "2020-02-01", "day"),
    "2019-12/2020-02": ("2019-12-01", "2020-02-29", "month"),
    "1000": ("1000-01-01", "1000-12-31", "year"),
    "2199": ("2199-01-01", "2199-12-31", "year"),
    "2018-2019": ("2018-01-01", "2019-12-31", "year"),
    "1990s": ("1990-01-01", "1999-12-31", "decade"),
    "2110-е": ("2110-01-01", "2119-12-31", "decade"),
    "XIX век": ("1801-01-01", "1900-12-31", "century"),
    "11th century": ("1001-01-01", "1100-12-31", "century"),
    "22nd century": ("2101-01-01", "2200-12-31", "century"),
    "12/12/2021": ("2021-12-12", "2021-12-12", "day"),  # whichever is the day
    "12/13/2021": ("2021-12-13", "2021-12-13", "day"),
    "13/12/2021": ("2021-12-13", "2021-12-13", "day"),
    "31/01/2021": ("2021-01-31", "2021-01-31", "day"),
    "01/31/2021": ("2021-01-31", "2021-01-31", "day"),
    "2019-12": ("2019-12-01", "2019-12-31", "month"),
    "2019-01": ("2019-01-01", "2019-01-31", "month"),
    "зима 1999/00": ("1999-12-01", "2000-02-29", "season"),
    "winter of 2022/23": ("2022-12-01", "2023-02-28", "season"),
    "весна 2023": ("2023-03-01", "2023-05-31", "season"),
    "autumn 2023": ("2023-09-01", "2023-11-30", "season"),
    "4 кв. 2020": ("2020-10-01", "2020-12-31", "quarter"),
    "IV кв. 2018": ("2018-10-01", "2018-12-31", "quarter"),
    "2 полугодие 2018": ("2018-07-01", "2018-12-31", "half"),
    "2 месяца 2021 года": ("2021-01-01", "2021-02-28", "month"),
    "12 месяцев 2021 года": ("2021-01-01", "2021-12-31", "month"),
    "январь - февраль 2021": ("2021-01-01", "2021-02-28", "month"),
    "2020 жылдың желтоқсанында": ("2020-12-01", "2020-12-31", "month"),
    "в  2016  году;": ("2016-01-01", "2016-12-31", "year"),
}


@pytest.mark.parametrize("text", READ)
def test_a_period_is_its_first_and_last_day(text: str) -> None:
    first, last, precision = READ[text]
    found = read_date(text)
    assert (found.start, found.end, found.precision, found.bound) == (
        dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision, "exact",
    )  # fmt: skip


REFUSED = {
    "0999": "0999 is no year from 1000 to 2199",
    "2200": "2200 is no year from 1000 to 2199",
    "2018-2200": "2200 is no year from 1000 to 2199",
    "2020-W54": "no such date",
    "2020-D367": "no such date .day 367 of 2020",
    "2020-Q0": "no such date .Q0",
    "2020-T4": "no such date .T4",
    "2020-A2": "no such date .A2",
    "2020-02-29/P1Y": "no such date",
    "2020-01-31/2020-01-31": "2020-01-31 to 2020-01-31 does not rise",
    "2020-02/2020-01-31": "2020-02 to 2020-01-31 does not rise",
    "2020-01/2020-02-01": "2020-01 to 2020-02-01 does not rise",
    "2018-2018": "years 2018 to 2018 do not rise",
    "март - март 2021": "months 3 to 3 do not rise",
    "1991s": "no decade starts in 1991",
    "1900s": "it can mean 1900 to 1909 or 1900 to 1999",
    "12/11/2021": "it can mean 2021-11-12 or 2021-12-11",
    "2000-01": "it can mean month 1 of 2000, or the years 2000 and 2001",
    "2012-13": "it can mean the years 2012 and 2013, or one year that begins in 2012 and ends in 2013",
    "2099-00": "it can mean the years 2099 and 2100, or one year",
    "2020-00": "month 0",
    "2020-13": "month 13",
    "зима 2019/19": "no winter is in 2019 and 2119",
    "зима 2019/2019": "no winter is in 2019 and 2019",
    "1 месяц 2021 года": "no date or period is understood",
    "3 полугодие 2018": "no date or period is understood",
    "2016..": "no date or period is understood",
    "до до 2030": "no date or period is understood",
}


@pytest.mark.parametrize("text", REFUSED)
def test_one_step_beyond_is_refused_with_its_reason(text: str) -> None:
    with pytest.raises(UnreadableError, match=REFUSED[text]):
        read_date(text)


@pytest.mark.parametrize(("soft", "hard"), [("ю", "у"), ("ем", "ом")])
def test_russian_months_are_known_in_the_dative_and_instrumental(soft: str, hard: str) -> None:
    stems = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр"
    names = [stem + (hard if stem in ("март", "август") else soft) for stem in stems.split()]
    found = [read_date(f"{name} 2021 года") for name in names]
    assert [(one.start.month, one.end.month) for one in found] == [(month, month) for month in range(1, 13)]
    for name in ("мартю", "августем", "январу", "декабром"):  # endings of the other kind
        with pytest.raises(UnreadableError, match="no date or period is understood"):
            read_date(f"{name} 2021 года")


def test_roman_numerals_run_to_39_in_latin_and_cyrillic_letters() -> None:
    tens, ones = ["", "x", "xx", "xxx"], ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    assert [roman_number(ten + one) for ten in tens for one in ones] == [None, *range(1, 40)]
    assert roman_number("хіх") == 19
    assert [roman_number(text) for text in ("iiii", "xxxx", "vx", "iix", "viv", "x i")] == [None] * 6
