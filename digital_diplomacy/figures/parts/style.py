"""One look for every figure: style context, sizes, colours, the sheet that carries title, legend and notes, and saving.

Sizes are in inches and points. Nothing here touches the global state of pyplot.
"""

import base64
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from html import escape
from typing import Any, Final, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from digital_diplomacy.figures.parts import drawing, fonts, measuring
from digital_diplomacy.figures.parts.fonts import FONT

WIDTH: Final = 7.2  # inches: two columns of a journal page
NAME_LINES: Final = 4  # of a name on a figure; its whole stands in the alternative text and the CSV
NARROW: Final = 4.6  # inches: on a telephone it is shrunk to four fifths, and its smallest words are read
PAD: Final = 0.08  # inches around the sheet
GAP: Final = 0.1  # inches between the sheet's parts
_UNDER: Final = 0.04  # inches between title and topic
DPI: Final = 150
_TOLD: Final = "told"  # what names the artists that tell something on hover
_HALO: Final = 2.6  # points of white behind text that lies on lines
_WHITE: Final = withStroke(linewidth=_HALO, foreground="white", alpha=0.9)
_HALOED: Final = "haloed"  # what names such texts
_HALOED_GROUP: Final = re.compile(rf'<g id="{_HALOED}-\d+">.*?</g>', re.DOTALL)
_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPENED: Final = f"paint-order: stroke; stroke: #ffffff; stroke-width: {_HALO}px; stroke-opacity: 0.9; "
_MONTHS_RU: Final = ("янв", "февр", "мар", "апр", "июн", "июл", "авг", "сент", "окт", "нояб", "дек")
_MONTHS: Final = "|".join(rf"(?<={month}\. )" for month in _MONTHS_RU)
_MONTHS_KK: Final = "қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел"
_COUNTED: Final = r"др\.|(?<=др\. )\d{4}|(?<=: )\d+$|(?<=\d )(?:лет|год|раз|гг?\.|млн|млрд|тыс|мая|процент)"
_TOGETHER: Final = rf"[—–](?:\W|$)|(?:ма|ме|ба|бе|па|пе)\b|п\. п\.|(?:{_MONTHS})\d{{4}}\b|(?:{_MONTHS_KK})\.|{_COUNTED}"
_LETTER: Final = "[авикосуяАВИКОСУЯ]"  # words of one letter, in Russian
_FREE: Final = re.compile(rf"(?<!№)(?<!\bп\.)(?<!^{_LETTER})(?<!\W{_LETTER}) (?!{_TOGETHER})")
"""Blanks at which a line may be broken."""

_VOWELS: Final = "аәеёиоөуұүыіэюяaeiouy"
_SYLLABLE: Final = re.compile(
    rf"(?<=[^\W\d_])(?:[{_VOWELS}]|(?<=[{_VOWELS}])[^\W\d_])(?=[^\W\d_{_VOWELS}ьъ][{_VOWELS}])", re.IGNORECASE
)
"""Ends of syllables inside a word: behind a vowel, or a consonant behind it, before a consonant with a vowel."""

_WORD: Final = re.compile(r"[(«“]?[^\W\d_]+(?=[)»”]?[.,:;?!]?(?:$|[\s-]))")
_LEAST: Final = 3  # letters of a cut word on either line
_SETTLED: Final = 5  # decimals of places on a sheet: a hundredth of a point
TITLE_SIZE: Final = 11.0
TEXT_SIZE: Final = 9.0
SMALL_SIZE: Final = 8.0
INK: Final = "#222222"
FAINT: Final = "#8a8a8a"

COLOURS: Final = ("#0173b2", "#d55e00", "#029e73", "#cc78bc", "#b18045", "#56b4e9", "#de8f05", "#949494")
"""seaborn's colour-blind safe palette in order of contrast, without the pink and yellow that vanish on white.

Its brown is a darker one here, which keeps 8 of CAM02-UCS from every other for whoever lacks one kind of cone: that of
seaborn keeps 5.8 from green where red is not seen (`tests/figures/test_colours.py`).

Written out, as are the settings below, because importing seaborn imports all of `scipy.stats`.
"""

MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")
LINES: Final[tuple[Any, ...]] = (
    "-",
    (0, (5, 1.5)),
    (0, (1, 1.2)),
    (0, (4, 1.2, 1, 1.2)),
    (0, (7, 1.5, 1, 1.5, 1, 1.5)),
)

_width: ContextVar[float] = ContextVar("width", default=WIDTH)

_SETTINGS: Final[dict[str, Any]] = {
    "font.family": [FONT],
    "font.size": TEXT_SIZE,
    "axes.titlesize": TEXT_SIZE,
    "axes.titley": 1.0,  # looked for, it is found there
    "axes.labelsize": SMALL_SIZE,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": SMALL_SIZE,
    "legend.fontsize": SMALL_SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.7,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "lines.solid_capstyle": "round",  # this and the next two are what seaborn's style "ticks" sets beside these
    "patch.edgecolor": "w",
    "patch.force_edgecolor": True,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "text.hinting": "none",  # the same widths at every resolution
    "svg.fonttype": "none",
    "svg.hashsalt": "digital_diplomacy",
}


class Look(NamedTuple):
    """How one series is drawn; the three parts differ together, so that no reader depends on colour."""

    colour: str
    marker: str
    line: Any  # a name or a dash pattern in points


def look(index: int) -> Look:
    """The look of the series number ``index``; 8, 7 and 5 share no factor, so 280 looks differ."""
    return Look(COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)], LINES[index % len(LINES)])


@contextmanager
def context() -> Iterator[None]:
    """The style as matplotlib settings, independent of the user's own and restored afterwards."""
    before = dict(dict.items(mpl.rcParams))
    before.pop("backend", None)  # which may be chosen in between, and then is
    dict.update(mpl.rcParams, _checked())  # by way of the mapping itself each of hundreds would be checked anew
    try:
        yield
    finally:
        dict.update(mpl.rcParams, before)


@cache
def _checked() -> dict[Any, Any]:
    """All settings that a style has, as matplotlib keeps them once it has checked them."""
    before, nothing = dict(dict.items(mpl.rcParams)), object()
    dict.update(mpl.rcParams, dict.fromkeys(before, nothing))
    try:
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        return {name: value for name, value in dict.items(mpl.rcParams) if value is not nothing}
    finally:
        dict.update(mpl.rcParams, before)


def width() -> float:
    """Inches across a sheet: `WIDTH`, or `NARROW` inside `narrow`."""
    return _width.get()


def inner() -> float:
    """Inches across a sheet between its margins."""
    return width() - 2 * PAD


def across(inches: float) -> float:
    """What so many inches between the margins of a sheet as wide as a page are on this one, which may be narrow."""
    return inches * (inner() / (WIDTH - 2 * PAD))


