"""Nobody is called a programmer or switcher, or marked, but where chance and every single document are ruled out."""

import re

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import figures, labels
from digital_diplomacy.networks.powers.standing import (
    making_said,
    outcome,
    outstanding,
    power_marks,
    powers_answer,
    unmarked,
)

UNITS = {"goals_set": "count", "switched_pairs": "pairs", "core_ratio": "share"}


def rows(*given: tuple[str, str, float, float]) -> pd.DataFrame:
    """Entity, measure, value and the largest value without a document, which may be missing."""
    frame = pd.DataFrame(list(given), columns=["entity", "measure", "value", "high"])
    low = frame["value"].where(frame["high"].notna())
    blank = {"group": "uses", "period": "", "level": np.nan, "base": "", "n": 12.0, "source_id": "relations"}
    interval = np.where(frame["high"].notna(), "sensitivity", "none")
    units = frame["measure"].map(UNITS).fillna("probability")
    return frame.assign(low=low, interval=interval, unit=units, **blank)


def programmer(entity: str, count: float, p: float, high: float = np.nan) -> list[tuple[str, str, float, float]]:
    return [(entity, "goals_set", count, np.nan), (entity, "programmer_p", p, high)]


def codes(said: dict[str, pd.DataFrame]) -> list[str]:
    return [code.rpartition("_")[2] for code, frame in said.items() if len(frame)]


def test_a_small_p_that_rests_on_one_document_names_nobody() -> None:
    given = rows(*programmer("KAZ", 8, 0.002, 0.98), *programmer("UZB", 1, 1.0, 1.0))
    assert outstanding(given, "programmer").empty
    said = making_said(given, "programmer")
    assert codes(said) == ["unstable"]
    assert said["sentence.power_programmer_unstable"].to_dict("records") == [
        {"group": "uses", "p": 0.002, "high": 0.98, "actors": 12}
    ]
    assert power_marks(given)["programmer"] == []


def test_a_p_of_chance_names_nobody() -> None:
    given = rows(*programmer("hillary_clinton", 2, 0.158, 0.2), *programmer("UZB", 1, 1.0, 1.0))
    said = making_said(given, "programmer")
    assert codes(said) == ["none"]
    assert "entity" not in said["sentence.power_programmer_none"]
    assert power_marks(given) == {"core": [], "switcher": [], "programmer": []}


def test_who_stands_out_with_every_document_left_out_is_named_and_marked() -> None:
    given = rows(*programmer("KAZ", 8, 0.002, 0.04), *programmer("UZB", 1, 0.5, 1.0))
    assert outstanding(given, "programmer")["entity"].tolist() == ["KAZ"]
    assert codes(making_said(given, "programmer")) == ["found"]
    assert power_marks(given)["programmer"] == ["KAZ"]


