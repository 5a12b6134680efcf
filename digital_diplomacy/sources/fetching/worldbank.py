"""The World Bank: its API (version 2), its archives of a series, and what its DataBank exports.

References
----------
World Bank, Data Help Desk: API Basic Call Structures,
https://datahelpdesk.worldbank.org/knowledgebase/articles/898581-api-basic-call-structures.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from digital_diplomacy.sources.fetching.bodies import is_zip, json_of, lines_of, members
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import Series, series_of
from digital_diplomacy.sources.fetching.tabling import (
    absent,
    check_unit,
    country_code,
    frame,
    left_out,
    period_code,
    row,
    unit_in,
)
from digital_diplomacy.sources.identifiers import normal_form
from digital_diplomacy.sources.remarks import Remark

_MEMBER: Final = re.compile(r"(?:.*/)?API_.*\.csv", re.IGNORECASE)
_CODES: Final = (("Indicator Code", "Indicator Name"), ("Series Code", "Series Name"))
MOST_PAGES: Final = 200  # of one answer
_LONGEST: Final = 10  # digits of a count
_MISSING: Final = ("", "..")
_YEAR: Final = re.compile(r"(\d{4})(?: \[YR\1\])?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def further(body: Received) -> list[str]:
    """Addresses of the pages behind the first one of an answer."""
    if is_zip(body) or not body.content.lstrip().startswith(b"["):
        return []
    meta, _ = _page(body)
    pages = _count(meta, "pages", body)
    if pages > MOST_PAGES:
        raise FetchError("many", file=body.name, count=str(pages), limit=str(MOST_PAGES))
    return [f"{body.address}&page={number}" for number in range(2, pages + 1)]


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:
    """The figures of one series.

    Raises
    ------
    FetchError
        Naming file and place.
    """
    first = bodies[0]
    if is_zip(first):
        found = members(first, limits)
        data = [body for name, body in found.items() if _MEMBER.fullmatch(name)]
        if len(data) != 1:
            raise FetchError("member", file=first.name, wanted="API_*.csv", found=", ".join(list(found)[:8]))
        return _from_table(data[0], query)
    if first.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{")):
        return _from_pages(bodies, query)
    return _from_table(first, query)


def _page(body: Received) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """What an answer says of itself, and its rows."""
    found = json_of(body)
    parts = found if isinstance(found, list) else [found]
    if parts and isinstance(parts[0], dict) and "message" in parts[0]:
        said = parts[0]["message"]
        said = said[0] if isinstance(said, list) and said else said
        words = [str(said[key]) for key in ("id", "key", "value") if key in said] if isinstance(said, dict) else [said]
        raise FetchError("publisher", file=body.name, said=" ".join(map(str, words))[:300])
    if not isinstance(found, list) or not 1 <= len(parts) <= 2 or not isinstance(parts[0], dict):
        raise FetchError("shape", file=body.name, wanted="[{page, pages, total}, [{indicator, country, date, value}]]")
    rows = parts[1] if len(parts) > 1 else []
    if not isinstance(rows or [], list):
        raise FetchError("shape", file=body.name, wanted="[{page, pages, total}, [{indicator, country, date, value}]]")
    return parts[0], rows or []


def _count(meta: Mapping[str, Any], key: str, body: Received) -> int:
    text = str(meta.get(key, ""))
    if not (text.isascii() and text.isdigit() and len(text) < _LONGEST):
        raise FetchError("shape", file=body.name, wanted=key)
    return int(text)


def _from_pages(bodies: Sequence[Received], query: Query) -> Published:
    pages = [(body, *_page(body)) for body in bodies]
    first, meta, _ = pages[0]
    if not _count(meta, "total", first):
        raise FetchError("nothing", file=first.name)
    short = _check_whole(pages)
    found = [(body, one) for body, _, rows in pages for one in rows]
    try:
        published = _figures(found, str(meta.get("lastupdated", "")), query)
    except (KeyError, TypeError, AttributeError) as error:
        raise FetchError("shape", file=first.name, wanted="indicator, country, countryiso3code, date, value") from error
    return replace(published, remarks=(*short, *published.remarks))


def _check_whole(pages: Sequence[tuple[Received, Mapping[str, Any], list[Mapping[str, Any]]]]) -> list[Remark]:
    """Refuse pages of two editions and an answer of which a page is missing; what is said of missing rows.

    An answer from the publisher's address has as many rows as it says; a file may have been shortened by hand.
    """
    first, meta, _ = pages[0]
    told = {(str(one.get("lastupdated", "")), str(one.get("total"))) for _, one, _ in pages}
    if len(told) > 1:
        raise FetchError("changed", file=first.name)
    numbers = sorted(_count(one, "page", body) for body, one, _ in pages)
    rows = sum(len(rows) for _, _, rows in pages)
    wanted, total = _count(meta, "pages", first), _count(meta, "total", first)
    if numbers != list(range(1, wanted + 1)) or (first.address and rows != total):
        named = {"pages": ", ".join(map(str, numbers)), "wanted": str(wanted), "rows": str(rows), "total": str(total)}
        raise FetchError("pages", file=first.name, **named)
    short = {"file": first.name, "rows": str(rows), "total": str(total)}
    return [Remark("fetch_short", short)] if rows != total else []


def _figures(found: Sequence[tuple[Received, Mapping[str, Any]]], edition: str, query: Query) -> Published:
    body = found[0][0]
    code, name = _one_series({(one["indicator"]["id"], one["indicator"]["value"]) for _, one in found}, query, body)
    series, unit = series_of("worldbank", code), unit_in(name)
    check_unit(series, unit, body)
    rows, groups, gaps = [], [], 0
    for where, one in found:
        entity = country_code(one["countryiso3code"], one["country"]["id"])
        period = period_code(str(one["date"]))
        place = f"{one['country']['value']} {one['date']}"
        if not period:
            raise FetchError("period", file=where.name, place=place, text=str(one["date"])[:40])
        if not entity:
            groups.append(normal_form(str(one["country"]["value"])))
        elif one["value"] is None:
            gaps += 1
        else:
            rows.append(row(series, entity, period, str(one["value"]), where, place))
    remarks = [*left_out(groups, body), *absent(gaps, body)]
    return Published(code, name, edition, frame(rows, body), unit, tuple(remarks))


def _one_series(found: set[tuple[str, str]], query: Query, body: Received) -> tuple[str, str]:
    """Code and name of the series asked for, or of the only one there is."""
    wanted = [one for one in found if one[0] == query.indicator] if query.indicator else list(found)
    if len(wanted) != 1:
        raise FetchError("series", file=body.name, found=", ".join(sorted(code for code, _ in found)[:8]))
    return wanted[0]


def _from_table(body: Received, query: Query) -> Published:
    """A table with years as columns: of an archive, or a DataBank export."""
    header, lines, edition = _table(body)
    named = next((pair for pair in _CODES if set(pair) <= set(header)), None)
    if named is None or not {"Country Name", "Country Code"} <= set(header):
        wanted = "Country Name, Country Code, Indicator Name, Indicator Code, 1960, ..."
        raise FetchError("columns", file=body.name, wanted=wanted, found=", ".join(header[:8]))
    at = {name: header.index(name) for name in ("Country Name", "Country Code", *named)}
    years = {place: found[1] for place, text in enumerate(header) if (found := _YEAR.fullmatch(text))}
    kept = [(line, cells) for line, cells in lines if cells[at[named[0]]]]  # DataBank ends with notes
    codes = {(cells[at[named[0]]], cells[at[named[1]]]) for _, cells in kept}
    code, name = _one_series(codes, query, body)
    series, unit = series_of("worldbank", code), unit_in(name)
    check_unit(series, unit, body)
    return _from_lines([one for one in kept if one[1][at[named[0]]] == code], at, years, series, name, edition, body)


def _from_lines(
    lines: Sequence[tuple[int, list[str]]],
    at: Mapping[str, int],
    years: Mapping[int, str],
    series: Series,
    name: str,
    edition: str,
    body: Received,
) -> Published:
    rows, groups, gaps = [], [], 0
    for line, cells in lines:
        entity = country_code(cells[at["Country Code"]])
        if not entity:
            groups.append(cells[at["Country Name"]])
            continue
        for place, year in years.items():
            if cells[place] in _MISSING:
                gaps += 1
            else:
                where = f"{cells[at['Country Name']]} {year} ({line})"
                rows.append(row(series, entity, year, cells[place], body, where))
    remarks = (*left_out(groups, body), *absent(gaps, body))
    return Published(series.indicator, name, edition, frame(rows, body), unit_in(name), remarks)


def _table(body: Received) -> tuple[list[str], list[tuple[int, list[str]]], str]:
    """Header, rows, and the day the archive says it was last updated."""
    lines = [line.split(",") for line in body.content[:2000].decode("utf-8-sig", "ignore").splitlines()[:6]]
    told = {cells[0].strip('"'): cells[1].strip('"') for cells in lines if len(cells) > 1}
    edition = told.get("Last Updated Date", "")
    header, rows = lines_of(body, after="Country Name")
    return header, rows, edition if _DAY.fullmatch(edition) else ""
