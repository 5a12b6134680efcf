"""Curves of adoption fitted by least squares: logistic, Gompertz and Bass, with covariance and prediction intervals.

Each curve is a ceiling times the share of it reached, so the best ceiling for given other two parameters has a closed
form (Golub & Pereyra 1973, SIAM Journal on Numerical Analysis 10, 413-432). Only those two are searched, from the
lowest cells of a fixed grid, and the bound of the ceiling holds exactly.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter
from scipy.optimize import leastsq
from scipy.special import expit, stdtrit

Array = NDArray[np.float64]

LEAST_IMITATION: Final = 1e-4
"""Lowest imitation of a Bass curve, per year; at 0 the curve is an exponential approach and the two parts of the
hazard cannot be told apart."""

FREE_LIMIT: Final = 100.0  # times the largest observation: where a ceiling without a bound counts as unbounded
_STARTS: Final = (
    2  # local minima of the grid searched from; a third changed nothing in 7,000 fits to the world's series
)
_GRID: Final = 28  # points a rate; inflections have twice as many
_USUAL_SPAN: Final = 24.0  # years the grids of rates are made for; other spans scale them
_LARGEST_EXPONENT: Final = 700.0  # exp of more overflows
_LOG_RANGE: Final = (-40.0, 6.0)  # of logarithms of rates per year; beyond, curves do not change any more
_AT_BOUND: Final = 1e-7  # relative distance that counts as being at a bound
_SINGULAR: Final = 1e-10  # ratio of singular values below which parameters cannot be told apart
_TOLERANCE: Final = 1e-10
_MOST_EVALUATIONS: Final = 500
_CONVERGED: Final = (1, 2, 3, 4)  # MINPACK's codes of a minimum found


class Shape(NamedTuple):
    """A curve without its ceiling: names of its parameters, which are positive (searched by logarithm), their least
    values, and the share reached at a time with its derivatives by both parameters."""

    names: tuple[str, str]
    positive: tuple[bool, bool]
    least: tuple[float, float]
    reach: Callable[[Array, Array | float, Array | float], tuple[Array, Array, Array]]


@dataclass(frozen=True, eq=False)
class Curve:
    """A fitted curve.

    ``parameters`` are the ceiling (unit of the values) and the two of its model, on a time that counts years from
    ``launch``; ``covariance`` is theirs (3 by 3; a given ceiling has none; missing where the parameters cannot be told
    apart). ``free`` is the number of parameters fitted, ``at_bound`` names those that ended at a bound.
    """

    model: str
    launch: float
    parameters: Array
    covariance: Array
    rss: float
    n: int
    free: int
    at_bound: tuple[str, ...]
    converged: bool

    @property
    def residual_sd(self) -> float:
        """Residual standard deviation, root of the residual sum of squares over the degrees of freedom."""
        return math.sqrt(self.rss / (self.n - self.free))

    @property
    def aic(self) -> float:
        """Akaike's criterion ``n ln(rss / n) + 2 (free + 1)``, without the constant all models share."""
        return (self.n * math.log(self.rss / self.n) if self.rss > 0 else -math.inf) + 2 * (self.free + 1)


def _logistic(time: Array, rate: Array | float, inflection: Array | float) -> tuple[Array, Array, Array]:
    reach = expit(rate * (time - inflection))
    slope = reach * (1 - reach)
    return reach, slope * (time - inflection), -slope * rate


def _gompertz(time: Array, rate: Array | float, inflection: Array | float) -> tuple[Array, Array, Array]:
    left = np.exp(np.clip(-rate * (time - inflection), -_LARGEST_EXPONENT, _LARGEST_EXPONENT))
    reach = np.exp(-left)
    slope = reach * left
    return reach, slope * (time - inflection), -slope * rate


def _bass(time: Array, innovation: Array | float, imitation: Array | float) -> tuple[Array, Array, Array]:
    time = np.maximum(time, 0)  # nobody adopts before the launch
    decay = np.exp(np.clip(-(innovation + imitation) * time, -_LARGEST_EXPONENT, 0))
    ratio = imitation / innovation
    below = 1 + ratio * decay
    reach = (1 - decay) / below
    by_innovation = (time * decay * below + (1 - decay) * ratio * decay * (1 / innovation + time)) / below**2
    by_imitation = (time * decay * below - (1 - decay) * decay * (1 / innovation - ratio * time)) / below**2
    return reach, by_innovation, by_imitation


SHAPES: Final = {
    "logistic": Shape(("rate", "inflection"), (True, False), (0.0, 0.0), _logistic),
    "gompertz": Shape(("rate", "inflection"), (True, False), (0.0, 0.0), _gompertz),
    "bass": Shape(("innovation", "imitation"), (True, True), (0.0, LEAST_IMITATION), _bass),
}
"""Curves by name: Verhulst 1838, Gompertz 1825, Bass 1969."""


