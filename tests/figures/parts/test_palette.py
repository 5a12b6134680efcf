"""Who has which look."""

import matplotlib.colors
import pandas as pd
import pytest
from matplotlib.text import Text

from digital_diplomacy import figures, labels
from digital_diplomacy.figures.parts import palette, style

CODES = [f"{first}{second}X" for first in "ABCDEFG" for second in "HIJ"]


def rows(*codes: str) -> pd.DataFrame:
    """Two years of every code."""
    made = pd.DataFrame([{"entity": code, "period": year} for code in codes for year in ("2020", "2021")])
    plain = {"group": "", "measure": "internet_users_pct", "unit": "percent", "base": "population", "source_id": ""}
    return made.assign(value=range(len(made)), low=float("nan"), high=float("nan"), interval="none", **plain).assign(
        level=float("nan"), n=float("nan")
    )


def test_only_the_one_asked_about_has_its_colour() -> None:
    for asked in CODES:
        numbers = palette.numbers(CODES, asked=asked)
        own = [code for code, number in numbers.items() if style.look(number).colour == palette.ASKED_COLOUR]
        assert own == [asked]
        assert len({style.look(number) for number in numbers.values()}) == len(CODES)


def test_a_code_keeps_its_look_whoever_is_drawn_beside_it() -> None:
    pairs = [palette.numbers(["KAZ", "RUS", other]) for other in ("UZB", "FRA", "ZZZ")]
    assert len({(numbers["KAZ"], numbers["RUS"]) for numbers in pairs}) == 1
    assert palette.numbers(["RUS", "UZB"], asked="UZB")["RUS"] == pairs[0]["RUS"]


@pytest.mark.parametrize("asked", ["KAZ", "UZB"])
def test_a_series_asked_about_is_the_widest_line(asked: str) -> None:
    figure = figures.plot_series(rows("KAZ", "RUS", "UZB"), lang="en", emphasis=asked)
    wide = [line for line in figure.axes[0].lines if line.get_linewidth() == palette.ASKED_WIDTH]
    assert [matplotlib.colors.to_hex(line.get_color()) for line in wide] == [palette.ASKED_COLOUR]
    bold = [
        text.get_text() for text in figure.axes[0].texts if text.get_gid() == "name" and text.get_weight() == "bold"
    ]
    assert bold == [labels.country(asked, "en")]


def test_a_row_asked_about_is_bold_and_has_a_band() -> None:
    drawn = rows("KAZ", "RUS").query("period == '2020'")
    axes = figures.plot_estimates(drawn, lang="en", emphasis="RUS").axes[0]
    assert [text.get_text() for text in axes.get_yticklabels() if text.get_fontweight() == "bold"] == ["Russia"]
    assert len(axes.patches) == 1
    assert figures.plot_estimates(drawn, lang="en", emphasis="FRA").axes[0].patches[:] == []
    three = rows("KAZ", "RUS", "UZB").query("period == '2020'")
    names = figures.plot_estimates(three, lang="en", emphasis=["RUS", "KAZ", "FRA"]).axes[0].get_yticklabels()
    assert {text.get_text() for text in names if text.get_fontweight() == "bold"} == {"Kazakhstan", "Russia"}
    assert figures.plot_estimates(drawn, lang="en", emphasis=set(drawn["entity"])).axes[0].patches[:] == []


def test_a_panel_asked_about_is_bold() -> None:
    figure = figures.plot_multiples(rows("KAZ", "RUS"), lang="ru", emphasis="RUS")
    titles = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_text() in ("Казахстан", "Россия"))
    assert {title.get_text(): title.get_weight() for title in titles} == {"Казахстан": "normal", "Россия": "bold"}


def test_title_is_bold_and_topic_plain_below_it() -> None:
    figure = figures.plot_series(rows("KAZ"), lang="en", title="It rose\nUsers over time")
    head, below = (
        next(text for text in figure.texts if text.get_text() == said) for said in ("It rose", "Users over time")
    )
    assert (head.get_weight(), below.get_weight()) == ("bold", "normal")
    assert below.get_window_extent().y1 < head.get_window_extent().y0
    assert below.get_window_extent().y0 > figure.axes[0].get_window_extent().y1


def test_what_was_observed_of_a_country_has_its_colour_beside_what_was_fitted() -> None:
    drawn = pd.concat([rows("KAZ").assign(group=group) for group in ("logistic", "observations", "gompertz")])
    axes = figures.plot_series(drawn, lang="en", emphasis="KAZ", observed="observations").axes[0]
    colours = [line.get_color() for line in axes.lines if len(line.get_xdata()) > 1 and line.get_linewidth() > 1]
    assert colours.count(palette.ASKED_COLOUR) == 1
    assert len(set(colours)) == 3
    names = {text.get_text(): text.get_fontweight() for text in axes.texts}
    assert names["Observations"] == "bold"
    assert names["Logistic curve"] == "normal"
