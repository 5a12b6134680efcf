"""Rows of a metric filled up to the declared table of estimates."""

from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy.tables import ESTIMATES, validate

_OPEN: Final[dict[str, Any]] = {"group": "", "base": "", "interval": "rounding", "level": np.nan, "n": np.nan}


def estimates(frame: pd.DataFrame, **constants: str) -> pd.DataFrame:
    """``frame`` with constant columns, and what it leaves open, as validated estimates (interval: rounding)."""
    cells = _OPEN | dict(frame.items()) | constants
    ordered = {name: cells[name] for name in [*ESTIMATES.columns, *cells] if name in cells}
    filled = pd.DataFrame(ordered, index=frame.index)  # all at once: column by column takes twice as long
    filled.attrs = dict(frame.attrs)
    return validate(filled, ESTIMATES)
