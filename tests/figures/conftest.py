"""What tests of several figures measure."""

from collections.abc import Callable
from itertools import combinations

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from digital_diplomacy.figures.parts import style

Pairs = list[tuple[str, str]]


@pytest.fixture
def touching() -> Callable[[Figure], Pairs]:
    """Pairs of texts of a figure that touch, and texts that leave the sheet."""

    def find(figure: Figure) -> Pairs:
        renderer = style.renderer(figure)
        with style.context():  # legends are put in their place when they are drawn, with the fonts they are saved with
            figure.draw_without_rendering()
        drawn = [text for text in figure.findobj(mpl.text.Text) if text.get_visible() and text.get_text().strip()]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn]
        sheet = figure.bbox
        cut = [
            (text, "edge")
            for text, box in boxes
            if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1
        ]
        return cut + [
            (a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.padded(-0.5).overlaps(other.padded(-0.5))
        ]

    return find
