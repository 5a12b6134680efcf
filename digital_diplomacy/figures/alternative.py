"""What a figure shows, in a sentence or two, for readers who do not see it."""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.figures.parts import wording

MAX_NAMED: Final = 8  # lines or rows told one by one; of more only the extremes are told

_OF_OWN: Final = {"entity", "group"}  # columns of names people give
_LONG: Final = 60  # letters: four lines of the narrowest column of names

POWERS: Final = {
    "core_ratio": "power_networking",
    "coverage": "power_network",
    "dependence": "power_networked",
    "goals_set": "power_programmers",
    "switched_pairs": "power_switchers",
}
"""Measures of the four powers, and what each power is called."""

_POWERS_OF: Final = ({"core_ratio", "dependence"}, {"switched_pairs"})
"""By which a table is known to hold them: those of one relation, and of several together."""

Rows = pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame]


@wording.in_own_names
def describe(rows: Rows, lang: str = "en") -> str:
    """A summary of a result table: values or their changes, extremes, sizes of a network, counts of verdicts.

    Parameters
    ----------
    rows : DataFrame, or (edges, positions)
        Any of the declared result tables, or a network.
    lang : str
        Language of every word and number.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> rows = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020")
    >>> figures.describe(rows.head(2), "en")
    'Facebook: 13.54 (13.535–13.545); Instagram: 4.98 (4.975–4.985)'
    >>> figures.describe(rows.head(2), "ru")
    'Facebook: 13,54 (13,535–13,545); Instagram: 4,98 (4,975–4,985)'
    """
    if isinstance(rows, tuple):
        return _with_whole_names(_network(*rows, lang), rows[1]["label"], lang)
    columns = set(rows.columns)
    told = next((tell for needed, tell in _TELLERS if needed <= columns), None)
    if told is _estimates and any(powers <= set(rows["measure"]) for powers in _POWERS_OF):
        told = _powers
    said = told(rows, lang) if told else labels.text("notice.alt_rows", lang, count=labels.number(len(rows), lang))
    names = [wording.name(column, str(code), lang) for column in _OF_OWN & columns for code in rows[column].unique()]
    return _with_whole_names(said, names, lang)


def _with_whole_names(said: str, names: Iterable[str], lang: str) -> str:
    """A summary with the names a figure has no room for, where it does not tell them itself."""
    cut = [name for name in dict.fromkeys(names) if len(name) > _LONG and name not in said]
    return f"{said}; {labels.text('notice.alt_cut', lang, names=', '.join(sorted(cut)))}" if cut else said


def sentences(*texts: str) -> str:
    """Texts one after the other, each closed by a full stop unless it has a closing mark of its own.

    Examples
    --------
    >>> sentences("Do they agree?", "KAZ: 5")
    'Do they agree? KAZ: 5.'
    """
    return " ".join(text if text.endswith((".", "?", "!", "…")) else f"{text}." for text in texts)


def _estimates(rows: pd.DataFrame, lang: str) -> str:
    columns = ["entity", "group", "measure", "base"]
    told = [column for column in columns if wording.differs(rows[column])] or ["entity"]
    lines = rows.groupby([*columns, "unit", "source_id"], sort=False)
    if len(lines) <= MAX_NAMED and lines.size().min() > 1 and (rows["period"] != "").all():
        return "; ".join(_change(line, told, lang) for _, line in lines)
    if wording.differs(rows["period"]):
        told = [*told, "period"]
    return _values(rows, wording.joined_rows(rows, told, lang), lang)


def _powers(rows: pd.DataFrame, lang: str) -> str:
    """Who has the most of each power: measures of different things, which have no lowest and highest together."""
    told = rows[rows["measure"].isin(POWERS) & (rows["entity"] != "network")].dropna(subset=["value"])
    said = []
    for measure, heading in POWERS.items():
        held = told[(told["measure"] == measure) & (told["value"] > 0)]
        if len(held):
            named = held.assign(name=[wording.name("entity", str(code), lang) for code in held["entity"]])
            most = named.sort_values("value", ascending=False, kind="stable").iloc[0]
            value = wording.number(float(most["value"]), lang, unit=str(most["unit"]))
            power = labels.text(f"notice.{heading}", lang)
            said.append(
                labels.text("notice.alt_power", lang, power=power, value=value, names=_equals(named, most, lang))
            )
    if not said:
        return labels.text("notice.no_finding", lang)
    actors = told.loc[told["measure"] != "coverage", "entity"].nunique()  # coverage is that of standards
    return labels.text("notice.alt_powers", lang, count=labels.number(actors, lang), powers="; ".join(said))


def _change(line: pd.DataFrame, told: list[str], lang: str) -> str:
    """First and last value of a line, with their periods."""
    known = line.dropna(subset=["value"]).sort_values("period", kind="stable")
    name = wording.joined_rows(line.head(1), told, lang)[0]
    if known.empty:
        return labels.text("notice.alt_item", lang, name=name, value=labels.text("notice.no_value", lang))
    first, last = known.iloc[0], known.iloc[-1]
    return labels.text(
        "notice.alt_change",
        lang,
        name=name,
        first=wording.number(float(first["value"]), lang, unit=str(first["unit"])),
        start=labels.period(str(first["period"]), lang),
        last=wording.number(float(last["value"]), lang, unit=str(last["unit"])),
        end=labels.period(str(last["period"]), lang),
    )


