"""A share whose whole stands in an earlier clause or sentence is drafted against what the same noun counts there."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

TOLD = [
    # The noun that both count tells the whole among several counts.
    ("В крае 2 400 пекарен на 90 тыс. жителей; 600 пекарен (25 %) закрыты.", [(600, 2400, 25)]),
    ("The canton has 1,500 mills, 200 fewer than a year earlier (1,700). Water mills "
     "numbered 900, or 60% of the total.",
     [(900, 1500, 60)]),
    ("Wind mills stood still. There were 1,500 mills and 70 dams. Old mills made up 20% of the total, or 300.",
     [(300, 1500, 20)]),
    # A part with no noun of its own, after "that is".
    ("Приглашения получили 3 000 учителей, пришли 1 500, то есть 50 %.", [(1500, 3000, 50)]),
    # Whom the sentence divides is told by a verb of the count before.
    ("Приглашения получили 3 000 учителей, ответили 1 500, то есть 50 %. Среди ответивших 450 человек поют (30 %).",
     [(1500, 3000, 50), (450, 1500, 30)]),
    # Further parts of the same whole, and what a comparison adds is none.
    ("Осмотрены 800 мостов. Целы 480, или 60 %. Ещё 200 (25 %) чинят.", [(480, 800, 60), (200, 800, 25)]),
    ("It lent 5,000 skis, 400 more than a year before (4,600). Of these, 2,000 (40%) were new.", [(2000, 5000, 40)]),
    ("Қоймада 6,0 млрд теңге болды. Соның ішінде 3 млрд теңге, яғни 50 пайызы, жолға, 1,5 млрд теңге, "
     "яғни 25 пайызы, суға кетті.", [(3e9, 6e9, 50), (1.5e9, 6e9, 25)]),
    # Verbs of refusal are no change.
    ("We wrote to 1,000 farms. A form came from 400 farms (40%); 300, or 30%, declined.",
     [(400, 1000, 40), (300, 1000, 30)]),
]  # fmt: skip

NOT_TOLD = [
    "The north has 1,200 mills. In Bergen 300 mills (15%) are shut.",
    "In 2020 there were 400 mills. In 2021 90 mills (15%) were moved.",
    "Ауданда 700 оқушы бар. Мектептердің 120-сы (60 пайызы) жөнделді.",
    "The office has 500 clerks. It sold 200 tickets, or 70% of the tickets printed.",
    "Институт принял 700 студентов, или 35 % выпускников школ.",
    "Қалада 900 дәрігер бар. Ақтауда 120 дәрігер (40 пайызы) жұмыс істейді.",
    "There are 4,000 desks. Staff rose to 3,100 (12%).",
    # The printed share is that of a count told further back.
    "We asked 2,000 firms. Answers came from 900 firms, 300 late. Another 500, or 25%, wrote.",
]


def shares(folder: Path, text: str) -> list[tuple[float, ...]]:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(folder / "paper.txt"))
    value = found.figures.set_index("claim_id")["value"]
    drafts = found.relations[found.relations["kind"] == "share_of_base"]
    return sorted(tuple(value[one] for one in f"{row.left} {row.right}".split()) for row in drafts.itertuples())


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_share_is_of_what_was_counted_before(tmp_path: Path, text: str, told: list[tuple[float, ...]]) -> None:
    assert shares(tmp_path, text) == sorted(told)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_share_of_something_else_is_not_drafted(tmp_path: Path, text: str) -> None:
    assert [one for one in shares(tmp_path, text) if abs(100 * one[0] / one[1] - one[2]) > 1] == []


def test_a_false_share_of_a_whole_told_before_fails(tmp_path: Path) -> None:
    text = "В крае 2 400 пекарен на 90 тыс. жителей; 600 пекарен (35 %) закрыты."
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    carried = found.relations.loc[found.relations["kind"] == "share_of_base", "relation_id"]
    assert list(found.findings.set_index("relation_id").loc[carried, "verdict"]) == ["fails"]
