"""Robustness of a ranking against what should not matter: one unit more or less, a copy of a unit or an indicator."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.framework import ENTITY, check_framework, hierarchy
from digital_diplomacy.rankings.composite.pipeline import said_by_code
from digital_diplomacy.rankings.robustness.standing import made_standing, rank_spread
from digital_diplomacy.rankings.rows import estimates

_EVEN: Final = 1e-12  # of the largest score: scores that are equal on paper differ by less in binary
_COPY: Final = "{} (copy)"


def rank_reversals(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    *,
    period: str = "",
    entities: Sequence[str] = (),
) -> pd.DataFrame:
    """Pairs of units that change order when a third unit is taken away.

    Parameters
    ----------
    values, framework, steps, period
        As in :func:`leave_one_out`.
    entities : sequence of str
        Units to take away, one at a time; all ranked ones by default.

    Returns
    -------
    DataFrame
        ``changed`` (the unit taken away), ``left``, ``right`` (left stands above right with it, below without it),
        ``before`` and ``after`` (score of left less that of right). Ties that come or go are not counted. Without rows,
        no order depends on the presence of another unit.

    References
    ----------
    V. Belton and T. Gear, On a short-coming of Saaty's method of analytic hierarchies, 1983, Omega 11, pp. 228-230.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 5, 6, 40], "y": [9.0, 5, 4, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> untreated = {"step": "treat", "method": "none", "reason": "few units"}
    >>> steps = [untreated if step["step"] == "treat" else step for step in rankings.default_steps()]
    >>> found = rankings.rank_reversals(table, tree, steps, entities=["D"])
    >>> found[["changed", "left", "right"]]  # without D, 5 of 6 is nearly the most of x
      changed left right
    0       D    A     B
    """
    stated = made_standing(values, framework, steps, period)
    frames = []
    for entity in _chosen(stated, entities):
        left = values[values[ENTITY].astype(str) != entity].reset_index(drop=True)
        frames.append(_reversed(stated, made_standing(left, framework, steps, period), entity))
    return _gathered(frames)


def unit_clones(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    *,
    period: str = "",
    entities: Sequence[str] = (),
) -> pd.DataFrame:
    """Pairs of units that change order when a copy of a unit is added, and copies that do not tie with their originals.

    As in :func:`rank_reversals`, ``changed`` being the unit copied; where the copy does not tie, ``left`` is the unit,
    ``right`` its copy, and ``before`` 0.

    Parameters
    ----------
    values, framework, steps, period, entities
        As in :func:`rank_reversals`; ``entities`` are those copied.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [0.9, 0.5, 0.6, 0.7]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> found = rankings.unit_clones(table, tree, rankings.EDITION_STEPS, entities=["B"])
    >>> len(found)  # on a fixed scale a copy moves nobody
    0
    """
    stated = made_standing(values, framework, steps, period)
    frames = []
    for entity in _chosen(stated, entities):
        rows = values[values[ENTITY].astype(str) == entity]
        more = pd.concat([values, rows.assign(**{ENTITY: _COPY.format(entity)})], ignore_index=True)
        found = made_standing(more, framework, steps, period)
        frames.append(_reversed(stated, found.drop(index=_COPY.format(entity)), entity))
        own, copied = found.loc[[entity, _COPY.format(entity)], "score"].to_numpy(float)
        apart = own - copied
        if abs(apart) > _EVEN * found["score"].abs().max():
            pair = {"left": entity, "right": _COPY.format(entity), "before": 0.0, "after": apart}
            frames.append(pd.DataFrame([{"changed": entity, **pair}]))
    return _gathered(frames)


def indicator_clones(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    *,
    period: str = "",
    source_id: str = "",
) -> pd.DataFrame:
    """Ranks of every unit when one indicator at a time counts twice within its parent.

    As in :func:`leave_one_out`, with the measures ``rank_indicator_cloned`` (the group is the indicator copied) and
    ``rank_clones`` (the rank as declared between the least and the greatest of these).

    Parameters
    ----------
    values, framework, steps, period, source_id
        As in :func:`leave_one_out`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [1.0, 0.8, 0.5, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> found = rankings.indicator_clones(table, tree, rankings.EDITION_STEPS)
    >>> found.loc[found["measure"] == "rank_clones", ["entity", "value", "low", "high"]]
       entity  value  low  high
    8       A    3.0  1.0   4.0
    9       B    2.0  1.0   3.0
    10      C    1.0  1.0   3.0
    11      D    3.0  2.0   4.0
    """
    checked = check_framework(framework)
    stated = made_standing(values, checked, steps, period)
    places, frames = [stated["rank"]], []
    for code in hierarchy(checked).indicators:
        copy = _COPY.format(code)
        row = checked[checked["code"] == code].assign(code=copy)
        more = pd.concat([checked, row], ignore_index=True)
        both = [_doubled(step, code, copy) for step in steps]
        found = made_standing(values.assign(**{copy: values[code]}), more, both, period)
        places.append(found["rank"])
        rows = found["rank"].rename("value").reset_index()
        frames.append(rows.assign(group=code, measure="rank_indicator_cloned", interval="none"))
    rows = pd.concat([*frames, rank_spread(places, "rank_clones")], ignore_index=True)
    return estimates(rows, period=period, unit="rank", base="units_ranked", source_id=source_id)


def _chosen(stated: pd.DataFrame, entities: Sequence[str]) -> list[str]:
    unknown = [entity for entity in entities if entity not in stated.index]
    if unknown:
        raise ArgumentError("entities {unknown} are not ranked", unknown=", ".join(unknown))
    return list(entities) or list(stated.index)


def _reversed(stated: pd.DataFrame, found: pd.DataFrame, changed: str) -> pd.DataFrame:
    """Pairs among the units of both whose order differs."""
    both = [entity for entity in stated.index if entity in found.index]
    old, new = (frame.loc[both, "score"].to_numpy(float) for frame in (stated, found))
    before, after = old[:, None] - old[None, :], new[:, None] - new[None, :]
    ahead = before > _EVEN * np.abs(old).max(initial=0.0)
    left, right = np.nonzero(ahead & (after < -_EVEN * np.abs(new).max(initial=0.0)))
    names = np.array(both, dtype=object)
    pairs = {"changed": changed, "left": names[left], "right": names[right]}
    return pd.DataFrame({**pairs, "before": before[left, right], "after": after[left, right]})


def _gathered(frames: list[pd.DataFrame]) -> pd.DataFrame:
    some = [frame for frame in frames if len(frame)]
    if not some:
        empty = {"changed": str, "left": str, "right": str, "before": float, "after": float}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in empty.items()})
    return pd.concat(some, ignore_index=True)


def _doubled(step: Mapping[str, Any], code: str, copy: str) -> dict[str, Any]:
    """A step whose arguments say of the copy what they say of the indicator."""
    return {
        argument: {**given, copy: given[code]} if said_by_code(argument, given) and code in given else given
        for argument, given in step.items()
    }