def fit_curve(
    times: Array,
    values: Array,
    model: str,
    *,
    ceiling: float | None = None,
    ceiling_max: float | None = 100.0,
    start: Curve | None = None,
) -> Curve:
    """The curve with the least sum of squared residuals.

    Parameters
    ----------
    times, values : array, shape (n,)
        Years as numbers, in order, and what was observed; n above the number of parameters, values not all 0.
    model : str
        One of ``SHAPES``: ``logistic`` ``L / (1 + exp(-k (t - m)))``, ``gompertz`` ``L exp(-exp(-k (t - m)))``, or
        ``bass`` ``L (1 - exp(-(p+q) s)) / (1 + q/p exp(-(p+q) s))``, where s counts years since one year before the
        first observation. Rates are above 0, imitation is at least ``LEAST_IMITATION``.
    ceiling : float, optional
        A given ceiling, which is then not fitted.
    ceiling_max : float, optional
        Largest ceiling allowed; None for no bound but ``FREE_LIMIT`` times the largest observation.
    start : Curve, optional
        Search from this curve alone instead of from the grid.

    Returns
    -------
    Curve
        Its covariance is the residual variance times the inverse of J'J. A parameter at its bound is treated there
        like the others, which makes intervals wider than if it were known.

    References
    ----------
    Verhulst 1838, Correspondance mathematique et physique 10, 113-121. Gompertz 1825, Philosophical Transactions 115,
    513-583. Bass 1969, Management Science 15, 215-227. Bates & Watts 1988, Nonlinear Regression Analysis, chapter 2.

    Examples
    --------
    >>> times = np.arange(2000.0, 2020.0)
    >>> curve = fit_curve(times, 80 / (1 + np.exp(-0.5 * (times - 2009))), "logistic")
    >>> [round(float(value), 4) for value in curve.parameters], curve.launch
    ([80.0, 0.5, 10.0], 1999.0)
    """
    shape, launch, limits = SHAPES[model], float(times[0]) - 1, _limits(values, ceiling, ceiling_max)
    time = times - launch
    starts = _grid_starts(model, time, values, limits) if start is None else [_searched(shape, start.parameters[1:])]
    found = [_descend(shape, time, values, limits, theta) for theta in starts]
    best = min(found, key=lambda outcome: outcome[1])
    natural, _ = _natural(shape, best[0])
    reach, *_ = shape.reach(time, *natural)
    top = _ceiling(reach, values, limits)
    parameters = np.array([top, *natural])
    free = 2 if ceiling is not None else 3
    at_bound = ("ceiling",) if free == 3 and top >= limits[1] * (1 - _AT_BOUND) else ()
    if model == "bass" and natural[1] <= LEAST_IMITATION * (1 + 1e-3):
        at_bound = (*at_bound, "imitation")
    covariance = _covariance(shape, time, parameters, free) * best[1] / (len(times) - free)
    return Curve(model, launch, parameters, covariance, best[1], len(times), free, at_bound, best[2])


def fitted(curve: Curve, times: Array) -> tuple[Array, Array]:
    """Values of the curve at some times, shape (m,), and their derivatives by its parameters, shape (m, 3)."""
    top, first, second = curve.parameters
    reach, by_first, by_second = SHAPES[curve.model].reach(np.asarray(times) - curve.launch, first, second)
    return top * reach, np.column_stack([reach, top * by_first, top * by_second])


def prediction(curve: Curve, times: Array, *, level: float) -> tuple[Array, Array, Array]:
    """Value, lower and upper end of the prediction interval of a new observation at each time.

    By the delta method: the variance is the residual variance plus that of the curve, Student's t with n minus the
    fitted parameters. The ends are not cut to what is possible, so that a curve which knows nothing shows it.

    References
    ----------
    Bates & Watts 1988, Nonlinear Regression Analysis, section 2.3. Seber & Wild 1989, Nonlinear Regression, section
    5.1.
    """
    value, gradient = fitted(curve, times)
    spread = np.sqrt(curve.residual_sd**2 + np.einsum("ij,jk,ik->i", gradient, curve.covariance, gradient))
    half = student(level, curve.n - curve.free) * spread
    return value, value - half, value + half


def inflection(curve: Curve) -> tuple[float, float]:
    """Time of fastest growth in calendar years, and its standard error by the delta method.

    Missing for a Bass curve whose imitation does not exceed its innovation: it grows fastest at its launch.
    """
    _, first, second = curve.parameters
    if curve.model != "bass":
        return curve.launch + float(second), math.sqrt(curve.covariance[2, 2])
    if second <= first:
        return math.nan, math.nan
    total, ratio = first + second, math.log(second / first)
    gradient = np.array([0.0, -1 / (first * total), 1 / (second * total)]) - np.array([0, 1, 1]) * ratio / total**2
    return curve.launch + ratio / total, math.sqrt(gradient @ curve.covariance @ gradient)


def student(level: float, freedom: float) -> float:
    """Half width of the central interval of Student's t, in standard errors."""
    return float(stdtrit(freedom, (1 + level) / 2))


def _limits(values: Array, ceiling: float | None, ceiling_max: float | None) -> tuple[float, float]:
    if ceiling is not None:
        return ceiling, ceiling
    return 0.0, FREE_LIMIT * float(values.max()) if ceiling_max is None else ceiling_max


