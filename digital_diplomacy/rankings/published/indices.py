"""A composite index recomputed from its printed components and compared with what was published.

Every printed number stands for an interval, half a unit of its last digit to either side. The intervals are carried
through weights and ranks, so that a disagreement is a finding and never an epsilon.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog, nnls

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.rankings.places import rank_intervals
from digital_diplomacy.rankings.published.exceptions import (
    COMPONENTS,
    KEY,
    assessed,
    listed,
    source_of,
    verify_exceptions,
)
from digital_diplomacy.rankings.rows import estimates

Floats = npt.NDArray[np.float64]

_DIGITS: Final = 12  # seven more than any source prints; equal fractions must compare equal at interval ends
_SUM_WEIGHT: Final = 1e4  # makes the sum of fitted weights 1 to far below the printed digits
_LEVELS: Final = (0.25, 0.5, 0.75)  # a value on a bound belongs to the group below it
_FIRST_WITH_LEVELS: Final = 2016  # no source on the groups of earlier editions was found


def _with_scheme(values: pd.DataFrame, scheme: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    missing = [f"`{name}`" for name in columns if name not in values] + [
        f"`{name}_decimals`" for name in columns if f"{name}_decimals" not in scheme
    ]
    if missing:
        raise ArgumentError("columns missing from the values or their scheme: {missing}", missing=", ".join(missing))
    unknown = sorted(set(values["edition"]) - set(scheme["edition"]))
    if unknown:
        raise TableError(
            "editions {unknown} have no row in the scheme of weights and decimals; add one for each", unknown=unknown
        )
    own = [name for name in scheme if name == "edition" or name not in values]
    return values.merge(scheme[own], on="edition", how="left", validate="many_to_one")


def _half_units(joined: pd.DataFrame, columns: Sequence[str], *, all_digits: bool) -> Floats:
    """Half a unit of the last digit, shape (rows, columns)."""
    decimals = joined[[f"{name}_decimals" for name in columns]].to_numpy(float)
    if not all_digits:
        decimals = np.minimum(decimals, joined[["agreeing_decimals"]].to_numpy(float))
    return np.asarray(0.5 * 10.0**-decimals)


def _assessed_counts(joined: pd.DataFrame) -> pd.Series:
    """States the edition assessed, as the scheme says, whichever rows are asked for."""
    if "assessed_count" not in joined:
        raise ArgumentError("column `assessed_count` is missing from the scheme; give the states each edition assessed")
    return joined["assessed_count"].astype(float)


def _within_scale(value: pd.Series, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Ends kept to the scale of 0 to 1, except where an edition prints a value outside it."""
    ends = {"low": low.clip(lower=0).where(value >= 0, low), "high": high.clip(upper=1).where(value <= 1, high)}
    return pd.DataFrame({"value": value} | {end: column.round(_DIGITS) for end, column in ends.items()})


def printed(
    values: pd.DataFrame,
    scheme: pd.DataFrame,
    *,
    columns: Sequence[str] = ("egdi",),
    measure: str = "egdi",
    all_digits: bool = False,
) -> pd.DataFrame:
    """Index values or components as printed, each with its rounding interval.

    Parameters
    ----------
    values : DataFrame
        ``edition, iso3`` and the ``columns``, between 0 and 1.
    scheme : DataFrame
        One row per edition: ``<column>_decimals``, ``agreeing_decimals`` and ``assessed_count``.
    columns : sequence of str
        More than one become groups of one measure.
    measure : str
        Label code of the measure.
    all_digits : bool
        Trust every digit given, also those in which index and components disagree.

    Returns
    -------
    DataFrame
        Estimates, unit ``index``, n states the edition assessed; intervals end at 0 and 1, but a value printed above 1
        keeps its own.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> scheme = pd.DataFrame({"edition": [2020], "egdi_decimals": 4, "agreeing_decimals": 4, "assessed_count": 193})
    >>> values = pd.DataFrame({"edition": [2020], "iso3": ["KAZ"], "egdi": [0.8375]})
    >>> rankings.printed(values, scheme)[["entity", "value", "low", "high"]]  # half a unit of the fourth decimal
      entity   value      low     high
    0    KAZ  0.8375  0.83745  0.83755
    """
    joined = _with_scheme(values, scheme, columns)
    half = pd.DataFrame(_half_units(joined, columns, all_digits=all_digits), columns=list(columns))
    known = {"entity": joined["iso3"], "period": joined["edition"].astype(str), "n": _assessed_counts(joined)}
    source = source_of(joined)
    parts = [
        _within_scale(joined[name], joined[name] - half[name], joined[name] + half[name]).assign(
            group=name if len(columns) > 1 else "", source_id=source, **known
        )
        for name in columns
    ]
    return estimates(pd.concat(parts, ignore_index=True), measure=measure, unit="index", base="states_assessed")


