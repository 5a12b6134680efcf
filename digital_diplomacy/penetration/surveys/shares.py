"""Shares of a survey's respondents: intervals, differences, and what can be said when no sample size is printed."""

from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import ArrayLike, NDArray
from scipy.stats import beta, t

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.rows import estimates, refuse
from digital_diplomacy.tables import PAIRS, validate

METHODS: Final = ("wilson", "jeffreys", "clopper_pearson", "agresti_coull")
"""Intervals for one share. Brown, Cai and DasGupta (2001) advise Wilson or Jeffreys up to n = 40, and any but
Clopper-Pearson, which is wider than its level asks for, above."""

EXACT_BELOW: Final = 25
"""Discordant answers below which McNemar's test is the exact binomial one: its approximation calls four answers of four
significant at 5 %, though chance gives as much with probability 1/8."""

_STATSMODELS: Final = {"wilson": "wilson", "clopper_pearson": "beta", "agresti_coull": "agresti_coull"}

_TEXT = partial(pa.Column, str, coerce=True)
COUNTS: Final = pa.DataFrameSchema(
    {
        "entity": _TEXT(),
        "group": _TEXT(),
        "period": _TEXT(),
        "measure": _TEXT(),
        "base": _TEXT(),
        "successes": pa.Column(float, pa.Check.ge(0), coerce=True),
        "n": pa.Column(float, pa.Check.gt(0), coerce=True),
        "deff": pa.Column(float, pa.Check.gt(0), coerce=True),
        "source_id": _TEXT(),
    },
    checks=pa.Check(lambda frame: frame["successes"] <= frame["n"], error="successes <= n"),
    unique=["entity", "group", "period", "measure", "source_id"],
    strict=True,
    name="counts",
)
"""Answers of a survey: successes of n respondents, and the design effect (1 for a simple random sample)."""


