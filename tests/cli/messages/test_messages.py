"""The command from files to tables, in three languages; its page of the guide does what it says."""

import csv
import doctest
import json
import stat
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from digital_diplomacy import cli
from digital_diplomacy.cli.messages import command
from digital_diplomacy.formulas import to_csv

TWEET = '{"id": "1", "author_id": "7", "created_at": "2023-08-31T19:00:00Z"}\n'
GUIDE = Path(__file__).parents[3] / "docs" / "messages.md"

ERROR = {"kk": "қате", "ru": "ошибка", "en": "error"}


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["digital-diplomacy", "messages", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), (told.out + told.err).replace("\xa0", " ").replace("\u202f", " ")


def test_files_are_counted_and_told_in_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = {"name": "Ашық чат", "type": "public_supergroup", "id": 5, "messages": [
        {"id": number, "type": "message", "date_unixtime": str(1_694_813_400 + number), "from_id": f"user{number % 2}",
         "text": "а"} for number in range(3)]}  # fmt: skip
    (tmp_path / "result.json").write_text(json.dumps(chat))
    post = {"id": "1", "author_id": "7", "created_at": "2023-08-31T19:00:00Z", "text": "x"}
    (tmp_path / "t.jsonl").write_text(json.dumps(post) + "\n{\n")
    (tmp_path / "places.csv").write_text("place,country\nашық чат,KAZ\n")
    given = [
        tmp_path / "result.json",
        tmp_path / "t.jsonl",
        "--month",
        "2023-09",
        "--zone",
        "Asia/Almaty",
        "--out",
        tmp_path / "o",
        "--tables-only",
    ]
    code, told = run(monkeypatch, capsys, *given, "--lang", "kk")
    assert code == 0
    assert "Telegram, 2023 ж. қыр.: барлығы 0–3 хабарлама, 0–2 автор" in told  # nobody knows the country of the chat
    assert "Twitter, 2023 ж. қыр.: барлығы 1 хабарлама, 1 автор" in told  # 1 September by the clock of Almaty
    key = (tmp_path / "o" / "messages.key").read_bytes()
    code, told = run(monkeypatch, capsys, *given, "--places", tmp_path / "places.csv", "--lang", "ru")
    assert code == 0
    assert "Telegram, сент. 2023 г.: сообщений — 3, авторов — 2" in told
    assert "нарушен формат JSON: 1" in told
    assert (tmp_path / "o" / "messages.key").read_bytes() == key
    assert stat.S_IMODE((tmp_path / "o" / "messages.key").stat().st_mode) == 0o600
    with (tmp_path / "o" / "estimates.csv").open(encoding="utf-8") as stream:
        rows = {(row["group"], row["measure"]): row["value"] for row in csv.DictReader(stream)}
    assert rows["telegram", "messages_month"] == "3.0"
    code, told = run(monkeypatch, capsys, *given, "--strict")
    assert code == 2
    assert "t.jsonl, 2: json" in told


