"""What an index leaves out and what it makes up: units without a place, cells imputed or winsorised."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, hierarchy
from digital_diplomacy.rankings.composite.pipeline import Index
from digital_diplomacy.rankings.composite.steps import Step

REASONS: Final = ("few", "zeros", "decided", "no_score")
"""Why a unit has no place: too few of its indicators have a value, too many of its values are zero, somebody decided
so, or the index could not be made of the values it has."""

KINDS: Final = ("imputed", "winsorised")
"""How a value came about that nobody has observed; what was imputed and then winsorised is imputed."""


def left_out(index: Index) -> pd.DataFrame:
    """Units of the values that the index gives no place, and why.

    Returns
    -------
    DataFrame
        ``entity``, ``period`` (empty without periods), ``reason`` (one of ``REASONS``), ``have`` (indicators with a
        value when it was decided), ``count`` (indicators), ``zero`` (values that are 0), ``said`` (the words of
        whoever decided; otherwise empty).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("KLMNO"), "a": [4.0, 3, 2, 0, 1], "b": [1.0, 2, 4, 5, np.nan]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> made = rankings.run(table, tree, rankings.default_steps())
    >>> rankings.left_out(made)[["entity", "reason", "have", "count"]].to_numpy().tolist()
    [['O', 'few', 1, 2]]
    """
    rows = []
    for before, after, step in zip(index.stages, index.stages[1:], index.steps, strict=False):
        if step["step"] == "screen" and len(before.values) > len(after.values):
            kept = set(_keys(after))
            gone = [row for row, key in enumerate(_keys(before)) if key not in kept]
            rows += [_removed(row, before, step.get("remove") or {}, step) for row in gone]
    last = index.stages[-1]
    unscored = index.scores[hierarchy(index.framework).index].isna().to_numpy()
    seen = index.stages[[step["step"] for step in index.steps].index("impute")]
    place = {key: row for row, key in enumerate(_keys(seen))}
    rows += [_row(place[key], seen, "no_score") for key, lost in zip(_keys(last), unscored, strict=True) if lost]
    return pd.DataFrame(rows, columns=["entity", "period", "reason", "have", "count", "zero", "said"])


def _keys(stage: Step) -> list[tuple[str, str]]:
    """Entity and period of every row."""
    periods = stage.values[PERIOD].astype(str) if PERIOD in stage.values else [""] * len(stage.values)
    return list(zip(stage.values[ENTITY].astype(str), periods, strict=True))


def _removed(row: int, before: Step, decided: dict[str, str], step: dict[str, object]) -> dict[str, object]:
    entity = str(before.values[ENTITY].iloc[row])
    if entity in decided:
        return _row(row, before, "decided", said=str(decided[entity]))
    told = _row(row, before, "few")
    enough = float(str(told["have"])) / float(str(told["count"])) >= float(str(step["available"]))
    return {**told, "reason": "zeros" if step["method"] == "nonzero" or enough else "few"}


def _row(row: int, stage: Step, reason: str, said: str = "") -> dict[str, object]:
    cells = stage.values[list(hierarchy(stage.framework).indicators)].iloc[row].to_numpy(float)
    period = str(stage.values[PERIOD].iloc[row]) if PERIOD in stage.values else ""
    counts = {"have": int((~np.isnan(cells)).sum()), "count": len(cells), "zero": int((cells == 0).sum())}
    return {"entity": str(stage.values[ENTITY].iloc[row]), "period": period, "reason": reason, "said": said, **counts}


def made_cells(index: Index) -> pd.DataFrame:
    """Cells that do not hold an observed value: winsorised or imputed, of the units that have a place.

    Returns
    -------
    DataFrame
        ``entity``, ``period``, ``code`` (an indicator), ``kind`` (one of ``KINDS``), ``before`` (missing if imputed)
        and ``after``, in the unit the step found; in the order of the values and the framework. An indicator that was
        transformed as a whole is not among them: its order is as observed.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> columns = {"a": [4.0, 3, np.nan, 0], "b": [1.0, 2, 4, 5], "c": [3.0, 1, 2, 2]}
    >>> table = pd.DataFrame({"entity": list("KLMN"), **columns})
    >>> tree = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index", "index", "index", ""]})
    >>> made = rankings.run(table, tree, rankings.default_steps())
    >>> rankings.made_cells(made)[["entity", "code", "kind", "after"]].to_numpy().tolist()
    [['M', 'a', 'imputed', 3.0]]
    """
    notes = index.notes
    of_cells = notes[(notes["code"] != "") & (notes["entity"] != "")]
    imputed = of_cells[of_cells["step"] == "impute"].assign(kind="imputed")
    winsorised = of_cells[(of_cells["step"] == "treat")].assign(kind="winsorised")
    both = pd.concat([imputed, winsorised]).drop_duplicates(["entity", "period", "code"])
    scored = set(_keys(index.stages[-1]))
    units = list(zip(both["entity"], both["period"], strict=True))
    order = {key: number for number, key in enumerate(_keys(index.stages[0]))}
    place = {code: number for number, code in enumerate(hierarchy(index.framework).indicators)}
    placed = both.assign(row=[order[key] for key in units], column=both["code"].map(place))
    placed = placed[np.array([key in scored for key in units], dtype=bool)]
    columns = ["entity", "period", "code", "kind", "before", "after"]
    return placed.sort_values(["row", "column"], kind="stable")[columns].reset_index(drop=True)
