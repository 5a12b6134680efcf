"""What the documents date and list: rows agree with each other, with other tables and with the labels."""

import re
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import claims, labels, sources
from digital_diplomacy.figures.parts import wording

REPOSITORY = Path(__file__).parents[2]
MOST_WORDS = 11  # a run of twelve would be a quotation


def table(name: str) -> pd.DataFrame:
    return sources.load(name, root=REPOSITORY)


@pytest.mark.parametrize("name", ["events", "ideas", "stances", "affiliations"])
def test_no_printed_string_is_long_enough_to_be_a_quotation(name: str) -> None:
    printed = table(name)["as_printed"].dropna()
    assert [text for text in printed if len(re.findall(r"\w+", text)) > MOST_WORDS] == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_code_a_reader_meets_has_a_name(lang: str) -> None:
    events, ideas, crosswalk, stances = (table(name) for name in ("events", "ideas", "crosswalk", "stances"))
    codes = {
        *("event." + events["event"]),
        *("event_kind." + events["event_kind"]),
        *("dated_in." + events["dated_in"]),
    }
    codes |= {*("item." + ideas["item_id"]), *("list." + ideas["list_id"]), *("item_kind." + ideas["item_kind"])}
    codes |= {code for code in crosswalk["right"] if "." in code}
    codes |= {
        *("entity." + stances["holder"]),
        *("proposition." + stances["proposition"]),
    }
    codes |= {*("body." + table("affiliations")["body"]), *("column." + table("affiliations")["role"])}
    assert all(wording.coded(code, lang) for code in codes)


def test_no_name_of_an_item_or_event_is_left_over() -> None:
    events, ideas = table("events"), table("ideas")
    assert set(labels.codes("event.")) <= set("event." + events["event"])
    assert set(labels.codes("item.")) == set("item." + ideas["item_id"])
    assert set(labels.codes("list.")) == set("list." + ideas["list_id"])


def test_dates_that_are_figures_too_agree_with_the_claims() -> None:
    figures = table("claims").set_index("claim_id")
    for row in table("events").dropna(subset=["claims"]).to_dict("records"):
        found = figures.loc[row["claims"].split()]
        years = {part for value in found["value_date"] for part in value.split("/")}
        assert set(found["document"]) == {row["document"]}
        assert {part[:4] for part in row["period"].split("/")} == {part[:4] for part in years}, row["event_id"]
        assert any(text in row["as_printed"] or row["as_printed"] in text for text in found["as_printed"]), row[
            "event_id"
        ]


def test_every_year_printed_stands_in_the_period() -> None:
    for row in table("events").to_dict("records"):
        years = set(re.findall(r"\b(?:1[89]|20)\d{2}\b", row["as_printed"]))
        assert years <= set(re.findall(r"\d{4}", row["period"])) or row["period"] == "2000", row["event_id"]


def test_an_event_has_one_kind_and_one_country() -> None:
    counts = table("events").groupby("event")[["event_kind", "entity"]].nunique()
    assert counts.max().max() == 1


def test_positions_of_a_list_run_from_one() -> None:
    for _, items in table("ideas").groupby("list_id"):
        assert sorted(items["position"]) == list(range(1, len(items) + 1))
        assert len(set(items["item_kind"])) == 1


def test_lists_whose_length_a_document_counts_have_that_length() -> None:
    counted = table("claims").set_index("measure")["value"]
    lengths = table("ideas").groupby("list_id").size()
    measures = {
        "goals": "digital_diplomacy_goals",
        "opportunities": "digital_diplomacy_opportunities",
        "drawbacks": "digital_diplomacy_drawbacks",
        "success_factors": "ministry_digitalization_success_factors",
        "content_types": "post_types",
        "directions": "programme_directions",
        "processes": "processes_forming_network_society",
        "ladder": "online_participation_stages",
        "conditions": "smart_city_conditions",
        "participation_limits": "limits_of_online_participation",
        "passivity_answers": "counterarguments_to_passivity_view",
        "postulates": "postulates_for_civil_servants",
        "steps": "recommended_measures",
    }
    assert {code: int(lengths[code]) for code in measures} == {
        code: int(counted[name]) for code, name in measures.items()
    }


def test_directions_are_those_of_the_programme_table() -> None:
    ideas, targets = table("ideas"), table("programme_targets").query("type == 'direction'")
    own = ideas.query("list_id == 'directions'").set_index("item_id")["as_printed"].sort_index()
    assert own.to_dict() == targets.set_index("measure")["as_printed"].sort_index().to_dict()


def test_a_pair_is_stated_by_a_document_or_has_a_reason_of_its_own() -> None:
    pairs = table("crosswalk")
    stated = pairs["basis"] == "document"
    assert pairs.loc[stated, ["document", "locator"]].notna().all().all()
    assert pairs.loc[~stated, ["document", "locator"]].isna().all().all()
    assert pairs.loc[~stated, "note"].notna().all()
    items, listed = set(table("ideas")["item_id"]), [code for code in pairs["right"] if "." not in code]
    assert set(listed) <= items


def test_the_table_of_document_002_repeats_an_entry_and_nothing_else_does() -> None:
    # Five rows; the right column holds six entries, "Public Services" in the third and in the fourth row.
    found = claims.repeated(table("ideas"))
    assert found.to_numpy().tolist() == [["components", "002", 6, 5, "Public Services"]]


def test_events_of_the_documents_are_ordered_as_worked_by_hand() -> None:
    events = table("events")
    protests, sites = (claims.dated(events, kinds=[kind]) for kind in ("protest", "platform"))
    matrix = claims.order(protests, sites).pivot_table(index="row", columns="column", values="cell", aggfunc="first")
    # Four networks of 2002 to 2004: open for the protests of 2003 and 2004. Twitter of 2006: after 2003, 2004 and 2005.
    assert (matrix["event.classmates"] == "before").all()
    assert matrix.index[matrix["event.facebook"] == "undecided"].tolist() == [
        "event.orange_revolution",
        "event.rose_revolution",
    ]
    assert matrix.index[matrix["event.twitter_first_message"] == "after"].tolist() == [
        "event.orange_revolution", "event.rose_revolution", "event.tulip_revolution_2005",
    ]  # fmt: skip


def test_documents_have_whole_titles_and_identifiers_where_they_are_known() -> None:
    documents = table("documents").set_index("document")
    assert not documents["title"].str.contains("…").any()
    assert documents.loc["001", ["volume", "issue", "doi"]].tolist() == ["98", "2", "10.52536/KS/vol_98_issue_2_A2"]
    assert documents["address"].dropna().str.startswith("http").all()


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_actor_has_a_name(lang: str) -> None:
    assert all(labels.entity(actor, lang) for actor in table("actors")["actor_id"])  # without one, a warning fails this
