"""Around an index by hand and by trying every order: factors, standings, bounds of places, editions, audiences."""

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau, spearmanr

from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.compatible import compatible_correlation
from digital_diplomacy.rankings.diagnostics import principal_components
from digital_diplomacy.rankings.place_bounds import place_bounds
from digital_diplomacy.rankings.published import audiences, breaks
from digital_diplomacy.rankings.robustness import factors, ranges, standing
from digital_diplomacy.tables import ESTIMATES

NAN = math.nan
FRAMEWORK = pd.DataFrame({"code": ["i", "a", "b"], "parent": ["", "i", "i"], "direction": 1, "weight": [1, 1, 3.0]})


def rows(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].to_numpy().tolist()


CHOICE = {"factor": "choice", "step": "normalise", "options": ["a", "b"]}
WEIGHTS = {"factor": "weights", "spread": 0.2}


def test_factors_are_named_and_read() -> None:
    found = factors.read_factors(
        [CHOICE, WEIGHTS, {"factor": "error", "name": "e", "distribution": "normal", "size": 1}]
    )
    assert [(one.name, one.kind) for one in found] == [
        ("choice_normalise", "choice"), ("weights", "weights"), ("e", "error")]  # fmt: skip
    assert found[1].options == {"spread": 0.2}
    several = factors.read_factors([CHOICE, CHOICE | {"name": "other"}])
    assert [one.name for one in several] == ["choice_normalise", "other"]
    assert factors.read_factors([{"factor": "weights", "concentration": 5, "levels": 1, "grouped": True}])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "no factor"),
        ([CHOICE, CHOICE], r"names \['choice_normalise'\] are given twice"),
        ([WEIGHTS, WEIGHTS | {"name": "w"}], "kinds are"),
        ([{"factor": "luck"}], "luck"),
        ([CHOICE | {"size": 1}], "takes no 'size'"),
        ([{"factor": "choice", "step": "normalise"}], "needs 'options'"),
        ([{"factor": "weights", "levels": 1}], "needs 'spread', needs 'concentration'"),
        ([CHOICE | {"options": ["a"]}], "has 1 options; what is uncertain has at least two"),
        ([{"factor": "imputation", "values": [1]}], "has 1 values"),
        ([{"factor": "error", "distribution": "beta", "size": 1}], "beta"),
    ],
)
def test_factors_that_cannot_be_drawn_are_refused(given: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        factors.read_factors(given)


def test_who_stands_where_in_a_period() -> None:
    scores = pd.DataFrame({"entity": list("xyzx"), "period": ["1", "1", "1", "2"], "i": [5.0, 7.0, NAN, 1.0]})
    found = standing.standing(scores, FRAMEWORK, "1")
    assert found["rank"].to_dict() == {"x": 2, "y": 1}
    assert standing.chosen_period(scores[:3], "") == "1"
    assert standing.chosen_period(scores.drop(columns="period"), "") == ""
    for period in ("", "3"):
        with pytest.raises(ValueError, match="period"):
            standing.chosen_period(scores, period)
    assert standing.period_rows(scores, "2").tolist() == [3]
    assert standing.period_rows(scores.drop(columns="period"), "2").tolist() == [0, 1, 2, 3]
    declared = pd.Series([1.0, 2.0], index=pd.Index(["x", "y"], name="entity"))
    spread = standing.rank_spread([declared, declared[::-1] + 1, pd.Series({"x": 4.0}).rename_axis("entity")], "m")
    assert rows(spread, "entity", "value", "low", "high", "n") == [["x", 1, 1, 4, 2], ["y", 2, 2, 3, 2]]


def test_rounded_values_leave_scores_and_ranks_open() -> None:
    values = pd.DataFrame({"entity": list("xyz"), "a": [4.0, 2.0, NAN], "b": [4.0, 5.0, NAN]})
    low, high = values.assign(a=values["a"] - 1), values.assign(b=values["b"] + 1)
    found = ranges.rounded_ranks(values, low, high, FRAMEWORK)
    assert rows(found, "entity", "measure", "value", "low", "high") == [
        ["x", "index_score", 4, 3.75, 4.75], ["y", "index_score", 4.25, 4, 5],
        ["x", "index_rank", 2, 1, 2], ["y", "index_rank", 1, 1, 2],
    ]  # fmt: skip
    assert found["n"].tolist()[2:] == [2, 2]
    exact = ranges.rounded_ranks(values, values, values, FRAMEWORK)
    assert rows(exact[exact["measure"] == "index_rank"], "value", "low", "high") == [[2, 2, 2], [1, 1, 1]]
    with pytest.raises(TableError, match="x, column 'a': the value is not between low and high"):
        ranges.rounded_ranks(values, low.assign(a=[4.5, 1, NAN]), high, FRAMEWORK)
    with pytest.raises(TableError, match="y, column 'b'"):
        ranges.rounded_ranks(values, low, high.assign(b=[5, 4.5, NAN]), FRAMEWORK)
    with pytest.raises(TableError, match="z, column 'a'"):
        ranges.rounded_ranks(values, low.assign(a=[3, 1, 0.0]), high, FRAMEWORK)
    with pytest.raises(TableError, match="different units"):
        ranges.rounded_ranks(values, low[::-1].reset_index(drop=True), high, FRAMEWORK)
    with pytest.raises(ValueError, match="gives no ends of scores"):
        ranges.rounded_ranks(values, low, high, FRAMEWORK, method="benefit_of_doubt")


def test_two_components_unless_others_are_asked_for() -> None:
    given = pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [2.0, 1, 4, 3], "c": [1.0, 4, 2, 2]})
    tree = pd.DataFrame({"code": ["a", "b", "c", "i"], "parent": ["i", "i", "i", ""]})
    found = principal_components(given, tree, "i")
    assert (found["measure"] == "component_variance").sum() == 2
    pd.testing.assert_frame_equal(found, principal_components(given, tree, "i", count=2))


