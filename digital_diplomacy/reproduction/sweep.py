"""One notebook for many parameter values: planning the runs, and collecting their tables into one each."""

import csv
import itertools
import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digital_diplomacy.cells import csv_fault
from digital_diplomacy.errors import ArgumentError, NotebookError, ParameterError, Said, said
from digital_diplomacy.formulas import as_written, line
from digital_diplomacy.runs.notebooks import Notebook, Run
from digital_diplomacy.runs.parameters import Parameter, check, coerce, parse
from digital_diplomacy.runs.places import STAGING, only_run, swap
from digital_diplomacy.runs.plan import read_result

if TYPE_CHECKING:
    from digital_diplomacy.reproduction.outcomes import Outcome

ALL: Final = "*"
"""In place of values: every value that is allowed."""

COLLECTED: Final = "collected"
"""Folder of the collected tables, below the one for results."""

_RUNS: Final = "runs"  # key of a grid file's list of runs


@dataclass(frozen=True)
class Sweep:
    """The runs of a sweep.

    Attributes
    ----------
    notebook : Notebook
    names : tuple of str
        The parameters that differ between runs, in the order given.
    runs : tuple of Run
        The last parameter named changes fastest.
    """

    notebook: Notebook
    names: tuple[str, ...]
    runs: tuple[Run, ...]


