"""Dots and their intervals."""

import pytest
from matplotlib.figure import Figure

from digital_diplomacy.figures.parts import marks, style


@pytest.mark.parametrize(("low", "high", "caps"), [(2.0, 5.0, [2.0]), (5.0, 9.0, [9.0]), (2.0, 9.0, [2.0, 9.0])])
def test_an_end_at_the_value_has_no_cap_behind_the_marker(low: float, high: float, caps: list[float]) -> None:
    axes = Figure().add_subplot()
    marks.draw_dot(axes, marks.Dot(5.0, low, high, "sensitivity"), 0.0, style.look(0), upright=False)
    drawn = [line for line in axes.lines if line.get_marker() == marks.BARS["sensitivity"].cap]
    assert [float(end) for line in drawn for end in line.get_xdata()] == caps