@pytest.mark.parametrize("seed", range(12))
def test_bounds_of_places_are_those_of_all_rankings_that_fit(seed: int) -> None:
    drawn, count, names = np.random.default_rng(seed), 5, "abcde"[: 5 - seed % 2]
    low = {name: int(drawn.integers(1, 5)) for name in names}
    high = {name: min(count, low[name] + int(drawn.integers(0, 4))) for name in names}
    order = [pair for pair in itertools.combinations(names, 2) if drawn.random() < 0.2]
    every = (dict(zip(names, tried, strict=True)) for tried in itertools.permutations(range(1, count + 1), len(names)))
    fitting = [
        places
        for places in every
        if all(low[name] <= place <= high[name] for name, place in places.items())
        and all(places[one] < places[two] for one, two in order)
    ]
    table = pd.DataFrame({"entity": list(names), "low": list(low.values()), "high": list(high.values())})
    ahead = pd.DataFrame(order, columns=["ahead", "behind"])
    if not fitting:
        with pytest.raises(TableError, match="no ranking of 5 fits"):
            place_bounds(table, ahead, count=count)
        return
    found = place_bounds(table, ahead, count=count)
    for name, least, most in rows(found, "entity", "low", "high"):
        assert (least, most) == (min(one[name] for one in fitting), max(one[name] for one in fitting))


def test_places_without_bounds_lie_anywhere() -> None:
    table = pd.DataFrame({"entity": ["a", "b"], "low": [NAN, 2], "high": [NAN, 2]})
    none = pd.DataFrame(columns=["ahead", "behind"])
    assert rows(place_bounds(table, none, count=3), "low", "high") == [[1, 3], [2, 2]]
    ahead = pd.DataFrame({"ahead": ["a"], "behind": ["b"]})
    assert rows(place_bounds(table, ahead, count=3), "low", "high") == [[1, 1], [2, 2]]
    with pytest.raises(TableError, match="speaks of c"):
        place_bounds(table, ahead.assign(behind="c"), count=3)
    with pytest.raises(TableError, match="ahead of itself"):
        place_bounds(table, pd.DataFrame({"ahead": ["a", "b"], "behind": ["b", "a"]}), count=3)


def ranked(source: str, cells: dict[str, Any], **ends: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"entity": list(cells), "value": list(cells.values())})
    known = {"group": "", "period": "2020", "measure": "rank", "low": NAN, "high": NAN, "interval": "none",
             "level": NAN, "unit": "rank", "base": "", "n": NAN, "source_id": source}  # fmt: skip
    return frame.assign(**known | ends)[list(ESTIMATES.columns)]


