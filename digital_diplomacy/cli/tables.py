"""Commands on the tables of the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from digital_diplomacy.cli.app import app, project_root, spoken
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from digital_diplomacy.errors import Said
    from digital_diplomacy.runs.snapshot import Snapshot

MADE_FROM: Final = {
    "claims_parsed": ("claims", "documents"),
    "egdi_by_edition": ("un_egdi", "un_egdi_editions", "un_egdi_exceptions"),
    "network_by_relation": ("relations",),
}
"""What each table of data/processed is built from."""

_MODULES: Final = (
    "digital_diplomacy.claims",
    "digital_diplomacy.cli.tables",
    "digital_diplomacy.networks",
    "digital_diplomacy.rankings",
    "digital_diplomacy.sources",
)


@app.command()
def process(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Rebuild the tables of data/processed from those of data/raw."""
    from digital_diplomacy import labels

    for path, rows in build(project_root()).items():
        if not quiet:
            put(labels.text("command.built", spoken(), path=path, rows=rows))


def stamp(root: Path) -> Path:
    """File that notes what the tables of data/processed were built from."""
    return root / "reports" / ".cache" / "tables.json"


def reasons_to_build(root: Path, now: "Snapshot") -> "list[Said]":
    """Why the tables of data/processed have to be built again; empty if they need not."""
    from digital_diplomacy.reproduction.processed import tables_to_build

    wanted = _wanted(now)
    return tables_to_build(stamp(root), now, wanted, _MODULES) if wanted else []


def _wanted(now: "Snapshot") -> list[str]:
    """Tables this command knows to build and the project describes; others' projects may describe none of them."""
    return [name for name in MADE_FROM if f"data/processed/{name}.csv" in now.tables]


def build(root: Path) -> dict[str, int]:
    """Build the tables of data/processed anew; how many rows were written to each file."""
    from digital_diplomacy import claims, networks, rankings, sources
    from digital_diplomacy.claims.reading import PARSED
    from digital_diplomacy.reproduction.processed import stamp_tables
    from digital_diplomacy.runs.snapshot import Snapshot

    makers: dict[str, Callable[..., pd.DataFrame]] = {
        "claims_parsed": lambda *raw: claims.parse(*raw)[list(PARSED)],
        # Where each edition is from stands in the raw tables alone.
        "egdi_by_edition": lambda *raw: rankings.by_edition(*raw).drop(columns="source_id", errors="ignore"),
        "network_by_relation": networks.edge_list,
    }
    wanted = _wanted(Snapshot(root))
    written = {}
    for name in wanted:
        frame = makers[name](*(sources.load(raw, root=root) for raw in MADE_FROM[name]))
        written[str(sources.save(name, frame, root=root))] = len(frame)
    stamp_tables(stamp(root), {name: MADE_FROM[name] for name in wanted}, _MODULES, root)
    return written


@app.command("tables")
def list_tables() -> None:
    """List the tables with their titles and licences."""
    from digital_diplomacy import labels, sources

    lang = spoken()
    for name in sources.names():
        described = sources.describe(name)
        licences = ", ".join(licence["name"] for licence in described["licenses"])
        title = labels.titled(described["title"], lang) or labels.on_one_line(described["title"])
        put(f"{described['file']}: {title} ({licences})")


@app.command()
def seal(name: Annotated[str, typer.Argument(help="Name of a table.")]) -> None:
    """Accept a changed table: validate it and store its new SHA-256 in its descriptor."""
    from digital_diplomacy import sources

    put(f"{name}: sha256 {sources.seal(name)}")
