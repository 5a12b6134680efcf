"""Our World in Data: the CSV file behind a chart, with the description that lies beside it as JSON.

References
----------
Our World in Data, Chart API, https://docs.owid.io/projects/etl/api/chart-api/.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.sources.fetching.bodies import json_of, rows_of
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
)
from digital_diplomacy.sources.remarks import Remark, listed

_KEY: Final = ("Entity", "Code", "Year")
_DATA: Final = ".csv"
_BESIDE: Final = ".metadata.json"


def beside(address: str) -> str:
    """The address of the description of a chart's data.

    Examples
    --------
    >>> beside("https://ourworldindata.org/grapher/share.csv?v=1")
    'https://ourworldindata.org/grapher/share.metadata.json?v=1'
    """
    path, mark, query = address.partition("?")
    return f"{path.removesuffix(_DATA)}{_BESIDE}{mark}{query}"


def further(body: Received) -> list[str]:
    """The address of the description."""
    return [beside(body.address)]


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The figures of the chart's one column of numbers.

    Raises
    ------
    FetchError
        Naming file and place.
    """
    told = [body for body in bodies if body.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")]
    data = [body for body in bodies if body not in told]
    if len(data) != 1 or len(told) > 1:
        raise FetchError("files", file=bodies[0].name, wanted="grapher .csv, .metadata.json")
    body, meta = data[0], _described(told[0]) if told else {}
    header, rows = rows_of(body, _KEY)
    spare = [name for name in header if name not in _KEY]
    name = _column(spare, meta, query, body)
    said = meta.get(name, {})
    series, unit = series_of("owid", name), str(said.get("unit") or said.get("shortUnit") or "")
    check_unit(series, unit, body)
    figures, groups, gaps = _figures(rows, name, series, body)
    others = [other for other in spare if other != name]
    left = [Remark("columns_left", {"file": body.name, "columns": listed(others)})] if others else []
    title = str(said.get("titleShort") or said.get("titleLong") or name)
    edition = str(said.get("lastUpdated") or "")[:10]
    remarks = (*left, *left_out(groups, body), *absent(gaps, body))
    return Published(name, title, edition, frame(figures, body), unit, remarks, str(said.get("citationLong") or ""))


def _described(body: Received) -> Mapping[str, Mapping[str, Any]]:
    found = json_of(body)
    columns = found.get("columns") if isinstance(found, dict) else None
    if not isinstance(columns, dict) or not all(isinstance(one, dict) for one in columns.values()):
        raise FetchError("shape", file=body.name, wanted="{chart, columns: {name: {unit, lastUpdated}}}")
    return columns


def _column(spare: Sequence[str], meta: Mapping[str, Mapping[str, Any]], query: Query, body: Received) -> str:
    """The column of the figures: the one asked for, the one described, or the only one."""
    for names in ([query.indicator], [name for name in spare if name in meta], list(spare)):
        found = [name for name in names if name in spare]
        if len(found) == 1:
            return found[0]
    raise FetchError("series", file=body.name, found=", ".join(spare[:8]))


def _figures(
    rows: Sequence[Mapping[str, str]], name: str, series: Series, body: Received
) -> tuple[list[dict[str, Any]], list[str], int]:
    found, groups, gaps = [], [], 0
    for one in rows:
        place = f"{one['Entity']} {one['Year']}"
        entity, period = country_code(one["Code"]) if one["Code"] else "", period_code(one["Year"])
        if not period:
            raise FetchError("period", file=body.name, place=place, text=one["Year"][:40])
        if not entity:
            groups.append(one["Entity"])
        elif not one[name]:
            gaps += 1
        else:
            found.append(row(series, entity, period, one[name], body, place))
    return found, groups, gaps
