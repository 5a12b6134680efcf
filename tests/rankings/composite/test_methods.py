"""What each method of aggregation declares, beside what its formula does, and the bounds of its options."""

import math

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.methods import METHODS, method_of

OPTIONS = {
    "generalised": {"power": 2},
    "mean_min": {"strength": 0.5},
    "owa": {"order_weights": [2, 1, 0]},
}
X = np.array([[0.3, 0.9, 0.5], [0.6, 0.2, 0.4], [0.9, 0.95, 0.9]])  # the last is ahead of both everywhere


def spec(name: str) -> dict[str, object]:
    return {"name": name} | OPTIONS.get(name, {})


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_relative_where_a_score_depends_on_who_else_is_there(name: str) -> None:
    method = method_of(spec(name))
    among, alone = (method.combine(X[:units], np.ones(3)) for units in (3, 2))
    assert method.relative == (not np.allclose(among[:2], alone))
    assert method.name == name


@pytest.mark.parametrize(
    ("domain", "specs"),
    [
        ("any", ["arithmetic", "copeland", "wroclaw", "mean_min", "owa"]),
        ("nonnegative", ["benefit_of_doubt", {"name": "generalised", "power": 0.5}]),
        # A logarithm, a reciprocal, a coefficient of variation: nothing at 0.
        ("positive", ["geometric", "harmonic", "mpi", "adjusted_mpi", {"name": "generalised", "power": 0},
                      {"name": "generalised", "power": -1}, {"name": "benefit_of_doubt", "share_low": 0.1}]),
    ],
)  # fmt: skip
def test_domains_are_those_of_the_formulas(domain: str, specs: list[str | dict[str, object]]) -> None:
    made = [method_of(spec(one) if isinstance(one, str) else one) for one in specs]
    assert [method.domain for method in made] == [domain] * len(specs)


def test_a_unit_withheld_is_compared_with_nobody() -> None:
    # c has one of three values, below the threshold. a beats b on two of three; c, were it compared, would beat both
    # on that one value, and level a and b with it.
    table = pd.DataFrame(
        {"entity": list("abc"), "x": [2.0, 1.0, 9.0], "y": [2.0, 1.0, np.nan], "z": [1.0, 2.0, np.nan]}
    )
    tree = pd.DataFrame({"code": ["x", "y", "z", "index"], "parent": ["index"] * 3 + [""]})
    found = aggregate(table, tree, method="copeland", threshold=0.5).values["index"]  # noqa: PD011 -- of a step
    assert found.tolist() == pytest.approx([1, -1, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    "good",
    [
        {"name": "mean_min", "strength": 0}, {"name": "mean_min", "strength": 1, "smoothing": 0},
        {"name": "benefit_of_doubt", "share_low": 0, "share_high": 1}, {"name": "owa", "quantifier": [0, 1]},
        {"name": "owa", "order_weights": [0, 0, 1e-9]}, {"name": "generalised", "power": -3},
    ],
)  # fmt: skip
def test_the_last_values_allowed_are_allowed(good: dict[str, object]) -> None:
    assert method_of(good).name == good["name"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"name": "mean_min", "strength": -0.01}, r"strength is -0.01; a finite number from 0 to 1 expected"),
        ({"name": "mean_min", "strength": 1.01}, "strength is 1.01"),
        ({"name": "mean_min", "strength": 1, "smoothing": -0.01}, "smoothing is -0.01; a finite number from 0 to inf"),
        ({"name": "mean_min", "strength": 1, "smoothing": math.inf}, "smoothing is inf"),
        ({"name": "generalised", "power": -math.inf}, "power is -inf"),
        ({"name": "benefit_of_doubt", "share_low": -0.01}, "share_low is -0.01; a finite number from 0 to 1"),
        ({"name": "benefit_of_doubt", "share_low": 1.01}, "share_low is 1.01"),
        ({"name": "benefit_of_doubt", "share_high": -0.01}, "share_high is -0.01; a finite number from 0 to 1"),
        ({"name": "benefit_of_doubt", "share_high": 1.01}, "share_high is 1.01"),
        ({"name": "owa", "quantifier": [-0.01, 0.5]}, r"quantifier is \[-0.01, 0.5\]; two limits"),
        ({"name": "owa", "quantifier": [0.5, 1.01]}, "two limits with 0 <= first < second <= 1"),
        ({"name": "owa", "quantifier": [0, 0.5, 1]}, "two limits"),
        ({"name": "owa", "quantifier": [0.5]}, "two limits"),
        ({"name": "owa", "quantifier": [0, 1], "order_weights": [1, 1]}, "needs either"),
        ({"name": "owa", "order_weights": [2, -1]}, r"order_weights are \[2, -1\]; numbers of at least 0, not all 0"),
        ({"name": "owa", "order_weights": [1, math.nan]}, "order_weights are"),
        ({"name": "mpi", "spread": "range"}, "unknown spread 'range'; allowed: population, sample"),
        ({"name": "adjusted_mpi", "penalty": "none"}, "unknown penalty 'none'; allowed: negative, positive"),
        ({"name": "mean_min", "power": 2}, "takes no 'power', needs 'strength'; its options: strength, smoothing"),
    ],
)
def test_options_beyond_their_bounds_are_refused_by_name(bad: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        method_of(bad)
