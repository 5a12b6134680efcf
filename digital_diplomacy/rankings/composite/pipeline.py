"""A composite index as a declared list of steps, kept with its result: every number says where it comes from."""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import inspect
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from digital_diplomacy.errors import ArgumentError, DigitalDiplomacyError, Said, TableError, said
from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.denominators import denominate
from digital_diplomacy.rankings.composite.framework import ENTITY, PERIOD, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.imputation import impute
from digital_diplomacy.rankings.composite.normalisation import normalise
from digital_diplomacy.rankings.composite.screening import screen
from digital_diplomacy.rankings.composite.steps import Step, notes
from digital_diplomacy.rankings.composite.treatment import treat
from digital_diplomacy.rankings.composite.weights import weigh

STEPS: Final[Mapping[str, Callable[..., Step]]] = {
    "denominate": denominate,
    "screen": screen,
    "impute": impute,
    "treat": treat,
    "normalise": normalise,
    "weigh": weigh,
    "aggregate": aggregate,
}
"""Steps of an index in their order. Every one is declared, if only as ``method = "none"`` with a reason; one may be
declared several times in a row (missing values filled from earlier periods, and the rest by the median)."""

Declared = Mapping[str, Any]

BY_CODE: Final = ("aggregation", "by_indicator", "method", "scale", "targets", "threshold", "weights")
"""Arguments of steps that may be tables by code of the framework."""


def said_by_code(argument: str, given: Any) -> bool:
    """Whether an argument of a step is a table by code; a method with its options is none, though it is a table."""
    return argument in BY_CODE and isinstance(given, Mapping) and not isinstance(given.get("name"), str)


@dataclass(frozen=True)
class Index:
    """A composite index, with all it takes to make it again.

    Attributes
    ----------
    scores : DataFrame
        ``entity``, ``period`` if there are several, one column per code of the framework: normalised indicators and
        aggregates.
    framework : DataFrame
        Table ``FRAMEWORK`` after the last step, weights included.
    steps : tuple of dict
        The declared steps with every argument, defaults included; fit for JSON.
    stages : tuple of Step
        What was given, and what each step left: one more than ``steps``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 40, 80, 100], "y": [10.0, None, 20, 30]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> steps = [step | ({"available": 0.5} if step["step"] == "screen" else {}) for step in rankings.default_steps()]
    >>> made = rankings.run(table, tree, steps)
    >>> made.scores[["entity", "index"]]
      entity  index
    0      A    0.0
    1      B   45.0
    2      C   65.0
    3      D  100.0
    >>> made.notes[["step", "entity", "code", "after"]]  # the median of 10, 20 and 30 stands for what is missing
         step entity code  after
    0  impute      B    y   20.0
    """

    scores: pd.DataFrame
    framework: pd.DataFrame
    steps: tuple[dict[str, Any], ...]
    stages: tuple[Step, ...]

    @property
    def notes(self) -> pd.DataFrame:
        """Table ``NOTES`` of all steps, each row with the number (from 1) and name of its step."""
        made = [
            stage.notes.assign(number=number, step=declared["step"])
            for number, (stage, declared) in enumerate(zip(self.stages[1:], self.steps, strict=True), start=1)
        ]
        columns = ["number", "step", *self.stages[0].notes.columns]
        return pd.concat(made, ignore_index=True)[columns]


def default_steps() -> list[dict[str, Any]]:
    """A plain index: units with two thirds of the indicators, medians, outliers treated, 0 to 100, arithmetic means.

    Examples
    --------
    >>> from digital_diplomacy import rankings
    >>> [step["step"] for step in rankings.default_steps()]
    ['denominate', 'screen', 'impute', 'treat', 'normalise', 'weigh', 'aggregate']
    """
    return [
        {"step": "denominate"},
        {"step": "screen", "available": 2 / 3},
        {"step": "impute", "method": "median"},
        {"step": "treat"},
        {"step": "normalise", "method": "min_max", "low": 0.0, "high": 100.0},
        {"step": "weigh", "method": "none", "reason": "weights of the framework"},
        {"step": "aggregate", "method": "arithmetic"},
    ]


def load_steps(text: str) -> list[dict[str, Any]]:
    """Steps from TOML: one table ``[[steps]]`` each, in order.

    Raises
    ------
    ValueError
        If the text is no TOML, or holds anything but steps, or they cannot be run.

    Examples
    --------
    >>> from digital_diplomacy import rankings
    >>> rankings.load_steps("[[steps]]")
    Traceback (most recent call last):
    digital_diplomacy.errors.ArgumentError: step 1 has no name; give step = one of denominate, screen, impute, treat, normalise, weigh, aggregate
    """  # noqa: E501 - what an error says stands on one line
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ArgumentError("steps: no TOML: {error}", error=error) from error
    others = sorted(set(found) - {"steps"})
    listed = found.get("steps")
    if others or not isinstance(listed, list) or not all(isinstance(step, dict) for step in listed):
        beside = said("; found {others} beside it", others=", ".join(map(repr, others))) if others else ""
        raise ArgumentError(
            "steps: one table [[steps]] for each step expected, and nothing else{beside}", beside=beside
        )
    resolve(listed)
    return listed


