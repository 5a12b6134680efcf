"""A file comes whole or not at all, whatever a server does."""

import gzip
import multiprocessing
import signal
import time
import warnings
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from digital_diplomacy import __version__, labels
from digital_diplomacy.sources.fetching.connecting import Limits, check_address
from digital_diplomacy.sources.fetching.downloading import download
from digital_diplomacy.sources.fetching.faults import FetchError, OfflineError

from .conftest import QUICK, Publisher, send

BODY = bytes(range(256)) * 200  # 51,200 bytes


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".part", ".json") and path.stat().st_size)


def refused(address: str, folder: Path, limits: Limits = QUICK, sha256: str = "") -> FetchError:
    with pytest.raises(FetchError) as found:
        download(address, folder, limits=limits, sha256=sha256)
    assert len({found.value.told(lang) for lang in labels.LANGUAGES}) == 3
    return found.value


def test_what_is_sent_is_had_and_nothing_stays_behind(publisher: Publisher, tmp_path: Path) -> None:
    seen: list[int] = []
    address = publisher.says("/a.csv", BODY)
    found = download(address, tmp_path, limits=QUICK, tell=lambda here, _: seen.append(here))
    assert found.content == BODY
    assert (found.address, found.is_whole, left(tmp_path)) == (address, True, [])
    assert seen[-1] == len(BODY)
    assert seen == sorted(seen)
    [(_, heads)] = publisher.asked
    assert heads["User-Agent"].startswith(f"digital-diplomacy/{__version__}")


def half(handler: BaseHTTPRequestHandler) -> None:
    send(handler, BODY[:20_000], Content_Length=str(len(BODY)), ETag='"v1"')


