"""The smallest sets that meet every conflict: all of them."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from digital_diplomacy.errors import TableError


def smallest_repairs(
    names: Sequence[str],
    is_repaired: Callable[[frozenset[str]], bool],
    conflict: Callable[[frozenset[str]], frozenset[str]] | None = None,
) -> list[frozenset[str]]:
    """All smallest sets of names whose release repairs a system.

    Conflicts are found as they are needed: a smallest set that meets all conflicts known is tried; if it does not
    repair the system, what is left contains a further conflict, which is shrunk and added.  The integer program has
    coefficients 0 and 1 only; whether a set repairs is decided outside it.

    Parameters
    ----------
    names : sequence of str
        What can be released.
    is_repaired : callable
        Whether releasing a set repairs the system; releasing more never breaks it again.
    conflict : callable, optional
        A set of names that another, which repairs nothing, must be joined by one of: the smaller the better. By default
        ``shrunk`` from all names.

    Returns
    -------
    list of frozenset of str
        In the order of their sorted names; the empty set alone if nothing needs repair, no set if nothing repairs.

    References
    ----------
    Fellegi I. P., Holt D. (1976). A systematic approach to automatic edit and imputation. Journal of the American
    Statistical Association 71(353), 17-35 (the smallest set of fields to change).
    Reiter R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32(1), 57-95 (repairs are
    sets that hit every conflict).

    Examples
    --------
    >>> found = smallest_repairs("abcd", lambda freed: bool(freed & {"a", "b"}) and bool(freed & {"b", "c"}))
    >>> [sorted(one) for one in found]
    [['b']]
    """
    if not is_repaired(frozenset(names)):
        return []
    conflicts: list[frozenset[str]] = []
    found: list[frozenset[str]] = []
    while True:
        chosen = _hitting_set(names, conflicts, found)
        if chosen is None or (found and len(chosen) > len(found[0])):
            return sorted(found, key=sorted)
        if is_repaired(chosen):
            found.append(chosen)
            if not chosen:
                return found
        else:
            conflicts.append(conflict(chosen) if conflict else shrunk(names, chosen, is_repaired))


def shrunk(
    names: Sequence[str], chosen: frozenset[str], is_repaired: Callable[[frozenset[str]], bool]
) -> frozenset[str]:
    """A smallest-by-inclusion set of names of which one must be released."""
    kept = [name for name in names if name not in chosen]
    size = len(kept)
    while size:  # first halves are left out, then quarters, in the end single names
        size = size // 2
        for start in range(0, len(kept), max(size, 1)):
            left_out = frozenset(kept[start : start + max(size, 1)])
            if left_out - {""} and not is_repaired(frozenset(names) - (frozenset(kept) - left_out)):
                kept = [name if name not in left_out else "" for name in kept]
        kept = [name for name in kept if name]
    return frozenset(kept)


def _hitting_set(
    names: Sequence[str], conflicts: Sequence[frozenset[str]], found: Sequence[frozenset[str]]
) -> frozenset[str] | None:
    """A smallest set that meets every conflict and contains none of those found."""
    rows = [*_rows(names, conflicts), *_rows(names, found)]
    if not conflicts and not found:
        return frozenset()
    lows = [1.0] * len(conflicts) + [-np.inf] * len(found)
    highs = [np.inf] * len(conflicts) + [len(one) - 1.0 for one in found]
    solved = milp(
        np.ones(len(names)),
        integrality=np.ones(len(names)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows), lows, highs),
    )
    if solved.status == 2:  # no such set
        return None
    if solved.x is None:
        raise TableError("localise: the integer program ended without an answer ({message})", message=solved.message)
    return frozenset(name for name, is_in in zip(names, solved.x > 0.5, strict=True) if is_in)


def _rows(names: Sequence[str], sets: Sequence[frozenset[str]]) -> Iterator[list[float]]:
    return ([float(name in one) for name in names] for one in sets)
