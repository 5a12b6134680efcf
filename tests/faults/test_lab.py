"""JupyterLab as people start it: without a home, with start-up files of their own."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from digital_diplomacy.cli import lab

from .conftest import Command

ITS_OWN = {"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"}


@pytest.fixture
def started(small: object, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    begun: list[list[str]] = []
    monkeypatch.setattr(lab.os, "execv", lambda _, words: begun.append(words))
    for name in (*ITS_OWN, "JUPYTER_PREFER_ENV_PATH", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return begun


@pytest.mark.parametrize(
    ("lang", "told"),
    [("kk", "қалтасына жазу мүмкін емес"), ("ru", "нельзя записывать"), ("en", "cannot be written to")],
)
def test_lab_without_a_home_keeps_its_files_elsewhere_and_says_where(
    lang: str, told: str, project: Path, started: list[list[str]], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{lang}_{'US' if lang == 'en' else 'KZ'}.UTF-8")
    (project / "file").write_text("")
    monkeypatch.setenv("HOME", str(project / "file" / "home"))  # nobody can make it, whatever their rights
    monkeypatch.setenv("TMPDIR", str(project))
    monkeypatch.setattr(lab.tempfile, "tempdir", str(project))
    said = command("lab", "--no-browser", cwd=project)
    assert (said.code, len(started)) == (0, 1)
    assert told in said.err
    places = {Path(os.environ[name]) for name in ITS_OWN}
    assert len(places) == len(ITS_OWN)
    (place,) = {path.parent for path in places}
    assert place.parent == project
    assert str(place) in said.err
    assert place.stat().st_mode & 0o077 == 0  # the keys of kernels are nobody else's


def test_lab_with_a_home_leaves_its_places_alone(
    project: Path, started: list[list[str]], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(project / "home"))
    said = command("lab", "--no-browser", cwd=project)
    assert (said.code, said.err, len(started)) == (0, "", 1)
    assert not ITS_OWN & set(os.environ)


@pytest.mark.parametrize(
    ("lang", "told"), [("kk", "тек оқуға ашық"), ("ru", "только для чтения"), ("en", "may only be read here")]
)
def test_lab_on_a_project_that_may_only_be_read_says_that_nothing_is_saved(
    lang: str, told: str, project: Path, started: list[list[str]], command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for another user of the machine; what takes files is asked of the system, which refuses root nothing."""
    monkeypatch.setenv("LC_ALL", f"{lang}_{'US' if lang == 'en' else 'KZ'}.UTF-8")
    monkeypatch.setattr(lab, "_takes_files", lambda folder: folder.name != "notebooks")
    said = command("lab", "--no-browser", cwd=project)
    assert (said.code, len(started)) == (0, 1)
    assert told in said.err
    assert str(project / "notebooks") in said.err


DRAWN = """
import hashlib
import pandas as pd
from digital_diplomacy import figures
ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "cites", "weight": 1.0})
actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state", "label": ["Adam", "Bela", "Cleo"]})
places = actors.assign(x=[0.0, 1.0, 2.0], y=[0.0, 1.0, 0.0], size=[1.0, 2.0, 3.0])
figure = figures.plot_network(ties, places, lang="en", title="Who cites whom")
drawn = hashlib.sha256(figures.svg(figure).encode() + figures.png(figure)).hexdigest()
"""


def test_start_up_files_of_the_user_change_no_figure_and_end_no_notebook_in_lab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {
        "ipython/profile_default/startup/00.py": "import matplotlib as mpl; mpl.rcParams['font.size'] = 40\n1 / 0\n",
        "ipython/profile_default/ipython_config.py": "c.InteractiveShellApp.exec_lines = ['os = 1', 'x =']\n",
        "startup.py": "import random; random.seed(1); raise ValueError('mine')\n",
        "matplotlibrc": "font.size: 40\nsvg.fonttype: path\nsavefig.dpi: 20\nlines.linewidth: 9\n",
    }
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    cells = [f"{DRAWN}\nprint(drawn)", "import matplotlib as mpl; print(mpl.rcParams['font.size'])"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    plain = {**os.environ}
    for name in ("IPYTHONDIR", "PYTHONSTARTUP", "MATPLOTLIBRC"):
        del plain[name]
    ended = subprocess.run(
        [sys.executable, "-c", f"{DRAWN}\nprint(drawn)"], env=plain, capture_output=True, text=True, check=True
    )
    outputs = [
        "".join(part["text"] for part in cell.outputs if part.get("name") == "stdout") for cell in notebook.cells
    ]
    assert outputs == [ended.stdout, "40.0\n"]  # the files were read
