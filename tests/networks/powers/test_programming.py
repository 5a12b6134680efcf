"""Who sets goals: counted by hand, against setters drawn at random, and as the documents state it."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.powers.programming import goals_stated, programming_power

TYPES = pd.Series({"head": "state", "body": "state", "plan": "programme", "idea": "concept", "expert": "scholar"})


def goals(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([pair.split("-") for pair in pairs], columns=["source", "target"])


def measured(ties: pd.DataFrame, *, draws: int = 9, types: "pd.Series[str]" = TYPES) -> pd.DataFrame:
    return programming_power(ties, types, rng=np.random.default_rng(2), draws=draws)


def values(rows: pd.DataFrame, measure: str) -> dict[str, float]:
    found = rows[rows["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


def test_goals_are_counted_once_a_pair_and_within_the_network() -> None:
    rows = measured(goals("plan-head", "plan-head", "idea-head", "body-head", "plan-stranger"))
    assert values(rows, "goals_set") == {"body": 0, "expert": 0, "head": 3, "idea": 0, "plan": 0}
    assert rows.loc[rows["measure"] == "goals_set", "n"].unique().tolist() == [3]


def test_chance_draws_setters_from_the_types_that_set_goals() -> None:
    # plan and idea have goals, set by head. Candidates are head and body: both goals fall to one of the two in half of
    # the draws, and so p = 1/2 for the two together, though it is 1/4 for head alone.
    rows = measured(goals("plan-head", "idea-head"), draws=4000)
    assert values(rows, "programmer_p")["head"] == pytest.approx(1 / 2, abs=0.03)
    assert values(rows, "programmer_p")["body"] == 1
    assert np.isnan(values(rows, "programmer_p")["expert"])
    assert rows.loc[rows["measure"] == "programmer_p", "n"].unique().tolist() == [2]


def test_nobody_sets_its_own_goals_by_chance() -> None:
    # Candidates head and body; body's goal can only fall to head: head has at least one in every draw.
    rows = measured(goals("body-head"), draws=50)
    assert values(rows, "programmer_p")["head"] == 1


def test_a_single_candidate_is_no_test() -> None:
    alone = TYPES.drop("body")
    rows = measured(goals("plan-head", "idea-head"), types=alone)
    assert values(rows, "goals_set")["head"] == 2
    assert rows.loc[rows["measure"] == "programmer_p", "value"].isna().all()


def test_two_appointments_among_many_actors_make_no_programmer() -> None:
    # Two of three goals set by one of 30 candidates: for that one alone 3 (1/30)^2 (29/30) + (1/30)^3 = 0.003, but any
    # candidate has two or more with 1 - (29/30)(28/30) = 0.098.
    many = pd.concat([TYPES, pd.Series({f"s{number:02}": "state" for number in range(28)})])
    few = measured(goals("plan-head", "idea-head", "expert-body"), draws=4000, types=many)
    assert values(few, "programmer_p")["head"] == pytest.approx(0.098, abs=0.02)


def test_without_goals_there_are_no_rows_and_draws_are_needed() -> None:
    assert measured(goals("plan-stranger")).empty
    with pytest.raises(ValueError, match="draws is 0"):
        measured(goals("plan-head"), draws=0)


def test_statements_are_counted_by_document_with_their_documents() -> None:
    rows = [
        ("plan", "head", "proposed_by", "001"),
        ("plan", "head", "proposed_by", "001"),  # said twice in one document
        ("plan", "head", "proposed_by", "000"),
        ("body", "head", "instructed_by", "003"),
        ("idea", "expert", "proposed_by", "001"),
        ("plan", "body", "run_by", "001"),  # running is no goal
    ]
    statements = pd.DataFrame(rows, columns=["source", "target", "relation", "document"])
    assert goals_stated(statements).to_numpy().tolist() == [
        ["head", 3, 4, "000 001 003"],
        ["expert", 1, 4, "001"],
    ]
    assert goals_stated(statements, actors=["plan", "head"]).to_numpy().tolist() == [["head", 2, 2, "000 001"]]
    assert goals_stated(statements.head(0)).empty
