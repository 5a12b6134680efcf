"""Options at the ends of what is allowed: an open end is refused, a closed one and the value inside it are taken."""

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
    with pytest.raises(ValueError, match=f"level {level} is not between 0 and 1"):
        penetration.adoption_forecast(NOTHING, periods=["2030"], level=level)


@pytest.mark.parametrize("successes", [-1, 11])
def test_no_fewer_than_none_and_no_more_than_all_succeed(successes: int) -> None:
    with pytest.raises(ValueError, match="successes must lie between 0 and n"):
        penetration.share_interval([successes], [10])
    with pytest.raises(ValueError, match="n above 0"):
        penetration.share_interval([0], [0])
