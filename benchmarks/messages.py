"""Counting a nation's month of messages: time and memory beside the plain query of the engine and pandas, in one run.

    python benchmarks/messages.py DIR [--scale 1.0] [--threads 2] [--without-pandas] [--copies 10]

A synthetic month with the totals that Oleinikova 2024 prints (26.6 million messages on six platforms; ``--scale``
multiplies them) is written to DIR once and used again. Each measurement is a process of its own: CPU seconds and the
most memory it held. ``--copies`` counts all that is counted again over so many copies of the month, which no file
holds, each with authors of its own (their hashes turned by a character more), and over one such copy: turning hashes
takes as long as counting, so that only the two can be compared. It ends with 1 if the totals do not come out to the
message and the author.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy import sources

MONTH: Final = "2023-09"
COUNTRY: Final = "KAZ"
PLAIN: Final = """
SELECT platform, year(local_day) y, month(local_day) m,
  count(*) FILTER (WHERE kept) messages, count(DISTINCT author) FILTER (WHERE kept) authors
FROM (SELECT *, visibility IN ('public', 'unlisted')
        AND (platform <> 'telegram' OR (visibility = 'public' AND country = 'KAZ'))
        AND (platform <> 'odnoklassniki' OR kind NOT IN ('comment', 'reply')
             OR time <= parent_time + INTERVAL 168 HOUR) kept FROM messages
      WHERE local_day >= DATE '2023-09-01' AND local_day < DATE '2023-10-01')
GROUP BY ALL ORDER BY ALL
"""
COLUMNS: Final = ["platform", "author", "local_day", "kind", "country", "time", "parent_time", "visibility"]


def totals(scale: float) -> pd.DataFrame:
    """Messages and authors of each platform as printed, multiplied."""
    printed = sources.load("brand_analytics_2023").pivot_table("value", "platform", "measure")
    scaled = (printed * scale).round().astype(int).reset_index()
    return scaled.rename(columns={"messages_month": "messages", "authors_month": "authors"})


def everything(path: Path, threads: int) -> pd.DataFrame:
    from digital_diplomacy.messages import engine, summaries

    with engine.opened([path], threads=threads) as connection:
        return summaries.summary(connection, publisher="brand-analytics", country=COUNTRY, month=MONTH).counts


def copies(path: Path, threads: int, number: int) -> pd.DataFrame:
    """All that is counted of the month so many times over, each time by other authors."""
    from digital_diplomacy.messages import engine, summaries

    with engine.opened([path], threads=threads) as connection:
        parts = [
            f"SELECT * REPLACE (author[{turn + 1}:] || author[:{turn}] AS author)" for turn in range(1, number + 1)
        ]
        connection.execute(
            "CREATE OR REPLACE VIEW messages AS "
            + " UNION ALL ".join(f"{part} FROM read_parquet('{path.resolve()}')" for part in parts)
        )
        return summaries.summary(connection, publisher="brand-analytics", country=COUNTRY, month=MONTH).counts


def count_table(path: Path, threads: int) -> pd.DataFrame:
    from digital_diplomacy.messages import counting, engine, rules

    table = rules.judged(engine.messages(), rules.rules_of("brand-analytics"), COUNTRY)
    with engine.opened([path], threads=threads) as connection:
        return engine.computed(connection, counting.counts(counting.in_month(table, MONTH)))


def plain(path: Path, threads: int) -> pd.DataFrame:
    import duckdb

    with duckdb.connect(config={"threads": threads, "memory_limit": "2GB"}) as connection:
        connection.execute(f"CREATE VIEW messages AS FROM read_parquet('{path}')")
        return connection.execute(PLAIN).df()


def with_pandas(path: Path, threads: int) -> pd.DataFrame:
    import pyarrow

    pyarrow.set_cpu_count(threads)
    rows = pd.read_parquet(path, columns=COLUMNS)
    day = pd.to_datetime(rows["local_day"])
    kept = rows["visibility"].isin(["public", "unlisted"]) & (day >= "2023-09-01") & (day < "2023-10-01")
    kept &= (rows["platform"] != "telegram") | ((rows["visibility"] == "public") & (rows["country"] == COUNTRY))
    young = rows["time"] <= rows["parent_time"] + pd.Timedelta(days=7)
    kept &= (rows["platform"] != "odnoklassniki") | ~rows["kind"].isin(["comment", "reply"]) | young
    found = rows[kept].groupby("platform", observed=True)["author"].agg(["size", "nunique"]).reset_index()
    return found.set_axis(["platform", "messages", "authors"], axis=1)


def nothing(path: Path, threads: int) -> pd.DataFrame:  # noqa: ARG001 - what importing alone takes
    return pd.DataFrame(columns=["platform", "messages", "authors"])


TASKS: Final[dict[str, Callable[[Path, int], pd.DataFrame]]] = {
    "imports alone": nothing,
    "all that is counted": everything,
    "the count table": count_table,
    "the plain query": plain,
    "pandas": with_pandas,
}


def most_memory() -> float:
    """GB that this process held at most; what the kernel says of resource usage is its parent's, if that held more."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1e6


