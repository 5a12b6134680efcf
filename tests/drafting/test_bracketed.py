"""A count with its share in brackets is drafted against the one count before it that it can be a share of."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, extraction, sources

DRAFTS = [
    ("По опросу 1 120 служащих, 784 (70 %) пользуются почтой, 168 (18 %) хранят пароли.",
     [(784, 1120, 70)]),
    ("The corpus holds 214,600 posts; 51,504 of them (24%) are replies.", [(51504, 214600, 24)]),
    ("Баяндамашы 64 елшілік пен 23 консулдықты атады. Елшіліктердің 48-і (75 пайызы) апта сайын жазады.",
     [(48, 64, 75)]),
    # Two counts that it may be of, and no noun that tells which.
    ("The ministry has 640 rooms and 512 desks. In all 480 (70%) are filled.", []),
    # Shares of something else are told in the sentence before.
    ("Елде 16 410 000 адам желіде, бұл – халықтың 85,9 пайызы. Чатты 13 800 000 адам (72,5 %) қолданады.", []),
    # How much a count has grown is no share of another.
    ("There are 4,000 desks. Staff rose to 3,100 (12%).", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), DRAFTS)
def test_a_share_in_brackets_is_of_the_one_count_before(
    tmp_path: Path, text: str, told: list[tuple[float, float, float]]
) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    figures = extraction.told_apart(extraction.scan(blocks), blocks)
    value = figures.set_index("claim_id")["value"]
    relations = drafting.draft_relations(figures, blocks)
    shares = relations[relations["kind"] == "share_of_base"]
    found = [(*(value[one] for one in row.left.split()), value[row.right]) for row in shares.itertuples()]
    assert sorted(found) == sorted(told)
