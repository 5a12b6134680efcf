"""Files and page of a network of a researcher's own: the answer first, the picture, every actor, then each power."""

import base64
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy import labels
from digital_diplomacy.cli.file_names import file_stems
from digital_diplomacy.cli.network.answer import answer, of_relation, returned_and_core
from digital_diplomacy.cli.network.model import model_section
from digital_diplomacy.cli.network.stated import stated
from digital_diplomacy.formulas import to_csv

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.cli.network.results import Results
    from digital_diplomacy.networks import Design, Drawing
    from digital_diplomacy.sources import Remark

_LISTED: Final = 10_000  # actors up to which all stand in the table of the page
_PROBABILITY: Final = "_p"
_COUNTED: Final = ("in_degree", "out_degree", "degree", "standards", "goals_set", "switched_pairs")
_SHOWN: Final = (*_COUNTED, "in_degree_p", "core_ratio", "dependence", "programmer_p", "switcher_p")
_OVER_ALL: Final = ("in_degree", "out_degree", "degree", "in_degree_p")
_OF_ONE: Final = ("core_ratio", "dependence")
_ALL: Final = "all_relations"
_PLACES: Final = ("x", "y", "size")


def write_results(
    found: "Results", out: Path, lang: str, *, remarks: "list[Remark]", tell: Callable[[int, float, str], None]
) -> "tuple[list[str], list[Remark]]":
    """Write figures, tables, files and page; the sentences of the answer, and the remarks that writing adds."""
    from digital_diplomacy import networks
    from digital_diplomacy.cli.remarks import section
    from digital_diplomacy.pages.documents import Section, document_page
    from digital_diplomacy.pages.network_files import write_network
    from digital_diplomacy.sources import Remark

    tell(2, 0.0, labels.text("network.phase_draw", lang))
    drawn = networks.drawing(found.written[["source", "target", "relation", "weight"]])
    sizes = found.attention[found.attention["measure"] == "in_degree"]
    positions = networks.layout(drawn.ties, found.actors, lang=lang, sizes=sizes)
    table = networks.actor_table(
        found.whole, found.actors, found.attention, found.measured, standards=found.tables.get("standards")
    )
    said = answer(found, lang)
    sections = [
        Section(labels.text("network.answer", lang), paragraphs=tuple(said), kind="answer"),
        _drawing(found, drawn, positions, out, lang),
        _actors(found, table, lang),
        *(
            _relation(found, code, f"powers_{stem}", out, lang)
            for code, stem in file_stems(found.measured["group"]).items()
        ),
    ]
    if found.model is not None:
        sections.append(model_section(found.model, out, lang))
        said = [*said, *networks.tie_sentences(found.model, lang=lang)]
    tell(3, 0.0, labels.text("network.phase_write", lang))
    for name, frame in (("powers", found.measured), ("actors", table)):
        (out / f"{name}.csv").write_text(to_csv(frame), encoding="utf-8", newline="")
    is_placed = drawn.core == 0
    late = [Remark("places", {})] if is_placed and set(_PLACES) & set(found.actors) else []
    placed = _placed(found.actors, positions) if is_placed else found.actors
    named = placed.assign(label=placed["label"] if "label" in placed else placed["actor_id"])
    files = [path.name for path in write_network(found.written, named, out, directed=found.is_directed)]
    links = {name: name for name in ("actors.csv", "powers.csv", *files)}
    sections += [*section([*remarks, *late], lang), Section(labels.text("network.files", lang), links=links)]
    page = document_page(labels.text("network.title", lang), sections, lang=lang)
    (out / "index.html").write_text(page, encoding="utf-8")
    return said, late


def _placed(actors: "pd.DataFrame", positions: "pd.DataFrame") -> "pd.DataFrame":
    bare = actors.drop(columns=list(_PLACES), errors="ignore")
    return bare.merge(positions[["actor_id", *_PLACES]], on="actor_id", how="left", validate="one_to_one")


