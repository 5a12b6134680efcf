"""A text of each kind of relation, wrong and sound; the arithmetic stands beside it."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

KINDS = [
    # 640 + 1,860 = 2,500
    ("The survey reached 640 teachers and 1,860 parents, in all {} people.", "2,500", "2,900", "sum_of_parts"),
    ("Сауалнамаға 640 мұғалім мен 1 860 ата-ана қатысты, барлығы {} адам.", "2 500", "2 900", "sum_of_parts"),
    # 742 + 738 = 1,480
    ("Опрошено 1 480 человек (742 женщины и {} мужчин).", "738", "638", "sum_of_parts"),
    # 257 - 234 = 23
    ("In 2019 there were 234 embassies online, in 2021 there were 257 embassies, {} more.", "23", "17", "difference"),
    # 7.25 - 5.5 = 1.75
    ("Tariffs averaged 7.25 % in 2014 and 5.5 % in 2019, a cut of {} percentage points.", "1.75", "2.75", "difference"),
    # 3,700 - 2,710 = 990
    ("In 2017 there were 2,710 hotels, now there are 3,700. Their number has risen by {}.", "990", "790", "difference"),
    # 3,700 - 2,710 = 990, told in the unit of both
    ("The page had 2,710 followers in 2017, now it has 3,700 followers. Their number has risen by {} followers.", "990",
     "790", "difference"),
    # 620 to 590: 4.8 %
    ("Flour exports fell by {} % (from $620.0 million to $590.0 million).", "4.8", "7.8", "decline_rate"),
    # 94 - 68 = 26
    ("Мектептердің үлесі 68%-дан 94%-ға, яғни {} пайыздық тармаққа өсті.", "26", "36", "difference"),
    # 4.3 to 5.6: 28 to 33 %
    ("Жазылушылар саны {}%-ға көбейді: 4,3 млн-нан 5,6 млн-ға дейін.", "30", "60", "growth_rate"),
    # 1,445 is five times 289
    ("Министрліктің 1445 мың жазылушысы бар, бұл агенттіктегі 289 мың жазылушыдан {} есе көп.", "5", "3", "ratio"),
    # 864,197 of 1,234,567 are 70.0 %
    ("They cleared 1,234,567 papers, of which 864,197 ({} %) were electronic.", "70.0", "75.0", "share_of_base"),
    ("Centres work in {} of the country’s 16 regions.", "14", "18", "nesting"),
    ("Из 17 регионов у четырех есть центры, а контроль – в {} регионах.", "семи", "двадцати", "nesting"),
    # 58 not satisfied and 42 satisfied are all there are
    ("Of the readers 58% are not satisfied with the portal. Of the readers {}% are satisfied with the portal.",
     "42", "52", "sum_at_most_100"),
    # 46 + 24 + 30 = 100
    ("Asked which source they trust most, 46% of those polled named television, 24% the web and {}% newspapers.",
     "30", "40", "sum_at_most_100"),
    # 54.2 + 31.7 + 14.1 = 100
    ("Доля довольных составила 54,2 % (n = 802), недовольных – 31,7 %, ещё {} % затруднились ответить.",
     "14,1", "24,1", "sum_to_100"),
    ("It trades with {} neighbours: Peru, Chad and Mali.", "three", "four", "list_length"),
    ("The goals are {} key conditions: economy, travel, living and nature and people.", "five", "six", "list_length"),
    ("It drew Georgia and Peru, {} of which bought it.", "both", "three", "list_length"),
    ("Received 14 February 2022; accepted 3 June {}.", "2022", "2021", "date_order"),
    ("Статья поступила в редакцию 12.01.2024, принята к публикации 28.03.{}.", "2024", "2023", "date_order"),
    ("Мақала редакцияға 2023 жылғы 15 ақпанда келіп түсті, {} жылғы 20 сәуірде қабылданды.", "2023", "2022",
     "date_order"),
]  # fmt: skip


def verdicts(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt")).findings
    return list(found[["kind", "verdict"]].itertuples(index=False, name=None)) if len(found) else []


@pytest.mark.parametrize(("text", "sound", "wrong", "kind"), KINDS)
def test_a_kind_is_drafted_holds_where_it_is_sound_and_fails_where_it_is_not(
    tmp_path: Path, text: str, sound: str, wrong: str, kind: str
) -> None:
    found = verdicts(tmp_path, text.format(sound))
    assert (kind, "holds") in found
    assert "fails" not in [verdict for _, verdict in found]
    assert (kind, "fails") in verdicts(tmp_path, text.format(wrong))


REFERENCES = "\n\nReferences\n\n1. Qamshy.kz (news). {}. Aims. https://example.org/a (accessed 12 May {})\n"


@pytest.mark.parametrize(("year", "seen", "kinds"), [(2018, 2023, ["same_date"]), (2023, 2022, ["date_order"])])
def test_a_citation_is_held_against_the_entry_that_opens_with_its_name(
    tmp_path: Path, year: int, seen: int, kinds: list[str]
) -> None:
    """Cited as 2023 and listed under 2018; listed under 2023 and seen the year before."""
    found = verdicts(tmp_path, "Complaints fell (Qamshy.kz 2023)." + REFERENCES.format(year, seen))
    assert [kind for kind, verdict in found if verdict == "fails"] == kinds


def test_one_of_two_works_of_a_name_without_a_year_of_its_own_is_not_taken_for_the_other(tmp_path: Path) -> None:
    works = (
        "\n\nReferences\n\n1. Author A. (2012). Cities.\n\n2. Author A., Reader R. (2006). Cities in 2005, at last.\n"
    )
    found = verdicts(tmp_path, "Cities grow (Author, Reader 2006)." + works)
    assert "fails" not in [verdict for _, verdict in found]


@pytest.mark.parametrize(
    "text",
    [
        "Of adults 42% do not use the internet. Of drivers 70% use maps every day.",
        "In 2020 30% of women were not registered on Facebook. In 2021 75% of women were registered on Facebook.",
        "There are four pages: news, maps, forms, etc.",
        "Сауалнамаға 1 860 ата-ана қатысты.\n\nСауалнамаға 19 280 мұғалім қатысты.",
        "The list names 120 firms (30 in Almaty and 25 in Astana).",
    ],
)
def test_figures_of_different_things_make_no_failing_draft(tmp_path: Path, text: str) -> None:
    assert "fails" not in [verdict for _, verdict in verdicts(tmp_path, text)]


def test_a_number_told_again_is_drafted_so_that_a_misprint_would_show(tmp_path: Path) -> None:
    text = "The rating of digital diplomacy covers 210 states.\n\nIt is in the rating of diplomacy among 210 states."
    assert verdicts(tmp_path, text) == [("same_quantity", "holds")]


def test_the_length_of_a_numbered_list_and_of_told_ordinals_is_a_relation(tmp_path: Path) -> None:
    numbered = "Proposals of the authors follow:\n\n1) roads for all;\n\n2) schools for all;\n\n3) letters to all.\n"
    assert ("list_length", "holds") in verdicts(tmp_path, numbered)
    told = "Власть отвечает редко. Во-первых, нет людей. Во-вторых, нет времени."
    assert ("list_length", "holds") in verdicts(tmp_path, told)


def test_paragraphs_opened_by_ordinals_are_counted(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(("Во-первых, нужны люди.", "Во-вторых, нужны деньги.", "Третий фактор – время."))
    text = "На успех влияют {} фактора.\n\n" + paragraphs
    assert ("list_length", "holds") in verdicts(tmp_path, text.format("три"))
    assert ("list_length", "fails") in verdicts(tmp_path, text.format("два"))
