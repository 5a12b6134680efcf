"""Figures of a publisher as rows: countries told from groups of them, no figure twice, none that cannot be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from digital_diplomacy.sources.countries import alpha_2
from digital_diplomacy.sources.fetching.bodies import number
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import COLUMNS, Query
from digital_diplomacy.sources.fetching.publishers import Series
from digital_diplomacy.sources.remarks import Remark, listed

_HUNDRED: Final = 100
_KEY: Final = ["entity", "period", "measure", "platform"]
_PERIOD: Final = re.compile(r"(\d{4})(?:Q([1-4])|M(\d{2}))?")
_IN_NAME: Final = re.compile(r"\(([^()]*)\)\s*$")


def country_code(code: str, short: str = "") -> str:
    """The ISO 3166 alpha-3 code, if it is that of a country; otherwise nothing: publishers give groups codes too.

    Parameters
    ----------
    code : str
        Of three letters; ``XKX`` for Kosovo, which ISO 3166 has no code for.
    short : str
        The alpha-2 code, where the other is blank.

    Examples
    --------
    >>> country_code("KAZ"), country_code("EMU"), country_code("", "KZ"), country_code("", "XX")
    ('KAZ', '', 'KAZ', '')
    """
    import pycountry

    if not code:
        return alpha_2(short) if short else ""
    return code if code == "XKX" or pycountry.countries.get(alpha_3=code) else ""


def period_code(text: str) -> str:
    """A year, quarter or month of a publisher in ISO 8601; nothing if it is none.

    Examples
    --------
    >>> period_code("2020"), period_code("2020Q2"), period_code("2020M01"), period_code("YR2020")
    ('2020', '2020-04/2020-06', '2020-01', '')
    """
    found = _PERIOD.fullmatch(text)
    if not found or (found[3] and not 1 <= int(found[3]) <= 12):
        return ""
    if found[2]:
        first = 3 * int(found[2]) - 2
        return f"{found[1]}-{first:02}/{found[1]}-{first + 2:02}"
    return f"{found[1]}-{found[3]}" if found[3] else found[1]


def unit_in(name: str) -> str:
    """The unit that the name of an indicator ends with, in brackets; nothing if there is none.

    Examples
    --------
    >>> unit_in("Individuals using the Internet (% of population)"), unit_in("Population, total")
    ('% of population', '')
    """
    found = _IN_NAME.search(name)
    return found[1] if found else ""


def check_unit(series: Series, said: str, body: Received) -> None:
    """Refuse a series of the project whose unit is not the one that the table has."""
    if series.said and said and series.said not in said:
        raise FetchError("unit", file=body.name, series=series.indicator, found=said, wanted=series.said)


def row(series: Series, entity: str, period: str, text: str, body: Received, place: str) -> dict[str, Any]:
    """A figure that states no precision of its own: digits of machines are no sign of any."""
    return {
        "entity": entity, "period": period, "measure": series.measure, "platform": "", "as_printed": text,
        "value": number(text, place, body), "low": None, "high": None, "unit": series.unit, "base": series.base,
        "bound": "exact", "place": place,
    }  # fmt: skip


def rounded(text: str) -> tuple[float, float]:
    """The ends of what a figure of not less than nothing may have been before it was rounded to its digits.

    Examples
    --------
    >>> rounded("80.31"), rounded("0")
    ((80.305, 80.315), (0.0, 0.5))
    """
    value = Decimal(text)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return float(max(value - half, Decimal(0))), float(value + half)


def frame(rows: Sequence[Mapping[str, Any]], body: Received) -> pd.DataFrame:
    """Rows as a table in the order of their key.

    Raises
    ------
    FetchError
        ``nothing`` if there are none, ``doubled`` or ``outside`` naming the figure.
    """
    if not rows:
        raise FetchError("nothing", file=body.name)
    first: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for one in rows:
        key = tuple(one[name] for name in _KEY)
        other = first.setdefault(key, one)
        if other is not one:
            raise FetchError(
                "doubled", file=body.name, place=one["place"], other=other["place"], what="/".join(key[:2])
            )
        if one["unit"] == "percent" and not 0 <= one["value"] <= _HUNDRED:
            raise FetchError("outside", file=body.name, place=one["place"], value=one["as_printed"])
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(_KEY, kind="stable", ignore_index=True)


def chosen(figures: pd.DataFrame, query: Query, body: Received) -> tuple[pd.DataFrame, list[Remark]]:
    """The figures of the countries and years asked for, and which countries have none."""
    key, when = ("iso3", "edition") if "iso3" in figures else ("entity", "period")
    kept = figures[figures[key].isin(query.countries)] if query.countries else figures
    if query.period:
        first, last = (query.period.split("/") * 2)[:2]
        at = kept[when].astype(str)
        kept = kept[(at.str[: len(first)] >= first) & (at.str[: len(last)] <= last)]
    if kept.empty:
        raise FetchError("nothing", file=body.name)
    absent = [code for code in query.countries if code not in set(kept[key])]
    remarks = [Remark("fetch_without", {"file": body.name, "countries": listed(absent)})] if absent else []
    return kept.reset_index(drop=True), remarks


def left_out(names: Iterable[str], body: Received) -> list[Remark]:
    """What is said of groups of countries and other entities without a country's code."""
    kept = listed(names)
    return [Remark("fetch_groups", {"file": body.name, "names": kept})] if kept else []


def absent(count: int, body: Received) -> list[Remark]:
    """What is said of cells without a figure."""
    return [Remark("fetch_absent", {"file": body.name, "count": str(count)})] if count else []
