"""One row an actor: who stands first, what is missing, and how measures of several relations are called."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.graphs.arrays import Graph, graph
from digital_diplomacy.networks.powers.overview import WITHIN, actor_table

ACTORS = pd.DataFrame({"actor_id": ["d", "c", "b", "a"], "type": [1, 2, 2, 1], "label": ["", "Third", np.nan, "First"]})
TIES = pd.DataFrame({"source": ["a", "a", "b", "c"], "target": ["b", "c", "c", "a"], "weight": 1.0})


def rows(measure: str, values: dict[str, float], group: str = "uses") -> pd.DataFrame:
    blank = {"period": "", "low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, "unit": "count",
             "base": "", "n": np.nan, "source_id": "s"}  # fmt: skip
    frame = pd.DataFrame({"entity": list(values), "value": list(values.values())})
    return frame.assign(measure=measure, group=group, **blank)


def table(*measured: pd.DataFrame, directed: bool = True, **options: pd.DataFrame) -> pd.DataFrame:
    whole: Graph = graph(TIES if directed else TIES.head(3), directed=directed, nodes=["d"])
    attention = pd.concat(
        [rows("in_degree", {"a": 1.0, "b": 1.0, "c": 2.0, "d": 0.0}), rows("in_degree_p", {"a": 0.5, "c": 0.1})]
    )
    return actor_table(whole, ACTORS, attention, pd.concat(measured), **options)


DEPENDENCE = rows("dependence", {"a": 1.0, "b": 0.5, "c": 1.5})


def test_those_most_attend_to_stand_first_and_equals_by_name() -> None:
    found = table(DEPENDENCE, rows("pagerank", {"a": 0.3}), rows("goals_set", {"a": 2.0, "b": 0.0}, group="all"))
    assert found.index.tolist() == [0, 1, 2, 3]
    columns = ["actor_id", "label", "type", "in_degree", "out_degree", "in_degree_p", *WITHIN, "goals_set"]
    assert list(found.columns) == columns
    assert found[columns[:5]].to_numpy().tolist() == [
        ["c", "Third", "2", 2, 1],
        ["a", "First", "1", 1, 2],
        ["b", "b", "2", 1, 1],
        ["d", "d", "1", 0, 0],
    ]
    assert found["in_degree_p"].tolist() == pytest.approx([0.1, 0.5, np.nan, np.nan], nan_ok=True)
    assert found["dependence"].tolist() == pytest.approx([1.5, 1, 0.5, np.nan], nan_ok=True)
    assert found["goals_set"].tolist() == pytest.approx([np.nan, 2, 0, np.nan], nan_ok=True)


def test_measures_of_several_relations_are_called_by_them() -> None:
    other = rows("dependence", {"a": 9.0}, group="cites")
    found = table(DEPENDENCE, other, rows("pagerank", {"b": 0.2}))
    assert found["dependence:cites"].tolist() == pytest.approx([np.nan, 9, np.nan, np.nan], nan_ok=True)
    assert found["dependence:uses"].tolist() == pytest.approx([1.5, 1, 0.5, np.nan], nan_ok=True)
    assert found["pagerank:uses"].tolist() == pytest.approx([np.nan, np.nan, 0.2, np.nan], nan_ok=True)
    assert "dependence" not in found


def test_standards_are_counted_once_and_none_is_none() -> None:
    used = pd.DataFrame({"actor_id": ["a", "a", "a", "b"], "standard": ["x", "x", "y", "x"]})
    assert table(DEPENDENCE, standards=used)["standards"].tolist() == [0, 2, 1, 0]
    assert "standards" not in table(DEPENDENCE)


def test_an_undirected_network_has_one_degree() -> None:
    found = table(DEPENDENCE, directed=False)
    assert found[["actor_id", "degree"]].to_numpy().tolist() == [["c", 2], ["a", 1], ["b", 1], ["d", 0]]
    assert not {"in_degree", "out_degree"} & set(found)
