"""The chi-square test of a table of counted answers; tests of two shares are in `comparisons`.

Samples of a complex design enter with design effects, by the first-order correction of Rao and Scott.
"""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from digital_diplomacy.penetration.rows import estimates, refuse
from digital_diplomacy.penetration.surveys.shares import effective_counts, same_key


def chi_square(counts: pd.DataFrame, *, by: str = "group") -> pd.DataFrame:
    """Test that several independent samples give the same answers to one question, for complex designs too.

    Parameters
    ----------
    counts : DataFrame
        As for `users_share`; the measures of one sample are the answers to one question, of which each respondent gave
        one. Respondents who gave none of them count as a further answer, with the mean design effect of the others.
    by : {"entity", "group", "period"}
        Column that tells the samples apart; a table is what agrees in the other two, base and source.

    Returns
    -------
    DataFrame
        Estimates for each table: ``chi_square`` (Pearson's, as if samples were simple), ``design_effect_mean``,
        ``chi_square_corrected`` (the first over the second), ``degrees_of_freedom``, ``p_value`` (of the corrected
        statistic) and ``smallest_expected`` (fewest answers expected in a cell; below 5 the p-value is rough); ``n``
        counts all respondents. Column ``by`` is empty.

    Raises
    ------
    TableError
        If counts are impossible, the answers of a sample have different n or sum to more than it, an answer is missing
        in a sample, or a table has fewer than two samples or two answers that anybody gave.

    References
    ----------
    Rao & Scott 1981, JASA 76, 221-230 (first-order correction by the mean of the cells' design effects); Rao & Scott
    1984, Annals of Statistics 12, 46-60; Cochran 1954, Biometrics 10, 417-451 (smallest expected).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> ends = {"group": ["men"] * 2 + ["women"] * 2, "measure": ["yes", "no"] * 2, "successes": [60, 40, 50, 50]}
    >>> rows = pd.DataFrame({**ends, "n": 100, "entity": "KAZ", "period": "2020", "base": "adults", "source_id": ""})
    >>> found = penetration.chi_square(rows)
    >>> found.loc[found["measure"].isin(["chi_square", "p_value"]), ["measure", "value"]].round(4)  # 400 / 198
          measure   value
    0  chi_square  2.0202
    4     p_value  0.1552
    """
    same_key(by)
    rows = effective_counts(counts)
    key = [name for name in ("entity", "group", "period", "base", "source_id") if name != by]
    records: list[dict[str, object]] = []
    for named, table in rows.groupby(key, sort=False):
        cells, effects = _answers(table, by)
        cells = cells.loc[:, cells.sum() > 0]
        refuse(table.head(1), pd.Series(min(cells.shape) < 2, index=table.index[:1]), "needs two samples and answers")
        sizes = cells.sum(axis=1).to_numpy()
        pooled = cells.sum().to_numpy() / sizes.sum()
        weights = (1 - sizes / sizes.sum())[:, None] * (1 - pooled)
        expected = np.outer(sizes, pooled)
        mean_effect = float((weights * effects[cells.columns].to_numpy()).sum() / weights.sum())
        statistic = float(((cells.to_numpy() - expected) ** 2 / expected).sum())
        same = {**dict(zip(key, named, strict=True)), by: "", "n": sizes.sum()}
        freedom = (len(sizes) - 1) * (len(pooled) - 1)
        records += _test_rows(same, statistic, mean_effect, freedom, float(expected.min()))
    return estimates(pd.DataFrame(records)) if records else estimates(rows.head(0).assign(value=np.nan, unit=""))


def _answers(table: pd.DataFrame, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counts and design effects with a row for each sample and a column for each answer, the rest as ``""``."""
    refuse(table, table.groupby(by)["n"].transform("nunique") > 1, "answers of one sample have different n")
    cells = table.pivot_table(index=by, columns="measure", values="successes", aggfunc="sum")
    effects = table.pivot_table(index=by, columns="measure", values="deff", aggfunc="mean")
    absent = table[by].map(cells.isna().any(axis=1))
    refuse(table, absent.astype(bool), "an answer of other samples is missing in this one")
    rest = table.groupby(by)["n"].first() - cells.sum(axis=1)
    # Counts may be weighted, so they sum to n only up to the last places.
    slack = 1e-9 * table.groupby(by)["n"].first()
    refuse(table, table[by].map(rest < -slack).astype(bool), "answers sum to more than n; each respondent gives one")
    if (rest > slack).any():
        cells, effects = cells.assign(**{"": rest}), effects.assign(**{"": effects.mean(axis=1)})
    return cells, effects


def _test_rows(
    same: dict[str, object], statistic: float, mean_effect: float, freedom: int, smallest: float
) -> list[dict[str, object]]:
    rows = (
        ("chi_square", "statistic", statistic),
        ("design_effect_mean", "ratio", mean_effect),
        ("chi_square_corrected", "statistic", statistic / mean_effect),
        ("degrees_of_freedom", "count", float(freedom)),
        ("p_value", "probability", float(chi2.sf(statistic / mean_effect, freedom))),
        ("smallest_expected", "respondents", smallest),
    )
    ends = {"low": np.nan, "high": np.nan}
    return [{**same, **ends, "measure": measure, "unit": unit, "value": value} for measure, unit, value in rows]
