"""The page of an index: what it comes to, one figure and one table in one order, and what the index is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.cli.index.answer import Answer
    from digital_diplomacy.pages.sortable import Column
    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty
    from digital_diplomacy.sources import Remark

_SHOWN: Final = 40  # units in the figure of ranks; the table has them all


def write_page(
    made: "Index",
    found: "Uncertainty | None",
    tables: "Mapping[str, pd.DataFrame]",
    said: "Answer",
    out: Path,
    lang: str,
    *,
    title: str,
    period: str,
    profiles: Mapping[str, str],
    remarks: "Sequence[Remark]",
    about: str = "",
) -> None:
    """The page with its figure of ranks.

    Parameters
    ----------
    made, found, tables, said
        The index, its uncertainty, the result tables by name and the sentences.
    out, lang, title, period
        Where, in which language, under which heading and of which period.
    profiles : mapping of str to str
        Paths of profiles to the names of their units.
    remarks : sequence of Remark
        How the files were read.
    about : str
        Code of the unit that stands out where weights are moved.
    """
    from digital_diplomacy import labels
    from digital_diplomacy.cli.index.view import write_view
    from digital_diplomacy.cli.remarks import section
    from digital_diplomacy.pages.documents import Section, document_page

    ranking = tables["ranking"]
    names = [*(f"{name}.csv" for name in tables), "index.xlsx", "steps.json"]
    how = () if profiles else (labels.text("index.profiles_how", lang),)
    play, why = write_view(made, found, out, lang, title=title, period=period, about=about, account=said.account)
    sections = [
        *([Section("", paragraphs=said.warnings, kind="notice")] if said.warnings else []),
        Section(labels.text("index.answer", lang), paragraphs=(*said.leads, *said.account), kind="answer"),
        replace(_figure(ranking, found, out, lang, period=period), play=play),
        *([Section("", paragraphs=(why,))] if why else []),
        Section(labels.text("index.table", lang), tables=(_ranking(ranking, profiles, title, lang),)),
        _built(made, tables, lang),
        Section(labels.text("index.profiles", lang), paragraphs=how, links=profiles),
        *section(remarks, lang),
        Section(labels.text("index.files", lang), links=dict(zip(names, names, strict=True))),
    ]
    (out / "index.html").write_text(document_page(title, sections, lang=lang), encoding="utf-8")


def _figure(ranking: "pd.DataFrame", found: "Uncertainty | None", out: Path, lang: str, *, period: str) -> Any:
    """The first units with their ranks and the ranges of these, in the order of the table."""
    from digital_diplomacy import figures, labels
    from digital_diplomacy.pages.documents import Section

    counts = {"shown": labels.number(_SHOWN, lang), "count": labels.number(len(ranking), lang)}
    part = [labels.text("index.first_shown", lang, **counts)] if len(ranking) > _SHOWN else []
    title = ", ".join(filter(None, [labels.text("index.ranking", lang), period, *part]))
    rows = _estimates(ranking.head(_SHOWN), found, period)
    hollow = ranking.loc[ranking["imputed"] > 0, "entity"].tolist()
    figure = figures.plot_ranking(rows, lang=lang, title=title, hollow=hollow)
    (out / "ranking.svg").write_text(figures.svg(figure, title=title), encoding="utf-8")
    (out / "ranking.png").write_bytes(figures.png(figure))
    note = labels.text("index.reading" if found is not None else "index.no_uncertainty", lang)
    alt = figures.describe(rows[rows["measure"] == "index_rank"], lang)
    return Section(title, paragraphs=(note,), image="ranking.svg", alt=alt)


def _estimates(ranking: "pd.DataFrame", found: "Uncertainty | None", period: str) -> "pd.DataFrame":
    """The ranking as estimates: ranks, their ranges over draws, and their bounds for missing data."""
    import pandas as pd

    nothing = float("nan")
    kinds = [("index_rank", "rank", "", "none", nothing)]
    kinds += [("rank_median_method", "median", "", "simulation", 0.9)] if found is not None else []
    kinds += [("rank_missing", "rank", "missing_", "bound", nothing)]
    parts = []
    for measure, value, prefix, interval, level in kinds:
        known = ranking if interval == "none" else ranking.dropna(subset=[f"{prefix}low", f"{prefix}high"])
        rows = pd.DataFrame({"entity": known["entity"], "value": known[value].astype(float)})
        rows = rows.assign(measure=measure, interval=interval, level=level, group="", period=period, unit="rank")
        ends = [nothing, nothing] if interval == "none" else [known[f"{prefix}low"], known[f"{prefix}high"]]
        parts.append(rows.assign(low=ends[0], high=ends[1], base="", source_id="", n=nothing))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _ranking(ranking: "pd.DataFrame", profiles: Mapping[str, str], title: str, lang: str) -> str:
    """The one table: every unit with its score, its rank, what is open about it, and what was made up."""
    from markupsafe import escape

    from digital_diplomacy import figures, labels
    from digital_diplomacy.pages.sortable import Column, sortable_table

    paths = {name: path for path, name in profiles.items()}
    names = [labels.entity(entity, lang) for entity in ranking["entity"]]
    linked = [
        f'<a href="{escape(paths[name])}">{escape(name)}</a>' if name in paths else str(escape(name)) for name in names
    ]
    decimals = figures.column_decimals(ranking["score"])
    columns = [
        _numbers("index.col_rank", ranking["rank"], lang),
        Column(labels.text("index.col_name", lang), tuple(linked), is_html=True),
        _numbers("index.col_score", ranking["score"], lang, decimals=decimals),
    ]
    if ranking["median"].notna().any():
        columns += [
            _numbers("index.col_median", ranking["median"], lang),
            _ranges("index.col_range", ranking["low"], ranking["high"], lang),
        ]
    if ranking["missing_low"].notna().any():
        columns.append(_ranges("index.col_missing", ranking["missing_low"], ranking["missing_high"], lang))
    columns += [_numbers(f"index.col_{kind}", ranking[kind], lang) for kind in ("imputed", "winsorised")]
    return sortable_table(columns, caption=title, lang=lang, ordered=0)


def _numbers(code: str, values: "pd.Series[float]", lang: str, *, decimals: int = 0) -> "Column":
    from digital_diplomacy import labels
    from digital_diplomacy.pages.sortable import Column

    keys = tuple(float(value) for value in values)
    cells = tuple("–" if key != key else _number(key, lang, decimals) for key in keys)
    return Column(labels.text(code, lang), cells, keys)


def _number(value: float, lang: str, decimals: int) -> str:
    from digital_diplomacy import labels

    return labels.number(value, lang, decimals=decimals).replace("-", "\N{MINUS SIGN}")


def _ranges(code: str, low: "pd.Series[float]", high: "pd.Series[float]", lang: str) -> "Column":
    """Ranges of ranks, sorted by their better end, and by the worse where these are equal."""
    from digital_diplomacy import labels
    from digital_diplomacy.pages.sortable import Column

    cells, keys = [], []
    for first, last in zip(low, high, strict=True):
        ends = [] if first != first else list(dict.fromkeys(_number(round(end), lang, 0) for end in (first, last)))
        cells.append("–".join(ends) or "–")
        keys.append(float(first) + float(last) * 1e-6)
    return Column(labels.text(code, lang), tuple(cells), tuple(keys))


def _built(made: "Index", tables: "Mapping[str, pd.DataFrame]", lang: str) -> Any:
    """The framework with weights, correlations with parents, and alphas."""
    from digital_diplomacy import labels
    from digital_diplomacy.pages.documents import Section
    from digital_diplomacy.pages.sortable import Column, sortable_table

    given = made.stages[0].framework
    codes = [str(code) for code in given["code"]]
    names = {code: labels.text(f"group.{code}", lang) for code in codes}
    with_parent = tables["correlations"].set_index("left")["value"].reindex(codes)
    parents = [str(parent) for parent in given["parent"]]
    better = [labels.text(f"index.{'more' if way > 0 else 'less'}_is_better", lang) for way in given["direction"]]
    columns = [
        Column(labels.text("index.col_part", lang), tuple(names[code] for code in codes)),
        Column(labels.text("index.col_parent", lang), tuple(names.get(parent, "–") for parent in parents)),
        Column(labels.text("index.col_direction", lang), tuple(better)),
        _numbers("index.col_weight", _within(made.framework), lang, decimals=1),
        _numbers("index.col_share", 100 * tables["effective_weights"]["value"], lang, decimals=1),
        _numbers("index.col_correlation", with_parent, lang, decimals=2),
        _numbers("index.col_alpha", _alphas(made, tables["alpha"]), lang, decimals=2),
    ]
    against = [names[str(code)] for code, value in with_parent.items() if value < 0]
    notes = [labels.text("index.built_note", lang)]
    notes += [labels.text("index.against", lang, names=", ".join(against))] if against else []
    heading = labels.text("index.built", lang)
    return Section(heading, paragraphs=tuple(notes), tables=(sortable_table(columns, caption=heading, lang=lang),))


def _within(framework: "pd.DataFrame") -> "pd.Series[float]":
    """Weights in percent of all that have the same parent; the index itself has none."""
    sums = framework.groupby("parent")["weight"].transform("sum")
    return (100 * framework["weight"] / sums).where(framework["parent"] != "")


def _alphas(made: "Index", found: "pd.DataFrame") -> "pd.Series[float]":
    """Alpha of the parts of each aggregate, which stand one level below it."""
    from digital_diplomacy import rankings

    tree = rankings.hierarchy(made.framework)
    levels = [f"level_{tree.height[str(code)]}" for code in found["entity"]]
    own = found[found["group"] == levels].set_index("entity")["value"]
    return own.reindex(list(made.framework["code"]))
