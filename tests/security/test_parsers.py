"""Every reader of what others wrote gives rows or says in words what is wrong: whatever the bytes, no other error.

Where the text is made of known values, they come back, or the text is refused: never another value in silence.
"""

import json
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digital_diplomacy import drafting, labels, messages, sources
from digital_diplomacy.cli.index.inputs import read_declaration
from digital_diplomacy.errors import DigitalDiplomacyError
from digital_diplomacy.reproduction import find_notebooks
from digital_diplomacy.reproduction.sweep import read_grid
from digital_diplomacy.runs import plan, translations
from digital_diplomacy.runs.notebooks import Notebook
from digital_diplomacy.runs.parameters import Parameter, parse
from digital_diplomacy.sources import fetching, intake
from digital_diplomacy.sources.files import read_package
from digital_diplomacy.sources.intake import reviewed
from digital_diplomacy.sources.network_files.reading import _READERS

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


def fetched(path: Path, code: str = "worldbank") -> Any:
    query = fetching.Query(INDICATORS.get(code, ""), countries=("KAZ",))
    return fetching.read(fetching.publisher_of(code), fetching.given([path]), query)


INDICATORS = {code: indicator for code, indicator in reversed(list(fetching.SERIES)) if indicator}


def messages_in(path: Path) -> Any:
    return messages.take_in([path], path.parent / "taken", zone="UTC", key=None)


def mapped(path: Path) -> Any:
    table = path.parent / "t.csv"
    table.write_text("Source,Date\nvk,2023-09-15T21:30:00Z\n")
    return messages.take_in([table], path.parent / "taken", zone="UTC", key=None, mapping=path)


def translated(path: Path) -> Any:
    """What is wrong with a catalogue is said, not raised: so is that it cannot be read."""
    place = path.parent / "project/notebooks"
    notebook = place / "b.ipynb"
    (place / "locale/kk").mkdir(parents=True, exist_ok=True)
    if not notebook.exists():
        notebook.write_text((REPOSITORY / "notebooks/start_here.ipynb").read_text(encoding="utf-8"), encoding="utf-8")
    translations.catalogue(notebook, "kk").write_bytes(path.read_bytes())
    assert translations.refused(notebook, "kk")  # a random catalogue is no whole translation
    return translations.faults(notebook, "kk")


def result_of(path: Path) -> Any:
    (path.parent / plan.RESULT).write_bytes(path.read_bytes())
    return plan.read_result(path.parent)


def steps_of(path: Path) -> Any:
    with suppress(SystemExit):  # refused, with words on the terminal
        read_declaration(path)


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
    "GEXF": ("a.gexf", sources.read_network),
    "GDF": ("a.gdf", sources.read_network),
    "UCINET": ("a.dl", sources.read_network),
    "ties in a workbook": ("a.xlsx", sources.read_network),
    "a spreadsheet": ("a.ods", lambda path: sources.read_own_table(path, required=("entity",))),
    "the COIN Tool": ("a.xlsx", sources.read_coin_tool),
    "a paper of Word": ("a.docx", lambda path: drafting.review(sources.read_paper(path))),
    "a paper in PDF": ("a.pdf", lambda path: drafting.review(sources.read_paper(path))),
    "a reviewed draft": ("a.csv", lambda path: reviewed.read_reviewed(path, ["claim_id", "value"])),
    "counts handed on": ("a.csv", lambda path: messages.read_counts(path)),
    "accounts": ("a.csv", lambda path: messages.read_accounts(path, key=None)),
    "a mapping": ("m.csv", mapped),
    "messages in a table": ("a.csv", messages_in),
    "messages in JSON": ("a.json", messages_in),
    "an archive of X": ("tweets.js", messages_in),
    "a catalogue": ("a.po", translated),
    "a stored result": ("a.json", result_of),
    "steps of an index": ("a.toml", steps_of),
    **{f"an answer of {code}": (f"{code}.json", partial(fetched, code=code)) for code in fetching.PUBLISHERS},
}
"""Every reader of what others wrote, and a name of its files; by name, as pytest tells them."""


def test_every_publisher_and_format_of_networks_has_its_property() -> None:
    """So that who adds a reader adds it above."""
    named = {Path(file).suffix for file, read in READERS.values() if read is sources.read_network}
    assert {".csv", ".xlsx", *_READERS} <= named
    assert {f"an answer of {code}" for code in fetching.PUBLISHERS} <= set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_are_read_or_refused_in_words(name: str, tmp_path: Path) -> None:
    file, read = READERS[name]
    path = tmp_path / file

    @FEW
    @given(st.one_of(BYTES, JSON.map(lambda told: json.dumps(told).encode()) if file.endswith(".json") else BYTES))
    def holds(content: bytes) -> None:
        path.write_bytes(BEGINNINGS.get(file, b"") + content)
        with suppress(DigitalDiplomacyError):
            read(path)

    holds()


BEGINNINGS = {"tweets.js": b"window.YTD.tweets.part0 = ", "a.docx": b"PK\x03\x04", "a.pdf": b"%PDF-1.7\n"}
"""Without which a file would hardly ever reach its reader."""

SQUARE = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.lists(st.sampled_from(["", "0", "1", "2.5"]), min_size=size, max_size=size),
                          min_size=size, max_size=size)
)  # fmt: skip


@FEW
@given(SQUARE)
def test_a_square_table_gives_back_each_of_its_cells(cells: list[list[str]]) -> None:
    names = [f"n{number}" for number in range(len(cells))]
    rows = [",".join([name, *row]) for name, row in zip(names, cells, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join([",".join(["", *names]), *rows, ""]))
        try:
            found = sources.read_network(path)
        except DigitalDiplomacyError:
            assert {cell for row in cells for cell in row} <= {"", "0"}
            return
    table = {(one, other): float(cells[i][j] or 0) for i, one in enumerate(names) for j, other in enumerate(names)}
    read = dict.fromkeys(table, 0.0)
    for one, other, weight in found.edges[["source", "target", "weight"]].itertuples(index=False, name=None):
        read[one, other] = weight
        read[other, one] = read[other, one] if found.is_directed else weight
    assert read == table
    assert found.is_directed is any(table[one, other] != table[other, one] for one, other in table)


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
