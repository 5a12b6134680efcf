"""Drafts of relations from the words of a paper, and their verdicts."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources


def _verdicts(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    found = drafting.review(sources.read_paper(path))
    return dict(found.findings[["kind", "verdict"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # 46 - 41 = 5, not 16
        ("Trust in online services rose from 41% to 46%, by 16 percentage points.", "difference"),
        # 307 - 224 = 83, not 88
        ("Число сайтов увеличилось на 88: с 224 до 307.", "difference"),
        # 37 / 52 = 71.2 %, not 61 %
        ("Of the 52 embassies studied, 37 (61%) keep an account.", "share_of_base"),
        ("Страна заняла 106-е место среди 96 государств.", "rank_within"),
        ("Министрлік төрт басымдықты атады: көлік, сауда және мәдениет.", "list_length"),
        # 41 + 22 + 30 = 93
        ("41% of respondents answered yes, 22% answered no, and the remaining 30% were undecided.", "sum_to_100"),
    ],
)
def test_a_statement_that_contradicts_itself_fails(tmp_path: Path, text: str, kind: str) -> None:
    assert _verdicts(tmp_path, text)[kind] == "fails"


def test_uses_that_overlap_are_no_parts_of_a_hundred(tmp_path: Path) -> None:
    text = "About 90% of young people use the internet, 74% use messengers and 61% watch videos."
    assert _verdicts(tmp_path, text) == {}


IN_ALL = [
    # 41 + 22 + 37 = 100, and 41 + 22 + 47 = 110
    "Of those polled 41% said yes, 22% no and {}% were unsure, in all 100%.",
    "The answers of those polled: yes 41%, no 22%, unsure {}%, adding up to 100%.",
    "Ответы опрошенных: «да» – 41 %, «нет» – 22 %, не определились {} %, всего 100 %.",
    "Ответы опрошенных: «да» – 41 %, «нет» – 22 %, не определились {} %, что в сумме даёт 100 %.",
    "Респонденттердің 41 %-ы «иә», 22 %-ы «жоқ» деді, {} %-ы шешім қабылдамаған, барлығы 100 %.",
]


@pytest.mark.parametrize("text", IN_ALL)
def test_all_of_a_whole_is_no_further_part_of_it(tmp_path: Path, text: str) -> None:
    for printed, verdict in (("37", "holds"), ("47", "fails")):
        path = tmp_path / "paper.txt"
        path.write_text(text.format(printed), encoding="utf-8")
        found = drafting.review(sources.read_paper(path)).findings
        told = found[["kind", "verdict"]].to_numpy().tolist()
        assert ["sum_of_parts", verdict] in told
        if verdict == "holds":
            assert {one for _, one in told} == {"holds"}


def test_a_total_of_two_shares_is_their_sum(tmp_path: Path) -> None:
    text = "Of those polled 46% named television and 24% the web, together {}%."
    assert _verdicts(tmp_path, text.format(70)) == {"sum_of_parts": "holds"}
    assert _verdicts(tmp_path, text.format(90)) == {"sum_of_parts": "fails"}


def test_the_russian_word_for_in_all_says_only_before_what_is_less(tmp_path: Path) -> None:
    counts = "В опросе участвовали 640 учителей, 1 860 родителей и всего {}."
    assert _verdicts(tmp_path, counts.format("3 врача")) == {}
    shares = "Больше всего опрошенных доверяют телевидению (46 %) и сайтам (24 %), газетам – всего 3 %."
    assert _verdicts(tmp_path, shares) == {"sum_at_most_100": "holds"}


def test_a_sentence_that_cites_a_work_is_still_one_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    for cited in ("", " (Simmel 2012)"):
        path.write_text(f"Of 200 people asked, 60 (30 %) are online{cited}.", encoding="utf-8")
        found = drafting.review(sources.read_paper(path)).relations
        assert found["kind"].tolist() == ["nesting", "share_of_base"]


def test_what_would_divide_by_nothing_is_no_draft_and_stops_no_scan(tmp_path: Path) -> None:
    # 100,000 and 80,000 may stand for 50,000 to 150,000 and 75,000 to 85,000, so that what there was before may be 0.
    text = "Of 0 letters 0 (0%) were answered. The page has 100,000 followers, it grew by 25% (80,000 followers)."
    # From 80,000 to 100,000 it is 25 %.
    assert _verdicts(tmp_path, text) == {"nesting": "holds", "growth_rate": "holds"}
