"""Expressions of counting over a dozen messages, by hand: what counts, what is open, who is nobody, who is new."""

import datetime as dt
from typing import Any

import ibis
import pandas as pd
import pytest

from digital_diplomacy.messages import authors, counting, summaries
from digital_diplomacy.messages.rules import Rule, judged

# What ibis calls to take a frame in and give one out is deprecated in DuckDB and pandas.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

DAY = dt.date(2023, 9, 30)


def message(author: str | None, counted: bool | None, **more: Any) -> dict[str, Any]:
    known = {"platform": "vk", "local_day": DAY, "local_hour": 5, "kind": "post", "language": "kk"}
    return known | {"author": author, "counted": counted} | more


ROWS = [
    message("a", True), message("a", True, local_day=dt.date(2023, 9, 1), language="ru"), message("a", None),
    message("b", True, language=None), message("c", False), message("d", None), message(None, True),
    message(None, None), message(None, False), message("a", True, local_day=dt.date(2024, 1, 31)),
    message("e", True, local_day=dt.date(2024, 1, 1)), message("a", False, platform="ok", local_hour=23, kind="reply"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Any:
    connection = ibis.duckdb.connect()
    frame = pd.DataFrame(ROWS).astype({"counted": "boolean", "local_hour": "int8"})
    return connection, connection.create_table("m", ibis.memtable(frame, schema={
        "platform": "string", "local_day": "date", "local_hour": "int8", "kind": "string", "language": "string",
        "author": "string", "counted": "boolean",
    }))  # fmt: skip


def rows(engine: Any, expression: Any, *columns: str) -> list[list[Any]]:
    return engine[0].to_pandas(expression)[list(columns)].to_numpy().tolist()


KEY = ("platform", "year", "month")


def test_what_counts_and_what_is_open(engine: Any) -> None:
    told = ("messages", "authors", "undecided", "left_out", "authorless")
    assert rows(engine, counting.counts(engine[1]), *KEY, *told) == [
        ["ok", 2023, 9, 0, 0, 0, 1, 0], ["vk", 2023, 9, 4, 2, 3, 2, 1], ["vk", 2024, 1, 2, 2, 0, 0, 0]
    ]  # fmt: skip
    assert rows(engine, counting.possible(engine[1]), *KEY, "messages", "authors", "authorless") == [
        ["vk", 2023, 9, 7, 3, 2], ["vk", 2024, 1, 2, 2, 0]
    ]  # fmt: skip


def test_series_and_kinds(engine: Any) -> None:
    sure = counting.surely(engine[1])
    assert [row[1:] for row in rows(engine, counting.daily(sure), "platform", "messages", "authors")] == [
        [1, 1], [3, 2], [1, 1], [1, 1]]  # fmt: skip
    assert rows(engine, counting.hourly(engine[1]), "platform", "local_hour", "messages") == [
        ["ok", 23, 1],
        ["vk", 5, 11],
    ]
    assert rows(engine, counting.kinds(engine[1]), "platform", "kind", "messages") == [
        ["ok", "reply", 1],
        ["vk", "post", 11],
    ]
    assert rows(engine, counting.languages(sure), "platform", "language", "messages", "authors") == [
        ["vk", "", 1, 1], ["vk", "kk", 4, 2], ["vk", "ru", 1, 1]]  # fmt: skip


def test_profiles_of_authors(engine: Any) -> None:
    found = engine[0].to_pandas(counting.profiles(engine[1], ["kk", "ru"])).sort_values([*KEY, "messages"])
    days = ["day_1", "day_30", "day_31"]
    assert found[[*KEY, "messages", "authors", *days, "language_0", "language_1"]].to_numpy().tolist() == [
        ["vk", 2023, 9, 0, 1, 0, 0, 0, 0, 0],  # d, of whom nothing is sure
        ["vk", 2023, 9, 1, 1, 0, 1, 0, 0, 0],  # b, in no language that is asked for
        ["vk", 2023, 9, 2, 1, 1, 1, 0, 1, 1],  # a
        ["vk", 2024, 1, 1, 2, 1, 0, 1, 2, 0],
    ]
    assert "language_0" not in counting.profiles(engine[1], []).columns


def test_frequencies_and_newcomers(engine: Any) -> None:
    sure = counting.surely(engine[1])
    assert rows(engine, authors.frequencies(sure), *KEY, "messages", "authors") == [
        ["vk", 2023, 9, 1, 1], ["vk", 2023, 9, 2, 1], ["vk", 2024, 1, 1, 2]]  # fmt: skip
    assert rows(engine, authors.newcomers(sure), *KEY, "new", "returning") == [
        ["vk", 2023, 9, 2, 0], ["vk", 2024, 1, 1, 1]]  # fmt: skip
    december = engine[1].mutate(local_day=ibis.date(2023, 12, 31))
    assert rows(engine, authors.newcomers(counting.surely(december)), *KEY, "new") == [["vk", 2023, 12, 3]]


def test_days_of_a_month_end_before_the_next() -> None:
    first, after = counting.days_of("2023-12")
    assert (str(first)[:10], str(after)[:10]) == ("2023-12-01", "2024-01-01")


def test_what_is_open_makes_bounds() -> None:
    key = {"platform": ["a", "b", "c"], "year": 2023, "month": 9}
    counted = pd.DataFrame({**key, "messages": [4, 5, 6], "authors": [2, 3, 4], "authorless": [0, 1, 0]})
    possible = pd.DataFrame({**key, "messages": [4, 7, 0], "authors": [2, 3, 0], "authorless": [0, 1, 0]}).head(2)
    found = summaries.estimates(counted, possible, country="KAZ", source="rules").set_index(["group", "measure"])
    told = found[["value", "low", "high", "interval"]].astype(object)
    told = told.where(told.notna(), None)
    assert told.loc[("a", "messages_month")].tolist() == [4, None, None, "none"]
    assert told.loc[("a", "authors_month")].tolist() == [2, None, None, "none"]
    assert told.loc[("b", "messages_month")].tolist() == [5, 5, 7, "bound"]
    assert told.loc[("b", "authors_month")].tolist() == [3, 3, 4, "bound"]  # one without author may be a fourth
    assert told.loc[("c", "messages_month")].tolist() == [6, None, None, "none"]
    assert set(found["period"]) == {"2023-09"}
    assert found.loc[("a", "messages_month"), ["unit", "base"]].tolist() == ["messages", "public_messages"]


def test_rules_for_all_and_for_some() -> None:
    at = dt.datetime(2023, 9, 15, tzinfo=dt.UTC)
    given = [("vk", "public", "post", None), ("vk", "friends", "post", None), ("ok", "public", "comment", 7 * 86_400),
             ("ok", "public", "reply", 7 * 86_400 + 1), ("ok", "public", "post", 9 * 86_400),
             ("ok", None, "post", None), ("vk", "unlisted", "comment", 9 * 86_400)]  # fmt: skip
    frame = pd.DataFrame([
        {"id": number, "platform": platform, "visibility": seen, "kind": kind, "time": at, "country": "KAZ",
         "parent_time": None if since is None else at - dt.timedelta(seconds=since)}
        for number, (platform, seen, kind, since) in enumerate(given)
    ])  # fmt: skip
    table = ibis.memtable(frame, schema={
        "id": "int64", "platform": "string", "visibility": "string", "kind": "string", "time": "timestamp('UTC')",
        "country": "string", "parent_time": "timestamp('UTC')"})  # fmt: skip
    rules = (Rule("*", "visibility", "public unlisted", ""), Rule("ok", "comment_days", "7", ""))
    found = ibis.duckdb.connect().to_pandas(judged(table, rules, "KAZ").order_by("id"))["counted"]
    assert [None if pd.isna(one) else bool(one) for one in found] == [True, False, True, False, True, None, True]
    of_country = judged(table, (Rule("*", "country", "", ""),), "UZB")
    assert not ibis.duckdb.connect().to_pandas(of_country)["counted"].any()
    assert ibis.duckdb.connect().to_pandas(judged(table, (Rule("*", "none", "", ""),), "UZB"))["counted"].all()
    with pytest.raises(ValueError, match="unknown test 'age'"):
        judged(table, (Rule("*", "age", "", ""),), "KAZ")
