"""The ranking of the page: scores and ranks as the library makes them, whatever the weights and the means."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright._impl._driver import compute_driver_executable

from digital_diplomacy import labels, rankings
from digital_diplomacy.errors import TableError
from digital_diplomacy.figures import view_ranking, views
from digital_diplomacy.figures.views.ranking import OFFERED
from digital_diplomacy.rankings.composite.aggregation import aggregate_levels, methods_by_aggregate, outside_domain

LOGIC = Path(str(views.__path__[0])) / "ranking_logic.js"
NODE = str(compute_driver_executable()[0])

SCORE_ALL = """
const logic = require(process.argv[1]);
const { index, offered, decimals, settings } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const open = logic.opened(index);
const made = settings.map(({ weights, means }) => {
  const methods = logic.methodsOf(open, offered, means);
  const { scores, fault } = logic.scored(open, { weights, methods });
  const said = [...scores].map((score) => logic.rounded(score, decimals));
  return { fault, scores: said, ranks: [...logic.ranked(scores)] };
});
console.log(JSON.stringify(made));
"""


def run_node(script: str, given: object) -> Any:
    words = [NODE, "-e", script, str(LOGIC)]
    done = subprocess.run(words, input=json.dumps(given), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def an_index(seed: int, method: object = None) -> rankings.Index:
    """24 units with gaps, zeros, twins and whole numbers, indicators of both directions, three levels or two."""
    rng = np.random.default_rng(seed)
    codes = ["a", "b", "c", "d", "e", "f", "g"]
    x = rng.normal(50, 20, (24, 7)).round(1)
    x[:, :3] = rng.integers(1, 5, (24, 3))
    x[rng.random(x.shape) < 0.1] = np.nan
    x[5] = x[11] = x[17]
    x[20, 0] = 500.0  # an outlier to be winsorised
    values = pd.DataFrame(x, columns=codes).assign(entity=[f"u{number:02d}" for number in range(24)])
    tree = pd.DataFrame(
        {
            "code": [*codes, "p", "q", "r", "index"],
            "parent": ["p", "p", "p", "q", "q", "r", "r", "index", "index" if seed % 2 else "r", "index", ""],
            "direction": [1, -1, 1, 1, -1, 1, 1, 1, 1, 1, 1],
            "weight": [1, 2, 1, 0.5, 1, 1, 3, 1, 1, 2, 1],
        }
    )
    steps = rankings.default_steps()
    steps[2] = {"step": "impute", "method": "none", "reason": "gaps stay"} if seed % 3 == 0 else steps[2]
    steps[4] = {"step": "normalise", "method": "min_max", "low": 1.0 if seed % 4 else 0.0, "high": 100.0}
    steps[6] = {"step": "aggregate", "method": method or "arithmetic", "threshold": 0.5 if seed % 2 else 0.0}
    return rankings.run(values, tree, steps)


def view_data(made: rankings.Index) -> dict[str, Any]:
    names = {f"group.{code}": code for code in made.framework["code"]}
    with labels.own_names(names | {f"entity.{unit}": unit for unit in made.scores["entity"]}):
        return dict(view_ranking(*rankings.reweighable(made), lang="en", title="An index").data)


def settings_of(made: rankings.Index, count: int, seed: int) -> list[dict[str, Any]]:
    """Weights of every kind: any numbers, whole ones, equal ones, zeros; and any mean at any level."""
    rng = np.random.default_rng(seed)
    levels = rankings.hierarchy(made.framework).levels
    found = []
    for number in range(count):
        size = len(made.framework)
        kinds = (
            rng.random(size) * 7,
            rng.integers(0, 3, size).astype(float),
            np.ones(size),
            rng.integers(1, 9, size) / 10,
        )
        chosen = {str(level): str(rng.choice(["", *OFFERED])) for level in range(1, levels + 1)}
        means = {level: name for level, name in chosen.items() if name}
        found.append({"weights": kinds[number % 4].tolist(), "means": means})
    return found


Outcome = tuple[list[float], list[int]]
"""Scores and ranks of the units, 0 without a place."""


def methods_of(made: rankings.Index, setting: Mapping[str, Any]) -> list[Mapping[str, object]]:
    """The method of each level, pillars first."""
    given, levels = made.steps[-1]["method"], rankings.hierarchy(made.framework).levels
    own = given if isinstance(given, list) else [given] * levels
    named = [{"name": spec} if isinstance(spec, str) else spec for spec in own]
    return [OFFERED.get(setting["means"].get(str(level), ""), named[level - 1]) for level in range(1, levels + 1)]


def by_library(made: rankings.Index, setting: Mapping[str, Any], codes: list[str]) -> Outcome | None:
    """What the step of the library leaves; None where it refuses the setting."""
    weights = dict(zip(codes, setting["weights"], strict=True))
    framework = made.framework.assign(weight=made.framework["code"].map(weights))
    threshold = made.steps[-1]["threshold"]
    try:
        step = rankings.aggregate(
            vars(made.stages[-2])["values"], framework, method=methods_of(made, setting), threshold=threshold
        )
    except TableError:
        return None
    scores = vars(step)["values"][rankings.hierarchy(framework).index]
    return scores.tolist(), rankings.ranks(scores).fillna(0).astype(int).tolist()


def by_arrays(made: rankings.Index, setting: Mapping[str, Any]) -> Outcome | None:
    """The same by the functions on arrays that the step is made of, in a hundredth of its time."""
    tree, weights = rankings.hierarchy(made.framework), np.array(setting["weights"])
    place = {code: number for number, code in enumerate([*tree.indicators, *tree.aggregates])}
    if any(weights[[place[child] for child in below]].sum() == 0 for below in tree.children.values()):
        return None
    methods = methods_by_aggregate(methods_of(made, setting), made.framework)
    thresholds = dict.fromkeys(tree.aggregates, made.steps[-1]["threshold"])
    x = vars(made.stages[-2])["values"][list(tree.indicators)].to_numpy(float)
    every = np.column_stack([x, aggregate_levels(x, weights, tree, methods, thresholds=thresholds)])
    for code in tree.aggregates:
        if outside_domain(every[:, [place[child] for child in tree.children[code]]], methods[code]).any():
            return None
    scores = pd.Series(every[:, -1])
    return scores.tolist(), rankings.ranks(scores).fillna(0).astype(int).tolist()


def written(outcome: Outcome | None) -> tuple[list[str], list[int]] | None:
    if outcome is None:
        return None
    scores = [labels.number(score, "en", decimals=3).replace(",", "") if score == score else "" for score in outcome[0]]
    return scores, outcome[1]


def by_page(made: rankings.Index, settings: list[dict[str, Any]]) -> list[tuple[list[str], list[int]] | None]:
    data = view_data(made)
    found = run_node(SCORE_ALL, {"index": data["index"], "offered": data["means"], "decimals": 3, "settings": settings})
    return [None if one["fault"] else (one["scores"], one["ranks"]) for one in found]


@pytest.mark.parametrize("seed", range(5))
def test_the_page_scores_and_ranks_as_the_library_in_a_thousand_settings(seed: int) -> None:
    made = an_index(seed)
    settings = settings_of(made, 500, seed)
    expected = [written(by_arrays(made, setting)) for setting in settings]
    assert by_page(made, settings) == expected
    assert sum(one is not None for one in expected) >= (200 if seed % 4 else 60)  # the others both refuse
    codes = [*rankings.hierarchy(made.framework).indicators, *rankings.hierarchy(made.framework).aggregates]
    for setting, one in list(zip(settings, expected, strict=True))[:8]:
        assert written(by_library(made, setting, codes)) == one


@pytest.mark.parametrize(
    "method",
    [
        {"name": "generalised", "power": -1},
        {"name": "generalised", "power": 0},
        {"name": "generalised", "power": 2.5},
        {"name": "mpi", "penalty": "positive", "spread": "sample"},
        {"name": "adjusted_mpi"},
        {"name": "mean_min", "strength": 0.4, "smoothing": 2.0},
        {"name": "owa", "quantifier": [0.3, 0.8]},
        {"name": "owa", "order_weights": [3, 1, 0.5, 0]},
        {"name": "wroclaw"},
    ],
    ids=lambda method: "-".join(map(str, method.values())),
)
def test_an_index_of_any_mean_is_followed(method: dict[str, object]) -> None:
    made = an_index(2, [method, "arithmetic", "arithmetic"])
    tree = rankings.hierarchy(made.framework)
    settings = [{**setting, "means": {}} for setting in settings_of(made, 30, 7)]
    codes = [*tree.indicators, *tree.aggregates]
    expected = [written(by_library(made, setting, codes)) for setting in settings[:6]]
    assert by_page(made, settings[:6]) == expected
    assert any(expected)
