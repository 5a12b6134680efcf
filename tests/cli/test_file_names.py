"""Names of files for units and relations of researchers' own tables."""

import re

import pytest

from digital_diplomacy.cli.file_names import file_stems

ODD = ["Uses", "uses", "USES", "a/b", "a b", "a-b", "..", "", "con", "COM1", "-rf", "мин", "Мин", "ß", "SS", "x" * 300]


def test_no_two_names_are_one_file_where_capitals_count_for_nothing() -> None:
    stems = file_stems(ODD)
    assert list(stems) == ODD
    assert len({stem.casefold() for stem in stems.values()}) == len(ODD)


@pytest.mark.parametrize("code", ODD)
def test_every_name_is_one_that_any_system_takes(code: str) -> None:
    stem = file_stems([code])[code]
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,80}", stem)
    assert stem.casefold() not in ("con", "com1")


def test_plain_codes_are_their_own_names() -> None:
    assert file_stems(["KAZ", "uses"]) == {"KAZ": "KAZ", "uses": "uses"}