def weighted_index(
    values: pd.DataFrame,
    scheme: pd.DataFrame,
    *,
    components: Sequence[str] = COMPONENTS,
    all_digits: bool = False,
) -> pd.DataFrame:
    """Weighted arithmetic mean of components, with the interval their printed digits imply.

    Parameters
    ----------
    values, scheme, all_digits
        As for `printed`; ``scheme`` also holds ``<component>_weight``, relative and not negative.
    components : sequence of str
        Columns to be averaged.

    Returns
    -------
    DataFrame
        Estimates, unit ``index``: the sum of w x with the interval sum of w (x -/+ half a unit), ended at 0 and 1; n
        states the edition assessed.

    References
    ----------
    Moore R.E. (1966) Interval Analysis, Prentice-Hall.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> values = sources.load("un_egdi").query("edition == 2020 and iso3 == 'KAZ'")
    >>> found = rankings.weighted_index(values, sources.load("un_egdi_editions"))
    >>> found[["value", "low", "high"]].round(5).to_numpy().tolist()  # a third of 0.9235 + 0.8866 + 0.7024
    [[0.8375, 0.83745, 0.83755]]
    """
    joined = _with_scheme(values, scheme, components)
    weights = joined[[f"{name}_weight" for name in components]].to_numpy(float)
    shares = weights / weights.sum(axis=1, keepdims=True)
    value = (shares * joined[list(components)].to_numpy(float)).sum(axis=1)
    half = (shares * _half_units(joined, components, all_digits=all_digits)).sum(axis=1)
    mean = pd.Series(value.round(_DIGITS), index=joined.index)
    frame = _within_scale(mean, mean - half, mean + half).assign(
        entity=joined["iso3"], period=joined["edition"].astype(str), n=_assessed_counts(joined)
    )
    frame = frame.assign(source_id=source_of(joined))
    return estimates(frame, measure="egdi_recomputed", unit="index", base="states_assessed")


