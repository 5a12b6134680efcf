"""QAP correlation and MRQAP: against other implementations, exact permutation distributions, and refusals."""

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from digital_diplomacy.errors import TableError
from digital_diplomacy.networks.chance import regression
from digital_diplomacy.networks.chance.regression import mrqap, qap_correlation
from digital_diplomacy.tables import ESTIMATES, PAIRS, validate

# Padgett, J. F., Ansell, C. K. (1993). Robust action and the rise of the Medici, 1400-1434. American Journal of
# Sociology 98(6), 1259-1319: marriages, business ties, and wealth in thousands of lire.
WEALTH = {
    "Acciaiuoli": 10, "Albizzi": 36, "Barbadori": 55, "Bischeri": 44, "Castellani": 20, "Ginori": 32, "Guadagni": 8,
    "Lamberteschi": 42, "Medici": 103, "Pazzi": 48, "Peruzzi": 49, "Pucci": 3, "Ridolfi": 27, "Salviati": 10,
    "Strozzi": 146, "Tornabuoni": 48,
}  # fmt: skip
MARRIAGE = """Acciaiuoli-Medici Albizzi-Ginori Albizzi-Guadagni Albizzi-Medici Barbadori-Castellani Barbadori-Medici
Bischeri-Guadagni Bischeri-Peruzzi Bischeri-Strozzi Castellani-Peruzzi Castellani-Strozzi Guadagni-Lamberteschi
Guadagni-Tornabuoni Medici-Ridolfi Medici-Salviati Medici-Tornabuoni Pazzi-Salviati Peruzzi-Strozzi Ridolfi-Strozzi
Ridolfi-Tornabuoni"""
BUSINESS = """Barbadori-Castellani Barbadori-Ginori Barbadori-Medici Barbadori-Peruzzi Bischeri-Guadagni
Bischeri-Lamberteschi Bischeri-Peruzzi Castellani-Lamberteschi Castellani-Peruzzi Ginori-Medici Guadagni-Lamberteschi
Lamberteschi-Peruzzi Medici-Pazzi Medici-Salviati Medici-Tornabuoni"""


def generator() -> np.random.Generator:
    return np.random.default_rng(7)


def undirected(ties: str, actors: list[str]) -> pd.DataFrame:
    found = pd.DataFrame(0.0, index=actors, columns=actors)
    for tie in ties.split():
        left, right = tie.split("-")
        found.loc[left, right] = found.loc[right, left] = 1.0
    return found


def random_matrix(size: int, rng: np.random.Generator) -> pd.DataFrame:
    names = [f"n{number}" for number in range(size)]
    return pd.DataFrame(rng.normal(size=(size, size)), index=names, columns=names)


def value(rows: pd.DataFrame, measure: str, entity: str = "") -> float:
    chosen = rows[(rows["measure"] == measure) & (rows.get("entity", "") == entity)]
    assert len(chosen) == 1
    return float(chosen["value"].iloc[0])


FAMILIES = list(WEALTH)
MARRIAGES, TRADE = undirected(MARRIAGE, FAMILIES), undirected(BUSINESS, FAMILIES)
APART = pd.DataFrame(
    np.abs(np.subtract.outer(list(WEALTH.values()), list(WEALTH.values()))), index=FAMILIES, columns=FAMILIES
).astype(float)


def test_florentine_correlation_is_that_of_sna() -> None:
    # sna 2.7 for R, qaptest of gcor over 10,000 permutations: 0.371868, p 0.0011.
    rows = qap_correlation(TRADE, MARRIAGES, names=("b", "m"), directed=False, rng=generator(), draws=4000)
    validate(rows, PAIRS)
    assert value(rows, "qap_correlation") == pytest.approx(0.371867872080547, abs=1e-12)
    assert value(rows, "qap_p_greater") == pytest.approx(0.0011, abs=0.002)
    assert value(rows, "qap_p_less") == pytest.approx(0.9999, abs=0.001)
    assert set(rows["n"]) == {16 * 15 / 2}


