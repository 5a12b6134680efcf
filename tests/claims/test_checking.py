"""The verdict on two sides, reading by reading, at the last values where it holds."""

import math
from fractions import Fraction

import pandas as pd
import pytest

from digital_diplomacy import claims
from digital_diplomacy.claims.checking import _arithmetic, _ends, _is_claim, _judged, _sides, _verdict
from digital_diplomacy.claims.quantities import READINGS, Quantity
from digital_diplomacy.claims.sides import Sides
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval

INF = math.inf


def side(*ends: tuple[float, float], about: bool = False, text: str = "x") -> Quantity:
    """A quantity of one interval in all readings, or of one in each."""
    spans = [Interval(*end) for end in (ends if len(ends) == 3 else ends * 3)]  # type: ignore[arg-type]
    return Quantity(text, None, dict(zip(READINGS, spans, strict=True)), about)


@pytest.mark.parametrize(
    ("left", "test", "right", "verdict", "code"),
    [
        (side((1, 1)), "equal", side((1, 1)), "holds", "certain"),
        (side((1, 2)), "equal", side((1, 2)), "holds", "not_contradicted"),
        (side((1, 2)), "equal", side((2, 3)), "holds", "not_contradicted"),
        (side((1, 2)), "equal", side((3, 4)), "fails", "contradiction"),
        (side((1, 2)), "at_most", side((2, 3)), "holds", "certain"),
        (side((1, 3)), "at_most", side((2, 3)), "holds", "not_contradicted"),
        (side((3, 4)), "at_most", side((2, 3)), "holds", "not_contradicted"),
        (side((4, 5)), "at_most", side((2, 3)), "fails", "contradiction"),
        (side((2, 3)), "at_least", side((1, 2)), "holds", "certain"),
        (side((2, 3)), "at_least", side((1, 3)), "holds", "not_contradicted"),
        (side((2, 3)), "at_least", side((3, 4)), "holds", "not_contradicted"),
        (side((2, 3)), "at_least", side((4, 5)), "fails", "contradiction"),
        # only another reading of the digits saves it
        (side((1, 2), (1, 3), (1, 2)), "equal", side((3, 4)), "approximate", "zeros_only"),
        (side((1, 2), (1, 2), (1, 3)), "equal", side((3, 4)), "approximate", "cut_off_only"),
        (side((1, 1), (0, 2), (1, 1)), "equal", side((1, 1)), "holds", "not_contradicted"),
        # an "about" is wider than its digits say
        (side((1, 1), about=True), "equal", side((1, 1)), "approximate", "about"),
        (side((1, 1)), "equal", side((2, 2), about=True), "approximate", "about_only"),
        # open ends that leave nothing to test
        (side((-INF, 2)), "equal", side((-INF, 1)), "cannot be checked", "open_ends"),
        (side((2, INF)), "equal", side((1, INF)), "cannot be checked", "open_ends"),
        (side((-INF, 2)), "equal", side((1, INF)), "holds", "not_contradicted"),
        (side((-INF, 2)), "at_most", side((1, 1)), "cannot be checked", "open_ends"),
        (side((1, 1)), "at_most", side((0, INF)), "cannot be checked", "open_ends"),
        (side((1, INF)), "at_most", side((1, 1)), "holds", "not_contradicted"),
        (side((2, INF)), "at_least", side((3, 3)), "cannot be checked", "open_ends"),
        (side((1, 1)), "at_least", side((-INF, 2)), "cannot be checked", "open_ends"),
        (side((-INF, 1)), "at_least", side((1, 1)), "holds", "not_contradicted"),
    ],
)
def test_sides_are_judged_in_every_reading(left: Quantity, test: str, right: Quantity, verdict: str, code: str) -> None:
    assert _verdict(Sides(left, right, test, "percent")) == (verdict, code)  # type: ignore[arg-type]


def test_a_chain_tells_each_side_once() -> None:
    one, two, three = (side((n, n), text=f"n{n}") for n in (1, 2, 3))
    chain = [Sides(one, two, "at_most", ""), Sides(two, three, "at_most", ""), Sides(one, three, "equal", "")]
    assert _arithmetic(chain) == "n1 [1; 1] ≤ n2 [2; 2] ≤ n3 [3; 3]; n1 [1; 1] ≠ n3 [3; 3]"
    assert _arithmetic([Sides(side((1, 2)), side((2, 3)), "equal", "")]) == "x [1; 2] ≈ x [2; 3]"
    assert _arithmetic([Sides(one, one, "equal", "")]) == "n1 [1; 1] = n1 [1; 1]"
    assert _arithmetic([Sides(two, one, "at_most", "")]) == "n2 [2; 2] > n1 [1; 1]"


def test_every_failure_that_is_not_as_acknowledged_is_named() -> None:
    findings = pd.DataFrame(
        [("a", "fails", "1 > 2"), ("b", "holds", ""), ("c", "fails", "3 > 4"), ("d", "fails", "5 > 6")],
        columns=["relation_id", "verdict", "reason"],
    )
    known = pd.DataFrame([("a", "1 > 2"), ("b", "7 > 8"), ("c", "3 > 5")], columns=["relation_id", "reason"])
    with pytest.raises(TableError) as refused:
        claims.confirm(findings, known)
    assert str(refused.value) == (
        "acknowledged_findings: d fails and is not acknowledged (5 > 6); b is acknowledged but does not fail; "
        "c now fails otherwise than acknowledged (3 > 4). Look at each, then mend the table or acknowledge it."
    )
    passed = claims.confirm(findings.iloc[:2], known.iloc[:1])
    pd.testing.assert_frame_equal(passed, findings.iloc[:2])
    assert passed is not findings


def test_ids_of_claims_begin_with_a_digit_and_an_open_end_is_missing() -> None:
    assert [_is_claim(one) for one in ("001-041", "egdi_2020", "")] == [True, False, False]
    told = _sides(side((Fraction("1.23456789"), INF)), None, "percent")
    assert told == {
        "unit": "percent", "left": "x", "left_low": 1.234568, "left_high": None, "right": "", "right_low": None,
        "right_high": None,
    }  # fmt: skip
    ends = _ends(side((-INF, 2)), "_pinned")
    assert math.isnan(ends["low_pinned"])
    assert ends["high_pinned"] == 2


def test_a_judgement_is_that_of_the_worst_pair_and_tells_it_alone_if_it_fails() -> None:
    one, two, three = (side((n, n), text=f"n{n}") for n in (1, 2, 3))
    good, bad = Sides(one, two, "at_most", "percent"), Sides(three, one, "at_most", "percent")
    failed = _judged([good, bad])
    assert (failed["verdict"], failed["left"], failed["reason"]) == (
        "fails",
        "n3",
        "contradiction: n3 [3; 3] > n1 [1; 1]",
    )
    held = _judged([good, Sides(two, three, "at_most", "percent")])
    assert (held["verdict"], held["reason"]) == ("holds", "certain: n1 [1; 1] ≤ n2 [2; 2] ≤ n3 [3; 3]")
