"""Papers in PDF that a kilobyte long unpack to gigabytes, draw one page without end, or lead in a circle."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from digital_diplomacy import sources
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.papers import pdf, pdf_size

pytest.importorskip("pypdfium2")
SAID = b"BT /F 9 Tf 50 700 Td (In 2020 the country had 15.1 million users of the Internet.) Tj ET "


def paper(
    path: Path, content: bytes, *, said: bytes = b"/Filter/FlateDecode", pages: int = 1, kids: bytes = b""
) -> Path:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids or b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (said, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(written),
    )
    path.write_bytes(written + end)
    return path


def read(path: Path) -> str:
    return " ".join(sources.read_paper(path)["text"])


def packed(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


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
    pdf_size.refuse_large(path)


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
