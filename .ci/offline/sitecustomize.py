"""Refuses every connection but those within this machine, in whatever Python process begins with this folder first.

``PYTHONPATH="$PWD/.ci/offline" make reproduce`` shows that reproduction asks nobody for anything. Where the variable
``OFFLINE_NOTES`` names a file, what was tried is noted there as well, as a library may pass over a refusal.
"""

import os
import socket
import sys
from typing import Any

LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
SENT = ("socket.connect", "socket.sendto", "socket.sendmsg")
OPENED = (
    "urllib.Request",
    "http.client.connect",
    "ftplib.connect",
    "smtplib.connect",
    "imaplib.open",
    "poplib.connect",
)


def is_within(host: Any) -> bool:
    """Whether a name or an address is this machine's own."""
    name = host.decode() if isinstance(host, bytes) else host
    return name in (None, "", "localhost", "::1", socket.gethostname()) or str(name).startswith("127.")


def asked(event: str, said: tuple[Any, ...]) -> object:
    """What an event would reach outside of this machine; nothing if it stays within."""
    if event in OPENED:
        return said[0] if event == "urllib.Request" else said[1]
    if event in LOOKED_UP:
        host = said[0][0] if isinstance(said[0], tuple) else said[0]
        return None if is_within(host) else host
    if event in SENT:
        inside = said[0].family == getattr(socket, "AF_UNIX", None) or not isinstance(said[1], tuple)
        return None if inside or is_within(said[1][0]) else said[1]
    return None


def refuse(event: str, said: tuple[Any, ...]) -> None:
    """Note what would leave this machine, and refuse it."""
    outside = asked(event, said)
    if outside is None:
        return
    notes = os.environ.get("OFFLINE_NOTES")
    if notes:
        with open(notes, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib need not be there yet
            file.write(f"{event} {outside}\n")
    raise RuntimeError(f"nothing is to leave this machine: {event} {outside}")


sys.addaudithook(refuse)
