"""A file from its address, whole or not at all: gone on with where it broke off, and never beyond its limits.

References
----------
Fielding, R., Nottingham, M., and Reschke, J. (2022). HTTP Semantics. RFC 9110: a part is asked for with ``Range``
(section 14.2) and ``If-Range`` (13.1.5), which takes a strong entity tag only.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import requests
from urllib3 import exceptions

from digital_diplomacy.errors import Said
from digital_diplomacy.sources.fetching.connecting import (
    AGENT,
    USUAL,
    BrokenError,
    Limits,
    answer,
    asked_wait,
    check_address,
)
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.files import replace

_CHUNK: Final = 1 << 16
_OK, _PART, _BEYOND = 200, 206, 416
_LATER: Final = (429, 500, 502, 503, 504)
_CLOSED: Final = (401, 403, 407, 451)
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_RANGE: Final = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)")

Tell = Callable[[int, int | None], None]
"""Told how many bytes are here, and how many there will be where the server says so."""


@dataclass(frozen=True)
class Received:
    """A file as it came.

    Attributes
    ----------
    name : str
        Its address, or its name on disk.
    content : bytes
    address : str
        Empty for a file the user had.
    retrieved : str
        Time in UTC, ISO 8601; of a user's file, when it was last changed.
    is_whole : bool
        Whether its end is known to be there: the server said how long it is, or a user gave it.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> received = fetching.Received("a.csv", b"Date,Facebook\\n2020-01,40\\n", "", "2026-11-29T09:00:00Z")
    >>> len(received.content), received.is_whole
    (25, True)
    """

    name: str
    content: bytes
    address: str
    retrieved: str
    is_whole: bool = True

    @property
    def sha256(self) -> str:
        """SHA-256 of the content.

        Examples
        --------
        >>> from digital_diplomacy.sources import fetching
        >>> fetching.Received("a.txt", b"abc", "", "2026-11-29T09:00:00Z").sha256
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
        """
        return hashlib.sha256(self.content).hexdigest()


def download(
    address: str,
    folder: Path,
    *,
    limits: Limits = USUAL,
    sha256: str = "",
    tell: Tell | None = None,
) -> Received:
    """A file by its address.

    Parameters
    ----------
    address : str
        https; http only on this machine.
    folder : Path
        Where what has arrived is kept until all has, so that a broken download goes on: made if it is missing.
    limits : Limits
    sha256 : str
        What the file's SHA-256 has to be, if that is known.
    tell : callable, optional
        For progress.

    Raises
    ------
    FetchError
        Naming what is wrong; what has arrived stays only if the next call can go on with it.
    OfflineError
        If nothing could be reached.
    """
    check_address(address)
    folder.mkdir(parents=True, exist_ok=True)
    part = _Part(folder / f"{hashlib.sha256(address.encode()).hexdigest()[:20]}.part")
    until = time.monotonic() + limits.seconds
    with requests.Session() as session, part.alone():
        session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        is_whole = _tried(_Job(session, address, part, limits, until, tell or (lambda _here, _all: None)))
        content = part.path.read_bytes()
        part.forget()
    return checked(Received(address, content, address, now(), is_whole), sha256)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class _Part:
    """What has arrived of a file, and beside it of which version of the file it is."""

    path: Path

    @property
    def _note(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def tag(self) -> str:
        """The strong entity tag of the version that has arrived in part; empty if it cannot be gone on with."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return str(json.loads(self._note.read_text(encoding="utf-8"))["tag"]) if self.path.stat().st_size else ""
        return ""

    def begin(self, tag: str) -> None:
        """Start anew. The old bytes go first: a tag must never stand beside bytes of another version."""
        self.path.write_bytes(b"")
        replace(self._note, json.dumps({"tag": tag}).encode())

    def forget(self) -> None:
        """Remove all traces."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the part for this process; the system lets go of it when the process ends, however it ends."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.path.with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise FetchError("held", file=self.path.name) from None
        try:
            yield
        finally:
            lock.release()


@dataclass(frozen=True)
class _Job:
    """A file that is on its way."""

    session: requests.Session
    address: str
    part: _Part
    limits: Limits
    until: float
    tell: Tell


def _tried(job: _Job) -> bool:
    """Ask until the file is here; whether its end is known to be."""
    wait = job.limits.back_off
    for attempt in range(job.limits.attempts):
        is_last = attempt == job.limits.attempts - 1
        try:
            with closing(_asked(job)) as response:
                if response.status_code not in _LATER:
                    return _received(job, response)
                said = asked_wait(response)
            if is_last:
                raise FetchError("busy", address=job.address, status=str(response.status_code))
            _sleep(job, wait if said is None else said, str(response.status_code))
        except BrokenError as error:
            if is_last:
                raise FetchError("broken", address=job.address, reason=str(error)[:200]) from error
            _sleep(job, wait, "")
        wait *= 2
    raise FetchError("broken", address=job.address, reason="")


def _sleep(job: _Job, seconds: float, status: str) -> None:
    """Wait before asking again, unless the server wants more patience than there is."""
    if seconds > job.limits.patience or time.monotonic() + seconds > job.until:
        raise FetchError("wait", address=job.address, status=status or "—", seconds=f"{seconds:.0f}")
    time.sleep(seconds)


def _asked(job: _Job) -> requests.Response:
    """The answer to a request for what is still missing."""
    tag = job.part.tag
    here = job.part.path.stat().st_size if tag else 0
    headers = {"Range": f"bytes={here}-", "If-Range": tag} if here else {}
    return answer(job.session, job.address, headers, job.limits, job.until, job.part.path.parent)


def _received(job: _Job, response: requests.Response) -> bool:
    """The body of an answer, added to what is here; whether its end is known to be."""
    status = response.status_code
    if status == _BEYOND:
        job.part.forget()
        raise BrokenError("416")
    if status in _CLOSED:
        raise FetchError("closed", address=job.address, status=str(status))
    if status not in (_OK, _PART):
        raise FetchError("status", address=job.address, status=str(status))
    total = _begun(job, response)
    encoded = response.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity")
    here = _poured(job, response, None if encoded else total)
    if total is not None and not encoded and here != total:
        raise BrokenError(f"{here} of {total} bytes")
    return total is not None or response.headers.get("Transfer-Encoding", "").lower() == "chunked"


def _begun(job: _Job, response: requests.Response) -> int | None:
    """Make the part ready for the body; the bytes of the whole file, where the server says so."""
    length = response.headers.get("Content-Length", "")
    if response.status_code == _OK:
        tag = response.headers.get("ETag", "")
        job.part.begin("" if tag.startswith("W/") or "Content-Encoding" in response.headers else tag)
        return int(length) if _LENGTH.fullmatch(length) else None
    found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    here = job.part.path.stat().st_size if job.part.path.exists() else 0
    if not found or int(found[1]) != here or response.headers.get("ETag", job.part.tag) != job.part.tag:
        job.part.forget()
        raise BrokenError("Content-Range")
    return int(found[3]) if found[3] != "*" else int(found[2]) + 1


def _poured(job: _Job, response: requests.Response, total: int | None) -> int:
    """Write the body to the part as it comes; how many bytes are then here."""
    here = job.part.path.stat().st_size
    _within(job, max(here, total or 0))
    with job.part.path.open("ab") as stream:
        while True:
            try:
                # Not `iter_content`, which waits until a whole piece is here: bytes that drip would never end it.
                piece = response.raw.read1(_CHUNK, decode_content=True)
            except (exceptions.HTTPError, OSError) as error:
                raise BrokenError(str(error)) from error
            if not piece:
                return here
            here += len(piece)
            _within(job, here)
            if time.monotonic() > job.until:
                raise FetchError("slow", address=job.address, seconds=f"{job.limits.seconds:g}")
            stream.write(piece)
            job.tell(here, total)


def _within(job: _Job, size: int) -> None:
    """Refuse more than a file may have, and keep nothing of it."""
    if size > job.limits.size:
        job.part.forget()
        raise FetchError("size", file=job.address, limit=str(job.limits.size))


def read_file(path: Path, *, limits: Limits = USUAL, sha256: str = "") -> Received:
    """A file the user has, as one that was received.

    Raises
    ------
    FetchError
        ``unreadable``, ``size`` or ``hash``.
    """
    try:
        size, changed = path.stat().st_size, datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if size > limits.size:
            raise FetchError("size", file=path.name, limit=str(limits.size))
        found = Received(path.name, path.read_bytes(), "", changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
    except OSError as error:
        raise FetchError("unreadable", file=str(path), reason=Said(error.strerror or str(error))) from error
    return checked(found, sha256)


def checked(found: Received, sha256: str) -> Received:
    """The file, if its SHA-256 is the one expected; any, if none is."""
    wanted = sha256.removeprefix("sha256:").lower()
    if wanted and found.sha256 != wanted:
        raise FetchError("hash", file=found.name, found=found.sha256, wanted=wanted)
    return found
