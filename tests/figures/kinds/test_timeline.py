"""Timelines: what is refused, drawn and said, and that nothing touches or changes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import claims, figures, labels, sources
from digital_diplomacy.figures import alternative
from digital_diplomacy.figures.parts import style

REPOSITORY = Path(__file__).parents[3]
PLAIN = {
    "entity": "WORLD",
    "extent": "within",
    "dated_in": "text",
    "bound": "exact",
    "document": "001",
    "source_id": "events",
}
LONG = "Жергілікті атқарушы органдардың халықпен өзара іс-қимылының жаңа тәртібі туралы үкімет қаулысы"


def events(*rows: dict[str, str]) -> pd.DataFrame:
    made = [PLAIN | {"event": "rose_revolution", "event_kind": "protest", "period": "2003"} | row for row in rows]
    return pd.DataFrame(made)


def lines(figure: Figure) -> list[tuple[list[float], str]]:
    """Data and marker of what is drawn within the axes, without the lines under heads."""
    made = [
        (np.asarray(line.get_xdata(), dtype=float).tolist(), str(line.get_marker())) for line in figure.axes[0].lines
    ]
    return [(places, marker) for places, marker in made if places != [0, 1]]


def texts(figure: Figure, gid: str) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.axes[0].texts if text.get_gid() == gid]


def words(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.texts)


def test_nothing_to_draw_and_too_much_are_refused() -> None:
    with pytest.raises(ValueError, match="0 events, but a timeline shows 1 to 60"):
        figures.plot_timeline(events({}).head(0), lang="en")
    many = pd.concat([events({"event": f"e{n}"}) for n in range(61)])
    with pytest.raises(ValueError, match="61 events"):
        figures.plot_timeline(many, lang="en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'de'"):
        figures.plot_timeline(events({}), lang="de")


def test_a_year_is_drawn_as_the_whole_year_with_its_marker_in_the_middle() -> None:
    assert lines(figures.plot_timeline(events({}), lang="en")) == [([2003.0, 2004.0], "None"), ([2003.5], "o")]


def test_what_lasted_is_a_bar_from_end_to_end_without_a_marker() -> None:
    figure = figures.plot_timeline(events({"period": "2013/2014", "extent": "throughout"}), lang="en")
    bar = figure.axes[0].patches[0]
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == pytest.approx((2013.0, 2015.0))
    assert lines(figure) == []
    assert "lasted throughout" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_places_of_dating_have_shapes_of_their_own_and_two_dates_are_joined() -> None:
    rows = events({}, {"dated_in": "reference_list", "period": "2005"}, {"dated_in": "address", "period": "2007"})
    drawn = lines(figures.plot_timeline(rows, lang="en"))
    assert [marker for _, marker in drawn if marker != "None"] == ["s", "^", "o"]  # the small one above the others
    assert ([2003.5, 2007.5], "None") in drawn
    assert "A dotted line joins two dates of one thing that share no day." in words(
        figures.plot_timeline(rows, lang="en")
    )


def test_dates_that_agree_are_drawn_once_as_the_most_precise() -> None:
    same = figures.plot_timeline(events({}, {"dated_in": "reference_list"}), lang="en")
    assert lines(same) == [([2003.0, 2004.0], "None"), ([2003.5], "o")]
    finer = figures.plot_timeline(events({}, {"dated_in": "reference_list", "period": "2003-07-02"}), lang="en")
    # July 2 is day 182 of 365 from January 1, so the marker stands at 2003 + 182.5 / 365 = 2003.5.
    assert [places for places, marker in lines(finer) if marker == "s"] == [pytest.approx([2003.5])]
    assert "o" not in [marker for _, marker in lines(finer)]
    for figure in (same, finer):
        assert "dotted" not in words(figure)
        assert "Of dates that agree the most precise is drawn." in words(figure)
    assert "agree" not in words(figures.plot_timeline(events({}), lang="en"))


def test_kinds_are_blocks_and_events_keep_their_order() -> None:
    rows = events({"event": "facebook", "event_kind": "platform"}, {"event": "rose_revolution"}, {"event": "bolotnaya"})
    figure = figures.plot_timeline(rows, lang="en")
    assert texts(figure, "name") == ["Facebook", "Rose Revolution", "Bolotnaya protests"]
    assert {"Platforms", "Protests"} <= {text.get_text() for text in figure.axes[0].texts}


def test_the_country_asked_about_stands_out_and_nothing_does_where_all_are_it() -> None:
    rows = events({"entity": "GEO"}, {"event": "bolotnaya", "entity": "RUS"})
    figure = figures.plot_timeline(rows, lang="en", emphasis="GEO")
    weights = {text.get_text(): text.get_fontweight() for text in figure.axes[0].texts if text.get_gid() == "name"}
    assert weights == {"Rose Revolution": "bold", "Bolotnaya protests": "normal"}
    assert "Georgia" in [text.get_text() for text in figure.legends[0].get_texts()]
    alone = figures.plot_timeline(rows.head(1), lang="en", emphasis="GEO")
    assert {text.get_fontweight() for text in alone.axes[0].texts if text.get_gid() == "name"} == {"normal"}


def test_documents_stand_beside_their_events_or_once_below() -> None:
    rows = events({}, {"event": "bolotnaya", "document": "000"})
    assert texts(figures.plot_timeline(rows, lang="ru"), "documents") == ["Жусупова 2021", "Алмаш 2018"]
    alone = figures.plot_timeline(rows.head(1), lang="ru")
    assert texts(alone, "documents") == [""]
    assert "Документ: Жусупова 2021." in words(alone)


def test_the_source_is_named_and_a_day_needs_no_word_on_years() -> None:
    figure = figures.plot_timeline(events({"period": "2006-03-21"}), lang="en")
    assert "Source: this project’s table of what the documents date." in words(figure)
    assert "A line is" not in words(figure)
    assert "A line is" in words(figures.plot_timeline(events({}), lang="en"))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_text_touches_another_however_long_the_names(lang: str, touching: Callable[[Figure], list[object]]) -> None:
    names = {f"entity.long_{n}": f"{LONG} {n}" for n in range(4)}
    rows = events(*({"event": f"long_{n}", "document": code} for n, code in enumerate(("000", "001", "002", "003"))))
    with labels.own_names(names):
        assert touching(figures.plot_timeline(rows, lang=lang, title=LONG, emphasis="GEO")) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("kinds", [("platform", "wave", "protest"), ("work", "rating", "paper"), ("life",)])
def test_no_text_touches_another_in_the_figures_of_the_documents(
    lang: str, kinds: tuple[str, ...], touching: Callable[[Figure], list[object]]
) -> None:
    rows = claims.dated(sources.load("events", root=REPOSITORY), kinds=kinds)
    assert touching(figures.plot_timeline(rows, lang=lang, title="Title", emphasis="KAZ")) == []


def test_equal_rows_give_equal_bytes_and_stay_as_they_were() -> None:
    rows = events({}, {"event": "bolotnaya", "period": "2011/2012", "extent": "throughout", "document": "000"})
    before = rows.copy()
    drawn = [style.svg(figures.plot_timeline(rows, lang="kk", title="T")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    pd.testing.assert_frame_equal(rows, before)


def test_the_alternative_text_counts_events_by_kind_between_first_and_last() -> None:
    rows = events({}, {"dated_in": "address", "period": "2005-02"}, {"event": "facebook", "event_kind": "platform"})
    assert alternative.describe(rows, "en") == "2 events from 2003 to Feb 2005: Protests: 1, Platforms: 1"
