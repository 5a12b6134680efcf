"""Weights that make respondents agree with known totals of a population, and shares with the errors they leave.

Sampling is taken to be with replacement, each respondent a sampling unit of its own; the errors are linearised.
"""

import re
from typing import Final
from unicodedata import normalize

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.penetration.rows import estimates
from digital_diplomacy.penetration.surveys.shares import share_interval

WEIGHTINGS: Final = ("raking", "poststratification")
TOLERANCE: Final = 1e-10  # of each total, relatively; far below the digits any margin is known to
_TOTALS: Final = 1e-9  # margins whose totals differ by less, relatively, are taken to have the same
_WHOLE: Final = re.compile(r"-?\d+\.0+")

_Array = NDArray[np.float64]


def rake(
    respondents: pd.DataFrame, margins: pd.DataFrame, *, weight: str = "", most_rounds: int = 1000
) -> pd.DataFrame:
    """Respondents with weights that meet the margins of several variables (iterative proportional fitting).

    Parameters
    ----------
    respondents : DataFrame
        One row a respondent, with a column for each variable of the margins; categories are compared as texts of one
        form: 1.0 is 1, and blanks at the ends do not count.
    margins : DataFrame
        Columns ``variable``, ``category``, ``total`` (above 0; persons, or shares of one whole, but one of the two
        throughout). The variables' totals must have the same sum.
    weight : str
        Column of the weights to start from, above 0; by default 1 each.
    most_rounds : int
        Rounds over all margins before giving up, 1 or more.

    Returns
    -------
    DataFrame
        The respondents with column ``weight``; the weights of each category sum to its total within ``TOLERANCE``.

    Raises
    ------
    TableError
        Naming the margin: if a column is missing, a category has no respondents, respondents have a category without
        total or none, a category stands twice, a total is not above 0, totals have different sums, a starting weight
        is not above 0, or the weights do not converge because no weights meet all margins.
    ValueError
        If ``most_rounds`` is below 1.

    References
    ----------
    Deming & Stephan 1940, Annals of Mathematical Statistics 11, 427-444.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> people = pd.DataFrame({"sex": ["f", "f", "m", "m"], "age": ["young", "old", "young", "old"]})
    >>> totals = pd.DataFrame({"variable": ["sex", "sex", "age", "age"], "category": ["f", "m", "young", "old"],
    ...     "total": [60, 40, 30, 70]})
    >>> penetration.rake(people, totals)["weight"].round(6).tolist()
    [18.0, 42.0, 12.0, 28.0]
    """
    if most_rounds < 1:
        raise ArgumentError("most_rounds {most_rounds} must be 1 or more", most_rounds=most_rounds)
    weights = _starting_weights(respondents, weight)
    targets = _margins(respondents, margins)
    for _ in range(most_rounds):
        for codes, totals in targets.values():
            weights = weights * (totals / np.bincount(codes, weights, minlength=len(totals)))[codes]
        if max(_gap(weights, codes, totals).max() for codes, totals in targets.values()) <= TOLERANCE:
            return respondents.assign(weight=weights)
    raise TableError(_not_converged(weights, targets, margins, most_rounds))


def poststratify(respondents: pd.DataFrame, cells: pd.DataFrame, *, weight: str = "") -> pd.DataFrame:
    """Respondents with weights that meet the total of every cell.

    Parameters
    ----------
    respondents : DataFrame
        One row a respondent, with the columns that define the cells; categories are compared as texts.
    cells : DataFrame
        One row a cell: ``total`` (above 0; persons or shares) and the columns that define it.
    weight : str
        Column of the weights to start from, above 0; by default 1 each.

    Returns
    -------
    DataFrame
        The respondents with column ``weight``.

    Raises
    ------
    TableError
        Naming the cell: as `rake` for its categories.

    References
    ----------
    Holt & Smith 1979, Journal of the Royal Statistical Society A 142, 33-46.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> people = pd.DataFrame({"sex": ["f", "m", "m"]})
    >>> penetration.poststratify(people, pd.DataFrame({"sex": ["f", "m"], "total": [52, 48]}))["weight"].tolist()
    [52.0, 24.0, 24.0]
    """
    codes, totals = _cells(respondents, cells)
    weights = _starting_weights(respondents, weight)
    sums = np.bincount(codes, weights, minlength=len(totals))
    return respondents.assign(weight=weights * (totals / sums)[codes])