def _drawing(found: "Results", drawn: "Drawing", positions: "pd.DataFrame", out: Path, lang: str) -> Any:
    """The network as a figure, which says how much of it is drawn, and by what rule."""
    from digital_diplomacy import figures
    from digital_diplomacy.pages.documents import Section

    heading = labels.text("network.drawing", lang)
    shown: dict[str, Any] = {
        "said": _rule(found, drawn, lang),
        "sized_by": "in_degree" if found.is_directed else "degree",
        "directed": found.is_directed,
    }
    figure = figures.plot_network(drawn.ties, positions, lang=lang, title=heading, **shown)
    picture = _save(figure, "network", heading, out)
    view = figures.view_network(
        drawn.ties,
        positions,
        lang=lang,
        title=heading,
        statements=stated(found),
        picture=base64.b64encode(picture).decode(),
        **shown,
    )
    (out / "network.html").write_text(figures.document(view), encoding="utf-8")
    alt = figures.describe((drawn.ties, positions), lang)
    play = ("network.html", labels.text("view.link_network", lang))
    return Section(heading, image="network.svg", alt=alt, play=play)


def _rule(found: "Results", drawn: "Drawing", lang: str) -> list[str]:
    told = {
        "ties": labels.number(len(drawn.ties), lang),
        "total": labels.number(drawn.among, lang),
        "actors": labels.counted("actors", drawn.actors, lang),
    }
    if drawn.rule == "all":
        told["ties"] = labels.counted("ties", len(drawn.ties), lang)
    said = [labels.text(f"network.drawn_{drawn.rule}", lang, **told)]
    if drawn.core:
        total = labels.number(len(found.actors), lang)
        code = "network.drawn_crowded" if drawn.crowded else "network.drawn_core"
        said.insert(0, labels.text(code, lang, total=total, k=labels.number(drawn.core, lang)))
    return said


def _actors(found: "Results", table: "pd.DataFrame", lang: str) -> Any:
    """Every actor in a table that readers sort."""
    from digital_diplomacy import networks
    from digital_diplomacy.pages.documents import Section
    from digital_diplomacy.pages.sortable import Column, sortable_table

    shown = table.head(_LISTED)
    counts = {"shown": labels.number(len(shown), lang), "total": labels.number(len(table), lang)}
    caption = labels.text("network.table" if len(shown) == len(table) else "network.table_part", lang, **counts)
    names = [labels.entity(code, lang) for code in shown["actor_id"]]
    columns = [Column(labels.text("network.column.actor", lang), tuple(names))]
    if names != shown["actor_id"].tolist():
        columns.append(Column(labels.text("network.column.id", lang), tuple(shown["actor_id"])))
    if set(table["type"]) != {networks.UNTYPED}:
        types = tuple(labels.text(f"type.{kind}", lang) for kind in shown["type"])
        columns.append(Column(labels.text("network.column.type", lang), types))
    for name in shown.columns:
        measure, _, relation = str(name).partition(":")
        if measure in _SHOWN and shown[name].notna().any():
            over = _ALL if measure in _OVER_ALL and len(found.relations) > 1 else relation
            values = tuple(shown[name].astype(float))
            known = {value: _number(measure, value, lang) for value in set(values)}  # most stand in many rows
            texts = tuple("–" if math.isnan(value) else known[value] for value in values)
            heading = {"group": of_relation(over, lang)} if measure in (*_OVER_ALL, *_OF_ONE) else {}
            columns.append(Column(labels.text(f"network.column.{measure}", lang, **heading), texts, values))
    html = sortable_table(columns, caption=caption, lang=lang)
    return Section(
        labels.text("network.table_heading", lang),
        paragraphs=(labels.text("network.table_sort", lang),),
        tables=(html,),
        links={"actors.csv": "actors.csv"},
    )


def _number(measure: str, value: float, lang: str) -> str:
    if value != value:
        return ""
    if measure in _COUNTED:
        return labels.number(value, lang, decimals=0)
    if measure.endswith(_PROBABILITY) and value < 0.001:
        return f"<{labels.number(0.001, lang)}"
    return labels.number(value, lang, decimals=3)


