"""Times as people's files write them, as microseconds since 1970 in UTC; days and hours of a zone."""

import datetime as dt
import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed import UnreadableError, read_date

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE]\+?[0-9]+)?")
_COMPACT: Final = re.compile(r"[0-9]{14}")  # GDELT: 20230915213000
_TWITTER: Final = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9:]{8}) ([+-][0-9]{4}) ([0-9]{4})")
_ABBREVIATED: Final = re.compile(r"(.+?(?:[0-9]|[AP]M)) ?([A-Z]{2,5})")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_MAIL: Final = re.compile(r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} .*")  # Fri, 15 Sep 2023 21:30:00 +0600
_CLOCKED: Final = re.compile(
    r"(?P<day>.+?)(?:[,\s]+(?:at\s+|в\s+)?(?P<hour>[0-9]{1,2}):(?P<rest>[0-9]{2}(?::[0-9]{2})?)"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?\s*(?:(?:UTC|GMT)?(?P<offset>[+-][0-9]{2}:?[0-9]{2})"
    r"|(?:UTC|GMT)(?P<hours>[+-][0-9]{1,2}))?)?",
    re.IGNORECASE,
)
"""A day as people write it, perhaps with a clock behind it."""

_ORDERLESS: Final = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}){1,2}")
_NOON: Final = 12
_OFFSETS: Final = {
    "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "MDT": -6, "PDT": -7, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3,
}  # fmt: skip
"""Hours from UTC of abbreviations that are of one zone alone. Those of several are not read: CST is of Chicago,
Shanghai and Havana, CDT of Chicago and Havana, MST of Denver and Malaysia, PST of Los Angeles and Manila, IST of India,
Ireland and Israel."""
_MOSCOW: Final = "MSK"  # four hours from UTC between 2011 and 2014, three before and after

_SHEET_DAYS: Final = (31_413, 73_051)
"""Days from 1990 to 2099 as Excel counts them from 1900 or, of old, from 1904; which of the two no file tells."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FIRST: Final = 631_152_000_000_000  # 1990; an older time is a fault
LAST: Final = 4_102_444_800_000_000  # 2100
_SECONDS: Final = 10  # digits of seconds since 1970, from 2001 to 2286
_MICROSECOND: Final = dt.timedelta(microseconds=1)


def zone(name: str) -> ZoneInfo:
    """A zone of the IANA database.

    Raises
    ------
    ArgumentError
        If there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ArgumentError(
            "unknown time zone {name!r}; name one of the IANA database, as Asia/Almaty or UTC", name=name
        ) from error


def microseconds(value: object, *, naive: dt.tzinfo | None = None, form: str = "") -> int:
    """A time as microseconds since 1970 in UTC.

    Numbers count seconds, milliseconds, microseconds or nanoseconds since 1970, which their size tells apart.

    Parameters
    ----------
    value : object
        A number, a text, or a date with time.
    naive : tzinfo, optional
        Zone of times that name none; of an hour that a clock passes twice the first is taken.
    form : str
        How texts write times, as `datetime.strptime` takes it; without it only forms that can mean one time are read.

    Raises
    ------
    ArgumentError
        If it is no time, names no zone and none is given, or is not of 1990 to 2099.

    Examples
    --------
    >>> microseconds("2023-09-15T21:30:00Z") == microseconds(1694813400) == microseconds("2023-09-15 17:30:00 EDT")
    True
    """
    if form and isinstance(value, str):
        found = _moment(_formed(value.strip(), form), naive)
    elif isinstance(value, str) and len(value) == _SECONDS and value.isascii() and value.isdecimal():
        found = int(value) * 1_000_000  # by far the commonest in files of messages
    else:
        found = _number(value) if isinstance(value, int | float) else _moment(value, naive)
    if not FIRST <= found < LAST:
        if _SHEET_DAYS[0] <= found / 1_000_000 < _SHEET_DAYS[1]:
            raise ArgumentError(
                "{value!r:.60} is no time, but may be a day as spreadsheets count them; give the column a format of "
                "date and time there, and save it anew",
                value=value,
            )
        raise ArgumentError("{value!r:.60} is not a time of 1990 to 2099", value=value)
    return found


def _formed(text: str, form: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, form)  # noqa: DTZ007 - its zone, if the form has none, is `naive`
    except ValueError as error:
        raise ArgumentError("{value!r:.60} has not the form {form}", value=text, form=form) from error


def _number(value: float) -> int:
    if value != value or isinstance(value, bool):
        raise ArgumentError("{value!r:.60} is no time", value=value)
    for limit, factor in ((1e11, 1_000_000), (1e14, 1_000)):
        if value < limit:
            return value * factor if isinstance(value, int) else round(value * factor)
    return int(value) if value < 1e17 else int(value) // 1000


