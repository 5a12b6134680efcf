"""The command that opens the notebooks in JupyterLab."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, refuse


@app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def open_lab(
    options: Annotated[
        list[str] | None, typer.Argument(help="Options of JupyterLab, such as --port=8889.", show_default=False)
    ] = None,
) -> None:
    """Open the notebooks in JupyterLab."""
    if importlib.util.find_spec("jupyterlab") is None:
        refuse("JupyterLab is not installed here; `pip install jupyterlab`, or `make setup`")
    words = [sys.executable, *arguments(project_root(), options or [], is_root=_is_root())]
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
