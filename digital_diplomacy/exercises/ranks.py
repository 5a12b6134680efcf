"""Exercises on ranks: reading one, the ranks that rounding leaves, and places gained."""

import math
from typing import Final

import pandas as pd

from digital_diplomacy.exercises.rows import misfit, number, row

_PAIR: Final = 2


def check_rank(answer: object, ranks: pd.DataFrame, *, country: str, edition: int) -> pd.DataFrame:
    """Exercise 1: the rank of the country in the edition.

    Parameters
    ----------
    answer : object
        What the student wrote; a whole number from 1 if right, None if nothing yet.
    ranks : DataFrame
        Estimates of unit ``rank``, all countries and editions, as `rankings.index_ranks` returns them.
    country : str
        ISO 3166 alpha-3.
    edition : int

    Returns
    -------
    DataFrame
        ``exercise, state, advice``.

    Examples
    --------
    >>> ranks = pd.DataFrame({"entity": ["KAZ", "UZB"], "period": "2024", "value": [24.0, 63.0], "n": 193.0})
    >>> list(check_rank(0.9, ranks, country="KAZ", edition=2024)["advice"])
    ['rank_index']
    """
    own = _known(ranks, country)
    there = own[own["period"] == str(edition)]
    if there.empty:
        return row(1, "rank_none")
    unfit = misfit(answer)
    return row(1, unfit or f"rank_{_rank_case(number(answer), own, there.iloc[0])}")


def _rank_case(said: float, own: pd.DataFrame, there: pd.Series) -> str:
    rank, of = float(there["value"]), float(there["n"])
    if said == rank:
        return "done"
    if not said.is_integer():
        return "index" if 0 < said < 1 else "percent" if abs(said - 100 * rank / of) <= 1 else "whole"
    if said in set(own["value"]):
        return "edition"
    return "end" if said == of + 1 - rank else "wrong"


def check_range(answer: object, ranks: pd.DataFrame, *, country: str, edition: int) -> pd.DataFrame:
    """Exercise 2: the best and the worst rank that rounding leaves the country in the edition, as a pair.

    Parameters and result are those of `check_rank`; the answer is a tuple or list of two whole numbers.

    Examples
    --------
    >>> ranks = pd.DataFrame({"entity": ["UZB"], "period": "2024", "value": 63.0, "low": 62.0, "high": 63.0})
    >>> list(check_range((63, 62), ranks, country="UZB", edition=2024)["advice"])
    ['range_turned']
    """
    there = _known(ranks, country)
    there = there[there["period"] == str(edition)].dropna(subset=["low", "high"])
    if there.empty:
        return row(2, "rank_none")
    if answer is None:
        return row(2, "open")
    if not isinstance(answer, tuple | list) or len(answer) != _PAIR:
        return row(2, "column" if misfit(answer) == "column" else "pair")
    if answer[0] is None and answer[1] is None:
        return row(2, "open")
    unfit = next((found for found in map(misfit, answer) if found), "")
    unfit = "pair" if unfit == "open" else unfit
    return row(2, unfit or f"range_{_range_case(number(answer[0]), number(answer[1]), there.iloc[0])}")


def _range_case(best: float, worst: float, there: pd.Series) -> str:
    low, high, value = float(there["low"]), float(there["high"]), float(there["value"])
    if (best, worst) == (low, high):
        return "done"
    if (worst, best) == (low, high):
        return "turned"
    if 0 < best < 1 and 0 < worst < 1:
        return "index"
    return "published" if best == worst == value else "wrong"


def check_places(answer: object, ranks: pd.DataFrame, *, country: str) -> pd.DataFrame:
    """Exercise 3: places gained from the first edition that ranks the country to the last; lost ones are negative.

    Parameters and result are those of `check_rank`.

    Examples
    --------
    >>> ranks = pd.DataFrame({"entity": "KAZ", "period": ["2003", "2024"], "value": [83.0, 24.0]})
    >>> [list(check_places(said, ranks, country="KAZ")["advice"]) for said in (59, -59)]
    [['places_done'], ['places_sign']]
    """
    places = _known(ranks, country).sort_values("period")["value"].tolist()
    if len(places) < _PAIR:
        return row(3, "places_none")
    unfit = misfit(answer)
    return row(3, unfit or f"places_{_places_case(number(answer), places)}")


def _places_case(said: float, places: list[float]) -> str:
    first, before, last = places[0], places[-2], places[-1]
    gained = first - last
    if said == gained:
        return "done"
    if said == -gained:
        return "sign"
    if not said.is_integer():
        close = math.isclose(abs(said), abs(100 * gained / first), abs_tol=0.5)
        return "index" if abs(said) < 1 and abs(gained) >= 1 else "percent" if close else "whole"
    return "last" if said == before - last else "rank" if said in (first, last) else "wrong"


def _known(ranks: pd.DataFrame, country: str) -> pd.DataFrame:
    return ranks[ranks["entity"] == country].dropna(subset=["value"])
