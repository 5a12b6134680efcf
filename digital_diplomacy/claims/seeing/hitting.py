"""The smallest sets that meet every conflict: all of them."""

from collections.abc import Callable, Sequence


def smallest_repairs(
    names: Sequence[str],
    is_repaired: Callable[[frozenset[str]], bool],
    conflict: Callable[[frozenset[str]], frozenset[str]] | None = None,
) -> list[frozenset[str]]:
    """All smallest sets of names whose release repairs a system.

    Conflicts are found as they are needed: a smallest set that meets all conflicts known is tried; if it does not
    repair the system, what is left contains a further conflict, which is shrunk and added. Sets are tried by depth,
    from the fewest names that can meet all conflicts on; whether a set repairs is decided elsewhere.

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
        chosen = _hitting_set(conflicts, found, len(found[0]) if found else len(names))
        if chosen is None:
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
    conflicts: Sequence[frozenset[str]], found: Sequence[frozenset[str]], most: int
) -> frozenset[str] | None:
    """A smallest set of so many names at most that meets every conflict and contains none of those found."""
    for size in range(_least(conflicts), most + 1):
        chosen = _extended(frozenset(), frozenset(), conflicts, found, size)
        if chosen is not None:
            return chosen
    return None


def _extended(
    chosen: frozenset[str],
    barred: frozenset[str],
    conflicts: Sequence[frozenset[str]],
    found: Sequence[frozenset[str]],
    size: int,
) -> frozenset[str] | None:
    """The names chosen and up to so many others, without the barred ones, that meet every conflict.

    A name of the conflict with fewest names left must join; once tried it is barred, so that no set is tried twice.
    """
    if any(one <= chosen for one in found):
        return None
    missed = [one - barred for one in conflicts if not one & chosen]
    if not missed:
        return chosen
    if _least(missed) > size:
        return None
    fewest = min(missed, key=len)
    for name in sorted(fewest):
        reached = _extended(chosen | {name}, barred, conflicts, found, size - 1)
        if reached is not None:
            return reached
        barred |= {name}
    return None


def _least(conflicts: Sequence[frozenset[str]]) -> int:
    """So many names at least: that many conflicts have no name in common."""
    count, met = 0, frozenset[str]()
    for one in sorted(conflicts, key=len):
        if met.isdisjoint(one):
            count, met = count + 1, met | one
    return count
