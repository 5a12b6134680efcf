"""Tests of counted answers: the shares of two samples, whole tables, and one sample against what is expected.

Samples of a complex design enter with design effects: two shares by their effective sizes, tables by the first-order
correction of Rao and Scott. Tests of printed shares, whose counts nobody printed, are in `comparisons`.
"""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from digital_diplomacy.penetration.rows import estimates, refuse
from digital_diplomacy.penetration.surveys.comparisons import two_proportion_p
from digital_diplomacy.penetration.surveys.shares import effective_counts, same_key, sides
from digital_diplomacy.tables import PAIRS, validate


def share_test(counts: pd.DataFrame, *, left: str, right: str, by: str = "entity") -> pd.DataFrame:
    """Test that two independent samples have the same share.

    Parameters
    ----------
    counts : DataFrame
        As for `users_share`.
    left, right : str
        Values of column ``by``.
    by
        As in `share_tests`.

    Returns
    -------
    DataFrame
        Pairs, the value the p-value of the pooled two-proportion test with effective sizes n / deff, the same that
        `chi_square` gives for a question of two answers, unit ``probability``; ``n`` is the number of respondents of
        both. Empty if either side has no row.

    Raises
    ------
    TableError
        If counts are impossible, or the two sides have different bases.

    References
    ----------
    Pearson 1900, Philosophical Magazine 50, 157-175; Kish 1965, Survey Sampling, 8.2 (design effect); Rao & Scott 1981,
    JASA 76, 221-230 (the share of both together is that of all respondents).

    See Also
    --------
    share_tests : Of printed shares, whose counts nobody printed; also of two answers of the same respondents.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": ["KAZ", "UZB"], "group": "", "period": "2020", "measure": "has_account"})
    >>> rows = rows.assign(successes=[60, 50], n=100, base="adults", source_id="survey")
    >>> penetration.share_test(rows, left="KAZ", right="UZB")[["value", "n"]].round(4)  # 60 and 50 of 100: z = 1.4213
        value      n
    0  0.1552  200.0
    """
    one, two = sides(effective_counts(counts), left=left, right=right, by=by)
    key = same_key(by)
    both = one.merge(two, on=key, validate="one_to_one", suffixes=("_left", "_right"))
    refuse(both, both["base_left"] != both["base_right"], "shares of different bases cannot be compared", key=key)
    n = both["n_left"] + both["n_right"]
    pooled = (both["successes_left"] + both["successes_right"]) / n
    sizes = both["size_left"], both["size_right"]
    p = two_proportion_p(both["share_left"], both["share_right"], *sizes, pooled=pooled)
    found = both[["measure", "source_id"]].assign(
        left=left, right=right, value=p, low=np.nan, high=np.nan, interval="none", level=np.nan, unit="probability",
        n=n,
    )  # fmt: skip
    return validate(found, PAIRS, where="share_test")


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


def goodness_of_fit(counts: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Test that answers of a sample are distributed as expected, for complex designs too.

    Parameters
    ----------
    counts : DataFrame
        As for `chi_square`; a sample is what has the same entity, group, period, base and source.
    expected : DataFrame
        Columns ``measure`` and ``share_pct`` (above 0, in percent, together 100 within a relative 1e-9).

    Returns
    -------
    DataFrame
        Estimates for each sample, measures as in `chi_square`.

    Raises
    ------
    TableError
        If counts are impossible, the answers of a sample have different n or do not sum to it, the answers are not
        those expected, or the expected shares are not above 0 or do not sum to 100.

    References
    ----------
    Rao & Scott 1981, JASA 76, 221-230: the mean of the cells' design effects, each weighted by 1 - expected share.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"measure": ["young", "old"], "successes": [60, 40], "n": 100})
    >>> rows = rows.assign(entity="KAZ", group="", period="2020", base="adults", source_id="survey")
    >>> expected = pd.DataFrame({"measure": ["young", "old"], "share_pct": [50.0, 50.0]})
    >>> found = penetration.goodness_of_fit(rows, expected)
    >>> found.loc[found["measure"] == "chi_square", ["value", "n"]]  # 10 squared by 50, twice
       value      n
    0    4.0  100.0
    """
    share = expected.set_index("measure")["share_pct"].astype(float) / 100
    wrong = not (share > 0).all() or not np.isclose(share.sum(), 1, rtol=1e-9) or share.index.has_duplicates
    refuse(
        expected, pd.Series(wrong, index=expected.index), "expected shares must be above 0, sum to 100", key=["measure"]
    )
    rows = effective_counts(counts)
    key = ["entity", "group", "period", "base", "source_id"]
    records: list[dict[str, object]] = []
    for named, sample in rows.groupby(key, sort=False):
        cells, effects = _answers(sample, "entity")
        other = pd.Series(set(cells.columns) != set(share.index), index=sample.index[:1])
        refuse(sample.head(1), other, f"answers must be those expected ({', '.join(map(str, share.index))})")
        p, weights = share[cells.columns].to_numpy(), 1 - share[cells.columns].to_numpy()
        observed, n = cells.to_numpy()[0], float(cells.to_numpy().sum())
        statistic = float(((observed - n * p) ** 2 / (n * p)).sum())
        mean_effect = float((weights * effects.to_numpy()[0]).sum() / weights.sum())
        same = {**dict(zip(key, named, strict=True)), "n": n}
        records += _test_rows(same, statistic, mean_effect, len(p) - 1, float((n * p).min()))
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
