"""What siblings compute once: taken only where it is what the call would give, and leaves no trace in the results."""

import hashlib
import json
import os
import pickle
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.kernels import observing, sharing
from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
_WATCH = sharing._Watch()
_IS_HOOKED: list[None] = []


@pytest.fixture
def siblings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Any]]:
    """A function as two siblings have it, which stores however short a call is."""
    if not _IS_HOOKED:
        sys.addaudithook(_WATCH.hook)
        _IS_HOOKED.append(None)
    monkeypatch.setattr(sharing, "_WORTH", -1.0)
    return lambda function: tuple(sharing._shared(function, tmp_path, _WATCH) for _ in range(2))


def counted(calls: list[None], does: Callable[..., Any]) -> Callable[..., Any]:
    def function(*arguments: Any, **options: Any) -> Any:
        calls.append(None)
        return does(*arguments, **options)

    return function


def test_a_sibling_takes_what_the_first_has_computed(siblings: Callable[..., Any]) -> None:
    calls: list[None] = []
    first, second = siblings(counted(calls, lambda frame, *, times: frame * times))
    frame = pd.DataFrame({"a": [1, 2], "b": [0.1, 0.2]})
    pd.testing.assert_frame_equal(first(frame, times=3), second(frame.copy(), times=3))
    assert len(calls) == 1
    assert second(frame, times=4)["a"].tolist() == [4, 8]
    assert len(calls) == 2


def test_outlines_of_countries_are_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from digital_diplomacy.figures.kinds import maps

    assert sys.modules[f"{sharing._PACKAGE.name}.{sharing._OUTLINES}"] is maps
    monkeypatch.setattr(sys, "addaudithook", lambda _: None)
    monkeypatch.setattr(sharing, "ROOMS", ())
    monkeypatch.setattr(sharing, "_CLEARING", ("nowhere", ""))
    monkeypatch.setattr(maps, "outlines", maps.outlines)  # put back afterwards
    (tmp_path / "siblings").mkdir()
    sharing.start({sharing.VARIABLE: str(tmp_path / "siblings")})
    maps.outlines()
    assert [path.suffix for path in sorted(tmp_path.iterdir()) if path.is_file()] == ["", ".lock"]


