"""Compares the reader of printed figures with a reference file of texts whose meaning is known.

    python benchmarks/printed_reference.py FILE

FILE is a CSV (UTF-8) with the columns

id
    Names the row in the report.
text
    The figure or date as printed.
lang
    kk, ru, en, or empty. The reader is told the language and nothing more: a text that needs the document's decimal
    and grouping marks is ambiguous, and the right answer is a refusal.
value
    The number; in dates ISO 8601 (``2017-01-31``, ``2021-01``, ``2016``, ``2018-Q1``, ``2018/2022``). Empty together
    with low and high: the text is no figure, and the right answer is a refusal.
low, high
    May be empty. The rounding interval; of a range its printed ends or its outer rounding limits; of a date its first
    and last day.
mode
    ``date`` (or a word that starts so) calls ``read_date``, anything else ``read``. ``range``, ``percent`` and ``rank``
    also ask for that kind of figure, ``at_least``, ``at_most`` and ``about`` for that bound; ``truncated`` compares low
    and high with the interval of cut-off digits.
ambiguous
    true or false. True: without a convention the right answer is a refusal.

Numbers agree within a relative 1e-12. A refusal of a readable text counts as refused, not as wrong. The exit status is
1 if any answer is wrong, 2 if the file cannot be used.
"""

import csv
import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from digital_diplomacy.printed import Convention, Printed, PrintedDate, UnreadableError, read, read_date

COLUMNS: Final = ("id", "text", "lang", "value", "low", "high", "mode", "ambiguous")
TOLERANCE: Final = Decimal("1e-12")
LANGUAGES: Final = ("kk", "ru", "en")
BOUNDS: Final = ("at_least", "at_most", "about")

Row = Mapping[str, str]


def judge(row: Row) -> tuple[str, str]:
    """``right``, ``refused``, ``wrong`` or ``unknown`` (a language that is not read), and what the reader said."""
    if row["lang"] not in ("", *LANGUAGES):
        return "unknown", f"the language {row['lang']!r} is none of {', '.join(LANGUAGES)}"
    nothing_expected = not (row["value"] or row["low"] or row["high"])
    must_refuse = row["ambiguous"].strip().casefold() == "true" or nothing_expected
    try:
        if row["mode"].startswith("date"):
            date = read_date(row["text"], row["lang"] or None)
            agrees, said = _date_agrees(date, row), f"{date.period} ({date.start} to {date.end})"
        else:
            printed = read(row["text"], convention=Convention(lang=row["lang"] or None))
            agrees = _figure_agrees(printed, row)
            said = f"{printed.value} [{printed.low}, {printed.high}] {printed.bound} {printed.unit}".rstrip()
    except UnreadableError as error:
        return ("right" if must_refuse else "refused"), error.reason
    return ("right" if agrees and not must_refuse else "wrong"), said


def run(rows: Iterable[Row]) -> Iterator[tuple[Row, str, str]]:
    """Every row with its verdict and what the reader said."""
    for row in rows:
        yield row, *judge(row)


def load(path: Path) -> list[dict[str, str]]:
    """The rows of a reference file.

    Raises
    ------
    ValueError
        If a column is missing, or a number or date in it is none.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(f"{path}: missing columns {', '.join(missing)}")
        return list(reader)


def _figure_agrees(printed: Printed, row: Row) -> bool:
    mode = row["mode"]
    if mode in BOUNDS and printed.bound != mode:
        return False
    if (mode == "percent" and not printed.unit.startswith("percent")) or (mode == "rank" and printed.unit != "rank"):
        return False
    limits = [(printed.low, printed.high)]
    if mode == "truncated":
        limits = [(printed.low_truncated, printed.high_truncated)]
    if mode == "range":
        if printed.ends is None:
            return False
        limits.append(printed.ends)
    return _near(printed.value, row["value"]) and any(
        _near(low, row["low"]) and _near(high, row["high"]) for low, high in limits
    )


def _near(found: Decimal, expected: str) -> bool:
    """An empty cell asks for nothing."""
    if not expected:
        return True
    number = Decimal(expected)
    return abs(found - number) <= TOLERANCE * abs(number)


def _date_agrees(date: PrintedDate, row: Row) -> bool:
    start, end = _days(row["value"]) if row["value"] else (date.start, date.end)
    first = dt.date.fromisoformat(row["low"]) if row["low"] else start
    last = dt.date.fromisoformat(row["high"]) if row["high"] else end
    return (date.start, date.end) == (start, end) == (first, last)


def _days(iso: str) -> tuple[dt.date, dt.date]:
    """First and last day of an ISO 8601 period, a quarter (2018-Q1), or two of them with a slash between."""
    if "/" in iso:
        first, last = iso.split("/")
        return _days(first)[0], _days(last)[1]
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", iso)
    if quarter:
        month = 3 * int(quarter[2])
        return _days(f"{quarter[1]}-{month - 2:02}")[0], _days(f"{quarter[1]}-{month:02}")[1]
    if len(iso) == 4:
        return dt.date(int(iso), 1, 1), dt.date(int(iso), 12, 31)
    if len(iso) == 7:
        first_day = dt.date.fromisoformat(f"{iso}-01")
        next_month = (first_day + dt.timedelta(days=31)).replace(day=1)
        return first_day, next_month - dt.timedelta(days=1)
    day = dt.date.fromisoformat(iso)
    return day, day


def main(arguments: list[str]) -> int:
    """Print the counts and every wrong answer."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        judged = list(run(load(Path(arguments[0]))))
    except (OSError, ValueError, InvalidOperation) as error:
        print(f"the reference file cannot be used: {error}")
        return 2
    counts = Counter(verdict for _, verdict, _ in judged)
    print(
        f"{len(judged)} texts: {counts['right']} right, {counts['refused']} refused, {counts['wrong']} wrong"
        + (f", {counts['unknown']} of unknown language" if counts["unknown"] else "")
    )
    for row, verdict, said in judged:
        if verdict != "right":
            expected = "a refusal" if row["ambiguous"] == "true" else f"{row['value']} [{row['low']}, {row['high']}]"
            print(f"{verdict}: {row['id']} {row['text']!r} ({row['mode']}): expected {expected}, got {said}")
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
