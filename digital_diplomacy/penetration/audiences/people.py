"""Distinct people behind the audiences of several platforms, when all, some or none of the overlaps are known.

People on k platforms fall into 2 ** k groups, one for each set of platforms they use. Every printed figure is a sum of
such groups; linear programmes over them give the narrowest bounds that the figures leave open.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.penetration.audiences.platforms import MARKET, ends
from digital_diplomacy.penetration.rows import estimates, refuse

Range = tuple[float, float]

MOST_PLATFORMS: Final = 12  # 4,096 groups of people
_SEPARATOR: Final = "&"
# The tightest the solver takes; the figures are scaled to about 1 first.
_OPTIONS: Final = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_INFEASIBLE: Final = 2
_UNBOUNDED: Final = 3


def frechet_bounds(sizes: Sequence[float], population: float = np.inf) -> tuple[Range, Range]:
    """Fewest and most people in the union, and in the intersection, of sets of known sizes.

    Parameters
    ----------
    sizes : sequence of float
        Sizes (or shares, with ``population`` 1) of at least one set, 0 up to the population.
    population : float
        Everybody.

    Returns
    -------
    (low, high) of the union, (low, high) of the intersection

    Raises
    ------
    ValueError
        If there is no size, or one is negative or above the population.

    References
    ----------
    Fréchet 1935, Fundamenta Mathematicae 25, 379-387; Hailperin 1965, American Mathematical Monthly 72, 343-359.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.frechet_bounds([60, 50, 70], 100)
    ((70, 100), (0, 50))
    """
    if not sizes or not all(0 <= size <= population for size in sizes):
        raise ArgumentError(
            "sizes {sizes} must lie between 0 and the population {population}", sizes=list(sizes), population=population
        )
    spare = sum(sizes) - (len(sizes) - 1) * population if len(sizes) > 1 else sizes[0]
    return (max(sizes), min(population, sum(sizes))), (max(0, spare), min(sizes))


def audience_range(
    figures: Mapping[frozenset[str], Range],
    *,
    population: Range | None = None,
    nobody: Range | None = None,
    at_least: int = 1,
    among: Sequence[str] | None = None,
) -> Range | None:
    """Fewest and most people on at least some number of platforms, given sizes of audiences and of overlaps.

    Parameters
    ----------
    figures : mapping of sets of platforms to (low, high)
        A single platform: its audience; several: people on all of them (on others too or not). Platforms are those
        named in any of the sets. Equal ends are exact, an infinite high end is none.
    population : (low, high), optional
        Everybody; without it, as many people as it takes.
    nobody : (low, high), optional
        People on none of the platforms. If they are on none of others either, the others are to be among the platforms,
        as one set of unknown size ``(0, inf)``.
    at_least : int
        Number of platforms, 1 (the union) up to the number of ``among`` (the intersection).
    among : sequence of str, optional
        The platforms counted; by default all.

    Returns
    -------
    (low, high), or None
        None if no joint distribution has these figures. The high end is infinite if nothing limits it.

    Raises
    ------
    ValueError
        If there are no platforms or more than ``MOST_PLATFORMS``, a range is negative or not in order, or ``at_least``
        or ``among`` does not fit.

    References
    ----------
    Hailperin 1965, American Mathematical Monthly 72, 343-359; Boros & Prekopa 1989, Mathematics of Operations Research
    14, 317-342 (linear programmes); Dawson & Sankoff 1967, Proceedings of the American Mathematical Society 18, 504-507
    (closed form for known pairwise overlaps in total).

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> a, b, both = frozenset("a"), frozenset("b"), frozenset("ab")
    >>> penetration.audience_range({a: (60, 60), b: (50, 50), both: (20, 30)}, population=(100, 100))
    (80.0, 90.0)
    >>> penetration.audience_range({a: (60, 60), b: (50, 50), both: (5, 5)}, population=(100, 100)) is None
    True
    >>> penetration.audience_range({a: (30, 30), b: (20, 20)}, population=(100, 100), nobody=(55, 60))
    (40.0, 45.0)
    """
    names = sorted(frozenset().union(*figures))
    counted = list(names if among is None else among)
    if not 0 < len(names) <= MOST_PLATFORMS:
        raise ArgumentError(
            "{count} platforms; bounds need 1 to {most_platforms}", count=len(names), most_platforms=MOST_PLATFORMS
        )
    if not set(counted) <= set(names) or not 1 <= at_least <= len(counted):
        raise ArgumentError(
            "at_least={at_least} of {counted} does not fit the platforms {names}",
            at_least=at_least,
            counted=counted,
            names=", ".join(names),
        )
    every = [*figures.values(), *([population] if population else []), *([nobody] if nobody else [])]
    if not all(0 <= low <= high and np.isfinite(low) for low, high in every) or frozenset() in figures:
        raise ArgumentError("each range must be 0 or more and in order, and belong to at least one platform")
    groups = _groups(len(names))
    goal = groups[:, [names.index(name) for name in counted]].sum(axis=1) >= at_least
    solve = _programme(groups, names, figures, population, nobody)
    least, most = solve(goal.astype(float)), solve(-goal.astype(float))
    return None if least is None or most is None else (max(0.0, least), -most)


def _groups(platforms: int) -> NDArray[np.bool_]:
    """Shape (2 ** platforms, platforms): who is on which; the first group is on none."""
    return np.asarray((np.arange(2**platforms)[:, None] >> np.arange(platforms)) & 1 == 1)


def _programme(
    groups: NDArray[np.bool_],
    names: list[str],
    figures: Mapping[frozenset[str], Range],
    population: Range | None,
    nobody: Range | None,
) -> Callable[[NDArray[np.float64]], float | None]:
    """A function that minimises a sum of groups under the figures; None if they contradict each other."""
    members = [groups[:, [names.index(name) for name in sorted(key)]].all(axis=1) for key in figures]
    ranges = list(figures.values())
    if population is not None:
        members, ranges = [*members, np.ones(len(groups), dtype=bool)], [*ranges, population]
    if nobody is not None:
        members, ranges = [*members, ~groups.any(axis=1)], [*ranges, nobody]
    low, high = (np.array(side, dtype=float) for side in zip(*ranges, strict=True))
    # A power of two, so that scaling rounds nothing.
    largest = float(np.max(np.where(np.isfinite(high), high, low)))
    scale = float(2.0 ** np.ceil(np.log2(max(1e-300, largest))))
    matrix, exact, capped = np.array(members, dtype=float), low == high, np.isfinite(high)
    upper, lower = matrix[~exact & capped], -matrix[~exact]
    limits = np.concatenate([high[~exact & capped], -low[~exact]]) / scale

    def solve(goal: NDArray[np.float64]) -> float | None:
        found = linprog(
            goal,
            A_ub=csr_array(np.concatenate([upper, lower])) if len(limits) else None,
            b_ub=limits if len(limits) else None,
            A_eq=csr_array(matrix[exact]) if exact.any() else None,
            b_eq=low[exact] / scale if exact.any() else None,
            method="highs-ds",
            options=_OPTIONS,
        )
        if found.status == _INFEASIBLE:
            return None
        if found.status == _UNBOUNDED:
            return -np.inf
        if not found.success:
            raise ArgumentError(
                "the linear programme for {names} was not solved: {message}",
                names=", ".join(names),
                message=found.message,
            )
        return float(found.fun) * scale

    return solve


def distinct_people(
    figures: pd.DataFrame,
    *,
    overlaps: pd.DataFrame | None = None,
    population: pd.DataFrame | None = None,
    at_least: int = 1,
) -> pd.DataFrame:
    """Fewest and most distinct people behind the audiences of several platforms, with what overlaps are known.

    Parameters
    ----------
    figures : DataFrame
        Estimates, one row a platform: persons or accounts, or shares in percent of one base. A market is what has the
        same entity, period, measure, source, unit and base. The rounding intervals are used as they stand.
    overlaps : DataFrame, optional
        Estimates of people on several platforms at once; the group joins their codes by ``&`` (``facebook&tiktok``).
        They belong to the markets of the same entity, period, unit and base.
    population : DataFrame, optional
        Estimates of the population of the same entities, one row each; used with its interval. Shares are of 100.
    at_least : int
        Number of platforms, 1 or more: 1 counts people on any, 2 those on two or more.

    Returns
    -------
    DataFrame
        Estimates, measure ``distinct_people`` (``people_on_<number>`` for more than one), without a value, interval
        ``bound``, group the audiences' measure, n the number of platforms. Figures that contradict each other give a
        row without bounds, never a clipped one. An account is taken for one person.

    Raises
    ------
    TableError
        If an audience is missing or negative, a share passes 100 percent, an overlap belongs to no market or names a
        platform without a figure, or an entity has two populations, naming the row.
    ValueError
        If a market has more than ``MOST_PLATFORMS`` platforms, or fewer than ``at_least``.

    References
    ----------
    As for `audience_range`.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> two = figures[figures["group"].isin(["instagram", "facebook"])]
    >>> penetration.distinct_people(two)[["low", "high"]]  # Facebook within Instagram, or nobody on both
             low       high
    0  6750000.0  9300000.0
    >>> penetration.distinct_people(two, at_least=2)[["low", "high"]]
       low       high
    0  0.0  2450000.0
    """
    records: list[dict[str, object]] = []
    for named, known, everybody in _markets(figures, overlaps, population):
        found = audience_range(known, population=everybody, at_least=at_least)
        low, high = found or (np.nan, np.nan)
        limits = {"low": low, "high": high if np.isfinite(high) else np.nan, "n": len(frozenset().union(*known))}
        unit = "percent" if named["unit"] == "percent" else "persons"
        measure = "distinct_people" if at_least == 1 else f"people_on_{at_least}"
        records.append({**named, "group": named["measure"], "measure": measure, "unit": unit, **limits})
    return estimates(pd.DataFrame(records), interval="bound") if records else estimates(figures.head(0))


def _markets(
    figures: pd.DataFrame, overlaps: pd.DataFrame | None, population: pd.DataFrame | None
) -> list[tuple[dict[str, Any], dict[frozenset[str], Range], Range | None]]:
    """For each market its key, the ranges of its audiences and overlaps, and the population."""
    joint = figures.head(0) if overlaps is None else overlaps
    for frame, said in ((figures, "audience"), (joint, "overlap")):
        refuse(frame, ~(frame["value"] >= 0), f"missing or negative {said}")
        refuse(frame, (frame["unit"] == "percent") & (frame["value"] > 100), "share above 100 percent of its base")
    belong = ["entity", "period", "unit", "base"]
    places = set(figures[belong].itertuples(index=False, name=None))
    stray = [place not in places for place in joint[belong].itertuples(index=False, name=None)]
    refuse(joint, pd.Series(stray, index=joint.index, dtype=bool), "overlap of no market (entity, period, unit, base)")
    found = []
    for key, market in figures.groupby(MARKET, sort=False):
        named: dict[str, Any] = {str(name): cell for name, cell in zip(MARKET, key, strict=True)}
        known = _ranges(market)
        own = joint[(joint[belong] == pd.Series({name: named[name] for name in belong})).all(axis=1)]
        sets = [frozenset(code.split(_SEPARATOR)) for code in own["group"]]
        platforms = frozenset(market["group"])
        unknown = pd.Series([len(one) < 2 or not one <= platforms for one in sets], index=own.index, dtype=bool)
        refuse(own, unknown, f"overlap must join by {_SEPARATOR} platforms of {', '.join(market['group'])}")
        everybody = (100.0, 100.0) if named["unit"] == "percent" else _everybody(population, named["entity"])
        found.append((named, known | _ranges(own), everybody))
    return found


def _ranges(rows: pd.DataFrame) -> dict[frozenset[str], Range]:
    keys = [frozenset(code.split(_SEPARATOR)) for code in rows["group"]]
    twice = pd.Series([keys.count(key) > 1 for key in keys], index=rows.index, dtype=bool)
    refuse(rows, twice, "printed twice for one market")
    _, low, high = ends(rows)
    return dict(zip(keys, [(float(max(0.0, a)), float(b)) for a, b in zip(low, high, strict=True)], strict=True))


def _everybody(population: pd.DataFrame | None, entity: Hashable) -> Range | None:
    if population is None:
        return None
    rows = population[population["entity"] == entity]
    refuse(rows, pd.Series(len(rows) > 1, index=rows.index), "more than one population of one entity")
    if rows.empty:
        return None
    _, low, high = ends(rows)
    return float(low[0]), float(high[0])
