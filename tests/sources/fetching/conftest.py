"""A publisher on this machine that answers as it is told, well or badly."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from digital_diplomacy.sources.fetching import Limits

Answer = Callable[[BaseHTTPRequestHandler], None]
QUICK = Limits(
    size=200_000, redirects=3, seconds=20.0, silence=10.0, attempts=3, back_off=0.01, patience=0.5, pause=0.0
)


class Publisher:
    """Answers by path, and the heads of the requests that came."""

    def __init__(self, port: int) -> None:
        self.port, self.answers, self.asked = port, dict[str, Answer](), list[tuple[str, dict[str, str]]]()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, content: bytes, status: int = 200, **heads: str) -> str:
        """Answer so, with the length of the content; the address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            send(handler, content, status, **heads)

        return self.does(path, answer)

    def does(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.address(path)


def send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **heads: str) -> None:
    """An answer with heads such as ``Retry_After="1"``."""
    handler.send_response(status)
    named = {"Content-Length": str(len(content))} | {name.replace("_", "-"): text for name, text in heads.items()}
    for name, text in named.items():
        handler.send_header(name, text)
    handler.end_headers()
    handler.wfile.write(content)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers)))
            self.close_connection = True
            try:
                found.answers[self.path](self)
            except (BrokenPipeError, ConnectionResetError):  # the other side has had enough
                return

        def log_message(self, *_: object) -> None:
            pass

    ThreadingHTTPServer.block_on_close = False
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Publisher(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield found
        server.shutdown()
