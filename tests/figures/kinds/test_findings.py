"""Verdicts by kind and document: which kinds have rows of their own."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from digital_diplomacy.figures import plot_findings, plot_series, show
from digital_diplomacy.tables import ESTIMATES, FINDINGS

KINDS = ["repeated", "ordered", "total", "at_most", "same_date", "part", "rank"]


def findings(fails: int, holds: int) -> pd.DataFrame:
    """A relation of each kind, the first ones contradicted."""
    verdicts = ["fails"] * fails + ["holds"] * holds
    rows = [
        {"relation_id": f"r{number}", "kind": KINDS[number], "documents": "000", "verdict": verdict}
        for number, verdict in enumerate(verdicts)
    ]
    frame = pd.DataFrame(rows)
    absent = [column for column in FINDINGS.columns if column not in frame]
    return frame.assign(**{column: float("nan") if column.endswith(("_low", "_high")) else "" for column in absent})


def rows_of(figure: Figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in figure.axes[0].texts if text.get_gid() == "row"]


@pytest.mark.filterwarnings("ignore")
def test_kinds_that_only_hold_share_a_row_where_they_are_more_than_four() -> None:
    many = rows_of(plot_findings(findings(1, 5), lang="en"))
    assert len(many) == 2
    assert many[-1] == "The other 5 kinds, none contradicted"
    assert len(rows_of(plot_findings(findings(1, 4), lang="en"))) == 5


def estimates(source: str) -> pd.DataFrame:
    years = {"period": ["2020", "2021"], "value": [10.0, 20.0]}
    same = {"entity": "KAZ", "group": "", "measure": "internet_users", "interval": "none", "unit": "percent"}
    rows = pd.DataFrame(years).assign(**same, base="population", source_id=source)
    return rows.assign(**{column: float("nan") for column in ESTIMATES.columns if column not in rows})


def test_a_dashed_line_says_what_it_marks() -> None:
    said = {code: plot_series(estimates("internet_users"), baseline=15, baseline_is=code) for code in ("", "promised")}
    notes = {code: " ".join(text.get_text() for text in figure.texts) for code, figure in said.items()}
    assert "Dashed line: 15." in notes[""]
    assert "Dashed line: 15%, the share that the intervals promise." in notes["promised"]


def test_a_picture_of_what_nobody_observed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show(plot_series, estimates("messages_synthetic"), title="Messages a day")
    show(plot_series, estimates("internet_users"), title="Messages a day")
    made, observed = capsys.readouterr().out.strip().splitlines()
    assert made.startswith("Messages a day (a synthetic month).")
    assert observed.startswith("Messages a day.")
