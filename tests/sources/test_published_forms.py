"""Tables as statistics offices and programmes hand them out: JSON, JSON-stat, Eurostat's TSV, Stata, Parquet."""

import json
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.sources import intake
from digital_diplomacy.sources.grids import read_grid, read_lines

KIND = intake.kind_of("internet_users")
FIGURES = {("KAZ", "2021"): 90.9, ("KAZ", "2022"): 92.3, ("UZB", "2022"): 83.9}


def figures(path, **answers):
    """What is read of a file, by country and period; all it asks or finds wrong is told by the assertion."""
    read = intake.read_foreign(path, KIND, intake.Answers(**answers))
    assert not read.questions
    assert not read.faults
    frame = read.frame
    return dict(zip(zip(frame["entity"], frame["period"], strict=True), frame["value"], strict=True))


RECORDS = [
    {"country": "Kazakhstan", "year": 2021, "value": 90.9},
    {"country": "Kazakhstan", "year": 2022, "value": 92.3},
    {"country": "Uzbekistan", "year": 2021, "value": None},
    {"country": "Uzbekistan", "year": 2022, "value": 83.9},
]
JSONS = {
    "records": RECORDS,
    "records under a name": {"source": "office", "data": RECORDS},
    "rows below a header": [list(RECORDS[0]), *(list(row.values()) for row in RECORDS)],
    "columns": {name: [row[name] for row in RECORDS] for name in RECORDS[0]},
    "the World Bank's service": [
        {"page": 1, "pages": 1, "total": 4},
        [
            {
                "indicator": {"id": "IT.NET.USER.ZS", "value": "Individuals using the Internet (% of population)"},
                "country": {"id": row["country"][:1] + "Z", "value": row["country"]},
                "countryiso3code": {"K": "KAZ", "U": "UZB"}[row["country"][0]],
                "date": str(row["year"]),
                "value": row["value"],
                "unit": "",
            }
            for row in RECORDS
        ],
    ],
    "JSON-stat": {
        "class": "dataset",
        "id": ["geo", "time"],
        "size": [2, 2],
        "dimension": {
            "geo": {"label": "Reporting", "category": {"index": {"UZ": 1, "KZ": 0}, "label": {"KZ": "Kazakhstan"}}},
            "time": {"label": "Time", "category": {"index": ["2021", "2022"]}},
        },
        "value": [90.9, 92.3, None, 83.9],
    },
    "JSON-stat with places, as it was before version 2": {
        "dataset": {
            "dimension": {
                "id": ["Страна", "Год"],
                "size": [2, 2],
                "Страна": {"category": {"index": ["0", "1"], "label": {"0": "Казахстан", "1": "Узбекистан"}}},
                "Год": {"category": {"index": ["7", "8"], "label": {"7": "2021", "8": "2022"}}},
            },
            "value": {"0": 90.9, "1": 92.3, "3": 83.9},
        }
    },
}


@pytest.mark.parametrize("kept", JSONS.values(), ids=JSONS)
def test_a_table_kept_as_json_is_read_figure_by_figure(kept, tmp_path):
    path = tmp_path / "users.json"
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    assert figures(path) == FIGURES


def test_numbers_of_json_keep_their_digits(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"unit": "A", "x": 63.50, "y": 12345678901234567890}, {"unit": "B", "x": 1e3, "z": true}]')
    grid = read_grid(path)
    assert grid.header == ("unit", "x", "y", "z")
    assert [cells for _, cells in grid.rows] == [["A", "63.50", "12345678901234567890", ""], ["B", "1e3", "", "true"]]


EUROSTAT = (
    "freq,indic_is,unit,ind_type,geo\\TIME_PERIOD\t2021 \t2022 \t2023 \n"
    "A,I_IUX,PC_IND,IND_TOTAL,EE\t91.0 \t91.5 b\t: \n"
    "A,I_IUX,PC_IND,IND_TOTAL,EL\t78.5 \t: c\t85.0 ep\n"
    "A,I_IUX,PC_IND,Y16_24,EE\t99.0 \t99.1 \t99.2 \n"
)


def test_a_table_of_eurostat_is_cut_at_its_commas_and_the_letters_of_status_are_told(tmp_path):
    path = tmp_path / "isoc.tsv"
    path.write_text(EUROSTAT, encoding="utf-8")
    found = {("EST", "2021"): 91.0, ("EST", "2022"): 91.5, ("GRC", "2021"): 78.5, ("GRC", "2023"): 85.0}
    assert figures(path) == found
    left = [remark.named["marks"] for remark in read_lines(path).remarks if remark.code == "status_left"]
    assert left == ["b (1), c (1), e (1), p (1)"]


