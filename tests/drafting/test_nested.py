"""Parts told of a whole before them, by pronouns or by their noun."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def nestings(tmp_path: Path, text: str) -> list[tuple[list[float], float, str]]:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    values = found.figures.set_index("claim_id")["value"]
    rows = found.findings[["relation_id", "verdict"]].merge(
        found.relations[["relation_id", "kind", "left", "right"]], on="relation_id"
    )
    return [
        ([float(values[name]) for name in row["left"].split()], float(values[row["right"]]), row["verdict"])
        for row in rows[rows["kind"] == "nesting"].to_dict("records")
    ]


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("The portal has 272 forms in two languages. One hundred and twelve of them need no visit.", [112], 272),
        ("A family pays $24.20 a month, $11.50 of it on the telephone.", [11.5], 24.2),
        ("A review of the first decade found 41 studies, of which only nine counted letters.", [9], 41),
        ("There are 64 clubs. Twelve clubs have no page at all.", [12], 64),
        ("Есть 118 школ в 76 районах, в том числе 68 гимназий, 31 лицей и 12 интернатов.", [68, 31, 12], 118),
        ("Из 74 договоров 51 заключён без конкурса. Нарушения нашли в 19 договорах.", [19], 74),
        ("Комиссия рассмотрела 230 заявок. Отклонены 57 заявок, остальные приняты.", [57], 230),
        ("Біз тапқан 92 зерттеудің 37-і тілді, 31-і мазмұнды, 12-сі уақытты зерттейді.", [37, 31, 12], 92),
        ("Оқуға 320 қызметкер келді, оның ішінде 140-ы аймақтардан.", [140], 320),
        ("Жобаға 84 млн теңге бөлінді, соның 21 млн теңгесі оқуға кетті.", [21e6], 84e6),
    ],
)
def test_a_part_is_within_its_whole(tmp_path: Path, text: str, parts: list[float], whole: float) -> None:
    assert (parts, whole, "holds") in nestings(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The school has 84 pages, among them 91 in colour.", 91, 84),
        ("На портале 340 форм; 352 из них доступны всем.", 352, 340),
        ("Бюджет – 84 млн тенге, из них 96 млн пошло на сайт.", 96e6, 84e6),
        ("Оқуға 320 қызметкер келді, оның ішінде 340-ы аймақтардан.", 340, 320),
    ],
)
def test_a_part_larger_than_its_whole_fails(tmp_path: Path, text: str, part: float, whole: float) -> None:
    assert ([part], whole, "fails") in nestings(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "All 63 figures of the twelve notebooks were read.",
        "In Peru 120 schools answered. Of the 120 schools 40 are rural.",
        "There are 12 clubs. Another 40 clubs opened later; 30 of them are rural.",
        "Открыты 12 школ и 40 садов, из них 30 сельских.",
        "12 мектеп ашылды. Тағы 40 мектеп салынуда, оның ішінде 30-ы ауылда.",
    ],
)
def test_what_is_part_of_something_else_does_not_fail(tmp_path: Path, text: str) -> None:
    assert "fails" not in [verdict for _, _, verdict in nestings(tmp_path, text)]
