"""GRIM: whether a printed percentage or mean can come from whole numbers, and how often chance says so too."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, prod

import numpy as np

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed.model import Printed, UnreadableError
from digital_diplomacy.printed.reading import read


def grim(percent: Printed | str, n: int) -> bool:
    """Whether some number of answers out of ``n``, in percent, rounds to the printed digits.

    Presumes an unweighted share of one whole sample: weighted results, subsamples and shares with answers left out
    fail honestly. Passing is no proof: with ``n`` above the number of steps the digits can show, everything passes.

    Parameters
    ----------
    percent : Printed or str
        A percentage as printed, 0 to 100; rounding half up and half to even are both allowed for.
    n : int
        Size of the sample, at least 1.

    Returns
    -------
    bool

    Raises
    ------
    UnreadableError
        If the text is no figure that can be read without the document's marks.
    ValueError
        If ``n`` is below 1, or the figure is a range, a bound, an approximation, or no percentage from 0 to 100.

    References
    ----------
    Brown N. J. L., Heathers J. A. J. (2017). The GRIM test: a simple technique detects numerous anomalies in the
    reporting of results in psychology. Social Psychological and Personality Science 8(4), 363-369.

    Examples
    --------
    One answer of 2500 is 0.04 percent: 1632 of them are 65.28, but 413 are 16.52 and 414 are 16.56.

    >>> from digital_diplomacy import printed
    >>> printed.grim("65.28", 2500), printed.grim("16.54", 2500)
    (True, False)
    """
    if n < 1:
        raise ArgumentError("a sample has at least 1 answer, not {n}", n=n)
    return _passes(_percentage(percent), n)


def grim_sample_sizes(percents: Sequence[Printed | str], *, n_max: int) -> list[int]:
    """All sample sizes up to ``n_max`` that every printed percentage is compatible with (see ``grim``).

    The same presumptions hold: unweighted shares of one whole sample. A size in the list is possible, not proven.

    Parameters
    ----------
    percents : sequence of Printed or str
        At least one percentage.
    n_max : int
        Largest size tried, at least 1.

    Returns
    -------
    list of int
        In ascending order; empty if no size fits.

    Raises
    ------
    ValueError
        If there is no percentage, ``n_max`` is below 1, or a figure is none ``grim`` takes.

    References
    ----------
    Brown N. J. L., Heathers J. A. J. (2017). Social Psychological and Personality Science 8(4), 363-369.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.grim_sample_sizes(["33.3", "66.7"], n_max=10)
    [3, 6, 9]
    """
    if not percents or n_max < 1:
        raise ArgumentError(
            "needs at least one percentage and n_max of at least 1, not {count} and {n_max}",
            count=len(percents),
            n_max=n_max,
        )
    figures = [_percentage(percent) for percent in percents]
    return [n for n in range(1, n_max + 1) if all(_passes(figure, n) for figure in figures)]


def grim_pass_probability(percents: Sequence[Printed | str], n: int) -> float:
    """Probability that figures of the same form with random digits would all pass `grim` for ``n``.

    A pass says little where this is large; for one percentage of d decimals it is about n / 10 ** (d + 2), and 1 from
    that many answers on. It is 1 minus ``grim_probability`` of the R package scrutiny, save that halves count for both
    ways to round them.

    Parameters
    ----------
    percents : sequence of Printed or str
        At least one percentage; only the numbers of decimals matter. Random digits are all from 0 up to, but not, 100
        percent, each as likely as any other, and figures are independent.
    n : int
        Size of the sample, at least 1.

    Returns
    -------
    float
        Above 0, at most 1.

    Raises
    ------
    ValueError
        If there is no percentage, ``n`` is below 1, or a figure is none `grim` takes.

    References
    ----------
    Brown N. J. L., Heathers J. A. J. (2017). Social Psychological and Personality Science 8(4), 363-369; Jung L.,
    scrutiny: Error Detection in Science, R package version 0.5.0, functions ``grim_probability`` and ``grim_ratio``.

    Examples
    --------
    Of 10,000 percentages with two decimals 2,500 are whole numbers of 2,500 answers.

    >>> from digital_diplomacy import printed
    >>> printed.grim_pass_probability(["65.28"], 2500), printed.grim_pass_probability(["65.28", "12.52"], 2500)
    (0.25, 0.0625)
    """
    if not percents or n < 1:
        raise ArgumentError(
            "needs at least one percentage and n of at least 1, not {count} and {n}", count=len(percents), n=n
        )
    steps = [grim_steps(percent) for percent in percents]
    return prod(_passing(step, n) / step for step in steps)


def grim_steps(percent: Printed | str) -> int:
    """How many figures of the same number of decimals there are from 0 up to, but not, 100 percent.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.grim_steps("65.28"), printed.grim_steps("48.4"), printed.grim_steps("5")
    (10000, 1000, 100)
    """
    printed = read(percent) if isinstance(percent, str) else percent
    _percentage(printed)
    return int(100 / printed.last_digit)


@lru_cache(maxsize=2**14)
def _passing(steps: int, n: int) -> int:
    """Number of the figures below 100 percent that some share of ``n`` answers prints as, half up or half to even."""
    if n >= steps:  # every figure is within half a step of some share
        return steps
    # Shares lie more than a step apart, so each prints otherwise; a half adds the even figure below it.
    up, rest = np.divmod(2 * steps * np.arange(n) + n, 2 * n)
    return n - int((up == steps).sum()) + int(((rest == 0) & (up % 2 == 1)).sum())


def _percentage(percent: Printed | str) -> tuple[Fraction, Fraction, bool]:
    """Lowest and highest share that prints so, and whether the highest itself does."""
    printed = read(percent) if isinstance(percent, str) else percent
    if printed.bound != "exact" or printed.ends is not None or printed.unit not in ("", "percent"):
        raise ArgumentError(
            "{text!r} is no single exact percentage: {bound}, unit {unit!r}",
            text=printed.text,
            bound=printed.bound,
            unit=printed.unit,
        )
    if not 0 <= printed.value <= 100:
        raise ArgumentError("{text!r} is no percentage from 0 to 100", text=printed.text)
    if printed.low == printed.high:
        raise UnreadableError(printed.text, "it has no printed digits")
    # A half is rounded up into the digits; a half above them is only rounded down to them when their last one is even.
    is_even = printed.value / printed.last_digit % 2 == 0
    return Fraction(printed.low) / 100, Fraction(printed.high) / 100, is_even


def _passes(limits: tuple[Fraction, Fraction, bool], n: int) -> bool:
    low, high, is_closed = limits
    first, last = max(ceil(low * n), 0), min(floor(high * n), n)
    if not is_closed and high * n == last:
        last -= 1
    return first <= last


def grim_mean(mean: Printed | str, n: int, *, items: int = 1) -> bool:
    """Whether the mean of a scale of whole-numbered items, answered by ``n`` people, can print so.

    The answers of n people to L items sum to a whole number, so that the mean of each person's mean answer lies on
    multiples of 1 / (n L). Passing is no proof: once n L reaches the number of steps of one unit, everything passes.

    Parameters
    ----------
    mean : Printed or str
        As printed, in points of the scale, 0 or more; rounding half up and half to even are both allowed for.
    n : int
        People who answered all items, at least 1.
    items : int
        Items averaged, at least 1; items that are summed count as one.

    Returns
    -------
    bool

    Raises
    ------
    UnreadableError
        If the text is no figure that can be read without the document's marks, or has no printed digits.
    ValueError
        If ``n`` or ``items`` is below 1, or the figure is a range, a bound, an approximation, a percentage or negative.

    References
    ----------
    Brown N. J. L., Heathers J. A. J. (2017). Social Psychological and Personality Science 8(4), 363-369 (scales of
    several items: the sample size times the number of items).

    Examples
    --------
    Of 28 answers 145 is 5.18 and 146 is 5.21; to three items each 436 of 84 is 5.19.

    >>> from digital_diplomacy import printed
    >>> printed.grim_mean("5.19", 28), printed.grim_mean("5.19", 28, items=3)
    (False, True)
    """
    if n < 1 or items < 1:
        raise ArgumentError("a scale has at least 1 answer and 1 item, not {n} and {items}", n=n, items=items)
    printed = read(mean) if isinstance(mean, str) else mean
    if printed.bound != "exact" or printed.ends is not None or printed.unit != "" or printed.value < 0:
        raise ArgumentError(
            "{text!r} is no single exact mean of 0 or more: {bound}, unit {unit!r}",
            text=printed.text,
            bound=printed.bound,
            unit=printed.unit,
        )
    if printed.low == printed.high:
        raise UnreadableError(printed.text, "it has no printed digits")
    low, high, grains = Fraction(printed.low), Fraction(printed.high), n * items
    first, last = max(ceil(low * grains), 0), floor(high * grains)
    if printed.value / printed.last_digit % 2 != 0 and high * grains == last:  # a half above an odd digit is rounded up
        last -= 1
    return first <= last


def grim_mean_pass_probability(mean: Printed | str, n: int, *, items: int = 1) -> float:
    """Probability that a mean with random decimals would pass `grim_mean`; 1 where the digits cannot tell.

    Parameters
    ----------
    mean, n, items
        As in `grim_mean`; only the number of decimals matters.

    Returns
    -------
    float
        Above 0, at most 1.

    Raises
    ------
    UnreadableError, ValueError
        As in `grim_mean`.

    References
    ----------
    As in `grim_pass_probability`.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.grim_mean_pass_probability("5.19", 28), printed.grim_mean_pass_probability("5.19", 28, items=4)
    (0.28, 1.0)
    """
    grim_mean(mean, n, items=items)
    printed = read(mean) if isinstance(mean, str) else mean
    steps = max(int(1 / printed.last_digit), 1)
    return _passing(steps, n * items) / steps
