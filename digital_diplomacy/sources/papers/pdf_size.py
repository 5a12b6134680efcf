"""How much a PDF unpacks to, told before its pages are read: a kilobyte can stand for gigabytes of text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Final, NamedTuple

from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers.packings import LATE, unpacked
from digital_diplomacy.sources.papers.pdf_keys import Decryption, decryptions

_MOST: Final = 64_000_000  # bytes of texts, fonts and drawings; long books have a few million
_TIMES: Final = 4  # that a stream may be packed over and over
_BEFORE: Final = 65_536  # bytes in front of a stream in which it is described
_STRANGE: Final = 20  # streams that are not described right in front of them; printers write none
_LOOKED: Final = 4  # times the length of the file that is looked at for descriptions; printers' need one
_STREAM: Final = re.compile(rb">>[\s\0]*(?:%[^\r\n]*[\r\n][\s\0]*)*stream[^\r\n]*(?:\r\n?|\n)")
_OBJECT: Final = re.compile(rb"(\d+)[\s\0]+(\d+)[\s\0]+obj")
_TOKEN: Final = re.compile(rb"[\s\0]+|%[^\r\n]*|<<|>>|<[^<>]*>|[\[\]()]|/?[^\s\0()<>\[\]{}/%]+|.", re.DOTALL)
_IN_TEXT: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_INLINE: Final = re.compile(rb"\bID[\s\0]")
_READ: Final = re.compile(
    rb"/(?:Contents|ToUnicode|FontFile[23]?|Encoding|UseCMap|CIDToGIDMap|CharProcs|Pattern)\s*"
    rb"(\[[^\]]*\]|<<[^<>]*>>|\d+\s+\d+\s+R)"
)
_NUMBER: Final = re.compile(rb"(\d+)\s+\d+\s+R")

_Said = Mapping[bytes, Sequence[bytes]]


class _Stream(NamedTuple):
    """Where a stream and its description begin, the number and generation of its object, and what is said of it."""

    start: int
    described: int
    number: int
    generation: int
    said: _Said

    @property
    def is_picture(self) -> bool:
        return list(self.said.get(b"Subtype", ())) == [b"/Image"] and set(self.said.get(b"Type", ())) <= {b"/XObject"}


def refuse_large(data: bytes, path: Path) -> None:
    """Refuse a PDF whose texts, fonts and drawings unpack to more than any paper's; pictures are not unpacked.

    Parameters
    ----------
    data : bytes
        The file, without a password.
    path : Path
        Its name, for the refusal.

    Raises
    ------
    SourceError
        Naming the file, and what to do: also where it packs what is drawn in a way that cannot be measured.
    """
    found = list(_streams(data, path))
    keys = decryptions(data, [one.described for one in found if b"/XRef" in one.said.get(b"Type", ())], path)
    left, drawn = _MOST, _referred(data)
    _refuse_inline(data, left, path)
    for stream in found:
        if not stream.is_picture:
            contents = [_held(packed, stream, left, path) for packed in _packed(data, stream, keys)]
            left -= max(map(len, contents))
            for content in contents:
                drawn |= _referred(content)
                _refuse_inline(content, left, path)
    for stream in found:
        if stream.is_picture and stream.number in drawn:  # called a picture, and drawn as a page
            left -= max(len(_held(packed, stream, left, path)) for packed in _packed(data, stream, keys))


def _packed(data: bytes, stream: _Stream, keys: Sequence[Decryption]) -> Iterator[memoryview]:
    """A stream with all that stands behind it, and what it is once decrypted, up to where another one is described."""
    whole = memoryview(data)[stream.start :]
    yield whole
    if keys:
        following = _STREAM.search(data, stream.start)
        said = [int(one) for one in stream.said.get(b"Length", ()) if one.isdigit()]
        end = max(following.start() - stream.start if following else len(whole), *said, 0)
        yield from (memoryview(key(stream.number, stream.generation, bytes(whole[:end]))) for key in keys)


def _streams(data: bytes, path: Path) -> Iterator[_Stream]:
    """Every stream that a reader can come to; a place with two descriptions counts twice."""
    strange, left = 0, _LOOKED * len(data) + _STRANGE * _BEFORE
    for one in _STREAM.finditer(data):
        end = one.start() + 2
        near = data.rfind(b"endobj", max(0, end - _BEFORE), end)
        heads = list(_OBJECT.finditer(data, max(near, end - _BEFORE, 0), end))
        found, looked = _described(data, heads, one, left)
        left -= looked
        if not found or any(_is_in_remark(data, place) for place in (near, *(head.start() for head in heads))):
            strange += 1
            found, looked = _described(data, list(_OBJECT.finditer(data, max(0, end - _BEFORE), end)), one, left)
            left -= looked
        if strange > _STRANGE or left < 0 or not found:
            raise SourceError("{path}: the PDF is damaged; print it to a PDF anew", path=path)
        yield from found


def _described(
    data: bytes, heads: Sequence[re.Match[bytes]], stream: re.Match[bytes], most: int
) -> tuple[list[_Stream], int]:
    """The stream by each description that ends where it begins, and how many bytes were looked at."""
    found, looked, end = [], 0, stream.start() + 2
    for head in heads:
        said, place, is_whole = _dictionary(data, head.end(), end)
        looked += place - head.end()
        if is_whole and place == end:
            found.append(_Stream(stream.end(), head.end(), int(head[1]), int(head[2]), said))
        if looked > most:
            break
    return found, looked


def _is_in_remark(data: bytes, place: int) -> bool:
    start = max(0, place - _BEFORE)
    line = max(start, data.rfind(b"\n", start, place), data.rfind(b"\r", start, place))
    return place > 0 and b"%" in data[line:place]


def _dictionary(data: bytes, start: int, end: int) -> tuple[_Said, int, bool]:
    """What a dictionary says by its keys, the last of two; how far it was read, and whether to its end."""
    said: dict[bytes, list[bytes]] = {}
    place, depth, lists, key, has_value = start, 0, 0, b"", True
    while place < end and (found := _TOKEN.match(data, place, end)):
        token, place = found[0], found.end()
        if token.isspace() or token[:1] in b"%\0":
            continue
        if token == b"<<":
            depth += 1
        elif token == b">>":
            depth -= 1
            if depth <= 0:
                return said, place, not depth
        elif token == b"(":
            place = _behind_text(data, place, end)
        elif token in (b")", b"<", b">") or not depth:
            return said, place, False
        if depth > 1 or (depth == 1 and token in (b"<<", b">>")):
            has_value = True
            continue
        lists += {b"[": 1, b"]": -1}.get(token, 0)
        if token[:1] == b"/" and has_value and not lists:
            key, has_value = _plain(token[1:]), False
            said[key] = []
        else:
            said.setdefault(key, []).append(_plain(token))
            has_value = True
    return said, place, False


def _plain(name: bytes) -> bytes:
    """A name without codes: `Fl#61te` is `Flate`."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), name)


