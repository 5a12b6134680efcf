"""The connected part in which powers are measured, and the system of a country."""

import pandas as pd

from digital_diplomacy.networks.graphs.components import equal_parts, largest_component, system_of, within


def ties(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([pair.split("-") for pair in pairs], columns=["source", "target"])


def test_of_equal_parts_the_first_by_name_counts_and_direction_does_not() -> None:
    assert largest_component(ties("d-c", "b-a")) == ["a", "b"]
    assert largest_component(ties("d-c", "e-c", "b-a")) == ["c", "d", "e"]
    assert largest_component(ties(), nodes=["z", "y"]) == ["y"]
    assert largest_component(ties()) == []


def test_a_system_is_what_hangs_together_round_a_country() -> None:
    # m, p and q are of KAZ. m-p, p-x hang together; q-w is a piece of its own; x-y and y-z have no end there.
    actors = pd.DataFrame({"actor_id": list("mpqxyzw"), "country": ["KAZ"] * 3 + ["", "GBR", "GBR", ""]})
    found = system_of(ties("m-p", "p-x", "x-y", "y-z", "q-w"), actors, "KAZ")
    assert found.to_numpy().tolist() == [["m", "p"], ["p", "x"]]
    assert system_of(ties("m-p"), actors, "JPN").empty


def test_ties_within_need_both_ends() -> None:
    assert within(ties("a-b", "b-c"), ["a", "b"]).to_numpy().tolist() == [["a", "b"]]


def test_parts_as_large_as_the_largest_are_counted() -> None:
    assert equal_parts(ties("a-b", "c-d", "e-f")) == 3
    assert equal_parts(ties("a-b", "c-d", "e-f", "a-c")) == 1
    assert equal_parts(ties("a-b", "b-c", "d-e", "e-f", "x-y")) == 2
    assert equal_parts(ties()) == 0


def test_a_system_holds_ties_from_and_to_a_country_that_hang_together() -> None:
    actors = pd.DataFrame({"actor_id": list("abcx"), "country": ["KAZ", "KAZ", "", "UZB"]})
    said = pd.DataFrame([("x", "a"), ("a", "c"), ("c", "x"), ("b", "y"), ("c", "a")], columns=["source", "target"])
    found = system_of(said, actors, "KAZ")
    assert found.to_numpy().tolist() == [["x", "a"], ["a", "c"], ["c", "a"]]  # c and x are tied outside it
    assert system_of(said, actors, "JPN").empty
