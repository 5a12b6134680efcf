"""A figure over time draws and tells the changes of definition that its lines cross, and no others."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import figures, labels, sources
from digital_diplomacy.penetration.rows import estimates

BREAKS = sources.load("breaks", root=Path(__file__).parents[2])


def drawn(measure: str, periods: list[str], lang: str = "en", breaks: pd.DataFrame | None = BREAKS) -> Figure:
    rows = pd.DataFrame({"entity": "KAZ", "period": periods, "value": [0.4 + at / 100 for at in range(len(periods))]})
    found = estimates(rows.assign(source_id="un_egdi"), measure=measure, unit="index", base="population")
    return figures.plot_series(found, lang=lang, breaks=breaks)


def dotted(figure: Figure) -> list[float]:
    lines = [line for line in figure.axes[0].lines if str(line.get_linestyle()) != "-" and len(line.get_xdata()) == 2]
    return sorted({float(line.get_xdata()[0]) for line in lines if line.get_xdata()[0] == line.get_xdata()[1]})


def told(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in figure.texts)


@pytest.mark.parametrize(
    ("periods", "crossed"),
    [
        (["2003", "2005", "2008", "2010", "2012"], [2006.5, 2011.0]),  # 2008 and 2012, midway to the edition before
        (["2014", "2016", "2020"], []),
        (["2022", "2024"], [2023.0]),  # 2022 begins the line and is not crossed
        (["2020"], []),
        (["2024", "2012"], [2018.0]),  # 2022 and 2024, in the one step there is, whatever the order of the rows
    ],
)
def test_a_break_lies_between_the_points_on_its_two_sides(periods: list[str], crossed: list[float]) -> None:
    figure = drawn("egdi_recomputed", periods)
    assert dotted(figure) == crossed
    assert ("Dotted lines" in told(figure)) == bool(crossed)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_break_is_told_in_every_language(lang: str) -> None:
    for code, rows in BREAKS.groupby("code"):
        said = labels.text(f"break.{code}", lang, when=labels.period(rows["period"].iloc[0], lang))
        assert labels.text("notice.breaks", lang, breaks=said).strip() != said
    assert labels.period("2024", lang) + ":" in told(drawn("egdi_recomputed", ["2022", "2024"], lang))


def test_another_measure_or_no_table_draws_nothing() -> None:
    assert dotted(drawn("internet_users_pct", ["2022", "2024"], breaks=BREAKS.query("table == 'un_egdi'"))) == []
    assert dotted(drawn("egdi_recomputed", ["2022", "2024"], breaks=None)) == []


def test_a_change_at_an_unknown_time_is_crossed_by_a_line_from_before_to_after() -> None:
    change = pd.DataFrame({"measure": ["referral_share"], "period": ["2012-06/2022-07"], "code": ["statcounter_sites"]})
    assert len(dotted(drawn("referral_share", ["2010-01", "2023-01"], breaks=change))) == 1
    assert dotted(drawn("referral_share", ["2013-01", "2023-01"], breaks=change)) == []
    assert dotted(drawn("referral_share", ["2010-01", "2020-01"], breaks=change)) == []


def test_the_weights_that_the_editions_table_gives_change_where_the_breaks_say() -> None:
    editions = sources.load("un_egdi_editions", root=Path(__file__).parents[2]).sort_values("edition")
    equal = dict(zip(editions["edition"], editions["osi_weight"] == editions["hci_weight"], strict=True))
    changed = [str(after) for before, after in pairwise(equal) if equal[before] != equal[after]]
    said = BREAKS[BREAKS["code"].str.startswith("egdi_weights")]
    assert sorted(set(said["period"])) == changed == ["2008", "2012"]
