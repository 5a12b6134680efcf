"""One walk through a figure gives the SVG that matplotlib writes and the pixels that it draws."""

import io
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from digital_diplomacy.figures.parts import drawing, style

_FAR = 48  # of 255: how far means of 4 by 4 pixels may be off where a line of text begins at a whole pixel


def pixels(renderer: RendererAgg) -> "np.ndarray[Any, Any]":
    return np.asarray(renderer.buffer_rgba())[..., 0].astype(float)


def blurred(image: "np.ndarray[Any, Any]", size: int = 4) -> "np.ndarray[Any, Any]":
    """Means of squares of pixels."""
    height, width = (length - length % size for length in image.shape)
    return image[:height, :width].reshape(height // size, size, width // size, size).mean(axis=(1, 3))


def sheet(canvas: Any, *, written: bool = True) -> Figure:
    """A figure with a stroke of every kind."""
    with style.context():
        figure = Figure(figsize=(4.0, 3.0))
        canvas(figure)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8), xlim=(0, 10), ylim=(0, 10))
        axes.plot([0, 4, 20], [1, 3, 3], linewidth=4, dashes=(3, 2))  # beyond the axes, which cut it off
        axes.plot([2, 5, 8], [6, 6, 6], marker="s", markersize=9, linestyle="none")
        axes.scatter([2, 5, 8], [8, 8, 8], s=[40, 90, 160], c=["red", "green", "blue"])
        axes.add_collection(
            LineCollection([[(0, 0), (3, 5)], [(0, 2), (3, 7)]], linewidths=[1, 3], linestyles=["-", ":"])
        )
        axes.add_patch(Rectangle((6, 0.5), 3, 2, facecolor="white", hatch="///", edgecolor="black"))
        axes.imshow([[0.0, 0.5], [1.0, 0.2]], extent=(7, 9, 5, 7), aspect="auto", cmap="Greys", zorder=3)
        axes.set(xlim=(0, 10), ylim=(0, 10))
        disc = axes.add_patch(Circle((5, 4.5), 1, transform=axes.transData))
        axes.axhspan(4, 5, color="orange").set_clip_path(disc)
        axes.axhline(6.2, color="black", linewidth=6, zorder=1)
        axes.tick_params(labelbottom=written, labelleft=written)
        if written:
            axes.text(1, 9, "Қазақстан: 12,5 %", weight="bold")
            axes.text(9.5, 2, "turned", rotation=90)
            style.halo(axes.text(1, 6, "Кыргызстан\non a line", size=14))
    return figure


def both(*, written: bool) -> list["np.ndarray[Any, Any]"]:
    """A figure's pixels as matplotlib draws them, and as they are made beside the SVG."""
    with style.context():
        theirs = sheet(FigureCanvasAgg, written=written)
        theirs.canvas.draw()
    with Image.open(io.BytesIO(style.png(sheet(drawing.Canvas, written=written)))) as image:
        assert round(image.info["dpi"][0]) == 150
        return [pixels(theirs.canvas.get_renderer()), np.asarray(image)[..., 0].astype(float)]


def test_strokes_made_beside_the_svg_are_those_of_matplotlib() -> None:
    expected, found = both(written=False)
    assert expected.shape == found.shape == (450, 600)
    assert np.abs(found - expected).max() <= 2


def test_words_made_beside_the_svg_lie_where_matplotlib_writes_them() -> None:
    expected, found = map(blurred, both(written=True))
    assert np.abs(found - expected).max() < _FAR


def test_the_svg_made_beside_a_picture_is_the_svg_alone() -> None:
    figure = sheet(drawing.Canvas)
    assert style.bundle(figure, title="T")["image/svg+xml"] == style.svg(figure, title="T")


def test_a_figure_is_given_back_as_it_was() -> None:
    figure = sheet(drawing.Canvas)
    before = figure.dpi, tuple(figure.get_size_inches()), [text.get_path_effects() for text in figure.axes[0].texts]
    style.bundle(figure)
    assert before == (
        figure.dpi,
        tuple(figure.get_size_inches()),
        [one.get_path_effects() for one in figure.axes[0].texts],
    )


@pytest.mark.parametrize(("angle", "smooth"), [(0, True), (30, True), (0, False)])
@pytest.mark.parametrize("place", [(20.0, 50.0), (20.3, 50.7)])
def test_letters_stand_within_a_pixel_of_where_matplotlib_draws_them(
    angle: float, smooth: bool, place: tuple[float, float]
) -> None:
    def drawn(renderer: type[RendererAgg]) -> "np.ndarray[Any, Any]":
        canvas = renderer(200, 60, 150)
        with style.context():
            context = canvas.new_gc()
            context.set_antialiased(smooth)
            canvas.draw_text(context, *place, "Қазақ fi", FontProperties(family="DejaVu Sans"), angle)
        return np.asarray(canvas.buffer_rgba())[..., 3].astype(float)

    found, expected = drawn(drawing.Picture), drawn(RendererAgg)
    assert found.sum() == pytest.approx(expected.sum(), rel=0.02)
    for axis, count in ((0, 200), (1, 60)):
        middle = [(ink.sum(axis=axis) * np.arange(count)).sum() / ink.sum() for ink in (found, expected)]
        assert abs(middle[0] - middle[1]) <= 0.55  # a line begins at a whole pixel


def test_a_line_of_text_is_made_once() -> None:
    figure = sheet(drawing.Canvas)
    style.png(figure)
    known = drawing._line.cache_info().misses
    style.png(sheet(drawing.Canvas))
    assert drawing._line.cache_info().misses == known


def test_a_figure_is_saved_as_svg_to_streams_of_text_and_of_bytes_and_stays_as_it_was() -> None:
    figure = sheet(drawing.Canvas)
    text, content = io.StringIO(), io.BytesIO()
    before = figure.dpi
    with style.context():
        figure.savefig(text, format="svg", metadata={"Date": None})
        figure.savefig(content, format="svg", metadata={"Date": None})
    assert content.getvalue().decode() == text.getvalue()
    assert "<text" in text.getvalue()
    assert figure.dpi == before
