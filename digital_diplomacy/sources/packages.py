"""Tables of statistical programmes: Stata's, and Parquet where its library is installed."""

import io
import struct
import warnings
from pathlib import Path
from typing import Final

import pandas as pd

from digital_diplomacy.archives import MOST_FILLED, too_many
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.files import read_own_bytes

_STATA: Final = (b"<stata_dta>", *(bytes([version, order]) for version in range(0x69, 0x74) for order in (1, 2)))
"""How files of Stata 13 and later begin, and of earlier ones: the version of the format and the order of bytes."""
_PARQUET: Final = b"PAR1"
_DAMAGED: Final = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, EOFError, StopIteration,
    NotImplementedError, UnicodeWarning, struct.error,
)  # fmt: skip
"""What the readers raise of a damaged file, by its part: a length, a kind, a name that stands twice."""


def packaged_rows(path: Path) -> list[tuple[str, list[str]]] | None:
    """The rows of a table of Stata or Parquet, its header first; nothing if the file is none.

    Raises
    ------
    SourceError
        If it is damaged, or Parquet without the library that reads it.
    """
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        start = stream.read(len(_STATA[0]))
    if not start.startswith((_PARQUET, *_STATA)):
        return None
    content, name = io.BytesIO(read_own_bytes(path)), "Parquet" if start.startswith(_PARQUET) else "Stata"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UnicodeWarning)  # letters that pandas could only guess
            frame = (_parquet if name == "Parquet" else _stata)(content)
        if frame.size > MOST_FILLED:
            raise too_many(path)
        columns = [_texts(frame.iloc[:, place]) for place in range(frame.shape[1])]
    except ImportError as error:
        raise SourceError(
            "{path} is a table of Parquet, which `pip install pyarrow` has read; or save it as CSV", path=path
        ) from error
    except _DAMAGED as error:
        raise SourceError(
            "{path}: the table of {name} is damaged; save it anew, or as CSV", path=path, name=name
        ) from error
    rows = zip(*columns, strict=True)
    return [("line 1", list(map(str, frame))), *((f"row {n}", list(row)) for n, row in enumerate(rows, start=1))]


def _stata(content: io.BytesIO) -> pd.DataFrame:
    """The table; a column in which two codes have one label, which pandas takes for damage, with its codes."""
    try:
        return pd.read_stata(content)
    except ValueError as error:
        if "not unique" not in str(error):
            raise
    content.seek(0)
    codes = pd.read_stata(content, convert_categoricals=False)
    return pd.DataFrame({name: _labelled(content, str(name), codes[name]) for name in codes})


def _labelled(content: io.BytesIO, name: str, codes: pd.Series) -> pd.Series:
    content.seek(0)
    try:
        return pd.read_stata(content, columns=[name])[name]
    except ValueError:
        return codes


def _parquet(content: io.BytesIO) -> pd.DataFrame:
    from pyarrow import parquet

    frame: pd.DataFrame = parquet.read_table(content).to_pandas(ignore_metadata=True)
    return frame


def _texts(column: pd.Series) -> list[str]:
    """The cells of a column as text: whole numbers without decimals, days without an hour, missing ones empty."""
    texts = column.map(str) if column.dtype == object else column.astype(str)
    plain = texts.str.removesuffix(".0") if pd.api.types.is_float_dtype(column) else texts
    plain = plain.str.removesuffix(" 00:00:00") if pd.api.types.is_datetime64_any_dtype(column) else plain
    return [str(text) for text in plain.mask(column.isna(), "")]
