"""Cells of matrices and lists, and what a figure writes beside them: for tests of both kinds."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

LONG = "Қоғамдық келісімнің ұзаққа созылатын талқылауы туралы халықаралық тәжірибе"
PLAIN = {"row_group": "", "cell": "", "count": np.nan, "documents": "", "source_id": "crosswalk"}


def rows(*cells: tuple[str, str, str], **changed: object) -> pd.DataFrame:
    """Rows of the table of matrices from row, column and cell."""
    made = [PLAIN | {"row": row, "column": column, "cell": cell} for row, column, cell in cells]
    return pd.DataFrame(made).assign(**changed)


def texts(figure: Figure, gid: str) -> list[str]:
    """Texts of a figure that have this name, on one line each."""
    return [text.get_text().replace("\n", " ") for text in figure.axes[0].texts if text.get_gid() == gid]
