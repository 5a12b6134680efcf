"""Counts that were handed on are read by the notebook, and nothing that is hidden in them comes out of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import figures, labels, messages

ASKED: dict[str, Any] = {"month": "2023-09", "publisher": "all", "country": "KAZ", "zone": "UTC"}
NOBODY = pd.DataFrame(columns=["entity", "period", "platform", "measure", "as_printed", "value", "low", "high"])
DAYS = {"telegram": (3, 40, 25), "vkontakte": (60, 70, 0), "youtube": (14, 5, 33)}
K = 10


def table(days: dict[str, tuple[int, ...]]) -> pd.DataFrame:
    """Messages of days with all their totals, nothing suppressed."""
    rows = [(name, f"2023-09-0{day}", n) for name, found in days.items() for day, n in enumerate(found, 1)]
    rows += [(name, "2023-09", sum(found)) for name, found in days.items()]
    rows += [("all", f"2023-09-0{day}", sum(found)) for day, found in enumerate(zip(*days.values(), strict=True), 1)]
    rows += [("all", "2023-09", sum(map(sum, days.values())))]
    made = pd.DataFrame(rows, columns=["platform", "period", "value"])
    return made.assign(measure="messages", status="published").astype({"value": float})


def written(folder: Path, rows: pd.DataFrame) -> Path:
    messages.write_counts(rows, folder / "aggregate.csv")
    return folder / "aggregate.csv"


@pytest.mark.parametrize("days", [DAYS, {"telegram": (2, 3), "vkontakte": (4, 90)}, {"a": (9, 80), "b": (200, 7)}])
def test_nothing_the_notebook_shows_tells_more_of_a_hidden_count_than_the_attacker_knows(
    days: dict[str, tuple[int, ...]], tmp_path: Path
) -> None:
    true, safe = table(days), messages.suppress(table(days), threshold=K)
    found = messages.read_month(str(written(tmp_path, safe)), **ASKED, printed=NOBODY)
    hidden = safe[safe["status"] == "suppressed"].set_index(["platform", "period"])
    known = messages.attack(safe).set_index(["platform", "period"])
    assert len(hidden)
    shown = pd.concat([messages.by_day(found), messages.counted(found)]).set_index(["group", "period"])
    for cell in hidden.index:
        row = shown.loc[cell]
        assert np.isnan(row["value"])
        # As wide as what an attacker concludes, who cannot narrow it to fewer than K + 1 numbers.
        low, high = known.loc[cell, ["low", "high"]].astype(float)
        assert (row["low"], row["high"]) == (low, high)
        assert high - low >= K
    # Whatever is there, is as it was; and no sum of the days shown stands for one that is hidden.
    exact = true.set_index(["platform", "period"])["value"]
    told = shown.dropna(subset=["value"])["value"]
    assert told.to_dict() == exact.drop(hidden.index).drop([("all", "2023-09")]).to_dict()


def test_what_counts_tell_is_told_and_what_they_do_not_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, messages.suppress(table(DAYS), threshold=K))
    found = messages.read_month(str(tmp_path), **ASKED, printed=NOBODY)  # a folder with nothing but counts
    most = messages.most_messages(found).iloc[0]
    # 60 + 70 of 250 = 52 %; 68 and 52 are the other months, all published
    assert (most["group"], most["value"], most["total"], most["share"], most["case"]) == (
        "vkontakte",
        130,
        250,
        52,
        "sure",
    )
    busiest = messages.busiest_day(messages.by_day(found)).iloc[0]
    assert (busiest["period"], busiest["value"], busiest["n"]) == ("2023-09-02", 115, 3)  # 40 + 70 + 5, of all
    for rows in (
        messages.unevenness(found),
        found.network.days,
        messages.not_met(found),
        messages.forwards_back(found),
    ):
        assert rows.empty
    assert (messages.source_of(found), messages.absence(found, pd.DataFrame())) == (
        "messages_counts",
        "notice.messages_counts",
    )
    said = messages.messages_answer(found, NOBODY, attention=pd.DataFrame(), moved=pd.DataFrame())
    for lang in labels.LANGUAGES:
        told = " ".join(line for code, rows in said.items() for line in figures.fill_sentences(rows, code, lang=lang))
        assert "130" in told
        assert labels.text("messages.shape.declared", lang) not in told
    with pytest.raises(ValueError, match="no counts of 2023-10; the file holds those of 2023-09"):
        messages.read_month(str(path), **ASKED | {"month": "2023-10"}, printed=NOBODY)
    with pytest.raises(ValueError, match="hold no accounts"):
        messages.read_month(str(path), **ASKED, printed=NOBODY, accounts="accounts.csv")


def test_the_day_with_most_is_not_told_where_its_total_is_hidden(tmp_path: Path) -> None:
    days = {"telegram": (3, 40, 25, 60), "vkontakte": (4, 70, 0, 80)}  # seven on the first day, of all platforms
    found = messages.read_month(
        str(written(tmp_path, messages.suppress(table(days), threshold=K))), **ASKED, printed=NOBODY
    )
    busiest = messages.busiest_day(messages.by_day(found)).iloc[0]
    assert (busiest["case"], busiest["n"]) == ("hidden", 4)
    assert busiest["value"] >= 1
    assert set(busiest.index) == {"value", "n", "case"}
    # A hidden month meets a printed figure that lies within its bounds, and not one beyond them.
    small = messages.read_month(
        str(written(tmp_path, messages.suppress(table({"a": (3, 5), "b": (0, 6), "c": (90, 80)}), threshold=K))),
        **ASKED,
        printed=NOBODY,
    )
    row = {"entity": "KAZ", "period": "2023-09", "platform": "a", "measure": "messages_month", "as_printed": "x"}
    [end] = messages.counted(small).query("group == 'a'")["high"]
    for low, verdict in ((end - 1, "holds"), (end + 1, "fails")):
        beside = messages.beside_printed(small, pd.DataFrame([row | {"low": low, "high": low}]))
        assert beside["verdict"].tolist() == [verdict]
        assert beside["value"].isna().all()
        assert beside["scaled"].isna().all()


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_figure_that_cannot_be_says_why(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    figures.show(
        figures.plot_estimates, pd.DataFrame(), name="messages_unevenness", lang=lang, absent="notice.messages_counts"
    )
    figures.show_finding(pd.DataFrame(), "messages_moved", lang=lang, absent="notice.messages_counts")
    told = capsys.readouterr().out
    for name in ("messages_unevenness", "messages_moved"):
        title = labels.text(f"figure.{name}", lang)
        assert labels.text("notice.messages_counts", lang, title=title) in told