def plan_sweep(
    notebook: Notebook,
    *,
    over: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]] = ({},),
    given: Mapping[str, str],
    allowed: Mapping[str, Collection[Any]],
) -> Sweep:
    """Every combination of the values of ``over`` with each row of ``rows``, checked before anything starts.

    Parameters
    ----------
    notebook : Notebook
    over : mapping of name to text
        Values separated by commas; of a parameter that is a list itself, by semicolons; or `ALL`.
    rows : sequence of mapping
        As `read_grid` returns them.
    given : mapping of name to text
        Parameters that are the same in all runs.
    allowed : mapping of parameter name to values
        Values a parameter of that name may take.

    Raises
    ------
    ParameterError
        For a parameter the notebook does not take or that is given twice, a wrong value, or two equal runs.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    names = [*columns, *over]
    _refuse_names([*names, *given], notebook)
    lists = {name: _values(notebook.parameters[name], text, allowed.get(name)) for name, text in over.items()}
    defaults = {name: parameter.default for name, parameter in notebook.parameters.items()}
    same = {name: parse(notebook.parameters[name], text) for name, text in given.items()}
    runs = []
    for row in rows:
        for chosen in itertools.product(*lists.values()):
            values = same | dict(row) | dict(zip(lists, chosen, strict=True))
            for name, value in values.items():
                check(notebook.parameters[name], value, allowed.get(name))
            full = defaults | values
            runs.append(Run(notebook, str(full.get("lang", "en")), full))
    _refuse_twins(runs, names)
    return Sweep(notebook, tuple(names), tuple(runs))


def _refuse_names(names: Sequence[str], notebook: Notebook) -> None:
    for number, name in enumerate(names):
        if name not in notebook.parameters:
            raise ParameterError(_unknown(name, notebook))
        if name in names[:number]:
            raise ParameterError("parameter {name} is given twice; give its values in one place", name=name)


def _unknown(name: str, notebook: Notebook) -> Said:
    near = get_close_matches(name, notebook.parameters, n=1)
    hint = said("did you mean {near!r}? ", near=near[0]) if near else ""
    takes = ", ".join(notebook.parameters) or said("no parameters")
    return said(
        "unknown parameter {name!r}; {hint}{notebook} takes {takes}",
        name=name, hint=hint, notebook=notebook.name, takes=takes,
    )  # fmt: skip


def _refuse_twins(runs: Sequence[Run], names: Sequence[str]) -> None:
    if not runs:
        raise ParameterError("the sweep has no runs; give at least one value to every parameter")
    known: set[str] = set()
    for run in runs:
        if run.folder in known:
            said = ", ".join(f"{name} = {run.values[name]!r}" for name in names)
            raise ParameterError("two runs of the sweep are the same: {said}; give each value once", said=said)
        known.add(run.folder)


def _values(parameter: Parameter, text: str, allowed: Collection[Any] | None) -> list[Any]:
    if text == ALL and not isinstance(parameter.default, list):
        if allowed is None:
            raise ParameterError(
                "parameter {name}={all}: not all of its values are known; name them", name=parameter.name, all=ALL
            )
        return list(allowed)
    separator = ";" if isinstance(parameter.default, list) else ","
    values = [parse(parameter, part.strip()) for part in text.split(separator) if part.strip()]
    if not values:
        raise ParameterError("parameter {name}={text}: at least one value expected", name=parameter.name, text=text)
    return values


def read_grid(path: Path, notebook: Notebook) -> list[dict[str, Any]]:
    """Parameter values from a file, a mapping for each run.

    Parameters
    ----------
    path : Path
        CSV: a column a parameter, a row a run. JSON or TOML: either ``runs``, a list of objects or tables (JSON: the
        list alone will do), or for each parameter a list of values, of which every combination runs.
    notebook : Notebook

    Raises
    ------
    NotebookError
        If the file cannot be read.
    ParameterError
        Naming file, row, parameter and value.
    """
    readers = {".csv": _read_csv, ".json": _read_json, ".toml": _read_toml}
    if path.suffix not in readers:
        raise NotebookError("{path}: a grid is a file of type {readers}", path=path, readers=", ".join(readers))
    try:
        rows = readers[path.suffix](path)
    except FileNotFoundError:
        raise NotebookError("{path}: there is no such file", path=path) from None
    except (ValueError, csv.Error, RecursionError) as error:  # of JSON, TOML and text encodings too
        what = csv_fault(error) if isinstance(error, csv.Error) else error
        raise NotebookError("{path} cannot be read as a grid: {error}", path=path, error=what) from error
    take = parse if path.suffix == ".csv" else coerce  # in a CSV everything is text, as on a command line
    return [_typed(row, notebook, take, f"{path}, run {number}") for number, row in enumerate(rows, start=1)]


def _read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        header = next(reader, [])
        rows = []
        for row in reader:
            if len(row) != len(header):
                raise ArgumentError(
                    "line {line_num} has {count} cells, the first {count_2}",
                    line_num=reader.line_num,
                    count=len(row),
                    count_2=len(header),
                )
            rows.append(dict(zip(header, row, strict=True)))
    if not rows:
        raise ArgumentError("it holds no runs")
    if len(set(header)) < len(header):
        raise ArgumentError("two columns have the same name")
    return rows


def _read_json(path: Path) -> list[dict[str, Any]]:
    return _rows(json.loads(path.read_text(encoding="utf-8-sig")))


def _read_toml(path: Path) -> list[dict[str, Any]]:
    return _rows(tomllib.loads(path.read_text(encoding="utf-8-sig")))


def _rows(content: Any) -> list[dict[str, Any]]:
    listed = content[_RUNS] if isinstance(content, dict) and set(content) == {_RUNS} else content
    if isinstance(listed, list) and listed and all(isinstance(row, dict) for row in listed):
        if any(row.keys() != listed[0].keys() for row in listed):
            raise ArgumentError("every run has to name the same parameters")
        return listed
    if isinstance(listed, dict) and listed and all(isinstance(values, list) for values in listed.values()):
        return [dict(zip(listed, chosen, strict=True)) for chosen in itertools.product(*listed.values())]
    raise ArgumentError("expected a list of values for each parameter, or {runs!r} as a list of objects", runs=_RUNS)


def _typed(row: Mapping[str, Any], notebook: Notebook, take: Callable[..., Any], where: str) -> dict[str, Any]:
    try:
        _refuse_names(list(row), notebook)
        return {name: take(notebook.parameters[name], value) for name, value in row.items()}
    except ParameterError as error:
        raise ParameterError("{where}: {error}", where=where, error=error) from error


def collect(sweep: Sweep, outcomes: "Iterable[Outcome]", out: Path) -> Path:
    """Write what the runs of a sweep show into one table for each table they show, and a table of the runs.

    ``runs.csv`` has a row a run: the parameters that differ, folder, state, and what failed. Each of ``tables/*.csv``
    has the rows of that table in all runs that did not fail, in the order of the runs, behind the parameters; where the
    table itself has a column of a parameter's name, the parameter's is named ``parameter_<name>``.

    Parameters
    ----------
    sweep : Sweep
    outcomes : iterable of Outcome
    out : Path
        The folder `runner.run_all` wrote to.

    Returns
    -------
    Path
        The folder written, ``out/collected/<notebook>``: replaced as a whole, and the tables never held in memory.
    """
    ended = {outcome.run.folder: outcome for outcome in outcomes}
    final = out / COLLECTED / sweep.notebook.name
    with only_run(out):
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
        try:
            place = staging / sweep.notebook.name
            (place / "tables").mkdir(parents=True)
            _write_runs(place / "runs.csv", sweep, ended)
            found = [run for run in sweep.runs if ended[run.folder].state != "failed"]
            for name in _table_names(found, out):
                _write_table(place / name, name, sweep.names, found, out)
            swap(place, final)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return final


def _write_runs(path: Path, sweep: Sweep, ended: "Mapping[str, Outcome]") -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(line([*sweep.names, "run", "state", "failed_cell", "error", "message"]))
        for run in sweep.runs:
            failure = ended[run.folder].failure
            state = "failed" if failure else "finished"  # reused or executed: the results are the same
            wrong = [failure.cell or "", failure.name, failure.message] if failure else ["", "", ""]
            stream.write(line([*_cells(run, sweep.names), run.folder, state, *wrong]))


def _cells(run: Run, names: Iterable[str]) -> list[str]:
    return [_cell(run.values[name]) for name in names]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_cell, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table_names(runs: Iterable[Run], out: Path) -> list[str]:
    """Tables any of the runs has shown, as files of its folder, in the order they first appear."""
    names: dict[str, None] = {}
    for run in runs:
        shown = (read_result(out / run.folder) or {}).get("shown", [])
        names |= dict.fromkeys(path for entry in shown for path in entry["files"] if path.endswith(".csv"))
    return list(names)


def _write_table(path: Path, name: str, parameters: Sequence[str], runs: Iterable[Run], out: Path) -> None:
    shown = [(run, out / run.folder / name) for run in runs if (out / run.folder / name).is_file()]
    columns: dict[str, int] = {}
    for _, table in shown:
        header = next(_rows_of(table), [])
        if len(set(header)) < len(header):
            raise NotebookError(
                "{table} has two columns of one name, so that it cannot be collected; name them apart", table=table
            )
        for column in header:
            columns.setdefault(column, len(columns))
    ahead = [f"parameter_{name}" if name in columns else name for name in parameters]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(line([*ahead, *columns]))
        for run, table in shown:
            rows, own = _rows_of(table), _cells(run, parameters)
            places = [columns[column] for column in next(rows, [])]
            for row in rows:
                cells = [""] * len(columns)
                for place, cell in zip(places, row, strict=True):
                    cells[place] = cell
                stream.write(line([*own, *map(as_written, cells)]))


def _rows_of(table: Path) -> Iterator[list[str]]:
    with table.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)
