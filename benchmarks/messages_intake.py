"""Taking files of messages in, and from files to a finished page: CPU seconds and memory of the whole command.

    python benchmarks/messages_intake.py DIR [--twarc 2] [--telegram 1] [--page 1000000] [--earlier FOLDER]

Files that nobody wrote are made in DIR, given to ``digital-diplomacy messages`` as a process of its own, and removed:
pages of twarc2 and an export of Telegram Desktop of so many gigabytes (``--tables-only``), and an export of so many
messages of a hundred accounts, which ends in figures and pages in three languages. With the folder of an
earlier version both take each file in, one after the other, and the ratio of their CPU seconds is told. It ends with 1
if the command does not find every message.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parents[1]
GIGABYTE: Final = 1_000_000_000
WORDS: Final = "Астана – бас қала; ашық деректер, сыртқы саясат және пікірлер. Открытые данные и отзывы. " * 3
ACCOUNTS: Final = 100


def twarc(number: int) -> str:
    """A page of a hundred posts as twarc2 keeps it."""
    posts = [
        {
            "id": str(number * 100 + one), "author_id": str((number * 100 + one) % 99_991), "lang": "kk",
            "conversation_id": str(number * 100 + one), "created_at": f"2023-09-{1 + one % 30:02}T12:00:00.000Z",
            "text": WORDS, "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": 3, "quote_count": 0},
            "entities": {"mentions": [{"username": "mfa_kz", "id": "77", "start": 0, "end": 7}]},
        }
        for one in range(100)
    ]  # fmt: skip
    users = [{"id": post["author_id"], "username": f"user{post['author_id']}"} for post in posts]
    page = {"data": posts, "includes": {"users": users}, "meta": {"result_count": 100, "newest_id": "1"}}
    return json.dumps(page | {"__twarc": {"url": "https://api", "version": "2.14.0"}}) + "\n"


def exported(number: int, accounts: int) -> dict[str, object]:
    """A message of an export; every tenth passes on another's."""
    told: dict[str, object] = {
        "id": number + 1, "type": "message", "date_unixtime": str(1_693_600_000 + number % 2_500_000),
        "from_id": f"channel{number % accounts}", "from": "Арна",
        "text": [WORDS, {"type": "mention", "text": "@mfa_kz"}],
        "text_entities": [{"type": "plain", "text": WORDS}, {"type": "mention", "text": "@mfa_kz"}],
    }  # fmt: skip
    passed_on = {"forwarded_from": "Арна", "forwarded_from_id": f"channel{number * 7 % accounts}"}
    return told | passed_on if number % 10 == 0 else told


def lines_of_export(messages: Iterator[dict[str, object]]) -> Iterator[str]:
    """An export of a public channel, a message at a time."""
    yield '{"name": "Арна", "type": "public_supergroup", "id": 5, "messages": [\n'
    for number, message in enumerate(messages):
        yield (",\n" if number else "") + json.dumps(message, ensure_ascii=False)
    yield "\n]}\n"


def write_twarc(path: Path, size: float) -> int:
    """Pages until the file has the size; how many posts it has."""
    pages = 0
    with path.open("w", encoding="utf-8") as stream:
        while stream.tell() < size:
            stream.write(twarc(pages))
            pages += 1
    return 100 * pages


def write_export(path: Path, count: int, accounts: int) -> int:
    """An export of so many messages."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(lines_of_export(exported(number, accounts) for number in range(count)))
    return count


def measured(path: Path, out: Path, *words: str, version: Path = HERE) -> tuple[float, float, float, int]:
    """Seconds, CPU seconds, gigabytes at most, and messages of the command."""
    command = [sys.executable, "-m", "digital_diplomacy", "messages", str(path), "--zone", "Asia/Almaty"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--all-of-country", "--lang", "en", "--out", str(out), *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=version,
        env={**os.environ, "PYTHONPATH": str(version)},
    )
    told = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    found = re.search(r"; messages: ([\d,]+)", told)
    messages = int(found[1].replace(",", "")) if found and not process.returncode else -1
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, messages


def main() -> int:
    """Write, measure, remove."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--twarc", type=float, default=2.0, metavar="GB")
    parser.add_argument("--telegram", type=float, default=1.0, metavar="GB")
    parser.add_argument("--page", type=int, default=1_000_000, metavar="MESSAGES")
    parser.add_argument("--earlier", type=Path, metavar="FOLDER", help="of an earlier version, to run beside this one")
    given = parser.parse_args()
    given.folder = given.folder.resolve()
    given.folder.mkdir(parents=True, exist_ok=True)
    each = len(json.dumps(exported(1, ACCOUNTS), ensure_ascii=False).encode()) + 2
    export = int(given.telegram * GIGABYTE / each)
    tasks = {
        "twarc2 pages": (write_twarc, (given.twarc * GIGABYTE,), ("--tables-only",)),
        "Telegram export": (write_export, (export, 100_000), ("--tables-only",)),
        "files to pages": (write_export, (given.page, ACCOUNTS), ("--month", "2023-09", "--draws", "199")),
    }
    wrong = 0
    for name, (write, arguments, words) in tasks.items():
        if not arguments[0]:
            continue
        path = given.folder / ("posts.jsonl" if write is write_twarc else "result.json")
        known = write(path, *arguments)  # type: ignore[operator]
        size = path.stat().st_size / GIGABYTE
        out = given.folder / name.replace(" ", "_")
        wall, cpu, memory, found = measured(path, out, *words)
        if given.earlier:
            before = measured(path, out.with_name(f"{out.name}_earlier"), *words, version=given.earlier.resolve())
            print(
                f"{name:16} earlier: {before[0]:.0f} s, {before[1]:.0f} CPU s; now {cpu / before[1]:.2f} of the CPU s"
            )
        path.unlink()
        print(
            f"{name:16} {size:5.2f} GB, {known:,} messages: {wall:.0f} s, {cpu:.0f} CPU s, {memory:.2f} GB", flush=True
        )
        if found != known:
            wrong += 1
            print(f"  found {found:,}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
