"""Options at the ends of what is allowed: an open end is refused, a closed one and the value inside it are taken."""

from typing import Any, Final

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import rankings

TABLE: Final = pd.DataFrame({"entity": list("ABCD"), "x": [1.0, 2, 3, 4], "y": [10.0, 20, np.nan, 40]})
TREE: Final = pd.DataFrame({"code": ["x", "y", "index"], "parent": ["index", "index", ""]})
PAIRS: Final = pd.DataFrame({"x": [1.0, 2, 3, 4, 5], "y": [1.0, 2, 3, 5, 4]})
RANKED: Final = pd.DataFrame({"entity": list("ABCDE"), "value": [1.0, 2, 3, 4, 5], "measure": "a", "source_id": ""})


def slopes(**options: Any) -> object:
    return rankings.rank_regression(PAIRS, outcome="y", predictor="x", **options)


def filled(**options: Any) -> object:
    return rankings.impute_many(TABLE, TREE, method="nearest", rng=np.random.default_rng(1), **options)


def alike(**options: Any) -> object:
    return rankings.rank_correlation(RANKED, RANKED.assign(measure="b"), rng=np.random.default_rng(1), **options)


CASES: Final = [
    (slopes, {"omega": -0.01}, {"omega": 0}, "omega is from 0 to 1"),
    (slopes, {"omega": 1.01}, {"omega": 1}, "omega is from 0 to 1"),
    (slopes, {"level": 0}, {"level": 0.01}, "level between 0 and 1"),
    (slopes, {"level": 1}, {"level": 0.99}, "level between 0 and 1"),
    (filled, {"draws": 0}, {"draws": 1}, "draws is 0; at least 1"),
    (filled, {"draws": 2, "neighbours": 0}, {"draws": 2, "neighbours": 1}, "neighbours is 0; at least 1"),
    (filled, {"draws": 2, "ridge": 1}, {"draws": 2, "ridge": 0}, "ridge is 1; it must be from 0 to below 1"),
    (filled, {"draws": 2, "ridge": -0.1}, {"draws": 2, "ridge": 0.9}, "ridge is -0.1"),
    (alike, {"draws": 0}, {"draws": 1}, "draws must be at least 1"),
    (alike, {"level": 0}, {"level": 0.01}, "level between 0 and 1"),
    (alike, {"level": 1}, {"level": 0.99}, "level between 0 and 1"),
]


@pytest.mark.parametrize(("call", "refused", "taken", "said"), CASES)
def test_an_option_is_refused_just_outside_of_what_is_allowed(call, refused, taken, said) -> None:
    with pytest.raises(ValueError, match=said):
        call(**refused)
    assert len(call(**taken))
