"""Methods of aggregation by name, each with its options and the values it is defined for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, signature
from typing import Any, Final

import numpy as np

from digital_diplomacy.errors import ArgumentError, joined, said
from digital_diplomacy.rankings.composite import means
from digital_diplomacy.rankings.composite.frontier import benefit_of_doubt
from digital_diplomacy.rankings.composite.outranking import copeland, hellwig
from digital_diplomacy.rankings.composite.steps import Floats

Spec = str | Mapping[str, Any]
"""A method by name, or with its options: ``{"name": "generalised", "power": 2}``."""

DOMAINS: Final = {"any": "", "nonnegative": "at least 0", "positive": "above 0"}
"""Values a method is defined for, in words."""


@dataclass(frozen=True)
class Method:
    """A way to make one number of several.

    Attributes
    ----------
    name : str
        One of ``METHODS``.
    combine : callable
        Values (..., units, children) and weights (..., children) to scores (..., units).
    domain : str
        Which values it is defined for: ``any``, ``nonnegative`` or ``positive``.
    relative : bool
        Whether a unit's score depends on the other units.
    """

    name: str
    combine: Callable[[Floats, Floats], Floats]
    domain: str = "any"
    relative: bool = False


def _arithmetic() -> Method:
    return Method("arithmetic", means.weighted_mean)


def _geometric() -> Method:
    return Method("geometric", means.geometric_mean, "positive")


def _harmonic() -> Method:
    return Method("harmonic", means.harmonic_mean, "positive")


def _generalised(*, power: float) -> Method:
    _within("power", power, -np.inf, np.inf)
    domain = "nonnegative" if power > 0 else "positive"
    return Method("generalised", partial(means.power_mean, power=power), domain)


def _mpi(*, penalty: str = "negative", spread: str = "population") -> Method:
    _one_of("penalty", penalty, means.PENALTIES)
    _one_of("spread", spread, means.SPREADS)
    return Method("mpi", partial(means.penalised_mean, penalty=penalty, spread=spread), "positive")


def _adjusted_mpi(*, penalty: str = "negative") -> Method:
    _one_of("penalty", penalty, means.PENALTIES)
    return Method("adjusted_mpi", partial(means.penalised_mean, penalty=penalty), "positive")


def _mean_min(*, strength: float, smoothing: float = 0.0) -> Method:
    _within("strength", strength, 0, 1)
    _within("smoothing", smoothing, 0, np.inf)
    return Method("mean_min", partial(means.mean_min, strength=strength, smoothing=smoothing))


def _owa(*, quantifier: Sequence[float] = (), order_weights: Sequence[float] = ()) -> Method:
    if bool(len(quantifier)) == bool(len(order_weights)):
        raise ArgumentError(
            "method 'owa' needs either quantifier (two limits) or order_weights (the best value's first)"
        )
    if len(quantifier):
        if len(quantifier) != 2 or not 0 <= quantifier[0] < quantifier[1] <= 1:
            raise ArgumentError(
                "quantifier is {quantifier}; two limits with 0 <= first < second <= 1 expected",
                quantifier=list(quantifier),
            )
        return Method("owa", partial(means.ordered_mean, quantifier=means.quantifier_of(quantifier)))
    if not np.isfinite(order_weights).all() or min(order_weights) < 0 or sum(order_weights) == 0:
        raise ArgumentError(
            "order_weights are {order_weights}; numbers of at least 0, not all 0, expected",
            order_weights=list(order_weights),
        )
    return Method("owa", partial(means.ordered_mean, quantifier=means.quantifier_through(order_weights)))


def _benefit_of_doubt(*, share_low: float = 0.0, share_high: float = 1.0) -> Method:
    _within("share_low", share_low, 0, 1)
    _within("share_high", share_high, 0, 1)

    def combine(x: Floats, weights: Floats) -> Floats:
        leading = np.broadcast_shapes(x.shape[:-2], weights.shape[:-1])
        once = np.array([benefit_of_doubt(x[at], share_low=share_low, share_high=share_high) for at in _draws(x)])
        return np.broadcast_to(once.reshape(x.shape[:-1]), (*leading, x.shape[-2]))

    return Method("benefit_of_doubt", combine, "positive" if share_low > 0 else "nonnegative", relative=True)


def _draws(x: Floats) -> list[tuple[int, ...]]:
    return list(np.ndindex(x.shape[:-2]))


def _copeland() -> Method:
    return Method("copeland", copeland, relative=True)


def _wroclaw() -> Method:
    return Method("wroclaw", hellwig, relative=True)


METHODS: Final[Mapping[str, Callable[..., Method]]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
    "generalised": _generalised,
    "copeland": _copeland,
    "mpi": _mpi,
    "adjusted_mpi": _adjusted_mpi,
    "owa": _owa,
    "benefit_of_doubt": _benefit_of_doubt,
    "wroclaw": _wroclaw,
    "mean_min": _mean_min,
}
"""Methods by name; the keyword arguments of each are its options."""


def _one_of(option: str, value: object, allowed: Mapping[str, object] | Sequence[str]) -> None:
    if value not in allowed:
        raise ArgumentError(
            "unknown {option} {value!r}; allowed: {allowed}", option=option, value=value, allowed=", ".join(allowed)
        )


def _within(option: str, value: float, low: float, high: float) -> None:
    if not (low <= value <= high and np.isfinite(value)):
        raise ArgumentError(
            "{option} is {value}; a finite number from {low} to {high} expected",
            option=option,
            value=value,
            low=low,
            high=high,
        )


def method_of(spec: Spec) -> Method:
    """The method a name, or a name with options, stands for.

    Raises
    ------
    ValueError
        If the name or an option is unknown, an option is missing, or has a value that makes no sense.

    Examples
    --------
    >>> method_of({"name": "generalised", "power": 2}).domain
    'nonnegative'
    """
    options = {"name": spec} if isinstance(spec, str) else dict(spec)
    name = options.pop("name", None)
    _one_of("method", name, METHODS)
    allowed = signature(METHODS[str(name)]).parameters
    unknown = [option for option in options if option not in allowed]
    missing = [o for o, given in allowed.items() if given.default is Parameter.empty and o not in options]
    if unknown or missing:
        wrong = [said("takes no {option!r}", option=option) for option in unknown]
        wrong += [said("needs {option!r}", option=option) for option in missing]
        raise ArgumentError(
            "method {name!r} {wrong}; its options: {allowed}",
            name=name,
            wrong=joined(wrong, ", "),
            allowed=", ".join(allowed) or said("none"),
        )
    return METHODS[str(name)](**options)
