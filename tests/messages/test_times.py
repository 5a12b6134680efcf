"""Times of any file become one; days and hours are those of the zone asked for, not of the machine."""

import datetime as dt
import os
import time
from collections.abc import Iterator

import numpy as np
import pytest

from digital_diplomacy.messages import times

MOMENT = 1_694_813_400_000_000  # 2023-09-15 21:30:00 UTC: 19,615 days and 77,400 s after 1970


@pytest.fixture(params=["UTC", "Asia/Almaty", "America/New_York"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_every_form_is_the_same_moment_on_every_machine(machine: str) -> None:
    assert os.environ["TZ"] == machine
    assert MOMENT == (19_615 * 86_400 + 77_400) * 1_000_000
    forms: list[object] = [
        1_694_813_400, 1_694_813_400.0, "1694813400", "1694813400.0", "1.6948134e9", 1_694_813_400_000, MOMENT,
        MOMENT * 1000, "2023-09-15T21:30:00Z", "2023-09-15T21:30:00.000Z", "2023-09-16T03:30:00+06:00",
        "2023-09-15 17:30:00 EDT", "2023-09-15 16:30:00 EST", "2023-09-16 00:30:00 MSK", "2023-09-15 21:30:00 UTC",
        "Fri Sep 15 21:30:00 +0000 2023", "Sat Sep 16 03:30:00 +0600 2023", "20230915213000",
        dt.datetime(2023, 9, 15, 21, 30, tzinfo=dt.UTC),
    ]  # fmt: skip
    assert [form for form in forms if times.microseconds(form) != MOMENT] == []
    # Moscow's clocks were an hour ahead of today's from 27 March 2011 to 26 October 2014.
    assert times.microseconds("2013-09-16 01:30:00 MSK") == times.microseconds("2013-09-15T21:30:00Z")
    almaty = times.zone("Asia/Almaty")
    said = [
        "2023-09-16 03:30:00", "2023-09-16T03:30", "16.09.2023 3:30", "16.9.2023, 03:30:00", "2023/09/16 03:30",
        "Sep 16, 2023, 3:30 AM", "16 September 2023 at 03:30", "16 сентября 2023 г. 3:30", "16 сен 2023 в 3:30",
        "2023 ж. 16 қыркүйек 03:30", "16.09.2023 03:30:00 UTC+06:00", "Sat, 16 Sep 2023 03:30:00 +0600",
    ]  # fmt: skip
    assert [form for form in said if times.microseconds(form, naive=almaty) != MOMENT] == []
    assert times.microseconds("15.09.2023 9:30 PM UTC") == MOMENT
    for form, clock in (("12:30 AM", 0), ("12:30 pm", 12), ("1:30 p.m.", 13)):
        day = dt.datetime(2023, 9, 16, clock, 30, tzinfo=dt.UTC)
        assert times.microseconds(f"Sep 16, 2023 {form}", naive=dt.UTC) == int(day.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "text", ["05/09/2023 21:30", "15/09/2023 21:30", "09/15/2023 9:30 PM", "15.09.23 21:30", "5-9-2023"]
)
def test_a_day_in_figures_without_an_order_is_read_by_the_form_that_is_told(text: str) -> None:
    """Also one that can mean but one day: of a file only those behind the twelfth of each month would be left."""
    with pytest.raises(ValueError, match="time_format,constant,%d/%m/%Y"):
        times.microseconds(text, naive=dt.UTC)


def test_a_form_that_is_told_is_the_one_that_is_read() -> None:
    for text, form in (("16/09/2023 03:30", "%d/%m/%Y %H:%M"), ("09/16/23 3:30 AM", "%m/%d/%y %I:%M %p")):
        assert times.microseconds(text, naive=times.zone("Asia/Almaty"), form=form) == MOMENT
    with pytest.raises(ValueError, match="has not the form %d/%m/%Y"):
        times.microseconds("2023-09-16", naive=dt.UTC, form="%d/%m/%Y")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2023-09-15 21:30:00", "names no time zone"),
        *(
            (f"2023-09-15 21:30:00 {letters}", "letters that mean several, or none")
            for letters in ("IST", "CST", "CDT", "MST", "PST", "BST", "AST", "GST", "SST", "AMT", "ALMT", "XYZ")
        ),
        ("yesterday", "is no time"),
        ("2 часа назад", "is no time"),
        ("сегодня в 12:00", "is no time"),
        ("Sep 2023 12:00", "is no time"),
        ("Sep 16, 2023 13:30 PM", "is no time"),
        ("", "is no time"),
        (None, "is no time"),
        (float("nan"), "is no time"),
        (0, "not a time of 1990 to 2099"),
        (45197.339583, "may be a day as spreadsheets count them"),  # 28 September 2023, 8:09, in Excel
        ("45170.081944", "may be a day as spreadsheets count them"),
        ("20230915", "not a time of 1990 to 2099"),
        (4_102_444_800, "not a time of 1990 to 2099"),
        (True, "is no time"),
    ],
)
def test_what_is_no_time_or_of_no_zone_is_refused(value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        times.microseconds(value)


def test_a_zone_that_is_none_is_refused() -> None:
    for name in ("Asia/Alma-Ata-2", "../../etc/passwd", ""):
        with pytest.raises(ValueError, match="unknown time zone"):
            times.zone(name)


def test_days_and_hours_follow_the_zone_s_own_history(machine: str) -> None:
    assert machine
    # Kazakhstan's clocks went from UTC+6 to UTC+5 at midnight before 1 March 2024: 23 o'clock came twice.
    moments = [times.microseconds(f"2024-02-29T{hour}:30:00Z") for hour in (16, 17, 18, 19)]
    days, hours = times.local(moments, times.zone("Asia/Almaty"))
    assert days.tolist() == [dt.date(2024, 2, 29)] * 3 + [dt.date(2024, 3, 1)]
    assert hours.tolist() == [22, 23, 23, 0]
    days, hours = times.local([MOMENT], times.zone("Asia/Kolkata"))
    assert (days.astype(str).tolist(), hours.tolist()) == (["2023-09-16"], [3])
    assert hours.dtype == np.int8


@pytest.mark.parametrize(
    ("letters", "place", "day"),
    [
        ("UTC", "UTC", "2023-01-15"), ("GMT", "Europe/London", "2023-01-15"),
        ("EST", "America/New_York", "2023-01-15"), ("EDT", "America/New_York", "2023-07-15"),
        ("MDT", "America/Denver", "2023-07-15"), ("PDT", "America/Los_Angeles", "2023-07-15"),
        ("WET", "Europe/Lisbon", "2023-01-15"), ("WEST", "Europe/Lisbon", "2023-07-15"),
        ("CET", "Europe/Berlin", "2023-01-15"), ("CEST", "Europe/Berlin", "2023-07-15"),
        ("EET", "Europe/Athens", "2023-01-15"), ("EEST", "Europe/Athens", "2023-07-15"),
        ("MSK", "Europe/Moscow", "2013-01-15"), ("MSK", "Europe/Moscow", "2023-01-15"),
    ],
)  # fmt: skip
def test_letters_of_a_zone_are_its_clock_in_the_database(letters: str, place: str, day: str) -> None:
    clock = dt.datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=times.zone(place))
    assert clock.tzname() == letters
    assert times.microseconds(f"{day} 12:00:00 {letters}") == int(clock.timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("first", "is_read"), [(631_152_000, True), (631_151_999, False), (4_102_444_799, True), (4_102_444_800, False)]
)
def test_times_are_of_1990_to_2099(first: int, is_read: bool) -> None:
    # 1 January 1990 and 2100 in UTC, in every form of a number.
    assert dt.datetime.fromtimestamp(631_152_000, dt.UTC) == dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
    assert dt.datetime.fromtimestamp(4_102_444_800, dt.UTC) == dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    for form in (first, float(first), str(first), first * 1_000, first * 1_000_000, first * 1_000_000_000):
        if is_read:
            assert times.microseconds(form) == first * 1_000_000
        else:
            with pytest.raises(ValueError, match="is not a time of 1990 to 2099"):
                times.microseconds(form)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (1_694_813_400.25, 1_694_813_400_250_000),
        (1_694_813_400_250, 1_694_813_400_250_000),
        (1_694_813_400_000_001_999, 1_694_813_400_000_001),
        ("1694813400.000001", 1_694_813_400_000_001),
        ("2023-09-15T21:30:00.000001+00:00", 1_694_813_400_000_001),
        ("15.09.2023", 1_694_736_000_000_000),
        ("5.9.2023 1:02", 1_693_875_720_000_000),
        ("05.09.2023 01:02:03", 1_693_875_723_000_000),
        ("Tue Sep  5 01:02:03 +0000 2023", 1_693_875_723_000_000),
        ("20230905010203", 1_693_875_723_000_000),
    ],
)
def test_times_are_read_to_the_microsecond(form: object, told: int) -> None:
    assert times.microseconds(form, naive=dt.UTC) == told


@pytest.mark.parametrize(
    "wrong", ["32.01.2023", "15.13.2023", "2023-09-15 25:00 EST", "Fri Sep 31 21:30:00 +0000 2023"]
)
def test_days_that_no_calendar_has_are_no_time(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        times.microseconds(wrong, naive=dt.UTC)
