"""Sample sizes: which ones printed percentages allow, how often chance allows as many, and how many would be needed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.rows import estimates, side_by_side
from digital_diplomacy.penetration.surveys.comparisons import largest_paired_p, mcnemar_p
from digital_diplomacy.penetration.surveys.shares import EXACT_BELOW, beside
from digital_diplomacy.printed import Printed, grim, grim_pass_probability, grim_sample_sizes, grim_steps, read
from digital_diplomacy.tables import PAIRS, validate

_Array = NDArray[np.float64]

LARGEST_SAMPLE: Final = 4000
"""National surveys of the kind are smaller; shares of two decimals fit every size only from about 10,000."""

ROUND_SIZES: Final = tuple(range(100, LARGEST_SAMPLE + 1, 100))
"""Sizes national surveys are planned for."""


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
        size fits), ``compatible_samples`` (how many sizes up to ``largest`` fit), ``compatible_samples_by_chance`` (how
        many would on average if the digits were random) and ``compatible_samples_p`` (the probability that random
        digits leave as many or more, sizes taken as independent). ``n`` counts the percentages. Only where chance
        seldom leaves as many do the digits tell anything of the sample. Weighted shares need not be whole numbers of
        answers: a size that does not fit is evidence, not proof.

    References
    ----------
    Brown N.J.L. and Heathers J.A.J. (2017). The GRIM test. Social Psychological and Personality Science 8(4), 363-369;
    chance as in `grim_pass_probability`; Wang Y.H. (1993). On the number of successes in independent trials. Statistica
    Sinica 3, 295-312 (the number of sizes that fit).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> table = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": ["33.33", "66.67"]})
    >>> table = table.assign(unit="percent", bound="exact")
    >>> found = penetration.compatible_samples(table, source_id="made", largest=50)
    >>> found[["measure", "value"]].round(3).head(1)  # one of three, and two of three
                          measure  value
    0  smallest_compatible_sample    3.0
    """
    records: list[dict[str, object]] = []
    for same, figures in _sets(table, by):
        sizes = grim_sample_sizes(figures, n_max=largest)
        chances = np.array([grim_pass_probability(figures, n) for n in range(1, largest + 1)])
        found: tuple[tuple[str, float | None, str], ...] = (
            ("smallest_compatible_sample", min(sizes, default=None), "respondents"),
            ("compatible_samples", len(sizes), "sample_sizes"),
            ("compatible_samples_by_chance", float(chances.sum()), "sample_sizes"),
            ("compatible_samples_p", at_least(chances, len(sizes)), "probability"),
        )
        records += [same | {"measure": name, "value": value, "unit": unit} for name, value, unit in found]
    return _rows(records, source_id)


def likely_sample(
    table: pd.DataFrame, *, source_id: str, by: str | None = None, sizes: Sequence[int] = ROUND_SIZES
) -> pd.DataFrame:
    """The sample size whose grid holds more of the printed percentages than chance explains best, and how sure that is.

    Unlike `compatible_samples` it lets some figures fail, as those of part of the sample, weighted or misprinted do.

    Parameters
    ----------
    table, source_id, by
        As in `compatible_samples`. Figures with so few decimals that they fit every size are left out.
    sizes : sequence of int
        Sizes tried, chosen before looking at the figures; each one more asks for stronger evidence.

    Returns
    -------
    DataFrame
        Estimates for each entity, period and set with a figure that can fail, ``n`` the number of such figures:
        ``likely_sample`` (respondents), ``figures_that_fit`` and ``figures_that_fit_by_chance`` (of that size),
        ``likely_sample_p`` (probability that random digits fit that size as often) and ``likely_sample_p_any``
        (an upper bound of the probability that they fit any of the sizes tried with as small a probability).

    Raises
    ------
    ValueError
        If no size is given or one is below 1.

    References
    ----------
    As for `compatible_samples`; Dunn O.J. (1961). Multiple comparisons among means. Journal of the American Statistical
    Association 56, 52-64 (the bound for all sizes tried).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> table = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": ["33.33", "66.67"]})
    >>> table = table.assign(unit="percent", bound="exact")
    >>> found = penetration.likely_sample(table, source_id="made", sizes=[2, 3, 4])
    >>> found[["measure", "value"]].round(3).head(2)
                measure  value
    0     likely_sample    3.0
    1  figures_that_fit    2.0
    """
    if not sizes or min(sizes) < 1:
        raise ArgumentError("needs sizes of at least 1, not {sizes}", sizes=list(sizes)[:5])
    records: list[dict[str, object]] = []
    for same, every in _sets(table, by):
        figures = [figure for figure in every if grim_steps(figure) > max(sizes)]
        if not figures:
            continue
        p, size, fitting, by_chance = min(_fit(figures, n) for n in sizes)
        found = (
            ("likely_sample", size, "respondents"),
            ("figures_that_fit", fitting, "count"),
            ("figures_that_fit_by_chance", by_chance, "count"),
            ("likely_sample_p", p, "probability"),
            ("likely_sample_p_any", min(1.0, p * len(set(sizes))), "probability"),
        )
        same = same | {"n": len(figures)}
        records += [same | {"measure": name, "value": value, "unit": unit} for name, value, unit in found]
    return _rows(records, source_id)


