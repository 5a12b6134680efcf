"""An index laid open to other weights and means: what it is made of, ready to be scored anew."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.account import made_cells
from digital_diplomacy.rankings.composite.aggregation import thresholds_by_aggregate
from digital_diplomacy.rankings.composite.framework import ENTITY, hierarchy
from digital_diplomacy.rankings.composite.methods import method_of
from digital_diplomacy.rankings.composite.pipeline import Index
from digital_diplomacy.rankings.robustness.overview import ranking_table
from digital_diplomacy.rankings.robustness.standing import chosen_period, period_rows
from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty

OWN_WEIGHTS: Final = "benefit_of_doubt"
"""The mean that finds weights itself, so that nobody else's change it."""


def fixed_because(index: Index) -> str:
    """Why the weights of an index cannot be moved one by one: ``own_weights``, ``pooled``; empty where they can.

    With ``own_weights`` an aggregate is made by benefit of the doubt, with ``pooled`` units are compared with those of
    other periods, which the ranking of one period does not hold.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [0.9, 0.5, 0.6, 0.7]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> plain = rankings.EDITION_STEPS
    >>> own = [*plain[:-1], {"step": "aggregate", "method": "benefit_of_doubt"}]
    >>> [rankings.fixed_because(rankings.run(table, tree, steps)) for steps in (plain, own)]
    ['', 'own_weights']
    """
    making = index.steps[-1]
    methods = [method_of(spec) for spec in _specs(index).values()]
    if any(method.name == OWN_WEIGHTS for method in methods):
        return "own_weights"
    is_panel = "period" in index.scores and len(set(index.scores["period"])) > 1
    return "pooled" if making["pooled"] and is_panel and any(method.relative for method in methods) else ""


def reweighable(
    index: Index, found: Uncertainty | None = None, *, period: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What an index is made of before it is weighed, how it is weighed, and the ranking that follows.

    Parameters
    ----------
    index : Index
        As `pipeline.run` returns it.
    found : Uncertainty, optional
        From `simulate` of the same index.
    period : str
        To be said only if there are several.

    Returns
    -------
    cells : DataFrame
        ``entity, code, value, kind``: the normalised value of each unit and indicator of the period, missing ones
        included, and whether it was ``observed``, ``missing``, ``imputed`` or ``winsorised``.
    parts : DataFrame
        ``code, parent, weight, direction, level, method, threshold``, indicators first, then aggregates, children
        before parents: weights as the index has them, directions as they were given, and of aggregates at which level
        they are made, by which method (JSON), and which share of their children a unit needs.
    ranking : DataFrame
        As `ranking_table` returns it.

    Raises
    ------
    ValueError
        If no weights can be moved, as `fixed_because` says.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("KLMN"), "a": [4.0, 3.0, 2.0, 0.0], "b": [1.0, 2.0, 4.0, 5.0]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> cells, parts, ranking = rankings.reweighable(rankings.run(table, tree, rankings.default_steps()))
    >>> cells["value"].tolist()[:2], parts["weight"].tolist(), ranking["entity"].tolist()[0]
    ([100.0, 0.0], [1.0, 1.0, 1.0], 'M')
    """
    if why := fixed_because(index):
        raise ArgumentError("the weights of this index cannot be moved: {why}", why=why)
    chosen = chosen_period(index.scores, period)
    return _cells(index, chosen), _parts(index), ranking_table(index, found, period=period)


def _specs(index: Index) -> dict[str, Any]:
    """How each aggregate is made, as it was declared."""
    tree, given = hierarchy(index.framework), index.steps[-1]["method"]
    if isinstance(given, str) or (isinstance(given, Mapping) and "name" in given and "name" not in tree.aggregates):
        return dict.fromkeys(tree.aggregates, given)
    if isinstance(given, Sequence):
        return {code: given[tree.height[code] - 1] for code in tree.aggregates}
    return {code: given[code] for code in tree.aggregates}


def _cells(index: Index, period: str) -> pd.DataFrame:
    codes = list(hierarchy(index.framework).indicators)
    rows = index.scores.iloc[period_rows(index.scores, period)]
    cells = rows[[ENTITY, *codes]].melt(id_vars=ENTITY, value_vars=codes, var_name="code", value_name="value")
    made = made_cells(index)
    made = made.loc[made["period"] == period, [ENTITY, "code", "kind"]]
    found = cells.merge(made, on=[ENTITY, "code"], how="left", validate="one_to_one")
    order = {entity: number for number, entity in enumerate(rows[ENTITY])}
    place = {code: number for number, code in enumerate(codes)}
    kind = found["kind"].where(found["value"].notna(), "missing").fillna("observed")
    keys = found.assign(kind=kind, unit=found[ENTITY].map(order), column=found["code"].map(place))
    return keys.sort_values(["unit", "column"], ignore_index=True)[[ENTITY, "code", "value", "kind"]]


def _parts(index: Index) -> pd.DataFrame:
    tree = hierarchy(index.framework)
    codes = [*tree.indicators, *tree.aggregates]
    methods = {code: {"name": spec} if isinstance(spec, str) else dict(spec) for code, spec in _specs(index).items()}
    thresholds = thresholds_by_aggregate(index.steps[-1]["threshold"], index.framework)
    given = index.stages[0].framework.set_index("code")
    return pd.DataFrame(
        {
            "code": codes,
            "parent": [tree.parent.get(code, "") for code in codes],
            "weight": index.framework.set_index("code").loc[codes, "weight"].to_numpy(float),
            "direction": given.loc[codes, "direction"].to_numpy(int),
            "level": [tree.height[code] for code in codes],
            "method": [json.dumps(methods[code]) if code in methods else "" for code in codes],
            "threshold": [thresholds.get(code, 0.0) for code in codes],
        }
    )
