"""The profile of one unit among all others."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import figures, labels

NAMES = {"group.web": "Онлайн қызметтер индексі – Online service index", "group.people": "Human capital"}
SCORES = {"web": {"KAZ": 80.0, "UZB": 60.0, "KGZ": 40.0}, "people": {"KAZ": np.nan, "UZB": 70.0, "KGZ": 90.0}}


def rows(**changed: object) -> pd.DataFrame:
    parts = []
    for group, values in SCORES.items():
        frame = pd.DataFrame({"entity": list(values), "value": list(values.values()), "group": group})
        parts.append(frame.assign(measure="index_score", unit="score"))
        placed = frame.assign(value=frame["value"].rank(ascending=False))
        parts.append(placed.assign(measure="index_rank", unit="rank"))
    fixed = {"period": "", "low": np.nan, "high": np.nan, "interval": "none", "level": np.nan, "base": "", "n": 3.0}
    return pd.concat(parts, ignore_index=True).assign(**fixed, source_id="").assign(**changed)


def texts(figure: object, gid: str) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_gid() == gid]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lang", "said"), [("kk", "80,0 (3 ішінен 1-орын)"), ("ru", "80,0 (место 1 из 3)"), ("en", "80.0 (place 1 of 3)")]
)
def test_score_and_place_stand_beside_each_row_the_unit_has_a_score_in(lang: str, said: str) -> None:
    with labels.own_names(NAMES):
        figure = figures.plot_profile(rows(), about="KAZ", lang=lang)
    assert texts(figure, "value") == [said]


def test_every_other_unit_and_the_median_are_drawn() -> None:
    with labels.own_names(NAMES):
        figure = figures.plot_profile(rows(), about="UZB", lang="en")
    lines = [np.asarray(line.get_xdata(), dtype=float) for line in figure.axes[0].lines]
    drawn = [list(dict.fromkeys(line[~np.isnan(line)].tolist())) for line in lines]
    # First row: others KAZ and KGZ, the median of 80, 60, 40, the unit; second row: KGZ, the median of 70 and 90.
    assert drawn == [[80, 40], [60], [60], [90], [80], [70]]


def test_rows_stand_in_the_order_given_and_long_names_are_wrapped() -> None:
    with labels.own_names(NAMES):
        figure = figures.plot_profile(rows(), about="UZB", lang="kk")
    ticks = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert ticks[0].replace("\n", " ") == NAMES["group.web"]
    assert "\n" in ticks[0]
    assert figure.axes[0].yaxis_inverted()


def test_a_unit_without_scores_and_mixed_scales_are_refused() -> None:
    with labels.own_names(NAMES), pytest.raises(ValueError, match="'RUS' has no score"):
        figures.plot_profile(rows(), about="RUS", lang="en")
    mixed = rows().assign(period=lambda frame: np.where(frame["group"] == "web", "2020", "2022"))
    with labels.own_names(NAMES), pytest.raises(ValueError, match="several values of period"):
        figures.plot_profile(mixed, about="UZB", lang="en")