@contextmanager
def narrow() -> Iterator[None]:
    """Draw sheets for telephones."""
    token = _width.set(NARROW)
    try:
        yield
    finally:
        _width.reset(token)


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width in inches of one line of text, ``size`` in points."""
    return measuring.words(text, FontProperties(family=FONT, size=size, weight=weight))[0]


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """``text`` in lines of at most ``width`` inches; only a single word longer than that is cut.

    No line begins with a dash, a per cent sign or a Kazakh particle of questions, none ends with the sign of a number
    or a Russian word of one letter; a short name of a month stays with its year, and years, times and millions in
    Russian with their number. A word that is cut is cut between syllables,
    with a hyphen; what is no word, where the line is full.

    Examples
    --------
    >>> room = text_width("күйінде шыға ма", 9.0)
    >>> wrap("күйінде шыға ма", room - 0.01, 9.0)
    ['күйінде', 'шыға ма']
    >>> wrap("старше 18 лет и в сети", text_width("старше 18 лет и", 9.0), 9.0)
    ['старше 18 лет', 'и в сети']
    >>> wrap("телекоммуникациялық", 0.9, 8.0)
    ['телекомму-', 'никациялық']
    """
    lines: list[str] = []
    taken, blank = 0.0, text_width(" ", size, weight)  # no letter is fitted to a blank: words alone are measured
    for word in _FREE.split(text.replace(" %", "\N{NO-BREAK SPACE}%")):  # no-break spaces inside numbers stay unbroken
        wide = text_width(word, size, weight)
        if lines and taken + blank + wide <= width:
            lines[-1], taken = f"{lines[-1]} {word}", taken + blank + wide
            continue
        while wide > width and len(word) > 1:
            fitting = max(1, int(len(word) * width / wide) - 1)
            head, word = _cut(word, fitting)
            lines.append(head)
            wide = text_width(word, size, weight)
        lines.append(word)
        taken = wide
    return lines


def _cut(word: str, fitting: int) -> tuple[str, str]:
    """A word in two, of which the first has so many letters at most: at a blank or hyphen that it holds, otherwise
    between syllables if it is a word, otherwise anywhere."""
    for mark in (" ", "\N{NO-BREAK SPACE}", "-"):
        at = word.rfind(mark, 1, fitting + 1)
        if at > 0:
            return word[: at + (mark == "-")], word[at + 1 :]
    found = _WORD.match(word)
    last = min(fitting - 1, found.end() - _LEAST) if found else 0
    ends = [end for end in map(re.Match.end, _SYLLABLE.finditer(word)) if _LEAST <= end <= last]
    return (f"{word[: ends[-1]]}-", word[ends[-1] :]) if ends else (word[:fitting], word[fitting:])


def title_lines(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """A title in as many lines as `wrap` makes, shorter ones where a word or number would stand alone in the last.

    Examples
    --------
    >>> room = text_width("of a hundred misprints were seen", 13.0)
    >>> wrap("of a hundred misprints were seen 36", room, 13.0)
    ['of a hundred misprints were seen', '36']
    >>> title_lines("of a hundred misprints were seen 36", room, 13.0)
    ['of a hundred misprints were', 'seen 36']
    """
    lines = wrap(text, width, size, weight)
    room = width
    while len(lines) > 1 and " " not in lines[-1] and room > width / 2:
        room -= 0.1
        narrower = wrap(text, room, size, weight)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def name_lines(name: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """A name in lines as `wrap` makes them, of which one too long for a figure has `NAME_LINES`, with an ellipsis.

    On a narrow sheet, where columns of names are narrower, it has as many more.

    Examples
    --------
    >>> lines = name_lines("letters" * 30, 1.5, 8.0)
    >>> len(lines), lines[-1].endswith("…"), max(text_width(line, 8.0) for line in lines) <= 1.5
    (4, True, True)
    """
    lines = wrap(name, width, size, weight)
    most = round(NAME_LINES * WIDTH / _width.get())
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(f"{last}…", size, weight) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def renderer(figure: Figure) -> RendererBase:
    """What measures the artists of a figure."""
    # The canvas's own, which remembers the widths it has measured, up to the picture that it draws.
    return figure.canvas.get_renderer()  # type: ignore[attr-defined,no-any-return]


def extent(figure: Figure, artist: Artist) -> tuple[float, float]:
    """Width and height of a drawn artist in inches."""
    box = artist.get_window_extent(renderer(figure))
    return box.width / figure.dpi, box.height / figure.dpi


def sheet(*, title: str, height: float, notes: Sequence[str] = (), handles: Sequence[Artist] = ()) -> Figure:
    """A figure with title and legend above, notes below, and ``height`` inches between them for the axes.

    Parameters
    ----------
    title : str
        The finding, in bold; what stands behind a line break, as the topic does, follows below it in plain type. May
        be empty.
    height : float
        Inches left to the axes, whatever the length of title, legend and notes.
    notes : sequence of str
        Each begins a new line.
    handles : sequence of Artist
        Entries of the legend; their labels are its words.
    """
    figure = Figure(figsize=(width(), 1.0))
    drawing.Canvas(figure)
    # IPython asks an object how to display it. Formatters for figures in general are set up by pyplot only, in the
    # kernel it is first imported in; a figure that answers for itself is shown in forked kernels, and shown once.
    figure._repr_mimebundle_ = partial(_shown, figure, title.partition("\n")[0])  # type: ignore[attr-defined]
    finding, _, topic = title.partition("\n")
    head = _block(figure, title_lines(finding, inner(), TITLE_SIZE, "bold") if finding else [], TITLE_SIZE, "bold")
    below = _block(figure, title_lines(topic, inner(), TEXT_SIZE) if topic else [], TEXT_SIZE, "normal")
    foot = _block(figure, _note_lines(notes), SMALL_SIZE, "normal")
    legend = _legend(figure, handles)
    subtitle = PAD + (extent(figure, head)[1] + _UNDER if head else 0.0)
    top = subtitle + (extent(figure, below)[1] + GAP if below else GAP - _UNDER if head else 0.0)
    bottom = PAD + (extent(figure, foot)[1] + GAP if foot else 0.0)
    body = top + (extent(figure, legend)[1] + GAP if legend else 0.0)
    total = body + height + bottom
    figure.set_size_inches(width(), total)
    if head:
        head.set(position=(PAD / width(), 1 - PAD / total), va="top")
    if below:
        below.set(position=(PAD / width(), 1 - subtitle / total), va="top", color="#444444")
    if foot:
        foot.set(position=(PAD / width(), PAD / total), va="bottom", gid="notes", color="#444444")
    if legend:
        legend.set_bbox_to_anchor((PAD / width(), 1 - top / total), transform=figure.transFigure)
    area = (PAD / width(), bottom / total, 1 - 2 * PAD / width(), height / total)
    figure.set_layout_engine(ConstrainedLayoutEngine(rect=area, w_pad=0.02, h_pad=0.07))
    return figure


def _note_lines(notes: Sequence[str]) -> list[str]:
    return [line for note in notes for line in wrap(note, inner(), SMALL_SIZE)]


def rewrite_notes(figure: Figure, notes: Sequence[str]) -> None:
    """Replace the notes of a sheet by others that take the same room."""
    for text in figure.texts:
        if text.get_gid() == "notes":
            text.set_text("\n".join(_note_lines(notes)))


def _block(figure: Figure, lines: list[str], size: float, weight: str) -> Text | None:
    return figure.text(0, 0, "\n".join(lines), size=size, weight=weight, ha="left", linespacing=1.3) if lines else None


def _legend(figure: Figure, handles: Sequence[Artist]) -> Legend | None:
    """As many columns as fit beside each other."""
    columns = min(len(handles), 5)
    for handle in handles:
        handle.set_label("\n".join(name_lines(str(handle.get_label()), width() / 2 - 0.8, SMALL_SIZE)))
    while columns:
        legend = figure.legend(
            handles=list(handles),
            loc="upper left",
            ncols=columns,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=2.6,
        )
        if columns == 1 or extent(figure, legend)[0] <= inner():
            return legend
        legend.remove()
        columns -= 1
    return None


def settle(figure: Figure) -> None:
    """Lay the figure out once and keep that layout, so that labels placed by it hold in every format."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    # None, not "none", which leaves an engine that does nothing in place: with any, saving draws everything twice.
    with context():  # in which no engine is the default
        figure.set_layout_engine(None)
    for axes in figure.axes:  # the layout's solver leaves noise in the last digits, which would show in the bytes
        left, bottom, width, height = (round(float(end), _SETTLED) for end in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))


