"""Who stands out from chance, and what is said where nobody does."""

from typing import Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.networks.powers.four import power_sentence
from digital_diplomacy.networks.powers.programming import goals_stated
from digital_diplomacy.tables import ESTIMATES, validate

LEVEL: Final = 0.05
"""A p above it is called chance: Fisher's convention, taken before any data were seen."""

FEWEST: Final = 19
"""Draws from which on p, whose least is 1 / (draws + 1), can be as small as the level."""

ROLES: Final = {"programmer": ("goals_set", "programmer_p"), "switcher": ("switched_pairs", "switcher_p")}
"""The two sides of network-making power: what is counted, and its p for all actors together."""


def outstanding(estimates: pd.DataFrame, role: str, *, level: float = LEVEL) -> pd.DataFrame:
    """Actors that stand out from chance: ``group, entity, value, p, high, actors``, the largest value first.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers`, or of :func:`census_powers`, whose p have a range.
    role : {"programmer", "switcher"}
        Side of network-making power.
    level : float
        Largest p, which is already that for all actors together. Where a p has a range, the largest p met when a
        document is left out must not exceed the level either.

    Returns
    -------
    DataFrame
        ``p`` and ``high`` (missing without a range), and in ``actors`` how many were tested.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> networks.outstanding(rows, "switcher")[["entity", "value", "p", "actors"]]  # the p of b is above 0.05
      entity  value     p  actors
    0      a    9.0  0.01     2.0
    """
    return _standing_out(_tested(estimates, role), level)


def _standing_out(tested: pd.DataFrame, level: float) -> pd.DataFrame:
    found = tested[tested[["p", "high"]].max(axis=1) <= level]
    return found.sort_values(["group", "value", "entity"], ascending=[True, False, True], ignore_index=True)


def making_said(estimates: pd.DataFrame, role: str, *, level: float = LEVEL) -> dict[str, pd.DataFrame]:
    """The sentence on one side of network-making power: the label, and the rows that fill it.

    ``sentence.power_<role>_found`` names who stands out with every document left out in turn, ``_found_bare`` who does
    where there are no documents to leave out; ``_unstable`` says that somebody does with all documents, but not without
    one of them; ``_none`` gives the least p. Found and unstable never stand for one group together, and no name is
    given but where somebody is found. Not measured, a role has rows in none.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers` or :func:`census_powers`.
    role : {"programmer", "switcher"}
        Side of network-making power.
    level : float
        As in :func:`outstanding`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> {code: len(found) for code, found in networks.making_said(rows, "switcher").items() if len(found)}
    {'sentence.power_switcher_found_bare': 1}
    """
    tested = _tested(estimates, role)
    found = _standing_out(tested, level)
    quiet = tested[~tested["group"].isin(found["group"])]
    least = quiet.sort_values(["p", "high", "entity"]).groupby("group", sort=True).head(1)
    columns = ["group", "p", "high", "actors"]
    unstable = least["p"] <= level
    return {
        f"sentence.power_{role}_found": found[found["high"].notna()].reset_index(drop=True),
        f"sentence.power_{role}_found_bare": found[found["high"].isna()].reset_index(drop=True),
        f"sentence.power_{role}_unstable": least.loc[unstable, columns].reset_index(drop=True),
        f"sentence.power_{role}_none": least.loc[~unstable, ["group", "p", "actors"]].reset_index(drop=True),
    }


def outcome(estimates: pd.DataFrame, power: str, *, level: float = LEVEL) -> tuple[pd.DataFrame, str]:
    """What one power comes to in one group: the rows and the label of the one sentence that is true of it.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers` or :func:`census_powers`, of one group.
    power : {"networking", "network", "networked", "programmer", "switcher"}
        One of the powers of :func:`power_sentence`, or a side of network-making power (see :func:`making_said`).
    level : float
        As in :func:`outstanding`.

    Returns
    -------
    DataFrame, str
        Without rows where the power was not measured. The label says what there is to say: of a core whose border
        nothing crosses no share of what does, and of several on whom others depend alike no name.

    Raises
    ------
    ValueError
        For an unknown power.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> found, code = networks.outcome(rows, "switcher")
    >>> code, found["entity"].tolist()
    ('sentence.power_switcher_found_bare', ['a'])
    """
    if power not in ROLES:
        found = power_sentence(estimates, power)
        return found, f"sentence.power_{power}{_case(power, found)}"
    said = making_said(estimates, power, level=level)
    return next(
        ((rows, code) for code, rows in said.items() if len(rows)), (pd.DataFrame(), f"sentence.power_{power}_none")
    )


def _case(power: str, found: pd.DataFrame) -> str:
    """What the sentence of a power that was measured can say."""
    if found.empty or power not in {"networking", "networked"}:
        return ""
    row = found.iloc[0]
    if power == "networking":
        return "_whole" if pd.isna(row["value"]) else "_bare" if pd.isna(row["p"]) else ""
    return "_equal" if row["count"] > 1 else "_range" if row["interval"] == "sensitivity" else ""


