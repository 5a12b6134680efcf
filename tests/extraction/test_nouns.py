"""Units of nouns that no list knows: people by dictionary or derivation, things as items, what stands between."""

from pathlib import Path

import pytest

from digital_diplomacy import extraction, sources
from digital_diplomacy.extraction.nouns import noun_unit, singular

PEOPLE = {
    "en": "librarians shepherds firefighters trainees journalists grandmothers councillors undergraduates women imams",
    "ru": "программистов иностранцев сварщика студентки новичков гостей граждан учащихся моряков монтажёров",
    "kk": "бағдарламашы тыңдаушының зейнеткер дизайнер әдіскер журналистің мүшесінен сұралғандардың",
}
THINGS = {
    "en": "servers chapters grants committees checklists newspapers quarters sensors partners providers official",
    "ru": "документов единиц серверов показателя источников образцов месяцев договоров вариантов партнёров каталогов",
    "kk": "белгі белгіден графтар сервер үшінші көрсеткіші грант маркер құжат өндіруші лауазымды",
}


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang, said in PEOPLE.items() for word in said.split()])
def test_a_noun_derived_as_peoples_are_is_one_of_people(lang: str, word: str) -> None:
    assert noun_unit(word, lang) == "persons"


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang, said in THINGS.items() for word in said.split()])
def test_a_thing_with_a_like_ending_is_none(lang: str, word: str) -> None:
    assert noun_unit(word, lang) != "persons"


# Sentences of our own; value and unit of each figure, as a reader notes them.
READ = [
    ("Courses were run by 210 librarians in 185 libraries.", [(210, "persons"), (185, "items")]),
    ("12 student groups met 30 official envoys.", [(12, "items"), (30, "persons")]),
    ("The poll reached 82 villages of two provinces.", [(82, "items"), (2, "regions")]),
    ("The number of trading partners rose to 120.", [(120, "items")]),
    ("The office handled 5,480 complaints, of which 3,562 (65%) concern speed.",
     [(5480, "appeals"), (3562, "appeals"), (65, "percent")]),
    ("Of 1,640 pensioners, 328 (20%) lived alone.", [(1640, "persons"), (328, "persons"), (20, "percent")]),
    ("Scores rose from 4.2 to 6.3 points, or by 50%.", [(4.2, ""), (6.3, ""), (50, "percent")]),
    ("The training cost £90,000.", [(90000, "")]),
    ("A grant of €18,000 was paid.", [(18000, "EUR")]),
    ("The channel has 1.6m followers and cost $3m.", [(1_600_000, "followers"), (3_000_000, "dollars")]),
    ("The mast is 1.6m tall.", []),
    ("Traffic grew threefold.", [(3, "times")]),
    ("Портал обслуживают 46 программистов и 18 администраторов.", [(46, "persons"), (18, "persons")]),
    ("В списке 12 групп студентов и 7 серверов.", [(12, "items"), (7, "items")]),
    ("Данные размечали 4 студента-международника.", [(4, "persons")]),
    ("Обучение прошли 57 ведущих и 14 дежурных.", [(57, "persons"), (14, "persons")]),
    ("Опрошены граждане 15 постсоветских государств.", [(15, "countries")]),
    ("Курсты 412 баспасөз хатшысы аяқтады.", [(412, "persons")]),
    ("Іске 17 лауазымды тұлға тартылды.", [(17, "persons")]),
    ("Екі кодтаушы 1 250 жазбаны оқыды.", [(2, "persons"), (1250, "messages")]),
    ("Бір компьютерге шаққандағы оқушылар саны 21-ден 16-ға дейін азайды.", [(21, "items"), (16, "items")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), READ)
def test_a_figure_counts_what_its_noun_says(tmp_path: Path, text: str, told: list[tuple[float, str]]) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    figures = extraction.told_apart(extraction.scan(blocks), blocks)
    assert [(one.value, one.unit.replace("unstated", "")) for one in figures.itertuples()] == told


def test_numbers_of_items_and_examples_are_no_figures(tmp_path: Path) -> None:
    text = "2) Five masts stand.\n\nExample 3. Nine ships sailed.\n\n4. Жиналыс жеті құжат қабылдады."
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    figures = extraction.scan(blocks)
    assert figures.loc[figures["role"] == "figure", "value"].tolist() == [5, 9, 7]


def test_a_heading_that_is_a_date_is_read_whole(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    for heading in ("17 октября 2023 г.", "2022 жыл", "3 Results of 2021"):
        paper.add_heading(heading, 1)
    paper.save(str(tmp_path / "paper.docx"))
    figures = extraction.scan(sources.read_paper(tmp_path / "paper.docx"))
    assert figures["value_date"].tolist() == ["2023-10-17", "2022", "2021"]


def test_rows_behind_by_are_not_what_a_table_counts() -> None:
    from digital_diplomacy.extraction.units import unit_named

    assert unit_named(["2023", "Subscriptions by region"], "en") is None
    assert unit_named(["Участники по странам"], "ru") == "persons"
    assert unit_named(["Өңірлер бойынша қызметкерлер"], "kk") == "persons"


@pytest.mark.parametrize(
    ("word", "one"),
    [("Embassies", "Embassy"), ("EMBASSIES", "embassy"), ("NGOS", "ngo"), ("dies", "die"), ("flies", "fly"),
     ("boxes", "box"), ("heroes", "hero"), ("radios", "radio"), ("news", "news"), ("children", "child")],
)  # fmt: skip
def test_an_english_noun_in_the_singular(word: str, one: str) -> None:
    assert singular(word) == one
