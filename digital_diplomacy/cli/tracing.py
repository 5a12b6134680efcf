"""The command that leads from a figure back to what was printed."""

import json
from pathlib import Path
from typing import Annotated

import typer

from digital_diplomacy.cli.app import app, project_root, spoken
from digital_diplomacy.cli.streams import put
from digital_diplomacy.cli.tables import stamp


@app.command("trace")
def trace_file(
    file: Annotated[Path, typer.Argument(help="A figure or table of a run, such as reports/.../figures/x.svg.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each link.")] = False,
) -> None:
    """Follow a figure or table back: run, cell, tables, their sources, and the figures printed there."""
    from digital_diplomacy.reproduction import tracing

    root, lang = project_root(), spoken()
    if as_json:  # for machines: in one language, whoever asks
        for link in tracing.trace(file, root=root, stamp=stamp(root)):
            print(json.dumps(link, ensure_ascii=False))
        return
    from digital_diplomacy.claims.telling import place_in

    links = tracing.trace(file, root=root, stamp=stamp(root), lang=lang, placed=lambda place: place_in(place, lang))
    put(tracing.as_text(links, lang))