def powers_answer(estimates: pd.DataFrame, statements: pd.DataFrame, *, draws: int = FEWEST) -> dict[str, pd.DataFrame]:
    """Who programmes and who switches, as sentences of an answer: label code to the rows that fill its fields.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`census_powers`.
    statements : DataFrame
        The statements of the same system, with ``relation`` and ``document``.
    draws : int
        Draws of the null models; of fewer than 19 nobody could stand out, and no outcome is told.

    Returns
    -------
    dict of str to DataFrame
        What the documents state about who sets goals (the actors they name most), or that they state none, one outcome
        for programmers, one for switchers, or that draws are too few for either, and what was measured. All empty where
        nothing was.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> said = pd.DataFrame({"source": ["a"], "target": ["b"], "relation": "uses", "document": "001"})
    >>> answer = networks.powers_answer(rows, said)
    >>> answer["sentence.answer_powers_switcher_found_bare"][["entity", "value", "p"]]
      entity  value     p
    0      a    9.0  0.01
    """
    stated = goals_stated(statements)
    most = stated[stated["value"] == stated["value"].max()]
    told = {code.replace(".power_", ".answer_powers_"): rows for role in ROLES for code, rows in making_said(
        estimates, role
    ).items()}  # fmt: skip
    few = pd.DataFrame({"draws": [draws], "least": [FEWEST]})
    if draws < FEWEST and any(len(rows) for rows in told.values()):
        told = {"sentence.answer_powers_few": few}
    size = estimates.loc[estimates["measure"] == "system_actors", ["value"]]
    scope = size.assign(statements=len(statements), in_documents=statements["document"].nunique())
    return {
        "sentence.answer_powers_goals": most,
        "sentence.answer_powers_no_goals": scope if stated.empty else scope.head(0),
        **told,
        "sentence.answer_powers_scope": scope,
    }


def power_marks(estimates: pd.DataFrame, *, level: float = LEVEL) -> dict[str, list[str]]:
    """Whom a drawing may mark: ``core``, ``switcher`` and ``programmer``, each sorted, and often empty.

    Parameters
    ----------
    estimates : DataFrame
        Rows of :func:`powers` or :func:`census_powers`, of one group.
    level : float
        Switchers and programmers are those of :func:`outstanding`. The core is marked only if its order exceeds
        that of rewired networks, with every document left out in turn too, and only its members in all of these cases.

    Returns
    -------
    dict of str to list of str
        In the order in which they are drawn.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> networks.power_marks(rows)
    {'core': [], 'switcher': ['a'], 'programmer': []}
    """
    rows = validate(estimates, ESTIMATES)
    order = rows[rows["measure"] == "core_order_p"]
    real = bool(len(order)) and bool((order[["value", "high"]].max(axis=1) <= level).all())
    inside = rows[(rows["measure"] == "core_ratio") & (rows[["value", "low"]].min(axis=1) == 1)]
    return {"core": sorted(inside["entity"]) if real else []} | {
        role: sorted(outstanding(rows, role, level=level)["entity"]) for role in ("switcher", "programmer")
    }


def unmarked(estimates: pd.DataFrame, *, level: float = LEVEL) -> list[str]:
    """The note ``no_marks`` for a drawing in which :func:`power_marks` marks nobody, and no note otherwise.

    Parameters
    ----------
    estimates : DataFrame
        As for :func:`power_marks`.
    level : float
        As in :func:`outstanding`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"entity": ["a", "b"] * 2, "measure": ["switched_pairs", "switched_pairs", "switcher_p", "switcher_p"]}
    >>> rows = pd.DataFrame({**ends, "value": [9.0, 1.0, 0.01, 0.7], "n": [np.nan, np.nan, 2, 2], "interval": "none"})
    >>> rows[["low", "high", "level"]] = np.nan
    >>> rows[["group", "period", "unit", "base", "source_id"]] = ""
    >>> networks.unmarked(rows), networks.unmarked(rows, level=0.001)
    ([], ['no_marks'])
    """
    return [] if any(power_marks(estimates, level=level).values()) else ["no_marks"]


def _tested(estimates: pd.DataFrame, role: str) -> pd.DataFrame:
    """Every actor with a p: ``group, entity, value, p, high, actors``."""
    if role not in ROLES:
        raise ArgumentError("unknown role {role!r}; allowed: {roles}", role=role, roles=", ".join(ROLES))
    rows = validate(estimates, ESTIMATES)
    counted, chance = (
        rows[rows["measure"] == code].set_index(["group", "entity"])[["value", "high", "n"]] for code in ROLES[role]
    )
    known = chance[chance["value"].notna()]
    found = pd.DataFrame(
        {
            "value": counted["value"].reindex(known.index),
            "p": known["value"],
            "high": known["high"].astype(float),
            "actors": known["n"],
        }
    )
    return found.reset_index()
