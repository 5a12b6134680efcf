"""Rows of a metric filled up to the declared table of estimates."""

import numpy as np
import pandas as pd

from digital_diplomacy.tables import ESTIMATES, validate


def estimates(frame: pd.DataFrame, **constants: str) -> pd.DataFrame:
    """``frame`` with constant columns, and what it leaves open, as validated estimates (interval: rounding)."""
    filled = frame.copy()
    for name, value in constants.items():
        filled[name] = value
    open_texts = {"group": "", "base": "", "interval": "rounding"}
    for name, text in open_texts.items():
        if name not in filled:
            filled[name] = text
    for name in ("level", "n"):
        if name not in filled:
            filled[name] = np.nan
    return validate(filled, ESTIMATES)
