"""Ways in which a PDF packs its streams, one within another: what they unpack to, and never more than is asked."""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_Bytes = bytes | memoryview

_PIECE: Final = 1 << 16  # bytes
_CLEAR, _END, _MOST_CODES = 256, 257, 4096  # codes of LZW
_NAMES: Final = {
    "Fl": "FlateDecode",
    "LZW": "LZWDecode",
    "A85": "ASCII85Decode",
    "AHx": "ASCIIHexDecode",
    "RL": "RunLengthDecode",
}


LATE: Final = "LZWDecode, late"
"""As some streams say of their LZW: codes grow when they must, rather than one code early."""


def unpacked(data: memoryview, names: Sequence[str], most: int) -> bytes | None:
    """What a stream holds that is packed in the named ways, the outermost first.

    Parameters
    ----------
    data : memoryview
        The stream and all that stands behind it: each way but none knows its end.
    names : sequence of str
        As the PDF calls the ways, in full or for short.
    most : int
        Bytes from which on no more is unpacked, at any step.

    Returns
    -------
    bytes or None
        At most one byte more than asked, and no further than it is whole. None where a way is not known, or is that of
        a picture.

    Examples
    --------
    >>> unpacked(memoryview(b"3C 41 3e>"), ["ASCIIHexDecode"], 10)
    b'<A>'
    >>> unpacked(memoryview(bytes([254, 65, 128])), ["RL"], 10)
    b'AAA'
    >>> unpacked(memoryview(b""), ["JBIG2Decode"], 10) is None
    True
    """
    content: _Bytes = data
    for name in (_NAMES.get(name, name) for name in names):
        if name not in _WAYS:
            return None
        content = _WAYS[name](content, most)
        if len(content) > most:
            break
    return bytes(content)


def _flate(data: _Bytes, most: int) -> bytes:
    unpacking, found, view = zlib.decompressobj(), bytearray(), memoryview(data)
    for start in range(0, len(view), _PIECE):
        try:
            piece: _Bytes = view[start : start + _PIECE]
            while piece and len(found) <= most:
                found += unpacking.decompress(piece, most + 1 - len(found))
                piece = unpacking.unconsumed_tail
        except zlib.error:
            break
        if unpacking.eof or len(found) > most:
            break
    return bytes(found)


def _lzw(data: _Bytes, most: int, early: int = 1) -> bytes:
    """Codes of 9 to 12 bits; a full table stays as it is until it is cleared."""
    start = [bytes([one]) for one in range(256)] + [b"", b""]
    found, table, before = bytearray(), list(start), b""
    bits, held, width = 0, 0, 9
    for byte in memoryview(data):
        bits, held = (bits << 8 | byte) & 0xFFFFFF, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held & (1 << width) - 1
        if code == _END:
            break
        if code == _CLEAR:
            table, before, width = list(start), b"", 9
            continue
        if code > len(table) or (code == len(table) and not before):
            break
        entry = table[code] if code < len(table) else before + before[:1]
        found += entry
        if len(found) > most:
            break
        if before and len(table) < _MOST_CODES:
            table.append(before + entry[:1])
        before = entry
        width = min(12, max(9, (len(table) + early).bit_length()))
    return bytes(found[: most + 1])


def _runs(data: _Bytes, most: int) -> bytes:
    found, view, place = bytearray(), memoryview(data), 0
    while place + 1 < len(view) and view[place] != 128 and len(found) <= most:
        length = view[place]
        if length < 128:
            found += view[place + 1 : place + 2 + length]
            place += length + 2
        else:
            found += bytes(view[place + 1 : place + 2]) * (257 - length)
            place += 2
    return bytes(found[: most + 1])


def _ascii85(data: _Bytes, most: int) -> bytes:
    found = bytearray()
    letters = re.sub(rb"\s+", b"", _until(data, rb"[!-uz\s\0]*")).replace(b"\0", b"")
    for group in re.findall(rb"z|[!-u]{1,5}", letters):
        if len(found) > most:
            break
        filled = b"!!!!!" if group == b"z" else group.ljust(5, b"u")
        number = 0
        for letter in filled:
            number = 85 * number + letter - 33
        found += (number & 0xFFFFFFFF).to_bytes(4)[: 4 if group == b"z" else len(group) - 1]
    return bytes(found[: most + 1])


def _hex(data: _Bytes, most: int) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]+", b"", _until(data, rb"[^>]*"))[: 2 * most + 2]
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _until(data: _Bytes, pattern: bytes) -> bytes:
    found = re.match(pattern, memoryview(data))
    return bytes(found[0]) if found else b""


def _same(data: _Bytes, most: int) -> bytes:
    return bytes(memoryview(data)[: most + 1])


def _late_lzw(data: _Bytes, most: int) -> bytes:
    return _lzw(data, most, early=0)


_WAYS: Final[Mapping[str, Callable[[_Bytes, int], bytes]]] = {
    "FlateDecode": _flate,
    "LZWDecode": _lzw,
    LATE: _late_lzw,
    "RunLengthDecode": _runs,
    "ASCII85Decode": _ascii85,
    "ASCIIHexDecode": _hex,
    "Crypt": _same,  # of what a password protects, or of nothing
}
