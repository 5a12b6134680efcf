"""Which way the bytes of UTF-16 stand where no mark says it."""

import codecs
from typing import Final

_LOOKED_AT: Final = 1 << 12  # bytes
_LEAST: Final = (
    0.05  # of the characters of a table are figures, marks, blanks or ends of lines: below 256 in any script
)
_CONTROL: Final = 0.2  # of the bytes, from which on no UTF-8 is read
_STRAY: Final = 0.1  # of the zero bytes may stand the other way: characters such as U+0100


def utf16_of(head: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` if a text without a mark is UTF-16, by where its zero bytes stand; else nothing.

    Examples
    --------
    >>> utf16_of("Ел;Жыл\\r\\n".encode("utf-16-be")), utf16_of("Ел;Жыл\\r\\n".encode())
    ('utf-16-be', '')
    """
    sample = head[: min(len(head), _LOOKED_AT) // 2 * 2]
    if _is_utf8(sample):
        return ""
    upper, lower = sample[0::2].count(0), sample[1::2].count(0)
    most, fewest = max(upper, lower), min(upper, lower)
    if not most or most < _LEAST * len(sample) / 2 or fewest > _STRAY * most:
        return ""
    first = int(upper <= lower)  # of two bytes the one that is zero for the letters and figures of English
    plain = (sample[at ^ 1] for at in range(first, len(sample), 2) if not sample[at])
    if any(byte < ord(" ") and byte not in b"\t\r\n" for byte in plain):
        return ""
    return "utf-16-le" if first else "utf-16-be"


def _is_utf8(sample: bytes) -> bool:
    """Whether it may be UTF-8 with a few control characters; of most scripts in UTF-16 every second byte is one."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return sum(byte < ord("\t") for byte in sample) < _CONTROL * len(sample)
