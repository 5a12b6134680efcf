"""A network to play with: its actors at the places of the static figure, and what each tie rests on."""

import base64
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.figures.alternative import describe
from digital_diplomacy.figures.kinds.networks import marker_areas, relations_in_order, types_in_order
from digital_diplomacy.figures.parts import style, wording
from digital_diplomacy.figures.parts.ties import look_of_relation, tells_weights
from digital_diplomacy.figures.views.document import View, words

MOST_ACTORS: Final = 300
"""Actors a page can show as elements of SVG; of more, give the ties `networks.drawing` chooses, and say so."""

_TIE: Final = ("source", "target", "relation")
_DIGITS: Final = 3  # decimals of places and radii, far below a pixel
_TWIN_SIZES: Final = ((900, 60), (720, 50), (540, 40), (400, 30), (300, 10))
"""Width in pixels and quality of the static picture as WebP, the first that is small enough: letters stay sharp."""
_TWIN_MOST: Final = 100_000  # bytes of it; most networks take less at first


@wording.in_own_names
def view_network(
    edges: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    topic: str = "",
    bands: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    whole: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None] | None = None,
    shown: Sequence[str] = (),
    sources: Sequence[str] = (),
    said: Sequence[str] = (),
    directed: bool = True,
    sized_by: str = "",
    picture: str = "",
) -> View:
    """Make an interactive page of a network: search it, follow its ties, filter it, export it.

    Parameters
    ----------
    edges, positions : DataFrame
        The tables ``edges`` and ``positions``, at most 300 actors; every end of an edge has a position.
    lang, title, topic : str
        Language of every word; what stands above.
    bands : DataFrame, optional
        ``band, low, high``, as `networks.bands` makes them.
    statements : DataFrame, optional
        ``source, target, relation, document`` and, if known, ``relation_id, statement, platform, period``: what the
        ties rest on, one statement a row. Every edge then has one. With ``relation_id`` they are the project's own:
        documents are named by author and year, and the words are those of the label ``statement.<relation_id>``.
    whole : (edges, positions, bands), optional
        The larger network that these edges are part of: the page then holds all of it, at its places, and begins with
        the relations of ``edges``.
    shown : sequence of str
        Relations that are drawn at first; by default all of ``edges``.
    sources, said : sequence of str
        Codes of the tables the network comes from, and sentences of one's own, below the drawing.
    directed : bool
        Whether ties have a direction.
    sized_by : str
        Code of the measure the sizes show.
    picture : str
        The static figure as PNG in base64, for readers whose browser runs no scripts.

    Returns
    -------
    View

    Raises
    ------
    ValueError
        If there is no tie, or more actors than a page can show.
    TableError
        If an edge has no position or, where statements are given, no statement.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "cites", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state", "label": ["Adam", "Bela", "Cleo"]})
    >>> view = figures.view_network(ties, networks.layout(ties, actors, lang="en"), lang="en", title="Who cites whom")
    >>> view.kind, view.alt
    ('network', '3 actors, 2 ties; largest: Bela, Cleo, Adam')
    """
    labels.check_language(lang)
    seen = describe((tables.validate(edges, tables.EDGES), tables.validate(positions, tables.POSITIONS)), lang)
    if whole is not None:
        shown = shown or sorted(set(edges["relation"]))
        said = [*said, labels.text("notice.sizes_of_whole", lang)] if len(whole[0]) > len(edges) else said
        edges, positions, bands = whole
    ties = tables.validate(edges, tables.EDGES)
    actors = tables.validate(positions, tables.POSITIONS).sort_values("actor_id", ignore_index=True)
    _refuse(ties, actors)
    data = {
        "directed": directed,
        "actors": _actors(actors),
        "types": _types(actors["type"], lang),
        "ties": _ties(ties, actors),
        "relations": _relations(ties["relation"], lang),
        "bands": _bands(bands, lang),
        "shown": [code for code in shown if code in set(ties["relation"])],
        **_stated(ties, statements, lang),
    }
    return View(
        kind="network",
        title=title,
        topic=topic,
        lang=lang,
        alt=describe((edges, positions), lang),
        data=data,
        texts=words(lang, "view_network."),
        twin=_twin(picture, seen),
        options={"notes": _notes(ties, actors, lang, sources=sources, said=said, directed=directed, sized_by=sized_by)},
    )


def _refuse(ties: pd.DataFrame, actors: pd.DataFrame) -> None:
    if ties.empty:
        raise ArgumentError("a network needs at least one edge; check the selection that made it")
    if len(actors) > MOST_ACTORS:
        raise ArgumentError(
            "{count} actors, but a page shows {most_actors}; give the ties that networks.drawing chooses",
            count=len(actors),
            most_actors=MOST_ACTORS,
        )
    unknown = sorted((set(ties["source"]) | set(ties["target"])) - set(actors["actor_id"]))
    if unknown:
        raise TableError(
            "no position for {unknown}; lay out the same network that is shown", unknown=", ".join(unknown[:10])
        )


def _actors(actors: pd.DataFrame) -> list[list[object]]:
    """``[id, name, number of its type, x, y, radius in points, size]``, by id; y grows downwards, as on a page."""
    kinds = list(types_in_order(actors["type"]))
    radii = np.sqrt(marker_areas(actors["size"].to_numpy(dtype=float)) / math.pi)
    return [
        [code, name, kinds.index(kind), _short(x), _short(-y), _short(radius), _short(size)]
        for code, name, kind, x, y, radius, size in zip(
            *(actors[column] for column in ("actor_id", "label", "type", "x", "y")), radii, actors["size"], strict=True
        )
    ]


