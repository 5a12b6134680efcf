"""The source distribution holds what the repository holds, so that whoever has it can test and reproduce everything."""

import subprocess
import tarfile
from functools import partial
from gzip import GzipFile
from pathlib import Path
from typing import Final

import pytest
from flit_core import sdist

REPOSITORY: Final = Path(__file__).parents[1]


def listed(*options: str) -> set[str]:
    """Files as git lists them; outside of a repository, what an unpacked source distribution holds."""
    command = ["git", "ls-files", "-z", *options]
    said = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if said.returncode:
        made = {".venv", "__pycache__", "reports", "_build"}
        found = (path.relative_to(REPOSITORY) for path in REPOSITORY.rglob("*") if path.is_file())
        return {path.as_posix() for path in found if not made & set(path.parts)} - {"PKG-INFO"}
    return {name for name in said.stdout.split("\0") if name and (REPOSITORY / name).is_file()}


def test_the_source_distribution_holds_every_file_of_the_repository_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdist, "GzipFile", partial(GzipFile, compresslevel=0))  # packing well takes seconds
    built = sdist.SdistBuilder.from_ini_path(REPOSITORY / "pyproject.toml").build(tmp_path)
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert listed() - names == set()
    own = listed("--others", "--exclude-standard")  # what somebody has added and not committed yet
    assert names - listed() - own == {"PKG-INFO"}
    for part in ("data/raw/claims.csv", "notebooks/claims.ipynb", "tests/test_sdist.py", "docs/index.md", ".ci/run"):
        assert part in names
