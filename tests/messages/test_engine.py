"""The connection over the files of a month."""

import subprocess
import sys

import pytest

IN_JUPYTER = """
import sys
import types

for name in {missing!r}:
    sys.modules[name] = None
import IPython

IPython.get_ipython = lambda: types.SimpleNamespace(config={{"IPKernelApp": {{}}}})
from digital_diplomacy import messages

with messages.opened() as connection:
    print(connection.execute("SELECT current_setting('enable_progress_bar')").fetchone())
"""


@pytest.mark.parametrize("missing", [[], ["ipywidgets"]])
def test_no_bar_of_progress_is_drawn_nor_ends_a_notebook_where_nothing_draws_one(missing: list[str]) -> None:
    code = IN_JUPYTER.format(missing=missing)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.stdout == "(False,)\n", told.stderr
