"""What keeps a scan's time in proportion to the length of a paper, and what of a paper is not changed by it."""

from pathlib import Path

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting import reviewing
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.extraction.sentences import LONGEST, sentences
from digital_diplomacy.labels import refusals


def _reviewed(tmp_path: Path, text: str) -> drafting.Review:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return drafting.review(sources.read_paper(path))


@pytest.mark.parametrize("between", [", ", "; ", " "])
def test_what_is_too_long_for_a_sentence_is_read_in_parts_that_lose_no_figure(tmp_path: Path, between: str) -> None:
    said = [f"{1000 + place * 7} users" for place in range(400)]
    text = between.join(said)
    parts = list(sentences(text))
    assert len(parts) > 1
    assert max(len(part.text) for part in parts) <= LONGEST
    assert [text[part.start : part.end] for part in parts] == [part.text for part in parts]
    figures = _reviewed(tmp_path, text).figures
    assert figures["as_printed"].tolist() == said
    assert [text[one.start : one.end] for one in figures.itertuples()] == said


def test_a_word_longer_than_a_sentence_ends_somewhere() -> None:
    assert [len(part.text) for part in sentences("x" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]


def test_characters_of_icon_fonts_are_no_figures(tmp_path: Path) -> None:
    found = _reviewed(tmp_path, "\uf0b7 Of the 200 people asked, 60 (\ue000 30 %) are online.")
    assert found.figures["value"].tolist() == [200, 60, 30]
    assert found.findings["verdict"].tolist() == ["holds"] * len(found.findings)
    assert "share_of_base" in found.findings["kind"].tolist()


def test_far_repetitions_are_compared_within_their_kind(tmp_path: Path) -> None:
    other = "\n\n".join(f"In town {place} there stand old mills and new roads." for place in "abcdefgh" * 30)
    first, last = "The embassy page has 23,900 followers.", "The embassy page has 24,900 followers, as mentioned above."
    found = _reviewed(tmp_path, f"{first}\n\n{other}\n\n{last}")
    assert found.findings[["kind", "verdict"]].to_numpy().tolist() == [["same_quantity", "fails"]]


def test_a_paper_of_too_many_numbers_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "MOST_NUMBERS", 3)
    _reviewed(tmp_path, "We counted 12, 14.5 and 1,300 pages.")
    with pytest.raises(ArgumentError, match="the paper prints 4 numbers, more than 3; scan its parts") as error:
        _reviewed(tmp_path, "We counted 12, 14.5, 1,300 and 7 pages.")
    assert refusals.told(error.value, "ru").startswith("в тексте 4 чисел, больше 3")
    assert refusals.told(error.value, "kk").startswith("мақалада 4 сан бар")


def test_a_paper_of_too_many_characters_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "MOST_CHARACTERS", 9)
    with pytest.raises(ArgumentError, match="the paper has 10 characters, more than 9"):
        _reviewed(tmp_path, "Old roads.")
