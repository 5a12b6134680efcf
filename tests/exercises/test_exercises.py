"""Every exercise: the right answer, wrong ones of each kind, none yet, and answers of the wrong kind."""

import ast
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import exercises, figures, labels, rankings, sources, tables

REPOSITORY = Path(__file__).parents[2]
NOTEBOOK = REPOSITORY / "notebooks" / "start_here.ipynb"
SOLUTIONS = REPOSITORY / "docs" / "solutions" / "start_here.md"

RANKS = pd.DataFrame(
    {
        "entity": ["UZB", "UZB", "UZB", "TKM", "PRK"],
        "period": ["2020", "2022", "2024", "2024", "2024"],
        "value": [87.0, 69.0, 63.0, 152.0, math.nan],
        "low": [86.0, 69.0, 62.0, 152.0, math.nan],
        "high": [87.0, 69.0, 63.0, 152.0, math.nan],
        "n": 193.0,
    }
)
USERS = pd.DataFrame(
    {
        "entity": ["UZB", "UZB", "UZB", "UZB", "AFG"],
        "period": ["2010", "2012", "2015", "2022", "2010"],
        "value": [15.9, 30.3, 42.8, 83.87, 4.0],
    }
)


def mine(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"entity": ["KGZ", "KGZ"], "period": [2022, 2023], "value": [79.8, 88.5], **columns})


def rank(answer: object, country: str = "UZB", edition: int = 2024) -> pd.DataFrame:
    return exercises.check_rank(answer, RANKS, country=country, edition=edition)


def ends(answer: object, country: str = "UZB", edition: int = 2024) -> pd.DataFrame:
    return exercises.check_range(answer, RANKS, country=country, edition=edition)


def places(answer: object, country: str = "UZB") -> pd.DataFrame:
    return exercises.check_places(answer, RANKS, country=country)


def points(answer: object, country: str = "UZB", period: str = "2010/2022") -> pd.DataFrame:
    return exercises.check_points(answer, USERS, country=country, period=period)


def table(answer: object) -> pd.DataFrame:
    return exercises.check_table(answer, USERS)


def said(check: pd.DataFrame) -> str:
    [row] = check.to_dict("records")
    assert row["state"] == {"open": "open", "done": "done"}.get(str(row["advice"]).rpartition("_")[2], "again")
    for lang in labels.LANGUAGES:
        assert labels.text(f"advice.{row['advice']}", lang)
    return str(row["advice"])


