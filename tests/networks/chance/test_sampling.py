"""Intervals of ranks by resampling, and ranges by leaving documents out."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance import sampling
from digital_diplomacy.networks.chance.sampling import leave_one_out, rank_intervals
from digital_diplomacy.networks.graphs.arrays import graph
from digital_diplomacy.networks.graphs.building import build
from digital_diplomacy.networks.powers.four import dependence_received, networked_power, powers
from digital_diplomacy.tables import EDGES, ESTIMATES, validate

NAMES = ["a", "b", "c", "x", "y"]
TIES = pd.DataFrame(
    [("a", "x", "uses", 3.0), ("b", "x", "uses", 2.0), ("c", "y", "uses", 1.0)], columns=list(EDGES.columns)
)


def generator() -> np.random.Generator:
    return np.random.default_rng(5)


def networked(edges: pd.DataFrame) -> pd.DataFrame:
    return networked_power(graph(edges, nodes=NAMES), group="uses")


def received(edges: pd.DataFrame) -> pd.Series:
    return dependence_received(edges, nodes=NAMES)


def ranked(edges: pd.DataFrame = TIES, **options: object) -> pd.DataFrame:
    chosen = {"values": received, "measure": "dependence", "scheme": "ties", "rng": generator()} | options
    return validate(rank_intervals(edges, **chosen), ESTIMATES)  # type: ignore[arg-type]


def row(found: pd.DataFrame, entity: str) -> pd.Series:
    return found.set_index("entity").loc[entity]


def test_leaving_actors_out_by_hand() -> None:
    # D: x 2, y 1, others 0, so ranks 1, 2 and 3. Without a or b: x 1 and y 1, both first. Without c: x 2, y 0 beside a,
    # b and c: y is second with them. Without y: x 2. Without x: y 1 is first, x is 0 and second.
    found = ranked(scheme="actors")
    assert row(found, "x")[["value", "low", "high"]].tolist() == [1, 1, 2]
    assert row(found, "y")[["value", "low", "high"]].tolist() == [2, 1, 2]
    assert set(found["measure"]) == {"dependence_rank"}
    assert set(found["interval"]) == {"sensitivity"}
    assert set(found["n"]) == {5}


def test_bootstrap_of_ties_holds_the_rank() -> None:
    # x loses to y if neither of its ties is drawn, in 1 of 27 draws, and y to everybody level with it if c is not.
    found = ranked(draws=150, level=0.99)
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()
    assert set(found["interval"]) == {"confidence"}
    assert set(found["level"]) == {0.99}
    assert row(found, "x")[["value", "low", "high"]].tolist() == [1, 1, 2]


def test_a_clear_first_place_is_certain() -> None:
    ties = [(f"s{number}", "x", "uses", 1.0) for number in range(40)] + [("t", "y", "uses", 1.0)]
    found = ranked(pd.DataFrame(ties, columns=list(EDGES.columns)), draws=40)
    assert row(found, "x")[["low", "high"]].tolist() == [1, 1]


def test_the_same_generator_gives_the_same_intervals() -> None:
    pd.testing.assert_frame_equal(ranked(draws=20), ranked(draws=20))


def test_ties_of_one_period_are_drawn_together() -> None:
    # Two periods: in the first x receives all, in the second y. A draw has (1, 1), (1, 2) or (2, 2): in a quarter of
    # them y alone receives.
    timed = pd.concat([TIES.head(2).assign(period="2017"), TIES.tail(1).assign(period="2018")])
    found = ranked(timed, scheme="blocks", draws=40)
    assert row(found, "x")[["low", "high"]].tolist() == [1, 2]
    assert row(found, "y")[["low", "high"]].tolist() == [1, 2]


def test_actor_absent_from_a_draw_has_no_rank_in_it() -> None:
    # y is there unless y, or c, its only sender, is left out.
    assert row(ranked(values=dependence_received, scheme="actors"), "y")["n"] == 3


def test_unknown_schemes_and_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown scheme 'vertices'; allowed: ties, blocks, actors"):
        ranked(scheme="vertices")
    with pytest.raises(ValueError, match="level is 95"):
        ranked(level=95)
    with pytest.raises(TableError, match="blocks are periods, of which at least two are needed"):
        ranked(scheme="blocks")


def statements(*rows: str) -> pd.DataFrame:
    """Statements from texts like ``a-x 000``."""
    parts = [text.split() for text in rows]
    return pd.DataFrame(
        [
            {
                "relation_id": f"r{number}", "source": pair.split("-")[0], "target": pair.split("-")[1],
                "relation": "uses", "platform": None, "period": None, "weight": np.nan, "measure": None, "unit": None,
                "base": None, "document": document,
            }
            for number, (pair, document) in enumerate(parts)
        ]
    )  # fmt: skip


SAID = statements("a-x 000", "b-x 001", "c-y 001", "a-y 001")


def test_range_without_each_document_by_hand() -> None:
    # D: x 1/2 + 1 = 3/2, y 1 + 1/2 = 3/2. Without 000: x 1, y 1 + 1 = 2. Without 001: x 1, y 0.
    found = validate(leave_one_out(SAID, lambda said: networked(build(said))), ESTIMATES)
    found = found[found["measure"] == "dependence"]
    assert row(found, "x")[["value", "low", "high"]].tolist() == [1.5, 1, 1.5]
    assert row(found, "y")[["value", "low", "high"]].tolist() == [1.5, 0, 2]
    assert set(found["interval"]) == {"sensitivity"}


def test_all_powers_have_a_range_and_null_models_keep_their_own() -> None:
    actors = pd.DataFrame({"actor_id": NAMES, "type": ["state"] * 3 + ["platform"] * 2})

    def compute(said: pd.DataFrame) -> pd.DataFrame:
        return powers(build(said), actors, nodes=NAMES, rng=generator(), draws=9, rewirings=2)

    found = leave_one_out(SAID, compute)
    expected = found["measure"].str.endswith("_expected") & found["value"].notna()
    assert set(found.loc[expected, "interval"]) == {"simulation"}
    plain = found[~found["measure"].str.endswith("_expected") & found["value"].notna()]
    assert set(plain["interval"]) == {"sensitivity"}
    assert ((plain["low"] <= plain["value"]) & (plain["value"] <= plain["high"])).all()


def test_one_document_cannot_be_left_out() -> None:
    with pytest.raises(TableError, match="column `document` needs at least two values"):
        leave_one_out(SAID.assign(document="000"), lambda said: networked(build(said)))
    with pytest.raises(TableError, match="column `wave` needs"):
        leave_one_out(SAID, lambda said: networked(build(said)), by="wave")


@pytest.mark.parametrize(("level", "ends"), [(0.88, (2, 40)), (0.94, (1, 41)), (0.5, (10, 32))])
def test_the_middle_of_drawn_ranks_is_that_of_the_level(
    level: float, ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the ranks 1 to 41 places 0.06 x 42 = 2.52 and 0.94 x 42 = 39.48 are taken outwards."""
    drawn = [pd.DataFrame({"rank": [rank]}) for rank in range(1, 42)]
    monkeypatch.setattr(sampling, "_samples", lambda *_: iter(drawn))
    monkeypatch.setattr(sampling, "_summed", lambda _: pd.DataFrame({"rank": [20]}))
    others = [f"o{number:02}" for number in range(40)]

    def values(edges: pd.DataFrame) -> "pd.Series[float]":
        """The actor x behind as many others as its rank says."""
        before = int(edges["rank"].item()) - 1
        return pd.Series([2.0] * before + [0.0] * (40 - before) + [1.0], index=[*others, "x"])

    rows = sampling.rank_intervals(
        pd.DataFrame(), values, measure="m", scheme="ties", rng=np.random.default_rng(1), level=level
    ).set_index("entity")
    assert rows.loc["x", ["value", "low", "high", "n"]].astype(float).tolist() == [20, *ends, 41]
    assert set(rows["level"]) == {level}


