"""The four powers in words: which actor has which, on how many documents that rests, and whether it exceeds chance."""

from typing import Final

import pandas as pd

from digital_diplomacy.networks.measures.actors import SOURCE
from digital_diplomacy.networks.powers.four import power_sentence
from digital_diplomacy.networks.powers.standing import LEVEL, power_marks
from digital_diplomacy.tables import ESTIMATES, MATRIX, named_as, validate

WHOLE: Final = 1.0
"""Least dependence told as networked power: what one actor amounts to that attends to nobody else. Also the coreness,
as a share of the largest, of those inside the core."""

COLUMNS: Final = {
    "power_networking": ("core_ratio", WHOLE),
    "power_networked": ("dependence", WHOLE),
    "power_programmers": ("goals_set", 0.0),
    "power_switchers": ("switched_pairs", 0.0),
    "power_network": ("coverage", 0.0),
}
"""Of each power (label code ``notice.<code>``) what is read, and the least value: zero stands for anything above it."""

_MARKS: Final = {"power_networking": "core", "power_programmers": "programmer", "power_switchers": "switcher"}
_HALF: Final = 50.0  # percent
_STANDARDS: Final = "power_network"
_GROUPS: Final = {False: "notice.told_actors", True: "notice.told_standards"}


def powers_told(estimates: pd.DataFrame, *, level: float = LEVEL) -> pd.DataFrame:
    """Who has which power in the statements, in words.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`census_powers`, of one group.
    level : float
        Largest p, with and without each document, of what is told to exceed chance.

    Returns
    -------
    DataFrame
        The table ``MATRIX``: actors, then standards, by the powers (``notice.told_<code>`` of :data:`COLUMNS`). A cell
        is ``beyond_chance``, ``stays`` (whichever document is left out), ``rests_on_one`` (gone without one of them) or
        empty. Those with most powers first; who has none is left out.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> rows = pd.DataFrame({"entity": ["mfa", "tv"], "measure": "goals_set", "value": [2.0, 1.0], "low": [1.0, 0.0]})
    >>> rows = rows.assign(high=rows["value"], interval="sensitivity", level=np.nan, n=2.0)
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> told = networks.powers_told(rows)
    >>> told.loc[told["cell"] != "", ["row", "cell"]]
              row          cell
    2  entity.mfa         stays
    7   entity.tv  rests_on_one
    """
    rows = validate(estimates, ESTIMATES)
    beyond = {f"power_{role}": set(names) for role, names in _beyond(rows, level).items()}
    found = [
        {"entity": one.entity, "power": power, "cell": _cell(one, least, one.entity in beyond.get(power, ()))}
        for power, (measure, least) in COLUMNS.items()
        for one in rows[rows["measure"] == measure].itertuples()
    ]
    cells = pd.DataFrame(found, columns=["entity", "power", "cell"])
    held = cells[cells["cell"] != ""]
    if held.empty:
        return validate(pd.DataFrame(columns=list(MATRIX.columns)), MATRIX)
    order = _order(held, rows)
    grid = order.merge(pd.DataFrame({"power": list(COLUMNS)}), how="cross")
    made = grid.merge(held, on=["entity", "power"], how="left", validate="one_to_one")
    told = pd.DataFrame(
        {
            "row_group": made["row_group"],
            "row": "entity." + made["entity"],
            "column": "notice.told_" + made["power"],
            "cell": made["cell"].fillna(""),
            "count": float("nan"),
            "documents": "",
            "source_id": SOURCE,
        }
    )
    return validate(told, MATRIX)


