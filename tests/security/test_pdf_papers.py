"""Papers in PDF that a kilobyte long unpack to gigabytes, draw one page without end, or lead in a circle."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pdfminer.arcfour import Arcfour

from digital_diplomacy import sources
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers import packings, pdf, pdf_size

pytest.importorskip("pypdfium2")
SAID = b"BT /F 9 Tf 50 700 Td (In 2020 the country had 15.1 million users of the Internet.) Tj ET "


def paper(
    path: Path,
    content: bytes,
    *,
    said: bytes = b"/Filter/FlateDecode",
    pages: int = 1,
    kids: bytes = b"",
    more: Sequence[bytes] = (),
    end: bytes = b"",
) -> Path:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids or b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (said, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    told = (size, table, size, end, len(written))
    path.write_bytes(
        written + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % told
    )
    return path


def read(path: Path) -> str:
    return " ".join(sources.read_paper(path)["text"])


def packed(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def lzw(content: bytes, early: int = 1) -> bytes:
    """Codes of 9 to 12 bits, as ISO 32000-1, 7.4.4, describes them."""
    table, codes = {bytes([one]): one for one in range(256)}, [256]
    seen = b""
    for one in content:
        if seen + bytes([one]) in table:
            seen += bytes([one])
            continue
        codes.append(table[seen])
        if len(table) == 3800:
            codes.append(256)
            table = {bytes([one]): one for one in range(256)}
        else:
            table[seen + bytes([one])] = len(table) + 2
        seen = bytes([one])
    codes += [table[seen], 257]
    bits, known = "", 258
    for before, code in zip([256, *codes], codes, strict=False):
        known = 258 if before == 256 else known
        bits += format(code, f"0{max(9, min(12, (known + early - 1).bit_length()))}b")
        known += 1
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8)


def runs(content: bytes) -> bytes:
    """Runs of one byte, up to 128 of them, as ISO 32000-1, 7.4.5, describes them."""
    found = b""
    for one in re.finditer(rb"(.)\1{,127}", content, re.DOTALL):
        found += bytes([257 - len(one[0]), one[0][0]]) if len(one[0]) > 1 else bytes([0, one[0][0]])
    return found + b"\x80"


def letters(content: bytes) -> bytes:
    return base64.a85encode(content) + b"~>"


WAYS: dict[bytes, Callable[[bytes], bytes]] = {
    b"[/FlateDecode]": zlib.compress,
    b"/Fl": lambda content: zlib.compress(content, wbits=9),  # another first byte than most
    b"/LZWDecode": lzw,
    b"/LZWDecode/DecodeParms<</EarlyChange 0>>": lambda content: lzw(content, early=0),
    b"/RunLengthDecode": runs,
    b"[/A85/RL]": lambda content: letters(runs(content)),
    b"[/ASCII85Decode/LZWDecode]": lambda content: letters(lzw(content)),
    b"[/ASCIIHexDecode/Fl#61teDecode]": lambda content: zlib.compress(content).hex().encode() + b">",
    b"/AHx": lambda content: content.hex().encode() + b">",
    b"[/FlateDecode/RunLengthDecode]": lambda content: zlib.compress(runs(content)),
}


@pytest.mark.parametrize("said", WAYS)
def test_a_paper_packed_in_any_way_is_read_and_one_that_unpacks_to_more_is_refused(
    tmp_path: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = SAID + bytes(60_000)
    path = paper(tmp_path / "a.pdf", WAYS[said](long), said=b"/Filter" + said)
    monkeypatch.setattr(pdf_size, "_MOST", len(long))  # not a byte more
    assert "15.1 million" in read(path)
    monkeypatch.setattr(pdf_size, "_MOST", len(long) - 1)
    with pytest.raises(SourceError, match=r"a\.pdf: it unpacks to more than any paper holds"):
        read(path)


@pytest.mark.parametrize("said", [b"/Filter/Unheard", b"/Filter 6 0 R", b"/Filter[/Fl/Fl/Fl/Fl/Fl]", b"/Filter/CCF"])
def test_what_cannot_be_measured_is_refused_in_words(tmp_path: Path, said: bytes) -> None:
    path = paper(tmp_path / "a.pdf", packed(SAID), said=said, more=[b"/FlateDecode"])
    with pytest.raises(SourceError, match=r"a\.pdf: it packs its texts in a way that cannot be measured"):
        read(path)


@pytest.mark.parametrize(
    "said",
    [
        b"/Filter/FlateDecode/Other(\nendobj\n9 0 obj\n<<)",
        b"/Filter/FlateDecode%endobj 9 0 obj <<\n",
        b"/Filter/FlateDecode/Other<</Filter/ASCIIHexDecode>>",
        b"/Filter/ASCIIHexDecode/Filter/FlateDecode",
        b"/Filter/FlateDecode/Other(" + b"x" * 5000 + b")",
        b"/Type/ObjStm/Subtype/Image/Filter/FlateDecode",
    ],
)
def test_no_description_hides_how_a_stream_is_packed(
    tmp_path: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paper(tmp_path / "a.pdf", packed(SAID + bytes(60_000)), said=said)
    assert "15.1 million" in read(path)
    monkeypatch.setattr(pdf_size, "_MOST", 60_000)
    with pytest.raises(SourceError, match="it unpacks to more than any paper holds"):
        read(path)


def test_a_picture_amid_what_a_page_draws_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = b"q BI /W 300 /H 300 /BPC 8 /CS /G /F /Fl ID %s EI Q " % packed(bytes(90_000))
    path = paper(tmp_path / "a.pdf", packed(picture + SAID))
    assert "15.1 million" in read(path)
    monkeypatch.setattr(pdf_size, "_MOST", 50_000)
    with pytest.raises(SourceError, match="it unpacks to more than any paper holds"):
        read(path)
    for hiding in (b"(BI) Tj BI", b"BI /Other (BI)"):  # the word in a text before or within
        told = SAID + picture.replace(b"BI", hiding)
        with pytest.raises(SourceError, match="it unpacks to more than any paper holds"):
            read(paper(tmp_path / "c.pdf", packed(told)))
    wide = b"BI /W 9000 /H 9000 /BPC 1 /CS /G /F /CCF ID 0 EI " + SAID
    with pytest.raises(SourceError, match="it unpacks to more than any paper holds"):
        read(paper(tmp_path / "b.pdf", packed(wide)))


def test_a_file_of_heads_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    dictionary = pdf_size._dictionary
    monkeypatch.setattr(
        pdf_size, "_dictionary", lambda *given: looked.append(given[2] - given[1]) or dictionary(*given)
    )
    data = (b"1 0 obj<<" * 300 + b">>stream\n") * 300
    with pytest.raises(SourceError, match="the PDF is damaged"):
        pdf_size.refuse_large(data, tmp_path / "a.pdf")
    assert sum(looked) < 8 * len(data)


def behind_a_password(path: Path, content: bytes) -> Path:
    """A paper that forbids printing and opens without a password: algorithms 1 to 4 of ISO 32000-1, 7.6."""
    filled = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner = Arcfour(hashlib.md5(filled, usedforsecurity=False).digest()[:5]).process(filled)
    key = hashlib.md5(filled + owner + bytes([0xFC, 0xFF, 0xFF, 0xFF]) + b"id", usedforsecurity=False).digest()[:5]
    told = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        owner.hex().encode(),
        Arcfour(key).process(filled).hex().encode(),
    )
    of_stream = hashlib.md5(key + bytes([4, 0, 0, 0, 0]), usedforsecurity=False).digest()[:10]
    return paper(path, Arcfour(of_stream).process(content), more=[told], end=b"/Encrypt 6 0 R/ID[(id)(id)]")


def test_what_a_password_protects_that_nobody_asks_for_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = behind_a_password(tmp_path / "a.pdf", packed(SAID + bytes(60_000)))
    assert "15.1 million" in read(path)
    monkeypatch.setattr(pdf_size, "_MOST", 60_000)
    with pytest.raises(SourceError, match="it unpacks to more than any paper holds"):
        read(path)


def test_no_way_unpacks_more_than_is_asked() -> None:
    for packing in (zlib.compress, lzw, runs):
        name = {zlib.compress: "Fl", lzw: "LZW", runs: "RL"}[packing]
        held = packings.unpacked(memoryview(packing(bytes(100_000))), [name], 1000)
        assert held == bytes(1001), name


def test_a_paper_is_read(tmp_path: Path) -> None:
    assert "15.1 million" in read(paper(tmp_path / "a.pdf", packed(SAID)))


@pytest.mark.parametrize(
    ("said", "times"),
    [
        (b"/Filter/FlateDecode", 1),
        (b"/Filter[/FlateDecode/FlateDecode/FlateDecode]", 3),
        (b"/Subtype/Image/Filter/FlateDecode", 1),  # called a picture, and drawn as the page
    ],
)
def test_a_pdf_that_unpacks_to_more_than_a_paper_is_refused_before_it_is_opened(
    tmp_path: Path, said: bytes, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_size, "_MOST", 1_000_000)
    path = paper(tmp_path / "a.pdf", packed(SAID * 20_000, times), said=said)
    assert path.stat().st_size < 20_000
    with pytest.raises(SourceError, match=r"a\.pdf: it unpacks to more than any paper holds"):
        read(path)


def test_a_picture_may_unpack_to_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_size, "_MOST", 1_000_000)
    path = paper(tmp_path / "a.pdf", packed(SAID))
    picture = packed(bytes(5_000_000))
    path.write_bytes(path.read_bytes() + b"\n9 0 obj\n<</Subtype/Image/Filter/FlateDecode>>stream\n" + picture)
    path.write_bytes(path.read_bytes() + b"\nendstream\nendobj\n")
    pdf_size.refuse_large(path.read_bytes(), path)


def test_pages_without_end_or_that_all_draw_one_thing_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_PAGES", 10)
    with pytest.raises(SourceError, match="11 pages are more than a paper has"):
        read(paper(tmp_path / "a.pdf", packed(SAID), pages=11))
    monkeypatch.setattr(pdf, "_OBJECTS", 50)
    with pytest.raises(SourceError, match="its pages draw more than any paper does"):
        read(paper(tmp_path / "b.pdf", packed(SAID * 10), pages=10))


def test_pages_in_a_circle_are_a_damaged_pdf(tmp_path: Path, give: Callable[..., tuple[object, str, str]]) -> None:
    paper(tmp_path / "a.pdf", packed(SAID), kids=b"2 0 R")
    code, _, said = give("claims", "scan", "a.pdf", "--out", "o", "--lang", "en", cwd=tmp_path)
    assert (code, said) == (2, "error: a.pdf: the PDF is damaged; print it to a PDF anew\n")


RULES = b"".join(b"72 %d 200 20 re S\n" % (500 - 20 * number) for number in range(9))


@pytest.mark.parametrize(
    "box", [b"[0 0]", b" null", b" 7", b"[/a 0 600 800]", b"[0 0 600 800]/Rotate/x", b"[0 0 600 800]/CropBox[0]"]
)
def test_a_page_whose_measures_are_of_another_kind_is_a_damaged_pdf(
    tmp_path: Path, box: bytes, give: Callable[..., tuple[object, str, str]]
) -> None:
    path = paper(tmp_path / "a.pdf", packed(RULES + SAID))
    assert "15.1 million" in read(path)
    path.write_bytes(path.read_bytes().replace(b"[0 0 600 800]", box))
    code, _, said = give("claims", "scan", "a.pdf", "--out", "o", "--lang", "en", cwd=tmp_path)
    assert (code, said) == (2, "error: a.pdf: the PDF is damaged; print it to a PDF anew\n")


def test_remarks_of_the_reader_of_tables_are_not_printed(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", packed(RULES + SAID))
    path.write_bytes(path.read_bytes().replace(b"/MediaBox[0 0 600 800]", b""))  # "defaulting to US Letter"
    done = subprocess.run(  # a process of its own: pytest listens to all that is remarked in this one
        [sys.executable, "-m", "digital_diplomacy", "claims", "scan", "a.pdf", "--out", "o"],
        cwd=tmp_path,
        env=os.environ | {"DIGITAL_DIPLOMACY_LANG": "en", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "error: a.pdf: the PDF is damaged; print it to a PDF anew\n"
