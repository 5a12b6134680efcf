"""Identifiers as keyed hashes: equal ones stay equal, and who has no key can neither read nor try them."""

import base64
import hashlib
from functools import lru_cache
from typing import Final

from digital_diplomacy.errors import ArgumentError

_BYTES: Final = 9  # 72 bits, 12 characters: two of 10^8 accounts share a hash with a chance of one in a million
_SHORTEST: Final = 16
_LONGEST: Final = 64  # the longest key of BLAKE2b (RFC 7693)


def check_key(key: bytes) -> bytes:
    """Return the key if it is long enough to keep names secret.

    Raises
    ------
    ArgumentError
        If it has fewer than 16 or more than 64 bytes.

    Examples
    --------
    >>> len(check_key(bytes(16)))
    16
    """
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ArgumentError(
            "the key has {length} bytes; give {shortest} to {longest}, best 32 random ones",
            length=len(key),
            shortest=_SHORTEST,
            longest=_LONGEST,
        )
    return key


PLAIN: Final = "plain"
"""The mark of identifiers that are not hashed."""

_MARKED: Final = b"\0which key it was"  # begins as no identifier does, for that of a platform stands first
_MARK_BYTES: Final = 8


def mark_of(key: bytes | None) -> str:
    """What tells a table hashed with one key from that of another, and gives nothing of the key away.

    Parameters
    ----------
    key : bytes or None
        None for identifiers that are kept as they are.

    References
    ----------
    Saarinen & Aumasson 2015, RFC 7693: a keyed hash that is of no use to whoever looks for the key.

    Examples
    --------
    >>> mark_of(bytes(16)) == mark_of(bytes(16)), mark_of(bytes(16)) == mark_of(bytes(17)), mark_of(None)
    (True, False, 'plain')
    """
    return PLAIN if key is None else hashlib.blake2b(_MARKED, digest_size=_MARK_BYTES, key=key).hexdigest()


@lru_cache(maxsize=1 << 17)
def hashed(platform: str, identifier: str, key: bytes) -> str:
    """The identifier of an account, message or place on a platform as 12 characters.

    The same identifier on two platforms has two hashes, since nothing says that they are one person's.

    Parameters
    ----------
    platform, identifier : str
        Whose, and which.
    key : bytes
        16 to 64 bytes, kept by whoever holds the files.

    References
    ----------
    Saarinen & Aumasson 2015, RFC 7693: The BLAKE2 Cryptographic Hash and Message Authentication Code.

    Examples
    --------
    >>> first = hashed("telegram", "user1", b"sixteen bytes ok")
    >>> len(first), first == hashed("telegram", "user1", b"sixteen bytes ok")
    (12, True)
    >>> first == hashed("vkontakte", "user1", b"sixteen bytes ok")
    False
    """
    content = f"{platform}\0{identifier}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(content, digest_size=_BYTES, key=key).digest()
    return base64.b64encode(digest, altchars=b"_.").decode()