def by_edition(values: pd.DataFrame, scheme: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """Published and recomputed index of every state and edition, and the ranks the printed digits allow.

    Parameters
    ----------
    values, scheme, exceptions : DataFrame
        Tables ``un_egdi``, ``un_egdi_editions`` and ``un_egdi_exceptions``.

    Returns
    -------
    DataFrame
        Columns of the processed table ``egdi_by_edition``, one row per row of ``values``.

    Raises
    ------
    TableError
        Naming cells that break the relation, or are blank, and are not listed as exceptions, and exceptions that do
        not apply.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")]
    >>> states = [table[table["edition"] == 2022] for table in tables]
    >>> found = rankings.by_edition(*states).query("iso3 == 'KAZ'")
    >>> found[["index", "published", "rank", "rank_low", "rank_high"]].round(4).to_numpy().tolist()
    [[0.8628, 0.8628, 28, 28, 28]]
    """
    rated = assessed(values, exceptions)
    index, published = weighted_index(rated, scheme), printed(rated, scheme)
    within = index_meets(rated, scheme)
    verify_exceptions(values, rated, exceptions, within)
    wide = rated[KEY].assign(status=np.where(within["strict"], "agrees", "last_digit"))
    differs = listed(rated, exceptions, ["differs_from_components"])
    wide.loc[differs, "status"] = "differs_from_components"
    wide[["index", "index_low", "index_high"]] = index[["value", "low", "high"]]
    wide[["published", "published_low", "published_high"]] = published[["value", "low", "high"]]
    wide["score_low"] = published["low"].where(differs, index["low"])
    wide["score_high"] = published["high"].where(differs, index["high"])
    wide[["rank_low", "rank_high"]] = 0
    for rows in wide.groupby("edition").groups.values():
        wide.loc[rows, ["rank_low", "rank_high"]] = rank_intervals(
            wide.loc[rows, "score_low"], wide.loc[rows, "score_high"]
        ).to_numpy()
    table = values[[*KEY, "rank"]].merge(
        wide.drop(columns=["score_low", "score_high"]), on=KEY, how="left", validate="one_to_one"
    )
    table["status"] = table["status"].fillna("not_assessed")
    order = ["status", "index", "index_low", "index_high", "published", "published_low", "published_high"]
    ends = ["rank", "rank_low", "rank_high"]
    origin = dict(zip(values["edition"], values["source_id"], strict=True)) if "source_id" in values else {}
    sources = {"source_id": table["edition"].map(origin)} if origin else {}
    return table.astype(dict.fromkeys(ends, "Int64"))[[*KEY, *order, *ends]].assign(**sources)


def index_meets(rated: pd.DataFrame, scheme: pd.DataFrame) -> dict[str, pd.Series]:
    """Whether each printed index can follow from its components: by all digits (``strict``), by those that agree."""
    both = {name: [make(rated, scheme, all_digits=name == "strict") for make in (weighted_index, printed)]
            for name in ("strict", "agreeing")}  # fmt: skip
    return {name: _meets(index, published) for name, (index, published) in both.items()}


def _meets(left: pd.DataFrame, right: pd.DataFrame) -> pd.Series:
    return (left["low"] <= right["high"]) & (right["low"] <= left["high"])


def index_values(table: pd.DataFrame) -> pd.DataFrame:
    """Estimates of the recomputed index from a table as `by_edition` returns it; states not assessed are left out.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> table = sources.load("egdi_by_edition").query("iso3 == 'KAZ' and edition >= 2022")
    >>> rankings.index_values(table)[["period", "value"]].round(4)
      period   value
    0   2022  0.8628
    1   2024  0.9010
    """
    return _from_table(table, ["index", "index_low", "index_high"], measure="egdi_recomputed", unit="index")


def index_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Estimates of the published rank with the ranks rounding allows, from a table as `by_edition` returns it.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> table = sources.load("egdi_by_edition").query("iso3 == 'KAZ' and edition < 2008")
    >>> rankings.index_ranks(table)[["period", "value", "low", "high"]]
      period  value   low  high
    0   2003   83.0  83.0  83.0
    1   2004   69.0  68.0  69.0
    2   2005   65.0  65.0  65.0
    """
    return _from_table(table, ["rank", "rank_low", "rank_high"], measure="egdi_rank", unit="rank")


def _from_table(table: pd.DataFrame, columns: list[str], **constants: str) -> pd.DataFrame:
    rows = table[table["status"] != "not_assessed"].reset_index(drop=True)
    named = rows[columns].astype(float).set_axis(["value", "low", "high"], axis=1)
    size = rows.groupby("edition")["iso3"].transform("size")
    frame = named.assign(entity=rows["iso3"], period=rows["edition"].astype(str), n=size, source_id=source_of(rows))
    return estimates(frame, base="states_assessed", **constants)


def agreement(table: pd.DataFrame) -> pd.DataFrame:
    """How many assessed states have a published index, and a published rank, that follow from the components.

    Parameters
    ----------
    table : DataFrame
        As `by_edition` returns it.

    Returns
    -------
    DataFrame
        Estimates of entity ``WORLD``, unit ``count``, n states assessed; groups ``index_agrees`` (the rounding
        intervals of all digits given meet), ``index_last_digit`` (they meet without the last digit), ``index_differs``
        and ``rank_inside`` (the published rank is one that rounding allows).

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> table = sources.load("egdi_by_edition").query("edition == 2022")
    >>> rankings.agreement(table)[["group", "value", "n"]]
                  group  value      n
    0      index_agrees  193.0  193.0
    1  index_last_digit    0.0  193.0
    2     index_differs    0.0  193.0
    3       rank_inside  193.0  193.0
    """
    rows = table[table["status"] != "not_assessed"]
    marks = pd.DataFrame(
        {
            "edition": rows["edition"],
            "index_agrees": rows["status"] == "agrees",
            "index_last_digit": rows["status"] == "last_digit",
            "index_differs": rows["status"] == "differs_from_components",
            "rank_inside": (rows["rank_low"] <= rows["rank"]) & (rows["rank"] <= rows["rank_high"]),
        }
    )
    counts = marks.groupby("edition").sum().reset_index().melt("edition", var_name="group", value_name="value")
    sizes = counts["edition"].map(rows.groupby("edition").size())
    frame = counts.assign(
        period=counts["edition"].astype(str), n=sizes, low=np.nan, high=np.nan, interval="none",
        source_id=source_of(rows),
    )  # fmt: skip
    return estimates(
        frame.drop(columns="edition"),
        entity="WORLD",
        measure="agreement_count",
        unit="count",
        base="states_assessed",
    )


def index_differences(values: pd.DataFrame, scheme: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """Published minus recomputed index of every assessed state, in units of the last digit the edition gives.

    Parameters
    ----------
    values, scheme, exceptions : DataFrame
        Tables ``un_egdi``, ``un_egdi_editions`` and ``un_egdi_exceptions``.

    Returns
    -------
    DataFrame
        Estimates, unit ``last_digits``: the interval adds the rounding of the published index, half a unit, and what
        that of the components leaves open, all digits trusted. It holds 0 where the published value may follow.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")]
    >>> states = [table[table["edition"] == 2018] for table in tables]
    >>> found = rankings.index_differences(*states).query("entity == 'KAZ'")
    >>> found[["value", "low", "high"]].round(2)  # printed 0.7597; the components give 0.75973, a third of a unit more
        value   low  high
    87  -0.33 -1.33  0.67
    """
    rated = assessed(values, exceptions)
    published, index = (make(rated, scheme, all_digits=True) for make in (printed, weighted_index))
    digits = _with_scheme(rated, scheme, ["egdi"])["egdi_decimals"].to_numpy(float)
    frame = published[["entity", "period", "n", "source_id"]].assign(
        value=((published["value"] - index["value"]) * 10**digits).round(6),
        low=((published["low"] - index["high"]) * 10**digits).round(6),
        high=((published["high"] - index["low"]) * 10**digits).round(6),
    )
    return estimates(frame, measure="egdi_difference", unit="last_digits", base="states_assessed")


def index_levels(published: pd.DataFrame) -> pd.DataFrame:
    """Published index values with the group in which the survey puts them, for editions known to use these groups.

    Parameters
    ----------
    published : DataFrame
        Estimates of the index, as `printed` returns them.

    Returns
    -------
    DataFrame
        Estimates, group ``egdi_very_high`` (above 0.75), ``egdi_high`` (above 0.50), ``egdi_middle`` (above 0.25) or
        ``egdi_low``, by the printed value; without editions before 2016.

    References
    ----------
    United Nations, E-Government Development Index 2016, groups as described in its copy by Knoema,
    tunisia.opendataforafrica.org/atlas/sources/UNPACS.
    United Nations, E-Government Survey 2024, p. 62 of the web version (very high: above 0.75).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> from digital_diplomacy.rankings.rows import estimates
    >>> value = pd.DataFrame({"entity": ["KAZ"], "period": ["2020"], "value": 0.8375, "low": 0.83745, "high": 0.83755})
    >>> rankings.index_levels(estimates(value, measure="egdi", unit="index", source_id=""))["group"].tolist()
    ['egdi_very_high']
    """
    rows = published[published["period"].astype(int) >= _FIRST_WITH_LEVELS]
    level = pd.cut(rows["value"], [-np.inf, *_LEVELS, np.inf], labels=["low", "middle", "high", "very_high"])
    return estimates(rows.assign(group="egdi_" + level.astype(str)))


def rank_leeway(table: pd.DataFrame) -> pd.DataFrame:
    """How far the digits not printed may move the published ranks of an edition: the farthest state, and how many stay.

    Parameters
    ----------
    table : DataFrame
        As `by_edition` returns it.

    Returns
    -------
    DataFrame
        Estimates of entity ``WORLD``, n states assessed: measure ``rank_leeway`` (unit ``places``, 0 or more) and
        measure ``rank_fixed`` (unit ``count``).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> places = {"rank": [1, 2, 3], "rank_low": [1, 2, 2], "rank_high": [1, 3, 3]}
    >>> table = pd.DataFrame({"edition": 2024, "status": "agrees", **places})
    >>> rankings.rank_leeway(table)[["measure", "value", "n"]]  # one state stays, the others may change places
           measure  value    n
    0  rank_leeway    1.0  3.0
    1   rank_fixed    1.0  3.0
    """
    rows = table[table["status"] != "not_assessed"]
    ends = rows[["rank_low", "rank", "rank_high"]].astype(float)
    away = pd.concat([ends["rank"] - ends["rank_low"], ends["rank_high"] - ends["rank"]], axis=1).max(axis=1)
    by = away.groupby(rows["edition"])
    found = {
        "rank_leeway": ("places", by.max()),
        "rank_fixed": ("count", by.apply(lambda edition: (edition == 0).sum())),
    }
    parts = [
        pd.DataFrame(
            {
                "period": values.index.astype(str),
                "value": values.to_numpy(float),
                "n": by.size().to_numpy(),
                "source_id": source_of(rows),
            }
        ).assign(measure=measure, unit=unit, low=np.nan, high=np.nan, interval="none")
        for measure, (unit, values) in found.items()
    ]
    return estimates(pd.concat(parts, ignore_index=True), entity="WORLD", base="states_assessed")


def fit_weights(values: pd.DataFrame, scheme: pd.DataFrame, exceptions: pd.DataFrame) -> pd.DataFrame:
    """Weights the published figures imply: least squares, not negative, of sum 1; and all weights rounding allows.

    The interval of a weight is the smallest and largest value it takes among all weights that bring every state's
    index within its rounding interval (two linear programmes a weight).

    Parameters
    ----------
    values, scheme, exceptions : DataFrame
        Tables ``un_egdi``, ``un_egdi_editions`` and ``un_egdi_exceptions``.

    Returns
    -------
    DataFrame
        Estimates of entity ``WORLD``, group component, unit ``weight`` (0 to 1), n states.

    Raises
    ------
    TableError
        If no weights reproduce an edition within rounding.

    References
    ----------
    C. L. Lawson, R. J. Hanson, Solving Least Squares Problems, 1974, Prentice-Hall, ch. 23.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("un_egdi", "un_egdi_editions", "un_egdi_exceptions")]
    >>> found = rankings.fit_weights(*[table[table["edition"] == 2022] for table in tables])
    >>> found[["group", "value"]].round(3)  # the United Nations weigh all three alike
      group  value
    0   osi  0.333
    1   hci  0.333
    2   tii  0.333
    """
    rated = assessed(values, exceptions)
    kept = rated[~listed(rated, exceptions, ["differs_from_components"])].reset_index(drop=True)
    joined = _with_scheme(kept, scheme, ["egdi", *COMPONENTS])
    halves = _half_units(joined, ["egdi", *COMPONENTS], all_digits=False)
    empty: list[object] = []
    parts = [pd.DataFrame(dict.fromkeys(("group", "period", "value", "low", "high", "n", "source_id"), empty))]
    for edition, rows in joined.groupby("edition"):
        x, y = rows[list(COMPONENTS)].to_numpy(float), rows["egdi"].to_numpy(float)
        low, high = _weight_bounds(x, y, halves[rows.index], str(edition))
        fitted, _ = nnls(np.vstack([x, np.full(x.shape[1], _SUM_WEIGHT)]), np.append(y, _SUM_WEIGHT))
        value = np.clip(fitted, low, high)  # the solver's own tolerance may step over an end
        parts.append(
            pd.DataFrame(
                {
                    "group": list(COMPONENTS),
                    "period": str(edition),
                    "value": value,
                    "low": low,
                    "high": high,
                    "n": len(x),
                    "source_id": source_of(kept),
                }
            )
        )
    frame = pd.concat(parts[1:] or parts, ignore_index=True)
    return estimates(frame, entity="WORLD", measure="component_weight", unit="weight", base="states_assessed")


def _weight_bounds(x: Floats, y: Floats, half: Floats, edition: str) -> tuple[Floats, Floats]:
    """Smallest and largest feasible weights: |x w - y| <= half w + half of y, sum 1, none negative."""
    unit = half[:, :1]  # rows in units of the index' own half digit, so that the solver's tolerance is far below it
    rows = np.vstack([(x - half[:, 1:]) / unit, -(x + half[:, 1:]) / unit])
    ends = np.concatenate([y / unit[:, 0] + 1, -y / unit[:, 0] + 1])
    found = np.empty((2, x.shape[1]))
    for column in range(x.shape[1]):
        for side, sign in enumerate((1.0, -1.0)):
            goal = np.zeros(x.shape[1])
            goal[column] = sign
            solved = linprog(goal, A_ub=rows, b_ub=ends, A_eq=np.ones((1, x.shape[1])), b_eq=[1.0], bounds=(0, 1))
            if solved.status != 0:
                raise TableError(
                    "edition {edition}: no weights reproduce every index within rounding; list what differs",
                    edition=edition,
                )
            found[side, column] = solved.x[column]
    return found[0], found[1]
