"""One edition of a published index as values, framework and steps, so that every tool for indices applies to it."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.composite.framework import ENTITY, check_framework, hierarchy
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.diagnostics import scores_and_ranks
from digital_diplomacy.rankings.places import ranks
from digital_diplomacy.rankings.published.exceptions import COMPONENTS, SOURCE, assessed
from digital_diplomacy.rankings.robustness.what_if import indicator_change, weight_change
from digital_diplomacy.rankings.rows import estimates
from digital_diplomacy.tables import ESTIMATES

SCALED: Final = "components are published on a scale of 0 to 1"

EDITION_STEPS: Final[tuple[Mapping[str, Any], ...]] = (
    *({"step": step, "method": "none", "reason": SCALED} for step in ("denominate", "screen", "impute", "treat")),
    {"step": "normalise", "method": "none", "reason": SCALED},
    {"step": "weigh", "method": "none", "reason": "weights of the edition"},
    {"step": "aggregate", "method": "arithmetic"},
)
"""How the index follows from its published components; the publisher's own normalisation lies before them."""


def edition_values(values: pd.DataFrame, exceptions: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Components of the states an edition assessed: ``entity, osi, hci, tii``, between 0 and 1.

    Parameters
    ----------
    values, exceptions : DataFrame
        Tables ``un_egdi`` and ``un_egdi_exceptions``.
    edition : int
        Year of the edition.

    Raises
    ------
    TableError
        If there is no such edition.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> found = rankings.edition_values(sources.load("un_egdi"), sources.load("un_egdi_exceptions"), 2024)
    >>> found[found["entity"] == "KAZ"]
       entity      osi      hci      tii
    87    KAZ  0.93903  0.84029  0.92353
    """
    rated = assessed(values, exceptions)
    rows = rated[rated["edition"] == edition].rename(columns={"iso3": ENTITY})
    if rows.empty:
        known = ", ".join(map(str, sorted(values["edition"].unique())))
        raise TableError("no edition {edition} of the index; there are {known}", edition=edition, known=known)
    return rows[[ENTITY, *COMPONENTS]].reset_index(drop=True)


def edition_framework(scheme: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Framework of an edition, with its weights and their reason.

    Parameters
    ----------
    scheme : DataFrame
        Table ``un_egdi_editions``.
    edition : int
        Year of the edition.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> found = rankings.edition_framework(sources.load("un_egdi_editions"), 2008)
    >>> found[["code", "parent", "weight"]]
       code parent  weight
    0   osi   egdi    34.0
    1   hci   egdi    33.0
    2   tii   egdi    33.0
    3  egdi            1.0
    """
    row = scheme.set_index("edition").loc[[edition]].iloc[0].to_dict()
    source = row.get("source_id", SOURCE)
    rows = [
        {"code": code, "parent": "egdi", "weight": float(row[f"{code}_weight"]), "unit": "index"}
        | {"goalpost_low": 0.0, "goalpost_high": 1.0, "source": source, "reason": "weight of the edition"}
        for code in COMPONENTS
    ]
    index = {"code": "egdi", "parent": "", "weight": 1.0, "unit": "index", "source": source, "reason": ""}
    return check_framework(pd.DataFrame([*rows, index]))


def edition_changes(components: pd.DataFrame, framework: pd.DataFrame, *, entity: str, places: int) -> pd.DataFrame:
    """What would bring a state some places up: the smallest change of one component, and that of the weights.

    Parameters
    ----------
    components, framework : DataFrame
        As `edition_values` and `edition_framework` return them.
    entity : str
        The state; without it there are no rows.
    places : int
        How many ranks up, at least 1; no further than the first.

    Returns
    -------
    DataFrame
        Estimates as of `indicator_change` and `weight_change`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings, sources
    >>> components = pd.DataFrame({"entity": ["KAZ", "UZB"], "osi": [0.6, 0.9], "hci": [0.6, 0.6], "tii": [0.6, 0.6]})
    >>> framework = rankings.edition_framework(sources.load("un_egdi_editions"), 2024)
    >>> found = rankings.edition_changes(components, framework, entity="KAZ", places=1)
    >>> needed = found[found["measure"] == "value_needed"]
    >>> needed[["group", "value"]].round(3)  # 0.3 more of any one
      group  value
    1   osi    0.9
    3   hci    0.9
    5   tii    0.9
    """
    aim = edition_aim(components, framework, entity=entity, places=places)
    if aim.empty:
        return estimates(pd.DataFrame(columns=list(ESTIMATES.columns)))
    index, rank = run(components, framework, EDITION_STEPS), int(aim["goal"].iloc[0])
    source = str(framework["source"].iloc[0])
    parts = [
        indicator_change(components, framework, EDITION_STEPS, entity=entity, rank=rank, source_id=source),
        weight_change(index, entity=entity, rank=rank, source_id=source),
    ]
    return pd.concat(parts, ignore_index=True)


def edition_aim(components: pd.DataFrame, framework: pd.DataFrame, *, entity: str, places: int) -> pd.DataFrame:
    """The rank of a state by the components of an edition, and the one some places up, no further than the first.

    Parameters
    ----------
    components, framework, entity, places
        As for `edition_changes`.

    Returns
    -------
    DataFrame
        ``entity, now, goal``; no row for a state that was not assessed.

    Raises
    ------
    ArgumentError
        If ``places`` is below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings, sources
    >>> components = pd.DataFrame({"entity": ["KAZ", "UZB"], "osi": [0.6, 0.9], "hci": 0.6, "tii": 0.6})
    >>> framework = rankings.edition_framework(sources.load("un_egdi_editions"), 2024)
    >>> rankings.edition_aim(components, framework, entity="KAZ", places=5)
      entity  now  goal
    0    KAZ    2     1
    """
    if places < 1:
        raise ArgumentError("places is {places}; at least 1 expected", places=places)
    if entity not in set(components[ENTITY]):
        return pd.DataFrame(columns=["entity", "now", "goal"])
    scores = run(components, framework, EDITION_STEPS).scores.set_index(ENTITY)
    now = int(ranks(scores[hierarchy(framework).index])[entity])
    return pd.DataFrame([{"entity": entity, "now": now, "goal": max(1, now - places)}])


def edition_profile(components: pd.DataFrame, framework: pd.DataFrame, *, entity: str, edition: int) -> pd.DataFrame:
    """Index and components of every state of an edition with the places of one; no row if it was not assessed.

    Parameters
    ----------
    components, framework : DataFrame
        As `edition_values` and `edition_framework` return them.
    entity : str
        The state whose places are told.
    edition : int
        Year of the edition.

    Returns
    -------
    DataFrame
        Estimates of `scores_and_ranks`, groups ``egdi``, ``osi``, ``hci`` and ``tii``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings, sources
    >>> components = pd.DataFrame({"entity": ["KAZ", "UZB"], "osi": [0.6, 0.9], "hci": 0.6, "tii": [0.9, 0.6]})
    >>> framework = rankings.edition_framework(sources.load("un_egdi_editions"), 2024)
    >>> found = rankings.edition_profile(components, framework, entity="KAZ", edition=2024)
    >>> found.loc[found["unit"] == "rank", ["group", "value", "n"]]
       group  value    n
    2   egdi    1.0  2.0
    5    osi    2.0  2.0
    8    hci    1.0  2.0
    11   tii    1.0  2.0
    """
    scores = run(components, framework, EDITION_STEPS).scores
    root = hierarchy(framework).index
    known = components.merge(scores[[ENTITY, root]], on=ENTITY, validate="one_to_one")
    rows = scores_and_ranks(known, [root, *COMPONENTS])
    own = rows[(rows["unit"] != "rank") | (rows["entity"] == entity)]
    own = own[own["unit"].notna() & (entity in set(components[ENTITY]))]
    unit = own["unit"].where(own["unit"] == "rank", "index")
    return estimates(
        own.assign(period=str(edition), unit=unit, base="states_assessed", source_id=str(framework["source"].iloc[0]))
    )
