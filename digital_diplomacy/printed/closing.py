"""Stored figures whose closing zeros may be no digits."""

from typing import Final

_ROUNDED_FROM: Final = 1000  # smaller whole numbers are counted out


def filled(low: float, high: float) -> tuple[float, float]:
    """Ends of a figure, or of a range, stored as known to the unit, if closing zeros only fill up its places.

    The same ends as ``low_filled`` and ``high_filled`` of what ``read`` returns, for figures that are no longer read:
    half a unit of the last digit before the zeros on either side. Whoever does not know a document's habit takes these,
    which hold in both readings.

    Parameters
    ----------
    low, high : float
        As stored. An end that is not half a unit from a whole number of a thousand or more, or missing, is returned as
        it is: the figure was told in thousands or millions, with decimals, as a bound, or is exact.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> printed.filled(740_999.5, 741_000.5), printed.filled(2_699.5, 2_800.5)  # 741,000; 2,700 to 2,800
    ((740500.0, 741500.0), (2650.0, 2850.0))
    >>> printed.filled(741_002.5, 741_003.5), printed.filled(119.5, 120.5)  # nothing to fill up
    ((741002.5, 741003.5), (119.5, 120.5))
    """
    return low + 0.5 - _half(low + 0.5), high - 0.5 + _half(high - 0.5)


def _half(end: float) -> float:
    """Half a unit of the last digit before the zeros that close a printed end."""
    if not end >= _ROUNDED_FROM or end % 1:
        return 0.5
    digits = str(int(end))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) / 2