def kish_design_effect(weights: ArrayLike) -> float:
    """Loss of precision by unequal weights: n sum(w^2) / sum(w)^2, 1 or more.

    Raises
    ------
    ValueError
        If there are no weights, or one is negative or missing, or all are 0.

    References
    ----------
    Kish 1965, Survey Sampling, 11.7; Kish 1992, Journal of Official Statistics 8, 183-200.

    Examples
    --------
    >>> from digital_diplomacy import penetration
    >>> penetration.kish_design_effect([1, 1, 2])  # 3 * 6 / 16
    1.125
    """
    given = np.asarray(weights, dtype=float)
    if not given.size or not (given >= 0).all() or not given.sum() > 0:
        raise ArgumentError("weights must be 0 or more, and one of them above 0")
    return float(given.size * (given**2).sum() / given.sum() ** 2)


def weighted_share(
    respondents: pd.DataFrame,
    totals: pd.DataFrame,
    *,
    answer: str,
    entity: str,
    period: str,
    source_id: str,
    method: str = "raking",
    base: str = "population",
    weight: str = "",
    level: float = 0.95,
) -> pd.DataFrame:
    """Share of a population that answers yes, from respondents weighted to known totals.

    Parameters
    ----------
    respondents : DataFrame
        One row a respondent; column ``answer`` holds 1 or True for yes, 0 or False for no; missing for those not
        asked, who count for the weights but not for the share.
    totals : DataFrame
        Margins as in `rake`, or cells as in `poststratify`.
    answer : str
        Column of the answer; also the result's measure.
    entity, period, source_id, base : str
        Of the result.
    method : {"raking", "poststratification"}
        How to weight.
    weight : str
        Column of the weights to start from, above 0; by default 1 each.
    level : float
        Confidence level, 0.5 up to but not 1.

    Returns
    -------
    DataFrame
        Estimates: the share in percent (Wilson's interval with the effective size share (1 - share) / error^2; if all
        agree, with n over Kish's design effect); then, group the answer, ``standard_error`` (percentage points),
        ``design_effect`` (its square over that of a simple random sample; missing if all agree) and
        ``kish_design_effect``. ``n`` counts those who answered. The error is that of the residuals of the linearised
        share from its regression, by starting weights, on all categories or cells: raking to one variable is
        post-stratification, and has the same error, as in R's survey. No allowance is made for a finite population.

    Raises
    ------
    TableError
        As `rake` and `poststratify`; or if an answer is neither 0 nor 1, nobody answered, or a cell has a single
        respondent, so that its error cannot be estimated.
    ValueError
        For an unknown method, or a level outside the range.

    References
    ----------
    Deville & Sarndal 1992, JASA 87, 376-382 (residuals); Lumley 2010, Complex Surveys, chapter 7 (post-stratification
    and raking); Kish 1965, Survey Sampling; Franco, Little, Louis & Slud 2019, JSSAM 7, 334-364 (interval).

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import penetration
    >>> people = pd.DataFrame({"sex": ["f", "f", "m", "m"], "online": [1, 1, 1, 0]})
    >>> totals = pd.DataFrame({"variable": "sex", "category": ["f", "m"], "total": [30, 70]})
    >>> named = {"entity": "KAZ", "period": "2020", "source_id": "survey"}
    >>> found = penetration.weighted_share(people, totals, answer="online", **named)
    >>> found.loc[found["measure"] == "online", ["value", "n"]]  # 0.3 x 100 + 0.7 x 50
       value    n
    0   65.0  4.0
    """
    if method not in WEIGHTINGS:
        raise ArgumentError(
            "unknown method {method!r}; allowed: {weightings}", method=method, weightings=", ".join(WEIGHTINGS)
        )
    asked, yes = _answers(respondents, answer)
    start = _starting_weights(respondents, weight)
    weighted = (rake if method == "raking" else poststratify)(respondents, totals, weight=weight)["weight"].to_numpy()
    size = float(weighted[asked].sum())
    share = float(weighted[asked] @ yes[asked]) / size
    linear = np.where(asked, yes - share, 0.0) / size
    variance = _linearised_variance(linear, weighted, start, _parts(respondents, totals, method))
    n, kish = int(asked.sum()), kish_design_effect(weighted[asked])
    spread = share * (1 - share)
    varies = variance > 0 and spread > 0
    effective = spread / variance if varies else n / kish
    low, high = share_interval([share * effective], [effective], level=level)
    rows = pd.DataFrame(
        [
            ("", answer, 100 * share, 100 * low[0], 100 * high[0], "percent", "confidence", level),
            (answer, "standard_error", 100 * np.sqrt(variance), np.nan, np.nan, "percentage_points", "none", np.nan),
            (answer, "design_effect", n / effective if varies else np.nan, np.nan, np.nan, "ratio", "none", np.nan),
            (answer, "kish_design_effect", kish, np.nan, np.nan, "ratio", "none", np.nan),
        ],
        columns=["group", "measure", "value", "low", "high", "unit", "interval", "level"],
    )
    return estimates(rows, entity=entity, period=period, base=base, n=float(n), source_id=source_id)


