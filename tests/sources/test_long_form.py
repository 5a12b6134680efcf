"""Indicators in rows: the same table in every form is one, and what does not fit together is refused by its lines."""

from pathlib import Path

import pytest

from digital_diplomacy.cli.index.draft import draft
from digital_diplomacy.cli.index.inputs import Inputs, read_inputs
from digital_diplomacy.errors import TableError

FRAMEWORK = "code,parent,direction\nusers,idx,1\nposts,idx,-1\nidx,,1\n"
WIDE = "country,users,posts\nKAZ,92.3,5\nUZB,89,7\nKGZ,88.5,\n"
CELLS = [
    ("KAZ", "users", "92.3"),
    ("KAZ", "posts", "5"),
    ("UZB", "users", "89"),
    ("UZB", "posts", "7"),
    ("KGZ", "users", "88.5"),
]
LONG = "country,indicator,value\n" + "".join(f"{','.join(cells)}\n" for cells in CELLS)


def read(folder: Path, values: str, framework: str = FRAMEWORK) -> Inputs:
    (folder / "values.csv").write_text(values, encoding="utf-8")
    (folder / "framework.csv").write_text(framework, encoding="utf-8")
    return read_inputs(folder / "values.csv", folder / "framework.csv")


def table(found: Inputs) -> dict[tuple[str, ...], list[float]]:
    rows = found.values
    keys = [name for name in ("entity", "period") if name in rows]
    return {
        tuple(row[name] for name in keys): [round(float(row[name]), 6) for name in ("users", "posts")]
        for row in rows.fillna(-1).to_dict("records")
    }


def codes(found: Inputs) -> set[str]:
    return {one.code for one in found.remarks}


