"""The page that explains terms, and the links that lead to it."""

import re

import pytest

from digital_diplomacy import labels
from digital_diplomacy.pages import glossary
from digital_diplomacy.pages.reports import templates


def told(markdown: str, lang: str = "en") -> str:
    [cell] = glossary.linked([{"cell_type": "markdown", "source": markdown}], lang, lang)
    return str(cell["source"])


def links(markdown: str, lang: str = "en") -> list[tuple[str, str]]:
    """Anchors and words of all links."""
    return re.findall(
        rf'<a class="term" href="\.\./\.\./glossary\.{lang}\.html#([^"]+)">([^<]*)</a>', told(markdown, lang)
    )


@pytest.mark.parametrize(
    ("lang", "prose", "found"),
    [
        ("en", "Two K-cores, many switchers.", [("k-core", "K-cores"), ("switcher", "switchers")]),
        (
            "en",
            "Network-making power is no network power.",
            [("network-making-power", "Network-making power"), ("network-power", "network power")],
        ),
        ("en", "Its rounding\ninterval.", [("rounding-interval", "rounding\ninterval")]),
        (
            "en",
            "Cronbach's alpha, Kendall’s tau",
            [("cronbachs-alpha", "Cronbach's alpha"), ("kendalls-tau", "Kendall’s tau")],
        ),
        ("ru", "В k-ядрах нет переключателей.", [("k-core", "k-ядрах"), ("switcher", "переключателей")]),
        (
            "ru",
            "Интервалы округления и доверительными интервалами",
            [("rounding-interval", "Интервалы округления"), ("confidence-interval", "доверительными интервалами")],
        ),
        (
            "kk",
            "Акторлар k-ядроға кіреді, дөңгелектеу аралығында",
            [("k-core", "k-ядроға"), ("rounding-interval", "дөңгелектеу аралығында")],
        ),
        ("kk", "Желіге енгізу билігінің мәні", [("networking-power", "Желіге енгізу билігінің")]),
        ("kk", "OSI-дің мәні", [("osi", "OSI")]),
        ("en", "osi is no acronym, and preweighted another word", []),
    ],
)
def test_terms_are_found_in_their_forms(lang: str, prose: str, found: list[tuple[str, str]]) -> None:
    assert links(prose, lang) == found


def test_only_the_first_use_on_a_page_is_linked() -> None:
    cells = [{"cell_type": "markdown", "source": source} for source in ("A switcher.", "Switchers. A programmer.")]
    first, second = (cell["source"] for cell in glossary.linked(cells, "en", "ru"))
    assert first == 'A <a class="term" href="../../glossary.ru.html#switcher">switcher</a>.'
    assert second == 'Switchers. A <a class="term" href="../../glossary.ru.html#programmer">programmer</a>.'


def test_a_longer_term_hides_the_shorter_one_within_it_at_every_use() -> None:
    assert links("Not contradicted. It is not contradicted.") == [("not-contradicted", "Not contradicted")]


@pytest.mark.parametrize(
    "kept",
    [
        "# The switcher",
        "The switcher\n============",
        "`switcher` and ``a ` switcher``",
        "```\nswitcher\n```",
        "    switcher\n",
        "[a switcher](https://example.org/switcher)",
        "[switcher]: https://example.org",
        "<https://example.org/switcher> https://example.org/switcher",
        "> A switcher.",
        "> - A switcher.",
        'He says “a switcher”, "a switcher" and «a switcher».',
        '<span lang="de">Ein switcher</span>',
        "<q>a switcher</q> <a href='x'>a switcher</a> <em title='switcher'></em>",
        "<div>\na switcher\n</div>",
        "$switcher$ and $$switcher$$",
        "![a switcher](x.png)",
        "| switcher |\n|---|\n| switcher |",
    ],
)
def test_headings_code_links_quotations_formulas_and_tables_stay_as_they_are(kept: str) -> None:
    assert told(kept) == kept
    assert links(f"{kept}\n\nThe switcher.") == [("switcher", "switcher")]


def test_code_cells_and_prose_in_another_language_stay_as_they_are() -> None:
    cells = [{"cell_type": "code", "source": "# switcher"}, {"cell_type": "markdown", "source": ["The ", "switcher"]}]
    assert glossary.linked(cells, "de", "en") == cells
    assert glossary.linked(cells, "en", "en")[0] == cells[0]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_term_is_whole_and_found_by_its_own_name(lang: str) -> None:
    named = {term.anchor: term.name for term in glossary.glossary(lang)}
    found = {anchor: {one for one, _ in links(re.sub(r"\(.*", "", name), lang)} for anchor, name in named.items()}
    assert {anchor for anchor in named if anchor not in found[anchor]} == set()
    assert all(term.definition.endswith(".") for term in glossary.glossary(lang))


def test_no_definition_or_form_is_without_its_term() -> None:
    terms = set(glossary.anchors())
    assert len(terms) >= 50
    for kind in ("definition", "forms"):
        assert {code.partition(".")[2] for code in labels.codes(f"{kind}.")} == terms
    assert {code.partition(".")[2] for code in labels.codes("cited.")} <= terms


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_no_form_leads_to_two_terms(lang: str) -> None:
    forms = [form.strip() for anchor in glossary.anchors() for form in labels.text(f"forms.{anchor}", lang).split(";")]
    assert sorted(forms) == sorted(set(forms))


def test_kazakh_terms_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    # ә after а, қ after к, ө after о: by code points all three would stand after я.
    places = {word: glossary._place(word, "kk") for word in ("аралық", "әдіс", "болжам", "кез", "қаңқа", "лек", "OSI")}
    assert sorted(places, key=lambda word: places[word]) == ["OSI", "аралық", "әдіс", "болжам", "кез", "қаңқа", "лек"]


def test_the_page_has_an_anchor_for_every_term_and_says_its_other_names() -> None:
    terms = glossary.glossary("kk")
    page = templates().get_template("glossary.html.j2").render(lang="kk", others=["en"], terms=terms)
    assert [anchor for anchor in glossary.anchors() if f'<dt id="{anchor}">' not in page] == []
    assert '<dt id="switcher">ауыстырып қосушы' in page
    assert '<span lang="ru">переключатель</span>' in page
    assert '<cite lang="en">Castells 2011</cite>' in page