def stroke(axes: Axes, x: Sequence[float], y: Sequence[float], /, **look: Any) -> None:
    """Draw a line, or marks, on axes that have limits: ``axes.plot`` would first work out which it asks for."""
    axes.add_artist(Line2D(x, y, **look))


def tell(artist: Artist, text: str) -> None:
    """Let an artist tell something on hover: in SVG it becomes the title of what it draws."""
    artist.set(label=text, gid=_TOLD)


def halo(text: Text) -> None:
    """Draw white behind a text that lies on lines."""
    text.set(path_effects=[_WHITE], gid=_HALOED)


def svg(figure: Figure, *, title: str = "") -> str:
    """The figure as SVG text: words as text with their letters, no date; equal figures give equal text.

    Parameters
    ----------
    figure : Figure
        Any figure of matplotlib.
    title : str
        What programs that read pictures aloud call it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from digital_diplomacy import figures
    >>> figure = Figure(figsize=(1, 1))
    >>> text = figures.svg(figure, title="An empty figure")
    >>> text.startswith("<?xml"), "An empty figure" in text, text == figures.svg(figure, title="An empty figure")
    (True, True, True)
    """
    with _told(figure) as told:
        stream = io.StringIO()
        with context():
            figure.savefig(stream, format="svg", metadata=_described(title))
        return _finished(stream.getvalue(), told)


