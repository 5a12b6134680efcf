"""The command that measures and draws a network of a researcher's own."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, refuse, talk
from digital_diplomacy.cli.countries import countries_among
from digital_diplomacy.cli.fresh_folders import check_fresh, fresh_folder
from digital_diplomacy.cli.network.results import Results
from digital_diplomacy.cli.phases import clock
from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import Said, TableError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from digital_diplomacy.networks import TieModel
    from digital_diplomacy.sources import Remark


_ROWS: Final = ("row {which}", "rows {which}")
_LONG: Final = 60.0  # seconds: who waits longer is told what would be shorter


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
    model: Annotated[
        str,
        typer.Option(
            metavar="TERMS",
            help="Say what makes a tie likely, of one relation: mutual, shared_partners, same:NAME, difference:NAME, "
            "sender:NAME, receiver:NAME (NAME is a column of --nodes), joined by commas.",
        ),
    ] = "",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results go; a new or empty folder.")] = Path(
        "network"
    ),
    lang: Annotated[
        str, typer.Option(help=f"Language of figures and pages: {LANGUAGES}.", show_default="that of the system")
    ] = "",
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same results.")] = 1,
) -> None:
    """Measure the four powers of your own network, draw it, and write it in every format."""
    begun = time.monotonic()
    from digital_diplomacy import labels

    lang = talk(lang)
    _check(out, {"loops": loops, "duplicates": duplicates, "dangling": dangling})
    put(labels.text("network.phase_read", lang, file=edges.name))  # before what takes long to import

    import numpy as np

    from digital_diplomacy import networks, sources
    from digital_diplomacy.cli.network.page import write_results
    from digital_diplomacy.cli.remarks import say, unseen_glyphs
    from digital_diplomacy.pages.network_files import stated_both_ways, with_columns
    from digital_diplomacy.sources import Remark
    from digital_diplomacy.sources.remarks import listed

    file = sources.read_network(edges, nodes=nodes, directed=False if undirected else None)
    tables, more = _tables(standards=standards, universe=universe)
    remarks = [*file.remarks, *more]
    say(remarks, lang)
    if file.undirected and "mutual" in {term.strip() for term in model.split(",")}:
        refuse(
            "--model mutual: {file} has ties without a direction ({count}), of which nobody knows whether they are "
            "returned; leave the term out",
            file=edges.name,
            count=file.undirected,
        )
    choice: dict[str, Any] = {"loops": loops, "duplicates": duplicates, "dangling": dangling, "reverse": reverse}
    settling = {code.strip() for code in goals.split(",")}
    try:
        ties, actors = networks.take_in(
            file.edges, file.actors, relation=relation, period=period, directed=file.is_directed, **choice
        )
        tell = clock(_costs(len(ties), rewirings), begun=begun, lang=lang)
        countries = countries_among(map(str, _unlabelled(actors)), edges.name)
        counts = {"actors": len(actors), "ties": len(ties) if file.is_directed else len(ties) // 2}
        said = {code: labels.counted(code, number, lang) for code, number in counts.items()}
        tell(1, 0.0, labels.text("network.phase_measure", lang, **said))
        _offer(time.monotonic() - begun, len(ties), rewirings, lang)
        rng = np.random.default_rng(seed)
        told = _teller(tell, ties, lang)
        measured = _powers(
            ties,
            actors,
            tables,
            goals=settling,
            draws=draws,
            rewirings=rewirings,
            rng=rng,
            told=told,
            mutual=not file.is_directed,
        )
        modelled = _model(ties, actors, model, directed=file.is_directed, rng=rng) if model else None
    except TableError as error:
        refuse("{where}: {error}", where=edges, error=in_file(error.sentence, file.places))
    except ValueError as error:
        refuse("{edges}: {error}", edges=edges, error=error)
    rows = file.edges if period is None else file.edges[file.edges["period"] == period]
    written, differing = with_columns(ties, rows, directed=file.is_directed, reverse=reverse)
    late = [Remark("summed", {"columns": ", ".join(differing)})] if differing else []
    if not file.is_directed and duplicates == "sum" and (both := stated_both_ways(rows)):
        late.append(Remark("summed_both", {"count": str(len(both)), "pairs": listed(both[:3]), "file": edges.name}))
    rows = rows.rename(columns={"source": "target", "target": "source"}) if reverse else rows
    found = Results(
        ties, actors, written, rows, measured, tables, settling, file.is_directed, modelled, file.undirected, seed
    )
    named = labels.own_names(_names(ties, actors, tables, countries, lang))
    with named, unseen_glyphs(lang), fresh_folder(out) as place:
        answer, more = write_results(found, place, lang, remarks=[*remarks, *late], tell=tell)
    say([*late, *more], lang)
    _say_done(found, answer, out, lang)


def in_file(error: Said, places: Sequence[str]) -> Said:
    """What a metric says of rows of a table, with the places of these rows in the file instead.

    Examples
    --------
    >>> from digital_diplomacy.errors import said
    >>> row = said("row {which}", which="2")
    >>> str(in_file(said("edges: {rows} lacks a weight", rows=row), ["line 2", "line 5"]))
    'edges: line 5 lacks a weight'
    """
    return Said(error.template, {name: _at(value, places) for name, value in error.values.items()})  # noqa: PD011 - no frame


def _at(value: object, places: Sequence[str]) -> object:
    if not isinstance(value, Said):
        return value
    if value.template not in _ROWS:
        return in_file(value, places)
    numbers, *more = re.split("(?=, …)", str(value.values["which"]))  # noqa: PD011
    return "".join([", ".join(places[int(number) - 1] for number in numbers.split(", ")), *more])


def _unlabelled(actors: "pd.DataFrame") -> "Iterable[object]":
    """The actors that have no name beside their code."""
    if "label" not in actors:
        return list(actors["actor_id"])
    return list(actors.loc[actors["label"].fillna("").astype(str).str.strip() == "", "actor_id"])


def _costs(ties: int, rewirings: int) -> tuple[float, float, float, float]:
    """About how many seconds reading, measuring, drawing and writing take."""
    return 2.5 + 4e-5 * ties, 0.5 + ties * (2e-5 + 4e-6 * rewirings), 4.0 + 1e-5 * ties, 0.5 + 1.2e-4 * ties


def _offer(gone: float, ties: int, rewirings: int, lang: str) -> None:
    """Say how the rest of a long command would be a short one, from the time that reading took."""
    from digital_diplomacy import labels

    (read, *rest), (_, *without) = _costs(ties, rewirings), _costs(ties, 0)
    if gone / read * sum(rest) > _LONG and sum(without) < sum(rest) / 2:
        seconds = labels.number(round(gone / read * sum(without)), lang)
        put(labels.text("network.fewer", lang, seconds=seconds))


def _teller(tell: "Callable[[int, float, str], None]", ties: "pd.DataFrame", lang: str) -> "Callable[[int, int], None]":
    """What tells of rewired networks, over all relations."""
    from digital_diplomacy import labels

    relations = max(ties["relation"].nunique(), 1)
    gone = {"relations": 0}

    def told(done: int, total: int) -> None:
        share = (gone["relations"] + done / total) / relations
        gone["relations"] += done == total
        counts = {"done": labels.number(done, lang), "total": labels.number(total, lang)}
        tell(1, min(share, 1.0), labels.text("network.phase_rewired", lang, **counts))

    return told


def _say_done(found: "Results", answer: "list[str]", out: Path, lang: str) -> None:
    """The answer, and the last line: how much was measured, and where it stands."""
    from digital_diplomacy import labels

    for sentence in answer:
        put(sentence)
    counts = {"actors": len(found.actors), "ties": len(found.written), "relations": found.ties["relation"].nunique()}
    told = {code: labels.counted(code, number, lang) for code, number in counts.items()}
    doubled = labels.text("network.both_ways", lang, ties=labels.number(len(found.ties), lang))
    counted = "" if found.is_directed else doubled
    put(labels.text("network.done", lang, counted=counted, path=out / "index.html", **told))


def _check(out: Path, choices: dict[str, str]) -> None:
    allowed = {"loops": ("refuse", "drop"), "duplicates": ("refuse", "sum"), "dangling": ("refuse", "add")}
    for name, value in choices.items():
        if value not in allowed[name]:
            refuse(
                "--{name} {value!r}: allowed are {allowed}", name=name, value=value, allowed=", ".join(allowed[name])
            )
    check_fresh(out)


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
    told: "Callable[[int, int], None]",
    mutual: bool,
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
            mutual=mutual,
            told=told,
        )
        for _, part in ties.groupby("relation", sort=True)
    ]
    if len(set(ties["relation"])) > 1 or ties["relation"].isin(goals).any():
        parts.append(networks.network_making_power(ties, actors, goals=goals, rng=rng, draws=draws))
    return pd.concat(parts, ignore_index=True)


def _model(
    ties: "pd.DataFrame", actors: "pd.DataFrame", terms: str, *, directed: bool, rng: "np.random.Generator"
) -> "TieModel":
    """What makes a tie of one relation likely."""
    from digital_diplomacy import networks
    from digital_diplomacy.errors import ArgumentError

    if not directed:
        raise ArgumentError("a model of ties needs a directed network; this one is undirected")
    network = networks.graph(ties, nodes=actors["actor_id"].astype(str))
    codes = [code.strip() for code in terms.split(",")]
    return networks.tie_model(network, codes, attributes=actors.rename(columns={"actor_id": "entity"}), rng=rng)


def _names(
    ties: "pd.DataFrame",
    actors: "pd.DataFrame",
    tables: "dict[str, pd.DataFrame]",
    countries: "Mapping[str, str]",
    lang: str,
) -> dict[str, str]:
    """Names of actors, types, relations and standards as the files give them; a relation that has a label bears it."""
    from digital_diplomacy import labels, networks

    kinds = tables["universe"]["type"].astype(str) if "universe" in tables else ()
    used = tables["standards"]["standard"].astype(str) if "standards" in tables else ()
    typed = {code: f"type.{code}" for code in kinds}  # rows of inclusion are those of types
    named = {f"entity.{code}": labels.text(at, lang) if labels.is_known(at) else code for code, at in typed.items()}
    named |= {f"entity.{code}": code for code in used}
    named |= {f"entity.{code}": code for code in actors["actor_id"] if labels.is_known(f"entity.{code}")}
    named |= networks.names_given(actors, relations=ties["relation"])
    named |= {f"entity.{name}": labels.country(code, lang) for name, code in countries.items()}
    known = [code for code in set(ties["relation"]) if labels.is_known(f"relation.{code}")]
    return named | {f"group.{code}": labels.text(f"relation.{code}", lang) for code in known}
