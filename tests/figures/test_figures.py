"""Figures: what is refused, what is drawn, what is said, and that nothing overlaps or changes between runs."""

import base64
import csv
from importlib import resources
from itertools import combinations
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from digital_diplomacy import figures, labels, tables
from digital_diplomacy.errors import LabelError, TableError
from digital_diplomacy.figures import alternative, displays, html_tables
from digital_diplomacy.figures.kinds.findings import _counts
from digital_diplomacy.figures.parts import axes, line_ends, marks, palette, style, wording

LONG = "Доля совершеннолетних пользователей, доверяющих сообщениям органов государственной власти"
OWN = {
    "titled.reports": ("DataReportal's editions", "DataReportal-дың шығарылымдары", "DataReportal: выпуски"),
    "titled.breaks": ("Changes in what is counted", "Жарияланған қатарларда", "Изменения в том, что считают"),
    "finding.t_forecast": ("{value}% by {period}", "{period}: {value} %", "{value} % на {period} г."),
    "figure.t_forecast": ("Forecast", "Болжам", "Прогноз"),
    "measure.t_rank": ("Rank", "Орын", "Место в рейтинге"),
    "measure.t_share": ("Share of users", "Пайдаланушылар үлесі", "Доля пользователей"),
    "unit.t_unit": ("points", "ұпай", "баллы"),
    "base.t_adults": ("adults", "ересектер", "взрослые"),
    "base.t_all": ("population", "халық", "население"),
    "source.t_survey": ("Survey of 2018", "2018 жылғы сауалнама", "Опрос 2018 года"),
    "source.t_other": ("Another survey", "Басқа сауалнама", "Другой опрос"),
    "type.t_state": ("state body", "мемлекеттік орган", "государственный орган"),
    "type.t_person": ("person", "тұлға", "персона"),
    "relation.t_mention": ("mentions", "атап өтеді", "упоминает"),
    "relation.t_fund": ("funds", "қаржыландырады", "финансирует"),
    "kind.t_sum": ("parts sum to the total", "бөліктердің қосындысы", "сумма частей равна целому"),
    "column.notebook": ("Page", "Бет", "Страница"),
    "notebook.rankings": ("Ranks", "Орындар", "Места"),
    "figure.t_figure": ("Use in {country}", "Қолданылуы: {country}", "Использование: {country}"),
    "figure.t_found": ("Use", "Қолданылуы", "Использование"),
    "finding.t_found": ("{entity} came to {value}.", "{entity}: {value}.", "{entity}: {value}."),
    "finding.t_found_same": ("{entity}: no change", "{entity}: өзгермеді", "{entity}: без изменений"),
    "finding.t_found_none": ("Of {country} nothing is known", "{country}: дерек жоқ", "{country}: ничего не известно"),
    **{f"kind.t_kind_{n}": (f"Kind {n}", f"{n} түрі", f"Вид {n}") for n in "ab"},
    "source.claim_relations": ("relations of figures", "көрсеткіштер арақатынасы", "соотношения показателей"),
    "figure.t_asked": ("Does it hold?", "Орындала ма?", "Выполняется ли?"),
    "table.t_table": ("A table <of> values", "Мәндер кестесі", "Таблица значений"),
    "sentence.t_rank": (
        "{entity} stood at {value} in {period}.",
        "{entity}: {value} ({period}).",
        "{entity}: {value} ({period}).",
    ),
    **{f"group.t_{n}": (f"Component {n}", f"{n}-құрамдас", f"{LONG}, вариант {n}") for n in range(40)},
}


