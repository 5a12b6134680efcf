"""How a file of counts that were handed on begins, by which whoever reads files knows it."""

from pathlib import Path
from typing import Final

COLUMNS: Final = ["platform", "period", "measure", "value", "status"]
"""Columns of such a file, in their order."""


def is_counts(path: Path) -> bool:
    """Whether a file begins like a table of counts that were handed on.

    Parameters
    ----------
    path : Path
        Any file, there or not.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy.handed_counts import is_counts
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     length = (Path(folder) / "a.csv").write_text("author,text")
    ...     is_counts(Path(folder) / "a.csv")
    False
    """
    try:
        with path.open("rb") as stream:
            first = stream.readline(200)
    except OSError:
        return False
    return first.removeprefix(b"\xef\xbb\xbf").strip() == ",".join(COLUMNS).encode()