def share_interval(
    successes: ArrayLike, n: ArrayLike, *, method: str = "wilson", level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper end of the confidence interval for a share, both 0 to 1.

    Parameters
    ----------
    successes, n : array-like
        Of equal shape, ``0 <= successes <= n``, ``n > 0``; effective (non-integer) sizes are allowed.
    method : str
        One of ``METHODS``. Jeffreys' interval starts at 0 when nobody, and ends at 1 when everybody, answered yes.
    level : float
        Confidence level, 0.5 up to but not 1: below one half Jeffreys' interval need not contain the share.

    Raises
    ------
    ValueError
        For an unknown method, a level outside the range, or impossible counts.

    References
    ----------
    Wilson 1927, JASA 22, 209-212; Clopper & Pearson 1934, Biometrika 26, 404-413; Agresti & Coull 1998, American
    Statistician 52, 119-126; Brown, Cai & DasGupta 2001, Statistical Science 16, 101-133 (Jeffreys).

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> low, high = penetration.share_interval([81], [263])
    >>> print(low.round(4), high.round(4))
    [0.2553] [0.3662]
    """
    yes, size = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if method not in METHODS:
        raise ArgumentError("unknown method {method!r}; allowed: {methods}", method=method, methods=", ".join(METHODS))
    if not 0.5 <= level < 1:
        raise ArgumentError("level {level} is outside 0.5 up to but not 1", level=level)
    if not ((yes >= 0) & (yes <= size) & (size > 0)).all():
        raise ArgumentError("successes must lie between 0 and n, and n above 0")
    if method == "jeffreys":
        tail = (1 - level) / 2
        low = beta.ppf(tail, yes + 0.5, size - yes + 0.5)
        high = beta.isf(tail, yes + 0.5, size - yes + 0.5)
    else:
        from statsmodels.stats.proportion import proportion_confint  # takes a second to import

        low, high = proportion_confint(yes, size, alpha=1 - level, method=_STATSMODELS[method])
    # Jeffreys' limits begin above 0 and end below 1; the other formulas leave 0, 1 and the share by a last digit.
    share = yes / size
    return np.clip(np.minimum(low, share), 0.0, 1.0), np.clip(np.maximum(high, share), 0.0, 1.0)


def effective_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """Validated counts with the share and the effective counts behind it."""
    filled = counts if "deff" in counts.columns else counts.assign(deff=1.0)
    rows = validate(filled, COUNTS, where="counts")
    return rows.assign(
        share=rows["successes"] / rows["n"], yes=rows["successes"] / rows["deff"], size=rows["n"] / rows["deff"]
    )


def users_share(
    counts: pd.DataFrame, *, method: str = "wilson", level: float = 0.95, design_df: float | None = None
) -> pd.DataFrame:
    """Shares of respondents with confidence intervals.

    Parameters
    ----------
    counts : DataFrame
        ``COUNTS``; the column ``deff`` may be left out and is then 1.
    method : str
        One of ``METHODS``.
    level : float
        Confidence level, 0.5 up to but not 1.
    design_df : float, optional
        Degrees of freedom of a clustered design (primary sampling units minus strata), above 0: the effective size is
        then also divided by the square of the ratio of Student's quantiles, as Korn and Graubard do for
        Clopper-Pearson.

    Returns
    -------
    DataFrame
        Estimates in percent; ``n`` is the number of respondents, while the interval uses n / deff.

    Raises
    ------
    TableError
        If successes are negative or more than n, or n or deff is not above 0, naming the row.
    ValueError
        As in `share_interval`, or if ``design_df`` is not above 0 or a sample has not two respondents for it.

    References
    ----------
    Kish 1965, Survey Sampling, 8.2 (design effect); Korn & Graubard 1998, Survey Methodology 24, 193-201; Franco,
    Little, Louis & Slud 2019, JSSAM 7, 334-364 (effective size in Wilson's interval). Intervals: `share_interval`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": ["KAZ"], "group": "", "period": "2020", "measure": "has_account"})
    >>> rows = rows.assign(successes=81, n=263, base="adults", source_id="survey")
    >>> penetration.users_share(rows)[["value", "low", "high"]].round(2)  # Newcombe 1998, table I: 0.2553 to 0.3662
       value    low   high
    0   30.8  25.53  36.62
    """
    rows = effective_counts(counts)
    shrunk = 1.0 if design_df is None else _student_ratio(rows["n"], design_df, level)
    low, high = share_interval(rows["yes"] * shrunk, rows["size"] * shrunk, method=method, level=level)
    found = rows.assign(value=100 * rows["share"], low=100 * low, high=100 * high)
    return estimates(found, interval="confidence", level=level, unit="percent")


def _student_ratio(n: pd.Series, design_df: float, level: float) -> pd.Series:
    """(t with n - 1 degrees of freedom / t with those of the design) ** 2."""
    if not design_df > 0 or not (n > 1).all():
        raise ArgumentError("design_df {design_df} must be above 0, and every n above 1", design_df=design_df)
    tail = (1 - level) / 2
    return pd.Series((t.isf(tail, n - 1) / t.isf(tail, design_df)) ** 2, index=n.index)


def check_percent(shares: pd.DataFrame) -> None:
    """Refuse rows that are no shares in percent, or are missing or outside 0 to 100."""
    refuse(shares, shares["unit"] != "percent", "not a share in percent")
    refuse(shares, shares["value"].isna(), "missing share")
    refuse(shares, (shares["value"] < 0) | (shares["value"] > 100), "share outside 0 to 100 percent of its base")


def share_sensitivity(
    shares: pd.DataFrame,
    *,
    sizes: tuple[float, float] = (500, 4000),
    deff: float = 1.0,
    method: str = "wilson",
    level: float = 0.95,
) -> pd.DataFrame:
    """Widest and narrowest confidence interval of printed shares over plausible sample sizes, when none is printed.

    Parameters
    ----------
    shares : DataFrame
        Estimates in percent, as printed.
    sizes : (smallest, largest)
        Plausible numbers of respondents.
    deff : float
        Design effect assumed for both.
    method, level
        As in `share_interval`.

    Returns
    -------
    DataFrame
        Two estimates for each share: measure ``<measure>_widest`` at the smallest and ``<measure>_narrowest`` at the
        largest size, ``n`` the size assumed. The lower end is that of the lower, the upper end that of the upper end of
        the rounding interval; a share printed as a lower bound has no upper end.

    Raises
    ------
    TableError
        If a share is not in percent or outside 0 to 100, naming the row.
    ValueError
        If the sizes are not in order, or deff is not above 0.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("iei_survey_2017"), source_id="iei_survey_2017")
    >>> rows = survey[(survey["measure"] == "main_source") & (survey["group"] == "facebook")]
    >>> penetration.share_sensitivity(rows)[["measure", "low", "high", "n"]].round(2)  # printed as 2.7 %
                     measure   low  high       n
    0     main_source_widest  1.56  4.58   500.0
    1  main_source_narrowest  2.20  3.30  4000.0
    """
    smallest, largest = sizes
    if not 0 < smallest <= largest or not deff > 0:
        raise ArgumentError("sizes {sizes} must be above 0 and in order, deff {deff} above 0", sizes=sizes, deff=deff)
    check_percent(shares)
    known = shares["interval"] != "none"
    exact = {end: shares[end].where(known, shares["value"]) for end in ("low", "high")}
    parts = []
    for size, name in ((smallest, "_widest"), (largest, "_narrowest")):
        low, _ = _ends(exact["low"], size / deff, method=method, level=level)
        _, high = _ends(exact["high"], size / deff, method=method, level=level)
        parts.append(shares.assign(low=low, high=high, n=float(size), measure=shares["measure"] + name))
    return estimates(pd.concat(parts, ignore_index=True), interval="confidence", level=level)


def _ends(percent: pd.Series, size: float, *, method: str, level: float) -> tuple[pd.Series, pd.Series]:
    """Interval in percent around each share in percent; missing where the share is."""
    answers = percent.fillna(0).clip(0, 100) / 100 * size
    low, high = share_interval(answers, np.full(len(percent), size), method=method, level=level)
    return (100 * pd.Series(low, index=percent.index)).where(percent.notna()), (
        100 * pd.Series(high, index=percent.index)
    ).where(percent.notna())


def share_difference(
    counts: pd.DataFrame, *, left: str, right: str, by: str = "entity", level: float = 0.95
) -> pd.DataFrame:
    """Difference of the shares of two independent samples, with Newcombe's interval.

    Parameters
    ----------
    counts : DataFrame
        As for `users_share`.
    left, right : str
        Values of column ``by``; the difference is left minus right.
    by : {"entity", "group", "period"}
        Column that tells the two samples apart; all other key columns must agree.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        Pairs, in percentage points; ``n`` is the number of respondents of both. Empty if either side has no row.

    Raises
    ------
    TableError
        If counts are impossible, or the two sides have different bases.

    References
    ----------
    Newcombe 1998, Statistics in Medicine 17, 873-890, method 10 (hybrid score).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> rows = pd.DataFrame({"entity": ["AAA", "BBB"], "group": "", "period": "2020", "measure": "has_account",
    ...     "base": "respondents", "successes": [56, 48], "n": [70, 80], "source_id": "example"})
    >>> found = penetration.share_difference(rows, left="AAA", right="BBB")
    >>> found[["value", "low", "high"]].round(2).to_numpy().tolist()
    [[20.0, 5.24, 33.39]]
    """
    rows = effective_counts(counts)
    one, two = sides(rows, left=left, right=right, by=by)
    both = one.merge(two, on=same_key(by), validate="one_to_one", suffixes=("_left", "_right"))
    refuse(
        both, both["base_left"] != both["base_right"], "shares of different bases cannot be compared", key=same_key(by)
    )
    low1, high1 = share_interval(both["yes_left"], both["size_left"], level=level)
    low2, high2 = share_interval(both["yes_right"], both["size_right"], level=level)
    first, second = both["share_left"], both["share_right"]
    difference = first - second
    found = pd.DataFrame(
        {
            "left": left,
            "right": right,
            "measure": both["measure"],
            "value": 100 * difference,
            "low": 100 * (difference - np.hypot(first - low1, high2 - second)),
            "high": 100 * (difference + np.hypot(high1 - first, second - low2)),
            "interval": "confidence",
            "level": level,
            "unit": "percentage_points",
            "n": both["n_left"] + both["n_right"],
            "source_id": both["source_id"],
        }
    )
    return validate(found, PAIRS, where="share_difference")


def same_key(by: str) -> list[str]:
    """Key columns in which the two sides of a comparison agree."""
    if by not in ("entity", "group", "period"):
        raise ArgumentError("by={by!r} is not one of entity, group, period", by=by)
    return [name for name in ("entity", "group", "period", "measure", "source_id") if name != by]


def sides(rows: pd.DataFrame, *, left: str, right: str, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of either side, without the column that tells them apart."""
    same_key(by)
    return rows[rows[by] == left].drop(columns=by), rows[rows[by] == right].drop(columns=by)


def beside(shares: pd.DataFrame, *, left: str, right: str, by: str) -> pd.DataFrame:
    """Printed shares of both sides in one row, refused if they are no percentages or of different bases."""
    check_percent(shares)
    one, two = sides(shares, left=left, right=right, by=by)
    both = one.merge(two, on=same_key(by), validate="one_to_one", suffixes=("_left", "_right"))
    differ = both["base_left"] != both["base_right"]
    refuse(both, differ, "shares of different bases cannot be compared", key=same_key(by))
    return both