def test_a_function_that_clears_away_what_it_writes_is_shared_without_that(
    siblings: Callable[..., Any], tmp_path: Path
) -> None:
    siblings(len)  # whoever watches is there
    calls: list[None] = []
    source = tmp_path / "source"
    source.write_text("a")

    def read(name: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            copied = Path(folder) / name
            copied.write_text(source.read_text())
            return copied.read_text()

    one, other = (sharing._shared(counted(calls, read), tmp_path, _WATCH, clears=True) for _ in range(2))
    assert (one("x"), other("x"), len(calls)) == ("a", "a", 1)
    (left,) = (path for path in tmp_path.iterdir() if not path.suffix and path != source)
    assert list(pickle.loads(left.read_bytes())[1]) == [str(source)]  # noqa: S301 - written a line above
    source.write_text("b")
    assert (other("x"), len(calls)) == ("b", 2)
    first, second = siblings(counted(calls, read))  # of others nobody knows what they leave behind
    assert (first("y"), second("y"), len(calls)) == ("b", "b", 4)


def test_a_call_that_is_given_a_shared_function_is_shared(
    siblings: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []
    first, second = siblings(counted(calls, lambda names, *, load: [load(name) for name in names]))
    loads = siblings(json.loads)  # a wrapped function stands where its module has it, as in the kernels of siblings
    given = []
    for call, load in zip((first, second), loads, strict=True):
        monkeypatch.setattr(json, "loads", load)
        given.append(call(["1", "[2]"], load=json.loads))
    assert given == [[1, [2]], [1, [2]]]
    assert len(calls) == 1


def test_a_generator_is_left_where_computing_would_leave_it(siblings: Callable[..., Any]) -> None:
    calls: list[None] = []
    first, second = siblings(counted(calls, lambda *, rng: rng.normal(size=3)))
    here, there, alone = (np.random.default_rng(5) for _ in range(3))
    drawn = first(rng=here), second(rng=there), alone.normal(size=3)
    assert len(calls) == 1
    assert all((each == drawn[2]).all() for each in drawn)
    assert here.random() == there.random() == alone.random()


def test_what_is_taken_is_ones_own(siblings: Callable[..., Any]) -> None:
    first, second = siblings(lambda number: {"list": [number]})
    first(1)["list"].append(2)
    assert second(1) == {"list": [1]}


def test_files_are_read_again_and_a_changed_one_is_heeded(siblings: Callable[..., Any], tmp_path: Path) -> None:
    calls: list[None] = []
    table = tmp_path / "table.csv"
    table.write_text("1")
    first, second = siblings(counted(calls, table.read_text))
    assert (first(), len(calls)) == ("1", 1)
    with _WATCH.look():  # as an observer does in the sibling's process
        again = sharing._taken(next(path for path in tmp_path.iterdir() if not path.suffix), [])
    assert again == (True, "1")
    assert str(table.resolve()) in _WATCH.read
    table.write_text("2")
    assert (second(), len(calls)) == ("2", 2)


def test_what_a_frame_has_found_out_of_itself_is_no_change(siblings: Callable[..., Any]) -> None:
    calls: list[None] = []

    def looks(frame: pd.DataFrame) -> int:
        for name in frame:
            cells = frame[name]
            _ = cells.dtype, cells.is_unique, cells.factorize(), cells.astype(object), frame.groupby(name).size()
            _ = [getattr(cells.dtype, each, None) for each in ("itemsize", "kind", "numpy_dtype", "index_class")]
            _ = getattr(cells.array, "dtype", None)
        return len(frame)

    kinds: dict[str, Any] = {
        "whole": pd.array([1, None], dtype="Int64"),
        "truth": pd.array([True, None], dtype="boolean"),
        "text": pd.array(["a", None], dtype="str"),
        "kind": pd.Categorical(["a", "b"]),
        "day": pd.to_datetime(["2020-01-01", "2021-01-01"], utc=True),
        "year": pd.period_range("2020", periods=2, freq="Y"),
    }
    first, second = siblings(counted(calls, looks))
    assert first(pd.DataFrame(kinds)) == second(pd.DataFrame(kinds)) == 2
    assert len(calls) == 1
    for name, other in (("whole", [1, 2]), ("truth", [True, False]), ("text", ["a", "b"]), ("year", [2020, 2021])):
        second(pd.DataFrame(kinds).assign(**{name: other}))
    second(pd.DataFrame(kinds).astype({"whole": "Int32"}))
    second(pd.DataFrame(kinds).assign(kind=pd.Categorical(["a", "b"], categories=["b", "a"])))
    assert len(calls) == 7


def test_taking_notes_of_what_is_read_is_no_deed(siblings: Callable[..., Any], tmp_path: Path) -> None:
    calls: list[None] = []
    (tmp_path / "table.csv").write_text("1")
    onlooker = observing._Watch(str(tmp_path / "notes"), str(tmp_path), {})

    def read() -> str:
        onlooker.read(tmp_path / "table.csv")
        return (tmp_path / "table.csv").read_text()

    first, second = siblings(counted(calls, read))
    assert (first(), second()) == ("1", "1")
    assert (tmp_path / "notes").is_file()
    assert len(calls) == 1


def test_what_siblings_and_all_notebooks_leave_each_other_is_no_input(project: Path, tmp_path: Path) -> None:
    """It is gone with the run: noted as read, it would have the notebook run again for ever."""
    group = tmp_path / "shared" / "group"
    group.mkdir(parents=True)
    watch = observing._Watch(str(tmp_path / "notes"), str(project / "notebooks"), {sharing.VARIABLE: str(group)})
    for folder in (group, group.parent, tmp_path):
        (folder / "left").write_text("1")
        watch.read(folder / "left")
    assert observing.read(tmp_path / "notes", project / "notebooks").files == ((tmp_path / "left").as_posix(),)


def _warn() -> int:
    warnings.warn("look", stacklevel=1)
    return 1


def _spoil(frame: pd.DataFrame) -> int:
    frame["more"] = 1
    return 1


@pytest.mark.parametrize(
    ("does", "given"),
    [
        (_warn, list),
        (lambda: list(Path().iterdir()), list),
        (lambda: Path("written").write_text("x"), list),
        (lambda: os.system("true"), list),  # noqa: S605
        (_spoil, lambda: [pd.DataFrame({"a": [1]})]),
        (lambda frame: frame, lambda: [pd.DataFrame({"a": [1]})]),
        (lambda function: function(), lambda: [lambda: 1]),
        (lambda: (number for number in [1]), list),
    ],
    ids=["warns", "lists", "writes", "starts", "changes", "returns its argument", "takes a function", "unwritable"],
)
@pytest.mark.filterwarnings("always:look")
def test_what_does_more_than_compute_is_done_by_each(
    siblings: Callable[..., Any],
    does: Callable[..., Any],
    given: Callable[[], list[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    calls: list[None] = []
    for each in siblings(counted(calls, does)):
        each(*given())
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("code", "is_plain"),
    [
        ("rows = claims.parse(x)\nfigures.show(rows, lang=lang)", True),
        ("for x in y:\n    print(x)", True),
        ("def f():\n    pass", False),
        ("f = lambda: 1", False),
        ("try:\n    x\nexcept E:\n    pass", False),
        ("with x:\n    y", False),
        ("rankings.answer = other", False),
        ("%timeit x", False),
        ("!ls", False),
    ],
)
def test_plain_notebooks_share(write_notebook: Callable[..., Path], code: str, is_plain: bool) -> None:
    assert sharing.is_plain(write_notebook("any", [code])) is is_plain


def test_an_error_that_is_expected_stands_in_no_plain_notebook(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("any", ["1 / 0"])
    content = json.loads(path.read_text())
    content["cells"][2]["metadata"]["tags"] = ["raises-exception"]
    path.write_text(json.dumps(content))
    assert not sharing.is_plain(path)


def test_runs_share_that_differ_in_language_alone(project: Path, write_notebook: Callable[..., Path]) -> None:
    write_notebook("one", ["1"])
    found = find_notebooks(project)
    runs = plan_runs(found, [], {}, ("kk", "ru"), {}) + plan_runs(found, [], {"country": "UZB"}, ("en",), {})
    places = sharing.folders(runs, project)
    assert set(places) == {"one/kk", "one/ru"}
    assert len(set(places.values())) == 1


def made(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("run.json", "ro-crate-metadata.json")
    }


@pytest.mark.usefixtures("every_library")
def test_shared_and_single_runs_give_the_same_bytes(
    project: Path, tmp_path: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook that loads a table and one that fails in what it would share, each in three languages."""
    monkeypatch.setattr(sharing, "_WORTH", -1.0)
    (project / "data" / "raw" / "datapackage.json").write_text(json.dumps({"resources": [_described(project)]}))
    write_notebook("loads", ["from digital_diplomacy import sources", 'table = sources.load("shares")\ntable', "lang"])
    write_notebook("fails", ["from digital_diplomacy import sources", 'sources.load("nowhere")'])
    outcomes = {}
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setenv(sharing.VARIABLE, str(left))
    for share in (True, False):
        runs = plan_runs(find_notebooks(project), [], {}, ("kk", "ru", "en"), {})
        out = project / f"share-{share}"
        with (project / "log").open("a") as log:
            found = run_all(runs, root=project, out=out, jobs=2, force=True, progress=PlainProgress(log), share=share)
        outcomes[share] = [(outcome.run.folder, outcome.state, outcome.failure) for outcome in found]
    assert outcomes[True] == outcomes[False]
    assert [state for _, state, _ in outcomes[True]] == ["failed"] * 3 + ["done"] * 3
    assert not [*left.iterdir()]  # nor does anything of whoever runs decide where
    assert made(project / "share-True") == made(project / "share-False")
    stored = json.loads((project / "share-True" / "loads" / "ru" / "result.json").read_text())
    assert "data/raw/shares.csv" in stored["dependencies"]["inputs"]


def _described(project: Path) -> dict[str, Any]:
    content = b"year,value\n2020,0.5\n"
    (project / "data" / "raw" / "shares.csv").write_bytes(content)
    fields = [{"name": "year", "type": "integer"}, {"name": "value", "type": "number"}]
    return {
        "name": "shares",
        "path": "shares.csv",
        "title": "Shares",
        "schema": {"fields": fields, "primaryKey": ["year"]},
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
