"""Maps and small multiples: what is refused, what is drawn, what is said, and that nothing overlaps or changes."""

import csv
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from digital_diplomacy import labels, tables
from digital_diplomacy.errors import LabelError, TableError
from digital_diplomacy.figures.kinds.maps import plot_map
from digital_diplomacy.figures.kinds.multiples import MAX_PANELS, plot_multiples
from digital_diplomacy.figures.parts import style
from digital_diplomacy.figures.parts.outlines import EARTH_RADIUS, equal_earth, outlines

OWN = {
    "measure.t_share": ("Share of users", "Пайдаланушылар үлесі", "Доля пользователей"),
    "measure.t_other": ("Other", "Басқа", "Другое"),
    "base.t_all": ("population", "халық", "население"),
    "source.t_survey": ("Survey of 2018", "2018 жылғы сауалнама", "Опрос 2018 года"),
    "source.t_other": ("Another survey", "Басқа сауалнама", "Другой опрос"),
    "notice.own_rows": ("Taken in: {entities}.", "Алынған: {entities}.", "Взято: {entities}."),
}
# Some of these have long names in every language.
CODES = "KAZ KGZ UZB TJK TKM RUS CHN SGP GBR CAN AUS DNK BIH CAF COD DOM FSM GNQ PRK STP TTO VCT USA ARE"
MANY = [CODES[place : place + 3] for place in range(0, len(CODES), 4)]


@pytest.fixture(autouse=True)
def own_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of the core, of the figures and some of these tests: independent of what other rooms call things."""
    texts: dict[str, dict[str, str]] = {}
    for name in ("core.csv", "figures.csv", "maps.csv"):
        lines = (resources.files(labels) / name).read_text(encoding="utf-8").splitlines()
        texts.update({row["code"]: row for row in csv.DictReader(lines)})
    texts.update({code: {"code": code, "en": en, "kk": kk, "ru": ru} for code, (en, kk, ru) in OWN.items()})
    monkeypatch.setattr(labels, "_texts", lambda: texts)


def estimates(*rows: dict[str, object]) -> pd.DataFrame:
    plain: dict[str, object] = {"group": "", "period": "2020", "measure": "t_share", "low": np.nan, "high": np.nan}
    plain |= {"interval": "none", "level": np.nan, "unit": "percent", "base": "t_all", "n": np.nan}
    made = [plain | {"source_id": "t_survey"} | row for row in rows]
    return tables.validate(pd.DataFrame(made), tables.ESTIMATES)


def world(**changes: object) -> pd.DataFrame:
    values = {"KAZ": 86.0, "RUS": 85.0, "UZB": 71.0, "NER": 12.0, "SGP": 92.0, "XKX": 89.0, "TWN": 90.0, "NRU": 60.0}
    return estimates(*({"entity": code, "value": value} | changes for code, value in values.items()))


def series(*entities: str, years: range = range(2000, 2005), **changes: object) -> pd.DataFrame:
    return estimates(
        *(
            {"entity": entity, "period": str(year), "value": 5.0 + number % 7 + 4 * (year - years[0])} | changes
            for number, entity in enumerate(entities)
            for year in years
        )
    )


@cache
def drawn(lang: str = "en") -> Figure:
    """The map of the world's rows as it stands without options, for those who only look at it."""
    return plot_map(world(), lang=lang)


