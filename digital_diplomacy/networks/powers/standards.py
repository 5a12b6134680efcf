"""Network power: what a standard shared by actors (a platform, a protocol, a language) decides for their ties.

Castells takes the standards that coordinate a network as its rules of inclusion, and Grewal explains why a standard
that many share becomes costly to refuse; neither gives a formula. The three quantities here are definitions of this
package. They need two-mode data: which actor has adopted which standard.
"""

from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy import simulated
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.chance.nulls import (
    Array,
    BipartiteModel,
    bipartite_configuration,
    check_draws,
    holm,
    p_value,
)
from digital_diplomacy.tables import ESTIMATES, validate

Correction = Literal["haldane_anscombe", "none"]
Ends = np.ndarray[Any, np.dtype[np.int64]]

CORRECTIONS: Final = ("haldane_anscombe", "none")
_UNITS: Final = {
    "reach": "share",
    "coverage": "share",
    "coverage_expected": "share",
    "coverage_p": "probability",
    "lock_in": "log_ratio",
    "lock_in_expected": "log_ratio",
    "lock_in_p": "probability",
}
_LEVEL: Final = 0.95


def adoption_matrix(adoption: pd.DataFrame | None, actors: list[str]) -> pd.DataFrame:
    """Who has adopted what: 1 or 0, a row for each of ``actors``, a column for each standard (both sorted as given).

    Parameters
    ----------
    adoption : DataFrame or None
        Two-mode data: ``actor_id, standard``, one row each adoption.
    actors : list of str
        Everybody who could have adopted one, adopters or not.

    Raises
    ------
    ValueError
        If there are no two-mode data: ties among actors do not tell which standard carries them.
    TableError
        Naming adopters that are not among the actors.
    """
    if adoption is None or adoption.empty:
        raise ArgumentError(
            "network power needs two-mode data, a table `actor_id, standard` of who has adopted which standard "
            "(platform, protocol, language); ties among actors alone do not tell it"
        )
    missing = [column for column in ("actor_id", "standard") if column not in adoption.columns]
    if missing:
        raise TableError(
            "adoption: column `{missing}` is missing. Expected columns: actor_id, standard.", missing=missing[0]
        )
    unknown = sorted(set(adoption["actor_id"]) - set(actors))
    if unknown:
        raise TableError(
            "adoption: {unknown} not among the actors; list everybody in `actors`", unknown=", ".join(unknown[:10])
        )
    table = pd.crosstab(adoption["actor_id"], adoption["standard"]).clip(upper=1)
    return table.reindex(index=actors, fill_value=0).rename_axis(index=None, columns=None)


def standard_powers(
    ties: pd.DataFrame,
    adoption: pd.DataFrame | None,
    *,
    actors: list[str],
    rng: np.random.Generator,
    draws: int = 999,
    correction: Correction = "haldane_anscombe",
) -> pd.DataFrame:
    """Reach, ties covered and lock-in of every standard (``ESTIMATES``, entity is the standard).

    With n actors of whom c have adopted the standard, m ties among the n (n - 1) ordered pairs, and t ties of which
    both ends have adopted it:

    - ``reach`` = c / n.
    - ``coverage`` = t / m, the share of ties that it could carry.
    - ``lock_in`` = ln [(t + h) (z + h)] / [(c (c - 1) - t + h) (m - t + h)], where z is the number of pairs that
      neither are tied nor both have adopted it: by how much sharing the standard raises the log odds of a tie. The
      continuity correction h is 1/2 for ``haldane_anscombe``, which keeps it finite, or 0 for ``none``, where it is
      missing if one of the four counts is 0.

    What chance would give stands beside: the bipartite configuration model keeps, in expectation, how many standards
    each actor and how many actors each standard has, and is otherwise random; ties stay. ``coverage_expected`` and
    ``lock_in_expected`` are its means with the middle 95 per cent of draws; ``coverage_p`` and ``lock_in_p`` the
    p = (b + 1) / (m + 1) of values as large, adjusted by Holm's procedure for the number of standards (of which more
    than a twentieth of the draws leave no p below 0.05). High p for a popular standard says that its coverage needs no
    more than its popularity and its users' appetite for standards.

    Parameters
    ----------
    ties : DataFrame
        ``source, target``: distinct ordered pairs of actors; their weights play no part.
    adoption : DataFrame or None
        ``actor_id, standard``.
    actors : list of str
        Everybody who could have adopted a standard.
    rng : Generator
        Draws random adoptions.

    Raises
    ------
    ValueError
        Without two-mode data, or for an unknown correction.
    TableError
        Naming adopters, or ends of ties, that are not among the actors.

    References
    ----------
    Castells, M. (2011). A network theory of power. International Journal of Communication 5, 773-787.
    Grewal, D. S. (2008). Network Power: The Social Dynamics of Globalization. Yale University Press.
    Saracco, F., Di Clemente, R., Gabrielli, A., Squartini, T. (2015). Randomizing bipartite networks: the case of the
    World Trade Web. Scientific Reports 5, 10595.
    Haldane, J. B. S. (1956). The estimation and significance of the logarithm of a ratio of frequencies. Annals of
    Human Genetics 20(4), 309-311.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    >>> used = pd.DataFrame({"actor_id": ["a", "b"], "standard": "facebook"})
    >>> found = networks.standard_powers(ties, used, actors=["a", "b", "c"], rng=np.random.default_rng(1), draws=99)
    >>> found.loc[found["measure"].isin(["reach", "coverage"]), ["measure", "value"]].round(3)  # 2 of 3, 1 of 2
        measure  value
    0     reach  0.667
    1  coverage  0.500
    """
    if correction not in CORRECTIONS:
        raise ArgumentError(
            "unknown correction {correction!r}; allowed: {corrections}",
            correction=correction,
            corrections=", ".join(CORRECTIONS),
        )
    check_draws(draws)
    table = adoption_matrix(adoption, actors)
    ends = _ends(ties, actors)
    model = bipartite_configuration(table.to_numpy())
    rows = [
        _one(table[code].to_numpy(dtype=bool), ends, model, number, rng=rng, draws=draws, correction=correction)
        for number, code in enumerate(table.columns)
    ]
    parts = _adjusted([part.assign(entity=str(code)) for code, part in zip(table.columns, rows, strict=True)])
    fixed = {"group": "", "period": "", "base": "", "source_id": ""}
    return validate(parts.assign(n=float(len(actors)), **fixed), ESTIMATES)


