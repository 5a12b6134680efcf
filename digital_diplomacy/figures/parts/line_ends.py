"""Names beside the ends of lines, moved apart so that they do not overlap."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from digital_diplomacy.figures.parts import marks, style

LINE_HEIGHT: Final = 0.155  # inches a line of a name takes
_WIDTH: Final = 1.7  # inches
_BESIDE: Final = 0.3  # inches between the axes and a name
_EARLY: Final = 0.5  # inches before the end of the axes from which a line ends early
_DOTS: Final = (0, (1, 3))

End = tuple[float, float, str, style.Look, bool]


def lines_of(name: str) -> list[str]:
    """A name as it is broken beside the axes."""
    return style.name_lines(name, style.across(_WIDTH), style.SMALL_SIZE)


def reserve(axes: Axes, panel: pd.DataFrame) -> list[End]:
    """Where each line of a panel ends, its name, its look, and if it is asked about; the names take up their room."""
    ends = []
    for _, line in panel.dropna(subset=["value"]).groupby("look", sort=False):
        last = line.sort_values("x", kind="stable").iloc[-1]
        text = "\n".join(lines_of(str(last["name"])))
        ends.append((float(last["x"]), float(last["value"]), text, style.look(int(last["look"])), bool(last["asked"])))
        axes.annotate(
            text,
            (1, 0.5),
            (_BESIDE * 72, 0),
            "axes fraction",
            "offset points",
            size=style.SMALL_SIZE,
            alpha=0,
            weight="bold" if last["asked"] else "normal",
            gid="room",
            va="center",
        )
    return ends


def write(figure: Figure, axes: Axes, ends: list[End]) -> None:
    """Write the names beside the line ends, moved apart just as far as needed, each tied to its end."""
    for room in [artist for artist in axes.texts if artist.get_gid() == "room"]:
        room.remove()
    size, box = figure.get_size_inches(), axes.get_position()
    width, height = float(size[0] * box.width), float(size[1] * box.height)
    to_axes = axes.transData + axes.transAxes.inverted()
    starts = [to_axes.transform((x, value)) for x, value, *_ in ends]
    needed = [(LINE_HEIGHT * (text.count("\n") + 1) + 0.01) / height for _, _, text, *_ in ends]
    key, begin = 1 + (_BESIDE - 0.08) / width, 1 + _BESIDE / width
    for (_, _, text, look, asked), start, y in zip(
        ends, starts, apart([float(start[1]) for start in starts], needed), strict=True
    ):
        axes.text(
            begin,
            y,
            text,
            transform=axes.transAxes,
            size=style.SMALL_SIZE,
            weight="bold" if asked else "normal",
            va="center",
            gid="name",
            linespacing=1.1,
        )
        path = Line2D(
            [start[0] + 0.06 / width, 1 + 0.04 / width, key], [start[1], start[1], y], transform=axes.transAxes
        )
        # The tie of a line that ends early must not look like more of it.
        early = (1 - start[0]) * width > _EARLY
        path.set(linewidth=0.7, color=style.FAINT, clip_on=False, zorder=1.5, linestyle=_DOTS if early else "-")
        axes.add_artist(path)
        axes.plot([key], [y], transform=axes.transAxes, clip_on=False, **marks.marker(look, hollow=False, size=4.5))


def apart(wanted: list[float], needed: list[float]) -> list[float]:
    """Places between 0 and 1, nearest to those wanted, at which pieces of the heights needed do not overlap.

    Neighbours that would overlap are pooled and share the room around the mean of what they want, as in isotonic
    regression; of equal wishes the first comes to lie on top.

    Examples
    --------
    >>> [round(place, 3) for place in apart([0.5, 0.5, 0.9], [0.1, 0.1, 0.1])]
    [0.55, 0.45, 0.9]
    >>> [round(place, 3) for place in apart([1.0, 1.0], [0.1, 0.1])]
    [0.95, 0.85]
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], -index))
    blocks: list[list[int]] = []  # members from below
    for index in order:
        blocks.append([index])
        while (
            len(blocks) > 1
            and _top(blocks[-2], wanted, needed) > _top(blocks[-1], wanted, needed) - _room(blocks[-1], needed) + 1e-12
        ):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    places = [0.0] * len(wanted)
    for members in blocks:
        edge = _top(members, wanted, needed) - _room(members, needed)
        for index in members:
            places[index] = edge + needed[index] / 2
            edge += needed[index]
    return places


def _room(members: list[int], needed: list[float]) -> float:
    return sum(needed[index] for index in members)


def _top(members: list[int], wanted: list[float], needed: list[float]) -> float:
    """Upper edge of pooled pieces around the mean of their wishes, kept between 0 and 1."""
    room = _room(members, needed)
    below, wish = 0.0, 0.0
    for index in members:
        wish += wanted[index] - below - needed[index] / 2
        below += needed[index]
    return max(room, min(1.0, wish / len(members) + room))
