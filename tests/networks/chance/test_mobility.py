"""Ranks from one period to the next: values by hand, what chance gives, and refusals."""

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from digital_diplomacy import networks
from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance import mobility


def received(edges: pd.DataFrame) -> "pd.Series[float]":
    assert not edges.duplicated(["source", "target"]).any()
    return edges.set_index("target")["weight"]  # ties have one source


def ties(weights: dict[str, float], **more: Any) -> pd.DataFrame:
    rows = {"source": "s", "target": list(weights), "relation": "forwards", "weight": list(weights.values())}
    return pd.DataFrame({**rows, **more})


def moved(before: pd.DataFrame, after: pd.DataFrame, **options: Any) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return networks.mobility(before, after, received, measure="strength", rng=rng, **{"draws": 99, **options})


def of(rows: pd.DataFrame, measure: str, column: str = "value") -> dict[str, float]:
    chosen = rows[rows["measure"] == f"strength_{measure}"]
    return dict(zip(chosen["entity"], chosen[column], strict=True))


def test_ranks_changes_and_their_correlation_by_hand() -> None:
    before, after = ties({"a": 9, "b": 5, "c": 5, "d": 1}), ties({"a": 2, "b": 4, "c": 4, "e": 3})
    rows = moved(before, after, dealt="messages")
    # d has none after, e none before, s never any.
    assert of(rows, "rank_before") == {"a": 1, "b": 2, "c": 2, "d": 4, "e": 5, "s": 5}
    assert of(rows, "rank_after") == {"a": 4, "b": 1, "c": 1, "d": 5, "e": 3, "s": 5}
    assert of(rows, "rank_change") == {"a": -3, "b": 1, "c": 1, "d": -1, "e": 2, "s": 0}
    wanted = stats.spearmanr([9, 5, 5, 1, 0, 0], [2, 4, 4, 0, 3, 0]).statistic
    assert of(rows, "rank_correlation")["network"] == pytest.approx(wanted)
    assert of(rows, "rank_correlation", "n") == {"network": 6}


def test_equals_share_a_rank_however_their_parts_are_added() -> None:
    # a and b pay x one and two tenths of their attention, c pays y three: 0.1 + 0.2 is 0.3, whatever binary says.
    ends = {"source": list("aabbcc"), "target": list("xzxzyz"), "relation": "forwards"}
    before = pd.DataFrame({**ends, "weight": [1.0, 9.0, 2.0, 8.0, 3.0, 7.0]})
    after = pd.DataFrame({**ends, "weight": [3.0, 7.0, 3.0, 7.0, 1.0, 9.0]})
    rng = np.random.default_rng(1)
    found = networks.mobility(
        before, after, networks.dependence_received, measure="d", rng=rng, dealt="messages", draws=9
    ).set_index(["measure", "entity"])["value"]
    assert found["d_rank_before"].to_dict() == {"x": 2, "y": 2, "z": 1, "a": 4, "b": 4, "c": 4}
    assert found["d_rank_after"].to_dict() == {"x": 2, "y": 3, "z": 1, "a": 4, "b": 4, "c": 4}
    # Mean ranks: x and y 2.5 and z 1, then x 2, y 3, z 1; of a, b and c 5 in both.
    wanted = np.corrcoef([2.5, 2.5, 1, 5, 5, 5], [2, 3, 1, 5, 5, 5])[0, 1]
    assert found["d_rank_correlation"]["network"] == pytest.approx(wanted)


def test_equal_periods_have_moved_nobody_and_opposite_ones_somebody() -> None:
    weights = {name: 40.0 - 3 * number for number, name in enumerate("abcdefgh")}
    same = moved(ties(weights), ties(weights), dealt="messages")
    told = networks.mobility_found(same, "strength").iloc[0]
    assert told["interval"] == "simulation"  # what chance gives is no bound, and rounded as any number
    assert (told["value"], told["movers"], told["case"]) == (1, 0, "lasted")
    # a had most and has least: of its 105 messages about 52 would fall into either period, of b's 180 about 90.
    before = {name: 100.0 - 10 * number for number, name in enumerate("abcdefg")}
    rows = moved(ties(before), ties(before | {"a": 5.0}), dealt="messages")
    told = networks.mobility_found(rows, "strength").iloc[0]
    assert told["case"] == "moved"
    assert told[["entity", "before", "after"]].tolist() == ["a", 1, 7]


def test_where_nothing_has_changed_p_is_seldom_small() -> None:
    """Under the null model a p of 0.1 or less comes in one of ten cases: of 30, up to 9 with 99.9 per cent."""
    rng, small = np.random.default_rng(5), {"correlation": 0, "any": 0}
    names = [f"t{number}" for number in range(6)]
    for number in range(30):
        drawn = [ties(dict(zip(names, part.astype(float), strict=True))) for part in rng.poisson(9, size=(2, 6)) + 1.0]
        rows = networks.mobility(
            *drawn, received, measure="strength", rng=np.random.default_rng(number), dealt="messages", draws=9
        )
        small["correlation"] += of(rows, "rank_correlation_p")["network"] <= 0.1
        small["any"] += min(p for p in of(rows, "rank_change_p").values() if p == p) <= 0.1
    assert all(count <= 9 for count in small.values()), small