def test_florentine_regression_is_that_of_sna() -> None:
    # sna 2.7 for R, netlm with nullhyp="qapspp" over 5,000 permutations.
    rows = mrqap(TRADE, {"marriage": MARRIAGES, "wealth": APART}, directed=False, rng=generator(), draws=4000)
    validate(rows, ESTIMATES)
    expected = {
        "intercept": (0.112223387457177, 2.70432629039849, 0.1564),
        "marriage": (0.358457304955802, 4.61245549939624, 0.0004),
        "wealth": (-0.00123351993739926, -1.51763295798529, 0.2836),
    }
    for term, (coefficient, statistic, chance) in expected.items():
        assert value(rows, "mrqap_coefficient", term) == pytest.approx(coefficient, abs=1e-9)
        assert value(rows, "mrqap_t", term) == pytest.approx(statistic, abs=1e-9)
        assert value(rows, "mrqap_p", term) == pytest.approx(chance, abs=0.02)
    assert value(rows, "mrqap_r_squared", "network") == pytest.approx(0.15492155, abs=1e-8)


def test_two_paths_are_equal_in_two_of_twenty_four_orders() -> None:
    # A path of four actors against itself: r = 1 for the identity and the reversal only, so P(r >= 1) = 2 / 24; its
    # complement is a path too, so r = -1 as often.
    path = undirected("a-b b-c c-d", list("abcd"))
    rows = qap_correlation(path, path, names=("x", "y"), directed=False, rng=generator(), draws=20_000)
    assert value(rows, "qap_correlation") == pytest.approx(1)
    assert value(rows, "qap_p_greater") == pytest.approx(1 / 12, abs=0.008)
    assert value(rows, "qap_p_less") == 1
    assert value(rows, "qap_p") == pytest.approx(1 / 6, abs=0.011)


def test_coefficients_and_t_are_those_of_least_squares() -> None:
    rng = generator()
    response, first, second = (random_matrix(7, rng) for _ in range(3))
    rows = mrqap(response, {"f": first, "s": second}, directed=True, rng=rng, draws=1)
    off = ~np.eye(7, dtype=bool)
    design = sm.add_constant(np.column_stack([first.to_numpy()[off], second.to_numpy()[off]]))
    fitted = sm.OLS(response.to_numpy()[off], design).fit()
    for term, coefficient, statistic in zip(("intercept", "f", "s"), fitted.params, fitted.tvalues, strict=True):
        assert value(rows, "mrqap_coefficient", term) == pytest.approx(coefficient)
        assert value(rows, "mrqap_t", term) == pytest.approx(statistic)
    assert value(rows, "mrqap_r_squared", "network") == pytest.approx(fitted.rsquared)


