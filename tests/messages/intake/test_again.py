"""A table of messages is an input like any other: read again, never hashed twice, refused where it is not whole."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import messages
from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages.declared import mark_in
from digital_diplomacy.messages.intake import taking

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
POST = '{"id": "%s", "author_id": "7", "created_at": "2023-08-31T19:30:00Z"}\n'


def exported(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "posts.jsonl"
    path.write_text("".join(POST % name for name in names))
    return path


def taken(folder: Path, *paths: Path, key: bytes | None = KEY, **more: Any) -> messages.TakenIn:
    return messages.take_in(paths, folder, zone=more.pop("zone", "Asia/Almaty"), key=key, **more)


def rewritten(table: Path, where: Path, change: Any) -> Path:
    pq.write_table(change(pq.read_table(table)), where)
    return where


def test_a_table_read_again_is_the_same_and_counts_its_accounts_once(tmp_path: Path) -> None:
    first = taken(tmp_path / "one", exported(tmp_path / "raw", "1", "2")).path
    again = taken(tmp_path / "two", first)
    assert again.path.read_bytes() == first.read_bytes()
    assert again.files[["shape", "messages", "unread"]].to_numpy().tolist() == [["declared", 2, 0]]
    # Beside an export of the same posts and one more: two stand twice, and all are of one account.
    both = taken(tmp_path / "both", first, exported(tmp_path / "more", "1", "2", "3"))
    rows = pd.read_parquet(both.path)
    assert (both.repeated, len(rows), rows["author"].nunique()) == (2, 3, 1)
    assert any("hashed already" in str(one) for one in both.remarks)
    # No key is needed to count what is hashed, and days are of the zone asked for: 19:30 in UTC is 1:30 in Almaty.
    assert not messages.needs_key([first])
    moved = pd.read_parquet(taken(tmp_path / "utc", first, key=None, zone="UTC").path)
    days = [str(one["local_day"].iloc[0]) for one in (rows, moved)]
    assert (days, moved["local_hour"].tolist()) == (["2023-09-01", "2023-08-31"], [19, 19])
    assert moved["author"].equals(rows["author"].head(2))
    assert pd.read_parquet(taken(tmp_path / "kaz", first, country="KAZ").path)["country"].tolist() == ["KAZ", "KAZ"]


def test_identifiers_are_hashed_once_with_one_key_or_refused(tmp_path: Path) -> None:
    raw = exported(tmp_path / "raw", "1")
    first = taken(tmp_path / "one", raw).path
    second = taken(tmp_path / "other", raw, key=OTHER).path
    plain = taken(tmp_path / "plain", raw, key=None).path
    unmarked = rewritten(first, tmp_path / "unmarked.parquet", lambda table: table.replace_schema_metadata({}))
    for paths, key, match in (
        ([first], OTHER, "another key than the one given"),
        ([first, raw], OTHER, "another key than the one given"),
        ([first, second], None, "different keys, so that one account would count twice"),
        ([first, raw], None, "leave --plain out"),
        ([first, plain], None, "leave --plain out"),
    ):
        with pytest.raises(SourceError, match=match):
            taken(tmp_path / "refused", *paths, key=key)
    assert not (tmp_path / "refused").exists()
    # What is plain is hashed then, as it would have been at first; a table that notes no key says so.
    assert taken(tmp_path / "hashed", plain).path.read_bytes() == first.read_bytes()
    both = taken(tmp_path / "both", unmarked, raw)
    assert ["with which key" in str(one) for one in both.remarks] == [True]
    assert mark_in(pq.read_schema(both.path)) == ""
    assert pd.read_parquet(both.path)["author"].tolist() == pd.read_parquet(first)["author"].tolist()


def test_a_table_that_lacks_columns_is_refused_by_their_names_wherever_it_is_given(tmp_path: Path) -> None:
    whole = taken(tmp_path / "one", exported(tmp_path / "raw", "1")).path
    lacking = rewritten(whole, tmp_path / "lacking.parquet", lambda table: table.drop_columns(["kind", "replied"]))
    naive = rewritten(
        whole,
        tmp_path / "naive.parquet",
        lambda table: table.set_column(3, "time", table["time"].cast(pa.timestamp("us"))),
    )
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(whole.read_bytes()[:-20])
    asked = {"month": "2023-09", "publisher": "all", "country": "KAZ", "zone": "UTC", "printed": pd.DataFrame()}
    for path, match in ((lacking, "missing columns are kind, replied"), (naive, r"time \(timestamp\[us\]\)")):
        with pytest.raises(SourceError, match=match):
            taken(tmp_path / "out", path, whole)
        with pytest.raises(SourceError, match=match):
            messages.read_month(str(path), **asked)
    with pytest.raises(SourceError, match="cannot be opened"):
        taken(tmp_path / "out", broken)
    # A table of something else has few of the columns, and stays what it was: of no kind known here.
    pq.write_table(pa.table({"platform": ["x"], "author": ["a"], "time": [1]}), tmp_path / "else.parquet")
    with pytest.raises(SourceError, match="of a kind known here"):
        taken(tmp_path / "out", tmp_path / "else.parquet")


def test_columns_in_another_order_and_beside_others_are_read_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    whole = taken(tmp_path / "one", exported(tmp_path / "raw", "1")).path

    def other(table: pa.Table) -> pa.Table:
        kept = table.select(list(reversed(table.column_names))).append_column("likes", pa.array([5]))
        large = pa.schema([field.with_type(pa.large_string()) if field.type == pa.string() else field
                           for field in kept.schema], metadata=table.schema.metadata)  # fmt: skip
        return kept.cast(large)

    found = taken(tmp_path / "two", rewritten(whole, tmp_path / "other.parquet", other))
    assert found.path.read_bytes() == whole.read_bytes()
    assert [str(one).rpartition(": ")[2] for one in found.remarks if "left out" in str(one)] == ["likes"]
    kept = taken(tmp_path / "three", whole, places={"chat": "KAZ"})
    assert any("countries stay" in str(one) for one in kept.remarks)


def test_times_finer_than_microseconds_and_hours_that_are_no_whole_numbers_are_read(tmp_path: Path) -> None:
    whole = taken(tmp_path / "one", exported(tmp_path / "raw", "1")).path

    def other(table: pa.Table) -> pa.Table:
        finer = [1_000 * table["time"].cast(pa.int64())[0].as_py() + 999]  # nanoseconds
        columns = {"time": pa.array(finer).cast(pa.timestamp("ns", "UTC")), "local_hour": pa.array([5.5])}
        for name, cells in columns.items():
            table = table.set_column(table.column_names.index(name), name, cells)
        return table

    # What is finer is left out, and days and hours are made anew of the time.
    found = taken(tmp_path / "two", rewritten(whole, tmp_path / "finer.parquet", other))
    assert pq.read_table(found.path).equals(pq.read_table(whole))


def test_rows_that_cannot_be_messages_are_told_by_their_numbers(tmp_path: Path) -> None:
    at = dt.datetime(2023, 9, 15, tzinfo=dt.UTC)
    good = dict.fromkeys(messages.SCHEMA.names) | {"platform": "vk", "time": at, "kind": "post", "message": "1"}
    good |= {"local_day": at.date(), "local_hour": 0}
    rows = [good, good | {"kind": "poem"}, good | {"visibility": "secret"}, good | {"platform": ""},
            good | {"time": at.replace(year=1970)}, good | {"message": "2"}]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=messages.SCHEMA), tmp_path / "m.parquet")
    found = taken(tmp_path / "out", tmp_path / "m.parquet")
    assert found.files[["messages", "unread"]].to_numpy().tolist() == [[2, 4]]
    noted = pd.read_csv(tmp_path / "out" / "unread.csv")
    assert noted["line"].tolist() == [2, 3, 4, 5]
    for word, why in zip(("poem", "secret", "no platform", "1970"), noted["detail"], strict=True):
        assert word in why
    taken(tmp_path / "kk", tmp_path / "m.parquet", lang="kk")
    assert pd.read_csv(tmp_path / "kk" / "unread.csv")["detail"].tolist()[2] == "платформасы көрсетілмеген"
    with pytest.raises(SourceError, match="poem"):
        taken(tmp_path / "strict", tmp_path / "m.parquet", strict=True)


def test_what_does_not_fit_into_memory_goes_beside_the_table_and_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = []
    real = taking.opened

    @contextmanager
    def watched(*given: Any, **options: Any) -> Iterator[Any]:
        with real(*given, **options) as connection:
            asked = "SELECT current_setting('temp_directory'), current_setting('memory_limit')"
            settings.append(connection.execute(asked).fetchone())
            yield connection

    monkeypatch.setattr(taking, "opened", watched)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    taken(tmp_path / "out", exported(tmp_path / "raw", "1", "1", "2"))
    [(place, limit)] = settings
    assert Path(place).parent == tmp_path / "out"
    assert limit.endswith("MiB")  # less than a gigabyte
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["messages.parquet", "unread.csv"]
    assert list((tmp_path / "elsewhere").iterdir()) == []
