"""Dates of works cited: which is a work's own, which a day it was looked at, and what a citation is held against."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from digital_diplomacy.drafting.citations import _published, dates_of_works, is_accessed, papers_own
from digital_diplomacy.drafting.two_lists import _compared, _dates, _meets
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
URL = "https://site.kz/2019/03/12/news"


@pytest.fixture
def said(one: Made) -> Callable[..., Marked]:
    """A sentence with dates where they are printed; each is printed and, behind an equals sign, in ISO 8601."""

    def made(text: str, *dates: str, paragraph: int = 9, in_references: bool = True) -> Marked:
        figures, at = [], 0
        for number, date in enumerate(dates):
            printed, _, iso = date.partition("=")
            at = text.index(printed, at)
            figures.append(
                one(None, "date", claim_id=f"{paragraph}-{number}", printed=printed, date=iso or printed, start=at,
                    end=at + len(printed), in_references=in_references, paragraph=paragraph)
            )  # fmt: skip
            at += len(printed)
        places = tuple(figure.start for figure in figures)
        return Marked(text, text, tuple(figures), places, "en", paragraph, paragraph)

    return made


def told(sentences: list[Marked], texts: dict[int, str] | None = None) -> list[tuple[str, str, str, str]]:
    opened = {each.paragraph: each.text for each in sentences} | (texts or {})
    return [
        (each.why, each.kind, each.left[0].printed, each.right[0].printed) for each in dates_of_works(sentences, opened)
    ]


def test_the_day_a_work_was_looked_at_is_told_by_what_stands_before(said: Callable[..., Marked]) -> None:
    looked = said("Roads. Accessed 12 March 2019.", "12 March 2019=2019-03-12")
    bracket = said("Roads. [12.03.2019]", "12.03.2019=2019-03-12")
    year = said("Roads. [2019]", "2019")
    far = said(f"Accessed {'x' * 45} 2019-03-12", "2019-03-12")
    assert [is_accessed(each, each.figures[0]) for each in (looked, bracket, year, far)] == [True, True, False, False]


def test_the_one_year_of_an_entry_is_its_own(said: Callable[..., Marked]) -> None:
    def own(text: str, *dates: str) -> str | None:
        entry = said(text, *dates)
        found = _published([(entry, each) for each in entry.figures])
        return None if found is None else found.printed

    assert own("Simmel G. Roads. 2012.", "2012") == "2012"
    assert own("Simmel G. Roads. 2012. 12 May 2012.", "2012", "12 May 2012=2012-05-12") == "2012"
    assert own("Simmel G. Roads of 1918. 2012.", "1918", "2012") is None
    assert own("Simmel G. Roads 1914–1918. 2012.", "1914–1918=1914/1918", "2012") == "2012"
    assert own(f"Simmel G. Roads. 2012. {URL}", "2012", "2019/03/12=2019-03-12") == "2012"
    assert own(URL, "2019/03/12=2019-03-12") is None


def test_a_work_is_held_against_its_address_and_the_day_it_was_looked_at(said: Callable[..., Marked]) -> None:
    both = said(f"Roads. 2012. {URL} (accessed 13.03.2019)", "2012", "2019/03/12=2019-03-12", "13.03.2019=2019-03-13")
    assert told([both]) == [
        ("address", "same_date", "2012", "2019/03/12"), ("accessed", "date_order", "2012", "13.03.2019"),
        ("accessed", "date_order", "2019/03/12", "13.03.2019"),
    ]  # fmt: skip
    bare = said(f"Roads. {URL} (accessed 13.03.2019)", "2019/03/12=2019-03-12", "13.03.2019=2019-03-13")
    assert told([bare]) == [("accessed", "date_order", "2019/03/12", "13.03.2019")]
    alone = said(f"Roads. {URL}", "2019/03/12=2019-03-12")
    assert told([alone]) == []
    assert all(each.matter == "reference" for each in dates_of_works([both], {}))


@pytest.mark.parametrize(
    ("text", "entries", "drafts"),
    [
        ("It grew (Simmel, 2012).", ["Simmel G. Roads. 2012."], [("2012", "2012")]),
        ("It grew (Simmel, 2012).", ["Simmel G. Roads. 2013."], [("2012", "2013")]),
        ("It grew (Simmel, 2012).", ["Moreno J. Roads. 2012."], []),
        ("It grew (Simmel, 2012).", ["Simmel G. Roads. 2013.", "Simmel G. Lines. 2012."], [("2012", "2012")]),
        ("It grew (Simmel, 2012).", ["Simmel G. Roads. 2013.", "Simmel G. Lines. 2014."], []),
        ("It grew (Simmel, 2012).", ["3. Simmel G. Roads. 2012."], [("2012", "2012")]),
        ("It grew (Simmel, 2012: 5).", ["Simmel G. Roads. 2012."], [("2012", "2012")]),
        ("It grew (Simmel, 2012 and after).", ["Simmel G. Roads. 2012."], []),
        ("It grew in 2012.", ["Simmel G. Roads. 2013."], []),
    ],
)
def test_a_citation_is_held_against_the_entries_of_its_name(
    said: Callable[..., Marked], text: str, entries: list[str], drafts: list[tuple[str, str]]
) -> None:
    cited = said(text, "2012", paragraph=1, in_references=False)
    works = [said(entry, entry[-5:-1], paragraph=place) for place, entry in enumerate(entries, 10)]
    assert told([cited, *works]) == [("cited", "same_date", *pair) for pair in drafts]


@pytest.mark.parametrize(
    ("later", "count"), [(1, 1), (4, 1), (5, 0)]
)  # the paragraph it was accepted in: up to three behind
def test_a_paper_is_received_before_it_is_accepted(said: Callable[..., Marked], later: int, count: int) -> None:
    received = said("Received 12 March 2019", "12 March 2019=2019-03-12", paragraph=1, in_references=False)
    accepted = said("Accepted 5 May 2019", "5 May 2019=2019-05-05", paragraph=later, in_references=False)
    found = list(papers_own([accepted, received]))
    assert [(each.kind, each.left[0].printed, each.right[0].printed) for each in found] == [
        ("date_order", "12 March 2019", "5 May 2019")
    ] * count
    year = said("Accepted 2019", "2019", paragraph=1, in_references=False)
    assert not list(papers_own([received, year]))
    assert not list(papers_own([received, said("Accepted 5 May 2019", "5 May 2019=2019-05-05", paragraph=1)]))


def test_dates_of_entries_are_neither_numbers_nor_addresses_nor_days_looked_at(
    said: Callable[..., Marked], one: Made
) -> None:
    entry = said(f"Roads. 2012. {URL} (accessed 13.03.2019)", "2012", "2019/03/12=2019-03-12", "13.03.2019=2019-03-13")
    number = one(5, paragraph=9, start=0, end=1)
    both = replace(entry, figures=(number, *entry.figures))
    assert {paragraph: [each.printed for each in dates] for paragraph, dates in _dates([both]).items()} == {9: ["2012"]}


def test_dates_meet_where_they_share_a_year(one: Made) -> None:
    def date(iso: str) -> Figure:
        return one(None, "date", date=iso, printed=iso)

    pairs = [
        ("2012", "2012-05"),
        ("2012/2014", "2014"),
        ("2012/2014", "2015"),
        ("2012/", "2012"),
        ("2013", "2010/2012"),
    ]
    assert [_meets(date(first), date(second)) for first, second in pairs] == [True, True, False, True, False]
    drafts = list(_compared([date("2012"), date("2013/2015")], [date("2015"), date("2012"), date("2018")]))
    assert [(each.left[0].date, each.right[0].date) for each in drafts] == [("2015", "2013/2015"), ("2012", "2012")]
    assert [(each.left[0].date, each.right[0].date) for each in _compared([date("2012")], [date("2018")])] == [
        ("2018", "2012")  # each has one date alone
    ]
