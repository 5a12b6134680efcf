"""A composite index under any combination of what is uncertain in it: choices, weights, errors, imputed values.

The steps up to normalisation run once for each combination of choices and imputed values; everything after it is done
for many draws at once.
"""

# ruff: noqa: PD011 -- ``values`` is the frame of a step here.

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.errors import said as phrase
from digital_diplomacy.rankings.composite.aggregation import (
    aggregate_levels,
    methods_by_aggregate,
    outside_domain,
    thresholds_by_aggregate,
)
from digital_diplomacy.rankings.composite.framework import ENTITY, Hierarchy, check_framework, check_values, hierarchy
from digital_diplomacy.rankings.composite.methods import DOMAINS, Method
from digital_diplomacy.rankings.composite.pipeline import STEPS, resolve
from digital_diplomacy.rankings.composite.steps import Floats, Step, choose, notes
from digital_diplomacy.rankings.places import settled
from digital_diplomacy.rankings.robustness.draws import (
    WeightModel,
    place_weights,
    sample_weights,
    score_draws,
    weight_model,
)
from digital_diplomacy.rankings.robustness.factors import Factor, read_factors
from digital_diplomacy.rankings.robustness.indicator_errors import perturb
from digital_diplomacy.rankings.robustness.standing import chosen_period, period_rows, standing

_LOST: Final = "a value with its error cannot be normalised"
_NOISE_BLOCK: Final = 64  # draws whose perturbed values, units x indicators each, are held at once


@dataclass(frozen=True)
class Scenario:
    """The index under one combination of choices and imputed values, up to its normalised values.

    Attributes
    ----------
    before, described : DataFrame
        Values and framework on their way into normalisation, all rows.
    normalising : mapping
        Arguments of that step.
    tree : Hierarchy
        What is made of what.
    weights : WeightModel
        How weights vary around those of this combination.
    methods, thresholds : mapping of aggregate
        How aggregates are made.
    x : ndarray, shape (units, indicators)
        Normalised values of the units that take part.
    rows : ndarray
        Their rows in ``before``.
    ranked : ndarray
        Which of them are ranked, in the order of `Model.entities`.
    distinct, back : ndarray
        Rows of ``x`` without repetition, and where each ranked unit stands among them (None: in their order): units
        with equal values must tie exactly, while a matrix product may differ in the last digit from column to column.
    """

    before: pd.DataFrame
    described: pd.DataFrame
    normalising: Mapping[str, Any]
    tree: Hierarchy
    weights: WeightModel
    methods: Mapping[str, Method]
    thresholds: Mapping[str, float]
    x: Floats
    rows: npt.NDArray[np.intp]
    ranked: npt.NDArray[np.intp]
    distinct: Floats
    back: npt.NDArray[np.intp] | None


