"""Which print of a number a draft stands on, worked by hand."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources


def sides(tmp_path: Path, text: str, kind: str) -> list[list[int]]:
    """Places in the text of the figures of every draft of a kind, as the ordinals of their ids."""
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    relations = drafting.review(sources.read_paper(path), document="NEW").relations
    rows = relations[relations["kind"] == kind]
    return [[int(one[-3:]) for one in str(row.left).split()] for row in rows.itertuples()]


def test_a_whole_told_far_off_is_that_told_first(tmp_path: Path) -> None:
    # 14 of 48 are 29.2 %: figure 1 tells the 48, figure 3 repeats it.
    text = (
        "The chapter covers 48 embassies.\n\nOn one network 45 of the 48 embassies have a page (93.8%).\n\nNo question "
        "was answered by 14 embassies (29.2%)."
    )
    assert [5, 1] in sides(tmp_path, text, "share_of_base")


@pytest.mark.parametrize(
    "text",
    [
        # 1500 + 515 = 2015; 1500 / 2500 = 60 %, 500 / 2500 = 20 %, the 2,500 of their own paragraph (figure 3).
        "By telephone 2,500 talks were held, face to face 960.\n\nServices were used by 2,500 people. Of them 1,500 "
        "did so alone (60%), 500 with help (20%).",
        "Телефон арқылы 2 500 сұхбат, бетпе-бет 960 сұхбат өтті.\n\nҚызметті 2 500 адам пайдаланған. "
        "Пайдаланғандардың 1 500 өзі алған (60 %), 500 туысының көмегімен (20 %).",
        "По телефону провели 2 500 бесед, лично 960 бесед.\n\nУслугами пользовались 2 500 человек. Из них 1 500 "
        "получили их сами (60 %), 500 с помощью родных (20 %).",
    ],
)
def test_a_whole_told_in_the_paragraph_of_its_parts_is_theirs(text: str, tmp_path: Path) -> None:
    found = sides(tmp_path, text, "share_of_base")
    assert [4, 3] in found
    assert [6, 3] in found


def test_another_noun_is_another_thing(tmp_path: Path) -> None:
    # The 40 of the schools is not that of the ministries.
    text = (
        "There are 40 ministries.\n\nThe town has 40 schools.\n\nIn its schools much is read.\n\nA library is in "
        "26 schools (65%)."
    )
    assert sides(tmp_path, text, "share_of_base") == [[3, 2]]


def test_a_table_without_heads_is_added_up(tmp_path: Path) -> None:
    # 723.2 + 452.0 + 271.2 + 361.7 = 1808.1; 40 + 25 + 15 + 20 = 100.
    path = tmp_path / "paper.txt"
    rows = ["content\t723.2\t40.0%", "ads\t452.0\t25.0%", "training\t271.2\t15.0%", "machines\t361.7\t20.0%"]
    path.write_text("\n".join(["Spending, million tenge:", "", *rows, "total\t1,808.1\t100.0%", ""]), encoding="utf-8")
    review = drafting.review(sources.read_paper(path), document="NEW")
    found: pd.Series[int] = review.relations["kind"].value_counts()
    assert found["share_of_base"] == 4
    assert set(review.findings["verdict"]) == {"holds"}
    assert {"sum_of_parts", "sum_to_100"} <= set(found.index)
