"""What citizens say to whom, what is said back, and how many of a state's bodies answer."""

import pandas as pd
import pytest

from digital_diplomacy.networks.powers.exchange import both_ways, exchange_found, exchanges, pairs_found

ACTORS = pd.DataFrame(
    [
        ("people", "citizens", "KAZ"),
        ("abroad", "citizens", "GBR"),
        ("ministry", "state", "KAZ"),
        ("office", "state", "KAZ"),
        ("party", "organisation", "KAZ"),
        ("app", "programme", "KAZ"),
    ],
    columns=["actor_id", "type", "country"],
)


def statements(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["source", "target", "relation", "platform"])
    return made.assign(relation_id=[f"r{number}" for number in range(len(made))], period=None, document="001")


SAID = statements(
    ("people", "ministry", "addresses", "app"),
    ("people", "ministry", "addresses", "app"),
    ("ministry", "people", "responds_to", None),
    ("people", "office", "addresses", None),
    ("office", "people", "addresses", None),
    ("party", "people", "addresses", None),
    ("ministry", "office", "addresses", None),
    ("abroad", "ministry", "addresses", None),
    ("ministry", "office", "run_by", None),
)


def test_ways_are_told_from_the_side_of_the_citizens_of_the_country() -> None:
    found = exchanges(SAID, ACTORS, "KAZ").set_index("relation_id")["way"].to_dict()
    # r6 has no citizens, r7 only those of another country, r8 is no dialogue.
    assert found == {"r0": "asks", "r1": "asks", "r2": "answers", "r3": "asks", "r4": "tells", "r5": "tells"}


def test_bodies_of_states_that_most_turn_to_come_first_and_no_channel_last() -> None:
    found = exchanges(SAID.sample(frac=1, random_state=3), ACTORS, "KAZ")
    assert list(dict.fromkeys(found["partner"])) == ["ministry", "office", "party"]
    assert list(dict.fromkeys(found.loc[found["partner"] == "ministry", "channel"])) == ["app", ""]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        # Two bodies are asked in three statements; the ministry answers once.
        ([0, 1, 2, 3, 4, 5], ("some", 2, 1, 3, 1)),
        ([0, 1, 2], ("all", 1, 1, 2, 1)),
        ([3, 4], ("nobody", 1, 0, 1, 0)),
    ],
)
def test_bodies_that_answer_are_counted_among_those_asked(kept: list[int], expected: tuple[object, ...]) -> None:
    rows = exchanges(SAID.iloc[kept], ACTORS, "KAZ")
    found = exchange_found(rows, ACTORS, "KAZ").iloc[0]
    assert tuple(found[["case", "n", "value", "statements", "answers"]]) == expected


def test_nothing_is_found_where_nobody_is_asked() -> None:
    assert exchanges(SAID, ACTORS, "UZB").empty
    assert exchange_found(exchanges(SAID, ACTORS, "UZB"), ACTORS, "UZB").empty
    assert exchange_found(exchanges(SAID.iloc[[4, 5]], ACTORS, "KAZ"), ACTORS, "KAZ").empty


def test_pairs_that_speak_both_ways_are_counted_once() -> None:
    said = pd.DataFrame(
        [("a", "b", "addresses"), ("b", "a", "responds_to"), ("a", "b", "responds_to"), ("c", "a", "addresses")],
        columns=["source", "target", "relation"],
    )
    told = [("some", 1, 2), ("all", 1, 1), ("nobody", 0, 1)]
    for rows, (case, value, n) in zip((said, said.head(3), said.tail(1)), told, strict=True):
        found = pairs_found(rows, "KAZ").iloc[0]
        assert (found["case"], found["value"], found["n"]) == (case, value, n)
    assert pairs_found(said.assign(relation="run_by"), "KAZ").empty


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            [("b", "a", "addresses"), ("a", "b", "responds_to"), ("c", "a", "addresses")], ["a", "b"], id="pair"
        ),
        pytest.param([("a", "b", "addresses"), ("b", "c", "addresses"), ("c", "a", "addresses")], [], id="round"),
        pytest.param([("a", "a", "addresses")], [], id="itself"),
        pytest.param([("a", "b", "run_by"), ("b", "a", "run_by")], [], id="no words"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_who_speaks_and_is_spoken_to(said: list[tuple[str, str, str]], expected: list[str]) -> None:
    assert both_ways(pd.DataFrame(said, columns=["source", "target", "relation"])) == expected


def test_partners_stand_by_what_is_asked_then_by_all_that_is_said_and_channels_by_their_number() -> None:
    bodies = [(name, "state", "KAZ") for name in ("x", "y", "z")]
    actors = pd.concat([ACTORS, pd.DataFrame(bodies, columns=ACTORS.columns)])
    said = statements(
        ("people", "z", "addresses", "b"),
        *([("y", "people", "addresses", None)] * 3),  # told thrice, asked once
        ("people", "y", "addresses", None),
        ("people", "x", "addresses", "a"),
        ("x", "people", "responds_to", "b"),
        ("people", "x", "addresses", "b"),
        *([("people", "party", "addresses", None)] * 4),  # asked most, but not of a state
    )
    found = exchanges(said, actors, "KAZ")
    assert found.index.tolist() == list(range(len(found)))
    # x is asked twice; y and z once, y with more statements; within x the channel of two, where answers come first.
    assert list(dict.fromkeys(found["partner"])) == ["x", "y", "z", "party"]
    assert " ".join(found["relation_id"]) == "r6 r7 r5 r4 r1 r2 r3 r0 r10 r11 r8 r9"
