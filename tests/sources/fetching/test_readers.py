"""Each publisher's files give the right rows, or a named error: layouts as public fixtures have them."""

import io
import json
import zipfile
from typing import Any

import pytest

from digital_diplomacy import labels
from digital_diplomacy.sources.fetching import FetchError, Limits, Published, Query, Received, publisher_of, read

HEAD = {"page": 1, "pages": 1, "per_page": 20000, "total": 3, "sourceid": "2", "lastupdated": "2026-07-13"}
NAME = "Individuals using the Internet (% of population)"
HTML = b"<!-- saved -->\n<!DOCTYPE html><html><body>Service unavailable</body></html>"
XML = b'<?xml version="1.0"?><wb:error xmlns:wb="x"><wb:message id="105"/></wb:error>'
WEB = "https://example.org/data"


def body(content: bytes | str, name: str = "file.csv", *, address: str = "", whole: bool = True) -> Received:
    raw = content.encode() if isinstance(content, str) else content
    return Received(address or name, raw, address, "2026-11-29T09:00:00Z", whole)


def had(publisher: str, *bodies: Received, **asked: Any) -> Published:
    return read(publisher_of(publisher), bodies, Query(**asked), limits=Limits(size=100_000))


def said(published: Published) -> dict[str, str]:
    return {one.code: "; ".join(one.named.values()) for one in published.remarks}


def rows(published: Published) -> list[tuple[Any, ...]]:
    return [tuple(one) for one in published.figures[["entity", "period", "measure", "as_printed"]].to_numpy()]


def bank(
    value: Any, date: str = "2023", iso3: str = "KAZ", iso2: str = "KZ", name: str = "Kazakhstan", told: str = NAME
) -> Any:
    indicator = {"id": "IT.NET.USER.ZS", "value": told}
    country = {"id": iso2, "value": name}
    row = {"indicator": indicator, "country": country, "countryiso3code": iso3, "date": date, "value": value}
    return row | {"unit": "", "obs_status": "", "decimal": 0}


def answer(found: list[Any], **head: Any) -> str:
    return json.dumps([HEAD | {"total": len(found)} | head, found])


def test_the_world_bank_s_answer_is_read_without_groups_of_countries() -> None:
    found = [bank(92.8785), bank(None, "2024"), bank(90.1, iso3="EMU", iso2="XC", name="Euro area"),
             bank(5.0, iso3="", iso2="XX", name="Not classified")]  # fmt: skip
    published = had("worldbank", body(answer(found), address=WEB))
    assert rows(published) == [("KAZ", "2023", "internet_users_pct", "92.8785")]
    assert (published.edition, published.unit, published.title) == ("2026-07-13", "% of population", NAME)
    assert said(published)["fetch_groups"].endswith("Euro area, Not classified")
    assert said(published)["fetch_absent"].endswith("1")


def test_all_pages_are_put_together_in_any_order() -> None:
    pages = [
        body(answer([bank(90.0 + number, str(2020 + number))], page=number, pages=2, total=2)) for number in (1, 2)
    ]
    for order in (pages, pages[::-1]):
        assert [period for _, period, _, _ in rows(had("worldbank", *order))] == ["2021", "2022"]


def test_digits_stay_as_they_are_written() -> None:
    text = answer([bank(1)]).replace('"value": 1,', '"value": 92.8700,').replace(NAME, "Population, total")
    text = text.replace("IT.NET.USER.ZS", "SP.POP.TOTL")
    published = had("worldbank", body(text))
    assert rows(published) == [("KAZ", "2023", "sp_pop_totl", "92.8700")]
    assert published.unit == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            '[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]',
            "publisher",
        ),
        ('[{"message":{"id":"120","key":"Invalid value","value":"x"}}]', "publisher"),
        ('{"message":"Service down"}', "publisher"),
        ('[{"page":1,"pages":0,"per_page":1,"total":0}]', "nothing"),
        (answer([bank(None)]), "nothing"),
        (answer([bank(90.0)])[:-40], "json"),
        (answer([bank(90.0)]).replace("90.0", "NaN"), "json"),
        ("[" * 200_000, "json"),
        (answer([bank(90.0)], pages=2), "pages"),
        (answer([bank(90.0)], total=7), "pages"),
        (answer([bank(90.0)], total="many"), "shape"),
        (answer([bank(90.0)], total="9" * 5000), "shape"),
        (answer([bank(90.0), bank(91.0)]), "doubled"),
        (answer([bank(101.0)]), "outside"),
        (answer([bank("90,5")]), "number"),
        (answer([bank(True)]), "number"),
        (answer([bank(90.0, "2023Q5")]), "period"),
        (answer([bank(90.0, told="Individuals using the Internet (per 100 people)")]), "unit"),
        (answer([{"date": "2023"}]), "shape"),
        (json.dumps([HEAD, {"rows": []}]), "shape"),
        ("[1, 2, 3]", "shape"),
        ("", "empty"),
        (HTML, "columns"),
        (XML, "xml"),
        (b"\xff\xfe[\x00", "encoding"),
    ],
)
def test_what_is_no_answer_of_the_world_bank_is_refused_by_name(content: bytes | str, code: str) -> None:
    code = "page" if content == HTML else code
    refused("worldbank", code, body(content, address=WEB))