def _moment(value: object, naive: dt.tzinfo | None) -> int:
    moment = value if isinstance(value, dt.datetime) else None
    if moment is None:
        text = str(value).strip() if value is not None else ""
        if _NUMBER.fullmatch(text) and not _COMPACT.fullmatch(text):
            return _number(int(text) if text.isdigit() else float(text))
        moment = _read(text)
    if moment.tzinfo is None:
        if naive is None:
            raise ArgumentError("{value!r:.60} names no time zone", value=value)
        moment = moment.replace(tzinfo=naive)
    return (moment - _EPOCH) // _MICROSECOND


def _read(text: str) -> dt.datetime:
    """A moment by the form of its text; without zone where the text names none."""
    try:
        return _by_form(text)
    except ArgumentError:
        raise
    except ValueError as error:
        raise ArgumentError("{value!r:.60} is no time", value=text) from error


def _by_form(text: str) -> dt.datetime:
    if _COMPACT.fullmatch(text):
        return dt.datetime.strptime(f"{text}+0000", "%Y%m%d%H%M%S%z")
    if found := _TWITTER.fullmatch(text):
        month, day, clock, offset, year = found.groups()
        return parsedate_to_datetime(f"{day} {month} {year} {clock} {offset}")
    if _MAIL.fullmatch(text):
        return parsedate_to_datetime(text)
    if (found := _ABBREVIATED.fullmatch(text)) and found[2] not in ("Z", "AM", "PM"):
        return _by_form(found[1]).replace(tzinfo=_by_letters(found[2], text))
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return _clocked(text)


def _by_letters(letters: str, text: str) -> dt.tzinfo:
    if letters == _MOSCOW:
        return zone("Europe/Moscow")
    if letters not in _OFFSETS:
        raise ArgumentError("{value!r:.60} names a time zone by letters that mean several, or none", value=text)
    return dt.timezone(dt.timedelta(hours=_OFFSETS[letters]))


def _clocked(text: str) -> dt.datetime:
    """A moment by a day as people write it and its clock: ``15.09.2023 21:30``, ``Sep 15, 2023, 9:30 PM``."""
    found = _CLOCKED.fullmatch(text)
    if found is None:
        raise ArgumentError("{value!r:.60} is no time", value=text)
    day, hour = _day(found["day"]), int(found["hour"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            raise ArgumentError("{value!r:.60} is no time", value=text)
        hour = hour % _NOON + _NOON * (found["half"].lower() == "p")
    offset = f"{int(found['hours']):+03}:00" if found["hours"] else found["offset"] or ""
    return dt.datetime.fromisoformat(f"{day}T{hour:02}:{found['rest'] or '00'}{offset}")


def _day(text: str) -> str:
    """A day in ISO 8601, if its text can mean but one: in figures between slashes a file may mean either of two."""
    if found := _DOTTED.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if _ORDERLESS.fullmatch(text):
        raise ArgumentError(
            "{value!r:.60} does not tell which of its figures is the day; say how times are written by a line of the "
            "mapping: time_format,constant,%d/%m/%Y %H:%M or, where the month comes first, %m/%d/%Y %I:%M %p",
            value=text,
        )
    try:
        read = read_date(text)
    except UnreadableError as error:
        raise ArgumentError("{value!r:.60} is no time", value=text) from error
    if read.bound != "exact" or len(read.period) != len("2023-09-15"):
        raise ArgumentError("{value!r:.60} is no time", value=text)
    return read.period


def local(times: Sequence[int] | NDArray[np.int64], where: ZoneInfo) -> tuple[NDArray[np.datetime64], NDArray[np.int8]]:
    """Day and hour of the clock in a zone, whatever the zone of this machine.

    Parameters
    ----------
    times : sequence of int, shape (n,)
        Microseconds since 1970 in UTC.
    where : ZoneInfo
        The zone; its rules of each time hold (Kazakhstan has one time since 1 March 2024).

    Returns
    -------
    tuple of array, shape (n,)
        Days, and hours 0 to 23.

    Examples
    --------
    >>> moments = [microseconds(f"2024-02-29T{hour}:30:00Z") for hour in (17, 18, 19)]
    >>> days, hours = local(moments, zone("Asia/Almaty"))
    >>> days.astype(str).tolist(), hours.tolist()
    (['2024-02-29', '2024-02-29', '2024-03-01'], [23, 23, 0])
    """
    moments = pd.DatetimeIndex(np.asarray(times, dtype="datetime64[us]"), tz="UTC").tz_convert(where)
    clock = moments.tz_localize(None).to_numpy(dtype="datetime64[us]")
    days = clock.astype("datetime64[D]")
    return days, ((clock - days) // np.timedelta64(1, "h")).astype(np.int8)
