"""Several months in one table: each is read by itself, and compared with another when asked."""

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import messages, networks
from digital_diplomacy.messages.declared import marked
from digital_diplomacy.messages.hashing import hashed, mark_of

MONTHS = ("2023-12", "2024-01", "2024-02")
NOTHING = pd.DataFrame(columns=["platform", "measure", "value"])


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three synthetic months, of 300, 400 and 500 messages, in one file."""
    folder = tmp_path_factory.mktemp("months")
    for number, month in enumerate(MONTHS):
        sizes = pd.DataFrame({"platform": ["telegram"], "messages": [300 + 100 * number], "authors": [40]})
        asked: dict[str, Any] = {"month": month, "country": "KAZ", "zone_name": "Asia/Almaty", "accounts": 8}
        messages.synthetic.write_month(
            folder / f"{month}.parquet", sizes, rng=np.random.default_rng(number), forwards=60, **asked
        )
    every = pa.concat_tables(pq.read_table(folder / f"{month}.parquet") for month in MONTHS)
    pq.write_table(every, folder / "all.parquet")
    return folder / "all.parquet"


def read(table: Path, month: str, **more: str) -> messages.Month:
    asked = {"month": month, "publisher": "brand-analytics", "country": "KAZ", "zone": "UTC"}
    return messages.read_month(str(table), **asked, **more, printed=NOTHING)


def test_each_month_is_that_month_alone(table: Path) -> None:
    for number, month in enumerate(MONTHS):
        found = read(table, month)
        assert found.summary.counts[["messages", "authors"]].to_numpy().tolist() == [[300 + 100 * number, 40]]
        assert set(found.network.days["period"].str[:7]) == {month}
        assert float(messages.ties_of(found, "forwards")["weight"].sum()) <= 60
        assert set(messages.compared(found).values()) != set(MONTHS)


def test_ranks_of_a_month_are_compared_with_those_of_another_beside_its_null(table: Path) -> None:
    for month, before, told in (
        ("2024-02", "previous", "2024-01"),
        ("2024-01", "previous", "2023-12"),  # over the turn of the year
        ("2024-02", "2023-12", "2023-12"),
    ):
        found = read(table, month, before=before)
        assert messages.compared(found) == {"first_period": told, "second_period": month}
        first, last = messages.halves_of(found, "forwards")
        assert (set(first["period"].str[:7]), set(last["period"].str[:7])) == ({told}, {month})
        # What is measured of the month itself is that of the month alone.
        pd.testing.assert_frame_equal(found.network.days, read(table, month).network.days)
    days = messages.ties_of(found, "forwards", days=True)
    rng = np.random.default_rng(1)
    measured = networks.dated(days, found.network.actors, halves=(first, last), rng=rng, draws=19, rewirings=0)
    moved = networks.mobility_found(measured.moved, "dependence")
    assert {"value", "low", "high", "p", "persistence_p"} <= set(moved.columns)
    assert 0 < moved["p"].iloc[0] <= 1
    # Before the first month there is nothing, and nothing is said to have moved.
    nothing, _ = messages.halves_of(read(table, "2023-12", before="previous"), "forwards")
    assert nothing.empty


@pytest.mark.parametrize(("before", "match"), [("2024-13", "is no month"), ("last", "is no month")])
def test_what_is_no_month_before_is_refused(table: Path, before: str, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        read(table, "2024-01", before=before)
    with pytest.raises(ValueError, match="stands alone"):
        messages.read_month("", month="2023-09", publisher="all", country="KAZ", zone="UTC", printed=NOTHING,
                            before="2023-08")  # fmt: skip


def test_two_of_five_messages_of_a_synthetic_month_are_comments(tmp_path: Path) -> None:
    # Of 5,000 at a chance of 0.4 there are 2,000, with a standard deviation of 35.
    sizes = pd.DataFrame({"platform": ["telegram"], "messages": [5000], "authors": [50]})
    path = tmp_path / "month.parquet"
    asked: dict[str, Any] = {"month": "2024-01", "country": "KAZ", "zone_name": "Asia/Almaty", "forwards": 0}
    messages.synthetic.write_month(path, sizes, rng=np.random.default_rng(1), **asked)
    rows = pq.read_table(path, columns=["kind", "visibility", "country"]).to_pandas()
    counted = rows[(rows["visibility"] != "friends") & (rows["country"] == "KAZ")]
    assert abs((counted["kind"] == "comment").sum() - 0.4 * len(counted)) < 4 * 35


EDGES = ["source", "target", "relation", "weight", "period"]


def dated(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=EDGES)


@pytest.fixture(scope="module")
def by_hand(table: Path) -> messages.Month:
    """A month of four ties by day, of two relations."""
    found = read(table, "2024-01")
    days = dated(
        ("b", "a", "forwards", 2.0, "2024-01-20"), ("a", "b", "forwards", 1.0, "2024-01-15"),
        ("a", "b", "forwards", 4.0, "2024-01-16"), ("a", "b", "mentions", 8.0, "2024-01-31"),
    )  # fmt: skip
    return replace(found, network=replace(found.network, days=days))


def test_ties_of_a_month_are_summed_over_its_days_in_the_order_of_actors(by_hand: messages.Month) -> None:
    summed = messages.ties_of(by_hand, "forwards")
    assert summed.to_numpy().tolist() == [["a", "b", "forwards", 5.0], ["b", "a", "forwards", 2.0]]
    assert list(summed.columns) == EDGES[:4]
    days = messages.ties_of(by_hand, "forwards", days=True)
    assert days["weight"].tolist() == [2, 1, 4]
    assert days.index.tolist() == [0, 1, 2]
    assert messages.ties_of(by_hand, "mentions", days=True).index.tolist() == [0]
    assert messages.ties_of(by_hand, "quotes").empty
    rows = messages.ties_by_period(by_hand, ["2024-01-15/2024-01-16", "2024"])
    assert rows.groupby("period")["weight"].sum().to_dict() == {"2024": 15, "2024-01-15/2024-01-16": 5}


@pytest.mark.parametrize(
    ("before", "month", "periods", "told"),
    [
        ("", "2024-01", (), ("2024-01-01/2024-01-15", "2024-01-16/2024-01-31")),
        ("", "2024-01", ("2024-01-20",), ("2024-01-01/2024-01-15", "2024-01-16/2024-01-31")),  # one, with none
        ("2023-12", "2024-01", (), ("2023-12", "2024-01")),
        ("2023-12", "2024-01", ("2023", "2024"), ("2023", "2024")),
        ("", "2024-01", ("2022", "2023", "2024"), ("2022", "2024")),
        ("", "", (), ("2024-01-15/2024-01-16", "2024-01-20/2024-01-31")),  # four days with ties: two and two
    ],
)  # fmt: skip
def test_what_is_compared_is_asked_for_or_follows_from_what_was_read(
    by_hand: messages.Month, before: str, month: str, periods: tuple[str, ...], told: tuple[str, str]
) -> None:
    asked = replace(by_hand, before=before, month=month)
    assert tuple(messages.compared(asked, periods).values()) == told
    assert list(messages.compared(asked, periods)) == ["first_period", "second_period"]


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, ("", "")), (1, ("2024-01-15/2024-01-15", "2024-01-15/2024-01-15")),
     (3, ("2024-01-15/2024-01-15", "2024-01-16/2024-01-20"))],
)  # fmt: skip
def test_few_days_with_ties_have_a_second_half_that_is_no_shorter(
    by_hand: messages.Month, count: int, told: tuple[str, str]
) -> None:
    days = by_hand.network.days.sort_values("period").head(count)
    every = replace(by_hand, month="", network=replace(by_hand.network, days=days))
    assert tuple(messages.compared(every).values()) == told
    first, last = messages.halves_of(every, "forwards")
    assert (len(first), len(last)) == {0: (0, 0), 1: (1, 1), 3: (1, 2)}[count]


def test_both_periods_hold_the_ties_of_their_relation_alone(by_hand: messages.Month) -> None:
    first, last = messages.halves_of(by_hand, "forwards")
    assert (first["weight"].tolist(), last["weight"].tolist()) == ([1], [2, 4])
    earlier = dated(("a", "b", "forwards", 16.0, "2023-12-31"), ("a", "b", "mentions", 32.0, "2023-12-31"))
    beside = replace(by_hand, before="2023-12", days_before=earlier)
    first, last = messages.halves_of(beside, "forwards")
    assert (first["weight"].tolist(), last["weight"].tolist()) == ([16], [2, 1, 4])
    first, last = messages.halves_of(by_hand, "forwards", ["2024-01-15", "2024-01-20"])
    assert (first["weight"].tolist(), last["weight"].tolist()) == ([1], [2])


def test_actors_of_either_month_are_told_once_as_this_month_has_them(table: Path) -> None:
    alone = [read(table, month).network.actors["actor_id"].tolist() for month in ("2024-02", "2024-01")]
    both = read(table, "2024-02", before="2024-01").network.actors["actor_id"].tolist()
    assert both == [*alone[0], *(name for name in alone[1] if name not in alone[0])]


def test_sizes_of_a_synthetic_month_are_rounded_and_never_nothing() -> None:
    rows = [("b", "messages_month", 251), ("b", "authors_month", 149), ("a", "messages_month", 49),
            ("a", "authors_month", 1), ("a", "messages_month", 9_000), ("c", "messages_month", 500),
            ("b", "users", 7)]  # fmt: skip
    printed = pd.DataFrame(rows, columns=["platform", "measure", "value"])
    # 2.51 is 3 and 1.49 is 1; what is less than one half stands for one; the first of two figures; no authors of c.
    sizes = messages.synthetic_totals(printed)
    assert sizes.to_numpy().tolist() == [["a", 1, 1], ["b", 3, 1]]
    assert list(sizes.columns) == ["platform", "messages", "authors"]
    assert messages.synthetic_totals(printed, scale=10).to_numpy().tolist() == [["a", 5, 1], ["b", 25, 15]]


def test_a_synthetic_month_is_another_in_another_month_and_the_same_again() -> None:
    sizes = {"measure": ["messages_month", "authors_month"], "value": [90_000, 9_000]}
    printed = pd.DataFrame({"platform": "telegram", **sizes})
    asked: dict[str, Any] = {"publisher": "all", "country": "KAZ", "zone": "UTC", "printed": printed}
    one, again, other = (messages.read_month("", month=month, **asked) for month in ("2023-09", "2023-09", "2023-11"))
    pd.testing.assert_frame_equal(one.network.days, again.network.days)
    ties = [messages.ties_of(month, "forwards").to_numpy().tolist() for month in (one, other)]
    assert ties[0] != ties[1]
    assert (one.month, one.publisher, one.country, one.scale) == ("2023-09", "all", "KAZ", 100)
    assert one.known is not None
    assert one.handed is None
    # Thirty holders, of whom those who wrote or were passed on are met; nobody but these has ties.
    assert one.network.listed == 30
    assert len(one.network.actors) + len(one.network.unmet) == 30
    assert float(one.known.forwards["weight"].sum()) == 25


def pointing(path: Path, key: bytes | None, **about: Any) -> Path:
    """A table of one message, of 1 that passes on 2, with the key it is hashed with beside it or not."""
    names = {"1": "1", "2": "2"} if key is None else {name: hashed("twitter", name, key) for name in "12"}
    known = {"platform": "twitter", "author": names["1"], "time": dt.datetime(2023, 9, 15, 12, tzinfo=dt.UTC),
             "local_day": dt.date(2023, 9, 15), "local_hour": 12, "kind": "repost", "visibility": "public",
             "forwarded": names["2"], "mentioned": []}  # fmt: skip
    rows = [{field.name: None for field in messages.SCHEMA} | known]
    mark = about.get("mark", mark_of(key))
    path.mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=marked(mark)), path / "messages.parquet")
    if "beside" in about:
        (path / "messages.key").write_bytes(about["beside"])
    return path


KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@pytest.mark.parametrize(
    ("key", "about", "ties"),
    [
        (KEY, {"beside": KEY}, 1),
        (None, {}, 1),
        (None, {"beside": KEY}, 1),  # a key that hashed nothing here
        (KEY, {"mark": "", "beside": KEY}, 1),  # nobody wrote down which key it was
        (None, {"mark": ""}, 1),
        (KEY, {"mark": ""}, 0),
    ],
)
def test_accounts_are_compared_by_the_key_beside_the_table(
    key: bytes | None, about: dict[str, Any], ties: int, tmp_path: Path
) -> None:
    (tmp_path / "accounts.csv").write_text("platform,account,actor\ntwitter,1,KAZ\ntwitter,2,UZB\n")
    asked = {"month": "2023-09", "publisher": "all", "country": "KAZ", "zone": "UTC"}
    found = messages.read_month(
        str(pointing(tmp_path / "t", key, **about)), **asked, printed=NOTHING, accounts=str(tmp_path / "accounts.csv")
    )
    assert len(found.network.days) == ties
    assert found.network.listed == 2


@pytest.mark.parametrize(("key", "about"), [(KEY, {}), (KEY, {"beside": OTHER})])
def test_accounts_without_the_key_of_the_table_are_refused(
    key: bytes | None, about: dict[str, Any], tmp_path: Path
) -> None:
    folder = pointing(tmp_path / "t", key, **about)
    (tmp_path / "accounts.csv").write_text("platform,account,actor\ntwitter,1,KAZ\n")
    said = f"{re.escape(str(folder / 'messages.parquet'))}: names of accounts .* beside the table as messages.key"
    with pytest.raises(ValueError, match=said):
        read(folder, "2023-09", accounts=str(tmp_path / "accounts.csv"))
    assert len(read(folder, "2023-09").network.days) == 1  # without accounts nobody needs it


def test_a_folder_means_its_messages_before_its_counts_and_nothing_is_refused(table: Path, tmp_path: Path) -> None:
    folder = pointing(tmp_path / "both", None)
    counts = pd.DataFrame([("all", "2023-09", "messages", 7.0, "published")],
                          columns=["platform", "period", "measure", "value", "status"])  # fmt: skip
    messages.write_counts(counts, folder / "aggregate.csv")
    assert read(folder, "2023-09").handed is None
    (folder / "messages.parquet").unlink()
    told = read(folder, "2023-09")
    assert told.handed is not None
    assert (told.country, told.month, told.publisher, told.scale, told.before) == (
        "KAZ", "2023-09", "brand-analytics", 1, "",
    )  # fmt: skip
    shutil.rmtree(folder)
    for source in (folder, tmp_path):
        with pytest.raises(ValueError, match="no table of messages; give a folder"):
            read(source, "2023-09")
