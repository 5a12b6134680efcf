"""Identifiers have one normal form, and two that look alike are refused by name."""

import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.identifiers import normal_form, refuse_twins

# The Unicode Standard 16.0, section 5.21: shown by no font, whatever their category; one of each kind.
NOT_SHOWN = [
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u17b4", "\u180b", "\u180e", "\u200d", "\u202e", "\u2060", "\u2063"),
    *("\u2067", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\U0001d173", "\U000e0041", "\U000e0100"),
]


@pytest.mark.parametrize("letter", NOT_SHOWN, ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_no_font_shows_makes_no_other_name(letter: str) -> None:
    assert normal_form(f"Қаз{letter}ақстан") == "Қазақстан"
    with pytest.raises(TableError, match="differ only in blanks, invisible characters"):
        refuse_twins([("mfa", "line 2"), (f"mfa{letter}", "line 3")], "ties.csv")


@pytest.mark.parametrize("name", ["Türkiye", "Кот-д’Ивуар", "日本", "مصر", "\u0601 1", "@mfa_kz 🇰🇿"])
def test_what_is_shown_stays(name: str) -> None:
    assert normal_form(name) == name
