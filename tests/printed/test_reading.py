"""Figures with all that is said of them: value, its three intervals, last digit, bound, unit, ends and aside."""

from decimal import Decimal

import pytest

from digital_diplomacy.printed import Convention, UnreadableError, read

NUMBERS = (
    "value", "low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated", "last_digit",
)  # fmt: skip
EN, RU = Convention("en", decimal=".", grouping=","), Convention("ru", decimal=",", grouping=" ")


@pytest.mark.parametrize(
    ("text", "habit", "numbers", "told"),
    [
        # half a unit either side; cut off, a whole one away from zero
        ("13", None, "13 12.5 13.5 12.5 13.5 13 14 1", ("exact", "")),
        ("0,5", RU, "0.5 0.45 0.55 0.45 0.55 0.5 0.6 0.1", ("exact", "")),
        ("−5,5 %", RU, "-5.5 -5.55 -5.45 -5.55 -5.45 -5.6 -5.5 0.1", ("exact", "percent")),
        ("-40 %", EN, "-40 -40.5 -39.5 -40.5 -39.5 -41 -40 1", ("exact", "percent")),  # told to the percent
        ("1.20 million", EN, "1200000 1195000 1205000 1195000 1205000 1200000 1210000 10000", ("exact", "")),
        # closing zeros: digits, or of the last place before them
        ("18 200", RU, "18200 18199.5 18200.5 18150 18250 18200 18300 1", ("exact", "")),
        ("18,200", Convention("en", ".", ",", "digits"), "18200 18199.5 18200.5 18199.5 18200.5 18200 18201 1",
         ("exact", "")),
        ("18,200", Convention("en", ".", ",", "filler"), "18200 18150 18250 18150 18250 18200 18300 100",
         ("exact", "")),
        ("about 40", EN, "40 35 45 35 45 40 50 10", ("about", "")),
        ("more than 15 thousand", EN, "15000 14500 15500 14500 15500 15000 16000 1000", ("at_least", "")),
        # counted: no width at all
        ("13 years", EN, "13 13 13 13 13 13 13 1", ("exact", "years")),
        ("thirteen", EN, "13 13 13 13 13 13 13 1", ("exact", "")),
        ("999 users", EN, "999 999 999 999 999 999 999 1", ("exact", "users")),
        ("1000 users", EN, "1000 999.5 1000.5 500 1500 1000 2000 1", ("exact", "users")),
        ("3rd", EN, "3 3 3 3 3 3 3 1", ("exact", "rank")),
        # words stop at their last place, halves at a half
        ("one thousand two hundred", EN, "1200 1150 1250 1150 1250 1200 1300 100", ("exact", "")),
        ("half a million", EN, "500000 250000 750000 250000 750000 500000 1000000 500000", ("exact", "")),
        ("one and a half million", EN, "1500000 1250000 1750000 1250000 1750000 1500000 2000000 500000", ("exact", "")),
    ],
)  # fmt: skip
def test_a_figure_is_read_whole(text: str, habit: Convention | None, numbers: str, told: tuple[str, str]) -> None:
    found = read(text, convention=habit)
    assert [getattr(found, name) for name in NUMBERS] == [Decimal(number) for number in numbers.split()]
    assert (found.bound, found.unit, found.ends, found.aside, found.text) == (*told, None, "", text)


@pytest.mark.parametrize(
    ("text", "numbers", "ends", "unit"),
    [
        ("10 to 20 million", "15 9.5 20.5 5 25 10 30 1", (10, 20), ""),
        ("2.5-3 million", "2.75 2.45 3.5 2.45 3.5 2.5 4 1", ("2.5", 3), ""),
    ],
)
def test_a_range_reaches_from_the_outer_end_to_the_outer_end(
    text: str, numbers: str, ends: tuple[float | str, float | str], unit: str
) -> None:
    found = read(text, convention=EN)
    assert [getattr(found, name) for name in NUMBERS] == [Decimal(number) * 10**6 for number in numbers.split()]
    assert found.ends == tuple(Decimal(end) * 10**6 for end in ends)
    assert (found.bound, found.unit) == ("exact", unit)


ORDINALS = "1st 2nd 3rd 4th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 24th 101st 111th 112th 113th 121st"


@pytest.mark.parametrize("text", ORDINALS.split())
def test_english_ordinals_have_their_own_letters(text: str) -> None:
    assert read(text, convention=EN).unit == "rank"
    for letters in {"st", "nd", "rd", "th"} - {text[-2:]}:
        with pytest.raises(UnreadableError, match="form no figure"):
            read(text[:-2] + letters, convention=EN)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0th", "form no figure"),
        ("20 to 10 million", "a range from 20000000 up to 10000000 does not rise"),
        ("10 to 10 million", "a range from 10000000 up to 10000000 does not rise"),
        ("741 (5)", r"what \(5\) is beside the figure before it is not printed"),
        ("in 2015", "for dates and years use read_date"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(text, convention=EN)


@pytest.mark.parametrize(
    ("text", "ends", "unit"),
    [
        ("5-тен 10-ға дейін", (5, 10), ""),
        ("10 to 20 and a half million", (10_000_000, 20_500_000), ""),
        ("in 5 to 10 countries", (5, 10), "countries"),
        ("by 5 to 10 percent", (5, 10), "percent"),
        ("between 5 and 10 users", (5, 10), "users"),
        ("$5 to 10 million", (5_000_000, 10_000_000), "dollars"),
        ("5–10 %", (5, 10), "percent"),
    ],
)
def test_what_stands_at_one_end_holds_for_both(text: str, ends: tuple[int, int], unit: str) -> None:
    found = read(text)
    assert (found.ends, found.unit, found.value) == (ends, unit, Decimal(sum(ends)) / 2)


@pytest.mark.parametrize("second", ["+5 %", "-5", "5 %", "−1,5", "+7"])
def test_a_change_or_a_share_may_stand_behind_a_figure(second: str) -> None:
    found = read(f"741 тыс. ({second})", convention=RU)
    assert (found.value, found.aside) == (741_000, f"({second})")


@pytest.mark.parametrize(
    ("text", "habit", "reason"),
    [
        ("1" * 120, None, "it has more than 100 digits"),
        ("1" * 121, None, "it is longer than 120 characters, so not a figure alone"),
        (" ", None, "it is empty"),
        ("10 тысяч users", None, "'users' is not a word of the language of the rest$"),
        ("10 users", RU, "'users' is not a word of the language of the rest, or not of 'ru'"),
        ("10 users!", EN, "'!' is not understood"),
        ("10zz", EN, "these letters behind digits are not understood"),
        ("10 fo. users", EN, "'fo.' is not understood"),
    ],
)
def test_a_refusal_says_which_part_is_not_understood(text: str, habit: Convention | None, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as refused:
        read(text, convention=habit)
    assert len(refused.value.text) <= 121  # cut off where it is long, with a sign that it is


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("10+ million", "10 million+"),
        ("twenty-five", "twenty five"),
        ("5‑fold", "5 fold"),
        ("10 млн.", "10 млн"),
        ("полмиллиона", "пол миллиона"),
        ("5 users,", "5 users"),
        ("двадцать пять", "25 "),
    ],
)
def test_ways_to_print_one_figure_are_read_alike(text: str, same: str) -> None:
    one, other = read(text), read(same)
    assert (one.value, one.bound, one.unit) == (other.value, other.bound, other.unit)
