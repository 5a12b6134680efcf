"""Whom, where and of which kind: what stands before a figure counts first, then its heads, then what stands behind."""

import pytest

from digital_diplomacy.extraction.context import Context, measure


def at(text: str, number: str) -> tuple[int, int]:
    return text.index(number), text.index(number) + len(number)


def test_the_country_named_last_before_a_figure_then_a_head_then_the_first_behind() -> None:
    text = "In Peru 5, in Chad 6 and in Cuba."
    said = Context.of(text)
    assert [said.entity(*at(text, number)) for number in "56"] == ["PER", "TCD"]
    behind = "5 in Chad and Cuba"
    assert Context.of(behind).entity(0, 1) == "TCD"
    assert Context.of(behind, "Peru").entity(0, 1) == "PER"
    assert Context.of(text, "Cuba").entity(*at(text, "5")) == "PER"
    assert Context.of("5 there").entity(0, 1) == ""
    assert Context.of("В Казахстане 5").entity(13, 14) == "KAZ"
    touching = "Peru5 Chad"
    assert Context.of(touching.replace("5", "")).entity(4, 4) == "PER"


def test_one_network_stands_before_all_of_them_and_before_the_internet() -> None:
    text = "On Facebook and social networks 5, on Twitter 6."
    said = Context.of(text)
    assert [said.platform(*at(text, number)) for number in "56"] == ["facebook", "twitter"]
    assert Context.of("Of the internet and social networks 5").platform(36, 37) == "social_networks"
    assert Context.of("5 on YouTube and Twitter").platform(0, 1) == "youtube"
    assert Context.of("5 on YouTube", "Instagram").platform(0, 1) == "instagram"
    assert Context.of("5 there").platform(0, 1) == ""
    assert Context.of("On Twitter≈5, Facebook").platform(10, 12) == "twitter"


@pytest.mark.parametrize(
    ("text", "unit", "value", "kind"),
    [
        ("It is 5", "date", 5, "date"),
        ("It is 5", "rank", 5, "rank"),
        ("It is planned to grow to 5", "users", 5, "target"),
        ("It is expected to grow to 5", "users", 5, "forecast"),
        ("It is expected and planned: 5", "users", 5, "forecast"),
        ("It grew by 5", "users", 5, "growth"),
        ("It grew " + "x" * 60 + " 5", "users", 5, "observation"),  # too far before
        ("It is 5", "percentage_points", 5, "growth"),
        ("It is 5", "percent", 5, "observation"),
        ("By a survey it is 5", "percent", 5, "survey_share"),
        ("It is 5", "countries", 5, "count"),
        ("It is 5", "countries", 999, "count"),
        ("It is 5", "countries", 1000, "observation"),
        ("It is 5", "countries", 5.5, "observation"),
        ("It is 5", "countries", None, "observation"),
        ("It is 5", "users", 5, "observation"),
    ],
)
def test_the_kind_of_a_claim_follows_from_its_words_and_unit(
    text: str, unit: str, value: float | None, kind: str
) -> None:
    assert Context.of(text).kind(unit, value, text.rindex("5")) == kind


@pytest.mark.parametrize(
    ("unit", "kind", "platform", "said"),
    [
        ("date", "date", "", "date"),
        ("rank", "rank", "twitter", "rank"),
        ("users", "observation", "internet", "internet_users"),
        ("users", "observation", "twitter", "social_media_users"),
        ("users", "observation", "", "users"),
        ("users", "growth", "", "users_growth"),
        ("percent", "observation", "twitter", "share"),
        ("percent", "growth", "", "share_growth"),
        ("KZT", "observation", "", "amount"),
        ("countries", "count", "", "countries"),
        ("", "growth", "", ""),
    ],
)
def test_a_measure_is_named_after_its_unit(unit: str, kind: str, platform: str, said: str) -> None:
    assert measure(unit, kind, platform) == said
