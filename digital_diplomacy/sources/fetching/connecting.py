"""One answer of a server: asked for politely, from a place that may be asked, and not waited for without end."""

import contextlib
import ipaddress
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from queue import Empty, Queue
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from urllib3 import exceptions

from digital_diplomacy import __version__
from digital_diplomacy.sources.fetching.faults import FetchError, OfflineError

AGENT: Final = f"digital-diplomacy/{__version__} (reproducible research; requests/{version('requests')})"
_UNREACHED: Final = (exceptions.NewConnectionError, exceptions.ConnectTimeoutError, exceptions.NameResolutionError)
_MOVED: Final = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Limits:
    """What a file may take.

    Attributes
    ----------
    size : int
        Bytes, also unpacked.
    redirects : int
        Addresses a server may send us on to.
    seconds : float
        For the whole file, waits included.
    silence : float
        Seconds without a byte.
    attempts : int
        Requests for one file, 1 or more.
    back_off : float
        Seconds before the second attempt where the server names none; twice as long before each further one.
    patience : float
        The longest wait a server may ask for, in seconds.
    pause : float
        Seconds between two requests to one host.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> sample = sources.project_root() / "docs" / "examples" / "worldbank.json"
    >>> fetching.given([sample], limits=fetching.Limits(size=1000))  # doctest: +NORMALIZE_WHITESPACE
    Traceback (most recent call last):
    digital_diplomacy.sources.fetching.faults.FetchError:
        worldbank.json is larger than 1000 bytes, as sent or as unpacked; it was not read.
    """

    size: int = 200_000_000
    redirects: int = 5
    seconds: float = 900.0
    silence: float = 30.0
    attempts: int = 5
    back_off: float = 1.0
    patience: float = 120.0
    pause: float = 1.0


USUAL: Final = Limits()


class BrokenError(Exception):
    """The connection broke or fell silent; the same request may succeed."""


def check_address(address: str, *, came_from: str = "") -> str:
    """The address, if it may be asked: https, or this machine itself.

    Parameters
    ----------
    address : str
    came_from : str
        The address that sent us on to it; only this machine may send on to this machine.

    Raises
    ------
    FetchError
        ``address``, ``insecure`` or ``credentials``.

    Examples
    --------
    >>> check_address("https://api.worldbank.org/v2/country")
    'https://api.worldbank.org/v2/country'
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise FetchError("address", address=address) from None
    if not host or parts.scheme not in ("http", "https"):
        raise FetchError("address", address=address)
    if parts.username or parts.password:
        raise FetchError("credentials", host=host)
    local = is_loopback(host)
    if (parts.scheme == "http" and not local) or (
        came_from and local and not is_loopback(urlsplit(came_from).hostname)
    ):
        raise FetchError("insecure", address=address)
    return address


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("127.0.0.1.example.org")
    (True, True, False)
    """
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host or "").is_loopback
    return host == "localhost"


def wait_turn(host: str, folder: Path, limits: Limits) -> None:
    """Wait until the pause since the last request to a host is over, whichever process made it."""
    stamp = folder / f"{host.replace(':', '-')}.asked"
    if stamp.exists():
        time.sleep(min(max(limits.pause - (time.time() - stamp.stat().st_mtime), 0.0), limits.pause))
    stamp.touch()


def answer(
    session: requests.Session, address: str, headers: Mapping[str, str], limits: Limits, until: float, folder: Path
) -> requests.Response:
    """The answer to a request, from where the server sends us on to; its body is not read yet.

    Raises
    ------
    BrokenError
        If asking again may help.
    FetchError
        ``redirects``, ``nowhere``, ``slow``, ``certificate``, or one of `check_address`.
    OfflineError
        If nothing could be reached.
    """
    seen = [check_address(address)]
    for _ in range(limits.redirects + 1):
        wait_turn(str(urlsplit(seen[-1]).hostname), folder, limits)
        response = _in_time(session, seen[-1], headers, limits, until)
        if response.status_code not in _MOVED:
            return response
        response.close()
        target = session.get_redirect_target(response)
        if not target:
            raise FetchError("nowhere", address=seen[-1])
        moved = check_address(urljoin(seen[-1], target), came_from=seen[-1])
        if moved in seen:
            break
        seen.append(moved)
    raise FetchError("redirects", address=address, count=str(limits.redirects))


def _in_time(
    session: requests.Session, address: str, headers: Mapping[str, str], limits: Limits, until: float
) -> requests.Response:
    """An answer's head, in a thread of its own: a server that sends it a letter at a time would hold us for hours."""
    got: Queue[requests.Response | Exception] = Queue()
    given_up = threading.Event()

    def ask() -> None:
        try:
            response = _asked(session, address, headers, limits)
        except Exception as error:  # raised again below
            got.put(error)
            return
        got.put(response)
        if given_up.is_set():
            response.close()

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = got.get(timeout=max(until - time.monotonic(), 0.001))
    except Empty:
        given_up.set()
        raise FetchError("slow", address=address, seconds=f"{limits.seconds:g}") from None
    if isinstance(found, Exception):
        raise found
    return found


def _asked(session: requests.Session, address: str, headers: Mapping[str, str], limits: Limits) -> requests.Response:
    try:
        return session.get(
            address, headers=dict(headers), stream=True, allow_redirects=False, timeout=(limits.silence, limits.silence)
        )
    except requests.exceptions.SSLError as error:
        raise FetchError("certificate", address=address) from error
    except requests.exceptions.ProxyError as error:
        raise OfflineError("proxy", address=address) from error
    except requests.exceptions.ConnectTimeout as error:
        raise OfflineError("offline", host=str(urlsplit(address).hostname)) from error
    except requests.exceptions.ConnectionError as error:
        if error.args and isinstance(getattr(error.args[0], "reason", None), _UNREACHED):
            raise OfflineError("offline", host=str(urlsplit(address).hostname)) from error
        raise BrokenError(str(error)) from error
    except requests.exceptions.Timeout as error:
        raise BrokenError(str(error)) from error
    except (requests.exceptions.RequestException, exceptions.HTTPError, UnicodeError) as error:
        raise FetchError("address", address=address) from error


def asked_wait(response: requests.Response) -> float | None:
    """Seconds a server asks us to wait, as a number or a date (RFC 9110, section 10.2.3); None if it says nothing.

    References
    ----------
    Fielding, R., Nottingham, M., and Reschke, J. (2022). HTTP Semantics. RFC 9110, section 10.2.3.
    """
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    with contextlib.suppress(ValueError, TypeError):
        at = parsedate_to_datetime(said)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max((at - datetime.now(UTC)).total_seconds(), 0.0)
    return None
