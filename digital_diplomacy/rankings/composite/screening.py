"""Which units have enough data to be ranked, and how much data stands behind every aggregate."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError, said
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.steps import Step, choose, notes

RULES: Final = ("available", "nonzero", "both", "none")
"""What a unit must have enough of: values, values other than zero among those it has, both, or nothing."""


def availability(values: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """How many of the indicators under each aggregate a unit has.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.

    Returns
    -------
    DataFrame
        One row per unit and aggregate: ``entity``, ``period`` if there are several, ``code``, ``indicators_count``,
        ``missing_count``, ``zero_count``, ``available_share`` (of the indicators, 0 to 1), ``nonzero_share`` (of those
        available; missing where none is).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ"], "a": [0.0], "b": [np.nan]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.availability(table, tree)[["available_share", "nonzero_share"]].to_numpy().tolist()
    [[0.5, 0.0]]
    """
    tree = check_framework(framework)
    table = check_values(values, tree)
    shape = hierarchy(tree)
    key = [ENTITY, *([PERIOD] if PERIOD in table else [])]
    parts = []
    for code in shape.aggregates:
        cells = table[list(shape.below(code))]
        total, missing, zero = cells.shape[1], cells.isna().sum(axis=1), (cells == 0).sum(axis=1)
        have = (total - missing).astype(float)
        counts = table[key].assign(code=code, indicators_count=total, missing_count=missing, zero_count=zero)
        parts.append(counts.assign(available_share=have / total, nonzero_share=1 - zero / have.where(have > 0)))
    return pd.concat(parts, ignore_index=True)


def screen(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: str = "available",
    available: float = 2 / 3,
    nonzero: float = 0.05,
    keep: Mapping[str, str] | None = None,
    remove: Mapping[str, str] | None = None,
) -> Step:
    """Remove units with too few values, with a reason each.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.
    method : str
        One of ``RULES``.
    available : float
        Smallest share of indicators a unit must have (0 to 1).
    nonzero : float
        Smallest share of values other than zero among those it has (0 to 1).
    keep, remove : mapping of entity to reason
        Decided by hand, whatever the rule says; holds for all periods of the entity.

    Returns
    -------
    Step
        Fewer rows. A note for every unit removed, or kept against the rule.

    Raises
    ------
    ValueError
        For unknown entities, or one both kept and removed, or decided without a reason.
    TableError
        If nothing is left.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "TKM"], "x": [1.0, None], "y": [2.0, None], "z": [3.0, 4.0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "z", "index"], "parent": ["index", "index", "index", ""]})
    >>> step = rankings.screen(table, tree)
    >>> step.values["entity"].tolist(), step.notes[["entity", "reason"]].to_numpy().tolist()
    (['KAZ'], [['TKM', 'removed: 0.333 of the indicators, below 0.667']])
    """
    choose("method", method, RULES)
    tree = check_framework(framework)
    table = check_values(values, tree)
    forced = _decisions(table, keep or {}, remove or {})
    found = availability(table, tree)
    whole = found[found["code"] == hierarchy(tree).index].reset_index(drop=True)
    reason = _shortfalls(whole, method, available, nonzero)
    fails = reason != ""
    kept, removed = (table[ENTITY].isin(forced[name]) for name in ("keep", "remove"))
    stays = (~fails & ~removed) | kept
    if not stays.any():
        raise TableError("values: screening leaves no unit; lower the thresholds or name units to keep, with a reason")
    said = [_verdict(entity, short, forced) for entity, short in zip(table[ENTITY], reason, strict=True)]
    rows = table[[column for column in (ENTITY, PERIOD) if column in table]].assign(reason=said)
    return Step(table[stays].reset_index(drop=True), tree, notes(rows[rows["reason"] != ""]))


def _verdict(entity: str, short: str, forced: Mapping[str, Mapping[str, str]]) -> str:
    """What is noted on a unit; nothing on one that stays by the rule."""
    if entity in forced["keep"]:
        return f"kept: {forced['keep'][entity]} ({short})" if short else ""
    if entity in forced["remove"]:
        return f"removed: {forced['remove'][entity]}" + (f" ({short})" if short else "")
    return f"removed: {short}" if short else ""


def _shortfalls(whole: pd.DataFrame, method: str, available: float, nonzero: float) -> npt.NDArray[np.object_]:
    """What each unit has too little of, in words; empty where it has enough."""
    for name, share in (("available", available), ("nonzero", nonzero)):
        if not 0 <= share <= 1:
            raise ArgumentError("{name} is {share}; it is a share from 0 to 1", name=name, share=share)
    few = (whole["available_share"] < available) & (method in ("available", "both"))
    zero = (whole["nonzero_share"].fillna(0) < nonzero) & (method in ("nonzero", "both"))
    words = [
        "; ".join(
            [f"{row.available_share:.3f} of the indicators, below {available:.3f}"] * bool(low)
            + [f"{row.nonzero_share:.3f} of its values not zero, below {nonzero:.3f}"] * bool(empty)
        )
        for row, low, empty in zip(whole.itertuples(), few, zero, strict=True)
    ]
    return np.array(words, dtype=object)


def _decisions(
    values: pd.DataFrame, keep: Mapping[str, str], remove: Mapping[str, str]
) -> dict[str, Mapping[str, str]]:
    unknown = sorted({*keep, *remove} - set(values[ENTITY]))
    both = sorted(set(keep) & set(remove))
    silent = sorted(entity for entity, reason in [*keep.items(), *remove.items()] if not str(reason).strip())
    for entities, what in (
        (unknown, "is no unit of the values"),
        (both, "is both kept and removed; say one"),
        (silent, "is decided by hand without a reason; give one"),
    ):
        if entities:
            raise ArgumentError(
                "keep, remove: {entities} {what}", entities=", ".join(map(repr, entities)), what=said(what)
            )
    return {"keep": keep, "remove": remove}
