"""A process that forks a kernel and then waits."""

from typing import Final

import pytest

FORKS: Final = """
import os, sys
from digital_diplomacy.kernels import forking
environment = {**os.environ, "IPYTHONDIR": ".", "JUPYTER_RUNTIME_DIR": "."}
request = {"arguments": ["-f", "connection.json"], "environment": environment, "cwd": ".", "log": "log"}
child = forking.server().fork("digital_diplomacy.kernels.fork_server:kernel", request)
while not child.pid and child.returncode is None:
    child.receive()
assert child.returncode is None, open("log").read()
"""


@pytest.fixture(scope="session")
def forks(few_libraries: str) -> str:
    """Code that forks ``child``, a kernel whose connection file lies in the folder it is run in.

    In the folder of a user's Jupyter it would be that of every kernel of this name: a second one takes its ports from
    there, and ends where the first still has them.
    """
    return few_libraries + FORKS
