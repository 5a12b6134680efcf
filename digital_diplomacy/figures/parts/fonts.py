"""The letters that an SVG figure carries along, so that its words are text and look the same wherever it is opened."""

import base64
import io
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

import matplotlib as mpl

FONT: Final = "DejaVu Sans"  # ships with matplotlib and has every Kazakh letter
_FILES: Final = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_BOLD: Final = re.compile(r"font-weight: (?:bold|[6-9]00)|font: (?:bold|[6-9]00)")
_TEXT: Final = re.compile(r"<text\b([^>]*)>([^<]*)</text>")

USUAL: Final = frozenset(
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0x410, 0x450)))
    + "ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
    + "\u00a0\u202f«»“”„‘’–—−…·•×±≈≠≤≥°§№→←↔↑↓²³†▲▼"
)
"""What texts in Kazakh, Russian and English are written with: these letters are taken from the font once a process."""

_JOINING: Final = ("init", "medi", "fina", "isol", "rlig", "mark", "mkmk", "ccmp")
"""Features by which letters of other scripts are joined."""


def faces(drawn: str) -> str:
    """CSS that gives the text of a drawn SVG its letters.

    Parameters
    ----------
    drawn : str
        SVG whose text is text, as matplotlib writes it where ``svg.fonttype`` is ``none``.

    Returns
    -------
    str
        One rule ``@font-face`` for each weight of `FONT` that the text has, with the letters as WOFF in it; letters
        that the font lacks are left to the reader's own.

    References
    ----------
    W3C, CSS Fonts Module Level 4, section 4; W3C, WOFF File Format 1.0, for the form of the letters.

    Examples
    --------
    >>> css = faces('<text style="font: 700 9px">Қазақстан</text>')
    >>> css.startswith('@font-face{font-family:"DejaVu Sans";font-weight:bold;src:url(data:font/woff;base64,')
    True
    >>> faces('<path d="M 0 0"/>')
    ''
    """
    used: dict[str, set[str]] = {}
    for look, text in _TEXT.findall(drawn):
        used.setdefault("bold" if _BOLD.search(look) else "normal", set()).update(unescape(text))
    return "\n".join(_face(weight, frozenset(letters) - USUAL) for weight, letters in sorted(used.items()))


@cache
def _face(weight: str, more: frozenset[str]) -> str:
    """The rule for one weight, with the usual letters and ``more``."""
    # Commands that draw nothing do not wait for it.
    from fontTools import subset

    options = subset.Options(
        flavor="woff", hinting=False, legacy_kern=True, name_IDs=[], layout_features=["kern", *_JOINING] if more else []
    )
    options.drop_tables += ["FFTM"] if more else ["FFTM", "GSUB", "GPOS", "GDEF"]
    chosen = subset.Subsetter(options)
    chosen.populate(text="".join(USUAL | more))
    stream = io.BytesIO()
    with subset.load_font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[weight]), options) as font:
        chosen.subset(font)
        subset.save_font(font, stream, options)
    letters = base64.b64encode(stream.getvalue()).decode()
    return f'@font-face{{font-family:"{FONT}";font-weight:{weight};src:url(data:font/woff;base64,{letters})}}'
