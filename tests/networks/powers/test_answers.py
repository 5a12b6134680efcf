"""What is attention and what is not, which ties can be returned, and what the notebooks answer for any country."""

import pandas as pd

from digital_diplomacy import figures
from digital_diplomacy.networks.powers.answers import (
    ATTENTION,
    bodies_answering,
    citations_answer,
    networks_answer,
    reliance,
)

ACTORS = pd.DataFrame(
    [
        ("people", "citizens", "KAZ"),
        ("ministry", "state", "KAZ"),
        ("office", "state", "KAZ"),
        ("agency", "state", "KAZ"),
        ("city", "state", "KAZ"),
        ("KAZ", "state", "KAZ"),
        ("app", "programme", "KAZ"),
        ("store", "platform", ""),
        ("network", "platform", ""),
        ("abroad", "state", "GBR"),
        *((f"document_00{number}", "document", "") for number in range(3)),
        *((f"s{number}", "scholar", "KAZ" if number == 0 else "") for number in range(5)),
    ],
    columns=["actor_id", "type", "country"],
)
# 80 in both readings, 6 and 4 in one of them: found are 90; the table holds more, written out.
READING = {
    "ties_both": 80.0,
    "ties_only_first": 6.0,
    "ties_only_second": 4.0,
    "ties_settled": 97.0,
    "ties_estimated": 100.0,
}
AGREEMENT = pd.DataFrame({"measure": list(READING), "value": list(READING.values())})


def statements(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["source", "target", "relation", "document"])
    blank = dict.fromkeys(("platform", "period", "measure", "unit", "base"), "")
    return frame.assign(relation_id=[f"r{number}" for number in range(len(frame))], weight=float("nan"), **blank)


SAID = statements(
    ("people", "ministry", "addresses", "000"),
    ("people", "office", "addresses", "001"),
    ("people", "agency", "addresses", "001"),
    ("people", "abroad", "addresses", "001"),
    ("ministry", "people", "responds_to", "000"),
    ("abroad", "people", "responds_to", "001"),
    ("city", "people", "responds_to", "001"),  # answers without being asked
    ("city", "KAZ", "belongs_to", "000"),
    ("app", "ministry", "run_by", "000"),
    ("app", "store", "uses", "000"),
    ("people", "network", "uses", "000"),
)


def test_only_bodies_that_citizens_address_can_answer() -> None:
    # Of the three bodies of KAZ that people address one answers; what is run or belongs cannot be returned.
    assert bodies_answering(SAID, ACTORS, "KAZ").to_numpy().tolist() == [["KAZ", 1, 3]]
    assert bodies_answering(SAID, ACTORS, "GBR").to_numpy().tolist() == [["GBR", 1, 1]]
    assert bodies_answering(SAID, ACTORS, "JPN").empty


def test_belonging_and_running_are_no_attention() -> None:
    # Most attention of KAZ's actors: people, to whom three turn; that the city belongs to KAZ counts nothing.
    found = networks_answer(SAID, ACTORS, "KAZ", AGREEMENT)["sentence.answer_networks_attention"]
    assert found[["entity", "value"]].to_numpy().tolist() == [["people", 3]]
    assert not {"belongs_to", "run_by", "regulated_by", "owned_by", "uses", "builds_on", "restricted_by"} & set(
        ATTENTION
    )


def test_of_many_equals_none_is_named() -> None:
    three = statements(*(("people", body, "addresses", "000") for body in ("ministry", "office", "agency")))
    found = networks_answer(three, ACTORS, "KAZ", AGREEMENT)
    assert found["sentence.answer_networks_attention"].empty
    assert found["sentence.answer_networks_equals"].to_dict("records") == [{"n": 3, "value": 1}]


def test_a_store_that_offers_an_application_is_no_means_that_people_rely_on() -> None:
    assert reliance(SAID, ACTORS)[["source", "target"]].to_numpy().tolist() == [["people", "network"]]


def test_a_country_nobody_names_has_no_answer() -> None:
    assert all(rows.empty for rows in networks_answer(SAID, ACTORS, "JPN", AGREEMENT).values())


CITED = statements(
    *(("document_000", f"s{number}", "cites", "000") for number in range(3)),
    *(("document_001", f"s{number}", "cites", "001") for number in (1, 2, 3)),
    ("document_002", "s4", "cites", "002"),
)


def test_shared_sources_and_the_strongest_bond_by_hand() -> None:
    # s1 and s2 are cited by 000 and 001, of five sources; s0 is of KAZ.
    found = citations_answer(CITED, ACTORS, "KAZ")
    assert found["sentence.answer_citations_shared"].to_dict("records") == [{"value": 2, "n": 5, "least": 2}]
    assert found["sentence.answer_citations_pair"].to_numpy().tolist() == [["document_000", "document_001", 2]]
    assert found["sentence.answer_citations_country"].to_dict("records") == [{"country": "KAZ", "value": 1, "n": 5}]


def test_a_country_of_which_nobody_is_cited_is_told_without_a_zero() -> None:
    own = citations_answer(CITED, ACTORS, "JPN")["sentence.answer_citations_country"]
    assert figures.fill_sentences(own, "sentence.answer_citations_country") == [
        "None of the 5 cited authors and bodies is of the country itself (Japan)."
    ]


def test_no_shared_source_makes_no_pair() -> None:
    found = citations_answer(CITED.query("source != 'document_001'"), ACTORS, "KAZ")
    assert found["sentence.answer_citations_pair"].empty
    assert found["sentence.answer_citations_shared"]["value"].tolist() == [0]


def test_the_only_actor_of_a_country_is_not_compared_with_others_there() -> None:
    said = statements(("people", "abroad", "addresses", "000"), ("office", "abroad", "addresses", "001"))
    found = networks_answer(said, ACTORS, "GBR", AGREEMENT)
    # Two turn to it; one is left without either document.
    assert found["sentence.answer_networks_alone"].to_numpy().tolist() == [["abroad", 2, 1, 2]]
    assert found["sentence.answer_networks_attention"].empty


def test_what_others_than_citizens_ask_is_not_asked_by_citizens() -> None:
    more = statements(("app", "city", "addresses", "000"), ("city", "app", "responds_to", "000"))
    assert bodies_answering(pd.concat([SAID, more]), ACTORS, "KAZ").to_numpy().tolist() == [["KAZ", 1, 3]]


def test_two_equals_are_both_named() -> None:
    two = statements(("people", "ministry", "addresses", "000"), ("people", "office", "addresses", "001"))
    found = networks_answer(two, ACTORS, "KAZ", AGREEMENT)
    assert found["sentence.answer_networks_attention"]["entity"].tolist() == ["ministry", "office"]
    assert found["sentence.answer_networks_equals"].empty
    assert found["sentence.answer_networks_alone"].empty
    assert found["sentence.answer_networks_reading"].to_dict("records") == [
        {"value": 90, "total": 100, "settled": 97, "n": 2}
    ]


def test_only_the_strongest_bond_is_told() -> None:
    more = statements(("document_002", "s3", "cites", "002"))  # one source in common with 001, and two have 000 and 001
    found = citations_answer(pd.concat([CITED, more]), ACTORS, "KAZ")["sentence.answer_citations_pair"]
    assert found.to_numpy().tolist() == [["document_000", "document_001", 2]]
    shared = citations_answer(pd.concat([CITED, more]), ACTORS, "KAZ", least=3)["sentence.answer_citations_shared"]
    assert shared.to_dict("records") == [{"value": 0, "n": 5, "least": 3}]
