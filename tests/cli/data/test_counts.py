"""Counts that were handed on, taken in by `data add`: from a synthetic month to the page on penetration."""

import csv
import html
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import messages, penetration, sources
from digital_diplomacy.cli import main

REPOSITORY = Path(__file__).parents[3]
TRUE = {"telegram": (6, 4), "vkontakte": (900, 200), "youtube": (500, 90), "odnoklassniki": (1200, 300)}
K = 10
LINES = """platform,period,measure,value,status
all,2023-08,messages,40,published
vkontakte,2023-08,authors,4,published
vkontakte,2023-08,messages,40,published
all,2023-09,messages,90,published
vkontakte,2023-09,authors,9,published
vkontakte,2023-09,messages,90,published
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("raw", "processed"):
        shutil.copytree(REPOSITORY / "data" / folder, tmp_path / "data" / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[object, str]:
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", *map(str, words)])
    code: object = 0
    try:
        main()
    except SystemExit as error:
        code = error.code
    said = capsys.readouterr()
    return code or 0, said.out + said.err


def handed_on(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """What the command writes for a synthetic month in which one platform is too small to be told."""
    totals = pd.DataFrame([(name, *sizes) for name, sizes in TRUE.items()], columns=["platform", "messages", "authors"])
    asked = {"month": "2023-09", "country": "KAZ", "zone_name": "Asia/Almaty", "rng": np.random.default_rng(1)}
    messages.synthetic.write_month(project / "m.parquet", totals, **asked)
    given = ["m.parquet", "--zone", "Asia/Almaty", "--suppress", K, "--out", "counted", "--lang", "en"]
    assert run(monkeypatch, capsys, "messages", *given)[0] == 0
    return project / "counted" / "aggregate.csv"


def text_of(page: Path) -> str:
    plain = re.sub(r"<(svg|script|style|pre).*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def test_from_a_synthetic_month_to_a_page_that_tells_no_hidden_count(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = handed_on(project, monkeypatch, capsys)
    (project / "notebooks").mkdir()
    shutil.copy(REPOSITORY / "notebooks" / "penetration.ipynb", project / "notebooks")
    shutil.copytree(REPOSITORY / "notebooks" / "locale", project / "notebooks" / "locale")
    # A survey of two years: what is compared with each other is of the last one.
    rows = ["2019;Facebook;15,3", "2020;Facebook;20,5", "2019;ВКонтакте;18,5", "2020;ВКонтакте;30,1"]
    Path("survey.csv").write_text("\n".join(["Год;Платформа;Доля, %", *rows]), encoding="cp1251")
    given = ["--as", "iei_survey_2017", "--country", "KAZ", "--source", "Y", "--lang", "ru"]
    code, said = run(monkeypatch, capsys, "data", "add", "survey.csv", *given)
    assert code == 0, said
    code, said = run(
        monkeypatch, capsys, "data", "add", file, "--country", "KAZ", "--source", "X", "--page", "--lang", "ru"
    )
    assert code == 0, said
    assert "скрытых чисел: 4 из 8" in said
    assert "own_brand_analytics_2023" in said

    rows = sources.load("own_brand_analytics_2023", root=project).set_index(["platform", "measure"])
    hidden = rows["value"].isna()
    # Telegram is small, and Odnoklassniki goes with it: the sum of the two follows from the total, 2606 - 1400 = 1206.
    assert {name for name, _ in rows.index[hidden]} == {"telegram", "odnoklassniki"}
    for (name, measure), row in rows.iterrows():
        true = TRUE[name][measure != "messages_month"]
        assert row["low"] <= true <= row["high"]
        assert (row["high"] - row["low"] >= K) if np.isnan(row["value"]) else (row["value"] == true)
    least, most = (rows[end].xs("messages_month", level="measure") for end in ("low", "high"))
    assert least["telegram"] + most["odnoklassniki"] == 1206 == most["telegram"] + least["odnoklassniki"]

    report = project / "reports" / "penetration" / "ru"
    drawn = pd.read_csv(report / "figures" / "messages_per_author.csv").set_index("group")
    assert drawn["value"].dropna().to_dict() == pytest.approx({"vkontakte": 4.5, "youtube": 500 / 90})
    for name in ("telegram", "odnoklassniki"):
        assert drawn.loc[name, "low"] == 1  # fewer messages than authors nobody can have written
        high = rows["high"][name, "messages_month"] / rows["low"][name, "authors_month"]
        assert drawn.loc[name, "high"] == pytest.approx(high)
        assert drawn.loc[name, "low"] <= TRUE[name][0] / TRUE[name][1] <= drawn.loc[name, "high"]
    page = text_of(report / "index.html")
    assert ": периодов — 2, начиная с 2019; на этой странице сравнивается последний (2020)." in page
    assert "известны для 2 из 4 платформ; числа остальных скрыты" in page
    span = f"между {int(least['telegram'])} и {int(most['telegram'])}"
    assert "Telegram, сент. 2023 г.: число «Публичные сообщения за месяц» скрыто тем, кто считал;" in page
    assert f"из опубликованного видно лишь, что оно лежит {span}, и никакое значение" in page
    assert page.count("скрыто тем, кто считал") == 4
    assert "Brand Analytics считает" not in page  # whose rules were others', nobody says
    # Behind the audiences stand 200 people at least, and no more than all the upper ends together.
    part = pd.read_csv(report / "figures" / "audience_bounds.csv").set_index("group").loc["authors_month"]
    ends = rows.xs("authors_month", level="measure")[["low", "high"]]
    assert part["high"] / part["low"] == pytest.approx(ends["high"].sum() / 200, rel=0.01)  # people: within 1 %
    assert part["n"] == 4


def test_what_the_document_prints_can_still_be_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(LINES, encoding="utf-8")
    before = sources.load("brand_analytics_2023", root=project)
    given = ["--country", "KAZ", "--period", "2023-09", "--source", "X", "--lang", "en"]
    assert run(monkeypatch, capsys, "data", "add", "a.csv", *given)[0] == 0
    assert sources.load("brand_analytics_2023", root=project)["document"].isna().all()
    pd.testing.assert_frame_equal(sources.load("brand_analytics_2023", root=project, in_front=False), before)


def test_what_the_file_leaves_open_is_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(LINES, encoding="utf-8")
    for lang, said in (("kk", "бірнеше айдың"), ("ru", "нескольких месяцев"), ("en", "several months")):
        code, told = run(monkeypatch, capsys, "data", "add", "a.csv", "--source", "X", "--lang", lang)
        assert code == 2
        assert said in told
        assert '--country "KGZ"' in told
        assert '--period "2023-09"' in told
    given = ["data", "add", "a.csv", "--source", "X", "--country", "KGZ", "--lang", "en"]
    assert run(monkeypatch, capsys, *given, "--period", "2022-01")[0] == 2
    code, told = run(monkeypatch, capsys, *given, "--period", "2023-08")
    assert (code, "suppressed" in told) == (0, False)
    rows = sources.load("own_brand_analytics_2023", root=project)
    assert set(rows["period"]) == {"2023-08"}
    assert rows[["value", "low", "high"]].to_numpy().tolist() == [[4, 4, 4], [40, 40, 40]]
    # Both countries stand in one table now, and the other is the project's own.
    both = sources.load("brand_analytics_2023", root=project)
    assert set(both["entity"]) == {"KAZ", "KGZ"}
    assert penetration.messages_per_author(penetration.printed_figures(both.query("entity == 'KGZ'"), source_id="x"))[
        "value"
    ].tolist() == [10.0]


def test_a_platform_nobody_knows_is_asked_for_and_can_be_left_out(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = list(csv.reader(LINES.splitlines()))
    more = [["tamtam", "2023-09", "messages", "30", "published"], ["all", "2023-09", "messages", "120", "published"]]
    kept = [row for row in lines if row[:2] != ["all", "2023-09"]] + more
    Path("a.csv").write_text("\n".join(map(",".join, kept)), encoding="utf-8")
    given = ["data", "add", "a.csv", "--source", "X", "--country", "KGZ", "--period", "2023-09", "--lang", "en"]
    code, told = run(monkeypatch, capsys, *given)
    assert (code, '--platform "tamtam=-"' in told) == (2, True)
    assert run(monkeypatch, capsys, *given, "--platform", "tamtam=-")[0] == 0
    assert set(sources.load("own_brand_analytics_2023", root=project)["platform"]) == {"vkontakte"}


def test_counts_that_are_changed_are_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(LINES.replace("vkontakte,2023-09,messages,90", "vkontakte,2023-09,messages,91"))
    code, told = run(monkeypatch, capsys, "data", "add", "a.csv", "--country", "KGZ", "--lang", "en", "--source", "X")
    assert (code, "the total is 90 and its parts are 91" in told) == (2, True)
    assert not (project / "data" / "raw" / "own_brand_analytics_2023.csv").exists()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "counts.csv is a table of counts, which says all of that itself; leave the option out"),
        ("ru", "counts.csv — таблица подсчётов, и всё это в ней уже сказано; уберите параметр"),
    ],
)
def test_what_is_no_question_of_counts_is_not_heard_in_silence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    (project / "counts.csv").write_text(LINES, encoding="utf-8")
    before = (project / "data/raw/datapackage.json").read_bytes()
    given = ["counts.csv", "--column", "Value=value", "--unit", "share", "--country", "KAZ", "--source", "A"]
    code, out = run(monkeypatch, capsys, "data", "add", *given, "--lang", lang)
    assert code == 2
    assert f"--column, --unit: {said}" in out
    assert (project / "data/raw/datapackage.json").read_bytes() == before