def exact_p(response: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> float:
    """Double semi-partialling of ``first`` beside ``second`` over all orders of the actors, by plain regressions."""
    off = ~np.eye(len(response), dtype=bool)
    outcome, other = response.to_numpy()[off], sm.add_constant(second.to_numpy()[off])
    rest = np.zeros(response.shape)
    rest[off] = sm.OLS(first.to_numpy()[off], other).fit().resid

    def t(orders: list[int]) -> float:
        moved = rest[np.ix_(orders, orders)][off]
        return abs(float(sm.OLS(outcome, np.column_stack([other, moved])).fit().tvalues[-1]))

    observed = t(list(range(len(response))))
    return float(np.mean([t(list(order)) >= observed - 1e-9 for order in permutations(range(len(response)))]))


def test_double_semi_partialling_draws_from_all_orders_of_the_actors() -> None:
    rng = generator()
    first, second, noise = (random_matrix(5, rng) for _ in range(3))
    response = 0.4 * first + second + noise
    rows = mrqap(response, {"f": first, "s": second}, directed=True, rng=rng, draws=8000)
    assert value(rows, "mrqap_p", "f") == pytest.approx(exact_p(response, first, second), abs=0.02)


@pytest.mark.parametrize("method", ["double_semi_partialling", "permuted_response"])
def test_a_predictor_that_makes_the_response_has_the_smallest_p(method: str) -> None:
    rng = generator()
    first, noise = (random_matrix(9, rng) for _ in range(2))
    response = first + 0.1 * noise
    rows = mrqap(response, {"f": first}, directed=True, rng=rng, draws=199, method=method)  # type: ignore[arg-type]
    assert value(rows, "mrqap_p", "f") == 1 / 200
    assert value(rows, "mrqap_p_greater", "f") == 1 / 200
    assert value(rows, "mrqap_p_less", "f") == 1


def test_order_of_actors_and_the_diagonal_do_not_matter() -> None:
    rng = generator()
    response, first = random_matrix(6, rng), random_matrix(6, rng)
    turned = first.iloc[::-1, ::-1].mask(np.eye(6, dtype=bool), np.nan)
    plain, other = (
        mrqap(response, {"f": matrix}, directed=True, rng=generator(), draws=50) for matrix in (first, turned)
    )
    pd.testing.assert_frame_equal(plain, other)
    plain, other = (
        qap_correlation(response, matrix, names=("a", "b"), directed=True, rng=generator(), draws=50)
        for matrix in (first, turned)
    )
    pd.testing.assert_frame_equal(plain, other)


def test_arguments_are_not_changed() -> None:
    before = TRADE.copy()
    qap_correlation(TRADE, MARRIAGES, names=("b", "m"), directed=False, rng=generator(), draws=1)
    pd.testing.assert_frame_equal(TRADE, before)


def changed(where: Callable[[pd.DataFrame], None]) -> pd.DataFrame:
    found = MARRIAGES.copy()
    where(found)
    return found


def test_missing_cell_is_refused_by_its_place() -> None:
    def lose(frame: pd.DataFrame) -> None:
        frame.loc["Albizzi", "Medici"] = np.nan

    with pytest.raises(TableError, match="m: no finite number in 1 cells, the first in row Albizzi, column Medici"):
        qap_correlation(TRADE, changed(lose), names=("b", "m"), directed=True, rng=generator())


def test_asymmetric_matrix_is_not_undirected() -> None:
    def lean(frame: pd.DataFrame) -> None:
        frame.loc["Albizzi", "Pucci"] = 1

    with pytest.raises(TableError, match="marriage: row Albizzi, column Pucci differs from its mirror"):
        mrqap(TRADE, {"marriage": changed(lean)}, directed=False, rng=generator())


def test_other_actors_are_refused_by_name() -> None:
    with pytest.raises(TableError, match="m: actors Pucci are not in every row and column once"):
        qap_correlation(
            TRADE, MARRIAGES.drop(index="Pucci", columns="Pucci"), names=("b", "m"), directed=False, rng=generator()
        )


def test_constant_matrix_has_no_correlation() -> None:
    with pytest.raises(ValueError, match="b or m is the same for all dyads"):
        qap_correlation(TRADE * 0, MARRIAGES, names=("b", "m"), directed=False, rng=generator())


def test_predictors_that_determine_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="twice is determined by intercept, marriage"):
        mrqap(TRADE, {"marriage": MARRIAGES, "twice": 2 * MARRIAGES + 1}, directed=False, rng=generator())
    with pytest.raises(ValueError, match="rename it"):
        mrqap(TRADE, {"intercept": MARRIAGES}, directed=False, rng=generator())


def test_unknown_method_and_too_few_dyads_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown method 'logit'; allowed: double_semi_partialling, permuted_response"):
        mrqap(TRADE, {"m": MARRIAGES}, directed=False, rng=generator(), method="logit")  # type: ignore[arg-type]
    two = undirected("a-b", ["a", "b"])
    with pytest.raises(ValueError, match="1 dyads cannot carry 2 coefficients"):
        mrqap(two, {"m": two}, directed=False, rng=generator())
    with pytest.raises(ValueError, match="draws is 0"):
        mrqap(TRADE, {"m": MARRIAGES}, directed=False, rng=generator(), draws=0)


def test_cases_are_ordered_pairs_or_unordered_ones() -> None:
    pairs = {directed: list(zip(*regression._cells(3, directed=directed), strict=True)) for directed in (True, False)}
    assert pairs == {True: [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)], False: [(0, 1), (0, 2), (1, 2)]}


@pytest.mark.parametrize(("held", "sizes"), [(12, [2, 2, 1]), (11, [1] * 5), (1, [1] * 5), (10**6, [5])])
def test_orders_are_drawn_in_blocks_of_the_cells_that_are_held(
    held: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regression, "_BLOCK_CELLS", held)
    matrix, cells = np.arange(9.0).reshape(3, 3), regression._cells(3, directed=True)
    blocks = list(regression._permuted(matrix, cells, generator(), 5))
    assert [len(block) for block in blocks] == sizes
    every = {tuple(matrix[np.ix_(order, order)][cells]) for order in map(list, permutations(range(3)))}
    assert {tuple(row) for block in blocks for row in block} <= every


