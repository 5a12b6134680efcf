"""What each kind of relation compares: both sides with their ends, worked by hand, and what it refuses."""

from fractions import Fraction

import pytest

from digital_diplomacy.claims.placing import place_counted, rank_agreement, rank_among, rank_within
from digital_diplomacy.claims.quantities import Claim, Quantity, alike
from digital_diplomacy.claims.relations import EQUATIONS, KINDS
from digital_diplomacy.claims.sides import Relation, Unchecked
from digital_diplomacy.printed import Interval


def figure(
    low: float | str, high: float | str, unit: str = "persons", value: object = "middle", **fields: str
) -> Claim:
    ends = Fraction(str(low)), Fraction(str(high))
    exact = sum(ends) / 2 if value == "middle" else value
    text = f"{low}..{high}"
    quantity = Quantity(text, exact, alike(Interval(*ends)), claim_id="000-001")  # type: ignore[arg-type]
    told = {"as_printed": text, "period": "", "bound": "exact"} | fields
    return Claim("000-001", "000", unit, told["as_printed"], told["period"], quantity, None, None, told["bound"])


def percent(low: float, high: float) -> Claim:
    return figure(low, high, "percent")


P = percent
TEN, TWENTY, FIVE = figure(9, 11), figure(19, 21), figure(5, 5)


def told(kind: str, left: list[Claim], right: list[Claim], **fields: object) -> list[tuple[object, ...]]:
    """Ends of both sides, the test and the unit of each pair."""
    outcome = KINDS[kind](Relation("r", left, right, **fields))  # type: ignore[arg-type]
    assert isinstance(outcome, list)
    return [(_ends(one.left), one.test, _ends(one.right), one.unit) for one in outcome]


def _ends(side: Quantity) -> tuple[object, object]:
    return side.rounded.low, side.rounded.high


F = Fraction


