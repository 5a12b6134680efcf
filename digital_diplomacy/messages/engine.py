"""The engine of one machine: DuckDB over the files of the table, which spills to disk and reads nothing else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from ibis.backends.sql import SQLBackend
from ibis.expr.types import Table

from digital_diplomacy.messages.declared import schema_of
from digital_diplomacy.messages.table import SCHEMA

NAME: Final = "messages"
MEMORY: Final = "3GB"
"""What leaves room for the rest of the process within 4 GB, where 29.5 million accounts take it all."""

Connection: TypeAlias = duckdb.DuckDBPyConnection | SQLBackend
"""DuckDB's own, or what ibis has of another engine, in which ``messages`` are the files."""


def messages() -> Table:
    """The declared table as an expression, bound to no engine.

    Examples
    --------
    >>> from digital_diplomacy import messages
    >>> table = messages.messages()
    >>> table.columns[:4], str(table["time"].type())  # !: never missing; 6: microseconds
    (('platform', 'author', 'message', 'time'), "!timestamp('UTC', 6)")
    """
    return ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name=NAME)


@contextmanager
def opened(
    paths: Sequence[str | Path] = (), *, memory: str = MEMORY, threads: int | None = None, spill: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which ``messages`` is the table in the files, and which can read or write nothing else.

    Parameters
    ----------
    paths : sequence of str or Path
        Parquet files of the declared table; with none, nothing is closed off.
    memory : str
        What the engine may hold; more goes to disk.
    threads : int, optional
        As many as cores unless given.
    spill : Path, optional
        Folder for what does not fit; beside the first file unless given, and without files the engine's own choice.

    Yields
    ------
    DuckDBPyConnection

    Raises
    ------
    SourceError
        If a file is not the declared table, naming what it lacks.

    Examples
    --------
    A synthetic month has known counts, those asked for.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["vkontakte"], "messages": [5], "authors": [2]})
    >>> known = messages.synthetic.write_month(
    ...     path, totals, month="2023-09", country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(1)
    ... )
    >>> with messages.opened([path]) as connection:
    ...     connection.execute("SELECT count(*), count(DISTINCT author) FROM messages").fetchone()
    (5, 2)
    >>> folder.cleanup()
    """
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory}
    if threads:
        settings["threads"] = threads
    names = [str(Path(path).resolve()) for path in paths]
    place = spill or (Path(names[0]).parent if names else None)
    if place:
        settings["temp_directory"] = str(place.resolve() / ".spilled")
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET preserve_insertion_order = false")
        _without_bar(connection)
        if paths:
            for path in paths:
                schema_of(Path(path))
            connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, names))}]")
            connection.execute("SET enable_external_access = false")
            listed = ", ".join(map(_quoted, names))
            connection.execute(f"CREATE VIEW {NAME} AS FROM read_parquet([{listed}])")
        yield connection


def _without_bar(connection: Connection) -> None:
    """No bar of progress: in a notebook it would stand on the page, on slow days.

    Where Jupyter lacks what draws one, none is on, and DuckDB takes no word of it.
    """
    if connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (True,):
        connection.execute("SET enable_progress_bar = false")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def computed(connection: Connection, expression: Table) -> pd.DataFrame:
    """The rows of an expression over `messages`.

    Parameters
    ----------
    connection : Connection
        Of `opened` or `cluster.connected`.
    expression : Table
        Bound to no engine, as the functions of `counting` and `authors` make them.

    Returns
    -------
    DataFrame
        Of the types that the expression declares, whatever engine it is; dates are moments at midnight.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "month.parquet"
    >>> totals = pd.DataFrame({"platform": ["telegram", "vkontakte"], "messages": [3, 5], "authors": [3, 2]})
    >>> known = messages.synthetic.write_month(
    ...     path, totals, month="2023-09", country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(1)
    ... )
    >>> table = messages.messages()
    >>> by_platform = table.group_by("platform").agg(messages=table.count()).order_by("platform")
    >>> with messages.opened([path]) as connection:
    ...     messages.computed(connection, by_platform)
        platform  messages
    0   telegram         3
    1  vkontakte         5
    >>> folder.cleanup()
    """
    if isinstance(connection, duckdb.DuckDBPyConnection):
        rows = connection.sql(str(ibis.to_sql(expression, dialect="duckdb"))).to_arrow_table()
    else:
        # What ibis makes of Spark's rows by itself asks pandas for what it warns of.
        rows = connection.raw_sql(connection.compile(expression)).toArrow()
    found: pd.DataFrame = rows.cast(_types(expression)).to_pandas()
    return found


def _types(expression: Table) -> pa.Schema:
    """What an expression declares; engines differ in how wide their whole numbers and what their dates are."""
    declared = expression.schema().to_pyarrow()
    return pa.schema(
        [pa.field(field.name, pa.timestamp("us") if pa.types.is_date(field.type) else field.type) for field in declared]
    )
