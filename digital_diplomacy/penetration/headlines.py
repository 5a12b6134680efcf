"""Shares of a counted whole: every unit is known, so nothing is estimated from a sample."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.rows import estimates, refuse

_KEY = ["entity", "period", "measure"]


def counted_shares(
    counts: pd.DataFrame, *, parts: Sequence[str], whole: str, base: str, source_id: str
) -> pd.DataFrame:
    """Shares of a whole that was counted to the last unit.

    Parameters
    ----------
    counts : DataFrame
        Columns ``entity``, ``period`` (may be missing), ``measure`` and ``value`` (whole numbers); one row for each
        entity, period and measure.
    parts : sequence of str
        Measures to be divided, in the order of the result.
    whole : str
        Measure they are part of.
    base : str
        Code of the units counted.
    source_id : str
        Name of the raw table.

    Returns
    -------
    DataFrame
        Estimates in percent, measure ``<part>_pct``, ``n`` the whole. Low and high equal the value: a census has no
        sampling error, and an interval such as Wilson's would answer a question about units that do not exist. An
        entity without the part or the whole has no row.

    Raises
    ------
    TableError
        If a count is negative or not whole, a part is more than its whole, the whole is 0, or a count stands twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": "KAZ", "period": "", "measure": ["regions", "with_centre"], "value": [17, 4]})
    >>> named = {"whole": "regions", "base": "regions", "source_id": "x"}
    >>> penetration.counted_shares(rows, parts=["with_centre"], **named)["value"].round(2)[0]
    np.float64(23.53)
    """
    rows = counts[counts["measure"].isin([*parts, whole])].copy()
    rows["period"] = rows["period"].astype(object).where(rows["period"].notna(), "")
    rows["value"] = rows["value"].astype(float)
    refuse(rows, (rows["value"] < 0) | (rows["value"] % 1 != 0), "not a count of whole units", key=_KEY)
    refuse(rows, rows.duplicated(_KEY), "a count stands twice", key=_KEY)
    wholes = rows.loc[rows["measure"] == whole, ["entity", "period", "value"]].rename(columns={"value": "n"})
    refuse(wholes, wholes["n"] == 0, "nothing was counted in the whole", key=_KEY)
    order = {part: place for place, part in enumerate(parts)}
    both = rows[rows["measure"] != whole].merge(wholes, on=["entity", "period"], validate="many_to_one")
    both = both.assign(order=both["measure"].map(order)).sort_values(["entity", "period", "order"], kind="stable")
    more = both["value"] > both["n"]
    if more.any():
        first = both[more].iloc[0]
        raise TableError(
            "penetration: {entity}/{measure}: {value:g} is more than the whole {whole} ({n:g}).",
            entity=first["entity"],
            measure=first["measure"],
            value=first["value"],
            whole=whole,
            n=first["n"],
        )
    share = 100 * both["value"] / both["n"] if len(both) else pd.Series(dtype=np.float64)
    found = both.assign(value=share, low=share, high=share, measure=both["measure"].astype(object) + "_pct")
    return estimates(found, interval="rounding", unit="percent", base=base, source_id=source_id)
