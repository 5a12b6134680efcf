"""A figure as SVG and PNG, both from one walk through its parts.

Most of the time a drawing takes goes into asking each part where it lies and how it looks, and the answers are the same
for points and for pixels. So the walk is made in points, and whoever also wants pixels gets each stroke enlarged.
"""

import codecs
import io
from functools import cache
from typing import Any, Final

import numpy as np
from matplotlib import cbook
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import AbstractPathEffect, PathEffectRenderer
from matplotlib.transforms import Affine2D, Bbox, TransformedPath
from PIL import Image

from digital_diplomacy.figures.parts import measuring
from digital_diplomacy.figures.parts.measuring import Sizes

_POINTS: Final = 72  # in an inch
_SUBPIXELS: Final = 64  # FreeType's parts of a pixel
_PACKED: Final = 1  # of drawings it makes files no larger than the usual 6, in less time

Line = tuple[Any, float, float]


class _Words:
    """What a renderer answers about words."""

    dpi: float

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Sizes:
        """Width, height and descent in pixels; of formulas as ever."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[misc,no-any-return]
        return measuring.words(s, prop, self.dpi)

    def _get_font_height_metrics(self, prop: FontProperties) -> Sizes | tuple[None, None, None]:
        """Ascent, descent and gap of lines in pixels; matplotlib asks for them where a renderer knows them."""
        return measuring.lines(prop, self.dpi) or (None, None, None)


@cache
def _line(text: str, font: FontProperties, dpi: float) -> Line:
    """The pixels of a line of text, and how far its left and lower ends are from where it begins."""
    loaded = measuring.opened(font)
    loaded.set_size(font.get_size_in_points(), dpi)
    loaded.set_text(text, 0, flags=get_hinting_flag())  # type: ignore[no-untyped-call]
    loaded.draw_glyphs_to_bitmap(antialiased=True)
    left, bottom = loaded.get_bitmap_offset()
    return np.array(loaded.get_image()), left / _SUBPIXELS, (bottom + loaded.get_descent()) / _SUBPIXELS


class Picture(_Words, RendererAgg):
    """Draws pixels."""

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a level line at whole pixels, so that it is made once however often it stands in figures."""
        is_own = mtext is not None and (mtext.get_fontfeatures() or mtext.get_language())
        if angle or ismath or is_own or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        pixels, left, bottom = _line(s, prop, self.dpi)
        if pixels.size:
            self._renderer.draw_text_image(pixels, round(x + left), round(y + bottom) + 1, 0, gc)

    def png(self) -> bytes:
        """What has been drawn, as a PNG file."""
        stream = io.BytesIO()
        size = int(self.width), int(self.height)
        drawn = bytes(self.buffer_rgba())  # type: ignore[no-untyped-call]
        opaque = Image.frombuffer("RGBA", size, drawn, "raw", "RGBA", 0, 1).convert("RGB")
        opaque.save(stream, "png", compress_level=_PACKED, dpi=(self.dpi, self.dpi))
        return stream.getvalue()


class _Drawing(_Words, RendererSVG):
    """Draws SVG, whose pixels are points."""

    dpi = float(_POINTS)


