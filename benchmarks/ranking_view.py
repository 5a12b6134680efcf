"""The page on which an index is weighed by hand: CPU time of a move, in its code alone and in Chromium.

``OMP_NUM_THREADS=1 python benchmarks/ranking_view.py``: 210 units, 40 indicators, three levels, one value in twenty
missing; every move sets one weight at random, so that most ranks change. The code runs in the node that playwright
brings, beside the same arithmetic by the library in this process; the whole page in Chromium, if there is one: script,
style and layout of the page's thread.
"""

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import playwright
from playwright.sync_api import sync_playwright

from digital_diplomacy import figures, labels, rankings
from digital_diplomacy.figures import views
from digital_diplomacy.figures.views.ranking import OFFERED
from digital_diplomacy.rankings.composite.aggregation import aggregate_levels, methods_by_aggregate

UNITS, INDICATORS, MOVES = 210, 40, 60
NODE = Path(str(playwright.__file__)).parent / "driver" / "node"
LOGIC = Path(str(views.__path__[0])) / "ranking_logic.js"

IN_NODE = """
const logic = require(process.argv[1]);
const { index, offered, moves } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const open = logic.opened(index);
const found = {};
for (const { name } of offered) {
  const means = Object.fromEntries(index.nodes.map(({ level }) => [level, name]));
  const methods = logic.methodsOf(open, offered, means);
  const begin = process.cpuUsage().user;
  for (const weights of moves) logic.ranked(logic.scored(open, { weights, methods }).scores);
  found[name] = (process.cpuUsage().user - begin) / 1000 / moves.length;
}
console.log(JSON.stringify(found));
"""

A_MOVE = """share => {
  const sliders = document.querySelectorAll("input[type=range]");
  const one = sliders[Math.floor(share * sliders.length)];
  one.value = Number(one.max) * ((share * 7.3) % 1);
  one.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.offsetHeight;
}"""


def an_index(rng: np.random.Generator) -> rankings.Index:
    """40 indicators in eight pillars in two halves."""
    x = rng.normal(50, 20, (UNITS, INDICATORS))
    x[rng.random(x.shape) < 0.05] = np.nan
    codes = [f"i{number}" for number in range(INDICATORS)]
    pillars, halves = [f"p{number}" for number in range(8)], ["left", "right"]
    parents = [*(pillars[n // 5] for n in range(INDICATORS)), *(halves[n // 4] for n in range(8)), "index", "index", ""]
    tree = pd.DataFrame({"code": [*codes, *pillars, *halves, "index"], "parent": parents})
    steps = rankings.default_steps()
    steps[2] = {"step": "impute", "method": "none", "reason": "gaps stay"}
    steps[4] = {"step": "normalise", "method": "min_max", "low": 1.0, "high": 100.0}
    values = pd.DataFrame(x, columns=codes).assign(entity=[f"u{number}" for number in range(UNITS)])
    return rankings.run(values, tree, steps)


def by_library(made: rankings.Index, moves: list[list[float]]) -> dict[str, float]:
    """CPU milliseconds a move."""
    tree, found = rankings.hierarchy(made.framework), {}
    x = vars(made.stages[-2])["values"][list(tree.indicators)].to_numpy(float)
    for name, method in OFFERED.items():
        methods = methods_by_aggregate(method, made.framework)
        begin = time.process_time()
        for weights in moves:
            rankings.ranks(pd.Series(aggregate_levels(x, np.array(weights), tree, methods)[:, -1]))
        found[name] = 1000 * (time.process_time() - begin) / len(moves)
    return found


def in_chromium(page: str, chromium: str) -> dict[str, float]:
    """CPU milliseconds of the page's thread a move, by what they went to."""
    with sync_playwright() as started, tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.goto(Path(file.name).as_uri())
        told = opened.context.new_cdp_session(opened)
        told.send("Performance.enable", {"timeDomain": "threadTicks"})

        def spent() -> dict[str, float]:
            rows: list[dict[str, Any]] = told.send("Performance.getMetrics")["metrics"]
            return {row["name"]: row["value"] for row in rows}

        before = spent()
        for number in range(MOVES):
            opened.evaluate(A_MOVE, number / MOVES)
        after = spent()
        browser.close()
    wanted = {"script": "ScriptDuration", "style": "RecalcStyleDuration", "layout": "LayoutDuration"}
    return {name: 1000 * (after[key] - before[key]) / MOVES for name, key in wanted.items()}


def main() -> None:
    """Print milliseconds a move."""
    rng = np.random.default_rng(1)
    made = an_index(rng)
    names = {f"group.{code}": code for code in made.framework["code"]}
    with labels.own_names(names | {f"entity.{unit}": unit for unit in made.scores["entity"]}):
        view = figures.view_ranking(*rankings.reweighable(made), title="Index", about="u7")
        page = figures.document(view)
    moves = rng.random((MOVES, len(made.framework))).tolist()
    given = json.dumps({"index": view.data["index"], "offered": view.data["means"], "moves": moves})
    done = subprocess.run([NODE, "-e", IN_NODE, LOGIC], input=given, capture_output=True, text=True, check=True)
    library = by_library(made, moves)
    print(f"page of {len(page.encode()) / 1000:.0f} kB; CPU ms a move")
    for name, spent in json.loads(done.stdout).items():
        print(f"{name:12} code {spent:6.2f}  library {library[name]:6.2f}  ratio {spent / library[name]:.2f}")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium:
        spent = in_chromium(page, chromium)
        print(
            "Chromium",
            ", ".join(f"{name} {value:.1f}" for name, value in spent.items()),
            f"sum {sum(spent.values()):.1f}",
        )


if __name__ == "__main__":
    main()
