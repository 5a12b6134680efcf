"""Profiles of single units: where each stands in every indicator, and where it is strong and weak."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.cli.file_names import file_stems

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.rankings.composite.pipeline import Index

_NAMED: Final = 5  # strengths and weaknesses on a profile


def write_profiles(
    made: "Index", entities: list[str], out: Path, lang: str, *, title: str, period: str, tell: Callable[[int], None]
) -> dict[str, str]:
    """A page and a figure for every unit asked for; the pages' paths with the units' names.

    Parameters
    ----------
    made : Index
        As `rankings.run` returns it.
    entities : list of str
        Codes of units; those without a score are passed over.
    out, lang, title, period
        Where, in which language, under which heading, and of which period.
    tell : callable
        Told after each how many are done.
    """
    from digital_diplomacy import labels, rankings

    scores = made.scores[made.scores["period"].astype(str) == period] if period else made.scores
    tree = rankings.hierarchy(made.framework)
    from_top = sorted(tree.aggregates, key=lambda code: -tree.height[code])
    ranked = rankings.scores_and_ranks(scores, [*from_top, *tree.indicators])
    cells = rankings.made_cells(made)
    cells = cells[cells["period"] == period]
    folder = out / "profiles"
    if entities:
        folder.mkdir(exist_ok=True)
    done = {}
    stems = file_stems(entities)
    for number, entity in enumerate(entities, start=1):
        if ranked.loc[ranked["entity"] == entity, "value"].notna().any():
            _profile(
                made,
                scores,
                ranked,
                cells[cells["entity"] == entity],
                entity,
                folder / stems[entity],
                lang,
                title=title,
            )
            done[f"profiles/{stems[entity]}.html"] = labels.entity(entity, lang)
        tell(number)
    return done


def _profile(
    made: "Index",
    scores: "pd.DataFrame",
    ranked: "pd.DataFrame",
    cells: "pd.DataFrame",
    entity: str,
    path: Path,
    lang: str,
    *,
    title: str,
) -> None:
    """Figure and page of one unit, called ``path`` with their endings."""
    from digital_diplomacy import figures, labels, rankings
    from digital_diplomacy.pages.documents import Section, document_page

    heading = labels.text("index.profile", lang, name=labels.entity(entity, lang))
    kinds = dict(zip(cells["code"], cells["kind"], strict=True))
    figure = figures.plot_profile(ranked, about=entity, lang=lang, title=heading, hollow=list(kinds))
    path.with_name(f"{path.name}.svg").write_text(figures.svg(figure, title=heading), encoding="utf-8")
    plain = made.framework.assign(direction=1)
    best = rankings.strengths(scores, plain, entity, count=_NAMED, without=list(kinds))
    is_low = 2 * best["value"] > best["n"] + 1  # a place in the better half is no weakness, however few are better
    own = ranked[(ranked["entity"] == entity) & (ranked["unit"] == "rank")]
    tables = [
        _places(code, rows, names, lang)
        for code, rows, names in (
            ("strengths", best[(best["group"] == "strength") & ~is_low], "entity"),
            ("weaknesses", best[(best["group"] == "weakness") & is_low], "entity"),
            ("places", own, "group"),
        )
        if len(rows)
    ]
    made_up = [
        labels.text(f"index.kind_{kind}", lang, name=labels.text(f"group.{code}", lang)) for code, kind in kinds.items()
    ]
    said = (labels.text("index.profile_made", lang, names=", ".join(made_up)),) if made_up else ()
    alt = figures.describe(own, lang)
    sections = [
        Section("", paragraphs=said, image=f"{path.name}.svg", alt=alt, links={"../index.html": title}),
        Section(labels.text("index.where_from", lang), tables=tuple(tables)),
    ]
    path.with_name(f"{path.name}.html").write_text(document_page(heading, sections, lang=lang), encoding="utf-8")


def _places(code: str, rows: "pd.DataFrame", names: str, lang: str) -> str:
    """Indicators with the place of the unit among how many."""
    from digital_diplomacy import labels
    from digital_diplomacy.pages.sortable import Column, sortable_table

    rows = rows.dropna(subset="value")
    counts = {
        column: tuple(labels.number(float(value), lang, decimals=0) for value in rows[column])
        for column in ("value", "n")
    }
    columns = [
        Column(labels.text("index.col_part", lang), tuple(labels.text(f"group.{one}", lang) for one in rows[names])),
        Column(labels.text("index.col_place", lang), counts["value"], tuple(map(float, rows["value"]))),
        Column(labels.text("index.col_of", lang), counts["n"], tuple(map(float, rows["n"]))),
    ]
    return sortable_table(columns, caption=labels.text(f"index.{code}", lang), lang=lang)
