"""Options at the ends of what is allowed: an open end is refused, a closed one and the value inside it are taken."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import penetration

UNITS = pd.DataFrame({"entity": "KAZ", "group": "", "period": "2024", "measure": "m", "unit": "count", "value": [3, 1]})
NOTHING = pd.DataFrame()


@pytest.mark.parametrize(("refused", "taken"), [(0.49, 0.5), (1, 0.999)])
def test_a_level_of_a_share_is_from_a_half_up_to_but_not_one(refused: float, taken: float) -> None:
    with pytest.raises(ValueError, match=f"level {refused} is outside 0.5 up to but not 1"):
        penetration.share_interval([5], [10], level=refused)
    low, high = penetration.share_interval([5], [10], level=taken)
    assert 0 < low[0] < 0.5 < high[0] < 1


@pytest.mark.parametrize("level", [0, 1])
def test_a_level_is_between_none_and_all(level: int) -> None:
    with pytest.raises(ValueError, match=f"level {level} is outside 0 to 1"):
        penetration.check_differences(NOTHING, left="a", right="b", sizes=[10], level=level)
    for call in (penetration.adoption_forecast, penetration.adoption_bootstrap):
        chance = {"rng": np.random.default_rng(1)} if call is penetration.adoption_bootstrap else {}
        with pytest.raises(ValueError, match=f"level {level} is not between 0 and 1"):
            call(NOTHING, periods=["2030"], level=level, **chance)


def test_an_interval_of_simulated_curves_needs_a_hundred() -> None:
    with pytest.raises(ValueError, match="99 draws do not settle an interval; at least 100"):
        penetration.adoption_bootstrap(NOTHING, periods=["2030"], draws=99, rng=np.random.default_rng(1))


@pytest.mark.parametrize("top", [0, 100])
def test_the_top_is_neither_nobody_nor_everybody(top: int) -> None:
    with pytest.raises(ValueError, match="must be percent"):
        penetration.top_shares(UNITS, tops=[top])


@pytest.mark.parametrize("successes", [-1, 11])
def test_no_fewer_than_none_and_no_more_than_all_succeed(successes: int) -> None:
    with pytest.raises(ValueError, match="successes must lie between 0 and n"):
        penetration.share_interval([successes], [10])
    with pytest.raises(ValueError, match="n above 0"):
        penetration.share_interval([0], [0])
