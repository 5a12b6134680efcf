"""What figures of one document imply for each other, worked by hand."""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import pytest

from digital_diplomacy import claims
from digital_diplomacy.claims.checking import plain_verdict, verdict
from digital_diplomacy.claims.propagation import _multiplied_by, propagate
from digital_diplomacy.claims.quantities import READINGS, Quantity, alike, combine
from digital_diplomacy.claims.stated import Equations, known_of, stated_of
from digital_diplomacy.printed import Interval


def quantity(name: str, low: float, high: float, *, is_about: bool = False) -> Quantity:
    return Quantity(name, None, alike(Interval(int(low), int(high))), is_about, claim_id=name)


def ends(found: Quantity) -> tuple[float, float]:
    return float(found.rounded.low), float(found.rounded.high)


@pytest.mark.parametrize(
    ("sign", "wide_first", "wide_second"),
    [
        # The result is 10 to 12 and the known operand 2 to 4; the other one, 1 to 1000 before, is then
        ("+", (6, 10), (6, 10)),  # 10 - 4 to 12 - 2
        ("−", (12, 16), None),  # 10 + 2 to 12 + 4; taken away it would be below 0, so nothing is left
        ("×", (2.5, 6), (2.5, 6)),  # 10 / 4 to 12 / 2
        ("/", (20, 48), None),  # 10 * 2 to 12 * 4; as a divisor it would be below 1
    ],
)
def test_an_equation_is_solved_for_either_operand(
    sign: str, wide_first: tuple[float, float], wide_second: tuple[float, float] | None
) -> None:
    known = {"wide": quantity("wide", 1, 1000), "other": quantity("other", 2, 4), "c": quantity("c", 10, 12)}

    def forth(now: Mapping[str, Quantity]) -> list[tuple[Quantity, Quantity]]:
        return [(combine(sign, [now["wide"], now["other"]]), now["c"])]

    def back(now: Mapping[str, Quantity]) -> list[tuple[Quantity, Quantity]]:
        return [(combine(sign, [now["other"], now["wide"]]), now["c"])]

    assert ends(propagate(known, [forth])[0]["wide"]) == pytest.approx(wide_first)
    assert ends(propagate(known, [back])[0]["wide"]) == pytest.approx(wide_second or (1, 1000))


def test_a_difference_and_a_quotient_are_solved_for_what_is_taken_away_and_what_divides() -> None:
    # 20..30 - x = 10..12, so x is 8 to 20; 20..30 / x = 10..12, so x is 20 / 12 to 3.
    known = {"x": quantity("x", 1, 1000), "whole": quantity("whole", 20, 30), "c": quantity("c", 10, 12)}
    less, over = (
        propagate(known, [lambda now, sign=sign: [(combine(sign, [now["whole"], now["x"]]), now["c"])]])[0]["x"]
        for sign in ("−", "/")
    )
    assert ends(less) == (8, 20)
    assert ends(over) == pytest.approx((20 / 12, 3))


def test_narrowing_goes_on_from_equation_to_equation() -> None:
    # a = b and b = c: c, 3 to 4, reaches a through b although the first equation comes first.
    known = {"a": quantity("a", 0, 9), "b": quantity("b", 1, 8), "c": quantity("c", 3, 4)}
    narrow, why = propagate(known, [lambda now: [(now["a"], now["b"])], lambda now: [(now["b"], now["c"])]])
    assert [ends(narrow[name]) for name in "abc"] == [(3, 4)] * 3
    assert [solved.text for solved in why["a"]] == ["b"]
    assert "c" not in why


def test_only_equations_that_set_an_end_that_is_left_are_told_as_reasons() -> None:
    # Of 0 to 9 the first leaves 0 to 7, the second 0 to 6, the third 2 to 6: of 7 nothing is left.
    known = {"x": quantity("x", 0, 9), "a": quantity("a", -1, 7), "b": quantity("b", -2, 6), "c": quantity("c", 2, 20)}
    narrow, why = propagate(known, [lambda now, name=name: [(now["x"], now[name])] for name in "abc"])
    assert ends(narrow["x"]) == (2, 6)
    assert [solved.text for solved in why["x"]] == ["b", "c"]


def test_a_contradicted_equation_narrows_nothing() -> None:
    known = {"a": quantity("a", 0, 1), "b": quantity("b", 2, 3)}
    narrow, why = propagate(known, [lambda now: [(now["a"], now["b"])]])
    assert (narrow, why) == (known, {})


def test_nothing_follows_from_about() -> None:
    known = {"a": quantity("a", 0, 9), "b": quantity("b", 2, 3, is_about=True)}
    narrow, why = propagate(known, [lambda now: [(now["a"], now["b"])]])
    assert (narrow, why) == (known, {})


def test_an_interval_with_zero_divides_nothing() -> None:
    known = {"a": quantity("a", 0, 9), "b": quantity("b", -1, 1), "c": quantity("c", 2, 3)}
    narrow, _ = propagate(known, [lambda now: [(combine("×", [now["a"], now["b"]]), now["c"])]])
    assert ends(narrow["a"]) == (0, 9)
    assert ends(narrow["c"]) == (2, 3)  # 0..9 times -1..1 is -9..9


def test_the_argument_is_not_changed() -> None:
    known = {"a": quantity("a", 0, 9), "b": quantity("b", 2, 3)}
    before = dict(known)
    propagate(known, [lambda now: [(now["a"], now["b"])]])
    assert known == before


