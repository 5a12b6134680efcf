"""Counts that may be handed on: messages and authors by platform and day with their totals, as a table in a file.

A count is published or suppressed, and a suppressed one has no value. Authors of several platforms are never summed,
and authors of days are not summed to those of a month, for the same people come back.
"""

import calendar
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.cells import csv_fault
from digital_diplomacy.errors import SourceError, TableError
from digital_diplomacy.handed_counts import COLUMNS
from digital_diplomacy.messages.summaries import Summary
from digital_diplomacy.tables import ESTIMATES, validate

ALL: Final = "all"
"""The platform of a total over platforms."""

MESSAGES: Final = "messages"
AUTHORS: Final = "authors"
PUBLISHED: Final = "published"
SUPPRESSED: Final = "suppressed"

_PERIOD: Final = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
_MONTH: Final = 7  # letters of a month; a day has more
_BASES: Final = {MESSAGES: "public_messages", AUTHORS: "authors"}


def aggregate(found: Summary) -> pd.DataFrame:
    """Counts by platform and day, with the totals of months and of all platforms, nothing being suppressed yet.

    Parameters
    ----------
    found : Summary
        What was counted, for sure, under a publisher's rules.

    Returns
    -------
    DataFrame
        ``platform`` (``all`` for totals), ``period`` (a month or a day; every day of a month that has any message),
        ``measure`` (``messages``, ``authors``), ``value``, ``status`` (``published``). A platform without any author
        has no rows of authors: its messages name none.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["vkontakte"], "messages": [500], "authors": [40]})
    >>> known = messages.synthetic.write_month(
    ...     path, totals, month="2023-09", country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(1)
    ... )
    >>> with messages.opened([path]) as connection:
    ...     rows = messages.aggregate(messages.summary(connection, publisher="brand-analytics", country="KAZ"))
    >>> rows[rows["period"] == "2023-09"].to_numpy().tolist()
    [['all', '2023-09', 'messages', 500.0, 'published'], ['vkontakte', '2023-09', 'authors', 40.0, 'published'], \
['vkontakte', '2023-09', 'messages', 500.0, 'published']]
    >>> folder.cleanup()
    """
    months, days = found.counts, found.daily.assign(period=found.daily["local_day"].astype(str).str[:10])
    months = months.assign(period=[f"{y}-{m:02}" for y, m in zip(months["year"], months["month"], strict=True)])
    held = pd.concat([months, days])[["platform", "period", MESSAGES, AUTHORS]]
    grid = _every_day(months)
    filled = grid.merge(held, on=["platform", "period"], how="left", validate="one_to_one").fillna(0.0)
    long = filled.melt(["platform", "period"], [MESSAGES, AUTHORS], var_name="measure")
    nameless = months.loc[months[AUTHORS] == 0, ["platform", "period"]]
    silent = pd.MultiIndex.from_frame(nameless)
    keys = pd.MultiIndex.from_arrays([long["platform"], long["period"].str[:_MONTH]])
    long = long[(long["measure"] == MESSAGES) | ~keys.isin(silent)]
    totals = long[long["measure"] == MESSAGES].groupby(["period", "measure"], as_index=False)["value"].sum()
    rows = pd.concat([long, totals.assign(platform=ALL)], ignore_index=True).assign(status=PUBLISHED)
    return _sorted(rows)


