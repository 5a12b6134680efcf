"""How far words and items reach: at the last place that counts, and one place beyond it."""

import pandas as pd
import pytest

from digital_diplomacy.extraction.context import Context
from digital_diplomacy.extraction.lists import Length, lengths
from digital_diplomacy.extraction.units import noun_before


@pytest.mark.parametrize(("between", "unit"), [(11, "users"), (12, None)])
def test_a_noun_is_the_unit_of_a_figure_at_most_twelve_words_behind_it(between: int, unit: str | None) -> None:
    assert noun_before("users" + " quite" * between + " ", "en") == unit


@pytest.mark.parametrize(("blanks", "said"), [(56, "growth"), (57, "observation")])  # "grew" has 4 of 60 characters
def test_a_word_of_growth_counts_within_sixty_characters(blanks: int, said: str) -> None:
    before = "grew" + " " * blanks
    assert Context.of(before).kind("percent", 5.0, len(before)) == said


@pytest.mark.parametrize(("between", "found"), [(3, {8: [Length(0, 1, 3, False)]}), (4, {})])
def test_three_blocks_may_stand_between_two_items_of_a_list(between: int, found: dict[int, list[Length]]) -> None:
    items = [{"kind": "item", "number": n, "text": f"{n}) roads"} for n in (1, 2, 3)]
    other = [{"kind": "paragraph", "number": None, "text": "Roads."}] * between
    blocks = pd.DataFrame([items[0], *other, items[1], *other, items[2]])
    assert lengths(blocks.assign(in_references=False, table="", table_column=0), frozenset()) == found


def test_a_second_list_far_behind_the_first_begins_anew() -> None:
    items = [{"kind": "item", "number": n, "text": f"{n}) roads"} for n in (1, 2, 3)]
    other = [{"kind": "paragraph", "number": None, "text": "Roads."}] * 6
    blocks = pd.DataFrame([*items, *other, *items]).assign(in_references=False, table="", table_column=0)
    assert lengths(blocks, frozenset()) == {end: [Length(0, 1, 3, False)] for end in (2, 11)}
