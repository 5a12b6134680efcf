"""What a month comes to, from frames written by hand; columns of tables read by a mapping."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from scipy.stats import binom

from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages import answers, synthetic
from digital_diplomacy.messages.intake import shapes
from digital_diplomacy.messages.intake.shapes import Entry, Shape
from digital_diplomacy.messages.months import HOLDERS

NAN = float("nan")


def month(*rows: tuple[Any, ...], handed: Any = None, known: Any = None, scale: int = 1) -> Any:
    given = [
        {"entity": "KAZ", "group": group, "period": "2023-09", "measure": f"{measure}_month", "value": float(value),
         "low": low, "high": high, "interval": "none" if high != high else "bound", "level": NAN, "unit": measure,
         "base": "all", "n": NAN, "source_id": "s"}
        for group, measure, value, low, high in rows
    ]  # fmt: skip
    summary = SimpleNamespace(estimates=pd.DataFrame(given))
    return SimpleNamespace(
        country="KAZ", month="2023-09", scale=scale, summary=summary, handed=handed, known=known
    )  # fmt: skip


def test_platforms_stand_by_their_messages() -> None:
    given = month(("a", "authors", 5, NAN, NAN), ("a", "messages", 10, NAN, NAN), ("b", "messages", 30, 30.0, 40.0),
                  ("b", "authors", 7, NAN, NAN), ("c", "messages", 10, NAN, NAN))  # fmt: skip
    found = answers.counted(given)
    assert found[["group", "measure"]].to_numpy().tolist() == [
        ["b", "messages_month"], ["a", "messages_month"], ["c", "messages_month"], ["b", "authors_month"],
        ["a", "authors_month"]]  # fmt: skip
    assert set(found["source_id"]) == {"messages"}
    assert answers.source_of(month(known=1)) == "messages_synthetic"
    assert answers.source_of(month(known=1, handed=1)) == "messages_counts"
    none, some = pd.DataFrame({"source": []}), pd.DataFrame({"source": ["a"]})
    assert answers.absence(month(handed=1), none) == "notice.messages_counts"
    assert [answers.absence(given, ties) for ties in (some, none)] == ["", "notice.messages_no_ties"]


def test_a_printed_figure_is_met_at_both_of_its_ends() -> None:
    printed = pd.DataFrame({"entity": "KAZ", "period": "2023-09", "platform": ["a", "b", "c", "d", "e"],
                            "measure": "messages_month", "as_printed": "x", "low": 100.0, "high": 200.0})  # fmt: skip
    other = printed.assign(entity="UZB", low=0.0)
    counts = (("a", 20, NAN, NAN), ("b", 21, NAN, NAN), ("c", 5, 5.0, 10.0), ("d", 9, NAN, NAN), ("e", 25, 25.0, 30.0))
    given = month(*((name, "messages", *cells) for name, *cells in counts), scale=10)
    found = answers.beside_printed(given, pd.concat([other, printed, printed.assign(period="2023-08")]))
    verdicts = dict(zip(found["platform"], found["verdict"], strict=True))
    assert verdicts == {"a": "holds", "b": "fails", "c": "holds", "d": "fails", "e": "fails"}
    assert found.set_index("platform").loc["a", ["value", "scaled"]].tolist() == [20, 200]
    assert answers.agreement(found).to_numpy().tolist() == [[2, 5, 5]]
    # Of messages that hold platform a alone one printed figure is decided; the other four are said to be open.
    alone = answers.beside_printed(
        month(("a", "messages", 20, NAN, NAN), ("z", "messages", 9, NAN, NAN), scale=10), printed
    )
    assert alone["platform"].tolist() == ["a", "b", "c", "d", "e"]
    assert alone["verdict"].tolist() == ["holds", *["cannot be checked"] * 4]
    assert answers.agreement(alone).to_numpy().tolist() == [[1, 1, 5]]
    assert answers.agreement(found.head(0)).empty


@pytest.mark.parametrize(
    ("rows", "case"),
    [
        ([("a", "messages", 3, NAN, NAN)], "one"),
        ([("a", "messages", 3, NAN, NAN), ("b", "messages", 1, 1.0, 2.0)], "sure"),
        ([("a", "messages", 3, NAN, NAN), ("b", "messages", 1, 1.0, 3.0)], "open"),
        ([("a", "messages", 3, NAN, NAN), ("b", "messages", 3, NAN, NAN)], "equal"),
    ],
)
def test_who_has_most_messages(rows: Any, case: str) -> None:
    found = answers.most_messages(month(*rows, ("a", "authors", 2, NAN, NAN), ("b", "authors", 9, NAN, NAN)))
    total = sum(row[2] for row in rows)
    row = found.iloc[0]
    assert row[["group", "value", "total", "n", "authors", "case"]].tolist() == ["a", 3, total, len(rows), 2, case]
    assert row["share"] == round(300 / total, 1)
    handed = answers.most_messages(month(*rows, handed=SimpleNamespace(total=30.0)))
    assert handed["share"].item() == 10.0
    assert handed["case"].item() == ("hidden" if any(row[4] == row[4] for row in rows) else case)
    assert answers.most_messages(month(("a", "messages", 0, NAN, NAN))).empty


def days(*values: float, group: str = "a") -> pd.DataFrame:
    return pd.DataFrame(
        {"group": group, "period": [f"2023-09-{n:02}" for n in range(1, len(values) + 1)], "value": values}
    )


def test_the_busiest_day_beside_what_chance_gives() -> None:
    found = answers.busiest_day(pd.concat([days(2, 3, 9), days(1, 0, 1, group="b")])).iloc[0]
    wanted = min(1.0, 3 * binom.sf(9, 16, 1 / 3))
    assert found[["period", "value", "n"]].tolist() == ["2023-09-03", 10, 3]
    assert found["p"] == pytest.approx(wanted, rel=0.05)
    assert found["case"] == ("found" if wanted <= 0.05 else "none")
    plain = answers.busiest_day(days(2, 3, 4)).iloc[0]
    assert (plain["case"], plain["period"]) == ("none", "2023-09-03")
    assert answers.busiest_day(days(7)).iloc[0][["p", "case"]].tolist() == [1.0, "single"]
    assert answers.busiest_day(days(0, 0)).empty
    # Of all platforms together where that is told; what is hidden is counted, of the totals alone if there are any.
    whole = answers.busiest_day(pd.concat([days(9, 1), days(1, 50, group="all")])).iloc[0]
    assert whole[["period", "value"]].tolist() == ["2023-09-02", 50]
    hidden = answers.busiest_day(pd.concat([days(NAN, 1), days(1, NAN, group="all")])).iloc[0]
    assert hidden[["value", "n", "case"]].tolist() == [1, 2, "hidden"]
    assert answers.busiest_day(days(NAN, NAN, 3)).iloc[0][["value", "n"]].tolist() == [2, 3]
    assert answers.busiest_day(pd.concat([days(NAN, 1), days(4, 5, group="all")])).iloc[0]["case"] != "hidden"


def uneven(*shares: float) -> pd.DataFrame:
    rows = pd.DataFrame({"group": list("abc")[: len(shares)], "measure": "top_share_1", "value": shares})
    return pd.concat([rows, rows.assign(measure="top_share_10", value=99.0)])


def test_where_authors_write_most_unevenly() -> None:
    found = answers.most_uneven(uneven(20.0, 40.0, 30.0)).iloc[0]
    assert found[["group", "other_group", "value", "other_value", "n", "case"]].tolist() == [
        "b",
        "a",
        40,
        20,
        3,
        "several",
    ]
    assert answers.most_uneven(uneven(20.0)).iloc[0]["case"] == "one"
    assert answers.most_uneven(uneven(20.0, 20.0)).iloc[0]["case"] == "alike"
    tenth = answers.most_uneven(uneven(20.0).tail(1)).iloc[0]  # where a hundredth is less than one author
    assert tenth[["group", "value", "top", "case"]].tolist() == ["a", 99, "10", "one"]
    assert answers.most_uneven(uneven(20.0).head(0)).empty


def concentrated(**more: Any) -> Any:
    rows = [("b", 2023, 9, 99, 40.0, 70.0), ("a", 2023, 9, 100, 20.0, 60.0), ("c", 2023, 9, 9, 90.0, 95.0),
            ("d", 2023, 9, 200, 30.0, 50.0)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["platform", "year", "month", "authors", "top_share_1", "top_share_10"])
    return SimpleNamespace(
        country="KAZ", month="2023-09", known=None, handed=None, summary=SimpleNamespace(concentration=table), **more
    )


def test_a_share_of_authors_is_told_where_it_is_one_author_at_least() -> None:
    # A hundredth of 99 authors is less than one, and a tenth of nine.
    found = answers.unevenness(concentrated())
    assert found[["group", "measure", "value"]].to_numpy().tolist() == [
        ["d", "top_share_1", 30], ["d", "top_share_10", 50], ["a", "top_share_1", 20], ["a", "top_share_10", 60],
        ["b", "top_share_10", 70],
    ]  # fmt: skip
    assert set(found["period"]) == {"2023-09"}
    assert (set(found["unit"]), set(found["entity"]), set(found["source_id"])) == ({"percent"}, {"KAZ"}, {"messages"})
    # Two platforms have a hundredth and three a tenth: the tenth is compared.
    most = answers.most_uneven(found).iloc[0]
    assert most[["group", "other_group", "value", "other_value", "top", "n"]].tolist() == ["b", "d", 70, 50, "10", 3]


def daily(month_asked: str, *rows: tuple[str, str, int]) -> Any:
    table = pd.DataFrame(rows, columns=["platform", "local_day", "messages"])
    table = table.assign(local_day=pd.to_datetime(table["local_day"]))
    return SimpleNamespace(
        country="KAZ", month=month_asked, known=None, handed=None, summary=SimpleNamespace(daily=table)
    )  # fmt: skip


@pytest.mark.parametrize(("month_asked", "count"), [("2023-02", 28), ("2024-02", 29), ("2023-04", 30), ("2023-12", 31)])
def test_a_month_has_all_its_days_and_those_without_a_message_have_none(month_asked: str, count: int) -> None:
    last = f"{month_asked}-{count}"
    found = answers.by_day(daily(month_asked, ("b", last, 5), ("a", f"{month_asked}-01", 3), ("a", last, 4)))
    assert found["group"].tolist() == ["a"] * count + ["b"] * count
    assert found["period"].tolist()[:count] == [f"{month_asked}-{day:02}" for day in range(1, count + 1)]
    assert (found["value"].iloc[[0, 1, count - 1, count, -1]].tolist(), found["value"].sum()) == ([3, 0, 4, 0, 5], 12)


def test_all_days_there_are_go_from_the_first_to_the_last() -> None:
    found = answers.by_day(daily("", ("a", "2023-09-30", 1), ("b", "2023-10-02", 2)))
    assert found[["group", "period", "value"]].to_numpy().tolist() == [
        ["a", "2023-09-30", 1], ["a", "2023-10-01", 0], ["a", "2023-10-02", 0],
        ["b", "2023-09-30", 0], ["b", "2023-10-01", 0], ["b", "2023-10-02", 2],
    ]  # fmt: skip
    assert answers.by_day(daily("")).empty
    assert answers.by_day(daily("2023-09")).empty


def test_accounts_that_no_message_names_are_told_of_those_listed() -> None:
    def network(unmet: int) -> Any:
        return SimpleNamespace(network=SimpleNamespace(unmet=pd.DataFrame({"account": range(unmet)}), listed=5))

    assert answers.not_met(network(2)).to_dict("records") == [{"value": 2, "n": 5}]
    assert answers.not_met(network(0)).empty


def test_forwards_that_were_made_are_compared_pair_by_pair() -> None:
    held = synthetic.holders(["telegram", "vkontakte"], HOLDERS).rows
    one, two, three = (held[held["platform"] == "telegram"].drop_duplicates("actor").iloc[n] for n in range(3))
    other = held[(held["platform"] == "vkontakte") & (held["actor"] == one["actor"])].iloc[0]
    target = held[(held["platform"] == "vkontakte") & (held["actor"] == two["actor"])].iloc[0]
    made = pd.DataFrame(
        [("telegram", one["known_as"], two["known_as"], 2), ("vkontakte", other["known_as"], target["known_as"], 1),
         ("telegram", two["known_as"], three["known_as"], 4)],
        columns=["platform", "source", "target", "weight"],
    )  # fmt: skip

    def asked(*weights: float) -> Any:
        pairs = [(one["actor"], two["actor"]), (two["actor"], three["actor"])][: len(weights)]
        rows = [(*pair, "forwards", weight, "2023-09-01") for pair, weight in zip(pairs, weights, strict=True)]
        days = pd.DataFrame(rows, columns=["source", "target", "relation", "weight", "period"])
        return SimpleNamespace(known=SimpleNamespace(forwards=made), network=SimpleNamespace(days=days))

    # The first pair passes on 2 on one platform and 1 on the other.
    for weights, value in (((3, 4), 2), ((2, 4), 1), ((3,), 1), ((), 0)):
        assert answers.forwards_back(asked(*weights)).to_dict("records") == [{"value": value, "n": 2}]
    assert answers.forwards_back(SimpleNamespace(known=None)).empty  # type: ignore[arg-type]
    assert answers.forwards_back(SimpleNamespace(known=SimpleNamespace(forwards=made.head(0)))).empty  # type: ignore[arg-type]


def test_what_the_answer_says_of_a_month() -> None:
    rows = (("a", "messages", 3, NAN, NAN), ("a", "authors", 2, NAN, NAN))
    printed = pd.DataFrame({"entity": ["KAZ", "KAZ"], "period": ["2023-09", "2023-09"], "platform": ["a", "b"]})
    nothing = pd.DataFrame()

    def said(of: Any, **more: pd.DataFrame) -> dict[str, pd.DataFrame]:
        of.summary.concentration = concentrated().summary.concentration
        return dict(answers.messages_answer(of, printed, **{"attention": nothing, "moved": nothing, **more}))

    beyond = pd.DataFrame({"case": ["beyond"]})
    assert list(said(month(*rows), attention=beyond, moved=pd.DataFrame({"case": [""]}))) == [
        "sentence.messages_most_one", "sentence.messages_uneven_several", "sentence.messages_attention_beyond",
    ]  # fmt: skip
    made = said(month(*rows, known=1, scale=100))
    assert made["sentence.messages_synthetic"].to_dict("records") == [
        {"entity": "KAZ", "period": "2023-09", "scale": 100}
    ]
    assert "sentence.messages_synthetic" not in said(month(("a", "messages", 0, NAN, NAN), known=1))
    for suppressed, code in ((0, "all"), (2, "some")):
        handed = SimpleNamespace(total=30.0, published=7, suppressed=suppressed)
        counts = said(month(*rows, handed=handed))[f"sentence.messages_counts_{code}"]
        assert counts.to_dict("records") == [{"published": 7, "suppressed": suppressed}]


def test_who_leads_by_what_may_count_and_days_that_are_equal() -> None:
    equal = answers.most_messages(
        month(*((name, "messages", 3, NAN, NAN) for name in "ab"), ("c", "messages", 1, 1, 9))
    )
    assert equal[["equals", "case", "authors"]].to_numpy().tolist() == [[2, "equal", 0]]
    three = answers.busiest_day(days(5, 1, 5)).iloc[0]
    assert three[["equals", "case", "value", "mean"]].tolist() == [2, "equal", 5, 4]
    found = answers.busiest_day(days(50, 1, 50)).iloc[0]
    assert found[["period", "equals", "case"]].tolist() == ["2023-09-01", 2, "equal_found"]


SHAPE = Shape("own", (
    Entry("platform", "constant", ("vk",)), Entry("author", "account", ("user", "name")),
    Entry("message", "joined", ("a b",)),
    Entry("time", "column", ("time",), must=True), Entry("kind", "repost_if", ("shared", "again")),
    Entry("kind", "reply_if", ("answer",)), Entry("place", "host", ("link",)),
    Entry("text_length", "column", ("text",)),
    Entry("visibility", "column", ("seen",), {"1": "public", "0": ""}), Entry("mentioned", "list", ("names",)),
    Entry("language", "first", ("tongues",)), Entry("naive_zone", "constant", ("UTC",)),
))  # fmt: skip
COLUMNS = ["user", "name", "a", "b", "time", "shared", "again", "answer", "link", "text", "seen", "names", "tongues"]


def read(**cells: str) -> Any:
    return shapes.reader(SHAPE, COLUMNS)([cells.get(name, "") for name in COLUMNS])


def test_a_row_is_read_by_its_shape() -> None:
    found = read(name="Ab", a="1", b="2.0", time="2023-09-15T21:30:00", link="https://www.e.org/x", text="abc",
                 seen="1", names="c,@D", tongues="kk, ru")  # fmt: skip
    assert (found.platform, found.author, found.message, found.kind) == ("vk", "@ab", "1/2", "post")
    assert (found.time, found.place, found.names) == (1_694_813_400_000_000, "e.org", ("e.org",))
    assert (found.text_length, found.visibility, found.mentioned, found.language) == (3, "public", ("@c", "@d"), "kk")
    assert (found.parent, found.parent_time, found.forwarded, found.replied) == (None, None, None, None)
    bare = read(time="1694813400", a="1", again="x", answer="yes", seen="0", user="u", name="v")
    assert (bare.kind, bare.message, bare.visibility, bare.place, bare.names) == ("repost", None, None, None, ())
    assert (bare.author, bare.text_length, bare.mentioned) == ("@u", 0, ())
    assert read(time="1694813400", shared="no", answer="1").kind == "reply"
    with pytest.raises(ValueError, match="visibility 'friendly' is none of public"):
        read(time="1694813400", seen="friendly")
    for wrong in ({}, {"time": "soon"}):
        with pytest.raises(ValueError, match="no time"):
            read(**wrong)
    no_platform = Shape("own", SHAPE.entries[1:])
    with pytest.raises(ValueError, match="no platform"):
        shapes.reader(no_platform, COLUMNS)(["1694813400"] * len(COLUMNS))
    textless = shapes.reader(SHAPE, ["time"])(["1694813400"])
    assert (textless.text_length, textless.message, textless.author) == (None, None, None)
    numbered = Shape("own", (Entry("platform", "column", ("#2",)), Entry("time", "column", ("#1",))))
    assert shapes.reader(numbered, ["x", "y"])(["1694813400", "ok"]).platform == "ok"
    # Of columns of one name the first counts.
    twice = Shape("own", (Entry("platform", "column", ("p",)), Entry("time", "column", ("t",))))
    assert shapes.reader(twice, ["p", "t", "p"])(["ok", "1694813400", "vk"]).platform == "ok"


def test_a_header_fits_a_shape_that_has_all_it_must() -> None:
    assert SHAPE.fits(["time", "x"])
    assert not SHAPE.fits(["user", "x"])
    assert not Shape("own", SHAPE.entries[:3]).fits(COLUMNS)
    either = Shape("e", (Entry("time", "column", ("t", "u"), must=True), Entry("author", "column", ("a",), must=True)))
    assert either.fits(["u", "a"])
    assert not either.fits(["t", "u"])
    assert (SHAPE.constant("naive_zone"), SHAPE.constant("escapes"), SHAPE.constant("time")) == ("UTC", "", "")
    assert shapes.recognised(["1", "2"] + ["x"] * 59, shapes.packaged()).name == "gdelt_events"  # type: ignore[union-attr]
    assert shapes.recognised(["1", "x"] + ["x"] * 59, shapes.packaged()) is None
    assert shapes.recognised(["1", "2"] + ["x"] * 58, shapes.packaged()) is None
    must = [sum(entry.must for entry in shape.entries) for shape in shapes.packaged()]
    assert must == sorted(must, reverse=True)


def test_a_mapping_is_read_or_its_line_is_named(tmp_path: Path) -> None:
    def mapping(*lines: str) -> Shape:
        (tmp_path / "m.csv").write_text("\n".join(("field,how,column,values", *lines)), encoding="utf-8")
        return shapes.read_mapping(tmp_path / "m.csv")

    platform, time = "platform,constant,vk,", "time,column,t|u,"
    found = mapping(platform, time, "kind,column,k,1=post; 2 = reply ;", "author,column,,")
    assert [(one.name, one.how, one.columns, one.must) for one in found.entries] == [
        ("platform", "constant", ("vk",), False), ("time", "column", ("t", "u"), True), ("kind", "column", ("k",), True)
    ]  # fmt: skip
    assert vars(found.entries[2])["values"] == {"1": "post", "2": "reply"}
    for lines, said in (
        ((platform,), "no line for time"), ((time,), "no line for platform"),
        ((platform, time, "mood,column,m,"), "line 4: unknown field 'mood'"),
        ((platform, time, "kind,guess,m,"), "line 4: unknown how 'guess'"), ((), "a mapping has the columns"),
    ):  # fmt: skip
        with pytest.raises(SourceError, match=said):
            mapping(*lines)
    with pytest.raises(ValueError, match="unknown time zone"):
        mapping(platform, time, "naive_zone,constant,Mars/North,")
    with pytest.raises(SourceError, match="cannot be read as a mapping"):
        shapes.read_mapping(tmp_path / "absent.csv")
    lines = shapes.template(["x", 'y"z']).splitlines()
    assert lines[:3] == [
        "field,how,column,values,columns of the file",
        'platform,constant,,,"x"',
        'author,column,,,"y""z"',
    ]
    assert lines[15:] == [
        'clock,column,,,""', 'naive_zone,constant,,,""', 'time_format,constant,,,""', 'escapes,constant,,,""'
    ]  # fmt: skip
    assert shapes.template(["=cmd|'/c calc'!A1"]).splitlines()[1] == """platform,constant,,,"'=cmd|'/c calc'!A1\""""
    assert len(shapes.template(["x"] * 20).splitlines()) == 21
    assert shapes.template(["x"] * 20).splitlines()[-1] == ',,,,"x"'