@pytest.mark.parametrize(
    ("kind", "left", "right", "pairs"),
    [
        ("same_quantity", [TEN], [FIVE], [((9, 11), "equal", (5, 5), "persons")]),
        ("sum_at_most_100", [P(20, 30), P(40, 50)], [], [((60, 80), "at_most", (100, 100), "percent")]),
        ("share_of_persons", [P(20, 30)], [], [((20, 30), "at_most", (100, 100), "percent")]),
        ("nesting", [TEN, FIVE], [TWENTY], [((14, 16), "at_most", (19, 21), "persons")]),
        ("at_least_one_each", [FIVE], [figure(9, 11, "messages")], [((5, 5), "at_most", (9, 11), "persons")]),
        ("order", [TWENTY, TEN], [FIVE], [((19, 21), "at_least", (9, 11), "persons"),
                                          ((9, 11), "at_least", (5, 5), "persons")]),
        ("difference", [TWENTY, TEN], [FIVE], [((8, 12), "equal", (5, 5), "persons")]),
        # 5 of 19 to 21 are 5 more than 14 to 16: 100 * 5 / 16 to 100 * 5 / 14
        ("growth_over_base", [TWENTY, FIVE], [P(30, 40)], [((F(500, 16), F(500, 14)), "equal", (30, 40), "percent")]),
        # 5 to 20: 19 / 5 - 1 to 21 / 5 - 1
        ("growth_rate", [FIVE, TWENTY], [P(300, 310)], [((280, 320), "equal", (300, 310), "percent")]),
        ("decline_rate", [TWENTY, FIVE], [P(70, 80)],
         [((100 - F(500, 19), 100 - F(500, 21)), "equal", (70, 80), "percent")]),
        # "four times" is rounded to a whole, not counted.
        ("ratio", [TWENTY, FIVE], [figure(4, 4, "times")],
         [((F(19, 5), F(21, 5)), "equal", (F(7, 2), F(9, 2)), "times")]),
        ("share_of_base", [FIVE, TWENTY], [P(20, 30)], [((F(500, 21), F(500, 19)), "equal", (20, 30), "percent")]),
        ("sum_of_parts", [TEN, FIVE], [TWENTY], [((14, 16), "equal", (19, 21), "persons")]),
        ("implied_population", [FIVE, P(20, 25)], [TWENTY], [((20, 25), "equal", (19, 21), "persons")]),
        ("implied_population", [FIVE, P(20, 25)], [TEN, P(50, 50)], [((20, 25), "equal", (18, 22), "persons")]),
        ("common_population", [FIVE, P(20, 25), TEN, P(50, 50), FIVE, P(50, 50)], [],
         [((20, 25), "equal", (18, 22), "persons"), ((20, 25), "equal", (10, 10), "persons"),
          ((18, 22), "equal", (10, 10), "persons")]),
        ("several_accounts", [TEN, TWENTY], [FIVE], [((28, 32), "at_least", (5, 5), "persons")]),
        ("several_accounts", [TEN], [FIVE, P(20, 25)], [((9, 11), "at_least", (20, 25), "persons")]),
        ("least_each", [TWENTY, TEN, FIVE, FIVE], [figure(2, 2, "times")],
         [((F(19, 11), F(21, 9)), "at_least", (2, 2), "times"), ((1, 1), "at_least", (2, 2), "times")]),
        ("share_of_share", [P(5, 5), P(20, 25)], [P(20, 30)], [((20, 25), "equal", (20, 30), "percent")]),
        ("rate_reaches", [figure(2, 3, "messages_per_day"), figure(4, 4, "years")], [figure(1, 2, "messages")],
         [((2920, 4380), "at_least", (1, 2), "messages")]),
        ("target_reached", [figure(5, 6, period="2020-03"), figure(8, 9, period="2021")], [figure(7, 7, period="2020")],
         [((5, 6), "at_least", (7, 7), "persons")]),
        ("rank_within", [figure(3, 3, "rank"), figure(2, 2, "rank")], [figure(9, 9, "rank")],
         [((5, 5), "at_most", (9, 9), "rank")]),
        # of 9 to 11 beside 19 to 21, 5 and 10 to 12: surely one is larger, perhaps two
        ("rank_among", [figure(2, 2, "rank")], [TEN, TWENTY, FIVE, figure(10, 12)],
         [((2, 2), "equal", (2, 3), "rank")]),
        ("rank_among", [figure(2, 2, "rank")], [TEN, figure(11, 12)], [((2, 2), "equal", (1, 2), "rank")]),
        ("rank_among", [figure(1, 1, "rank")], [TEN, figure(5, 9)], [((1, 1), "equal", (1, 1), "rank")]),
        ("rank_agreement", [figure(n, n, "rank") for n in (2, 1, 3)], [TEN, TWENTY, FIVE],
         [((19, 21), "at_least", (9, 11), "persons"), ((9, 11), "at_least", (5, 5), "persons")]),
        ("rank_agreement", [figure(n, n, "rank") for n in (1, 1)], [TEN, TWENTY], []),
    ],
)  # fmt: skip
def test_a_kind_compares_these_sides(
    kind: str, left: list[Claim], right: list[Claim], pairs: list[tuple[object, ...]]
) -> None:
    assert told(kind, left, right) == pairs


def test_kinds_with_a_constant_a_list_or_names() -> None:
    assert told("sum_to_100", [P(20, 30), P(40, 50)], [], is_exhaustive=True) == [
        ((60, 80), "equal", (100, 100), "percent")
    ]  # fmt: skip
    assert told("several_accounts", [TEN], [FIVE], constant=30.0) == [((9, 11), "at_least", (25, 25), "persons")]
    assert told("restated", [TEN], [figure(9, 12, value=F(10))], constant=5.0) == [
        ((9, 11), "at_least", (9, 12), "persons"), ((9, 11), "at_most", (15, 15), "persons"),
    ]  # fmt: skip
    assert told("list_length", [FIVE], [], constant=5.0) == [((5, 5), "equal", (5, 5), "persons")]
    assert told("place_counted", [figure(4, 4, "rank")], [], constant=5.0) == [((4, 4), "equal", (5, 5), "rank")]
    same, other = (KINDS["same_name"](Relation("r", [], [], named=names)) for names in ("Ab | aB", "Ab | Ac"))
    assert isinstance(same, list)
    assert isinstance(other, list)
    assert [(_ends(one[0].left), _ends(one[0].right)) for one in (same, other)] == [
        ((0, 0), (0, 0)), ((0, 0), (1, 1)),
    ]  # fmt: skip
    assert (same[0].left.text, same[0].right.text, same[0].unit) == ("«Ab»", "«aB»", "")