def test_statistics_as_large_as_small_and_as_far_are_counted_with_the_observed_one() -> None:
    null = np.array([1.0, 2.0, 3.0, -2.0, -3.0])
    assert regression._exceeding(2.0, null) == pytest.approx((3 / 6, 5 / 6, 5 / 6))
    assert regression._exceeding(-2.0, null) == pytest.approx((5 / 6, 3 / 6, 5 / 6))
    assert regression._exceeding(1.0, np.array([1 - 1e-13, 1 + 1e-13])) == (1, 1, 1)  # equal but for rounding
    assert regression._exceeding(1e6, np.array([1e6 - 1e-7, 1e6 + 1e-7])) == (1, 1, 1)
    assert regression._exceeding(1.0, np.array([1 - 1e-9, 1 + 1e-9])) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_one_dyad_more_than_coefficients_is_enough() -> None:
    design = np.array([[1.0, 1], [1, 2], [1, 4]])
    regression._refuse_collinear(design, ["intercept", "a"])
    with pytest.raises(ValueError, match="2 dyads cannot carry 2 coefficients"):
        regression._refuse_collinear(design[:2], ["intercept", "a"])
    with pytest.raises(ValueError, match="a is determined by intercept; leave one out"):
        regression._refuse_collinear(np.array([[1.0, 0], [1, 0], [1, 0]]), ["intercept", "a"])


def test_t_of_permuted_cells_is_that_of_a_regression_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = generator()
    design = sm.add_constant(rng.normal(size=(12, 2)))
    outcome, block = rng.normal(size=12), rng.normal(size=(4, 12))
    cells = regression._cells(4, directed=True)
    monkeypatch.setattr(regression, "_permuted", lambda *_: iter([block[:3], block[3:]]))
    shuffled = regression._shuffled(design, np.zeros((4, 4)), cells, rng, 4)
    wanted = np.array([sm.OLS(row, design).fit().tvalues for row in block])
    assert np.column_stack(shuffled) == pytest.approx(wanted)
    partialled = regression._partialled(design, outcome, cells, 4, rng, 4)
    for term, found in enumerate(partialled):
        others = np.delete(design, term, axis=1)
        beside = [sm.OLS(outcome, np.column_stack([others, row])).fit().tvalues[-1] for row in block]
        assert found == pytest.approx(np.array(beside))


@pytest.mark.parametrize("directed", [True, False])
def test_what_is_permuted_is_what_other_terms_leave_over(directed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[np.ndarray] = []

    def kept(matrix: np.ndarray, cells: regression.Cells, rng: object, draws: int) -> list[np.ndarray]:
        given.append(matrix.copy())
        return [matrix[cells][None]]

    monkeypatch.setattr(regression, "_permuted", kept)
    cells = regression._cells(5, directed=directed)
    design = sm.add_constant(generator().normal(size=(len(cells[0]), 2)))
    outcome = generator().normal(size=len(cells[0]))
    found = regression._partialled(design, outcome, cells, 5, generator(), 1)
    assert [one.item() for one in found] == pytest.approx(sm.OLS(outcome, design).fit().tvalues)
    for term, matrix in enumerate(given):
        left = sm.OLS(design[:, term], np.delete(design, term, axis=1)).fit().resid
        assert matrix[cells] == pytest.approx(left)
        assert not matrix.diagonal().any()
        assert directed or matrix == pytest.approx(matrix.T)


def test_actors_that_columns_lack_or_rows_have_twice_are_named() -> None:
    lacking, twice = MARRIAGES.drop(columns="Pucci"), pd.concat([MARRIAGES, MARRIAGES.loc[["Medici"]]])
    for frame, name in ((lacking, "Pucci"), (twice, "Medici")):
        with pytest.raises(TableError, match=f"m: actors {name} are not in every row and column once"):
            qap_correlation(TRADE, frame, names=("b", "m"), directed=False, rng=generator())
    many = MARRIAGES.rename(index=str.upper, columns=str.upper)  # 32 names do not meet, of which ten are told
    with pytest.raises(TableError, match=r"m: actors ACCIAIUOLI, .*, Castellani are not in") as said:
        qap_correlation(TRADE, many, names=("b", "m"), directed=False, rng=generator())
    assert str(said.value).count(",") == 9
