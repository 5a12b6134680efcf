"""Periods as statistics offices and newspapers print them: each expected value is read off the calendar by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.printed import PrintedDate, UnreadableError, read_date

READ = {
    # Codes of statistics offices: SDMX 2.1 (A, S, T, Q, M, W, D) and what Eurostat, the OECD and others make of them.
    "2020Q3": ("2020-07/2020-09", "quarter"),
    "2020-Q3": ("2020-07/2020-09", "quarter"),
    "2020 q1": ("2020-01/2020-03", "quarter"),
    "Q3 2020": ("2020-07/2020-09", "quarter"),
    "Q3/2020": ("2020-07/2020-09", "quarter"),
    "3Q2020": ("2020-07/2020-09", "quarter"),
    "2021M01": ("2021-01", "month"),
    "2021-M1": ("2021-01", "month"),
    "2021m12": ("2021-12", "month"),
    "M12/2021": ("2021-12", "month"),
    "2010-A1": ("2010", "year"),
    "2010-S2": ("2010-07/2010-12", "half"),
    "2010-T2": ("2010-05/2010-08", "trimester"),  # the second third of a year
    "2010-D032": ("2010-02-01", "day"),  # 31 days of January and one
    "2020-D366": ("2020-12-31", "day"),
    "2020-W05": ("2020-01-27/2020-02-02", "week"),  # ISO 8601: 4 January 2020 is in week 1, a Saturday
    "2020W53": ("2020-12-28/2021-01-03", "week"),
    "2021-W1": ("2021-01-04/2021-01-10", "week"),
    "W05 2020": ("2020-01-27/2020-02-02", "week"),
    "2000-01-01/P2M": ("2000-01-01/2000-02-29", "day"),
    "2000-01-01T00:00:00/P1Y": ("2000-01-01/2000-12-31", "day"),
    "2020-02-28/P3D": ("2020-02-28/2020-03-01", "day"),
    "2020-02-03/P2W": ("2020-02-03/2020-02-16", "day"),
    "2020-07/2020-09": ("2020-07/2020-09", "month"),
    "2020-12/2021-01": ("2020-12/2021-01", "month"),
    "2020-02-28/2020-03-01": ("2020-02-28/2020-03-01", "day"),
    # Quarters and half-years in words.
    "3 кв. 2020": ("2020-07/2020-09", "quarter"),
    "3кв. 2020 г.": ("2020-07/2020-09", "quarter"),
    "III квартал 2020 г.": ("2020-07/2020-09", "quarter"),
    "3-й квартал 2020 года": ("2020-07/2020-09", "quarter"),
    "в третьем квартале 2020 года": ("2020-07/2020-09", "quarter"),
    "2020 г., 3 кв.": ("2020-07/2020-09", "quarter"),
    "I–III кварталы 2020 года": ("2020-01/2020-09", "quarter"),
    "2020 жылғы 3-тоқсан": ("2020-07/2020-09", "quarter"),
    "2020 жылғы 3-ші тоқсан": ("2020-07/2020-09", "quarter"),
    "2020 жылдың үшінші тоқсанында": ("2020-07/2020-09", "quarter"),
    "3-тоқсан 2020": ("2020-07/2020-09", "quarter"),
    "the third quarter of 2020": ("2020-07/2020-09", "quarter"),
    "3rd quarter 2020": ("2020-07/2020-09", "quarter"),
    "Q1–Q3 2020": ("2020-01/2020-09", "quarter"),
    "I полугодие 2020": ("2020-01/2020-06", "half"),
    "1-е полугодие 2021": ("2021-01/2021-06", "half"),
    "2 полугодие 2021 г.": ("2021-07/2021-12", "half"),
    "1 п/г 2020": ("2020-01/2020-06", "half"),
    "H1 2020": ("2020-01/2020-06", "half"),
    "2H2020": ("2020-07/2020-12", "half"),
    "2020-H2": ("2020-07/2020-12", "half"),
    "first half of 2020": ("2020-01/2020-06", "half"),
    "2020 жылдың бірінші жартыжылдығы": ("2020-01/2020-06", "half"),
    "2020 жылғы 1-жартыжылдық": ("2020-01/2020-06", "half"),
    # Months from the first on.
    "9 мес. 2021": ("2021-01/2021-09", "month"),
    "за 9 месяцев 2021 года": ("2021-01/2021-09", "month"),
    "первые шесть месяцев 2020 г.": ("2020-01/2020-06", "month"),
    "the first nine months of 2021": ("2021-01/2021-09", "month"),
    "2021 жылдың 9 айы": ("2021-01/2021-09", "month"),
    "2021 жылғы алғашқы тоғыз айда": ("2021-01/2021-09", "month"),
    # Days, and spans of them.
    "13/08/2021 г.": ("2021-08-13", "day"),
    "13.08.2021г.": ("2021-08-13", "day"),
    "2020/02/13": ("2020-02-13", "day"),
    "2020.02.13": ("2020-02-13", "day"),
    "june 15,1987": ("1987-06-15", "day"),
    "1–5 марта 2020 г.": ("2020-03-01/2020-03-05", "day"),
    "1 - 5 марта 2020 года": ("2020-03-01/2020-03-05", "day"),
    "с 1 по 5 марта 2020 г.": ("2020-03-01/2020-03-05", "day"),
    "с 28 февраля по 3 марта 2020 года": ("2020-02-28/2020-03-03", "day"),
    "28 февраля – 3 марта 2020 года": ("2020-02-28/2020-03-03", "day"),
    "с 28 декабря 2019 года по 3 января 2020 года": ("2019-12-28/2020-01-03", "day"),
    "1-5 March 2020": ("2020-03-01/2020-03-05", "day"),
    "March 1–5, 2020": ("2020-03-01/2020-03-05", "day"),
    "March 28 – April 2, 2020": ("2020-03-28/2020-04-02", "day"),
    "from 28 February to 3 March 2020": ("2020-02-28/2020-03-03", "day"),
    "between 1 and 5 March 2020": ("2020-03-01/2020-03-05", "day"),
    "2020 жылғы 1–5 наурыз": ("2020-03-01/2020-03-05", "day"),
    "2020 жылғы 1 наурыз – 5 сәуір": ("2020-03-01/2020-04-05", "day"),
    "2020 жылғы 1 наурыздан 5 сәуірге дейін": ("2020-03-01/2020-04-05", "day"),
    # Months, years and what is longer.
    "с марта по май 2020 года": ("2020-03/2020-05", "month"),
    "с марта 2019 по май 2020 года": ("2019-03/2020-05", "month"),
    "from March to May 2020": ("2020-03/2020-05", "month"),
    "2020 жылғы қаңтар–наурыз": ("2020-01/2020-03", "month"),
    "весна–лето 2020 г.": ("2020-03/2020-08", "season"),
    "зима 2019/20": ("2019-12/2020-02", "season"),
    "зима 2019–2020 гг.": ("2019-12/2020-02", "season"),
    "winter 2019/2020": ("2019-12/2020-02", "season"),
    "2019–2020 жылғы қыс": ("2019-12/2020-02", "season"),
    "2019–2020 гг.": ("2019/2020", "year"),
    "2019/2020": ("2019/2020", "year"),
    "2018 жылдан 2022 жылға дейін": ("2018/2022", "year"),
    "1990-е": ("1990/1999", "decade"),
    "в 1990-х": ("1990/1999", "decade"),
    "1990s": ("1990/1999", "decade"),
    "1990-жылдар": ("1990/1999", "decade"),
    "1990-жылдары": ("1990/1999", "decade"),
}


@pytest.mark.parametrize("text", READ)
def test_periods_of_offices_and_newspapers_are_read(text: str) -> None:
    found = read_date(text)
    assert (found.period, found.precision, found.bound) == (*READ[text], "exact")


REFUSED = {
    "nine months of 2021": "no date or period",  # which nine is open, unlike in Russian reports
    "2021 жылдың 9 айында": "no date or period",  # in nine months, or in the ninth
    "13 месяцев 2020": "no date or period",
    "03/04/2021 г.": "2021-04-03 or 2021-03-04",
    "2019/20": "the years 2019 and 2020, or one year that begins in 2019 and ends in 2020",
    "2019-20": "the years 2019 and 2020, or one year",
    "1999/00": "the years 1999 and 2000, or one year",
    "2019/20 учебный год": "on which day a year of 2019 and 2020 begins is not printed",
    "2019–2020 учебный год": "a year of 2019 and 2020",
    "2019/2020 уч. год": "a year of 2019 and 2020",
    "2019–2020 оқу жылы": "a year of 2019 and 2020",
    "2019-2020 қаржы жылы": "a year of 2019 and 2020",
    "academic year 2019/20": "a year of 2019 and 2020",
    "2019/20 financial year": "a year of 2019 and 2020",
    "FY2019/20": "a year of 2019 and 2020",
    "начало 2020 года": "how long its начало lasts is not printed; it lies in 2020",
    "в конце 2020 г.": "how long its конце lasts",
    "середина марта 2020": "it lies in 2020-03",
    "early 2020": "how long its early lasts is not printed; it lies in 2020",
    "mid-2020": "how long its mid lasts",
    "the end of March 2020": "it lies in 2020-03",
    "2020 жылдың басында": "how long its бас lasts is not printed; it lies in 2020",
    "2020 жылғы наурыздың соңы": "it lies in 2020-03",
    "зима 2020": "a winter lies in two years",
    "зима 2019/22": "no winter is in 2019 and 2022",
    "2000-е": "2000 to 2009 or 2000 to 2099",
    "90-е годы": "no date or period is understood",
    "2021-W53": "no such date",  # 2021 has 52 weeks
    "2021-D366": "no such date",
    "2021M13": "no such date",
    "2020-Q5": "no such date",
    "2020-H3": "no such date",
    "5–1 марта 2020 г.": "no date or period is understood",
    "1–32 марта 2020 г.": "no date or period is understood",
    "2020-03/2020-01": "no such date",
    "2020-01-01/P0D": "no such date",
    "5-я неделя 2020 года": "no date or period is understood",  # weeks are counted in several ways
    "2021 жылдың 1 айы": "no date or period is understood",  # the first month, or one month from the first on
    "13 месяцев 2021 г.": "no date or period is understood",
    "3кв.2020 г.": "no date or period is understood",
    "Q3 20": "no date or period is understood",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_can_be_two_periods_or_has_no_length_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnreadableError, match=REFUSED[text]):
        read_date(text)


def test_bounds_stand_before_a_period_of_any_form() -> None:
    assert read_date("до 3 кв. 2020 года").bound == "at_most"
    assert read_date("since 2020-Q3").bound == "at_least"
    assert read_date("около 1990-х").period == "1990/1999"


DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2190, 12, 31))
MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}


def days(found: PrintedDate) -> tuple[dt.date, dt.date]:
    return found.start, found.end


@given(day=DAYS, length=st.integers(1, 400))
def test_spans_of_days_are_read_as_they_are_written(day: dt.date, length: int) -> None:
    last = day + dt.timedelta(days=length)
    ru, en, kk = (MONTHS[lang].split() for lang in ("ru", "en", "kk"))
    forms = [
        f"{day}/{last}",
        f"с {day.day} {ru[day.month - 1]} {day.year} по {last.day} {ru[last.month - 1]} {last.year} года",
        f"{en[day.month - 1]} {day.day}, {day.year} – {en[last.month - 1]} {last.day}, {last.year}",
        f"{day.year} жылғы {day.day} {kk[day.month - 1]} – {last.year} жылғы {last.day} {kk[last.month - 1]}",
    ]
    if day.year == last.year:
        forms += [
            f"{day.day} {ru[day.month - 1]} – {last.day} {ru[last.month - 1]} {last.year} г.",
            f"from {day.day} {en[day.month - 1]} to {last.day} {en[last.month - 1]} {last.year}",
            f"{en[day.month - 1]} {day.day} – {en[last.month - 1]} {last.day}, {last.year}",
            f"{day.year} жылғы {day.day} {kk[day.month - 1]} – {last.day} {kk[last.month - 1]}",
        ]
        if day.month == last.month:
            forms += [
                f"{day.day}–{last.day} {ru[day.month - 1]} {day.year} г.",
                f"{en[day.month - 1]} {day.day}–{last.day}, {day.year}",
                f"{day.year} жылғы {day.day}–{last.day} {kk[day.month - 1]}",
            ]
    assert [days(read_date(form)) for form in forms] == [(day, last)] * len(forms)


@given(day=DAYS)
def test_codes_of_every_period_a_day_lies_in_are_read(day: dt.date) -> None:
    year, month = day.year, day.month
    week_year, week, _ = day.isocalendar()
    quarter, half = (month + 2) // 3, (month + 5) // 6
    forms = [
        f"{year}Q{quarter}",
        f"{year}-H{half}",
        f"{year}-S{half}",
        f"{year}M{month:02}",
        f"{year}-T{(month + 3) // 4}",
        f"{year}-D{day.timetuple().tm_yday:03}",
        f"{week_year}-W{week:02}",
        f"{quarter} кв. {year}",
        f"{year} жылғы {quarter}-тоқсан",
    ]
    for form in forms:
        first, last = days(read_date(form))
        assert first <= day <= last
        assert read_date(form).period == read_date(f"{form}.").period


@given(day=DAYS, length=st.integers(0, 40))
def test_a_period_is_read_again_as_it_is_told(day: dt.date, length: int) -> None:
    spans = [PrintedDate(day, day + dt.timedelta(days=length), "day")]
    spans += [PrintedDate(dt.date(day.year, 1, 1), dt.date(day.year + length, 12, 31), "year")]
    for span in spans:
        assert days(read_date(span.period)) == days(span)
