"""Two figures are one only where words say so: things told in the same words, and one told twice."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def told(tmp_path: Path, text: str, kind: str = "same_quantity") -> list[tuple[str, str]]:
    """What becomes of the drafts of a kind, with the figure that each is to equal."""
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    rows = found.findings.merge(found.relations[["relation_id", "kind", "right"]], on="relation_id")
    printed = dict(zip(found.figures["claim_id"], found.figures["as_printed"], strict=True))
    rows = rows[rows["kind_x" if "kind_x" in rows else "kind"] == kind]
    right = rows["right_y" if "right_y" in rows else "right"]
    return [(str(printed[one]), str(verdict)) for one, verdict in zip(right, rows["verdict"], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        # exports of two countries
        "Peru sold 1.4 million tonnes of copper. Last season Chile sold a total of 260 thousand tonnes of copper.",
        "Армения закупила 1,3 млн тонн риса, Грузия – 0,7 млн. В прошлом сезоне Грузия закупила всего 210 тысяч тонн риса.",
        "Моңғолия 1,3 млн тонна ет сатып алды. Өткен маусымда Ауғанстан барлығы 210 мың тонна ет сатып алды.",
        # a share of a work cited and the share of forms that came back
        "Silva (2018) finds that this share among school leavers is 34 percent. "
        "In total 900 forms were given out, and the share of forms returned was 71.8 percent.",
        "По данным Силвы (2018), эта доля составляет 34 процента. Всего роздано 900 анкет, доля возврата составила 71,8 процента.",
        "Силваның еңбегінде (2018) бұл үлес 34 пайыз. Барлығы 900 сауалнама таратылып, қайтару үлесі 71,8 пайыз болды.",
        # all of it and a part
        "Land under drip irrigation reached 212 thousand hectares. In total, irrigated land covers 1.7 million hectares.",
        "Площадь орошаемых земель с капельным поливом достигла 212 тысяч гектаров. "
        "Всего площадь орошаемых земель – 1,7 млн гектаров.",
        "Тамшылатып суарылатын жер көлемі 212 мың гектарға жетті. Жалпы суармалы жер көлемі 1,7 млн гектар.",
        # what was taken, and what was used again
        "Water taken fell to 31.2 million cubic metres from 33.9 million. "
        "Of water used, 104.6 million cubic metres were recycled water.",
        # an answer to another question behind the row's number
        "Таблица 1. Источник сведений, %\n\nИсточник\t2021\t2023\nРадио\t39\t24\nПечать\t61\t76\n\n"
        "Радио доверяют 57%, не доверяют 1%, не ответили 42%.",
        "Table 1. Source of news, %\n\nSource\t2021\t2023\nRadio\t39\t24\nPress\t61\t76\n\n"
        "Radio is trusted by 57%, distrusted by 1%, and 42% gave no answer.",
        "1-кесте. Жаңалық көзі, %\n\nКөзі\t2021\t2023\nРадио\t39\t24\nБаспасөз\t61\t76\n\n"
        "Радиоға 57% сенеді, 1% сенбейді, 42% жауап бермеді.",
    ],
)  # fmt: skip
def test_things_told_in_the_same_words_are_not_one(tmp_path: Path, text: str) -> None:
    assert not [one for one in told(tmp_path, text) if one[1] == "fails"]
