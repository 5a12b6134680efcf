"""Spark counts what DuckDB counts, to the last message; what cannot be Spark is refused before anything is counted."""

import dataclasses
import datetime as dt
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy.errors import ClusterError
from digital_diplomacy.messages import SCHEMA, Summary, cluster, connected, opened, summary, synthetic

pytestmark = pytest.mark.xdist_group("spark")  # one server for all


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


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A synthetic month and messages of every kind that rules leave open, in two files with names not everyone has."""
    folder = tmp_path_factory.mktemp("it's қыркүйек")
    totals = pd.DataFrame({"platform": ["telegram", "vkontakte"], "messages": [900, 700], "authors": [200, 1]})
    drawn = {"month": "2023-09", "country": "KAZ", "zone_name": "Asia/Almaty", "rng": np.random.default_rng(5)}
    synthetic.write_month(folder / "month.parquet", totals, **drawn)
    pq.write_table(pa.Table.from_pylist(open_rows(), schema=SCHEMA), folder / "open.parquet")
    return [folder / "month.parquet", folder / "open.parquet"]


def test_spark_counts_what_duckdb_counts_to_the_last_message(paths: list[Path], remote: str) -> None:
    asked = [("brand-analytics", "2023-09"), ("brand-analytics", None), ("all", "2024-02"), ("all", "2019-01")]
    with opened(paths) as here, connected(paths, remote=remote) as there:
        for publisher, month in asked:
            ours, theirs = (
                summary(connection, publisher=publisher, country="KAZ", month=month) for connection in (here, there)
            )
            for field in dataclasses.fields(Summary):
                pd.testing.assert_frame_equal(getattr(theirs, field.name), getattr(ours, field.name))
    assert theirs.counts.empty  # nothing is of 2019


def test_what_is_no_spark_or_does_not_answer_is_refused(paths: list[Path], remote: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        silent = taken.getsockname()[1]  # closed again when it is asked for
    refused = {
        "localhost:15002": "is no address of Spark; write it as sc://HOST:15002",
        "http://localhost:4040": "is no address of Spark",
        "sc://": "is no address of Spark",
        "sc://127.0.0.1:what": "is no address of Spark",
        "local": "is no address of Spark",
        "": "is no address of Spark",
        f"sc://127.0.0.1:{silent}": f"sc://127.0.0.1:{silent}: nobody answers there .*refused.*check the address",
        f"spark://127.0.0.1:{silent}": "install pyspark instead of pyspark-client|nobody answers there",
    }
    for address, said in refused.items():
        with pytest.raises((ValueError, ClusterError), match=said), connected(paths, remote=address):
            pass
    missing = paths[0].with_name("nowhere.parquet")
    with pytest.raises(ClusterError, match=r"nowhere\.parquet .*see that all of its machines find them"):  # noqa: SIM117
        with connected([missing], remote=remote) as connection:
            summary(connection, publisher="all", country="KAZ")


def test_one_of_several_masters_is_enough(remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyspark.util.is_remote_only", lambda: False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        silent = taken.getsockname()[1]
    answering = remote.removeprefix("sc://")
    cluster.verify(f"spark://127.0.0.1:{silent},{answering}")
    with pytest.raises(ClusterError, match="nobody answers there"):
        cluster.verify(f"spark://127.0.0.1:{silent},127.0.0.1:{silent}")
