"""ITU DataHub: the answers of its address (version 2) and the CSV files it gives people.

The address is not documented by the publisher and closed to many since 2026: what it answered is read, and nothing
rests on its answering again.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.sources.fetching.bodies import json_of, rows_of
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.publishers import series_of
from digital_diplomacy.sources.fetching.tabling import absent, country_code, frame, left_out, period_code, row

_COLUMNS: Final = (
    "SeriesID", "SeriesCode", "Series", "Unit", "Database", "Year", "AreaName", "AreaCode", "DisaggregationGroup",
    "Disaggregation1", "Disaggregation2", "Value", "Notes", "Source", "LastModifiedOn",
)  # fmt: skip
_CODES: Final = {"11624": "i99H"}
"""The code of a series in its files, by the number of its address; both stand in every answer."""

_PERCENT: Final = "%"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The figures of one series for the whole population, not those of men, women or ages alone.

    Raises
    ------
    FetchError
        Naming file and place.
    """
    body = bodies[0]
    if body.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{")):
        return _from_answer(body, query)
    return _from_file(body, query)


def _from_answer(body: Received, query: Query) -> Published:
    found = json_of(body)
    if not isinstance(found, list):
        raise FetchError("shape", file=body.name, wanted="[{codeID, isoCode, dataYear, answer: [{value}]}]")
    if not found:
        raise FetchError("nothing", file=body.name)
    try:
        return _answered(found, body, query)
    except (KeyError, TypeError, AttributeError) as error:
        raise FetchError(
            "shape", file=body.name, wanted="codeID, code, isoCode, shortName, dataYear, answer"
        ) from error


def _answered(found: Sequence[Mapping[str, Any]], body: Received, query: Query) -> Published:
    codes = {str(one["codeID"]) for one in found}
    if len(codes) > 1 or (query.indicator and query.indicator not in codes):
        raise FetchError("series", file=body.name, found=", ".join(sorted(codes)[:8]))
    code = codes.pop()
    series, rows, groups, gaps = series_of("itu", code), [], [], 0
    for one in found:
        place = f"{one['shortName']} {one['dataYear']}"
        entity, period = country_code(str(one["isoCode"])), period_code(str(one["dataYear"]))
        if not period:
            raise FetchError("period", file=body.name, place=place, text=str(one["dataYear"])[:40])
        values = [answer["value"] for answer in one["answer"]]
        if not entity:
            groups.append(str(one["shortName"]))
        elif not values or values[0] in (None, ""):
            gaps += 1
        elif len(values) > 1:
            raise FetchError("several", file=body.name, place=place, count=str(len(values)))
        else:
            rows.append(row(series, entity, period, str(values[0]), body, place))
    remarks = (*left_out(groups, body), *absent(gaps, body))
    return Published(code, str(found[0]["code"]), "", frame(rows, body), "", remarks)


def _from_file(body: Received, query: Query) -> Published:
    _, found = rows_of(body, _COLUMNS)
    whole = [one for one in found if not one["Disaggregation1"] and not one["Disaggregation2"]]
    ids = {one["SeriesCode"]: one for one in whole}
    wanted = {query.indicator, _CODES.get(query.indicator, "")} if query.indicator else set(ids)
    codes = [code for code in ids if code in wanted or ids[code]["SeriesID"] in wanted]
    if not ids:
        raise FetchError("nothing", file=body.name)
    if len(codes) != 1:
        raise FetchError("series", file=body.name, found=", ".join(list(ids)[:8]))
    number = next((number for number, code in _CODES.items() if code == codes[0]), codes[0])
    series, rows, groups, gaps = series_of("itu", number), [], [], 0
    kept = [one for one in whole if one["SeriesCode"] == codes[0]]
    _check_percent(series.unit, kept, body)
    for one in kept:
        place = f"{one['AreaName']} {one['Year']}"
        entity, period = country_code(one["AreaCode"]), period_code(one["Year"])
        if not period:
            raise FetchError("period", file=body.name, place=place, text=one["Year"][:40])
        if not entity:
            groups.append(one["AreaName"])
        elif not one["Value"]:
            gaps += 1
        else:
            rows.append(row(series, entity, period, one["Value"], body, place))
    remarks = (*left_out(groups, body), *absent(gaps, body))
    days = [day[0] for one in kept if (day := _DAY.match(one["LastModifiedOn"]))]
    edition = max(days) if days else ""
    return Published(number, kept[0]["Series"], edition, frame(rows, body), kept[0]["Unit"], remarks)


def _check_percent(unit: str, rows: Sequence[Mapping[str, str]], body: Received) -> None:
    """Refuse a series of percent whose rows say another unit."""
    said = {one["Unit"] for one in rows}
    if len(said) > 1 or (
        unit == "percent" and said and not any(_PERCENT in one or "percent" in one.lower() for one in said)
    ):
        raise FetchError(
            "unit", file=body.name, series=rows[0]["SeriesCode"], found=", ".join(sorted(said)), wanted=_PERCENT
        )
