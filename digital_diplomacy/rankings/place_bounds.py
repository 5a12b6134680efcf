"""Places that are not printed: the best and the worst each unit of a ranking can hold, given all that is said."""

import heapq
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import TableError

Whole = npt.NDArray[np.int_]

ORDER: Final = ["ahead", "behind"]


def place_bounds(places: pd.DataFrame, order: pd.DataFrame, *, count: int) -> pd.DataFrame:
    """Best and worst place of each unit over all rankings that fit what is known: bounds, and who is ahead of whom.

    A ranking gives every unit a place of its own from 1 to ``count``; units that are not named fill the others. This
    is a schedule of jobs of unit length on one machine, with release times, deadlines and precedence: once both have
    been carried along the precedences, taking at each place, of the units that may stand there, the one whose worst
    place is nearest finds a ranking whenever there is one. Such a unit always stands behind those ahead of it, since
    their bounds come first at both ends. The best place of a unit is the smallest worst place with which a ranking is
    still found, and likewise the worst; both are attained.

    Parameters
    ----------
    places : DataFrame
        ``entity, low, high``: bounds as stated, one row per unit; a missing end is open.
    order : DataFrame
        ``ahead, behind``: pairs of entities of ``places``.
    count : int
        Units ranked, named or not.

    Returns
    -------
    DataFrame
        ``entity, low, high`` in the order of ``places``, whole numbers from 1 to ``count``.

    Raises
    ------
    TableError
        If an entity of ``order`` is not in ``places``, somebody is ahead of itself, or no ranking fits.

    References
    ----------
    J. R. Jackson, Scheduling a production line to minimize maximum tardiness, 1955, Research Report 43, UCLA.
    B. Simons, M. Sipser, On scheduling unit-length jobs with multiple release time/deadline intervals, 1984,
    Operations Research 32, pp. 80-88.

    Examples
    --------
    B is first or second and ahead of C, and A holds place 2, so B is first and C comes after A:

    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> places = pd.DataFrame({"entity": ["A", "B", "C"], "low": [2, 1, None], "high": [2, 2, None]})
    >>> order = pd.DataFrame({"ahead": ["B"], "behind": ["C"]})
    >>> rankings.place_bounds(places, order, count=5).to_numpy().tolist()
    [['A', 2, 2], ['B', 1, 1], ['C', 3, 5]]
    """
    names = places["entity"].astype(str).tolist()
    low: Whole = places["low"].astype(float).fillna(1).to_numpy().astype(np.int_)
    high: Whole = places["high"].astype(float).fillna(count).to_numpy().astype(np.int_)
    behind = _sequence(names, order)
    if not _fits(low, high, behind):
        raise TableError(
            "no ranking of {count} fits the bounds and the order: too many units are held to too few places",
            count=count,
        )
    best = [_edge(low, high, behind, unit, end="low") for unit in range(len(names))]
    worst = [_edge(low, high, behind, unit, end="high") for unit in range(len(names))]
    return pd.DataFrame({"entity": names, "low": best, "high": worst})


Steps = Sequence[tuple[int, tuple[int, ...]]]


def _sequence(names: Sequence[str], order: pd.DataFrame) -> Steps:
    """Units with those ahead of them, each after all of these."""
    place = {name: number for number, name in enumerate(names)}
    absent = sorted(set(order["ahead"]).union(order["behind"]) - set(names))
    if absent:
        raise TableError(
            "the order speaks of {absent}, without a row among the places; add one for each", absent=", ".join(absent)
        )
    ahead: dict[int, list[int]] = {number: [] for number in range(len(names))}
    for first, second in order[ORDER].itertuples(index=False, name=None):
        ahead[place[second]].append(place[first])
    try:
        return [(unit, tuple(ahead[unit])) for unit in TopologicalSorter(ahead).static_order()]
    except CycleError as error:
        round_trip = ", ".join(names[unit] for unit in error.args[1])
        raise TableError(
            "the order has somebody ahead of itself: {round_trip}; take one pair out", round_trip=round_trip
        ) from error


def _fits(low: Whole, high: Whole, behind: Steps) -> bool:
    """Whether a ranking exists: nearest worst place first, after carrying the bounds along the precedences."""
    first, last = low.copy(), high.copy()
    for unit, ahead in behind:
        for other in ahead:
            first[unit] = max(first[unit], first[other] + 1)
    for unit, ahead in reversed(behind):
        for other in ahead:
            last[other] = min(last[other], last[unit] - 1)
    waiting: list[int] = []
    place = 0
    for unit in np.argsort(first, kind="stable"):
        while waiting and place < first[unit]:
            if heapq.heappop(waiting) < place:
                return False
            place += 1
        place = max(place, int(first[unit]))
        heapq.heappush(waiting, int(last[unit]))
    return all(end >= place + number for number, end in enumerate(sorted(waiting)))


def _edge(low: Whole, high: Whole, behind: Steps, unit: int, *, end: str) -> int:
    """The unit's best (``low``) or worst place: where narrowing its other end just leaves a ranking."""
    good, bad = (int(high[unit]), int(low[unit]) - 1) if end == "low" else (int(low[unit]), int(high[unit]) + 1)
    while abs(good - bad) > 1:
        tried = (good + bad) // 2
        ends = [low.copy(), high.copy()]
        ends[1 if end == "low" else 0][unit] = tried
        good, bad = (tried, bad) if _fits(ends[0], ends[1], behind) else (good, tried)
    return good