def refused(publisher: str, code: str, *bodies: Received, **asked: Any) -> FetchError:
    with pytest.raises(FetchError) as found:
        had(publisher, *bodies, **asked)
    assert found.value.code == code
    assert len({found.value.told(lang) for lang in labels.LANGUAGES}) == len(labels.LANGUAGES)
    return found.value


def test_pages_of_two_editions_are_not_put_together() -> None:
    pages = [body(answer([bank(90.0, str(2020 + number))], page=number, pages=2, total=2, lastupdated=f"2026-07-1{number}"))
             for number in (1, 2)]  # fmt: skip
    refused("worldbank", "changed", *pages)


def test_a_file_shortened_by_hand_is_read_and_said_to_be_short() -> None:
    assert said(had("worldbank", body(answer([bank(90.0)], total=7))))["fetch_short"].endswith("1; 7")


BULK = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2021","2020",\n'
    f'"Kazakhstan","KAZ","{NAME}","IT.NET.USER.ZS","90.9","",\n'
    f'"Arab World","ARB","{NAME}","IT.NET.USER.ZS","70","60",\n'
)
DATABANK = (
    "Country Name,Country Code,Series Name,Series Code,2020 [YR2020],2021 [YR2021]\n"
    f"Kazakhstan,KAZ,{NAME},IT.NET.USER.ZS,..,90.9\n\nData from database: World Development Indicators\n"
    "Last Updated: 07/13/2026\n"
)


def zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(
                zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED
            )  # without the time: names of tests hold it
    return stream.getvalue()


def test_archives_and_exports_of_the_world_bank_give_the_same_rows() -> None:
    packed = zipped(**{"API_X_DS2.csv": BULK, "Metadata_Country_X.csv": '"Country Code","Region",\n'})
    for content in (BULK, DATABANK, packed):
        published = had("worldbank", body(content))
        assert rows(published) == [("KAZ", "2021", "internet_users_pct", "90.9")]
        assert published.edition == ("" if content == DATABANK else "2026-04-08")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BULK.replace('"70","60",', '"70'), "csv"),
        (BULK.replace('"70","60",', '"70"'), "width"),
        (BULK.replace("Country Code", "Code"), "columns"),
        (BULK.replace('ARB","' + NAME + '","IT.NET.USER.ZS', 'ARB","Other","SP.POP.TOTL'), "series"),
        (zipped(**{"API_X.csv": "0" * 3_000_000}), "size"),
        (zipped(**{"Metadata_X.csv": "a"}), "member"),
        (zipped(**{"API_X.csv": BULK})[:-30], "zip"),
        (zipped(**{"API_X.csv": BULK}).replace(b"API_X", b"API_Y", 1), "zip"),
    ],
)
def test_a_damaged_archive_is_refused_by_name(content: bytes | str, code: str) -> None:
    refused("worldbank", code, body(content))


