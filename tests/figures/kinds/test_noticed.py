"""A bar a document, filled as far as its misprints would be noticed."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import figures, labels
from digital_diplomacy.figures.parts import style


def rows(**columns: object) -> pd.DataFrame:
    fixed = {"group": "", "period": "", "measure": "misprints_noticed", "interval": "none", "level": float("nan"),
             "unit": "percent", "base": "misprints", "source_id": "claim_relations"}  # fmt: skip
    values = {"entity": ["document_000", "document_001"], "value": [15.0, 30.2], "low": [15.0, 30.2],
              "high": [15.0, 30.2], "n": [1336, 1891]}  # fmt: skip
    return pd.DataFrame({**values, **fixed, **columns})


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_largest_share_stands_first_with_its_number(lang: str) -> None:
    figure = figures.plot_noticed(rows(), lang=lang)
    axes = figure.axes[0]
    said = [text.get_text().rstrip("%\N{NO-BREAK SPACE}") for text in axes.texts if text.get_gid() == "value"]
    assert said == ["30", "15"]
    assert [label.get_text() for label in axes.get_yticklabels()] == [labels.document(c, lang) for c in ("001", "000")]
    assert [bar.get_width() for bar in axes.patches if bar.get_gid() == "share"] == [30.2, 15.0]


def test_counts_are_no_shares() -> None:
    with pytest.raises(ValueError, match="percentages from 0 to 100"):
        figures.plot_noticed(rows(unit="persons"))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("value", [3.0, 49.0, 65.0, 98.0])
def test_share_and_count_do_not_touch_on_a_narrow_sheet(
    value: float, lang: str, touching: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    with style.narrow():
        figure = figures.plot_noticed(rows(value=[value, 30.2], low=[value, 30.2], high=[value, 30.2]), lang=lang)
    assert touching(figure) == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_count_lies_on_a_bar(lang: str) -> None:
    with style.narrow():
        figure = figures.plot_noticed(rows(value=[98.0, 30.2], low=[98.0, 30.2], high=[98.0, 30.2]), lang=lang)
    axes = figure.axes[0]
    figure.draw_without_rendering()
    counts = [text.get_window_extent() for text in axes.texts if text.get_gid() == "count"]
    assert min(count.x0 for count in counts) > max(bar.get_window_extent().x1 for bar in axes.patches)
    assert max(count.x1 for count in counts) <= figure.bbox.x1
