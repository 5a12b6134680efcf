"""Figures of counted parts, of repeated values and of shares without a sample size: what they show, and no overlap."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from digital_diplomacy import figures, labels
from digital_diplomacy.figures.parts import palette
from digital_diplomacy.penetration.rows import estimates

LANGUAGES = ["kk", "ru", "en"]


def texts(figure, gid):
    return [
        text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in figure.findobj(Text) if text.get_gid() == gid
    ]


def counted(*rows, unit="percent"):
    frame = pd.DataFrame(rows, columns=["measure", "value", "n"]).assign(entity="KAZ", source_id="appeals_and_channels")
    frame = frame.assign(low=frame["value"], high=frame["value"], interval="rounding", unit=unit)
    return estimates(frame, base="regional_administrations")


CHANNELS = (
    ("akimats_with_call_centre_pct", 400 / 17, 17),
    ("regions_with_mobile_public_control_pct", 700 / 17, 17),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_is_a_square_and_the_part_is_filled(lang, touching):
    figure = figures.plot_squares(counted(*CHANNELS), lang=lang, title="t\ntopic")
    drawn = [group for group in figure.axes[0].collections if group.get_gid() == "units"]
    filled = [sum(to_hex(face) == palette.ASKED_COLOUR for face in group.get_facecolors()) for group in drawn]
    assert [len(group.get_offsets()) for group in drawn] == [17, 17]
    assert filled == [4, 7]
    assert texts(figure, "value")[0] == labels.text("notice.of_so_many", lang, count="4", n="17").replace("\xa0", " ")
    assert touching(figure) == []


def test_more_units_than_a_line_holds_go_below(touching):
    figure = figures.plot_squares(counted(("akimats_with_call_centre_pct", 50, 60), CHANNELS[1]), lang="en")
    assert len({round(y, 3) for _, y in figure.axes[0].collections[0].get_offsets()}) == 3
    assert touching(figure) == []


@pytest.mark.parametrize(
    "row",
    [("a_pct", 23.5, 17), ("a_pct", 50, 400), ("a_pct", 50, float("nan"))],
    ids=["no whole unit", "too many", "no n"],
)
def test_what_was_not_counted_has_no_squares(row):
    with pytest.raises(ValueError, match="is no part of 1 to 60 whole units; use plot_estimates"):
        figures.plot_squares(counted(row), lang="en")


def asked(*rows, base="respondents"):
    frame = pd.DataFrame(rows, columns=["measure", "group", "value", "low", "high", "n"])
    frame = frame.assign(entity="KAZ", period="2017", interval="confidence", level=0.95, unit="percent")
    return estimates(frame, base=base, source_id="iei_survey_2017")


SHARES = (
    ("main_source_widest", "television", 60, 55.6, None, 500),
    ("main_source_widest", "internet", 18.3, 15.1, 22.0, 500),
    ("main_source_narrowest", "television", 60, 58.5, None, 4000),
    ("main_source_narrowest", "internet", 18.3, 17.1, 19.6, 4000),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_share_has_one_dot_and_two_intervals(lang, touching):
    figure = figures.plot_sensitivity(asked(*SHARES), lang=lang, title="t\ntopic")
    axes = figure.axes[0]
    assert axes.get_xlim()[0] == 0
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [float(line.get_xdata()[0]) for line in dots] == [60, 18.3]
    spans = [tuple(map(float, line.get_xdata())) for line in axes.lines if len(line.get_xdata()) == 2]
    assert {(15.1, 22.0), (17.1, 19.6)} <= set(spans)
    mark = "," if lang != "en" else "."
    assert texts(figure, "value") == ["≥ 60", f"18{mark}3"]
    assert touching(figure) == []


def test_blocks_come_in_the_order_asked_for():
    rows = [
        (f"trust_{answer}{end}", "social_networks", value, value - 1, value + 1, n)
        for end, n in (("_widest", 500), ("_narrowest", 4000))
        for answer, value in (("full", 16), ("none", 12), ("sometimes", 65))
    ]
    figure = figures.plot_sensitivity(asked(*rows), lang="en", blocks=["trust_full", "trust_sometimes"])
    assert texts(figure, "head") == ["Trust fully", "Trust sometimes", "Do not trust at all"]
    assert texts(figure, "value") == ["16", "65", "12"]


def test_shares_of_others_are_told_apart_in_their_names():
    rows = [asked(*SHARES), asked(*[(m, "facebook", 15, 12, 18, n) for m, *_, n in SHARES[::2]], base="adults")]
    figure = figures.plot_sensitivity(pd.concat(rows, ignore_index=True), lang="en")
    names = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert any("respondents" in name for name in names)
    assert any("adults" in name for name in names)


def test_a_share_without_its_second_interval_is_refused():
    with pytest.raises(ValueError, match="each share needs both intervals"):
        figures.plot_sensitivity(asked(*SHARES[:3]), lang="en")
    with pytest.raises(ValueError, match="ends in neither _widest nor _narrowest"):
        figures.plot_sensitivity(asked(("main_source", "internet", 18, 17, 19, 500)), lang="en")
    with pytest.raises(ValueError, match="drawn in percent, but these rows have accounts"):
        figures.plot_sensitivity(asked(*SHARES).assign(unit="accounts"), lang="en")


def repeated(*rows):
    frame = pd.DataFrame(rows, columns=["period", "group", "value", "low", "high"])
    frame = frame.assign(interval=["none" if pd.isna(low) else "rounding" for low in frame["low"]])
    rest = {"entity": "KAZ", "measure": "internet_users_pct", "unit": "percent", "base": "population"}
    return estimates(frame, **rest, source_id="kz_headlines")


EDITIONS = (
    ("2021-01", "printed", 81.9, 81.85, 81.95),
    ("2021-01", "lag_0", 90.924, None, None),
    ("2021-01", "lag_2", 81.8776, None, None),
    ("2023-01", "printed", 90.9, 90.85, 90.95),
    ("2023-01", "lag_0", 92.8785, None, None),
    ("2023-01", "lag_2", 90.96, None, None),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cell_is_filled_where_the_value_rounds_to_the_printed_figure(lang, touching):
    figure = figures.plot_repeats(repeated(*EDITIONS), lang=lang, title="t\ntopic")
    # 81.8776 lies within 81.85 to 81.95; 90.96 does not lie within 90.85 to 90.95, though it is near.
    filled = [patch.get_xy() for patch in figure.axes[0].patches if patch.get_gid() == "same"]
    assert len(filled) == 1
    assert filled[0][1] < 1
    mark = "," if lang != "en" else "."
    assert texts(figure, "printed") == [f"81{mark}9", f"90{mark}9"]
    assert touching(figure) == []


def test_a_cell_without_a_printed_figure_or_with_two_values_is_refused():
    with pytest.raises(ValueError, match="no printed figure of 2021-01"):
        figures.plot_repeats(repeated(*EDITIONS[1:3]), lang="en")
    twice = repeated(EDITIONS[0]).assign(source_id="datareportal")
    with pytest.raises(ValueError, match="two values of one group"):
        figures.plot_repeats(pd.concat([repeated(*EDITIONS), twice]), lang="en")
    with pytest.raises(ValueError, match="of one entity"):
        figures.plot_repeats(repeated(*EDITIONS).assign(entity=["KAZ", "UZB", *["KAZ"] * 4]), lang="en")


def test_axes_of_ratios_begin_at_zero_and_a_baseline_has_one_unit():
    rows = repeated(*EDITIONS[:1])
    figure = figures.plot_estimates(rows, lang="en", from_zero=True, baseline=95)
    low, high = figure.axes[0].get_xlim()
    assert low == 0
    assert high >= 95
    assert figures.plot_series(rows, lang="en", from_zero=True).axes[0].get_ylim()[0] == 0
    with pytest.raises(ValueError, match="a baseline has one unit"):
        figures.plot_estimates(
            pd.concat([rows, rows.assign(unit="accounts", measure="accounts")]), lang="en", baseline=95
        )


def test_steps_of_a_map_can_be_given():
    rows = repeated(("2021", "", 40.0, None, None)).assign(entity="KAZ", group="")
    figure = figures.plot_map(rows, lang="en", bounds=[0, 50, 100])
    assert [text.get_text() for text in figure.legends[0].get_texts()][:2] == ["0–50", "50–100"]
    for bounds in ([0, 30], [50, 100], [0, 50, 50, 100]):
        with pytest.raises(ValueError, match="must rise and lie around all values, which are 40 to 40"):
            figures.plot_map(rows, lang="en", bounds=bounds)
