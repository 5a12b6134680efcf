"""Lists face to face: what is refused, drawn and said, and that nothing touches or changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import claims, figures, labels, sources
from digital_diplomacy.figures.parts import palette, style

from .conftest import LONG, PLAIN, rows, texts

REPOSITORY = Path(__file__).parents[3]
SMALL = rows(
    ("item.goal_allies", "item.factor_unit", ""),
    ("item.goal_allies", "item.factor_staff", "reading"),
    ("item.goal_society", "item.factor_unit", "document"),
    ("item.goal_society", "item.factor_staff", ""),
    ("item.goal_terrorism", "item.factor_unit", ""),
    ("item.goal_terrorism", "item.factor_staff", ""),
)


def lines(figure: Figure) -> list[tuple[float, float, bool]]:
    """Heights of both ends, and whether the line is whole."""
    drawn = [line for line in figure.axes[0].lines if line.get_gid() == "line"]
    return [(*np.round(np.asarray(line.get_ydata(), float), 3), line.get_linestyle() == "-") for line in drawn]


def height(figure: Figure, name: str) -> float:
    return round(next(text.get_position()[1] for text in figure.axes[0].texts if text.get_text() == name), 3)


def test_nothing_to_draw_too_much_and_other_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="0 by 0 items, but each side holds 1 to 60"):
        figures.plot_crossing(SMALL.head(0), lang="en")
    wide = rows(*(("item.goal_allies", f"entity.c{n}", "reading") for n in range(61)))
    with pytest.raises(ValueError, match="1 by 61 items"):
        figures.plot_crossing(wide, lang="en")
    with pytest.raises(ValueError, match="no line for cells of kind listed; known: document, reading"):
        figures.plot_crossing(SMALL.assign(cell="listed"), lang="en")


def test_lines_join_what_meets_and_tell_on_whose_word() -> None:
    figure = figures.plot_crossing(SMALL, lang="en")
    ends = {
        (height(figure, "Find allies for an idea or policy"), height(figure, "Trained staff"), False),
        (height(figure, "Deal with society, not the elite alone"), height(figure, "A unit of its own"), True),
    }
    assert set(lines(figure)) == ends
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["put together by the document", "reading of this package"]


def test_what_nothing_meets_is_grey() -> None:
    figure = figures.plot_crossing(SMALL, lang="en")
    colours = {
        text.get_text(): text.get_color() for text in figure.axes[0].texts if text.get_gid() in ("row", "column")
    }
    assert colours.pop("Fight terrorism") == palette.MUTED
    assert set(colours.values()) == {style.INK}


def test_the_right_side_is_ordered_so_that_lines_cross_less_but_stages_keep_their_order() -> None:
    assert texts(figures.plot_crossing(SMALL, lang="en"), "column") == ["Trained staff", "A unit of its own"]
    stages = SMALL.replace({"item.factor_unit": "item.stage_presence", "item.factor_staff": "item.stage_engagement"})
    said = texts(figures.plot_crossing(stages, lang="en"), "column")
    assert [text.replace("\xa0", " ") for text in said] == ["1. Presence", "4. Engagement"]


def test_the_country_asked_about_stands_out() -> None:
    made = rows(("item.factor_unit", "entity.USA", "document"), ("item.factor_unit", "entity.IND", "document"))
    figure = figures.plot_crossing(made, lang="en", emphasis="IND")
    weights = {text.get_text(): text.get_fontweight() for text in figure.axes[0].texts if text.get_gid() == "column"}
    assert weights == {"United States": "normal", "India": "bold"}
    colours = [line.get_color() for line in figure.axes[0].lines if line.get_gid() == "line"]
    assert colours.count(palette.ASKED_COLOUR) == 1


def test_letters_name_the_documents_where_several_put_items_together() -> None:
    made = rows(
        ("item.goal_allies", "item.factor_unit", "document"), ("item.goal_society", "item.factor_unit", "document")
    ).assign(documents=["000", "001"])
    figure = figures.plot_crossing(made, lang="ru")
    assert texts(figure, "key") == ["A", "B"]
    assert "A — Алмаш 2018; B — Жусупова 2021." in " ".join(text.get_text() for text in figure.texts)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_text_touches_another_in_the_figures_of_the_documents(
    lang: str, touching: Callable[[Figure], list[object]]
) -> None:
    ideas, crosswalk = (sources.load(name, root=REPOSITORY) for name in ("ideas", "crosswalk"))
    drawn = [claims.crossing(ideas, crosswalk, name) for name in sorted(set(crosswalk["crosswalk"]))]
    drawn += [claims.crossing(ideas, crosswalk, "directions_objectives", "conditions_objectives")]
    assert [found for made in drawn if (found := touching(figures.plot_crossing(made, lang=lang, title=LONG)))] == []


def test_long_names_are_wrapped_and_touch_nothing(touching: Callable[[Figure], list[object]]) -> None:
    names = {f"entity.long_{n}": f"{LONG} {n}" for n in range(8)}
    made = rows(*((f"entity.long_{n}", f"entity.long_{n + 4}", "reading") for n in range(4)))
    grid = (
        made[["row"]].merge(made[["column"]], how="cross").merge(made, how="left").assign(**PLAIN | {"cell": "reading"})
    )
    with labels.own_names(names):
        figure = figures.plot_crossing(grid, lang="kk", title=LONG)
    assert touching(figure) == []
    assert set(texts(figure, "row") + texts(figure, "column")) == set(names.values())


def test_equal_rows_give_equal_bytes_and_stay_as_they_were() -> None:
    before = SMALL.copy()
    drawn = [style.svg(figures.plot_crossing(SMALL, lang="ru", title="T")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    pd.testing.assert_frame_equal(SMALL, before)
