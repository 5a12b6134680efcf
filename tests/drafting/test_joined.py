"""How like two figures are told, and what learned weights make of it."""

import csv
from collections.abc import Callable
from importlib.resources import files
from math import exp, isclose, log
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting import joined
from digital_diplomacy.drafting.nearness import FEATURES, Told
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]
Verdicts: TypeAlias = Callable[[str, str], list[str]]


def likeness(told: Told, first: int, later: int) -> dict[str, float]:
    return dict(zip(FEATURES, told.likeness(first, later), strict=True))


def test_words_weigh_less_the_farther_they_stand_and_behind_marks(one: Made, sentence: Said) -> None:
    told = Told([sentence("towns, schools taught # pupils; clerks", one(1280))])
    # one step from it 1 / (1 + 1 / 4), two steps 1 / (1 + 2 / 4), behind a comma 1.5 more, behind a semicolon 3 more
    expected = {"taugh": 1 / 1.25, "pupil": 1 / 1.25, "schoo": 1 / 1.5, "towns": 1 / 2.125, "clerk": 1 / 2.25}
    assert told.near[0] == pytest.approx(expected)


def test_rare_words_weigh_more(one: Made, sentence: Said) -> None:
    told = Told([
        sentence("Towns have # mills", one(12), number=1),
        sentence("Towns have # ponds", one(13), number=2),
        sentence("Towns own # boats", one(14), number=3),
    ])  # fmt: skip
    # Of three sentences and twenty unseen ones: in one ln(24 / 1.5), in three ln(24 / 3.5), each over ln 24; six of the
    # unseen ones are taken to have a word of four letters.
    weights = [told.rarity[stem] for stem in ("mills", "towns", "have")]
    assert weights == pytest.approx([log(24 / 1.5) / log(24), log(24 / 3.5) / log(24), log(24 / 8.5) / log(24)])


def test_the_place_of_two_figures_is_told(one: Made, sentence: Said) -> None:
    cell = one(1280, table="T", row="Mills", column="Hands")
    told = Told([sentence("#", cell), sentence("The # hands and # others", one(1280), one(700), number=2)])
    found = likeness(told, 0, 1)
    assert (found["cell_and_text"], found["two_cells"], found["one_sentence"]) == (1, 0, 0)
    assert (found["told_as_known"], found["others_of_unit"], found["digits"]) == (1, 1, 3)
    assert likeness(told, 1, 2)["one_sentence"] == 1
    assert found["rarest_near"] > likeness(told, 0, 2)["rarest_near"]


def test_every_weight_has_its_feature() -> None:
    with (files("digital_diplomacy.drafting") / "joined_weights.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["feature"] for row in rows] == ["always", *FEATURES, "swapped"]
    assert [row["feature"] for row in rows if not row["again"]] == ["swapped"]


def test_the_probability_is_that_of_a_logistic_regression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "_weights", lambda _: (-1.0, 0.5, 2.0))
    assert joined.log_odds("again", [2.0, 0.25]) == pytest.approx(0.5)  # -1 + 0.5 * 2 + 2 * 0.25
    assert isclose(joined.probability("again", [2.0, 0.25]), 1 / (1 + exp(-0.5)))


def test_a_number_that_arithmetic_explains_is_no_misprint(one: Made, sentence: Said) -> None:
    told = Told([
        sentence("They read # letters", one(1512, "items", printed="1,512"), number=1),
        sentence("They read # letters", one(1521, "items", printed="1,521"), number=2),
    ])  # fmt: skip
    assert list(joined.misprints(told, ())) == [(0, 1)]
    assert not list(joined.misprints(told, (told.figures[1].claim_id,)))


def test_a_number_that_stands_elsewhere_too_is_no_misprint(one: Made, sentence: Said) -> None:
    numbers = (1512, 1521, 1521)
    told = Told([
        sentence("They read # letters", one(value, "items", printed=f"{value}"), number=at)
        for at, value in enumerate(numbers)
    ])  # fmt: skip
    assert not list(joined.misprints(told, ()))
    assert list(joined.equals(told)) == [(1, 2)]


FAR = {
    "relative clause": "The survey reached 64 teachers in the district. Later the 46 teachers who hold degrees wrote.",
    "participle": "Летом поступило 340 заявок. Из 430 заявок, поданных в мае, часть отклонена.",
    "participle before": "Аудан бойынша 64 мұғалім сұралды. Дәрежесі бар 46 мұғалім қайта сұралды.",
    "another noun": "Сауалнамаға 1 346 мұғалім қатысты. Кейін 1 364 оқушы тест тапсырды.",
    "another month": "The office received 340 applications. In the second month 430 applications came.",
    "change told": "Roads cost 15.1 million tenge. With bridges (36 million) roads cost 51.1 million tenge.",
}  # fmt: skip


@pytest.mark.parametrize("text", FAR.values(), ids=FAR.keys())
def test_a_number_told_apart_by_its_form_is_no_misprint(text: str, verdicts: Verdicts) -> None:
    assert verdicts(text, "same_quantity") == []


def test_the_same_without_what_tells_it_apart_is_one(verdicts: Verdicts) -> None:
    assert verdicts("The survey reached 64 teachers in the district. Later the 46 teachers wrote back.",
                    "same_quantity") == ["fails"]  # fmt: skip
    # The clause tells what the first sentence told: it narrows nothing.
    assert verdicts("The survey reached 64 teachers in the district. The 46 teachers who were in the survey wrote.",
                    "same_quantity") == ["fails"]  # fmt: skip


def test_equal_numbers_of_other_people_are_not_one(verdicts: Verdicts) -> None:
    text = "We wrote to 346 mayors in spring. In autumn 346 {} answered our letter."
    assert verdicts(text.format("teachers"), "same_quantity") == []
    assert verdicts(text.format("mayors"), "same_quantity") == ["holds"]


def test_a_number_told_many_times_is_drafted_with_two_of_them(verdicts: Verdicts) -> None:
    text = " ".join(f"{when} the survey reached 1,346 mayors." for when in ("First", "Then", "Later", "At last"))
    assert verdicts(text, "same_quantity") == ["holds"] * 5  # one with the second, two with the third and the fourth


def test_words_of_scale_are_no_words_near_a_number(one: Made, sentence: Said) -> None:
    told = Told([sentence("towns # million tenge", one(12))])
    assert told.near[0].keys() == {"towns", "tenge"}


def test_words_of_short_papers_may_be_rare(one: Made, sentence: Said) -> None:
    told = Told([
        sentence("The survey has # mayors", one(12), number=1),
        sentence("The survey of # mayors", one(13), number=2),
    ])  # fmt: skip
    # Two sentences and twenty unseen ones, of which six are taken to have a word of three letters.
    assert told.rarity["mayor"] == pytest.approx(log(23 / 2.5) / log(23))
    assert told.rarity["the"] == pytest.approx(log(23 / 8.5) / log(23))
