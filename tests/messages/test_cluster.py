"""Spark counts what DuckDB counts, to the last message; what cannot be Spark is refused before anything is counted."""

import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from digital_diplomacy import cli
from digital_diplomacy.errors import ClusterError
from digital_diplomacy.messages import Summary, cluster, connected, opened, summary


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


def test_the_same_files_give_the_same_bytes_on_every_engine_in_every_zone_and_locale(
    remote: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = [
        {"id": str(number), "author_id": str(number % 3), "created_at": f"2023-{month}T18:30:00Z", "lang": lang}
        for number, (month, lang) in enumerate([("08-31", "kk"), ("09-01", "ru"), ("09-30", "қаз"), ("08-01", "kk")])
    ]
    (tmp_path / "жазба.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    (tmp_path / "key").write_bytes(bytes(range(32)))
    given = [tmp_path / "жазба.jsonl", "--zone", "Asia/Almaty", "--key", tmp_path / "key", "--month", "2023-09"]
    given += ["--tables-only"]
    words = ["messages", *map(str, given), "--out"]
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    monkeypatch.setattr("sys.argv", ["digital-diplomacy", *words, str(tmp_path / "here")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    monkeypatch.undo()
    time.tzset()
    elsewhere = os.environ | {"TZ": "America/New_York", "LC_ALL": "C", "LANG": "C"}
    there = [*words, str(tmp_path / "there"), "--engine", "spark", "--remote", remote]
    command = [sys.executable, "-W", "error", "-m", "digital_diplomacy", *there]
    subprocess.run(command, check=True, env=elsewhere, capture_output=True)
    assert ended.value.code in (None, 0), capsys.readouterr()
    made = {path.name: path.read_bytes() for path in (tmp_path / "here").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == made
    # 31 August, 18:30 in UTC, is half past midnight of September in Almaty, and 30 September of October.
    assert made["daily.csv"].decode().splitlines() == [
        "platform,local_day,messages,authors", "twitter,2023-09-01,1,1", "twitter,2023-09-02,1,1"
    ]  # fmt: skip
    assert made["newcomers.csv"].decode().splitlines()[1:] == ["twitter,2023,9,1,1"]  # author 0 had written in August


def test_files_of_this_machine_are_named_whole_and_addresses_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    session = SimpleNamespace(read=SimpleNamespace(), createOrReplaceTempView=lambda _: None, stop=lambda: None)
    session.read.parquet = lambda *names: read.extend(names) or session
    monkeypatch.setattr(cluster, "verify", lambda _: None)
    monkeypatch.setattr(cluster, "_session", lambda _: session)
    monkeypatch.setattr("ibis.pyspark.connect", lambda taken: taken)
    with connected(["s3a://bucket/a.parquet", "month.parquet"], remote="sc://127.0.0.1:15002") as connection:
        assert connection is session
    assert read == ["s3a://bucket/a.parquet", str(Path.cwd() / "month.parquet")]
