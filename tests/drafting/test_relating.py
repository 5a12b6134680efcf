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
