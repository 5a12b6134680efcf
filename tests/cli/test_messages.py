"""The command from files to tables, in three languages; its page of the guide does what it says."""

import csv
import doctest
import json
import stat
from importlib.util import find_spec
from pathlib import Path

import pytest

from digital_diplomacy import cli
from digital_diplomacy.cli import messages as command

GUIDE = Path(__file__).parents[2] / "docs" / "messages.md"


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
    ]
    code, told = run(monkeypatch, capsys, *given, "--lang", "kk")
    assert code == 0
    assert "Telegram, 2023 ж. қыр.: барлығы 0–3 хабарлама, 0–2 автор" in told  # nobody knows the country of the chat
    assert "Twitter, 2023 ж. қыр.: барлығы 1 хабарлама, 1 автор" in told  # 1 September by the clock of Almaty
    key = (tmp_path / "o" / "messages.key").read_bytes()
    code, told = run(monkeypatch, capsys, *given, "--places", tmp_path / "places.csv", "--lang", "ru")
    assert code == 0
    assert "Telegram, сент. 2023 г.: сообщений – 3, авторов – 2" in told
    assert "нарушен формат JSON: 1" in told
    assert (tmp_path / "o" / "messages.key").read_bytes() == key
    assert stat.S_IMODE((tmp_path / "o" / "messages.key").stat().st_mode) == 0o600
    with (tmp_path / "o" / "estimates.csv").open(encoding="utf-8") as stream:
        rows = {(row["group"], row["measure"]): row["value"] for row in csv.DictReader(stream)}
    assert rows["telegram", "messages_month"] == "3.0"
    code, told = run(monkeypatch, capsys, *given, "--strict")
    assert code == 2
    assert "t.jsonl, 2: json" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--zone", "Asia/Nowhere"], "unknown time zone 'Asia/Nowhere'"),
        (["--zone", "UTC", "--month", "2023-13"], "'2023-13' is no month"),
        (["--zone", "UTC", "--rules", "gossip"], "no rules of 'gossip'"),
        (["--zone", "UTC", "--country", "Kazakhstan"], "no ISO 3166 alpha-3 code"),
        (["--zone", "UTC", "--places", "p.csv"], "the columns place and country are needed"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.csv").write_text("chat,country\na,KAZ\n")
    Path("t.jsonl").write_text('{"id": "1", "author_id": "7", "created_at": "2023-08-31T19:00:00Z"}\n')
    code, told = run(monkeypatch, capsys, "t.jsonl", "--out", "o", *words)
    assert (code, said in told) == (2, True), told
    assert not (tmp_path / "o" / "messages.parquet").exists()


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
