"""An intake that is killed in the middle leaves the files of the run before, or none; the next run is not disturbed."""

import json
import os
import select
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest

from digital_diplomacy.messages import take_in
from digital_diplomacy.messages.intake import writing

WHOLE: Final = ("messages.parquet", "unread.csv")
PART: Final = ".unfinished-*-messages.parquet"


def tweets(path: Path, count: int) -> Path:
    """So many messages, the last of them twice, and a broken line."""
    tweet = {"author_id": "1", "created_at": "2023-09-15T21:30:00Z"}
    rows = [tweet | {"id": str(number)} for number in (*range(count), count - 1)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{\n")
    return path


def killed(source: Path, folder: Path, moment: str) -> None:
    """Take a file in, in a process that stops at a moment to say so and is killed there."""
    hearing, saying = os.pipe()
    child = os.fork()
    if not child:
        stop(source, folder, moment, saying)
    os.close(saying)
    try:
        assert select.select([hearing], [], [], 30)[0], "the intake did not come so far"
        assert os.read(hearing, 1) == b"!", "the intake ended"
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(hearing)
        _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def stop(source: Path, folder: Path, moment: str, saying: int) -> None:
    def here(*_: object, **__: object) -> Any:
        os.write(saying, b"!")
        signal.pause()

    def after(does: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: (does(*given), here())

    try:
        writing.BATCH = 2  # type: ignore[misc]
        if moment == "repeats are dropped":
            writing.without = after(writing.without)
        if moment == "all is on the disk":
            os.fsync = after(os.fsync)
        take_in([source], folder, zone="UTC", key=None, told=here if moment == "a batch is written" else None)
    finally:
        os._exit(1)


@pytest.mark.parametrize("moment", ["a batch is written", "repeats are dropped", "all is on the disk"])
def test_an_intake_that_is_killed_leaves_no_part_of_a_table(moment: str, tmp_path: Path) -> None:
    source, new, used = tweets(tmp_path / "t.jsonl", 7), tmp_path / "new", tmp_path / "used"
    killed(source, new, moment)
    assert not [name for name in WHOLE if (new / name).exists()]
    [part] = new.glob(PART)
    assert part.stat().st_size >= len(b"PAR1")  # it had begun to write

    take_in([tweets(tmp_path / "before.jsonl", 3)], used, zone="UTC", key=None)
    before = [(used / name).read_bytes() for name in WHOLE]
    killed(source, used, moment)
    assert [(used / name).read_bytes() for name in WHOLE] == before

    source.write_text(source.read_text().splitlines(keepends=True)[0])  # nothing to drop this time
    for folder in (new, used):
        assert pq.read_table(take_in([source], folder, zone="UTC", key=None).path).num_rows == 1
        assert sorted(one.name for one in folder.iterdir()) == sorted(WHOLE)