def _adjusted(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all standards, their p values holding for all of them together."""
    rows = pd.concat(parts, ignore_index=True)
    for code in ("coverage_p", "lock_in_p"):
        tested = (rows["measure"] == code).to_numpy()
        rows.loc[tested, "value"] = holm(rows.loc[tested, "value"].to_numpy(dtype=float))
    return rows


def _ends(ties: pd.DataFrame, actors: list[str]) -> tuple[Ends, Ends]:
    """Places of both ends of every tie among the actors."""
    index = pd.Index(actors)
    pairs = ties[["source", "target"]].drop_duplicates()
    ends = index.get_indexer(pd.Index(pairs["source"])), index.get_indexer(pd.Index(pairs["target"]))
    unknown = sorted(set(pairs["source"][ends[0] < 0]) | set(pairs["target"][ends[1] < 0]))
    if unknown:
        raise TableError(
            "ties: {unknown} not among the actors; list everybody in `actors`", unknown=", ".join(unknown[:10])
        )
    return ends


def _one(
    adopters: np.ndarray[Any, np.dtype[np.bool_]],
    ends: tuple[Ends, Ends],
    model: BipartiteModel,
    column: int,
    *,
    rng: np.random.Generator,
    draws: int,
    correction: Correction,
) -> pd.DataFrame:
    coverage, lock_in = (float(part[0]) for part in _statistics(adopters[None], ends, correction))
    drawn = model.draw_column(column, rng=rng, draws=draws)
    by_chance = _statistics(drawn, ends, correction)
    values = {"reach": float(adopters.mean()), "coverage": coverage, "lock_in": lock_in}
    rows = [(code, value, np.nan, np.nan) for code, value in values.items()]
    for code, observed, null in zip(("coverage", "lock_in"), (coverage, lock_in), by_chance, strict=True):
        rows.append((f"{code}_expected", *_summary(null)))
        rows.append((f"{code}_p", p_value(observed, null), np.nan, np.nan))
    frame = pd.DataFrame(rows, columns=["measure", "value", "low", "high"])
    known = frame["low"].notna()
    return frame.assign(
        unit=frame["measure"].map(_UNITS),
        interval=np.where(known, "simulation", "none"),
        level=np.where(known, _LEVEL, np.nan),
    )


def _statistics(
    adopted: np.ndarray[Any, np.dtype[np.bool_]], ends: tuple[Ends, Ends], correction: Correction
) -> tuple[Array, Array]:
    """Coverage and lock-in for every row of ``adopted``, shape (draws, actors); missing where undefined."""
    many, pairs = len(ends[0]), adopted.shape[1] * (adopted.shape[1] - 1.0)
    users = adopted.sum(axis=1).astype(float)
    covered = np.array([float(np.count_nonzero(row[ends[0]] & row[ends[1]])) for row in adopted])
    cells = np.stack(
        [covered, pairs - users * (users - 1) - (many - covered), users * (users - 1) - covered, many - covered]
    )
    cells = cells + 0.5 if correction == "haldane_anscombe" else np.where((cells > 0).all(axis=0), cells, np.nan)
    tied_in, free_out, free_in, tied_out = np.log(cells)
    coverage = covered / many if many else np.full(len(covered), np.nan)
    return coverage, tied_in + free_out - free_in - tied_out


def _summary(null: Array) -> tuple[float, float, float]:
    """Mean and middle 95 per cent; an extreme mean widens them, so that they hold it."""
    known = null[~np.isnan(null)]
    if not len(known):
        return (np.nan,) * 3
    mean = float(known.mean())
    low, high = simulated.middle(known, _LEVEL)
    return mean, min(float(low), mean), max(float(high), mean)