def test_without_documents_the_p_alone_decides() -> None:
    assert outstanding(rows(*programmer("KAZ", 8, 0.05)), "programmer")["entity"].tolist() == ["KAZ"]
    assert outstanding(rows(*programmer("KAZ", 8, 0.051)), "programmer").empty
    assert codes(making_said(rows(*programmer("KAZ", 8, 0.05)), "programmer")) == ["bare"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("role", ["programmer", "switcher"])
@pytest.mark.parametrize("label", ["power", "answer_powers"])
def test_where_there_are_no_documents_none_is_left_out_in_words(label: str, role: str, lang: str) -> None:
    counted = {"programmer": "goals_set", "switcher": "switched_pairs"}[role]
    given = rows(("KAZ", counted, 8, np.nan), ("KAZ", f"{role}_p", 0.01, np.nan))
    frame = making_said(given, role)[f"sentence.power_{role}_found_bare"]
    said = labels.text(f"sentence.{label}_{role}_found_bare", lang, **frame.iloc[0].to_dict())
    assert not re.search("without any|кез келген бір құжат|без любого|nan", said)


def test_what_was_not_measured_has_no_sentence() -> None:
    assert codes(making_said(rows(*programmer("KAZ", 8, 0.01)), "switcher")) == []
    with pytest.raises(ValueError, match="unknown role 'leader'; allowed: programmer, switcher"):
        outstanding(rows(*programmer("KAZ", 8, 0.01)), "leader")


def core(p: float, high: float) -> pd.DataFrame:
    given = rows(("KAZ", "core_ratio", 1.0, 1.0), ("UZB", "core_ratio", 1.0, 1.0), ("network", "core_order_p", p, high))
    unstable = (given["entity"] == "UZB").to_numpy()
    return given.assign(low=given["low"].where(~unstable, 0.0))


def test_a_core_is_marked_only_if_chance_makes_no_such_core() -> None:
    assert power_marks(core(0.79, 1.0))["core"] == []
    assert power_marks(core(0.01, 0.2))["core"] == []
    assert power_marks(core(0.01, 0.02))["core"] == ["KAZ"]  # UZB is not in the core without one of the documents


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("role", ["programmer", "switcher"])
def test_every_outcome_has_its_sentence(role: str, lang: str) -> None:
    fields = {"group": "g", "entity": "e", "value": "3", "p": "0.1", "high": "0.2", "actors": "12"}
    for ending in ("found", "unstable", "none"):
        assert labels.text(f"sentence.power_{role}_{ending}", lang, **fields)


def answered(given: pd.DataFrame, *said: tuple[str, str, str, str]) -> dict[str, pd.DataFrame]:
    statements = pd.DataFrame(list(said), columns=["source", "target", "relation", "document"])
    return {code: frame for code, frame in powers_answer(given, statements).items() if len(frame)}


def test_the_answer_states_what_is_written_even_where_nobody_stands_out() -> None:
    given = pd.concat([rows(*programmer("KAZ", 2, 0.3, 1.0)), rows(("network", "system_actors", 7.0, np.nan))])
    said = answered(given, ("a", "KAZ", "proposed_by", "001"), ("b", "KAZ", "instructed_by", "003"))
    assert [code.removeprefix("sentence.answer_powers_") for code in said] == ["goals", "programmer_none", "scope"]
    assert said["sentence.answer_powers_goals"].to_numpy().tolist() == [["KAZ", 2, 2, "001 003"]]
    scope = said["sentence.answer_powers_scope"].iloc[0]
    assert scope[["value", "statements", "in_documents"]].tolist() == [7, 2, 2]


def test_draws_too_few_for_anybody_to_stand_out_are_said_to_be_too_few() -> None:
    # p is 1 / 19 at least with 18 draws, above 0.05, and 1 / 20 with 19.
    given = pd.concat([rows(*programmer("KAZ", 2, 1 / 19, 1.0)), rows(("network", "system_actors", 7.0, np.nan))])
    said = pd.DataFrame([("a", "KAZ", "proposed_by", "001")], columns=["source", "target", "relation", "document"])
    told = {
        draws: [
            code.rpartition("powers_")[2]
            for code, frame in powers_answer(given, said, draws=draws).items()
            if len(frame)
        ]
        for draws in (18, 19)
    }
    assert told == {18: ["goals", "few", "scope"], 19: ["goals", "programmer_none", "scope"]}


def test_goals_that_no_document_states_are_said_to_be_missing() -> None:
    given = rows(("network", "system_actors", 3.0, np.nan))
    assert [code.rpartition("powers_")[2] for code in answered(given, ("a", "b", "addresses", "000"))] == [
        "no_goals",
        "scope",
    ]
    assert answered(given.head(0)) == {}


def test_one_outcome_is_told_and_a_drawing_without_marks_says_so() -> None:
    given = rows(*programmer("KAZ", 8, 0.002, 0.98))
    frame, code = outcome(given, "programmer")
    assert (code, len(frame)) == ("sentence.power_programmer_unstable", 1)
    assert outcome(given, "switcher")[0].empty
    assert unmarked(given) == ["no_marks"]
    assert unmarked(rows(*programmer("KAZ", 8, 0.002, 0.01))) == []


def test_rows_of_each_sentence_are_plain_tables_of_what_they_tell() -> None:
    first = rows(*programmer("KAZ", 8, 0.01, 0.02), *programmer("UZB", 9, 0.5, 0.9), *programmer("TJK", 7, 0.02, 0.04))
    second = rows(*programmer("KAZ", 8, 0.3, 0.9), *programmer("UZB", 9, 0.05, 0.9), *programmer("TJK", 7, 0.05, 0.8))
    third = rows(*programmer("KAZ", 3, 0.06), *programmer("UZB", 4, 0.04)).assign(group="vests")
    said = making_said(pd.concat([third, second.assign(group="tests"), first]), "programmer")
    told = {code.partition("_programmer_")[2]: frame for code, frame in said.items()}
    every = ["group", "entity", "value", "p", "high", "actors"]
    assert told["found"][every].to_numpy().tolist() == [
        ["uses", "KAZ", 8, 0.01, 0.02, 12],
        ["uses", "TJK", 7, 0.02, 0.04, 12],
    ]
    assert told["found_bare"][every[:4]].to_numpy().tolist() == [["vests", "UZB", 4, 0.04]]
    assert told["unstable"].to_numpy().tolist() == [["tests", 0.05, 0.8, 12]]
    assert told["none"].empty
    quiet = making_said(pd.concat([second.assign(group="tests"), third]), "programmer", level=0.04)
    assert quiet["sentence.power_programmer_none"].to_numpy().tolist() == [["tests", 0.05, 12]]
    for frame in told.values():
        assert set(frame.columns) <= set(every)
        assert frame.index.tolist() == list(range(len(frame)))


def test_only_those_that_the_documents_name_most_are_stated() -> None:
    said = answered(rows(("network", "system_actors", 7.0, np.nan)), *(
        (source, target, "proposed_by", "001") for source, target in ("aK", "bK", "aU", "cT", "dT")))  # fmt: skip
    assert said["sentence.answer_powers_goals"]["entity"].tolist() == ["K", "T"]


@pytest.mark.parametrize(("p", "high", "marked"), [(0.05, 0.05, True), (0.05, 0.051, False), (0.051, 0.051, False)])
def test_a_core_is_marked_up_to_the_level_and_in_every_group(p: float, high: float, marked: bool) -> None:
    assert power_marks(core(p, high))["core"] == ["KAZ"] * marked
    other = core(0.9, 0.9).assign(group="other")
    assert power_marks(pd.concat([core(p, high), other]))["core"] == []


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_answer_says_in_words_what_stands_out(lang: str) -> None:
    said = [code for code in labels.codes("sentence.answer_powers_") if {"p", "high"} & labels.fields(code, lang)]
    assert said == []
    assert labels.fields("sentence.power_programmer_none", lang) >= {"p"}  # the sentences below the figure have it


def bordered(value: float, p: float) -> pd.DataFrame:
    told = {"core_members": 3.0, "exclusion_asymmetry": value, "exclusion_asymmetry_p": p}
    return rows(*(("network", measure, number, np.nan) for measure, number in told.items()))


def depended(*values: float, high: float) -> pd.DataFrame:
    """Two on whom others depend, and what is left less their own dependence."""
    told = [(name, "dependence", value, high) for name, value in zip(("KAZ", "UZB"), values, strict=True)]
    return rows(*told, ("KAZ", "net_dependence", 1.0, np.nan), ("UZB", "net_dependence", 0.0, np.nan))


@pytest.mark.parametrize(
    ("given", "power", "case"),
    [
        (bordered(0.6, 0.2), "networking", ""),
        (bordered(0.6, np.nan), "networking", "_bare"),
        (bordered(np.nan, np.nan), "networking", "_whole"),
        (depended(2.0, 1.0, high=np.nan), "networked", ""),
        (depended(2.0, 1.0, high=2.0), "networked", "_range"),
        (depended(2.0, 2.0, high=2.0), "networked", "_equal"),
    ],
)
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_sentence_of_a_power_says_what_there_is_and_leaves_no_value_open(
    given: pd.DataFrame, power: str, case: str, lang: str
) -> None:
    frame, code = outcome(given, power)
    assert code == f"sentence.power_{power}{case}"
    [said] = figures.fill_sentences(frame, code, lang=lang)
    assert labels.text("notice.no_value", lang) not in said


def test_a_power_nobody_knows_is_refused_and_one_not_measured_says_nothing() -> None:
    with pytest.raises(ValueError, match="unknown power 'soft'"):
        outcome(bordered(0.6, 0.2), "soft")
    assert outcome(bordered(0.6, 0.2), "network")[0].empty