@pytest.fixture(autouse=True)
def own_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of this room and of the core, and some of these tests: independent of what other rooms call things."""
    texts: dict[str, dict[str, str]] = {}
    for name in ("core.csv", "figures.csv"):
        lines = (resources.files(labels) / name).read_text(encoding="utf-8").splitlines()
        texts.update({row["code"]: row for row in csv.DictReader(lines)})
    texts.update({code: {"code": code, "en": en, "kk": kk, "ru": ru} for code, (en, kk, ru) in OWN.items()})
    monkeypatch.setattr(labels, "_texts", lambda: texts)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Bundles and metadata that were displayed."""
    caught: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(bundle: dict[str, str], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        caught.append((bundle, metadata["digital_diplomacy"]))

    monkeypatch.setattr(displays, "display", display)
    return caught


def row(**changes: object) -> dict[str, object]:
    plain = {
        "entity": "KAZ",
        "group": "",
        "period": "2020",
        "measure": "t_share",
        "value": 50.0,
        "low": np.nan,
        "high": np.nan,
    }
    return (
        plain
        | {"interval": "none", "level": np.nan, "unit": "percent", "base": "", "n": np.nan, "source_id": "t_survey"}
        | changes
    )


def estimates(*rows: dict[str, object]) -> pd.DataFrame:
    return tables.validate(pd.DataFrame(list(rows)), tables.ESTIMATES)


def ranks() -> pd.DataFrame:
    places = {"KAZ": (28, 28, 24), "UZB": (87, 69, 63), "KGZ": (83, 81, 78)}
    made = [
        row(
            entity=entity,
            period=str(2020 + 2 * step),
            measure="t_rank",
            unit="rank",
            value=place,
            low=place,
            high=place,
            interval="rounding",
        )
        for entity, values in places.items()
        for step, place in enumerate(values)
    ]
    return estimates(*made)


def shares(count: int = 3, **changes: object) -> pd.DataFrame:
    made = [
        {"group": f"t_{n}", "value": 40.0 + n % 9, "low": 37.0, "high": 52.0, "interval": "confidence", "level": 0.95}
        for n in range(count)
    ]
    return estimates(*(row(**{**one, **changes}) for one in made))


def network(nodes: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(5)
    kinds = ["t_mention", "t_fund"]
    ends = {(int(rng.integers(0, n)), n, kinds[n % 2]) for n in range(1, nodes)} | {
        (0, 1, "t_mention"),
        (1, 0, "t_mention"),
        (2, 2, "t_fund"),
    }
    edges = pd.DataFrame(
        [(f"a{a}", f"a{b}", kind, 1.0 + a) for a, b, kind in sorted(ends)], columns=list(tables.EDGES.columns)
    )
    angle = np.arange(nodes) * 2.4
    spot = np.sqrt(np.arange(nodes) + 1)
    degree = [1.0 + sum(n in (a, b) for a, b, _ in ends) for n in range(nodes)]
    positions = pd.DataFrame(
        {
            "actor_id": [f"a{n}" for n in range(nodes)],
            "type": [("t_state", "t_person")[n % 2] for n in range(nodes)],
            "label": [f"Министерство иностранных дел {n}" for n in range(nodes)],
            "x": spot * np.cos(angle),
            "y": spot * np.sin(angle),
            "size": degree,
        }
    )
    return edges, positions


def findings(*verdicts: str) -> pd.DataFrame:
    sides = {"left": "sum", "left_low": 1.0, "left_high": 2.0, "right": "total", "right_low": 1.0, "right_high": 2.0}
    made = [
        {
            "relation_id": f"r{n}",
            "kind": "t_sum",
            "documents": "000",
            **sides,
            "unit": "percent",
            "verdict": verdict,
            "reason": "",
            "claims": "c",
        }
        for n, verdict in enumerate(verdicts)
    ]
    return tables.validate(pd.DataFrame(made), tables.FINDINGS)


def pairs() -> pd.DataFrame:
    made = [("KAZ", "UZB", -35.0, -37.0, -33.0), ("KAZ", "RUS", 4.0, 1.0, 6.0)]
    frame = pd.DataFrame(made, columns=["left", "right", "value", "low", "high"])
    return frame.assign(measure="t_rank", interval="simulation", level=0.9, unit="rank", n=193.0, source_id="t_survey")


def words(figure: Figure) -> str:
    """Every word of a figure, on one line."""
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_visible()]
    return " ".join(text.get_text().replace("\n", " ") for text in texts)


def places(line: mpl.lines.Line2D, axis: str) -> tuple[float, ...]:
    """Coordinates of a drawn line."""
    return tuple(np.asarray(line.get_xdata() if axis == "x" else line.get_ydata(), dtype=float).tolist())


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that touch, and texts that leave the sheet."""
    renderer = style.renderer(figure)
    with style.context():  # legends are put in their place when they are drawn, with the fonts they are saved with
        figure.draw_without_rendering()
    drawn = [
        text
        for text in figure.findobj(mpl.text.Text)
        if text.get_visible() and text.get_text().strip() and text.get_alpha() != 0
    ]
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


# Refusals


@pytest.mark.parametrize(
    ("plot", "rows"),
    [
        (figures.plot_series, ranks().head(0)),
        (figures.plot_estimates, ranks().head(0)),
        (figures.plot_estimates, ranks().assign(value=np.nan, low=np.nan, high=np.nan)),
        (figures.plot_pairs, pairs().head(0)),
        (figures.plot_findings, findings("holds").head(0)),
    ],
)
def test_nothing_to_draw_is_refused(plot: Any, rows: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="check the selection"):
        plot(rows, lang="en")


def test_empty_network_is_refused() -> None:
    edges, positions = network(5)
    with pytest.raises(ValueError, match="at least one edge"):
        figures.plot_network(edges.head(0), positions, lang="en")


def test_tie_to_an_actor_without_position_is_refused_by_name() -> None:
    edges, positions = network(5)
    with pytest.raises(ValueError, match="no position for a4"):
        figures.plot_network(edges, positions.head(4), lang="en")


def test_table_of_another_shape_is_refused() -> None:
    with pytest.raises(TableError, match="column `base` is missing"):
        figures.plot_series(ranks().drop(columns="base"), lang="en")


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'de'"):
        figures.plot_series(ranks(), lang="de")


def test_one_line_never_mixes_kinds_of_interval() -> None:
    mixed = estimates(
        row(period="2018", low=49.5, high=50.5, interval="rounding"),
        row(period="2020", low=47, high=53, interval="confidence", level=0.95),
    )
    with pytest.raises(ValueError, match=r"KAZ/t_share.*mix the kinds of interval \['confidence', 'rounding'\]"):
        figures.plot_series(mixed, lang="en")


def test_two_levels_of_one_kind_are_refused() -> None:
    rows = estimates(
        row(low=49, high=51, interval="confidence", level=0.9),
        row(entity="UZB", low=49, high=51, interval="confidence", level=0.95),
    )
    with pytest.raises(ValueError, match=r"'confidence' come at the levels \[0.9, 0.95\]"):
        figures.plot_estimates(rows, lang="en")


def test_rows_of_the_figure_are_told_by_a_known_column() -> None:
    with pytest.raises(ValueError, match="cannot be told by 'unit'; allowed: entity, group, period, measure"):
        figures.plot_estimates(ranks(), lang="en", by="unit")


def test_series_without_period_is_refused() -> None:
    with pytest.raises(ValueError, match="has no place on a time axis"):
        figures.plot_series(estimates(row(period="")), lang="en")


def test_baseline_of_several_units_is_refused() -> None:
    rows = pd.concat([ranks(), shares(1)], ignore_index=True)
    with pytest.raises(ValueError, match="a baseline has one unit"):
        figures.plot_series(rows, lang="en", baseline=1)


def test_missing_label_is_an_error_and_never_a_code() -> None:
    with pytest.raises(LabelError, match=r"measure\.unheard"):
        figures.plot_estimates(estimates(row(measure="unheard")), lang="en")


# What is drawn


def test_ranks_run_downwards_with_whole_numbers_from_the_first_place() -> None:
    figure = figures.plot_series(ranks(), lang="en")
    place = figure.axes[0]
    assert place.yaxis_inverted()
    ticks = place.get_yticks()
    assert all(float(tick).is_integer() and tick >= 1 for tick in ticks)


def test_every_line_joins_rows_of_one_series_only() -> None:
    figure = figures.plot_series(ranks(), lang="en")
    joined = sorted(
        places(line, "y")
        for line in figure.axes[0].lines
        if len(places(line, "x")) == 3 and line.get_transform() == figure.axes[0].transData
    )
    assert joined == [(28.0, 28.0, 24.0), (83.0, 81.0, 78.0), (87.0, 69.0, 63.0)]


def test_units_and_bases_have_panels_of_their_own_and_share_time() -> None:
    rows = estimates(
        row(base="t_adults", period="2018"),
        row(base="t_all", group="t_1", period="2022"),
        row(measure="t_rank", unit="rank", value=3),
    )
    figure = figures.plot_series(rows, lang="ru")
    assert len(figure.axes) == 3
    assert len({place.get_xlim() for place in figure.axes}) == 1
    assert [place.get_ylabel().replace("\n", " ") for place in figure.axes] == [
        "процент (взрослые)",
        "процент (население)",
        "место",
    ]


def test_intervals_reach_from_low_to_high() -> None:
    figure = figures.plot_estimates(shares(1), lang="en")
    bars = [
        places(line, "x")
        for line in figure.axes[0].lines
        if line.get_linestyle() == "-" and len(places(line, "x")) == 2
    ]
    assert bars == [(37.0, 52.0)]


def test_unknown_interval_has_a_hollow_marker_and_is_said_in_words() -> None:
    known = row(entity="UZB", low=49.0, high=51.0, interval="rounding")
    alone, beside = (figures.plot_estimates(estimates(*rows), lang="ru") for rows in ([row()], [row(), known]))
    faces = {line.get_markerfacecolor() for line in alone.axes[0].lines if line.get_marker() == "o"}
    assert faces == {"white"}
    assert "Полый маркер: интервал неизвестен" in words(beside)
    assert "Полый маркер" not in words(alone)  # where no value has an interval, none is missed


def test_known_intervals_need_no_word_on_hollow_markers() -> None:
    assert "Hollow" not in words(figures.plot_estimates(shares(2), lang="en"))


def test_kind_and_level_of_the_interval_and_the_sources_stand_under_the_figure() -> None:
    rows = pd.concat([shares(1), shares(1, source_id="t_other")], ignore_index=True)
    said = words(figures.plot_estimates(rows, lang="en", by="group"))
    assert "Bars: confidence interval (95%)." in said
    assert "Sources: Survey of 2018; Another survey." in said


def test_open_interval_is_drawn_as_an_arrow_and_written_with_its_sign() -> None:
    figure = figures.plot_estimates(estimates(row(value=np.nan, low=10, interval="bound")), lang="ru")
    assert any(getattr(text, "arrow_patch", None) is not None for text in figure.axes[0].texts)
    assert "≥ 10" in words(figure)
    assert "Стрелка" in words(figure)


def test_series_differ_in_more_than_colour() -> None:
    looks = [style.look(number) for number in range(40)]
    assert len({(look.marker, look.line) for look in looks[:35]}) == 35  # 7 markers x 5 lines
    assert len(set(looks)) == 40


def test_many_lines_get_a_legend_and_few_are_named_at_their_ends() -> None:
    few = figures.plot_series(ranks(), lang="en")
    assert not few.legends
    assert [text.get_text() for text in few.axes[0].texts if text.get_gid() == "name"] == [
        "Kazakhstan",
        "Uzbekistan",
        "Kyrgyzstan",
    ]
    many = figures.plot_series(shares(9), lang="en")
    assert [text.get_text() for text in many.legends[0].get_texts()][:2] == ["Component 0", "Component 1"]


def test_long_series_draw_bands() -> None:
    rows = estimates(*(row(period=str(2000 + n), low=45, high=55, interval="prediction", level=0.8) for n in range(20)))
    figure = figures.plot_series(rows, lang="en")
    assert len(figure.axes[0].collections) == 1
    assert "Bands: prediction interval (80%)." in words(figure)


def test_numbers_carry_the_marks_of_the_language() -> None:
    rows = estimates(row(value=0.25, unit="share"), row(entity="UZB", value=0.75, unit="share"))
    for lang, mark in (("en", "."), ("ru", ","), ("kk", ",")):
        ticks = [text.get_text() for text in figures.plot_estimates(rows, lang=lang).axes[0].get_xticklabels()]
        assert all(mark in tick for tick in ticks)
    large = estimates(row(value=2.5e6, unit="users"), row(entity="UZB", value=1e6, unit="users"))
    ticks = [text.get_text() for text in figures.plot_estimates(large, lang="ru").axes[0].get_xticklabels()]
    assert all(tick.endswith("млн") for tick in ticks)


def test_pairs_name_both_sides_and_mark_zero() -> None:
    figure = figures.plot_pairs(pairs(), lang="kk")
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == [
        "Қазақстан — Өзбекстан",
        "Қазақстан — Ресей",
    ]
    assert any(places(line, "x") == (0, 0) for line in figure.axes[0].lines)
    assert not figure.axes[0].xaxis_inverted()


def test_rows_keep_the_given_order() -> None:
    figure = figures.plot_estimates(shares(3).iloc[::-1], lang="en", by="group")
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == [
        "Component 2",
        "Component 1",
        "Component 0",
    ]
    assert figure.axes[0].yaxis_inverted()


def test_quotations_are_marked_with_their_language_and_nothing_else_is_let_through(
    shown: list[tuple[dict[str, str], dict[str, Any]]],
) -> None:
    said = [labels.quoted("a < b", "en") + " (p. 3)", "<q onclick='x'>no</q> & <q lang=\"en\"><i>c</i></q>"]
    figures.show_table(findings("holds", "holds").assign(left=said), name="t_table", lang="kk")
    html, text = shown[0][0]["text/html"], shown[0][0]["text/csv"]
    assert '<td><q lang="en">a &lt; b</q> (p. 3)</td>' in html
    assert "&lt;q onclick=&#x27;x&#x27;&gt;no&lt;/q&gt; &amp;" in html
    assert '<q lang="en">&lt;i&gt;c&lt;/i&gt;</q>' in html
    assert "“a < b” (p. 3)" in text
    assert '<q lang=""en"">' not in text


def test_findings_are_counted_by_verdict() -> None:
    figure = figures.plot_findings(findings("holds", "holds", "fails", "cannot be checked"), lang="en")
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["contradicted: 1", "cannot be checked: 1", "not contradicted: 2"]
    drawn = [str(line.get_marker()) for line in figure.axes[0].lines if line.get_marker() != "None"]
    assert drawn == ["X", "s", "o", "o"]  # a mark a relation, contradictions first
    said = {text.get_gid(): text.get_text() for text in figure.axes[0].texts if text.get_gid()}
    assert (said["column"], said["count"]) == ("000", "1 / 4")
    assert "Source: relations of figures." in words(figure)


def test_kinds_with_failures_come_first_and_sets_of_documents_last() -> None:
    rows = pd.concat([findings("holds", "holds").assign(kind="t_kind_a"), findings("fails").assign(kind="t_kind_b")])
    rows = rows.assign(relation_id=["a", "b", "c"], documents=["000 001", "001", "001"])
    counts = _counts(rows)
    assert counts.index.tolist() == ["t_kind_b", "t_kind_a"]
    assert counts.columns.get_level_values(0).unique().tolist() == ["001", "several"]
    assert counts["001", "fails"].tolist() == [1, 0]
    assert counts["several", "holds"].tolist() == [0, 1]
    heads = [text.get_text() for text in figures.plot_findings(rows, lang="en").axes[0].texts if not text.get_gid()]
    assert heads == ["With contradictions", "Without contradictions"]


def test_small_network_labels_every_actor_and_a_large_one_says_how_many() -> None:
    small = figures.plot_network(*network(20), lang="en", sources=["t_survey"])
    assert sum(text.get_text().startswith("Министерство") for text in small.axes[0].texts) == 20
    assert "Labelled" not in words(small)
    assert "Source: Survey of 2018." in words(small)
    large = figures.plot_network(*network(64), lang="en")
    named = sum(text.get_text().startswith("Министерство") for text in large.axes[0].texts)
    assert 10 <= named <= 40
    assert f"Labelled: {named} of 64 actors" in words(large)


def test_network_tells_types_by_shape_and_relations_by_line() -> None:
    figure = figures.plot_network(*network(12), lang="en")
    legend = figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["person", "state body", "funds", "mentions"]
    handles = legend.get_lines()
    assert handles[0].get_marker() != handles[1].get_marker()
    assert handles[2].get_linestyle() != handles[3].get_linestyle()


def test_marked_actors_stand_in_the_legend_and_apart_by_more_than_colour() -> None:
    edges, positions = network(12)
    first = positions["actor_id"].tolist()
    marked = {"core": first[:3], "switcher": first[2:4], "programmer": ["nobody"]}
    own = {"mark.core": "inside", "mark.switcher": "between", "mark.programmer": "ahead", "notice.layers": "Top down."}
    with labels.own_names(own):
        figure = figures.plot_network(edges, positions, lang="en", marked=marked, notes=["layers"])
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said[-2:] == ["inside", "between"]
    assert "ahead" not in said  # marks nobody who is drawn
    drawn = [len(marks.get_offsets()) for marks in figure.axes[0].collections[-3:]]
    assert drawn == [3, 2, 0]
    assert "Top down." in words(figure)
    with pytest.raises(ValueError, match="4 groups are marked; at most 3"):
        figures.plot_network(edges, positions, lang="en", marked=marked | {"other": []})


def test_actors_in_one_place_can_be_drawn() -> None:
    edges, positions = network(3)
    figures.plot_network(edges, positions.assign(x=0.0, y=0.0, size=0.0), lang="en")


# Nothing overlaps, nothing is cut


@pytest.mark.parametrize(("lang", "count"), [("ru", 1), ("ru", 40), ("kk", 12), ("en", 12)])
def test_rows_with_long_labels_do_not_overlap(lang: str, count: int) -> None:
    figure = figures.plot_estimates(shares(count), lang=lang, title=LONG, by="group")
    assert overlaps(figure) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_names_at_line_ends_do_not_overlap(lang: str) -> None:
    rows = estimates(
        *(
            row(entity=entity, period=str(year), value=50.0)
            for entity in ("KAZ", "UZB", "KGZ", "RUS", "TKM", "TJK", "BLR")
            for year in (2018, 2020)
        )
    )
    assert overlaps(figures.plot_series(rows, lang=lang, title=LONG)) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_findings_pairs_and_networks_do_not_overlap(lang: str) -> None:
    assert overlaps(figures.plot_findings(findings(*tables.VERDICTS), lang=lang, title=LONG)) == []
    assert overlaps(figures.plot_pairs(pairs(), lang=lang, title=LONG)) == []
    assert overlaps(figures.plot_network(*network(30), lang=lang, title=LONG)) == []


def test_legend_of_forty_lines_does_not_overlap() -> None:
    assert overlaps(figures.plot_series(shares(40), lang="ru", title=LONG)) == []


def test_pieces_keep_apart_and_inside() -> None:
    places = line_ends.apart([0.0, 0.01, 0.5, 0.99, 1.0], [0.1] * 5)
    # The pairs at the edges are pushed inside: 0.05, 0.15 and 0.85, 0.95; the middle one stays.
    assert places == pytest.approx([0.05, 0.15, 0.5, 0.85, 0.95])


# The same bytes, the same user settings


def test_equal_rows_give_equal_bytes() -> None:
    first, second = (figures.plot_series(ranks(), lang="kk", title="Орын") for _ in range(2))
    assert figures.svg(first, title="Орын") == figures.svg(second, title="Орын")
    assert figures.png(first) == figures.png(second)


def test_users_settings_neither_matter_nor_change() -> None:
    plain = figures.svg(figures.plot_estimates(shares(2), lang="en"))
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "black", "text.usetex": False, "savefig.bbox": "tight"}):
        assert figures.svg(figures.plot_estimates(shares(2), lang="en")) == plain
        assert mpl.rcParams["font.size"] == 20


def test_the_style_does_not_depend_on_when_it_is_first_asked_for_and_ends_with_its_block() -> None:
    style._checked.cache_clear()
    before = mpl.rcParams["lines.linewidth"]
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "path", "timezone": "Asia/Almaty"}):
        with style.context():
            assert [mpl.rcParams[name] for name in ("font.size", "svg.fonttype")] == [style.TEXT_SIZE, "none"]
            assert mpl.rcParams["timezone"] == "Asia/Almaty"  # which no style of matplotlib sets
            mpl.rcParams["lines.linewidth"] = 9
        assert [mpl.rcParams[name] for name in ("font.size", "lines.linewidth")] == [20, before]
    with style.context():
        assert mpl.rcParams["font.size"] == style.TEXT_SIZE


def test_a_style_that_fails_leaves_the_settings_as_they_were() -> None:
    before = {name: mpl.rcParams[name] for name in mpl.rcParams}  # which settles the backend, too
    with pytest.raises(KeyError), style.context():
        raise KeyError
    assert {name: mpl.rcParams[name] for name in mpl.rcParams} == before


def test_rows_are_not_changed() -> None:
    rows = ranks()
    before = rows.copy(deep=True)
    figures.plot_series(rows, lang="en")
    pd.testing.assert_frame_equal(rows, before)


def test_no_state_is_left_in_pyplot() -> None:
    import matplotlib.pyplot as plt

    figures.plot_estimates(shares(2), lang="en")
    assert plt.get_fignums() == []


def test_font_has_every_kazakh_letter() -> None:
    font = get_font(findfont(FontProperties(family=style.FONT), fallback_to_default=False))
    assert all(font.get_char_index(ord(letter)) for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІі–−≥≤\u00a0\u202f")


def test_svg_has_a_title_and_no_date() -> None:
    text = figures.svg(figures.plot_estimates(shares(1), lang="en"), title="A & B")
    assert "<title>A &amp; B</title>" in text
    assert "<dc:date>" not in text


# Axes and words


@pytest.mark.parametrize(
    ("periods", "middles"),
    [
        (["2021", "2018/2022"], [2021.0, 2020.0]),
        # 1 July is day 182 of 365, and July has 31 days: 2021 + (181 + 31 / 2) / 365.
        (["2021-07"], [2021 + 196.5 / 365]),
        (["2021-01-01", "2021"], [2021 + 0.5 / 365, 2021.5]),
    ],
)
def test_periods_have_places_on_one_axis(periods: list[str], middles: list[float]) -> None:
    assert [span.middle for span in axes.spans(periods)] == pytest.approx(middles)


def test_months_are_named_in_the_language() -> None:
    rows = estimates(row(period="2021-01"), row(period="2021-04"))
    ticks = [text.get_text() for text in figures.plot_series(rows, lang="ru").axes[0].get_xticklabels()]
    assert labels.period("2021-02", "ru") in ticks


@pytest.mark.parametrize(
    ("value", "width", "digits"),
    [
        (12.5, np.nan, 1),
        (1_234_567.0, np.nan, 0),
        (0.487312345, np.nan, 4),
        (61.23456, 2.5, 1),
        (61.23456, 25.0, 0),
        (0.99535, 0.9954 - 0.9953, 5),
        (0.0, np.nan, 0),
    ],
)
def test_digits_that_mean_nothing_are_not_printed(value: float, width: float, digits: int) -> None:
    assert wording.decimals(value, width=width) == digits


def test_interval_of_negative_numbers_is_readable() -> None:
    assert wording.value_with_interval(-35, -37, -33, "en") == "−35 (−37 to −33)"
    assert wording.value_with_interval(3, np.nan, 5, "ru") == "3 (≤ 5)"


def test_years_are_written_without_grouping() -> None:
    assert wording.cell("edition", 2022, "en") == "2022"
    assert wording.cell("n", 2022, "en") == "2,022"
    assert wording.cell("level", 0.95, "en") == "95%"


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_line_is_as_wide_as_its_words_and_blanks(weight: str) -> None:
    """`style.wrap` measures words alone; a font that fits letters to a blank would make it wrong."""
    said = [row[lang] for row in list(labels._texts().values())[::400] for lang in labels.LANGUAGES]
    for words in (text.replace("\n", " ").split(" ")[:6] for text in said):
        alone = [style.text_width(part, 8, weight) for part in words + [" "] * (len(words) - 1)]
        assert style.text_width(" ".join(words), 8, weight) == pytest.approx(sum(alone), abs=1e-9)


def test_text_wraps_within_the_width_and_keeps_every_word() -> None:
    lines = style.wrap(LONG, 1.5, 8)
    assert " ".join(lines) == LONG
    assert all(style.text_width(line, 8) <= 1.5 for line in lines)


def test_a_percent_sign_stays_on_the_line_of_its_number() -> None:
    width = style.text_width("a share of 4,8", 8)  # the sign alone has no room
    assert style.wrap("a share of 4,8 %", width, 8) == ["a share of", "4,8\N{NO-BREAK SPACE}%"]


def test_every_code_of_the_declared_tables_has_its_words() -> None:
    columns = {
        name for schema in (tables.ESTIMATES, tables.PAIRS, tables.FINDINGS, tables.EDGES) for name in schema.columns
    }
    codes = {f"column.{name}" for name in columns} | {f"interval.{kind}" for kind in tables.INTERVALS}
    codes |= {f"verdict.{verdict}" for verdict in tables.VERDICTS} | {
        f"bound.{bound}" for bound in ("exact", "at_least", "at_most", "about")
    }
    missing = [
        (code, lang) for code in codes for lang in labels.LANGUAGES if not labels._texts().get(code, {}).get(lang)
    ]
    assert missing == []
    assert set(marks.BARS) == set(tables.INTERVALS) - {"none"}


# What notebooks show


def test_shown_figure_carries_picture_title_and_alternative(shown: list[Any]) -> None:
    figures.show(figures.plot_series, ranks(), name="t_figure", lang="en", about="KAZ")
    bundle, said = shown[0]
    assert set(bundle) == {"image/svg+xml", displays.NARROW_SVG, "image/png", "text/csv", "text/plain"}
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == said["title"] == "Use in Kazakhstan"
    assert (said["kind"], said["name"], said["lang"]) == ("figure", "t_figure", "en")
    assert said["alt"].startswith("Use in Kazakhstan. Kazakhstan: 28 (2020), 24 (2024);")


@pytest.mark.parametrize(
    ("finding", "title"),
    [
        (pd.DataFrame({"entity": ["KAZ"], "value": [24.0]}), "Kazakhstan came to 24"),
        (pd.DataFrame({"entity": ["KAZ"], "case": ["same"]}), "Kazakhstan: no change"),
        (pd.DataFrame(), "Of Kazakhstan nothing is known"),
    ],
)
def test_a_finding_is_the_title_and_the_topic_stands_below(shown: list[Any], finding: pd.DataFrame, title: str) -> None:
    figures.show(figures.plot_series, ranks(), name="t_found", lang="en", about="KAZ", finding=finding)
    bundle, said = shown[0]
    assert (said["title"], said["topic"]) == (title, "Use")
    assert bundle["text/plain"] == title
    assert said["alt"].startswith(f"{title}. Use. Kazakhstan: 28 (2020)")


def test_a_figure_in_which_nothing_stands_out_says_so(shown: list[Any]) -> None:
    figures.show(figures.plot_series, ranks(), name="t_figure", lang="kk", about="KAZ", finding=pd.DataFrame())
    assert shown[0][1]["title"] == labels.text("notice.no_finding", "kk")


def test_a_figure_has_one_finding(shown: list[Any]) -> None:
    two = pd.DataFrame({"entity": ["KAZ", "RUS"], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match="figure 't_found' has one title, but its finding has 2 rows"):
        figures.show(figures.plot_series, ranks(), name="t_found", lang="en", finding=two)


def test_the_one_the_page_is_about_stands_out(shown: list[Any]) -> None:
    figures.show(figures.plot_series, ranks(), name="t_found", lang="en", about="KAZ")
    figures.show(figures.plot_series, ranks(), name="t_found", lang="en", about="KAZ", emphasis="")
    asked, nobody = (bundle["image/svg+xml"].count(palette.ASKED_COLOUR) for bundle, _ in shown)
    assert asked > 0 == nobody


@pytest.mark.parametrize("rows", [ranks().head(0), tuple(frame.head(0) for frame in network(3))])
def test_missing_rows_are_said_in_words(shown: list[Any], rows: Any) -> None:
    figures.show(figures.plot_series, rows, name="t_figure", lang="ru", about="UZB")
    bundle, said = shown[0]
    assert (said["kind"], said["name"], said["title"]) == ("notice", "t_figure", "Использование: Узбекистан")
    assert "Узбекистан" in bundle["text/plain"]
    assert "docs/ru/adapt.md" in bundle["text/plain"]
    assert said["alt"] == bundle["text/plain"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "A table <of> values: there is none."),
        ("kk", "Мәндер кестесі: мұндайлар жоқ."),
        ("ru", "Таблица значений: таких нет."),
    ],
)
def test_what_does_not_exist_is_not_told_as_missing_data(shown: list[Any], lang: str, sentence: str) -> None:
    figures.show_table(findings("fails").head(0), name="t_table", lang=lang)
    bundle, said = shown[0]
    assert bundle["text/plain"] == said["alt"] == sentence
    assert (said["kind"], said["title"]) == ("notice", labels.text("table.t_table", lang))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_question_without_rows_is_left_open_and_not_denied(shown: list[Any], lang: str) -> None:
    """ "Does A go with B?: there is none" would read as an answer that it does not."""
    figures.show(figures.plot_pairs, ranks().head(0), name="t_asked", lang=lang)
    title = labels.text("figure.t_asked", lang)
    assert shown[0][0]["text/plain"] == labels.text("notice.none_asked", lang, title=title)
    assert "?:" not in shown[0][0]["text/plain"]


def test_options_reach_the_plot(shown: list[Any]) -> None:
    figures.show(figures.plot_estimates, shares(2), name="t_figure", lang="en", about="KAZ", by="group")
    figures.show(figures.plot_network, network(6), name="t_figure", lang="en", about="KAZ", sources=["t_survey"])
    assert [said["kind"] for _, said in shown] == ["figure", "figure"]
    assert "6 actors" in shown[1][1]["alt"]


def test_shown_table_speaks_the_language_and_keeps_raw_digits(shown: list[Any]) -> None:
    frame = estimates(row(value=12.3456789, low=12.0, high=13.0, interval="rounding"), row(entity="UZB"))
    figures.show_table(frame, name="t_table", lang="ru")
    bundle, said = shown[0]
    html = bundle["text/html"]
    assert "<caption>Таблица значений</caption>" in html
    assert '<th scope="col">Страна или организация</th>' in html
    assert '<td class="dd-number">12,3 (12,0–13,0)</td>' in html
    assert "Нижняя граница" not in html
    assert '<span title="нет значения">–</span>' in html
    assert "12.3456789" in bundle["text/csv"]
    assert bundle["text/csv"].splitlines()[0] == ",".join(frame.columns)
    assert said["kind"] == "table"


def test_csv_has_no_noise_of_binary_arithmetic_and_whole_numbers_as_they_are(shown: list[Any]) -> None:
    # 4.926 - 14 and 0.1 + 0.2 are no binary numbers; 2 ** 53 has 16 digits, all of which count.
    frame = pd.DataFrame({"value": [-9.074000000000012, 0.1 + 0.2, 2.0**53], "n": [10**15 + 1, 2, 3]})
    figures.show_table(frame.astype({"value": object}), name="t_table", lang="en")
    figures.show_table(frame.assign(value=[float("nan"), 1 / 3, 28.0]), name="t_table", lang="en")
    csvs = [bundle["text/csv"] for bundle, _ in shown]
    assert csvs[0] == "value,n\n-9.074,1000000000000001\n0.3,2\n9007199254740992,3\n"
    assert csvs[1] == "value,n\n,1000000000000001\n0.333333333333,2\n28,3\n"


def test_table_escapes_its_words(shown: list[Any]) -> None:
    figures.show_table(findings("holds").assign(left="a < b & c"), name="t_table", lang="en")
    assert "a &lt; b &amp; c" in shown[0][0]["text/html"]
    assert "A table &lt;of&gt; values" in shown[0][0]["text/html"]


def test_empty_table_is_a_notice(shown: list[Any]) -> None:
    figures.show_table(ranks().head(0), name="t_table", lang="kk", about="KAZ")
    assert shown[0][1]["kind"] == "notice"
    assert "Қазақстан" in shown[0][0]["text/plain"]


def test_sentences_are_filled_row_by_row(shown: list[Any]) -> None:
    figures.show_sentences(ranks().head(2), "sentence.t_rank", lang="en")
    bundle, said = shown[0]
    assert bundle["text/plain"] == "Kazakhstan stood at 28 in 2020.\nKazakhstan stood at 28 in 2022."
    assert bundle["text/markdown"].count("\n\n") == 1
    assert (said["kind"], said["title"]) == ("sentences", "Kazakhstan stood at 28 in 2020.")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_tables_without_rows_are_listed_with_what_they_hold(shown: list[Any], lang: str) -> None:
    empty = pd.DataFrame(columns=["entity", "value", "note"])
    tables = {"survey": empty, "breaks": empty, "series": empty.assign(entity=["KAZ"])}
    figures.show_missing(tables, lang=lang, about="BRA")
    [(data, metadata)] = shown
    assert metadata["name"] == "missing"
    held = {"en": "changes in what", "kk": "жарияланған қатарларда", "ru": "изменения в том"}
    assert f"survey; breaks ({held[lang]}" in data["text/plain"]
    assert "series" not in data["text/plain"]
    figures.show_missing({"reports": empty}, lang=lang, about="BRA")
    assert "reports (DataReportal" in shown.pop()[0]["text/plain"]  # a name keeps its capital
    figures.show_missing({"series": empty.assign(entity=["KAZ"])}, lang=lang, about="KAZ")
    assert len(shown) == 1


def test_a_title_that_ends_with_an_abbreviation_keeps_its_full_stop(shown: list[Any]) -> None:
    finding = pd.DataFrame({"value": [76.9], "period": ["2028"]})
    figures.show(figures.plot_series, ranks(), name="t_forecast", lang="ru", finding=finding)
    assert shown[0][1]["title"].replace("\u00a0", " ") == "76,9 % на 2028 г."


def test_sentence_of_no_rows_is_a_notice(shown: list[Any]) -> None:
    figures.show_sentences(ranks().head(0), "sentence.t_rank", lang="en")
    bundle, said = shown[0]
    assert said["kind"] == "notice"
    assert said["title"] == said["alt"] == bundle["text/plain"] == labels.text("notice.no_sentence", "en")
    figures.show_sentences(ranks().head(0), "sentence.t_rank", lang="en", silent=True)
    assert len(shown) == 1


def test_an_answer_says_what_has_rows_and_names_its_evidence(shown: list[Any]) -> None:
    rows = {"sentence.t_rank": ranks().head(1), "sentence.no_such": ranks().head(0)}
    figures.show_answer(rows, evidence=["map"], lang="en", about="KAZ")
    bundle, said = shown[0]
    assert bundle["text/plain"] == "Kazakhstan stood at 28 in 2020."
    assert (said["kind"], said["said"], said["evidence"]) == ("answer", ["Kazakhstan stood at 28 in 2020."], ["map"])


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_where_nothing_has_rows_that_is_the_answer(lang: str, shown: list[Any]) -> None:
    figures.show_answer({"sentence.t_rank": ranks().head(0)}, evidence=["map"], lang=lang, about="NRU")
    assert labels.country("NRU", lang) in shown[0][1]["said"][0]
    assert shown[0][1]["evidence"] == []  # what is on the page of others answers nothing of the country
    figures.show_answer({}, evidence=[], lang=lang)
    assert shown[1][1]["said"] == [labels.text("notice.no_answer", lang)]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_alternatives_tell_values_extremes_and_counts(lang: str) -> None:
    assert "50" in alternative.describe(estimates(row()), lang)
    assert "40" in alternative.describe(shares(20), lang)
    assert "12" in alternative.describe(network(12), lang)
    assert labels.text("verdict.fails", lang) in alternative.describe(findings("fails"), lang)
    assert "35" in alternative.describe(pairs(), lang)


def test_an_alternative_says_how_many_share_the_lowest_and_the_highest() -> None:
    # 40 + n % 9 of n = 0 to 19: 40 at 0, 9 and 18; 48 at 8 and 17.
    said = alternative.describe(shares(20), "en")
    lowest, highest = said.split(", highest")
    assert "lowest 40" in lowest
    assert lowest.endswith("and 2 more)")
    assert " 48" in highest
    assert highest.endswith("and 1 more)")


def test_alternative_of_pairs_names_the_measure_of_each() -> None:
    rows = pairs().assign(measure=["t_rank", "t_share"])
    assert alternative.describe(rows, "en") == (
        "Kazakhstan – Uzbekistan, Rank: −35 (−37 to −33); Kazakhstan – Russia, Share of users: 4 (1–6)"
    )


def test_sentences_of_an_alternative_have_one_closing_mark(shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert alternative.sentences("Do they agree?", "As of 2020, etc.", "5") == "Do they agree? As of 2020, etc. 5."
    monkeypatch.setitem(labels._texts()["figure.t_figure"], "en", "Does {country} lead?")
    figures.show(figures.plot_pairs, pairs(), name="t_figure", lang="en", about="KAZ")
    assert shown[0][1]["alt"].startswith("Does Kazakhstan lead? Kazakhstan – Uzbekistan, Rank:")
    assert shown[0][1]["alt"].endswith("4 (1–6).")


def test_notebooks_in_a_table_are_links_to_their_pages_in_the_language(shown: list[Any]) -> None:
    frame = pd.DataFrame({"notebook": ["rankings"], "value": [1.0]})
    html = html_tables.table_html(frame, title="t", lang="kk")
    assert '<td><a href="../../rankings/kk/index.html">' in html
    none = html_tables.table_html(frame.assign(notebook=None), title="t", lang="kk")
    assert "<a " not in none
