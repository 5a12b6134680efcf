"""Commands on the tables of the project."""

from typing import Annotated

import typer

from digital_diplomacy.cli.app import app


@app.command()
def process(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Rebuild the tables of data/processed from those of data/raw."""
    from digital_diplomacy import claims, networks, rankings, sources

    load = sources.load
    tables = {
        "claims_parsed": claims.parse(load("claims"), load("documents")),
        "egdi_by_edition": rankings.by_edition(load("un_egdi"), load("un_egdi_editions"), load("un_egdi_exceptions")),
        "network_by_relation": networks.edge_list(load("relations")),
    }
    for name, frame in tables.items():
        path = sources.save(name, frame)
        if not quiet:
            print(f"{path}: {len(frame)} rows")


@app.command("tables")
def list_tables() -> None:
    """List the tables with their titles and licences."""
    from digital_diplomacy import sources

    for name in sources.names():
        described = sources.describe(name)
        licences = ", ".join(licence["name"] for licence in described["licenses"])
        print(f"{described['file']}: {described['title']} ({licences})")


@app.command()
def seal(name: Annotated[str, typer.Argument(help="Name of a table.")]) -> None:
    """Accept a changed table: validate it and store its new SHA-256 in its descriptor."""
    from digital_diplomacy import sources

    print(f"{name}: sha256 {sources.seal(name)}")
