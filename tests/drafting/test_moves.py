"""Moves of places, places within those ranked, net changes, changes since some time ago; not those of others."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

TOLD = [
    # Places and the places between them, in any order.
    ("The port came seventh, six places up from thirteenth.", "difference", [13, 7, 6], "holds"),
    ("Порт занял девятое место из 30, опустившись на две позиции с седьмого.", "difference", [9, 7, 2], "holds"),
    ("Облыс 21 өңірдің арасында бесінші орында; бұрын 12-орында болған еді, демек жеті сатыға көтерілді.", "difference",
     [12, 5, 7], "holds"),
    # Places within those that are ranked.
    ("21 өңірдің ішінде таза су бойынша облыс сегізінші, жолдар бойынша 23-орында.", "rank_within", [23, 21], "fails"),
    ("The index ranked 90 harbours on 12 marks. Our harbour is in 94th position.", "rank_within", [94, 90], "fails"),
    ("Город занял четвёртое место из 15.", "rank_within", [4, 15], "holds"),
    # What came and what went.
    ("We hired 300 bakers and 120 left, so that the staff went up by 180.", "difference", [300, 120, 180], "holds"),
    ("За год принято 90 пекарей, уволилось 40, штат вырос на 50.", "difference", [90, 40, 50], "holds"),
    ("Жыл ішінде 90 наубайшы қабылданды, 40 наубайшы кетті, саны 60-қа артты.", "difference", [90, 40, 60], "fails"),
    # A change since some time ago.
    ("Облыста 190 дүкен бар. Он жыл бұрын олардың саны 250 еді, яғни 60-қа азайды.", "difference", [250, 190, 60],
     "holds"),
    ("Тұрғындардың 30 %-ы трамваймен, 45 %-ы автобуспен жүреді. Бұрын трамвайды 42 % таңдаған еді, "
     "демек үлесі 12 пайыздық тармаққа кеміді.", "difference", [42, 30, 12], "holds"),
    # Earlier values named by "after" and "the year before", and the way of a change by its clause.
    ("Harvests grew: 500 tonnes after 400, a 25 per cent increase.", "growth_rate", [400, 500, 25], "holds"),
    ("Айлық 5 000 теңге, алдыңғы жылы 4 000 теңге болған, өсім – 25 %.", "growth_rate", [4000, 5000, 25], "holds"),
    ("Саны 900 болды, өткен жылмен (1 000) салыстырғанда 10 %-ға кеміді.", "decline_rate", [1000, 900, 10], "holds"),
    ("Доля трамваев снизилась на 6 процентных пунктов, с 30 до 24 %; доля автобусов выросла.", "difference",
     [30, 24, 6], "holds"),
    ("Доля ответов повысится на 12 процентных пунктов – с 30 % до 42 %.", "difference", [42, 30, 12], "holds"),
    ("Число пекарей удвоится: с 1,5 тыс. до 3 тыс.", "ratio", [3000, 1500, 2], "holds"),
    # A gap beside "against", and one of an index without a unit.
    ("It rang in 18% of shops, against 7% of stalls, a gap of 11 percentage points.", "difference", [18, 7, 11],
     "holds"),
    ("Индекс равен 0,46 при среднем 0,58; отставание составляет 0,12.", "difference", [0.58, 0.46, 0.12], "holds"),
]  # fmt: skip

NONE = [
    "The club came third and won four cups, its seventh season.",
    "In 12 towns we hired 30 people; 20 shops closed and sales went up by 9.",
    "Of US$ 9 million, the 30th part went to the poor.",
    "The museum has 800 paintings. A year before there were 900 guides, 100 more.",
    "Команда заняла пятое место и забила 12 голов, а в прошлом году – девятое.",
]


def drafts(folder: Path, text: str) -> list[tuple[str, list[float], str]]:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(folder / "paper.txt"))
    value = found.figures.set_index("claim_id")["value"]
    verdicts = dict(zip(found.findings["relation_id"], found.findings["verdict"], strict=True))
    return [
        (row.kind, [value[one] for one in f"{row.left} {row.right}".split()], verdicts[row.relation_id])
        for row in found.relations.itertuples()
        if row.right
    ]


@pytest.mark.parametrize(("text", "kind", "values", "verdict"), [row for row in TOLD if row[1]])
def test_what_is_told_is_drafted(tmp_path: Path, text: str, kind: str, values: list[float], verdict: str) -> None:
    assert (kind, values, verdict) in drafts(tmp_path, text)


@pytest.mark.parametrize("text", NONE)
def test_what_is_told_of_others_is_not(tmp_path: Path, text: str) -> None:
    kinds = ("difference", "rank_within", "growth_rate", "decline_rate")
    assert [one for one in drafts(tmp_path, text) if one[0] in kinds] == []
