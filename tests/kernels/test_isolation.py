"""No notebook has an effect on another, and kernels leave nothing behind."""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from digital_diplomacy.kernels import forking, provisioner
from digital_diplomacy.runs.places import PRIVATE, is_running, private_place

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

MANY = 8
SPOILS = [
    "import os, sys, random, builtins, warnings, locale, decimal",
    "import numpy as np, pandas as pd, matplotlib.pyplot as plt, seaborn as sns",
    "plt.rcParams['figure.figsize'] = (1, 1); sns.set_theme(style='dark'); plt.style.use('ggplot')",
    "np.random.seed(1); random.seed(1); np.seterr(all='raise'); np.set_printoptions(precision=1)",
    "os.environ['LEFT'] = 'behind'; os.environ.pop('HOME', None); os.chdir('/'); os.umask(0o077)",
    "pd.options.display.max_columns = 1; pd.DataFrame.sum = lambda *_: 'spoiled'; pd.read_csv = None",
    "builtins.left = 1; sys.path.insert(0, '/left')",
    "warnings.simplefilter('error'); decimal.getcontext().prec = 2; sys.setrecursionlimit(100_000)",
    "from digital_diplomacy import labels; labels.text = lambda *_: 'spoiled'",
]
ENDS = ["import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"]
LOOKS = [
    "import os, sys, random, builtins, warnings, decimal, json",
    "import numpy as np, pandas as pd, matplotlib.pyplot as plt",
    "from digital_diplomacy import labels",
    "plt.rcParams['figure.figsize'], plt.rcParams['axes.facecolor'], plt.rcParams['axes.grid']",
    "np.geterr(), np.get_printoptions()['precision'], os.environ.get('LEFT'), 'HOME' in os.environ, os.getcwd()",
    "pd.options.display.max_columns, pd.DataFrame({'a': [1, 2]}).sum(), callable(pd.read_csv)",
    "hasattr(builtins, 'left'), '/left' in sys.path, sys.getrecursionlimit(), decimal.getcontext().prec",
    "os.umask(0), labels.text('unit.percent', 'en') if 'unit.percent' in labels.codes('unit.') else ''",
    "'spoiled' in str(warnings.filters)",
]


def execute(path: Path, folder: Path) -> Any:
    """The notebook executed by papermill with the engine, in ``folder``."""
    import papermill

    options: dict[str, Any] = {"engine_name": "digital_diplomacy", "progress_bar": False}
    return papermill.execute_notebook(
        str(path), None, parameters={"country": "KAZ"}, resources={"metadata": {"path": str(folder)}}, **options
    )


def outputs(notebook: Any) -> list[Any]:
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def held() -> tuple[int, int, int]:
    """Open files, threads and processes of this process."""
    process = psutil.Process()
    return process.num_fds(), process.num_threads(), len(process.children(recursive=True))


def more(now: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Whether there is more of anything than before."""
    return any(a > b for a, b in zip(now, before, strict=True))


@pytest.mark.usefixtures("every_library")
def test_a_notebook_that_spoils_everything_has_no_effect_on_the_next(
    project: Path, write_notebook: Callable[..., Path]
) -> None:
    from digital_diplomacy.reproduction import KernelLostError

    looks, spoils, ends = (write_notebook(name, codes) for name, codes in (("a", LOOKS), ("b", SPOILS), ("c", ENDS)))
    before = outputs(execute(looks, project))
    execute(spoils, project)
    assert outputs(execute(looks, project)) == before
    with pytest.raises(KernelLostError, match=r"kernel died in cell 5 of c\.ipynb: it was ended by SIGKILL"):
        execute(ends, project)
    assert outputs(execute(looks, project)) == before


def test_each_kernel_draws_its_own_random_numbers(project: Path, write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("chance", ["import random, numpy as np", "print(random.random(), np.random.random())"])
    first, second = (str(outputs(execute(path, project))[-1]).split() for _ in range(2))
    assert not set(first[-2:]) & set(second[-2:])


def test_many_kernels_leave_no_process_file_or_socket_behind(
    project: Path, write_notebook: Callable[..., Path], comes_true: Callable[..., bool]
) -> None:
    path = write_notebook("short", ["import subprocess; subprocess.Popen(['sleep', '600']); country"])
    execute(path, project)  # what a first time leaves, such as imported modules' files, is no leak
    gc.collect()
    before = held()
    with forking.one_version():
        for _ in range(MANY):
            execute(path, project)
    assert comes_true(lambda: not more(held(), before))  # what the last kernel had started is still being collected
    assert not list(private_place().glob(f"{PRIVATE}{os.getpid()}-*"))
    assert not list(project.glob("k-*"))


@pytest.mark.parametrize("is_short_one_there", [True, False])
def test_kernels_start_however_long_the_path_of_the_temporary_folder(
    project: Path, write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, *, is_short_one_there: bool
) -> None:
    long = project / ("long" * 30)  # an address of a socket has at most 108 bytes
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    if not is_short_one_there:
        monkeypatch.setattr(provisioner, "private_place", lambda: long)
    path = write_notebook("short", ["country"])
    assert "KAZ" in str(outputs(execute(path, project))[-1])
    assert not list(long.iterdir())


FORKS_ITSELF = """
lasting = os.fork()
if lasting:
    print(forking.server().pid, child.pid, lasting, flush=True)
sys.stdin.read()
os._exit(0)
"""


def test_the_server_ends_though_a_fork_of_its_requester_goes_on(
    project: Path, forks: str, comes_true: Callable[..., bool]
) -> None:
    command, pipe = [sys.executable, "-c", forks + FORKS_ITSELF], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=project) as process:
        assert process.stdout is not None
        server, child, lasting = map(int, process.stdout.readline().split())
        process.kill()
        assert comes_true(lambda: not is_running(server))
        assert comes_true(lambda: not is_running(child))
        assert is_running(lasting)  # until what it reads is closed
