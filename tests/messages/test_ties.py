"""Who points to whom, by hand: relations apart, nothing twice; periods; accounts that are known, met and unmet."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.messages import (
    SCHEMA,
    accounts,
    computed,
    known_accounts,
    messages,
    month_of,
    network,
    opened,
    read_accounts,
    synthetic,
    ties,
    ties_of,
)
from digital_diplomacy.messages.accounts import LARGEST

KEY = bytes(range(32))


def row(author: str | None, day: str = "2023-09-15", **more: Any) -> dict[str, Any]:
    known = {"platform": "twitter", "author": author, "time": dt.datetime.fromisoformat(f"{day}T12:00+00:00"),
             "local_day": dt.date.fromisoformat(day), "local_hour": 12, "kind": "post", "visibility": "public",
             "mentioned": []}  # fmt: skip
    return {field.name: None for field in SCHEMA} | known | more


ROWS = [
    row("a", kind="repost", forwarded="b", mentioned=["b", "c"]),  # names passed on are no mentions of its own
    row("a", kind="repost", forwarded="b", day="2023-08-31"),
    row("a", kind="quote", forwarded="b", mentioned=["c", "c"]),  # a message counts once for whom it names
    row("b", kind="reply", replied="a", mentioned=["a", "c"]),  # whom it answers is not named besides
    row("b", kind="post", forwarded="a", platform="telegram"),  # passed on, whatever the kind
    row("c", mentioned=["c", "a"]),  # oneself
    row(None, kind="repost", forwarded="a"),
    row("c", kind="comment", mentioned=None),
]


def table(path: Path, rows: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path / "messages.parquet")
    return path / "messages.parquet"


def found(path: Path, **asked: Any) -> list[tuple[Any, ...]]:
    with opened([path]) as connection:
        rows = computed(connection, ties.ties(messages(), **asked))
    return list(rows.itertuples(index=False, name=None))


def test_each_relation_counts_messages_once(tmp_path: Path) -> None:
    path = table(tmp_path, ROWS)
    assert found(path) == [
        ("telegram", "forwards", "2023-09", "b", "a", 1),
        ("twitter", "forwards", "2023-08", "a", "b", 1),
        ("twitter", "forwards", "2023-09", "a", "b", 1),
        ("twitter", "mentions", "2023-09", "a", "c", 1),
        ("twitter", "mentions", "2023-09", "b", "c", 1),
        ("twitter", "mentions", "2023-09", "c", "a", 1),
        ("twitter", "quotes", "2023-09", "a", "b", 1),
        ("twitter", "replies_to", "2023-09", "b", "a", 1),
    ]
    assert found(path, relations=["forwards"], by="year")[1] == ("twitter", "forwards", "2023", "a", "b", 2)
    assert found(path, relations=["forwards"], by="day")[1][2] == "2023-08-31"
    # Both ends must be named on their platform; the names of another do not count.
    assert found(path, names={"twitter": ["a", "c"], "telegram": ["a"]}) == [
        ("twitter", "mentions", "2023-09", "a", "c", 1), ("twitter", "mentions", "2023-09", "c", "a", 1)]  # fmt: skip
    assert found(path, names={}) == []


def test_what_the_network_does_not_hold_is_counted(tmp_path: Path) -> None:
    with opened([table(tmp_path, ROWS)]) as connection:
        rows = computed(connection, ties.reach(messages(), names={"twitter": ["a", "c"]}))
    told = {(one.platform, one.relation): tuple(one[2:]) for one in rows.itertuples(index=False)}
    # pointing, nameless, own, from_named, to_named, kept
    assert told["twitter", "forwards"] == (3, 1, 0, 2, 1, 0)  # a to b twice, nobody to a
    assert told["twitter", "mentions"] == (4, 0, 1, 3, 4, 2)  # a-c, b-c, c-c, c-a
    assert told["telegram", "forwards"] == (1, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"relations": ["likes"]}, "no relation likes of messages; there are forwards, mentions"),
        ({"relations": []}, "no relation  of messages"),
        ({"by": "week"}, "unknown period 'week'; allowed: day, month, year"),
    ],
)
def test_what_is_no_relation_or_period_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ties.ties(messages(), **asked)


def test_periods_take_days_at_both_ends_and_may_overlap() -> None:
    dates = ["2022-12-31", "2023-01-01", "2023-08-31", "2023-09-01", "2023-12-31"]
    days = pd.DataFrame({"source": "a", "target": "b", "period": dates, "weight": [1, 2, 4, 8, 16]})
    asked = {"2023": 30, "2023-08": 4, "2023-08-31/2023-09-01": 12, "2022/2023-01": 3, "2023-09/2023": 24, "2024": 0}
    rows = ties.in_periods(days, list(asked)).set_index("period")["weight"]
    assert rows.to_dict() == {period: weight for period, weight in asked.items() if weight}
    for wrong in (
        "",
        "09-2023",
        "2023-13",
        "2023-09-32",
        "2023-02/2023-01",
        "2023/2022-12",
        "2023-9",
        "2023/2024/2025",
    ):
        with pytest.raises(ValueError, match="is no period; write it as 2023"):
            ties.in_periods(days, [wrong])


def test_halves_of_a_month_are_all_its_days_once() -> None:
    for month, days in {"2023-02": 28, "2024-02": 29, "2023-09": 30, "2023-12": 31}.items():
        dates = pd.Series(pd.date_range(f"{month}-01", periods=days).strftime("%Y-%m-%d"))
        inside = [ties.within(dates, period) for period in ties.halves(month)]
        assert (inside[0] ^ inside[1]).all()
        assert int(inside[0].sum()) == days // 2


def held(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"platform": "twitter", **columns})


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize("given", ["@Mfa_Kz", "mfa_kz", "@mfa_kz"])
def test_an_account_is_met_with_sign_or_without_and_in_any_case(given: str, key: bytes | None) -> None:
    from digital_diplomacy.messages.hashing import hashed

    names = known_accounts(held(account=[given], actor="KAZ"), key=key).names["twitter"]
    for spelt in ("@mfa_kz", "mfa_kz"):  # as tools write whom a message mentions
        assert (spelt if key is None else hashed("twitter", spelt, key)) in names
    assert (given if key is None else hashed("twitter", given, key)) in names


def test_accounts_of_an_actor_are_one_and_the_unmet_are_told(tmp_path: Path) -> None:
    rows = [
        row("1", kind="repost", forwarded="2"),
        row("x", platform="telegram", kind="repost", forwarded="y"),
        row("3", kind="repost", forwarded="1"),  # within one actor
        row("7", kind="repost", forwarded="1"),  # nobody's
    ]
    columns = ["platform", "account", "actor", "type", "country"]
    given = pd.DataFrame([
        ("X", "1", "KAZ", "ministry", "KAZ"), ("twitter", "3", "KAZ", "", ""), ("Telegram ", "x", "KAZ", "", ""),
        ("twitter", "2", "UZB", "ministry", ""), ("telegram", "y", "UZB", "", ""), ("twitter", "9", "KGZ", "", ""),
        ("telegram", "1", "UZB", "", ""),
    ], columns=columns)  # fmt: skip
    with opened([table(tmp_path, rows)]) as connection:
        made = network(connection, messages(), known_accounts(given, key=None))
    assert made.days.to_numpy().tolist() == [["KAZ", "UZB", "forwards", 2.0, "2023-09-15"]]
    assert made.actors[["actor_id", "type"]].to_numpy().tolist() == [["KAZ", "ministry"], ["UZB", "ministry"]]
    assert made.unmet.to_numpy().tolist() == [["telegram", "1", "UZB"], ["twitter", "9", "KGZ"]]
    assert made.listed == 7


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame({"platform": ["x"], "account": ["a"]}), "accounts: column `actor` is missing; needed are"),
        (held(account=["a", " "], actor="KAZ"), "accounts: row 2: `account` is empty"),
        (held(account=["a", "b"], actor=["KAZ", None]), "accounts: row 2: `actor` is empty"),
        (held(account=["a", "@A"], actor=["KAZ", "UZB"]), r"row 2: @A \(twitter\) is held by UZB, and above by KAZ"),
        (held(account=["a", "b"], actor="KAZ", type=["x", "y"]), "the rows of KAZ disagree on `type`"),
    ],
)
def test_a_table_of_accounts_that_cannot_be_is_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(TableError, match=said):
        known_accounts(frame, key=None)


@pytest.mark.parametrize(
    ("account", "spellings"),
    [
        ("Mfa", ["Mfa", "mfa", "@mfa"]),
        ("@Mfa", ["@Mfa", "@mfa", "Mfa", "mfa"]),
        ("mfa", ["mfa", "@mfa"]),
        ("77", ["77", "@77"]),
    ],
)
def test_each_spelling_of_an_account_is_looked_for_once(account: str, spellings: list[str]) -> None:
    rows = known_accounts(held(account=[f" {account}", account], actor="KAZ"), key=None).rows
    assert rows["known_as"].tolist() == spellings
    assert set(rows["account"]) == {account}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("X", "twitter"),
        ("VK", "vkontakte"),
        ("ok", "odnoklassniki"),
        (" Telegram ", "telegram"),
        ("twitter", "twitter"),
    ],
)
def test_platforms_are_known_by_their_short_names(given: str, code: str) -> None:
    found = known_accounts(pd.DataFrame({"platform": [given], "account": ["a"], "actor": ["KAZ"]}), key=None)
    assert found.rows["platform"].unique().tolist() == [code]
    assert list(found.names) == [code]


def test_what_one_row_tells_of_an_actor_holds_for_all_its_accounts() -> None:
    given = held(
        account=["c", "a", "b", "d"], actor=["UZB", "KAZ", "KAZ", "UZB"], type=["", "", "ministry", None],
        label=["", "MFA", "MFA", ""], country=["UZB", "", "KAZ", "UZB"], note="left out",
    )  # fmt: skip
    found = known_accounts(given, key=None).actors
    assert found[["actor_id", "type", "label", "country"]].to_numpy().tolist() == [
        ["KAZ", "ministry", "MFA", "KAZ"], ["UZB", "actor", "", "UZB"],
    ]  # fmt: skip
    assert list(found.columns) == ["actor_id", "type", "label", "country"]
    bare = known_accounts(held(account=["a"], actor="KAZ"), key=None).actors
    assert bare.to_numpy().tolist() == [["KAZ", "actor", "", ""]]
    for column in ("label", "country"):
        with pytest.raises(TableError, match=f"mine: the rows of KAZ disagree on `{column}`; make them equal"):
            known_accounts(held(account=["a", "b"], actor="KAZ", **{column: ["x", "y"]}), key=None, where="mine")


def test_an_account_of_one_platform_is_not_that_of_another() -> None:
    given = pd.DataFrame({"platform": ["x", "vk"], "account": "mfa", "actor": ["KAZ", "UZB"]})
    found = known_accounts(given, key=None)
    assert found.names == {"twitter": ["mfa", "@mfa"], "vkontakte": ["mfa", "@mfa"]}
    assert found.rows["actor"].tolist() == ["KAZ", "KAZ", "UZB", "UZB"]
    assert len({*known_accounts(given, key=KEY).rows["known_as"]}) == 4


def test_rows_of_a_file_without_any_word_are_none(tmp_path: Path) -> None:
    content = "platform,account,actor,type\n ,, ,\nx,a,KAZ,\n,,,,more\nx,b,UZB,embassy,more\n"
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    found = read_accounts(tmp_path / "a.csv", key=None)
    assert found.actors[["actor_id", "type"]].to_numpy().tolist() == [["KAZ", "actor"], ["UZB", "embassy"]]
    (tmp_path / "b.csv").write_text("platform,account,actor\n,,\nx,a,KAZ\nx,,KAZ\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"b\.csv: line 4: `account` is empty"):
        read_accounts(tmp_path / "b.csv", key=None)


@pytest.mark.parametrize(("most", "is_crowded"), [(1, True), (2, False), (3, False)])
def test_more_ties_than_can_be_drawn_are_no_network(
    most: int, is_crowded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_TIES", most)
    rows = [row("a", kind="repost", forwarded="b"), row("b", kind="quote", forwarded="a")]
    with opened([table(tmp_path, rows)]) as connection:
        found = network(connection, messages())
        some = network(connection, messages(), relations=["quotes"])
    assert (found.is_crowded, len(found.days), len(found.actors)) == (is_crowded, 0 if is_crowded else 2,
                                                                      0 if is_crowded else 2)  # fmt: skip
    assert some.days.to_numpy().tolist() == [["b", "a", "quotes", 1.0, "2023-09-15"]]
    assert some.actors.to_numpy().tolist() == [["a", "actor", "", ""], ["b", "actor", "", ""]]
    assert (len(found.unmet), found.listed) == (0, 0)


def test_ties_of_all_accounts_of_two_actors_are_added_by_day_and_relation(tmp_path: Path) -> None:
    rows = [
        row("1", kind="repost", forwarded="2"), row("1", kind="repost", forwarded="2"),
        row("3", kind="repost", forwarded="2", day="2023-09-16"), row("3", kind="repost", forwarded="4"),
        row("3", kind="quote", forwarded="4"), row("2", kind="repost", forwarded="1"),
    ]  # fmt: skip
    given = held(account=["1", "2", "3", "4", "5"], actor=["KAZ", "UZB", "KAZ", "UZB", "UZB"])
    with opened([table(tmp_path, rows)]) as connection:
        found = network(connection, messages(), known_accounts(given, key=None), relations=["forwards", "quotes"])
    assert found.days.to_numpy().tolist() == [
        ["KAZ", "UZB", "forwards", 3.0, "2023-09-15"], ["KAZ", "UZB", "forwards", 1.0, "2023-09-16"],
        ["KAZ", "UZB", "quotes", 1.0, "2023-09-15"], ["UZB", "KAZ", "forwards", 1.0, "2023-09-15"],
    ]  # fmt: skip
    assert list(found.days.columns) == ["source", "target", "relation", "weight", "period"]
    assert (found.listed, found.unmet.to_numpy().tolist()) == (5, [["twitter", "5", "UZB"]])
    told = {one.relation: (one.pointing, one.kept) for one in found.reach.itertuples(index=False)}
    assert told == {"forwards": (5, 5), "quotes": (1, 1)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "column `platform` is missing"),
        ("аккаунт".encode("cp1251"), "no CSV in UTF-8"),
        (None, "no such file"),
        (b"\n\n", "column `platform` is missing"),
    ],
)
def test_a_file_of_accounts_that_cannot_be_read_is_named(content: bytes | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(TableError, match=rf"a\.csv: {said}"):
        read_accounts(tmp_path / "a.csv", key=None)
    (tmp_path / "b.csv").write_text("\ufeffplatform,account,actor\n,,\n twitter ,@a,KAZ\n", encoding="utf-8")
    assert read_accounts(tmp_path / "b.csv", key=None).rows["platform"].unique().tolist() == ["twitter"]


@pytest.mark.parametrize("publisher", ["brand-analytics", "all"])
def test_the_known_forwards_come_back_edge_for_edge(publisher: str, tmp_path: Path) -> None:
    totals = pd.DataFrame({"platform": ["telegram", "vkontakte"], "messages": [900, 3_001], "authors": [300, 700]})
    path, made = tmp_path / "s.parquet", {"month": "2024-02", "country": "KAZ"}
    known = synthetic.write_month(
        path, totals, **made, zone_name="Asia/Almaty", rng=np.random.default_rng(3), accounts=20, forwards=150
    )
    with opened([path]) as connection:
        every = computed(connection, ties.ties(messages(), relations=["forwards"]))
        asked = {**made, "publisher": publisher, "accounts": synthetic.holders(totals["platform"], 20)}
        month = month_of(connection, **asked)
    edges = every[["platform", "source", "target", "weight"]]
    assert sorted(edges.itertuples(index=False, name=None)) == sorted(known.forwards.itertuples(index=False, name=None))
    # And as those of the holders: their accounts are numbered alike on both platforms.
    names = synthetic.holders(totals["platform"], 20).rows.set_index(["platform", "known_as"])["actor"]
    wanted: dict[tuple[str, str], float] = {}
    for one in known.forwards.itertuples(index=False):
        pair = (names[one.platform, one.source], names[one.platform, one.target])
        wanted[pair] = wanted.get(pair, 0) + one.weight
    back = ties_of(month, "forwards").set_index(["source", "target"])["weight"].to_dict()
    assert back == wanted
    assert sum(back.values()) == known.forwards["weight"].sum() > 150


def test_without_a_table_a_crowd_is_no_network(tmp_path: Path) -> None:
    few = [row(f"a{number}", kind="repost", forwarded="b") for number in range(LARGEST - 1)]
    with opened([table(tmp_path, few)]) as connection:
        whole = network(connection, messages())
    assert (len(whole.actors), whole.is_crowded, whole.listed) == (LARGEST, False, 0)
    with opened([table(tmp_path, [*few, row("one more", kind="repost", forwarded="b")])]) as connection:
        crowd = network(connection, messages())
    assert (len(crowd.actors), len(crowd.days), crowd.is_crowded) == (0, 0, True)
    assert crowd.reach["pointing"].tolist() == [LARGEST]