@pytest.mark.parametrize(
    ("check", "advice"),
    [
        *((rank(right), "rank_done") for right in (63, 63.0, np.int64(63), np.float64(63))),
        (rank(87, edition=2020), "rank_done"),
        (rank(152, country="TKM"), "rank_done"),
        (rank(0.7999), "rank_index"),
        (rank(32.6), "rank_percent"),  # 100 * 63 / 193 = 32.64
        (rank(62.5), "rank_whole"),
        (rank(87), "rank_edition"),
        (rank(131), "rank_end"),  # 193 + 1 - 63
        (rank(5), "rank_wrong"),
        (rank(63, country="PRK"), "rank_none"),
        (rank(63, edition=2021), "rank_none"),
        (rank(None), "open"),
        (rank("63"), "text"),
        (rank(RANKS["value"].head(1)), "column"),
        *((rank(odd), "number") for odd in (True, [63], math.nan, {63}, np.array([63]))),
        *((ends(right), "range_done") for right in ((62, 63), [62.0, 63.0], (np.float64(62), np.float64(63)))),
        (ends((69, 69), edition=2022), "range_done"),
        (ends((63, 62)), "range_turned"),
        (ends((63, 63)), "range_published"),
        (ends((0.799, 0.8)), "range_index"),
        (ends((61, 63)), "range_wrong"),
        (ends((62, 63), country="PRK"), "rank_none"),
        *((ends(empty), "open") for empty in (None, (None, None))),
        *((ends(odd), "pair") for odd in (62, "62-63", (62,), (62, None), {62, 63})),
        (ends(("62", "63")), "text"),
        (ends(([1], [2])), "number"),
        (ends(RANKS), "column"),
        *((places(right), "places_done") for right in (24, 24.0, np.int64(24))),  # 87 - 63
        (places(-24), "places_sign"),
        (places(0.12), "places_index"),
        (places(27.6), "places_percent"),  # 100 * 24 / 87 = 27.59
        (places(3.5), "places_whole"),
        (places(6), "places_last"),  # 69 - 63
        (places(63), "places_rank"),
        (places(7), "places_wrong"),
        (places(24, country="TKM"), "places_none"),
        (places(None), "open"),
        (places("24"), "text"),
        (places((24,)), "number"),
        # 83.87 - 15.9 = 67.97; of shares read to a decimal 83.9 - 15.9 = 68.0
        *((points(right), "points_done") for right in (67.97, 68.0, 68, np.float64(67.97))),
        (points(26.9, period="2010/2015"), "points_done"),
        (points(-68.0), "points_sign"),
        (points(67), "points_wrong"),  # 0.97 off: no rounding gives it
        (points(27, period="2010/2015"), "points_done"),
        (points(14, period="2010/2012"), "points_rounded"),  # 14.4
        (points(427.5), "points_percent"),  # 100 * 67.97 / 15.9
        (points(0.68), "points_share"),
        (points(83.9), "points_level"),
        (points(12), "points_wrong"),
        (points(12, period="2010/2011"), "points_none"),
        (points(12, country="AFG"), "points_none"),
        (points(None), "open"),
        (points("68,0"), "text"),
        (points([68.0]), "number"),
        *((table(mine(period=right)), "table_done") for right in ([2022, 2023], ["2022", "2023"], [2022.0, 2023.0])),
        (table(mine(note="mine")), "table_done"),
        (table(mine(value=[0.159, 0.2]).assign(entity="UZB", period=[2010, 2011])), "table_share"),  # 15.9 is known
        (table(mine().rename(columns={"entity": "country"})), "table_columns"),
        (table(mine(value=[79.8, math.nan])), "table_missing"),
        *((table(mine(entity=odd)), "table_names") for odd in ("Кыргызстан", "KG", "kgz", 417)),
        *((table(mine(period=odd)), "table_years") for odd in ([22, 23], ["2022-01", "2023-01"], [2022.5, 2023])),
        *((table(mine(value=odd)), "table_text") for odd in (["79,8", "88,5"], ["79.8 %", "88.5 %"], [True, False])),
        *((table(mine(value=odd)), "table_bounds") for odd in ([79.8, 885], [-1.0, 3])),
        (table(mine(period=2022)), "table_twice"),
        (table(mine(entity=["KGZ", "KAZ"])), "table_short"),
        (table(mine().head(0)), "table_short"),
        (table(mine(value=[0.798, 0.885])), "table_share"),
        (table(None), "open"),
        *((table(odd), "table_frame") for odd in ("kyrgyzstan.csv", {"entity": ["KGZ"]}, 79.8, mine()["value"])),
    ],
)  # fmt: skip
def test_an_answer_gets_the_advice_of_its_kind(check: pd.DataFrame, advice: str) -> None:
    assert said(check) == advice


def test_a_share_below_one_percent_is_no_fraction_where_the_series_says_so() -> None:
    known = pd.DataFrame({"entity": "AFG", "period": ["2001", "2002"], "value": [0.005, 0.005]})
    small = mine(value=[0.005, 0.006]).assign(entity="AFG", period=[2001, 2002])
    assert said(exercises.check_table(small, known)) == "table_done"
    assert said(exercises.check_table(small, known.assign(value=[0.5, 0.6]))) == "table_share"


def test_every_advice_can_be_given_and_gives_no_number_away() -> None:
    source = "".join(path.read_text() for path in (REPOSITORY / "digital_diplomacy" / "exercises").glob("*.py"))
    for code in labels.codes("advice."):
        stem, _, case = code.removeprefix("advice.").rpartition("_")
        assert re.search(rf"""["']({stem}_)?{case}["']""", source), code
        assert labels.fields(code, "en") == frozenset(), code  # nothing of the tables stands in a hint


def test_the_score_counts_what_is_done() -> None:
    done = exercises.score(rank(63), rank(62), places(None), points(68.0))
    assert done.to_dict("records") == [{"done": 2, "n": 4}]


