"""What the results of a kernel rest on besides its code is seen, and nothing of the machine's own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from digital_diplomacy.kernels import observing
from digital_diplomacy.runs.results import Observed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

# Code of one cell to what is seen: files with folders, variables, programs and connections. OUT is a folder outside.
CASES: Final[dict[str, tuple[str, Observed]]] = {
    "a file": ("open('read.csv').read()", Observed(("read.csv",))),
    "a file by number": ("import os; os.close(os.open('read.csv', os.O_RDONLY))", Observed(("read.csv",))),
    "another folder": ("import os; os.chdir('data'); open('../read.csv')", Observed(("read.csv",))),
    "a file outside": ("open('OUT/far.csv').read()", Observed(("OUT/far.csv",))),
    "a file missing": ("import contextlib\nwith contextlib.suppress(OSError): open('no.csv')", Observed(("no.csv",))),
    "a database": ("import sqlite3; sqlite3.connect('store.db').execute('select 1')", Observed(("store.db",))),
    "a database by address": (
        "import sqlite3; sqlite3.connect('file:store.db?mode=ro', uri=True)",
        Observed(("store.db",)),
    ),
    "a database in memory": ("import sqlite3; sqlite3.connect(':memory:')", Observed()),
    "a module beside": ("import sys; sys.path.insert(0, '.'); import beside", Observed(("beside.py",))),
    "a module outside": ("import sys; sys.path.insert(0, 'OUT'); import far", Observed(("OUT/far.py",))),
    "a file written": ("open('new.csv', 'w').write('a')", Observed()),
    "a file written, then read": ("open('new.csv', 'w').write('a'); open('new.csv').read()", Observed()),
    "one moved into place, then read": (
        "import os; open('part', 'w').close(); os.rename('part', 'new.csv'); open('new.csv').read()",
        Observed(),
    ),
    "a temporary folder": (
        "import tempfile, os\nfrom pathlib import Path\nwith tempfile.TemporaryDirectory() as place:\n"
        "    (Path(place) / 'a').write_text('a'); (Path(place) / 'a').read_text(); os.listdir(place)",
        Observed(),
    ),
    "a temporary file": ("import tempfile\nwith tempfile.TemporaryFile('w+') as f: f.write('a'); f.read()", Observed()),
    "files of the system": ("open('/etc/passwd').read(); open('/proc/self/status').read()", Observed()),
    "files of Python": ("import json; open(json.__file__).read()", Observed()),
    "files of libraries": ("import numpy; open(numpy.__file__).read()", Observed()),
    "a cache": ("from pathlib import Path; (Path.home() / '.cache/a').read_text()", Observed()),
    "a folder listed": ("import os; os.listdir('data')", Observed(("data/",))),
    "this folder listed": ("import os; os.listdir()", Observed(("./",))),
    "a folder by number": (
        "import os; os.listdir(os.open('data', os.O_RDONLY | os.O_DIRECTORY))",
        Observed(("data/",)),
    ),
    "a folder outside": ("from pathlib import Path; list(Path('OUT').iterdir())", Observed(("OUT/",))),
    "a pattern": ("import glob; glob.glob('data/*.csv')", Observed(("data/",))),
    "a pattern of pathlib": ("from pathlib import Path; list(Path('data').glob('*.csv'))", Observed(("data/",))),
    "a tree": ("import os; list(os.walk('data'))", Observed(("data/", "data/raw/"))),
    "a folder missing": ("import glob; glob.glob('none/*.csv')", Observed(("none/",))),
    "a search for libraries": (
        "import importlib.metadata as m; m.version('numpy'); list(m.entry_points())",
        Observed(),
    ),
    "a variable": ("import os; os.environ['SEEN']", Observed((), ("SEEN",))),
    "a variable with a default": ("import os; os.getenv('NOT_SET', 'x')", Observed((), ("NOT_SET",))),
    "a variable asked for": ("import os; 'SEEN' in os.environ", Observed((), ("SEEN",))),
    "a variable in a path": ("import os; os.path.expandvars('$SEEN/a.csv')", Observed((), ("SEEN",))),
    "a variable in bytes": ("import os; os.environb[b'SEEN']", Observed((), ("SEEN",))),
    "a variable of a module beside": (
        "import sys; sys.path.insert(0, '.'); import beside; beside.ask()",
        Observed(("beside.py",), ("SEEN",)),
    ),
    "a variable of a library": ("import tempfile; tempfile.gettempdir()", Observed()),
    "a variable set": ("import os; os.environ['NEW'] = '1'", Observed()),
    "a program": ("import subprocess; subprocess.run(['true'])", Observed((), (), ("program true",))),
    "a program by path": ("import subprocess; subprocess.run('/bin/true')", Observed((), (), ("program true",))),
    "a command of the shell": ("import os; os.system('true | true')", Observed((), (), ("program true",))),
    "a command read": ("import os; os.popen('true').read()", Observed((), (), ("program sh",))),
    "a spawned program": (
        "import os; os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
        Observed((), (), ("program true",)),
    ),
    "a replaced child": (
        "import os; os.fork() or os.execv('/bin/true', ['true']); os.wait()",
        Observed((), (), ("program true",)),
    ),
    "a program in a terminal": (
        "import pexpect; pexpect.run('true')",
        Observed((), (), ("program true",)),
    ),
    "descriptors closed": ("import os; os.closerange(3, 256); open('read.csv').read()", Observed(("read.csv",))),
    "further Pythons": (
        "import multiprocessing.popen_spawn_posix",
        Observed((), (), ("program python (multiprocessing)",)),
    ),
    "what the machine is": (
        "import platform, ctypes.util; platform.platform(); ctypes.util.find_library('m')",
        Observed(),
    ),
    "a connection": (
        "import socket, contextlib\nwith contextlib.suppress(OSError): socket.socket().connect(('127.0.0.1', 9))",
        Observed((), (), ("connection 127.0.0.1",)),
    ),
    "a datagram": (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'a', ('127.0.0.1', 9))",
        Observed((), (), ("connection 127.0.0.1",)),
    ),
    "an address": (
        "import urllib.request, contextlib\n"
        "with contextlib.suppress(OSError): urllib.request.urlopen('http://127.0.0.1:9/a')",
        Observed((), (), ("connection 127.0.0.1",)),
    ),
    "sockets of one's own": ("import socket, asyncio; socket.socketpair(); asyncio.run(asyncio.sleep(0))", Observed()),
    "forked processes": ("import multiprocessing as m; m.get_context('fork').Pool(1).map(abs, [1])", Observed()),
    "a file a forked process reads": (
        "import multiprocessing as m\n"
        "p = m.get_context('fork').Process(target=open, args=['read.csv']); p.start(); p.join()",
        Observed(("read.csv",)),
    ),
}

DRIVER: Final = """
import os, json, sys, contextlib
from pathlib import Path
from digital_diplomacy.kernels import observing
import numpy, sqlite3, urllib.request, asyncio, tempfile, importlib.metadata
cases = json.loads(sys.stdin.read())
for number, code in enumerate(cases):
    if not os.fork():
        os.environ |= observing.request(Path.cwd(), Path("..") / f"notes-{number}") | {"SEEN": "seen"}
        observing.start(os.environ)
        assert observing.VARIABLE not in os.environ
        try:
            with contextlib.suppress(FileNotFoundError):
                exec(code, {"__name__": "__main__"})
        except BaseException as error:
            Path(f"../error-{number}").write_text(repr(error))
        os._exit(0)
    os.wait()
    Path("new.csv").unlink(missing_ok=True)
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Observed]:
    """What was seen of each case, all in one process that forks."""
    base = tmp_path_factory.mktemp("observed").resolve()
    project, outside = base / "project", tmp_path_factory.mktemp("outside").resolve()
    (project / "data/raw").mkdir(parents=True)
    for place in (project / "read.csv", project / "store.db", project / "data/a.csv", outside / "far.csv"):
        place.write_text("")
    (project / "beside.py").write_text("import os\n\ndef ask():\n    return os.environ['SEEN']\n")
    (outside / "far.py").write_text("value = 1\n")
    codes = [code.replace("OUT", str(outside)) for code, _ in CASES.values()]
    environment = os.environ | {"HOME": str(base / "home")}
    command = [sys.executable, "-W", "ignore", "-c", DRIVER]
    subprocess.run(command, input=json.dumps(codes), text=True, check=True, cwd=project, env=environment, timeout=120)
    assert [path.read_text() for path in base.glob("error-*")] == []
    found = {name: observing.read(base / f"notes-{number}", project) for number, name in enumerate(CASES)}
    return {
        name: Observed(tuple(file.replace(str(outside), "OUT") for file in one.files), one.variables, one.unrepeatable)
        for name, one in found.items()
    }


@pytest.mark.parametrize("case", CASES)
def test_what_a_cell_rests_on_is_seen(seen: dict[str, Observed], case: str) -> None:
    assert seen[case] == CASES[case][1]


def test_without_notes_nothing_was_seen(tmp_path: Path) -> None:
    assert observing.read(tmp_path / "none", tmp_path) == Observed()
