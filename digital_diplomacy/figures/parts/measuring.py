"""How wide and high words are: measured once a process, whatever the size, resolution and format they are drawn in.

matplotlib measures the words of a figure anew for every size of sheet, resolution and format. Letters that no hinting
fits to pixels only grow with these, and measuring is a fifth of the time a figure takes.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Any, Final

from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import Kerning
from matplotlib.textpath import text_to_path

_POINTS: Final = 72  # in an inch
_SIZE: Final = 100.0  # points, large enough that no rounding matters
_FINE: Final = 0x40  # parts of a pixel in FreeType's places
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
    loaded = opened(font)
    loaded.set_size(_SIZE, _POINTS)
    pair = loaded.get_char_index(ord(one)), loaded.get_char_index(ord(other))
    return float(loaded.get_kerning(*pair, Kerning.UNFITTED)) / _FINE


def opened(font: FontProperties) -> Any:
    """A font as matplotlib keeps it, anew in each process; whoever asks sets its size."""
    return get_font(_files(font))


@cache
def _files(font: FontProperties) -> tuple[str, ...]:
    """The files of a font and of those that have letters it lacks, which are looked for once."""
    return tuple(fontManager._find_fonts_by_props(font))


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


def lines(font: FontProperties, dpi: float) -> Sizes | None:
    """Ascent, descent and gap of a font's lines in pixels, if the font says."""
    known = _lines(_resized(font))
    return _scaled(known, font, dpi) if known else None


@cache
def _lines(font: FontProperties) -> Sizes | None:
    """Ascent, descent and gap of a font's lines in points, as matplotlib finds them; as long."""
    loaded = opened(font)
    said, head = loaded.get_sfnt_table("OS/2"), loaded.get_sfnt_table("head")
    if said is None:
        return None
    one = _SIZE / head["unitsPerEm"]
    return said["sTypoAscender"] * one, -said["sTypoDescender"] * one, said["sTypoLineGap"] * one
