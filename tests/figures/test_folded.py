"""Columns that a table keeps folded: read without a script, whole in the CSV, refused where there is none."""

import re
from typing import Any

import pandas as pd
import pytest

from digital_diplomacy import figures, labels

ROWS = pd.DataFrame(
    {
        "claim": ["Users", "Years"],
        "printed": ['<q lang="ru">5 млн</q> (page 1)', None],
        "worked": ["5 > 4", None],
        "value": [5.0, 2.0],
    }
)
FOLDED = {"claim": ["printed", "worked"]}


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_folded_columns_are_no_columns_but_stand_in_the_cell(lang: str) -> None:
    html = figures.table_html(ROWS, lang=lang, folded=FOLDED)
    heads = re.findall(r"<th [^>]*>(.*?)</th>", html)
    assert heads == [labels.text(f"column.{name}", lang) for name in ("claim", "value")]
    first, second = re.findall(r"<tr><td>.*?</tr>", html)
    assert first.count("<td") == second.count("<td") == 2
    assert f'<dt>{labels.text("column.printed", lang)}</dt><dd><q lang="ru">5 млн</q> (page 1)</dd>' in first
    assert f"<dt>{labels.text('column.worked', lang)}</dt><dd>5 &gt; 4</dd>" in first
    assert f"<summary>{labels.text('notice.drawer', lang)}</summary>" in first
    assert "<details" not in second  # nothing to unfold


def test_the_csv_has_every_column(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr("digital_diplomacy.figures.displays.display", lambda data, **_: sent.append(data))
    figures.show_table(ROWS, title="T", folded=FOLDED)
    assert sent[0]["text/csv"] == "claim,printed,worked,value\nUsers,“5 млн” (page 1),5 > 4,5\nYears,,,2\n"


@pytest.mark.parametrize("folded", [{"claim": ["absent"]}, {"absent": ["printed"]}])
def test_a_column_that_is_not_there_is_refused_by_name(folded: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"the table has no column absent; it has claim, printed, worked, value"):
        figures.table_html(ROWS, folded=folded)
