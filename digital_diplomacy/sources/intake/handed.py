"""Counts that were handed on as a table of a user: a month of platforms, of suppressed counts the bounds alone."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.handed_counts import COLUMNS
from digital_diplomacy.sources.intake.kinds import Kind, kind_of
from digital_diplomacy.sources.intake.model import Answers, Column, Question, Reading
from digital_diplomacy.sources.intake.platforms import known_platforms
from digital_diplomacy.sources.intake.reading import COLUMNS as READ
from digital_diplomacy.sources.intake.words import fold
from digital_diplomacy.sources.remarks import Remark, listed

_ROLES: Final = ("platform", "period", "series", "value")


def counts_kind() -> Kind:
    """The kind of table that messages and authors of platforms are.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> intake.counts_kind().table
    'brand_analytics_2023'
    """
    return kind_of("brand_analytics_2023")


def questions_of_counts(months: list[str], answers: Answers) -> list[Question]:
    """What a file of counts leaves open: which country they are of, and which month, where it holds several.

    Parameters
    ----------
    months : list of str
        Those it has counts of, as 2023-09.
    answers : Answers
        ``country`` and ``period``.

    Examples
    --------
    >>> from digital_diplomacy.sources import intake
    >>> asked = intake.questions_of_counts(["2023-08", "2023-09"], intake.Answers())
    >>> [(one.option, one.example) for one in asked]
    [('--country', 'KGZ'), ('--period', '2023-09')]
    """
    asked = []
    if not answers.country:
        asked.append(Question("country", {"columns": listed(COLUMNS)}, "--country", example="KGZ"))
    if answers.period not in months and (answers.period or len(months) > 1):
        asked.append(Question("month", {"months": listed(months)}, "--period", example=months[-1]))
    return asked


def read_handed(counts: pd.DataFrame, path: Path, answers: Answers | None = None) -> Reading:
    """A month of counts in the columns of a user's table.

    Parameters
    ----------
    counts : DataFrame
        Estimates of messages and authors by platform (``group``) in one month; a suppressed count has no value, and
        the bounds that anyone can conclude.
    path : Path
        The file they are from.
    answers : Answers, optional
        ``platforms``: codes of platforms whose name is no code of this package, or ``-`` to leave one out.

    Returns
    -------
    Reading
        An exact count is its own lower and upper end; a suppressed one has no value and is never 0.

    Examples
    --------
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy.sources import intake
    >>> rows = pd.DataFrame({"group": ["telegram", "vkontakte"], "value": [None, 90.0], "low": [1, None]})
    >>> rows = rows.assign(high=[12, None], entity="KAZ", period="2023-09", measure="messages_month")
    >>> found = intake.read_handed(rows, Path("counts.csv")).frame
    >>> found[["platform", "value", "low", "high"]].to_numpy().tolist()
    [['telegram', nan, 1.0, 12.0], ['vkontakte', 90.0, 90.0, 90.0]]
    """
    kind, file = counts_kind(), {"file": path.name}
    known = known_platforms(answers or Answers())
    codes = {name: known.get(fold(name), "") for name in dict.fromkeys(counts["group"])}
    kept = counts[counts["group"].map(codes) != "-"]
    hidden = kept["value"].isna()
    frame = pd.DataFrame(
        {
            "entity": kept["entity"],
            "period": kept["period"],
            "measure": kept["measure"],
            "platform": kept["group"].map(codes),
            "as_printed": ["" if np.isnan(value) else str(int(value)) for value in kept["value"]],
            "value": kept["value"],
            "low": kept["value"].fillna(kept["low"]),
            "high": kept["value"].fillna(kept["high"].replace(np.inf, np.nan)),
            "unit": [kind.measure(code).unit for code in kept["measure"]],
            "base": [kind.measure(code).base for code in kept["measure"]],
            "bound": np.where(hidden, "", "exact"),
            "place": kept["group"] + ", " + kept["period"],
        }
    )[list(READ)]
    unknown = [name for name, code in codes.items() if not code]
    faults = tuple(Remark("platform", {"place": name, "text": name}) for name in unknown)
    remarks = [Remark("counts_handed", file | {"table": kind.table})]
    if hidden.any():
        told = {"count": str(int(hidden.sum())), "total": str(len(kept))}
        remarks.append(Remark("counts_suppressed", file | told))
    columns = tuple(Column(at, name, role) for at, (name, role) in enumerate(zip(COLUMNS, _ROLES, strict=False)))
    order = ["entity", "measure", "platform", "period"]
    return Reading(frame.sort_values(order, kind="stable", ignore_index=True), columns, (), faults, tuple(remarks))
