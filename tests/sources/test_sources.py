import json
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.errors import SourceError, TableError

REPOSITORY = Path(__file__).parents[2]
FIELDS = [
    {"name": "iso3", "type": "string", "constraints": {"required": True, "pattern": "[A-Z]{3}"}},
    {"name": "year", "type": "integer", "constraints": {"minimum": 2000, "maximum": 2100}},
    {"name": "users_pct", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
    {"name": "is_estimate", "type": "boolean"},
    {"name": "published", "type": "date"},
    {"name": "note", "type": "string", "constraints": {"enum": ["a", "b"]}},
]
GOOD = "iso3,year,users_pct,is_estimate,published,note\nKAZ,2020,85.9426,true,2021-05-01,a\nNAM,2020,,false,,\n"


def describe_table(name: str, **schema: object) -> dict[str, object]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "schema": {"fields": FIELDS, "primaryKey": ["iso3", "year"], "missingValues": ["", "-"]} | schema,
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder, resources in (("raw", [describe_table("users")]), ("processed", [describe_table("shares")])):
        place = tmp_path / "data" / folder
        place.mkdir(parents=True)
        (place / "datapackage.json").write_text(
            json.dumps({"licenses": [{"name": "CC-BY-4.0"}], "resources": resources})
        )
    (tmp_path / "data/raw/users.csv").write_text(GOOD)
    sources.seal("users", root=tmp_path)
    return tmp_path


def change(root: Path, text: str) -> None:
    (root / "data/raw/users.csv").write_text(text)


def test_columns_are_typed_as_described(root: Path) -> None:
    frame = sources.load("users", root=root)
    assert frame["year"].tolist() == [2020, 2020]
    assert frame["users_pct"].tolist()[0] == 85.9426
    assert frame["is_estimate"].tolist() == [True, False]
    assert frame["published"][0] == pd.Timestamp("2021-05-01")


def test_a_loaded_table_is_ones_own(root: Path) -> None:
    first = sources.load("users", root=root)
    first.loc[0, "users_pct"] = -1.0
    first["iso3"] = "UZB"
    again = sources.load("users", root=root)
    assert again["users_pct"].tolist()[0] == 85.9426
    assert again["iso3"].tolist() == ["KAZ", "NAM"]


def test_a_table_loaded_before_is_read_by_its_description_as_it_now_is(root: Path) -> None:
    assert sources.load("users", root=root)["year"].tolist() == [2020, 2020]
    place = root / "data/raw/datapackage.json"
    package = json.loads(place.read_text())
    package["resources"][0]["schema"]["fields"][1]["constraints"]["minimum"] = 2021
    place.write_text(json.dumps(package))
    with pytest.raises(TableError, match="row 1 \\(KAZ/2020\\), column `year`"):
        sources.load("users", root=root)


def test_only_declared_missing_codes_are_missing(root: Path) -> None:
    change(root, GOOD.replace("NAM,2020,,", "NAM,2020,-,").replace("KAZ", "NAN"))
    sources.seal("users", root=root)
    frame = sources.load("users", root=root)
    assert frame["iso3"].tolist() == ["NAN", "NAM"]
    assert frame["users_pct"].isna().tolist() == [False, True]


def test_an_unlisted_file_is_refused(root: Path) -> None:
    (root / "data/raw/extra.csv").write_text("a\n1\n")
    with pytest.raises(SourceError, match=r"data/raw/extra\.csv is not listed in data/raw/datapackage\.json"):
        sources.load("extra", root=root)


def test_an_unknown_table_is_refused_naming_the_known_ones(root: Path) -> None:
    with pytest.raises(SourceError, match="unknown table 'user'; known tables: users, shares"):
        sources.load("user", root=root)


def test_a_changed_file_is_refused_naming_both_hashes(root: Path) -> None:
    change(root, GOOD.replace("85.9426", "85.9"))
    with pytest.raises(
        SourceError, match=r"users\.csv was changed: its SHA-256 is [0-9a-f]{64}, the descriptor says [0-9a-f]{64}"
    ):
        sources.load("users", root=root)


def test_a_missing_file_is_refused(root: Path) -> None:
    (root / "data/raw/users.csv").unlink()
    with pytest.raises(SourceError, match="restore it from the repository"):
        sources.load("users", root=root)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("KAZ,", "Kaz,", r"row 1 \(Kaz/2020\), column `iso3`: 'Kaz' breaks str_matches"),
        ("KAZ,", ",", r"column `iso3`: .* breaks required"),
        (
            "KAZ,2020",
            "KAZ,1999",
            r"row 1 \(KAZ/1999\), column `year`: '1999' breaks greater_than_or_equal_to\(2000\)|in_range",
        ),
        ("KAZ,2020", "KAZ,2020.5", r"column `year`: '2020.5' breaks type\('Int64'\)"),
        ("85.9426", "101", r"row 1 \(KAZ/2020\), column `users_pct`: '101' breaks .*100"),
        ("85.9426", "85,9", r"row 1 \(KAZ/2020\) has 7 cells, the header 6"),
        ("85.9426", "many", r"column `users_pct`: 'many' breaks type\('float64'\)"),
        ("true", "maybe", r"column `is_estimate`: 'maybe' breaks type\('boolean'\)"),
        ("2021-05-01", "yesterday", r"column `published`: 'yesterday' breaks type"),
        (",a\n", ",c\n", r"column `note`: 'c' breaks isin\(\['a', 'b'\]\)"),
        ("NAM,2020", "KAZ,2020", "breaks unique key"),
        ("iso3,year", "iso,year", "column `iso3` is missing; column `iso` is not declared"),
    ],
)
def test_every_declared_rule_is_enforced_naming_file_row_column_and_rule(
    root: Path, old: str, new: str, said: str
) -> None:
    change(root, GOOD.replace(old, new))
    with pytest.raises(TableError, match=rf"data/raw/users\.csv: .*({said})"):
        sources.seal("users", root=root)


