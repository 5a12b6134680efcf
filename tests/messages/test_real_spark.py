"""A master, a worker and a server of Spark itself, on this machine alone, count what DuckDB counts."""

import dataclasses
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

from digital_diplomacy.messages import Summary, connected, opened, summary

# The Java process that a master is spoken with through lives as long as this one, and so do its pipes and sockets.
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

HOST: Final = "127.0.0.1"
PATIENCE: Final = 300.0  # seconds, for a busy machine
DEPLOY: Final = "org.apache.spark.deploy"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(folder: Path, name: str, words: list[str], sign: str) -> Iterator[None]:
    """A process of Spark, from the line of its log that says that it is ready until it is no longer asked for."""
    import pyspark

    script, log = Path(pyspark.__file__).parent / "bin" / words[0], folder / f"{name}.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [str(script), *words[1:]], stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        end = time.monotonic() + PATIENCE
        while sign not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.2)
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Of a server of Spark Connect on a cluster of one worker, and of its master."""
    folder, ports = tmp_path_factory.mktemp("spark"), [free_port(), free_port()]
    master, server = f"spark://{HOST}:{ports[0]}", f"sc://{HOST}:{ports[1]}"
    named = {"port": ports[1], "address": HOST}
    settings = {f"spark.connect.grpc.binding.{name}": value for name, value in named.items()}
    settings |= {"spark.ui.enabled": "false", "spark.cores.max": 1, "spark.sql.shuffle.partitions": 4}
    given = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("SPARK_LOCAL_IP", HOST)
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        patch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.ui.enabled=false --conf spark.cores.max=1 "
                     "--conf spark.sql.shuffle.partitions=4 --driver-memory 512m pyspark-shell")  # fmt: skip
        patch.delenv("SPARK_HOME", raising=False)
        for name, words, sign in [
            ("master", ["spark-class", f"{DEPLOY}.master.Master", "--host", HOST, "--port", str(ports[0]),
                        "--webui-port", "0"], "New state: ALIVE"),
            ("worker", ["spark-class", f"{DEPLOY}.worker.Worker", "--host", HOST, "--cores", "2", "--memory", "2g",
                        "--webui-port", "0", "--work-dir", str(folder), master], "Successfully registered"),
            ("server", ["spark-submit", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
                        "--master", master, *given, "spark-internal"], "Spark Connect server started"),
        ]:  # fmt: skip
            stack.enter_context(running(folder, name, words, sign))
        yield [server, master]


# The master first: once Spark has spoken with a server, it speaks with nothing else in a process.
@pytest.mark.parametrize("which", [1, 0], ids=["master", "server"])
def test_a_cluster_counts_what_duckdb_counts_to_the_last_message(
    which: int, addresses: list[str], hard: list[Path]
) -> None:
    with opened(hard) as here, connected(hard, remote=addresses[which]) as there:
        ours, theirs = (summary(one, publisher="brand-analytics", country="KAZ") for one in (here, there))
        for field in dataclasses.fields(Summary):
            pd.testing.assert_frame_equal(getattr(theirs, field.name), getattr(ours, field.name))