def _behind_text(data: bytes, place: int, end: int) -> int:
    depth = 1
    for one in _IN_TEXT.finditer(data, place, end):
        depth += {b"(": 1, b")": -1}.get(one[0], 0)
        if not depth:
            return one.end()
    return end


def _ways(said: _Said, key: bytes) -> list[str]:
    """In which ways a stream is packed, the outermost first; "R" where that is told elsewhere in the file."""
    names = [name[1:].decode("latin-1") for name in said.get(key, ()) if name[:1] == b"/"]
    return [*names, "R"] if key == b"Filter" and b"R" in said.get(key, ()) else names


def _held(packed: memoryview, stream: _Stream, most: int, path: Path) -> bytes:
    """What a stream unpacks to; nothing where it is not packed. Readers differ in where they look for how it is."""
    ways = [way for key in (b"Filter", b"F") if (way := _ways(stream.said, key))]
    held = [_measured(packed, names, most, path) for names in ways]
    return max(held, key=len, default=b"")


def _measured(data: memoryview, names: Sequence[str], most: int, path: Path) -> bytes:
    # How codes of LZW grow is told of each, here or elsewhere: all that it could be is tried.
    growing = [("LZWDecode", LATE) if name in ("LZW", "LZWDecode") else (name,) for name in names]
    found = [unpacked(data, way, most) for way in product(*growing)] if len(names) <= _TIMES else [None]
    longest = max((one for one in found if one is not None), key=len, default=None)
    if longest is None:
        raise SourceError(
            "{path}: it packs its texts in a way that cannot be measured before they are read; print it to a PDF anew",
            path=path,
        )
    if len(longest) > most:
        raise _too_large(path)
    return longest


def _refuse_inline(content: bytes, most: int, path: Path) -> None:
    """Refuse pictures amid what a page draws that unpack to more: readers unpack them to find their end."""
    for said, start in _inline(content):
        given = (one for key in (b"W", b"Width", b"H", b"Height") for one in said.get(key, ())[:1])
        sides = [int(one) for one in given if one.isdigit()]
        for names in filter(None, (_ways(said, b"F"), _ways(said, b"Filter"))):
            held = unpacked(memoryview(content)[start:], names[:_TIMES], most)
            if len(held) > most if held is not None else prod(sides) > most:
                raise _too_large(path)


def _inline(content: bytes) -> Iterator[tuple[_Said, int]]:
    """What is said of pictures amid a drawing, and where they begin; BI may also stand in a text before or within."""
    last = 0
    for one in _INLINE.finditer(content):
        end, first = one.start(), content.find(b"BI", last, one.start())
        nearest = content.rfind(b"BI", max(last, end - _BEFORE), end)
        for place in {first, nearest} - {-1}:
            text = b"<<%s>>" % content[max(place + 2, end - _BEFORE) : end]
            yield _dictionary(text, 0, len(text))[0], one.end()
        last = one.end()


def _referred(content: bytes) -> set[int]:
    """Numbers of the objects that are read as drawings, letters or codes."""
    return {int(number) for said in _READ.findall(content) for number in _NUMBER.findall(said)}


def _too_large(path: Path) -> SourceError:
    return SourceError(
        "{path}: it unpacks to more than any paper holds ({most} bytes); print the pages that are needed to a PDF of "
        "their own",
        path=path,
        most=_MOST,
    )