def test_what_cannot_be_checked_says_why_and_what_it_comes_to() -> None:
    alone = KINDS["order"](Relation("r", [TEN], []))
    factor = KINDS["forecast_growth"](Relation("r", [FIVE], [TEN]))
    several = KINDS["persons_vs_accounts"](Relation("r", [TEN, TWENTY], [FIVE]))
    late = KINDS["target_reached"](Relation("r", [figure(5, 6, period="2021")], [figure(7, 7, period="2020")]))
    none = KINDS["target_reached"](Relation("r", [], [figure(7, 7)]))
    kinds = [alone, factor, several, late, none]
    assert all(isinstance(one, Unchecked) for one in kinds)
    assert [(one.code, one.unit) for one in kinds if isinstance(one, Unchecked)] == [
        ("no_figure", "persons"), ("forecast", "persons"), ("accounts_not_persons", "persons"),
        ("period_differs", "persons"), ("no_outcome", "persons"),
    ]  # fmt: skip
    said = [one.arithmetic for one in kinds if isinstance(one, Unchecked)]
    assert said[0] == "9..11"
    assert said[1].endswith("[1.8; 2.2]")
    assert said[2].endswith("[5.6; 6.4]")
    assert said[3:] == ["5..6 (2021); 7..7 (2020)", "7..7"]
    undated = KINDS["target_reached"](Relation("r", [FIVE], [figure(7, 7, period="2020")]))
    assert isinstance(undated, Unchecked)
    assert undated.arithmetic == "5..5 (…); 7..7 (2020)"


@pytest.mark.parametrize(
    ("kind", "left", "right", "fields", "said"),
    [
        ("sum_to_100", [P(20, 30)], [], {}, "not marked exhaustive"),
        ("restated", [TEN], [FIVE], {}, "it names no constant: the step"),
        ("restated", [TEN], [figure(5, 6, value=None)], {"constant": 5.0}, "5..6 is no single number"),
        ("list_length", [FIVE], [], {}, "it names no constant: the number of entries"),
        ("place_counted", [FIVE], [], {}, "it names no constant: the place"),
        ("same_name", [], [], {"named": "Ab"}, "names no two names"),
        ("share_of_share", [FIVE, P(1, 2)], [P(1, 2)], {}, "are in different units"),
        ("rate_reaches", [FIVE, figure(4, 4, "years")], [figure(1, 2, "messages")], {},
         "persons and years give no messages"),
        ("rate_reaches", [figure(2, 3, "messages_per_day"), FIVE], [figure(1, 2, "messages")], {},
         "messages_per_day and persons give no messages"),
        ("rank_agreement", [FIVE], [TEN], {}, "1 places and 1 figures are no pairs"),
        ("rank_agreement", [FIVE, FIVE], [TEN], {}, "2 places and 1 figures are no pairs"),
        ("nesting", [FIVE], [P(1, 2)], {}, "different units"),
        ("order", [FIVE], [P(1, 2)], {}, "different units"),
        ("difference", [FIVE, P(1, 2)], [FIVE], {}, "different units"),
    ],
)  # fmt: skip
def test_what_a_kind_cannot_compare_is_refused(
    kind: str, left: list[Claim], right: list[Claim], fields: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        told(kind, left, right, **fields)


def test_equations_are_kinds_whose_sides_are_equal() -> None:
    assert set(KINDS) > EQUATIONS
    for function in (rank_within, rank_among, rank_agreement, place_counted):
        assert KINDS[function.__name__] is function