def measured(task: str, path: Path, threads: int) -> dict[str, Any]:
    """What a process of its own took for a task, and what it found."""
    arguments = [sys.executable, __file__, str(path), "--task", task, "--threads", str(threads)]
    return dict(json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout))


def run(task: str, path: Path, threads: int) -> None:
    import duckdb  # noqa: F401 - importing is measured apart
    import pyarrow.parquet  # noqa: F401

    from digital_diplomacy.messages import summaries  # noqa: F401

    begun, cpu = time.perf_counter(), (time.process_time() if task != "imports alone" else 0.0)
    found = TASKS[task](path, threads) if task in TASKS else copies(path, threads, int(task))
    told = {
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "memory": most_memory(),
        "rows": found[["platform", "messages", "authors"]].astype({"messages": int, "authors": int}).to_dict("records"),
    }
    print(json.dumps(told))


def written(folder: Path, scale: float) -> tuple[Path, pd.DataFrame]:
    """The synthetic month, made unless it is there."""
    path, wanted = folder / f"month_{scale:g}.parquet", totals(scale)
    if not path.exists():
        from digital_diplomacy.messages import synthetic

        folder.mkdir(parents=True, exist_ok=True)
        cpu = time.process_time()
        rng = np.random.default_rng(1)
        synthetic.write_month(path, wanted, month=MONTH, country=COUNTRY, zone_name="Asia/Almaty", rng=rng)
        print(f"written: {wanted['messages'].sum():,} messages, {path.stat().st_size / 1e6:.0f} MB, "
              f"{time.process_time() - cpu:.0f} CPU s")  # fmt: skip
    return path, wanted


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--task")
    parser.add_argument("--without-pandas", action="store_true")
    parser.add_argument("--copies", type=int, choices=range(1, 12), default=1, metavar="1…11")
    given = parser.parse_args()
    if given.task:
        run(given.task, given.folder, given.threads)
        return 0
    path, wanted = written(given.folder, given.scale)
    names = [name for name in TASKS if name != "pandas" or not given.without_pandas]
    took = {name: measured(name, path, given.threads) for name in names}
    for name, one in took.items():
        print(f"{name:20}  {one['seconds']:7.1f} s  {one['cpu']:7.1f} CPU s  {one['memory']:6.2f} GB")
    print(f"count table / plain query: {took['the count table']['cpu'] / took['the plain query']['cpu']:.2f}")
    if "pandas" in took:
        ours, peer = took["the count table"], took["pandas"]
        print(
            f"count table / pandas: CPU {ours['cpu'] / peer['cpu']:.2f}, memory {ours['memory'] / peer['memory']:.2f}"
        )
    if given.copies > 1:
        for number in (1, given.copies):
            took[str(number)] = many = measured(str(number), path, given.threads)
            print(
                f"{number} turned: {many['seconds']:.0f} s, {many['cpu']:.0f} CPU s, {many['memory']:.2f} GB: "
                f"{many['cpu'] / took['1']['cpu']:.1f} times the CPU s of one",
                flush=True,
            )
    expected = wanted.sort_values("platform")[["platform", "messages", "authors"]].to_dict("records")
    wrong = [
        name for name, one in took.items() if name in TASKS and name != "imports alone" and one["rows"] != expected
    ]
    for name in set(took) - set(TASKS):
        many = [row | {count: row[count] * int(name) for count in ("messages", "authors")} for row in expected]
        wrong += [] if took[name]["rows"] == many else [name]
    print(f"totals as asked for: {'no: ' + ', '.join(wrong) if wrong else 'yes'}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
