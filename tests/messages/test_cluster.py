"""Spark counts what DuckDB counts, to the last message; what cannot be Spark is refused before anything is counted."""

import dataclasses
import socket
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.errors import ClusterError
from digital_diplomacy.messages import Summary, cluster, connected, opened, summary

pytestmark = pytest.mark.xdist_group("spark")  # one server for all


def test_spark_counts_what_duckdb_counts_to_the_last_message(hard: list[Path], remote: str) -> None:
    asked = [("brand-analytics", None), ("all", "2019-01")]
    with opened(hard) as here, connected(hard, remote=remote) as there:
        for publisher, month in asked:
            ours, theirs = (
                summary(connection, publisher=publisher, country="KAZ", month=month) for connection in (here, there)
            )
            for field in dataclasses.fields(Summary):
                pd.testing.assert_frame_equal(getattr(theirs, field.name), getattr(ours, field.name))
    assert theirs.counts.empty  # nothing is of 2019


def test_what_is_no_spark_or_does_not_answer_is_refused(hard: list[Path], remote: str) -> None:
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
        with pytest.raises((ValueError, ClusterError), match=said), connected(hard, remote=address):
            pass
    missing = hard[0].with_name("nowhere.parquet")
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
