"""Sample sizes that printed percentages allow: evidence about a survey that does not print its own."""

from typing import Final

import pandas as pd

from digital_diplomacy.penetration.rows import estimates
from digital_diplomacy.printed import grim_sample_sizes

LARGEST_SAMPLE: Final = 4000
"""National surveys of the kind are smaller; shares of two decimals fit every size only from about 10,000."""


def compatible_samples(
    table: pd.DataFrame, *, source_id: str, by: str | None = None, largest: int = LARGEST_SAMPLE
) -> pd.DataFrame:
    """Sizes of an unweighted sample in which every printed percentage is a whole number of answers, rounded.

    Parameters
    ----------
    table : DataFrame
        Columns entity, period, as_printed, unit, bound and ``by``. Only exact percentages are used.
    source_id : str
        Name of the table.
    by : str, optional
        Column that tells apart sets of answers that may come from different samples; by default one sample gave all
        answers of an entity and period, and the group is empty.
    largest : int
        Largest size tried, 1 or more.

    Returns
    -------
    DataFrame
        Estimates for each entity, period and set: measure ``smallest_compatible_sample`` (respondents; missing if no
        size fits) and ``compatible_samples`` (how many sizes up to ``largest`` fit). ``n`` counts the percentages.
        Weighted shares need not be whole numbers of answers: a size that does not fit is evidence, not proof.

    References
    ----------
    Brown N.J.L. and Heathers J.A.J. (2017). The GRIM test. Social Psychological and Personality Science 8(4), 363-369.
    """
    exact = table[(table["unit"] == "percent") & (table["bound"] == "exact")]
    exact = exact.assign(group=exact[by] if by else "")
    records: list[dict[str, object]] = []
    for (entity, period, group), rows in exact.groupby(["entity", "period", "group"], sort=True):
        sizes = grim_sample_sizes(rows["as_printed"].tolist(), n_max=largest)
        same = {"entity": entity, "period": period, "group": group, "n": len(rows)}
        records.append(
            same | {"measure": "smallest_compatible_sample", "value": min(sizes, default=None), "unit": "respondents"}
        )
        records.append(same | {"measure": "compatible_samples", "value": len(sizes), "unit": "sample_sizes"})
    columns = ["entity", "period", "group", "n", "measure", "value", "unit", "low", "high"]
    return estimates(pd.DataFrame(records, columns=columns), source_id=source_id)
