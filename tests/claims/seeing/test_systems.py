"""What of a relation is a factor."""

from digital_diplomacy.claims.seeing.solving import Node
from digital_diplomacy.claims.seeing.systems import _is_factor


def test_a_figure_below_a_product_or_quotient_is_a_factor_and_one_of_a_sum_alone_is_none() -> None:
    a, b, c = (Node(key=name) for name in "abc")
    tree = Node(sign="+", first=Node(sign="×", first=a, second=b), second=c)
    assert [_is_factor(name, tree, False) for name in "abc"] == [True, True, False]
    assert [_is_factor(name, Node(sign="/", first=a, second=b), False) for name in "abc"] == [True, True, False]