def networking_found(estimates: pd.DataFrame, *, level: float = LEVEL) -> pd.DataFrame:
    """Whether attention that crosses the border of the core goes inwards: one row, none without a core.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers`, of one group.
    level : float
        Largest p of what is told to differ from the toss of a coin.

    Returns
    -------
    DataFrame
        What `power_sentence` tells of networking power, and case: ``inwards`` or ``outwards``, ``none`` where chance
        does as much, ``bare`` where chance has no say, ``whole`` where nothing crosses the border.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"], "relation": "follows", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"})
    >>> rows = networks.powers(ties, actors, rng=np.random.default_rng(1), draws=9, rewirings=0)
    >>> networks.networking_found(rows)[["members", "actors", "case"]].to_numpy().tolist()
    [[3.0, 3.0, 'whole']]
    """
    found = power_sentence(estimates, "networking")
    if found.empty:
        return found
    row = found.iloc[0]
    case = (
        "whole"
        if pd.isna(row["value"])
        else "bare"
        if pd.isna(row["p"])
        else "none"
        if row["p"] > level
        else "inwards"
        if row["value"] > _HALF
        else "outwards"
    )
    return named_as(found.head(1).assign(case=case), estimates)


def powers_found(told: pd.DataFrame) -> pd.DataFrame:
    """Who has most of the powers, and whether anybody exceeds chance: what a title says of :func:`powers_told`.

    Returns
    -------
    DataFrame
        entity (the first of the actors with most powers that stay), value (how many those are), n (powers of actors),
        beyond (actors and standards told to exceed chance), case: ``beyond`` if there are any, otherwise ``most`` for
        one actor, or ``tie``. No row if no actor has a power that stays.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> rows = pd.DataFrame({"entity": ["mfa", "tv"], "measure": "goals_set", "value": [2.0, 1.0], "low": [1.0, 0.0]})
    >>> rows = rows.assign(high=rows["value"], interval="sensitivity", level=np.nan, n=2.0)
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> networks.powers_found(networks.powers_told(rows))
      entity  value  n  beyond  case
    0    mfa      1  4       0  most
    """
    beyond = told.loc[told["cell"] == "beyond_chance", "row"].nunique()
    held = told[(told["row_group"] == _GROUPS[False]) & told["cell"].isin(["stays", "beyond_chance"])]
    stays = held.groupby("row", sort=False).size()
    if stays.empty:
        return pd.DataFrame()
    most = stays[stays == stays.max()]
    row = {
        "entity": str(most.index[0]).removeprefix("entity."),
        "value": int(most.iloc[0]),
        "n": len(COLUMNS) - 1,
        "beyond": beyond,
        "case": "beyond" if beyond else "most" if len(most) == 1 else "tie",
    }
    return pd.DataFrame([row])


def _beyond(rows: pd.DataFrame, level: float) -> dict[str, list[str]]:
    marks = power_marks(rows, level=level)
    chance = rows[rows["measure"] == "coverage_p"]
    standards = sorted(chance.loc[chance[["value", "high"]].max(axis=1) <= level, "entity"])
    named = {power.removeprefix("power_"): marks[mark] for power, mark in _MARKS.items()}
    return named | {_STANDARDS.removeprefix("power_"): standards}


def _cell(one: object, least: float, beyond: bool) -> str:
    value, low = float(one.value), float(one.low)  # type: ignore[attr-defined]
    if not _reaches(value, least):
        return ""
    if beyond:
        return "beyond_chance"
    return "stays" if _reaches(low, least) else "rests_on_one"


def _reaches(value: float, least: float) -> bool:
    return value >= least if least else value > 0


def _order(held: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Who stands in the table, with ``row_group``: most powers that stay first, then most powers, then dependence."""
    depended = rows[rows["measure"] == "dependence"].set_index("entity")["value"]
    by = held.groupby("entity")
    order = pd.DataFrame(
        {
            "standard": (held["power"] == _STANDARDS).groupby(held["entity"]).all(),
            "stays": -(held["cell"] != "rests_on_one").groupby(held["entity"]).sum(),
            "many": -by.size(),
        }
    ).rename_axis("entity").reset_index()  # fmt: skip
    order["depended"] = -order["entity"].map(depended).fillna(0.0)
    order = order.sort_values(["standard", "stays", "many", "depended", "entity"], kind="stable")
    return order.assign(row_group=order["standard"].map(_GROUPS))[["row_group", "entity"]]