WANTED = {("KAZ",): [92.3, 5], ("UZB",): [89, 7], ("KGZ",): [88.5, -1]}
RUSSIAN = LONG.replace(",", ";").replace(".", ",").replace("country;indicator;value", "Страна;Показатель;Значение")
FORMS = {
    "unit, indicator, value": LONG,
    "Russian, decimal commas": RUSSIAN,
    "another order, a column of units of measure": "value,unit of measure,code of series,country\n"
    + "".join(f"{value},{'%' if code == 'users' else 'number'},{code},{unit}\n" for unit, code, value in CELLS),
    "missing marked": f"{LONG}KGZ,posts,..\n",
    "units as columns": "indicator,KAZ,UZB,KGZ\nusers,92.3,89,88.5\nposts,5,7,\n",
    "codes in another case": LONG.replace("users", "Users"),
    "a line twice": f"{LONG}UZB,posts,7\n",
    "a note below": f"{LONG}Source: ministries' pages,,\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_wide_table_and_the_change_is_told(tmp_path: Path, form: str) -> None:
    found = read(tmp_path, FORMS[form])
    assert table(found) == WANTED == table(read(tmp_path, WIDE))
    assert "long_form" in codes(found)
    assert ("rows_again" in codes(found)) is (form == "a line twice")


def test_years_as_columns_are_periods(tmp_path: Path) -> None:
    """As the World Bank's DataBank hands tables out."""
    head = "Country Name,Country Code,Series Name,Series Code,2022 [YR2022],2023 [YR2023]\n"
    rows = "Kazakhstan,KAZ,users,U,92,92.3\nKazakhstan,KAZ,posts,P,4,5\n"
    rows += "Uzbekistan,UZB,users,U,84,89\nUzbekistan,UZB,posts,P,,7\n"
    assert table(read(tmp_path, head + rows)) == {
        ("KAZ", "2022"): [92, 4], ("KAZ", "2023"): [92.3, 5], ("UZB", "2022"): [84, -1], ("UZB", "2023"): [89, 7],
    }  # fmt: skip


def test_what_is_the_same_for_a_unit_stays_and_other_columns_are_named(tmp_path: Path) -> None:
    lines = "".join(f"{unit},Asia,{code},{value},page {at}\n" for at, (unit, code, value) in enumerate(CELLS))
    found = read(tmp_path, f"country,region,indicator,value,read on\n{lines}")
    assert set(found.values["region"]) == {"Asia"}
    assert [dict(one.named)["columns"] for one in found.remarks if one.code == "columns_left"] == ["read on"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (f"{LONG}KAZ,posts,6\n", r"line 3 and line 7 give 'posts' of KAZ different figures \('5', '6'\)"),
        (LONG.replace("posts", "visits"), "no column 'users'"),  # half of the indicators is no sign of a long table
        (f"{LONG}TJK,posts,many\n", "line 7: 'many'"),
        (f"{WIDE}KAZ,92.3,6\n", r"line 2 and line 5 are both of KAZ and differ"),
        ("country,users,posts\nKAZ,80,1\nUZB,81,-99\nKGZ,90,2\n", "marks missing .* of 0 and more: line 3: '-99'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused_by_its_lines(tmp_path: Path, values: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        read(tmp_path, values)


def test_most_indicators_in_rows_and_some_nowhere_are_named(tmp_path: Path) -> None:
    more = FRAMEWORK.replace("idx,,1", "speed,idx,1\nidx,,1")
    with pytest.raises(TableError, match="in column 'indicator', and none of these is there: speed"):
        read(tmp_path, LONG, more)


def test_negative_numbers_among_others_are_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "country,users,posts\nKAZ,80,-3\nUZB,81,-99\nKGZ,90,2\n")
    assert table(found)[("UZB",)] == [81, -99]


def test_identical_rows_of_a_wide_table_count_once(tmp_path: Path) -> None:
    found = read(tmp_path, f"{WIDE}UZB,89,7\n")
    assert table(found) == WANTED
    assert [dict(one.named)["rows"] for one in found.remarks if one.code == "rows_again"] == ["line 5"]


def test_a_column_of_years_tells_the_rows_of_a_unit_apart_whatever_it_is_called(tmp_path: Path) -> None:
    found = read(
        tmp_path, "country,edition,founded,users,posts\nKAZ,2022,1992,80,1\nKAZ,2023,1992,81,2\nUZB,2023,1993,90,2\n"
    )
    assert set(table(found)) == {("KAZ", "2022"), ("KAZ", "2023"), ("UZB", "2023")}


def test_places_of_which_more_is_called_better_are_told(tmp_path: Path) -> None:
    ranked = "country,users,posts\nKAZ,1,3\nUZB,2,1\nKGZ,2,2\nTJK,4,4\nTKM,5,5\n"
    told = [dict(one.named)["columns"] for one in read(tmp_path, ranked).remarks if one.code == "ranks_as_values"]
    assert told == ["users"]  # of posts less is better
    assert "ranks_as_values" not in codes(read(tmp_path, ranked.replace("TKM,5", "TKM,6")))


def test_a_list_of_indicators_has_one_index_above_it_if_it_says_which_way_is_better(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(tmp_path, WIDE, "indicator,weight,direction\nusers,60%,1\nposts,40%,-1\n")
    assert found.framework[["code", "parent"]].to_numpy().tolist() == [
        ["users", "index"],
        ["posts", "index"],
        ["index", ""],
    ]
    assert "flat_framework" in codes(found)
    with pytest.raises(SystemExit):
        read(tmp_path, WIDE, "indicator,weight\nusers,0.6\nposts,0.4\n")
    assert "add a column direction" in capsys.readouterr().err


@pytest.mark.parametrize("values", [WIDE, LONG, f"Ministries and their pages;;\n{RUSSIAN}"])
def test_a_framework_is_begun_of_any_form(tmp_path: Path, values: str) -> None:
    (tmp_path / "values.csv").write_text(values, encoding="utf-8")
    begun, _, _ = draft(tmp_path / "values.csv")
    assert begun["code"].tolist() == ["users", "posts", "index"]
