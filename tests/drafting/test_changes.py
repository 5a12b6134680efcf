"""What a change between two figures is by the units of all three."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.changes import _change
from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]


@pytest.mark.parametrize(
    ("unit", "by", "rising", "falling"),
    [
        ("users", "users", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("users", "items", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("users", "percent", "change_percent growth_rate 1 2", "change_percent decline_rate 1 2"),
        ("users", "times", "change_times ratio 2 1", "change_times ratio 1 2"),
        ("percent", "percentage_points", "change_points difference 2 1", "change_points difference 1 2"),
        ("percent", "percent", None, None),  # of percent or in points, which is not said
        ("percentage_points", "percent", None, None),
        ("rank", "percent", None, None),
        ("rank", "rank", "change_amount difference 2 1", "change_amount difference 1 2"),
        ("rank", "items", None, None),
        ("years", "items", None, None),
        ("users", "messages", None, None),
        ("users", "percentage_points", None, None),
        ("percent", "times", "change_times ratio 2 1", "change_times ratio 1 2"),
    ],
)
def test_a_change_is_of_the_unit_it_is_told_in(
    one: Made, unit: str, by: str, rising: str | None, falling: str | None
) -> None:
    earlier, later, change = one(1, unit), one(2, unit), one(3, by)
    for is_down, expected in ((False, rising), (True, falling)):
        made = _change(earlier, later, change, is_down=is_down, words="words")
        told = None if made is None else f"{made.why} {made.kind} {' '.join(f'{each.value}' for each in made.left)}"
        assert told == expected
        if made is not None:
            assert ([each.value for each in made.right], made.words) == ([3], "words")