def _short(value: Any) -> float | int:
    """A number without digits that nobody sees."""
    rounded = round(float(value), _DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded


def _types(types: "pd.Series[str]", lang: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for code, number in types_in_order(types).items():
        look = style.look(number)
        named = {"code": code, "name": wording.name("type", code, lang)}
        found.append({**named, "colour": style.COLOURS.index(look.colour), "marker": look.marker})
    return found


def _relations(relations: "pd.Series[str]", lang: str) -> list[dict[str, object]]:
    """Code, name, colour (a number, none for grey) and dashes of every relation, the most frequent first."""
    found: list[dict[str, object]] = []
    numbers = relations_in_order(relations)
    for code in sorted(numbers, key=lambda code: (-int((relations == code).sum()), code)):
        look = look_of_relation(numbers[code])
        colour = style.COLOURS.index(look.colour) if look.colour in style.COLOURS else None
        dashes = list(look.line[1]) if isinstance(look.line, tuple) else []
        named = {"code": code, "name": wording.name("relation", code, lang)}
        found.append({**named, "colour": colour, "dashes": dashes})
    return found


def _ties(ties: pd.DataFrame, actors: pd.DataFrame) -> list[list[float | int]]:
    """``[number of source, of target, of relation, weight]``."""
    place = {code: number for number, code in enumerate(actors["actor_id"])}
    order = sorted(set(ties["relation"]), key=lambda code: (-int((ties["relation"] == code).sum()), code))
    return [
        [place[source], place[target], order.index(relation), _short(weight)]
        for source, target, relation, weight in ties[[*_TIE, "weight"]].itertuples(index=False, name=None)
    ]


def _bands(bands: pd.DataFrame | None, lang: str) -> list[dict[str, object]]:
    if bands is None:
        return []
    rows = bands.sort_values("high", ascending=False).to_dict("records")
    return [
        {"name": labels.text(f"band.{row['band']}", lang), "top": _short(-row["high"]), "foot": _short(-row["low"])}
        for row in rows
    ]


def _stated(ties: pd.DataFrame, statements: pd.DataFrame | None, lang: str) -> dict[str, object]:
    """The documents, and the statements as ``[number of tie, of document, words, where it stands]``."""
    if statements is None:
        return {"documents": [], "statements": []}
    numbers = {key: number for number, key in enumerate(ties[list(_TIE)].itertuples(index=False, name=None))}
    rows = [row for row in statements.to_dict("records") if _key(row) in numbers]
    bare = set(numbers) - {_key(row) for row in rows}
    if bare:
        raise TableError(
            "no statement of the tie {bare}; give the rows the ties come from", bare=" → ".join(min(bare)[:2])
        )
    codes = sorted({_cell(row, "document") for row in rows})
    is_ours = "relation_id" in statements
    return {
        "documents": [{"code": code, "name": _document(code, lang, is_ours)} for code in codes] if any(codes) else [],
        "statements": [
            [numbers[_key(row)], codes.index(_cell(row, "document")), *_told(row, lang)]
            for row in sorted(rows, key=lambda row: (numbers[_key(row)], _cell(row, "relation_id")))
        ],
    }


def _document(code: str, lang: str, is_ours: bool) -> str:
    """A document of the project by author and year, one of a researcher's own by the name it has."""
    if not code:
        return labels.text("view_network.no_document", lang)
    return labels.document(code, lang) if is_ours else code


def _key(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    return str(row["source"]), str(row["target"]), str(row["relation"])


def _cell(row: Mapping[Any, Any], column: str) -> str:
    value = row.get(column)
    return "" if wording.missing(value) else str(value)


def _told(row: Mapping[Any, Any], lang: str) -> tuple[str, str]:
    """The words of a statement, and what else is known of it: channel, period, its own number."""
    number, channel, period = (_cell(row, column) for column in ("relation_id", "platform", "period"))
    code = f"statement.{number}"
    said = labels.text(code, lang) if number and labels.is_known(code) else _cell(row, "statement")
    through = [labels.text("view_network.through", lang, channel=labels.entity(channel, lang))] if channel else []
    when = [_period(period, lang)] if period else []
    return said, ", ".join([*through, *when, *([number] if number else [])])


def _period(period: str, lang: str) -> str:
    """A period as people write it; one of a researcher's own in a form of its own as it stands."""
    try:
        return labels.period(period, lang)
    except ValueError:
        return period


def _notes(
    ties: pd.DataFrame,
    actors: pd.DataFrame,
    lang: str,
    *,
    sources: Sequence[str],
    said: Sequence[str],
    directed: bool,
    sized_by: str,
) -> list[str]:
    """What is said below the static figure, too: what arrows, widths and sizes mean, and the sources."""
    told = [labels.text("notice.edge_direction", lang)] if directed else []
    told += [labels.text("notice.edge_weight", lang)] if tells_weights(ties["weight"]) else []
    if wording.differs(actors["size"]):
        measure = {"measure": labels.text(f"measure.{sized_by}", lang)} if sized_by else {}
        told.append(labels.text("notice.node_size_of" if sized_by else "notice.node_size", lang, **measure))
    return [" ".join([*told, *said]), *wording.source_line(sources, lang)]


def _twin(picture: str, alt: str) -> Markup:
    """The static figure with fewer pixels, in a format that takes a tenth of the room."""
    if not picture:
        return Markup("<p>{}</p>").format(alt)
    from PIL import Image

    drawn = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    for width, quality in _TWIN_SIZES:
        height, stream = round(drawn.height * width / drawn.width), io.BytesIO()
        drawn.resize((width, height), Image.Resampling.LANCZOS).save(stream, "webp", quality=quality, method=6)
        if stream.tell() <= _TWIN_MOST:
            break
    content = base64.b64encode(stream.getvalue()).decode()
    return Markup('<img src="data:image/webp;base64,{}" width="{}" height="{}" alt="{}">').format(
        content, width, height, alt
    )
