"""Options at the ends of what is allowed: an open end is refused, the value inside it is taken."""

from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import networks
from digital_diplomacy.networks.measures.communities import leiden

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
