"""Words in SVG files are text, with the letters they need in the file."""

import base64
import io
import re

import pytest
from defusedxml.ElementTree import fromstring
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

from digital_diplomacy.figures.parts import style

_FACE = re.compile(
    r'@font-face\{font-family:"DejaVu Sans";font-weight:(\w+);src:url\(data:font/woff;base64,([^)]+)\)\}'
)


def drawn(title: str, *words: str, halo: bool = False) -> str:
    with style.context():
        figure: Figure = style.sheet(title=title, height=1.0)
        axes = figure.subplots()
        for number, word in enumerate(words):
            text = axes.text(0.5, number, word, weight="normal")
            if halo:
                style.halo(text)
    return style.svg(figure, title="a title")


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def letters(svg: str) -> dict[str, dict[int, str]]:
    """Weight of each font in the file to what it has a letter for."""
    return {
        weight: TTFont(io.BytesIO(base64.b64decode(font)), lazy=False).getBestCmap()
        for weight, font in _FACE.findall(svg)
    }


def test_words_are_text_that_can_be_searched_and_read_aloud() -> None:
    svg = drawn("Қазақстан: <24> & «Ұ»\nтақырып", "two\nlines", "=1+1 $x$")
    assert {"Қазақстан: <24> & «Ұ»", "тақырып", "two", "lines", "=1+1 $x$"} <= set(texts(svg))


def test_the_file_has_every_letter_of_its_words_in_the_weight_they_are_written_in() -> None:
    bold, plain = "Ұлт «Ң» № 5 – жақсы", "ღ Ελλάδα مرحبا"
    svg = drawn(bold, plain)
    assert set(map(ord, bold)) <= set(letters(svg)["bold"])
    assert set(map(ord, plain)) <= set(letters(svg)["normal"])


def test_letters_no_word_needs_are_left_out() -> None:
    svg = drawn("", "plain")
    assert list(letters(svg)) == ["normal"]
    assert ord("ღ") not in letters(svg)["normal"]
    assert len(svg) < 60_000


def test_a_letter_the_font_lacks_is_left_to_the_readers_fonts() -> None:
    with pytest.warns(UserWarning, match="Glyph 20013"):
        svg = drawn("", "中 yes")
    assert "中 yes" in texts(svg)
    assert ord("中") not in letters(svg)["normal"]


def test_text_on_lines_stays_text_with_white_behind_every_line_of_it() -> None:
    svg = drawn("", "one\ntwo", "three", halo=True)
    styles = re.findall(r'<text style="([^"]*)"[^>]*>(?:one|two|three)<', svg)
    assert len(styles) == 3
    assert all("paint-order: stroke" in style and "stroke: #ffffff" in style for style in styles)
    assert svg.count("paint-order") == 3


def test_equal_figures_give_equal_files() -> None:
    assert drawn("Ң", "مرحبا", halo=True) == drawn("Ң", "مرحبا", halo=True)