def _described(title: str) -> dict[str, str | None]:
    return {"Title": title, "Date": None, "Creator": None}


@contextmanager
def _told(figure: Figure) -> Iterator[list[Any]]:
    """Artists that tell something on hover, in a figure whose haloed texts are text: path effects would make paths of
    it."""
    haloed = _numbered(figure, _HALOED)
    for text in haloed:
        text.set(path_effects=[])
    try:
        yield _numbered(figure, _TOLD)
    finally:
        for text in haloed:
            halo(text)


def _finished(drawn: str, told: Sequence[Artist]) -> str:
    """An SVG with what is told on hover, white behind the texts that have it, and its letters."""
    drawn = _NOT_XML.sub("", drawn)
    for artist in told:
        opened = f'<g id="{artist.get_gid()}">'
        drawn = drawn.replace(opened, f"{opened}<title>{escape(str(artist.get_label()))}</title>", 1)
    drawn = _HALOED_GROUP.sub(lambda group: group[0].replace('<text style="', f'<text style="{_OPENED}'), drawn)
    return drawn.replace('<style type="text/css">', f'<style type="text/css">{fonts.faces(drawn)}', 1)


def _numbered(figure: Figure, kind: str) -> list[Any]:
    """Artists of a kind, each with a name of its own, as parts of a file must have."""
    # Of the axes' own: looking into their ticks too would take as long as drawing some of them.
    drawn = (artist for axes in figure.axes for artist in axes.get_children())
    found = [artist for artist in drawn if str(artist.get_gid()).startswith(kind)]
    for number, artist in enumerate(found):
        artist.set_gid(f"{kind}-{number}")
    return found


def png(figure: Figure) -> bytes:
    """The figure as PNG at 150 dots per inch; equal figures give equal bytes.

    Parameters
    ----------
    figure : Figure
        Any figure of matplotlib.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from digital_diplomacy import figures
    >>> figure = Figure(figsize=(1, 1))
    >>> figures.png(figure).startswith(bytes([137]) + b"PNG"), figures.png(figure) == figures.png(figure)
    (True, True)
    """
    return _both(figure, "")[1]


def bundle(figure: Figure, *, title: str = "") -> dict[str, str]:
    """The figure as notebooks display it: SVG and PNG, and its title for those that show text alone."""
    drawn, picture = _both(figure, title)
    return {
        "image/svg+xml": drawn,
        "image/png": base64.b64encode(picture).decode(),
        "text/plain": title or str(figure),
    }


def _both(figure: Figure, title: str) -> tuple[str, bytes]:
    """The figure as SVG text and as PNG; one that was not made as a `sheet` is drawn twice, on the canvas it has."""
    if not isinstance(figure.canvas, drawing.Canvas):
        stream = io.BytesIO()
        with context():
            figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
        return svg(figure, title=title), stream.getvalue()
    with _told(figure) as told, context():
        drawn, picture = figure.canvas.draw_both(DPI, _HALOED, _WHITE, metadata=_described(title))
    return _finished(drawn, told), picture.png()


def _shown(figure: Figure, title: str, **asked: object) -> dict[str, str]:  # noqa: ARG001
    return bundle(figure, title=title)
