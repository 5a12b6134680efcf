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
from digital_diplomacy.penetration.rows import estimates, findings, refuse

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
        row without bounds, never a clipped one; `check_overlaps` says why. An account is taken for one person: see
        `persons_from_accounts`.

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


def check_overlaps(
    figures: pd.DataFrame, *, overlaps: pd.DataFrame, population: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Whether printed overlaps can be true beside the audiences they overlap.

    Parameters
    ----------
    figures, overlaps, population
        As in `distinct_people`.

    Returns
    -------
    DataFrame
        Findings. Kind ``overlap_possible``, one for each overlap: left as printed, right the range that the audiences
        and the population alone leave it (missing if they contradict each other). Kind ``overlaps_together``, one for
        each market: whether one joint distribution has all figures; if not, the reason lists figures that contradict
        each other, none of which can be left out.

    Raises
    ------
    TableError, ValueError
        As for `distinct_people`.

    References
    ----------
    As for `audience_range`; Chinneck & Dravnieks 1991, ORSA Journal on Computing 3, 157-168 (deletion filter for the
    contradicting figures).

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> two = figures[figures["group"].isin(["instagram", "facebook"])]
    >>> both = two.head(1).assign(group="facebook&instagram", value=3e6, low=3e6, high=3e6)
    >>> penetration.check_overlaps(two, overlaps=both)[["kind", "verdict"]]  # Facebook itself has 2.4 million
                    kind verdict
    0   overlap_possible   fails
    1  overlaps_together   fails
    """
    records: list[dict[str, object]] = []
    for named, known, everybody in _markets(figures, overlaps, population):
        alone = {key: limits for key, limits in known.items() if len(key) == 1}
        for key in [key for key in known if len(key) > 1]:
            possible = audience_range(alone, population=everybody, at_least=len(key), among=sorted(key))
            records.append(_overlap(named, key, known[key], possible))
        records.append(_together(named, known, everybody))
    return findings(records)


def _overlap(named: dict[str, Any], key: frozenset[str], printed: Range, possible: Range | None) -> dict[str, object]:
    low, high = possible or (np.nan, np.nan)
    slack = 1e-9 * max(printed)  # the solver's tolerance
    meets = printed[0] <= high + slack and low <= printed[1] + slack
    said = f"{_said(key, printed)}; {low:g}..{high:g}" if possible else f"{_said(key, printed)}; none"
    return _finding(named, "overlap_possible", _SEPARATOR.join(sorted(key)), printed, possible, meets, said)


def _together(named: dict[str, Any], known: dict[frozenset[str], Range], everybody: Range | None) -> dict[str, object]:
    union = audience_range(known, population=everybody)
    said = f"{union[0]:g}..{union[1]:g}" if union else "; ".join(_contradiction(known, everybody))
    return _finding(named, "overlaps_together", str(named["measure"]), None, union, union is not None, said)


def _finding(
    named: dict[str, Any], kind: str, left: str, one: Range | None, two: Range | None, meets: bool, said: str
) -> dict[str, object]:
    name = ":".join(str(named[part]) for part in ("source_id", "entity", "period", "measure", "unit", "base"))
    sides = [(np.nan, np.nan) if side is None else side for side in (one, two)]
    finite = [[end if np.isfinite(end) else np.nan for end in side] for side in sides]
    return {
        "relation_id": f"{kind}:{name}:{left}",
        "kind": kind,
        "documents": "",
        "left": left,
        "left_low": finite[0][0],
        "left_high": finite[0][1],
        "right": "distinct_people" if kind == "overlaps_together" else str(named["measure"]),
        "right_low": finite[1][0],
        "right_high": finite[1][1],
        "unit": "percent" if named["unit"] == "percent" else "persons",
        "verdict": "holds" if meets else "fails",
        "reason": said,
        "claims": "",
    }


def _said(key: frozenset[str], limits: Range) -> str:
    low, high = limits
    return f"{_SEPARATOR.join(sorted(key))} = {low:g}" + ("" if low == high else f"..{high:g}")


def _contradiction(known: dict[frozenset[str], Range], everybody: Range | None) -> list[str]:
    """Figures that cannot stand together while any of them may be left out; each is tried in turn."""
    kept: dict[frozenset[str] | None, Range] = dict(known.items())
    if everybody:
        kept[None] = everybody
    for key in list(kept):
        rest = {other: limits for other, limits in kept.items() if other != key}
        sets = {other: limits for other, limits in rest.items() if other is not None}
        if sets and audience_range(sets, population=rest.get(None)) is None:
            kept = rest
    said = [_said(key, limits) for key, limits in kept.items() if key is not None]
    return said + ([_said(frozenset(["population"]), kept[None])] if None in kept else [])


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


def correction_factors(accounts: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """Persons for each account, by figures that count both.

    Parameters
    ----------
    accounts : DataFrame
        Estimates, unit ``accounts``, with rounding intervals or bounds; the group is the platform.
    persons : DataFrame
        Estimates of the persons on the same platforms (from a survey or census), same entity, group and period, unit
        ``persons``.

    Returns
    -------
    DataFrame
        Estimates, measure ``persons_per_account``, with the range that both intervals leave; an end is missing where
        either figure has none. Source and base are those of the persons.

    Raises
    ------
    TableError
        If units are others, or numbers of accounts not above 0, naming the row.

    References
    ----------
    Zagheni, Weber & Gummadi 2017, Population and Development Review 43, 721-734; Ribeiro, Benevenuto & Zagheni 2020,
    arXiv:2005.08065; Moore 1966, Interval Analysis.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> accounts = figures[figures["group"] == "instagram"]
    >>> persons = accounts.assign(value=3.4e6, low=3.3e6, high=3.5e6, unit="persons", source_id="survey")
    >>> penetration.correction_factors(accounts, persons)[["value", "low", "high"]].round(3)  # 3.3 / 6.85, 3.5 / 6.75
       value    low   high
    0    0.5  0.482  0.519
    """
    refuse(accounts, accounts["unit"] != "accounts", "not a number of accounts")
    refuse(persons, persons["unit"] != "persons", "not a number of persons")
    refuse(accounts, ~(accounts["value"] > 0) | (accounts["low"] <= 0), "number of accounts must be above 0")
    key = ["entity", "group", "period"]
    both = persons.merge(accounts[[*key, "value", "low", "high"]], on=key, validate="one_to_one", suffixes=("", "_acc"))
    found = {
        "value": both["value"] / both["value_acc"],
        "low": both["low"] / both["high_acc"],
        "high": both["high"] / both["low_acc"],
    }
    return estimates(
        both.assign(**found), measure="persons_per_account", unit="persons_per_account", interval="bound", level=np.nan
    )


def persons_from_accounts(figures: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Persons behind accounts: accounts times persons for each account, as intervals.

    Parameters
    ----------
    figures : DataFrame
        Estimates, unit ``accounts``, with rounding intervals or bounds; the group is the platform.
    factors : DataFrame
        Estimates, measure ``persons_per_account``, of the same entities, one row each: for a platform, or with the
        group empty for every platform without its own. Below 1 where persons have several accounts or some accounts
        are no persons; above 1 where persons of the platform are out of reach of the count.

    Returns
    -------
    DataFrame
        Estimates, measure ``persons_behind_accounts``, interval ``bound``. Without a factor there is no row; without an
        end of it no end. Nothing is cut off at a population: that more persons follow than there are is a result.

    Raises
    ------
    TableError
        If units are others, a number is negative, or a factor is not above 0, naming the row.

    References
    ----------
    As for `correction_factors`.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> figures = penetration.printed_figures(sources.load("theopenasia_2020"), source_id="theopenasia_2020")
    >>> accounts = figures[figures["group"] == "instagram"]
    >>> name = "persons_per_account"
    >>> factor = accounts.assign(value=0.5, low=0.4, high=0.6, unit=name, measure=name)
    >>> penetration.persons_from_accounts(accounts, factor)[["value", "low", "high"]]
           value        low       high
    0  3400000.0  2700000.0  4110000.0
    """
    refuse(figures, figures["unit"] != "accounts", "not a number of accounts")
    refuse(figures, ~(figures["value"] >= 0), "missing or negative number of accounts")
    refuse(factors, factors["unit"] != "persons_per_account", "not a factor in persons for each account")
    refuse(factors, (factors[["value", "low", "high"]] <= 0).any(axis=1), "factor must be above 0")
    columns = ["entity", "group", "value", "low", "high"]
    own = figures.merge(
        factors[columns], on=["entity", "group"], how="left", validate="many_to_one", suffixes=("", "_factor")
    )
    general = factors.loc[factors["group"] == "", columns].drop(columns="group")
    other = figures.merge(general, on="entity", how="left", validate="many_to_one", suffixes=("", "_factor"))
    has_own = own[["value_factor", "low_factor", "high_factor"]].notna().any(axis=1)
    both = own.where(has_own, other)
    both = both[both[["value_factor", "low_factor", "high_factor"]].notna().any(axis=1)].reset_index(drop=True)
    _, low, high = ends(both)
    found = {
        "value": both["value"] * both["value_factor"],
        "low": low * both["low_factor"],
        "high": np.where(np.isfinite(high), high * both["high_factor"], np.nan),
    }
    return estimates(both.assign(**found), measure="persons_behind_accounts", unit="persons", interval="bound")
