"""What was told before, remains, lies between or falls to one is drafted; what is told of others is not."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

TOLD = [
    # A change and its end; the beginning was told before.
    ("In May 40 stalls stood empty. A month later the number had grown by 25 % to 50.", "growth_rate", [40, 50, 25]),
    ("В 2016 году было 240 лодок. К 2022 году число лодок уменьшилось на 10 % и составило 216 лодок.", "decline_rate",
     [240, 216, 10]),
    # What remains.
    ("Weavers made up 62 %. The remaining 38 % were dyers.", "sum_to_100", [62, 38]),
    ("Ткачи составили 62 %. Остальные 38 % были красильщиками.", "sum_to_100", [62, 38]),
    # A difference told by a noun.
    ("Cooks earned $620 and waiters $500, a gap of $120.", "difference", [620, 500, 120]),
    ("Аспаздар 3,5 сағат, даяшылар 2,9 сағат істейді, айырмасы 0,6 сағат.", "difference", [3.5, 2.9, 0.6]),
    # A share of those who were asked.
    ("Опрос охватил 1 250 ткачей. Погода мягкая. Моряков 775, или 62 % выборки.", "share_of_base", [775, 1250, 62]),
    # A part of a sum of money.
    ("The fund has $84 million. Of this, $21 million (25 %) went on boats.", "share_of_base", [21e6, 84e6, 25]),
    # What falls to one.
    ("Облыста 600 мұғалім мен 9600 оқушы бар. Бір мұғалімге 16 оқушыдан келеді.", "ratio", [9600, 600, 16]),
    ("The port has 120 offices with 480 clerks. Each office has 4 clerks.", "ratio", [480, 120, 4]),
    # A total behind its parts, a list named before its number, places with endings, times told by a word.
    ("There were 18 storms in spring and 27 in autumn, 45 in all.", "sum_of_parts", [18, 27, 45]),
    ("Этапов работы — три: опрос и наблюдение.", "list_length", [3]),
    ("Порт поднялся с 31-й на 24-ю позицию, то есть на семь мест.", "difference", [31, 24, 7]),
    ("Sales doubled from 40 to 80 boats.", "ratio", [80, 40, 2]),
    ("Былтыр 250 қайық түсті, биыл 400, өсім 60 %.", "growth_rate", [250, 400, 60]),
    # "түсті" alone says that something came in or fell; "көп" says that there is more: 600 / 500 = 1.2.
    ("Кеңсеге 600 хат түсті, бұл алдыңғы жылғыдан (500) 20 пайызға көп.", "growth_rate", [500, 600, 20]),
]  # fmt: skip

OF_OTHERS = [
    "Кеңсеге 600 хат түсті, бұл алдыңғы жылғыдан (500) 20 пайызға көп.",
    "Оқырмандар – 6,5 млн, соның 3,9 млн-ы ең ірі он кітапханада тіркелген (60 %).",
    "В городе 800 врачей. Уволились 90 медсестёр (30 %).",
    "Here are 40 schools and 25 clubs. Shut were 10 (15 %).",
    "The survey asked 1,200 people. Among teachers, 40 respondents (25 %) were new.",
    "In 2020 there were 40 schools and 90 shops. A year later sales had grown by 25 % to 500.",
    "Women were 62 % of voters. The remaining 20 % of ballots were void.",
    "The bridge cost $40 million. Of this, $6 million (20 % of the loan) came late.",
    "Опрошено 640 учителей. Из них 416 (60 % выпускников) прошли курсы.",
    "The town has 300 teachers and 5,000 pupils. There are 17 pupils per teacher.",
    "Chapter two: roads, schools and trade.",
]


def _drafted(folder: Path, text: str) -> list[tuple[str, list[float]]]:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(path))
    values = found.figures.set_index("claim_id")["value"]
    return [
        (row["kind"], [float(values[name]) for name in f"{row['left']} {row['right']}".split() if name in values.index])
        for row in found.relations.to_dict("records")
    ]


@pytest.mark.parametrize(("text", "kind", "values"), TOLD)
def test_what_was_told_before_is_drafted(tmp_path: Path, text: str, kind: str, values: list[float]) -> None:
    assert (kind, values) in _drafted(tmp_path, text)


@pytest.mark.parametrize("text", OF_OTHERS)
def test_nothing_fails_that_is_told_of_others(tmp_path: Path, text: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    verdicts = drafting.review(sources.read_paper(path)).findings["verdict"]
    assert "fails" not in set(verdicts)


def test_posts_of_staff_are_no_messages_and_the_young_no_years(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("The office has 40 posts of engineers; 12 posts are vacant.", encoding="utf-8")
    assert drafting.review(sources.read_paper(path)).figures["unit"].tolist() == ["items", "items"]
    path.write_text("Жиынға 800 жас қатысты.", encoding="utf-8")
    assert drafting.review(sources.read_paper(path)).figures["unit"].tolist() == ["persons"]