def test_a_refused_change_is_not_sealed(root: Path) -> None:
    before = (root / "data/raw/datapackage.json").read_text()
    change(root, GOOD.replace("85.9426", "101"))
    with pytest.raises(TableError):
        sources.seal("users", root=root)
    assert (root / "data/raw/datapackage.json").read_text() == before


def test_bytes_that_are_not_utf8_are_refused(root: Path) -> None:
    (root / "data/raw/users.csv").write_bytes(GOOD.replace("KAZ", "КАЗ").encode("cp1251"))
    with pytest.raises(TableError, match="is not UTF-8"):
        sources.seal("users", root=root)


def test_a_foreign_key_must_exist(root: Path) -> None:
    path = root / "data/processed/datapackage.json"
    foreign = [{"fields": ["iso3"], "reference": {"resource": "users", "fields": ["iso3"]}}]
    path.write_text(json.dumps({"resources": [describe_table("shares", foreignKeys=foreign)]}))
    (root / "data/processed/shares.csv").write_text(GOOD.replace("NAM", "UZB"))
    with pytest.raises(TableError, match=r"row 2, column `iso3`: 'UZB' is not in users\.iso3"):
        sources.seal("shares", root=root)


def test_saving_sorts_by_key_and_stores_the_hash(root: Path) -> None:
    frame = sources.load("users", root=root)
    path = sources.save("shares", frame, root=root)
    assert path.read_text().splitlines()[1:] == ["KAZ,2020,85.9426,true,2021-05-01,a", "NAM,2020,,false,,"]
    pd.testing.assert_frame_equal(sources.load("shares", root=root), frame)


def test_a_raw_table_is_never_written(root: Path) -> None:
    with pytest.raises(SourceError, match="only tables of data/processed are written"):
        sources.save("users", sources.load("users", root=root), root=root)