@pytest.mark.parametrize("method", ["kendall", "spearman"])
@pytest.mark.parametrize("seed", range(4))
def test_how_alike_rankings_can_be_by_trying_every_order(method: str, seed: int) -> None:
    drawn = np.random.default_rng(seed)
    names = "abcde"
    true = dict(zip(names, (drawn.permutation(5) + 1).tolist(), strict=True))
    low = [max(1, true[name] - int(drawn.integers(0, 3))) for name in names]
    high = [min(5, true[name] + int(drawn.integers(0, 3))) for name in names]
    left = ranked("l", dict(zip(names, (1, 2, 2, 4, 5) if seed % 2 else (1, 2, 3, 4, 5), strict=True)))
    right = ranked("r", dict.fromkeys(names, NAN), low=low, high=high, interval="bound")
    every = []
    for tried in itertools.permutations(range(1, 6)):
        if all(one <= place <= two for one, place, two in zip(low, tried, high, strict=True)):
            statistic = kendalltau if method == "kendall" else spearmanr
            every.append(float(statistic(left["value"], tried)[0]))
    found = compatible_correlation(left, right, method=method)
    assert rows(found, "low", "high")[0] == pytest.approx([min(every), max(every)])


def test_editions_whose_weights_change() -> None:
    given = pd.DataFrame({
        "edition": [2005, 2003, 2008, 2010], "osi_weight": [1, 2, 1, 34], "hci_weight": [1, 2, 1, 33],
        "tii_weight": [1, 2, 2, 33],
    })  # fmt: skip
    found = breaks.edition_weight_changes(given)
    assert rows(found, "edition", "before", "weights", "weights_before", "is_own") == [
        [2008, 2005, "1 : 1 : 2", "1 : 1 : 1", True], [2010, 2008, "34 : 33 : 33", "1 : 1 : 2", True]
    ]  # fmt: skip
    others = breaks.edition_weight_changes(given.assign(source_id=["un_egdi_editions"] * 3 + ["mine"]))
    assert others["is_own"].tolist() == [True, False]


def audience(**more: Any) -> dict[str, Any]:
    return {"entity": "KAZ", "group": "x", "period": "2020", "measure": "followers", "value": 10.0, "low": 9.0,
            "high": 11.0, "interval": "rounding", "level": NAN, "unit": "persons", "base": "ministry_accounts",
            "n": NAN, "source_id": "s"} | more  # fmt: skip


def test_audiences_beside_each_other_and_over_years() -> None:
    given = pd.DataFrame([
        audience(), audience(period="2022", value=15.0, low=14.0, high=16.0),
        audience(entity="UZB", value=40.0, low=35.0, high=45.0), audience(group="y", entity="UZB"),
        audience(measure="followers_filled", low=10.0, high=10.5), audience(period="2021", value=11.0),
        audience(entity="UZB", measure="followers_filled", value=40.0, low=40.0, high=41.0),
    ])  # fmt: skip
    ratio = audiences.audience_ratio(given, "KAZ")
    assert rows(ratio, "entity", "measure", "value", "low", "high") == [
        ["UZB", "audience_ratio", 4, 35 / 11, 5], ["UZB", "audience_ratio_filled", 4, 40 / 10.5, 4.1]]  # fmt: skip
    grown = audiences.audience_growth(given)
    assert rows(grown, "entity", "period") == [["KAZ", "2020/2022"]]
    assert rows(grown, "value", "low", "high")[0] == pytest.approx([50, 100 * (14 / 11 - 1), 100 * (16 / 9 - 1)])
    both = audiences.audiences_compared(given, "KAZ")
    assert set(both["group"]) == {"x"}
    assert sorted(set(both["measure"])) == ["audience_growth", "audience_ratio", "followers"]
    for none in (given.assign(low=0.0), given.assign(low=-1.0)):
        with pytest.raises(ValueError, match="a ratio to it is not defined"):
            audiences.audience_ratio(none, "KAZ")
        with pytest.raises(ValueError, match="growth from it is not defined"):
            audiences.audience_growth(none)
