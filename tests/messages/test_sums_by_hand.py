"""Counts of a month as sums of its two looks, how uneven they are, and suppressed ones, all by hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import messages
from digital_diplomacy.messages import authors, cubes, declared, suppression, synthetic, ties
from digital_diplomacy.messages.aggregates import sums
from digital_diplomacy.messages.counting import DAYS
from digital_diplomacy.messages.table import SCHEMA

KEY = ["platform", "year", "month"]


def looked(*rows: tuple[Any, ...]) -> pd.DataFrame:
    columns = ["platform", "local_day", "local_hour", "kind", "language", "nobody", "messages", "undecided", "left_out"]
    found = pd.DataFrame(list(rows), columns=columns)
    return found.assign(local_day=pd.to_datetime(found["local_day"]))


FOUND = looked(
    ("vk", "2023-09-01", 5, "post", "kk", False, 4, 1, 2),
    ("vk", "2023-09-01", 6, "reply", "ru", True, 3, 2, 0),
    ("vk", "2023-09-02", 5, "post", "ru", False, 1, 0, 0),
    ("vk", "2023-10-01", 5, "post", "kk", False, 0, 6, 1),
    ("ok", "2023-09-02", 5, "post", "en", True, 8, 0, 0),
    ("ok", "2023-10-02", 5, "post", "de", False, 0, 0, 9),
)


def profiled(*rows: tuple[str, int, int, int, dict[str, int]]) -> pd.DataFrame:
    days = {f"day_{number + 1}": 0 for number in range(DAYS)} | {"language_0": 0, "language_1": 0}
    return pd.DataFrame([
        {"platform": p, "year": 2023, "month": m, "messages": n, "authors": a, **days, **more}
        for p, m, n, a, more in rows
    ])  # fmt: skip


PEOPLE = profiled(
    ("vk", 9, 3, 1, {"day_1": 1, "language_0": 1}),
    ("vk", 9, 1, 2, {"day_1": 1, "day_2": 1, "language_1": 2}),
    ("vk", 9, 0, 4, {}),  # only messages that rules leave open
    ("vk", 10, 0, 5, {}),
)


def rows(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


def test_counts_are_sums_and_only_surely_counted_authors() -> None:
    found = cubes.counts(FOUND, PEOPLE)
    assert rows(found, *KEY, "messages", "authors", "undecided", "left_out", "authorless") == [
        ["ok", 2023, 9, 8, 0, 0, 0, 8],
        ["ok", 2023, 10, 0, 0, 0, 9, 0],
        ["vk", 2023, 9, 8, 3, 3, 2, 3],
        ["vk", 2023, 10, 0, 0, 6, 1, 0],
    ]
    most = cubes.possible(FOUND, PEOPLE)  # with what rules leave open, but not of months in which all is left out
    assert rows(most, *KEY, "messages", "authors", "authorless") == [
        ["ok", 2023, 9, 8, 0, 8], ["vk", 2023, 9, 11, 7, 5], ["vk", 2023, 10, 6, 5, 0]
    ]  # fmt: skip


def test_languages_kinds_hours_and_days_by_hand() -> None:
    assert cubes.languages_of(FOUND) == ["en", "kk", "ru"]  # 8, and 4 each in the order of the alphabet
    assert rows(cubes.hourly(FOUND), "platform", "local_hour", "messages") == [["ok", 5, 8], ["vk", 5, 5], ["vk", 6, 3]]
    assert rows(cubes.kinds(FOUND), "platform", "kind", "messages") == [
        ["ok", "post", 8], ["vk", "post", 5], ["vk", "reply", 3]
    ]  # fmt: skip
    daily = cubes.daily(FOUND, PEOPLE)
    assert rows(daily.assign(day=daily["local_day"].dt.day), "platform", "day", "messages", "authors") == [
        ["ok", 2, 8, 0], ["vk", 1, 7, 2], ["vk", 2, 1, 1]
    ]  # fmt: skip
    spoken = cubes.languages(FOUND, PEOPLE, ["kk", "ru"])
    assert rows(spoken, "platform", "language", "messages", "authors") == [
        ["ok", "en", 8, 0], ["vk", "kk", 4, 1], ["vk", "ru", 4, 2]
    ]  # fmt: skip


def test_frequencies_and_newcomers_count_those_who_surely_wrote() -> None:
    assert rows(cubes.frequencies(PEOPLE), *KEY, "messages", "authors") == [
        ["vk", 2023, 9, 1, 2],
        ["vk", 2023, 9, 3, 1],
    ]
    assert rows(cubes.newcomers(PEOPLE), *KEY, "new", "returning") == [["vk", 2023, 9, 3, 0]]
    assert not cubes.of_one_month(PEOPLE)
    assert cubes.of_one_month(PEOPLE[PEOPLE["month"] == 9])
    assert cubes.of_one_month(profiled(("vk", 9, 1, 1, {}), ("ok", 10, 1, 1, {})))


def test_how_unevenly_authors_write() -> None:
    # 3 authors of 1 message and 1 of 5: shares 0, 3/4 of people with 3/8, 1. Area 9/64 + 11/64, so Gini 1 - 40/64.
    given = pd.DataFrame({"platform": "vk", "year": 2023, "month": 9, "messages": [5, 1], "authors": [1, 3]})
    found = authors.concentration(given, tops=[25, 50, 99.5])
    assert rows(found, "authors", "messages", "messages_per_author") == [[4, 8, 2.0]]
    assert found["gini"].item() == pytest.approx(0.375)
    assert found["top_share_25"].item() == pytest.approx(62.5)
    assert found["top_share_50"].item() == pytest.approx(75.0)
    assert found["top_share_99.5"].item() == pytest.approx(100 - 0.02 * 12.5)
    assert authors.lorenz(given).to_numpy().tolist() == [[0, 0], [0.75, 0.375], [1, 1]]
    assert authors.concentration(given.head(0)).empty
    for tops in ([0], [100], [5, -1]):
        with pytest.raises(ValueError, match="above 0 and below 100"):
            authors.concentration(given, tops=tops)
    for wrong in ({"messages": [0, 1]}, {"authors": [0, 1]}, {"messages": [1, 1]}):
        with pytest.raises(ValueError, match="each once"):
            authors.lorenz(given.assign(**wrong))
    with pytest.raises(ValueError, match="each once"):
        authors.lorenz(given.head(0))
    assert authors.lorenz(given.assign(messages=[1, 2], authors=[1, 1])).shape == (3, 2)


@pytest.mark.parametrize(
    ("name", "found", "fits"),
    [
        ("platform", pa.string(), True), ("platform", pa.large_string(), True), ("platform", pa.int64(), False),
        ("platform", pa.dictionary(pa.int32(), pa.string()), True),
        ("platform", pa.dictionary(pa.int32(), pa.int64()), False),
        ("author", pa.null(), True), ("time", pa.timestamp("ns", "UTC"), True), ("time", pa.timestamp("us"), False),
        ("time", pa.string(), False), ("local_day", pa.date32(), True), ("local_day", pa.date64(), True),
        ("local_day", pa.timestamp("us"), False), ("text_length", pa.int64(), True),
        ("text_length", pa.float64(), True), ("text_length", pa.string(), False),
        ("mentioned", pa.list_(pa.string()), True), ("mentioned", pa.large_list(pa.string()), True),
        ("mentioned", pa.list_(pa.null()), True), ("mentioned", pa.list_(pa.int64()), False),
        ("mentioned", pa.string(), False),
    ],
)  # fmt: skip
def test_types_that_can_hold_a_declared_column(name: str, found: pa.DataType, fits: bool) -> None:
    assert declared._fits(found, SCHEMA.field(name)) is fits


def test_a_table_is_meant_by_more_than_half_of_its_columns() -> None:
    half = len(SCHEMA.names) // 2
    assert declared.is_meant(SCHEMA.names[: half + 1])
    assert not declared.is_meant([*SCHEMA.names[: len(SCHEMA.names) - half - 1], "x", "y", "z"])
    assert declared.mark_in(declared.marked("abc")) == "abc"
    assert declared.mark_in(declared.marked("")) == declared.mark_in(SCHEMA.remove_metadata()) == ""


def month(cells: dict[tuple[str, str], tuple[float, float | None]]) -> pd.DataFrame:
    """Rows of messages and, where told, authors of platforms and periods."""
    made = []
    for (platform, period), (count, people) in cells.items():
        made.append((platform, period, "messages", count))
        if people is not None:
            made.append((platform, period, "authors", people))
    table = pd.DataFrame(made, columns=["platform", "period", "measure", "value"])
    return table.assign(status=np.where(table["value"].isna(), "suppressed", "published"))


MISSING = float("nan")


def test_what_can_be_concluded_of_suppressed_counts() -> None:
    given = month({
        ("vk", "2023-09-01"): (MISSING, MISSING), ("vk", "2023-09-02"): (MISSING, MISSING), ("vk", "2023-09"): (10, 6),
        ("all", "2023-09-01"): (MISSING, None), ("all", "2023-09-02"): (MISSING, None), ("all", "2023-09"): (10, None),
    })  # fmt: skip
    found = messages.attack(given).set_index(["platform", "period", "measure"])
    # Ten messages on two days, one at least on each; six authors, so that one day alone cannot have had them all.
    for day in ("2023-09-01", "2023-09-02"):
        assert found.loc[("vk", day, "messages")].tolist() == [1, 9]
        assert found.loc[("all", day, "messages")].tolist() == [1, 9]
        assert found.loc[("vk", day, "authors")].tolist() == [0, 6]
    assert messages.attack(given.dropna()).empty
    wrong = given.assign(value=given["value"].mask(given["platform"] == "all", 11.0), status=given["status"].mask(
        given["platform"] == "all", "published"))  # fmt: skip
    with pytest.raises(ValueError, match="contradict each other"):
        messages.attack(wrong)


def test_a_count_without_any_sum_has_no_most() -> None:
    found = messages.attack(month({("vk", "2023-09-01"): (MISSING, None)}))
    assert rows(found, "low", "high") == [[1.0, np.inf]]


def test_what_is_small_enough_to_be_kept() -> None:
    cells = {("a", "2023-09"): (50.0, None), ("b", "2023-09"): (60.0, None), ("all", "2023-09"): (110.0, None)}
    for small, kept in ((5, 0), (4, 2), (1, 2), (0, 0)):
        given = month({**cells, ("a", "2023-09"): (small, None), ("all", "2023-09"): (60 + small, None)})
        safe = suppression.suppress(given, threshold=5)
        assert (safe["status"] == "suppressed").sum() == kept, small  # a small one, and another for its sum
        assert safe["value"].isna().tolist() == (safe["status"] == "suppressed").tolist()
    few = month({("a", "2023-09"): (2.0, None), ("b", "2023-09"): (2.0, None), ("all", "2023-09"): (4.0, None)})
    with pytest.raises(ValueError, match="2023-09: counts below 5 cannot be kept"):
        suppression.suppress(few, threshold=5)
    with pytest.raises(ValueError, match="2023-09: counts below 3 cannot be kept"):  # 1 to 3 each: two apart
        suppression.suppress(few, threshold=3)
    assert (suppression.suppress(few, threshold=2)["status"] == "published").all()
    with pytest.raises(ValueError, match="threshold is 1"):
        suppression.suppress(few, threshold=1)


def test_months_are_kept_apart_and_authors_with_their_messages() -> None:
    other = month({("a", "2023-10"): (2.0, 1.0), ("b", "2023-10"): (60.0, 30.0), ("all", "2023-10"): (62.0, None)})
    same = month({("a", "2023-09"): (20.0, 10.0), ("b", "2023-09"): (60.0, 30.0), ("all", "2023-09"): (80.0, None)})
    safe = suppression.suppress(pd.concat([other, same]), threshold=3)
    assert set(safe.loc[safe["status"] == "suppressed", "period"]) == {"2023-10"}
    assert rows(safe[safe["status"] == "suppressed"], "platform", "measure") == [
        ["a", "messages"], ["a", "authors"], ["b", "messages"], ["b", "authors"]
    ]  # fmt: skip
    assert safe["period"].tolist() == ["2023-10"] * 5 + ["2023-09"] * 5


def test_periods_end_within_what_they_name() -> None:
    assert ties.check_periods(["2023-01-31/2023-02", "2023-02/2023"]) == [
        ("2023-01-31", "2023-02"),
        ("2023-02", "2023"),
    ]
    given = pd.DataFrame({"source": ["b", "a"], "period": ["2023-01-01"] * 2, "weight": [1, 2]})
    assert rows(ties.in_periods(given, ["2023"]), "source", "period", "weight") == [["a", "2023", 2], ["b", "2023", 1]]
    assert ties.in_periods(given, []).empty
    assert list(ties.in_periods(given, ["2023"]).columns) == ["source", "period", "weight"]
    assert ties.halves("2023-09") == ("2023-09-01/2023-09-15", "2023-09-16/2023-09-30")


def test_counts_to_hand_on_have_every_day_of_their_month() -> None:
    counted = pd.DataFrame(
        {"platform": ["vk", "ok"], "year": 2024, "month": [2, 2], "messages": [7, 2], "authors": [3, 0]}
    )
    day = pd.to_datetime(["2024-02-01", "2024-02-29", "2024-02-29"])
    daily = pd.DataFrame(
        {"platform": ["vk", "vk", "ok"], "local_day": day, "messages": [3, 4, 2], "authors": [2, 1, 0]}
    )
    found = messages.aggregate(SimpleNamespace(counts=counted, daily=daily))
    told = {tuple(row[:3]): row[3] for row in found.to_numpy().tolist()}
    assert (told["vk", "2024-02", "messages"], told["vk", "2024-02", "authors"]) == (7, 3)
    assert (told["vk", "2024-02-29", "messages"], told["vk", "2024-02-29", "authors"]) == (4, 1)
    assert (told["all", "2024-02-29", "messages"], told["all", "2024-02", "messages"]) == (6, 9)
    assert told["vk", "2024-02-15", "messages"] == 0
    # 29 days and the month: messages of two platforms and of all, and authors where anybody has one.
    assert len(found) == 30 * 3 + 30
    assert not any(key[0] in ("ok", "all") and key[2] == "authors" for key in told)
    assert set(found["status"]) == {"published"}
    # A month is the sum of its days, a day or month of its platforms.
    totals = [(found.loc[total, "platform"], found.loc[total, "period"], len(parts)) for total, parts, _ in sums(found)]
    assert totals.count(("vk", "2024-02", 29)) == totals.count(("all", "2024-02", 29)) == 1
    assert totals.count(("all", "2024-02", 2)) == totals.count(("all", "2024-02-07", 2)) == 1
    assert len(totals) == 3 + 30


def test_every_month_is_attacked() -> None:
    given = pd.concat([
        month({("a", name): (MISSING, None), ("b", name): (MISSING, None), ("all", name): (size, None)})
        for name, size in (("2023-09", 9.0), ("2023-10", 4.0))
    ])  # fmt: skip
    found = messages.attack(given)
    assert rows(found, "period", "low", "high") == [["2023-09", 1, 8]] * 2 + [["2023-10", 1, 3]] * 2


def test_numbers_in_mixed_order_come_once_each() -> None:
    told = {(total, wished): synthetic._coprime(total, wished) for total, wished in (
        (1000, 333), (10, 4), (10, 10), (1, 5), (2**40, 2**39), (7, 9))}  # fmt: skip
    assert list(told.values()) == [333, 7, 1, 1, 2**22 + 1, 2]
    assert sorted((np.arange(1000) * 333) % 1000) == list(range(1000))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ((10, 3, 1.0), [5, 3, 2]),  # 7 more by 6, 3 and 2 of 11: 3.8, 1.9, 1.3; the two left go to 1.9 and 3.8
        ((3, 3, 1.0), [1, 1, 1]),
        ((6, 1, 0.8), [6]),
        ((12, 2, 1.0), [8, 4]),  # 10 more by 2 and 1 of 3: 6.7 and 3.3
    ],
)
def test_how_many_messages_each_author_of_a_synthetic_month_wrote(asked: Any, written: list[int]) -> None:
    assert synthetic.zipf(*asked).tolist() == written


@pytest.mark.parametrize(
    ("month_asked", "zone", "ends"),
    [
        ("2024-02", "UTC", ("2024-02-01T00:00Z", "2024-03-01T00:00Z")),
        ("2023-12", "Asia/Almaty", ("2023-11-30T18:00Z", "2023-12-31T18:00Z")),
    ],
)
def test_a_synthetic_month_begins_and_ends_by_the_clock_of_its_zone(
    month_asked: str, zone: str, ends: tuple[str, str]
) -> None:
    wanted = [int(pd.Timestamp(end).timestamp() * 1_000_000) for end in ends]
    assert list(synthetic._bounds(month_asked, zone)) == wanted


def test_an_author_passes_on_half_of_its_messages_at_most_and_none_of_its_own() -> None:
    rng = np.random.default_rng(1)
    every = synthetic._forwards(np.array([2, 5, 1]), 99, rng)
    assert every[:, 0].tolist() == [0, 1, 1]
    assert (every[:, 0] != every[:, 1]).all()
    assert set(every[:, 1]) <= {0, 1, 2}
    assert len(synthetic._forwards(np.array([2, 5, 1]), 2, rng)) == 2
    for nobody in (np.array([9]), np.array([1, 1]), np.array([], dtype=int)):
        assert synthetic._forwards(nobody, 5, rng).shape == (0, 2)
    # Of three others each is met, the first and the last too.
    met = {int(synthetic._forwards(np.array([2, 0, 0, 0]), 1, rng)[0, 1]) for _ in range(60)}
    assert met == {1, 2, 3}


def test_the_first_messages_of_an_author_are_those_that_pass_on() -> None:
    plan = SimpleNamespace(forwards=np.array([[0, 1], [0, 2], [1, 0]]))
    assert synthetic._targets(plan, np.array([0, 5, 8])) == {0: 1, 1: 2, 5: 0}  # type: ignore[arg-type]
    names = pa.array(["x", "y", "z"])
    edges = synthetic._edges("vk", np.array([[0, 1], [0, 1], [2, 0]]), names)
    assert edges.to_numpy().tolist() == [["vk", "x", "y", 2], ["vk", "z", "x", 1]]


@pytest.mark.parametrize(
    ("platform", "country", "seen", "kind", "written_in"),
    [
        ("vkontakte", "KAZ", "friends", "post", "KAZ"),
        ("odnoklassniki", "KAZ", "public", "comment", "KAZ"),
        ("telegram", "KAZ", "public", "post", "RUS"),
        ("telegram", "RUS", "public", "post", "KAZ"),
    ],
)
def test_rows_of_a_synthetic_month_by_what_they_stand_for(
    platform: str, country: str, seen: str, kind: str, written_in: str, tmp_path: Path
) -> None:
    sizes = pd.DataFrame({"platform": [platform], "messages": [1_049], "authors": [40]})
    known = synthetic.write_month(
        tmp_path / "m.parquet", sizes, month="2024-02", country=country, zone_name="UTC", accounts=3, forwards=7,
        rng=np.random.default_rng(2),
    )  # fmt: skip
    every = pq.read_table(tmp_path / "m.parquet").to_pandas()
    left_out = every[every["message"].str.startswith("x")]
    kept = every.drop(left_out.index)
    assert (len(kept), len(left_out), known.counts["left_out"].item()) == (1_049, 20, 20)  # one for each whole fifty
    assert (set(left_out["visibility"]), set(left_out["kind"]), set(left_out["country"])) == (
        {seen}, {kind}, {written_in},
    )  # fmt: skip
    since = left_out["time"] - left_out["parent_time"]
    assert (since == pd.Timedelta(days=8)).all() if kind == "comment" else since.isna().all()
    assert (set(kept["visibility"]), set(kept["country"])) == ({"public"}, {country})
    assert (kept["local_day"].astype(str).str[:7] == "2024-02").all()
    assert (kept["local_hour"] == kept["time"].dt.hour).all()
    comments = kept[kept["kind"] == "comment"]
    since = comments["time"] - comments["parent_time"]
    assert since.between(pd.Timedelta(0), pd.Timedelta(days=7)).all()
    assert kept.loc[kept["kind"] != "comment", "parent_time"].isna().all()
    assert kept["forwarded"].notna().sum() == (kept["kind"] == "repost").sum() == known.forwards["weight"].sum() == 7
    assert set(known.forwards["source"]) <= set(kept["author"])
    assert len({*known.forwards["source"], *known.forwards["target"]}) <= 3  # among the three most active
    assert kept["text_length"].between(1, 279).all()
    shares = kept["language"].fillna("").value_counts(normalize=True)
    # Drawn as 55, 35, 5 and 5 of a hundred: within four standard errors of 1,049.
    for code, share in {"ru": 0.55, "kk": 0.35, "en": 0.05, "": 0.05}.items():
        assert abs(shares[code] - share) < 4 * (share * (1 - share) / 1_049) ** 0.5
    assert kept["message"].str.startswith(platform[0]).all()
    assert every["message"].is_unique


def test_sums_leave_what_is_no_total_alone() -> None:
    frame = month({("a", "2023-09-01"): (3, None), ("a", "2023-10"): (3, None), ("all", "2023-09-02"): (5, None),
                   ("b", "2023-09-02"): (5, None)})  # fmt: skip
    # A month without days and a day without a month have no parts; a day of all platforms has its platforms.
    found = [(frame.iloc[total]["platform"], frame.iloc[total]["period"], [*parts]) for total, parts, _ in sums(frame)]
    assert found == [("all", "2023-09-02", [3])]
