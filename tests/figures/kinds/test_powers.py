"""The figure of the four powers: who stands in it, what is drawn, what is said, what is refused."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import labels, tables
from digital_diplomacy.figures.alternative import POWERS, describe
from digital_diplomacy.figures.kinds.powers import COLUMNS, MAX_ROWS, plot_powers
from digital_diplomacy.figures.parts import style

UNITS = {
    "core_ratio": "share",
    "coverage": "share",
    "coverage_p": "probability",
    "coverage_expected": "share",
    "dependence": "full_dependents",
    "goals_set": "count",
    "programmer_p": "probability",
    "switched_pairs": "pairs",
    "switched_pairs_expected": "pairs",
    "switcher_p": "probability",
    "exclusion_asymmetry": "share",
    "exclusion_asymmetry_expected": "share",
    "exclusion_asymmetry_p": "probability",
}


def row(entity: str, measure: str, value: float, low: float = np.nan, high: float = np.nan) -> dict[str, object]:
    known = not np.isnan(low)
    return {
        "entity": entity, "group": "uses", "period": "", "measure": measure, "value": value, "low": low, "high": high,
        "interval": "simulation" if known else "none", "level": 0.95 if known else np.nan, "unit": UNITS[measure],
        "base": "", "n": np.nan, "source_id": "relations",
    }  # fmt: skip


def actor(entity: str, ratio: float, received: float, z: float, p: float, ways: float) -> list[dict[str, object]]:
    given = {"core_ratio": ratio, "dependence": received, "goals_set": z, "programmer_p": p, "switched_pairs": ways}
    return [row(entity, measure, value) for measure, value in given.items()] + [row(entity, "switcher_p", 1.0)]


ROWS = pd.DataFrame(
    [
        *actor("KAZ", 1.0, 4.0, 1.5, 0.01, 6),
        *actor("UZB", 0.5, 0.25, -0.5, 0.9, 0),
        *actor("KGZ", 1.0, 0.75, np.nan, np.nan, 2),
        row("facebook", "coverage", 0.6),
        row("facebook", "coverage_p", 0.2),
        row("facebook", "coverage_expected", 0.5, 0.3, 0.7),
        row("network", "exclusion_asymmetry", 0.8),
        row("network", "exclusion_asymmetry_expected", 0.5, 0.25, 0.75),
        row("network", "exclusion_asymmetry_p", 0.03),
    ]
)


def words(figure: Figure) -> str:
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return " ".join(text.get_text() for text in texts).replace("\n", " ")


def names(figure: Figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.axes[0].get_yticklabels()]


def without(*measures: str) -> pd.DataFrame:
    return ROWS[~ROWS["measure"].isin(measures)]


def test_powers_stand_side_by_side_with_rows_by_falling_dependence() -> None:
    figure = plot_powers(ROWS, lang="en")
    assert len(figure.axes) == len(COLUMNS)
    assert names(figure) == ["Kazakhstan", "Kyrgyzstan", "Uzbekistan", "Facebook"]
    assert len({axes.get_ylim() for axes in figure.axes}) == 1


def test_undefined_values_are_dashes_and_small_p_asterisks() -> None:
    figure = plot_powers(ROWS, lang="en")
    programmers, switchers = figure.axes[3], figure.axes[4]
    assert sorted(text.get_text() for text in programmers.texts) == ["*", "–"]
    assert [text.get_text() for text in switchers.texts] == []
    assert "p ≤ 0.05 for all actors together, and without any one document" in words(figure)
    assert "not defined here" in words(figure)
    assert "No actor stands out" not in words(figure)


def test_a_p_that_rises_without_a_document_has_no_asterisk_and_the_figure_says_that_nobody_stands_out() -> None:
    unstable = ROWS["measure"].eq("programmer_p") & ROWS["entity"].eq("KAZ")
    ranged = ROWS.assign(
        low=ROWS["low"].where(~unstable, 0.01),
        high=ROWS["high"].where(~unstable, 0.98),
        interval=ROWS["interval"].where(~unstable, "sensitivity"),
    )
    figure = plot_powers(ranged, lang="en")
    assert [text.get_text() for text in figure.axes[3].texts] == ["–"]
    assert "No actor stands out from chance as a programmer or a switcher" in words(figure)
    assert "p ≤ 0.05" not in words(figure)


def test_sides_of_network_making_that_were_not_measured_say_what_they_need() -> None:
    figure = plot_powers(without("goals_set", "programmer_p", "switched_pairs", "switcher_p"), lang="en")
    assert words(figure).count("Not measured") == 1
    assert "programmers (needs relations that say who sets goals); switchers (needs several networks" in words(figure)
    assert "No actor stands out" not in words(figure)


def test_what_chance_gives_lies_behind_the_coverage() -> None:
    bar = figure_bar(plot_powers(ROWS, lang="en"))
    assert bar == [0.3, 0.7]
    assert "what chance gives" in words(plot_powers(ROWS, lang="en"))


def figure_bar(figure: Figure) -> list[float]:
    wide = [line for line in figure.axes[1].lines if line.get_linewidth() == 5]
    assert len(wide) == 1
    return [float(place) for place in np.asarray(wide[0].get_xdata())]


def test_asymmetry_is_said_with_its_chance_and_p() -> None:
    assert "80% of the attention" in words(plot_powers(ROWS, lang="en"))
    assert "by chance 25–75%; p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0.03" in words(plot_powers(ROWS, lang="en"))
    assert "Exclusion" not in words(plot_powers(without("exclusion_asymmetry_p"), lang="en"))


def test_power_that_was_not_measured_is_said_to_be_missing() -> None:
    figure = plot_powers(without("coverage", "coverage_p", "coverage_expected"), lang="en")
    assert len(figure.axes) == len(COLUMNS) - 1  # no empty column
    assert "Not measured: network power (needs a table of who uses which standard)." in words(figure)
    assert "Not measured" not in words(plot_powers(ROWS, lang="en"))
    assert "what chance gives" not in words(figure)


def test_intervals_are_drawn_where_they_are_known() -> None:
    ranged = ROWS.assign(
        low=ROWS["low"].where(ROWS["measure"] != "dependence", ROWS["value"] - 0.1),
        high=ROWS["high"].where(ROWS["measure"] != "dependence", ROWS["value"] + 0.1),
        interval=ROWS["interval"].where(ROWS["measure"] != "dependence", "sensitivity"),
    )
    figure = plot_powers(ranged, lang="en")
    assert any(np.allclose(line.get_xdata(), [3.9, 4.1]) for line in figure.axes[2].lines)
    assert labels.text("interval.sensitivity", "en") in words(figure)


def test_a_crowd_keeps_the_figure_readable() -> None:
    codes = [f"actor_{number:03}" for number in range(200)]
    crowd = [part for number, code in enumerate(codes) for part in actor(code, 1.0, number, 0.1, 0.5, number % 7)]
    with labels.own_names({f"entity.{code}": code for code in codes}):
        figure = plot_powers(pd.DataFrame(crowd), lang="en")
    assert 5 <= len(names(figure)) <= MAX_ROWS
    assert names(figure)[0] == "actor_199"


def test_all_actors_alike_can_be_drawn() -> None:
    codes = [f"actor_{number:03}" for number in range(40)]
    alike = [part for code in codes for part in actor(code, 1.0, 1.0, np.nan, np.nan, 0)]
    with labels.own_names({f"entity.{code}": code for code in codes}):
        assert len(names(plot_powers(pd.DataFrame(alike), lang="en"))) == MAX_ROWS


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_words_do_not_overlap_and_stay_inside(lang: str) -> None:
    figure = plot_powers(ROWS, lang=lang, title="Four powers")
    renderer = style.renderer(figure)
    texts = [*figure.texts, *(axes.title for axes in figure.axes), *(axes.xaxis.label for axes in figure.axes)]
    texts += [axes._left_title for axes in figure.axes]  # type: ignore[attr-defined]
    texts += figure.axes[0].get_yticklabels()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text()]
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.shrunk(0.98, 0.98).overlaps(b)] == []
    width, height = figure.get_size_inches() * figure.dpi
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for _, box in boxes)


def test_equal_rows_give_equal_bytes_and_are_not_changed() -> None:
    before = ROWS.copy()
    assert style.svg(plot_powers(ROWS, lang="kk")) == style.svg(plot_powers(ROWS.iloc[::-1], lang="kk"))
    pd.testing.assert_frame_equal(ROWS, before)


def test_several_relations_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"powers of one relation stand in a figure, but these rows have 'uses', 'cites'"
    ):
        plot_powers(pd.concat([ROWS, ROWS.assign(group="cites")]), lang="en")


def test_nothing_to_draw_and_no_leaders_are_refused() -> None:
    with pytest.raises(ValueError, match="no row of these estimates has a value to draw"):
        plot_powers(ROWS[ROWS["entity"] == "network"], lang="en")
    with pytest.raises(ValueError, match="no row of these estimates"):
        plot_powers(pd.DataFrame(columns=list(tables.ESTIMATES.columns)), lang="en")
    with pytest.raises(ValueError, match="n is 0"):
        plot_powers(ROWS, lang="en", n=0)
    with pytest.raises(ValueError, match="unknown language 'de'"):
        plot_powers(ROWS, lang="de")


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("least", [5, 2])
def test_on_a_narrow_sheet_no_words_touch_and_what_has_no_column_is_told(
    least: int, lang: str, touching: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    without = [] if least == 5 else ["coverage", "goals_set", "switched_pairs"]
    with style.narrow():
        figure = plot_powers(ROWS[~ROWS["measure"].isin(without)], lang=lang)
    assert touching(figure) == []
    assert sum(bool(axes.get_title(loc="left")) for axes in figure.axes) == least
    missing = labels.text("notice.power_network_missing", lang)
    assert (missing in " ".join(words(figure).split())) == (least == 2)


def test_those_who_do_not_see_it_are_told_who_has_the_most_of_each_power() -> None:
    assert describe(ROWS, "en") == (
        "Of 3 actors these have the most: networking power, Kazakhstan and 1 more (1); "
        "network power (standards), Facebook (0.6); networked power, Kazakhstan (4); "
        "network-making power: programmers, Kazakhstan (1.5); network-making power: switchers, Kazakhstan (6)"
    )
    assert {column.measure: column.heading for column in COLUMNS} == POWERS


def test_of_several_relations_together_the_alternative_tells_who_programmes_and_who_switches() -> None:
    # KAZ sets 1.5 goals and joins 6 pairs, more than the others; nothing is measured within a relation.
    said = describe(without("core_ratio", "dependence", "coverage", "coverage_p", "coverage_expected"), "en")
    assert said.startswith("Of 3 actors these have the most: ")
    assert [part in said for part in ("programmers, Kazakhstan (1.5)", "switchers, Kazakhstan (6)")] == [True, True]
    assert "lowest" not in said


def test_words_say_so_where_nobody_has_a_power() -> None:
    rows = ROWS[ROWS["measure"] == "switched_pairs"].assign(value=0.0)
    assert describe(rows, "ru") == "В этих данных ничто не выделяется"
