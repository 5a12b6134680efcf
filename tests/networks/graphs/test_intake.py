import pandas as pd
import pytest

from digital_diplomacy import networks
from digital_diplomacy.errors import TableError
from digital_diplomacy.labels import refusals
from digital_diplomacy.networks.graphs.intake import MAX_REPORTED, aggregate, distinct_pairs, project, take_in, two_mode

ACTORS = pd.DataFrame(
    {
        "actor_id": ["kz", "uz", "tw", "fb", "alone"],
        "type": ["ministry", "ministry", "platform", "platform", ""],
        "country": ["KAZ", "UZB", "USA", "USA", ""],
    }
)


def edges(*rows: tuple[str, str, float], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["source", "target", "weight"])
    return frame.assign(**({"relation": "uses"} | more))


def test_ties_come_sorted_and_actors_without_ties_stay() -> None:
    ties, actors = take_in(edges(("uz", "tw", 2), ("kz", "tw", 1)), ACTORS)
    assert ties["source"].tolist() == ["kz", "uz"]
    assert actors.set_index("actor_id")["type"].to_dict() == {
        "alone": "actor", "fb": "platform", "kz": "ministry", "tw": "platform", "uz": "ministry",
    }  # fmt: skip


def test_reverse_turns_influence_into_attention() -> None:
    ties, _ = take_in(edges(("tw", "kz", 3)), ACTORS, reverse=True)
    assert ties[["source", "target", "weight"]].to_numpy().tolist() == [["kz", "tw", 3.0]]


def test_an_undirected_tie_counts_in_both_directions() -> None:
    ties, _ = take_in(edges(("kz", "uz", 3)), ACTORS, directed=False)
    assert ties[["source", "target", "weight"]].to_numpy().tolist() == [["kz", "uz", 3.0], ["uz", "kz", 3.0]]


def test_rows_at_fault_are_told_in_the_language_of_the_reader() -> None:
    rows = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "b", "c"], "relation": "tie", "weight": 1.0})
    with pytest.raises(TableError, match="edges: rows 2, 3 ties an actor to itself") as refused:
        take_in(rows, pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state"}))
    assert refusals.told(refused.value, "ru").startswith("связи: строки 2, 3 — связь актора с самим собой (b, c)")
    assert refusals.told(refused.value, "kk").startswith("байланыстар: 2, 3-жолдар — ")


def test_an_undirected_tie_stated_from_both_ends_is_refused_or_summed() -> None:
    both = edges(("kz", "uz", 3), ("uz", "kz", 1))
    with pytest.raises(TableError, match=r"rows 1, 2 state one tie several times, counting an undirected"):
        take_in(both, ACTORS, directed=False)
    assert take_in(both, ACTORS, directed=False, duplicates="sum")[0]["weight"].tolist() == [4.0, 4.0]


def test_duplicates_name_their_rows_or_are_summed() -> None:
    twice = edges(("kz", "tw", 1), ("uz", "tw", 1), ("kz", "tw", 2))
    with pytest.raises(TableError, match=r"rows 1, 3 state one tie several times \(kz/tw/uses\)"):
        take_in(twice, ACTORS)
    assert take_in(twice, ACTORS, duplicates="sum")[0]["weight"].tolist() == [3.0, 1.0]


def test_one_period_is_chosen_and_an_empty_one_refused() -> None:
    years = edges(("kz", "tw", 1), ("kz", "tw", 2), period=[2020, 2021])
    assert take_in(years, ACTORS, period="2021")[0]["weight"].tolist() == [2.0]
    with pytest.raises(ValueError, match=r"no tie of period '2019'; there are 2020, 2021"):
        take_in(years, ACTORS, period="2019")
    with pytest.raises(ValueError, match=r"no column 'period'"):
        take_in(edges(("kz", "tw", 1)), ACTORS, period="2019")


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        (float("nan"), r"row 2 has no finite weight"),
        (float("inf"), r"row 2 has no finite weight"),
        (-1.0, r"row 2 has a negative weight"),
        (0.0, r"row 2 has weight 0"),
    ],
)
def test_weights_that_are_no_attention_are_refused(weight: float, message: str) -> None:
    with pytest.raises(TableError, match=message):
        take_in(edges(("kz", "tw", 1), ("uz", "tw", weight)), ACTORS)


