"""A server of Spark Connect without Java, on this machine, started when a test first asks for it."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def remote() -> Iterator[str]:
    """Its address."""
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()
