"""Figures in cells of one's own: shown by themselves, once, without a language, a label or a file."""

import ast
import base64
import inspect
import json
import pickle
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import configure_inline_support
from traitlets.config import Config

from digital_diplomacy import figures, labels
from digital_diplomacy.errors import LabelError, NamelessWarning
from digital_diplomacy.figures.parts import style

ROWS = pd.DataFrame(
    {
        "entity": ["KAZ", "KAZ", "Press club", "Press club"],
        "group": "",
        "period": ["2020", "2021", "2020", "2021"],
        "measure": "followers_of_mine",
        "value": [1.0, 2.0, 3.0, 2.5],
        "low": float("nan"),
        "high": float("nan"),
        "interval": "none",
        "level": float("nan"),
        "unit": "posts of mine",
        "base": "",
        "n": float("nan"),
        "source_id": "my_archive",
    }
)
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def own_cells() -> Iterator[None]:
    """Warnings as in a kernel of one's own, where nobody has made errors of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NamelessWarning)
        yield


def words(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text")))


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """What a kernel runs cells with; every figure is made of a sheet, and an empty one is quickly drawn."""
    made = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    made.push({"plot": lambda *_, **__: style.sheet(title="Mine", height=0.5), "figures": figures, "rows": ROWS})
    yield made
    InteractiveShell.clear_instance()


PICTURE = ["image/png", "image/svg+xml", "text/plain"]


@pytest.mark.parametrize("with_pyplot", [False, True])
@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("plot(rows)", [PICTURE]),
        ("kept = plot(rows)", []),
        ("kept = plot(rows)\nkept", [PICTURE]),
        ("figures.show(plot, rows)", [sorted([*PICTURE, "text/csv"])]),
    ],
)
def test_a_figure_shows_itself_once_and_never_when_it_is_assigned(
    shell: InteractiveShell, own_cells: None, cell: str, shown: list[list[str]], with_pyplot: bool
) -> None:
    """As in a kernel where pyplot has not been imported, and in one where it has set up formatters of its own."""
    if with_pyplot:
        configure_inline_support(shell, "module://matplotlib_inline.backend_inline")
    outputs: list[dict[str, Any]] = []
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=outputs)
    with capture_output() as kept:
        assert shell.run_cell(cell).success
    bundles = [one["data"] for one in outputs] + [output.data for output in kept.outputs]
    assert [sorted(data) for data in bundles] == shown
    assert (kept.stdout, kept.stderr) == ("", "")
    for data in bundles:
        image = data["image/png"]
        assert (image if isinstance(image, bytes) else base64.b64decode(image)).startswith(b"\x89PNG")
        assert "<svg" in data["image/svg+xml"]


def test_every_figure_is_made_of_a_sheet_which_shows_itself() -> None:
    made = [
        path.name for path in Path(figures.__file__).parent.rglob("*.py") if re.search(r"\bFigure\(", path.read_text())
    ]
    assert made == ["style.py"]


def test_a_figure_can_be_sent_to_other_processes_and_still_shows_itself() -> None:
    figure = pickle.loads(pickle.dumps(style.sheet(title="Mine", height=0.5)))  # noqa: S301
    assert figure._repr_mimebundle_(include=None, exclude=None)["text/plain"] == "Mine"


@pytest.mark.parametrize("name", [name for name in figures.__all__ if name.startswith(("plot_", "show"))])
def test_language_and_title_have_defaults(name: str) -> None:
    given = inspect.signature(getattr(figures, name)).parameters
    assert given["lang"].default == "en"
    if name not in ("show_sentences", "show_answer", "show_finding", "show_missing"):
        assert given["title"].default == ""


def test_what_has_no_label_is_shown_under_its_own_name(own_cells: None) -> None:
    said = words(figures.plot_series(ROWS))
    assert all(name in said for name in ("Kazakhstan", "Press club", "posts of mine", "my_archive"))
    assert "KAZ" not in said
    assert "Қазақстан" in words(figures.plot_series(ROWS, lang="kk"))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_without_a_name_it_is_an_error_where_warnings_are(lang: str) -> None:
    """As in every run that makes pages, and in these tests."""
    for code in ("mfa", "МИД", "ZZZ", "@mfa_kz"):
        with pytest.raises(LabelError, match=f"no {lang} text for 'entity.{code}', and '{code}' is no ISO 3166"):
            labels.entity(code, lang)
    with pytest.raises(LabelError, match=r"followers_of_mine|my_archive|Press club|posts of mine"):
        figures.plot_series(ROWS, lang=lang)
    with labels.own_names({"entity.mfa": "Ministry {1}"}):
        assert labels.entity("mfa", lang) == "Ministry {1}"


def test_a_code_without_a_name_is_its_own_name_elsewhere_and_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        "from digital_diplomacy import labels; print(labels.entity('mfa', 'kk'), labels.entity('KAZ', 'kk'));"
        "print(labels.name('type', 'ministry of mine', 'ru'))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (made.stdout, made.stderr) == ("mfa Қазақстан\nministry of mine\n", "")
    with pytest.raises(LabelError, match=r"no en text for 'verdict\.mine'"):  # a closed list has every name
        labels.text("verdict.mine", "en")


STRICT = {
    "runs": "import os; from digital_diplomacy.kernels import observing\n"
    "observing.start({observing.VARIABLE: os.devnull + os.pathsep + os.getcwd()})",
    "commands": "import sys; from digital_diplomacy import cli; sys.argv = ['x', '--version']\n"
    "try: cli.main()\nexcept SystemExit: pass",
}


@pytest.mark.parametrize("started", STRICT)
def test_what_makes_pages_takes_it_for_an_error(started: str) -> None:
    code = f"{STRICT[started]}\nfrom digital_diplomacy import labels; labels.entity('mfa', 'en')"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert made.returncode == 1
    assert "NamelessWarning: no en text for 'entity.mfa'" in made.stderr


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    kept: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(data: dict[str, str], *, raw: bool, metadata: dict[str, Any]) -> None:
        kept.append((data, metadata))

    monkeypatch.setattr("digital_diplomacy.figures.displays.display", display)
    return kept


def test_a_title_of_ones_own_stands_in_for_a_label(own_cells: None, sent: list[Any]) -> None:
    figures.show(figures.plot_series, ROWS, name="my_ranks", title="My ranks")
    figures.show(figures.plot_series, ROWS, title="My ranks")
    figures.show_table(ROWS, name="my_table", title="My table", lang="kk")
    figures.show_table(ROWS)
    figures.show(figures.plot_series, ROWS.head(0))
    assert [metadata.get("digital_diplomacy", {}).get("title") for _, metadata in sent] == [
        "My ranks", None, "My table", None, None,
    ]  # fmt: skip
    assert [data["text/plain"] for data, _ in sent][:3] == ["My ranks", "My ranks", "My table"]
    assert "<caption>My table</caption>" in sent[2][0]["text/html"]
    assert sent[4][0]["text/plain"].startswith("There is nothing to report")


@pytest.mark.parametrize(
    ("shown", "name", "said"),
    [
        ("show", "my_ranks", r"no en text for 'figure\.my_ranks'; .*; give title= a title of your own"),
        ("show_table", "my_ranks", r"no en text for 'table\.my_ranks'; .*; give title= a title of your own"),
        ("show", "channel_shares", r"give about= the code of a country for 'figure\.channel_shares', or title="),
    ],
)
def test_a_name_without_a_label_is_refused_saying_what_to_do(shown: str, name: str, said: str) -> None:
    given = (figures.plot_series, ROWS) if shown == "show" else (ROWS,)
    with pytest.raises(LabelError, match=said):
        getattr(figures, shown)(*given, name=name)


def test_notebooks_of_the_project_give_every_figure_their_language() -> None:
    """The default is for one's own cells: a page must not be in English by an oversight."""
    calls = []
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        cells = stored["cells"] if "order" in stored["metadata"].get("digital_diplomacy", {}) else []  # no one's own
        for code in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
            calls += [(path.stem, node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    shown = [
        (stem, call) for stem, call in calls if re.match(r"figures\.(show|plot|fill|table)", ast.unparse(call.func))
    ]
    assert len(shown) > 100
    silent = [f"{stem}: {ast.unparse(call)}" for stem, call in shown
              if "lang" not in {word.arg for word in call.keywords}]  # fmt: skip
    assert silent == []
