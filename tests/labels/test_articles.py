"""Which names of countries take an article in English, by the names' own entries in dictionaries, and where."""

import pytest

from digital_diplomacy import labels
from digital_diplomacy.labels.articles import marked, with_articles

TAKING = [
    "ARE",
    "BHS",
    "CAF",
    "COD",
    "COM",
    "DOM",
    "FRO",
    "GBR",
    "GMB",
    "MDV",
    "MHL",
    "NLD",
    "PHL",
    "SLB",
    "USA",
    "VGB",
]
NOT_TAKING = ["CIV", "CZE", "DNK", "GIN", "KAZ", "KOR", "LBN", "MAC", "PSE", "SDN", "SYC", "TTO", "UKR", "VCT", "XKX"]


def said(form: str, names: str) -> str:
    return with_articles(form.format(marked(names)))


@pytest.mark.parametrize("code", TAKING)
def test_some_names_take_an_article_inside_a_sentence(code: str) -> None:
    name = labels.country(code, "en")
    assert said("A rank of {} is known.", name) == f"A rank of the {name} is known."


@pytest.mark.parametrize("code", NOT_TAKING)
def test_most_names_take_none(code: str) -> None:
    name = labels.country(code, "en")
    assert said("A rank of {} is known.", name) == f"A rank of {name} is known."


@pytest.mark.parametrize("form", ["{}", "{}: 3", "{} (2024)", "{}, 2024: rank 2", "{} 2024", "Country: {}"])
def test_a_name_that_stands_alone_has_no_article(form: str) -> None:
    assert said(form, "United Kingdom") == form.format("United Kingdom")


@pytest.mark.parametrize(
    ("form", "names", "expected"),
    [
        ("{} is ahead.", "Gambia", "The Gambia is ahead."),
        (
            "It fell. {} rose.",
            "Democratic Republic of the Congo",
            "It fell. The Democratic Republic of the Congo rose.",
        ),
        ("In 2024, {} led", "Bahamas", "In 2024, the Bahamas led"),
        ("ahead of {}", "Estonia; United Kingdom", "ahead of Estonia; the United Kingdom"),
        ("ahead of {}", "United States, Chad and Maldives", "ahead of the United States, Chad and the Maldives"),
        ("{} are behind", "Chad and Netherlands", "Chad and the Netherlands are behind"),
    ],
)
def test_the_article_is_written_as_its_place_asks(form: str, names: str, expected: str) -> None:
    assert said(form, names) == expected


def test_what_was_told_once_is_told_again_as_it_stands() -> None:
    once = said("{} is ahead", "United Kingdom")
    assert said("{}, and others", once) == "The United Kingdom is ahead, and others"
    assert said("lowest 1 ({}, and 1 more)", "United Kingdom, place stated") == (
        "lowest 1 (United Kingdom, place stated, and 1 more)"
    )
    assert said("{} and 1 more", "United Kingdom, Rank in the index") == "United Kingdom, Rank in the index and 1 more"
    assert said("{} and 1 more", "The United Kingdom") == "The United Kingdom and 1 more"


def test_names_within_other_names_stay_as_they_are() -> None:
    assert said("Followers of {}", "Embassy of United Kingdom") == "Followers of Embassy of United Kingdom"


def test_a_text_of_the_package_has_the_article_and_a_cell_has_none() -> None:
    name = labels.entity("GBR", "en")
    assert name == "United Kingdom"
    told = labels.text("intake.fault.doubled", "en", place="2", other="3", entity=name, period="2024")
    assert "two figures of the United Kingdom in 2024" in told
