"""The command that executes one notebook for many parameter values."""

import os
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digital_diplomacy.cli.app import app, project_root, refuse
from digital_diplomacy.cli.runs import (
    AsJson,
    DryRun,
    Force,
    MemoryLimit,
    Parameters,
    Quiet,
    TimeLimit,
    allowed_values,
    assignments,
    choose_progress,
    decide,
    refresh_tables,
    summary,
    target_folder,
    with_codes,
)

if TYPE_CHECKING:
    from digital_diplomacy.reproduction.sweep import Sweep


@app.command("sweep")
def sweep_notebook(
    notebook: Annotated[str, typer.Argument(help="Name of the notebook.")],
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=A,B,C",
            help="Values of a parameter, or * for all; lists are separated by semicolons. May be repeated: every "
            "combination runs.",
        ),
    ] = None,
    grid: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Runs from a CSV, JSON or TOML file of parameter values.")
    ] = None,
    parameters: Parameters = None,
    jobs: Annotated[
        int, typer.Option(min=0, help="Runs executed at a time.", show_default="what the machine or cluster can do")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go.", show_default="reports/sweeps")
    ] = None,
    in_process: Annotated[
        str, typer.Option(help="auto: without kernels where that was shown to give the same bytes; or never.")
    ] = "auto",
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", help="Execute on the workers of this Dask cluster.")
    ] = "",
    force: Force = False,
    dry_run: DryRun = False,
    time_limit: TimeLimit = 0,
    memory_limit: MemoryLimit = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Execute a notebook for many parameter values and collect its tables; goes on where it was interrupted."""
    from digital_diplomacy import reproduction
    from digital_diplomacy.reproduction.sweep import collect

    start = time.perf_counter()
    if in_process not in ("auto", "never"):
        refuse("--in-process {in_process!r}: allowed are auto, never", in_process=in_process)
    root = project_root()
    planned = _planned(root, notebook, over or [], grid, parameters or [])
    target = target_folder(out, root / "reports" / "sweeps", root)
    if dry_run:
        decide(planned.runs, root, target, force=force, as_json=as_json)
        return
    refresh_tables(root, silent=quiet or as_json)
    progress = choose_progress(quiet=quiet, as_json=as_json)
    options: dict[str, Any] = {"root": root, "out": target, "force": force, "progress": progress}
    options["limits"] = reproduction.Limits(cell_seconds=time_limit, memory=memory_limit)
    with _cluster(scheduler, root, planned, is_auto=in_process == "auto") as elsewhere:
        outcomes = reproduction.run_all(
            planned.runs,
            jobs=jobs or (elsewhere.jobs if elsewhere else os.cpu_count() or 1),
            in_process=in_process == "auto",
            elsewhere=elsewhere,
            **options,
        )
    written = collect(planned, outcomes, target)
    if not summary(outcomes, written, time.perf_counter() - start, quiet=quiet, as_json=as_json):
        raise SystemExit(1)


def _planned(root: Path, name: str, over: list[str], grid: Path | None, parameters: list[str]) -> "Sweep":
    from digital_diplomacy import labels
    from digital_diplomacy.reproduction import find_notebooks
    from digital_diplomacy.reproduction.sweep import plan_sweep, read_grid
    from digital_diplomacy.runs.notebooks import named, unknown_notebook

    if not over and grid is None:
        refuse("sweep: give --over NAME=A,B,C or --grid FILE; one run alone is made by reproduce")
    known = find_notebooks(root)
    notebook = known.get(named(name))
    if notebook is None:
        refuse(unknown_notebook(name, known))
    if notebook.fault:
        refuse(notebook.fault)
    lists = assignments(over, "--over", "country=KAZ,UZB,KGZ")
    given = with_codes(assignments(parameters))
    lists |= with_codes({name: values for name, values in lists.items() if name == "country"})
    rows = read_grid(grid, notebook) if grid else [{}]
    allowed = allowed_values(root, {*lists, *given, *rows[0]}) | {"lang": labels.LANGUAGES}
    return plan_sweep(notebook, over=lists, rows=rows, given=given, allowed=allowed)


def _cluster(address: str, root: Path, planned: "Sweep", *, is_auto: bool) -> Any:
    if not address:
        return nullcontext()
    from digital_diplomacy.reproduction.cluster import connect

    return connect(address, root=root, notebook=planned.notebook, in_process=is_auto)
