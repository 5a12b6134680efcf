"""Nothing that a notebook prints is lost on its way, however fast it prints and however slowly it is read."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digital_diplomacy.kernels import forking
from digital_diplomacy.reproduction import PlainProgress, find_notebooks, plan_runs, run_all

LINES = 2_500
# More messages than the 1,000 at either end that ZeroMQ holds for a slow reader unless told otherwise.
CODES = [
    f"import sys\nfor number in range({LINES}):\n    print(f'{{number:05d}}', flush=True)",
    "print('next')",
]


@pytest.fixture(autouse=True)
def _no_server_left() -> Iterator[None]:
    yield
    forking.stop()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
@pytest.mark.parametrize("is_forked", [True, False])
def test_every_line_flushed_at_once_arrives(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, is_forked: bool
) -> None:
    write_notebook("talking", CODES)
    if not is_forked:
        monkeypatch.setattr(forking, "_refused", "the test forbids it")
    runs = plan_runs(find_notebooks(project), [], {}, ["en"], {})
    with (project / "log").open("w") as log:
        [outcome] = run_all(
            runs, root=project, out=project / "reports", jobs=1, force=True, progress=PlainProgress(log)
        )
    assert outcome.failure is None, outcome.failure
    executed = json.loads((project / "reports" / outcome.run.folder / "notebook.ipynb").read_text())
    texts = ["".join(output["text"]) for cell in executed["cells"] for output in cell.get("outputs", [])]
    assert texts[0] == "".join(f"{number:05d}\n" for number in range(LINES))
    assert texts[1] == "next\n"
