"""Messages that are hard to count, and a server of Spark Connect without Java on this machine."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy.messages import SCHEMA, synthetic


@pytest.fixture(scope="session")
def remote() -> Iterator[str]:
    """Address of a server, started when a test first asks for it."""
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


def open_rows() -> list[dict[str, Any]]:
    """Messages that the rules leave open, without author or with strange languages, and of years before and after."""
    moments = [dt.datetime(2023, 8, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC), dt.datetime(2024, 2, 29, tzinfo=dt.UTC),
               dt.datetime(2023, 9, 30, 12, tzinfo=dt.UTC), dt.datetime(2023, 9, 1, tzinfo=dt.UTC)]  # fmt: skip
    chosen = [
        (platform, author, language, visibility, kind, moment)
        for number, moment in enumerate(moments)
        for platform in ("telegram", "odnoklassniki", "Ютуб")
        for author in (None, f"a{number}", "always")
        for language in (None, "", "zh-Hant", "кк", "O'")[number : number + 2]
        for visibility in ("public", None, "private")
        for kind in ("post", "comment")
    ]
    return [
        {field.name: None for field in SCHEMA}
        | {"platform": platform, "author": author, "language": language, "visibility": visibility, "kind": kind}
        | {"time": moment, "local_day": moment.date(), "local_hour": moment.hour, "message": str(number)}
        | {"parent_time": moment - dt.timedelta(days=7, microseconds=number % 3) if number % 4 else None}
        | {"country": (None, "KAZ", "RUS")[number % 3]}
        for number, (platform, author, language, visibility, kind, moment) in enumerate(chosen)
    ]


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A synthetic month and messages of every kind that rules leave open, in two files with names not everyone has."""
    folder = tmp_path_factory.mktemp("it's қыркүйек")
    totals = pd.DataFrame({"platform": ["telegram", "vkontakte"], "messages": [900, 700], "authors": [200, 1]})
    drawn: dict[str, Any] = {"month": "2023-09", "country": "KAZ", "zone_name": "Asia/Almaty"}
    synthetic.write_month(folder / "month.parquet", totals, rng=np.random.default_rng(5), **drawn)
    pq.write_table(pa.Table.from_pylist(open_rows(), schema=SCHEMA), folder / "open.parquet")
    return [folder / "month.parquet", folder / "open.parquet"]
