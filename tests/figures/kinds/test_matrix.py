"""Matrices: what is refused, drawn and said, and that nothing touches or changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import claims, figures, labels, sources
from digital_diplomacy.errors import TableError
from digital_diplomacy.figures import alternative
from digital_diplomacy.figures.kinds import matrix
from digital_diplomacy.figures.parts import style

from .conftest import LONG, rows, texts

REPOSITORY = Path(__file__).parents[3]
SMALL = rows(
    ("item.goal_allies", "item.stage_presence", "document"),
    ("item.goal_allies", "item.stage_engagement", "reading"),
    ("item.goal_society", "item.stage_presence", ""),
    ("item.goal_society", "item.stage_engagement", "reading"),
)


def marks(figure: Figure) -> list[tuple[str, bool]]:
    """Marker and whether it is filled, of every cell drawn."""
    drawn = [line for line in figure.axes[0].lines if line.get_marker() not in ("None", "")]
    return [(str(line.get_marker()), line.get_markerfacecolor() != "white") for line in drawn]


def words(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.texts)


def test_nothing_to_draw_and_too_much_are_refused() -> None:
    with pytest.raises(ValueError, match="0 rows by 0 columns, but a matrix shows 1 to 60 by 1 to 20"):
        figures.plot_matrix(SMALL.head(0), lang="en")
    wide = rows(*(("item.goal_allies", f"entity.c{n}", "document") for n in range(21)))
    with pytest.raises(ValueError, match="1 rows by 21 columns"):
        figures.plot_matrix(wide, lang="en")


def test_a_kind_of_cell_without_a_look_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no look for cells of kind perhaps; known: document"):
        figures.plot_matrix(rows(("item.goal_allies", "item.stage_presence", "perhaps")), lang="en")


def test_a_pair_that_stands_twice_is_refused() -> None:
    with pytest.raises(TableError, match="unique key"):
        figures.plot_matrix(pd.concat([SMALL, SMALL.head(1)]), lang="en")


def test_marks_tell_whose_word_a_meeting_rests_on_and_empty_cells_are_empty() -> None:
    figure = figures.plot_matrix(SMALL, lang="en")
    assert marks(figure) == [("o", True), ("o", False), ("o", False)]
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["put together by the document", "reading of this package"]


def test_looks_differ_in_more_than_colour() -> None:
    for codes in (("document", "reading"), ("before", "undecided", "after")):
        assert len({(matrix.LOOKS[code][0], matrix.LOOKS[code][2]) for code in codes}) == len(codes)


def test_rows_and_columns_keep_the_order_of_their_first_use() -> None:
    figure = figures.plot_matrix(SMALL.iloc[::-1], lang="en")
    assert texts(figure, "row") == ["Deal with society, not the elite alone", "Find allies for an idea or policy"]
    assert [text.replace("\xa0", " ") for text in texts(figure, "column")] == ["4. Engagement", "1. Presence"]


def test_groups_of_rows_are_named_once() -> None:
    figure = figures.plot_matrix(SMALL.assign(row_group=["list.goals"] * 2 + ["list.public_aims"] * 2), lang="en")
    assert texts(figure, "group") == ["Goals of digital diplomacy (Krikunov)", "Aims of public diplomacy"]


def test_letters_name_the_documents_where_there_are_several() -> None:
    several = SMALL.assign(documents=["000", "001", "", "001"])
    figure = figures.plot_matrix(several, lang="kk")
    assert texts(figure, "key") == ["A", "B", "B"]
    assert "A — Алмаш 2018; B — Жүсіпова 2021." in words(figure)


def test_one_document_of_all_cells_is_named_below_and_of_some_by_its_letter() -> None:
    stated = SMALL.iloc[[0]].assign(documents="000")
    alone = figures.plot_matrix(stated, lang="en")
    assert texts(alone, "key") == []
    assert "Document: Almash 2018." in words(alone)
    mixed = figures.plot_matrix(SMALL.assign(documents=["000", "", "", ""]), lang="en")
    assert texts(mixed, "key") == ["A"]
    assert "A – Almash 2018." in words(mixed)


def test_cells_of_several_documents_have_no_letter() -> None:
    figure = figures.plot_matrix(SMALL.assign(documents=["000 001", "000", "", "001"]), lang="en")
    assert texts(figure, "key") == []


def test_counts_stand_as_numbers_without_marks() -> None:
    counted = SMALL.assign(cell="listed", count=[7.0, 12.0, 3.0, np.nan])
    counted.loc[3, "cell"] = ""
    figure = figures.plot_matrix(counted, lang="en")
    assert texts(figure, "count") == ["7", "12", "3"]
    assert marks(figure) == []
    assert not figure.legends
    # The ground of a count is 0.08 and 0.42 of its part of the largest, 12: 7, 12 and 3 of 12.
    grounds = [patch.get_alpha() for patch in figure.axes[0].patches if patch.get_alpha()]
    assert grounds == pytest.approx([0.08 + 0.42 * 7 / 12, 0.5, 0.08 + 0.42 * 3 / 12])


def test_the_row_or_column_asked_about_is_bold() -> None:
    made = rows(("item.factor_unit", "entity.USA", "document"), ("item.factor_unit", "entity.KAZ", ""))
    figure = figures.plot_matrix(made, lang="en", emphasis="KAZ")
    weights = {text.get_text(): text.get_fontweight() for text in figure.axes[0].texts if text.get_gid() == "column"}
    assert weights.pop("Kazakhstan") == "bold"
    assert set(weights.values()) == {"normal"}


def test_names_of_columns_are_turned_rather_than_cut() -> None:
    names = {f"entity.long_{n}": f"{LONG} {n}" for n in range(12)}
    made = rows(*(("item.goal_allies", f"entity.long_{n}", "reading") for n in range(12)))
    with labels.own_names(names):
        figure = figures.plot_matrix(made, lang="kk")
    heads = [text for text in figure.axes[0].texts if text.get_gid() == "column"]
    assert {text.get_rotation() for text in heads} == {90.0}
    assert {text.get_text().replace("\n", " ") for text in heads} == set(names.values())


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_text_touches_another_in_the_figures_of_the_documents(
    lang: str, touching: Callable[[Figure], list[object]]
) -> None:
    events = claims.dated(sources.load("events", root=REPOSITORY))
    drawn = [claims.lists_by_document(sources.load("ideas", root=REPOSITORY))]
    drawn += [claims.order(*(events.query(f"event_kind == '{kind}'") for kind in ("protest", "platform")))]
    assert [found for made in drawn if (found := touching(figures.plot_matrix(made, lang=lang, title=LONG)))] == []


def test_equal_rows_give_equal_bytes_and_stay_as_they_were() -> None:
    before = SMALL.copy()
    drawn = [style.svg(figures.plot_matrix(SMALL, lang="ru", title="T")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    pd.testing.assert_frame_equal(SMALL, before)


def test_the_alternative_text_counts_cells_by_kind() -> None:
    said = alternative.describe(SMALL, "en")
    assert said == "2 rows by 2 columns; put together by the document: 1, reading of this package: 2"


def test_the_alternative_text_adds_up_what_cells_count() -> None:
    counted = SMALL.assign(cell="listed", count=[7.0, 12.0, 3.0, np.nan])
    counted.loc[3, "cell"] = ""
    # 7 + 12 + 3 = 22 items in three cells.
    assert alternative.describe(counted, "en") == "2 rows by 2 columns; listed: 22"