def test_totals_of_sdmx_are_everybody(tmp_path):
    path = tmp_path / "sdmx.csv"
    rows = [("KAZ", 2022, "_T", 92.3), ("KAZ", 2022, "F", 91.0), ("UZB", 2022, "_T", 83.9)]
    table = pd.DataFrame(rows, columns=["REF_AREA", "TIME_PERIOD", "SEX", "OBS_VALUE"])
    table.to_csv(path, index=False)
    assert figures(path) == {("KAZ", "2022"): 92.3, ("UZB", "2022"): 83.9}


def frame():
    table = pd.DataFrame(RECORDS)
    return table.assign(value=table["value"].astype("float32"), day=pd.Timestamp("2024-05-01"))


def test_a_table_of_stata_has_its_numbers_as_precise_as_they_were_stored(tmp_path):
    frame().to_stata(tmp_path / "users.dta", write_index=False, convert_dates={"day": "td"})
    assert figures(tmp_path / "users.dta") == FIGURES
    first = read_lines(tmp_path / "users.dta").rows[1]
    assert first == ("row 1", ["Kazakhstan", "2021", "90.9", "2024-05-01"])


def test_a_table_of_parquet_too(tmp_path):
    pytest.importorskip("pyarrow")
    frame().to_parquet(tmp_path / "users.parquet")
    assert figures(tmp_path / "users.parquet") == FIGURES


def test_whole_numbers_beside_missing_ones_have_no_decimals(tmp_path):
    pd.DataFrame({"unit": ["A", "B"], "n": [5.0, np.nan]}).to_stata(tmp_path / "a.dta", write_index=False)
    assert [cells for _, cells in read_grid(tmp_path / "a.dta").rows] == [["A", "5"], ["B", ""]]


def test_letters_of_stata_that_could_only_be_guessed_are_refused(tmp_path):
    pd.DataFrame({"unit": ["Алматы"]}).to_stata(tmp_path / "a.dta", write_index=False, version=118)
    content = (tmp_path / "a.dta").read_bytes()
    (tmp_path / "a.dta").write_bytes(content.replace("Алматы".encode(), "Алматы".encode("cp1251") * 2))
    with pytest.raises(DigitalDiplomacyError, match="damaged"):
        read_grid(tmp_path / "a.dta")


REFUSED = {
    "a.json": (b'{"data": [1, 2', "not valid JSON"),
    "b.json": (b'{"title": "Users", "year": 2024}', "no table"),
    "c.json": (b"[1, 2, 3]", "no table"),
    "d.json": (b'{"dimension": {"geo": {}}, "id": ["geo"], "size": [2], "value": [1, 2]}', "parts missing"),
    "e.dta": (b"<stata_dta><header><release>118</release>", "damaged"),
    "f.dta": (b"\x72\x02\x01\x00" + b"\x07" * 300, "damaged"),
    "g.parquet": (b"PAR1" + b"\x00" * 40, "damaged"),
    "h.sav": (b"$FL2@(#) SPSS DATA FILE" + b"\x00" * 200, "SPSS"),
    "i.rda": (b"RDX3\nX\n" + b"\x00" * 200, "write.csv"),
    "j.feather": (b"ARROW1\x00\x00" + b"\x00" * 100, "Feather"),
    "k.bin": (b"\x01\x00\x00" * 100, "neither text nor"),
}


@pytest.mark.parametrize(("name", "content", "said"), [(name, *case) for name, case in REFUSED.items()], ids=REFUSED)
def test_what_is_no_such_table_is_refused_by_name(name, content, said, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DigitalDiplomacyError, match=said) as refused:
        read_lines(path)
    assert name in str(refused.value)


def test_a_cube_that_says_it_has_millions_of_cells_is_refused_before_it_is_made(tmp_path):
    path = tmp_path / "a.json"
    category = {"category": {"index": []}}
    cube = {"id": ["a", "b"], "size": [10**6, 10**6], "dimension": {"a": category, "b": category}, "value": {}}
    path.write_text(json.dumps(cube))
    with pytest.raises(DigitalDiplomacyError, match="more than 6000000 cells"):
        read_lines(path)


STARTS = [b"<stata_dta>", b"\x72\x02", b"PAR1", b"[{", b'{"value":', b"a\\TIME\t2020\n"]


@given(start=st.sampled_from(STARTS), rest=st.binary())
def test_any_bytes_behind_a_known_start_are_read_or_refused(start, rest, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "any.dat"
    path.write_bytes(start + rest)
    with suppress(DigitalDiplomacyError):
        assert read_lines(path).rows