def read_chance(rows: pd.DataFrame, *, p: str, level: float = 0.95) -> pd.DataFrame:
    """Results of `compatible_samples` or `likely_sample`, a row each, with what chance leaves of them.

    Parameters
    ----------
    rows : DataFrame
        Estimates.
    p : str
        The measure that holds the probability of as good a fit by chance.
    level : float
        1 minus the probability below which chance is no explanation.

    Returns
    -------
    DataFrame
        As `side_by_side`, with ``reading``: ``chance`` or ``beyond_chance``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> table = pd.DataFrame({"entity": "KAZ", "period": "2018", "as_printed": ["33.33", "66.67"]})
    >>> table = table.assign(unit="percent", bound="exact")
    >>> found = penetration.likely_sample(table, source_id="made", sizes=[2, 3, 4])
    >>> penetration.read_chance(found, p="likely_sample_p_any")[["likely_sample", "reading"]]
       likely_sample        reading
    0            3.0  beyond_chance
    """
    found = side_by_side(rows)
    reading = ["beyond_chance" if chance <= 1 - level else "chance" for chance in found.get(p, [])]
    return found.assign(reading=pd.Series(reading, dtype=object))


def _sets(table: pd.DataFrame, by: str | None) -> Iterator[tuple[dict[str, object], list[Printed]]]:
    """Each set of exact percentages with the columns its rows share."""
    exact = table[(table["unit"] == "percent") & (table["bound"] == "exact")]
    exact = exact.assign(group=exact[by] if by else "")
    for (entity, period, group), rows in exact.groupby(["entity", "period", "group"], sort=True):
        figures = [read(text) for text in rows["as_printed"]]
        yield {"entity": entity, "period": period, "group": group, "n": len(rows)}, figures


def _fit(figures: Sequence[Printed], n: int) -> tuple[float, int, int, float]:
    """Probability that random digits fit ``n`` as often, the size, how many figures fit, how many would by chance."""
    fitting = sum(grim(figure, n) for figure in figures)
    chances = np.array([grim_pass_probability([figure], n) for figure in figures])
    return at_least(chances, fitting), n, fitting, float(chances.sum())


def at_least(chances: NDArray[np.float64], successes: int) -> float:
    """Probability of so many or more successes in independent trials, each with its own chance.

    References
    ----------
    Wang Y.H. (1993). Statistica Sinica 3, 295-312 (Poisson's binomial distribution); summed up trial by trial.

    Examples
    --------
    >>> at_least(np.array([0.5, 0.5]), 1)
    0.75
    """
    fewer = np.zeros(successes + 1)  # probabilities of 0, 1, ... successes so far; the last cell takes all above
    fewer[0] = 1.0
    for chance in chances:
        moved = fewer * chance
        fewer -= moved
        fewer[1:] += moved[:-1]
        fewer[-1] += moved[-1]
    return float(min(1.0, fewer[-1]))


def _rows(records: list[dict[str, object]], source_id: str) -> pd.DataFrame:
    columns = ["entity", "period", "group", "n", "measure", "value", "unit", "low", "high"]
    return estimates(pd.DataFrame(records, columns=columns), source_id=source_id)


