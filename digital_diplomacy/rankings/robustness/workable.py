"""Options of uncertain choices that can never work with the other steps, found before anything is drawn."""

from collections.abc import Iterator
from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import qmc

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.rankings.composite.steps import Floats
from digital_diplomacy.rankings.robustness.factors import Factor
from digital_diplomacy.rankings.robustness.scenarios import Model, evaluate

_TRIALS: Final = 32  # sets of weights an option is tried with: the stated ones, and others spread evenly


def unworkable_options(model: Model) -> pd.DataFrame:
    """Options of choices with which no trial gives every ranked unit a score, whatever the other choices.

    Each option is tried with the stated weights and with others spread evenly over what the factors allow (a Sobol
    sequence, so that no chance is needed), together with all options of the other factors in turn, until one works.

    Parameters
    ----------
    model : Model
        As `scenarios.model` returns it.

    Returns
    -------
    DataFrame
        ``factor`` (its name), ``option`` (its number, from 0) and ``cause``, what failed first.

    References
    ----------
    I. M. Sobol, On the distribution of points in a cube and the approximate evaluation of integrals, 1967, USSR
    Computational Mathematics and Mathematical Physics 7, pp. 86-112.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [1.0, 0.8, 0.5, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> means = [{"method": "arithmetic"}, {"method": "harmonic"}]
    >>> factors = [{"factor": "choice", "step": "aggregate", "options": means}]
    >>> found = rankings.unworkable_options(rankings.model(table, tree, rankings.EDITION_STEPS, factors))
    >>> found[["factor", "option"]]  # a harmonic mean needs values above 0, and D has a 0
                 factor  option
    0  choice_aggregate       1
    """
    trials = _trials(len(model.inputs) - len(model.singles))
    rows = []
    for column, factor in enumerate(model.singles):
        if factor.kind == "choice":
            for number in range(len(factor.options["options"])):
                cause = _failure(model, column, number, trials)
                rows += [{"factor": factor.name, "option": number, "cause": cause}] if cause else []
    return pd.DataFrame(rows, columns=["factor", "option", "cause"])


def refuse_unworkable(model: Model) -> None:
    """Refuse a factor with an option that can never work.

    Raises
    ------
    ValueError
        Naming factor, option and cause.
    """
    found = unworkable_options(model)
    if found.empty:
        return
    first = found.iloc[0]
    factor = next(one for one in model.singles if one.name == first["factor"])
    option = ", ".join(f"{key} = {value!r}" for key, value in factor.options["options"][first["option"]].items())
    raise ArgumentError(
        "factor {name!r}: option {option} ({option_2}) cannot work with these steps: {cause}; give the option "
        "arguments that fit the other steps, or take it out",
        name=factor.name,
        option=first["option"] + 1,
        option_2=option,
        cause=first["cause"],
    )


def _trials(weights: int) -> Floats:
    """Places of the weights in each trial, the stated ones first, shape (trials, weights)."""
    if not weights:
        return np.empty((1, 0))
    spread = qmc.Sobol(weights, scramble=False).fast_forward(1).random(_TRIALS - 1)
    return np.vstack([np.full(weights, 0.5), spread])


def _failure(model: Model, column: int, number: int, trials: Floats) -> str:
    """Why nothing works with an option; empty if something does."""
    cause = ""
    for places in _combinations(model.singles, column, number):
        positions = np.hstack([np.tile(places, (len(trials), 1)), trials])
        drawn = evaluate(model, positions)
        if (drawn.cause == "").any():
            return ""
        cause = cause or str(drawn.cause[0])
    return cause


def _combinations(factors: tuple[Factor, ...], column: int, number: int) -> Iterator[list[float]]:
    """Places of all factors but the weights that give this option, with every option of the others; errors are none."""
    counts = [len(factor.options.get("options", factor.options.get("values", (None,)))) for factor in factors]
    wanted = [(number,) if place == column else range(count) for place, count in enumerate(counts)]
    for chosen in product(*wanted):
        yield [(option + 0.5) / count for option, count in zip(chosen, counts, strict=True)]
