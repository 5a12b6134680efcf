"""The command that opens the notebooks in JupyterLab."""

import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, refuse, spoken
from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import said


@app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def open_lab(
    options: Annotated[
        list[str] | None, typer.Argument(help="Options of JupyterLab, such as --port=8889.", show_default=False)
    ] = None,
) -> None:
    """Open the notebooks in JupyterLab."""
    if importlib.util.find_spec("jupyterlab") is None:
        refuse("JupyterLab is not installed here; `pip install jupyterlab`, or `make setup`")
    root = project_root()
    words = [sys.executable, *arguments(root, options or [], is_root=_is_root())]
    _say_what_is_not_kept(root / "notebooks")
    os.environ.update(_places_of_its_own())
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 - it becomes JupyterLab


def arguments(root: Path, options: Sequence[str], *, is_root: bool) -> list[str]:
    """What Python is started with: the project's notebooks in JupyterLab, and what the user adds.

    Examples
    --------
    >>> arguments(Path("p"), ["--no-browser"], is_root=True)
    ['-P', '-m', 'jupyterlab', '--ServerApp.root_dir=p', '--LabApp.default_url=/lab/tree/notebooks', '--allow-root', \
'--no-browser']
    """
    # -P: a file called random.py in the folder one stands in is no module of JupyterLab's.
    own = ["-P", "-m", "jupyterlab", f"--ServerApp.root_dir={root}", "--LabApp.default_url=/lab/tree/notebooks"]
    return [*own, *(["--allow-root"] if is_root else []), *options]  # the only user of a container is root


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _say_what_is_not_kept(notebooks: Path) -> None:
    """Say it before somebody works for an hour: JupyterLab says so only when it is to save."""
    if not _takes_files(notebooks):
        from digital_diplomacy.labels.refusals import told

        sentence = (
            "{folder} may only be read here: notebooks run, but no change of them is saved; to change them, copy the "
            "project to a folder of yours"
        )
        put(told(said(sentence, folder=notebooks), spoken()), file=sys.stderr)


def _places_of_its_own() -> dict[str, str]:
    """Where JupyterLab and its kernels are to keep their own files, if the user's home takes none; said as well."""
    from jupyter_core import paths

    folders = {
        "JUPYTER_CONFIG_DIR": paths.jupyter_config_dir(),
        "JUPYTER_DATA_DIR": paths.jupyter_data_dir(),
        "JUPYTER_RUNTIME_DIR": paths.jupyter_runtime_dir(),
        "IPYTHONDIR": os.environ.get("IPYTHONDIR") or str(Path("~/.ipython").expanduser()),
    }
    refusing = [folder for folder in folders.values() if not _takes_files(Path(folder))]
    if not refusing:
        return {}
    from digital_diplomacy.labels.refusals import told

    place = tempfile.mkdtemp(prefix="digital-diplomacy-lab-")
    sentence = "{folder} cannot be written to; JupyterLab keeps its own files in {place}"
    put(told(said(sentence, folder=refusing[0], place=place), spoken()), file=sys.stderr)
    return {name: str(Path(place, name.lower())) for name in folders}


def _takes_files(folder: Path) -> bool:
    if not folder.is_absolute():  # a user without a home
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
