"""Regression of ranks on ranks: published results, another author's variance, and a simulation."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from digital_diplomacy import rankings
from digital_diplomacy.errors import ArgumentError, TableError

# Henderson, H. V., Velleman, P. F. (1981), Biometrics 37, 391-411 (R's mtcars, in its order).
MPG = """21 21 22.8 21.4 18.7 18.1 14.3 24.4 22.8 19.2 17.8 16.4 17.3 15.2 10.4 10.4 14.7 32.4 30.4 33.9 21.5 15.5 15.2
13.3 19.2 27.3 26 30.4 15.8 19.7 15 21.4"""
HP = """110 110 93 110 175 105 245 62 95 123 123 180 180 180 205 215 230 66 52 65 97 150 150 245 175 66 91 113 264 175
335 109"""
CARS = pd.DataFrame({"mpg": MPG.split(), "hp": HP.split()}).astype(float).assign(quarter=np.repeat(list("ABCD"), 8))


def values(rows: pd.DataFrame, measure: str) -> list[float]:
    return rows.loc[rows["measure"] == measure, "value"].tolist()


def test_grouped_regression_is_that_of_csranks() -> None:
    """csranks 1.2, example of `lmranks`: summary(lmranks(r(mpg) ~ r(hp):G, data = mtcars)), all figures printed."""
    rows = rankings.rank_regression(CARS, outcome="mpg", predictor="hp", by="quarter")
    printed = {
        "A": (0.88517, -0.71331, 0.07692, 0.13239),
        "B": (1.04137, -1.03877, 0.10402, 0.19561),
        "C": (1.03120, -1.07883, 0.05144, 0.12609),
        "D": (1.04053, -0.75260, 0.04822, 0.08689),
    }
    for group, expected in printed.items():
        of_group = rows[rows["group"] == group]
        found = values(of_group, "rank_slope") + values(of_group, "rank_slope_standard_error")
        assert found == pytest.approx(expected, abs=6e-6)


def with_noise(n: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    first = rng.normal(size=n)
    return pd.DataFrame({"x": first, "y": first + 0.5 * rng.normal(size=n), "w": rng.normal(size=n)})


def test_variance_of_the_slope_is_that_of_hoeffding() -> None:
    """Hoeffding (1948): of Spearman's coefficient, from means over all units of both distribution functions."""
    frame = with_noise(400, 1)
    x, y = frame["x"].to_numpy(), frame["y"].to_numpy()
    in_x, in_y = x[:, None] <= x, y[:, None] <= y
    f, g = in_x.mean(axis=0), in_y.mean(axis=0)
    psi_x = (in_x.astype(float) @ g) / len(x) - (1 - f) / 2
    psi_y = (in_y.astype(float) @ f) / len(x) - (1 - g) / 2
    w = 3 * ((2 * f - 1) * (2 * g - 1) + 4 * (psi_x - psi_x.mean()) + 4 * (psi_y - psi_y.mean()))
    rows = rankings.rank_regression(frame, outcome="y", predictor="x")
    assert values(rows, "rank_slope_standard_error")[1] == pytest.approx(w.std() / 20, rel=5e-3)


def test_a_covariate_counts_by_the_sums_of_the_theory_written_out() -> None:
    """Chetverikov and Wilhelm (2023), the three parts of the influence in loops, for the slope of the ranked column."""
    frame = with_noise(25, 2).round(1)  # with ties
    n, columns = len(frame), frame.to_numpy()
    at_most = (columns[:, None, :] <= columns[None, :, :]).astype(float)  # of i below j
    rank_x, rank_y = at_most[:, :, 0].mean(axis=0), at_most[:, :, 1].mean(axis=0)
    plain = sm.add_constant(columns[:, 2])
    fitted = sm.OLS(rank_y, np.column_stack([rank_x, plain])).fit()
    other = sm.OLS(rank_x, plain).fit()
    influence = np.zeros(n)
    for i in range(n):
        second = third = 0.0
        for j in range(n):
            left = at_most[i, j, 1] - fitted.params[0] * at_most[i, j, 0] - plain[j] @ fitted.params[1:]
            second += left * other.resid[j] / n
            third += fitted.resid[j] * (at_most[i, j, 0] - other.fittedvalues[j]) / n
        influence[i] = fitted.resid[i] * other.resid[i] + second + third
    expected = np.sqrt((influence**2).mean() / n) / (other.resid**2).mean()
    rows = rankings.rank_regression(frame, outcome="y", predictor="x", covariates=["w"])
    assert values(rows, "rank_slope") == pytest.approx(fitted.params[[1, 0, 2]])
    assert values(rows, "rank_slope_standard_error")[1] == pytest.approx(expected)