def _answers(respondents: pd.DataFrame, answer: str) -> tuple[NDArray[np.bool_], _Array]:
    """Who answered, and 1 for yes; 0 for no and for those who did not."""
    if answer not in respondents.columns:
        raise TableError("penetration: respondents have no column `{answer}` for the answer", answer=answer)
    given = pd.to_numeric(respondents[answer], errors="coerce").astype(float)
    wrong = respondents[answer].notna() & ~given.isin([0.0, 1.0])
    if wrong.any():
        rows = ", ".join(str(row) for row in wrong.to_numpy().nonzero()[0][:10] + 1)
        raise TableError(
            "penetration: column `{answer}` must hold 1 for yes and 0 for no; it does not in row {rows}",
            answer=answer,
            rows=rows,
        )
    asked = given.notna().to_numpy()
    if not asked.any():
        raise TableError("penetration: column `{answer}`: nobody answered, so there is no share", answer=answer)
    return np.asarray(asked, dtype=bool), np.asarray(given.fillna(0.0), dtype=float)


def _parts(respondents: pd.DataFrame, totals: pd.DataFrame, method: str) -> list[tuple[NDArray[np.intp], _Array]]:
    """The partitions of the respondents that are weighted to totals: one a margin, or the cells."""
    parts = list(_margins(respondents, totals).values()) if method == "raking" else [_cells(respondents, totals)]
    if len(parts) > 1:
        return parts
    few = np.bincount(parts[0][0], minlength=len(parts[0][1])) < 2
    cells = totals[["category", "total"]] if method == "raking" else totals
    named = [name for name, alone in zip(_names(cells), few, strict=True) if alone]
    if named:
        raise TableError(
            "penetration: a cell with one respondent leaves the error unknown; join it to another: {named}",
            named="; ".join(named),
        )
    return parts


def _linearised_variance(
    linear: _Array, weights: _Array, start: _Array, parts: list[tuple[NDArray[np.intp], _Array]]
) -> float:
    """n / (n - 1) times the sum of squares of weight times residual."""
    categories = np.concatenate([np.eye(len(totals))[codes] for codes, totals in parts], axis=1)
    root = np.sqrt(start)
    fitted, *_ = np.linalg.lstsq(categories * root[:, None], linear * root, rcond=None)
    rest = weights * (linear - categories @ fitted)
    if len(rest) < 2:
        raise TableError("penetration: one respondent leaves the error of a share unknown")
    return float(len(rest) / (len(rest) - 1) * ((rest - rest.mean()) ** 2).sum())


def _starting_weights(respondents: pd.DataFrame, weight: str) -> _Array:
    if respondents.empty:
        raise TableError("penetration: there are no respondents to weight")
    if not weight:
        return np.ones(len(respondents))
    if weight not in respondents.columns:
        raise TableError("penetration: respondents have no column `{weight}` for the starting weight", weight=weight)
    given = pd.to_numeric(respondents[weight], errors="coerce").to_numpy(dtype=float)
    if not (np.isfinite(given) & (given > 0)).all():
        rows = ", ".join(str(row) for row in (~(given > 0)).nonzero()[0][:10] + 1)
        raise TableError(
            "penetration: starting weight `{weight}` must be a number above 0; it is not in row {rows}",
            weight=weight,
            rows=rows,
        )
    return given