def _pairs(rows: pd.DataFrame, lang: str) -> str:
    measures = wording.joined_rows(rows, ["measure"], lang)
    names = [f"{pair}, {measure}" for pair, measure in zip(wording.pairs(rows, lang), measures, strict=True)]
    return _values(rows, names, lang)


def _values(rows: pd.DataFrame, names: list[str], lang: str) -> str:
    """Every value with its interval, or of many the lowest and the highest of each unit."""
    if len(rows) <= MAX_NAMED:
        dots = zip(names, *(rows[name] for name in ("value", "low", "high", "unit", "interval")), strict=True)
        return "; ".join(
            _item(name, wording.value_with_interval(value, low, high, lang, unit=unit, kind=kind), lang)
            for name, value, low, high, unit, kind in dots
        )
    named = rows.assign(name=names).dropna(subset=["value"])
    return "; ".join(_range(group, lang) for _, group in named.groupby("unit", sort=False))


def _item(name: str, value: str, lang: str) -> str:
    return labels.text("notice.alt_item", lang, name=name, value=value or labels.text("notice.no_value", lang))


def _range(rows: pd.DataFrame, lang: str) -> str:
    ordered = rows.sort_values("value", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    return labels.text(
        "notice.alt_range",
        lang,
        count=labels.number(len(rows), lang),
        low=wording.number(float(low["value"]), lang, unit=str(low["unit"])),
        low_name=_equals(ordered, low, lang),
        high=wording.number(float(high["value"]), lang, unit=str(high["unit"])),
        high_name=_equals(ordered, high, lang),
    )


def _equals(rows: pd.DataFrame, one: pd.Series, lang: str) -> str:
    """Whose value this is: its name, and how many others have the same."""
    others = int((rows["value"] == one["value"]).sum()) - 1
    name = str(one["name"])
    return labels.text("notice.alt_equals", lang, name=name, count=labels.number(others, lang)) if others else name


def _network(edges: pd.DataFrame, positions: pd.DataFrame, lang: str) -> str:
    largest = positions.sort_values(["size", "actor_id"], ascending=[False, True])["label"].head(3)
    nodes, ties = labels.number(len(positions), lang), labels.number(len(edges), lang)
    return labels.text("notice.alt_network", lang, nodes=nodes, edges=ties, largest=", ".join(largest))


def _findings(rows: pd.DataFrame, lang: str) -> str:
    counts = rows.groupby("verdict").size().sort_values(ascending=False, kind="stable")
    said = [
        _item(wording.name("verdict", str(verdict), lang), labels.number(count, lang), lang)
        for verdict, count in counts.items()
    ]
    return labels.text("notice.alt_findings", lang, count=labels.number(len(rows), lang), verdicts=", ".join(said))


def _timeline(rows: pd.DataFrame, lang: str) -> str:
    """How many events of each kind, and the first and the last date."""
    once = rows.drop_duplicates(["event_kind", "event"])
    kinds = [
        _item(wording.name("event_kind", str(kind), lang), labels.number(len(part), lang), lang)
        for kind, part in once.groupby("event_kind", sort=False)
    ]
    return labels.text(
        "notice.alt_timeline",
        lang,
        count=labels.number(len(once), lang),
        first=labels.period(min(rows["period"].str.split("/").str[0]), lang),
        last=labels.period(max(rows["period"].str.split("/").str[-1]), lang),
        kinds=", ".join(kinds),
    )


def _matrix(rows: pd.DataFrame, lang: str) -> str:
    """Size, and how many cells of each kind there are; where cells hold counts, how much they hold together."""
    filled = rows[rows["cell"] != ""]
    counts = filled["count"].fillna(1).groupby(filled["cell"], sort=False).sum()
    said = [
        _item(wording.name("cell", str(cell), lang), labels.number(count, lang), lang) for cell, count in counts.items()
    ]
    return labels.text(
        "notice.alt_matrix",
        lang,
        rows=labels.number(rows["row"].nunique(), lang),
        columns=labels.number(rows["column"].nunique(), lang),
        cells=", ".join(said),
    )


def _exchange(rows: pd.DataFrame, lang: str) -> str:
    """How often each partner is addressed, answers, and addresses people itself."""
    said = []
    for partner, part in rows.groupby("partner", sort=False):
        ways = part["way"].value_counts()
        counts = {way: labels.number(int(ways.get(way, 0)), lang) for way in ("asks", "tells", "answers")}
        said.append(_item(labels.entity(str(partner), lang), labels.text("exchange.counted", lang, **counts), lang))
    return "; ".join(said)


_TELLERS: Final[tuple[tuple[set[str], Callable[[pd.DataFrame, str], str]], ...]] = (
    ({"event", "extent", "dated_in"}, _timeline),
    ({"row", "column", "cell"}, _matrix),
    ({"people", "partner", "way"}, _exchange),
    ({"verdict"}, _findings),
    ({"entity", "group", "period", "measure", "value"}, _estimates),
    ({"left", "right", "value"}, _pairs),
)
"""Columns that tell a table apart, and what tells of it; the first that fits does."""