def test_the_page_tells_of_the_network_in_three_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = []
    for number in range(12):  # each of four quotes the next, on three days
        source, target = number % 4, (number + 1) % 4
        post = {
            "id": str(number),
            "author_id": str(source),
            "created_at": f"2023-09-{1 + 9 * (number // 4):02}T08:00:00Z",
        }
        quoted = {"id": str(100 + number), "author_id": str(target)}
        said = {**post, "referenced_tweets": [{"type": "quoted", "id": quoted["id"]}]}
        lines.append(json.dumps({"data": [said], "includes": {"tweets": [quoted]}}))
    (tmp_path / "t.jsonl").write_text("\n".join(lines))
    rows = [*(f"twitter,{number},{code}" for number, code in enumerate(["KAZ", "UZB", "KGZ", "TJK"])), "x,9,TKM"]
    (tmp_path / "a.csv").write_text("\n".join(["platform,account,actor", *rows]))
    given = ["--month", "2023-09", "--zone", "UTC", "--accounts", tmp_path / "a.csv", "--relations", "quotes"]
    code, told = run(
        monkeypatch, capsys, tmp_path / "t.jsonl", "--out", tmp_path / "o", *given, "--draws", "9", "--lang", "ru"
    )
    assert code == 0, told
    with (tmp_path / "o" / "ties.csv").open(encoding="utf-8") as stream:
        ties = [(row["source"], row["target"], row["weight"]) for row in csv.DictReader(stream)]
    assert len(ties) == 12
    assert ("KAZ", "UZB", "1.0") in ties
    names = {"kk": "Қазақстан", "ru": "Казахстан", "en": "Kazakhstan"}
    for lang, name in names.items():
        page = (tmp_path / "o" / f"index.{lang}.html").read_text(encoding="utf-8")
        assert name in page
        assert f"figures/{lang}/messages_network.svg" in page
        assert all(f'hreflang="{other}"' in page for other in names if other != lang)
        drawn = {path.stem for path in (tmp_path / "o" / "figures" / lang).glob("*.svg")}
        assert drawn >= {"messages_counted", "messages_daily", "messages_network", "messages_powers"}
    page = (tmp_path / "o" / "index.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "o" / "index.ru.html").read_text(encoding="utf-8")
    assert "не названы:\N{NO-BREAK SPACE}1 из 5" in page  # the account of Turkmenistan


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--zone", "Asia/Nowhere"], "unknown time zone 'Asia/Nowhere'"),
        (["--zone", "UTC", "--month", "2023-13"], "'2023-13' is no month"),
        (["--zone", "UTC", "--rules", "gossip"], "no rules of 'gossip'"),
        (
            ["--zone", "UTC", "--relations", "forwards,likes"],
            "--relations forwards,likes: there are forwards, mentions",
        ),
        (["--zone", "UTC", "--periods", "2023-09,last"], "'last' is no period; write it as 2023"),
        (["--zone", "UTC", "--accounts", "t.jsonl"], "t.jsonl: column `platform` is missing"),
        (["--zone", "UTC", "--accounts", "none.csv"], "none.csv: no such file; check the name"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    code, told = run(monkeypatch, capsys, "t.jsonl", "--out", "o", *words)
    assert (code, said in told) == (2, True), told
    assert not (tmp_path / "o" / "messages.parquet").exists()


@pytest.mark.parametrize("country", ["Kazakhstan", "KZ", "kaz", "", "WORLD"])
def test_a_country_without_code_is_refused_in_each_language(
    country: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    said = {"kk": "мұндай ел жоқ", "ru": "такой страны нет", "en": "no country of that code"}
    for lang, words in said.items():
        given = ["t.jsonl", "--out", "o", "--zone", "UTC", "--country", country, "--lang", lang]
        code, told = run(monkeypatch, capsys, *given)
        assert (code, told.startswith(f"{ERROR[lang]}: --country {country}: {words}")) == (2, True), told
    assert not Path("o").exists()


NO_COUNTRY = {"kk": "2-жол: a үшін «{}» — ел коды емес", "ru": "строка 2: у a «{}» — не код страны",
              "en": "line 2: for a, “{}” is no country"}  # fmt: skip
COLUMNS = {"kk": "`place` және `country` бағандары керек; файлда бары: {}.",
           "ru": "нужны столбцы `place` и `country`; в файле есть: {}.",
           "en": "the columns `place` and `country` are needed; the file has: {}."}  # fmt: skip
NO_CSV = {"kk": "файл UTF-8 кодтауындағы CSV емес", "ru": "это не CSV в UTF-8", "en": "this is no CSV in UTF-8"}
NO_PLACE = {"kk": "3-жол: `place` ұяшығы бос", "ru": "строка 3: ячейка `place` пуста", "en": "line 3: `place` is empty"}
NO_FILE = {
    "kk": "мұндай файл жоқ немесе оқылмайды",
    "ru": "такого файла нет или он не читается",
    "en": "there is no such file",
}


@pytest.mark.parametrize(
    ("content", "said", "named"),
    [
        ("chat,country\na,KAZ\n", COLUMNS, "chat, country"),
        ("place:country\na:KAZ\n", COLUMNS, "place:country"),
        ("", COLUMNS, "–"),
        ("place,country\na,Қазақстан\n", NO_COUNTRY, "Қазақстан"),
        ("place,country\na, kaz\n", NO_COUNTRY, "kaz"),
        ("place,country\na\n", NO_COUNTRY, ""),  # a line too short
        ("place,country\na,KAZ\n ,RUS\n", NO_PLACE, ""),
        ("place,country\nқала,KAZ\n".encode("utf-16"), NO_CSV, ""),
        ("place,country\nчат,KAZ\n".encode("cp1251"), NO_CSV, ""),
        (None, NO_FILE, ""),
    ],
)
def test_a_table_of_places_that_cannot_be_followed_is_refused_in_each_language(
    content: str | bytes | None,
    said: dict[str, str],
    named: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    if content is not None:
        Path("p.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    for lang, words in said.items():
        code, told = run(
            monkeypatch, capsys, "t.jsonl", "--out", "o", "--zone", "UTC", "--places", "p.csv", "--lang", lang
        )
        assert (code, words.format(named) in told, told.startswith(f"{ERROR[lang]}: --places p.csv")) == (
            2,
            True,
            True,
        ), told
    assert not Path("o").exists()  # not even a key


def test_lines_of_places_that_say_nothing_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    Path("p.csv").write_text("\ufeffplace,country,note\n @a ,KAZ,x\n,,\n\n", encoding="utf-8")
    given = ["t.jsonl", "--out", "o", "--zone", "UTC", "--places", "p.csv", "--tables-only"]
    code, told = run(monkeypatch, capsys, *given)
    assert code == 0, told


def test_the_table_to_hand_on_stands_alone_and_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On 1 September one account writes twice, on the 2nd and 3rd twenty write once; a second platform covers it."""
    for host in ("twitter.com", "vk.com"):
        days = [(1, [7, 7] if host == "twitter.com" else range(30)), (2, range(20)), (3, range(20))]
        lines = [
            f"{host},{person},2023-09-0{day}T06:00:{place:02}Z,{host}{day}-{place}"
            for day, people in days
            for place, person in enumerate(people)
        ]
        (tmp_path / f"{host}.csv").write_text("\n".join(["Source,Author,Date,Id", *lines]))
    fields = ["platform,column,Source,twitter.com=twitter; vk.com=vkontakte", "author,column,Author,"]
    fields += ["time,column,Date,", "message,column,Id,", "kind,constant,post,", "visibility,constant,public,"]
    (tmp_path / "m.csv").write_text("\n".join(["field,how,column,values", *fields]))
    given = [
        tmp_path / "twitter.com.csv",
        tmp_path / "vk.com.csv",
        "--mapping",
        tmp_path / "m.csv",
        "--zone",
        "Asia/Almaty",
    ]
    told = {}
    for lang in ("kk", "ru", "en"):
        code, told[lang] = run(monkeypatch, capsys, *given, "--out", tmp_path / lang, "--suppress", 5, "--lang", lang)
        assert code == 0, told[lang]
    names = {path.name for path in (tmp_path / "en").iterdir()}
    assert names == {".counting", "aggregate.csv", "messages.key", "messages.parquet", "unread.csv"}
    rows = (tmp_path / "en" / "aggregate.csv").read_text(encoding="utf-8")
    assert "\ntwitter,2023-09-01,messages,,suppressed\n" in rows
    assert "\ntwitter,2023-09,messages,42,published\n" in rows
    assert "\nall,2023-09,messages,112,published\n" in rows
    assert "Hand on" in told["en"]
    assert "Передавать можно только" in told["ru"]
    assert "файлын беруге болады" in told["kk"]
    handed = [tmp_path / "en" / "aggregate.csv", "--zone", "Asia/Almaty", "--out", tmp_path / "read"]
    code, said = run(monkeypatch, capsys, *handed, "--lang", "ru")
    assert (code, "готовая таблица подсчётов" in said) == (0, True)
    assert "twitter,2023-09,messages_month,42.0" in (tmp_path / "read" / "estimates.csv").read_text(encoding="utf-8")
    for lang in ERROR:
        code, said = run(monkeypatch, capsys, *given, "--out", tmp_path / "no", "--suppress", 1, "--lang", lang)
        assert (code, said[: len(ERROR[lang])]) == (2, ERROR[lang])
    assert not (tmp_path / "no").exists()


def test_tables_appear_when_all_of_them_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    given = ["t.jsonl", "--out", "o", "--zone", "UTC", "--plain", "--tables-only"]
    assert run(monkeypatch, capsys, *given)[0] == 0
    before = {path.name: path.read_bytes() for path in Path("o").glob("*.csv")}
    Path("t.jsonl").write_text(TWEET + TWEET.replace('"1"', '"2"'))
    written = []

    def stopped(frame: pd.DataFrame, **more: Any) -> str:
        written.append(to_csv(frame, **more))
        if len(written) == 4:
            raise KeyboardInterrupt
        return written[-1]

    monkeypatch.setattr("digital_diplomacy.formulas.to_csv", stopped)
    monkeypatch.setattr("sys.argv", ["digital-diplomacy", "messages", *given])
    with pytest.raises((SystemExit, KeyboardInterrupt)):
        cli.main()
    found = {path.name: path.read_bytes() for path in Path("o").iterdir() if path.suffix not in ("", ".parquet")}
    assert len(before) == 11
    assert found == before


def test_an_engine_that_cannot_be_asked_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text(TWEET)
    refused = {
        ("--engine", "polars"): "--engine polars: белгілілері — duckdb, spark",
        ("--engine", "spark"): "`--remote sc://HOST:15002` немесе `--remote spark://HOST:7077` арқылы көрсетіңіз",
        ("--remote", "sc://a"): "--remote sc://a: бұл параметр `--engine spark` үшін ғана",
        ("--engine", "spark", "--remote", "a:1"): "«a:1» — Spark мекенжайы емес",
        ("--engine", "spark", "--remote", "sc://127.0.0.1:9"): "жауап бермейді (қосылудан бас тартылды)",
    }
    for words, said in refused.items():
        code, told = run(monkeypatch, capsys, "t.jsonl", "--out", "o", "--zone", "UTC", *words, "--lang", "kk")
        assert (code, said in told) == (2, True), told
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "pyspark" else find_spec(name))
    given = ["x", "--out", "o", "--zone", "UTC", "--engine", "spark", "--remote", "sc://a", "--lang", "ru"]
    assert (
        "pyspark. Установка: `pip install 'digital-diplomacy[messages,spark]'`" in run(monkeypatch, capsys, *given)[1]
    )
    assert not Path("o").exists()


def test_what_is_not_installed_is_named_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "duckdb" else find_spec(name))
    code, told = run(monkeypatch, capsys, "x", "--out", "o", "--zone", "UTC", "--lang", "ru")
    assert code == 2
    assert "нужны пакеты: duckdb. Установка: `pip install 'digital-diplomacy[messages]'`" in told


def test_the_examples_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert doctest.testfile(str(GUIDE), module_relative=False).failed == 0


def test_a_table_of_messages_is_an_input_like_any_other_and_keeps_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def post(number: int) -> str:
        return TWEET.replace('"id": "1"', f'"id": "{number}"')

    (tmp_path / "first.jsonl").write_text(post(1) + post(2))
    (tmp_path / "later.jsonl").write_text(post(2) + post(3))
    common = ("--month", "2023-09", "--zone", "Asia/Almaty", "--tables-only", "--lang", "en")
    assert run(monkeypatch, capsys, tmp_path / "first.jsonl", *common, "--out", tmp_path / "one")[0] == 0
    table = tmp_path / "one" / "messages.parquet"
    # Beside an export it brings the key that stands beside it: the account is one, the post of both files stands once.
    code, told = run(monkeypatch, capsys, table, tmp_path / "later.jsonl", *common, "--out", tmp_path / "two")
    assert (code, "messages 3, authors 1" in told, "hashed already" in told) == (0, True, True)
    assert f"the key in {tmp_path / 'one' / 'messages.key'}" in told
    assert not (tmp_path / "two" / "messages.key").exists()
    # Away from its key it is counted all the same, and no key is made of which nobody would know what it opens.
    alone = tmp_path / "clean" / "t.parquet"
    alone.parent.mkdir()
    alone.write_bytes(table.read_bytes())
    code, told = run(monkeypatch, capsys, alone, *common, "--out", tmp_path / "three")
    assert (code, "messages 2, authors 1" in told) == (0, True)
    assert not (tmp_path / "three" / "messages.key").exists()
    (tmp_path / "a.csv").write_text("platform,account,actor\ntwitter,7,KAZ\n")
    code, told = run(monkeypatch, capsys, alone, *common, "--out", tmp_path / "x", "--accounts", tmp_path / "a.csv")
    assert (code, "only by their key" in told, (tmp_path / "x").exists()) == (2, True, False)
    # What is wrong with the file of accounts is told first.
    for name, said in (("none.csv", "no such file"), ("empty.csv", "column `platform` is missing")):
        (tmp_path / "empty.csv").write_text("name\nx\n")
        code, told = run(monkeypatch, capsys, alone, *common, "--out", tmp_path / "x", "--accounts", tmp_path / name)
        assert (code, said in told, "key" in told) == (2, True, False)
    (tmp_path / "aggregate.csv").write_text("platform,period,measure,value,status\n")
    code, told = run(monkeypatch, capsys, alone, tmp_path / "aggregate.csv", *common, "--out", tmp_path / "x")
    assert (code, "read alone" in told) == (2, True)
    # With another key, names of accounts are compared in vain: refused, and so is a table that lacks columns.
    code, told = run(monkeypatch, capsys, alone, tmp_path / "later.jsonl", *common, "--out", tmp_path / "four")
    assert (code, "hashed with another key" in told) == (2, True)
    pd.read_parquet(alone).drop(columns=["kind", "message"]).to_parquet(alone)
    code, told = run(monkeypatch, capsys, alone, *common, "--out", tmp_path / "five")
    assert (code, "missing columns are message, kind" in told) == (2, True)
