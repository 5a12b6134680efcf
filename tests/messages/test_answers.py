"""What a month comes to, by hand; nothing that chance gives is told to stand out."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import labels, messages, sources
from digital_diplomacy.figures import fill_sentences

ASKED = {"month": "2023-09", "publisher": "brand-analytics", "country": "KAZ", "zone": "Asia/Almaty"}


@pytest.fixture(scope="module")
def printed() -> pd.DataFrame:
    return sources.load("brand_analytics_2023")


@pytest.fixture(scope="module")
def month(printed: pd.DataFrame) -> messages.Month:
    return messages.read_month("", **ASKED, printed=printed)


def test_the_synthetic_month_has_the_printed_figures_at_a_hundredth(
    month: messages.Month, printed: pd.DataFrame
) -> None:
    beside = messages.beside_printed(month, printed)
    exact = printed.set_index(["platform", "measure"])["value"]
    assert {(one.platform, one.measure): one.scaled for one in beside.itertuples()} == exact.to_dict()
    assert messages.agreement(beside).to_numpy().tolist() == [[12, 12, 12]]
    [[back, known]] = messages.forwards_back(month).to_numpy().tolist()
    assert back == known > 0
    # Of another country or month nothing is printed, and nothing is told to agree.
    assert messages.beside_printed(month, printed.assign(entity="UZB")).empty
    assert messages.agreement(messages.beside_printed(month, printed.assign(period="2023-10"))).empty


def test_the_same_month_is_the_same_and_another_another(month: messages.Month, printed: pd.DataFrame) -> None:
    small = printed[printed["platform"] == "youtube"].assign(value=lambda rows: rows["value"] // 50)
    first, again, later = (
        messages.read_month("", **ASKED | {"month": name}, printed=small) for name in ("2023-09", "2023-09", "2023-10")
    )
    pd.testing.assert_frame_equal(first.network.days, again.network.days)
    pd.testing.assert_frame_equal(first.summary.daily, again.summary.daily)
    assert first.summary.counts["messages"].tolist() == later.summary.counts["messages"].tolist() == [400]
    assert not first.network.days["target"].equals(later.network.days["target"])


def counted(tmp_path: Path, **platforms: tuple[int, int]) -> messages.Month:
    """A month with so many messages for sure and so many open, of an author each."""
    at = dt.datetime(2023, 9, 15, tzinfo=dt.UTC)
    fixed = {"time": at, "local_day": at.date(), "local_hour": 0, "kind": "post"}
    rows = [
        dict.fromkeys(messages.SCHEMA.names)
        | fixed
        | {"platform": platform, "author": f"{number}", "visibility": "public" if number < sure else None}
        for platform, (sure, open_) in platforms.items()
        for number in range(sure + open_)
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=messages.SCHEMA), tmp_path / "m.parquet")
    with messages.opened([tmp_path / "m.parquet"]) as connection:
        return messages.month_of(connection, month="2023-09", publisher="brand-analytics", country="KAZ")


@pytest.mark.parametrize(
    ("platforms", "case"),
    [
        ({"vkontakte": (3, 0), "youtube": (2, 0)}, "sure"),
        ({"vkontakte": (3, 0), "youtube": (2, 1)}, "open"),
        ({"vkontakte": (3, 0), "youtube": (3, 0)}, "equal"),
        ({"vkontakte": (0, 2)}, ""),
    ],
)
def test_who_has_most_is_said_as_surely_as_the_rules_leave_it(
    platforms: dict[str, tuple[int, int]], case: str, tmp_path: Path
) -> None:
    found = messages.most_messages(counted(tmp_path, **platforms))
    assert list(found.get("case", [])) == ([case] if case else [])


def test_a_count_within_bounds_meets_what_it_can_round_to(tmp_path: Path) -> None:
    month = counted(tmp_path, vkontakte=(3, 2))  # three for sure, five at most
    row: dict[str, Any] = {"entity": "KAZ", "period": "2023-09", "platform": "vkontakte", "measure": "messages_month"}
    verdicts = {(1, 2): "fails", (2, 3): "holds", (4, 9): "holds", (5, 9): "holds", (6, 9): "fails"}
    for (low, high), verdict in verdicts.items():
        printed = pd.DataFrame([row | {"as_printed": "x", "low": low, "high": high}])
        assert messages.beside_printed(month, printed)["verdict"].tolist() == [verdict], (low, high)
    # Days without messages are days; and nothing of the month is called synthetic.
    rows = messages.by_day(month)
    assert (len(rows), rows["value"].max(), rows["value"].sum()) == (30, 3, 3)
    said = messages.messages_answer(month, pd.DataFrame(), attention=pd.DataFrame(), moved=pd.DataFrame())
    assert list(said) == ["sentence.messages_most_one"]  # a tenth of three authors is nobody
    assert messages.forwards_back(month).empty
    assert messages.source_of(month) == "messages"


def test_a_day_stands_out_only_beyond_chance() -> None:
    days = [f"2023-09-{day:02}" for day in range(1, 5)]
    alike = pd.DataFrame({"period": days * 2, "value": [6.0, 5, 5, 4, 5, 4, 5, 6]})
    found = messages.busiest_day(alike).iloc[0]
    assert (found["period"], found["value"], found["mean"], found["case"]) == ("2023-09-01", 11, 10, "none")
    # All eight on one of four days: 4 x (1/4)^8 = 0.000061
    burst = messages.busiest_day(pd.DataFrame({"period": days, "value": [0.0, 8, 0, 0]})).iloc[0]
    assert (burst["period"], burst["case"]) == ("2023-09-02", "found")
    assert burst["p"] == pytest.approx(4**-7, rel=0.05)
    assert messages.busiest_day(alike.assign(value=0.0)).empty


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_answer_says_first_that_nobody_wrote_the_month(
    month: messages.Month, printed: pd.DataFrame, lang: str
) -> None:
    said = messages.messages_answer(month, printed, attention=pd.DataFrame(), moved=pd.DataFrame())
    told = [fill_sentences(rows, code, lang=lang)[0].replace("\xa0", " ") for code, rows in said.items()]
    synthetic = {"en": "This month is synthetic", "kk": "Бұл ай синтетикалық", "ru": "Этот месяц синтетический"}
    assert told[0].startswith(synthetic[lang])
    assert "100" in told[0]
    assert any("266" in one for one in told)  # thousand messages in all


def test_a_table_of_ones_own_is_read_and_a_missing_one_refused(tmp_path: Path) -> None:
    counted(tmp_path, vkontakte=(3, 0))
    (tmp_path / "m.parquet").rename(tmp_path / "messages.parquet")
    nothing = pd.DataFrame({"platform": [], "measure": [], "value": []})
    found = messages.read_month(str(tmp_path), **ASKED, printed=nothing)
    assert (found.scale, found.summary.counts["messages"].tolist()) == (1, [3])
    with pytest.raises(ValueError, match="no table of messages; give a folder"):
        messages.read_month(str(tmp_path / "nowhere"), **ASKED, printed=nothing)


def test_a_month_without_messages_comes_to_nothing(tmp_path: Path) -> None:
    counted(tmp_path, vkontakte=(3, 0))
    with messages.opened([tmp_path / "m.parquet"]) as connection:
        month = messages.month_of(connection, month="2023-10", publisher="all", country="UZB")
    uneven, days = messages.unevenness(month), messages.by_day(month)
    for rows in (messages.counted(month), days, uneven, messages.busiest_day(days), messages.most_uneven(uneven)):
        assert rows.empty
    said = messages.messages_answer(month, pd.DataFrame(), attention=pd.DataFrame(), moved=pd.DataFrame())
    assert not said


def test_a_part_of_the_authors_is_told_only_where_it_is_one_author_at_least(tmp_path: Path) -> None:
    few = pd.DataFrame({"platform": ["vk", "tg", "ok"], "year": 2023, "month": 9, "authors": [9, 10, 100]})
    few = few.assign(messages=100, messages_per_author=1.0, gini=0.0, top_share_1=1.0, top_share_10=10.0)
    month = counted(tmp_path, vkontakte=(3, 0))
    month = replace(month, summary=replace(month.summary, concentration=few))
    rows = messages.unevenness(month)
    assert sorted(zip(rows["group"], rows["measure"], strict=True)) == [
        ("ok", "top_share_1"),
        ("ok", "top_share_10"),
        ("tg", "top_share_10"),
    ]
    found = messages.most_uneven(rows).iloc[0]
    assert (found["top"], found["n"], found["case"]) == ("10", 2, "alike")  # a tenth is what both have
    month = replace(month, summary=replace(month.summary, concentration=few.head(1)))
    assert messages.most_uneven(messages.unevenness(month)).empty


@pytest.mark.parametrize(
    ("values", "case"),
    [
        ([1.0, 1, 0], "equal"),
        ([2.0, 1, 0], "none"),
        ([9.0], "single"),
        ([40.0, 40, 0], "equal_found"),  # 3 x P(Binomial(80, 1/3) >= 40) is about 0.005
        ([40.0, 10, 10], "found"),
    ],
)
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_of_days_with_as_many_messages_none_is_called_the_busiest(values: list[float], case: str, lang: str) -> None:
    days = pd.DataFrame({"period": [f"2023-09-{day:02}" for day in range(1, len(values) + 1)], "value": values})
    found = messages.busiest_day(days)
    assert found["case"].tolist() == [case]
    told = fill_sentences(found, f"finding.messages_daily_{case}", lang=lang)[0].replace("\xa0", " ")
    names_a_day = "2023" in told
    assert names_a_day == (not case.startswith("equal"))


def test_of_platforms_with_as_many_messages_none_leads(tmp_path: Path) -> None:
    found = messages.most_messages(counted(tmp_path, vkontakte=(3, 0), youtube=(3, 0), odnoklassniki=(1, 0)))
    assert found[["value", "total", "equals", "case"]].to_numpy().tolist() == [[3, 7, 2, "equal"]]
    for lang, said in {
        "en": "No platform leads: 2 have",
        "ru": "Ни одна платформа",
        "kk": "Көшбасшы платформа",
    }.items():
        assert fill_sentences(found, "sentence.messages_most_equal", lang=lang)[0].startswith(said)


def test_one_message_of_one_author_is_told_in_the_singular(tmp_path: Path) -> None:
    found = messages.most_messages(counted(tmp_path, vkontakte=(1, 0)))
    assert fill_sentences(found, "sentence.messages_most_one", lang="en") == ["VKontakte: 1 message of 1 author."]
