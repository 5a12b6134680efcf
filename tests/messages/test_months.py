"""Several months in one table: each is read by itself, and compared with another when asked."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import messages, networks

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
    measured = networks.dated(days, found.network.actors, halves=(first, last), rng=rng, draws=49, rewirings=0)
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
