"""Which marks the numerals of a paper use: those of most that can be read in one way alone."""

import pytest

from digital_diplomacy.extraction.habits import habit
from digital_diplomacy.printed import Convention


@pytest.mark.parametrize(
    ("texts", "lang", "decimal", "grouping"),
    [
        (["12.5 and 3.75", "then 8,25"], "en", ".", ","),
        (["12,5 and 3,75", "then 8.25"], "en", ",", ","),
        (["12,5 and 3,75", "then 8.25"], "ru", ",", Convention.of("ru").grouping),
        (["1,234,567 and 2,345,678; 3.456.789"], "ru", Convention.of("ru").decimal, ","),
        (["1.234.567 and 2.345.678; 3,456,789"], "ru", Convention.of("ru").decimal, "."),
        (["no numeral", "12"], "en", ".", ","),
    ],
)
def test_a_paper_writes_as_most_of_its_numerals_do(texts: list[str], lang: str, decimal: str, grouping: str) -> None:
    assert habit(texts, lang) == Convention(lang, decimal, grouping)
