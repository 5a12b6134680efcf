"""The ranking of the page: scores and ranks as the library makes them, whatever the weights and the means."""

import json
import re
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
from digital_diplomacy.figures.views.document import document
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
def test_the_page_scores_and_ranks_as_the_library_in_over_a_thousand_settings(seed: int) -> None:
    made = an_index(seed)
    settings = settings_of(made, 500, seed)
    expected = [written(by_arrays(made, setting)) for setting in settings]
    assert by_page(made, settings) == expected
    assert sum(one is not None for one in expected) >= (350 if seed % 4 else 100)  # both refuse the others
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


CALL = """
const logic = require(process.argv[1]);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(given.map(([name, ...told]) => logic[name](...told))));
"""


def test_numbers_are_rounded_as_the_language_tables_round_them() -> None:
    rng = np.random.default_rng(1)
    numbers = [0.125, 0.375, 2.5, 3.5, -0.5, 1e-9, 1e21, 0.05, 0.95, 99.95, 1234.565, 0.0, -0.04, 5e-324, 0.5, 0.005]
    numbers += [*rng.normal(0, 1, 200), *rng.normal(0, 1e6, 200), *(rng.integers(0, 9999, 400) / 1000)]
    asked = [(float(number), decimals) for number in numbers for decimals in (0, 1, 2, 3)]
    said = run_node(CALL, [["rounded", number, decimals] for number, decimals in asked])
    assert said == [labels.number(number, "en", decimals=decimals).replace(",", "") for number, decimals in asked]


SMALL = {
    "codes": ["a", "b", "index"],
    "weights": [1, 3, 1],
    "nodes": [{"at": 2, "below": [0, 1], "level": 1, "least": 0}],
}


@pytest.mark.parametrize(
    ("told", "weights"),
    [
        (["a:2"], [2, 3, 1]),
        (["b:0", "a:0.25"], [0.25, 0, 1]),
        (["a:-1", "b:many", "c:4", "a:", "a", "b:Infinity", "a:1e999"], [1, 3, 1]),
        ([], [1, 3, 1]),
    ],
)
def test_an_address_gives_weights_or_nothing(told: list[str], weights: list[float]) -> None:
    assert run_node(CALL, [["weightsOf", SMALL, told]]) == [weights]


def test_an_address_gives_means_that_are_offered_at_levels_that_are_there() -> None:
    offered = [{"name": "geometric"}]
    told = ["1:geometric", "2:geometric", "1:median"]
    assert run_node(CALL, [["meansOf", SMALL, offered, told]]) == [{"1": "geometric"}]


def test_only_what_differs_from_the_index_is_told_and_comes_back() -> None:
    told = run_node(CALL, [["told", SMALL, [1, 2.5, 1], {"1": "geometric"}], ["told", SMALL, [1, 3, 1], {}]])
    assert told == [{"w": ["b:2.5"], "m": ["1:geometric"]}, {"w": [], "m": []}]
    assert run_node(CALL, [["weightsOf", SMALL, told[0]["w"]]]) == [[1, 2.5, 1]]


OPEN = """
const logic = require(process.argv[1]);
const { index, level, method, weights } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const open = logic.opened(index);
const methods = index.nodes.map(() => ({ name: "arithmetic" }));
const { columns, fault } = logic.scored(open, { weights: weights ?? index.weights, methods });
console.log(JSON.stringify({ fault, refused: logic.refusedAt(open, columns, level, method) }));
"""


