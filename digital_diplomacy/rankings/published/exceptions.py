"""Cells of a published index that do not mean what their column says: listed as data, exactly, with the reason."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import MAX_REPORTED, together

COMPONENTS: Final = ("osi", "hci", "tii")
"""Columns of the E-Government Development Index: online services, human capital, telecommunication infrastructure."""

SOURCE: Final = "un_egdi"
"""The table of the index."""

KEY: Final = ["edition", "iso3"]
"""What names a row of the index."""


def assessed(values: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``values`` that an edition assessed: those ``exceptions`` does not list as ``not_assessed``.

    Parameters
    ----------
    values : DataFrame
        Columns ``edition, iso3`` and others.
    exceptions : DataFrame
        Table ``un_egdi_exceptions``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> values = pd.DataFrame({"edition": 2010, "iso3": ["KAZ", "TUV"]})
    >>> exceptions = pd.DataFrame({"edition": [2010], "iso3": ["TUV"], "column": [""], "reason": ["not_assessed"]})
    >>> rankings.assessed(values, exceptions)["iso3"].tolist()
    ['KAZ']
    """
    left_out = pd.MultiIndex.from_frame(exceptions.loc[exceptions["reason"] == "not_assessed", KEY])
    return values[~pd.MultiIndex.from_frame(values[KEY]).isin(left_out)].reset_index(drop=True)


def source_of(rows: pd.DataFrame) -> str:
    """What the rows rest on: the project's own table, and tables whose editions stand before its own.

    All rows name all of them, since a country's line goes through editions of several tables.
    """
    return together(rows["source_id"]) if "source_id" in rows else SOURCE


def listed(values: pd.DataFrame, exceptions: pd.DataFrame, reasons: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether the exceptions name a row of ``values`` for one of ``reasons``."""
    named = exceptions.loc[exceptions["reason"].isin(reasons), KEY]
    return np.asarray(pd.MultiIndex.from_frame(values[KEY]).isin(pd.MultiIndex.from_frame(named)))


def odd_cells(
    values: pd.DataFrame, rated: pd.DataFrame, within: dict[str, pd.Series]
) -> dict[str, set[tuple[object, ...]]]:
    """Cells that do not mean what their column says, by the reason."""
    return {
        "not_assessed": _cells(values[(values["egdi"] == 0) | values["egdi"].isna()], "egdi"),
        "blank": set().union(*(_cells(values[values[column].isna()], column) for column in _optional(values))),
        "above_one": _cells(values[values["hci"] > 1], "hci"),
        "differs_from_components": _cells(rated[~within["agreeing"]], "egdi"),
        "last_digit": _cells(rated[within["agreeing"] & ~within["strict"]], "egdi"),
    }


def verify_exceptions(
    values: pd.DataFrame, rated: pd.DataFrame, exceptions: pd.DataFrame, within: dict[str, pd.Series]
) -> None:
    """Refuse exceptions that are not found in the figures, and figures that are not listed as exceptions."""
    said = []
    for reason, are in odd_cells(values, rated, within).items():
        rows = exceptions.loc[exceptions["reason"] == reason, [*KEY, "column"]]
        named = set(rows.itertuples(index=False, name=None))
        said += [f"{_cell(cell)} is {reason} and not listed; add it" for cell in sorted(are - named)]
        said += [f"{_cell(cell)} is listed as {reason} and is not; remove it" for cell in sorted(named - are)]
    if said:
        more = f"; ... and {len(said) - MAX_REPORTED} more" if len(said) > MAX_REPORTED else ""
        raise TableError("exceptions of the index: {said}{more}.", said="; ".join(said[:MAX_REPORTED]), more=more)


def _optional(values: pd.DataFrame) -> list[str]:
    """Figures beside the index that a publisher may leave blank."""
    return [column for column in (*COMPONENTS, "epi") if column in values]


def _cells(rows: pd.DataFrame, column: str) -> set[tuple[object, ...]]:
    return set(rows[KEY].assign(column=column).itertuples(index=False, name=None))


def _cell(key: tuple[object, ...]) -> str:
    edition, iso3, column = key
    return f"{iso3}/{edition}, {column},"
