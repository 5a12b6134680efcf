"""A researcher's own labels travel from the table of actors to every figure, without further steps."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from digital_diplomacy import figures, networks, tables

DOCS = Path(__file__).parents[3] / "docs"
ENDS = [["@a", "@b"], ["@b", "@c"], ["@c", "@a"], ["@c", "@b"]]
TIES = pd.DataFrame(ENDS, columns=["source", "target"]).assign(relation="shouts at", weight=1.0)
ACTORS = pd.DataFrame(
    {"actor_id": ["@a", "@b", "@c"], "type": ["embassy", "embassy", "state"], "label": ["Елші А", "Embassy {B}", ""]}
)


def words(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in figure.findobj(Text))


@pytest.fixture(scope="module")
def measured() -> pd.DataFrame:
    return networks.powers(TIES, ACTORS, rng=np.random.default_rng(1), draws=9, rewirings=0)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_labels_reach_networks_powers_and_estimates(measured: pd.DataFrame, lang: str) -> None:
    dependence = measured[measured["measure"] == "dependence"].sort_values("value")
    drawn = [
        figures.plot_network(TIES, networks.layout(TIES, ACTORS, lang=lang), lang=lang),
        figures.plot_network(TIES, networks.layers(TIES, ACTORS, lang=lang, country="KAZ"), lang=lang),
        figures.plot_powers(measured, lang=lang),
        figures.plot_estimates(dependence, lang=lang),
    ]
    for figure in drawn:
        told = words(figure)
        assert "Елші А" in told
        assert "Embassy {B}" in told
        assert "@c" in told  # without a label an actor bears its identifier
    assert "shouts at" in words(drawn[0])
    assert "Embassy {B}" in figures.describe((TIES, networks.layout(TIES, ACTORS, lang=lang)), lang)


def test_the_package_s_own_labels_and_countries_stay(measured: pd.DataFrame) -> None:
    actors = pd.DataFrame({"actor_id": ["KAZ", "@b"], "type": ["state", "state"], "label": [None, "B"]})
    assert networks.names_given(actors) == {"entity.@b": "B"}
    assert tables.names_of(measured)["type.embassy"] == "embassy"
    assert "type.state" not in tables.names_of(measured)


def test_carrying_names_costs_no_copies_and_can_be_written(measured: pd.DataFrame) -> None:
    part = measured[measured["value"] > 0].sort_values("value").reset_index(drop=True)
    carried = next(iter(part.attrs.values()))
    assert carried is next(iter(measured.attrs.values()))
    assert json.loads(json.dumps(measured.attrs)) == measured.attrs  # as Parquet keeps attributes


def test_the_documented_example_runs_on_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "networks.md").read_text(encoding="utf-8")
    code = page.split("## In Python")[1].split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(DOCS / "examples" / "network")
    told: dict[str, object] = {}
    exec(compile(code, "docs/networks.md", "exec"), told)  # noqa: S102 - the page is ours
    powers = told["powers"]
    assert isinstance(powers, pd.DataFrame)
    received = powers[powers["measure"] == "dependence"].set_index("entity")["value"]
    # @mfa_kz receives half of two ministries' attention and all of the press's; the press half of two and all of one.
    assert received["@mfa_kz"] == received["@press_kz"] == 2
