"""The command that leads from a figure back to what was printed."""

import json
from pathlib import Path
from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root
from digital_diplomacy.cli.tables import stamp


@app.command("trace")
def trace_file(
    file: Annotated[Path, typer.Argument(help="A figure or table of a run, such as reports/.../figures/x.svg.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each link.")] = False,
) -> None:
    """Follow a figure or table back: run, cell, tables, their sources, and the figures printed there."""
    from digital_diplomacy.reproduction import tracing

    root = project_root()
    links = tracing.trace(file, root=root, stamp=stamp(root))
    if as_json:
        for link in links:
            print(json.dumps(link, ensure_ascii=False))
    else:
        print(tracing.as_text(links))