def _every_day(months: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for platform, year, month in months[["platform", "year", "month"]].itertuples(index=False):
        last = calendar.monthrange(int(year), int(month))[1]
        stem = f"{year}-{month:02}"
        rows += [(platform, stem), *((platform, f"{stem}-{day:02}") for day in range(1, last + 1))]
    return pd.DataFrame(rows, columns=["platform", "period"])


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows.astype({"value": float})[COLUMNS]
    return kept.sort_values(["period", "platform", "measure"], ignore_index=True)


def write_counts(rows: pd.DataFrame, path: Path) -> None:
    """Write a table of counts as CSV: whole numbers, and no value where a count is suppressed.

    Parameters
    ----------
    rows : DataFrame
        As `aggregate` or `suppress` returns it.
    path : Path
        Of the file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = pd.DataFrame({"platform": "all", "period": "2023-09", "measure": "messages", "value": [7.0]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     messages.write_counts(rows.assign(status="published"), Path(folder) / "counts.csv")
    ...     print((Path(folder) / "counts.csv").read_text(), end="")
    platform,period,measure,value,status
    all,2023-09,messages,7,published
    """
    whole = ["" if np.isnan(value) else str(int(value)) for value in rows["value"]]
    rows.assign(value=whole)[COLUMNS].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def read_counts(path: Path) -> pd.DataFrame:
    """Read a table of counts back, equal to the one written.

    Parameters
    ----------
    path : Path
        A file that `write_counts` made.

    Raises
    ------
    SourceError
        If the file cannot be read.
    TableError
        Naming the line of a column, period, measure, status or value that cannot be, of a count given twice, or the
        total that published counts do not add up to.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> lines = ["platform,period,measure,value,status", "all,2023-09,messages,7,published"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     length = (Path(folder) / "counts.csv").write_text("\\n".join(lines))
    ...     messages.read_counts(Path(folder) / "counts.csv")["value"].tolist()
    [7.0]
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("{path}: no table of counts in UTF-8 can be read there; check the file", path=path) from error
    try:
        lines = list(csv.reader(text.splitlines()))
    except csv.Error as error:
        raise TableError(
            "{where}: not a table of comma-separated values ({error})", where=path, error=csv_fault(error)
        ) from error
    if not lines or lines[0] != COLUMNS:
        raise TableError("{path}: the columns are {columns}", path=path, columns=", ".join(COLUMNS))
    rows = pd.DataFrame(
        [_row(path, number, cells) for number, cells in enumerate(lines[1:], 2) if cells], columns=COLUMNS
    )
    twice = rows.duplicated(COLUMNS[:3])
    if twice.any():
        place = int(np.flatnonzero(twice)[0]) + 2
        raise TableError("{path}, line {line}: the count stands twice; keep one", path=path, line=place)
    for total, parts, _ in sums(rows):
        given = rows["value"].to_numpy()
        if not np.isnan(given[[total, *parts]]).any() and given[parts].sum() != given[total]:
            raise TableError(
                "{path}: {platform}, {period}: the total is {total:.0f} and its parts are {parts:.0f}; take the file "
                "as it was made",
                path=path,
                platform=rows.at[total, "platform"],
                period=rows.at[total, "period"],
                total=given[total],
                parts=given[parts].sum(),
            )
    return _sorted(rows)


def _row(path: Path, line: int, cells: list[str]) -> tuple[str, str, str, float, str]:
    if len(cells) != len(COLUMNS):
        raise TableError("{path}, line {line}: {count} cells needed", path=path, line=line, count=len(COLUMNS))
    platform, period, measure, value, status = cells
    fits = _PERIOD.fullmatch(period) and measure in (MESSAGES, AUTHORS) and platform
    counted = value.isascii() and value.isdecimal() if status == PUBLISHED else status == SUPPRESSED and not value
    if not fits or not counted:
        raise TableError(
            "{path}, line {line}: {cells} is no count; a platform, a month or day, messages or authors, and a whole "
            "number with `published` or none with `suppressed` are needed",
            path=path,
            line=line,
            cells=",".join(cells),
        )
    return platform, period, measure, float(value) if value else np.nan, status


def sums(rows: pd.DataFrame) -> Iterator[tuple[int, list[int], str]]:
    """Which rows of messages are the sum of which others: total, parts, month."""
    place = {key: at for at, key in enumerate(zip(rows["platform"], rows["period"], rows["measure"], strict=True))}
    for (platform, period, measure), total in place.items():
        if measure != MESSAGES:
            continue
        month = period[:_MONTH]
        days = [at for (p, q, m), at in place.items() if (p, m) == (platform, measure) and q[:_MONTH] == month != q]
        if period == month and days:
            yield total, days, month
        if platform == ALL:
            parts = [at for (p, q, m), at in place.items() if p != ALL and (q, m) == (period, measure)]
            if parts:
                yield total, parts, month


def aggregate_estimates(rows: pd.DataFrame, bounds: pd.DataFrame, *, country: str, source: str) -> pd.DataFrame:
    """Counts of months as the declared table ``estimates``; suppressed ones are bounds without a value.

    Parameters
    ----------
    rows : DataFrame
        As `read_counts` returns it.
    bounds : DataFrame
        What anyone can conclude of suppressed counts, as `attack` returns it.
    country : str
        ISO 3166 alpha-3 code, the entity of every row.
    source : str
        Whose rules the counts follow.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> rows = pd.DataFrame({"platform": ["vk", "ok", "all"], "period": "2023-09", "measure": "messages"})
    >>> rows["value"], rows["status"] = [None, None, 9.0], ["suppressed", "suppressed", "published"]
    >>> bounds = messages.attack(rows)
    >>> found = messages.aggregate_estimates(rows, bounds, country="KAZ", source="all")
    >>> found[["group", "low", "high", "interval"]].to_numpy().tolist()  # of nine, one at least is the other's
    [['vk', 1.0, 8.0, 'bound'], ['ok', 1.0, 8.0, 'bound']]
    """
    months = rows[(rows["period"].str.len() == _MONTH) & (rows["platform"] != ALL)]
    both = months.merge(bounds, on=COLUMNS[:3], how="left", validate="one_to_one")
    hidden = both["status"] == SUPPRESSED
    return validate(
        both[["period", "value", "low", "high"]].assign(
            group=both["platform"],
            measure=both["measure"] + "_month",
            unit=both["measure"],
            base=both["measure"].map(_BASES),
            interval=np.where(hidden, "bound", "none"),
            level=np.nan,
            n=np.nan,
            entity=country,
            source_id=source,
        ),
        ESTIMATES,
    )
