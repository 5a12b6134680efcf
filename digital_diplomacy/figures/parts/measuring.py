"""How wide and high words are: measured once a process, whatever the size, resolution and format they are drawn in.

matplotlib measures the words of a figure anew for every size of sheet, resolution and format. Letters that no hinting
fits to pixels only grow with these, and measuring is a fifth of the time a figure takes.
"""

import codecs
import math
import re
from functools import cache
from itertools import pairwise
from typing import Any, Final

from matplotlib import cbook
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import Kerning
from matplotlib.textpath import text_to_path

_POINTS: Final = 72  # in an inch
_SIZE: Final = 100.0  # points, large enough that no rounding matters
_FINE: Final = 0x40  # parts of a pixel in FreeType's places
_FIXED: Final = 0x10000  # what is 1 in its fixed-point numbers
_JOINED: Final = re.compile(
    r"f[fijlt]|[^ -~\u00a0-\u00ac\u00ae-\u024f\u0400-\u0482\u048a-\u052f\u2010-\u2027\u202f-\u205e\u20a0-\u25ff]"
)
"""What may take another room in a line than alone: letters of other scripts, marks over letters, and what f joins."""

Sizes = tuple[float, float, float]


def words(text: str, font: FontProperties, dpi: float = 1.0) -> Sizes:
    """Width and height of one line of text, and how much of the height is below the line.

    Parameters
    ----------
    text : str
    font : FontProperties
    dpi : float
        Pixels per inch, if they are to be in pixels and not in inches.

    Examples
    --------
    >>> small, large = (words("Қазақстан", FontProperties(family="DejaVu Sans", size=size)) for size in (8.0, 16.0))
    >>> [round(other / one, 6) for one, other in zip(small, large, strict=True)]
    [2.0, 2.0, 2.0]
    """
    return _scaled(_line(text, _resized(font)), font, dpi)


@cache
def _line(text: str, font: FontProperties) -> Sizes:
    """The sizes in points, which hold as long as the process lives: it does not exchange the files of its fonts.

    Letters that neither join nor grow together take the room that each takes alone, and what two beside each other take
    more or less; so a new line needs no new measuring.
    """
    if not text or _JOINED.search(text):
        return _measured(text, font)
    alone = [_measured(letter, font) for letter in text]
    width = sum(one[0] for one in alone) + sum(_closer(*pair, font) for pair in pairwise(text))
    below = max(one[2] for one in alone)
    return width, max(one[1] - one[2] for one in alone) + below, below


@cache
def _closer(one: str, other: str, font: FontProperties) -> float:
    """What two letters beside each other take more, or less, than each alone, as the font says."""
    loaded: Any = get_font(fontManager._find_fonts_by_props(font))
    loaded.set_size(_SIZE, _POINTS)
    pair = loaded.get_char_index(ord(one)), loaded.get_char_index(ord(other))
    return float(loaded.get_kerning(*pair, Kerning.UNFITTED)) / _FINE


def _resized(font: FontProperties) -> FontProperties:
    own = font.copy()
    own.set_size(_SIZE)
    return own


def _scaled(sizes: Sizes, font: FontProperties, dpi: float) -> Sizes:
    scale = font.get_size_in_points() / _SIZE * dpi / _POINTS
    return sizes[0] * scale, sizes[1] * scale, sizes[2] * scale


@cache
def _measured(text: str, font: FontProperties) -> Sizes:
    """The sizes in points as matplotlib finds them."""
    width, height, descent = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width), float(height), float(descent)


@cache
def _lines(font: FontProperties) -> Sizes | None:
    """Ascent, descent and gap of a font's lines in points, as matplotlib finds them, if the font says; as long."""
    loaded: Any = get_font(fontManager._find_fonts_by_props(font))
    said, head = loaded.get_sfnt_table("OS/2"), loaded.get_sfnt_table("head")
    if said is None:
        return None
    one = _SIZE / head["unitsPerEm"]
    return said["sTypoAscender"] * one, -said["sTypoDescender"] * one, said["sTypoLineGap"] * one