def _margins(respondents: pd.DataFrame, margins: pd.DataFrame) -> dict[str, tuple[NDArray[np.intp], _Array]]:
    """For each variable the respondents' places in its categories, and their totals, scaled to one common sum."""
    _need(margins, ["variable", "category", "total"], "margins")
    found: dict[str, tuple[NDArray[np.intp], _Array]] = {}
    for variable, rows in margins.groupby("variable", sort=False):
        name = str(variable)
        cells = rows[["category", "total"]].rename(columns={"category": name})
        found[name] = _cells(respondents, cells, what=f"margin `{name}`")
    sums = {name: float(totals.sum()) for name, (_, totals) in found.items()}
    first = next(iter(sums.values()), 0.0)
    if any(abs(each - first) > _TOTALS * first for each in sums.values()):
        said = ", ".join(f"`{name}` {each:g}" for name, each in sums.items())
        raise TableError(
            "penetration: margins have different totals: {said}; rescale them to one population first", said=said
        )
    return {name: (codes, totals * first / totals.sum()) for name, (codes, totals) in found.items()}


def _cells(respondents: pd.DataFrame, cells: pd.DataFrame, *, what: str = "cells") -> tuple[NDArray[np.intp], _Array]:
    """The respondents' places in the rows of ``cells``, and the rows' totals."""
    columns = [str(name) for name in cells.columns if name != "total"]
    _need(cells, ["total"], what)
    _need(respondents, columns, f"respondents, weighted to {what},")
    totals = pd.to_numeric(cells["total"], errors="coerce").to_numpy(dtype=float)
    names = _names(cells)
    _stop(what, "total must be a number above 0", [n for n, t in zip(names, totals, strict=True) if not 0 < t < np.inf])
    keys = pd.MultiIndex.from_frame(category_texts(cells[columns]))
    _stop(what, "stands twice", [names[place] for place in keys.duplicated().nonzero()[0]])
    texts = category_texts(respondents[columns])
    codes = keys.get_indexer(pd.MultiIndex.from_frame(texts))
    _stop(what, "respondents without a total, categories", list(dict.fromkeys(_names(texts[codes < 0]))))
    empty = np.bincount(codes, minlength=len(totals)) == 0
    _stop(what, "no respondents, join with another category", [names[place] for place in empty.nonzero()[0]])
    return codes, totals


def category_texts(columns: pd.DataFrame) -> pd.DataFrame:
    """Categories as texts of one form: blanks at the ends gone, letters composed, a code that a gap turned into 1.0 as
    1; missing ones empty.

    Examples
    --------
    >>> category_texts(pd.DataFrame({"age": [1.0, None, 2.5], "sex": [" f", "m ", "1.0"]})).to_numpy().tolist()
    [['1', 'f'], ['', 'm'], ['2.5', '1']]
    """
    return columns.astype(object).where(columns.notna(), "").map(_category_text).astype(object)


def _category_text(value: object) -> str:
    text = normalize("NFC", str(value)).replace("\N{NO-BREAK SPACE}", " ").strip()
    return text.partition(".")[0] if _WHOLE.fullmatch(text) else text


def _names(cells: pd.DataFrame) -> list[str]:
    rows = category_texts(cells[[name for name in cells.columns if name != "total"]])
    return ["/".join(row) for row in rows.to_numpy()]


def _need(frame: pd.DataFrame, columns: list[str], what: str) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing or not columns:
        raise TableError(
            "penetration: {what} lack the column {missing}",
            what=what,
            missing=", ".join(f"`{name}`" for name in missing) or "of a cell",
        )


def _stop(what: str, said: str, names: list[str]) -> None:
    if names:
        raise TableError(
            "penetration: {what}: {said}: {names}",
            what=what,
            said=said,
            names="; ".join(name or "(empty)" for name in names[:10]),
        )


def _gap(weights: _Array, codes: NDArray[np.intp], totals: _Array) -> _Array:
    return np.asarray(np.abs(np.bincount(codes, weights, minlength=len(totals)) / totals - 1))


def _not_converged(
    weights: _Array, targets: dict[str, tuple[NDArray[np.intp], _Array]], margins: pd.DataFrame, rounds: int
) -> str:
    gaps = {name: _gap(weights, codes, totals) for name, (codes, totals) in targets.items()}
    worst = max(gaps, key=lambda name: float(gaps[name].max()))
    place = int(gaps[worst].argmax())
    codes, totals = targets[worst]
    category = margins.loc[margins["variable"].astype(str) == worst, "category"].astype(str).iloc[place]
    reached = float(np.bincount(codes, weights, minlength=len(totals))[place])
    return (
        f"penetration: margin `{worst}`: after {rounds} rounds category {category} has weight {reached:g} instead of "
        f"{totals[place]:g}; combinations without respondents leave no weights that meet all margins, join categories"
    )
