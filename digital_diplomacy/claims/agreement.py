"""How far two readers agree who decide, unit by unit, whether it holds a figure."""

from digital_diplomacy.errors import ArgumentError


def kappa(*, both: int, only_first: int, only_second: int, neither: int) -> float:
    """Cohen's kappa of two readers who decide, unit by unit, whether it holds a claim.

    Parameters
    ----------
    both, only_first, only_second, neither : int
        Units in which both, one, or none of the readers saw a claim.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; at least -1.

    Raises
    ------
    ValueError
        If a count is negative, or kappa is undefined because both readers decided the same in every unit of one kind.

    References
    ----------
    Cohen J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1),
    37-46.

    Examples
    --------
    >>> from digital_diplomacy import claims
    >>> claims.kappa(both=20, only_first=5, only_second=10, neither=15)
    0.4
    """
    units = _units(both, only_first, only_second, neither)
    by_chance = (both + only_first) * (both + only_second) + (neither + only_first) * (neither + only_second)
    if by_chance == units**2:
        raise ArgumentError("kappa is undefined where both readers decided alike in every unit and never otherwise")
    return (units * (both + neither) - by_chance) / (units**2 - by_chance)


def prevalence(*, both: int, only_first: int, only_second: int, neither: int) -> float:
    """Share of "yes" among all decisions of both readers.

    The further it is from a half, the more of two readers' agreement is agreement on the common case.

    Parameters
    ----------
    both, only_first, only_second, neither : int
        Pairs of readings in which both, one alone or neither reader says yes.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If a count is negative, or all are 0.

    Examples
    --------
    >>> from digital_diplomacy import claims
    >>> claims.prevalence(both=20, only_first=5, only_second=10, neither=15)
    0.55
    """
    units = _units(both, only_first, only_second, neither)
    return (2 * both + only_first + only_second) / (2 * units)


def adjusted_kappa(*, both: int, only_first: int, only_second: int, neither: int) -> float:
    """Kappa as it would be if "yes" and "no" were equally common and both readers gave them equally often.

    Twice the observed agreement less one.

    Parameters
    ----------
    both, only_first, only_second, neither : int
        Pairs of readings in which both, one alone or neither reader says yes.

    Returns
    -------
    float
        1 for full agreement, 0 for agreement in half of the units, at least -1.

    Raises
    ------
    ValueError
        If a count is negative, or all are 0.

    References
    ----------
    Byrt T., Bishop J., Carlin J. B. (1993). Bias, prevalence and kappa. Journal of Clinical Epidemiology 46(5),
    423-429.

    Examples
    --------
    >>> from digital_diplomacy import claims
    >>> round(claims.adjusted_kappa(both=20, only_first=5, only_second=10, neither=15), 3)
    0.4
    """
    units = _units(both, only_first, only_second, neither)
    return 2 * (both + neither) / units - 1


def _units(*cells: int) -> int:
    if min(cells) < 0 or sum(cells) == 0:
        raise ArgumentError("counts of units are at least 0 and not all 0, not {cells}", cells=cells)
    return sum(cells)