def test_the_root_is_found_from_below_and_otherwise_the_error_says_how_to_get_it(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (root / "notebooks").mkdir()
    assert sources.project_root(root / "notebooks") == root
    with pytest.raises(SourceError, match="clone it and work inside the clone"):
        sources.project_root(tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.parametrize("name", sources.names(root=REPOSITORY))
def test_every_table_of_the_project_loads_and_says_where_it_is_from(name: str) -> None:
    frame = sources.load(name, root=REPOSITORY)
    described = sources.describe(name, root=REPOSITORY)
    assert not frame.empty
    assert described["title"]
    assert described["description"]
    assert described["licenses"]
    assert all(field.get("description") for field in described["schema"]["fields"])


@pytest.mark.parametrize("name", sources.names(root=REPOSITORY))
def test_tables_are_sorted_by_key_with_plain_line_ends(name: str) -> None:
    described = sources.describe(name, root=REPOSITORY)
    content = (REPOSITORY / described["file"]).read_bytes()
    frame = sources.load(name, root=REPOSITORY)
    key = described["schema"]["primaryKey"]
    assert b"\r" not in content
    assert frame[key].equals(frame[key].sort_values(key, kind="stable", ignore_index=True))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.replace("\n", "\r\n"), "carriage returns"),
        ("\ufeff" + GOOD, "byte order mark"),
        (GOOD + "\n", r"row 3 \(\) has 0 cells"),
        (GOOD.splitlines()[0] + "\n", "the table has no rows"),
        ("iso3,iso3\n1,2\n", "a column name stands twice"),
        ("", "not a table of comma-separated values"),
        (GOOD + 'UZB,"2020\n', "not a table of comma-separated values"),
    ],
)
def test_a_file_that_is_no_clean_table_is_refused(root: Path, content: str, said: str) -> None:
    (root / "data/raw/users.csv").write_bytes(content.encode())
    with pytest.raises(TableError, match=rf"data/raw/users\.csv: .*{said}"):
        sources.seal("users", root=root)


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"resources": [{}]}', '{"resources": [{"name": "a", "path": "a.csv"}]}']
)
def test_a_descriptor_of_another_shape_is_refused_by_name(root: Path, content: str) -> None:
    (root / "data/raw/datapackage.json").write_text(content)
    with pytest.raises(SourceError, match=r"data/raw/datapackage\.json is not as a data package should be"):
        sources.load("users", root=root)


def test_a_descriptor_that_is_not_json_or_not_utf8_is_refused(root: Path) -> None:
    (root / "data/raw/datapackage.json").write_text("{\n,")
    with pytest.raises(SourceError, match="line 2: not valid JSON"):
        sources.load("users", root=root)
    (root / "data/raw/datapackage.json").write_bytes(b"\xff")
    with pytest.raises(SourceError, match="is not UTF-8"):
        sources.load("users", root=root)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"name": "iso3", "type": "geopoint"}, "has type 'geopoint'; allowed: string, number"),
        (
            {"name": "iso3", "type": "string", "constraints": {"pattern": "["}},
            "has a pattern that is no regular expression",
        ),
    ],
)
def test_a_field_that_cannot_be_read_is_refused(root: Path, field: dict[str, object], said: str) -> None:
    path = root / "data/raw/datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["schema"]["fields"][0] = field
    path.write_text(json.dumps(package))
    with pytest.raises(SourceError, match=f"users: field 'iso3' .*{said}"):
        sources.load("users", root=root)


def test_a_table_without_a_hash_is_refused(root: Path) -> None:
    path = root / "data/raw/datapackage.json"
    package = json.loads(path.read_text())
    del package["resources"][0]["hash"]
    path.write_text(json.dumps(package))
    with pytest.raises(SourceError, match="the descriptor says nothing"):
        sources.load("users", root=root)


def test_loading_checks_foreign_keys_too(root: Path) -> None:
    sources.save("shares", sources.load("users", root=root), root=root)
    path = root / "data/processed/datapackage.json"
    package = json.loads(path.read_text())
    reference = {"resource": "users", "fields": ["note"]}
    package["resources"][0]["schema"]["foreignKeys"] = [{"fields": ["iso3"], "reference": reference}]
    path.write_text(json.dumps(package))
    with pytest.raises(TableError, match=r"'KAZ' is not in users\.note"):
        sources.load("shares", root=root)


def test_rows_in_any_order_are_saved_sorted(root: Path) -> None:
    frame = sources.load("users", root=root)
    sources.save("shares", frame.iloc[::-1], root=root)
    assert sources.load("shares", root=root)["iso3"].tolist() == ["KAZ", "NAM"]


def test_what_is_tried_in_a_copy_changes_nothing_here_and_leaves_nothing() -> None:
    with sources.trial(root=REPOSITORY) as root:
        tried = root / "data" / "raw" / "stances.csv"
        assert tried.read_bytes() == (REPOSITORY / "data" / "raw" / "stances.csv").read_bytes()
        tried.unlink()
        assert (REPOSITORY / "data" / "raw" / "stances.csv").is_file()
        assert sources.names(root=root) == sources.names(root=REPOSITORY)
    assert not root.exists()
