"""What an index leaves out and makes up, with its reasons."""

import numpy as np
import pandas as pd

from digital_diplomacy.rankings.composite.account import left_out, made_cells
from digital_diplomacy.rankings.composite.pipeline import default_steps, run

TREE = pd.DataFrame({"code": ["a", "b", "c", "index"], "parent": ["index", "index", "index", ""]})


def table(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"entity": [f"u{number}" for number in range(len(columns["a"]))], **columns})


def steps(**changed: dict[str, object]) -> list[dict[str, object]]:
    return [step | changed.get(step["step"], {}) for step in default_steps()]


def test_each_unit_without_a_place_has_its_reason() -> None:
    values = table(
        a=[1.0, 2.0, 3.0, 4.0, 5.0, np.nan, 0.0, 7.0],
        b=[2.0, 1.0, 4.0, 3.0, 6.0, np.nan, 0.0, 8.0],
        c=[5.0, 3.0, 2.0, 1.0, 2.0, 9.0, 0.0, 9.0],
    )
    declared = steps(screen={"method": "both", "nonzero": 0.3, "remove": {"u7": "no state"}})
    found = left_out(run(values, TREE, declared)).set_index("entity")
    assert found["reason"].to_dict() == {"u5": "few", "u6": "zeros", "u7": "decided"}
    assert found.loc["u5", ["have", "count"]].tolist() == [1, 3]
    assert found.loc["u6", ["have", "zero"]].tolist() == [3, 3]
    assert found.loc["u7", "said"] == "no state"


def test_a_unit_that_stays_without_a_score_is_left_out_too() -> None:
    values = table(a=[1.0, 2.0, 3.0, 4.0], b=[2.0, 1.0, 4.0, np.nan], c=[5.0, 3.0, 2.0, np.nan])
    skipped = {"method": "none", "reason": "nothing is filled"}
    declared = [
        {"step": step["step"], **skipped} if step["step"] in ("screen", "impute", "treat") else step for step in steps()
    ]
    declared[-1] = {"step": "aggregate", "method": "arithmetic", "threshold": 0.5}
    found = left_out(run(values, TREE, declared))
    assert found[["entity", "reason", "have", "count"]].to_numpy().tolist() == [["u3", "no_score", 1, 3]]


def test_cells_are_imputed_or_winsorised_and_one_that_is_both_was_not_observed() -> None:
    # 90 is winsorised to 8, the next one; the gap in b is filled by the median of 1 to 8 without 5.
    values = table(
        a=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 90.0],
        b=[1.0, 2.0, 3.0, 4.0, np.nan, 6.0, 7.0, 8.0, 4.0],
        c=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
    )
    found = made_cells(run(values, TREE, default_steps()))
    assert found[["entity", "code", "kind", "after"]].to_numpy().tolist() == [
        ["u4", "b", "imputed", 4.0],
        ["u8", "a", "winsorised", 8.0],
    ]
    assert np.isnan(found.loc[0, "before"])
    assert found.loc[1, "before"] == 90


def test_cells_of_units_that_were_left_out_later_are_not_told() -> None:
    values = table(a=[1.0, 2.0, 3.0, np.nan, 4.0], b=[2.0, 1.0, 4.0, 3.0, 5.0], c=[5.0, 3.0, 2.0, 1.0, 4.0])
    kept = made_cells(run(values, TREE, steps()))
    assert kept["entity"].tolist() == ["u3"]
    gone = run(values, TREE, steps(screen={"remove": {"u3": "decided"}}))
    assert made_cells(gone).empty
    assert left_out(gone)["entity"].tolist() == ["u3"]


def test_periods_are_told_apart() -> None:
    values = table(a=[1.0, 2.0, 3.0, 4.0], b=[2.0, 1.0, 4.0, 3.0], c=[5.0, 3.0, np.nan, 1.0])
    both = pd.concat([values.assign(period="2020"), values.fillna(2.0).assign(period="2021")], ignore_index=True)
    over = {name: {"over": "period"} for name in ("impute", "treat", "normalise")}
    found = made_cells(run(both, TREE, steps(**over)))
    assert found[["entity", "period", "code"]].to_numpy().tolist() == [["u2", "2020", "c"]]
