"""Dates in running text: where each begins and ends, which period it is, and what is none."""

import pytest

from digital_diplomacy.printed.finding_dates import find_dates


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        # The full stop of an abbreviation stays, that of the sentence and commas do not.
        ("в 2016 г., в 2017 году, в 2018.", "ru", [("2016 г.", "2016"), ("2017 году", "2017"), ("2018", "2018")]),
        ("в 2017 г рост", "ru", [("2017 г", "2017")]),
        ("2016 ж. өсті, 2018 жылы;", "kk", [("2016 ж.", "2016"), ("2018 жылы", "2018")]),
        ("в 1 кв. 2018", "ru", [("1 кв. 2018", "2018-01/2018-03")]),
        # Centuries need their word.
        ("in the 19th century and in 20th place", "en", [("19th century", "1801/1900")]),
        ("в XIX веке, XX", "ru", [("XIX веке", "1801/1900")]),
        ("the XXI century.", "en", [("XXI century", "2001/2100")]),
        # Four digits alone are a likely year unless something is counted with them.
        ("1699 1700 2150 2151", "en", [("1700", "1700"), ("2150", "2150")]),
        ("March 1699", "en", [("March 1699", "1699-03")]),
        ("2016 users, in 2016, users of 2017.", "en", [("2016", "2016"), ("2017", "2017")]),
        ("2016 % and 2017", "en", [("2017", "2017")]),
        # Told roughly they are none either where no year is likely or something is counted, but for recent years.
        ("about 1000 people, около 1200", "en", []),
        ("около 1850 человек и около 2000 человек", "ru", []),
        ("Around 2010 people tweeted, about 1850", "en", [("Around 2010", "2010"), ("about 1850", "1850")]),
        # As far as a date reaches, and no further: six words before a year, and spans opened by "since".
        ("рост с 28 февраля по 3 марта 2020 года был", "ru",
         [("с 28 февраля по 3 марта 2020 года", "2020-02-28/2020-03-03")]),
        ("рост с 2016 по 2018 год", "ru", [("с 2016 по 2018 год", "2016/2018")]),
        ("grown between 2016 and 2018", "en", [("between 2016 and 2018", "2016/2018")]),
        ("of March 2016 and of April 2017", "en", [("March 2016", "2016-03"), ("April 2017", "2017-04")]),
        ("13.02.2020, 02.2021 и 5.6.7", "ru", [("13.02.2020", "2020-02-13"), ("02.2021", "2021-02")]),
        ("№ 2016/17, v.2016, A-2016, 20161, 2016%", "en", []),
        ("(2016) «2017» | 2018", "ru", [("2016", "2016"), ("2017", "2017"), ("2018", "2018")]),
        ("until March 2016", "en", [("until March 2016", "2016-03")]),
    ],
)  # fmt: skip
def test_dates_are_found_from_their_first_word_to_their_last(
    text: str, lang: str, dates: list[tuple[str, str]]
) -> None:
    assert [(text[start:end], date.period) for start, end, date in find_dates(text, lang)] == dates
