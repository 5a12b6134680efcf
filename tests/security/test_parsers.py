"""Every reader of what others wrote gives rows or says in words what is wrong: whatever the bytes, no other error.

Where the text is made of known values, they come back, or the text is refused: never another value in silence.
"""

import json
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy import drafting, labels, sources
from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.reproduction import find_notebooks
from digital_diplomacy.reproduction.sweep import read_grid
from digital_diplomacy.runs.notebooks import Notebook
from digital_diplomacy.runs.parameters import Parameter, parse
from digital_diplomacy.sources import fetching, intake
from digital_diplomacy.sources.files import read_package

REPOSITORY = Path(__file__).parents[2]
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

PIECES = st.sampled_from(
    [
        *(
            "entity",
            "Country",
            "Страна",
            "KAZ",
            "Қазақстан",
            "2020",
            "1,5",
            "1 000",
            "50%",
            "1e308",
            "-0",
            "NaN",
            "=A(1)",
        ),
        *(
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "\r",
            '"',
            "'",
            " ",
            "\0",
            "\ufeff",
            "\u202e",
            "\u00a0",
            "(",
            "[1]",
            "млн",
            "of",
        ),
        *("{", "}", "[", "]", ":", '"indicator"', "null", "[[", "<a>", "</a>", "&x;", "*Vertices 3", "-----"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
BYTES = st.one_of(
    st.binary(max_size=60), TEXTS.map(lambda text: text.encode()), TEXTS.map(lambda t: t.encode("utf-16"))
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["KAZ", "2020", "", "\0", "x"])
)
KEYS = (
    *(
        "resources",
        "name",
        "path",
        "schema",
        "fields",
        "type",
        "cells",
        "cell_type",
        "source",
        "metadata",
        "runs",
        "text",
    ),
    *("indicator", "value", "date", "tags"),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)

NOTE = Notebook("n", Path("n.ipynb"), {"text": Parameter("text", "", ""), "n": Parameter("n", 1, "")}, "N", 0)


def notebooks(path: Path) -> Any:
    place = path.parent / "project/notebooks"
    place.mkdir(parents=True, exist_ok=True)
    (place / "a.ipynb").write_bytes(path.read_bytes())
    return find_notebooks(place.parent)


def descriptor(path: Path) -> Any:
    place = path.parent / "project/data/raw"
    place.mkdir(parents=True, exist_ok=True)
    (place / "datapackage.json").write_bytes(path.read_bytes())
    return read_package(place.parents[1], "raw")


def fetched(path: Path) -> Any:
    world = fetching.publisher_of("worldbank")
    return fetching.read(world, fetching.given([path]), fetching.Query("IT.NET.USER.ZS", countries=("KAZ",)))


READERS: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "an own table": ("a.csv", lambda path: sources.read_own_table(path, required=("entity",))),
    "a table of any form": ("a.csv", lambda path: intake.read_foreign(path, intake.kind_of("internet_users"))),
    "an index of COINr": ("a.csv", sources.read_coin),
    "a paper": ("a.txt", lambda path: drafting.review(sources.read_paper(path))),
    "ties": ("a.csv", sources.read_network),
    "node-link": ("a.json", sources.read_network),
    "Pajek": ("a.net", sources.read_network),
    "GraphML": ("a.graphml", sources.read_network),
    "GML": ("a.gml", sources.read_network),
    "a grid in CSV": ("a.csv", lambda path: read_grid(path, NOTE)),
    "a grid in JSON": ("a.json", lambda path: read_grid(path, NOTE)),
    "a grid in TOML": ("a.toml", lambda path: read_grid(path, NOTE)),
    "a notebook": ("a.json", notebooks),
    "a descriptor": ("a.json", descriptor),
    "a publisher's answer": ("a.json", fetched),
}


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_are_read_or_refused_in_words(name: str, tmp_path: Path) -> None:
    file, read = READERS[name]
    path = tmp_path / file

    @FEW
    @given(st.one_of(BYTES, JSON.map(lambda told: json.dumps(told).encode()) if file.endswith(".json") else BYTES))
    def holds(content: bytes) -> None:
        path.write_bytes(content)
        with suppress(DigitalDiplomacyError):
            read(path)

    holds()


WHOLE = st.integers(0, 10**9)
SHARES = st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False)


def written(value: Decimal, mark: str, grouping: str) -> str:
    return f"{value:,}".replace(",", "\1").replace(".", mark).replace("\1", grouping)


@pytest.mark.parametrize(
    ("mark", "grouping"), [(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (",", "\u00a0")]
)
def test_figures_in_any_habit_come_back_or_are_asked_about(tmp_path: Path, mark: str, grouping: str) -> None:
    path = tmp_path / "a.csv"

    @FEW
    @given(st.lists(SHARES, min_size=3, max_size=3))
    def holds(shares: list[Decimal]) -> None:
        rows = zip(("Kazakhstan", "Kyrgyzstan", "Uzbekistan"), shares, strict=True)
        lines = [f'{name};"{written(share, mark, grouping)}"' for name, share in rows]
        path.write_text("\n".join(["Country;2020", *lines]) + "\n", encoding="utf-8")
        found = intake.read_foreign(path, intake.kind_of("internet_users"))
        if not found.questions and not found.faults:
            read = dict(zip(found.frame["entity"], found.frame["value"], strict=True))
            assert read == pytest.approx(dict(zip(("KAZ", "KGZ", "UZB"), map(float, shares), strict=True)))

    holds()


@FEW
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "с", "=A(1)", "01", "1.0", "NA"]), WHOLE), min_size=1, max_size=5))
def test_own_tables_give_back_every_name_and_number(rows: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("entity,n\n" + "".join(f"{name},{number}\n" for name, number in rows), encoding="utf-8")
        found = sources.read_own_table(path, required=("entity",)).frame
    assert list(zip(found["entity"].astype(str), map(int, found["n"]), strict=True)) == rows


@given(st.text(max_size=12), st.sampled_from(labels.LANGUAGES))
def test_a_period_is_told_or_refused(text: str, lang: str) -> None:
    with suppress(DigitalDiplomacyError):
        assert labels.period(text, lang) or not text


@given(st.text(), st.sampled_from(["x", 1, 1.5, True, ["a"], [1]]))
def test_a_parameter_is_of_its_type_or_refused(text: str, default: Any) -> None:
    try:
        value = parse(Parameter("p", default, ""), text)
    except DigitalDiplomacyError:
        return
    assert type(value) is type(default)
    if isinstance(default, str):
        assert value == text
    elif not isinstance(default, list):
        assert value == value  # no NaN
        assert str(value).lower() == text.strip().lower() or float(value) == float(text.replace("_", ""))


@pytest.mark.parametrize("suffix", [".pkl", ".pickle", ".npy", ".parquet", ".joblib"])
def test_what_would_run_when_it_is_read_is_no_known_format(tmp_path: Path, suffix: str) -> None:
    class Runs:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "ran",))

    path = tmp_path / f"a{suffix}"
    path.write_bytes(pickle.dumps(Runs()))
    for read in (sources.read_network, lambda path: sources.read_own_table(path, required=("entity",))):
        with pytest.raises(DigitalDiplomacyError):
            read(path)
    assert not (tmp_path / "ran").exists()
