"""Answers of several samples as a table of counts and design effects."""

import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.penetration.surveys.contingency import _answers

ROWS = pd.DataFrame(
    [("KAZ", "yes", 30.0, 100.0, 1.0), ("KAZ", "no", 50.0, 100.0, 3.0), ("UZB", "no", 40.0, 60.0, 2.0),
     ("UZB", "yes", 20.0, 60.0, 2.5)],
    columns=["entity", "measure", "successes", "n", "deff"],
).assign(group="", period="2020")  # fmt: skip


def test_what_is_left_of_a_sample_is_an_answer_with_the_mean_design_effect() -> None:
    cells, effects = _answers(ROWS, "entity")
    assert cells.columns.tolist() == effects.columns.tolist() == ["no", "yes", ""]
    assert cells.loc[["KAZ", "UZB"]].to_numpy().tolist() == [[50, 30, 20], [40, 20, 0]]
    assert effects.loc[["KAZ", "UZB"]].to_numpy().tolist() == [[3, 1, 2], [2, 2.5, 2.25]]
    whole, _ = _answers(ROWS[ROWS["entity"] == "UZB"], "entity")
    assert whole.columns.tolist() == ["no", "yes"]  # nobody is left


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"n": [100.0, 90.0, 60.0, 60.0]}, "answers of one sample have different n"),
        ({"successes": [30.0, 80.0, 40.0, 20.0]}, "answers sum to more than n"),
        ({"measure": ["yes", "no", "no", "perhaps"]}, "an answer of other samples is missing in this one"),
    ],
)
def test_samples_that_are_no_table_are_refused(change: dict[str, list[object]], said: str) -> None:
    with pytest.raises(TableError, match=said):
        _answers(ROWS.assign(**change), "entity")