def test_standard_errors_are_not_those_of_least_squares() -> None:
    """Of 100 samples the spread of the slope is what is said of each; the plain error of least squares is far off."""
    slopes, said, naive = [], [], []
    for seed in range(100):
        frame = with_noise(60, seed)
        rows = rankings.rank_regression(frame, outcome="y", predictor="x")
        slopes.append(values(rows, "rank_slope")[1])
        said.append(values(rows, "rank_slope_standard_error")[1])
        ranks = frame.rank()
        naive.append(sm.OLS(ranks["y"].to_numpy(), sm.add_constant(ranks["x"].to_numpy())).fit().bse[1])
    spread = float(np.std(slopes))
    assert np.mean(said) == pytest.approx(spread, rel=0.2)
    assert abs(np.mean(naive) / spread - 1) > 0.3


def test_ranks_of_ties_are_those_asked_for() -> None:
    """Of 1, 1, 2 the ranks are 2/3, 2/3, 1 by the highest of a tie, 1/3, 1/3, 1 by the lowest, 1/2, 1/2, 1 between."""
    frame = pd.DataFrame({"x": [1, 1, 2, 3], "y": [4.0, 5.0, 6.0, 7.0]})
    for omega, tied in ((1.0, 2), (0.0, 1), (0.5, 1.5)):
        rows = rankings.rank_regression(frame, outcome="y", predictor="x", omega=omega)
        assert values(rows, "rank_slope")[1] == pytest.approx(np.polyfit([tied, tied, 3, 4], [1, 2, 3, 4], 1)[0])


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"omega": 1.5}, "omega is 1.5"),
        ({}, {"level": 1.0}, "level is 1.0"),
        ({}, {"covariates": ["x"]}, "name each column once"),
        ({"w": 3.0}, {"covariates": ["w"]}, "w is the same for all units"),
        ({"x": 3.0}, {}, "x is the same for all units"),
        ({"x": np.nan}, {}, "`x` is no number in rows 1, 2, 3"),
        ({"y": "n/a"}, {}, "`y` is no number"),
        ({"g": list("aaab")}, {"by": "g"}, "1 units cannot carry 2"),
        ({"g": ["a", "a", "b", None]}, {"by": "g"}, "`g` is missing in 1 rows"),
    ],
)
def test_what_cannot_be_fitted_is_refused(change: dict[str, Any], options: dict[str, Any], said: str) -> None:
    frame = pd.DataFrame({"x": [1.0, 2, 3, 4], "y": [2.0, 1, 4, 3], "w": [0.0, 1, 0, 3]}).assign(**change)
    with pytest.raises((ArgumentError, TableError), match=said):
        rankings.rank_regression(frame, outcome="y", predictor="x", **options)


def test_the_sentence_says_whether_the_ranking_follows() -> None:
    cases = {"follows from": 1.0, "runs against": -1.0, "does not stand out from chance": 0.0}
    frame = with_noise(80, 3)
    for said, factor in cases.items():
        given = frame.assign(y=factor * frame["x"] + frame["w"] / 5)
        rows = rankings.rank_regression(given, outcome="y", predictor="x")
        told = {
            lang: rankings.rank_sentences(rows, outcome="y", predictor="x", lang=lang) for lang in ("en", "kk", "ru")
        }
        assert said in told["en"][0]
        assert all(len(one) == 1 and "«y»" in one[0] for one in (told["kk"], told["ru"]))
    grouped = rankings.rank_regression(CARS, outcome="mpg", predictor="hp", by="quarter")
    lines = rankings.rank_sentences(grouped, outcome="mpg", predictor="hp", lang="en")
    assert [line[:3] for line in lines] == ["A: ", "B: ", "C: ", "D: "]
    assert "go with −7.1" in lines[0] or "go with -7.1" in lines[0]