def _ceiling(reach: Array, values: Array, limits: tuple[float, float]) -> float:
    """The best ceiling within its limits for the shares reached."""
    power = max(float(reach @ reach), np.finfo(float).tiny)
    return min(max(float(reach @ values) / power, limits[0]), limits[1])


def _natural(shape: Shape, theta: Array) -> tuple[list[float], list[float]]:
    """Both parameters of a point searched, and their derivatives by it."""
    natural, factor = [], []
    for value, positive, least in zip(theta, shape.positive, shape.least, strict=True):
        above = math.exp(min(max(value, _LOG_RANGE[0]), _LOG_RANGE[1])) if positive else float(value)
        natural.append(least + above)
        factor.append(above if positive else 1.0)
    return natural, factor


def _searched(shape: Shape, natural: Array) -> Array:
    """The point searched for both parameters; a little off the bound, where the search could not move."""
    parts = zip(natural, shape.positive, shape.least, strict=True)
    return np.array([math.log(max(value - least, 1e-3 * value)) if above else value for value, above, least in parts])


def _grid_starts(model: str, time: Array, values: Array, limits: tuple[float, float]) -> list[Array]:
    """The lowest local minima of a grid of both parameters."""
    axes, reach, power = _grid(model, tuple(time.tolist()))
    product = reach @ values
    top = np.clip(product / power, *limits)
    rss = (top * (top * power - 2 * product)).reshape(len(axes[0]), len(axes[1]))  # but for the sum of squares
    cells = np.argwhere(rss <= minimum_filter(rss, size=3, mode="nearest"))
    order = np.argsort(rss[cells[:, 0], cells[:, 1]], kind="stable")[:_STARTS]
    return [_searched(SHAPES[model], np.array([axes[0][row], axes[1][column]])) for row, column in cells[order]]


@lru_cache(maxsize=64)  # series of one table share their years
def _grid(model: str, times: tuple[float, ...]) -> tuple[tuple[Array, Array], Array, Array]:
    """Values of both parameters, and the share reached for each pair of them with its sum of squares."""
    span = max(times[-1] - times[0], 1.0)
    scale = _USUAL_SPAN / span
    if model == "bass":
        axes = np.geomspace(1e-5, 1, _GRID) * scale, np.geomspace(2e-3, 3, _GRID) * scale
    else:
        axes = np.geomspace(0.02, 3, _GRID) * scale, np.linspace(times[0] - span, times[-1] + 2 * span, 2 * _GRID)
    first, second = (grid.ravel()[:, None] for grid in np.meshgrid(*axes, indexing="ij"))
    reach, *_ = SHAPES[model].reach(np.array(times), first, second)
    return axes, reach, np.maximum((reach * reach).sum(axis=1), np.finfo(float).tiny)


def _descend(
    shape: Shape, time: Array, values: Array, limits: tuple[float, float], theta: Array
) -> tuple[Array, float, bool]:
    """The nearest minimum by Levenberg and Marquardt: its place, its residual sum of squares, whether it is one."""

    tiny = np.finfo(float).tiny
    last: dict[bytes, tuple[Array, Array]] = {}

    def evaluate(point: Array) -> tuple[Array, Array]:
        """Residuals and their derivatives; the search asks for both at the same point, one after the other."""
        key = point.tobytes()
        if key not in last:
            natural, factor = _natural(shape, point)
            reach, first, second = shape.reach(time, *natural)
            slopes = np.array([first * factor[0], second * factor[1]])
            power = max(float(reach @ reach), tiny)
            best = float(reach @ values) / power
            top = min(max(best, limits[0]), limits[1])
            by_point = (slopes @ values - 2 * top * (slopes @ reach)) / power if top == best else np.zeros(2)
            last.clear()
            last[key] = top * reach - values, by_point[:, None] * reach + top * slopes
        return last[key]

    with np.errstate(over="ignore", invalid="ignore"):  # in a covariance of the search that is not used
        theta, _, told, _, status = leastsq(
            lambda point: evaluate(point)[0],
            theta,
            Dfun=lambda point: evaluate(point)[1],
            col_deriv=True,
            full_output=True,
            ftol=_TOLERANCE,
            xtol=_TOLERANCE,
            maxfev=_MOST_EVALUATIONS,
        )
    return theta, float(told["fvec"] @ told["fvec"]), status in _CONVERGED


def _covariance(shape: Shape, time: Array, parameters: Array, free: int) -> Array:
    """Inverse of J'J through singular values of the scaled Jacobian; missing if it is singular."""
    reach, *slopes = shape.reach(time, *parameters[1:])
    jacobian = np.column_stack([reach, *(parameters[0] * slope for slope in slopes)])[:, 3 - free :]
    inverse = np.zeros((3, 3))
    scale = np.sqrt((jacobian**2).sum(axis=0))
    if not (scale > 0).all():
        return np.full((3, 3), np.nan)
    _, sizes, directions = np.linalg.svd(jacobian / scale, full_matrices=False)
    if sizes[-1] < _SINGULAR * sizes[0]:
        return np.full((3, 3), np.nan)
    root = directions.T / sizes / scale[:, None]
    inverse[3 - free :, 3 - free :] = root @ root.T
    return inverse
