"""The command that measures and draws a network of a researcher's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import app, refuse

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from digital_diplomacy.sources import Remark

_WHOLE: Final = 60  # ties up to which all are drawn; of more the skeleton
_DRAWN: Final = 300  # actors up to which a network is drawn at all


@app.command("network")
def measure_network(
    edges: Annotated[
        Path,
        typer.Argument(
            help="Ties: .csv or .xlsx (source, target, ...), .json, .net, .graphml, .gexf, .gdf, .gml or .dl."
        ),
    ],
    nodes: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Actors of ties in a table: actor_id, type, label, country.")
    ] = None,
    standards: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Who uses which standard: actor_id, standard.")
    ] = None,
    universe: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Everybody who could be inside: actor_id, type.")
    ] = None,
    relation: Annotated[str | None, typer.Option(help="Only this relation.", show_default="all, each apart")] = None,
    goals: Annotated[
        str, typer.Option(help="Relations whose target sets goals for the source, joined by commas.")
    ] = "instructed_by,proposed_by",
    period: Annotated[str | None, typer.Option(help="Only this period.", show_default="all")] = None,
    undirected: Annotated[bool, typer.Option("--undirected", help="Ties have no direction.")] = False,
    reverse: Annotated[bool, typer.Option("--reverse", help="Arrows show influence, not attention.")] = False,
    loops: Annotated[str, typer.Option(help="Actors tied to themselves: refuse or drop.")] = "refuse",
    duplicates: Annotated[str, typer.Option(help="A tie in several rows: refuse or sum.")] = "refuse",
    dangling: Annotated[str, typer.Option(help="Ends that no actor is listed for: refuse or add.")] = "refuse",
    draws: Annotated[int, typer.Option(min=1, help="Draws from each null model; fewer for large networks.")] = 999,
    rewirings: Annotated[int, typer.Option(min=0, help="Rewired networks; 0 leaves their null model out.")] = 99,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results go; a new or empty folder.")] = Path(
        "network"
    ),
    lang: Annotated[str, typer.Option(help="Language of figures and pages: kk, ru or en.")] = "en",
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same results.")] = 1,
) -> None:
    """Measure the four powers of your own network, draw it, and write it in every format."""
    import numpy as np

    from digital_diplomacy import labels, networks, sources
    from digital_diplomacy.cli.remarks import say, unseen_glyphs
    from digital_diplomacy.pages.network_files import with_columns
    from digital_diplomacy.sources import Remark

    _check(out, lang, {"loops": loops, "duplicates": duplicates, "dangling": dangling})
    file = sources.read_network(edges, nodes=nodes, directed=False if undirected else None)
    tables, more = _tables(standards=standards, universe=universe)
    remarks = [*file.remarks, *more]
    say(remarks, lang)
    choice: dict[str, Any] = {"loops": loops, "duplicates": duplicates, "dangling": dangling, "reverse": reverse}
    try:
        ties, actors = networks.take_in(
            file.edges, file.actors, relation=relation, period=period, directed=file.is_directed, **choice
        )
        settling = {code.strip() for code in goals.split(",")}
        rng = np.random.default_rng(seed)
        measured = _powers(ties, actors, tables, goals=settling, draws=draws, rewirings=rewirings, rng=rng)
    except ValueError as error:
        refuse(f"{edges}: {error}")
    named = actors.assign(label=actors["label"] if "label" in actors else actors["actor_id"])
    rows = file.edges if period is None else file.edges[file.edges["period"] == period]
    written, differing = with_columns(ties, rows, directed=file.is_directed, reverse=reverse)
    late = [Remark("summed", {"columns": ", ".join(differing)})] if differing else []
    with labels.own_names(_names(ties, named, tables)), unseen_glyphs(lang):
        out.mkdir(parents=True, exist_ok=True)
        late += _write(ties, named, measured, written, out, lang, directed=file.is_directed, remarks=[*remarks, *late])
    say(late, lang)
    counted = "" if file.is_directed else f", each both ways ({len(ties)})"
    relations = measured["group"].nunique()
    print(f"{len(named)} actors, {len(written)} ties{counted}, {relations} relations: {out / 'index.html'}")


def _check(out: Path, lang: str, choices: dict[str, str]) -> None:
    from digital_diplomacy import labels

    if lang not in labels.LANGUAGES:
        refuse(f"--lang {lang!r}: allowed are {', '.join(labels.LANGUAGES)}")
    allowed = {"loops": ("refuse", "drop"), "duplicates": ("refuse", "sum"), "dangling": ("refuse", "add")}
    for name, value in choices.items():
        if value not in allowed[name]:
            refuse(f"--{name} {value!r}: allowed are {', '.join(allowed[name])}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        refuse(f"--out {out}: it exists and is not empty; choose a new folder")


def _tables(**paths: Path | None) -> "tuple[dict[str, pd.DataFrame], list[Remark]]":
    """The tables given, and how they were read."""
    from digital_diplomacy import sources

    needed = {"standards": ("actor_id", "standard"), "universe": ("actor_id", "type")}
    read = {
        name: sources.read_own_table(path, required=needed[name]) for name, path in paths.items() if path is not None
    }
    return {name: table.frame for name, table in read.items()}, [
        remark for table in read.values() for remark in table.remarks
    ]


def _powers(
    ties: "pd.DataFrame",
    actors: "pd.DataFrame",
    tables: "dict[str, pd.DataFrame]",
    *,
    goals: set[str],
    draws: int,
    rewirings: int,
    rng: "np.random.Generator",
) -> "pd.DataFrame":
    """The powers of every relation, one below the other, and network-making power over all of them together."""
    import pandas as pd

    from digital_diplomacy import networks

    parts = [
        networks.powers(
            part,
            actors,
            standards=tables.get("standards"),
            universe=tables.get("universe"),
            rng=rng,
            draws=draws,
            rewirings=rewirings,
            source_id="",
        )
        for _, part in ties.groupby("relation", sort=True)
    ]
    if len(set(ties["relation"])) > 1 or ties["relation"].isin(goals).any():
        parts.append(networks.network_making_power(ties, actors, goals=goals, rng=rng, draws=draws, source_id=""))
    return pd.concat(parts, ignore_index=True)


def _names(ties: "pd.DataFrame", actors: "pd.DataFrame", tables: "dict[str, pd.DataFrame]") -> dict[str, str]:
    """Names of actors, types, relations and standards as the files give them."""
    kinds = tables["universe"]["type"].astype(str) if "universe" in tables else ()
    named = {f"entity.{code}": code for code in kinds}  # rows of inclusion are those of types
    shown = [" ".join(str(name).split()) for name in actors["label"]]  # a figure's line has no line breaks
    named |= {f"entity.{code}": name for code, name in zip(actors["actor_id"], shown, strict=True)}
    named |= {f"type.{code}": code for code in actors["type"].astype(str)}
    named |= {f"{column}.{code}": code for code in ties["relation"] for column in ("relation", "group")}
    if "standards" in tables:
        named |= {f"entity.{code}": code for code in tables["standards"]["standard"].astype(str)}
    return named


def _write(
    ties: "pd.DataFrame",
    actors: "pd.DataFrame",
    measured: "pd.DataFrame",
    written: "pd.DataFrame",
    out: Path,
    lang: str,
    *,
    directed: bool,
    remarks: "list[Remark]",
) -> "list[Remark]":
    """Results, files and page; the remarks that writing adds."""
    from digital_diplomacy import labels, networks
    from digital_diplomacy.cli.remarks import section
    from digital_diplomacy.pages.documents import Section, document_page
    from digital_diplomacy.pages.network_files import write_network
    from digital_diplomacy.sources import Remark

    measured.to_csv(out / "powers.csv", index=False, lineterminator="\n")
    drawn = ties if len(actors) <= _DRAWN else ties.head(0)  # the layout of thousands takes minutes; Gephi has its own
    shape = networks.skeleton(drawn) if _is_weighted(drawn) else None
    positions = networks.layout(drawn, actors, lang=lang, skeleton=shape)
    bare = actors.drop(columns=["x", "y", "size"], errors="ignore") if len(positions) else actors
    placed = bare.merge(positions[["actor_id", "x", "y", "size"]], on="actor_id", how="left") if len(drawn) else bare
    late = [Remark("places", {})] if len(positions) and {"x", "y", "size"} & set(actors) else []
    files = ["powers.csv", *(path.name for path in write_network(written, placed, out, directed=directed))]
    title = labels.text("network.title", lang)
    sections = [
        _drawing(ties, actors, positions, out, lang, count=len(written), directed=directed),
        *(_relation(code, measured[measured["group"] == code], out, lang) for code in measured["group"].unique()),
        *section([*remarks, *late], lang),
        Section(labels.text("network.files", lang), links={name: name for name in files}),
    ]
    (out / "index.html").write_text(document_page(title, sections, lang=lang), encoding="utf-8")
    return late


def _is_weighted(ties: "pd.DataFrame") -> bool:
    """Whether some relation has weights that differ, so that a skeleton can be told."""
    from digital_diplomacy import networks

    return any(networks.has_backbone(part) for _, part in ties.groupby("relation")["weight"]) and len(ties) > 0


def _drawing(
    ties: "pd.DataFrame",
    actors: "pd.DataFrame",
    positions: "pd.DataFrame",
    out: Path,
    lang: str,
    *,
    count: int,
    directed: bool,
) -> Any:
    """The network as a figure, by its skeleton if it is dense; of a very large one the files alone."""
    from digital_diplomacy import figures, labels, networks
    from digital_diplomacy.pages.documents import Section

    counts = {"actors": labels.number(len(actors), lang), "ties": labels.number(count, lang)}
    said = [labels.text("network.size", lang, **counts)]
    if not directed:
        said.append(labels.text("network.undirected", lang))
    heading = labels.text("network.drawing", lang)
    if positions.empty:
        return Section(heading, paragraphs=(*said, labels.text("network.not_drawn", lang, **counts)))
    drawn = networks.skeleton(ties) if len(ties) > _WHOLE and _is_weighted(ties) else ties
    notes = [] if len(drawn) == len(ties) else ["backbone"]
    figure = figures.plot_network(drawn, positions, lang=lang, title=heading, notes=notes)
    _save(figure, "network", heading, out)
    alt = figures.describe((drawn, positions), lang)
    return Section(heading, paragraphs=tuple(said), image="network.svg", alt=alt)


def _relation(code: str, rows: "pd.DataFrame", out: Path, lang: str) -> Any:
    """The powers of one relation: a sentence each, and side by side as a figure."""
    from digital_diplomacy import figures, labels
    from digital_diplomacy.pages.documents import Section

    heading = labels.text("network.powers", lang, relation=labels.text(f"relation.{code}", lang))
    said = _sentences(rows, lang)
    stem = f"powers_{_stem(code)}"
    figure = figures.plot_powers(rows, lang=lang, title=heading)
    _save(figure, stem, heading, out)
    said.append(labels.text("notice.power_definitions", lang))
    return Section(heading, paragraphs=tuple(said), image=f"{stem}.svg", alt=figures.describe(rows, lang))


def _sentences(rows: "pd.DataFrame", lang: str) -> list[str]:
    """What each power that was measured comes to."""
    from digital_diplomacy import figures, networks

    part = rows.loc[(rows["measure"] == "system_actors") & (rows["value"] < rows["n"]), ["value", "n"]]
    told = {"sentence.power_system": part}
    told |= {f"sentence.power_{power}": networks.power_sentence(rows, power) for power in networks.POWERS}
    for role in networks.ROLES:
        told |= networks.making_said(rows, role)
    return [
        sentence
        for label, frame in told.items()
        if not frame.empty
        for sentence in figures.fill_sentences(frame, label, lang=lang)
    ]


def _stem(code: str) -> str:
    """A file name that any system takes, different for different relations."""
    import hashlib
    import re

    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", code)
    return plain if plain == code else f"{plain}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"


def _save(figure: Any, stem: str, title: str, out: Path) -> None:
    from digital_diplomacy import figures

    (out / f"{stem}.svg").write_text(figures.svg(figure, title=title), encoding="utf-8")
    (out / f"{stem}.png").write_bytes(figures.png(figure))
