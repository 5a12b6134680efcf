"""Exports as they lie on desks: cut identifiers, deleted authors, clocks in a column of their own, chats of others."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from digital_diplomacy import messages
from digital_diplomacy.errors import SourceError
from digital_diplomacy.messages.times import microseconds

MAPPING = (
    "field,how,column,values\nplatform,constant,ikomek,\nauthor,column,who,\nmessage,column,id,\ntime,column,day,\n"
    "naive_zone,constant,Asia/Almaty,\nkind,constant,post,\nvisibility,constant,public,\n"
)


def take(folder: Path, name: str, content: str, mapping: str = "") -> messages.TakenIn:
    (folder / name).write_text(content, encoding="utf-8")
    return taken(folder, name, mapping)


def taken(folder: Path, name: str, mapping: str = "") -> messages.TakenIn:
    if mapping:
        (folder / "mapping.csv").write_text(mapping, encoding="utf-8")
    given = folder / "mapping.csv" if mapping else None
    return messages.take_in([str(folder / name)], folder / "out", zone="Asia/Almaty", key=None, mapping=given)


def rows(found: messages.TakenIn, *columns: str) -> list[list[Any]]:
    return [[row[name] for name in columns] for row in pq.read_table(found.path).to_pylist()]


@pytest.mark.parametrize("cut", ["1.43628E+18", "1,43628E+18", "1e+18"])
@pytest.mark.parametrize("column", ["id", "who"])
def test_an_identifier_that_a_spreadsheet_cut_is_no_identifier(tmp_path: Path, cut: str, column: str) -> None:
    first = {"id": "1", "who": "a"} | {column: cut}
    content = f"id;who;day\n{first['id']};{first['who']};04.09.2023 10:00\n8;b;04.09.2023 11:00\n"
    found = take(tmp_path, "a.csv", content, MAPPING)
    assert rows(found, "message", "author") == [["8", "b"]]
    assert "whose last digits a spreadsheet dropped" in found.reasons["detail"].item()


def test_numbers_of_a_workbook_that_are_longer_than_it_keeps_are_no_identifiers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["id", "who", "day"],
        [1436278513418522600.0, "a", "04.09.2023 10:00"],
        [17.0, "b", "04.09.2023 10:00"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = taken(tmp_path, "a.xlsx", MAPPING)
    assert rows(found, "message") == [["17"]]
    assert found.reasons["count"].item() == 1


@pytest.mark.parametrize("gone", ["[deleted]", "Deleted Account", "Удалённый аккаунт", "—"])
def test_authors_who_are_gone_are_not_one_author(tmp_path: Path, gone: str) -> None:
    content = f"id,who,day\n1,{gone},2023-09-04 10:00\n2,{gone},2023-09-04 11:00\n3,a,2023-09-04 12:00\n"
    assert rows(take(tmp_path, "a.csv", content, MAPPING), "author") == [[None], [None], ["a"]]


def test_the_clock_may_stand_in_a_column_of_its_own(tmp_path: Path) -> None:
    mapping = MAPPING + "clock,column,at,\n"
    found = take(tmp_path, "a.csv", "id,who,day,at\n1,a,04.09.2023,02:05 PM\n2,b,04.09.2023,\n", mapping)
    assert rows(found, "message", "local_hour") == [["1", 14], ["2", 0]]
    form = mapping + "time_format,constant,%d/%m/%Y %H:%M,\n"
    assert rows(take(tmp_path, "b.csv", "id,who,day,at\n1,a,04/09/2023,23:05\n", form), "local_hour") == [[23]]


def test_the_clock_of_a_workbook_is_one_too(tmp_path: Path) -> None:
    import datetime as dt

    book = openpyxl.Workbook()
    for row in (["id", "who", "day", "at"], [1, "a", dt.date(2023, 9, 4), dt.time(14, 5)]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert rows(taken(tmp_path, "a.xlsx", MAPPING + "clock,column,at,\n"), "local_hour") == [[14]]


@pytest.mark.parametrize("header", ["id,day,автор", "id,day,Who"])
def test_a_mapping_whose_columns_the_file_lacks_is_refused_with_both(tmp_path: Path, header: str) -> None:
    with pytest.raises(SourceError, match=rf"a.csv has no column 'who'; its columns are .*'{header[7:]}'"):
        take(tmp_path, "a.csv", f"{header}\n1,2023-09-04 10:00,a\n", MAPPING)


def test_a_mapping_may_come_from_an_excel_that_writes_semicolons(tmp_path: Path) -> None:
    mapping = "\ufeff" + MAPPING.replace(",", ";").replace("Asia;", "Asia,")
    found = take(tmp_path, "a.csv", "id;who;day\n1;a;2023-09-04 10:00\n", mapping)
    assert rows(found, "author") == [["a"]]
    (tmp_path / "accounts.csv").write_text("platform;account;actor\ntwitter;@mfa;KAZ\n", encoding="utf-8")
    known = messages.read_accounts(tmp_path / "accounts.csv", key=bytes(range(32)))
    assert known.actors["actor_id"].tolist() == ["KAZ"]


CHAT = [{"id": "3", "type": "Default", "timestamp": "2023-09-04T10:00:00+00:00", "author": {"id": "9"}}]
OTHERS = {
    "discord.json": (json.dumps({"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": CHAT}), "guild.id"),
    "messenger.json": (json.dumps({"participants": [{"name": "a"}], "messages": CHAT}), "participants"),
    "tiktok.ndjson": (json.dumps({"source_platform": "tiktok.com", "data": {"id": "1", "desc": "x"}}), "data.id"),
    "chat.txt": ("9/4/23, 10:01 AM - +7 700 000 00 01: secret\n9/4/23, 10:02 AM - a: b\n", "a chat of WhatsApp"),
    "chat_ru.txt": ("\u200e[04.09.2023, 10:01:00] a: secret\n[04.09.2023, 10:02:00] b: c\n", "a chat of WhatsApp"),
    "mail.mbox": ("From a@example.org Mon Sep  4 10:00:00 2023\nDate: Mon, 4 Sep 2023\n\nsecret\n", "e-mail"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_exports_of_others_are_named_and_not_taken_for_those_that_are_known(tmp_path: Path, name: str) -> None:
    content, told = OTHERS[name]
    with pytest.raises(SourceError, match=f"no file is of a kind known here.*{told}") as refused:
        take(tmp_path, name, content)
    assert "secret" not in str(refused.value)


def test_a_column_called_from_makes_no_mailbox(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"From user") as refused:
        take(tmp_path, "a.csv", "From user id,Written,Words\na,2023-09-04 10:00,secret\n")
    assert "e-mail" not in str(refused.value)


def test_whole_hours_from_utc_may_have_one_digit() -> None:
    wanted = microseconds("2023-09-04T04:00:00Z")
    assert [microseconds(f"2023-09-04 10:00:00 {zone}") for zone in ("UTC+6", "GMT+06", "UTC+06:00")] == [wanted] * 3
    assert microseconds("2023-09-03 17:00 UTC-11") == wanted
