"""Bounds of places from what is said of them, worked by hand and against every ranking that fits."""

from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_diplomacy import rankings
from digital_diplomacy.errors import TableError


def places(*rows: tuple[str, int | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entity", "low", "high"]).astype({"low": "Int64", "high": "Int64"})


def order(*pairs: str) -> pd.DataFrame:
    return pd.DataFrame([tuple(pair) for pair in pairs], columns=["ahead", "behind"])


def bounds(stated: pd.DataFrame, said: pd.DataFrame, *, count: int) -> list[list[int]]:
    return rankings.place_bounds(stated, said, count=count)[["low", "high"]].to_numpy().tolist()


def test_nothing_said_leaves_every_place():
    assert bounds(places(("A", None, None), ("B", 2, None)), order(), count=7) == [[1, 7], [2, 7]]


def test_places_taken_are_not_free():
    # A and B hold 1 and 2 between them, so C, said to be among the first three, is third
    assert bounds(places(("A", 1, 2), ("B", 1, 2), ("C", 1, 3)), order(), count=9) == [[1, 2], [1, 2], [3, 3]]


def test_bounds_are_carried_along_a_chain():
    # A < B < C within places 1 to 5: A at most 3, C at least 3
    found = bounds(places(("A", None, None), ("B", None, None), ("C", None, None)), order("AB", "BC"), count=5)
    assert found == [[1, 3], [2, 4], [3, 5]]


def test_several_behind_one_need_places_of_their_own():
    # B, C and D all behind A in a ranking of five: A is at most second, though each alone would leave it fourth
    found = bounds(places(*((name, None, None) for name in "ABCD")), order("AB", "AC", "AD"), count=5)
    assert found == [[1, 2], [2, 5], [2, 5], [2, 5]]


def test_a_unit_steps_over_places_that_are_taken():
    # as Kyrgyzstan in the Review: behind U, which is behind Z at 51; A at 52 is taken, so U is 53 and K 54 at best;
    # K is ahead of C at 125, so K is 124 and U 123 at worst
    stated = places(("Z", 51, 51), ("A", 52, 52), ("U", None, None), ("K", None, None), ("C", 125, 125))
    found = bounds(stated, order("ZU", "UK", "KC"), count=210)
    assert found[2:4] == [[53, 123], [54, 124]]


@given(
    st.integers(4, 6).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(1, count), st.integers(0, count)), min_size=1, max_size=4),
            st.sets(st.sampled_from([a + b for a in "ABCD" for b in "ABCD" if a != b]), max_size=3),
        )
    )
)
@settings(max_examples=150, deadline=None)
def test_bounds_are_those_of_every_ranking_that_fits(case: tuple[int, list[tuple[int, int]], set[str]]):
    count, ends, said = case
    names = "ABCD"[: len(ends)]
    pairs = sorted(pair for pair in said if set(pair) <= set(names))
    stated = places(*((name, low, min(count, low + more)) for name, (low, more) in zip(names, ends, strict=True)))
    fitting = [
        taken
        for taken in permutations(range(1, count + 1), len(names))
        if all(low <= place <= low + more for place, (low, more) in zip(taken, ends, strict=True))
        and all(taken[names.index(pair[0])] < taken[names.index(pair[1])] for pair in pairs)
    ]
    if not fitting:
        with pytest.raises(TableError, match=r"fits the bounds and the order|ahead of itself"):
            bounds(stated, order(*pairs), count=count)
        return
    assert bounds(stated, order(*pairs), count=count) == [[min(held), max(held)] for held in zip(*fitting, strict=True)]


def test_argument_is_not_changed():
    stated, said = places(("A", None, None), ("B", 1, 2)), order("BA")
    before = stated.copy()
    rankings.place_bounds(stated, said, count=4)
    pd.testing.assert_frame_equal(stated, before)


def test_contradictions_are_refused():
    with pytest.raises(TableError, match="no ranking of 5 fits the bounds and the order"):
        bounds(places(("A", 3, 3), ("B", 3, 3)), order(), count=5)
    with pytest.raises(TableError, match=r"ahead of itself: (A, B, A|B, A, B);"):
        bounds(places(("A", None, None), ("B", None, None)), order("AB", "BA"), count=5)
    with pytest.raises(TableError, match="the order speaks of C, without a row"):
        bounds(places(("A", None, None)), order("AC"), count=5)