def test_two_values_are_enough_to_leave_one_out_and_a_value_that_is_gone_widens_nothing() -> None:
    rows = {"x": 5.0, "y": 2.0, "z": np.nan}

    def compute(statements: pd.DataFrame) -> pd.DataFrame:
        held = set(statements["document"])
        told = rows if len(held) == 2 else {"x": 3.0, "z": 1.0} if held == {"1"} else {"x": 7.0, "y": 1.0}
        blank = {"group": "", "period": "", "measure": "m", "low": np.nan, "high": np.nan, "level": np.nan,
                 "unit": "u", "base": "", "n": np.nan, "source_id": "s"}  # fmt: skip
        return pd.DataFrame({"entity": list(told), "value": list(told.values())}).assign(interval="none", **blank)

    found = sampling.leave_one_out(pd.DataFrame({"document": ["1", "2"]}), compute).set_index("entity")
    ends = found[["low", "high"]].to_numpy().tolist()
    assert ends == pytest.approx(np.array([[3, 7], [1, 2], [np.nan, np.nan]]), nan_ok=True)
    assert found["interval"].tolist() == ["sensitivity", "sensitivity", "none"]
    for statements in (pd.DataFrame({"document": ["1", "1"]}), pd.DataFrame({"text": ["a", "b"]})):
        with pytest.raises(TableError, match="column `document` needs at least two values"):
            sampling.leave_one_out(statements, compute)


def test_a_tie_drawn_twice_counts_twice() -> None:
    # As many ties are drawn as there are, so that three ties of weight 1 come to 3 in every draw.
    drawn = list(sampling._samples(TIES.assign(weight=1.0), "ties", generator(), 20))
    assert [found["weight"].sum() for found in drawn] == [3.0] * 20
    assert any(len(found) < 3 for found in drawn)