def resolve(steps: Sequence[Declared]) -> tuple[dict[str, Any], ...]:
    """The steps with every argument, defaults included, or a refusal.

    Raises
    ------
    ValueError
        Naming unknown steps and arguments, steps left out or out of order, steps skipped without a reason, and
        arguments that cannot be stored as JSON.

    Examples
    --------
    >>> from digital_diplomacy import rankings
    >>> steps = rankings.default_steps()
    >>> rankings.resolve(steps)[4]["method"], len(rankings.resolve(steps))
    ('min_max', 7)
    >>> rankings.resolve(steps[:-1])
    Traceback (most recent call last):
    digital_diplomacy.errors.ArgumentError: steps: 'aggregate' not declared; declare every step, or skip it with method = "none" and a reason
    """  # noqa: E501 - what an error says stands on one line
    made = tuple(_resolve_one(number, step) for number, step in enumerate(steps, start=1))
    order = [list(STEPS).index(step["step"]) for step in made]
    for number, (before, after) in enumerate(pairwise(order), start=2):
        if after < before:
            names = list(STEPS)
            raise ArgumentError(
                "step {number}: {names!r} stands after {names_2!r}; the order is {order}",
                number=number,
                names=names[after],
                names_2=names[before],
                order=_ORDER,
            )
    missing = [name for name in STEPS if name not in {step["step"] for step in made}]
    if missing:
        raise ArgumentError(
            'steps: {missing} not declared; declare every step, or skip it with method = "none" and a reason',
            missing=", ".join(map(repr, missing)),
        )
    return made


_ORDER: Final = ", ".join(STEPS)


