"""A ranking to play with: an index under the weights and means of whoever reads it, beside the index as it is."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
from markupsafe import Markup, escape

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.parts import wording
from digital_diplomacy.figures.views.document import View, words

PREFIX: Final = "view_ranking."

OFFERED: Final[Mapping[str, Mapping[str, object]]] = {
    "arithmetic": {"name": "arithmetic"},
    "generalised": {"name": "generalised", "power": 0.5},
    "geometric": {"name": "geometric"},
    "harmonic": {"name": "harmonic"},
    "mpi": {"name": "mpi"},
    "lowest": {"name": "mean_min", "strength": 1},
    "copeland": {"name": "copeland"},
}
"""Means a reader may choose: names for an address, and methods of aggregation with their options. What is not defined
for the values of an index is shown with its reason and cannot be chosen."""

_COLUMNS: Final = ("rank", "name", "score", "median", "band")
_NAMED: Final = 3  # aggregates named in a heading
_REACH: Final = 2.5  # times the largest weight of a group that its sliders reach at least
_STEPS: Final = 100  # of a slider from end to end


@wording.in_own_names
def view_ranking(
    cells: pd.DataFrame,
    parts: pd.DataFrame,
    ranking: pd.DataFrame,
    *,
    lang: str = "en",
    title: str = "",
    topic: str = "",
    about: str = "",
    draws: int = 0,
    left: Sequence[str] = (),
) -> View:
    """Make an interactive page of an index: move its weights and means, and the ranking follows.

    Parameters
    ----------
    cells : DataFrame
        ``entity, code, value, kind``: normalised values, more is better; ``kind`` is ``observed``, ``missing``,
        ``imputed`` or ``winsorised``.
    parts : DataFrame
        ``code, parent, weight, direction, level, method, threshold``: indicators, then aggregates, children first and
        the index last; a method as JSON, with its name and options.
    ranking : DataFrame
        ``entity, score, rank, median, low, high, imputed, winsorised``: the index as it is, units with a place only.
    lang, title, topic : str
        Language of every word; what stands above.
    about : str
        The unit asked about; it stands out, and what a move does to it is said.
    draws : int
        How many draws medians and bands rest on; 0 if there are none.
    left : sequence of str
        Sentences on what the index leaves out.

    Returns
    -------
    View
        Scores and ranks of the page are those of `rankings.aggregate` and `rankings.ranks` for the same weights and
        methods, to the last digit shown.

    Raises
    ------
    ValueError
        If a method is one the page cannot compute.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, labels, rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ", "TJK"], "x": [0.9, 0.7, 0.5, 0.1], "y": 0.5})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> parts = rankings.reweighable(rankings.run(table, tree, rankings.EDITION_STEPS))
    >>> with labels.own_names({"group.x": "Speed", "group.y": "Price", "group.index": "Access"}):
    ...     view = figures.view_ranking(*parts, lang="en", title="Who is ahead", about="KAZ")
    >>> view.kind, view.data["names"], view.data["parts"]
    ('ranking', ['Kazakhstan', 'Uzbekistan', 'Kyrgyzstan', 'Tajikistan'], ['Speed', 'Price', 'Access'])
    """
    units = list(dict.fromkeys(cells["entity"]))
    names = {code: labels.name("group", code, lang) for code in parts["code"]}
    index = _index(cells, parts, units)
    _refuse_unknown(index["nodes"])
    entities = [labels.entity(unit, lang) for unit in units]
    counts = {"parts": labels.number(len(parts) - 1, lang), "units": labels.number(len(units), lang)}
    data = {
        "index": index,
        "units": units,
        "names": entities,
        "parts": list(names.values()),
        "less": [int(way) < 0 for way in parts["direction"]],
        "made": _made(cells, units, list(parts["code"])),
        "chosen": _chosen(ranking, units),
        "decimals": wording.column_decimals(ranking["score"]),
        "valueDecimals": wording.column_decimals(cells["value"]),
        "asked": about if about in units else "",
        "sliders": _sliders(index),
        "means": [
            {"name": name, "method": dict(method), "words": mean(method, lang)} for name, method in OFFERED.items()
        ],
        "levels": [
            _level(index["nodes"], level, names, lang) for level in sorted(set(parts["level"]) - {0}, reverse=True)
        ],
    }
    return View(
        kind="ranking",
        title=title,
        topic=topic,
        lang=lang,
        alt=labels.text(f"{PREFIX}alt", lang, **counts),
        data=data,
        texts=words(lang, PREFIX),
        twin=_twin(ranking, lang),
        options={"notes": _notes(cells, ranking, about if about not in units else "", draws, left, lang)},
    )


def mean(method: Mapping[str, Any], lang: str) -> str:
    """A method of aggregation in words.

    Examples
    --------
    >>> mean({"name": "generalised", "power": 0.5}, "ru")
    'обобщённое среднее степени 0,5'
    """
    is_lowest = method["name"] == "mean_min" and method.get("strength") == 1 and not method.get("smoothing", 0)
    name = "lowest" if is_lowest else method["name"]
    power = {"power": labels.number(method["power"], lang).replace("-", "\N{MINUS SIGN}")} if "power" in method else {}
    return labels.text(f"{PREFIX}mean_{name}", lang, **power)


def _index(cells: pd.DataFrame, parts: pd.DataFrame, units: Sequence[str]) -> dict[str, Any]:
    """What is computed with: columns of values, weights, and how aggregates are made of what."""
    codes = [str(code) for code in parts["code"]]
    place = {code: number for number, code in enumerate(codes)}
    table = cells.pivot_table(index="entity", columns="code", values="value", dropna=False, observed=True)
    indicators = [code for code, level in zip(codes, parts["level"], strict=True) if level == 0]
    wide = table.reindex(index=list(units), columns=indicators)
    rows = [row for row in parts.to_dict("records") if row["level"] > 0]
    below = {code: parts.loc[parts["parent"] == code, "code"].tolist() for code in codes}
    nodes = [
        {
            "at": place[str(row["code"])],
            "below": [place[child] for child in below[str(row["code"])]],
            "level": int(row["level"]),
            "least": float(row["threshold"]),
            "method": json.loads(row["method"]),
        }
        for row in rows
    ]
    columns = [[None if math.isnan(value) else value for value in wide[code]] for code in indicators]
    return {
        "codes": codes,
        "weights": [float(weight) for weight in parts["weight"]],
        "nodes": nodes,
        "columns": columns,
    }


_COMPUTED: Final = (
    *("arithmetic", "geometric", "harmonic", "generalised", "mpi", "adjusted_mpi", "mean_min", "owa", "copeland"),
    "wroclaw",
)
"""Methods that the code of the page has."""


def _refuse_unknown(nodes: Iterable[Mapping[str, Any]]) -> None:
    strangers = [node["method"]["name"] for node in nodes if node["method"]["name"] not in _COMPUTED]
    if strangers:
        raise ArgumentError(
            "method {strangers!r} cannot be computed on a page; it has {computed}",
            strangers=strangers[0],
            computed=", ".join(_COMPUTED),
        )


def _made(cells: pd.DataFrame, units: Sequence[str], codes: Sequence[str]) -> list[list[object]]:
    """Cells that nobody observed as they stand: number of the unit, number of the indicator, kind."""
    rows = cells[~cells["kind"].isin(["observed", "missing"])]
    unit, code = ({name: number for number, name in enumerate(names)} for names in (units, codes))
    return [[unit[e], code[c], kind] for e, c, kind in zip(rows["entity"], rows["code"], rows["kind"], strict=True)]


def _chosen(ranking: pd.DataFrame, units: Sequence[str]) -> list[list[float | None]]:
    """Rank, median, ends of the band and made-up values of every unit in the index as it is."""
    columns = ["rank", "median", "low", "high", "imputed", "winsorised"]
    rows = ranking.set_index("entity")[columns].reindex(list(units)).astype(float)
    return [[None if math.isnan(cell) else cell for cell in row] for row in rows.itertuples(index=False, name=None)]


def _sliders(index: Mapping[str, Any]) -> list[float]:
    """Where the sliders of each aggregate's children end: a round number they all lie well below."""
    return [_round_above(_REACH * max(index["weights"][child] for child in node["below"])) for node in index["nodes"]]


