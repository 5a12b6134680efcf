"""The command that drafts a table of claims from a paper."""

from pathlib import Path
from typing import Annotated

import typer

from digital_diplomacy.cli.claims import group


@group.command("scan")
def scan_paper(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A paper: text, Word (.docx) or PDF.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for what is found.")],
) -> None:
    """Find every printed figure of a paper and write them as a draft of the table of claims."""
    from digital_diplomacy import scanning, sources

    found = scanning.scan(sources.read_paper(file))
    out.mkdir(parents=True, exist_ok=True)
    target = out / "figures.csv"
    found.to_csv(target, index=False, lineterminator="\n")
    print(f"{len(found)} figures: {target}")
