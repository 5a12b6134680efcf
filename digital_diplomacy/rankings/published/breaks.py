"""Changes of the index's definition from one edition to the next: those on record, and those its weights make."""

from collections.abc import Hashable, Mapping
from itertools import pairwise
from math import gcd
from typing import Final

import pandas as pd

from digital_diplomacy.rankings.published.exceptions import COMPONENTS

_TABLE: Final = "un_egdi"
_SCHEME: Final = "un_egdi_editions"
_WEIGHED: Final = "egdi_weights"
_MEASURES: Final = ("egdi", "egdi_rank", "egdi_recomputed")
"""What the weights decide."""


def edition_weight_changes(editions: pd.DataFrame) -> pd.DataFrame:
    """Editions whose components are weighed otherwise than in the edition before.

    Parameters
    ----------
    editions : DataFrame
        Table ``un_egdi_editions``; weights count by their proportions.

    Returns
    -------
    DataFrame
        ``edition, before`` (the edition before), ``weights, weights_before`` (as ``34 : 33 : 33``: online services,
        human capital, telecommunications) and ``is_own``, whether the project's own table has both editions.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> rankings.edition_weight_changes(sources.load("un_egdi_editions"))[["edition", "weights", "weights_before"]]
       edition       weights weights_before
    0     2008  34 : 33 : 33      1 : 1 : 1
    1     2012     1 : 1 : 1   34 : 33 : 33
    """
    ordered = editions.sort_values("edition").to_dict("records")
    rows = [
        (int(after["edition"]), int(before["edition"]), _weights(after), _weights(before), _own(after) and _own(before))
        for before, after in pairwise(ordered)
        if _weights(after) != _weights(before)
    ]
    return pd.DataFrame(rows, columns=["edition", "before", "weights", "weights_before", "is_own"])


def _weights(edition: Mapping[Hashable, object]) -> str:
    """The weights in the smallest whole numbers of their proportions."""
    weights = [int(str(edition[f"{name}_weight"])) for name in COMPONENTS]
    shared = gcd(*weights) or 1
    return " : ".join(str(weight // shared) for weight in weights)


def _own(edition: Mapping[Hashable, object]) -> bool:
    return edition.get("source_id", _SCHEME) == _SCHEME


def edition_breaks(breaks: pd.DataFrame, editions: pd.DataFrame) -> pd.DataFrame:
    """Changes of definition of the e-government index, for figures over its editions.

    What the project has on record of weights holds for its own editions. An edition that was taken in or fetched has no
    record: where its weights differ from those of the edition before, or the next one's from its, that is a change too.

    Parameters
    ----------
    breaks : DataFrame
        Table ``breaks``; rows of other tables are left out.
    editions : DataFrame
        Table ``un_egdi_editions``.

    Returns
    -------
    DataFrame
        Columns of ``breaks``, and ``detail``: the weights from the change on, where it has no record.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> import pandas as pd
    >>> breaks, editions = map(sources.load, ["breaks", "un_egdi_editions"])
    >>> next_one = editions.tail(1).assign(edition=2026, osi_weight=50, hci_weight=25, tii_weight=25)
    >>> found = rankings.edition_breaks(breaks, pd.concat([editions, next_one]))
    >>> found.loc[found["measure"] == "egdi", ["period", "code", "detail"]].to_numpy().tolist()[-2:]
    [['2024', 'egdi_parts_2024', ''], ['2026', 'egdi_weights', '2 : 1 : 1']]
    """
    known = breaks[breaks["table"] == _TABLE].assign(detail="")
    changes = edition_weight_changes(editions)
    recorded = known["code"].str.startswith(_WEIGHED)
    held = set(changes.loc[changes["is_own"].astype(bool), "edition"].astype(str)) & set(known[recorded]["period"])
    kept = known[~recorded | known["period"].isin(held)]
    made = [
        _row(str(one["edition"]), str(one["weights"]), measure)
        for one in changes.to_dict("records")
        if str(one["edition"]) not in held
        for measure in _MEASURES
    ]
    together = [kept, pd.DataFrame(made, columns=kept.columns).astype(kept.dtypes)] if made else [kept]
    return pd.concat(together).sort_values(["measure", "period", "code"], ignore_index=True)


def _row(period: str, weights: str, measure: str) -> dict[str, str | None]:
    return {
        "table": _TABLE, "measure": measure, "period": period, "code": _WEIGHED, "detail": weights, "address": None,
        "source": f"Weights of the table {_SCHEME}, as the figures bear them out",
        "note": f"Online services, human capital and telecommunications count {weights}.",
    }  # fmt: skip
