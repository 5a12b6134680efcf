"""The paper of docs/scan.md gives what the page says of it."""

from pathlib import Path

from digital_diplomacy import drafting, sources

PAGE = Path(__file__).parents[3] / "docs" / "scan.md"


def test_the_example_of_the_page_fails_as_it_says(tmp_path: Path) -> None:
    """672 of 1,200 are 56 %, printed as 66 %; three priorities, and four behind the colon."""
    blocks = PAGE.read_text(encoding="utf-8").split("```")
    (tmp_path / "paper.txt").write_text(blocks[3].strip(), encoding="utf-8")
    found = drafting.review(sources.read_paper(tmp_path / "paper.txt"))
    assert "claims scan paper.txt" in blocks[1]
    assert "claims take-in draft" in blocks[5]
    verdicts = set(found.findings[["kind", "verdict"]].itertuples(index=False, name=None))
    assert verdicts == {("share_of_base", "fails"), ("list_length", "fails"), ("nesting", "holds")}