def test_itu_s_two_forms_give_the_same_rows() -> None:
    row = {"codeID": 11624, "shortName": "Aruba", "dataID": 1, "dataYear": 2000, "code": "i99H", "isoCode": "ABW"}
    found = [row | {"answer": [{"value": "15.4428229480349", "id": 1}]},
             row | {"isoCode": "", "shortName": "Europe", "answer": [{"value": "40", "id": 2}]},
             row | {"dataYear": 2001, "answer": []}]  # fmt: skip
    table = (
        "Value,SeriesID,SeriesCode,Series,Unit,Database,Year,AreaName,AreaCode,DisaggregationGroup,Disaggregation1,"
        "Disaggregation2,Notes,Source,LastModifiedOn\n"
        "15.4428229480349,11624,i99H,Individuals,%,WTI,2000,Aruba,ABW,,,,,,2026-05-01T10:00:00\n"
        "17,11624,i99H,Individuals,%,WTI,2000,Aruba,ABW,Sex,Female,,,,2026-05-01T10:00:00\n"
    )
    answered, filed = had("itu", body(json.dumps(found))), had("itu", body(table))
    assert rows(answered) == rows(filed) == [("ABW", "2000", "internet_users_pct", "15.4428229480349")]
    assert (answered.edition, filed.edition) == ("", "2026-05-01")
    assert said(answered)["fetch_groups"].endswith("Europe")


@pytest.mark.parametrize(
    ("content", "code"),
    [("[]", "nothing"), ("{}", "shape"), ('[{"codeID": 1}]', "shape"), (HTML, "page"), (XML, "xml"),
     ("SeriesID,Year\n1,2000\n", "columns")],
)  # fmt: skip
def test_what_is_no_file_of_itu_is_refused_by_name(content: bytes | str, code: str) -> None:
    refused("itu", code, body(content))


META = json.dumps({"chart": {}, "columns": {"it_net_user_zs": {
    "titleShort": "Share", "unit": "% of population", "lastUpdated": "2026-02-27", "citationLong": "ITU (2026)"}}})  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "Entity,Code,Year,it_net_user_zs,World region according to OWID\nKazakhstan,KAZ,2023,92.9,Asia\nAsia,,2023,70,\n",
        "World region according to OWID,Year,it_net_user_zs,Code,Entity\nAsia,2023,92.9,KAZ,Kazakhstan\n"
        ",2023,70,OWID_ASI,Asia\n",
    ],
)
def test_our_world_in_data_is_read_whatever_the_order_of_columns(table: str) -> None:
    published = had("owid", body(table), body(META))
    assert rows(published) == [("KAZ", "2023", "internet_users_pct", "92.9")]
    assert (published.edition, published.unit, published.citation) == ("2026-02-27", "% of population", "ITU (2026)")
    assert said(published) == {
        "columns_left": "file.csv; World region according to OWID", "fetch_groups": "file.csv; Asia",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["Entity,Code,Day,x\nKazakhstan,KAZ,2023-01-01,9\n"], "columns"),
        (["Entity,Code,Year,a,b\nKazakhstan,KAZ,2023,9,8\n"], "series"),
        (["Entity,Code,Year,it_net_user_zs\n"], "nothing"),
        ([META], "files"),
        ([META, META], "files"),
        (
            ["Entity,Code,Year,it_net_user_zs\nKazakhstan,KAZ,2023,9\n", META.replace("% of population", "people")],
            "unit",
        ),
        (["Entity,Code,Year,it_net_user_zs\nKazakhstan,KAZ,2023,9\n", '{"columns": 3}'], "shape"),
        ([HTML], "page"),
    ],
)
def test_what_is_no_chart_of_our_world_in_data_is_refused_by_name(files: list[bytes | str], code: str) -> None:
    refused("owid", code, *map(body, files))


LINES = '"Date","Facebook","VKontakte","Other"\n2020-01,40.5,0,0.27\n2020-02,41,12.25,0.1\n'
TURNED = '"Date","Other","VKontakte","Facebook"\n2020-02,0.1,12.25,41\n2020-01,0.27,0,40.5\n'


def test_statcounter_s_columns_may_change_their_order() -> None:
    first, second = (had("statcounter", body(text), countries=("KAZ",)).figures for text in (LINES, TURNED))
    assert first.drop(columns="place").equals(second.drop(columns="place"))
    told = {(one.period, one.platform): (one.value, one.low, one.high) for one in first.itertuples()}
    # Two decimals: 40.5 is 40.50, between 40.495 and 40.505; 0 is less than 0.005.
    assert told["2020-01", "facebook"] == (40.5, 40.495, 40.505)
    assert told["2020-01", "vkontakte"] == (0.0, 0.0, 0.005)
    assert set(first["unit"] + first["base"]) == {"percentpage_views"}


