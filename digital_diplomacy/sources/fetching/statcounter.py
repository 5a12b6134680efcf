"""StatCounter Global Stats: shares of page views that social media refer, by month.

A share of page views on member sites, not of users; 0 stands for less than half of the last digit, or for what was not
tracked. Which platforms have columns, and in which order, changes with the months asked for.

References
----------
StatCounter, Frequently Asked Questions, https://gs.statcounter.com/faq.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from digital_diplomacy import labels
from digital_diplomacy.sources.fetching.bodies import lines_of, number
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import series_of, slug
from digital_diplomacy.sources.fetching.tabling import frame, rounded
from digital_diplomacy.sources.remarks import Remark, listed

SERIES: Final = "social_media"
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_BAR: Final = re.compile(r"Market Share Perc\. \((?P<first>[A-Z][a-z]{2} \d{4})(?: - (?P<last>[A-Z][a-z]{2} \d{4}))?\)")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DECIMALS: Final = 2  # of the shares; zeros at their end are not written
_Share = tuple[str, str, str, str]  # period, platform, share as written, where it stands
_NAMED: Final = re.compile(r"social_media-([A-Za-z]{2})-")


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The shares of one country.

    Raises
    ------
    FetchError
        Naming file and place.
    """
    body = bodies[0]
    entity = _country(body, query)
    header, lines = lines_of(body)
    found = _months(header, lines, body) if header[0] == "Date" else _bar(header, lines, body)
    if len(set(header)) < len(header):
        raise FetchError("columns", file=body.name, wanted="Date, Facebook, ...", found=", ".join(header[:12]))
    codes = _platforms()
    names = list(dict.fromkeys(name for _, name, _, _ in found))
    strange = [name for name in names if name.casefold() not in codes]
    rows = [_row(entity, period, codes.get(name.casefold(), slug(name)), text, body, place)
            for period, name, text, place in found]  # fmt: skip
    remarks = [Remark("fetch_platforms", {"file": body.name, "names": listed(strange)})] if strange else []
    zeros = sum(one["value"] == 0 for one in rows)
    remarks += [Remark("fetch_zeros", {"file": body.name, "count": str(zeros)})] if zeros else []
    title = f"Social media, share of page views referred, {entity}"
    return Published(SERIES, title, "", frame(rows, body), "%", tuple(remarks))


def _country(body: Received, query: Query) -> str:
    """The country, which the file does not hold: as asked for, or of the name that the publisher gave the file."""
    from digital_diplomacy.sources.countries import alpha_2

    named = _NAMED.search(body.name)
    by_name = alpha_2(named[1]) if named else ""
    if len(query.countries) > 1 or (by_name and query.countries and query.countries[0] != by_name):
        raise FetchError("country_name", file=body.name, found=by_name or "—", wanted=", ".join(query.countries))
    if not (query.countries or by_name):
        raise FetchError("no_country", file=body.name)
    return query.countries[0] if query.countries else by_name


def _months(header: Sequence[str], lines: Sequence[tuple[int, list[str]]], body: Received) -> list[_Share]:
    found: list[_Share] = []
    for line, cells in lines:
        if not _MONTH.fullmatch(cells[0]):
            raise FetchError("period", file=body.name, place=str(line), text=cells[0][:40])
        pairs = zip(header[1:], cells[1:], strict=True)
        found += [(cells[0], name, text, f"{cells[0]}, {name}") for name, text in pairs]
    return found


def _bar(header: Sequence[str], lines: Sequence[tuple[int, list[str]]], body: Received) -> list[_Share]:
    """The file of a single period, whose months its header names."""
    said = _BAR.fullmatch(header[1]) if len(header) == 2 and header[0] == "Social Media" else None
    if said is None:
        wanted = "Date, Facebook, ... / Social Media, Market Share Perc. (Jan 2020 - Dec 2020)"
        raise FetchError("columns", file=body.name, wanted=wanted, found=", ".join(header[:8]))
    first, last = _month(said["first"], body), _month(said["last"] or said["first"], body)
    whole = first.endswith("-01") and last.endswith("-12") and first[:4] == last[:4]
    period = first[:4] if whole else first if first == last else f"{first}/{last}"
    return [(period, cells[0], cells[1], cells[0]) for _, cells in lines]


def _month(text: str, body: Received) -> str:
    name, year = text.split()
    if name not in _MONTHS:
        raise FetchError("period", file=body.name, place="1", text=text)
    return f"{year}-{_MONTHS.index(name) + 1:02}"


def _row(entity: str, period: str, platform: str, text: str, body: Received, place: str) -> dict[str, Any]:
    value, series = number(text, place, body), series_of("statcounter", SERIES)
    whole, _, decimals = text.partition(".")
    low, high = rounded(f"{whole}.{decimals.ljust(_DECIMALS, '0')}")
    return {
        "entity": entity, "period": period, "measure": series.measure, "platform": platform, "as_printed": text,
        "value": value, "low": low, "high": min(high, 100.0), "unit": series.unit, "base": series.base,
        "bound": "exact", "place": place,
    }  # fmt: skip


def _platforms() -> dict[str, str]:
    """Codes of platforms by their names in any language of the project, and by the codes themselves."""
    known = {
        labels.text(code, lang).casefold(): code.partition(".")[2]
        for code in labels.codes("platform.")
        for lang in labels.LANGUAGES
    }
    return known | {code.partition(".")[2]: code.partition(".")[2] for code in labels.codes("platform.")}