def cells_of(columns: Mapping[str, list[float]]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """An index of one level, as it is."""
    codes = list(columns)
    values = pd.DataFrame(columns).assign(entity=["KAZ", "UZB", "KGZ", "TJK"][: len(columns[codes[0]])])
    tree = pd.DataFrame({"code": [*codes, "index"], "parent": [*["index"] * len(codes), ""]})
    steps = [{"step": step, "method": "none", "reason": "as they are"} for step in list(rankings.STEPS)[:-1]]
    return rankings.reweighable(rankings.run(values, tree, [*steps, {"step": "aggregate", "method": "arithmetic"}]))


def small_view(columns: Mapping[str, list[float]], **options: Any) -> Any:
    with labels.own_names({f"group.{code}": code for code in [*columns, "index"]}):
        return view_ranking(*cells_of(columns), lang=options.pop("lang", "en"), title="An index", **options)


def test_a_mean_that_cannot_be_formed_names_the_first_cell_in_its_way() -> None:
    index = small_view({"a": [1.0, 0.0, 2.0], "b": [3.0, 4.0, -1.0]}).data["index"]
    refused = [
        run_node(OPEN, {"index": index, "level": 1, "method": method})["refused"]
        for method in ({"name": "geometric"}, {"name": "generalised", "power": 0.5}, {"name": "copeland"})
    ]
    # The library names UZB, column 'a': 0 for values above 0, and KGZ, column 'b': -1 for values of at least 0.
    assert [one and (one["unit"], one["child"], one["value"], one["domain"]) for one in refused] == [
        (1, 0, 0, "positive"),
        (2, 1, -1, "nonnegative"),
        None,
    ]


def test_weights_that_are_all_zero_make_no_ranking() -> None:
    index = small_view({"a": [1.0, 2.0], "b": [3.0, 4.0]}).data["index"]
    given = {"index": index, "level": 1, "method": {"name": "arithmetic"}, "weights": [0, 0, 1]}
    assert run_node(OPEN, given)["fault"]["weightless"]["at"] == 2


def test_names_are_texts_whatever_they_hold() -> None:
    hostile = "</script><script>alert(1)</script>"
    cells, parts, ranking = cells_of({"a": [1.0, 2.0], "b": [3.0, 4.0]})
    names = {
        "group.a": hostile,
        "group.b": '"><img src=x onerror=alert(1)>',
        "group.index": "<!--",
        "entity.X": hostile,
    }
    renamed = (
        frame.replace({"entity": {"KAZ": "X"}}) if "entity" in frame else frame for frame in (cells, parts, ranking)
    )
    with labels.own_names(names):
        page = document(view_ranking(*renamed, lang="en", title=hostile, about="X"))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script") == 3


def test_the_page_without_scripts_has_the_ranking_of_the_index() -> None:
    page = document(small_view({"a": [1.0, 2.5, 4.0], "b": [3.0, 2.5, 1.0]}, lang="ru"))
    still = page.partition("<noscript>")[2].partition("</noscript>")[0]
    # (1 + 3) / 2 = 2, (2.5 + 2.5) / 2 = (4 + 1) / 2 = 2.5: the latter two share the first place.
    # Scores are 0.5 apart, and a hundredth of that takes three decimals.
    rows = re.findall(r'<td class="number">(\d)</td><th scope="row">(.*?)</th><td class="number">(.*?)</td>', still)
    assert rows == [("1", "Кыргызстан", "2,500"), ("1", "Узбекистан", "2,500"), ("3", "Казахстан", "2,000")]


def test_a_unit_without_a_place_is_said_to_have_none() -> None:
    view = small_view({"a": [1.0, 2.0], "b": [3.0, 4.0]}, about="FRA")
    assert view.data["asked"] == ""
    assert view.options["notes"][0] == "France has no place in this index."


def test_a_method_the_page_does_not_have_is_refused() -> None:
    cells, parts, ranking = cells_of({"a": [1.0, 2.0], "b": [3.0, 4.0]})
    other = parts.assign(method=parts["method"].str.replace("arithmetic", "benefit_of_doubt"))
    names = dict.fromkeys(["group.a", "group.b", "group.index"], "x")
    with labels.own_names(names), pytest.raises(ValueError, match="'benefit_of_doubt' cannot be computed on a page"):
        view_ranking(cells, other, ranking, lang="en", title="x")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_page_asks_nothing_of_any_network_and_stays_small(lang: str) -> None:
    rng = np.random.default_rng(1)
    codes = [f"i{number:02d}" for number in range(40)]
    cells = pd.DataFrame(rng.normal(50, 10, (210, 40)), columns=codes).assign(entity=[f"u{n}" for n in range(210)])
    tree = pd.DataFrame({"code": [*codes, "index"], "parent": [*["index"] * 40, ""]})
    names = {f"group.{code}": code for code in tree["code"]} | {f"entity.{unit}": unit for unit in cells["entity"]}
    with labels.own_names(names):
        page = document(
            view_ranking(
                *rankings.reweighable(rankings.run(cells, tree, rankings.default_steps())), lang=lang, title="x"
            )
        )
    assert len(page.encode()) < 1_000_000
    assert not re.findall(r"(?:src|href)=.?(?:http|//|\.)|url\(|@import|fetch\(|XMLHttpRequest|import\(", page)
