"""The powers of a census of statements, and how far they rest on one document."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.powers import census
from digital_diplomacy.networks.powers.census import census_powers

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


@cache
def with_standards() -> pd.DataFrame:
    """For those who only look at it."""
    return measured(adoption="uses")


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
    rows = with_standards()
    # Of the three actors who address or are addressed, a and c use m, b uses n.
    assert cell(rows, "m", "reach")["value"] == pytest.approx(2 / 3)
    assert "reach" not in set(measured()["measure"])
    with pytest.raises(ValueError, match="addresses makes ties and adoption"):
        measured(adoption="addresses")


def test_a_standard_only_one_document_tells_of_falls_to_nothing_without_it() -> None:
    # b alone of a, b and c uses n, by 001. Without 000 it still does; without 001 nobody is left who uses it.
    assert cell(with_standards(), "n", "reach")[["value", "low", "high"]].to_list() == pytest.approx([1 / 3, 0, 1 / 3])


def test_what_chance_gives_keeps_its_own_interval() -> None:
    rows = with_standards()
    assert set(rows.loc[rows["measure"].str.endswith("_expected"), "interval"]) <= {"simulation", "none"}


def test_no_statements_give_no_rows() -> None:
    assert measured(relation="likes").empty


def test_the_same_seed_gives_the_same_rows() -> None:
    pd.testing.assert_frame_equal(measured(adoption="uses"), with_standards())


STATED = statements(
    *((f"plan{number}", "head", "proposed_by", "001") for number in range(6)),
    ("plan0", "body", "proposed_by", "000"),
    ("c", "head", "addresses", "000"),
    ("c", "body", "addresses", "002"),
    *((f"plan{number}", "c", "run_by", "002") for number in range(6)),
)
NAMED = pd.DataFrame(
    [("head", "state"), ("body", "state"), ("c", "state"), *((f"plan{number}", "programme") for number in range(6))]
    + [(f"s{number}", "state") for number in range(5)],
    columns=["actor_id", "type"],
)


@cache
def stated() -> pd.DataFrame:
    """For those who only look at it."""
    told = ["proposed_by", "addresses", "run_by"]
    return census_powers(STATED, NAMED, relation=told, draws=99, rewirings=0, rng=np.random.default_rng(3))


def test_p_takes_its_range_from_runs_without_each_document_and_is_1_where_nothing_is_left() -> None:
    # head sets six of seven goals, all told by 001; without it head sets none, and the only goal left is body's.
    row = cell(stated(), "head", "goals_set")
    assert row[["value", "low", "high", "n"]].to_list() == [6, 0, 6, 7]
    assert cell(stated(), "head", "programmer_p")["high"] == 1
    assert cell(stated(), "head", "programmer_p")["interval"] == "sensitivity"


def test_an_actor_that_hangs_together_with_nothing_without_a_document_has_no_power_left() -> None:
    # Without 002 c is tied to head by 000 alone; without 000 body hangs by 002.
    assert cell(stated(), "plan5", "layers_joined")["low"] == 1
    assert cell(measured(), "b", "core_ratio")["low"] == 0


def test_a_single_document_leaves_nothing_when_it_is_left_out() -> None:
    alone = census_powers(
        CENSUS.query("document == '001'"), ACTORS, relation="addresses", draws=9, rewirings=0,
        rng=np.random.default_rng(3),
    )  # fmt: skip
    assert cell(alone, "a", "dependence")[["value", "low", "high"]].to_list() == pytest.approx([1 / 2, 0, 1 / 2])


def test_only_standards_that_actors_of_the_network_use_are_told_once() -> None:
    more = statements(("a", "b", "uses", "000"), ("z", "m", "uses", "000"), ("a", "m", "uses", "000"))
    found = census._standards(pd.concat([CENSUS, more]), ACTORS, ["a", "b", "c"], ["uses"], ["platform"])
    assert found.to_numpy().tolist() == [["c", "m"], ["a", "m"], ["b", "n"]]


def ranged(full: dict[str, float], *runs: dict[str, float], interval: str = "none") -> pd.DataFrame:
    blank = {"group": "", "period": "", "low": np.nan, "high": np.nan, "level": np.nan, "unit": "u", "base": "",
             "n": np.nan, "source_id": "s"}  # fmt: skip

    def rows(told: dict[str, float]) -> pd.DataFrame:
        frame = pd.DataFrame({"measure": list(told), "value": list(told.values())}, dtype=object)
        return frame.astype({"value": float}).assign(entity="a", interval=interval, **blank)

    whole = rows(full)
    return census._ranged(whole, pd.concat([census._completed(rows(run), whole) for run in runs]))


def test_what_no_run_measures_counts_nothing_is_no_surprise_or_has_no_range() -> None:
    full = {"dependence": 2.0, "core_ratio": 0.5, "programmer_p": 0.2, "pagerank": 0.3, "core_weight": np.nan}
    found = ranged(full, {"dependence": 3.0, "core_ratio": 0.75, "programmer_p": 0.1}, {})
    ends = found.set_index("measure")[["low", "high"]].T.to_dict("list")
    assert ends["dependence"] == [0, 3]
    assert ends["core_ratio"] == [0, 0.75]
    assert ends["programmer_p"] == [0.1, 1]
    assert np.isnan([*ends["pagerank"], *ends["core_weight"]]).all()
    assert found["interval"].tolist() == ["sensitivity"] * 3 + ["none"] * 2
    within = ranged({"pagerank": 0.3}, {"pagerank": 0.4}, {"pagerank": 0.5})
    assert within[["low", "high"]].to_numpy().tolist() == [[0.3, 0.5]]  # its own is among them
    assert ranged({"pagerank": 0.3}, {"pagerank": 0.4}, interval="simulation")["low"].isna().all()
