"""A share whose base stands a paragraph away is drafted where shares beside it, its noun or words prove it."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources

FAR = "Fieldwork took a month.\n\nThe form had two pages.\n\n"
TOLD = [
    # Two shares are of the number asked, so the third is too, and it is 10 %.
    ("We asked 1,250 residents. " + FAR + "Papers are read by 250 people (20%), "
     "radio is heard by 500 (40%), neither by 125 (15%).",
     [(250, 1250, 20), (500, 1250, 40), (125, 1250, 15)]),
    ("Опрошено 900 учителей.\n\nАнкета была короткой.\n\nСмартфон есть у 450 учителей (50 %), планшет – у 270 (30 %), "
     "ничего – у 180 (25 %).",
     [(450, 900, 50), (270, 900, 30), (180, 900, 25)]),
    ("Сауалнамаға 800 адам қатысты.\n\nСұрақ көп болды.\n\nГазетті 400 адам (50 %), радионы 240 адам (30 %), ештеңені "
     "160 адам (25 %) атады.",
     [(400, 800, 50), (240, 800, 30), (160, 800, 25)]),
    # Words of the whole, and the one number told of the noun.
    ("The coders read 20,000 posts, all public. Pictures are rare. The rest is text. It is plain text. Links stand in "
     "3,000 posts, 25% of the total.",
     [(3000, 20000, 25)]),
    # A rate of reply is of those asked.
    ("We asked 960 farmers what they need; 576 replied, a response rate of 48%.", [(576, 960, 48)]),
    # The 840 have a share themselves: they are no base, though 168 are 20 % of them.
    ("Ауданда 1 120 мектеп бар. Олардың 840-ы (75 %) желіге қосылған, 168-і (20 %) қосылмаған.",
     [(840, 1120, 75), (168, 1120, 20)]),
    # In words, behind the count.
    ("Из 120 заявок одобрены 60, три четверти.", [(60, 120, 75)]),
]  # fmt: skip
NOT_TOLD = [
    # A bracket that says of whom it is.
    "We asked 900 students. In spring 300 students took part (60% girls), in autumn 600 (40% girls).",
    "В области 300 школ. Ремонт прошёл в 60 школах (20 %), затем в 90 школах (30 %), потом в 50 (25 % от плана).",
    # Parts of a part.
    "Опрошено 1 000 человек. Читают газеты 400 человек (40 %), из них ежедневно 100 (25 %), реже 300 (75 %).",
    # Another noun each, and a change.
    "There are 800 schools and 5,000 teachers.\n\nComputers stand in 400 schools (50%) and in 90 libraries (30%).",
    "Exports were $80 million. Coal brought $40 million (up 50%), wheat $20 million (up 20%), meat $10 million (15%).",
    # Each share is that of another count told beside it.
    "Доходы – 80 млн тенге, расход – 60 млн тенге. Труд – 40 млн (50 %), налоги – 48 млн (60 %), связь – 6 млн (10 %).",
    "Облыста 300 мектеп, 150 балабақша бар. Мектептердің 150-і (50 %), балабақшалардың 60-ы (40 %) ауылда.",
    # Another clause divides the same people again.
    "Из опрошенных 900 живут в городах, 700 – в сёлах; женщин среди них 848 (53 %).",
]
SUMS = [
    ("In all 412 missions answered: 200 in Asia, 150 in Europe, and 72 in Africa.", (200, 150, 72, 412), "fails"),
    ("It has 84 letters on file. Small states sent 50 letters, the others 44.", (50, 44, 84), "fails"),
    ("Посольство ответило на 84 письма. Из Европы пришло 50 писем, из остальных стран – 34.", (50, 34, 84), "holds"),
    ("Всего опрошено 640 человек. 300 человек живут в городе, 350 – в селе.", (300, 350, 640), "fails"),
    ("Кітапханаға 600 оқырман тіркелді. 360 оқырман қалада, 250 оқырман ауылда тұрады.", (360, 250, 600), "fails"),
    # Not all of a whole: a third kind, other people, things that came to others.
    ("It reached 412 people: 230 in cities, 140 in villages and 42 abroad.", (230, 140, 412), ""),
    ("Ауданда 400 мектеп бар. Қалада 200 мұғалім, ауылда 250 мұғалім бар.", (200, 250, 400), ""),
    ("Сауалнамаға 400 ер, 600 әйел қатысты. Ерлердің 300-і, әйелдердің 280-і келді.", (300, 280, 600), ""),
    ("Ambulances number 860, which is 110 more than the 750 of 2020.", (110, 750, 860), ""),
]  # fmt: skip
HUNDREDS = [
    ("Мақалалардың 40 %-ы саясатқа, 35 %-ы спортқа, 31 %-ы басқа тақырыптарға арналған.", "fails"),
    ("Grain brought 41% of the cargo, metals 27%, cars 19% and everything else 13%.", "holds"),
    ("Причины назвали такие: цена – 38 %, лень – 34 %, связь – 19 %, прочее – 15 %.", "fails"),
    # Rates of groups are no parts of a whole.
    ("Unemployment was 12% among men, 9% among women and 60% in other groups.", ""),
]
RATES = [
    ("The fund gave $2.4 million to 60 schools, $45,000 for each school.", (2.4e6, 60, 45000), "fails"),
    ("A desk of five officers costs €400,000, i.e. €80,000 per officer.", (400000, 5, 80000), "holds"),
    ("На 36 сотрудников закуплено 72 ноутбука, по 3 ноутбука на сотрудника.", (72, 36, 3), "fails"),
    ("24 мемлекеттің 408 парақшасы оқылды. Бір мемлекетке 17 парақшадан келеді.", (408, 24, 17), "holds"),
    ("Қалада 18 %, ауылда 36 %, яғни екі есе көп.", (36, 18, 2), "holds"),
    # Not of all schools; of two nouns; of figures a clause before.
    ("Выделено 90 млн тенге на 45 школ. На каждую сельскую школу приходится 3 млн тенге.", (9e7, 45, 3e6), ""),
    ("На село приходилось 38,6 врача и 92,4 медсестры; в городе показатели выше в 1,7 раза.", (92.4, 38.6, 1.7), ""),
]  # fmt: skip


def drafted(folder: Path, text: str, kind: str) -> dict[tuple[float, ...], str]:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(folder / "paper.txt"))
    value = found.figures.set_index("claim_id")["value"]
    verdicts = dict(zip(found.findings["relation_id"], found.findings["verdict"], strict=True))
    drafts = found.relations[found.relations["kind"] == kind].fillna({"right": ""})
    return {
        tuple(value[one] for one in f"{row.left} {row.right}".split()): verdicts[row.relation_id]
        for row in drafts.itertuples()
    }


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_a_share_is_of_the_base_that_others_prove(tmp_path: Path, text: str, told: list[tuple[float, ...]]) -> None:
    assert sorted(drafted(tmp_path, text, "share_of_base")) == sorted(told)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_no_share_is_told_to_be_wrong_of_another_base(tmp_path: Path, text: str) -> None:
    assert "fails" not in drafted(tmp_path, text, "share_of_base").values()


@pytest.mark.parametrize(("text", "told", "verdict"), SUMS)
def test_parts_are_summed_where_none_is_left_out(
    tmp_path: Path, text: str, told: tuple[float, ...], verdict: str
) -> None:
    found = drafted(tmp_path, text, "sum_of_parts")
    assert found.get(told, "") == verdict
    assert verdict or "fails" not in found.values()


def test_counts_that_are_all_make_their_shares_a_hundred(tmp_path: Path) -> None:
    text = "The budget is $40 million. The ministry pays $30 million (75%), donors $6 million (15%), "
    text += "towns $4 million (15%)."
    assert drafted(tmp_path, text, "sum_to_100") == {(75, 15, 15): "fails"}
    assert drafted(tmp_path, text, "sum_of_parts") == {(30e6, 6e6, 4e6, 40e6): "holds"}


@pytest.mark.parametrize(("text", "verdict"), HUNDREDS)
def test_shares_with_all_others_are_a_hundred(tmp_path: Path, text: str, verdict: str) -> None:
    assert list(drafted(tmp_path, text, "sum_to_100").values()) == ([verdict] if verdict else [])


@pytest.mark.parametrize(("text", "told", "verdict"), RATES)
def test_a_rate_is_of_the_total_and_count_beside_it(
    tmp_path: Path, text: str, told: tuple[float, ...], verdict: str
) -> None:
    found = drafted(tmp_path, text, "ratio")
    assert found.get(told, "") == verdict
    assert verdict or found == {}