@cache
def _turned(angle: float, slant: float, extend: float) -> tuple[tuple[int, int], tuple[int, int]]:
    """How FreeType is to turn, slant and stretch letters, in its fixed-point numbers."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    rows = ((cos * extend, cos * extend * slant - sin), (sin * extend, sin * extend * slant + cos))
    return tuple(tuple(round(_FIXED * number) for number in row) for row in rows)  # type: ignore[return-value]


class _Words:
    """What a renderer answers about words."""

    dpi: float

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Sizes:
        """Width, height and descent in pixels; of formulas as ever."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[misc,no-any-return]
        return words(s, prop, self.dpi)

    def _get_font_height_metrics(self, prop: FontProperties) -> Sizes | tuple[None, None, None]:
        """Ascent, descent and gap of lines in pixels; matplotlib asks for them where a renderer knows them."""
        known = _lines(_resized(prop))
        return _scaled(known, prop, self.dpi) if known else (None, None, None)


class _Picture(_Words, RendererAgg):
    """Draws pixels."""

    def _draw_text_glyphs_and_boxes(self, gc: Any, x: float, y: float, angle: float, glyphs: Any, boxes: Any) -> None:
        """Draw letters pixel by pixel as matplotlib does, which works out how they are turned for each of them anew."""
        if boxes:  # formulas alone have any
            super()._draw_text_glyphs_and_boxes(gc, x, y, angle, glyphs, boxes)  # type: ignore[no-untyped-call]
            return
        from matplotlib.ft2font import RenderMode  # before 3.11 matplotlib has none, and does not call this

        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        flags: Any = get_hinting_flag()  # type: ignore[no-untyped-call]
        mode = RenderMode.NORMAL if gc.get_antialiased() else RenderMode.MONO
        scale, sized = 1 if gc.get_antialiased() else 0xFF, None
        for font, size, glyph, slant, extend, dx, dy in glyphs:  # dy is upwards
            if font is not sized:
                font.set_size(size, self.dpi)
                sized = font
            place = round(_FINE * (x + dx * cos - dy * sin)), round(_FINE * (self.height - y + dx * sin + dy * cos))
            font._set_transform(_turned(angle, slant, extend), place)
            bitmap = font._render_glyph(glyph, flags, mode)
            pixels = bitmap.buffer
            bottom = int(self.height) - bitmap.top + pixels.shape[0]
            self._renderer.draw_text_image(pixels * scale if scale > 1 else pixels, bitmap.left, bottom, 0, gc)


class _Drawing(_Words, RendererSVG):
    """Draws SVG, whose pixels are points."""

    dpi = float(_POINTS)


class Canvas(FigureCanvasAgg):
    """A figure's canvas, which draws PNG and SVG with words measured once."""

    def get_renderer(self) -> RendererAgg:
        """What draws pixels at the figure's present size."""
        key = *self.get_width_height(physical=True), self.figure.dpi
        if self._lastKey != key:
            self.renderer, self._lastKey = _Picture(*key), key  # type: ignore[no-untyped-call]
        return self.renderer  # type: ignore[no-any-return]

    def print_svg(self, filename: Any, *, metadata: Any = None, **_: Any) -> None:
        """Write SVG to a file or stream; `matplotlib.figure.Figure.savefig` calls this and sets the resolution back."""
        dpi, self.figure.dpi = self.figure.dpi, _POINTS
        width, height = self.figure.get_size_inches() * _POINTS
        with cbook.open_file_cm(filename, "w", encoding="utf-8") as stream:
            text = stream if cbook.file_requires_unicode(stream) else codecs.getwriter("utf-8")(stream)
            drawing = _Drawing(width, height, text, image_dpi=dpi, metadata=metadata)  # type: ignore[no-untyped-call]
            self.figure.draw(drawing)
            drawing.finalize()  # type: ignore[no-untyped-call]
