"""Dyads explained by dyads: QAP correlation and multiple regression with double semi-partialling.

Dyads that share an actor are not independent, so the usual standard errors do not hold. The quadratic assignment
procedure permutes the actors of one matrix, rows and columns together, and asks how often chance does as well. The
response and the predictors are the caller's: no relation is chosen here.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.chance.nulls import TIES_TOLERANCE, check_draws
from digital_diplomacy.tables import ESTIMATES, PAIRS, validate

Array = np.ndarray[Any, np.dtype[np.float64]]
Cells = tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]
Method = Literal["double_semi_partialling", "permuted_response"]

INTERCEPT: Final = "intercept"
METHODS: Final = ("double_semi_partialling", "permuted_response")
_BLOCK_CELLS: Final = 4_000_000  # cells permuted at once: 32 MB


def qap_correlation(
    left: pd.DataFrame,
    right: pd.DataFrame,
    *,
    names: tuple[str, str],
    directed: bool,
    rng: np.random.Generator,
    draws: int = 999,
    source_id: str = "",
) -> pd.DataFrame:
    """Correlation of two relations among the same actors, tested by permuting the actors of one (``PAIRS``).

    Parameters
    ----------
    left, right : DataFrame, shape (n, n)
        Rows and columns are actors, the same in both, in any order; the diagonal is never read.
    names : (str, str)
        Codes of the two relations.
    directed : bool
        Every ordered pair is a case, or every unordered one (both matrices are then symmetric).
    rng : Generator
        Draws the permutations.
    draws : int
        Number of permutations, at least 1.

    Returns
    -------
    DataFrame
        ``qap_correlation`` (Pearson's r, -1 to 1), ``qap_p_greater``, ``qap_p_less`` and ``qap_p`` (two-sided: of a
        correlation as large without its sign), each p = (b + 1) / (m + 1); ``n`` is the number of dyads.

    Raises
    ------
    TableError
        If actors differ, a cell off the diagonal is missing, or an undirected matrix is not symmetric.
    ValueError
        If a matrix is constant, for which no correlation exists.

    References
    ----------
    Krackhardt, D. (1987). QAP partialling as a test of spuriousness. Social Networks 9(2), 171-186.
    Hubert, L. J. (1987). Assignment Methods in Combinatorial Data Analysis. Marcel Dekker.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> names = ["a", "b", "c"]
    >>> cites = pd.DataFrame([[0, 1, 0], [0, 0, 1], [1, 0, 0]], index=names, columns=names)
    >>> rng = np.random.default_rng(1)
    >>> found = networks.qap_correlation(cites, cites, names=("cites", "uses"), directed=True, rng=rng)
    >>> found[["measure", "value", "n"]].round(3).head(1)  # one and the same relation
               measure  value    n
    0  qap_correlation    1.0  6.0
    """
    first, second = _aligned({names[0]: left, names[1]: right}, directed=directed)
    cells = _cells(len(first), directed=directed)
    fixed = second[cells] - second[cells].mean()
    moved = first - first[cells].mean()
    spread = float(np.sqrt((moved[cells] ** 2).sum() * (fixed**2).sum()))
    if np.isclose(spread, 0.0, atol=1e-300):
        raise ArgumentError(
            "{names} or {names_2} is the same for all dyads, so they have no correlation",
            names=names[0],
            names_2=names[1],
        )
    value = float(moved[cells] @ fixed) / spread
    null = np.concatenate([block @ fixed / spread for block in _permuted(moved, cells, rng, draws)])
    greater, less, either = _exceeding(value, null)
    found = {"qap_correlation": value, "qap_p_greater": greater, "qap_p_less": less, "qap_p": either}
    rows = pd.DataFrame({"measure": list(found), "value": list(found.values())})
    units = ["coefficient", "probability", "probability", "probability"]
    blank = dict.fromkeys(("low", "high", "level"), np.nan)
    fixed_columns = {"left": names[0], "right": names[1], "interval": "none", "source_id": source_id}
    return validate(rows.assign(unit=units, n=float(len(cells[0])), **fixed_columns, **blank), PAIRS)


def mrqap(
    response: pd.DataFrame,
    predictors: Mapping[str, pd.DataFrame],
    *,
    directed: bool,
    rng: np.random.Generator,
    draws: int = 999,
    method: Method = "double_semi_partialling",
    name: str = "",
    source_id: str = "",
) -> pd.DataFrame:
    """Linear regression of one relation on others, with p values by permuting actors (``ESTIMATES``).

    With double semi-partialling each predictor is replaced, in its own test, by the residuals of its regression on all
    others, permuted: this keeps the collinearity of the predictors and the dependence of the response on the others.
    The statistic is t, as coefficients are not pivotal. The intercept is tested as a predictor of ones.

    Parameters
    ----------
    response : DataFrame, shape (n, n)
        Rows and columns are actors; the diagonal is never read.
    predictors : mapping of code to DataFrame
        Over the same actors, in any order.
    directed : bool
        Every ordered pair is a case, or every unordered one (all matrices are then symmetric).
    method : {"double_semi_partialling", "permuted_response"}
        The second permutes the response, which tests only that all predictors together explain nothing.
    name : str
        Code of the response, given as ``group``.

    Returns
    -------
    DataFrame
        Entity is the predictor (or ``intercept``): ``mrqap_coefficient`` (units of the response per unit of the
        predictor), ``mrqap_t``, ``mrqap_p_greater``, ``mrqap_p_less``, ``mrqap_p`` (two-sided, of ``|t|``), each
        p = (b + 1) / (m + 1); and ``mrqap_r_squared`` (0 to 1) of entity ``network``. ``n`` is the number of dyads.

    Raises
    ------
    TableError
        If actors differ, a cell off the diagonal is missing, or an undirected matrix is not symmetric.
    ValueError
        If predictors determine each other, or there are no more dyads than coefficients.

    References
    ----------
    Dekker, D., Krackhardt, D., Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
    autocorrelation conditions. Psychometrika 72(4), 563-581.
    Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic data. Social
    Networks 10(4), 359-381.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> names = list("abcd")
    >>> distance = pd.DataFrame([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 7], [3, 5, 7, 0]], index=names, columns=names)
    >>> noise = pd.DataFrame([[0, 1, -1, 0], [1, 0, 0, -1], [-1, 0, 0, 1], [0, -1, 1, 0]], index=names, columns=names)
    >>> rng = np.random.default_rng(1)
    >>> trade = 2 * distance + 1 + 0.001 * noise
    >>> found = networks.mrqap(trade, {"distance": distance}, directed=False, rng=rng, draws=99)
    >>> found.loc[found["measure"] == "mrqap_coefficient", ["entity", "value"]].round(2)  # trade is 2 d + 1
          entity  value
    6  intercept    1.0
    7   distance    2.0
    """
    if method not in METHODS:
        raise ArgumentError("unknown method {method!r}; allowed: {methods}", method=method, methods=", ".join(METHODS))
    if INTERCEPT in predictors:
        raise ArgumentError(
            "a predictor is called {intercept!r}, which stands for the constant; rename it", intercept=INTERCEPT
        )
    matrices = _aligned({"response": response, **predictors}, directed=directed)
    cells = _cells(len(matrices[0]), directed=directed)
    design = np.stack([np.ones(len(cells[0])), *(matrix[cells] for matrix in matrices[1:])], axis=1)
    codes = [INTERCEPT, *predictors]
    _refuse_collinear(design, codes)
    outcome = matrices[0][cells]
    coefficients, statistics = _fit(design, outcome)
    null = (
        _partialled(design, outcome, cells, len(matrices[0]), rng, draws)
        if method == METHODS[0]
        else _shuffled(design, matrices[0], cells, rng, draws)
    )
    tests = [_exceeding(value, draws_of) for value, draws_of in zip(statistics, null, strict=True)]
    residual = outcome - design @ coefficients
    explained = 1 - float(residual @ residual) / float(((outcome - outcome.mean()) ** 2).sum())
    return _table(codes, coefficients, statistics, tests, explained, group=name, n=len(outcome), source_id=source_id)


def _aligned(matrices: Mapping[str, pd.DataFrame], *, directed: bool) -> list[Array]:
    """The matrices over the actors of the first, in its order, without their diagonals."""
    actors = next(iter(matrices.values())).index
    found = []
    for code, frame in matrices.items():
        twice = sorted(map(str, set(frame.index[frame.index.duplicated()])))
        odd = sorted(map(str, set(frame.index) ^ set(frame.columns) | set(frame.index) ^ set(actors)))
        if twice or odd:
            raise TableError(
                "{code}: actors {twice} are not in every row and column once",
                code=code,
                twice=", ".join((twice or odd)[:10]),
            )
        matrix = frame.loc[actors, actors].to_numpy(dtype=float, copy=True)
        np.fill_diagonal(matrix, 0.0)
        _refuse_cells(code, matrix, actors, directed=directed)
        found.append(matrix)
    return found


def _refuse_cells(code: str, matrix: Array, actors: "pd.Index[Any]", *, directed: bool) -> None:
    missing = np.argwhere(~np.isfinite(matrix))
    if len(missing):
        row, column = missing[0]
        raise TableError(
            "{code}: no finite number in {count} cells, the first in row {actors}, column {actors_2}; leave these "
            "actors out, or say what the dyads hold",
            code=code,
            count=len(missing),
            actors=actors[row],
            actors_2=actors[column],
        )
    uneven = np.argwhere(~np.isclose(matrix, matrix.T, rtol=1e-12, atol=0))
    if not directed and len(uneven):
        row, column = uneven[0]
        raise TableError(
            "{code}: row {actors}, column {actors_2} differs from its mirror; an undirected matrix is symmetric, or "
            "pass directed=True",
            code=code,
            actors=actors[row],
            actors_2=actors[column],
        )


def _cells(size: int, *, directed: bool) -> Cells:
    """Rows and columns of the dyads that are cases."""
    if not directed:
        return np.triu_indices(size, k=1)
    rows, columns = np.nonzero(~np.eye(size, dtype=bool))
    return rows, columns


def _permuted(matrix: Array, cells: Cells, rng: np.random.Generator, draws: int) -> Iterator[Array]:
    """The cells of ``matrix`` with its actors permuted, in blocks of shape (some draws, dyads)."""
    size = max(1, _BLOCK_CELLS // max(1, len(cells[0])))
    identity = np.arange(len(matrix))
    for start in range(0, check_draws(draws), size):
        orders = rng.permuted(np.tile(identity, (min(size, draws - start), 1)), axis=1)
        yield matrix[orders[:, cells[0]], orders[:, cells[1]]]


def _exceeding(value: float, null: Array) -> tuple[float, float, float]:
    """p of statistics at least as large, at most as large, and at least as large without sign."""
    slack = TIES_TOLERANCE * max(1.0, abs(value))
    reached = (null >= value - slack, null <= value + slack, np.abs(null) >= abs(value) - slack)
    greater, less, either = ((float(hit.sum()) + 1) / (len(null) + 1) for hit in reached)
    return greater, less, either


def _refuse_collinear(design: Array, codes: list[str]) -> None:
    dyads, terms = design.shape
    if dyads <= terms:
        raise ArgumentError(
            "{dyads} dyads cannot carry {terms} coefficients; leave predictors out", dyads=dyads, terms=terms
        )
    scaled = design / np.maximum(np.linalg.norm(design, axis=0), 1e-300)
    for count in range(1, terms + 1):
        if np.linalg.matrix_rank(scaled[:, :count], tol=1e-10) < count:
            raise ArgumentError(
                "{codes} is determined by {codes_2}; leave one out",
                codes=codes[count - 1],
                codes_2=", ".join(codes[: count - 1]),
            )


def _fit(design: Array, outcome: Array) -> tuple[Array, Array]:
    """Least-squares coefficients and their t statistics."""
    basis, triangle = np.linalg.qr(design)
    inverse = np.linalg.inv(triangle)
    coefficients = inverse @ (basis.T @ outcome)
    residual = outcome - design @ coefficients
    variance = float(residual @ residual) / (len(outcome) - design.shape[1])
    return coefficients, coefficients / np.sqrt(variance * (inverse**2).sum(axis=1))


def _partialled(
    design: Array, outcome: Array, cells: Cells, size: int, rng: np.random.Generator, draws: int
) -> list[Array]:
    """For every term, t of its permuted residuals beside all other terms, shape (draws,).

    With Q an orthonormal basis of the other terms and y, e the response and the permuted residuals, both cleared of Q,
    b = e'y / e'e and t = b sqrt(df e'e / (y'y - b e'y)); e'e = |permuted|^2 - |Q'permuted|^2.
    """
    null = []
    for term in range(design.shape[1]):
        basis = np.linalg.qr(np.delete(design, term, axis=1))[0]
        column = design[:, term]
        rest = np.zeros((size, size))
        rest[cells] = column - basis @ (basis.T @ column)
        if len(cells[0]) < size * (size - 1):
            rest += rest.T
        cleared = outcome - basis @ (basis.T @ outcome)
        blocks = [_t(block, basis, cleared, design.shape) for block in _permuted(rest, cells, rng, draws)]
        null.append(np.concatenate(blocks))
    return null


def _t(block: Array, basis: Array, cleared: Array, shape: tuple[int, ...]) -> Array:
    along = block @ cleared
    own = (block**2).sum(axis=1) - ((block @ basis) ** 2).sum(axis=1)
    unexplained = float(cleared @ cleared) - along**2 / own
    return np.asarray(along / np.sqrt(own * unexplained / (shape[0] - shape[1])))


def _shuffled(design: Array, response: Array, cells: Cells, rng: np.random.Generator, draws: int) -> list[Array]:
    """For every term, its t when the response is permuted, shape (draws,)."""
    basis, triangle = np.linalg.qr(design)
    inverse = np.linalg.inv(triangle)
    widths = np.sqrt((inverse**2).sum(axis=1) / (design.shape[0] - design.shape[1]))
    parts = []
    for block in _permuted(response, cells, rng, draws):
        projected = block @ basis
        unexplained = (block**2).sum(axis=1) - (projected**2).sum(axis=1)
        parts.append(projected @ inverse.T / (np.sqrt(unexplained)[:, None] * widths))
    return list(np.concatenate(parts).T)


def _table(
    codes: list[str],
    coefficients: Array,
    statistics: Array,
    tests: list[tuple[float, float, float]],
    explained: float,
    *,
    group: str,
    n: int,
    source_id: str,
) -> pd.DataFrame:
    wide = pd.DataFrame(tests, columns=["mrqap_p_greater", "mrqap_p_less", "mrqap_p"])
    wide = wide.assign(entity=codes, mrqap_coefficient=coefficients, mrqap_t=statistics)
    rows = wide.melt(id_vars="entity", var_name="measure", value_name="value")
    whole = pd.DataFrame({"entity": ["network"], "measure": ["mrqap_r_squared"], "value": [explained]})
    rows = pd.concat([rows, whole], ignore_index=True)
    plain = {"mrqap_coefficient": "response_units", "mrqap_t": "statistic", "mrqap_r_squared": "share"}
    units = rows["measure"].map(plain).fillna("probability")
    fixed = {"group": group, "period": "", "interval": "none", "base": "", "source_id": source_id}
    blank = dict.fromkeys(("low", "high", "level"), np.nan)
    return validate(rows.assign(unit=units, n=float(n), **fixed, **blank), ESTIMATES)
