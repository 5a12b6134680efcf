"""Bars side by side, dumbbells, stacks, a spread and a scatter: what they show, and what they refuse."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import figures, labels

Touching = Callable[[Figure], list[tuple[str, str]]]
LANGUAGES = ("en", "kk", "ru")
NAMES = {"measure.t_one": "One", "measure.t_two": "Two", "group.t_a": "Part A", "group.t_b": "Part B"}


def rows(entity: list[str], value: list[float], **changed: object) -> pd.DataFrame:
    fixed = {"group": "", "period": "2020", "measure": "egdi", "low": np.nan, "high": np.nan, "interval": "none"}
    fixed |= {"level": np.nan, "unit": "index", "base": "", "n": np.nan, "source_id": "un_egdi"}
    return pd.DataFrame({"entity": entity, "value": value}).assign(**fixed).assign(**changed)


def said(figure: Figure, gid: str = "value") -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts if text.get_gid() == gid]


def legend(figure: Figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.legends[0].get_texts()]


def followers() -> pd.DataFrame:
    """Two networks; the first entity has 4 and 100, the second 40 and 50: 10 times and half as many."""
    counts = rows(["UZB", "KAZ", "UZB", "KAZ"], [100.0, 4.0, 50.0, 40.0], group=["twitter"] * 2 + ["facebook"] * 2)
    counts["entity"], counts["value"] = ["KAZ", "UZB", "KAZ", "UZB"], [4.0, 40.0, 100.0, 50.0]
    counts = counts.assign(measure="followers", unit="followers", period="2018-02")
    ratio = rows(["UZB", "UZB"], [10.0, 0.5], group=["twitter", "facebook"], measure="audience_ratio", unit="times")
    return pd.concat([counts, ratio.assign(period="2018-02")], ignore_index=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bars_of_a_row_are_to_scale_and_ratios_stand_beside_them(lang: str, touching: Touching) -> None:
    figure = figures.plot_compared(followers(), lang=lang, title="Title", emphasis="UZB")
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    # facebook first, its largest value is larger: UZB 50 of 100, KAZ 100; then twitter: UZB 40, KAZ 4 of 40.
    assert widths == pytest.approx([widths[1] / 2, widths[1], widths[1], widths[1] / 10])
    assert [text for text in said(figure) if text.startswith("×")] == ["× 0.50" if lang == "en" else "× 0,50", "× 10"]
    assert not touching(figure)


def test_a_row_with_two_values_of_one_entity_is_refused() -> None:
    twice = pd.concat([followers(), followers().head(1).assign(source_id="egdi_by_edition")], ignore_index=True)
    with pytest.raises(ValueError, match="one value of an entity in a row and period"):
        figures.plot_compared(twice, lang="en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dumbbell_tells_first_and_last_and_marks_the_one_asked_about(lang: str, touching: Touching) -> None:
    frame = rows(["KAZ", "KAZ", "ALB", "ALB"], [38.0, 44.0, 43.0, 31.0], period=["2016", "2017"] * 2, unit="rank")
    figure = figures.plot_dumbbells(frame, lang=lang, title="Title", emphasis="KAZ")
    axes = figure.axes[0]
    assert said(figure) == ["38 → 44", "43 → 31"]
    assert legend(figure) == ["2016", "2017"]
    assert [text.get_fontweight() for text in axes.get_yticklabels()] == ["bold", "normal"]
    assert axes.get_xlim()[0] > axes.get_xlim()[1]  # the first place lies at the right
    assert not touching(figure)


def test_a_value_that_does_not_exist_is_a_dash_and_shares_are_percent() -> None:
    frame = rows(["EST"] * 2, [0.5, np.nan], group="t_a", measure=["t_one", "t_two"], unit="share")
    with labels.own_names(NAMES):
        figure = figures.plot_dumbbells(frame, lang="kk", by="group", told="measure")
    assert said(figure) == ["50,0 → –"]


def test_dumbbells_of_three_values_or_two_units_are_refused() -> None:
    three = rows(["KAZ"] * 3, [1.0, 2.0, 3.0], period=["2016", "2017", "2018"])
    with pytest.raises(ValueError, match="two values of one unit"):
        figures.plot_dumbbells(three, lang="en")
    with pytest.raises(ValueError, match="two values of one unit"):
        figures.plot_dumbbells(three.head(2).assign(unit=["rank", "index"]), lang="en")


def parts() -> pd.DataFrame:
    groups = ["index_agrees", "index_last_digit"] * 2
    frame = rows(["WORLD"] * 4, [3.0, 1.0, 5.0, 0.0], group=groups, period=["2022", "2022", "2024", "2024"])
    return frame.assign(unit="count", base="states_assessed", n=[4.0, 4.0, 5.0, 5.0], measure="agreement_count")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stacks_add_up_and_tell_every_part(lang: str, touching: Touching) -> None:
    figure = figures.plot_stacks(parts(), lang=lang, title="Title")
    bars = [(bar.get_x(), bar.get_width()) for bar in figure.axes[0].patches]
    assert bars == [(0, 3), (3, 1), (0, 5), (5, 0)]
    assert said(figure) == ["4", "5"]
    assert len(legend(figure)) == 2
    assert not touching(figure)


def test_a_part_that_is_nowhere_is_not_in_the_legend() -> None:
    whole = parts().assign(value=[4.0, 0.0, 5.0, 0.0])
    assert len(legend(figures.plot_stacks(whole, lang="en"))) == 1


def test_stacks_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up to its n"):
        figures.plot_stacks(parts().assign(n=6.0), lang="en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_spread_has_a_dot_a_unit_and_the_band_of_its_intervals(lang: str, touching: Touching) -> None:
    frame = rows(["KAZ", "UZB", "KGZ"], [-2.0, 0.5, 0.5], unit="last_digits", interval="rounding")
    frame = frame.assign(low=frame["value"] - 1, high=frame["value"] + 1)
    figure = figures.plot_spread(frame, lang=lang, title="Title", emphasis="KAZ")
    axes = figure.axes[0]
    drawn = [len(np.asarray(line.get_xdata())) for line in axes.lines[1:]]
    assert drawn == [2, 1]
    band = axes.patches[0].get_bbox()
    assert (band.x0, band.x1) == (-1, 1)
    # UZB and KGZ lie in one heap, KAZ alone in the middle of the lowest line.
    assert sorted(np.asarray(axes.lines[1].get_ydata()).tolist()) == [0.5, 1.5]
    assert np.asarray(axes.lines[2].get_ydata()).tolist() == [0.5]
    assert not touching(figure)


def test_a_spread_of_two_years_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one measure, unit and period"):
        figures.plot_spread(rows(["KAZ", "UZB"], [1.0, 2.0], period=["2020", "2022"]), lang="en")


def scattered() -> pd.DataFrame:
    x = rows(["KAZ", "UZB", "KGZ", "EST"], [1.0, 5.0, 9.0, 3.0], measure="egdi_rank", unit="rank")
    y = rows(["KAZ", "UZB", "KGZ"], [2.0, np.nan, 8.0], measure="ddr_rank", unit="rank", interval="bound")
    return pd.concat([x, y.assign(low=[2.0, 3.0, 8.0], high=[2.0, 7.0, 8.0])], ignore_index=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scatter_draws_points_bounds_and_only_units_with_both(lang: str, touching: Touching) -> None:
    figure = figures.plot_scatter(scattered(), lang=lang, title="Title", emphasis="KAZ")
    axes = figure.axes[0]
    drawn = [(np.asarray(line.get_xdata()).tolist(), np.asarray(line.get_ydata()).tolist()) for line in axes.lines]
    assert drawn == [([5, 5], [3, 7]), ([9], [8]), ([1], [2])]
    assert said(figure, "name") == [labels.entity("KAZ", lang), labels.entity("KGZ", lang)]
    assert any("(2)" in text for text in legend(figure))
    assert any("(1)" in text for text in legend(figure))
    assert not touching(figure)


def test_a_scatter_of_one_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="two measures"):
        figures.plot_scatter(scattered().query("measure == 'ddr_rank'"), lang="en")
