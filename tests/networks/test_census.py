"""The powers of a census of statements, and how far they rest on one document."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.census import census_powers, power_marks

ACTORS = pd.DataFrame(
    {"actor_id": ["a", "b", "c", "m", "n"], "type": ["state", "state", "citizens", "platform", "platform"]}
)


def statements(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["source", "target", "relation", "document"])
    blank = dict.fromkeys(("platform", "period", "measure", "unit", "base"), "")
    ids = [f"r{number}" for number in range(len(frame))]
    return frame.assign(relation_id=ids, weight=np.nan, **blank)


CENSUS = statements(
    ("c", "a", "addresses", "000"),
    ("c", "a", "addresses", "001"),
    ("c", "b", "addresses", "001"),
    ("a", "c", "answers", "001"),
    ("b", "a", "answers", "000"),
    ("c", "m", "uses", "000"),
    ("a", "m", "uses", "001"),
    ("b", "n", "uses", "001"),
)


def measured(**options: object) -> pd.DataFrame:
    chosen = {"relation": "addresses", "draws": 19, "rewirings": 0, "rng": np.random.default_rng(3)} | options
    return census_powers(CENSUS, ACTORS, **chosen)  # type: ignore[arg-type]


def cell(rows: pd.DataFrame, entity: str, measure: str) -> pd.Series:
    found = rows[(rows["entity"] == entity) & (rows["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0]


def test_a_value_has_the_range_it_takes_without_each_document() -> None:
    # c turns to a twice and to b once: 2/3. Without 000 once each: 1/2; without 001 to a alone: 1.
    row = cell(measured(), "a", "dependence")
    assert row[["value", "low", "high"]].to_list() == pytest.approx([2 / 3, 1 / 2, 1])
    assert row["interval"] == "sensitivity"


def test_an_actor_only_one_document_tells_of_falls_to_nothing_without_it() -> None:
    assert cell(measured(), "b", "dependence")[["value", "low", "high"]].to_list() == pytest.approx([1 / 3, 0, 1 / 2])


def test_several_relations_are_each_divided_by_their_total_before_they_are_added() -> None:
    # addresses: c -> a 2/3, c -> b 1/3; answers: a -> c 1/2, b -> a 1/2. a receives 2/3 of c and all of b.
    rows = measured(relation=["addresses", "answers"])
    assert set(rows["group"]) == {"rescaled"}
    assert cell(rows, "a", "dependence")["value"] == pytest.approx(2 / 3 + 1)


def test_standards_come_from_a_relation_of_their_own() -> None:
    rows = measured(adoption="uses")
    # Of the three actors who address or are addressed, a and c use m, b uses n.
    assert cell(rows, "m", "reach")["value"] == pytest.approx(2 / 3)
    assert "reach" not in set(measured()["measure"])
    with pytest.raises(ValueError, match="addresses makes ties and adoption"):
        measured(adoption="addresses")


def test_what_chance_gives_keeps_its_own_interval() -> None:
    rows = measured(adoption="uses")
    assert set(rows.loc[rows["measure"].str.endswith("_expected"), "interval"]) <= {"simulation", "none"}


def test_no_statements_give_no_rows() -> None:
    assert measured(relation="likes").empty


def test_the_same_seed_gives_the_same_rows() -> None:
    pd.testing.assert_frame_equal(measured(adoption="uses"), measured(adoption="uses"))


def test_marks_name_the_core_and_the_first_switchers_and_programmers() -> None:
    rows = measured()
    shown = pd.DataFrame(
        {
            "entity": ["a", "b", "c", "a", "b", "c"],
            "measure": ["core_ratio"] * 2 + ["cross_brokerage"] * 4,
            "value": [1.0, 0.5, 2.0, 0.0, 3.0, 2.0],
        }
    )
    blank = {name: rows[name].iloc[0] for name in rows if name not in shown} | {"low": np.nan, "high": np.nan}
    given = shown.assign(**blank).drop_duplicates(["entity", "measure"])
    assert power_marks(given, n=1) == {"core": ["a"], "switcher": ["b"], "programmer": []}
    assert power_marks(given, n=5)["switcher"] == ["b", "c"]