def test_loops_are_refused_or_dropped() -> None:
    own = edges(("kz", "tw", 1), ("kz", "kz", 1))
    with pytest.raises(TableError, match=r"row 2 ties an actor to itself \(kz\)"):
        take_in(own, ACTORS)
    assert len(take_in(own, ACTORS, loops="drop")[0]) == 1


def test_ends_without_an_actor_are_refused_or_added() -> None:
    dangling = edges(("kz", "vk", 1))
    with pytest.raises(TableError, match=r"no row for vk"):
        take_in(dangling, ACTORS)
    assert take_in(dangling, ACTORS, dangling="add")[1].set_index("actor_id").at["vk", "type"] == "actor"
    assert take_in(dangling, ACTORS.iloc[:0])[1]["actor_id"].tolist() == ["kz", "vk"]


def test_an_actor_listed_twice_is_refused() -> None:
    with pytest.raises(TableError, match=r"kz listed more than once"):
        take_in(edges(("kz", "tw", 1)), pd.concat([ACTORS, ACTORS.head(1)]))


def test_no_ties_are_refused() -> None:
    with pytest.raises(TableError, match="no rows"):
        take_in(edges(), ACTORS)


def test_a_two_mode_network_joins_two_kinds() -> None:
    ties, _ = take_in(edges(("kz", "tw", 1), ("kz", "uz", 1)), ACTORS)
    assert two_mode(ties, ACTORS, senders="ministry", receivers="platform")["target"].tolist() == ["tw"]
    with pytest.raises(ValueError, match="on both sides"):
        two_mode(ties, ACTORS, senders="ministry", receivers=["ministry", "platform"])
    with pytest.raises(ValueError, match="no tie from platform"):
        two_mode(ties, ACTORS, senders="platform", receivers="ministry")


def test_a_projection_weighs_what_is_shared() -> None:
    # kz and uz share tw and fb; ru shares tw only. Newman: tw is shared by 3, 1/(3-1); fb by 2, 1/(2-1).
    uses = edges(("kz", "tw", 1), ("kz", "fb", 1), ("uz", "tw", 1), ("uz", "fb", 1), ("ru", "tw", 1))
    counted = project(uses).set_index(["source", "target"])["weight"]
    assert counted.to_dict() == {
        ("kz", "ru"): 1, ("kz", "uz"): 2, ("ru", "kz"): 1, ("ru", "uz"): 1, ("uz", "kz"): 2, ("uz", "ru"): 1,
    }  # fmt: skip
    newman = project(uses, weight="newman").set_index(["source", "target"])["weight"]
    assert newman["kz", "uz"] == pytest.approx(1.5)
    assert newman["kz", "ru"] == pytest.approx(0.5)
    assert project(uses, onto="target").set_index(["source", "target"])["weight"]["fb", "tw"] == 2


def test_a_projection_needs_two_modes_of_one_relation() -> None:
    with pytest.raises(ValueError, match="b both send and receive"):
        project(edges(("a", "b", 1), ("b", "c", 1)))
    with pytest.raises(ValueError, match="one relation"):
        project(edges(("a", "b", 1), ("a", "c", 1), relation=["x", "y"]))


def test_a_projection_becomes_distinct_pairs_the_strongest_first() -> None:
    uses = edges(("kz", "tw", 1), ("kz", "fb", 1), ("uz", "tw", 1), ("uz", "fb", 1), ("ru", "tw", 1))
    found = distinct_pairs(project(uses), measure="shared")[["left", "right", "value"]].to_numpy().tolist()
    assert found == [["kz", "uz", 2.0], ["kz", "ru", 1.0], ["ru", "uz", 1.0]]
    with pytest.raises(ValueError, match="kz -> fb has no equal tie"):
        distinct_pairs(uses, measure="shared")