class _Both(_Drawing):
    """Draws SVG, and each stroke enlarged on a picture, with what `halo` adds behind texts in groups of a name."""

    def __init__(self, *given: Any, picture: Picture, haloed: str, halo: AbstractPathEffect, **more: Any) -> None:
        super().__init__(*given, **more)  # type: ignore[no-untyped-call]
        self._picture, self._haloed, self._halo = picture, haloed, halo
        self._scale = picture.dpi / _POINTS
        self._enlarging = np.diag([self._scale, self._scale, 1.0])
        self._behind = self._is_drawn = False

    def _large(self, transform: Any) -> Affine2D:
        return Affine2D(self._enlarging @ transform.get_matrix())

    def _look(self, gc: Any) -> Any:
        """A stroke's look, cut off where it is on the picture; how wide lines and gaps are is told in points."""
        box, (path, transform) = gc.get_clip_rectangle(), gc.get_clip_path()
        if box is None and path is None:
            return gc
        large = self._picture.new_gc()
        large.copy_properties(gc)
        large.set_clip_rectangle(box and Bbox(box.get_points() * self._scale))
        large.set_clip_path(None if path is None else TransformedPath(path, self._large(transform)))
        return large

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a part of the figure."""
        self._behind = str(gid).startswith(self._haloed)
        super().open_group(s, gid)  # type: ignore[no-untyped-call]

    def close_group(self, s: str) -> None:
        """End a part of the figure."""
        self._behind = False
        super().close_group(s)  # type: ignore[no-untyped-call]

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803
        """Draw a line or an area."""
        super().draw_path(gc, path, transform, rgbFace)  # type: ignore[no-untyped-call]
        if not self._is_drawn:
            self._picture.draw_path(self._look(gc), path, self._large(transform), rgbFace)  # type: ignore[no-untyped-call]

    def draw_markers(self, gc: Any, marker_path: Any, marker_trans: Any, path: Any, trans: Any, *face: Any) -> None:
        """Draw a mark at each place."""
        super().draw_markers(gc, marker_path, marker_trans, path, trans, *face)  # type: ignore[no-untyped-call]
        transforms = self._large(marker_trans), self._large(trans)
        self._picture.draw_markers(self._look(gc), marker_path, transforms[0], path, transforms[1], *face)

    def draw_path_collection(
        self,
        gc: Any,
        master_transform: Any,
        paths: Any,
        all_transforms: Any,
        offsets: Any,
        offset_trans: Any,
        *look: Any,
        **more: Any,
    ) -> None:
        """Draw many lines or areas."""
        placed = paths, all_transforms, offsets
        self._is_drawn = True  # one by one, or all in one
        super().draw_path_collection(gc, master_transform, *placed, offset_trans, *look, **more)  # type: ignore[no-untyped-call]
        self._is_drawn = False
        transforms = self._large(master_transform), self._large(offset_trans)
        self._picture.draw_path_collection(self._look(gc), transforms[0], *placed, transforms[1], *look, **more)

    def option_scale_image(self) -> bool:
        """Whether images are drawn at any size; pixels are not."""
        return False

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Draw an image."""
        super().draw_image(gc, x, y, im, transform)  # type: ignore[no-untyped-call]
        self._picture.draw_image(self._look(gc), x * self._scale, y * self._scale, im)

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw a line of text."""
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
        place = x * self._scale, self._picture.height - (self.height - y) * self._scale
        drawing = PathEffectRenderer([self._halo], self._picture) if self._behind else self._picture
        drawing.draw_text(self._look(gc), *place, s, prop, angle, ismath, mtext)


class Canvas(FigureCanvasAgg):
    """A figure's canvas, which draws PNG and SVG with words measured once."""

    def get_renderer(self) -> Picture:
        """What draws pixels at the figure's present size."""
        key = *self.get_width_height(physical=True), self.figure.dpi
        if self._lastKey != key:
            self.renderer, self._lastKey = Picture(*key), key  # type: ignore[no-untyped-call]
        return self.renderer  # type: ignore[no-any-return]

    def print_svg(self, filename: Any, *, metadata: Any = None, **_: Any) -> None:
        """Write SVG to a file or stream; `matplotlib.figure.Figure.savefig` calls this."""
        with cbook.open_file_cm(filename, "w", encoding="utf-8") as stream:
            text = stream if cbook.file_requires_unicode(stream) else codecs.getwriter("utf-8")(stream)
            self._walk(_Drawing, text, image_dpi=self.figure.dpi, metadata=metadata)

    def draw_both(self, dpi: float, haloed: str, halo: AbstractPathEffect, *, metadata: Any) -> tuple[str, Picture]:
        """SVG, and a picture of it with so many pixels an inch, where `halo` lies behind texts in groups of a name."""
        stream = io.StringIO()
        with cbook._setattr_cm(self.figure, dpi=dpi):
            picture = self.get_renderer()  # the one that has measured, as long as the size is the same
        picture.clear()  # type: ignore[no-untyped-call]
        self._walk(_Both, stream, picture=picture, haloed=haloed, halo=halo, image_dpi=dpi, metadata=metadata)
        return stream.getvalue(), picture

    def _walk(self, kind: type[_Drawing], stream: Any, **options: Any) -> None:
        """Draw in points, and set the resolution back."""
        with cbook._setattr_cm(self.figure, dpi=_POINTS):
            size = self.figure.get_size_inches() * _POINTS
            drawing = kind(*size, stream, **options)  # type: ignore[call-arg]
            self.figure.draw(drawing)
            drawing.finalize()  # type: ignore[no-untyped-call]
