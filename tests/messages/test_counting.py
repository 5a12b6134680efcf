"""Counts by hand: a month of a few messages, its rules, its authors; and months of known answers of any size."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import penetration
from digital_diplomacy.messages import SCHEMA, authors, computed, counting, messages, opened, rules, summary, synthetic

AT = dt.datetime(2023, 9, 15, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def row(platform: str, author: str | None, **more: Any) -> dict[str, Any]:
    time = more.pop("time", AT)
    known = {"platform": platform, "author": author, "message": None, "time": time, "local_day": time.date(),
             "local_hour": time.hour, "kind": "post", "visibility": "public"}  # fmt: skip
    return {field.name: None for field in SCHEMA} | known | more


OLD = {"kind": "comment", "parent_time": AT - WEEK - dt.timedelta(microseconds=1)}
ROWS = [
    row("vkontakte", "a"),
    row("vkontakte", "a", language="kk"),
    row("vkontakte", "b", visibility="unlisted", language="kk"),
    row("vkontakte", "c", visibility="friends"),
    row("vkontakte", "d", visibility=None),
    row("vkontakte", None),
    row("vkontakte", "a", time=AT - dt.timedelta(days=31)),
    row("odnoklassniki", "a", kind="comment", parent_time=AT - WEEK),
    row("odnoklassniki", "b", **OLD),
    row("odnoklassniki", "b", **OLD | {"kind": "reply"}),
    row("odnoklassniki", "c", kind="comment"),
    row("odnoklassniki", "d", kind="repost", parent_time=AT - 9 * WEEK),
    row("odnoklassniki", "e", visibility="private", kind="comment"),
    row("telegram", "a", country="KAZ"),
    row("telegram", "b", country="RUS"),
    row("telegram", "c"),
    row("telegram", "d", country="KAZ", visibility="unlisted"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(ROWS, schema=SCHEMA), tmp_path / "messages.parquet")
    return tmp_path / "messages.parquet"


def by_platform(rows: pd.DataFrame, *columns: str) -> dict[str, list[int]]:
    return {str(one["platform"]): [one[name] for name in columns] for one in rows.to_dict("records")}


def test_a_publisher_counts_what_its_rules_say_and_what_a_row_does_not_tell_is_open(path: Path) -> None:
    with opened([path]) as connection:
        found = summary(connection, publisher="brand-analytics", country="KAZ", month="2023-09")
    # VKontakte: a twice, b, one without author; c is for friends, d is not told. Odnoklassniki: a's comment stands
    # under a post of exactly seven days, d's repost is no comment; b's are a microsecond late, c's post has no time, e
    # is private whatever it stands under. Telegram: a; b is of another country, c of nobody knows which, d not open.
    assert by_platform(found.counts, "messages", "authors", "undecided", "left_out", "authorless") == {
        "vkontakte": [4, 2, 1, 1, 1], "odnoklassniki": [2, 2, 1, 3, 0], "telegram": [1, 1, 1, 2, 0],
    }  # fmt: skip
    told = found.estimates.set_index(["group", "measure"])[["value", "low", "high", "interval"]]
    assert told.loc[("vkontakte", "messages_month")].tolist() == [4, 4, 5, "bound"]
    assert told.loc[("vkontakte", "authors_month")].tolist() == [2, 2, 4, "bound"]  # d, and whoever wrote the nameless
    assert told.loc[("odnoklassniki", "authors_month")].tolist() == [2, 2, 3, "bound"]
    assert set(found.estimates["period"]) == {"2023-09"}
    assert found.newcomers.query("platform == 'vkontakte'")[["new", "returning"]].to_numpy().tolist() == [[1, 1]]


def test_without_rules_everything_counts_and_nothing_is_open(path: Path) -> None:
    with opened([path]) as connection:
        found = summary(connection, publisher="all", country="KAZ")
    assert found.counts[["undecided", "left_out"]].to_numpy().sum() == 0
    assert found.counts["messages"].sum() == len(ROWS)
    assert set(found.estimates.loc[found.estimates["group"] == "telegram", "interval"]) == {"none"}


def test_series_languages_and_kinds_by_hand(path: Path) -> None:
    with opened([path]) as connection:
        daily = computed(connection, counting.daily(messages()))
        hourly = computed(connection, counting.hourly(messages()))
        languages = computed(connection, counting.languages(messages()))
        kinds = computed(connection, counting.kinds(messages()))
    assert daily[daily["platform"] == "vkontakte"][["messages", "authors"]].to_numpy().tolist() == [[1, 1], [6, 4]]
    assert by_platform(hourly, "local_hour", "messages") == {
        "odnoklassniki": [12, 6], "telegram": [12, 4], "vkontakte": [12, 7]}  # fmt: skip
    spoken = languages[languages["platform"] == "vkontakte"][["language", "messages", "authors"]]
    assert spoken.to_numpy().tolist() == [["", 5, 3], ["kk", 2, 2]]
    assert kinds[kinds["platform"] == "odnoklassniki"].iloc[:, 1:].to_numpy().tolist() == [
        ["comment", 4], ["reply", 1], ["repost", 1]]  # fmt: skip


def test_the_engine_reads_its_files_and_nothing_else(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "it's.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS[:2], schema=SCHEMA), other)
    with opened([path, other]) as connection:
        assert connection.execute("SELECT count(*) FROM messages").fetchall() == [(len(ROWS) + 2,)]
        for said in ("FROM read_text('/etc/hostname')", f"COPY messages TO '{tmp_path / 'x.csv'}'"):
            with pytest.raises(Exception, match="disabled by configuration"):
                connection.execute(said)


def test_what_is_no_month_or_publisher_is_refused(path: Path) -> None:
    with opened([path]) as connection:
        for month in ("2023-13", "2023", "09-2023", "2023-9"):
            with pytest.raises(ValueError, match="is no month; write it as 2023-09"):
                summary(connection, publisher="all", country="KAZ", month=month)
        with pytest.raises(ValueError, match="no rules of 'mediascope'; known: brand-analytics, all"):
            summary(connection, publisher="mediascope", country="KAZ")
    december = counting.in_month(messages(), "2023-12")
    assert "2024" in str(december)


def test_evenness_by_frequencies_is_that_of_the_authors_one_by_one() -> None:
    # 1, 1, 2, 6: of 10 messages. Gini by its definition, the sum of all differences over 2 n n mean:
    # 2 (1 + 5 + 1 + 5 + 4) / (2 * 16 * 2.5) = 0.4
    rows = pd.DataFrame({"platform": "x", "year": 2023, "month": 9, "messages": [6, 1, 2], "authors": [1, 2, 1]})
    found = authors.concentration(rows, tops=[25, 10])
    assert found[["authors", "messages", "messages_per_author"]].to_numpy().tolist() == [[4, 10, 2.5]]
    assert found[["gini", "top_share_25", "top_share_10"]].to_numpy()[0] == pytest.approx([0.4, 60, 24])
    rng = np.random.default_rng(5)
    each = rng.zipf(1.7, 2_000).clip(max=10_000)
    sizes, people = np.unique(each, return_counts=True)
    many = rows.iloc[[0] * len(sizes)].assign(messages=sizes, authors=people)
    ours = authors.concentration(many, tops=[1, 10]).iloc[0]
    held = {"entity": "KAZ", "period": "2023", "measure": "messages", "source_id": "x", "base": "authors"}
    theirs = penetration.top_shares(pd.DataFrame({"value": each}).assign(**held), tops=[1, 10])
    assert ours[["top_share_1", "top_share_10"]].tolist() == pytest.approx(theirs["value"].tolist())
    assert ours["gini"] == pytest.approx(float(penetration.unevenness(each / each.sum())["gini"]))


@pytest.mark.parametrize(("messages_", "authors_"), [([0], [1]), ([1, 1], [1, 1]), ([2], [0]), ([], [])])
def test_frequencies_that_are_none_are_refused(messages_: list[int], authors_: list[int]) -> None:
    with pytest.raises(ValueError, match="frequencies must be numbers of messages"):
        authors.lorenz(pd.DataFrame({"messages": messages_, "authors": authors_}))


def test_authors_new_in_a_month_are_those_never_seen_before(tmp_path: Path) -> None:
    days = {
        "a": ("2023-07-05", "2023-09-01"),
        "b": ("2023-09-30",),
        "c": ("2023-08-31", "2023-09-01"),
        "d": ("2024-01-01",),
    }
    rows = [
        row("x", who, time=dt.datetime.fromisoformat(f"{day}T12:00+00:00"))
        for who, all_ in days.items()
        for day in all_
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), tmp_path / "m.parquet")
    with opened([tmp_path / "m.parquet"]) as connection:
        found = computed(connection, authors.newcomers(messages()))
    assert found.iloc[:, 1:].to_numpy().tolist() == [[2023, 7, 1, 0], [2023, 8, 1, 0], [2023, 9, 1, 2], [2024, 1, 1, 0]]


@pytest.mark.parametrize("month", ["2024-02", "2023-12"])
def test_a_synthetic_month_has_the_answers_it_was_made_with(month: str, tmp_path: Path) -> None:
    totals = pd.DataFrame({"platform": ["vkontakte", "telegram", "odnoklassniki"],
                           "messages": [3_001, 900, 1_500], "authors": [700, 900, 1]})  # fmt: skip
    path = tmp_path / "s.parquet"
    known = synthetic.write_month(
        path, totals, month=month, country="KAZ", zone_name="Asia/Almaty", rng=np.random.default_rng(3), forwards=400
    )
    with opened([path]) as connection:
        found = summary(connection, publisher="brand-analytics", country="KAZ", month=month)
        ties = "SELECT platform, author, forwarded, count(*) FROM messages WHERE kind = 'repost' GROUP BY ALL"
        passed_on = connection.execute(ties).fetchall()
        repeated = connection.execute("SELECT count(*) - count(DISTINCT (platform, message)) FROM messages").fetchall()
    asked = totals.set_index("platform")
    counted = found.counts.set_index("platform")
    assert counted["messages"].to_dict() == asked["messages"].to_dict()
    assert counted["authors"].to_dict() == asked["authors"].to_dict()
    assert counted["left_out"].to_dict() == known.counts.set_index("platform")["left_out"].to_dict()
    assert (counted[["left_out", "undecided"]].min() == [18, 0]).all()  # 900 / 50
    assert sorted(passed_on) == sorted(known.forwards.itertuples(index=False, name=None))
    assert known.forwards.groupby("platform")["weight"].sum().to_dict() == {"vkontakte": 400}  # others have no room
    assert repeated == [(0,)]


def test_totals_that_cannot_be_are_refused() -> None:
    for wanted in ((3, 4), (0, 0), (5, 0)):
        with pytest.raises(ValueError, match="every author writes one or more"):
            synthetic.zipf(*wanted, 1.0)
    assert synthetic.zipf(10, 4, 0.0).tolist() == [3, 3, 2, 2]  # 6 more, 1.5 each: the two left go to the first


def test_unknown_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown test 'weather'"):
        rules.judged(messages(), [rules.Rule("*", "weather", "", "")], "KAZ")
