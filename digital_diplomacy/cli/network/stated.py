"""What the ties of a network of a researcher's own rest on: documents and statements that the file names."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.cli.network.results import Results

_TIE: Final = ["source", "target", "relation"]
_SAID: Final = ("document", "statement")
"""Columns that tell of a row where, and in which words, its tie is stated."""


def stated(found: "Results") -> "pd.DataFrame | None":
    """The rows of the file as statements of the ties written, turned as these are; None if the file names none."""
    import pandas as pd

    columns = {str(name).casefold(): name for name in found.rows.columns}
    known = [name for name in _SAID if name in columns]
    if not known:
        return None
    taken = {columns[name]: name for name in (*_SAID, "period") if name in columns}
    rows = found.rows[[*_TIE, *(name for name in taken if name not in _TIE)]].rename(columns=taken)
    rows = rows.assign(document=rows.get("document", ""))
    written = pd.MultiIndex.from_frame(found.written[_TIE])
    is_turned = ~pd.MultiIndex.from_frame(rows[_TIE]).isin(written)
    turned = rows[is_turned].rename(columns={"source": "target", "target": "source"})
    return pd.concat([rows[~is_turned], turned])