def words(figure: Figure) -> str:
    """Every word of a figure, on one line."""
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_visible()]
    return " ".join(text.get_text().replace("\n", " ") for text in texts)


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that touch, and texts that leave the sheet."""
    renderer = style.renderer(figure)
    drawn = [text for text in figure.findobj(mpl.text.Text) if text.get_visible() and text.get_text().strip()]
    with style.context():  # glyphs are measured as they are saved, legends are put in their place when drawn
        figure.draw_without_rendering()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn]
    sheet = figure.bbox
    cut = [
        (text, "edge")
        for text, box in boxes
        if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1
    ]
    return cut + [
        (a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.padded(-0.5).overlaps(other.padded(-0.5))
    ]


def shades(figure: Figure) -> list[str]:
    """Fill colours of countries, from the first group drawn to the last."""
    groups = [one for one in figure.axes[0].collections if isinstance(one, PathCollection) and one.get_gid() != "dots"]
    return [mpl.colors.to_hex(one.get_facecolor()[0]) for one in groups if len(one.get_facecolor())]


def rings(code: str) -> list[float]:
    """Signed areas of the rings of an outline, in square kilometres."""
    areas = []
    for ring in outlines()[code].path.to_polygons(closed_only=False):
        x, y = np.asarray(ring)[:, 0], np.asarray(ring)[:, 1]
        areas.append(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2) * EARTH_RADIUS**2)
    return areas


# The projection and the outlines


def test_the_equator_and_the_poles_lie_where_the_formula_puts_them() -> None:
    # At the equator the angle is 0: x = 2 sqrt(3) pi / (3 * 1.340264) = 10.882796 / 4.020792 = 2.706630.
    # At the pole the angle is arcsin(sqrt(3)/2) = pi/3 = 1.047198, its powers 3, 7 and 9 are 1.148381, 1.381049 and
    # 1.514488: y = 1.403520 - 0.081106 * 1.148381 + 0.000893 * 1.381049 + 0.003796 * 1.514488 = 1.317362.
    x, y = equal_earth(np.array([180.0, 0.0]), np.array([0.0, 90.0])).T
    assert x[0] == pytest.approx(2.706630, abs=1e-5)
    assert y[1] == pytest.approx(1.317362, abs=1e-5)


@pytest.mark.parametrize(("south", "north"), [(0, 30), (30, 60), (60, 90), (-45, 45)])
def test_areas_are_those_of_the_sphere(south: float, north: float) -> None:
    # A quarter of a turn between two parallels has the area pi/2 (sin north - sin south) on a sphere of radius 1.
    steps = np.linspace(south, north, 2000)
    side = equal_earth(np.full(steps.size, 90.0), steps)
    area = float(((side[1:, 0] + side[:-1, 0]) / 2 * np.diff(side[:, 1])).sum())
    assert area == pytest.approx(np.pi / 2 * (np.sin(np.radians(north)) - np.sin(np.radians(south))), rel=1e-4)


def test_states_without_a_code_in_the_package_have_theirs() -> None:
    assert {"FRA", "NOR", "XKX", "TWN", "KAZ", "TUV", "VAT", "SMR"} <= set(outlines())
    assert all(len(code) == 3 for code in outlines() if code)


@pytest.mark.parametrize(("code", "area"), [("KAZ", 2_724_900), ("SGP", 730), ("XKX", 10_887), ("UZB", 448_978)])
def test_areas_of_countries_are_near_those_their_statistics_print(code: str, area: float) -> None:
    # Statistical offices count waters differently and Singapore gains land from the sea.
    assert outlines()[code].area == pytest.approx(area, rel=0.35 if code == "SGP" else 0.02)


def test_a_country_inside_another_leaves_a_hole() -> None:
    holes = [-area for area in rings("ZAF") if area < 0]
    assert holes == pytest.approx([outlines()["LSO"].area], rel=0.15)  # smoothed to a third of a point


def test_land_leased_to_another_state_is_no_hole() -> None:
    assert not [area for area in rings("KAZ") if area < -500]


def test_smoothing_keeps_the_area_and_the_common_border() -> None:
    assert sum(rings("KAZ")) == pytest.approx(outlines()["KAZ"].area, rel=0.01)
    one, other = ({tuple(corner) for corner in outlines()[code].path.vertices.tolist()} for code in ("KAZ", "RUS"))
    north = [corner for corner in one if corner[1] > equal_earth(np.array([70.0]), np.array([53.0]))[0, 1]]
    assert len(north) > 10
    assert set(north) <= other


# Maps


def test_a_map_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="check the selection"):
        plot_map(world().head(0), lang="en")
    with pytest.raises(ValueError, match="check the selection"):
        plot_map(world().assign(value=np.nan, low=3.0, interval="bound"), lang="en")


@pytest.mark.parametrize(
    ("column", "other"),
    [("measure", "t_other"), ("period", "2021"), ("unit", "share"), ("base", ""), ("source_id", "t_other")],
)
def test_a_map_of_two_things_is_refused(column: str, other: str) -> None:
    rows = world()
    rows.loc[2, column] = other
    with pytest.raises(ValueError, match=f"a map shows one {column}, but these rows have"):
        plot_map(rows, lang="en")


def test_countries_of_a_table_taken_in_stand_among_the_others_and_are_named() -> None:
    rows = world()
    rows.loc[rows["entity"] == "KAZ", "source_id"] = "edition/World Bank, 2026-07-13"
    told = " ".join(" ".join(text.get_text().split()) for text in plot_map(rows, lang="en").texts)
    assert "Taken in: Kazakhstan." in told
    assert "World Bank, 2026-07-13" in told


@pytest.mark.parametrize("code", ["WORLD", "ZZZ"])
def test_a_code_without_a_place_is_refused_by_name(code: str) -> None:
    with pytest.raises(ValueError, match=f"no place on the map for {code}"):
        plot_map(pd.concat([world(), world().head(1).assign(entity=code)]), lang="en")
    with pytest.raises(ValueError, match=f"no place on the map for {code}"):
        plot_map(world(), lang="en", emphasis=code)


@pytest.mark.parametrize("code", ["MTQ", "SJM", "BES"])
def test_a_country_that_is_not_drawn_is_told_from_a_code_that_is_none(code: str) -> None:
    with pytest.raises(ValueError, match=f"{code}: a code of ISO 3166 without an outline of its own"):
        plot_map(pd.concat([world(), world().head(1).assign(entity=code)]), lang="en")
    with pytest.raises(
        ValueError, match=f"for ZZZ: ISO 3166 alpha-3 codes expected; no place on the map for {code}: a"
    ):
        plot_map(pd.concat([world(), *(world().head(1).assign(entity=name) for name in (code, "ZZZ"))]), lang="en")


def test_a_table_of_another_shape_and_an_unknown_language_are_refused() -> None:
    with pytest.raises(TableError, match="column `base` is missing"):
        plot_map(world().drop(columns="base"), lang="en")
    with pytest.raises(ValueError, match="unknown language 'de'"):
        plot_map(world(), lang="de")
    with pytest.raises(LabelError, match=r"measure\.unheard"):
        plot_map(world(measure="unheard"), lang="en")


def test_higher_steps_are_darker() -> None:
    bright = [sum(mpl.colors.to_rgb(shade)) for shade in shades(drawn())]
    assert len(bright) >= 3
    assert bright == sorted(bright, reverse=True)


def test_first_places_of_a_ranking_are_darkest() -> None:
    rows = world(unit="rank")
    rows["value"] = [float(place) for place in range(1, 9)]
    bright = [sum(mpl.colors.to_rgb(shade)) for shade in shades(plot_map(rows, lang="en"))]
    assert bright == sorted(bright)


def test_steps_are_written_in_the_languages_own_marks() -> None:
    said = words(plot_map(world(unit="share").assign(value=lambda rows: rows["value"] / 1000), lang="ru"))
    assert "0,02–0,04" in said
    assert "20–40" in words(drawn())


def test_small_states_are_dots_and_the_rest_of_the_land_is_hatched() -> None:
    axes = drawn().axes[0]
    found = [one for one in axes.collections if isinstance(one, PathCollection) and one.get_gid() == "dots"]
    counts = pd.Series([len(np.asarray(dots.get_offsets())) for dots in found])
    white = pd.Series([mpl.colors.to_hex(dots.get_facecolor()[0]) == "#ffffff" for dots in found])
    assert counts[~white].sum() == 3  # Singapore, Kosovo, Nauru
    assert counts[white].sum() > 30
    hatched = [patch for patch in axes.patches if isinstance(patch, PathPatch) and patch.get_hatch()]
    assert [patch.get_gid() for patch in hatched] == ["no-data"]


def test_the_country_outlined_is_named_in_the_legend() -> None:
    figure = plot_map(world(), lang="kk", emphasis="KAZ")
    assert "Қазақстан" in words(figure)
    strong = [patch for patch in figure.axes[0].patches if mpl.colors.to_hex(patch.get_edgecolor()) == "#d55e00"]
    assert len(strong) == 1
    assert "Қазақстан" not in words(drawn("kk"))


def test_a_country_whose_interval_reaches_into_another_step_is_marked() -> None:
    rows = world()
    rows.loc[2, ["low", "high", "interval"]] = [68.0, 82.0, "rounding"]  # Uzbekistan: 60-80 is its step
    figure = plot_map(rows, lang="en")
    assert "interval reaches into another step" in words(figure)
    assert "No interval is known" not in words(figure)
    rows.loc[2, ["low", "high"]] = [70.0, 72.0]
    assert "interval reaches" not in words(plot_map(rows, lang="en"))


def test_the_map_says_measure_period_unit_base_source_and_whose_boundaries() -> None:
    said = words(plot_map(world(), lang="en", title="A map"))
    for part in (
        "A map", "Share of users, 2020", "percent (population)", "Source: Survey of 2018", "no data",
        "Natural Earth", "no opinion", "No interval is known", "15,000 square kilometres", "with a value: 8",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_nothing_on_a_map_overlaps(lang: str) -> None:
    assert overlaps(plot_map(world(), lang=lang, title="A title that is long enough " * 5, emphasis="GBR")) == []


@pytest.mark.parametrize("value", [0.0, 50.0, 100.0])
def test_one_value_alone_can_be_drawn(value: float) -> None:
    assert len(shades(plot_map(estimates({"entity": "KAZ", "value": value}), lang="en"))) == 1


def test_large_numbers_have_short_steps() -> None:
    said = words(plot_map(world().assign(value=lambda rows: rows["value"] * 1e6), lang="en"))
    assert "20M–40M" in said


# Small multiples


def test_multiples_without_rows_or_period_are_refused() -> None:
    with pytest.raises(ValueError, match="check the selection"):
        plot_multiples(series("KAZ").head(0), lang="en")
    with pytest.raises(ValueError, match="has no place on a time axis"):
        plot_multiples(series("KAZ", years=range(2000, 2001)).assign(period=""), lang="en")


def test_more_panels_than_can_be_read_are_refused() -> None:
    codes = [code for code in outlines() if code][: MAX_PANELS + 1]
    with pytest.raises(ValueError, match="25 entities are more than the 24 panels"):
        plot_multiples(series(*codes), lang="en")


@pytest.mark.parametrize("columns", [0, 6])
def test_columns_outside_one_to_five_are_refused(columns: int) -> None:
    with pytest.raises(ValueError, match="must be 1 to 5"):
        plot_multiples(series("KAZ"), lang="en", columns=columns)


@pytest.mark.parametrize(("column", "other"), [("unit", "share"), ("base", ""), ("measure", "t_other")])
def test_multiples_of_two_things_are_refused(column: str, other: str) -> None:
    rows = series("KAZ", "UZB")
    rows.loc[7, column] = other
    with pytest.raises(ValueError, match=f"small multiples show one {column}"):
        plot_multiples(rows, lang="en")


def test_a_line_never_joins_sources_or_kinds_of_interval() -> None:
    rows = series("KAZ", "UZB")
    rows.loc[7, "source_id"] = "t_other"
    with pytest.raises(ValueError, match="UZB: one line would join values of several sources"):
        plot_multiples(rows, lang="en")
    mixed = series("KAZ", low=0.0, high=99.0, interval="rounding")
    mixed.loc[0, "interval"] = "bound"
    with pytest.raises(ValueError, match="mix the kinds of interval"):
        plot_multiples(mixed, lang="en")


def test_every_panel_has_its_own_line_in_front_and_all_others_behind() -> None:
    figure = plot_multiples(series("KAZ", "UZB", "KGZ"), lang="en")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Kazakhstan", "Uzbekistan", "Kyrgyzstan"]
    for number, axes in enumerate(figure.axes):
        behind = next(one for one in axes.collections if isinstance(one, LineCollection))
        starts = sorted(float(line[0][1]) for line in behind.get_segments())
        assert starts == sorted({5.0, 6.0, 7.0} - {5.0 + number})
        front = np.asarray(axes.lines[0].get_ydata(), dtype=float)
        assert front.tolist() == [5.0 + number + 4 * step for step in range(5)]


def test_all_panels_have_the_same_axes() -> None:
    figure = plot_multiples(series(*MANY[:7]), lang="ru", columns=3)
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    assert len({axes.get_xlim() for axes in figure.axes}) == 1


def test_ranks_run_downwards() -> None:
    assert plot_multiples(series("KAZ", "UZB", unit="rank"), lang="en").axes[0].yaxis_inverted()


def test_intervals_are_drawn_as_bars_and_of_long_lines_as_bands() -> None:
    known = {"low": 1.0, "high": 200.0, "interval": "prediction"}
    few = plot_multiples(series("KAZ", **known), lang="en")
    bars = [line for line in few.axes[0].lines if line.get_linestyle() == ":"]
    assert [sorted(np.asarray(bar.get_ydata(), dtype=float).tolist()) for bar in bars] == [[1.0, 200.0]] * 5
    assert "Bars: prediction interval" in words(few)
    many = plot_multiples(series("KAZ", years=range(2000, 2020), **known), lang="en")
    assert "Bands: prediction interval" in words(many)


def test_where_no_value_has_an_interval_the_legend_misses_none() -> None:
    figure = plot_multiples(series("KAZ", "UZB"), lang="en")
    assert "Hollow marker" not in words(figure)
    assert "the other panels" in words(figure)
    assert "the other panels" not in words(plot_multiples(series("KAZ"), lang="en"))


def test_a_series_of_one_year_is_a_point() -> None:
    assert plot_multiples(series("KAZ", "UZB", years=range(2020, 2021)), lang="en").axes


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize(("count", "columns"), [(1, 4), (7, 4), (24, 5), (3, 1)])
def test_nothing_in_small_multiples_overlaps(lang: str, count: int, columns: int) -> None:
    rows = series(*MANY[:count], years=range(2000, 2025))
    assert overlaps(plot_multiples(rows, lang=lang, title="Internet", columns=columns)) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_months_overlap_neither(lang: str) -> None:
    rows = series("KAZ", "UZB", "KGZ", "RUS", years=range(2001, 2010))
    rows["period"] = "2020-0" + rows["period"].str[-1]
    assert overlaps(plot_multiples(rows, lang=lang)) == []


# Both


def test_the_table_is_left_as_it_was() -> None:
    rows, lines = world(), series("KAZ", "UZB")
    copies = rows.copy(), lines.copy()
    plot_map(rows, lang="en", emphasis="KAZ")
    plot_multiples(lines, lang="en")
    pd.testing.assert_frame_equal(rows, copies[0])
    pd.testing.assert_frame_equal(lines, copies[1])


def test_the_order_of_rows_does_not_change_a_map() -> None:
    assert style.png(plot_map(world(), lang="en")) == style.png(plot_map(world().iloc[::-1], lang="en"))


@pytest.mark.parametrize(("plot", "rows"), [(plot_map, world()), (plot_multiples, series("KAZ", "UZB"))])
def test_equal_rows_give_equal_bytes(plot: Any, rows: pd.DataFrame) -> None:
    one, other = plot(rows, lang="kk"), plot(rows, lang="kk")
    assert style.png(one) == style.png(other)
    assert style.svg(one) == style.svg(other)
