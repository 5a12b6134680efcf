"""Numbers taken up by their noun, lists behind a dash, and what is recalled beside another number."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def verdicts(tmp_path: Path, text: str, why: str = "recalled") -> list[str]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings[["relation_id", "verdict"]].merge(found.relations[["relation_id", "why"]], on="relation_id")
    return [str(verdict) for verdict in rows[rows["why"].isin([why, "again"])]["verdict"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The letter was answered by 346 mayors. Among the 346 mayors 120 were women.", ["holds"]),
        ("The letter was answered by 346 mayors. Among the 364 mayors 120 were women.", ["fails"]),
        ("The letter was answered by 346 mayors. Among the 346 teachers 120 were women.", []),
        ("The letter was answered by 346 mayors. Among 512 mayors of the south 120 were women.", []),  # others
        ("Анкету заполнили 1 283 учителя. Среди 1 238 учителей 640 живут в сёлах.", ["fails"]),
        ("Сұраққа 1 346 мұғалім жауап берді. 1 364 мұғалімнің ішінен көбі ауылда тұрады.", ["fails"]),
        ("Сұраққа 1 346 мұғалім жауап берді. Кейін 1 364 оқушы жауап берді.", []),
    ],
)
def test_a_number_taken_up_is_the_one_told(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert verdicts(tmp_path, text) == expected


def test_what_is_recalled_is_not_the_number_beside_it(tmp_path: Path) -> None:
    text = (
        "Страницы есть у 36 школ из 215 школ области. Таким образом, у 215 школ, о которых шла речь выше, мало страниц."
    )
    assert "fails" not in verdicts(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report has four recommendations – openness, speed, training and money.", ["holds"]),
        ("The report has five recommendations – openness, speed, training, money.", ["fails"]),
        ("В отчёте три вывода – открытость, скорость, обучение, деньги.", ["fails"]),
        ("Есепте төрт ұсыным бар – ашықтық, жылдамдық, оқыту, ақша.", []),  # a word stands between
        ("Нәтиже 9 мақалада жарияланды: үшеуі журналда, төртеуі жинақта, екеуі кітапта.", []),
        ("The findings are in 9 papers: three in journals, four in volumes, two in books.", []),
    ],
)
def test_entries_behind_a_dash_and_parts_with_their_numbers(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert verdicts(tmp_path, text, "list_colon") == expected


def test_a_list_of_propositions_is_counted(tmp_path: Path) -> None:
    text = "Автор төрт тұжырым ұсынады:\n\n1. Желі өседі.\n\n2. Тіл маңызды.\n\n3. Оқу керек."
    assert verdicts(tmp_path, text, "list_items") == ["fails"]