def test_statcounter_s_file_of_one_period_names_it_in_its_header() -> None:
    for head, period in (
        ("Jan 2020 - Dec 2020", "2020"),
        ("Mar 2021", "2021-03"),
        ("Jan 2010 - Dec 2019", "2010-01/2019-12"),
    ):
        text = f'"Social Media","Market Share Perc. ({head})"\n"Facebook",13.54\n'
        published = had("statcounter", body(text, "social_media-KZ-monthly-202001-202012-bar.csv"))
        assert rows(published) == [("KAZ", period, "referral_share", "13.54")]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (LINES, "a.csv", "no_country"),
        (LINES, "social_media-UZ-monthly.csv", "country_name"),
        (LINES.replace("2020-02", "2020-13"), "social_media-KZ-a.csv", "period"),
        (LINES.replace("12.25", "12,25"), "social_media-KZ-a.csv", "width"),
        (LINES.replace("12.25", "112.25"), "social_media-KZ-a.csv", "outside"),
        (LINES.replace("VKontakte", "Facebook"), "social_media-KZ-a.csv", "columns"),
        (LINES.replace("2020-02", "2020-01"), "social_media-KZ-a.csv", "doubled"),
        ("Browser,Share\nChrome,60\n", "social_media-KZ-a.csv", "columns"),
        (HTML, "social_media-KZ-a.csv", "page"),
    ],
)
def test_what_is_no_file_of_statcounter_is_refused_by_name(content: bytes | str, name: str, code: str) -> None:
    asked = {"countries": ("KAZ",)} if code == "country_name" else {}
    refused("statcounter", code, body(content, name), **asked)


UN = (
    "Survey Year,Country Name,E-Government Rank,E-Government Index,E-Participation Index,Online Service Index,"
    "Human Capital Index,Telecommunication Infrastructure Index\n"
)


def test_the_knowledgebase_is_read_by_the_names_of_its_columns() -> None:
    header = UN.strip().split(",")
    cells = ["2022", '"Kazakhstan "', "28", "0.86280", "0.75000", "0.93440", "0.90210", ""]
    for order in (range(8), reversed(range(8))):
        places = list(order)
        text = ",".join(header[at] for at in places) + "\n" + ",".join(cells[at] for at in places) + "\n"
        [found] = had("egovkb", body(text)).figures.astype(object).to_dict("records")
        assert found.pop("tii") != found  # a blank cell is missing
        assert found == {
            "edition": 2022,
            "iso3": "KAZ",
            "rank": 28,
            "egdi": 0.8628,
            "epi": 0.75,
            "osi": 0.9344,
            "hci": 0.9021,
        }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (UN, "nothing"),
        (UN + "2022,Atlantis,1,0.5,0.5,0.5,0.5,0.5\n", "nothing"),
        (UN + "2022,Kazakhstan,28,1.5,0.5,0.5,0.5,0.5\n", "outside"),
        (UN + "2022,Kazakhstan,28,0.5,0.5,0.5,0.5\n", "width"),
        (UN + "2022,Kazakhstan,first,0.5,0.5,0.5,0.5,0.5\n", "number"),
        (UN + "22,Kazakhstan,28,0.5,0.5,0.5,0.5,0.5\n", "period"),
        (UN + f"2022,Kazakhstan,{'9' * 5000},0.5,0.5,0.5,0.5,0.5\n", "number"),
        (UN + "2022,Kazakhstan,28,0.5,0.5,0.5,0.5,0.5\n" * 2, "doubled"),
        (UN.replace("Online Service Index", "OSI"), "columns"),
    ],
)
def test_what_is_no_file_of_the_knowledgebase_is_refused_by_name(content: str, code: str) -> None:
    refused("egovkb", code, body(content))


REPORT = """<!DOCTYPE html><html><head><title>Digital 2024: Ethiopia</title><script>There were 9 million internet users in
Ethiopia in January 2024.</script></head><body><h2>Internet use</h2><p>There were <b>24.83 million</b> internet users in
Ethiopia in January 2024.</p><p>Ethiopia’s internet penetration rate stood at 19.4 percent of the total population at the
start of 2024. Internet users grew by 513 thousand. There were 5.35 billion internet users in the world in January 2024.</p><ul><li>Ethiopia was home to 7.05 million social media users in
January 2024, equating to 5.5 percent of the total population.</li></ul></body></html>"""


