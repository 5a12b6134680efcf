"""Addresses of what is asked for, made as each publisher's own pages make them."""

import re
from typing import Final
from urllib.parse import quote

from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Query
from digital_diplomacy.sources.fetching.publishers import Publisher

_FIRST, _LAST = "01", "12"
_YEAR: Final = 4
_SPAN: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?(/\d{4}(-(0[1-9]|1[0-2]))?)?")


def address_of(publisher: Publisher, query: Query) -> str:
    """The address at which a publisher gives what is asked for.

    Raises
    ------
    FetchError
        ``no_address`` if figures of this publisher are read from files alone, ``lacks`` if something has to be given,
        ``iso`` if a country's code is none, ``span`` if the period is none.

    Examples
    --------
    >>> from digital_diplomacy.sources.fetching.publishers import publisher_of
    >>> address_of(publisher_of("worldbank"), Query("IT.NET.USER.ZS", ("KAZ", "UZB"))).partition("?")[0]
    'https://api.worldbank.org/v2/country/KAZ;UZB/indicator/IT.NET.USER.ZS'
    """
    if query.period and not _SPAN.fullmatch(query.period):
        raise FetchError("span", text=query.period)
    shape = publisher.bulk if query.bulk else publisher.address
    if not shape:
        raise FetchError("no_address", publisher=publisher.title, page=publisher.page, code=publisher.publisher)
    given = {"indicator": query.indicator, "country": query.countries, "period": query.period}
    lacking = [f"--{'countries' if name == 'country' else name}" for name in publisher.needs.split() if not given[name]]
    if lacking:
        raise FetchError("lacks", publisher=publisher.title, options=", ".join(lacking))
    return shape.format(**_fields(query))


def _fields(query: Query) -> dict[str, str]:
    first, last = (query.period.split("/") * 2)[:2]
    first = first if len(first) > _YEAR else f"{first}-{_FIRST}"
    last = last if len(last) > _YEAR else f"{last}-{_LAST}"
    alone = query.countries[0] if len(query.countries) == 1 else ""
    years = "" if not query.period else f"&date={first[:_YEAR]}:{last[:_YEAR]}"
    return {
        "indicator": quote(query.indicator, safe=""),
        "countries": "all" if query.bulk else ";".join(map(_checked, query.countries)) or "all",
        "byiso": f"/byiso/{_checked(alone)}" if alone else "",
        "iso2": _country(alone)[0], "country": quote(_country(alone)[1]),
        "date": years, "first": first, "last": last,
        "first_int": first.replace("-", ""), "last_int": last.replace("-", ""),
    }  # fmt: skip


def _checked(code: str) -> str:
    """An alpha-3 code of ISO 3166, or Kosovo's."""
    _country(code)
    return code


def _country(code: str) -> tuple[str, str]:
    """Alpha-2 code and English name."""
    import pycountry

    if code in ("", "XKX"):
        return ("XK", "Kosovo") if code else ("", "")
    found = pycountry.countries.get(alpha_3=code)
    if found is None:
        raise FetchError("iso", text=code)
    return str(found.alpha_2), str(getattr(found, "common_name", found.name))
