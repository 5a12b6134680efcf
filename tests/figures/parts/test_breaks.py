"""A figure over time draws and tells the changes of definition that its lines cross, and no others."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import figures, labels, rankings, sources
from digital_diplomacy.figures.parts import breaks as crossings
from digital_diplomacy.figures.parts.axes import spans
from digital_diplomacy.penetration.rows import estimates

BREAKS = sources.load("breaks", root=Path(__file__).parents[3])


def rows(measure: str, periods: list[str]) -> pd.DataFrame:
    """A line over time, as placed on its axis: a year is its number, a month the share of its year."""
    frame = pd.DataFrame({"entity": "KAZ", "period": periods, "value": [0.4 + at / 100 for at in range(len(periods))]})
    found = estimates(frame.assign(source_id="un_egdi"), measure=measure, unit="index", base="population")
    return found.assign(x=[span.middle for span in spans(found["period"])])


def crossed(measure: str, periods: list[str], breaks: pd.DataFrame | None = BREAKS) -> list[float]:
    return sorted({one.x for one in crossings.crossed(rows(measure, periods), breaks)})


@pytest.mark.parametrize(
    ("periods", "lines"),
    [
        (["2003", "2005", "2008", "2010", "2012"], [2006.5, 2011.0]),  # 2008 and 2012, midway to the edition before
        (["2014", "2016", "2020"], []),
        (["2022", "2024"], [2023.0]),  # 2022 begins the line and is not crossed
        (["2020"], []),
        (["2024", "2012"], [2018.0]),  # 2022 and 2024, in the one step there is, whatever the order of the rows
    ],
)
def test_a_break_lies_between_the_points_on_its_two_sides(periods: list[str], lines: list[float]) -> None:
    assert crossed("egdi_recomputed", periods) == lines
    assert bool(crossings.notes(rows("egdi_recomputed", periods), BREAKS, "en")) == bool(lines)


def test_a_figure_draws_and_tells_it() -> None:
    figure = figures.plot_series(rows("egdi_recomputed", ["2022", "2024"]).drop(columns="x"), lang="kk", breaks=BREAKS)
    assert 2023.0 in {float(line.get_xdata()[0]) for line in figure.axes[0].lines if len(set(line.get_xdata())) == 1}
    told = " ".join(" ".join(text.get_text().split()) for text in figure.texts)
    assert labels.text("break.egdi_parts_2024", "kk", when=labels.period("2024", "kk")) in told


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_break_is_told_in_every_language(lang: str) -> None:
    for code, found in BREAKS.groupby("code"):
        first, last = (found["period"].iloc[0].split("/") * 2)[:2]
        measures = found["measure"].iloc[[0]]
        around = [str(int(first[:4]) - 1), str(int(last[:4]) + 1)]
        alone = BREAKS[(BREAKS["code"] == code) & BREAKS["measure"].isin(measures)]
        [note] = crossings.notes(rows(measures.iloc[0], around), alone, lang)
        said = labels.text(f"break.{code}", lang, when=labels.period(found["period"].iloc[0], lang))
        assert note == labels.text("notice.breaks", lang, breaks=said)


def test_where_a_figure_has_several_measures_the_changed_one_is_named() -> None:
    both = pd.concat(
        [rows(measure, ["2021-01", "2023-01"]) for measure in ("internet_users_pct", "social_media_users_pct")]
    )
    [note] = crossings.notes(both, BREAKS, "en")
    assert "Social media users, share — Jan 2022: Meta" in note
    assert note.count("—") == 1
    assert "Individuals using the Internet —" not in note


def test_another_measure_or_no_table_gives_nothing() -> None:
    assert crossed("internet_users_pct", ["2022", "2024"], BREAKS.query("table == 'un_egdi'")) == []
    assert crossed("egdi_recomputed", ["2022", "2024"], None) == []


def test_a_change_at_an_unknown_time_is_crossed_by_a_line_from_before_to_after() -> None:
    change = pd.DataFrame({"measure": ["referral_share"], "period": ["2012-06/2022-07"], "code": ["statcounter_sites"]})
    assert len(crossed("referral_share", ["2010-01", "2023-01"], change)) == 1
    assert crossed("referral_share", ["2013-01", "2023-01"], change) == []
    assert crossed("referral_share", ["2010-01", "2020-01"], change) == []


def test_the_weights_that_the_editions_table_gives_change_where_the_breaks_say() -> None:
    editions = sources.load("un_egdi_editions", root=Path(__file__).parents[3]).sort_values("edition")
    equal = dict(zip(editions["edition"], editions["osi_weight"] == editions["hci_weight"], strict=True))
    changed = [str(after) for before, after in pairwise(equal) if equal[before] != equal[after]]
    said = BREAKS[BREAKS["code"].str.startswith("egdi_weights")]
    assert sorted(set(said["period"])) == changed == ["2008", "2012"]


def test_weights_of_an_edition_without_a_record_are_told_with_their_numbers() -> None:
    """1 : 1 : 1 until 2024, then 50 : 25 : 25, which is 2 : 1 : 1, and a third again in 2028."""
    root = Path(__file__).parents[3]
    editions = sources.load("un_egdi_editions", root=root).assign(source_id="un_egdi_editions")
    last = editions.tail(1)
    weighed = last.assign(edition=2026, osi_weight=50, hci_weight=25, tii_weight=25, source_id="own/x")
    third = last.assign(edition=2028, osi_weight=33, hci_weight=33, tii_weight=33, source_id="own/x")
    found = rankings.edition_breaks(BREAKS, pd.concat([third, editions, weighed]))
    assert crossed("egdi_rank", ["2022", "2024", "2026", "2028"], found) == [2023.0, 2025.0, 2027.0]
    assert crossed("egdi_rank", ["2003", "2005", "2008", "2010", "2012"], found) == [2006.5, 2011.0]  # on record
    for lang in labels.LANGUAGES:
        [note] = crossings.notes(rows("egdi", ["2024", "2026", "2028"]), found, lang)
        assert [weights for weights in ("2 : 1 : 1", "1 : 1 : 1") if weights not in note] == []


def test_a_record_does_not_speak_for_another_table_of_its_edition() -> None:
    """Where an edition of 2008 of one's own weighs thirds, 34 : 33 : 33 begin in 2010."""
    editions = sources.load("un_egdi_editions", root=Path(__file__).parents[3]).assign(source_id="un_egdi_editions")
    own = editions["edition"] == 2008
    editions.loc[own, ["osi_weight", "hci_weight", "tii_weight"]] = 1
    editions.loc[own, "source_id"] = "own/x"
    found = rankings.edition_breaks(BREAKS, editions).query("measure == 'egdi' and period < '2020'")
    assert found[["period", "code", "detail"]].to_numpy().tolist() == [
        ["2010", "egdi_weights", "34 : 33 : 33"],
        ["2012", "egdi_weights_2012", ""],
    ]
