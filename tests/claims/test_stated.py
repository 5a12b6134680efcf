"""Equations that reach a figure: the nearest first, and no more than are looked at."""

import pandas as pd

from digital_diplomacy.claims.stated import MOST_LINKED, Equations, known_of, stated_of


def _chain(length: int) -> Equations:
    """Figures of which each equals the next one."""
    rows = pd.DataFrame({"claim_id": [f"001-{n:03}" for n in range(length + 1)]})
    rows = rows.assign(document="001", unit="users", as_printed="10", period=None, bound="exact", kind="count")
    ends = {f"{end}{how}": 10.0 for end in ("low", "high") for how in ("", "_filled", "_truncated")}
    known = known_of(rows.assign(value=10.0, **ends, first_day=pd.NaT, last_day=pd.NaT))
    ids = list(known)
    relations = pd.DataFrame({"relation_id": [f"r{n:03}" for n in range(length)], "left": ids[:-1], "right": ids[1:]})
    stated = relations.assign(kind="same_quantity", exhaustive=False, constant=None, caveat=None)
    return Equations(stated_of(stated), known)


def _ids(equations: Equations, *figures: str, but: tuple[str, ...] = (), without: str = "") -> list[str]:
    return [one.relation_id for one in equations.linked(figures, but=but, without=without)]


def test_equations_reach_over_others_until_one_is_left_out() -> None:
    equations = _chain(5)
    assert _ids(equations, "001-000") == ["r000", "r001", "r002", "r003", "r004"]
    assert _ids(equations, "001-000", but=("r002",)) == ["r000", "r001"]
    assert _ids(equations, "001-000", without="001-003") == ["r000", "r001"]
    assert _ids(equations, "001-009") == []


def test_the_nearest_equations_are_taken() -> None:
    middle = 2 * MOST_LINKED
    found = _ids(_chain(4 * MOST_LINKED), f"001-{middle:03}")
    first = middle - MOST_LINKED // 2
    assert found == [f"r{n:03}" for n in range(first, first + MOST_LINKED)]
