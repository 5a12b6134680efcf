"""Addresses are those at which publishers answer, and everything they lead to is had."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from digital_diplomacy.sources.fetching import FetchError, Query, get, publisher_of, read
from digital_diplomacy.sources.fetching.addresses import address_of

from .conftest import QUICK, Publisher


@pytest.mark.parametrize(
    ("publisher", "query", "address"),
    [
        # World Bank, Data Help Desk, API Basic Call Structures: countries apart by semicolons, years by a colon.
        ("worldbank", Query("IT.NET.USER.ZS", ("KAZ", "UZB"), "2000/2024"),
         "https://api.worldbank.org/v2/country/KAZ;UZB/indicator/IT.NET.USER.ZS?format=json&per_page=20000&date=2000:2024"),
        ("worldbank", Query("SP.POP.TOTL"),
         "https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&per_page=20000"),
        ("worldbank", Query("SP.POP.TOTL", bulk=True),
         "https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?downloadformat=csv"),
        ("itu", Query("11624", ("KAZ",)), "https://api.datahub.itu.int/v2/data/bycode/11624/byiso/KAZ"),
        ("itu", Query("11624"), "https://api.datahub.itu.int/v2/data/bycode/11624"),
        ("owid", Query("share-of-individuals-using-the-internet"),
         "https://ourworldindata.org/grapher/share-of-individuals-using-the-internet.csv?v=1&csvType=full&useColumnShortNames=true"),
        ("worldbank", Query("A/../B?x=1", ("KAZ",)),
         "https://api.worldbank.org/v2/country/KAZ/indicator/A%2F..%2FB%3Fx%3D1?format=json&per_page=20000"),
    ],
)  # fmt: skip
def test_an_address_is_the_publisher_s(publisher: str, query: Query, address: str) -> None:
    assert address_of(publisher_of(publisher), query) == address


def test_statcounter_is_asked_as_its_own_page_asks() -> None:
    address = address_of(publisher_of("statcounter"), Query("", ("KAZ",), "2020-01/2020-12"))
    parts = urlsplit(address)
    assert (parts.netloc, parts.path) == ("gs.statcounter.com", "/chart.php")
    assert parse_qs(parts.query) == {
        "device_hidden": ["desktop+mobile+tablet+console"], "multi-device": ["true"],
        "statType_hidden": ["social_media"],
        "region_hidden": ["KZ"], "granularity": ["monthly"], "statType": ["Social Media"], "region": ["Kazakhstan"],
        "fromInt": ["202001"], "toInt": ["202012"], "fromMonthYear": ["2020-01"],
        "toMonthYear": ["2020-12"], "csv": ["1"],
    }  # fmt: skip
    assert address_of(publisher_of("statcounter"), Query("", ("KAZ",), "2020")) == address


@pytest.mark.parametrize(
    ("publisher", "query", "code"),
    [
        ("worldbank", Query(), "lacks"),
        ("worldbank", Query("X", ("EMU",)), "iso"),
        ("worldbank", Query("X", (), "2020/20"), "span"),
        ("worldbank", Query("X", (), "2020-13"), "span"),
        ("statcounter", Query("", ("KAZ",)), "lacks"),
        ("egovkb", Query(), "no_address"),
        ("itu", Query("11624", bulk=True), "no_address"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(publisher: str, query: Query, code: str) -> None:
    with pytest.raises(FetchError) as found:
        address_of(publisher_of(publisher), query)
    assert found.value.code == code


def test_the_description_beside_a_chart_is_had_too(publisher: Publisher, tmp_path: Path) -> None:
    address = publisher.says("/grapher/x.csv?v=1", b"Entity,Code,Year,it_net_user_zs\nKazakhstan,KAZ,2023,92.9\n")
    meta = {"columns": {"it_net_user_zs": {"unit": "% of population", "lastUpdated": "2026-02-27"}}}
    publisher.says("/grapher/x.metadata.json?v=1", json.dumps(meta).encode())
    bodies = get(publisher_of("owid"), Query("x"), tmp_path, address=address, limits=QUICK)
    assert read(publisher_of("owid"), bodies, Query("x")).edition == "2026-02-27"


@pytest.mark.parametrize("pages", [201, 10**8])
def test_an_answer_of_too_many_pages_is_not_fetched(publisher: Publisher, tmp_path: Path, pages: int) -> None:
    content = json.dumps([{"page": 1, "pages": pages, "total": 1}, [{}]]).encode()
    with pytest.raises(FetchError, match=f"the answer has {pages} pages"):
        get(publisher_of("worldbank"), Query("X"), tmp_path, address=publisher.says("/a", content), limits=QUICK)
    assert len(publisher.asked) == 1