def _relation(found: "Results", code: str, stem: str, out: Path, lang: str) -> Any:
    """The powers of one relation: a sentence each, what was not measured and why, and all side by side as a figure."""
    from digital_diplomacy import figures
    from digital_diplomacy.pages.documents import Section

    rows = found.measured[found.measured["group"] == code]
    heading = labels.text("network.powers", lang, relation=labels.text(f"relation.{code}", lang))
    _save(figures.plot_powers(rows, lang=lang, title=heading), stem, heading, out)
    further = returned_and_core(found, code, lang) if code in found.relations and len(found.relations) > 1 else []
    said = [
        *further,
        *(_equal_parts(found, code, lang) or _largest_part(rows, lang)),
        *_sentences(rows, lang, found.design(code if code in found.relations and len(found.relations) > 1 else "")),
        *_unmeasured(found, code, lang),
        labels.text("notice.power_definitions", lang),
    ]
    return Section(heading, paragraphs=tuple(said), image=f"{stem}.svg", alt=figures.describe(rows, lang))


def _equal_parts(found: "Results", code: str, lang: str) -> list[str]:
    """Which part is measured where several are as large as the largest."""
    from digital_diplomacy import networks

    ties = found.written[found.written["relation"] == code] if code in found.relations else found.written
    count = networks.equal_parts(ties)
    if count < 2:
        return []
    inside = networks.largest_component(ties)
    told = {"count": labels.number(count, lang), "inside": labels.counted("actors", len(inside), lang)}
    return [labels.text("network.equal_parts", lang, entity=labels.entity(inside[0], lang), **told)]


def _largest_part(rows: "pd.DataFrame", lang: str) -> list[str]:
    """How many actors are measured, where not all are."""
    from digital_diplomacy import figures

    part = rows.loc[(rows["measure"] == "system_actors") & (rows["value"] < rows["n"]), ["value", "n"]]
    return figures.fill_sentences(part, "sentence.power_system", lang=lang) if len(part) else []


def _sentences(rows: "pd.DataFrame", lang: str, how: "Design") -> list[str]:
    """What each power that was measured comes to."""
    from digital_diplomacy import figures, networks

    outcomes = [networks.outcome(rows, power) for power in (*networks.POWERS, *networks.ROLES)]
    if how.ego or how.receivers:  # what crosses the border of the core follows from how the ties were gathered
        bare = {"sentence.power_networking", "sentence.power_networking_bare"}
        label = "network.networking_ego" if how.ego else "network.networking_sides"
        outcomes = [(frame, label if code in bare else code) for frame, code in outcomes]
    return [
        sentence
        for frame, label in outcomes
        if not frame.empty
        for sentence in figures.fill_sentences(frame, label, lang=lang)
    ]


def _unmeasured(found: "Results", code: str, lang: str) -> list[str]:
    """What would have to be given for the powers that are missing, in the words of the command."""
    from digital_diplomacy import networks

    names = ", ".join(labels.text(f"relation.{name}", lang) for name in found.relations)
    kinds = sorted(set(found.actors["type"].astype(str)))
    kind = labels.text(f"type.{kinds[0]}", lang)
    is_one, alone = code in found.relations, len(found.relations) == 1
    has_goals, untyped = bool(set(found.relations) & set(found.goals)), kinds == [networks.UNTYPED]
    wanted = {
        "network.unmeasured_standards": is_one and "standards" not in found.tables,
        "network.unmeasured_goals": not has_goals and (alone or not is_one),
        "network.unmeasured_switchers": alone,
        "network.no_type": is_one and untyped,
        "network.one_type": is_one and len(kinds) == 1 and not untyped,
        "network.one_candidate": not is_one and len(kinds) == 1 and has_goals,
    }
    told = {label: kind if label.startswith("network.one") else names for label in wanted}
    return [labels.text(label, lang, names=told[label]) for label, is_so in wanted.items() if is_so]


def _save(figure: Any, stem: str, title: str, out: Path) -> bytes:
    """Write a figure in both formats; the picture's bytes."""
    from digital_diplomacy import figures

    (out / f"{stem}.svg").write_text(figures.svg(figure, title=title), encoding="utf-8")
    picture = figures.png(figure)
    (out / f"{stem}.png").write_bytes(picture)
    return picture
