"""Errors of indicators: values as they might have been measured, normalised anew."""

from collections.abc import Mapping
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, said
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD
from digital_diplomacy.rankings.composite.normalisation import METHODS, normalise_columns
from digital_diplomacy.rankings.composite.steps import Floats, blocks, by_code
from digital_diplomacy.rankings.robustness.factors import Factor


def perturb(
    before: pd.DataFrame,
    framework: pd.DataFrame,
    normalising: Mapping[str, Any],
    codes: list[str],
    factor: Factor,
    positions: Floats,
) -> dict[int, Floats]:
    """Indicators that have errors, drawn and normalised.

    Parameters
    ----------
    before, framework : DataFrame
        On their way into normalisation.
    normalising : mapping
        All arguments of that step.
    codes : list of str
        Indicators.
    factor : Factor
        Of kind ``error``.
    positions : ndarray, shape (draws,)
        Between 0 and 1. Each draw has a generator of its own, keyed by its place, so that equal places have equal
        errors, as a sensitivity analysis needs them.

    Returns
    -------
    dict
        Number of the indicator in ``codes`` to its draws, shape (rows, draws).
    """
    size = _sizes(before, codes, factor)
    normal = factor.options["distribution"] == "normal"
    unit = np.empty((len(positions), *size.shape))
    for draw, position in enumerate(positions):
        rng = np.random.default_rng(int(position * 2**53))
        unit[draw] = rng.standard_normal(size.shape) if normal else rng.uniform(-1, 1, size.shape)
    found = {}
    for number in np.flatnonzero(size.any(axis=0)):
        stated = before[codes[number]].to_numpy(float)
        drawn = stated[:, None] + size[:, [number]] * unit[:, :, number].T
        options = by_code(codes, _arguments(normalising), normalising.get("by_indicator"))[codes[number]]
        row = framework.set_index("code").loc[codes[number]].to_dict()
        found[int(number)] = _normalised(before, options, row, drawn, normalising.get("over"))
    return found


def _sizes(values: pd.DataFrame, codes: list[str], factor: Factor) -> Floats:
    """Size of the error of every cell, shape (rows, indicators)."""
    given = factor.options["size"]
    named = given.columns.drop([ENTITY, PERIOD], errors="ignore") if isinstance(given, pd.DataFrame) else given
    unknown = [str(code) for code in named if code not in codes]
    if unknown:
        raise ArgumentError(
            "factor {name!r}: size names {unknown}, no indicator of the framework",
            name=factor.name,
            unknown=", ".join(unknown),
        )
    if isinstance(given, pd.DataFrame):
        key = [column for column in (ENTITY, PERIOD) if column in given]
        texts = given.astype(dict.fromkeys(key, str))
        _refuse_strangers(values, texts, key, factor.name)
        both = values[key].astype(str).merge(texts, on=key, how="left", validate="many_to_one")
        size = both.reindex(columns=codes).fillna(0.0).to_numpy(float)
    else:
        size = np.tile([float(given.get(code, 0.0)) for code in codes], (len(values), 1))
    if not (np.isfinite(size) & (size >= 0)).all():
        raise ArgumentError("factor {name!r}: sizes of errors are finite numbers of at least 0", name=factor.name)
    return size


def _refuse_strangers(values: pd.DataFrame, sizes: pd.DataFrame, key: list[str], name: str) -> None:
    """Refuse sizes of units that have no values, which would be lost, and of units named twice."""
    absent = [column for column in key if column not in values]
    if ENTITY not in key or absent:
        raise ArgumentError(
            "factor {name!r}: size needs the column 'entity', and 'period' only if the values have it", name=name
        )
    known = set(values[key].astype(str).itertuples(index=False, name=None))
    named = list(sizes[key].itertuples(index=False, name=None))
    strange = [row for row in named if row not in known]
    if strange or len(set(named)) < len(named):
        twice = said("a unit more than once")
        what = said("{unit}, which has no values", unit="/".join(strange[0])) if strange else twice
        raise ArgumentError(
            "factor {name!r}: size names {what}; keep one row for each unit of the values", name=name, what=what
        )


def _arguments(normalising: Mapping[str, Any]) -> dict[str, Any]:
    return {name: option for name, option in normalising.items() if name not in ("step", "over", "by_indicator")}


def _normalised(
    values: pd.DataFrame, options: Mapping[str, Any], row: Mapping[Any, Any], x: Floats, over: str | None
) -> Floats:
    """Draws of one indicator, shape (rows, draws), normalised within the blocks of the step."""
    known = {**options, **{name: float(row[name]) for name in ("target", "goalpost_low", "goalpost_high")}}
    wanted = signature(METHODS[options["method"]]).parameters
    found = np.empty(x.shape)
    for part in blocks(values, over):
        used = {name: known[name] for name in wanted if name in known}
        if "reference" in wanted:
            used["reference"] = int(np.flatnonzero(values[ENTITY].to_numpy()[part] == options["reference"])[0])
        found[part] = normalise_columns(x[part], options["method"], directions=row["direction"], **used)
    return found
