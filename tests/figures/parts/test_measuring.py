"""Words have the sizes matplotlib itself finds, however often and for whatever they are asked for."""

import gc
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font

from digital_diplomacy import figures
from digital_diplomacy.figures.parts import drawing, measuring, style

ROWS = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB"],
        "group": "",
        "period": "2020-01-01",
        "measure": "internet_users",
        "value": [81.9, 71.1],
        "low": [81.85, 71.05],
        "high": [81.95, 71.15],
        "interval": "rounding",
        "level": float("nan"),
        "unit": "percent",
        "base": "population",
        "n": float("nan"),
        "source_id": "",
    }
)


@pytest.mark.parametrize(
    "text", ["lp", "Қазақстан: 12,5 %", "Кыргызстан – №1", "AVATAR fi", "To WAVE. Yet", "ə̃", "بريد", " ", ""]
)
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(("size", "dpi"), [(8.0, 150.0), (11.0, 72.0), (40.0, 300.0)])
def test_sizes_are_those_matplotlib_measures(text: str, weight: str, size: float, dpi: float) -> None:
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    with style.context():
        theirs = RendererAgg(1, 1, dpi).get_text_width_height_descent(text, font, ismath=False)
    # matplotlib rounds each letter to 1/64 of a pixel, and its outline at both ends
    assert measuring.words(text, font, dpi) == pytest.approx(theirs, abs=(len(text) + 2) / 64)


def test_a_line_of_known_letters_is_added_up_and_others_are_measured_whole() -> None:
    font = measuring._resized(FontProperties(family="DejaVu Sans"))
    measuring.words("Avatar; Ёлка", font)
    known = measuring._measured.cache_info().misses
    measuring.words("Avar; Ёла", font)
    assert measuring._measured.cache_info().misses == known
    measuring.words("سلام", font)  # letters that join
    assert measuring._measured.cache_info().misses == known + 1


def test_lines_stand_where_matplotlib_puts_them() -> None:
    def heights(canvas: Any) -> tuple[float, float]:
        with style.context():
            figure = Figure(dpi=150)
            canvas(figure)
            text = figure.text(0.5, 0.5, "one\ntwo\nthree", linespacing=1.3, size=9)
            box = text.get_window_extent(figure.canvas.get_renderer())
        return box.height, box.y0

    assert heights(drawing.Canvas) == pytest.approx(heights(FigureCanvasAgg), abs=4 / 64)


def test_no_word_is_measured_again_for_another_size_or_format() -> None:
    def drawn() -> None:
        figure = figures.plot_estimates(ROWS, title="Қазақстан")
        style.svg(figure)
        style.png(figure)

    drawn()
    known = measuring._measured.cache_info().misses
    drawn()
    assert measuring._measured.cache_info().misses == known
    assert known > 0


@pytest.mark.parametrize("threshold", [(700, 10, 10), (0, 10, 10), (200_000, 10, 10)])
def test_garbage_is_collected_as_before_once_a_figure_is_shown_or_refused(
    threshold: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[int] = []

    def plot(rows: pd.DataFrame, **_: object) -> Figure:
        during.append(gc.get_threshold()[0])
        raise ValueError(f"{len(rows)} rows are refused")

    monkeypatch.setattr(figures.displays, "_send", lambda *_, **__: None)
    usual = gc.get_threshold()
    gc.set_threshold(*threshold)
    try:
        with pytest.raises(ValueError, match="1 rows are refused"):
            figures.show(plot, pd.DataFrame({"value": [1.0]}), title="any")
        assert gc.get_threshold() == threshold
    finally:
        gc.set_threshold(*usual)
    assert during == [threshold[0] and max(threshold[0], 100_000)]


def test_a_font_that_was_looked_for_once_is_the_one_matplotlib_finds() -> None:
    for weight in ("normal", "bold", "normal"):
        font = FontProperties(family="DejaVu Sans", weight=weight)
        assert measuring.opened(font) is get_font(fontManager._find_fonts_by_props(font))