def test_a_download_that_broke_off_goes_on_where_it_did(publisher: Publisher, tmp_path: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "Range" not in handler.headers:
            half(handler)
            return
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        assert handler.headers["If-Range"] == '"v1"'
        told = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
        send(handler, BODY[start:], 206, Content_Range=told, ETag='"v1"')

    found = download(publisher.does("/a", answer), tmp_path, limits=QUICK)
    assert found.content == BODY
    assert [heads.get("Range") for _, heads in publisher.asked] == [None, "bytes=20000-"]


@pytest.mark.parametrize(
    ("tag", "status", "told"),
    [
        ('"v2"', 200, ""),  # another version: from the start
        ('"v1"', 206, "bytes 5-51199/51200"),  # not the bytes that were asked for
        ('"v2"', 206, "bytes 20000-51199/51200"),  # bytes of another version
        ('"v1"', 416, "bytes */51200"),
    ],
)
def test_bytes_of_two_versions_are_never_put_together(
    publisher: Publisher, tmp_path: Path, tag: str, status: int, told: str
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        count = len(publisher.asked)
        if count == 1:
            half(handler)
        elif count == 2 and status != 200:
            send(handler, b"x" * 31_200, status, Content_Range=told, ETag=tag)
        else:
            send(handler, BODY[::-1], ETag='"v2"')

    assert download(publisher.does("/a", answer), tmp_path, limits=QUICK).content == BODY[::-1]


@pytest.mark.parametrize("tag", ["", 'W/"v1"'])
def test_without_a_strong_tag_it_starts_anew(publisher: Publisher, tmp_path: Path, tag: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        first = len(publisher.asked) == 1
        heads = {"ETag": tag} if tag else {}
        send(handler, BODY[:20_000] if first else BODY, Content_Length=str(len(BODY)), **heads)

    assert download(publisher.does("/a", answer), tmp_path, limits=QUICK).content == BODY
    assert all("Range" not in heads for _, heads in publisher.asked)


def test_killed_in_the_middle_the_same_bytes_come_of_the_next_try(publisher: Publisher, tmp_path: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "Range" in handler.headers:
            start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
            told = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
            send(handler, BODY[start:], 206, Content_Range=told, ETag='"v1"')
            return
        half(handler)
        handler.wfile.flush()
        time.sleep(5)

    address = publisher.does("/a", answer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads, which this child needs none of
        child = multiprocessing.get_context("fork").Process(target=download, args=(address, tmp_path))
        child.start()
    until = time.monotonic() + 20
    while not any(path.stat().st_size >= 10_000 for path in tmp_path.glob("*.part")):
        assert time.monotonic() < until
        time.sleep(0.02)
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    child.close()
    assert download(address, tmp_path, limits=QUICK).content == BODY
    assert "Range" in publisher.asked[-1][1]
    assert left(tmp_path) == []


def chunks_cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"400\r\n" + b"x" * 100)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def drip_heads(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x" * 1000)


SOON = Limits(size=200_000, seconds=0.3, silence=5.0, attempts=1, pause=0.0)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (half, "broken"),
        (chunks_cut, "broken"),
        (drip, "slow"),
        (drip_heads, "slow"),
        (bomb, "size"),
        (endless, "size"),
        (lambda handler: send(handler, b"", Content_Length="999999999999"), "size"),
        (lambda handler: send(handler, b"", 302, Location="/a"), "redirects"),
        (lambda handler: send(handler, b"", 302), "nowhere"),
        (lambda handler: send(handler, b"", 302, Location="http://example.org/a.csv"), "insecure"),
        (lambda handler: send(handler, b"", 302, Location="file:///etc/hostname"), "address"),
        (lambda handler: send(handler, b"", 404), "status"),
        (lambda handler: send(handler, b"", 204), "status"),
        (lambda handler: send(handler, b"", 403), "closed"),
        (lambda handler: send(handler, b"", 503), "busy"),
        (lambda handler: send(handler, b"", 429, Retry_After="3600"), "wait"),
        (lambda handler: send(handler, b"", 429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"), "wait"),
        (lambda handler: handler.wfile.write(b"\x00\x01 no HTTP\r\n\r\n"), "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_answer_is_refused_by_name(
    publisher: Publisher, tmp_path: Path, answer: Callable[[BaseHTTPRequestHandler], None], code: str
) -> None:
    began = time.monotonic()
    limits = SOON if code == "slow" else QUICK
    assert refused(publisher.does("/a", answer), tmp_path, limits).code == code
    assert time.monotonic() - began < 10
    if code not in ("broken", "slow"):  # those can be gone on with
        assert left(tmp_path) == []


def test_redirects_without_end_are_followed_so_far(publisher: Publisher, tmp_path: Path) -> None:
    for number in range(9):
        publisher.says(f"/{number}", b"", 302, Location=f"/{number + 1}")
    assert refused(publisher.address("/0"), tmp_path).code == "redirects"
    assert len(publisher.asked) == QUICK.redirects + 1


def test_a_server_that_asks_to_wait_is_waited_for(publisher: Publisher, tmp_path: Path) -> None:
    at: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        at.append(time.monotonic())
        if len(at) == 1:
            send(handler, b"", 429, Retry_After="1")
        else:
            send(handler, BODY)

    limits = Limits(attempts=2, back_off=0.0, patience=2.0, pause=0.0)
    assert download(publisher.does("/a", answer), tmp_path, limits=limits).content == BODY
    assert at[1] - at[0] >= 1.0


def test_between_two_requests_to_a_host_there_is_a_pause(publisher: Publisher, tmp_path: Path) -> None:
    address = publisher.says("/a", BODY)
    began = time.monotonic()
    for _ in range(2):
        download(address, tmp_path, limits=Limits(pause=0.3))
    assert time.monotonic() - began >= 0.25


def test_a_wrong_hash_is_refused_naming_both(publisher: Publisher, tmp_path: Path) -> None:
    found = refused(publisher.says("/a", b"abc"), tmp_path, sha256="0" * 64)
    # SHA-256 of "abc": FIPS 180-2, appendix B.1.
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in str(found)
    assert "0" * 64 in str(found)
    assert left(tmp_path) == []


def test_an_encoded_answer_is_decoded_within_its_limit(publisher: Publisher, tmp_path: Path) -> None:
    address = publisher.says("/a", gzip.compress(BODY), Content_Encoding="gzip", ETag='"v1"')
    assert download(address, tmp_path, limits=QUICK).content == BODY


def test_a_closed_port_is_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(OfflineError, match="cannot be reached"):
        download("http://127.0.0.1:9/a", tmp_path, limits=QUICK)


def test_the_proxy_of_the_environment_is_asked(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request line of a proxy holds the whole address."""
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", publisher.address(""))
    publisher.says("http://127.0.0.1:9/a", BODY)
    assert download("http://127.0.0.1:9/a", tmp_path, limits=QUICK).content == BODY


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://api.worldbank.org/v2", "insecure"),
        ("http://127.0.0.1.example.org/", "insecure"),
        ("ftp://api.worldbank.org/", "address"),
        ("api.worldbank.org", "address"),
        ("https://", "address"),
        ("https://[::1", "address"),
        ("https://host:port/", "address"),
        ("https://me:secret@api.worldbank.org/", "credentials"),
    ],
)
def test_an_address_that_may_not_be_asked_is_not(address: str, code: str) -> None:
    with pytest.raises(FetchError) as found:
        check_address(address)
    assert found.value.code == code
    assert "secret" not in str(found.value)


def test_two_commands_do_not_write_to_one_part(publisher: Publisher, tmp_path: Path) -> None:
    found: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        found.append(refused(address, tmp_path).code)
        send(handler, BODY)

    address = publisher.does("/a", answer)
    assert download(address, tmp_path, limits=QUICK).content == BODY
    assert found == ["held"]
