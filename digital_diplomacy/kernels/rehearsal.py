"""A table and a figure made once, with the import of this module, by the process that kernels are forked from.

Much is read and set up only when it is first used: pandera's checks, fonts, names of countries and the shapes of
numbers in each language. Done before forking, it is done once and not in each kernel.
"""

from typing import Final

import pandas as pd

from digital_diplomacy import figures, labels, tables
from digital_diplomacy.figures.parts import fonts, style

_ROWS: Final = pd.DataFrame(
    {
        "entity": ["KAZ", "UZB"],
        "group": "",
        "period": "2020-01-01",
        "measure": "internet_users",
        "value": [1234.5, 2345.6],
        "low": [1234.0, 2345.0],
        "high": [1235.0, 2346.0],
        "interval": "rounding",
        "level": 0.95,
        "unit": "percent",
        "base": "population",
        "n": 10.0,
        "source_id": "",
    }
)


def rehearse() -> None:
    """Make the table in every language, and the figure."""
    rows = tables.validate(_ROWS, tables.ESTIMATES)
    for lang in labels.LANGUAGES:
        figures.table_html(rows, lang=lang)
    for weight in ("normal", "bold"):
        style.text_width("".join(sorted(fonts.USUAL)), style.TEXT_SIZE, weight)
    style.bundle(figures.plot_estimates(rows, title=str(_ROWS["measure"][0])))


rehearse()
