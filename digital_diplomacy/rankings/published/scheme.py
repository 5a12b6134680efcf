"""Editions of a published index that nobody has described: weights, decimals and odd cells, found in their figures."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.published.exceptions import COMPONENTS, KEY, odd_cells
from digital_diplomacy.rankings.published.indices import index_meets

_PERCENT: Final = 100
_DIGITS: Final = 12  # far more than any source prints; ends that are equal fractions must compare equal
_WEIGHTS: Final = tuple(f"{name}_weight" for name in COMPONENTS)
_FIGURES: Final = ("egdi", "epi", *COMPONENTS)
_Weights = tuple[int, ...]


def edition_scheme(values: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """How each edition is put together, as its own figures bear out.

    Weights are those of an edition that is known, or else the best fitting ones in whole percent, with which the index
    of most states follows from its components. Decimals are the most that any figure of a column has; those on which
    index and components agree are as many as can be left before one fewer lets further states agree.

    Parameters
    ----------
    values : DataFrame
        ``edition, iso3, rank, egdi, osi, hci, tii`` and, where there is one, ``epi``: all states of an edition.
    known : DataFrame
        Table ``un_egdi_editions``, whose weights are tried first, the newest before the older.

    Returns
    -------
    DataFrame
        Columns of ``un_egdi_editions``, without a note.

    Raises
    ------
    TableError
        If states are missing from an edition, or no weights make its index of its components.

    References
    ----------
    C. L. Lawson, R. J. Hanson, Solving Least Squares Problems, 1974, Prentice-Hall, ch. 23.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> values, known = sources.load("un_egdi"), sources.load("un_egdi_editions")
    >>> found = rankings.edition_scheme(values[values["edition"].isin([2008, 2024])], known)
    >>> found[["edition", "osi_weight", "hci_weight", "tii_weight", "agreeing_decimals"]].to_numpy().tolist()
    [[2008, 34, 33, 33, 5], [2024, 1, 1, 1, 4]]
    """
    candidates = known.sort_values("edition", ascending=False)[list(_WEIGHTS)].drop_duplicates()
    tried = [tuple(map(int, row)) for row in candidates.itertuples(index=False)]
    rows = [_scheme_of(int(str(edition)), group, tried) for edition, group in values.groupby("edition")]
    return pd.DataFrame(rows).assign(note="")


def edition_exceptions(values: pd.DataFrame, scheme: pd.DataFrame) -> pd.DataFrame:
    """Cells of editions that do not mean what their column says, each with the reason.

    Parameters
    ----------
    values : DataFrame
        As for `edition_scheme`.
    scheme : DataFrame
        As `edition_scheme` returns it.

    Returns
    -------
    DataFrame
        Columns of ``un_egdi_exceptions``, sorted by its key.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> values, known = sources.load("un_egdi").query("edition == 2008"), sources.load("un_egdi_editions")
    >>> found = rankings.edition_exceptions(values, rankings.edition_scheme(values, known))
    >>> found[found["reason"] == "differs_from_components"].to_numpy().tolist()
    [[2008, 'CMR', 'egdi', 'differs_from_components'], [2008, 'KHM', 'egdi', 'differs_from_components']]
    """
    rated = _rated(values)
    found = odd_cells(values, rated, index_meets(rated, scheme))
    rows = [(*cell, reason) for reason, cells in found.items() for cell in cells]
    return pd.DataFrame(rows, columns=[*KEY, "column", "reason"]).sort_values([*KEY, "column"], ignore_index=True)


def _rated(values: pd.DataFrame) -> pd.DataFrame:
    return values[values["egdi"].fillna(0) > 0].reset_index(drop=True)


def _scheme_of(edition: int, values: pd.DataFrame, tried: Sequence[_Weights]) -> dict[str, int]:
    rated = _rated(values)
    _refuse_partial(edition, rated)
    decimals = {name: _decimals(values[name]) if name in values else 0 for name in _FIGURES}
    most = max(decimals[name] for name in ("egdi", *COMPONENTS))
    row = {"edition": edition, **dict.fromkeys(_WEIGHTS, 1), **{f"{name}_decimals": n for name, n in decimals.items()},
           "agreeing_decimals": most, "states_count": len(values), "assessed_count": len(rated)}  # fmt: skip
    counts = {weights: _agreeing(rated, row, weights, most) for weights in [*tried, *_fitted(rated)]}
    best = max(counts, key=lambda weights: counts[weights])
    if 2 * counts[best][1] <= len(rated):
        raise TableError(
            "edition {edition}: the index of {count} of {states} states is no weighted mean of its components, "
            "whatever the weights; look whether the columns are those of the index",
            edition=edition,
            count=len(rated) - counts[best][1],
            states=len(rated),
        )  # fmt: skip
    for digits in range(most, 1, -1):
        here, below = _agreeing(rated, row, best, digits)
        if here == below:
            most = digits
            break
        most = digits - 1
    return {**row, **dict(zip(_WEIGHTS, best, strict=True)), "agreeing_decimals": most}


def _refuse_partial(edition: int, rated: pd.DataFrame) -> None:
    """Ranks are among all states: with some left out, none could be recomputed."""
    worst = 0 if rated.empty else int(rated["rank"].max())
    if not worst or rated["rank"].min() > 1 or worst > len(rated) or rated["rank"].isna().any():
        raise TableError(
            "edition {edition}: {count} states have an index and ranks go to {worst}; take in all states of the "
            "edition, since a rank is one among all",
            edition=edition,
            count=len(rated),
            worst=worst,
        )


def _decimals(column: pd.Series) -> int:
    written = (Decimal(repr(float(number))).normalize().as_tuple().exponent for number in column.dropna())
    return max((-int(exponent) for exponent in written if int(exponent) < 0), default=0)


def _agreeing(rated: pd.DataFrame, row: dict[str, int], weights: _Weights, decimals: int) -> tuple[int, int]:
    """States whose index follows from the components with so many decimals, and with one fewer."""
    shares = np.array(weights) / sum(weights)
    apart = np.abs(rated[list(COMPONENTS)].to_numpy(float) @ shares - rated["egdi"].to_numpy(float))
    counts = []
    for digits in (decimals, max(decimals - 1, 0)):
        halves = {name: 0.5 * 10.0 ** -min(row[f"{name}_decimals"], digits) for name in ("egdi", *COMPONENTS)}
        room = halves["egdi"] + float(shares @ [halves[name] for name in COMPONENTS])
        counts.append(int((apart.round(_DIGITS) <= round(room, _DIGITS)).sum()))
    return counts[0], counts[1]


def _fitted(rated: pd.DataFrame) -> list[_Weights]:
    """Weights of least squares in whole percent, without the few states farthest from them; none if one is 0."""
    rows = rated.dropna(subset=["egdi", *COMPONENTS])
    for _ in range(2):
        x, y = rows[list(COMPONENTS)].to_numpy(float), rows["egdi"].to_numpy(float)
        if len(rows) < len(COMPONENTS):
            return []
        fitted, _ = nnls(x, y)
        apart = np.abs(x @ fitted - y)
        rows = rows[apart <= np.quantile(apart, 0.9)]
    percent = np.round(_PERCENT * fitted / max(fitted.sum(), np.finfo(float).tiny)).astype(int)
    return [tuple(percent.tolist())] if (percent > 0).all() else []