def test_the_headlines_of_datareportal_are_read_from_their_sentences() -> None:
    published = had("datareportal", body(REPORT))
    assert published.edition == "2024"
    told = {
        one.measure: (one.entity, one.period, one.as_printed, one.low, one.high)
        for one in published.figures.itertuples()
    }
    # Half a unit of the last printed digit: 0.005 million, 0.05 percent.
    assert told == {
        "internet_users": ("ETH", "2024-01", "24.83 million", 24_825_000.0, 24_835_000.0),
        "internet_users_pct": ("ETH", "2024-01", "19.4%", 19.35, 19.45),
        "social_media_users": ("ETH", "2024-01", "7.05 million", 7_045_000.0, 7_055_000.0),
        "social_media_users_pct": ("ETH", "2024-01", "5.5%", 5.45, 5.55),
    }
    assert said(published)["fetch_unread"].endswith("2")  # of growth, and of the world


TABLE = """<html><body><table><tr><td>menu</td></tr></table><table><tr><th>Площадка</th><th>Авторы</th><th>Сообщения</th></tr>
<tr><td>Instagram</td><td>1,05 млн</td><td>4,1 млн</td></tr><tr><td>Telegram</td><td>503 тыс</td><td>17 млн</td></tr>
</table></body></html>"""


def test_the_table_of_brand_analytics_is_read_from_its_page() -> None:
    asked = {"countries": ("KAZ",), "period": "2023-09"}
    for content in (TABLE.encode(), TABLE.replace("<html>", '<html><meta charset="windows-1251">').encode("cp1251")):
        found = had("brand_analytics", body(content, "page.html"), **asked).figures
        told = {(one.platform, one.measure): (one.period, one.value) for one in found.itertuples()}
        assert told == {
            ("instagram", "authors_month"): ("2023-09", 1_050_000.0), ("telegram", "authors_month"): ("2023-09", 503_000.0),
            ("instagram", "messages_month"): ("2023-09", 4_100_000.0), ("telegram", "messages_month"): ("2023-09", 17_000_000.0),
        }  # fmt: skip


@pytest.mark.parametrize(
    ("publisher", "content", "code"),
    [
        ("datareportal", "a,b\n1,2\n", "no_page"),
        ("datareportal", "", "empty"),
        ("datareportal", "<html><body><p>We were unable to load this page.</p></body></html>", "nothing"),
        ("datareportal", REPORT.replace("Ethiopia", "Atlantis"), "nothing"),
        ("datareportal", REPORT.replace("19.4", "119.4"), "number"),
        ("datareportal", REPORT.replace("</ul>", "</ul><p>There were 25 million internet users in Ethiopia in January 2024."), "doubled"),
        ("brand_analytics", TABLE, "open"),
        ("brand_analytics", "<html><body>no table</body></html>", "tables"),
        ("brand_analytics", TABLE.replace("Авторы", "Цена").replace("Сообщения", "Цвет"), "tables"),
        ("brand_analytics", '{"a": 1}', "no_page"),
    ],
)  # fmt: skip
def test_a_page_without_the_figures_is_refused_by_name(publisher: str, content: str, code: str) -> None:
    refused(publisher, code, body(content, "page.html"))


@pytest.mark.parametrize("publisher", ["owid", "statcounter", "egovkb", "worldbank"])
def test_a_download_of_unknown_length_must_end_with_a_line(publisher: str) -> None:
    text = {
        "owid": "Entity,Code,Year,x\nKazakhstan,KAZ,2023,9",
        "statcounter": LINES[:-3],
        "egovkb": UN[:-9],
        "worldbank": BULK[:-4],
    }
    refused(publisher, "cut", body(text[publisher], whole=False), countries=("KAZ",))


def test_countries_and_years_are_chosen_and_absent_ones_named() -> None:
    found = [
        bank(80.0 + n, str(2018 + n), iso3, iso2, iso3)
        for n in range(4)
        for iso3, iso2 in (("KAZ", "KZ"), ("UZB", "UZ"))
    ]
    published = had("worldbank", body(answer(found)), countries=("UZB", "KGZ"), period="2019/2020")
    assert [(entity, period) for entity, period, _, _ in rows(published)] == [("UZB", "2019"), ("UZB", "2020")]
    assert said(published)["fetch_without"].endswith("KGZ")
    refused("worldbank", "nothing", body(answer(found)), countries=("KGZ",))
