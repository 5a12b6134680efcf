"""How wide and high words are: measured once a process, whatever the size, resolution and format they are drawn in.

matplotlib measures the words of a figure anew for every size of sheet, resolution and format. Letters that no hinting
fits to pixels only grow with these, and measuring is a fifth of the time a figure takes.
"""

import codecs
from functools import cache
from typing import Any, Final

from matplotlib import cbook
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.textpath import text_to_path

_POINTS: Final = 72  # in an inch
_SIZE: Final = 100.0  # points, large enough that no rounding matters

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
    return _scaled(_measured(text, _resized(font)), font, dpi)


def _resized(font: FontProperties) -> FontProperties:
    own = font.copy()
    own.set_size(_SIZE)
    return own


def _scaled(sizes: Sizes, font: FontProperties, dpi: float) -> Sizes:
    scale = font.get_size_in_points() / _SIZE * dpi / _POINTS
    return sizes[0] * scale, sizes[1] * scale, sizes[2] * scale


@cache
def _measured(text: str, font: FontProperties) -> Sizes:
    """The sizes in points, which hold as long as the process lives: it does not exchange the files of its fonts."""
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
