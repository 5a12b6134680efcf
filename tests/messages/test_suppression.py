"""Suppressed counts against attackers written here, tables that cannot be protected, and files read back."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from digital_diplomacy import messages
from digital_diplomacy.errors import ArgumentError, SourceError, TableError

Table = dict[tuple[str, str, str], float]


def table_of(cells: dict[str, list[tuple[int, int]]], authors: dict[str, int]) -> pd.DataFrame:
    """Rows of platforms and days (messages and authors of each), with all totals."""
    rows: list[tuple[str, str, str, float]] = []
    for platform, days in cells.items():
        for day, (count, people) in enumerate(days, 1):
            rows.append((platform, f"2023-09-{day:02}", "messages", count))
            rows.append((platform, f"2023-09-{day:02}", "authors", people))
        rows.append((platform, "2023-09", "messages", sum(count for count, _ in days)))
        rows.append((platform, "2023-09", "authors", authors[platform]))
    for day, of_day in enumerate(zip(*cells.values(), strict=True), 1):
        rows.append(("all", f"2023-09-{day:02}", "messages", sum(count for count, _ in of_day)))
    rows.append(("all", "2023-09", "messages", sum(count for days in cells.values() for count, _ in days)))
    return pd.DataFrame(rows, columns=["platform", "period", "measure", "value"]).assign(status="published")


def ranges(rows: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, float]]:
    """An attacker's integer programmes: smallest and largest of every hidden count, from what the table says alone.

    It also knows that a hidden cell has a message, and an author.
    """
    keys = [tuple(key) for key in rows[["platform", "period", "measure"]].to_numpy()]
    value = rows["value"].astype(float).to_numpy()
    low, high = np.where(np.isnan(value), 1, value), np.where(np.isnan(value), 1e6, value)
    at = {key: place for place, key in enumerate(keys)}
    platforms = sorted({p for p, _, _ in keys} - {"all"})
    days = sorted({q for _, q, _ in keys if len(q) == 10})
    known: list[Any] = []

    def rule(plus: list[tuple[str, str, str]], minus: list[tuple[str, str, str]], least: float) -> None:
        row = np.zeros(len(keys))
        row[[at[key] for key in plus]] += 1
        row[[at[key] for key in minus]] -= 1
        known.append(LinearConstraint(row, least, 0))

    for p in [*platforms, "all"]:
        rule([(p, d, "messages") for d in days], [(p, "2023-09", "messages")], 0)
    for d in [*days, "2023-09"]:
        rule([(p, d, "messages") for p in platforms], [("all", d, "messages")], 0)
    for p, d in product(platforms, [*days, "2023-09"]):
        rule([(p, d, "authors")], [(p, d, "messages")], -np.inf)
    for p in platforms:
        rule([(p, "2023-09", "authors")], [(p, d, "authors") for d in days], -np.inf)
        for d in days:
            rule([(p, d, "authors")], [(p, "2023-09", "authors")], -np.inf)
    found = {}
    for place in np.flatnonzero(np.isnan(value)):
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(keys))
            cost[place] = sign
            answer = milp(cost, constraints=known, bounds=(low, high), integrality=np.ones(len(keys)))
            ends.append(sign * answer.fun)
        found[keys[place]] = (ends[0], ends[1])
    return found


def held(rows: pd.DataFrame) -> Table:
    return dict(zip(map(tuple, rows[["platform", "period", "measure"]].to_numpy()), rows["value"], strict=True))


def test_a_month_whose_authors_are_told_of_has_one() -> None:
    rows = pd.DataFrame({"platform": ["vk", "vk", "ok", "ok", "all"], "period": "2023-09"})
    rows["measure"] = ["messages", "authors", "messages", "authors", "messages"]
    safe = rows.assign(value=[None] * 4 + [9.0], status=["suppressed"] * 4 + ["published"])
    found = messages.attack(safe).set_index(["platform", "measure"])
    assert found.loc[("vk", "authors"), ["low", "high"]].tolist() == [1, 8]  # 9 messages, one at least the other's


CELL = st.one_of(st.just((0, 0)), st.tuples(st.integers(1, 60), st.integers(1, 60)).map(lambda x: (max(x), min(x))))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=3), st.integers(2, 8), st.floats(0, 1))
def test_an_attacker_never_narrows_a_suppressed_count(days: list[list[tuple[int, int]]], k: int, share: float) -> None:
    cells = dict(zip("xyz", days, strict=False))
    authors = {
        p: round(max(a for _, a in d) + share * (sum(a for _, a in d) - max(a for _, a in d))) for p, d in cells.items()
    }
    table = table_of(cells, authors)
    before = table.copy()
    try:
        safe = messages.suppress(table, threshold=k)
    except ArgumentError:  # too little was counted: the only refusal there is, looked at below
        return
    pd.testing.assert_frame_equal(table, before)
    true, left = held(table), held(safe)
    hidden = {key for key, value in left.items() if np.isnan(value)}
    assert set(safe.loc[safe["status"] == "suppressed", "value"].isna()) <= {True}
    assert all(left[key] == true[key] for key in true.keys() - hidden)  # totals among them
    assert ("all", "2023-09", "messages") not in hidden
    small = {key for key, value in true.items() if 0 < value < k}
    assert small <= hidden
    assert all(true[key] > 0 for key in hidden)
    for key, (low, high) in ranges(safe).items():
        assert low <= true[key] <= high
        assert high - low >= k, (key, low, high)


def test_one_small_cell_takes_a_rectangle_with_it() -> None:
    """Of three days and two platforms; the totals stay, and the rectangle is the one of least cost."""
    table = table_of({"x": [(3, 3), (50, 40), (70, 60)], "y": [(60, 50), (60, 50), (80, 60)]}, {"x": 90, "y": 120})
    safe = messages.suppress(table, threshold=5)
    hidden = safe[safe["status"] == "suppressed"]
    assert len(hidden) == 8  # four cells, messages and authors of each
    assert set(hidden["period"]) > {"2023-09-01"}
    assert "all" not in set(hidden["platform"])
    assert "2023-09" not in set(hidden["period"])
    ends = messages.attack(safe)
    keys = map(tuple, ends[["platform", "period", "measure"]].to_numpy())
    bounds = dict(zip(keys, ends[["low", "high"]].to_numpy().tolist(), strict=True))
    for key, (low, high) in ranges(safe).items():
        assert bounds[key][0] in (low, low - 1)  # it does not know that an author is there
        assert bounds[key][1] == high


def test_a_table_without_small_counts_stays_as_it_is() -> None:
    table = table_of({"x": [(9, 7), (0, 0)], "y": [(8, 8), (30, 20)]}, {"x": 7, "y": 25})
    pd.testing.assert_frame_equal(messages.suppress(table, threshold=5)[table.columns], table.astype({"value": float}))


@pytest.mark.parametrize(
    ("cells", "authors", "k"),
    [
        ({"x": [(2, 2), (4, 3)]}, {"x": 4}, 5),  # one platform: its total is the total of all
        ({"x": [(2, 2), (40, 30)], "y": [(0, 0), (0, 0)]}, {"x": 31, "y": 0}, 5),  # an empty one is no cover
        ({"x": [(1, 1), (0, 0)], "y": [(0, 0), (2, 1)]}, {"x": 1, "y": 1}, 5),  # three messages in all
        ({"x": [(3, 3)], "y": [(4, 4)]}, {"x": 3, "y": 4}, 7),  # of seven, each is at most six
    ],
)
def test_what_cannot_be_protected_is_refused(cells: Any, authors: dict[str, int], k: int) -> None:
    with pytest.raises(ArgumentError, match="2023-09: counts below"):
        messages.suppress(table_of(cells, authors), threshold=k)


def test_thresholds_below_two_are_refused() -> None:
    with pytest.raises(ArgumentError, match="the threshold is 1"):
        messages.suppress(table_of({"x": [(9, 9)]}, {"x": 9}), threshold=1)


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    table = table_of({"x": [(3, 3), (50, 40)], "y": [(60, 50), (60, 50)]}, {"x": 41, "y": 90})
    safe = messages.suppress(table, threshold=5)
    messages.write_counts(safe, tmp_path / "a.csv")
    assert messages.is_counts(tmp_path / "a.csv")
    keys = ["platform", "period", "measure"]
    back = messages.read_counts(tmp_path / "a.csv").sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(back, safe.sort_values(keys, ignore_index=True))
    assert "x,2023-09-01,messages,,suppressed\n" in (tmp_path / "a.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("value,status", "value,state"), "the columns are platform, period"),
        (("x,2023-09-01,messages,9,published", "x,2023-09-01,messages,0,suppressed"), "line 2: .* is no count"),
        (("x,2023-09-01,messages,9,published", "x,2023-09-01,messages,,published"), "line 2: .* is no count"),
        (("x,2023-09-01,messages,9,published", "x,2023-09-01,messages,9.5,published"), "line 2: .* is no count"),
        (("x,2023-09-01,messages,9,published", "x,2023-9-1,messages,9,published"), "line 2: .* is no count"),
        (("x,2023-09-01,messages,9,published", "x,2023-09-01,likes,9,published"), "line 2: .* is no count"),
        (("x,2023-09-01,messages,9,published", "x,2023-09-01,messages,9"), "line 2: 5 cells needed"),
        (("y,2023", "x,2023"), "line 4: the count stands twice"),
        (("messages,9,published", "messages,8,published"), "the total is 9 and its parts are 8"),
    ],
)
def test_a_table_that_was_changed_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    rows = ["x,2023-09-01,messages,9,published", "x,2023-09,messages,9,published", "y,2023-09,messages,5,published"]
    text = "\n".join(["platform,period,measure,value,status", *rows])
    (tmp_path / "a.csv").write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(TableError, match=said):
        messages.read_counts(tmp_path / "a.csv")
    with pytest.raises(SourceError, match="no table of counts"):
        messages.read_counts(tmp_path / "none.csv")
