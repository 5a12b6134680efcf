"""Options at the ends of what is allowed: an open end is refused, the value inside it is taken."""

from inspect import signature
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import networks
from digital_diplomacy.networks.measures.communities import communities, leiden, modularity

EDGES: Final = pd.DataFrame({"source": ["a", "b", "c"], "target": ["x", "x", "y"], "relation": "uses", "weight": 1.0})


def places(**options: Any) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    given = {"measure": "dependence", "scheme": "actors", "draws": 20} | options
    return networks.rank_intervals(EDGES, networks.dependence_received, rng=rng, **given)


@pytest.mark.parametrize(("refused", "taken"), [(0, 0.01), (1, 0.99)])
def test_a_level_is_between_none_and_all(refused: float, taken: float) -> None:
    with pytest.raises(ValueError, match=f"level is {refused}; above 0 and below 1 expected"):
        places(level=refused)
    assert len(places(level=taken))


@pytest.mark.parametrize("options", [{"draws": 99}, {"level": 0}, {"level": 1}])
def test_a_model_of_ties_needs_a_hundred_draws_and_a_level_between_none_and_all(options: dict[str, float]) -> None:
    ring = networks.graph(EDGES.assign(target=["b", "c", "a"]))
    with pytest.raises(ValueError, match="draws must be at least 100, level between 0 and 1"):
        networks.tie_model(ring, ["mutual"], rng=np.random.default_rng(1), **options)


@pytest.mark.parametrize("options", [{"runs": 0}, {"rounds": 0}])
def test_communities_are_sought_at_least_once(options: dict[str, int]) -> None:
    ring = networks.graph(EDGES.assign(target=["b", "c", "a"]))
    with pytest.raises(ValueError, match="at least 1 of each expected"):
        leiden(ring, rng=np.random.default_rng(1), **options)


@pytest.mark.parametrize(
    ("functions", "name", "default"),
    [
        (
            [networks.powers, networks.census_powers, networks.dated, networks.networking_power, networks.mobility,
             networks.network_making_power, networks.programming_power, networks.standard_powers, networks.mrqap,
             networks.qap_correlation, networks.rank_intervals, networks.switching_power],
            "draws",
            999,  # so that p can be 0.001
        ),
        ([networks.tie_model], "draws", 1000),
        ([networks.powers, networks.census_powers, networks.dated, networks.networking_power], "rewirings", 99),
        ([networks.rank_intervals, networks.tie_model], "level", 0.95),
        ([networks.chosen_found, networks.outstanding, networks.making_said,
          networks.outcome, networks.power_marks, networks.powers_told, networks.networking_found,
          networks.unmarked], "level", 0.05),
        ([networks.pagerank], "damping", 0.85),
        ([networks.skeleton], "alpha", 0.15),
        ([networks.actors_near], "radius", 1),
        ([networks.core], "k", 2),
        ([networks.leading], "n", 15),
        ([networks.drawing], "most_actors", 300),
        ([networks.drawing], "most_ties", 1000),
        ([networks.local_degree], "most", 1000),
        ([networks.shared_by_document, networks.shared_found, networks.shared_targets, networks.citations_answer],
         "least", 2),
        ([leiden, communities], "runs", 10),
        ([leiden, communities], "rounds", 2),
        ([leiden, communities, modularity], "resolution", 1),
        ([leiden, communities, modularity], "weighted", True),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_what_is_not_asked_is_what_the_documentation_says(functions: list[Any], name: str, default: float) -> None:
    assert [signature(function).parameters[name].default for function in functions] == [default] * len(functions)