FIELDS = {
    "locator": "paragraph 1", "entity": "UZB", "measure": "users", "platform": None, "period": None, "value_date": None,
    "bound": "exact", "reading": "number", "credited_source": None, "kind": "observation",
}  # fmt: skip
DOCUMENTS = pd.DataFrame(
    [("001", "en", ".", ","), ("002", "en", ".", ",")], columns=["document", "lang", "decimal_mark", "grouping_mark"]
)


def figures() -> pd.DataFrame:
    """Another country: 8 million of 40.0% and "1 million" of 5.0% imply 0.994 to 1.006 million."""
    rows = [
        ("001-001", "8.00 million", 8e6, 5e3, "users"),
        ("001-002", "40.0%", 40, 0.05, "percent"),
        ("001-003", "1 million", 1e6, 5e5, "users"),
        ("001-004", "5.0%", 5, 0.05, "percent"),
        ("002-001", "0.8 million", 8e5, 5e4, "users"),
    ]
    frame = pd.DataFrame(
        [
            {
                "claim_id": i,
                "document": i[:3],
                "as_printed": p,
                "value": v,
                "low": v - h,
                "high": v + h,
                "unit": u,
                **FIELDS,
            }
            for i, p, v, h, u in rows
        ]
    )
    return claims.parse(frame, DOCUMENTS)


def relations(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["relation_id", "kind", "left", "right"])
    return frame.assign(exhaustive=False, constant=None)


POPULATION = ("p", "implied_population", "001-001 001-002", "001-003 001-004")


def test_a_figure_is_judged_with_all_that_its_document_implies() -> None:
    # Alone, "1 million" is 0.5 to 1.5 million and may lie below 0.85; 7.995 / 40.05 x 4.95 to 8.005 / 39.95 x 5.05 is
    # 0.98815 to 1.01190 million, which may not. Cut off, 0.8 is at most 0.9 and the other 8.00 / 40.1 x 5.0 at least.
    rise = ("r", "order", "002-001 001-003", "")
    alone = claims.check(figures(), relations(rise)).iloc[0]
    assert alone["verdict"] == "holds"
    found = claims.check(figures(), relations(POPULATION, rise)).set_index("relation_id")
    assert found.loc["r", "verdict"] == "fails"
    assert found.loc["r", "reason"].startswith("contradiction pinned: 0.8 million [750000; 850000] < 1 million [")
    assert "8.00 million / 40.0% × 5.0%" in found.loc["r", "reason"]
    assert (found.loc["r", "right_low"], found.loc["r", "right_high"]) == pytest.approx((988_146, 1_011_896), abs=1)
    assert found.loc["p", "verdict"] == "holds"


def test_the_verdict_without_words_is_the_same() -> None:
    # Alone the two figures may be in order; with what their document implies, as above, they are not.
    stated = relations(POPULATION, ("r", "order", "002-001 001-003", ""))
    known, own = known_of(figures()), stated_of(stated)
    equations = Equations(own, known)
    assert [one.relation_id for one in equations.linked(known)] == ["p"]
    assert [plain_verdict(one, known) for one in own] == ["holds", "holds"]
    assert [verdict(one, known, equations) for one in own] == ["holds", "fails"]
    unlike = stated_of(stated.assign(caveat="different_things"))
    assert [verdict(one, known, Equations([], known)) for one in unlike] == ["cannot be checked"] * 2


def test_what_pins_a_figure_is_told() -> None:
    table = claims.pinned(figures(), relations(POPULATION)).set_index("claim_id")
    million = table.loc["001-003"]
    assert (million["low"], million["high"]) == (5e5, 1.5e6)
    assert (million["low_pinned"], million["high_pinned"]) == pytest.approx((988_146, 1_011_896), abs=1)
    assert million["arithmetic"].startswith("8.00 million / 40.0% × 5.0% = 1000000 [")
    assert "002-001" not in table.index


def test_a_document_alone_is_pinned_as_among_others() -> None:
    parsed = figures()
    of_one = parsed[parsed["document"] == "001"]
    whole, alone = (claims.pinned(frame, relations(POPULATION)) for frame in (parsed, of_one))
    pd.testing.assert_frame_equal(whole, alone)
    assert claims.pinned(parsed[parsed["document"] == "002"], relations(POPULATION)).empty


def test_documents_do_not_pin_each_others_figures() -> None:
    across = ("x", "implied_population", "001-001 001-002", "002-001 001-004")
    assert claims.pinned(figures(), relations(across)).empty


def test_a_relation_with_a_caveat_pins_nothing() -> None:
    stated = relations(POPULATION).assign(caveat="different_things")
    assert claims.pinned(figures(), stated).empty


def test_a_product_is_undone_by_its_constant_and_not_by_a_figure_as_large() -> None:
    """12 x 100, made with a constant, is 12 again without a division; a printed 100 may be another one."""
    twelve, hundred = Interval(Fraction(23, 2), Fraction(25, 2)), Interval(Fraction(100), Fraction(100))
    figure, constant, printed = (
        Quantity(text, None, dict.fromkeys(READINGS, interval), claim_id=claim_id)
        for text, interval, claim_id in (("12", twelve, "a"), ("100", hundred, ""), ("100", hundred, "b"))
    )
    product = combine("×", [figure, constant])
    assert _multiplied_by(product, constant)
    assert not _multiplied_by(product, printed)
    assert not _multiplied_by(combine("×", [figure, printed]), constant)
    assert not _multiplied_by(combine("+", [figure, constant]), constant)
