"""The frame of every page to play with: one file of HTML with its style, its words, its data and its own small code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import resources
from textwrap import shorten
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from digital_diplomacy import labels
from digital_diplomacy.figures.parts import palette, style
from digital_diplomacy.labels.columns import locale

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""What a view may fetch: nothing; its style, its code and its pictures stand in it."""

_TEXTS_OF_ALL: Final = "view."
_LINE_ENDS: Final = {"<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_DARK_SHARE: Final = 0.4  # how far a colour for white paper goes towards white on black paper, so that it stands out
_LIGHT: Final = {
    "--ink": "#1b1f24", "--soft": "#57606a", "--line": "#d0d7de", "--paper": "#ffffff", "--shade": "#f4f4f1",
    "--link": "#0b5cad", "--edge": "#767f89", "--asked": palette.ASKED_COLOUR, "--muted": palette.MUTED,
    **{f"--c{number}": colour for number, colour in enumerate(style.COLOURS)},
}  # fmt: skip
_DARK: Final = {
    "--ink": "#e6edf3", "--soft": "#a7b1bc", "--line": "#3d444d", "--paper": "#12161c", "--shade": "#1c222a",
    "--link": "#79b8ff", "--edge": "#8b949e",
}  # fmt: skip
_NAME_LENGTH: Final = 70  # letters that tabs, bookmarks and lists of findings show of a title
_FRAME_HEIGHT: Final = 860  # pixels of a view inside a notebook


@dataclass(frozen=True)
class View:
    """The parts of an interactive page.

    Attributes
    ----------
    kind : str
        Name of its files beside this module: ``<kind>.html``, ``.css``, ``_logic.js``, ``.js``.
    title, topic : str
        The finding and, if that is told, what the view is about; plain text.
    lang : str
    alt : str
        What it shows, in a sentence or two.
    data : mapping
        Whatever JSON can hold; the code finds it as ``data``, with ``lang``, ``title``, ``marks`` of numbers, and
        ``light``, the colours on white paper by the names style sheets know them by.
    texts : mapping of str to str
        Words by the names the code knows them by, as ``texts``; `words` takes those of label codes.
    twin : Markup
        HTML shown where scripts do not run: a picture or a table of the same data.
    options : mapping
        What else the template of its controls asks for.

    Examples
    --------
    >>> from markupsafe import Markup
    >>> from digital_diplomacy import figures
    >>> view = figures.View("network", "Who listens", "en", alt="Two actors.", data={}, texts={}, twin=Markup(""))
    >>> view.kind, view.title, view.topic
    ('network', 'Who listens', '')
    """

    kind: str
    title: str
    lang: str
    alt: str
    data: Mapping[str, object]
    texts: Mapping[str, str]
    twin: Markup
    topic: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


def words(lang: str, *prefixes: str, counts: Sequence[str] = ()) -> dict[str, str]:
    """The labels that begin with ``view.`` and with each prefix, by what follows it, for the code of a view.

    Texts keep their fields, which the code fills. ``counts`` are names that `labels.counted` knows; their plural forms
    are ``<name>.<form>``.

    Examples
    --------
    >>> words("en", counts=["ties"])["ties.other"]
    '{n} ties'
    """
    found: dict[str, str] = {}
    for prefix in (_TEXTS_OF_ALL, *prefixes):
        found |= {code.removeprefix(prefix): _template(code, lang) for code in labels.codes(prefix)}
    forms = sorted({*locale(lang).plural_form.tags, "other"})
    return found | {f"{name}.{form}": _template(f"count.{name}.{form}", lang) for name in counts for form in forms}


def _template(code: str, lang: str) -> str:
    """A text with its fields left open."""
    return labels.text(code, lang, **{name: f"{{{name}}}" for name in labels.fields(code, lang)})


def document(view: View) -> str:
    """The view as one HTML page.

    Names may hold whatever they like: texts are escaped in HTML, and in the blocks of JSON every character that could
    end a block or a line is written as its number.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, networks
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": "cites", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b"], "type": "state", "label": ["<A>", "B"]})
    >>> view = figures.view_network(ties, networks.layout(ties, actors, lang="en"), lang="en", title="Who cites whom")
    >>> page = figures.document(view)
    >>> "<title>Who cites whom</title>" in page, "<A>" in page  # names are escaped
    (True, False)
    """
    page = _templates().get_template("document.html")
    return page.render(
        view=view,
        policy=POLICY,
        name=shorten(view.title, _NAME_LENGTH, placeholder="…"),
        css=Markup("\n".join([_colours(), _read("document.css"), _read(f"{view.kind}.css")])),  # noqa: S704 - own files
        code=Markup("\n".join(_read(name) for name in _code(view.kind))),  # noqa: S704 - own files
        texts=_json(view.texts),
        data=_json({"lang": view.lang, "title": view.title, "marks": marks(view.lang), "light": _LIGHT, **view.data}),
        **view.options,
    )


def frame(html: str, title: str) -> str:
    """The page as a part of another, such as a notebook: a frame that may run its code and nothing else."""
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts allow-downloads" loading="lazy" '
        f'style="width: 100%; height: {_FRAME_HEIGHT}px; border: 0" srcdoc="{escape(html)}"></iframe>'
    )


def marks(lang: str) -> dict[str, str]:
    """The signs a language writes between thousands and before decimals.

    Examples
    --------
    >>> marks("en")
    {'group': ',', 'decimal': '.'}
    """
    return {"group": labels.number(12345, lang)[2:-3], "decimal": labels.number(0.5, lang)[1:-1]}


def _code(kind: str) -> Sequence[str]:
    return "frame_logic.js", f"{kind}_logic.js", "frame.js", f"{kind}.js"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("digital_diplomacy.figures.views", "."),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # a template does not change while a process lives
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["text"] = labels.text
    environment.globals["direction"] = labels.direction
    return environment


@cache
def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _json(value: Any) -> Markup:
    """Compact JSON that no name in it can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, written in _LINE_ENDS.items():
        text = text.replace(character, written)
    return Markup(text)  # noqa: S704 - nothing in it can be read as HTML


def _colours() -> str:
    """Every colour as a property, for white and for dark paper: ``--c0`` … as looks are numbered, ``--asked``, …"""
    dark = {name: _DARK.get(name) or _lighter(colour) for name, colour in _LIGHT.items()}
    day, night = ("".join(f"{name}:{colour};" for name, colour in one.items()) for one in (_LIGHT, dark))
    return f":root{{{day}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}"


def _lighter(colour: str) -> str:
    """A colour on its way to white.

    Examples
    --------
    >>> _lighter("#000000")
    '#666666'
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * _DARK_SHARE):02x}" for part in parts)