def test_aggregation_sums_between_groups_and_leaves_out_ties_within() -> None:
    ties = edges(("kz", "tw", 1), ("kz", "fb", 2), ("tw", "fb", 5), ("uz", "alone", 4))
    found = aggregate(ties, ACTORS)[["source", "target", "weight"]].to_numpy().tolist()
    assert found == [["KAZ", "USA", 3.0], ["UZB", "alone", 4.0]]
    with pytest.raises(ValueError, match="no column 'region'"):
        aggregate(ties, ACTORS, by="region")


def test_the_ties_taken_in_feed_the_measures() -> None:
    ties, actors = take_in(edges(("kz", "tw", 1), ("uz", "tw", 1)), ACTORS)
    found = networks.dependence(ties, nodes=actors["actor_id"]).set_index("entity")["value"]
    assert (found["tw"], found["alone"]) == (2.0, 0.0)


MANY = [f"n{number:02d}" for number in range(MAX_REPORTED + 1)]
FIRST = ", ".join(MANY[:MAX_REPORTED])


@pytest.mark.parametrize(
    ("rows", "listed", "said"),
    [
        ([(name, name, 1) for name in MANY], MANY, rf"ties an actor to itself \({FIRST}\); leave"),
        ([("kz", name, 1) for name in MANY], ["kz"], f"actors: no row for {FIRST}, which edges name"),
        ([("n00", "n01", 1)], MANY * 2, f"actors: {FIRST} listed more than once"),
    ],
    ids=["loops", "dangling", "twice"],
)
def test_so_many_of_those_that_are_wrong_are_named_and_no_more(
    rows: list[tuple[str, str, float]], listed: list[str], said: str
) -> None:
    with pytest.raises(TableError, match=said):
        take_in(edges(*rows), pd.DataFrame({"actor_id": listed, "type": "state"}))


def test_so_many_actors_that_both_send_and_receive_are_named() -> None:
    ring = edges(*((one, other, 1) for one, other in zip(MANY, MANY[1:] + MANY[:1], strict=True)))
    with pytest.raises(ValueError, match=f"{FIRST} both send and receive"):
        project(ring)


def test_actors_without_a_type_are_called_actors_and_those_added_by_their_names() -> None:
    listed = pd.DataFrame({"actor_id": ["tw", "kz"], "type": [None, ""], "label": ["Twitter", "Kazakhstan"]})
    _, actors = take_in(edges(("kz", "vk", 1), ("tw", "ok", 1)), listed, dangling="add")
    assert actors.index.tolist() == [0, 1, 2, 3]
    assert actors.to_dict("list") == {
        "actor_id": ["kz", "ok", "tw", "vk"],
        "type": ["actor"] * 4,
        "label": ["Kazakhstan", "ok", "Twitter", "vk"],
    }
    _, bare = take_in(edges(("kz", "vk", 1), ("tw", "ok", 1)), listed.drop(columns="label"), dangling="add")
    assert list(bare.columns) == ["actor_id", "type"]


def test_groups_are_summed_by_relation_and_who_has_none_stands_for_itself() -> None:
    ties = pd.concat([edges(("uz", "tw", 1), ("kz", "tw", 1)), edges(("kz", "fb", 7), relation="cites")])
    listed = ACTORS[ACTORS["actor_id"] != "uz"].assign(country=["KAZ", None, "USA", ""])
    found = aggregate(ties, listed)[["source", "target", "relation", "weight"]].to_numpy().tolist()
    assert found == [["KAZ", "USA", "cites", 7], ["KAZ", "tw", "uses", 1], ["uz", "tw", "uses", 1]]


def test_pairs_of_one_strength_stand_by_name_and_must_be_as_strong_both_ways() -> None:
    both = [("c", "a", 1), ("b", "d", 1), ("b", "c", 2), ("a", "b", 1)]
    ties = edges(*both, *((target, source, weight) for source, target, weight in both))
    found = distinct_pairs(ties, measure="shared", source_id="s")
    assert found[["left", "right", "value"]].to_numpy().tolist() == [
        ["b", "c", 2], ["a", "b", 1], ["a", "c", 1], ["b", "d", 1]]  # fmt: skip
    assert set(found["source_id"]) == {"s"}
    with pytest.raises(ValueError, match="a -> b has no equal tie"):
        distinct_pairs(ties.assign(weight=ties["weight"] + (ties["source"] == "b") * 0.001), measure="shared")