def smallest_sample(
    shares: pd.DataFrame,
    *,
    left: str,
    right: str,
    by: str = "group",
    paired: bool = False,
    deff: float = 1.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Smallest sample size from which two printed shares differ significantly.

    The exact test moves in whole answers: one respondent more can undo what was significant (Chernick & Liu 2002). A
    size is given only if all larger ones are significant, too.

    Parameters
    ----------
    shares : DataFrame
        Estimates in percent, as printed; rounding is not counted in.
    left, right, by, deff
        As in :func:`share_tests`, whose tests are made.
    paired : bool
        As there; the value is the size of each of two equal samples, or of the one sample: below low no joint table
        makes the difference significant, from high on every one does.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        Pairs with unit ``respondents``; missing where the two shares are equal.

    Raises
    ------
    TableError
        If a share is not in percent or outside 0 to 100, or the two sides have different bases, naming the row.
    ValueError
        If ``deff`` is not above 0.

    References
    ----------
    Pearson 1900, Philosophical Magazine 50, 157-175 (as `two_proportion_p`); McNemar 1947, Psychometrika 12, 153-157
    (as `mcnemar_p`, exact where fewer than ``EXACT_BELOW`` answers differ); Fréchet 1935, Fundamenta Mathematicae 25,
    379-387; Chernick & Liu 2002, American Statistician 56, 149-155 (sizes of exact tests).

    See Also
    --------
    share_tests, check_differences : p-values and verdicts at given sizes, with the rounding of the shares.
    compatible_samples : Sizes that the printed digits allow, whatever differs.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> rows = survey[survey["measure"] == "trust_full"]
    >>> found = penetration.smallest_sample(rows, left="social_networks", right="mobile_messengers")
    >>> found[["left", "right", "value"]]  # 16.54 against 12.52 percent
                  left              right  value
    0  social_networks  mobile_messengers  591.0
    """
    both = beside(shares, left=left, right=right, by=by)
    if not deff > 0:
        raise ArgumentError("deff {deff} must be above 0", deff=deff)
    size = _paired_size if paired else _independent_size
    sizes = [size(p / 100, q / 100, level, deff) for p, q in both[["value_left", "value_right"]].to_numpy()]
    found = pd.DataFrame(sizes, columns=["value", "low", "high"], dtype=float).assign(
        left=left, right=right, measure=both["measure"], unit="respondents", level=np.nan, n=np.nan,
        interval="bound" if paired else "none", source_id=both["source_id"],
    )  # fmt: skip
    found["interval"] = found["interval"].mask(found["low"].isna(), "none")
    return validate(found, PAIRS, where="smallest_sample")


def _paired_size(p: float, q: float, level: float, deff: float) -> tuple[float, float, float]:
    """McNemar over joint shares: independent answers, the largest that p and q allow, and every one of them."""
    if p == q:
        return np.nan, np.nan, np.nan
    apart, alone, least = abs(p - q), p * q, max(0.0, p + q - 1)
    low = _stays(lambda n: mcnemar_p(p, q, min(p, q), n), apart, apart, level, deff)
    value = _stays(lambda n: mcnemar_p(p, q, alone, n), apart, p + q - 2 * alone, level, deff)
    # Some joint table is tested exactly until enough answers differ even in the one of most overlap.
    high = _stays(lambda n: largest_paired_p(p, q, n), apart, p + q - 2 * least, level, deff, exact_by=apart)
    return value, low, high


def _stays(
    p_value: Callable[[_Array], _Array],
    apart: float,
    discordant: float,
    level: float,
    deff: float,
    *,
    exact_by: float | None = None,
) -> float:
    """First n from which on McNemar's test rejects: (b - c)^2 / (b + c) > z^2, exactly where answers are few.

    ``discordant`` is the share of answers that differ, ``exact_by`` that of the joint table tested exactly longest.
    """
    z_squared = norm.isf((1 - level) / 2) ** 2
    asymptotic = np.floor(z_squared * discordant / apart**2 * deff) + 1
    enough = np.ceil(EXACT_BELOW / (discordant if exact_by is None else exact_by) * deff)
    if asymptotic >= enough:
        return float(asymptotic)
    sizes = np.arange(1.0, enough + 1)
    undecided = sizes[p_value(sizes / deff) >= 1 - level]
    return float(undecided[-1] + 1) if len(undecided) else 1.0


def _independent_size(p: float, q: float, level: float, deff: float) -> tuple[float, float, float]:
    """First n at which the pooled two-proportion test rejects: n (p - q)^2 / (2 m (1 - m)) > z^2, m the mean share."""
    if p == q:
        return np.nan, np.nan, np.nan
    pooled = (p + q) / 2
    z_squared = norm.isf((1 - level) / 2) ** 2
    return float(np.floor(z_squared * 2 * pooled * (1 - pooled) / (p - q) ** 2 * deff) + 1), np.nan, np.nan