def test_a_right_table_replaces_its_countries_and_a_wrong_one_nothing() -> None:
    users = tables.validate(
        pd.DataFrame(
            {
                "entity": ["KGZ", "KAZ"], "group": "", "period": "2022", "measure": "internet_users_pct",
                "value": [80.0, 92.0], "low": None, "high": None, "interval": "none", "level": None, "unit": "percent",
                "base": "population", "n": None, "source_id": "internet_users",
            }
        ),
        tables.ESTIMATES,
    )  # fmt: skip
    before = users.copy()
    drawn = exercises.taken_in(users, mine(), lang="ru")
    assert list(drawn[["entity", "period", "value"]].itertuples(index=False, name=None)) == [
        ("KGZ", "2022", 79.8), ("KGZ", "2023", 88.5), ("KAZ", "2022", 92.0),
    ]  # fmt: skip
    assert tables.own_title(drawn["source_id"].iloc[0]) == "ваша таблица"
    assert exercises.taken_in(users, mine(value=[0.798, 0.885]), lang="ru") is users
    assert exercises.taken_in(users, None, lang="kk") is users
    pd.testing.assert_frame_equal(users, before)


def cells() -> list[str]:
    stored = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in stored if cell["cell_type"] == "code"]


def solved() -> list[str]:
    """The cells of the notebook with the solutions in the place of every ``my_… = None``."""
    blocks = re.findall(r"```python\n(.*?)```", SOLUTIONS.read_text(encoding="utf-8"), re.DOTALL)
    answers = {re.findall(r"^(my_\w+) =", block, re.MULTILINE)[-1]: block for block in blocks}
    found = [
        re.sub(r"^(my_\w+) = None.*$", lambda one: answers.pop(one[1]).strip(), text, flags=re.MULTILINE)
        for text in cells()
    ]
    assert answers == {}
    return found


def run(texts: list[str], parameters: dict[str, object]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for text in texts:
        exec(compile(text, str(NOTEBOOK), "exec"), known)  # noqa: S102 - the notebook is ours
        if text.startswith("country ="):
            known |= parameters
    return known


OTHERS: list[dict[str, object]] = [
    {},
    {"country": "UZB", "compare": ["KAZ"], "edition": 2024, "period": "2005/2015", "lang": "ru"},
    {"country": "EST", "compare": [], "edition": 2010, "period": "2020/2021", "lang": "kk"},
]


def test_solutions_are_accepted_for_any_parameters_and_the_notebook_as_stored_hints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(figures, "show", lambda *_, **__: None)  # pictures are looked at elsewhere
    told: list[str] = []
    monkeypatch.setattr(
        figures, "show_sentences", lambda rows, code, lang: told.extend(figures.fill_sentences(rows, code, lang=lang))
    )
    monkeypatch.setattr(figures, "show_answer", lambda *_, **__: None)
    names = ["un_egdi", "un_egdi_editions", "un_egdi_exceptions"]
    ranks = rankings.index_ranks(rankings.by_edition(*map(sources.load, names)))
    kept = {name: sources.load(name) for name in ("internet_users", "breaks", "un_egdi_editions")}
    # What no parameter changes is computed once.
    monkeypatch.setattr(sources, "load", kept.get)
    monkeypatch.setattr(rankings, "by_edition", lambda *_: None)
    monkeypatch.setattr(rankings, "index_ranks", lambda _: ranks)
    for parameters in OTHERS:
        assert run(solved(), parameters)["score"].to_dict("records") == [{"done": 5, "n": 5}], parameters
    told.clear()
    assert run(cells(), {"lang": "ru"})["score"].to_dict("records") == [{"done": 0, "n": 5}]
    assert told[0].startswith("Упражнение 1 (место): ещё не выполнено")
    assert told[-1] == "Выполнено упражнений: 0 из 5."


def test_solutions_stand_where_nobody_meets_them_by_accident() -> None:
    prose = NOTEBOOK.read_text(encoding="utf-8")
    assert "solutions" not in prose
    tree = ast.parse("\n".join(cells()))
    answers = [
        node for node in ast.walk(tree) if isinstance(node, ast.Assign) and ast.unparse(node.targets[0])[:3] == "my_"
    ]
    assert [ast.unparse(node.value) for node in answers] == ["None"] * 5
