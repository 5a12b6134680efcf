"""What looks like a figure and is none: all that is blanked, and nothing else."""

import pytest

from digital_diplomacy.extraction.masks import BLANK, citation_years, masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see https://site.kz/2019/03 for 5", "see ___ for 5"),
        ("mail a5@site.kz or 5", "mail ___ or 5"),
        ("doi: 10.1234/ab5, 5", "___, 5"),
        ("ISSN 1234-5678 and 5", "___ and 5"),
        ("as told [3, 5–7] by 5", "as told ___ by 5"),
        ("№ 5 and 5", "___ and 5"),
        ("Web 2.0 has 5", "___ has 5"),
        ("Table 5.1 has 5", "___ has 5"),
        ("Рис. 5 и 5", "___ и 5"),
        ("vol. 5 (3) and 5", "___ and 5"),
        ("pp. 5–7 and 5", "___ and 5"),
        ("p < 0.05 for 5", "___ for 5"),
        ("JEL F50, F59 and 5", "___ and 5"),
        ("they asked about 5 users", "they asked ___ 5 users"),
        ("about 5 users", "about 5 users"),
        ("1) roads; 2) schools 5", "___ roads; ___ schools 5"),
        ("1) roads; 3) schools", "___ roads; 3) schools"),
        ("1) roads", "___ roads"),
        ("of 1) roads", "of 1) roads"),
        ("it grew (Simmel, 2012, p. 5)", "it grew (Simmel, 2012, ___)"),
        ("it grew (Simmel, 2012: 5–7) by 5", "it grew (Simmel, 2012___) by 5"),
        ("5 users and 6 %", "5 users and 6 %"),
    ],
)
def test_only_what_is_no_figure_is_blanked(text: str, left: str) -> None:
    blanked = masked(text)
    assert len(blanked) == len(text)
    assert "___".join(part for part in _parts(blanked)) == left


def _parts(blanked: str) -> list[str]:
    """What stands between runs of blanks."""
    parts, run = [""], False
    for char in blanked:
        if char == BLANK:
            parts += [] if run else [""]
        else:
            parts[-1] += char
        run = char == BLANK
    return parts


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("it grew (Simmel 2012)", ["2012"]),
        ("it grew (Simmel, 2012: 5) and (site.kz 2023)", ["2012", "2023"]),
        ("it grew (in 2012)", []),
        ("it grew (March 2012)", []),
        ("it grew (roads 2012)", []),
        ("it grew (5 roads 2012)", []),
    ],
)
def test_years_of_citations_stand_behind_a_name(text: str, years: list[str]) -> None:
    assert [text[start:end] for start, end in citation_years(text)] == years


@pytest.mark.parametrize("endless", ["1" * 100_000, "1," * 50_000, "a@" * 50_000, "Zm9v+/1=" * 10_000])
def test_what_is_longer_than_any_word_is_no_figure_and_no_rule_goes_through_it(endless: str) -> None:
    assert masked(f"5 of {endless} users") == f"5 of {BLANK * len(endless)} users"
    assert masked("1" * 999) == "1" * 999
