"""Works listed twice, in two languages: a date of one list against the other."""

from pathlib import Path

from digital_diplomacy import drafting, sources

RUSSIAN = (
    "Иванов И. Сети. – 2011.", "Петров П. Город. – 2012.", "Сидоров С. Село, 2004 – 2011. – 2012.",
    "Ахметов А. Голос. – 2015.", "Попова О. Право. – 2016.", "Ким Ю. Язык. – 2017.",
)  # fmt: skip
ENGLISH = (
    "Ivanov I. Networks. 2011.", "Petrov P. City. 2012.", "Sidorov S. Village, 2004. 2011. 2012.",
    "Akhmetov A. Voice. 2015.", "Popova O. Law. 2016.", "Kim Yu. Language. 2017.",
)  # fmt: skip


def verdicts(tmp_path: Path, english: tuple[str, ...]) -> list[tuple[str, str]]:
    lists = [("Литература", list(RUSSIAN)), ("References", list(english))]
    text = "Текст статьи о работах.\n\n" + "\n\n".join(
        "\n".join([title, "", *(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))])
        for title, entries in lists
    )
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings.merge(found.relations[["relation_id", "why", "words"]], on="relation_id")
    rows = rows[rows["why"] == "listed_twice"]
    return list(zip(rows["words"], rows["verdict"], strict=True))


def test_each_date_meets_its_namesake_or_the_span_it_is_of(tmp_path: Path) -> None:
    rows = verdicts(tmp_path, ENGLISH)
    assert len(rows) == 8  # five entries with one date each, and three dates of the third
    found = dict(rows)
    assert found["2004 – 2011 … 2004"] == "holds"
    assert found["2012 … 2012"] == "holds"
    assert set(found.values()) == {"holds"}


def test_another_year_of_one_work_fails(tmp_path: Path) -> None:
    changed = tuple(one.replace("2016", "2019") for one in ENGLISH)
    assert [one for one in verdicts(tmp_path, changed) if one[1] == "fails"] == [("2016 … 2019", "fails")]


def test_lists_of_other_works_or_another_order_are_not_compared(tmp_path: Path) -> None:
    assert verdicts(tmp_path, ENGLISH[::-1]) == []
    assert verdicts(tmp_path, ENGLISH[:5]) == []
