"""The engine of one machine: DuckDB over the files of the table, which spills to disk and reads nothing else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import ibis
import pandas as pd
from ibis.expr.types import Table

from digital_diplomacy.messages.table import SCHEMA

NAME: Final = "messages"
MEMORY: Final = "2GB"


def messages() -> Table:
    """The declared table as an expression, bound to no engine.

    Examples
    --------
    >>> messages().platform.nunique().type().is_integer()
    True
    """
    return ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name=NAME)


@contextmanager
def opened(
    paths: Sequence[str | Path] = (), *, memory: str = MEMORY, threads: int | None = None, spill: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which ``messages`` are the files, and nothing but them can be read or written any more.

    Parameters
    ----------
    paths : sequence of str or Path
        Parquet files of the declared table; with none, nothing is closed off.
    memory : str
        What the engine may hold; more goes to disk.
    threads : int, optional
        As many as cores unless given.
    spill : Path, optional
        Folder for what does not fit; beside the first file unless given.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory}
    if threads:
        settings["threads"] = threads
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET preserve_insertion_order = false")
        if paths:
            names = [str(Path(path).resolve()) for path in paths]
            folder = str((spill or Path(names[0]).parent).resolve() / ".spilled")
            connection.execute(f"SET temp_directory = {_quoted(folder)}")
            connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, names))}]")
            connection.execute("SET enable_external_access = false")
            listed = ", ".join(map(_quoted, names))
            connection.execute(f"CREATE VIEW {NAME} AS FROM read_parquet([{listed}])")
        yield connection


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def computed(connection: duckdb.DuckDBPyConnection, expression: Table) -> pd.DataFrame:
    """The rows of an expression over `messages`."""
    return connection.execute(str(ibis.to_sql(expression, dialect="duckdb"))).df()