def _round_above(number: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, … and their fractions.

    Examples
    --------
    >>> _round_above(0.83), _round_above(2.5), _round_above(62.5)
    (1.0, 5.0, 100.0)
    """
    power = math.floor(math.log10(number))
    return next(float(f"{step}e{power}") for step in (1, 2, 5, 10) if number <= float(f"{step}e{power}") * (1 + 1e-9))


def _level(nodes: Sequence[Mapping[str, Any]], level: int, names: Mapping[str, str], lang: str) -> dict[str, object]:
    """The aggregates of a level in words, and how the index makes them."""
    own = [node for node in nodes if node["level"] == level]
    called = [list(names.values())[node["at"]] for node in own]
    methods = list({json.dumps(node["method"], sort_keys=True): node["method"] for node in own}.values())
    said = mean(methods[0], lang) if len(methods) == 1 else labels.text(f"{PREFIX}mean_differs", lang)
    listed = ", ".join(called[:_NAMED])
    if len(called) > _NAMED:
        more = labels.number(len(called) - _NAMED, lang)
        listed = labels.text(f"{PREFIX}and_more", lang, names=listed, count=more)
    same = [name for name, method in OFFERED.items() if methods == [dict(method)]]
    return {"level": level, "names": listed, "mean": said, "same": same}


def _notes(
    cells: pd.DataFrame, ranking: pd.DataFrame, absent: str, draws: int, left: Sequence[str], lang: str
) -> list[str]:
    """What is to be known to read the page, the unit asked about first if it has no place."""
    has_bands = draws > 0 and bool(ranking["median"].notna().any())
    codes = ["note_bands", "note_drawn"] if has_bands else ["note_no_bands"]
    codes += ["note_ties"]
    codes += ["note_missing"] if (cells["kind"] == "missing").any() else []
    codes += ["note_made"] if (~cells["kind"].isin(["observed", "missing"])).any() else []
    codes += ["note_fixed", "note_address"]
    told = {"draws": labels.number(draws, lang)}
    said = [labels.text(f"{PREFIX}absent", lang, name=labels.entity(absent, lang))] if absent else []
    return [*said, *(labels.text(f"{PREFIX}{code}", lang, **told) for code in codes), *left]


def _twin(ranking: pd.DataFrame, lang: str) -> Markup:
    """The ranking of the index as it is, as a table that needs no script."""
    decimals = wording.column_decimals(ranking["score"])
    heads = [labels.text(f"{PREFIX}col_{column}", lang) for column in _COLUMNS]
    rows = []
    for row in ranking.to_dict("records"):
        ends = [_number(row[end], lang) for end in ("low", "high")]
        band = "–".join(dict.fromkeys(ends))
        name = labels.entity(str(row["entity"]), lang)
        numbers = [_number(row["score"], lang, decimals), _number(row["median"], lang), band]
        ordered = [(_number(row["rank"], lang), True), (name, False), *((number, True) for number in numbers)]
        rows.append("".join(_cell(text, is_number) for text, is_number in ordered))
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    caption = escape(labels.text(f"{PREFIX}published", lang))
    table = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>"
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<div class="scroll" role="group" tabindex="0" aria-label="{caption}">{table}</div>'
    )


def _cell(text: str, is_number: bool) -> str:
    return f'<td class="number">{escape(text)}</td>' if is_number else f'<th scope="row">{escape(text)}</th>'


def _number(value: float, lang: str, decimals: int = 0) -> str:
    if math.isnan(value):
        return "–"
    return labels.number(value, lang, decimals=decimals).replace("-", "\N{MINUS SIGN}")