@dataclass(frozen=True)
class Model:
    """An index with its uncertain factors.

    Attributes
    ----------
    given : Step
        Values and framework.
    steps : sequence of mappings
        As `pipeline.run` takes them.
    factors : tuple of Factor
        What is uncertain.
    period : str
        The period whose units are ranked; empty if there is none.
    entities : tuple of str
        Units that the index as declared ranks.
    nominal : ndarray, shape (units,)
        Their scores as declared.
    inputs : tuple of str
        Names of the independent inputs, each uniform between 0 and 1: one for every factor but the weights, then one
        for every weight that varies.
    groups : tuple of str
        The group each input belongs to; inputs of a group are uncertain together.
    scenarios : dict
        Combinations already run, by the numbers of their options.
    left : dict
        What steps have left already, so that combinations share the steps they begin with.
    """

    given: Step
    steps: Sequence[Mapping[str, Any]]
    factors: tuple[Factor, ...]
    period: str
    entities: tuple[str, ...]
    nominal: Floats
    inputs: tuple[str, ...]
    groups: tuple[str, ...]
    left: dict[str, Step] = field(repr=False, compare=False)
    scenarios: dict[tuple[int, ...], Scenario | str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def singles(self) -> tuple[Factor, ...]:
        """Factors with one input each, in the order of the first inputs."""
        return tuple(factor for factor in self.factors if factor.kind != "weights")


@dataclass(frozen=True)
class Drawn:
    """Scores of a block of draws.

    Attributes
    ----------
    scores : ndarray, shape (draws, units)
        Larger is better.
    cause : ndarray of str, shape (draws,)
        Why a draw failed; empty where it did not. Scores of a failed draw mean nothing.
    """

    scores: Floats
    cause: npt.NDArray[np.object_]


def model(
    values: pd.DataFrame,
    framework: pd.DataFrame,
    steps: Sequence[Mapping[str, Any]],
    factors: Sequence[Mapping[str, Any]],
    *,
    period: str = "",
) -> Model:
    """An index with its uncertain factors, ready to be drawn from.

    Parameters
    ----------
    values, framework, steps
        As `pipeline.run` takes them; the index as declared must exist.
    factors : sequence of mappings
        See `read_factors`.
    period : str
        The period whose units are ranked; to be said only if there are several.

    Raises
    ------
    ValueError
        If a factor or the period is unknown, or a choice belongs to a step that is not declared.
    TableError
        As `pipeline.run`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import rankings
    >>> table = pd.DataFrame({"entity": list("ABCD"), "x": [0.0, 0.4, 0.8, 1], "y": [1.0, 0.8, 0.5, 0]})
    >>> tree = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
    >>> found = rankings.model(table, tree, rankings.EDITION_STEPS, [{"factor": "weights", "spread": 0.25}])
    >>> found.entities, found.inputs, found.nominal.round(2).tolist()
    (('A', 'B', 'C', 'D'), ('x', 'y'), [0.5, 0.6, 0.65, 0.5])
    """
    read = read_factors(factors)
    declared = [str(step.get("step")) for step in steps]
    for factor in read:
        if factor.kind == "choice":
            _check_choice(factor, steps, declared)
    left: dict[str, Step] = {}
    tree = check_framework(framework)
    given = _given(values, tree)
    nominal = _run(left, "stated", given, resolve(steps))[-1]
    stated = standing(nominal.values, nominal.framework, period)
    weights = weight_model(nominal.framework, **_variation(read))
    names = [weights.codes[place] for place in weights.varied]
    grouped = any(factor.options.get("grouped", False) for factor in read)
    singles = [factor.name for factor in read if factor.kind != "weights"]
    whole = [factor.name for factor in read if factor.kind == "weights"]
    groups = (*singles, *(whole * len(names) if grouped else names))
    chosen, entities = chosen_period(nominal.values, period), tuple(stated.index)
    return Model(
        given=given,
        steps=steps,
        factors=read,
        period=chosen,
        entities=entities,
        nominal=settled(stated["score"]).to_numpy(),
        inputs=(*singles, *names),
        groups=groups,
        left=left,
    )


def _check_choice(factor: Factor, steps: Sequence[Mapping[str, Any]], declared: list[str]) -> None:
    """Refuse options that cannot be run before any is."""
    name = choose(phrase("step of factor {name!r}", name=factor.name), str(factor.options["step"]), declared)
    if declared.count(name) > 1:
        raise ArgumentError(
            "factor {name!r}: step {name_2!r} is declared more than once; which one is meant is open",
            name=factor.name,
            name_2=name,
        )
    for option in factor.options["options"]:
        resolve([_chosen(step, option) if step["step"] == name else step for step in steps])


def _chosen(step: Mapping[str, Any], option: Mapping[str, Any]) -> dict[str, Any]:
    """A step with the arguments of an option; to skip a step, or not to, leaves nothing of its other arguments."""
    if "none" in (step.get("method"), option.get("method")):
        return {"step": step["step"], **option}
    return {**step, **option}


def _given(values: pd.DataFrame, framework: pd.DataFrame) -> Step:
    return Step(check_values(values, framework), framework, notes())


def _run(left: dict[str, Step], source: str, given: Step, steps: Sequence[Mapping[str, Any]]) -> list[Step]:
    """What was given and what each resolved step leaves, as `pipeline.run` does it, but each beginning only once."""
    stages = [given]
    for number, step in enumerate(steps, start=1):
        key = json.dumps([source, *steps[:number]])
        if key not in left:
            arguments = {name: option for name, option in step.items() if name not in ("step", "reason")}
            if step.get("method") == "none" and step["step"] != "normalise":
                left[key] = Step(stages[-1].values, stages[-1].framework, notes())
            else:
                left[key] = STEPS[step["step"]](stages[-1].values, stages[-1].framework, **arguments)
        stages.append(left[key])
    return stages


def _variation(factors: Sequence[Factor]) -> dict[str, Any]:
    """Arguments of `draws.weight_model`."""
    found = [factor.options for factor in factors if factor.kind == "weights"]
    return {name: option for options in found for name, option in options.items() if name != "grouped"}


def draw(model: Model, *, draws: int, rng: np.random.Generator) -> Drawn:
    """Independent draws of all factors together."""
    return evaluate(model, rng.random((draws, len(model.singles))), rng=rng)


def evaluate(model: Model, positions: Floats, *, rng: np.random.Generator | None = None) -> Drawn:
    """Scores at given places of the uncertain inputs.

    Parameters
    ----------
    model : Model
        What is uncertain.
    positions : ndarray, shape (draws, inputs)
        Between 0 and 1, columns as ``model.inputs``. A factor with m options takes number floor(m x), whatever the
        range of the sample; an error is a function of its place alone.
    rng : numpy.random.Generator, optional
        Draws the weights, whose columns are then left out.
    """
    found, group = _combinations(model, positions)
    if len(found) == 1 and not isinstance(only := _scenario(model, found[0]), str):
        return Drawn(*_scores(model, only, positions, _weights(model, only.weights, positions, rng)))
    scores = np.full((len(positions), len(model.entities)), np.nan)
    cause = np.full(len(positions), "", dtype=object)
    for number, key in enumerate(found):
        rows = np.flatnonzero(group == number)
        scenario = _scenario(model, key)
        if isinstance(scenario, str):
            cause[rows] = scenario
            continue
        weights = _weights(model, scenario.weights, positions[rows], rng)
        scores[rows], cause[rows] = _scores(model, scenario, positions[rows], weights)
    return Drawn(scores, cause)


def _combinations(model: Model, positions: Floats) -> tuple[list[tuple[int, ...]], npt.NDArray[np.intp]]:
    """Combinations of options that some draw takes, in their order, and the number of each draw's."""
    counts, taken = [], []
    for column, factor in enumerate(model.singles):
        if factor.kind != "error":
            counts.append(len(factor.options["options" if factor.kind == "choice" else "values"]))
            taken.append(np.minimum((positions[:, column] * counts[-1]).astype(np.intp), counts[-1] - 1))
    if not counts:
        return [()], np.zeros(len(positions), dtype=np.intp)
    found, group = np.unique(np.ravel_multi_index(tuple(taken), counts), return_inverse=True)
    keys = np.column_stack(np.unravel_index(found, counts)).tolist()
    return [tuple(key) for key in keys], group


def _weights(model: Model, weights: WeightModel, positions: Floats, rng: np.random.Generator | None) -> Floats:
    if rng is not None:
        return sample_weights(weights, draws=len(positions), rng=rng)
    column = {name: number for number, name in enumerate(model.inputs) if number >= len(model.singles)}
    wanted = [column[weights.codes[place]] for place in weights.varied]
    return place_weights(weights, positions[:, wanted])


def _scenario(model: Model, key: tuple[int, ...]) -> Scenario | str:
    """The index under one combination of options, or why it does not exist."""
    if key not in model.scenarios:
        try:
            model.scenarios[key] = _run_scenario(model, key)
        except TableError as error:
            model.scenarios[key] = str(error)
    return model.scenarios[key]


def _run_scenario(model: Model, key: tuple[int, ...]) -> Scenario | str:
    source, given, steps = "stated", model.given, list(model.steps)
    for number, factor in zip(key, [f for f in model.singles if f.kind != "error"], strict=True):
        if factor.kind == "imputation":
            source, given = f"imputed {number}", _given(factor.options["values"][number], given.framework)
            continue
        option = factor.options["options"][number]
        steps = [_chosen(step, option) if step["step"] == factor.options["step"] else step for step in steps]
    resolved = resolve(steps)
    number = next(number for number, step in enumerate(resolved) if step["step"] == "normalise")
    # Means that do not exist for the stated weights may exist for drawn ones: only draws decide about aggregates.
    stages = _run(model.left, source, given, resolved[:-1])
    found = _describe(model, stages[-1], resolved[-1])
    if isinstance(found, str):
        return found
    return Scenario(stages[number].values, stages[number].framework, resolved[number], **found)


def _describe(model: Model, last: Step, making: Mapping[str, Any]) -> dict[str, Any] | str:
    """What draws need from normalisation on, or the units that are lost."""
    tree = hierarchy(last.framework)
    own = period_rows(last.values, model.period)
    # What compares units with each other compares those of all periods if they are pooled.
    rows = np.arange(len(last.values)) if making["pooled"] else own
    places = np.searchsorted(rows, own).tolist()
    place = dict(zip(last.values[ENTITY].iloc[own].astype(str), places, strict=True))
    lost = [entity for entity in model.entities if entity not in place]
    if lost:
        return f"ranked units are screened out: {', '.join(lost)}"
    methods = methods_by_aggregate(making["method"], last.framework)
    x = last.values[list(tree.indicators)].to_numpy(float)[rows]
    ranked = np.array([place[entity] for entity in model.entities])
    distinct = x
    back: npt.NDArray[np.intp] | None = ranked
    if not any(method.relative for method in methods.values()):
        distinct, inverse = np.unique(x[ranked], axis=0, return_inverse=True)
        back = inverse.ravel()
    if len(distinct) == len(ranked):
        distinct, back = x[ranked], None
    return {
        "tree": tree,
        "weights": weight_model(last.framework, **_variation(model.factors)),
        "methods": methods,
        "thresholds": thresholds_by_aggregate(making["threshold"], last.framework),
        "x": x,
        "rows": rows,
        "ranked": ranked,
        "distinct": distinct,
        "back": back,
    }


def _scores(
    model: Model, scenario: Scenario, positions: Floats, weights: Floats
) -> tuple[Floats, npt.NDArray[np.object_]]:
    """Scores of the ranked units in draws of one scenario, and why they failed."""
    noisy = [number for number, factor in enumerate(model.singles) if factor.kind == "error"]
    if not noisy:
        scores = _made(scenario, scenario.distinct, weights, scenario.back)
        cause = np.full(len(weights), "", dtype=object)
        _explain(cause, scores, scenario.distinct, weights, scenario)
        return scores, cause
    scores = np.empty((len(weights), len(model.entities)))
    cause = np.full(len(weights), "", dtype=object)
    for start in range(0, len(weights), _NOISE_BLOCK):
        rows = slice(start, start + _NOISE_BLOCK)
        x = _with_errors(scenario, model.singles[noisy[0]], positions[rows, noisy[0]])
        scores[rows] = _made(scenario, x, weights[rows], scenario.ranked)
        cause[rows][_lost(x, scenario)] = _LOST
        _explain(cause[rows], scores[rows], x, weights[rows], scenario)
    return scores, cause


def _made(scenario: Scenario, x: Floats, weights: Floats, back: npt.NDArray[np.intp] | None) -> Floats:
    """Scores of the ranked units, which stand at ``back`` among the rows of ``x``."""
    scores = score_draws(x, weights, scenario.tree, scenario.methods, thresholds=scenario.thresholds)
    return scores if back is None else scores[:, back]


def _explain(cause: npt.NDArray[np.object_], scores: Floats, x: Floats, weights: Floats, scenario: Scenario) -> None:
    """Fill in why draws failed in which a unit has no score and nothing is said yet."""
    failed = np.flatnonzero(np.isnan(scores.min(axis=1)) & (cause == ""))
    if len(failed):
        cause[failed] = _causes(x if x.ndim == 2 else x[failed], weights[failed], scenario)


def _lost(x: Floats, scenario: Scenario) -> npt.NDArray[np.bool_]:
    """Draws in which an error takes a value out of what its normalisation is defined for: it is not a missing one."""
    return np.asarray((~np.isfinite(x) & ~np.isnan(scenario.x)).any(axis=(-2, -1)))


def _causes(x: Floats, weights: Floats, scenario: Scenario) -> npt.NDArray[np.object_]:
    """Why each of some failed draws has no score for some unit."""
    tree = scenario.tree
    made = aggregate_levels(x, weights, tree, scenario.methods, thresholds=scenario.thresholds)
    column: dict[str, Floats] = {code: x[..., number] for number, code in enumerate(tree.indicators)}
    column |= {code: made[..., number] for number, code in enumerate(tree.aggregates)}
    cause = np.full(
        len(weights), "a ranked unit has no score: too few indicators, or no weight on those it has", object
    )
    for code in reversed(tree.aggregates):
        method = scenario.methods[code]
        below = np.stack(np.broadcast_arrays(*(column[child] for child in tree.children[code])), axis=-1)
        outside = outside_domain(below, method).any(axis=(-2, -1))
        said = f"method {method.name!r} of {code!r} met a value that is not {DOMAINS[method.domain]}"
        cause[np.broadcast_to(outside, len(weights))] = said
    return cause


def _with_errors(scenario: Scenario, factor: Factor, positions: Floats) -> Floats:
    """Values of the units that take part, with errors, normalised anew, shape (draws, units, indicators)."""
    drawn = perturb(
        scenario.before, scenario.described, scenario.normalising, list(scenario.tree.indicators), factor, positions
    )
    x = np.repeat(scenario.x[None], len(positions), axis=0)
    for number, values in drawn.items():
        x[:, :, number] = values[scenario.rows].T
    return x