def _resolve_one(number: int, step: Declared) -> dict[str, Any]:
    name = step.get("step")
    if name is None:
        raise ArgumentError("step {number} has no name; give step = one of {order}", number=number, order=_ORDER)
    if name not in STEPS:
        raise ArgumentError(
            "step {number}: unknown step {name!r}; allowed: {order}", number=number, name=name, order=_ORDER
        )
    where = said("step {number} ({name})", number=number, name=name)
    given = {key: value for key, value in step.items() if key != "step"}
    if given.get("method") == "none":
        return {"step": name, **_skipped(where, name, given)}
    signature = inspect.signature(STEPS[name])
    options = {key: item for key, item in signature.parameters.items() if item.kind is item.KEYWORD_ONLY}
    unknown = [key for key in given if key not in options]
    if unknown:
        strange = ", ".join(map(repr, unknown))
        raise ArgumentError(
            "{where}: unknown argument {strange}; allowed: {options}",
            where=where,
            strange=strange,
            options=", ".join(options),
        )
    left_out = [key for key, item in options.items() if item.default is item.empty and key not in given]
    if left_out:
        raise ArgumentError(
            "{where}: argument {left_out} is required", where=where, left_out=", ".join(map(repr, left_out))
        )
    arguments = {key: given.get(key, item.default) for key, item in options.items()}
    try:
        stored: dict[str, Any] = json.loads(json.dumps(arguments, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            "{where}: arguments must be text, numbers, lists and tables: {error}", where=where, error=error
        ) from error
    return {"step": name, **stored}


def _skipped(where: Said, name: str, given: Declared) -> dict[str, Any]:
    extra = sorted(set(given) - {"method", "reason"})
    if extra:
        raise ArgumentError(
            "{where}: a skipped step takes a reason only; found {extra}", where=where, extra=", ".join(map(repr, extra))
        )
    if not str(given.get("reason", "")).strip():
        raise ArgumentError("{where}: method = 'none' skips it; say why in reason", where=where)
    if name == "aggregate":
        raise ArgumentError("{where}: without it there is no index; name a method", where=where)
    return {"method": "none", "reason": str(given["reason"])}


def run(values: pd.DataFrame, framework: pd.DataFrame, steps: Sequence[Declared]) -> Index:
    """Make an index by the declared steps.

    Parameters
    ----------
    values, framework : DataFrame
        As `check_values` and `check_framework` take them.
    steps : sequence of dict
        Each names its ``step``, one of ``STEPS``, and arguments of that function; see `default_steps`.

    Returns
    -------
    Index
        ``run(index.stages[0].values, index.stages[0].framework, index.steps)`` makes it again.

    Raises
    ------
    ValueError
        If the steps cannot be run, as `resolve` says, or a step refuses an argument.
    TableError
        If a step refuses the data; number and name of the step come first.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("KLMN"), "a": [4.0, 3.0, 2.0, 0.0], "b": [1.0, 2.0, 4.0, 5.0]})
    >>> tree = pd.DataFrame({"code": ["a", "b", "index"], "parent": ["index", "index", ""]})
    >>> rankings.run(table, tree, rankings.default_steps()).scores["index"].tolist()
    [50.0, 50.0, 62.5, 50.0]
    """
    resolved = resolve(steps)
    tree = check_framework(framework)
    stages = [Step(check_values(values, tree), tree, notes())]
    for number, step in enumerate(resolved, start=1):
        try:
            stages.append(_apply(stages[-1], step))
        except (TableError, ValueError) as error:
            kind = type(error) if isinstance(error, DigitalDiplomacyError) else ArgumentError
            where = said("step {number} ({name})", number=number, name=step["step"])
            raise kind("{where}: {error}", where=where, error=error) from error
    final = stages[-1]
    key = [column for column in (ENTITY, PERIOD) if column in final.values]
    scores = final.values[[*key, *final.framework["code"]]]
    return Index(scores, final.framework, resolved, tuple(stages))


def _apply(stage: Step, step: Declared) -> Step:
    arguments = {key: value for key, value in step.items() if key not in ("step", "reason")}
    if step.get("method") == "none" and step["step"] != "normalise":
        return Step(stage.values, stage.framework, notes())
    return STEPS[step["step"]](stage.values, stage.framework, **arguments)


def origin(index: Index, entity: str, code: str, *, period: str = "") -> pd.DataFrame:
    """Where a value and its weight come from, step by step.

    Parameters
    ----------
    index : Index
        As `run` returns it.
    entity : str
        A unit given to the index, also one that a step removed.
    code : str
        An indicator or aggregate of the framework. For an aggregate the values and weights it is made of follow.
    period : str
        To be said if there are several.

    Returns
    -------
    DataFrame
        ``number`` (0 for what was given), ``step``, ``code``, ``quantity`` (``value`` or ``weight``), ``before``,
        ``after``, ``reason``: the source and the weight's reason of the framework, the note of a step on this value, or
        the arguments of the step. A step without a row has left the value as it was.

    Raises
    ------
    ValueError
        If there is no such unit or code.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": ["KAZ", "UZB", "KGZ", "TJK"], "a": [4.0, 3.0, 2.0, 0.0]})
    >>> tree = pd.DataFrame({"code": ["a", "index"], "parent": ["index", ""], "source": ["survey", ""]})
    >>> found = rankings.origin(rankings.run(table, tree, rankings.default_steps()), "UZB", "a")
    >>> found.loc[found["quantity"] == "value", ["step", "after"]].to_numpy().tolist()
    [['given', 3.0], ['normalise', 75.0]]
    """
    given = index.stages[0]
    if code not in set(given.framework["code"]):
        raise ArgumentError("{code!r} is no code of the framework", code=code)
    if not _at(given, entity, period).any():
        raise ArgumentError(
            "{value!r} is no unit of the values; periods are to be said", value="/".join(filter(None, [entity, period]))
        )
    codes = [code, *hierarchy(index.framework).children.get(code, ())]
    rows = [row for one in codes for row in _history(index, entity, one, period)]
    columns = ["number", "step", "code", "quantity", "before", "after", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _at(stage: Step, entity: str, period: str) -> pd.Series:
    found = stage.values[ENTITY] == entity
    return found & (stage.values[PERIOD] == period) if PERIOD in stage.values else found


def _history(index: Index, entity: str, code: str, period: str) -> list[dict[str, Any]]:
    """What was given, and what every step changed or noted, of one code."""
    rows = []
    names = ["given", *(str(step["step"]) for step in index.steps)]
    last = {"value": np.nan, "weight": np.nan}
    for number, (name, stage) in enumerate(zip(names, index.stages, strict=True)):
        described = {str(row["code"]): row for _, row in stage.framework.iterrows()}[code]
        now = {"value": _value(stage, entity, code, period), "weight": float(described["weight"])}
        written = {"value": _said(stage, entity, code, period), "weight": str(described["reason"])}
        if number == 0:
            written["value"] = str(described["source"])
        for quantity, after in now.items():
            noted = number > 0 and quantity == "value" and bool(written["value"])
            given = number == 0 and (quantity == "weight" or code in stage.values)
            if given or noted or (number > 0 and not _same(last[quantity], after)):
                reason = written[quantity] or (_arguments(index.steps[number - 1]) if number else "")
                row = {"number": number, "step": name, "code": code, "quantity": quantity}
                rows.append({**row, "before": last[quantity], "after": after, "reason": reason})
        last = now
    return rows


def _value(stage: Step, entity: str, code: str, period: str) -> float:
    """The cell of a unit; missing if the unit or the code is not there."""
    cells = stage.values[code].to_numpy(float)[_at(stage, entity, period).to_numpy()] if code in stage.values else []
    return float(cells[0]) if len(cells) else float("nan")


def _same(before: float, after: float) -> bool:
    return before == after or (np.isnan(before) and np.isnan(after))


def _said(stage: Step, entity: str, code: str, period: str) -> str:
    """Notes of a step on a value: on the cell, on the whole unit, or on the whole indicator."""
    rows = stage.notes
    mine = rows["entity"].isin([entity, ""]) & rows["period"].isin([period, ""]) & rows["code"].isin([code, ""])
    return "; ".join(rows.loc[mine, "reason"])


def _arguments(step: Declared) -> str:
    return ", ".join(f"{key} {json.dumps(value)}" for key, value in step.items() if key != "step")
