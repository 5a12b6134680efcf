"""What is uncertain in a composite index, declared as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from digital_diplomacy.errors import ArgumentError, joined, said
from digital_diplomacy.rankings.composite.steps import choose

DISTRIBUTIONS: Final = ("normal", "uniform")
"""Indicator errors: ``size`` is a standard error, or the half-width of an interval (printed digits)."""

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "choice": ("step", "options"),
    "weights": ("spread", "concentration", "levels", "grouped"),
    "error": ("distribution", "size"),
    "imputation": ("values",),
}


@dataclass(frozen=True)
class Factor:
    """One source of uncertainty.

    Attributes
    ----------
    name : str
        Names it in results.
    kind : str
        ``choice``, ``weights``, ``error`` or ``imputation``.
    options : mapping
        What `read_factors` lists for the kind.
    """

    name: str
    kind: str
    options: Mapping[str, Any]


def read_factors(factors: Sequence[Mapping[str, Any]]) -> tuple[Factor, ...]:
    """Uncertain factors from their declaration.

    Parameters
    ----------
    factors : sequence of mappings
        Each has ``factor``, the kind, optionally ``name``, and

        - ``choice``: ``step``, and ``options``, a list of at least two sets of arguments, each of which replaces those
          of that step; all are equally likely;
        - ``weights``: ``spread`` or ``concentration``, ``levels``, see `draws.weight_model`; ``grouped`` (False),
          whether the weights are one source of uncertainty in a sensitivity analysis or one each;
        - ``error``: ``distribution``, one of ``DISTRIBUTIONS``, and ``size``, by indicator or as a frame with the
          column ``entity`` and one column per indicator, in the unit the indicator has when it is normalised: errors
          are added there, and values are normalised anew in every draw;
        - ``imputation``: ``values``, a list of frames that differ in imputed cells, equally likely.

    Raises
    ------
    ValueError
        Naming what is unknown, missing or given twice.

    Examples
    --------
    >>> from digital_diplomacy import rankings
    >>> rankings.read_factors([{"factor": "weights", "spread": 0.25}])[0].name
    'weights'
    """
    read = tuple(_read_factor(dict(given)) for given in factors)
    names = [factor.name for factor in read]
    twice = sorted({name for name in names if names.count(name) > 1})
    single = [factor.kind for factor in read if factor.kind != "choice"]
    if not read or twice or len(single) != len(set(single)):
        wrong = said("kinds are {kinds}", kinds=single) if read else said("no factor")
        wrong = said("names {names} are given twice", names=twice) if twice else wrong
        raise ArgumentError(
            "factors: {wrong}; give at least one, each with its own name, and one of a kind but choices", wrong=wrong
        )
    return read


def _read_factor(given: dict[str, Any]) -> Factor:
    kind = choose("factor", str(given.pop("factor", "")), _KINDS)
    name = str(given.pop("name", f"choice_{given.get('step')}" if kind == "choice" else kind))
    unknown = [option for option in given if option not in _KINDS[kind]]
    optional = {"levels", "grouped"}
    if {"spread", "concentration"} & set(given):
        optional |= {"spread", "concentration"}
    missing = [option for option in _KINDS[kind] if option not in given and option not in optional]
    if unknown or missing:
        wrong = [said("takes no {option!r}", option=option) for option in unknown]
        wrong += [said("needs {option!r}", option=option) for option in missing]
        raise ArgumentError(
            "factor {name!r} {wrong}; its arguments: {kinds}",
            name=name,
            wrong=joined(wrong, ", "),
            kinds=", ".join(_KINDS[kind]),
        )
    several = {"choice": "options", "imputation": "values"}.get(kind)
    if several and len(given[several]) < 2:
        raise ArgumentError(
            "factor {name!r} has {count} {several}; what is uncertain has at least two",
            name=name,
            count=len(given[several]),
            several=several,
        )
    if kind == "error":
        choose("distribution", given["distribution"], DISTRIBUTIONS)
    return Factor(name, kind, given)
