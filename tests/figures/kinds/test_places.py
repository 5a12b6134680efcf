"""One ranking as a list: what is drawn where, what stands out, what is refused."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from digital_diplomacy import figures
from digital_diplomacy.figures.parts import palette


def ranking(**columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "entity": ["RUS", "UZB", "KAZ", "GBR"],
            "group": ["place_exact", "place_interval", "place_document", "place_exact"],
            "value": [4, np.nan, 38, 1],
            "low": [4, 19, 38, 1],
            "high": [4, 209, 38, 1],
        }
    )
    return frame.assign(
        period="2016",
        measure="ddr_rank",
        interval="bound",
        level=np.nan,
        unit="rank",
        base="ministries_ranked",
        n=210,
        source_id="digital_diplomacy_review",
        **columns,
    )


def names(panel: Axes) -> list[str]:
    return [label.get_text() for label in panel.get_yticklabels()]


def test_printed_places_stand_in_order_and_bounded_ones_below():
    figure = figures.plot_places(ranking(), lang="en")
    assert [names(axes) for axes in figure.axes] == [["United Kingdom", "Russia", "Kazakhstan"], ["Uzbekistan"]]
    for axes in figure.axes:
        assert axes.xaxis_inverted()  # the first place is at the far end, as in every figure of ranks
    said = [text.get_text() for axes in figure.axes for text in axes.texts]
    # ahead of 1, 4 and 38 stand 0, 3 and 37 of 210: 0, 1.43 and 17.62 %; of 19 and 209: 8.57 and 99.05 %
    assert said == ["1 · 0.0%", "4 · 1.4%", "38 · 17.6%", "19–209 · 8.6–99.0%"]


def test_the_country_asked_about_stands_out_by_more_than_colour():
    figure = figures.plot_places(ranking(), lang="en", emphasis="KAZ")
    bold = [label.get_text() for label in figure.axes[0].get_yticklabels() if label.get_weight() == "bold"]
    assert bold == ["Kazakhstan"]
    coloured = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == palette.ASKED_COLOUR]
    assert [line.get_xdata()[0] for line in coloured] == [38]


def test_a_country_without_a_row_changes_nothing():
    plain, asked = (figures.plot_places(ranking(), lang="kk", emphasis=code) for code in ("", "JPN"))
    assert figures.svg(plain) == figures.svg(asked)


@pytest.mark.parametrize(
    ("lang", "count"),
    [
        (
            "en",
            "ranked stand ahead. Of 210 places ranked, 3 are printed or derived and 1 are known within bounds",
        ),
        ("ru", "Мест в рейтинге: 210; указано или выведено: 3, известно в границах: 1"),
        ("kk", "Рейтингтегі орындар: 210; көрсетілгені немесе құжаттан шығарылғаны: 3"),
    ],
)
def test_notes_count_what_is_known(lang: str, count: str):
    figure = figures.plot_places(ranking(), lang=lang)
    notes = next(text.get_text() for text in figure.texts if text.get_gid() == "notes")
    assert count in " ".join(notes.split())


def test_only_one_kind_of_place_makes_one_panel():
    assert len(figures.plot_places(ranking()[lambda rows: rows["value"].notna()], lang="en").axes) == 1
    assert len(figures.plot_places(ranking()[lambda rows: rows["value"].isna()], lang="en").axes) == 1


def test_places_without_the_number_ranked_have_no_share():
    figure = figures.plot_places(ranking().assign(n=np.nan), lang="en")
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "4", "38"]


def test_rows_that_are_no_ranking_are_refused():
    with pytest.raises(ValueError, match="ranks expected"):
        figures.plot_places(ranking().assign(unit="index"), lang="en")
    with pytest.raises(ValueError, match="one measure, one period and a row per entity"):
        figures.plot_places(ranking().assign(period=["2016", "2016", "2017", "2016"]), lang="en")
    twice = pd.concat([ranking(), ranking().assign(group="place_derived")])
    with pytest.raises(ValueError, match="a row per entity"):
        figures.plot_places(twice, lang="en")
