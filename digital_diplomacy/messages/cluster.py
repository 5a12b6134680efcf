"""The engine of many machines: Spark, over files of the table that all of them see."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import ibis

from digital_diplomacy.errors import ArgumentError, ClusterError, Said
from digital_diplomacy.messages.engine import NAME

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend
    from pyspark.sql import SparkSession

_PORTS: Final = {"sc": 15002, "spark": 7077}  # where servers and masters of Spark listen unless told otherwise
_PATIENCE: Final = 10.0  # seconds; what connects by itself later tries for ten minutes


@contextmanager
def connected(paths: Sequence[str | Path], *, remote: str) -> Iterator["Backend"]:
    """A Spark connection in which ``messages`` is the table in the files; `engine.computed` takes it like DuckDB's.

    Parameters
    ----------
    paths : sequence of str or Path
        Parquet files of the declared table. All machines of the cluster must see them by these names; a name with a
        scheme (``hdfs://``, ``s3a://``) is taken as it is.
    remote : str
        ``sc://HOST:PORT`` of a server of Spark Connect, for which ``pyspark-client`` is enough; or ``spark://HOST:PORT``
        of a master, for which this machine needs Java and ``pyspark``.

    Yields
    ------
    Backend
        Of ibis. Its times are those of UTC.

    Raises
    ------
    ArgumentError
        If the address is neither, or the installed package cannot speak with a master.
    ClusterError
        If nobody answers, the files are not found, or Spark gives up.

    Examples
    --------
    The same question to both engines; any server will do, here one of this process.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from pysail.spark import SparkConnectServer
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["vkontakte"], "messages": [5], "authors": [2]})
    >>> known = messages.synthetic.write_month(
    ...     path, totals, month="2023-09", country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(1)
    ... )
    >>> server = SparkConnectServer("127.0.0.1", 0)
    >>> server.start(background=True)
    >>> host, port = server.listening_address
    >>> with messages.connected([path], remote=f"sc://{host}:{port}") as connection:
    ...     messages.computed(connection, messages.authors.frequencies(messages.messages()))
        platform  year  month  messages  authors
    0  vkontakte  2023      9         2        1
    1  vkontakte  2023      9         3        1
    >>> server.stop()
    >>> folder.cleanup()
    """
    verify(remote)
    from pyspark.errors import PySparkException

    names = [str(path) if "://" in str(path) else str(Path(path).resolve()) for path in paths]
    try:
        session = _session(remote)
        try:
            connection = ibis.pyspark.connect(session)
            session.read.parquet(*names).createOrReplaceTempView(NAME)
            yield connection
        finally:
            session.stop()
    except PySparkException as error:
        raise ClusterError(
            "{remote}: Spark cannot count {files} ({reason}); see that all of its machines find them by these names",
            remote=remote,
            files=", ".join(names),
            reason=f"{type(error).__name__}: {error}".splitlines()[0][:300],
        ) from error


def _session(remote: str) -> "SparkSession":
    from pyspark.sql import SparkSession

    if remote.startswith("sc:"):
        session: SparkSession = SparkSession.builder.remote(remote).create()
    else:
        session = SparkSession.builder.master(remote).appName("digital-diplomacy").getOrCreate()
    return session


def verify(remote: str) -> None:
    """Raise if it is no address of Spark, if the installed package cannot speak with it, or if nobody answers there.

    Raises
    ------
    ArgumentError, ClusterError
        As `connected`.
    """
    scheme, hosts = _hosts(remote)
    if not hosts:
        raise ArgumentError(
            "{remote!r} is no address of Spark; write it as sc://HOST:15002, or spark://HOST:7077", remote=remote
        )
    from pyspark.util import is_remote_only

    if scheme == "spark" and is_remote_only():
        raise ArgumentError(
            "{remote}: speaking with a master takes the whole of Spark and Java; install pyspark instead of "
            "pyspark-client, or name a server of Spark Connect as sc://HOST:15002",
            remote=remote,
        )
    reasons = [_unreachable(*one) for one in hosts]
    if all(reasons):
        raise ClusterError(
            "{remote}: nobody answers there ({reason}); check the address, and that Spark runs",
            remote=remote,
            reason=Said(reasons[0]),
        )


def _hosts(remote: str) -> tuple[str, list[tuple[str, int]]]:
    """Scheme, and hosts with their ports; none if it is no address. One of several masters is enough."""
    try:
        found = urlsplit(remote)
        if found.scheme not in _PORTS:
            return "", []
        parts = [urlsplit(f"//{one}") for one in found.netloc.split(",")]
        hosts = [(one.hostname, _PORTS[found.scheme] if one.port is None else one.port) for one in parts]
    except ValueError:
        return "", []
    return found.scheme, [(host, port) for host, port in hosts if host]


def _unreachable(host: str, port: int) -> str:
    """Why nobody answers, in the words of the system; empty if somebody does."""
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""
