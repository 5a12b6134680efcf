"""Files as streams of bytes and text: many of them, packed or not, in the encoding they turn out to have."""

import codecs
import csv
import glob
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

import pyarrow as pa

from digital_diplomacy.byte_order import utf16_of
from digital_diplomacy.cells import csv_fault
from digital_diplomacy.endless import refuse_endless
from digital_diplomacy.errors import Said, SourceError, said

HEAD: Final = 1 << 18  # bytes by which a file is recognised
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_MARKS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
                 (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_CYRILLIC: Final = ("cp1251", "kz1048", "koi8_r", "cp866")
_OTHERS: Final = ("cp1252", "cp1254", "cp1256")

BROKEN: Final = (EOFError, OSError, zipfile.BadZipFile, zlib.error, pa.ArrowException, UnicodeError)
"""What reading a damaged file raises."""


@dataclass(frozen=True)
class Part:
    """A file, or one of those packed together in another."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """How it is named to its owner."""
        return f"{self.path}!{self.member}" if self.member else str(self.path)


def why(error: Exception) -> Said:
    """Why a file cannot be read, from what opening it raised.

    Examples
    --------
    >>> str(why(PermissionError(13, "Permission denied", "a.csv"))), str(why(zipfile.BadZipFile("bad magic number")))
    ('Permission denied', 'the archive is damaged')
    """
    if isinstance(error, zipfile.BadZipFile):
        return said("the archive is damaged")
    if isinstance(error, UnicodeDecodeError):
        return said("byte {start} is not UTF-8", start=error.start)
    if isinstance(error, csv.Error):
        return csv_fault(error)
    return Said(getattr(error, "strerror", None) or str(error))


def files(paths: Sequence[str | Path]) -> list[Path]:
    """The files that names, patterns (``*``, ``**``) and folders mean, in the order of their names, each once.

    Raises
    ------
    SourceError
        If one means no file.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        refuse_endless(path)
        if path.is_dir():
            matches = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        elif path.is_file():
            matches = [path]
        else:
            matches = sorted(Path(one) for one in glob.glob(str(given), recursive=True) if Path(one).is_file())  # noqa: PTH207
        if not matches and path.is_dir():
            raise SourceError("{given}: the folder holds no file; check which folder the export went to", given=given)
        if not matches:
            raise SourceError("{given}: no such file; check the name", given=given)
        found.update(dict.fromkeys(matches))
    return list(found)


def parts(path: Path) -> Iterator[Part]:
    """What is in a file: itself, unpacked, or each file of an archive.

    Raises
    ------
    SourceError
        If it cannot be opened or the archive is damaged.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == _ZIP and not _is_workbook(path):
            with zipfile.ZipFile(path) as archive:
                names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
            yield from (Part(path, name) for name in names)
            return
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError("{path}: cannot be opened ({reason})", path=path, reason=why(error)) from error
    yield Part(path)


def is_workbook(part: Part) -> bool:
    """Whether it is a workbook of Excel or OpenDocument."""
    if part.member:
        return False
    with part.path.open("rb") as stream:
        start = stream.read(4)
    return start == _OLD_EXCEL or (start == _ZIP and _is_workbook(part.path))


def _is_workbook(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return bool({"[Content_Types].xml", "content.xml"} & set(archive.namelist()))


@contextmanager
def bytes_of(part: Part) -> Iterator[BinaryIO]:
    """The bytes of a part, unpacked from gzip and zstd, which their first bytes tell."""
    with ExitStack() as stack:
        if part.member:
            archive = stack.enter_context(zipfile.ZipFile(part.path))
            stream = cast(io.BufferedReader, stack.enter_context(archive.open(part.member)))
        else:
            stream = stack.enter_context(part.path.open("rb"))
        start = stream.peek(4)[:4]
        if start[:2] == _GZIP:
            yield cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=stream)))
        elif start == _ZSTD:
            unpacked = stack.enter_context(pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd"))
            yield cast(BinaryIO, stack.enter_context(io.BufferedReader(_Raw(unpacked), HEAD)))
        else:
            yield cast(BinaryIO, stream)


class _Raw(io.RawIOBase):
    """A stream of Arrow as one of Python, which can be peeked into."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def head_of(part: Part) -> bytes:
    """The first bytes of a part; fewer where it breaks off."""
    with bytes_of(part) as stream:
        content = b""
        try:
            while len(content) < HEAD and (more := read_some(stream, HEAD - len(content))):
                content += more
        except BROKEN:
            pass
    return content


def read_some(stream: BinaryIO, size: int) -> bytes:
    """What comes next, at most so many bytes; of a stream that breaks off all that came before."""
    found: bytes = stream.read1(size)  # type: ignore[attr-defined]
    return found


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes.

    Marks decide, then zero bytes (UTF-16), then whether it is UTF-8, then what gives words (`charset-normalizer`).

    Examples
    --------
    >>> encoding_of("Астана — бас қала".encode()), encoding_of("Министерство иностранных дел".encode("cp1251"))
    ('utf-8', 'cp1251')
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if found := utf16_of(head):
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _guessed(head)
    return "utf-8"


def _guessed(head: bytes) -> str:
    """The likeliest encoding of one byte a letter; UTF-8 with faults if most of what is no ASCII is UTF-8."""
    from charset_normalizer import from_bytes

    odd = sum(byte > 127 for byte in head)
    if head.decode("utf-8", "replace").count("\ufffd") < odd // 20:
        return "utf-8"
    best = from_bytes(head, cp_isolation=[*_CYRILLIC, *_OTHERS]).best()
    return best.encoding if best else "cp1251"


@contextmanager
def text_of(part: Part, encoding: str) -> Iterator[TextIO]:
    """The part as text; bytes of another encoding become replacement characters."""
    with bytes_of(part) as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        yield text
