"""What a number without a noun carries on: from its list, its series, or the sentence before."""

import pytest

from digital_diplomacy.extraction.counting import units_of
from digital_diplomacy.extraction.own_units import Around
from digital_diplomacy.printed import Convention, find


def units(text: str, lang: str, *last: tuple[str, float, float]) -> list[str]:
    return units_of(find(text, convention=Convention.of(lang)), text, Around(lang, last=last))


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("Visas are waived for 28.", "en", "countries"),
        ("Visas are waived for 45.", "en", "countries"),  # all of them
        ("Visas are waived for 46.", "en", "items"),  # more than there are
        ("Visas are waived for 2.", "en", "items"),  # less than a twentieth
        ("Visas are waived for 28 schools.", "en", "items"),
        ("Treaties numbered 28.", "en", "items"),  # a noun of its own
        ("Treaties: 28.", "en", "items"),
        ("Безвизовый режим действует с 28.", "ru", "countries"),
        ("Новых договоров заключено 28.", "ru", "items"),
        ("Келісімдер – 28.", "kk", "items"),
    ],
)
def test_a_number_carries_on_what_the_sentence_before_counts(text: str, lang: str, unit: str) -> None:
    assert units(text, lang, ("countries", 45, 1)) == [unit]


def test_two_kinds_things_or_money_before_are_carried_on_by_none() -> None:
    for last in ([("countries", 45, 1), ("persons", 60, 1)], [("items", 45, 1)], [("KZT", 45, 1)]):
        assert units("Visas are waived for 28.", "en", *last) == ["items"]


def test_a_number_of_hundreds_may_be_ten_times_as_large() -> None:
    assert units("In January there had been 4,500.", "en", ("followers", 450, 1)) == ["followers"]
    assert units("In January there had been 4,501.", "en", ("followers", 450, 1)) == ["items"]


def test_decimals_carry_on_times_and_shares_of_their_size() -> None:
    assert units("In towns it is 7.8.", "en", ("days", 9.4, 0.1)) == ["days"]
    assert units("In towns it is 47.1.", "en", ("days", 9.4, 0.1)) == [""]
    assert units("In towns it is 47.0.", "en", ("days", 9.4, 0.1)) == ["days"]
    assert units("In towns it is 7.8.", "en", ("days", 9, 1)) == [""]
