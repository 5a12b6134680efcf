"""Drawings for telephones: the same content on a narrow sheet, where no words touch or leave it."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import figures, labels, tables
from digital_diplomacy.figures import displays
from digital_diplomacy.figures.parts import axes as scales
from digital_diplomacy.figures.parts import style
from digital_diplomacy.runs import outputs

COUNTRIES = ("KAZ", "UZB", "RUS", "GBR", "TKM")


def estimates(groups: tuple[str, ...], periods: tuple[str, ...], **changed: object) -> pd.DataFrame:
    """Shares of five countries, with intervals of 4 points."""
    cells = [
        {"entity": entity, "group": group, "period": period, "value": 12.5 + 7 * place + 3 * step}
        for place, entity in enumerate(COUNTRIES)
        for group in groups
        for step, period in enumerate(periods)
    ]
    made = pd.DataFrame(cells)
    rest: dict[str, object] = {"measure": "internet_users_pct", "interval": "rounding", "level": float("nan")}
    rest |= {"unit": "percent", "base": "population", "n": float("nan"), "source_id": "internet_users"}
    return made.assign(low=made["value"] - 2, high=made["value"] + 2, **rest).assign(**changed)[list(columns())]


def columns() -> list[str]:
    return [str(name) for name in tables.ESTIMATES.columns]


def matrix(cell: str) -> pd.DataFrame:
    rows = ("item.goal_allies", "item.goal_society", "item.goal_terrorism")
    heads = ("item.stage_presence", "item.stage_engagement", "item.factor_unit", "item.factor_staff")
    cells = [{"row": row, "column": head, "cell": cell} for row in rows for head in heads]
    return pd.DataFrame(cells).assign(row_group="", documents="001", count=float("nan"), source_id="crosswalk")


def exchange() -> pd.DataFrame:
    people, body, channel = "citizens_of_kazakhstan", "state_bodies_kazakhstan", "social_media"
    cells = [(people, body, channel, way) for way in ("asks", "answers")] + [
        (people, "concept_state_social_media", "", "tells")
    ]
    made = pd.DataFrame(cells, columns=["people", "partner", "channel", "way"])
    return made.assign(relation_id=["x1", "x2", "x3"], period="", document="001", source_id="relations")


def accounts() -> pd.DataFrame:
    ends = {"value": 19_000_000.0, "low": 18_950_000.0, "high": 19_050_000.0}
    return estimates(("",), ("2023",), unit="accounts", base="", **ends)


YEARS = tuple(str(year) for year in range(2000, 2025))
KINDS: dict[str, Callable[[str], Figure]] = {
    "estimates": lambda lang: figures.plot_estimates(accounts(), lang=lang, title="t"),
    "series": lambda lang: figures.plot_series(estimates(("",), YEARS), lang=lang),
    "multiples": lambda lang: figures.plot_multiples(estimates(("",), ("2019", "2023")), lang=lang),
    "matrix": lambda lang: figures.plot_matrix(matrix("document"), lang=lang, title="t"),
    "crossing": lambda lang: figures.plot_crossing(matrix("reading"), lang=lang, title="t"),
    "exchange": lambda lang: figures.plot_exchange(exchange(), lang=lang, title="t"),
}


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_words_touch_or_leave_a_narrow_sheet(
    kind: str, lang: str, touching: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    with style.narrow():
        figure = KINDS[kind](lang)
    assert figure.get_figwidth() == pytest.approx(style.NARROW)
    assert touching(figure) == []


def test_a_sheet_is_as_wide_as_a_page_again_after_a_narrow_one_failed() -> None:
    with pytest.raises(ValueError, match="no"), style.narrow():
        raise ValueError("no")
    assert style.width() == style.WIDTH
    assert style.across(2.4) == 2.4


def test_a_narrow_sheet_is_read_at_390_pixels() -> None:
    # 390 px less two margins of 16 px; 96 px are an inch of the sheet: 9 px and more for the smallest words, 8 points.
    shrunk = (390 - 2 * 16) / (style.NARROW * 96)
    assert style.SMALL_SIZE * 96 / 72 * shrunk > 8.5


def test_half_of_the_numbers_go_until_none_touches_another() -> None:
    with style.context(), style.narrow():
        figure = style.sheet(title="", height=1.0)
        axes = figure.subplots()
        axes.set_xlim(0, 8)
        axes.set_xticks(range(9), [f"{number} 000 000 000" for number in range(9)])
        style.settle(figure)
        scales.thin(axes)
    # A number takes 10 digits of 0.636 and 3 blanks of 0.318 of 8 points: 0.81 inches. Neighbours are 4.4 / 8 = 0.55
    # inches apart, and every other one 1.1.
    assert [text.get_text()[0] for text in axes.get_xticklabels()] == ["0", "2", "4", "6", "8"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    found: list[tuple[dict[str, str], dict[str, Any]]] = []
    monkeypatch.setattr(displays, "_send", lambda bundle, **told: found.append((bundle, told)))
    return found


def test_a_named_figure_goes_along_for_telephones_and_becomes_a_file(
    sent: list[tuple[dict[str, str], dict[str, Any]]], tmp_path: Any
) -> None:
    for name in ("mine", ""):
        figures.show(figures.plot_matrix, matrix("document"), name=name, lang="ru", title="Мой рисунок")
    (bundle, told), (own, _) = sent
    output = {"data": bundle, "metadata": {outputs.KEY: told}}
    files = outputs.write_outputs({"cells": [{"outputs": [output]}]}, tmp_path)[0]["files"]
    assert list(files) == [f"figures/mine{end}" for end in (".svg", ".narrow.svg", ".png", ".csv")]
    widths = [
        re.search(r'<svg [^>]*width="([\d.]+)pt"', (tmp_path / f"figures/mine{end}").read_text(encoding="utf-8"))
        for end in (".svg", ".narrow.svg")
    ]
    assert [float(found[1]) for found in widths if found] == [72 * 7.2, 72 * 4.6]
    assert set(own) == {"image/svg+xml", "image/png", "text/csv", "text/plain"}