def test_blocks_move_whole() -> None:
    """Of four days, two with all of a and two with all of b, six deals: only two part them as observed."""
    days = ["1", "2"]
    before, after = ties({"a": 5, "b": 0.5}), ties({"a": 0.5, "b": 5})
    first = pd.concat([before.assign(period=f"2023-09-0{day}") for day in days])
    last = pd.concat([after.assign(period=f"2023-10-0{day}") for day in days])
    rows = moved(first, last, draws=99)
    p = of(rows, "rank_change_p")
    assert p["a"] == p["b"] == pytest.approx(1 / 3, abs=0.1)  # either way: {1, 2} before, or after


@pytest.mark.parametrize(
    ("before", "after", "options", "said"),
    [
        (ties({"a": 1}), ties({"a": 1}), {}, "blocks are periods, of which at least two are needed"),
        (
            ties({"a": 1, "b": 1}, period=["1", "2"]),
            ties({"a": 1, "b": 1}, period=["2", "3"]),
            {},
            "2 is in both periods",
        ),
        (ties({"a": 1.5}), ties({"a": 1}), {"dealt": "messages"}, "weights must be whole numbers of messages"),
    ],
)
def test_ties_that_cannot_be_dealt_are_refused(
    before: pd.DataFrame, after: pd.DataFrame, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(TableError, match=said):
        moved(before, after, **options)


def test_an_unknown_deal_and_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown scheme 'cards'"):
        moved(ties({"a": 1}), ties({"a": 1}), dealt="cards")
    with pytest.raises(ValueError, match="draws is 0"):
        moved(ties({"a": 1}), ties({"a": 1}), dealt="messages", draws=0)


def test_inputs_are_left_alone_and_order_is_no_matter() -> None:
    before, after = ties({"a": 9, "b": 5, "c": 1}), ties({"a": 2, "b": 4, "c": 4})
    kept = before.copy()
    rows = moved(before, after, dealt="messages")
    pd.testing.assert_frame_equal(before, kept)
    again = moved(before[::-1], after[::-1], dealt="messages")
    pd.testing.assert_frame_equal(rows, again)


def test_a_network_of_days_is_empty_where_days_do_not_allow_it() -> None:
    actors = pd.DataFrame({"actor_id": ["s", "a", "b"], "type": "state"})
    none = ties({}, period=[]).astype({"weight": float})
    found = networks.dated(none, actors, halves=(none, none), rng=np.random.default_rng(1), draws=9, rewirings=0)
    for rows in (found.ties, found.attention, found.ranks, found.moved, found.powers):
        assert rows.empty
    assert networks.chosen_found(found.attention).empty
    assert networks.first_found(found.ranks).empty
    assert networks.mobility_found(found.moved, "dependence").empty
    assert networks.networking_found(found.powers).empty
    one = ties({"a": 2, "b": 1}, period="2023-09-01")
    found = networks.dated(one, actors, halves=(one, one), rng=np.random.default_rng(1), draws=9, rewirings=0)
    assert found.ranks.empty
    assert len(found.attention) == 9  # three rows an actor


def test_who_is_first_is_sure_only_if_nobody_else_can_be() -> None:
    rows = pd.DataFrame({"entity": ["a", "b", "c"], "value": [1.0, 2.0, 3.0], "low": [1.0, 2.0, 2.0],
                         "high": [1.0, 3.0, 3.0], "measure": "x_rank", "interval": "confidence", "level": 0.95,
                         "unit": "rank", "n": 9.0})  # fmt: skip
    rows[["group", "period", "base", "source_id"]] = ""
    assert networks.first_found(rows)[["entity", "n", "case"]].to_numpy().tolist() == [["a", 1, "sure"]]
    rows.loc[2, "low"] = 1.0
    assert networks.first_found(rows)[["entity", "n", "case"]].to_numpy().tolist() == [["a", 2, "open"]]


def test_whom_all_attend_to_stands_out() -> None:
    many = [f"n{number}" for number in range(12)]
    edges = pd.DataFrame({"source": many, "target": "hub"})
    found = networks.chosen_found(networks.attention_received(networks.graph(edges))).iloc[0]
    assert (found["entity"], found["value"], found["beyond"], found["case"]) == ("hub", 12, 1, "beyond")
    assert found["p"] < 1e-10  # 13 x (1/12)^12, or what rounding leaves


def estimated(
    actors: dict[str, tuple[float, float, float, float]], correlation: float, p: float, lasting: float
) -> pd.DataFrame:
    """Of each actor the rank before and after, the change and its p; of the network three numbers."""
    names = ("rank_before", "rank_after", "rank_change", "rank_change_p")
    rows = [(actor, name, value) for actor, told in actors.items() for name, value in zip(names, told, strict=True)]
    rows += [("network", "rank_correlation", correlation), ("network", "rank_correlation_p", p)]
    frame = pd.DataFrame([*rows, ("network", "rank_persistence_p", lasting)], columns=["entity", "measure", "value"])
    blank = {"group": "", "period": "", "low": np.nan, "high": np.nan, "interval": "none", "level": np.nan,
             "unit": "rank", "base": "", "n": float(len(actors)), "source_id": "s"}  # fmt: skip
    return frame.assign(measure="strength_" + frame["measure"], **blank)


STAYED = {"a": (1.0, 1.0, 0.0, 1.0), "b": (2.0, 2.0, 0.0, np.nan)}
MOVED = {"a": (1.0, 4.0, -3.0, 0.05), "b": (5.0, 1.0, 4.0, 0.01), "c": (9.0, 2.0, 7.0, 0.051)}


@pytest.mark.parametrize(
    ("actors", "p", "lasting", "said"),
    [
        (MOVED, 0.123, 0.01, (0.12, 0.01, 3, 2, "b", 5, 1, "some")),
        (MOVED, 0.049, 0.01, (0.049, 0.01, 3, 2, "b", 5, 1, "moved")),
        (STAYED, 0.05, 0.01, (0.05, 0.01, 2, 0, "", np.nan, np.nan, "moved")),
        (STAYED, 0.051, 0.05, (0.051, 0.05, 2, 0, "", np.nan, np.nan, "lasted")),
        (STAYED, 0.051, 0.0512, (0.051, 0.051, 2, 0, "", np.nan, np.nan, "unsettled")),
    ],
)
def test_who_moved_furthest_and_whether_positions_lasted(
    actors: dict[str, tuple[float, float, float, float]], p: float, lasting: float, said: tuple[object, ...]
) -> None:
    [found] = networks.mobility_found(estimated(actors, 0.876, p, lasting), "strength").to_dict("records")
    columns = ("p", "persistence_p", "n", "movers", "entity", "before", "after", "case")
    assert [found[name] for name in columns] == pytest.approx(list(said), nan_ok=True)
    assert found["value"] == 0.88
    assert np.isnan([found["low"], found["high"]]).all()
    assert networks.mobility_found(estimated(actors, np.nan, p, lasting), "strength").empty


def test_what_nothing_having_changed_gives_to_actors_and_the_whole() -> None:
    first, last = np.array([1.0, 2.0]), np.array([2.0, 1.0])
    null = np.array([[0.0, 1.0]] * 99 + [[100.0, 1.0]])
    rows = {(row[0], row[1]): row[2:] for row in mobility._of_actors(pd.Index(["a", "b"]), first, last, null)}
    assert rows["a", "rank_change"][1] == -1
    # Mean 1 above the middle 95 per cent of 0; b never moves otherwise, by 1, as it has.
    assert rows["a", "rank_change_expected"][1:4] == (1, 0, 1)
    assert rows["b", "rank_change_expected"][1:4] == (1, 1, 1)
    assert np.isnan(rows["b", "rank_change_p"][1])
    assert rows["a", "rank_change_p"][4] == 1
    alike = np.array([0.5, 0.7, np.nan])
    whole = {row[1]: row[3:] for row in mobility._of_network(first, last, alike, np.array([-1.0, 1.0]))}
    assert whole["rank_correlation"] == pytest.approx((-1, np.nan, np.nan, 2), nan_ok=True)
    assert whole["rank_correlation_expected"][:3] == pytest.approx((0.6, 0.5, 0.7))
    assert whole["rank_correlation_p"][0] == pytest.approx(1 / 3)
    assert whole["rank_persistence_p"][0] == 1
    bare = [row[1] for row in mobility._of_network(first, last, np.array([np.nan]), np.array([1.0]))]
    assert bare == ["rank_correlation", "rank_correlation_p", "rank_persistence_p"]


def test_equals_share_the_better_rank_and_in_correlations_the_middle_one() -> None:
    assert mobility._ranks(np.array([3.0, 5, 3, 1])).tolist() == [2, 1, 2, 4]
    assert mobility._middle_ranks(np.array([3.0, 5, 3, 1])).tolist() == [2.5, 4, 2.5, 1]
    assert np.isnan(mobility._alike(np.array([1.0, 1]), np.array([1.0, 2])))
    assert np.isnan(mobility._alike(np.array([1.0, 2]), np.array([2.0, 2])))


def test_blocks_and_messages_are_dealt_in_their_numbers() -> None:
    first = ties({"a": 2, "b": 3}, period=["1", "1"])
    first = pd.concat([first, ties({"a": 4}, period="2"), ties({"b": 8}, period="3")])
    last = pd.concat([ties({"a": 16}, period="4"), ties({"b": 32}, period="5")])
    for before, after in mobility._blocks(first, last, np.random.default_rng(1), 20):
        both = pd.concat([before, after])
        assert both.groupby("target")["weight"].sum().to_dict() == {"a": 22, "b": 43}
        assert (both["weight"] > 0).all()
        # The days weigh 5, 4, 8, 16 and 32, so that each sum tells which are in it: three of the five.
        total = before["weight"].sum()
        assert total in {sum(days) for days in itertools.combinations((5, 4, 8, 16, 32), 3)}
    for before, after in mobility._messages(first, last, np.random.default_rng(1), 5):
        assert (before["weight"].sum(), after["weight"].sum()) == (17, 48)
